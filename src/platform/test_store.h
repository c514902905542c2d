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
#include "platform/keys.h"
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

/* Migrating takes longer than most tests: it happens once for each engine and program. What comes
 * out is kept, and every test begins with it. */
static struct {
	struct store_fixture *sqlite;   /* a file, copied */
	struct store_fixture *postgres; /* a schema, brought back to what it was */
} test_store_kept;

static inline void test_store_let_go(void)
{
	if (test_store_held.db) {
		db_rollback(test_store_held.db);
		db_close(test_store_held.db);
	}
	if (test_store_held.fixture && test_store_held.fixture != test_store_kept.postgres)
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

static inline struct store_fixture *test_store_migrate(struct test_store *s, enum db_engine engine)
{
	struct store_fixture *f = fixture_open(engine);
	const char *why = "no store of this engine";
	int applied;
	struct db *db = f ? db_open(f->url, DB_WRITE, &s->arena, &why) : NULL;
	if (!db || migrate_run(db, &s->arena, &applied, &why))
		fail_msg("test store: %s", why);
	db_close(db);
	return f;
}

static inline struct store_fixture *test_store_copy_sqlite(struct test_store *s)
{
	struct store_fixture *f = fixture_open(DB_SQLITE);
	char command[1200], ignored[8];
	if (!test_store_kept.sqlite)
		test_store_kept.sqlite = test_store_migrate(s, DB_SQLITE);
	snprintf(command, sizeof command, "cp %s %s", test_store_kept.sqlite->url, f ? f->url : "");
	if (!f || !fixture_shell(command, ignored, sizeof ignored))
		fail_msg("test store: the migrated store cannot be copied");
	return f;
}

/* Beside each table that migrations filled, a copy in a schema of copies. */
static const char test_store_keep_sql[] =
	"DO $$ DECLARE t record; BEGIN"
	" EXECUTE format('CREATE SCHEMA %I', current_schema() || '_kept');"
	" FOR t IN SELECT relname AS name FROM pg_class WHERE relnamespace ="
	"   current_schema()::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0 LOOP"
	"  EXECUTE format('CREATE TABLE %I.%I AS TABLE %I', current_schema() || '_kept', t.name,"
	"   t.name);"
	" END LOOP; END $$";

/* Tables that were not written to have no pages. */
static const char test_store_restore_sql[] =
	"DO $$ DECLARE t record; kept text := current_schema() || '_kept'; written text; BEGIN"
	" SELECT string_agg(quote_ident(relname), ', ') INTO written FROM pg_class"
	"  WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
	"  AND pg_relation_size(oid) > 0;"
	" EXECUTE 'TRUNCATE ' || written || ' CASCADE';"
	" FOR t IN SELECT relname AS name FROM pg_class WHERE relnamespace = kept::regnamespace "
	"LOOP"
	"  EXECUTE format('INSERT INTO %I TABLE %I.%I', t.name, kept, t.name);"
	" END LOOP; END $$";

static inline struct store_fixture *test_store_restore_postgres(struct test_store *s)
{
	bool is_new = !test_store_kept.postgres;
	if (is_new)
		test_store_kept.postgres = test_store_migrate(s, DB_POSTGRES);
	if (!fixture_postgres_run_in(test_store_kept.postgres->url,
		    is_new ? test_store_keep_sql : test_store_restore_sql))
		fail_msg("test store: the migrated schema cannot be restored");
	return test_store_kept.postgres;
}

/* `slices` in the order their projections run. */
static inline void test_store_open(
	struct test_store *s, const struct slice *const *slices, int slice_count, int64_t now_ms)
{
	const char *why = "";
	test_store_let_go();
	*s = (struct test_store){.slices = slices, .slice_count = slice_count};
	keys_draw();
	arena_init(&s->arena, (size_t)256 * 1024 * 1024);
	platform_db_register();
	for (int i = 0; i < slice_count; i++)
		db_register(slices[i]->stmts, slices[i]->stmt_count);
	test_store_held.fixture = test_store_engine == DB_SQLITE ? test_store_copy_sqlite(s)
								 : test_store_restore_postgres(s);
	test_store_held.db = s->db = db_open(
		test_store_held.fixture->url, DB_WRITE, &s->arena, &why);
	if (!s->db)
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
	if (test_store_kept.sqlite)
		fixture_close(test_store_kept.sqlite);
	if (test_store_kept.postgres)
		fixture_close(test_store_kept.postgres);
	fixture_end();
	return 0;
}

#endif
