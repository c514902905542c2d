/* The best roster: against every roster there is, on small instances; and the offices of the
 * papers. */
#include "roster/roster_test_instance.h"

#include <limits.h>
#include <string.h>

#define TEST_ARENA_BYTES ((size_t)256 * 1024 * 1024)
#include "platform/test_arena.h"

#define INSTANCES 1500

/* As a whole and in parts: the rosters may differ, what they are worth may not. */
static struct roster_solution solve(struct office *o, struct arena *arena)
{
	struct roster_solution s, parts;
	assert_null(roster_check_instance(&o->in, arena));
	assert_int_equal(roster_solve(&o->in, arena, NULL, &s), ROSTER_BEST);
	assert_int_equal(roster_solve_parts(&o->in, 2, arena, NULL, &parts), ROSTER_BEST);
	assert_int_equal(parts.changes, s.changes);
	assert_int_equal(parts.cost, s.cost);
	assert_memory_equal(parts.broken, s.broken, sizeof s.broken);
	return s;
}

static int32_t people_home(const struct office *o, const struct roster_solution *s, int32_t d)
{
	int32_t n = 0;
	for (int32_t p = 0; p < o->in.people; p++)
		n += s->home[p * o->in.days + d];
	return n;
}

/* ---- the offices of the papers ---- */

/* Jawa Barat's second phase: at most half of ten are home on a day, everybody equally often. */
static void test_half_of_an_office_by_turns(void **state)
{
	static struct office o;
	make_office(&o, 10, 20, 1);
	limit_group(&o, 0, 0, 5);
	o.in.fairness = 4;
	for (int32_t p = 0; p < 10; p++) {
		o.person[p].share = 10;
		for (int32_t d = 0; d < 20; d++)
			o.wish[p * 20 + d] = (int16_t)(d % 5 == 4 ? -10 : -1); /* Fridays */
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	for (int32_t p = 0; p < 10; p++)
		assert_int_equal(days_home(&o, &s, p), 10);
	for (int32_t d = 0; d < 20; d++)
		assert_int_equal(people_home(&o, &s, d), 5);
}

/* A counter of three never has fewer than two, whatever is wished. */
static void test_a_counter_stays_open(void **state)
{
	static struct office o;
	make_office(&o, 3, 5, 2);
	o.group[1].rank = RANK_SERVICE;
	limit_group(&o, 1, 0, 1);
	for (int32_t p = 0; p < 3; p++) {
		o.person[p].group = 1;
		for (int32_t d = 0; d < 5; d++)
			o.wish[p * 5 + d] = -100;
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	for (int32_t d = 0; d < 5; d++)
		assert_int_equal(people_home(&o, &s, d), 1);
}

/* Ten who each must have two days in a week where one a day may: the quotas give way, not the post.
 */
static void test_quotas_give_way_before_the_service(void **state)
{
	static struct office o;
	make_office(&o, 10, 5, 2);
	o.group[1].rank = RANK_SERVICE;
	limit_group(&o, 1, 0, 1);
	for (int32_t p = 0; p < 10; p++) {
		o.person[p].group = 1;
		o.person[p].week_least = o.person[p].week_most = 2;
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_SERVICE], 0);
	assert_int_equal(s.broken[RANK_QUOTA], 15); /* twenty days asked for, five there are */
	int32_t named = 0;
	for (int32_t i = 0; i < s.breaches; i++) {
		assert_int_equal(s.breach[i].rank, RANK_QUOTA);
		assert_true(s.breach[i].is_below);
		assert_int_equal(s.breach[i].place.kind, PLACE_WEEK);
		named += s.breach[i].amount;
	}
	assert_int_equal(named, 15);
}

/* One day more than the agency may or three quotas less: the agency's share is kept. */
static void test_a_higher_rank_outweighs_many_of_a_lower(void **state)
{
	static struct office o;
	make_office(&o, 3, 1, 1);
	limit_group(&o, 0, 0, 0);
	for (int32_t p = 0; p < 3; p++)
		o.person[p].least = 1;
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_AGENCY], 0);
	assert_int_equal(s.broken[RANK_QUOTA], 3);
}

static void test_nobody_starves_over_a_year(void **state)
{
	static struct office o;
	int32_t had[14] = {0};
	for (int month = 0; month < 12; month++) {
		arena_reset(*state);
		make_office(&o, 14, 20, 1);
		limit_group(&o, 0, 0, 3);
		o.in.fairness = 10;
		int32_t least = INT32_MAX, most = 0;
		for (int32_t p = 0; p < 14; p++) {
			/* 60 days for 14: 4 2/7 in a month; the ledger carries what is over */
			int32_t due = (month + 1) * 60 / 14 - had[p];
			o.person[p].share = due < 0 ? 0 : due;
			for (int32_t d = 0; d < 20; d++)
				o.wish[p * 20 + d] = (int16_t)(p < 7 ? -9 : -1);
		}
		struct roster_solution s = solve(&o, *state);
		for (int32_t p = 0; p < 14; p++) {
			had[p] += days_home(&o, &s, p);
			least = had[p] < least ? had[p] : least;
			most = had[p] > most ? had[p] : most;
		}
		assert_true(most - least <= 2);
	}
}

static void test_locked_cells_stay(void **state)
{
	static struct office o;
	make_office(&o, 4, 5, 1);
	limit_group(&o, 0, 0, 1);
	for (int32_t p = 0; p < 3; p++)
		o.cell[p * 5 + 2] = CELL_HOME;
	o.cell[3 * 5 + 1] = CELL_OFFICE;
	for (int32_t i = 0; i < 20; i++)
		o.wish[i] = -1;
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(people_home(&o, &s, 2), 3);
	assert_int_equal(s.breaches, 1);
	assert_int_equal(s.breach[0].amount, 2);
	assert_int_equal(s.breach[0].place.column, 2);
	assert_int_equal(s.home[3 * 5 + 1], 0);
	assert_int_equal(people_home(&o, &s, 1), 1);
}

/* Everybody wants Monday and Friday; one of the two he may have, and two days a week. */
static void test_not_both_edges_of_a_week(void **state)
{
	static struct office o;
	make_office(&o, 4, 10, 1);
	for (int32_t d = 0; d < 10; d++)
		o.edge[d] = d % 5 == 0 || d % 5 == 4;
	for (int32_t p = 0; p < 4; p++) {
		o.person[p].week_most = 2;
		o.person[p].edge_most = 1;
		for (int32_t d = 0; d < 10; d++)
			o.wish[p * 10 + d] = (int16_t)(o.edge[d] ? -10 : -1);
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	for (int32_t p = 0; p < 4; p++) {
		assert_int_equal(days_home(&o, &s, p), 4);
		for (int32_t w = 0; w < 10; w += 5)
			assert_int_equal(s.home[p * 10 + w] + s.home[p * 10 + w + 4], 1);
	}
}

/* Everybody is locked at home on every day, and nothing allows it. */
static void test_every_limit_can_break_at_once(void **state)
{
	static struct office o;
	make_office(&o, 40, 10, 1);
	limit_group(&o, 0, 0, 0);
	memset(o.cell, CELL_HOME, sizeof o.cell);
	for (int32_t d = 0; d < 10; d++)
		o.edge[d] = d % 5 == 0 || d % 5 == 4;
	for (int32_t p = 0; p < 40; p++)
		o.person[p].week_most = o.person[p].edge_most = o.person[p].most = 0;
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 10 + 40 * (2 + 2 + 1));
	assert_int_equal(s.broken[RANK_AGENCY], 400);
	assert_int_equal(s.broken[RANK_QUOTA], 40 * (10 + 4 + 10));
	assert_int_equal(s.home[40 * 10 - 1], 1); /* nothing was written over it */
}

static void test_nobody_and_nothing(void **state)
{
	static struct office o;
	make_office(&o, 0, 1, 1);
	assert_int_equal(solve(&o, *state).breaches, 0);
	make_office(&o, 5, 5, 1); /* a month of holidays */
	memset(o.cell, CELL_OFFICE, sizeof o.cell);
	limit_group(&o, 0, 0, 2);
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	assert_int_equal(s.cost, 0);
	limit_group(&o, 0, 2, 3); /* at least two of people who cannot */
	s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_AGENCY], 10);
}

/* ---- against every roster there is ---- */

static void test_clashes_prove_what_must_break(void **state)
{
	static struct office o;
	struct chance c = {20251202};
	for (int i = 0; i < INSTANCES; i++) {
		struct roster_clashes found;
		int64_t sum = 0;
		arena_reset(*state);
		make_random(&o, &c);
		assert_int_equal(roster_find_clashes(&o.in, *state, NULL, &found), ROSTER_BEST);
		assert_int_equal(found.short_by, best_of_all(&o).least_broken);
		struct roster_clashes parts;
		assert_int_equal(
			roster_find_clashes_parts(&o.in, 2, *state, NULL, &parts), ROSTER_BEST);
		assert_int_equal(parts.short_by, found.short_by);
		for (int32_t k = 0; k < found.count; k++) {
			const struct roster_clash *clash = &found.clash[k];
			int64_t asked = 0, let = 0;
			for (int32_t d = 0; d < clash->ask_count; d++)
				asked += clash->asks[d].days;
			for (int32_t d = 0; d < clash->let_count; d++)
				let += clash->lets[d].days;
			assert_int_equal(asked, clash->asked);
			assert_true(clash->let_count == 0 || let == clash->let);
			assert_int_equal(clash->asked - clash->let, clash->short_by);
			assert_true(clash->short_by > 0);
			sum += clash->short_by;
		}
		assert_int_equal(sum, found.short_by);
	}
}

/* Ten quotas of a week against a post of one a day; beside it an office where all is well. */
static void test_a_clash_in_figures(void **state)
{
	static struct office o;
	struct roster_clashes found;
	make_office(&o, 14, 5, 3);
	o.group[1].rank = RANK_SERVICE;
	limit_group(&o, 1, 0, 1);
	limit_group(&o, 2, 0, 2);
	for (int32_t p = 0; p < 14; p++) {
		o.person[p].group = p < 10 ? 1 : 2;
		o.person[p].week_least = o.person[p].week_most = 2;
	}
	assert_int_equal(roster_find_clashes(&o.in, *state, NULL, &found), ROSTER_BEST);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.clash[0].asked, 20);
	assert_int_equal(found.clash[0].let, 5);
	assert_int_equal(found.clash[0].short_by, 15);
	assert_int_equal(found.clash[0].ask_count, 10);
	assert_int_equal(found.clash[0].let_count, 5);
	for (int32_t i = 0; i < 5; i++) {
		assert_int_equal(found.clash[0].lets[i].place.kind, PLACE_GROUP);
		assert_int_equal(found.clash[0].lets[i].place.row, 1);
		assert_int_equal(found.clash[0].lets[i].days, 1);
	}
	for (int32_t i = 0; i < 10; i++) {
		assert_int_equal(found.clash[0].asks[i].place.kind, PLACE_WEEK);
		assert_int_equal(found.clash[0].asks[i].days, 2);
	}
}

static void test_the_best_of_all_rosters(void **state)
{
	static struct office o;
	struct chance c = {20251201};
	int clean = 0, broken = 0;
	for (int i = 0; i < INSTANCES; i++) {
		arena_reset(*state);
		make_random(&o, &c);
		if (i % 2)
			publish_random(&o, &c);
		struct roster_solution s = solve(&o, *state);
		struct worth ours = judge(&o, s.home), best = best_of_all(&o).worth;
		assert_int_equal(compare(&ours, &best), 0);
		struct roster_solution parts;
		assert_int_equal(roster_solve_parts(&o.in, 3, *state, NULL, &parts), ROSTER_BEST);
		struct worth in_parts = judge(&o, parts.home);
		assert_int_equal(compare(&in_parts, &best), 0);
		/* and it says of itself what is true */
		assert_memory_equal(ours.broken, s.broken, sizeof ours.broken);
		assert_int_equal(ours.changes, s.changes);
		assert_int_equal(ours.cost, s.cost);
		clean += s.breaches == 0;
		broken += s.breaches > 0;
	}
	assert_true(clean > INSTANCES / 20 && broken > INSTANCES / 4);
}

/* ---- what cannot be planned ---- */

static void test_unsound_instances_are_named(void **state)
{
	static struct office o;
	make_office(&o, 3, 5, 2);
	o.limit[1 * 5 + 3] = (struct roster_limit){4, 2};
	assert_string_equal(
		roster_check_instance(&o.in, *state), "group 1, day 3: least 4, most 2");
	make_office(&o, 3, 5, 2);
	o.group[1].parent = 1;
	assert_string_equal(
		roster_check_instance(&o.in, *state), "group 1: its parent comes before it");
	make_office(&o, 3, 5, 2);
	o.person[2].group = 2;
	assert_string_equal(roster_check_instance(&o.in, *state), "person 2: no such group");
	make_office(&o, 3, 5, 2);
	o.person[1].week_least = 3;
	o.person[1].week_most = 2;
	assert_string_equal(
		roster_check_instance(&o.in, *state), "person 1: a quota ends before it begins");
	make_office(&o, 3, 5, 2);
	o.wish[7] = 1001;
	assert_string_equal(
		roster_check_instance(&o.in, *state), "person 1, day 2: a wish of 1001");
	make_office(&o, 3, 5, 2);
	o.cell[4] = 3;
	assert_string_equal(roster_check_instance(&o.in, *state), "person 0, day 4: no such cell");
	make_office(&o, 3, 5, 2);
	o.week[2] = 2;
	assert_string_equal(
		roster_check_instance(&o.in, *state), "day 2: weeks are counted from 0");
	make_office(&o, 3, 5, 2);
	o.in.days = 63;
	assert_string_equal(
		roster_check_instance(&o.in, *state), "63 days: from 1 to 62 can be planned");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_half_of_an_office_by_turns),
		ARENA_TEST(test_a_counter_stays_open),
		ARENA_TEST(test_quotas_give_way_before_the_service),
		ARENA_TEST(test_a_higher_rank_outweighs_many_of_a_lower),
		ARENA_TEST(test_nobody_starves_over_a_year),
		ARENA_TEST(test_locked_cells_stay),
		ARENA_TEST(test_not_both_edges_of_a_week),
		ARENA_TEST(test_every_limit_can_break_at_once),
		ARENA_TEST(test_nobody_and_nothing),
		ARENA_TEST(test_the_best_of_all_rosters),
		ARENA_TEST(test_clashes_prove_what_must_break),
		ARENA_TEST(test_a_clash_in_figures),
		ARENA_TEST(test_unsound_instances_are_named),
	};
	return cmocka_run_group_tests_name("roster_solve", tests, NULL, NULL);
}
