/*
 * Reading, making and using the key file. Keys live in guarded memory of libsodium, which is
 * overwritten when they are forgotten.
 *
 * The fingerprint in the store is a digest of the seal key: without it an operator who restores a
 * store beside another one's key file would seal new rows with a key that cannot open the old ones.
 */
#include "platform/keys.h"

#include "base/hash.h"
#include "base/put.h"
#include "base/str.h"
#include "platform/config.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES 4096

struct ring {
	uint8_t seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
	uint8_t online[ONLINE_KEYS_MAX][crypto_sign_SECRETKEYBYTES];
	int onlines;
};
_Static_assert(
	crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES ==
		SEAL_OVERHEAD,
	"nonce and tag");
_Static_assert(crypto_sign_BYTES == SIGNATURE_BYTES, "Ed25519");

static struct ring *ring;

/* ---- the store's fingerprint ---- */

static struct db_stmt LOAD_FINGERPRINT = {
	"platform_load_fingerprint", "SELECT key_fingerprint FROM platform_store WHERE one = 1", 0};
static struct db_stmt SET_FINGERPRINT = {"platform_set_fingerprint",
	"INSERT INTO platform_store (one, id_floor, is_demo, key_fingerprint) VALUES (1, 0, 0, $1)"
	" ON CONFLICT (one) DO UPDATE SET key_fingerprint = excluded.key_fingerprint",
	0};

void keys_register(void)
{
	static struct db_stmt *const stmts[] = {&LOAD_FINGERPRINT, &SET_FINGERPRINT};
	db_register(stmts, sizeof(stmts) / sizeof(stmts[0]));
}

static struct hash fingerprint(void)
{
	const struct bytes part[] = {
		{(const uint8_t *)"luwes/ring/1\n", 13}, {ring->seal, sizeof ring->seal}};
	return hash_sha256(part, 2);
}

/* ---- the file ---- */

static struct ring *new_ring(void)
{
	if (sodium_init() < 0 || !(ring || (ring = sodium_malloc(sizeof *ring))))
		abort();
	*ring = (struct ring){0};
	return ring;
}

void keys_draw(void)
{
	uint8_t public[PUBLIC_KEY_BYTES];
	struct ring *r = new_ring();
	randombytes_buf(r->seal, sizeof r->seal);
	crypto_sign_keypair(public, r->online[0]);
	r->onlines = 1;
}

void keys_close(void)
{
	sodium_free(ring);
	ring = NULL;
}

const char *keys_path(const char *url, struct arena *arena)
{
	const char *set = config_text(SET_KEYS);
	if (*set)
		return set;
	return db_engine_of_url(url) == DB_POSTGRES ? "luwes.keys"
						    : arena_printf(arena, "%s.keys", url);
}

static bool take_line(char *line)
{
	uint8_t raw[32], public[PUBLIC_KEY_BYTES];
	size_t n = 0;
	char *value = strchr(line, ' ');
	if (*line == '\0' || *line == '#')
		return true;
	if (!value)
		return false;
	*value++ = '\0';
	if (sodium_base642bin(raw, sizeof raw, value, strlen(value), NULL, &n, NULL,
		    sodium_base64_VARIANT_URLSAFE_NO_PADDING) ||
		n != sizeof raw)
		return false;
	if (str_eq(line, "seal") && sodium_is_zero(ring->seal, sizeof ring->seal))
		memcpy(ring->seal, raw, sizeof raw);
	else if (str_eq(line, "online") && ring->onlines < ONLINE_KEYS_MAX)
		crypto_sign_seed_keypair(public, ring->online[ring->onlines++], raw);
	else
		return false;
	sodium_memzero(raw, sizeof raw);
	return true;
}

static bool take_text(char *text)
{
	bool good = true;
	new_ring();
	for (char *line = text, *end; line && good; line = end) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		good = take_line(line);
	}
	return good && ring->onlines > 0 && !sodium_is_zero(ring->seal, sizeof ring->seal);
}

static bool read_file(const char *path, struct arena *arena, const char **why)
{
	char text[FILE_MAX_BYTES];
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &st)) {
		*why = arena_printf(
			arena, "the key file %s cannot be read: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	ssize_t n = read(fd, text, sizeof text - 1);
	close(fd);
	if (st.st_mode & (S_IRWXG | S_IRWXO)) {
		*why = arena_printf(arena, "others may read the key file %s: chmod 600", path);
		return false;
	}
	text[n > 0 ? n : 0] = '\0';
	bool good = take_text(text);
	sodium_memzero(text, sizeof text);
	if (!good)
		*why = arena_printf(arena, "%s is not a key file", path);
	return good;
}

static void write_line(char *text, size_t room, const char *name, const uint8_t *key)
{
	size_t at = strlen(text);
	char value[64];
	sodium_bin2base64(value, sizeof value, key, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	snprintf(text + at, room - at, "%s %s\n", name, value);
	sodium_memzero(value, sizeof value);
}

/* To disk before anything is sealed with it. */
static bool make_file(const char *path, struct arena *arena, const char **why)
{
	char text[FILE_MAX_BYTES] = "";
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		*why = arena_printf(
			arena, "the key file %s cannot be made: %s", path, strerror(errno));
		return false;
	}
	keys_draw();
	write_line(text, sizeof text, "seal", ring->seal);
	write_line(text, sizeof text, "online", ring->online[0]); /* the seed comes first */
	size_t n = strlen(text);
	bool good = write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	sodium_memzero(text, sizeof text);
	if (close(fd) || !good) {
		*why = arena_printf(arena, "the key file %s cannot be written", path);
		unlink(path);
		return false;
	}
	return true;
}

/* ---- opening ---- */

static enum err load_fingerprint(struct tx *tx, struct bytes *ret)
{
	*ret = (struct bytes){0};
	enum err e = db_load(tx, &LOAD_FINGERPRINT, BIND(), INTO(to_bytes(ret)));
	return e == E_NOT_FOUND ? OK : e;
}

/* The store of no fingerprint gets this one. */
static enum err keep_fingerprint(struct tx *tx)
{
	struct hash print = fingerprint();
	enum err e = db_begin_write(tx->db, tx->government);
	if (!e)
		e = db_exec(tx, &SET_FINGERPRINT, BIND(db_bytes(print.b, sizeof print.b)), NULL);
	if (e) {
		db_rollback(tx->db);
		return e;
	}
	return db_commit(tx->db);
}

bool keys_open(const char *url, struct db *db, struct arena *arena, const char **why)
{
	struct tx tx = {.db = db, .arena = arena};
	const char *path = keys_path(url, arena);
	struct bytes kept;
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = load_fingerprint(&tx, &kept);
	db_rollback(db);
	if (e) {
		*why = "the store's row of keys cannot be read";
		return false;
	}
	bool is_new = kept.n == 0 && access(path, F_OK) != 0;
	if (!(is_new ? make_file(path, arena, why) : read_file(path, arena, why)))
		return false;
	struct hash print = fingerprint();
	if (kept.n == sizeof print.b && memcmp(kept.p, print.b, kept.n) == 0)
		return true;
	*why = arena_printf(arena, "%s is not the key file of this store", path);
	if (kept.n == 0 && keep_fingerprint(&tx) == OK)
		return true;
	keys_close();
	return false;
}

/* ---- use ---- */

bool keys_sign_with(int i, const void *message, size_t n, uint8_t ret_signature[SIGNATURE_BYTES])
{
	assert(ring && i >= 0);
	return i < ring->onlines &&
	       crypto_sign_detached(ret_signature, NULL, message, n, ring->online[i]) == 0;
}

void keys_sign(const void *message, size_t n, uint8_t ret_signature[SIGNATURE_BYTES])
{
	if (!keys_sign_with(0, message, n, ret_signature))
		abort();
}

bool keys_public(int i, uint8_t ret_public[PUBLIC_KEY_BYTES])
{
	assert(ring && i >= 0);
	return i < ring->onlines && crypto_sign_ed25519_sk_to_pk(ret_public, ring->online[i]) == 0;
}

bool keys_verify(const uint8_t public[PUBLIC_KEY_BYTES], const void *message, size_t n,
	const uint8_t signature[SIGNATURE_BYTES])
{
	return crypto_sign_verify_detached(signature, message, n, public) == 0;
}

/* "purpose" NUL owner: what is authenticated beside the bytes. */
static size_t bind_owner(const char *purpose, int64_t owner, uint8_t ret[64])
{
	size_t n = strlen(purpose) + 1;
	assert(n + 8 <= 64);
	put_number(put_bytes(ret, purpose, n), owner, 8);
	return n + 8;
}

/* Nonces are drawn from the system 64 at a time, and each is used once: asking costs more than
 * sealing a position. */
static void draw_nonce(uint8_t nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES])
{
	static __thread uint8_t drawn[64 * crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
	static __thread size_t left;
	if (left == 0) {
		randombytes_buf(drawn, sizeof drawn);
		left = sizeof drawn;
	}
	left -= crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
	memcpy(nonce, drawn + left, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
	sodium_memzero(drawn + left, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
}

struct bytes keys_seal(
	struct arena *arena, const char *purpose, int64_t owner, const void *p, size_t n)
{
	uint8_t bound[64], *out = arena_alloc(arena, n + SEAL_OVERHEAD);
	size_t bound_n = bind_owner(purpose, owner, bound);
	const size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
	assert(ring);
	draw_nonce(out);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		out + nonce, NULL, p, n, bound, bound_n, NULL, out, ring->seal);
	return (struct bytes){out, n + SEAL_OVERHEAD};
}

bool keys_unseal(const char *purpose, int64_t owner, struct bytes sealed, void *ret)
{
	uint8_t bound[64];
	size_t bound_n = bind_owner(purpose, owner, bound);
	const size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
	assert(ring);
	return sealed.n >= SEAL_OVERHEAD &&
	       crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, sealed.p + nonce,
		       sealed.n - nonce, bound, bound_n, sealed.p, ring->seal) == 0;
}

void keys_mac(const char *purpose, const void *p, size_t n, uint8_t ret[32])
{
	crypto_auth_hmacsha256_state state;
	assert(ring);
	crypto_auth_hmacsha256_init(&state, ring->seal, sizeof ring->seal);
	crypto_auth_hmacsha256_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
	crypto_auth_hmacsha256_update(&state, p, n);
	crypto_auth_hmacsha256_final(&state, ret);
}
