/*
 * The store, every case on both engines: values, savepoints, rows, deadlines, migrations,
 * what happens when the disk is full or the connection is lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/str.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/store_fixture.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define GOVERNMENT ((struct government_id){7})

/* ---- the table and the statements of these tests ---- */

static const char table_sql[] =
	"CREATE TABLE test_row (government_id BIGINT NOT NULL, id BIGINT NOT NULL, small INTEGER,"
	" flag INTEGER, body TEXT, raw BYTEA, PRIMARY KEY (government_id, id)) /*sqlite WITHOUT "
	"ROWID*/";

static struct db_stmt ADD = {"test_add",
	"INSERT INTO test_row (government_id, id, small, flag, body, raw) VALUES ($1, $2, $3, $4, "
	"$5, $6)",
	0};
static struct db_stmt ADD_ONCE = {"test_add_once",
	"INSERT INTO test_row (government_id, id) VALUES ($1, $2) ON CONFLICT (government_id, id) "
	"DO NOTHING",
	0};
static struct db_stmt LOAD = {"test_load",
	"SELECT id, small, flag, body, raw FROM test_row WHERE government_id = $1 AND id = $2", 0};
static struct db_stmt COUNT = {
	"test_count", "SELECT count(*) FROM test_row WHERE government_id = $1", 0};
static struct db_stmt LIST = {
	"test_list", "SELECT id FROM test_row WHERE government_id = $1 ORDER BY id", 0};
static struct db_stmt LOAD_BODY = {
	"test_load_body", "SELECT body FROM test_row WHERE government_id = $1", 0};
static struct db_stmt SHUFFLED = {"test_shuffled",
	"SELECT CAST($2 AS BIGINT), CAST($1 AS BIGINT), '$1 it''s $2', CAST($2 AS BIGINT) -- $3\n "
	"/* $4 */",
	0};
static struct db_stmt LONG = {"test_long",
	"WITH RECURSIVE c (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM c WHERE n < "
	"$1)"
	" SELECT count(*) FROM c",
	0};
static struct db_stmt UPDATE_ALL = {
	"test_update_all", "UPDATE test_row SET small = $2 WHERE government_id = $1", 0};
static struct db_stmt ADD_RETURNING = {"test_add_returning",
	"INSERT INTO test_row (government_id, id) VALUES ($1, $2) RETURNING id", 0};
static struct db_stmt WRONG = {"test_wrong", "SELECT missing FROM nowhere", 0};

static struct db_stmt *const stmts[] = {&ADD, &ADD_ONCE, &LOAD, &COUNT, &LIST, &LOAD_BODY,
	&SHUFFLED, &LONG, &UPDATE_ALL, &ADD_RETURNING, &WRONG};

struct context {
	struct store_fixture *store;
	struct db *db;
	struct tx tx;
};

static struct db *open_or_fail(struct context *c, enum db_mode mode)
{
	const char *why = "";
	struct db *db = db_open(c->store->url, mode, &c->store->arena, &why);
	if (!db)
		fail_msg("%s", why);
	return db;
}

static void run_script(struct context *c, const char *sql)
{
	const char *why = "";
	char *adapted = db_adapt_script(c->store->engine, sql, strlen(sql));
	assert_int_equal(db_begin_write(c->db, GOVERNMENT), OK);
	if (db_script(c->db, adapted, &c->store->arena, &why))
		fail_msg("%s", why);
	assert_int_equal(db_commit(c->db), OK);
	free(adapted);
}

static int setup(void **state, enum db_engine engine)
{
	struct context *c = calloc(1, sizeof *c);
	assert_non_null(c);
	log_set_level(LOG_ERROR);
	db_register(stmts, COUNT_OF(stmts));
	c->store = fixture_open(engine);
	assert_non_null(c->store);
	c->db = open_or_fail(c, DB_WRITE);
	c->tx = (struct tx){.db = c->db, .arena = &c->store->arena, .government = GOVERNMENT};
	run_script(c, table_sql);
	*state = c;
	return 0;
}

static int setup_sqlite(void **state)
{
	return setup(state, DB_SQLITE);
}

static int setup_postgres(void **state)
{
	return setup(state, DB_POSTGRES);
}

static int teardown(void **state)
{
	struct context *c = *state;
	db_close(c->db);
	fixture_close(c->store);
	free(c);
	return 0;
}

/* ---- helpers: one row, how many rows ---- */

static enum err add(struct tx *tx, int64_t id)
{
	return db_exec(tx, &ADD,
		BIND(db_int(GOVERNMENT.v), db_int(id), db_null(), db_null(), db_null(), db_null()),
		NULL);
}

static int64_t count(struct tx *tx)
{
	int64_t n = -1;
	assert_int_equal(db_load(tx, &COUNT, BIND(db_int(GOVERNMENT.v)), INTO(to_int64(&n))), OK);
	return n;
}

static int64_t count_stored(struct context *c)
{
	assert_int_equal(db_begin_read(c->db, 0), OK);
	int64_t n = count(&c->tx);
	db_rollback(c->db);
	return n;
}

static void begin(struct context *c)
{
	assert_int_equal(db_begin_write(c->db, GOVERNMENT), OK);
}

/* ---- values ---- */

struct values {
	int64_t id;
	int32_t small;
	bool flag;
	const char *body;
	struct bytes raw;
};

static const struct values value_cases[] = {
	{1, 0, false, NULL, {NULL, 0}},
	{INT64_MAX, INT32_MAX, true, "", {(const uint8_t *)"", 0}},
	{INT64_MIN, INT32_MIN, false, "Jalan Dipati Ukur \xc3\xa9\xe2\x82\xac'\"\\;--",
		{(const uint8_t *)"\0\xff'\0", 4}},
	{-1, -1, true, "$1 ?1 %s", {(const uint8_t *)"\\x41", 4}},
};

static void check_values(struct tx *tx, const struct values *v)
{
	struct values got = {.small = 99, .flag = true, .body = "x"};
	assert_int_equal(db_load(tx, &LOAD, BIND(db_int(GOVERNMENT.v), db_int(v->id)),
				 INTO(to_int64(&got.id), to_int32(&got.small), to_bool(&got.flag),
					 to_text(&got.body), to_bytes(&got.raw))),
		OK);
	assert_true(got.id == v->id && got.small == v->small && got.flag == v->flag);
	assert_true(str_eq(got.body, v->body));
	assert_true(!got.raw.p == !v->raw.p && got.raw.n == v->raw.n);
	assert_true(v->raw.n == 0 || !memcmp(got.raw.p, v->raw.p, v->raw.n));
}

static void test_values(void **state)
{
	struct context *c = *state;
	begin(c);
	for (int i = 0; i < COUNT_OF(value_cases); i++) {
		const struct values *v = &value_cases[i];
		int64_t rows = 0;
		assert_int_equal(db_exec(&c->tx, &ADD,
					 BIND(db_int(GOVERNMENT.v), db_int(v->id), db_int(v->small),
						 db_int(v->flag), db_text(v->body),
						 db_bytes(v->raw.p, v->raw.n)),
					 &rows),
			OK);
		assert_int_equal(rows, 1);
		check_values(&c->tx, v);
	}
	assert_int_equal(db_commit(c->db), OK);
	assert_int_equal(db_begin_read(c->db, 0), OK);
	for (int i = 0; i < COUNT_OF(value_cases); i++)
		check_values(&c->tx, &value_cases[i]);
	db_rollback(c->db);
}

static void test_null_integer_reads_zero(void **state)
{
	struct context *c = *state;
	int64_t id;
	int32_t small = 5;
	bool flag = true;
	const char *body;
	struct bytes raw;
	begin(c);
	assert_int_equal(add(&c->tx, 4), OK);
	assert_int_equal(db_load(&c->tx, &LOAD, BIND(db_int(GOVERNMENT.v), db_int(4)),
				 INTO(to_int64(&id), to_int32(&small), to_bool(&flag),
					 to_text(&body), to_bytes(&raw))),
		OK);
	assert_true(small == 0 && !flag && !body && !raw.p);
	db_rollback(c->db);
}

/* ---- parameters ---- */

static void test_rewriting(void **state)
{
	static const struct {
		const char *sql, *expected;
	} cases[] = {
		{"SELECT $1", "SELECT ?1"},
		{"SELECT $2, $1, $2, $12", "SELECT ?2, ?1, ?2, ?12"},
		{"SELECT '$1', $1", "SELECT '$1', ?1"},
		{"SELECT 'it''s $1', $2", "SELECT 'it''s $1', ?2"},
		{"SELECT \"$1\", $1", "SELECT \"$1\", ?1"},
		{"-- $1\nSELECT $1", "-- $1\nSELECT ?1"},
		{"/* $1 ' */ SELECT $1", "/* $1 ' */ SELECT ?1"},
		{"SELECT a$1, $x, $0", "SELECT a?1, $x, $0"},
		{"SELECT '$1", "SELECT '$1"},
		{"SELECT 1 -- $1", "SELECT 1 -- $1"},
		{"/* $1", "/* $1"},
		{"", ""},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		char *got = db_number_parameters(cases[i].sql);
		assert_string_equal(got, cases[i].expected);
		free(got);
	}
}

static void test_adapting(void **state)
{
	static const char sql[] =
		"CREATE TABLE t (a BYTEA /* keep */) /*sqlite WITHOUT ROWID*/; -- x";
	(void)state;
	char *sqlite = db_adapt_script(DB_SQLITE, sql, strlen(sql));
	char *postgres = db_adapt_script(DB_POSTGRES, sql, strlen(sql));
	assert_string_equal(sqlite, "CREATE TABLE t (a BLOB /* keep */) WITHOUT ROWID; -- x");
	assert_string_equal(postgres, sql);
	free(sqlite);
	free(postgres);
}

static void test_parameters_bind_by_number(void **state)
{
	struct context *c = *state;
	int64_t first, second, third;
	const char *text;
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(db_load(&c->tx, &SHUFFLED, BIND(db_int(11), db_int(22)),
				 INTO(to_int64(&first), to_int64(&second), to_text(&text),
					 to_int64(&third))),
		OK);
	assert_true(first == 22 && second == 11 && third == 22);
	assert_string_equal(text, "$1 it's $2");
	db_rollback(c->db);
}

/* ---- what is a bug answers E_INTERNAL and spoils its savepoint ---- */

static void test_misuse(void **state)
{
	struct context *c = *state;
	int64_t n, m;
	int32_t narrow;
	const char *text;
	assert_int_equal(add(&c->tx, 1), E_INTERNAL); /* outside a transaction */
	begin(c);
	assert_int_equal(add(&c->tx, INT64_MAX), OK);
	assert_int_equal(add(&c->tx, 2), OK);
	const struct {
		struct db_stmt *stmt;
		struct db_into into;
	} cases[] = {
		{&LIST, INTO(to_int64(&n))},                /* more than one row */
		{&COUNT, INTO(to_int64(&n), to_int64(&m))}, /* columns */
		{&COUNT, INTO(to_text(&text))},             /* type */
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(db_savepoint(c->db), OK);
		assert_int_equal(
			db_load(&c->tx, cases[i].stmt, BIND(db_int(GOVERNMENT.v)), cases[i].into),
			E_INTERNAL);
		db_rollback_to(c->db);
	}
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(
		db_load(&c->tx, &COUNT, BIND(), INTO(to_int64(&n))), E_INTERNAL); /* values */
	db_rollback_to(c->db);
	assert_int_equal(db_savepoint(c->db), OK);
	struct db_rows r;
	db_query(&c->tx, &LIST, BIND(db_int(GOVERNMENT.v)), &r);
	assert_true(db_next(&r, INTO(to_int32(&narrow))));
	assert_false(db_next(&r, INTO(to_int32(&narrow)))); /* the largest int64 in an int32 */
	assert_int_equal(db_end(&r), E_INTERNAL);
	db_rollback_to(c->db);
	assert_int_equal(count(&c->tx), 2);
	db_rollback(c->db);
}

static void test_not_found(void **state)
{
	struct context *c = *state;
	const char *body;
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(
		db_load(&c->tx, &LOAD_BODY, BIND(db_int(GOVERNMENT.v)), INTO(to_text(&body))),
		E_NOT_FOUND);
	assert_int_equal(count(&c->tx), 0); /* and spoils nothing */
	db_rollback(c->db);
}

static void test_prepare_reports(void **state)
{
	struct context *c = *state;
	const char *why = NULL;
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(db_prepare(c->db, &LOAD, &c->store->arena, &why), OK);
	assert_int_equal(db_prepare(c->db, &WRONG, &c->store->arena, &why), E_INTERNAL);
	assert_non_null(strstr(why, "nowhere"));
	db_rollback(c->db);
}

/* ---- savepoints ---- */

static void test_savepoint_isolates_a_constraint(void **state)
{
	struct context *c = *state;
	begin(c);
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(add(&c->tx, 1), OK);
	assert_int_equal(db_release(c->db), OK);
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(add(&c->tx, 2), OK);
	assert_int_equal(add(&c->tx, 1), E_INTERNAL); /* twice the same key */
	assert_int_equal(add(&c->tx, 3), E_INTERNAL); /* the savepoint is spoiled on both engines */
	assert_int_equal(db_release(c->db), E_INTERNAL);
	db_rollback_to(c->db);
	assert_int_equal(db_broken(c->db), OK);
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(add(&c->tx, 4), OK);
	assert_int_equal(db_release(c->db), OK);
	assert_int_equal(db_commit(c->db), OK);
	assert_int_equal(count_stored(c), 2);
}

static void test_savepoints_nest(void **state)
{
	struct context *c = *state;
	begin(c);
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(add(&c->tx, 1), OK);
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(add(&c->tx, 2), OK);
	db_rollback_to(c->db);
	assert_int_equal(count(&c->tx), 1);
	assert_int_equal(db_release(c->db), OK);
	assert_int_equal(db_commit(c->db), OK);
	assert_int_equal(count_stored(c), 1);
}

static void test_overlooked_failure_commits_nothing(void **state)
{
	struct context *c = *state;
	begin(c);
	assert_int_equal(add(&c->tx, 1), OK);
	assert_int_equal(add(&c->tx, 1), E_INTERNAL);
	assert_int_equal(db_commit(c->db), E_INTERNAL);
	assert_int_equal(count_stored(c), 0);
}

static void test_on_conflict(void **state)
{
	struct context *c = *state;
	int64_t rows = -1;
	begin(c);
	assert_int_equal(
		db_exec(&c->tx, &ADD_ONCE, BIND(db_int(GOVERNMENT.v), db_int(1)), &rows), OK);
	assert_int_equal(rows, 1);
	assert_int_equal(
		db_exec(&c->tx, &ADD_ONCE, BIND(db_int(GOVERNMENT.v), db_int(1)), &rows), OK);
	assert_int_equal(rows, 0);
	assert_int_equal(add(&c->tx, 2), OK);
	assert_int_equal(
		db_exec(&c->tx, &UPDATE_ALL, BIND(db_int(GOVERNMENT.v), db_int(3)), &rows), OK);
	assert_int_equal(rows, 2);
	int64_t id = 0;
	assert_int_equal(db_load(&c->tx, &ADD_RETURNING, BIND(db_int(GOVERNMENT.v), db_int(9)),
				 INTO(to_int64(&id))),
		OK);
	assert_int_equal(id, 9);
	assert_int_equal(db_commit(c->db), OK);
	assert_int_equal(count_stored(c), 3);
}

/* ---- rows ---- */

static void add_some(struct context *c, int n)
{
	begin(c);
	for (int i = 1; i <= n; i++)
		assert_int_equal(add(&c->tx, i), OK);
	assert_int_equal(db_commit(c->db), OK);
}

/* More rows than travel together; what stands already is no failure, a broken constraint is, and
 * then nothing of them is left and the connection goes on. */
static void test_many_at_once(void **state)
{
	enum { MANY = 600 };
	struct context *c = *state;
	struct db_value v[MANY * 2];
	int64_t rows = -1;

	begin(c);
	for (int i = 0; i < MANY; i++) {
		v[2 * i] = db_int(GOVERNMENT.v);
		v[2 * i + 1] = db_int(1 + i);
	}
	assert_int_equal(add(&c->tx, 300), OK);
	assert_int_equal(db_exec_many(&c->tx, &ADD_ONCE, (struct db_bind){v, 2}, MANY, &rows), OK);
	assert_int_equal(rows, MANY - 1);
	assert_int_equal(count(&c->tx), MANY);
	assert_int_equal(db_exec_many(&c->tx, &ADD_ONCE, (struct db_bind){v, 2}, 0, &rows), OK);
	assert_int_equal(rows, 0);

	for (int i = 0; i < MANY; i++)
		v[2 * i + 1] = i == 400 ? db_null() : db_int(10000 + i);
	assert_int_equal(db_savepoint(c->db), OK);
	assert_int_equal(
		db_exec_many(&c->tx, &ADD_ONCE, (struct db_bind){v, 2}, MANY, &rows), E_INTERNAL);
	assert_int_not_equal(add(&c->tx, 20000), OK); /* spoiled until it is taken back */
	db_rollback_to(c->db);
	assert_int_equal(count(&c->tx), MANY);
	assert_int_equal(add(&c->tx, 20000), OK);
	assert_int_equal(db_commit(c->db), OK);
}

static void test_rows(void **state)
{
	struct context *c = *state;
	struct db_rows r, again;
	int64_t id, sum = 0;
	add_some(c, 3);
	assert_int_equal(db_begin_read(c->db, 0), OK);
	db_query(&c->tx, &LIST, BIND(db_int(GOVERNMENT.v)), &r);
	while (db_next(&r, INTO(to_int64(&id)))) {
		sum = sum * 10 + id;
		assert_int_equal(count(&c->tx), 3); /* another statement meanwhile */
	}
	assert_false(db_next(&r, INTO(to_int64(&id)))); /* stays at its end */
	assert_int_equal(db_end(&r), OK);
	assert_int_equal(sum, 123);
	db_query(&c->tx, &LIST, BIND(db_int(GOVERNMENT.v)), &r);
	assert_true(db_next(&r, INTO(to_int64(&id))));
	assert_int_equal(db_end(&r), OK); /* early */
	db_query(&c->tx, &LIST, BIND(db_int(GOVERNMENT.v)), &r);
	assert_true(db_next(&r, INTO(to_int64(&id))));
	db_query(&c->tx, &LIST, BIND(db_int(GOVERNMENT.v)),
		&again); /* the same one twice is a bug */
	assert_int_equal(db_end(&again), E_INTERNAL);
	db_rollback(c->db); /* with rows nobody ended */
	assert_false(db_next(&r, INTO(to_int64(&id))));
	assert_int_equal(db_end(&r), OK);
	assert_int_equal(db_begin_read(c->db, 0), OK);
	db_query(&c->tx, &LIST, BIND(db_int(GOVERNMENT.v)), &r);
	assert_true(db_next(&r, INTO(to_int64(&id))));
	assert_int_equal(db_end(&r), OK);
	db_rollback(c->db);
}

static void test_read_is_one_snapshot(void **state)
{
	struct context *c = *state;
	add_some(c, 1);
	struct db *reader = open_or_fail(c, DB_READ);
	struct tx tx = {.db = reader, .arena = &c->store->arena, .government = GOVERNMENT};
	assert_int_equal(db_begin_read(reader, 0), OK);
	assert_int_equal(count(&tx), 1);
	begin(c);
	assert_int_equal(add(&c->tx, 2), OK);
	assert_int_equal(db_commit(c->db), OK);
	assert_int_equal(count(&tx), 1);
	db_rollback(reader);
	assert_int_equal(db_begin_read(reader, 0), OK);
	assert_int_equal(count(&tx), 2);
	assert_int_not_equal(add(&tx, 3), OK); /* and it cannot write */
	db_close(reader);
}

static void test_deadline(void **state)
{
	struct context *c = *state;
	int64_t n;
	struct db *reader = open_or_fail(c, DB_READ);
	struct tx tx = {.db = reader, .arena = &c->store->arena, .government = GOVERNMENT};
	assert_int_equal(db_begin_read(reader, 30), OK);
	assert_int_equal(
		db_load(&tx, &LONG, BIND(db_int(INT64_C(1) << 40)), INTO(to_int64(&n))), E_BUSY);
	db_rollback(reader);
	assert_int_equal(db_begin_read(reader, 30000), OK);
	assert_int_equal(db_load(&tx, &LONG, BIND(db_int(1000)), INTO(to_int64(&n))), OK);
	assert_int_equal(n, 1000);
	db_close(reader);
}

/* ---- one writer per government ---- */

struct second_writer {
	struct context *c;
	struct db *db;
	_Atomic bool is_about_to_begin;
	int64_t seen;
};

static void *write_second(void *arg)
{
	struct second_writer *w = arg;
	struct arena arena;
	arena_init(&arena, 1 << 20);
	struct tx tx = {.db = w->db, .arena = &arena, .government = GOVERNMENT};
	w->is_about_to_begin = true;
	if (!db_begin_write(w->db, GOVERNMENT) &&
		db_load(&tx, &COUNT, BIND(db_int(GOVERNMENT.v)), INTO(to_int64(&w->seen))))
		w->seen = -2;
	db_rollback(w->db);
	arena_release(&arena);
	return NULL;
}

static void test_second_writer_waits(void **state)
{
	struct context *c = *state;
	struct second_writer w = {.c = c, .db = open_or_fail(c, DB_WRITE), .seen = -1};
	pthread_t thread;
	begin(c);
	assert_int_equal(pthread_create(&thread, NULL, write_second, &w), 0);
	while (!w.is_about_to_begin)
		usleep(1000);
	usleep(20000);
	assert_int_equal(add(&c->tx, 1), OK);
	assert_int_equal(db_commit(c->db), OK);
	pthread_join(thread, NULL);
	assert_int_equal(w.seen, 1);
	db_close(w.db);
}

static void test_other_government_does_not_wait(void **state)
{
	struct context *c = *state;
	struct db *other = open_or_fail(c, DB_WRITE);
	begin(c);
	assert_int_equal(add(&c->tx, 1), OK);
	assert_int_equal(db_begin_write(other, (struct government_id){8}), OK);
	assert_int_equal(db_commit(other), OK);
	assert_int_equal(db_commit(c->db), OK);
	db_close(other);
}

static void test_lost_connection_asks_for_a_rerun(void **state)
{
	struct context *c = *state;
	begin(c);
	assert_int_equal(add(&c->tx, 1), OK);
	assert_true(fixture_postgres_lose());
	assert_int_equal(add(&c->tx, 2), E_BUSY);
	assert_true(db_wants_rerun(c->db));
	assert_int_equal(db_broken(c->db), E_BUSY);
	assert_int_equal(db_commit(c->db), E_BUSY);
	begin(c); /* connects anew */
	assert_false(db_wants_rerun(c->db));
	assert_int_equal(add(&c->tx, 1), OK);
	assert_int_equal(db_commit(c->db), OK);
	assert_int_equal(count_stored(c), 1);
}

/* ---- migrations ---- */

static void test_migrations_run_once(void **state)
{
	struct context *c = *state;
	struct arena *arena = &c->store->arena;
	const char *why = "";
	int applied = 0;
	int pending = migrate_pending(c->db, arena, &why);
	assert_true(pending > 0);
	if (migrate_run(c->db, arena, &applied, &why))
		fail_msg("%s", why);
	assert_int_equal(applied, pending);
	assert_int_equal(migrate_pending(c->db, arena, &why), 0);
	assert_int_equal(migrate_run(c->db, arena, &applied, &why), OK);
	assert_int_equal(applied, 0);
	int64_t floor;
	bool is_demo;
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(platform_load_store(&c->tx, &floor, &is_demo), OK);
	assert_true(floor == 0 && !is_demo);
	db_rollback(c->db);
}

static void test_changed_and_newer_migrations_are_refused(void **state)
{
	struct context *c = *state;
	struct arena *arena = &c->store->arena;
	const char *why = "";
	int applied;
	if (migrate_run(c->db, arena, &applied, &why))
		fail_msg("%s", why);
	run_script(c, "UPDATE platform_migration SET applied_at = 1, number = number + 5000 WHERE "
		      "number = 1");
	assert_int_equal(migrate_pending(c->db, arena, &why), -1);
	assert_non_null(strstr(why, "5001"));
	run_script(c, "UPDATE platform_migration SET number = 1 WHERE number = 5001");
	assert_int_equal(migrate_pending(c->db, arena, &why), 0);
	run_script(c, "UPDATE platform_migration SET sha256 = (SELECT sha256 FROM "
		      "platform_migration WHERE number = 1)"
		      " WHERE number = 2");
	assert_int_equal(migrate_pending(c->db, arena, &why), -1);
	assert_non_null(strstr(why, "0002"));
	assert_int_not_equal(migrate_run(c->db, arena, &applied, &why), OK);
}

/* ---- SQLite alone: file, copy, full disk ---- */

static void test_file_is_private(void **state)
{
	struct context *c = *state;
	struct stat s;
	assert_int_equal(stat(c->store->url, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
}

static void test_backup(void **state)
{
	struct context *c = *state;
	const char *why = "";
	char path[128];
	add_some(c, 5);
	snprintf(path, sizeof path, "%s/copy.db", c->store->dir);
	assert_int_equal(db_backup(c->db, path, &c->store->arena, &why), OK);
	assert_int_not_equal(
		db_backup(c->db, path, &c->store->arena, &why), OK); /* never over another file */
	struct db *copy = db_open(path, DB_READ, &c->store->arena, &why);
	assert_non_null(copy);
	struct tx tx = {.db = copy, .arena = &c->store->arena, .government = GOVERNMENT};
	assert_int_equal(db_begin_read(copy, 0), OK);
	assert_int_equal(count(&tx), 5);
	db_close(copy);
}

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static enum err fill(struct context *c)
{
	static const uint8_t block[64 * 1024];
	enum err e = db_begin_write(c->db, GOVERNMENT);
	for (int i = 0; !e && i < 64; i++)
		e = db_exec(&c->tx, &ADD,
			BIND(db_int(GOVERNMENT.v), db_int(1000 + i), db_null(), db_null(),
				db_null(), db_bytes(block, sizeof block)),
			NULL);
	if (!e)
		e = db_commit(c->db);
	db_rollback(c->db);
	return e;
}

static void test_full_disk(void **state)
{
	struct context *c = *state;
	add_some(c, 2);
	limit_files(1024 * 1024);
	enum err full = fill(c);
	int64_t meanwhile = count_stored(c);
	limit_files(RLIM_INFINITY);
	assert_int_equal(full, E_STORE_FULL);
	assert_int_equal(meanwhile, 2);
	assert_int_equal(fill(c), OK); /* once there is room again */
	assert_int_equal(count_stored(c), 66);
}

static void test_damaged_file(void **state)
{
	struct context *c = *state;
	const char *why = "";
	char path[128];
	snprintf(path, sizeof path, "%s/noise.db", c->store->dir);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 4096; i++)
		fputc('x', f);
	fclose(f);
	assert_null(db_open(path, DB_WRITE, &c->store->arena, &why));
	assert_non_null(strstr(why, "not a database"));
	snprintf(path, sizeof path, "%s/none.db", c->store->dir);
	assert_null(db_open(path, DB_READ, &c->store->arena, &why)); /* reading makes no store */
	assert_int_not_equal(access(path, F_OK), 0);
}

static int end_group(void **state)
{
	(void)state;
	fixture_end();
	return 0;
}

#define ON_SQLITE(t)                                                                               \
	{                                                                                          \
#t " [sqlite]", t, setup_sqlite, teardown, NULL                                    \
	}
#define ON_POSTGRES(t)                                                                             \
	{                                                                                          \
#t " [postgres]", t, setup_postgres, teardown, NULL                                \
	}
#define ON_BOTH(t) ON_SQLITE(t), ON_POSTGRES(t)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rewriting),
		cmocka_unit_test(test_adapting),
		ON_BOTH(test_values),
		ON_BOTH(test_null_integer_reads_zero),
		ON_BOTH(test_parameters_bind_by_number),
		ON_BOTH(test_misuse),
		ON_BOTH(test_not_found),
		ON_BOTH(test_prepare_reports),
		ON_BOTH(test_savepoint_isolates_a_constraint),
		ON_BOTH(test_savepoints_nest),
		ON_BOTH(test_overlooked_failure_commits_nothing),
		ON_BOTH(test_on_conflict),
		ON_BOTH(test_many_at_once),
		ON_BOTH(test_rows),
		ON_BOTH(test_read_is_one_snapshot),
		ON_BOTH(test_deadline),
		ON_BOTH(test_second_writer_waits),
		ON_POSTGRES(test_other_government_does_not_wait),
		ON_POSTGRES(test_lost_connection_asks_for_a_rerun),
		ON_BOTH(test_migrations_run_once),
		ON_BOTH(test_changed_and_newer_migrations_are_refused),
		ON_SQLITE(test_file_is_private),
		ON_SQLITE(test_backup),
		ON_SQLITE(test_full_disk),
		ON_SQLITE(test_damaged_file),
	};
	return cmocka_run_group_tests_name("db", tests, NULL, end_group);
}
