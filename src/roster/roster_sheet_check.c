/*
 * What is wrong with a sheet, in the order in which it matters: letters the day does not allow,
 * posts, shares, then people. A fault is made by the roster and against a rule; the rest is said
 * but does not hinder (a post that lacks people although nobody is at home; the planner's own
 * settings; fewer at home than asked).
 */
#include "roster/roster_sheet.h"

const char *const sheet_problem_names[] = {"letter", "post", "share_above", "share_below", "week",
	"edge", "period_above", "period_below", "run", "edge_period", "overtaken", "team_day",
	NULL};

struct check {
	const struct roster_sheet *s;
	int32_t *home; /* [group * days + day]: those on the sheet */
	bool *planned; /* per day: the sheet plans it */
	struct sheet_findings found;
};

static void add(struct check *c, struct sheet_problem p)
{
	struct sheet_findings *f = &c->found;
	if (p.is_fault && f->faults++ == 0)
		f->first_fault = p.kind;
	f->count++;
	if (f->listed < SHEET_PROBLEMS_MAX)
		f->problem[f->listed++] = p;
}

static bool is_home(const struct sheet_person *p, int32_t d)
{
	return policy_is_away(roster_letter_mode(p->days[d])) && p->cells[d] != SHEET_OFF &&
	       p->cells[d] != SHEET_LEAVE && p->cells[d] != SHEET_DUTY &&
	       p->cells[d] != SHEET_ELSEWHERE;
}

static void count_home(struct check *c)
{
	const struct roster_sheet *s = c->s;
	for (int32_t p = 0; p < s->people; p++)
		for (int32_t d = 0; d < s->days; d++)
			for (int32_t g = is_home(&s->person[p], d) ? s->person[p].group : -1;
				g >= 0; g = s->group[g].parent)
				c->home[g * s->days + d]++;
}

int32_t roster_count_away(const struct roster_sheet *sheet, int32_t group, int32_t day)
{
	int32_t away = sheet->group[group].away[day];
	for (int32_t p = 0; p < sheet->people; p++) {
		int32_t g = is_home(&sheet->person[p], day) ? sheet->person[p].group : -1;
		while (g >= 0 && g != group)
			g = sheet->group[g].parent;
		away += g == group;
	}
	return away;
}

/* ---- letters ---- */

static void check_letters(struct check *c)
{
	const struct roster_sheet *s = c->s;
	for (int32_t p = 0; p < s->people; p++)
		for (int32_t d = 0; d < s->days; d++) {
			char cell = s->person[p].cells[d];
			if (is_home(&s->person[p], d) && !roster_is_open_cell(cell) &&
				cell != SHEET_PAST)
				add(c, (struct sheet_problem){
					       PROBLEM_LETTER, -1, p, d, 0, 0, cell != SHEET_SET});
		}
}

/* ---- groups ---- */

static bool is_past(const struct roster_sheet *s, int32_t d)
{
	return s->from + d < s->first_open;
}

static void check_post_day(struct check *c, int32_t g, int32_t d)
{
	const struct sheet_group *group = &c->s->group[g];
	int32_t home = c->home[g * c->s->days + d],
		there = group->present[d] - group->away[d] - home;
	if (group->minimum[d] >= 0 && group->most[d] >= 0 && there < group->minimum[d])
		add(c, (struct sheet_problem){
			       PROBLEM_POST, g, -1, d, there, group->minimum[d], home > 0});
}

static void check_posts(struct check *c)
{
	for (int32_t g = 0; g < c->s->groups; g++)
		for (int32_t d = 0; d < c->s->days && c->s->group[g].kind == GROUP_POST; d++)
			check_post_day(c, g, d);
}

static void check_sets(struct check *c)
{
	const struct roster_sheet *s = c->s;
	for (int32_t i = 0; i < s->sets; i++)
		for (int32_t d = 0; d < s->days; d++) {
			const struct sheet_set *set = &s->set[i];
			int32_t home = 0;
			for (int32_t k = 0; k < set->people; k++)
				home += is_home(&s->person[set->person[k]], d);
			if (set->most[d] >= 0 && home > set->most[d])
				add(c, (struct sheet_problem){PROBLEM_POST, -1 - i - 1, -1, d, home,
					       set->most[d], true});
		}
}

static void check_shares(struct check *c, bool is_above)
{
	const struct roster_sheet *s = c->s;
	for (int32_t g = 0; g < s->groups; g++) {
		const struct sheet_group *group = &s->group[g];
		for (int32_t d = 0; d < s->days && group->kind != GROUP_POST; d++) {
			int32_t home = c->home[g * s->days + d], away = group->away[d] + home;
			if (is_above && group->most[d] >= 0 && away > group->most[d])
				add(c, (struct sheet_problem){PROBLEM_SHARE_ABOVE, g, -1, d, away,
					       group->most[d], home > 0});
			if (!is_above && away < group->least[d])
				add(c, (struct sheet_problem){PROBLEM_SHARE_BELOW, g, -1, d, away,
					       group->least[d], false});
		}
	}
}

/* ---- people ---- */

static int32_t count_bits(int32_t mask)
{
	return __builtin_popcount((unsigned)mask);
}

static void check_week(struct check *c, int32_t p, int32_t d, int32_t week, int32_t edges)
{
	const struct sheet_person *person = &c->s->person[p];
	int32_t most = person->week_most[roster_sheet_week(c->s, d)];
	if (most >= 0 && week > most)
		add(c, (struct sheet_problem){PROBLEM_WEEK, -1, p, d, week, most, true});
	if (person->edge_most >= 0 && edges > person->edge_most)
		add(c, (struct sheet_problem){
			       PROBLEM_EDGE, -1, p, d, edges, person->edge_most, false});
}

/* A week is said at its last home day. */
static void check_person(struct check *c, int32_t p)
{
	const struct roster_sheet *s = c->s;
	const struct sheet_person *person = &s->person[p];
	int32_t mask = person->lead, last = -1, all = 0;
	for (int32_t d = 0; d <= s->days; d++) {
		if (d == s->days || (d > 0 && day_weekday(s->from + d) == MONDAY)) {
			mask |= d == s->days ? person->trail : 0;
			if (last >= 0 && !is_past(s, last))
				check_week(c, p, last, count_bits(mask),
					count_bits(mask & SHEET_EDGES));
			mask = 0;
			last = -1;
		}
		if (d < s->days && is_home(person, d)) {
			mask |= WEEKDAY_BIT(day_weekday(s->from + d));
			last = d;
			all++;
		}
	}
	if (person->most >= 0 && all > person->most)
		add(c, (struct sheet_problem){PROBLEM_ABOVE, -1, p, -1, all, person->most, false});
	if (person->least >= 0 && all < person->least)
		add(c, (struct sheet_problem){PROBLEM_BELOW, -1, p, -1, all, person->least, false});
}

/* A run is said at its last day; that week before the period counts in it, as when solving. */
static void check_runs(struct check *c, int32_t p)
{
	const struct roster_sheet *s = c->s;
	const struct sheet_person *person = &s->person[p];
	int32_t run = 0, last = -1, most = s->settings.run_most;
	for (int32_t i = MONDAY; i < (int32_t)day_weekday(s->from); i++)
		run = person->lead & WEEKDAY_BIT(i) ? run + 1 : 0;
	for (int32_t d = 0; d <= s->days; d++) {
		bool home = d < s->days && is_home(person, d);
		if (d < s->days && !home && !c->planned[d])
			continue;
		if (!home && run > most && last >= 0 && !is_past(s, last))
			add(c, (struct sheet_problem){PROBLEM_RUN, -1, p, last, run, most, false});
		run = home ? run + 1 : 0;
		last = home ? d : -1;
	}
}

static void check_edges(struct check *c, int32_t p)
{
	const struct roster_sheet *s = c->s;
	int32_t edges = 0, most = s->settings.edge_most;
	for (int32_t d = 0; d < s->days; d++)
		edges += roster_is_edge_day(s->from + d) && is_home(&s->person[p], d);
	if (edges > most)
		add(c, (struct sheet_problem){PROBLEM_EDGE_PERIOD, -1, p, -1, edges, most, false});
}

/* ---- teams ---- */

/* Days at home that a team has on a weekday; *ret_person and *ret_day are of the first. */
static int32_t count_team_home(const struct roster_sheet *s, const struct sheet_team *t,
	int32_t weekday, int32_t *ret_person, int32_t *ret_day)
{
	int32_t home = 0;
	for (int32_t d = 0; d < s->days; d++)
		for (int32_t i = 0; i < t->people; i++) {
			if (is_past(s, d) || (int32_t)day_weekday(s->from + d) != weekday ||
				!is_home(&s->person[t->person[i]], d))
				continue;
			if (!home++) {
				*ret_person = t->person[i];
				*ret_day = d;
			}
		}
	return home;
}

/* By the weekday on which fewest are at home. */
static void check_team(struct check *c, const struct sheet_team *t)
{
	struct sheet_problem least = {PROBLEM_TEAM_DAY, -1, -1, -1, INT32_MAX, 0, false};
	for (int32_t w = MONDAY; w <= SUNDAY; w++) {
		int32_t person = -1, d = -1;
		int32_t home = t->weekdays & WEEKDAY_BIT(w)
				       ? count_team_home(c->s, t, w, &person, &d)
				       : INT32_MAX;
		if (home < least.is)
			least = (struct sheet_problem){
				PROBLEM_TEAM_DAY, -1, person, d, home, 0, false};
	}
	if (least.is > 0 && least.person >= 0)
		add(c, least);
}

static void check_teams(struct check *c, struct arena *arena)
{
	struct sheet_team *team;
	int32_t teams;
	roster_list_teams(c->s, arena, &team, &teams);
	for (int32_t t = 0; t < teams; t++)
		check_team(c, &team[t]);
}

/* What the planner asked for beside the rules. */
static void check_own(struct check *c)
{
	for (int32_t d = 0; d < c->s->days; d++)
		c->planned[d] = roster_is_planned(c->s, d);
	for (int32_t p = 0; p < c->s->people && c->s->settings.run_most != INT_NONE; p++)
		check_runs(c, p);
	for (int32_t p = 0; p < c->s->people && c->s->settings.edge_most != INT_NONE; p++)
		if (c->s->person[p].is_open)
			check_edges(c, p);
}

/* ---- what came into force meanwhile ---- */

bool roster_is_overtaken(const struct sheet_person *person, int32_t day)
{
	return person->newer && person->newer[day] == 'x' &&
	       roster_is_open_cell(person->cells[day]) && person->was[day] != person->days[day];
}

static void check_overtaken(struct check *c)
{
	for (int32_t p = 0; p < c->s->people; p++)
		for (int32_t d = 0; d < c->s->days; d++)
			if (roster_is_overtaken(&c->s->person[p], d))
				add(c, (struct sheet_problem){
					       PROBLEM_OVERTAKEN, -1, p, d, 0, 0, false});
}

struct sheet_findings roster_check_sheet(const struct roster_sheet *sheet, struct arena *arena)
{
	struct check c = {.s = sheet,
		.home = ARENA_ARRAY(
			arena, (size_t)sheet->groups * (size_t)sheet->days + 1, int32_t),
		.planned = ARENA_ARRAY(arena, (size_t)sheet->days + 1, bool),
		.found.problem = ARENA_ARRAY(arena, SHEET_PROBLEMS_MAX, struct sheet_problem)};
	count_home(&c);
	check_letters(&c);
	check_posts(&c);
	check_sets(&c);
	check_shares(&c, true);
	check_shares(&c, false);
	for (int32_t p = 0; p < sheet->people; p++)
		check_person(&c, p);
	check_own(&c);
	check_overtaken(&c);
	check_teams(&c, arena);
	return c.found;
}
