/*
 * What happens to every request, in the order of docs/ARCHITECTURE.md: row, limits, session,
 * fields, object, permission, prepare, then either the handler on a read snapshot or the
 * committer's queue.
 *
 * Permission is decided twice for a write: before it may cost the writer anything, and again inside
 * the transaction that carries it out; an event without preparation goes straight to the writer and
 * is decided once, there. A denial about an object is the reply for a missing object. Every request
 * leaves exactly one line in the log and nothing else does.
 */
#include "platform/exchange_int.h"

#include "base/hash.h"
#include "base/str.h"
#include "platform/auth_int.h"
#include "platform/clock.h"
#include "platform/export.h"
#include "platform/log.h"
#include "platform/pages.h"
#include "platform/platform_db.h"
#include "platform/request_input.h"
#include "platform/slice.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#define READ_DEADLINE_MS  5000
#define WRITE_DEADLINE_MS 10000
#define POOL_QUEUE_MAX    64

enum err (*auth_authorise)(struct req *rq, enum permission permission, const struct object *object);

static const char *store_url;
static _Atomic bool draining;
static _Atomic int64_t request_count, class_count[6], shed_count;

void dispatch_set_slices(const struct slice *const *slices, int count)
{
	route_table_build(slices, count);
}

const struct route *const *dispatch_routes(int *ret_count)
{
	return route_table_all(ret_count);
}

void dispatch_drain(void)
{
	atomic_store(&draining, true);
}

bool dispatch_is_draining(void)
{
	return atomic_load(&draining);
}

struct dispatch_stats dispatch_stats(void)
{
	struct dispatch_stats s = {.requests = request_count, .shed = shed_count};
	for (int i = 0; i < 6; i++)
		s.by_class[i] = class_count[i];
	return s;
}

/* The one who asks has this very reply already. */
static bool is_unchanged(struct exchange *x)
{
	const char *have = x->req.etag ? x->header(x, "If-None-Match") : NULL;
	return have && strstr(have, x->req.etag);
}

static void write_reply(struct exchange *x)
{
	const struct req *rq = &x->req;
	x->status = is_unchanged(x) ? 304 : rq->status;
	if (x->status == 304)
		return;
	x->reply = rq->body.p;
	x->reply_bytes = rq->body.n;
	x->content_type = rq->content_type;
}

static void finish(struct exchange *x, enum err e)
{
	struct req *rq = &x->req;
	if (!e)
		e = rq->kept;
	if (!e && rq->outcome)
		e = rq->route->late(rq);
	if (e)
		exchange_write_problem(x, e);
	else if (!x->is_stream)
		write_reply(x);
	struct log_request line = {
		.request_id = x->request_id,
		.method = x->method_name,
		.route = rq->route ? rq->route->path : "-",
		.code = err_code(e),
		.status = x->status,
		.actor = rq->actor.employee.v,
		.government = rq->actor.government.v,
		.microseconds = clock_monotonic_us() - x->started_us,
	};
	log_request(&line);
	atomic_fetch_add_explicit(&request_count, 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&class_count[x->status / 100 % 6], 1, memory_order_relaxed);
	if (e == E_BUSY)
		atomic_fetch_add_explicit(&shed_count, 1, memory_order_relaxed);
	x->state = EXCHANGE_DONE;
}

/* ---- readers: one connection per thread ---- */

#define READERS_MAX 128

static pthread_mutex_t readers_lock = PTHREAD_MUTEX_INITIALIZER;
static struct db *readers[READERS_MAX];
static int reader_count;
static __thread struct db *my_reader;

struct db *dispatch_reader(void)
{
	struct arena arena;
	const char *why = NULL;
	if (my_reader || !store_url)
		return my_reader;
	arena_init(&arena, 1 << 20);
	my_reader = db_open(store_url, DB_READ, &arena, &why);
	if (!my_reader)
		log_event(LOG_ERROR, "reader_failed", "why %s", why);
	arena_release(&arena);
	pthread_mutex_lock(&readers_lock);
	if (my_reader && reader_count < READERS_MAX)
		readers[reader_count++] = my_reader;
	pthread_mutex_unlock(&readers_lock);
	return my_reader;
}

/* ---- permission ---- */

static enum err find_actor(struct exchange *x)
{
	struct req *rq = &x->req;
	struct session session;
	enum err e;
	rq->token = exchange_cookie(x, auth_session_cookie());
	rq->device_token = exchange_cookie(x, auth_browser_cookie());
	if (rq->route->permission == P_PUBLIC)
		return OK;
	if (!rq->token)
		return E_UNAUTHENTICATED;
	if ((e = auth_load_session(rq->tx, rq->token, &session)))
		return e;
	rq->actor = session.actor;
	rq->tx->government = session.actor.government;
	if (rq->tx->now_ms - session.seen_at > SESSION_TOUCH_MS)
		exchange_note(rq, (struct employee_id){0});
	return OK;
}

static enum err find_object_and_permit(struct req *rq)
{
	enum err e;
	rq->object = (struct object){.day = DAY_NONE};
	if (rq->route->object && (e = rq->route->object(rq, &rq->object)))
		return e;
	if (rq->route->permission == P_PUBLIC || rq->route->permission == P_SIGNED_IN)
		return OK;
	return auth_authorise(rq, rq->route->permission, &rq->object);
}

/* Whether the data of another person is what the reply is about. */
static bool sees_another(const struct req *rq)
{
	return rq->route->sees && rq->object.employee.v &&
	       rq->object.employee.v != rq->actor.employee.v;
}

/* ---- the ways through ---- */

static enum work_class class_of(const struct route *route)
{
	return route->permission == P_PUNCH_SELF ? WORK_PUNCH : WORK_APPROVAL;
}

static enum err read_input(struct exchange *x)
{
	const char *query = strchr(x->target, '?');
	return request_read_input(
		&x->req, exchange_match(x), query ? query + 1 : NULL, x->body, x->body_bytes);
}

/* What may be done in a snapshot: prepare, and for a read the handler. */
static enum err run_prepared(struct exchange *x)
{
	struct req *rq = &x->req;
	enum err e;
	if (rq->route->prepare && (e = rq->route->prepare(rq)))
		return e;
	if (rq->route->early && (e = rq->route->early(rq)))
		return e;
	x->wants_commit = route_is_write(rq->route);
	if (x->wants_commit)
		return OK;
	e = rq->route->handler(rq);
	if (rq->exporting && !e)
		e = export_finish(rq);
	else if (rq->exporting)
		export_discard(rq);
	if (!e && sees_another(rq))
		exchange_note(rq, rq->object.employee);
	if (!e && rq->follow)
		exchange_follow(rq);
	return e;
}

/* Session, fields, permission, and what follows unless it belongs to the pool. */
static enum err run_snapshot(struct exchange *x)
{
	struct req *rq = &x->req;
	enum err e;
	if ((e = find_actor(x)) || (e = read_input(x)) || (e = find_object_and_permit(rq)))
		return e;
	x->wants_pool = rq->route->slow || rq->exporting;
	return x->wants_pool ? OK : run_prepared(x);
}

static enum err with_reader(struct exchange *x, enum err (*run)(struct exchange *x))
{
	enum err e;
	x->tx.db = dispatch_reader();
	if (!x->tx.db)
		return E_STORE;
	if ((e = db_begin_read(x->tx.db, READ_DEADLINE_MS)))
		return e;
	e = run(x);
	db_rollback(x->tx.db);
	return e;
}

static enum err check_key(struct exchange *x, struct uuid *ret_key)
{
	const char *text = x->header(x, "Idempotency-Key");
	return text && uuid_parse_v7(text, ret_key) ? OK : E_KEY_REQUIRED;
}

static struct hash body_hash(const struct exchange *x)
{
	struct bytes part[] = {
		{(const uint8_t *)x->method_name, strlen(x->method_name)},
		{(const uint8_t *)x->target, strlen(x->target)},
		{(const uint8_t *)(x->body ? x->body : ""), x->body_bytes},
	};
	return hash_sha256(part, COUNT_OF(part));
}

/* The handler of a write with its idempotency key: a repeat gets the stored reply. */
static enum err run_keyed(struct exchange *x)
{
	struct req *rq = &x->req;
	struct stored_reply stored, fresh = {.body_hash = body_hash(x)};
	struct uuid key;
	enum err e;
	if ((e = check_key(x, &key)))
		return e;
	e = auth_load_reply(rq->tx, &key, rq->actor.employee, &stored);
	if (e != OK && e != E_NOT_FOUND)
		return e;
	if (e == OK) {
		if (memcmp(stored.body_hash.b, fresh.body_hash.b, sizeof fresh.body_hash.b))
			return E_KEY_REUSED;
		return reply_raw(rq, stored.status,
			stored.body.n ? "application/json; charset=utf-8" : NULL,
			(const char *)stored.body.p, stored.body.n);
	}
	if ((e = rq->route->handler(rq)))
		return e;
	fresh.status = rq->status;
	fresh.body = (struct bytes){(const uint8_t *)(rq->body.p ? rq->body.p : ""), rq->body.n};
	return auth_add_reply(rq->tx, &key, rq->actor.employee, &fresh);
}

static struct exchange *exchange_of(struct work *work)
{
	return (struct exchange *)(void *)((char *)work - offsetof(struct exchange, work));
}

/* Who sent an event that came straight here, and whether he may. */
static enum err find_actor_in_writer(struct req *rq)
{
	struct session session;
	enum err e = auth_load_session(rq->tx, rq->token, &session);
	if (e)
		return e;
	rq->actor = session.actor;
	if (rq->tx->now_ms - session.seen_at > SESSION_TOUCH_MS &&
		(e = auth_touch_session(rq->tx, &rq->actor)))
		return e;
	return find_object_and_permit(rq);
}

static enum err run_write(struct tx *tx, struct work *work)
{
	struct exchange *x = exchange_of(work);
	struct req *rq = &x->req;
	enum err e;
	rq->tx = tx;
	rq->status = 0;
	rq->kept = OK;
	rq->outcome = NULL;
	rq->fault = (struct field_fault){0};
	if (x->is_straight && (e = find_actor_in_writer(rq)))
		return e;
	if (rq->route->tx == TX_EVENT)
		return rq->route->handler(rq);
	if ((e = find_object_and_permit(rq)))
		return e;
	if (sees_another(rq) && (e = platform_add_access(tx, rq->actor.employee,
					 rq->object.employee, rq->route->path)))
		return e;
	return run_keyed(x);
}

/* To the server, which lets dispatch_finish write the reply: not on the writer's time. */
static void hand_back(struct exchange *x, enum err result)
{
	x->result = result;
	x->resume(x);
}

static void write_done(struct work *work, enum err result)
{
	struct exchange *x = exchange_of(work);
	x->req.tx = &x->tx;
	hand_back(x, result);
}

static enum err submit_write(struct exchange *x)
{
	x->work = (struct work){.government = x->tx.government,
		.class = class_of(x->req.route),
		.deadline_ms = clock_monotonic() + WRITE_DEADLINE_MS,
		.run = run_write,
		.done = write_done,
		.arena = &x->arena,
		.now_ms = x->tx.now_ms};
	return committer_submit(&x->work);
}

/* ---- the bounded pool: argon2, files ---- */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct exchange *first, *last;
	int waiting, threads;
	bool stop;
	pthread_t thread[16];
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static void run_in_pool(struct exchange *x)
{
	enum err e = with_reader(x, run_prepared);
	if (!e && x->wants_commit && !(e = submit_write(x)))
		return;
	hand_back(x, e);
}

static void *pool_main(void *unused)
{
	(void)unused;
	for (;;) {
		pthread_mutex_lock(&pool.lock);
		while (!pool.first && !pool.stop)
			pthread_cond_wait(&pool.wake, &pool.lock);
		struct exchange *x = pool.first;
		if (x) {
			pool.first = x->next;
			pool.waiting--;
		}
		pthread_mutex_unlock(&pool.lock);
		if (!x)
			return NULL;
		run_in_pool(x);
	}
}

static bool enter_pool(struct exchange *x)
{
	pthread_mutex_lock(&pool.lock);
	bool room = pool.waiting < POOL_QUEUE_MAX && !pool.stop;
	if (room) {
		x->next = NULL;
		if (pool.first)
			pool.last->next = x;
		else
			pool.first = x;
		pool.last = x;
		pool.waiting++;
		pthread_cond_signal(&pool.wake);
	}
	pthread_mutex_unlock(&pool.lock);
	return room;
}

bool dispatch_start(const char *url, int threads, struct arena *arena, const char **why)
{
	store_url = url;
	pool.stop = false;
	atomic_store(&draining, false);
	assert(auth_authorise && threads <= COUNT_OF(pool.thread));
	for (pool.threads = 0; pool.threads < threads; pool.threads++)
		if (pthread_create(&pool.thread[pool.threads], NULL, pool_main, NULL)) {
			*why = arena_strdup(arena, "cannot start the pool's threads");
			return false;
		}
	return true;
}

void dispatch_stop(void)
{
	pthread_mutex_lock(&pool.lock);
	pool.stop = true;
	pthread_cond_broadcast(&pool.wake);
	pthread_mutex_unlock(&pool.lock);
	for (int i = 0; i < pool.threads; i++)
		pthread_join(pool.thread[i], NULL);
	pool.threads = 0;
	for (int i = 0; i < reader_count; i++)
		db_close(readers[i]);
	reader_count = 0;
	my_reader = NULL;
	store_url = NULL;
	exchange_release_all();
}

/* ---- entry ---- */

static enum err find_route(struct exchange *x)
{
	const struct path_match *match = exchange_match(x);
	if (match->wrong_method) {
		x->allow = match->allow;
		return E_METHOD;
	}
	x->req.route = match->route;
	return match->route ? OK : E_NOT_FOUND;
}

/*
 * An event that needs no preparation spares the read snapshot, which costs more than all its own
 * look-ups: the writer, whose pages are warm, finds session and permission in the same transaction.
 */
static bool goes_straight(struct exchange *x)
{
	const struct route *r = x->req.route;
	if (r->tx != TX_EVENT || r->permission == P_PUBLIC || r->prepare)
		return false;
	x->req.token = exchange_cookie(x, auth_session_cookie());
	return x->req.token && auth_token_government(x->req.token, &x->tx.government);
}

static enum err run_straight(struct exchange *x)
{
	const struct route *route = x->req.route;
	enum err e = OK;
	if (!committer_has_room(x->tx.government, class_of(route)))
		return E_BUSY;
	e = read_input(x);
	if (!e && route->early)
		e = route->early(&x->req);
	x->is_straight = x->wants_commit = !e;
	return e;
}

static enum err run_without_store(struct exchange *x)
{
	return x->req.route->handler(&x->req);
}

enum exchange_state dispatch_begin(struct exchange *x)
{
	enum err e;
	x->tx = (struct tx){.arena = &x->arena, .now_ms = clock_now()};
	x->req.tx = &x->tx;
	x->req.client_address = x->client_address;
	exchange_name(x);
	x->req.request_id = x->request_id;
	e = find_route(x);
	if (e == E_NOT_FOUND && pages_serve(x))
		return x->state;
	if (!e)
		e = exchange_check_message(x);
	if (!e && x->req.route->tx == TX_NONE)
		e = run_without_store(x);
	else if (!e && goes_straight(x))
		e = run_straight(x);
	else if (!e)
		e = with_reader(x, run_snapshot);
	x->state = EXCHANGE_WAIT;
	if (e || !(x->wants_pool || x->wants_commit))
		finish(x, e);
	return x->state;
}

void dispatch_publish(struct exchange *x)
{
	enum err e = E_BUSY;
	if (x->wants_pool && enter_pool(x))
		return;
	if (x->wants_commit && !(e = submit_write(x)))
		return;
	hand_back(x, e);
}

void dispatch_finish(struct exchange *x)
{
	finish(x, x->result);
}

/* ---- waiting callers ---- */

static pthread_mutex_t wait_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wait_wake = PTHREAD_COND_INITIALIZER;

static void wake_waiter(struct exchange *x)
{
	pthread_mutex_lock(&wait_lock);
	atomic_store(&x->ready, true);
	pthread_cond_broadcast(&wait_wake);
	pthread_mutex_unlock(&wait_lock);
}

void dispatch_wait(struct exchange *x)
{
	x->resume = wake_waiter;
	if (dispatch_begin(x) == EXCHANGE_DONE)
		return;
	dispatch_publish(x);
	pthread_mutex_lock(&wait_lock);
	while (!atomic_load(&x->ready))
		pthread_cond_wait(&wait_wake, &wait_lock);
	pthread_mutex_unlock(&wait_lock);
	dispatch_finish(x);
}
