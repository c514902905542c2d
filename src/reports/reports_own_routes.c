/*
 * Reading a daily report: one's own of a day, begun or not, and anybody's that one may see. A draft
 * is nobody's but its owner's.
 */
#include "reports/reports_routes.h"

#include "platform/auth.h"
#include "reports/reports_mark.h"

static const struct field task_fields[] = {
	F_TEXT(struct report_task, subject, 1, 200, 0, "What is to be done."),
	F_INT(struct report_task, year, 2000, 9999, 0, "The year its number runs in."),
	F_INT(struct report_task, number, 1, INT32_MAX, 0, "Its number."),
	F_END,
};
static const struct shape task_shape = SHAPE("ReportTask", struct report_task, task_fields);
static const struct field item_view_fields[] = {
	REPORT_ITEM_FIELDS,
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
	int64_t submitted_at, made_at, on_time_until;
	bool is_late, is_confirmed, due;
	int32_t duty, week_day;
	struct report_schedule *schedule;
	const char *missing, *missing_basis;
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
	F_INSTANT(struct report_view, made_at, OPTIONAL,
		"When its phone says it was, where it came an hour or more after that."),
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
	F_TEXT(struct report_view, missing, 1, 200, OPTIONAL,
		"What the rule in force says of a missing report, where one is asked for; nothing "
		"is done by itself."),
	F_TEXT(struct report_view, missing_basis, 1, 300, OPTIONAL, "Which rule that is."),
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

/* What a missing report means by the rule that holds. */
static void show_missing(struct arena *a, const struct day_view *day, struct report_view *view)
{
	const struct rule *rule;
	const struct instrument *source;

	if (day->ruling.missing_rule < 0)
		return;
	rule = &day->book->rule[day->ruling.missing_rule];
	source = &day->book->instrument[rule->instrument];
	view->missing = rule->words;
	view->missing_basis = *rule->article
				      ? arena_printf(a, "%s, %s", source->number, rule->article)
				      : source->number;
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
	if (view->due)
		show_missing(tx->arena, day, view);
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
		if (!e || view->events[i].kind < EVENT_NOTED)
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
		.made_at = reports_is_carried(r) ? r->made_at : INSTANT_NONE,
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

enum err reports_load_or_begin(
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
	enum err e = reports_load_or_begin(
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
