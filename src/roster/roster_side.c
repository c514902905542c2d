/*
 * Rules beside the limits: what a roster breaks of them, and which cannot be.
 */
#include "roster/roster_side.h"

#include "base/date.h"
#include "roster/roster_network.h"

bool *roster_groups_within(const struct roster_instance *in, int32_t head, struct arena *arena)
{
	bool *within = ARENA_ARRAY(arena, (size_t)in->groups, bool);
	within[head] = true;
	for (int32_t g = head + 1; g < in->groups; g++)
		within[g] = within[in->group[g].parent];
	return within;
}

/* ---- judging ---- */

static void add_breach(struct roster_side_verdict *v, struct roster_side_breach breach)
{
	if (breach.amount <= 0)
		return;
	v->amount += breach.amount;
	v->breach[v->breaches++] = breach;
}

/* A run of five where three may be is two days too long. */
static void judge_runs(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, struct roster_side_verdict *v)
{
	for (int32_t p = 0; p < in->people && side->run_most != ROSTER_NO_RUN; p++) {
		for (int32_t from = 0, to; from < in->days; from = to + 1) {
			for (to = from; to < in->days && home[network_at(in, p, to)]; to++)
				;
			add_breach(v, (struct roster_side_breach){
					      SIDE_RUN, p, from, to - from - side->run_most});
		}
	}
}

static void judge_edges(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, struct roster_side_verdict *v)
{
	for (int32_t p = 0; p < in->people && side->edge_most != ROSTER_NO_EDGE; p++) {
		int32_t edges = 0;
		for (int32_t d = side->edge_from; d < in->days - side->edge_tail; d++)
			edges += home[network_at(in, p, d)] && network_is_edge(in, d);
		add_breach(
			v, (struct roster_side_breach){SIDE_EDGE, p, -1, edges - side->edge_most});
	}
}

static void judge_sets(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, struct roster_side_verdict *v)
{
	for (int32_t s = 0; s < side->sets; s++) {
		const struct roster_set *set = &side->set[s];
		for (int32_t d = 0; d < in->days; d++) {
			int32_t count = 0;
			for (int32_t i = 0; i < set->people; i++)
				count += home[network_at(in, set->person[i], d)];
			add_breach(v,
				(struct roster_side_breach){SIDE_SET, s, d, count - set->most[d]});
		}
	}
}

uint8_t roster_anchor_choices(
	const struct roster_instance *in, const struct roster_side *side, int32_t a)
{
	int planned = 0;
	for (int32_t d = 0; d < in->days; d++)
		planned |= side->weekday[d] ? WEEKDAY_BIT(side->weekday[d]) : 0;
	return (uint8_t)(side->anchor[a].weekdays & planned);
}

bool *roster_anchor_binds(
	const struct roster_instance *in, const struct roster_anchor *anchor, struct arena *arena)
{
	bool *binds = ARENA_ARRAY(arena, (size_t)in->people + 1, bool);
	for (int32_t i = 0; i < anchor->people; i++)
		binds[anchor->person[i]] = true;
	if (anchor->group == ROSTER_NO_GROUP)
		return binds;
	const bool *within = roster_groups_within(in, anchor->group, arena);
	for (int32_t p = 0; p < in->people; p++)
		binds[p] = within[in->person[p].group];
	return binds;
}

/* How many days at home the team has on each weekday. */
static void count_weekdays(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, const bool *binds, int32_t count[SUNDAY + 1])
{
	for (int32_t p = 0; p < in->people; p++) {
		if (!binds[p])
			continue;
		for (int32_t d = 0; d < in->days; d++)
			count[side->weekday[d]] += home[network_at(in, p, d)];
	}
}

static void judge_anchors(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, struct arena *arena, struct roster_side_verdict *v)
{
	for (int32_t a = 0; a < side->anchors; a++) {
		int32_t count[SUNDAY + 1] = {0}, best = 0;
		uint8_t choices = roster_anchor_choices(in, side, a);
		bool *binds = roster_anchor_binds(in, &side->anchor[a], arena);
		count_weekdays(in, side, home, binds, count);
		for (int32_t w = MONDAY; w <= SUNDAY; w++) {
			if (choices & WEEKDAY_BIT(w) && (!best || count[w] < count[best]))
				best = w;
		}
		add_breach(v, (struct roster_side_breach){SIDE_ANCHOR, a, best, count[best]});
	}
}

void roster_judge_side(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, struct arena *arena, struct roster_side_verdict *ret)
{
	/* of a person: runs with a day between them, and his edges */
	size_t of_person = (size_t)in->days / 2 + 2;
	*ret = (struct roster_side_verdict){0};
	ret->breach = ARENA_ARRAY(arena,
		(size_t)in->people * of_person + (size_t)side->sets * (size_t)in->days +
			(size_t)side->anchors,
		struct roster_side_breach);
	judge_runs(in, side, home, ret);
	judge_edges(in, side, home, ret);
	judge_sets(in, side, home, ret);
	judge_anchors(in, side, home, arena, ret);
}

/* ---- rules that cannot be ---- */

static const char *check_sets(
	const struct roster_instance *in, const struct roster_side *side, struct arena *arena)
{
	int32_t *met = ARENA_ARRAY(arena, (size_t)in->people, int32_t); /* the last set, from 1 */
	for (int32_t s = 0; s < side->sets; s++) {
		const struct roster_set *set = &side->set[s];
		for (int32_t i = 0; i < set->people; i++) {
			int32_t p = set->person[i];
			if (p < 0 || p >= in->people)
				return arena_printf(arena, "set %d: no such person: %d", s, p);
			if (met[p] == s + 1)
				return arena_printf(arena, "set %d: person %d stands twice", s, p);
			met[p] = s + 1;
		}
		for (int32_t d = 0; d < in->days; d++) {
			if (set->most[d] < 0)
				return arena_printf(
					arena, "set %d, day %d: at most %d", s, d, set->most[d]);
		}
	}
	return NULL;
}

static const char *check_anchors(
	const struct roster_instance *in, const struct roster_side *side, struct arena *arena)
{
	for (int32_t a = 0; a < side->anchors; a++) {
		const struct roster_anchor *anchor = &side->anchor[a];
		int32_t g = anchor->group;
		if ((g < 0 && !anchor->people) || g >= in->groups)
			return arena_printf(arena, "anchor %d: no such group: %d", a, g);
		for (int32_t i = 0; i < anchor->people; i++)
			if (anchor->person[i] < 0 || anchor->person[i] >= in->people)
				return arena_printf(arena, "anchor %d: no such person: %d", a,
					anchor->person[i]);
		if (!roster_anchor_choices(in, side, a))
			return arena_printf(arena, "anchor %d: none of its weekdays is planned", a);
	}
	return NULL;
}

const char *roster_check_side(
	const struct roster_instance *in, const struct roster_side *side, struct arena *arena)
{
	if (side->run_most < 0)
		return arena_printf(arena, "%d days in a row", side->run_most);
	if (side->edge_most < ROSTER_NO_EDGE)
		return arena_printf(arena, "%d days at edges", side->edge_most);
	if (side->edge_from < 0 || side->edge_from > in->days)
		return arena_printf(arena, "edges from day %d on", side->edge_from);
	if (side->edge_tail < 0 || side->edge_tail > in->days)
		return arena_printf(arena, "%d days behind the edges", side->edge_tail);
	const char *fault = check_sets(in, side, arena);
	return fault ? fault : check_anchors(in, side, arena);
}
