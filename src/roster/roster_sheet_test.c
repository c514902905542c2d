/*
 * The sheet of a node from the store: what each day lets, what the limits are, that the engine's
 * roster keeps them, and what is said when somebody edits against them.
 */
#include "roster/roster_test_office.h"

#include "calendar/calendar.h"
#include "platform/process.h"
#include "roster/roster_node.h"
#include "roster/roster_procedure.h"
#include "roster/roster_sheet.h"

#define FROM "2025-12-01" /* a Monday */
#define TO   "2025-12-07"

#define NOWHERE "/nowhere/luwes-mip"

static const struct org_unit *unit_of(struct office *o, struct unit_id id)
{
	const struct org_tree *tree;
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	return org_find_unit(tree, id);
}

static struct roster_sheet load_of(struct office *o, struct unit_id node, const char *from,
	const char *to, const struct roster_settings *settings)
{
	struct roster_sheet sheet;
	const struct roster_settings none = roster_read_settings(&o->s.arena, "");
	const struct roster_version period = {.period_from = day(from), .period_to = day(to)};
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	assert_int_equal(roster_load_sheet(&o->s.tx, &period, unit_of(o, node), day("2025-11-14"),
				 settings ? settings : &none, &sheet),
		OK);
	return sheet;
}

/* The sheet of a version, as it is when the days before `first_open` have begun. */
static struct roster_sheet load_version(struct office *o, int64_t version, const char *first_open)
{
	struct roster_sheet sheet;
	struct roster_version v;
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	assert_int_equal(roster_load_version(&o->s.tx, version, &v), OK);
	assert_int_equal(
		roster_load_sheet(&o->s.tx, &v, unit_of(o, v.unit), day(first_open), NULL, &sheet),
		OK);
	return sheet;
}

static struct roster_sheet load(struct office *o)
{
	return load_of(o, o->agency, FROM, TO, NULL);
}

static void solve(struct office *o, struct roster_sheet *sheet)
{
	assert_int_equal(roster_solve_sheet(sheet, false, NOWHERE, &o->s.arena, NULL), SIDES_KEPT);
}

/* With the helper. */
static enum roster_sides_outcome solve_sides(struct office *o, struct roster_sheet *sheet)
{
	return roster_solve_sheet(
		sheet, false, process_beside("luwes-mip", &o->s.arena), &o->s.arena, NULL);
}

static int problems_of(
	struct office *o, const struct roster_sheet *sheet, struct sheet_problem **ret)
{
	const struct sheet_findings found = roster_check_sheet(sheet, &o->s.arena);
	assert_int_equal(found.listed, found.count);
	*ret = found.problem;
	return found.count;
}

static const struct sheet_person *person(const struct roster_sheet *s, struct employee_id who)
{
	int32_t p = roster_find_on_sheet(s, who);
	assert_true(p >= 0);
	return &s->person[p];
}

static int home_days(const struct sheet_person *p)
{
	int home = 0;
	for (const char *c = p->days; *c; c++)
		home += *c == 'R';
	return home;
}

/* Phase II: at most half of the agency, the counter exempt. */
static void open_phase_two(struct office *o)
{
	open_office(o);
	const struct rule rules[] = {home_by_roster(50), service_exempt()};
	add_circular(o, "SE 2", rules, 2);
}

/* ---- what each day lets ---- */

static void test_days_and_shares(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_phase_two(&o);
	struct roster_sheet s = load(&o);
	assert_int_equal(s.people, 2);
	assert_int_equal(s.outside, 1); /* Citra, exempt */
	assert_int_equal(s.groups, 1);
	assert_string_equal(person(&s, o.ani)->cells, ".....LL");
	assert_string_equal(person(&s, o.ani)->name, "Ani");
	assert_int_equal(s.group[0].all[0], 3);
	assert_int_equal(s.group[0].eligible[0], 2);
	assert_int_equal(s.group[0].present[0], 3);
	assert_int_equal(s.group[0].most[0], 1); /* half of three, rounded down */
	assert_int_equal(s.group[0].least[0], -1);
	solve(&o, &s);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	/* five days of one: three and two, nobody favoured by more than the odd day */
	assert_int_equal(home_days(person(&s, o.ani)) + home_days(person(&s, o.budi)), 5);
	assert_true(abs(home_days(person(&s, o.ani)) - home_days(person(&s, o.budi))) == 1);
	test_store_close(&o.s);
}

static struct rule position_exempt(const char *position)
{
	struct rule r = policy_rule_of(RULE_EXEMPT);
	r.position = position;
	return r;
}

/* Most of a node is judged kind by kind: what is counted is what judging each by himself counts. */
static void test_kinds_count_as_each_by_himself(void **state)
{
	(void)state;
	static const struct {
		const char *nip, *position;
		bool is_away_once;
	} rows[] = {{"199001012015041011", "Bendahara", false},
		{"199001012015041012", "Arsiparis", false},
		{"199001012015041013", "BENDAHARA", false},
		{"199001012015041014", "Pranata Komputer", true},
		{"199001012015041015", "Arsiparis", true},
		{"199001012015041016", "Pranata Komputer", false}};
	const struct rule rules[] = {home_by_roster(50), position_exempt("bendahara")};
	struct employee_id who[COUNT_OF(rows) + 3];
	struct office o;
	open_office(&o);
	add_circular(&o, "150/KPG.03/BKD", rules, COUNT_OF(rules));
	who[COUNT_OF(rows)] = o.ani;
	who[COUNT_OF(rows) + 1] = o.budi;
	who[COUNT_OF(rows) + 2] = o.citra;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		who[i] = add_person(&o, rows[i].nip, rows[i].position, (struct unit_id){0});
		assert_int_equal(org_place(&o.s.tx, who[i], o.division, rows[i].position,
					 FUNGSIONAL, "SK 2", day("2020-01-01")),
			OK);
		if (rows[i].is_away_once)
			assert_int_equal(org_set_status(&o.s.tx, who[i], STATUS_ANNUAL_LEAVE,
						 day("2025-12-02"), day("2025-12-02"), "850/2"),
				OK);
	}
	assert_int_equal(org_touch_generation(&o.s.tx), OK);
	struct roster_sheet s = load(&o);
	for (int32_t d = 0; d < s.days; d++) {
		int eligible = 0, present = 0;
		for (size_t i = 0; i < COUNT_OF(who); i++) {
			struct person_day facts;
			struct day_ruling ruling;
			assert_int_equal(
				roster_load_person_day(&o.s.tx, who[i], s.from + d, &facts), OK);
			policy_decide_day(s.book, &facts, &ruling);
			eligible += policy_may_be(s.book, &ruling, MODE_HOME);
			present += ruling.mode == MODE_OFFICE || policy_is_away(ruling.mode);
		}
		assert_int_equal(s.group[0].all[d], COUNT_OF(who));
		assert_int_equal(s.group[0].eligible[d], eligible);
		assert_int_equal(s.group[0].present[d], present);
		if (d < 2)
			assert_int_equal(eligible, d == 1 ? 5 : 7);
	}
	assert_int_equal(s.people, 7);
	assert_int_equal(s.outside, 2); /* the treasurers, however they are written */
	assert_string_equal(person(&s, who[1])->name, "Arsiparis");
	assert_string_equal(person(&s, who[3])->position, "Pranata Komputer");
	assert_int_equal(person(&s, who[4])->cells[1], SHEET_LEAVE);
	test_store_close(&o.s);
}

static void test_why_a_day_is_shut(void **state)
{
	(void)state;
	struct office o;
	int64_t id;
	open_phase_two(&o);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_ANNUAL_LEAVE, day("2025-12-02"),
				 day("2025-12-02"), "850/1"),
		OK);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_OUTSIDE_DUTY, day("2025-12-03"),
				 day("2025-12-03"), "094/1"),
		OK);
	const struct calendar_event event = {.name = "Apel",
		.place = "",
		.letter = "005/1",
		.day = day("2025-12-05"),
		.opens = 420,
		.starts = 430,
		.closes = 460,
		.unit = &o.agency,
		.units = 1};
	assert_int_equal(calendar_add_event(&o.s.tx, &event, o.budi, &id), OK);
	struct roster_sheet s = load(&o);
	assert_string_equal(person(&s, o.ani)->cells, ".CD.TLL");
	assert_string_equal(person(&s, o.ani)->days, "KCDKKLL");
	assert_int_equal(s.group[0].present[1], 2); /* leave is not presence, duty neither */
	assert_int_equal(s.group[0].present[2], 2);
	struct roster_settings set = roster_read_settings(&o.s.arena, "{\"weekdays\":[1,3]}");
	s = load_of(&o, o.agency, FROM, TO, &set);
	assert_string_equal(person(&s, o.budi)->cells, ".S.STLL");
	/* what has begun cannot be changed */
	s = load_of(&o, o.agency, "2025-11-10", "2025-11-16", NULL);
	assert_string_equal(person(&s, o.budi)->cells, "ZZZZ.LL");
	test_store_close(&o.s);
}

static void test_home_for_all_by_rule(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	const struct rule rules[] = {thursday_home(), service_exempt()};
	add_circular(&o, "SE 1", rules, 2);
	struct roster_sheet s = load(&o);
	assert_string_equal(person(&s, o.ani)->cells, "PPPHPLL");
	solve(&o, &s);
	assert_string_equal(person(&s, o.ani)->days, "KKKRKLL");
	test_store_close(&o.s);
}

/* ---- days that have begun ---- */

/* Ani and Budi from 1 to 7 December, in force. */
static int64_t publish_week(struct office *o)
{
	const struct roster_line line[] = {{o->ani, "RKRKKLL"}, {o->budi, "KRKKRLL"}};
	return publish(o, FROM, line, 2);
}

/* What can be decided shrinks day by day, what is seen does not. */
static void test_a_roster_in_force_is_seen_to_its_end(void **state)
{
	(void)state;
	static const struct {
		const char *first_open, *cells;
		int open;
	} table[] = {{"2025-11-14", ".....LL", 2}, {"2025-12-04", "ZZZ..LL", 2},
		{"2025-12-06", "ZZZZZLL", 0}, {"2026-03-01", "ZZZZZLL", 0}};
	struct office o;
	struct sheet_problem *problem;
	open_phase_two(&o);
	const int64_t id = publish_week(&o);
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct roster_sheet s = load_version(&o, id, table[i].first_open);
		bool is_over = table[i].open == 0;
		assert_int_equal(s.people, 2);
		assert_int_equal(s.open, table[i].open);
		assert_int_equal(s.outside, 1);
		assert_int_equal(s.newcomers, 0);
		assert_int_equal(s.lost, 0);
		assert_string_equal(person(&s, o.ani)->cells, table[i].cells);
		assert_string_equal(person(&s, o.ani)->days, "RKRKKLL");
		assert_string_equal(person(&s, o.budi)->days, "KRKKRLL");
		assert_int_equal(person(&s, o.ani)->most, -1);
		assert_int_equal(roster_count_away(&s, 0, 0), 1);
		assert_int_equal(s.group[0].present[0], 3);
		assert_int_equal(s.group[0].most[4], is_over ? -1 : 1);
		assert_int_equal(problems_of(&o, &s, &problem), 0);
		if (is_over)
			solve(&o, &s); /* nothing to do, and nothing is done */
		assert_string_equal(person(&s, o.ani)->days, "RKRKKLL");
	}
	test_store_close(&o.s);
}

/* A draft says of days that have begun what held; a version that held, what it said. */
static void test_letters_of_days_that_have_begun(void **state)
{
	(void)state;
	const struct {
		const char *ani;
		bool is_published;
	} table[] = {{"RKRKKLL", false}, {"KRKRKLL", true}};
	struct office o;
	int64_t draft;
	open_phase_two(&o);
	publish_week(&o);
	const struct roster_line line = {o.ani, "KRKRKLL"};
	assert_int_equal(roster_add_version(&o.s.tx, o.agency, day(FROM), day(TO), ROSTER_GENERATED,
				 (struct instrument_id){0}, NULL, o.citra, &line, 1, &draft),
		OK);
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		if (table[i].is_published)
			assert_int_equal(roster_publish(&o.s.tx, draft, o.citra), OK);
		struct roster_sheet s = load_version(&o, draft, "2025-12-06");
		assert_string_equal(person(&s, o.ani)->days, table[i].ani);
		assert_string_equal(person(&s, o.budi)->days, "KRKKRLL");
	}
	test_store_close(&o.s);
}

/* Home by a rule for all, without a roster: a day that has begun is counted once. */
static void test_a_begun_day_at_home_by_rule(void **state)
{
	(void)state;
	struct office o;
	const struct rule rules[] = {thursday_home(), service_exempt()};
	open_office(&o);
	add_circular(&o, "SE 1", rules, 2);
	struct roster_sheet s = load_of(&o, o.agency, "2025-11-10", "2025-11-16", NULL);
	assert_string_equal(person(&s, o.ani)->cells, "PPPZPLL");
	assert_string_equal(person(&s, o.ani)->days, "KKKRKLL");
	assert_int_equal(s.open, 0);
	assert_int_equal(s.group[0].away[3], 0);
	assert_int_equal(roster_count_away(&s, 0, 3), 2);
	test_store_close(&o.s);
}

/* Who is left out ahead stands on the sheet still, binds nothing, and is lost where it matters. */
static void test_who_has_no_day_left(void **state)
{
	(void)state;
	static const struct {
		const char *name, *first_open;
		bool moves; /* to another agency, else he is on leave */
		const char *from, *cells, *days;
		int lost;
	} table[] = {
		{"on leave when he was to be home", "2025-12-04", false, "2025-12-05", "ZZZ.CLL",
			"KRKKCLL", 0},
		{"on leave on all that is ahead", "2025-12-05", false, "2025-12-05", "ZZZZCLL",
			"KRKKCLL", 1},
		{"that day has begun, too", "2025-12-06", false, "2025-12-05", "ZZZZCLL", "KRKKCLL",
			0},
		{"on leave all the time", "2025-11-14", false, "2025-12-01", "CCCCCLL", "CCCCCLL",
			1},
		{"left, with days to come", "2025-12-04", true, "2025-12-04", "ZZZMMMM", "KRK----",
			1},
		{"left, and it is over", "2025-12-08", true, "2025-12-04", "ZZZMMMM", "KRK----", 0},
		{"left before it began", "2025-11-14", true, "2025-12-01", "MMMMMMM", "-------", 1},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct office o;
		struct sheet_problem *problem;
		open_phase_two(&o);
		const int64_t id = publish_week(&o);
		if (table[i].moves)
			assert_int_equal(org_place(&o.s.tx, o.budi, o.other, "Analis", FUNGSIONAL,
						 "SK 3", day(table[i].from)),
				OK);
		else
			assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_ANNUAL_LEAVE,
						 day(table[i].from), day("2025-12-07"), "850/1"),
				OK);
		struct roster_sheet s = load_version(&o, id, table[i].first_open);
		assert_int_equal(s.people, 2);
		assert_string_equal(person(&s, o.budi)->name, "Budi");
		assert_string_equal(person(&s, o.budi)->cells, table[i].cells);
		assert_string_equal(person(&s, o.budi)->days, table[i].days);
		assert_int_equal(s.lost, table[i].lost);
		assert_int_equal(s.newcomers, 0);
		assert_int_equal(problems_of(&o, &s, &problem), 0);
		test_store_close(&o.s);
	}
}

/* Whoever has no day left is to the engine as if he were not there. */
static void test_no_day_left_changes_nothing_ahead(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_phase_two(&o);
	publish_week(&o);
	assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_ANNUAL_LEAVE, day("2025-12-04"),
				 day("2025-12-07"), "850/1"),
		OK);
	const struct roster_settings set = roster_read_settings(
		&o.s.arena, "{\"least\":1,\"most\":2,\"edge_most\":0}");
	const struct roster_version period = {.period_from = day(FROM), .period_to = day(TO)};
	struct roster_sheet s;
	assert_int_equal(org_touch_generation(&o.s.tx), OK);
	assert_int_equal(roster_load_sheet(&o.s.tx, &period, unit_of(&o, o.agency),
				 day("2025-12-04"), &set, &s),
		OK);
	assert_int_equal(s.open, 1);
	assert_false(person(&s, o.budi)->is_open);
	assert_int_equal(person(&s, o.budi)->least, -1);
	assert_int_equal(person(&s, o.ani)->least, 1);
	assert_int_equal(solve_sides(&o, &s), SIDES_SOLVED);
	assert_string_equal(person(&s, o.budi)->days, "KRKCCLL");
	/* Ani's Monday was more than the planner wants; Budi's Tuesday is nobody's affair */
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_EDGE_PERIOD);
	assert_string_equal(s.person[problem[0].person].name, "Ani");
	test_store_close(&o.s);
}

/* ---- posts ---- */

static struct post_id add_desk(struct office *o, int minimum, int from_weekday, int to_weekday)
{
	struct post_period period[5];
	struct post_id id;
	int n = 0;
	const struct org_post row = {.unit = o->agency,
		.code = "MEJA2",
		.name = "Meja layanan",
		.valid_to = DAY_FOREVER};
	for (int w = from_weekday; w <= to_weekday; w++)
		period[n++] = (struct post_period){(enum weekday)w, 480, 900, minimum};
	assert_int_equal(org_add_post(&o->s.tx, &row, "", period, n, &id), OK);
	return id;
}

static void test_a_post_keeps_its_minimum(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	struct rule all = home_by_roster(100);
	add_circular(&o, "SE 3", &all, 1);
	struct post_id desk = add_desk(&o, 1, MONDAY, WEDNESDAY);
	assert_int_equal(org_add_post_member(&o.s.tx, o.ani, desk, day("2025-01-01")), OK);
	assert_int_equal(org_add_post_member(&o.s.tx, o.budi, desk, day("2025-01-01")), OK);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_ANNUAL_LEAVE, day("2025-12-01"),
				 day("2025-12-01"), "850/1"),
		OK);
	struct roster_sheet s = load(&o);
	assert_int_equal(s.groups, 2);
	assert_int_equal(s.group[1].kind, GROUP_POST);
	assert_int_equal(s.group[1].most[0], 0); /* Ani is on leave: Budi stays */
	assert_int_equal(s.group[1].most[1], 1);
	assert_int_equal(s.group[1].most[3], -1); /* not open on Thursdays */
	solve(&o, &s);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	assert_int_equal(person(&s, o.budi)->days[0], 'K');
	assert_string_equal(&person(&s, o.budi)->days[3], "RRLL");
	/* both away on Tuesday: nobody at the desk */
	person(&s, o.ani)->days[1] = person(&s, o.budi)->days[1] = 'R';
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_POST);
	assert_int_equal(problem[0].day, 1);
	assert_int_equal(problem[0].is, 0);
	assert_int_equal(problem[0].limit, 1);
	assert_true(problem[0].is_fault);
	/* a post that lacks people although nobody is home is said, and no fault of the roster */
	assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_ANNUAL_LEAVE, day("2025-12-02"),
				 day("2025-12-02"), "850/2"),
		OK);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_ANNUAL_LEAVE, day("2025-12-03"),
				 day("2025-12-03"), "850/3"),
		OK);
	s = load(&o);
	solve(&o, &s);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	test_store_close(&o.s);
}

/* Ani and Budi are of one division, Citra of another; Budi and Citra share a second post. */
static void test_posts_that_cross(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	struct rule all = home_by_roster(100);
	add_circular(&o, "SE 3", &all, 1);
	struct post_id first = add_desk(&o, 1, MONDAY, FRIDAY), second;
	struct post_period period = {MONDAY, 480, 900, 1};
	const struct org_post row = {.unit = o.agency,
		.code = "P2",
		.name = "Kepala dan wakil",
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_post(&o.s.tx, &row, "", &period, 1, &second), OK);
	const struct {
		struct employee_id who;
		struct post_id post;
	} member[] = {{o.ani, first}, {o.budi, first}, {o.budi, second}, {o.citra, second}};
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(org_add_post_member(
					 &o.s.tx, member[i].who, member[i].post, day("2025-01-01")),
			OK);
	struct roster_sheet s = load(&o);
	assert_int_equal(s.groups, 2);
	assert_int_equal(s.sets, 1);
	assert_int_equal(s.set[0].people, 2);
	assert_int_equal(s.set[0].most[0], 1);
	assert_int_equal(s.set[0].most[1], -1);
	/* so that the flow takes them, not Ani */
	person(&s, o.budi)->wishes[0] = person(&s, o.citra)->wishes[0] = '+';
	person(&s, o.ani)->wishes[0] = '-';
	assert_int_equal(roster_solve_sheet(&s, false, NOWHERE, &o.s.arena, NULL), SIDES_FALLBACK);
	assert_int_equal(s.proof->kind, PROOF_FLOW);
	assert_int_equal(problems_of(&o, &s, &problem), 1); /* the flow does not know the second */
	assert_int_equal(solve_sides(&o, &s), SIDES_SOLVED);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	person(&s, o.ani)->days[0] = 'K';
	person(&s, o.budi)->days[0] = person(&s, o.citra)->days[0] = 'R';
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_POST);
	assert_int_equal(problem[0].group, -2); /* the first set */
	test_store_close(&o.s);
}

/* ---- people ---- */

static struct rule two_days_a_week(void)
{
	struct rule r = policy_rule_of(RULE_WEEKLY_CAP);
	r.days_per_week = 2;
	return r;
}

static void test_a_week_has_a_cap_across_periods(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	open_office(&o);
	const struct rule rules[] = {home_by_roster(100), two_days_a_week()};
	add_circular(&o, "SE 3", rules, 2);
	publish_one(&o, o.ani, "2025-12-01", "RR");
	struct roster_sheet s = load_of(&o, o.agency, "2025-12-03", "2025-12-12", NULL);
	assert_int_equal(person(&s, o.ani)->lead, WEEKDAY_BIT(MONDAY) | WEEKDAY_BIT(TUESDAY));
	solve(&o, &s);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	assert_memory_equal(person(&s, o.ani)->days, "KKKLL", 5); /* had her two already */
	assert_int_equal(home_days(person(&s, o.ani)), 2);
	assert_int_equal(home_days(person(&s, o.budi)), 4);
	person(&s, o.ani)->days[0] = 'R';
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_WEEK);
	assert_int_equal(problem[0].is, 3);
	test_store_close(&o.s);
}

static void test_who_had_less_gets_more(void **state)
{
	(void)state;
	struct office o;
	open_phase_two(&o);
	publish_one(&o, o.ani, "2025-11-17", "RRRRR");
	publish_one(&o, o.budi, "2025-11-17", "KKKKK");
	struct roster_sheet s = load(&o);
	assert_int_equal(person(&s, o.ani)->past, 5);
	assert_int_equal(person(&s, o.budi)->past_free, 5);
	solve(&o, &s);
	assert_int_equal(home_days(person(&s, o.ani)), 0);
	assert_int_equal(home_days(person(&s, o.budi)), 5);
	test_store_close(&o.s);
}

static void test_locks_and_few_changes(void **state)
{
	(void)state;
	struct office o;
	open_phase_two(&o);
	struct roster_sheet s = load(&o);
	solve(&o, &s);
	struct roster_line line[] = {
		{o.ani, person(&s, o.ani)->days, NULL}, {o.budi, person(&s, o.budi)->days, NULL}};
	char was_ani[8], was_budi[8];
	memcpy(was_ani, line[0].days, 8);
	memcpy(was_budi, line[1].days, 8);
	publish(&o, FROM, line, 2);
	/* Ani falls ill on a day she was to be home on: nothing else need change */
	int32_t at = (int32_t)(strchr(was_ani, 'R') - was_ani);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_SICK_LEAVE, day(FROM) + at,
				 day(FROM) + at, ""),
		OK);
	s = load(&o);
	assert_int_equal(roster_solve_sheet(&s, true, NOWHERE, &o.s.arena, NULL), SIDES_KEPT);
	for (int32_t d = 0; d < 7; d++) {
		if (d != at)
			assert_int_equal(person(&s, o.ani)->days[d], was_ani[d]);
		assert_true(person(&s, o.budi)->days[d] == was_budi[d] || d == at);
	}
	/* a lock holds when solving anew */
	int32_t other = at == 0 ? 1 : 0;
	person(&s, o.budi)->days[other] = 'R';
	person(&s, o.budi)->locked[other] = 'x';
	solve(&o, &s);
	assert_int_equal(person(&s, o.budi)->days[other], 'R');
	assert_int_equal(person(&s, o.ani)->days[other], 'K');
	test_store_close(&o.s);
}

static void test_equal_input_equal_roster(void **state)
{
	(void)state;
	struct office o;
	open_phase_two(&o);
	struct roster_sheet a = load(&o), b = load(&o);
	solve(&o, &a);
	solve(&o, &b);
	for (int32_t p = 0; p < a.people; p++)
		assert_string_equal(a.person[p].days, b.person[p].days);
	test_store_close(&o.s);
}

static void test_a_stopped_solve_changes_nothing(void **state)
{
	(void)state;
	struct office o;
	_Atomic bool is_stopped = true;
	open_phase_two(&o);
	struct roster_sheet s = load(&o);
	assert_int_equal(
		roster_solve_sheet(&s, false, NOWHERE, &o.s.arena, &is_stopped), SIDES_STOPPED);
	assert_string_equal(person(&s, o.ani)->days, "KKKKKLL");
	test_store_close(&o.s);
}

/* ---- nodes ---- */

static void test_a_unit_that_plans_for_itself(void **state)
{
	(void)state;
	struct office o;
	struct roster_node_row row[2];
	int count;
	open_phase_two(&o);
	assert_int_equal(
		roster_add_node(&o.s.tx, o.division, "SK 1", day("2025-12-01"), o.budi), OK);
	assert_int_equal(roster_add_node(&o.s.tx, o.division, "SK 2", day("2026-01-01"), o.budi),
		E_CONFLICT);
	struct roster_sheet s = load_of(&o, o.division, FROM, TO, NULL);
	assert_int_equal(s.people, 2);
	assert_int_equal(s.group[0].all[0], 2); /* its share is its own */
	assert_int_equal(s.group[0].most[0], 1);
	s = load(&o);
	assert_int_equal(s.people, 0);
	assert_int_equal(s.group[0].all[0], 1); /* Citra alone is left to the agency */
	assert_int_equal(roster_list_nodes(&o.s.tx, day(FROM), row, 2, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(roster_end_node(&o.s.tx, row[0].node_id, day("2025-12-31"), o.budi), OK);
	s = load_of(&o, o.agency, "2026-01-05", "2026-01-11", NULL);
	assert_int_equal(s.people, 2);
	test_store_close(&o.s);
}

/* A node of more than five thousand who take part lets parts plan for themselves. */
static void test_too_many_for_one_sheet(void **state)
{
	(void)state;
	struct office o;
	struct roster_sheet sheet;
	const struct roster_settings none = {.percent = INT_NONE,
		.least = INT_NONE,
		.most = INT_NONE,
		.run_most = INT_NONE,
		.edge_most = INT_NONE};
	const struct roster_version period = {.period_from = day(FROM), .period_to = day(FROM)};
	open_phase_two(&o);
	for (int i = 0; i <= SHEET_PEOPLE_MAX; i++) {
		char nip[19];
		snprintf(nip, sizeof nip, "1980010120050%05d", i);
		add_person(&o, nip, "Pegawai", o.other);
	}
	assert_int_equal(org_touch_generation(&o.s.tx), OK);
	assert_int_equal(roster_load_sheet(&o.s.tx, &period, unit_of(&o, o.other),
				 day("2025-11-14"), &none, &sheet),
		E_REFUSED);
	test_store_close(&o.s);
}

/* Of a file that names everybody, those who may never be home are left out where they are too many.
 */
static void test_too_many_named_for_one_sheet(void **state)
{
	(void)state;
	struct office o;
	struct roster_line *line;
	open_phase_two(&o);
	line = ARENA_ARRAY(&o.s.arena, SHEET_PEOPLE_MAX, struct roster_line);
	for (int i = 0; i < SHEET_PEOPLE_MAX; i++) {
		char nip[19];
		snprintf(nip, sizeof nip, "1980010120050%05d", i);
		line[i] = (struct roster_line){add_person(&o, nip, "Loket", o.counter_unit), "K"};
	}
	line[0] = (struct roster_line){o.ani, "R"};
	struct roster_sheet s = load_version(
		&o, publish(&o, FROM, line, SHEET_PEOPLE_MAX), "2025-11-14");
	assert_int_equal(s.people, 2);
	assert_int_equal(s.outside, SHEET_PEOPLE_MAX + 1);
	assert_string_equal(person(&s, o.ani)->days, "R");
	assert_int_equal(s.newcomers, 1); /* Budi */
	s = load_version(&o, publish(&o, FROM, line, 3), "2025-11-14");
	assert_int_equal(s.people, 4);
	assert_int_equal(s.open, 2);
	assert_string_equal(s.person[3].cells, "X");
	test_store_close(&o.s);
}

/* ---- settings ---- */

static void test_settings_are_kept_as_they_are(void **state)
{
	(void)state;
	static const char *const texts[] = {"{}",
		"{\"weekdays\":[2,4],\"percent\":40,\"least\":1,\"most\":8,\"edge_once\":true,"
		"\"run_most\":2,\"edge_most\":3,\"team_day\":true,\"seed\":7,\"office\":[{\"unit\":"
		"\"5\",\"weekdays\""
		":[1]}]}"};
	struct arena arena;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < 2; i++) {
		struct roster_settings s = roster_read_settings(&arena, texts[i]);
		const char *once = roster_write_settings(&arena, &s, NULL);
		s = roster_read_settings(&arena, once);
		assert_string_equal(roster_write_settings(&arena, &s, NULL), once);
	}
	struct roster_settings s = roster_read_settings(&arena, texts[1]);
	assert_int_equal(s.percent, 40);
	assert_int_equal(s.office_count, 1);
	assert_int_equal(roster_read_settings(&arena, "nonsense").percent, INT_NONE);
	/* beside them stands what is proven of the letters, or nothing */
	const char *both = roster_write_settings(
		&arena, &s, &(struct roster_proof){PROOF_GAP, 0, 240});
	assert_int_equal(roster_read_settings(&arena, both).run_most, 2);
	assert_int_equal(roster_read_proof(&arena, both)->kind, PROOF_GAP);
	assert_int_equal(roster_read_proof(&arena, both)->cost_gap, 240);
	assert_null(roster_read_proof(&arena, texts[1]));
	arena_release(&arena);
}

static void test_what_is_proven_of_a_roster(void **state)
{
	(void)state;
	static const struct {
		enum roster_sides_outcome outcome;
		int64_t amount, least, cost, bound;
		struct roster_proof proof;
	} row[] = {
		{SIDES_KEPT, 9, 1, 9, 1, {PROOF_BEST, 0, 0}}, /* the answer is not looked at */
		{SIDES_SOLVED, 3, 3, 700, 700, {PROOF_BEST, 0, 0}},
		{SIDES_SOLVED, 3, 3, 700, 460, {PROOF_GAP, 0, 240}},
		{SIDES_SOLVED, 3, 1, 700, 700, {PROOF_GAP, 2, 0}},
		{SIDES_SOLVED, 3, 3, 700, ROSTER_NOTHING_PROVEN, {PROOF_GAP, 0, -1}},
		{SIDES_FALLBACK, 3, 0, 700, 700, {PROOF_FLOW, 3, 0}},
		{SIDES_REFUSED, 9, 1, 9, 1, {PROOF_FLOW, -1, -1}},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		const struct roster_side_answer answer = {.verdict = {.amount = row[i].amount},
			.least = row[i].least,
			.cost = row[i].cost,
			.bound = row[i].bound};
		struct roster_proof p = roster_proof_of(row[i].outcome, &answer);
		assert_int_equal(p.kind, row[i].proof.kind);
		assert_int_equal(p.rules_gap, row[i].proof.rules_gap);
		assert_int_equal(p.cost_gap, row[i].proof.cost_gap);
	}
}

static void test_own_percent_and_office_days(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	struct rule all = home_by_roster(100);
	add_circular(&o, "SE 3", &all, 1);
	struct roster_settings set = roster_read_settings(&o.s.arena,
		arena_printf(&o.s.arena,
			"{\"percent\":34,\"office\":[{\"unit\":\"%lld\",\"weekdays\":[3]}]}",
			(long long)o.division.v));
	struct roster_sheet s = load_of(&o, o.agency, FROM, TO, &set);
	assert_int_equal(s.group[0].most[0], 1);
	assert_string_equal(person(&s, o.ani)->cells, "..S..LL");
	assert_string_equal(person(&s, o.citra)->cells, ".....LL");

	/* what a draft said before the day was shut goes when it is solved again, but for a lock */
	person(&s, o.ani)->days[2] = person(&s, o.budi)->days[2] = 'R';
	person(&s, o.budi)->locked[2] = 'x';
	solve(&o, &s);
	assert_int_equal(person(&s, o.ani)->days[2], 'K');
	assert_int_equal(person(&s, o.budi)->days[2], 'R');
	test_store_close(&o.s);
}

/* ---- the planner's own rules that no flow can keep ---- */

static void test_days_in_a_row(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	struct rule all = home_by_roster(100);
	open_office(&o);
	add_circular(&o, "SE 3", &all, 1);
	struct roster_settings set = roster_read_settings(&o.s.arena, "{\"run_most\":2}");
	struct roster_sheet s = load_of(&o, o.agency, FROM, TO, &set);
	assert_int_equal(roster_solve_sheet(&s, false, NOWHERE, &o.s.arena, NULL), SIDES_REFUSED);
	assert_string_equal(person(&s, o.ani)->days, "KKKKKLL");
	assert_int_equal(solve_sides(&o, &s), SIDES_SOLVED);
	for (int32_t p = 0; p < s.people; p++)
		assert_string_equal(s.person[p].days, "RRKRRLL");
	assert_int_equal(s.proof->kind, PROOF_BEST);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	person(&s, o.ani)->days[2] = 'R';
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_RUN);
	assert_int_equal(problem[0].day, 4);
	assert_int_equal(problem[0].is, 5);
	assert_false(problem[0].is_fault);
	/* a Wednesday that is kept in the office ends a run, a weekend does not */
	set = roster_read_settings(&o.s.arena, "{\"run_most\":4,\"weekdays\":[1,2,4,5]}");
	struct roster_sheet two = load_of(&o, o.agency, FROM, "2025-12-14", &set);
	solve(&o, &two);
	assert_string_equal(person(&two, o.ani)->days, "RRKRRLLRRKRRLL");
	two.settings.run_most = 3;
	assert_int_equal(problems_of(&o, &two, &problem), two.people);
	assert_int_equal(problem[0].kind, PROBLEM_RUN);
	assert_int_equal(problem[0].day, 8);
	assert_int_equal(problem[0].is, 4);
	/* what the flow keeps needs no helper */
	s.settings.run_most = 5;
	solve(&o, &s);
	assert_string_equal(person(&s, o.ani)->days, "RRRRRLL");
	test_store_close(&o.s);
}

/* Ani was home on Monday and Tuesday: they are part of a run, and her Monday is of another period.
 */
static void test_mondays_and_fridays_of_a_period(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	struct rule all = home_by_roster(100);
	open_office(&o);
	add_circular(&o, "SE 3", &all, 1);
	publish_one(&o, o.ani, "2025-12-01", "RR");
	struct roster_settings set = roster_read_settings(
		&o.s.arena, "{\"run_most\":2,\"edge_most\":1}");
	struct roster_sheet s = load_of(&o, o.agency, "2025-12-03", "2025-12-12", &set);
	assert_int_equal(solve_sides(&o, &s), SIDES_SOLVED);
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	assert_int_equal(person(&s, o.ani)->days[0], 'K');
	assert_int_equal(home_days(person(&s, o.ani)), 4);
	assert_int_equal(home_days(person(&s, o.budi)), 5);
	memcpy(person(&s, o.ani)->days, "RKRLLRKKKK", 10);
	assert_int_equal(problems_of(&o, &s, &problem), 2);
	assert_int_equal(problem[0].kind, PROBLEM_RUN);
	assert_int_equal(problem[0].day, 0);
	assert_int_equal(problem[0].is, 3);
	assert_int_equal(problem[1].kind, PROBLEM_EDGE_PERIOD);
	assert_int_equal(problem[1].day, -1);
	assert_int_equal(problem[1].is, 2);
	assert_int_equal(problem[1].limit, 1);
	assert_false(problem[1].is_fault);
	test_store_close(&o.s);
}

/* Remarks that come first fill the list; a fault behind them is counted all the same. */
static void test_faults_beyond_the_list(void **state)
{
	(void)state;
	enum { DAYS = 60, PEOPLE = 40 };
	char cells[DAYS + 1] = {0}, home[DAYS + 1] = {0};
	struct arena arena;
	int32_t two[DAYS / 7 + 2], none[DAYS / 7 + 2];
	struct sheet_person person[PEOPLE];
	arena_init(&arena, 1 << 20);
	memset(cells, SHEET_SET, DAYS);
	memset(home, 'R', DAYS);
	for (int w = 0; w < COUNT_OF(two); w++) {
		two[w] = 2;
		none[w] = -1;
	}
	for (int i = 0; i < PEOPLE; i++)
		person[i] = (struct sheet_person){.group = -1,
			.cells = cells,
			.days = home,
			.week_most = i == PEOPLE - 1 ? two : none,
			.edge_most = -1,
			.least = -1,
			.most = -1};
	const struct roster_sheet s = {.from = day(FROM),
		.to = day(FROM) + DAYS - 1,
		.days = DAYS,
		.first_open = day(FROM),
		.settings = roster_read_settings(&arena, ""),
		.person = person,
		.people = PEOPLE};
	const struct sheet_findings found = roster_check_sheet(&s, &arena);
	assert_int_equal(found.listed, SHEET_PROBLEMS_MAX);
	assert_int_equal(found.problem[found.listed - 1].kind, PROBLEM_LETTER);
	assert_false(found.problem[found.listed - 1].is_fault);
	assert_int_equal(found.count, DAYS * PEOPLE + 9);
	assert_int_equal(found.faults, 9); /* weeks, the last of four days */
	assert_int_equal(found.first_fault, PROBLEM_WEEK);
	arena_release(&arena);
}

/* Ani and Budi are a team, Citra is alone in her unit. */
static void test_a_team_has_a_day_in_the_office(void **state)
{
	(void)state;
	struct office o;
	struct sheet_problem *problem;
	struct sheet_team *team;
	int32_t teams, common = -1;
	struct rule all = home_by_roster(100);
	open_office(&o);
	add_circular(&o, "SE 3", &all, 1);
	struct roster_settings set = roster_read_settings(&o.s.arena, "{\"team_day\":true}");
	struct roster_sheet s = load_of(&o, o.agency, FROM, "2025-12-14", &set);
	roster_list_teams(&s, &o.s.arena, &team, &teams);
	assert_int_equal(teams, 1);
	assert_int_equal(team[0].people, 2);
	assert_int_equal(team[0].weekdays, 31);
	solve(&o, &s);
	for (int32_t d = 0; d < 5; d++)
		if (person(&s, o.ani)->days[d] == 'K')
			common = d;
	assert_true(common >= 0);
	assert_int_equal(person(&s, o.ani)->days[common + 7], 'K');
	assert_string_equal(person(&s, o.budi)->days, person(&s, o.ani)->days);
	assert_int_equal(home_days(person(&s, o.ani)), 8);
	assert_int_equal(home_days(person(&s, o.citra)), 10);
	assert_int_equal(s.proof->kind, PROOF_GAP); /* weekday by weekday: not proven */
	assert_int_equal(problems_of(&o, &s, &problem), 0);
	person(&s, o.budi)->days[common + 7] = 'R';
	assert_int_equal(problems_of(&o, &s, &problem), 1);
	assert_int_equal(problem[0].kind, PROBLEM_TEAM_DAY);
	assert_int_equal(problem[0].person, roster_find_on_sheet(&s, o.budi));
	assert_int_equal(problem[0].day, common + 7);
	assert_int_equal(problem[0].is, 1);
	assert_false(problem[0].is_fault);
	/* where nobody may be at home on Mondays there is nothing to choose */
	set = roster_read_settings(&o.s.arena, "{\"team_day\":true,\"weekdays\":[2,4]}");
	struct roster_sheet two = load_of(&o, o.agency, FROM, "2025-12-14", &set);
	roster_list_teams(&two, &o.s.arena, &team, &teams);
	assert_int_equal(teams, 0);
	solve(&o, &two);
	assert_int_equal(home_days(person(&two, o.ani)), 4);
	assert_int_equal(two.proof->kind, PROOF_BEST);
	test_store_close(&o.s);
}

/* ---- people who move ---- */

/* Within the node he stays in the office where he is not the one planned; what an older draft says
 * of days that another node plans is not taken. */
static void test_who_moves_within_the_period(void **state)
{
	(void)state;
	struct office o;
	int64_t id;
	open_phase_two(&o);
	assert_int_equal(org_place(&o.s.tx, o.ani, o.agency, "Analis", FUNGSIONAL, "SK 2",
				 day("2025-12-03")),
		OK);
	assert_int_equal(org_place(&o.s.tx, o.budi, o.other, "Analis", FUNGSIONAL, "SK 3",
				 day("2025-12-04")),
		OK);
	const struct roster_line line[] = {{o.ani, "RRRRRLL"}, {o.budi, "RRRRRLL"}};
	assert_int_equal(roster_add_version(&o.s.tx, o.agency, day(FROM), day(TO), ROSTER_GENERATED,
				 (struct instrument_id){0}, NULL, o.citra, line, 2, &id),
		OK);
	struct roster_sheet s = load(&o);
	assert_string_equal(person(&s, o.ani)->cells, "..MMMLL");
	assert_string_equal(person(&s, o.ani)->days, "KKKKKLL");
	assert_string_equal(person(&s, o.budi)->cells, "...MMMM");
	s = load_version(&o, id, "2025-11-14");
	assert_string_equal(person(&s, o.ani)->days, "RRKKKLL");
	assert_string_equal(person(&s, o.budi)->days, "RRR----");
	test_store_close(&o.s);
}

/* A draft says which of its letters undo what came into force after it was made. */
static void test_a_draft_knows_what_it_undoes(void **state)
{
	(void)state;
	struct office o;
	struct sheet_findings found;
	int64_t id;
	open_phase_two(&o);
	publish_one(&o, o.ani, "2025-12-01", "RKKKK");
	const struct roster_line line[] = {{o.ani, "RKKRK", NULL}, {o.budi, "KKKKR", NULL}};
	o.s.tx.now_ms = NOW + 10;
	assert_int_equal(
		roster_add_version(&o.s.tx, o.agency, day("2025-12-01"), day("2025-12-05"),
			ROSTER_GENERATED, (struct instrument_id){0}, NULL, o.budi, line, 2, &id),
		OK);
	o.s.tx.now_ms = NOW + 20;
	publish_one(&o, o.ani, "2025-12-01", "KK-K-"); /* a swap of the Monday, and more */
	struct roster_sheet s = load_version(&o, id, "2025-11-14");
	assert_string_equal(person(&s, o.ani)->newer, "xx.x.");
	assert_null(person(&s, o.budi)->newer);
	found = roster_check_sheet(&s, &o.s.arena);
	int days = 0;
	for (int i = 0; i < found.listed; i++)
		if (found.problem[i].kind == PROBLEM_OVERTAKEN)
			days = days * 10 + found.problem[i].day + 1;
	assert_int_equal(days, 14); /* Monday and Thursday; Tuesday is as it is in force */
	assert_int_equal(roster_publish(&o.s.tx, id, o.budi), OK);
	s = load_version(&o, id, "2025-11-14");
	assert_null(person(&s, o.ani)->newer); /* it holds */
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_and_shares),
		cmocka_unit_test(test_kinds_count_as_each_by_himself),
		cmocka_unit_test(test_why_a_day_is_shut),
		cmocka_unit_test(test_home_for_all_by_rule),
		cmocka_unit_test(test_a_roster_in_force_is_seen_to_its_end),
		cmocka_unit_test(test_letters_of_days_that_have_begun),
		cmocka_unit_test(test_a_begun_day_at_home_by_rule),
		cmocka_unit_test(test_who_has_no_day_left),
		cmocka_unit_test(test_no_day_left_changes_nothing_ahead),
		cmocka_unit_test(test_faults_beyond_the_list),
		cmocka_unit_test(test_a_post_keeps_its_minimum),
		cmocka_unit_test(test_posts_that_cross),
		cmocka_unit_test(test_a_week_has_a_cap_across_periods),
		cmocka_unit_test(test_who_had_less_gets_more),
		cmocka_unit_test(test_locks_and_few_changes),
		cmocka_unit_test(test_equal_input_equal_roster),
		cmocka_unit_test(test_a_stopped_solve_changes_nothing),
		cmocka_unit_test(test_a_unit_that_plans_for_itself),
		cmocka_unit_test(test_too_many_for_one_sheet),
		cmocka_unit_test(test_too_many_named_for_one_sheet),
		cmocka_unit_test(test_settings_are_kept_as_they_are),
		cmocka_unit_test(test_what_is_proven_of_a_roster),
		cmocka_unit_test(test_own_percent_and_office_days),
		cmocka_unit_test(test_days_in_a_row),
		cmocka_unit_test(test_mondays_and_fridays_of_a_period),
		cmocka_unit_test(test_a_team_has_a_day_in_the_office),
		cmocka_unit_test(test_who_moves_within_the_period),
		cmocka_unit_test(test_a_draft_knows_what_it_undoes),
	};
	return TEST_STORE_RUN(tests);
}
