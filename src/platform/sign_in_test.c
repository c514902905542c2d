/*
 * Accounts, files and jobs over the real way of a request: dispatcher, pool, committer, SQLite
 * store.
 *
 * The clock stands still, so that the throttle gives back nothing by itself. Each test has a store
 * of its own with two accounts: Ani, who has a password, and Budi, who has still to be activated.
 */
#include "platform/auth.h"

#include "base/str.h"
#include "platform/auth_int.h"
#include "platform/auth_routes.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/dispatch.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/throttle.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#define ANI_NIP    "198504122010011003"
#define BUDI_NIP   "199001012015021001"
#define CARLA_NIP  "199102022015022002"
#define PASSWORD   "kopi susu di teras"
#define NEW_SECRET "hujan sore di kebun teh"
#define HOME       "203.0.113.5"
#define ELSEWHERE  "198.51.100.9"

static const struct employee_id ani = {101}, budi = {102}, carla = {103};

static char dir[64], url[96];
static struct arena forever;
static const char *ani_phc, *budi_code;

/* Everybody may what is his own; to others it does not exist. */
static enum err permit(struct req *rq, enum permission p, const struct object *o)
{
	(void)p;
	return o->employee.v == 0 || o->employee.v == rq->actor.employee.v ? OK : E_NOT_FOUND;
}

/* ---- a store with accounts ---- */

static void fill(struct tx *tx)
{
	struct government g = {.id = {7},
		.code = "jabar",
		.name = "Pemerintah Provinsi Jawa Barat",
		.short_name = "Jawa Barat",
		.board_label = "BKD",
		.agency_label = "OPD",
		.head_label = "Gubernur"};
	struct platform_job job = {.job_id = 500,
		.kind = "import",
		.owner = ani,
		.input = "{}",
		.created_at = tx->now_ms};
	assert_int_equal(platform_add_government(tx, &g), OK);
	assert_int_equal(auth_add_account(tx, ani, ANI_NIP, ani_phc), OK);
	assert_int_equal(auth_add_account(tx, budi, BUDI_NIP, NULL), OK);
	assert_int_equal(auth_add_account(tx, carla, CARLA_NIP, ani_phc), OK);
	assert_int_equal(auth_add_code(tx, budi, ani, 7, &budi_code), OK);
	assert_int_equal(platform_add_job(tx, &job), OK);
}

/* Runs `f` in a transaction of its own on the store. */
static void with_store(void (*f)(struct tx *tx))
{
	const char *why = NULL;
	struct db *db = db_open(url, DB_WRITE, &forever, &why);
	struct tx tx = {.db = db, .arena = &forever, .government = {7}, .now_ms = clock_now()};
	assert_non_null(db);
	assert_int_equal(db_begin_write(db, tx.government), OK);
	f(&tx);
	assert_int_equal(db_commit(db), OK);
	db_close(db);
}

static int start(void **state)
{
	static const struct slice *slices[] = {&platform_slice};
	const char *why = "";
	int applied;
	(void)state;
	arena_init(&forever, 64 << 20);
	throttle_reset();
	auth_origin_is_https = false;
	snprintf(dir, sizeof dir, "/tmp/luwes-signin-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(url, sizeof url, "%s/store.db", dir);
	assert_int_equal(auth_hash_password(&forever, PASSWORD, &ani_phc), OK);
	struct db *db = db_open(url, DB_WRITE, &forever, &why);
	assert_non_null(db);
	assert_int_equal(migrate_run(db, &forever, &applied, &why), OK);
	db_close(db);
	with_store(fill);
	assert_true(blob_open(url, &forever, &why));
	assert_int_equal(committer_start(url, slices, 1, &forever, &why), OK);
	assert_true(dispatch_start(url, 2, &forever, &why));
	return 0;
}

static int stop(void **state)
{
	char command[128];
	(void)state;
	committer_drain();
	dispatch_stop();
	blob_close();
	arena_release(&forever);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

static int once(void **state)
{
	static const struct slice *slices[] = {&platform_slice};
	(void)state;
	if (!clock_set("2025-11-13T07:20+07:00,x0"))
		return -1;
	log_set_level(LOG_ERROR);
	platform_db_register();
	db_register(platform_slice.stmts, platform_slice.stmt_count);
	auth_authorise = permit;
	dispatch_set_slices(slices, 1);
	return 0;
}

/* ---- asking ---- */

struct browser {
	const char *address;
	char session[200], known[200]; /* cookies it holds */
};

struct answer {
	int status, retry_after_seconds;
	char body[4096], cookie[2][400], disposition[100];
	size_t body_bytes;
};

/* The headers that change; an exchange carries them, since the committer's thread asks for them
 * too. */
struct sent {
	char cookies[420];
	const char *key;
};

static const char *next_key;

static const char *find_header(struct exchange *x, const char *name)
{
	static const char *const always[][2] = {{"X-Luwes", "1"},
		{"Content-Type", "application/json"}, {"X-Request-Id", "fixed-request"}};
	const struct sent *sent = x->connection;
	if (strcmp(name, "Cookie") == 0)
		return sent->cookies;
	if (strcmp(name, "Idempotency-Key") == 0)
		return sent->key;
	for (int i = 0; i < COUNT_OF(always); i++)
		if (strcmp(name, always[i][0]) == 0)
			return always[i][1];
	return NULL;
}

/* Keeps "name=value" of what was set; an emptied cookie is forgotten. */
static void keep_cookie(char kept[200], const char *set, const char *name)
{
	size_t n = strcspn(set, ";");
	if (strncmp(set, name, strlen(name)) == 0)
		snprintf(kept, 200, "%.*s", set[n - 1] == '=' ? 0 : (int)n, set);
}

static struct answer ask_bytes(
	struct browser *b, const char *method, const char *target, const void *body, size_t n)
{
	struct answer a = {0};
	struct sent sent = {.key = next_key};
	struct exchange *x = exchange_new(method, target);
	snprintf(sent.cookies, sizeof sent.cookies, "%s; %s", b->session, b->known);
	x->connection = &sent;
	x->header = find_header;
	x->client_address = b->address;
	if (n)
		exchange_add_body(x, body, n);
	dispatch_wait(x);
	a.status = x->status;
	a.retry_after_seconds = x->req.retry_after_seconds;
	a.body_bytes = x->reply_bytes;
	snprintf(a.body, sizeof a.body, "%.*s", (int)x->reply_bytes,
		(const char *)(x->reply ? x->reply : ""));
	snprintf(a.disposition, sizeof a.disposition, "%s",
		x->req.disposition ? x->req.disposition : "");
	for (int i = 0; i < 2 && a.status < 300; i++) {
		const char *set = x->req.set_cookie[i] ? x->req.set_cookie[i] : "";
		snprintf(a.cookie[i], sizeof a.cookie[i], "%s", set);
		keep_cookie(b->session, set, auth_session_cookie());
		keep_cookie(b->known, set, auth_browser_cookie());
	}
	exchange_free(x);
	return a;
}

static struct answer ask(
	struct browser *b, const char *method, const char *target, const char *body)
{
	return ask_bytes(b, method, target, body, body ? strlen(body) : 0);
}

static struct answer sign_in(struct browser *b, const char *nip, const char *password)
{
	char body[400];
	snprintf(body, sizeof body, "{\"government\":\"jabar\",\"nip\":\"%s\",\"password\":\"%s\"}",
		nip, password);
	return ask(b, "POST", "/api/v1/sessions", body);
}

static struct answer activate(
	struct browser *b, const char *nip, const char *code, const char *password)
{
	char body[400];
	snprintf(body, sizeof body,
		"{\"government\":\"jabar\",\"nip\":\"%s\",\"code\":\"%s\",\"password\":\"%s\"}",
		nip, code, password);
	return ask(b, "POST", "/api/v1/accounts/activation", body);
}

static struct answer change(struct browser *b, const char *current, const char *password)
{
	char body[400];
	snprintf(body, sizeof body, "{\"current\":\"%s\",\"password\":\"%s\"}", current, password);
	return ask(b, "PUT", "/api/v1/me/password", body);
}

/* Whether the browser's session is live: a job that does not exist is then not found. */
static bool is_signed_in(struct browser *b)
{
	return ask(b, "GET", "/api/v1/jobs/1", NULL).status == 404;
}

#define ASSERT_HAS(text, part)                                                                     \
	do {                                                                                       \
		if (!strstr(text, part))                                                           \
			fail_msg("%s lacks %s", text, part);                                       \
	} while (0)

/* ---- sign-in ---- */

static void signs_in_and_out(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	assert_false(is_signed_in(&b));
	struct answer a = sign_in(&b, ANI_NIP, PASSWORD);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, "{\"employee_id\":\"101\"}");
	ASSERT_HAS(a.cookie[0], "luwes_session=jabar.");
	ASSERT_HAS(a.cookie[0], "; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000");
	ASSERT_HAS(a.cookie[1], "luwes_browser=");
	ASSERT_HAS(a.cookie[1], "; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000");
	assert_true(is_signed_in(&b));
	char session[200];
	memcpy(session, b.session, sizeof session);
	a = ask(&b, "DELETE", "/api/v1/sessions/current", NULL);
	assert_int_equal(a.status, 204);
	ASSERT_HAS(a.cookie[0], "luwes_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
	memcpy(b.session, session, sizeof session);
	assert_false(is_signed_in(&b)); /* ended at the server, not only forgotten by the browser */
}

static void cookies_of_https(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	auth_origin_is_https = true;
	struct answer a = sign_in(&b, ANI_NIP, PASSWORD);
	ASSERT_HAS(a.cookie[0], "__Host-luwes_session=jabar.");
	ASSERT_HAS(a.cookie[0], "; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=");
	ASSERT_HAS(a.cookie[1], "__Host-luwes_browser=");
	ASSERT_HAS(a.cookie[1], "; Secure;");
	assert_true(is_signed_in(&b));
}

static void nip_as_it_is_printed(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	assert_int_equal(sign_in(&b, "19850412 201001 1 003", PASSWORD).status, 200);
}

static void one_session_per_browser(void **state)
{
	struct browser b = {.address = HOME}, old;
	(void)state;
	sign_in(&b, ANI_NIP, PASSWORD);
	old = b;
	assert_int_equal(sign_in(&b, ANI_NIP, PASSWORD).status, 200);
	assert_true(is_signed_in(&b));
	assert_false(is_signed_in(&old));
	assert_string_equal(b.known, old.known); /* the browser stays the one it was */
}

static void disable_carla(struct tx *tx)
{
	assert_int_equal(auth_disable_account(tx, carla), OK);
}

/* ASVS 6.3.8: wrong password, unknown NIP, not activated, disabled: nobody can tell which. */
static void same_answer(void **state)
{
	static const char *const who[][2] = {{ANI_NIP, "not the password"},
		{"111111111111111111", PASSWORD}, {BUDI_NIP, PASSWORD}, {CARLA_NIP, PASSWORD},
		{"x", "y"}};
	struct answer first = {0};
	(void)state;
	with_store(disable_carla);
	for (int i = 0; i < COUNT_OF(who); i++) {
		struct browser b = {.address = HOME};
		struct answer a = sign_in(&b, who[i][0], who[i][1]);
		if (i == 0)
			first = a;
		assert_int_equal(a.status, 401);
		ASSERT_HAS(a.body, "\"bad_credentials\"");
		assert_string_equal(a.body, first.body);
		assert_string_equal(a.cookie[0], "");
	}
}

struct malformed {
	const char *body, *pointer;
};

static const struct malformed malformed[] = {
	{"{\"government\":\"atlantis\",\"nip\":\"1\",\"password\":\"x\"}", "\"/government\""},
	{"{\"government\":\"jabar\",\"nip\":\"1\"}", "\"/password\""},
	{"{\"government\":\"jabar\",\"nip\":1,\"password\":\"x\"}", "\"/nip\""},
	{"{\"government\":\"jabar\",\"nip\":\"1\",\"password\":\"x\",\"role\":\"bkd\"}",
		"\"/role\""},
};

static void names_the_field(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	for (int i = 0; i < COUNT_OF(malformed); i++) {
		struct answer a = ask(&b, "POST", "/api/v1/sessions", malformed[i].body);
		assert_int_equal(a.status, 400);
		ASSERT_HAS(a.body, malformed[i].pointer);
	}
}

/* ASVS 6.1.1, 6.3.1: guessing is stopped, the owner is not. */
static void attack_leaves_the_owner_alone(void **state)
{
	struct browser owner = {.address = HOME}, attacker = {.address = ELSEWHERE},
		       thief = {.address = ELSEWHERE};
	struct answer a;
	(void)state;
	assert_int_equal(sign_in(&owner, ANI_NIP, PASSWORD).status, 200);
	for (int i = 0; i < 10; i++)
		assert_int_equal(sign_in(&attacker, ANI_NIP, "not the password").status, 401);
	a = sign_in(&attacker, ANI_NIP, PASSWORD);
	assert_int_equal(a.status, 429);
	assert_true(a.retry_after_seconds > 0 && a.retry_after_seconds <= 60);
	ASSERT_HAS(a.body, "\"throttled\"");
	/* a cookie made up is no known browser */
	snprintf(thief.known, sizeof thief.known, "luwes_browser=AAAAAAAAAAAAAAAAAAAAAA");
	assert_int_equal(sign_in(&thief, ANI_NIP, PASSWORD).status, 429);
	/* the same for NIPs that do not exist */
	for (int i = 0; i < 10; i++)
		assert_int_equal(sign_in(&attacker, "111111111111111111", PASSWORD).status, 401);
	assert_int_equal(sign_in(&attacker, "111111111111111111", PASSWORD).status, 429);

	assert_true(is_signed_in(&owner));
	owner.session[0] = '\0';
	assert_int_equal(sign_in(&owner, ANI_NIP, PASSWORD).status, 200);
	assert_int_equal(activate(&attacker, BUDI_NIP, budi_code, NEW_SECRET).status, 204);
}

static void use_old_hash(struct tx *tx)
{
	char phc[crypto_pwhash_STRBYTES];
	assert_int_equal(crypto_pwhash_str(phc, PASSWORD, strlen(PASSWORD), 1, 8 << 20), 0);
	assert_int_equal(auth_set_phc(tx, ani, phc), OK);
}

static void check_fresh_hash(struct tx *tx)
{
	struct account account;
	assert_int_equal(auth_load_account_of(tx, ani, &account), OK);
	assert_false(auth_is_outdated(account.phc));
}

static void renews_old_hashes(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	with_store(use_old_hash);
	assert_int_equal(sign_in(&b, ANI_NIP, PASSWORD).status, 200);
	with_store(check_fresh_hash);
	assert_int_equal(sign_in(&b, ANI_NIP, PASSWORD).status, 200);
}

/* ---- activation ---- */

static void activates_once(void **state)
{
	struct browser b = {.address = HOME};
	struct answer a = activate(&b, BUDI_NIP, budi_code, "bismillah123");
	(void)state;
	assert_int_equal(a.status, 422);
	ASSERT_HAS(a.body,
		"\"code\":\"weak_password\",\"pointer\":\"/password\",\"reason\":\"common\"");
	assert_int_equal(activate(&b, BUDI_NIP, budi_code, NEW_SECRET).status, 204);
	a = activate(&b, BUDI_NIP, budi_code, PASSWORD);
	assert_int_equal(a.status, 422);
	ASSERT_HAS(a.body, "\"code\":\"bad_code\",\"pointer\":\"/code\"");
	ASSERT_HAS(a.body, "\"request_id\":\"fixed-request\"");
	assert_int_equal(sign_in(&b, BUDI_NIP, NEW_SECRET).status, 200);
	assert_int_equal(sign_in(&b, BUDI_NIP, PASSWORD).status, 401);
}

static void five_wrong_tries_end_a_code(void **state)
{
	struct browser b = {0};
	char address[32], first[4096] = "";
	(void)state;
	for (int i = 0; i < CODE_TRIES_MAX; i++) {
		snprintf(address, sizeof address, "10.0.%d.1", i);
		b.address = address;
		struct answer a = activate(&b, BUDI_NIP, "7K2QD-M4X01", NEW_SECRET);
		assert_int_equal(a.status, 422);
		snprintf(first, sizeof first, "%s", a.body);
	}
	struct answer a = activate(&b, BUDI_NIP, budi_code, NEW_SECRET);
	assert_int_equal(a.status, 422);
	assert_string_equal(a.body, first);
	/* no account: the same words */
	assert_string_equal(activate(&b, "111111111111111111", budi_code, NEW_SECRET).body, first);
	assert_int_equal(sign_in(&b, BUDI_NIP, NEW_SECRET).status, 401);
}

/* One network cannot use up a code: it is stopped before the fifth try. */
static void one_network_cannot_end_a_code(void **state)
{
	struct browser attacker = {.address = ELSEWHERE}, owner = {.address = HOME};
	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			activate(&attacker, BUDI_NIP, "7K2QD-M4X01", NEW_SECRET).status, 422);
	assert_int_equal(activate(&attacker, BUDI_NIP, "7K2QD-M4X01", NEW_SECRET).status, 429);
	assert_int_equal(activate(&owner, BUDI_NIP, budi_code, NEW_SECRET).status, 204);
}

static const char *ani_code;

static void issue_code_for_ani(struct tx *tx)
{
	assert_int_equal(auth_add_code(tx, ani, budi, 1, &ani_code), OK);
}

static void forgotten_password_ends_sessions(void **state)
{
	struct browser lost = {.address = HOME}, b = {.address = HOME};
	(void)state;
	sign_in(&lost, ANI_NIP, PASSWORD);
	with_store(issue_code_for_ani);
	assert_int_equal(
		sign_in(&b, ANI_NIP, PASSWORD).status, 200); /* the old password holds until then */
	assert_int_equal(activate(&b, ANI_NIP, ani_code, NEW_SECRET).status, 204);
	assert_false(is_signed_in(&lost));
	assert_int_equal(sign_in(&b, ANI_NIP, PASSWORD).status, 401);
	assert_int_equal(sign_in(&b, ANI_NIP, NEW_SECRET).status, 200);
}

static void *race(void *arg)
{
	struct browser b = {.address = arg};
	return (void *)(intptr_t)activate(&b, BUDI_NIP, budi_code, NEW_SECRET).status;
}

/* ASVS 2.3.4: a code that many use at once opens the account once. */
static void code_is_used_once(void **state)
{
	static char address[8][32];
	pthread_t thread[8];
	int opened = 0, refused = 0;
	(void)state;
	for (int i = 0; i < 8; i++) {
		snprintf(address[i], sizeof address[i], "10.1.%d.1", i);
		assert_int_equal(pthread_create(&thread[i], NULL, race, address[i]), 0);
	}
	for (int i = 0; i < 8; i++) {
		void *status;
		pthread_join(thread[i], &status);
		opened += (intptr_t)status == 204;
		refused += (intptr_t)status == 422;
	}
	assert_int_equal(opened, 1);
	assert_int_equal(refused, 7);
}

/* ---- one's own password ---- */

static void changes_password(void **state)
{
	struct browser here = {.address = HOME}, there = {.address = ELSEWHERE};
	struct answer a;
	(void)state;
	sign_in(&here, ANI_NIP, PASSWORD);
	sign_in(&there, ANI_NIP, PASSWORD);
	a = change(&here, "not the password", NEW_SECRET);
	assert_int_equal(a.status, 401);
	ASSERT_HAS(a.body, "\"pointer\":\"/current\"");
	a = change(&here, PASSWORD, "selamat pagi jabar");
	assert_int_equal(a.status, 422);
	ASSERT_HAS(a.body, "\"pointer\":\"/password\",\"reason\":\"personal\"");
	assert_int_equal(change(&here, PASSWORD, NEW_SECRET).status, 204);
	assert_true(is_signed_in(&here));
	assert_false(is_signed_in(&there));
	assert_int_equal(sign_in(&there, ANI_NIP, PASSWORD).status, 401);
	assert_int_equal(sign_in(&there, ANI_NIP, NEW_SECRET).status, 200);
}

static void stolen_session_cannot_guess(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	sign_in(&b, ANI_NIP, PASSWORD);
	for (int i = 0; i < 10; i++)
		assert_int_equal(change(&b, "not the password", NEW_SECRET).status, 401);
	assert_int_equal(change(&b, PASSWORD, NEW_SECRET).status, 429);
	assert_true(is_signed_in(&b));
}

/* ---- public lists ---- */

static void become_demo(struct tx *tx)
{
	struct demo_login login = {"employee", NULL, ANI_NIP, PASSWORD, "Ani"};
	assert_int_equal(auth_add_demo_login(tx, &login, 1), OK);
	assert_int_equal(platform_set_demo(tx), OK);
}

static void public_lists(void **state)
{
	struct browser b = {.address = HOME};
	(void)state;
	assert_string_equal(ask(&b, "GET", "/api/v1/governments", NULL).body,
		"{\"items\":[{\"code\":\"jabar\",\"name\":\"Pemerintah Provinsi Jawa Barat\","
		"\"short_name\":\"Jawa Barat\",\"kind\":\"province\"}]}");
	assert_string_equal(ask(&b, "GET", "/api/v1/demo", NULL).body,
		"{\"is_demo\":false,\"now\":\"2025-11-13T00:20:00.000Z\",\"logins\":[]}");
	with_store(become_demo);
	ASSERT_HAS(ask(&b, "GET", "/api/v1/demo", NULL).body,
		"\"logins\":[{\"role\":\"employee\",\"government\":\"jabar\",\"nip\":\"" ANI_NIP
		"\",\"password\":\"" PASSWORD "\",\"name\":\"Ani\"}]");
}

/* ---- jobs ---- */

#define KEY_A "019a7a3e-3c00-7000-8000-000000000001"
#define KEY_B "019a7a3e-3c00-7000-8000-000000000002"

static void looks_after_jobs(void **state)
{
	struct browser b = {.address = HOME}, other = {.address = HOME};
	(void)state;
	sign_in(&b, ANI_NIP, PASSWORD);
	sign_in(&other, CARLA_NIP, PASSWORD);
	assert_string_equal(ask(&b, "GET", "/api/v1/jobs/500", NULL).body,
		"{\"job\":\"500\",\"kind\":\"import\",\"state\":\"waiting\",\"percent\":0,"
		"\"created_at\":\"2025-11-13T00:20:00.000Z\"}");
	assert_int_equal(ask(&other, "GET", "/api/v1/jobs/500", NULL).status, 404);
	next_key = KEY_A;
	assert_int_equal(ask(&other, "POST", "/api/v1/jobs/500/cancel", "{}").status, 404);
	assert_int_equal(ask(&b, "POST", "/api/v1/jobs/500/cancel", "{}").status, 204);
	assert_int_equal(ask(&b, "POST", "/api/v1/jobs/500/cancel", "{}").status,
		204); /* the same request again */
	next_key = KEY_B;
	assert_int_equal(ask(&b, "POST", "/api/v1/jobs/500/cancel", "{}").status, 409);
	next_key = NULL;
	ASSERT_HAS(ask(&b, "GET", "/api/v1/jobs/500", NULL).body, "\"state\":\"cancelled\"");
}

/* ---- files ---- */

static struct answer upload(struct browser *b, const void *p, size_t n, const char *key)
{
	next_key = key;
	struct answer a = ask_bytes(b, "POST", "/api/v1/files", p, n);
	next_key = NULL;
	return a;
}

static void keeps_files(void **state)
{
	static const char pdf[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
	struct browser b = {.address = HOME}, other = {.address = HOME};
	char sha256[65], target[100], want[200];
	(void)state;
	sign_in(&b, ANI_NIP, PASSWORD);
	sign_in(&other, CARLA_NIP, PASSWORD);
	struct hash hash = hash_of(pdf, strlen(pdf));
	hex_encode(hash.b, sizeof hash.b, sha256);
	snprintf(want, sizeof want,
		"{\"sha256\":\"%s\",\"size_bytes\":%zu,\"type\":\"application/pdf\"}", sha256,
		strlen(pdf));
	snprintf(target, sizeof target, "/api/v1/files/%s", sha256);

	assert_int_equal(ask(&b, "GET", target, NULL).status, 404);
	struct answer a = upload(&b, pdf, strlen(pdf), KEY_A);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, want);
	assert_string_equal(upload(&b, pdf, strlen(pdf), KEY_B).body, want);
	a = ask(&b, "GET", target, NULL);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, pdf);
	snprintf(want, sizeof want, "%.16s.pdf", sha256);
	assert_string_equal(a.disposition, want);
	assert_int_equal(ask(&other, "GET", target, NULL).status, 404);
	assert_int_equal(ask(&b, "GET", "/api/v1/files/abc", NULL).status, 404);
}

static void refuses_files(void **state)
{
	struct browser b = {.address = HOME};
	size_t n = 5 * 1024 * 1024 + 1;
	char *large = calloc(1, n);
	(void)state;
	assert_non_null(large);
	sign_in(&b, ANI_NIP, PASSWORD);
	assert_int_equal(upload(&b, NULL, 0, KEY_A).status, 400);
	assert_int_equal(upload(&b,
				 "\x7F"
				 "ELF\x02\x01\x01\x00\x00",
				 9, KEY_A)
				 .status,
		415);
	memcpy(large, "%PDF-1.4\n", 9);
	assert_int_equal(upload(&b, large, n, KEY_A).status, 413);
	memset(large, 'x', n);
	assert_int_equal(upload(&b, large, n, KEY_A).status, 200); /* CSV may be larger */
	assert_int_equal(upload(&b, "a;b\n", 4, NULL).status, 400);
	b.session[0] = '\0';
	assert_int_equal(upload(&b, "a;b\n", 4, KEY_B).status, 401);
	free(large);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(signs_in_and_out),
		ON_STORE(cookies_of_https),
		ON_STORE(nip_as_it_is_printed),
		ON_STORE(one_session_per_browser),
		ON_STORE(same_answer),
		ON_STORE(names_the_field),
		ON_STORE(attack_leaves_the_owner_alone),
		ON_STORE(renews_old_hashes),
		ON_STORE(activates_once),
		ON_STORE(five_wrong_tries_end_a_code),
		ON_STORE(one_network_cannot_end_a_code),
		ON_STORE(forgotten_password_ends_sessions),
		ON_STORE(code_is_used_once),
		ON_STORE(changes_password),
		ON_STORE(stolen_session_cannot_guess),
		ON_STORE(public_lists),
		ON_STORE(looks_after_jobs),
		ON_STORE(keeps_files),
		ON_STORE(refuses_files),
	};
	return cmocka_run_group_tests(tests, once, NULL);
}
