/*
 * The store's own keys: one to seal personal columns, one to sign time tokens and receipts.
 *
 * They lie in a file beside the store, `<store>.keys` or --keys FILE, readable by its owner alone:
 *   seal <base64url of 32 bytes>
 *   online <base64url of a 32-byte Ed25519 seed>     the first signs, the others only verify
 * Raw positions and the bytes of signed events are personal data (UU 27/2022 art. 35, 39): a copy
 * of the store without this file does not show them. The store keeps the fingerprint of the file it
 * was made with, so that a wrong one is noticed before anything is sealed with it. The key of the
 * log is not here: it belongs to `luwes sign`.
 */
#ifndef LUWES_PLATFORM_KEYS_H
#define LUWES_PLATFORM_KEYS_H

#include "base/arena.h"
#include "base/err.h"
#include "platform/db.h"

#include <stdbool.h>

#define SIGNATURE_BYTES  64
#define PUBLIC_KEY_BYTES 32
#define SEAL_OVERHEAD    40 /* what sealing adds: nonce 24, tag 16 */
#define ONLINE_KEYS_MAX  8

/*
 * Reads the key file of the store `url`; makes it when the store knows of none yet. `db` must be
 * able to write when the file is new. False with a sentence in *why: no file, another store's file,
 * or one that others may read. Once at start of any verb; thread-safe afterwards.
 */
bool keys_open(const char *url, struct db *db, struct arena *arena, const char **why);
/* Keys drawn anew, of no store: for tests. */
void keys_draw(void);
/* Forgets them, overwritten. */
void keys_close(void);
/* Where the key file of a store lies; arena text. */
const char *keys_path(const char *url, struct arena *arena);

/* Ed25519 over `n` bytes with the current online key. Deterministic. */
void keys_sign(const void *message, size_t n, uint8_t ret_signature[SIGNATURE_BYTES]);
/* The same with key `i` of the file (0 the current one), for tokens given before a change of keys;
 * false when there is none. */
bool keys_sign_with(int i, const void *message, size_t n, uint8_t ret_signature[SIGNATURE_BYTES]);
/* Public half of key `i`; false when there is none. */
bool keys_public(int i, uint8_t ret_public[PUBLIC_KEY_BYTES]);
/* Whether the Ed25519 signature is good. Pure. */
bool keys_verify(const uint8_t public[PUBLIC_KEY_BYTES], const void *message, size_t n,
	const uint8_t signature[SIGNATURE_BYTES]);

/*
 * Seals `n` bytes (XChaCha20-Poly1305) for one purpose; `purpose` and `owner` are authenticated, so
 * that a sealed column cannot be put into another row. Result in the arena, n + SEAL_OVERHEAD.
 */
struct bytes keys_seal(
	struct arena *arena, const char *purpose, int64_t owner, const void *p, size_t n);
/* Opens it into ret (room for sealed.n - SEAL_OVERHEAD); false when it is not what was sealed. */
bool keys_unseal(const char *purpose, int64_t owner, struct bytes sealed, void *ret);
/* HMAC-SHA-256 with a key derived from the seal key for one purpose: commitments and draws. */
void keys_mac(const char *purpose, const void *p, size_t n, uint8_t ret[32]);

/* Statements; platform_db_register calls it. */
void keys_register(void);

#endif
