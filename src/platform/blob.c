/*
 * Bytes by their SHA-256. Beside SQLite: a file, written under a passing name, synced, renamed, and
 * its directory synced, so that a name is never seen before its content is safe. With PostgreSQL:
 * chunk rows through one connection of this module's own.
 *
 * A file that is there already is left as it is. Who may see a file is decided elsewhere; here lie
 * only bytes. What is read is hashed again, so damage is found rather than handed out.
 */
#include "platform/blob.h"

#include "base/str.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES ((size_t)256 * 1024)
#define PATH_BYTES  4096
#define HEX_BYTES   65

static struct {
	char root[PATH_BYTES - 80]; /* "<db>.files"; empty with PostgreSQL */
	struct db *db;              /* PostgreSQL only, under `lock`       */
	pthread_mutex_t lock;       /* also: a file is not kept and swept at once */
} blobs = {.lock = PTHREAD_MUTEX_INITIALIZER};

static enum err fail(const char *what)
{
	enum err e = errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? E_STORE_FULL : E_STORE;
	log_event(LOG_ERROR, "file_store", "code=%s what=%s why=%s", err_code(e), what,
		strerror(errno));
	return e;
}

/* ---- a directory beside SQLite ---- */

struct blob_path {
	char folder[PATH_BYTES - 70];
	char file[PATH_BYTES];
};

static struct blob_path path_of(const struct hash *hash)
{
	struct blob_path path;
	char hex[HEX_BYTES];
	hex_encode(hash->b, sizeof hash->b, hex);
	snprintf(path.folder, sizeof path.folder, "%s/%.2s", blobs.root, hex);
	snprintf(path.file, sizeof path.file, "%s/%s", path.folder, hex + 2);
	return path;
}

static enum err sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return fail("open folder");
	enum err e = fsync(fd) ? fail("sync folder") : OK;
	close(fd);
	return e;
}

static enum err make_folder(const char *folder)
{
	if (!mkdir(folder, 0700))
		return sync_folder(blobs.root);
	return errno == EEXIST ? OK : fail("make folder");
}

static enum err write_all(int fd, const void *p, size_t n)
{
	const char *from = p;
	while (n > 0) {
		ssize_t written = write(fd, from, n);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return fail("write");
		from += written;
		n -= (size_t)written;
	}
	return fsync(fd) ? fail("sync") : OK;
}

static enum err write_file(const struct blob_path *path, const void *p, size_t n)
{
	char passing[PATH_BYTES];
	snprintf(passing, sizeof passing, "%s/.%" PRId64, path->folder, id_next());
	int fd = open(passing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail("create");
	enum err e = write_all(fd, p, n);
	close(fd);
	if (!e && rename(passing, path->file))
		e = fail("rename");
	if (e) {
		unlink(passing);
		return e;
	}
	return sync_folder(path->folder);
}

/* The file is there: makes it young again, so that blob_sweep leaves it to its new owner. */
static bool keep_known(const struct blob_path *path, size_t n)
{
	struct stat known;
	pthread_mutex_lock(&blobs.lock);
	bool is_known = !stat(path->file, &known) && known.st_size == (off_t)n &&
			!utimensat(AT_FDCWD, path->file, NULL, 0);
	pthread_mutex_unlock(&blobs.lock);
	return is_known;
}

static enum err put_file(const struct hash *hash, const void *p, size_t n)
{
	struct blob_path path = path_of(hash);
	if (keep_known(&path, n))
		return sync_folder(path.folder); /* its writer may have died before doing so */
	enum err e = make_folder(path.folder);
	return e ? e : write_file(&path, p, n);
}

static enum err read_all(int fd, struct arena *arena, struct bytes *ret_bytes)
{
	struct stat known;
	if (fstat(fd, &known) || known.st_size > BLOB_MAX_BYTES)
		return fail("stat");
	size_t n = (size_t)known.st_size, done = 0;
	uint8_t *p = arena_alloc(arena, n + 1);
	while (done < n) {
		ssize_t got = read(fd, p + done, n - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail("read");
		done += (size_t)got;
	}
	*ret_bytes = (struct bytes){p, n};
	return OK;
}

static enum err get_file(struct arena *arena, const struct hash *hash, struct bytes *ret_bytes)
{
	struct blob_path path = path_of(hash);
	int fd = open(path.file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? E_NOT_FOUND : fail("open");
	enum err e = read_all(fd, arena, ret_bytes);
	close(fd);
	return e;
}

static bool is_old(const struct stat *s)
{
	return clock_machine() - (int64_t)s->st_mtim.tv_sec * 1000 > MS_PER_DAY;
}

static bool remove_if_old(const char *file)
{
	struct stat s;
	pthread_mutex_lock(&blobs.lock);
	bool removed = !stat(file, &s) && is_old(&s) && !unlink(file);
	pthread_mutex_unlock(&blobs.lock);
	return removed;
}

/* Whether the entry is a file nobody names, or a passing one whose writer died. */
static enum err is_orphan(struct tx *tx, const char *folder, const char *name, bool *ret_orphan)
{
	char hex[HEX_BYTES];
	struct hash hash;
	bool is_named = true;
	*ret_orphan = name[0] == '.' && name[1] >= '0' && name[1] <= '9';
	if (strlen(name) != HEX_BYTES - 3)
		return OK;
	snprintf(hex, sizeof hex, "%.2s%.62s", folder, name);
	if (!hex_decode(hex, hash.b, sizeof hash.b))
		return OK;
	enum err e = platform_is_file_named(tx, &hash, &is_named);
	*ret_orphan = !e && !is_named;
	return e;
}

static enum err sweep_folder(struct tx *tx, const char *folder, int *ret_removed)
{
	char path[PATH_BYTES];
	enum err e = OK;
	snprintf(path, sizeof path, "%s/%s", blobs.root, folder);
	DIR *dir = opendir(path);
	if (!dir)
		return errno == ENOENT ? OK : fail("open folder");
	for (struct dirent *entry; !e && (entry = readdir(dir));) {
		char file[PATH_BYTES + 256];
		bool orphan = false;
		e = is_orphan(tx, folder, entry->d_name, &orphan);
		snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
		if (orphan)
			*ret_removed += remove_if_old(file);
	}
	closedir(dir);
	return e;
}

static enum err sweep_files(struct tx *tx, int *ret_removed)
{
	enum err e = OK;
	for (int i = 0; !e && i < 256; i++) {
		char folder[3];
		snprintf(folder, sizeof folder, "%02x", i);
		e = sweep_folder(tx, folder, ret_removed);
	}
	return e;
}

/* ---- chunk rows in PostgreSQL ---- */

static struct db_stmt ADD_CHUNK = {"platform_add_chunk",
	"INSERT INTO platform_chunk (sha256, part, bytes, written_at) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (sha256, part) DO UPDATE SET written_at = excluded.written_at",
	0};

static enum err add_chunks(struct tx *tx, const struct hash *hash, const uint8_t *p, size_t n)
{
	enum err e = OK;
	for (size_t at = 0, part = 0; !e && (at < n || part == 0); at += CHUNK_BYTES, part++) {
		size_t size = n - at < CHUNK_BYTES ? n - at : CHUNK_BYTES;
		e = db_exec(tx, &ADD_CHUNK,
			BIND(db_bytes(hash->b, sizeof hash->b), db_int((int64_t)part),
				db_bytes(p + at, size), db_int(clock_machine())),
			NULL);
	}
	return e;
}

static struct db_stmt LIST_CHUNKS = {"platform_list_chunks",
	"SELECT bytes FROM platform_chunk WHERE sha256 = $1 ORDER BY part LIMIT 128", 0};

static enum err list_chunks(struct tx *tx, const struct hash *hash, struct bytes *ret_bytes)
{
	struct db_rows r;
	struct buf whole;
	struct bytes chunk;
	bool found = false;
	buf_init(&whole, tx->arena, CHUNK_BYTES);
	db_query(tx, &LIST_CHUNKS, BIND(db_bytes(hash->b, sizeof hash->b)), &r);
	while (db_next(&r, INTO(to_bytes(&chunk)))) {
		buf_add(&whole, chunk.p, chunk.n);
		found = true;
	}
	*ret_bytes = (struct bytes){(const uint8_t *)whole.p, whole.n};
	enum err e = db_end(&r);
	return e || found ? e : E_NOT_FOUND;
}

static struct db_stmt END_CHUNKS = {"platform_end_chunks",
	"DELETE FROM platform_chunk WHERE written_at < $1"
	" AND NOT EXISTS (SELECT 1 FROM platform_file AS f WHERE f.sha256 = platform_chunk.sha256)",
	0};

static enum err end_chunks(struct tx *tx, int64_t *ret_rows)
{
	return db_exec(tx, &END_CHUNKS, BIND(db_int(clock_machine() - MS_PER_DAY)), ret_rows);
}

static enum err sweep_rows(int *ret_removed)
{
	struct tx tx = {.db = blobs.db};
	int64_t rows = 0;
	pthread_mutex_lock(&blobs.lock);
	enum err e = db_begin_write(blobs.db, (struct government_id){0});
	if (!e)
		e = end_chunks(&tx, &rows);
	if (!e)
		e = db_commit(blobs.db);
	db_rollback(blobs.db);
	pthread_mutex_unlock(&blobs.lock);
	*ret_removed = (int)rows;
	return e;
}

static enum err put_rows(const struct hash *hash, const void *p, size_t n)
{
	struct tx tx = {.db = blobs.db};
	pthread_mutex_lock(&blobs.lock);
	enum err e = db_begin_write(blobs.db, (struct government_id){0});
	if (!e)
		e = add_chunks(&tx, hash, p, n);
	if (!e)
		e = db_commit(blobs.db);
	db_rollback(blobs.db);
	pthread_mutex_unlock(&blobs.lock);
	return e;
}

static enum err get_rows(struct arena *arena, const struct hash *hash, struct bytes *ret_bytes)
{
	struct tx tx = {.db = blobs.db, .arena = arena};
	pthread_mutex_lock(&blobs.lock);
	enum err e = db_begin_read(blobs.db, 0);
	if (!e)
		e = list_chunks(&tx, hash, ret_bytes);
	db_rollback(blobs.db);
	pthread_mutex_unlock(&blobs.lock);
	return e;
}

/* ---- what callers see ---- */

void blob_register(void)
{
	static struct db_stmt *const stmts[] = {&ADD_CHUNK, &LIST_CHUNKS, &END_CHUNKS};
	db_register(stmts, COUNT_OF(stmts));
}

bool blob_open(const char *url, struct arena *arena, const char **why)
{
	blob_register();
	blob_close();
	if (db_engine_of_url(url) == DB_POSTGRES) {
		blobs.db = db_open(url, DB_WRITE, arena, why);
		return blobs.db != NULL;
	}
	if (strlen(url) + strlen(".files") >= sizeof blobs.root) {
		*why = "the path of the store is too long";
		return false;
	}
	snprintf(blobs.root, sizeof blobs.root, "%s.files", url);
	if (!mkdir(blobs.root, 0700) || errno == EEXIST)
		return true;
	*why = arena_printf(arena, "cannot make %s: %s", blobs.root, strerror(errno));
	blobs.root[0] = '\0';
	return false;
}

void blob_close(void)
{
	db_close(blobs.db);
	blobs.db = NULL;
	blobs.root[0] = '\0';
}

enum err blob_put(const void *p, size_t n, struct hash *ret_hash)
{
	assert(blobs.db || blobs.root[0]);
	if (n > BLOB_MAX_BYTES)
		return E_TOO_LARGE;
	*ret_hash = hash_of(p, n);
	return blobs.db ? put_rows(ret_hash, p, n) : put_file(ret_hash, p, n);
}

enum err blob_get(struct arena *arena, const struct hash *hash, struct bytes *ret_bytes)
{
	assert(blobs.db || blobs.root[0]);
	enum err e = blobs.db ? get_rows(arena, hash, ret_bytes) : get_file(arena, hash, ret_bytes);
	if (e)
		return e;
	struct hash found = hash_of(ret_bytes->p, ret_bytes->n);
	if (!memcmp(found.b, hash->b, sizeof found.b))
		return OK;
	log_event(LOG_ERROR, "file_damaged", "bytes=%zu", ret_bytes->n);
	return E_STORE;
}

enum err blob_sweep(struct tx *tx, int *ret_removed)
{
	assert(blobs.db || blobs.root[0]);
	*ret_removed = 0;
	return blobs.db ? sweep_rows(ret_removed) : sweep_files(tx, ret_removed);
}

bool blob_is_open(void)
{
	return blobs.db || blobs.root[0];
}
