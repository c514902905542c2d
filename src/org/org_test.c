/*
 * Who a person is and where he stands on each day.
 *
 * Perka BKN 22/2007 (NIP), PermenPANRB 6/2022 (supervisor and team lead as dated relations), UU
 * 30/2014 art. 14 (mandate), UU 27/2022 (need to know), product principle 7.
 */
#include "org/org_test_office.h"

#include "base/str.h"

/* ---- names and numbers ---- */

static void test_nip(void **state)
{
	(void)state;
	static const struct {
		const char *article, *nip;
		enum employment_kind kind;
		bool is_sound;
	} cases[] = {
		{"Perka BKN 22/2007: birth, TMT, sex, sequence", "198504122010012003", PNS, true},
		{"the same for a CPNS", "200001312025041001", CPNS, true},
		{"month of TMT 13", "198504122010132003", PNS, false},
		{"month of TMT 00", "198504122010002003", CPNS, false},
		{"NI PPPK: digits 13-14 count contracts, not months", "199312282025212001", PPPK,
			true},
		{"the same part time", "199312282025212001", PPPK_PART_TIME, true},
		{"that number is no NIP of a PNS", "199312282025212001", PNS, false},
		{"31 February", "198502312010012003", PNS, false},
		{"29 February of a leap year", "198402292010011001", PNS, true},
		{"29 February of another year", "198502292010011001", PNS, false},
		{"sex 3", "198504122010013003", PNS, false},
		{"sequences begin at 001", "198504122010012000", PNS, false},
		{"appointed in the year of birth", "198504121985012003", PNS, false},
		{"17 digits", "19850412201001200", PNS, false},
		{"19 digits", "1985041220100120030", PNS, false},
		{"a letter", "19850412201001200a", PNS, false},
		{"blanks as printed", "19850412 201001 2 003", PNS, false},
		{"empty", "", PNS, false},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		if ((org_check_nip(cases[i].nip, cases[i].kind) == OK) != cases[i].is_sound)
			fail_msg("%s", cases[i].article);
	}
	assert_int_equal(org_check_nip(NULL, PNS), E_BAD_FIELD);
}

static void test_names(void **state)
{
	(void)state;
	struct arena a;
	const struct employee_row plain = {.name = "Suharto"};
	const struct employee_row full = {
		.title_before = "Dr.", .name = "Sri Wahyuni", .title_after = "S.Sos., M.Si."};

	arena_init(&a, 1 << 20);
	assert_string_equal(org_full_name(&a, &full), "Dr. Sri Wahyuni, S.Sos., M.Si.");
	assert_string_equal(org_full_name(&a, &plain), "Suharto");
	/* UU 27/2022: neither birth date nor sex may be read from what is shown */
	assert_string_equal(org_mask_nip(&a, "198504122010012003"), "***************003");
	assert_string_equal(org_mask_nip(&a, "12"), "12");
	assert_true(org_status_is_work(STATUS_OUTSIDE_DUTY));
	for (int kind = STATUS_NONE; kind <= STATUS_STUDY; kind++)
		assert_int_equal(
			org_status_is_work((enum status_kind)kind), kind == STATUS_OUTSIDE_DUTY);
	arena_release(&a);
}

/* ---- the tree ---- */

static void test_tree(void **state)
{
	struct office *o = *state;
	const struct org_tree *tree, *again;

	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	assert_int_equal(tree->units, 4);
	assert_int_equal(tree->zone, ZONE_WIB);
	const struct org_unit *school = org_find_unit_by_code(tree, "DISDIK-SMAN1", TODAY);
	assert_non_null(school);
	assert_int_equal(school->id.v, o->school.v);
	assert_int_equal(school->agency.v, o->agency.v);
	assert_true(org_is_below(tree, o->school, o->agency));
	assert_true(org_is_below(tree, o->agency, o->agency));
	assert_false(org_is_below(tree, o->agency, o->school));
	assert_false(org_is_below(tree, o->school, o->other));
	assert_true(org_is_below(tree, o->other, (struct unit_id){0}));
	assert_false(org_is_below(tree, (struct unit_id){0}, o->agency));
	assert_null(org_find_unit_by_code(tree, "DISDIK-SMAN2", TODAY));
	assert_null(org_find_unit(tree, (struct unit_id){1}));
	assert_int_equal(org_load_tree(&o->s.tx, &again), OK);
	assert_ptr_equal(tree, again);
	add_unit(o, "DISDIK-SMAN2", o->agency);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	assert_int_equal(org_load_tree(&o->s.tx, &again), OK);
	assert_non_null(org_find_unit_by_code(again, "DISDIK-SMAN2", TODAY));
}

/* A unit that was replaced keeps its code: each day finds the one of that day. */
static void test_replaced_unit(void **state)
{
	struct office *o = *state;
	const struct org_tree *tree;
	struct unit_id old, new;
	struct org_unit row = {
		.code = "BIRO", .name = "Biro lama", .kind = UNIT_AGENCY, .valid_to = TODAY - 1};

	assert_int_equal(org_add_unit(&o->s.tx, &row, &old), OK);
	row = (struct org_unit){.code = "BIRO",
		.name = "Biro baru",
		.kind = UNIT_AGENCY,
		.valid_from = TODAY,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_unit(&o->s.tx, &row, &new), OK);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	assert_int_equal(org_find_unit_by_code(tree, "BIRO", TODAY - 1)->id.v, old.v);
	assert_int_equal(org_find_unit_by_code(tree, "BIRO", TODAY)->id.v, new.v);
}

static struct org_site make_site(const char *name, struct unit_id unit)
{
	return (struct org_site){.unit = unit,
		.name = name,
		.zone = ZONE_WIB,
		.centre = {-69024512, 107618700},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
}

static void test_sites(void **state)
{
	struct office *o = *state;
	const struct org_site *found[4];
	const struct org_tree *tree;
	struct site_id id;
	struct org_site school = make_site("school", o->school),
			agency = make_site("agency", o->agency);
	struct org_site ended = make_site("ended", o->school),
			all = make_site("all", (struct unit_id){0});
	struct geo_point corner[] = {
		{-69000000, 107600000}, {-69000000, 107610000}, {-69010000, 107610000}};

	ended.valid_to = TODAY - 1;
	agency.radius_metres = 0;
	agency.corner = corner;
	agency.corners = 3;
	assert_int_equal(org_add_site(&o->s.tx, &agency, &id), OK);
	assert_int_equal(org_add_site(&o->s.tx, &all, &id), OK);
	assert_int_equal(org_add_site(&o->s.tx, &ended, &id), OK);
	assert_int_equal(org_add_site(&o->s.tx, &school, &id), OK);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	assert_int_equal(org_list_sites(tree, o->school, TODAY, found, 4), 3);
	assert_string_equal(found[0]->name, "school");
	assert_string_equal(found[1]->name, "agency");
	assert_string_equal(found[2]->name, "all");
	assert_int_equal(found[0]->cosine, geo_cosine(-69024512));
	assert_int_equal(found[1]->corners, 3);
	assert_int_equal(found[1]->corner[2].lat_e7, -69010000);
	assert_int_equal(org_list_sites(tree, o->school, TODAY, found, 1), 1);
	assert_int_equal(org_list_sites(tree, o->school, TODAY - 1, found, 4), 4);
}

/* ---- people over time ---- */

/* "Each day belongs to the unit of that day" (glossary: TMT), in whatever order rows are entered.
 */
static void test_placements_over_time(void **state)
{
	struct office *o = *state;
	static const struct {
		int32_t day;
		const char *position;
	} cases[] = {{17999, ""}, {18000, "Analis"}, {20399, "Analis"}, {20400, "Pengelola"},
		{20499, "Pengelola"}, {20500, "Kepala"}, {DAY_FOREVER, "Kepala"}};
	struct employee_row row;

	assert_int_equal(
		org_place(&o->s.tx, o->ani, o->other, "Kepala", PENGAWAS, "SK 3", 20500), OK);
	assert_int_equal(
		org_place(&o->s.tx, o->ani, o->school, "Pelaksana", PELAKSANA, "SK 2", 20400), OK);
	assert_int_equal(
		org_place(&o->s.tx, o->ani, o->school, "Pengelola", PELAKSANA, "SK 2b", 20400), OK);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(org_load_employee(&o->s.tx, o->ani, cases[i].day, &row), OK);
		assert_string_equal(row.position, cases[i].position);
	}
	assert_int_equal(row.unit.v, o->other.v);
	assert_int_equal(row.level, PENGAWAS);
	assert_int_equal(
		org_load_employee(&o->s.tx, (struct employee_id){1}, TODAY, &row), E_NOT_FOUND);
}

static int team_size(
	struct office *o, struct employee_id who, int32_t day, struct team_member *member)
{
	int count;

	assert_int_equal(org_list_team(&o->s.tx, who, day, member, 10, &count), OK);
	return count;
}

/* UU 30/2014 art. 14: a mandate holds for its dates; before and after it the delegate is nobody's
 * superior. */
static void test_team_and_delegation(void **state)
{
	struct office *o = *state;
	struct team_member m[10];
	struct employee_id acts_for;
	bool may;

	add_role(o, o->deputy, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, o->boss,
		20404, 20405);
	assert_int_equal(team_size(o, o->boss, TODAY, m), 2);
	assert_string_equal(m[0].row.name, "Ani");
	assert_string_equal(m[1].row.name, "Budi");
	assert_int_equal(m[0].relation, RELATION_SUPERVISOR);
	assert_int_equal(team_size(o, o->deputy, 20403, m), 0);
	assert_int_equal(team_size(o, o->deputy, 20404, m), 2);
	assert_int_equal(m[0].superior.v, o->boss.v);
	assert_int_equal(team_size(o, o->deputy, 20406, m), 0);
	for (int32_t day = 20403; day <= 20406; day++) {
		assert_int_equal(
			org_load_authority(&o->s.tx, o->deputy, o->ani, day, &may, &acts_for), OK);
		assert_int_equal(may, day == 20404 || day == 20405);
		assert_int_equal(acts_for.v, may ? o->boss.v : 0);
	}
	assert_int_equal(org_load_authority(&o->s.tx, o->boss, o->ani, TODAY, &may, &acts_for), OK);
	assert_true(may);
	assert_int_equal(acts_for.v, 0);
}

/* A delegate of his own supervisor does not decide about himself, nor is he in his own team. */
static void test_delegate_is_not_his_own_supervisor(void **state)
{
	struct office *o = *state;
	struct team_member m[10];
	struct employee_id acts_for;
	bool may;

	add_role(o, o->ani, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, o->boss, TODAY,
		TODAY);
	assert_int_equal(team_size(o, o->ani, TODAY, m), 1);
	assert_string_equal(m[0].row.name, "Budi");
	assert_int_equal(org_load_authority(&o->s.tx, o->ani, o->ani, TODAY, &may, &acts_for), OK);
	assert_false(may);
}

/* PermenPANRB 6/2022: a team lead recommends, he never stands for the supervisor. */
static void test_team_lead_has_no_authority(void **state)
{
	struct office *o = *state;
	struct employee_id acts_for, superior;
	struct team_member m[10];
	bool may;

	assert_int_equal(org_relate(&o->s.tx, o->ani, RELATION_TEAM_LEAD, o->budi, TODAY), OK);
	assert_int_equal(org_load_authority(&o->s.tx, o->budi, o->ani, TODAY, &may, &acts_for), OK);
	assert_false(may);
	assert_int_equal(team_size(o, o->budi, TODAY, m), 1);
	assert_int_equal(m[0].relation, RELATION_TEAM_LEAD);
	/* both relations to one superior: one row, the stronger */
	assert_int_equal(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->budi, TODAY), OK);
	assert_int_equal(team_size(o, o->budi, TODAY, m), 1);
	assert_int_equal(m[0].relation, RELATION_SUPERVISOR);
	assert_int_equal(
		org_load_superior(&o->s.tx, o->ani, RELATION_SUPERVISOR, TODAY - 1, &superior), OK);
	assert_int_equal(superior.v, o->boss.v);
	assert_int_equal(
		org_load_superior(&o->s.tx, o->boss, RELATION_SUPERVISOR, TODAY, &superior), OK);
	assert_int_equal(superior.v, 0);
}

/* ---- statuses ---- */

static int marked_days(struct office *o, struct employee_id who)
{
	int count, marked = 0;
	const struct change *c = changes_list(o->s.tx.changes, &count);

	for (int i = 0; i < count; i++)
		marked += c[i].kind == CHANGE_DAY && c[i].a == who.v;
	return marked;
}

static void test_status_marks_days_that_began(void **state)
{
	struct office *o = *state;
	struct org_status_row row;
	int64_t id;
	bool is_free;

	assert_int_equal(org_set_status_row(&o->s.tx, o->ani, STATUS_SICK_LEAVE, TODAY - 2,
				 TODAY + 5, "S 1", o->budi, &id),
		OK);
	assert_int_equal(marked_days(o, o->ani), 3);
	assert_int_equal(org_is_status_free(&o->s.tx, o->ani, TODAY + 5, TODAY + 9, &is_free), OK);
	assert_false(is_free);
	assert_int_equal(org_is_status_free(&o->s.tx, o->ani, TODAY + 6, TODAY + 9, &is_free), OK);
	assert_true(is_free);
	test_store_project(&o->s);
	assert_int_equal(org_load_status(&o->s.tx, id, &row), OK);
	assert_int_equal(org_end_status(&o->s.tx, &row, o->boss, "Salah catat"), OK);
	assert_int_equal(marked_days(o, o->ani), 3);
	assert_int_equal(org_is_status_free(&o->s.tx, o->ani, TODAY, TODAY, &is_free), OK);
	assert_true(is_free);
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nip),
		cmocka_unit_test(test_names),
		STORE(test_tree),
		STORE(test_replaced_unit),
		STORE(test_sites),
		STORE(test_placements_over_time),
		STORE(test_team_and_delegation),
		STORE(test_delegate_is_not_his_own_supervisor),
		STORE(test_team_lead_has_no_authority),
		STORE(test_status_marks_days_that_began),
	};
	return TEST_STORE_RUN(tests);
}
