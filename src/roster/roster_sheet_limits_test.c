/*
 * What binds on a sheet: home days beside its period count in its weeks, caps change from one to
 * the next, of a post the period binds that lets the fewest go, and shares of several levels
 * together.
 */
#include "roster/roster_test_office.h"

#include "platform/process.h"
#include "roster/roster_sheet.h"

static struct roster_sheet load(
	struct office *o, const char *from, const char *to, const char *settings)
{
	struct roster_sheet sheet;
	const struct org_tree *tree;
	const struct roster_settings set = roster_read_settings(&o->s.arena, settings);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	const struct roster_version period = {.period_from = day(from), .period_to = day(to)};
	assert_int_equal(roster_load_sheet(&o->s.tx, &period, org_find_unit(tree, o->agency),
				 day("2025-11-14"), &set, &sheet),
		OK);
	return sheet;
}

static enum roster_sides_outcome solve(struct office *o, struct roster_sheet *sheet)
{
	return roster_solve_sheet(
		sheet, false, process_beside("luwes-mip", &o->s.arena), &o->s.arena, NULL);
}

static int32_t problems_of(
	struct office *o, const struct roster_sheet *sheet, struct sheet_problem **ret)
{
	const struct sheet_findings found = roster_check_sheet(sheet, &o->s.arena);
	*ret = found.problem;
	return found.count;
}

static struct sheet_person *person(struct roster_sheet *s, struct employee_id who)
{
	int32_t p = roster_find_on_sheet(s, who);
	assert_true(p >= 0);
	return &s->person[p];
}

static int home_days(const char *days, int n)
{
	int home = 0;
	for (int i = 0; i < n; i++)
		home += days[i] == 'R';
	return home;
}

static void add_rules(struct office *o, const char *from, const char *to, int days_per_week)
{
	const struct instrument in = {.rank = RANK_SE,
		.number = from,
		.title = "WFH",
		.issued = day("2025-10-22"),
		.valid_from = day(from),
		.valid_to = to ? day(to) : DAY_FOREVER};
	struct rule rule[] = {home_by_roster(100), policy_rule_of(RULE_WEEKLY_CAP)};
	struct instrument_id id;
	rule[1].days_per_week = days_per_week;
	assert_int_equal(policy_add_instrument(&o->s.tx, &in, rule, 2, &id), OK);
}

/* Two days a week; of a later phase, from the Wednesday of the third week on, one. */
static void test_caps_of_two_phases(void **state)
{
	(void)state;
	static const int32_t caps[] = {2, 2, 1, 1};
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	add_rules(&o, "2025-11-01", "2025-12-16", 2);
	add_rules(&o, "2025-12-17", NULL, 1);
	struct roster_sheet s = load(&o, "2025-12-01", "2025-12-24", "");
	struct sheet_person *ani = person(&s, o.ani);
	assert_memory_equal(ani->week_most, caps, sizeof caps);
	assert_int_equal(solve(&o, &s), SIDES_KEPT);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	for (int w = 0; w < 4; w++)
		assert_int_equal(home_days(ani->days + 7 * w, w < 3 ? 7 : 3), caps[w]);
	/* a second day in the third week is one too many, in the second it was not */
	memcpy(ani->days, "RRKKKLLRRKKKLLRRKKKLLKKK", 24);
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_WEEK);
	assert_int_equal(problem[0].day, 15);
	assert_int_equal(problem[0].is, 2);
	assert_int_equal(problem[0].limit, 1);
	assert_true(problem[0].is_fault);
	test_store_close(&o.s);
}

/* The week goes on after the period: what is published of it has been taken from the cap. */
static void test_home_days_after_the_period(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	add_rules(&o, "2025-11-01", NULL, 2);
	publish_one(&o, o.ani, "2025-12-11", "KR"); /* Thursday and Friday */
	struct roster_sheet s = load(&o, "2025-12-01", "2025-12-10", "");
	struct sheet_person *ani = person(&s, o.ani), *budi = person(&s, o.budi);
	assert_int_equal(ani->trail, WEEKDAY_BIT(FRIDAY));
	assert_int_equal(budi->trail, 0);
	assert_int_equal(solve(&o, &s), SIDES_KEPT);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	assert_int_equal(ani->share + budi->share + person(&s, o.citra)->share,
		11); /* of her 4 one is had */
	assert_int_equal(home_days(ani->days, 7), 2);
	assert_int_equal(home_days(ani->days + 7, 3), 1);
	assert_int_equal(home_days(budi->days + 7, 3), 2);
	memcpy(ani->days, "KKKKKLLRRK", 10);
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_WEEK);
	assert_int_equal(problem[0].is, 3);
	/* nor are Monday and Friday of one week both his; that Friday is none of this period's */
	s = load(&o, "2025-12-01", "2025-12-10", "{\"edge_once\":true,\"edge_most\":1}");
	ani = person(&s, o.ani);
	person(&s, o.budi)->wishes[0] = person(&s, o.budi)->wishes[7] = '+';
	assert_int_equal(solve(&o, &s), SIDES_SOLVED);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	assert_int_equal(ani->days[7], 'K');
	memcpy(ani->days, "RKKKKLLKRK", 10);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	memcpy(ani->days, "KKKKKLLRKK", 10);
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_EDGE);
	test_store_close(&o.s);
}

/* A week of holidays is no week of the instance, which the helper must read all the same. */
static void test_a_week_without_work(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	add_rules(&o, "2025-11-01", NULL, 2);
	for (int32_t d = day("2025-12-08"); d <= day("2025-12-12"); d++)
		assert_int_equal(
			calendar_set_holiday(&o.s.tx, d, HOLIDAY_NATIONAL, "Libur", "SKB"), OK);
	struct roster_sheet s = load(&o, "2025-12-01", "2025-12-19", "{\"edge_most\":0}");
	person(&s, o.ani)->wishes[0] = '+';
	assert_int_equal(solve(&o, &s), SIDES_SOLVED);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	assert_int_equal(home_days(person(&s, o.ani)->days, 19), 4);
	test_store_close(&o.s);
}

/* ---- periods of a post ---- */

/* Mornings, every day, who is at home on Thursdays by rule; called to an assembly that day, so the
 * sheet does not decide it. */
static void add_morning_person(struct office *o, const char *nip)
{
	const struct pattern_row row = {.code = nip,
		.name = "Pagi",
		.cycle_days = 7,
		.anchor_day = day("2025-12-01"),
		.legal_basis = "contoh",
		.verified_by = "",
		.valid_from = day("2025-01-01"),
		.valid_to = DAY_FOREVER};
	struct pattern_day_row hours[5];
	struct pattern_id pattern;
	struct employee_id who = add_person(o, nip, nip, (struct unit_id){0});
	for (int i = 0; i < 5; i++)
		hours[i] = (struct pattern_day_row){
			REGIME_NORMAL, i, {480, 720, MINUTE_OFF, MINUTE_OFF}};
	assert_int_equal(calendar_add_pattern(&o->s.tx, &row, hours, 5, &pattern), OK);
	assert_int_equal(calendar_assign(&o->s.tx, who, (struct unit_id){0}, pattern, 0,
				 day("2025-01-01"), DAY_FOREVER),
		OK);
	assert_int_equal(org_place(&o->s.tx, who, o->division, "Penyuluh", FUNGSIONAL, "SK 2",
				 day("2020-01-01")),
		OK);
	assert_int_equal(org_add_post_member(&o->s.tx, who, o->desk, day("2025-01-01")), OK);
}

/* In the morning five are there and three are needed, but two are away; in the afternoon three are
 * there and two are needed: it is the morning that lets nobody go. */
static void test_the_period_that_lets_fewest_go(void **state)
{
	(void)state;
	static const struct post_period period[] = {
		{THURSDAY, 480, 720, 3}, {THURSDAY, 720, 900, 2}};
	struct rule rules[] = {home_by_roster(100), thursday_home()};
	struct org_post post = {.code = "MEJA2", .name = "Meja", .valid_to = DAY_FOREVER};
	struct office o;
	int64_t id;
	open_office(&o);
	rules[1].position = "penyuluh";
	add_circular(&o, "SE 3", rules, 2);
	post.unit = o.agency;
	assert_int_equal(org_add_post(&o.s.tx, &post, "", period, 2, &o.desk), OK);
	add_morning_person(&o, "199001012015041011");
	add_morning_person(&o, "199001012015041012");
	for (int i = 0; i < 3; i++)
		assert_int_equal(org_add_post_member(&o.s.tx,
					 (struct employee_id[]){o.ani, o.budi, o.citra}[i], o.desk,
					 day("2025-01-01")),
			OK);
	const struct calendar_event event = {.name = "Apel penyuluh",
		.place = "",
		.letter = "005/1",
		.day = day("2025-12-04"),
		.opens = 420,
		.starts = 430,
		.closes = 460,
		.unit = &o.agency,
		.units = 1};
	assert_int_equal(calendar_add_event(&o.s.tx, &event, o.budi, &id), OK);
	struct roster_sheet s = load(&o, "2025-12-01", "2025-12-07", "");
	assert_int_equal(s.groups, 2);
	assert_int_equal(s.group[1].minimum[3], 3);
	assert_int_equal(s.group[1].most[3], 2);
	assert_int_equal(s.group[1].away[3], 2);
	test_store_close(&o.s);
}

/* ---- shares that lie in one another ---- */

/* Half of the agency, and a third of each division at most. */
static void test_shares_of_two_levels(void **state)
{
	(void)state;
	struct rule rules[] = {home_by_roster(50), home_by_roster(34)};
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	rules[1].share_level = LEVEL_DIVISION;
	add_circular(&o, "SE 3", rules, 2);
	for (int i = 0; i < 4; i++) {
		char nip[19];
		snprintf(nip, sizeof nip, "19900101201504101%d", i);
		add_person(&o, nip, nip, i ? o.counter_unit : o.division);
	}
	struct roster_sheet s = load(&o, "2025-12-01", "2025-12-05", "");
	assert_int_equal(s.people, 7); /* three of one division, four of the other */
	assert_int_equal(s.groups, 3);
	assert_int_equal(s.group[0].most[0], 3);
	assert_int_equal(s.group[1].most[0], 1);
	assert_int_equal(s.group[2].most[0], 1);
	assert_int_equal(solve(&o, &s), SIDES_KEPT);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	for (int32_t p = 0; p < s.people; p++)
		s.person[p].days[0] = p < 2 ? 'R' : 'K'; /* Ani and Budi: within the half */
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_SHARE_ABOVE);
	assert_int_equal(s.group[problem[0].group].unit.v, o.division.v);
	assert_int_equal(problem[0].is, 2);
	assert_int_equal(problem[0].limit, 1);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_caps_of_two_phases),
		cmocka_unit_test(test_home_days_after_the_period),
		cmocka_unit_test(test_a_week_without_work),
		cmocka_unit_test(test_the_period_that_lets_fewest_go),
		cmocka_unit_test(test_shares_of_two_levels),
	};
	return TEST_STORE_RUN(tests);
}
