/*
 * Weekdays for teams that are in the office together: team after team each weekday is tried by
 * solving the flow with those days in the office, and the best stays; round after round, until
 * nothing changes. A try solves only what the team is joined with by limits.
 */
#include "roster/roster_anchor.h"

#include "base/date.h"
#include "platform/clock.h"
#include "roster/roster_cut.h"
#include "roster/roster_network.h"

#include <string.h>

#define ROUNDS_MAX      3
#define TRIAL_BYTES_MAX ((size_t)8 << 30)

struct anchor {
	const bool *binds;  /* per person: whether it is his */
	const bool *joined; /* per group: whether limits join it with theirs */
	uint8_t weekday;    /* as chosen so far; 0: not yet */
};

struct choosing {
	struct roster_instance in; /* its cells as chosen so far */
	const uint8_t *cell_before;
	uint8_t *cell;
	const struct roster_side *side;
	struct anchor *anchor;
	const _Atomic bool *is_stopped;
	int64_t deadline;
	bool is_late;
};

/* What a choice is worth, in the order that counts. */
struct worth {
	int64_t figure[RANKS + 3]; /* broken by rank, locked at home on the day, changes, cost */
};

static bool is_less(const struct worth *a, const struct worth *b)
{
	for (size_t i = 0; i < sizeof a->figure / sizeof *a->figure; i++) {
		if (a->figure[i] != b->figure[i])
			return a->figure[i] < b->figure[i];
	}
	return false;
}

/* A day off home by any anchor of the person. */
static bool is_bound(const struct choosing *c, int32_t person, int32_t day)
{
	for (int32_t a = 0; a < c->side->anchors; a++) {
		if (c->anchor[a].weekday == c->side->weekday[day] && c->anchor[a].binds[person])
			return true;
	}
	return false;
}

/* Chooses a weekday and lays out the cells of the team anew. Who is locked at home stays. */
static void choose(struct choosing *c, int32_t a, uint8_t weekday)
{
	c->anchor[a].weekday = weekday;
	for (int32_t p = 0; p < c->in.people; p++) {
		if (!c->anchor[a].binds[p])
			continue;
		for (int32_t d = 0; d < c->in.days; d++) {
			size_t at = network_at(&c->in, p, d);
			bool is_free = c->cell_before[at] == CELL_FREE;
			c->cell[at] = is_free && is_bound(c, p, d) ? CELL_OFFICE
								   : c->cell_before[at];
		}
	}
}

static int64_t count_locked(const struct choosing *c, int32_t a, uint8_t weekday)
{
	int64_t locked = 0;
	for (int32_t p = 0; p < c->in.people; p++) {
		if (!c->anchor[a].binds[p])
			continue;
		for (int32_t d = 0; d < c->in.days; d++)
			locked += c->side->weekday[d] == weekday &&
				  c->cell_before[network_at(&c->in, p, d)] == CELL_HOME;
	}
	return locked;
}

static enum roster_outcome try(struct choosing *c, int32_t a, uint8_t weekday, struct worth *ret)
{
	struct arena arena;
	struct roster_cut cut;
	struct roster_solution s;
	choose(c, a, weekday);
	arena_init(&arena, TRIAL_BYTES_MAX);
	roster_cut_out(&c->in, &(struct roster_piece){.group = c->anchor[a].joined}, &arena, &cut);
	enum roster_outcome outcome = roster_solve(&cut.in, &arena, c->is_stopped, &s);
	memcpy(ret->figure, s.broken, sizeof s.broken);
	ret->figure[RANKS] = count_locked(c, a, weekday);
	ret->figure[RANKS + 1] = s.changes;
	ret->figure[RANKS + 2] = s.cost;
	arena_release(&arena);
	return outcome;
}

/* The a-th of the weekdays that may be chosen, round and round. */
static uint8_t in_turn(uint8_t choices, int32_t a)
{
	uint8_t w = MONDAY;
	for (int32_t left = a % __builtin_popcount(choices); !(choices & WEEKDAY_BIT(w)) || left--;)
		w++;
	return w;
}

/* The best weekday of one anchor as the others stand; what is chosen stays unless another is
 * better. */
static enum roster_outcome improve(struct choosing *c, int32_t a, bool *ret_changed)
{
	uint8_t choices = roster_anchor_choices(&c->in, c->side, a), had = c->anchor[a].weekday;
	uint8_t best = had;
	struct worth least = {0}, worth;
	enum roster_outcome outcome;
	if (had && choices == WEEKDAY_BIT(had))
		return ROSTER_BEST;
	c->is_late |= clock_monotonic() >= c->deadline;
	if (c->is_late) {
		if (!had)
			choose(c, a, in_turn(choices, a));
		return ROSTER_BEST;
	}
	if (had && (outcome = try(c, a, had, &least)))
		return outcome;
	for (uint8_t w = MONDAY; w <= SUNDAY; w++) {
		if (w == had || !(choices & WEEKDAY_BIT(w)))
			continue;
		if ((outcome = try(c, a, w, &worth)))
			return outcome;
		if (!best || is_less(&worth, &least)) {
			best = w;
			least = worth;
		}
	}
	choose(c, a, best);
	*ret_changed |= best != had;
	return ROSTER_BEST;
}

/* What limits join with a group: all below the highest one above it that limits. */
static void join(const struct choosing *c, const int32_t *top, int32_t group, struct arena *arena,
	bool *joined)
{
	int32_t head = top[group] == c->in.groups ? group : top[group];
	if (joined[head])
		return;
	const bool *within = roster_groups_within(&c->in, head, arena);
	for (int32_t g = 0; g < c->in.groups; g++)
		joined[g] |= within[g];
}

static void prepare(struct choosing *c, struct arena *arena)
{
	const int32_t *top = roster_find_tops(&c->in, arena);
	size_t cells = (size_t)c->in.people * (size_t)c->in.days;
	c->cell_before = c->in.cell;
	c->cell = ARENA_ARRAY(arena, cells, uint8_t);
	memcpy(c->cell, c->cell_before, cells);
	c->in.cell = c->cell;
	c->anchor = ARENA_ARRAY(arena, (size_t)c->side->anchors, struct anchor);
	for (int32_t a = 0; a < c->side->anchors; a++) {
		const struct roster_anchor *anchor = &c->side->anchor[a];
		bool *joined = ARENA_ARRAY(arena, (size_t)c->in.groups, bool);
		c->anchor[a].binds = roster_anchor_binds(&c->in, anchor, arena);
		c->anchor[a].joined = joined;
		if (anchor->group != ROSTER_NO_GROUP)
			join(c, top, anchor->group, arena, joined);
		for (int32_t i = 0; i < anchor->people; i++)
			join(c, top, c->in.person[anchor->person[i]].group, arena, joined);
	}
}

enum roster_outcome roster_choose_anchors(const struct roster_instance *in,
	const struct roster_side *side, struct arena *arena, const _Atomic bool *is_stopped,
	int64_t deadline, struct roster_instance *ret_in, struct roster_side *ret_side,
	bool *ret_is_late)
{
	struct choosing c = {
		.in = *in, .side = side, .is_stopped = is_stopped, .deadline = deadline};
	struct roster_anchor *chosen = ARENA_ARRAY(
		arena, (size_t)side->anchors, struct roster_anchor);
	bool changed = true;
	prepare(&c, arena);
	for (int round = 0; changed && round < ROUNDS_MAX; round++) {
		changed = false;
		for (int32_t a = 0; a < side->anchors; a++) {
			enum roster_outcome outcome = improve(&c, a, &changed);
			if (outcome)
				return outcome;
		}
	}
	for (int32_t a = 0; a < side->anchors; a++) {
		chosen[a] = side->anchor[a];
		chosen[a].weekdays = (uint8_t)WEEKDAY_BIT(c.anchor[a].weekday);
	}
	*ret_is_late = c.is_late;
	*ret_in = c.in;
	*ret_side = *side;
	ret_side->anchor = chosen;
	return ROSTER_BEST;
}
