/*
 * Days over HTTP: one's own month, and any one day with its reasons; the rows of all screens of
 * days.
 *
 * A month reads stored rows; an explained day is worked out when asked, so what is shown is exactly
 * what decided it. Reasons are codes; the web words them. Nobody sees coordinates here: places are
 * verdicts, distances are buckets, and how exact a position was is said to its owner alone.
 */
#include "reports/reports_day.h"

#include "attendance/attendance_span.h"
#include "reports/reports_day_int.h"
#include "roster/roster_explain.h"

#define MONTH_DAYS 31

/* ---- GET attendance/days ---- */

struct listed_day {
	struct day_row row;
};

static const struct field listed_day_fields[] = {
	ROW_FIELDS(struct listed_day),
	F_END,
};
static const struct shape listed_day_shape = SHAPE(
	"AttendanceDay", struct listed_day, listed_day_fields);

struct month {
	struct listed_day *items;
	int count;
};

static const struct field month_fields[] = {
	F_LIST(struct month, items, count, &listed_day_shape, 0, MONTH_DAYS, 0,
		"In day order; days to come are not here."),
	F_END,
};
static const struct shape month_shape = SHAPE("AttendanceMonth", struct month, month_fields);

struct month_query {
	int32_t month;
};

static const struct field month_query_fields[] = {
	Q_DAY(struct month_query, month, OPTIONAL, "Any day of the month; this month when absent."),
	F_END,
};
static const struct shape month_query_shape = SHAPE(
	"AttendanceMonthQuery", struct month_query, month_query_fields);

static enum err get_month(struct req *rq)
{
	const struct month_query *in = rq->input;
	struct arena *arena = rq->tx->arena;
	struct attendance_day *day = ARENA_ARRAY(arena, MONTH_DAYS, struct attendance_day);
	struct report_of_day *report = ARENA_ARRAY(
		arena, MONTH_DAYS + REPORT_LATER_DAYS, struct report_of_day);
	struct month out = {.items = ARENA_ARRAY(arena, MONTH_DAYS, struct listed_day)};
	int32_t today = req_today(rq), first, last;
	int reports;
	enum err e;

	day_month_bounds(in->month == DAY_NONE ? today : in->month, &first, &last);
	last = last < today ? last : today;
	e = attendance_list_days(
		rq->tx, rq->actor.employee, first, last, day, MONTH_DAYS, &out.count);
	if (!e)
		e = reports_list_states(rq->tx, rq->actor.employee, first, last + REPORT_LATER_DAYS,
			report, MONTH_DAYS + REPORT_LATER_DAYS, &reports);
	if (e)
		return e;
	for (int i = 0; i < out.count; i++)
		out.items[i].row = reports_make_row(
			arena, &day[i], reports_find_state(report, reports, &day[i]));
	return reply(rq, 200, &out);
}

/* ---- GET attendance/days/{employee}/{day} ---- */

struct shown_punch {
	int64_t id;
	int32_t direction, source;
	int64_t received_at, phone_at;
	int32_t place, distance_bucket;
	const char *site;
	int32_t accuracy_metres;
	const char **flags;
	int flag_count;
	const char *machine;
	struct uuid event;
	int32_t punch_day, grade;
};

static const struct field punch_fields[] = {
	F_ID(struct shown_punch, id, 0, "The punch in the journal."),
	F_ENUM(struct shown_punch, direction, direction_names, 0, "Coming or leaving."),
	F_INSTANT(struct shown_punch, received_at, 0, "Server time."),
	F_INSTANT(struct shown_punch, phone_at, OPTIONAL, "The phone's clock, as it stood."),
	F_ENUM(struct shown_punch, place, place_verdict_names, 0,
		"Where it was, as far as that is asked."),
	F_ENUM(struct shown_punch, distance_bucket, distance_bucket_names, 0,
		"Metres to the nearest site, as a bucket."),
	F_TEXT(struct shown_punch, site, 1, 200, OPTIONAL, "The nearest site."),
	F_INT(struct shown_punch, accuracy_metres, 0, INT32_MAX, OPTIONAL,
		"What the phone said of its position; to its owner alone."),
	F_TEXTS(struct shown_punch, flags, flag_count, 0, DAY_FLAGS_MAX, 0,
		"unsigned, quarantined, phone_clock_off, delayed, manual; by decision: voids, "
		"confirms, confirms_place, denies."),
	F_ENUM(struct shown_punch, source, punch_source_names, 0,
		"Who says so: the phone, another system, a paper list, a correction."),
	F_TEXT(struct shown_punch, machine, 1, 256, OPTIONAL,
		"Of another system: the machine or app; of a kiosk its name."),
	F_UUID(struct shown_punch, event, OPTIONAL, "Its id in the journal, as in its receipt."),
	F_DAY(struct shown_punch, punch_day, 0, "The civil day under which it stands there."),
	F_ENUM(struct shown_punch, grade, time_grade_names, 0, "How well its time is known."),
	F_END,
};
static const struct shape punch_shape = SHAPE("ShownPunch", struct shown_punch, punch_fields);

struct shown_span {
	int32_t kind, from, to;
};

static const struct field span_fields[] = {
	F_ENUM(struct shown_span, kind, span_kind_names, 0, "What these minutes count as."),
	F_MINUTE(struct shown_span, from, 0, "First minute."),
	F_MINUTE(struct shown_span, to, 0, "The minute after the last."),
	F_END,
};
static const struct shape span_shape = SHAPE("DaySpan", struct shown_span, span_fields);

struct shown_decision {
	int64_t id, at;
	int32_t kind;
	bool is_accepted;
	const char *by, *asked, *reason;
};

static const struct field decision_fields[] = {
	F_ID(struct shown_decision, id, 0, "The correction, paper list or incident."),
	F_ENUM(struct shown_decision, kind, day_decision_kind_names, 0, "What was decided on."),
	F_BOOL(struct shown_decision, is_accepted, 0, "Accepted; false: refused."),
	F_TEXT(struct shown_decision, by, 0, 300, 0, "Who decided."),
	F_INSTANT(struct shown_decision, at, 0, "When."),
	F_TEXT(struct shown_decision, asked, 0, 500, 0,
		"What was asked for; of an incident the number of its Berita Acara."),
	F_TEXT(struct shown_decision, reason, 0, 500, 0, "Why so."),
	F_END,
};
static const struct shape decision_shape = SHAPE(
	"DayDecision", struct shown_decision, decision_fields);

struct explained_day {
	struct employee_id employee;
	const char *name;
	struct day_row row;
	struct shown_span *spans;
	int span_count;
	struct shown_punch *punches;
	int punch_count;
	const char **reasons;
	int reason_count;
	struct shown_decision *decisions;
	int decision_count;
	struct late_decree *late_decrees;
	int late_decree_count;
	struct explanation explain;
};

static const struct field explained_day_fields[] = {
	F_ID(struct explained_day, employee, 0, "Whose day."),
	F_TEXT(struct explained_day, name, 1, 300, 0, "His name with titles."),
	ROW_FIELDS(struct explained_day),
	F_LIST(struct explained_day, spans, span_count, &span_shape, 1, SPANS_MAX, 0,
		"Every minute of the day, once: from midnight to midnight, or to the end of a "
		"night."),
	F_LIST(struct explained_day, punches, punch_count, &punch_shape, 0, DAY_PUNCHES_MAX, 0,
		"In order of receipt."),
	F_TEXTS(struct explained_day, reasons, reason_count, 0, REASON_COUNT, 0,
		"Codes of what explains the day."),
	F_LIST(struct explained_day, decisions, decision_count, &decision_shape, 0,
		DAY_DECISIONS_MAX, 0, "What persons decided about it, and why."),
	F_LIST(struct explained_day, late_decrees, late_decree_count, &reports_late_decree_shape, 0,
		DAY_CASES_MAX, 0, "Decrees that came after the day was decided, newest first."),
	F_OBJECT(struct explained_day, explain, &explanation_shape, 0,
		"Which rules decided the mode."),
	F_END,
};
static const struct shape explained_day_shape = SHAPE(
	"ExplainedDay", struct explained_day, explained_day_fields);

struct day_path {
	struct employee_id employee;
	int32_t day;
};

static const struct field day_path_fields[] = {
	PATH_ID(struct day_path, employee, "Whose day."),
	PATH_DAY(struct day_path, day, "Which day."),
	F_END,
};
static const struct shape day_path_shape = SHAPE("DayPath", struct day_path, day_path_fields);

static enum err find_day(struct req *rq, struct object *ret_object)
{
	const struct day_path *in = rq->input;

	ret_object->employee = in->employee;
	ret_object->day = in->day;
	return OK;
}

static const char *site_name(const struct org_tree *tree, struct site_id id)
{
	for (int i = 0; i < tree->sites && id.v; i++)
		if (tree->site[i].id.v == id.v)
			return tree->site[i].name;
	return NULL;
}

/* `marks`: what decisions said about it, which is shown with it. */
static struct shown_punch make_punch(struct arena *arena, const struct org_tree *tree,
	const struct punch *punch, const struct place_judgement *j, int marks, bool is_own)
{
	int flags = marks & PUNCH_DECIDES ? punch->flags & ~PUNCH_QUARANTINED : punch->flags;
	bool is_placed = marks & PUNCH_CONFIRMS_PLACE;
	bool has_position = is_own && punch->point.lat_e7 != NO_COORDINATE;
	bool is_machine = punch->source == FROM_EXTERNAL || punch->source == FROM_KIOSK;
	struct shown_punch shown = {
		.id = punch->punch_id,
		.direction = (int32_t)punch->direction,
		.source = (int32_t)punch->source,
		.received_at = punch->received_at,
		.phone_at = punch->phone_at,
		.place = (int32_t)(is_placed ? PLACE_WITHIN : j->verdict),
		.distance_bucket = (int32_t)j->bucket,
		.site = site_name(tree, j->site),
		.accuracy_metres = has_position ? punch->accuracy_metres : INT_NONE,
		.machine = is_machine && *punch->note ? punch->note : NULL,
		.event = punch->event_id,
		.punch_day = punch->punch_day,
		.grade = (int32_t)punch->time_grade,
	};

	shown.flags = reports_name_bits(arena, flags | marks, punch_flag_names, &shown.flag_count);
	return shown;
}

static int compare_receipt(const void *a, const void *b)
{
	const struct punch *x = a, *y = b;

	return (x->punch_id > y->punch_id) - (x->punch_id < y->punch_id);
}

/* Keeps what happened in the window of the day, also when it is kept apart, in order of receipt;
 * rows that speak of others have said it by their marks. */
static void keep_own_punches(struct day_view *view)
{
	int kept = 0;

	for (int i = 0; i < view->punches; i++) {
		const struct punch *p = &view->punch[i];
		int64_t at = attendance_happened_at(p);

		if (!p->refers_to && at >= view->from && at < view->to)
			view->punch[kept++] = *p;
	}
	view->punches = kept;
	qsort(view->punch, (size_t)kept, sizeof(view->punch[0]), compare_receipt);
}

static void show_punches(
	struct arena *arena, struct day_view *view, bool is_own, struct explained_day *out)
{
	struct day_view *all = ARENA_NEW(arena, struct day_view);
	struct place_judgement *j;
	int reasons;

	*all = *view;
	keep_own_punches(view);
	j = ARENA_ARRAY(arena, (size_t)view->punches, struct place_judgement);
	out->punches = ARENA_ARRAY(arena, (size_t)view->punches, struct shown_punch);
	out->punch_count = view->punches;
	for (int i = 0; i < view->punches; i++) {
		j[i] = attendance_judge_place(view->book->tree, view->facts.unit, view->facts.day,
			view->ruling.place, &view->punch[i]);
		out->punches[i] = make_punch(arena, view->book->tree, &view->punch[i], &j[i],
			attendance_find_marks(all->punch, all->punches, &view->punch[i]), is_own);
	}
	reasons = attendance_compute_reasons(
		&view->row, view->punch, j, view->punches, all->punch, all->punches);
	out->reasons = reports_name_bits(arena, reasons, day_reason_names, &out->reason_count);
}

static enum err show_decisions(
	struct tx *tx, const struct day_view *view, struct explained_day *out)
{
	struct day_decision *d = ARENA_ARRAY(tx->arena, DAY_DECISIONS_MAX, struct day_decision);
	enum err e = attendance_list_decisions(
		tx, &view->row, view->book->tree, view->zone, d, &out->decision_count);

	if (e)
		return e;
	out->decisions = ARENA_ARRAY(tx->arena, (size_t)out->decision_count, struct shown_decision);
	for (int i = 0; i < out->decision_count; i++)
		out->decisions[i] = (struct shown_decision){d[i].id, d[i].decided_at,
			(int32_t)d[i].kind, d[i].is_accepted, d[i].by, d[i].asked, d[i].reason};
	return OK;
}

static void show_spans(struct tx *tx, const struct day_view *view, struct explained_day *out)
{
	struct day_span span[SPANS_MAX];

	out->span_count = attendance_explain_spans(view, tx->now_ms, span);
	out->spans = ARENA_ARRAY(tx->arena, (size_t)out->span_count, struct shown_span);
	for (int i = 0; i < out->span_count; i++)
		out->spans[i] = (struct shown_span){
			(int32_t)span[i].kind, span[i].from, span[i].to};
}

static enum err get_day(struct req *rq)
{
	const struct day_path *in = rq->input;
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	struct explained_day out = {.employee = in->employee};
	struct employee_row employee;
	enum err e = attendance_view_day(rq->tx, in->employee, in->day, view);

	if (e || (e = org_load_employee(rq->tx, in->employee, in->day, &employee)) ||
		(e = reports_load_row(rq->tx, &view->row, &out.row)))
		return e;
	if ((e = roster_explain_day(rq, in->employee, in->day, &out.explain)) ||
		(e = show_decisions(rq->tx, view, &out)) ||
		(e = reports_load_late_decrees(
			 rq->tx, in->employee, in->day, &out.late_decrees, &out.late_decree_count)))
		return e;
	out.name = org_full_name(rq->tx->arena, &employee);
	show_spans(rq->tx, view, &out);
	show_punches(rq->tx->arena, view, rq->actor.employee.v == in->employee.v, &out);
	return reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/me/today",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.output = &reports_today_shape,
		.handler = reports_get_today,
		.summary = "One's own day now: mode, hours, places, punches, report, and the week "
			   "to come.",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/days",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.input = &month_query_shape,
		.output = &month_shape,
		.handler = get_month,
		.exports = EXPORT("kehadiran-saya", "Kehadiran saya"),
		.summary = "One's own month, day by day, up to today.",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/days/{employee}/{day}",
		.permission = P_DAY_READ,
		.tx = TX_READ,
		.input = &day_path_shape,
		.output = &explained_day_shape,
		.handler = get_day,
		.object = find_day,
		.sees = true,
		.summary = "A person's day with its punches, its rules and the reasons of what it "
			   "came to.",
		.example_path = "/api/v1/attendance/days/{employee:self}/2025-11-13",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/team",
		.permission = P_TEAM_READ,
		.tx = TX_READ,
		.input = &reports_team_today_query_shape,
		.output = &reports_team_today_shape,
		.handler = reports_get_team_today,
		.exports = EXPORT("tim-hari-ini", "Tim hari ini"),
		.summary = "The day of the people one supervises or leads, by name, also in "
			   "another's place.",
	},
};

const struct slice reports_day_slice = {
	.name = "days",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = reports_day_stmts,
	.stmt_count = COUNT_OF(reports_day_stmts),
};
