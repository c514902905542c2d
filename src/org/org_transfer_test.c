/*
 * Decrees: which are refused, what they do to the dated rows, and which days they may not change.
 *
 * PP 11/2017 jo. PP 17/2020 (TMT of a transfer), SE BKN 1/SE/I/2021 (plt, plh), UU 30/2014 art.
 * 13-14 (delegation) and 64 (a decision is changed by a decision), PP 94/2021 (nobody about
 * himself).
 */
#include "org/org_case_int.h"
#include "org/org_stand.h"
#include "org/org_test_ask.h"
#include "org/org_transfer.h"

/* ---- rules ---- */

static const struct dated rows[] = {{100, 199}, {200, 299}, {300, DAY_FOREVER}};

static void test_timeline(void **state)
{
	(void)state;
	const struct {
		const char *proves;
		int rows;
		int32_t from, to;
		struct timeline expected;
	} table[] = {
		{"the first of all", 0, 150, DAY_FOREVER, {.ends = -1}},
		{"before everything, with an end", 3, 50, 99, {.ends = -1}},
		{"the last row ends the day before", 3, 350, DAY_FOREVER, {.ends = 2}},
		{"it goes on after one with an end", 3, 350, 360, {.ends = 2, .resumes = true}},
		{"within a row", 3, 150, 160, {.ends = 0, .resumes = true}},
		{"to the end of a row", 3, 150, 199, {.ends = 0}},
		{"the same first day", 3, 200, 210, {true, 200, -1, false}},
		{"over a later decree", 3, 150, DAY_FOREVER, {true, 200, 0, false}},
		{"one that began after", 2, 250, DAY_FOREVER, {.ends = 1}},
		{"after the last, in a gap", 2, 300, DAY_FOREVER, {.ends = -1}},
	};

	for (int i = 0; i < COUNT_OF(table); i++) {
		const struct timeline t = org_plan_timeline(
			rows, table[i].rows, table[i].from, table[i].to);

		if (t.is_taken != table[i].expected.is_taken ||
			t.taken_from != table[i].expected.taken_from ||
			t.ends != table[i].expected.ends || t.resumes != table[i].expected.resumes)
			fail_msg("%s", table[i].proves);
	}
}

#define PLACED(last, today, service, unit, ...)                                                    \
	{                                                                                          \
		1000, last, today, service, true, unit, false, {0}, false, false,                  \
		{                                                                                  \
			__VA_ARGS__                                                                \
		}                                                                                  \
	}
#define LED(superior_service, is_self, is_cycle)                                                   \
	{                                                                                          \
		1000, DAY_FOREVER, 1010, ALWAYS, false, {0}, true, superior_service, is_self,      \
			is_cycle,                                                                  \
		{                                                                                  \
			.ends = -1                                                                 \
		}                                                                                  \
	}
#define SPAN(a, b) ((struct dated){a, b})
#define ALWAYS     SPAN(0, DAY_FOREVER)

static void test_refusals(void **state)
{
	(void)state;
	const struct {
		const char *proves;
		struct transfer_facts facts;
		const char *pointer; /* NULL: accepted */
	} table[] = {
		{"nothing is wrong", PLACED(DAY_FOREVER, 1010, ALWAYS, ALWAYS, .ends = 0), NULL},
		{"ends before it begins", PLACED(999, 1010, ALWAYS, ALWAYS, .ends = 0),
			"/valid_to"},
		{"TMT before service",
			PLACED(DAY_FOREVER, 1010, SPAN(1001, 2000), ALWAYS, .ends = 0),
			"/valid_from"},
		{"TMT after service", PLACED(DAY_FOREVER, 1010, SPAN(500, 999), ALWAYS, .ends = 0),
			"/valid_from"},
		{"more than a year back", PLACED(DAY_FOREVER, 1367, ALWAYS, ALWAYS, .ends = 0),
			"/valid_from"},
		{"a year back", PLACED(DAY_FOREVER, 1366, ALWAYS, ALWAYS, .ends = 0), NULL},
		{"the unit ended the day before",
			PLACED(DAY_FOREVER, 1010, ALWAYS, SPAN(0, 999), .ends = 0), "/unit"},
		{"the unit is not there yet",
			PLACED(DAY_FOREVER, 1010, ALWAYS, SPAN(1001, 2000), .ends = 0), "/unit"},
		{"the unit ends within", PLACED(1100, 1010, ALWAYS, SPAN(0, 1099), .ends = 0),
			"/unit"},
		{"overlapping placement",
			PLACED(DAY_FOREVER, 1010, ALWAYS, ALWAYS, true, 1005, -1, false),
			"/valid_from"},
		{"a superior", LED(ALWAYS, false, false), NULL},
		{"oneself", LED(ALWAYS, true, false), "/superior"},
		{"a circle", LED(ALWAYS, false, true), "/superior"},
		{"who left", LED(SPAN(0, 999), false, false), "/superior"},
	};

	for (int i = 0; i < COUNT_OF(table); i++) {
		const struct transfer_fault f = org_check_transfer(&table[i].facts);

		if ((f.code == OK) != (table[i].pointer == NULL) ||
			(f.code && strcmp(f.pointer, table[i].pointer) != 0))
			fail_msg("%s", table[i].proves);
	}
}

static void test_stand_in_rule(void **state)
{
	(void)state;
	enum { A = 1, B, C, UNIT };
	const int32_t head = ROLE_UNIT_HEAD, boss = ROLE_SUPERVISOR;
	const struct {
		const char *proves;
		struct stand_in new, there;
		const char *pointer;
	} table[] = {
		{"a plt without an end", {A, 0, UNIT, head, ACTING_PLT, 10, DAY_FOREVER}, {0},
			"/valid_to"},
		{"a definitive head needs none",
			{A, 0, UNIT, head, ACTING_DEFINITIVE, 10, DAY_FOREVER}, {0}, NULL},
		{"longer than a year", {A, 0, UNIT, head, ACTING_PLH, 10, 376}, {0}, "/valid_to"},
		{"two plt of one office", {A, 0, UNIT, head, ACTING_PLT, 10, 20},
			{B, 0, UNIT, head, ACTING_PLT, 20, 30}, "/valid_from"},
		{"one after the other", {A, 0, UNIT, head, ACTING_PLT, 10, 20},
			{B, 0, UNIT, head, ACTING_PLT, 21, 30}, NULL},
		{"of two offices", {A, 0, UNIT, head, ACTING_PLT, 10, 20},
			{B, 0, UNIT + 1, head, ACTING_PLT, 10, 20}, NULL},
		{"plt beside a head in office", {A, 0, UNIT, head, ACTING_PLT, 10, 20},
			{B, 0, UNIT, head, ACTING_DEFINITIVE, 0, 15}, "/acting"},
		{"plh beside a head in office", {A, 0, UNIT, head, ACTING_PLH, 10, 20},
			{B, 0, UNIT, head, ACTING_DEFINITIVE, 0, 15}, NULL},
		{"plt after the head left", {A, 0, UNIT, head, ACTING_PLT, 16, 20},
			{B, 0, UNIT, head, ACTING_DEFINITIVE, 0, 15}, NULL},
		{"two heads", {A, 0, UNIT, head, ACTING_DEFINITIVE, 10, DAY_FOREVER},
			{B, 0, UNIT, head, ACTING_DEFINITIVE, 0, 15}, "/valid_from"},
		{"the same delegation twice", {A, B, 0, boss, ACTING_DELEGATE, 10, 20},
			{A, B, 0, boss, ACTING_DELEGATE, 20, 30}, "/valid_from"},
		{"a letter taken back before it began", {A, B, 0, boss, ACTING_DELEGATE, 10, 20},
			{A, B, 0, boss, ACTING_DELEGATE, 15, 14}, NULL},
		{"A for B and B for A", {A, B, 0, boss, ACTING_DELEGATE, 10, 20},
			{B, A, 0, boss, ACTING_DELEGATE, 5, 10}, "/employee"},
		{"B for A when it is over", {A, B, 0, boss, ACTING_DELEGATE, 10, 20},
			{B, A, 0, boss, ACTING_DELEGATE, 5, 9}, NULL},
		{"two delegates of one head", {A, B, 0, boss, ACTING_DELEGATE, 10, 20},
			{C, B, 0, boss, ACTING_DELEGATE, 10, 20}, NULL},
	};

	for (int i = 0; i < COUNT_OF(table); i++) {
		const struct transfer_fault f = org_check_stand_in(
			&table[i].new, &table[i].there, table[i].there.employee != 0);

		if ((f.code != OK) != (table[i].pointer != NULL) ||
			(f.code && strcmp(f.pointer, table[i].pointer) != 0))
			fail_msg("%s", table[i].proves);
	}
}

/* ---- routes ---- */

static enum err post_placement(struct office *o, struct employee_id actor, struct employee_id who,
	const char *rest, struct req *rq)
{
	return ask(o, actor, POST, "/api/v1/org/employees/{employee}/placements",
		ARGUMENTS({"employee", id_text(o, who.v)}),
		arena_printf(&o->s.arena,
			"{\"position\":\"Analis\",\"position_level\":\"fungsional\",%s}", rest),
		rq);
}

static enum err post_superior(struct office *o, struct employee_id who, struct employee_id superior,
	const char *rest, struct req *rq)
{
	return ask(o, o->officer, POST, "/api/v1/org/employees/{employee}/superiors",
		ARGUMENTS({"employee", id_text(o, who.v)}),
		arena_printf(&o->s.arena,
			"{\"relation\":\"supervisor\",\"superior\":\"%lld\",\"letter\":\"800/"
			"9\",%s}",
			(long long)superior.v, rest),
		rq);
}

static const char *to_unit(struct office *o, struct unit_id unit, const char *rest)
{
	return arena_printf(
		&o->s.arena, "\"unit\":\"%lld\",\"decree\":\"821/7\",%s", (long long)unit.v, rest);
}

static struct unit_id unit_on(struct office *o, struct employee_id who, int32_t day)
{
	struct employee_row row;

	assert_int_equal(org_load_employee(&o->s.tx, who, day, &row), OK);
	return row.unit;
}

/* Nobody transfers himself; number, unit and days are asked for; the row before ends or goes on. */
static void test_placement_route(void **state)
{
	struct office *o = *state;
	struct req rq;

	assert_int_equal(post_placement(o, o->boss, o->ani,
				 to_unit(o, o->school, "\"valid_from\":\"2025-11-15\""), &rq),
		E_NOT_FOUND);
	make_bkd(o, o->officer);
	assert_int_equal(post_placement(o, o->officer, o->officer,
				 to_unit(o, o->school, "\"valid_from\":\"2025-11-15\""), &rq),
		E_NOT_FOUND);
	assert_int_equal(
		post_placement(o, o->officer, o->ani,
			to_unit(o, (struct unit_id){7}, "\"valid_from\":\"2025-11-15\""), &rq),
		E_NOT_FOUND);
	assert_string_equal(rq.fault.pointer, "/unit");
	/* in mid-month each day belongs to the unit of that day */
	assert_int_equal(post_placement(o, o->officer, o->ani,
				 to_unit(o, o->school, "\"valid_from\":\"2025-11-15\""), &rq),
		OK);
	assert_has(&rq, "\"case_days\":0");
	assert_int_equal(unit_on(o, o->ani, TODAY + 1).v, o->division.v);
	assert_int_equal(unit_on(o, o->ani, TODAY + 2).v, o->school.v);
	assert_int_equal(post_placement(o, o->officer, o->ani,
				 to_unit(o, o->other, "\"valid_from\":\"2025-11-14\""), &rq),
		E_CONFLICT);
	/* a task with an end: afterwards the placement before goes on */
	assert_int_equal(post_placement(o, o->officer, o->budi,
				 to_unit(o, o->other,
					 "\"valid_from\":\"2025-11-15\",\"valid_to\":\"2025-11-"
					 "20\""),
				 &rq),
		OK);
	assert_int_equal(unit_on(o, o->budi, TODAY + 7).v, o->other.v);
	assert_int_equal(unit_on(o, o->budi, TODAY + 8).v, o->division.v);
}

static void test_superior_route(void **state)
{
	struct office *o = *state;
	struct employee_id superior;
	struct req rq;

	make_bkd(o, o->officer);
	assert_int_equal(post_superior(o, o->ani, o->ani, "\"valid_from\":\"2025-11-15\"", &rq),
		E_BAD_FIELD);
	/* Boss answers for Ani: Ani, or somebody below her, cannot answer for Boss */
	assert_int_equal(
		post_superior(o, o->boss, o->ani, "\"valid_from\":\"2025-11-15\"", &rq), E_REFUSED);
	assert_string_equal(rq.fault.pointer, "/superior");
	assert_int_equal(
		post_superior(o, o->deputy, o->ani, "\"valid_from\":\"2025-11-15\"", &rq), OK);
	assert_int_equal(post_superior(o, o->boss, o->deputy, "\"valid_from\":\"2025-11-20\"", &rq),
		E_REFUSED);
	/* before the days in which it would be a circle it is none */
	assert_int_equal(post_superior(o, o->boss, o->deputy,
				 "\"valid_from\":\"2025-11-13\",\"valid_to\":\"2025-11-14\"", &rq),
		OK);
	assert_int_equal(post_superior(o, o->ani, o->head,
				 "\"valid_from\":\"2025-11-17\",\"valid_to\":\"2025-11-18\"", &rq),
		OK);
	assert_int_equal(
		org_load_superior(&o->s.tx, o->ani, RELATION_SUPERVISOR, TODAY + 4, &superior), OK);
	assert_int_equal(superior.v, o->head.v);
	assert_int_equal(
		org_load_superior(&o->s.tx, o->ani, RELATION_SUPERVISOR, TODAY + 6, &superior), OK);
	assert_int_equal(superior.v, o->boss.v);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/employees/{employee}/history",
				 ARGUMENTS({"employee", id_text(o, o->ani.v)}), "{}", &rq),
		OK);
	assert_has(&rq, "\"letter\":\"800/9\"");
	assert_has(&rq, "\"entered_by\":\"Gita\"");
}

/* ---- late decrees ---- */

/* Of everybody the 10th and the 12th of November are decided, with a report and by hand. */
static enum err list_two_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_decided_day *ret_day, int max, int *ret_count)
{
	const struct org_decided_day all[] = {
		{TODAY - 3, GROUND_REPORT}, {TODAY - 1, GROUND_CORRECTION}};
	(void)tx;
	(void)employee;
	(void)max;

	*ret_count = 0;
	for (int i = 0; i < COUNT_OF(all); i++)
		if (all[i].day >= from && all[i].day <= to)
			ret_day[(*ret_count)++] = all[i];
	return OK;
}

static int marked(struct office *o, struct employee_id who)
{
	int count, n = 0;
	const struct change *c = changes_list(o->s.tx.changes, &count);

	for (int i = 0; i < count; i++)
		n += c[i].kind == CHANGE_DAY && c[i].a == who.v;
	return n;
}

static const char *only_case(struct office *o, struct org_case_row *ret_row)
{
	int count;

	assert_int_equal(org_list_person_cases(&o->s.tx, o->ani, ret_row, 3, &count), OK);
	assert_int_equal(count, 1);
	return id_text(o, ret_row->case_id);
}

static enum err decide(struct office *o, struct employee_id actor, const char *id,
	const char *decision, const char *rest)
{
	struct req rq;

	return ask(o, actor, POST, "/api/v1/org/cases/{case}/decisions", ARGUMENTS({"case", id}),
		arena_printf(&o->s.arena,
			"{\"decision\":\"%s\",\"reason\":\"Dicocokkan dengan SK\"%s}", decision,
			rest),
		&rq);
}

static void test_late_decree(void **state)
{
	struct office *o = *state;
	struct org_case_row row[3];
	struct req rq;

	org_add_decided_source(list_two_days);
	make_bkd(o, o->officer);
	add_role(o, o->deputy, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	test_store_project(&o->s);
	assert_int_equal(post_placement(o, o->officer, o->ani,
				 to_unit(o, o->other, "\"valid_from\":\"2025-11-07\""), &rq),
		OK);
	assert_has(&rq, "\"case_days\":2");
	/* every other day follows at once */
	assert_int_equal(marked(o, o->ani), 7);
	for (int32_t day = TODAY - 6; day <= TODAY; day++)
		assert_int_equal(unit_on(o, o->ani, day).v,
			day == TODAY - 3 || day == TODAY - 1 ? o->division.v : o->other.v);
	const char *id = only_case(o, row);
	assert_int_equal(row[0].open_days, 2);

	/* who sees it: the officer of where it was decided, not Ani, not her boss */
	assert_int_equal(ask(o, o->deputy, GET, "/api/v1/org/cases", NO_ARGUMENTS, "{}", &rq), OK);
	assert_has(&rq, "\"decree\":\"821/7\"");
	assert_int_equal(ask(o, o->deputy, GET, "/api/v1/org/cases/{case}", ARGUMENTS({"case", id}),
				 "{}", &rq),
		OK);
	assert_has(&rq, "\"was_unit\":\"DISDIK-SET\"");
	assert_has(&rq, "\"new_unit\":\"DINKES\"");
	assert_has(&rq, "\"grounds\":[\"report\"]");
	assert_int_equal(
		ask(o, o->boss, GET, "/api/v1/org/cases", NO_ARGUMENTS, "{}", &rq), E_FORBIDDEN);
	assert_int_equal(decide(o, o->boss, id, "accept", ""), E_NOT_FOUND);
	assert_int_equal(decide(o, o->ani, id, "accept", ""), E_NOT_FOUND);

	/* one is accepted and follows, one is kept for good */
	assert_int_equal(
		decide(o, o->deputy, id, "accept", ",\"days\":[\"2025-11-11\"]"), E_BAD_FIELD);
	test_store_project(&o->s);
	assert_int_equal(decide(o, o->deputy, id, "accept", ",\"days\":[\"2025-11-10\"]"), OK);
	assert_int_equal(marked(o, o->ani), 1);
	assert_int_equal(unit_on(o, o->ani, TODAY - 3).v, o->other.v);
	assert_int_equal(
		decide(o, o->deputy, id, "keep", ",\"days\":[\"2025-11-10\"]"), E_CONFLICT);
	assert_int_equal(decide(o, o->officer, id, "keep", ""), OK);
	assert_int_equal(unit_on(o, o->ani, TODAY - 1).v, o->division.v);
	only_case(o, row);
	assert_int_equal(row[0].open_days, 0);
	assert_int_equal(decide(o, o->officer, id, "keep", ""), E_CONFLICT);
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/org/cases", NO_ARGUMENTS, "{}", &rq), OK);
	assert_lacks(&rq, "821/7");

	struct org_day_case day_case[DAY_CASES_MAX];
	int cases;
	assert_int_equal(org_list_day_cases(&o->s.tx, o->ani, TODAY - 1, day_case, &cases), OK);
	assert_int_equal(cases, 1);
	assert_int_equal(day_case[0].state, CASE_KEPT);
	assert_string_equal(day_case[0].decided_by, "Gita");
}

/* The supervisor of a decided day stays the one who decides about it, in right and in sight. */
static void test_late_supervisor(void **state)
{
	struct office *o = *state;
	struct employee_id acts_for;
	struct org_case_row row[3];
	struct team_member m[10];
	struct req rq;
	bool may;
	int count;

	org_add_decided_source(list_two_days);
	make_bkd(o, o->officer);
	assert_int_equal(
		post_superior(o, o->ani, o->deputy, "\"valid_from\":\"2025-11-07\"", &rq), OK);
	assert_has(&rq, "\"case_days\":2");
	for (int32_t day = TODAY - 6; day <= TODAY; day++) {
		const bool is_kept = day == TODAY - 3 || day == TODAY - 1;

		assert_int_equal(
			org_load_authority(&o->s.tx, o->boss, o->ani, day, &may, &acts_for), OK);
		assert_int_equal(may, is_kept);
		assert_int_equal(
			org_load_authority(&o->s.tx, o->deputy, o->ani, day, &may, &acts_for), OK);
		assert_int_equal(may, !is_kept);
		assert_int_equal(org_list_team(&o->s.tx, o->boss, day, m, 10, &count), OK);
		assert_int_equal(count, is_kept ? 2 : 1);
		assert_int_equal(org_list_team(&o->s.tx, o->deputy, day, m, 10, &count), OK);
		assert_int_equal(count, is_kept ? 0 : 1);
	}
	assert_int_equal(unit_on(o, o->ani, TODAY - 3).v, o->division.v);
	assert_int_equal(decide(o, o->officer, only_case(o, row), "accept", ""), OK);
	assert_int_equal(
		org_load_authority(&o->s.tx, o->deputy, o->ani, TODAY - 3, &may, &acts_for), OK);
	assert_true(may);
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_timeline),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_stand_in_rule),
		STORE(test_placement_route),
		STORE(test_superior_route),
		STORE(test_late_decree),
		STORE(test_late_supervisor),
	};
	return TEST_STORE_RUN(tests);
}
