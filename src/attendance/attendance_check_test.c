/*
 * Lots and calls through the store, on both engines: a year of days drawn from seeds committed the
 * day before, nobody chosen, nobody asked too often, never outside working minutes; what a session
 * fetched; calls within their limits. Perpres 21/2023 art. 4 and 8; UU 27/2022 art. 10.
 */
#include "attendance/attendance_check.h"

#include "attendance/attendance_parameter.h"
#include "attendance/attendance_test_time.h"
#include "calendar/calendar.h"
#include "org/org_rows.h"
#include "platform/committer.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_evidence_slice, &attendance_parameters_slice,
	&attendance_limits_slice, &attendance_checks_slice, &trust_slice};

#define PEOPLE 40
#define EDGE   30

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id person[PEOPLE], boss;
};

static struct db_stmt LIST_LOTS = {"check_test_list_lots",
	"SELECT employee_id, day, opens_at, closes_at FROM attendance_check"
	" WHERE government_id = $1 ORDER BY employee_id, day",
	0};
static struct db_stmt COUNT_LEAVES = {"check_test_count_leaves",
	"SELECT count(*) FROM trust_leaf WHERE government_id = $1 AND kind = $2", 0};
static struct db_stmt *const test_stmts[] = {&LIST_LOTS, &COUNT_LEAVES};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct employee_id add_person(struct office *o, int i)
{
	char nip[19];
	const struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = true};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + i);
	must(org_add_employee(&o->s.tx, &row, day_of("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-01")));
	return id;
}

static void set_number(struct office *o, enum parameter kind, int32_t value)
{
	const struct parameter_row row = {.id = id_next(),
		.kind = kind,
		.value = value,
		.valid_from = day_of("2025-01-01"),
		.valid_to = DAY_FOREVER,
		.legal_basis = "SE",
		.verified_by = ""};

	must(attendance_set_parameter(&o->s.tx, &row));
}

/* Everybody may work at home on Thursdays. */
static void add_circular(struct office *o)
{
	const struct instrument circular = {.rank = RANK_SE,
		.number = "SE 1",
		.title = "WFH",
		.signer = "Gubernur",
		.legal_basis = "",
		.verified_by = "",
		.note = "",
		.issued = day_of("2025-01-01"),
		.valid_from = day_of("2025-01-01"),
		.valid_to = DAY_FOREVER};
	struct rule home = policy_rule_of(RULE_MODE);
	struct instrument_id id;

	home.article = "angka 1";
	home.mode = MODE_HOME;
	home.weekdays = WEEKDAY_BIT(THURSDAY);
	must(policy_add_instrument(&o->s.tx, &circular, &home, 1, &id));
}

static void open_office(struct office *o, const char *now)
{
	const struct org_unit agency = {.code = "BKD",
		.name = "Badan Kepegawaian Daerah",
		.kind = UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct pattern_id five_days;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), at(now));
	must(org_add_unit(&o->s.tx, &agency, &o->unit));
	must(calendar_add_default(&o->s.tx, &five_days));
	must(calendar_set_holiday(
		&o->s.tx, day_of("2025-05-01"), HOLIDAY_NATIONAL, "Hari Buruh", "SKB 3 Menteri"));
	for (int i = 0; i < PEOPLE; i++)
		o->person[i] = add_person(o, i);
	o->boss = add_person(o, PEOPLE);
	for (int i = 0; i < PEOPLE; i++)
		must(org_relate(&o->s.tx, o->person[i], RELATION_SUPERVISOR, o->boss,
			day_of("2025-01-01")));
	add_circular(o);
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

/* What the program does in a night: the seed of the day, then its lots just after midnight. */
static void draw_day(struct office *o, int32_t day, bool is_committed)
{
	struct employee_id after = {0};

	o->s.tx.now_ms = instant_of(day - 1, 600, ZONE_WIB);
	if (is_committed)
		must(attendance_commit_check_day(&o->s.tx, day));
	o->s.tx.now_ms = instant_of(day, 5, ZONE_WIB);
	do
		must(attendance_draw_checks(&o->s.tx, day, after, 16, &after));
	while (after.v);
	test_store_project(&o->s);
}

struct lot {
	int64_t employee, opens_at, closes_at;
	int32_t day;
};

static int list_lots(struct office *o, struct lot *ret, int max)
{
	struct db_rows rows;
	int n = 0;

	db_query(&o->s.tx, &LIST_LOTS, BIND(db_int(o->s.tx.government.v)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee), to_int32(&ret[n].day),
				       to_int64(&ret[n].opens_at), to_int64(&ret[n].closes_at))))
		n++;
	must(db_end(&rows));
	return n;
}

static int64_t count_leaves(struct office *o)
{
	int64_t n = 0;

	must(db_load(&o->s.tx, &COUNT_LEAVES,
		BIND(db_int(o->s.tx.government.v), db_int(LEAF_CHECK)), INTO(to_int64(&n))));
	return n;
}

/* Within working minutes of that weekday, breaks and edges left out. */
static void check_minutes(const struct lot *lot)
{
	bool is_friday = day_weekday(lot->day) == FRIDAY;
	const struct shift s = {450, is_friday ? 990 : 960, is_friday ? 690 : 720, 780};
	int from = (int)((lot->opens_at - instant_of(lot->day, 0, ZONE_WIB)) / MS_PER_MINUTE);
	int to = (int)((lot->closes_at - instant_of(lot->day, 0, ZONE_WIB)) / MS_PER_MINUTE);

	assert_true(day_weekday(lot->day) <= FRIDAY);
	assert_int_not_equal(lot->day, day_of("2025-05-01"));
	assert_int_equal(to - from, 15);
	assert_true(from >= s.starts + EDGE && to <= s.ends - EDGE);
	assert_int_equal(calendar_working_minutes(&s, from, to), 15);
}

/* A year at 20 percent and at most one a week: the share of days with room, and the limit. */
static void test_year(void **state)
{
	static struct lot lot[20000];
	static struct office o;
	int32_t first = day_of("2025-01-06"), last = day_of("2025-12-31");
	int lots, weekdays = 0, expected = 0;

	(void)state;
	open_office(&o, "01-02 08:00");
	set_number(&o, PARAMETER_CHECK_PERCENT, 20);
	set_number(&o, PARAMETER_CHECK_WEEK_MAX, 5); /* no limit: a week has five days */
	must(org_touch_generation(&o.s.tx));
	for (int32_t day = first; day <= last; day++) {
		draw_day(&o, day, true);
		weekdays += day_weekday(day) <= FRIDAY && day != day_of("2025-05-01");
	}
	lots = list_lots(&o, lot, 20000);
	expected = weekdays * (PEOPLE + 1) / 5;
	assert_in_range(lots, expected - expected / 20, expected + expected / 20);
	for (int i = 0; i < lots; i++)
		check_minutes(&lot[i]);
	test_store_close(&o.s);
}

static void test_week_limit(void **state)
{
	static struct lot lot[4000];
	static struct office o;
	int lots, in_week = 0, most = 0;

	(void)state;
	open_office(&o, "03-02 08:00");
	set_number(&o, PARAMETER_CHECK_PERCENT, 20);
	must(org_touch_generation(&o.s.tx));
	for (int32_t day = day_of("2025-09-01"); day <= day_of("2025-11-30"); day++)
		draw_day(&o, day, true);
	lots = list_lots(&o, lot, 4000);
	for (int i = 0; i < lots; i++) {
		bool is_same = i && lot[i].employee == lot[i - 1].employee &&
			       attendance_week_of(lot[i].day) == attendance_week_of(lot[i - 1].day);

		in_week = is_same ? in_week + 1 : 1;
		most = in_week > most ? in_week : most;
	}
	assert_int_equal(most, 2); /* as the program's own number says, and it is reached */
	test_store_close(&o.s);
}

static void test_seed_is_promised(void **state)
{
	static struct lot lot[200];
	static struct office o;
	struct check_day row;
	int64_t leaves;
	int lots;

	(void)state;
	open_office(&o, "11-10 08:00");
	set_number(&o, PARAMETER_CHECK_PERCENT, 20);
	must(org_touch_generation(&o.s.tx));
	draw_day(&o, day_of("2025-11-11"), false); /* nobody promised a seed */
	assert_int_equal(list_lots(&o, lot, 200), 0);
	assert_int_equal(
		attendance_load_check_day(&o.s.tx, day_of("2025-11-11"), &row), E_NOT_FOUND);

	draw_day(&o, day_of("2025-11-12"), true);
	lots = list_lots(&o, lot, 200);
	assert_true(lots > 0);
	must(attendance_load_check_day(&o.s.tx, day_of("2025-11-12"), &row));
	assert_int_equal(row.committed_at, instant_of(day_of("2025-11-11"), 600, ZONE_WIB));
	assert_int_equal(row.seed.n, CHECK_SEED_BYTES);
	assert_memory_equal(row.commitment.b,
		attendance_check_commitment(o.s.tx.government, row.day, row.seed.p).b, 32);
	for (int i = 0; i < PEOPLE; i++) { /* everybody can draw it again */
		struct check_lot again = attendance_draw_lot(row.seed.p, o.person[i]);
		bool is_in = false;

		for (int k = 0; k < lots; k++)
			is_in |= lot[k].employee == o.person[i].v;
		assert_int_equal(attendance_is_drawn(again, row.percent), is_in);
	}
	leaves = count_leaves(&o);
	draw_day(&o, day_of("2025-11-12"), true); /* the tick comes again */
	assert_int_equal(list_lots(&o, lot, 200), lots);
	assert_int_equal(count_leaves(&o), leaves);

	o.s.tx.now_ms = instant_of(day_of("2025-11-13"), 5, ZONE_WIB); /* promised on the day */
	must(attendance_commit_check_day(&o.s.tx, day_of("2025-11-13")));
	draw_day(&o, day_of("2025-11-13"), false);
	assert_int_equal(list_lots(&o, lot, 200), lots);
	must(attendance_load_check_day(&o.s.tx, day_of("2025-11-13"), &row));
	assert_int_equal(row.seed.n, 0);
	assert_true(row.drawn_at > 0);
	test_store_close(&o.s);
}

static struct check call_of(struct office *o, int i, enum check_kind kind)
{
	return (struct check){.employee = o->person[i],
		.kind = kind,
		.note = "Mohon jawab, berkas ditunggu.",
		.asked_by = o->boss};
}

static enum call_fault call_at(struct office *o, int i, enum check_kind kind, const char *now)
{
	struct check call = call_of(o, i, kind);
	enum call_fault fault;

	o->s.tx.now_ms = at(now);
	must(attendance_add_call(&o->s.tx, &call, &fault));
	return fault;
}

/* 2025-11-13 is a Thursday, the 14th a Friday. */
static void test_calls(void **state)
{
	static const struct {
		const char *what, *now;
		int who;
		enum check_kind kind;
		enum call_fault fault;
	} cases[] = {
		{"at home, in working minutes", "11-13 10:00", 0, CHECK_ANSWER, CALL_GOOD},
		{"a second time", "11-13 14:00", 0, CHECK_ANSWER, CALL_GOOD},
		{"the day's limit", "11-13 14:30", 0, CHECK_ANSWER, CALL_DAY_LIMIT},
		{"another person", "11-13 14:30", 1, CHECK_ANSWER, CALL_GOOD},
		{"in the break", "11-13 12:30", 2, CHECK_ANSWER, CALL_NOT_WORK},
		{"at the edge of the day", "11-13 15:40", 2, CHECK_ANSWER, CALL_NOT_WORK},
		{"after work", "11-13 19:00", 2, CHECK_ANSWER, CALL_NOT_WORK},
		{"to come, with two hours", "11-13 10:00", 2, CHECK_COME, CALL_GOOD},
		{"to come, and the day is over before", "11-13 14:00", 3, CHECK_COME, CALL_NO_TIME},
		{"in the office nobody is called", "11-14 10:00", 4, CHECK_ANSWER, CALL_NOT_HOME},
	};
	static struct office o;
	struct check open[4];
	int count;

	(void)state;
	open_office(&o, "11-12 08:00");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (call_at(&o, cases[i].who, cases[i].kind, cases[i].now) != cases[i].fault)
			fail_msg("%s", cases[i].what);
	o.s.tx.now_ms = at("11-13 10:10");
	must(attendance_list_open_checks(&o.s.tx, o.person[0], open, 4, &count));
	assert_int_equal(count, 1);
	assert_int_equal(open[0].closes_at, at("11-13 10:30"));
	assert_int_equal(open[0].until_at, at("11-13 11:00"));
	must(attendance_list_open_checks(&o.s.tx, o.person[2], open, 4, &count));
	assert_int_equal(open[0].closes_at, at("11-13 12:00"));
	test_store_close(&o.s);
}

static void test_week_of_calls(void **state)
{
	static struct office o;

	(void)state;
	open_office(&o, "11-12 08:00");
	set_number(&o, PARAMETER_CALL_DAY_MAX, 10);
	must(org_touch_generation(&o.s.tx));
	for (int i = 0; i < 4; i++)
		assert_int_equal(call_at(&o, 0, CHECK_ANSWER, "11-13 10:00"), CALL_GOOD);
	assert_int_equal(call_at(&o, 0, CHECK_ANSWER, "11-13 11:00"), CALL_WEEK_LIMIT);
	assert_int_equal(call_at(&o, 0, CHECK_ANSWER, "11-20 11:00"), CALL_GOOD);
	test_store_close(&o.s);
}

/* ---- fetched, answered, seen ---- */

static void answer(struct office *o, int i, const char *made)
{
	struct punch punch = {.direction = DIRECTION_CHECK,
		.phone_at = at(made),
		.offset_ms = 0,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.received_at = o->s.tx.now_ms,
		.flags = PUNCH_UNSIGNED,
		.note = ""};
	enum receipt_status status;

	punch.punch_id = id_next();
	memcpy(punch.event_id.b, &punch.punch_id, sizeof(punch.punch_id));
	punch.punch_day = instant_day(punch.phone_at, ZONE_WIB);
	must(attendance_add_punch(&o->s.tx, o->person[i], &punch, &status));
	assert_int_equal(status, RECEIPT_ACCEPTED);
	test_store_project(&o->s);
}

static enum check_state state_of(struct office *o, int i, const char *now)
{
	struct day_view *view = ARENA_NEW(&o->s.arena, struct day_view);
	struct judged_check judged;
	struct check own[4];
	int count;

	o->s.tx.now_ms = at(now);
	must(attendance_list_own_checks(
		&o->s.tx, o->person[i], day_of("2025-11-01"), own, 4, &count));
	assert_int_equal(count, 1);
	must(attendance_judge_check(&o->s.tx, &own[0], view, &judged));
	return judged.state;
}

static void test_becomes(void **state)
{
	static struct office o;
	struct check c[8], later;
	int64_t leaves;
	int count;

	(void)state;
	open_office(&o, "11-12 08:00");
	for (int i = 0; i < 4; i++)
		assert_int_equal(call_at(&o, i, CHECK_ANSWER, "11-13 10:00"), CALL_GOOD);
	test_store_project(&o.s);
	leaves = count_leaves(&o);
	o.s.tx.now_ms = at("11-13 10:05");
	for (int k = 0; k < 2; k++) { /* fetched twice, kept once */
		must(attendance_show_checks(&o.s.tx, o.person[0]));
		must(attendance_show_checks(&o.s.tx, o.person[1]));
	}
	test_store_project(&o.s);
	assert_int_equal(count_leaves(&o), leaves + 2);
	answer(&o, 0, "11-13 10:05");
	assert_int_equal(state_of(&o, 0, "11-13 12:00"), CHECK_ANSWERED);
	assert_int_equal(state_of(&o, 1, "11-13 10:40"), CHECK_OVERDUE);
	assert_int_equal(state_of(&o, 1, "11-13 12:00"), CHECK_UNANSWERED);
	assert_int_equal(state_of(&o, 2, "11-13 12:00"), CHECK_UNREACHABLE);

	must(attendance_list_team_checks(&o.s.tx, o.boss, day_of("2025-11-13"), c, 8, &count));
	assert_int_equal(count, 4);
	must(attendance_list_team_checks(&o.s.tx, o.person[5], day_of("2025-11-13"), c, 8, &count));
	assert_int_equal(count, 0);
	must(attendance_list_own_checks(&o.s.tx, o.person[3], day_of("2025-11-01"), c, 8, &count));
	must(attendance_see_check(&o.s.tx, &c[0], o.boss, "Di ruang rapat"));
	must(attendance_load_check(&o.s.tx, c[0].id, &later));
	assert_string_equal(later.seen_note, "Di ruang rapat");
	assert_int_equal(attendance_see_check(&o.s.tx, &later, o.boss, ""), E_CONFLICT);
	assert_int_equal(state_of(&o, 3, "11-13 12:00"), CHECK_SEEN);
	test_store_close(&o.s);
}

/* The ladder of a circular stays with a person; the list tells how often, of the week and the
 * month.
 */
static void test_missed_calls_are_counted(void **state)
{
	static const struct {
		const char *called, *fetched; /* NULL: it reached no phone */
	} calls[] = {{"10-30 10:00", "10-30 10:05"}, {"11-06 10:00", "11-06 10:05"},
		{"11-13 10:00", "11-13 10:05"}, {"11-13 14:00", NULL}};
	static struct office o;
	struct day_view *view;
	int32_t week, month;

	(void)state;
	open_office(&o, "10-29 08:00");
	view = ARENA_NEW(&o.s.arena, struct day_view);
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		assert_int_equal(call_at(&o, 0, CHECK_ANSWER, calls[i].called), CALL_GOOD);
		if (!calls[i].fetched)
			continue;
		o.s.tx.now_ms = at(calls[i].fetched);
		must(attendance_show_checks(&o.s.tx, o.person[0]));
	}
	o.s.tx.now_ms = at("11-14 08:00");
	must(attendance_count_missed(
		&o.s.tx, o.person[0], day_of("2025-11-13"), view, &week, &month));
	assert_int_equal(week, 1);
	assert_int_equal(month, 2);

	assert_int_equal(call_at(&o, 1, CHECK_ANSWER, "11-13 10:00"), CALL_GOOD);
	o.s.tx.now_ms = at("11-13 10:40");
	must(attendance_show_checks(&o.s.tx, o.person[1]));
	answer(&o, 1, "11-13 10:40"); /* after its time */
	o.s.tx.now_ms = at("11-14 08:00");
	must(attendance_count_missed(
		&o.s.tx, o.person[1], day_of("2025-11-13"), view, &week, &month));
	assert_int_equal(week, 1);
	must(attendance_count_missed(
		&o.s.tx, o.person[2], day_of("2025-11-13"), view, &week, &month));
	assert_int_equal(month, 0);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_year),
		cmocka_unit_test(test_week_limit),
		cmocka_unit_test(test_seed_is_promised),
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_week_of_calls),
		cmocka_unit_test(test_becomes),
		cmocka_unit_test(test_missed_calls_are_counted),
	};

	db_register(test_stmts, COUNT_OF(test_stmts));
	return TEST_STORE_RUN(tests);
}
