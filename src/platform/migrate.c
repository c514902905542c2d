/*
 * Migrations: what ran is a row with number, name and hash; what is missing runs in order, each in
 * a transaction of its own together with its row. Nothing runs backwards.
 *
 * Two programs that start at once do no harm: the row is looked for again under the writer's lock.
 */
#include "platform/migrate.h"

#include "base/hash.h"
#include "base/str.h"
#include "platform/assets.h"
#include "platform/clock.h"
#include "platform/db_engine.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX        "migrations/"
#define NUMBER_DIGITS 4

static const char table_sql[] = "CREATE TABLE IF NOT EXISTS platform_migration ("
				" number INTEGER NOT NULL PRIMARY KEY,"
				" name TEXT NOT NULL,"
				" sha256 BYTEA NOT NULL,"
				" applied_at BIGINT NOT NULL)";

struct migration {
	int32_t number;
	const char *name; /* file name without folder */
	const char *sql;
	size_t size;
	struct hash hash;
};

struct plan {
	struct migration *list;
	int count;
	const char **why;
};

/* The files of this program, in order of number because the assets are in order of path. */
static struct plan make_plan(struct arena *arena, const char **why)
{
	int assets;
	const struct asset *asset = asset_list(&assets);
	struct plan plan = {ARENA_ARRAY(arena, (size_t)assets, struct migration), 0, why};
	for (int i = 0; i < assets; i++) {
		int64_t number;
		if (!str_starts(asset[i].path, PREFIX))
			continue;
		const char *name = asset[i].path + strlen(PREFIX);
		if (!str_to_int(arena_strndup(arena, name, strnlen(name, NUMBER_DIGITS)), 1, 9999,
			    &number))
			continue;
		plan.list[plan.count++] = (struct migration){
			.number = (int32_t)number,
			.name = name,
			.sql = (const char *)asset[i].bytes,
			.size = asset[i].size,
			.hash = hash_of(asset[i].bytes, asset[i].size),
		};
	}
	return plan;
}

static struct db_stmt LOAD_MIGRATION = {
	"platform_load_migration", "SELECT sha256 FROM platform_migration WHERE number = $1", 0};

/*
 * OK: it ran as it is. E_NOT_FOUND: it did not run. E_CONFLICT: another text ran under its number.
 */
static enum err load_applied(struct tx *tx, const struct migration *m)
{
	struct bytes hash;
	enum err e = db_load(tx, &LOAD_MIGRATION, BIND(db_int(m->number)), INTO(to_bytes(&hash)));
	if (e)
		return e;
	bool same = hash.n == sizeof m->hash.b && !memcmp(hash.p, m->hash.b, hash.n);
	return same ? OK : E_CONFLICT;
}

static struct db_stmt LOAD_NEWEST = {"platform_load_newest_migration",
	"SELECT coalesce(max(number), 0) FROM platform_migration", 0};

static struct db_stmt ADD_MIGRATION = {"platform_add_migration",
	"INSERT INTO platform_migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
	0};

static enum err add_applied(struct tx *tx, const struct migration *m)
{
	return db_exec(tx, &ADD_MIGRATION,
		BIND(db_int(m->number), db_text(m->name), db_bytes(m->hash.b, sizeof m->hash.b),
			db_int(clock_now())),
		NULL);
}

static void register_statements(void)
{
	static struct db_stmt *const stmts[] = {&LOAD_MIGRATION, &LOAD_NEWEST, &ADD_MIGRATION};
	db_register(stmts, COUNT_OF(stmts));
	platform_db_register();
}

static enum err count_pending(struct tx *tx, const struct plan *plan, int *ret_pending)
{
	int32_t newest = 0;
	enum err e = db_load(tx, &LOAD_NEWEST, BIND(), INTO(to_int32(&newest)));
	if (e)
		return e;
	if (newest > (plan->count ? plan->list[plan->count - 1].number : 0)) {
		*plan->why = arena_printf(tx->arena,
			"the store has migration %d, which this program does not know", newest);
		return E_CONFLICT;
	}
	for (int i = 0; i < plan->count; i++) {
		e = load_applied(tx, &plan->list[i]);
		if (e == E_CONFLICT)
			*plan->why = arena_printf(
				tx->arena, "migration %s changed after it ran", plan->list[i].name);
		if (e && e != E_NOT_FOUND)
			return e;
		*ret_pending += e == E_NOT_FOUND;
	}
	return OK;
}

int migrate_pending(struct db *db, struct arena *arena, const char **why)
{
	register_statements();
	struct plan plan = make_plan(arena, why);
	struct tx tx = {.db = db, .arena = arena};
	int pending = 0;
	if (!db_has_table(db, "platform_migration"))
		return plan.count;
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = count_pending(&tx, &plan, &pending);
	if (e && e != E_CONFLICT)
		*why = arena_strdup(arena, db_message(db));
	db_rollback(db);
	return e ? -1 : pending;
}

static enum err run_script(
	struct db *db, struct arena *arena, const char *sql, size_t n, const char **why)
{
	char *adapted = db_adapt_script(db_engine_of(db), sql, n);
	enum err e = db_script(db, adapted, arena, why);
	free(adapted);
	return e;
}

/* Inside the transaction: looks again, runs, records. */
static enum err apply(struct tx *tx, const struct migration *m, bool *ret_ran, const char **why)
{
	enum err e = load_applied(tx, m);
	if (e != E_NOT_FOUND)
		return e;
	e = run_script(tx->db, tx->arena, m->sql, m->size, why);
	if (!e)
		e = add_applied(tx, m);
	*ret_ran = e == OK;
	return e;
}

static enum err run_one(
	struct tx *tx, const struct migration *m, int *ret_applied, const char **why)
{
	bool ran = false;
	enum err e = db_begin_write(tx->db, (struct government_id){0});
	if (e)
		return e;
	e = apply(tx, m, &ran, why);
	if (!e)
		e = db_commit(tx->db);
	db_rollback(tx->db);
	if (e) {
		*why = arena_printf(tx->arena, "migration %s: %s", m->name, db_message(tx->db));
		return e;
	}
	*ret_applied += ran;
	return OK;
}

/* The table of migrations before the first one, the store's own row after the last. */
static enum err run_frame(
	struct tx *tx, enum err (*frame)(struct tx *tx, const char **why), const char **why)
{
	enum err e = db_begin_write(tx->db, (struct government_id){0});
	if (!e)
		e = frame(tx, why);
	if (!e)
		e = db_commit(tx->db);
	if (e)
		*why = arena_strdup(tx->arena, db_message(tx->db));
	db_rollback(tx->db);
	return e;
}

static enum err add_table(struct tx *tx, const char **why)
{
	return run_script(tx->db, tx->arena, table_sql, strlen(table_sql), why);
}

static enum err add_store(struct tx *tx, const char **why)
{
	(void)why;
	return platform_add_store(tx);
}

/*
 * SQLite chooses plans by statistics, and an empty store has none: it then takes the government,
 * the first column of every key, for selective and walks all rows of a province. These estimates
 * say the truth of every store (one large government, in which a person, a unit or a state has a
 * few rows), so that plans never depend on luck or on ANALYZE.
 */
static const char PLAN_ESTIMATES[] =
	"ANALYZE;"
	"DELETE FROM sqlite_stat1;"
	"INSERT INTO sqlite_stat1 (tbl, idx, stat)"
	" SELECT t.name, CASE WHEN i.origin = 'pk' AND t.wr THEN t.name ELSE i.name END,"
	"  CASE (SELECT count(*) FROM pragma_index_info(i.name))"
	"   WHEN 1 THEN '1000000 ' WHEN 2 THEN '1000000 1000000 '"
	"   WHEN 3 THEN '1000000 1000000 10 ' WHEN 4 THEN '1000000 1000000 10 5 '"
	"   ELSE '1000000 1000000 10 5 2 ' END"
	"  || CASE WHEN i.\"unique\" THEN '1'"
	"   ELSE CASE (SELECT count(*) FROM pragma_index_info(i.name)) WHEN 1 THEN '1'"
	"    WHEN 2 THEN '10' WHEN 3 THEN '5' ELSE '2' END END"
	" FROM pragma_table_list t, pragma_index_list(t.name) i"
	" WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%';"
	"ANALYZE sqlite_schema;";

static enum err settle_plans(struct db *db, struct arena *arena, const char **why)
{
	return db_engine_of(db) == DB_SQLITE ? db_script(db, PLAN_ESTIMATES, arena, why) : OK;
}

enum err migrate_run(struct db *db, struct arena *arena, int *ret_applied, const char **why)
{
	register_statements();
	struct plan plan = make_plan(arena, why);
	struct tx tx = {.db = db, .arena = arena, .now_ms = clock_now()};
	*ret_applied = 0;
	enum err e = run_frame(&tx, add_table, why);
	if (!e && migrate_pending(db, arena, why) < 0)
		e = E_CONFLICT;
	for (int i = 0; i < plan.count && !e; i++)
		e = run_one(&tx, &plan.list[i], ret_applied, why);
	if (!e)
		e = run_frame(&tx, add_store, why);
	return e || *ret_applied == 0 ? e : settle_plans(db, arena, why);
}
