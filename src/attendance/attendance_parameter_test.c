/*
 * The numbers that judge evidence: dated, within bounds, never for a day already judged, and the
 * same on both engines however often the cache was filled.
 */
#include "attendance/attendance_parameter.h"

#include "attendance/attendance_test_time.h"
#include "platform/clock.h"
#include "platform/test_store.h"
#include "trust/trust.h"

static const struct slice *const slices[] = {&attendance_parameters_slice, &trust_slice};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct parameter_row row_of(enum parameter kind, int value, const char *from, const char *to)
{
	return (struct parameter_row){.kind = (int32_t)kind,
		.value = value,
		.valid_from = day_of(from),
		.valid_to = to ? day_of(to) : DAY_FOREVER,
		.legal_basis = "contoh",
		.verified_by = ""};
}

/* ---- rules ---- */

static void test_every_number_lies_in_its_bounds(void **state)
{
	const struct parameters numbers = attendance_default_parameters();

	(void)state;
	for (int i = 0; i < PARAMETER_COUNT; i++) {
		struct parameter_bounds b = attendance_parameter_bounds((enum parameter)i);

		assert_int_equal(numbers.of[i], b.fallback);
		assert_in_range(b.fallback, b.lowest, b.highest);
		assert_non_null(parameter_names[i]);
	}
	assert_null(parameter_names[PARAMETER_COUNT]);
	assert_null(attendance_check_parameters(&numbers));
	/* UU 27/2022 art. 42-44: positions leave within two months whatever a government sets */
	assert_int_equal(attendance_parameter_bounds(PARAMETER_POSITION_DAYS).highest, 60);
}

static void test_the_row_of_the_day_speaks(void **state)
{
	const struct parameter_row row[] = {
		row_of(PARAMETER_CONFIRM_FROM, 70, "2025-11-01", "2025-11-30"),
		row_of(PARAMETER_CONFIRM_FROM, 80, "2025-12-01", NULL),
		row_of(PARAMETER_CONFIRM_FROM, 90, "2025-12-10", "2025-12-09"), /* never held */
		{.kind = PARAMETER_COUNT,
			.value = 1,
			.valid_to = DAY_FOREVER}, /* of a newer program */
	};
	static const struct {
		const char *day;
		int value;
		bool is_set;
	} cases[] = {
		{"2025-10-31", 60, false},
		{"2025-11-01", 70, true},
		{"2025-11-30", 70, true},
		{"2025-12-01", 80, true},
		{"2025-12-10", 80, true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int32_t day = day_of(cases[i].day);
		struct parameters numbers = attendance_compute_parameters(row, COUNT_OF(row), day);

		if (numbers.of[PARAMETER_CONFIRM_FROM] != cases[i].value)
			fail_msg("%s: %d", cases[i].day, numbers.of[PARAMETER_CONFIRM_FROM]);
		assert_int_equal(cases[i].is_set, attendance_find_parameter(row, COUNT_OF(row),
							  PARAMETER_CONFIRM_FROM, day) != NULL);
		assert_int_equal(numbers.of[PARAMETER_SAMPLE_FROM], 30);
	}
}

static void test_numbers_go_together(void **state)
{
	static const struct {
		const char *because;
		enum parameter kind;
		int value;
		bool is_good;
	} cases[] = {
		{"as shipped", PARAMETER_SAMPLE_FROM, 30, true},
		{"every sampled one asks a person", PARAMETER_SAMPLE_FROM, 60, true},
		{"sampled only above what asks a person", PARAMETER_SAMPLE_FROM, 61, false},
		{"a person is asked below the sample", PARAMETER_CONFIRM_FROM, 29, false},
		{"a claim counts as long as it is queued", PARAMETER_QUEUED_HOURS, 4, true},
		{"a claim counts longer than it is queued", PARAMETER_CONSISTENT_MINUTES, 4321,
			false},
		{"a clock may be further off than the claim is old", PARAMETER_CONSISTENT_MINUTES,
			1, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct parameters numbers = attendance_default_parameters();

		numbers.of[cases[i].kind] = cases[i].value;
		if ((attendance_check_parameters(&numbers) == NULL) != cases[i].is_good)
			fail_msg("%s", cases[i].because);
	}
}

/* Soppeng 2022: a number set at night must not judge a morning that has begun in Papua. */
static void test_a_number_never_holds_today(void **state)
{
	static const struct {
		const char *now, *earliest;
	} cases[] = {
		{"11-13 00:00", "2025-11-14"},
		{"11-13 21:59:59", "2025-11-14"},
		{"11-13 22:00", "2025-11-15"}, /* midnight in WIT */
		{"11-13 23:59", "2025-11-15"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
			attendance_parameter_earliest(at(cases[i].now)), day_of(cases[i].earliest));
}

/* ---- the store ---- */

static int load(struct test_store *s, enum parameter kind, const char *day)
{
	struct parameters numbers;

	must(attendance_load_parameters(&s->tx, day_of(day), &numbers));
	return numbers.of[kind];
}

static void set(struct test_store *s, enum parameter kind, int value, const char *from)
{
	struct parameter_row row = row_of(kind, value, from, NULL);

	row.id = id_next();
	must(attendance_set_parameter(&s->tx, &row));
}

static void test_rows_are_ended_and_dated(void **state)
{
	struct test_store s;
	const struct parameter_row *row;
	struct hash root;
	int64_t leaves;
	int rows;

	(void)state;
	test_store_open(&s, slices, COUNT_OF(slices), at("11-13 09:00"));
	assert_int_equal(load(&s, PARAMETER_POSITION_DAYS, "2025-11-13"), 45);
	set(&s, PARAMETER_POSITION_DAYS, 30, "2025-11-14");
	test_store_project(&s);
	assert_int_equal(load(&s, PARAMETER_POSITION_DAYS, "2025-11-13"), 45);
	assert_int_equal(load(&s, PARAMETER_POSITION_DAYS, "2025-11-14"), 30);
	assert_int_equal(load(&s, PARAMETER_POSITION_DAYS, "2025-11-13"), 45); /* asked in turns */
	set(&s, PARAMETER_POSITION_DAYS, 20, "2025-12-01");
	set(&s, PARAMETER_POSITION_DAYS, 21, "2025-12-01"); /* thought better of it */
	set(&s, PARAMETER_CHECK_PERCENT, 0, "2025-11-20");
	test_store_project(&s);
	assert_int_equal(load(&s, PARAMETER_POSITION_DAYS, "2025-11-30"), 30);
	assert_int_equal(load(&s, PARAMETER_POSITION_DAYS, "2025-12-01"), 21);
	assert_int_equal(load(&s, PARAMETER_CHECK_PERCENT, "2025-12-01"), 0);
	must(attendance_list_parameters(&s.tx, &row, &rows));
	assert_int_equal(rows, 4);
	assert_int_equal(row[0].valid_to, day_of("2025-11-30"));
	assert_true(row[1].valid_to < row[1].valid_from);
	must(trust_load_root(&s.tx, &leaves, &root));
	assert_int_equal(leaves, 4);
	test_store_close(&s);
}

/* What was rolled back is not remembered. */
static void test_a_change_taken_back_is_forgotten(void **state)
{
	struct test_store s;

	(void)state;
	test_store_open(&s, slices, COUNT_OF(slices), at("11-13 09:00"));
	test_store_project(&s);
	set(&s, PARAMETER_FORK, 50, "2025-11-14");
	assert_int_equal(load(&s, PARAMETER_FORK, "2025-11-14"), 50);
	db_rollback(s.db);
	test_store_begin(&s);
	assert_int_equal(load(&s, PARAMETER_FORK, "2025-11-14"), 100);
	test_store_close(&s);
}

int main(void)
{
	const struct CMUnitTest rules[] = {
		cmocka_unit_test(test_every_number_lies_in_its_bounds),
		cmocka_unit_test(test_the_row_of_the_day_speaks),
		cmocka_unit_test(test_numbers_go_together),
		cmocka_unit_test(test_a_number_never_holds_today),
	};
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_rows_are_ended_and_dated),
		cmocka_unit_test(test_a_change_taken_back_is_forgotten),
	};
	int failed = cmocka_run_group_tests(rules, NULL, NULL);

	return failed + TEST_STORE_RUN(stored);
}
