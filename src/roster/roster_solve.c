/*
 * From an instance to a network and back.
 *
 * A unit of flow is one person's day at home: it goes from the hub to the person (arcs of rising
 * cost: fairness, and the quota of the period), to his week (its quota), through the cell to his
 * group on that day, up through the groups (their limits) and back to the hub. What limits nothing
 * has no node: the day goes straight to the next that does.
 *
 * An elastic limit is up to three arcs side by side: what the least asks for, what is free, what
 * exceeds the most. First everything is solved with one penalty for all of them, larger than all
 * wishes together. Only if something is broken, and not by quotas alone, rank after rank is
 * minimised by itself; after each the network is cut down to the solutions that are best so far
 * (complementary slackness: an arc that is dear carries nothing in any of them, one that is cheap
 * is full in all), so no rank needs a larger number than another.
 */
#include "roster/roster_flow.h"
#include "roster/roster_model.h"

#include <assert.h>
#include <string.h>

#define HUB          0
#define SQUARE_REACH 4 /* days off the fair share that count by their square */
#define NO_NODE      (-1)

/* What an arc means. */
struct part {
	int64_t cost; /* wishes and fairness */
	int8_t rank;  /* of the limit it belongs to; RANKS: none */
	int8_t sign;  /* -1: counts towards the least, 1: exceeds the most */
};

struct network {
	const struct roster_instance *in;
	struct arena *arena;
	struct flow_net net;
	struct part *part; /* per arc */
	int32_t *fixed;    /* per arc: flow that is settled by an earlier rank */
	int32_t *cell_arc; /* per cell; NO_NODE */
	int32_t *could;    /* [group * days + day]: cells that may be home */
	int32_t *node;     /* [group * days + day]: of the next group up that limits, or HUB */
	const _Atomic bool *is_stopped;
	int64_t pivots;
};

int32_t roster_unfairness(int32_t home, int32_t share)
{
	int32_t off = home < share ? share - home : home - share;
	int32_t beyond = off > SQUARE_REACH ? off - SQUARE_REACH : 0;
	off -= beyond;
	return off * off + beyond * (2 * SQUARE_REACH - 1);
}

static bool can_be_home(const struct roster_instance *in, int32_t person, int32_t day)
{
	return in->cell[(size_t)person * (size_t)in->days + (size_t)day] != CELL_OFFICE;
}

static size_t at(const struct roster_instance *in, int32_t row, int32_t day)
{
	return (size_t)row * (size_t)in->days + (size_t)day;
}

static int32_t smaller(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* ---- sizes ---- */

static void count_cells(struct network *n)
{
	const struct roster_instance *in = n->in;
	for (int32_t p = 0; p < in->people; p++) {
		for (int32_t d = 0; d < in->days; d++)
			n->could[at(in, in->person[p].group, d)] += can_be_home(in, p, d);
	}
	for (int32_t g = in->groups - 1; g > 0; g--) {
		for (int32_t d = 0; d < in->days; d++)
			n->could[at(in, in->group[g].parent, d)] += n->could[at(in, g, d)];
	}
}

static bool limits(const struct network *n, int32_t group, int32_t day)
{
	const struct roster_limit *l = &n->in->limit[at(n->in, group, day)];
	return n->could[at(n->in, group, day)] &&
	       (l->least > 0 || l->most < n->could[at(n->in, group, day)]);
}

/* Nodes of groups that limit on a day; parents come first. */
static int32_t place_groups(struct network *n, int32_t next)
{
	const struct roster_instance *in = n->in;
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++) {
			int32_t up = g ? n->node[at(in, in->group[g].parent, d)] : HUB;
			n->node[at(in, g, d)] = limits(n, g, d) ? next++ : up;
		}
	}
	return next;
}

static int32_t weeks_of(const struct roster_instance *in)
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
	struct roster_limit limit, enum roster_rank rank)
{
	int32_t least = smaller(limit.least, could), most = smaller(limit.most, could);
	if (least)
		add_part(n, from, to, least, (struct part){0, (int8_t)rank, -1});
	if (most > least)
		add_part(n, from, to, most - least, (struct part){0, RANKS, 0});
	if (could > most)
		add_part(n, from, to, could - most, (struct part){0, (int8_t)rank, 1});
}

static void add_groups(struct network *n)
{
	const struct roster_instance *in = n->in;
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++) {
			if (!limits(n, g, d))
				continue;
			int32_t up = g ? n->node[at(in, in->group[g].parent, d)] : HUB;
			add_limit(n, n->node[at(in, g, d)], up, n->could[at(in, g, d)],
				in->limit[at(in, g, d)], in->group[g].rank);
		}
	}
}

/* What one more day costs when he has `home` of them already. */
static int64_t next_day_cost(const struct roster_instance *in, int32_t home, int32_t share)
{
	return (int64_t)in->fairness *
	       (roster_unfairness(home + 1, share) - roster_unfairness(home, share));
}

static struct part day_part(
	const struct roster_instance *in, const struct roster_person *who, int32_t home)
{
	bool is_below = home < who->least, is_above = home >= who->most;
	return (struct part){next_day_cost(in, home, who->share),
		is_below || is_above ? RANK_QUOTA : RANKS, (int8_t)(is_above - is_below)};
}

/* From the hub to the person: days of one price and meaning are one arc. */
static void add_period(struct network *n, int32_t node, int32_t p, int32_t could)
{
	const struct roster_person *who = &n->in->person[p];
	for (int32_t from = 0, to; from < could; from = to) {
		struct part first = day_part(n->in, who, from);
		for (to = from + 1; to < could; to++) {
			struct part next = day_part(n->in, who, to);
			if (next.cost != first.cost || next.sign != first.sign)
				break;
		}
		add_part(n, HUB, node, to - from, first);
	}
}

static void add_cell(struct network *n, int32_t node, int32_t p, int32_t d)
{
	const struct roster_instance *in = n->in;
	int32_t to = n->node[at(in, in->person[p].group, d)];
	int32_t is_locked = in->cell[at(in, p, d)] == CELL_HOME;
	int32_t a = flow_add_bounded_arc(&n->net, node, to, is_locked, 1, 0);
	n->part[a] = (struct part){in->wish[at(in, p, d)], RANKS, 0};
	n->fixed[a] = is_locked;
	n->cell_arc[at(in, p, d)] = a;
}

/* One week of a person, days from..to-1; the week has a node where its quota limits. */
static void add_week(
	struct network *n, int32_t p, int32_t person_node, int32_t from, int32_t to, int32_t *next)
{
	const struct roster_person *who = &n->in->person[p];
	struct roster_limit quota = {who->week_least, who->week_most};
	int32_t could = 0, node = person_node;
	for (int32_t d = from; d < to; d++)
		could += can_be_home(n->in, p, d);
	if (could && (quota.least > 0 || quota.most < could)) {
		node = (*next)++;
		add_limit(n, person_node, node, could, quota, RANK_QUOTA);
	}
	for (int32_t d = from; d < to; d++) {
		if (can_be_home(n->in, p, d))
			add_cell(n, node, p, d);
	}
}

static void add_people(struct network *n, int32_t next)
{
	const struct roster_instance *in = n->in;
	for (int32_t p = 0; p < in->people; p++) {
		int32_t could = 0, node = next;
		for (int32_t d = 0; d < in->days; d++)
			could += can_be_home(in, p, d);
		if (!could)
			continue;
		next++;
		add_period(n, node, p, could);
		for (int32_t from = 0, to; from < in->days; from = to) {
			for (to = from; to < in->days && in->week[to] == in->week[from]; to++)
				;
			add_week(n, p, node, from, to, &next);
		}
	}
}

/* Nodes and arcs there can be at most; few instances come near. */
static void build(struct network *n)
{
	const struct roster_instance *in = n->in;
	size_t cells = (size_t)in->people * (size_t)in->days;
	size_t group_days = (size_t)in->groups * (size_t)in->days;
	int32_t weeks = weeks_of(in), groups, could = 0;
	n->could = ARENA_ARRAY(n->arena, group_days, int32_t);
	n->node = ARENA_ARRAY(n->arena, group_days, int32_t);
	n->cell_arc = ARENA_ARRAY(n->arena, cells, int32_t);
	memset(n->cell_arc, NO_NODE, cells * sizeof *n->cell_arc);
	count_cells(n);
	groups = place_groups(n, HUB + 1);
	for (int32_t d = 0; d < in->days && in->groups; d++)
		could += n->could[at(in, 0, d)];
	int32_t nodes = groups + in->people * (1 + weeks);
	int32_t segments = 2 * SQUARE_REACH + 3; /* prices of a period, and its two quotas */
	int32_t arcs = could + 3 * (groups - 1) + in->people * (segments + 3 * weeks);
	flow_init(&n->net, n->arena, nodes, arcs);
	n->part = ARENA_ARRAY(n->arena, (size_t)arcs, struct part);
	n->fixed = ARENA_ARRAY(n->arena, (size_t)arcs, int32_t);
	add_groups(n);
	add_people(n, groups);
}

/* ---- solving ---- */

/* One violation outweighs everything that can be wished for. */
static int64_t penalty_of(const struct network *n)
{
	int64_t sum = 1;
	for (int32_t a = 0; a < n->net.arcs; a++) {
		int64_t cost = n->part[a].cost < 0 ? -n->part[a].cost : n->part[a].cost;
		sum += cost * n->net.capacity[a];
	}
	assert(sum < flow_cost_limit(n->net.nodes) / 2);
	return sum;
}

static enum roster_outcome solve(struct network *n, struct flow_result *r)
{
	enum flow_outcome outcome = flow_solve(&n->net, n->is_stopped, 0, r);
	n->pivots += r->pivots;
	assert(outcome != FLOW_INFEASIBLE && "every limit is elastic");
	assert(outcome == FLOW_STOPPED || flow_is_optimal(&n->net, r));
	return outcome == FLOW_STOPPED ? ROSTER_STOPPED : ROSTER_BEST;
}

static enum roster_outcome solve_all_at_once(struct network *n, struct flow_result *r)
{
	int64_t penalty = penalty_of(n);
	for (int32_t a = 0; a < n->net.arcs; a++)
		n->net.cost[a] = n->part[a].cost + n->part[a].sign * penalty;
	return solve(n, r);
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

static enum roster_outcome solve_rank_by_rank(struct network *n, struct flow_result *r)
{
	for (int rank = 0; rank < RANKS; rank++) {
		for (int32_t a = 0; a < n->net.arcs; a++)
			n->net.cost[a] = n->part[a].rank == rank ? n->part[a].sign : 0;
		if (solve(n, r) == ROSTER_STOPPED)
			return ROSTER_STOPPED;
		keep_the_best(n, r);
	}
	for (int32_t a = 0; a < n->net.arcs; a++)
		n->net.cost[a] = n->part[a].cost;
	return solve(n, r);
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

static void judge_groups(const struct network *n, const int32_t *count, struct roster_solution *s)
{
	const struct roster_instance *in = n->in;
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++)
			add_breach(s, in->limit[at(in, g, d)], count[at(in, g, d)],
				(struct roster_breach){.rank = in->group[g].rank,
					.group = g,
					.day = d,
					.person = -1,
					.week = -1});
	}
}

/* A quota asks for no more days than the person can be home. */
static void judge_person(const struct network *n, int32_t p, struct roster_solution *s)
{
	const struct roster_instance *in = n->in;
	const struct roster_person *who = &in->person[p];
	int32_t home = 0, could = 0;
	for (int32_t from = 0, to; from < in->days; from = to) {
		int32_t week_home = 0, week_could = 0;
		for (to = from; to < in->days && in->week[to] == in->week[from]; to++) {
			week_home += s->home[at(in, p, to)];
			week_could += can_be_home(in, p, to);
		}
		add_breach(s,
			(struct roster_limit){smaller(who->week_least, week_could), who->week_most},
			week_home,
			(struct roster_breach){.rank = RANK_QUOTA,
				.group = -1,
				.day = -1,
				.person = p,
				.week = in->week[from]});
		home += week_home;
		could += week_could;
	}
	add_breach(s, (struct roster_limit){smaller(who->least, could), who->most}, home,
		(struct roster_breach){
			.rank = RANK_QUOTA, .group = -1, .day = -1, .person = p, .week = -1});
	if (could)
		s->cost += (int64_t)in->fairness * roster_unfairness(home, who->share);
}

static void read_roster(struct network *n, const struct flow_result *r, struct roster_solution *s)
{
	const struct roster_instance *in = n->in;
	size_t cells = (size_t)in->people * (size_t)in->days;
	size_t group_days = (size_t)in->groups * (size_t)in->days;
	int32_t *count = ARENA_ARRAY(n->arena, group_days, int32_t);
	s->home = ARENA_ARRAY(n->arena, cells, uint8_t);
	s->breach = ARENA_ARRAY(n->arena,
		group_days + (size_t)in->people * (size_t)(weeks_of(in) + 1), struct roster_breach);
	for (int32_t p = 0; p < in->people; p++) {
		for (int32_t d = 0; d < in->days; d++) {
			int32_t a = n->cell_arc[at(in, p, d)];
			if (a == NO_NODE || n->fixed[a] + r->flow[a] == 0)
				continue;
			s->home[at(in, p, d)] = 1;
			s->cost += in->wish[at(in, p, d)];
			count[at(in, in->person[p].group, d)]++;
		}
	}
	for (int32_t g = in->groups - 1; g > 0; g--) {
		for (int32_t d = 0; d < in->days; d++)
			count[at(in, in->group[g].parent, d)] += count[at(in, g, d)];
	}
	judge_groups(n, count, s);
	for (int32_t p = 0; p < in->people; p++)
		judge_person(n, p, s);
	s->pivots = n->pivots;
}

enum roster_outcome roster_solve(const struct roster_instance *in, struct arena *arena,
	const _Atomic bool *is_stopped, struct roster_solution *ret)
{
	struct network n = {.in = in, .arena = arena, .is_stopped = is_stopped};
	struct flow_result r;
	*ret = (struct roster_solution){0};
	build(&n);
	if (solve_all_at_once(&n, &r) == ROSTER_STOPPED)
		return ROSTER_STOPPED;
	if (breaks_above_quota(&n, &r) && solve_rank_by_rank(&n, &r) == ROSTER_STOPPED)
		return ROSTER_STOPPED;
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
			struct roster_limit l = in->limit[at(in, g, d)];
			if (l.least < 0 || l.most < l.least)
				return arena_printf(arena, "group %d, day %d: least %d, most %d", g,
					d, l.least, l.most);
		}
	}
	return NULL;
}

static const char *check_people(const struct roster_instance *in, struct arena *arena)
{
	for (int32_t p = 0; p < in->people; p++) {
		const struct roster_person *who = &in->person[p];
		if (who->group < 0 || who->group >= in->groups)
			return arena_printf(arena, "person %d: no such group", p);
		if (who->week_least < 0 || who->week_most < who->week_least || who->least < 0 ||
			who->most < who->least)
			return arena_printf(arena, "person %d: a quota ends before it begins", p);
		if (who->share < 0 || who->share > in->days)
			return arena_printf(arena, "person %d: a share of %d days", p, who->share);
		for (int32_t d = 0; d < in->days; d++) {
			if (in->cell[at(in, p, d)] > CELL_HOME)
				return arena_printf(arena, "person %d, day %d: no such cell", p, d);
			int16_t wish = in->wish[at(in, p, d)];
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
