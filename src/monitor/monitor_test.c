/*
 * Boards: what draws attention, counters that follow the facts through punches, transfers, status
 * and reports, and a recount from the facts that finds what is wrong and puts it right.
 */
#include "monitor/monitor_performance.h"

#include "org/org_rows.h"
#include "platform/test_store.h"
#include "reports/reports_int.h"
#include "tasks/tasks.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_limits_slice, &attendance_parameters_slice,
	&reports_slice, &reports_target_slice, &reports_unit_output_slice, &tasks_slice,
	&tasks_backlog_slice, &monitor_slice, &monitor_performance_slice, &trust_slice};

/* ---- attention ---- */

#define AGENCY ((struct unit_id){1})

static void test_attention(void **state)
{
	static const struct {
		const char *what;
		struct attention_facts facts;
		int minute, count;
		enum attention_kind kind;
		int value;
	} cases[] = {
		{"nobody in, 29 minutes after the start", {.expected = 100, .starts = 450}, 479, 0,
			0, 0},
		{"nobody in, half an hour after the start", {.expected = 100, .starts = 450}, 480,
			1, ATTENTION_NOT_IN_YET, 100},
		{"a quarter not in", {.expected = 100, .present = 75, .starts = 450}, 480, 1,
			ATTENTION_NOT_IN_YET, 25},
		{"less than a quarter not in", {.expected = 100, .present = 76, .starts = 450}, 480,
			0, 0, 0},
		{"the rest is on duty outside",
			{.expected = 100, .excused = 60, .present = 40, .starts = 450}, 480, 0, 0,
			0},
		{"shifts: nobody knows who is due",
			{.expected = 100, .starts = 450, .is_round_the_clock = true}, 480, 0, 0, 0},
		{"a holiday", {.expected = 100, .starts = MINUTE_OFF}, 480, 0, 0, 0},
		{"nine people point at persons", {.expected = 9, .starts = 450}, 480, 0, 0, 0},
		{"15 percent of the present late",
			{.expected = 40, .present = 40, .late = 6, .starts = 450}, 480, 1,
			ATTENTION_LATE, 15},
		{"14 percent", {.expected = 50, .present = 50, .late = 7, .starts = 450}, 480, 0, 0,
			0},
		{"a fifth to be confirmed",
			{.expected = 10, .present = 10, .unconfirmed = 2, .starts = 450}, 480, 1,
			ATTENTION_UNCONFIRMED, 20},
		{"30 percent of yesterday's reports wait",
			{.starts = MINUTE_OFF,
				.reports_filed_before = 20,
				.reports_decided_before = 14},
			480, 1, ATTENTION_REPORTS_UNVERIFIED, 6},
		{"29 percent",
			{.starts = MINUTE_OFF,
				.reports_filed_before = 100,
				.reports_decided_before = 71},
			480, 0, 0, 0},
		{"no roster where one decides",
			{.expected = 30, .present = 30, .starts = 450, .asks_roster = true}, 300, 1,
			ATTENTION_ROSTER_MISSING, 30},
		{"it is published",
			{.expected = 30,
				.present = 30,
				.starts = 450,
				.asks_roster = true,
				.has_roster = true},
			300, 0, 0, 0},
		{"three in ten tasks are late",
			{.starts = MINUTE_OFF, .tasks_open = 20, .tasks_overdue = 6}, 480, 1,
			ATTENTION_TASKS_OVERDUE, 6},
		{"fewer than three in ten",
			{.starts = MINUTE_OFF, .tasks_open = 21, .tasks_overdue = 6}, 480, 0, 0, 0},
		{"four late ones are nobody's pattern",
			{.starts = MINUTE_OFF, .tasks_open = 4, .tasks_overdue = 4}, 480, 0, 0, 0},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct attention found[ATTENTION_MAX];
		struct attention_facts facts = cases[i].facts;

		facts.unit = AGENCY;
		print_message("%s\n", cases[i].what);
		assert_int_equal(monitor_decide_attention(&facts, 1, cases[i].minute, found),
			cases[i].count);
		if (cases[i].count == 0)
			continue;
		assert_int_equal(found[0].kind, cases[i].kind);
		assert_int_equal(found[0].value, cases[i].value);
		assert_int_equal(found[0].unit.v, AGENCY.v);
	}
}

static void test_attention_keeps_the_most_pressing(void **state)
{
	struct attention_facts facts[30] = {0};
	struct attention found[ATTENTION_MAX];

	(void)state;
	for (int i = 0; i < 30; i++) /* 26 to 55 percent missing; one asks for a roster */
		facts[i] = (struct attention_facts){
			.unit = {i + 1}, .expected = 100, .present = 74 - i, .starts = 450};
	facts[3].asks_roster = true;
	assert_int_equal(monitor_decide_attention(facts, 30, 600, found), ATTENTION_MAX);
	assert_int_equal(found[0].kind, ATTENTION_ROSTER_MISSING);
	assert_int_equal(found[0].unit.v, 4);
	for (int i = 1; i < ATTENTION_MAX; i++) {
		assert_int_equal(found[i].kind, ATTENTION_NOT_IN_YET);
		assert_int_equal(found[i].value, 56 - i);
	}
}

/* ---- the store ---- */

#define DAY    20405 /* 2025-11-13, a Thursday */
#define PEOPLE 12

struct office {
	struct test_store s;
	struct unit_id agency, head, school, other;
	struct employee_id person[PEOPLE];
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static int64_t clock_at(int minute)
{
	return instant_of(DAY, minute, ZONE_WIB);
}

static struct unit_id add_unit(
	struct test_store *s, const char *code, struct unit_id parent, enum unit_kind kind)
{
	struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = kind,
		.valid_to = DAY_FOREVER};
	struct unit_id id;

	must(org_add_unit(&s->tx, &row, &id));
	return id;
}

static struct employee_id add_person(struct office *o, int number, struct unit_id unit)
{
	char nip[19];
	struct employee_row row = {
		.nip = nip, .name = "Pegawai", .title_before = "", .title_after = "", .kind = PPPK};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + number);
	must(org_add_employee(&o->s.tx, &row, DAY - 400, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, unit, "Pelaksana", PELAKSANA, "SK", DAY - 400));
	return id;
}

/* An agency with its head office and a school, an agency beside it; four people each, one more
 * without a unit. */
static void open_office(struct office *o)
{
	struct pattern_id pattern;
	struct employee_id last;

	test_store_open(&o->s, slices, COUNT_OF(slices), clock_at(0));
	o->agency = add_unit(&o->s, "DISDIK", (struct unit_id){0}, UNIT_AGENCY);
	o->head = add_unit(&o->s, "DISDIK-SEK", o->agency, UNIT_SECRETARIAT);
	o->school = add_unit(&o->s, "DISDIK-SMA1", o->agency, UNIT_SCHOOL);
	o->other = add_unit(&o->s, "BAPENDA", (struct unit_id){0}, UNIT_AGENCY);
	must(calendar_add_default(&o->s.tx, &pattern));
	for (int i = 0; i < PEOPLE; i++)
		o->person[i] = add_person(o, i, i < 4 ? o->head : i < 8 ? o->school : o->other);
	must(org_touch_generation(&o->s.tx));
	must(attendance_open_day(&o->s.tx, DAY, (struct employee_id){0}, 100, &last));
	test_store_project(&o->s);
}

static void punch(struct office *o, int person, int64_t received, int64_t phone)
{
	struct punch p = {.direction = DIRECTION_IN,
		.received_at = received,
		.phone_at = phone,
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.punch_day = DAY,
		.note = ""};
	enum receipt_status status;

	p.punch_id = id_next();
	memcpy(p.event_id.b, &p.punch_id, sizeof(p.punch_id));
	p.flags = attendance_decide_punch_flags(&p);
	o->s.tx.now_ms = received;
	must(attendance_add_punch(&o->s.tx, o->person[person], &p, &status));
	assert_int_equal(status, RECEIPT_ACCEPTED);
}

static const int32_t *count_of(struct office *o, struct unit_id unit)
{
	struct unit_counters *row = ARENA_NEW(&o->s.arena, struct unit_counters);

	must(monitor_load_counters(&o->s.tx, DAY, unit, row));
	return row->counters.count;
}

static int wrong_counters(struct office *o)
{
	int wrong;

	must(monitor_check(&o->s.tx, DAY, &wrong));
	return wrong;
}

static void test_counters_follow_the_tree(void **state)
{
	struct office o;
	const int32_t *count;

	(void)state;
	open_office(&o);
	assert_int_equal(count_of(&o, o.agency)[COUNT_EXPECTED], 8);
	assert_int_equal(count_of(&o, o.school)[COUNT_OFFICE], 4);
	assert_int_equal(count_of(&o, (struct unit_id){0})[COUNT_EXPECTED], PEOPLE);
	punch(&o, 0, clock_at(440), clock_at(440));
	punch(&o, 4, clock_at(470), clock_at(470)); /* late */
	punch(&o, 5, clock_at(600), clock_at(440)); /* late by the server only */
	test_store_project(&o.s);
	count = count_of(&o, o.agency);
	assert_int_equal(count[COUNT_PRESENT], 3);
	assert_int_equal(count[COUNT_PRESENT_OFFICE], 3);
	assert_int_equal(count[COUNT_LATE], 1);
	assert_int_equal(count[COUNT_UNCONFIRMED], 3); /* no site is known: every place is */
	assert_int_equal(count_of(&o, o.head)[COUNT_PRESENT], 1);
	assert_int_equal(count_of(&o, o.school)[COUNT_PRESENT], 2);
	assert_int_equal(count_of(&o, o.other)[COUNT_PRESENT], 0);
	assert_int_equal(count_of(&o, (struct unit_id){0})[COUNT_PRESENT], 3);
	assert_int_equal(wrong_counters(&o), 0);
	test_store_close(&o.s);
}

static void test_counters_follow_people(void **state)
{
	struct office o;

	(void)state;
	open_office(&o);
	punch(&o, 0, clock_at(470), clock_at(470));
	punch(&o, 1, clock_at(440), clock_at(440));
	test_store_project(&o.s);
	/* a transfer entered late: the day moves to the unit of that day */
	must(org_place(&o.s.tx, o.person[0], o.other, "Pelaksana", PELAKSANA, "SK", DAY - 1));
	changes_add(o.s.tx.changes, CHANGE_DAY, o.person[0].v, DAY);
	/* a letter for duty outside takes the lateness away; leave takes the expectation away */
	must(org_set_status(&o.s.tx, o.person[1], STATUS_OUTSIDE_DUTY, DAY, DAY, "ST"));
	must(org_set_status(&o.s.tx, o.person[2], STATUS_ANNUAL_LEAVE, DAY, DAY, "CUTI"));
	test_store_project(&o.s);
	assert_int_equal(count_of(&o, o.head)[COUNT_EXPECTED], 2);
	assert_int_equal(count_of(&o, o.head)[COUNT_OUTSIDE_DUTY], 1);
	assert_int_equal(count_of(&o, o.head)[COUNT_ON_LEAVE], 1);
	assert_int_equal(count_of(&o, o.head)[COUNT_LATE], 0);
	assert_int_equal(count_of(&o, o.other)[COUNT_EXPECTED], 5);
	assert_int_equal(count_of(&o, o.other)[COUNT_LATE], 1);
	assert_int_equal(count_of(&o, (struct unit_id){0})[COUNT_EXPECTED], PEOPLE - 1);
	assert_int_equal(wrong_counters(&o), 0);
	test_store_close(&o.s);
}

static void set_report(struct office *o, int person, enum report_state state)
{
	const struct daily_report r = {.id = {1000 + person},
		.employee = o->person[person],
		.day = DAY,
		.state = state,
		.version = 1,
		.obstacle = "",
		.reason = ""};

	must(reports_set(&o->s.tx, &r));
	changes_add(o->s.tx.changes, CHANGE_REPORT, o->person[person].v, DAY);
	test_store_project(&o->s);
}

static void test_counters_follow_reports(void **state)
{
	struct office o;
	const int32_t *count;

	(void)state;
	open_office(&o);
	set_report(&o, 0, REPORT_SUBMITTED);
	set_report(&o, 1, REPORT_DRAFT);
	set_report(&o, 4, REPORT_VERIFIED);
	set_report(&o, 5, REPORT_RETURNED);
	count = count_of(&o, o.agency);
	assert_int_equal(count[COUNT_REPORT_FILED], 3);
	assert_int_equal(count[COUNT_REPORT_VERIFIED], 1);
	assert_int_equal(count[COUNT_REPORT_RETURNED], 1);
	assert_int_equal(wrong_counters(&o), 0);
	/* with the person the report goes to the unit of that day */
	must(org_place(&o.s.tx, o.person[4], o.other, "Pelaksana", PELAKSANA, "SK", DAY - 1));
	changes_add(o.s.tx.changes, CHANGE_DAY, o.person[4].v, DAY);
	test_store_project(&o.s);
	assert_int_equal(count_of(&o, o.agency)[COUNT_REPORT_VERIFIED], 0);
	assert_int_equal(count_of(&o, o.other)[COUNT_REPORT_VERIFIED], 1);
	assert_int_equal(wrong_counters(&o), 0);
	test_store_close(&o.s);
}

static void test_recount_finds_and_mends(void **state)
{
	struct office o;
	struct count_move error = {.day = DAY, .slot = -1};
	const struct slot_row arrival = {.slot = 90, .present_office = 1};

	(void)state;
	open_office(&o);
	punch(&o, 0, clock_at(440), clock_at(440));
	test_store_project(&o.s);
	error.unit = o.school;
	error.delta[COUNT_PRESENT] = 1;
	must(monitor_add_move(&o.s.tx, &error));
	error.unit = o.other;
	must(monitor_add_move(&o.s.tx, &error));
	must(monitor_add_arrivals(&o.s.tx, DAY, &arrival));
	assert_int_equal(wrong_counters(&o), 3);
	must(monitor_recount(&o.s.tx, DAY));
	assert_int_equal(wrong_counters(&o), 0);
	assert_int_equal(count_of(&o, o.agency)[COUNT_PRESENT], 1);
	test_store_close(&o.s);
}

/* ---- what a board shows ---- */

static const char *get(struct office *o, int route_index, void *input)
{
	const struct route *route = &monitor_slice.routes[route_index];
	struct req rq = {.route = route,
		.tx = &o->s.tx,
		.input = input,
		.actor = {.government = o->s.tx.government}};

	must(route->handler(&rq));
	assert_int_equal(rq.status, 200);
	return rq.body.p;
}

static void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("%s\nis not in\n%s", part, text);
}

static void test_board(void **state)
{
	struct office o;
	int32_t today = DAY_NONE;
	const char *board, *bapenda, *disdik;

	(void)state;
	open_office(&o);
	punch(&o, 0, clock_at(440), clock_at(440));
	punch(&o, 1, clock_at(444), clock_at(444));
	punch(&o, 8, clock_at(465), clock_at(465));
	test_store_project(&o.s);
	o.s.tx.now_ms = clock_at(490);
	board = get(&o, 0, &today);
	assert_contains(board, "\"day\":\"2025-11-13\"");
	assert_contains(board, "\"zone\":\"WIB\"");
	assert_contains(board, "\"total\":{\"expected\":12,\"office\":12,");
	/* arrivals so far: 07:20-07:25 two, 07:45-07:50 one more, late */
	assert_contains(board,
		"\"slots\":[{\"minute\":440,\"present_office\":2,\"present_home\":0,\"late\":0},"
		"{\"minute\":465,\"present_office\":3,\"present_home\":0,\"late\":1}]");
	bapenda = strstr(board, "\"BAPENDA\"");
	disdik = strstr(board, "\"DISDIK\"");
	assert_true(bapenda && disdik && bapenda < disdik); /* agencies alone, by code */
	assert_null(strstr(board, "DISDIK-SEK"));
	assert_contains(board, "\"attention\":[]"); /* fewer than ten people each */
	test_store_close(&o.s);
}

static void test_unit_board_and_unknown_unit(void **state)
{
	struct office o;
	struct {
		struct unit_id unit;
		int32_t day;
	} input = {{0}, DAY_NONE};
	struct req rq;

	(void)state;
	open_office(&o);
	input.unit = o.agency;
	assert_contains(get(&o, 1, &input), "\"name\":\"DISDIK\"");
	assert_contains(get(&o, 1, &input), "\"DISDIK-SMA1\"");
	input.unit.v = 999;
	rq = (struct req){.route = &monitor_slice.routes[1], .tx = &o.s.tx, .input = &input};
	assert_int_equal(rq.route->object(&rq, &rq.object), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* A report does not stop waiting because it waits long. */
static void test_waiting_is_counted_whatever_its_age(void **state)
{
	static const int ages[] = {0, 31, 32, 400};
	struct waiting w[3];
	struct count_move move = {.slot = -1};
	struct office o;
	int count;

	(void)state;
	open_office(&o);
	move.unit = o.agency;
	for (int i = 0; i < COUNT_OF(ages); i++) {
		move.day = DAY - ages[i];
		move.delta[COUNT_REPORT_FILED] = 3;
		move.delta[COUNT_REPORT_VERIFIED] = 1;
		move.delta[COUNT_REPORT_WAIT] = 2;
		must(monitor_add_move(&o.s.tx, &move));
	}
	must(monitor_list_waiting(&o.s.tx, o.agency, DAY, w, COUNT_OF(w), &count));
	assert_int_equal(count, 3); /* its units were opened today */
	for (int i = 0; i < count; i++) {
		const bool is_own = w[i].unit.v == o.agency.v;

		assert_int_equal(w[i].reports, is_own ? 8 : 0);
		assert_int_equal(w[i].oldest, is_own ? DAY - 400 : DAY_NONE);
		assert_int_equal(w[i].decided, is_own ? 1 : 0);
		assert_int_equal(w[i].waited, is_own ? 2 : 0);
	}
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attention),
		cmocka_unit_test(test_attention_keeps_the_most_pressing),
		cmocka_unit_test(test_counters_follow_the_tree),
		cmocka_unit_test(test_counters_follow_people),
		cmocka_unit_test(test_counters_follow_reports),
		cmocka_unit_test(test_recount_finds_and_mends),
		cmocka_unit_test(test_waiting_is_counted_whatever_its_age),
		cmocka_unit_test(test_board),
		cmocka_unit_test(test_unit_board_and_unknown_unit),
	};

	return TEST_STORE_RUN(tests);
}
