/*
 * Place in integers: degrees times 1e7, metres, and a cosine scaled by 2^20.
 *
 * A verdict about a place must come out the same everywhere, so nothing here is floating point. On
 * the few kilometres around an office the earth is flat: dy = dlat * 111.3195 km, dx = dlon *
 * 111.3195 km * cos(lat of the site). The site stores its scaled cosine (geo_cosine, integer
 * series).
 */
#ifndef LUWES_BASE_GEO_H
#define LUWES_BASE_GEO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GEO_COSINE_ONE  (1 << 20)
#define GEO_POLYGON_MAX 64 /* corners */

struct geo_point {
	int32_t lat_e7, lon_e7;
};

/* Valid latitude and longitude. */
bool geo_is_valid(struct geo_point p);

/* cos(lat) * 2^20, by an integer series; exact to 1e-6. */
int32_t geo_cosine(int32_t lat_e7);

/* Distance in whole metres (rounded to nearest) near a place whose cosine is given; capped at
 * INT32_MAX. */
int32_t geo_distance_metres(struct geo_point a, struct geo_point b, int32_t cosine);

/* Even-odd rule; the border counts as inside. n in 3..GEO_POLYGON_MAX, all within 1 degree of
 * corner 0. */
bool geo_in_polygon(struct geo_point p, const struct geo_point *corner, size_t n);

/* Metres from `p` to the nearest edge of the polygon; 0 when inside. */
int32_t geo_polygon_distance_metres(
	struct geo_point p, const struct geo_point *corner, size_t n, int32_t cosine);

/* "-6.9024512" to -69024512; at most 7 decimals, no exponent. */
bool geo_parse_degrees(const char *s, int32_t *ret_e7);

/* Floor of the square root. */
int64_t geo_isqrt(int64_t v);

#endif
