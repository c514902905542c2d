/* Keys and signatures of programmed phones: P-256 of OpenSSL, raw signatures as WebCrypto's. */
#include "phone.h"

#include "platform/keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

#define PREFIX       "luwes/ev/1\n"
#define PREFIX_BYTES (sizeof(PREFIX) - 1)

static void *must(void *p)
{
	if (!p)
		abort(); /* out of memory */
	return p;
}

static void must_be(bool good)
{
	if (!good)
		abort();
}

void phone_secret(struct employee_id employee, uint8_t ret[PHONE_SECRET_BYTES])
{
	keys_mac("luwes/demo/phone", &employee.v, sizeof employee.v, ret);
	ret[0] &= 0x7f; /* below the order of the curve */
}

/* The point of a secret number: x‖y. */
static void find_point(const EC_GROUP *group, const BIGNUM *number, uint8_t ret[65])
{
	EC_POINT *point = must(EC_POINT_new(group));

	must_be(EC_POINT_mul(group, point, number, NULL, NULL, NULL) == 1 &&
		EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, ret, 65, NULL) ==
			65);
	EC_POINT_free(point);
}

static EVP_PKEY *make_key(const BIGNUM *number, const uint8_t point[65])
{
	OSSL_PARAM_BLD *b = must(OSSL_PARAM_BLD_new());
	EVP_PKEY_CTX *c = must(EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL));
	EVP_PKEY *key = NULL;

	must_be(OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) &&
		OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_PRIV_KEY, number) &&
		OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, 65));
	OSSL_PARAM *param = must(OSSL_PARAM_BLD_to_param(b));
	must_be(EVP_PKEY_fromdata_init(c) > 0 &&
		EVP_PKEY_fromdata(c, &key, EVP_PKEY_KEYPAIR, param) > 0);
	OSSL_PARAM_free(param);
	OSSL_PARAM_BLD_free(b);
	EVP_PKEY_CTX_free(c);
	return key;
}

void phone_open(
	struct phone *phone, struct employee_id employee, const uint8_t secret[PHONE_SECRET_BYTES])
{
	static __thread EC_GROUP *group;
	BIGNUM *number = must(BN_bin2bn(secret, PHONE_SECRET_BYTES, NULL));
	struct hash id = hash_of(secret, PHONE_SECRET_BYTES);
	uint8_t point[65];

	if (!group)
		group = must(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
	*phone = (struct phone){.employee = employee};
	find_point(group, number, point);
	memcpy(phone->device, id.b, sizeof phone->device);
	memcpy(phone->public_key, point + 1, sizeof phone->public_key);
	phone->key = make_key(number, point);
	BN_clear_free(number);
}

void phone_close(struct phone *phone)
{
	EVP_PKEY_free(phone->key);
	phone->key = NULL;
}

static void sign(EVP_PKEY *key, const void *message, size_t n, uint8_t ret[ES256_SIGNATURE_BYTES])
{
	EVP_MD_CTX *c = must(EVP_MD_CTX_new());
	uint8_t der[ES256_DER_MAX];
	const uint8_t *at = der;
	size_t size = sizeof der;

	must_be(EVP_DigestSignInit_ex(c, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
		EVP_DigestSign(c, der, &size, message, n) == 1);
	ECDSA_SIG *pair = must(d2i_ECDSA_SIG(NULL, &at, (long)size));
	must_be(BN_bn2binpad(ECDSA_SIG_get0_r(pair), ret, 32) == 32 &&
		BN_bn2binpad(ECDSA_SIG_get0_s(pair), ret + 32, 32) == 32);
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(c);
}

void phone_press(struct phone *phone, enum event_type type, int64_t at_ms, struct geo_point place,
	const uint64_t chance[2], struct phone_event *ret)
{
	const bool has_place = place.lat_e7 != NO_COORDINATE;
	struct signed_event e = {.version = 1,
		.type = (uint8_t)type,
		.employee = phone->employee.v,
		.seq = ++phone->seq,
		.prev = phone->head,
		.token_issued_at = phone->token_issued_at,
		.wall_at = at_ms,
		.point = place,
		.accuracy_cm = has_place ? 2000 : 0,
		.position_at = has_place ? at_ms : 0,
		.speed_cms = UNKNOWN_SPEED,
		.altitude_cm = UNKNOWN_ALTITUDE};
	uint8_t message[PREFIX_BYTES + EVENT_BYTES_MAX];

	memcpy(e.device, phone->device, sizeof e.device);
	memcpy(e.token, phone->token, sizeof e.token);
	memcpy(e.chance, chance, sizeof e.chance);
	memcpy(message, PREFIX, PREFIX_BYTES);
	must_be(attendance_write_event(&e, message + PREFIX_BYTES) == EVENT_FIXED_BYTES);
	memcpy(ret->bytes, message + PREFIX_BYTES, EVENT_FIXED_BYTES);
	sign(phone->key, message, PREFIX_BYTES + EVENT_FIXED_BYTES, ret->signature);
	phone->head = attendance_event_hash((struct bytes){ret->bytes, EVENT_FIXED_BYTES});
}
