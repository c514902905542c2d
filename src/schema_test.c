/* The reader of migrations: what it understands, what it refuses, and that it understands all of
 * ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "platform/slice.h"
#include "schema.h"

#include <string.h>

#define ARENA_BYTES ((size_t)16 << 20)

static bool read_text(struct arena *arena, const char *sql, struct schema *schema, const char **why)
{
	*why = NULL;
	return schema_read(arena, sql, strlen(sql), schema, why);
}

static void test_tables_are_read(void **state)
{
	static const char sql[] =
		"-- a comment; with CREATE TABLE no (x TEXT)\n"
		"CREATE TABLE org_unit (\n"
		"  government_id BIGINT NOT NULL, -- \"tenant\", not (this)\n"
		"  code TEXT NOT NULL DEFAULT 'a, (b)',\n"
		"  one INTEGER NOT NULL CHECK (one IN (1, 2)),\n"
		"  salt BYTEA,\n"
		"  UNIQUE (government_id, code),\n"
		"  PRIMARY KEY (government_id, one)\n"
		") /*sqlite WITHOUT ROWID*/;\n"
		"create index org_unit_code ON org_unit (government_id, code);\n"
		"CREATE UNIQUE INDEX org_unit_one ON org_unit (one);\n"
		"CREATE TABLE trust_old (id BIGINT NOT NULL PRIMARY KEY);\n"
		"DROP TABLE trust_old;\n"
		"DROP INDEX trust_new_state;\n"
		"CREATE TABLE trust_row (id BIGINT NOT NULL PRIMARY KEY, note TEXT);\n"
		"ALTER TABLE trust_row ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0;\n"
		"UPDATE trust_row SET note = 'x; y';\n";
	struct arena arena;
	struct schema schema = {0};
	const char *why;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_true(read_text(&arena, sql, &schema, &why));
	assert_int_equal(schema.tables, 2);
	const struct schema_table *unit = schema_find(&schema, "org_unit"),
				  *row = schema_find(&schema, "trust_row");
	assert_int_equal(unit->columns, 4);
	assert_string_equal(unit->column[1].name, "code");
	assert_int_equal(unit->column[1].type, DB_TEXT);
	assert_int_equal(unit->column[3].type, DB_BYTES);
	assert_int_equal(unit->keys, 2);
	assert_int_equal(unit->key[1], 2);
	assert_int_equal(row->columns, 3);
	assert_int_equal(row->keys, 1);
	assert_string_equal(row->column[2].name, "added_at");
	assert_null(schema_find(&schema, "no"));
	arena_release(&arena);
}

#define ONE_TABLE "CREATE TABLE a (x TEXT, PRIMARY KEY (x));"

static void test_what_is_not_understood_is_refused(void **state)
{
	static const char *const texts[] = {"DROP TABLE a;", "CREATE VIEW a AS SELECT 1;",
		"CREATE TABLE a (x TEXT);", "CREATE TABLE a (x REAL, PRIMARY KEY (x));",
		"CREATE TABLE a (x TEXT, PRIMARY KEY (y));",
		"CREATE TABLE a (x TEXT, PRIMARY KEY (x)", "ALTER TABLE b ADD COLUMN x TEXT;",
		"ALTER TABLE b RENAME TO c;", ONE_TABLE ONE_TABLE, "CREATE TABLE a (TEXT);"};
	struct arena arena;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	for (int i = 0; i < COUNT_OF(texts); i++) {
		struct schema schema = {0};
		const char *why;
		assert_false(read_text(&arena, texts[i], &schema, &why));
		assert_non_null(why);
	}
	arena_release(&arena);
}

static void test_our_migrations_are_understood(void **state)
{
	struct arena arena;
	struct schema schema;
	const char *why = NULL;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	if (!schema_load(&arena, &schema, &why))
		fail_msg("%s", why);
	assert_true(schema.tables > 30);
	const struct schema_table *punch = schema_find(&schema, "attendance_punch");
	assert_non_null(punch);
	assert_int_equal(punch->keys, 4);
	assert_string_equal(punch->column[punch->key[3]].name, "event_id");
	for (int i = 0; i < schema.tables; i++)
		assert_true(schema.table[i].keys > 0 &&
			    schema.table[i].columns >= schema.table[i].keys);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables_are_read),
		cmocka_unit_test(test_what_is_not_understood_is_refused),
		cmocka_unit_test(test_our_migrations_are_understood),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
