/*
 * Writing one's own daily report, by items or by one tap, and reading one.
 *
 * A draft is nobody's but its owner's. Handing in is a fact and adds a leaf; keeping a draft is
 * not. The day must have a placement, so that somebody answers for it, and evidence must be the
 * owner's own file.
 */
#include "reports/reports_routes.h"

#include "platform/auth.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "reports/reports_mark.h"

#define ITEM_FIELDS                                                                                \
	F_MINUTE(struct report_item, starts, 0, "When the work began."),                           \
		F_MINUTE(struct report_item, ends, 0,                                              \
			"When it ended, after it began; past 24:00 on the next day."),             \
		F_TEXT(struct report_item, description, 10, 500, 0, "What was done."),             \
		F_INT(struct report_item, volume, 1, 100000, 0, "How much of it."),                \
		F_TEXT(struct report_item, unit_of_measure, 1, 40, 0,                              \
			"Of what: letters, files, visits."),                                       \
		F_ID(struct report_item, target_id, OPTIONAL,                                      \
			"The planned result it serves, of an agreed plan of that day."),           \
		F_ID(struct report_item, task_id, OPTIONAL,                                        \
			"A task of one's own or of one's office that it speaks of."),              \
		F_TEXT(struct report_item, target, 1, 200, OPTIONAL,                               \
			"The same in words, where no plan names it."),                             \
		F_INT(struct report_item, effective_minutes, 1, 1440, OPTIONAL,                    \
			"Minutes of the span that went into it; all of them when absent."),        \
		F_TEXT(struct report_item, reference, 1, 100, OPTIONAL,                            \
			"Number of a letter, case or register: suffices as evidence."),            \
		F_TEXT(struct report_item, evidence_sha256, 64, 64, OPTIONAL,                      \
			"A file uploaded before, by its SHA-256."),                                \
		F_TEXT(struct report_item, evidence_name, 1, 200, OPTIONAL, "Name of that file."), \
		F_TEXT(struct report_item, evidence_link, 9, 500, OPTIONAL,                        \
			"An https link to the result."),                                           \
		F_DAY(struct report_item, day, OPTIONAL,                                           \
			"Of a report of the week: which of its days, where not the report's own.")

static const struct field item_fields[] = {ITEM_FIELDS, F_END};
static const struct shape item_shape = SHAPE("ReportItem", struct report_item, item_fields);
static const struct field task_fields[] = {
	F_TEXT(struct report_task, subject, 1, 200, 0, "What is to be done."),
	F_INT(struct report_task, year, 2000, 9999, 0, "The year its number runs in."),
	F_INT(struct report_task, number, 1, INT32_MAX, 0, "Its number."),
	F_END,
};
static const struct shape task_shape = SHAPE("ReportTask", struct report_task, task_fields);
static const struct field item_view_fields[] = {
	ITEM_FIELDS,
	F_TEXT(struct report_item, target_result, 1, 500, OPTIONAL, "The planned result in words."),
	F_OBJECT(struct report_item, task, &task_shape, OPTIONAL, "That task."),
	F_INT(struct report_item, usual_volume, 1, INT32_MAX, OPTIONAL,
		"The median of what he was verified for before, where this volume is far from it."),
	F_END,
};
static const struct shape item_view_shape = SHAPE(
	"ReportItemView", struct report_item, item_view_fields);

static const struct field event_fields[] = {
	F_ENUM(struct report_event, kind, report_event_kind_names, 0, "What happened."),
	F_TEXT(struct report_event, actor_name, 1, 300, 0, "Who did it."),
	F_INSTANT(struct report_event, at, 0, "When."),
	F_TEXT(struct report_event, note, 0, 1000, 0,
		"The reason of a return; the words of a note."),
	F_END,
};
static const struct shape event_shape = SHAPE("ReportEvent", struct report_event, event_fields);

/* --- reading --- */

static const struct field schedule_fields[] = {
	F_MINUTE(struct report_schedule, starts, 0, "Start of work."),
	F_MINUTE(struct report_schedule, ends, 0, "End of work, past 24:00 in a night."),
	F_TEXT(struct report_schedule, words, 1, 200, 0, "What the report says."),
	F_END,
};
const struct shape reports_schedule_shape = SHAPE(
	"ReportSchedule", struct report_schedule, schedule_fields);

struct report_view {
	int64_t report, employee;
	const char *name;
	int32_t day, state, version;
	const char *obstacle;
	int64_t submitted_at, on_time_until;
	bool is_late, is_confirmed, due;
	int32_t duty, week_day;
	struct report_schedule *schedule;
	const char *decided_by_name, *decided_for_name;
	int32_t decided_as;
	int64_t decided_at;
	const char *reason;
	struct report_item *items;
	int items_count;
	struct report_event *events;
	int events_count, notes;
	bool may_note;
};

static const struct field report_fields[] = {
	F_ID(struct report_view, report, OPTIONAL, "The report; absent when none was begun."),
	F_ID(struct report_view, employee, 0, "Whose it is."),
	F_TEXT(struct report_view, name, 1, 300, 0, "His name with titles."),
	F_DAY(struct report_view, day, 0, "The day it speaks of."),
	F_ENUM(struct report_view, state, report_state_names, 0, "How far it is."),
	F_INT(struct report_view, version, 0, INT32_MAX, 0,
		"Rises with each change; 0 when there is none."),
	F_TEXT(struct report_view, obstacle, 0, 1000, 0, "What stood in the way."),
	F_INSTANT(struct report_view, submitted_at, OPTIONAL, "When it was last handed in."),
	F_BOOL(struct report_view, is_late, 0, "First handed in when it was no longer on time."),
	F_INSTANT(struct report_view, on_time_until, OPTIONAL,
		"From when on it is late, where one is asked for."),
	F_TEXT(struct report_view, decided_by_name, 1, 300, OPTIONAL,
		"Who verified or returned it."),
	F_TEXT(struct report_view, decided_for_name, 1, 300, OPTIONAL,
		"In whose place, when not as his own supervisor."),
	F_ENUM(struct report_view, decided_as, stand_names, 0,
		"Why he could: as supervisor, by letter, by holding the office, because it was "
		"vacant; none before a decision."),
	F_INSTANT(struct report_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct report_view, reason, 1, 500, OPTIONAL, "Why it was returned."),
	F_BOOL(struct report_view, is_confirmed, 0,
		"By one tap: the day went by its schedule, and the report says no more."),
	F_BOOL(struct report_view, due, 0, "Whether a report is asked for on this day."),
	F_ENUM(struct report_view, duty, report_duty_names, 0, "Which report."),
	F_DAY(struct report_view, week_day, OPTIONAL,
		"By when the report of its week is due, where the duty is weekly."),
	F_OBJECT(struct report_view, schedule, &reports_schedule_shape, OPTIONAL,
		"What one tap would hand in, to the owner while nothing was handed in."),
	F_LIST(struct report_view, items, items_count, &item_view_shape, 0, REPORT_ITEMS_MAX, 0,
		"What was done."),
	F_LIST(struct report_view, events, events_count, &event_shape, 0, 10000, 0,
		"The thread, oldest first; notes to who has part in it alone."),
	F_INT(struct report_view, notes, 0, REPORT_NOTES_MAX, 0,
		"How many notes there are; 0 to others."),
	F_BOOL(struct report_view, may_note, 0,
		"The reader has part in its thread and may add a note."),
	F_END,
};
const struct shape reports_report_shape = SHAPE("DailyReport", struct report_view, report_fields);

static enum err load_name(struct tx *tx, struct employee_id employee, int32_t day, const char **ret)
{
	struct employee_row row;
	enum err e = org_load_employee(tx, employee, day, &row);
	if (!e)
		*ret = org_full_name(tx->arena, &row);
	return e;
}

/* The planned results and tasks that items name, in words. */
static enum err name_targets(struct tx *tx, struct report_item *item, int items)
{
	enum err e = OK;
	for (int i = 0; i < items && !e; i++) {
		if (item[i].target_id)
			e = reports_load_result(tx, item[i].target_id, &item[i].target_result);
		if (!e || e == E_NOT_FOUND)
			e = reports_name_task(tx, item[i].task_id, &item[i].task);
	}
	return e;
}

static enum err load_details(struct tx *tx, const struct daily_report *r, struct report_view *view)
{
	enum err e;
	view->items = ARENA_ARRAY(tx->arena, REPORT_ITEMS_MAX, struct report_item);
	if ((e = reports_list_items(tx, r->id, view->items, &view->items_count)) ||
		(e = name_targets(tx, view->items, view->items_count)) ||
		(e = reports_show_usual(tx, r, view->items, view->items_count)) ||
		(e = reports_list_events(tx, r->id, &view->events, &view->events_count)))
		return e;
	if (r->decided_by.v == 0)
		return OK;
	view->decided_as = r->decided_as;
	e = load_name(tx, r->decided_by, r->day, &view->decided_by_name);
	return e || r->decided_for.v == 0
		       ? e
		       : load_name(tx, r->decided_for, r->day, &view->decided_for_name);
}

/* What the day asks, also of a day to come: the report of a week may be written before it is due.
 */
static enum err load_duty(struct tx *tx, const struct daily_report *r, struct report_view *view)
{
	struct day_view *day = ARENA_NEW(tx->arena, struct day_view);
	struct report_schedule *schedule = ARENA_NEW(tx->arena, struct report_schedule);
	struct attendance_day stored;
	enum err e = attendance_view_day(tx, r->employee, r->day, day);

	view->week_day = DAY_NONE;
	view->on_time_until = INSTANT_NONE;
	/* a day gone by that was never opened asked nothing */
	if (!e && r->day < instant_day(tx->now_ms, day->zone))
		e = attendance_load_day(tx, r->employee, r->day, &stored);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	view->duty = (int32_t)day->row.duty;
	view->due = policy_owes_report(day->row.duty);
	if (view->due && (e = reports_load_on_time_until(
				  tx, r->day, day->row.ends, day->zone, &view->on_time_until)))
		return e;
	if (day->row.duty != DUTY_NONE && day->ruling.week_day)
		view->week_day = day->ruling.week_day;
	if ((r->state == REPORT_NONE || r->state == REPORT_DRAFT) && view->due &&
		reports_find_schedule(day->book, &day->ruling, schedule))
		view->schedule = schedule;
	return OK;
}

/* Notes are for the writer, who answers for him on that day, and his team lead. */
static enum err show_thread(struct req *rq, const struct daily_report *r, struct report_view *view)
{
	const struct object about = {.employee = r->employee, .day = r->day};
	const enum err e = auth_authorise(rq, P_REPORT_NOTE, &about);
	int n = 0;

	if (e && err_status(e) >= 500)
		return e;
	view->may_note = !e && reports_decide_note(r) == OK;
	view->notes = e ? 0 : r->notes;
	for (int i = 0; i < view->events_count; i++)
		if (!e || view->events[i].kind != EVENT_NOTED)
			view->events[n++] = view->events[i];
	view->events_count = n;
	return OK;
}

static enum err load_view(struct tx *tx, const struct daily_report *r, struct report_view *view)
{
	enum err e;
	*view = (struct report_view){
		.report = r->id.v,
		.employee = r->employee.v,
		.day = r->day,
		.state = r->state,
		.version = r->version,
		.obstacle = r->obstacle,
		.submitted_at = r->submitted_at ? r->submitted_at : INSTANT_NONE,
		.is_late = r->is_late,
		.is_confirmed = r->is_confirmed,
		.decided_at = r->decided_at ? r->decided_at : INSTANT_NONE,
		.reason = *r->reason ? r->reason : NULL,
	};
	if ((e = load_name(tx, r->employee, r->day, &view->name)) || (e = load_duty(tx, r, view)))
		return e;
	return r->id.v ? load_details(tx, r, view) : OK;
}

static const struct field day_query_fields[] = {
	Q_DAY(struct day_query, day, OPTIONAL, "The day; today when absent."),
	F_END,
};
const struct shape reports_day_query_shape = SHAPE(
	"DailyReportQuery", struct day_query, day_query_fields);

/* The report of a person's day, or an empty one in state none. */
static enum err load_or_begin(
	struct tx *tx, struct employee_id employee, int32_t day, struct daily_report *ret)
{
	enum err e = reports_load_of_day(tx, employee, day, ret);
	if (e != E_NOT_FOUND)
		return e;
	*ret = (struct daily_report){.employee = employee,
		.day = day,
		.obstacle = "",
		.reason = "",
		.mode = MODE_UNSAID};
	return OK;
}

enum err reports_get_own(struct req *rq)
{
	const struct day_query *query = rq->input;
	struct daily_report r;
	struct report_view view;
	enum err e = load_or_begin(
		rq->tx, rq->actor.employee, reports_day_asked(rq, query->day), &r);
	if (e || (e = load_view(rq->tx, &r, &view)) || (e = show_thread(rq, &r, &view)))
		return e;
	return reply(rq, 200, &view);
}

static const struct field report_path_fields[] = {
	PATH_ID(struct report_input, report, "The report."),
	F_END,
};
const struct shape reports_path_shape = SHAPE(
	"ReportPath", struct report_input, report_path_fields);

/* A report is about its owner on its day; a draft exists for its owner alone. */
enum err reports_find_object(struct req *rq, struct object *ret_object)
{
	const struct report_input *in = rq->input;
	struct daily_report r;
	enum err e = reports_load(rq->tx, (struct report_id){in->report}, &r);
	if (e)
		return e;
	if (r.state == REPORT_DRAFT && r.employee.v != rq->actor.employee.v)
		return E_NOT_FOUND;
	*ret_object = (struct object){.employee = r.employee, .day = r.day};
	return OK;
}

enum err reports_get(struct req *rq)
{
	const struct report_input *in = rq->input;
	struct daily_report r;
	struct report_view view;
	enum err e = reports_load(rq->tx, (struct report_id){in->report}, &r);
	if (e || (e = load_view(rq->tx, &r, &view)) || (e = show_thread(rq, &r, &view)))
		return e;
	return reply(rq, 200, &view);
}

/* --- writing one's own --- */

struct report_save {
	int32_t day, version;
	const char *obstacle, *late_reason;
	struct report_item *items;
	int items_count;
	bool submit, confirm;
};

static const struct field save_fields[] = {
	F_DAY(struct report_save, day, 0,
		"The day it speaks of; not in the future, but by when the report of this week is "
		"due."),
	F_INT(struct report_save, version, 0, INT32_MAX, 0,
		"The version that was edited; 0 for a new report."),
	F_TEXT(struct report_save, obstacle, 0, 1000, OPTIONAL, "What stood in the way."),
	F_TEXT(struct report_save, late_reason, 10, 500, OPTIONAL,
		"Why it comes late: kept in the thread of one that does."),
	F_LIST(struct report_save, items, items_count, &item_shape, 0, REPORT_ITEMS_MAX, 0,
		"What was done."),
	F_BOOL(struct report_save, submit, 0, "Hand it in, or keep a draft."),
	F_BOOL(struct report_save, confirm, OPTIONAL,
		"Duty daily_confirm: hand in that the day went by its schedule; without items."),
	F_END,
};
const struct shape reports_save_shape = SHAPE("DailyReportSave", struct report_save, save_fields);

static const struct field saved_fields[] = {
	F_ID(struct report_saved, report, 0, "The report."),
	F_INT(struct report_saved, version, 1, INT32_MAX, 0, "Its version now."),
	F_ENUM(struct report_saved, state, report_state_names, 0, "Its state now."),
	F_END,
};
const struct shape reports_saved_shape = SHAPE(
	"DailyReportSaved", struct report_saved, saved_fields);

/* What the log commits to when a report is handed in. */
struct submission {
	int64_t report, employee;
	int32_t day, version;
	const char *obstacle, *late_reason;
	const struct report_item *items;
	int items_count;
	bool confirmed;
};

static const struct field submission_fields[] = {
	F_ID(struct submission, report, 0, "Report."),
	F_ID(struct submission, employee, 0, "Owner."),
	F_DAY(struct submission, day, 0, "Day."),
	F_INT(struct submission, version, 1, INT32_MAX, 0, "Version."),
	F_TEXT(struct submission, obstacle, 0, 1000, 0, "Obstacle."),
	F_TEXT(struct submission, late_reason, 10, 500, OPTIONAL, "Why it came late."),
	F_LIST(struct submission, items, items_count, &item_shape, 0, REPORT_ITEMS_MAX, 0,
		"Items."),
	F_BOOL(struct submission, confirmed, 0, "By one tap, from rule and shift."),
	F_END,
};
static const struct shape submission_shape = SHAPE(
	"ReportSubmission", struct submission, submission_fields);

void reports_add_leaf(struct tx *tx, enum leaf_kind kind, int64_t subject,
	const struct shape *shape, const void *in)
{
	struct buf b;
	buf_init(&b, tx->arena, 1024);
	fields_encode(shape, in, &b);
	trust_add_leaf(tx, kind, subject, b.p, b.n);
}

/* Of one that was in time there is nothing to say. */
static const char *late_reason(const struct daily_report *r, const struct report_save *in)
{
	return r->is_late ? in->late_reason : NULL;
}

static void add_submission_leaf(
	struct tx *tx, const struct daily_report *r, const struct report_save *in)
{
	const struct submission s = {
		.report = r->id.v,
		.employee = r->employee.v,
		.day = r->day,
		.version = r->version,
		.obstacle = r->obstacle,
		.late_reason = late_reason(r, in),
		.items = in->items,
		.items_count = in->items_count,
		.confirmed = r->is_confirmed,
	};
	reports_add_leaf(tx, LEAF_REPORT, r->id.v, &submission_shape, &s);
}

static enum err refuse_item(struct req *rq, enum err e, const struct item_fault *fault)
{
	const char *pointer = arena_printf(
		rq->tx->arena, "/items/%d/%s", fault->item, fault->field);
	return refuse(rq, e, pointer, fault->reason);
}

static enum err check_evidence(struct req *rq, const struct report_save *in)
{
	for (int i = 0; i < in->items_count; i++) {
		const char *fault = NULL, *sha256 = in->items[i].evidence_sha256;
		enum err e = sha256 ? reports_check_file(rq->tx, rq->actor.employee, sha256, &fault)
				    : OK;
		if (e)
			return e;
		if (fault)
			return refuse_item(
				rq, E_REFUSED, &(struct item_fault){i, "evidence_sha256", fault});
	}
	return OK;
}

/* By when the report of this week is due; 0 when none is. */
static enum err load_week_day(struct req *rq, int32_t *ret)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	enum err e = attendance_view_now(rq->tx, rq->actor.employee, view);

	*ret = e ? 0 : view->ruling.week_day;
	return e == E_NOT_FOUND ? OK : e;
}

/* The day can be reported on: begun, or by when the report of this week is due, and with a
 * placement, so that somebody answers for it. */
static enum err check_day(struct req *rq, int32_t day)
{
	struct employee_row row;
	int32_t week_day = 0;
	enum err e = day > req_today(rq) ? load_week_day(rq, &week_day) : OK;

	if (e)
		return e;
	if (!reports_may_write(day, req_today(rq), week_day))
		return refuse(rq, E_BAD_FIELD, "/day", "in the future");
	e = org_load_employee(rq->tx, rq->actor.employee, day, &row);
	if (e && e != E_NOT_FOUND)
		return e;
	if (e || row.unit.v == 0)
		return refuse(rq, E_REFUSED, "/day", "no placement on this day");
	return OK;
}

/* A result that an item names is one of the owner's that day. */
static enum err check_targets(struct req *rq, const struct report_save *in)
{
	struct target *target = NULL;
	int targets = 0;
	for (int i = 0; i < in->items_count; i++) {
		enum err e = OK;
		if (in->items[i].target_id && !target)
			e = reports_list_targets_on(
				rq->tx, rq->actor.employee, in->day, &target, &targets);
		if (e)
			return e;
		if (in->items[i].target_id &&
			!reports_find_target(target, targets, in->items[i].target_id))
			return refuse_item(rq, E_REFUSED,
				&(struct item_fault){i, "target_id",
					"not a result of a plan of yours on this day"});
	}
	return OK;
}

/* A task that an item names is the owner's or his office's; what the report named before, it keeps.
 */
static enum err check_tasks(struct req *rq, const struct report_save *in)
{
	int item;
	enum err e = reports_find_foreign_task(
		rq->tx, rq->actor.employee, in->day, in->items, in->items_count, &item);

	if (e || item < 0)
		return e;
	return refuse_item(rq, E_REFUSED,
		&(struct item_fault){
			item, "task_id", "not a task of yours or of your office on this day"});
}

/* The first day that items may be of: asked only where one names a day. */
static enum err load_first_day(struct req *rq, const struct report_save *in, int32_t *ret)
{
	struct day_view *view;
	bool names_day = false;
	enum err e;

	*ret = in->day;
	for (int i = 0; i < in->items_count; i++)
		names_day |= reports_item_day(&in->items[i], in->day) != in->day;
	if (!names_day)
		return OK;
	view = ARENA_NEW(rq->tx->arena, struct day_view);
	e = attendance_view_day(rq->tx, rq->actor.employee, in->day, view);
	if (!e)
		*ret = reports_first_day(in->day, view->ruling.week_day == in->day);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err check_save(struct req *rq, const struct report_save *in)
{
	struct item_fault fault;
	int32_t first;
	enum err e = check_day(rq, in->day);
	if (e || (e = load_first_day(rq, in, &first)))
		return e;
	if (reports_find_item_fault(in->items, in->items_count, first, in->day, &fault))
		return refuse_item(rq, E_BAD_FIELD, &fault);
	if ((e = check_targets(rq, in)) || (e = check_tasks(rq, in)))
		return e;
	return check_evidence(rq, in);
}

static enum err apply_save(struct tx *tx, const struct report_save *in, struct daily_report *r)
{
	struct attendance_day day;
	const struct org_tree *tree;
	int64_t until;
	enum err e;
	if ((e = reports_load_attendance(tx, r->employee, r->day, &day)) ||
		(e = org_load_tree(tx, &tree)))
		return e;
	if ((e = reports_load_on_time_until(tx, r->day, day.ends, tree->zone, &until)))
		return e;
	reports_apply_save(r, in->obstacle ? in->obstacle : "", in->submit, until, tx->now_ms);
	if (in->submit)
		r->mode = day.unit.v ? (int32_t)day.mode : MODE_UNSAID;
	if (r->id.v == 0)
		r->id.v = id_next();
	return OK;
}

static enum err write_save(
	struct tx *tx, const struct report_save *in, const struct daily_report *r)
{
	const char *reason;
	enum err e;
	if ((e = reports_set(tx, r)) ||
		(e = reports_set_items(tx, r->id, in->items, in->items_count)))
		return e;
	if (!in->submit)
		return OK;
	add_submission_leaf(tx, r, in);
	changes_add(tx->changes, CHANGE_REPORT, r->employee.v, r->day);
	reason = late_reason(r, in);
	return reports_add_event(
		tx, r->id, id_next(), EVENT_SUBMITTED, r->employee, reason ? reason : "");
}

/* --- one tap --- */

/* The report that the day's rule and shift make, as if it had been written; applied to `r`. */
static enum err make_confirmed(
	struct tx *tx, struct daily_report *r, int32_t version, struct report_save *ret)
{
	struct day_view *day = ARENA_NEW(tx->arena, struct day_view);
	struct report_item *item = ARENA_NEW(tx->arena, struct report_item);
	struct report_schedule schedule;
	int64_t until;
	enum err e = attendance_view_day(tx, r->employee, r->day, day);

	if (e == E_NOT_FOUND)
		return E_REFUSED;
	if (e || (e = reports_decide_confirm(r, version, &day->row, tx->now_ms, day->zone)))
		return e;
	if (!reports_find_schedule(day->book, &day->ruling, &schedule))
		return E_REFUSED;
	*item = reports_make_confirmed(&day->ruling.shift, schedule.words);
	*ret = (struct report_save){
		.day = r->day, .version = version, .items = item, .items_count = 1, .submit = true};
	if ((e = reports_load_on_time_until(tx, r->day, day->row.ends, day->zone, &until)))
		return e;
	reports_apply_save(r, "", true, until, tx->now_ms);
	r->is_confirmed = true;
	r->mode = (int32_t)day->row.mode;
	if (r->id.v == 0)
		r->id.v = id_next();
	return OK;
}

static enum err put_confirmed(struct req *rq, const struct report_save *in)
{
	struct report_save made;
	struct daily_report r;
	enum err e;

	if (in->items_count > 0 || !in->submit)
		return refuse(rq, E_BAD_FIELD, in->submit ? "/items" : "/submit",
			"one tap hands in, without items");
	if ((e = check_day(rq, in->day)) ||
		(e = load_or_begin(rq->tx, rq->actor.employee, in->day, &r)))
		return e;
	e = make_confirmed(rq->tx, &r, in->version, &made);
	if (e == E_REFUSED)
		return refuse(rq, e, "/confirm",
			"this day owes no such report, or its work has not begun");
	if (e || (e = write_save(rq->tx, &made, &r)))
		return e;
	return reply(rq, 200, &(struct report_saved){r.id.v, r.version, r.state});
}

enum err reports_hand_in_confirmed(
	struct tx *tx, struct employee_id owner, int32_t day, struct report_id *ret)
{
	struct report_save made;
	struct daily_report r;
	enum err e;

	if ((e = load_or_begin(tx, owner, day, &r)) ||
		(e = make_confirmed(tx, &r, r.version, &made)) || (e = write_save(tx, &made, &r)))
		return e;
	*ret = r.id;
	return OK;
}

enum err reports_put_own(struct req *rq)
{
	const struct report_save *in = rq->input;
	struct daily_report r;
	enum err e;
	if (in->confirm)
		return put_confirmed(rq, in);
	if ((e = check_save(rq, in)) ||
		(e = load_or_begin(rq->tx, rq->actor.employee, in->day, &r)) ||
		(e = reports_decide_save(&r, in->version, in->items_count, in->submit)) ||
		(e = apply_save(rq->tx, in, &r)) || (e = write_save(rq->tx, in, &r)))
		return e;
	return reply(rq, 200, &(struct report_saved){r.id.v, r.version, r.state});
}

enum err reports_hand_in(struct tx *tx, struct employee_id owner, int32_t day, const char *obstacle,
	struct report_item *item, int items, struct report_id *ret)
{
	const struct report_save in = {.day = day,
		.obstacle = obstacle,
		.items = item,
		.items_count = items,
		.submit = true};
	struct daily_report r;
	enum err e;
	if ((e = load_or_begin(tx, owner, day, &r)) ||
		(e = reports_decide_save(&r, in.version, items, true)) ||
		(e = apply_save(tx, &in, &r)) || (e = write_save(tx, &in, &r)))
		return e;
	*ret = r.id;
	return OK;
}
