/*
 * A mixed-integer problem in whole numbers, and CBC behind it: the only file that knows the solver.
 *
 * Columns have a level and a price. Levels are minimised one after the other, each with what the
 * earlier ones reached kept: nothing of a level is traded for something of a later one.
 */
#ifndef LUWES_MIP_MIP_PROBLEM_H
#define LUWES_MIP_MIP_PROBLEM_H

#include "base/arena.h"

#include <stdbool.h>

#define MIP_FREE INT64_MAX /* a bound that is none; negative: below */

struct mip_problem {
	struct arena *arena;
	struct mip_column {
		int64_t lower, upper, price;
		int32_t level;
		bool is_integer;
	} * column;
	struct mip_row {
		int64_t least, most;
		int32_t first; /* of its terms, which go to those of the next row */
	} * row;
	struct mip_term {
		int32_t column, factor;
	} * term;
	int32_t columns, rows, terms, column_room, row_room, term_room;
};

struct mip_answer {
	enum mip_outcome {
		MIP_BEST,   /* proven */
		MIP_STOPPED /* by the limit of time; value is the best found, or as it came */
	} outcome;
	int64_t *value; /* per column; only those of integer columns are sure to be whole */
	int64_t bound;  /* proven: the prices of the level sum up to no less; -MIP_FREE: nothing is
			 */
};

/* The column's number. */
int32_t mip_add_column(struct mip_problem *m, struct mip_column column);

/* A row: least <= sum of the terms added next <= most. */
void mip_add_row(struct mip_problem *m, int64_t least, int64_t most);
void mip_add_term(struct mip_problem *m, int32_t column, int32_t factor);

/* Whether a column of the level has a price. */
bool mip_has_level(const struct mip_problem *m, int32_t level);

/* The level never again sums up to more than `most`. */
void mip_keep_level(struct mip_problem *m, int32_t level, int64_t most);

/*
 * Minimises one level, for at most so many seconds of processor time, from values of the integer
 * columns that are known to be feasible: start[columns].
 */
void mip_minimise(struct mip_problem *m, int32_t level, const int64_t *start, int32_t seconds,
	struct mip_answer *ret);

#endif
