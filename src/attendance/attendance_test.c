/*
 * Presence through the store: the journal taken once, the day folded whatever the order, counters
 * that follow, a random month rebuilt to the same rows.
 *
 * PP 94/2021 art. 4 f (obey working hours); Perpres 21/2023 art. 4 (hours, breaks); Keppres 41/1987
 * (zones).
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_int.h"
#include "attendance/attendance_retention.h"
#include "base/chance.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/committer.h"
#include "attendance/attendance_test_time.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define MANY 300 /* more than one slice of a job */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_evidence_slice,
	&attendance_confirmations_slice, &attendance_signals_slice, &attendance_retention_slice,
	&attendance_parameters_slice, &attendance_limits_slice, &attendance_checks_slice,
	&trust_slice};

/* ---- the store ---- */

struct town {
	struct test_store s;
	struct unit_id agency, unit, ward;
	struct pattern_id night;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
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

/* Three nights of 20:00 to 08:00 with a day off after each: a cycle of two days. */
static void add_night_pattern(struct town *t)
{
	const struct pattern_row row = {.code = "RS-MALAM",
		.name = "Malam",
		.legal_basis = "contoh",
		.verified_by = "",
		.cycle_days = 2,
		.anchor_day = day_of("2025-11-03"),
		.works_holidays = true,
		.valid_to = DAY_FOREVER};
	const struct pattern_day_row night = {REGIME_NORMAL, 0, {1200, 1920, -1, -1}};

	must(calendar_add_pattern(&t->s.tx, &row, &night, 1, &t->night));
}

static void open_town(struct town *t, const char *now)
{
	struct pattern_id five_days;
	struct org_site site = {.name = "Kantor",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct site_id site_id;

	test_store_open(&t->s, slices, COUNT_OF(slices), at(now));
	t->agency = add_unit(&t->s, "DINKES", (struct unit_id){0}, UNIT_AGENCY);
	t->unit = add_unit(&t->s, "DINKES-SEK", t->agency, UNIT_SECRETARIAT);
	t->ward = add_unit(&t->s, "DINKES-RS", t->agency, UNIT_WARD);
	site.unit = t->agency;
	must(org_add_site(&t->s.tx, &site, &site_id));
	must(calendar_add_default(&t->s.tx, &five_days));
	add_night_pattern(t);
	must(org_touch_generation(&t->s.tx));
	test_store_project(&t->s);
}

static struct employee_id add_person(
	struct town *t, int number, struct unit_id unit, const char *from)
{
	char nip[19];
	struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = true};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + number);
	must(org_add_employee(&t->s.tx, &row, day_of(from), DAY_FOREVER, &id));
	must(org_place(&t->s.tx, id, unit, "Pelaksana", PELAKSANA, "SK", day_of(from)));
	return id;
}

static void set_now(struct town *t, int64_t now)
{
	t->s.tx.now_ms = now;
}

static void end_batch(struct town *t)
{
	test_store_project(&t->s);
}

static struct punch make_punch(
	uint64_t event, enum direction direction, int64_t received, int64_t phone)
{
	struct punch p = {.direction = direction,
		.received_at = received,
		.phone_at = phone,
		.offset_ms = NO_INSTANT,
		.point = {LAT_E7, LON_E7},
		.accuracy_metres = 10,
		.note = ""};

	for (int i = 0; i < 8; i++)
		p.event_id.b[8 + i] = (uint8_t)(event >> (56 - 8 * i));
	p.event_id.b[6] = 0x70;
	p.punch_id = id_next();
	p.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&p);
	p.punch_day = instant_day(attendance_claimed_at(&p), ZONE_WIB);
	return p;
}

static enum receipt_status punch(struct town *t, struct employee_id who, uint64_t event,
	enum direction direction, const char *received, const char *phone)
{
	struct punch p = make_punch(event, direction, at(received), at(*phone ? phone : received));
	enum receipt_status status;

	set_now(t, at(received));
	must(attendance_add_punch(&t->s.tx, who, &p, &status));
	return status;
}

static struct attendance_day load(struct town *t, struct employee_id who, const char *day)
{
	struct attendance_day row;

	must(attendance_load_day(&t->s.tx, who, day_of(day), &row));
	return row;
}

static void test_journal_takes_an_event_once(void **state)
{
	struct town t;
	struct employee_id who;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-12 00:00");
	who = add_person(&t, 1, t.unit, "2025-11-10");
	assert_int_equal(punch(&t, who, 1, IN, "11-13 07:25", SAME), RECEIPT_ACCEPTED);
	assert_int_equal(punch(&t, who, 1, IN, "11-13 07:40", "11-13 07:25"), RECEIPT_DUPLICATE);
	end_batch(&t);
	assert_int_equal(punch(&t, who, 1, IN, "11-13 09:00", "11-13 07:25"), RECEIPT_DUPLICATE);
	assert_int_equal(punch(&t, who, 2, IN, "11-13 09:01", "11-20 07:25"), RECEIPT_QUARANTINED);
	assert_int_equal(punch(&t, who, 3, IN, "11-13 09:02", "11-09 07:25"),
		RECEIPT_REJECTED); /* a day before service */
	assert_int_equal(
		punch(&t, (struct employee_id){99}, 4, IN, "11-13 09:03", SAME), RECEIPT_REJECTED);
	end_batch(&t);
	row = load(&t, who, "2025-11-13");
	assert_int_equal(row.state, DAY_PRESENT);
	assert_int_equal(row.in_at, at("11-13 07:25"));
	assert_int_equal(row.in_place, PLACE_WITHIN);
	assert_int_equal(
		attendance_load_day(&t.s.tx, who, day_of("2025-11-20"), &row), E_NOT_FOUND);
	assert_int_equal(
		attendance_load_day(&t.s.tx, who, day_of("2025-11-09"), &row), E_NOT_FOUND);
	test_store_close(&t.s);
}

/* The reply as the phone reads it: decoded and encoded by the tables of the route. */
static const char *post(struct town *t, struct employee_id who, const char *body)
{
	const struct route *route = &attendance_slice.routes[0];
	struct req rq = {.route = route,
		.tx = &t->s.tx,
		.actor = {.government = t->s.tx.government, .employee = who}};
	struct field_fault fault = {0};

	rq.input = arena_alloc(&t->s.arena, route->input->size);
	fields_init(route->input, rq.input);
	must(fields_decode(route->input, &t->s.arena, body, strlen(body), rq.input, &fault));
	must(route->early(&rq));
	must(route->handler(&rq));
	must(route->late(&rq));
	assert_int_equal(rq.status, 200);
	return rq.body.p;
}

#define EVENT_1 "\"id\":\"019a7ad0-7c00-7000-8000-000000000001\""
#define EVENT_2 "\"id\":\"019a7ad0-7c00-7000-8000-000000000002\""
#define EVENT_3 "\"id\":\"019a7ad0-7c00-7000-8000-000000000003\""

static void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("%s\nis not in\n%s", part, text);
}

static void test_post_answers_every_event_in_order(void **state)
{
	static const char body[] =
		"{\"events\":["
		"{" EVENT_1 ",\"direction\":\"in\",\"phone_at\":\"2025-11-13T00:20:00Z\"},"
		"{" EVENT_1 ",\"direction\":\"in\",\"phone_at\":\"2025-11-13T00:20:00Z\"},"
		"{" EVENT_2 ",\"direction\":\"out\",\"phone_at\":\"2025-11-25T00:20:00Z\"},"
		"{" EVENT_3 ",\"direction\":\"in\",\"phone_at\":\"2025-11-01T00:20:00Z\"}]}";
	struct town t;
	struct employee_id who;
	const char *first, *again, *receipt;

	(void)state;
	open_town(&t, "11-12 00:00");
	who = add_person(&t, 1, t.unit, "2025-11-10");
	set_now(&t, at("11-13 07:20:05"));
	first = post(&t, who, body);
	receipt = strstr(first, "\"accepted\"");
	assert_non_null(receipt);
	assert_non_null(receipt = strstr(receipt, "\"duplicate\""));
	assert_non_null(receipt = strstr(receipt, "\"quarantined\""));
	assert_non_null(receipt = strstr(receipt, "\"rejected\""));
	assert_contains(first, "\"phone_clock_ahead\"");
	assert_contains(first, "\"not_in_service\"");
	assert_contains(first, "\"2025-11-13T00:20:05.000Z\"");
	end_batch(&t);
	set_now(&t, at("11-14 09:00"));
	again = post(&t, who, body);
	assert_null(strstr(again, "\"accepted\""));
	assert_null(strstr(again, "\"quarantined\""));
	assert_contains(
		again, "\"received_at\":\"2025-11-13T00:20:05.000Z\""); /* of the first time */
	assert_contains(again, "\"phone_clock_ahead\"");
	test_store_close(&t.s);
}

/* Keppres 41/1987: the day is that of the place of work, here a liaison office in Jayapura. */
static void test_day_is_civil_where_the_person_works(void **state)
{
	struct org_site site = {.name = "Penghubung",
		.zone = ZONE_WIT,
		.centre = {-25000000, 1407000000},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct site_id id;
	struct town t;
	struct employee_id east, west;

	(void)state;
	open_town(&t, "11-12 00:00");
	site.unit = add_unit(&t.s, "PENGHUBUNG", t.agency, UNIT_SECTION);
	must(org_add_site(&t.s.tx, &site, &id));
	must(org_touch_generation(&t.s.tx));
	east = add_person(&t, 1, site.unit, "2025-01-01");
	west = add_person(&t, 2, t.unit, "2025-01-01");
	set_now(&t, at("11-12 23:00"));
	/* 22:30 in the west is 00:30 of the next day in the east */
	assert_contains(post(&t, east,
				"{\"events\":[{" EVENT_1
				",\"direction\":\"in\",\"phone_at\":\"2025-11-12T15:30:00Z\"}]}"),
		"\"day\":\"2025-11-13\"");
	assert_contains(post(&t, west,
				"{\"events\":[{" EVENT_1
				",\"direction\":\"in\",\"phone_at\":\"2025-11-12T15:30:00Z\"}]}"),
		"\"day\":\"2025-11-12\"");
	test_store_close(&t.s);
}

static void assign_night(struct town *t, struct employee_id who)
{
	must(calendar_assign(&t->s.tx, who, (struct unit_id){0}, t->night, 0, day_of("2025-01-01"),
		DAY_FOREVER));
	must(org_touch_generation(&t->s.tx));
	end_batch(t);
}

/* A span that crosses midnight belongs to the day it starts. */
static void test_night_belongs_to_the_day_it_starts(void **state)
{
	struct town t;
	struct employee_id nurse;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-03 00:00");
	nurse = add_person(&t, 1, t.ward, "2025-01-01");
	assign_night(&t, nurse);
	punch(&t, nurse, 1, IN, "11-03 19:50", SAME);
	end_batch(&t);
	punch(&t, nurse, 2, OUT, "11-04 08:10", SAME);
	end_batch(&t);
	row = load(&t, nurse, "2025-11-03");
	assert_int_equal(row.state, DAY_COMPLETE);
	assert_int_equal(row.out_at, at("11-04 08:10"));
	assert_int_equal(row.worked_minutes, 720);
	assert_int_equal(row.flags, 0);
	row = load(&t, nurse, "2025-11-04"); /* the day off after it */
	assert_int_equal(row.state, DAY_OFF_WORK);
	assert_int_equal(row.out_at, NO_INSTANT);
	test_store_close(&t.s);
}

static void test_windows_meet(void **state)
{
	static const struct {
		const char *what, *day, *from, *to;
		bool is_nurse;
	} cases[] = {
		{"Thursday", "2025-11-13", "11-13 03:30", "11-14 03:30", false},
		{"Friday before a day off", "2025-11-14", "11-14 03:30", "11-15 04:00", false},
		{"Saturday", "2025-11-15", "11-15 04:00", "11-16 04:00", false},
		{"Sunday before work", "2025-11-16", "11-16 04:00", "11-17 03:30", false},
		{"a night", "2025-11-13", "11-13 16:00", "11-14 12:00", true},
		{"the day off after it", "2025-11-14", "11-14 12:00", "11-15 16:00", true},
	};
	struct town t;
	struct employee_id clerk, nurse;

	(void)state;
	open_town(&t, "11-03 00:00");
	clerk = add_person(&t, 1, t.unit, "2025-01-01");
	nurse = add_person(&t, 2, t.ward, "2025-01-01");
	assign_night(&t, nurse);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_view view;

		print_message("%s\n", cases[i].what);
		must(attendance_view_day(
			&t.s.tx, cases[i].is_nurse ? nurse : clerk, day_of(cases[i].day), &view));
		assert_int_equal(view.from, at(cases[i].from));
		assert_int_equal(view.to, at(cases[i].to));
	}
	test_store_close(&t.s);
}

/* Setting the phone ahead in the evening does not clock in for tomorrow. */
static void test_tomorrow_cannot_be_punched_today(void **state)
{
	struct town t;
	struct employee_id who;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-12 00:00");
	who = add_person(&t, 1, t.unit, "2025-01-01");
	assert_int_equal(punch(&t, who, 1, IN, "11-12 20:00", "11-13 07:25"), RECEIPT_ACCEPTED);
	end_batch(&t);
	assert_int_equal(
		attendance_load_day(&t.s.tx, who, day_of("2025-11-13"), &row), E_NOT_FOUND);
	row = load(&t, who, "2025-11-12");
	assert_int_equal(row.in_at, at("11-12 20:00")); /* it counts for the day it reached us */
	assert_int_equal(row.late_minutes, 510);
	test_store_close(&t.s);
}

static void test_days_open_once_and_settle(void **state)
{
	struct town t;
	struct employee_id who[3], last;
	int64_t opened_at, settled_at;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-13 00:00");
	for (int i = 0; i < 3; i++)
		who[i] = add_person(&t, i, t.unit, "2025-01-01");
	must(attendance_open_day(&t.s.tx, day_of("2025-11-13"), (struct employee_id){0}, 2, &last));
	assert_int_equal(last.v, who[1].v);
	assert_int_equal(
		attendance_load_opened(&t.s.tx, day_of("2025-11-13"), &opened_at, &settled_at),
		E_NOT_FOUND);
	must(attendance_open_day(&t.s.tx, day_of("2025-11-13"), last, 2, &last));
	assert_int_equal(last.v, 0);
	must(attendance_load_opened(&t.s.tx, day_of("2025-11-13"), &opened_at, &settled_at));
	assert_int_equal(opened_at, at("11-13 00:00"));
	punch(&t, who[0], 1, IN, "11-13 07:20", SAME);
	punch(&t, who[1], 2, IN, "11-13 07:20", SAME);
	punch(&t, who[1], 3, OUT, "11-13 16:20", SAME);
	end_batch(&t);
	assert_int_equal(load(&t, who[2], "2025-11-13").state, DAY_EXPECTED);
	set_now(&t, at("11-14 03:29"));
	must(attendance_settle_day(
		&t.s.tx, day_of("2025-11-13"), (struct employee_id){0}, 10, &last));
	assert_int_equal(load(&t, who[2], "2025-11-13").state, DAY_EXPECTED);
	set_now(&t, at("11-14 04:30"));
	must(attendance_settle_day(
		&t.s.tx, day_of("2025-11-13"), (struct employee_id){0}, 10, &last));
	row = load(&t, who[0], "2025-11-13");
	assert_int_equal(row.flags, DAY_NO_OUT);
	assert_int_equal(load(&t, who[1], "2025-11-13").flags, 0);
	assert_int_equal(load(&t, who[2], "2025-11-13").state, DAY_ABSENT);
	test_store_close(&t.s);
}

static int jobs_of(struct town *t, const char *kind)
{
	bool queued;

	must(attendance_load_is_queued(&t->s.tx, kind, &queued));
	return queued;
}

static void test_tick_opens_and_settles_each_day_once(void **state)
{
	struct town t;
	struct employee_id last;

	(void)state;
	open_town(&t, "11-13 00:00");
	must(attendance_tick(&t.s.tx));
	must(attendance_tick(&t.s.tx));
	assert_int_equal(jobs_of(&t, JOB_OPEN_DAY), 1);
	assert_int_equal(jobs_of(&t, JOB_SETTLE_DAYS), 0);
	must(attendance_open_day(
		&t.s.tx, day_of("2025-11-13"), (struct employee_id){0}, 10, &last));
	set_now(&t, at("11-13 04:29"));
	must(attendance_tick(&t.s.tx));
	assert_int_equal(jobs_of(&t, JOB_SETTLE_DAYS), 0);
	set_now(&t, at("11-13 04:30"));
	must(attendance_tick(&t.s.tx));
	assert_int_equal(jobs_of(&t, JOB_SETTLE_DAYS), 1);
	test_store_close(&t.s);
}

static void test_status_changes_the_day(void **state)
{
	struct town t;
	struct employee_id who;
	struct attendance_day row;

	(void)state;
	open_town(&t, "11-13 06:00");
	who = add_person(&t, 1, t.unit, "2025-01-01");
	punch(&t, who, 1, IN, "11-13 07:40", SAME);
	end_batch(&t);
	assert_int_equal(load(&t, who, "2025-11-13").flags, DAY_LATE);
	must(org_set_status(&t.s.tx, who, STATUS_OUTSIDE_DUTY, day_of("2025-11-13"),
		day_of("2025-11-14"), "ST-1"));
	end_batch(&t);
	row = load(&t, who, "2025-11-13");
	assert_int_equal(row.mode, MODE_OUTSIDE_DUTY);
	assert_int_equal(row.flags, 0);
	assert_int_equal(row.in_at, at("11-13 07:40"));
	/* tomorrow opens tomorrow */
	assert_int_equal(
		attendance_load_day(&t.s.tx, who, day_of("2025-11-14"), &row), E_NOT_FOUND);
	test_store_close(&t.s);
}

/* ---- today's sheet ---- */

static void open_day(struct town *t, const char *day)
{
	struct employee_id last;

	end_batch(t);
	must(attendance_open_day(&t->s.tx, day_of(day), (struct employee_id){0}, 500, &last));
	end_batch(t);
}

static void test_sheet_forgets_what_was_taken_back(void **state)
{
	struct town t;
	struct employee_id who;
	struct attendance_day row;
	int mark;

	(void)state;
	open_town(&t, "11-13 00:01");
	who = add_person(&t, 1, t.unit, "2025-01-01");
	assert_int_equal(attendance_is_sheet_wanting(&t.s.tx, day_of("2025-11-13")),
		test_store_engine == DB_SQLITE);
	open_day(&t, "2025-11-13");
	assert_false(attendance_is_sheet_wanting(&t.s.tx, day_of("2025-11-13")));
	must(db_savepoint(t.s.db));
	mark = changes_mark(t.s.tx.changes);
	punch(&t, who, 1, IN, "11-13 07:00", SAME);
	must(attendance_project(&t.s.tx));
	assert_int_equal(load(&t, who, "2025-11-13").in_at, at("11-13 07:00"));
	db_rollback_to(t.s.db);
	changes_undo(t.s.tx.changes, mark);
	punch(&t, who, 2, IN, "11-13 07:40", SAME);
	end_batch(&t);
	row = load(&t, who, "2025-11-13");
	assert_int_equal(row.in_at, at("11-13 07:40"));
	assert_int_equal(row.flags, DAY_LATE);
	assert_int_equal(attendance_is_sheet_wanting(&t.s.tx, day_of("2025-11-13")),
		test_store_engine == DB_SQLITE); /* the next tick fills it */
	test_store_close(&t.s);
}

static void test_sheet_follows_facts_of_the_same_batch(void **state)
{
	struct town t;
	struct employee_id who[2];

	(void)state;
	open_town(&t, "11-13 00:01");
	who[0] = add_person(&t, 1, t.unit, "2025-01-01");
	who[1] = add_person(&t, 2, t.unit, "2025-01-01");
	open_day(&t, "2025-11-13");
	for (int i = 0; i < 2; i++) /* the punch before the fact, and behind it */
		punch(&t, who[i], 10 + (uint64_t)i, IN, i ? "11-13 07:41" : "11-13 07:40", SAME);
	end_batch(&t);
	punch(&t, who[0], 20, OUT, "11-13 12:00", SAME);
	for (int i = 0; i < 2; i++)
		must(org_set_status(&t.s.tx, who[i], STATUS_OUTSIDE_DUTY, day_of("2025-11-13"),
			day_of("2025-11-13"), "ST-1"));
	punch(&t, who[1], 21, OUT, "11-13 12:01", SAME);
	end_batch(&t);
	for (int i = 0; i < 2; i++) {
		struct attendance_day row = load(&t, who[i], "2025-11-13");

		assert_int_equal(row.mode, MODE_OUTSIDE_DUTY);
		assert_int_equal(row.in_at, i ? at("11-13 07:41") : at("11-13 07:40"));
		assert_int_equal(row.out_at, i ? at("11-13 12:01") : at("11-13 12:00"));
	}
	test_store_close(&t.s);
}

/* ---- long work ---- */

static struct db_stmt END_SERVICE = {"attendance_test_end_service",
	"UPDATE org_employee SET valid_to = $3 WHERE government_id = $1 AND employee_id = $2", 0};
static struct db_stmt COUNT_UNFINISHED = {"attendance_test_count_unfinished",
	"SELECT count(*) FROM platform_job WHERE government_id = $1 AND state <> $2", 0};
static struct db_stmt COUNT_POSITIONS = {"attendance_test_count_positions",
	"SELECT count(*) FROM attendance_punch WHERE government_id = $1"
	" AND sealed_position IS NOT NULL",
	0};
static struct db_stmt *const test_stmts[] = {&END_SERVICE, &COUNT_UNFINISHED, &COUNT_POSITIONS};

static void open_again(struct town *t, enum db_mode mode)
{
	const char *why = "";

	t->s.db = t->s.tx.db = test_store_held.db = db_open(
		test_store_held.fixture->url, mode, &t->s.arena, &why);
	if (!t->s.db)
		fail_msg("%s", why);
}

static void leave(struct town *t)
{
	db_close(t->s.db);
	test_store_held.db = NULL;
}

static bool is_all_done(struct town *t)
{
	int64_t unfinished = -1;

	must(db_begin_read(t->s.db, 5000));
	must(db_load(&t->s.tx, &COUNT_UNFINISHED,
		BIND(db_int(t->s.tx.government.v), db_int(JOB_DONE)), INTO(to_int64(&unfinished))));
	db_rollback(t->s.db);
	return unfinished == 0;
}

/* Commits, lets the program's own committer and pool do the jobs that wait, and takes the store
 * back. */
static void run_jobs(struct town *t, const char *clock)
{
	const char *why = "";
	bool done = false;

	test_store_project(&t->s);
	db_rollback(t->s.db);
	leave(t);
	assert_true(clock_set(clock));
	open_again(t, DB_READ);
	must(committer_start(
		test_store_held.fixture->url, slices, COUNT_OF(slices), &t->s.arena, &why));
	assert_true(jobs_start(
		test_store_held.fixture->url, slices, COUNT_OF(slices), &t->s.arena, &why));
	for (int i = 0; i < 24000 && !(done = is_all_done(t)); i++)
		usleep(5000);
	jobs_stop();
	committer_drain();
	leave(t);
	assert_true(done);
	open_again(t, DB_WRITE);
	test_store_begin(&t->s);
}

static int count_states(struct town *t, const char *day, enum day_state wanted, int *ret_rows)
{
	static struct attendance_day row[MANY + 1];
	int found = 0;

	must(attendance_list_day(
		&t->s.tx, day_of(day), (struct employee_id){0}, row, MANY + 1, ret_rows));
	for (int i = 0; i < *ret_rows; i++)
		found += row[i].state == wanted;
	return found;
}

static void test_jobs_open_settle_and_refold(void **state)
{
	struct employee_id who[MANY];
	int64_t opened_at, settled_at;
	struct town t;
	int rows;

	(void)state;
	open_town(&t, "11-13 00:01");
	db_register(test_stmts, COUNT_OF(test_stmts));
	for (int i = 0; i < MANY; i++)
		who[i] = add_person(&t, i, t.unit, "2025-01-01");
	must(attendance_tick(&t.s.tx));
	run_jobs(&t, "2025-11-13T00:01+07:00,x0");
	assert_int_equal(count_states(&t, "2025-11-13", DAY_EXPECTED, &rows), MANY);
	must(attendance_load_opened(&t.s.tx, day_of("2025-11-13"), &opened_at, &settled_at));

	set_now(&t, at("11-14 05:00"));
	must(attendance_tick(&t.s.tx));
	run_jobs(&t, "2025-11-14T05:00+07:00,x0"); /* opened so late, it settles at once */
	assert_int_equal(count_states(&t, "2025-11-13", DAY_ABSENT, &rows), MANY);
	assert_int_equal(count_states(&t, "2025-11-14", DAY_EXPECTED, &rows), MANY);
	must(attendance_load_opened(&t.s.tx, day_of("2025-11-14"), &opened_at, &settled_at));
	assert_int_equal(settled_at, at("11-14 05:00"));
	must(attendance_tick(&t.s.tx));
	assert_int_equal(jobs_of(&t, JOB_SETTLE_DAYS), 0); /* once a morning */

	/* a holiday is decreed late, and somebody had left the service: both days are folded again
	 */
	must(calendar_set_holiday(
		&t.s.tx, day_of("2025-11-14"), HOLIDAY_LOCAL, "Hari jadi", "Kepgub"));
	must(db_exec(&t.s.tx, &END_SERVICE,
		BIND(db_int(t.s.tx.government.v), db_int(who[7].v), db_int(day_of("2025-11-12"))),
		NULL));
	must(org_touch_generation(&t.s.tx));
	changes_add(t.s.tx.changes, CHANGE_RANGE, day_of("2025-11-13"), day_of("2025-11-14"));
	run_jobs(&t, "2025-11-14T06:00+07:00,x0");
	assert_int_equal(count_states(&t, "2025-11-13", DAY_ABSENT, &rows), MANY - 1);
	assert_int_equal(rows, MANY - 1);
	assert_int_equal(count_states(&t, "2025-11-14", DAY_OFF_WORK, &rows), MANY - 1);
	test_store_close(&t.s);
}

/* The program is away from Friday morning to Tuesday: the days between are judged like any other.
 */
static void test_days_slept_through_are_opened_and_settled(void **state)
{
	int64_t opened_at, settled_at;
	struct employee_id who;
	struct town t;
	int rows;

	(void)state;
	open_town(&t, "11-13 00:01");
	who = add_person(&t, 0, t.unit, "2025-01-01");
	must(attendance_tick(&t.s.tx));
	run_jobs(&t, "2025-11-13T00:01+07:00,x0");
	assert_true(who.v);

	set_now(&t, at("11-18 07:45"));
	must(attendance_tick(&t.s.tx));
	run_jobs(&t, "2025-11-18T07:45+07:00,x0");
	assert_int_equal(count_states(&t, "2025-11-12", DAY_ABSENT, &rows), 0); /* not in use yet */
	assert_int_equal(rows, 0);
	assert_int_equal(count_states(&t, "2025-11-13", DAY_ABSENT, &rows), 1);
	assert_int_equal(count_states(&t, "2025-11-14", DAY_ABSENT, &rows), 1);
	assert_int_equal(count_states(&t, "2025-11-16", DAY_OFF_WORK, &rows), 1);
	assert_int_equal(count_states(&t, "2025-11-17", DAY_ABSENT, &rows), 1);
	assert_int_equal(count_states(&t, "2025-11-18", DAY_EXPECTED, &rows), 1);
	must(attendance_load_opened(&t.s.tx, day_of("2025-11-15"), &opened_at, &settled_at));
	assert_int_equal(opened_at, at("11-18 07:45"));
	test_store_close(&t.s);
}

/* ---- a random month ---- */

static enum err commit_here(void *owner, erasing_write write, void *arg)
{
	struct town *t = owner;
	enum err e = write(&t->s.tx, arg);

	test_store_project(&t->s);
	return e;
}

static int64_t count_positions(struct town *t)
{
	int64_t count = -1;

	must(db_load(&t->s.tx, &COUNT_POSITIONS, BIND(db_int(t->s.tx.government.v)),
		INTO(to_int64(&count))));
	return count;
}

#define PEOPLE 24
#define PAGE   100
#define FIRST  "2025-11-03"
#define DAYS   28
#define SEED   UINT64_C(20251103)

static struct chance chance;

struct event {
	struct employee_id who;
	struct punch punch;
};

static int compare_events(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	return (x->punch.received_at > y->punch.received_at) -
	       (x->punch.received_at < y->punch.received_at);
}

/* Sometimes hours or days without signal, sometimes a wrong clock, sometimes outside. */
static struct punch random_punch(enum direction direction, int64_t instant)
{
	static uint64_t event = 1000;
	int64_t delay = chance_below(&chance, 5)
				? (int64_t)chance_below(&chance, 20) * 1000
				: (int64_t)chance_below(&chance, 60 * 60 * 50) * 1000;
	int64_t clock = chance_below(&chance, 8)
				? 0
				: (int64_t)chance_below(&chance, 7200000) - 3600000;
	struct punch p = make_punch(event++, direction, instant + delay, instant + clock);

	if (chance_below(&chance, 3) == 0)
		p.offset_ms = -clock;
	p.point = chance_below(&chance, 6) ? p.point : (struct geo_point){LAT_E7 + 300000, LON_E7};
	p.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&p);
	p.punch_day = instant_day(attendance_claimed_at(&p), ZONE_WIB);
	return p;
}

static int add_random_events(
	const struct employee_id *who, bool is_nurse, int32_t day, struct event *event)
{
	int start = is_nurse ? 1200 : 450, length = is_nurse ? 720 : 510, n = 0;

	if (is_nurse && (day - day_of(FIRST)) % 2)
		return 0;
	if (chance_below(&chance, 10)) {
		event[n].who = *who;
		event[n++].punch = random_punch(
			IN, instant_of(day, start - 30 + (int)chance_below(&chance, 60), ZONE_WIB));
	}
	if (chance_below(&chance, 8)) {
		event[n].who = *who;
		event[n++].punch = random_punch(
			OUT, instant_of(day, start + length - 20 + (int)chance_below(&chance, 240),
				     ZONE_WIB));
	}
	return n;
}

static void open_and_settle(struct town *t, int32_t day)
{
	struct employee_id last;

	set_now(t, instant_of(day, 0, ZONE_WIB));
	must(attendance_open_day(&t->s.tx, day, (struct employee_id){0}, PAGE, &last));
	end_batch(t);
	set_now(t, instant_of(day, 270, ZONE_WIB));
	for (int32_t before = day - 7; before < day; before++)
		must(attendance_settle_day(&t->s.tx, before, (struct employee_id){0}, PAGE, &last));
	end_batch(t);
}

static void play_month(struct town *t, struct event *event, int events)
{
	int32_t day = day_of(FIRST), end = day + DAYS + 8;
	int next = 0;

	for (; day < end; day++) {
		open_and_settle(t, day);
		while (next < events &&
			event[next].punch.received_at < instant_of(day + 1, 0, ZONE_WIB)) {
			enum receipt_status status;

			set_now(t, event[next].punch.received_at);
			must(attendance_add_punch(
				&t->s.tx, event[next].who, &event[next].punch, &status));
			if (chance_below(&chance, 4) == 0)
				end_batch(t);
			next++;
		}
		end_batch(t);
	}
	assert_int_equal(next, events);
}

static int64_t count_rows(struct town *t, struct attendance_day *ret, int max)
{
	int64_t total = 0;

	for (int32_t day = day_of(FIRST); day < day_of(FIRST) + DAYS; day++) {
		int count;

		must(attendance_list_day(&t->s.tx, day, (struct employee_id){0}, ret + total,
			max - (int)total, &count));
		total += count;
	}
	return total;
}

static void test_random_month_is_rebuilt_the_same(void **state)
{
	static struct event event[PEOPLE * DAYS * 2];
	static struct attendance_day before[PEOPLE * DAYS], after[PEOPLE * DAYS];
	struct employee_id who[PEOPLE];
	struct town t;
	int64_t rows, wrong;
	int events = 0, seen[6] = {0};

	(void)state;
	chance.state = SEED;
	open_town(&t, "11-03 00:00");
	db_register(test_stmts, COUNT_OF(test_stmts));
	for (int i = 0; i < PEOPLE; i++) {
		who[i] = add_person(&t, i, i % 3 ? t.unit : t.ward, "2025-01-01");
		if (i % 6 == 0)
			assign_night(&t, who[i]);
	}
	must(org_place(
		&t.s.tx, who[1], t.ward, "Pelaksana", PELAKSANA, "SK", day_of("2025-11-17")));
	must(org_set_status(&t.s.tx, who[2], STATUS_ANNUAL_LEAVE, day_of("2025-11-10"),
		day_of("2025-11-14"), "CUTI"));
	must(org_set_status(&t.s.tx, who[4], STATUS_OUTSIDE_DUTY, day_of("2025-11-18"),
		day_of("2025-11-20"), "ST"));
	end_batch(&t);
	for (int i = 0; i < PEOPLE; i++)
		for (int d = 0; d < DAYS; d++)
			events += add_random_events(
				&who[i], i % 6 == 0, day_of(FIRST) + d, event + events);
	qsort(event, (size_t)events, sizeof(event[0]), compare_events);
	play_month(&t, event, events);

	rows = count_rows(&t, before, COUNT_OF(before));
	assert_int_equal(rows, PEOPLE * DAYS);
	for (int i = 0; i < rows; i++)
		seen[before[i].state]++;
	assert_true(seen[DAY_PRESENT] && seen[DAY_COMPLETE] && seen[DAY_ABSENT] &&
		    seen[DAY_LEAVE] && seen[DAY_OFF_WORK]);

	must(attendance_rebuild(&t.s.tx, day_of(FIRST), day_of(FIRST) + DAYS - 1, &wrong));
	assert_int_equal(wrong, 0);

	/* rows that were lost or altered come back as they were */
	must(attendance_end_day(&t.s.tx, before[10].employee, before[10].day));
	after[0] = before[20];
	after[0].late_minutes += 7;
	after[0].state = DAY_LEAVE;
	must(attendance_set_day(&t.s.tx, &after[0]));
	must(attendance_rebuild(&t.s.tx, day_of(FIRST), day_of(FIRST) + DAYS - 1, &wrong));
	assert_int_equal(wrong, 2);
	assert_int_equal(count_rows(&t, after, COUNT_OF(after)), rows);
	for (int i = 0; i < rows; i++)
		assert_true(attendance_day_equal(&before[i], &after[i]));

	/* nor does it change anything that where they were is no longer known */
	struct erasing_total total;

	assert_in_range(count_positions(&t), 1, events);
	set_now(&t, at("11-03 02:00") + 120 * MS_PER_DAY);
	must(attendance_erase_due(&t.s.tx, commit_here, &t, &total));
	assert_int_equal(total.erased, events);
	assert_int_equal(count_positions(&t), 0);
	must(attendance_rebuild(&t.s.tx, day_of(FIRST), day_of(FIRST) + DAYS - 1, &wrong));
	assert_int_equal(wrong, 0);
	test_store_close(&t.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_journal_takes_an_event_once),
		cmocka_unit_test(test_post_answers_every_event_in_order),
		cmocka_unit_test(test_day_is_civil_where_the_person_works),
		cmocka_unit_test(test_night_belongs_to_the_day_it_starts),
		cmocka_unit_test(test_windows_meet),
		cmocka_unit_test(test_tomorrow_cannot_be_punched_today),
		cmocka_unit_test(test_days_open_once_and_settle),
		cmocka_unit_test(test_tick_opens_and_settles_each_day_once),
		cmocka_unit_test(test_status_changes_the_day),
		cmocka_unit_test(test_sheet_forgets_what_was_taken_back),
		cmocka_unit_test(test_sheet_follows_facts_of_the_same_batch),
		cmocka_unit_test(test_jobs_open_settle_and_refold),
		cmocka_unit_test(test_days_slept_through_are_opened_and_settled),
		cmocka_unit_test(test_random_month_is_rebuilt_the_same),
	};

	return TEST_STORE_RUN(tests);
}
