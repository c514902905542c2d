/*
 * Facts of a day, plans, publishing, explaining, importing rosters: on both engines.
 *
 * PermenPANRB 4/2025 art. 8 and 13 (who may be home, two days a week); SE 150/KPG.03/BKD of Jawa
 * Barat (Thursdays; at most 50 percent of an agency); product.md principles 8 (the roster is the
 * rule) and 10 (sensitive reasons stay with the few).
 */
#include "roster/roster_int.h"

#include "base/str.h"
#include "org/org_import_int.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "roster/roster_explain.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z, a Thursday */

static const struct slice *const slices[] = {
	&trust_slice, &org_slice, &calendar_slice, &policy_slice, &roster_slice};

static int32_t day(const char *s)
{
	int32_t d;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

/* ---- letters
 * ------------------------------------------------------------------------------------- */

static void test_letters(void **state)
{
	(void)state;
	static const struct {
		const char *word;
		char letter;
		enum work_mode mode;
	} cases[] = {
		{"WFO", 'K', MODE_OFFICE},
		{"k", 'K', MODE_OFFICE},
		{"wfh", 'R', MODE_HOME},
		{"R", 'R', MODE_HOME},
		{"Wfa", 'A', MODE_ANYWHERE},
		{"DL", 'D', MODE_OUTSIDE_DUTY},
		{"C", 'C', MODE_LEAVE},
		{"L", 'L', MODE_OFF},
		{"-", '-', MODE_COUNT},
		{"", '-', MODE_COUNT},
		{"WFHH", 0, MODE_COUNT},
		{"WF", 0, MODE_COUNT},
		{"X", 0, MODE_COUNT},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(roster_read_letter(cases[i].word), cases[i].letter);
		assert_int_equal(roster_letter_mode(cases[i].letter), cases[i].mode);
	}
	for (int mode = MODE_OFFICE; mode < MODE_COUNT; mode++)
		assert_int_equal(
			roster_letter_mode(roster_mode_letter((enum work_mode)mode)), mode);
	assert_int_equal(roster_mode_letter(MODE_COUNT), '-');
	assert_int_equal(roster_line_letter("KR-", 100, 99), 0);
	assert_int_equal(roster_line_letter("KR-", 100, 100), 'K');
	assert_int_equal(roster_line_letter("KR-", 100, 101), 'R');
	assert_int_equal(roster_line_letter("KR-", 100, 102), 0);
	assert_int_equal(roster_line_letter("KR-", 100, 103), 0);
}

static void test_share(void **state)
{
	(void)state;
	struct rule half = {.bound = BOUND_AT_MOST, .percent = 50};
	assert_true(roster_is_within_share(&half, 5, 10));
	assert_false(roster_is_within_share(&half, 6, 10));
	assert_true(roster_is_within_share(&half, 5, 11)); /* half a person is nobody */
	assert_false(roster_is_within_share(&half, 6, 11));
	assert_true(roster_is_within_share(&half, 0, 0));
	half.bound = BOUND_EXACTLY;
	assert_false(roster_is_within_share(&half, 6, 10));
	half.bound = BOUND_AT_LEAST;
	assert_true(roster_is_within_share(&half, 6, 10));
}

/* ---- a small agency
 * ------------------------------------------------------------------------------ */

#define ANI   "198001012005012001"
#define BUDI  "198101012005011002"
#define CITRA "198201012005012003"
#define DEDI  "198301012005011004"
#define EKO   "198401012005011005"

struct office {
	struct test_store s;
	struct unit_id agency, division, counter_unit, other;
	struct post_id counter, desk;
	struct employee_id ani, budi, citra, dedi, eko;
};

static struct unit_id add_unit(
	struct office *o, const char *code, struct unit_id parent, enum unit_character character)
{
	struct unit_id id;
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.character = character,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_unit(&o->s.tx, &row, &id), OK);
	return id;
}

static struct employee_id add_person(
	struct office *o, const char *nip, const char *name, struct unit_id unit)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	assert_int_equal(org_add_employee(&o->s.tx, &row, day("2020-01-01"), DAY_FOREVER, &id), OK);
	if (unit.v)
		assert_int_equal(org_place(&o->s.tx, id, unit, "Analis  Kebijakan", FUNGSIONAL,
					 "SK 1", day("2020-01-01")),
			OK);
	return id;
}

static struct post_id add_post(struct office *o, const char *code, bool is_direct)
{
	struct post_id id;
	const struct org_post row = {.unit = o->agency,
		.code = code,
		.name = code,
		.is_direct = is_direct,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_post(&o->s.tx, &row, "", NULL, 0, &id), OK);
	return id;
}

static void open_office(struct office *o)
{
	struct pattern_id pattern;
	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	o->agency = add_unit(o, "BAPPEDA", (struct unit_id){0}, CHARACTER_OFFICE);
	o->division = add_unit(o, "BAPPEDA-1", o->agency, CHARACTER_OFFICE);
	o->counter_unit = add_unit(o, "BAPPEDA-2", o->agency, CHARACTER_SERVICE);
	o->other = add_unit(o, "DINSOS", (struct unit_id){0}, CHARACTER_OFFICE);
	o->counter = add_post(o, "LOKET", true);
	o->desk = add_post(o, "MEJA", false);
	o->ani = add_person(o, ANI, "Ani", o->division);
	o->budi = add_person(o, BUDI, "Budi", o->division);
	o->citra = add_person(o, CITRA, "Citra", o->counter_unit);
	o->dedi = add_person(o, DEDI, "Dedi", o->other);
	o->eko = add_person(o, EKO, "Eko", (struct unit_id){0});
	assert_int_equal(calendar_add_default(&o->s.tx, &pattern), OK);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
}

static struct person_day facts_of(struct office *o, struct employee_id who, const char *on)
{
	struct person_day facts;
	assert_int_equal(roster_load_person_day(&o->s.tx, who, day(on), &facts), OK);
	return facts;
}

/* ---- the facts of a day
 * -------------------------------------------------------------------------- */

static void test_placement_in_force(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	assert_int_equal(org_place(&o.s.tx, o.ani, o.other, "Kepala Seksi", PENGAWAS, "SK 2",
				 day("2025-11-10")),
		OK);
	struct person_day before = facts_of(&o, o.ani, "2025-11-09");
	assert_int_equal(before.unit.v, o.division.v);
	assert_string_equal(before.position, "analis kebijakan"); /* folded */
	struct person_day after = facts_of(&o, o.ani, "2025-11-10");
	assert_int_equal(after.unit.v, o.other.v);
	assert_int_equal(after.level, PENGAWAS);
	assert_int_equal(facts_of(&o, o.eko, "2025-11-10").unit.v, 0); /* nowhere yet */

	struct person_day facts;
	assert_int_equal(
		roster_load_person_day(&o.s.tx, o.ani, day("2019-12-31"), &facts), E_NOT_FOUND);
	assert_int_equal(
		roster_load_person_day(&o.s.tx, (struct employee_id){1}, day("2025-11-10"), &facts),
		E_NOT_FOUND);
	struct tx foreign = o.s.tx;
	foreign.government.v = 8;
	assert_int_equal(
		roster_load_person_day(&foreign, o.ani, day("2025-11-10"), &facts), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* The decision recorded last holds where two overlap; one withdrawn never does. */
static void test_status_in_force(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_OUTSIDE_DUTY, day("2025-11-12"),
				 day("2025-11-13"), "ST 1"),
		OK);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_SICK_LEAVE, day("2025-11-10"),
				 day("2025-11-12"), "SI 2"),
		OK);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-09").status, STATUS_NONE);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-10").status, STATUS_SICK_LEAVE);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-12").status, STATUS_SICK_LEAVE);
	struct person_day duty = facts_of(&o, o.ani, "2025-11-13");
	assert_int_equal(duty.status, STATUS_OUTSIDE_DUTY);
	assert_string_equal(duty.status_letter, "ST 1");
	assert_int_equal(facts_of(&o, o.ani, "2025-11-14").status, STATUS_NONE);
	assert_int_equal(facts_of(&o, o.budi, "2025-11-12").status, STATUS_NONE);
	test_store_close(&o.s);
}

static void test_posts_and_pattern(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-13").posts, 0);
	assert_int_equal(org_add_post_member(&o.s.tx, o.ani, o.counter, day("2025-11-13")), OK);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-12").posts, 0);
	struct person_day one = facts_of(&o, o.ani, "2025-11-13");
	assert_int_equal(one.posts, 1);
	assert_int_equal(one.post[0].v, o.counter.v);
	assert_int_equal(org_add_post_member(&o.s.tx, o.ani, o.desk, day("2025-11-14")), OK);
	struct person_day two = facts_of(&o, o.ani, "2025-11-14");
	assert_int_equal(two.posts, 2);
	assert_int_equal(two.post[0].v + two.post[1].v, o.counter.v + o.desk.v);

	assert_int_equal(calendar_assign(&o.s.tx, o.ani, (struct unit_id){0},
				 (struct pattern_id){5}, 1, day("2025-11-01"), DAY_FOREVER),
		OK);
	assert_int_equal(calendar_assign(&o.s.tx, o.ani, (struct unit_id){0},
				 (struct pattern_id){6}, 2, day("2025-11-10"), day("2025-11-14")),
		OK);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-09").personal.pattern.v, 5);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-14").personal.pattern.v, 6);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-14").personal.cycle_offset, 2);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-15").personal.pattern.v, 5);
	assert_int_equal(facts_of(&o, o.budi, "2025-11-14").personal.pattern.v, 0);
	test_store_close(&o.s);
}

static bool is_same(const struct person_day *a, const struct person_day *b)
{
	bool same = a->employee.v == b->employee.v && a->day == b->day && a->unit.v == b->unit.v &&
		    a->kind == b->kind && a->level == b->level &&
		    str_eq(a->position, b->position) && a->posts == b->posts &&
		    a->personal.pattern.v == b->personal.pattern.v && a->status == b->status &&
		    a->letter == b->letter && a->roster_version == b->roster_version;
	for (int i = 0; i < a->posts && same; i++)
		same = a->post[i].v == b->post[i].v;
	return same;
}

/* A page says of each person what the single load says; pages meet without a gap. */
static void test_pages_agree_with_single_loads(void **state)
{
	(void)state;
	struct office o;
	struct person_day page[2];
	struct employee_id after = {0};
	int count = 2, people = 0;
	open_office(&o);
	assert_int_equal(org_add_post_member(&o.s.tx, o.budi, o.counter, day("2025-11-01")), OK);
	assert_int_equal(org_add_post_member(&o.s.tx, o.budi, o.desk, day("2025-11-01")), OK);
	while (count == 2) {
		assert_int_equal(
			roster_list_person_days(&o.s.tx, after, day("2025-11-13"), page, 2, &count),
			OK);
		for (int i = 0; i < count; i++) {
			struct person_day single = facts_of(&o, page[i].employee, "2025-11-13");
			assert_true(is_same(&page[i], &single));
			assert_true(page[i].employee.v > after.v);
			after = page[i].employee;
			people++;
		}
	}
	assert_int_equal(people, 5);
	test_store_close(&o.s);
}

/* ---- versions
 * ------------------------------------------------------------------------------------ */

static int64_t publish(
	struct office *o, const char *from, const struct roster_line *line, int lines)
{
	int64_t version;
	int32_t first = day(from), last = first + (int32_t)strlen(line->days) - 1;
	assert_int_equal(roster_add_version(&o->s.tx, o->agency, first, last, ROSTER_IMPORTED,
				 (struct instrument_id){0}, NULL, o->budi, line, lines, &version),
		OK);
	assert_int_equal(roster_publish(&o->s.tx, version, o->budi), OK);
	return version;
}

static int64_t publish_one(
	struct office *o, struct employee_id who, const char *from, const char *days)
{
	return publish(o, from, &(struct roster_line){who, days}, 1);
}

/* The letters of ten days from 1 December. */
static const char *letters_of(struct office *o, struct employee_id who)
{
	char *text = arena_alloc(&o->s.arena, 11);
	for (int i = 0; i < 10; i++) {
		struct person_day facts;
		assert_int_equal(
			roster_load_person_day(&o->s.tx, who, day("2025-12-01") + i, &facts), OK);
		text[i] = facts.letter ? facts.letter : '.';
	}
	return text;
}

static int state_of(struct office *o, int64_t version)
{
	struct roster_version v;
	assert_int_equal(roster_load_version(&o->s.tx, version, &v), OK);
	return v.state;
}

/* Publishing cuts what it covers, whatever way the periods meet. */
static void test_publishing_replaces(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	int64_t first = publish_one(&o, o.ani, "2025-12-01", "KKKKKKKKKK");
	publish_one(&o, o.budi, "2025-12-01", "KKKKKKKKKK");
	assert_string_equal(letters_of(&o, o.ani), "KKKKKKKKKK");
	int64_t middle = publish_one(&o, o.ani, "2025-12-04", "RR-");
	assert_string_equal(letters_of(&o, o.ani), "KKKRR.KKKK");
	assert_int_equal(state_of(&o, first), ROSTER_PUBLISHED); /* still counts on other days */
	publish_one(&o, o.ani, "2025-12-03", "AA"); /* its end lies in one, its start in another */
	assert_string_equal(letters_of(&o, o.ani), "KKAAR.KKKK");
	publish_one(&o, o.ani, "2025-12-04", "RRRRRRR"); /* up to the last day of the first */
	assert_string_equal(letters_of(&o, o.ani), "KKARRRRRRR");
	assert_int_equal(state_of(&o, middle), ROSTER_REPLACED);
	int64_t all = publish_one(&o, o.ani, "2025-12-01", "DDDDDDDDDD");
	assert_string_equal(letters_of(&o, o.ani), "DDDDDDDDDD");
	assert_int_equal(state_of(&o, first), ROSTER_REPLACED);
	assert_int_equal(state_of(&o, all), ROSTER_PUBLISHED);
	assert_string_equal(letters_of(&o, o.budi), "KKKKKKKKKK"); /* nobody else's */
	assert_int_equal(facts_of(&o, o.ani, "2025-12-02").roster_version, all);
	assert_int_equal(roster_publish(&o.s.tx, all, o.budi), E_CONFLICT);
	assert_int_equal(roster_publish(&o.s.tx, 1, o.budi), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* A draft is no rule; publishing is one leaf and marks the days that began, not those to come. */
static void test_publishing_marks_and_proves(void **state)
{
	(void)state;
	struct office o;
	int64_t version;
	int count, days = 0;
	open_office(&o);
	test_store_project(&o.s);
	struct roster_line line[] = {{o.ani, "KKKRK"}, {o.budi, "KKKRK"}};
	assert_int_equal(roster_add_version(&o.s.tx, o.agency, day("2025-11-11"), day("2025-11-15"),
				 ROSTER_GENERATED, (struct instrument_id){0}, "Minggu kedua",
				 o.budi, line, 2, &version),
		OK);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-13").letter, 0);
	changes_leaves(o.s.tx.changes, &count);
	assert_int_equal(count, 0);
	assert_int_equal(roster_publish(&o.s.tx, version, o.budi), OK);
	changes_leaves(o.s.tx.changes, &count);
	assert_int_equal(count, 1);
	const struct change *change = changes_list(o.s.tx.changes, &count);
	for (int i = 0; i < count; i++) {
		days += change[i].kind == CHANGE_DAY;
		assert_true(change[i].kind != CHANGE_DAY || change[i].day <= day("2025-11-13"));
	}
	assert_int_equal(days, 6); /* two people, 11 to 13 November */

	struct roster_version list[4];
	struct roster_line_row row[4];
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].people, 2);
	assert_string_equal(list[0].made_by_name, "Budi");
	assert_null(list[0].instrument_number);
	assert_int_equal(list[0].published_at, NOW);
	assert_int_equal(roster_list_versions(&o.s.tx, "", day("2025-11-16"), list, 4, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(roster_list_lines(&o.s.tx, version, o.ani, row, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_string_equal(row[0].name, "Budi");
	test_store_close(&o.s);
}

/* ---- plans
 * --------------------------------------------------------------------------------------- */

static struct instrument_id add_circular(
	struct office *o, const char *number, const struct rule *rule, int rules)
{
	struct instrument_id id;
	const struct instrument in = {.rank = RANK_SE,
		.number = number,
		.title = "WFH",
		.issued = day("2025-10-22"),
		.valid_from = day("2025-11-01"),
		.valid_to = DAY_FOREVER};
	assert_int_equal(policy_add_instrument(&o->s.tx, &in, rule, rules, &id), OK);
	return id;
}

static struct rule thursday_home(void)
{
	struct rule r = policy_rule_of(RULE_MODE);
	r.mode = MODE_HOME;
	r.weekdays = WEEKDAY_BIT(THURSDAY);
	return r;
}

static struct rule service_exempt(void)
{
	struct rule r = policy_rule_of(RULE_EXEMPT);
	r.character = CHARACTER_SERVICE;
	return r;
}

static struct rule home_by_roster(int percent)
{
	struct rule r = policy_rule_of(RULE_ROSTER);
	r.mode = MODE_HOME;
	r.bound = BOUND_AT_MOST;
	r.percent = percent;
	r.base = BASE_ALL;
	r.share_level = LEVEL_AGENCY;
	return r;
}

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
		reason, "2 of 3 at home in BAPPEDA on 2025-12-02, above 50 percent: SE 150");
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

/* ---- explaining
 * ---------------------------------------------------------------------------------- */

static struct explanation explain_to(
	struct office *o, struct employee_id reader, struct employee_id who, const char *on)
{
	struct explanation out;
	struct req rq = {.tx = &o->s.tx, .actor = {o->s.tx.government, reader, 1}};
	assert_int_equal(roster_explain_day(&rq, who, day(on), &out), OK);
	return out;
}

static void give_role(struct office *o, struct employee_id who, enum role role, struct unit_id unit)
{
	int64_t id;
	const struct role_row row = {.role = role,
		.unit = unit,
		.letter = "SK 9",
		.valid_from = day("2025-01-01"),
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_role(&o->s.tx, who, &row, o->budi, &id), OK);
}

/* Every reader learns the mode; why somebody is away is for himself, his supervisor, officers,
 * board. */
static void test_who_sees_a_status(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_SICK_LEAVE, day("2025-11-13"),
				 day("2025-11-13"), "SI 7"),
		OK);
	assert_int_equal(
		org_relate(&o.s.tx, o.ani, RELATION_SUPERVISOR, o.budi, day("2025-01-01")), OK);
	give_role(&o, o.citra, ROLE_UNIT_OFFICER, o.counter_unit); /* not of Ani's unit */
	give_role(&o, o.dedi, ROLE_INSPECTOR, (struct unit_id){0});
	give_role(&o, o.eko, ROLE_BKD, (struct unit_id){0});
	const struct {
		struct employee_id reader;
		bool may;
	} cases[] = {
		{o.ani, true}, {o.budi, true}, {o.citra, false}, {o.dedi, false}, {o.eko, true}};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct explanation e = explain_to(&o, cases[i].reader, o.ani, "2025-11-13");
		assert_int_equal(e.mode, MODE_LEAVE);
		assert_int_equal(e.source, SOURCE_STATUS);
		assert_int_equal(e.masked, !cases[i].may);
		assert_int_equal(e.status != NULL, cases[i].may);
		if (e.status)
			assert_string_equal(e.status->letter, "SI 7");
	}
	give_role(&o, o.citra, ROLE_AGENCY_OFFICER, o.agency);
	assert_false(explain_to(&o, o.citra, o.ani, "2025-11-13").masked);
	assert_false(explain_to(&o, o.dedi, o.ani, "2025-11-14").masked); /* nothing to mask */

	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_OUTSIDE_DUTY, day("2025-11-17"),
				 day("2025-11-17"), "ST 8"),
		OK);
	assert_non_null(explain_to(&o, o.dedi, o.ani, "2025-11-17").status); /* work is no secret */
	test_store_close(&o.s);
}

static void test_explanation_names_its_grounds(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	struct rule rule[] = {thursday_home(), service_exempt()};
	rule[0].article = "angka 1";
	add_circular(&o, "SE 150", rule, 2);
	struct explanation e = explain_to(&o, o.citra, o.citra, "2025-11-13");
	assert_string_equal(e.name, "Citra");
	assert_int_equal(e.mode, MODE_OFFICE);
	assert_int_equal(e.source, SOURCE_EXEMPT);
	assert_int_equal(e.step_count, 2);
	assert_int_equal(e.steps[0].rule_kind, RULE_EXEMPT);
	assert_int_equal(e.steps[0].result, STEP_APPLIES);
	assert_string_equal(e.steps[0].scope, "character:service");
	assert_int_equal(e.steps[1].result, STEP_OVERRULED_BY_EXEMPT);
	assert_string_equal(e.steps[1].scope, "government");
	assert_string_equal(e.steps[1].number, "SE 150");
	assert_string_equal(e.steps[1].article, "angka 1");
	assert_false(e.steps[1].verified);
	assert_int_equal(e.shift->starts, 450);
	assert_string_equal(e.zone, "WIB");
	assert_non_null(e.legal_basis);
	assert_false(e.roster.decides);
	assert_null(e.roster.letter);

	struct buf out;
	buf_init(&out, &o.s.arena, 4096);
	fields_encode(&explanation_shape, &e, &out); /* asserts that nothing required is missing */
	assert_non_null(strstr(out.p, "\"result\":\"overruled_by_exempt\""));
	test_store_close(&o.s);
}

/* ---- files
 * --------------------------------------------------------------------------------------- */

static enum err flush_here(struct import *im)
{
	const struct import_private *own = im->own;
	return org_add_staged(
		im->tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

static struct org_import_row send(struct office *o, const char *file, struct import *im)
{
	struct org_import_row row = {.import_id = id_next(),
		.kind = IMPORT_ROSTERS,
		.sha256 = "ab",
		.file_name = "f",
		.effective = day("2025-12-01"),
		.actor = o->budi};
	int64_t generation;
	assert_int_equal(org_add_import(&o->s.tx, &row), OK);
	assert_int_equal(platform_load_generation(&o->s.tx, &generation), OK);
	assert_int_equal(org_import_open(im, &o->s.tx, org_import_kind(IMPORT_ROSTERS),
				 row.import_id, row.effective, false),
		OK);
	im->own->flush = flush_here;
	assert_int_equal(
		org_import_read(im, (struct bytes){(const uint8_t *)file, strlen(file)}), OK);
	org_import_close(im);
	assert_int_equal(org_import_finish(&o->s.tx, im, generation, &row), OK);
	assert_int_equal(org_load_import(&o->s.tx, row.import_id, &row), OK);
	return row;
}

/* One draft per agency, a gap is "not set"; published, the same file changes nothing. */
static void test_import(void **state)
{
	(void)state;
	const char *file = "nip;nama;2025-12-01;02/12/2025;2025-12-04\n" ANI ";Ani;WFO;wfh;R\n" DEDI
			   ";Dedi;;DL;K\n";
	struct office o;
	struct import im;
	struct roster_version list[4];
	int count;
	open_office(&o);
	org_import_register(&roster_import);
	struct org_import_row row = send(&o, file, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.created, 2);
	assert_int_equal(facts_of(&o, o.ani, "2025-12-02").letter, 0); /* drafts */
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 2);
	for (int i = 0; i < count; i++) {
		assert_int_equal(list[i].source, ROSTER_IMPORTED);
		assert_int_equal(list[i].people, 1);
		assert_int_equal(list[i].made_by.v, o.budi.v);
		assert_int_equal(roster_publish(&o.s.tx, list[i].version_id, o.budi), OK);
	}
	assert_string_equal(letters_of(&o, o.ani), "KR.R......");
	assert_string_equal(letters_of(&o, o.dedi), ".D.K......");
	row = send(&o, file, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.unchanged, 2);
	assert_int_equal(row.created, 0);
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 2);
	test_store_close(&o.s);
}

static void test_import_faults(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		int line;
		const char *column, *reason;
	} cases[] = {
		{"nip;2025-12-01\n" ANI ";WFX\n", 2, "2025-12-01", "unknown_letter"},
		{"nip;2025-12-01\n" ANI ";K\n" ANI ";R\n", 3, "nip", "double"},
		{"nip;2025-12-01\n199001012015012009;K\n", 2, "nip", "unknown_nip"},
		{"nip;2025-12-01\n" EKO ";K\n", 2, "nip", "not_placed"},
		{"nip;2025-12-01;2026-02-28\n" ANI ";K;K\n", 2, "2025-12-01", "period_too_long"},
		{"nip;2025-10-01\n" ANI ";K\n", 2, "2025-10-01", "too_far_back"},
		{"nip\n" ANI "\n", 2, "nip", "no_days"},
		{"nip;2025-12-01;01/12/2025\n" ANI ";K;K\n", 1, "3", "double_column"},
		{"nip;2025-12-32\n" ANI ";K\n", 1, "2", "unknown_column"},
	};
	struct office o;
	open_office(&o);
	org_import_register(&roster_import);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		struct org_import_row row = send(&o, cases[i].file, &im);
		assert_int_equal(row.state, IMPORT_REFUSED);
		assert_int_equal(row.errors, 1);
		const struct import_error *error = &im.own->error[0];
		assert_int_equal(error->line, cases[i].line);
		assert_string_equal(error->column, cases[i].column);
		assert_string_equal(error->reason, cases[i].reason);
	}
	struct roster_version list[1];
	int count;
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 1, &count), OK);
	assert_int_equal(count, 0); /* all or nothing */
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_placement_in_force),
		cmocka_unit_test(test_status_in_force),
		cmocka_unit_test(test_posts_and_pattern),
		cmocka_unit_test(test_pages_agree_with_single_loads),
		cmocka_unit_test(test_publishing_replaces),
		cmocka_unit_test(test_publishing_marks_and_proves),
		cmocka_unit_test(test_plan_of_phase_one),
		cmocka_unit_test(test_plan_needs_a_rule),
		cmocka_unit_test(test_plan_keeps_the_share),
		cmocka_unit_test(test_plan_keeps_the_weekly_cap),
		cmocka_unit_test(test_published_plan_is_the_rule),
		cmocka_unit_test(test_who_sees_a_status),
		cmocka_unit_test(test_explanation_names_its_grounds),
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_import_faults),
	};
	return TEST_STORE_RUN(tests);
}
