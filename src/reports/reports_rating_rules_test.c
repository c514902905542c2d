/*
 * Cases of the rules of ratings: the matrix of PermenPANRB 6/2022, periods, what is missing, who
 * may save, answer and decide when, and whose superior decides.
 */
#include "reports/reports_rating.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_true(day_parse(text, &day));
	return day;
}

/* PermenPANRB 6/2022, matrix of result of work and behaviour: all nine fields. */
static void test_matrix(void **state)
{
	static const struct {
		int work, behaviour, predicate;
	} cases[] = {
		{EXPECTATION_ABOVE, EXPECTATION_ABOVE, PREDICATE_VERY_GOOD},
		{EXPECTATION_ABOVE, EXPECTATION_AS, PREDICATE_GOOD},
		{EXPECTATION_ABOVE, EXPECTATION_BELOW, PREDICATE_POOR},
		{EXPECTATION_AS, EXPECTATION_ABOVE, PREDICATE_GOOD},
		{EXPECTATION_AS, EXPECTATION_AS, PREDICATE_GOOD},
		{EXPECTATION_AS, EXPECTATION_BELOW, PREDICATE_POOR},
		{EXPECTATION_BELOW, EXPECTATION_ABOVE, PREDICATE_NEEDS_WORK},
		{EXPECTATION_BELOW, EXPECTATION_AS, PREDICATE_NEEDS_WORK},
		{EXPECTATION_BELOW, EXPECTATION_BELOW, PREDICATE_VERY_POOR},
		{NOT_SAID, EXPECTATION_AS, NOT_SAID},
		{EXPECTATION_AS, NOT_SAID, NOT_SAID},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
			rating_predicate(cases[i].work, cases[i].behaviour), cases[i].predicate);
}

static void test_periods(void **state)
{
	static const struct {
		enum report_period period;
		const char *day, *first, *last;
	} cases[] = {
		{PERIOD_QUARTERLY, "2025-09-30", "2025-07-01", "2025-09-30"},
		{PERIOD_QUARTERLY, "2025-10-01", "2025-10-01", "2025-12-31"},
		{PERIOD_QUARTERLY, "2024-02-29", "2024-01-01", "2024-03-31"},
		{PERIOD_QUARTERLY, "2025-06-30", "2025-04-01", "2025-06-30"},
		{PERIOD_ANNUAL, "2025-11-13", "2025-01-01", "2025-12-31"},
		{PERIOD_ANNUAL, "2026-01-01", "2026-01-01", "2026-12-31"},
	};
	int32_t first, last;
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		reports_period_of(cases[i].period, day_of(cases[i].day), &first, &last);
		assert_int_equal(first, day_of(cases[i].first));
		assert_int_equal(last, day_of(cases[i].last));
	}
}

static struct rating whole(void)
{
	struct rating r = {.employee = {3},
		.rated_by = {2},
		.superior = {2},
		.rated_as = STAND_OWN,
		.last_day = 100,
		.state = RATING_DRAFT,
		.version = 4,
		.work = EXPECTATION_AS,
		.behaviour = EXPECTATION_AS,
		.reason = ""};

	for (int i = 0; i < CONDUCTS; i++)
		r.note[i] = "Baik";
	return r;
}

/* Seven values, each with a note; what is below expectation has a reason. */
static void test_gaps(void **state)
{
	static const struct {
		const char *what;
		int work, behaviour, without_note;
		const char *reason, *field;
	} cases[] = {
		{"whole", EXPECTATION_AS, EXPECTATION_ABOVE, -1, "", NULL},
		{"no result of work", NOT_SAID, EXPECTATION_AS, -1, "", "/work"},
		{"no behaviour", EXPECTATION_AS, NOT_SAID, -1, "", "/behaviour"},
		{"the first value without a note", EXPECTATION_AS, EXPECTATION_AS, 0, "",
			"/behaviours"},
		{"the last value without a note", EXPECTATION_AS, EXPECTATION_AS, CONDUCTS - 1, "",
			"/behaviours"},
		{"work below without a reason", EXPECTATION_BELOW, EXPECTATION_AS, -1, "",
			"/reason"},
		{"behaviour below without one", EXPECTATION_ABOVE, EXPECTATION_BELOW, -1, "",
			"/reason"},
		{"a reason of a word is none", EXPECTATION_BELOW, EXPECTATION_AS, -1, "Kurang",
			"/reason"},
		{"with a reason", EXPECTATION_BELOW, EXPECTATION_BELOW, -1,
			"Tiga laporan terlambat", NULL},
	};
	const char *why;
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rating r = whole();
		const char *field;

		r.work = cases[i].work;
		r.behaviour = cases[i].behaviour;
		r.reason = cases[i].reason;
		if (cases[i].without_note >= 0)
			r.note[cases[i].without_note] = "";
		field = rating_find_gap(&r, &why);
		if (!str_eq(field ? field : "", cases[i].field ? cases[i].field : ""))
			fail_msg("%s: %s", cases[i].what, field ? field : "nothing");
	}
}

static void test_saving(void **state)
{
	static const struct {
		const char *what;
		int64_t actor;
		int state, version;
		int32_t today;
		enum err expected;
	} cases[] = {
		{"the day after", 2, RATING_DRAFT, 4, 101, OK},
		{"on the last day the period is not over", 2, RATING_DRAFT, 4, 100, E_REFUSED},
		{"nobody rates himself", 3, RATING_DRAFT, 4, 101, E_SELF},
		{"another version", 2, RATING_DRAFT, 3, 101, E_STALE},
		{"told is told", 2, RATING_TOLD, 4, 101, E_REFUSED},
		{"objected to", 2, RATING_OBJECTED, 4, 101, E_REFUSED},
		{"final", 2, RATING_LOCKED, 4, 101, E_REFUSED},
		{"two years and more ago", 2, RATING_DRAFT, 4, 100 + RATING_DAYS_BACK + 1,
			E_REFUSED},
	};
	const char *why;
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rating r = whole();

		r.state = cases[i].state;
		if (rating_decide_save(&r, (struct employee_id){cases[i].actor}, cases[i].version,
			    cases[i].today, &why) != cases[i].expected)
			fail_msg("%s", cases[i].what);
	}
}

/* The days come from the dated rule: told on day 110 with 14 days, one may object on day 124. */
static void test_answers_and_silence(void **state)
{
	static const struct {
		const char *what;
		int state;
		bool objects;
		int32_t today;
		enum err expected;
		bool is_undisputed;
	} cases[] = {
		{"objects on the last day", RATING_TOLD, true, 124, OK, false},
		{"a day later he cannot, and it is final", RATING_TOLD, true, 125, E_REFUSED, true},
		{"accepts", RATING_TOLD, false, 111, OK, false},
		{"accepts late, before it was locked", RATING_TOLD, false, 125, OK, true},
		{"a draft is not his", RATING_DRAFT, true, 111, E_REFUSED, false},
		{"objects once", RATING_OBJECTED, true, 111, E_REFUSED, false},
		{"an objection is never decided by silence", RATING_OBJECTED, false, 900, E_REFUSED,
			false},
		{"final", RATING_LOCKED, true, 111, E_REFUSED, false},
	};
	const struct rating_rule rule = {.object_days = 14, .decide_days = 7};
	const char *why;
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rating r = whole();

		rating_apply_told(&r, &rule, 110, 1000);
		assert_int_equal(r.object_until, 124);
		r.state = cases[i].state;
		if (rating_decide_answer(&r, cases[i].objects, 4, cases[i].today, &why) !=
				cases[i].expected ||
			rating_is_undisputed(&r, cases[i].today) != cases[i].is_undisputed)
			fail_msg("%s", cases[i].what);
		assert_int_equal(rating_decide_answer(&r, true, 3, 111, &why),
			cases[i].state == RATING_TOLD ? E_STALE : E_REFUSED);
	}
}

static void test_verdicts(void **state)
{
	static const struct {
		const char *what;
		int64_t actor;
		int state, version;
		enum err expected;
	} cases[] = {
		{"the superior's superior", 1, RATING_OBJECTED, 5, OK},
		{"not about himself", 3, RATING_OBJECTED, 5, E_SELF},
		{"not about what he rated", 2, RATING_OBJECTED, 5, E_SELF},
		{"nobody objected", 1, RATING_TOLD, 5, E_REFUSED},
		{"decided already", 1, RATING_LOCKED, 5, E_REFUSED},
		{"another version", 1, RATING_OBJECTED, 4, E_STALE},
	};
	const struct rating_rule rule = {.object_days = 14, .decide_days = 7};
	const char *why;
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rating r = whole();

		rating_apply_told(&r, &rule, 110, 1000);
		rating_apply_objection(&r, &rule, "Belum semua dihitung", 112, 2000);
		assert_int_equal(r.version, 5);
		assert_int_equal(r.decide_until, 119);
		r.state = cases[i].state;
		if (rating_decide_verdict(&r, (struct employee_id){cases[i].actor},
			    cases[i].version, &why) != cases[i].expected)
			fail_msg("%s", cases[i].what);
	}
}

/* What was told first stays beside what was decided. */
static void test_a_verdict_changes_or_upholds(void **state)
{
	const struct rating_rule rule = {.object_days = 14};
	struct rating r = whole();
	(void)state;

	r.predicate = rating_predicate(r.work, r.behaviour);
	rating_apply_told(&r, &rule, 110, 1000);
	rating_apply_verdict(&r, EXPECTATION_AS, EXPECTATION_AS, "Sesuai bukti", 3000);
	assert_int_equal(r.outcome, OUTCOME_UPHELD);
	assert_int_equal(r.predicate, PREDICATE_GOOD);
	rating_apply_verdict(&r, EXPECTATION_ABOVE, EXPECTATION_ABOVE, "Bukti baru", 3000);
	assert_int_equal(r.outcome, OUTCOME_CHANGED);
	assert_int_equal(r.predicate, PREDICATE_VERY_GOOD);
	assert_int_equal(rating_predicate(r.first_work, r.first_behaviour), PREDICATE_GOOD);
}

/* UU 30/2014 art. 13-14: a delegate acts in the superior's name; who holds the office, or acts
 * where it is vacant, acts in his own. */
static void test_whose_superior_decides(void **state)
{
	static const struct {
		const char *what;
		int as;
		bool is_above;
		int64_t answering;
	} cases[] = {
		{"the superior himself", STAND_OWN, false, 2},
		{"by letter, in the superior's name", STAND_DELEGATE, false, 2},
		{"by letter, from above: the one above the superior does not judge himself",
			STAND_DELEGATE, true, 9},
		{"in the office", STAND_OFFICE, false, 9},
		{"in a vacant office", STAND_VACANCY, false, 9},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rating r = whole();

		r.rated_by.v = cases[i].as == STAND_OWN ? 2 : 9;
		r.rated_as = cases[i].as;
		if (rating_answering(&r, cases[i].is_above).v != cases[i].answering)
			fail_msg("%s", cases[i].what);
	}
}

static void test_on_which_day_the_superior_is_asked_for(void **state)
{
	struct seat_term term[] = {{.kind = TERM_SERVICE, .from = 0, .to = 150}};
	const struct org_seat his = {{2}, term, 1}, nobody = {0};
	(void)state;

	assert_int_equal(rating_day_of(&his, 100, 120), 100);
	assert_int_equal(rating_day_of(&his, 100, 150), 100);
	assert_int_equal(rating_day_of(&his, 100, 151), 151); /* he left the service */
	assert_int_equal(rating_day_of(&nobody, 100, 120), 120);
	assert_int_equal(rating_day_of(&his, 130, 120), 120); /* the period goes on */
}

static void test_rules_and_curves(void **state)
{
	const struct rating_rule rule[] = {{.id = 2, .valid_from = 50, .valid_to = DAY_FOREVER},
		{.id = 1, .valid_from = 10, .valid_to = 49}};
	static const struct {
		int32_t share[PREDICATES];
		bool is_good;
	} cases[] = {{{20, 70, 10, 0, 0}, true}, {{0, 0, 0, 0, 0}, true},
		{{20, 70, 9, 0, 0}, false}, {{100, 0, 0, 0, 1}, false}, {{0, 0, 0, 0, 100}, true}};
	const char *why;
	(void)state;

	assert_int_equal(rating_find_rule(rule, 2, 50)->id, 2);
	assert_int_equal(rating_find_rule(rule, 2, 49)->id, 1);
	assert_null(rating_find_rule(rule, 2, 9));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rating_rule r = {0};

		memcpy(r.curve[RESULT_GOOD], cases[i].share, sizeof cases[i].share);
		assert_int_equal(rating_find_rule_fault(&r, &why) == NULL, cases[i].is_good);
		assert_int_equal(rating_has_curve(&r, RESULT_GOOD), i != 1);
		assert_false(rating_has_curve(&r, RESULT_EXCELLENT));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matrix),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_saving),
		cmocka_unit_test(test_answers_and_silence),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_a_verdict_changes_or_upholds),
		cmocka_unit_test(test_whose_superior_decides),
		cmocka_unit_test(test_on_which_day_the_superior_is_asked_for),
		cmocka_unit_test(test_rules_and_curves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
