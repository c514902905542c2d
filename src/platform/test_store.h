/*
 * For tests of slices: a store of its own for each test, migrated, with one government, open for
 * writing.
 *
 * A test writes through `s.tx` as a handler would; test_store_project runs the projections of the
 * slices given and commits, as the committer does at the end of a batch. TEST_STORE_RUN runs a
 * group of tests on both engines, one after the other.
 */
#ifndef LUWES_PLATFORM_TEST_STORE_H
#define LUWES_PLATFORM_TEST_STORE_H

#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* Engine of the stores opened from now on. */
static enum db_engine test_store_engine = DB_SQLITE;
static __attribute__((unused)) int test_store_failed;

/* One after the other: the order of the two sides of a sum is the compiler's. */
#define TEST_STORE_RUN(tests)                                                                      \
	(test_store_engine = DB_SQLITE,                                                            \
		test_store_failed = cmocka_run_group_tests_name("on sqlite", tests, NULL, NULL),   \
		test_store_engine = DB_POSTGRES,                                                   \
		test_store_failed += cmocka_run_group_tests_name(                                  \
			"on postgres", tests, NULL, test_store_end))

struct test_store {
	struct arena arena;
	struct db *db;
	struct tx tx;
	const struct slice *const *slices;
	int slice_count;
};

/* What the test under way holds open. A failed test does not come to its end: the next one closes
 * it, lest its lock hold up everybody. */
static struct {
	struct db *db;
	struct store_fixture *fixture;
} test_store_held;

static inline void test_store_let_go(void)
{
	if (test_store_held.db) {
		db_rollback(test_store_held.db);
		db_close(test_store_held.db);
	}
	if (test_store_held.fixture)
		fixture_close(test_store_held.fixture);
	test_store_held.db = NULL;
	test_store_held.fixture = NULL;
}

static inline void test_store_check(const struct test_store *s, enum err e)
{
	if (e)
		fail_msg("test store: %s: %s", err_code(e), db_message(s->db));
}

static inline void test_store_begin(struct test_store *s)
{
	test_store_check(s, db_begin_write(s->db, s->tx.government));
	s->tx.changes = changes_new(&s->arena);
}

/* Ends the batch: projections in order, COMMIT; a new one begins. */
static inline void test_store_project(struct test_store *s)
{
	for (int i = 0; i < s->slice_count; i++)
		if (s->slices[i]->project)
			test_store_check(s, s->slices[i]->project(&s->tx));
	test_store_check(s, db_commit(s->db));
	test_store_begin(s);
}

static inline void test_store_add_government(struct test_store *s)
{
	const struct government g = {
		.id = s->tx.government,
		.code = "jabar",
		.name = "Pemerintah Provinsi Jawa Barat",
		.short_name = "Jawa Barat",
		.kind = GOVERNMENT_PROVINCE,
		.zone = ZONE_WIB,
		.board_label = "BKD",
		.agency_label = "Perangkat daerah",
		.head_label = "Gubernur",
	};
	test_store_check(s, platform_add_government(&s->tx, &g));
}

/* `slices` in the order their projections run. */
static inline void test_store_open(
	struct test_store *s, const struct slice *const *slices, int slice_count, int64_t now_ms)
{
	const char *why = "";
	int applied;
	test_store_let_go();
	*s = (struct test_store){.slices = slices, .slice_count = slice_count};
	arena_init(&s->arena, (size_t)256 * 1024 * 1024);
	platform_db_register();
	for (int i = 0; i < slice_count; i++)
		db_register(slices[i]->stmts, slices[i]->stmt_count);
	test_store_held.fixture = fixture_open(test_store_engine);
	if (!test_store_held.fixture)
		fail_msg("test store: no store of this engine");
	test_store_held.db = s->db = db_open(
		test_store_held.fixture->url, DB_WRITE, &s->arena, &why);
	if (!s->db || migrate_run(s->db, &s->arena, &applied, &why))
		fail_msg("test store: %s", why);
	s->tx = (struct tx){.db = s->db, .arena = &s->arena, .government = {7}, .now_ms = now_ms};
	test_store_begin(s);
	test_store_add_government(s);
}

static inline void test_store_close(struct test_store *s)
{
	test_store_let_go();
	arena_release(&s->arena);
}

/* Teardown of the last group. */
static inline int test_store_end(void **state)
{
	(void)state;
	test_store_let_go();
	fixture_end();
	return 0;
}

#endif
