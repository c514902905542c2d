/*
 * Who may do what: the pure rule against the reviewed table, and the hook of the dispatcher on a
 * store.
 *
 * PP 94/2021 (who judges whom), PermenPANRB 6/2022, UU 30/2014 art. 14 (plt, plh, mandate), UU
 * 27/2022. test/golden/authorisation.csv is compared cell by cell; LUWES_WRITE_GOLDEN=1 writes it
 * anew for review.
 */
#include "org/org_access.h"
#include "org/org_group.h"
#include "org/org_test_office.h"

#include "base/str.h"
#include "platform/auth.h"

#define GOLDEN "test/golden/authorisation.csv"

/* ---- the rule of access ---- */

static bool decide_one(int permission, int role, int reach, bool covers)
{
	const struct standing s = {(enum role)role, covers};

	return org_decide_access(permission, &s, 1, (enum reach)reach);
}

static void print_table(struct buf *b)
{
	buf_str(b, "# Who may do what, reviewed by people; src/org/org_access_test.c compares "
		   "every cell "
		   "with the rule.\n"
		   "# reach: how the actor relates to the object that day. cover: his role's scope "
		   "contains its unit\n"
		   "# (no_object: the scope is the whole government).\n"
		   "permission,role,reach,cover,allowed\n");
	for (int p = 0; p < PERMISSION_COUNT; p++)
		for (int role = 0; role < ROLE_COUNT; role++)
			for (int reach = 0; reach < REACH_COUNT; reach++)
				for (int covers = 1; covers >= 0; covers--)
					buf_printf(b, "%s,%s,%s,%s,%s\n",
						permission_code((enum permission)p),
						role_names[role], reach_names[reach],
						covers ? "yes" : "no",
						decide_one(p, role, reach, covers) ? "yes" : "no");
}

static void test_reviewed_table(void **state)
{
	(void)state;
	static char text[1 << 20];
	struct arena a;
	struct buf b;

	arena_init(&a, 8 << 20);
	buf_init(&b, &a, 1 << 18);
	print_table(&b);
	if (getenv("LUWES_WRITE_GOLDEN")) {
		FILE *out = fopen(GOLDEN, "w");
		assert_non_null(out);
		assert_int_equal(fwrite(b.p, 1, b.n, out), b.n);
		fclose(out);
	}
	FILE *in = fopen(GOLDEN, "r");
	assert_non_null(in);
	text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
	fclose(in);
	char *rest = text, *made = b.p;
	while (rest && made)
		assert_string_equal(strsep(&made, "\n"), strsep(&rest, "\n"));
	assert_ptr_equal(rest, made); /* both ended */
	arena_release(&a);
}

/* Security 3.3: removing an assignment never adds a permission, for every pair of standings. */
static void test_roles_only_add(void **state)
{
	(void)state;
	for (int p = 0; p < PERMISSION_COUNT; p++)
		for (int reach = 0; reach < REACH_COUNT; reach++)
			for (int pair = 0; pair < ROLE_COUNT * ROLE_COUNT * 4; pair++) {
				const struct standing s[] = {
					{(enum role)(pair / 4 % ROLE_COUNT), pair & 1},
					{(enum role)(pair / 4 / ROLE_COUNT), pair & 2}};
				bool both = org_decide_access(p, s, 2, (enum reach)reach);

				assert_int_equal(both,
					org_decide_access(p, s, 1, (enum reach)reach) ||
						org_decide_access(p, s + 1, 1, (enum reach)reach));
			}
}

static void test_access_properties(void **state)
{
	(void)state;
	for (int p = 0; p < PERMISSION_COUNT; p++)
		for (int reach = 0; reach < REACH_COUNT; reach++)
			assert_false(org_decide_access(
				p, NULL, 0, (enum reach)reach)); /* default deny */
	for (int role = 0; role < ROLE_COUNT; role++) {
		/* PP 94/2021: nobody judges himself, whatever he is */
		assert_false(decide_one(P_REPORT_VERIFY, role, REACH_SELF, true));
		assert_false(decide_one(P_STATUS_WRITE, role, REACH_SELF, true));
		assert_false(decide_one(P_CODE_ISSUE, role, REACH_SELF, true));
		assert_false(decide_one(P_DEVICE_ENROL, role, REACH_SELF, true));
		assert_false(decide_one(P_ORG_WRITE, role, REACH_SELF, true));
		/* a report is verified by the supervisor of the day alone */
		assert_int_equal(decide_one(P_REPORT_VERIFY, role, REACH_SUPERVISOR, true),
			role == ROLE_SUPERVISOR);
		for (int reach = 0; reach < REACH_COUNT; reach++) {
			/* inspector and council write nothing */
			static const int writes[] = {P_PUNCH_SELF, P_POLICY_WRITE, P_ROSTER_WRITE,
				P_ROSTER_PUBLISH, P_REPORT_SELF, P_REPORT_VERIFY, P_ORG_WRITE,
				P_CODE_ISSUE, P_STATUS_WRITE, P_DEVICE_ENROL, P_DEVICE_END};
			/* the operator sees no person */
			static const int personal[] = {P_DAY_READ, P_TEAM_READ, P_EXPLAIN_READ,
				P_REPORT_READ, P_PEOPLE_READ, P_FILE_READ, P_BOARD_UNIT,
				P_BOARD_GOVERNMENT};

			for (int i = 0; i < COUNT_OF(writes); i++) {
				assert_false(decide_one(writes[i], ROLE_INSPECTOR, reach, true));
				assert_false(decide_one(writes[i], ROLE_COUNCIL, reach, true));
			}
			for (int i = 0; i < COUNT_OF(personal); i++) {
				assert_false(decide_one(personal[i], ROLE_OPERATOR, reach, true));
				assert_false(decide_one(personal[i], ROLE_COUNCIL, reach, true));
			}
		}
	}
	assert_false(org_decide_access(-1, &(struct standing){ROLE_BKD, true}, 1, REACH_NONE));
	assert_false(org_decide_access(
		PERMISSION_COUNT, &(struct standing){ROLE_BKD, true}, 1, REACH_NONE));
}

/* ---- authorisation with the store behind it ---- */

static enum err ask(
	struct office *o, struct employee_id actor, enum permission p, struct object object)
{
	struct req rq = {
		.tx = &o->s.tx, .actor = {.government = o->s.tx.government, .employee = actor}};

	return org_authorise(&rq, p, &object);
}

static struct object about(struct employee_id employee, int32_t day)
{
	return (struct object){.employee = employee, .day = day};
}

static void test_supervisor_of_the_day(void **state)
{
	struct office *o = *state;

	assert_int_equal(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->head, TODAY), OK);
	assert_int_equal(ask(o, o->boss, P_REPORT_VERIFY, about(o->ani, TODAY - 1)), OK);
	assert_int_equal(ask(o, o->boss, P_REPORT_VERIFY, about(o->ani, TODAY)), E_NOT_FOUND);
	assert_int_equal(ask(o, o->head, P_REPORT_VERIFY, about(o->ani, TODAY)), OK);
	assert_int_equal(ask(o, o->head, P_REPORT_VERIFY, about(o->ani, TODAY - 1)), E_NOT_FOUND);
	assert_int_equal(ask(o, o->ani, P_DAY_READ, about(o->ani, TODAY)), OK);
	assert_int_equal(ask(o, o->budi, P_DAY_READ, about(o->ani, TODAY)), E_NOT_FOUND);
	/* the same reply for somebody who does not exist */
	assert_int_equal(
		ask(o, o->budi, P_DAY_READ, about((struct employee_id){1}, TODAY)), E_NOT_FOUND);
	assert_int_equal(
		ask(o, o->ani, P_TEAM_READ, (struct object){.day = DAY_NONE}), E_FORBIDDEN);
	assert_int_equal(ask(o, o->boss, P_TEAM_READ, (struct object){.day = DAY_NONE}), OK);
}

/* A role counts in its scope of the tree, plt as the office, and only on its days. */
static void test_scope_and_dates(void **state)
{
	struct office *o = *state;
	const struct object school = {.unit = o->school, .day = DAY_NONE};
	const struct object everything = {.day = DAY_NONE};
	const struct employee_id none = {0};

	assert_int_equal(ask(o, o->officer, P_BOARD_UNIT, school), E_NOT_FOUND);
	int64_t role = add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_PLT, none,
		TODAY, DAY_FOREVER);
	assert_int_equal(ask(o, o->officer, P_BOARD_UNIT, school), OK);
	assert_int_equal(ask(o, o->officer, P_STATUS_WRITE, about(o->teacher, TODAY)), OK);
	assert_int_equal(ask(o, o->officer, P_STATUS_WRITE, about(o->officer, TODAY)), E_NOT_FOUND);
	assert_int_equal(
		ask(o, o->officer, P_BOARD_UNIT, (struct object){.unit = o->other}), E_NOT_FOUND);
	assert_int_equal(ask(o, o->officer, P_BOARD_GOVERNMENT, everything), E_FORBIDDEN);
	assert_int_equal(ask(o, o->officer, P_PEOPLE_READ, everything), OK);
	assert_int_equal(ask(o, o->officer, P_ORG_WRITE, everything), E_FORBIDDEN);
	assert_int_equal(org_end_role(&o->s.tx, role, TODAY - 1), OK);
	assert_int_equal(ask(o, o->officer, P_BOARD_UNIT, school), E_NOT_FOUND);
	add_role(o, o->officer, ROLE_BKD, (struct unit_id){0}, ACTING_DEFINITIVE, none, TODAY,
		DAY_FOREVER);
	assert_int_equal(ask(o, o->officer, P_ORG_WRITE, everything), OK);
	assert_int_equal(ask(o, o->officer, P_ORG_WRITE, about(o->officer, TODAY)), E_NOT_FOUND);
	assert_int_equal(ask(o, o->officer, P_ORG_WRITE, about(o->ani, TODAY)), OK);
}

/* A person moved to another agency takes only his new days along. */
static void test_scope_follows_the_day(void **state)
{
	struct office *o = *state;

	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->other, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(
		org_place(&o->s.tx, o->teacher, o->other, "Guru", FUNGSIONAL, "SK", TODAY), OK);
	assert_int_equal(ask(o, o->officer, P_DAY_READ, about(o->teacher, TODAY)), OK);
	assert_int_equal(ask(o, o->officer, P_DAY_READ, about(o->teacher, TODAY - 1)), E_NOT_FOUND);
}

static void test_leaver_has_nothing(void **state)
{
	struct office *o = *state;
	struct employee_id gone;
	const struct employee_row row = {.nip = "197001011995011001", .name = "Hadi", .kind = PNS};

	assert_int_equal(org_add_employee(&o->s.tx, &row, 18000, TODAY - 1, &gone), OK);
	add_role(o, gone, ROLE_BKD, (struct unit_id){0}, ACTING_DEFINITIVE, (struct employee_id){0},
		18000, DAY_FOREVER);
	assert_int_equal(ask(o, gone, P_ORG_WRITE, (struct object){.day = DAY_NONE}), E_FORBIDDEN);
	assert_int_equal(ask(o, gone, P_DAY_READ, about(gone, TODAY)), E_NOT_FOUND);
	/* an account without an employee holds what its role says */
	add_role(o, (struct employee_id){99}, ROLE_OPERATOR, (struct unit_id){0}, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(
		ask(o, (struct employee_id){99}, P_HEALTH_READ, (struct object){.day = DAY_NONE}),
		OK);
	assert_int_equal(
		ask(o, (struct employee_id){99}, P_PUNCH_SELF, (struct object){.day = DAY_NONE}),
		E_FORBIDDEN);
}

/* Two governments in one store: the other one's people and units are as if they were not there. */
static void test_other_government(void **state)
{
	struct office *o = *state;
	const struct government_id home = o->s.tx.government;
	const struct government other = {.id = {8},
		.code = "cimahi",
		.name = "Kota Cimahi",
		.short_name = "Cimahi",
		.kind = GOVERNMENT_CITY,
		.zone = ZONE_WIB,
		.board_label = "BKPSDM",
		.agency_label = "OPD",
		.head_label = "Wali Kota"};

	o->s.tx.government = other.id;
	assert_int_equal(platform_add_government(&o->s.tx, &other), OK);
	struct unit_id unit = add_unit(o, "DISDIK", (struct unit_id){0});
	struct employee_id foreigner = add_person(o, "Iwan", "198001012005012001", unit);
	o->s.tx.government = home;
	add_role(o, o->officer, ROLE_BKD, (struct unit_id){0}, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	for (int p = P_SIGNED_IN + 1; p < PERMISSION_COUNT; p++) {
		const bool is_for_all = p == P_POLICY_READ || p == P_ORG_READ || p == P_FILE_WRITE;

		if (!is_for_all)
			assert_int_equal(
				ask(o, o->officer, (enum permission)p, about(foreigner, TODAY)),
				E_NOT_FOUND);
	}
	struct req rq = {.tx = &o->s.tx, .actor = {.government = home, .employee = foreigner}};
	const struct object everything = {.day = DAY_NONE};
	assert_int_equal(org_authorise(&rq, P_PUNCH_SELF, &everything), E_FORBIDDEN);
}

static void test_scopes_of_lists(void **state)
{
	struct office *o = *state;
	struct req rq = {.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = o->officer}};
	const struct employee_id none = {0};
	const struct org_tree *tree;
	struct org_scopes scopes;

	assert_int_equal(org_load_scopes(&rq, P_PEOPLE_READ, &scopes), OK);
	assert_int_equal(scopes.paths, 0);
	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE, none, TODAY,
		DAY_FOREVER);
	add_role(o, o->officer, ROLE_AGENCY_OFFICER, o->agency, ACTING_PLH, none, TODAY, TODAY);
	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->division, ACTING_DEFINITIVE, none, TODAY,
		DAY_FOREVER);
	add_role(o, o->officer, ROLE_UNIT_HEAD, o->other, ACTING_DEFINITIVE, none, TODAY,
		DAY_FOREVER);
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	assert_int_equal(org_load_scopes(&rq, P_PEOPLE_READ, &scopes), OK);
	assert_int_equal(scopes.paths, 2);
	assert_true(org_in_scopes(&scopes, org_find_unit(tree, o->other)->path));
	assert_int_equal(org_load_scopes(&rq, P_NIP_READ, &scopes), OK);
	assert_int_equal(
		scopes.paths, 1); /* the agency contains the two units; a head reads no NIP */
	assert_string_equal(scopes.path[0], org_find_unit(tree, o->agency)->path);
	assert_true(org_in_scopes(&scopes, org_find_unit(tree, o->school)->path));
	assert_false(org_in_scopes(&scopes, org_find_unit(tree, o->other)->path));
	assert_false(org_in_scopes(&scopes, NULL));
}

/* Whose sessions are short (ASVS 5 7.3.1): who opens the data of people he does not lead, that day.
 */
static void test_officers_of_the_day(void **state)
{
	struct office *o = *state;
	static const struct {
		enum role role;
		bool is_officer;
	} cases[] = {{ROLE_UNIT_HEAD, false}, {ROLE_AGENCY_HEAD, false},
		{ROLE_AGENCY_OFFICER, true}, {ROLE_UNIT_OFFICER, true}, {ROLE_BKD, true},
		{ROLE_INSPECTOR, true}, {ROLE_COUNCIL, false}, {ROLE_SERVICE_OFFICER, false},
		{ROLE_OPERATOR, true}};
	bool is_officer = true;

	assert_int_equal(org_load_officer(&o->s.tx, o->ani, &is_officer), OK);
	assert_false(is_officer);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct employee_id who = {1000 + i};
		const struct unit_id unit = cases[i].role < ROLE_BKD ? o->school
								     : (struct unit_id){0};

		add_role(o, who, cases[i].role, unit, ACTING_DEFINITIVE, (struct employee_id){0},
			TODAY, TODAY);
		assert_int_equal(org_load_officer(&o->s.tx, who, &is_officer), OK);
		assert_int_equal(is_officer, cases[i].is_officer);
		o->s.tx.now_ms += MS_PER_DAY;
		assert_int_equal(org_load_officer(&o->s.tx, who, &is_officer), OK);
		assert_false(is_officer);
		o->s.tx.now_ms -= MS_PER_DAY;
	}
}

/* UU 27/2022 art. 16: what few people did tells about each of them, also by subtraction. */
static void test_small_numbers_are_hidden(void **state)
{
	static const struct {
		const char *what;
		int32_t people[5];
		const char *shown; /* one letter each: s shown, h hidden */
	} cases[] = {
		{"large ones", {20, 30}, "ss"},
		{"a small one, and the next smallest lest subtraction tells it", {20, 30, 4},
			"hsh"},
		{"two small ones hide each other", {20, 6, 5}, "shh"},
		{"still too few: one more", {20, 2, 3, 40}, "hhhs"},
		{"nine is small, ten is not", {9, 10}, "hh"},
		{"ten is enough", {10, 10}, "ss"},
		{"those with nobody are not groups to hide", {0, 20}, "ss"},
		{"nothing but a small one", {4}, "h"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int groups = (int)strlen(cases[i].shown);
		bool is_hidden[5];

		org_hide_small(cases[i].people, groups, is_hidden);
		for (int k = 0; k < groups; k++)
			if (is_hidden[k] != (cases[i].shown[k] == 'h'))
				fail_msg("%s: group %d", cases[i].what, k);
	}
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reviewed_table),
		cmocka_unit_test(test_roles_only_add),
		cmocka_unit_test(test_access_properties),
		cmocka_unit_test(test_small_numbers_are_hidden),
		STORE(test_supervisor_of_the_day),
		STORE(test_scope_and_dates),
		STORE(test_scope_follows_the_day),
		STORE(test_leaver_has_nothing),
		STORE(test_other_government),
		STORE(test_scopes_of_lists),
		STORE(test_officers_of_the_day),
	};
	return TEST_STORE_RUN(tests);
}
