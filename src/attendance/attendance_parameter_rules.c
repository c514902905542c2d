/*
 * Which number holds on a day, and which numbers go together: pure.
 *
 * UU 30/2014 art. 58: a decision takes effect when it is made known, not before; so a number holds
 * from tomorrow, and the day it is judged for finds the row of that day.
 */
#include "attendance/attendance_parameter.h"

static const struct parameter_bounds bounds[PARAMETER_COUNT] = {
#define X(name, code, fallback, lowest, highest) {fallback, lowest, highest},
#include "attendance/attendance_parameter.def"
#undef X
};

struct parameter_bounds attendance_parameter_bounds(enum parameter kind)
{
	return bounds[kind];
}

static bool holds(const struct parameter_row *row, int32_t day)
{
	return row->valid_from <= day && day <= row->valid_to;
}

const struct parameter_row *attendance_find_parameter(
	const struct parameter_row *row, int rows, enum parameter kind, int32_t day)
{
	for (int i = rows - 1; i >= 0; i--)
		if (row[i].kind == (int32_t)kind && holds(&row[i], day))
			return &row[i];
	return NULL;
}

/* In the order they were set: a later row of the same day wins. A kind this program does not know
 * was set by a newer one. */
struct parameters attendance_compute_parameters(
	const struct parameter_row *row, int rows, int32_t day)
{
	struct parameters numbers = attendance_default_parameters();

	for (int i = 0; i < rows; i++)
		if (row[i].kind >= 0 && row[i].kind < PARAMETER_COUNT && holds(&row[i], day))
			numbers.of[row[i].kind] = row[i].value;
	return numbers;
}

const char *attendance_check_parameters(const struct parameters *numbers)
{
	const int32_t *of = numbers->of;

	if (of[PARAMETER_SAMPLE_FROM] > of[PARAMETER_CONFIRM_FROM])
		return "sample_from lies above confirm_from";
	if (of[PARAMETER_CONSISTENT_MINUTES] > of[PARAMETER_QUEUED_HOURS] * 60)
		return "consistent_minutes are longer than queued_hours";
	if (of[PARAMETER_SKEW_SECONDS] > of[PARAMETER_CONSISTENT_MINUTES] * 60)
		return "skew_seconds are longer than consistent_minutes";
	if (of[PARAMETER_CALL_MINUTES] > of[PARAMETER_CALL_LEVEL_2_MINUTES])
		return "call_minutes are longer than call_level_2_minutes";
	return NULL;
}

int32_t attendance_parameter_earliest(int64_t now_ms)
{
	return instant_day(now_ms, ZONE_WIT) + 1;
}
