/*
 * The committer and the pool of jobs on both engines: what a batch keeps, what it drops, in which
 * order it runs, what is done when the store fails, and that ids never go back.
 *
 * Works are held back by a gate (a first work that waits), so that those behind it make one batch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/str.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/committer_queue.h"
#include "platform/jobs.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/store_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define GOVERNMENT ((struct government_id){7})
#define WORKS_MAX  40

static const char table_sql[] =
	"CREATE TABLE test_fact (government_id BIGINT NOT NULL, id BIGINT NOT NULL,"
	" position INTEGER NOT NULL, raw BYTEA, PRIMARY KEY (government_id, id))";

static struct db_stmt ADD_FACT = {"test_add_fact",
	"INSERT INTO test_fact (government_id, id, position, raw) VALUES ($1, $2, $3, $4)", 0};
static struct db_stmt COUNT_FACTS = {
	"test_count_facts", "SELECT count(*) FROM test_fact WHERE government_id = $1", 0};
static struct db_stmt HAS_FACT = {
	"test_has_fact", "SELECT count(*) FROM test_fact WHERE government_id = $1 AND id = $2", 0};

static struct db_stmt *const stmts[] = {&ADD_FACT, &COUNT_FACTS, &HAS_FACT};

/* ---- a slice whose projection remembers what it was shown ---- */

static struct {
	pthread_mutex_t lock;
	int64_t seen[256]; /* employees of CHANGE_DAY, in order */
	int seen_count;
	int64_t poison;    /* the projection fails when it sees this one */
	_Atomic int order; /* running number of works */
} world = {.lock = PTHREAD_MUTEX_INITIALIZER};

static enum err project(struct tx *tx)
{
	int n;
	enum err e = OK;
	const struct change *change = changes_list(tx->changes, &n);
	pthread_mutex_lock(&world.lock);
	for (int i = 0; i < n; i++)
		e = change[i].a == world.poison ? E_INTERNAL : e;
	for (int i = 0; i < n && !e; i++)
		world.seen[world.seen_count++] = change[i].a;
	pthread_mutex_unlock(&world.lock);
	return e;
}

static bool was_seen(int64_t employee)
{
	bool found = false;
	pthread_mutex_lock(&world.lock);
	for (int i = 0; i < world.seen_count; i++)
		found |= world.seen[i] == employee;
	pthread_mutex_unlock(&world.lock);
	return found;
}

/* ---- kinds of jobs ---- */

static enum err add_fact(struct tx *tx, int64_t id)
{
	return db_exec(tx, &ADD_FACT,
		BIND(db_int(tx->government.v), db_int(id), db_int(0), db_null()), NULL);
}

static enum err write_fact(struct tx *tx, void *arg)
{
	return add_fact(tx, *(int64_t *)arg);
}

static enum err has_fact(struct tx *tx, int64_t id, bool *ret_has)
{
	int64_t n = 0;
	enum err e = db_load(
		tx, &HAS_FACT, BIND(db_int(tx->government.v), db_int(id)), INTO(to_int64(&n)));
	*ret_has = n > 0;
	return e;
}

/* Adds the fact its input names, and reads it back in a fresh snapshot. */
static enum err run_add(struct job *job, const char **ret_result)
{
	int64_t id;
	bool before, after;
	enum err e;
	if (!str_to_int(job->input, 1, INT64_MAX, &id))
		return E_BAD_FIELD;
	if ((e = has_fact(job->tx, id, &before)) || (e = job_commit(job, write_fact, &id)) ||
		(e = job_refresh(job)) || (e = has_fact(job->tx, id, &after)))
		return e;
	job_progress(job, 50);
	*ret_result = arena_printf(job->tx->arena, "{\"before\":%d,\"after\":%d}", before, after);
	return OK;
}

/* What a kind may take in all its slices together is more than one arena gives. */
#define SLICE_BYTES ((size_t)64 * 1024 * 1024)
#define SLICES      9

static enum err write_large(struct tx *tx, void *arg)
{
	(void)arg;
	return arena_alloc(tx->arena, SLICE_BYTES) ? OK : E_INTERNAL;
}

static enum err run_slices(struct job *job, const char **ret_result)
{
	enum err e = OK;
	for (int i = 0; i < SLICES && !e; i++)
		e = job_commit(job, write_large, NULL);
	*ret_result = arena_printf(job->tx->arena, "{\"slices\":%d}", SLICES);
	return e;
}

static sem_t is_waiting;

static enum err run_wait(struct job *job, const char **ret_result)
{
	(void)ret_result;
	sem_post(&is_waiting);
	while (!job_is_cancelled(job))
		usleep(5000);
	return E_CONFLICT;
}

static const struct job_kind kinds[] = {
	{"add", run_add}, {"slices", run_slices}, {"wait", run_wait}};
static const struct slice test_slice = {
	.name = "test", .project = project, .jobs = kinds, .job_count = COUNT_OF(kinds)};
static const struct slice *const slices[] = {&test_slice};

/* ---- a store with the committer on it ---- */

struct context {
	struct store_fixture *store;
	struct db *db; /* to look with */
	struct tx tx;
};

static void start(struct context *c)
{
	const char *why = "";
	if (committer_start(c->store->url, slices, COUNT_OF(slices), &c->store->arena, &why))
		fail_msg("%s", why);
}

static void make_tables(struct context *c)
{
	const char *why = "";
	int applied;
	if (migrate_run(c->db, &c->store->arena, &applied, &why))
		fail_msg("%s", why);
	char *sql = db_adapt_script(c->store->engine, table_sql, strlen(table_sql));
	assert_int_equal(db_begin_write(c->db, GOVERNMENT), OK);
	assert_int_equal(db_script(c->db, sql, &c->store->arena, &why), OK);
	assert_int_equal(db_commit(c->db), OK);
	free(sql);
}

static struct context *open_store(enum db_engine engine)
{
	struct context *c = calloc(1, sizeof *c);
	const char *why = "";
	assert_non_null(c);
	log_set_level(LOG_ERROR);
	db_register(stmts, COUNT_OF(stmts));
	world.seen_count = 0;
	world.order = 0;
	world.poison = -1;
	c->store = fixture_open(engine);
	assert_non_null(c->store);
	c->db = db_open(c->store->url, DB_WRITE, &c->store->arena, &why);
	if (!c->db)
		fail_msg("%s", why);
	c->tx = (struct tx){.db = c->db, .arena = &c->store->arena, .government = GOVERNMENT};
	make_tables(c);
	return c;
}

static void close_store(struct context *c)
{
	db_close(c->db);
	fixture_close(c->store);
	free(c);
}

static int setup_sqlite(void **state)
{
	start(*state = open_store(DB_SQLITE));
	return 0;
}

static int setup_postgres(void **state)
{
	start(*state = open_store(DB_POSTGRES));
	return 0;
}

static int teardown(void **state)
{
	committer_drain();
	close_store(*state);
	return 0;
}

static int64_t count_facts(struct context *c)
{
	int64_t n = -1;
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(
		db_load(&c->tx, &COUNT_FACTS, BIND(db_int(GOVERNMENT.v)), INTO(to_int64(&n))), OK);
	db_rollback(c->db);
	return n;
}

static bool is_stored(struct context *c, int64_t id)
{
	bool has = false;
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(has_fact(&c->tx, id, &has), OK);
	db_rollback(c->db);
	return has;
}

/* ---- works ---- */

enum deed { ADD, REFUSE, TAKE_BACK, BREAK_KEY, LOSE_CONNECTION, FILL };

struct test_work {
	struct work work;
	enum deed deed;
	int64_t id;
	_Atomic int runs;
	int order;
	sem_t done;
	struct arena arena;
};

static struct test_work *test_work_of(struct work *work)
{
	return (struct test_work *)(void *)((char *)work - offsetof(struct test_work, work));
}

static enum err add_big_fact(struct tx *tx, int64_t id)
{
	static const uint8_t block[32 * 1024];
	return db_exec(tx, &ADD_FACT,
		BIND(db_int(tx->government.v), db_int(id), db_int(0),
			db_bytes(block, sizeof block)),
		NULL);
}

static enum err run_test_work(struct tx *tx, struct work *work)
{
	struct test_work *t = test_work_of(work);
	int run = ++t->runs;
	t->order = ++world.order;
	changes_add(tx->changes, CHANGE_DAY, t->id, 20000);
	if (t->deed == FILL)
		return add_big_fact(tx, t->id);
	if (t->deed == REFUSE) /* before it wrote */
		return E_REFUSED;
	enum err e = add_fact(tx, t->id);
	if (e || t->deed == ADD)
		return e;
	if (t->deed == BREAK_KEY)
		return add_fact(tx, t->id);
	if (t->deed == LOSE_CONNECTION && run == 1)
		fixture_postgres_lose();
	return t->deed == TAKE_BACK ? E_REFUSED : OK;
}

static void end_test_work(struct work *work, enum err result)
{
	(void)result;
	sem_post(&test_work_of(work)->done);
}

static void make_work(struct test_work *t, enum deed deed, int64_t id)
{
	memset(t, 0, sizeof *t);
	t->deed = deed;
	t->id = id;
	sem_init(&t->done, 0, 0);
	arena_init(&t->arena, 1 << 20);
	t->work = (struct work){
		.government = GOVERNMENT,
		.class = WORK_APPROVAL,
		.deadline_ms = clock_monotonic() + 60000,
		.run = run_test_work,
		.done = end_test_work,
		.arena = &t->arena,
		.now_ms = clock_now(),
	};
}

static enum err result_of(struct test_work *t)
{
	sem_wait(&t->done);
	arena_release(&t->arena);
	return t->work.result;
}

/* ---- the gate ---- */

struct gate {
	struct work work;
	struct arena arena;
	sem_t entered, open, done;
};

static enum err run_gate(struct tx *tx, struct work *work)
{
	struct gate *gate = (struct gate *)(void *)((char *)work - offsetof(struct gate, work));
	(void)tx;
	sem_post(&gate->entered);
	sem_wait(&gate->open);
	return E_CONFLICT; /* leaves nothing behind */
}

static void end_gate(struct work *work, enum err result)
{
	(void)result;
	sem_post(&((struct gate *)(void *)((char *)work - offsetof(struct gate, work)))->done);
}

/* From here on works of the government wait, until open_gate. */
static void shut_gate(struct gate *gate)
{
	memset(gate, 0, sizeof *gate);
	sem_init(&gate->entered, 0, 0);
	sem_init(&gate->open, 0, 0);
	sem_init(&gate->done, 0, 0);
	arena_init(&gate->arena, 1 << 20);
	gate->work = (struct work){.government = GOVERNMENT,
		.class = WORK_PUNCH,
		.deadline_ms = INT64_MAX,
		.run = run_gate,
		.done = end_gate,
		.arena = &gate->arena};
	assert_int_equal(committer_submit(&gate->work), OK);
	sem_wait(&gate->entered);
}

static void open_gate(struct gate *gate)
{
	sem_post(&gate->open);
	sem_wait(&gate->done);
	arena_release(&gate->arena);
}

/* Submits them as one batch. */
static void submit_together(struct test_work *t, int n)
{
	struct gate gate;
	shut_gate(&gate);
	for (int i = 0; i < n; i++)
		assert_int_equal(committer_submit(&t[i].work), OK);
	open_gate(&gate);
}

/* ---- batches ---- */

static void test_one_failing_work_keeps_the_others(void **state)
{
	struct context *c = *state;
	struct test_work t[6];
	/* The third spoils the batch: what ran before it runs again, in savepoints. */
	const struct {
		enum deed deed;
		enum err result;
		int runs;
	} cases[] = {{ADD, OK, 2}, {REFUSE, E_REFUSED, 2}, {TAKE_BACK, E_REFUSED, 2}, {ADD, OK, 1},
		{BREAK_KEY, E_INTERNAL, 1}, {ADD, OK, 1}};
	for (int i = 0; i < COUNT_OF(cases); i++)
		make_work(&t[i], cases[i].deed, 100 + i);
	int64_t batches = committer_stats().batches;
	submit_together(t, COUNT_OF(cases));
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(result_of(&t[i]), cases[i].result);
		assert_int_equal(is_stored(c, 100 + i), cases[i].result == OK);
		assert_int_equal(
			was_seen(100 + i), cases[i].result == OK); /* its changes went with it */
		assert_int_equal(t[i].runs, cases[i].runs);
	}
	assert_int_equal(
		committer_stats().batches - batches, 2); /* the gate's, and one for all six */
	assert_true(committer_stats().writable);
}

static void test_a_refusal_before_writing_costs_no_second_run(void **state)
{
	struct context *c = *state;
	struct test_work t[3];
	for (int i = 0; i < 3; i++)
		make_work(&t[i], i == 1 ? REFUSE : ADD, i + 1);
	submit_together(t, 3);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(result_of(&t[i]), i == 1 ? E_REFUSED : OK);
		assert_int_equal(is_stored(c, i + 1), i != 1);
		assert_int_equal(was_seen(i + 1), i != 1);
		assert_int_equal(t[i].runs, 1);
	}
}

static void test_a_refusal_alone_leaves_nothing(void **state)
{
	struct context *c = *state;
	struct test_work t[3];
	make_work(&t[0], REFUSE, 1);
	assert_int_equal(committer_submit(&t[0].work), OK);
	assert_int_equal(result_of(&t[0]), E_REFUSED);
	make_work(&t[1], BREAK_KEY, 2);
	assert_int_equal(committer_submit(&t[1].work), OK);
	assert_int_equal(result_of(&t[1]), E_INTERNAL);
	make_work(&t[2], TAKE_BACK, 3);
	assert_int_equal(committer_submit(&t[2].work), OK);
	assert_int_equal(result_of(&t[2]), E_REFUSED);
	assert_int_equal(count_facts(c), 0);
	assert_false(was_seen(1));
}

static void test_punches_go_first(void **state)
{
	struct test_work t[4];
	const enum work_class class[] = {WORK_JOB, WORK_APPROVAL, WORK_PUNCH, WORK_PUNCH};
	const int order[] = {4, 3, 1, 2};
	(void)state;
	for (int i = 0; i < 4; i++) {
		make_work(&t[i], ADD, i + 1);
		t[i].work.class = class[i];
	}
	submit_together(t, 4);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(result_of(&t[i]), OK);
		assert_int_equal(t[i].order, order[i]);
	}
}

static void test_a_passed_deadline_is_not_run(void **state)
{
	struct context *c = *state;
	struct test_work t[2];
	make_work(&t[0], ADD, 1);
	make_work(&t[1], ADD, 2);
	t[0].work.deadline_ms = clock_monotonic() - 1;
	submit_together(t, 2);
	assert_int_equal(result_of(&t[0]), E_BUSY);
	assert_int_equal(result_of(&t[1]), OK);
	assert_int_equal(t[0].runs, 0);
	assert_int_equal(count_facts(c), 1);
}

static void test_a_failing_projection_costs_only_its_work(void **state)
{
	struct context *c = *state;
	struct test_work t[3];
	for (int i = 0; i < 3; i++)
		make_work(&t[i], ADD, i + 1);
	world.poison = 2;
	submit_together(t, 3);
	assert_int_equal(result_of(&t[0]), OK);
	assert_int_equal(result_of(&t[1]), E_INTERNAL);
	assert_int_equal(result_of(&t[2]), OK);
	assert_true(is_stored(c, 1) && !is_stored(c, 2) && is_stored(c, 3));
}

static void test_a_lost_connection_runs_the_batch_again(void **state)
{
	struct context *c = *state;
	struct test_work t[3];
	make_work(&t[0], ADD, 1);
	make_work(&t[1], LOSE_CONNECTION, 2);
	make_work(&t[2], ADD, 3);
	submit_together(t, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(result_of(&t[i]), OK);
	assert_int_equal(t[0].runs, 2);
	assert_int_equal(count_facts(c), 3);
}

static void test_governments_do_not_wait_for_each_other(void **state)
{
	struct gate gate;
	struct test_work other, same;
	(void)state;
	shut_gate(&gate);
	make_work(&other, ADD, 1);
	other.work.government = (struct government_id){8};
	make_work(&same, ADD, 2);
	assert_int_equal(committer_submit(&same.work), OK);
	assert_int_equal(committer_submit(&other.work), OK);
	assert_int_equal(result_of(&other), OK); /* while the gate of 7 is shut */
	assert_int_equal(same.runs, 0);
	open_gate(&gate);
	assert_int_equal(result_of(&same), OK);
}

static void test_drain_runs_what_is_queued(void **state)
{
	struct context *c = *state;
	static struct test_work t[WORKS_MAX];
	struct test_work late;
	for (int i = 0; i < WORKS_MAX; i++) {
		make_work(&t[i], ADD, i + 1);
		assert_int_equal(committer_submit(&t[i].work), OK);
	}
	committer_drain();
	for (int i = 0; i < WORKS_MAX; i++)
		assert_int_equal(result_of(&t[i]), OK);
	make_work(&late, ADD, 1000);
	assert_int_equal(committer_submit(&late.work), E_BUSY);
	assert_int_equal(count_facts(c), WORKS_MAX);
	start(c);
}

/* ---- the queue alone ---- */

static void test_queue_is_bounded(void **state)
{
	struct work work[9] = {{0}};
	struct batch batch;
	(void)state;
	queue_open(8);
	for (int i = 0; i < 9; i++)
		work[i] = (struct work){
			.government = GOVERNMENT, .class = i < 6 ? WORK_APPROVAL : WORK_PUNCH};
	for (int i = 0; i < 6; i++)
		assert_true(queue_put(&work[i]));
	assert_false(queue_put(&work[0])); /* the last quarter is for punches */
	assert_true(queue_put(&work[6]) && queue_put(&work[7]));
	assert_false(queue_put(&work[8]));
	assert_int_equal(queue_length(), 8);
	assert_true(queue_take(5, &batch));
	assert_int_equal(batch.count, 5);
	assert_ptr_equal(batch.first, &work[6]); /* punches first, then the oldest */
	assert_ptr_equal(batch.first->next->next, &work[0]);
	queue_close();
	assert_false(queue_take(5, &(struct batch){0})); /* the rest waits for its own writer */
	assert_null(queue_done(&batch, 1000));
	assert_true(queue_take(5, &batch));
	assert_int_equal(batch.count, 3);
	assert_null(queue_done(&batch, 1000));
	assert_false(queue_take(5, &batch));
	assert_false(queue_put(&work[0]));
}

static void test_queue_gives_governments_turns(void **state)
{
	struct work work[4] = {{0}};
	struct batch first, second;
	(void)state;
	queue_open(8);
	for (int i = 0; i < 4; i++) {
		work[i].government.v = 1 + i % 2;
		assert_true(queue_put(&work[i]));
	}
	assert_true(queue_take(8, &first) && queue_take(8, &second));
	assert_int_equal(first.first->government.v, 1);
	assert_int_equal(second.first->government.v, 2);
	assert_true(first.count == 2 && second.count == 2);
	assert_null(queue_done(&first, 1000));
	assert_null(queue_done(&second, 1000));
	queue_close();
}

/* Works that come faster than they are written wait for half a second at most; the rest is told. */
static void test_queue_turns_away_what_would_wait(void **state)
{
	static struct work work[1000];
	struct batch batch;
	struct work *excess;
	int n = 0, last;
	(void)state;
	queue_open(8192);
	for (int i = 0; i < 1000; i++) {
		work[i] = (struct work){.government = GOVERNMENT, .class = WORK_PUNCH};
		assert_true(queue_put(&work[i])); /* nothing is known of the store yet */
	}
	assert_true(queue_take(100, &batch));
	excess = queue_done(&batch, 200000); /* 500/s: 250 of the 900 are served in time */
	assert_ptr_equal(excess, &work[350]);
	for (struct work *at = excess; at; at = at->next)
		n++;
	assert_int_equal(n, 650);
	assert_int_equal(queue_length(), 250);
	assert_false(queue_put(&work[999]));
	assert_false(queue_has_room(GOVERNMENT, WORK_PUNCH));
	assert_true(queue_has_room((struct government_id){GOVERNMENT.v + 1}, WORK_PUNCH));
	/* a job of the program is taken, and not given back */
	struct work job = {.government = GOVERNMENT, .class = WORK_JOB};
	assert_true(queue_put(&job));
	for (last = 99; queue_take(100, &batch); last = n) {
		n = last + (batch.count == 100 ? 100 : 50);
		assert_null(queue_done(&batch, 200000));
		if (batch.count < 100)
			break;
		assert_ptr_equal(batch.first, &work[last + 1]);
	}
	assert_int_equal(batch.count, 51); /* all there was: the store keeps up again */
	for (int i = 0; i < 1000; i++)
		assert_true(queue_put(&work[i]));
	queue_close();
	while (queue_take(1024, &batch))
		queue_done(&batch, 0);
}

/* ---- full disk ---- */

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_full_disk_refuses_and_recovers(void **state)
{
	struct context *c = *state;
	static struct test_work t[WORKS_MAX], later;
	make_work(&later, ADD, 1);
	assert_int_equal(committer_submit(&later.work), OK);
	assert_int_equal(result_of(&later), OK);
	for (int i = 0; i < WORKS_MAX; i++)
		make_work(&t[i], FILL, 100 + i);
	limit_files(512 * 1024);
	submit_together(t, WORKS_MAX);
	enum err results[WORKS_MAX];
	for (int i = 0; i < WORKS_MAX; i++)
		results[i] = result_of(&t[i]);
	int64_t meanwhile = count_facts(c);
	bool was_writable = committer_stats().writable;
	limit_files(RLIM_INFINITY);
	for (int i = 0; i < WORKS_MAX; i++)
		assert_int_equal(results[i], E_STORE_FULL);
	assert_int_equal(meanwhile, 1);
	assert_false(was_writable);
	make_work(&later, ADD, 2);
	assert_int_equal(committer_submit(&later.work), OK);
	assert_int_equal(result_of(&later), OK);
	assert_true(committer_stats().writable);
}

/* ---- the disk: what is committed is told when it is there ---- */

static struct {
	_Atomic bool is_slow, is_failing;
	sem_t entered, go_on;
} disk;

/* A checkpoint syncs too, whenever it likes. */
static bool is_syncer(void)
{
	char name[16] = "";
	pthread_getname_np(pthread_self(), name, sizeof name);
	return strcmp(name, "syncer") == 0;
}

int fdatasync(int fd)
{
	if (atomic_load(&disk.is_failing)) {
		errno = EIO;
		return -1;
	}
	if (atomic_load(&disk.is_slow) && is_syncer()) {
		sem_post(&disk.entered);
		sem_wait(&disk.go_on);
	}
	return (int)syscall(SYS_fdatasync, fd);
}

/* The first batch of a new WAL also syncs its header, on the writer's thread. */
static void write_first(int64_t id)
{
	struct test_work t;
	make_work(&t, ADD, id);
	assert_int_equal(committer_submit(&t.work), OK);
	assert_int_equal(result_of(&t), OK);
}

static void test_replies_wait_for_the_disk(void **state)
{
	struct context *c = *state;
	struct test_work t[2];
	write_first(100);
	sem_init(&disk.entered, 0, 0);
	sem_init(&disk.go_on, 0, 0);
	atomic_store(&disk.is_slow, true);
	for (int i = 0; i < 2; i++)
		make_work(&t[i], ADD, i + 1);
	assert_int_equal(committer_submit(&t[0].work), OK);
	sem_wait(&disk.entered);
	assert_true(is_stored(c, 1));
	assert_int_equal(committer_submit(&t[1].work), OK);
	for (int i = 0; i < 60000 && !is_stored(c, 2); i++)
		usleep(1000);
	assert_true(is_stored(c, 2)); /* the writer went on meanwhile */
	for (int i = 0; i < 2; i++)
		assert_int_equal(sem_trywait(&t[i].done), -1);
	atomic_store(&disk.is_slow, false);
	sem_post(&disk.go_on);
	for (int i = 0; i < 2; i++)
		assert_int_equal(result_of(&t[i]), OK);
}

/* ---- a store that fails ends the program: in a child ---- */

static void overwrite_store(const char *path)
{
	struct stat s;
	int fd = open(path, O_WRONLY);
	assert_true(fd >= 0 && !fstat(fd, &s));
	for (off_t at = 0; at < s.st_size; at++)
		assert_int_equal(pwrite(fd, "\xff", 1, at), 1);
	close(fd);
}

static void work_on_a_damaged_store(struct context *c)
{
	static struct test_work t;
	close(STDERR_FILENO); /* its complaint is expected */
	start(c);
	overwrite_store(c->store->url);
	make_work(&t, ADD, 1);
	if (committer_submit(&t.work) || result_of(&t) != E_STORE)
		_exit(3);
	pause(); /* the committer ends us */
}

static void work_on_a_failing_disk(struct context *c)
{
	static struct test_work t;
	close(STDERR_FILENO);
	start(c);
	write_first(100);
	atomic_store(&disk.is_failing, true);
	make_work(&t, ADD, 1);
	if (committer_submit(&t.work) || result_of(&t) != E_STORE)
		_exit(3);
	pause();
}

static void check_that_it_ends(void (*work)(struct context *c))
{
	struct context *c = open_store(DB_SQLITE);
	db_close(c->db);
	c->db = NULL;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		alarm(30);
		work(c);
		_exit(4);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	close_store(c);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

static void test_failed_store_ends_the_program(void **state)
{
	(void)state;
	check_that_it_ends(work_on_a_damaged_store);
	check_that_it_ends(work_on_a_failing_disk);
}

/* ---- ids over restarts, with the clock set back: each start is a process of its own ---- */

static enum err run_id(struct tx *tx, struct work *work)
{
	struct test_work *t = test_work_of(work);
	t->id = id_next();
	return add_fact(tx, t->id);
}

static int64_t id_of_a_start(struct context *c, const char *clock)
{
	int64_t id = -1;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		static struct test_work t;
		const char *why;
		alarm(30);
		if (!clock_set(clock) || committer_start(c->store->url, slices, COUNT_OF(slices),
						 &c->store->arena, &why))
			_exit(3);
		make_work(&t, ADD, 0);
		t.work.run = run_id;
		if (committer_submit(&t.work) || result_of(&t))
			_exit(4);
		/* no drain: it dies as by kill -9 */
		_exit(write(ends[1], &t.id, sizeof t.id) == sizeof t.id ? 0 : 5);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &id, sizeof id), sizeof id);
	close(ends[0]);
	waitpid(child, NULL, 0);
	return id;
}

static void check_ids_over_restarts(enum db_engine engine)
{
	struct context *c = open_store(engine);
	db_close(c->db);
	c->db = NULL;
	static const char *const clocks[] = {"2025-11-13T00:20:00Z,x0", "2025-11-13T00:20:00Z,x0",
		"2025-11-12T00:20:00Z,x1", "2020-01-02T00:00:00Z", "2025-11-14T00:00:00Z"};
	int64_t last = 0;
	for (int i = 0; i < COUNT_OF(clocks); i++) {
		int64_t id = id_of_a_start(c, clocks[i]);
		assert_true(id > last);
		last = id;
	}
	close_store(c);
}

static void test_ids_never_decrease_sqlite(void **state)
{
	(void)state;
	check_ids_over_restarts(DB_SQLITE);
}

static void test_ids_never_decrease_postgres(void **state)
{
	(void)state;
	check_ids_over_restarts(DB_POSTGRES);
}

/* ---- jobs ---- */

static void start_jobs(struct context *c)
{
	const char *why = "";
	if (!jobs_start(c->store->url, slices, COUNT_OF(slices), &c->store->arena, &why))
		fail_msg("%s", why);
}

static const struct platform_job *look(struct context *c, int64_t job_id)
{
	struct platform_job *job = ARENA_NEW(&c->store->arena, struct platform_job);
	assert_int_equal(db_begin_read(c->db, 0), OK);
	assert_int_equal(platform_load_job(&c->tx, job_id, job), OK);
	db_rollback(c->db);
	return job;
}

static const struct platform_job *wait_for_end(struct context *c, int64_t job_id)
{
	for (int i = 0; i < 24000; i++) {
		const struct platform_job *job = look(c, job_id);
		if (job->ended_at)
			return job;
		usleep(5000);
	}
	fail_msg("the job did not end");
	return NULL;
}

struct job_work {
	struct test_work t;
	const char *kind, *input;
	struct employee_id owner;
	int64_t job_id;
};

static enum err run_add_job(struct tx *tx, struct work *work)
{
	struct job_work *w = (struct job_work *)(void *)((char *)work -
							 offsetof(struct job_work, t.work));
	return job_add(tx, w->kind, w->owner, w->input, &w->job_id);
}

static int64_t add_job_of(struct employee_id owner, const char *kind, const char *input)
{
	struct job_work w = {.kind = kind, .input = input, .owner = owner};
	make_work(&w.t, ADD, 0);
	w.t.work.run = run_add_job;
	assert_int_equal(committer_submit(&w.t.work), OK);
	assert_int_equal(result_of(&w.t), OK);
	return w.job_id;
}

static int64_t add_job(const char *kind, const char *input)
{
	return add_job_of((struct employee_id){5}, kind, input);
}

static void test_job_runs_and_writes(void **state)
{
	struct context *c = *state;
	start_jobs(c);
	const struct platform_job *job = wait_for_end(c, add_job("add", "55"));
	assert_int_equal(job->state, JOB_DONE);
	assert_int_equal(job->percent, 100);
	assert_int_equal(job->owner.v, 5);
	assert_string_equal(job->result, "{\"before\":0,\"after\":1}");
	assert_true(is_stored(c, 55));
	job = wait_for_end(c, add_job("add", "no number"));
	assert_int_equal(job->state, JOB_FAILED);
	assert_string_equal(job->result, "{\"code\":\"bad_field\"}");
	job = wait_for_end(c, add_job("nobody knows", "1"));
	assert_int_equal(job->state, JOB_FAILED);
	jobs_stop();
}

static enum err run_cancel(struct tx *tx, struct work *work)
{
	return job_cancel(tx, test_work_of(work)->id);
}

static enum err cancel(int64_t job_id)
{
	struct test_work t;
	make_work(&t, ADD, job_id);
	t.work.run = run_cancel;
	assert_int_equal(committer_submit(&t.work), OK);
	return result_of(&t);
}

static void test_job_forgets_each_slice(void **state)
{
	struct context *c = *state;
	start_jobs(c);
	const struct platform_job *job = wait_for_end(c, add_job("slices", ""));
	assert_int_equal(job->state, JOB_DONE);
	assert_string_equal(job->result, "{\"slices\":9}");
	jobs_stop();
}

static void test_job_is_cancelled(void **state)
{
	struct context *c = *state;
	sem_init(&is_waiting, 0, 0);
	int64_t waiting = add_job("wait", "");
	assert_int_equal(cancel(waiting), OK); /* before it started */
	assert_int_equal(look(c, waiting)->state, JOB_CANCELLED);
	start_jobs(c);
	int64_t running = add_job("wait", "");
	sem_wait(&is_waiting);
	assert_int_equal(cancel(running), OK);
	assert_int_equal(wait_for_end(c, running)->state, JOB_CANCELLED);
	assert_int_equal(cancel(running), E_CONFLICT);
	assert_int_equal(cancel(12345), E_NOT_FOUND);
	jobs_stop();
	assert_int_equal(sem_trywait(&is_waiting), -1); /* the first never ran */
}

static void test_a_person_does_not_wait_for_the_program(void **state)
{
	struct context *c = *state;
	struct employee_id program = {0};
	sem_init(&is_waiting, 0, 0);
	int64_t long_ones[] = {add_job_of(program, "wait", ""), add_job_of(program, "wait", "")};
	start_jobs(c);
	sem_wait(&is_waiting);
	assert_int_equal(wait_for_end(c, add_job("add", "55"))->state, JOB_DONE);
	assert_int_equal(look(c, long_ones[0])->state, JOB_RUNNING);
	assert_int_equal(look(c, long_ones[1])->state, JOB_WAITING); /* one at a time */
	assert_int_equal(cancel(long_ones[1]), OK);
	assert_int_equal(cancel(long_ones[0]), OK);
	assert_int_equal(wait_for_end(c, long_ones[0])->state, JOB_CANCELLED);
	jobs_stop();
}

static void test_job_cut_short_starts_again(void **state)
{
	struct context *c = *state;
	sem_init(&is_waiting, 0, 0);
	start_jobs(c);
	int64_t job_id = add_job("wait", "");
	sem_wait(&is_waiting);
	jobs_stop();
	assert_int_equal(look(c, job_id)->state, JOB_RUNNING); /* as after a crash */
	start_jobs(c);
	sem_wait(&is_waiting); /* it runs once more */
	assert_int_equal(cancel(job_id), OK);
	assert_int_equal(wait_for_end(c, job_id)->state, JOB_CANCELLED);
	jobs_stop();
}

static int end_group(void **state)
{
	(void)state;
	fixture_end();
	return 0;
}

#define ON_SQLITE(t)                                                                               \
	{                                                                                          \
#t " [sqlite]", t, setup_sqlite, teardown, NULL                                    \
	}
#define ON_POSTGRES(t)                                                                             \
	{                                                                                          \
#t " [postgres]", t, setup_postgres, teardown, NULL                                \
	}
#define ON_BOTH(t) ON_SQLITE(t), ON_POSTGRES(t)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queue_is_bounded),
		cmocka_unit_test(test_queue_gives_governments_turns),
		cmocka_unit_test(test_queue_turns_away_what_would_wait),
		/* these fork, so they come before any thread of ours */
		cmocka_unit_test(test_failed_store_ends_the_program),
		cmocka_unit_test(test_ids_never_decrease_sqlite),
		cmocka_unit_test(test_ids_never_decrease_postgres),
		ON_BOTH(test_one_failing_work_keeps_the_others),
		ON_BOTH(test_a_refusal_before_writing_costs_no_second_run),
		ON_SQLITE(test_replies_wait_for_the_disk),
		ON_BOTH(test_a_refusal_alone_leaves_nothing),
		ON_BOTH(test_punches_go_first),
		ON_BOTH(test_a_passed_deadline_is_not_run),
		ON_BOTH(test_a_failing_projection_costs_only_its_work),
		ON_POSTGRES(test_a_lost_connection_runs_the_batch_again),
		ON_POSTGRES(test_governments_do_not_wait_for_each_other),
		ON_BOTH(test_drain_runs_what_is_queued),
		ON_SQLITE(test_full_disk_refuses_and_recovers),
		ON_BOTH(test_job_runs_and_writes),
		ON_BOTH(test_job_forgets_each_slice),
		ON_BOTH(test_a_person_does_not_wait_for_the_program),
		ON_BOTH(test_job_is_cancelled),
		ON_BOTH(test_job_cut_short_starts_again),
	};
	return cmocka_run_group_tests_name("committer", tests, NULL, end_group);
}
