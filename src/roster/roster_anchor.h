/*
 * Private to the engine: the weekdays that groups choose.
 */
#ifndef LUWES_ROSTER_ROSTER_ANCHOR_H
#define LUWES_ROSTER_ROSTER_ANCHOR_H

#include "roster/roster_side.h"

/*
 * One weekday for each anchor, found by coordinate descent, the same every time. *ret_in is the
 * instance with those days in the office, *ret_side the rules with one weekday left of each anchor.
 * From `deadline` (clock_monotonic) on nothing more is tried: what has no weekday by then takes
 * them in turn, and *ret_is_late is set.
 */
enum roster_outcome roster_choose_anchors(const struct roster_instance *in,
	const struct roster_side *side, struct arena *arena, const _Atomic bool *is_stopped,
	int64_t deadline, struct roster_instance *ret_in, struct roster_side *ret_side,
	bool *ret_is_late);

#endif
