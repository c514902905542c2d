/*
 * Place in integers: a local plane in centimetres around one point, good for a few kilometres.
 *
 * A degree is 111.3195 km, so 1e-7 degree is 1.113195 cm. Far points are capped instead of exact: a
 * verdict only asks whether somebody is near. Nothing here is floating point.
 */
#include "base/geo.h"

#include <assert.h>

#define DEGREE_E7       INT64_C(10000000)
#define MICRO_CM_PER_E7 INT64_C(1113195)
#define FAR_CM          INT64_C(2000000000) /* 20,000 km: its square, twice, fits int64 */

/* A point in the local plane. */
struct plane_point {
	int64_t x, y; /* cm east, cm north */
};

static int64_t magnitude(int64_t v)
{
	return v < 0 ? -v : v;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

bool geo_is_valid(struct geo_point p)
{
	return magnitude(p.lat_e7) <= 90 * DEGREE_E7 && magnitude(p.lon_e7) <= 180 * DEGREE_E7;
}

int64_t geo_isqrt(int64_t v)
{
	assert(v >= 0);
	int64_t root = 0;
	for (int64_t bit = INT64_C(1) << 62; bit; bit >>= 2) {
		int64_t trial = root + bit;
		root >>= 1;
		if (v >= trial) {
			v -= trial;
			root += bit;
		}
	}
	return root;
}

int32_t geo_cosine(int32_t lat_e7)
{
	/* cos x = 1 - x2/1.2 (1 - x2/3.4 (1 - ... x2/13.14)), in units of 2^-30; the rest is below
	 * 1e-9. */
	const int64_t one = INT64_C(1) << 30;
	const int64_t radians_e7_62 = INT64_C(8048910509); /* pi / 1.8e9 * 2^62 */
	int64_t x = (magnitude(lat_e7) * radians_e7_62) >> 32;
	int64_t x2 = (x * x) >> 30;
	int64_t cosine = one;
	for (int k = 13; k >= 1; k -= 2)
		cosine = one - ((x2 * cosine) >> 30) / (k * (k + 1));
	return (int32_t)larger((cosine + (1 << 9)) >> 10, 0);
}

/* Units of 1e-7 degree as centimetres, rounded to nearest, capped. */
static int64_t arc_cm(int64_t e7)
{
	int64_t cm = (magnitude(e7) * MICRO_CM_PER_E7 + 500000) / 1000000;
	if (cm > FAR_CM)
		cm = FAR_CM;
	return e7 < 0 ? -cm : cm;
}

static struct plane_point plane_from(struct geo_point origin, struct geo_point p, int32_t cosine)
{
	int64_t east = arc_cm((int64_t)p.lon_e7 - origin.lon_e7);
	return (struct plane_point){
		.x = east * cosine / GEO_COSINE_ONE,
		.y = arc_cm((int64_t)p.lat_e7 - origin.lat_e7),
	};
}

static int64_t length_cm(struct plane_point p)
{
	return geo_isqrt(p.x * p.x + p.y * p.y);
}

static int32_t metres_from_cm(int64_t cm)
{
	return (int32_t)((cm + 50) / 100);
}

int32_t geo_distance_metres(struct geo_point a, struct geo_point b, int32_t cosine)
{
	return metres_from_cm(length_cm(plane_from(a, b, cosine)));
}

/* Twice the signed area of the triangle a b p, in degrees^2 * 1e14: 0 when on the line. */
static int64_t side_of(struct geo_point a, struct geo_point b, struct geo_point p)
{
	return ((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)p.lat_e7 - a.lat_e7) -
	       ((int64_t)b.lat_e7 - a.lat_e7) * ((int64_t)p.lon_e7 - a.lon_e7);
}

static bool is_between(int32_t v, int32_t a, int32_t b)
{
	return a < b ? v >= a && v <= b : v >= b && v <= a;
}

static bool is_on_edge(struct geo_point a, struct geo_point b, struct geo_point p)
{
	return side_of(a, b, p) == 0 && is_between(p.lat_e7, a.lat_e7, b.lat_e7) &&
	       is_between(p.lon_e7, a.lon_e7, b.lon_e7);
}

/* A ray from `p` to the east meets the edge; a corner belongs to the edge that goes up from it. */
static bool ray_crosses(struct geo_point a, struct geo_point b, struct geo_point p)
{
	if ((a.lat_e7 > p.lat_e7) == (b.lat_e7 > p.lat_e7))
		return false;
	int64_t side = side_of(a, b, p);
	return b.lat_e7 > a.lat_e7 ? side > 0 : side < 0;
}

bool geo_in_polygon(struct geo_point p, const struct geo_point *corner, size_t n)
{
	assert(n >= 3 && n <= GEO_POLYGON_MAX);
	bool inside = false;
	for (size_t i = 0, last = n - 1; i < n; last = i++) {
		if (is_on_edge(corner[last], corner[i], p))
			return true;
		if (ray_crosses(corner[last], corner[i], p))
			inside = !inside;
	}
	return inside;
}

/* Centimetres from the origin of the plane to the segment a b, whose length is under 2 degrees. */
static int64_t segment_distance_cm(struct plane_point a, struct plane_point b)
{
	struct plane_point edge = {b.x - a.x, b.y - a.y};
	int64_t length_squared = edge.x * edge.x + edge.y * edge.y;
	int64_t along = -(a.x * edge.x + a.y * edge.y);
	if (along <= 0)
		return length_cm(a);
	if (along >= length_squared)
		return length_cm(b);
	/* Height = area / base; the base is taken 16 times finer, for short edges. */
	int64_t area = magnitude(a.x * edge.y - a.y * edge.x);
	return area * 16 / geo_isqrt(length_squared * 256);
}

int32_t geo_polygon_distance_metres(
	struct geo_point p, const struct geo_point *corner, size_t n, int32_t cosine)
{
	if (geo_in_polygon(p, corner, n))
		return 0;
	int64_t nearest_cm = INT64_MAX;
	for (size_t i = 0, last = n - 1; i < n; last = i++) {
		int64_t cm = segment_distance_cm(
			plane_from(p, corner[last], cosine), plane_from(p, corner[i], cosine));
		if (cm < nearest_cm)
			nearest_cm = cm;
	}
	return metres_from_cm(nearest_cm);
}

bool geo_parse_degrees(const char *s, int32_t *ret_e7)
{
	bool negative = *s == '-';
	int64_t v = 0;
	int digits = 0, decimals = 0;
	for (s += negative; *s >= '0' && *s <= '9' && digits < 3; s++, digits++)
		v = v * 10 + (*s - '0');
	if (digits == 0)
		return false;
	if (*s == '.') {
		for (s++; *s >= '0' && *s <= '9' && decimals < 7; s++, decimals++)
			v = v * 10 + (*s - '0');
		if (decimals == 0)
			return false;
	}
	if (*s)
		return false;
	for (; decimals < 7; decimals++)
		v *= 10;
	if (v > 180 * DEGREE_E7)
		return false;
	*ret_e7 = (int32_t)(negative ? -v : v);
	return true;
}
