/*
 * The part of the store both engines share: which engine a URL names, the list of statements, the
 * life of a transaction, and the calls a slice makes.
 *
 * What must not differ between engines is decided here. A failed statement spoils its savepoint:
 * whatever follows fails too until db_rollback_to, as PostgreSQL has it. A failed store spoils the
 * transaction. So a handler that overlooks an error still commits nothing.
 */
#include "platform/db.h"

#include "base/str.h"
#include "platform/db_engine.h"
#include "platform/log.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	pthread_mutex_t lock;
	struct db_stmt **list;
	int count, capacity;
} registry = {.lock = PTHREAD_MUTEX_INITIALIZER};

void *db_memory(size_t n)
{
	void *p = calloc(1, n);
	if (!p) {
		fputs("luwes: out of memory\n", stderr);
		abort();
	}
	return p;
}

void *db_grow(void *array, int *capacity, int at, size_t size)
{
	if (at < *capacity)
		return array;
	int wanted = *capacity ? *capacity * 2 : 64;
	if (wanted <= at)
		wanted = at + 1;
	void *larger = db_memory((size_t)wanted * size);
	if (array)
		memcpy(larger, array, (size_t)*capacity * size);
	free(array);
	*capacity = wanted;
	return larger;
}

/* ---- statements ---- */

static void register_one(struct db_stmt *stmt)
{
	for (int i = 0; i < registry.count; i++)
		assert(!str_eq(registry.list[i]->name, stmt->name) && "two statements of one name");
	registry.list = db_grow(registry.list, &registry.capacity, registry.count, sizeof stmt);
	registry.list[registry.count++] = stmt;
	stmt->index = registry.count;
}

void db_register(struct db_stmt *const *list, int count)
{
	pthread_mutex_lock(&registry.lock);
	for (int i = 0; i < count; i++) {
		if (list[i]->index == 0)
			register_one(list[i]);
	}
	pthread_mutex_unlock(&registry.lock);
}

int db_registered(struct db_stmt *const **ret_list)
{
	*ret_list = registry.list;
	return registry.count;
}

/* End of the text, quoted name or comment that starts at `s`; `s` itself when none does. */
static const char *skip_quoted(const char *s)
{
	const char *end = NULL;
	if (*s == '\'' || *s == '"')
		end = strchr(s + 1, *s);
	else if (s[0] == '-' && s[1] == '-')
		end = strchr(s, '\n');
	else if (s[0] == '/' && s[1] == '*')
		end = (end = strstr(s + 2, "*/")) ? end + 1 : NULL;
	else
		return s;
	return end ? end + 1 : s + strlen(s);
}

char *db_number_parameters(const char *sql)
{
	char *out = db_memory(strlen(sql) + 1);
	memcpy(out, sql, strlen(sql));
	for (const char *s = sql; *s;) {
		const char *end = skip_quoted(s);
		if (end != s) {
			s = end;
			continue;
		}
		if (s[0] == '$' && s[1] >= '1' && s[1] <= '9')
			out[s - sql] = '?';
		s++;
	}
	return out;
}

/* ---- connections ---- */

enum db_engine db_engine_of_url(const char *url)
{
	return str_starts(url, "postgresql://") || str_starts(url, "postgres://") ? DB_POSTGRES
										  : DB_SQLITE;
}

enum db_engine db_engine_of(const struct db *db)
{
	return db->engine;
}

struct db *db_open(const char *url, enum db_mode mode, struct arena *arena, const char **why)
{
	struct db *db = db_engine_of_url(url) == DB_POSTGRES
				? db_open_postgres(url, mode, arena, why)
				: db_open_sqlite(url, mode, arena, why);
	if (db)
		db->mode = mode;
	return db;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db->in_transaction)
		db_rollback(db);
	db_cache_close(db);
	free(db->open);
	db->ops->close(db);
}

enum err db_fail(
	struct db *db, enum err e, bool is_transaction_over, const char *where, const char *message)
{
	if (message != db->message)
		snprintf(db->message, sizeof db->message, "%s: %s", where, message);
	if (e == E_INTERNAL || e == E_STORE || e == E_STORE_FULL)
		log_event(LOG_ERROR, "store", "code=%s message=%s", err_code(e), db->message);
	db->failed = e;
	db->traces++;
	if (is_transaction_over || e == E_STORE || e == E_STORE_FULL)
		db->broken = e;
	return e;
}

enum err db_fail_column(struct db *db, const struct db_stmt *stmt, const char *column)
{
	char message[128];
	snprintf(message, sizeof message, "column %s does not fit its target", column);
	return db_fail(db, E_INTERNAL, false, stmt->name, message);
}

const char *db_message(const struct db *db)
{
	return db->message;
}

enum err db_broken(const struct db *db)
{
	return db->broken;
}

int64_t db_traces(const struct db *db)
{
	return db->traces;
}

struct db_memo *db_memo(struct db *db)
{
	return &db->memo;
}

bool db_wants_rerun(const struct db *db)
{
	return db->wants_rerun;
}

enum err db_prepare(struct db *db, struct db_stmt *stmt, struct arena *arena, const char **why)
{
	assert(stmt->index > 0 && "statement not registered");
	enum err e = db->ops->prepare(db, stmt);
	if (e)
		*why = arena_strdup(arena, db->message);
	return e;
}

/* ---- transactions ---- */

static void forget_failures(struct db *db)
{
	db->failed = OK;
	db->broken = OK;
	db->wants_rerun = false;
}

static enum err began(struct db *db, enum err e, bool is_writing)
{
	db->in_transaction = e == OK;
	db->is_writing = is_writing;
	db->memo = (struct db_memo){0};
	db->traces_begun = db->traces;
	return e;
}

enum err db_begin_read(struct db *db, int64_t deadline_ms_from_now)
{
	assert(!db->in_transaction);
	forget_failures(db);
	db_cache_begin(db);
	return began(db, db->ops->begin_read(db, deadline_ms_from_now), false);
}

enum err db_begin_write(struct db *db, struct government_id government)
{
	assert(!db->in_transaction && db->mode == DB_WRITE);
	forget_failures(db);
	db_cache_begin(db);
	enum err e = began(db, db->ops->begin_write(db, government), true);
	if (!e && db->ops->is_foreign(db))
		db_cache_drop_sheets(db);
	return e;
}

/* Rows a caller never ended would hold the snapshot for ever: a bug, but not one to stop a server
 * for. */
static void abandon_rows(struct db *db)
{
	db->life++;
	if (db->open_count == 0)
		return;
	for (int i = 1; i < db->open_capacity; i++) {
		if (db->open[i])
			log_event(LOG_ERROR, "rows_not_ended", "statement=%s",
				registry.list[i - 1]->name);
	}
	db->ops->abandon(db);
	memset(db->open, 0, (size_t)db->open_capacity);
	db->open_count = 0;
}

enum err db_commit(struct db *db)
{
	assert(db->in_transaction);
	abandon_rows(db);
	enum err e = db->broken ? db->broken : db->failed;
	if (!e)
		e = db->ops->commit(db);
	if (e)
		db_rollback(db);
	db->in_transaction = false;
	return e;
}

void db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	abandon_rows(db);
	db->ops->rollback(db);
	if (db->is_writing)
		db_cache_rollback(db);
	if (db->is_writing && db->traces != db->traces_begun)
		db_cache_drop_sheets(db);
	db->in_transaction = false;
}

enum err db_savepoint(struct db *db)
{
	assert(db->in_transaction);
	if (db->broken || db->failed)
		return db->broken ? db->broken : db->failed;
	return db->ops->savepoint(db);
}

enum err db_release(struct db *db)
{
	if (db->broken || db->failed)
		return db->broken ? db->broken : db->failed;
	return db->ops->release(db);
}

void db_rollback_to(struct db *db)
{
	db_cache_rollback(db);
	db_cache_drop_sheets(db);
	db->memo = (struct db_memo){0};
	if (!db->broken && !db->ops->rollback_to(db))
		db->failed = OK;
}

/* ---- statements in a transaction ---- */

static enum err refuse_call(struct db *db, struct db_stmt *stmt, const char *why)
{
	return db_fail(db, E_INTERNAL, false, stmt->name, why);
}

/* What holds for every call: a live transaction, a known statement that is not being read already.
 */
static enum err check_call(struct tx *tx, struct db_stmt *stmt, struct db_bind bind)
{
	struct db *db = tx->db;
	assert(stmt->index > 0 && "statement not registered");
	if (db->broken || db->failed)
		return db->broken ? db->broken : db->failed;
	if (!db->in_transaction)
		return refuse_call(db, stmt, "outside a transaction");
	if (bind.n > DB_BINDS_MAX)
		return refuse_call(db, stmt, "too many values");
	db->open = db_grow(db->open, &db->open_capacity, stmt->index, sizeof *db->open);
	if (db->open[stmt->index])
		return refuse_call(db, stmt, "its rows are still being read");
	return OK;
}

enum err db_exec(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, int64_t *ret_rows)
{
	int64_t rows = 0;
	enum err e = check_call(tx, stmt, bind);
	tx->db->traces++;
	if (!e)
		e = tx->db->ops->exec(tx->db, stmt, bind, &rows);
	if (ret_rows)
		*ret_rows = rows;
	return e;
}

static enum err exec_each(
	struct db *db, struct db_stmt *stmt, struct db_bind bind, int count, int64_t *ret_rows)
{
	enum err e = OK;

	for (int i = 0; i < count && !e; i++) {
		int64_t rows = 0;

		e = db->ops->exec(db, stmt,
			(struct db_bind){bind.v + (size_t)i * (size_t)bind.n, bind.n}, &rows);
		*ret_rows += rows;
	}
	return e;
}

enum err db_exec_many(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, int count, int64_t *ret_rows)
{
	struct db *db = tx->db;
	int64_t rows = 0;
	enum err e = check_call(tx, stmt, bind);

	db->traces++;
	if (!e && db->ops->exec_many)
		e = db->ops->exec_many(db, stmt, bind, count, &rows);
	else if (!e)
		e = exec_each(db, stmt, bind, count, &rows);
	if (ret_rows)
		*ret_rows = rows;
	return e;
}

void db_query(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct db_rows *ret_rows)
{
	*ret_rows = (struct db_rows){.tx = tx, .stmt = stmt, .life = tx->db->life};
	ret_rows->err = check_call(tx, stmt, bind);
	if (!ret_rows->err)
		ret_rows->err = tx->db->ops->query(tx->db, stmt, bind, &ret_rows->cursor);
	if (ret_rows->err)
		return;
	tx->db->open[stmt->index] = 1;
	tx->db->open_count++;
}

/* Once the last row was read, so that asking again does not start over. */
static void close_rows(struct db_rows *r)
{
	if (r->cursor && r->life == r->tx->db->life) {
		r->tx->db->ops->end(r);
		r->tx->db->open[r->stmt->index] = 0;
		r->tx->db->open_count--;
	}
	r->cursor = NULL;
}

bool db_next(struct db_rows *r, struct db_into into)
{
	bool more = false;
	if (!r->err && r->cursor && r->life == r->tx->db->life)
		r->err = r->tx->db->ops->next(r, into, &more);
	if (more && !r->err) {
		r->row++;
		return true;
	}
	close_rows(r);
	return false;
}

enum err db_end(struct db_rows *r)
{
	close_rows(r);
	return r->err;
}

enum err db_load(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct db_into into)
{
	struct db_rows r;
	db_query(tx, stmt, bind, &r);
	bool found = db_next(&r, into);
	if (found && db_next(&r, into))
		r.err = refuse_call(tx->db, stmt, "more than one row");
	enum err e = db_end(&r);
	if (e)
		return e;
	return found ? OK : E_NOT_FOUND;
}

bool db_put_int(const struct db_target *target, int64_t value)
{
	if (target->width == 8) {
		*(int64_t *)target->p = value;
		return true;
	}
	if (target->width == 4) {
		*(int32_t *)target->p = (int32_t)value;
		return value >= INT32_MIN && value <= INT32_MAX;
	}
	*(bool *)target->p = value != 0;
	return value == 0 || value == 1;
}

/* ---- the store as a whole ---- */

static const char blob_mark[] = "BYTEA", open_mark[] = "/*sqlite ", close_mark[] = "*/";

char *db_adapt_script(enum db_engine engine, const char *sql, size_t n)
{
	char *out = db_memory(n + 1), *to = out;
	const char *end = sql + n;
	bool in_mark = false;
	while (sql < end) {
		size_t left = (size_t)(end - sql);
		bool sqlite = engine == DB_SQLITE;
		if (sqlite && left >= strlen(open_mark) &&
			!memcmp(sql, open_mark, strlen(open_mark))) {
			sql += strlen(open_mark);
			in_mark = true;
		} else if (in_mark && left >= 2 && !memcmp(sql, close_mark, 2)) {
			sql += 2;
			in_mark = false;
		} else if (sqlite && left >= strlen(blob_mark) &&
			   !memcmp(sql, blob_mark, strlen(blob_mark))) {
			to = (char *)mempcpy(to, "BLOB", 4);
			sql += strlen(blob_mark);
		} else {
			*to++ = *sql++;
		}
	}
	return out;
}

enum err db_script(struct db *db, const char *sql, struct arena *arena, const char **why)
{
	enum err e = db->ops->script(db, sql);
	if (e)
		*why = arena_strdup(arena, db->message);
	return e;
}

bool db_has_table(struct db *db, const char *name)
{
	return db->ops->has_table(db, name);
}

enum err db_backup(struct db *db, const char *path, struct arena *arena, const char **why)
{
	if (!db->ops->backup) {
		*why = "this store is copied with pg_dump, not by this program";
		return E_STORE;
	}
	enum err e = db->ops->backup(db, path);
	if (e)
		*why = arena_strdup(arena, db->message);
	return e;
}

void db_release_memory(struct db *db)
{
	if (db->ops->release_memory)
		db->ops->release_memory(db);
}

bool db_defer_sync(struct db *db)
{
	return db->ops->defer_sync && db->ops->defer_sync(db);
}

enum err db_sync(struct db *db)
{
	return db->ops->sync(db);
}

void db_checkpoint(struct db *db)
{
	if (db->ops->checkpoint)
		db->ops->checkpoint(db);
}
