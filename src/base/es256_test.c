/*
 * ECDSA P-256 as phones sign (FIPS 186-5): good signatures of another maker, and everything that
 * must not pass: keys that are no points, numbers out of range, integers written badly.
 *
 * Values come from outside: RFC 6979 A.2.5 (P-256, SHA-256) and the order and generator of SEC 2.
 */
#include "base/es256.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* RFC 6979 A.2.5: public key, and the signatures of "sample" and "test" with SHA-256. */
static const char key_hex[] = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
			      "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
static const char sample_hex[] = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
				 "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
static const char test_hex[] = "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
			       "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083";
/* n, and the n-1 and n+1 around it; p. */
#define N_HEX        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
#define N_LESS_HEX   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550"
#define N_MORE_HEX   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552"
#define P_HEX        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
#define ZERO_HEX     "0000000000000000000000000000000000000000000000000000000000000000"
#define ONE_HEX      "0000000000000000000000000000000000000000000000000000000000000001"
#define ALL_HEX      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
#define GX_HEX       "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
#define GY_HEX       "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
#define MINUS_GY_HEX "b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a"

struct pair {
	uint8_t b[64];
};

static struct pair unhex(const char *hex)
{
	struct pair p;

	if (!hex_decode(hex, p.b, sizeof p.b))
		fail_msg("not 64 bytes: %s", hex);
	return p;
}

static void test_known_signatures(void **state)
{
	struct pair key = unhex(key_hex), sample = unhex(sample_hex), test = unhex(test_hex);

	(void)state;
	assert_true(es256_is_key(key.b));
	assert_true(es256_verify(key.b, "sample", 6, sample.b));
	assert_true(es256_verify(key.b, "test", 4, test.b));
	assert_false(es256_verify(key.b, "test", 4, sample.b));
	assert_false(es256_verify(key.b, "sample", 6, test.b));
	assert_false(es256_verify(key.b, "sample", 5, sample.b));
	assert_false(es256_verify(key.b, "", 0, sample.b));
}

static void test_keys(void **state)
{
	static const struct {
		const char *what, *hex;
		bool is_key;
	} cases[] = {
		{"the generator", GX_HEX GY_HEX, true},
		{"its negative", GX_HEX MINUS_GY_HEX, true},
		{"off the curve by one", GX_HEX ONE_HEX, false},
		{"coordinates exchanged", GY_HEX GX_HEX, false},
		{"infinity, as zeros", ZERO_HEX ZERO_HEX, false},
		{"x 0, y 1", ZERO_HEX ONE_HEX, false},
		{"x of p: 0 written too large", P_HEX GY_HEX, false},
		{"all ones", ALL_HEX ALL_HEX, false},
		{"y all ones", GX_HEX ALL_HEX, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair key = unhex(cases[i].hex), sample = unhex(sample_hex);

		if (es256_is_key(key.b) != cases[i].is_key)
			fail_msg("%s", cases[i].what);
		assert_false(es256_verify(key.b, "sample", 6, sample.b));
	}
}

/* Every point but this one; each bit of the key counts. */
static void test_key_of_another(void **state)
{
	struct pair sample = unhex(sample_hex);

	(void)state;
	for (int bit = 0; bit < 512; bit++) {
		struct pair key = unhex(key_hex);

		key.b[bit / 8] ^= (uint8_t)(1 << (bit % 8));
		assert_false(es256_verify(key.b, "sample", 6, sample.b));
	}
}

static void test_numbers_out_of_range(void **state)
{
	static const struct {
		const char *what, *hex;
	} cases[] = {
		{"r and s 0", ZERO_HEX ZERO_HEX},
		{"r 0", ZERO_HEX ONE_HEX},
		{"s 0", ONE_HEX ZERO_HEX},
		{"r and s 1", ONE_HEX ONE_HEX},
		{"r n", N_HEX ONE_HEX},
		{"s n", ONE_HEX N_HEX},
		{"r and s n", N_HEX N_HEX},
		{"r n+1: 1 again", N_MORE_HEX ONE_HEX},
		{"s n+1", ONE_HEX N_MORE_HEX},
		{"r and s n-1", N_LESS_HEX N_LESS_HEX},
		{"r p", P_HEX ONE_HEX},
		{"all ones", ALL_HEX ALL_HEX},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair key = unhex(key_hex), signature = unhex(cases[i].hex);

		if (es256_verify(key.b, "sample", 6, signature.b))
			fail_msg("%s", cases[i].what);
	}
}

/* r = x of the signature plus n does not fit for this r; s plus n neither: one writing each. */
static void test_each_bit_counts(void **state)
{
	struct pair key = unhex(key_hex);

	(void)state;
	for (int bit = 0; bit < 512; bit++) {
		struct pair signature = unhex(sample_hex);

		signature.b[bit / 8] ^= (uint8_t)(1 << (bit % 8));
		assert_false(es256_verify(key.b, "sample", 6, signature.b));
	}
}

/* n-s verifies as s does: known, and why a signature is never a key of anything. */
static void test_signatures_are_malleable(void **state)
{
	struct pair key = unhex(key_hex), n = unhex(N_HEX ZERO_HEX), other = unhex(sample_hex);
	int borrow = 0;

	(void)state;
	for (int i = 31; i >= 0; i--) {
		int digit = n.b[i] - other.b[32 + i] - borrow;

		borrow = digit < 0;
		other.b[32 + i] = (uint8_t)(digit + (borrow ? 256 : 0));
	}
	assert_true(es256_verify(key.b, "sample", 6, other.b));
	assert_memory_not_equal(other.b, unhex(sample_hex).b, 64);
}

/* DER of "sample": both numbers have their high bit set, so each is written with a zero before it.
 */
#define DER_HEX                                                                                    \
	"3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"               \
	"022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"

static void test_der(void **state)
{
	static const struct {
		const char *what, *hex;
		bool is_good;
	} cases[] = {
		{"as it is", DER_HEX, true},
		{"high-bit numbers without their zero: negative",
			"3044"
			"0220efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
			"0220f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
			false},
		{"a zero too many",
			"3047"
			"02220000efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
			"022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
			false},
		{"a byte behind it", DER_HEX "00", false},
		{"length in the long form",
			"308146"
			"022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
			"022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
			false},
		{"a set, not a sequence",
			"3146"
			"022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
			"022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
			false},
		{"r and s 0", "3006020100020100", false},
		{"empty sequence", "3000", false},
		{"r alone",
			"3023022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf"
			"3716",
			false},
	};
	struct pair key = unhex(key_hex);
	uint8_t der[ES256_DER_MAX + 1] = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = strlen(cases[i].hex) / 2;

		assert_true(n <= sizeof der && hex_decode(cases[i].hex, der, n));
		if (es256_verify_der(key.b, "sample", 6, (struct bytes){der, n}) !=
			cases[i].is_good)
			fail_msg("%s", cases[i].what);
	}
	assert_false(es256_verify_der(key.b, "sample", 6, (struct bytes){der, sizeof der}));
	assert_false(es256_verify_der(key.b, "sample", 6, (struct bytes){der, 0}));
}

static void test_der_truncated(void **state)
{
	struct pair key = unhex(key_hex);
	uint8_t der[72];

	(void)state;
	assert_true(hex_decode(DER_HEX, der, sizeof der));
	for (size_t n = 0; n < sizeof der; n++)
		assert_false(es256_verify_der(key.b, "sample", 6, (struct bytes){der, n}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_signatures),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_key_of_another),
		cmocka_unit_test(test_numbers_out_of_range),
		cmocka_unit_test(test_each_bit_counts),
		cmocka_unit_test(test_signatures_are_malleable),
		cmocka_unit_test(test_der),
		cmocka_unit_test(test_der_truncated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
