/*
 * How a passkey is registered, without a CBOR parser: the vector of the W3C (section 16), and every
 * key, flag and length that must not pass. WebAuthn 7.1.
 */
#include "attendance/attendance_assertion.h"

#include "attendance/attendance_test_passkey.h"
#include "platform/slice.h"

#define TEST_ARENA_BYTES (8 * 1024 * 1024)
#include "platform/test_arena.h"

static void test_w3c_registration(void **state)
{
	struct arena *arena = *state;
	json_t *all = json_load_file(VECTORS, JSON_REJECT_DUPLICATES, NULL);
	const json_t *vector = json_object_get(all, "registration");
	struct assertion_expect expect = expect_vector(arena, all, vector);
	struct bytes data = member(arena, vector, "authenticator_data");
	struct bytes client = member(arena, vector, "client_data");
	uint8_t *verified = arena_alloc(arena, data.n);
	struct registration made;

	assert_int_equal(attendance_check_registration(
				 arena, expect.credential_id, data, client, &expect, &made),
		ASSERTION_NOT_VERIFIED);
	memcpy(verified, data.p, data.n); /* nothing signs it: attestation none */
	verified[32] |= 0x04;
	data.p = verified;
	assert_int_equal(attendance_check_registration(
				 arena, expect.credential_id, data, client, &expect, &made),
		ASSERTION_GOOD);
	assert_memory_equal(made.key, expect.key, ES256_KEY_BYTES);
	assert_int_equal(made.credential_id.n, 32);
	assert_true(made.is_backed_up);
	assert_int_equal(made.sign_count, 0);
	json_decref(all);
}

#define COSE_HEAD   "a5010203262001215820"
#define COSE_MIDDLE "225820"
#define AAGUID      "00000000000000000000000000000000"

static const char *hex(const struct phone *p, const void *b, size_t n)
{
	char *text = arena_alloc(p->arena, 2 * n + 1);

	hex_encode(b, n, text);
	return text;
}

static const char *attested(const struct phone *p, const char *head, const char *middle,
	const uint8_t key[ES256_KEY_BYTES], const char *tail)
{
	return arena_printf(p->arena, AAGUID "0020%s%s%s%s%s%s",
		hex(p, p->credential_id, sizeof p->credential_id), head, hex(p, key, 32), middle,
		hex(p, key + 32, 32), tail);
}

static void test_registration(void **state)
{
	static const uint8_t off_curve[ES256_KEY_BYTES] = {1, [ES256_KEY_BYTES - 1] = 1};
	struct phone p = make_phone(*state);
	const char *client = good_client(&p, "webauthn.create");
	const struct {
		const char *what;
		uint8_t flags;
		const char *more, *client;
		enum assertion_fault fault;
	} cases[] = {
		{"a platform passkey", 0x45, attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""),
			client, ASSERTION_GOOD},
		{"one that syncs", 0x5d, attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""),
			client, ASSERTION_GOOD},
		{"nobody was verified", 0x41,
			attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""), client,
			ASSERTION_NOT_VERIFIED},
		{"nobody was present", 0x44, attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""),
			client, ASSERTION_NOT_PRESENT},
		{"backed up though it cannot be", 0x55,
			attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""), client,
			ASSERTION_BACKUP},
		{"extensions behind the key", 0xc5,
			attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, "a0"), client,
			ASSERTION_KEY},
		{"extensions announced alone", 0x85, "a0", client, ASSERTION_KEY},
		{"bytes behind the key", 0x45,
			attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, "00"), client,
			ASSERTION_KEY},
		{"RS256", 0x45, attested(&p, "a4010303390100205820", COSE_MIDDLE, p.key.public, ""),
			client, ASSERTION_KEY},
		{"Ed25519", 0x45,
			attested(&p, "a4010103272006215820", COSE_MIDDLE, p.key.public, ""), client,
			ASSERTION_KEY},
		{"another curve", 0x45,
			attested(&p, "a5010203262002215820", COSE_MIDDLE, p.key.public, ""), client,
			ASSERTION_KEY},
		{"y as a sign", 0x45, attested(&p, COSE_HEAD, "22f500", p.key.public, ""), client,
			ASSERTION_KEY},
		{"off the curve", 0x45, attested(&p, COSE_HEAD, COSE_MIDDLE, off_curve, ""), client,
			ASSERTION_KEY},
		{"no key", 0x05, NULL, client, ASSERTION_KEY},
		{"aaguid alone", 0x45, AAGUID, client, ASSERTION_KEY},
		{"no credential", 0x45, AAGUID "0000", client, ASSERTION_KEY},
		{"a credential longer than all", 0x45, AAGUID "ffff00", client, ASSERTION_KEY},
		{"type of an assertion", 0x45,
			attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""),
			good_client(&p, "webauthn.get"), ASSERTION_TYPE},
	};

	settle_phone(&p);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct registration made;
		enum assertion_fault fault = attendance_check_registration(p.arena,
			p.expect.credential_id, auth_data(&p, cases[i].flags, 9, cases[i].more),
			text_bytes(cases[i].client), &p.expect, &made);

		if (fault != cases[i].fault)
			fail_msg("%s: %s", cases[i].what, assertion_fault_names[fault]);
		if (fault)
			continue;
		assert_memory_equal(made.key, p.key.public, ES256_KEY_BYTES);
		assert_int_equal(made.sign_count, 9);
		assert_int_equal(made.is_backed_up, (cases[i].flags & 0x08) != 0);
	}
	EVP_PKEY_free(p.key.pair);
}

static void test_registration_truncated(void **state)
{
	struct phone p = make_phone(*state);
	struct bytes client = text_bytes(good_client(&p, "webauthn.create"));
	struct bytes data = auth_data(
		&p, 0x45, 0, attested(&p, COSE_HEAD, COSE_MIDDLE, p.key.public, ""));
	struct registration made;
	uint8_t foreign[32] = {9};

	settle_phone(&p);
	for (size_t n = 0; n < data.n; n++)
		assert_int_not_equal(attendance_check_registration(p.arena, p.expect.credential_id,
					     (struct bytes){data.p, n}, client, &p.expect, &made),
			ASSERTION_GOOD);
	for (size_t n = 0; n < client.n; n++)
		assert_int_not_equal(attendance_check_registration(p.arena, p.expect.credential_id,
					     data, (struct bytes){client.p, n}, &p.expect, &made),
			ASSERTION_GOOD);
	/* what the browser says beside it must be what is in it */
	assert_int_equal(
		attendance_check_registration(p.arena, (struct bytes){foreign, sizeof foreign},
			data, client, &p.expect, &made),
		ASSERTION_CREDENTIAL);
	assert_int_equal(attendance_check_registration(p.arena, (struct bytes){p.credential_id, 31},
				 data, client, &p.expect, &made),
		ASSERTION_CREDENTIAL);
	EVP_PKEY_free(p.key.pair);
}

/* The longest id the specification allows, and one byte more. */
static void test_registration_of_long_ids(void **state)
{
	struct phone p = make_phone(*state);
	struct bytes client = text_bytes(good_client(&p, "webauthn.create"));

	settle_phone(&p);
	for (size_t n = CREDENTIAL_ID_MAX; n <= CREDENTIAL_ID_MAX + 1; n++) {
		uint8_t *id = arena_alloc(p.arena, n);
		struct registration made;
		const char *more = arena_printf(p.arena,
			AAGUID "%04zx%s" COSE_HEAD "%s" COSE_MIDDLE "%s", n, hex(&p, id, n),
			hex(&p, p.key.public, 32), hex(&p, p.key.public + 32, 32));
		enum assertion_fault fault = attendance_check_registration(p.arena,
			(struct bytes){id, n}, auth_data(&p, 0x45, 0, more), client, &p.expect,
			&made);

		assert_int_equal(fault, n > CREDENTIAL_ID_MAX ? ASSERTION_KEY : ASSERTION_GOOD);
	}
	EVP_PKEY_free(p.key.pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_w3c_registration),
		ARENA_TEST(test_registration),
		ARENA_TEST(test_registration_truncated),
		ARENA_TEST(test_registration_of_long_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
