/*
 * The reports of the people one supervises, what still waits first and of it what has to be looked
 * at, with the marks of each (reports_mark.h).
 */
#include "reports/reports_routes.h"

#include "reports/reports_mark.h"

struct team_view_row {
	int64_t report, employee;
	const char *name;
	int32_t day, state, version, items, stand;
	const char *acts_for_name;
	int64_t submitted_at, made_at;
	bool is_late, is_confirmed, clean;
	const char **remarks;
	int remarks_count;
	int32_t mode, written_mode, mismatch;
	int32_t advice;
	const char *advised_by_name;
};

static const struct field team_row_fields[] = {
	F_ID(struct team_view_row, report, 0, "The report."),
	F_ID(struct team_view_row, employee, 0, "Whose it is."),
	F_TEXT(struct team_view_row, name, 1, 300, 0, "His name with titles."),
	F_DAY(struct team_view_row, day, 0, "The day it speaks of."),
	F_ENUM(struct team_view_row, state, report_state_names, 0,
		"Submitted, verified or returned."),
	F_INT(struct team_view_row, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_INT(struct team_view_row, items, 0, REPORT_ITEMS_MAX, 0, "How many items."),
	F_INSTANT(struct team_view_row, submitted_at, 0, "When it was handed in."),
	F_INSTANT(struct team_view_row, made_at, OPTIONAL,
		"When its phone says it was, where it came an hour or more after that."),
	F_ENUM(struct team_view_row, stand, stand_names, 0,
		"Why one decides: as his own, by letter, by holding the office, because it is "
		"vacant."),
	F_TEXT(struct team_view_row, acts_for_name, 1, 300, OPTIONAL,
		"In whose place, when not his own."),
	F_BOOL(struct team_view_row, is_late, 0, "After its day."),
	F_BOOL(struct team_view_row, is_confirmed, 0,
		"By one tap: the day went by its schedule, and the report says no more."),
	F_BOOL(struct team_view_row, clean, 0, "Nothing to look at: fit for verifying in bulk."),
	F_TEXTS(struct team_view_row, remarks, remarks_count, 0, REPORT_REMARKS, 0,
		"What to look at: no_evidence, overlap, no_punch, late, volume_unusual, "
		"mode_mismatch, advised_return."),
	F_ENUM(struct team_view_row, mismatch, mode_mismatch_names, 0,
		"Of mode_mismatch: handed in for another mode, a day without work, or a day at the "
		"office whose punches were all outside."),
	F_ENUM(struct team_view_row, mode, work_mode_names, OPTIONAL,
		"The mode of the day, where there is a mismatch."),
	F_ENUM(struct team_view_row, written_mode, work_mode_names, OPTIONAL,
		"The mode the day had when the report was handed in, where it is another one."),
	F_ENUM(struct team_view_row, advice, report_advice_names, OPTIONAL,
		"What his team lead advises of this version."),
	F_TEXT(struct team_view_row, advised_by_name, 1, 300, OPTIONAL, "Who that is."),
	F_END,
};
static const struct shape team_row_shape = SHAPE(
	"TeamReport", struct team_view_row, team_row_fields);

struct team_view {
	struct team_view_row *items;
	int items_count;
	bool is_full;
};

static const struct field team_fields[] = {
	F_LIST(struct team_view, items, items_count, &team_row_shape, 0, REPORT_TEAM_MAX, 0,
		"Undecided first, of these what has remarks first; then by day and name."),
	F_BOOL(struct team_view, is_full, 0,
		"As many as a list holds, the oldest days: the rest follows once some are "
		"decided."),
	F_END,
};
const struct shape reports_team_shape = SHAPE("TeamReports", struct team_view, team_fields);

static const struct field team_query_fields[] = {
	Q_DAY(struct day_query, day, OPTIONAL,
		"The day; today and what still waits, however old, when absent."),
	Q_ENUM(struct day_query, state, report_state_names, OPTIONAL,
		"Only reports in this state."),
	F_END,
};
const struct shape reports_team_query_shape = SHAPE(
	"TeamReportsQuery", struct day_query, team_query_fields);

static void name_remarks(struct arena *a, int remarks, struct team_view_row *row)
{
	row->clean = remarks == 0;
	row->remarks = ARENA_ARRAY(a, REPORT_REMARKS, const char *);
	for (int bit = 0; bit < REPORT_REMARKS; bit++)
		if (remarks & (1 << bit))
			row->remarks[row->remarks_count++] = report_remark_names[bit];
}

static void show_marks(struct arena *a, const struct daily_report *r,
	const struct report_marks *marks, const struct attendance_day *day,
	struct team_view_row *row)
{
	name_remarks(a, marks->remarks, row);
	row->mismatch = (int32_t)marks->mismatch;
	row->mode = marks->mismatch ? (int32_t)day->mode : INT_NONE;
	row->written_mode = marks->mismatch == MISMATCH_CHANGED ? r->mode : INT_NONE;
}

static enum err name_advice(struct tx *tx, const struct daily_report *r, struct team_view_row *row)
{
	struct employee_row lead;
	enum err e;

	row->advice = reports_advice_of(r);
	if (row->advice == ADVICE_NONE) {
		row->advice = INT_NONE;
		return OK;
	}
	if ((e = org_load_employee(tx, r->advised_by, r->day, &lead)))
		return e;
	row->advised_by_name = org_full_name(tx->arena, &lead);
	return OK;
}

static enum err load_team_row(struct tx *tx, const struct team_report *t, struct team_view_row *row)
{
	const struct daily_report *r = &t->report;
	struct report_item item[REPORT_ITEMS_MAX];
	struct report_marks marks;
	struct attendance_day day;
	struct employee_row principal;
	enum err e;
	*row = (struct team_view_row){
		.report = r->id.v,
		.employee = r->employee.v,
		.name = t->full_name,
		.day = r->day,
		.state = r->state,
		.version = r->version,
		.stand = (int32_t)t->stand,
		.submitted_at = r->submitted_at,
		.made_at = reports_is_carried(r) ? r->made_at : INSTANT_NONE,
		.is_late = r->is_late,
		.is_confirmed = r->is_confirmed,
	};
	if ((e = reports_list_items(tx, r->id, item, &row->items)) ||
		(e = reports_load_attendance(tx, r->employee, r->day, &day)) ||
		(e = reports_load_marks(tx, r, item, row->items, &day, &marks)) ||
		(e = name_advice(tx, r, row)))
		return e;
	if (t->stand != STAND_NONE && t->stand != STAND_OWN) {
		if ((e = org_load_employee(tx, t->superior, r->day, &principal)))
			return e;
		row->acts_for_name = org_full_name(tx->arena, &principal);
	}
	show_marks(tx->arena, r, &marks, &day, row);
	return OK;
}

/* What waits and has remarks goes before what waits and is clean; otherwise the order stays. */
static struct team_view_row *exceptions_first(
	struct arena *a, const struct team_view_row *row, int count)
{
	struct team_view_row *ret = ARENA_ARRAY(a, (size_t)count, struct team_view_row);
	int n = 0;

	for (int pass = 0; pass < 3; pass++)
		for (int i = 0; i < count; i++)
			if ((row[i].state != REPORT_SUBMITTED ? 2 : row[i].clean) == pass)
				ret[n++] = row[i];
	return ret;
}

enum err reports_reply_team(struct req *rq, const struct team_report *report, int count)
{
	struct arena *a = rq->tx->arena;
	struct team_view out = {.items = ARENA_ARRAY(a, (size_t)count, struct team_view_row),
		.is_full = count == REPORT_TEAM_MAX};
	enum err e = OK;

	for (int i = 0; !e && i < count; i++)
		e = load_team_row(rq->tx, &report[i], &out.items[out.items_count++]);
	if (e)
		return e;
	out.items = exceptions_first(a, out.items, out.items_count);
	return reply(rq, 200, &out);
}

enum err reports_get_team(struct req *rq)
{
	const struct day_query *query = rq->input;
	int32_t last = reports_day_asked(rq, query->day);
	int32_t first = query->day == DAY_NONE ? DAY_NONE : last;
	int state = query->state == INT_NONE ? -1 : query->state;
	struct team_report *report;
	int count;
	enum err e = reports_list_team(
		rq->tx, rq->actor.employee, first, last, state, &report, &count);

	return e ? e : reports_reply_team(rq, report, count);
}
