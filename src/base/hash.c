/*
 * SHA-256 for everything that must be proven, FNV-1a for tables in memory.
 *
 * OpenSSL and not libsodium, because it uses the processor's own instructions: a punch takes five
 * hashes on the writer's thread. The context of a thread is made once and ends with it.
 */
#include "base/hash.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_key_t context_key;
static EVP_MD *sha256;

static void free_context(void *context)
{
	EVP_MD_CTX_free(context);
}

static void prepare(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!sha256 || pthread_key_create(&context_key, free_context))
		abort();
}

static EVP_MD_CTX *thread_context(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	static __thread EVP_MD_CTX *context;
	if (context)
		return context;
	pthread_once(&once, prepare);
	context = EVP_MD_CTX_new();
	if (!context || pthread_setspecific(context_key, context))
		abort();
	return context;
}

struct hash hash_sha256(const struct bytes *part, size_t count)
{
	EVP_MD_CTX *context = thread_context();
	struct hash h;
	bool ok = EVP_DigestInit_ex2(context, sha256, NULL);
	for (size_t i = 0; i < count && ok; i++)
		ok = EVP_DigestUpdate(context, part[i].p, part[i].n);
	if (!ok || !EVP_DigestFinal_ex(context, h.b, NULL))
		abort(); /* out of memory: nothing can be proven any more */
	return h;
}

struct hash hash_of(const void *p, size_t n)
{
	return hash_sha256(&(struct bytes){p, n}, 1);
}

#define MAC_BLOCK_BYTES 64

struct hash hash_mac(const void *key, size_t key_bytes, const struct bytes *part, size_t count)
{
	uint8_t pad[MAC_BLOCK_BYTES] = {0};
	struct bytes run[HASH_MAC_PARTS + 1] = {{pad, sizeof pad}};
	struct hash inner;

	assert(key_bytes <= sizeof pad && count <= HASH_MAC_PARTS);
	memcpy(pad, key, key_bytes);
	for (size_t i = 0; i < sizeof pad; i++)
		pad[i] ^= 0x36;
	memcpy(run + 1, part, count * sizeof *part);
	inner = hash_sha256(run, count + 1);
	for (size_t i = 0; i < sizeof pad; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	run[1] = (struct bytes){inner.b, sizeof inner.b};
	return hash_sha256(run, 2);
}

bool hash_is_same(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}

uint64_t hash_fnv(const void *p, size_t n)
{
	const uint8_t *byte = p;
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < n; i++)
		h = (h ^ byte[i]) * UINT64_C(1099511628211);
	return h;
}
