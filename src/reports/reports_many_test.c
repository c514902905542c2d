/*
 * A day on which an agency hands in 10,000 items: sums stay right through handing in, verifying and
 * returning, lists stay bounded and what is left out comes up when what stands before it was
 * decided. On both engines.
 *
 * docs/WORK.md: sums of units are kept by moves in the transaction of the facts, and `doctor` holds
 * them against the facts.
 */
#include "reports/reports_target.h"

#include "base/date.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "reports/reports_output.h"
#include "roster/roster.h"
#include "trust/trust.h"

#define NOW    INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY  20405                  /* 2025-11-13 */
#define PEOPLE 502                    /* two more than a list holds */
#define ITEMS  20
#define VOLUME 3

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &trust_slice};

struct agency {
	struct test_store s;
	struct unit_id unit;
	struct employee_id boss, person[PEOPLE];
	struct report_id report[PEOPLE];
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct employee_id add_person(struct agency *a, int number)
{
	struct employee_id id;
	const struct employee_row row = {
		.nip = arena_printf(&a->s.arena, "19900101201501%04d", number),
		.name = arena_printf(&a->s.arena, "Pegawai %03d", number),
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};

	must(org_add_employee(&a->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&a->s.tx, id, a->unit, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

static void open_agency(struct agency *a)
{
	struct pattern_id pattern;
	const struct org_unit row = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};

	test_store_open(&a->s, slices, COUNT_OF(slices), NOW);
	must(org_add_unit(&a->s.tx, &row, &a->unit));
	a->boss = add_person(a, 1000);
	for (int i = 0; i < PEOPLE; i++) {
		a->person[i] = add_person(a, i);
		must(org_relate(&a->s.tx, a->person[i], RELATION_SUPERVISOR, a->boss, 18000));
	}
	must(calendar_add_default(&a->s.tx, &pattern));
	must(org_touch_generation(&a->s.tx));
	test_store_project(&a->s);
}

static void hand_in(struct agency *a, int number)
{
	struct report_item item[ITEMS];

	for (int i = 0; i < ITEMS; i++)
		item[i] = (struct report_item){.starts = 480 + 20 * i,
			.ends = 500 + 20 * i,
			.description = "Memverifikasi berkas mutasi",
			.volume = VOLUME,
			.unit_of_measure = i % 2 ? "Berkas" : "berkas",
			.target_id = 100000 + number};
	must(reports_hand_in(
		&a->s.tx, a->person[number], TODAY, "", item, ITEMS, &a->report[number]));
}

static void assert_unit(struct agency *a, int64_t handed_in, int64_t verified)
{
	struct unit_output *output;
	int64_t wrong;
	int count;

	must(reports_list_unit_output(
		&a->s.tx, a->unit, TODAY - 12, TODAY, &output, &count, &(bool){false}));
	assert_int_equal(count, handed_in ? 1 : 0);
	if (handed_in) {
		assert_int_equal(output[0].handed_in_today, handed_in);
		assert_int_equal(output[0].verified_today, verified);
	}
	must(reports_check_unit_output(&a->s.tx, &wrong));
	assert_int_equal(wrong, 0);
}

/* What the superior's list holds: never more than its bound, what waits first. */
static int count_waiting(struct agency *a, int expected_rows)
{
	struct team_report *t;
	int count, waiting = 0;

	must(reports_list_team(&a->s.tx, a->boss, TODAY - 31, TODAY, -1, &t, &count));
	assert_int_equal(count, expected_rows);
	for (int i = 0; i < count; i++) {
		bool waits = t[i].report.state == REPORT_SUBMITTED;

		if (waits && waiting != i)
			fail_msg("row %d waits behind what is decided", i);
		waiting += waits;
	}
	return waiting;
}

static void decide(struct agency *a, int from, int to, enum report_event_kind kind)
{
	for (int i = from; i < to; i += 100)
		must(reports_decide_many(&a->s.tx, a->boss, kind,
			kind == EVENT_RETURNED ? "Volume belum sesuai" : "", &a->report[i],
			to - i < 100 ? to - i : 100));
	test_store_project(&a->s);
}

static void test_ten_thousand_items(void **state)
{
	static struct agency a;
	const int64_t each = ITEMS * VOLUME;
	(void)state;

	a = (struct agency){0};
	open_agency(&a);
	assert_unit(&a, 0, 0);
	for (int i = 0; i < PEOPLE; i++) {
		hand_in(&a, i);
		if (i % 100 == 99)
			test_store_project(&a.s);
	}
	test_store_project(&a.s);
	assert_true(PEOPLE * ITEMS >= 10000);
	assert_unit(&a, PEOPLE * each, 0);
	assert_int_equal(count_waiting(&a, REPORT_TEAM_MAX), REPORT_TEAM_MAX);

	decide(&a, 0, 300, EVENT_VERIFIED);
	assert_unit(&a, PEOPLE * each, 300 * each);
	assert_int_equal(count_waiting(&a, REPORT_TEAM_MAX), PEOPLE - 300); /* the last two too */

	decide(&a, 300, 310, EVENT_RETURNED);
	assert_unit(&a, (PEOPLE - 10) * each, 300 * each);
	decide(&a, 310, PEOPLE, EVENT_VERIFIED);
	assert_unit(&a, (PEOPLE - 10) * each, (PEOPLE - 10) * each);
	assert_int_equal(count_waiting(&a, REPORT_TEAM_MAX), 0);
	test_store_close(&a.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ten_thousand_items),
	};

	return TEST_STORE_RUN(tests);
}
