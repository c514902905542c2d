/*
 * What no limit joins: groups below one that limits belong together, and everything else is apart.
 * The parts are solved by a few threads, the largest first, and put together again.
 */
#include "roster/roster_cut.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PART_ARENA_BYTES ((size_t)8 << 30)
#define THREADS_MAX      64

struct part {
	struct roster_cut cut;
	int32_t top; /* the group it hangs on; the number of groups for who is under no limit */
	struct arena arena; /* of its solution */
	struct roster_solution solution;
	struct roster_clashes clashes;
	enum roster_outcome outcome;
};

struct work {
	struct part *part; /* the largest first */
	int32_t parts;
	_Atomic int32_t next;
	const _Atomic bool *is_stopped;
	void (*run)(struct work *work, struct part *part);
};

/* ---- taking apart ---- */

static int by_size(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	if (x->cut.in.people != y->cut.in.people)
		return x->cut.in.people > y->cut.in.people ? -1 : 1;
	return (x->top > y->top) - (x->top < y->top);
}

/* One part per top, and one for who is under no limit: it has the first group alone, which does not
 * limit then. */
static void take_apart(const struct roster_instance *in, struct work *work, struct arena *arena)
{
	int32_t none = in->groups;
	size_t tops = (size_t)in->groups + 1;
	const int32_t *top = roster_find_tops(in, arena);
	int32_t *groups = ARENA_ARRAY(arena, tops, int32_t);
	int32_t *people = ARENA_ARRAY(arena, tops, int32_t);
	int32_t *place = ARENA_ARRAY(arena, tops, int32_t); /* per group: its number in its part */
	struct part **of = ARENA_ARRAY(arena, tops, struct part *);
	for (int32_t g = 0; g < in->groups; g++)
		groups[top[g]]++;
	for (int32_t p = 0; p < in->people; p++)
		people[top[in->person[p].group]]++;
	groups[none] = people[none] > 0;
	work->part = ARENA_ARRAY(arena, tops, struct part);
	for (int32_t t = 0; t <= none; t++) {
		if (!groups[t])
			continue;
		of[t] = &work->part[work->parts++];
		of[t]->top = t;
		roster_cut_room(in, groups[t], people[t], arena, &of[t]->cut);
		groups[t] = people[t] = 0;
	}
	for (int32_t g = 0; g < in->groups; g++) {
		if (top[g] == none)
			continue;
		place[g] = groups[top[g]]++;
		roster_cut_group(in, &of[top[g]]->cut, g, place[g],
			place[g] ? place[in->group[g].parent] : -1);
	}
	if (of[none])
		roster_cut_group(in, &of[none]->cut, 0, 0, -1);
	for (int32_t p = 0; p < in->people; p++) {
		int32_t group = in->person[p].group, t = top[group];
		roster_cut_person(in, &of[t]->cut, p, people[t]++, place[group]);
	}
	qsort(work->part, (size_t)work->parts, sizeof *work->part, by_size);
}

/* ---- solving ---- */

static void solve_part(struct work *work, struct part *part)
{
	part->outcome = roster_solve(
		&part->cut.in, &part->arena, work->is_stopped, &part->solution);
}

static void find_clashes(struct work *work, struct part *part)
{
	part->outcome = roster_find_clashes(
		&part->cut.in, &part->arena, work->is_stopped, &part->clashes);
}

static void *run_parts(void *context)
{
	struct work *work = context;
	for (int32_t i; (i = atomic_fetch_add(&work->next, 1)) < work->parts;) {
		struct part *part = &work->part[i];
		arena_init(&part->arena, PART_ARENA_BYTES);
		work->run(work, part);
	}
	return NULL;
}

/* This thread works too; where no other can be had it does all. */
static enum roster_outcome run_with_threads(struct work *work, int threads)
{
	pthread_t thread[THREADS_MAX];
	int started = 0;
	enum roster_outcome outcome = ROSTER_BEST;
	threads = threads < THREADS_MAX ? threads : THREADS_MAX;
	while (started < threads - 1 && started < work->parts - 1 &&
		!pthread_create(&thread[started], NULL, run_parts, work))
		started++;
	run_parts(work);
	for (int i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	for (int32_t i = 0; i < work->parts; i++) {
		if (work->part[i].outcome == ROSTER_STOPPED)
			outcome = ROSTER_STOPPED;
	}
	return outcome;
}

static void release_parts(struct work *work)
{
	for (int32_t i = 0; i < work->parts; i++)
		arena_release(&work->part[i].arena);
}

/* ---- putting together ---- */

/* Groups by day, then people: weeks, edges, period. */
static int by_place(const void *a, const void *b)
{
	const struct roster_place *x = &((const struct roster_breach *)a)->place;
	const struct roster_place *y = &((const struct roster_breach *)b)->place;
	if ((x->kind == PLACE_GROUP) != (y->kind == PLACE_GROUP))
		return x->kind == PLACE_GROUP ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int32_t row_in_whole(const struct part *part, struct roster_place place)
{
	return place.kind == PLACE_GROUP ? part->cut.group[place.row] : part->cut.person[place.row];
}

static void add_part(const struct part *part, struct roster_solution *ret)
{
	size_t days = (size_t)part->cut.in.days;
	for (size_t p = 0; p < (size_t)part->cut.in.people; p++)
		memcpy(ret->home + (size_t)part->cut.person[p] * days,
			part->solution.home + p * days, days);
	for (int32_t i = 0; i < part->solution.breaches; i++) {
		struct roster_breach b = part->solution.breach[i];
		b.place.row = row_in_whole(part, b.place);
		ret->breach[ret->breaches++] = b;
	}
	for (int r = 0; r < RANKS; r++)
		ret->broken[r] += part->solution.broken[r];
	ret->cost += part->solution.cost;
	ret->pivots += part->solution.pivots;
}

enum roster_outcome roster_solve_parts(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret)
{
	struct work work = {.is_stopped = is_stopped, .run = solve_part};
	size_t breaches = 0;
	*ret = (struct roster_solution){0};
	take_apart(in, &work, arena);
	enum roster_outcome outcome = run_with_threads(&work, threads);
	for (int32_t i = 0; i < work.parts; i++)
		breaches += (size_t)work.part[i].solution.breaches;
	if (outcome == ROSTER_BEST) {
		ret->home = ARENA_ARRAY(arena, (size_t)in->people * (size_t)in->days, uint8_t);
		ret->breach = ARENA_ARRAY(arena, breaches, struct roster_breach);
		for (int32_t i = 0; i < work.parts; i++)
			add_part(&work.part[i], ret);
		qsort(ret->breach, breaches, sizeof *ret->breach, by_place);
	}
	release_parts(&work);
	return outcome;
}

static struct roster_demand *demands_in_whole(const struct part *part,
	const struct roster_demand *demand, int32_t count, struct arena *arena)
{
	struct roster_demand *d = ARENA_ARRAY(arena, (size_t)count, struct roster_demand);
	for (int32_t i = 0; i < count; i++) {
		d[i] = demand[i];
		d[i].place.row = row_in_whole(part, demand[i].place);
	}
	return d;
}

static void add_clashes(const struct part *part, struct roster_clashes *ret, struct arena *arena)
{
	for (int32_t i = 0; i < part->clashes.count; i++) {
		struct roster_clash clash = part->clashes.clash[i];
		clash.asks = demands_in_whole(part, clash.asks, clash.ask_count, arena);
		clash.lets = demands_in_whole(part, clash.lets, clash.let_count, arena);
		ret->clash[ret->count++] = clash;
	}
	ret->short_by += part->clashes.short_by;
}

enum roster_outcome roster_find_clashes_parts(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_clashes *ret)
{
	struct work work = {.is_stopped = is_stopped, .run = find_clashes};
	size_t clashes = 0;
	*ret = (struct roster_clashes){0};
	take_apart(in, &work, arena);
	enum roster_outcome outcome = run_with_threads(&work, threads);
	for (int32_t i = 0; i < work.parts; i++)
		clashes += (size_t)work.part[i].clashes.count;
	if (outcome == ROSTER_BEST) {
		ret->clash = ARENA_ARRAY(arena, clashes, struct roster_clash);
		for (int32_t i = 0; i < work.parts; i++)
			add_clashes(&work.part[i], ret, arena);
	}
	release_parts(&work);
	return outcome;
}
