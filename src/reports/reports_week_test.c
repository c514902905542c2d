/*
 * The report of a week in a real store: which day of a person's week owes it, and how the row of
 * that day follows when what is known of the days after it changes.
 *
 * docs/WORK.md, "Duty". The week of Thursday 2025-11-13, five days of work; the case of a year's
 * end is the week of 2026-01-01.
 */
#include "attendance/attendance_int.h"
#include "attendance/attendance_parameter.h"
#include "org/org_db.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "reports/reports_int.h"
#include "reports/reports_day.h"
#include "reports/reports_day_int.h"
#include "reports/reports_recap_int.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define TODAY    20405 /* 2025-11-13, a Thursday */
#define MONDAY_  (TODAY - 3)
#define FRIDAY_  (TODAY + 1)
#define NEW_YEAR 20454 /* 2026-01-01, a Thursday */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &reports_day_slice, &reports_recap_slice,
	&trust_slice};

static void must(enum err e)
{
	if (e)
		fail_msg("%s", err_code(e));
}

struct office {
	struct test_store s;
	struct employee_id writer;
};

static struct rule weekly_rule(enum report_duty duty, int for_mode)
{
	struct rule rule = policy_rule_of(RULE_REPORT);

	rule.duty = (int)duty;
	rule.for_mode = for_mode;
	return rule;
}

/* Everybody reports weekly from Monday on; at home a daily report is owed. */
static void add_rules(struct office *o)
{
	const struct instrument se = {.rank = RANK_SE,
		.number = "1",
		.title = "contoh",
		.issued = MONDAY_ - 3,
		.valid_from = MONDAY_,
		.valid_to = DAY_FOREVER};
	const struct rule rule[] = {
		weekly_rule(DUTY_WEEKLY, -1), weekly_rule(DUTY_DAILY_ITEMS, MODE_HOME)};
	struct instrument_id id;

	must(policy_add_instrument(&o->s.tx, &se, rule, 2, &id));
}

static void open_until(struct office *o, int32_t last_in_service, int32_t now)
{
	const struct org_unit row = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	const struct employee_row person = {.nip = "199001012015012004",
		.name = "Ani",
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct pattern_id pattern;
	struct unit_id unit;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), instant_of(now, 600, ZONE_WIB));
	must(org_add_unit(&o->s.tx, &row, &unit));
	must(org_add_employee(&o->s.tx, &person, 18000, last_in_service, &o->writer));
	must(org_place(&o->s.tx, o->writer, unit, "Analis", FUNGSIONAL, "SK", 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	add_rules(o);
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void open_office(struct office *o)
{
	open_until(o, DAY_FOREVER, TODAY);
}

static void take_leave(struct office *o, int32_t from, int32_t to, enum status_kind kind)
{
	must(org_set_status(&o->s.tx, o->writer, kind, from, to, "850/1"));
	test_store_project(&o->s);
}

/* What each day of the week of `monday` owes: W weekly, D due, H daily, - nothing. */
static void week_of(struct office *o, int32_t monday, char ret[8])
{
	static const char letter[] = {[DUTY_NONE] = '-',
		[DUTY_DAILY_ITEMS] = 'H',
		[DUTY_WEEKLY] = 'W',
		[DUTY_WEEKLY_DUE] = 'D'};
	static struct day_view view;

	for (int i = 0; i < 7; i++) {
		enum err e = attendance_view_day(&o->s.tx, o->writer, monday + i, &view);

		ret[i] = e ? '.' : letter[view.row.duty];
		if (!e && view.row.duty == DUTY_WEEKLY_DUE)
			assert_int_equal(view.ruling.week_day, monday + i);
	}
	ret[7] = '\0';
}

static void test_day_that_owes(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		int32_t monday, from, to; /* away from..to, 0: not */
		enum status_kind kind;
		const char *week;
	} cases[] = {
		{"the last day of work", MONDAY_, 0, 0, STATUS_NONE, "WWWWD--"},
		{"leave on it", MONDAY_, FRIDAY_, FRIDAY_, STATUS_ANNUAL_LEAVE, "WWWD---"},
		{"leave on the last two", MONDAY_, TODAY, FRIDAY_, STATUS_SICK_LEAVE, "WWD----"},
		{"leave before it", MONDAY_, MONDAY_, TODAY, STATUS_ANNUAL_LEAVE, "----D--"},
		{"leave all week owes nothing", MONDAY_, MONDAY_, FRIDAY_, STATUS_ANNUAL_LEAVE,
			"-------"},
		{"outside duty is work", MONDAY_, FRIDAY_, FRIDAY_, STATUS_OUTSIDE_DUTY, "WWWWD--"},
		{"a year's end, a holiday within", NEW_YEAR - 3, 0, 0, STATUS_NONE, "WWW-D--"},
		{"leave after the year's end", NEW_YEAR - 3, NEW_YEAR + 1, NEW_YEAR + 1,
			STATUS_ANNUAL_LEAVE, "WWD----"},
		{"the week before the rule held", MONDAY_ - 7, 0, 0, STATUS_NONE, "-------"},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct office o;
		char week[8];

		open_office(&o);
		must(calendar_set_holiday(
			&o.s.tx, NEW_YEAR, HOLIDAY_NATIONAL, "Tahun Baru", "SKB"));
		if (cases[i].from)
			take_leave(&o, cases[i].from, cases[i].to, cases[i].kind);
		week_of(&o, cases[i].monday, week);
		if (strcmp(week, cases[i].week) != 0)
			fail_msg("%s: %s", cases[i].why, week);
		test_store_close(&o.s);
	}
}

/* Who leaves the service in the middle of the week owes it on his last day. */
static void test_last_day_of_service(void **state)
{
	(void)state;
	struct office o;
	char week[8];

	open_until(&o, TODAY - 1, TODAY - 2);
	week_of(&o, MONDAY_, week);
	assert_string_equal(week, "WWD....");
	test_store_close(&o.s);
}

/* ---- the stored row ---- */

static enum report_duty stored(struct office *o, int32_t day)
{
	struct attendance_day row;

	must(attendance_load_day(&o->s.tx, o->writer, day, &row));
	return row.duty;
}

static void open_day(struct office *o, int32_t day)
{
	struct employee_id last;

	o->s.tx.now_ms = instant_of(day, 600, ZONE_WIB);
	must(attendance_open_day(&o->s.tx, day, (struct employee_id){0}, 100, &last));
	assert_int_equal(last.v, 0);
	test_store_project(&o->s);
}

static void test_row_follows_the_week(void **state)
{
	(void)state;
	struct org_status_row row[4];
	struct office o;
	int64_t wrong;
	int count;

	open_office(&o);
	open_day(&o, TODAY - 1);
	open_day(&o, TODAY);
	assert_int_equal(stored(&o, TODAY), DUTY_WEEKLY);
	/* told today of tomorrow: today owes it at once */
	take_leave(&o, FRIDAY_, FRIDAY_, STATUS_ANNUAL_LEAVE);
	assert_int_equal(stored(&o, TODAY), DUTY_WEEKLY_DUE);
	open_day(&o, FRIDAY_);
	assert_int_equal(stored(&o, FRIDAY_), DUTY_NONE);
	assert_int_equal(stored(&o, TODAY), DUTY_WEEKLY_DUE);
	/* withdrawn on the day itself: it is owed there again, and once */
	must(org_list_statuses(&o.s.tx, o.writer, row, 4, &count));
	must(org_end_status(&o.s.tx, &row[0], o.writer, "tidak jadi cuti"));
	test_store_project(&o.s);
	assert_int_equal(stored(&o, FRIDAY_), DUTY_WEEKLY_DUE);
	assert_int_equal(stored(&o, TODAY), DUTY_WEEKLY);
	/* sick from the day before on, told on the last day: the day before those owes it */
	take_leave(&o, TODAY, FRIDAY_, STATUS_SICK_LEAVE);
	assert_int_equal(stored(&o, FRIDAY_), DUTY_NONE);
	assert_int_equal(stored(&o, TODAY), DUTY_NONE);
	assert_int_equal(stored(&o, TODAY - 1), DUTY_WEEKLY_DUE);
	must(attendance_rebuild(&o.s.tx, TODAY - 1, FRIDAY_, &wrong));
	assert_int_equal(wrong, 0);
	test_store_close(&o.s);
}

/* A holiday nobody announced to today's row: it follows when that day opens. */
static void test_row_follows_the_opening(void **state)
{
	(void)state;
	struct office o;

	open_office(&o);
	open_day(&o, TODAY);
	must(calendar_set_holiday(&o.s.tx, FRIDAY_, HOLIDAY_LOCAL, "Hari jadi", "SK"));
	open_day(&o, FRIDAY_);
	assert_int_equal(stored(&o, FRIDAY_), DUTY_NONE);
	assert_int_equal(stored(&o, TODAY), DUTY_WEEKLY_DUE);
	test_store_close(&o.s);
}

static struct db_stmt END_SERVICE = {"test_end_service",
	"UPDATE org_employee SET valid_to = $3 WHERE government_id = $1 AND employee_id = $2", 0};
static struct db_stmt *const service_stmts[] = {&END_SERVICE};

/* Told on Friday that Thursday was the last day of service. */
static void test_row_follows_the_end_of_service(void **state)
{
	(void)state;
	struct office o;

	open_office(&o);
	db_register(service_stmts, COUNT_OF(service_stmts));
	open_day(&o, TODAY);
	open_day(&o, FRIDAY_);
	assert_int_equal(stored(&o, FRIDAY_), DUTY_WEEKLY_DUE);
	must(db_exec(&o.s.tx, &END_SERVICE,
		BIND(db_int(o.s.tx.government.v), db_int(o.writer.v), db_int(TODAY)), NULL));
	changes_add(o.s.tx.changes, CHANGE_DAY, o.writer.v, FRIDAY_);
	test_store_project(&o.s);
	assert_int_equal(stored(&o, TODAY), DUTY_WEEKLY_DUE);
	test_store_close(&o.s);
}

/* ---- handing in ---- */

static enum err take_cell(
	void *arg, const struct attendance_day *day, const struct recap_cell *cell)
{
	((enum recap_report *)arg)[day->day - MONDAY_] = cell->report;
	return OK;
}

static void test_handed_in_ahead(void **state)
{
	(void)state;
	struct report_item item[] = {{480, 540, "Menelaah berkas", 1, "berkas", .day = MONDAY_},
		{480, 540, "Menyusun laporan", 1, "laporan", .day = DAY_NONE}};
	enum recap_report cell[7] = {RECAP_NOT_DUE};
	const struct recap_tables none = {{NULL, 0}, NULL, 0};
	struct report_item kept[REPORT_ITEMS_MAX];
	struct attendance_day day;
	struct day_row row;
	struct daily_report r;
	struct report_id id;
	struct office o;
	int count;

	open_office(&o);
	open_day(&o, TODAY);
	must(reports_hand_in(&o.s.tx, o.writer, FRIDAY_, "", item, 2, &id));
	must(reports_load(&o.s.tx, id, &r));
	assert_false(r.is_late);
	must(reports_list_items(&o.s.tx, id, kept, &count));
	assert_int_equal(count, 2);
	assert_int_equal(kept[0].day, MONDAY_);
	assert_int_equal(kept[1].day, DAY_NONE);
	open_day(&o, FRIDAY_);
	must(recap_scan_person(&o.s.tx, o.writer, MONDAY_, MONDAY_ + 6, &none, take_cell, cell));
	assert_int_equal(cell[TODAY - MONDAY_], RECAP_NOT_DUE);
	assert_int_equal(cell[FRIDAY_ - MONDAY_], RECAP_FILED);
	/* leave moves the day that owes: what was handed in stands for it */
	take_leave(&o, FRIDAY_, FRIDAY_, STATUS_ANNUAL_LEAVE);
	must(recap_scan_person(&o.s.tx, o.writer, MONDAY_, MONDAY_ + 6, &none, take_cell, cell));
	assert_int_equal(cell[TODAY - MONDAY_], RECAP_FILED);
	assert_int_equal(cell[FRIDAY_ - MONDAY_], RECAP_NOT_DUE);
	must(attendance_load_day(&o.s.tx, o.writer, TODAY, &day));
	must(reports_load_row(&o.s.tx, &day, &row));
	assert_int_equal(row.report_state, REPORT_SUBMITTED);
	test_store_close(&o.s);
}

/* docs/WORK.md, "On time": the number of the report's day, counted from the end of the day by which
 * it is due. */
static void test_on_time_by_the_number_of_its_day(void **state)
{
	(void)state;
	const struct parameter_row until_ten = {.id = 1,
		.kind = PARAMETER_REPORT_GRACE_MINUTES,
		.value = 600,
		.valid_from = FRIDAY_,
		.valid_to = DAY_FOREVER,
		.legal_basis = "contoh",
		.verified_by = ""};
	static const struct {
		int32_t day, handed_in;
		int minute;
		bool late;
	} cases[] = {
		{FRIDAY_, FRIDAY_ + 1, 599, false}, {FRIDAY_, FRIDAY_ + 1, 600, true},
		{TODAY, TODAY, 1439, false}, {TODAY, TODAY + 1, 0, true}, /* its day had none yet */
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct report_item item = {
			480, 540, "Menelaah berkas", 1, "berkas", .day = DAY_NONE};
		struct daily_report r;
		struct report_id id;
		struct office o;

		open_office(&o);
		must(attendance_set_parameter(&o.s.tx, &until_ten));
		o.s.tx.now_ms = instant_of(cases[i].handed_in, cases[i].minute, ZONE_WIB);
		must(reports_hand_in(&o.s.tx, o.writer, cases[i].day, "", &item, 1, &id));
		must(reports_load(&o.s.tx, id, &r));
		assert_int_equal(r.is_late, cases[i].late);
		test_store_close(&o.s);
	}
}

/* Of a week the report of the day, or one handed in for a later day of it; of other duties its own.
 */
static const struct stood {
	const char *why;
	enum report_duty duty;
	int32_t of[2]; /* days of the reports */
	enum report_state state[2];
	int found; /* index; -1 none */
} standings[] = {
	{"its own", DUTY_WEEKLY_DUE, {TODAY, FRIDAY_}, {REPORT_SUBMITTED, REPORT_SUBMITTED}, 0},
	{"a later one", DUTY_WEEKLY_DUE, {TODAY - 1, FRIDAY_}, {REPORT_VERIFIED, REPORT_VERIFIED},
		1},
	{"a later one before a draft", DUTY_WEEKLY_DUE, {TODAY, FRIDAY_},
		{REPORT_DRAFT, REPORT_RETURNED}, 1},
	{"its draft before a later draft", DUTY_WEEKLY_DUE, {TODAY, FRIDAY_},
		{REPORT_DRAFT, REPORT_DRAFT}, 0},
	{"that of the Sunday, none of the Monday after", DUTY_WEEKLY_DUE,
		{MONDAY_ + 6, MONDAY_ + 7}, {REPORT_VERIFIED, REPORT_SUBMITTED}, 0},
	{"none of the week after", DUTY_WEEKLY_DUE, {TODAY - 7, MONDAY_ + 7},
		{REPORT_VERIFIED, REPORT_SUBMITTED}, -1},
	{"a daily one is its own day's", DUTY_DAILY_ITEMS, {TODAY - 1, FRIDAY_},
		{REPORT_VERIFIED, REPORT_VERIFIED}, -1},
	{"a confirmation of its own day", DUTY_DAILY_CONFIRM, {TODAY, FRIDAY_},
		{REPORT_VERIFIED, REPORT_SUBMITTED}, 0},
};

static void test_report_that_stands(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT_OF(standings); i++) {
		const struct stood *c = &standings[i];
		const struct attendance_day day = {.day = TODAY, .duty = c->duty};
		struct report_of_day report[2];

		for (int k = 0; k < 2; k++)
			report[k] = (struct report_of_day){c->of[k], {k + 1}, c->state[k]};
		const struct report_of_day *found = reports_find_state(report, 2, &day);
		if (found != (c->found < 0 ? NULL : &report[c->found]))
			fail_msg("%s", c->why);
	}
}

static struct db_stmt SET_DUTY = {"week_test_set_duty",
	"UPDATE attendance_day SET duty = $4 WHERE government_id = $1 AND employee_id = $2"
	" AND day = $3",
	0};
static struct db_stmt ADD_REPORT = {"week_test_add_report",
	"INSERT INTO reports_daily (government_id, employee_id, day, report_id, state, version,"
	" obstacle, submitted_at, is_late, decided_by, decided_for, decided_at, reason,"
	" counted_unit, counted_state) VALUES ($1, $2, CAST($3 AS INTEGER), $3, $4, 1, '', 0, 0, "
	"0, 0, 0, '', 0, 0)",
	0};

static struct db_stmt *const week_stmts[] = {&SET_DUTY, &ADD_REPORT};

static enum err take_today(
	void *arg, const struct attendance_day *day, const struct recap_cell *cell)
{
	if (day->day == TODAY)
		*(enum recap_report *)arg = cell->report;
	return OK;
}

/* How far the report of the day is by the recap of its unit, of its person, of everybody. */
static void recap_today(struct office *o, enum recap_report ret[3])
{
	static const struct recap_tables none = {{NULL, 0}, NULL, 0};
	static struct day_view view;

	must(attendance_view_day(&o->s.tx, o->writer, TODAY, &view));
	must(recap_scan(&o->s.tx, view.row.unit, TODAY - 9, FRIDAY_, &none, take_today, &ret[0]));
	must(recap_scan_person(
		&o->s.tx, o->writer, TODAY - 9, FRIDAY_, &none, take_today, &ret[1]));
	must(recap_scan(
		&o->s.tx, (struct unit_id){0}, TODAY - 9, FRIDAY_, &none, take_today, &ret[2]));
}

/* The recap finds the same report, however many people it is asked about. */
static void test_recap_of_that_report(void **state)
{
	(void)state;
	static const enum recap_report said[] = {[REPORT_DRAFT] = RECAP_DUE,
		[REPORT_SUBMITTED] = RECAP_FILED,
		[REPORT_VERIFIED] = RECAP_VERIFIED,
		[REPORT_RETURNED] = RECAP_FILED};

	for (int i = 0; i < COUNT_OF(standings); i++) {
		const struct stood *c = &standings[i];
		const enum recap_report expected = c->found < 0 ? RECAP_DUE
								: said[c->state[c->found]];
		enum recap_report found[3] = {RECAP_NOT_DUE, RECAP_NOT_DUE, RECAP_NOT_DUE};
		struct office o;

		open_office(&o);
		db_register(week_stmts, COUNT_OF(week_stmts));
		open_day(&o, TODAY);
		must(db_exec(&o.s.tx, &SET_DUTY,
			BIND(db_int(o.s.tx.government.v), db_int(o.writer.v), db_int(TODAY),
				db_int((int)c->duty)),
			NULL));
		for (int k = 0; k < 2; k++)
			must(db_exec(&o.s.tx, &ADD_REPORT,
				BIND(db_int(o.s.tx.government.v), db_int(o.writer.v),
					db_int(c->of[k]), db_int((int)c->state[k])),
				NULL));
		recap_today(&o, found);
		for (int k = 0; k < 3; k++)
			if (found[k] != expected)
				fail_msg("%s: %d, not %d, by scan %d", c->why, found[k], expected,
					k);
		test_store_close(&o.s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day_that_owes),
		cmocka_unit_test(test_last_day_of_service),
		cmocka_unit_test(test_row_follows_the_week),
		cmocka_unit_test(test_row_follows_the_opening),
		cmocka_unit_test(test_row_follows_the_end_of_service),
		cmocka_unit_test(test_handed_in_ahead),
		cmocka_unit_test(test_on_time_by_the_number_of_its_day),
		cmocka_unit_test(test_report_that_stands),
		cmocka_unit_test(test_recap_of_that_report),
	};
	return TEST_STORE_RUN(tests);
}
