/*
 * What the office proves, by pure rules: a screen's code, a witness, a kiosk's countersignature,
 * a network. Bytes and tolerances: docs/EVIDENCE.md, "Proofs of presence".
 */
#include "attendance/attendance_office.h"

#include "attendance/attendance_test_key.h"
#include "attendance/attendance_test_time.h"
#include "base/str.h"
#include "platform/slice.h"

#include <jansson.h>
#include <stdlib.h>

#define VECTORS "test/vectors/office.json"

static const uint8_t key_a[DISPLAY_KEY_BYTES] = "the screen of the front lobby...";
static const uint8_t key_b[DISPLAY_KEY_BYTES] = "the screen of the back entrance.";

static void test_display_code(void **state)
{
	static const struct {
		const char *what;
		int64_t shown, claimed; /* seconds after 07:30:00 */
		int64_t display;
		const uint8_t *key;
		bool is_good;
	} cases[] = {
		{"the same step", 0, 7, 7, key_a, true},
		{"the last moment of the step after", 0, 29, 7, key_a, true},
		{"two steps after: a picture sent on", 0, 30, 7, key_a, false},
		{"the first moment of the step before: the screen's clock runs ahead", 15, 0, 7,
			key_a, true},
		{"two steps before: nobody could know it", 30, 14, 7, key_a, false},
		{"shown again in the next minute", 0, 60, 7, key_a, false},
		{"the next day at the same time", 0, 86400, 7, key_a, false},
		{"another screen's key", 0, 7, 7, key_b, false},
		{"another screen's number", 0, 7, 8, key_a, false},
	};
	const int64_t start = at("11-13 07:30:00");

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		uint8_t bytes[DISPLAY_PROOF_BYTES];
		struct display_proof proof;
		int64_t not_before;

		print_message("%s\n", cases[i].what);
		attendance_write_display_proof(7, key_a, start + cases[i].shown * 1000, bytes);
		assert_true(attendance_read_display_proof(
			(struct bytes){bytes, sizeof(bytes)}, &proof));
		assert_int_equal(proof.display, 7);
		proof.display = cases[i].display;
		assert_int_equal(attendance_check_display(&proof, cases[i].key,
					 start + cases[i].claimed * 1000, &not_before),
			cases[i].is_good);
		assert_int_equal(not_before, start + cases[i].shown / 15 * 15000);
	}
}

/* Every bit of the code counts, and no other length is one. */
static void test_display_bytes(void **state)
{
	uint8_t bytes[DISPLAY_PROOF_BYTES + 1] = {0};
	struct display_proof proof;
	int64_t not_before, start = at("11-13 07:30:00");

	(void)state;
	attendance_write_display_proof(7, key_a, start, bytes);
	for (size_t n = 0; n <= sizeof(bytes); n++)
		assert_int_equal(attendance_read_display_proof((struct bytes){bytes, n}, &proof),
			n == DISPLAY_PROOF_BYTES);
	for (int bit = 0; bit < DISPLAY_PROOF_BYTES * 8; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(attendance_read_display_proof(
				     (struct bytes){bytes, DISPLAY_PROOF_BYTES}, &proof) &&
			     attendance_check_display(&proof, key_a, start, &not_before));
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static struct signed_event make_event(void)
{
	struct signed_event event = {.version = 1,
		.type = EVENT_TYPE_IN,
		.employee = 42,
		.seq = 3,
		.wall_at = at("11-13 07:30:00"),
		.point = {NO_COORDINATE, NO_COORDINATE},
		.speed_cms = UNKNOWN_SPEED,
		.altitude_cm = UNKNOWN_ALTITUDE};

	memset(event.device, 0x11, sizeof(event.device));
	memset(event.chance, 0x22, sizeof(event.chance));
	return event;
}

static struct witness_proof make_witness(const struct test_key *key)
{
	struct witness_proof proof = {.employee = 43};
	uint8_t message[WITNESS_MESSAGE_BYTES];

	memset(proof.device, 0x33, sizeof(proof.device));
	attendance_write_witness_message(42, make_event().chance, message);
	test_sign(key, message, sizeof(message), proof.signature);
	return proof;
}

static void test_witness(void **state)
{
	struct test_key key = make_test_key(), other = make_test_key();
	struct signed_event event = make_event();
	struct witness_proof proof = make_witness(&key);

	(void)state;
	assert_true(attendance_check_witness(&proof, &event, key.public));
	assert_false(attendance_check_witness(&proof, &event, other.public));
	event.chance[15] ^= 1; /* kept from another event */
	assert_false(attendance_check_witness(&proof, &event, key.public));
	event = make_event();
	event.employee = 44; /* for somebody else */
	assert_false(attendance_check_witness(&proof, &event, key.public));
	event = make_event();
	proof.employee = 42; /* for himself */
	assert_false(attendance_check_witness(&proof, &event, key.public));
	proof = make_witness(&key);
	memcpy(proof.device, event.device, sizeof(proof.device)); /* on the same phone */
	assert_false(attendance_check_witness(&proof, &event, key.public));
	proof = make_witness(&key);
	proof.signature[0] ^= 1;
	assert_false(attendance_check_witness(&proof, &event, key.public));
	EVP_PKEY_free(key.pair);
	EVP_PKEY_free(other.pair);
}

static void test_witness_bytes(void **state)
{
	uint8_t bytes[WITNESS_PROOF_BYTES + 1] = {0, 0, 0, 0, 0, 0, 0, 43};
	struct witness_proof proof;

	(void)state;
	for (size_t n = 0; n <= sizeof(bytes); n++)
		assert_int_equal(attendance_read_witness_proof((struct bytes){bytes, n}, &proof),
			n == WITNESS_PROOF_BYTES);
	bytes[7] = 0; /* nobody */
	assert_false(
		attendance_read_witness_proof((struct bytes){bytes, WITNESS_PROOF_BYTES}, &proof));
	bytes[0] = 0x80; /* a number beyond ours */
	assert_false(
		attendance_read_witness_proof((struct bytes){bytes, WITNESS_PROOF_BYTES}, &proof));
}

static struct countersign make_countersign(enum countersign_kind kind)
{
	struct countersign c = {.version = 1,
		.kind = (uint8_t)kind,
		.seq = 9,
		.token_issued_at = at("11-13 06:00:00"),
		.wall_at = at("11-13 07:30:00"),
		.mono_ms = 5400000,
		.employee = kind == COUNTERSIGN_OFFICER ? 0 : 42,
		.type = kind == COUNTERSIGN_OFFICER ? 0 : EVENT_TYPE_IN,
		.officer = kind == COUNTERSIGN_QR ? 0 : 77};

	memset(c.kiosk, 0x44, sizeof(c.kiosk));
	memset(c.prev.b, 0x55, sizeof(c.prev.b));
	memset(c.subject.b, 0x66, sizeof(c.subject.b));
	memset(c.chance, 0x77, sizeof(c.chance));
	return c;
}

static void test_countersign_codec(void **state)
{
	uint8_t bytes[COUNTERSIGN_BYTES + 1] = {0}, again[COUNTERSIGN_BYTES];
	struct countersign c;

	(void)state;
	for (int kind = COUNTERSIGN_QR; kind <= COUNTERSIGN_OFFICER; kind++) {
		struct countersign made = make_countersign((enum countersign_kind)kind);

		attendance_write_countersign(&made, bytes);
		for (size_t n = 0; n <= sizeof(bytes); n++)
			assert_int_equal(attendance_read_countersign((struct bytes){bytes, n}, &c),
				n == COUNTERSIGN_BYTES ? EVENT_GOOD : EVENT_MALFORMED);
		assert_int_equal(
			attendance_read_countersign((struct bytes){bytes, COUNTERSIGN_BYTES}, &c),
			EVENT_GOOD);
		attendance_write_countersign(&c, again);
		assert_memory_equal(bytes, again, COUNTERSIGN_BYTES);
	}
}

/* Magic 8, version, kind, flags 2, kiosk 16 ...: the offsets of docs/EVIDENCE.md. */
static void test_countersign_layout(void **state)
{
	static const struct {
		size_t offset;
		uint8_t byte;
	} cases[] = {{0, 'L'}, {7, 'C'}, {8, 1}, {9, COUNTERSIGN_CARD}, {12, 0x44}, {35, 9},
		{36, 0x55}, {67, 0x55}, {68, 0}, {108, 0x66}, {139, 0x66}, {147, 42},
		{148, EVENT_TYPE_IN}, {156, 77}, {157, 0x77}, {172, 0x77}};
	struct countersign made = make_countersign(COUNTERSIGN_CARD);
	uint8_t bytes[COUNTERSIGN_BYTES];

	(void)state;
	attendance_write_countersign(&made, bytes);
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(bytes[cases[i].offset], cases[i].byte);
}

static void test_countersign_bounds(void **state)
{
	struct {
		const char *what;
		struct countersign c;
		enum event_fault fault;
	} cases[] = {
		{"another version", make_countersign(COUNTERSIGN_QR), EVENT_UNKNOWN},
		{"another kind", make_countersign(COUNTERSIGN_QR), EVENT_UNKNOWN},
		{"an unknown bit", make_countersign(COUNTERSIGN_QR), EVENT_UNKNOWN},
		{"no sequence", make_countersign(COUNTERSIGN_QR), EVENT_MALFORMED},
		{"no time", make_countersign(COUNTERSIGN_QR), EVENT_MALFORMED},
		{"a time after all years", make_countersign(COUNTERSIGN_QR), EVENT_MALFORMED},
		{"a QR without a person", make_countersign(COUNTERSIGN_QR), EVENT_MALFORMED},
		{"a QR without direction", make_countersign(COUNTERSIGN_QR), EVENT_MALFORMED},
		{"a card without an officer", make_countersign(COUNTERSIGN_CARD), EVENT_MALFORMED},
		{"a PIN without an officer", make_countersign(COUNTERSIGN_PIN), EVENT_MALFORMED},
		{"an officer for himself", make_countersign(COUNTERSIGN_CARD), EVENT_MALFORMED},
		{"a card for a check", make_countersign(COUNTERSIGN_CARD), EVENT_MALFORMED},
		{"a turn of nobody", make_countersign(COUNTERSIGN_OFFICER), EVENT_MALFORMED},
		{"a turn about somebody", make_countersign(COUNTERSIGN_OFFICER), EVENT_MALFORMED},
		{"a QR with an officer beside", make_countersign(COUNTERSIGN_QR), EVENT_GOOD},
		{"going home by card", make_countersign(COUNTERSIGN_CARD), EVENT_GOOD},
	};
	uint8_t bytes[COUNTERSIGN_BYTES];
	struct countersign read;

	(void)state;
	cases[0].c.version = 2;
	cases[1].c.kind = COUNTERSIGN_OFFICER + 1;
	cases[2].c.bits = 1;
	cases[3].c.seq = 0;
	cases[4].c.wall_at = 0;
	cases[5].c.wall_at = INT64_C(253402300800000);
	cases[6].c.employee = 0;
	cases[7].c.type = 0;
	cases[8].c.officer = cases[9].c.officer = 0;
	cases[10].c.officer = cases[10].c.employee;
	cases[11].c.type = EVENT_TYPE_CHECK;
	cases[12].c.officer = 0;
	cases[13].c.employee = 42;
	cases[14].c.officer = 77;
	cases[15].c.type = EVENT_TYPE_OUT;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		print_message("%s\n", cases[i].what);
		attendance_write_countersign(&cases[i].c, bytes);
		assert_int_equal(
			attendance_read_countersign((struct bytes){bytes, sizeof(bytes)}, &read),
			cases[i].fault);
	}
}

static void test_countersign_signature(void **state)
{
	struct test_key key = make_test_key();
	struct countersign made = make_countersign(COUNTERSIGN_QR);
	uint8_t message[11 + COUNTERSIGN_BYTES] = "luwes/kc/1\n", *bytes = message + 11;
	uint8_t signature[ES256_SIGNATURE_BYTES];
	struct hash hash;

	(void)state;
	attendance_write_countersign(&made, bytes);
	test_sign(&key, message, sizeof(message), signature);
	assert_true(attendance_is_countersigned(key.public, bytes, signature));
	hash = hash_of(message, sizeof(message));
	assert_memory_equal(hash.b, attendance_countersign_hash(bytes).b, sizeof(hash.b));
	for (int i = 0; i < COUNTERSIGN_BYTES; i++) {
		bytes[i] ^= 1;
		assert_false(attendance_is_countersigned(key.public, bytes, signature));
		bytes[i] ^= 1;
	}
	EVP_PKEY_free(key.pair);
}

static void test_duty(void **state)
{
	struct test_key key = make_test_key(), other = make_test_key();
	struct countersign record = make_countersign(COUNTERSIGN_OFFICER);
	uint8_t answer[DUTY_ANSWER_BYTES] = {0, 0, 0, 0, 0, 0, 0, 77};
	uint8_t message[DUTY_MESSAGE_BYTES];
	struct duty_answer read;

	(void)state;
	memset(answer + 8, 0x33, DEVICE_ID_BYTES);
	attendance_write_duty_message(record.kiosk, 77, answer + 8, record.chance, message);
	test_sign(&key, message, sizeof(message), answer + 24);
	for (size_t n = 0; n <= sizeof(answer); n++)
		assert_int_equal(attendance_read_duty_answer((struct bytes){answer, n}, &read),
			n == sizeof(answer));
	assert_true(attendance_check_duty(&read, &record, key.public));
	assert_false(attendance_check_duty(&read, &record, other.public));
	record.kiosk[0] ^= 1; /* meant for another kiosk */
	assert_false(attendance_check_duty(&read, &record, key.public));
	record = make_countersign(COUNTERSIGN_OFFICER);
	record.chance[0] ^= 1; /* an old answer shown again */
	assert_false(attendance_check_duty(&read, &record, key.public));
	record = make_countersign(COUNTERSIGN_OFFICER);
	record.officer = 78; /* in another one's name */
	assert_false(attendance_check_duty(&read, &record, key.public));
	EVP_PKEY_free(key.pair);
	EVP_PKEY_free(other.pair);
}

static void test_ranges(void **state)
{
	static const struct {
		const char *range;
		enum range_fault fault;
		const char *in, *out;
	} cases[] = {
		{"203.0.113.0/24", RANGE_GOOD, "203.0.113.0", "203.0.114.0"},
		{"203.0.113.0/24", RANGE_GOOD, "203.0.113.255", "203.0.112.255"},
		{"203.0.113.0/24", RANGE_GOOD, "::ffff:203.0.113.9", "::203.0.113.9"},
		{"203.0.113.8/29", RANGE_GOOD, "203.0.113.15", "203.0.113.16"},
		{"203.0.113.8/29", RANGE_GOOD, "203.0.113.8", "203.0.113.7"},
		{"203.0.113.9/32", RANGE_GOOD, "203.0.113.9", "203.0.113.8"},
		{"10.20.0.0/16", RANGE_GOOD, "10.20.255.1", "10.21.0.1"},
		{"2001:db8:10::/48", RANGE_GOOD, "2001:db8:10:ffff::1", "2001:db8:11::1"},
		{"2001:db8::/33", RANGE_GOOD, "2001:db8:7fff::1", "2001:db8:8000::1"},
		{"2001:db8::7/128", RANGE_GOOD, "2001:DB8::7", "2001:db8::8"},
		{"203.0.113.9/24", RANGE_HOST_BITS, NULL, NULL},
		{"2001:db8:10::1/48", RANGE_HOST_BITS, NULL, NULL},
		{"10.0.0.0/15", RANGE_TOO_WIDE, NULL, NULL},
		{"0.0.0.0/0", RANGE_TOO_WIDE, NULL, NULL},
		{"2001:db8::/31", RANGE_TOO_WIDE, NULL, NULL},
		{"::/0", RANGE_UNREADABLE, NULL, NULL},
		{"::ffff:203.0.113.0/120", RANGE_UNREADABLE, NULL, NULL},
		{"::/64", RANGE_UNREADABLE, NULL, NULL},
		{"203.0.113.0/33", RANGE_UNREADABLE, NULL, NULL},
		{"2001:db8::/129", RANGE_UNREADABLE, NULL, NULL},
		{"203.0.113.0", RANGE_UNREADABLE, NULL, NULL},
		{"203.0.113.0/", RANGE_UNREADABLE, NULL, NULL},
		{"203.0.113.0/2x", RANGE_UNREADABLE, NULL, NULL},
		{"203.0.113.0/0024", RANGE_UNREADABLE, NULL, NULL},
		{"203.0.113/24", RANGE_UNREADABLE, NULL, NULL},
		{"0xcb.0.113.0/24", RANGE_UNREADABLE, NULL, NULL},
		{"/24", RANGE_UNREADABLE, NULL, NULL},
		{"", RANGE_UNREADABLE, NULL, NULL},
		{"fe80::1%eth0/64", RANGE_UNREADABLE, NULL, NULL},
		{"a name that is far longer than any address could ever be written out/24",
			RANGE_UNREADABLE, NULL, NULL},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct network_range range;
		struct network_address address;

		print_message("%s\n", cases[i].range);
		assert_int_equal(attendance_parse_range(cases[i].range, &range), cases[i].fault);
		if (cases[i].fault)
			continue;
		assert_true(attendance_parse_address(cases[i].in, &address));
		assert_true(attendance_is_in_range(&range, &address));
		assert_true(attendance_parse_address(cases[i].out, &address));
		assert_false(attendance_is_in_range(&range, &address));
	}
}

static struct org_unit units[] = {
	{.id = {10}, .agency = {10}, .path = "/10/", .valid_to = DAY_FOREVER},
	{.id = {20}, .parent = {10}, .agency = {10}, .path = "/10/20/", .valid_to = DAY_FOREVER},
	{.id = {40}, .agency = {40}, .path = "/40/", .valid_to = DAY_FOREVER},
};

static void test_networks(void **state)
{
	static const struct {
		const char *what;
		int64_t unit;
		const char *day, *address;
		int64_t late_seconds;
		enum network_match match;
		int64_t site;
	} cases[] = {
		{"the unit's own", 20, "2025-11-13", "203.0.113.7", 1, NETWORK_WITHIN, 5},
		{"that of the unit above", 20, "2025-11-13", "198.51.100.7", 1, NETWORK_WITHIN, 0},
		{"not that of the unit below", 10, "2025-11-13", "203.0.113.7", 1, NETWORK_OTHER,
			0},
		{"mobile data", 20, "2025-11-13", "192.0.2.1", 1, NETWORK_OTHER, 0},
		{"another agency has none: nothing is said", 40, "2025-11-13", "203.0.113.7", 1,
			NETWORK_NONE, 0},
		{"made at home, sent at the office", 20, "2025-11-13", "203.0.113.7", 121,
			NETWORK_NONE, 0},
		{"a clock ahead by more than the tolerance", 20, "2025-11-13", "203.0.113.7", -121,
			NETWORK_NONE, 0},
		{"just within the tolerance", 20, "2025-11-13", "203.0.113.7", 120, NETWORK_WITHIN,
			5},
		{"before the row holds", 20, "2025-10-31", "203.0.113.7", 1, NETWORK_OTHER, 0},
		{"after it ended", 20, "2025-12-01", "203.0.113.7", 1, NETWORK_OTHER, 0},
		{"an address nobody can read", 20, "2025-11-13", "unknown", 1, NETWORK_NONE, 0},
		{"no address", 20, "2025-11-13", NULL, 1, NETWORK_NONE, 0},
	};
	struct office_network network[] = {
		{.unit = {10}, .range_text = "198.51.100.0/24", .valid_to = DAY_FOREVER},
		{.unit = {20},
			.site = {5},
			.range_text = "203.0.113.0/24",
			.valid_from = day_of("2025-11-01"),
			.valid_to = day_of("2025-11-30")},
	};
	const struct network_list list = {network, COUNT_OF(network)};
	const struct org_tree tree = {.unit = units, .units = COUNT_OF(units)};
	int64_t claimed = at("11-13 07:30:00");

	(void)state;
	for (int i = 0; i < COUNT_OF(network); i++)
		assert_int_equal(attendance_parse_range(network[i].range_text, &network[i].range),
			RANGE_GOOD);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct network_judgement found = attendance_judge_network(&tree, &list,
			(struct unit_id){cases[i].unit}, day_of(cases[i].day), cases[i].address,
			claimed, claimed + cases[i].late_seconds * 1000, 120000);

		print_message("%s\n", cases[i].what);
		assert_int_equal(found.match, cases[i].match);
		assert_int_equal(found.site.v, cases[i].site);
	}
}

/* ---- both languages mean the same: the web app's tests read this file, too ---- */

static struct arena vector_arena;

static struct bytes bytes_of(const json_t *from, const char *name)
{
	struct bytes bytes = {0};

	assert_true(base64url_decode(
		&vector_arena, json_string_value(json_object_get(from, name)), &bytes));
	return bytes;
}

static int64_t id_of(const json_t *from, const char *name)
{
	return strtoll(json_string_value(json_object_get(from, name)), NULL, 10);
}

static int64_t number_of(const json_t *from, const char *name)
{
	return json_integer_value(json_object_get(from, name));
}

static int index_of(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (str_eq(names[i], name))
			return i;
	return 0;
}

static void assert_bytes(const void *p, size_t n, struct bytes expected)
{
	assert_int_equal(n, expected.n);
	assert_memory_equal(p, expected.p, n);
}

static void copy_to(void *to, size_t n, const json_t *from, const char *name)
{
	if (json_object_get(from, name))
		memcpy(to, bytes_of(from, name).p, n);
}

static struct countersign vector_record(const json_t *v)
{
	static const char *const types[] = {"", "in", "out", "check", "answer", NULL};
	struct countersign c = {.version = 1,
		.kind = (uint8_t)index_of(
			countersign_kind_names, json_string_value(json_object_get(v, "kind"))),
		.seq = number_of(v, "seq"),
		.token_issued_at = number_of(v, "token_issued_at"),
		.wall_at = number_of(v, "wall"),
		.mono_ms = number_of(v, "mono"),
		.employee = id_of(v, "employee"),
		.type = (uint8_t)index_of(types, json_string_value(json_object_get(v, "type"))),
		.officer = id_of(v, "officer")};

	copy_to(c.kiosk, sizeof(c.kiosk), v, "kiosk");
	copy_to(c.prev.b, sizeof(c.prev.b), v, "prev");
	copy_to(c.token, sizeof(c.token), v, "token");
	copy_to(c.subject.b, sizeof(c.subject.b), v, "subject");
	copy_to(c.chance, sizeof(c.chance), v, "random");
	return c;
}

static void check_record_vectors(const json_t *all)
{
	size_t i;
	json_t *v;

	json_array_foreach((json_t *)(uintptr_t)all, i, v)
	{
		struct countersign c = vector_record(json_object_get(v, "record")), read;
		uint8_t bytes[COUNTERSIGN_BYTES];
		struct hash hash;

		print_message("%s\n", json_string_value(json_object_get(v, "name")));
		attendance_write_countersign(&c, bytes);
		assert_bytes(bytes, sizeof(bytes), bytes_of(v, "bytes"));
		hash = attendance_countersign_hash(bytes);
		assert_bytes(hash.b, sizeof(hash.b), bytes_of(v, "hash"));
		assert_int_equal(
			attendance_read_countersign(bytes_of(v, "bytes"), &read), EVENT_GOOD);
	}
}

static void check_display_vectors(const json_t *v)
{
	size_t i;
	json_t *code;

	json_array_foreach(json_object_get(v, "codes"), i, code)
	{
		uint8_t proof[DISPLAY_PROOF_BYTES];

		attendance_write_display_proof(
			id_of(v, "display"), bytes_of(v, "key").p, number_of(code, "at"), proof);
		assert_bytes(proof, sizeof(proof), bytes_of(code, "proof"));
	}
}

static void check_people_vectors(const json_t *duty, const json_t *witness, const json_t *card)
{
	uint8_t asked[DUTY_MESSAGE_BYTES], seen[WITNESS_MESSAGE_BYTES];
	struct hash hash = attendance_duty_hash(bytes_of(duty, "answer").p);

	assert_bytes(hash.b, sizeof(hash.b), bytes_of(duty, "hash"));
	attendance_write_duty_message(bytes_of(duty, "kiosk").p, id_of(duty, "officer"),
		bytes_of(duty, "device").p, bytes_of(duty, "random").p, asked);
	assert_bytes(asked, sizeof(asked), bytes_of(duty, "message"));
	attendance_write_witness_message(
		id_of(witness, "employee"), bytes_of(witness, "random").p, seen);
	assert_bytes(seen, sizeof(seen), bytes_of(witness, "message"));
	hash = attendance_card_hash(bytes_of(card, "token").p);
	assert_bytes(hash.b, sizeof(hash.b), bytes_of(card, "hash"));
}

static void test_vectors(void **state)
{
	json_error_t why;
	json_t *all = json_load_file(VECTORS, 0, &why);

	(void)state;
	if (!all)
		fail_msg("%s: %s", VECTORS, why.text);
	arena_init(&vector_arena, 1 << 20);
	check_display_vectors(json_object_get(all, "display"));
	check_people_vectors(json_object_get(all, "duty"), json_object_get(all, "witness"),
		json_object_get(all, "card"));
	check_record_vectors(json_object_get(all, "records"));
	arena_release(&vector_arena);
	json_decref(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_display_code),
		cmocka_unit_test(test_display_bytes),
		cmocka_unit_test(test_witness),
		cmocka_unit_test(test_witness_bytes),
		cmocka_unit_test(test_countersign_codec),
		cmocka_unit_test(test_countersign_layout),
		cmocka_unit_test(test_countersign_bounds),
		cmocka_unit_test(test_countersign_signature),
		cmocka_unit_test(test_duty),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
