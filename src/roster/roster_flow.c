/*
 * Networks, and the proof that a flow is the cheapest.
 */
#include "roster/roster_flow.h"

#include <assert.h>

void flow_init(struct flow_net *net, struct arena *arena, int32_t nodes, int32_t arcs)
{
	assert(nodes > 0 && arcs >= 0 && nodes < INT32_MAX / 2 && arcs < INT32_MAX / 2);
	size_t n = (size_t)nodes, m = (size_t)arcs;
	*net = (struct flow_net){
		.arena = arena,
		.nodes = nodes,
		.room = arcs,
		.from = ARENA_ARRAY(arena, m, int32_t),
		.to = ARENA_ARRAY(arena, m, int32_t),
		.capacity = ARENA_ARRAY(arena, m, int32_t),
		.flow = ARENA_ARRAY(arena, m, int32_t),
		.cost = ARENA_ARRAY(arena, m, int64_t),
		.supply = ARENA_ARRAY(arena, n, int32_t),
		.balance = ARENA_ARRAY(arena, n, int64_t),
	};
}

/* An artificial arc costs more than any path of others, a potential less than two of those, and a
 * reduced cost is two potentials and a cost. */
int64_t flow_cost_limit(int32_t nodes)
{
	return INT64_MAX / 8 / ((int64_t)nodes + 1) - 1;
}

int32_t flow_add_arc(struct flow_net *net, int32_t from, int32_t to, int32_t capacity, int64_t cost)
{
	assert(net->arcs < net->room && from >= 0 && from < net->nodes && to >= 0 &&
		to < net->nodes && capacity >= 0);
	assert(cost <= flow_cost_limit(net->nodes) && cost >= -flow_cost_limit(net->nodes));
	int32_t a = net->arcs++;
	net->from[a] = from;
	net->to[a] = to;
	net->capacity[a] = capacity;
	net->cost[a] = cost;
	return a;
}

int32_t flow_add_bounded_arc(
	struct flow_net *net, int32_t from, int32_t to, int32_t least, int32_t most, int64_t cost)
{
	assert(least >= 0 && least <= most);
	net->supply[from] -= least;
	net->supply[to] += least;
	return flow_add_arc(net, from, to, most - least, cost);
}

bool flow_is_optimal(const struct flow_net *net, const struct flow_result *result)
{
	int64_t *balance = net->balance;
	for (int32_t u = 0; u < net->nodes; u++)
		balance[u] = net->supply[u];
	for (int32_t a = 0; a < net->arcs; a++) {
		int32_t u = net->from[a], v = net->to[a], flow = result->flow[a];
		int64_t reduced = net->cost[a] + result->potential[u] - result->potential[v];
		if (flow < 0 || flow > net->capacity[a] ||
			(reduced < 0 && flow < net->capacity[a]) || (reduced > 0 && flow > 0))
			return false;
		balance[u] -= flow;
		balance[v] += flow;
	}
	for (int32_t u = 0; u < net->nodes; u++) {
		if (balance[u])
			return false;
	}
	return true;
}
