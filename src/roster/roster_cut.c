/*
 * Pieces of an instance. What roster_cut_out makes has two groups before those of the piece: the
 * first holds all and limits nothing, the second holds who belongs to it, with what there is room
 * for.
 */
#include "roster/roster_cut.h"

#include "roster/roster_network.h"

#include <string.h>

#define EVERYBODY 0
#define BELONGING 1
#define MADE      2 /* groups that are made for a piece */

static bool group_limits(const struct roster_instance *in, int32_t g)
{
	const struct roster_limit *limit = in->limit + (size_t)g * (size_t)in->days;
	for (int32_t d = 0; d < in->days; d++) {
		if (limit[d].least > 0 || limit[d].most != ROSTER_NO_LIMIT)
			return true;
	}
	return false;
}

int32_t *roster_find_tops(const struct roster_instance *in, struct arena *arena)
{
	int32_t *top = ARENA_ARRAY(arena, (size_t)in->groups, int32_t);
	for (int32_t g = 0; g < in->groups; g++) {
		int32_t none = in->groups, above = g ? top[in->group[g].parent] : none;
		top[g] = above != none ? above : group_limits(in, g) ? g : none;
	}
	return top;
}

void roster_cut_room(const struct roster_instance *whole, int32_t groups, int32_t people,
	struct arena *arena, struct roster_cut *ret)
{
	size_t days = (size_t)whole->days, n = (size_t)people, g = (size_t)groups;
	*ret = (struct roster_cut){.group = ARENA_ARRAY(arena, g, int32_t),
		.person = ARENA_ARRAY(arena, n, int32_t),
		.limit = ARENA_ARRAY(arena, g * days, struct roster_limit),
		.wish = ARENA_ARRAY(arena, n * days, int16_t),
		.in = {
			.days = whole->days,
			.people = people,
			.groups = groups,
			.week = whole->week,
			.edge = whole->edge,
			.group = ARENA_ARRAY(arena, g, struct roster_group),
			.person = ARENA_ARRAY(arena, n, struct roster_person),
			.cell = ARENA_ARRAY(arena, n * days, uint8_t),
			.fairness = whole->fairness,
			.published = whole->published ? ARENA_ARRAY(arena, n * days, uint8_t)
						      : NULL,
		}};
	ret->in.limit = ret->limit;
	ret->in.wish = ret->wish;
}

void roster_cut_group(const struct roster_instance *whole, struct roster_cut *cut, int32_t g,
	int32_t here, int32_t parent)
{
	struct roster_group *group = (struct roster_group *)cut->in.group;
	size_t days = (size_t)whole->days;
	cut->group[here] = g;
	group[here] = (struct roster_group){parent, whole->group[g].rank};
	memcpy(cut->limit + (size_t)here * days, whole->limit + (size_t)g * days,
		days * sizeof *cut->limit);
}

void roster_cut_person(const struct roster_instance *whole, struct roster_cut *cut, int32_t p,
	int32_t here, int32_t group)
{
	size_t days = (size_t)whole->days, from = (size_t)p * days, to = (size_t)here * days;
	struct roster_person *person = (struct roster_person *)cut->in.person;
	cut->person[here] = p;
	person[here] = whole->person[p];
	person[here].group = group;
	memcpy((uint8_t *)cut->in.cell + to, whole->cell + from, days);
	memcpy(cut->wish + to, whole->wish + from, days * sizeof *whole->wish);
	if (whole->published)
		memcpy((uint8_t *)cut->in.published + to, whole->published + from, days);
}

/* Limits of a group that is made for the piece; NULL: none. */
static void make_group(
	struct roster_cut *cut, int32_t here, int32_t parent, const struct roster_limit *limit)
{
	cut->group[here] = -1;
	((struct roster_group *)cut->in.group)[here] = (struct roster_group){parent, RANK_AGENCY};
	for (int32_t d = 0; d < cut->in.days; d++)
		cut->limit[network_at(&cut->in, here, d)] =
			limit ? limit[d] : (struct roster_limit){0, ROSTER_NO_LIMIT};
}

/* All his days are locked, and what they are is fair. */
static void add_guest(const struct roster_instance *whole, struct roster_cut *cut, int32_t p,
	int32_t here, const uint8_t *home)
{
	uint8_t *cell = (uint8_t *)cut->in.cell + network_at(&cut->in, here, 0);
	int32_t at_home = 0;
	cut->person[here] = p;
	for (int32_t d = 0; d < whole->days; d++) {
		bool is_home = home[network_at(whole, p, d)];
		at_home += is_home;
		cell[d] = is_home ? CELL_HOME : CELL_OFFICE;
		cut->wish[network_at(&cut->in, here, d)] = 0;
	}
	((struct roster_person *)cut->in.person)[here] = (struct roster_person){.group = EVERYBODY,
		.week_most = ROSTER_NO_LIMIT,
		.edge_most = ROSTER_NO_LIMIT,
		.most = ROSTER_NO_LIMIT,
		.share = at_home};
}

void roster_cut_out(const struct roster_instance *whole, const struct roster_piece *piece,
	struct arena *arena, struct roster_cut *ret)
{
	int32_t *place = ARENA_ARRAY(arena, (size_t)whole->groups, int32_t);
	int32_t groups = MADE, people = 0;
	for (int32_t g = 0; g < whole->groups; g++)
		place[g] = piece->group[g] && !piece->is_open ? groups++ : BELONGING;
	for (int32_t p = 0; p < whole->people; p++)
		people += piece->group[whole->person[p].group];
	roster_cut_room(whole, groups, people + piece->guests, arena, ret);
	make_group(ret, EVERYBODY, -1, NULL);
	make_group(ret, BELONGING, EVERYBODY, piece->room);
	for (int32_t g = 0; g < whole->groups; g++) {
		int32_t parent = whole->group[g].parent;
		if (place[g] != BELONGING)
			roster_cut_group(whole, ret, g, place[g], g ? place[parent] : BELONGING);
	}
	people = 0;
	for (int32_t p = 0; p < whole->people; p++) {
		int32_t group = whole->person[p].group;
		if (piece->group[group])
			roster_cut_person(whole, ret, p, people++, place[group]);
	}
	for (int32_t i = 0; i < piece->guests; i++)
		add_guest(whole, ret, piece->guest[i], people + i, piece->home);
	ret->guests = piece->guests;
}
