/*
 * The best roster with rules beside the limits: first the flow, then luwes-mip.
 *
 * The flow's roster breaks the limits as little as any; from it on the helper looks for one that
 * breaks no limit more than that at its place, the side rules as little as they can be, of those
 * changes as few cells of the published roster, and of those the cheapest. What the helper says is
 * judged here in whole numbers before it is taken; when it fails, or takes too long, the flow's
 * roster stays.
 *
 * Above ROSTER_MIP_PEOPLE people the instance is solved in blocks, groups of that size; where
 * groups above a block limit, the days at home of the block stay what the flow gave them.
 */
#ifndef LUWES_ROSTER_ROSTER_MIP_H
#define LUWES_ROSTER_ROSTER_MIP_H

#include "roster/roster_side.h"

#define ROSTER_MIP_PEOPLE 600

enum roster_sides_outcome {
	SIDES_KEPT,     /* the flow's roster keeps all rules: no helper was needed */
	SIDES_SOLVED,   /* by the helper; bound and least say what is proven */
	SIDES_FALLBACK, /* stopped, late or failed: somewhere the roster is the flow's */
	SIDES_REFUSED,  /* a helper is needed, and there is none: the roster is the flow's */
	SIDES_STOPPED,  /* before there was a roster */
	SIDES_LIMIT     /* ROSTER_LIMIT: there is none */
};

struct roster_mip_options {
	const char *helper; /* path of luwes-mip */
	int32_t threads;    /* of the flow */
	int64_t wall_ms;    /* for all helpers together, and for the choice of weekdays */
};

/* The instance and its rules must be sound. Memory is the arena's; *ret_side is nothing when it is
 * refused. */
enum roster_sides_outcome roster_solve_sides(const struct roster_instance *in,
	const struct roster_side *side, const struct roster_mip_options *options,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret,
	struct roster_side_answer *ret_side);

#endif
