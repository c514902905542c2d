/*
 * Columns: a cell that is free, days at home of a person by their price, and by how much each
 * elastic limit or rule is broken. Rows: the limits, and what ties the days of a person together.
 *
 * Levels: the ranks of the limits, the side rules, changes of what is published, the cost. From a
 * roster on limits are hard, but widened to what that roster has at that place; then no rank can
 * become worse.
 */
#include "mip/mip_roster.h"

#include "mip/mip_problem.h"
#include "roster/roster_network.h"

#include <time.h>

#define LEVEL_SIDE   RANKS
#define LEVEL_CHANGE (RANKS + 1)
#define LEVEL_COST   (RANKS + 2)
#define LEVELS       (RANKS + 3)
#define NO_COLUMN    (-1)

struct formulation {
	const struct roster_instance *in;
	const struct roster_side *side; /* NULL: none */
	const uint8_t *start;           /* NULL: from scratch, limits are elastic */
	struct arena *arena;
	struct mip_problem problem;
	int32_t *cell; /* per cell: its column; NO_COLUMN where it is locked */
};

/* ---- rows of cells ---- */

/* Cells that a limit counts together: people[], days[] with their counts. */
struct block {
	const int32_t *person, *day;
	int32_t people, days;
};

struct counted {
	int32_t locked, free, start; /* home: by lock, possibly, and in the start */
};

static struct counted count_block(const struct formulation *f, struct block b)
{
	struct counted c = {0};
	for (int32_t i = 0; i < b.people; i++) {
		for (int32_t k = 0; k < b.days; k++) {
			size_t at = network_at(f->in, b.person[i], b.day[k]);
			c.locked += f->in->cell[at] == CELL_HOME;
			c.free += f->in->cell[at] == CELL_FREE;
			c.start += f->start && f->start[at];
		}
	}
	return c;
}

static void add_cells(struct formulation *f, struct block b)
{
	for (int32_t i = 0; i < b.people; i++) {
		for (int32_t k = 0; k < b.days; k++) {
			int32_t column = f->cell[network_at(f->in, b.person[i], b.day[k])];
			if (column != NO_COLUMN)
				mip_add_term(&f->problem, column, 1);
		}
	}
}

/* By how much something of a level is broken. */
static int32_t add_excess(struct formulation *f, int32_t level)
{
	return mip_add_column(&f->problem, (struct mip_column){0, MIP_FREE, 1, level, false});
}

/* An elastic row: what it lacks or has too much is paid for in its level. */
static void add_elastic(
	struct formulation *f, struct block b, int64_t least, int64_t most, int32_t level)
{
	int32_t lacks = least > -MIP_FREE ? add_excess(f, level) : NO_COLUMN;
	int32_t exceeds = most < MIP_FREE ? add_excess(f, level) : NO_COLUMN;
	mip_add_row(&f->problem, least, most);
	add_cells(f, b);
	if (lacks != NO_COLUMN)
		mip_add_term(&f->problem, lacks, 1);
	if (exceeds != NO_COLUMN)
		mip_add_term(&f->problem, exceeds, -1);
}

/* A limit on a block; what it cannot reach anyway does not limit. */
static void add_limit(
	struct formulation *f, struct block b, struct roster_limit limit, enum roster_rank rank)
{
	struct counted c = count_block(f, b);
	if (f->start) {
		limit.least = limit.least < c.start ? limit.least : c.start;
		limit.most = limit.most > c.start ? limit.most : c.start;
	}
	int64_t least = limit.least > c.locked ? limit.least - c.locked : -MIP_FREE;
	int64_t most = limit.most < c.locked + c.free ? limit.most - c.locked : MIP_FREE;
	if (least == -MIP_FREE && most == MIP_FREE)
		return;
	if (!f->start) {
		add_elastic(f, b, least, most, (int32_t)rank);
		return;
	}
	mip_add_row(&f->problem, least, most);
	add_cells(f, b);
}

/* ---- limits ---- */

static void add_groups(struct formulation *f)
{
	const struct roster_instance *in = f->in;
	int32_t *person = ARENA_ARRAY(f->arena, (size_t)in->people, int32_t);
	for (int32_t g = 0; g < in->groups; g++) {
		bool *within = roster_groups_within(in, g, f->arena);
		int32_t people = 0;
		for (int32_t p = 0; p < in->people; p++) {
			if (within[in->person[p].group])
				person[people++] = p;
		}
		for (int32_t d = 0; d < in->days; d++)
			add_limit(f, (struct block){person, &d, people, 1},
				in->limit[network_at(in, g, d)], in->group[g].rank);
	}
}

/* A quota asks for no more days than he can be home. */
static void add_quota(struct formulation *f, struct block b, int32_t least, int32_t most)
{
	struct counted c = count_block(f, b);
	add_limit(f, b, (struct roster_limit){network_smaller(least, c.locked + c.free), most},
		RANK_QUOTA);
}

static void add_week(struct formulation *f, int32_t p, const int32_t *all, int32_t from, int32_t to)
{
	const struct roster_person *who = &f->in->person[p];
	int32_t edge[ROSTER_DAYS_MAX], edges = 0;
	for (int32_t d = from; d < to; d++) {
		if (network_is_edge(f->in, d))
			edge[edges++] = d;
	}
	add_quota(f, (struct block){&p, all + from, 1, to - from}, who->week_least,
		network_week_most(who, f->in->week[from]));
	add_quota(f, (struct block){&p, edge, 1, edges}, 0, who->edge_most);
}

/* Days at home by their price: rising, so that the cheapest come first by themselves. */
static void add_fairness(struct formulation *f, int32_t p, struct block period)
{
	struct counted c = count_block(f, period);
	int32_t share = f->in->person[p].share, could = c.locked + c.free;
	if (!f->in->fairness || !could)
		return;
	mip_add_row(&f->problem, -c.locked, -c.locked);
	add_cells(f, period);
	for (int32_t from = 0, to; from < could; from = to) {
		int32_t price = roster_unfairness(from + 1, share) - roster_unfairness(from, share);
		for (to = from + 1;
			to < could &&
			roster_unfairness(to + 1, share) - roster_unfairness(to, share) == price;
			to++)
			;
		mip_add_term(&f->problem,
			mip_add_column(&f->problem,
				(struct mip_column){0, to - from, (int64_t)f->in->fairness * price,
					LEVEL_COST, false}),
			-1);
	}
}

/* Free days of a person that are not as published: those in the office that were home, and those at
 * home that were not. */
static void add_changes(struct formulation *f, int32_t p)
{
	int32_t was_home = 0, change = add_excess(f, LEVEL_CHANGE);
	for (int32_t d = 0; d < f->in->days; d++) {
		size_t at = network_at(f->in, p, d);
		was_home += f->cell[at] != NO_COLUMN && f->in->published[at];
	}
	mip_add_row(&f->problem, -MIP_FREE, -was_home);
	for (int32_t d = 0; d < f->in->days; d++) {
		size_t at = network_at(f->in, p, d);
		if (f->cell[at] != NO_COLUMN)
			mip_add_term(&f->problem, f->cell[at], f->in->published[at] ? -1 : 1);
	}
	mip_add_term(&f->problem, change, -1);
}

static void add_people(struct formulation *f, const int32_t *all)
{
	const struct roster_instance *in = f->in;
	for (int32_t p = 0; p < in->people; p++) {
		struct block period = {&p, all, 1, in->days};
		for (int32_t from = 0, to; from < in->days; from = to) {
			to = network_week_end(in, from);
			add_week(f, p, all, from, to);
		}
		add_quota(f, period, in->person[p].least, in->person[p].most);
		add_fairness(f, p, period);
		if (in->published)
			add_changes(f, p);
	}
}

/* ---- side rules ---- */

static void add_most(struct formulation *f, struct block b, int32_t most)
{
	struct counted c = count_block(f, b);
	if (most < c.locked + c.free)
		add_elastic(f, b, -MIP_FREE, most - c.locked, LEVEL_SIDE);
}

/* Of every run_most + 1 days in a row one is in the office. */
static void add_runs(struct formulation *f, int32_t p, const int32_t *all)
{
	int32_t most = f->side->run_most;
	for (int32_t d = 0; most != ROSTER_NO_RUN && d + most < f->in->days; d++)
		add_most(f, (struct block){&p, all + d, 1, most + 1}, most);
}

static void add_side(struct formulation *f, const int32_t *all)
{
	const struct roster_instance *in = f->in;
	const struct roster_side *side = f->side;
	int32_t edge[ROSTER_DAYS_MAX], edges = 0;
	for (int32_t d = side->edge_from; d < in->days - side->edge_tail; d++) {
		if (network_is_edge(in, d))
			edge[edges++] = d;
	}
	for (int32_t p = 0; p < in->people; p++) {
		add_runs(f, p, all);
		if (side->edge_most != ROSTER_NO_EDGE)
			add_most(f, (struct block){&p, edge, 1, edges}, side->edge_most);
	}
	for (int32_t s = 0; s < side->sets; s++) {
		for (int32_t d = 0; d < in->days; d++)
			add_most(f, (struct block){side->set[s].person, &d, side->set[s].people, 1},
				side->set[s].most[d]);
	}
}

static void formulate(struct formulation *f)
{
	const struct roster_instance *in = f->in;
	size_t cells = (size_t)in->people * (size_t)in->days;
	int32_t all[ROSTER_DAYS_MAX];
	for (int32_t d = 0; d < in->days; d++)
		all[d] = d;
	f->problem = (struct mip_problem){.arena = f->arena};
	f->cell = ARENA_ARRAY(f->arena, cells, int32_t);
	for (size_t i = 0; i < cells; i++) {
		f->cell[i] = in->cell[i] != CELL_FREE
				     ? NO_COLUMN
				     : mip_add_column(
					       &f->problem, (struct mip_column){0, 1, in->wish[i],
								    LEVEL_COST, true});
	}
	add_groups(f);
	add_people(f, all);
	if (f->side)
		add_side(f, all);
}

/* ---- level after level ---- */

static void judge(const struct formulation *f, uint8_t *home, struct mip_result *ret)
{
	roster_judge(f->in, home, f->arena, &ret->solution);
	if (f->side)
		roster_judge_side(f->in, f->side, home, f->arena, &ret->verdict);
}

static int64_t worth(const struct mip_result *r, int32_t level)
{
	return level == LEVEL_COST     ? r->solution.cost
	       : level == LEVEL_CHANGE ? r->solution.changes
	       : level == LEVEL_SIDE   ? r->verdict.amount
				       : r->solution.broken[level];
}

static void read_values(const struct formulation *f, const int64_t *value, uint8_t *home)
{
	size_t cells = (size_t)f->in->people * (size_t)f->in->days;
	for (size_t i = 0; i < cells; i++)
		home[i] = f->cell[i] == NO_COLUMN ? f->in->cell[i] == CELL_HOME
						  : value[f->cell[i]] == 1;
}

static int64_t *to_values(const struct formulation *f, const uint8_t *home)
{
	size_t cells = (size_t)f->in->people * (size_t)f->in->days;
	int64_t *value = ARENA_ARRAY(f->arena, (size_t)f->problem.columns, int64_t);
	for (size_t i = 0; i < cells; i++) {
		if (f->cell[i] != NO_COLUMN)
			value[f->cell[i]] = home[i];
	}
	return value;
}

/* What every roster costs: locked days, and unfairness before the first day at home. */
static int64_t fixed_cost(const struct formulation *f)
{
	const struct roster_instance *in = f->in;
	int64_t sum = 0;
	for (int32_t p = 0; p < in->people; p++) {
		bool could = false;
		for (int32_t d = 0; d < in->days; d++) {
			size_t at = network_at(in, p, d);
			could |= in->cell[at] != CELL_OFFICE;
			sum += in->cell[at] == CELL_HOME ? in->wish[at] : 0;
		}
		if (could)
			sum += (int64_t)in->fairness * roster_unfairness(0, in->person[p].share);
	}
	return sum;
}

/* Whether a roster is worth no less than another, up to a level. */
static bool is_as_good(const struct mip_result *a, const struct mip_result *b, int32_t level)
{
	for (int32_t l = 0; l <= level; l++) {
		if (worth(a, l) > worth(b, l))
			return false;
	}
	return true;
}

/* One level from the roster of *best on; returns the proven bound. */
static int64_t minimise(
	struct formulation *f, int32_t level, int32_t seconds, struct mip_result *best)
{
	int64_t fixed = level == LEVEL_COST ? fixed_cost(f) : 0;
	struct mip_result found = {.is_proven = best->is_proven};
	struct mip_answer answer;
	if (!mip_has_level(&f->problem, level) || (level != LEVEL_COST && !worth(best, level)))
		return worth(best, level);
	size_t cells = (size_t)f->in->people * (size_t)f->in->days;
	uint8_t *home = ARENA_ARRAY(f->arena, cells, uint8_t);
	mip_minimise(&f->problem, level, to_values(f, best->solution.home), seconds, &answer);
	read_values(f, answer.value, home);
	judge(f, home, &found);
	if (is_as_good(&found, best, level))
		*best = found;
	int64_t bound = answer.bound == -MIP_FREE ? answer.bound : answer.bound + fixed;
	best->is_proven &= answer.outcome == MIP_BEST && bound == worth(best, level);
	return bound;
}

static int32_t seconds_used(void)
{
	return (int32_t)(clock() / CLOCKS_PER_SEC);
}

/* From the roster of *best on. */
static void solve_levels(struct formulation *f, int32_t seconds, struct mip_result *best)
{
	int64_t least = 0, bound = 0;
	for (int32_t level = 0; level < LEVELS; level++) {
		int32_t left = seconds - seconds_used();
		bool is_between = level == LEVEL_SIDE || level == LEVEL_CHANGE;
		bound = minimise(f, level, is_between ? left / 2 : left, best);
		if (level == LEVEL_SIDE)
			least = bound;
		if (level < LEVEL_COST && mip_has_level(&f->problem, level))
			mip_keep_level(&f->problem, level, worth(best, level));
	}
	best->least = least < 0 ? 0 : least;
	best->bound = bound;
}

void mip_solve_exactly(const struct roster_instance *in, int32_t seconds, struct arena *arena,
	struct mip_result *ret)
{
	struct formulation f = {.in = in, .arena = arena};
	size_t cells = (size_t)in->people * (size_t)in->days;
	uint8_t *home = ARENA_ARRAY(arena, cells, uint8_t);
	for (size_t i = 0; i < cells; i++)
		home[i] = in->cell[i] == CELL_HOME;
	*ret = (struct mip_result){.is_proven = true};
	formulate(&f);
	judge(&f, home, ret);
	solve_levels(&f, seconds, ret);
}

void mip_improve(const struct roster_instance *in, const struct roster_side *side,
	const uint8_t *start, int32_t seconds, struct arena *arena, struct mip_result *ret)
{
	struct formulation f = {.in = in, .side = side, .start = start, .arena = arena};
	*ret = (struct mip_result){.is_proven = true};
	formulate(&f);
	judge(&f, (uint8_t *)start, ret);
	solve_levels(&f, seconds, ret);
}
