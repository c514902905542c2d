/*
 * Fuzz target: any bytes as an instance of the roster engine.
 *
 * What is refused names its place with a pointer that is text. What is read is written and read
 * back to the same bytes; when it is small it is solved as a whole, in parts, by a price and anew,
 * and the rosters must agree with each other and with the clashes.
 */
#include "roster/roster_price.h"
#include "roster/roster_replan.h"
#include "roster/roster_text.h"

#include "base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CELLS_SOLVED 2000 /* of people and of groups: the rest of the time is for reading */
#define ROUNDS       3

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static struct buf encode(struct arena *arena, const struct roster_instance *in, const int32_t *day)
{
	struct buf out;
	buf_init(&out, arena, 0);
	roster_write_instance(in, day, arena, &out);
	return out;
}

static void check_text(struct arena *arena, const struct roster_instance *in, const int32_t *day)
{
	struct roster_instance again;
	struct field_fault fault = {0};
	const int32_t *day_again;
	struct buf once = encode(arena, in, day);
	demand(str_is_text(once.p, once.n));
	demand(roster_read_instance(once.p, once.n, arena, &again, &day_again, &fault) == OK);
	struct buf twice = encode(arena, &again, day_again);
	demand(once.n == twice.n && !memcmp(once.p, twice.p, once.n));
}

static int64_t sum_broken(const struct roster_solution *s)
{
	int64_t sum = 0, named = 0;
	for (int r = 0; r < RANKS; r++)
		sum += s->broken[r];
	for (int32_t i = 0; i < s->breaches; i++)
		named += s->breach[i].amount;
	demand(sum == named);
	return sum;
}

static bool breaks_as_much(const struct roster_solution *a, const struct roster_solution *b)
{
	return !memcmp(a->broken, b->broken, sizeof a->broken);
}

static void check_locks(const struct roster_instance *in, const struct roster_solution *s)
{
	for (int32_t i = 0; i < in->people * in->days; i++) {
		demand(in->cell[i] != CELL_HOME || s->home[i] == 1);
		demand(in->cell[i] != CELL_OFFICE || s->home[i] == 0);
	}
}

static void check_rosters(struct arena *arena, const struct roster_instance *in)
{
	struct roster_solution whole, parts, anew;
	struct roster_priced priced;
	struct roster_clashes clashes;
	struct buf out;
	demand(roster_solve(in, arena, NULL, &whole) == ROSTER_BEST);
	demand(roster_solve_parts(in, 1, arena, NULL, &parts) == ROSTER_BEST);
	demand(breaks_as_much(&whole, &parts) && whole.cost == parts.cost);
	demand(roster_find_clashes(in, arena, NULL, &clashes) == ROSTER_BEST);
	demand(clashes.short_by <= sum_broken(&whole));
	demand((clashes.short_by == 0) == (sum_broken(&whole) == 0));
	demand(roster_solve_priced(in, ROUNDS, 1, arena, NULL, &priced) == ROSTER_BEST);
	demand(!breaks_as_much(&whole, &priced.solution) || whole.cost <= priced.solution.cost);
	sum_broken(&priced.solution);
	demand(roster_replan(in, whole.home, 0, 1, arena, NULL, &anew) == ROSTER_BEST);
	demand(anew.changes == 0 && anew.cost == whole.cost && breaks_as_much(&whole, &anew));
	check_locks(in, &whole);
	check_locks(in, &priced.solution);
	buf_init(&out, arena, 0);
	roster_write_solution(in, &whole, arena, &out);
	roster_write_clashes(&clashes, arena, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct roster_instance in;
	struct field_fault fault = {0};
	const int32_t *day;
	arena_init(&arena, (size_t)1 << 30);
	const char *text = arena_strndup(&arena, (const char *)data, size);
	if (roster_read_instance(text, size, &arena, &in, &day, &fault)) {
		demand(fault.pointer && fault.reason);
		demand(*fault.pointer == '\0' || *fault.pointer == '/');
	} else {
		check_text(&arena, &in, day);
		if (in.people * in.days <= CELLS_SOLVED && in.groups * in.days <= CELLS_SOLVED)
			check_rosters(&arena, &in);
	}
	arena_release(&arena);
	return 0;
}
