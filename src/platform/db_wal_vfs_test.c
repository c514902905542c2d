/*
 * Gathered frames are never seen missing: not by other connections after a commit, not after a
 * crash at any moment, not after a write that failed at any place, not beside checkpoints and other
 * writers. "After a crash" is a copy of store and WAL without the wal-index, opened by SQLite
 * alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/str.h"
#include "platform/db_wal_vfs.h"
#include "platform/log.h"
#include "platform/slice.h"
#include "platform/store_fixture.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

#define LARGE_CACHE "PRAGMA cache_size=2000"
#define SMALL_CACHE "PRAGMA cache_size=10" /* pages: spills, and reads back what it spilled */
#define ROWS        200                    /* of a transaction: some 60 pages */

static const char table_sql[] =
	"CREATE TABLE t (id INTEGER PRIMARY KEY, small INT NOT NULL, body BLOB NOT NULL);"
	"CREATE TABLE pile (body BLOB);"
	"CREATE INDEX t_body ON t (substr(body, 1, 8))";
static const char add_sql[] =
	"WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 200)"
	" INSERT INTO t (small, body) SELECT 1, randomblob(1000) FROM c";
static const char add_few_sql[] =
	"INSERT INTO t (small, body) SELECT 1, randomblob(1000) FROM t LIMIT 40";
static const char pile_sql[] = /* spills, reading nothing back */
	"INSERT INTO pile VALUES (randomblob(65000))";
static const char measure_sql[] = /* a failure takes back this statement alone */
	"INSERT INTO t (small, body) SELECT length(hex(body)), 'measured' FROM pile";
static const char touch_sql[] = "UPDATE t SET small = small + 1 WHERE id % 7 = 0";

struct context {
	struct store_fixture *store;
	sqlite3 *writer;
};

/* ---- failing writes: SQLite's own VFS calls this instead of pwrite ---- */

static struct {
	int calls;
	int fail_at; /* this call fails; 0: none */
	bool once;   /* the next ones work again */
	int error;
} writes;

static ssize_t write_or_fail(int fd, const void *p, size_t n, off_t at)
{
	int call = ++writes.calls;
	bool fails = writes.fail_at &&
		     (writes.once ? call == writes.fail_at : call >= writes.fail_at);
	if (!fails)
		return pwrite(fd, p, n, at);
	errno = writes.error;
	return -1;
}

static void watch_writes(int fail_at, bool once, int error)
{
	static const char *const names[] = {"pwrite64", "pwrite"};
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	int watched = 0;
	for (int i = 0; i < COUNT_OF(names); i++) {
		if (vfs->xGetSystemCall(vfs, names[i]))
			watched += vfs->xSetSystemCall(vfs, names[i],
					   (sqlite3_syscall_ptr)write_or_fail) == SQLITE_OK;
	}
	assert_true(watched > 0);
	writes.calls = 0;
	writes.fail_at = fail_at;
	writes.once = once;
	writes.error = error;
}

/* ---- helpers: one statement, one number, one whole look at a store ---- */

static int run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static void run_well(sqlite3 *db, const char *sql)
{
	if (run(db, sql))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static int64_t ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t n = -1;
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
		sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

static int64_t sum(sqlite3 *db)
{
	return ask(db, "SELECT CAST(coalesce(sum(small), 0) AS BIGINT) FROM t");
}

static int64_t count(sqlite3 *db)
{
	return ask(db, "SELECT count(*) FROM t");
}

static void check_sound(sqlite3 *db)
{
	assert_int_equal(ask(db, "SELECT count(*) FROM pragma_integrity_check "
				 "WHERE integrity_check <> 'ok'"),
		0);
}

static sqlite3 *open_store(const char *path, const char *vfs, const char *pragma)
{
	sqlite3 *db = NULL;
	assert_int_equal(
		sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
		SQLITE_OK);
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, 10000);
	run_well(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" /* no power fails here */
		     "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY");
	run_well(db, pragma);
	return db;
}

static void copy_file(const char *from, const char *to)
{
	char command[256], ignored[8];
	snprintf(command, sizeof command, "cp %s %s", from, to);
	assert_true(fixture_shell(command, ignored, sizeof ignored));
}

/* What is found if the program were gone at this moment. */
static sqlite3 *open_after_crash(struct context *c)
{
	char to[128], from_wal[600], to_wal[160];
	snprintf(to, sizeof to, "%s/crash.db", c->store->dir);
	snprintf(from_wal, sizeof from_wal, "%s-wal", c->store->url);
	snprintf(to_wal, sizeof to_wal, "%s-wal", to);
	copy_file(c->store->url, to);
	copy_file(from_wal, to_wal);
	return open_store(to, NULL, LARGE_CACHE);
}

static void check_everywhere(struct context *c, int64_t rows, int64_t total)
{
	sqlite3 *seen_by[] = {open_store(c->store->url, NULL, LARGE_CACHE), open_after_crash(c)};
	for (int i = 0; i < COUNT_OF(seen_by); i++) {
		assert_int_equal(count(seen_by[i]), rows);
		assert_int_equal(sum(seen_by[i]), total);
		check_sound(seen_by[i]);
		sqlite3_close(seen_by[i]);
	}
}

static int setup(void **state)
{
	struct context *c = calloc(1, sizeof *c);
	assert_non_null(c);
	log_set_level(LOG_ERROR);
	c->store = fixture_open(DB_SQLITE);
	assert_non_null(c->store);
	c->writer = open_store(c->store->url, DB_WAL_VFS, LARGE_CACHE);
	run_well(c->writer, table_sql);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct context *c = *state;
	watch_writes(0, false, 0);
	sqlite3_close(c->writer);
	fixture_close(c->store);
	free(c);
	return 0;
}

/* ---- what it is for ---- */

static int count_writes(sqlite3 *db)
{
	run_well(db, "BEGIN IMMEDIATE");
	run_well(db, add_sql);
	watch_writes(0, false, 0);
	run_well(db, "COMMIT");
	return writes.calls;
}

static void test_a_transaction_is_few_writes(void **state)
{
	struct context *c = *state;
	int gathered = count_writes(c->writer);
	sqlite3 *plain = open_store(c->store->url, NULL, LARGE_CACHE);
	int single = count_writes(plain);
	sqlite3_close(plain);
	assert_in_range(gathered, 1, 5);
	assert_in_range(single, 100, 1000);
}

/* ---- other connections ---- */

static void test_others_see_what_is_committed_and_no_more(void **state)
{
	static const char *const caches[] = {LARGE_CACHE, SMALL_CACHE};
	struct context *c = *state;
	sqlite3 *reader = open_store(c->store->url, NULL, LARGE_CACHE);
	for (int i = 1; i <= 12; i++) {
		run_well(c->writer, caches[i % 2]);
		run_well(c->writer, "BEGIN IMMEDIATE");
		run_well(c->writer, add_sql);
		assert_int_equal(count(c->writer), i * ROWS);
		assert_int_equal(count(reader), (i - 1) * ROWS);
		run_well(c->writer, "COMMIT");
		assert_int_equal(count(reader), i * ROWS);
		run_well(c->writer, "UPDATE t SET small = small WHERE id = 3"); /* one page */
	}
	sqlite3_close(reader);
	check_everywhere(c, 12 * ROWS, 12 * ROWS);
}

/* Pages that were spilled and change again are written in place, their checksums anew. */
static void test_spilled_pages_change_again(void **state)
{
	struct context *c = *state;
	run_well(c->writer, SMALL_CACHE);
	run_well(c->writer, "BEGIN IMMEDIATE");
	for (int i = 0; i < 5; i++) {
		run_well(c->writer, add_sql);
		run_well(c->writer, "SAVEPOINT s; UPDATE t SET small = 1000; ROLLBACK TO s");
		run_well(c->writer, touch_sql);
	}
	int64_t total = sum(c->writer);
	check_sound(c->writer);
	run_well(c->writer, "COMMIT");
	assert_true(total > 5 * ROWS);
	check_everywhere(c, 5 * ROWS, total);
}

/* What a transaction rolled back had held must not be written over what others wrote since. */
static void test_rolled_back_frames_are_gone(void **state)
{
	struct context *c = *state;
	sqlite3 *other = open_store(c->store->url, NULL, LARGE_CACHE);
	run_well(c->writer, SMALL_CACHE);
	for (int i = 1; i <= 6; i++) {
		run_well(c->writer, "BEGIN IMMEDIATE");
		run_well(c->writer, pile_sql);
		run_well(c->writer, "ROLLBACK");
		run_well(other, add_sql);
		if (i % 2)
			assert_int_equal(count(c->writer), i * ROWS);
		run_well(c->writer, "UPDATE t SET small = small WHERE id = 3");
		check_everywhere(c, i * ROWS, i * ROWS);
	}
	sqlite3_close(other);
}

/* ---- checkpoints ---- */

static void *checkpoint_until_stopped(void *arg)
{
	struct context *c = arg;
	sqlite3 *db = open_store(c->store->url, DB_WAL_VFS, LARGE_CACHE);
	while (count(db) < 150 * ROWS) {
		sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	}
	sqlite3_close(db);
	return NULL;
}

static void test_checkpoints_while_writing(void **state)
{
	struct context *c = *state;
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, checkpoint_until_stopped, c), 0);
	for (int i = 1; i <= 150; i++) {
		run_well(c->writer, i % 3 ? LARGE_CACHE : SMALL_CACHE);
		run_well(c->writer, "BEGIN IMMEDIATE");
		run_well(c->writer, add_sql);
		run_well(c->writer, "COMMIT; BEGIN IMMEDIATE");
		run_well(c->writer, add_sql);
		run_well(c->writer, "ROLLBACK");
	}
	pthread_join(thread, NULL);
	check_everywhere(c, 150 * ROWS, 150 * ROWS);
	run_well(c->writer, "PRAGMA wal_checkpoint(TRUNCATE)");
	run_well(c->writer, add_sql);
	check_everywhere(c, 151 * ROWS, 151 * ROWS);
	run_well(c->writer, "VACUUM");
	check_everywhere(c, 151 * ROWS, 151 * ROWS);
}

static void test_leaving_and_entering_wal(void **state)
{
	struct context *c = *state;
	run_well(c->writer, "PRAGMA journal_mode=DELETE");
	run_well(c->writer, add_sql);
	run_well(c->writer, "PRAGMA journal_mode=WAL");
	run_well(c->writer, add_sql);
	check_everywhere(c, 2 * ROWS, 2 * ROWS);
}

/* ---- crashes ---- */

enum end { AFTER_COMMIT, IN_TRANSACTION, KILLED, ENDS };

/* In a child: says the rows committed after each commit, ends without closing anything. */
static void write_and_end(const char *path, int say, enum end how, int transactions)
{
	sqlite3 *db = open_store(path, DB_WAL_VFS, transactions % 2 ? SMALL_CACHE : LARGE_CACHE);
	for (int i = 0; how == KILLED || i < transactions; i++) {
		run_well(db, "BEGIN IMMEDIATE");
		run_well(db, add_sql);
		run_well(db, "COMMIT");
		int64_t rows = count(db);
		if (write(say, &rows, sizeof rows) != sizeof rows)
			break;
	}
	if (how == IN_TRANSACTION) {
		run(db, "BEGIN IMMEDIATE");
		run(db, add_sql);
	}
	_exit(0);
}

/* Returns the rows that the child last said to be committed. */
static int64_t write_in_child(struct context *c, enum end how, int transactions)
{
	int ends[2];
	int64_t rows = -1, said;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0)
		write_and_end(c->store->url, ends[1], how, transactions);
	close(ends[1]);
	for (int i = 0; i < transactions && read(ends[0], &said, sizeof said) == sizeof said; i++)
		rows = said;
	if (how == KILLED)
		kill(child, SIGKILL);
	while (read(ends[0], &said, sizeof said) == sizeof said)
		rows = said;
	waitpid(child, NULL, 0);
	close(ends[0]);
	return rows;
}

static void test_crashes_lose_nothing_committed(void **state)
{
	struct context *c = *state;
	sqlite3_close(c->writer); /* nobody else has the store open */
	for (int i = 0; i < 30; i++) {
		enum end how = i % ENDS;
		int64_t said = write_in_child(c, how, 1 + i / ENDS % 4);
		sqlite3 *db = open_store(c->store->url, NULL, LARGE_CACHE);
		int64_t rows = count(db);
		assert_true(rows == said || (how == KILLED && rows == said + ROWS));
		check_sound(db);
		sqlite3_close(db);
	}
	c->writer = open_store(c->store->url, DB_WAL_VFS, LARGE_CACHE);
}

/* ---- writes that fail ---- */

static const struct failure {
	const char *cache;
	bool once; /* what failed and was dropped must stay failed, though the next write works */
	int error, code;
} failures[] = {
	{LARGE_CACHE, false, ENOSPC, SQLITE_FULL},
	{LARGE_CACHE, true, ENOSPC, SQLITE_FULL},
	{LARGE_CACHE, true, EIO, SQLITE_IOERR},
	{SMALL_CACHE, false, ENOSPC, SQLITE_FULL},
	{SMALL_CACHE, true, ENOSPC, SQLITE_FULL},
	{SMALL_CACHE, true, EFBIG, SQLITE_IOERR},
	{SMALL_CACHE, true, EIO, SQLITE_IOERR},
};

/* Goes on after a failure, as a careless caller would, and returns the first one. */
static int write_carelessly(sqlite3 *db)
{
	static const char *const steps[] = {"BEGIN IMMEDIATE", add_few_sql, touch_sql, pile_sql,
		measure_sql, "UPDATE t SET small = small + 1", touch_sql, "COMMIT"};
	int first = SQLITE_OK;
	for (int i = 0; i < COUNT_OF(steps); i++) {
		int code = run(db, steps[i]);
		first = first ? first : code;
		if (code && sqlite3_get_autocommit(db))
			break; /* SQLite rolled everything back */
	}
	if (!sqlite3_get_autocommit(db))
		run(db, "ROLLBACK");
	return first;
}

/* Every write of a transaction in turn; ends with the one that has no write left to fail. */
static int fail_each_write(struct context *c, const struct failure *f)
{
	for (int at = 1;; at++) {
		int64_t rows = count(c->writer), total = sum(c->writer);
		watch_writes(at, f->once, f->error);
		int code = write_carelessly(c->writer);
		watch_writes(0, false, 0);
		if (!code)
			return at;
		assert_int_equal(code & 0xff, f->code);
		assert_int_equal(count(c->writer), rows);
		assert_int_equal(sum(c->writer), total);
		if (at % 16 == 1)
			check_everywhere(c, rows, total);
	}
}

static void test_a_failed_write_fails_the_transaction(void **state)
{
	struct context *c = *state;
	run_well(c->writer, add_sql);
	for (int i = 0; i < COUNT_OF(failures); i++) {
		run_well(c->writer, failures[i].cache);
		int tried = fail_each_write(c, &failures[i]);
		assert_in_range(tried, 2, 10000);
		check_everywhere(c, count(c->writer), sum(c->writer));
		run_well(c->writer, "PRAGMA wal_checkpoint(TRUNCATE)");
	}
}

/* ---- the engine says what a full disk is, also where a read had to write first ---- */

static struct db_stmt ADD = {"test_add",
	"INSERT INTO t (small, body) SELECT CAST($1 AS BIGINT), randomblob(1000) FROM t", 0};
static struct db_stmt SUM = {
	"test_sum", "SELECT CAST(coalesce(sum(length(body)), 0) AS BIGINT) FROM t", 0};
static struct db_stmt *const stmts[] = {&ADD, &SUM};

static enum err fill(struct tx *tx)
{
	int64_t total;
	enum err e = db_begin_write(tx->db, tx->government);
	if (!e)
		e = db_exec(tx, &ADD, BIND(db_int(1)), NULL);
	if (!e)
		e = db_load(tx, &SUM, BIND(), INTO(to_int64(&total)));
	if (!e)
		e = db_commit(tx->db);
	db_rollback(tx->db);
	return e;
}

/* Returns which write was the first that there was no more. */
static int fill_until_well(struct tx *tx, int error)
{
	for (int at = 1;; at++) {
		watch_writes(at, true, error);
		enum err e = fill(tx);
		watch_writes(0, false, 0);
		if (!e)
			return at;
		assert_int_equal(e, E_STORE_FULL);
	}
}

static void test_full_disk(void **state)
{
	static const int full[] = {ENOSPC, EFBIG, EDQUOT};
	struct context *c = *state;
	const char *why = "";
	run_well(c->writer, add_sql);
	struct db *db = db_open(c->store->url, DB_WRITE, &c->store->arena, &why);
	assert_non_null(db);
	struct tx tx = {.db = db, .arena = &c->store->arena, .government = {1}};
	assert_int_equal(db_script(db, SMALL_CACHE, &c->store->arena, &why), OK);
	for (int i = 0; i < COUNT_OF(full); i++)
		assert_in_range(fill_until_well(&tx, full[i]), 4, 1000);
	watch_writes(3, true, EIO);
	assert_int_equal(fill(&tx), E_STORE);
	db_close(db);
	watch_writes(0, false, 0);
	check_everywhere(c, ROWS << COUNT_OF(full), ROWS << COUNT_OF(full));
}

int main(void)
{
	db_register(stmts, COUNT_OF(stmts));
	db_register_wal_vfs();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_transaction_is_few_writes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_others_see_what_is_committed_and_no_more, setup, teardown),
		cmocka_unit_test_setup_teardown(test_spilled_pages_change_again, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rolled_back_frames_are_gone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_checkpoints_while_writing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_leaving_and_entering_wal, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_crashes_lose_nothing_committed, setup, teardown),
		cmocka_unit_test_setup_teardown(
			test_a_failed_write_fails_the_transaction, setup, teardown),
		cmocka_unit_test_setup_teardown(test_full_disk, setup, teardown),
	};
	return cmocka_run_group_tests_name("db_wal_vfs", tests, NULL, NULL);
}
