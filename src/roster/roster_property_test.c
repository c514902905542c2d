/* What holds for every office: nobody starves over a year, and the offices at the edge of what can
 * be planned give the roster they must. */
#include "roster/roster_even.h"
#include "roster/roster_fair.h"
#include "roster/roster_test_instance.h"

#include <limits.h>

#define TEST_ARENA_BYTES ((size_t)256 * 1024 * 1024)
#include "platform/test_arena.h"

#define MONTHS 12

static struct roster_solution solve(struct office *o, struct arena *arena)
{
	struct roster_solution s;
	assert_null(roster_check_instance(&o->in, arena));
	assert_int_equal(roster_solve_parts(&o->in, 2, arena, NULL, &s), ROSTER_BEST);
	struct worth true_worth = judge(o, s.home);
	assert_memory_equal(true_worth.broken, s.broken, sizeof s.broken);
	assert_int_equal(true_worth.cost, s.cost);
	return s;
}

static int64_t broken(const struct roster_solution *s)
{
	return s->broken[RANK_SERVICE] + s->broken[RANK_AGENCY] + s->broken[RANK_UNIT] +
	       s->broken[RANK_QUOTA];
}

/* ---- years ---- */

/* The shares of a period of `capacity` home days, by the ledger. */
static void take_shares(
	struct office *o, struct roster_turns *ledger, int64_t capacity, struct arena *arena)
{
	int32_t share[40];
	for (int32_t p = 0; p < o->in.people; p++) {
		ledger[p].free_now = 0;
		for (int32_t d = 0; d < o->in.days; d++)
			ledger[p].free_now += o->cell[p * o->in.days + d] == CELL_FREE;
	}
	roster_fair_shares(ledger, o->in.people, capacity, arena, share);
	for (int32_t p = 0; p < o->in.people; p++)
		o->person[p].share = share[p];
}

static void write_ledger(
	const struct office *o, struct roster_turns *ledger, const struct roster_solution *s)
{
	for (int32_t p = 0; p < o->in.people; p++) {
		ledger[p].free_past += ledger[p].free_now;
		ledger[p].home_past += days_home(o, s, p);
	}
}

/* Half of them wish for home days much more than the others. */
static void wish_by_half(struct office *o)
{
	for (int32_t p = 0; p < o->in.people; p++) {
		for (int32_t d = 0; d < o->in.days; d++)
			o->wish[p * o->in.days + d] = (int16_t)(p % 2 ? -9 : -1);
	}
}

/* After every month of every year, of all who could be home as often nobody was home two days more
 * than another. */
static void test_nobody_starves_over_a_year(void **state)
{
	static struct office o;
	struct chance c = {20260104};
	for (int office = 0; office < 20; office++) {
		struct roster_turns ledger[40] = {{0}};
		int32_t people = chance_between(&c, 2, 40);
		int32_t most = chance_between(&c, 1, people);
		for (int month = 0; month < MONTHS; month++) {
			arena_reset(*state);
			make_office(&o, people, chance_between(&c, 17, 23), 1);
			limit_group(&o, 0, 0, most);
			o.in.fairness = 10;
			wish_by_half(&o);
			take_shares(&o, ledger, (int64_t)most * o.in.days, *state);
			struct roster_solution s = solve(&o, *state);
			assert_int_equal(s.breaches, 0);
			write_ledger(&o, ledger, &s);
			int32_t low = INT32_MAX, high = 0;
			for (int32_t p = 0; p < people; p++) {
				int32_t had = ledger[p].home_past;
				low = had < low ? had : low;
				high = had > high ? had : high;
			}
			assert_true(high - low <= 1);
		}
	}
}

/*
 * With leaves of whole weeks: after every year everybody's home days are his part of all, as the
 * days he could be home are, but for two.
 */
static void test_a_year_with_leaves(void **state)
{
	static struct office o;
	struct chance c = {20260105};
	for (int office = 0; office < 20; office++) {
		struct roster_turns ledger[40] = {{0}};
		int32_t people = chance_between(&c, 6, 40);
		int32_t most = chance_between(&c, 1, people / 2);
		int64_t free = 0, home = 0;
		for (int month = 0; month < MONTHS; month++) {
			arena_reset(*state);
			make_office(&o, people, 20, 1);
			limit_group(&o, 0, 0, most);
			o.in.fairness = 10;
			wish_by_half(&o);
			for (int32_t p = 0; p < people; p++) {
				if (chance_of(&c, 250))
					memset(o.cell + p * 20 + 5 * chance_between(&c, 0, 3),
						CELL_OFFICE, 5);
			}
			take_shares(&o, ledger, (int64_t)most * 20, *state);
			struct roster_solution s = solve(&o, *state);
			assert_int_equal(s.breaches, 0);
			write_ledger(&o, ledger, &s);
		}
		for (int32_t p = 0; p < people; p++) {
			free += ledger[p].free_past;
			home += ledger[p].home_past;
		}
		for (int32_t p = 0; p < people; p++) {
			int64_t off = ledger[p].home_past * free - ledger[p].free_past * home;
			assert_true(off <= 2 * free && off >= -2 * free);
		}
	}
}

/*
 * Fourteen take turns, one a day, and nobody at weekends (a rota that goes on by calendar days has
 * four of them on Saturdays and Sundays for ever). Seven fortnights are seventy turns: five each.
 */
static void test_fourteen_and_weekends(void **state)
{
	static struct office o;
	struct roster_turns ledger[14] = {{0}};
	for (int fortnight = 1; fortnight <= 7; fortnight++) {
		arena_reset(*state);
		make_office(&o, 14, 10, 1);
		limit_group(&o, 0, 1, 1);
		o.in.fairness = 10;
		take_shares(&o, ledger, 10, *state);
		struct roster_solution s = solve(&o, *state);
		assert_int_equal(s.breaches, 0);
		write_ledger(&o, ledger, &s);
		for (int32_t p = 0; p < 14; p++)
			assert_true(ledger[p].home_past >= fortnight * 10 / 14 &&
				    ledger[p].home_past <= (fortnight * 10 + 13) / 14);
	}
	for (int32_t p = 0; p < 14; p++)
		assert_int_equal(ledger[p].home_past, 5);
}

/* ---- periods ---- */

/* Weeks of one, two, three and four days: two home days a week where there are two. */
static void test_short_weeks(void **state)
{
	static struct office o;
	make_office(&o, 3, 10, 1);
	static const uint8_t week[] = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3};
	memcpy(o.week, week, sizeof week);
	for (int32_t p = 0; p < 3; p++)
		o.person[p].week_least = o.person[p].week_most = 2;
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	for (int32_t p = 0; p < 3; p++) {
		int32_t had[4] = {0};
		for (int32_t d = 0; d < 10; d++)
			had[week[d]] += s.home[p * 10 + d];
		assert_int_equal(had[0], 1);
		for (int32_t w = 1; w < 4; w++)
			assert_int_equal(had[w], 2);
	}
}

/* The longest month and the longest period: a third at home every day, everybody alike. */
static void test_long_periods(void **state)
{
	static const int32_t days[] = {31, ROSTER_DAYS_MAX};
	static struct office o;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		make_office(&o, 30, days[i], 1);
		limit_group(&o, 0, 10, 10);
		o.in.fairness = 10;
		for (int32_t p = 0; p < 30; p++)
			o.person[p].share = days[i] / 3;
		struct roster_solution s = solve(&o, *state);
		assert_int_equal(s.breaches, 0);
		for (int32_t p = 0; p < 30; p++) {
			int32_t had = days_home(&o, &s, p);
			assert_true(had == days[i] / 3 || had == (days[i] + 2) / 3);
		}
	}
}

static void test_no_day_at_all(void **state)
{
	static struct office o;
	make_office(&o, 3, 0, 1);
	assert_string_equal(
		roster_check_instance(&o.in, *state), "0 days: from 1 to 62 can be planned");
}

/* ---- people ---- */

/* Who is not eligible is in the office; what is asked of him asks for nothing. */
static void test_nobody_is_eligible(void **state)
{
	static struct office o;
	make_office(&o, 6, 5, 2);
	limit_group(&o, 0, 0, 3);
	limit_group(&o, 1, 0, 0);
	memset(o.cell, CELL_OFFICE, sizeof o.cell);
	o.in.fairness = 10;
	for (int32_t p = 0; p < 6; p++) {
		o.person[p].group = p % 2;
		o.person[p].week_least = o.person[p].least = 3;
		o.person[p].share = 5;
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	assert_int_equal(s.cost, 0);
	for (int32_t p = 0; p < 6; p++)
		assert_int_equal(days_home(&o, &s, p), 0);
}

/* A post of one with minimum one: he is never home, and it is his quota that says so. */
static void test_a_post_of_one(void **state)
{
	static struct office o;
	make_office(&o, 2, 5, 2);
	o.group[1].rank = RANK_SERVICE;
	o.person[1].group = 1;
	limit_group(&o, 1, 0, 0); /* one is there, one must stay */
	for (int32_t p = 0; p < 2; p++) {
		o.person[p].week_least = 1;
		for (int32_t d = 0; d < 5; d++)
			o.wish[p * 5 + d] = -100;
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(days_home(&o, &s, 0), 5);
	assert_int_equal(days_home(&o, &s, 1), 0);
	assert_int_equal(s.breaches, 1);
	assert_int_equal(s.broken[RANK_QUOTA], 1);
	assert_int_equal(s.breach[0].place.kind, PLACE_WEEK);
	assert_int_equal(s.breach[0].place.row, 1);
	assert_true(s.breach[0].is_below);
}

/* More is asked of a person than there are days: all there are, and nothing is broken. */
static void test_quotas_above_what_there_is(void **state)
{
	static struct office o;
	make_office(&o, 3, 10, 1);
	for (int32_t p = 0; p < 3; p++) {
		o.person[p].week_least = 4;
		o.person[p].least = 9;
		memset(o.cell + p * 10, CELL_OFFICE, 8);
		o.cell[p * 10] = CELL_FREE;
	}
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.breaches, 0);
	for (int32_t p = 0; p < 3; p++)
		assert_int_equal(days_home(&o, &s, p), 3);
	o.person[1].most = 2; /* and where a limit is below it, by what lies between */
	o.person[1].least = 2;
	s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_QUOTA], 1);
	assert_int_equal(broken(&s), 1);
}

/* ---- limits that contradict ---- */

/* More are asked for than can be home, and fewer are let than are locked there. */
static void test_limits_beyond_the_cells(void **state)
{
	static struct office o;
	make_office(&o, 5, 4, 1);
	for (int32_t p = 0; p < 3; p++) /* two can be home */
		memset(o.cell + p * 4, CELL_OFFICE, 4);
	limit_group(&o, 0, 4, 5);
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_AGENCY], 4 * 2);
	assert_int_equal(s.breaches, 4);
	for (int32_t i = 0; i < 4; i++) {
		assert_true(s.breach[i].is_below);
		assert_int_equal(s.breach[i].amount, 2);
	}
	make_office(&o, 5, 4, 1);
	for (int32_t p = 0; p < 3; p++)
		memset(o.cell + p * 4, CELL_HOME, 4);
	limit_group(&o, 0, 0, 1);
	for (int32_t i = 0; i < 20; i++)
		o.wish[i] = -1000;
	s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_AGENCY], 4 * 2);
	for (int32_t i = 0; i < 4; i++)
		assert_true(!s.breach[i].is_below);
	for (int32_t p = 0; p < 5; p++)
		assert_int_equal(days_home(&o, &s, p), p < 3 ? 4 : 0);
}

/* A group asks for two, the one it lies in lets one: the lower rank gives way, whichever it is. */
static void test_a_group_against_the_one_around_it(void **state)
{
	static struct office o;
	make_office(&o, 4, 3, 2);
	limit_group(&o, 0, 0, 1);
	limit_group(&o, 1, 2, 4);
	for (int32_t p = 0; p < 4; p++)
		o.person[p].group = 1;
	struct roster_solution s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_AGENCY], 0);
	assert_int_equal(s.broken[RANK_UNIT], 3);
	o.group[1].rank = RANK_SERVICE;
	s = solve(&o, *state);
	assert_int_equal(s.broken[RANK_SERVICE], 0);
	assert_int_equal(s.broken[RANK_AGENCY], 3);
}

/* ---- even weeks ---- */

static int32_t fullest(const struct office *o, const struct roster_solution *s)
{
	int32_t most = 0;
	for (int32_t d = 0; d < o->in.days; d++) {
		int32_t home = 0;
		for (int32_t p = 0; p < o->in.people; p++)
			home += s->home[p * o->in.days + d];
		most = home > most ? home : most;
	}
	return most;
}

/* Ten people wish for Tuesday and Thursday, two days a week each: four a day, not ten on two. */
static void test_weeks_are_even(void **state)
{
	const struct roster_limit *limit;
	struct office o;
	struct roster_solution s;
	make_office(&o, 10, 10, 1);
	limit_group(&o, 0, 0, 10);
	o.in.fairness = 100;
	for (int32_t p = 0; p < 10; p++) {
		o.person[p].week_most = 2;
		o.person[p].share = 4;
		for (int32_t d = 0; d < 10; d++)
			o.wish[p * 10 + d] = d % 5 == 1 || d % 5 == 3 ? -20 : 0;
	}
	s = solve(&o, *state);
	assert_int_equal(fullest(&o, &s), 10);
	assert_int_equal(roster_solve_even(&o.in, 1, *state, NULL, &s, &limit), ROSTER_BEST);
	assert_int_equal(fullest(&o, &s), 4);
	assert_int_equal(broken(&s), 0);
	for (int32_t p = 0; p < 10; p++)
		assert_int_equal(days_home(&o, &s, p), 4);
}

/* Evenness costs no limit and no day at home, whatever the office. */
static void test_evenness_costs_nothing(void **state)
{
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct chance c = {seed};
		struct office o;
		struct roster_solution even;
		const struct roster_limit *limit;
		make_random(&o, &c);
		struct roster_solution s = solve(&o, *state);
		int32_t home = 0, evenly = 0;
		assert_int_equal(
			roster_solve_even(&o.in, 1, *state, NULL, &even, &limit), ROSTER_BEST);
		struct worth worth = judge(&o, even.home);
		assert_memory_equal(worth.broken, s.broken, sizeof s.broken);
		assert_true(worth.cost >= s.cost);
		for (int32_t p = 0; p < o.in.people; p++) {
			home += days_home(&o, &s, p);
			evenly += days_home(&o, &even, p);
		}
		assert_int_equal(home, evenly);
		arena_reset(*state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_weeks_are_even),
		ARENA_TEST(test_evenness_costs_nothing),
		ARENA_TEST(test_nobody_starves_over_a_year),
		ARENA_TEST(test_a_year_with_leaves),
		ARENA_TEST(test_fourteen_and_weekends),
		ARENA_TEST(test_short_weeks),
		ARENA_TEST(test_long_periods),
		ARENA_TEST(test_no_day_at_all),
		ARENA_TEST(test_nobody_is_eligible),
		ARENA_TEST(test_a_post_of_one),
		ARENA_TEST(test_quotas_above_what_there_is),
		ARENA_TEST(test_limits_beyond_the_cells),
		ARENA_TEST(test_a_group_against_the_one_around_it),
	};
	return cmocka_run_group_tests_name("roster_property", tests, NULL, NULL);
}
