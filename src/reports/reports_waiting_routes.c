/*
 * Reports that wait too long, shown to who stands above the one they wait for: how many, since
 * when, and whether the law lets him decide (org_stand.h: the office is vacant, or he holds it).
 * The software reminds; it gives nobody a power, and says nothing about a reason.
 */
#include "reports/reports_thread.h"

#include "attendance/attendance_evidence.h"
#include "org/org_absence.h"

#define WAITING_MAX 500 /* of one superior; more are not counted */

struct waiting_row {
	int64_t superior;
	const char *name, *position;
	int32_t reports, oldest, oldest_day;
	bool may_decide;
};
static const struct field row_fields[] = {
	F_ID(struct waiting_row, superior, 0, "At whom they wait."),
	F_TEXT(struct waiting_row, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct waiting_row, position, 0, 200, OPTIONAL, "His position."),
	F_INT(struct waiting_row, reports, 1, WAITING_MAX, 0, "How many; 500: or more."),
	F_DAY(struct waiting_row, oldest, 0, "When the oldest of them was handed in."),
	F_DAY(struct waiting_row, oldest_day, 0, "The day it speaks of."),
	F_BOOL(struct waiting_row, may_decide, 0,
		"The reader stands in his place for the oldest, and finds it in his own list."),
	F_END,
};
static const struct shape row_shape = SHAPE("ReportsWaiting", struct waiting_row, row_fields);

struct waiting_view {
	int32_t working_days;
	struct waiting_row *items;
	int count;
};
static const struct field waiting_fields[] = {
	F_INT(struct waiting_view, working_days, 1, 30, 0,
		"Working days after which a report is counted here (report_waits_days)."),
	F_LIST(struct waiting_view, items, count, &row_shape, 0, REPORT_TEAM_MAX, 0, "By name."),
	F_END,
};
const struct shape reports_waiting_shape = SHAPE(
	"WaitingReports", struct waiting_view, waiting_fields);

struct waits {
	const struct org_tree *tree;
	int32_t today, days;
	struct waiting_report *report;
};

/* How many of the list, the longest first, have waited more working days than the rule says. */
static enum err count_overdue(
	struct tx *tx, const struct waits *w, struct unit_id unit, int count, int32_t *ret_overdue)
{
	int32_t due, handed, last = DAY_NONE;
	enum err e;

	for (*ret_overdue = 0; *ret_overdue < count; ++*ret_overdue) {
		handed = instant_day(w->report[*ret_overdue].submitted_at, w->tree->zone);
		if (handed == last)
			continue;
		if ((e = org_find_working_day(tx, unit, handed, w->days, &due)))
			return e;
		if (w->today <= due)
			break;
		last = handed;
	}
	return OK;
}

static enum err add_superior(struct req *rq, const struct waits *w, const struct team_member *m,
	struct waiting_view *out)
{
	struct waiting_row *row = &out->items[out->count];
	struct employee_id acts_for;
	enum stand stand;
	int count;
	enum err e = reports_list_waiting(
		rq->tx, m->row.id, w->today, w->report, WAITING_MAX, &count);

	*row = (struct waiting_row){.superior = m->row.id.v, .position = m->row.position};
	if (e || (e = count_overdue(rq->tx, w, m->row.unit, count, &row->reports)) || !row->reports)
		return e;
	if ((e = org_load_stand(rq->tx, rq->actor.employee, w->report[0].employee, w->report[0].day,
		     &stand, &acts_for)))
		return e;
	row->name = org_full_name(rq->tx->arena, &m->row);
	row->oldest = instant_day(w->report[0].submitted_at, w->tree->zone);
	row->oldest_day = w->report[0].day;
	row->may_decide = stand != STAND_NONE;
	out->count++;
	return OK;
}

enum err reports_get_waiting(struct req *rq)
{
	struct arena *arena = rq->tx->arena;
	struct team_member *member = ARENA_ARRAY(arena, REPORT_TEAM_MAX, struct team_member);
	struct waiting_view out = {
		.items = ARENA_ARRAY(arena, REPORT_TEAM_MAX, struct waiting_row)};
	struct waits w = {.today = req_today(rq),
		.report = ARENA_ARRAY(arena, WAITING_MAX, struct waiting_report)};
	struct parameters numbers;
	int members = 0;
	enum err e = org_load_tree(rq->tx, &w.tree);

	if (!e && !(e = attendance_load_parameters(rq->tx, w.today, &numbers)))
		e = org_list_line(
			rq->tx, rq->actor.employee, w.today, member, REPORT_TEAM_MAX, &members);
	if (e)
		return e;
	w.days = out.working_days = numbers.of[PARAMETER_REPORT_WAITS_DAYS];
	for (int i = 0; i < members && !e; i++)
		if (member[i].relation == RELATION_SUPERVISOR)
			e = add_superior(rq, &w, &member[i], &out);
	return e ? e : reply(rq, 200, &out);
}
