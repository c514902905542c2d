/* Ed25519 over libsodium; the expanded secret key lives only as long as one signature. */
#include "base/ed25519.h"

#include <sodium.h>
#include <stdlib.h>

_Static_assert(crypto_sign_SEEDBYTES == ED25519_SEED_BYTES, "seed");
_Static_assert(crypto_sign_PUBLICKEYBYTES == ED25519_KEY_BYTES, "key");
_Static_assert(crypto_sign_BYTES == ED25519_SIGNATURE_BYTES, "signature");

void ed25519_public(const uint8_t seed[ED25519_SEED_BYTES], uint8_t ret_key[ED25519_KEY_BYTES])
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];
	if (crypto_sign_seed_keypair(ret_key, secret, seed))
		abort();
	sodium_memzero(secret, sizeof secret);
}

void ed25519_sign(const uint8_t seed[ED25519_SEED_BYTES], const void *message, size_t n,
	uint8_t ret_signature[ED25519_SIGNATURE_BYTES])
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES], key[ED25519_KEY_BYTES];
	if (crypto_sign_seed_keypair(key, secret, seed) ||
		crypto_sign_detached(ret_signature, NULL, message, n, secret))
		abort();
	sodium_memzero(secret, sizeof secret);
}

bool ed25519_verify(const uint8_t key[ED25519_KEY_BYTES], const void *message, size_t n,
	const uint8_t signature[ED25519_SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(signature, message, n, key) == 0;
}
