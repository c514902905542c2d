/*
 * Replanning is solving: what is past is locked, and what was published is asked for before
 * anything is wished.
 */
#include "roster/roster_replan.h"

static uint8_t *keep_the_past(const struct roster_instance *in, const uint8_t *published,
	int32_t first_day, struct arena *arena)
{
	size_t days = (size_t)in->days, cells = (size_t)in->people * days;
	uint8_t *cell = ARENA_ARRAY(arena, cells, uint8_t);
	for (size_t i = 0; i < cells; i++) {
		bool is_past = (int32_t)(i % days) < first_day;
		cell[i] = !is_past ? in->cell[i] : published[i] ? CELL_HOME : CELL_OFFICE;
	}
	return cell;
}

static struct roster_limit *limit_the_rest(
	const struct roster_instance *in, int32_t first_day, struct arena *arena)
{
	size_t days = (size_t)in->days, group_days = (size_t)in->groups * days;
	struct roster_limit *limit = ARENA_ARRAY(arena, group_days, struct roster_limit);
	for (size_t i = 0; i < group_days; i++) {
		bool is_past = (int32_t)(i % days) < first_day;
		limit[i] = is_past ? (struct roster_limit){0, ROSTER_NO_LIMIT} : in->limit[i];
	}
	return limit;
}

enum roster_outcome roster_replan(const struct roster_instance *in, const uint8_t *published,
	int32_t first_day, int threads, struct arena *arena, const _Atomic bool *is_stopped,
	struct roster_solution *ret)
{
	struct roster_instance now = *in;
	now.cell = keep_the_past(in, published, first_day, arena);
	now.limit = limit_the_rest(in, first_day, arena);
	now.published = published;
	return roster_solve_parts(&now, threads, arena, is_stopped, ret);
}
