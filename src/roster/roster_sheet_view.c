/*
 * A sheet as the planner's screen reads it. The names of the members are those of the web app's
 * grid; figures stand per day of the period.
 */
#include "roster/roster_sheet_view.h"

#define SHEET_GROUPS_MAX 2000

/* ---- days ---- */

struct day_view {
	int32_t day;
	bool is_off, is_edge;
	const char *label;
};
static const struct field day_fields[] = {
	F_DAY(struct day_view, day, 0, "The day."),
	F_BOOL(struct day_view, is_off, 0, "Nobody's day can be decided."),
	F_BOOL(struct day_view, is_edge, 0, "Monday or Friday."),
	F_TEXT(struct day_view, label, 0, 200, OPTIONAL, "Holiday or assembly."),
	F_END,
};
static const struct shape day_shape = SHAPE("RosterSheetDay", struct day_view, day_fields);

/* ---- groups ---- */

struct group_view {
	int32_t kind;
	const char *name;
	int32_t parent;
	int32_t *all, *eligible, *present, *away, *least, *most, *minimum;
	int day_count;
	int32_t percent, bound, base;
	const char *number, *article;
};
#define F_DAILY(member, doc)                                                                       \
	F_INTS(struct group_view, member, day_count, 0, ROSTER_DAYS_MAX, 0, doc)
static const struct field group_fields[] = {
	F_ENUM(struct group_view, kind, sheet_group_kind_names, 0, "What the limit is about."),
	F_TEXT(struct group_view, name, 0, 200, 0, "Unit or post."),
	F_INT(struct group_view, parent, 0, SHEET_GROUPS_MAX, OPTIONAL,
		"Index of the group it lies in; absent: the node."),
	F_DAILY(all, "People per day."),
	F_DAILY(eligible, "Of them those the rules let be home that day."),
	F_DAILY(present, "Of them those at work that day, in the office or away."),
	F_DAILY(away, "Away, not decided on this sheet."),
	F_DAILY(least, "So many are away at least; -1: no limit."),
	F_DAILY(most, "So many at most; -1: no limit."),
	F_DAILY(minimum, "So many must be at the post; -1: none."),
	F_INT(struct group_view, percent, 0, 100, OPTIONAL, "Share of the rule."),
	F_ENUM(struct group_view, bound, share_bound_names, OPTIONAL, "How it binds."),
	F_ENUM(struct group_view, base, share_base_names, OPTIONAL, "Of whom."),
	F_TEXT(struct group_view, number, 0, 120, OPTIONAL, "Instrument of the rule."),
	F_TEXT(struct group_view, article, 0, 120, OPTIONAL, "Its article."),
	F_END,
};
static const struct shape group_shape = SHAPE("RosterSheetGroup", struct group_view, group_fields);

/* ---- people ---- */

struct person_view {
	int64_t employee;
	const char *name, *position, *unit;
	int32_t group;
	const char *days, *cells, *locked, *was, *wishes;
	int32_t *week_most;
	int week_count;
	int32_t edge_most, least, most, share, past, past_free, lead, lead_edges, trail,
		trail_edges;
	bool may_anywhere;
};
static const struct field person_fields[] = {
	F_ID(struct person_view, employee, 0, "The person."),
	F_TEXT(struct person_view, name, 0, 200, 0, "Name."),
	F_TEXT(struct person_view, position, 0, 200, 0, "Position."),
	F_TEXT(struct person_view, unit, 0, 200, 0, "Unit."),
	F_INT(struct person_view, group, 0, SHEET_GROUPS_MAX, 0, "Innermost group."),
	F_TEXT(struct person_view, days, 1, ROSTER_DAYS_MAX, 0, "A letter per day."),
	F_TEXT(struct person_view, cells, 1, ROSTER_DAYS_MAX, 0,
		". can be decided, H home by rule, L off, C leave, D duty, X exempt, T called, "
		"P not opened, S kept by settings, M elsewhere, Z begun."),
	F_TEXT(struct person_view, locked, 1, ROSTER_DAYS_MAX, 0, "x: the planner keeps it."),
	F_TEXT(struct person_view, was, 0, ROSTER_DAYS_MAX, 0, "In force; empty: nothing is."),
	F_TEXT(struct person_view, wishes, 1, ROSTER_DAYS_MAX, 0, "+ home, - office."),
	F_INTS(struct person_view, week_most, week_count, 1, ROSTER_DAYS_MAX, 0,
		"Per week of the period, home days at most; -1: no limit."),
	F_INT(struct person_view, edge_most, -1, ROSTER_DAYS_MAX, 0, "Mondays and Fridays a week."),
	F_INT(struct person_view, least, -1, ROSTER_DAYS_MAX, 0, "In the period, at least."),
	F_INT(struct person_view, most, -1, ROSTER_DAYS_MAX, 0, "At most."),
	F_INT(struct person_view, share, 0, ROSTER_DAYS_MAX, 0, "Home days that are fair."),
	F_INT(struct person_view, past, 0, INT32_MAX, 0, "Home days of the half year before."),
	F_INT(struct person_view, past_free, 0, INT32_MAX, 0, "Of so many planned days."),
	F_INT(struct person_view, lead, 0, 7, 0, "Home days of the first week before the period."),
	F_INT(struct person_view, lead_edges, 0, 2, 0, "Of them Mondays and Fridays."),
	F_INT(struct person_view, trail, 0, 7, 0, "Home days of the last week after the period."),
	F_INT(struct person_view, trail_edges, 0, 2, 0, "Of them Mondays and Fridays."),
	F_BOOL(struct person_view, may_anywhere, 0, "A, anywhere, is allowed, too."),
	F_END,
};
static const struct shape person_shape = SHAPE(
	"RosterSheetPerson", struct person_view, person_fields);

/* ---- locks ---- */

static const struct field lock_fields[] = {
	F_ID(struct roster_lock, employee, 0, "The person."),
	F_DAY(struct roster_lock, day, 0, "The day."),
	F_END,
};
const struct shape roster_lock_shape = SHAPE("RosterLock", struct roster_lock, lock_fields);

/* ---- problems ---- */

struct problem_view {
	int32_t kind, group, person, day, is, limit;
	const char *name;
	bool is_fault;
};
static const struct field problem_fields[] = {
	F_ENUM(struct problem_view, kind, sheet_problem_names, 0, "What is wrong."),
	F_INT(struct problem_view, group, 0, SHEET_GROUPS_MAX, OPTIONAL, "Index of the group."),
	F_INT(struct problem_view, person, 0, SHEET_PEOPLE_MAX, OPTIONAL, "Index of the person."),
	F_TEXT(struct problem_view, name, 0, 200, OPTIONAL, "Group or person, by name."),
	F_DAY(struct problem_view, day, OPTIONAL, "The day."),
	F_INT(struct problem_view, is, 0, INT32_MAX, 0, "How many there are."),
	F_INT(struct problem_view, limit, 0, INT32_MAX, 0, "How many there may, or must, be."),
	F_BOOL(struct problem_view, is_fault, 0, "Against a rule: the roster cannot be set so."),
	F_END,
};
const struct shape roster_problem_shape = SHAPE(
	"RosterProblem", struct problem_view, problem_fields);

/* ---- the sheet ---- */

static const struct field sheet_fields[] = {
	F_DAY(struct sheet_view, from, 0, "First day."),
	F_DAY(struct sheet_view, to, 0, "Last day."),
	F_LIST(struct sheet_view, days, day_count, &day_shape, 0, ROSTER_DAYS_MAX, 0, "Its days."),
	F_LIST(struct sheet_view, groups, group_count, &group_shape, 0, SHEET_GROUPS_MAX, 0,
		"Groups, each after the one it lies in."),
	F_LIST(struct sheet_view, people, person_count, &person_shape, 0, SHEET_PEOPLE_MAX, 0,
		"People with a day that can be decided or could until it began; once it is no "
		"draft, everybody whom the version names."),
	F_INT(struct sheet_view, outside, 0, INT32_MAX, 0, "People of the node beside them."),
	F_LIST(struct sheet_view, problems, problem_count, &roster_problem_shape, 0,
		SHEET_PROBLEMS_MAX, 0, "What is wrong, services first."),
	F_INT(struct sheet_view, problem_total, 0, INT32_MAX, 0, "All of them, listed or not."),
	F_INT(struct sheet_view, fault_total, 0, INT32_MAX, 0, "Of all those that hinder."),
	F_END,
};
const struct shape roster_sheet_shape = SHAPE("RosterSheet", struct sheet_view, sheet_fields);

static struct day_view show_day(const struct roster_sheet *s, int32_t d)
{
	const struct policy_book *book = s->book;
	int32_t day = s->from + d;
	enum holiday_kind kind;
	const char *source;
	const struct calendar_event *event = calendar_find_event(
		book->calendar, book->tree, s->node->id, day);
	const char *holiday = calendar_holiday(
		book->calendar, book->tree, s->node->id, day, &kind, &source);
	struct day_view v = {.day = day,
		.is_off = true,
		.is_edge = roster_is_edge_day(day),
		.label = holiday ? holiday
			 : event ? event->name
				 : NULL};
	for (int32_t p = 0; p < s->people && v.is_off; p++)
		v.is_off = s->person[p].cells[d] == SHEET_OFF ||
			   s->person[p].cells[d] == SHEET_ELSEWHERE;
	return v;
}

static struct group_view show_group(const struct roster_sheet *s, const struct sheet_group *g)
{
	const struct rule *rule = g->rule < 0 ? NULL : &s->book->rule[g->rule];
	return (struct group_view){.kind = (int32_t)g->kind,
		.name = g->name,
		.parent = g->parent < 0 ? INT_NONE : g->parent,
		.all = g->all,
		.eligible = g->eligible,
		.present = g->present,
		.away = g->away,
		.least = g->least,
		.most = g->most,
		.minimum = g->minimum,
		.day_count = s->days,
		.percent = rule ? rule->percent : INT_NONE,
		.bound = rule ? rule->bound : INT_NONE,
		.base = rule ? rule->base : INT_NONE,
		.number = rule ? s->book->instrument[rule->instrument].number : NULL,
		.article = rule ? rule->article : NULL};
}

static struct person_view show_person(const struct roster_sheet *s, const struct sheet_person *p)
{
	const struct org_unit *unit = org_find_unit(s->book->tree, p->unit);
	return (struct person_view){.employee = p->employee.v,
		.name = p->name ? p->name : "",
		.position = p->position ? p->position : "",
		.unit = unit ? unit->name : "",
		.group = p->group,
		.days = p->days,
		.cells = p->cells,
		.locked = p->locked,
		.was = p->was ? p->was : "",
		.wishes = p->wishes,
		.week_most = p->week_most,
		.week_count = roster_sheet_week(s, s->days - 1) + 1,
		.edge_most = p->edge_most,
		.least = p->least,
		.most = p->most,
		.share = p->share,
		.past = p->past,
		.past_free = p->past_free,
		.lead = __builtin_popcount((unsigned)p->lead),
		.lead_edges = __builtin_popcount((unsigned)(p->lead & SHEET_EDGES)),
		.trail = __builtin_popcount((unsigned)p->trail),
		.trail_edges = __builtin_popcount((unsigned)(p->trail & SHEET_EDGES)),
		.may_anywhere = p->may_anywhere};
}

static const char *problem_name(const struct roster_sheet *s, const struct sheet_problem *p)
{
	if (p->person >= 0)
		return s->person[p->person].name;
	if (p->group >= 0)
		return s->group[p->group].name;
	const struct org_post *post = org_find_post(s->book->tree, s->set[-p->group - 2].post);
	return post ? post->name : NULL;
}

static struct problem_view show_problem(const struct roster_sheet *s, const struct sheet_problem *p)
{
	return (struct problem_view){.kind = (int32_t)p->kind,
		.group = p->group < 0 ? INT_NONE : p->group,
		.person = p->person < 0 ? INT_NONE : p->person,
		.name = problem_name(s, p),
		.day = p->day < 0 ? DAY_NONE : s->from + p->day,
		.is = p->is,
		.limit = p->limit,
		.is_fault = p->is_fault};
}

void roster_show_problems(const struct roster_sheet *s, struct arena *arena,
	struct problem_view **ret, int *ret_count, int32_t *ret_total, int32_t *ret_faults)
{
	const struct sheet_findings found = roster_check_sheet(s, arena);
	*ret = ARENA_ARRAY(arena, (size_t)found.listed + 1, struct problem_view);
	for (int32_t i = 0; i < found.listed; i++)
		(*ret)[i] = show_problem(s, &found.problem[i]);
	*ret_count = found.listed;
	*ret_total = found.count;
	*ret_faults = found.faults;
}

struct sheet_view roster_show_sheet(const struct roster_sheet *s, struct arena *arena)
{
	struct sheet_view v = {.from = s->from,
		.to = s->to,
		.days = ARENA_ARRAY(arena, (size_t)s->days, struct day_view),
		.day_count = s->days,
		.groups = ARENA_ARRAY(arena, (size_t)s->groups, struct group_view),
		.group_count = s->groups,
		.people = ARENA_ARRAY(arena, (size_t)s->people + 1, struct person_view),
		.person_count = s->people,
		.outside = s->outside};
	for (int32_t d = 0; d < s->days; d++)
		v.days[d] = show_day(s, d);
	for (int32_t g = 0; g < s->groups; g++)
		v.groups[g] = show_group(s, &s->group[g]);
	for (int32_t p = 0; p < s->people; p++)
		v.people[p] = show_person(s, &s->person[p]);
	roster_show_problems(
		s, arena, &v.problems, &v.problem_count, &v.problem_total, &v.fault_total);
	return v;
}
