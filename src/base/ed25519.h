/*
 * Ed25519 (RFC 8032) over libsodium: receipts, tokens, checkpoints and cosignatures.
 *
 * Deterministic: equal keys and messages give equal signatures. Verification refuses keys of small
 * order and numbers beyond the group's order, so a signature cannot be varied.
 */
#ifndef LUWES_BASE_ED25519_H
#define LUWES_BASE_ED25519_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ED25519_SEED_BYTES      32
#define ED25519_KEY_BYTES       32
#define ED25519_SIGNATURE_BYTES 64

/* Public key of a seed. */
void ed25519_public(const uint8_t seed[ED25519_SEED_BYTES], uint8_t ret_key[ED25519_KEY_BYTES]);
/* Signs `n` bytes with the key of a seed. */
void ed25519_sign(const uint8_t seed[ED25519_SEED_BYTES], const void *message, size_t n,
	uint8_t ret_signature[ED25519_SIGNATURE_BYTES]);
/* Whether the signature over `n` bytes is good under the key. */
bool ed25519_verify(const uint8_t key[ED25519_KEY_BYTES], const void *message, size_t n,
	const uint8_t signature[ED25519_SIGNATURE_BYTES]);

#endif
