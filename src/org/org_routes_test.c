/*
 * The routes of org as the dispatcher runs them: object, permission, handler, reply.
 *
 * Product table of roles, UU 27/2022 (a list shows no more than single requests would), UU 30/2014
 * art. 14 (mandate by letter), NIST SP 800-63B (one-time code handed over in person).
 */
#include "org/org_test_ask.h"

#include "org/org_import_int.h"
#include "platform/auth.h"

/* ---- me ---- */

static void test_me(void **state)
{
	struct office *o = *state;
	struct req rq;

	assert_int_equal(ask(o, o->ani, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"audiences\":[\"pegawai\"]");
	assert_has(&rq, "\"is_supervisor\":false");
	assert_has(&rq, "\"zone\":\"WIB\"");
	assert_has(&rq, "\"agency_name\":\"DISDIK\"");
	assert_has(&rq, "\"now\":\"2025-11-13T02:20:00.000Z\"");
	assert_int_equal(ask(o, o->boss, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"audiences\":[\"pegawai\",\"atasan\"]");
	assert_has(&rq, "\"is_supervisor\":true");
	add_role(o, o->head, ROLE_AGENCY_HEAD, o->agency, ACTING_PLT, (struct employee_id){0},
		TODAY, TODAY);
	assert_int_equal(ask(o, o->head, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"audiences\":[\"pegawai\",\"atasan\",\"bkd\"]");
	assert_has(&rq, "\"role\":\"agency_head\"");
	assert_has(&rq, "\"acting\":\"plt\"");
	assert_has(&rq, "\"letter\":\"800/1/BKD\"");
}

/* Which pages are whose: heads and readers of published rules have the office page too, a plain
 * relation only the page of superiors, an office of a counter none yet. */
static void test_me_says_which_pages_open(void **state)
{
	struct office *o = *state;
	struct req rq;
	static const struct {
		enum role role;
		const char *audiences;
	} cases[] = {
		{ROLE_UNIT_HEAD, "\"audiences\":[\"pegawai\",\"atasan\",\"bkd\"]"},
		{ROLE_AGENCY_HEAD, "\"audiences\":[\"pegawai\",\"atasan\",\"bkd\"]"},
		{ROLE_AGENCY_OFFICER, "\"audiences\":[\"pegawai\",\"bkd\"]"},
		{ROLE_UNIT_OFFICER, "\"audiences\":[\"pegawai\",\"bkd\"]"},
		{ROLE_BKD, "\"audiences\":[\"pegawai\",\"bkd\"]"},
		{ROLE_INSPECTOR, "\"audiences\":[\"pegawai\",\"bkd\"]"},
		{ROLE_COUNCIL, "\"audiences\":[\"pegawai\",\"bkd\"]"},
		{ROLE_OPERATOR, "\"audiences\":[\"pegawai\",\"bkd\"]"},
		{ROLE_SERVICE_OFFICER, "\"audiences\":[\"pegawai\"]"},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		o->s.tx.now_ms += MS_PER_DAY; /* the role of the case before is over */
		const int32_t today = TODAY + i + 1;

		add_role(o, o->teacher, cases[i].role, o->school, ACTING_DEFINITIVE,
			(struct employee_id){0}, today, today);
		assert_int_equal(
			ask(o, o->teacher, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
		assert_has(&rq, cases[i].audiences);
	}
}

/* A delegate opens the page of superiors on the days of the letter. */
static void test_me_of_a_delegate(void **state)
{
	struct office *o = *state;
	struct req rq;

	add_role(o, o->deputy, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, o->boss,
		TODAY, TODAY);
	assert_int_equal(ask(o, o->deputy, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"is_supervisor\":true");
	o->s.tx.now_ms += MS_PER_DAY;
	assert_int_equal(ask(o, o->deputy, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"is_supervisor\":false,\"has_team\":true"); /* yesterday was his */
	assert_has(&rq, "\"audiences\":[\"pegawai\",\"atasan\"]");
	o->s.tx.now_ms += MS_PER_DAY * LEADS_GRACE_DAYS;
	assert_int_equal(ask(o, o->deputy, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"has_team\":false,\"audiences\":[\"pegawai\"]");
}

/* ---- tree and people ---- */

static void test_units_and_people(void **state)
{
	struct office *o = *state;
	const char *agency = id_text(o, o->agency.v);
	struct req rq;

	assert_int_equal(ask(o, o->ani, GET, "/api/v1/org/units", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"code\":\"DISDIK\",\"name\":\"DISDIK\",\"kind\":\"agency\"");
	assert_has(&rq, "\"employees\":6,\"has_children\":true");
	assert_has(&rq, "\"employees\":1,\"has_children\":false");
	assert_lacks(&rq, "DISDIK-SET");
	assert_int_equal(
		ask(o, o->ani, GET, "/api/v1/org/units", ARGUMENTS({"parent", agency}), "{}", &rq),
		OK);
	assert_has(&rq, "DISDIK-SET");
	assert_has(&rq, "\"employees\":4,\"has_children\":false");
	assert_int_equal(ask(o, o->ani, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", agency}), "{}", &rq),
		E_NOT_FOUND);
	make_bkd(o, o->officer);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", agency}, {"limit", "4"}), "{}", &rq),
		OK);
	assert_has(&rq, "\"nip\":\"198001012005012001\"");
	assert_has(&rq, "\"account\":\"none\"");
	const char *next = arena_printf(&o->s.arena, "\"next\":\"%lld\"", (long long)o->ani.v);
	assert_has(&rq, next);
	assert_int_equal(
		ask(o, o->officer, GET, "/api/v1/org/units/{unit}/employees",
			ARGUMENTS({"unit", agency}, {"cursor", id_text(o, o->ani.v)}), "{}", &rq),
		OK);
	assert_has(&rq, "Budi");
	assert_has(&rq, "Fajar");
	assert_lacks(&rq, "Ani");
	assert_lacks(&rq, "\"next\"");
}

/* Codes are offered where they may be issued, and not where one only reads. */
static void test_people_say_whether_codes_may_be_issued(void **state)
{
	struct office *o = *state;
	struct req rq;

	add_role(o, o->officer, ROLE_INSPECTOR, (struct unit_id){0}, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", id_text(o, o->school.v)}), "{}", &rq),
		OK);
	assert_has(&rq, "\"may_issue\":true");
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", id_text(o, o->agency.v)}), "{}", &rq),
		OK);
	assert_has(&rq, "\"may_issue\":false");
}

/* A search finds only below the scopes of the actor; wildcards of SQL are letters here. */
static void test_search(void **state)
{
	struct office *o = *state;
	struct req rq;
	static const struct {
		const char *query;
		bool finds_teacher, finds_officer;
	} cases[] = {{"faj", true, false}, {"FAJ", true, false}, {"gita", false, false},
		{"19900101", true, false}, {"199001012015011006", true, false},
		{"%%%", false, false}, {"___", false, false}, {"aja", true, false}};

	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/employees",
					 ARGUMENTS({"query", cases[i].query}), "{}", &rq),
			OK);
		assert_int_equal(strstr(rq.body.p, "Fajar") != NULL, cases[i].finds_teacher);
		assert_int_equal(strstr(rq.body.p, "Gita") != NULL, cases[i].finds_officer);
		assert_lacks(&rq, "Budi");
	}
	assert_int_equal(ask(o, o->ani, GET, "/api/v1/org/employees", ARGUMENTS({"query", "faj"}),
				 "{}", &rq),
		E_FORBIDDEN);
}

/* Heads see who they answer for, the NIP but for its end is for personnel offices (UU 27/2022). */
static void test_heads_read_people(void **state)
{
	struct office *o = *state;
	const char *agency = id_text(o, o->agency.v), *school = id_text(o, o->school.v);
	const struct argument *by_nip = ARGUMENTS({"query", "199001012015011006"});
	const struct argument *by_name = ARGUMENTS({"query", "faj"});
	struct req rq;

	add_role(o, o->head, ROLE_AGENCY_HEAD, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	add_role(o, o->teacher, ROLE_UNIT_HEAD, o->school, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(ask(o, o->head, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", agency}), "{}", &rq),
		OK);
	assert_has(&rq, "\"nip\":\"***************006\",\"name\":\"Fajar\"");
	assert_lacks(&rq, "199001012015");
	assert_int_equal(ask(o, o->teacher, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", school}), "{}", &rq),
		OK);
	assert_int_equal(ask(o, o->teacher, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", agency}), "{}", &rq),
		E_NOT_FOUND);
	assert_int_equal(ask(o, o->head, GET, "/api/v1/org/employees", by_name, "{}", &rq), OK);
	assert_has(&rq, "\"nip\":\"***************006\",\"name\":\"Fajar\"");
	assert_int_equal(ask(o, o->head, GET, "/api/v1/org/employees", by_nip, "{}", &rq), OK);
	assert_string_equal(rq.body.p, "{\"items\":[]}");
	/* an officer of the school besides: in full there, and nowhere else */
	add_role(o, o->head, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(ask(o, o->head, GET, "/api/v1/org/units/{unit}/employees",
				 ARGUMENTS({"unit", agency}), "{}", &rq),
		OK);
	assert_has(&rq, "\"nip\":\"199001012015011006\",\"name\":\"Fajar\"");
	assert_has(&rq, "\"nip\":\"***************005\",\"name\":\"Budi\"");
}

static void test_codes(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *teacher = arena_printf(
		&o->s.arena, "{\"employees\":[\"%lld\"]}", (long long)o->teacher.v);
	const char *both = arena_printf(&o->s.arena, "{\"employees\":[\"%lld\",\"%lld\"]}",
		(long long)o->teacher.v, (long long)o->ani.v);
	const char *with_self = arena_printf(&o->s.arena, "{\"employees\":[\"%lld\",\"%lld\"]}",
		(long long)o->officer.v, (long long)o->teacher.v);
	const char *self = arena_printf(
		&o->s.arena, "{\"employees\":[\"%lld\"]}", (long long)o->officer.v);
	const char *skipped = arena_printf(&o->s.arena,
		"\"skipped\":[{\"employee\":\"%lld\",\"reason\":\"oneself\"}]",
		(long long)o->officer.v);

	assert_int_equal(ask(o, o->ani, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, teacher, &rq),
		E_FORBIDDEN);
	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, both, &rq),
		E_NOT_FOUND);
	assert_string_equal(rq.fault.pointer, "/employees/1");
	test_store_project(&o->s);
	/* nobody makes one for himself: the others of his list get theirs */
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, with_self, &rq),
		OK);
	assert_has(&rq, "\"name\":\"Fajar\"");
	assert_lacks(&rq, "\"name\":\"Gita\"");
	assert_has(&rq, skipped);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, self, &rq),
		E_NOT_FOUND);
	assert_string_equal(rq.fault.pointer, "/employees/0");
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, teacher, &rq), OK);
	assert_has(&rq, "\"name\":\"Fajar\",\"unit\":\"DISDIK-SMAN1\",\"code\":\"");
	assert_has(&rq, "\"expires_at\":\"2025-11-27T02:20:00.000Z\"");
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/employees",
				 ARGUMENTS({"query", "faj"}), "{}", &rq),
		OK);
	assert_has(&rq, "\"account\":\"waiting\"");

	/* nor does a code open what an operator closed */
	assert_int_equal(auth_disable_account(&o->s.tx, o->teacher), OK);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, teacher, &rq), OK);
	assert_has(&rq, "{\"items\":[],\"skipped\":[{\"employee\":\"");
	assert_has(&rq, "\"reason\":\"disabled\"}]}");
}

/* A contract that ends ends the account made during it. */
static void test_code_within_a_contract(void **state)
{
	struct office *o = *state;
	const struct employee_row row = {.nip = "199001012025211008",
		.name = "Hadi",
		.title_before = "",
		.title_after = "",
		.kind = PPPK};
	struct employee_id hadi;
	const char *code;
	struct req rq;

	assert_int_equal(org_add_employee(&o->s.tx, &row, 18000, TODAY, &hadi), OK);
	make_bkd(o, o->officer);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS,
			arena_printf(&o->s.arena, "{\"employees\":[\"%lld\"]}", (long long)hadi.v),
			&rq),
		OK);
	o->s.tx.now_ms = instant_of(TODAY + 1, 0, ZONE_WIB) - 1;
	assert_int_equal(auth_add_code(&o->s.tx, hadi, o->officer, 1, &code), OK);
	o->s.tx.now_ms++;
	assert_int_equal(auth_add_code(&o->s.tx, hadi, o->officer, 1, &code), E_CONFLICT);
}

/* ---- imports ---- */

static void test_import_routes(void **state)
{
	struct office *o = *state;
	static const char body[] =
		"{\"kind\":\"employees\",\"sha256\":"
		"\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
		"\"file_name\":\"pegawai.csv\",\"effective\":\"2025-11-13\",\"dry_run\":true}";
	struct platform_file file = {.size_bytes = 1, .type = "text/csv", .owner = o->officer};
	struct org_import_row row;
	struct req rq;
	int count;

	org_import_register_own();
	assert_int_equal(ask(o, o->ani, GET, "/api/v1/imports/templates/{kind}",
				 ARGUMENTS({"kind", "employees"}), "{}", &rq),
		E_FORBIDDEN);
	make_bkd(o, o->officer);
	make_bkd(o, o->head);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/imports/templates/{kind}",
				 ARGUMENTS({"kind", "employees"}), "{}", &rq),
		OK);
	assert_string_equal(rq.body.p,
		"\xEF\xBB\xBFnip;name;title_before;title_after;employment_kind;has_phone;last_"
		"day\r\n"
		"#198504122010012003;Sri Wahyuni;Dr.;S.Sos., M.Si.;pns;ya;\r\n");
	assert_string_equal(rq.disposition, "luwes-employees.csv");
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/imports", NO_ARGUMENTS, body, &rq), E_NOT_FOUND);
	assert_true(hex_decode("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		file.sha256.b, 32));
	assert_int_equal(platform_add_file(&o->s.tx, &file), OK);
	/* somebody else's upload is not his to import */
	assert_int_equal(
		ask(o, o->head, POST, "/api/v1/imports", NO_ARGUMENTS, body, &rq), E_NOT_FOUND);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/imports", NO_ARGUMENTS, body, &rq), OK);
	assert_int_equal(org_list_imports(&o->s.tx, &row, 1, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(row.state, IMPORT_WAITING);
	const char *id = id_text(o, row.import_id);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/imports/{import}",
				 ARGUMENTS({"import", id}), "{}", &rq),
		OK);
	assert_has(&rq, "\"file_name\":\"pegawai.csv\",\"effective\":\"2025-11-13\",\"dry_run\":"
			"true,\"state\":\"waiting\"");
	for (int i = 1; i <= 250; i++)
		assert_int_equal(org_add_import_error(&o->s.tx, row.import_id,
					 &(struct import_error){i, "nip", "double", "x", ""}),
			OK);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/imports/{import}/errors",
				 ARGUMENTS({"import", id}), "{}", &rq),
		OK);
	assert_has(&rq, "{\"line\":200,\"column\":\"nip\",\"reason\":\"double\",\"value\":\"x\","
			"\"cell\":\"\"}],"
			"\"next\":200}");
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/imports/{import}/errors",
				 ARGUMENTS({"import", id}, {"cursor", "200"}), "{}", &rq),
		OK);
	assert_has(&rq, "{\"items\":[{\"line\":201,");
	assert_lacks(&rq, "\"next\"");
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		STORE(test_me),
		STORE(test_me_says_which_pages_open),
		STORE(test_me_of_a_delegate),
		STORE(test_people_say_whether_codes_may_be_issued),
		STORE(test_units_and_people),
		STORE(test_search),
		STORE(test_heads_read_people),
		STORE(test_codes),
		STORE(test_code_within_a_contract),
		STORE(test_import_routes),
	};
	return TEST_STORE_RUN(tests);
}
