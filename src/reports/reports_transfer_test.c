/*
 * A transfer in mid-month and a decree that comes late, lived through: whose is the day, whose the
 * report, who verifies, what stays as it was decided.
 *
 * PP 11/2017 jo. PP 17/2020 (a transfer holds from its TMT), UU 30/2014 art. 64 (a decision is
 * changed by a decision), SE BKN 1/SE/I/2021 (a vacant office).
 */
#include "attendance/attendance_int.h"
#include "calendar/calendar.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "reports/reports_day_int.h"
#include "reports/reports_int.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW   INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY 20405                  /* 2025-11-13 */
#define FIRST (TODAY - 9)            /* Tuesday 4 November: the first opened day */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id agency, division, other;
	struct employee_id head, boss, next_boss, ani;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct unit_id add_unit(struct office *o, const char *code, struct unit_id parent)
{
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct unit_id id;

	must(org_add_unit(&o->s.tx, &row, &id));
	return id;
}

static struct employee_id add_person(
	struct office *o, const char *name, const char *nip, struct unit_id unit)
{
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, unit, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

static void open_days(struct office *o)
{
	for (int32_t day = FIRST; day <= TODAY; day++) {
		struct employee_id last = {0};

		do
			must(attendance_open_day(&o->s.tx, day, last, 100, &last));
		while (last.v);
	}
	test_store_project(&o->s);
}

static int setup(void **state)
{
	struct office *o = calloc(1, sizeof(*o));
	const struct unit_id none = {0};
	struct pattern_id pattern;

	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	o->agency = add_unit(o, "BKD", none);
	o->division = add_unit(o, "BKD-MUTASI", o->agency);
	o->other = add_unit(o, "BKD-DIKLAT", o->agency);
	must(org_touch_generation(&o->s.tx));
	o->head = add_person(o, "Citra", "198001012005012001", o->agency);
	o->boss = add_person(o, "Dedi", "198001012005011002", o->division);
	o->next_boss = add_person(o, "Euis", "198001012005012003", o->other);
	o->ani = add_person(o, "Ani", "199001012015012004", o->division);
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, 18000));
	must(org_relate(&o->s.tx, o->boss, RELATION_SUPERVISOR, o->head, 18000));
	must(org_relate(&o->s.tx, o->next_boss, RELATION_SUPERVISOR, o->head, 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
	open_days(o);
	org_add_decided_source(reports_list_decided);
	org_add_decided_source(attendance_list_closed_days);
	*state = o;
	return 0;
}

static int teardown(void **state)
{
	struct office *o = *state;

	test_store_close(&o->s);
	free(o);
	return 0;
}

static struct report_id hand_in(struct office *o, int32_t day)
{
	struct report_item item = {
		480, 600, "Menyusun nota dinas", 1, "nota", NULL, NULL, NULL, NULL};
	struct report_id id;

	must(reports_hand_in(&o->s.tx, o->ani, day, "", &item, 1, &id));
	test_store_project(&o->s);
	return id;
}

static enum err verify(struct office *o, struct employee_id actor, struct report_id id)
{
	enum err e = reports_decide_many(&o->s.tx, actor, EVENT_VERIFIED, "", &id, 1);

	test_store_project(&o->s);
	return e;
}

static void assert_unit(struct office *o, int32_t day, struct unit_id unit)
{
	struct attendance_day row;

	must(attendance_load_day(&o->s.tx, o->ani, day, &row));
	assert_int_equal(row.unit.v, unit.v);
}

static struct unit_id counted_unit(struct office *o, int32_t day)
{
	struct daily_report r;

	must(reports_load_of_day(&o->s.tx, o->ani, day, &r));
	return r.counted_unit;
}

static int waiting_for(struct office *o, struct employee_id superior)
{
	struct team_report *t;
	int count;

	must(reports_list_team(
		&o->s.tx, superior, TODAY - 31, TODAY, REPORT_SUBMITTED, &t, &count));
	return count;
}

/* What is stored is what the journal, the dated rows and the pins say. */
static void assert_rebuilds_the_same(struct office *o)
{
	int64_t wrong;

	must(attendance_rebuild(&o->s.tx, FIRST, TODAY, &wrong));
	assert_int_equal(wrong, 0);
	test_store_project(&o->s);
}

/* Ani moves on the 12th: unit, board, list and supervisor are those of each date. */
static void test_mid_month(void **state)
{
	struct office *o = *state;
	struct team_member m[5];
	int count;

	must(org_place(&o->s.tx, o->ani, o->other, "Analis", FUNGSIONAL, "SK 2", TODAY - 1));
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->next_boss, TODAY - 1));
	for (int32_t day = TODAY - 1; day <= TODAY; day++)
		changes_add(o->s.tx.changes, CHANGE_DAY, o->ani.v, day);
	test_store_project(&o->s);
	for (int32_t day = FIRST; day <= TODAY; day++)
		assert_unit(o, day, day < TODAY - 1 ? o->division : o->other);

	const struct report_id before = hand_in(o, TODAY - 2), after = hand_in(o, TODAY - 1);
	assert_int_equal(counted_unit(o, TODAY - 2).v, o->division.v);
	assert_int_equal(counted_unit(o, TODAY - 1).v, o->other.v);
	assert_int_equal(waiting_for(o, o->boss), 1);
	assert_int_equal(waiting_for(o, o->next_boss), 1);
	must(org_list_team(&o->s.tx, o->boss, TODAY - 2, m, 5, &count));
	assert_int_equal(count, 1);
	must(org_list_team(&o->s.tx, o->boss, TODAY - 1, m, 5, &count));
	assert_int_equal(count, 0);
	assert_int_equal(verify(o, o->next_boss, before), E_NOT_SUPERVISOR);
	assert_int_equal(verify(o, o->boss, before), OK);
	assert_int_equal(verify(o, o->boss, after), E_NOT_SUPERVISOR);
	assert_int_equal(verify(o, o->next_boss, after), OK);
	assert_rebuilds_the_same(o);
}

/* As the import and the person page do: the case first, then the rows. */
static int64_t decree_from(struct office *o, int32_t from)
{
	const struct org_decree decree = {.kind = CASE_PLACEMENT,
		.employee = o->ani,
		.number = "821/7",
		.from = from,
		.to = DAY_FOREVER,
		.unit = o->other,
		.position = "Analis",
		.level = FUNGSIONAL};
	int64_t case_id;
	int days;

	must(org_open_case(&o->s.tx, &decree, o->head, &case_id, &days));
	must(org_place(&o->s.tx, o->ani, o->other, "Analis", FUNGSIONAL, "821/7", from));
	for (int32_t day = from; day <= TODAY; day++)
		changes_add(o->s.tx.changes, CHANGE_DAY, o->ani.v, day);
	test_store_project(&o->s);
	return case_id;
}

static void test_late_decree(void **state)
{
	struct office *o = *state;
	struct late_decree *decree;
	int count;

	assert_int_equal(verify(o, o->boss, hand_in(o, TODAY - 6)), OK);
	assert_int_equal(verify(o, o->boss, hand_in(o, TODAY - 2)), OK);
	hand_in(o, TODAY - 3); /* waits: nobody decided */
	assert_int_not_equal(decree_from(o, TODAY - 8), 0);
	for (int32_t day = FIRST; day <= TODAY; day++)
		assert_unit(o, day,
			day < TODAY - 8 || day == TODAY - 6 || day == TODAY - 2 ? o->division
										: o->other);
	assert_int_equal(counted_unit(o, TODAY - 2).v, o->division.v);
	assert_int_equal(counted_unit(o, TODAY - 3).v, o->other.v);
	assert_rebuilds_the_same(o);

	must(reports_load_late_decrees(&o->s.tx, o->ani, TODAY - 2, &decree, &count));
	assert_int_equal(count, 1);
	assert_int_equal(decree[0].state, CASE_OPEN);
	assert_string_equal(decree[0].was, "Analis, BKD-MUTASI");
	assert_string_equal(decree[0].would_be, "Analis, BKD-DIKLAT");
	must(reports_load_late_decrees(&o->s.tx, o->ani, TODAY - 3, &decree, &count));
	assert_int_equal(count, 0);
}

/* Nothing decided: nothing pinned, and days before the first opened one stay without a row. */
static void test_late_decree_over_open_days(void **state)
{
	struct office *o = *state;
	struct attendance_day row;

	assert_int_equal(decree_from(o, FIRST - 20), 0);
	assert_int_equal(attendance_load_day(&o->s.tx, o->ani, FIRST - 2, &row), E_NOT_FOUND);
	for (int32_t day = FIRST; day <= TODAY; day++)
		assert_unit(o, day, o->other);
	assert_rebuilds_the_same(o);
}

/* The month of a unit that is closed keeps its days, decided or not; the month after it does not.
 */
static void test_closed_month(void **state)
{
	struct office *o = *state;
	const int32_t november = TODAY - 12;

	must(attendance_close_month(&o->s.tx, o->division, november, o->head));
	test_store_project(&o->s);
	assert_int_not_equal(decree_from(o, TODAY - 8), 0);
	for (int32_t day = FIRST; day <= TODAY; day++)
		assert_unit(o, day, o->division);
	assert_rebuilds_the_same(o);
}

/* The head left his office the day before and nobody stands in: his superior verifies, and the
 * report says why. */
static void test_vacant_head_verifies_one_level_up(void **state)
{
	struct office *o = *state;
	const struct role_row office = {.role = ROLE_UNIT_HEAD,
		.unit = o->division,
		.acting = ACTING_DEFINITIVE,
		.letter = "821/1",
		.valid_from = 18000,
		.valid_to = TODAY - 2};
	struct team_report *t;
	struct daily_report r;
	int64_t role;
	int count;

	must(org_add_role(&o->s.tx, o->boss, &office, o->head, &role));
	const struct report_id before = hand_in(o, TODAY - 2), after = hand_in(o, TODAY - 1);
	assert_int_equal(waiting_for(o, o->boss), 1);
	must(reports_list_team(&o->s.tx, o->head, TODAY - 31, TODAY, REPORT_SUBMITTED, &t, &count));
	assert_int_equal(count, 1);
	assert_int_equal(t[0].stand, STAND_VACANCY);
	assert_int_equal(t[0].report.day, TODAY - 1);
	assert_int_equal(verify(o, o->head, before), E_NOT_SUPERVISOR);
	assert_int_equal(verify(o, o->boss, after), E_NOT_SUPERVISOR);
	assert_int_equal(verify(o, o->head, after), OK);
	must(reports_load_of_day(&o->s.tx, o->ani, TODAY - 1, &r));
	assert_int_equal(r.decided_as, STAND_VACANCY);
	assert_int_equal(r.decided_for.v, o->boss.v);
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		STORE(test_mid_month),
		STORE(test_late_decree),
		STORE(test_late_decree_over_open_days),
		STORE(test_closed_month),
		STORE(test_vacant_head_verifies_one_level_up),
	};
	return TEST_STORE_RUN(tests);
}
