/* What is built on the best roster: replanning, the frontier, a limit by a price, fair shares; held
 * against every roster there is, or against the whole network. */
#include "roster/roster_fair.h"
#include "roster/roster_flow.h"
#include "roster/roster_frontier.h"
#include "roster/roster_generate.h"
#include "roster/roster_network.h"
#include "roster/roster_price.h"
#include "roster/roster_replan.h"
#include "roster/roster_test_instance.h"

#include <limits.h>
#include <pthread.h>

#define TEST_ARENA_BYTES ((size_t)1 << 30)
#include "platform/test_arena.h"

#define INSTANCES 1000

/* ---- replanning ---- */

/* The same office with a past that stays: for best_of_all, which knows nothing of replanning. */
static void freeze(struct office *o, int32_t first_day)
{
	for (int32_t d = 0; d < first_day; d++) {
		for (int32_t p = 0; p < o->in.people; p++) {
			int32_t i = p * o->in.days + d;
			o->cell[i] = o->published[i] ? CELL_HOME : CELL_OFFICE;
		}
		for (int32_t g = 0; g < o->in.groups; g++)
			o->limit[g * o->in.days + d] = (struct roster_limit){0, ROSTER_NO_LIMIT};
	}
}

static void test_a_replan_changes_the_fewest_cells(void **state)
{
	static struct office o;
	struct chance c = {20260101};
	int32_t changed = 0, kept = 0;
	for (int i = 0; i < INSTANCES; i++) {
		struct roster_solution s;
		arena_reset(*state);
		make_random(&o, &c);
		publish_random(&o, &c);
		o.in.published = NULL;
		int32_t first_day = chance_between(&c, 0, o.in.days - 1);
		assert_int_equal(roster_replan(&o.in, o.published, first_day, 2, *state, NULL, &s),
			ROSTER_BEST);
		for (int32_t k = 0; k < o.in.people * o.in.days; k++) {
			if (k % o.in.days < first_day)
				assert_int_equal(s.home[k], o.published[k]);
		}
		freeze(&o, first_day);
		o.in.published = o.published;
		struct worth ours = judge(&o, s.home), best = best_of_all(&o).worth;
		assert_int_equal(compare(&ours, &best), 0);
		assert_int_equal(s.changes, best.changes);
		assert_int_equal(s.cost, best.cost);
		changed += best.changes > 0;
		kept += best.changes == 0;
	}
	assert_true(changed > INSTANCES / 5 && kept > INSTANCES / 10);
}

/* Two are home a day; one who was falls ill on the third day, and the two must stay two. */
static void test_one_falls_ill(void **state)
{
	static struct office o;
	struct roster_solution s, then;
	make_office(&o, 6, 5, 1);
	limit_group(&o, 0, 2, 2);
	for (int32_t p = 0; p < 6; p++)
		o.person[p].most = 2;
	assert_int_equal(roster_solve(&o.in, *state, NULL, &s), ROSTER_BEST);
	int32_t ill = 0;
	while (!s.home[ill * 5 + 2])
		ill++;
	for (int32_t d = 2; d < 5; d++)
		o.cell[ill * 5 + d] = CELL_OFFICE;
	int32_t lost = s.home[ill * 5 + 2] + s.home[ill * 5 + 3] + s.home[ill * 5 + 4];
	assert_int_equal(roster_replan(&o.in, s.home, 2, 1, *state, NULL, &then), ROSTER_BEST);
	assert_int_equal(then.breaches, 0);
	assert_true(then.changes >= lost && then.changes <= 3 * lost);
	for (int32_t p = 0; p < 6; p++)
		assert_memory_equal(then.home + p * 5, s.home + p * 5, 2);
	/* nothing happened: nothing changes */
	assert_int_equal(roster_replan(&o.in, then.home, 2, 1, *state, NULL, &s), ROSTER_BEST);
	assert_int_equal(s.changes, 0);
	assert_memory_equal(s.home, then.home, 30);
}

/* ---- the frontier ---- */

static void set_share(void *context, int32_t percent, struct roster_limit *limit)
{
	const struct office *o = context;
	for (int32_t d = 0; d < o->in.days; d++)
		limit[d].most = o->in.people * percent / 100;
}

/* Ten who ask for two days of five each: 20 days, which a share of 40 per cent first lets. */
static void test_what_a_share_breaks(void **state)
{
	static const int32_t percent[] = {30, 35, 40, 50, 100};
	static const int64_t broken[] = {5, 5, 0, 0, 0};
	static struct office o;
	struct roster_share_step step[5];
	(void)state;
	make_office(&o, 10, 5, 1);
	limit_group(&o, 0, 0, 1);
	for (int32_t i = 0; i < 50; i++)
		o.wish[i] = -1;
	for (int32_t p = 0; p < 10; p++)
		o.person[p].week_least = 2;
	assert_int_equal(
		roster_find_frontier(&o.in, percent, 5, set_share, &o, 2, NULL, step), ROSTER_BEST);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(step[i].percent, percent[i]);
		assert_int_equal(step[i].broken[RANK_QUOTA], broken[i]);
		assert_int_equal(step[i].broken[RANK_AGENCY], 0);
		assert_int_equal(step[i].cost, -(10 * percent[i] / 100 * 5));
	}
	assert_int_equal(o.limit[0].most, 1); /* the instance is as it was */
}

/* ---- a price ---- */

static struct worth worth_of(const struct roster_solution *s)
{
	struct worth w = {.cost = s->cost};
	memcpy(w.broken, s->broken, sizeof w.broken);
	return w;
}

static void test_a_price_against_the_whole_network(void **state)
{
	static struct office o;
	struct chance c = {20260102};
	int best = 0, coupled = 0;
	for (int i = 0; i < INSTANCES; i++) {
		struct roster_solution exact;
		struct roster_priced priced, again;
		arena_reset(*state);
		make_random(&o, &c);
		for (int32_t d = 0; d < o.in.days; d++) {
			int32_t least = chance_between(&c, 0, 1);
			o.limit[d] = (struct roster_limit){least, least + chance_between(&c, 0, 1)};
		}
		assert_int_equal(roster_solve(&o.in, *state, NULL, &exact), ROSTER_BEST);
		assert_int_equal(
			roster_solve_priced(&o.in, 6, 2, *state, NULL, &priced), ROSTER_BEST);
		struct worth ours = judge(&o, priced.solution.home);
		struct worth said = worth_of(&priced.solution), optimum = worth_of(&exact);
		struct worth least = {.cost = priced.least_cost};
		memcpy(least.broken, priced.least_broken, sizeof least.broken);
		assert_int_equal(compare(&ours, &said), 0);
		assert_true(compare(&least, &optimum) <= 0);
		assert_true(compare(&optimum, &ours) <= 0);
		assert_int_equal(priced.is_best, compare(&least, &ours) == 0);
		int64_t named = 0, broken = 0;
		for (int32_t k = 0; k < priced.solution.breaches; k++)
			named += priced.solution.breach[k].amount;
		for (int r = 0; r < RANKS; r++)
			broken += priced.solution.broken[r];
		assert_int_equal(named, broken);
		best += compare(&optimum, &ours) == 0;
		coupled += priced.rounds > 1;
		assert_int_equal(
			roster_solve_priced(&o.in, 6, 1, *state, NULL, &again), ROSTER_BEST);
		assert_memory_equal(again.solution.home, priced.solution.home,
			(size_t)(o.in.people * o.in.days));
	}
	assert_true(best > INSTANCES / 2 && coupled > INSTANCES / 10);
}

/* A small government: what a price lacks is little. */
static void test_a_price_comes_close(void **state)
{
	const struct roster_generator g = {.employees = 2500, .days = 10, .seed = 7};
	struct roster_instance in;
	struct roster_priced priced;
	struct roster_solution exact;
	roster_generate(&g, *state, &in);
	struct roster_limit *limit = (struct roster_limit *)in.limit;
	for (int32_t d = 0; d < in.days; d++) {
		int32_t could = 0;
		for (int32_t p = 0; p < in.people; p++)
			could += in.cell[p * in.days + d] != CELL_OFFICE;
		limit[d].most = could * 3 / 10;
	}
	assert_int_equal(roster_solve_priced(&in, 6, 2, *state, NULL, &priced), ROSTER_BEST);
	assert_int_equal(roster_solve(&in, *state, NULL, &exact), ROSTER_BEST);
	assert_int_equal(exact.breaches, 0);
	assert_int_equal(priced.solution.breaches, 0);
	assert_true(priced.least_cost <= exact.cost && exact.cost <= priced.solution.cost);
	assert_true(priced.solution.cost - priced.least_cost < -priced.least_cost / 100);
	for (int32_t d = 0; d < in.days; d++)
		assert_true(priced.solution.price[d] > 0);
}

/* ---- fair shares ---- */

static void test_fair_shares_in_figures(void **state)
{
	/* who was away half of the past; who had too much; who cannot be home; a newcomer */
	static const struct roster_turns who[] = {
		{10, 40, 20}, {10, 20, 10}, {10, 40, 30}, {0, 40, 0}, {10, 0, 0}};
	int32_t share[5];
	roster_fair_shares(who, 5, 20, *state, share);
	int32_t sum = 0;
	for (int p = 0; p < 5; p++)
		sum += share[p];
	assert_int_equal(sum, 20);
	assert_int_equal(share[3], 0);
	assert_true(share[0] > share[2]);
	assert_int_equal(share[2], 0);
	/* nobody has a past: alike, and what is over goes to the first */
	static const struct roster_turns alike[] = {{5, 0, 0}, {5, 0, 0}, {5, 0, 0}};
	roster_fair_shares(alike, 3, 7, *state, share);
	assert_int_equal(share[0], 3);
	assert_int_equal(share[1], 2);
	assert_int_equal(share[2], 2);
	roster_fair_shares(alike, 3, 100, *state, share); /* more than there is */
	assert_int_equal(share[2], 5);
	roster_fair_shares(alike, 3, 0, *state, share);
	assert_int_equal(share[0] + share[1] + share[2], 0);
	roster_fair_shares(alike, 0, 5, *state, share); /* nobody */
}

/*
 * Of any two, who could take a day more has not so little that the other, with a day less, would
 * still have more for the days he could be home.
 */
static void check_fairness(
	const struct roster_turns *who, int32_t people, int64_t capacity, const int32_t *share)
{
	int64_t sum = 0, free = 0;
	for (int32_t i = 0; i < people; i++) {
		const struct roster_turns *a = &who[i];
		assert_true(share[i] >= 0 && share[i] <= a->free_now);
		sum += share[i];
		free += a->free_now;
		for (int32_t j = 0; j < people; j++) {
			const struct roster_turns *b = &who[j];
			if (share[i] == a->free_now || share[j] == 0)
				continue;
			assert_true((int64_t)(b->home_past + share[j] - 1) *
					    (a->free_past + a->free_now) <=
				    (int64_t)(a->home_past + share[i] + 1) *
					    (b->free_past + b->free_now));
		}
	}
	assert_int_equal(sum, capacity < free ? capacity : free);
}

static void test_fair_shares_are_fair(void **state)
{
	struct chance c = {20260103};
	for (int i = 0; i < INSTANCES; i++) {
		struct roster_turns who[30];
		int32_t share[30], people = chance_between(&c, 1, 30);
		int64_t free = 0;
		arena_reset(*state);
		for (int32_t p = 0; p < people; p++) {
			int32_t past = chance_between(&c, 0, 250);
			who[p] = (struct roster_turns){chance_between(&c, 0, 23), past,
				past ? chance_between(&c, 0, past) : 0};
			free += who[p].free_now;
		}
		int64_t capacity = chance_between(&c, 0, (int32_t)free + 5);
		roster_fair_shares(who, people, capacity, *state, share);
		check_fairness(who, people, capacity, share);
	}
}

/* The largest ledger there can be: nothing overflows. */
static void test_fair_shares_of_a_government(void **state)
{
	struct roster_turns *who = ARENA_ARRAY(*state, ROSTER_PEOPLE_MAX, struct roster_turns);
	int32_t *share = ARENA_ARRAY(*state, ROSTER_PEOPLE_MAX, int32_t);
	for (int32_t p = 0; p < ROSTER_PEOPLE_MAX; p++)
		who[p] = (struct roster_turns){ROSTER_DAYS_MAX,
			ROSTER_LEDGER_DAYS_MAX - ROSTER_DAYS_MAX, p % ROSTER_LEDGER_DAYS_MAX};
	int64_t sum = 0, capacity = 600000;
	roster_fair_shares(who, ROSTER_PEOPLE_MAX, capacity, *state, share);
	for (int32_t p = 0; p < ROSTER_PEOPLE_MAX; p++)
		sum += share[p];
	assert_int_equal(sum, capacity);
	assert_int_equal(share[0], ROSTER_DAYS_MAX);
	assert_int_equal(share[ROSTER_LEDGER_DAYS_MAX - 1], 0);
}

/* ---- a stop ---- */

static void test_a_stop_ends_everything(void **state)
{
	const struct roster_generator g = {.employees = 900, .days = 22, .seed = 1};
	static const int32_t percent[] = {50};
	static struct office o;
	_Atomic bool stop = true;
	struct roster_instance in;
	struct roster_solution s;
	struct roster_priced priced;
	struct roster_clashes clashes;
	struct roster_share_step step;
	roster_generate(&g, *state, &in);
	uint8_t *published = ARENA_ARRAY(*state, (size_t)(in.people * in.days), uint8_t);
	assert_int_equal(roster_solve(&in, *state, &stop, &s), ROSTER_STOPPED);
	assert_int_equal(roster_solve_parts(&in, 2, *state, &stop, &s), ROSTER_STOPPED);
	assert_int_equal(roster_replan(&in, published, 3, 2, *state, &stop, &s), ROSTER_STOPPED);
	assert_int_equal(roster_solve_priced(&in, 3, 2, *state, &stop, &priced), ROSTER_STOPPED);
	((struct roster_person *)in.person)[0].week_least = 1;
	assert_int_equal(roster_find_clashes(&in, *state, &stop, &clashes), ROSTER_STOPPED);
	assert_int_equal(
		roster_find_clashes_parts(&in, 2, *state, &stop, &clashes), ROSTER_STOPPED);
	make_office(&o, 10, 5, 1);
	o.in.fairness = 1;
	for (int32_t p = 0; p < 10; p++)
		o.person[p].share = 2;
	assert_int_equal(roster_find_frontier(&o.in, percent, 1, set_share, &o, 1, &stop, &step),
		ROSTER_STOPPED);
}

struct solves {
	struct flow_net net;
	struct flow_result result;
	_Atomic bool stop;
	_Atomic int started;
};

/* Solves until it is stopped in the middle of one: at a look, not between two. */
static void *solve_until_stopped(void *context)
{
	struct solves *s = context;
	while (flow_solve(&s->net, &s->stop, INT64_MAX, &s->result) == FLOW_OPTIMAL)
		s->started++;
	return NULL;
}

/* A network says itself how many pivots a solve of it may take, and holds to it. */
static void test_a_solve_has_a_limit(void **state)
{
	const struct roster_generator g = {.employees = 300, .days = 22, .seed = 1};
	struct roster_instance in;
	struct flow_result r;
	roster_generate(&g, *state, &in);
	struct network n = {.in = &in, .arena = *state};
	network_build(&n);
	assert_int_equal(n.pivots_max, 100 * (int64_t)(n.net.arcs + n.net.nodes));
	for (int32_t a = 0; a < n.net.arcs; a++)
		n.net.cost[a] = n.part[a].cost;
	assert_int_equal(network_solve(&n, &r), ROSTER_BEST);
	int64_t needed = r.pivots;
	assert_true(needed > 0 && needed < n.pivots_max / 50);
	n.pivots_max = needed;
	assert_int_equal(network_solve(&n, &r), ROSTER_BEST);
	n.pivots_max = needed - 1;
	assert_int_equal(network_solve(&n, &r), ROSTER_LIMIT);
	assert_int_equal(r.pivots, needed - 1);
}

static void test_a_stop_while_it_runs(void **state)
{
	static struct solves s;
	struct chance c = {5};
	pthread_t thread;
	flow_init(&s.net, *state, 400, 8000);
	for (int32_t a = 0; a < 8000; a++)
		flow_add_arc(&s.net, chance_below(&c, 400), chance_below(&c, 400),
			chance_between(&c, 1, 9), chance_between(&c, -50, 50));
	assert_int_equal(pthread_create(&thread, NULL, solve_until_stopped, &s), 0);
	while (s.started < 2)
		;
	s.stop = true;
	pthread_join(thread, NULL);
	assert_int_equal(s.result.pivots % FLOW_LOOK_EVERY, 0);
	assert_int_equal(flow_solve(&s.net, &s.stop, INT64_MAX, &s.result), FLOW_STOPPED);
	assert_int_equal(s.result.pivots, 0);
	s.stop = false;
	assert_int_equal(flow_solve(&s.net, &s.stop, INT64_MAX, &s.result), FLOW_OPTIMAL);
	assert_true(s.result.pivots > FLOW_LOOK_EVERY);
	assert_true(flow_is_optimal(&s.net, &s.result));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_a_replan_changes_the_fewest_cells),
		ARENA_TEST(test_one_falls_ill),
		ARENA_TEST(test_what_a_share_breaks),
		ARENA_TEST(test_a_price_against_the_whole_network),
		ARENA_TEST(test_a_price_comes_close),
		ARENA_TEST(test_fair_shares_in_figures),
		ARENA_TEST(test_fair_shares_are_fair),
		ARENA_TEST(test_fair_shares_of_a_government),
		ARENA_TEST(test_a_stop_ends_everything),
		ARENA_TEST(test_a_solve_has_a_limit),
		ARENA_TEST(test_a_stop_while_it_runs),
	};
	return cmocka_run_group_tests_name("roster_decide", tests, NULL, NULL);
}
