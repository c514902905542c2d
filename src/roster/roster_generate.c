/*
 * An invented government to plan for: agencies of very different sizes, divisions, units of 5 to
 * 300, counters with a minimum, heads and deputies of whom one stays, people on leave, wishes that
 * favour Fridays and Mondays. The same numbers and seed give the same instance everywhere.
 */
#include "roster/roster_generate.h"

#include "base/chance.h"
#include "roster/roster_network.h"

#include <assert.h>

#define DIVISION_UNITS_LEAST 3
#define DIVISION_UNITS_MOST  8
#define UNIT_LEAST           5
#define UNIT_MOST            300
#define WORKWEEK             5
#define MAX_GROUPS           ROSTER_GROUPS_MAX
#define ILLNESS              1 /* the question to a stream of chance */

/* What is known of a group before its people are counted. */
struct plan {
	struct roster_generator g;
	struct chance chance;
	struct roster_group *group;
	int32_t *minimum;   /* per group: who must be present; 0 but for posts */
	int32_t *per_mille; /* per group: of those present who may be home; 0: not said */
	int32_t groups;
	struct roster_person *person;
	int32_t people;
	uint8_t *cell;
	bool *away; /* per cell: on leave or duty, so not present */
	int16_t *wish;
};

static int32_t add_group(
	struct plan *p, int32_t parent, enum roster_rank rank, int32_t minimum, int32_t per_mille)
{
	assert(p->groups < MAX_GROUPS);
	p->group[p->groups] = (struct roster_group){parent, rank};
	p->minimum[p->groups] = minimum;
	p->per_mille[p->groups] = per_mille;
	return p->groups++;
}

/* ---- people ---- */

static bool is_planned(const struct plan *p, int32_t day)
{
	return !p->g.weekday || day % WORKWEEK + 1 == p->g.weekday;
}

static void take_leave(struct plan *p, int32_t row, int32_t per_mille, int32_t longest)
{
	if (!chance_of(&p->chance, per_mille))
		return;
	int32_t from = chance_below(&p->chance, p->g.days);
	int32_t to = from + chance_between(&p->chance, 1, longest);
	for (int32_t d = from; d < to && d < p->g.days; d++)
		p->away[row + d] = true;
}

/* Drawn apart from everything else: who is well has the same days and wishes. */
static void fall_ill(struct plan *p, int32_t row)
{
	struct chance c = chance_stream((uint64_t)p->g.seed, (uint64_t)p->people, ILLNESS);
	if (!chance_of(&c, p->g.ill_per_mille))
		return;
	int32_t to = p->g.ill_from + chance_between(&c, 1, WORKWEEK);
	for (int32_t d = p->g.ill_from; d < to && d < p->g.days; d++)
		p->away[row + d] = true;
}

static void wish(struct plan *p, int32_t row)
{
	int32_t first = chance_of(&p->chance, 450) ? 4 : chance_below(&p->chance, WORKWEEK);
	int32_t second = chance_of(&p->chance, 350) ? 0 : chance_below(&p->chance, WORKWEEK);
	int32_t disliked = chance_below(&p->chance, WORKWEEK);
	for (int32_t d = 0; d < p->g.days; d++) {
		int32_t weekday = d % WORKWEEK, w = chance_between(&p->chance, 0, 3);
		w -= weekday == first ? 10 : weekday == second ? 7 : 0;
		w += weekday == disliked && weekday != first && weekday != second ? 8 : 0;
		p->wish[row + d] = (int16_t)w;
	}
}

static void add_person(struct plan *p, int32_t group)
{
	int32_t row = p->people * p->g.days, can = 0, weeks = (p->g.days + WORKWEEK - 1) / WORKWEEK;
	bool is_eligible = chance_of(&p->chance, 850);
	take_leave(p, row, 250, 5);
	take_leave(p, row, 150, 3);
	fall_ill(p, row);
	wish(p, row);
	for (int32_t d = 0; d < p->g.days; d++) {
		bool free = is_eligible && is_planned(p, d) && !p->away[row + d];
		p->cell[row + d] = free ? CELL_FREE : CELL_OFFICE;
		can += free;
	}
	/* at most two days a week (PermenPANRB 4/2025 art. 13), or three where all must share */
	p->person[p->people++] = (struct roster_person){.group = group,
		.week_most = p->g.exactly ? 3 : 2,
		.edge_most = ROSTER_NO_LIMIT,
		.most = 2 * weeks + 2,
		.share = 2 * can / WORKWEEK};
}

static void add_people(struct plan *p, int32_t group, int32_t count)
{
	for (int32_t i = 0; i < count; i++)
		add_person(p, group);
}

/* ---- units ---- */

/* Mostly 10 to 40, now and then up to 300. */
static int32_t draw_unit_size(struct plan *p, int32_t left)
{
	int32_t size = chance_of(&p->chance, 100) ? chance_between(&p->chance, 60, UNIT_MOST)
						  : chance_between(&p->chance, UNIT_LEAST, 50);
	return left - size < UNIT_LEAST ? left : size;
}

static void add_unit(struct plan *p, int32_t division, int32_t size)
{
	int32_t unit = add_group(p, division, RANK_UNIT, 0, 600), left = size;
	if (left >= 8) { /* the head and his deputy are never both at home */
		add_people(p, add_group(p, unit, RANK_SERVICE, 1, 0), 2);
		left -= 2;
	}
	for (int32_t posts = chance_below(&p->chance, 3); posts > 0 && left >= 6; posts--) {
		int32_t at = chance_between(&p->chance, 3, left < 15 ? left : 15);
		int32_t minimum = at * chance_between(&p->chance, 400, 650) / 1000;
		add_people(p, add_group(p, unit, RANK_SERVICE, minimum, 0), at);
		left -= at;
	}
	add_people(p, unit, left);
}

static void add_agency(struct plan *p, int32_t size)
{
	int32_t agency = add_group(p, 0, RANK_AGENCY, 0, p->g.exactly ? p->g.exactly * 10 : 500);
	int32_t division = -1, units = 0;
	for (int32_t left = size; left > 0;) {
		if (units == 0) {
			division = add_group(p, agency, RANK_AGENCY, 0, 550);
			units = chance_between(
				&p->chance, DIVISION_UNITS_LEAST, DIVISION_UNITS_MOST);
		}
		int32_t unit = draw_unit_size(p, left);
		add_unit(p, division, unit);
		left -= unit;
		units--;
	}
}

/* The first agency is the largest; the n-th has about 1/(n+3) of its weight. */
static void add_agencies(struct plan *p)
{
	int32_t agencies = p->g.employees / 800 + 1, left = p->g.employees;
	int64_t weights = 0;
	for (int32_t n = 0; n < agencies; n++)
		weights += 1000000 / (n + 3);
	for (int32_t n = 0; n < agencies && left > 0; n++) {
		int32_t size = n + 1 == agencies
				       ? left
				       : (int32_t)(p->g.employees * (int64_t)(1000000 / (n + 3)) /
						   weights);
		size = size < left ? size : left;
		add_agency(p, size);
		left -= size;
	}
}

/* ---- limits ---- */

static void count_present(const struct plan *p, int32_t *present)
{
	int32_t days = p->g.days;
	for (int32_t i = 0; i < p->people; i++) {
		for (int32_t d = 0; d < days; d++)
			present[p->person[i].group * days + d] += !p->away[i * days + d];
	}
	network_sum_up(p->group, p->groups, days, present);
}

static struct roster_limit limit_of(const struct plan *p, int32_t g, int32_t d, int32_t present)
{
	if (p->minimum[g])
		return (struct roster_limit){
			0, present > p->minimum[g] ? present - p->minimum[g] : 0};
	if (!p->per_mille[g])
		return (struct roster_limit){0, ROSTER_NO_LIMIT};
	bool is_agency = p->group[g].parent == 0;
	int32_t down = present * p->per_mille[g] / 1000;
	int32_t near = (present * p->per_mille[g] + 500) / 1000;
	int32_t up = (present * p->per_mille[g] + 999) / 1000;
	if (is_agency && p->g.exactly && is_planned(p, d))
		return (struct roster_limit){near, near};
	return (struct roster_limit){0, is_agency ? down : up};
}

void roster_generate(
	const struct roster_generator *generator, struct arena *arena, struct roster_instance *ret)
{
	size_t days = (size_t)generator->days, people = (size_t)generator->employees;
	struct plan p = {
		.g = *generator,
		.chance = {(uint64_t)generator->seed},
		.group = ARENA_ARRAY(arena, MAX_GROUPS, struct roster_group),
		.minimum = ARENA_ARRAY(arena, MAX_GROUPS, int32_t),
		.per_mille = ARENA_ARRAY(arena, MAX_GROUPS, int32_t),
		.person = ARENA_ARRAY(arena, people, struct roster_person),
		.cell = ARENA_ARRAY(arena, people * days, uint8_t),
		.away = ARENA_ARRAY(arena, people * days, bool),
		.wish = ARENA_ARRAY(arena, people * days, int16_t),
	};
	add_group(&p, -1, RANK_AGENCY, 0, 0);
	add_agencies(&p);
	int32_t *present = ARENA_ARRAY(arena, (size_t)p.groups * days, int32_t);
	struct roster_limit *limit = ARENA_ARRAY(
		arena, (size_t)p.groups * days, struct roster_limit);
	uint8_t *week = ARENA_ARRAY(arena, days, uint8_t);
	count_present(&p, present);
	for (int32_t g = 0; g < p.groups; g++) {
		for (int32_t d = 0; d < p.g.days; d++)
			limit[g * p.g.days + d] = limit_of(&p, g, d, present[g * p.g.days + d]);
	}
	for (int32_t d = 0; d < p.g.days; d++)
		week[d] = (uint8_t)(d / WORKWEEK);
	*ret = (struct roster_instance){.days = p.g.days,
		.people = p.people,
		.groups = p.groups,
		.week = week,
		.group = p.group,
		.person = p.person,
		.limit = limit,
		.cell = p.cell,
		.wish = p.wish,
		.fairness = 4};
}
