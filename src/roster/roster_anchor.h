/*
 * Private to the engine: the weekdays that groups choose.
 */
#ifndef LUWES_ROSTER_ROSTER_ANCHOR_H
#define LUWES_ROSTER_ROSTER_ANCHOR_H

#include "roster/roster_side.h"

/*
 * One weekday for each anchor, found by coordinate descent, the same every time. *ret_in is the
 * instance with those days in the office, *ret_side the rules with one weekday left of each anchor.
 */
enum roster_outcome roster_choose_anchors(const struct roster_instance *in,
	const struct roster_side *side, struct arena *arena, const _Atomic bool *is_stopped,
	struct roster_instance *ret_in, struct roster_side *ret_side);

#endif
