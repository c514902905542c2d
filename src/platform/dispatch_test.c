/*
 * The dispatcher driven with bytes, over a real store: what it refuses before a handler runs, what
 * a repeat gets, what a refused handler leaves behind (nothing), and how denial looks.
 */
#include "platform/auth.h"
#include "platform/auth_routes.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/dispatch.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <sodium.h>
#include <unistd.h>

/* ---- a slice of its own ---- */

struct note_input {
	int64_t employee;
	const char *text;
	int32_t times;
};
static const struct field note_fields[] = {
	PATH_ID(struct note_input, employee, "whose"),
	F_TEXT(struct note_input, text, 1, 20, 0, "what"),
	F_INT(struct note_input, times, 1, 5, OPTIONAL, "how often"),
	F_END,
};
static const struct shape note_shape = SHAPE("TestNote", struct note_input, note_fields);

struct count_output {
	int32_t count;
};
static const struct field count_fields[] = {
	F_INT(struct count_output, count, 0, 1000, 0, "rows"), F_END};
static const struct shape count_shape = SHAPE("TestCount", struct count_output, count_fields);

static int handler_runs;

static struct db_stmt COUNT_ACCESS = {"test_count_access",
	"SELECT CAST(count(*) AS BIGINT) FROM platform_access WHERE government_id = $1 AND route = "
	"$2",
	0};
static struct db_stmt *const test_stmts[] = {&COUNT_ACCESS};

static enum err count_rows(struct req *rq, struct count_output *out)
{
	int64_t n = 0;
	enum err e = db_load(rq->tx, &COUNT_ACCESS,
		BIND(db_int(rq->tx->government.v), db_text("note")), INTO(to_int64(&n)));
	out->count = (int32_t)n;
	return e;
}

static enum err post_note(struct req *rq)
{
	const struct note_input *in = rq->input;
	struct count_output out;
	enum err e;
	handler_runs++;
	if ((e = platform_add_access(
		     rq->tx, rq->actor.employee, (struct employee_id){in->employee}, "note")))
		return e;
	if (strcmp(in->text, "refuse") == 0)
		return refuse(rq, E_REFUSED, "/text", "asked to");
	if ((e = count_rows(rq, &out)))
		return e;
	return reply(rq, 200, &out);
}

static enum err get_count(struct req *rq)
{
	struct count_output out;
	enum err e = count_rows(rq, &out);
	return e ? e : reply(rq, 200, &out);
}

static enum err find_note(struct req *rq, struct object *ret)
{
	const struct note_input *in = rq->input;
	if (in->employee >= 900)
		return E_NOT_FOUND;
	ret->employee.v = in->employee;
	return OK;
}

static const struct route test_routes[] = {
	{POST, "/test/{employee}/notes", P_DAY_READ, TX_WRITE, &note_shape, &count_shape, post_note,
		.object = find_note, .summary = "Adds a note."},
	{GET, "/test/count", P_SIGNED_IN, TX_READ, NULL, &count_shape, get_count,
		.summary = "Counts notes."},
};
static const struct slice test_slice = {.name = "test",
	.routes = test_routes,
	.route_count = 2,
	.stmts = test_stmts,
	.stmt_count = 1};

/* 7xx are strangers; everything below is oneself */
static enum err permit(struct req *rq, enum permission p, const struct object *o)
{
	(void)rq, (void)p;
	return o->employee.v >= 700 ? E_NOT_FOUND : OK;
}

/* ---- a store with one government, one account, one session ---- */

static char dir[64], store[96];
static const char *cookie;
static struct arena forever;
static const struct {
	const char *name, *value;
} * headers;

static const char *find_header(struct exchange *x, const char *name)
{
	(void)x;
	if (strcmp(name, "Cookie") == 0 && cookie)
		return cookie;
	for (int i = 0; headers && headers[i].name; i++)
		if (strcmp(headers[i].name, name) == 0)
			return headers[i].value;
	return NULL;
}

static void fill(struct db *db)
{
	struct tx tx = {.db = db,
		.arena = &forever,
		.government = {1},
		.now_ms = clock_now(),
		.changes = NULL};
	struct government g = {.id = {1},
		.code = "uji",
		.name = "Uji",
		.short_name = "Uji",
		.board_label = "BKD",
		.agency_label = "OPD",
		.head_label = "Bupati"};
	const char *token;
	assert_int_equal(db_begin_write(db, tx.government), OK);
	assert_int_equal(platform_add_government(&tx, &g), OK);
	assert_int_equal(
		auth_add_account(&tx, (struct employee_id){5}, "198504122010011003", NULL), OK);
	assert_int_equal(auth_add_session(&tx, (struct employee_id){5}, "uji", &token), OK);
	assert_int_equal(db_commit(db), OK);
	cookie = arena_printf(&forever, "a=b; luwes_session=%s", token);
}

static int start(void **state)
{
	static const struct slice *slices[] = {&test_slice};
	const char *why = NULL;
	int applied;
	(void)state;
	arena_init(&forever, 16 << 20);
	platform_db_register();
	db_register(platform_slice.stmts, platform_slice.stmt_count);
	db_register(test_stmts, 1);
	auth_authorise = permit;
	dispatch_set_slices(slices, 1);
	snprintf(dir, sizeof dir, "/tmp/luwes-dispatch-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(store, sizeof store, "%s/store.db", dir);
	struct db *db = db_open(store, DB_WRITE, &forever, &why);
	assert_non_null(db);
	assert_int_equal(migrate_run(db, &forever, &applied, &why), OK);
	fill(db);
	db_close(db);
	assert_int_equal(committer_start(store, slices, 1, &forever, &why), OK);
	assert_true(dispatch_start(store, 1, &forever, &why));
	return 0;
}

static int stop(void **state)
{
	char command[128];
	(void)state;
	committer_drain();
	dispatch_stop();
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

/* ---- asking ---- */

static char reply_text[4096];

#define HEADERS(...)                                                                               \
	(const void *)(const char *const[][2])                                                     \
	{                                                                                          \
		__VA_ARGS__,                                                                       \
		{                                                                                  \
			NULL, NULL                                                                 \
		}                                                                                  \
	}
#define KEY_A "019a7a3e-3c00-7000-8000-000000000001"
#define KEY_B "019a7a3e-3c00-7000-8000-000000000002"
#define KEY_C "019a7a3e-3c00-7000-8000-000000000003"

static int ask(const char *method, const char *target, const char *body, const void *with)
{
	struct exchange *x = exchange_new(method, target);
	x->header = find_header;
	headers = with;
	if (body)
		exchange_add_body(x, body, strlen(body));
	dispatch_wait(x);
	snprintf(reply_text, sizeof reply_text, "%.*s", (int)x->reply_bytes,
		(const char *)(x->reply ? x->reply : ""));
	int status = x->status;
	exchange_free(x);
	return status;
}

static int post(const char *target, const char *body, const char *key)
{
	return ask("POST", target, body,
		HEADERS({"X-Luwes", "1"}, {"Content-Type", "application/json"},
			{"Idempotency-Key", key}, {"X-Request-Id", "fixed-request"}));
}

static int count_now(void)
{
	int n = -1;
	assert_int_equal(ask("GET", "/test/count", NULL, NULL), 200);
	assert_int_equal(sscanf(reply_text, "{\"count\":%d}", &n), 1);
	return n;
}

static void finds_routes(void **state)
{
	(void)state;
	assert_int_equal(ask("GET", "/test/nothing", NULL, NULL), 404);
	assert_int_equal(ask("GET", "/test/1/notes", NULL, NULL), 405);
	assert_int_equal(ask("GET", "//", NULL, NULL), 404);
	assert_int_equal(ask("BREW", "/test/count", NULL, NULL), 405);
}

static void asks_for_headers(void **state)
{
	(void)state;
	assert_int_equal(ask("POST", "/test/5/notes", "{}", NULL), 403);
	assert_non_null(strstr(reply_text, "\"cross_site\""));
	assert_int_equal(ask("POST", "/test/5/notes", "{}",
				 HEADERS({"X-Luwes", "1"}, {"Sec-Fetch-Site", "cross-site"})),
		403);
	assert_int_equal(
		ask("POST", "/test/5/notes", "{}",
			HEADERS({"X-Luwes", "1"}, {"Origin", "https://x.example"}, {"Host", "y"})),
		403);
	assert_int_equal(ask("POST", "/test/5/notes", "{}",
				 HEADERS({"X-Luwes", "1"}, {"Content-Type", "text/plain"})),
		415);
	assert_int_equal(post("/test/5/notes", "{\"text\":\"a\"}", "not-a-uuid"), 400);
	assert_non_null(strstr(reply_text, "\"idempotency_key_required\""));
}

static void names_the_faulty_field(void **state)
{
	static const struct {
		const char *body, *pointer;
	} cases[] = {
		{"{}", "/text"},
		{"{\"text\":\"\"}", "/text"},
		{"{\"text\":\"a\",\"times\":6}", "/times"},
		{"{\"text\":\"a\",\"x\":1}", "/x"},
		{"{\"text\":\"a\",\"employee\":\"3\"}", "/employee"},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		char want[64];
		assert_int_equal(post("/test/5/notes", cases[i].body, KEY_A), 400);
		snprintf(want, sizeof want, "\"pointer\":\"%s\"", cases[i].pointer);
		assert_non_null(strstr(reply_text, want));
	}
}

static void needs_a_session(void **state)
{
	const char *kept = cookie;
	(void)state;
	cookie = "luwes_session=uji.AAAA";
	assert_int_equal(ask("GET", "/test/count", NULL, NULL), 401);
	cookie = NULL;
	assert_int_equal(ask("GET", "/test/count", NULL, NULL), 401);
	cookie = kept;
	assert_int_equal(ask("GET", "/test/count", NULL, NULL), 200);
}

static void denies_as_if_missing(void **state)
{
	char missing[sizeof reply_text];
	(void)state;
	assert_int_equal(post("/test/901/notes", "{\"text\":\"a\"}", KEY_A), 404);
	snprintf(missing, sizeof missing, "%s", reply_text);
	assert_int_equal(post("/test/701/notes", "{\"text\":\"a\"}", KEY_A), 404);
	assert_string_equal(reply_text, missing);
}

static void repeats_get_the_first_reply(void **state)
{
	char first[sizeof reply_text];
	int before = count_now(), runs;
	(void)state;
	assert_int_equal(post("/test/5/notes", "{\"text\":\"a\"}", KEY_B), 200);
	snprintf(first, sizeof first, "%s", reply_text);
	runs = handler_runs;
	assert_int_equal(post("/test/5/notes", "{\"text\":\"a\"}", KEY_B), 200);
	assert_string_equal(reply_text, first);
	assert_int_equal(handler_runs, runs);
	assert_int_equal(post("/test/5/notes", "{\"text\":\"b\"}", KEY_B), 422);
	assert_int_equal(count_now(), before + 1);
}

static void refused_handlers_leave_nothing(void **state)
{
	int before = count_now();
	(void)state;
	assert_int_equal(post("/test/5/notes", "{\"text\":\"refuse\"}", KEY_C), 422);
	assert_non_null(strstr(reply_text, "\"reason\":\"asked to\""));
	assert_int_equal(count_now(), before);
	assert_int_equal(post("/test/5/notes", "{\"text\":\"good\"}", KEY_C), 200);
}

static void bounds_the_body(void **state)
{
	char *big = malloc(70001);
	(void)state;
	memset(big, 'x', 70000);
	big[70000] = '\0';
	assert_int_equal(post("/test/5/notes", big, KEY_A), 413);
	free(big);
}

static void refuses_writes_while_draining(void **state)
{
	(void)state;
	dispatch_drain();
	assert_int_equal(post("/test/5/notes", "{\"text\":\"late\"}", KEY_A), 503);
	assert_int_equal(ask("GET", "/test/count", NULL, NULL), 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_routes),
		cmocka_unit_test(asks_for_headers),
		cmocka_unit_test(names_the_faulty_field),
		cmocka_unit_test(needs_a_session),
		cmocka_unit_test(denies_as_if_missing),
		cmocka_unit_test(repeats_get_the_first_reply),
		cmocka_unit_test(refused_handlers_leave_nothing),
		cmocka_unit_test(bounds_the_body),
		cmocka_unit_test(refuses_writes_while_draining),
	};
	return sodium_init() < 0 || cmocka_run_group_tests(tests, start, stop);
}
