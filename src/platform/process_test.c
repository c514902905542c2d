/* Helper programs: what they say, how they end, and that none outlives its time. */
#include "platform/process.h"

#include "base/str.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEST_ARENA_BYTES ((size_t)1 << 30)
#include "platform/test_arena.h"

#define LONG_MS  60000
#define SHORT_MS 150

/* A shell as the helper: what it runs is the test's own text. */
static struct process_task shell(const char *const argv[4], const char *in, int64_t wall_ms)
{
	return (struct process_task){.path = "/bin/sh",
		.argv = argv,
		.in = {(const uint8_t *)in, strlen(in)},
		.out_max = 1 << 20,
		.wall_ms = wall_ms};
}

static enum process_outcome run(
	struct arena *arena, const char *script, const char *in, struct bytes *ret_out)
{
	const char *const argv[4] = {"sh", "-c", script, NULL};
	const struct process_task task = shell(argv, in, LONG_MS);
	return process_run(&task, arena, ret_out);
}

static void test_text_in_text_out(void **state)
{
	struct bytes out;
	assert_int_equal(run(*state, "cat", "", &out), PROCESS_DONE);
	assert_int_equal(out.n, 0);
	assert_int_equal(run(*state, "cat; echo b", "a\n", &out), PROCESS_DONE);
	assert_string_equal((const char *)out.p, "a\nb\n");
}

/* More than any buffer of a socket holds, both ways at once. */
static void test_much_text(void **state)
{
	size_t n = (size_t)5 << 20;
	char *text = arena_alloc(*state, n + 1);
	for (size_t i = 0; i < n; i++)
		text[i] = (char)('a' + i % 23);
	const char *const argv[4] = {"sh", "-c", "cat", NULL};
	struct process_task task = shell(argv, text, LONG_MS);
	struct bytes out;
	task.out_max = n;
	assert_int_equal(process_run(&task, *state, &out), PROCESS_DONE);
	assert_int_equal(out.n, n);
	assert_memory_equal(out.p, text, n);
	task.out_max = n - 1;
	assert_int_equal(process_run(&task, *state, &out), PROCESS_FAILED);
	assert_int_equal(out.n, 0);
}

static void test_helpers_that_fail(void **state)
{
	struct bytes out;
	assert_int_equal(run(*state, "echo half; exit 3", "", &out), PROCESS_FAILED);
	assert_int_equal(out.n, 0);
	assert_int_equal(run(*state, "kill -9 $$", "", &out), PROCESS_FAILED);
	/* gone before it read anything: no signal reaches us */
	char *text = arena_alloc(*state, (4 << 20) + 1);
	memset(text, 'x', 4 << 20);
	assert_int_equal(run(*state, "exit 1", text, &out), PROCESS_FAILED);
	/* it may answer without reading all */
	assert_int_equal(run(*state, "echo enough", text, &out), PROCESS_DONE);
	assert_string_equal((const char *)out.p, "enough\n");
}

static void test_a_helper_that_is_not_there(void **state)
{
	const char *const argv[] = {"x", NULL};
	struct process_task task = {
		.path = "/nowhere/luwes-helper", .argv = argv, .wall_ms = LONG_MS};
	struct bytes out;
	assert_int_equal(process_run(&task, *state, &out), PROCESS_ABSENT);
	task.path = "/etc/passwd"; /* there, but no program */
	assert_int_equal(process_run(&task, *state, &out), PROCESS_FAILED);
}

/* It says its number, closes its output or not, and stays; then it is gone, not a child any more.
 */
static void test_nobody_outlives_his_time(void **state)
{
	static const char *const scripts[] = {
		"while :; do :; done", "exec >&- <&-; while :; do :; done"};
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		const char *const argv[4] = {"sh", "-c", scripts[i], NULL};
		const struct process_task task = shell(argv, "", SHORT_MS);
		struct bytes out;
		assert_int_equal(process_run(&task, *state, &out), PROCESS_LATE);
		assert_int_equal(out.n, 0);
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	}
}

static void *stop_soon(void *is_stopped)
{
	usleep(100 * 1000);
	*(_Atomic bool *)is_stopped = true;
	return NULL;
}

static void test_it_can_be_stopped(void **state)
{
	const char *const argv[4] = {"sh", "-c", "while :; do :; done", NULL};
	struct process_task task = shell(argv, "", LONG_MS);
	_Atomic bool is_stopped = false;
	pthread_t thread;
	struct bytes out;
	task.is_stopped = &is_stopped;
	assert_int_equal(pthread_create(&thread, NULL, stop_soon, &is_stopped), 0);
	assert_int_equal(process_run(&task, *state, &out), PROCESS_STOPPED);
	pthread_join(thread, NULL);
}

/* Nothing of ours gets into a helper: no environment, no open file. */
static void test_what_is_not_passed_on(void **state)
{
	struct bytes out;
	int fd[2];
	assert_int_equal(pipe(fd), 0); /* not closed on exec */
	setenv("LUWES_TEST_SECRET", "x", 1);
	assert_int_equal(
		run(*state, "echo \"[$LUWES_TEST_SECRET]\"; ls /proc/self/fd | wc -l", "", &out),
		PROCESS_DONE);
	assert_string_equal((const char *)out.p, "[]\n4\n"); /* and the folder that is read */
	close(fd[0]);
	close(fd[1]);
}

static void test_beside_the_program(void **state)
{
	char *path = process_beside("process_test", *state);
	assert_true(path[0] == '/');
	assert_int_equal(access(path, X_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_text_in_text_out),
		ARENA_TEST(test_much_text),
		ARENA_TEST(test_helpers_that_fail),
		ARENA_TEST(test_a_helper_that_is_not_there),
		ARENA_TEST(test_nobody_outlives_his_time),
		ARENA_TEST(test_it_can_be_stopped),
		ARENA_TEST(test_what_is_not_passed_on),
		ARENA_TEST(test_beside_the_program),
	};
	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
