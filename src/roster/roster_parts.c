/*
 * What no limit joins: groups below one that limits belong together, and everything else is apart.
 * The parts are solved by a few threads, the largest first, and put together again.
 */
#include "roster/roster_parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define PART_ARENA_BYTES ((size_t)8 << 30)
#define THREADS_MAX      64

/* ---- taking apart ---- */

static int by_size(const void *a, const void *b)
{
	const struct roster_part *x = a, *y = b;
	if (x->cut.in.people != y->cut.in.people)
		return x->cut.in.people > y->cut.in.people ? -1 : 1;
	return (x->top > y->top) - (x->top < y->top);
}

/*
 * One part per top, and one for who is under none: it has the first group alone. With a roof that
 * group is the first of every part, and the others stand below it.
 */
static void take_apart(const struct roster_instance *in, const int32_t *top, bool has_roof,
	struct arena *arena, struct roster_parts *ret)
{
	int32_t none = in->groups;
	size_t tops = (size_t)in->groups + 1;
	int32_t *groups = ARENA_ARRAY(arena, tops, int32_t);
	int32_t *people = ARENA_ARRAY(arena, tops, int32_t);
	int32_t *place = ARENA_ARRAY(arena, tops, int32_t); /* per group: its number in its part */
	struct roster_part **of = ARENA_ARRAY(arena, tops, struct roster_part *);
	for (int32_t g = 0; g < in->groups; g++)
		groups[top[g]]++;
	for (int32_t p = 0; p < in->people; p++)
		people[top[in->person[p].group]]++;
	groups[none] = 0;
	for (int32_t t = 0; t <= none; t++) {
		bool begins_with_first = t == none ? people[none] > 0 : has_roof && groups[t];
		if (!groups[t] && !begins_with_first)
			continue;
		of[t] = &ret->part[ret->count++];
		of[t]->top = t;
		roster_cut_room(in, groups[t] + begins_with_first, people[t], arena, &of[t]->cut);
		if (begins_with_first)
			roster_cut_group(in, &of[t]->cut, 0, 0, -1);
		groups[t] = begins_with_first;
		people[t] = 0;
	}
	for (int32_t g = 0; g < in->groups; g++) {
		if (top[g] == none)
			continue;
		place[g] = groups[top[g]]++;
		roster_cut_group(in, &of[top[g]]->cut, g, place[g],
			place[g] ? place[in->group[g].parent] : -1);
	}
	for (int32_t p = 0; p < in->people; p++) {
		int32_t group = in->person[p].group, t = top[group];
		roster_cut_person(in, &of[t]->cut, p, people[t]++, place[group]);
	}
	qsort(ret->part, (size_t)ret->count, sizeof *ret->part, by_size);
}

void roster_take_apart(
	const struct roster_instance *in, struct arena *arena, struct roster_parts *ret)
{
	ret->part = ARENA_ARRAY(arena, (size_t)in->groups + 1, struct roster_part);
	take_apart(in, roster_find_tops(in, arena), false, arena, ret);
}

void roster_take_apart_below_first(
	const struct roster_instance *in, struct arena *arena, struct roster_parts *ret)
{
	int32_t *top = ARENA_ARRAY(arena, (size_t)in->groups, int32_t);
	ret->part = ARENA_ARRAY(arena, (size_t)in->groups + 1, struct roster_part);
	top[0] = in->groups;
	for (int32_t g = 1; g < in->groups; g++)
		top[g] = in->group[g].parent ? top[in->group[g].parent] : g;
	take_apart(in, top, true, arena, ret);
}

/* ---- solving ---- */

static void solve_part(const struct roster_parts *parts, struct roster_part *part)
{
	part->outcome = roster_solve(
		&part->cut.in, &part->arena, parts->is_stopped, &part->solution);
}

static void find_clashes(const struct roster_parts *parts, struct roster_part *part)
{
	part->outcome = roster_find_clashes(
		&part->cut.in, &part->arena, parts->is_stopped, &part->clashes);
}

static void *run_parts(void *context)
{
	struct roster_parts *parts = context;
	for (int32_t i; (i = atomic_fetch_add(&parts->next, 1)) < parts->count;) {
		struct roster_part *part = &parts->part[i];
		arena_init(&part->arena, PART_ARENA_BYTES);
		parts->run(parts, part);
	}
	return NULL;
}

/* This thread works too; where no other can be had it does all. */
static enum roster_outcome run_with_threads(struct roster_parts *parts, int threads)
{
	pthread_t thread[THREADS_MAX];
	int started = 0;
	enum roster_outcome outcome = ROSTER_BEST;
	threads = threads < THREADS_MAX ? threads : THREADS_MAX;
	parts->next = 0;
	while (started < threads - 1 && started < parts->count - 1 &&
		!pthread_create(&thread[started], NULL, run_parts, parts))
		started++;
	run_parts(parts);
	for (int i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	for (int32_t i = 0; i < parts->count; i++) {
		if (parts->part[i].outcome)
			outcome = parts->part[i].outcome;
	}
	return outcome;
}

enum roster_outcome roster_run_parts(struct roster_parts *parts, int threads)
{
	parts->run = solve_part;
	return run_with_threads(parts, threads);
}

void roster_release_parts(struct roster_parts *parts)
{
	for (int32_t i = 0; i < parts->count; i++)
		arena_release(&parts->part[i].arena);
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

static int32_t row_in_whole(const struct roster_part *part, struct roster_place place)
{
	return place.kind == PLACE_GROUP ? part->cut.group[place.row] : part->cut.person[place.row];
}

static void add_part(const struct roster_part *part, struct roster_solution *ret)
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
	if (part->cut.group[0] == 0)
		memcpy(ret->price, part->solution.price, days * sizeof *ret->price);
	for (int r = 0; r < RANKS; r++)
		ret->broken[r] += part->solution.broken[r];
	ret->cost += part->solution.cost;
	ret->changes += part->solution.changes;
	ret->pivots += part->solution.pivots;
}

void roster_join_solutions(const struct roster_instance *in, const struct roster_parts *parts,
	struct arena *arena, struct roster_solution *ret)
{
	size_t breaches = 0;
	for (int32_t i = 0; i < parts->count; i++)
		breaches += (size_t)parts->part[i].solution.breaches;
	*ret = (struct roster_solution){
		.home = ARENA_ARRAY(arena, (size_t)in->people * (size_t)in->days, uint8_t),
		.breach = ARENA_ARRAY(arena, breaches, struct roster_breach),
		.price = ARENA_ARRAY(arena, (size_t)in->days, int64_t),
	};
	for (int32_t i = 0; i < parts->count; i++)
		add_part(&parts->part[i], ret);
	qsort(ret->breach, breaches, sizeof *ret->breach, by_place);
}

enum roster_outcome roster_solve_parts(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret)
{
	struct roster_parts parts = {.is_stopped = is_stopped};
	*ret = (struct roster_solution){0};
	roster_take_apart(in, arena, &parts);
	enum roster_outcome outcome = roster_run_parts(&parts, threads);
	if (outcome == ROSTER_BEST)
		roster_join_solutions(in, &parts, arena, ret);
	roster_release_parts(&parts);
	return outcome;
}

static struct roster_demand *demands_in_whole(const struct roster_part *part,
	const struct roster_demand *demand, int32_t count, struct arena *arena)
{
	struct roster_demand *d = ARENA_ARRAY(arena, (size_t)count, struct roster_demand);
	for (int32_t i = 0; i < count; i++) {
		d[i] = demand[i];
		d[i].place.row = row_in_whole(part, demand[i].place);
	}
	return d;
}

static void add_clashes(
	const struct roster_part *part, struct roster_clashes *ret, struct arena *arena)
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
	struct roster_parts parts = {.is_stopped = is_stopped, .run = find_clashes};
	size_t clashes = 0;
	*ret = (struct roster_clashes){0};
	roster_take_apart(in, arena, &parts);
	enum roster_outcome outcome = run_with_threads(&parts, threads);
	for (int32_t i = 0; i < parts.count; i++)
		clashes += (size_t)parts.part[i].clashes.count;
	if (outcome == ROSTER_BEST) {
		ret->clash = ARENA_ARRAY(arena, clashes, struct roster_clash);
		for (int32_t i = 0; i < parts.count; i++)
			add_clashes(&parts.part[i], ret, arena);
	}
	roster_release_parts(&parts);
	return outcome;
}
