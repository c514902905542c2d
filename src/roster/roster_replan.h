/*
 * A roster that stands and no longer fits: people fell ill, an order came. The proposal that
 * changes the fewest cells.
 */
#ifndef LUWES_ROSTER_ROSTER_REPLAN_H
#define LUWES_ROSTER_ROSTER_REPLAN_H

#include "roster/roster_model.h"

/*
 * The best roster from `first_day` on, a number of a day; `in` is the office as it is now, who fell
 * ill cannot be home. What was published for earlier days stays, and limits of groups are not
 * judged for them; quotas of people count them. Nothing breaks less, of those that break as little
 * nothing changes fewer free cells (`changes`), and of those nothing costs less. What had to change
 * because a cell is no longer free is not among the changes.
 */
enum roster_outcome roster_replan(const struct roster_instance *in, const uint8_t *published,
	int32_t first_day, int threads, struct arena *arena, const _Atomic bool *is_stopped,
	struct roster_solution *ret);

#endif
