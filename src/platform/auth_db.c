/*
 * Every statement on accounts, one-time codes, sessions, known browsers, stored replies and demo
 * logins.
 *
 * The session of a token is found by primary key alone: ending an account ends its sessions in the
 * same transaction, so the lookup joins nothing. The government a token names is remembered per
 * thread and read again only when the session is not found there.
 */
#include "platform/auth_int.h"

#include "base/str.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <string.h>

#define REPLY_KEPT_MS (48 * 60 * MS_PER_MINUTE)
#define SWEEP_ROWS    200

/* ---- accounts ---- */

#define ACCOUNT_COLUMNS                                                                            \
	"employee_id, nip, phc,"                                                                   \
	" CASE WHEN disabled_at IS NOT NULL OR ends_at <= $3 THEN 1 ELSE 0 END"

static struct db_stmt LOAD_ACCOUNT = {"auth_load_account",
	"SELECT " ACCOUNT_COLUMNS " FROM platform_account WHERE government_id = $1 AND nip = $2",
	0};

static struct db_into into_account(struct account *a, struct db_target target[4])
{
	*a = (struct account){0};
	target[0] = to_int64(&a->employee.v);
	target[1] = to_text(&a->nip);
	target[2] = to_text(&a->phc);
	target[3] = to_bool(&a->is_disabled);
	return (struct db_into){target, 4};
}

enum err auth_load_account(struct tx *tx, const char *nip, struct account *ret)
{
	struct db_target target[4];
	return db_load(tx, &LOAD_ACCOUNT,
		BIND(db_int(tx->government.v), db_text(nip), db_int(tx->now_ms)),
		into_account(ret, target));
}

static struct db_stmt LOAD_ACCOUNT_OF = {"auth_load_account_of",
	"SELECT " ACCOUNT_COLUMNS
	" FROM platform_account WHERE government_id = $1 AND employee_id = $2",
	0};

enum err auth_load_account_of(struct tx *tx, struct employee_id employee, struct account *ret)
{
	struct db_target target[4];
	return db_load(tx, &LOAD_ACCOUNT_OF,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(tx->now_ms)),
		into_account(ret, target));
}

static struct db_stmt ADD_ACCOUNT = {"auth_add_account",
	"INSERT INTO platform_account (government_id, employee_id, nip, phc) VALUES ($1, $2, $3, "
	"$4)",
	0};

enum err auth_add_account(
	struct tx *tx, struct employee_id employee, const char *nip, const char *phc)
{
	return db_exec(tx, &ADD_ACCOUNT,
		BIND(db_int(tx->government.v), db_int(employee.v), db_text(nip), db_text(phc)),
		NULL);
}

static struct db_stmt SET_PHC = {"auth_set_phc",
	"UPDATE platform_account SET phc = $3 WHERE government_id = $1 AND employee_id = $2", 0};

enum err auth_set_phc(struct tx *tx, struct employee_id employee, const char *phc)
{
	return db_exec(tx, &SET_PHC,
		BIND(db_int(tx->government.v), db_int(employee.v), db_text(phc)), NULL);
}

static struct db_stmt DISABLE_ACCOUNT = {"auth_disable_account",
	"UPDATE platform_account SET disabled_at = $3"
	" WHERE government_id = $1 AND employee_id = $2 AND disabled_at IS NULL",
	0};

enum err auth_disable_account(struct tx *tx, struct employee_id employee)
{
	enum err e;
	if ((e = db_exec(tx, &DISABLE_ACCOUNT,
		     BIND(db_int(tx->government.v), db_int(employee.v), db_int(tx->now_ms)), NULL)))
		return e;
	if ((e = auth_end_code(tx, employee)))
		return e;
	return auth_end_sessions(tx, employee, 0);
}

static struct db_stmt SET_END = {"auth_set_end",
	"UPDATE platform_account SET ends_at = $3 WHERE government_id = $1 AND employee_id = $2",
	0};

static enum err set_end(struct tx *tx, struct employee_id employee, int64_t at_ms)
{
	return db_exec(tx, &SET_END,
		BIND(db_int(tx->government.v), db_int(employee.v),
			at_ms == INSTANT_NONE ? db_null() : db_int(at_ms)),
		NULL);
}

static struct db_stmt CUT_SESSIONS = {"auth_cut_sessions",
	"UPDATE platform_session SET expires_at = $3"
	" WHERE government_id = $1 AND employee_id = $2 AND expires_at > $3",
	0};

enum err auth_end_account(struct tx *tx, struct employee_id employee, int64_t at_ms)
{
	enum err e = set_end(tx, employee, at_ms);
	if (e || at_ms == INSTANT_NONE)
		return e;
	if (at_ms > tx->now_ms) {
		db_forget_all(tx, DB_RECALL_SESSION);
		return db_exec(tx, &CUT_SESSIONS,
			BIND(db_int(tx->government.v), db_int(employee.v), db_int(at_ms)), NULL);
	}
	if ((e = auth_end_code(tx, employee)))
		return e;
	return auth_end_sessions(tx, employee, 0);
}

/* ---- sessions ---- */

enum err (*auth_is_officer)(struct tx *tx, struct employee_id employee, bool *ret);

/* Whether a session that was not used for `idle_ms` still holds: shorter for officers. */
static enum err check_idle(struct tx *tx, struct employee_id employee, int64_t idle_ms)
{
	bool is_officer = false;
	if (idle_ms < OFFICER_IDLE_MS)
		return OK;
	if (idle_ms >= SESSION_IDLE_MS)
		return E_UNAUTHENTICATED;
	enum err e = auth_is_officer ? auth_is_officer(tx, employee, &is_officer) : OK;
	return e ? e : is_officer ? E_UNAUTHENTICATED : OK;
}

static struct db_stmt LOAD_SESSION = {"auth_load_session",
	"SELECT session_id, employee_id, expires_at, seen_at FROM platform_session"
	" WHERE government_id = $1 AND token_hash = $2",
	0};

/* What the writer remembers of a session (DB_RECALL_SESSION). */
struct held_session {
	int64_t session_id, employee, expires_at, seen_at;
};

/* A session that is remembered and was used a moment ago: nothing about it can be in question. */
static bool recall_session(struct tx *tx, const struct hash *token_hash, struct held_session *ret)
{
	return db_recall(tx, DB_RECALL_SESSION, token_hash->b, ret) &&
	       ret->expires_at > tx->now_ms && tx->now_ms - ret->seen_at <= SESSION_TOUCH_MS;
}

static enum err load_session_row(struct tx *tx, const char *token, struct session *ret)
{
	struct hash hash = hash_of(token, strlen(token));
	struct held_session row = {0};
	enum err e = OK;
	bool is_recalled = recall_session(tx, &hash, &row);
	if (!is_recalled)
		e = db_load(tx, &LOAD_SESSION,
			BIND(db_int(tx->government.v), db_bytes(hash.b, sizeof hash.b)),
			INTO(to_int64(&row.session_id), to_int64(&row.employee),
				to_int64(&row.expires_at), to_int64(&row.seen_at)));
	*ret = (struct session){
		.actor = {.government = tx->government,
			.employee = {row.employee},
			.session_id = row.session_id},
		.seen_at = row.seen_at,
	};
	if (e || is_recalled)
		return e;
	if (row.expires_at <= tx->now_ms)
		return E_UNAUTHENTICATED;
	if ((e = check_idle(tx, ret->actor.employee, tx->now_ms - row.seen_at)))
		return e;
	if (tx->now_ms - row.seen_at > SESSION_TOUCH_MS)
		row.seen_at = tx->now_ms; /* as a caller that writes is about to write */
	db_remember(tx, DB_RECALL_SESSION, hash.b, &row);
	return OK;
}

/* The government code of a token, which stands before the dot. */
static bool token_code(const char *token, char out[GOVERNMENT_CODE_MAX + 1])
{
	size_t n = strcspn(token, ".");
	if (n == 0 || n > GOVERNMENT_CODE_MAX || token[n] != '.')
		return false;
	memcpy(out, token, n);
	out[n] = '\0';
	return true;
}

/* A code stays with its government for ever, but a thread may see another store (tests); hence the
 * second look. */
static __thread struct {
	char code[GOVERNMENT_CODE_MAX + 1];
	struct government_id id;
} remembered[16];

bool auth_token_government(const char *token, struct government_id *ret)
{
	char code[GOVERNMENT_CODE_MAX + 1] = {0};
	if (!token_code(token, code))
		return false;
	size_t slot = hash_fnv(code, strlen(code)) % (sizeof remembered / sizeof remembered[0]);
	*ret = remembered[slot].id;
	return str_eq(remembered[slot].code, code);
}

enum err auth_load_session(struct tx *tx, const char *token, struct session *ret)
{
	char code[GOVERNMENT_CODE_MAX + 1] = {0};
	struct government government;
	enum err e = E_NOT_FOUND;
	if (!token_code(token, code))
		return E_UNAUTHENTICATED;
	size_t slot = hash_fnv(code, strlen(code)) % (sizeof remembered / sizeof remembered[0]);
	if (str_eq(remembered[slot].code, code)) {
		tx->government = remembered[slot].id;
		e = load_session_row(tx, token, ret);
	}
	if (e != E_NOT_FOUND)
		return e;
	if ((e = platform_load_government_by_code(tx, code, &government)))
		return e == E_NOT_FOUND ? E_UNAUTHENTICATED : e;
	memcpy(remembered[slot].code, code, sizeof code);
	remembered[slot].id = tx->government = government.id;
	e = load_session_row(tx, token, ret);
	return e == E_NOT_FOUND ? E_UNAUTHENTICATED : e;
}

/* No later than the account itself. */
static struct db_stmt ADD_SESSION = {"auth_add_session",
	"INSERT INTO platform_session"
	" (government_id, token_hash, session_id, employee_id, created_at, expires_at, seen_at)"
	" SELECT government_id, $2, CAST($3 AS BIGINT), employee_id, CAST($5 AS BIGINT),"
	" CASE WHEN ends_at < $6 THEN ends_at ELSE CAST($6 AS BIGINT) END, CAST($5 AS BIGINT)"
	" FROM platform_account WHERE government_id = $1 AND employee_id = $4",
	0};

enum err auth_add_session(struct tx *tx, struct employee_id employee, const char *government_code,
	const char **ret_token)
{
	const char *token = auth_make_token(tx->arena, government_code);
	struct hash hash = hash_of(token, strlen(token));
	int64_t rows = 0;
	enum err e = db_exec(tx, &ADD_SESSION,
		BIND(db_int(tx->government.v), db_bytes(hash.b, sizeof hash.b), db_int(id_next()),
			db_int(employee.v), db_int(tx->now_ms),
			db_int(tx->now_ms + SESSION_MAX_MS)),
		&rows);
	if (!e && rows == 0)
		return E_NOT_FOUND;
	if (!e)
		*ret_token = token;
	return e;
}

static struct db_stmt TOUCH_SESSION = {"auth_touch_session",
	"UPDATE platform_session SET seen_at = $4"
	" WHERE government_id = $1 AND employee_id = $2 AND session_id = $3 AND seen_at < $4",
	0};

enum err auth_touch_session(struct tx *tx, const struct actor *actor)
{
	return db_exec(tx, &TOUCH_SESSION,
		BIND(db_int(tx->government.v), db_int(actor->employee.v), db_int(actor->session_id),
			db_int(tx->now_ms)),
		NULL);
}

static struct db_stmt END_SESSION = {"auth_end_session",
	"DELETE FROM platform_session WHERE government_id = $1 AND token_hash = $2", 0};

enum err auth_end_session(struct tx *tx, const char *token)
{
	struct hash hash = hash_of(token, strlen(token));
	db_forget(tx, DB_RECALL_SESSION, hash.b);
	return db_exec(tx, &END_SESSION,
		BIND(db_int(tx->government.v), db_bytes(hash.b, sizeof hash.b)), NULL);
}

static struct db_stmt END_SESSIONS = {"auth_end_sessions",
	"DELETE FROM platform_session WHERE government_id = $1 AND employee_id = $2 AND session_id "
	"<> $3",
	0};

enum err auth_end_sessions(struct tx *tx, struct employee_id employee, int64_t but_session_id)
{
	db_forget_all(tx, DB_RECALL_SESSION);
	return db_exec(tx, &END_SESSIONS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(but_session_id)), NULL);
}

/* ---- browsers ---- */

static struct db_stmt LOAD_BROWSER = {"auth_load_browser",
	"SELECT CAST(coalesce(max(1), 0) AS BIGINT),"
	" CAST(coalesce(max(CASE WHEN employee_id = $3 THEN 1 ELSE 0 END), 0) AS BIGINT)"
	" FROM platform_browser WHERE government_id = $1 AND browser_hash = $2 AND seen_at > $4",
	0};

enum err auth_load_browser(
	struct tx *tx, const char *cookie, struct employee_id employee, struct browser_row *ret)
{
	struct hash hash = hash_of(cookie, strlen(cookie));
	return db_load(tx, &LOAD_BROWSER,
		BIND(db_int(tx->government.v), db_bytes(hash.b, sizeof hash.b), db_int(employee.v),
			db_int(tx->now_ms - BROWSER_DAYS * MS_PER_DAY)),
		INTO(to_bool(&ret->is_known), to_bool(&ret->is_trusted)));
}

static struct db_stmt ADD_BROWSER = {"auth_add_browser",
	"INSERT INTO platform_browser (government_id, browser_hash, employee_id, seen_at) VALUES "
	"($1, $2, $3, $4)"
	" ON CONFLICT (government_id, browser_hash, employee_id) DO UPDATE SET seen_at = "
	"excluded.seen_at",
	0};

enum err auth_add_browser(struct tx *tx, const char *cookie, struct employee_id employee)
{
	struct hash hash = hash_of(cookie, strlen(cookie));
	return db_exec(tx, &ADD_BROWSER,
		BIND(db_int(tx->government.v), db_bytes(hash.b, sizeof hash.b), db_int(employee.v),
			db_int(tx->now_ms)),
		NULL);
}

/* ---- one-time codes ---- */

static struct db_stmt LOAD_CODE = {"auth_load_code",
	"SELECT code_hash, expires_at, tries FROM platform_code WHERE government_id = $1 AND "
	"employee_id = $2",
	0};

enum err auth_load_code(struct tx *tx, struct employee_id employee, struct code_row *ret)
{
	struct bytes hash = {0};
	*ret = (struct code_row){0};
	enum err e = db_load(tx, &LOAD_CODE, BIND(db_int(tx->government.v), db_int(employee.v)),
		INTO(to_bytes(&hash), to_int64(&ret->expires_at), to_int32(&ret->tries)));
	if (!e && hash.n != sizeof ret->hash.b)
		return E_STORE;
	if (!e)
		memcpy(ret->hash.b, hash.p, hash.n);
	return e;
}

static struct db_stmt ADD_CODE = {"auth_add_code",
	"INSERT INTO platform_code (government_id, employee_id, code_hash, issued_by, issued_at, "
	"expires_at, tries)"
	" VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (government_id, employee_id) DO UPDATE"
	" SET code_hash = excluded.code_hash, issued_by = excluded.issued_by, issued_at = "
	"excluded.issued_at,"
	" expires_at = excluded.expires_at, tries = 0",
	0};

enum err auth_add_code_row(struct tx *tx, struct employee_id employee, struct employee_id issuer,
	const struct code_row *row)
{
	return db_exec(tx, &ADD_CODE,
		BIND(db_int(tx->government.v), db_int(employee.v),
			db_bytes(row->hash.b, sizeof row->hash.b), db_int(issuer.v),
			db_int(tx->now_ms), db_int(row->expires_at)),
		NULL);
}

static struct db_stmt COUNT_CODE_TRY = {"auth_count_code_try",
	"UPDATE platform_code SET tries = tries + 1 WHERE government_id = $1 AND employee_id = $2",
	0};

enum err auth_count_code_try(struct tx *tx, struct employee_id employee)
{
	return db_exec(
		tx, &COUNT_CODE_TRY, BIND(db_int(tx->government.v), db_int(employee.v)), NULL);
}

static struct db_stmt END_CODE = {"auth_end_code",
	"DELETE FROM platform_code WHERE government_id = $1 AND employee_id = $2", 0};

enum err auth_end_code(struct tx *tx, struct employee_id employee)
{
	return db_exec(tx, &END_CODE, BIND(db_int(tx->government.v), db_int(employee.v)), NULL);
}

/* ---- stored replies ---- */

static struct db_stmt LOAD_REPLY = {"auth_load_reply",
	"SELECT body_hash, status, reply FROM platform_idempotency"
	" WHERE government_id = $1 AND key = $2 AND actor_id = $3",
	0};

enum err auth_load_reply(
	struct tx *tx, const struct uuid *key, struct employee_id actor, struct stored_reply *ret)
{
	struct bytes hash = {0};
	*ret = (struct stored_reply){0};
	enum err e = db_load(tx, &LOAD_REPLY,
		BIND(db_int(tx->government.v), db_bytes(key->b, sizeof key->b), db_int(actor.v)),
		INTO(to_bytes(&hash), to_int32(&ret->status), to_bytes(&ret->body)));
	if (!e && hash.n != sizeof ret->body_hash.b)
		return E_STORE;
	if (!e)
		memcpy(ret->body_hash.b, hash.p, hash.n);
	return e;
}

static struct db_stmt ADD_REPLY = {"auth_add_reply",
	"INSERT INTO platform_idempotency (government_id, key, actor_id, body_hash, status, reply, "
	"created_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

enum err auth_add_reply(struct tx *tx, const struct uuid *key, struct employee_id actor,
	const struct stored_reply *reply)
{
	return db_exec(tx, &ADD_REPLY,
		BIND(db_int(tx->government.v), db_bytes(key->b, sizeof key->b), db_int(actor.v),
			db_bytes(reply->body_hash.b, sizeof reply->body_hash.b),
			db_int(reply->status),
			db_bytes(
				reply->body.p ? reply->body.p : (const uint8_t *)"", reply->body.n),
			db_int(tx->now_ms)),
		NULL);
}

/* ---- what is too old ---- */

static struct db_stmt SWEEP_REPLIES = {"auth_sweep_replies",
	"DELETE FROM platform_idempotency WHERE government_id = $1 AND created_at < $2 AND key IN"
	" (SELECT key FROM platform_idempotency WHERE government_id = $1 AND created_at < $2"
	" ORDER BY created_at LIMIT $3)",
	0};
static struct db_stmt SWEEP_SESSIONS = {"auth_sweep_sessions",
	"DELETE FROM platform_session WHERE government_id = $1 AND token_hash IN"
	" (SELECT token_hash FROM platform_session WHERE government_id = $1 AND expires_at < $2"
	" ORDER BY expires_at LIMIT $3)",
	0};
static struct db_stmt SWEEP_CODES = {"auth_sweep_codes",
	"DELETE FROM platform_code WHERE government_id = $1 AND employee_id IN"
	" (SELECT employee_id FROM platform_code WHERE government_id = $1 AND expires_at < $2 "
	"LIMIT $3)",
	0};
static struct db_stmt SWEEP_BROWSERS = {"auth_sweep_browsers",
	"DELETE FROM platform_browser WHERE government_id = $1 AND seen_at < $2 AND browser_hash IN"
	" (SELECT browser_hash FROM platform_browser WHERE government_id = $1 AND seen_at < $2"
	" ORDER BY seen_at LIMIT $3)",
	0};

enum err auth_sweep(struct tx *tx)
{
	const struct {
		struct db_stmt *stmt;
		int64_t before;
	} sweep[] = {
		{&SWEEP_REPLIES, tx->now_ms - REPLY_KEPT_MS},
		{&SWEEP_SESSIONS, tx->now_ms},
		{&SWEEP_CODES, tx->now_ms},
		{&SWEEP_BROWSERS, tx->now_ms - BROWSER_DAYS * MS_PER_DAY},
	};
	enum err e = OK;
	int64_t rows = 0, all = 0;
	for (int i = 0; i < COUNT_OF(sweep) && !e; i++, all += rows)
		e = db_exec(tx, sweep[i].stmt,
			BIND(db_int(tx->government.v), db_int(sweep[i].before), db_int(SWEEP_ROWS)),
			&rows);
	if (all)
		db_forget_all(tx, DB_RECALL_SESSION);
	return e;
}

/* ---- demo ---- */

static struct db_stmt ADD_DEMO_LOGIN = {"auth_add_demo_login",
	"INSERT INTO platform_demo_login (government_id, ordering, role, nip, password, name)"
	" VALUES ($1, $2, $3, $4, $5, $6)",
	0};

enum err auth_add_demo_login(struct tx *tx, const struct demo_login *login, int ordering)
{
	return db_exec(tx, &ADD_DEMO_LOGIN,
		BIND(db_int(tx->government.v), db_int(ordering), db_text(login->role),
			db_text(login->nip), db_text(login->password), db_text(login->name)),
		NULL);
}

/* The whole store, and nothing unless it says that it is a demo. */
static struct db_stmt LIST_DEMO_LOGINS = {"auth_list_demo_logins",
	"SELECT d.role, g.code, d.nip, d.password, d.name FROM platform_demo_login d"
	" JOIN platform_government g ON g.government_id = d.government_id"
	" WHERE EXISTS (SELECT 1 FROM platform_store WHERE one = 1 AND is_demo = 1)"
	" ORDER BY g.government_id, d.ordering LIMIT $1",
	0};

enum err auth_list_demo_logins(struct tx *tx, struct demo_login **ret_list, int *ret_count)
{
	struct db_rows r;
	struct demo_login *list = ARENA_ARRAY(tx->arena, DEMO_LOGINS_MAX, struct demo_login), row;
	int n = 0;
	db_query(tx, &LIST_DEMO_LOGINS, BIND(db_int(DEMO_LOGINS_MAX)), &r);
	while (db_next(&r, INTO(to_text(&row.role), to_text(&row.government), to_text(&row.nip),
				   to_text(&row.password), to_text(&row.name))))
		list[n++] = row;
	*ret_list = list;
	*ret_count = n;
	return db_end(&r);
}

struct db_stmt *const auth_stmts[AUTH_STMTS] = {&LOAD_ACCOUNT, &LOAD_ACCOUNT_OF, &ADD_ACCOUNT,
	&SET_PHC, &DISABLE_ACCOUNT, &SET_END, &CUT_SESSIONS, &LOAD_SESSION, &ADD_SESSION,
	&TOUCH_SESSION, &END_SESSION, &END_SESSIONS, &LOAD_BROWSER, &ADD_BROWSER, &LOAD_CODE,
	&ADD_CODE, &COUNT_CODE_TRY, &END_CODE, &LOAD_REPLY, &ADD_REPLY, &SWEEP_REPLIES,
	&SWEEP_SESSIONS, &SWEEP_CODES, &SWEEP_BROWSERS, &ADD_DEMO_LOGIN, &LIST_DEMO_LOGINS};
