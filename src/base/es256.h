/*
 * Verifying ECDSA P-256 with SHA-256, as phones sign (FIPS 186-5; WebAuthn's ES256), over OpenSSL.
 *
 * A signature of WebCrypto is r‖s, 64 bytes; one of WebAuthn is DER. Signatures are malleable (s
 * and n-s both verify): they never serve as a key.
 */
#ifndef LUWES_BASE_ES256_H
#define LUWES_BASE_ES256_H

#include "base/arena.h"

#include <stdbool.h>

#define ES256_KEY_BYTES       64 /* x‖y */
#define ES256_SIGNATURE_BYTES 64 /* r‖s */
#define ES256_DER_MAX         80

/* Whether x‖y is a point on the curve, not at infinity, of the right order. Costs as much as a
 * verification: once, at enrolment. */
bool es256_is_key(const uint8_t key[ES256_KEY_BYTES]);
/* Whether r‖s over the message is good under the key. False also for r or s of 0 or beyond n, and
 * for a key that is none. */
bool es256_verify(const uint8_t key[ES256_KEY_BYTES], const void *message, size_t n,
	const uint8_t signature[ES256_SIGNATURE_BYTES]);
/* The same with a DER signature of at most ES256_DER_MAX bytes. */
bool es256_verify_der(
	const uint8_t key[ES256_KEY_BYTES], const void *message, size_t n, struct bytes signature);

#endif
