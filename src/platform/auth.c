/*
 * Secrets of accounts: password hashes, session tokens, browser cookies, one-time codes.
 *
 * A password is hashed by argon2id with the least that OWASP asks for (19 MiB, two passes), so that
 * a small server survives a morning; raising the constants re-hashes each password at its next
 * sign-in. Tokens are random and the store keeps only their SHA-256. A one-time code is short
 * because people type it from paper: 50 bits, five tries, a few days (NIST SP 800-63B 3.1.2).
 * Nothing here touches the store except through auth_db.c.
 */
#include "platform/auth.h"

#include "base/str.h"
#include "platform/auth_int.h"
#include "platform/clock.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define ARGON2_PASSES       2
#define ARGON2_MEMORY_BYTES ((size_t)19 * 1024 * 1024)
#define TOKEN_BYTES         32
#define BROWSER_BYTES       16
#define BROWSER_CHARACTERS  22 /* of base64url */

bool auth_origin_is_https;
const char *auth_origin = "http://localhost";

/* ---- passwords ---- */

enum err auth_hash_password(struct arena *arena, const char *password, const char **ret_phc)
{
	char *phc = arena_alloc(arena, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str(phc, password, strlen(password), ARGON2_PASSES, ARGON2_MEMORY_BYTES))
		return E_BUSY; /* no memory for it now */
	*ret_phc = phc;
	return OK;
}

/* A hash nobody knows the password of, made with today's parameters: an unknown NIP costs as much
 * as a known one. */
static char decoy[crypto_pwhash_STRBYTES];

static void make_decoy(void)
{
	char secret[33];
	uint8_t random[16];
	randombytes_buf(random, sizeof random);
	hex_encode(random, sizeof random, secret);
	if (crypto_pwhash_str(decoy, secret, strlen(secret), ARGON2_PASSES, ARGON2_MEMORY_BYTES))
		decoy[0] = '\0'; /* verifying against it fails at once: no memory for the others
				    either */
}

bool auth_is_password(const char *phc, const char *password)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, make_decoy);
	bool matches = crypto_pwhash_str_verify(phc ? phc : decoy, password, strlen(password)) == 0;
	return matches && phc;
}

bool auth_is_outdated(const char *phc)
{
	return crypto_pwhash_str_needs_rehash(phc, ARGON2_PASSES, ARGON2_MEMORY_BYTES) != 0;
}

/* ---- tokens and cookies ---- */

char *auth_make_token(struct arena *arena, const char *government_code)
{
	uint8_t random[TOKEN_BYTES];
	randombytes_buf(random, sizeof random);
	return arena_printf(
		arena, "%s.%s", government_code, base64url_encode(arena, random, sizeof random));
}

char *auth_make_browser(struct arena *arena)
{
	uint8_t random[BROWSER_BYTES];
	randombytes_buf(random, sizeof random);
	return base64url_encode(arena, random, sizeof random);
}

bool auth_is_browser(const char *cookie)
{
	static const char alphabet[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	return cookie && strlen(cookie) == BROWSER_CHARACTERS &&
	       strspn(cookie, alphabet) == BROWSER_CHARACTERS;
}

const char *auth_session_cookie(void)
{
	return auth_origin_is_https ? "__Host-luwes_session" : "luwes_session";
}

const char *auth_browser_cookie(void)
{
	return auth_origin_is_https ? "__Host-luwes_browser" : "luwes_browser";
}

/* ---- one-time codes ---- */

/* Crockford's base 32: no I, L, O, U. */
static const char code_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void auth_make_code(char out[CODE_CHARACTERS + 2])
{
	for (int i = 0; i < CODE_CHARACTERS; i++)
		out[i + (i >= CODE_CHARACTERS / 2)] = code_alphabet[randombytes_uniform(32)];
	out[CODE_CHARACTERS / 2] = '-';
	out[CODE_CHARACTERS + 1] = '\0';
}

static char canonical_code_character(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	return c == 'I' || c == 'L' ? '1' : c;
}

bool auth_read_code(const char *typed, char out[CODE_CHARACTERS])
{
	int n = 0;
	for (; *typed; typed++) {
		char c = canonical_code_character(*typed);
		if (c == '-' || c == ' ')
			continue;
		if (n == CODE_CHARACTERS || !strchr(code_alphabet, c))
			return false;
		out[n++] = c;
	}
	return n == CODE_CHARACTERS;
}

bool auth_hash_code(struct government_id government, struct employee_id employee, const char *typed,
	struct hash *ret)
{
	static const char purpose[] = "luwes/code/1";
	char code[CODE_CHARACTERS];
	if (!auth_read_code(typed, code))
		return false;
	struct bytes part[] = {
		{(const uint8_t *)purpose, sizeof purpose},
		{(const uint8_t *)&government.v, sizeof government.v},
		{(const uint8_t *)&employee.v, sizeof employee.v},
		{(const uint8_t *)code, sizeof code},
	};
	*ret = hash_sha256(part, sizeof part / sizeof part[0]);
	return true;
}

bool auth_is_code(struct government_id government, struct employee_id employee, const char *typed,
	const struct code_row *row, int64_t now_ms)
{
	struct hash hash;
	return auth_hash_code(government, employee, typed, &hash) && row->tries < CODE_TRIES_MAX &&
	       row->expires_at > now_ms && sodium_memcmp(hash.b, row->hash.b, sizeof hash.b) == 0;
}

enum err auth_add_code(struct tx *tx, struct employee_id employee, struct employee_id issuer,
	int days, const char **ret_code)
{
	struct account account;
	struct code_row row = {.expires_at = tx->now_ms + days * MS_PER_DAY};
	char code[CODE_CHARACTERS + 2];
	enum err e = auth_load_account_of(tx, employee, &account);
	if (e)
		return e;
	if (account.is_disabled)
		return E_CONFLICT;
	auth_make_code(code);
	auth_hash_code(tx->government, employee, code, &row.hash);
	if ((e = auth_add_code_row(tx, employee, issuer, &row)))
		return e;
	*ret_code = arena_strdup(tx->arena, code);
	return OK;
}
