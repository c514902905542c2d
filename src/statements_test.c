/*
 * Every statement of the program, prepared on both engines over a freshly migrated store, so that
 * no SQL text is ever met for the first time in production. On PostgreSQL the columns must also be
 * of the types the store can read: sum() of a BIGINT, for example, is numeric there and must be
 * cast.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/store_fixture.h"
#include "routes.h"

#include <sqlite3.h>
#include <string.h>

static struct db *open_migrated(struct store_fixture *f)
{
	const char *why = "";
	int applied;
	struct db *db = db_open(f->url, DB_WRITE, &f->arena, &why);
	if (!db || migrate_run(db, &f->arena, &applied, &why))
		fail_msg("%s", why);
	return db;
}

/* Prepares all and names each that fails. */
static void check_prepares(enum db_engine engine)
{
	struct store_fixture *f = fixture_open(engine);
	struct db_stmt *const *list;
	int failed = 0;
	assert_non_null(f);
	struct db *db = open_migrated(f); /* which registers its own */
	int count = db_registered(&list);
	assert_true(count > 0);
	for (int i = 0; i < count; i++) {
		const char *why = "";
		if (db_prepare(db, list[i], &f->arena, &why)) {
			print_error("%s\n", why);
			failed++;
		}
	}
	db_close(db);
	fixture_close(f);
	if (failed)
		fail_msg("%d of %d statements cannot be prepared", failed, count);
}

static void test_sqlite_prepares_all(void **state)
{
	(void)state;
	check_prepares(DB_SQLITE);
}

static void test_postgres_prepares_all(void **state)
{
	(void)state;
	check_prepares(DB_POSTGRES);
}

/* bool, bytea, bigint, smallint, integer, text: what db_postgres.c reads */
static bool is_readable(Oid type)
{
	return type == 16 || type == 17 || type == 20 || type == 21 || type == 23 || type == 25;
}

static int count_unreadable(PGconn *connection, const struct db_stmt *stmt)
{
	int bad = 0;
	PQclear(PQprepare(connection, stmt->name, stmt->sql, 0, NULL));
	PGresult *shape = PQdescribePrepared(connection, stmt->name);
	for (int i = 0; i < PQnfields(shape); i++) {
		if (is_readable(PQftype(shape, i)))
			continue;
		print_error("%s: column %d (%s) has type %u\n", stmt->name, i + 1,
			PQfname(shape, i), PQftype(shape, i));
		bad++;
	}
	PQclear(shape);
	return bad;
}

static void test_columns_are_of_types_we_read(void **state)
{
	struct store_fixture *f = fixture_open(DB_POSTGRES);
	struct db_stmt *const *list;
	int bad = 0;
	(void)state;
	assert_non_null(f);
	db_close(open_migrated(f));
	int count = db_registered(&list);
	PGconn *connection = PQconnectdb(f->url);
	assert_int_equal(PQstatus(connection), CONNECTION_OK);
	for (int i = 0; i < count; i++)
		bad += count_unreadable(connection, list[i]);
	PQfinish(connection);
	fixture_close(f);
	assert_int_equal(bad, 0);
}

/* SQLite makes a Bloom filter by walking a whole table: for a statement that reads a page of people
 * that is never worth it. The estimates of migrate.c keep it from trying. */
static int count_walks(sqlite3 *store, const struct db_stmt *stmt)
{
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", stmt->sql);
	sqlite3_stmt *plan = NULL;
	int walks = 0;
	assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &plan, NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);
		if (strstr(step, "BLOOM FILTER")) {
			print_error("%s: %s\n", stmt->name, step);
			walks++;
		}
	}
	sqlite3_finalize(plan);
	sqlite3_free(sql);
	return walks;
}

static void test_no_plan_walks_a_table_to_filter(void **state)
{
	struct store_fixture *f = fixture_open(DB_SQLITE);
	struct db_stmt *const *list;
	sqlite3 *store;
	int walks = 0;
	(void)state;
	assert_non_null(f);
	db_close(open_migrated(f));
	int count = db_registered(&list);
	assert_int_equal(sqlite3_open_v2(f->url, &store, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (int i = 0; i < count; i++)
		walks += count_walks(store, list[i]);
	sqlite3_close(store);
	fixture_close(f);
	assert_int_equal(walks, 0);
}

/* Lists without a bound of days look only where something waits, or is noted: in an index that
 * holds nothing else. */
static const struct {
	const char *stmt, *index;
} narrow[] = {
	{"reports_list_team_waiting", "COVERING INDEX reports_daily_waiting"},
	{"reports_list_led", "COVERING INDEX reports_daily_waiting"},
	{"reports_list_waiting", "COVERING INDEX reports_daily_waiting"},
	{"reports_list_own_unread", "COVERING INDEX reports_daily_noted"},
	{"reports_list_team_unread", "COVERING INDEX reports_daily_noted"},
	{"reports_list_led_unread", "COVERING INDEX reports_daily_noted"},
};

static bool uses(sqlite3 *store, const struct db_stmt *stmt, const char *index)
{
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", stmt->sql);
	sqlite3_stmt *plan = NULL;
	bool found = false;
	assert_int_equal(sqlite3_prepare_v2(store, sql, -1, &plan, NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW)
		found |= strstr((const char *)sqlite3_column_text(plan, 3), index) != NULL;
	sqlite3_finalize(plan);
	sqlite3_free(sql);
	return found;
}

static void test_what_waits_is_found_by_its_index(void **state)
{
	struct store_fixture *f = fixture_open(DB_SQLITE);
	struct db_stmt *const *list;
	sqlite3 *store;
	(void)state;
	assert_non_null(f);
	db_close(open_migrated(f));
	int count = db_registered(&list), seen = 0;
	assert_int_equal(sqlite3_open_v2(f->url, &store, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (int n = 0; n < (int)(sizeof(narrow) / sizeof(*narrow)); n++)
		for (int i = 0; i < count; i++) {
			if (strcmp(list[i]->name, narrow[n].stmt) != 0)
				continue;
			seen++;
			if (!uses(store, list[i], narrow[n].index))
				fail_msg("%s: not by %s", narrow[n].stmt, narrow[n].index);
		}
	sqlite3_close(store);
	fixture_close(f);
	assert_int_equal(seen, sizeof(narrow) / sizeof(*narrow));
}

static int begin_group(void **state)
{
	(void)state;
	log_set_level(LOG_ERROR);
	luwes_wire();
	return 0;
}

static int end_group(void **state)
{
	(void)state;
	fixture_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sqlite_prepares_all),
		cmocka_unit_test(test_no_plan_walks_a_table_to_filter),
		cmocka_unit_test(test_what_waits_is_found_by_its_index),
		cmocka_unit_test(test_postgres_prepares_all),
		cmocka_unit_test(test_columns_are_of_types_we_read),
	};
	return cmocka_run_group_tests_name("statements", tests, begin_group, end_group);
}
