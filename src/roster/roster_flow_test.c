/* The network simplex: by hand, by proof over random networks, and at the edges of its integers. */
#include "roster/roster_flow.h"

#include "base/chance.h"

#include <limits.h>
#include <string.h>

#define TEST_ARENA_BYTES ((size_t)256 * 1024 * 1024)
#include "platform/test_arena.h"

#define RANDOM_NETS 3000

static enum flow_outcome solve(struct flow_net *net, struct flow_result *r)
{
	enum flow_outcome outcome = flow_solve(net, NULL, INT64_MAX, r);
	if (outcome == FLOW_OPTIMAL)
		assert_true(flow_is_optimal(net, r));
	return outcome;
}

/* Three of five may be home; each has a wish. */
static void test_the_cheapest_of_two_ways(void **state)
{
	struct flow_net net;
	struct flow_result r;
	flow_init(&net, *state, 4, 5);
	net.supply[0] = 4;
	net.supply[3] = -4;
	flow_add_arc(&net, 0, 1, 3, 1);
	flow_add_arc(&net, 0, 2, 3, 2);
	flow_add_arc(&net, 1, 3, 2, 5);
	flow_add_arc(&net, 2, 3, 4, 1);
	flow_add_arc(&net, 1, 2, 2, 0);
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	/* three by way of 1, all of them on to 2; one straight to 2 */
	assert_int_equal(r.cost, 2 * 1 + 2 * 2 + 4 * 1 + 0);
	assert_int_equal(r.flow[3], 4);
}

static void test_a_cycle_that_pays_is_filled(void **state)
{
	struct flow_net net;
	struct flow_result r;
	flow_init(&net, *state, 3, 4);
	flow_add_arc(&net, 0, 1, 7, -3);
	flow_add_arc(&net, 1, 2, 5, 1);
	flow_add_arc(&net, 2, 0, 9, 1);
	flow_add_arc(&net, 2, 2, 4, -2); /* a loop pays by itself */
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	assert_int_equal(r.cost, 5 * (-3 + 1 + 1) + 4 * -2);
}

static void test_a_least_flow_is_forced(void **state)
{
	struct flow_net net;
	struct flow_result r;
	flow_init(&net, *state, 2, 2);
	flow_add_bounded_arc(&net, 0, 1, 2, 6, 10);
	flow_add_arc(&net, 1, 0, 9, 0);
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	assert_int_equal(r.flow[0], 0); /* beyond the least */
	assert_int_equal(r.flow[1], 2);
}

static void test_what_cannot_be_met_is_said(void **state)
{
	struct flow_net net;
	struct flow_result r;
	flow_init(&net, *state, 3, 2);
	net.supply[0] = 5;
	net.supply[2] = -5;
	flow_add_arc(&net, 0, 1, 5, 1);
	flow_add_arc(&net, 1, 2, 4, 1);
	assert_int_equal(solve(&net, &r), FLOW_INFEASIBLE);
	assert_int_equal(r.flow[1], 4); /* as much as can be */
	net.capacity[1] = 5;
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	assert_int_equal(r.cost, 10);
}

static void test_a_network_without_arcs(void **state)
{
	struct flow_net net;
	struct flow_result r;
	flow_init(&net, *state, 3, 0);
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	assert_int_equal(r.cost, 0);
	net.supply[0] = 1;
	net.supply[1] = -1;
	assert_int_equal(solve(&net, &r), FLOW_INFEASIBLE);
}

static void test_costs_at_the_limit_do_not_overflow(void **state)
{
	struct flow_net net;
	struct flow_result r;
	int64_t limit = flow_cost_limit(40);
	flow_init(&net, *state, 40, 80);
	net.supply[0] = 1;
	net.supply[39] = -1;
	for (int32_t u = 0; u + 1 < 40; u++) {
		flow_add_arc(&net, u, u + 1, 1, u % 2 ? limit : -limit);
		flow_add_arc(&net, u + 1, u, 1, limit);
	}
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	assert_int_equal(r.cost, -limit); /* twenty down, nineteen up */
}

/* Capacities of nothing and equal costs everywhere: nearly every pivot moves no flow at all. */
static void test_degenerate_networks_come_to_an_end(void **state)
{
	struct chance c = {7};
	for (int i = 0; i < 200; i++) {
		struct flow_net net;
		struct flow_result r;
		arena_reset(*state);
		flow_init(&net, *state, 30, 400);
		for (int32_t a = 0; a < 400; a++)
			flow_add_arc(&net, chance_between(&c, 0, 29), chance_between(&c, 0, 29),
				chance_between(&c, 0, 1) * chance_between(&c, 0, 2),
				chance_between(&c, -1, 1));
		assert_int_equal(flow_solve(&net, NULL, 100000, &r), FLOW_OPTIMAL);
		assert_true(flow_is_optimal(&net, &r));
	}
}

/* ---- random networks: optimal by proof, infeasible by a second way to find out ---- */

#define SMALL 24

static bool augments(int32_t left[SMALL][SMALL], int nodes, int at, int target, bool *seen)
{
	if (at == target)
		return true;
	seen[at] = true;
	for (int v = 0; v < nodes; v++) {
		if (seen[v] || left[at][v] == 0 || !augments(left, nodes, v, target, seen))
			continue;
		left[at][v]--;
		left[v][at]++;
		return true;
	}
	return false;
}

/* Whether the supplies can be met, one unit after another (Ford and Fulkerson). */
static bool can_be_met(const struct flow_net *net)
{
	int32_t left[SMALL][SMALL] = {{0}};
	int nodes = net->nodes, source = nodes, target = nodes + 1;
	int64_t wanted = 0;
	for (int32_t a = 0; a < net->arcs; a++)
		left[net->from[a]][net->to[a]] += net->capacity[a];
	for (int32_t u = 0; u < nodes; u++) {
		if (net->supply[u] > 0)
			left[source][u] = net->supply[u];
		else
			left[u][target] = -net->supply[u];
		wanted += net->supply[u] > 0 ? net->supply[u] : 0;
	}
	for (; wanted > 0; wanted--) {
		bool seen[SMALL] = {false};
		if (!augments(left, nodes + 2, source, target, seen))
			return false;
	}
	return true;
}

static void make_random(struct flow_net *net, struct arena *arena, struct chance *c)
{
	int32_t nodes = chance_between(c, 2, SMALL - 2), arcs = chance_between(c, 0, 4 * nodes);
	int32_t dear = chance_between(c, 0, 3) ? 20 : 1;
	flow_init(net, arena, nodes, arcs);
	for (int32_t a = 0; a < arcs; a++) {
		int32_t from = chance_between(c, 0, nodes - 1),
			to = chance_between(c, 0, nodes - 1);
		int32_t most = chance_between(c, 0, 6), cost = chance_between(c, -dear, dear);
		if (chance_between(c, 0, 15))
			flow_add_arc(net, from, to, most, cost);
		else
			flow_add_bounded_arc(net, from, to, chance_between(c, 0, most), most, cost);
	}
	for (int i = chance_between(c, -3, 3); i > 0; i--) {
		int32_t much = chance_between(c, 1, 5);
		net->supply[chance_between(c, 0, nodes - 1)] += much;
		net->supply[chance_between(c, 0, nodes - 1)] -= much;
	}
}

static void test_random_networks(void **state)
{
	struct chance c = {20251113};
	int outcomes[3] = {0};
	for (int i = 0; i < RANDOM_NETS; i++) {
		struct flow_net net;
		struct flow_result r;
		arena_reset(*state);
		make_random(&net, *state, &c);
		enum flow_outcome outcome = solve(&net, &r);
		assert_int_equal(outcome == FLOW_OPTIMAL, can_be_met(&net));
		outcomes[outcome]++;
	}
	assert_true(outcomes[FLOW_OPTIMAL] > RANDOM_NETS / 4);
	assert_true(outcomes[FLOW_INFEASIBLE] > RANDOM_NETS / 20);
}

/* A proof that accepts everything proves nothing. */
static void test_the_proof_sees_a_worse_flow(void **state)
{
	struct flow_net net;
	struct flow_result r, worse;
	int32_t flow[4];
	flow_init(&net, *state, 2, 3);
	net.supply[0] = 3;
	net.supply[1] = -3;
	flow_add_arc(&net, 0, 1, 2, 1);
	flow_add_arc(&net, 0, 1, 2, 4);
	flow_add_arc(&net, 0, 1, 2, 9);
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	worse = r;
	worse.flow = flow;
	const int32_t wrong[][3] = {{1, 2, 0}, {2, 0, 1}, {2, 2, 0}, {3, 0, 0}, {2, 2, -1}};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		memcpy(flow, wrong[i], sizeof wrong[i]);
		assert_false(flow_is_optimal(&net, &worse));
	}
	memcpy(flow, (int32_t[]){2, 1, 0}, 3 * sizeof *flow);
	assert_true(flow_is_optimal(&net, &worse));
}

static void test_equal_networks_give_equal_flows(void **state)
{
	struct chance c = {3};
	struct flow_net net;
	struct flow_result r;
	int32_t first[5000];
	flow_init(&net, *state, 300, 5000);
	for (int32_t a = 0; a < 5000; a++)
		flow_add_arc(&net, chance_between(&c, 0, 299), chance_between(&c, 0, 299),
			chance_between(&c, 0, 3), chance_between(&c, -2, 2));
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	memcpy(first, r.flow, sizeof first);
	assert_int_equal(solve(&net, &r), FLOW_OPTIMAL);
	assert_memory_equal(first, r.flow, sizeof first);
}

static void test_a_solve_can_be_stopped(void **state)
{
	struct flow_net net;
	struct flow_result r;
	_Atomic bool stop = true;
	flow_init(&net, *state, 3, 3);
	flow_add_arc(&net, 0, 1, 1, -1);
	flow_add_arc(&net, 1, 2, 1, -1);
	flow_add_arc(&net, 2, 0, 1, -1);
	assert_int_equal(flow_solve(&net, &stop, INT64_MAX, &r), FLOW_STOPPED);
	assert_int_equal(flow_solve(&net, NULL, 1, &r), FLOW_LIMIT);
	stop = false;
	assert_int_equal(flow_solve(&net, &stop, 100, &r), FLOW_OPTIMAL);
	assert_int_equal(r.cost, -3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_the_cheapest_of_two_ways),
		ARENA_TEST(test_a_cycle_that_pays_is_filled),
		ARENA_TEST(test_a_least_flow_is_forced),
		ARENA_TEST(test_what_cannot_be_met_is_said),
		ARENA_TEST(test_a_network_without_arcs),
		ARENA_TEST(test_costs_at_the_limit_do_not_overflow),
		ARENA_TEST(test_degenerate_networks_come_to_an_end),
		ARENA_TEST(test_random_networks),
		ARENA_TEST(test_the_proof_sees_a_worse_flow),
		ARENA_TEST(test_equal_networks_give_equal_flows),
		ARENA_TEST(test_a_solve_can_be_stopped),
	};
	return cmocka_run_group_tests_name("roster_flow", tests, NULL, NULL);
}
