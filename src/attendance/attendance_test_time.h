/* For tests of attendance: days and instants as text, and where they happen. */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_TEST_TIME_H
#define LUWES_ATTENDANCE_ATTENDANCE_TEST_TIME_H

#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define SAME   "" /* the phone says what the server says */
#define IN     DIRECTION_IN
#define OUT    DIRECTION_OUT
#define LAT_E7 (-69000000) /* the middle of the site of these tests */
#define LON_E7 1076000000

static inline int32_t day_of(const char *text)
{
	int32_t day;

	if (!day_parse(text, &day))
		fail_msg("not a day: %s", text);
	return day;
}

/* "11-13 07:30:59" of 2025 in WIB. */
static inline int64_t at(const char *text)
{
	char full[40];
	int64_t instant;

	snprintf(full, sizeof(full), "2025-%.5sT%s%s+07:00", text, text + 6,
		strlen(text) == 11 ? ":00" : "");
	if (!instant_parse(full, &instant))
		fail_msg("not an instant: %s", text);
	return instant;
}

#endif
