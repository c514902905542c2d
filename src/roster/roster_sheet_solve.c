/*
 * A sheet as an instance of the engine, and the engine's roster back on the sheet.
 *
 * What is fair: the most home days the limits let (the engine finds them) are dealt to the people
 * by what each could have, corrected by what he had before. Wishes choose the days, never the
 * number, and give way to even weeks: as few as can be are away on the fullest day. Whoever had
 * more Mondays and Fridays than others gets fewer of them. What is equal otherwise is told apart by
 * the seed. To keep changes few, what is in force goes before all wishes. Rules that no flow can
 * keep are for the second stage.
 */
#include "roster/roster_sheet.h"

#include "base/chance.h"
#include "roster/roster_even.h"
#include "roster/roster_fair.h"

#define FAIRNESS    100 /* one day off the fair share */
#define WISHED      40
#define EDGE_MOST   15 /* for Mondays and Fridays had before */
#define TIE_MOST    4
#define RULE_HOME   600   /* everybody is at home by rule: only a limit calls him in */
#define BESIDE_MOST 12    /* days of the first week before the period, of the last after it */
#define WALL_MS     20000 /* for the helper, while somebody waits */

/* ---- days ---- */

struct days {
	const int32_t *day; /* of the instance, civil: those of the period that are planned, and
			       beside it */
	int32_t days;
};

/* A day in the office that ends a run. */
static bool is_kept_in(char cell)
{
	return cell == SHEET_EXEMPT || cell == SHEET_CALLED || cell == SHEET_CLOSED ||
	       cell == SHEET_SET;
}

bool roster_is_planned(const struct roster_sheet *sheet, int32_t day)
{
	bool counts_runs = sheet->settings.run_most != INT_NONE;
	for (int32_t p = 0; p < sheet->people; p++) {
		char cell = sheet->person[p].cells[day];
		if (roster_is_decided_cell(cell) ||
			(counts_runs && sheet->person[p].is_open && is_kept_in(cell)))
			return true;
	}
	return false;
}

static bool has_trail(const struct roster_sheet *s)
{
	for (int32_t p = 0; p < s->people; p++)
		if (s->person[p].trail)
			return true;
	return false;
}

static struct days find_days(const struct roster_sheet *s, struct arena *arena)
{
	int32_t *day = ARENA_ARRAY(arena, (size_t)s->days + BESIDE_MOST, int32_t);
	struct days out = {.day = day};
	int32_t monday = s->from - (int32_t)(day_weekday(s->from) - MONDAY);
	int32_t last = has_trail(s) ? s->to + (int32_t)(SUNDAY - day_weekday(s->to)) : s->to;
	for (int32_t civil = monday; civil <= last; civil++) {
		if (roster_sheet_index(s, civil) >= 0 && !roster_is_planned(s, civil - s->from))
			continue;
		day[out.days++] = civil;
	}
	return out;
}

/* The week of the sheet; those without a planned day are none of the instance. */
static int32_t week_of(const struct roster_sheet *s, const struct days *days, int32_t i)
{
	return roster_sheet_week(s, days->day[i] - s->from);
}

static void set_weeks(const struct roster_sheet *s, const struct days *days, struct arena *arena,
	struct roster_instance *ret)
{
	uint8_t *week = ARENA_ARRAY(arena, (size_t)days->days + 1, uint8_t);
	bool *edge = ARENA_ARRAY(arena, (size_t)days->days + 1, bool);
	for (int32_t i = 0; i < days->days; i++) {
		bool is_same = i > 0 && week_of(s, days, i) == week_of(s, days, i - 1);
		week[i] = (uint8_t)(i == 0 ? 0 : week[i - 1] + !is_same);
		edge[i] = roster_is_edge_day(days->day[i]);
	}
	ret->week = week;
	ret->edge = edge;
}

/* ---- groups ---- */

static enum roster_rank rank_of(enum sheet_group_kind kind)
{
	switch (kind) {
	case GROUP_POST:
		return RANK_SERVICE;
	case GROUP_UNIT:
		return RANK_UNIT;
	default:
		return RANK_AGENCY;
	}
}

/* Those who are away without the sheet deciding it take their part of a limit. */
static struct roster_limit limit_of(const struct sheet_group *g, int32_t d)
{
	struct roster_limit limit = {0, ROSTER_NO_LIMIT};
	if (d < 0)
		return limit;
	if (g->least[d] > g->away[d])
		limit.least = g->least[d] - g->away[d];
	if (g->most[d] >= 0)
		limit.most = g->most[d] > g->away[d] ? g->most[d] - g->away[d] : 0;
	return limit;
}

static void set_groups(const struct roster_sheet *s, const struct days *days, struct arena *arena,
	struct roster_instance *ret)
{
	struct roster_group *group = ARENA_ARRAY(arena, (size_t)s->groups, struct roster_group);
	struct roster_limit *limit = ARENA_ARRAY(
		arena, (size_t)s->groups * (size_t)days->days + 1, struct roster_limit);
	for (int32_t g = 0; g < s->groups; g++) {
		group[g] = (struct roster_group){s->group[g].parent, rank_of(s->group[g].kind)};
		for (int32_t i = 0; i < days->days; i++)
			limit[g * days->days + i] = limit_of(
				&s->group[g], roster_sheet_index(s, days->day[i]));
	}
	ret->group = group;
	ret->limit = limit;
}

/* ---- people ---- */

static int32_t or_no_limit(int32_t most)
{
	return most < 0 ? ROSTER_NO_LIMIT : most;
}

static enum roster_cell cell_of(
	const struct roster_sheet *s, const struct sheet_person *p, int32_t day)
{
	int32_t d = roster_sheet_index(s, day), beside = day < s->from ? p->lead : p->trail;
	if (!p->is_open)
		return CELL_OFFICE;
	if (d < 0)
		return beside & WEEKDAY_BIT(day_weekday(day)) ? CELL_HOME : CELL_OFFICE;
	bool is_home = policy_is_away(roster_letter_mode(p->days[d]));
	if (p->cells[d] == SHEET_PAST || (roster_is_open_cell(p->cells[d]) && p->locked[d] == 'x'))
		return is_home ? CELL_HOME : CELL_OFFICE;
	return roster_is_open_cell(p->cells[d]) ? CELL_FREE : CELL_OFFICE;
}

/* Mondays and Fridays had before, against the mean of those with a day to decide. */
static int32_t edge_cost(const struct roster_sheet *s, const struct sheet_person *p)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < s->people; i++)
		sum += s->person[i].is_open ? s->person[i].past_edge : 0;
	int64_t cost = ((int64_t)p->past_edge * s->open - sum) * 3 / s->open;
	return (int32_t)(cost > EDGE_MOST ? EDGE_MOST : cost < -EDGE_MOST ? -EDGE_MOST : cost);
}

static int16_t wish_of(
	const struct roster_sheet *s, const struct sheet_person *p, int32_t d, int32_t edge)
{
	struct chance tie = chance_stream(
		(uint64_t)s->settings.seed + 1, (uint64_t)p->employee.v, (uint64_t)(s->from + d));
	int32_t wish = chance_below(&tie, TIE_MOST);
	if (p->cells[d] == SHEET_HOME)
		wish -= RULE_HOME;
	if (p->wishes[d] != '.')
		wish += p->wishes[d] == '+' ? -WISHED : WISHED;
	if (roster_is_edge_day(s->from + d))
		wish += edge;
	return (int16_t)wish;
}

/* Per week of the instance. */
static const int32_t *list_caps(const struct roster_sheet *s, const struct days *days,
	const struct sheet_person *p, const uint8_t *week, struct arena *arena)
{
	int32_t *caps = ARENA_ARRAY(arena, (size_t)days->days + 1, int32_t);
	for (int32_t i = 0; i < days->days; i++)
		caps[week[i]] = or_no_limit(p->week_most[week_of(s, days, i)]);
	return caps;
}

static void set_person(const struct roster_sheet *s, const struct days *days, int32_t at,
	struct roster_person *person, uint8_t *cell, int16_t *wish)
{
	const struct sheet_person *p = &s->person[at];
	int32_t edge = p->is_open ? edge_cost(s, p) : 0, beside = 0;
	for (int32_t i = 0; i < days->days; i++) {
		int32_t d = roster_sheet_index(s, days->day[i]);
		cell[i] = (uint8_t)cell_of(s, p, days->day[i]);
		wish[i] = d < 0 ? 0 : wish_of(s, p, d, edge);
		beside += d < 0 && cell[i] == CELL_HOME;
	}
	*person = (struct roster_person){.group = p->group,
		.week_most = ROSTER_NO_LIMIT,
		.edge_most = or_no_limit(p->edge_most),
		.least = p->least < 0 ? 0 : p->least + beside,
		.most = p->most < 0 ? ROSTER_NO_LIMIT : p->most + beside,
		.share = p->share + beside};
}

/* What is in force; NULL when nothing is. Who has no roster yet counts as in the office. */
static const uint8_t *list_published(
	const struct roster_sheet *s, const struct days *days, struct arena *arena)
{
	uint8_t *home = ARENA_ARRAY(arena, (size_t)s->people * (size_t)days->days + 1, uint8_t);
	bool is_any = false;
	for (int32_t p = 0; p < s->people; p++) {
		const char *was = s->person[p].was;
		is_any |= was != NULL;
		for (int32_t i = 0; i < days->days && was; i++) {
			int32_t d = roster_sheet_index(s, days->day[i]);
			home[p * days->days + i] = d >= 0 &&
						   policy_is_away(roster_letter_mode(was[d]));
		}
	}
	return is_any ? home : NULL;
}

void roster_sheet_instance(const struct roster_sheet *sheet, bool keeps, struct arena *arena,
	struct roster_instance *ret, const int32_t **ret_day)
{
	struct days days = find_days(sheet, arena);
	size_t cells = (size_t)sheet->people * (size_t)days.days + 1;
	struct roster_person *person = ARENA_ARRAY(
		arena, (size_t)sheet->people + 1, struct roster_person);
	uint8_t *cell = ARENA_ARRAY(arena, cells, uint8_t);
	int16_t *wish = ARENA_ARRAY(arena, cells, int16_t);
	*ret = (struct roster_instance){.days = days.days,
		.people = sheet->people,
		.groups = sheet->groups,
		.fairness = FAIRNESS};
	set_weeks(sheet, &days, arena, ret);
	set_groups(sheet, &days, arena, ret);
	for (int32_t p = 0; p < sheet->people; p++)
		set_person(sheet, &days, p, &person[p], &cell[p * days.days], &wish[p * days.days]);
	for (int32_t p = 0; p < sheet->people; p++)
		person[p].week_caps = list_caps(sheet, &days, &sheet->person[p], ret->week, arena);
	ret->person = person;
	ret->cell = cell;
	ret->wish = wish;
	if (keeps)
		ret->published = list_published(sheet, &days, arena);
	*ret_day = days.day;
}

/* ---- what is fair ---- */

/* Days of the period alone: those before it are in the ledger. */
static int32_t count_free(const struct roster_sheet *s, const struct roster_instance *in,
	const int32_t *day, int32_t p)
{
	int32_t free = 0;
	for (int32_t i = 0; i < in->days; i++)
		free += roster_sheet_index(s, day[i]) >= 0 &&
			in->cell[p * in->days + i] != CELL_OFFICE;
	return free;
}

/* The most home days of all in the period that the limits let. */
static enum roster_outcome find_capacity(const struct roster_sheet *sheet,
	const struct roster_instance *in, const int32_t *day, struct arena *arena,
	const _Atomic bool *is_stopped, int64_t *ret)
{
	struct roster_instance most = *in;
	struct roster_solution s;
	size_t cells = (size_t)in->people * (size_t)in->days;
	int16_t *wish = ARENA_ARRAY(arena, cells + 1, int16_t);
	for (size_t i = 0; i < cells; i++)
		wish[i] = -1;
	most.wish = wish;
	most.fairness = 0;
	enum roster_outcome outcome = roster_solve_parts(&most, 1, arena, is_stopped, &s);
	if (outcome)
		return outcome;
	*ret = 0;
	for (size_t i = 0; i < cells; i++)
		*ret += roster_sheet_index(sheet, day[i % (size_t)in->days]) >= 0 && s.home[i];
	return ROSTER_BEST;
}

static enum roster_outcome deal_shares(
	struct roster_sheet *s, struct arena *arena, const _Atomic bool *is_stopped)
{
	struct roster_instance in;
	const int32_t *day;
	int64_t capacity;
	struct roster_turns *turns = ARENA_ARRAY(arena, (size_t)s->people, struct roster_turns);
	int32_t *share = ARENA_ARRAY(arena, (size_t)s->people, int32_t);
	roster_sheet_instance(s, false, arena, &in, &day);
	enum roster_outcome outcome = find_capacity(s, &in, day, arena, is_stopped, &capacity);
	if (outcome)
		return outcome;
	for (int32_t p = 0; p < s->people; p++)
		if (s->person[p].is_open)
			turns[p] = (struct roster_turns){count_free(s, &in, day, p),
				s->person[p].past_free, s->person[p].past};
	roster_fair_shares(turns, s->people, capacity, arena, share);
	for (int32_t p = 0; p < s->people; p++)
		if (s->person[p].is_open)
			s->person[p].share = share[p];
	return ROSTER_BEST;
}

/* ---- rules beside the limits ---- */

bool roster_sets_side_rules(const struct roster_settings *s)
{
	return s->run_most != INT_NONE || s->edge_most != INT_NONE;
}

static struct roster_set cross(const struct roster_sheet *s, const struct sheet_set *set,
	const struct roster_instance *in, const int32_t *day, struct arena *arena)
{
	int32_t *most = ARENA_ARRAY(arena, (size_t)in->days + 1, int32_t);
	for (int32_t i = 0; i < in->days; i++) {
		int32_t d = roster_sheet_index(s, day[i]);
		most[i] = d < 0 ? ROSTER_NO_LIMIT : or_no_limit(set->most[d]);
	}
	return (struct roster_set){set->person, set->people, most};
}

/* The teams' weekdays; days beside the period, or begun, are of no choice. */
static void add_anchors(const struct roster_sheet *s, const struct roster_instance *in,
	const int32_t *day, struct arena *arena, struct roster_side *side)
{
	struct sheet_team *team;
	int32_t teams, planned = 0;
	roster_list_teams(s, arena, &team, &teams);
	uint8_t *weekday = ARENA_ARRAY(arena, (size_t)in->days + 1, uint8_t);
	struct roster_anchor *anchor = ARENA_ARRAY(arena, (size_t)teams + 1, struct roster_anchor);
	for (int32_t i = 0; i < in->days; i++) {
		if (roster_sheet_index(s, day[i]) < 0 || day[i] < s->first_open)
			continue;
		weekday[i] = (uint8_t)day_weekday(day[i]);
		planned |= WEEKDAY_BIT(weekday[i]);
	}
	for (int32_t t = 0; t < teams; t++)
		if (team[t].weekdays & planned)
			anchor[side->anchors++] = (struct roster_anchor){
				ROSTER_NO_GROUP, team[t].weekdays, team[t].person, team[t].people};
	side->anchor = anchor;
	side->weekday = weekday;
}

static struct roster_side list_rules(const struct roster_sheet *s, const struct roster_instance *in,
	const int32_t *day, struct arena *arena)
{
	struct roster_set *set = ARENA_ARRAY(arena, (size_t)s->sets + 1, struct roster_set);
	struct roster_side side = {.run_most = ROSTER_NO_RUN,
		.edge_most = ROSTER_NO_EDGE,
		.set = set,
		.sets = s->sets};
	if (s->settings.run_most != INT_NONE)
		side.run_most = s->settings.run_most;
	if (s->settings.edge_most != INT_NONE)
		side.edge_most = s->settings.edge_most;
	while (side.edge_from < in->days && day[side.edge_from] < s->from)
		side.edge_from++;
	while (side.edge_tail < in->days && day[in->days - 1 - side.edge_tail] > s->to)
		side.edge_tail++;
	for (int32_t i = 0; i < s->sets; i++)
		set[i] = cross(s, &s->set[i], in, day, arena);
	add_anchors(s, in, day, arena, &side);
	return side;
}

/* ---- solving ---- */

static void take_roster(struct roster_sheet *s, const struct roster_instance *in,
	const int32_t *day, const uint8_t *home)
{
	for (int32_t p = 0; p < s->people; p++) {
		struct sheet_person *person = &s->person[p];
		for (int32_t i = 0; i < in->days; i++) {
			int32_t d = roster_sheet_index(s, day[i]);
			if (d >= 0 && roster_is_open_cell(person->cells[d]) &&
				person->locked[d] != 'x')
				person->days[d] = home[p * in->days + i] ? 'R' : 'K';
		}
	}
}

/* What the draft said on days that are shut now: the office, but for what the planner locked. */
static void drop_shut_letters(struct roster_sheet *s)
{
	for (int32_t p = 0; p < s->people; p++) {
		struct sheet_person *person = &s->person[p];
		for (int32_t d = 0; d < s->days; d++)
			if (is_kept_in(person->cells[d]) && person->locked[d] != 'x')
				person->days[d] = 'K';
	}
}

static bool is_stopped_now(const _Atomic bool *is_stopped)
{
	return is_stopped && *is_stopped;
}

/* By the flow alone: with the fewest changes, or even weeks. in->limit gets what it was found
 * within.
 */
static enum roster_outcome solve_flow(struct roster_instance *in, struct arena *arena,
	const _Atomic bool *is_stopped, struct roster_solution *ret)
{
	if (in->published)
		return roster_solve_parts(in, 1, arena, is_stopped, ret);
	return roster_solve_even(in, 1, arena, is_stopped, ret, &in->limit);
}

static bool has_rules(const struct roster_sheet *s)
{
	return s->sets > 0 || s->settings.team_day || roster_sets_side_rules(&s->settings);
}

static enum roster_sides_outcome without_roster(enum roster_outcome outcome)
{
	return outcome == ROSTER_LIMIT ? SIDES_LIMIT : SIDES_STOPPED;
}

enum roster_sides_outcome roster_solve_sheet(struct roster_sheet *sheet, bool keeps,
	const char *helper, struct arena *arena, const _Atomic bool *is_stopped)
{
	struct roster_instance in;
	struct roster_solution s;
	struct roster_side_answer answer = {0};
	const struct roster_mip_options options = {helper, 1, WALL_MS};
	const int32_t *day;
	if (sheet->open == 0)
		return SIDES_KEPT;
	enum roster_outcome flow = deal_shares(sheet, arena, is_stopped);
	if (flow)
		return without_roster(flow);
	roster_sheet_instance(sheet, keeps, arena, &in, &day);
	if ((flow = solve_flow(&in, arena, is_stopped, &s)))
		return without_roster(flow);
	const struct roster_side side = list_rules(sheet, &in, day, arena);
	enum roster_sides_outcome outcome = SIDES_KEPT;
	if (has_rules(sheet))
		outcome = roster_solve_sides(&in, &side, &options, arena, is_stopped, &s, &answer);
	if (outcome == SIDES_STOPPED || is_stopped_now(is_stopped))
		return SIDES_STOPPED;
	if (outcome == SIDES_LIMIT)
		return SIDES_LIMIT;
	if (outcome == SIDES_REFUSED && roster_sets_side_rules(&sheet->settings))
		return SIDES_REFUSED;
	take_roster(sheet, &in, day, s.home);
	drop_shut_letters(sheet);
	sheet->proof = ARENA_NEW(arena, struct roster_proof);
	*sheet->proof = roster_proof_of(outcome, &answer);
	return outcome == SIDES_REFUSED ? SIDES_FALLBACK : outcome;
}
