/*
 * Writing one's own daily report, by items or by one tap.
 *
 * Handing in is a fact and adds a leaf; keeping a draft is not. The day must have a placement, so
 * that somebody answers for it, and evidence must be the owner's own file.
 */
#include "reports/reports_routes.h"

#include "platform/changes.h"
#include "platform/clock.h"
#include "reports/reports_target.h"

static const struct field item_fields[] = {REPORT_ITEM_FIELDS, F_END};
static const struct shape item_shape = SHAPE("ReportItem", struct report_item, item_fields);

struct report_save {
	int32_t day, version;
	const char *obstacle, *late_reason;
	int64_t made_at;
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
	F_INSTANT(struct report_save, made_at, OPTIONAL,
		"When it was handed in on the phone, in the server's time; counts for up to 7 "
		"days, now when absent."),
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
	int64_t made_at;
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
	F_INSTANT(struct submission, made_at, 0, "When it was handed in."),
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
		.made_at = r->made_at,
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
	reports_apply_save(r, in->obstacle ? in->obstacle : "", in->submit, until,
		reports_find_made_at(in->made_at, tx->now_ms), tx->now_ms);
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

/* The report that the day's rule and shift make of a tap, as if it had been written; applied to
 * `r`. */
static enum err make_confirmed(struct tx *tx, struct daily_report *r, const struct report_save *tap,
	struct report_save *ret)
{
	struct day_view *day = ARENA_NEW(tx->arena, struct day_view);
	struct report_item *item = ARENA_NEW(tx->arena, struct report_item);
	struct report_schedule schedule;
	int64_t until;
	enum err e = attendance_view_day(tx, r->employee, r->day, day);

	if (e == E_NOT_FOUND)
		return E_REFUSED;
	if (e || (e = reports_decide_confirm(r, tap->version, &day->row, tx->now_ms, day->zone)))
		return e;
	if (!reports_find_schedule(day->book, &day->ruling, &schedule))
		return E_REFUSED;
	*item = reports_make_confirmed(&day->ruling.shift, schedule.words);
	*ret = (struct report_save){.day = r->day,
		.version = tap->version,
		.late_reason = tap->late_reason,
		.items = item,
		.items_count = 1,
		.submit = true};
	if ((e = reports_load_on_time_until(tx, r->day, day->row.ends, day->zone, &until)))
		return e;
	reports_apply_save(
		r, "", true, until, reports_find_made_at(tap->made_at, tx->now_ms), tx->now_ms);
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
		(e = reports_load_or_begin(rq->tx, rq->actor.employee, in->day, &r)))
		return e;
	e = make_confirmed(rq->tx, &r, in, &made);
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
	struct report_save made, tap = {.made_at = tx->now_ms};
	struct daily_report r;
	enum err e = reports_load_or_begin(tx, owner, day, &r);

	tap.version = r.version;
	if (e || (e = make_confirmed(tx, &r, &tap, &made)) || (e = write_save(tx, &made, &r)))
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
		(e = reports_load_or_begin(rq->tx, rq->actor.employee, in->day, &r)) ||
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
		.made_at = tx->now_ms,
		.items = item,
		.items_count = items,
		.submit = true};
	struct daily_report r;
	enum err e;
	if ((e = reports_load_or_begin(tx, owner, day, &r)) ||
		(e = reports_decide_save(&r, in.version, items, true)) ||
		(e = apply_save(tx, &in, &r)) || (e = write_save(tx, &in, &r)))
		return e;
	*ret = r.id;
	return OK;
}
