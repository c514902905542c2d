/* ECDSA P-256 over OpenSSL 3: a key from its coordinates, a signature from its two numbers. */
#include "base/es256.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>

static EVP_PKEY *make_key(const uint8_t key[ES256_KEY_BYTES])
{
	uint8_t point[1 + ES256_KEY_BYTES] = {4}; /* uncompressed */
	char group[] = "P-256";
	OSSL_PARAM param[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
		OSSL_PARAM_construct_end()};
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *made = NULL;

	memcpy(point + 1, key, ES256_KEY_BYTES);
	if (!c || EVP_PKEY_fromdata_init(c) <= 0 ||
		EVP_PKEY_fromdata(c, &made, EVP_PKEY_PUBLIC_KEY, param) <= 0)
		made = NULL;
	EVP_PKEY_CTX_free(c);
	return made;
}

bool es256_is_key(const uint8_t key[ES256_KEY_BYTES])
{
	EVP_PKEY *made = make_key(key);
	EVP_PKEY_CTX *c = made ? EVP_PKEY_CTX_new_from_pkey(NULL, made, NULL) : NULL;
	bool good = c && EVP_PKEY_public_check(c) == 1;

	EVP_PKEY_CTX_free(c);
	EVP_PKEY_free(made);
	return good;
}

bool es256_verify_der(
	const uint8_t key[ES256_KEY_BYTES], const void *message, size_t n, struct bytes signature)
{
	EVP_PKEY *made = signature.n <= ES256_DER_MAX ? make_key(key) : NULL;
	EVP_MD_CTX *c = made ? EVP_MD_CTX_new() : NULL;
	bool good = c && EVP_DigestVerifyInit_ex(c, NULL, "SHA256", NULL, NULL, made, NULL) == 1 &&
		    EVP_DigestVerify(c, signature.p, signature.n, message, n) == 1;

	EVP_MD_CTX_free(c);
	EVP_PKEY_free(made);
	return good;
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
