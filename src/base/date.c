/*
 * Civil days, minutes and instants in integers; zones of Keppres 41/1987.
 *
 * The Gregorian calendar is counted from 1 March of year 0, so that the leap day is the last of its
 * year; an era is 400 years of 146,097 days. Parsers accept exactly one spelling and nothing around
 * it.
 */
#include "base/date.h"

#include <assert.h>
#include <string.h>

#define DAYS_PER_ERA 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 */

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int32_t day_from_civil(int year, int month, int day)
{
	if (month <= 2)
		year--;
	int era = (int)floor_div(year, 400);
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

void day_to_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
	int64_t z = (int64_t)day + DAYS_TO_1970;
	int64_t era = floor_div(z, DAYS_PER_ERA);
	int day_of_era = (int)(z - era * DAYS_PER_ERA);
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153; /* 0 is March */
	*ret_day = day_of_year - (153 * month + 2) / 5 + 1;
	*ret_month = month < 10 ? month + 3 : month - 9;
	*ret_year = (int)(year_of_era + era * 400) + (*ret_month <= 2);
}

enum weekday day_weekday(int32_t day)
{
	int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
	return (enum weekday)(since_monday - floor_div(since_monday, 7) * 7 + 1);
}

/* `count` digits at *s as a number; moves *s past them. */
static bool take_digits(const char **s, int count, int *ret_value)
{
	int v = 0;
	for (int i = 0; i < count; i++, (*s)++) {
		if (**s < '0' || **s > '9')
			return false;
		v = v * 10 + (**s - '0');
	}
	*ret_value = v;
	return true;
}

static bool take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : days[month - 1];
}

static bool take_day(const char **s, int32_t *ret_day)
{
	int year, month, day;
	if (!take_digits(s, 4, &year) || !take_char(s, '-') || !take_digits(s, 2, &month) ||
		!take_char(s, '-') || !take_digits(s, 2, &day))
		return false;
	if (year < 1900 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	*ret_day = day_from_civil(year, month, day);
	return true;
}

bool day_parse(const char *s, int32_t *ret_day)
{
	int32_t day;
	if (!take_day(&s, &day) || *s)
		return false;
	*ret_day = day;
	return true;
}

/* The last `count` digits of the value and what stands behind them. Instants are in every reply,
 * so this is not left to printf. */
static char *put_digits(char *p, unsigned value, int count, char behind)
{
	for (int i = count - 1; i >= 0; i--, value /= 10)
		p[i] = (char)('0' + value % 10);
	p[count] = behind;
	return p + count + 1;
}

void day_format(int32_t day, char out[11])
{
	int y, m, d;
	day_to_civil(day, &y, &m, &d);
	assert(y >= 0 && y <= 9999);
	out = put_digits(out, (unsigned)y, 4, '-');
	out = put_digits(out, (unsigned)m, 2, '-');
	put_digits(out, (unsigned)d, 2, '\0');
}

void day_month_bounds(int32_t day, int32_t *ret_first, int32_t *ret_last)
{
	int y, m, d;
	day_to_civil(day, &y, &m, &d);
	*ret_first = day - d + 1;
	*ret_last = *ret_first + days_in_month(y, m) - 1;
}

bool minute_parse(const char *s, int *ret_minute)
{
	int hour, minute;
	if (!take_digits(&s, 2, &hour) || !take_char(&s, ':') || !take_digits(&s, 2, &minute) || *s)
		return false;
	if (hour > 47 || minute > 59)
		return false;
	*ret_minute = hour * 60 + minute;
	return true;
}

void minute_format(int minute, char out[6])
{
	assert(minute >= 0 && minute < 2 * MINUTES_PER_DAY);
	out = put_digits(out, (unsigned)minute / 60, 2, ':');
	put_digits(out, (unsigned)minute % 60, 2, '\0');
}

int zone_offset_minutes(enum zone zone)
{
	static const int offset[] = {[ZONE_WIB] = 420, [ZONE_WITA] = 480, [ZONE_WIT] = 540};
	assert((unsigned)zone <= ZONE_WIT);
	return offset[zone];
}

const char *zone_name(enum zone zone)
{
	static const char *const name[] = {
		[ZONE_WIB] = "WIB", [ZONE_WITA] = "WITA", [ZONE_WIT] = "WIT"};
	assert((unsigned)zone <= ZONE_WIT);
	return name[zone];
}

/* Minutes since 1970-01-01T00:00 by the clock on the wall. */
static int64_t wall_minutes(int64_t instant_ms, enum zone zone)
{
	return floor_div(instant_ms, MS_PER_MINUTE) + zone_offset_minutes(zone);
}

int32_t instant_day(int64_t instant_ms, enum zone zone)
{
	return (int32_t)floor_div(wall_minutes(instant_ms, zone), MINUTES_PER_DAY);
}

int instant_minute(int64_t instant_ms, enum zone zone)
{
	int64_t wall = wall_minutes(instant_ms, zone);
	return (int)(wall - floor_div(wall, MINUTES_PER_DAY) * MINUTES_PER_DAY);
}

int64_t instant_of(int32_t day, int minute, enum zone zone)
{
	return day * MS_PER_DAY + (minute - zone_offset_minutes(zone)) * MS_PER_MINUTE;
}

/* ":SS[.fraction]" if present, as milliseconds; digits past the third are cut off. */
static bool take_seconds(const char **s, int *ret_ms)
{
	int second, ms = 0, weight = 100;
	*ret_ms = 0;
	if (!take_char(s, ':'))
		return true;
	if (!take_digits(s, 2, &second) || second > 59)
		return false;
	if (take_char(s, '.')) {
		if (**s < '0' || **s > '9')
			return false;
		for (; **s >= '0' && **s <= '9'; (*s)++, weight /= 10)
			ms += weight * (**s - '0');
	}
	*ret_ms = second * 1000 + ms;
	return true;
}

/* "Z" or "+HH:MM" or "-HH:MM" as minutes east of UTC. */
static bool take_offset(const char **s, int *ret_minutes)
{
	int hour, minute, sign = **s == '-' ? -1 : 1;
	*ret_minutes = 0;
	if (take_char(s, 'Z'))
		return true;
	if (!take_char(s, '+') && !take_char(s, '-'))
		return false;
	if (!take_digits(s, 2, &hour) || !take_char(s, ':') || !take_digits(s, 2, &minute))
		return false;
	*ret_minutes = sign * (hour * 60 + minute);
	return hour <= 23 && minute <= 59;
}

bool instant_parse(const char *s, int64_t *ret_instant_ms)
{
	int32_t day;
	int hour, minute, ms, offset;
	if (!take_day(&s, &day) || !take_char(&s, 'T') || !take_digits(&s, 2, &hour) ||
		!take_char(&s, ':') || !take_digits(&s, 2, &minute) || hour > 23 || minute > 59)
		return false;
	if (!take_seconds(&s, &ms) || !take_offset(&s, &offset) || *s)
		return false;
	*ret_instant_ms = day * MS_PER_DAY + (hour * 60 + minute - offset) * MS_PER_MINUTE + ms;
	return true;
}

void instant_format(int64_t instant_ms, char out[25])
{
	int64_t day = floor_div(instant_ms, MS_PER_DAY);
	unsigned ms = (unsigned)(instant_ms - day * MS_PER_DAY);
	day_format((int32_t)day, out);
	out += 10;
	*out++ = 'T';
	out = put_digits(out, ms / 3600000, 2, ':');
	out = put_digits(out, ms / 60000 % 60, 2, ':');
	out = put_digits(out, ms / 1000 % 60, 2, '.');
	out = put_digits(out, ms % 1000, 3, 'Z');
	*out = '\0';
}
