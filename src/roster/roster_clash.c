/*
 * Clashes: the cuts that prove how much must break.
 *
 * The flow that breaks the fewest limits has whole potentials. The nodes above a level form a cut
 * through which the limits ask for more than they let (Hoffman, 1960); the cut falls into pieces
 * that have nothing to do with each other. The shortages of all pieces of all levels add up to the
 * least that breaks, which is the duality of linear programming.
 */
#include "roster/roster_network.h"

#include <string.h>

/* One level of the potentials. */
struct cut {
	struct network *n;
	const int64_t *potential;
	int64_t level;
	int32_t *root;  /* per node: union-find over the side without the hub */
	int64_t *asked; /* per piece */
	int64_t *let;
};

/* What the arcs of one limit between two nodes ask for and let. */
struct bounds {
	int32_t end;           /* the arc behind them */
	int32_t forced, least; /* what flows in any roster; what the limit asks for */
	int32_t most, could;   /* what the limit lets; what can flow at all */
};

static struct bounds bounds_from(const struct network *n, int32_t first)
{
	const struct flow_net *net = &n->net;
	struct bounds b = {.end = first};
	while (b.end < net->arcs && net->from[b.end] == net->from[first] &&
		net->to[b.end] == net->to[first] &&
		n->part[b.end].place.kind == n->part[first].place.kind &&
		n->part[b.end].place.row == n->part[first].place.row &&
		n->part[b.end].place.column == n->part[first].place.column) {
		const struct part *part = &n->part[b.end];
		int32_t capacity = net->capacity[b.end];
		b.forced += n->fixed[b.end];
		b.least += n->fixed[b.end] + (part->sign < 0 ? capacity : 0);
		b.most += n->fixed[b.end] + (part->sign <= 0 ? capacity : 0);
		b.could += n->fixed[b.end] + capacity;
		b.end++;
	}
	return b;
}

static bool is_above(const struct cut *c, int32_t node)
{
	return c->potential[node] >= c->level;
}

/* On the side of the cut where the hub is not. */
static bool is_inside(const struct cut *c, int32_t node)
{
	return is_above(c, node) != is_above(c, HUB);
}

static int32_t find(int32_t *root, int32_t node)
{
	while (root[node] != node)
		node = root[node] = root[root[node]];
	return node;
}

static void find_pieces(struct cut *c)
{
	const struct flow_net *net = &c->n->net;
	for (int32_t u = 0; u < net->nodes; u++) {
		c->root[u] = u;
		c->asked[u] = c->let[u] = 0;
	}
	for (int32_t a = 0; a < net->arcs; a++) {
		if (is_inside(c, net->from[a]) && is_inside(c, net->to[a]))
			c->root[find(c->root, net->from[a])] = find(c->root, net->to[a]);
	}
}

/* The piece an arc of the cut belongs to; NO_NODE when it does not cross. */
static int32_t piece_of(const struct cut *c, int32_t a)
{
	int32_t from = c->n->net.from[a], to = c->n->net.to[a];
	if (is_above(c, from) == is_above(c, to))
		return NO_NODE;
	return find(c->root, is_inside(c, from) ? from : to);
}

/* Downwards flows what is asked for, upwards what is let. */
static bool asks(const struct cut *c, int32_t a)
{
	return is_above(c, c->n->net.from[a]);
}

/*
 * What the limit at arc `a` asks for or lets at this level. Where its potentials are levels apart
 * it gave way completely: one level has the limit, the others what is possible.
 */
static int32_t days_at(const struct cut *c, int32_t a, struct bounds b)
{
	int64_t from = c->potential[c->n->net.from[a]], to = c->potential[c->n->net.to[a]];
	if (asks(c, a))
		return c->level == to + 1 ? b.least : b.forced;
	return c->level == from + 1 ? b.most : b.could;
}

static void weigh_pieces(struct cut *c)
{
	struct bounds b;
	for (int32_t a = 0; a < c->n->net.arcs; a = b.end) {
		int32_t piece = piece_of(c, a);
		b = bounds_from(c->n, a);
		if (piece == NO_NODE)
			continue;
		*(asks(c, a) ? &c->asked[piece] : &c->let[piece]) += days_at(c, a, b);
	}
}

/* ---- what is told ---- */

struct telling {
	struct roster_clashes *ret;
	struct arena *arena;
	int32_t room;
};

static struct roster_clash *add_clash(struct telling *t)
{
	ARENA_GROW(t->arena, t->ret->clash, t->ret->count, &t->room);
	return &t->ret->clash[t->ret->count++];
}

/* Goes over the limits of the short pieces; `clash_of` is 1 + the number of the clash of a piece.
 */
static void list_demands(
	const struct cut *c, struct telling *t, const int32_t *clash_of, bool fills)
{
	struct bounds b;
	for (int32_t a = 0; a < c->n->net.arcs; a = b.end) {
		int32_t piece = piece_of(c, a);
		b = bounds_from(c->n, a);
		if (piece == NO_NODE || !clash_of[piece])
			continue;
		int32_t days = days_at(c, a, b);
		if (days == 0)
			continue;
		struct roster_clash *clash = &t->ret->clash[clash_of[piece] - 1];
		struct roster_demand demand = {c->n->part[a].place, days};
		int32_t *count = asks(c, a) ? &clash->ask_count : &clash->let_count;
		if (fills)
			(asks(c, a) ? clash->asks : clash->lets)[*count] = demand;
		++*count;
	}
}

static void tell_pieces(const struct cut *c, struct telling *t, int32_t *clash_of)
{
	int32_t first = t->ret->count;
	for (int32_t u = 0; u < c->n->net.nodes; u++) {
		clash_of[u] = 0;
		if (c->asked[u] <= c->let[u])
			continue;
		*add_clash(t) = (struct roster_clash){.asked = c->asked[u],
			.let = c->let[u],
			.short_by = c->asked[u] - c->let[u]};
		clash_of[u] = t->ret->count;
		t->ret->short_by += c->asked[u] - c->let[u];
	}
	if (t->ret->count == first)
		return;
	list_demands(c, t, clash_of, false);
	for (int32_t i = first; i < t->ret->count; i++) {
		struct roster_clash *clash = &t->ret->clash[i];
		clash->asks = ARENA_ARRAY(t->arena, (size_t)clash->ask_count, struct roster_demand);
		clash->lets = ARENA_ARRAY(t->arena, (size_t)clash->let_count, struct roster_demand);
		clash->ask_count = clash->let_count = 0;
	}
	list_demands(c, t, clash_of, true);
}

/* A group that asks for more people than can be home at all clashes with nothing but that. */
static void tell_impossible(const struct network *n, struct telling *t)
{
	const struct roster_instance *in = n->in;
	for (int32_t g = 0; g < in->groups; g++) {
		for (int32_t d = 0; d < in->days; d++) {
			int32_t least = in->limit[network_at(in, g, d)].least;
			int32_t could = n->could[network_at(in, g, d)];
			if (least <= could)
				continue;
			struct roster_clash *clash = add_clash(t);
			*clash = (struct roster_clash){.asked = least,
				.let = could,
				.short_by = least - could,
				.asks = ARENA_NEW(t->arena, struct roster_demand),
				.ask_count = 1};
			*clash->asks = (struct roster_demand){{PLACE_GROUP, g, d}, least};
			t->ret->short_by += least - could;
		}
	}
}

enum roster_outcome roster_find_clashes(const struct roster_instance *in, struct arena *arena,
	const _Atomic bool *is_stopped, struct roster_clashes *ret)
{
	struct network n = {.in = in, .arena = arena, .is_stopped = is_stopped};
	struct telling t = {.ret = ret, .arena = arena};
	struct flow_result r;
	*ret = (struct roster_clashes){0};
	network_build(&n);
	for (int32_t a = 0; a < n.net.arcs; a++)
		n.net.cost[a] = n.part[a].sign;
	enum roster_outcome outcome = network_solve(&n, &r);
	if (outcome)
		return outcome;
	size_t nodes = (size_t)n.net.nodes;
	struct cut c = {.n = &n,
		.potential = r.potential,
		.root = ARENA_ARRAY(arena, nodes, int32_t),
		.asked = ARENA_ARRAY(arena, nodes, int64_t),
		.let = ARENA_ARRAY(arena, nodes, int64_t)};
	int32_t *clash_of = ARENA_ARRAY(arena, nodes, int32_t);
	int64_t low = r.potential[0], high = r.potential[0];
	for (size_t u = 0; u < nodes; u++) {
		low = r.potential[u] < low ? r.potential[u] : low;
		high = r.potential[u] > high ? r.potential[u] : high;
	}
	tell_impossible(&n, &t);
	for (c.level = low + 1; c.level <= high; c.level++) {
		if (is_stopped && atomic_load(is_stopped))
			return ROSTER_STOPPED;
		find_pieces(&c);
		weigh_pieces(&c);
		tell_pieces(&c, &t, clash_of);
	}
	return ROSTER_BEST;
}
