/*
 * Marks of the triage in a real store: habit from verified reports alone, and marks that follow
 * when the facts change afterwards (docs/WORK.md, "The daily report").
 */
#include "reports/reports_mark.h"

#include "attendance/attendance_parameter.h"
#include "calendar/calendar.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <string.h>

#define TODAY 20405 /* 2025-11-13, a Thursday */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id boss, ani;
	int64_t target;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static void set_time(struct office *o, int32_t day)
{
	o->s.tx.now_ms = instant_of(day, 16 * 60, ZONE_WIB);
}

static struct employee_id add_person(struct office *o, const char *nip)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = nip,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

static void open_office(struct office *o)
{
	const struct org_unit row = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	struct pattern_id pattern;

	*o = (struct office){.target = 77};
	test_store_open(&o->s, slices, COUNT_OF(slices), instant_of(TODAY, 16 * 60, ZONE_WIB));
	auth_authorise = org_authorise;
	must(org_add_unit(&o->s.tx, &row, &o->unit));
	o->boss = add_person(o, "198001012005012001");
	o->ani = add_person(o, "199001012015012004");
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static struct report_item item_of(int64_t target, int volume, const char *unit_of_measure)
{
	return (struct report_item){.starts = 480,
		.ends = 540,
		.description = "Memverifikasi berkas mutasi",
		.volume = volume,
		.unit_of_measure = unit_of_measure,
		.target_id = target,
		.reference = "800/1"};
}

/* Handed in at four in the afternoon of its day. */
static struct report_id hand_in(
	struct office *o, int32_t day, int64_t target, int volume, const char *unit_of_measure)
{
	struct report_item item = item_of(target, volume, unit_of_measure);
	struct report_id id;

	set_time(o, day);
	must(attendance_refold(&o->s.tx, o->ani, day));
	must(reports_hand_in(&o->s.tx, o->ani, day, "", &item, 1, &id));
	test_store_project(&o->s);
	return id;
}

static void decide(struct office *o, struct report_id id, enum report_event_kind kind)
{
	must(reports_decide_many(
		&o->s.tx, o->boss, kind, kind == EVENT_RETURNED ? "Belum sesuai" : "", &id, 1));
	test_store_project(&o->s);
}

static struct report_marks marks_of(struct office *o, int32_t day)
{
	struct report_item item[REPORT_ITEMS_MAX];
	struct attendance_day row;
	struct report_marks marks;
	struct daily_report r;
	int items;

	must(reports_load_of_day(&o->s.tx, o->ani, day, &r));
	must(reports_list_items(&o->s.tx, r.id, item, &items));
	must(attendance_load_day(&o->s.tx, o->ani, day, &row));
	must(reports_load_marks(&o->s.tx, &r, item, items, &row, &marks));
	return marks;
}

static void assert_usual(struct office *o, int32_t day, int32_t usual)
{
	const struct report_marks marks = marks_of(o, day);

	assert_int_equal(marks.usual[0], usual);
	assert_int_equal(marks.remarks & REMARK_VOLUME, usual ? REMARK_VOLUME : 0);
}

/* Five verified days of ten to fourteen; then a day of ninety. */
static void verify_five(struct office *o)
{
	for (int i = 0; i < 5; i++)
		decide(o, hand_in(o, TODAY - 10 + i, o->target, 10 + i, " Berkas"), EVENT_VERIFIED);
}

static void test_habit_is_of_verified_reports(void **state)
{
	struct office o;
	(void)state;

	open_office(&o);
	verify_five(&o);
	hand_in(&o, TODAY, o.target, 90, "berkas");
	assert_usual(&o, TODAY, 12);
	/* of its own day and later ones nothing counts, nor what waits */
	hand_in(&o, TODAY - 4, o.target, 90, "berkas");
	assert_usual(&o, TODAY - 4, 12);
	assert_usual(&o, TODAY - 6, 0);
	hand_in(&o, TODAY - 3, o.target, 90, "surat");
	assert_usual(&o, TODAY - 3, 0);
	hand_in(&o, TODAY - 2, o.target + 1, 90, "berkas");
	assert_usual(&o, TODAY - 2, 0);
	hand_in(&o, TODAY - 1, 0, 90, "berkas");
	assert_usual(&o, TODAY - 1, 0);
	test_store_close(&o.s);
}

/* Whatever takes a verification away takes it out of the habit: nothing was remembered. */
static void test_habit_follows_the_store(void **state)
{
	struct office o;
	struct daily_report r;
	(void)state;

	open_office(&o);
	verify_five(&o);
	hand_in(&o, TODAY, o.target, 90, "berkas");
	assert_usual(&o, TODAY, 12);
	must(reports_load_of_day(&o.s.tx, o.ani, TODAY - 10, &r));
	r.state = REPORT_RETURNED;
	must(reports_set(&o.s.tx, &r));
	assert_usual(&o, TODAY, 0); /* four are left */
	r.state = REPORT_VERIFIED;
	must(reports_set(&o.s.tx, &r));
	assert_usual(&o, TODAY, 12);
	test_store_close(&o.s);
}

static void test_threshold_is_dated(void **state)
{
	struct office o;
	(void)state;

	open_office(&o);
	verify_five(&o);
	hand_in(&o, TODAY - 1, o.target, 30, "berkas");
	hand_in(&o, TODAY, o.target, 30, "berkas");
	assert_usual(&o, TODAY, 0); /* not beyond 300 percent of 12 */
	const struct parameter_row row = {.id = id_next(),
		.kind = PARAMETER_REPORT_UNUSUAL_PERCENT,
		.value = 200,
		.valid_from = TODAY,
		.valid_to = DAY_FOREVER,
		.legal_basis = "contoh",
		.verified_by = ""};
	must(attendance_set_parameter(&o.s.tx, &row));
	assert_usual(&o, TODAY, 12);
	assert_usual(&o, TODAY - 1, 0);
	test_store_close(&o.s);
}

/* Everybody at home on that weekday, set after the report was handed in. */
static void add_home_thursdays(struct office *o)
{
	const struct instrument se = {.rank = RANK_SE,
		.number = "182/KPG.03/BKD",
		.title = "WFH setiap Kamis",
		.signer = "Sekda",
		.legal_basis = "PermenPANRB 4/2025",
		.verified_by = "",
		.note = "",
		.file_sha256 = "",
		.issued = TODAY - 13,
		.valid_from = TODAY - 12,
		.valid_to = TODAY + 60};
	struct rule rule = policy_rule_of(RULE_MODE);
	struct instrument_id id;

	rule.article = "angka 1";
	rule.weekdays = WEEKDAY_BIT(THURSDAY);
	rule.mode = MODE_HOME;
	must(policy_add_instrument(&o->s.tx, &se, &rule, 1, &id));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void test_mode_follows_a_late_decree(void **state)
{
	struct office o;
	struct daily_report r;
	(void)state;

	open_office(&o);
	hand_in(&o, TODAY, 0, 1, "berkas");
	must(reports_load_of_day(&o.s.tx, o.ani, TODAY, &r));
	assert_int_equal(r.mode, MODE_OFFICE);
	assert_int_equal(marks_of(&o, TODAY).mismatch, MISMATCH_NONE);
	add_home_thursdays(&o);
	must(attendance_refold(&o.s.tx, o.ani, TODAY));
	assert_int_equal(marks_of(&o, TODAY).mismatch, MISMATCH_CHANGED);
	assert_true(marks_of(&o, TODAY).remarks & REMARK_MODE);
	/* sent back and handed in again, it is of the mode that holds now */
	decide(&o, r.id, EVENT_RETURNED);
	must(reports_load_of_day(&o.s.tx, o.ani, TODAY, &r));
	assert_int_equal(r.mode, MODE_OFFICE);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_habit_is_of_verified_reports),
		cmocka_unit_test(test_habit_follows_the_store),
		cmocka_unit_test(test_threshold_is_dated),
		cmocka_unit_test(test_mode_follows_a_late_decree),
	};
	return TEST_STORE_RUN(stored);
}
