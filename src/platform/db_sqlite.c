/*
 * SQLite: the embedded store. WAL, every commit on disk before it returns (synchronous=FULL),
 * foreign keys, strict about texts in double quotes and about schemas it did not write.
 *
 * Each connection prepares a statement once and keeps it. The WAL is moved into the file by
 * db_checkpoint on a connection of its own, never by a commit. A connection for reading is opened
 * read-only; its deadline is a progress handler. A connection for writing gathers the frames of a
 * transaction (db_wal_vfs.c).
 */
#include "platform/clock.h"
#include "platform/db_engine.h"
#include "platform/db_wal_vfs.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEADLINE_STEPS 1000 /* virtual machine steps between two looks at the clock */
#define WAL_FIRM_BYTES (64 * 1024 * 1024)
#define BUSY_MS        10000
#define FIRM_BUSY_MS   200 /* a checkpoint never holds the writer up for longer */

enum control {
	BEGIN_READ,
	BEGIN_WRITE,
	COMMIT,
	ROLLBACK,
	SAVEPOINT,
	RELEASE,
	ROLLBACK_TO,
	DATA_VERSION,
	CONTROLS
};

static const char *const control_sql[CONTROLS] = {
	"BEGIN",
	"BEGIN IMMEDIATE",
	"COMMIT",
	"ROLLBACK",
	"SAVEPOINT " DB_SAVEPOINT,
	"RELEASE " DB_SAVEPOINT,
	"ROLLBACK TO " DB_SAVEPOINT,
	"PRAGMA data_version",
};

struct sqlite {
	struct db db; /* first: a struct db * of this engine is one of these */
	sqlite3 *handle;
	sqlite3_stmt *control[CONTROLS];
	sqlite3_stmt **prepared; /* by statement index */
	int prepared_capacity;
	int64_t deadline_ms;  /* clock_monotonic; 0: none */
	int64_t data_version; /* moves when another connection commits */
	int wal;              /* its file, once commits are synced by db_sync; else -1 */
};

static struct sqlite *of(struct db *db)
{
	return (struct sqlite *)db;
}

/* ---- failures ---- */

static bool is_no_room(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/*
 * SQLite itself says FULL only for ENOSPC. A quota or a limit on file size is an I/O error whose
 * cause stays with the file that could not be written: the store, its WAL, or the WAL's index.
 */
static bool is_disk_full(sqlite3 *handle, int code)
{
	int of_store = 0, of_wal = 0;
	sqlite3_file *wal = NULL;
	if (code == SQLITE_IOERR_SHMSIZE || is_no_room(sqlite3_system_errno(handle)))
		return true;
	if (code != SQLITE_IOERR_WRITE && code != SQLITE_IOERR_FSYNC &&
		code != SQLITE_IOERR_TRUNCATE)
		return false;
	sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &of_store);
	sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
	if (wal && wal->pMethods)
		wal->pMethods->xFileControl(wal, SQLITE_FCNTL_LAST_ERRNO, &of_wal);
	return is_no_room(of_store) || is_no_room(of_wal);
}

static enum err classify(struct sqlite *s, int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
		return E_STORE_FULL;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return is_disk_full(s->handle, code) ? E_STORE_FULL : E_STORE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return E_BUSY;
	case SQLITE_READONLY:
		return s->db.mode == DB_READ ? E_INTERNAL : E_STORE;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_NOMEM:
	case SQLITE_PROTOCOL:
		return E_STORE;
	default:
		return E_INTERNAL; /* constraint, syntax, type: a bug of ours */
	}
}

static enum err fail(struct sqlite *s, int code, const char *where)
{
	/* SQLite ends the transaction by itself after some failures; only autocommit tells. */
	bool over = s->db.in_transaction && sqlite3_get_autocommit(s->handle);
	return db_fail(&s->db, classify(s, code), over, where, sqlite3_errmsg(s->handle));
}

/* ---- opening ---- */

static void configure_library(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* its counters are one lock for all threads */
	db_register_wal_vfs();
	signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes comes back as a full disk */
}

static int step_once(sqlite3_stmt *stmt)
{
	int code = sqlite3_step(stmt);
	int reset = sqlite3_reset(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : reset;
}

static const char common_pragmas[] = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
				     "PRAGMA cell_size_check=ON; PRAGMA case_sensitive_like=ON;"
				     "PRAGMA temp_store=MEMORY;";

static const char write_pragmas[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	"PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864;"
	"PRAGMA secure_delete=ON;" /* what is erased is overwritten where it stood in its page */
	"PRAGMA cache_size=-24576;";

static const char read_pragmas[] = "PRAGMA query_only=ON; PRAGMA cache_size=-4096;";

static int configure(struct sqlite *s, enum db_mode mode)
{
	static const int on[] = {SQLITE_DBCONFIG_DEFENSIVE};
	static const int off[] = {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL};
	for (size_t i = 0; i < sizeof on / sizeof *on; i++)
		sqlite3_db_config(s->handle, on[i], 1, NULL);
	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		sqlite3_db_config(s->handle, off[i], 0, NULL);
	sqlite3_extended_result_codes(s->handle, 1);
	sqlite3_busy_timeout(s->handle, BUSY_MS);
	int code = sqlite3_exec(s->handle, common_pragmas, NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(s->handle, mode == DB_WRITE ? write_pragmas : read_pragmas,
			NULL, NULL, NULL);
	for (int i = 0; i < CONTROLS && code == SQLITE_OK; i++)
		code = sqlite3_prepare_v3(s->handle, control_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
			&s->control[i], NULL);
	return code;
}

/* The pragma answers with another mode, not an error, where shared memory does not work (network
 * file systems). */
static bool has_wal(struct sqlite *s)
{
	sqlite3_stmt *stmt = NULL;
	sqlite3_prepare_v2(s->handle, "PRAGMA journal_mode", -1, &stmt, NULL);
	bool wal = sqlite3_step(stmt) == SQLITE_ROW &&
		   !strcmp((const char *)sqlite3_column_text(stmt, 0), "wal");
	sqlite3_finalize(stmt);
	return wal;
}

static int check_deadline(void *context)
{
	struct sqlite *s = context;
	return s->deadline_ms && clock_monotonic() > s->deadline_ms;
}

static void close_sqlite(struct db *db)
{
	struct sqlite *s = of(db);
	for (int i = 0; i < CONTROLS; i++)
		sqlite3_finalize(s->control[i]);
	for (int i = 0; i < s->prepared_capacity; i++)
		sqlite3_finalize(s->prepared[i]);
	free(s->prepared);
	sqlite3_close(s->handle);
	if (s->wal >= 0)
		close(s->wal);
	free(s);
}

/*
 * Personal data: a new store belongs to its user alone; the WAL takes over the mode of the file.
 * O_EXCL: a store that is there must not be opened here, because closing it would give up the locks
 * that this process's other connections hold on it (fcntl), and another process would then remove
 * their WAL.
 */
static void create_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
}

static const struct db_ops sqlite_ops;

struct db *db_open_sqlite(
	const char *path, enum db_mode mode, struct arena *arena, const char **why)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure_library);
	struct sqlite *s = db_memory(sizeof *s);
	s->db.ops = &sqlite_ops;
	s->db.engine = DB_SQLITE;
	s->wal = -1;
	if (mode == DB_WRITE)
		create_private(path);
	int flags = mode == DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	int code = sqlite3_open_v2(path, &s->handle, flags | SQLITE_OPEN_NOMUTEX,
		mode == DB_WRITE ? DB_WAL_VFS : NULL);
	if (code == SQLITE_OK)
		code = configure(s, mode);
	if (code == SQLITE_OK && has_wal(s)) {
		sqlite3_progress_handler(s->handle, DEADLINE_STEPS, check_deadline, s);
		return &s->db;
	}
	*why = arena_printf(arena, "cannot open %s: %s", path,
		code == SQLITE_OK ? "its file system cannot keep a write-ahead log"
				  : sqlite3_errmsg(s->handle));
	close_sqlite(&s->db);
	return NULL;
}

/* ---- transactions ---- */

static enum err control(struct db *db, enum control which)
{
	struct sqlite *s = of(db);
	int code = step_once(s->control[which]);
	return code == SQLITE_OK ? OK : fail(s, code, control_sql[which]);
}

static enum err begin_read(struct db *db, int64_t deadline_ms)
{
	of(db)->deadline_ms = deadline_ms > 0 ? clock_monotonic() + deadline_ms : 0;
	return control(db, BEGIN_READ);
}

static enum err begin_write(struct db *db, struct government_id government)
{
	(void)government; /* one writer for the whole file */
	of(db)->deadline_ms = 0;
	return control(db, BEGIN_WRITE);
}

static enum err commit(struct db *db)
{
	of(db)->deadline_ms = 0; /* a read that made its deadline must be able to end */
	return control(db, COMMIT);
}

static void rollback(struct db *db)
{
	of(db)->deadline_ms = 0;
	if (!sqlite3_get_autocommit(of(db)->handle))
		control(db, ROLLBACK);
}

static enum err savepoint(struct db *db)
{
	return control(db, SAVEPOINT);
}

static enum err release(struct db *db)
{
	return control(db, RELEASE);
}

static enum err rollback_to(struct db *db)
{
	enum err e = control(db, ROLLBACK_TO);
	return e ? e : control(db, RELEASE);
}

static bool is_foreign(struct db *db)
{
	struct sqlite *s = of(db);
	sqlite3_stmt *stmt = s->control[DATA_VERSION];
	int64_t last = s->data_version;
	s->data_version = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return s->data_version != last || last == 0;
}

/* ---- statements ---- */

static enum err prepare(struct db *db, struct db_stmt *stmt)
{
	struct sqlite *s = of(db);
	s->prepared = db_grow(
		s->prepared, &s->prepared_capacity, stmt->index, sizeof(sqlite3_stmt *));
	if (s->prepared[stmt->index])
		return OK;
	char *sql = db_number_parameters(stmt->sql);
	const char *rest = NULL;
	int code = sqlite3_prepare_v3(
		s->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared[stmt->index], &rest);
	bool has_more = code == SQLITE_OK && rest && rest[strspn(rest, " \t\n;")];
	free(sql);
	if (code != SQLITE_OK)
		return fail(s, code, stmt->name);
	return has_more ? db_fail(db, E_INTERNAL, false, stmt->name, "more than one statement")
			: OK;
}

static int bind_one(sqlite3_stmt *stmt, int at, const struct db_value *v)
{
	switch (v->type) {
	case DB_INT:
		return sqlite3_bind_int64(stmt, at, v->i);
	case DB_TEXT:
		return sqlite3_bind_text(stmt, at, v->text, -1, SQLITE_STATIC);
	case DB_BYTES:
		return sqlite3_bind_blob64(stmt, at, v->bytes.n ? (const void *)v->bytes.p : "",
			v->bytes.n, SQLITE_STATIC);
	default:
		return sqlite3_bind_null(stmt, at);
	}
}

static enum err bind_all(
	struct db *db, struct db_stmt *stmt, struct db_bind bind, sqlite3_stmt **ret_stmt)
{
	enum err e = prepare(db, stmt);
	if (e)
		return e;
	sqlite3_stmt *prepared = *ret_stmt = of(db)->prepared[stmt->index];
	if (sqlite3_bind_parameter_count(prepared) != bind.n)
		return db_fail(db, E_INTERNAL, false, stmt->name, "wrong number of values");
	for (int i = 0; i < bind.n; i++) {
		int code = bind_one(prepared, i + 1, &bind.v[i]);
		if (code != SQLITE_OK)
			return fail(of(db), code, stmt->name);
	}
	return OK;
}

static enum err exec(struct db *db, struct db_stmt *stmt, struct db_bind bind, int64_t *ret_rows)
{
	sqlite3_stmt *prepared;
	enum err e = bind_all(db, stmt, bind, &prepared);
	if (e)
		return e;
	int code;
	while ((code = sqlite3_step(prepared)) == SQLITE_ROW)
		;
	*ret_rows = sqlite3_changes64(of(db)->handle);
	sqlite3_reset(prepared);
	return code == SQLITE_DONE ? OK : fail(of(db), code, stmt->name);
}

static enum err query(struct db *db, struct db_stmt *stmt, struct db_bind bind, void **ret_cursor)
{
	sqlite3_stmt *prepared;
	enum err e = bind_all(db, stmt, bind, &prepared);
	if (!e)
		*ret_cursor = prepared;
	return e;
}

/* Copies one column; NULL gives 0, NULL or no bytes. False when the column is of another type. */
static bool read_column(
	sqlite3_stmt *stmt, int column, const struct db_target *target, struct arena *arena)
{
	/* one look at the column: a connection is one thread's, so its values need no protection */
	sqlite3_value *value = sqlite3_column_value(stmt, column);
	int type = sqlite3_value_type(value);
	if (target->type == DB_INT) /* asking an integer for its bytes would make a text of it */
		return (type == SQLITE_INTEGER || type == SQLITE_NULL) &&
		       db_put_int(target, sqlite3_value_int64(value));
	size_t n = (size_t)sqlite3_value_bytes(value);
	switch (target->type) {
	case DB_TEXT:
		*(const char **)target->p =
			type == SQLITE_NULL
				? NULL
				: arena_strndup(arena, (const char *)sqlite3_value_text(value), n);
		return type == SQLITE_TEXT || type == SQLITE_NULL;
	case DB_BYTES:
		*(struct bytes *)target->p =
			type == SQLITE_NULL ? (struct bytes){0}
					    : (struct bytes){(const uint8_t *)arena_strndup(arena,
								     sqlite3_value_blob(value), n),
						      n};
		return type == SQLITE_BLOB || type == SQLITE_NULL;
	default:
		return false;
	}
}

static enum err next(struct db_rows *r, struct db_into into, bool *ret_more)
{
	struct db *db = r->tx->db;
	sqlite3_stmt *stmt = r->cursor;
	int code = sqlite3_step(stmt);
	if (code == SQLITE_DONE)
		return OK;
	if (code != SQLITE_ROW)
		return fail(of(db), code, r->stmt->name);
	*ret_more = true;
	if (sqlite3_column_count(stmt) != into.n)
		return db_fail(db, E_INTERNAL, false, r->stmt->name, "wrong number of columns");
	for (int i = 0; i < into.n; i++) {
		if (!read_column(stmt, i, &into.v[i], r->tx->arena))
			return db_fail_column(db, r->stmt, sqlite3_column_name(stmt, i));
	}
	return OK;
}

static void end(struct db_rows *r)
{
	sqlite3_reset(r->cursor);
}

static void abandon(struct db *db)
{
	sqlite3 *handle = of(db)->handle;
	for (sqlite3_stmt *stmt = sqlite3_next_stmt(handle, NULL); stmt;
		stmt = sqlite3_next_stmt(handle, stmt)) {
		if (sqlite3_stmt_busy(stmt))
			sqlite3_reset(stmt);
	}
}

/* ---- commits brought to disk by somebody else ---- */

static bool defer_sync(struct db *db)
{
	struct sqlite *s = of(db);
	const char *path = sqlite3_filename_wal(sqlite3_db_filename(s->handle, "main"));
	s->wal = open(path, O_RDWR | O_CLOEXEC);
	return s->wal >= 0 &&
	       sqlite3_file_control(s->handle, "main", DB_WAL_DEFER_SYNC, NULL) == SQLITE_OK;
}

/* What the kernel could not write is gone, and asking again would not say so: never tried twice. */
static enum err sync_commits(struct db *db)
{
	return fdatasync(of(db)->wal) ? E_STORE : OK;
}

/* ---- the store as a whole ---- */

static enum err script(struct db *db, const char *sql)
{
	int code = sqlite3_exec(of(db)->handle, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? OK : fail(of(db), code, "script");
}

static bool has_table(struct db *db, const char *name)
{
	return sqlite3_table_column_metadata(of(db)->handle, "main", name, NULL, NULL, NULL, NULL,
		       NULL, NULL) == SQLITE_OK;
}

static enum err copy_to(struct sqlite *s, sqlite3 *to)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", s->handle, "main");
	if (!copy)
		return db_fail(&s->db, E_STORE, false, "backup", sqlite3_errmsg(to));
	/* One step holds one snapshot: writers go on, and the copy never starts over. */
	sqlite3_backup_step(copy, -1);
	int code = sqlite3_backup_finish(copy);
	return code == SQLITE_OK
		       ? OK
		       : db_fail(&s->db, classify(s, code), false, "backup", sqlite3_errmsg(to));
}

static enum err backup(struct db *db, const char *path)
{
	int taken = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (taken < 0)
		return db_fail(db, E_CONFLICT, false, path, strerror(errno));
	close(taken);
	sqlite3 *to = NULL;
	int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	enum err e = code == SQLITE_OK ? copy_to(of(db), to)
				       : db_fail(db, E_STORE, false, path, sqlite3_errmsg(to));
	sqlite3_close(to);
	if (e)
		unlink(path);
	return e;
}

/* A checkpoint that cannot finish, because of a reader, a writer or a full disk, is simply tried
 * again. */
static void checkpoint(struct db *db)
{
	struct sqlite *s = of(db);
	int pages = 0, moved = 0;
	sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
	if (pages < WAL_FIRM_BYTES / 4096)
		return;
	/* The second pass leaves little for the third, which is the one that stops the writer. */
	sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	sqlite3_busy_timeout(s->handle, FIRM_BUSY_MS);
	sqlite3_wal_checkpoint_v2(s->handle, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	sqlite3_busy_timeout(s->handle, BUSY_MS);
}

static void release_memory(struct db *db)
{
	sqlite3_db_release_memory(of(db)->handle);
	malloc_trim(0);
}

static const struct db_ops sqlite_ops = {
	.close = close_sqlite,
	.prepare = prepare,
	.begin_read = begin_read,
	.begin_write = begin_write,
	.commit = commit,
	.rollback = rollback,
	.savepoint = savepoint,
	.release = release,
	.rollback_to = rollback_to,
	.exec = exec,
	.query = query,
	.next = next,
	.end = end,
	.is_foreign = is_foreign,
	.abandon = abandon,
	.script = script,
	.has_table = has_table,
	.backup = backup,
	.checkpoint = checkpoint,
	.release_memory = release_memory,
	.defer_sync = defer_sync,
	.sync = sync_commits,
};
