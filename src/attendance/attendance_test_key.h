/* For tests of attendance: a P-256 key that signs as WebCrypto does, r‖s over SHA-256. */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_TEST_KEY_H
#define LUWES_ATTENDANCE_ATTENDANCE_TEST_KEY_H

#include "base/es256.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

struct test_key {
	EVP_PKEY *pair;
	uint8_t public[ES256_KEY_BYTES];
};

static inline struct test_key make_test_key(void)
{
	struct test_key key = {.pair = EVP_EC_gen("P-256")};
	uint8_t point[1 + ES256_KEY_BYTES];
	size_t n;

	assert_non_null(key.pair);
	assert_int_equal(EVP_PKEY_get_octet_string_param(
				 key.pair, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &n),
		1);
	assert_int_equal(n, sizeof(point));
	for (size_t i = 0; i < sizeof(key.public); i++)
		key.public[i] = point[i + 1];
	return key;
}

static inline void test_sign(const struct test_key *key, const void *message, size_t n,
	uint8_t ret[ES256_SIGNATURE_BYTES])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t der[ES256_DER_MAX];
	const uint8_t *p = der;
	size_t size = sizeof(der);
	ECDSA_SIG *signature;

	assert_int_equal(
		EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, key->pair, NULL), 1);
	assert_int_equal(EVP_DigestSign(context, der, &size, message, n), 1);
	signature = d2i_ECDSA_SIG(NULL, &p, (long)size);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(signature), ret, 32), 32);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(signature), ret + 32, 32), 32);
	ECDSA_SIG_free(signature);
	EVP_MD_CTX_free(context);
}

#endif
