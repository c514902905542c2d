/*
 * Marks of the superior's triage: volumes against habit, modes against the day. Product principle
 * 2: what looks odd is shown to a person, and refused to nobody. Whole numbers only.
 */
#include "reports/reports_mark.h"

#include "base/str.h"

#include <stdlib.h>

const char *const mode_mismatch_names[] = {
	"none", "mode_changed", "no_work", "punches_outside", NULL};

static int compare_volumes(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t reports_find_habit(
	const struct habit *habit, int count, int64_t target, const char *unit_key)
{
	int32_t volume[HABIT_VOLUMES];
	int n = 0;

	for (int i = 0; i < count && n < HABIT_VOLUMES; i++)
		if (habit[i].target == target && str_eq(habit[i].unit_key, unit_key))
			volume[n++] = habit[i].volume;
	if (n < HABIT_LEAST)
		return 0;
	qsort(volume, (size_t)n, sizeof(*volume), compare_volumes);
	return (int64_t)volume[n / 2] + volume[(n - 1) / 2];
}

bool reports_is_unusual(int32_t volume, int64_t median_twice, int32_t percent)
{
	if (!median_twice)
		return false;
	return (int64_t)volume * 200 > median_twice * percent ||
	       median_twice * 100 > (int64_t)volume * 2 * percent;
}

/* Every punch that was judged was seen outside; one at least was judged. */
static bool is_all_outside(const struct attendance_day *day)
{
	return (day->in_place == PLACE_OUTSIDE || day->out_place == PLACE_OUTSIDE) &&
	       (day->in_place == PLACE_OUTSIDE || day->in_place == PLACE_NOT_ASKED) &&
	       (day->out_place == PLACE_OUTSIDE || day->out_place == PLACE_NOT_ASKED);
}

enum mode_mismatch reports_find_mismatch(
	const struct daily_report *r, const struct attendance_day *day)
{
	if (day->unit.v == 0 || day->state == DAY_NOT_USED)
		return MISMATCH_NONE;
	if (!attendance_is_work(day->mode))
		return MISMATCH_NO_WORK;
	if (r->mode != MODE_UNSAID && r->mode != (int32_t)day->mode)
		return MISMATCH_CHANGED;
	return day->mode == MODE_OFFICE && is_all_outside(day) ? MISMATCH_OUTSIDE : MISMATCH_NONE;
}
