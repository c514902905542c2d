/*
 * The routes of org as the dispatcher runs them: object, permission, handler, reply.
 *
 * Product table of roles, UU 27/2022 (a list shows no more than single requests would), UU 30/2014
 * art. 14 (mandate by letter), NIST SP 800-63B (one-time code handed over in person).
 */
#include "org/org_access.h"
#include "org/org_test_office.h"

#include "base/str.h"
#include "org/org_import_int.h"
#include "platform/auth.h"

struct argument {
	const char *name, *value;
};
#define ARGUMENTS(...)                                                                             \
	(const struct argument[])                                                                  \
	{                                                                                          \
		__VA_ARGS__,                                                                       \
		{                                                                                  \
			NULL, NULL                                                                 \
		}                                                                                  \
	}
#define NO_ARGUMENTS                                                                               \
	(const struct argument[])                                                                  \
	{                                                                                          \
		{                                                                                  \
			NULL, NULL                                                                 \
		}                                                                                  \
	}

static const struct route *find_route(enum method method, const char *path)
{
	for (int i = 0; i < org_slice.route_count; i++) {
		if (org_slice.routes[i].method == method && str_eq(org_slice.routes[i].path, path))
			return &org_slice.routes[i];
	}
	fail_msg("no route %s", path);
	return NULL;
}

static void read_arguments(
	struct office *o, const struct shape *shape, const struct argument *argument, void *input)
{
	struct field_fault fault = {0};

	for (; argument->name; argument++) {
		const struct field *f = shape->fields;

		while (f->type != FIELD_END && !str_eq(f->name, argument->name))
			f++;
		assert_int_not_equal(f->type, FIELD_END);
		assert_int_equal(
			fields_decode_text(f, &o->s.arena, argument->value, input, &fault), OK);
	}
}

static void *read_input(struct office *o, const struct shape *shape,
	const struct argument *argument, const char *json)
{
	struct field_fault fault = {0};
	void *input = arena_alloc(&o->s.arena, shape->size);

	fields_init(shape, input);
	enum err e = fields_decode(shape, &o->s.arena, json, strlen(json), input, &fault);
	if (e)
		fail_msg("%s: %s: %s", json, fault.pointer, fault.reason);
	read_arguments(o, shape, argument, input);
	return input;
}

static enum err ask(struct office *o, struct employee_id who, enum method method, const char *path,
	const struct argument *argument, const char *json, struct req *ret)
{
	const struct route *route = find_route(method, path);
	enum err e = OK;

	*ret = (struct req){.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	if (route->input)
		ret->input = read_input(o, route->input, argument, json);
	buf_init(&ret->body, &o->s.arena, 256);
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e && route->permission != P_SIGNED_IN)
		e = org_authorise(ret, route->permission, &ret->object);
	return e ? e : route->handler(ret);
}

static const char *id_text(struct office *o, int64_t id)
{
	return arena_printf(&o->s.arena, "%lld", (long long)id);
}

static void assert_has(const struct req *rq, const char *text)
{
	if (!strstr(rq->body.p, text))
		fail_msg("no %s in %s", text, rq->body.p);
}

static void assert_lacks(const struct req *rq, const char *text)
{
	if (strstr(rq->body.p, text))
		fail_msg("%s in %s", text, rq->body.p);
}

static void make_bkd(struct office *o, struct employee_id who)
{
	add_role(o, who, ROLE_BKD, (struct unit_id){0}, ACTING_DEFINITIVE, (struct employee_id){0},
		18000, DAY_FOREVER);
}

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
	assert_has(&rq, "\"is_supervisor\":false");
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

static void test_codes(void **state)
{
	struct office *o = *state;
	struct req rq;
	const char *teacher = arena_printf(
		&o->s.arena, "{\"employees\":[\"%lld\"]}", (long long)o->teacher.v);
	const char *both = arena_printf(&o->s.arena, "{\"employees\":[\"%lld\",\"%lld\"]}",
		(long long)o->teacher.v, (long long)o->ani.v);
	const char *self = arena_printf(
		&o->s.arena, "{\"employees\":[\"%lld\"]}", (long long)o->officer.v);

	assert_int_equal(ask(o, o->ani, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, teacher, &rq),
		E_FORBIDDEN);
	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, both, &rq),
		E_NOT_FOUND);
	assert_string_equal(rq.fault.pointer, "/employees/1");
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, self, &rq),
		E_NOT_FOUND);
	test_store_project(&o->s);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/accounts/codes", NO_ARGUMENTS, teacher, &rq), OK);
	assert_has(&rq, "\"name\":\"Fajar\",\"unit\":\"DISDIK-SMAN1\",\"code\":\"");
	assert_has(&rq, "\"expires_at\":\"2025-11-27T02:20:00.000Z\"");
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/employees",
				 ARGUMENTS({"query", "faj"}), "{}", &rq),
		OK);
	assert_has(&rq, "\"account\":\"waiting\"");
}

/* ---- statuses and roles ---- */

static enum err post_status(struct office *o, struct employee_id actor, struct employee_id who,
	const char *from, const char *to, struct req *rq)
{
	return ask(o, actor, POST, "/api/v1/org/statuses", NO_ARGUMENTS,
		arena_printf(&o->s.arena,
			"{\"employee\":\"%lld\",\"kind\":\"outside_duty\",\"from\":\"%s\",\"to\":"
			"\"%s\",\"letter\":\"090/1\"}",
			(long long)who.v, from, to),
		rq);
}

static void test_status_routes(void **state)
{
	struct office *o = *state;
	struct req rq;

	make_bkd(o, o->officer);
	assert_int_equal(
		post_status(o, o->boss, o->ani, "2025-11-13", "2025-11-14", &rq), E_NOT_FOUND);
	assert_int_equal(post_status(o, o->officer, o->officer, "2025-11-13", "2025-11-14", &rq),
		E_NOT_FOUND);
	assert_int_equal(
		post_status(o, o->officer, o->ani, "2025-11-14", "2025-11-13", &rq), E_BAD_FIELD);
	assert_int_equal(post_status(o, o->officer, o->ani, "2025-11-13", "2025-11-14", &rq), OK);
	const char *id = arena_strndup(&o->s.arena, rq.body.p + strlen("{\"status_id\":\""),
		strcspn(rq.body.p + strlen("{\"status_id\":\""), "\""));
	assert_int_equal(
		post_status(o, o->officer, o->ani, "2025-11-14", "2025-11-15", &rq), E_CONFLICT);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/statuses/{status}/end",
				 ARGUMENTS({"status", id}), "{}", &rq),
		OK);
	assert_int_equal(rq.status, 204);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/statuses/{status}/end",
				 ARGUMENTS({"status", id}), "{}", &rq),
		E_CONFLICT);
	assert_int_equal(post_status(o, o->officer, o->ani, "2025-11-14", "2025-11-15", &rq), OK);
}

static enum err post_role(struct office *o, struct employee_id actor, struct employee_id who,
	const char *rest, struct req *rq)
{
	return ask(o, actor, POST, "/api/v1/org/roles", NO_ARGUMENTS,
		arena_printf(&o->s.arena, "{\"employee\":\"%lld\",\"letter\":\"800/7\",%s}",
			(long long)who.v, rest),
		rq);
}

static void test_role_routes(void **state)
{
	struct office *o = *state;
	struct arena *a = &o->s.arena;
	struct req rq;
	const char *delegate = arena_printf(a,
		"\"role\":\"supervisor\",\"acting\":\"delegate\",\"acts_for\":\"%lld\",\"valid_"
		"from\":\"2025-11-13\","
		"\"valid_to\":\"2025-11-14\"",
		(long long)o->boss.v);
	const struct {
		const char *rest;
		enum err expected;
	} refused[] = {
		{"\"role\":\"supervisor\",\"acting\":\"definitive\",\"valid_from\":\"2025-11-13\"",
			E_BAD_FIELD},
		{"\"role\":\"employee\",\"acting\":\"definitive\",\"valid_from\":\"2025-11-13\"",
			E_BAD_FIELD},
		{"\"role\":\"unit_head\",\"acting\":\"delegate\",\"valid_from\":\"2025-11-13\"",
			E_BAD_FIELD},
		{"\"role\":\"bkd\",\"acting\":\"plt\",\"valid_from\":\"2025-10-01\"", E_BAD_FIELD},
		{"\"role\":\"bkd\",\"acting\":\"plt\",\"valid_from\":\"2025-11-13\",\"valid_to\":"
		 "\"2025-11-12\"",
			E_BAD_FIELD},
		{"\"role\":\"bkd\",\"acting\":\"plt\",\"unit\":\"5\",\"valid_from\":\"2025-11-13\"",
			E_NOT_FOUND},
	};

	assert_int_equal(post_role(o, o->boss, o->deputy, delegate, &rq), E_NOT_FOUND);
	make_bkd(o, o->officer);
	assert_int_equal(post_role(o, o->officer, o->officer, delegate, &rq), E_NOT_FOUND);
	for (int i = 0; i < COUNT_OF(refused); i++)
		assert_int_equal(post_role(o, o->officer, o->deputy, refused[i].rest, &rq),
			refused[i].expected);
	assert_int_equal(post_role(o, o->officer, o->deputy, delegate, &rq), OK);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/roles",
				 ARGUMENTS({"employee", id_text(o, o->deputy.v)}), "{}", &rq),
		OK);
	assert_has(&rq, "\"acting\":\"delegate\",\"acts_for\":\"");
	assert_has(&rq, "\"valid_to\":\"2025-11-14\"");
	struct org_role_line line[2];
	int count;
	assert_int_equal(org_list_role_lines(&o->s.tx, o->deputy, line, 2, &count), OK);
	assert_int_equal(count, 1);
	const struct argument *role = ARGUMENTS({"role", id_text(o, line[0].role_id)});
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/roles/{role}/end", role,
				 "{\"last_day\":\"2025-11-01\"}", &rq),
		E_BAD_FIELD);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/roles/{role}/end", role,
				 "{\"last_day\":\"2025-11-14\"}", &rq),
		E_CONFLICT);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/roles/{role}/end", role,
				 "{\"last_day\":\"2025-11-12\"}", &rq),
		OK);
	assert_int_equal(ask(o, o->deputy, GET, "/api/v1/me", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"is_supervisor\":false");
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
					 &(struct import_error){i, "nip", "double", "x"}),
			OK);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/imports/{import}/errors",
				 ARGUMENTS({"import", id}), "{}", &rq),
		OK);
	assert_has(&rq, "{\"line\":200,\"column\":\"nip\",\"reason\":\"double\",\"value\":\"x\"}],"
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
		STORE(test_me_of_a_delegate),
		STORE(test_units_and_people),
		STORE(test_search),
		STORE(test_codes),
		STORE(test_status_routes),
		STORE(test_role_routes),
		STORE(test_import_routes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
