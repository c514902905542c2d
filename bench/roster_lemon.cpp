/*
 * flow_solve by LEMON's network simplex (liblemon-dev, Boost licence), instead of ours: linked with
 * the rest of the engine, so that both solve the same networks. For the bench alone.
 */
extern "C" {
#define _Atomic
#define _Bool bool
#include "roster/roster_flow.h"
}
#undef _Atomic
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <vector>

extern "C" enum flow_outcome flow_solve(
	struct flow_net *net, const bool *, int64_t, struct flow_result *ret)
{
	using graph = lemon::SmartDigraph;
	graph g;
	g.reserveNode(net->nodes);
	g.reserveArc(net->arcs);
	for (int32_t u = 0; u < net->nodes; u++)
		g.addNode();
	graph::ArcMap<int64_t> cost(g);
	graph::ArcMap<int> capacity(g);
	graph::NodeMap<int> supply(g);
	for (int32_t a = 0; a < net->arcs; a++) {
		graph::Arc arc = g.addArc(g.nodeFromId(net->from[a]), g.nodeFromId(net->to[a]));
		cost[arc] = net->cost[a];
		capacity[arc] = net->capacity[a];
	}
	for (int32_t u = 0; u < net->nodes; u++)
		supply[g.nodeFromId(u)] = net->supply[u];
	lemon::NetworkSimplex<graph, int, int64_t> simplex(g);
	simplex.upperMap(capacity).costMap(cost).supplyMap(supply);
	bool is_optimal = simplex.run() == simplex.OPTIMAL;
	static thread_local std::vector<int64_t> potential;
	potential.assign(static_cast<size_t>(net->nodes), 0);
	*ret = flow_result{};
	ret->flow = net->flow;
	if (!is_optimal)
		return FLOW_INFEASIBLE;
	for (int32_t a = 0; a < net->arcs; a++) {
		net->flow[a] = simplex.flow(g.arcFromId(a));
		ret->cost += net->flow[a] * net->cost[a];
	}
	for (int32_t u = 0; u < net->nodes; u++)
		potential[static_cast<size_t>(u)] = simplex.potential(g.nodeFromId(u));
	ret->potential = potential.data();
	return FLOW_OPTIMAL;
}
