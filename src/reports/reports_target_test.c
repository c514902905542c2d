/*
 * What reports bring to planned results, in real stores of both engines: by unit of measure, by the
 * state of the report, under every plan and revision, and the same when it is computed again.
 *
 * PermenPANRB 6/2022: progress is that of the agreed plan; docs/WORK.md: amounts of different units
 * are never added, one quantity counts.
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

#define NOW INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id boss, ani;
	int64_t target, other; /* results of her plan: files, and one that no quantity counts */
	struct target_plan plan;
};

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_true(day_parse(text, &day));
	return day;
}

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct employee_id add_person(struct office *o, struct unit_id unit, const char *nip)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = "Ani",
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, unit, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

static void enter_plan(
	struct office *o, enum report_period period, int revision, const char *unit_of_measure)
{
	struct target_measure files[] = {{ASPECT_QUANTITY, "Berkas", 100, unit_of_measure}},
			      quality[] = {{ASPECT_QUALITY, "Sesuai", 100, "persen"}};
	const struct target target[] = {{o->target, TARGET_MAIN, "Berkas selesai", 0, files, 1},
		{o->other, TARGET_MAIN, "Layanan bermutu", 0, quality, 1}};

	o->plan = (struct target_plan){.id = id_next(),
		.owner = o->ani,
		.unit = o->unit,
		.period = (int32_t)period,
		.revision = revision,
		.state = PLAN_AGREED,
		.version = 3,
		.superior = o->boss,
		.note = ""};
	reports_period_of(period, day_of("2025-11-13"), &o->plan.first_day, &o->plan.last_day);
	must(reports_enter_plan(&o->s.tx, &o->plan, target, 2));
}

static void open_office(struct office *o)
{
	struct pattern_id pattern;
	const struct org_unit row = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	must(org_add_unit(&o->s.tx, &row, &o->unit));
	o->boss = add_person(o, o->unit, "198001012005012001");
	o->ani = add_person(o, o->unit, "199001012015012004");
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	o->target = id_next();
	o->other = id_next();
	enter_plan(o, PERIOD_ANNUAL, 1, "berkas");
	test_store_project(&o->s);
}

static struct report_item item_of(int64_t target, int volume, const char *unit_of_measure)
{
	return (struct report_item){.starts = 480,
		.ends = 540,
		.description = "Memverifikasi berkas mutasi",
		.volume = volume,
		.unit_of_measure = unit_of_measure,
		.target_id = target};
}

static struct report_id hand_in(
	struct office *o, const char *day, struct report_item *item, int items)
{
	struct report_id id;

	must(reports_hand_in(&o->s.tx, o->ani, day_of(day), "", item, items, &id));
	test_store_project(&o->s);
	return id;
}

static void decide(struct office *o, struct report_id id, enum report_event_kind kind)
{
	must(reports_decide_many(
		&o->s.tx, o->boss, kind, kind == EVENT_RETURNED ? "Belum sesuai" : "", &id, 1));
	test_store_project(&o->s);
}

static void assert_sum(struct office *o, int64_t target, const char *from, const char *to,
	int64_t handed_in, int64_t verified)
{
	struct target_output output[TARGETS_MAX], none = {0};
	const struct target_output *found = &none;
	int count;

	must(reports_sum_output(
		&o->s.tx, &o->plan, day_of(from), day_of(to), output, TARGETS_MAX, &count));
	for (int i = 0; i < count; i++)
		if (output[i].target == target)
			found = &output[i];
	assert_int_equal(found->handed_in, handed_in);
	assert_int_equal(found->verified, verified);
}

static void assert_year(struct office *o, int64_t handed_in, int64_t verified)
{
	assert_sum(o, o->target, "2025-01-01", "2025-12-31", handed_in, verified);
}

static void assert_rebuilds(struct office *o, int64_t expected_wrong)
{
	int64_t wrong = -1;

	must(reports_rebuild_output(&o->s.tx, day_of("2025-11-01"), day_of("2025-11-30"), &wrong));
	assert_int_equal(wrong, expected_wrong);
}

/* One quantity counts the volumes in its unit; a result without one counts nothing. */
static void test_units_are_never_added(void **state)
{
	struct office o;
	(void)state;

	open_office(&o);
	struct report_item item[] = {item_of(o.target, 12, "berkas"),
		item_of(o.target, 3, "  BERKAS "), item_of(o.target, 500, "lembar"),
		item_of(o.other, 7, "persen"), item_of(0, 40, "berkas")};
	hand_in(&o, "2025-11-12", item, COUNT_OF(item));
	assert_year(&o, 15, 0);
	assert_sum(&o, o.other, "2025-01-01", "2025-12-31", 0, 0);
	assert_sum(&o, o.target, "2025-11-13", "2025-11-30", 0, 0);
	assert_rebuilds(&o, 0);
	test_store_close(&o.s);
}

/* Waiting, returned, handed in again, verified: each is what the report is now. */
static void test_states_of_the_report(void **state)
{
	struct office o;
	(void)state;

	open_office(&o);
	struct report_item first[] = {item_of(o.target, 12, "berkas")},
			   second[] = {item_of(o.target, 5, "berkas")};
	struct report_id returned = hand_in(&o, "2025-11-11", first, 1),
			 good = hand_in(&o, "2025-11-12", second, 1);
	assert_year(&o, 17, 0);
	decide(&o, returned, EVENT_RETURNED);
	assert_year(&o, 5, 0);
	decide(&o, good, EVENT_VERIFIED);
	assert_year(&o, 5, 5);
	assert_rebuilds(&o, 0);
	test_store_close(&o.s);
}

/* The rows are of the report alone: a revision with another unit counts others of them, and back.
 */
static void test_revisions_change_no_rows(void **state)
{
	struct office o;
	(void)state;

	open_office(&o);
	struct report_item item[] = {
		item_of(o.target, 12, "berkas"), item_of(o.target, 80, "lembar")};
	decide(&o, hand_in(&o, "2025-11-12", item, 2), EVENT_VERIFIED);
	assert_year(&o, 12, 12);
	enter_plan(&o, PERIOD_ANNUAL, 2, "Lembar");
	assert_year(&o, 80, 80);
	assert_rebuilds(&o, 0);
	enter_plan(&o, PERIOD_ANNUAL, 3, "Berkas");
	assert_year(&o, 12, 12);
	assert_rebuilds(&o, 0);
	test_store_close(&o.s);
}

/* What stands there wrong is told and mended: a volume, a row too many, a day without its rows. */
static void test_rebuild_mends(void **state)
{
	static const char *const faults[] = {"UPDATE reports_output SET verified = 99",
		"DELETE FROM reports_output", "UPDATE reports_output SET day = day - 1"};
	(void)state;

	for (int i = 0; i < COUNT_OF(faults); i++) {
		struct office o;
		const char *why;

		open_office(&o);
		struct report_item item[] = {item_of(o.target, 12, "berkas")};
		decide(&o, hand_in(&o, "2025-11-12", item, 1), EVENT_VERIFIED);
		must(db_script(o.s.db, faults[i], &o.s.arena, &why));
		/* a row on a day without a report and a day without its row: two days */
		assert_rebuilds(&o, i == 2 ? 2 : 1);
		assert_year(&o, 12, 12);
		assert_rebuilds(&o, 0);
		test_store_close(&o.s);
	}
}

/* In force on a day are the plan of the quarter and that of the year, once agreed. */
static void test_in_force(void **state)
{
	static const struct {
		const char *day;
		int targets;
	} cases[] = {{"2025-09-30", 2}, {"2025-10-01", 4}, {"2025-12-31", 4}, {"2026-01-01", 0},
		{"2024-12-31", 0}};
	struct office o;
	struct target *target;
	int count;
	(void)state;

	open_office(&o);
	enter_plan(&o, PERIOD_QUARTERLY, 1, "berkas");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		must(reports_list_targets_on(
			&o.s.tx, o.ani, day_of(cases[i].day), &target, &count));
		assert_int_equal(count, cases[i].targets);
	}
	o.plan.state = PLAN_REPLACED;
	must(reports_set_plan(&o.s.tx, &o.plan));
	must(reports_list_targets_on(&o.s.tx, o.ani, day_of("2025-11-13"), &target, &count));
	assert_int_equal(count, 2);
	must(reports_list_targets_on(&o.s.tx, o.boss, day_of("2025-11-13"), &target, &count));
	assert_int_equal(count, 0);
	test_store_close(&o.s);
}

/* ---- sums of units ---- */

struct unit_sum {
	int64_t annual, quarterly, handed_in, verified, handed_in_today, verified_today;
};

/* Of November 2025 until the 13th. */
static void assert_unit(struct office *o, struct unit_id unit, const char *unit_key,
	const struct unit_sum *expected)
{
	struct unit_output *sum, none = {0};
	const struct unit_output *found = &none;
	bool is_cut;
	int count;

	must(reports_list_unit_output(
		&o->s.tx, unit, day_of("2025-11-01"), day_of("2025-11-13"), &sum, &count, &is_cut));
	for (int i = 0; i < count; i++)
		if (sum[i].unit.v == unit.v && str_eq(sum[i].unit_key, unit_key))
			found = &sum[i];
	assert_int_equal(found->annual, expected->annual);
	assert_int_equal(found->quarterly, expected->quarterly);
	assert_int_equal(found->handed_in, expected->handed_in);
	assert_int_equal(found->verified, expected->verified);
	assert_int_equal(found->handed_in_today, expected->handed_in_today);
	assert_int_equal(found->verified_today, expected->verified_today);
}

static void assert_sums_agree(struct office *o)
{
	int64_t wrong = -1;

	must(reports_check_unit_output(&o->s.tx, &wrong));
	assert_int_equal(wrong, 0);
}

/* Every state of a report is the same at its unit and at the government; months apart. */
static void test_sums_of_a_unit(void **state)
{
	const struct unit_id government = {0};
	struct office o;
	(void)state;

	open_office(&o);
	enter_plan(&o, PERIOD_QUARTERLY, 1, "Lembar");
	struct report_item item[] = {item_of(o.target, 12, "berkas"),
		item_of(o.target, 80, "lembar"), item_of(0, 5, "berkas")};
	struct report_id before = hand_in(&o, "2025-10-31", item, 1),
			 former = hand_in(&o, "2025-11-12", item, 3),
			 today = hand_in(&o, "2025-11-13", item, 1);
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){0, 0, 24, 0, 12, 0});
	assert_unit(&o, o.unit, "lembar", &(struct unit_sum){0, 100, 80, 0, 0, 0});
	decide(&o, former, EVENT_VERIFIED);
	decide(&o, today, EVENT_VERIFIED);
	decide(&o, before, EVENT_VERIFIED);
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){0, 0, 24, 24, 12, 12});
	assert_unit(&o, government, "berkas", &(struct unit_sum){0, 0, 24, 24, 12, 12});
	assert_sums_agree(&o);
	struct report_id returned = hand_in(&o, "2025-11-11", item, 1);
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){0, 0, 36, 24, 12, 12});
	decide(&o, returned, EVENT_RETURNED);
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){0, 0, 24, 24, 12, 12});
	assert_sums_agree(&o);
	test_store_close(&o.s);
}

/* By unit and then by unit of measure; of the units below only what their plans name. */
static void test_sums_are_in_order(void **state)
{
	static const char *const keys[] = {"berkas", "lembar", "berkas"};
	struct unit_output *sum;
	struct office o;
	bool is_cut;
	int count;
	(void)state;

	open_office(&o);
	struct report_item item[] = {
		item_of(o.target, 80, "lembar"), item_of(o.target, 12, "berkas")};
	hand_in(&o, "2025-11-12", item, 1);
	hand_in(&o, "2025-11-13", item, 2);
	must(reports_list_unit_output(&o.s.tx, (struct unit_id){0}, day_of("2025-11-01"),
		day_of("2025-11-13"), &sum, &count, &is_cut));
	assert_int_equal(count, COUNT_OF(keys));
	for (int i = 0; i < count; i++) {
		assert_int_equal(sum[i].unit.v, i < 2 ? 0 : o.unit.v);
		assert_string_equal(sum[i].unit_key, keys[i]);
	}
	test_store_close(&o.s);
}

/* Units of measure are free text: however many there are, none is left out. */
static void test_sums_are_complete(void **state)
{
	enum { DAYS = 13, ITEMS = 20, MEASURES = DAYS * ITEMS };
	struct report_item item[ITEMS];
	struct unit_output *sum;
	struct office o;
	bool is_cut;
	const char *why;
	int count, handed_in = 0;
	(void)state;

	open_office(&o);
	for (int day = 0; day < DAYS; day++) {
		for (int i = 0; i < ITEMS; i++)
			item[i] = item_of(o.target, 1,
				arena_printf(&o.s.arena, "satuan %d", day * ITEMS + i));
		must(reports_hand_in(&o.s.tx, o.ani, day_of("2025-11-01") + day, "", item, ITEMS,
			&(struct report_id){0}));
	}
	test_store_project(&o.s);
	must(reports_list_unit_output(&o.s.tx, o.unit, day_of("2025-11-01"), day_of("2025-11-13"),
		&sum, &count, &is_cut));
	assert_int_equal(count, MEASURES + 1); /* and the planned one */
	for (int i = 0; i < count; i++)
		handed_in += (int)sum[i].handed_in;
	assert_int_equal(handed_in, MEASURES);
	assert_false(is_cut);
	/* beyond all reason it is said, and what is planned stays */
	must(db_script(o.s.db,
		arena_printf(&o.s.arena,
			"INSERT INTO reports_unit_output WITH RECURSIVE k(n) AS (SELECT 1 UNION "
			"ALL SELECT n + 1 FROM k WHERE n < %d) SELECT %lld, %lld, %d, 'z' || n, 1, "
			"0 FROM k",
			BROUGHT_ROWS_MAX, (long long)o.s.tx.government.v, (long long)o.unit.v,
			day_of("2025-11-13")),
		&o.s.arena, &why));
	must(reports_list_unit_output(&o.s.tx, o.unit, day_of("2025-11-01"), day_of("2025-11-13"),
		&sum, &count, &is_cut));
	assert_true(is_cut);
	assert_string_equal(sum[0].unit_key, "berkas");
	assert_int_equal(sum[0].annual, 100);
	test_store_close(&o.s);
}

static void take_back(struct office *o, struct target_plan *p)
{
	struct target *target;
	int targets;

	p->state = PLAN_REPLACED;
	p->version++;
	must(reports_set_plan(&o->s.tx, p));
	must(reports_list_targets(&o->s.tx, p->id, &target, &targets));
	must(reports_count_plan(&o->s.tx, p, target, targets, -1));
}

/* Who has a plan of the quarter means what that says; that of the year stands in the other
 * quarters. Whichever was agreed first, and through every revision. */
static void test_plan_of_a_quarter_stands_for_its_year(void **state)
{
	const struct unit_id government = {0};
	struct target_plan of_year, of_quarter;
	struct unit_output *sum;
	struct office o;
	bool is_cut;
	int count;
	(void)state;

	open_office(&o);
	of_year = o.plan;
	enter_plan(&o, PERIOD_QUARTERLY, 1, "berkas");
	of_quarter = o.plan;
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){.quarterly = 100});
	assert_unit(&o, government, "berkas", &(struct unit_sum){.quarterly = 100});
	assert_sums_agree(&o);
	must(reports_list_unit_output(&o.s.tx, o.unit, day_of("2025-09-01"), day_of("2025-09-13"),
		&sum, &count, &is_cut));
	assert_int_equal(count, 1);
	assert_int_equal(sum[0].annual, 100);
	take_back(&o, &of_year);
	enter_plan(&o, PERIOD_ANNUAL, 2, "lembar");
	assert_unit(&o, o.unit, "lembar", &(struct unit_sum){0});
	assert_sums_agree(&o);
	take_back(&o, &of_quarter);
	assert_unit(&o, o.unit, "lembar", &(struct unit_sum){.annual = 100});
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){0});
	assert_sums_agree(&o);
	enter_plan(&o, PERIOD_QUARTERLY, 2, "berkas");
	assert_unit(&o, government, "lembar", &(struct unit_sum){0});
	assert_unit(&o, government, "berkas", &(struct unit_sum){.quarterly = 100});
	assert_sums_agree(&o);
	test_store_close(&o.s);
}

/* A decree that comes late takes what was reported along to the other unit. */
static void test_sums_follow_the_person(void **state)
{
	const struct org_unit row = {
		.code = "DISDIK", .name = "DISDIK", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	const struct unit_id government = {0};
	struct unit_id other;
	struct office o;
	(void)state;

	open_office(&o);
	must(org_add_unit(&o.s.tx, &row, &other));
	struct report_item item[] = {item_of(o.target, 12, "berkas")};
	decide(&o, hand_in(&o, "2025-11-12", item, 1), EVENT_VERIFIED);
	must(org_place(&o.s.tx, o.ani, other, "Analis", FUNGSIONAL, "SK", day_of("2025-11-10")));
	must(org_touch_generation(&o.s.tx));
	changes_add(o.s.tx.changes, CHANGE_REPORT, o.ani.v, day_of("2025-11-12"));
	test_store_project(&o.s);
	assert_unit(&o, o.unit, "berkas", &(struct unit_sum){.annual = 100});
	assert_unit(&o, other, "berkas", &(struct unit_sum){0, 0, 12, 12, 0, 0});
	assert_unit(&o, government, "berkas", &(struct unit_sum){100, 0, 12, 12, 0, 0});
	assert_sums_agree(&o);
	test_store_close(&o.s);
}

static void test_sums_are_mended(void **state)
{
	static const char *const faults[] = {"UPDATE reports_unit_output SET verified = 99",
		"DELETE FROM reports_unit_output WHERE unit_id = 0",
		"UPDATE reports_unit_planned SET amount = amount + 1",
		"DELETE FROM reports_unit_planned WHERE period = 2"};
	(void)state;

	for (int i = 0; i < COUNT_OF(faults); i++) {
		struct office o;
		const char *why;
		int64_t wrong = 0;

		open_office(&o);
		enter_plan(&o, PERIOD_QUARTERLY, 1, "lembar");
		struct report_item item[] = {item_of(o.target, 12, "berkas")};
		decide(&o, hand_in(&o, "2025-11-12", item, 1), EVENT_VERIFIED);
		must(db_script(o.s.db, faults[i], &o.s.arena, &why));
		must(reports_check_unit_output(&o.s.tx, &wrong));
		assert_true(wrong > 0);
		must(reports_recount_unit_output(&o.s.tx, &wrong));
		assert_true(wrong > 0);
		assert_sums_agree(&o);
		assert_unit(&o, o.unit, "berkas", &(struct unit_sum){0, 0, 12, 12, 0, 0});
		test_store_close(&o.s);
	}
}

/* ---- closing, and the plan of a day ---- */

/* PermenPANRB 6/2022: what was agreed is assessed when its period is over. A closed plan keeps its
 * progress, a report of its period that is verified later still counts, and no report of a day
 * behind it does. */
static void test_closed_plans_keep_their_progress(void **state)
{
	struct office o;
	struct report_id early, late;
	struct target *t;
	int64_t wrong;
	int count;
	(void)state;

	open_office(&o);
	struct report_item item = item_of(o.target, 7, "berkas");
	early = hand_in(&o, "2025-11-12", &item, 1);
	item = item_of(o.target, 5, "berkas");
	late = hand_in(&o, "2025-11-13", &item, 1);
	decide(&o, early, EVENT_VERIFIED);
	o.plan.state = PLAN_CLOSED;
	o.plan.version++;
	o.plan.closed_by = o.boss;
	o.plan.closed_at = NOW;
	must(reports_set_plan(&o.s.tx, &o.plan));
	assert_sum(&o, o.target, "2025-01-01", "2025-12-31", 12, 7);
	decide(&o, late, EVENT_VERIFIED);
	assert_sum(&o, o.target, "2025-01-01", "2025-12-31", 12, 12);
	must(reports_list_targets_on(&o.s.tx, o.ani, day_of("2025-12-31"), &t, &count));
	assert_int_equal(count, 2);
	must(reports_list_targets_on(&o.s.tx, o.ani, day_of("2026-01-01"), &t, &count));
	assert_int_equal(count, 0);
	must(reports_check_unit_output(&o.s.tx, &wrong));
	assert_int_equal(wrong, 0); /* what the unit meant to bring stays */
	test_store_close(&o.s);
}

/* When a plan was said first is kept through every change; taken away it was never said. */
static void test_plan_of_a_day(void **state)
{
	const struct plan_item item[] = {
		{"Menyusun telaahan", 0, 2, "berkas"}, {"Rapat dengan bidang mutasi", 0, 0, NULL}};
	struct plan_item got[PLAN_ITEMS_MAX];
	struct plan_said said;
	struct office o;
	int32_t day = day_of("2025-11-14");
	int count;
	(void)state;

	open_office(&o);
	must(reports_list_plan_items(&o.s.tx, o.ani, day, got, &count, &said));
	assert_int_equal(count, 0);
	assert_true(said.first == NO_INSTANT && said.last == NO_INSTANT);
	must(reports_set_plan_items(&o.s.tx, o.ani, day, item, 1));
	o.s.tx.now_ms = NOW + 60000;
	must(reports_set_plan_items(&o.s.tx, o.ani, day, item, 2));
	must(reports_list_plan_items(&o.s.tx, o.ani, day, got, &count, &said));
	assert_int_equal(count, 2);
	assert_true(said.first == NOW && said.last == NOW + 60000);
	must(reports_set_plan_items(&o.s.tx, o.ani, day, item, 0));
	must(reports_set_plan_items(&o.s.tx, o.ani, day, item, 1));
	must(reports_list_plan_items(&o.s.tx, o.ani, day, got, &count, &said));
	assert_true(said.first == NOW + 60000);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_units_are_never_added),
		cmocka_unit_test(test_states_of_the_report),
		cmocka_unit_test(test_revisions_change_no_rows),
		cmocka_unit_test(test_rebuild_mends),
		cmocka_unit_test(test_in_force),
		cmocka_unit_test(test_sums_of_a_unit),
		cmocka_unit_test(test_sums_are_in_order),
		cmocka_unit_test(test_sums_are_complete),
		cmocka_unit_test(test_plan_of_a_quarter_stands_for_its_year),
		cmocka_unit_test(test_sums_follow_the_person),
		cmocka_unit_test(test_sums_are_mended),
		cmocka_unit_test(test_closed_plans_keep_their_progress),
		cmocka_unit_test(test_plan_of_a_day),
	};

	return TEST_STORE_RUN(tests);
}
