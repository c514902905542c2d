/*
 * SHA-256 and keyed tables' hash, over libsodium.
 */
#ifndef LUWES_BASE_HASH_H
#define LUWES_BASE_HASH_H

#include "base/arena.h"

struct hash {
	uint8_t b[32];
};

/* SHA-256 of the concatenation of `count` runs of bytes. */
struct hash hash_sha256(const struct bytes *part, size_t count);

/* SHA-256 of one run. */
struct hash hash_of(const void *p, size_t n);

/* FNV-1a 64: for in-memory tables only, never for security. */
uint64_t hash_fnv(const void *p, size_t n);

#endif
