/*
 * The bytes of a signed event (docs/EVIDENCE.md): what is written is read again, what is not
 * exactly that is refused, and both languages mean the same: test/vectors/event.json is read here
 * and by the web app's tests.
 *
 * PP 94/2021 art. 25: what a person is judged by must be the bytes he signed.
 * `attendance_event_test
 * --write FILE` makes the vectors anew, with fresh signatures.
 */
#include "attendance/attendance_assertion.h"

#include "attendance/attendance_test_key.h"
#include "base/str.h"
#include "platform/slice.h"

#define TEST_ARENA_BYTES (1024 * 1024)
#include "platform/test_arena.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define VECTORS "test/vectors/event.json"
#define NO_POINT                                                                                   \
	{                                                                                          \
		NO_COORDINATE, NO_COORDINATE                                                       \
	}
#define NOON_MS INT64_C(1763007600000) /* 2025-11-13 11:20 WIB */

/* ---- the events of the vectors: one phone's chain, then what stands alone ---- */

struct vector {
	const char *name;
	bool follows; /* seq and prev from the one before it */
	struct signed_event event;
};

static const uint8_t display_proof[26] = {0x06, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0, 0, 0,
	0, 0x07, 0x01, 0x90, 0xb0, 0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t witness_proof[88] = {
	0x06, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, [8] = 0xd1, [24] = 0x51, [87] = 0x99};
static const uint8_t longest_proof[EVENT_PROOF_MAX] = {0xff, [EVENT_PROOF_MAX - 1] = 0xfe};

static const struct vector vectors[] = {
	{"first of a phone: nothing is known but the time", false,
		{.seq = 1,
			.type = EVENT_TYPE_IN,
			.point = NO_POINT,
			.wall_at = NOON_MS,
			.speed_cms = UNKNOWN_SPEED,
			.altitude_cm = UNKNOWN_ALTITUDE,
			.position_error = POSITION_TIMEOUT}},
	{"with a position and a token, in the installed app", true,
		{.type = EVENT_TYPE_OUT,
			.bits = EVENT_BIT_INSTALLED | EVENT_BIT_SAME_PAGE,
			.token = {0x70, 0x6b, [15] = 1},
			.token_issued_at = NOON_MS + 10 * 60 * 1000,
			.wall_at = NOON_MS + 11 * 60 * 1000,
			.mono_ms = 60 * 1000,
			.point = {-69024000, 1076187000},
			.accuracy_cm = 1250,
			.position_at = NOON_MS + 11 * 60 * 1000 - 1500,
			.speed_cms = 0,
			.altitude_cm = 76800}},
	{"a display's code as proof", true,
		{.type = EVENT_TYPE_IN,
			.bits = EVENT_BIT_INSTALLED,
			.token = {0x70, 0x6b, [15] = 1},
			.token_issued_at = NOON_MS + 10 * 60 * 1000,
			.wall_at = NOON_MS + 90 * 60 * 1000,
			.point = {-69024001, 1076187002},
			.accuracy_cm = 300,
			.position_at = NOON_MS + 90 * 60 * 1000,
			.speed_cms = 139,
			.altitude_cm = UNKNOWN_ALTITUDE,
			.proof_type = PROOF_DISPLAY,
			.proof = {display_proof, sizeof display_proof}}},
	{"west and south of everything, below the sea, a witness", true,
		{.type = EVENT_TYPE_OUT,
			.wall_at = NOON_MS + 91 * 60 * 1000,
			.point = {-899999999, -1799999999},
			.accuracy_cm = UINT32_MAX,
			.position_at = 1,
			.speed_cms = UINT32_MAX - 1,
			.altitude_cm = -1234,
			.proof_type = PROOF_WITNESS,
			.proof = {witness_proof, sizeof witness_proof}}},
	{"position denied, a check window", true,
		{.type = EVENT_TYPE_CHECK,
			.wall_at = NOON_MS + 2 * 60 * 60 * 1000,
			.point = NO_POINT,
			.speed_cms = UNKNOWN_SPEED,
			.altitude_cm = UNKNOWN_ALTITUDE,
			.position_error = POSITION_DENIED}},
	{"an answer to a presence check; the clock was put back", true,
		{.type = EVENT_TYPE_ANSWER,
			.wall_at = NOON_MS - 60 * 1000,
			.point = {899999999, 1799999999},
			.accuracy_cm = 1,
			.position_at = NOON_MS - 60 * 1000,
			.speed_cms = UNKNOWN_SPEED,
			.altitude_cm = INT32_MIN,
			.position_error = POSITION_OK}},
	{"every number at its bound, the longest proof", false,
		{.seq = INT64_MAX,
			.type = EVENT_TYPE_ANSWER,
			.bits = EVENT_BIT_INSTALLED | EVENT_BIT_SAME_PAGE,
			.employee = INT64_MAX,
			.prev = {{0xff, [31] = 0xfe}},
			.token = {0xff, [15] = 0xfe},
			.token_issued_at = INT64_C(253402300799999),
			.wall_at = INT64_C(253402300799999),
			.mono_ms = INT64_C(253402300799999),
			.point = {900000000, 1800000000},
			.accuracy_cm = UINT32_MAX,
			.position_at = INT64_C(253402300799999),
			.speed_cms = UNKNOWN_SPEED,
			.altitude_cm = INT32_MAX - 1,
			.position_error = POSITION_UNSUPPORTED,
			.proof_type = PROOF_WITNESS,
			.proof = {longest_proof, sizeof longest_proof}}},
};

struct written {
	struct signed_event event;
	uint8_t b[EVENT_BYTES_MAX];
	struct bytes bytes;
	struct hash hash;
};

/* Event `i` of the vectors with all its members, as its phone would write it. */
static struct written write_vector(struct arena *arena, int i)
{
	struct written w = {.event = vectors[i].event};
	uint8_t *copy;

	w.event.version = 1;
	if (!w.event.employee)
		w.event.employee = INT64_C(437509845123465216);
	for (int k = 0; k < DEVICE_ID_BYTES; k++)
		w.event.device[k] = (uint8_t)(0xd0 + k);
	for (int k = 0; k < 8; k++)
		w.event.build[k] = (uint8_t)(0xb0 + k);
	for (int k = 0; k < 16; k++)
		w.event.chance[k] = (uint8_t)(i * 16 + k);
	if (vectors[i].follows) {
		struct written former = write_vector(arena, i - 1);

		w.event.seq = former.event.seq + 1;
		w.event.prev = former.hash;
	}
	w.bytes.n = attendance_write_event(&w.event, w.b);
	copy = arena_alloc(arena, w.bytes.n);
	memcpy(copy, w.b, w.bytes.n);
	w.bytes.p = copy;
	w.hash = attendance_event_hash(w.bytes);
	return w;
}

/* ---- as JSON ---- */

static json_t *json_bytes(struct arena *arena, const void *p, size_t n)
{
	return json_string(base64url_encode(arena, p, n));
}

static json_t *describe_event(struct arena *arena, const struct signed_event *e)
{
	json_t *o = json_object();

	json_object_set_new(o, "version", json_integer(e->version));
	json_object_set_new(o, "type", json_integer(e->type));
	json_object_set_new(o, "flags", json_integer(e->bits));
	json_object_set_new(o, "employee", json_string(arena_printf(arena, "%ld", e->employee)));
	json_object_set_new(o, "device", json_bytes(arena, e->device, sizeof e->device));
	json_object_set_new(o, "seq", json_string(arena_printf(arena, "%ld", e->seq)));
	json_object_set_new(o, "prev", json_bytes(arena, e->prev.b, sizeof e->prev.b));
	json_object_set_new(o, "token", json_bytes(arena, e->token, sizeof e->token));
	json_object_set_new(o, "token_issued_at", json_integer(e->token_issued_at));
	json_object_set_new(o, "wall", json_integer(e->wall_at));
	json_object_set_new(o, "mono", json_integer(e->mono_ms));
	json_object_set_new(o, "lat_e7", json_integer(e->point.lat_e7));
	json_object_set_new(o, "lon_e7", json_integer(e->point.lon_e7));
	json_object_set_new(o, "accuracy_cm", json_integer(e->accuracy_cm));
	json_object_set_new(o, "position_at", json_integer(e->position_at));
	json_object_set_new(o, "speed_cms", json_integer(e->speed_cms));
	json_object_set_new(o, "altitude_cm", json_integer(e->altitude_cm));
	json_object_set_new(o, "position_error", json_integer(e->position_error));
	json_object_set_new(o, "proof_type", json_integer(e->proof_type));
	json_object_set_new(o, "proof", json_bytes(arena, e->proof.p, e->proof.n));
	json_object_set_new(o, "build", json_bytes(arena, e->build, sizeof e->build));
	json_object_set_new(o, "random", json_bytes(arena, e->chance, sizeof e->chance));
	return o;
}

/* Everything of a vector but its signature, which is drawn. */
static json_t *describe_vector(struct arena *arena, int i, const struct written *w)
{
	uint8_t challenge[CHALLENGE_BYTES];
	struct uuid id = attendance_signed_id(w->hash);
	char text[37];
	json_t *o = json_object();

	attendance_assertion_challenge(w->event.token, w->hash, challenge);
	uuid_format(&id, text);
	json_object_set_new(o, "name", json_string(vectors[i].name));
	json_object_set_new(o, "event", describe_event(arena, &w->event));
	json_object_set_new(o, "bytes", json_bytes(arena, w->bytes.p, w->bytes.n));
	json_object_set_new(o, "hash", json_bytes(arena, w->hash.b, sizeof w->hash.b));
	json_object_set_new(o, "id", json_string(text));
	json_object_set_new(o, "challenge", json_bytes(arena, challenge, sizeof challenge));
	return o;
}

static struct bytes member_bytes(struct arena *arena, const json_t *o, const char *name, size_t n)
{
	const char *text = json_string_value(json_object_get(o, name));
	struct bytes bytes = {0};

	assert_non_null(text);
	assert_true(base64url_decode(arena, text, &bytes));
	if (n)
		assert_int_equal(bytes.n, n);
	return bytes;
}

/* ---- making them ---- */

static void sign_vector(
	struct arena *arena, const struct test_key *key, const struct written *w, json_t *o)
{
	uint8_t message[11 + EVENT_BYTES_MAX], signature[ES256_SIGNATURE_BYTES];

	memcpy(message, "luwes/ev/1\n", 11);
	memcpy(message + 11, w->bytes.p, w->bytes.n);
	test_sign(key, message, 11 + w->bytes.n, signature);
	json_object_set_new(o, "signature", json_bytes(arena, signature, sizeof signature));
}

static json_t *describe_key(struct arena *arena, const struct test_key *key)
{
	BIGNUM *d = NULL;
	uint8_t secret[32];
	json_t *o = json_object();

	EVP_PKEY_get_bn_param(key->pair, OSSL_PKEY_PARAM_PRIV_KEY, &d);
	BN_bn2binpad(d, secret, sizeof secret);
	BN_free(d);
	json_object_set_new(o, "kty", json_string("EC"));
	json_object_set_new(o, "crv", json_string("P-256"));
	json_object_set_new(o, "x", json_bytes(arena, key->public, 32));
	json_object_set_new(o, "y", json_bytes(arena, key->public + 32, 32));
	json_object_set_new(o, "d", json_bytes(arena, secret, sizeof secret));
	return o;
}

static int write_vectors(const char *path)
{
	struct arena arena;
	struct test_key key = make_test_key();
	json_t *all = json_object(), *list = json_array();
	int failed;

	arena_init(&arena, TEST_ARENA_BYTES);
	json_object_set_new(all, "about",
		json_string("Signed events of docs/EVIDENCE.md; bytes as base64url, 64-bit "
			    "counts as decimal text. Made by attendance_event_test --write."));
	json_object_set_new(all, "jwk", describe_key(&arena, &key));
	json_object_set_new(all, "key", json_bytes(&arena, key.public, sizeof key.public));
	for (int i = 0; i < COUNT_OF(vectors); i++) {
		struct written w = write_vector(&arena, i);
		json_t *o = describe_vector(&arena, i, &w);

		sign_vector(&arena, &key, &w, o);
		json_array_append_new(list, o);
	}
	json_object_set_new(all, "events", list);
	failed = json_dump_file(all, path, JSON_INDENT(1));
	json_decref(all);
	EVP_PKEY_free(key.pair);
	arena_release(&arena);
	return failed ? 1 : 0;
}

/* ---- tests ---- */

static void test_vectors(void **state)
{
	struct arena *arena = *state;
	json_t *all = json_load_file(VECTORS, JSON_REJECT_DUPLICATES, NULL);
	const json_t *list = json_object_get(all, "events");
	struct bytes key = member_bytes(arena, all, "key", ES256_KEY_BYTES);

	assert_true(es256_is_key(key.p));
	assert_int_equal(json_array_size(list), COUNT_OF(vectors));
	for (int i = 0; i < COUNT_OF(vectors); i++) {
		const json_t *kept = json_array_get(list, (size_t)i);
		struct written w = write_vector(arena, i);
		json_t *made = describe_vector(arena, i, &w);
		struct bytes signature = member_bytes(
			arena, kept, "signature", ES256_SIGNATURE_BYTES);
		struct signed_event read;

		json_object_set(made, "signature", json_object_get(kept, "signature"));
		if (!json_equal(made, kept))
			fail_msg("%s: %s", vectors[i].name, json_dumps(made, 0));
		json_decref(made);
		assert_int_equal(attendance_read_event(w.bytes, &read), EVENT_GOOD);
		made = describe_event(arena, &read);
		if (!json_equal(made, json_object_get(kept, "event")))
			fail_msg("%s, read again: %s", vectors[i].name, json_dumps(made, 0));
		json_decref(made);
		assert_true(attendance_is_signed(key.p, w.bytes, signature.p));
	}
	json_decref(all);
}

/* A signature is of these bytes, by this key, with the words before them. */
static void test_signature_of_other_bytes(void **state)
{
	struct arena *arena = *state;
	struct test_key key = make_test_key(), other = make_test_key();
	struct written w = write_vector(arena, 1);
	uint8_t message[11 + EVENT_BYTES_MAX], signature[ES256_SIGNATURE_BYTES];

	memcpy(message, "luwes/ev/1\n", 11);
	memcpy(message + 11, w.bytes.p, w.bytes.n);
	test_sign(&key, message, 11 + w.bytes.n, signature);
	assert_true(attendance_is_signed(key.public, w.bytes, signature));
	assert_false(attendance_is_signed(other.public, w.bytes, signature));
	for (size_t i = 0; i < w.bytes.n; i++) {
		w.b[i] ^= 1;
		assert_false(attendance_is_signed(
			key.public, (struct bytes){w.b, w.bytes.n}, signature));
		w.b[i] ^= 1;
	}
	for (int i = 0; i < ES256_SIGNATURE_BYTES; i++) {
		signature[i] ^= 1;
		assert_false(attendance_is_signed(key.public, w.bytes, signature));
		signature[i] ^= 1;
	}
	test_sign(&key, w.bytes.p, w.bytes.n, signature); /* without the words */
	assert_false(attendance_is_signed(key.public, w.bytes, signature));
	assert_false(attendance_is_signed(key.public,
		(struct bytes){arena_alloc(arena, EVENT_BYTES_MAX + 1), EVENT_BYTES_MAX + 1},
		signature));
	EVP_PKEY_free(key.pair);
	EVP_PKEY_free(other.pair);
}

/* Every length but the right one, of every vector: nobody's event. */
static void test_truncated_and_longer(void **state)
{
	struct arena *arena = *state;
	struct signed_event read;

	for (int i = 0; i < COUNT_OF(vectors); i++) {
		struct written w = write_vector(arena, i);
		uint8_t *p = arena_alloc(arena, EVENT_BYTES_MAX + 8);

		memcpy(p, w.b, w.bytes.n);
		for (size_t n = 0; n <= EVENT_BYTES_MAX + 8; n++) {
			enum event_fault fault = attendance_read_event((struct bytes){p, n}, &read);

			assert_int_equal(fault, n == w.bytes.n ? EVENT_GOOD : EVENT_MALFORMED);
		}
	}
}

enum width { U8 = 1, U16 = 2, U32 = 4, U64 = 8 };

static void put_at(uint8_t *p, size_t at, enum width n, uint64_t value)
{
	for (int i = 0; i < (int)n; i++)
		p[at + (size_t)i] = (uint8_t)(value >> (8 * ((int)n - 1 - i)));
}

static void test_bounds(void **state)
{
	static const struct {
		const char *what;
		size_t at;
		enum width width;
		uint64_t value;
		enum event_fault fault;
	} cases[] = {
		{"magic", 0, U8, 'l', EVENT_MALFORMED},
		{"magic, last letter", 7, U8, 'W', EVENT_MALFORMED},
		{"version 0", 8, U8, 0, EVENT_UNKNOWN},
		{"version 2", 8, U8, 2, EVENT_UNKNOWN},
		{"version 255", 8, U8, 255, EVENT_UNKNOWN},
		{"type 0", 9, U8, 0, EVENT_UNKNOWN},
		{"type 1", 9, U8, 1, EVENT_GOOD},
		{"type 4", 9, U8, 4, EVENT_GOOD},
		{"type 5", 9, U8, 5, EVENT_UNKNOWN},
		{"no bit", 10, U16, 0, EVENT_GOOD},
		{"both bits", 10, U16, 3, EVENT_GOOD},
		{"an unknown bit", 10, U16, 4, EVENT_UNKNOWN},
		{"the highest bit", 10, U16, 0x8000, EVENT_UNKNOWN},
		{"employee 0", 12, U64, 0, EVENT_MALFORMED},
		{"employee 1", 12, U64, 1, EVENT_GOOD},
		{"greatest employee", 12, U64, INT64_MAX, EVENT_GOOD},
		{"employee beyond", 12, U64, UINT64_C(1) << 63, EVENT_MALFORMED},
		{"seq 0", 36, U64, 0, EVENT_MALFORMED},
		{"seq 1", 36, U64, 1, EVENT_GOOD},
		{"seq beyond", 36, U64, UINT64_MAX, EVENT_MALFORMED},
		{"no token", 92, U64, 0, EVENT_GOOD},
		{"token of the year 9999", 92, U64, UINT64_C(253402300799999), EVENT_GOOD},
		{"token of the year 10000", 92, U64, UINT64_C(253402300800000), EVENT_MALFORMED},
		{"token beyond", 92, U64, UINT64_MAX, EVENT_MALFORMED},
		{"wall 0", 100, U64, 0, EVENT_MALFORMED},
		{"wall 1", 100, U64, 1, EVENT_GOOD},
		{"wall of the year 10000", 100, U64, UINT64_C(253402300800000), EVENT_MALFORMED},
		{"wall beyond", 100, U64, UINT64_C(1) << 63, EVENT_MALFORMED},
		{"mono 0", 108, U64, 0, EVENT_GOOD},
		{"mono beyond", 108, U64, UINT64_C(253402300800000), EVENT_MALFORMED},
		{"north pole", 116, U32, 900000000, EVENT_GOOD},
		{"beyond the pole", 116, U32, 900000001, EVENT_MALFORMED},
		{"south pole", 116, U32, (uint32_t)-900000000, EVENT_GOOD},
		{"beyond the south pole", 116, U32, (uint32_t)-900000001, EVENT_MALFORMED},
		{"latitude alone is missing", 116, U32, 0x7fffffff, EVENT_MALFORMED},
		{"longitude 180", 120, U32, 1800000000, EVENT_GOOD},
		{"longitude beyond", 120, U32, 1800000001, EVENT_MALFORMED},
		{"longitude -180", 120, U32, (uint32_t)-1800000000, EVENT_GOOD},
		{"longitude beyond -180", 120, U32, (uint32_t)-1800000001, EVENT_MALFORMED},
		{"longitude alone is missing", 120, U32, 0x7fffffff, EVENT_MALFORMED},
		{"accuracy of any size", 124, U32, UINT32_MAX, EVENT_GOOD},
		{"position of no time", 128, U64, 0, EVENT_GOOD},
		{"position time beyond", 128, U64, UINT64_C(253402300800000), EVENT_MALFORMED},
		{"speed unknown", 136, U32, UINT32_MAX, EVENT_GOOD},
		{"altitude unknown", 140, U32, 0x7fffffff, EVENT_GOOD},
		{"deepest", 140, U32, 0x80000000, EVENT_GOOD},
		{"position error 4", 144, U8, 4, EVENT_GOOD},
		{"position error 5", 144, U8, 5, EVENT_MALFORMED},
		{"proof type 2", 145, U8, 2, EVENT_GOOD},
		{"an unknown proof", 145, U8, 3, EVENT_UNKNOWN},
		{"proof longer than it is", 146, U16, 1, EVENT_MALFORMED},
		{"proof of 64 KiB", 146, U16, 65535, EVENT_MALFORMED},
	};
	struct signed_event read;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct written w = write_vector(*state, 1);
		enum event_fault fault;

		put_at(w.b, cases[i].at, cases[i].width, cases[i].value);
		fault = attendance_read_event((struct bytes){w.b, w.bytes.n}, &read);
		if (fault != cases[i].fault)
			fail_msg("%s: %d, not %d", cases[i].what, fault, cases[i].fault);
	}
}

/* What another version means is not guessed, but whose and when stands where version 1 has it. */
static void test_unknown_version_keeps_its_head(void **state)
{
	struct written w = write_vector(*state, 1);
	struct signed_event read;

	w.b[8] = 9;
	assert_int_equal(
		attendance_read_event((struct bytes){w.b, w.bytes.n}, &read), EVENT_UNKNOWN);
	assert_int_equal(read.version, 9);
	assert_int_equal(read.employee, w.event.employee);
	assert_int_equal(read.seq, w.event.seq);
	assert_memory_equal(read.device, w.event.device, DEVICE_ID_BYTES);
	assert_int_equal(read.wall_at, w.event.wall_at);
	assert_int_equal(read.mono_ms, w.event.mono_ms);
}

/* PRNG for the round trip: the seed is printed with a failure. */
static uint64_t next_chance(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void fill(uint64_t *seed, uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)next_chance(seed);
}

static struct signed_event draw_event(uint64_t *seed, uint8_t proof[EVENT_PROOF_MAX])
{
	struct signed_event e = {.version = 1};
	bool has_point = next_chance(seed) % 3 != 0;

	fill(seed, proof, EVENT_PROOF_MAX);
	fill(seed, e.device, sizeof e.device);
	fill(seed, e.prev.b, sizeof e.prev.b);
	fill(seed, e.token, sizeof e.token);
	fill(seed, e.build, sizeof e.build);
	fill(seed, e.chance, sizeof e.chance);
	e.type = (uint8_t)(1 + next_chance(seed) % 4);
	e.bits = (uint16_t)(next_chance(seed) % 4);
	e.employee = (int64_t)(next_chance(seed) >> 1) | 1;
	e.seq = (int64_t)(next_chance(seed) >> 1) | 1;
	e.token_issued_at = (int64_t)(next_chance(seed) % UINT64_C(253402300800000));
	e.wall_at = 1 + (int64_t)(next_chance(seed) % UINT64_C(253402300799999));
	e.mono_ms = (int64_t)(next_chance(seed) % UINT64_C(253402300800000));
	e.point.lat_e7 = has_point ? (int32_t)(next_chance(seed) % 1800000001) - 900000000
				   : NO_COORDINATE;
	e.point.lon_e7 = has_point
				 ? (int32_t)((int64_t)(next_chance(seed) % 3600000001) - 1800000000)
				 : NO_COORDINATE;
	e.accuracy_cm = (uint32_t)next_chance(seed);
	e.position_at = (int64_t)(next_chance(seed) % UINT64_C(253402300800000));
	e.speed_cms = (uint32_t)next_chance(seed);
	e.altitude_cm = (int32_t)next_chance(seed);
	e.position_error = (uint8_t)(next_chance(seed) % 5);
	e.proof_type = (uint8_t)(next_chance(seed) % PROOF_TYPES);
	e.proof = (struct bytes){proof, next_chance(seed) % (EVENT_PROOF_MAX + 1)};
	return e;
}

static void test_round_trip(void **state)
{
	uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
	uint8_t proof[EVENT_PROOF_MAX], once[EVENT_BYTES_MAX], again[EVENT_BYTES_MAX];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint64_t before = seed;
		struct signed_event e = draw_event(&seed, proof), read;
		size_t n = attendance_write_event(&e, once);

		if (n != EVENT_FIXED_BYTES + e.proof.n ||
			attendance_read_event((struct bytes){once, n}, &read) != EVENT_GOOD ||
			attendance_write_event(&read, again) != n || memcmp(once, again, n) != 0)
			fail_msg("seed %lu", (unsigned long)before);
	}
}

/* Different bytes are different events, and the id is that of a UUIDv7 as the journal asks. */
static void test_hash_and_id(void **state)
{
	struct written w = write_vector(*state, 0);
	struct hash first = attendance_event_hash(w.bytes);
	struct uuid id = attendance_signed_id(first), again;
	char text[37];

	uuid_format(&id, text);
	assert_true(uuid_parse_v7(text, &again));
	assert_memory_equal(id.b, again.b, sizeof id.b);
	for (size_t i = 0; i < w.bytes.n; i++) {
		struct hash other;

		w.b[i] ^= 0x80;
		other = attendance_event_hash((struct bytes){w.b, w.bytes.n});
		assert_memory_not_equal(first.b, other.b, sizeof first.b);
		w.b[i] ^= 0x80;
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_vectors),
		ARENA_TEST(test_signature_of_other_bytes),
		ARENA_TEST(test_truncated_and_longer),
		ARENA_TEST(test_bounds),
		ARENA_TEST(test_unknown_version_keeps_its_head),
		ARENA_TEST(test_round_trip),
		ARENA_TEST(test_hash_and_id),
	};

	if (argc == 3 && str_eq(argv[1], "--write"))
		return write_vectors(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
