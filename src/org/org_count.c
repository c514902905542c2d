/*
 * Counters of the board follow the tree upwards (monitor shows government, agency and unit alike).
 *
 * Invariant: unit 0 receives every move exactly once, whatever the depth of the unit. Nothing is
 * written here; the batch collects the moves and monitor_project stores them.
 */
#include "org/org_count.h"

#include "platform/db.h"

void org_count(struct tx *tx, const struct org_tree *tree, struct unit_id unit, int32_t day,
	enum counter counter, int delta)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	while (u) {
		changes_count(tx->changes, u->id, day, -1, counter, delta);
		u = org_find_unit(tree, u->parent);
	}
	changes_count(tx->changes, (struct unit_id){0}, day, -1, counter, delta);
}

void org_touch_work(struct tx *tx, const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	for (; u; u = org_find_unit(tree, u->parent))
		changes_add(tx->changes, CHANGE_WORK, u->id.v, 0);
	changes_add(tx->changes, CHANGE_WORK, 0, 0);
}
