/*
 * What a confirmation is worth: who may decide it, what may be confirmed with others, what the
 * journal is told. UU 27/2022 art. 10 (a person judges), PP 94/2021 art. 24-27 (who may judge
 * whom).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "attendance/attendance_confirmation_outcome.h"

enum { ANI = 1, BOSS, OFFICER, STRANGER };

static void test_who_decides(void **state)
{
	static const struct {
		const char *what;
		struct correction_standing who;
		bool is_closed;
		enum confirmation_state state;
		int32_t seen;
		enum err e;
	} cases[] = {
		{"the superior of that day", {{BOSS}, true, true, false}, .seen = 3, .e = OK},
		{"nobody himself (art. 24)", {{ANI}, true, true, true}, .seen = 3, .e = E_SELF},
		{"another superior", {{STRANGER}, false, true, false}, .seen = 3,
			.e = E_NOT_SUPERVISOR},
		{"not the officer while somebody answers for him", {{OFFICER}, false, true, true},
			.seen = 3, .e = E_NOT_SUPERVISOR},
		{"nobody answers for him: the agency's officer", {{OFFICER}, false, false, true},
			.seen = 3, .e = OK},
		{"and nobody else", {{STRANGER}, false, false, false}, .seen = 3, .e = E_REFUSED},
		{"of a closed month the officer", {{OFFICER}, false, true, true}, .is_closed = true,
			.seen = 3, .e = OK},
		{"not the superior", {{BOSS}, true, true, false}, .is_closed = true, .seen = 3,
			.e = E_REFUSED},
		{"read before an explanation came", {{BOSS}, true, true, false}, .seen = 2,
			.e = E_STALE},
		{"confirmed already", {{BOSS}, true, true, false}, .state = CONFIRMED, .seen = 3,
			.e = E_CONFLICT},
		{"silence has confirmed", {{BOSS}, true, true, false},
			.state = CONFIRMED_BY_SILENCE, .seen = 3, .e = E_CONFLICT},
		{"denied: may be looked at again", {{BOSS}, true, true, false}, .state = DENIED,
			.seen = 3, .e = OK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct confirmation c = {
			.employee = {ANI}, .version = 3, .state = cases[i].state};
		enum err e = attendance_decide_confirmation(
			&c, &cases[i].who, cases[i].is_closed, cases[i].seen);

		if (e != cases[i].e)
			fail_msg("%s: %s", cases[i].what, err_code(e));
	}
}

static void test_what_is_plain(void **state)
{
	static const struct {
		const char *what;
		struct confirmation c;
		bool is_unsure, is_plain;
	} cases[] = {
		{"drawn for the sample", {.kind = CONFIRMATION_SAMPLE}, false, true},
		{"came late and counts", {.kind = CONFIRMATION_QUEUED_TIME}, false, true},
		{"an answer to a check", {.kind = CONFIRMATION_CHECK}, false, true},
		{"the verdict asks for a look", {.kind = CONFIRMATION_NEEDED}, false, false},
		{"the employee wrote something", {.kind = CONFIRMATION_SAMPLE, .explained_at = 1},
			false, false},
		{"outside the office", {.kind = CONFIRMATION_SAMPLE}, true, false},
		{"kept apart", {.kind = CONFIRMATION_SAMPLE, .punch_flags = PUNCH_QUARANTINED},
			false, false},
		{"denied before", {.kind = CONFIRMATION_SAMPLE, .state = DENIED}, false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (attendance_is_plain_confirmation(&cases[i].c, cases[i].is_unsure) !=
			cases[i].is_plain)
			fail_msg("%s", cases[i].what);
}

static void test_what_the_journal_is_told(void **state)
{
	static const struct confirmation_verdict yes = {.confirms = true, .by = {BOSS}},
						 silence = {.confirms = true},
						 no = {.consequence = CONSEQUENCE_NOT_COUNTED,
							 .by = {BOSS}},
						 late = {.consequence = CONSEQUENCE_RECEIPT,
							 .by = {BOSS}};
	static const struct {
		const char *what;
		struct confirmation c;
		const struct confirmation_verdict *verdict;
		bool is_unsure;
		int marks;
	} cases[] = {
		{"the claim counts already: nothing is corrected", {.grade = TIME_CONSISTENT}, &yes,
			false, 0},
		{"queued: counts already", {.grade = TIME_QUEUED}, &yes, false, 0},
		{"doubted: now the claim counts", {.grade = TIME_DOUBTED}, &yes, false,
			PUNCH_CONFIRMS},
		{"doubted, and nobody said anything: for the employee", {.grade = TIME_DOUBTED},
			&silence, false, PUNCH_CONFIRMS},
		{"kept apart: now it counts",
			{.grade = TIME_CONSISTENT, .punch_flags = PUNCH_QUARANTINED}, &yes, false,
			PUNCH_CONFIRMS},
		{"he was there, says the superior", {.grade = TIME_PROVEN}, &yes, true,
			PUNCH_CONFIRMS_PLACE},
		{"silence says nothing about a place", {.grade = TIME_PROVEN}, &silence, true, 0},
		{"not counted", {.grade = TIME_PROVEN}, &no, false, PUNCH_VOIDS},
		{"counts when it came", {.grade = TIME_QUEUED}, &late, false, PUNCH_DENIES},
		{"denied, and the explanation convinces",
			{.grade = TIME_PROVEN,
				.state = DENIED,
				.consequence = CONSEQUENCE_NOT_COUNTED},
			&yes, false, PUNCH_CONFIRMS},
		{"denied once more: said already",
			{.state = DENIED, .consequence = CONSEQUENCE_NOT_COUNTED}, &no, false, 0},
		{"denied, and now less hard",
			{.state = DENIED, .consequence = CONSEQUENCE_NOT_COUNTED}, &late, false,
			PUNCH_DENIES},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int marks = attendance_confirmation_marks(
			&cases[i].c, cases[i].verdict, cases[i].is_unsure);

		if (marks != cases[i].marks)
			fail_msg("%s: %d", cases[i].what, marks);
	}
}

static void test_a_word_given_elsewhere(void **state)
{
	static const struct {
		int marks;
		bool is_verdict;
		enum confirmation_state state;
		enum confirmation_consequence consequence;
	} cases[] = {
		{0, false, CONFIRMED, CONSEQUENCE_COUNTS},
		{PUNCH_CONFIRMS_PLACE, false, CONFIRMED, CONSEQUENCE_COUNTS},
		{PUNCH_CONFIRMS, true, CONFIRMED, CONSEQUENCE_COUNTS},
		{PUNCH_CONFIRMS | PUNCH_CONFIRMS_PLACE, true, CONFIRMED, CONSEQUENCE_COUNTS},
		{PUNCH_VOIDS, true, DENIED, CONSEQUENCE_NOT_COUNTED},
		{PUNCH_DENIES, true, DENIED, CONSEQUENCE_RECEIPT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		enum confirmation_state said;
		enum confirmation_consequence consequence;

		assert_int_equal(attendance_read_marks(cases[i].marks, &said, &consequence),
			cases[i].is_verdict);
		assert_int_equal(said, cases[i].state);
		assert_int_equal(consequence, cases[i].consequence);
	}
}

/* An objection, or another look: whoever decided last decided. */
static void test_the_last_word_holds(void **state)
{
	static const struct {
		const char *what;
		int first, second, marks;
	} cases[] = {
		{"denied, then believed", PUNCH_DENIES, PUNCH_CONFIRMS, PUNCH_CONFIRMS},
		{"not counted, then believed", PUNCH_VOIDS, PUNCH_CONFIRMS, PUNCH_CONFIRMS},
		{"believed, then not counted", PUNCH_CONFIRMS, PUNCH_VOIDS, PUNCH_VOIDS},
		{"a place once confirmed stays so", PUNCH_CONFIRMS | PUNCH_CONFIRMS_PLACE,
			PUNCH_DENIES, PUNCH_DENIES | PUNCH_CONFIRMS_PLACE},
		{"a place says nothing about the time", PUNCH_DENIES, PUNCH_CONFIRMS_PLACE,
			PUNCH_DENIES | PUNCH_CONFIRMS_PLACE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		/* the journal's order is that of event ids, not of receipt */
		const struct punch row[] = {{.punch_id = 1},
			{.punch_id = 3, .refers_to = 1, .flags = PUNCH_MANUAL | cases[i].second},
			{.punch_id = 2, .refers_to = 1, .flags = PUNCH_MANUAL | cases[i].first}};
		int marks = attendance_find_marks(row, 3, &row[0]);

		if (marks != cases[i].marks)
			fail_msg("%s: %d", cases[i].what, marks);
	}
}

static void test_the_stronger_reason(void **state)
{
	(void)state;
	assert_int_equal(attendance_stronger_kind(CONFIRMATION_SAMPLE, CONFIRMATION_NEEDED),
		CONFIRMATION_NEEDED);
	assert_int_equal(attendance_stronger_kind(CONFIRMATION_NEEDED, CONFIRMATION_SAMPLE),
		CONFIRMATION_NEEDED);
	assert_int_equal(attendance_stronger_kind(CONFIRMATION_QUEUED_TIME, CONFIRMATION_SAMPLE),
		CONFIRMATION_QUEUED_TIME);
	assert_int_equal(attendance_stronger_kind(CONFIRMATION_SAMPLE, CONFIRMATION_SAMPLE),
		CONFIRMATION_SAMPLE);
}

/* ---- what became of it ---- */

static void test_the_share_of_silence(void **state)
{
	(void)state;
	assert_int_equal(attendance_silent_percent(&(struct outcome){10, 0, 6, 2, 2}), 20);
	assert_int_equal(attendance_silent_percent(&(struct outcome){10, 90, 0, 0, 3}), 100);
	assert_int_equal(attendance_silent_percent(&(struct outcome){10, 90, 0, 0, 0}), INT_NONE);
}

/* A rule is right when the superior denied what it marked. */
static void test_precision(void **state)
{
	static const struct {
		const char *what;
		struct mark_outcome of;
		int32_t percent, sample_percent;
		bool needs_review;
	} cases[] = {
		{"too few to say", {10, 8, 1, 0, 0}, INT_NONE, INT_NONE, false},
		{"wrong more often than right", {10, 6, 4, 0, 0}, 40, INT_NONE, true},
		{"right half the time", {10, 5, 5, 0, 0}, 50, INT_NONE, false},
		{"the lot says otherwise than what was picked", {30, 10, 90, 9, 1}, 90, 10, true},
		{"too few by lot: all of them speak", {30, 10, 90, 5, 0}, 90, INT_NONE, false},
		{"many events of nine people are too few", {9, 60, 40, 0, 0}, INT_NONE, INT_NONE,
			false},
		{"the lot says it is right", {30, 90, 10, 0, 10}, 10, 100, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mark_precision p = attendance_judge_mark(&cases[i].of);

		if (p.percent != cases[i].percent || p.sample_percent != cases[i].sample_percent ||
			p.needs_review != cases[i].needs_review)
			fail_msg("%s: %d %d", cases[i].what, p.percent, p.sample_percent);
	}
}

static void test_each_mark_of_an_event_is_counted(void **state)
{
	struct mark_outcome of[WEIGHTED_MARKS] = {0};
	const int64_t marks = INT64_C(1) << MARK_GEO_NONE | INT64_C(1) << MARK_FORK |
			      INT64_C(1) << MARK_PROOF_DISPLAY;

	(void)state;
	attendance_add_outcome(of, marks, CONFIRMATION_NEEDED, DENIED, 2);
	attendance_add_outcome(of, marks, CONFIRMATION_SAMPLE, CONFIRMED, 3);
	attendance_add_outcome(of, marks, CONFIRMATION_SAMPLE, CONFIRMED_BY_SILENCE, 50);
	attendance_add_outcome(of, marks, CONFIRMATION_SAMPLE, CONFIRMATION_WAITS, 50);
	assert_int_equal(of[MARK_GEO_NONE].denied, 2);
	assert_int_equal(of[MARK_FORK].confirmed, 3);
	assert_int_equal(of[MARK_FORK].sample_confirmed, 3);
	assert_int_equal(of[MARK_FORK].sample_denied, 0);
	assert_int_equal(of[MARK_GEO_COARSE].confirmed, 0);
	attendance_add_marked(of, marks);
	assert_int_equal(of[MARK_GEO_NONE].people, 1);
	assert_int_equal(of[MARK_GEO_COARSE].people, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_decides),
		cmocka_unit_test(test_what_is_plain),
		cmocka_unit_test(test_what_the_journal_is_told),
		cmocka_unit_test(test_a_word_given_elsewhere),
		cmocka_unit_test(test_the_last_word_holds),
		cmocka_unit_test(test_the_stronger_reason),
		cmocka_unit_test(test_the_share_of_silence),
		cmocka_unit_test(test_precision),
		cmocka_unit_test(test_each_mark_of_an_event_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
