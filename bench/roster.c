/*
 * Times the roster engine on invented governments: roster [EMPLOYEES [DAYS]]. Per seed and policy
 * one line: milliseconds with one thread and with two, cost, what is broken. Linked once with our
 * solver and once with LEMON's (roster_lemon.cpp); equal costs show that both found the optimum.
 */
#include "base/str.h"
#include "roster/roster_generate.h"

#include <stdio.h>
#include <time.h>

#define SEEDS 5

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
	arena_init(&arena, (size_t)8 << 30);
	int64_t from = now_us();
	roster_solve_parts(in, threads, &arena, NULL, s);
	int64_t took = now_us() - from;
	arena_release(&arena); /* the figures of *s stay */
	return took;
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
			arena_init(&arena, (size_t)8 << 30);
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
	return 0;
}
