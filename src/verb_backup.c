/*
 * backup and restore: a copy that is one moment of a store in use, with its files, and a list of
 * what belongs to it.
 *
 *   DIR/MANIFEST       a line per file: SHA-256, two blanks, name (what sha256sum -c reads)
 *   DIR/store.db       the store
 *   DIR/files/HEX      a file by its content
 *   DIR/keys           the keys of the store: who has them and the store reads everything
 *
 * The manifest is written last, so a directory without one is not a backup. restore checks every
 * line before the new store appears under its name. PostgreSQL has tools of its own for this:
 * pg_dump.
 */
#include "verb_store.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/config.h"
#include "platform/keys.h"
#include "verbs.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_PAGE       500
#define FILE_ARENA_BYTES ((size_t)128 << 20)
#define COPY_BYTES       65536
#define HEX_BYTES        (2 * sizeof(struct hash) + 1)
#define MANIFEST         "MANIFEST"
#define STORE            "store.db"
#define FILES            "files"
#define KEYS             "keys"

static bool told(const char *verb, const char *path)
{
	return verb_fail(verb, false, "%s: %s", path, strerror(errno));
}

static bool is_postgres(const char *verb, int *ret_status)
{
	if (db_engine_of_url(config_text(SET_DB)) != DB_POSTGRES)
		return false;
	*ret_status = verb_fail(verb, EXIT_USAGE,
		"a PostgreSQL store is copied with pg_dump --format=custom and brought back with "
		"pg_restore");
	return true;
}

/* ---- bytes on disk ---- */

static bool write_all(int fd, const uint8_t *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

static int create(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static bool write_file(const char *path, const void *p, size_t n)
{
	int fd = create(path);
	if (fd < 0)
		return false;
	bool good = write_all(fd, p, n) && fsync(fd) == 0;
	return close(fd) == 0 && good;
}

/* Hash of a file, copied to `to` on the way unless that is negative. */
static bool read_through(int from, int to, struct hash *ret_hash)
{
	static uint8_t chunk[COPY_BYTES];
	crypto_hash_sha256_state state;
	ssize_t n;
	crypto_hash_sha256_init(&state);
	while ((n = read(from, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || (to >= 0 && !write_all(to, chunk, (size_t)n)))
			return false;
		crypto_hash_sha256_update(&state, chunk, (size_t)n);
	}
	crypto_hash_sha256_final(&state, ret_hash->b);
	return true;
}

static bool hash_file(const char *path, struct hash *ret_hash)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool good = read_through(fd, -1, ret_hash);
	close(fd);
	return good;
}

static bool copy_file(const char *from, const char *to)
{
	struct hash ignored;
	int source = open(from, O_RDONLY | O_CLOEXEC), target = source < 0 ? -1 : create(to);
	bool good = target >= 0 && read_through(source, target, &ignored) && fsync(target) == 0;
	if (source >= 0)
		close(source);
	if (target >= 0)
		good = close(target) == 0 && good;
	return good;
}

/* The names in a directory are on disk too. */
static bool sync_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

/* ---- backup ---- */

struct backup {
	struct tx *tx;
	struct arena *arena;
	const char *directory;
	struct buf manifest;
	int files;
};

static char *path_in(const struct backup *b, const char *name)
{
	return arena_printf(b->arena, "%s/%s", b->directory, name);
}

static void note(struct backup *b, const struct hash *hash, const char *name)
{
	char hex[HEX_BYTES];
	hex_encode(hash->b, sizeof hash->b, hex);
	buf_printf(&b->manifest, "%s  %s\n", hex, name);
}

static bool backup_store(struct backup *b)
{
	const char *path = path_in(b, STORE), *why = NULL;
	struct hash hash;
	if (db_backup(b->tx->db, path, b->arena, &why))
		return verb_fail("backup", false, "%s", why);
	if (!hash_file(path, &hash))
		return told("backup", path);
	note(b, &hash, STORE);
	return true;
}

static bool backup_file(struct backup *b, struct arena *scratch, const struct store_file *file)
{
	char hex[HEX_BYTES];
	struct bytes bytes;
	hex_encode(file->sha256.b, sizeof file->sha256.b, hex);
	if (blob_get(scratch, &file->sha256, &bytes))
		return verb_fail(
			"backup", false, "file %s is missing or damaged; see 'luwes doctor'", hex);
	const char *name = arena_printf(scratch, FILES "/%s", hex);
	const char *path = arena_printf(scratch, "%s/%s", b->directory, name);
	bool good = write_file(path, bytes.p, bytes.n);
	if (good)
		note(b, &file->sha256, name);
	b->files++;
	return good ? true : told("backup", path);
}

/* After the copy of the store: a file it names was written before it was named, so it is there. */
static bool backup_files(struct backup *b)
{
	static struct store_file file[FILES_PAGE];
	struct arena scratch;
	struct hash last;
	int count = 0;
	bool good = mkdir(path_in(b, FILES), 0700) == 0 ? true : told("backup", FILES);
	bool is_first = true;
	arena_init(&scratch, FILE_ARENA_BYTES);
	while (good) {
		if (store_list_files(b->tx, is_first ? NULL : &last, file, FILES_PAGE, &count)) {
			good = verb_fail("backup", false, "cannot read the store: %s",
				db_message(b->tx->db));
			break;
		}
		for (int i = 0; i < count && good; i++, arena_reset(&scratch))
			good = backup_file(b, &scratch, &file[i]);
		if (count < FILES_PAGE)
			break;
		last = file[count - 1].sha256;
		is_first = false;
	}
	arena_release(&scratch);
	return good;
}

/* The store's keys: without them what is sealed in it is lost. */
static bool backup_keys(struct backup *b)
{
	const char *path = path_in(b, KEYS);
	struct hash hash;
	if (!copy_file(keys_path(config_text(SET_DB), b->arena), path) || !hash_file(path, &hash))
		return told("backup", path);
	note(b, &hash, KEYS);
	return true;
}

static bool backup_manifest(struct backup *b)
{
	const char *path = path_in(b, MANIFEST);
	if (!sync_directory(path_in(b, FILES)) || !write_file(path, b->manifest.p, b->manifest.n) ||
		!sync_directory(b->directory))
		return told("backup", path);
	return true;
}

static bool run_backup(struct backup *b)
{
	if (mkdir(b->directory, 0700) != 0)
		return told("backup", b->directory);
	if (!backup_store(b) || !backup_keys(b))
		return false;
	if (db_begin_read(b->tx->db, 0))
		return verb_fail(
			"backup", false, "cannot read the store: %s", db_message(b->tx->db));
	bool good = backup_files(b);
	db_rollback(b->tx->db);
	return good && backup_manifest(b);
}

int verb_backup(int argc, char **argv)
{
	const char *directory = NULL;
	const struct option_row option[] = {{"--to", &directory, NULL}};
	struct arena arena;
	int status = EXIT_USAGE;
	if (verb_options(argc, argv, option, 1, NULL, 0) < 0 || is_postgres("backup", &status))
		return status;
	if (!directory)
		return verb_fail("backup", EXIT_USAGE, "say where: --to DIR (a new directory)");
	arena_init(&arena, STORE_ARENA_BYTES);
	struct db *db = verb_open("backup", DB_READ, &arena);
	if (!db)
		return EXIT_FAILED;
	store_db_register();
	struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_now()};
	struct backup b = {.tx = &tx, .arena = &arena, .directory = directory};
	buf_init(&b.manifest, &arena, 4096);
	bool good = run_backup(&b);
	if (good)
		printf("%s: the store and %d file(s)\n", directory, b.files);
	verb_close(db);
	arena_release(&arena);
	return good ? EXIT_DONE : EXIT_FAILED;
}

/* ---- restore ---- */

/* One line of the manifest, with its file checked. */
struct line {
	struct hash hash;
	const char *name, *path;
};

/* Only the three kinds of names that backup writes: a manifest cannot name a file outside its
 * directory. */
static bool is_known_name(const char *name, const char *hex)
{
	if (str_eq(name, STORE) || str_eq(name, KEYS))
		return true;
	return str_starts(name, FILES "/") && str_eq(name + strlen(FILES "/"), hex);
}

static bool read_line(struct arena *arena, const char *directory, char *text, struct line *ret)
{
	char *gap = strstr(text, "  ");
	if (!gap)
		return verb_fail("restore", false, MANIFEST ": do not understand '%s'", text);
	*gap = '\0';
	ret->name = arena_strdup(arena, gap + 2);
	if (!hex_decode(text, ret->hash.b, sizeof ret->hash.b) || !is_known_name(ret->name, text))
		return verb_fail("restore", false, MANIFEST ": do not understand '%s'", ret->name);
	ret->path = arena_printf(arena, "%s/%s", directory, ret->name);
	return true;
}

static bool check_line(const struct line *line)
{
	struct hash hash;
	if (!hash_file(line->path, &hash))
		return told("restore", line->path);
	if (memcmp(hash.b, line->hash.b, sizeof hash.b) != 0)
		return verb_fail("restore", false, "%s is not what was backed up: its hash differs",
			line->path);
	return true;
}

/*
 * Calls `use` for every line of the manifest; false when one fails or the store is not among them.
 */
static bool for_each_line(
	struct arena *arena, const char *directory, bool (*use)(const struct line *line))
{
	char *path = arena_printf(arena, "%s/" MANIFEST, directory), *text = NULL;
	size_t room = 0;
	bool good = true, has_store = false;
	FILE *in = fopen(path, "re");
	if (!in)
		return told("restore", path);
	while (good && getline(&text, &room, in) > 0) {
		struct line line;
		text[strcspn(text, "\n")] = '\0';
		good = read_line(arena, directory, text, &line) && use(&line);
		has_store |= good && str_eq(line.name, STORE);
	}
	free(text);
	fclose(in);
	if (good && !has_store)
		return verb_fail("restore", false, "%s names no store", path);
	return good;
}

static bool restore_file(const struct line *line)
{
	struct arena scratch;
	struct stat about;
	struct hash hash;
	if (str_eq(line->name, STORE) || str_eq(line->name, KEYS))
		return true;
	int fd = open(line->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about) != 0 || about.st_size > BLOB_MAX_BYTES)
		return told("restore", line->path);
	arena_init(&scratch, FILE_ARENA_BYTES);
	uint8_t *bytes = arena_alloc(&scratch, (size_t)about.st_size);
	bool good = read(fd, bytes, (size_t)about.st_size) == about.st_size &&
		    blob_put(bytes, (size_t)about.st_size, &hash) == OK;
	close(fd);
	arena_release(&scratch);
	return good ? true : verb_fail("restore", false, "cannot bring back %s", line->path);
}

/* The store appears under its name when everything else is in place. */
static bool run_restore(struct arena *arena, const char *directory, const char *url)
{
	const char *why = NULL, *from = arena_printf(arena, "%s/" STORE, directory);
	char *part = arena_printf(arena, "%s.part", url);
	if (access(url, F_OK) == 0)
		return verb_fail("restore", false,
			"%s is there already; restore writes only a new store", url);
	if (!for_each_line(arena, directory, check_line))
		return false;
	if (!blob_open(url, arena, &why))
		return verb_fail("restore", false, "%s", why);
	bool good = for_each_line(arena, directory, restore_file);
	blob_close();
	if (!good)
		return false;
	if (!copy_file(arena_printf(arena, "%s/" KEYS, directory), keys_path(url, arena)))
		return told("restore", keys_path(url, arena));
	if (!copy_file(from, part) || rename(part, url) != 0) {
		told("restore", part);
		unlink(part);
		return false;
	}
	return true;
}

int verb_restore(int argc, char **argv)
{
	const char *directory = NULL;
	const struct option_row option[] = {{"--from", &directory, NULL}};
	struct arena arena;
	int status = EXIT_USAGE;
	if (verb_options(argc, argv, option, 1, NULL, 0) < 0 || is_postgres("restore", &status))
		return status;
	if (!directory)
		return verb_fail("restore", EXIT_USAGE, "say from where: --from DIR");
	arena_init(&arena, STORE_ARENA_BYTES);
	bool good = run_restore(&arena, directory, config_text(SET_DB));
	if (good)
		printf("%s: restored; 'luwes doctor' checks it\n", config_text(SET_DB));
	arena_release(&arena);
	return good ? EXIT_DONE : EXIT_FAILED;
}
