/*
 * Place in integers: the cosine, distances around Indonesia, buildings as polygons.
 *
 * Constants are published ones; distances were computed apart, on the sphere.
 */
#include "base/geo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct geo_point point(int32_t lat_e7, int32_t lon_e7)
{
	return (struct geo_point){lat_e7, lon_e7};
}

static void test_cosine_constants(void **state)
{
	(void)state;
	/* cos of the latitude, published to nine places, times 2^20 */
	static const struct {
		int32_t lat_e7;
		int64_t cosine_e9;
	} cases[] = {
		{0, 1000000000},
		{-69000000, 992757395}, /* Bandung */
		{-50000000, 996194698}, /* Makassar */
		{60000000, 994521895},
		{110000000, 981627183}, /* the edges of Indonesia */
		{300000000, 866025404},
		{450000000, 707106781},
		{-600000000, 500000000},
		{800000000, 173648178},
		{900000000, 0},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t got_e9 = geo_cosine(cases[i].lat_e7) * INT64_C(1000000000) / GEO_COSINE_ONE;
		int64_t off = got_e9 - cases[i].cosine_e9;
		if (off < -1000 || off > 1000)
			fail_msg("cosine of %d: off by %lld e-9", cases[i].lat_e7, (long long)off);
	}
}

static void test_distances(void **state)
{
	(void)state;
	/* Great-circle distances (haversine, 111.3195 km a degree), computed apart. */
	static const struct {
		int32_t a_lat, a_lon, b_lat, b_lon, metres;
	} cases[] = {
		{-69000000, 1076000000, -69000000, 1076000000, 0},
		{-69000000, 1076000000, -69009000, 1076000000, 100},
		{-69000000, 1076000000, -69000000, 1076009049, 100},
		{-69000000, 1076000000, -69000040, 1076000000, 0},
		{-69000000, 1076000000, -69000050, 1076000000, 1},
		{-69024810, 1076188100, -69218457, 1076070000,
			2521}, /* Gedung Sate to Alun-alun Bandung */
		{-51354000, 1194238000, -51476000, 1194327000, 1679}, /* WITA: Makassar */
		{-25337000, 1407181000, -25916000, 1406690000, 8447}, /* WIT: Jayapura to Abepura */
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct geo_point a = point(cases[i].a_lat, cases[i].a_lon);
		struct geo_point b = point(cases[i].b_lat, cases[i].b_lon);
		int32_t cosine = geo_cosine(a.lat_e7);
		int32_t off = geo_distance_metres(a, b, cosine) - cases[i].metres;
		if (off < -1 || off > 1 || (cases[i].metres <= 100 && off != 0))
			fail_msg("case %zu: off by %d m", i, off);
		assert_int_equal(
			geo_distance_metres(b, a, cosine), geo_distance_metres(a, b, cosine));
	}
	/* Antipodes neither overflow nor come near. */
	int32_t far = geo_distance_metres(
		point(-900000000, -1800000000), point(900000000, 1800000000), GEO_COSINE_ONE);
	assert_in_range(far, 20000000, INT32_MAX);
}

/* An L of 20 x 20 with the north-east quarter missing, as a building around a yard. */
static const struct geo_point l_shape[] = {{-69000000, 1076000000}, {-69000000, 1076002000},
	{-68999000, 1076002000}, {-68999000, 1076001000}, {-68998000, 1076001000},
	{-68998000, 1076000000}};

static void test_polygon(void **state)
{
	(void)state;
	static const struct {
		int32_t lat, lon;
		bool inside;
		int32_t metres;
	} cases[] = {
		{-68999500, 1076000500, true, 0},
		{-68998500, 1076000500, true, 0},
		{-68999500, 1076001500, true, 0},
		{-68998500, 1076001500, false,
			6}, /* the yard: concave; 500 units east of its west wall */
		{-69000000, 1076001000, true, 0}, /* on the south border */
		{-69000000, 1076000000, true, 0}, /* on a corner */
		{-68999000, 1076001000, true, 0}, /* on the inner corner */
		{-68999000, 1076001500, true, 0}, /* on the inner border */
		{-68998500, 1076001000, true, 0},
		{-68999000, 1076003000, false, 11}, /* level with two corners */
		{-68998000, 1076002000, false, 11},
		{-69001000, 1076001000, false, 11},
		{-69009000, 1076001000, false, 100},
		{-68989000, 1076000000, false, 100},
	};
	int32_t cosine = geo_cosine(-69000000);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct geo_point p = point(cases[i].lat, cases[i].lon);
		if (geo_in_polygon(p, l_shape, COUNT(l_shape)) != cases[i].inside)
			fail_msg("polygon case %zu: wrong side", i);
		int32_t metres = geo_polygon_distance_metres(p, l_shape, COUNT(l_shape), cosine);
		if (metres != cases[i].metres)
			fail_msg("polygon case %zu: %d m", i, metres);
	}
	/* The order of corners does not matter. */
	struct geo_point reversed[COUNT(l_shape)];
	for (size_t i = 0; i < COUNT(l_shape); i++)
		reversed[i] = l_shape[COUNT(l_shape) - 1 - i];
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(geo_in_polygon(point(cases[i].lat, cases[i].lon), reversed,
					 COUNT(reversed)),
			cases[i].inside);
	assert_false(geo_in_polygon(point(900000000, -1800000000), l_shape, COUNT(l_shape)));
	assert_true(geo_polygon_distance_metres(point(900000000, -1800000000), l_shape,
			    COUNT(l_shape), cosine) > 1000000);
}

static void test_degrees(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		int32_t e7;
	} cases[] = {
		{"-6.9024512", true, -69024512},
		{"107.6", true, 1076000000},
		{"0", true, 0},
		{"-0.0000001", true, -1},
		{"180", true, 1800000000},
		{"180.0000001", false, 0},
		{"-6.90245123", false, 0},
		{"6.", false, 0},
		{".5", false, 0},
		{"", false, 0},
		{"-", false, 0},
		{"1e2", false, 0},
		{"+6", false, 0},
		{"6,9", false, 0},
		{"1000", false, 0},
		{"6.9 ", false, 0},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t e7 = 0;
		assert_int_equal(geo_parse_degrees(cases[i].text, &e7), cases[i].ok);
		assert_int_equal(e7, cases[i].e7);
	}
	assert_true(geo_is_valid(point(900000000, -1800000000)));
	assert_false(geo_is_valid(point(900000001, 0)));
	assert_false(geo_is_valid(point(0, INT32_MIN)));
}

static void test_isqrt(void **state)
{
	(void)state;
	for (int64_t v = 0; v < 70000; v++) {
		int64_t r = geo_isqrt(v);
		assert_true(r * r <= v && (r + 1) * (r + 1) > v);
	}
	assert_int_equal(geo_isqrt(INT64_MAX), 3037000499);
	assert_int_equal(geo_isqrt(INT64_C(3037000499) * 3037000499), 3037000499);
	assert_int_equal(geo_isqrt(INT64_C(3037000499) * 3037000499 - 1), 3037000498);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cosine_constants),
		cmocka_unit_test(test_distances),
		cmocka_unit_test(test_polygon),
		cmocka_unit_test(test_degrees),
		cmocka_unit_test(test_isqrt),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
