/*
 * Private to the engine: a piece of an instance as an instance of its own.
 */
#ifndef LUWES_ROSTER_ROSTER_CUT_H
#define LUWES_ROSTER_ROSTER_CUT_H

#include "roster/roster_model.h"

struct roster_cut {
	struct roster_instance in;
	struct roster_limit *limit; /* those of `in` */
	int16_t *wish;              /* the same */
	int32_t *group;  /* per group here: its number in the whole; -1: made for the cut */
	int32_t *person; /* per person here: his number in the whole, ascending but for guests */
	int32_t guests;  /* the last of the people are guests */
};

/* Per group: the highest one at or above it that limits; the number of groups when none does. */
int32_t *roster_find_tops(const struct roster_instance *in, struct arena *arena);

/* Room for so many groups and people of the whole, which the next two fill. */
void roster_cut_room(const struct roster_instance *whole, int32_t groups, int32_t people,
	struct arena *arena, struct roster_cut *ret);

/* Group g of the whole, with its limits, becomes group `here` below `parent`. */
void roster_cut_group(const struct roster_instance *whole, struct roster_cut *cut, int32_t g,
	int32_t here, int32_t parent);

/* Person p of the whole becomes person `here` in `group`. */
void roster_cut_person(const struct roster_instance *whole, struct roster_cut *cut, int32_t p,
	int32_t here, int32_t group);

/*
 * What is cut out. Guests do not belong to it: their days are as they are in home, and neither cost
 * nor count; they are there for rules that tie them to those who do.
 */
struct roster_piece {
	const bool *group; /* per group: whether who is directly in it belongs to the piece */
	bool is_open;      /* limits of these groups count others too, so they stay outside */
	const struct roster_limit *room; /* per day, for all its people together; NULL: any */
	const int32_t *guest;
	int32_t guests;
	const uint8_t *home; /* of the whole; NULL without guests */
};

void roster_cut_out(const struct roster_instance *whole, const struct roster_piece *piece,
	struct arena *arena, struct roster_cut *ret);

#endif
