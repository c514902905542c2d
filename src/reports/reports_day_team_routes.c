/*
 * GET attendance/team: the day of the people one answers for, in numbers and by name. Places are
 * verdicts, distances buckets; nobody sees where a member of his team is (product.md principle 6).
 */
#include "reports/reports_day_int.h"

#define TEAM_MAX     500
#define WAITING_DAYS 31 /* how far back reports still wait for verification */

struct team_counts {
	int32_t expected, present, home, not_yet, paper, late, reports_to_verify;
};

static const struct field team_count_fields[] = {
	F_INT(struct team_counts, expected, 0, TEAM_MAX, 0, "Must work this day."),
	F_INT(struct team_counts, present, 0, TEAM_MAX, 0, "Clocked in."),
	F_INT(struct team_counts, home, 0, TEAM_MAX, 0, "Work at home or anywhere."),
	F_INT(struct team_counts, not_yet, 0, TEAM_MAX, 0,
		"Expected, not yet seen; duty outside is never missed."),
	F_INT(struct team_counts, paper, 0, TEAM_MAX, 0,
		"Without a phone and not seen: the paper list may still come. Not among not_yet."),
	F_INT(struct team_counts, late, 0, TEAM_MAX, 0, "Late by both clocks."),
	F_INT(struct team_counts, reports_to_verify, 0, INT32_MAX, 0,
		"Reports that wait for one as supervisor: of the day asked, or of the last month "
		"when none is asked."),
	F_END,
};
static const struct shape team_counts_shape = SHAPE(
	"TeamCounts", struct team_counts, team_count_fields);

struct team_day {
	struct employee_id employee;
	const char *name, *full_name, *position, *unit_name;
	int32_t relation, stand;
	const char *acts_for_name;
	struct day_row row;
};

static const struct field team_day_fields[] = {
	F_ID(struct team_day, employee, 0, "Who."),
	F_TEXT(struct team_day, name, 1, 200, 0, "Name."),
	F_TEXT(struct team_day, full_name, 1, 300, 0, "Name with titles."),
	F_TEXT(struct team_day, position, 0, 200, 0, "Position."),
	F_TEXT(struct team_day, unit_name, 0, 200, 0, "Unit of that day."),
	F_ENUM(struct team_day, relation, relation_kind_names, 0,
		"As what one answers for this person."),
	F_ENUM(struct team_day, stand, stand_names, 0,
		"Why: as his own, by letter, by holding the office, because it is vacant."),
	F_TEXT(struct team_day, acts_for_name, 1, 300, OPTIONAL,
		"In whose place, when not his own."),
	ROW_FIELDS(struct team_day),
	F_END,
};
static const struct shape team_day_shape = SHAPE("TeamDay", struct team_day, team_day_fields);

struct team {
	int32_t day;
	struct team_counts counts;
	struct team_day *items;
	int count;
};

static const struct field team_fields[] = {
	F_DAY(struct team, day, 0, "The day shown."),
	F_OBJECT(struct team, counts, &team_counts_shape, 0, "In numbers."),
	F_LIST(struct team, items, count, &team_day_shape, 0, TEAM_MAX, 0, "By name."),
	F_END,
};
const struct shape reports_team_today_shape = SHAPE("TeamToday", struct team, team_fields);

struct team_query {
	int32_t day;
};

static const struct field team_query_fields[] = {
	Q_DAY(struct team_query, day, OPTIONAL, "Today when absent."),
	F_END,
};
const struct shape reports_team_today_query_shape = SHAPE(
	"TeamTodayQuery", struct team_query, team_query_fields);

/* The stored day, or worked out when it was never folded (a day to come). */
static enum err load_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct attendance_day *ret)
{
	struct day_view *view;
	enum err e = attendance_load_day(tx, employee, day, ret);

	if (e != E_NOT_FOUND)
		return e;
	view = ARENA_NEW(tx->arena, struct day_view);
	e = attendance_view_day(tx, employee, day, view);
	*ret = view->row;
	return e;
}

static enum err name_principal(struct tx *tx, const struct team_member *member,
	struct employee_id actor, int32_t day, const char **ret)
{
	struct employee_row principal;
	enum err e;

	if (member->superior.v == actor.v)
		return OK;
	e = org_load_employee(tx, member->superior, day, &principal);
	if (!e)
		*ret = org_full_name(tx->arena, &principal);
	return e;
}

static const char *unit_name(const struct org_tree *tree, struct unit_id id)
{
	const struct org_unit *u = org_find_unit(tree, id);

	return u ? u->name : "";
}

/* The report of the day, and how many wait since `first`. */
static enum err load_reports(struct tx *tx, const struct attendance_day *day, int32_t first,
	struct report_of_day *ret_report, bool *ret_has, int *ret_waiting)
{
	struct report_of_day report[WAITING_DAYS + 1 + REPORT_LATER_DAYS];
	const struct report_of_day *own;
	int count;
	enum err e = reports_list_states(tx, day->employee, first, day->day + REPORT_LATER_DAYS,
		report, WAITING_DAYS + 1 + REPORT_LATER_DAYS, &count);

	if (e)
		return e;
	own = reports_find_state(report, count, day);
	*ret_has = own != NULL;
	if (own)
		*ret_report = *own;
	*ret_waiting = 0;
	for (int i = 0; i < count; i++)
		*ret_waiting += report[i].state == REPORT_SUBMITTED && report[i].day <= day->day;
	return OK;
}

static void count_member(const struct attendance_day *day, struct team_counts *counts)
{
	bool is_work = attendance_is_work(day->mode) && day->state != DAY_NOT_USED;
	bool is_here = day->state == DAY_PRESENT || day->state == DAY_COMPLETE;

	counts->expected += is_work;
	counts->present += is_here;
	counts->home += is_work && (day->mode == MODE_HOME || day->mode == MODE_ANYWHERE);
	counts->paper += day->state == DAY_PAPER;
	counts->not_yet += is_work && !is_here && day->mode != MODE_OUTSIDE_DUTY &&
			   day->state != DAY_PAPER;
	counts->late += (day->flags & DAY_LATE) != 0;
}

static enum err add_member(struct req *rq, const struct org_tree *tree,
	const struct team_member *member, int32_t first, struct team *out)
{
	struct team_day *item = &out->items[out->count];
	struct attendance_day day;
	struct report_of_day report;
	bool has_report;
	int waiting;
	enum err e = load_day(rq->tx, member->row.id, out->day, &day);

	if (e == E_NOT_FOUND) /* not in service on that day */
		return OK;
	if (e || (e = load_reports(rq->tx, &day, first, &report, &has_report, &waiting)))
		return e;
	*item = (struct team_day){.employee = member->row.id,
		.name = member->row.name,
		.full_name = org_full_name(rq->tx->arena, &member->row),
		.position = member->row.position ? member->row.position : "",
		.unit_name = unit_name(tree, member->row.unit),
		.relation = (int32_t)member->relation,
		.stand = (int32_t)member->stand,
		.row = reports_make_row(rq->tx->arena, &day, has_report ? &report : NULL)};
	out->count++;
	count_member(&day, &out->counts);
	if (member->relation == RELATION_SUPERVISOR)
		out->counts.reports_to_verify += waiting;
	return name_principal(rq->tx, member, rq->actor.employee, out->day, &item->acts_for_name);
}

/* Somebody may answer for a person twice, as supervisor and as team lead: the person is shown once,
 * as supervised. */
static bool is_shown_elsewhere(const struct team_member *member, int members, int at)
{
	for (int i = 0; i < members; i++) {
		if (i == at || member[i].row.id.v != member[at].row.id.v)
			continue;
		if (member[i].relation < member[at].relation ||
			(member[i].relation == member[at].relation && i < at))
			return true;
	}
	return false;
}

enum err reports_get_team_today(struct req *rq)
{
	const struct team_query *in = rq->input;
	struct team_member *member = ARENA_ARRAY(rq->tx->arena, TEAM_MAX, struct team_member);
	struct team out = {.day = in->day == DAY_NONE ? req_today(rq) : in->day,
		.items = ARENA_ARRAY(rq->tx->arena, TEAM_MAX, struct team_day)};
	int32_t first = in->day == DAY_NONE ? out.day - WAITING_DAYS : out.day;
	const struct org_tree *tree;
	int members = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = org_list_team(rq->tx, rq->actor.employee, out.day, member, TEAM_MAX, &members);
	for (int i = 0; i < members && !e; i++)
		if (!is_shown_elsewhere(member, members, i))
			e = add_member(rq, tree, &member[i], first, &out);
	return e ? e : reply(rq, 200, &out);
}
