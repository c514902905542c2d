/* What of a plan is due by now, and how long reports wait, as tables. */
#include "monitor/monitor_performance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_planned_of_month(void **state)
{
	static const struct {
		const char *what;
		int64_t annual, quarterly, month;
	} cases[] = {
		{"nothing planned", 0, 0, 0},
		{"a twelfth of the year", 1200, 0, 100},
		{"a third of the quarter", 0, 300, 100},
		{"of some a year, of others a quarter", 1200, 300, 200},
		{"half of one is one", 6, 0, 1},
		{"less than half is none", 5, 0, 0},
		{"plans of 36,000 people, a million each", INT64_C(36000000000), 0,
			INT64_C(3000000000)},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (monitor_planned_of_month(cases[i].annual, cases[i].quarterly) != cases[i].month)
			fail_msg("%s", cases[i].what);
}

static void test_planned_to_date(void **state)
{
	static const struct {
		const char *what;
		int64_t month;
		int worked, days;
		int64_t due;
	} cases[] = {
		{"before the first working day", 100, 0, 20, 0},
		{"half of the days", 100, 10, 20, 50},
		{"all of them", 100, 20, 20, 100},
		{"half up", 3, 1, 2, 2},
		{"a month without a working day", 100, 0, 0, 100},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (monitor_planned_to_date(cases[i].month, cases[i].worked, cases[i].days) !=
			cases[i].due)
			fail_msg("%s", cases[i].what);
}

/* What falls on the days of work of a month is its plan, to the last one. */
static void test_planned_today(void **state)
{
	static const int64_t months[] = {0, 1, 3, 19, 100, 101, INT64_C(3000000000)};
	int64_t sum;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(months); i++) {
		sum = 0;
		for (int worked = 1; worked <= 21; worked++)
			sum += monitor_planned_today(months[i], worked, 21, true);
		assert_int_equal(sum, months[i]);
	}
	assert_int_equal(monitor_planned_today(100, 10, 20, true), 5);
	assert_int_equal(monitor_planned_today(100, 10, 20, false), 0); /* a day off */
	assert_int_equal(monitor_planned_today(100, 0, 0, false), 0);
}

/* The most planned stays, whatever its name and however many there are. */
static void test_most_planned_is_kept(void **state)
{
	struct shown_output list[251];

	(void)state;
	for (int i = 0; i < 251; i++)
		list[i] = (struct shown_output){.unit_of_measure = "berkas", .planned = i};
	list[7] = (struct shown_output){.unit_of_measure = "surat", .planned = 9000};
	list[9] = (struct shown_output){.unit_of_measure = "di luar rencana", .handed_in = 5000};
	assert_int_equal(monitor_keep_most_planned(list, 251, 200), 200);
	assert_string_equal(list[0].unit_of_measure, "surat");
	assert_int_equal(list[1].planned, 250);
	assert_string_equal(list[249].unit_of_measure, "di luar rencana");
	assert_int_equal(monitor_keep_most_planned(list, 3, 200), 3);
	assert_int_equal(monitor_keep_most_planned(list, 0, 200), 0);
}

static void test_mean_wait(void **state)
{
	(void)state;
	assert_int_equal(monitor_mean_wait(0, 0), INT_NONE);
	assert_int_equal(monitor_mean_wait(0, 7), 0);
	assert_int_equal(monitor_mean_wait(3, 2), 15);
	assert_int_equal(monitor_mean_wait(1, 3), 3);
	assert_int_equal(monitor_mean_wait(1, 20), 1); /* half a tenth is one */
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_planned_of_month),
		cmocka_unit_test(test_planned_to_date), cmocka_unit_test(test_planned_today),
		cmocka_unit_test(test_most_planned_is_kept), cmocka_unit_test(test_mean_wait)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
