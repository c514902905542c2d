/*
 * Prices of days (Lagrangian relaxation). Where the first group's limits are paid for instead of
 * kept, the groups below it have nothing to do with each other. Whatever the prices, what all parts
 * cost together, less what the limits would pay, is no more than the best roster costs: the least.
 *
 * The limits are linear and every part has whole optima, so the best whole prices leave no gap. The
 * potentials of parts that are solved within their part of the limit say what a day more is worth
 * to each; their mean, by people, is the next price, and mostly close to the best at once.
 */
#include "roster/roster_parts.h"
#include "roster/roster_price.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PRICE_MAX 30000 /* with a wish it is an int16 */

struct pricing {
	const struct roster_instance *in;
	struct arena *arena;
	struct roster_parts parts;
	int threads;
	int64_t *price; /* per day */
	int64_t *total; /* per day: all who are home */
	int32_t *could; /* [part * days + day] */
	int32_t *home;  /* the same */
	int64_t pivots;
	struct roster_priced *ret;
};

static size_t at(const struct pricing *pr, int32_t row, int32_t day)
{
	return (size_t)row * (size_t)pr->in->days + (size_t)day;
}

/* ---- rounds ---- */

static void count_could(struct pricing *pr)
{
	for (int32_t i = 0; i < pr->parts.count; i++) {
		const struct roster_instance *in = &pr->parts.part[i].cut.in;
		for (int32_t p = 0; p < in->people; p++) {
			for (int32_t d = 0; d < in->days; d++)
				pr->could[at(pr, i, d)] += in->cell[at(pr, p, d)] != CELL_OFFICE;
		}
	}
}

static void set_wishes(struct pricing *pr, bool with_prices)
{
	for (int32_t i = 0; i < pr->parts.count; i++) {
		struct roster_part *part = &pr->parts.part[i];
		for (int32_t p = 0; p < part->cut.in.people; p++) {
			const int16_t *wish = pr->in->wish + at(pr, part->cut.person[p], 0);
			for (int32_t d = 0; d < part->cut.in.days; d++)
				part->cut.wish[at(pr, p, d)] =
					(int16_t)(wish[d] + (with_prices ? pr->price[d] : 0));
		}
	}
}

static void set_roofs_open(struct pricing *pr)
{
	for (int32_t i = 0; i < pr->parts.count; i++) {
		for (int32_t d = 0; d < pr->in->days; d++)
			pr->parts.part[i].cut.limit[d] = (struct roster_limit){0, ROSTER_NO_LIMIT};
	}
}

static void count_home(struct pricing *pr)
{
	memset(pr->home, 0, at(pr, pr->parts.count, 0) * sizeof *pr->home);
	memset(pr->total, 0, (size_t)pr->in->days * sizeof *pr->total);
	for (int32_t i = 0; i < pr->parts.count; i++) {
		const struct roster_part *part = &pr->parts.part[i];
		for (int32_t p = 0; p < part->cut.in.people; p++) {
			for (int32_t d = 0; d < part->cut.in.days; d++)
				pr->home[at(pr, i, d)] += part->solution.home[at(pr, p, d)];
		}
		for (int32_t d = 0; d < pr->in->days; d++)
			pr->total[d] += pr->home[at(pr, i, d)];
	}
}

/* What agencies break at least is the same whatever the prices; the first round says it. */
static void take_bound(struct pricing *pr)
{
	struct roster_priced *ret = pr->ret;
	int64_t cost = 0;
	for (int32_t i = 0; i < pr->parts.count; i++) {
		const struct roster_solution *s = &pr->parts.part[i].solution;
		cost += s->cost;
		pr->pivots += s->pivots;
		for (int r = 0; r < RANKS && ret->rounds == 0; r++)
			ret->least_broken[r] += s->broken[r];
	}
	for (int32_t d = 0; d < pr->in->days; d++) {
		const struct roster_limit *limit = &pr->in->limit[d];
		if (pr->price[d])
			cost -= pr->price[d] * (pr->price[d] > 0 ? limit->most : limit->least);
	}
	if (ret->rounds == 0 || cost > ret->least_cost)
		ret->least_cost = cost;
}

/* The limits of the first group are paid for, not kept. */
static enum roster_outcome solve_at_prices(struct pricing *pr)
{
	set_wishes(pr, true);
	set_roofs_open(pr);
	enum roster_outcome outcome = roster_run_parts(&pr->parts, pr->threads);
	if (outcome == ROSTER_BEST) {
		count_home(pr);
		take_bound(pr);
	}
	roster_release_parts(&pr->parts);
	return outcome;
}

/* ---- every part its part of the limit ---- */

struct remainder {
	int64_t part;
	int32_t row;
};

static int by_part(const void *a, const void *b)
{
	const struct remainder *x = a, *y = b;
	if (x->part != y->part)
		return x->part > y->part ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Adds `amount` in proportion to the weights, none more than its weight, by largest remainders. */
static void apportion(struct pricing *pr, int64_t amount, const int32_t *weight, int32_t *ret)
{
	int32_t rows = pr->parts.count;
	struct remainder *rest = ARENA_ARRAY(pr->arena, (size_t)rows, struct remainder);
	int64_t sum = 0, left = amount;
	for (int32_t i = 0; i < rows; i++)
		sum += weight[i];
	assert(amount >= 0 && amount <= sum);
	if (!amount)
		return;
	for (int32_t i = 0; i < rows; i++) {
		int64_t whole = amount * weight[i] / sum;
		rest[i] = (struct remainder){amount * weight[i] % sum, i};
		ret[i] += (int32_t)whole;
		left -= whole;
	}
	qsort(rest, (size_t)rows, sizeof *rest, by_part);
	for (int32_t i = 0; i < left; i++)
		ret[rest[i].row]++;
}

/* Of one day: what each part took at the prices, less where all took too much, and room or
 * more where there is. */
static void share_day(struct pricing *pr, int32_t d)
{
	int32_t rows = pr->parts.count;
	int32_t *took = ARENA_ARRAY(pr->arena, (size_t)rows * 4, int32_t);
	int32_t *room = took + rows, *least = room + rows, *most = least + rows;
	int64_t total = 0, could = 0;
	for (int32_t i = 0; i < rows; i++) {
		took[i] = pr->home[at(pr, i, d)];
		room[i] = pr->could[at(pr, i, d)] - took[i];
		total += took[i];
		could += pr->could[at(pr, i, d)];
	}
	int64_t up = pr->in->limit[d].most < could ? pr->in->limit[d].most : could;
	int64_t low = pr->in->limit[d].least < could ? pr->in->limit[d].least : could;
	apportion(pr, total < up ? total : up, took, most);
	apportion(pr, total < up ? up - total : 0, room, most);
	apportion(pr, low, most, least);
	for (int32_t i = 0; i < rows; i++)
		pr->parts.part[i].cut.limit[d] = (struct roster_limit){least[i], most[i]};
}

/* ---- the roster ---- */

/* The parts judged their own parts of the limit; here the limit itself is. */
static void judge_first_group(struct pricing *pr, struct roster_solution *s)
{
	size_t room = (size_t)s->breaches + (size_t)pr->in->days;
	struct roster_breach *breach = ARENA_ARRAY(pr->arena, room, struct roster_breach);
	enum roster_rank rank = pr->in->group[0].rank;
	int32_t count = 0;
	for (int32_t d = 0; d < pr->in->days; d++) {
		const struct roster_limit *limit = &pr->in->limit[d];
		int64_t below = limit->least - pr->total[d], above = pr->total[d] - limit->most;
		if (below <= 0 && above <= 0)
			continue;
		breach[count++] = (struct roster_breach){
			{PLACE_GROUP, 0, d}, rank, below > 0, (int32_t)(below > 0 ? below : above)};
		s->broken[rank] += breach[count - 1].amount;
	}
	for (int32_t i = 0; i < s->breaches; i++) {
		const struct roster_breach *b = &s->breach[i];
		if (b->place.kind == PLACE_GROUP && b->place.row == 0)
			s->broken[rank] -= b->amount;
		else
			breach[count++] = *b;
	}
	s->breach = breach;
	s->breaches = count;
}

/* What a day more is worth to the parts in the mean, by those who could be home; false when the
 * prices are what they were. */
static bool take_prices(struct pricing *pr)
{
	bool differ = false;
	for (int32_t d = 0; d < pr->in->days; d++) {
		const struct roster_limit *limit = &pr->in->limit[d];
		int64_t sum = 0, people = 0, was = pr->price[d];
		int64_t most = limit->most == ROSTER_NO_LIMIT ? 0 : PRICE_MAX;
		int64_t least = limit->least ? -PRICE_MAX : 0;
		for (int32_t i = 0; i < pr->parts.count; i++) {
			int64_t price = pr->parts.part[i].solution.price[d];
			int32_t could = pr->could[at(pr, i, d)];
			price = price > most ? most : price < least ? least : price;
			sum += price * could;
			people += could;
		}
		pr->price[d] = people ? (2 * sum + (sum < 0 ? -people : people)) / (2 * people) : 0;
		differ |= pr->price[d] != was;
	}
	return differ;
}

static bool is_better(const struct roster_solution *a, const struct roster_solution *b)
{
	for (int r = 0; r < RANKS; r++) {
		if (a->broken[r] != b->broken[r])
			return a->broken[r] < b->broken[r];
	}
	return a->changes != b->changes ? a->changes < b->changes : a->cost < b->cost;
}

static void take_roster(struct pricing *pr)
{
	struct roster_solution s;
	roster_join_solutions(pr->in, &pr->parts, pr->arena, &s);
	judge_first_group(pr, &s);
	pr->pivots += s.pivots;
	memcpy(s.price, pr->price, (size_t)pr->in->days * sizeof *s.price);
	if (pr->ret->rounds == 0 || is_better(&s, &pr->ret->solution))
		pr->ret->solution = s;
}

/* Every part within its part of the limit; *goes_on when there are other prices now. */
static enum roster_outcome solve_within_limit(struct pricing *pr, bool *goes_on)
{
	set_wishes(pr, false);
	for (int32_t d = 0; d < pr->in->days; d++)
		share_day(pr, d);
	enum roster_outcome outcome = roster_run_parts(&pr->parts, pr->threads);
	if (outcome == ROSTER_BEST) {
		count_home(pr);
		take_roster(pr);
		*goes_on = take_prices(pr);
	}
	roster_release_parts(&pr->parts);
	return outcome;
}

/* Whether the roster breaks and costs no more than the least. */
static bool is_best(const struct roster_priced *priced)
{
	return priced->solution.cost == priced->least_cost &&
	       !memcmp(priced->solution.broken, priced->least_broken, sizeof priced->least_broken);
}

bool roster_is_coupled(const struct roster_instance *in)
{
	int32_t below = 0;
	bool limits = false;
	for (int32_t g = 1; g < in->groups; g++)
		below += in->group[g].parent == 0;
	for (int32_t d = 0; d < in->days; d++)
		limits |= in->limit[d].least > 0 || in->limit[d].most != ROSTER_NO_LIMIT;
	return limits && below > 1;
}

enum roster_outcome roster_solve_priced(const struct roster_instance *in, int32_t rounds,
	int threads, struct arena *arena, const _Atomic bool *is_stopped, struct roster_priced *ret)
{
	struct pricing pr = {.in = in,
		.arena = arena,
		.threads = threads,
		.parts.is_stopped = is_stopped,
		.price = ARENA_ARRAY(arena, (size_t)in->days, int64_t),
		.total = ARENA_ARRAY(arena, (size_t)in->days, int64_t),
		.ret = ret};
	assert(rounds > 0 && !in->published);
	*ret = (struct roster_priced){0};
	roster_take_apart_below_first(in, arena, &pr.parts);
	pr.could = ARENA_ARRAY(arena, at(&pr, pr.parts.count, 0), int32_t);
	pr.home = ARENA_ARRAY(arena, at(&pr, pr.parts.count, 0), int32_t);
	count_could(&pr);
	for (bool goes_on = true; goes_on && !ret->is_best && ret->rounds < rounds; ret->rounds++) {
		enum roster_outcome outcome = solve_at_prices(&pr);
		if (outcome || (outcome = solve_within_limit(&pr, &goes_on)))
			return outcome;
		ret->is_best = is_best(ret);
	}
	ret->solution.pivots = pr.pivots;
	return ROSTER_BEST;
}
