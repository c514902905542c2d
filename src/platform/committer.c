/*
 * The writers. A batch is one transaction: its works, then the projections over what all of them
 * changed, then COMMIT, and only then the replies.
 *
 * On SQLite the COMMIT itself does not wait for the disk: a thread of its own syncs what was
 * committed and then lets the replies go, while the writer is at the next batch. A failed sync is
 * a failed store.
 *
 * Almost every work either succeeds or refuses before it has written, so a batch first runs without
 * savepoints; when a work fails half-way, the batch is taken back and runs again with a savepoint
 * around each.
 *
 * What may go wrong, and what is done:
 *   a work refuses                   nothing of it is there, the others stay
 *   a work fails half-way            the batch again, apart: its savepoint goes, the others stay
 *   a projection fails (a bug)       the batch goes; its works are tried one by one, so only one is
 * lost deadlock, lost connection        the whole batch again, at most five times disk full the
 * batch goes, all of it answers E_STORE_FULL, reading goes on anything else of the store nothing is
 * acknowledged any more, the program ends with 1
 *
 * A COMMIT whose answer was lost with the connection runs again too: requests carry keys, so the
 * second run finds what the first may have written.
 */
#include "platform/committer.h"

#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/committer_queue.h"
#include "platform/config.h"
#include "platform/events.h"
#include "platform/jobs.h"
#include "platform/log.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WRITERS_MAX       4 /* on PostgreSQL; SQLite has one writer */
#define SQLITE_BATCH      1024
#define POSTGRES_BATCH    64
#define TRIES             5
#define CHECKPOINT_MS     500
#define QUIET_ROUNDS      4   /* checkpoints without a write before the writer rests */
#define AHEAD_MAX         2   /* batches committed and not yet on disk */
#define LAST_REPLIES_MS   500 /* between the failure of the store and the end of the program */
#define BATCH_ARENA_BYTES ((size_t)256 * 1024 * 1024)

struct writer {
	pthread_t thread;
	struct db *db;
	struct arena arena; /* of the batch */
};

static struct {
	struct writer writer[WRITERS_MAX];
	int writers, batch_max;
	const struct slice *const *slices;
	int slice_count;

	bool defers_sync;

	struct db *checkpointer;
	pthread_t checkpoint_thread;
	pthread_mutex_t stop_lock;
	pthread_cond_t stop_wake;
	bool stop;

	_Atomic int64_t id_floor; /* as stored */
	_Atomic int64_t batches, requests, rejected, max_batch, last_commit_us;
	_Atomic bool is_writable, is_failed;
} committer = {.stop_lock = PTHREAD_MUTEX_INITIALIZER, .stop_wake = PTHREAD_COND_INITIALIZER};

static void raise_to(_Atomic int64_t *value, int64_t at_least)
{
	int64_t now = atomic_load(value);
	while (now < at_least && !atomic_compare_exchange_weak(value, &now, at_least))
		;
}

static void sleep_ms(int64_t ms)
{
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&t, NULL);
}

/* ---- one batch ---- */

/* The transaction of a batch, as the projections see it; works see it with their own arena and
 * clock reading. */
static struct tx batch_tx(struct writer *w, const struct work *first)
{
	arena_reset(&w->arena);
	return (struct tx){
		.db = w->db,
		.arena = &w->arena,
		.government = first->government,
		.now_ms = clock_now(),
		.changes = changes_new(&w->arena),
	};
}

static enum err run_work(const struct tx *batch, struct work *work)
{
	struct tx tx = *batch;
	tx.arena = work->arena;
	tx.now_ms = work->now_ms;
	return work->run(&tx, work);
}

/* Without a savepoint; ret_spoiled when it failed and something of it is left. */
static enum err run_together(const struct tx *batch, struct work *work, bool *ret_spoiled)
{
	int mark = changes_mark(batch->changes);
	int64_t traces = db_traces(batch->db);
	enum err e = run_work(batch, work);
	if (e)
		changes_undo(batch->changes, mark);
	*ret_spoiled = e && db_traces(batch->db) != traces;
	return e;
}

static enum err run_apart(const struct tx *batch, struct work *work)
{
	int mark = changes_mark(batch->changes);
	enum err e = db_savepoint(batch->db);
	if (!e)
		e = run_work(batch, work);
	if (!e)
		e = db_release(batch->db);
	if (e) {
		db_rollback_to(batch->db);
		changes_undo(batch->changes, mark);
	}
	return e;
}

/* Whether each work of a batch has a savepoint. */
enum isolation { TOGETHER, APART };

/*
 * Runs each work, keeping its own result in it; fails only when the transaction as a whole is lost.
 * Stops at a work that spoiled the others'.
 */
static enum err run_works(const struct tx *batch, struct work *first, enum isolation isolation,
	int *ret_done, bool *ret_spoiled)
{
	*ret_done = 0;
	*ret_spoiled = false;
	for (struct work *work = first; work && !*ret_spoiled; work = work->next) {
		if (clock_monotonic() > work->deadline_ms)
			work->result = E_BUSY;
		else if (isolation == APART)
			work->result = run_apart(batch, work);
		else
			work->result = run_together(batch, work, ret_spoiled);
		if (db_broken(batch->db))
			return db_broken(batch->db);
		*ret_done += work->result == OK;
	}
	return OK;
}

static enum err project(struct tx *tx)
{
	for (int i = 0; i < committer.slice_count; i++) {
		if (!committer.slices[i]->project)
			continue;
		enum err e = committer.slices[i]->project(tx);
		if (e) {
			log_event(LOG_ERROR, "projection_failed", "slice=%s code=%s",
				committer.slices[i]->name, err_code(e));
			return db_broken(tx->db) ? db_broken(tx->db) : E_INTERNAL;
		}
	}
	return OK;
}

static enum err finish_transaction(struct tx *tx)
{
	int64_t floor;
	enum err e = project(tx);
	if (!e)
		e = platform_reserve_ids(tx, atomic_load(&committer.id_floor), &floor);
	if (!e)
		e = db_commit(tx->db);
	if (!e)
		raise_to(&committer.id_floor, floor);
	return e;
}

/* One try. OK: what every work's result says has happened; else nothing of the batch has. */
static enum err try_batch(
	struct tx *tx, struct work *first, enum isolation isolation, bool *ret_spoiled)
{
	int done = 0;
	enum err e = db_begin_write(tx->db, first->government);
	if (e)
		return e;
	e = run_works(tx, first, isolation, &done, ret_spoiled);
	if (!e && done > 0 && !*ret_spoiled)
		e = finish_transaction(tx);
	db_rollback(tx->db);
	return e;
}

static void touch_topics(struct government_id government, const struct changes *changes)
{
	int n, works;
	const struct count_move *move = changes_counts(changes, &n);
	const struct change *change = changes_list(changes, &works);
	if (n > 0)
		events_touch(government, TOPIC_GOVERNMENT_BOARD, 0);
	for (int i = 0; i < n; i++) {
		if (move[i].slot >= 0)
			continue;
		if (move[i].unit.v)
			events_touch(government, TOPIC_UNIT_BOARD, move[i].unit.v);
		events_touch(government, TOPIC_PERFORMANCE, move[i].unit.v);
	}
	for (int i = 0; i < works; i++)
		if (change[i].kind == CHANGE_WORK)
			events_touch(government, TOPIC_PERFORMANCE, change[i].a);
}

/* Hands over; a work belongs to somebody else from its done() on. */
static void answer(struct work *first)
{
	while (first) {
		struct work *work = first;
		first = work->next;
		work->done(work, work->result);
	}
}

static void answer_all(struct work *first, enum err e)
{
	for (struct work *work = first; work; work = work->next)
		work->result = e;
	answer(first);
}

static enum err try_again(struct writer *w, struct work *first)
{
	enum isolation isolation = TOGETHER;
	for (int attempt = 1;; attempt++) {
		struct tx tx = batch_tx(w, first);
		bool is_spoiled = false;
		enum err e = try_batch(&tx, first, isolation, &is_spoiled);
		if (!e && is_spoiled && first->next) {
			isolation = APART;
			continue;
		}
		if (!e && !is_spoiled)
			touch_topics(first->government, tx.changes);
		if (!e || !db_wants_rerun(w->db) || attempt == TRIES)
			return e;
		log_event(LOG_WARN, "batch_again", "attempt=%d why=%s", attempt, db_message(w->db));
		sleep_ms(20 << (2 * attempt)); /* 80 ms to 5 s: the server may be starting anew */
	}
}

/* ---- committed, not yet on disk ---- */

static struct {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled, taken;
	struct work *ahead[AHEAD_MAX]; /* batches in the order of their COMMIT */
	int count;
	bool stop;
} syncer = {.lock = PTHREAD_MUTEX_INITIALIZER,
	.filled = PTHREAD_COND_INITIALIZER,
	.taken = PTHREAD_COND_INITIALIZER};

/* Answers a committed batch as soon as it is on disk. */
static void acknowledge(struct work *first)
{
	if (!committer.defers_sync) {
		answer(first);
		return;
	}
	pthread_mutex_lock(&syncer.lock);
	while (syncer.count == AHEAD_MAX)
		pthread_cond_wait(&syncer.taken, &syncer.lock);
	syncer.ahead[syncer.count++] = first;
	pthread_cond_signal(&syncer.filled);
	pthread_mutex_unlock(&syncer.lock);
}

/* Everything committed by now; 0 when there will be no more. */
static int take_committed(struct work *ret[AHEAD_MAX])
{
	pthread_mutex_lock(&syncer.lock);
	while (syncer.count == 0 && !syncer.stop)
		pthread_cond_wait(&syncer.filled, &syncer.lock);
	int count = syncer.count;
	memcpy(ret, syncer.ahead, (size_t)count * sizeof(*ret));
	syncer.count = 0;
	pthread_cond_signal(&syncer.taken);
	pthread_mutex_unlock(&syncer.lock);
	return count;
}

static void end_program(void);

static void *sync_until_stopped(void *unused)
{
	struct work *committed[AHEAD_MAX];
	int count;
	(void)unused;
	while ((count = take_committed(committed)) > 0) {
		enum err e = db_sync(committer.writer[0].db);
		for (int i = 0; i < count; i++) {
			if (e)
				answer_all(committed[i], e);
			else
				answer(committed[i]);
		}
		if (e) {
			log_event(LOG_ERROR, "sync_failed", "what was committed may be lost");
			atomic_store(&committer.is_writable, false);
			atomic_store(&committer.is_failed, true);
			end_program();
		}
	}
	return NULL;
}

/* Nothing may be acknowledged any more. What waits is told so, then a supervisor has to start us
 * anew. */
static void end_program(void)
{
	struct batch batch;
	queue_close();
	while (queue_take(committer.batch_max, &batch)) {
		answer_all(batch.first, E_STORE);
		queue_done(&batch, 0); /* closed: none is given back */
	}
	sleep_ms(LAST_REPLIES_MS);
	_exit(1);
}

static void write_works(struct writer *w, struct work *first, int count);

static void write_one_by_one(struct writer *w, struct work *first)
{
	while (first) {
		struct work *work = first;
		first = work->next;
		work->next = NULL;
		write_works(w, work, 1);
	}
}

static void write_works(struct writer *w, struct work *first, int count)
{
	int64_t since = clock_monotonic_us();
	enum err e = atomic_load(&committer.is_failed) ? E_STORE : try_again(w, first);
	if (e == E_INTERNAL && count > 1) {
		write_one_by_one(w, first);
		return;
	}
	if (e) {
		if (e == E_STORE || e == E_STORE_FULL)
			atomic_store(&committer.is_writable, false);
		if (e == E_STORE)
			atomic_store(&committer.is_failed, true);
		answer_all(first, e);
		return;
	}
	atomic_store(&committer.is_writable, true);
	atomic_fetch_add(&committer.batches, 1);
	atomic_fetch_add(&committer.requests, count);
	raise_to(&committer.max_batch, count);
	atomic_store(&committer.last_commit_us, clock_monotonic_us() - since);
	acknowledge(first);
	jobs_wake();
}

/* They would wait too long. */
static void turn_away(struct work *first)
{
	for (struct work *work = first; work; work = work->next)
		atomic_fetch_add(&committer.rejected, 1);
	answer_all(first, E_BUSY);
}

static void *write_until_closed(void *context)
{
	struct writer *w = context;
	struct batch batch;
	while (queue_take(committer.batch_max, &batch)) {
		int64_t since = clock_monotonic_us();
		write_works(w, batch.first, batch.count);
		turn_away(queue_done(&batch, clock_monotonic_us() - since));
		if (atomic_load(&committer.is_failed))
			end_program();
	}
	return NULL;
}

/* ---- the WAL ---- */

static bool wait_for_stop(int64_t ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += ms * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&committer.stop_lock);
	if (!committer.stop)
		pthread_cond_timedwait(&committer.stop_wake, &committer.stop_lock, &until);
	bool stop = committer.stop;
	pthread_mutex_unlock(&committer.stop_lock);
	return stop;
}

/* Nothing was written for a while: the memory of the morning is given back. On the writer's own
 * thread, hence a work; it refuses, so nothing is committed. */
static enum err run_rest(struct tx *tx, struct work *work)
{
	(void)work;
	db_release_memory(tx->db);
	return E_CONFLICT;
}

static _Atomic bool is_resting; /* the one work is queued or running */

static void end_rest(struct work *work, enum err result)
{
	(void)work, (void)result;
	atomic_store(&is_resting, false);
}

static void rest(void)
{
	static struct work work;
	if (atomic_exchange(&is_resting, true))
		return;
	work = (struct work){.class = WORK_JOB,
		.deadline_ms = INT64_MAX,
		.run = run_rest,
		.done = end_rest,
		.now_ms = clock_now()};
	if (committer_submit(&work))
		atomic_store(&is_resting, false);
}

static void *checkpoint_until_stopped(void *unused)
{
	(void)unused;
	int64_t seen = 0, rested = -1; /* as many batches when it last rested, itself among them */
	for (int quiet = 0; !wait_for_stop(CHECKPOINT_MS); quiet++) {
		int64_t batches = atomic_load(&committer.batches);
		if (batches != seen) {
			db_checkpoint(committer.checkpointer);
			quiet = 0;
		} else if (quiet == QUIET_ROUNDS && batches != rested) {
			rested = batches + 1;
			rest();
		}
		seen = batches;
	}
	return NULL;
}

/* ---- start and end ---- */

static enum err load_floor(struct db *db, struct arena *arena, const char **why)
{
	struct tx tx = {.db = db, .arena = arena};
	int64_t floor;
	bool is_demo;
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = platform_load_store(&tx, &floor, &is_demo);
	db_rollback(db);
	if (e) {
		*why = "the store was not migrated";
		return e;
	}
	id_set_floor(floor);
	atomic_store(&committer.id_floor, floor);
	return OK;
}

static enum err open_connections(const char *url, struct arena *arena, const char **why)
{
	committer.writers = db_engine_of_url(url) == DB_POSTGRES ? WRITERS_MAX : 1;
	for (int i = 0; i < committer.writers; i++) {
		struct writer *w = &committer.writer[i];
		arena_init(&w->arena, BATCH_ARENA_BYTES);
		w->db = db_open(url, DB_WRITE, arena, why);
		if (!w->db)
			return E_STORE;
	}
	if (db_engine_of_url(url) == DB_SQLITE)
		committer.checkpointer = db_open(url, DB_WRITE, arena, why);
	if (db_engine_of_url(url) == DB_SQLITE && !committer.checkpointer)
		return E_STORE;
	return load_floor(committer.writer[0].db, arena, why);
}

static void close_connections(void)
{
	for (int i = 0; i < WRITERS_MAX; i++) {
		db_close(committer.writer[i].db);
		arena_release(&committer.writer[i].arena);
		committer.writer[i].db = NULL;
	}
	db_close(committer.checkpointer);
	committer.checkpointer = NULL;
}

static void start_thread(pthread_t *thread, void *(*run)(void *), void *context, const char *name)
{
	int failed = pthread_create(thread, NULL, run, context);
	assert(!failed && "cannot start a thread");
	pthread_setname_np(*thread, name);
}

enum err committer_start(const char *url, const struct slice *const *slices, int slice_count,
	struct arena *arena, const char **why)
{
	platform_db_register();
	committer.slices = slices;
	committer.slice_count = slice_count;
	committer.stop = false;
	int batch = (int)config_int(SET_BATCH);
	int engine_batch = db_engine_of_url(url) == DB_POSTGRES ? POSTGRES_BATCH : SQLITE_BATCH;
	committer.batch_max = batch > 0 && batch < engine_batch ? batch : engine_batch;
	enum err e = open_connections(url, arena, why);
	if (e) {
		close_connections();
		return e;
	}
	atomic_store(&committer.is_writable, true);
	queue_open((int)config_int(SET_QUEUE));
	syncer.stop = false;
	committer.defers_sync = db_defer_sync(committer.writer[0].db);
	if (committer.defers_sync)
		start_thread(&syncer.thread, sync_until_stopped, NULL, "syncer");
	for (int i = 0; i < committer.writers; i++)
		start_thread(&committer.writer[i].thread, write_until_closed, &committer.writer[i],
			"writer");
	if (committer.checkpointer)
		start_thread(
			&committer.checkpoint_thread, checkpoint_until_stopped, NULL, "checkpoint");
	return OK;
}

bool committer_has_room(struct government_id government, enum work_class class)
{
	bool has_room = queue_has_room(government, class);
	if (!has_room)
		atomic_fetch_add(&committer.rejected, 1);
	return has_room;
}

enum err committer_submit(struct work *work)
{
	if (queue_put(work))
		return OK;
	atomic_fetch_add(&committer.rejected, 1);
	return E_BUSY;
}

static void stop_syncer(void)
{
	if (!committer.defers_sync)
		return;
	pthread_mutex_lock(&syncer.lock);
	syncer.stop = true;
	pthread_cond_signal(&syncer.filled);
	pthread_mutex_unlock(&syncer.lock);
	pthread_join(syncer.thread, NULL);
}

void committer_drain(void)
{
	queue_close();
	for (int i = 0; i < committer.writers; i++)
		pthread_join(committer.writer[i].thread, NULL);
	stop_syncer();
	pthread_mutex_lock(&committer.stop_lock);
	committer.stop = true;
	pthread_cond_broadcast(&committer.stop_wake);
	pthread_mutex_unlock(&committer.stop_lock);
	if (committer.checkpointer) {
		pthread_join(committer.checkpoint_thread, NULL);
		db_checkpoint(committer.checkpointer); /* readers may outlive us, so closing would
							  not do it */
	}
	committer.writers = 0;
	close_connections();
}

struct committer_stats committer_stats(void)
{
	return (struct committer_stats){
		.queued = queue_length(),
		.batches = atomic_load(&committer.batches),
		.requests = atomic_load(&committer.requests),
		.rejected = atomic_load(&committer.rejected),
		.max_batch = atomic_load(&committer.max_batch),
		.last_commit_us = atomic_load(&committer.last_commit_us),
		.writable = atomic_load(&committer.is_writable),
	};
}
