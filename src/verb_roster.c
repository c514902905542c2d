/*
 * roster: the engine by itself. Instances and rosters are JSON on stdin and stdout, so that anybody
 * can hold another solver against it.
 */
#include "verb_roster.h"
#include "verbs.h"

#include "base/str.h"
#include "platform/process.h"
#include "roster/roster_generate.h"
#include "roster/roster_mip.h"
#include "roster/roster_text.h"

#include <unistd.h>

#define INSTANCE_BYTES_MAX ((size_t)64 << 20)
#define ROSTER_ARENA_BYTES ((size_t)8 << 30)
#define PLANNED_FROM       "2025-12-01" /* a Monday */
#define SIDES_SECONDS      60           /* for the helper, unless --seconds says otherwise */
#define SIDES_SECONDS_MAX  3600
#define WHOLE_PEOPLE       5000 /* above, a limit over all is kept by a price */
#define PRICE_ROUNDS       4

static struct arena arena;

/* ---- generate ---- */

static bool number(const char *text, int64_t least, int64_t most, int32_t *ret)
{
	int64_t value;
	if (!text)
		return true;
	if (!str_to_int(text, least, most, &value))
		return false;
	*ret = (int32_t)value;
	return true;
}

static void print(const struct buf *out)
{
	fwrite(out->p, 1, out->n, stdout);
	putchar('\n');
}

static int generate(int argc, char **argv)
{
	const char *employees = NULL, *days = NULL, *seed = NULL, *exactly = NULL, *weekday = NULL;
	const struct option_row option[] = {{"--employees", &employees, NULL},
		{"--days", &days, NULL}, {"--seed", &seed, NULL}, {"--exactly", &exactly, NULL},
		{"--weekday", &weekday, NULL}};
	struct roster_generator g = {.employees = 600, .days = 22, .seed = 1};
	struct roster_instance in;
	struct buf out;
	int32_t chosen = 1, first = 0;
	if (verb_options(argc, argv, option, (int)(sizeof option / sizeof *option), NULL, 0) < 0)
		return EXIT_USAGE;
	if (!number(employees, 1, ROSTER_PEOPLE_MAX, &g.employees) ||
		!number(days, 1, ROSTER_DAYS_MAX, &g.days) ||
		!number(seed, 0, INT32_MAX, &chosen) || !number(exactly, 1, 100, &g.exactly) ||
		!number(weekday, 1, 5, &g.weekday))
		return verb_fail("roster", EXIT_USAGE,
			"--employees 1..%d, --days 1..%d, --seed, --exactly 1..100, --weekday 1..5",
			ROSTER_PEOPLE_MAX, ROSTER_DAYS_MAX);
	g.seed = chosen;
	day_parse(PLANNED_FROM, &first);
	roster_generate(&g, &arena, &in);
	int32_t *day = ARENA_ARRAY(&arena, (size_t)in.days, int32_t);
	for (int32_t d = 0; d < in.days; d++)
		day[d] = first + d / 5 * 7 + d % 5;
	buf_init(&out, &arena, 1 << 20);
	roster_write_instance(&in, day, NULL, &arena, &out);
	print(&out);
	return EXIT_DONE;
}

/* ---- an instance from stdin ---- */

struct input {
	struct roster_instance in;
	const struct roster_side *side; /* NULL: none */
};

/* What solve, clashes and check begin with: an instance on stdin. */
static int read_instance(struct input *ret)
{
	char some[1 << 16];
	struct buf text;
	const int32_t *day;
	struct field_fault fault = {"", ""};
	buf_init(&text, &arena, sizeof some);
	for (size_t n; text.n <= INSTANCE_BYTES_MAX && (n = fread(some, 1, sizeof some, stdin));)
		buf_add(&text, some, n);
	if (ferror(stdin))
		return verb_fail("roster", EXIT_FAILED, "cannot read the instance");
	if (text.n > INSTANCE_BYTES_MAX)
		return verb_fail("roster", EXIT_FAILED, "an instance has at most %zu MB",
			INSTANCE_BYTES_MAX >> 20);
	switch (roster_read_instance(text.p, text.n, &arena, &ret->in, &day, &ret->side, &fault)) {
	case OK:
		return EXIT_DONE;
	case E_BAD_REQUEST:
		return verb_fail("roster", EXIT_FAULT, "not JSON: %s", fault.reason);
	default:
		return verb_fail("roster", EXIT_FAULT, "%s%s%s", fault.pointer,
			*fault.pointer ? ": " : "", fault.reason);
	}
}

static int read_alone(int argc, char **argv, struct input *ret)
{
	return verb_options(argc, argv, NULL, 0, NULL, 0) < 0 ? EXIT_USAGE : read_instance(ret);
}

static int cores(void)
{
	return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

static void print_solution(const struct roster_instance *in, const struct roster_solution *s,
	const struct roster_side_answer *side)
{
	struct buf out;
	buf_init(&out, &arena, 1 << 20);
	roster_write_solution(in, s, side, &arena, &out);
	print(&out);
}

static int fail_at_limit(void)
{
	return verb_fail("roster", EXIT_FAILED, "the solver took more steps than it may");
}

static int solve_sides(const struct input *input, int32_t seconds)
{
	struct roster_mip_options options = {.helper = process_beside("luwes-mip", &arena),
		.threads = cores(),
		.wall_ms = (int64_t)seconds * 1000};
	struct roster_solution s;
	struct roster_side_answer side;
	enum roster_sides_outcome outcome = roster_solve_sides(
		&input->in, input->side, &options, &arena, NULL, &s, &side);
	if (outcome == SIDES_LIMIT)
		return fail_at_limit();
	if (outcome == SIDES_REFUSED)
		return verb_fail("roster", EXIT_FAILED,
			"side rules need luwes-mip beside this program, and it is not there: "
			"build with coinor-libcbc-dev");
	if (outcome == SIDES_FALLBACK)
		verb_fail("roster", EXIT_DONE,
			"luwes-mip did not end well in %d s: this roster "
			"does not know all side rules",
			seconds);
	print_solution(&input->in, &s, &side);
	return EXIT_DONE;
}

/* The whole network is exact, but slow where a limit joins a government. */
static int solve_coupled(const struct roster_instance *in)
{
	struct roster_priced priced;
	struct buf out;
	if (roster_solve_priced(in, PRICE_ROUNDS, cores(), &arena, NULL, &priced))
		return fail_at_limit();
	if (!priced.is_best)
		verb_fail("roster", EXIT_DONE,
			"solved by prices: not proven the best, its cost is at most %lld above it",
			(long long)(priced.solution.cost - priced.least_cost));
	buf_init(&out, &arena, 1 << 20);
	roster_write_priced(in, &priced, &arena, &out);
	print(&out);
	return EXIT_DONE;
}

static int solve(int argc, char **argv)
{
	const char *seconds = NULL;
	const struct option_row option[] = {{"--seconds", &seconds, NULL}};
	int32_t limit = SIDES_SECONDS;
	struct input input;
	struct roster_solution s;
	if (verb_options(argc, argv, option, 1, NULL, 0) < 0)
		return EXIT_USAGE;
	if (!number(seconds, 1, SIDES_SECONDS_MAX, &limit))
		return verb_fail("roster", EXIT_USAGE, "--seconds 1..%d", SIDES_SECONDS_MAX);
	int status = read_instance(&input);
	if (status || input.side)
		return status ? status : solve_sides(&input, limit);
	if (input.in.people > WHOLE_PEOPLE && !input.in.published && roster_is_coupled(&input.in))
		return solve_coupled(&input.in);
	if (roster_solve_parts(&input.in, cores(), &arena, NULL, &s))
		return fail_at_limit();
	print_solution(&input.in, &s, NULL);
	return EXIT_DONE;
}

static int clashes(int argc, char **argv)
{
	struct input input;
	struct roster_clashes found;
	struct buf out;
	int status = read_alone(argc, argv, &input);
	if (status)
		return status;
	if (roster_find_clashes_parts(&input.in, cores(), &arena, NULL, &found))
		return fail_at_limit();
	buf_init(&out, &arena, 1 << 16);
	roster_write_clashes(&found, &arena, &out);
	print(&out);
	return EXIT_DONE;
}

static int check(int argc, char **argv)
{
	struct input input;
	int status = read_alone(argc, argv, &input);
	if (status)
		return status;
	printf("sound: %d people, %d days, %d groups", input.in.people, input.in.days,
		input.in.groups);
	if (input.side)
		printf(", side rules: %d sets, %d anchors", input.side->sets, input.side->anchors);
	putchar('\n');
	return EXIT_DONE;
}

int verb_roster(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int (*run)(int, char **) = str_eq(what, "generate")   ? generate
				   : str_eq(what, "solve")    ? solve
				   : str_eq(what, "clashes")  ? clashes
				   : str_eq(what, "check")    ? check
				   : str_eq(what, "instance") ? roster_instance_of_store
							      : NULL;
	if (!run)
		return verb_fail("roster", EXIT_USAGE,
			"generate, instance, solve, clashes or check; see luwes help roster");
	arena_init(&arena, ROSTER_ARENA_BYTES);
	argv[1] = argv[0];
	int status = run(argc - 1, argv + 1);
	arena_release(&arena);
	return status;
}
