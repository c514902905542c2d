/*
 * Marks of the triage, case by case: docs/WORK.md, "The daily report" (volume against the median of
 * the last 20 verified items of the same result and unit, at least 5), issue of a dated threshold
 * in percent, and what a report's mode is compared with.
 */
#include "reports/reports_mark.h"

#include "platform/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define TARGET 7

/* Volumes as digits of a text, the newest first, of TARGET in "berkas"; of 'x' another result, of
 * 'y' another unit. */
static int read_habit(const char *text, struct habit *ret)
{
	int n = 0;

	for (; text[n]; n++)
		ret[n] = (struct habit){.target = text[n] == 'x' ? TARGET + 1 : TARGET,
			.unit_key = text[n] == 'y' ? "surat" : "berkas",
			.volume = text[n] >= '0' && text[n] <= '9' ? text[n] - '0' : 1000};
	return n;
}

static void test_habit(void **state)
{
	(void)state;
	static const struct {
		const char *why, *volumes;
		int64_t expected; /* twice the median */
	} cases[] = {
		{"nothing was verified yet", "", 0},
		{"WORK.md: fewer than five say nothing", "4444", 0},
		{"five are a habit", "12345", 6},
		{"in any order", "53142", 6},
		{"of an even number the middle of the two", "122389", 5},
		{"an outlier moves the median little", "222229", 4},
		{"another result is another work", "xxxx55555", 10},
		{"another unit is never compared", "yyyy55555", 10},
		{"four of it among others are too few", "x5x5y5y5", 0},
		{"WORK.md: the last twenty", "11111111111111111111999999999999999999999", 2},
		{"the twenty-first does not count",
			"11111111119999999999"
			"9",
			10},
	};
	struct habit habit[64];

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const int n = read_habit(cases[i].volumes, habit);

		if (reports_find_habit(habit, n, TARGET, "berkas") != cases[i].expected)
			fail_msg("%s", cases[i].why);
	}
}

static void test_unusual(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		int32_t volume;
		int64_t twice;
		int32_t percent;
		bool expected;
	} cases[] = {
		{"no habit, no mark", 100000, 0, 300, false},
		{"as always", 10, 20, 300, false},
		{"exactly the threshold is not beyond it", 30, 20, 300, false},
		{"one more is", 31, 20, 300, true},
		{"far below: a third is not beyond", 4, 24, 300, false},
		{"less than a third is", 3, 20, 300, true},
		{"half a median counts whole: 2.5", 7, 5, 300, false},
		{"more than three times 2.5", 8, 5, 300, true},
		{"the dated number decides: 110 percent", 12, 20, 110, true},
		{"and lets the same pass at 120", 12, 20, 120, false},
		{"the largest volumes do not overflow", 100000, 2, 10000, true},
		{"nor do the largest medians", 1, 200000, 10000, true},
		{"nor their product", 100000, 200000, 10000, false},
	};

	for (int i = 0; i < COUNT_OF(cases); i++)
		if (reports_is_unusual(cases[i].volume, cases[i].twice, cases[i].percent) !=
			cases[i].expected)
			fail_msg("%s", cases[i].why);
}

static void test_mismatch(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		int32_t written;
		enum work_mode mode;
		enum day_state state;
		enum place_verdict in, out;
		bool is_folded;
		enum mode_mismatch expected;
	} cases[] = {
		{"written for home, a day at home", MODE_HOME, MODE_HOME, DAY_COMPLETE,
			PLACE_NOT_ASKED, PLACE_NOT_ASKED, true, MISMATCH_NONE},
		{"late decree: the day is one at the office now", MODE_HOME, MODE_OFFICE,
			DAY_COMPLETE, PLACE_WITHIN, PLACE_WITHIN, true, MISMATCH_CHANGED},
		{"a roster set afterwards", MODE_OFFICE, MODE_HOME, DAY_COMPLETE, PLACE_NOT_ASKED,
			PLACE_NOT_ASKED, true, MISMATCH_CHANGED},
		{"a letter of outside duty came later", MODE_OFFICE, MODE_OUTSIDE_DUTY,
			DAY_COMPLETE, PLACE_NOT_ASKED, PLACE_NOT_ASKED, true, MISMATCH_CHANGED},
		{"leave granted afterwards", MODE_OFFICE, MODE_LEAVE, DAY_LEAVE, PLACE_NOT_ASKED,
			PLACE_NOT_ASKED, true, MISMATCH_NO_WORK},
		{"written on leave", MODE_LEAVE, MODE_LEAVE, DAY_LEAVE, PLACE_NOT_ASKED,
			PLACE_NOT_ASKED, true, MISMATCH_NO_WORK},
		{"a holiday", MODE_OFF, MODE_OFF, DAY_OFF_WORK, PLACE_NOT_ASKED, PLACE_NOT_ASKED,
			true, MISMATCH_NO_WORK},
		{"office, both punches outside", MODE_OFFICE, MODE_OFFICE, DAY_COMPLETE,
			PLACE_OUTSIDE, PLACE_OUTSIDE, true, MISMATCH_OUTSIDE},
		{"office, the only punch outside", MODE_OFFICE, MODE_OFFICE, DAY_PRESENT,
			PLACE_OUTSIDE, PLACE_NOT_ASKED, true, MISMATCH_OUTSIDE},
		{"came in at the office, left elsewhere", MODE_OFFICE, MODE_OFFICE, DAY_COMPLETE,
			PLACE_WITHIN, PLACE_OUTSIDE, true, MISMATCH_NONE},
		{"an unknown place is not outside", MODE_OFFICE, MODE_OFFICE, DAY_COMPLETE,
			PLACE_UNKNOWN, PLACE_OUTSIDE, true, MISMATCH_NONE},
		{"nothing was seen", MODE_OFFICE, MODE_OFFICE, DAY_ABSENT, PLACE_NOT_ASKED,
			PLACE_NOT_ASKED, true, MISMATCH_NONE},
		{"UU 27/2022 art. 16: a day at home is compared with no place", MODE_HOME,
			MODE_HOME, DAY_COMPLETE, PLACE_OUTSIDE, PLACE_OUTSIDE, true, MISMATCH_NONE},
		{"handed in before modes were kept", MODE_UNSAID, MODE_OFFICE, DAY_COMPLETE,
			PLACE_WITHIN, PLACE_WITHIN, true, MISMATCH_NONE},
		{"a day that was never decided", MODE_HOME, MODE_OFFICE, DAY_EXPECTED,
			PLACE_NOT_ASKED, PLACE_NOT_ASKED, false, MISMATCH_NONE},
		{"an agency that does not use Luwes that day", MODE_HOME, MODE_OFFICE, DAY_NOT_USED,
			PLACE_NOT_ASKED, PLACE_NOT_ASKED, true, MISMATCH_NONE},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct daily_report r = {.mode = cases[i].written};
		const struct attendance_day day = {.unit = {cases[i].is_folded},
			.mode = cases[i].mode,
			.state = cases[i].state,
			.in_place = cases[i].in,
			.out_place = cases[i].out};

		if (reports_find_mismatch(&r, &day) != cases[i].expected)
			fail_msg("%s", cases[i].why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_habit),
		cmocka_unit_test(test_unusual),
		cmocka_unit_test(test_mismatch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
