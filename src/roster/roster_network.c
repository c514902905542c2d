/*
 * From an instance to a network.
 *
 * A unit of flow is one person's day at home: it goes from the hub to the person (arcs of rising
 * cost: fairness, and the quota of the period), to his week (its quota), through the cell to his
 * group on that day, up through the groups (their limits) and back to the hub. What limits nothing
 * has no node: the day goes straight to the next that does.
 *
 * An elastic limit is up to three arcs side by side: what the least asks for, what is free, what
 * exceeds the most.
 */
#include "roster/roster_network.h"

#include <assert.h>
#include <string.h>

#define SQUARE_REACH 4 /* days off the fair share that count by their square */

int32_t roster_unfairness(int32_t home, int32_t share)
{
	int32_t off = home < share ? share - home : home - share;
	int32_t beyond = off > SQUARE_REACH ? off - SQUARE_REACH : 0;
	off -= beyond;
	return off * off + beyond * (2 * SQUARE_REACH - 1);
}

/* ---- sizes ---- */

void network_sum_up(const struct roster_group *group, int32_t groups, int32_t days, int32_t *count)
{
	for (int32_t g = groups - 1; g > 0; g--) {
		for (int32_t d = 0; d < days; d++)
			count[group[g].parent * days + d] += count[g * days + d];
	}
}

static void count_cells(struct network *n)
{
	const struct roster_instance *in = n->in;
	for (int32_t p = 0; p < in->people; p++) {
		for (int32_t d = 0; d < in->days; d++)
			n->could[network_at(in, in->person[p].group, d)] += network_can_be_home(
				in, p, d);
	}
	network_sum_up(in->group, in->groups, in->days, n->could);
}

static bool limits(const struct network *n, int32_t group, int32_t day)
{
	const struct roster_limit *l = &n->in->limit[network_at(n->in, group, day)];
	return n->could[network_at(n->in, group, day)] &&
	       (l->least > 0 || l->most < n->could[network_at(n->in, group, day)]);
}

/* Nodes of groups that limit on a day; parents come first. */
static int32_t place_groups(struct network *n, int32_t next)
{
	const struct roster_instance *in = n->in;
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++) {
			int32_t up = g ? n->node[network_at(in, in->group[g].parent, d)] : HUB;
			n->node[network_at(in, g, d)] = limits(n, g, d) ? next++ : up;
		}
	}
	return next;
}

int32_t network_week_end(const struct roster_instance *in, int32_t from)
{
	int32_t to = from;
	while (to < in->days && in->week[to] == in->week[from])
		to++;
	return to;
}

int32_t network_weeks(const struct roster_instance *in)
{
	return in->days ? in->week[in->days - 1] + 1 : 0;
}

/* ---- arcs ---- */

static int32_t add_part(
	struct network *n, int32_t from, int32_t to, int32_t capacity, struct part part)
{
	int32_t a = flow_add_arc(&n->net, from, to, capacity, 0);
	n->part[a] = part;
	return a;
}

/* An elastic limit on what goes from one node to another, `could` at most. */
static void add_limit(struct network *n, int32_t from, int32_t to, int32_t could,
	struct roster_limit limit, enum roster_rank rank, struct roster_place place)
{
	int32_t least = network_smaller(limit.least, could),
		most = network_smaller(limit.most, could);
	struct part asked = {.place = place, .rank = (int8_t)rank, .sign = -1};
	struct part free = {.place = place, .rank = RANKS};
	struct part beyond = {.place = place, .rank = (int8_t)rank, .sign = 1};
	if (least)
		add_part(n, from, to, least, asked);
	if (most > least)
		add_part(n, from, to, most - least, free);
	if (could > most)
		add_part(n, from, to, could - most, beyond);
}

static void add_groups(struct network *n)
{
	const struct roster_instance *in = n->in;
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++) {
			if (!limits(n, g, d))
				continue;
			int32_t up = g ? n->node[network_at(in, in->group[g].parent, d)] : HUB;
			add_limit(n, n->node[network_at(in, g, d)], up,
				n->could[network_at(in, g, d)], in->limit[network_at(in, g, d)],
				in->group[g].rank, (struct roster_place){PLACE_GROUP, g, d});
		}
	}
}

/* What one more day costs when he has `home` of them already. */
static int64_t next_day_cost(const struct roster_instance *in, int32_t home, int32_t share)
{
	return (int64_t)in->fairness *
	       (roster_unfairness(home + 1, share) - roster_unfairness(home, share));
}

static struct part day_part(const struct roster_instance *in, int32_t p, int32_t home)
{
	const struct roster_person *who = &in->person[p];
	bool is_below = home < who->least, is_above = home >= who->most;
	return (struct part){.cost = next_day_cost(in, home, who->share),
		.place = {PLACE_PERIOD, p, -1},
		.rank = is_below || is_above ? RANK_QUOTA : RANKS,
		.sign = (int8_t)(is_above - is_below)};
}

/* From the hub to the person: days of one price and meaning are one arc. */
static void add_period(struct network *n, int32_t node, int32_t p, int32_t could)
{
	for (int32_t from = 0, to; from < could; from = to) {
		struct part first = day_part(n->in, p, from);
		for (to = from + 1; to < could; to++) {
			struct part next = day_part(n->in, p, to);
			if (next.cost != first.cost || next.sign != first.sign)
				break;
		}
		add_part(n, HUB, node, to - from, first);
	}
}

/* What being home changes on a free day. */
static int8_t change_of(const struct roster_instance *in, int32_t p, int32_t d)
{
	if (!in->published || in->cell[network_at(in, p, d)] != CELL_FREE)
		return 0;
	return in->published[network_at(in, p, d)] ? -1 : 1;
}

static void add_cell(struct network *n, int32_t node, int32_t p, int32_t d)
{
	const struct roster_instance *in = n->in;
	int32_t to = n->node[network_at(in, in->person[p].group, d)];
	int32_t is_locked = in->cell[network_at(in, p, d)] == CELL_HOME;
	int32_t a = flow_add_bounded_arc(&n->net, node, to, is_locked, 1, 0);
	n->part[a] = (struct part){.cost = in->wish[network_at(in, p, d)],
		.place = {PLACE_CELL, p, d},
		.rank = RANKS,
		.change = change_of(in, p, d)};
	n->fixed[a] = is_locked;
	n->cell_arc[network_at(in, p, d)] = a;
}

/* Days of a person that a limit counts together: from..to-1, all of them or those at the edges. */
static int32_t count_days(
	const struct roster_instance *in, int32_t p, int32_t from, int32_t to, bool edges)
{
	int32_t n = 0;
	for (int32_t d = from; d < to; d++)
		n += network_can_be_home(in, p, d) && (!edges || network_is_edge(in, d));
	return n;
}

/* What limits one week of a person, days from..to-1. */
struct week_quota {
	int32_t could, edges; /* days he can be home: all, and at the edges */
	bool limits, edge_limits;
};

static struct week_quota quota_of(
	const struct roster_instance *in, int32_t p, int32_t from, int32_t to)
{
	const struct roster_person *who = &in->person[p];
	struct week_quota q = {.could = count_days(in, p, from, to, false),
		.edges = count_days(in, p, from, to, true)};
	q.limits = q.could &&
		   (who->week_least > 0 || network_week_most(who, in->week[from]) < q.could);
	q.edge_limits = q.edges > who->edge_most;
	return q;
}

/* The week and its edges have nodes where a quota limits. */
static void add_week(
	struct network *n, int32_t p, int32_t person_node, int32_t from, int32_t to, int32_t *next)
{
	const struct roster_instance *in = n->in;
	const struct roster_person *who = &in->person[p];
	struct week_quota q = quota_of(in, p, from, to);
	int32_t week = in->week[from], node = person_node, edge_node;
	if (q.limits) {
		node = (*next)++;
		add_limit(n, person_node, node, q.could,
			(struct roster_limit){who->week_least, network_week_most(who, week)},
			RANK_QUOTA, (struct roster_place){PLACE_WEEK, p, week});
	}
	edge_node = node;
	if (q.edge_limits) {
		edge_node = (*next)++;
		add_limit(n, node, edge_node, q.edges, (struct roster_limit){0, who->edge_most},
			RANK_QUOTA, (struct roster_place){PLACE_EDGE, p, week});
	}
	for (int32_t d = from; d < to; d++) {
		if (network_can_be_home(in, p, d))
			add_cell(n, network_is_edge(in, d) ? edge_node : node, p, d);
	}
}

static void add_people(struct network *n, int32_t next)
{
	const struct roster_instance *in = n->in;
	for (int32_t p = 0; p < in->people; p++) {
		int32_t could = 0, node = next;
		for (int32_t d = 0; d < in->days; d++)
			could += network_can_be_home(in, p, d);
		if (!could)
			continue;
		next++;
		add_period(n, node, p, could);
		for (int32_t from = 0, to; from < in->days; from = to) {
			to = network_week_end(in, from);
			add_week(n, p, node, from, to, &next);
		}
	}
}

/* Nodes and arcs of a person: himself, his weeks that limit, his cells. */
static void count_person(const struct roster_instance *in, int32_t p, int32_t *nodes, int32_t *arcs)
{
	int32_t could = 0, segments = 2 * SQUARE_REACH + 4; /* prices of a period, its two quotas */
	for (int32_t from = 0, to; from < in->days; from = to) {
		to = network_week_end(in, from);
		struct week_quota q = quota_of(in, p, from, to);
		could += q.could;
		*nodes += q.limits + q.edge_limits;
		*arcs += 3 * q.limits + 2 * q.edge_limits;
	}
	*nodes += could > 0;
	*arcs += could + network_smaller(could, segments);
}

void network_build(struct network *n)
{
	const struct roster_instance *in = n->in;
	size_t cells = (size_t)in->people * (size_t)in->days;
	size_t group_days = (size_t)in->groups * (size_t)in->days;
	n->could = ARENA_ARRAY(n->arena, group_days, int32_t);
	n->node = ARENA_ARRAY(n->arena, group_days, int32_t);
	n->cell_arc = ARENA_ARRAY(n->arena, cells, int32_t);
	memset(n->cell_arc, NO_NODE, cells * sizeof *n->cell_arc);
	count_cells(n);
	int32_t groups = place_groups(n, HUB + 1), nodes = groups, arcs = 3 * (groups - 1);
	for (int32_t p = 0; p < in->people; p++)
		count_person(in, p, &nodes, &arcs);
	n->group_nodes = groups;
	flow_init(&n->net, n->arena, nodes, arcs);
	n->part = ARENA_ARRAY(n->arena, (size_t)arcs, struct part);
	n->fixed = ARENA_ARRAY(n->arena, (size_t)arcs, int32_t);
	add_groups(n);
	add_people(n, groups);
	n->pivots_max = NETWORK_PIVOTS_PER_ARC * ((int64_t)n->net.arcs + n->net.nodes);
}

enum roster_outcome network_solve(struct network *n, struct flow_result *ret)
{
	enum flow_outcome outcome = flow_solve(&n->net, n->is_stopped, n->pivots_max, ret);
	n->pivots += ret->pivots;
	assert(outcome != FLOW_INFEASIBLE && "every limit is elastic");
	assert(outcome != FLOW_OPTIMAL || flow_is_optimal(&n->net, ret));
	return outcome == FLOW_STOPPED ? ROSTER_STOPPED
	       : outcome == FLOW_LIMIT ? ROSTER_LIMIT
				       : ROSTER_BEST;
}
