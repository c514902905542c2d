/*
 * Letters, facts of a day, publishing, explaining: on both engines.
 *
 * product.md principles 8 (the roster is the rule) and 10 (sensitive reasons stay with the few).
 */
#include "roster/roster_test_office.h"

#include "org/org_absence.h"
#include "org/org_db.h"
#include "roster/roster_explain.h"
#include "roster/roster_node.h"

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

/* The first day stands for the period only of those about whom nothing is different later: not of
 * who has a day pinned to the unit he came from. */
static void test_a_pinned_day_is_of_that_day(void **state)
{
	(void)state;
	struct office o;
	struct roster_candidate who[4];
	int count;
	open_office(&o);
	assert_int_equal(
		db_exec(&o.s.tx, &ORG_ADD_PIN,
			BIND(db_int(o.s.tx.government.v), db_int(o.ani.v),
				db_int(day("2025-12-01")), db_int(o.other.v), db_text("Analis"),
				db_int(FUNGSIONAL), db_text(""), db_int(0)),
			NULL),
		OK);
	assert_int_equal(roster_list_candidates(&o.s.tx, "", day("2025-12-01"), day("2025-12-05"),
				 (struct employee_id){0}, who, 4, &count),
		OK);
	assert_int_equal(count, 4);
	assert_int_equal(who[0].facts.employee.v, o.ani.v);
	assert_int_equal(who[0].facts.unit.v, o.other.v);
	assert_true(who[0].varies);
	assert_false(who[1].varies);
	test_store_close(&o.s);
}

/* Between two bounds nothing about a person is other than the day before. */
static void test_facts_change_at_their_bounds(void **state)
{
	(void)state;
	struct office o;
	bool is_bound[31];
	int bounds = 0;
	const int32_t from = day("2025-12-01"), to = day("2025-12-31");
	open_office(&o);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_SICK_LEAVE, day("2025-11-28"),
				 day("2025-12-02"), "SI 1"),
		OK);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_OUTSIDE_DUTY, day("2025-12-05"),
				 day("2025-12-05"), "ST 1"),
		OK);
	assert_int_equal(
		org_place(&o.s.tx, o.ani, o.other, "Analis", FUNGSIONAL, "SK 2", day("2025-12-09")),
		OK);
	assert_int_equal(org_add_post_member(&o.s.tx, o.ani, o.counter, day("2025-12-11")), OK);
	assert_int_equal(calendar_assign(&o.s.tx, o.ani, (struct unit_id){0},
				 (struct pattern_id){5}, 1, day("2025-12-15"), day("2025-12-17")),
		OK);
	const struct turn_line turn = {o.ani, day("2025-12-23"), 1, (int[1][TURNS_MAX]){{1, 0}}};
	assert_int_equal(calendar_set_turns(&o.s.tx, &turn, o.budi), OK);
	assert_int_equal(roster_list_bounds(&o.s.tx, o.ani, from, to, is_bound), OK);
	for (int32_t d = from; d <= to; d++) {
		char text[11];
		day_format(d, text);
		struct person_day now = facts_of(&o, o.ani, text);
		bounds += is_bound[d - from];
		if (is_bound[d - from])
			continue;
		day_format(d - 1, text);
		struct person_day before = facts_of(&o, o.ani, text);
		before.day = d;
		assert_true(is_same(&before, &now));
		assert_memory_equal(
			&before.personal.turn, &now.personal.turn, sizeof now.personal.turn);
	}
	assert_int_equal(bounds, 12);
	test_store_close(&o.s);
}

/* ---- versions
 * ------------------------------------------------------------------------------------ */

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
	assert_string_equal(letters_of(&o, o.ani), "KKKRRKKKKK"); /* what it does not set stays */
	assert_int_equal(state_of(&o, first), ROSTER_PUBLISHED);  /* still counts on other days */
	publish_one(&o, o.ani, "2025-12-03", "AA"); /* its end lies in one, its start in another */
	assert_string_equal(letters_of(&o, o.ani), "KKAARKKKKK");
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

/* Who moves within the period has letters of two nodes: neither takes away the other's. */
static void test_days_not_set_keep_what_held(void **state)
{
	(void)state;
	static const struct {
		const char *held, *days, *letters;
	} cases[] = {
		{"KRKRKRKRKR", "-----KKKKK", "KRKRKKKKKK"},
		{"KRKRKRKRKR", "KKKKK-----", "KKKKKRKRKR"},
		{"KRKRKRKRKR", "--R-K--RR-", "KRRRKRKRRR"},
		{"KRKRKRKRKR", "----------", "KRKRKRKRKR"},
		{"-RKR--KRK-", "KK-----RR-", "KKKR..KRR."},
		{"----------", "-K-R-----R", ".K.R.....R"},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct office o;
		open_office(&o);
		publish_one(&o, o.ani, "2025-12-01", cases[i].held);
		const struct roster_line both[] = {{o.ani, cases[i].days}, {o.budi, "KRKRKRKRKR"}};
		int64_t version = publish(&o, "2025-12-01", both, 2);
		assert_string_equal(letters_of(&o, o.ani), cases[i].letters);
		assert_string_equal(letters_of(&o, o.budi), "KRKRKRKRKR");
		assert_int_equal(facts_of(&o, o.budi, "2025-12-04").roster_version, version);
		test_store_close(&o.s);
	}
}

/* Between the draft and its publishing people move: they are their new node's from that day. */
static void test_who_moved_is_left_to_his_new_node(void **state)
{
	(void)state;
	struct office o;
	struct roster_line_row row[4];
	int count;
	int64_t version;
	open_office(&o);
	const struct roster_line both[] = {{o.ani, "RRRRRRRRRR"}, {o.budi, "RRRRRRRRRR"}};
	assert_int_equal(roster_add_version(&o.s.tx, o.agency, day("2025-12-01"), day("2025-12-10"),
				 ROSTER_GENERATED, (struct instrument_id){0}, NULL, o.citra, both,
				 2, &version),
		OK);
	assert_int_equal(
		org_place(&o.s.tx, o.ani, o.other, "Analis", FUNGSIONAL, "SK 2", day("2025-12-04")),
		OK);
	assert_int_equal(roster_add_node(&o.s.tx, o.division, "SK 3", day("2025-12-01"), o.citra),
		OK); /* Budi's */
	assert_int_equal(roster_publish(&o.s.tx, version, o.citra), OK);
	assert_string_equal(letters_of(&o, o.ani), "..........");
	assert_string_equal(letters_of(&o, o.budi), "..........");
	assert_int_equal(
		roster_list_lines(&o.s.tx, version, (struct employee_id){0}, row, 4, &count), OK);
	assert_string_equal(row[0].days, "----------");

	assert_int_equal(roster_add_version(&o.s.tx, o.division, day("2025-12-01"),
				 day("2025-12-10"), ROSTER_GENERATED, (struct instrument_id){0},
				 NULL, o.citra, both, 2, &version),
		OK);
	assert_int_equal(roster_publish(&o.s.tx, version, o.citra), OK);
	assert_string_equal(letters_of(&o, o.ani), "RRR.......");
	assert_string_equal(letters_of(&o, o.budi), "RRRRRRRRRR");
	test_store_close(&o.s);
}

/* Nobody of the other agency could be at home: that is a roster, too, whatever others publish. */
static void test_a_version_without_lines(void **state)
{
	(void)state;
	struct office o;
	int64_t empty, again;
	const struct instrument_id none = {0};
	open_office(&o);
	assert_int_equal(roster_add_version(&o.s.tx, o.other, day("2025-12-01"), day("2025-12-10"),
				 ROSTER_ALL_OFFICE, none, NULL, o.dedi, NULL, 0, &empty),
		OK);
	assert_int_equal(roster_publish(&o.s.tx, empty, o.dedi), OK);
	publish_one(&o, o.ani, "2025-12-01", "KRKRKRKRKR");
	assert_int_equal(state_of(&o, empty), ROSTER_PUBLISHED);
	assert_int_equal(roster_add_version(&o.s.tx, o.other, day("2025-12-01"), day("2025-12-31"),
				 ROSTER_ALL_OFFICE, none, NULL, o.dedi, NULL, 0, &again),
		OK);
	assert_int_equal(roster_publish(&o.s.tx, again, o.dedi), OK);
	assert_int_equal(state_of(&o, empty), ROSTER_REPLACED);
	assert_int_equal(state_of(&o, again), ROSTER_PUBLISHED);
	test_store_close(&o.s);
}

/* A draft is no rule; publishing is one leaf and marks the days that began, not those to come. */
static void test_publishing_marks_and_proves(void **state)
{
	(void)state;
	struct office o;
	int64_t version;
	int count;
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
	assert_int_equal(count, 2); /* the step and the lines */
	/* days that have begun keep what held */
	assert_int_equal(facts_of(&o, o.ani, "2025-11-12").letter, 0);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-13").letter, 0);
	assert_int_equal(facts_of(&o, o.ani, "2025-11-14").letter, 'R');
	assert_int_equal(roster_publish(&o.s.tx, version, o.budi), E_CONFLICT);

	struct roster_version list[4];
	struct roster_line_row row[4];
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].people, 2);
	assert_string_equal(list[0].made_by_name, "Budi");
	assert_null(list[0].instrument_number);
	assert_int_equal(list[0].published_at, NOW);
	assert_int_equal(list[0].bound_from, day("2025-11-14"));
	assert_int_equal(roster_list_versions(&o.s.tx, "", day("2025-11-16"), list, 4, &count), OK);
	assert_int_equal(count, 0);
	assert_int_equal(roster_list_lines(&o.s.tx, version, o.ani, row, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_string_equal(row[0].name, "Budi");
	test_store_close(&o.s);
}

/* What an agency decided holds for its divisions: they read their own lines of it, never a draft or
 * another agency's. */
static void test_decided_above(void **state)
{
	(void)state;
	struct office o;
	int64_t draft, mine;
	int count;
	struct roster_version list[4];
	struct roster_line_row row[4];
	const struct org_tree *tree;
	open_office(&o);
	const struct roster_line lines[] = {{o.ani, "RK"}, {o.budi, "KR"}, {o.citra, "KK"}};
	int64_t decided = publish(&o, "2025-11-17", lines, 3);
	assert_int_equal(
		roster_add_version(&o.s.tx, o.agency, day("2025-11-24"), day("2025-11-25"),
			ROSTER_IMPORTED, (struct instrument_id){0}, NULL, o.budi, lines, 3, &draft),
		OK);
	assert_int_equal(
		roster_add_version(&o.s.tx, o.division, day("2025-11-17"), day("2025-11-18"),
			ROSTER_IMPORTED, (struct instrument_id){0}, NULL, o.budi, lines, 2, &mine),
		OK);
	assert_int_equal(org_load_tree(&o.s.tx, &tree), OK);
	const char *division = org_find_unit(tree, o.division)->path;
	assert_int_equal(
		roster_list_versions_above(&o.s.tx, division, DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].version_id, decided);
	assert_int_equal(
		roster_list_versions_above(&o.s.tx, division, day("2025-11-19"), list, 4, &count),
		OK);
	assert_int_equal(count, 0);
	assert_int_equal(roster_list_versions_above(&o.s.tx, org_find_unit(tree, o.other)->path,
				 DAY_NONE, list, 4, &count),
		OK);
	assert_int_equal(count, 0);
	assert_int_equal(roster_list_lines_below(&o.s.tx, decided, (struct employee_id){0},
				 division, day("2025-11-17"), row, 4, &count),
		OK);
	assert_int_equal(count, 2);
	assert_string_equal(row[0].name, "Ani");
	assert_string_equal(row[1].days, "KR");
	assert_int_equal(roster_list_lines_below(&o.s.tx, decided, o.ani, division,
				 day("2025-11-17"), row, 4, &count),
		OK);
	assert_int_equal(count, 1);
	assert_int_equal(org_place(&o.s.tx, o.budi, o.other, "Analis", FUNGSIONAL, "SK 3",
				 day("2025-11-18")),
		OK);
	assert_int_equal(roster_list_lines_below(&o.s.tx, decided, o.ani, division,
				 day("2025-11-18"), row, 4, &count),
		OK);
	assert_int_equal(count, 0);
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
 * board; of health the supervisor learns that it is sickness or a permit (principle 10). */
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
		bool may, health;
	} cases[] = {{o.ani, true, true}, {o.budi, true, false}, {o.citra, false, false},
		{o.dedi, false, false}, {o.eko, true, true}};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct explanation e = explain_to(&o, cases[i].reader, o.ani, "2025-11-13");
		assert_int_equal(e.mode, MODE_LEAVE);
		assert_int_equal(e.source, SOURCE_STATUS);
		assert_int_equal(e.masked, !cases[i].may);
		assert_int_equal(e.status != NULL, cases[i].may);
		if (!e.status)
			continue;
		assert_string_equal(e.status->letter, cases[i].health ? "SI 7" : "");
		assert_string_equal(shown_kind_names[e.status->kind],
			cases[i].health ? "sick_leave" : "sick_or_permit");
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

/* A permit for part of a day is a reason too; outside duty for part of it is not. */
static void test_who_sees_a_part_of_a_day(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	const struct {
		enum status_kind kind;
		int from, to;
	} parts[] = {{STATUS_PERMIT, 780, 900}, {STATUS_OUTSIDE_DUTY, 480, 720}};
	for (int i = 0; i < COUNT_OF(parts); i++) {
		struct org_status_row row = {.employee = o.ani,
			.kind = (int32_t)parts[i].kind,
			.valid_from = day("2025-11-14"),
			.valid_to = day("2025-11-14"),
			.letter = "",
			.from_minute = parts[i].from,
			.to_minute = parts[i].to};
		assert_int_equal(org_add_status(&o.s.tx, &row), OK);
	}
	assert_int_equal(
		org_relate(&o.s.tx, o.ani, RELATION_SUPERVISOR, o.budi, day("2025-01-01")), OK);
	give_role(&o, o.dedi, ROLE_INSPECTOR, (struct unit_id){0});
	const struct {
		struct employee_id reader;
		const char *permit; /* NULL: not seen */
	} cases[] = {{o.ani, "permit"}, {o.budi, "sick_or_permit"}, {o.dedi, NULL}};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct explanation e = explain_to(&o, cases[i].reader, o.ani, "2025-11-14");
		assert_int_equal(e.cover_count, cases[i].permit ? 2 : 1);
		assert_int_equal(e.masked, !cases[i].permit);
		assert_int_equal(e.covers[0].kind, STATUS_OUTSIDE_DUTY);
		assert_int_equal(e.covers[0].from, 480);
		assert_int_equal(e.covers[0].to, 720);
		if (cases[i].permit)
			assert_string_equal(shown_kind_names[e.covers[1].kind], cases[i].permit);
	}
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_placement_in_force),
		cmocka_unit_test(test_status_in_force),
		cmocka_unit_test(test_posts_and_pattern),
		cmocka_unit_test(test_pages_agree_with_single_loads),
		cmocka_unit_test(test_a_pinned_day_is_of_that_day),
		cmocka_unit_test(test_facts_change_at_their_bounds),
		cmocka_unit_test(test_publishing_replaces),
		cmocka_unit_test(test_days_not_set_keep_what_held),
		cmocka_unit_test(test_who_moved_is_left_to_his_new_node),
		cmocka_unit_test(test_a_version_without_lines),
		cmocka_unit_test(test_publishing_marks_and_proves),
		cmocka_unit_test(test_decided_above),
		cmocka_unit_test(test_who_sees_a_status),
		cmocka_unit_test(test_who_sees_a_part_of_a_day),
		cmocka_unit_test(test_explanation_names_its_grounds),
	};
	return TEST_STORE_RUN(tests);
}
