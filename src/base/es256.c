/* ECDSA P-256 over OpenSSL 3: a key from its coordinates, a signature from its two numbers. */
#include "base/es256.h"

#include "base/hash.h"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * Making a key of the curve costs more than half a verification, and finding the algorithm a tenth
 * of one; giving a key another point costs nothing. Each thread keeps a key, ready to verify, and
 * lends it from call to call.
 */
static pthread_key_t kept;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void free_kept(void *verifier)
{
	EVP_PKEY_CTX_free(verifier);
}

static void make_place(void)
{
	if (pthread_key_create(&kept, free_kept))
		abort();
}

static EVP_PKEY_CTX *make_verifier(void)
{
	EVP_PKEY *key = EVP_EC_gen("P-256"); /* its own numbers are overwritten before any use */
	EVP_PKEY_CTX *c = key ? EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL) : NULL;

	EVP_PKEY_free(key); /* the context holds it */
	if (c && EVP_PKEY_verify_init(c) != 1) {
		EVP_PKEY_CTX_free(c);
		c = NULL;
	}
	return c;
}

/* The thread's verifier with this point; NULL when it is none on the curve. */
static EVP_PKEY_CTX *lend_verifier(const uint8_t key[ES256_KEY_BYTES])
{
	uint8_t point[1 + ES256_KEY_BYTES] = {4}; /* uncompressed */
	EVP_PKEY_CTX *c;

	pthread_once(&once, make_place);
	if (!(c = pthread_getspecific(kept)) && (c = make_verifier()))
		pthread_setspecific(kept, c);
	memcpy(point + 1, key, ES256_KEY_BYTES);
	return c && EVP_PKEY_set1_encoded_public_key(
			    EVP_PKEY_CTX_get0_pkey(c), point, sizeof point) == 1
		       ? c
		       : NULL;
}

bool es256_is_key(const uint8_t key[ES256_KEY_BYTES])
{
	EVP_PKEY_CTX *lent = lend_verifier(key), *c;
	bool good;

	if (!lent)
		return false;
	c = EVP_PKEY_CTX_new_from_pkey(NULL, EVP_PKEY_CTX_get0_pkey(lent), NULL);
	good = c && EVP_PKEY_public_check(c) == 1;
	EVP_PKEY_CTX_free(c);
	return good;
}

bool es256_verify_der(
	const uint8_t key[ES256_KEY_BYTES], const void *message, size_t n, struct bytes signature)
{
	EVP_PKEY_CTX *c = signature.n <= ES256_DER_MAX ? lend_verifier(key) : NULL;
	struct hash hash = hash_of(message, n);

	return c && EVP_PKEY_verify(c, signature.p, signature.n, hash.b, sizeof hash.b) == 1;
}

/* DER of r and s; 0 when it cannot be made. */
static size_t write_der(const uint8_t signature[ES256_SIGNATURE_BYTES], uint8_t ret[ES256_DER_MAX])
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(signature, 32, NULL), *s = BN_bin2bn(signature + 32, 32, NULL);
	uint8_t *end = ret;
	int n = 0;

	if (pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1) {
		r = s = NULL; /* now of the pair */
		n = i2d_ECDSA_SIG(pair, NULL) <= ES256_DER_MAX ? i2d_ECDSA_SIG(pair, &end) : 0;
	}
	BN_free(r);
	BN_free(s);
	ECDSA_SIG_free(pair);
	return n > 0 ? (size_t)n : 0;
}

bool es256_verify(const uint8_t key[ES256_KEY_BYTES], const void *message, size_t n,
	const uint8_t signature[ES256_SIGNATURE_BYTES])
{
	uint8_t der[ES256_DER_MAX];
	size_t der_n = write_der(signature, der);

	return der_n > 0 && es256_verify_der(key, message, n, (struct bytes){der, der_n});
}
