/*
 * luwes-mip: solves the side rules of a roster, and judges the engine, with CBC. A program of its
 * own, so that a solver which is not ours can neither fell nor fill the server: it has limits of
 * memory and processor time, no files and no network, and `luwes` ends it when it takes too long.
 *
 *   luwes-mip --seconds N --memory-mb N           stdin: an instance and its roster, a line each
 *   luwes-mip --exact --seconds N --memory-mb N   stdin: an instance; side rules do not count
 *
 * stdout: the roster, as `luwes roster solve` prints one; stderr: what is wrong. Exit 0, 1 failed,
 * 2 wrong usage.
 */
#include "mip/mip_roster.h"

#include "base/str.h"
#include "roster/roster_text.h"

#include <sys/resource.h>
#include <unistd.h>

#define INPUT_BYTES_MAX ((size_t)128 << 20)
#define SECONDS_MAX     3600
#define MEMORY_MB_LEAST 256
#define MEMORY_MB_MAX   65536
#define FILES           4 /* stdin, stdout, stderr, and the answer's copy of stdout */

struct request {
	bool is_exact;
	int64_t seconds, memory_mb;
};

static struct arena arena;

static int fail(const char *what, const char *reason)
{
	fprintf(stderr, "luwes-mip: %s%s%s\n", what, *what && *reason ? ": " : "", reason);
	return 1;
}

static bool read_words(int argc, char **argv, struct request *ret)
{
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : "";
		if (str_eq(argv[i], "--exact"))
			ret->is_exact = true;
		else if (str_eq(argv[i], "--seconds") &&
			 str_to_int(value, 1, SECONDS_MAX, &ret->seconds))
			i++;
		else if (str_eq(argv[i], "--memory-mb") &&
			 str_to_int(value, MEMORY_MB_LEAST, MEMORY_MB_MAX, &ret->memory_mb))
			i++;
		else
			return false;
	}
	return ret->seconds && ret->memory_mb;
}

static bool limit(int what, int64_t most)
{
	const struct rlimit l = {(rlim_t)most, (rlim_t)most};
	return setrlimit(what, &l) == 0;
}

/* No file can be opened and none written; a sanitizer's shadow is larger than any memory. */
static bool shut_in(const struct request *r)
{
#ifndef __SANITIZE_ADDRESS__
	if (!limit(RLIMIT_AS, r->memory_mb << 20))
		return false;
#endif
	return limit(RLIMIT_CPU, r->seconds + r->seconds / 4 + 5) && limit(RLIMIT_CORE, 0) &&
	       limit(RLIMIT_NOFILE, FILES);
}

/* The solver may say what it likes: it says it on stderr. */
static FILE *keep_stdout(void)
{
	int fd = dup(STDOUT_FILENO);
	if (fd < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return NULL;
	return fdopen(fd, "w");
}

static int print(const struct roster_instance *in, const struct mip_result *r,
	const struct roster_side *side, FILE *file)
{
	struct buf out;
	struct roster_side_answer answer = {.verdict = r->verdict,
		.least = r->least,
		.cost = r->solution.cost,
		.bound = r->bound};
	buf_init(&out, &arena, 1 << 20);
	roster_write_solution(in, &r->solution, side ? &answer : NULL, &arena, &out);
	buf_char(&out, '\n');
	fwrite(out.p, 1, out.n, file);
	return fclose(file) == 0 ? 0 : fail("stdout", "cannot be written");
}

static int solve(const struct request *r, const char *text, size_t n, FILE *file)
{
	struct roster_instance in;
	struct roster_side_answer ignored;
	struct mip_result result;
	struct field_fault fault = {"", "not JSON"};
	const struct roster_side *side = NULL;
	const int32_t *day;
	uint8_t *start;
	const char *end = r->is_exact ? NULL : memchr(text, '\n', n);
	size_t first = end ? (size_t)(end - text) : n;
	if (roster_read_instance(text, first, &arena, &in, &day, &side, &fault))
		return fail(fault.pointer, fault.reason);
	if (r->is_exact) {
		mip_solve_exactly(&in, (int32_t)r->seconds, &arena, &result);
		return result.is_proven ? print(&in, &result, NULL, file)
					: fail("", "not proven to be the best");
	}
	if (!side || !end)
		return fail("", "side rules and a roster to start from are asked for");
	if (roster_read_solution(end + 1, n - first - 1, &in, &arena, &start, &ignored, &fault))
		return fail(fault.pointer, fault.reason);
	mip_improve(&in, side, start, (int32_t)r->seconds, &arena, &result);
	return print(&in, &result, side, file);
}

static bool read_all(struct buf *ret)
{
	char some[1 << 16];
	buf_init(ret, &arena, 1 << 20);
	for (size_t n; ret->n <= INPUT_BYTES_MAX && (n = fread(some, 1, sizeof some, stdin));)
		buf_add(ret, some, n);
	return !ferror(stdin) && ret->n <= INPUT_BYTES_MAX;
}

int main(int argc, char **argv)
{
	struct request r = {0};
	struct buf text;
	if (!read_words(argc, argv, &r)) {
		fail("", "[--exact] --seconds N --memory-mb N");
		return 2;
	}
	FILE *file = keep_stdout();
	if (!file || !shut_in(&r))
		return fail("", "the limits cannot be set");
	arena_init(&arena, (size_t)r.memory_mb << 20);
	if (!read_all(&text))
		return fail("stdin", "cannot be read, or is too long");
	int status = solve(&r, text.p, text.n, file);
	_exit(status); /* what the solver would still do is not needed */
}
