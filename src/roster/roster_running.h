/*
 * Solves under way, so that one can be stopped: a flag per planning node, in a few slots of the
 * program. A stopped solve leaves the draft as it was. Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_RUNNING_H
#define LUWES_ROSTER_ROSTER_RUNNING_H

#include "base/ids.h"

#include <stdatomic.h>
#include <stdbool.h>

/* What a planner is told of ROSTER_LIMIT. */
#define ROSTER_LIMIT_REASON "the solver took too many steps: plan a shorter period"

/* The flag the solver looks at; E_BUSY is the caller's when NULL: too many at once. */
_Atomic bool *roster_begin_solve(struct government_id government, struct unit_id node);
void roster_end_solve(_Atomic bool *flag);
/* Stops those of a node; false when none runs. */
bool roster_stop_solve(struct government_id government, struct unit_id node);

#endif
