/* Rules of plans of results (PermenPANRB 6/2022), each case with what it proves. */
#include "reports/reports_target.h"

#include "base/date.h"
#include "base/str.h"
#include "platform/slice.h"

#define TEST_ARENA_BYTES (1024 * 1024)
#include "platform/test_arena.h"

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_true(day_parse(text, &day));
	return day;
}

static void test_periods(void **state)
{
	static const struct {
		enum report_period period;
		const char *day, *first, *last;
	} cases[] = {
		{PERIOD_ANNUAL, "2025-11-13", "2025-01-01", "2025-12-31"},
		{PERIOD_ANNUAL, "2025-01-01", "2025-01-01", "2025-12-31"},
		{PERIOD_QUARTERLY, "2025-11-13", "2025-10-01", "2025-12-31"},
		{PERIOD_QUARTERLY, "2025-12-31", "2025-10-01", "2025-12-31"},
		{PERIOD_QUARTERLY, "2026-01-01", "2026-01-01", "2026-03-31"},
		{PERIOD_QUARTERLY, "2024-02-29", "2024-01-01", "2024-03-31"},
		{PERIOD_QUARTERLY, "2025-09-30", "2025-07-01", "2025-09-30"},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		int32_t first, last;

		reports_period_of(cases[i].period, day_of(cases[i].day), &first, &last);
		assert_int_equal(first, day_of(cases[i].first));
		assert_int_equal(last, day_of(cases[i].last));
	}
}

static void test_progress(void **state)
{
	static const struct {
		int64_t reached, planned;
		int share;
	} cases[] = {
		{0, 600, 0}, {300, 600, 500}, {600, 600, 1000}, {900, 600, 1500}, {1, 3, 333},
		{2, 3, 667},                /* half up */
		{1, 2000, 1}, {1, 2001, 0}, /* a half and less than a half of a thousandth */
		{1000000, 1, 9999},         /* bounded */
		{5, 0, -1},                 /* nothing was planned */
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
			reports_progress(cases[i].reached, cases[i].planned), cases[i].share);
}

static void test_units_of_measure(void **state)
{
	struct arena *arena = *state;
	static const struct {
		const char *a, *b;
		bool is_same;
	} cases[] = {
		{"berkas", "Berkas", true},
		{"  jam   pelajaran ", "Jam Pelajaran", true},
		{"berkas", "surat", false},
		{"jam", "jam pelajaran", false},
		{"", "berkas", false},
	};

	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(str_eq(reports_unit_key(arena, cases[i].a),
					 reports_unit_key(arena, cases[i].b)),
			cases[i].is_same);
}

#define QUANTITY(n)                                                                                \
	{                                                                                          \
		ASPECT_QUANTITY, "Jumlah", n, "berkas"                                             \
	}

static void test_faults(void **state)
{
	static struct target_measure one[] = {QUANTITY(1)}, none[] = {QUANTITY(0)},
				     two[] = {QUANTITY(1), QUANTITY(2)},
				     late[] = {{ASPECT_TIME, "Selesai", 0, "hari"}};
	const struct {
		const char *what;
		struct target target[2];
		const char *field; /* NULL: nothing is wrong */
		int at, measure;
	} cases[] = {
		{"a quantity and a time of 0 days",
			{{1, TARGET_MAIN, "a", 0, one, 1}, {2, TARGET_ADDITIONAL, "b", 0, late, 1}},
			NULL, 0, 0},
		{"new ones have no id yet",
			{{0, TARGET_MAIN, "a", 0, one, 1}, {0, TARGET_MAIN, "b", 0, one, 1}}, NULL,
			0, 0},
		{"a quantity of nothing",
			{{1, TARGET_MAIN, "a", 0, one, 1}, {2, TARGET_MAIN, "b", 0, none, 1}},
			"amount", 1, 0},
		{"two quantities: which would count?",
			{{1, TARGET_MAIN, "a", 0, two, 2}, {2, TARGET_MAIN, "b", 0, one, 1}},
			"measures", 0, -1},
		{"one id twice",
			{{7, TARGET_MAIN, "a", 0, one, 1}, {7, TARGET_MAIN, "b", 0, one, 1}},
			"target", 1, -1},
		{"derived from itself",
			{{1, TARGET_MAIN, "a", 0, one, 1}, {2, TARGET_MAIN, "b", 2, one, 1}},
			"parent", 1, -1},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct target_fault f;
		bool found = reports_find_target_fault(cases[i].target, 2, &f);

		if (found != (cases[i].field != NULL))
			fail_msg("%s: %s", cases[i].what, found ? f.field : "no fault");
		if (!found)
			continue;
		assert_string_equal(f.field, cases[i].field);
		assert_int_equal(f.target, cases[i].at);
		assert_int_equal(f.measure, cases[i].measure);
	}
}

/* A plan is made before and during its period, never after it. */
static void test_begin(void **state)
{
	static const struct {
		enum report_period period;
		const char *of, *today;
		enum err verdict;
	} cases[] = {
		{PERIOD_ANNUAL, "2025-01-01", "2025-12-31", OK},
		{PERIOD_ANNUAL, "2025-01-01", "2026-01-01", E_BAD_FIELD},
		{PERIOD_ANNUAL, "2026-06-01", "2025-11-13", OK},
		{PERIOD_ANNUAL, "2027-01-01", "2025-11-13", E_BAD_FIELD},
		{PERIOD_QUARTERLY, "2025-11-13", "2025-11-13", OK},
		{PERIOD_QUARTERLY, "2025-09-30", "2025-10-01", E_BAD_FIELD},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		int32_t first, last;

		reports_period_of(cases[i].period, day_of(cases[i].of), &first, &last);
		assert_int_equal(reports_decide_plan_begin(first, last, day_of(cases[i].today)),
			cases[i].verdict);
	}
}

/* Who may do what in which state. Rows: save, propose, agree or return, revise. */
static void test_states(void **state)
{
	static const struct {
		enum plan_state at;
		enum err save, propose, verdict, revise;
	} cases[] = {
		{PLAN_DRAFT, OK, OK, E_REFUSED, E_REFUSED},
		{PLAN_PROPOSED, OK, E_REFUSED, OK, E_REFUSED}, /* saved again it is a draft */
		{PLAN_AGREED, E_REFUSED, E_REFUSED, E_REFUSED, OK},
		{PLAN_RETURNED, OK, OK, E_REFUSED, E_REFUSED},
		{PLAN_REPLACED, E_REFUSED, E_REFUSED, E_REFUSED, E_REFUSED},
		{PLAN_CLOSED, E_REFUSED, E_REFUSED, E_REFUSED, E_REFUSED},
	};
	static const struct target main_result[] = {{1, TARGET_MAIN, "a", 0, NULL, 0}},
				   extra[] = {{1, TARGET_ADDITIONAL, "a", 0, NULL, 0}};
	const struct employee_id owner = {1}, superior = {2};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct target_plan p = {
			.owner = owner, .version = 3, .state = (int32_t)cases[i].at};

		assert_int_equal(reports_decide_plan_save(&p, 3), cases[i].save);
		assert_int_equal(
			reports_decide_plan_propose(&p, 3, main_result, 1), cases[i].propose);
		assert_int_equal(reports_decide_plan_verdict(&p, superior, 3), cases[i].verdict);
		assert_int_equal(reports_decide_plan_revise(&p), cases[i].revise);
		/* nobody agrees with himself, whatever the state; nobody decides about what he has
		 * not read */
		assert_int_equal(reports_decide_plan_verdict(&p, owner, 3), E_SELF);
		assert_int_equal(reports_decide_plan_save(&p, 2), E_STALE);
		assert_int_equal(reports_decide_plan_propose(&p, 2, main_result, 1), E_STALE);
		assert_int_equal(reports_decide_plan_verdict(&p, superior, 2), E_STALE);
	}
	/* a plan has a main result at least */
	const struct target_plan draft = {.owner = owner, .version = 1};
	assert_int_equal(reports_decide_plan_propose(&draft, 1, extra, 1), E_REPORT_EMPTY);
	assert_int_equal(reports_decide_plan_propose(&draft, 1, NULL, 0), E_REPORT_EMPTY);
}

/* PermenPANRB 6/2022: assessed when its period is over, by the superior, and changed no more. */
static void test_close(void **state)
{
	static const struct {
		enum plan_state at;
		int64_t actor;
		int32_t version;
		const char *today;
		enum err verdict;
	} cases[] = {
		{PLAN_AGREED, 2, 3, "2026-01-01", OK},
		{PLAN_AGREED, 2, 3, "2025-12-31", E_REFUSED},
		{PLAN_AGREED, 1, 3, "2026-01-01", E_SELF},
		{PLAN_AGREED, 2, 2, "2026-01-01", E_STALE},
		{PLAN_DRAFT, 2, 3, "2026-01-01", E_REFUSED},
		{PLAN_PROPOSED, 2, 3, "2026-01-01", E_REFUSED},
		{PLAN_RETURNED, 2, 3, "2026-01-01", E_REFUSED},
		{PLAN_REPLACED, 2, 3, "2026-01-01", E_REFUSED},
		{PLAN_CLOSED, 2, 3, "2026-01-01", E_REFUSED},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct target_plan p = {.owner = {1},
			.version = 3,
			.state = (int32_t)cases[i].at,
			.last_day = day_of("2025-12-31")};

		assert_int_equal(reports_decide_plan_close(&p, (struct employee_id){cases[i].actor},
					 cases[i].version, day_of(cases[i].today)),
			cases[i].verdict);
	}
}

/* Diskominfo Jawa Barat: the plan stands the day before (H-1). In time, late or missing are facts.
 */
static void test_day_plan(void **state)
{
	static const struct {
		int64_t due, said, now;
		enum day_plan_state shown;
	} cases[] = {
		{NO_INSTANT, NO_INSTANT, 50, DAY_PLAN_NOT_ASKED},
		{NO_INSTANT, 40, 50, DAY_PLAN_NOT_ASKED}, /* said of one's own accord */
		{100, NO_INSTANT, 100, DAY_PLAN_AWAITED},
		{100, NO_INSTANT, 101, DAY_PLAN_MISSING},
		{100, 100, 300, DAY_PLAN_IN_TIME},
		{100, 101, 300, DAY_PLAN_LATE},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(reports_decide_day_plan(cases[i].due, cases[i].said, cases[i].now),
			cases[i].shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_periods),
		ARENA_TEST(test_progress),
		ARENA_TEST(test_units_of_measure),
		ARENA_TEST(test_faults),
		ARENA_TEST(test_begin),
		ARENA_TEST(test_states),
		ARENA_TEST(test_close),
		ARENA_TEST(test_day_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
