/*
 * Whether a table of hours can be one: said field by field, before it may judge anybody.
 *
 * Perpres 21/2023 art. 4 sets the week of an ordinary office; art. 7 lets units that serve citizens
 * differ, so nothing here counts hours against the law: only what no clock could follow is refused.
 * A pattern without hours is none.
 */
#include "calendar/calendar_int.h"

#include "base/str.h"

#define NIGHT_ENDS_MAX 2880 /* midnight after the next day */

const char *calendar_check_shift(const struct shift *s)
{
	bool has_break = s->break_starts != MINUTE_OFF || s->break_ends != MINUTE_OFF;

	if (s->starts < 0 || s->starts >= 1440)
		return "starts";
	if (s->ends <= s->starts || s->ends > NIGHT_ENDS_MAX || s->ends - s->starts > 1440)
		return "ends";
	if (has_break && (s->break_starts < s->starts || s->break_starts >= s->ends))
		return "break_starts";
	if (has_break && (s->break_ends <= s->break_starts || s->break_ends > s->ends))
		return "break_ends";
	if (s->asked_minutes < 0 ||
		s->asked_minutes > calendar_working_minutes(s, s->starts, s->ends))
		return "asked_minutes";
	return NULL;
}

static bool is_double(const struct pattern_day_row *day, int index)
{
	for (int i = 0; i < index; i++)
		if (day[i].regime == day[index].regime && day[i].cycle_day == day[index].cycle_day)
			return true;
	return false;
}

/* Two days of the cycle that follow each other, the last and the first too. */
static bool overlaps_next(const struct pattern_day_row *day, int days, int index, int cycle_days)
{
	const struct pattern_day_row *d = &day[index];

	for (int i = 0; i < days; i++)
		if (day[i].regime == d->regime &&
			day[i].cycle_day == (d->cycle_day + 1) % cycle_days &&
			d->shift.ends > day[i].shift.starts + 1440)
			return true;
	return false;
}

static const char *check_day(const struct pattern_row *row, const struct pattern_day_row *day,
	int days, int index, const char **ret_reason)
{
	const char *field = calendar_check_shift(&day[index].shift);

	*ret_reason = "hours no clock can follow";
	if (field)
		return field;
	*ret_reason = "outside the cycle, or said twice";
	if (day[index].cycle_day < 0 || day[index].cycle_day >= row->cycle_days ||
		is_double(day, index))
		return "cycle_day";
	*ret_reason = "runs into the next day's hours";
	return overlaps_next(day, days, index, row->cycle_days) ? "ends" : NULL;
}

const char *calendar_check_pattern(const struct pattern_row *row, const struct pattern_day_row *day,
	int days, int *ret_index, const char **ret_reason)
{
	int normal = 0;

	*ret_index = -1;
	for (int i = 0; i < days; i++) {
		const char *field = check_day(row, day, days, i, ret_reason);
		normal += day[i].regime == REGIME_NORMAL;
		if (field) {
			*ret_index = i;
			return field;
		}
	}
	*ret_reason = "a pattern needs hours on at least one day";
	return normal ? NULL : "days";
}
