/*
 * An instance as a mixed-integer problem, by the words of roster_model.h and roster_side.h and by
 * nothing of the flow: this is the second judge of the engine, and what solves the side rules.
 */
#ifndef LUWES_MIP_MIP_ROSTER_H
#define LUWES_MIP_MIP_ROSTER_H

#include "roster/roster_side.h"

struct mip_result {
	struct roster_solution solution;
	struct roster_side_verdict verdict; /* of side rules, where there are any */
	int64_t least;                      /* proven: the side rules are broken by no less */
	int64_t bound;                      /* proven: no such roster costs less */
	bool is_proven; /* the best there is, and the figures of the solver are those of the roster
			 */
};

/*
 * The best roster from scratch: rank after rank, then changes of what is published, then the cost,
 * each in at most so many seconds of processor time. Side rules are not for this: what they ask for
 * stands behind a roster of the flow.
 */
void mip_solve_exactly(const struct roster_instance *in, int32_t seconds, struct arena *arena,
	struct mip_result *ret);

/*
 * From a roster on: nothing breaks more than it does where it does, the side rules break as little
 * as they can, of that what is published changes least, and of that the cheapest; in about so many
 * seconds of processor time. What comes is no worse than the start.
 */
void mip_improve(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *start, int32_t seconds, struct arena *arena, struct mip_result *ret);

#endif
