/*
 * The rotation as a problem of numbers: who can be home on which day, what limits hold, what is
 * wished. No law, no names and no store in it; whoever builds an instance knows them.
 *
 * Groups lie in one another (post, unit, division, agency) and so do the day, the week and the
 * period of a person; limits on two such families have an integer optimum that a flow finds
 * (Budish, Che, Kojima, Milgrom, American Economic Review 103(2), 2013).
 *
 * Every limit is elastic: there is always an answer, and it breaks as little as possible, first by
 * rank, then by amount. What is broken is listed.
 */
#ifndef LUWES_ROSTER_ROSTER_MODEL_H
#define LUWES_ROSTER_ROSTER_MODEL_H

#include "base/arena.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define ROSTER_DAYS_MAX   62
#define ROSTER_PEOPLE_MAX 40000
#define ROSTER_GROUPS_MAX 10000
#define ROSTER_WEIGHT_MAX 1000 /* of a wish or of fairness, either way */
#define ROSTER_NO_LIMIT   INT32_MAX

/* In what order limits give way: the first is kept at the price of all behind it. */
enum roster_rank {
	RANK_SERVICE, /* the minimum of a post */
	RANK_AGENCY,  /* the share of an agency, or of a division in it */
	RANK_UNIT,    /* the share of a unit */
	RANK_QUOTA,   /* days of a person in a week or in the period */
	RANKS
};

enum roster_cell {
	CELL_OFFICE, /* cannot be home: not eligible, away, no policy day, or locked */
	CELL_FREE,
	CELL_HOME /* locked: is home */
};

struct roster_group {
	int32_t parent; /* an earlier group; -1 of the first, which holds all */
	enum roster_rank rank;
};

/* How many people of a group are home on a day. */
struct roster_limit {
	int32_t least, most;
};

struct roster_person {
	int32_t group;                 /* the innermost he belongs to */
	int32_t week_least, week_most; /* home days in each week */
	const int32_t *week_caps; /* instead of week_most, where it differs by week; NULL: it does
				     not */
	int32_t edge_most;        /* of them on days at the edges of a week, as Monday and Friday */
	int32_t least, most;      /* home days in the period */
	int32_t share; /* home days in the period that would be fair: the ledger has its part in it
			*/
};

struct roster_instance {
	int32_t days, people, groups;
	const uint8_t *week; /* per day, not falling: 0, 0, 0, 1, ... */
	const bool *edge;    /* per day: at the edge of its week; NULL: none is */
	const struct roster_group *group;
	const struct roster_person *person;
	const struct roster_limit *limit; /* [group * days + day] */
	const uint8_t *cell;              /* [person * days + day], enum roster_cell */
	const int16_t *wish;              /* the same: what being home costs; less is wished more */
	int32_t fairness;                 /* weight of unfairness, see roster_unfairness */
	const uint8_t *published; /* [person * days + day]: 1 is home in the roster that stands, of
				     which as few free cells as can be change; NULL: none */
};

/* Where a limit stands. */
struct roster_place {
	enum roster_place_kind {
		PLACE_GROUP,  /* group `row`, day `column` */
		PLACE_WEEK,   /* person `row`, week `column` */
		PLACE_EDGE,   /* the same: the days at the edges of that week */
		PLACE_PERIOD, /* person `row`; column is -1 */
		PLACE_CELL    /* person `row`, day `column`: locked, or free once a day */
	} kind;
	int32_t row, column;
};

/* A limit that is not kept, by how much. */
struct roster_breach {
	struct roster_place place;
	enum roster_rank rank;
	bool is_below; /* under the least; else above the most */
	int32_t amount;
};

struct roster_solution {
	uint8_t *home; /* [person * days + day]: 1 is home */
	int64_t cost;  /* of wishes and unfairness; lower is better */
	int64_t broken[RANKS];
	int32_t changes;              /* free cells that are not as published */
	struct roster_breach *breach; /* in the order of groups and days, then people and weeks */
	int32_t breaches;
	int64_t *price; /* per day: what a day more under the most of the first group is worth, or
			   one less over its least, and then below 0; NULL when only judged */
	int64_t pivots;
};

enum roster_outcome {
	ROSTER_BEST,
	ROSTER_STOPPED,
	ROSTER_LIMIT /* the solver took more steps than an instance of this size may: no roster */
};

/* A limit that has part in a clash, and how many days at home it asks for or lets. */
struct roster_demand {
	struct roster_place place;
	int32_t days;
};

/*
 * Limits that cannot all be kept: together some ask for more days than the others let, by short_by.
 * "Ten quotas of a week ask for twenty days, five days of a post let one each: short by fifteen."
 */
struct roster_clash {
	int64_t asked, let, short_by;      /* short_by = asked - let > 0 */
	struct roster_demand *asks, *lets; /* by place; only those of a day or more */
	int32_t ask_count, let_count;
};

struct roster_clashes {
	struct roster_clash *clash;
	int32_t count;
	int64_t short_by; /* of all: by so much at least every roster breaks its limits */
};

/*
 * The best roster of the instance: nothing breaks less by rank, of those that break as little
 * nothing changes fewer cells of the published roster, and of those nothing costs less. Equal
 * instances give equal rosters. The instance must be sound (see roster_check_instance); memory is
 * the arena's.
 */
enum roster_outcome roster_solve(const struct roster_instance *in, struct arena *arena,
	const _Atomic bool *is_stopped, struct roster_solution *ret);

/*
 * The same roster cost and breaches as roster_solve, faster for a whole government: what no limit
 * joins is solved apart, by up to `threads` threads. An agency under a government without a limit
 * of its own is such a part. Breaches come in the order of groups and days, then people.
 */
enum roster_outcome roster_solve_parts(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret);

/* What a roster home[person * days + day] is worth and which limits it breaks; home is kept in it.
 */
void roster_judge(const struct roster_instance *in, uint8_t *home, struct arena *arena,
	struct roster_solution *ret);

/*
 * Why limits break: all clashes of the instance, each by itself, read from the potentials of the
 * flow that breaks the fewest. They are a proof: what they are short by is together exactly the
 * least that any roster breaks, whatever the ranks.
 */
enum roster_outcome roster_find_clashes(const struct roster_instance *in, struct arena *arena,
	const _Atomic bool *is_stopped, struct roster_clashes *ret);

/* The same clashes, part by part like roster_solve_parts, the largest part first. */
enum roster_outcome roster_find_clashes_parts(const struct roster_instance *in, int threads,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_clashes *ret);

/*
 * How unfair `home` days are where `share` would be fair: the square of the difference up to four
 * days, so that one who is two short comes before two who are one short, and seven for each day
 * beyond.
 */
int32_t roster_unfairness(int32_t home, int32_t share);

/* NULL when the instance can be solved, else what is wrong with it, with the number of the thing.
 */
const char *roster_check_instance(const struct roster_instance *in, struct arena *arena);

#endif
