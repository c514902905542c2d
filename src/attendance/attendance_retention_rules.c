/*
 * How long a position is kept: pure. UU 27/2022 art. 16 (2) g, 43: erased when no longer needed,
 * and it is needed as long as its owner may still object (art. 10).
 */
#include "attendance/attendance_retention.h"

#define DAYS_OF_WORKING_DAY 2 /* of the calendar, at most, over any week */

int32_t attendance_position_days(const struct parameters *numbers, int32_t correction_days)
{
	int32_t days = numbers->of[PARAMETER_POSITION_DAYS];
	int32_t objection = DAYS_OF_WORKING_DAY * correction_days;

	return days > objection ? days : objection;
}

bool attendance_is_position_due(
	int32_t punch_day, int32_t received_day, int32_t today, int32_t days)
{
	int32_t since = punch_day < received_day ? punch_day : received_day;

	return today > since + days;
}
