/*
 * Instances for the tests of the engine: an office written down by hand, random small ones, every
 * roster there is of one, and what it is worth, judged by the words of roster_model.h alone.
 */
#ifndef LUWES_ROSTER_ROSTER_TEST_INSTANCE_H
#define LUWES_ROSTER_ROSTER_TEST_INSTANCE_H

#include "base/chance.h"
#include "roster/roster_model.h"

#include <string.h>

#define FREE_MAX 11 /* cells of a random instance that are to be decided */
#define PEOPLE   6
#define DAYS     6
#define GROUPS   5

/* ---- an office that is written down ---- */

struct office {
	struct roster_instance in;
	uint8_t week[ROSTER_DAYS_MAX];
	bool edge[ROSTER_DAYS_MAX];
	struct roster_group group[GROUPS];
	struct roster_person person[40];
	int32_t week_caps[40][ROSTER_DAYS_MAX];
	struct roster_limit limit[GROUPS * ROSTER_DAYS_MAX];
	uint8_t cell[40 * ROSTER_DAYS_MAX];
	int16_t wish[40 * ROSTER_DAYS_MAX];
	uint8_t published[40 * ROSTER_DAYS_MAX];
};

/* Everybody free on every day, in the first group, without limits; weeks of five days. */
static inline void make_office(struct office *o, int32_t people, int32_t days, int32_t groups)
{
	*o = (struct office){.in = {
				     .days = days,
				     .people = people,
				     .groups = groups,
				     .week = o->week,
				     .edge = o->edge,
				     .group = o->group,
				     .person = o->person,
				     .limit = o->limit,
				     .cell = o->cell,
				     .wish = o->wish,
			     }};
	memset(o->cell, CELL_FREE, sizeof o->cell);
	for (int32_t d = 0; d < days; d++)
		o->week[d] = (uint8_t)(d / 5);
	for (int32_t g = 0; g < groups; g++)
		o->group[g] = (struct roster_group){g ? 0 : -1, g ? RANK_UNIT : RANK_AGENCY};
	for (int32_t i = 0; i < groups * days; i++)
		o->limit[i].most = ROSTER_NO_LIMIT;
	for (int32_t p = 0; p < people; p++)
		o->person[p] = (struct roster_person){.week_most = ROSTER_NO_LIMIT,
			.edge_most = ROSTER_NO_LIMIT,
			.most = ROSTER_NO_LIMIT};
}

static inline void limit_group(struct office *o, int32_t group, int32_t least, int32_t most)
{
	for (int32_t d = 0; d < o->in.days; d++)
		o->limit[group * o->in.days + d] = (struct roster_limit){least, most};
}

static inline int32_t days_home(const struct office *o, const struct roster_solution *s, int32_t p)
{
	int32_t n = 0;
	for (int32_t d = 0; d < o->in.days; d++)
		n += s->home[p * o->in.days + d];
	return n;
}

/* ---- against every roster there is ---- */

struct worth {
	int64_t broken[RANKS];
	int64_t changes, cost;
};

static inline int compare(const struct worth *a, const struct worth *b)
{
	for (int r = 0; r < RANKS; r++) {
		if (a->broken[r] != b->broken[r])
			return a->broken[r] < b->broken[r] ? -1 : 1;
	}
	if (a->changes != b->changes)
		return a->changes < b->changes ? -1 : 1;
	return (a->cost > b->cost) - (a->cost < b->cost);
}

static inline int64_t beyond(int64_t count, int64_t least, int64_t most)
{
	return count < least ? least - count : count > most ? count - most : 0;
}

static inline bool lies_in(const struct office *o, int32_t group, int32_t above)
{
	while (group > above)
		group = o->group[group].parent;
	return group == above;
}

/* By the words of roster_model.h alone, nothing of the solver. */
static inline struct worth judge(const struct office *o, const uint8_t *home)
{
	struct worth w = {{0}, 0, 0};
	int32_t days = o->in.days;
	for (int32_t g = 0; g < o->in.groups; g++) {
		for (int32_t d = 0; d < days; d++) {
			int64_t n = 0;
			for (int32_t p = 0; p < o->in.people; p++)
				n += lies_in(o, o->person[p].group, g) && home[p * days + d];
			w.broken[o->group[g].rank] += beyond(
				n, o->limit[g * days + d].least, o->limit[g * days + d].most);
		}
	}
	for (int32_t p = 0; p < o->in.people; p++) {
		int64_t in_week[ROSTER_DAYS_MAX] = {0}, can_week[ROSTER_DAYS_MAX] = {0},
			edges[ROSTER_DAYS_MAX] = {0}, n = 0, can = 0;
		const struct roster_person *who = &o->person[p];
		for (int32_t d = 0; d < days; d++) {
			bool could = o->cell[p * days + d] != CELL_OFFICE;
			in_week[o->week[d]] += home[p * days + d];
			can_week[o->week[d]] += could;
			edges[o->week[d]] += home[p * days + d] && o->edge[d];
			n += home[p * days + d];
			can += could;
			w.cost += home[p * days + d] ? o->wish[p * days + d] : 0;
		}
		for (int32_t k = 0; k <= o->week[days - 1]; k++) {
			int64_t least = who->week_least < can_week[k] ? who->week_least
								      : can_week[k];
			w.broken[RANK_QUOTA] += beyond(in_week[k], least,
				who->week_caps ? who->week_caps[k] : who->week_most);
			w.broken[RANK_QUOTA] += beyond(edges[k], 0, who->edge_most);
		}
		w.broken[RANK_QUOTA] += beyond(n, who->least < can ? who->least : can, who->most);
		if (can)
			w.cost += (int64_t)o->in.fairness *
				  roster_unfairness((int32_t)n, who->share);
	}
	for (int32_t i = 0; i < o->in.people * days && o->in.published; i++)
		w.changes += o->cell[i] == CELL_FREE && home[i] != o->in.published[i];
	return w;
}

/* Calls `visit` with every roster there is. */
static inline void each_roster(const struct office *o,
	void (*visit)(const struct office *o, uint8_t *home, void *context), void *context)
{
	int32_t cells = o->in.people * o->in.days, where[FREE_MAX], count = 0;
	uint8_t home[PEOPLE * DAYS];
	for (int32_t i = 0; i < cells; i++) {
		home[i] = o->cell[i] == CELL_HOME;
		if (o->cell[i] == CELL_FREE)
			where[count++] = i;
	}
	for (uint32_t chosen = 0; chosen < 1u << count; chosen++) {
		for (int32_t i = 0; i < count; i++)
			home[where[i]] = chosen >> i & 1;
		visit(o, home, context);
	}
}

struct best {
	struct worth worth;
	int64_t least_broken; /* the least that any roster breaks, whatever the ranks */
};

static inline void take_best(const struct office *o, uint8_t *home, void *context)
{
	struct best *best = context;
	struct worth w = judge(o, home);
	int64_t broken = 0;
	for (int r = 0; r < RANKS; r++)
		broken += w.broken[r];
	if (compare(&w, &best->worth) < 0)
		best->worth = w;
	if (broken < best->least_broken)
		best->least_broken = broken;
}

/* What all rosters there are are worth at best. */
static inline struct best best_of_all(const struct office *o)
{
	struct best best = {{.broken = {INT64_MAX}}, INT64_MAX};
	each_roster(o, take_best, &best);
	return best;
}

static inline void make_random(struct office *o, struct chance *c)
{
	int32_t people = chance_between(c, 1, PEOPLE), days = chance_between(c, 1, DAYS), free = 0;
	make_office(o, people, days, chance_between(c, 1, GROUPS));
	for (int32_t d = 0; d < days; d++) {
		o->week[d] = (uint8_t)(d / 3);
		o->edge[d] = d % 3 != 1;
	}
	for (int32_t g = 0; g < o->in.groups; g++) {
		o->group[g] = (struct roster_group){g ? chance_between(c, 0, g - 1) : -1,
			(enum roster_rank)chance_between(c, 0, RANKS - 1)};
		for (int32_t d = 0; d < days; d++) {
			int32_t least = chance_between(c, 0, 2) ? 0 : chance_between(c, 0, 3);
			o->limit[g * days + d] = (struct roster_limit){
				least, chance_between(c, 0, 1) ? ROSTER_NO_LIMIT
							       : least + chance_between(c, 0, 2)};
		}
	}
	for (int32_t p = 0; p < people; p++) {
		int32_t week_least = chance_between(c, 0, 1), least = chance_between(c, 0, 2);
		o->person[p] = (struct roster_person){
			.group = chance_between(c, 0, o->in.groups - 1),
			.week_least = week_least,
			.week_most = week_least + chance_between(c, 0, 2),
			.edge_most = chance_between(c, 0, 2) ? ROSTER_NO_LIMIT
							     : chance_between(c, 0, 1),
			.least = least,
			.most = least + chance_between(c, 0, 4),
			.share = chance_between(c, 0, days)};
		if (chance_between(c, 0, 2) == 0)
			o->person[p].week_caps = o->week_caps[p];
		for (int32_t w = 0; o->person[p].week_caps && w <= o->week[days - 1]; w++)
			o->week_caps[p][w] = week_least + chance_between(c, 0, 2);
	}
	for (int32_t i = 0; i < people * days; i++) {
		o->wish[i] = (int16_t)chance_between(c, -20, 20);
		o->cell[i] = (uint8_t)(chance_between(c, 0, 7) == 0 ? CELL_HOME
				       : chance_between(c, 0, 2)    ? CELL_FREE
								    : CELL_OFFICE);
		if (o->cell[i] == CELL_FREE && ++free > FREE_MAX)
			o->cell[i] = CELL_OFFICE;
	}
	o->in.fairness = chance_between(c, 0, 5);
}

/* A roster that stands, for a random instance: about half of its cells at home. */
static inline void publish_random(struct office *o, struct chance *c)
{
	for (int32_t i = 0; i < o->in.people * o->in.days; i++)
		o->published[i] = (uint8_t)chance_between(c, 0, 1);
	o->in.published = o->published;
}

#endif
