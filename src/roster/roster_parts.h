/*
 * Private to the engine: an instance taken apart, its parts run by a few threads, and what they say
 * put together again.
 */
#ifndef LUWES_ROSTER_ROSTER_PARTS_H
#define LUWES_ROSTER_ROSTER_PARTS_H

#include "roster/roster_cut.h"

struct roster_part {
	struct roster_cut cut; /* its limits and wishes may be changed between runs */
	int32_t top;        /* the group it hangs on; the number of groups for who is under none */
	struct arena arena; /* of its solution */
	struct roster_solution solution;
	struct roster_clashes clashes;
	enum roster_outcome outcome;
};

struct roster_parts {
	struct roster_part *part; /* the largest first */
	int32_t count;
	_Atomic int32_t next;
	const _Atomic bool *is_stopped;
	void (*run)(const struct roster_parts *parts, struct roster_part *part);
};

/* Where no limit joins: below each highest group that limits. */
void roster_take_apart(
	const struct roster_instance *in, struct arena *arena, struct roster_parts *ret);

/* Below each group of the first, whose limits each part has in its own first group. */
void roster_take_apart_below_first(
	const struct roster_instance *in, struct arena *arena, struct roster_parts *ret);

/* Runs each part by roster_solve, with up to `threads` threads. Afterwards the arenas of the parts
 * hold what they say, until roster_release_parts; between the two nothing is run. */
enum roster_outcome roster_run_parts(struct roster_parts *parts, int threads);
void roster_release_parts(struct roster_parts *parts);

/* The roster of all parts, in the order roster_solve_parts promises. */
void roster_join_solutions(const struct roster_instance *in, const struct roster_parts *parts,
	struct arena *arena, struct roster_solution *ret);

#endif
