/*
 * Where somebody was: sealed while it may be needed, taken out afterwards, and the day stays what
 * it was judged. UU 27/2022 art. 16 (2) g and 42-44 (erased when no longer needed, never while a
 * case needs it), art. 10 (who may still object keeps his evidence), art. 35 and 39 (sealed).
 */
#include "attendance/attendance_retention_int.h"

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_correction.h"
#include "attendance/attendance_hold.h"
#include "attendance/attendance_parameter.h"
#include "attendance/attendance_position.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_test_time.h"
#include "org/org_case.h"
#include "org/org_rows.h"
#include "platform/clock.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_corrections_slice,
	&attendance_confirmations_slice, &attendance_signals_slice, &attendance_limits_slice,
	&attendance_parameters_slice, &attendance_checks_slice, &attendance_evidence_slice,
	&attendance_retention_slice, &attendance_holds_slice, &trust_slice};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

/* ---- rules ---- */

static void test_nobody_loses_it_while_he_may_object(void **state)
{
	static const struct {
		int set, correction_days, kept;
	} cases[] = {{45, 5, 45}, {60, 5, 60}, {1, 0, 1}, {1, 5, 10}, {20, 10, 20}, {20, 15, 30}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct parameters numbers = attendance_default_parameters();

		numbers.of[PARAMETER_POSITION_DAYS] = cases[i].set;
		assert_int_equal(attendance_position_days(&numbers, cases[i].correction_days),
			cases[i].kept);
	}
}

static void test_when_it_is_due(void **state)
{
	static const struct {
		const char *because, *punch_day, *received, *today;
		bool is_due;
	} cases[] = {
		{"the last day it is kept", "2025-11-13", "2025-11-13", "2025-12-28", false},
		{"the day after", "2025-11-13", "2025-11-13", "2025-12-29", true},
		{"came weeks later: the day counts", "2025-11-13", "2025-12-28", "2025-12-29",
			true},
		{"a clock set ahead: its receipt counts", "2026-11-13", "2025-11-13", "2025-12-29",
			true},
		{"a clock set ahead, received of late", "2026-11-13", "2025-12-01", "2025-12-29",
			false},
		{"a clock that went back", "2025-11-13", "2025-11-13", "2024-01-01", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (attendance_is_position_due(day_of(cases[i].punch_day),
			    day_of(cases[i].received), day_of(cases[i].today),
			    45) != cases[i].is_due)
			fail_msg("%s", cases[i].because);
}

/* ---- bytes ---- */

static struct signed_event example_event(const uint8_t *proof, size_t proof_n)
{
	struct signed_event e = {.version = 1,
		.type = EVENT_TYPE_IN,
		.employee = 7,
		.seq = 3,
		.wall_at = 1763000000000,
		.point = {LAT_E7, LON_E7},
		.accuracy_cm = 1200,
		.position_at = 1763000000000,
		.speed_cms = 3,
		.altitude_cm = 70000,
		.position_error = POSITION_OK,
		.proof_type = proof_n ? PROOF_DISPLAY : PROOF_NONE,
		.proof = {proof, proof_n}};

	memset(e.chance, 0x5a, sizeof(e.chance));
	memset(e.build, 0xb1, sizeof(e.build));
	return e;
}

static void test_an_event_loses_its_place_alone(void **state)
{
	static const uint8_t proof[EVENT_PROOF_MAX] = {1, 2, 3};
	static const size_t proofs[] = {0, 1, 26, EVENT_PROOF_MAX};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(proofs); i++) {
		struct signed_event before = example_event(proof, proofs[i]), after;
		uint8_t bytes[EVENT_BYTES_MAX], kept[EVENT_BYTES_MAX];
		size_t n = attendance_write_event(&before, bytes);
		struct hash hash = attendance_event_hash((struct bytes){bytes, n}), erased;

		memcpy(kept, bytes, n);
		assert_false(attendance_is_event_erased((struct bytes){bytes, n}));
		assert_true(attendance_erase_event(bytes, n));
		assert_true(attendance_is_event_erased((struct bytes){bytes, n}));
		erased = attendance_event_hash((struct bytes){bytes, n});
		assert_memory_not_equal(erased.b, hash.b, sizeof(hash.b));
		for (size_t at = 0; at < n; at++)
			assert_int_equal(
				bytes[at], (at >= 116 && at < 145) || at >= n - 16 ? 0 : kept[at]);
		assert_int_equal(
			attendance_read_event((struct bytes){bytes, n}, &after), EVENT_GOOD);
		assert_int_equal(after.wall_at, before.wall_at);
		assert_int_equal(after.proof.n, proofs[i]);
		assert_memory_equal(after.build, before.build, sizeof(before.build));
	}
}

/* What cannot be taken apart is not touched: the caller then keeps nothing of it. */
static void test_other_bytes_are_not_guessed(void **state)
{
	struct signed_event e = example_event(NULL, 0);
	uint8_t bytes[EVENT_BYTES_MAX], kept[EVENT_BYTES_MAX];
	size_t n = attendance_write_event(&e, bytes);

	(void)state;
	memcpy(kept, bytes, n);
	for (size_t cut = 0; cut < n; cut++)
		assert_false(attendance_erase_event(bytes, cut));
	assert_false(attendance_erase_event(bytes, n + 1));
	bytes[8] = 2;
	assert_false(attendance_erase_event(bytes, n));
	bytes[8] = 1;
	bytes[147] = 9; /* a proof longer than the event */
	assert_false(attendance_erase_event(bytes, n));
	bytes[147] = 0;
	assert_memory_equal(bytes, kept, n);
}

static void test_a_position_opens_for_its_punch_alone(void **state)
{
	struct arena arena;
	struct punch p = {.punch_id = 11, .point = {LAT_E7, LON_E7}, .accuracy_metres = 17}, q;
	struct bytes sealed;
	uint8_t copy[64];

	(void)state;
	keys_draw();
	arena_init(&arena, 1 << 20);
	sealed = attendance_seal_position(&arena, &p);
	assert_int_equal(sealed.n, 12 + SEAL_OVERHEAD);
	q = (struct punch){.punch_id = 11};
	assert_true(attendance_open_position(sealed, &q));
	assert_int_equal(q.point.lat_e7, LAT_E7);
	assert_int_equal(q.point.lon_e7, LON_E7);
	assert_int_equal(q.accuracy_metres, 17);
	q.punch_id = 12; /* put into another row */
	assert_false(attendance_open_position(sealed, &q));
	assert_int_equal(q.point.lat_e7, NO_COORDINATE);
	memcpy(copy, sealed.p, sealed.n);
	q.punch_id = 11;
	for (size_t i = 0; i < sealed.n; i++) {
		copy[i] ^= 1;
		assert_false(attendance_open_position((struct bytes){copy, sealed.n}, &q));
		copy[i] ^= 1;
	}
	keys_draw(); /* another store's key */
	assert_false(attendance_open_position(sealed, &q));
	p.point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
	assert_int_equal(attendance_seal_position(&arena, &p).n, 0);
	arena_release(&arena);
}

/* ---- the store ---- */

#define ELSEWHERE 460000 /* five kilometres north */

struct office {
	struct test_store s;
	struct unit_id unit, other; /* each has a site, five kilometres apart */
	struct employee_id boss, anna, budi;
	int slices, fail_at; /* fail_at 0: never */
};

static struct unit_id add_unit(struct office *o, const char *code, int north)
{
	struct org_unit unit = {
		.code = code, .name = code, .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	struct org_site site = {.name = code,
		.zone = ZONE_WIB,
		.centre = {LAT_E7 + north, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct site_id site_id;

	must(org_add_unit(&o->s.tx, &unit, &site.unit));
	must(org_add_site(&o->s.tx, &site, &site_id));
	return site.unit;
}

static struct employee_id add_person(struct office *o, int number)
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
	must(org_add_employee(&o->s.tx, &row, day_of("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-01")));
	return id;
}

static struct db_stmt COUNT_PLACED = {"retention_test_count_placed",
	"SELECT count(*) FROM attendance_punch WHERE government_id = $1 AND punch_day = $2"
	" AND (sealed_position IS NOT NULL OR lat_e7 <> 2147483647)",
	0};
static struct db_stmt COUNT_PLAIN = {"retention_test_count_plain",
	"SELECT count(*) FROM attendance_punch WHERE government_id = $1 AND lat_e7 <> 2147483647",
	0};
static struct db_stmt COUNT_JOBS = {"retention_test_count_jobs",
	"SELECT count(*) FROM platform_job WHERE government_id = $1 AND kind = $2", 0};
static struct db_stmt COUNT_LEAVES = {"retention_test_count_leaves",
	"SELECT count(*) FROM trust_leaf WHERE government_id = $1 AND kind = $2", 0};
static struct db_stmt MAKE_PLAIN = {"retention_test_make_plain",
	"UPDATE attendance_punch SET sealed_position = NULL, lat_e7 = $3, lon_e7 = $4,"
	" accuracy_metres = 10 WHERE government_id = $1 AND punch_day = $2",
	0};
static struct db_stmt MARK_PLAIN = {"retention_test_mark_plain",
	"UPDATE attendance_position_day SET is_plain = 1 WHERE government_id = $1"
	" AND punch_day = $2",
	0};
static struct db_stmt LOAD_SEALED = {"retention_test_load_sealed",
	"SELECT sealed_position FROM attendance_punch WHERE government_id = $1 AND punch_id = $2",
	0};

static struct db_stmt *const test_stmts[] = {&COUNT_PLACED, &COUNT_PLAIN, &COUNT_JOBS,
	&COUNT_LEAVES, &MAKE_PLAIN, &MARK_PLAIN, &LOAD_SEALED};

static void open_office(struct office *o, const char *now)
{
	struct pattern_id five_days;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), at(now));
	db_register(test_stmts, COUNT_OF(test_stmts));
	o->unit = add_unit(o, "DINAS", 0);
	o->other = add_unit(o, "BADAN", ELSEWHERE);
	must(calendar_add_default(&o->s.tx, &five_days));
	o->boss = add_person(o, 1);
	o->anna = add_person(o, 2);
	o->budi = add_person(o, 3);
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void set_now(struct office *o, const char *now)
{
	o->s.tx.now_ms = at(now);
}

/* Received when it was made, or later. */
static struct punch punch_at(struct office *o, struct employee_id who, enum direction direction,
	const char *made, const char *received, int north)
{
	static uint64_t event = 1;
	enum receipt_status status;
	struct punch p = {.direction = direction,
		.received_at = at(received),
		.phone_at = at(made),
		.offset_ms = NO_INSTANT,
		.point = {LAT_E7 + north, LON_E7},
		.accuracy_metres = 10,
		.note = "",
		.punch_id = id_next()};

	for (int i = 0; i < 8; i++)
		p.event_id.b[8 + i] = (uint8_t)(event >> (56 - 8 * i));
	event++;
	p.event_id.b[6] = 0x70;
	p.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&p);
	p.punch_day = instant_day(attendance_claimed_at(&p), ZONE_WIB);
	set_now(o, received);
	must(attendance_add_punch(&o->s.tx, who, &p, &status));
	assert_true(status == RECEIPT_ACCEPTED || status == RECEIPT_QUARANTINED);
	return p;
}

static struct punch come(struct office *o, struct employee_id who, const char *when, int north)
{
	return punch_at(o, who, DIRECTION_IN, when, when, north);
}

static void open_day(struct office *o, const char *day)
{
	struct employee_id last;

	must(attendance_open_day(&o->s.tx, day_of(day), (struct employee_id){0}, 1000, &last));
	test_store_project(&o->s);
}

/* Opened as the tick does, and settled the morning after: nothing but the place can then differ. */
static void settle(struct office *o, const char *day)
{
	struct employee_id last;

	open_day(o, day);
	o->s.tx.now_ms = instant_of(day_of(day) + 1, 300, ZONE_WIB);
	must(attendance_settle_day(&o->s.tx, day_of(day), (struct employee_id){0}, 1000, &last));
	test_store_project(&o->s);
}

static int64_t count(struct office *o, struct db_stmt *stmt, struct db_value value)
{
	int64_t n = -1;

	must(db_load(
		&o->s.tx, stmt, BIND(db_int(o->s.tx.government.v), value), INTO(to_int64(&n))));
	return n;
}

static int64_t placed(struct office *o, const char *day)
{
	return count(o, &COUNT_PLACED, db_int(day_of(day)));
}

/* As the committer: a slice that fails leaves nothing. */
static enum err commit(void *owner, erasing_write write, void *arg)
{
	struct office *o = owner;
	enum err e;

	if (o->fail_at && ++o->slices == o->fail_at) {
		(void)write(&o->s.tx, arg);
		db_rollback(o->s.db);
		test_store_begin(&o->s);
		return E_STORE;
	}
	e = write(&o->s.tx, arg);
	test_store_project(&o->s);
	return e;
}

static struct erasing_total erase(struct office *o, const char *now)
{
	struct erasing_total total;

	set_now(o, now);
	must(attendance_erase_due(&o->s.tx, commit, o, &total));
	return total;
}

static struct attendance_day load(struct office *o, struct employee_id who, const char *day)
{
	struct attendance_day row;

	must(attendance_load_day(&o->s.tx, who, day_of(day), &row));
	return row;
}

/* What the store has is what the journal gives. */
static void assert_rebuilds(struct office *o)
{
	int64_t wrong = -1;

	must(attendance_rebuild(&o->s.tx, day_of("2025-11-03"), day_of("2025-11-28"), &wrong));
	assert_int_equal(wrong, 0);
	test_store_project(&o->s);
}

static void test_a_day_is_judged_the_same_before_and_after(void **state)
{
	struct office o;
	struct attendance_day inside, outside;
	struct day_view *view;
	struct erasing_total total;

	(void)state;
	open_office(&o, "11-13 00:10");
	view = ARENA_NEW(&o.s.arena, struct day_view);
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);
	come(&o, o.budi, "11-13 07:21", ELSEWHERE);
	punch_at(&o, o.budi, DIRECTION_OUT, "11-13 16:10", "11-13 16:10", ELSEWHERE);
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	inside = load(&o, o.anna, "2025-11-13");
	outside = load(&o, o.budi, "2025-11-13");
	assert_int_equal(inside.in_place, PLACE_WITHIN);
	assert_int_equal(outside.in_place, PLACE_OUTSIDE);
	assert_int_equal(outside.in_distance, DISTANCE_FAR);
	assert_int_equal(placed(&o, "2025-11-13"), 3);

	total = erase(&o, "12-28 23:59"); /* the last day they are kept */
	assert_int_equal(total.erased, 0);
	assert_int_equal(placed(&o, "2025-11-13"), 3);
	total = erase(&o, "12-29 01:30");
	assert_int_equal(total.erased, 3);
	assert_int_equal(total.days, 1);
	assert_int_equal(placed(&o, "2025-11-13"), 0);
	assert_int_equal(count(&o, &COUNT_LEAVES, db_int(LEAF_PURGE)), 1);

	must(attendance_view_day(&o.s.tx, o.budi, day_of("2025-11-13"), view));
	assert_true(attendance_day_equal(&view->row, &outside));
	assert_int_equal(view->punches, 2);
	assert_non_null(view->punch[0].kept);
	assert_int_equal(view->punch[0].kept->erased_at, o.s.tx.now_ms);
	assert_int_equal(view->punch[0].point.lat_e7, NO_COORDINATE);
	assert_int_equal(view->punch[0].accuracy_metres, 0);
	must(attendance_view_day(&o.s.tx, o.anna, day_of("2025-11-13"), view));
	assert_true(attendance_day_equal(&view->row, &inside));
	assert_rebuilds(&o);
	assert_int_equal(erase(&o, "12-30 01:30").erased, 0); /* nothing is left */
	test_store_close(&o.s);
}

/* The unit of then is what it was judged by; a decree of afterwards accuses nobody. */
static void test_a_decree_after_it_accuses_nobody(void **state)
{
	struct office o;
	struct attendance_day row;

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);         /* at the office of then */
	come(&o, o.budi, "11-13 07:20", ELSEWHERE); /* at what turns out to be his */
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	erase(&o, "12-29 01:30");
	must(org_place(
		&o.s.tx, o.anna, o.other, "Pelaksana", PELAKSANA, "SK", day_of("2025-11-10")));
	must(org_place(
		&o.s.tx, o.budi, o.other, "Pelaksana", PELAKSANA, "SK", day_of("2025-11-10")));
	must(org_touch_generation(&o.s.tx));
	changes_add(o.s.tx.changes, CHANGE_DAY, o.anna.v, day_of("2025-11-13"));
	changes_add(o.s.tx.changes, CHANGE_DAY, o.budi.v, day_of("2025-11-13"));
	test_store_project(&o.s);
	row = load(&o, o.anna, "2025-11-13");
	assert_int_equal(row.unit.v, o.other.v);
	assert_int_equal(row.in_place, PLACE_WITHIN);
	row = load(&o, o.budi, "2025-11-13");
	assert_int_equal(row.in_place, PLACE_UNKNOWN);
	assert_int_equal(row.flags & DAY_PLACE_OUTSIDE, 0);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static struct hold hold_of(struct office *o, struct employee_id who, const char *day)
{
	struct hold hold = {.employee = who,
		.first_day = day_of(day),
		.last_day = day_of(day),
		.reason = "Pemeriksaan Inspektorat",
		.letter = "700/1/2025",
		.set_by = o->boss};

	must(attendance_set_hold(&o->s.tx, &hold));
	test_store_project(&o->s);
	return hold;
}

/* Art. 43: not while a case needs it. */
static void test_a_hold_keeps_it(void **state)
{
	struct office o;
	struct hold hold;
	struct erasing_total total;

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);
	come(&o, o.budi, "11-13 07:20", 0);
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	set_now(&o, "12-01 09:00");
	hold = hold_of(&o, o.anna, "2025-11-13");
	total = erase(&o, "12-29 01:30");
	assert_int_equal(total.erased, 1);
	assert_int_equal(total.held, 1);
	assert_int_equal(placed(&o, "2025-11-13"), 1);
	total = erase(&o, "12-30 01:30"); /* looked at every night */
	assert_int_equal(total.erased, 0);
	assert_int_equal(total.held, 1);
	must(attendance_lift_hold(&o.s.tx, &hold, o.boss, "Selesai diperiksa"));
	assert_int_equal(
		attendance_lift_hold(&o.s.tx, &hold, o.boss, "Selesai diperiksa"), E_CONFLICT);
	test_store_project(&o.s);
	total = erase(&o, "12-31 01:30");
	assert_int_equal(total.erased, 1);
	assert_int_equal(total.held, 0);
	assert_int_equal(placed(&o, "2025-11-13"), 0);
	assert_int_equal(count(&o, &COUNT_LEAVES, db_int(LEAF_HOLD)), 2);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static void test_a_hold_has_days_gone_by(void **state)
{
	static const struct {
		const char *first, *last, *pointer;
	} cases[] = {
		{"2025-11-10", "2025-11-13", NULL},
		{"2025-11-13", "2025-11-13", NULL},
		{"2025-11-13", "2025-11-12", "/last_day"},
		{"2025-11-13", "2025-11-14", "/last_day"},
		{"2024-11-14", "2025-11-13", NULL},
		{"2024-11-12", "2025-11-13", "/last_day"},
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct hold h = {
			.first_day = day_of(cases[i].first), .last_day = day_of(cases[i].last)};
		const char *pointer = attendance_check_hold(&h, day_of("2025-11-13"), &why);

		assert_int_equal(pointer != NULL, cases[i].pointer != NULL);
	}
}

/* Art. 10: what a person said, and nobody has answered yet. */
static void test_what_waits_keeps_it(void **state)
{
	struct office o;
	struct punch anna, budi;
	struct correction c = {.day = day_of("2025-11-13"),
		.kind = CORRECTION_PLACE,
		.cause = CAUSE_PLACE,
		.reason = "Saya di kantor.",
		.file_sha256 = "",
		.file_name = "",
		.decision = ""};

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	anna = come(&o, o.anna, "11-13 07:20", ELSEWHERE);
	budi = come(&o, o.budi, "11-13 07:20", ELSEWHERE);
	come(&o, o.boss, "11-13 07:20", 0);
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	c.employee = c.entered_by = o.anna;
	c.unit = o.unit;
	c.punch_day = anna.punch_day;
	c.punch_id = anna.punch_id;
	c.stated_at = anna.phone_at;
	c.event_id.b[0] = 1;
	must(attendance_ask_correction(&o.s.tx, &c));
	must(attendance_ask_confirmation(
		&o.s.tx, o.budi, &budi, CONFIRMATION_NEEDED, 1 << MARK_GEO_SAME_SELF));
	test_store_project(&o.s);
	assert_int_equal(erase(&o, "12-29 01:30").held, 2);
	assert_int_equal(placed(&o, "2025-11-13"), 2);
	must(attendance_settle_correction(
		&o.s.tx, &c, true, o.boss, (struct employee_id){0}, "Benar di kantor"));
	test_store_project(&o.s);
	assert_int_equal(erase(&o, "12-30 01:30").held, 1);
	assert_int_equal(placed(&o, "2025-11-13"), 1);
	assert_int_equal(load(&o, o.anna, "2025-11-13").in_place, PLACE_WITHIN);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

/* A late decree over a decided day: the officer has not said yet which placement judges it. */
static void test_an_open_case_keeps_it(void **state)
{
	struct office o;
	struct punch p;
	struct correction c = {.day = day_of("2025-11-13"),
		.kind = CORRECTION_PLACE,
		.cause = CAUSE_PLACE,
		.reason = "Saya di kantor.",
		.file_sha256 = "",
		.file_name = "",
		.decision = ""};
	struct org_decree decree = {.kind = CASE_PLACEMENT,
		.number = "821/1/2025",
		.from = day_of("2025-11-10"),
		.to = DAY_FOREVER,
		.position = "Pelaksana",
		.level = PELAKSANA};
	int64_t case_id = 0;
	int days;

	(void)state;
	org_add_decided_source(attendance_list_decided);
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	p = come(&o, o.anna, "11-13 07:20", ELSEWHERE);
	test_store_project(&o.s);
	c.employee = c.entered_by = o.anna;
	c.unit = o.unit;
	c.punch_day = p.punch_day;
	c.punch_id = p.punch_id;
	c.stated_at = p.phone_at;
	c.event_id.b[0] = 1;
	must(attendance_ask_correction(&o.s.tx, &c));
	must(attendance_settle_correction(
		&o.s.tx, &c, true, o.boss, (struct employee_id){0}, "Benar di kantor"));
	test_store_project(&o.s);
	decree.employee = o.anna;
	decree.unit = o.other;
	set_now(&o, "12-10 09:00");
	must(org_open_case(&o.s.tx, &decree, o.boss, &case_id, &days));
	assert_true(case_id != 0);
	test_store_project(&o.s);
	assert_int_equal(erase(&o, "12-29 01:30").held, 1);
	assert_int_equal(placed(&o, "2025-11-13"), 1);
	test_store_close(&o.s);
}

/* A night shift's way out lies on the next civil day and goes with the shift's. */
static void test_the_civil_day_after_a_held_one_is_kept(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);
	come(&o, o.anna, "11-14 07:20", 0);
	come(&o, o.anna, "11-17 07:20", 0);
	test_store_project(&o.s);
	open_day(&o, "2025-11-14");
	open_day(&o, "2025-11-17");
	set_now(&o, "12-01 09:00");
	hold_of(&o, o.anna, "2025-11-13");
	erase(&o, "01-20 01:30"); /* of 2025: a clock that went back takes nothing out */
	assert_int_equal(placed(&o, "2025-11-17"), 1);
	o.s.tx.now_ms = at("11-13 01:30") + 90 * MS_PER_DAY;
	must(attendance_erase_due(&o.s.tx, commit, &o, &(struct erasing_total){0}));
	assert_int_equal(placed(&o, "2025-11-13"), 1);
	assert_int_equal(placed(&o, "2025-11-14"), 1);
	assert_int_equal(placed(&o, "2025-11-17"), 0);
	test_store_close(&o.s);
}

static void set_days(struct office *o, int days, const char *from)
{
	struct parameter_row row = {.id = id_next(),
		.kind = PARAMETER_POSITION_DAYS,
		.value = days,
		.valid_from = day_of(from),
		.valid_to = DAY_FOREVER,
		.legal_basis = "contoh",
		.verified_by = ""};

	must(attendance_set_parameter(&o->s.tx, &row));
	test_store_project(&o->s);
}

/* Weeks without signal: what comes about a day gone through opens it again. */
static void test_what_comes_late_is_found(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, "11-13 00:10");
	set_days(&o, 20, "2025-11-13");
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	assert_int_equal(erase(&o, "12-04 01:30").erased, 1);
	assert_int_equal(erase(&o, "12-04 02:00").erased, 0);
	punch_at(&o, o.budi, DIRECTION_IN, "11-13 07:25", "12-04 09:00", ELSEWHERE);
	test_store_project(&o.s);
	assert_int_equal(load(&o, o.budi, "2025-11-13").in_place, PLACE_OUTSIDE);
	assert_int_equal(placed(&o, "2025-11-13"), 1);
	assert_int_equal(erase(&o, "12-05 01:30").erased, 1);
	assert_int_equal(placed(&o, "2025-11-13"), 0);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

/* A clock a year ahead: the position leaves with its receipt, not in a year. */
static void test_a_claim_of_next_year_is_found(void **state)
{
	struct office o;
	struct punch p;

	(void)state;
	open_office(&o, "01-13 00:10");
	open_day(&o, "2025-01-13");
	p = punch_at(&o, o.anna, DIRECTION_IN, "12-13 07:20", "01-13 07:20", 0);
	assert_true(p.flags & PUNCH_QUARANTINED);
	test_store_project(&o.s);
	assert_int_equal(placed(&o, "2025-12-13"), 1);
	assert_int_equal(erase(&o, "02-27 01:30").erased, 0);
	assert_int_equal(erase(&o, "02-28 01:30").erased, 1);
	assert_int_equal(placed(&o, "2025-12-13"), 0);
	test_store_close(&o.s);
}

#define CROWD 230 /* two slices and a bit */

/* Interrupted between any two slices it goes on where it was. */
static void test_a_slice_that_fails_leaves_nothing(void **state)
{
	struct office o;
	struct erasing_total total;
	int64_t left;

	(void)state;
	open_office(&o, "11-13 00:10");
	for (int i = 0; i < CROWD; i++)
		come(&o, add_person(&o, 100 + i), "11-13 07:20", 0);
	must(org_touch_generation(&o.s.tx));
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	assert_int_equal(placed(&o, "2025-11-13"), CROWD);
	for (int i = 2; i <= 6; i++) {
		o.slices = 0;
		o.fail_at = i;
		set_now(&o, "12-29 01:30");
		left = placed(&o, "2025-11-13");
		if (attendance_erase_due(&o.s.tx, commit, &o, &total) == OK)
			break;
		left -= placed(&o, "2025-11-13");
		assert_true(left % 100 == 0 || left % 100 == CROWD % 100);
	}
	o.fail_at = 0;
	erase(&o, "12-29 01:40");
	assert_int_equal(placed(&o, "2025-11-13"), 0);
	assert_int_equal(count(&o, &COUNT_LEAVES, db_int(LEAF_PURGE)), 3);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

/* What was promised on the day is kept, whatever is promised later. */
static void test_the_number_of_the_day_rules(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);
	set_days(&o, 20, "2025-11-14");
	come(&o, o.anna, "11-14 07:20", 0);
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	settle(&o, "2025-11-14");
	assert_int_equal(erase(&o, "12-04 01:30").erased, 0);
	assert_int_equal(erase(&o, "12-05 01:30").erased, 1);
	assert_int_equal(placed(&o, "2025-11-14"), 0);
	assert_int_equal(placed(&o, "2025-11-13"), 1);
	assert_int_equal(erase(&o, "12-29 01:30").erased, 1);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static void add_evidence(
	struct office *o, struct employee_id who, const struct punch *p, int version)
{
	uint8_t bytes[EVENT_BYTES_MAX], signature[ES256_SIGNATURE_BYTES] = {7};
	struct signed_event event = example_event(NULL, 0);
	struct evidence_parts parts = {.signature = {signature, sizeof(signature)}};
	struct bytes run;
	struct evidence_row row = {.employee = who,
		.punch_day = p->punch_day,
		.event_id = p->event_id,
		.seq = 3,
		.punch_id = p->punch_id,
		.received_at = p->received_at};

	event.version = (uint8_t)version;
	parts.bytes = (struct bytes){bytes, attendance_write_event(&event, bytes)};
	row.hash = attendance_event_hash(parts.bytes);
	run = attendance_join_evidence(&o->s.arena, &parts);
	row.sealed = keys_seal(&o->s.arena, EVIDENCE_PURPOSE, p->punch_id, run.p, run.n);
	must(attendance_add_evidence(&o->s.tx, &row));
}

static struct evidence_parts load_parts(struct office *o, struct employee_id who,
	const struct punch *p, struct evidence_row *ret_row)
{
	struct evidence_parts parts;
	uint8_t *run;

	must(attendance_load_evidence(&o->s.tx, who, p->punch_day, &p->event_id, ret_row));
	assert_true(ret_row->sealed.n > SEAL_OVERHEAD);
	run = arena_alloc(&o->s.arena, ret_row->sealed.n);
	assert_true(keys_unseal(EVIDENCE_PURPOSE, p->punch_id, ret_row->sealed, run));
	assert_true(attendance_split_evidence(
		(struct bytes){run, ret_row->sealed.n - SEAL_OVERHEAD}, &parts));
	return parts;
}

/* Hash, signature and every other byte stay; what cannot be taken apart goes as a whole. */
static void test_evidence_loses_its_place(void **state)
{
	struct office o;
	struct punch known, strange;
	struct evidence_row row;
	struct evidence_parts parts;
	struct signed_event event;
	struct hash hash;

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	known = come(&o, o.anna, "11-13 07:20", 0);
	strange = come(&o, o.budi, "11-13 07:20", 0);
	add_evidence(&o, o.anna, &known, 1);
	add_evidence(&o, o.budi, &strange, 2);
	test_store_project(&o.s);
	parts = load_parts(&o, o.anna, &known, &row);
	hash = row.hash;
	assert_false(attendance_is_event_erased(parts.bytes));
	assert_true(attendance_open_evidence(&o.s.arena, row.sealed, row.punch_id, &parts));
	assert_false(attendance_open_evidence(&o.s.arena, row.sealed, row.punch_id + 1, &parts));
	assert_int_equal(erase(&o, "12-29 01:30").erased, 4);
	parts = load_parts(&o, o.anna, &known, &row);
	assert_true(attendance_is_event_erased(parts.bytes));
	assert_int_equal(parts.signature.p[0], 7);
	/* no bundle is made of it and no signal: its hash is another, and its zeros no place */
	assert_false(attendance_open_evidence(
		&o.s.arena, row.sealed, row.punch_id, &(struct evidence_parts){0}));
	assert_memory_equal(row.hash.b, hash.b, sizeof(hash.b));
	assert_int_equal(attendance_read_event(parts.bytes, &event), EVENT_GOOD);
	assert_int_equal(event.point.lat_e7, 0);
	must(attendance_load_evidence(&o.s.tx, o.budi, strange.punch_day, &strange.event_id, &row));
	assert_int_equal(row.sealed.n, 0);
	assert_int_equal(erase(&o, "12-30 01:30").erased, 0);
	test_store_close(&o.s);
}

/* A store of before: plain positions judge, and are sealed in slices. */
static void test_what_was_plain_is_sealed(void **state)
{
	struct office o;
	struct day_view *view;
	int64_t sealed, unopened;

	(void)state;
	open_office(&o, "11-13 00:10");
	view = ARENA_NEW(&o.s.arena, struct day_view);
	for (int i = 0; i < 2 * CROWD; i++)
		come(&o, add_person(&o, 100 + i), "11-13 07:20", ELSEWHERE);
	come(&o, o.anna, "11-14 07:20", ELSEWHERE);
	must(org_touch_generation(&o.s.tx));
	test_store_project(&o.s);
	settle(&o, "2025-11-13");
	settle(&o, "2025-11-14");
	for (int32_t day = day_of("2025-11-13"); day <= day_of("2025-11-14"); day++) {
		must(db_exec(&o.s.tx, &MAKE_PLAIN,
			BIND(db_int(o.s.tx.government.v), db_int(day), db_int(LAT_E7 + ELSEWHERE),
				db_int(LON_E7)),
			NULL));
		must(db_exec(&o.s.tx, &MARK_PLAIN, BIND(db_int(o.s.tx.government.v), db_int(day)),
			NULL));
	}
	test_store_project(&o.s);
	assert_rebuilds(&o);
	must(attendance_seal_plain(commit, &o, &sealed));
	assert_int_equal(sealed, 2 * CROWD + 1);
	must(db_load(
		&o.s.tx, &COUNT_PLAIN, BIND(db_int(o.s.tx.government.v)), INTO(to_int64(&sealed))));
	assert_int_equal(sealed, 0);
	assert_int_equal(placed(&o, "2025-11-13"), 2 * CROWD);
	must(attendance_count_unopened(&o.s.tx, day_of("2025-11-13"), &unopened));
	assert_int_equal(unopened, 0);
	must(attendance_view_day(&o.s.tx, o.anna, day_of("2025-11-14"), view));
	assert_int_equal(view->punch[0].point.lat_e7, LAT_E7 + ELSEWHERE);
	assert_int_equal(view->row.in_place, PLACE_OUTSIDE);
	assert_rebuilds(&o);
	must(attendance_seal_plain(commit, &o, &sealed));
	assert_int_equal(sealed, 0);
	test_store_close(&o.s);
}

/* How many of these the file holds. */
static int count_in_file(const char *path, const struct bytes *wanted, int n)
{
	static uint8_t content[16 * 1024 * 1024];
	FILE *f = fopen(path, "rb");
	size_t bytes;
	int found = 0;

	assert_non_null(f);
	bytes = fread(content, 1, sizeof(content), f);
	assert_true(bytes > 0 && bytes < sizeof(content));
	fclose(f);
	for (int i = 0; i < n; i++)
		found += memmem(content, bytes, wanted[i].p, wanted[i].n) != NULL;
	return found;
}

/* What was taken out is no longer in the file either, where a row once was. */
static void test_nothing_is_left_in_the_pages(void **state)
{
	static struct bytes sealed[CROWD];
	struct office o;
	struct punch p;

	(void)state;
	test_store_engine = DB_SQLITE; /* PostgreSQL overwrites when it vacuums */
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	for (int i = 0; i < CROWD; i++) {
		p = come(&o, add_person(&o, 100 + i), "11-13 07:20", 0);
		must(db_load(&o.s.tx, &LOAD_SEALED,
			BIND(db_int(o.s.tx.government.v), db_int(p.punch_id)),
			INTO(to_bytes(&sealed[i]))));
	}
	test_store_project(&o.s);
	db_rollback(o.s.db);
	db_checkpoint(o.s.db);
	assert_int_equal(count_in_file(test_store_held.fixture->url, sealed, CROWD), CROWD);
	test_store_begin(&o.s);
	erase(&o, "12-29 01:30");
	db_rollback(o.s.db);
	db_checkpoint(o.s.db);
	assert_int_equal(count_in_file(test_store_held.fixture->url, sealed, CROWD), 0);
	test_store_close(&o.s);
}

/* doctor: silent as long as every night was gone through. */
static void test_doctor_sees_what_stays_too_long(void **state)
{
	struct office o;
	int32_t day[4];
	int64_t unopened;
	int days;

	(void)state;
	open_office(&o, "11-13 00:10");
	open_day(&o, "2025-11-13");
	come(&o, o.anna, "11-13 07:20", 0);
	test_store_project(&o.s);
	for (int32_t d = day_of("2025-12-27"); d <= day_of("2026-01-02"); d++) {
		must(attendance_list_overdue(&o.s.tx, day, 4, &days));
		assert_int_equal(days, d > day_of("2026-01-01"));
		o.s.tx.now_ms = instant_of(d, 90, ZONE_WIB);
		must(attendance_set_swept(&o.s.tx, d)); /* nights on which nothing was done */
	}
	assert_int_equal(day[0], day_of("2025-11-13"));
	must(attendance_count_unopened(&o.s.tx, day[0], &unopened));
	assert_int_equal(unopened, 0);
	keys_draw();
	must(attendance_count_unopened(&o.s.tx, day[0], &unopened));
	assert_int_equal(unopened, 1);
	must(attendance_erase_due(&o.s.tx, commit, &o, &(struct erasing_total){0}));
	must(attendance_list_overdue(&o.s.tx, day, 4, &days));
	assert_int_equal(days, 0);
	test_store_close(&o.s);
}

/* ---- nights ---- */

static int64_t nights(struct office *o, const char *now)
{
	set_now(o, now);
	must(attendance_tick(&o->s.tx));
	test_store_project(&o->s);
	return count(o, &COUNT_JOBS, db_text(JOB_ERASE));
}

static void test_each_night_once_and_one_is_let_pass(void **state)
{
	static const struct {
		const char *because, *now;
		int64_t jobs;
	} cases[] = {
		{"before half past one", "11-13 01:29", 0},
		{"the first night of all", "11-13 01:30", 1},
		{"a minute later", "11-13 01:31", 1},
		{"the evening of the same day", "11-13 23:00", 1},
		{"the next night", "11-14 01:30", 2},
		{"the clock went back a day", "11-13 03:00", 2},
		{"and came again", "11-14 03:00", 2},
		{"away over the weekend", "11-17 08:00", 3},
		{"the clock jumped a year: let pass", "12-17 02:00", 3},
		{"still the same day", "12-17 09:00", 3},
		{"back at the right time", "11-18 01:30", 4},
		{"it really is that day, and the next", "12-18 01:30", 5},
	};
	struct office o;

	(void)state;
	open_office(&o, "11-13 00:10");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t jobs = nights(&o, cases[i].now);

		if (jobs != cases[i].jobs)
			fail_msg("%s: %lld", cases[i].because, (long long)jobs);
	}
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest rules[] = {
		cmocka_unit_test(test_nobody_loses_it_while_he_may_object),
		cmocka_unit_test(test_when_it_is_due),
		cmocka_unit_test(test_an_event_loses_its_place_alone),
		cmocka_unit_test(test_other_bytes_are_not_guessed),
		cmocka_unit_test(test_a_position_opens_for_its_punch_alone),
		cmocka_unit_test(test_a_hold_has_days_gone_by),
		cmocka_unit_test(test_nothing_is_left_in_the_pages),
	};
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_a_day_is_judged_the_same_before_and_after),
		cmocka_unit_test(test_a_decree_after_it_accuses_nobody),
		cmocka_unit_test(test_a_hold_keeps_it),
		cmocka_unit_test(test_what_waits_keeps_it),
		cmocka_unit_test(test_an_open_case_keeps_it),
		cmocka_unit_test(test_the_civil_day_after_a_held_one_is_kept),
		cmocka_unit_test(test_what_comes_late_is_found),
		cmocka_unit_test(test_a_claim_of_next_year_is_found),
		cmocka_unit_test(test_a_slice_that_fails_leaves_nothing),
		cmocka_unit_test(test_the_number_of_the_day_rules),
		cmocka_unit_test(test_evidence_loses_its_place),
		cmocka_unit_test(test_what_was_plain_is_sealed),
		cmocka_unit_test(test_doctor_sees_what_stays_too_long),
		cmocka_unit_test(test_each_night_once_and_one_is_let_pass),
	};
	int failed = cmocka_run_group_tests(rules, NULL, NULL);

	return failed + TEST_STORE_RUN(stored);
}
