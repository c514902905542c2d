/*
 * Kiosks through the store: a phone's event that the kiosk brings first or second, people without
 * a phone with an officer beside them and without, and everything that may be wrong with a record.
 *
 * PP 94/2021 art. 4 f (obey working hours); UU 27/2022 art. 10 (a person judges): nothing is
 * refused for a doubt, and nobody without a phone is worse off. docs/EVIDENCE.md fixes order and
 * bytes.
 */
#include "attendance/attendance_kiosk.h"

#include "attendance/attendance_confirmation_int.h"
#include "attendance/attendance_device.h"
#include "attendance/attendance_test_key.h"
#include "attendance/attendance_test_time.h"
#include "org/org_rows.h"
#include "platform/clock.h"
#include "platform/test_store.h"
#include "roster/roster.h"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_limits_slice, &attendance_devices_slice,
	&attendance_evidence_slice, &attendance_parameters_slice, &attendance_confirmations_slice,
	&attendance_office_slice, &attendance_kiosk_slice, &attendance_network_slice, &trust_slice};

#define BIT(mark) (INT64_C(1) << (mark))

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

struct phone {
	struct employee_id owner;
	struct test_key key;
	uint8_t id[DEVICE_ID_BYTES];
	int64_t seq;
	struct hash head;
};

/* A school with a kiosk: a guard with a phone, a teacher with one, a caretaker without. */
struct hall {
	struct test_store s;
	struct unit_id unit;
	struct employee_id guard, teacher, caretaker;
	struct phone guards, teachers;
	struct station kiosk;
	struct test_key key;
	uint8_t card[CARD_TOKEN_BYTES];
	int64_t seq;
	struct hash head;
	struct time_token token;
	int people;
};

static struct employee_id add_person(struct hall *h, bool has_phone)
{
	char nip[19];
	const struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = has_phone};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + ++h->people);
	must(org_add_employee(&h->s.tx, &row, day_of("2025-01-06"), DAY_FOREVER, &id));
	must(org_place(&h->s.tx, id, h->unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-06")));
	return id;
}

static struct phone add_phone(struct hall *h, struct employee_id owner)
{
	struct phone phone = {.owner = owner, .key = make_test_key()};
	struct device device = {.employee = owner,
		.label = "Chrome",
		.state = DEVICE_ACTIVE,
		.enrolled_at = at("11-03 08:00"),
		.unit = h->unit,
		.end_reason = ""};
	int64_t id = id_next();

	memcpy(phone.id, &id, sizeof(id));
	memcpy(device.id, phone.id, sizeof(phone.id));
	memcpy(device.install_id, phone.id, sizeof(phone.id));
	memcpy(device.public_key, phone.key.public, sizeof(device.public_key));
	must(attendance_write_enrolled(&h->s.tx, &device, "198504122021211001"));
	return phone;
}

static void add_school(struct hall *h)
{
	const struct org_unit unit = {
		.code = "SMAN1", .name = "SMAN 1", .kind = UNIT_SCHOOL, .valid_to = DAY_FOREVER};
	struct org_site site = {.name = "Sekolah",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct pattern_id five_days;
	struct site_id site_id;

	must(org_add_unit(&h->s.tx, &unit, &h->unit));
	site.unit = h->unit;
	must(org_add_site(&h->s.tx, &site, &site_id));
	must(calendar_add_default(&h->s.tx, &five_days));
	h->kiosk.site = site_id;
}

static void add_kiosk(struct hall *h)
{
	static const uint8_t kiosk_key[KIOSK_KEY_BYTES] = "the school kiosk";

	h->key = make_test_key();
	h->kiosk.id = id_next();
	h->kiosk.kind = STATION_KIOSK;
	h->kiosk.unit = h->unit;
	h->kiosk.name = "Gerbang";
	h->kiosk.state = STATION_ACTIVE;
	h->kiosk.added_at = h->kiosk.enrolled_at = at("11-03 08:00");
	must(attendance_add_station(&h->s.tx, &h->kiosk));
	h->kiosk.kiosk_key = (struct bytes){kiosk_key, sizeof(kiosk_key)};
	h->kiosk.public_key = (struct bytes){h->key.public, sizeof(h->key.public)};
	h->kiosk.label = "Chrome";
	h->kiosk.end_reason = "";
	must(attendance_set_station(&h->s.tx, &h->kiosk));
	must(attendance_add_station_officer(
		&h->s.tx, h->kiosk.id, h->guard, day_of("2025-11-03"), h->guard));
}

static void open_hall(struct hall *h)
{
	struct card card = {.issued_at = at("11-03 08:00")};

	*h = (struct hall){0};
	test_store_open(&h->s, slices, COUNT_OF(slices), at("11-10 00:00"));
	add_school(h);
	h->guard = add_person(h, true);
	h->teacher = add_person(h, true);
	h->caretaker = add_person(h, false);
	h->guards = add_phone(h, h->guard);
	h->teachers = add_phone(h, h->teacher);
	add_kiosk(h);
	memset(h->card, 0x5a, sizeof(h->card));
	card.hash = attendance_card_hash(h->card);
	card.employee = h->caretaker;
	must(attendance_add_card(&h->s.tx, &card));
	must(org_touch_generation(&h->s.tx));
	test_store_project(&h->s);
	h->token = attendance_make_token(
		h->s.tx.government, h->kiosk.kiosk_key.p, at("11-13 06:30"));
}

static void close_hall(struct hall *h)
{
	int64_t wrong = -1;

	must(attendance_rebuild(&h->s.tx, day_of("2025-11-10"), day_of("2025-11-13"), &wrong));
	assert_int_equal(wrong, 0);
	EVP_PKEY_free(h->key.pair);
	EVP_PKEY_free(h->guards.key.pair);
	EVP_PKEY_free(h->teachers.key.pair);
	test_store_close(&h->s);
}

/* ---- a phone's event ---- */

struct kept {
	uint8_t bytes[EVENT_BYTES_MAX], signature[ES256_SIGNATURE_BYTES];
	size_t n;
};

static struct kept press(struct hall *h, struct phone *phone, enum event_type type, int64_t now)
{
	const struct time_token token = attendance_make_token(
		h->s.tx.government, phone->id, at("11-13 06:30"));
	struct signed_event e = {.version = 1,
		.type = (uint8_t)type,
		.employee = phone->owner.v,
		.seq = ++phone->seq,
		.prev = phone->head,
		.wall_at = now,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.position_error = POSITION_DENIED,
		.speed_cms = UNKNOWN_SPEED,
		.altitude_cm = UNKNOWN_ALTITUDE};
	struct kept kept = {0};
	uint8_t message[11 + EVENT_BYTES_MAX];

	memcpy(e.device, phone->id, sizeof(e.device));
	memcpy(e.token, token.id, sizeof(e.token));
	e.token_issued_at = token.issued_at;
	kept.n = attendance_write_event(&e, kept.bytes);
	memcpy(message, "luwes/ev/1\n", 11);
	memcpy(message + 11, kept.bytes, kept.n);
	test_sign(&phone->key, message, 11 + kept.n, kept.signature);
	phone->head = attendance_event_hash((struct bytes){kept.bytes, kept.n});
	return kept;
}

static struct receipt send_by_phone(
	struct hall *h, struct employee_id who, const struct kept *kept, const char *now)
{
	const struct signed_input in = {.bytes = {kept->bytes, kept->n},
		.signature = {kept->signature, sizeof(kept->signature)},
		.note = "",
		.skew_ms = 0,
		.countersigned_at = NO_INSTANT};
	struct receipt receipt = {0};
	enum signed_fault fault;

	h->s.tx.now_ms = at(now);
	must(attendance_record_signed(&h->s.tx, who, &in, &receipt, &fault));
	assert_int_equal(fault, SIGNED_GOOD);
	test_store_project(&h->s);
	return receipt;
}

/* ---- a kiosk's record ---- */

struct slip {
	uint8_t bytes[COUNTERSIGN_BYTES], signature[ES256_SIGNATURE_BYTES];
	uint8_t duty[DUTY_ANSWER_BYTES];
	struct kept event;
	bool has_duty;
};

static struct countersign begin(struct hall *h, enum countersign_kind kind, const char *when)
{
	struct countersign c = {.version = 1,
		.kind = (uint8_t)kind,
		.seq = ++h->seq,
		.prev = h->head,
		.token_issued_at = h->token.issued_at,
		.wall_at = at(when)};

	memcpy(c.kiosk, h->kiosk.kiosk_key.p, sizeof(c.kiosk));
	memcpy(c.token, h->token.id, sizeof(c.token));
	c.chance[0] = (uint8_t)h->seq;
	return c;
}

static void sign(struct hall *h, const struct countersign *c, struct slip *slip)
{
	uint8_t message[11 + COUNTERSIGN_BYTES];

	attendance_write_countersign(c, slip->bytes);
	memcpy(message, "luwes/kc/1\n", 11);
	memcpy(message + 11, slip->bytes, COUNTERSIGN_BYTES);
	test_sign(&h->key, message, sizeof(message), slip->signature);
	h->head = attendance_countersign_hash(slip->bytes);
}

static struct slip scan(struct hall *h, const struct kept *event, const char *when)
{
	struct countersign c = begin(h, COUNTERSIGN_QR, when);
	struct slip slip = {.event = *event};
	struct signed_event read;

	attendance_read_event((struct bytes){event->bytes, event->n}, &read);
	c.subject = attendance_event_hash((struct bytes){event->bytes, event->n});
	c.employee = read.employee;
	c.type = read.type;
	sign(h, &c, &slip);
	return slip;
}

/* `phone` signs that it takes the turn; officer says in whose name the kiosk writes it. */
static struct slip take_turn(
	struct hall *h, const struct phone *phone, struct employee_id officer, const char *when)
{
	struct countersign c = begin(h, COUNTERSIGN_OFFICER, when);
	struct slip slip = {.has_duty = true};
	uint8_t message[DUTY_MESSAGE_BYTES], *at_byte = slip.duty;

	c.officer = officer.v;
	for (int i = 0; i < 8; i++)
		*at_byte++ = (uint8_t)((uint64_t)officer.v >> (56 - 8 * i));
	memcpy(at_byte, phone->id, DEVICE_ID_BYTES);
	attendance_write_duty_message(c.kiosk, officer.v, phone->id, c.chance, message);
	test_sign(&phone->key, message, sizeof(message), at_byte + DEVICE_ID_BYTES);
	c.subject = attendance_duty_hash(slip.duty);
	sign(h, &c, &slip);
	return slip;
}

static struct slip show_card(
	struct hall *h, const uint8_t *token, enum event_type type, const char *when)
{
	struct countersign c = begin(h, COUNTERSIGN_CARD, when);
	struct slip slip = {0};

	c.subject = attendance_card_hash(token);
	c.employee = h->caretaker.v;
	c.type = (uint8_t)type;
	c.officer = h->guard.v;
	sign(h, &c, &slip);
	return slip;
}

static struct record_receipt send_as(
	struct hall *h, const struct slip *slip, const char *now, int64_t skew)
{
	struct record_input in = {.bytes = {slip->bytes, sizeof(slip->bytes)},
		.signature = {slip->signature, sizeof(slip->signature)}};
	struct record record;
	struct record_receipt receipt;
	struct station kiosk;

	if (slip->event.n) {
		in.event = (struct bytes){slip->event.bytes, slip->event.n};
		in.event_signature = (struct bytes){slip->event.signature, ES256_SIGNATURE_BYTES};
	}
	if (slip->has_duty)
		in.duty = (struct bytes){slip->duty, sizeof(slip->duty)};
	h->s.tx.now_ms = at(now);
	must(attendance_load_station(&h->s.tx, h->kiosk.id, &kiosk));
	must(attendance_examine_record(&h->s.tx, &kiosk, &in, &record));
	must(attendance_record_countersign(
		&h->s.tx, &kiosk, &record, h->s.tx.now_ms - skew, &receipt));
	test_store_project(&h->s);
	return receipt;
}

static struct record_receipt send(struct hall *h, const struct slip *slip, const char *now)
{
	return send_as(h, slip, now, 0);
}

static void assert_taken(struct hall *h, const struct slip *slip, const char *now)
{
	struct record_receipt receipt = send(h, slip, now);

	assert_int_equal(receipt.status, RECEIPT_ACCEPTED);
	assert_null(receipt.reason);
}

static struct countersign_row stored(struct hall *h, const struct slip *slip)
{
	struct hash hash = attendance_countersign_hash(slip->bytes);
	struct countersign_row row;

	must(attendance_load_countersign(&h->s.tx, &hash, &row));
	return row;
}

static struct attendance_day load(struct hall *h, struct employee_id who)
{
	struct attendance_day row;

	must(attendance_load_day(&h->s.tx, who, day_of("2025-11-13"), &row));
	return row;
}

static struct evidence_row evidence_of(struct hall *h, struct employee_id who, struct hash hash)
{
	struct uuid id = attendance_signed_id(hash);
	struct evidence_row row;

	must(attendance_load_evidence(&h->s.tx, who, day_of("2025-11-13"), &id, &row));
	return row;
}

static bool is_asked(struct hall *h, const struct slip *slip)
{
	struct confirmation c;
	int64_t punch_id = stored(h, slip).punch_id;

	return punch_id && attendance_load_punch_confirmation(&h->s.tx, punch_id, &c) == OK;
}

/* ---- a phone's event, both ways ---- */

static void assert_present(struct hall *h, struct employee_id who, const char *when)
{
	struct attendance_day row = load(h, who);

	assert_int_equal(row.state, DAY_PRESENT);
	assert_int_equal(row.in_at, at(when));
	assert_int_equal(row.in_place, PLACE_WITHIN); /* though the phone has no position */
	assert_int_equal(row.flags & (DAY_LATE | DAY_LATE_UNCONFIRMED | DAY_PLACE_UNKNOWN), 0);
}

static void test_kiosk_first(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 07:05:10"));
	struct slip slip = scan(&h, &event, "11-13 07:05:20");
	struct hash hash = attendance_event_hash((struct bytes){event.bytes, event.n});

	assert_taken(&h, &slip, "11-13 10:30"); /* neither had a connection until then */
	assert_present(&h, h.teacher, "11-13 07:05:10");
	struct evidence_row row = evidence_of(&h, h.teacher, hash);
	assert_true(row.marks & BIT(MARK_PROOF_KIOSK));
	assert_int_equal(row.verdict, VERDICT_OK);
	assert_int_equal(stored(&h, &slip).punch_id, 0); /* the event's row is the only one */

	struct receipt receipt = send_by_phone(&h, h.teacher, &event, "11-13 12:00");
	assert_int_equal(receipt.status, RECEIPT_DUPLICATE);
	assert_int_equal(receipt.punch_id, row.punch_id);
	assert_int_equal(receipt.time_grade, TIME_CONSISTENT);
	assert_present(&h, h.teacher, "11-13 07:05:10");
	close_hall(&h);
}

static void test_phone_first(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 07:05:10"));
	struct slip slip = scan(&h, &event, "11-13 07:05:20");
	struct hash hash = attendance_event_hash((struct bytes){event.bytes, event.n});

	struct receipt receipt = send_by_phone(&h, h.teacher, &event, "11-13 07:06");
	assert_int_equal(receipt.status, RECEIPT_ACCEPTED);
	assert_false(evidence_of(&h, h.teacher, hash).marks & BIT(MARK_PROOF_KIOSK));
	assert_int_equal(load(&h, h.teacher).in_place, PLACE_UNKNOWN);

	assert_taken(&h, &slip, "11-13 10:30");
	struct evidence_row row = evidence_of(&h, h.teacher, hash);
	assert_true(row.marks & BIT(MARK_PROOF_KIOSK));
	assert_int_equal(row.punch_id, receipt.punch_id);
	assert_present(&h, h.teacher, "11-13 07:05:10");
	assert_int_equal(load(&h, h.teacher).basis & BASIS_CORRECTED, 0); /* nobody decided */
	struct record_receipt again = send(&h, &slip, "11-13 10:31");
	assert_int_equal(again.status, RECEIPT_DUPLICATE);
	close_hall(&h);
}

/* Pressed on the bus and shown at the gate: what counts is that he stood at the gate. */
static void test_old_code_counts_when_it_was_read(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 06:40"));
	struct slip slip = scan(&h, &event, "11-13 07:10");

	assert_taken(&h, &slip, "11-13 10:30");
	assert_present(&h, h.teacher, "11-13 07:10");
	assert_int_not_equal(stored(&h, &slip).punch_id, 0);
	assert_false(is_asked(&h, &slip));
	close_hall(&h);
}

/* A lost phone's old code before a kiosk: it waits for a person, as the phone's own sending would.
 */
static void test_old_code_of_a_phone_that_ended(void **state)
{
	struct hall h;
	struct attendance_day row;
	(void)state;
	open_hall(&h);
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 06:40"));
	struct slip slip = scan(&h, &event, "11-13 07:10");
	struct hash hash = attendance_event_hash((struct bytes){event.bytes, event.n});
	struct device device;

	must(attendance_load_device(&h.s.tx, h.teachers.id, &device));
	device.state = DEVICE_LOST;
	device.ended_at = at("11-13 06:00");
	device.ended_by = h.teacher;
	must(attendance_end_device(&h.s.tx, &device));
	assert_taken(&h, &slip, "11-13 10:30");
	assert_true(evidence_of(&h, h.teacher, hash).marks & BIT(MARK_DEVICE_ENDED));
	assert_int_equal(stored(&h, &slip).punch_id, 0);
	row = load(&h, h.teacher);
	assert_int_equal(row.in_at, NO_INSTANT);
	assert_int_equal(row.state, DAY_EXPECTED); /* and once it is over it waits */
	close_hall(&h);
}

/* Two phones with one key: the kiosk's own row asks about it as well. */
static void test_old_code_of_a_copied_phone(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct hash head = h.teachers.head;
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 06:40"));
	h.teachers.seq--;
	h.teachers.head = head;
	struct kept copy = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 06:41"));
	struct slip slip = scan(&h, &copy, "11-13 07:10");

	send_by_phone(&h, h.teacher, &event, "11-13 06:42");
	assert_taken(&h, &slip, "11-13 10:30");
	struct evidence_row row = evidence_of(&h, h.teacher, stored(&h, &slip).hash);
	assert_true(row.marks & BIT(MARK_FORK));
	assert_int_equal(row.verdict, VERDICT_NEEDS_CONFIRMATION);
	assert_true(is_asked(&h, &slip));
	close_hall(&h);
}

/* The phone came first and its clone as well: the kiosk's word does not settle whose hand it was.
 */
static void test_kiosk_does_not_settle_a_fork(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct hash head = h.teachers.head;
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 07:05:10"));
	h.teachers.seq--;
	h.teachers.head = head;
	struct kept copy = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 07:06:10"));
	struct slip slip = scan(&h, &event, "11-13 07:05:20");
	struct hash hash = attendance_event_hash((struct bytes){event.bytes, event.n});

	send_by_phone(&h, h.teacher, &event, "11-13 07:06");
	send_by_phone(&h, h.teacher, &copy, "11-13 07:07");
	assert_taken(&h, &slip, "11-13 10:30");
	struct evidence_row row = evidence_of(&h, h.teacher, hash);
	assert_true(row.marks & BIT(MARK_PROOF_KIOSK));
	assert_int_equal(row.verdict, VERDICT_NEEDS_CONFIRMATION);
	close_hall(&h);
}

/* ---- people without a phone ---- */

static void test_card_before_an_officer(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	struct slip in = show_card(&h, h.card, EVENT_TYPE_IN, "11-13 07:10");
	struct slip out = show_card(&h, h.card, EVENT_TYPE_OUT, "11-13 16:05");

	assert_taken(&h, &turn, "11-13 10:00");
	assert_int_equal(stored(&h, &turn).marks, 0);
	assert_taken(&h, &in, "11-13 10:00");
	assert_present(&h, h.caretaker, "11-13 07:10");
	struct evidence_row row = evidence_of(&h, h.caretaker, stored(&h, &in).hash);
	assert_int_equal(row.marks, BIT(MARK_PROOF_KIOSK));
	assert_int_equal(row.verdict, VERDICT_OK);
	assert_int_equal(row.score, 0);
	assert_false(is_asked(&h, &in));

	h.token = attendance_make_token(h.s.tx.government, h.kiosk.kiosk_key.p, at("11-13 16:00"));
	assert_taken(&h, &out, "11-13 16:06");
	struct attendance_day day = load(&h, h.caretaker);
	assert_int_equal(day.state, DAY_COMPLETE);
	assert_int_equal(day.out_at, at("11-13 16:05"));
	assert_int_equal(day.basis & (BASIS_MANUAL | BASIS_EXTERNAL | BASIS_CORRECTED), 0);
	close_hall(&h);
}

/* What is wrong asks the superior; meanwhile the day counts. */
static void test_card_that_asks(void **state)
{
	static const uint8_t unknown[CARD_TOKEN_BYTES] = "another piece o";
	static const struct {
		const char *what, *turn, *shown, *counts;
		const uint8_t *card; /* NULL: his own */
		bool is_ended, is_stranger, is_forged;
		enum evidence_mark mark;
	} cases[] = {
		{"nobody took a turn", NULL, "11-13 07:10", "11-13 07:10", NULL, false, false,
			false, MARK_OFFICER_MISSING},
		{"the turn is over", "11-12 20:00", "11-13 07:10", "11-13 07:10", NULL, false,
			false, false, MARK_OFFICER_MISSING},
		{"the turn began afterwards: its clock went back", "11-13 07:20", "11-13 07:10",
			"11-13 07:30", NULL, false, false, false, MARK_OFFICER_MISSING},
		{"somebody who was not named", "11-13 06:35", "11-13 07:10", "11-13 07:10", NULL,
			false, true, false, MARK_OFFICER_MISSING},
		{"in the guard's name, by another phone", "11-13 06:35", "11-13 07:10",
			"11-13 07:10", NULL, false, false, true, MARK_OFFICER_MISSING},
		{"a card nobody knows", "11-13 06:35", "11-13 07:10", "11-13 07:10", unknown, false,
			false, false, MARK_CARD_ENDED},
		{"a card that was lost", "11-13 06:35", "11-13 07:10", "11-13 07:10", NULL, true,
			false, false, MARK_CARD_ENDED},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct hall h;
		struct slip turn, slip;
		bool ended;

		print_message("%s\n", cases[i].what);
		open_hall(&h);
		h.s.tx.now_ms = at("11-13 06:32");
		if (cases[i].is_ended)
			must(attendance_end_card(
				&h.s.tx, h.caretaker, h.guard, "Hilang di jalan.", &ended));
		if (cases[i].turn) {
			turn = take_turn(&h,
				cases[i].is_stranger || cases[i].is_forged ? &h.teachers
									   : &h.guards,
				cases[i].is_stranger ? h.teacher : h.guard, cases[i].turn);
			send(&h, &turn, "11-13 07:30");
		}
		slip = show_card(
			&h, cases[i].card ? cases[i].card : h.card, EVENT_TYPE_IN, cases[i].shown);
		assert_taken(&h, &slip, "11-13 07:30");
		assert_true(stored(&h, &slip).marks & BIT(cases[i].mark));
		struct evidence_row row = evidence_of(&h, h.caretaker, stored(&h, &slip).hash);
		assert_int_equal(row.verdict, VERDICT_NEEDS_CONFIRMATION);
		assert_false(row.marks & BIT(MARK_PROOF_KIOSK));
		assert_true(is_asked(&h, &slip));
		assert_present(&h, h.caretaker, cases[i].counts);
		close_hall(&h);
	}
}

static struct slip type_pin(struct hall *h, int64_t ticket_for, const char *when)
{
	struct countersign c = begin(h, COUNTERSIGN_PIN, when);
	struct slip slip = {0};

	c.subject = attendance_make_ticket(c.kiosk, ticket_for, c.token);
	c.employee = h->caretaker.v;
	c.type = EVENT_TYPE_IN;
	c.officer = h->guard.v;
	sign(h, &c, &slip);
	return slip;
}

static void test_pin(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	assert_taken(&h, &turn, "11-13 07:00");
	h.token = attendance_make_token(h.s.tx.government, h.kiosk.kiosk_key.p, at("11-13 07:09"));
	struct slip good = type_pin(&h, h.caretaker.v, "11-13 07:10");
	assert_taken(&h, &good, "11-13 07:11");
	assert_present(&h, h.caretaker, "11-13 07:10");
	assert_false(is_asked(&h, &good));

	/* the ticket of another one's PIN */
	struct slip bad = type_pin(&h, h.teacher.v, "11-13 07:12");
	assert_taken(&h, &bad, "11-13 07:13");
	assert_true(stored(&h, &bad).marks & BIT(MARK_CARD_ENDED));
	assert_true(is_asked(&h, &bad));

	/* a ticket that was kept: nobody typed anything now */
	struct slip old = type_pin(&h, h.caretaker.v, "11-13 07:14:01");
	assert_taken(&h, &old, "11-13 07:15");
	assert_true(stored(&h, &old).marks & BIT(MARK_CARD_ENDED));
	assert_true(is_asked(&h, &old));
	close_hall(&h);
}

/* A card that somebody printed with a number of nobody: the record is kept, the chain goes on. */
static void test_card_of_nobody(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	struct countersign c = begin(&h, COUNTERSIGN_CARD, "11-13 07:10");
	struct slip slip = {0};

	c.subject = attendance_card_hash(h.card);
	c.employee = 4711;
	c.type = EVENT_TYPE_IN;
	c.officer = h.guard.v;
	sign(&h, &c, &slip);
	assert_taken(&h, &turn, "11-13 07:11");
	struct record_receipt receipt = send(&h, &slip, "11-13 07:11");
	assert_int_equal(receipt.status, RECEIPT_ACCEPTED);
	assert_string_equal(receipt.reason, "not_in_service");
	assert_true(stored(&h, &slip).marks & BIT(MARK_CARD_ENDED));
	assert_int_equal(stored(&h, &slip).punch_id, 0);
	close_hall(&h);
}

/* ---- the kiosk's chain, clock and end ---- */

static void test_chain(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	assert_taken(&h, &turn, "11-13 07:00");
	struct hash head = h.head;
	struct slip one = show_card(&h, h.card, EVENT_TYPE_IN, "11-13 07:10");
	h.seq--; /* the tablet's disk was copied: the same number again */
	h.head = head;
	struct slip two = show_card(&h, h.card, EVENT_TYPE_IN, "11-13 07:11");

	assert_taken(&h, &one, "11-13 07:30");
	assert_int_equal(stored(&h, &one).marks, 0);
	assert_taken(&h, &two, "11-13 07:30");
	assert_true(stored(&h, &two).marks & BIT(MARK_FORK));
	assert_true(is_asked(&h, &two));

	h.seq += 3; /* records that were lost */
	struct slip late = show_card(&h, h.card, EVENT_TYPE_OUT, "11-13 16:02");
	assert_taken(&h, &late, "11-13 16:03");
	assert_int_equal(stored(&h, &late).marks, BIT(MARK_SEQ_GAP));
	close_hall(&h);
}

static void test_clock_that_moved(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	assert_taken(&h, &turn, "11-13 06:36");
	struct slip slip = show_card(&h, h.card, EVENT_TYPE_IN, "11-13 07:10");
	struct record_receipt receipt = send_as(
		&h, &slip, "11-13 08:00", 50 * MS_PER_MINUTE); /* set back */

	assert_int_equal(receipt.status, RECEIPT_ACCEPTED);
	assert_int_equal(stored(&h, &slip).grade, TIME_DOUBTED);
	assert_true(is_asked(&h, &slip));
	struct attendance_day row = load(&h, h.caretaker);
	assert_int_equal(row.in_at, at("11-13 08:00")); /* its arrival, until a person confirms */
	assert_int_equal(row.flags & DAY_LATE, 0);      /* the kiosk admits no lateness */
	assert_int_equal(row.flags & DAY_LATE_UNCONFIRMED, DAY_LATE_UNCONFIRMED);
	close_hall(&h);
}

static void test_kiosk_that_ended(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	struct slip before = show_card(&h, h.card, EVENT_TYPE_IN, "11-13 07:10");
	struct slip after = show_card(&h, h.card, EVENT_TYPE_OUT, "11-13 16:10");

	h.kiosk.state = STATION_ENDED;
	h.kiosk.ended_at = at("11-13 12:00");
	must(attendance_set_station(&h.s.tx, &h.kiosk));
	assert_taken(&h, &turn, "11-13 16:11");
	assert_taken(&h, &before, "11-13 16:11");
	assert_int_equal(stored(&h, &before).marks, 0);
	assert_taken(&h, &after, "11-13 16:11");
	assert_int_equal(stored(&h, &after).marks, BIT(MARK_DEVICE_ENDED));
	assert_true(is_asked(&h, &after));
	close_hall(&h);
}

/* ---- what is not taken ---- */

static void test_rejected(void **state)
{
	struct hall h;
	struct countersign c;
	struct record_receipt receipt;
	(void)state;
	open_hall(&h);
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 07:05:10"));
	struct slip slip = scan(&h, &event, "11-13 07:05:20");

	slip.signature[5] ^= 1;
	receipt = send(&h, &slip, "11-13 07:06");
	assert_int_equal(receipt.status, RECEIPT_REJECTED);
	assert_string_equal(receipt.reason, "bad_signature");

	slip = scan(&h, &event, "11-13 07:05:20");
	slip.event.bytes[170] ^= 1; /* not the event that was countersigned */
	assert_string_equal(send(&h, &slip, "11-13 07:06").reason, "event_missing");
	slip.event.n = 0;
	assert_string_equal(send(&h, &slip, "11-13 07:06").reason, "event_missing");

	c = begin(&h, COUNTERSIGN_CARD, "11-13 07:10");
	c.kiosk[0] ^= 1;
	c.employee = h.caretaker.v;
	c.type = EVENT_TYPE_IN;
	c.officer = h.guard.v;
	sign(&h, &c, &slip);
	assert_string_equal(send(&h, &slip, "11-13 07:06").reason, "other_kiosk");

	c = begin(&h, COUNTERSIGN_CARD, "11-13 07:10");
	c.version = 9;
	sign(&h, &c, &slip);
	assert_string_equal(send(&h, &slip, "11-13 07:06").reason, "unknown_version");

	struct slip turn = take_turn(&h, &h.guards, h.guard, "11-13 06:35");
	turn.has_duty = false;
	assert_string_equal(send(&h, &turn, "11-13 07:06").reason, "answer_missing");

	struct station kiosk;
	must(attendance_load_station(&h.s.tx, h.kiosk.id, &kiosk));
	assert_int_equal(kiosk.head_seq, 0); /* nothing of it was kept */
	close_hall(&h);
}

/* A code that somebody made up: the kiosk read it, the server knows no such phone. */
static void test_event_of_no_phone(void **state)
{
	struct hall h;
	(void)state;
	open_hall(&h);
	struct kept event = press(&h, &h.teachers, EVENT_TYPE_IN, at("11-13 07:05:10"));
	event.signature[3] ^= 1;
	struct slip slip = scan(&h, &event, "11-13 07:05:20");
	struct record_receipt receipt = send(&h, &slip, "11-13 07:06");

	assert_int_equal(receipt.status, RECEIPT_ACCEPTED); /* the chain goes on */
	assert_string_equal(receipt.reason, "event_refused");
	assert_int_equal(stored(&h, &slip).marks, BIT(MARK_PROOF_BAD));
	struct attendance_day row;
	assert_int_equal(
		attendance_load_day(&h.s.tx, h.teacher, day_of("2025-11-13"), &row), E_NOT_FOUND);
	close_hall(&h);
}

/* ---- pure ---- */

static void test_pins_that_are_too_easy(void **state)
{
	static const struct {
		const char *pin, *fault;
	} cases[] = {{"408173", NULL}, {"900412", NULL}, {"111111", "simple"}, {"123456", "simple"},
		{"987654", "simple"}, {"121212", "simple"}, {"407407", "simple"},
		{"850412", "personal"}, {"120485", "personal"}, {"198504", "personal"},
		{"211001", "personal"}, {"12345", "not_six_digits"}, {"1234567", "not_six_digits"},
		{"40817x", "not_six_digits"}, {"", "not_six_digits"}};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *fault = attendance_check_pin(cases[i].pin, "198504122021211001");

		print_message("%s\n", cases[i].pin);
		if (!cases[i].fault)
			assert_null(fault);
		else
			assert_string_equal(fault, cases[i].fault);
	}
}

static void test_initials(void **state)
{
	static const struct {
		const char *name, *initials;
	} cases[] = {{"Budi Santoso", "B.S."}, {"Suparman", "S."},
		{"Siti Nur Aisyah Dewi", "S.N.A."}, {"  Ni  Made  ", "N.M."},
		{"Élodie Ñusta", "É.Ñ."}, {"", "?"}, {"   ", "?"}};
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 16);
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(attendance_initials(&a, cases[i].name), cases[i].initials);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kiosk_first),
		cmocka_unit_test(test_phone_first),
		cmocka_unit_test(test_old_code_counts_when_it_was_read),
		cmocka_unit_test(test_old_code_of_a_phone_that_ended),
		cmocka_unit_test(test_old_code_of_a_copied_phone),
		cmocka_unit_test(test_kiosk_does_not_settle_a_fork),
		cmocka_unit_test(test_card_before_an_officer),
		cmocka_unit_test(test_card_that_asks),
		cmocka_unit_test(test_pin),
		cmocka_unit_test(test_card_of_nobody),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_clock_that_moved),
		cmocka_unit_test(test_kiosk_that_ended),
		cmocka_unit_test(test_rejected),
		cmocka_unit_test(test_event_of_no_phone),
		cmocka_unit_test(test_pins_that_are_too_easy),
		cmocka_unit_test(test_initials),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
