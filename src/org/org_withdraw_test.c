/*
 * Decrees entered wrongly: when one may be withdrawn, and what the dated rows, the decided days and
 * the history say afterwards.
 *
 * UU 30/2014 art. 64 (a decision with a mistake is withdrawn by who made it), PP 94/2021 (nobody
 * about himself).
 */
#include "org/org_withdraw.h"

#include "org/org_case_int.h"
#include "org/org_test_ask.h"

/* ---- rules ---- */

static void test_plan(void **state)
{
	(void)state;
	static const struct dated rows[] = {{100, 199}, {200, 299}, {300, 349}, {400, DAY_FOREVER}};
	static const int says[] = {0, 1, 0, 3};
	static const struct {
		const char *proves;
		int rows, which;
		struct undoing expected;
	} table[] = {
		{"the first of all, another after it", 2, 0, {-1, -1, 1}},
		{"the last", 2, 1, {0, -1, -1}},
		{"one with an end: the row before goes on", 3, 1, {0, 2, -1}},
		{"after it nothing for a while", 4, 2, {1, -1, -1}},
		{"after a gap nothing was before", 4, 3, {-1, -1, -1}},
	};

	for (int i = 0; i < COUNT_OF(table); i++) {
		const struct undoing u = org_plan_undoing(
			rows, says, table[i].rows, table[i].which);

		if (u.before != table[i].expected.before || u.again != table[i].expected.again ||
			u.resting != table[i].expected.resting)
			fail_msg("%s: %d %d %d", table[i].proves, u.before, u.again, u.resting);
	}
}

#define PLAN(b, a, r)                                                                              \
	{                                                                                          \
		b, a, r                                                                            \
	}
static void test_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *proves;
		struct undo_facts facts;
		enum err code;
	} table[] = {
		{"nothing in the way", {{1000, 1100}, 1010, PLAN(0, -1, -1), true, 0, 0, 0}, OK},
		{"the row before goes on after it",
			{{1000, 1100}, 1010, PLAN(0, 2, -1), true, 0, 0, 0}, OK},
		{"a later decree rests on it", {{1000, 1100}, 1010, PLAN(0, -1, 2), true, 0, 0, 0},
			E_CONFLICT},
		{"a year back", {{1000, 1100}, 1366, PLAN(0, -1, -1), true, 0, 0, 0}, OK},
		{"more than a year back", {{1000, 1100}, 1367, PLAN(0, -1, -1), true, 0, 0, 0},
			E_REFUSED},
		{"the first placement, begun",
			{{1000, 1100}, 1000, PLAN(-1, -1, -1), true, 0, 0, 0}, E_REFUSED},
		{"the first placement, to come",
			{{1000, 1100}, 999, PLAN(-1, -1, -1), true, 0, 0, 0}, OK},
		{"the first superior", {{1000, 1100}, 1010, PLAN(-1, -1, -1), false, 0, 0, 0}, OK},
		{"the unit before has ended",
			{{1000, 1100}, 1010, PLAN(0, -1, -1), true, true, 0, 0}, E_REFUSED},
		{"who answered before has left",
			{{1000, 1100}, 1010, PLAN(0, -1, -1), false, 0, true, 0}, E_REFUSED},
		{"a circle by now", {{1000, 1100}, 1010, PLAN(0, -1, -1), false, 0, 0, true},
			E_REFUSED},
	};

	for (int i = 0; i < COUNT_OF(table); i++)
		if (org_check_undoing(&table[i].facts).code != table[i].code)
			fail_msg("%s", table[i].proves);
}

static void test_role_rule(void **state)
{
	(void)state;
	assert_true(org_may_withdraw_role(101, 90, 100));
	assert_false(org_may_withdraw_role(100, 99, 100));
	assert_true(org_may_withdraw_role(100, 100, 100));
	assert_true(org_may_withdraw_role(95, 100, 100));
	assert_false(org_may_withdraw_role(95, 99, 100));
}

/* ---- routes ---- */

static struct unit_id unit_on(struct office *o, int32_t day)
{
	struct employee_row row;

	assert_int_equal(org_load_employee(&o->s.tx, o->ani, day, &row), OK);
	return row.unit;
}

static enum err move(struct office *o, struct unit_id unit, const char *days, struct req *rq)
{
	return ask(o, o->officer, POST, "/api/v1/org/employees/{employee}/placements",
		ARGUMENTS({"employee", id_text(o, o->ani.v)}),
		arena_printf(&o->s.arena,
			"{\"position\":\"Analis\",\"position_level\":\"fungsional\",\"unit\":"
			"\"%lld\",\"decree\":\"821/7\",%s}",
			(long long)unit.v, days),
		rq);
}

static enum err undo(struct office *o, struct employee_id actor, const char *from, struct req *rq)
{
	return ask(o, actor, POST, "/api/v1/org/employees/{employee}/placements/withdraw",
		ARGUMENTS({"employee", id_text(o, o->ani.v)}),
		arena_printf(&o->s.arena,
			"{\"valid_from\":\"%s\",\"reason\":\"SK milik pegawai lain\"}", from),
		rq);
}

static void history(struct office *o, struct req *rq)
{
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/employees/{employee}/history",
				 ARGUMENTS({"employee", id_text(o, o->ani.v)}), "{}", rq),
		OK);
}

static void test_placement_is_withdrawn(void **state)
{
	struct office *o = *state;
	struct req rq;

	make_bkd(o, o->officer);
	assert_int_equal(move(o, o->school, "\"valid_from\":\"2025-11-11\"", &rq), OK);
	assert_int_equal(unit_on(o, TODAY).v, o->school.v);
	assert_int_equal(undo(o, o->boss, "2025-11-11", &rq), E_NOT_FOUND);
	assert_int_equal(undo(o, o->officer, "2025-11-12", &rq), E_CONFLICT);
	assert_int_equal(undo(o, o->officer, "2025-11-11", &rq), OK);
	assert_has(&rq, "\"case_days\":0");
	for (int32_t day = TODAY - 4; day < TODAY + 400; day += 50)
		assert_int_equal(unit_on(o, day).v, o->division.v);
	/* it stays in sight, and the right decree may begin on the same day */
	history(o, &rq);
	assert_has(&rq, "\"withdrawn_why\":\"SK milik pegawai lain\"");
	assert_has(&rq, "\"withdrawn_by\":\"Gita\"");
	assert_int_equal(undo(o, o->officer, "2025-11-11", &rq), E_CONFLICT);
	assert_int_equal(move(o, o->other, "\"valid_from\":\"2025-11-11\"", &rq), OK);
	assert_int_equal(unit_on(o, TODAY).v, o->other.v);
	/* a later decree rests on it */
	assert_int_equal(move(o, o->school, "\"valid_from\":\"2025-11-17\"", &rq), OK);
	assert_int_equal(undo(o, o->officer, "2025-11-11", &rq), E_CONFLICT);
	assert_int_equal(undo(o, o->officer, "2025-11-17", &rq), OK);
	assert_int_equal(undo(o, o->officer, "2025-11-11", &rq), OK);
	assert_int_equal(unit_on(o, TODAY + 9).v, o->division.v);
}

static void test_task_with_an_end_is_withdrawn(void **state)
{
	struct office *o = *state;
	struct org_placement_row row[4];
	struct req rq;
	int rows;

	make_bkd(o, o->officer);
	assert_int_equal(
		move(o, o->other, "\"valid_from\":\"2025-11-15\",\"valid_to\":\"2025-11-20\"", &rq),
		OK);
	assert_int_equal(undo(o, o->officer, "2025-11-15", &rq), OK);
	assert_int_equal(org_list_placement_rows(&o->s.tx, o->ani, row, 4, &rows), OK);
	assert_int_equal(rows, 1);
	assert_int_equal(row[0].valid_to, DAY_FOREVER);
}

/* Of everybody the 10th and the 12th of November are decided. */
static enum err list_two_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_decided_day *ret_day, int max, int *ret_count)
{
	const int32_t days[] = {TODAY - 3, TODAY - 1};
	(void)tx;
	(void)employee;
	(void)max;

	*ret_count = 0;
	for (int i = 0; i < COUNT_OF(days); i++)
		if (days[i] >= from && days[i] <= to)
			ret_day[(*ret_count)++] = (struct org_decided_day){days[i], GROUND_REPORT};
	return OK;
}

/* Days decided before the decree came go back by themselves; those decided under it are a case. */
static void test_decided_days_become_a_case(void **state)
{
	struct office *o = *state;
	struct org_case_row row[4];
	struct req rq;
	int cases;

	org_add_decided_source(list_two_days);
	make_bkd(o, o->officer);
	assert_int_equal(move(o, o->other, "\"valid_from\":\"2025-11-07\"", &rq), OK);
	assert_has(&rq, "\"case_days\":2");
	assert_int_equal(org_list_person_cases(&o->s.tx, o->ani, row, 4, &cases), OK);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/cases/{case}/decisions",
				 ARGUMENTS({"case", id_text(o, row[0].case_id)}),
				 "{\"decision\":\"accept\",\"days\":[\"2025-11-10\"],\"reason\":"
				 "\"Dicocokkan dengan SK\"}",
				 &rq),
		OK);
	assert_int_equal(undo(o, o->officer, "2025-11-07", &rq), OK);
	assert_has(&rq, "\"case_days\":1");
	assert_int_equal(unit_on(o, TODAY - 3).v, o->other.v); /* decided under it, waits */
	assert_int_equal(unit_on(o, TODAY - 1).v, o->division.v);
	assert_int_equal(unit_on(o, TODAY).v, o->division.v);
	assert_int_equal(org_list_person_cases(&o->s.tx, o->ani, row, 4, &cases), OK);
	assert_int_equal(cases, 2);
	assert_string_equal(row[0].decree, "Pembatalan 821/7");
	assert_int_equal(row[0].open_days, 1);
	assert_int_equal(row[1].open_days, 0); /* nothing waits for a decree that is gone */
}

static void test_superior_is_withdrawn(void **state)
{
	struct office *o = *state;
	struct employee_id superior;
	struct req rq;

	make_bkd(o, o->officer);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/employees/{employee}/superiors",
				 ARGUMENTS({"employee", id_text(o, o->ani.v)}),
				 arena_printf(&o->s.arena,
					 "{\"relation\":\"supervisor\",\"superior\":\"%lld\","
					 "\"letter\":\"800/9\",\"valid_from\":\"2025-11-13\"}",
					 (long long)o->deputy.v),
				 &rq),
		OK);
	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/org/employees/{employee}/superiors/withdraw",
			ARGUMENTS({"employee", id_text(o, o->ani.v)}),
			"{\"relation\":\"supervisor\",\"valid_from\":\"2025-11-13\",\"reason\":"
			"\"Salah orang\"}",
			&rq),
		OK);
	assert_int_equal(
		org_load_superior(&o->s.tx, o->ani, RELATION_SUPERVISOR, TODAY + 30, &superior),
		OK);
	assert_int_equal(superior.v, o->boss.v);
	history(o, &rq);
	assert_has(&rq, "\"withdrawn_why\":\"Salah orang\"");
}

static void test_role_is_withdrawn(void **state)
{
	struct office *o = *state;
	struct req rq;

	make_bkd(o, o->officer);
	assert_int_equal(ask(o, o->officer, POST, "/api/v1/org/roles", NO_ARGUMENTS,
				 arena_printf(&o->s.arena,
					 "{\"employee\":\"%lld\",\"role\":\"unit_officer\","
					 "\"acting\":\"definitive\",\"unit\":\"%lld\",\"letter\":"
					 "\"800/1\",\"valid_from\":\"2025-11-14\"}",
					 (long long)o->ani.v, (long long)o->division.v),
				 &rq),
		OK);
	const char *at = strstr(rq.body.p, "\"role_id\":\"") + strlen("\"role_id\":\"");
	const char *id = arena_strndup(&o->s.arena, at, strcspn(at, "\""));
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			ask(o, o->officer, POST, "/api/v1/org/roles/{role}/withdraw",
				ARGUMENTS({"role", id}), "{\"reason\":\"Salah orang\"}", &rq),
			i ? E_CONFLICT : OK);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/roles",
				 ARGUMENTS({"employee", id_text(o, o->ani.v)}), "{}", &rq),
		OK);
	assert_has(&rq, "\"withdrawn_why\":\"Salah orang\"");
	assert_has(&rq, "\"may_withdraw\":false");
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_role_rule),
		STORE(test_placement_is_withdrawn),
		STORE(test_task_with_an_end_is_withdrawn),
		STORE(test_decided_days_become_a_case),
		STORE(test_superior_is_withdrawn),
		STORE(test_role_is_withdrawn),
	};
	return TEST_STORE_RUN(tests);
}
