/*
 * Sign-in and sign-out, activation by a one-time code, one's password, the list of governments,
 * demo logins, jobs and files: the routes that belong to no capability.
 *
 * A secret is judged in prepare, in the bounded pool and outside any transaction, after the
 * throttle let the try through; the handler then only checks that what was judged is still stored,
 * and writes. An unknown NIP takes the same way, time and answer as a known one. Handlers keep
 * nothing outside the transaction, since a batch may run again. ASVS 5: 6.1.1, 6.3.8, 7.2.4.
 */
#include "platform/auth_routes.h"

#include "base/str.h"
#include "platform/auth_int.h"
#include "platform/blob.h"
#include "platform/file_routes.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/throttle.h"

#include <string.h>

#define NIP_BYTES_MAX  40
#define NAME_BYTES_MAX 300

/* ---- what sign-in, activation and the change of a password share ---- */

static enum err enter_government(struct req *rq, const char *code)
{
	struct government government;
	enum err e = platform_load_government_by_code(rq->tx, code, &government);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_BAD_FIELD, "/government", "unknown");
	if (!e)
		rq->actor.government = rq->tx->government = government.id;
	return e;
}

/* People type the NIP as it is printed: "19850412 201001 1 001". */
static const char *without_blanks(struct arena *arena, const char *typed)
{
	char *out = arena_alloc(arena, strlen(typed) + 1), *to = out;
	for (; *typed; typed++)
		if (*typed != ' ')
			*to++ = *typed;
	return out;
}

/* The account of a NIP; all zero when there is none or it is disabled: nobody can tell the
 * difference. */
static enum err load_live_account(struct tx *tx, const char *nip, struct account *ret)
{
	enum err e = auth_load_account(tx, nip, ret);
	if (e == E_NOT_FOUND || (!e && ret->is_disabled)) {
		*ret = (struct account){0};
		return OK;
	}
	return e;
}

static enum err load_browser_of(
	struct req *rq, struct employee_id employee, struct browser_row *ret)
{
	*ret = (struct browser_row){0};
	return auth_is_browser(rq->device_token)
		       ? auth_load_browser(rq->tx, rq->device_token, employee, ret)
		       : OK;
}

static const char *cookie_text(
	struct arena *arena, const char *name, const char *value, int64_t seconds)
{
	return arena_printf(arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=%lld", name,
		value, auth_origin_is_https ? "; Secure" : "", (long long)seconds);
}

/* ---- sign-in ---- */

struct sign_in {
	const char *government, *nip, *password;
};

static const struct field sign_in_fields[] = {
	F_TEXT(struct sign_in, government, 1, GOVERNMENT_CODE_MAX, 0,
		"Code of the government, from GET governments."),
	F_TEXT(struct sign_in, nip, 1, NIP_BYTES_MAX, 0,
		"NIP or NI PPPK; blanks in between are ignored."),
	F_TEXT(struct sign_in, password, 1, PASSWORD_MAX, 0, "The password."),
	F_END,
};
static const struct shape sign_in_shape = SHAPE("SignIn", struct sign_in, sign_in_fields);

struct signed_in {
	struct employee_id employee_id;
};

static const struct field signed_in_fields[] = {
	F_ID(struct signed_in, employee_id, 0, "Who signed in."),
	F_END,
};
static const struct shape signed_in_shape = SHAPE("SignedIn", struct signed_in, signed_in_fields);

/* What prepare found out about a password. */
struct verified {
	struct employee_id employee;
	const char *phc;       /* that it belongs to                    */
	const char *fresh_phc; /* the same password, hashed as today    */
	const char *browser;   /* value of the cookie to set and trust  */
};

static enum err try_password(struct req *rq, const struct account *account,
	const struct throttle_try *attempt, const char *password)
{
	enum err e = throttle_take(attempt, rq->tx->now_ms, &rq->retry_after_seconds);
	if (e)
		return e;
	if (!auth_is_password(account->phc, password))
		return E_BAD_CREDENTIALS;
	throttle_give_back(attempt, rq->tx->now_ms);
	return OK;
}

static enum err prepare_sign_in(struct req *rq)
{
	const struct sign_in *in = rq->input;
	struct account account;
	struct browser_row browser;
	enum err e;
	if ((e = enter_government(rq, in->government)))
		return e;
	const char *nip = without_blanks(rq->tx->arena, in->nip);
	if ((e = load_live_account(rq->tx, nip, &account)) ||
		(e = load_browser_of(rq, account.employee, &browser)))
		return e;
	struct throttle_try attempt = {THROTTLE_SIGN_IN, rq->tx->government, nip,
		browser.is_trusted ? rq->device_token : NULL, rq->client_address};
	if ((e = try_password(rq, &account, &attempt, in->password)))
		return e;
	struct verified *v = ARENA_NEW(rq->tx->arena, struct verified);
	v->employee = account.employee;
	v->phc = account.phc;
	v->browser = browser.is_known ? rq->device_token : auth_make_browser(rq->tx->arena);
	rq->prepared = v;
	return auth_is_outdated(v->phc)
		       ? auth_hash_password(rq->tx->arena, in->password, &v->fresh_phc)
		       : OK;
}

/* That the account still has the hash the password was compared with. */
static enum err check_unchanged(struct tx *tx, const struct verified *v)
{
	struct account now;
	enum err e = auth_load_account_of(tx, v->employee, &now);
	if (e)
		return e == E_NOT_FOUND ? E_BAD_CREDENTIALS : e;
	return !now.is_disabled && str_eq(now.phc, v->phc) ? OK : E_BAD_CREDENTIALS;
}

static enum err post_sessions(struct req *rq)
{
	const struct sign_in *in = rq->input;
	const struct verified *v = rq->prepared;
	struct signed_in out = {v->employee};
	const char *token;
	enum err e;
	if ((e = check_unchanged(rq->tx, v)))
		return e;
	if (v->fresh_phc && (e = auth_set_phc(rq->tx, v->employee, v->fresh_phc)))
		return e;
	if (rq->token && (e = auth_end_session(rq->tx, rq->token))) /* a browser has one session */
		return e;
	if ((e = auth_add_browser(rq->tx, v->browser, v->employee)) ||
		(e = auth_add_session(rq->tx, v->employee, in->government, &token)))
		return e;
	rq->actor.employee = v->employee;
	rq->set_cookie[0] = cookie_text(
		rq->tx->arena, auth_session_cookie(), token, SESSION_MAX_MS / 1000);
	rq->set_cookie[1] = cookie_text(rq->tx->arena, auth_browser_cookie(), v->browser,
		BROWSER_DAYS * (MS_PER_DAY / 1000));
	return reply(rq, 200, &out);
}

static enum err delete_session(struct req *rq)
{
	enum err e = auth_end_session(rq->tx, rq->token);
	if (e)
		return e;
	rq->set_cookie[0] = cookie_text(rq->tx->arena, auth_session_cookie(), "", 0);
	return reply(rq, 204, NULL);
}

/* ---- activation, which is also the way back after a forgotten password ---- */

struct activation {
	const char *government, *nip, *code, *password;
};

static const struct field activation_fields[] = {
	F_TEXT(struct activation, government, 1, GOVERNMENT_CODE_MAX, 0, "Code of the government."),
	F_TEXT(struct activation, nip, 1, NIP_BYTES_MAX, 0, "NIP or NI PPPK."),
	F_TEXT(struct activation, code, 1, 32, 0, "One-time code handed out by the unit officer."),
	F_TEXT(struct activation, password, 1, PASSWORD_MAX, 0,
		"The new password, at least 12 bytes."),
	F_END,
};
static const struct shape activation_shape = SHAPE(
	"Activation", struct activation, activation_fields);

struct opened {
	struct employee_id employee; /* 0: no such account               */
	const char *phc;             /* of the new password; NULL: the code was wrong */
};

static enum err check_new_password(
	struct req *rq, const char *password, const char *nip, const char *government_code)
{
	const char *reason = NULL;
	enum err e = auth_check_password(password, nip, government_code, &reason);
	return e ? refuse(rq, e, "/password", reason) : OK;
}

static enum err check_code(
	struct req *rq, struct employee_id employee, const char *typed, bool *ret_is_right)
{
	struct code_row row;
	enum err e = auth_load_code(rq->tx, employee, &row);
	*ret_is_right = !e &&
			auth_is_code(rq->tx->government, employee, typed, &row, rq->tx->now_ms);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err prepare_activation(struct req *rq)
{
	const struct activation *in = rq->input;
	struct opened *opened = rq->prepared = ARENA_NEW(rq->tx->arena, struct opened);
	struct account account;
	bool is_right;
	enum err e;
	if ((e = enter_government(rq, in->government)))
		return e;
	const char *nip = without_blanks(rq->tx->arena, in->nip);
	struct throttle_try attempt = {
		THROTTLE_CODE, rq->tx->government, nip, NULL, rq->client_address};
	if ((e = check_new_password(rq, in->password, nip, in->government)) ||
		(e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds)) ||
		(e = load_live_account(rq->tx, nip, &account)) ||
		(e = check_code(rq, account.employee, in->code, &is_right)))
		return e;
	opened->employee = account.employee;
	if (!is_right)
		return OK; /* the handler counts the try */
	throttle_give_back(&attempt, rq->tx->now_ms);
	return auth_hash_password(rq->tx->arena, in->password, &opened->phc);
}

static enum err post_activation(struct req *rq)
{
	const struct activation *in = rq->input;
	const struct opened *opened = rq->prepared;
	bool is_right;
	enum err e;
	if ((e = check_code(rq, opened->employee, in->code, &is_right)))
		return e;
	if (!is_right || !opened->phc) {
		e = auth_count_code_try(rq->tx, opened->employee);
		return e ? e : refuse_kept(rq, E_BAD_CODE, "/code", "wrong, used or expired");
	}
	if ((e = auth_set_phc(rq->tx, opened->employee, opened->phc)) ||
		(e = auth_end_code(rq->tx, opened->employee)) ||
		(e = auth_end_sessions(rq->tx, opened->employee, 0)))
		return e;
	return reply(rq, 204, NULL);
}

/* ---- one's own password ---- */

struct password_change {
	const char *current, *password;
};

static const struct field password_change_fields[] = {
	F_TEXT(struct password_change, current, 1, PASSWORD_MAX, 0, "The password so far."),
	F_TEXT(struct password_change, password, 1, PASSWORD_MAX, 0,
		"The new one, at least 12 bytes."),
	F_END,
};
static const struct shape password_change_shape = SHAPE(
	"PasswordChange", struct password_change, password_change_fields);

static enum err prepare_password(struct req *rq)
{
	const struct password_change *in = rq->input;
	struct verified *v = rq->prepared = ARENA_NEW(rq->tx->arena, struct verified);
	struct government government;
	struct account account;
	enum err e;
	if ((e = auth_load_account_of(rq->tx, rq->actor.employee, &account)) ||
		(e = platform_load_government(rq->tx, &government)) ||
		(e = check_new_password(rq, in->password, account.nip, government.code)))
		return e;
	struct throttle_try attempt = {
		THROTTLE_PASSWORD, rq->tx->government, account.nip, rq->token, rq->client_address};
	e = try_password(rq, &account, &attempt, in->current);
	if (e == E_BAD_CREDENTIALS)
		return refuse(rq, e, "/current", "not the password");
	if (e)
		return e;
	v->employee = account.employee;
	v->phc = account.phc;
	return auth_hash_password(rq->tx->arena, in->password, &v->fresh_phc);
}

static enum err put_password(struct req *rq)
{
	const struct verified *v = rq->prepared;
	enum err e;
	if ((e = check_unchanged(rq->tx, v)))
		return e;
	if ((e = auth_set_phc(rq->tx, v->employee, v->fresh_phc)) ||
		(e = auth_end_code(rq->tx, v->employee)) ||
		(e = auth_end_sessions(rq->tx, v->employee, rq->actor.session_id)))
		return e;
	return reply(rq, 204, NULL);
}

/* ---- governments, demo ---- */

struct government_choice {
	const char *code, *name, *short_name;
	enum government_kind kind;
};

struct government_list {
	struct government_choice *items;
	int count;
};

static const struct field government_choice_fields[] = {
	F_TEXT(struct government_choice, code, 1, GOVERNMENT_CODE_MAX, 0, "What sign-in asks for."),
	F_TEXT(struct government_choice, name, 1, NAME_BYTES_MAX, 0, "Its full name."),
	F_TEXT(struct government_choice, short_name, 1, NAME_BYTES_MAX, 0, "Its name in lists."),
	F_ENUM(struct government_choice, kind, government_kind_names, 0,
		"Province, regency or city."),
	F_END,
};
static const struct shape government_choice_shape = SHAPE(
	"GovernmentChoice", struct government_choice, government_choice_fields);
static const struct field government_list_fields[] = {
	F_LIST(struct government_list, items, count, &government_choice_shape, 0, GOVERNMENTS_MAX,
		0, "By code."),
	F_END,
};
static const struct shape government_list_shape = SHAPE(
	"GovernmentList", struct government_list, government_list_fields);

static enum err get_governments(struct req *rq)
{
	struct government_list out = {0};
	struct government *list;
	enum err e = platform_list_governments(rq->tx, &list, &out.count);
	if (e)
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, out.count, struct government_choice);
	for (int i = 0; i < out.count; i++)
		out.items[i] = (struct government_choice){
			list[i].code, list[i].name, list[i].short_name, list[i].kind};
	return reply(rq, 200, &out);
}

struct demo {
	bool is_demo;
	int64_t now;
	struct demo_login *logins;
	int login_count;
};

static const struct field demo_login_fields[] = {
	F_TEXT(struct demo_login, role, 1, 40, 0, "Code word of the role this person shows."),
	F_TEXT(struct demo_login, government, 1, GOVERNMENT_CODE_MAX, 0, "Code of the government."),
	F_TEXT(struct demo_login, nip, 1, NIP_BYTES_MAX, 0, "NIP."),
	F_TEXT(struct demo_login, password, 1, PASSWORD_MAX, 0, "Password of the demo."),
	F_TEXT(struct demo_login, name, 1, NAME_BYTES_MAX, 0, "Name."),
	F_END,
};
static const struct shape demo_login_shape = SHAPE(
	"DemoLogin", struct demo_login, demo_login_fields);
static const struct field demo_fields[] = {
	F_BOOL(struct demo, is_demo, 0, "Whether all data of this store is fictional."),
	F_INSTANT(struct demo, now, 0, "The server's time."),
	F_LIST(struct demo, logins, login_count, &demo_login_shape, 0, DEMO_LOGINS_MAX, 0,
		"Empty unless a demo."),
	F_END,
};
static const struct shape demo_shape = SHAPE("Demo", struct demo, demo_fields);

static enum err get_demo(struct req *rq)
{
	struct demo out = {.now = rq->tx->now_ms};
	int64_t floor;
	enum err e;
	if ((e = platform_load_store(rq->tx, &floor, &out.is_demo)) ||
		(e = auth_list_demo_logins(rq->tx, &out.logins, &out.login_count)))
		return e;
	return reply(rq, 200, &out);
}

/* ---- rows ---- */

/* The change of a password carries secrets, of which no hash may be kept as an idempotency key
 * would: hence TX_EVENT. A repeat finds that the old password no longer holds. */
static const struct route routes[] = {
	{POST, "/api/v1/sessions", P_PUBLIC, TX_EVENT, &sign_in_shape, &signed_in_shape,
		post_sessions, .prepare = prepare_sign_in, .slow = true,
		.summary = "Sign in; sets the session cookie.",
		.example = "{\"government\":\"jabar\",\"nip\":\"198504122010011001\",\"password\":"
			   "\"a long pass phrase\"}"},
	{DELETE_, "/api/v1/sessions/current", P_SIGNED_IN, TX_EVENT, NULL, NULL, delete_session,
		.summary = "Sign out."},
	{GET, "/api/v1/governments", P_PUBLIC, TX_READ, NULL, &government_list_shape,
		get_governments,
		.summary = "Governments of this server, for the choice at sign-in."},
	{GET, "/api/v1/demo", P_PUBLIC, TX_READ, NULL, &demo_shape, get_demo,
		.summary = "Whether this is a demo, its time and its logins."},
	{POST, "/api/v1/accounts/activation", P_PUBLIC, TX_EVENT, &activation_shape, NULL,
		post_activation, .prepare = prepare_activation, .slow = true,
		.summary = "Set a first or forgotten password with a one-time code.",
		.example = "{\"government\":\"jabar\",\"nip\":\"198504122010011001\",\"code\":"
			   "\"7K2QD-M4XRA\","
			   "\"password\":\"a long pass phrase\"}"},
	{PUT, "/api/v1/me/password", P_SIGNED_IN, TX_EVENT, &password_change_shape, NULL,
		put_password, .prepare = prepare_password, .slow = true,
		.summary = "Change one's password; ends the other sessions.",
		.example = "{\"current\":\"a long pass phrase\",\"password\":\"another long pass "
			   "phrase\"}"},
	{GET, "/api/v1/jobs/{job}", P_JOB_READ, TX_READ, &job_path_shape, &job_view_shape, get_job,
		.object = find_job_owner, .summary = "State of a job.",
		.example_path = "/api/v1/jobs/{job:self}"},
	{POST, "/api/v1/jobs/{job}/cancel", P_JOB_READ, TX_WRITE, &job_path_shape, NULL,
		post_job_cancel, .object = find_job_owner, .summary = "Stop one's job.",
		.example = "{}", .example_path = "/api/v1/jobs/{job:self}/cancel"},
	{POST, "/api/v1/files", P_FILE_WRITE, TX_WRITE, NULL, &file_named_shape, post_files,
		.prepare = prepare_upload, .slow = true, .raw_body_max = BLOB_MAX_BYTES,
		.raw_type = "application/octet-stream",
		.summary = "Upload a file: images, PDF and XLSX up to 5 MB, CSV up to 32 MB."},
	{GET, "/api/v1/files/{sha256}", P_FILE_READ, TX_READ, &file_path_shape, NULL, get_file,
		.object = find_file_owner, .prepare = prepare_download, .slow = true, .sees = true,
		.raw_type = "application/octet-stream", .summary = "Download a file.",
		.example_path = "/api/v1/files/{file:self}"},
};

const struct slice platform_slice = {
	.name = "platform",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = auth_stmts,
	.stmt_count = AUTH_STMTS,
};
