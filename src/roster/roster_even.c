/*
 * An even week by narrowing: a bounded number of solves, each with the fullest day a little higher.
 */
#include "roster/roster_even.h"

#define TRIES 4 /* above the mean: 0, 1, 3, 7 */

static int32_t count_home(const struct roster_instance *in, const uint8_t *home, int32_t day)
{
	int32_t count = 0;
	for (int32_t p = 0; p < in->people; p++)
		count += home[p * in->days + day];
	return count;
}

static bool is_free(const struct roster_instance *in, int32_t day)
{
	for (int32_t p = 0; p < in->people; p++)
		if (in->cell[p * in->days + day] == CELL_FREE)
			return true;
	return false;
}

/* Per day the mean of the free days of its week, rounded up; where nothing is free, no limit. */
static int32_t *find_means(
	const struct roster_instance *in, const uint8_t *home, struct arena *arena)
{
	int32_t *mean = ARENA_ARRAY(arena, (size_t)in->days, int32_t);
	for (int32_t from = 0, to; from < in->days; from = to) {
		int32_t sum = 0, days = 0;
		for (to = from; to < in->days && in->week[to] == in->week[from]; to++) {
			mean[to] = is_free(in, to) ? 0 : ROSTER_NO_LIMIT;
			sum += mean[to] == 0 ? count_home(in, home, to) : 0;
			days += mean[to] == 0;
		}
		for (int32_t d = from; d < to; d++)
			if (mean[d] == 0)
				mean[d] = (sum + days - 1) / days;
	}
	return mean;
}

static const struct roster_limit *narrow(
	const struct roster_instance *in, const int32_t *mean, int32_t more, struct arena *arena)
{
	size_t days = (size_t)in->days, cells = (size_t)in->groups * days;
	struct roster_limit *limit = ARENA_ARRAY(arena, cells, struct roster_limit);
	memcpy(limit, in->limit, cells * sizeof *limit);
	for (size_t d = 0; d < days; d++) {
		if (mean[d] == ROSTER_NO_LIMIT || mean[d] + more >= limit[d].most)
			continue;
		limit[d].most = mean[d] + more > limit[d].least ? mean[d] + more : limit[d].least;
	}
	return limit;
}

static int64_t count_all(const struct roster_instance *in, const uint8_t *home)
{
	int64_t all = 0;
	for (int64_t i = 0; i < (int64_t)in->people * in->days; i++)
		all += home[i];
	return all;
}

static bool is_as_good(const struct roster_instance *in, const struct roster_solution *a,
	const struct roster_solution *b)
{
	for (int r = 0; r < RANKS; r++)
		if (a->broken[r] != b->broken[r])
			return false;
	return count_all(in, a->home) == count_all(in, b->home);
}

enum roster_outcome roster_solve_even(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret,
	const struct roster_limit **ret_limit)
{
	struct roster_instance even = *in;
	struct roster_solution tried;
	*ret_limit = in->limit;
	enum roster_outcome outcome = roster_solve_parts(in, threads, arena, is_stopped, ret);
	if (outcome)
		return outcome;
	if (in->days == 0 || in->people == 0)
		return ROSTER_BEST;
	const int32_t *mean = find_means(in, ret->home, arena);
	for (int32_t i = 0; i < TRIES; i++) {
		even.limit = narrow(in, mean, (1 << i) - 1, arena);
		if ((outcome = roster_solve_parts(&even, threads, arena, is_stopped, &tried)))
			return outcome;
		if (!is_as_good(in, &tried, ret))
			continue;
		*ret = tried;
		*ret_limit = even.limit;
		break;
	}
	return ROSTER_BEST;
}
