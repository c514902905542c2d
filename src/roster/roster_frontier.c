/*
 * The frontier: one instance solved for one share after another. Each has its memory for itself, so
 * that many steps need no more of it than one.
 */
#include "roster/roster_frontier.h"

#include <string.h>

#define STEP_ARENA_BYTES ((size_t)8 << 30)

enum roster_outcome roster_find_frontier(const struct roster_instance *in, const int32_t *percent,
	int32_t steps, roster_set_limits *set, void *context, int threads,
	const _Atomic bool *is_stopped, struct roster_share_step *ret)
{
	size_t group_days = (size_t)in->groups * (size_t)in->days;
	enum roster_outcome outcome = ROSTER_BEST;
	for (int32_t i = 0; i < steps && outcome == ROSTER_BEST; i++) {
		struct arena arena;
		struct roster_instance then = *in;
		struct roster_solution s;
		arena_init(&arena, STEP_ARENA_BYTES);
		struct roster_limit *limit = ARENA_ARRAY(&arena, group_days, struct roster_limit);
		memcpy(limit, in->limit, group_days * sizeof *limit);
		set(context, percent[i], limit);
		then.limit = limit;
		outcome = roster_solve_parts(&then, threads, &arena, is_stopped, &s);
		ret[i] = (struct roster_share_step){.percent = percent[i], .cost = s.cost};
		memcpy(ret[i].broken, s.broken, sizeof s.broken);
		arena_release(&arena);
	}
	return outcome;
}
