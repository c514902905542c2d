/*
 * Time as the law sees it: civil days, minutes of the day, and the three zones of Indonesia.
 *
 * A day is a count of days since 1970-01-01 (int32_t), a minute of day 0..1439 (a span that crosses
 * midnight runs on past 1440), an instant UTC milliseconds (int64_t). Indonesia has no daylight
 * saving; Keppres 41/1987 fixes WIB UTC+7, WITA UTC+8, WIT UTC+9. No function reads a clock.
 */
#ifndef LUWES_BASE_DATE_H
#define LUWES_BASE_DATE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum zone { ZONE_WIB = 0, ZONE_WITA = 1, ZONE_WIT = 2 };

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* Bit of a weekday in a mask of weekdays: Monday is 1, Sunday 64. */
#define WEEKDAY_BIT(weekday) (1 << ((weekday)-1))

#define DAY_NONE        INT32_MIN /* no day: an open beginning or "not set" */
#define DAY_FOREVER     2932896   /* 9999-12-31: the open end of a dated row, stored as a number */
#define MS_PER_MINUTE   INT64_C(60000)
#define MS_PER_DAY      INT64_C(86400000)
#define MINUTES_PER_DAY 1440

/* Day of a civil date (proleptic Gregorian); the date must be valid. */
int32_t day_from_civil(int year, int month, int day);

/* Civil date of a day. */
void day_to_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day);

/* Monday = 1 ... Sunday = 7. */
enum weekday day_weekday(int32_t day);

/* "2025-11-13" (exactly) to a day; false if not a valid date in 1900..9999. */
bool day_parse(const char *s, int32_t *ret_day);

/* "2025-11-13" into out[11]. */
void day_format(int32_t day, char out[11]);

/* First and last day of the month that `day` lies in. */
void day_month_bounds(int32_t day, int32_t *ret_first, int32_t *ret_last);

/* "07:30" to 450; also "24:00" and beyond up to "47:59" for spans that cross midnight. */
bool minute_parse(const char *s, int *ret_minute);

/* 450 to "07:30" into out[6]. */
void minute_format(int minute, char out[6]);

/* Offset of a zone from UTC in minutes: 420, 480, 540. */
int zone_offset_minutes(enum zone zone);

/* "WIB", "WITA", "WIT". */
const char *zone_name(enum zone zone);

/* Civil day and minute of day of an instant in a zone. */
int32_t instant_day(int64_t instant_ms, enum zone zone);
int instant_minute(int64_t instant_ms, enum zone zone);

/* Instant of `minute` (may exceed 1439) on `day` in `zone`. */
int64_t instant_of(int32_t day, int minute, enum zone zone);

/* RFC 3339 with a zone ("2025-11-13T07:20+07:00", seconds and fraction optional, "Z" allowed). */
bool instant_parse(const char *s, int64_t *ret_instant_ms);

/* "2025-11-13T00:20:00.000Z" into out[25]. */
void instant_format(int64_t instant_ms, char out[25]);

#endif
