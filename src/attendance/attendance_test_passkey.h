/* For tests of passkeys: the vectors of the W3C, and a phone that signs as browsers do. */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_TEST_PASSKEY_H
#define LUWES_ATTENDANCE_ATTENDANCE_TEST_PASSKEY_H

#include "attendance/attendance_assertion.h"
#include "attendance/attendance_test_key.h"
#include "base/str.h"

#include <jansson.h>
#include <string.h>

#define VECTORS "test/vectors/webauthn.json"
#define ORIGIN  "https://presensi.example.go.id"

/* ---- the vectors of the W3C ---- */

static inline struct bytes member(struct arena *arena, const json_t *o, const char *name)
{
	struct bytes bytes = {0};

	assert_true(base64url_decode(arena, json_string_value(json_object_get(o, name)), &bytes));
	return bytes;
}

static inline struct assertion_expect expect_vector(
	struct arena *arena, const json_t *all, const json_t *vector)
{
	const char *rp = json_string_value(json_object_get(all, "rp_id"));
	struct assertion_expect expect = {
		.origin = arena_strdup(arena, json_string_value(json_object_get(all, "origin"))),
		.rp_id_hash = hash_of(rp, strlen(rp)),
		.credential_id = member(arena, vector, "credential_id"),
		.key = member(arena, vector, "key").p};

	memcpy(expect.challenge, member(arena, vector, "challenge").p, CHALLENGE_BYTES);
	return expect;
}

/* ---- a phone of our own ---- */

struct phone {
	struct arena *arena;
	struct test_key key;
	uint8_t credential_id[32], user[8];
	struct assertion_expect expect;
};

static inline struct phone make_phone(struct arena *arena)
{
	struct phone p = {.arena = arena, .key = make_test_key()};

	memset(p.credential_id, 0xc1, sizeof p.credential_id);
	memset(p.user, 0x11, sizeof p.user);
	memset(p.expect.challenge, 0x5a, CHALLENGE_BYTES);
	p.expect.origin = ORIGIN;
	p.expect.rp_id_hash = hash_of("presensi.example.go.id", 22);
	return p;
}

/* Points what is expected into the phone where it now lies. */
static inline void settle_phone(struct phone *p)
{
	p->expect.credential_id = (struct bytes){p->credential_id, sizeof p->credential_id};
	p->expect.user_handle = (struct bytes){p->user, sizeof p->user};
	p->expect.key = p->key.public;
}

static inline struct bytes text_bytes(const char *text)
{
	return (struct bytes){(const uint8_t *)text, strlen(text)};
}

static inline const char *good_client(const struct phone *p, const char *type)
{
	return arena_printf(p->arena,
		"{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"" ORIGIN
		"\",\"crossOrigin\":false}",
		type, base64url_encode(p->arena, p->expect.challenge, CHALLENGE_BYTES));
}

static inline struct bytes auth_data(
	const struct phone *p, uint8_t flags, uint32_t count, const char *more)
{
	size_t n = more ? strlen(more) / 2 : 0;
	uint8_t *b = arena_alloc(p->arena, AUTH_DATA_FIXED + n);

	memcpy(b, p->expect.rp_id_hash.b, 32);
	b[32] = flags;
	for (int i = 0; i < 4; i++)
		b[33 + i] = (uint8_t)(count >> (24 - 8 * i));
	if (n)
		assert_true(hex_decode(more, b + AUTH_DATA_FIXED, n));
	return (struct bytes){b, AUTH_DATA_FIXED + n};
}

static inline struct bytes sign(const struct phone *p, struct bytes data, struct bytes client)
{
	struct hash hash = hash_of(client.p, client.n);
	size_t n = data.n + sizeof hash.b, size = ES256_DER_MAX;
	uint8_t *message = arena_alloc(p->arena, n), *der = arena_alloc(p->arena, size);
	EVP_MD_CTX *context = EVP_MD_CTX_new();

	memcpy(message, data.p, data.n);
	memcpy(message + data.n, hash.b, sizeof hash.b);
	assert_int_equal(
		EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, p->key.pair, NULL), 1);
	assert_int_equal(EVP_DigestSign(context, der, &size, message, n), 1);
	EVP_MD_CTX_free(context);
	return (struct bytes){der, size};
}

#endif
