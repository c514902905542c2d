/*
 * The rules of what people state: who may ask, who decides, four eyes, deadlines in working days,
 * and what an incident takes away. PP 94/2021 art. 24-27 (who judges whom; nobody himself), product
 * principles 2, 4 and 9; deadlines are local data.
 */
#include "attendance/attendance_correction.h"
#include "attendance/attendance_incident.h"
#include "attendance/attendance_paper.h"

#include "attendance/attendance_test_time.h"

#define ME     ((struct employee_id){1})
#define BOSS   ((struct employee_id){2})
#define CLERK  ((struct employee_id){3})
#define OTHERS ((struct employee_id){4})

/* ---- asking ---- */

static const struct punch by_phone = {.punch_id = 5, .source = FROM_PHONE};
static const struct punch by_paper = {.punch_id = 6, .source = FROM_PAPER};
static const struct punch a_mark = {.punch_id = 7, .source = FROM_CORRECTION, .refers_to = 5};

static void test_what_may_be_asked(void **state)
{
	static const struct {
		const char *because, *pointer;
		enum correction_kind kind;
		int32_t day;    /* after 2025-11-13, which is today */
		const char *at; /* NULL: no time stated */
		const struct punch *punch;
		int marks;
		bool names, is_decider, waits;
		enum err e;
	} cases[] = {
		{"a forgotten way out of yesterday", NULL, CORRECTION_TIME, -1, "11-12 16:05", NULL,
			0, false, false, false, OK},
		{"a day to come", "/day", CORRECTION_TIME, 1, "11-14 07:20", NULL, 0, false, false,
			false, E_BAD_FIELD},
		{"more than a year ago", "/day", CORRECTION_TIME, -400, "11-12 07:20", NULL, 0,
			false, false, false, E_BAD_FIELD},
		{"without a time", "/at", CORRECTION_TIME, -1, NULL, NULL, 0, false, false, false,
			E_BAD_FIELD},
		{"a time of another day", "/at", CORRECTION_TIME, -1, "11-11 16:05", NULL, 0, false,
			false, false, E_BAD_FIELD},
		{"later today", "/at", CORRECTION_TIME, 0, "11-13 16:05", NULL, 0, false, false,
			false, E_BAD_FIELD},
		{"a time and a punch", "/punch", CORRECTION_TIME, -1, "11-12 16:05", &by_phone, 0,
			true, false, false, E_BAD_FIELD},
		{"the phone's time was right", NULL, CORRECTION_CONFIRM, -1, NULL, &by_phone, 0,
			true, false, false, OK},
		{"no punch named", "/punch", CORRECTION_CONFIRM, -1, NULL, NULL, 0, false, false,
			false, E_BAD_FIELD},
		{"a punch of somebody else", "/punch", CORRECTION_PLACE, -1, NULL, NULL, 0, true,
			false, false, E_BAD_FIELD},
		{"a row that speaks of another", "/punch", CORRECTION_VOID, -1, NULL, &a_mark, 0,
			true, false, false, E_BAD_FIELD},
		{"paper has no clock to confirm", "/punch", CORRECTION_CONFIRM, -1, NULL, &by_paper,
			0, true, false, false, E_REFUSED},
		{"a mistake, of paper too", NULL, CORRECTION_VOID, -1, NULL, &by_paper, 0, true,
			false, false, OK},
		{"void already", "/punch", CORRECTION_VOID, -1, NULL, &by_phone, PUNCH_VOIDS, true,
			false, false, E_CONFLICT},
		{"nobody asks to be late", "/kind", CORRECTION_RECEIPT, -1, NULL, &by_phone, 0,
			true, false, false, E_BAD_FIELD},
		{"a superior may say so", NULL, CORRECTION_RECEIPT, -1, NULL, &by_phone, 0, true,
			true, false, OK},
		{"asked already", "/day", CORRECTION_TIME, -1, "11-12 16:05", NULL, 0, false, false,
			true, E_CONFLICT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int32_t today = day_of("2025-11-13");
		const struct correction_ask ask = {.kind = cases[i].kind,
			.day = today + cases[i].day,
			.today = today,
			.stated_at = cases[i].at ? at(cases[i].at) : NO_INSTANT,
			.from = instant_of(today + cases[i].day, 210, ZONE_WIB),
			.to = instant_of(today + cases[i].day + 1, 210, ZONE_WIB),
			.now_ms = at("11-13 09:00"),
			.names_punch = cases[i].names,
			.punch = cases[i].punch,
			.marks = cases[i].marks,
			.is_decider = cases[i].is_decider,
			.waits_already = cases[i].waits};
		struct stated_fault fault = attendance_check_correction(&ask);

		if (fault.e != cases[i].e || strcmp(fault.pointer ? fault.pointer : "",
						     cases[i].pointer ? cases[i].pointer : "") != 0)
			fail_msg("%s: %d %s", cases[i].because, fault.e,
				fault.pointer ? fault.pointer : "-");
	}
}

/* ---- deciding ---- */

static void test_who_decides(void **state)
{
	static const struct {
		const char *because;
		int64_t actor;
		bool is_supervisor, has_supervisor, is_officer, is_late;
		enum correction_state state;
		int64_t proposal;
		int32_t version;
		enum err e;
	} cases[] = {
		{"the supervisor of that day", 2, true, true, false, false, CORRECTION_WAITS, 0, 1,
			OK},
		{"nobody corrects himself", 1, true, true, true, false, CORRECTION_WAITS, 0, 1,
			E_SELF},
		{"not even late, as officer", 1, false, true, true, true, CORRECTION_WAITS, 0, 1,
			E_SELF},
		{"the officer when it came in time", 3, false, true, true, false, CORRECTION_WAITS,
			0, 1, E_NOT_SUPERVISOR},
		{"the supervisor when it came late", 2, true, true, false, true, CORRECTION_WAITS,
			0, 1, E_REFUSED},
		{"the officer when it came late", 3, false, true, true, true, CORRECTION_WAITS, 0,
			1, OK},
		{"nobody is his supervisor: the officer", 3, false, false, true, false,
			CORRECTION_WAITS, 0, 1, OK},
		{"somebody else", 4, false, true, false, false, CORRECTION_WAITS, 0, 1,
			E_NOT_SUPERVISOR},
		{"decided meanwhile", 2, true, true, false, false, CORRECTION_ACCEPTED, 0, 1,
			E_CONFLICT},
		{"in a proposal", 2, true, true, false, false, CORRECTION_WAITS, 9, 1, E_CONFLICT},
		{"another version", 2, true, true, false, false, CORRECTION_WAITS, 0, 2, E_STALE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct correction c = {.employee = ME,
			.is_late = cases[i].is_late,
			.state = cases[i].state,
			.proposal_id = cases[i].proposal,
			.version = 1};
		const struct correction_standing who = {{cases[i].actor}, cases[i].is_supervisor,
			cases[i].has_supervisor, cases[i].is_officer};

		if (attendance_decide_correction(&c, &who, cases[i].version) != cases[i].e)
			fail_msg("%s", cases[i].because);
	}
}

static void test_many_need_two_people(void **state)
{
	const struct correction item[] = {{.employee = ME}, {.employee = OTHERS}};
	struct proposal p = {.proposed_by = CLERK};

	(void)state;
	assert_int_equal(attendance_decide_proposal(&p, BOSS, item, 2, true), OK);
	assert_int_equal(attendance_decide_proposal(&p, CLERK, item, 2, true), E_SELF);
	assert_int_equal(attendance_decide_proposal(&p, CLERK, item, 2, false), OK);
	assert_int_equal(attendance_decide_proposal(&p, OTHERS, item, 2, true), E_SELF);
	assert_int_equal(attendance_decide_proposal(&p, OTHERS, item, 2, false), E_SELF);
	p.state = PROPOSAL_CONFIRMED;
	assert_int_equal(attendance_decide_proposal(&p, BOSS, item, 2, true), E_CONFLICT);
}

static void test_verdicts_as_rows(void **state)
{
	(void)state;
	assert_int_equal(attendance_verdict_marks(CORRECTION_TIME, true, true),
		PUNCH_CONFIRMS | PUNCH_CONFIRMS_PLACE);
	assert_int_equal(attendance_verdict_marks(CORRECTION_TIME, false, true), PUNCH_VOIDS);
	assert_int_equal(attendance_verdict_marks(CORRECTION_CONFIRM, false, true), PUNCH_VOIDS);
	assert_int_equal(attendance_verdict_marks(CORRECTION_CONFIRM, false, false), 0);
	assert_int_equal(attendance_verdict_marks(CORRECTION_VOID, false, false), 0);
	assert_int_equal(attendance_verdict_marks(CORRECTION_RECEIPT, true, false), PUNCH_DENIES);
}

/* ---- paper ---- */

static void test_rows_of_a_list(void **state)
{
	static const struct {
		const char *because, *field;
		bool is_of_unit, is_listed, is_repeated;
		const char *in, *out;
	} cases[] = {
		{"in and out", NULL, true, false, false, "11-12 07:20", "11-12 16:05"},
		{"out alone", NULL, true, false, false, NULL, "11-12 16:05"},
		{"of another unit that day", "employee", false, false, false, "11-12 07:20", NULL},
		{"on another list", "employee", true, true, false, "11-12 07:20", NULL},
		{"twice on this one", "employee", true, false, true, "11-12 07:20", NULL},
		{"nothing stated", "in", true, false, false, NULL, NULL},
		{"out before in", "out", true, false, false, "11-12 16:05", "11-12 07:20"},
		{"before the day", "in", true, false, false, "11-12 02:00", NULL},
		{"after the day", "out", true, false, false, NULL, "11-13 04:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct paper_person person = {cases[i].is_of_unit, cases[i].is_listed,
			cases[i].is_repeated, at("11-12 03:30"), at("11-13 03:30"),
			cases[i].in ? at(cases[i].in) : NO_INSTANT,
			cases[i].out ? at(cases[i].out) : NO_INSTANT};
		struct paper_fault fault = attendance_check_paper_row(&person, at("11-13 09:00"));

		if (strcmp(fault.field ? fault.field : "", cases[i].field ? cases[i].field : "") !=
			0)
			fail_msg("%s: %s", cases[i].because, fault.field ? fault.field : "-");
	}
	const struct paper_person later = {true, false, false, at("11-12 03:30"), at("11-13 03:30"),
		NO_INSTANT, at("11-12 16:05")};
	assert_string_equal(attendance_check_paper_row(&later, at("11-12 12:00")).field, "out");
}

static void test_when_a_list_comes(void **state)
{
	int32_t today = day_of("2025-11-13");

	(void)state;
	assert_null(attendance_check_paper(today, today, false, "").field);
	assert_null(attendance_check_paper(today - 1, today, false, "").field);
	assert_string_equal(attendance_check_paper(today + 1, today, false, "").field, "day");
	assert_string_equal(
		attendance_check_paper(today - 3, today, true, "lupa").field, "late_reason");
	assert_null(
		attendance_check_paper(today - 3, today, true, "Petugas dirawat di rumah sakit.")
			.field);
	assert_string_equal(
		attendance_check_paper(today - 90, today, true, "Berkas tercecer lama.").field,
		"day");
}

static void test_who_confirms_a_list(void **state)
{
	struct paper p = {.entered_by = CLERK, .version = 1};

	(void)state;
	assert_int_equal(attendance_decide_paper(&p, BOSS, false, false, 1), OK);
	assert_int_equal(attendance_decide_paper(&p, CLERK, false, true, 1), E_SELF);
	assert_int_equal(attendance_decide_paper(&p, BOSS, true, false, 1), E_SELF);
	assert_int_equal(attendance_decide_paper(&p, BOSS, false, false, 2), E_STALE);
	p.is_late = true;
	assert_int_equal(attendance_decide_paper(&p, BOSS, false, false, 1), E_REFUSED);
	assert_int_equal(attendance_decide_paper(&p, OTHERS, false, true, 1), OK);
	p.state = PAPER_CONFIRMED;
	assert_int_equal(attendance_decide_paper(&p, OTHERS, false, true, 1), E_CONFLICT);
}

/* ---- incidents ---- */

static const struct org_tree no_units;

static struct attendance_day late_row(const char *in, int late)
{
	return (struct attendance_day){.day = day_of("2025-11-10"),
		.unit = {0},
		.mode = MODE_OFFICE,
		.state = DAY_PRESENT,
		.starts = 450,
		.ends = 960,
		.in_at = in ? at(in) : NO_INSTANT,
		.out_at = NO_INSTANT,
		.late_minutes = late,
		.flags = late ? DAY_LATE : 0};
}

/* Principle 4: of the lateness what was spent in the outage goes, and no more. */
static void test_relief_is_arithmetic(void **state)
{
	static const struct {
		const char *because, *from, *to, *in;
		int late, relieved;
		bool stays_late;
	} cases[] = {
		{"came in the outage", "11-10 07:25", "11-10 07:55", "11-10 07:50:20", 20, 20,
			false},
		{"came in its first minute", "11-10 07:35", "11-10 07:55", "11-10 07:35", 5, 0,
			true},
		{"late before it began", "11-10 07:40", "11-10 07:55", "11-10 07:50", 20, 10, true},
		{"came after it", "11-10 07:25", "11-10 07:55", "11-10 07:56", 26, 0, true},
		{"came in its last minute", "11-10 07:25", "11-10 07:55", "11-10 07:55", 25, 25,
			false},
		{"in time", "11-10 07:25", "11-10 07:55", "11-10 07:28", 0, 0, false},
		{"another day", "11-11 07:25", "11-11 07:55", "11-10 07:50", 20, 0, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct incident_span span = {1, {0}, at(cases[i].from), at(cases[i].to)};
		const struct incident_list list = {&span, 1};
		struct attendance_day row = late_row(cases[i].in, cases[i].late);

		attendance_relieve(&no_units, ZONE_WIB, &list, &row);
		if (row.relieved_minutes != cases[i].relieved ||
			((row.flags & DAY_LATE) != 0) != cases[i].stays_late ||
			((row.basis & BASIS_RELIEVED) != 0) != (cases[i].relieved > 0))
			fail_msg("%s: %d", cases[i].because, row.relieved_minutes);
		assert_int_equal(row.late_minutes, cases[i].late); /* the old value stays */
	}
}

static void test_two_outages_take_no_more_than_there_is(void **state)
{
	const struct incident_span span[] = {{1, {0}, at("11-10 07:25"), at("11-10 07:55")},
		{2, {0}, at("11-10 07:30"), at("11-10 08:00")}};
	const struct incident_list list = {span, 2};
	struct attendance_day row = late_row("11-10 07:50", 20);

	(void)state;
	attendance_relieve(&no_units, ZONE_WIB, &list, &row);
	assert_int_equal(row.relieved_minutes, 20);
}

static void test_way_out_and_whole_day(void **state)
{
	const struct incident_span evening = {1, {0}, at("11-10 15:50"), at("11-10 16:40")};
	const struct incident_span all_day = {2, {0}, at("11-10 06:00"), at("11-10 18:00")};
	const struct incident_list one = {&evening, 1}, other = {&all_day, 1};
	struct attendance_day row = late_row("11-10 07:20", 0);

	(void)state;
	row.flags = DAY_NO_OUT;
	attendance_relieve(&no_units, ZONE_WIB, &one, &row);
	assert_int_equal(row.flags & DAY_NO_OUT, 0);
	assert_true(row.basis & BASIS_RELIEVED);
	row = late_row(NULL, 0);
	row.state = DAY_ABSENT;
	attendance_relieve(&no_units, ZONE_WIB, &one, &row);
	assert_int_equal(row.state, DAY_ABSENT); /* an hour does not excuse a day */
	attendance_relieve(&no_units, ZONE_WIB, &other, &row);
	assert_int_equal(row.state, DAY_WAITS);
}

static void test_an_incident_that_can_be(void **state)
{
	int64_t now = at("11-13 09:00");

	(void)state;
	assert_null(attendance_check_incident(at("11-10 07:25"), at("11-10 07:55"), now).pointer);
	assert_string_equal(
		attendance_check_incident(at("11-10 07:55"), at("11-10 07:25"), now).pointer,
		"/ends_at");
	assert_string_equal(
		attendance_check_incident(at("11-14 07:25"), at("11-14 07:55"), now).pointer,
		"/begins_at");
	assert_string_equal(
		attendance_check_incident(at("11-13 08:25"), at("11-13 09:55"), now).pointer,
		"/ends_at");
	assert_string_equal(
		attendance_check_incident(at("11-01 07:25"), at("11-10 07:55"), now).pointer,
		"/ends_at");
}

static void test_who_grants(void **state)
{
	struct incident i = {.declared_by = CLERK, .version = 1};

	(void)state;
	assert_int_equal(attendance_decide_incident(&i, BOSS, INCIDENT_ACCEPTED, 1), OK);
	assert_int_equal(attendance_decide_incident(&i, CLERK, INCIDENT_ACCEPTED, 1), E_SELF);
	assert_int_equal(attendance_decide_incident(&i, CLERK, INCIDENT_REFUSED, 1), OK);
	assert_int_equal(attendance_decide_incident(&i, BOSS, INCIDENT_ACCEPTED, 2), E_STALE);
	assert_int_equal(attendance_decide_incident(&i, BOSS, INCIDENT_WITHDRAWN, 1), E_CONFLICT);
	i.state = INCIDENT_ACCEPTED;
	assert_int_equal(attendance_decide_incident(&i, BOSS, INCIDENT_WITHDRAWN, 1), OK);
	assert_int_equal(attendance_decide_incident(&i, BOSS, INCIDENT_REFUSED, 1), E_CONFLICT);
}

static void test_the_programs_own_pulse(void **state)
{
	struct beat last = {at("11-10 07:25"), 10, 0}, next;
	int64_t from = 0, to = 0;

	(void)state;
	assert_int_equal(
		attendance_judge_beat(&last, at("11-10 07:26"), 10, &next, &from, &to), BEAT_CALM);
	assert_int_equal(
		attendance_judge_beat(&last, at("11-10 07:55"), 0, &next, &from, &to), BEAT_GAP);
	assert_int_equal(from, at("11-10 07:25"));
	assert_int_equal(to, at("11-10 07:55"));
	assert_int_equal(
		attendance_judge_beat(&last, at("11-10 07:20"), 0, &next, &from, &to), BEAT_CALM);
	/* sheds for four minutes, then no more */
	for (int i = 1; i <= 4; i++) {
		assert_int_equal(attendance_judge_beat(&last, last.beat_at + MS_PER_MINUTE,
					 last.shed + 5, &next, &from, &to),
			BEAT_CALM);
		last = next;
	}
	assert_int_equal(last.busy_from, at("11-10 07:25"));
	assert_int_equal(
		attendance_judge_beat(&last, at("11-10 07:30"), last.shed, &next, &from, &to),
		BEAT_BUSY);
	assert_int_equal(from, at("11-10 07:25"));
	assert_int_equal(to, at("11-10 07:29"));
	assert_int_equal(next.busy_from, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_may_be_asked),
		cmocka_unit_test(test_who_decides),
		cmocka_unit_test(test_many_need_two_people),
		cmocka_unit_test(test_verdicts_as_rows),
		cmocka_unit_test(test_rows_of_a_list),
		cmocka_unit_test(test_when_a_list_comes),
		cmocka_unit_test(test_who_confirms_a_list),
		cmocka_unit_test(test_relief_is_arithmetic),
		cmocka_unit_test(test_two_outages_take_no_more_than_there_is),
		cmocka_unit_test(test_way_out_and_whole_day),
		cmocka_unit_test(test_an_incident_that_can_be),
		cmocka_unit_test(test_who_grants),
		cmocka_unit_test(test_the_programs_own_pulse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
