/*
 * A limit over the whole government, too large for one network: agencies apart, coupled by a price.
 */
#ifndef LUWES_ROSTER_ROSTER_PRICE_H
#define LUWES_ROSTER_ROSTER_PRICE_H

#include "roster/roster_model.h"

/* A roster and how good it is at least; solution.price is the price of each day. */
struct roster_priced {
	struct roster_solution solution;
	/* No roster breaks less than this, first by rank; and if any breaks just as much, none
	 * that does costs less. */
	int64_t least_broken[RANKS], least_cost;
	bool is_best; /* the roster breaks and costs no more than that: it is the best */
	int32_t rounds;
};

/* Whether a limit of the first group is all that joins the groups right below it, of which there
 * are several. */
bool roster_is_coupled(const struct roster_instance *in);

/*
 * A good roster where the first group limits days and the groups below it are solved apart. In each
 * of at most `rounds` rounds (1 or more) a day has a price on being home, below zero where too few
 * are; then every group gets its part of the limit by what it took at these prices, is solved
 * within it, and says what a day more would be worth to it: the next price. The best roster of all
 * rounds is kept, and what it breaks is listed. It need not be the best there is; what it lacks at
 * most is what it breaks and costs beyond the least. `in` has no published roster.
 */
enum roster_outcome roster_solve_priced(const struct roster_instance *in, int32_t rounds,
	int threads, struct arena *arena, const _Atomic bool *is_stopped,
	struct roster_priced *ret);

#endif
