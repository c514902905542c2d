/*
 * Moving a counter of the board along the tree: what happens to one person counts for the unit,
 * every unit above it and the whole government (unit 0), so that each level shows its own total.
 */
#ifndef LUWES_ORG_ORG_COUNT_H
#define LUWES_ORG_ORG_COUNT_H

#include "org/org.h"
#include "platform/changes.h"

/*
 * Adds `delta` to `counter` of `day` for `unit`, its ancestors and the government. Unit 0 (not
 * placed) or an unknown one counts for the government alone. monitor_project writes the sums of the
 * batch.
 */
void org_count(struct tx *tx, const struct org_tree *tree, struct unit_id unit, int32_t day,
	enum counter counter, int delta);

/* What is planned or open at a unit changed, and with it the figures of all above it and of the
 * government: whoever watches them is told. */
void org_touch_work(struct tx *tx, const struct org_tree *tree, struct unit_id unit);

#endif
