/*
 * A passkey's word about an event, checked in the order of WebAuthn level 3 (7.1 for its
 * registration, 7.2 for each use): pure functions of bytes.
 *
 * No law asks for a passkey: it is evidence of consent to this event (UU 27/2022 art. 16), never a
 * gate. What a browser says of itself, that a key can be copied or how often it signed, is noted
 * and decides nothing: vendors are known to get both wrong (security 1.2).
 */
#include "attendance/attendance_assertion.h"

#include "base/str.h"

#include <jansson.h>
#include <string.h>

#define PREFIX             "luwes/wa/1\n"
#define FLAG_USER_PRESENT  0x01
#define FLAG_USER_VERIFIED 0x04
#define FLAG_CAN_BACK_UP   0x08
#define FLAG_IS_BACKED_UP  0x10
#define FLAG_HAS_KEY       0x40
#define FLAG_HAS_MORE      0x80
#define AAGUID_BYTES       16
#define COSE_HEAD_BYTES    10
#define COSE_MIDDLE_BYTES  3
#define COSE_BYTES         77
#define CLIENT_DATA_MIN    2

const char *const assertion_fault_names[] = {"good", "size", "credential", "client_data", "type",
	"challenge", "origin", "cross_origin", "rp", "not_present", "not_verified", "backup", "key",
	"signature", NULL};

void attendance_assertion_challenge(const uint8_t token[TOKEN_ID_BYTES], struct hash event,
	uint8_t ret_challenge[CHALLENGE_BYTES])
{
	const struct bytes part[] = {{(const uint8_t *)PREFIX, sizeof(PREFIX) - 1},
		{token, TOKEN_ID_BYTES}, {event.b, sizeof event.b}};
	struct hash hash = hash_sha256(part, 3);

	memcpy(ret_challenge, hash.b, CHALLENGE_BYTES);
}

const char *attendance_rp_id(struct arena *arena, const char *origin)
{
	const char *host = origin ? strstr(origin, "://") : NULL;
	size_t n;

	if (!host)
		return NULL;
	host += 3;
	n = strcspn(host, ":/");
	return n ? arena_strndup(arena, host, n) : NULL;
}

static bool is_same(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* ---- client data ---- */

static bool is_text(const json_t *object, const char *member, const char *text)
{
	const json_t *value = json_object_get(object, member);

	return json_is_string(value) && json_string_length(value) == strlen(text) &&
	       str_eq(json_string_value(value), text);
}

static enum assertion_fault check_members(struct arena *arena, const json_t *data, const char *type,
	const struct assertion_expect *expect)
{
	const json_t *crosses = json_object_get(data, "crossOrigin");

	if (!is_text(data, "type", type))
		return ASSERTION_TYPE;
	if (!is_text(
		    data, "challenge", base64url_encode(arena, expect->challenge, CHALLENGE_BYTES)))
		return ASSERTION_CHALLENGE;
	if (!is_text(data, "origin", expect->origin))
		return ASSERTION_ORIGIN;
	if ((crosses && !json_is_false(crosses)) || json_object_get(data, "topOrigin"))
		return ASSERTION_CROSS_ORIGIN;
	return ASSERTION_GOOD;
}

/* Members nobody knows are left alone: browsers add some on purpose (7.2 step 10). */
static enum assertion_fault check_client_data(struct arena *arena, struct bytes text,
	const char *type, const struct assertion_expect *expect)
{
	static const uint8_t mark[3] = {0xef, 0xbb, 0xbf}; /* UTF-8 decode strips it */
	enum assertion_fault fault = ASSERTION_CLIENT_DATA;
	json_t *data;

	if (text.n < CLIENT_DATA_MIN || text.n > CLIENT_DATA_MAX)
		return ASSERTION_SIZE;
	if (text.n >= sizeof mark && memcmp(text.p, mark, sizeof mark) == 0)
		text = (struct bytes){text.p + sizeof mark, text.n - sizeof mark};
	data = json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(data))
		fault = check_members(arena, data, type, expect);
	json_decref(data);
	return fault;
}

/* ---- authenticator data ---- */

struct auth_data {
	uint8_t flags;
	uint32_t sign_count;
	struct bytes rest; /* after the fixed part */
};

static enum assertion_fault read_auth_data(
	struct bytes bytes, struct hash rp_id_hash, struct auth_data *ret)
{
	const uint8_t *p = bytes.p;

	if (bytes.n < AUTH_DATA_FIXED || bytes.n > AUTH_DATA_MAX)
		return ASSERTION_SIZE;
	ret->flags = p[32];
	ret->sign_count = (uint32_t)p[33] << 24 | (uint32_t)p[34] << 16 | (uint32_t)p[35] << 8 |
			  p[36];
	ret->rest = (struct bytes){p + AUTH_DATA_FIXED, bytes.n - AUTH_DATA_FIXED};
	if ((ret->rest.n > 0) != ((ret->flags & (FLAG_HAS_KEY | FLAG_HAS_MORE)) != 0))
		return ASSERTION_SIZE;
	if (memcmp(p, rp_id_hash.b, sizeof rp_id_hash.b) != 0)
		return ASSERTION_RP;
	if (!(ret->flags & FLAG_USER_PRESENT))
		return ASSERTION_NOT_PRESENT;
	if (!(ret->flags & FLAG_USER_VERIFIED))
		return ASSERTION_NOT_VERIFIED;
	if ((ret->flags & FLAG_IS_BACKED_UP) && !(ret->flags & FLAG_CAN_BACK_UP))
		return ASSERTION_BACKUP;
	return ASSERTION_GOOD;
}

/* ---- an assertion ---- */

static bool is_credential(const struct assertion *a, const struct assertion_expect *expect)
{
	if (!expect->credential_id.n || !is_same(a->credential_id, expect->credential_id))
		return false;
	return !a->user_handle.n || !expect->user_handle.n ||
	       is_same(a->user_handle, expect->user_handle);
}

bool attendance_is_assertion_signed(
	struct arena *arena, const struct assertion *a, const uint8_t key[ES256_KEY_BYTES])
{
	struct hash hash = hash_of(a->client_data.p, a->client_data.n);
	size_t n = a->authenticator_data.n + sizeof hash.b;
	uint8_t *message = arena_alloc(arena, n);

	memcpy(message, a->authenticator_data.p, a->authenticator_data.n);
	memcpy(message + a->authenticator_data.n, hash.b, sizeof hash.b);
	return es256_verify_der(key, message, n, a->signature);
}

static bool is_signed(
	struct arena *arena, const struct assertion *a, const struct assertion_expect *expect)
{
	if (expect->found_good && memcmp(expect->found_good, expect->key, ES256_KEY_BYTES) == 0)
		return true;
	return attendance_is_assertion_signed(arena, a, expect->key);
}

static int64_t note(const struct auth_data *data, const struct assertion_expect *expect)
{
	int64_t marks = INT64_C(1) << MARK_USER_VERIFIED;

	if (((data->flags & FLAG_CAN_BACK_UP) != 0) != expect->was_backed_up)
		marks |= INT64_C(1) << MARK_BACKUP_CHANGED;
	if ((data->sign_count || expect->sign_count) && data->sign_count <= expect->sign_count)
		marks |= INT64_C(1) << MARK_SIGN_COUNT;
	return marks;
}

static enum assertion_fault check_parts(struct arena *arena, const struct assertion *a,
	const struct assertion_expect *expect, struct auth_data *ret)
{
	enum assertion_fault fault;

	if (a->credential_id.n == 0 || a->credential_id.n > CREDENTIAL_ID_MAX ||
		a->user_handle.n > ASSERTION_USER_MAX || a->signature.n == 0 ||
		a->signature.n > ES256_DER_MAX)
		return ASSERTION_SIZE;
	if (!is_credential(a, expect))
		return ASSERTION_CREDENTIAL;
	if ((fault = check_client_data(arena, a->client_data, "webauthn.get", expect)) ||
		(fault = read_auth_data(a->authenticator_data, expect->rp_id_hash, ret)))
		return fault;
	return is_signed(arena, a, expect) ? ASSERTION_GOOD : ASSERTION_SIGNATURE;
}

enum assertion_fault attendance_check_assertion(struct arena *arena, const struct assertion *a,
	const struct assertion_expect *expect, int64_t *marks, int64_t *ret_sign_count)
{
	struct auth_data data;
	enum assertion_fault fault = check_parts(arena, a, expect, &data);

	*marks |= fault ? INT64_C(1) << MARK_ASSERTION_BAD : note(&data, expect);
	if (!fault && ret_sign_count)
		*ret_sign_count = data.sign_count;
	return fault;
}

/* ---- a registration ---- */

/* {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} in canonical CBOR. */
static bool read_cose(const uint8_t *p, uint8_t ret_key[ES256_KEY_BYTES])
{
	static const uint8_t head[COSE_HEAD_BYTES] = {
		0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20};
	static const uint8_t middle[COSE_MIDDLE_BYTES] = {0x22, 0x58, 0x20};

	if (memcmp(p, head, sizeof head) != 0 ||
		memcmp(p + sizeof head + 32, middle, sizeof middle) != 0)
		return false;
	memcpy(ret_key, p + sizeof head, 32);
	memcpy(ret_key + 32, p + sizeof head + 32 + sizeof middle, 32);
	return es256_is_key(ret_key);
}

static enum assertion_fault read_credential(
	const struct auth_data *data, struct bytes credential_id, struct registration *ret)
{
	const uint8_t *p = data->rest.p;
	size_t n;

	if ((data->flags & (FLAG_HAS_KEY | FLAG_HAS_MORE)) != FLAG_HAS_KEY ||
		data->rest.n < AAGUID_BYTES + 2)
		return ASSERTION_KEY;
	n = (size_t)p[AAGUID_BYTES] << 8 | p[AAGUID_BYTES + 1];
	if (n == 0 || n > CREDENTIAL_ID_MAX || data->rest.n != AAGUID_BYTES + 2 + n + COSE_BYTES)
		return ASSERTION_KEY;
	ret->credential_id = (struct bytes){p + AAGUID_BYTES + 2, n};
	if (!is_same(ret->credential_id, credential_id))
		return ASSERTION_CREDENTIAL;
	return read_cose(p + AAGUID_BYTES + 2 + n, ret->key) ? ASSERTION_GOOD : ASSERTION_KEY;
}

enum assertion_fault attendance_check_registration(struct arena *arena, struct bytes credential_id,
	struct bytes authenticator_data, struct bytes client_data,
	const struct assertion_expect *expect, struct registration *ret)
{
	struct auth_data data;
	enum assertion_fault fault;

	*ret = (struct registration){0};
	if ((fault = check_client_data(arena, client_data, "webauthn.create", expect)) ||
		(fault = read_auth_data(authenticator_data, expect->rp_id_hash, &data)) ||
		(fault = read_credential(&data, credential_id, ret)))
		return fault;
	ret->sign_count = data.sign_count;
	ret->is_backed_up = (data.flags & FLAG_CAN_BACK_UP) != 0;
	return ASSERTION_GOOD;
}
