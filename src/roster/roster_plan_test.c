/*
 * Shares, and rosters that the program plans: on both engines.
 *
 * PermenPANRB 4/2025 art. 8 and 13 (who may be home, two days a week); SE 150/KPG.03/BKD of Jawa
 * Barat (Thursdays; at most 50 percent of an agency).
 */
#include "roster/roster_test_office.h"

/* ---- shares
 * -------------------------------------------------------------------------------------- */

/* At most is rounded down, at least up, exactly to either side: half a person is nobody. */
static void test_share_limits(void **state)
{
	(void)state;
	static const struct {
		enum share_bound bound;
		int percent, base, least, most;
	} cases[] = {
		{BOUND_AT_MOST, 50, 10, 0, 5},
		{BOUND_AT_MOST, 50, 11, 0, 5},
		{BOUND_AT_MOST, 50, 1, 0, 0},
		{BOUND_AT_MOST, 50, 0, 0, 0},
		{BOUND_AT_MOST, 100, 7, 0, 7},
		{BOUND_AT_MOST, 75, 23593, 0, 17694},
		{BOUND_EXACTLY, 50, 10, 5, 5},
		{BOUND_EXACTLY, 50, 11, 5, 6},
		{BOUND_EXACTLY, 0, 11, 0, 0},
		{BOUND_AT_LEAST, 50, 10, 5, 10},
		{BOUND_AT_LEAST, 50, 11, 6, 11},
		{BOUND_AT_LEAST, 75, 200000, 150000, 200000},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct rule rule = {.bound = cases[i].bound, .percent = cases[i].percent};
		int least, most;
		roster_share_limits(&rule, cases[i].base, &least, &most);
		assert_int_equal(least, cases[i].least);
		assert_int_equal(most, cases[i].most);
	}
}

/* ---- plans
 * --------------------------------------------------------------------------------------- */

static enum err plan(struct office *o, struct unit_id unit, const char *from, const char *to,
	int weekdays, struct roster_plan *ret, const char **ret_reason)
{
	const struct org_tree *tree;
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	return roster_plan_period(
		&o->s.tx, org_find_unit(tree, unit), day(from), day(to), weekdays, ret, ret_reason);
}

static const char *planned(const struct roster_plan *p, struct employee_id who)
{
	for (int i = 0; i < p->lines; i++) {
		if (p->line[i].employee.v == who.v)
			return p->line[i].days;
	}
	return "no line";
}

/* SE 150 phase I: Thursdays home, direct service exempt; leave, duty, transfers and weekends as
 * they are. */
static void test_plan_of_phase_one(void **state)
{
	(void)state;
	struct office o;
	struct roster_plan p;
	const char *reason;
	open_office(&o);
	struct rule rule[] = {thursday_home(), service_exempt()};
	struct instrument_id se = add_circular(&o, "SE 150", rule, 2);
	assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_ANNUAL_LEAVE, day("2025-11-19"),
				 day("2025-11-20"), "C 1"),
		OK);
	assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_OUTSIDE_DUTY, day("2025-11-21"),
				 day("2025-11-21"), "ST 1"),
		OK);
	assert_int_equal(org_place(&o.s.tx, o.dedi, o.division, "Analis", FUNGSIONAL, "SK 3",
				 day("2025-11-20")),
		OK);
	assert_int_equal(
		plan(&o, o.agency, "2025-11-17", "2025-11-23", WEEKDAY_BIT(THURSDAY), &p, &reason),
		OK);
	assert_int_equal(p.instrument.v, se.v);
	assert_int_equal(p.lines, 4);
	assert_string_equal(planned(&p, o.ani), "KKKRKLL");
	assert_string_equal(planned(&p, o.budi), "KKCCDLL");
	assert_string_equal(planned(&p, o.citra), "KKKKKLL");
	assert_string_equal(planned(&p, o.dedi), "---RKLL"); /* from the day of the transfer */
	assert_string_equal(planned(&p, o.eko), "no line");

	assert_int_equal(plan(&o, o.division, "2025-11-17", "2025-11-23", WEEKDAY_BIT(THURSDAY), &p,
				 &reason),
		OK);
	assert_string_equal(planned(&p, o.citra), "no line");
	test_store_close(&o.s);
}

/* What no rule allows is not planned. */
static void test_plan_needs_a_rule(void **state)
{
	(void)state;
	struct office o;
	struct roster_plan p;
	const char *reason;
	open_office(&o);
	int thursday = WEEKDAY_BIT(THURSDAY), friday = WEEKDAY_BIT(FRIDAY);
	assert_int_equal(
		plan(&o, o.agency, "2025-11-17", "2025-11-23", thursday, &p, &reason), E_REFUSED);
	struct rule rule = thursday_home();
	add_circular(&o, "SE 150", &rule, 1);
	assert_int_equal(
		plan(&o, o.agency, "2025-11-17", "2025-11-23", friday, &p, &reason), E_REFUSED);
	assert_int_equal(plan(&o, o.agency, "2025-11-17", "2025-11-23", thursday, &p, &reason), OK);
	test_store_close(&o.s);
}

/* At most 50 percent of all staff of the agency: two of three are too many, one of three is not. */
static void test_plan_keeps_the_share(void **state)
{
	(void)state;
	struct office o;
	struct roster_plan p;
	const char *reason;
	open_office(&o);
	struct rule rule[] = {home_by_roster(50), service_exempt()};
	add_circular(&o, "SE 150", rule, 2);
	int tuesday = WEEKDAY_BIT(TUESDAY);
	assert_int_equal(
		plan(&o, o.agency, "2025-12-01", "2025-12-05", tuesday, &p, &reason), E_REFUSED);
	assert_string_equal(
		reason, "2 of 3 away in BAPPEDA on 2025-12-02, above 50 percent: SE 150");
	assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_TRAINING, day("2025-12-02"),
				 day("2025-12-02"), "D 1"),
		OK);
	assert_int_equal(plan(&o, o.agency, "2025-12-01", "2025-12-05", tuesday, &p, &reason), OK);
	assert_string_equal(planned(&p, o.ani), "KRKKK");
	test_store_close(&o.s);
}

/* PermenPANRB 4/2025 art. 13: at most two days a week, counted from Monday. */
static void test_plan_keeps_the_weekly_cap(void **state)
{
	(void)state;
	struct office o;
	struct roster_plan p;
	const char *reason;
	open_office(&o);
	struct rule rule[] = {home_by_roster(100), policy_rule_of(RULE_WEEKLY_CAP)};
	rule[1].days_per_week = 2;
	rule[1].article = "Pasal 13";
	add_circular(&o, "PermenPANRB 4/2025", rule, 2);
	int two = WEEKDAY_BIT(MONDAY) | WEEKDAY_BIT(FRIDAY), three = two | WEEKDAY_BIT(THURSDAY);
	assert_int_equal(plan(&o, o.agency, "2025-12-01", "2025-12-12", two, &p, &reason), OK);
	assert_string_equal(planned(&p, o.ani), "RKKKRLLRKKKR");
	assert_int_equal(
		plan(&o, o.agency, "2025-12-01", "2025-12-12", three, &p, &reason), E_REFUSED);
	assert_string_equal(
		reason, "more than 2 days a week: PermenPANRB 4/2025, article Pasal 13");
	test_store_close(&o.s);
}

/* A plan, once published, is what the day is judged by. */
static void test_published_plan_is_the_rule(void **state)
{
	(void)state;
	struct office o;
	struct roster_plan p;
	struct day_ruling ruling;
	const struct policy_book *book;
	const char *reason;
	int64_t version;
	open_office(&o);
	struct rule rule[] = {home_by_roster(100), service_exempt()};
	add_circular(&o, "SE 150", rule, 2);
	assert_int_equal(
		plan(&o, o.agency, "2025-12-01", "2025-12-07", WEEKDAY_BIT(THURSDAY), &p, &reason),
		OK);
	assert_int_equal(
		roster_add_version(&o.s.tx, o.agency, day("2025-12-01"), day("2025-12-07"),
			ROSTER_GENERATED, p.instrument, "", o.budi, p.line, p.lines, &version),
		OK);
	assert_int_equal(roster_publish(&o.s.tx, version, o.budi), OK);
	assert_int_equal(policy_load_book(&o.s.tx, &book), OK);
	struct person_day ani = facts_of(&o, o.ani, "2025-12-04");
	policy_decide_day(book, &ani, &ruling);
	assert_int_equal(ruling.mode, MODE_HOME);
	assert_int_equal(ruling.source, SOURCE_ROSTER);
	ani = facts_of(&o, o.ani, "2025-12-03");
	policy_decide_day(book, &ani, &ruling);
	assert_int_equal(ruling.mode, MODE_OFFICE);
	assert_int_equal(ruling.source, SOURCE_ROSTER);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_share_limits),
		cmocka_unit_test(test_plan_of_phase_one),
		cmocka_unit_test(test_plan_needs_a_rule),
		cmocka_unit_test(test_plan_keeps_the_share),
		cmocka_unit_test(test_plan_keeps_the_weekly_cap),
		cmocka_unit_test(test_published_plan_is_the_rule),
	};
	return TEST_STORE_RUN(tests);
}
