/*
 * Statuses, roles and delegations as the dispatcher runs them: who may write what about whom, on
 * which days, by which letter.
 *
 * UU 30/2014 art. 13-14 (delegation and mandate by letter), UU 27/2022 (the kind of a leave),
 * PP 94/2021 (nobody decides about himself).
 */
#include "org/org_test_ask.h"

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
				 ARGUMENTS({"status", id}), "{\"reason\":\"Salah orang\"}", &rq),
		OK);
	assert_int_equal(rq.status, 204);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/statuses/{status}/end",
				 ARGUMENTS({"status", id}), "{\"reason\":\"Salah orang\"}", &rq),
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

/* Everybody's letters in force, without those of the past and of definitive offices. */
static void test_stand_ins(void **state)
{
	struct office *o = *state;
	const struct employee_id nobody = {0};
	struct req rq;

	add_role(o, o->deputy, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, o->boss,
		TODAY, TODAY);
	add_role(o, o->head, ROLE_AGENCY_HEAD, o->agency, ACTING_PLT, nobody, TODAY + 5, TODAY + 9);
	add_role(
		o, o->teacher, ROLE_UNIT_HEAD, o->school, ACTING_PLH, nobody, TODAY - 9, TODAY - 1);
	add_role(o, o->budi, ROLE_UNIT_HEAD, o->school, ACTING_PLH, nobody, TODAY + 9, TODAY + 8);
	add_role(o, o->ani, ROLE_UNIT_OFFICER, o->school, ACTING_DEFINITIVE, nobody, TODAY, TODAY);
	assert_int_equal(
		ask(o, o->boss, GET, "/api/v1/org/roles", NO_ARGUMENTS, "{}", &rq), E_FORBIDDEN);
	add_role(o, o->boss, ROLE_BKD, o->agency, ACTING_DEFINITIVE, nobody, 18000, DAY_FOREVER);
	assert_int_equal(ask(o, o->boss, GET, "/api/v1/org/roles", NO_ARGUMENTS, "{}", &rq),
		E_FORBIDDEN); /* a list of the whole government is not for a part of it */
	make_bkd(o, o->officer);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/roles", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"full_name\":\"Euis\"");
	assert_has(&rq, "\"acts_for_name\":\"Dedi\"");
	assert_has(&rq, "\"full_name\":\"Citra\"");
	for (int i = 0; i < 3; i++)
		assert_lacks(&rq, (const char *[]){"Ani", "Budi", "Fajar"}[i]);
}

static void test_person(void **state)
{
	struct office *o = *state;
	struct req rq;
	const struct argument *ani = ARGUMENTS({"employee", id_text(o, o->ani.v)}),
			      *boss = ARGUMENTS({"employee", id_text(o, o->boss.v)}),
			      *officer = ARGUMENTS({"employee", id_text(o, o->officer.v)});
	static const char path[] = "/api/v1/org/employees/{employee}";

	/* a supervisor has the team's screen; the personnel file is not his */
	assert_int_equal(ask(o, o->boss, GET, path, ani, "{}", &rq), E_NOT_FOUND);
	add_role(o, o->officer, ROLE_UNIT_OFFICER, o->division, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(
		org_place(&o->s.tx, o->ani, o->school, "Guru", FUNGSIONAL, "SK 2", TODAY + 10), OK);
	assert_int_equal(ask(o, o->officer, GET, path, ani, "{}", &rq), OK);
	assert_has(&rq, "\"unit_name\":\"DISDIK-SET\",\"agency_name\":\"DISDIK\"");
	assert_has(&rq, "\"position\":\"Guru\"");
	assert_has(&rq, "\"nip\":\"199001012015012004\""); /* an officer of his agency */
	assert_has(&rq, "\"relation\":\"supervisor\"");
	assert_has(&rq, "\"full_name\":\"Dedi\"");
	assert_has(&rq, "\"supervises\":false");
	assert_has(&rq, "\"may_set_roles\":false,\"may_set_status\":true");
	assert_int_equal(ask(o, o->officer, GET, path, boss, "{}", &rq), OK);
	assert_has(&rq, "\"supervises\":true,\"leads\":false");
	o->s.tx.now_ms += 10 * MS_PER_DAY; /* Ani has moved out of the officer's unit */
	assert_int_equal(ask(o, o->officer, GET, path, ani, "{}", &rq), E_NOT_FOUND);
	make_bkd(o, o->officer);
	assert_int_equal(ask(o, o->officer, GET, path, ani, "{}", &rq), OK);
	assert_lacks(&rq, "DISDIK-SET");
	assert_has(&rq, "\"may_set_roles\":true,\"may_set_status\":true");
	assert_int_equal(ask(o, o->officer, GET, path, officer, "{}", &rq), OK);
	assert_has(&rq, "\"may_set_roles\":false,\"may_set_status\":false");
}

/* The kind of a leave is for those who enter it: the inspectorate does not read of sickness. */
static void test_statuses(void **state)
{
	struct office *o = *state;
	struct req rq;
	const struct argument *ani = ARGUMENTS({"employee", id_text(o, o->ani.v)});

	assert_int_equal(
		org_set_status(&o->s.tx, o->ani, STATUS_SICK_LEAVE, TODAY - 3, TODAY - 2, "445/1"),
		OK);
	assert_int_equal(
		org_set_status(&o->s.tx, o->ani, STATUS_TRAINING, TODAY + 3, TODAY + 4, "893/1"),
		OK);
	add_role(o, o->head, ROLE_INSPECTOR, (struct unit_id){0}, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	assert_int_equal(ask(o, o->head, GET, "/api/v1/org/statuses", ani, "{}", &rq), E_NOT_FOUND);
	assert_int_equal(ask(o, o->boss, GET, "/api/v1/org/statuses", ani, "{}", &rq), E_NOT_FOUND);
	make_bkd(o, o->officer);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/statuses", ani, "{}", &rq), OK);
	const char *training = strstr(rq.body.p, "training"), *sick = strstr(rq.body.p, "sick");
	assert_true(training && sick && training < sick);
	assert_has(&rq, "\"from\":\"2025-11-10\",\"to\":\"2025-11-11\",\"letter\":\"445/1\"");
	assert_lacks(&rq, "withdrawn_at");
}

static enum err delegate(struct office *o, struct employee_id actor, struct employee_id to,
	const char *from, const char *last, struct req *rq)
{
	return ask(o, actor, POST, "/api/v1/me/delegations", NO_ARGUMENTS,
		arena_printf(&o->s.arena,
			"{\"employee\":\"%lld\",\"letter\":\"800/9\",\"valid_from\":\"%s\","
			"\"valid_to\":\"%s\"}",
			(long long)to.v, from, last),
		rq);
}

/* UU 30/2014 art. 13-14: in writing, for its days, to those near; withdrawn by who gave it. */
static void test_delegations(void **state)
{
	struct office *o = *state;
	struct req rq;
	bool may;
	struct employee_id acts_for;

	assert_int_equal(org_relate(&o->s.tx, o->boss, RELATION_SUPERVISOR, o->head, 18000), OK);
	assert_int_equal(org_relate(&o->s.tx, o->deputy, RELATION_SUPERVISOR, o->head, 18000), OK);
	assert_int_equal(
		ask(o, o->boss, GET, "/api/v1/me/delegations", NO_ARGUMENTS, "{}", &rq), OK);
	for (int i = 0; i < 4; i++)
		assert_has(&rq, (const char *[]){"Ani", "Budi", "Citra", "Euis"}[i]);
	for (int i = 0; i < 2; i++) /* himself, and somebody further away */
		assert_lacks(&rq, i ? "Dedi" : "Fajar");
	const struct {
		struct employee_id actor, to;
		const char *from, *last, *pointer;
		enum err expected;
	} refused[] = {
		{o->boss, o->teacher, "2025-11-13", "2025-11-14", "/employee", E_REFUSED},
		{o->boss, o->boss, "2025-11-13", "2025-11-14", "/employee", E_REFUSED},
		{o->ani, o->budi, "2025-11-13", "2025-11-14", "/employee", E_REFUSED},
		{o->boss, o->ani, "2025-11-14", "2025-11-13", "/valid_to", E_BAD_FIELD},
		{o->boss, o->ani, "2025-11-13", "2026-11-14", "/valid_to", E_BAD_FIELD},
		{o->boss, o->ani, "2025-10-01", "2025-11-14", "/valid_from", E_BAD_FIELD},
	};
	for (int i = 0; i < COUNT_OF(refused); i++) {
		assert_int_equal(delegate(o, refused[i].actor, refused[i].to, refused[i].from,
					 refused[i].last, &rq),
			refused[i].expected);
		assert_string_equal(rq.fault.pointer, refused[i].pointer);
	}
	assert_int_equal(delegate(o, o->boss, o->deputy, "2025-11-13", "2025-11-20", &rq), OK);
	assert_int_equal(
		delegate(o, o->boss, o->deputy, "2025-11-20", "2025-11-21", &rq), E_CONFLICT);
	assert_int_equal(
		org_load_authority(&o->s.tx, o->deputy, o->ani, TODAY, &may, &acts_for), OK);
	assert_true(may);
	assert_int_equal(acts_for.v, o->boss.v);
	/* who stands in has no authority of his own to lend on */
	assert_int_equal(
		delegate(o, o->deputy, o->budi, "2025-11-13", "2025-11-14", &rq), E_REFUSED);
	assert_int_equal(
		ask(o, o->deputy, GET, "/api/v1/me/delegations", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"acts_for_name\":\"Dedi\"");
	assert_has(&rq, "\"candidates\":[]");
}

static void test_delegation_is_taken_back(void **state)
{
	struct office *o = *state;
	struct req rq;
	static const char path[] = "/api/v1/me/delegations/{delegation}/end";
	static const char last_day[] = "{\"last_day\":\"2025-11-12\"}";
	const int64_t office = add_role(o, o->deputy, ROLE_UNIT_HEAD, o->division, ACTING_PLH,
		(struct employee_id){0}, TODAY, TODAY + 5);
	bool may;
	struct employee_id acts_for;

	assert_int_equal(delegate(o, o->boss, o->ani, "2025-11-13", "2025-11-20", &rq), OK);
	const char *id = arena_strndup(&o->s.arena, rq.body.p + strlen("{\"role_id\":\""),
		strcspn(rq.body.p + strlen("{\"role_id\":\""), "\""));
	assert_int_equal(ask(o, o->ani, POST, path, ARGUMENTS({"delegation", id}), last_day, &rq),
		E_NOT_FOUND); /* who received it */
	assert_int_equal(ask(o, o->boss, POST, path, ARGUMENTS({"delegation", id_text(o, office)}),
				 last_day, &rq),
		E_NOT_FOUND); /* an office is the board's */
	assert_int_equal(
		ask(o, o->boss, POST, path, ARGUMENTS({"delegation", id}), last_day, &rq), OK);
	assert_int_equal(org_load_authority(&o->s.tx, o->ani, o->budi, TODAY, &may, &acts_for), OK);
	assert_false(may);
	/* the days are free again */
	assert_int_equal(delegate(o, o->boss, o->ani, "2025-11-13", "2025-11-20", &rq), OK);
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		STORE(test_status_routes),
		STORE(test_role_routes),
		STORE(test_stand_ins),
		STORE(test_person),
		STORE(test_statuses),
		STORE(test_delegations),
		STORE(test_delegation_is_taken_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
