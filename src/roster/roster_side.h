/*
 * Rules beside the limits, which no flow can express: they tie days together that lie in no nest.
 *
 * They are values too, added to an instance. They are kept after every limit and before every wish:
 * a roster breaks its limits as little as it can, then these rules as little as it can, and of what
 * is left it takes what changes the fewest cells, then the cheapest (roster_mip.h).
 */
#ifndef LUWES_ROSTER_ROSTER_SIDE_H
#define LUWES_ROSTER_ROSTER_SIDE_H

#include "roster/roster_model.h"

#define ROSTER_SETS_MAX       10000
#define ROSTER_ANCHORS_MAX    1000
#define ROSTER_NO_RUN         0  /* run_most: no rule */
#define ROSTER_NO_EDGE        -1 /* edge_most: no rule */
#define ROSTER_NO_GROUP       -1
#define ROSTER_NOTHING_PROVEN (INT64_MIN + 1) /* bound: the least cost that can be written */

/* Of these people at most so many are home on one day: head and deputy, a person in two posts. */
struct roster_set {
	const int32_t *person;
	int32_t people;
	const int32_t *most; /* per day; ROSTER_NO_LIMIT: all */
};

/* A team that chooses one weekday on which everybody of it is in the office, week after week. */
struct roster_anchor {
	int32_t group;    /* everybody in it; ROSTER_NO_GROUP: these people */
	uint8_t weekdays; /* the choice: WEEKDAY_BIT of each; one is left when it is made */
	const int32_t *person;
	int32_t people;
};

struct roster_side {
	int32_t run_most;  /* home days in a row, over the days of the instance in order */
	int32_t edge_most; /* home days at the edges of weeks in the whole period */
	int32_t edge_from; /* the day it begins on; those before are of an earlier one */
	int32_t edge_tail; /* so many days at the end are of a later one */
	const struct roster_set *set;
	int32_t sets;
	const struct roster_anchor *anchor;
	int32_t anchors;
	const uint8_t *weekday; /* per day of the instance, enum weekday, for anchors; 0: counts for
				   none */
};

/* A rule that is not kept, by how many days at home. */
struct roster_side_breach {
	enum roster_side_kind {
		SIDE_RUN,   /* person `row`, from day `column` on */
		SIDE_EDGE,  /* person `row`; column is -1 */
		SIDE_SET,   /* set `row`, day `column` */
		SIDE_ANCHOR /* anchor `row`, weekday `column` */
	} kind;
	int32_t row, column, amount;
};

struct roster_side_verdict {
	struct roster_side_breach *breach; /* in the order of the kinds, then row and column */
	int32_t breaches;
	int64_t amount; /* of all */
};

/* What came of the rules. */
struct roster_side_answer {
	struct roster_side_verdict verdict;
	struct roster_side side; /* with the choices of its anchors made */
	int64_t least;           /* proven: no roster breaks the rules by less */
	int64_t cost, bound;     /* proven: none that breaks them no more costs less than the bound;
				    nothing is of a roster that changes a published one */
	bool is_fallback;        /* somewhere the roster is the flow's, which does not know them */
};

/* What the roster home[person * days + day] breaks. An anchor without a choice yet is judged by the
 * weekday that suits the roster best. */
void roster_judge_side(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *home, struct arena *arena, struct roster_side_verdict *ret);

/* NULL when the rules fit the instance, which is sound, else what is wrong, with the number of the
 * thing. */
const char *roster_check_side(
	const struct roster_instance *in, const struct roster_side *side, struct arena *arena);

/* Of the weekdays of an anchor those that are planned. */
uint8_t roster_anchor_choices(
	const struct roster_instance *in, const struct roster_side *side, int32_t anchor);

/* Per person whether the anchor binds him. */
bool *roster_anchor_binds(
	const struct roster_instance *in, const struct roster_anchor *anchor, struct arena *arena);

/* Per group whether it is `head` or lies in it. */
bool *roster_groups_within(const struct roster_instance *in, int32_t head, struct arena *arena);

#endif
