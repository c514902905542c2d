/*
 * The same days at home, spread evenly over the days of a week: fewer are away on the fullest one.
 */
#ifndef LUWES_ROSTER_ROSTER_EVEN_H
#define LUWES_ROSTER_ROSTER_EVEN_H

#include "roster/roster_model.h"

/*
 * As roster_solve_parts, but of rosters that break as little and have as many days at home it looks
 * for one whose days of a week are even: it narrows the most of the first group to the mean of the
 * week, then by a few more, and takes the first that costs no limit and no day at home. Wishes give
 * way to that. Where none does, the roster is that of roster_solve_parts. *ret_limit gets the
 * limits it was found within, for a solve with more rules.
 */
enum roster_outcome roster_solve_even(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret,
	const struct roster_limit **ret_limit);

#endif
