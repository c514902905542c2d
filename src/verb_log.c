/* Keys, files and HTTP of the processes that follow a log; see verb_log.h. */
#include "verb_log.h"

#include "base/str.h"
#include "platform/fetch.h"
#include "platform/fields.h"
#include "verbs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define REPLY_BYTES_MAX 65536
#define KEY_FILE_MAX    512

/* ---- files ---- */

static bool write_all(int fd, struct bytes content)
{
	for (size_t at = 0; at < content.n;) {
		ssize_t n = write(fd, content.p + at, content.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* A new name is on disk once its directory is. */
static bool sync_directory(const char *path)
{
	char directory[4096];
	const char *slash = strrchr(path, '/');
	snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) + 1 : 1,
		slash ? path : ".");
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

static bool write_file(const char *verb, const char *path, int flags, struct bytes content)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
	bool good = fd >= 0 && write_all(fd, content) && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0 && close(fd))
		good = false;
	return good ? true : verb_fail(verb, false, "cannot write '%s': %s", path, strerror(why));
}

bool log_replace_file(const char *verb, const char *path, struct bytes content)
{
	char fresh[4096];
	if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
		return verb_fail(verb, false, "too long a name: '%s'", path);
	if (!write_file(verb, fresh, O_TRUNC, content))
		return false;
	if (rename(fresh, path) || !sync_directory(path))
		return verb_fail(verb, false, "cannot replace '%s': %s", path, strerror(errno));
	return true;
}

bool log_append_file(const char *verb, const char *path, struct bytes content)
{
	return write_file(verb, path, O_APPEND, content) && sync_directory(path);
}

bool log_read_file(
	const char *verb, const char *path, size_t max, struct arena *arena, struct bytes *ret)
{
	uint8_t *p = arena_alloc(arena, max + 2);
	size_t n = 0;
	ssize_t got = 0;
	*ret = (struct bytes){p, 0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return true;
	while (fd >= 0 && n <= max && (got = read(fd, p + n, max + 1 - n)) > 0)
		n += (size_t)got;
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (fd < 0 || got < 0)
		return verb_fail(verb, false, "cannot read '%s': %s", path, strerror(why));
	if (n > max)
		return verb_fail(verb, false, "'%s' is too large", path);
	p[n] = '\0';
	ret->n = n;
	return true;
}

bool log_lock(const char *verb, const char *path)
{
	char name[4096];
	snprintf(name, sizeof name, "%s.lock", path);
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600); /* open until the end */
	if (fd < 0)
		return verb_fail(verb, false, "cannot open '%s': %s", name, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	close(fd);
	return verb_fail(verb, false, "another process holds '%s'", name);
}

/* ---- keys ---- */

bool log_make_key(const char *verb, const char *path, const char *name, enum key_type type)
{
	struct arena arena;
	struct skey key;
	struct buf secret, public;
	uint8_t seed[ED25519_SEED_BYTES];
	arena_init(&arena, 1 << 20);
	buf_init(&secret, &arena, KEY_FILE_MAX);
	buf_init(&public, &arena, KEY_FILE_MAX);
	randombytes_buf(seed, sizeof seed);
	bool good = trust_make_skey(name, type, seed, &key);
	if (!good)
		verb_fail(
			verb, 0, "--name wants 1 to %d bytes without blanks and '+'", KEY_NAME_MAX);
	if (good) {
		trust_print_skey(&key, &secret);
		trust_print_vkey(&key.public, &public);
		buf_char(&secret, '\n');
		good = write_file(verb, path, O_EXCL,
			       (struct bytes){(const uint8_t *)secret.p, secret.n}) &&
		       sync_directory(path);
		sodium_memzero(secret.p, secret.n);
	}
	if (good)
		puts(public.p);
	sodium_memzero(seed, sizeof seed);
	sodium_memzero(&key, sizeof key);
	arena_release(&arena);
	return good;
}

static bool is_private(const char *verb, int fd, const char *path)
{
	struct stat st;
	if (fstat(fd, &st) || (st.st_mode & (S_IRWXG | S_IRWXO)))
		return verb_fail(verb, false, "others may read the key file '%s': chmod 600", path);
	return true;
}

bool log_read_key(const char *verb, const char *path, enum key_type type, struct skey *ret)
{
	char text[KEY_FILE_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return verb_fail(
			verb, false, "cannot read the key file '%s': %s", path, strerror(errno));
	bool good = is_private(verb, fd, path);
	ssize_t n = good ? read(fd, text, sizeof text - 1) : 0;
	close(fd);
	if (!good)
		return false;
	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	good = trust_parse_skey(text, ret) && ret->public.type == type;
	sodium_memzero(text, sizeof text);
	return good ? true
		    : verb_fail(verb, false, "'%s' is not a key file of luwes %s", path,
			      type == KEY_LOG ? "sign" : "witness");
}

/* ---- what was last seen ---- */

bool log_read_state(const char *verb, const char *path, const char *origin, struct arena *arena,
	struct tree_head *ret)
{
	struct checkpoint state;
	struct bytes text;
	*ret = (struct tree_head){0};
	if (!log_read_file(verb, path, NOTE_BYTES_MAX, arena, &text))
		return false;
	if (text.n == 0 && access(path, F_OK))
		return true;
	if (!trust_read_checkpoint(text, &state))
		return verb_fail(verb, false, "'%s' is not what was kept of a log", path);
	if (!str_eq(state.origin, origin))
		return verb_fail(verb, false, "'%s' is of the log %s, not of %s", path,
			state.origin, origin);
	*ret = state.head;
	return true;
}

bool log_write_state(const char *verb, const char *path, const struct checkpoint *state)
{
	uint8_t room[512];
	struct buf b = {.p = (char *)room, .cap = sizeof room};
	trust_print_checkpoint(state, &b);
	return log_replace_file(verb, path, (struct bytes){room, b.n});
}

/* ---- the log of a server ---- */

const char *log_url(const char *server, const char *government, struct arena *arena)
{
	size_t n = strlen(server);
	while (n > 0 && server[n - 1] == '/')
		n--;
	return arena_printf(arena, "%.*s/api/v1/public/%s/log", (int)n, server, government);
}

struct head_seen {
	int64_t size;
	const char *root;
};
static const struct field head_seen_fields[] = {
	F_INT64(struct head_seen, size, 0, INT64_MAX, 0, ""),
	F_TEXT(struct head_seen, root, 1, 100, 0, ""),
	F_END,
};
static const struct shape head_seen_shape = SHAPE("", struct head_seen, head_seen_fields);

static bool tell_status(const char *verb, const char *url, const struct fetch_reply *reply)
{
	return verb_fail(verb, false, "%s answers %d %.300s", url, reply->status,
		(const char *)reply->body.p);
}

static bool get(const char *verb, const char *url, struct arena *arena, struct fetch_reply *ret)
{
	const char *why;
	if (fetch_get(url, REPLY_BYTES_MAX, arena, ret, &why))
		return true;
	return verb_fail(verb, false, "%s: %s", url, why);
}

bool log_fetch_head(const char *verb, const char *log, struct arena *arena, struct tree_head *ret)
{
	const char *url = arena_printf(arena, "%s/head", log);
	struct fetch_reply reply;
	struct head_seen seen = {0};
	struct field_fault fault;
	if (!get(verb, url, arena, &reply))
		return false;
	if (reply.status != 200)
		return tell_status(verb, url, &reply);
	if (fields_decode(&head_seen_shape, arena, (const char *)reply.body.p, reply.body.n, &seen,
		    &fault) ||
		!trust_read_hash(
			(struct bytes){(const uint8_t *)seen.root, strlen(seen.root)}, &ret->root))
		return verb_fail(verb, false, "%s is not the head of a log", url);
	ret->size = seen.size;
	return true;
}

bool log_fetch_checkpoint(
	const char *verb, const char *log, struct arena *arena, struct bytes *ret_note)
{
	const char *url = arena_printf(arena, "%s/checkpoint", log);
	struct fetch_reply reply;
	*ret_note = (struct bytes){0};
	if (!get(verb, url, arena, &reply))
		return false;
	if (reply.status == 409) /* nothing was signed yet */
		return true;
	if (reply.status != 200)
		return tell_status(verb, url, &reply);
	*ret_note = reply.body;
	return true;
}

bool log_fetch_consistency(const char *verb, const char *log, const struct tree_head *from,
	const struct tree_head *to, struct arena *arena, struct log_proof *ret)
{
	struct fetch_reply reply;
	ret->count = 0;
	if (from->size == 0 || from->size >= to->size)
		return true;
	const char *url = arena_printf(arena, "%s/consistency?from=%lld&to=%lld", log,
		(long long)from->size, (long long)to->size);
	if (!get(verb, url, arena, &reply))
		return false;
	if (reply.status != 200)
		return tell_status(verb, url, &reply);
	if (!trust_read_hashes(reply.body, ret))
		return verb_fail(verb, false, "%s is not a proof", url);
	return true;
}

bool log_post_note(const char *verb, const char *log, const char *where, struct bytes note,
	struct arena *arena)
{
	const char *url = arena_printf(arena, "%s/%s", log, where), *why;
	struct fetch_reply reply;
	struct buf json;
	buf_init(&json, arena, note.n * 2);
	buf_str(&json, "{\"note\":");
	fields_encode_text(&json, arena_strndup(arena, (const char *)note.p, note.n));
	buf_char(&json, '}');
	if (!fetch_post(url, (struct bytes){(const uint8_t *)json.p, json.n}, REPLY_BYTES_MAX,
		    arena, &reply, &why))
		return verb_fail(verb, false, "%s: %s", url, why);
	return reply.status == 204 || tell_status(verb, url, &reply);
}

/* ---- again and again ---- */

bool log_take_every(const char *verb, const char *text, int *ret_seconds)
{
	int64_t seconds = 60;
	if (text && !str_to_int(text, 1, 86400, &seconds))
		return verb_fail(verb, false, "--every wants 1 to 86400 seconds");
	*ret_seconds = (int)seconds;
	return true;
}

static sigset_t ending;

void log_begin_rounds(void)
{
	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	sigprocmask(SIG_BLOCK, &ending, NULL);
	signal(SIGPIPE, SIG_IGN);
}

bool log_pause(int seconds)
{
	struct timespec wait = {.tv_sec = seconds};
	int s;
	do
		s = sigtimedwait(&ending, NULL, &wait);
	while (s < 0 && errno == EINTR);
	return s < 0;
}
