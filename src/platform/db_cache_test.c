/*
 * What a connection remembers between transactions: values of a generation (both engines) and
 * records found by key (SQLite), and when it must forget them.
 */
#include "platform/test_store.h"

#define CACHED_GOVERNMENTS 16 /* DB_CACHE_GOVERNMENTS of db_engine.h */

static struct test_store s;

static int open_store(void **state)
{
	(void)state;
	test_store_open(&s, NULL, 0, INT64_C(1763000000000));
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	test_store_close(&s);
	return 0;
}

static void commit_and_begin(void)
{
	assert_int_equal(db_commit(s.db), OK);
	test_store_begin(&s);
}

static void roll_back_and_begin(void)
{
	db_rollback(s.db);
	test_store_begin(&s);
}

/* ---- values of a generation ---- */

static char *cache_text(int64_t government, int64_t generation, const char *text)
{
	struct government_id g = {government};
	char *value = arena_strdup(db_cache_arena(s.db, DB_CACHE_ORG, g), text);

	db_cache_put(s.db, DB_CACHE_ORG, g, generation, value);
	return value;
}

static const char *cached(int64_t government, int64_t generation)
{
	return db_cache_get(s.db, DB_CACHE_ORG, (struct government_id){government}, generation);
}

static void test_value(void **state)
{
	(void)state;
	char *old = cache_text(1, 5, "five");
	assert_string_equal(cached(1, 5), "five");
	assert_null(cached(1, 6));
	assert_null(cached(2, 5));
	assert_null(db_cache_get(s.db, DB_CACHE_BOOK, (struct government_id){1}, 5));
	commit_and_begin();
	old = cache_text(1, 5, "five again");
	cache_text(1, 6, "six");
	assert_string_equal(old, "five again"); /* for whoever holds it in this transaction */
	assert_string_equal(cached(1, 6), "six");
	roll_back_and_begin();
	assert_null(cached(1, 6)); /* it came from rows that are gone */
	cache_text(1, 7, "seven");
	commit_and_begin();
	assert_int_equal(db_savepoint(s.db), OK);
	cache_text(2, 1, "two");
	db_rollback_to(s.db);
	assert_null(cached(2, 1));
	assert_string_equal(cached(1, 7), "seven");
}

static void test_values_are_bounded(void **state)
{
	(void)state;
	for (int64_t g = 1; g <= CACHED_GOVERNMENTS; g++)
		cache_text(g, 1, "x");
	cache_text(1, 2, "renewed");
	cache_text(100, 1, "one more");
	assert_string_equal(cached(1, 2), "renewed");
	assert_null(cached(2, 1)); /* the oldest */
	assert_string_equal(cached(3, 1), "x");
	assert_string_equal(cached(100, 1), "one more");
}

/* ---- records found by key ---- */

struct service_key {
	int64_t employee, generation;
};

static void remember(int64_t employee, int64_t value)
{
	const struct service_key key = {employee, 1};

	db_remember(&s.tx, DB_RECALL_SERVICE, &key, &value);
}

/* The remembered value, or -1. */
static int64_t recalled(int64_t employee)
{
	const struct service_key key = {employee, 1};
	int64_t value = -1;

	return db_recall(&s.tx, DB_RECALL_SERVICE, &key, &value) ? value : -1;
}

static void test_record(void **state)
{
	(void)state;
	commit_and_begin();
	assert_int_equal(recalled(1), -1);
	remember(1, 10);
	remember(2, 20);
	assert_int_equal(recalled(1), 10);
	commit_and_begin();
	assert_int_equal(recalled(2), 20);
	remember(1, 11);
	assert_int_equal(recalled(1), 11);
	db_forget(&s.tx, DB_RECALL_SERVICE, &(struct service_key){1, 1});
	assert_int_equal(recalled(1), -1);
	assert_int_equal(recalled(2), 20);
	s.tx.government.v = 8;
	assert_int_equal(recalled(2), -1);
	s.tx.government.v = 7;
	db_forget_all(&s.tx, DB_RECALL_SERVICE);
	assert_int_equal(recalled(2), -1);
}

static void test_record_is_lost_with_what_was_written(void **state)
{
	(void)state;
	commit_and_begin();
	remember(1, 10);
	commit_and_begin();
	roll_back_and_begin(); /* nothing was written: what was read still holds */
	assert_int_equal(recalled(1), 10);
	assert_int_equal(platform_raise_generation(&s.tx), OK);
	roll_back_and_begin();
	assert_int_equal(recalled(1), -1);
	remember(1, 10);
	commit_and_begin();
	assert_int_equal(db_savepoint(s.db), OK);
	db_rollback_to(s.db);
	assert_int_equal(recalled(1), -1);
}

static void test_record_is_lost_when_another_wrote(void **state)
{
	const char *why = "";
	struct db *other = db_open(test_store_held.fixture->url, DB_WRITE, &s.arena, &why);
	struct tx theirs = {.db = other, .arena = &s.arena, .government = {7}};

	(void)state;
	assert_non_null(other);
	remember(1, 10);
	commit_and_begin();
	assert_int_equal(recalled(1), 10);
	assert_int_equal(db_commit(s.db), OK);
	assert_int_equal(db_begin_write(other, theirs.government), OK);
	assert_int_equal(platform_raise_generation(&theirs), OK);
	assert_int_equal(db_commit(other), OK);
	test_store_begin(&s);
	assert_int_equal(recalled(1), -1);
	db_close(other);
}

static void test_reader_has_no_record(void **state)
{
	(void)state;
	remember(1, 10);
	assert_int_equal(db_commit(s.db), OK);
	assert_int_equal(db_begin_read(s.db, 0), OK);
	assert_int_equal(recalled(1), -1);
	remember(1, 11);
	db_rollback(s.db);
	test_store_begin(&s);
	assert_int_equal(recalled(1), 10);
}

/* More than there is room for: some are given up, none is wrong. */
static void test_records_are_bounded(void **state)
{
	const int64_t people = 100000;
	int64_t kept = 0;

	(void)state;
	commit_and_begin();
	for (int64_t i = 1; i <= people; i++)
		remember(i, i * 3);
	for (int64_t i = 1; i <= people; i++) {
		const int64_t value = recalled(i);

		assert_true(value == -1 || value == i * 3);
		kept += value != -1;
	}
	assert_true(kept > 40000 && kept <= 65536);
	assert_int_equal(recalled(people), people * 3);
}

static void test_postgres_remembers_nothing(void **state)
{
	(void)state;
	remember(1, 10);
	assert_int_equal(recalled(1), -1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void)
{
	const struct CMUnitTest sqlite[] = {
		CASE(test_value),
		CASE(test_values_are_bounded),
		CASE(test_record),
		CASE(test_record_is_lost_with_what_was_written),
		CASE(test_record_is_lost_when_another_wrote),
		CASE(test_reader_has_no_record),
		CASE(test_records_are_bounded),
	};
	const struct CMUnitTest postgres[] = {
		CASE(test_value),
		CASE(test_values_are_bounded),
		CASE(test_postgres_remembers_nothing),
	};

	test_store_failed = cmocka_run_group_tests_name("on sqlite", sqlite, NULL, NULL);
	test_store_engine = DB_POSTGRES;
	test_store_failed += cmocka_run_group_tests_name(
		"on postgres", postgres, NULL, test_store_end);
	return test_store_failed;
}
