/*
 * One SQL text, two engines: SQLite (default) and PostgreSQL 15+.
 *
 * A statement is a static `struct db_stmt`: a name and a text with $1..$n. The engine rewrites $n
 * to ?n for SQLite and prepares each statement once per connection. A slice lists its statements in
 * its `struct slice`, so a test can prepare every one of them on both engines.
 *
 * Values travel typed: BIND(db_int(x), db_text(s)) in, INTO(to_int(&x), to_text(&s)) out. Booleans
 * and times are integers (BIGINT), days and enums are integers, texts are UTF-8, bytes are
 * BYTEA/BLOB. Texts and bytes read point into tx->arena. The engine mark of the common subset is a
 * comment "WITHOUT ROWID" introduced by "sqlite " (see docs/HACKING.md); the loader opens it on
 * SQLite only.
 *
 * Errors: a constraint violation is a bug and aborts the batch (E_INTERNAL); refusals come from
 * loaded facts, duplicates from ON CONFLICT DO NOTHING. A full disk is E_STORE_FULL, other I/O
 * E_STORE, a read past its deadline E_BUSY.
 */
#ifndef LUWES_PLATFORM_DB_H
#define LUWES_PLATFORM_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/ids.h"

#include <stdbool.h>

struct db; /* one connection, used by one thread at a time */

struct db_stmt {
	const char *name; /* unique, "slice_verb_noun" */
	const char *sql;
	int index; /* set by db_register; 0 before */
};

/*
 * The transaction a function works in: what every slice function that touches the store receives.
 */
struct tx {
	struct db *db;
	struct arena *arena;             /* life of the request, or of the batch in a projection */
	struct government_id government; /* tenant; every statement binds it */
	int64_t now_ms;                  /* the one clock reading of this request */
	struct changes *changes; /* what this batch touched (platform/changes.h); NULL in a read */
};

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BYTES };

struct db_value {
	enum db_type type;
	int64_t i;
	const char *text;
	struct bytes bytes;
};

struct db_target {
	enum db_type type;
	int width; /* bytes of the integer behind p: 1, 4 or 8 */
	void *p;
};

struct db_bind {
	const struct db_value *v;
	int n;
};
struct db_into {
	const struct db_target *v;
	int n;
};

static inline struct db_value db_int(int64_t v)
{
	return (struct db_value){.type = DB_INT, .i = v};
}
static inline struct db_value db_null(void)
{
	return (struct db_value){.type = DB_NULL};
}
/* NULL text binds SQL NULL. */
static inline struct db_value db_text(const char *s)
{
	return (struct db_value){.type = s ? DB_TEXT : DB_NULL, .text = s};
}
/* p NULL binds SQL NULL. */
static inline struct db_value db_bytes(const void *p, size_t n)
{
	return (struct db_value){.type = p ? DB_BYTES : DB_NULL, .bytes = {p, n}};
}

static inline struct db_target to_int64(int64_t *p)
{
	return (struct db_target){DB_INT, 8, p};
}
static inline struct db_target to_int32(int32_t *p)
{
	return (struct db_target){DB_INT, 4, p};
}
static inline struct db_target to_bool(bool *p)
{
	return (struct db_target){DB_INT, 1, p};
}
/* SQL NULL gives NULL. */
static inline struct db_target to_text(const char **p)
{
	return (struct db_target){DB_TEXT, 0, p};
}
static inline struct db_target to_bytes(struct bytes *p)
{
	return (struct db_target){DB_BYTES, 0, p};
}

/* An integer column may be SQL NULL only where the statement says coalesce: reading NULL as an
 * integer gives 0. */

#define BIND(...)                                                                                  \
	((struct db_bind){(const struct db_value[]){__VA_ARGS__},                                  \
		(int)(sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value))})
#define INTO(...)                                                                                  \
	((struct db_into){(const struct db_target[]){__VA_ARGS__},                                 \
		(int)(sizeof((const struct db_target[]){__VA_ARGS__}) /                            \
			sizeof(struct db_target))})

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_mode { DB_READ, DB_WRITE };

/*
 * Opens a connection. `url` is a path or postgresql://...; a new SQLite file is created only in
 * DB_WRITE. On failure returns NULL and writes a sentence to `why` (arena of the caller).
 */
struct db *db_open(const char *url, enum db_mode mode, struct arena *arena, const char **why);
void db_close(struct db *db);
enum db_engine db_engine_of(const struct db *db);
/* Engine a URL names, without opening it. */
enum db_engine db_engine_of_url(const char *url);

/* Makes a list of statements known; once per program and list, before any connection runs them. */
void db_register(struct db_stmt *const *list, int count);
/* Registered statements, for the test that prepares each on both engines. */
int db_registered(struct db_stmt *const **ret_list);
/* Prepares one statement now; on failure the engine's message is in `why`. */
enum err db_prepare(struct db *db, struct db_stmt *stmt, struct arena *arena, const char **why);

/* Transactions. A read transaction is one snapshot. `government` takes the serial writer's lock on
 * PostgreSQL. */
enum err db_begin_read(struct db *db, int64_t deadline_ms_from_now); /* 0: no deadline */
enum err db_begin_write(struct db *db, struct government_id government);
/* Ends the transaction; when it fails nothing of it remains. */
enum err db_commit(struct db *db);
/* Ends it without a trace; also the end of a read. Nothing to do when none is under way. */
void db_rollback(struct db *db);
/* Savepoints nest; release keeps and db_rollback_to undoes what happened since, both end the
 * innermost. */
enum err db_savepoint(struct db *db);
enum err db_release(struct db *db);
void db_rollback_to(struct db *db);
/*
 * What spoiled the transaction as a whole (disk full, lost connection, ...); OK while it can go on.
 */
enum err db_broken(const struct db *db);
/* Rises with every statement that wrote or failed: unchanged, the work in between left nothing. */
int64_t db_traces(const struct db *db);
/* The batch must be run again from its beginning (deadlock, serialization, lost connection). */
bool db_wants_rerun(const struct db *db);
/* Message of the last failure, for the log. */
const char *db_message(const struct db *db);

/* One row: E_NOT_FOUND when there is none; more than one row is a bug. */
enum err db_load(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct db_into into);

/* A write. `ret_rows` (may be NULL) gets the number of rows changed. */
enum err db_exec(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, int64_t *ret_rows);

/*
 * The same write for each of `count` rows of values, `bind.n` of them each, one after the other in
 * `bind.v`. On PostgreSQL they travel together, so a row costs no round trip. Stops at the first
 * failure, which spoils the savepoint as that of db_exec. `ret_rows` (may be NULL): rows changed in
 * all.
 */
enum err db_exec_many(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, int count, int64_t *ret_rows);

/* Many rows: struct db_rows r; db_query(...); while (db_next(&r, INTO(...))) ...; e = db_end(&r).
 * Another statement may run while rows are open, but not the same one. A loop may stop early by
 * db_end. */
struct db_rows {
	struct tx *tx;
	struct db_stmt *stmt;
	void *cursor;
	int row;
	unsigned life; /* the transaction it belongs to; its rows end with it */
	enum err err;
};
void db_query(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct db_rows *ret_rows);
bool db_next(struct db_rows *r, struct db_into into);
enum err db_end(struct db_rows *r);

/* Runs a script of several statements without parameters (migrations only). */
enum err db_script(struct db *db, const char *sql, struct arena *arena, const char **why);

/* Online copy of a SQLite store to `path` (backup API). */
enum err db_backup(struct db *db, const char *path, struct arena *arena, const char **why);

/* Moves WAL pages into the main file without blocking writers; SQLite only, a no-op elsewhere. */
void db_checkpoint(struct db *db);
/* Gives back what is remembered of the store only for speed. */
void db_release_memory(struct db *db);

/*
 * From now on COMMIT on this connection returns before it is on disk; nobody may be told of it
 * until a db_sync that began later has returned OK. db_sync is called by one thread, any one, while
 * others use the connection. False, and nothing changed, where COMMIT itself brings it to disk
 * (PostgreSQL).
 */
bool db_defer_sync(struct db *db);
enum err db_sync(struct db *db);

/*
 * Connection-local cache of values derived from the store (a policy book, an org tree). `slot` is a
 * small constant per kind, `generation` what the value was derived from. Returns NULL when absent
 * or of another generation. The value lives in an arena of its own, released when replaced.
 */
enum db_cache_slot {
	DB_CACHE_ORG,
	DB_CACHE_BOOK,
	DB_CACHE_INCIDENTS,
	DB_CACHE_SOURCES,
	DB_CACHE_PARAMETERS,
	DB_CACHE_NETWORKS,
	DB_CACHE_SHEET, /* this one and those after it may be changed in place, see below */
	DB_CACHE_SESSIONS,
	DB_CACHE_SERVICE,
	DB_CACHE_SLOTS
};
void *db_cache_get(struct db *db, enum db_cache_slot slot, struct government_id government,
	int64_t generation);
/* Fresh arena to build the new value in, then db_cache_put. At most 16 governments per slot; the
 * oldest goes. */
struct arena *db_cache_arena(
	struct db *db, enum db_cache_slot slot, struct government_id government);
void db_cache_put(struct db *db, enum db_cache_slot slot, struct government_id government,
	int64_t generation, void *value);

/*
 * A value of DB_CACHE_SHEET and later slots may also be changed in place by the transaction that
 * writes, in more memory of its arena. It is therefore also lost when a transaction that wrote
 * anything is taken back, and at the beginning of a writing transaction when somebody else may have
 * written since the last: another process on SQLite, anybody on PostgreSQL.
 */
struct arena *db_cache_grow(
	struct db *db, enum db_cache_slot slot, struct government_id government);
void db_cache_drop(struct db *db, enum db_cache_slot slot, struct government_id government);

/*
 * Small records of fixed size that a writing transaction found by key and the next need not look up
 * again: sessions (auth_db.c: 32 bytes to 32) and service (org_people_db.c: 16 to 8). Lost as a
 * sheet is; never had by a reader, nor on PostgreSQL. A full set gives one up, so nobody may count
 * on a record being there.
 */
enum db_recall { DB_RECALL_SESSION, DB_RECALL_SERVICE };
bool db_recall(struct tx *tx, enum db_recall kind, const void *key, void *ret_value);
void db_remember(struct tx *tx, enum db_recall kind, const void *key, const void *value);
void db_forget(struct tx *tx, enum db_recall kind, const void *key);
void db_forget_all(struct tx *tx, enum db_recall kind);

/*
 * What a transaction asks of its government again and again. Kept with the connection until the
 * transaction ends or is taken back; government 0: not asked yet. Who raises the generation clears
 * it.
 */
struct db_memo {
	struct government_id government;
	int64_t generation;
	int32_t zone;
};
struct db_memo *db_memo(struct db *db);

#endif
