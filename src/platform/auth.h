/*
 * Accounts, passwords, sessions, one-time codes, throttling: who is asking, not what he may do.
 *
 * argon2id by libsodium in the bounded pool; a session token "<government code>.<random 256 bits>"
 * of which the store keeps only SHA-256; failed sign-ins are throttled per account for browsers
 * that never signed in to it and per known browser apart, so nobody can lock another out; an
 * unknown NIP costs the same time and gives the same answer. NIST SP 800-63B, OWASP ASVS 5 6.x/7.x.
 */
#ifndef LUWES_PLATFORM_AUTH_H
#define LUWES_PLATFORM_AUTH_H

#include "platform/http.h"

#define PASSWORD_MIN 12
#define PASSWORD_MAX 128

/* PHC string of a password; slow (tens of ms): pool or command line only. */
enum err auth_hash_password(struct arena *arena, const char *password, const char **ret_phc);

/* Whether the password belongs to `phc`; slow. NULL takes the same time and is false. */
bool auth_is_password(const char *phc, const char *password);

/*
 * Refuses short, common, simple and personal (NIP, birth date, government) passwords: OK or
 * E_WEAK_PASSWORD with a reason the web app words: "too_short", "too_long", "not_text", "common",
 * "simple", "personal". `government_code` and `ret_reason` may be NULL.
 */
enum err auth_check_password(const char *password, const char *nip, const char *government_code,
	const char **ret_reason);

/* Adds an account for an employee: `phc` may be NULL (must be activated by a one-time code). */
enum err auth_add_account(
	struct tx *tx, struct employee_id employee, const char *nip, const char *phc);

/* Ends every session and refuses new ones from now on. */
enum err auth_disable_account(struct tx *tx, struct employee_id employee);

/*
 * The account holds until `at_ms`, an instant passed or to come: the end of service. No session
 * outlives it. INSTANT_NONE: without an end, also for who comes back. No error without an account.
 */
enum err auth_end_account(struct tx *tx, struct employee_id employee, int64_t at_ms);

/*
 * Makes a one-time code ("7K2QD-M4XRA") for an account, valid `days` days, replacing earlier ones;
 * `ret_code` is shown once, the store keeps its hash. E_NOT_FOUND without an account, E_CONFLICT
 * when that is disabled. Five wrong tries end it.
 */
enum err auth_add_code(struct tx *tx, struct employee_id employee, struct employee_id issuer,
	int days, const char **ret_code);

/* A fresh one-time code as it is printed, and the letters of one as it was typed: case, blanks,
 * hyphens and look-alikes O I L do not matter; false when it cannot be a code. */
#define AUTH_CODE_LETTERS 10 /* of 32 kinds: 50 bits */
void auth_make_code(char ret[AUTH_CODE_LETTERS + 2]);
bool auth_read_code(const char *typed, char ret[AUTH_CODE_LETTERS]);

/* Adds a session and returns its token (load tests and sign-in). E_NOT_FOUND without an account. */
enum err auth_add_session(struct tx *tx, struct employee_id employee, const char *government_code,
	const char **ret_token);

/*
 * Wired by the program: whether an employee holds an office today that opens the data of others.
 * His sessions end after twelve hours without use, those of everybody else after thirty days. NULL:
 * nobody does.
 */
extern enum err (*auth_is_officer)(struct tx *tx, struct employee_id employee, bool *ret);

/*
 * Removes what is too old of tx->government: replies after 48 h, expired sessions and codes,
 * forgotten browsers. At most a few hundred rows of each a call.
 */
enum err auth_sweep(struct tx *tx);

/* A sign-in that a demo store shows to visitors (GET /api/v1/demo, `luwes demo --logins`). */
struct demo_login {
	const char *role;       /* code word of the glossary: "employee", "bkd" */
	const char *government; /* code; ignored when adding */
	const char *nip, *password, *name;
};
#define DEMO_LOGINS_MAX 200

/* Lists a login under its position in the list; only the demo generator calls it. */
enum err auth_add_demo_login(struct tx *tx, const struct demo_login *login, int ordering);

/* Logins of every government of the store, in order; none unless it is a demo store. */
enum err auth_list_demo_logins(struct tx *tx, struct demo_login **ret_list, int *ret_count);

/* The public origin is https: cookies are then Secure and carry the __Host- prefix. Set by main.c
 * before serving. */
extern bool auth_origin_is_https;
/* The public origin itself, "https://host": passkeys are bound to it. Set by serve: --origin, or
 * localhost with the port it listens on. */
extern const char *auth_origin;

/* Wired by main.c: decides `permission` over rq->object for rq->actor on rq->tx; OK, E_FORBIDDEN or
 * E_NOT_FOUND. */
extern enum err (*auth_authorise)(
	struct req *rq, enum permission permission, const struct object *object);

#endif
