/*
 * The best roster: a flow, read back.
 *
 * First everything is solved with one weight for all limits, larger than all that a cycle can
 * change or wish. Only if something is broken, and not by quotas alone, rank after rank is
 * minimised by itself; after each the network is cut down to the solutions that are best so far
 * (complementary slackness: an arc that is dear carries nothing in any of them, one that is cheap
 * is full in all), so no rank needs a larger number than another.
 */
#include "roster/roster_network.h"

#include <assert.h>

/* ---- solving ---- */

/* What outweighs what in one solve. */
struct weights {
	int64_t change, violation;
};

static int64_t magnitude(int64_t cost)
{
	return cost < 0 ? -cost : cost;
}

/*
 * A flow is the best when no cycle of room betters it, and a cycle meets a node once: it goes
 * through two cells for each node of groups, the hub among them, and two prices of a person at the
 * hub. What it can wish is less than the weight of a change, what it can change and wish less than
 * that of a violation, so none is ever given for the other. False when the weights are too large
 * for the solver.
 */
static bool find_weights(const struct network *n, struct weights *ret)
{
	int64_t wish = 0, price = 0, cells = 2 * (int64_t)n->group_nodes;
	for (int32_t a = 0; a < n->net.arcs; a++) {
		int64_t *largest = n->part[a].place.kind == PLACE_CELL ? &wish : &price;
		int64_t cost = magnitude(n->part[a].cost);
		*largest = cost > *largest ? cost : *largest;
	}
	ret->change = n->in->published ? cells * wish + 2 * price + 1 : 0;
	ret->violation = cells * (wish + ret->change) + 2 * price + 1;
	return ret->violation + ret->change + wish + price < flow_cost_limit(n->net.nodes);
}

static enum roster_outcome solve_all_at_once(
	struct network *n, struct weights weights, struct flow_result *r)
{
	for (int32_t a = 0; a < n->net.arcs; a++)
		n->net.cost[a] = n->part[a].cost + n->part[a].change * weights.change +
				 n->part[a].sign * weights.violation;
	return network_solve(n, r);
}

/* Leaves only the flows that are as cheap as this one. */
static void keep_the_best(struct network *n, const struct flow_result *r)
{
	struct flow_net *net = &n->net;
	for (int32_t a = 0; a < net->arcs; a++) {
		int64_t reduced = net->cost[a] + r->potential[net->from[a]] -
				  r->potential[net->to[a]];
		if (reduced == 0)
			continue;
		if (reduced < 0) {
			net->supply[net->from[a]] -= net->capacity[a];
			net->supply[net->to[a]] += net->capacity[a];
			n->fixed[a] += net->capacity[a];
		}
		net->capacity[a] = 0;
	}
}

/* The last is after all ranks: the published roster. */
static int32_t rank_cost(const struct part *part, int rank)
{
	return rank == RANKS ? part->change : part->rank == rank ? part->sign : 0;
}

static enum roster_outcome solve_rank_by_rank(struct network *n, struct flow_result *r)
{
	enum roster_outcome outcome;
	for (int rank = 0; rank < RANKS + (n->in->published != NULL); rank++) {
		for (int32_t a = 0; a < n->net.arcs; a++)
			n->net.cost[a] = rank_cost(&n->part[a], rank);
		if ((outcome = network_solve(n, r)))
			return outcome;
		keep_the_best(n, r);
	}
	for (int32_t a = 0; a < n->net.arcs; a++)
		n->net.cost[a] = n->part[a].cost;
	return network_solve(n, r);
}

/* Whether a limit of a rank before the last gave way that did not have to: then the order of ranks
 * matters, and one penalty for all did not ask for it. */
static bool breaks_above_quota(const struct network *n, const struct flow_result *r)
{
	for (int32_t a = 0; a < n->net.arcs; a++) {
		const struct part *part = &n->part[a];
		if (part->rank < RANK_QUOTA &&
			(part->sign > 0 ? r->flow[a] > 0
					: part->sign < 0 && r->flow[a] < n->net.capacity[a]))
			return true;
	}
	return false;
}

/* ---- the roster ---- */

static void add_breach(struct roster_solution *s, struct roster_limit limit, int32_t count,
	struct roster_breach breach)
{
	if (count >= limit.least && count <= limit.most)
		return;
	breach.is_below = count < limit.least;
	breach.amount = breach.is_below ? limit.least - count : count - limit.most;
	s->broken[breach.rank] += breach.amount;
	s->breach[s->breaches++] = breach;
}

static void judge_groups(
	const struct roster_instance *in, const int32_t *count, struct roster_solution *s)
{
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++)
			add_breach(s, in->limit[network_at(in, g, d)], count[network_at(in, g, d)],
				(struct roster_breach){
					.rank = in->group[g].rank, .place = {PLACE_GROUP, g, d}});
	}
}

static void judge_quota(struct roster_solution *s, struct roster_limit limit, int32_t count,
	struct roster_place place)
{
	add_breach(s, limit, count, (struct roster_breach){.rank = RANK_QUOTA, .place = place});
}

/* A quota asks for no more days than the person can be home. */
static void judge_person(const struct roster_instance *in, int32_t p, struct roster_solution *s)
{
	const struct roster_person *who = &in->person[p];
	int32_t home = 0, could = 0;
	for (int32_t from = 0, to; from < in->days; from = to) {
		int32_t week_home = 0, week_could = 0, edges = 0, week = in->week[from];
		to = network_week_end(in, from);
		for (int32_t d = from; d < to; d++) {
			int32_t is_home = s->home[network_at(in, p, d)];
			week_home += is_home;
			edges += is_home && network_is_edge(in, d);
			week_could += network_can_be_home(in, p, d);
		}
		judge_quota(s,
			(struct roster_limit){network_smaller(who->week_least, week_could),
				network_week_most(who, week)},
			week_home, (struct roster_place){PLACE_WEEK, p, week});
		judge_quota(s, (struct roster_limit){0, who->edge_most}, edges,
			(struct roster_place){PLACE_EDGE, p, week});
		home += week_home;
		could += week_could;
	}
	judge_quota(s, (struct roster_limit){network_smaller(who->least, could), who->most}, home,
		(struct roster_place){PLACE_PERIOD, p, -1});
	if (could)
		s->cost += (int64_t)in->fairness * roster_unfairness(home, who->share);
}

void roster_judge(const struct roster_instance *in, uint8_t *home, struct arena *arena,
	struct roster_solution *ret)
{
	size_t group_days = (size_t)in->groups * (size_t)in->days;
	size_t cells = (size_t)in->people * (size_t)in->days;
	int32_t *count = ARENA_ARRAY(arena, group_days, int32_t);
	*ret = (struct roster_solution){.home = home};
	ret->breach = ARENA_ARRAY(arena,
		group_days + (size_t)in->people * (size_t)(2 * network_weeks(in) + 1),
		struct roster_breach); /* of a person: weeks, their edges, the period */
	for (int32_t p = 0; p < in->people; p++) {
		for (int32_t d = 0; d < in->days; d++) {
			if (!home[network_at(in, p, d)])
				continue;
			ret->cost += in->wish[network_at(in, p, d)];
			count[network_at(in, in->person[p].group, d)]++;
		}
	}
	network_sum_up(in->group, in->groups, in->days, count);
	judge_groups(in, count, ret);
	for (int32_t p = 0; p < in->people; p++)
		judge_person(in, p, ret);
	for (size_t i = 0; i < cells && in->published; i++)
		ret->changes += in->cell[i] == CELL_FREE && home[i] != in->published[i];
}

static void read_roster(struct network *n, const struct flow_result *r, struct roster_solution *s)
{
	size_t cells = (size_t)n->in->people * (size_t)n->in->days;
	uint8_t *home = ARENA_ARRAY(n->arena, cells, uint8_t);
	for (size_t i = 0; i < cells; i++) {
		int32_t a = n->cell_arc[i];
		home[i] = a != NO_NODE && n->fixed[a] + r->flow[a] > 0;
	}
	roster_judge(n->in, home, n->arena, s);
	s->price = ARENA_ARRAY(n->arena, (size_t)n->in->days, int64_t);
	for (int32_t d = 0; d < n->in->days; d++)
		s->price[d] = r->potential[HUB] - r->potential[n->node[d]];
	s->pivots = n->pivots;
}

enum roster_outcome roster_solve(const struct roster_instance *in, struct arena *arena,
	const _Atomic bool *is_stopped, struct roster_solution *ret)
{
	struct network n = {.in = in, .arena = arena, .is_stopped = is_stopped};
	struct weights weights;
	struct flow_result r;
	*ret = (struct roster_solution){0};
	network_build(&n);
	bool fits = find_weights(&n, &weights);
	enum roster_outcome outcome = fits ? solve_all_at_once(&n, weights, &r) : ROSTER_BEST;
	if (!outcome && (!fits || breaks_above_quota(&n, &r)))
		outcome = solve_rank_by_rank(&n, &r);
	if (outcome)
		return outcome;
	read_roster(&n, &r, ret);
	return ROSTER_BEST;
}

/* ---- instances that cannot be solved ---- */

static const char *check_groups(const struct roster_instance *in, struct arena *arena)
{
	for (int32_t g = 0; g < in->groups; g++) {
		int32_t parent = in->group[g].parent;
		if (g == 0 ? parent != -1 : parent < 0 || parent >= g)
			return arena_printf(arena, "group %d: its parent comes before it", g);
		if ((int)in->group[g].rank < 0 || in->group[g].rank >= RANKS)
			return arena_printf(arena, "group %d: no such rank", g);
		for (int32_t d = 0; d < in->days; d++) {
			struct roster_limit l = in->limit[network_at(in, g, d)];
			if (l.least < 0 || l.most < l.least)
				return arena_printf(arena, "group %d, day %d: least %d, most %d", g,
					d, l.least, l.most);
		}
	}
	return NULL;
}

static bool is_sound_quota(const struct roster_instance *in, const struct roster_person *who)
{
	for (int32_t w = 0; w < network_weeks(in); w++)
		if (network_week_most(who, w) < who->week_least)
			return false;
	return who->week_least >= 0 && who->least >= 0 && who->most >= who->least &&
	       who->edge_most >= 0;
}

static const char *check_people(const struct roster_instance *in, struct arena *arena)
{
	for (int32_t p = 0; p < in->people; p++) {
		const struct roster_person *who = &in->person[p];
		if (who->group < 0 || who->group >= in->groups)
			return arena_printf(arena, "person %d: no such group", p);
		if (!is_sound_quota(in, who))
			return arena_printf(arena, "person %d: a quota ends before it begins", p);
		if (who->share < 0 || who->share > in->days)
			return arena_printf(arena, "person %d: a share of %d days", p, who->share);
		for (int32_t d = 0; d < in->days; d++) {
			if (in->cell[network_at(in, p, d)] > CELL_HOME)
				return arena_printf(arena, "person %d, day %d: no such cell", p, d);
			int16_t wish = in->wish[network_at(in, p, d)];
			if (wish > ROSTER_WEIGHT_MAX || wish < -ROSTER_WEIGHT_MAX)
				return arena_printf(
					arena, "person %d, day %d: a wish of %d", p, d, wish);
		}
	}
	return NULL;
}

const char *roster_check_instance(const struct roster_instance *in, struct arena *arena)
{
	if (in->days < 1 || in->days > ROSTER_DAYS_MAX)
		return arena_printf(
			arena, "%d days: from 1 to %d can be planned", in->days, ROSTER_DAYS_MAX);
	if (in->people < 0 || in->people > ROSTER_PEOPLE_MAX)
		return arena_printf(arena, "%d people: at most %d can be planned", in->people,
			ROSTER_PEOPLE_MAX);
	if (in->groups < 1 || in->groups > ROSTER_GROUPS_MAX)
		return arena_printf(arena, "%d groups: from 1 to %d can be planned", in->groups,
			ROSTER_GROUPS_MAX);
	if (in->fairness < 0 || in->fairness > ROSTER_WEIGHT_MAX)
		return arena_printf(arena, "a fairness of %d", in->fairness);
	for (int32_t d = 0; d < in->days; d++) {
		if (d ? in->week[d] < in->week[d - 1] || in->week[d] > in->week[d - 1] + 1
		      : in->week[d] != 0)
			return arena_printf(arena, "day %d: weeks are counted from 0", d);
	}
	const char *fault = check_groups(in, arena);
	return fault ? fault : check_people(in, arena);
}
