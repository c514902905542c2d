/*
 * Fewer, larger writes for the WAL: SQLite writes each frame as two, a header of 24 bytes and the
 * page. Here the frames of a transaction wait in memory; the one that ends it takes them along.
 *
 *  - Held back are only frames of a transaction that has not ended, under the lock of the writer.
 *    Its last frame, known by the commit mark, is in the file before its write returns, and so
 *    before SQLite syncs and before the wal-index names it, whatever `synchronous` says.
 *  - What is still held when the lock is given up belongs to a transaction rolled back: it is
 *    dropped, for its place in the file is that of whoever writes next.
 *  - Only what goes on where the last write ended is held: frames written again go straight
 * through.
 *  - A failure to write what was held is reported by the call that had to write, as SQLite's own
 * VFS says it, and by each later use of those frames until the transaction is over.
 *
 * A connection may also leave the sync of its commits to somebody who brings them to disk before
 * anybody is told (db_defer_sync). The sync that makes the header of a restarted WAL precede its
 * frames is never left: SQLite needs the order.
 *
 * All other methods of a file stay those of SQLite's own VFS. Readers open without this one.
 */
#include "platform/db_wal_vfs.h"
#include "platform/db_engine.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_HEADER  24 /* page, commit mark (pages in the store, or 0), salt, checksum */
#define COMMIT_MARK   4
#define WRITER_LOCK   0 /* its slot among the locks of the wal-index */
#define WAL_HEADER    0 /* its place */
#define KNOWN_VERSION 3 /* of the tables of methods that this file was compiled with */

struct held {
	bool is_writing;    /* this connection has the writer's lock */
	bool is_last;       /* the frame being written ends the transaction, or is no frame */
	bool has_header;    /* the header of the WAL was written and not yet synced */
	int failed;         /* what became of held frames that could not be written */
	sqlite3_int64 end;  /* where the last write ended */
	sqlite3_int64 from; /* where `bytes` belong; after a failure, where they are missing */
	int n;
	char bytes[DB_WAL_HELD_MAX];
};

/* Lies behind the file of SQLite's own VFS, in the same memory. */
struct wrapped {
	sqlite3_io_methods methods; /* `base`, some of them replaced */
	const sqlite3_io_methods *base;
	struct held *held;        /* the same of a store and its WAL, while that is open */
	struct wrapped *database; /* of a WAL */
	bool defers_sync;         /* of a store */
};

static sqlite3_vfs *base_vfs, wal_vfs;

static size_t base_bytes(void)
{
	size_t unit = _Alignof(max_align_t);
	return ((size_t)base_vfs->szOsFile + unit - 1) / unit * unit;
}

static struct wrapped *of(sqlite3_file *file)
{
	return (struct wrapped *)(void *)((char *)file + base_bytes());
}

/* ---- what is held ---- */

static int write_held(sqlite3_file *file)
{
	struct held *h = of(file)->held;
	if (h->failed || h->n == 0)
		return h->failed;
	h->failed = of(file)->base->xWrite(file, h->bytes, h->n, h->from);
	h->n = 0;
	return h->failed;
}

static void drop_held(struct held *h)
{
	h->is_writing = false;
	h->is_last = true;
	h->failed = SQLITE_OK;
	h->n = 0;
}

static void note_header(struct held *h, const char *bytes, int n)
{
	static const char none[4];
	if (n == FRAME_HEADER)
		h->is_last = memcmp(bytes + COMMIT_MARK, none, sizeof none) != 0;
}

static void hold(struct held *h, const void *bytes, int n, sqlite3_int64 at)
{
	if (h->n == 0)
		h->from = at;
	memcpy(h->bytes + h->n, bytes, (size_t)n);
	h->n += n;
}

/* ---- the WAL ---- */

static int write_wal(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	struct held *h = of(file)->held;
	bool goes_on = h->is_writing && at == h->end && n <= DB_WAL_HELD_MAX;
	h->end = at + n;
	h->has_header |= at == WAL_HEADER;
	note_header(h, bytes, n);
	int code = h->failed;
	if (!code && (!goes_on || n > DB_WAL_HELD_MAX - h->n))
		code = write_held(file);
	if (code)
		return code;
	if (!goes_on)
		return of(file)->base->xWrite(file, bytes, n, at);
	hold(h, bytes, n, at);
	return h->is_last && n != FRAME_HEADER ? write_held(file) : SQLITE_OK;
}

/* Only the transaction itself reads what it spilled; what was committed lies before. */
static int read_wal(sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
	struct held *h = of(file)->held;
	bool concerns_held = (h->failed || h->n) && at + n > h->from;
	int code = concerns_held ? write_held(file) : SQLITE_OK;
	return code ? code : of(file)->base->xRead(file, bytes, n, at);
}

static int sync_wal(sqlite3_file *file, int flags)
{
	struct wrapped *w = of(file);
	int code = write_held(file);
	if (!code && w->database->defers_sync && !w->held->has_header)
		return SQLITE_OK;
	if (!code)
		code = w->base->xSync(file, flags);
	w->held->has_header &= code != SQLITE_OK;
	return code;
}

static int truncate_wal(sqlite3_file *file, sqlite3_int64 bytes)
{
	int code = write_held(file);
	return code ? code : of(file)->base->xTruncate(file, bytes);
}

static int size_wal(sqlite3_file *file, sqlite3_int64 *ret_bytes)
{
	int code = write_held(file);
	return code ? code : of(file)->base->xFileSize(file, ret_bytes);
}

static int close_wal(sqlite3_file *file)
{
	struct wrapped *w = of(file);
	free(w->held);
	w->held = w->database->held = NULL;
	return w->base->xClose(file);
}

/* ---- the store: its locks say when a transaction begins and ends ---- */

static int lock_shared(sqlite3_file *file, int first, int n, int flags)
{
	struct wrapped *w = of(file);
	bool is_writer = w->held && first == WRITER_LOCK && (flags & SQLITE_SHM_EXCLUSIVE);
	if (is_writer && (flags & SQLITE_SHM_UNLOCK))
		drop_held(w->held);
	int code = w->base->xShmLock(file, first, n, flags);
	if (is_writer && (flags & SQLITE_SHM_LOCK) && code == SQLITE_OK)
		w->held->is_writing = true;
	return code;
}

static int control_store(sqlite3_file *file, int operation, void *argument)
{
	struct wrapped *w = of(file);
	if (operation != DB_WAL_DEFER_SYNC)
		return w->base->xFileControl(file, operation, argument);
	w->defers_sync = true;
	return SQLITE_OK;
}

/* ---- opening ---- */

static void wrap(sqlite3_file *file)
{
	struct wrapped *w = of(file);
	*w = (struct wrapped){.methods = *file->pMethods, .base = file->pMethods};
	if (w->methods.iVersion > KNOWN_VERSION)
		w->methods.iVersion = KNOWN_VERSION;
	file->pMethods = &w->methods;
}

static void wrap_database(sqlite3_file *file)
{
	wrap(file);
	of(file)->methods.xShmLock = lock_shared;
	of(file)->methods.xFileControl = control_store;
}

/*
 * Where a sector may tear, SQLite ends a transaction with copies of its last frame that it neither
 * syncs nor writes in one piece: such a WAL is left alone.
 */
static void wrap_wal(sqlite3_file *file, sqlite3_file *database)
{
	int traits = database->pMethods->xDeviceCharacteristics(database);
	if (!(traits & SQLITE_IOCAP_POWERSAFE_OVERWRITE))
		return;
	wrap(file);
	struct wrapped *w = of(file);
	w->methods.xWrite = write_wal;
	w->methods.xRead = read_wal;
	w->methods.xSync = sync_wal;
	w->methods.xTruncate = truncate_wal;
	w->methods.xFileSize = size_wal;
	w->methods.xClose = close_wal;
	w->database = of(database);
	w->held = w->database->held = db_memory(sizeof *w->held);
	drop_held(w->held);
}

static int open_file(
	sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
	(void)vfs;
	int code = base_vfs->xOpen(base_vfs, path, file, flags, ret_flags);
	if (code != SQLITE_OK)
		return code;
	if (flags & SQLITE_OPEN_MAIN_DB)
		wrap_database(file);
	if (flags & SQLITE_OPEN_WAL)
		wrap_wal(file, sqlite3_database_file_object(path));
	return SQLITE_OK;
}

void db_register_wal_vfs(void)
{
	base_vfs = sqlite3_vfs_find(NULL);
	wal_vfs = *base_vfs;
	if (wal_vfs.iVersion > KNOWN_VERSION)
		wal_vfs.iVersion = KNOWN_VERSION;
	wal_vfs.zName = DB_WAL_VFS;
	wal_vfs.szOsFile = (int)(base_bytes() + sizeof(struct wrapped));
	wal_vfs.xOpen = open_file;
	sqlite3_vfs_register(&wal_vfs, 0);
}
