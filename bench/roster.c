/*
 * Times the roster engine on invented governments: roster [EMPLOYEES [DAYS]]. Per seed and policy
 * one line: milliseconds with one thread and with two, cost, what is broken. Then per seed what
 * comes after the first roster: replanning when people fall ill, the clashes of an office that asks
 * for too much, one cell edited in a unit, a limit over the government by a price. Linked once with
 * our solver and once with LEMON's (roster_lemon.cpp); equal costs and clashes show
 * that both found the optimum; which of equally good rosters is published, and what is priced,
 * depends on the solver.
 */
#include "base/str.h"
#include "roster/roster_generate.h"
#include "roster/roster_price.h"
#include "roster/roster_replan.h"

#include <stdio.h>
#include <time.h>

#define SEEDS         5
#define THREADS       2
#define ARENA_BYTES   ((size_t)16 << 30)
#define ILL_PER_MILLE 50
#define CLASHING      60  /* per cent at home, where quotas let fewer */
#define UNIT          300 /* employees */
#define COVERED       300 /* per mille of those who could be home: the limit of the government */
#define ROUNDS        4

static const struct {
	const char *name;
	int32_t exactly, weekday;
} policies[] = {{"half", 0, 0}, {"exactly_40", 40, 0}, {"thursdays", 0, 4}};

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t solve(const struct roster_instance *in, int threads, struct roster_solution *s)
{
	struct arena arena;
	arena_init(&arena, ARENA_BYTES);
	int64_t from = now_us();
	roster_solve_parts(in, threads, &arena, NULL, s);
	int64_t took = now_us() - from;
	arena_release(&arena); /* the figures of *s stay */
	return took;
}

/* One thing after another in memory of its own. */
struct run {
	struct arena arena;
	struct roster_instance in;
	struct roster_generator g;
	int64_t from_us;
};

static void begin(struct run *run, int64_t employees, int64_t days, int64_t seed, int32_t exactly)
{
	arena_init(&run->arena, ARENA_BYTES);
	run->g = (struct roster_generator){.employees = (int32_t)employees,
		.days = (int32_t)days,
		.seed = seed,
		.exactly = exactly};
	roster_generate(&run->g, &run->arena, &run->in);
}

static long long took_ms(const struct run *run)
{
	return (long long)((now_us() - run->from_us) / 1000);
}

/* A third into the period one in twenty falls ill; what is past stays. */
static void replan(int64_t employees, int64_t days, int64_t seed)
{
	struct run run;
	struct roster_instance ill;
	struct roster_solution published, s;
	int64_t open = 0;
	begin(&run, employees, days, seed, 0);
	int32_t first_day = run.in.days / 3;
	run.g.ill_per_mille = ILL_PER_MILLE;
	run.g.ill_from = first_day;
	roster_generate(&run.g, &run.arena, &ill);
	roster_solve_parts(&run.in, THREADS, &run.arena, NULL, &published);
	run.from_us = now_us();
	roster_replan(&ill, published.home, first_day, THREADS, &run.arena, NULL, &s);
	long long ms = took_ms(&run);
	for (int32_t i = 0; i < ill.people * ill.days; i++)
		open += i % ill.days >= first_day && ill.cell[i] == CELL_FREE;
	printf("replan seed=%lld two_ms=%lld changes=%d open=%lld cost=%lld\n", (long long)seed, ms,
		s.changes, (long long)open, (long long)s.cost);
	arena_release(&run.arena);
}

static void find_clashes(int64_t employees, int64_t days, int64_t seed)
{
	struct run run;
	struct roster_clashes clashes;
	begin(&run, employees, days, seed, CLASHING);
	run.from_us = now_us();
	roster_find_clashes_parts(&run.in, THREADS, &run.arena, NULL, &clashes);
	printf("clashes seed=%lld two_ms=%lld short_by=%lld\n", (long long)seed, took_ms(&run),
		(long long)clashes.short_by);
	arena_release(&run.arena);
}

/* Somebody at home in the middle of the period has to come. */
static void edit(int64_t days, int64_t seed)
{
	struct run run;
	struct roster_solution published, s;
	begin(&run, UNIT, days, seed, 0);
	roster_solve_parts(&run.in, THREADS, &run.arena, NULL, &published);
	int32_t i = run.in.people / 2 * run.in.days;
	while (!published.home[i])
		i++;
	((uint8_t *)run.in.cell)[i] = CELL_OFFICE;
	run.from_us = now_us();
	roster_replan(&run.in, published.home, 0, THREADS, &run.arena, NULL, &s);
	printf("edit seed=%lld two_ms=%lld changes=%d cost=%lld\n", (long long)seed, took_ms(&run),
		s.changes, (long long)s.cost);
	arena_release(&run.arena);
}

static void limit_government(struct roster_instance *in)
{
	struct roster_limit *limit = (struct roster_limit *)in->limit;
	for (int32_t d = 0; d < in->days; d++) {
		int32_t could = 0;
		for (int32_t p = 0; p < in->people; p++)
			could += in->cell[p * in->days + d] != CELL_OFFICE;
		limit[d] = (struct roster_limit){0, (int32_t)((int64_t)could * COVERED / 1000)};
	}
}

static void price(int64_t employees, int64_t days, int64_t seed)
{
	struct run run;
	struct roster_priced priced;
	begin(&run, employees, days, seed, 0);
	limit_government(&run.in);
	run.from_us = now_us();
	roster_solve_priced(&run.in, ROUNDS, THREADS, &run.arena, NULL, &priced);
	printf("priced seed=%lld two_ms=%lld rounds=%d cost=%lld least=%lld broken=%d\n",
		(long long)seed, took_ms(&run), priced.rounds, (long long)priced.solution.cost,
		(long long)priced.least_cost, priced.solution.breaches);
	arena_release(&run.arena);
}

int main(int argc, char **argv)
{
	int64_t employees = 36000, days = 22;
	if ((argc > 1 && !str_to_int(argv[1], 1, ROSTER_PEOPLE_MAX, &employees)) ||
		(argc > 2 && !str_to_int(argv[2], 1, ROSTER_DAYS_MAX, &days)))
		return 2;
	for (size_t p = 0; p < sizeof policies / sizeof *policies; p++) {
		for (int64_t seed = 1; seed <= SEEDS; seed++) {
			const struct roster_generator g = {(int32_t)employees, (int32_t)days, seed,
				policies[p].exactly, policies[p].weekday};
			struct arena arena;
			struct roster_instance in;
			struct roster_solution s;
			arena_init(&arena, ARENA_BYTES);
			roster_generate(&g, &arena, &in);
			int64_t one = solve(&in, 1, &s), two = solve(&in, 2, &s);
			printf("policy=%s seed=%lld one_ms=%lld two_ms=%lld cost=%lld "
			       "broken=%lld\n",
				policies[p].name, (long long)seed, (long long)(one / 1000),
				(long long)(two / 1000), (long long)s.cost,
				(long long)(s.broken[0] + s.broken[1] + s.broken[2] + s.broken[3]));
			arena_release(&arena);
		}
	}
	for (int64_t seed = 1; seed <= SEEDS; seed++) {
		replan(employees, days, seed);
		find_clashes(employees, days, seed);
		edit(days, seed);
		price(employees, days, seed);
	}
	return 0;
}
