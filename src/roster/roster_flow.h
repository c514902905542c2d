/*
 * Minimum-cost flow: the mathematics under the roster, and nothing of rosters in it.
 *
 * Costs, capacities and supplies are integers, and so is the optimum: no rounding, no float. The
 * network simplex keeps a strongly feasible spanning tree, which cannot cycle (Cunningham, 1976),
 * and is deterministic: the same network gives the same flow, arc by arc.
 */
#ifndef LUWES_ROSTER_ROSTER_FLOW_H
#define LUWES_ROSTER_ROSTER_FLOW_H

#include "base/arena.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define FLOW_LOOK_EVERY 256 /* pivots between two looks at is_stopped */

/*
 * A network under construction. Nodes are 0..nodes-1, arcs 0..arcs-1 in the order of flow_add_arc.
 * All memory is the arena's.
 */
struct flow_net {
	struct arena *arena;
	int32_t nodes, arcs, room; /* room: arcs that fit */
	int32_t *from, *to;        /* per arc */
	int32_t *capacity;         /* per arc; the least flow is 0 */
	int64_t *cost;             /* per arc and unit of flow */
	int32_t *supply;           /* per node: what it gives (> 0) or takes (< 0); sums to 0 */
	int32_t *flow;             /* per arc: the result */
	int64_t *balance;          /* per node: of flow_is_optimal */
	struct flow_tree *tree;    /* of the solver; NULL before the first solve */
};

/* What a solve came to. Arrays are the arena's and live as long as the network. */
struct flow_result {
	const int32_t *flow;      /* per arc */
	const int64_t *potential; /* per node: arc a costs cost + potential[from] - potential[to] */
	int64_t cost;             /* of all flow together */
	int64_t pivots;
};

enum flow_outcome {
	FLOW_OPTIMAL,
	FLOW_INFEASIBLE, /* supplies cannot be met; the flow meets as many as can be */
	FLOW_STOPPED,    /* cancelled; nothing is to be read */
	FLOW_LIMIT       /* more pivots than allowed; nothing is to be read */
};

/* An empty network of `nodes` nodes with room for `arcs` arcs. */
void flow_init(struct flow_net *net, struct arena *arena, int32_t nodes, int32_t arcs);

/*
 * Adds an arc that carries 0..capacity and returns its number. There must be room; both ends are
 * nodes, capacity is not negative, and the cost is within what flow_cost_limit says.
 */
int32_t flow_add_arc(
	struct flow_net *net, int32_t from, int32_t to, int32_t capacity, int64_t cost);

/*
 * Adds an arc that carries least..most: the least is moved into the supplies, so the flow of the
 * result is what goes beyond it. Returns its number.
 */
int32_t flow_add_bounded_arc(
	struct flow_net *net, int32_t from, int32_t to, int32_t least, int32_t most, int64_t cost);

/* The largest cost an arc may have, either way, so that no sum of the solver overflows int64. */
int64_t flow_cost_limit(int32_t nodes);

/*
 * The cheapest flow. `is_stopped` (or NULL) is looked at every FLOW_LOOK_EVERY pivots and ends the
 * solve; so do more than `pivots_max` pivots. May be called again after costs,
 * capacities or supplies were changed; arcs are all there before the first solve.
 */
enum flow_outcome flow_solve(struct flow_net *net, const _Atomic bool *is_stopped,
	int64_t pivots_max, struct flow_result *ret);

/*
 * Whether the result is a flow (within capacities, every node's supply met) and optimal (no arc
 * with room is cheaper than the potentials, no arc that carries is dearer): a proof, in one pass
 * over the network, that does not trust the solver. For debug builds and tests.
 */
bool flow_is_optimal(const struct flow_net *net, const struct flow_result *result);

#endif
