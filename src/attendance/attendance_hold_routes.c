/*
 * Holds over HTTP, and what became of positions night by night: for the personnel board and the
 * inspectorate. Neither shows a position.
 */
#include "attendance/attendance_hold.h"

#include "attendance/attendance_retention.h"

#define PAGE       50
#define NIGHTS_MAX 100

/* ---- holds ---- */

static const struct field hold_fields[] = {
	F_ID(struct hold_view, id, 0, "The hold."),
	F_ID(struct hold_view, employee, 0, "Whose evidence is kept."),
	F_TEXT(struct hold_view, full_name, 0, 300, 0, "His name with titles."),
	F_DAY(struct hold_view, first_day, 0, "First day kept."),
	F_DAY(struct hold_view, last_day, 0, "Last day kept."),
	F_TEXT(struct hold_view, reason, 0, LONG_REASON, 0, "Why."),
	F_TEXT(struct hold_view, letter, 0, 100, 0, "Number of the letter it rests on."),
	F_TEXT(struct hold_view, set_by, 0, 300, 0, "Who set it."),
	F_INSTANT(struct hold_view, set_at, 0, "When."),
	F_TEXT(struct hold_view, lifted_by, 1, 300, OPTIONAL, "Who lifted it."),
	F_INSTANT(struct hold_view, lifted_at, OPTIONAL, "When; absent: it holds."),
	F_TEXT(struct hold_view, lift_reason, 1, LONG_REASON, OPTIONAL, "Why."),
	F_BOOL(struct hold_view, may_lift, 0, "The reader may lift it."),
	F_END,
};
const struct shape attendance_hold_shape = SHAPE("AttendanceHold", struct hold_view, hold_fields);

struct hold_view attendance_show_hold(const struct hold *h)
{
	return (struct hold_view){
		.id = h->id,
		.employee = h->employee,
		.full_name = h->full_name,
		.first_day = h->first_day,
		.last_day = h->last_day,
		.reason = h->reason,
		.letter = h->letter,
		.set_by = h->set_by_name,
		.set_at = h->set_at,
		.lifted_by = h->lifted_at ? h->lifted_by_name : NULL,
		.lifted_at = h->lifted_at ? h->lifted_at : INSTANT_NONE,
		.lift_reason = h->lifted_at ? h->lift_reason : NULL,
	};
}

static struct hold_view show(const struct req *rq, const struct hold *h)
{
	struct hold_view view = attendance_show_hold(h);

	view.may_lift = !h->lifted_at && h->employee.v != rq->actor.employee.v;
	return view;
}

struct holds_query {
	struct employee_id employee;
	bool open;
	int64_t cursor;
};
static const struct field query_fields[] = {
	Q_ID(struct holds_query, employee, OPTIONAL, "Only of this person."),
	Q_BOOL(struct holds_query, open, OPTIONAL, "Only those that hold."),
	Q_ID(struct holds_query, cursor, OPTIONAL, "Where the page before ended."),
	F_END,
};
static const struct shape query_shape = SHAPE(
	"AttendanceHoldsQuery", struct holds_query, query_fields);
struct hold_page {
	struct hold_view *items;
	int count;
	int64_t next;
};
static const struct field page_fields[] = {
	F_LIST(struct hold_page, items, count, &attendance_hold_shape, 0, PAGE, 0, "Newest first."),
	F_ID(struct hold_page, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
static const struct shape page_shape = SHAPE("AttendanceHolds", struct hold_page, page_fields);

static enum err get_holds(struct req *rq)
{
	const struct holds_query *in = rq->input;
	struct hold *hold = ARENA_ARRAY(rq->tx->arena, PAGE, struct hold);
	struct hold_page out = {.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct hold_view)};
	enum err e = attendance_list_holds(
		rq->tx, in->employee, in->open, in->cursor, hold, PAGE, &out.count);

	if (e)
		return e;
	for (int i = 0; i < out.count; i++)
		out.items[i] = show(rq, &hold[i]);
	out.next = out.count == PAGE ? hold[PAGE - 1].id : 0;
	return reply(rq, 200, &out);
}

static enum err answer(struct req *rq, struct hold *h)
{
	struct hold_view view;
	enum err e = attendance_load_name(rq->tx, h->employee, &h->full_name);

	if (!e)
		e = attendance_load_name(rq->tx, h->set_by, &h->set_by_name);
	if (!e)
		e = attendance_load_name(rq->tx, h->lifted_by, &h->lifted_by_name);
	if (e)
		return e;
	view = show(rq, h);
	return reply(rq, 200, &view);
}

struct hold_input {
	struct employee_id employee;
	int32_t first_day, last_day;
	const char *reason, *letter;
};
static const struct field input_fields[] = {
	F_ID(struct hold_input, employee, 0, "Whose evidence is kept."),
	F_DAY(struct hold_input, first_day, 0, "First day."),
	F_DAY(struct hold_input, last_day, 0, "Last day: today or before, within a year."),
	F_TEXT(struct hold_input, reason, REASON_LEAST, LONG_REASON, 0,
		"Why; the person reads it."),
	F_TEXT(struct hold_input, letter, 1, 100, 0, "Number of the letter it rests on."),
	F_END,
};
static const struct shape input_shape = SHAPE(
	"AttendanceHoldInput", struct hold_input, input_fields);

static enum err find_person(struct req *rq, struct object *ret_object)
{
	const struct hold_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

static enum err post_hold(struct req *rq)
{
	const struct hold_input *in = rq->input;
	struct hold hold = {.employee = in->employee,
		.first_day = in->first_day,
		.last_day = in->last_day,
		.reason = in->reason,
		.letter = in->letter,
		.set_by = rq->actor.employee};
	const char *why, *pointer = attendance_check_hold(&hold, req_today(rq), &why);
	enum err e;

	if (pointer)
		return refuse(rq, E_BAD_FIELD, pointer, why);
	e = attendance_set_hold(rq->tx, &hold);
	return e ? e : answer(rq, &hold);
}

struct lift_input {
	int64_t hold;
	const char *reason;
};
static const struct field lift_fields[] = {
	PATH_ID(struct lift_input, hold, "The hold."),
	F_TEXT(struct lift_input, reason, REASON_LEAST, LONG_REASON, 0,
		"Why it is no longer needed."),
	F_END,
};
static const struct shape lift_shape = SHAPE("AttendanceHoldLift", struct lift_input, lift_fields);

static enum err find_held(struct req *rq, struct object *ret_object)
{
	const struct lift_input *in = rq->input;
	struct hold hold;
	enum err e = attendance_load_hold(rq->tx, in->hold, &hold);

	ret_object->employee = hold.employee;
	return e;
}

static enum err post_lift(struct req *rq)
{
	const struct lift_input *in = rq->input;
	struct hold hold;
	enum err e = attendance_load_hold(rq->tx, in->hold, &hold);

	if (!e)
		e = attendance_lift_hold(rq->tx, &hold, rq->actor.employee, in->reason);
	return e ? e : answer(rq, &hold);
}

/* ---- nights ---- */

struct night_view {
	int32_t day, due_from;
	bool is_done;
	int64_t erased, people_held, looked_at;
};
static const struct field night_fields[] = {
	F_DAY(struct night_view, day, 0, "Positions of this day."),
	F_DAY(struct night_view, due_from, 0, "From when on they are taken out."),
	F_BOOL(struct night_view, is_done, 0, "Everybody was gone through."),
	F_INT64(struct night_view, erased, 0, INT64_C(1) << 53, 0,
		"Positions, and events holding one, taken out."),
	F_INT64(struct night_view, people_held, 0, INT64_C(1) << 53, 0,
		"People whose positions are kept because of a hold or a dispute."),
	F_INSTANT(struct night_view, looked_at, OPTIONAL, "When last."),
	F_END,
};
static const struct shape night_shape = SHAPE("ErasedDay", struct night_view, night_fields);
struct nights {
	int32_t position_days;
	struct night_view *items;
	int count;
};
static const struct field nights_fields[] = {
	F_INT(struct nights, position_days, 0, 1000, 0, "How long positions of today are kept."),
	F_LIST(struct nights, items, count, &night_shape, 0, NIGHTS_MAX, 0, "The latest first."),
	F_END,
};
static const struct shape nights_shape = SHAPE("ErasedDays", struct nights, nights_fields);

static enum err show_night(struct tx *tx, const struct position_day *day, struct night_view *ret)
{
	int32_t days;
	enum err e = attendance_load_position_days(tx, day->day, &days);

	*ret = (struct night_view){.day = day->day,
		.due_from = day->day + days + 1,
		.is_done = !day->is_open && !day->is_plain,
		.erased = day->erased,
		.people_held = day->held,
		.looked_at = day->looked_at ? day->looked_at : INSTANT_NONE};
	return e;
}

static enum err get_nights(struct req *rq)
{
	struct position_day *day = ARENA_ARRAY(rq->tx->arena, NIGHTS_MAX, struct position_day);
	struct nights out = {.items = ARENA_ARRAY(rq->tx->arena, NIGHTS_MAX, struct night_view)};
	int32_t today = req_today(rq);
	enum err e = attendance_load_position_days(rq->tx, today, &out.position_days);

	if (!e)
		e = attendance_list_position_days(rq->tx, today, day, NIGHTS_MAX, &out.count);
	for (int i = 0; i < out.count && !e; i++)
		e = show_night(rq->tx, &day[i], &out.items[i]);
	return e ? e : reply(rq, 200, &out);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/holds",
		.permission = P_HOLD_READ,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &page_shape,
		.handler = get_holds,
		.exports = EXPORT("penahanan-bukti", "Penahanan penghapusan bukti"),
		.summary = "Days of people whose evidence is kept because a case needs it.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/holds",
		.permission = P_HOLD_WRITE,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &attendance_hold_shape,
		.handler = post_hold,
		.object = find_person,
		.summary = "Keeps the evidence of a person's days; he reads by whom and why.",
		.example = "{\"employee\":\"{employee}\",\"first_day\":\"2025-11-10\","
			   "\"last_day\":\"2025-11-12\",\"reason\":\"Pemeriksaan oleh "
			   "Inspektorat.\",\"letter\":\"700/12/2025\"}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/holds/{hold}/lift",
		.permission = P_HOLD_WRITE,
		.tx = TX_WRITE,
		.input = &lift_shape,
		.output = &attendance_hold_shape,
		.handler = post_lift,
		.object = find_held,
		.summary = "Lifts a hold; what is due is taken out the night after.",
		.example = "{\"reason\":\"Pemeriksaan telah selesai.\"}",
		.example_path = "/api/v1/attendance/holds/{hold}/lift",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/erasures",
		.permission = P_HOLD_READ,
		.tx = TX_READ,
		.output = &nights_shape,
		.handler = get_nights,
		.exports = EXPORT("penghapusan-posisi", "Penghapusan posisi presensi"),
		.summary = "Which days' positions were taken out, and how many people's are kept.",
	},
};

const struct slice attendance_holds_slice = {
	.name = "holds",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_hold_stmts,
	.stmt_count = HOLD_STMTS,
};

const struct slice attendance_retention_slice = {
	.name = "retention",
	.stmts = attendance_retention_stmts,
	.stmt_count = RETENTION_STMTS,
	.jobs = attendance_retention_jobs,
	.job_count = RETENTION_JOBS,
};
