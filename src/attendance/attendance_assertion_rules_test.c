/*
 * What a passkey signed, against the test vectors of W3C Web Authentication level 3 (section 16)
 * and the list of what must never pass: other origins, other keys, nobody verified, truncation at
 * every byte, members and extensions nobody asked for.
 *
 * WebAuthn 7.1 and 7.2; UU 27/2022 art. 16: consent to this event, by who can unlock the phone.
 */
#include "attendance/attendance_assertion.h"

#include "attendance/attendance_test_passkey.h"
#include "platform/slice.h"

#define TEST_ARENA_BYTES (8 * 1024 * 1024)
#include "platform/test_arena.h"

#define BIT(mark) (INT64_C(1) << (mark))

static void test_w3c_assertions(void **state)
{
	struct arena *arena = *state;
	json_t *all = json_load_file(VECTORS, JSON_REJECT_DUPLICATES, NULL), *vector;
	size_t i;

	json_array_foreach(json_object_get(all, "assertions"), i, vector)
	{
		struct assertion_expect expect = expect_vector(arena, all, vector);
		struct assertion a = {.credential_id = expect.credential_id,
			.authenticator_data = member(arena, vector, "authenticator_data"),
			.client_data = member(arena, vector, "client_data"),
			.signature = member(arena, vector, "signature")};
		const char *wanted = json_string_value(json_object_get(vector, "fault"));
		int64_t marks = 0;
		enum assertion_fault fault = attendance_check_assertion(
			arena, &a, &expect, &marks, NULL);

		if (!str_eq(assertion_fault_names[fault], wanted))
			fail_msg("%s: %s, not %s",
				json_string_value(json_object_get(vector, "name")),
				assertion_fault_names[fault], wanted);
	}
	assert_int_equal(i, 3);
	json_decref(all);
}

/* The signatures of the vectors are good, whatever else Luwes asks for. */
static void test_w3c_signatures(void **state)
{
	struct arena *arena = *state;
	json_t *all = json_load_file(VECTORS, JSON_REJECT_DUPLICATES, NULL), *vector;
	size_t i;

	json_array_foreach(json_object_get(all, "assertions"), i, vector)
	{
		struct bytes data = member(arena, vector, "authenticator_data");
		struct bytes client = member(arena, vector, "client_data");
		struct bytes key = member(arena, vector, "key");
		struct hash hash = hash_of(client.p, client.n);
		uint8_t message[AUTH_DATA_FIXED + sizeof hash.b];

		assert_int_equal(data.n, AUTH_DATA_FIXED);
		memcpy(message, data.p, data.n);
		memcpy(message + data.n, hash.b, sizeof hash.b);
		assert_true(es256_verify_der(
			key.p, message, sizeof message, member(arena, vector, "signature")));
	}
	json_decref(all);
}

static struct assertion make_assertion(const struct phone *p, struct bytes data, const char *client)
{
	struct assertion a = {.credential_id = p->expect.credential_id,
		.authenticator_data = data,
		.client_data = text_bytes(client)};

	a.signature = sign(p, a.authenticator_data, a.client_data);
	return a;
}

static enum assertion_fault check(const struct phone *p, const struct assertion *a)
{
	int64_t marks = 0;
	enum assertion_fault fault = attendance_check_assertion(
		p->arena, a, &p->expect, &marks, NULL);

	assert_true(fault == ASSERTION_GOOD ? (marks & BIT(MARK_USER_VERIFIED)) != 0
					    : marks == BIT(MARK_ASSERTION_BAD));
	return fault;
}

#define C64   "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo" /* 32 times 5a */
#define HEAD  "{\"type\":\"webauthn.get\",\"challenge\":\"" C64 "\","
#define WHOLE HEAD "\"origin\":\"" ORIGIN "\""

static void test_client_data(void **state)
{
	static const struct {
		const char *what, *client;
		enum assertion_fault fault;
	} cases[] = {
		{"as browsers write it", WHOLE ",\"crossOrigin\":false}", ASSERTION_GOOD},
		{"without crossOrigin", WHOLE "}", ASSERTION_GOOD},
		{"members nobody knows", WHOLE ",\"extraData\":\"x\",\"other\":{\"a\":[1,null]}}",
			ASSERTION_GOOD},
		{"a token binding of old browsers",
			WHOLE ",\"tokenBinding\":{\"status\":\"supported\"}}", ASSERTION_GOOD},
		{"a byte order mark", "\xef\xbb\xbf" WHOLE "}", ASSERTION_GOOD},
		{"two byte order marks", "\xef\xbb\xbf\xef\xbb\xbf" WHOLE "}",
			ASSERTION_CLIENT_DATA},
		{"members in another order",
			"{\"origin\":\"" ORIGIN "\",\"challenge\":\"" C64
			"\",\"type\":\"webauthn.get\"}",
			ASSERTION_GOOD},
		{"escaped letters",
			"{\"type\":\"web\\u0061uthn.get\",\"challenge\":\"" C64
			"\",\"origin\":\"" ORIGIN "\"}",
			ASSERTION_GOOD},
		{"type of a registration",
			"{\"type\":\"webauthn.create\",\"challenge\":\"" C64
			"\",\"origin\":\"" ORIGIN "\"}",
			ASSERTION_TYPE},
		{"type in capitals",
			"{\"type\":\"WEBAUTHN.GET\",\"challenge\":\"" C64 "\",\"origin\":\"" ORIGIN
			"\"}",
			ASSERTION_TYPE},
		{"no type", "{\"challenge\":\"" C64 "\",\"origin\":\"" ORIGIN "\"}",
			ASSERTION_TYPE},
		{"type is a number",
			"{\"type\":1,\"challenge\":\"" C64 "\",\"origin\":\"" ORIGIN "\"}",
			ASSERTION_TYPE},
		{"type with a NUL behind it",
			"{\"type\":\"webauthn.get\\u0000\",\"challenge\":\"" C64
			"\",\"origin\":\"" ORIGIN "\"}",
			ASSERTION_CLIENT_DATA},
		{"challenge with padding",
			"{\"type\":\"webauthn.get\",\"challenge\":\"" C64 "=\",\"origin\":\"" ORIGIN
			"\"}",
			ASSERTION_CHALLENGE},
		{"another challenge",
			"{\"type\":\"webauthn.get\",\"challenge\":"
			"\"WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWls\",\"origin\":\"" ORIGIN
			"\"}",
			ASSERTION_CHALLENGE},
		{"challenge cut short",
			"{\"type\":\"webauthn.get\",\"challenge\":\"WlpaWlpa\",\"origin\":\"" ORIGIN
			"\"}",
			ASSERTION_CHALLENGE},
		{"no challenge", "{\"type\":\"webauthn.get\",\"origin\":\"" ORIGIN "\"}",
			ASSERTION_CHALLENGE},
		{"an origin that begins like ours", HEAD "\"origin\":\"" ORIGIN ".evil\"}",
			ASSERTION_ORIGIN},
		{"an origin below ours", HEAD "\"origin\":\"https://a.presensi.example.go.id\"}",
			ASSERTION_ORIGIN},
		{"our origin without TLS", HEAD "\"origin\":\"http://presensi.example.go.id\"}",
			ASSERTION_ORIGIN},
		{"our origin at another port", HEAD "\"origin\":\"" ORIGIN ":8443\"}",
			ASSERTION_ORIGIN},
		{"our origin with a slash", HEAD "\"origin\":\"" ORIGIN "/\"}", ASSERTION_ORIGIN},
		{"no origin", "{\"type\":\"webauthn.get\",\"challenge\":\"" C64 "\"}",
			ASSERTION_ORIGIN},
		{"in a foreign page", WHOLE ",\"crossOrigin\":true}", ASSERTION_CROSS_ORIGIN},
		{"crossOrigin is a text", WHOLE ",\"crossOrigin\":\"false\"}",
			ASSERTION_CROSS_ORIGIN},
		{"crossOrigin is null", WHOLE ",\"crossOrigin\":null}", ASSERTION_CROSS_ORIGIN},
		{"topOrigin", WHOLE ",\"crossOrigin\":false,\"topOrigin\":\"" ORIGIN "\"}",
			ASSERTION_CROSS_ORIGIN},
		{"topOrigin alone", WHOLE ",\"topOrigin\":null}", ASSERTION_CROSS_ORIGIN},
		{"a member twice", WHOLE ",\"origin\":\"https://evil.example\"}",
			ASSERTION_CLIENT_DATA},
		{"type twice", WHOLE ",\"type\":\"webauthn.get\"}", ASSERTION_CLIENT_DATA},
		{"an array", "[" WHOLE "}]", ASSERTION_CLIENT_DATA},
		{"two objects", WHOLE "}{}", ASSERTION_CLIENT_DATA},
		{"not UTF-8", WHOLE ",\"x\":\"\xff\xfe\"}", ASSERTION_CLIENT_DATA},
		{"text", "webauthn.get", ASSERTION_CLIENT_DATA},
		{"nothing", "", ASSERTION_SIZE},
	};
	struct phone p = make_phone(*state);

	settle_phone(&p);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct assertion a = make_assertion(
			&p, auth_data(&p, 0x05, 0, NULL), cases[i].client);
		enum assertion_fault fault = check(&p, &a);

		if (fault != cases[i].fault)
			fail_msg("%s: %s", cases[i].what, assertion_fault_names[fault]);
	}
	EVP_PKEY_free(p.key.pair);
}

static void test_flags_and_notes(void **state)
{
	static const struct {
		const char *what;
		uint8_t flags;
		uint32_t count;
		const char *more;
		bool was_backed_up;
		int64_t former_count;
		enum assertion_fault fault;
		int64_t notes;
	} cases[] = {
		{"present and verified", 0x05, 0, NULL, false, 0, ASSERTION_GOOD, 0},
		{"nobody was verified", 0x01, 0, NULL, false, 0, ASSERTION_NOT_VERIFIED, 0},
		{"nobody was present", 0x04, 0, NULL, false, 0, ASSERTION_NOT_PRESENT, 0},
		{"no flag", 0x00, 0, NULL, false, 0, ASSERTION_NOT_PRESENT, 0},
		{"backed up though it cannot be", 0x15, 0, NULL, false, 0, ASSERTION_BACKUP, 0},
		{"can be backed up, as it was", 0x0d, 0, NULL, true, 0, ASSERTION_GOOD, 0},
		{"is backed up", 0x1d, 0, NULL, true, 0, ASSERTION_GOOD, 0},
		{"can suddenly be backed up: a note", 0x0d, 0, NULL, false, 0, ASSERTION_GOOD,
			BIT(MARK_BACKUP_CHANGED)},
		{"can no longer be backed up: a note", 0x05, 0, NULL, true, 0, ASSERTION_GOOD,
			BIT(MARK_BACKUP_CHANGED)},
		{"flags nobody knows", 0x27, 0, NULL, false, 0, ASSERTION_GOOD, 0},
		{"the counter rises", 0x05, 8, NULL, false, 7, ASSERTION_GOOD, 0},
		{"the counter stands: a note", 0x05, 7, NULL, false, 7, ASSERTION_GOOD,
			BIT(MARK_SIGN_COUNT)},
		{"the counter fell: a note", 0x05, 6, NULL, false, 7, ASSERTION_GOOD,
			BIT(MARK_SIGN_COUNT)},
		{"the counter is gone: a note", 0x05, 0, NULL, false, 7, ASSERTION_GOOD,
			BIT(MARK_SIGN_COUNT)},
		{"the greatest counter", 0x05, UINT32_MAX, NULL, false, UINT32_MAX - INT64_C(1),
			ASSERTION_GOOD, 0},
		{"extensions behind it", 0x85, 0, "a16375766d81830204", false, 0, ASSERTION_GOOD,
			0},
		{"extensions announced, none there", 0x85, 0, NULL, false, 0, ASSERTION_SIZE, 0},
		{"bytes nobody announced", 0x05, 0, "a0", false, 0, ASSERTION_SIZE, 0},
		{"a key announced, none there", 0x45, 0, NULL, false, 0, ASSERTION_SIZE, 0},
	};
	struct phone p = make_phone(*state);

	settle_phone(&p);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct assertion a = make_assertion(&p,
			auth_data(&p, cases[i].flags, cases[i].count, cases[i].more),
			good_client(&p, "webauthn.get"));
		int64_t marks = BIT(MARK_GEO_NONE), count = -1;
		enum assertion_fault fault;

		p.expect.was_backed_up = cases[i].was_backed_up;
		p.expect.sign_count = cases[i].former_count;
		fault = attendance_check_assertion(p.arena, &a, &p.expect, &marks, &count);
		if (fault != cases[i].fault)
			fail_msg("%s: %s", cases[i].what, assertion_fault_names[fault]);
		if (fault) {
			assert_int_equal(marks, BIT(MARK_GEO_NONE) | BIT(MARK_ASSERTION_BAD));
			continue;
		}
		if (marks != (BIT(MARK_GEO_NONE) | BIT(MARK_USER_VERIFIED) | cases[i].notes) ||
			count != cases[i].count)
			fail_msg("%s: marks %lx, counter %ld", cases[i].what, marks, count);
	}
	EVP_PKEY_free(p.key.pair);
}

static void test_others(void **state)
{
	struct phone p = make_phone(*state), other = make_phone(*state);
	struct assertion good, a;
	uint8_t foreign[32] = {0xc2};

	settle_phone(&p);
	settle_phone(&other);
	good = make_assertion(&p, auth_data(&p, 0x05, 0, NULL), good_client(&p, "webauthn.get"));
	assert_int_equal(check(&p, &good), ASSERTION_GOOD);

	a = good; /* signed by another employee's key */
	a.signature = sign(&other, a.authenticator_data, a.client_data);
	assert_int_equal(check(&p, &a), ASSERTION_SIGNATURE);
	a = good;
	a.credential_id = (struct bytes){foreign, sizeof foreign};
	assert_int_equal(check(&p, &a), ASSERTION_CREDENTIAL);
	a.credential_id = (struct bytes){p.credential_id, 31};
	assert_int_equal(check(&p, &a), ASSERTION_CREDENTIAL);
	a.credential_id.n = 0;
	assert_int_equal(check(&p, &a), ASSERTION_SIZE);
	a = good;
	a.user_handle = (struct bytes){p.user, sizeof p.user};
	assert_int_equal(check(&p, &a), ASSERTION_GOOD);
	a.user_handle = (struct bytes){foreign, 8};
	assert_int_equal(check(&p, &a), ASSERTION_CREDENTIAL);
	a = good; /* another relying party */
	p.expect.rp_id_hash = hash_of("example.go.id", 13);
	assert_int_equal(check(&p, &a), ASSERTION_RP);
	EVP_PKEY_free(p.key.pair);
	EVP_PKEY_free(other.key.pair);
}

/* A phone without a passkey: nothing can be good about it. */
static void test_no_passkey(void **state)
{
	struct phone p = make_phone(*state);
	struct assertion a;

	settle_phone(&p);
	a = make_assertion(&p, auth_data(&p, 0x05, 0, NULL), good_client(&p, "webauthn.get"));
	p.expect.credential_id = (struct bytes){0};
	assert_int_equal(check(&p, &a), ASSERTION_CREDENTIAL);
	EVP_PKEY_free(p.key.pair);
}

/* Every part cut at every byte, and every bit of what is signed. */
static void test_truncated_and_tampered(void **state)
{
	struct phone p = make_phone(*state);
	struct assertion good, a;
	uint8_t *data, *client;

	settle_phone(&p);
	good = make_assertion(&p, auth_data(&p, 0x05, 3, NULL), good_client(&p, "webauthn.get"));
	for (size_t n = 0; n < good.authenticator_data.n; n++) {
		a = good;
		a.authenticator_data.n = n;
		assert_int_equal(check(&p, &a), ASSERTION_SIZE);
	}
	for (size_t n = 0; n < good.client_data.n; n++) {
		a = good;
		a.client_data.n = n;
		assert_int_equal(check(&p, &a), n < 2 ? ASSERTION_SIZE : ASSERTION_CLIENT_DATA);
	}
	for (size_t n = 0; n < good.signature.n; n++) {
		a = good;
		a.signature.n = n;
		assert_int_equal(check(&p, &a), n ? ASSERTION_SIGNATURE : ASSERTION_SIZE);
	}
	data = arena_alloc(p.arena, good.authenticator_data.n);
	client = arena_alloc(p.arena, good.client_data.n);
	memcpy(data, good.authenticator_data.p, good.authenticator_data.n);
	memcpy(client, good.client_data.p, good.client_data.n);
	a = good;
	a.authenticator_data.p = data;
	a.client_data.p = client;
	assert_int_equal(check(&p, &a), ASSERTION_GOOD);
	for (size_t bit = 0; bit < a.authenticator_data.n * 8; bit++) {
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(check(&p, &a), ASSERTION_GOOD);
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < a.client_data.n * 8; bit++) {
		client[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(check(&p, &a), ASSERTION_GOOD);
		client[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	EVP_PKEY_free(p.key.pair);
}

static void test_too_long(void **state)
{
	struct phone p = make_phone(*state);
	struct assertion good, a;

	settle_phone(&p);
	good = make_assertion(&p, auth_data(&p, 0x05, 0, NULL), good_client(&p, "webauthn.get"));
	a = good;
	a.client_data = (struct bytes){
		arena_alloc(p.arena, CLIENT_DATA_MAX + 1), CLIENT_DATA_MAX + 1};
	assert_int_equal(check(&p, &a), ASSERTION_SIZE);
	a = good;
	a.authenticator_data = (struct bytes){
		arena_alloc(p.arena, AUTH_DATA_MAX + 1), AUTH_DATA_MAX + 1};
	assert_int_equal(check(&p, &a), ASSERTION_SIZE);
	a = good;
	a.signature = (struct bytes){arena_alloc(p.arena, ES256_DER_MAX + 1), ES256_DER_MAX + 1};
	assert_int_equal(check(&p, &a), ASSERTION_SIZE);
	a = good;
	a.user_handle = (struct bytes){arena_alloc(p.arena, 65), 65};
	assert_int_equal(check(&p, &a), ASSERTION_SIZE);
	EVP_PKEY_free(p.key.pair);
}

/* A signature that was verified before counts under the very key it was verified with. */
static void test_found_good_before(void **state)
{
	struct phone p = make_phone(*state);
	const uint8_t other[ES256_KEY_BYTES] = {1};
	const char *client = good_client(&p, "webauthn.get");
	struct assertion a;
	int64_t marks = 0;

	settle_phone(&p);
	a = make_assertion(&p, auth_data(&p, 0x05, 1, NULL), client);
	assert_true(attendance_is_assertion_signed(p.arena, &a, p.key.public));
	a.signature = (struct bytes){(const uint8_t *)"12345678", 8};
	assert_false(attendance_is_assertion_signed(p.arena, &a, p.key.public));
	p.expect.found_good = other;
	assert_int_equal(attendance_check_assertion(p.arena, &a, &p.expect, &marks, NULL),
		ASSERTION_SIGNATURE);
	p.expect.found_good = p.key.public;
	assert_int_equal(
		attendance_check_assertion(p.arena, &a, &p.expect, &marks, NULL), ASSERTION_GOOD);
	EVP_PKEY_free(p.key.pair);
}

/* ---- what it is bound to ---- */

static void test_challenge_binds_token_and_event(void **state)
{
	uint8_t token[TOKEN_ID_BYTES] = {1}, one[CHALLENGE_BYTES], other[CHALLENGE_BYTES];
	struct hash event = {{2}};

	(void)state;
	attendance_assertion_challenge(token, event, one);
	attendance_assertion_challenge(token, event, other);
	assert_memory_equal(one, other, CHALLENGE_BYTES);
	event.b[31] = 1;
	attendance_assertion_challenge(token, event, other);
	assert_memory_not_equal(one, other, CHALLENGE_BYTES);
	event.b[31] = 0;
	token[15] = 1;
	attendance_assertion_challenge(token, event, other);
	assert_memory_not_equal(one, other, CHALLENGE_BYTES);
}

static void test_rp_id(void **state)
{
	static const struct {
		const char *origin, *rp;
	} cases[] = {
		{"https://luwes.jabarprov.go.id", "luwes.jabarprov.go.id"},
		{"https://luwes.jabarprov.go.id:8443", "luwes.jabarprov.go.id"},
		{"http://localhost:8080", "localhost"},
		{"", NULL},
		{"luwes.jabarprov.go.id", NULL},
		{"https://", NULL},
		{NULL, NULL},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *rp = attendance_rp_id(*state, cases[i].origin);

		if (!str_eq(rp, cases[i].rp))
			fail_msg("%s: %s", cases[i].origin, rp);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_w3c_assertions),
		ARENA_TEST(test_w3c_signatures),
		ARENA_TEST(test_client_data),
		ARENA_TEST(test_flags_and_notes),
		ARENA_TEST(test_others),
		ARENA_TEST(test_no_passkey),
		ARENA_TEST(test_truncated_and_tampered),
		ARENA_TEST(test_too_long),
		ARENA_TEST(test_found_good_before),
		ARENA_TEST(test_challenge_binds_token_and_event),
		ARENA_TEST(test_rp_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
