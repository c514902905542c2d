/*
 * Fuzz target: any bytes as what a browser gives of a passkey: two bytes for the length of the
 * authenticator data, that, then the client data. Nothing passes as an assertion, since nobody can
 * sign; what passes as a registration has the key and the id it says. Seeds:
 * test/fuzz/corpus/assertion.
 */
#include "attendance/attendance_assertion.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of the W3C's vector none.ES256, whose registration is among the seeds. */
static const uint8_t key[ES256_KEY_BYTES] = {0xaf, 0xef, 0xa1, 0x6f, 0x97, 0xca, 0x9b, 0x2d, 0x23,
	0xeb, 0x86, 0xcc, 0xb6, 0x40, 0x98, 0xd2, 0x0d, 0xb9, 0x08, 0x56, 0x06, 0x2e, 0xb2, 0x49,
	0xc3, 0x3a, 0x9b, 0x67, 0x2f, 0x26, 0xdf, 0x61, 0x93, 0x0a, 0x56, 0xb8, 0x7a, 0x2f, 0xca,
	0x66, 0x33, 0x4b, 0x03, 0x45, 0x8a, 0xbf, 0x87, 0x97, 0x17, 0xc1, 0x2c, 0xc6, 0x8e, 0xd7,
	0x32, 0x90, 0xaf, 0x2e, 0x26, 0x64, 0x79, 0x6b, 0x92, 0x20};
static const uint8_t challenge[CHALLENGE_BYTES] = {0x00, 0xc3, 0x0f, 0xb7, 0x85, 0x31, 0xc4, 0x64,
	0xd2, 0xb6, 0x77, 0x1d, 0xab, 0x8d, 0x7b, 0x60, 0x3c, 0x01, 0x16, 0x2f, 0x2f, 0xa4, 0x86,
	0xbe, 0xa7, 0x0f, 0x28, 0x3a, 0xe5, 0x56, 0xe1, 0x30};
static const uint8_t der[] = {0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01};

static void try_registration(struct arena *arena, struct bytes auth, struct bytes client,
	const struct assertion_expect *expect)
{
	size_t n = auth.n > AUTH_DATA_FIXED + 18 ? (size_t)auth.p[53] << 8 | auth.p[54] : 0;
	struct bytes id = {auth.p + AUTH_DATA_FIXED + 18, n};
	struct registration made;

	if (n > CREDENTIAL_ID_MAX || n + AUTH_DATA_FIXED + 18 > auth.n)
		id = (struct bytes){auth.p, 0};
	if (attendance_check_registration(arena, id, auth, client, expect, &made) != ASSERTION_GOOD)
		return;
	assert(made.credential_id.n == id.n && made.credential_id.n > 0);
	assert(made.credential_id.p >= auth.p && made.credential_id.p < auth.p + auth.n);
	assert(es256_is_key(made.key) && made.sign_count >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct assertion_expect expect = {.origin = "https://example.org",
		.rp_id_hash = hash_of("example.org", 11),
		.key = key};
	size_t n = size >= 2 ? (size_t)data[0] << 8 | data[1] : 0;
	struct arena arena;
	struct assertion a;
	int64_t marks = 0;

	if (size < 2 || n > size - 2)
		return 0;
	arena_init(&arena, 1 << 20);
	memcpy(expect.challenge, challenge, sizeof challenge);
	expect.credential_id = (struct bytes){challenge, sizeof challenge};
	a = (struct assertion){.credential_id = expect.credential_id,
		.authenticator_data = {data + 2, n},
		.client_data = {data + 2 + n, size - 2 - n},
		.signature = {der, sizeof der}};
	assert(attendance_check_assertion(&arena, &a, &expect, &marks, NULL) != ASSERTION_GOOD);
	assert(marks == INT64_C(1) << MARK_ASSERTION_BAD);
	try_registration(&arena, a.authenticator_data, a.client_data, &expect);
	arena_release(&arena);
	return 0;
}
