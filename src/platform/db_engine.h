/*
 * What an engine (db_sqlite.c, db_postgres.c) gives to the shared code in db.c. Private to db*.c,
 * the migrations and their tests.
 *
 * The shared code decides what both engines must agree on: a statement that failed spoils its
 * savepoint (on SQLite too), a store that failed spoils the transaction, the same statement is not
 * open twice, columns and bound values match in number. An engine only talks to its library.
 */
#ifndef LUWES_PLATFORM_DB_ENGINE_H
#define LUWES_PLATFORM_DB_ENGINE_H

#include "platform/db.h"

#define DB_BINDS_MAX         256 /* values of one statement */
#define DB_CACHE_GOVERNMENTS 16
#define DB_SAVEPOINT         "s" /* savepoints nest under one name: RELEASE ends the innermost */

struct db_cache_entry {
	struct government_id government;
	int64_t generation;
	void *value; /* NULL: empty */
	struct arena arena;
	uint64_t put_at;       /* order of putting, the oldest goes first */
	bool from_transaction; /* put in the write transaction under way: goes when that rolls back
				*/
};

struct db_cache {
	struct db_cache_entry entry[DB_CACHE_SLOTS][DB_CACHE_GOVERNMENTS];
	struct arena building[DB_CACHE_SLOTS];
	struct arena
		*retired; /* replaced values: somebody in this transaction may still look at them */
	int retired_count, retired_capacity;
	uint64_t puts;
};

struct db_ops {
	void (*close)(struct db *db);
	enum err (*prepare)(struct db *db, struct db_stmt *stmt);
	enum err (*begin_read)(struct db *db, int64_t deadline_ms);
	enum err (*begin_write)(struct db *db, struct government_id government);
	enum err (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	enum err (*savepoint)(struct db *db);
	enum err (*release)(struct db *db);
	enum err (*rollback_to)(struct db *db);
	enum err (*exec)(
		struct db *db, struct db_stmt *stmt, struct db_bind bind, int64_t *ret_rows);
	/* NULL: `exec` for each. */
	enum err (*exec_many)(struct db *db, struct db_stmt *stmt, struct db_bind bind, int count,
		int64_t *ret_rows);
	/* Rows: `query` starts, `next` gives OK with *ret_more, `end` frees what `query` left in
	 * the cursor. */
	enum err (*query)(
		struct db *db, struct db_stmt *stmt, struct db_bind bind, void **ret_cursor);
	enum err (*next)(struct db_rows *r, struct db_into into, bool *ret_more);
	void (*end)(struct db_rows *r);
	/* Whether somebody else may have written since this was asked last; in a writing
	 * transaction. */
	bool (*is_foreign)(struct db *db);
	void (*abandon)(struct db *db); /* frees the rows nobody ended */
	enum err (*script)(struct db *db, const char *sql);
	bool (*has_table)(struct db *db, const char *name);
	enum err (*backup)(struct db *db, const char *path); /* NULL: not offered */
	void (*checkpoint)(struct db *db);                   /* NULL: not needed */
	void (*release_memory)(struct db *db);               /* NULL: nothing to give */
	bool (*defer_sync)(struct db *db);                   /* NULL: COMMIT always syncs */
	enum err (*sync)(struct db *db);
};

struct db {
	const struct db_ops *ops;
	enum db_engine engine;
	enum db_mode mode;
	bool in_transaction, is_writing;
	bool wants_rerun;
	enum err failed; /* until the enclosing savepoint is rolled back */
	enum err broken; /* until the transaction is rolled back */
	uint8_t *open;   /* by statement index: its rows are being read */
	int open_capacity, open_count;
	unsigned life; /* counts transactions */
	struct db_cache cache;
	struct db_memo memo;
	int64_t traces,
		traces_begun; /* statements that wrote or failed; as the transaction began */
	char message[256];
};

/* Open an engine's connection; NULL with a sentence in `why`. */
struct db *db_open_sqlite(
	const char *path, enum db_mode mode, struct arena *arena, const char **why);
struct db *db_open_postgres(
	const char *url, enum db_mode mode, struct arena *arena, const char **why);

/*
 * Keeps and logs a failure and says how much it spoils: the savepoint, or with E_STORE,
 * E_STORE_FULL or `is_transaction_over` the whole transaction. Returns `e`.
 */
enum err db_fail(struct db *db, enum err e, bool is_transaction_over, const char *where,
	const char *message);

/* A column is of another type than its target, or too large for it: E_INTERNAL. */
enum err db_fail_column(struct db *db, const struct db_stmt *stmt, const char *column);

/* Writes an integer column into its target; false when it does not fit the width. */
bool db_put_int(const struct db_target *target, int64_t value);

/* $n of `sql` as ?n, outside of texts, quoted names and comments. Caller frees. */
char *db_number_parameters(const char *sql);

/* The text of a migration for an engine: on SQLite the engine mark opened and BYTEA as BLOB. Caller
 * frees. */
char *db_adapt_script(enum db_engine engine, const char *sql, size_t n);

/* Zeroed memory that outlives arenas; dies when there is none. */
void *db_memory(size_t n);
/* Array of `size`-byte elements grown to hold index `at`, new ones zeroed. */
void *db_grow(void *array, int *capacity, int at, size_t size);

/* Life of the cache, see db_cache.c. */
void db_cache_begin(struct db *db);
void db_cache_rollback(struct db *db);
void db_cache_drop_sheets(struct db *db);
void db_cache_close(struct db *db);

bool db_has_table(struct db *db, const char *name);

#endif
