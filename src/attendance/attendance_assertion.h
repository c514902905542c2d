/*
 * Private to attendance: what a passkey signs about an event, and how it is registered.
 *
 * WebAuthn level 3, sections 7.1 and 7.2, cut to what Luwes asks: ES256, no attestation, the
 * platform's own authenticator, user verification. A passkey says that somebody who can unlock this
 * phone agreed to this event; its absence is a note (security 1.2), never a refusal. No CBOR is
 * parsed: an ES256 key has one encoding of 77 bytes.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_ASSERTION_H
#define LUWES_ATTENDANCE_ATTENDANCE_ASSERTION_H

#include "attendance/attendance_evidence.h"

#define CREDENTIAL_ID_MAX  1023 /* WebAuthn 7.1 step 24 */
#define CHALLENGE_BYTES    32
#define CLIENT_DATA_MAX    2048
#define AUTH_DATA_MAX      4096 /* an assertion may carry extensions; we read none */
#define AUTH_DATA_FIXED    37
#define ASSERTION_USER_MAX 64

/* What the phone sent, as the browser gave it. */
struct assertion {
	struct bytes credential_id, authenticator_data, client_data, signature;
	struct bytes user_handle; /* n 0: not given */
};

/* What it must be. */
struct assertion_expect {
	uint8_t challenge[CHALLENGE_BYTES];
	const char *origin; /* "https://presensi.example.go.id", exactly */
	struct hash rp_id_hash;
	struct bytes credential_id; /* of the device's passkey */
	const uint8_t *key;         /* x‖y */
	const uint8_t *found_good;  /* x‖y under which the signature was found good; NULL: none */
	struct bytes user_handle;   /* what the passkey was made with; n 0: not looked at */
	bool was_backed_up;         /* flag BE when it was registered */
	int64_t sign_count;         /* the last one seen */
};

enum assertion_fault {
	ASSERTION_GOOD,
	ASSERTION_SIZE,        /* a part is missing, too short or too long */
	ASSERTION_CREDENTIAL,  /* another passkey, or another owner */
	ASSERTION_CLIENT_DATA, /* not JSON as browsers write it */
	ASSERTION_TYPE,
	ASSERTION_CHALLENGE,
	ASSERTION_ORIGIN,
	ASSERTION_CROSS_ORIGIN,
	ASSERTION_RP,
	ASSERTION_NOT_PRESENT,
	ASSERTION_NOT_VERIFIED, /* nobody unlocked */
	ASSERTION_BACKUP,       /* backed up, though it cannot be */
	ASSERTION_KEY,          /* registration: not an ES256 key as browsers encode it */
	ASSERTION_SIGNATURE
};
extern const char *const assertion_fault_names[];

/* What a passkey signs about an event: SHA-256("luwes/wa/1\n" | token id | event hash). */
void attendance_assertion_challenge(const uint8_t token[TOKEN_ID_BYTES], struct hash event,
	uint8_t ret_challenge[CHALLENGE_BYTES]);

/*
 * Checks an assertion in the order of WebAuthn 7.2 and adds to *marks what was found: good,
 * MARK_USER_VERIFIED, and MARK_BACKUP_CHANGED or MARK_SIGN_COUNT, which are notes; then
 * *ret_sign_count (may be NULL) is the counter to keep. Not good: MARK_ASSERTION_BAD. Pure.
 */
enum assertion_fault attendance_check_assertion(struct arena *arena, const struct assertion *a,
	const struct assertion_expect *expect, int64_t *marks, int64_t *ret_sign_count);

/* Whether the signature alone is good under a key: what costs most of a check, for doing it before.
 * Pure. */
bool attendance_is_assertion_signed(
	struct arena *arena, const struct assertion *a, const uint8_t key[ES256_KEY_BYTES]);

/* A passkey as it was registered. */
struct registration {
	struct bytes credential_id; /* points into the authenticator data */
	uint8_t key[ES256_KEY_BYTES];
	int64_t sign_count;
	bool is_backed_up; /* flag BE: may be copied to another phone */
};
/*
 * Checks what `navigator.credentials.create` gave: client data of type webauthn.create and the
 * authenticator data with the key. `credential_id` is what the browser says it is. Of `expect` only
 * challenge, origin and rp_id_hash are read. Pure.
 */
enum assertion_fault attendance_check_registration(struct arena *arena, struct bytes credential_id,
	struct bytes authenticator_data, struct bytes client_data,
	const struct assertion_expect *expect, struct registration *ret);

/* Relying party id of an origin: its host without scheme and port; NULL when it is not an origin.
 */
const char *attendance_rp_id(struct arena *arena, const char *origin);

#endif
