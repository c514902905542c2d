/*
 * Signed events through the store: taken once, graded, chained, forked, kept apart; and months of
 * phones without a signal, whose people are late only when they came late.
 *
 * PP 94/2021 art. 4 f (obey working hours); UU 27/2022 art. 10 (a person judges). docs/EVIDENCE.md
 * fixes order and bytes.
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_device.h"
#include "attendance/attendance_office.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_test_key.h"
#include "attendance/attendance_test_time.h"
#include "base/chance.h"
#include "org/org_rows.h"
#include "platform/keys.h"
#include "platform/test_store.h"
#include "roster/roster.h"

#include <inttypes.h>

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_limits_slice, &attendance_devices_slice,
	&attendance_evidence_slice, &attendance_parameters_slice, &attendance_confirmations_slice,
	&attendance_office_slice, &attendance_kiosk_slice, &attendance_network_slice, &trust_slice};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

/* ---- a town with phones ---- */

#define KEYS_MAX 16

struct town {
	struct test_store s;
	struct unit_id unit;
	int people;
	EVP_PKEY *key[KEYS_MAX]; /* of its phones */
	int keys;
};

static struct test_key make_key(struct town *t)
{
	struct test_key key = make_test_key();

	assert_true(t->keys < KEYS_MAX);
	t->key[t->keys++] = key.pair;
	return key;
}

static void close_town(struct town *t)
{
	for (int i = 0; i < t->keys; i++)
		EVP_PKEY_free(t->key[i]);
	test_store_close(&t->s);
}

static void open_town(struct town *t, const char *now)
{
	struct pattern_id five_days;
	struct org_site site = {.name = "Kantor",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	const struct org_unit agency = {.code = "DINKES",
		.name = "Dinas Kesehatan",
		.kind = UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct site_id site_id;

	*t = (struct town){0};
	test_store_open(&t->s, slices, COUNT_OF(slices), at(now));
	must(org_add_unit(&t->s.tx, &agency, &t->unit));
	site.unit = t->unit;
	must(org_add_site(&t->s.tx, &site, &site_id));
	must(calendar_add_default(&t->s.tx, &five_days));
	must(org_touch_generation(&t->s.tx));
	test_store_project(&t->s);
}

/* A phone as it is in the pocket of its owner. */
struct phone {
	struct employee_id owner;
	struct test_key key;
	uint8_t id[DEVICE_ID_BYTES];
	int64_t seq;
	struct hash head;
	struct time_token token;
	bool has_token;
	int64_t clock_off; /* of its clock, corrected; 0 when nobody touched it */
};

static struct employee_id add_person(struct town *t)
{
	char nip[19];
	const struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = true};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + ++t->people);
	must(org_add_employee(&t->s.tx, &row, day_of("2025-01-06"), DAY_FOREVER, &id));
	must(org_place(&t->s.tx, id, t->unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-06")));
	return id;
}

static struct phone add_phone(struct town *t, struct employee_id owner, const char *enrolled)
{
	struct phone phone = {.owner = owner, .key = make_key(t)};
	struct device device = {.employee = owner,
		.label = "Chrome",
		.state = DEVICE_ACTIVE,
		.enrolled_at = at(enrolled),
		.unit = t->unit,
		.end_reason = ""};
	int64_t id = id_next();

	memcpy(phone.id, &id, sizeof(id));
	memcpy(device.id, phone.id, sizeof(phone.id));
	memcpy(device.install_id, phone.id, sizeof(phone.id));
	memcpy(device.public_key, phone.key.public, sizeof(device.public_key));
	must(attendance_add_device(&t->s.tx, &device, "198504122021211001"));
	return phone;
}

static void fetch_token(struct town *t, struct phone *phone, int64_t now)
{
	phone->token = attendance_make_token(t->s.tx.government, phone->id, now);
	phone->has_token = true;
}

/* An event the phone made: bytes and signature, as they wait on its disk. */
struct kept {
	uint8_t bytes[EVENT_BYTES_MAX], signature[ES256_SIGNATURE_BYTES];
	size_t n;
};

static struct kept press(struct phone *phone, enum event_type type, int64_t now)
{
	struct signed_event e = {.version = 1,
		.type = (uint8_t)type,
		.employee = phone->owner.v,
		.seq = ++phone->seq,
		.prev = phone->head,
		.wall_at = now + phone->clock_off,
		.point = {LAT_E7, LON_E7},
		.accuracy_cm = 1000,
		.position_at = now + phone->clock_off,
		.speed_cms = UNKNOWN_SPEED,
		.altitude_cm = UNKNOWN_ALTITUDE};
	struct kept kept = {0};
	uint8_t message[11 + EVENT_BYTES_MAX];

	memcpy(e.device, phone->id, sizeof(e.device));
	if (phone->has_token) {
		memcpy(e.token, phone->token.id, sizeof(e.token));
		e.token_issued_at = phone->token.issued_at;
	}
	kept.n = attendance_write_event(&e, kept.bytes);
	memcpy(message, "luwes/ev/1\n", 11);
	memcpy(message + 11, kept.bytes, kept.n);
	test_sign(&phone->key, message, 11 + kept.n, kept.signature);
	phone->head = attendance_event_hash((struct bytes){kept.bytes, kept.n});
	return kept;
}

static struct receipt send_as(struct town *t, struct employee_id who, const struct kept *kept,
	int64_t now, int64_t skew, enum signed_fault expected)
{
	const struct signed_input in = {.bytes = {kept->bytes, kept->n},
		.signature = {kept->signature, sizeof(kept->signature)},
		.note = "",
		.skew_ms = skew,
		.countersigned_at = NO_INSTANT};
	struct receipt receipt = {0};
	enum signed_fault fault;

	t->s.tx.now_ms = now;
	must(attendance_record_signed(&t->s.tx, who, &in, &receipt, &fault));
	assert_int_equal(fault, expected);
	attendance_sign_receipt(&t->s.arena, t->s.tx.government, &receipt);
	return receipt;
}

static struct receipt send(
	struct town *t, const struct phone *phone, const struct kept *kept, int64_t now)
{
	return send_as(t, phone->owner, kept, now, -phone->clock_off, SIGNED_GOOD);
}

static struct attendance_day load(struct town *t, struct employee_id who, const char *day)
{
	struct attendance_day row;

	must(attendance_load_day(&t->s.tx, who, day_of(day), &row));
	return row;
}

static bool has_reason(const struct receipt *r, const char *code)
{
	for (int i = 0; i < r->reason_count; i++)
		if (strcmp(r->reasons[i], code) == 0)
			return true;
	return false;
}

/* ---- one event ---- */

static void test_claim_counts_and_the_receipt_proves(void **state)
{
	struct town t;
	(void)state;
	open_town(&t, "11-10 00:00");
	struct employee_id who = add_person(&t);
	struct phone phone = add_phone(&t, who, "11-03 08:00");
	test_store_project(&t.s);

	fetch_token(&t, &phone, at("11-13 06:50"));
	struct kept in = press(&phone, EVENT_TYPE_IN, at("11-13 07:21"));
	struct receipt first = send(&t, &phone, &in, at("11-13 09:40")); /* no signal until then */
	test_store_project(&t.s);
	assert_int_equal(first.status, RECEIPT_ACCEPTED);
	assert_int_equal(first.time_grade, TIME_CONSISTENT);
	assert_int_equal(first.verdict, VERDICT_OK);
	struct attendance_day row = load(&t, who, "2025-11-13");
	assert_int_equal(row.state, DAY_PRESENT);
	assert_int_equal(row.in_at, at("11-13 07:21"));
	assert_int_equal(row.late_minutes, 0);
	assert_int_equal(row.flags & (DAY_LATE | DAY_LATE_UNCONFIRMED), 0);

	/* the receipt: signed by the store's key, and the leaf it names is the one of the event */
	struct leaf_place leaf;
	struct evidence_row evidence;
	uint8_t payload[PUNCH_LEAF_BYTES];
	assert_true(keys_verify(
		first.key.p, first.receipt.p, first.receipt.n, first.receipt_signature.p));
	must(trust_load_leaf(&t.s.tx, first.log_index, &leaf));
	assert_memory_equal(first.leaf_salt.p, leaf.salt, sizeof(leaf.salt));
	must(attendance_load_evidence(&t.s.tx, who, first.day, &first.id, &evidence));
	attendance_write_punch_leaf(&evidence, payload);
	const struct bytes commitment[] = {{(const uint8_t *)"luwes/leaf/1", 12},
		{leaf.salt, sizeof(leaf.salt)}, {payload, sizeof(payload)}};
	struct hash made = trust_leaf_hash(
		LEAF_PUNCH, evidence.received_at, hash_sha256(commitment, 3));
	assert_memory_equal(made.b, leaf.hash.b, sizeof(made.b));

	/* sealed, and opened again to the same bytes */
	uint8_t run[1024];
	struct evidence_parts parts;
	assert_true(evidence.sealed.n - SEAL_OVERHEAD < sizeof(run));
	assert_true(keys_unseal(EVIDENCE_PURPOSE, evidence.punch_id, evidence.sealed, run));
	assert_true(attendance_split_evidence(
		(struct bytes){run, evidence.sealed.n - SEAL_OVERHEAD}, &parts));
	assert_int_equal(parts.bytes.n, in.n);
	assert_memory_equal(parts.bytes.p, in.bytes, in.n);
	assert_memory_equal(parts.signature.p, in.signature, sizeof(in.signature));

	/* again, after the answer was lost: the same receipt */
	struct receipt again = send(&t, &phone, &in, at("11-13 11:00"));
	assert_int_equal(again.status, RECEIPT_DUPLICATE);
	assert_int_equal(again.punch_id, first.punch_id);
	assert_int_equal(again.received_at, first.received_at);
	assert_int_equal(again.log_index, first.log_index);
	assert_int_equal(again.time_grade, first.time_grade);
	assert_int_equal(again.receipt.n, first.receipt.n);
	assert_memory_equal(again.receipt.p, first.receipt.p, first.receipt.n);
	close_town(&t);
}

/* Twice within one batch: its leaf has an index but no row yet. */
static void test_twice_in_one_batch(void **state)
{
	struct town t;
	(void)state;
	open_town(&t, "11-10 00:00");
	struct phone phone = add_phone(&t, add_person(&t), "11-03 08:00");
	test_store_project(&t.s);
	fetch_token(&t, &phone, at("11-13 07:00"));
	struct kept in = press(&phone, EVENT_TYPE_IN, at("11-13 07:21"));
	struct receipt first = send(&t, &phone, &in, at("11-13 07:21"));
	struct receipt again = send(&t, &phone, &in, at("11-13 07:22"));
	assert_int_equal(first.status, RECEIPT_ACCEPTED);
	assert_int_equal(again.status, RECEIPT_DUPLICATE);
	assert_int_equal(again.log_index, first.log_index);
	assert_memory_equal(again.leaf_salt.p, first.leaf_salt.p, 16);
	test_store_project(&t.s);
	close_town(&t);
}

/* What cannot be his is refused and leaves nothing. */
static void test_refusals(void **state)
{
	struct town t;
	int count;
	struct evidence_row rows[2];
	(void)state;
	open_town(&t, "11-10 00:00");
	struct employee_id who = add_person(&t), other = add_person(&t);
	struct phone phone = add_phone(&t, who, "11-03 08:00");
	struct phone stranger = {.owner = who, .key = make_key(&t)};
	test_store_project(&t.s);
	fetch_token(&t, &phone, at("11-13 07:00"));
	int64_t now = at("11-13 07:21");
	struct kept in = press(&phone, EVENT_TYPE_IN, now), bad = in;
	bad.signature[10] ^= 1;
	send_as(&t, who, &bad, now, 0, SIGNED_BAD_SIGNATURE);
	bad = in;
	bad.bytes[106] ^= 1; /* another time */
	send_as(&t, who, &bad, now, 0, SIGNED_BAD_SIGNATURE);
	bad = in;
	bad.n--;
	send_as(&t, who, &bad, now, 0, SIGNED_MALFORMED);
	send_as(&t, other, &in, now, 0, SIGNED_NOT_HIS);
	bad = press(&stranger, EVENT_TYPE_IN, now);
	send_as(&t, who, &bad, now, 0, SIGNED_UNKNOWN_DEVICE);
	stranger.owner = other;
	memcpy(stranger.id, phone.id, sizeof(phone.id));
	bad = press(&stranger, EVENT_TYPE_IN, now);
	send_as(&t, other, &bad, now, 0, SIGNED_NOT_HIS); /* a device of somebody else */
	must(attendance_list_evidence(&t.s.tx, who, day_of("2025-11-13"), rows, 2, &count));
	assert_int_equal(count, 0);
	close_town(&t);
}

/* ---- grades through the store ---- */

static void test_grades(void **state)
{
	static const struct {
		const char *token, *pressed, *sent; /* token "": none */
		int64_t clock_off, moved;           /* set before the press; moved before sending */
		enum time_grade grade;
		enum evidence_verdict verdict;
		const char *reason; /* one that is given; NULL */
		int late;           /* minutes; -1 unconfirmed */
	} cases[] = {
		{"11-13 07:20", "11-13 07:21", "11-13 07:21:01", 0, 0, TIME_PROVEN, VERDICT_OK,
			NULL, 0},
		{"11-13 06:00", "11-13 07:21", "11-13 09:59", 0, 0, TIME_CONSISTENT, VERDICT_OK,
			NULL, 0},
		{"11-13 06:00", "11-13 07:45", "11-13 09:59", 0, 0, TIME_CONSISTENT, VERDICT_OK,
			NULL, 15},
		{"11-12 16:00", "11-13 07:21", "11-13 10:30", 0, 0, TIME_QUEUED, VERDICT_OK,
			"offline_long", 0},
		{"11-10 06:30", "11-13 07:21", "11-13 10:30", 0, 0, TIME_DOUBTED,
			VERDICT_NEEDS_CONFIRMATION, "offline_long", -1},
		{"", "11-13 07:21", "11-13 09:00", 0, 0, TIME_DOUBTED, VERDICT_NEEDS_CONFIRMATION,
			"token_missing", -1},
		/* set back by an hour, and so it still is when it sends */
		{"11-13 06:00", "11-13 08:10", "11-13 08:10:02", -3600000, 0, TIME_DOUBTED,
			VERDICT_NEEDS_CONFIRMATION, "time_skew", -1},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct town t;
		print_message("case %d\n", i);
		open_town(&t, "11-10 00:00");
		struct employee_id who = add_person(&t);
		struct phone phone = add_phone(&t, who, "11-03 08:00");
		test_store_project(&t.s);
		if (*cases[i].token)
			fetch_token(&t, &phone, at(cases[i].token));
		phone.clock_off = cases[i].clock_off;
		struct kept in = press(&phone, EVENT_TYPE_IN, at(cases[i].pressed));
		struct receipt r = send(&t, &phone, &in, at(cases[i].sent));
		test_store_project(&t.s);
		assert_int_equal(r.time_grade, cases[i].grade);
		assert_int_equal(r.verdict, cases[i].verdict);
		if (cases[i].reason)
			assert_true(has_reason(&r, cases[i].reason));
		struct attendance_day row = load(&t, who, "2025-11-13");
		if (cases[i].late >= 0)
			assert_int_equal(row.late_minutes, cases[i].late);
		else
			assert_true(row.flags & DAY_LATE_UNCONFIRMED);
		assert_int_equal((row.flags & DAY_LATE) != 0, cases[i].late > 0);
		close_town(&t);
	}
}

/* ---- chain ---- */

static void test_gap_then_what_was_missing(void **state)
{
	struct town t;
	(void)state;
	open_town(&t, "11-10 00:00");
	struct employee_id who = add_person(&t);
	struct phone phone = add_phone(&t, who, "11-03 08:00");
	test_store_project(&t.s);
	fetch_token(&t, &phone, at("11-13 07:00"));
	struct kept in = press(&phone, EVENT_TYPE_IN, at("11-13 07:21"));
	struct kept lost = press(&phone, EVENT_TYPE_CHECK, at("11-13 12:00"));
	struct kept out = press(&phone, EVENT_TYPE_OUT, at("11-13 16:01"));
	assert_int_equal(send(&t, &phone, &in, at("11-13 07:22")).reason_count, 0);
	struct receipt gap = send(&t, &phone, &out, at("11-13 16:02"));
	assert_true(has_reason(&gap, "seq_gap"));
	assert_int_equal(gap.status, RECEIPT_ACCEPTED);
	struct receipt late = send(&t, &phone, &lost, at("11-13 16:03"));
	assert_int_equal(late.status, RECEIPT_ACCEPTED);
	assert_false(has_reason(&late, "fork"));
	assert_false(has_reason(&late, "seq_gap"));
	test_store_project(&t.s);
	struct attendance_day row = load(&t, who, "2025-11-13");
	assert_int_equal(row.state, DAY_COMPLETE);
	assert_int_equal(row.out_at, at("11-13 16:01"));
	close_town(&t);
}

/* A copied phone: the same number twice, both kept and both marked; so is what each goes on with.
 */
static void test_fork(void **state)
{
	struct town t;
	struct evidence_row rows[8];
	int count;
	(void)state;
	open_town(&t, "11-10 00:00");
	struct employee_id who = add_person(&t);
	struct phone phone = add_phone(&t, who, "11-03 08:00");
	test_store_project(&t.s);
	fetch_token(&t, &phone, at("11-13 07:00"));
	struct kept first = press(&phone, EVENT_TYPE_IN, at("11-12 07:21"));
	send(&t, &phone, &first, at("11-12 07:21"));
	struct phone copy = phone;
	struct kept a = press(&phone, EVENT_TYPE_IN, at("11-13 07:21"));
	struct kept b = press(&copy, EVENT_TYPE_IN, at("11-13 07:23"));
	assert_false(has_reason(&(struct receipt){0}, "fork"));
	struct receipt ra = send(&t, &phone, &a, at("11-13 07:21"));
	assert_false(has_reason(&ra, "fork"));
	struct receipt rb = send(&t, &copy, &b, at("11-13 07:24"));
	assert_true(has_reason(&rb, "fork"));
	assert_int_equal(rb.verdict, VERDICT_NEEDS_CONFIRMATION);
	assert_int_equal(rb.status, RECEIPT_ACCEPTED);
	test_store_project(&t.s);
	must(attendance_list_evidence(&t.s.tx, who, day_of("2025-11-13"), rows, 8, &count));
	assert_int_equal(count, 2);
	for (int i = 0; i < count; i++) {
		assert_true(rows[i].marks >> MARK_FORK & 1);
		assert_int_equal(rows[i].verdict, VERDICT_NEEDS_CONFIRMATION);
	}
	close_town(&t);
}

/* Of a phone that was replaced: kept apart, and nobody is absent by it meanwhile. */
static void test_ended_device_is_quarantined(void **state)
{
	struct town t;
	struct device device;
	(void)state;
	open_town(&t, "11-10 00:00");
	struct employee_id who = add_person(&t);
	struct phone phone = add_phone(&t, who, "11-03 08:00");
	test_store_project(&t.s);
	fetch_token(&t, &phone, at("11-13 07:00"));
	struct kept in = press(&phone, EVENT_TYPE_IN, at("11-13 07:21"));
	must(attendance_load_device(&t.s.tx, phone.id, &device));
	device.state = DEVICE_LOST;
	device.ended_at = at("11-13 08:00");
	device.ended_by = who;
	device.end_reason = "hilang";
	t.s.tx.now_ms = device.ended_at;
	must(attendance_end_device(&t.s.tx, &device));
	struct receipt r = send(&t, &phone, &in, at("11-13 09:00"));
	assert_int_equal(r.status, RECEIPT_QUARANTINED);
	assert_string_equal(r.reason, "device_ended");
	assert_true(has_reason(&r, "device_ended"));
	assert_int_equal(send(&t, &phone, &in, at("11-13 09:05")).status, RECEIPT_DUPLICATE);
	close_town(&t);
}

/* ---- months without a signal ---- */

#define PHONES   6
#define DAYS     62
#define WAIT_MAX 256

struct waiting {
	struct kept kept;
	int phone;
	int64_t from; /* not sent before */
};

/* What a person did on a day, and what the day must say. */
struct truth {
	int64_t in_at, out_at;
};

/* Everything that waits arrives some day: lost answers make it come again, and in any order. */
static void deliver(struct town *t, struct phone *phone, struct waiting *waiting, int *count,
	int64_t now, struct chance *chance, int *accepted)
{
	for (int i = 0; i < *count;) {
		int pick = i + chance_below(chance, *count - i);
		struct waiting w = waiting[pick];

		waiting[pick] = waiting[i];
		waiting[i] = w;
		if (w.from > now) {
			i++;
			continue;
		}
		struct receipt r = send(t, &phone[w.phone], &w.kept, now);
		assert_true(r.status == RECEIPT_ACCEPTED || r.status == RECEIPT_DUPLICATE);
		*accepted += r.status == RECEIPT_ACCEPTED;
		if (chance_of(chance, 200)) { /* the answer is lost */
			i++;
			continue;
		}
		waiting[i] = waiting[--*count];
	}
	test_store_project(&t->s);
}

static void simulate(uint64_t seed)
{
	static struct truth truth[PHONES][DAYS];
	static struct waiting waiting[WAIT_MAX];
	struct chance chance = {seed};
	struct phone phone[PHONES];
	struct town t;
	int count = 0, accepted = 0, made = 0;
	const int32_t first = day_of("2025-03-03");

	memset(truth, 0, sizeof(truth));
	open_town(&t, "02-24 00:00");
	for (int i = 0; i < PHONES; i++)
		phone[i] = add_phone(&t, add_person(&t), "02-24 08:00");
	test_store_project(&t.s);
	for (int d = 0; d < DAYS; d++) {
		int64_t midnight = instant_of(first + d, 0, ZONE_WIB);

		for (int i = 0; i < PHONES && day_weekday(first + d) < 5; i++) {
			struct truth *day = &truth[i][d];
			bool has_signal = chance_of(&chance, 600);
			int64_t sends = has_signal ? 0
						   : chance_between(&chance, 1, 34) * 60 *
							     MS_PER_MINUTE;

			day->in_at = midnight +
				     chance_between(&chance, 6 * 60 + 30, 8 * 60) * MS_PER_MINUTE;
			day->out_at = midnight +
				      chance_between(&chance, 16 * 60, 18 * 60) * MS_PER_MINUTE;
			fetch_token(&t, &phone[i],
				day->in_at - chance_between(&chance, 1, 12 * 60) * MS_PER_MINUTE);
			waiting[count++] = (struct waiting){
				press(&phone[i], EVENT_TYPE_IN, day->in_at), i, day->in_at + sends};
			waiting[count++] = (struct waiting){
				press(&phone[i], EVENT_TYPE_OUT, day->out_at), i,
				day->out_at + sends};
			made += 2;
			assert_true(count < WAIT_MAX);
		}
		for (int hour = 6; hour <= 30; hour += 3)
			deliver(&t, phone, waiting, &count, midnight + hour * 60 * MS_PER_MINUTE,
				&chance, &accepted);
	}
	for (int hour = 0; count > 0 && hour < 500; hour++)
		deliver(&t, phone, waiting, &count,
			instant_of(first + DAYS, 12 * 60, ZONE_WIB) + hour * 60 * MS_PER_MINUTE,
			&chance, &accepted);
	assert_int_equal(count, 0);
	assert_int_equal(accepted, made); /* none lost, none doubled */
	for (int i = 0; i < PHONES; i++)
		for (int d = 0; d < DAYS; d++) {
			const struct truth *day = &truth[i][d];
			struct attendance_day row;

			if (!day->in_at)
				continue;
			enum err e = attendance_load_day(&t.s.tx, phone[i].owner, first + d, &row);
			assert_int_equal(e, OK);
			if (row.state == DAY_LEAVE || row.state == DAY_OFF_WORK)
				continue; /* a holiday: nothing is asked */
			int64_t limit = instant_of(first + d, row.starts, ZONE_WIB);
			int late = (int)((day->in_at - limit) / MS_PER_MINUTE);
			if (row.in_at != day->in_at || row.out_at != day->out_at ||
				row.late_minutes != (late > 0 ? late : 0) ||
				((row.flags & DAY_LATE) != 0) != (late > 0))
				fail_msg("seed %" PRIu64 ": phone %d day %d: in %" PRId64
					 " for %" PRId64 ", late %d for %d, flags %d",
					seed, i, d, row.in_at, day->in_at, row.late_minutes, late,
					row.flags);
		}
	close_town(&t);
}

static void test_nobody_is_late_by_the_network(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++)
		simulate(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_claim_counts_and_the_receipt_proves),
		cmocka_unit_test(test_twice_in_one_batch),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_grades),
		cmocka_unit_test(test_gap_then_what_was_missing),
		cmocka_unit_test(test_fork),
		cmocka_unit_test(test_ended_device_is_quarantined),
		cmocka_unit_test(test_nobody_is_late_by_the_network),
	};
	return TEST_STORE_RUN(tests);
}
