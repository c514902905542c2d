/*
 * Counting working days for slices below, which do not see calendars: a term of so many working
 * days runs over the days on which the person's office works (PP 94/2021 and its like count hari
 * kerja).
 */
#include "calendar/calendar_int.h"

#include "org/org_absence.h"
#include "platform/db.h"

#define SEARCH_DAYS 400 /* a unit without any pattern would never work */

static enum err find_working_day(
	struct tx *tx, struct unit_id unit, int32_t day, int n, int32_t *ret_day)
{
	const struct personal_pattern nobody = {{0}, 0};
	const struct calendar *c;
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e || (e = calendar_load(tx, tx->arena, &c)))
		return e;
	for (int i = 0; n > 0 && i < SEARCH_DAYS; i++) {
		struct shift_reason why;

		n -= calendar_shift(c, tree, unit, nobody, ++day, &why).starts != MINUTE_OFF;
	}
	*ret_day = day;
	return OK;
}

void calendar_count_days(void)
{
	org_find_working_day = find_working_day;
}
