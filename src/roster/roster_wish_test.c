/*
 * What may be wished for, as a table, and wishes as they are stored and reach the sheet, on both
 * engines.
 */
#include "roster/roster_test_office.h"

#include "roster/roster_sheet.h"
#include "roster/roster_wish.h"

/* ---- rules ---- */

static void test_state(void **state)
{
	(void)state;
	const struct person_day plain = {0}, published = {.roster_version = 9};
	const struct day_ruling work = {.shift = {.starts = 450, .ends = 960}},
				off = {.shift = {.starts = MINUTE_OFF}};
	const struct {
		int32_t day;
		const struct person_day *facts;
		const struct day_ruling *ruling;
		enum roster_wish_state state;
	} cases[] = {
		{101, &plain, &work, WISH_OPEN},
		{100, &plain, &work, WISH_PAST}, /* today has begun */
		{99, &published, &work, WISH_PAST}, {101, &published, &work, WISH_PUBLISHED},
		{101, &plain, &off, WISH_OFF}, {101, NULL, &work, WISH_OFF}, /* not in service */
	};
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
			roster_wish_state(100, cases[i].day, cases[i].facts, cases[i].ruling),
			cases[i].state);
}

static void test_check(void **state)
{
	(void)state;
	const struct wish_bounds month = {.first = 100, .last = 129, .allowed = 3, .kept = 1};
	const struct {
		int wishes;
		struct roster_wish wish[3];
		enum roster_wish_state state[3];
		const char *why;
		int at;
	} cases[] = {
		{0, {{0}}, {0}, NULL, -1},
		{2, {{110, WISH_HOME, 0}, {111, WISH_OFFICE, 0}}, {0}, NULL, -1},
		{3, {{110, 0, 0}, {111, 0, 0}, {112, 0, 0}}, {0}, "more than are allowed", -1},
		{2, {{110, 0, 0}, {130, 0, 0}}, {0}, "not within the month", 1},
		{1, {{99, 0, 0}}, {0}, "not within the month", 0},
		{2, {{110, WISH_HOME, 0}, {110, WISH_OFFICE, 0}}, {0}, "twice the same day", 1},
		{1, {{110, 0, 0}}, {WISH_PAST}, "past: a wish is for days ahead", 0},
		{2, {{110, 0, 0}, {111, 0, 0}}, {WISH_OPEN, WISH_PUBLISHED},
			"its roster is published", 1},
		{1, {{110, 0, 0}}, {WISH_OFF}, "no working day", 0},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		int at;
		const char *why = roster_check_wishes(
			&month, cases[i].wish, cases[i].state, cases[i].wishes, &at);
		if (!str_eq(why, cases[i].why) || at != cases[i].at)
			fail_msg("case %d: %s at %d", i, why ? why : "(none)", at);
	}
	/* what is kept alone may be above a number that was lowered meanwhile */
	int at;
	const struct wish_bounds lowered = {.first = 100, .last = 129, .allowed = 1, .kept = 2};
	assert_null(roster_check_wishes(&lowered, NULL, NULL, 0, &at));
}

/* ---- stored ---- */

static void put(struct office *o, struct employee_id who, const char *on, int32_t kind)
{
	const struct roster_wish wish = {day(on), kind, false};
	assert_int_equal(roster_replace_wishes(
				 &o->s.tx, who, day("2025-11-13"), wish.day, wish.day, &wish, 1),
		OK);
}

/* Days as digits of the month with + home and - office, ! when kept. */
static const char *wishes_of(struct office *o, struct employee_id who)
{
	struct roster_wish wish[WISH_DAYS_MAX];
	struct buf b;
	int n;
	buf_init(&b, &o->s.arena, 64);
	buf_str(&b, "");
	assert_int_equal(roster_list_own_wishes(&o->s.tx, who, day("2025-11-13"), day("2025-12-01"),
				 day("2025-12-31"), wish, &n),
		OK);
	for (int i = 0; i < n; i++)
		buf_printf(&b, "%s%d%s%s", i ? " " : "", (int)(wish[i].day - day("2025-11-30")),
			wish[i].kind == WISH_HOME ? "+" : "-", wish[i].is_kept ? "!" : "");
	return b.p ? b.p : "";
}

static void test_replaced_within_open_days(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	put(&o, o.ani, "2025-12-02", WISH_HOME);
	put(&o, o.ani, "2025-12-09", WISH_HOME);
	put(&o, o.budi, "2025-12-09", WISH_OFFICE);
	assert_string_equal(wishes_of(&o, o.ani), "2+ 9+");

	publish_one(&o, o.ani, "2025-12-01", "KRKK-");
	assert_string_equal(wishes_of(&o, o.ani), "2+! 9+");

	/* the month is replaced, but for the day whose roster was made with the wish in mind */
	const struct roster_wish again[] = {
		{day("2025-12-10"), WISH_OFFICE, false}, {day("2025-12-11"), WISH_HOME, false}};
	assert_int_equal(roster_replace_wishes(&o.s.tx, o.ani, day("2025-11-13"), day("2025-12-01"),
				 day("2025-12-31"), again, 2),
		OK);
	assert_string_equal(wishes_of(&o, o.ani), "2+! 10- 11+");
	assert_string_equal(wishes_of(&o, o.budi), "9-");
	assert_int_equal(roster_replace_wishes(&o.s.tx, o.ani, day("2025-11-13"), day("2025-12-01"),
				 day("2025-12-31"), NULL, 0),
		OK);
	assert_string_equal(wishes_of(&o, o.ani), "2+!");

	struct office foreign = o;
	foreign.s.tx.government.v = 8;
	assert_string_equal(wishes_of(&foreign, o.ani), "");
	test_store_close(&o.s);
}

/* The solver sees 1 as home and 2 as office (roster_sheet_db.c). */
static void test_reaches_the_sheet(void **state)
{
	(void)state;
	struct office o;
	struct roster_sheet sheet;
	const struct org_tree *tree;
	const struct rule rule = home_by_roster(50);
	open_office(&o);
	add_circular(&o, "SE 1", &rule, 1);
	put(&o, o.ani, "2025-12-02", WISH_HOME);
	put(&o, o.ani, "2025-12-03", WISH_OFFICE);
	assert_int_equal(org_load_tree(&o.s.tx, &tree), OK);
	const struct roster_settings settings = roster_read_settings(&o.s.arena, "");
	const struct roster_version period = {
		.period_from = day("2025-12-01"), .period_to = day("2025-12-05")};
	assert_int_equal(roster_load_sheet(&o.s.tx, &period, org_find_unit(tree, o.agency),
				 day("2025-11-14"), &settings, &sheet),
		OK);
	int32_t p = roster_find_on_sheet(&sheet, o.ani);
	assert_true(p >= 0);
	assert_int_equal(sheet.person[p].wishes[1], '+');
	assert_int_equal(sheet.person[p].wishes[2], '-');
	assert_true(sheet.person[p].wishes[3] != '+' && sheet.person[p].wishes[3] != '-');
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest rules[] = {
		cmocka_unit_test(test_state), cmocka_unit_test(test_check)};
	const struct CMUnitTest stored[] = {cmocka_unit_test(test_replaced_within_open_days),
		cmocka_unit_test(test_reaches_the_sheet)};
	int failed = cmocka_run_group_tests(rules, NULL, NULL);
	return failed + TEST_STORE_RUN(stored);
}
