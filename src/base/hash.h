/*
 * SHA-256 and keyed tables' hash, over libsodium.
 */
#ifndef LUWES_BASE_HASH_H
#define LUWES_BASE_HASH_H

#include "base/arena.h"

#include <stdbool.h>

struct hash {
	uint8_t b[32];
};

/* SHA-256 of the concatenation of `count` runs of bytes. */
struct hash hash_sha256(const struct bytes *part, size_t count);

/* SHA-256 of one run. */
struct hash hash_of(const void *p, size_t n);

/* HMAC-SHA-256 (RFC 2104) with a key of at most 64 bytes over at most HASH_MAC_PARTS runs. */
#define HASH_MAC_PARTS 4
struct hash hash_mac(const void *key, size_t key_bytes, const struct bytes *part, size_t count);
/* Whether two runs of `n` bytes are equal, in a time that does not tell where they differ. */
bool hash_is_same(const void *a, const void *b, size_t n);

/* FNV-1a 64: for in-memory tables only, never for security. */
uint64_t hash_fnv(const void *p, size_t n);

#endif
