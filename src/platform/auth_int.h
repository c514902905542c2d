/*
 * What accounts share inside platform/: the session of a token and the stored reply of a repeated
 * write for the dispatcher, and the rows, codes and rules that auth_routes.c is made of.
 */
#ifndef LUWES_PLATFORM_AUTH_INT_H
#define LUWES_PLATFORM_AUTH_INT_H

#include "base/hash.h"
#include "platform/auth.h"
#include "platform/http.h"

/* ---- for the dispatcher ---- */

struct session {
	struct actor actor;
	int64_t seen_at; /* last written; at most every SESSION_TOUCH_MS */
};

#define SESSION_TOUCH_MS (5 * MS_PER_MINUTE)
#define SESSION_IDLE_MS  (30 * MS_PER_DAY)
#define OFFICER_IDLE_MS  (12 * 60 * MS_PER_MINUTE)
#define SESSION_MAX_MS   (180 * MS_PER_DAY)

/* Session of a token "<government code>.<random>": one SELECT, and the roles of its owner when it
 * was not used for OFFICER_IDLE_MS. E_UNAUTHENTICATED when unknown, expired or disabled. Sets
 * tx->government. */
enum err auth_load_session(struct tx *tx, const char *token, struct session *ret);

/* The government a token names, when this thread has met its code before: no look-up. */
bool auth_token_government(const char *token, struct government_id *ret);

/* Writes that the session was seen at tx->now_ms. */
enum err auth_touch_session(struct tx *tx, const struct actor *actor);

/* The stored reply of an idempotency key; E_NOT_FOUND when the key is new. */
struct stored_reply {
	struct hash body_hash;
	int32_t status;
	struct bytes body;
};
enum err auth_load_reply(
	struct tx *tx, const struct uuid *key, struct employee_id actor, struct stored_reply *ret);
enum err auth_add_reply(struct tx *tx, const struct uuid *key, struct employee_id actor,
	const struct stored_reply *reply);

/*
 * Name of the session cookie: "luwes_session", or "__Host-luwes_session" when the origin is https.
 */
const char *auth_session_cookie(void);
const char *auth_browser_cookie(void);

/* ---- accounts (auth_db.c) ---- */

struct account {
	struct employee_id employee;
	const char *nip;
	const char *phc;  /* NULL: to be activated by a one-time code */
	bool is_disabled; /* or past its end */
};
/* E_NOT_FOUND when there is none. */
enum err auth_load_account(struct tx *tx, const char *nip, struct account *ret);
enum err auth_load_account_of(struct tx *tx, struct employee_id employee, struct account *ret);
enum err auth_set_phc(struct tx *tx, struct employee_id employee, const char *phc);

/* Ends the session of a token; it need not exist. */
enum err auth_end_session(struct tx *tx, const char *token);
/* Ends all sessions of an account but one (0: all). */
enum err auth_end_sessions(struct tx *tx, struct employee_id employee, int64_t but_session_id);

/* A browser is known by the hash of its cookie to the accounts that signed in with it. */
struct browser_row {
	bool is_known;   /* to any account of the government */
	bool is_trusted; /* to this one */
};
enum err auth_load_browser(
	struct tx *tx, const char *cookie, struct employee_id employee, struct browser_row *ret);
enum err auth_add_browser(struct tx *tx, const char *cookie, struct employee_id employee);
#define BROWSER_DAYS 400

/* ---- one-time codes ---- */

#define CODE_CHARACTERS AUTH_CODE_LETTERS
#define CODE_TRIES_MAX  5

struct code_row {
	struct hash hash;
	int64_t expires_at;
	int32_t tries; /* wrong ones so far */
};
/* E_NOT_FOUND when none waits. */
enum err auth_load_code(struct tx *tx, struct employee_id employee, struct code_row *ret);
enum err auth_add_code_row(struct tx *tx, struct employee_id employee, struct employee_id issuer,
	const struct code_row *row);
/* Counts a wrong try. */
enum err auth_count_code_try(struct tx *tx, struct employee_id employee);
enum err auth_end_code(struct tx *tx, struct employee_id employee);

/* What is stored: the hash of the code as typed (case, blanks, hyphens and look-alikes O I L do not
 * matter), bound to its account. False when the text cannot be a code. */
bool auth_hash_code(struct government_id government, struct employee_id employee, const char *typed,
	struct hash *ret);
/* Whether the typed code opens the account now. */
bool auth_is_code(struct government_id government, struct employee_id employee, const char *typed,
	const struct code_row *row, int64_t now_ms);

/* ---- secrets (auth.c) ---- */

/* Whether the hash was made with other parameters than today's. */
bool auth_is_outdated(const char *phc);
/* A session token, and the random value of a browser cookie. */
char *auth_make_token(struct arena *arena, const char *government_code);
char *auth_make_browser(struct arena *arena);
/* Whether a cookie has the form of auth_make_browser. */
bool auth_is_browser(const char *cookie);

#define GOVERNMENT_CODE_MAX 32

/* What auth_check_password refuses first, in strcmp order (auth_password.c). */
extern const char *const auth_common_words[];
extern const int auth_common_word_count;

#define AUTH_STMTS 26
extern struct db_stmt *const auth_stmts[AUTH_STMTS];

#endif
