/*
 * SHA-256 by libsodium for everything that must be proven, FNV-1a for tables in memory.
 */
#include "base/hash.h"

#include <sodium.h>

struct hash hash_sha256(const struct bytes *part, size_t count)
{
	struct hash h;
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < count; i++)
		crypto_hash_sha256_update(&state, part[i].p, part[i].n);
	crypto_hash_sha256_final(&state, h.b);
	return h;
}

struct hash hash_of(const void *p, size_t n)
{
	return hash_sha256(&(struct bytes){p, n}, 1);
}

uint64_t hash_fnv(const void *p, size_t n)
{
	const uint8_t *byte = p;
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < n; i++)
		h = (h ^ byte[i]) * UINT64_C(1099511628211);
	return h;
}
