/*
 * The pool of jobs: two threads, each with a snapshot to read from and a second connection to look
 * with (is there work, was mine cancelled). Writes go through the committer like everybody's.
 *
 * What a person asked for goes first, and one thread does nothing else: an import is not to wait
 * until a month of a province has been judged again.
 *
 * A job is taken by moving its row from waiting to running, so no two threads or servers run it.
 * What the program leaves running when it ends is made waiting again at the next start.
 */
#include "platform/jobs.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/committer.h"
#include "platform/events.h"
#include "platform/log.h"
#include "platform/platform_db.h"
#include "platform/slice.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#define WORKERS          2
#define POLL_S           3
#define TELL_MS          1000 /* at most one progress write, and one look for a cancel, in this time */
#define BUSY_WAIT_MS     100
#define BUSY_TRIES       600 /* a minute of a full queue */
#define JOB_ARENA_BYTES  ((size_t)512 * 1024 * 1024)
#define LOOK_DEADLINE_MS 5000
#define SWEEP_EVERY_MS   INT64_C(3600000)

struct worker {
	pthread_t thread;
	struct db *db; /* the snapshot of the job */
	struct db *look;
	struct arena arena;       /* of the job */
	struct arena slice_arena; /* of one job_commit */
	struct arena look_arena;
	pthread_mutex_t lock; /* with `committed`: a closure of this worker was answered */
	pthread_cond_t committed;
};

struct running {
	struct job job;
	struct tx tx;
	struct worker *worker;
	int64_t told_at, looked_at; /* clock_monotonic */
	bool is_cancelled;
};

static struct {
	struct worker worker[WORKERS];
	const struct slice *const *slices;
	int slice_count;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	int64_t wakes; /* under `lock`: commits that may have brought a job */
	_Atomic bool is_added, is_stopping;
	bool is_started;
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static struct running *of(struct job *job)
{
	return (struct running *)(void *)((char *)job - offsetof(struct running, job));
}

/* ---- writing through the committer ---- */

struct closure {
	struct work work;
	enum err (*write)(struct tx *tx, void *arg);
	void *arg;
	struct worker *worker;
	bool is_done;
	enum err result;
};

static struct closure *closure_of(struct work *work)
{
	return (struct closure *)(void *)((char *)work - offsetof(struct closure, work));
}

static enum err run_closure(struct tx *tx, struct work *work)
{
	return closure_of(work)->write(tx, closure_of(work)->arg);
}

static void end_closure(struct work *work, enum err result)
{
	struct closure *c = closure_of(work);
	struct worker *worker = c->worker;
	pthread_mutex_lock(&worker->lock);
	c->result = result;
	c->is_done = true;
	pthread_cond_signal(&worker->committed);
	pthread_mutex_unlock(&worker->lock);
}

static void sleep_ms(int64_t ms)
{
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&t, NULL);
}

static enum err submit(struct closure *c)
{
	enum err e = E_BUSY;
	for (int i = 0; i < BUSY_TRIES && (e = committer_submit(&c->work)) == E_BUSY; i++) {
		if (atomic_load(&pool.is_stopping))
			return e;
		sleep_ms(BUSY_WAIT_MS);
	}
	return e;
}

static enum err commit(struct worker *worker, struct government_id government, struct arena *arena,
	enum err (*write)(struct tx *tx, void *arg), void *arg)
{
	struct closure c = {
		.work =
			{
				.government = government,
				.class = WORK_JOB,
				.deadline_ms = INT64_MAX,
				.run = run_closure,
				.done = end_closure,
				.arena = arena,
				.now_ms = clock_now(),
			},
		.write = write,
		.arg = arg,
		.worker = worker,
	};
	enum err e = submit(&c);
	if (e)
		return e;
	pthread_mutex_lock(&worker->lock);
	while (!c.is_done)
		pthread_cond_wait(&worker->committed, &worker->lock);
	pthread_mutex_unlock(&worker->lock);
	return c.result;
}

enum err job_commit(struct job *job, enum err (*write)(struct tx *tx, void *arg), void *arg)
{
	struct running *r = of(job);
	if (atomic_load(&pool.is_stopping))
		return E_BUSY;
	arena_reset(&r->worker->slice_arena);
	return commit(r->worker, job->government, &r->worker->slice_arena, write, arg);
}

/* ---- what a kind may call ---- */

enum err job_refresh(struct job *job)
{
	struct running *r = of(job);
	db_rollback(r->tx.db);
	r->tx.now_ms = clock_now();
	return db_begin_read(r->tx.db, 0);
}

struct progress {
	int64_t job_id;
	int percent;
	bool is_running;
};

static enum err write_progress(struct tx *tx, void *arg)
{
	struct progress *p = arg;
	return platform_set_job_percent(tx, p->job_id, p->percent, &p->is_running);
}

void job_progress(struct job *job, int percent)
{
	struct running *r = of(job);
	struct progress p = {job->job_id, percent, true};
	if (clock_monotonic() - r->told_at < TELL_MS)
		return;
	r->told_at = clock_monotonic();
	if (job_commit(job, write_progress, &p))
		return;
	if (!p.is_running)
		r->is_cancelled = true;
	events_touch(job->government, TOPIC_JOB, job->job_id);
}

/* The row as it is now, whatever snapshot the job reads from. */
static enum err look_at_job(
	struct worker *w, struct government_id government, int64_t job_id, struct platform_job *ret)
{
	struct tx tx = {.db = w->look, .arena = &w->look_arena, .government = government};
	arena_reset(&w->look_arena);
	enum err e = db_begin_read(w->look, LOOK_DEADLINE_MS);
	if (!e)
		e = platform_load_job(&tx, job_id, ret);
	db_rollback(w->look);
	return e;
}

bool job_is_cancelled(struct job *job)
{
	struct running *r = of(job);
	struct platform_job row;
	if (r->is_cancelled || atomic_load(&pool.is_stopping))
		return true;
	if (clock_monotonic() - r->looked_at < TELL_MS)
		return false;
	r->looked_at = clock_monotonic();
	if (!look_at_job(r->worker, job->government, job->job_id, &row) &&
		row.state == JOB_CANCELLED)
		r->is_cancelled = true;
	return r->is_cancelled;
}

/* ---- adding and cancelling, in the caller's transaction ---- */

enum err job_add(struct tx *tx, const char *kind, struct employee_id owner, const char *input,
	int64_t *ret_job_id)
{
	struct platform_job job = {
		.job_id = id_next(), .kind = kind, .owner = owner, .input = input};
	enum err e = platform_add_job(tx, &job);
	if (e)
		return e;
	*ret_job_id = job.job_id;
	atomic_store(&pool.is_added, true);
	return OK;
}

enum err job_cancel(struct tx *tx, int64_t job_id)
{
	struct platform_job job;
	bool moved;
	enum err e = platform_load_job(tx, job_id, &job);
	if (e)
		return e;
	if (job.state == JOB_WAITING)
		return platform_end_job(tx, job_id, JOB_CANCELLED, NULL);
	e = platform_move_job(tx, job_id, JOB_RUNNING, JOB_CANCELLED, &moved);
	return e || moved ? e : E_CONFLICT;
}

/* ---- running ---- */

static const struct job_kind *find_kind(const char *name)
{
	for (int i = 0; i < pool.slice_count; i++) {
		for (int k = 0; k < pool.slices[i]->job_count; k++) {
			if (str_eq(pool.slices[i]->jobs[k].name, name))
				return &pool.slices[i]->jobs[k];
		}
	}
	return NULL;
}

struct ending {
	int64_t job_id;
	enum job_state state;
	const char *result;
};

static enum err write_ending(struct tx *tx, void *arg)
{
	const struct ending *ending = arg;
	return platform_end_job(tx, ending->job_id, ending->state, ending->result);
}

static enum job_state state_after(const struct running *r, enum err e)
{
	if (!e)
		return JOB_DONE;
	return r->is_cancelled ? JOB_CANCELLED : JOB_FAILED;
}

static void end_job(struct running *r, enum err e, const char *result)
{
	struct worker *w = r->worker;
	/* Cut short by our own end, not by itself: it stays running and starts again. */
	if (e && !r->is_cancelled && atomic_load(&pool.is_stopping))
		return;
	if (e && !result)
		result = arena_printf(&w->arena, "{\"code\":\"%s\"}", err_code(e));
	struct ending ending = {r->job.job_id, state_after(r, e), result};
	e = commit(w, r->job.government, &w->arena, write_ending, &ending);
	if (e)
		log_event(LOG_ERROR, "job_not_ended", "kind=%s code=%s", r->job.kind, err_code(e));
	events_touch(r->job.government, TOPIC_JOB, r->job.job_id);
}

static void run_job(struct worker *w, const struct platform_job *row)
{
	const struct job_kind *kind = find_kind(row->kind);
	const char *result = NULL;
	struct running r = {
		.job = {row->job_id, row->government, row->owner,
			arena_strdup(&w->arena, row->kind), arena_strdup(&w->arena, row->input),
			&r.tx},
		.tx = {w->db, &w->arena, row->government, clock_now(), NULL},
		.worker = w,
		.looked_at = clock_monotonic(),
	};
	int64_t since = clock_monotonic();
	enum err e = kind ? E_BUSY : E_INTERNAL;
	/* a busy store passes; a kind finds out what it already did, as after a crash */
	for (int i = 0; i < BUSY_TRIES && e == E_BUSY && !atomic_load(&pool.is_stopping); i++) {
		if (i)
			sleep_ms(BUSY_WAIT_MS);
		if ((e = db_begin_read(w->db, 0)) == OK)
			e = kind->run(&r.job, &result);
		db_rollback(w->db);
	}
	end_job(&r, e, result);
	/* what nobody asked for says in the log what it did; others' results are theirs */
	log_event(LOG_INFO, "job", "kind=%s code=%s ms=%ld result=%s", r.job.kind, err_code(e),
		(long)(clock_monotonic() - since), r.job.owner.v ? NULL : result);
	arena_reset(&w->arena);
	arena_reset(&w->slice_arena);
}

struct claim {
	int64_t job_id;
	bool is_ours;
};

static enum err write_claim(struct tx *tx, void *arg)
{
	struct claim *claim = arg;
	return platform_move_job(tx, claim->job_id, JOB_WAITING, JOB_RUNNING, &claim->is_ours);
}

static enum err load_waiting(struct worker *w, struct platform_job *ret)
{
	struct tx tx = {.db = w->look, .arena = &w->look_arena};
	arena_reset(&w->look_arena);
	enum err e = db_begin_read(w->look, LOOK_DEADLINE_MS);
	if (!e)
		e = platform_load_waiting_job(&tx, w == &pool.worker[1], ret);
	db_rollback(w->look);
	return e;
}

/* Runs the waiting job that comes first; false when there was none to take. */
static bool run_next(struct worker *w)
{
	struct platform_job row;
	if (load_waiting(w, &row))
		return false;
	struct claim claim = {row.job_id, false};
	if (commit(w, row.government, &w->look_arena, write_claim, &claim))
		return false;
	if (claim.is_ours)
		run_job(w, &row);
	return true;
}

/* Until a commit after the `seen`th brought a job, or for a while: another server may have added
 * one. */
static int64_t wait_for_work(int64_t seen)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += POLL_S;
	pthread_mutex_lock(&pool.lock);
	if (!atomic_load(&pool.is_stopping) && pool.wakes == seen)
		pthread_cond_timedwait(&pool.wake, &pool.lock, &until);
	seen = pool.wakes;
	pthread_mutex_unlock(&pool.lock);
	return seen;
}

/* Files nobody named, once an hour while there is nothing else to do. */
static void sweep_files(struct worker *w)
{
	struct tx tx = {.db = w->look, .arena = &w->look_arena};
	int removed = 0;
	arena_reset(&w->look_arena);
	if (!blob_is_open() || db_begin_read(w->look, 0))
		return;
	enum err e = blob_sweep(&tx, &removed);
	db_rollback(w->look);
	if (e || removed)
		log_event(LOG_INFO, "files_swept", "removed=%d code=%s", removed, err_code(e));
}

static void *work_until_stopped(void *context)
{
	struct worker *w = context;
	int64_t seen = 0, swept_at = clock_monotonic();
	while (!atomic_load(&pool.is_stopping)) {
		if (run_next(w))
			continue;
		seen = wait_for_work(seen);
		if (w != &pool.worker[0] || clock_monotonic() - swept_at < SWEEP_EVERY_MS)
			continue;
		sweep_files(w);
		swept_at = clock_monotonic();
	}
	return NULL;
}

void jobs_wake(void)
{
	if (!atomic_load(&pool.is_added) || !atomic_exchange(&pool.is_added, false))
		return;
	pthread_mutex_lock(&pool.lock);
	pool.wakes++;
	pthread_cond_broadcast(&pool.wake);
	pthread_mutex_unlock(&pool.lock);
}

/* ---- start and end ---- */

static bool resume(const char *url, struct arena *arena, const char **why)
{
	struct tx tx = {.db = db_open(url, DB_WRITE, arena, why), .arena = arena};
	if (!tx.db)
		return false;
	enum err e = db_begin_write(tx.db, (struct government_id){0});
	if (!e)
		e = platform_resume_jobs(&tx);
	if (!e)
		e = db_commit(tx.db);
	if (e)
		*why = arena_strdup(arena, db_message(tx.db));
	db_close(tx.db);
	return e == OK;
}

static bool open_worker(struct worker *w, const char *url, struct arena *arena, const char **why)
{
	arena_init(&w->arena, JOB_ARENA_BYTES);
	arena_init(&w->slice_arena, JOB_ARENA_BYTES);
	arena_init(&w->look_arena, JOB_ARENA_BYTES);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->committed, NULL);
	w->db = db_open(url, DB_READ, arena, why);
	w->look = w->db ? db_open(url, DB_READ, arena, why) : NULL;
	return w->look != NULL;
}

static void close_worker(struct worker *w)
{
	db_close(w->db);
	db_close(w->look);
	w->db = w->look = NULL;
	arena_release(&w->arena);
	arena_release(&w->slice_arena);
	arena_release(&w->look_arena);
}

bool jobs_start(const char *url, const struct slice *const *slices, int slice_count,
	struct arena *arena, const char **why)
{
	pool.slices = slices;
	pool.slice_count = slice_count;
	atomic_store(&pool.is_stopping, false);
	bool good = resume(url, arena, why);
	for (int i = 0; i < WORKERS && good; i++)
		good = open_worker(&pool.worker[i], url, arena, why);
	for (int i = 0; i < WORKERS && !good; i++)
		close_worker(&pool.worker[i]);
	if (!good)
		return false;
	for (int i = 0; i < WORKERS; i++) {
		struct worker *w = &pool.worker[i];
		int failed = pthread_create(&w->thread, NULL, work_until_stopped, w);
		assert(!failed && "cannot start a thread");
		pthread_setname_np(w->thread, "job");
	}
	pool.is_started = true;
	return true;
}

void jobs_stop(void)
{
	if (!pool.is_started)
		return;
	pthread_mutex_lock(&pool.lock);
	atomic_store(&pool.is_stopping, true);
	pthread_cond_broadcast(&pool.wake);
	pthread_mutex_unlock(&pool.lock);
	for (int i = 0; i < WORKERS; i++) {
		pthread_join(pool.worker[i].thread, NULL);
		close_worker(&pool.worker[i]);
	}
	pool.is_started = false;
}
