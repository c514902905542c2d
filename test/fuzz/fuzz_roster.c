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

/* What is read: an instance, its days, its side rules. */
struct input {
	struct roster_instance in;
	const int32_t *day;
	const struct roster_side *side; /* NULL: none */
};

static struct buf encode(struct arena *arena, const struct input *input)
{
	struct buf out;
	buf_init(&out, arena, 0);
	roster_write_instance(&input->in, input->day, input->side, arena, &out);
	return out;
}

static enum err read_input(struct arena *arena, const char *text, size_t n, struct input *ret,
	struct field_fault *fault)
{
	return roster_read_instance(text, n, arena, &ret->in, &ret->day, &ret->side, fault);
}

static void check_text(struct arena *arena, const struct input *input)
{
	struct input again;
	struct field_fault fault = {0};
	struct buf once = encode(arena, input);
	demand(str_is_text(once.p, once.n));
	demand(read_input(arena, once.p, once.n, &again, &fault) == OK);
	struct buf twice = encode(arena, &again);
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

/* A price is not for a roster that keeps another. */
static void check_price(
	struct arena *arena, const struct roster_instance *in, const struct roster_solution *whole)
{
	struct roster_priced priced;
	demand(roster_solve_priced(in, ROUNDS, 1, arena, NULL, &priced) == ROSTER_BEST);
	demand(!breaks_as_much(whole, &priced.solution) || whole->cost <= priced.solution.cost);
	sum_broken(&priced.solution);
	check_locks(in, &priced.solution);
}

/* The roster is judged as it was solved; side rules add up, and its text is read back. */
static void check_side(struct arena *arena, const struct roster_instance *in,
	const struct roster_side *side, const struct roster_solution *s)
{
	struct roster_side_answer answer = {.side = *side}, again;
	struct roster_solution judged;
	struct field_fault fault = {0};
	struct buf out;
	uint8_t *home;
	int64_t amount = 0;
	roster_judge(in, s->home, arena, &judged);
	demand(breaks_as_much(s, &judged) && s->cost == judged.cost);
	roster_judge_side(in, side, s->home, arena, &answer.verdict);
	for (int32_t i = 0; i < answer.verdict.breaches; i++)
		amount += answer.verdict.breach[i].amount;
	demand(amount == answer.verdict.amount);
	buf_init(&out, arena, 0);
	roster_write_solution(in, s, &answer, arena, &out);
	demand(roster_read_solution(out.p, out.n, in, arena, &home, &again, &fault) == OK);
	demand(!memcmp(home, s->home, (size_t)in->people * (size_t)in->days));
}

static void check_rosters(
	struct arena *arena, const struct roster_instance *in, const struct roster_side *side)
{
	struct roster_solution whole, parts, anew;
	struct roster_clashes clashes;
	struct buf out;
	demand(roster_solve(in, arena, NULL, &whole) == ROSTER_BEST);
	demand(roster_solve_parts(in, 1, arena, NULL, &parts) == ROSTER_BEST);
	demand(breaks_as_much(&whole, &parts) && whole.cost == parts.cost);
	demand(roster_find_clashes(in, arena, NULL, &clashes) == ROSTER_BEST);
	demand(clashes.short_by <= sum_broken(&whole));
	demand((clashes.short_by == 0) == (sum_broken(&whole) == 0));
	if (!in->published)
		check_price(arena, in, &whole);
	demand(roster_replan(in, whole.home, 0, 1, arena, NULL, &anew) == ROSTER_BEST);
	demand(anew.changes == 0 && anew.cost == whole.cost && breaks_as_much(&whole, &anew));
	check_locks(in, &whole);
	buf_init(&out, arena, 0);
	roster_write_solution(in, &whole, NULL, arena, &out);
	roster_write_clashes(&clashes, arena, &out);
	if (side)
		check_side(arena, in, side, &whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct input input;
	struct field_fault fault = {0};
	arena_init(&arena, (size_t)1 << 30);
	const char *text = arena_strndup(&arena, (const char *)data, size);
	if (read_input(&arena, text, size, &input, &fault)) {
		demand(fault.pointer && fault.reason);
		demand(*fault.pointer == '\0' || *fault.pointer == '/');
	} else {
		const struct roster_instance *in = &input.in;
		check_text(&arena, &input);
		if (in->people * in->days <= CELLS_SOLVED && in->groups * in->days <= CELLS_SOLVED)
			check_rosters(&arena, in, input.side);
	}
	arena_release(&arena);
	return 0;
}
