/*
 * Private to the engine: the network of an instance, and what its arcs mean.
 */
#ifndef LUWES_ROSTER_ROSTER_NETWORK_H
#define LUWES_ROSTER_ROSTER_NETWORK_H

#include "roster/roster_flow.h"
#include "roster/roster_model.h"

#define HUB     0
#define NO_NODE (-1)

#define NETWORK_PIVOTS_PER_ARC 100 /* at most; a solve needs about one */

/* What an arc means. */
struct part {
	int64_t cost; /* wishes and fairness */
	struct roster_place place;
	int8_t rank;   /* of the limit it belongs to; RANKS: none */
	int8_t sign;   /* -1: counts towards the least, 1: exceeds the most */
	int8_t change; /* 1: changes the published roster, -1: keeps it */
};

struct network {
	const struct roster_instance *in;
	struct arena *arena;
	const _Atomic bool *is_stopped;
	struct flow_net net;
	struct part *part;   /* per arc; those of one limit are neighbours */
	int32_t *fixed;      /* per arc: flow that is settled: locked, or by an earlier rank */
	int32_t *cell_arc;   /* per cell; NO_NODE */
	int32_t *could;      /* [group * days + day]: cells that may be home */
	int32_t *node;       /* [group * days + day]: of the next group up that limits, or HUB */
	int32_t group_nodes; /* the first nodes: the hub and groups; those of people follow */
	int64_t pivots;
	int64_t pivots_max; /* of one solve */
};

static inline size_t network_at(const struct roster_instance *in, int32_t row, int32_t day)
{
	return (size_t)row * (size_t)in->days + (size_t)day;
}

static inline bool network_can_be_home(
	const struct roster_instance *in, int32_t person, int32_t day)
{
	return in->cell[network_at(in, person, day)] != CELL_OFFICE;
}

static inline bool network_is_edge(const struct roster_instance *in, int32_t day)
{
	return in->edge && in->edge[day];
}

static inline int32_t network_smaller(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* How many days a person may be home in a week of the instance. */
static inline int32_t network_week_most(const struct roster_person *who, int32_t week)
{
	return who->week_caps ? who->week_caps[week] : who->week_most;
}

/* Adds to every group, day by day, what stands for those within it: count[group * days + day]. */
void network_sum_up(const struct roster_group *group, int32_t groups, int32_t days, int32_t *count);

/* Where the week that begins on day `from` ends: the day behind it. */
int32_t network_week_end(const struct roster_instance *in, int32_t from);

/* How many weeks the days lie in. */
int32_t network_weeks(const struct roster_instance *in);

/* Fills everything but in, arena and is_stopped, which the caller set. Costs stay 0. */
void network_build(struct network *n);

/* Solves for the costs that are set; adds to the pivots. Every limit is elastic, so there is a
 * flow; ROSTER_LIMIT when it takes more than pivots_max to find. */
enum roster_outcome network_solve(struct network *n, struct flow_result *ret);

#endif
