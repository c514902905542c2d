/*
 * Before a circular is signed: what would break at each share, from 30 to 100 per cent.
 */
#ifndef LUWES_ROSTER_ROSTER_FRONTIER_H
#define LUWES_ROSTER_ROSTER_FRONTIER_H

#include "roster/roster_model.h"

/* Sets the limits a share asks for: limit[group * days + day], those of the instance until then. */
typedef void roster_set_limits(void *context, int32_t percent, struct roster_limit *limit);

/* One share and what its best roster is worth. */
struct roster_share_step {
	int32_t percent;
	int64_t broken[RANKS];
	int64_t cost;
};

/*
 * The best roster for each of percent[steps], solved like roster_solve_parts; ret[steps] has their
 * figures in the same order. When stopped, nothing of `ret` is to be read.
 */
enum roster_outcome roster_find_frontier(const struct roster_instance *in, const int32_t *percent,
	int32_t steps, roster_set_limits *set, void *context, int threads,
	const _Atomic bool *is_stopped, struct roster_share_step *ret);

#endif
