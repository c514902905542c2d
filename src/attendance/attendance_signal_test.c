/*
 * The night's look at signed events beside their history, on both engines, by the program's own
 * jobs: marks are added once, a verdict that now asks a person asks him, and late arrivals are
 * looked at, too. security 1.7; UU 27/2022 art. 10.
 */
#include "attendance/attendance_confirmation_int.h"
#include "attendance/attendance_device.h"
#include "attendance/attendance_office.h"
#include "attendance/attendance_parameter.h"
#include "attendance/attendance_signal_int.h"

#include "attendance/attendance_test_key.h"
#include "attendance/attendance_test_time.h"
#include "calendar/calendar.h"
#include "org/org_rows.h"
#include "platform/clock.h"
#include "platform/committer.h"
#include "platform/test_store.h"
#include "roster/roster.h"

#include <unistd.h>

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_limits_slice, &attendance_devices_slice,
	&attendance_evidence_slice, &attendance_parameters_slice, &attendance_confirmations_slice,
	&attendance_signals_slice, &attendance_office_slice, &attendance_kiosk_slice,
	&attendance_network_slice, &trust_slice};

enum { ANI, BUDI, CICI, DEDI, EKA, FANI, PEOPLE };

struct phone {
	struct employee_id owner;
	struct test_key key;
	uint8_t id[DEVICE_ID_BYTES];
	int64_t seq;
	struct hash head;
};

struct office {
	struct test_store s;
	struct unit_id unit;
	struct phone phone[PEOPLE];
	struct uuid last[PEOPLE]; /* event of the last morning */
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

/* ---- a store, and the program's own pool over it ---- */

static struct db_stmt COUNT_UNFINISHED = {"signal_test_count_unfinished",
	"SELECT count(*) FROM platform_job WHERE government_id = $1 AND state <> $2", 0};
static struct db_stmt PURGE = {"signal_test_purge",
	"UPDATE attendance_evidence SET sealed = NULL WHERE government_id = $1 AND employee_id = "
	"$2",
	0};
static struct db_stmt *const test_stmts[] = {&COUNT_UNFINISHED, &PURGE};

static void open_again(struct office *o, enum db_mode mode)
{
	const char *why = "";

	o->s.db = o->s.tx.db = test_store_held.db = db_open(
		test_store_held.fixture->url, mode, &o->s.arena, &why);
	if (!o->s.db)
		fail_msg("%s", why);
}

static void leave(struct office *o)
{
	db_close(o->s.db);
	test_store_held.db = NULL;
}

static bool is_all_done(struct office *o)
{
	int64_t unfinished = -1;

	must(db_begin_read(o->s.db, 5000));
	must(db_load(&o->s.tx, &COUNT_UNFINISHED,
		BIND(db_int(o->s.tx.government.v), db_int(JOB_DONE)), INTO(to_int64(&unfinished))));
	db_rollback(o->s.db);
	return unfinished == 0;
}

/* Commits, and lets the jobs that the tick of that moment adds be done. */
static void run_tick(struct office *o, const char *now)
{
	const char *why = "",
		   *clock = arena_printf(&o->s.arena, "2025-%.5sT%s+07:00,x0", now, now + 6);
	bool done = false;

	o->s.tx.now_ms = at(now);
	must(attendance_tick_evidence(&o->s.tx, instant_day(o->s.tx.now_ms, ZONE_WIB)));
	test_store_project(&o->s);
	db_rollback(o->s.db);
	leave(o);
	assert_true(clock_set(clock));
	open_again(o, DB_READ);
	must(committer_start(
		test_store_held.fixture->url, slices, COUNT_OF(slices), &o->s.arena, &why));
	assert_true(jobs_start(
		test_store_held.fixture->url, slices, COUNT_OF(slices), &o->s.arena, &why));
	for (int i = 0; i < 24000 && !(done = is_all_done(o)); i++)
		usleep(5000);
	jobs_stop();
	committer_drain();
	leave(o);
	assert_true(done);
	open_again(o, DB_WRITE);
	test_store_begin(&o->s);
}

/* ---- people, phones, events ---- */

static void add_person(struct office *o, int i)
{
	char nip[19];
	const struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = true};
	struct phone *phone = &o->phone[i];
	struct device device = {.label = "Chrome",
		.state = DEVICE_ACTIVE,
		.enrolled_at = at("10-01 08:00"),
		.unit = o->unit,
		.end_reason = ""};
	int64_t id = id_next();

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + i);
	must(org_add_employee(&o->s.tx, &row, day_of("2025-01-06"), DAY_FOREVER, &phone->owner));
	must(org_place(&o->s.tx, phone->owner, o->unit, "Pelaksana", PELAKSANA, "SK",
		day_of("2025-01-06")));
	phone->key = make_test_key();
	memcpy(phone->id, &id, sizeof(id));
	memcpy(device.id, phone->id, sizeof(phone->id));
	memcpy(device.install_id, phone->id, sizeof(phone->id));
	memcpy(device.public_key, phone->key.public, sizeof(device.public_key));
	device.employee = phone->owner;
	must(attendance_add_device(&o->s.tx, &device, nip));
}

static void set_number(struct office *o, enum parameter kind, int32_t value)
{
	const struct parameter_row row = {.kind = kind,
		.value = value,
		.valid_from = day_of("2025-01-06"),
		.valid_to = DAY_FOREVER,
		.legal_basis = "SE",
		.verified_by = ""};

	must(attendance_set_parameter(&o->s.tx, &row));
}

static void open_office(struct office *o)
{
	const struct org_unit agency = {.code = "DINKES",
		.name = "Dinas Kesehatan",
		.kind = UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct org_site site = {.name = "Kantor",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct pattern_id five_days;
	struct site_id site_id;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), at("10-01 08:00"));
	must(org_add_unit(&o->s.tx, &agency, &o->unit));
	site.unit = o->unit;
	must(org_add_site(&o->s.tx, &site, &site_id));
	must(calendar_add_default(&o->s.tx, &five_days));
	for (int i = 0; i < PEOPLE; i++)
		add_person(o, i);
	set_number(o, PARAMETER_SAMPLE_PERCENT, 100); /* no lot: what may be drawn is drawn */
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void close_office(struct office *o)
{
	for (int i = 0; i < PEOPLE; i++)
		EVP_PKEY_free(o->phone[i].key.pair);
	test_store_close(&o->s);
}

/* Signed `at`, received `late_ms` later, with a token of just before. */
static void press(struct office *o, int who, int64_t when, int north_metres, int64_t late_ms)
{
	struct phone *phone = &o->phone[who];
	struct time_token token = attendance_make_token(o->s.tx.government, phone->id, when - 5000);
	struct signed_event e = {.version = 1,
		.type = EVENT_TYPE_IN,
		.employee = phone->owner.v,
		.seq = ++phone->seq,
		.prev = phone->head,
		.token_issued_at = token.issued_at,
		.wall_at = when,
		.point = {LAT_E7 + north_metres * 90, LON_E7},
		.accuracy_cm = 1000,
		.position_at = when,
		.speed_cms = 0,
		.altitude_cm = 70000};
	uint8_t message[11 + EVENT_BYTES_MAX], signature[ES256_SIGNATURE_BYTES];
	struct signed_input in = {.note = "", .countersigned_at = NO_INSTANT};
	struct receipt receipt = {0};
	enum signed_fault fault;
	size_t n;

	memcpy(e.device, phone->id, sizeof(e.device));
	memcpy(e.token, token.id, sizeof(e.token));
	memcpy(message, "luwes/ev/1\n", 11);
	n = attendance_write_event(&e, message + 11);
	test_sign(&phone->key, message, 11 + n, signature);
	in.bytes = (struct bytes){message + 11, n};
	in.signature = (struct bytes){signature, sizeof(signature)};
	phone->head = attendance_event_hash(in.bytes);
	o->s.tx.now_ms = when + 1000 + late_ms;
	must(attendance_record_signed(&o->s.tx, phone->owner, &in, &receipt, &fault));
	assert_int_equal(fault, SIGNED_GOOD);
	o->last[who] = receipt.id;
}

/* Ten working days from Monday the third: what each phone does every morning. */
static const char *const mornings[] = {
	"11-03", "11-04", "11-05", "11-06", "11-07", "11-10", "11-11", "11-12", "11-13", "11-14"};
#define MORNINGS 10

static int64_t morning(int day, int second)
{
	char text[16];

	snprintf(text, sizeof(text), "%s 07:%02d", mornings[day], day * 3);
	return at(text) + second * INT64_C(1000);
}

/* Ani and Budi come together; Cici's point never changes; Dedi's phone stays at the office while he
 * is on leave; Eka has just been 90 km away; Fani is like everybody. */
static void live_ten_days(struct office *o)
{
	must(org_set_status(&o->s.tx, o->phone[DEDI].owner, STATUS_ANNUAL_LEAVE,
		day_of("2025-11-11"), day_of("2025-11-13"), "CT"));
	for (int d = 0; d < MORNINGS; d++) {
		struct employee_id after = {0};

		o->s.tx.now_ms = morning(d, 0) - 7 * 60 * MS_PER_MINUTE;
		must(attendance_open_day(
			&o->s.tx, instant_day(morning(d, 0), ZONE_WIB), after, 500, &after));
		press(o, ANI, morning(d, 0), d, 0);
		press(o, BUDI, morning(d, 8), d + 20, 0);
		press(o, CICI, morning(d, 100), 30, 0);
		press(o, DEDI, morning(d, 200), 40, 0);
		if (d == MORNINGS - 1)
			press(o, EKA, morning(d, 300) - 30 * MS_PER_MINUTE, 90000, 0);
		press(o, EKA, morning(d, 300), d + 50, 0);
		press(o, FANI, morning(d, 400), d + 60, 0);
		test_store_project(&o->s);
	}
}

static struct evidence_row evidence(struct office *o, int who, const char *day)
{
	struct evidence_row row;

	must(attendance_load_evidence(
		&o->s.tx, o->phone[who].owner, day_of(day), &o->last[who], &row));
	return row;
}

static int64_t marks(struct office *o, int who, const char *day)
{
	return evidence(o, who, day).marks & HISTORY_MARKS;
}

static void test_what_history_shows(void **state)
{
	struct office o;
	struct confirmation c, again;

	(void)state;
	open_office(&o);
	live_ten_days(&o);
	for (int i = 0; i < PEOPLE; i++)
		assert_int_equal(marks(&o, i, "2025-11-14"), 0); /* nothing of it at receipt */
	run_tick(&o, "11-15 04:59");
	assert_int_equal(marks(&o, CICI, "2025-11-14"), 0); /* not before five */
	run_tick(&o, "11-15 05:00");
	assert_int_equal(marks(&o, ANI, "2025-11-14"), MARK_BIT(MARK_PAIR_BURST));
	assert_int_equal(marks(&o, BUDI, "2025-11-14"), MARK_BIT(MARK_PAIR_BURST));
	assert_int_equal(marks(&o, CICI, "2025-11-14"), MARK_BIT(MARK_GEO_SAME_SELF));
	assert_int_equal(marks(&o, DEDI, "2025-11-14"),
		MARK_BIT(MARK_GEO_SAME_SELF) | MARK_BIT(MARK_DEVICE_STATIC));
	assert_int_equal(marks(&o, EKA, "2025-11-14"), MARK_BIT(MARK_TELEPORT));
	assert_int_equal(marks(&o, FANI, "2025-11-14"), 0);
	/* score and verdict follow; who is now asked about is asked about once */
	assert_int_equal(evidence(&o, FANI, "2025-11-14").verdict, VERDICT_OK);
	assert_int_equal(evidence(&o, CICI, "2025-11-14").verdict, VERDICT_OK);
	assert_int_equal(evidence(&o, ANI, "2025-11-14").verdict, VERDICT_OK_SAMPLED);
	assert_int_equal(evidence(&o, DEDI, "2025-11-14").score, 60);
	assert_int_equal(evidence(&o, DEDI, "2025-11-14").verdict, VERDICT_NEEDS_CONFIRMATION);
	must(attendance_load_punch_confirmation(
		&o.s.tx, evidence(&o, DEDI, "2025-11-14").punch_id, &c));
	assert_int_equal(c.kind, CONFIRMATION_NEEDED);
	assert_int_equal(c.marks & HISTORY_MARKS, marks(&o, DEDI, "2025-11-14"));
	assert_int_equal(attendance_load_punch_confirmation(
				 &o.s.tx, evidence(&o, FANI, "2025-11-14").punch_id, &again),
		E_NOT_FOUND);
	/* everything looked at once more: nothing new */
	must(attendance_set_signal_run(&o.s.tx, day_of("2025-11-14"), 1));
	run_tick(&o, "11-16 05:00");
	must(attendance_load_confirmation(&o.s.tx, c.id, &again));
	assert_int_equal(again.version, c.version);
	close_office(&o);
}

/* What a phone without a signal brings later is looked at the next morning. */
static void test_late_arrivals(void **state)
{
	struct office o;

	(void)state;
	open_office(&o);
	live_ten_days(&o);
	run_tick(&o, "11-15 05:00");
	press(&o, CICI, at("11-14 16:10"), 30, 20 * 60 * MS_PER_MINUTE);
	test_store_project(&o.s);
	assert_int_equal(marks(&o, CICI, "2025-11-14"), 0);
	run_tick(&o, "11-16 05:00");
	assert_int_equal(marks(&o, CICI, "2025-11-14"), MARK_BIT(MARK_GEO_SAME_SELF));
	close_office(&o);
}

/* Art. 44: what the retention took away is not there to be looked at, and nothing breaks. */
static void test_purged_events_have_no_history(void **state)
{
	struct office o;

	(void)state;
	open_office(&o);
	live_ten_days(&o);
	must(db_exec(&o.s.tx, &PURGE,
		BIND(db_int(o.s.tx.government.v), db_int(o.phone[CICI].owner.v)), NULL));
	run_tick(&o, "11-15 05:00");
	assert_int_equal(marks(&o, CICI, "2025-11-14"), 0);
	assert_int_equal(marks(&o, DEDI, "2025-11-14"),
		MARK_BIT(MARK_GEO_SAME_SELF) | MARK_BIT(MARK_DEVICE_STATIC));
	close_office(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_history_shows),
		cmocka_unit_test(test_late_arrivals),
		cmocka_unit_test(test_purged_events_have_no_history),
	};

	db_register(test_stmts, COUNT_OF(test_stmts));
	return TEST_STORE_RUN(tests);
}
