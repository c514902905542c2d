/*
 * The import job with the real committer and the real pool, on both engines: staged in slices,
 * applied at once, resumed after a crash, nothing left in the stage; and every statement of org
 * prepared on both.
 *
 * LUWES_IMPORT_ROWS=36005 makes it the measurement of the issue (a government imported in under 5 s
 * while a clock-in waits at most 0.5 s): what each file took and the longest wait of a small write
 * beside it are printed, never asserted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/str.h"
#include "org/org_import_int.h"
#include "org/org_rows.h"
#include "platform/blob.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/committer.h"
#include "platform/jobs.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "platform/store_fixture.h"
#include "platform/table.h"
#include "trust/trust.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#define GOVERNMENT ((struct government_id){7})
#define START      18000
#define PER_SCHOOL 45
#define PRINTED    10000 /* rows from which on times are printed */

static const struct slice *const slices[] = {&org_slice, &trust_slice};

struct context {
	struct store_fixture *store;
	struct db *db; /* to look with */
	struct tx tx;
	struct arena arena;
	int people, schools;
};

/* ---- works ---- */

struct closure {
	struct work work;
	enum err (*run)(struct tx *tx, void *arg);
	void *arg;
	struct arena arena;
	sem_t done;
	enum err result;
};

static struct closure *closure_of(struct work *work)
{
	return (struct closure *)(void *)((char *)work - offsetof(struct closure, work));
}

static enum err run_closure(struct tx *tx, struct work *work)
{
	return closure_of(work)->run(tx, closure_of(work)->arg);
}

static void end_closure(struct work *work, enum err result)
{
	closure_of(work)->result = result;
	sem_post(&closure_of(work)->done);
}

/* Runs one write through the committer and waits for its COMMIT. */
static enum err commit(enum work_class class, enum err (*run)(struct tx *tx, void *arg), void *arg)
{
	struct closure c = {.run = run, .arg = arg};

	sem_init(&c.done, 0, 0);
	arena_init(&c.arena, 8 << 20);
	c.work = (struct work){.government = GOVERNMENT,
		.class = class,
		.deadline_ms = INT64_MAX,
		.run = run_closure,
		.done = end_closure,
		.arena = &c.arena,
		.now_ms = clock_now()};
	enum err e = committer_submit(&c.work);
	if (!e) {
		sem_wait(&c.done);
		e = c.result;
	}
	arena_release(&c.arena);
	sem_destroy(&c.done);
	return e;
}

static enum err add_government(struct tx *tx, void *arg)
{
	(void)arg;
	const struct government g = {.id = GOVERNMENT,
		.code = "jabar",
		.name = "Jawa Barat",
		.short_name = "Jawa Barat",
		.kind = GOVERNMENT_PROVINCE,
		.zone = ZONE_WIB,
		.board_label = "BKD",
		.agency_label = "OPD",
		.head_label = "Gubernur"};

	return platform_add_government(tx, &g);
}

struct sending {
	enum import_subject subject;
	struct hash hash;
	int32_t effective;
	int64_t import_id, job_id;
};

static enum err add_sending(struct tx *tx, void *arg)
{
	struct sending *s = arg;
	char hex[65];
	const char *input = arena_printf(
		tx->arena, "{\"import\":\"%lld\"}", (long long)s->import_id);
	enum err e = job_add(tx, "import", (struct employee_id){1}, input, &s->job_id);

	if (e)
		return e;
	hex_encode(s->hash.b, sizeof(s->hash.b), hex);
	return org_add_import(tx, &(struct org_import_row){.import_id = s->import_id,
					  .job_id = s->job_id,
					  .kind = (int32_t)s->subject,
					  .sha256 = hex,
					  .file_name = "f.csv",
					  .effective = s->effective,
					  .actor = {1}});
}

/* ---- a small write beside the import: what a clock-in waits ---- */

static struct {
	pthread_t thread;
	_Atomic bool is_stopping;
	_Atomic int64_t longest_us;
} beside;

static enum err write_status(struct tx *tx, void *arg)
{
	(void)arg;
	int64_t id;

	return org_set_status_row(tx, (struct employee_id){1}, STATUS_PERMIT, START, START, "1",
		(struct employee_id){2}, &id);
}

static void *write_beside(void *arg)
{
	while (!atomic_load(&beside.is_stopping)) {
		int64_t since = clock_monotonic_us();
		enum err e = commit(WORK_PUNCH, write_status, NULL);
		int64_t took = clock_monotonic_us() - since;

		if (e)
			return arg;
		beside.longest_us = took > beside.longest_us ? took : beside.longest_us;
		usleep(5000);
	}
	return NULL;
}

/* ---- looking ---- */

static void begin_look(struct context *c)
{
	db_rollback(c->db);
	arena_reset(&c->arena);
	assert_int_equal(db_begin_read(c->db, 0), OK);
}

static struct org_import_row wait_for_import(struct context *c, const struct sending *s)
{
	struct platform_job job;
	struct org_import_row row;

	for (int i = 0; i < 24000; i++) {
		begin_look(c);
		assert_int_equal(platform_load_job(&c->tx, s->job_id, &job), OK);
		if (job.ended_at) {
			assert_int_equal(job.state, JOB_DONE);
			assert_int_equal(org_load_import(&c->tx, s->import_id, &row), OK);
			return row;
		}
		usleep(5000);
	}
	fail_msg("the import did not end");
	return (struct org_import_row){0};
}

static int count_staged(struct context *c, int64_t import_id)
{
	static struct import_staged row[10];
	int64_t last;
	int count;

	begin_look(c);
	assert_int_equal(org_import_list_staged(&c->tx, import_id, 0, row, 10, &count, &last), OK);
	return count;
}

/* Sends a file and waits for its end; prints what it took when it is large. */
static struct org_import_row send(struct context *c, enum import_subject subject,
	const struct buf *file, int32_t effective, const char *what)
{
	struct sending s = {.subject = subject, .effective = effective, .import_id = id_next()};
	int64_t since;

	assert_int_equal(blob_put(file->p, file->n, &s.hash), OK);
	since = clock_monotonic_us();
	beside.longest_us = 0;
	assert_int_equal(commit(WORK_APPROVAL, add_sending, &s), OK);
	struct org_import_row row = wait_for_import(c, &s);
	if (c->people >= PRINTED)
		print_message("%s %-22s %5d rows %6.2f s, longest wait beside it %5.0f ms\n",
			c->store->engine == DB_SQLITE ? "sqlite  " : "postgres", what, row.rows,
			(double)(clock_monotonic_us() - since) / 1e6,
			(double)beside.longest_us / 1e3);
	assert_int_equal(count_staged(c, s.import_id), 0);
	return row;
}

/* ---- files of a whole government ---- */

static void print_nip(struct buf *b, int i)
{
	buf_printf(b, "19850412%04d%02d2%03d", 2001 + i / 99900 % 20, i / 999 % 100, i % 999 + 1);
}

static struct buf make_units(struct context *c, struct arena *a)
{
	struct buf b;

	buf_init(&b, a, 1 << 16);
	buf_str(&b, "code;parent;name;kind;character\nDISDIK;;Dinas Pendidikan;agency;service\n");
	for (int i = 0; i < c->schools; i++)
		buf_printf(&b, "SMA%d;DISDIK;SMA Negeri %d;school;service\n", i, i);
	return b;
}

static struct buf make_employees(struct context *c, struct arena *a)
{
	struct buf b;

	buf_init(&b, a, 1 << 20);
	buf_str(&b, "\xEF\xBB\xBFnip;name;title_before;title_after;employment_kind;has_phone\r\n");
	for (int i = 0; i < c->people; i++) {
		print_nip(&b, i);
		buf_printf(&b, ";Pegawai Nomor %d;;\"S.Pd., M.Pd.\";pppk;ya\r\n", i);
	}
	return b;
}

/* Everybody in a school; `shift` moves each to the next one. */
static struct buf make_placements(struct context *c, struct arena *a, int shift)
{
	struct buf b;

	buf_init(&b, a, 1 << 20);
	buf_str(&b, "nip;unit;position;position_level;decree\n");
	for (int i = 0; i < c->people; i++) {
		print_nip(&b, i);
		buf_printf(&b, ";SMA%d;Guru Ahli Muda;fungsional;821/KEP.%d/BKD\n",
			(i / PER_SCHOOL + shift) % c->schools, i);
	}
	return b;
}

/* The first of each school answers for the others. */
static struct buf make_supervisors(struct context *c, struct arena *a)
{
	struct buf b;

	buf_init(&b, a, 1 << 20);
	buf_str(&b, "nip;superior\n");
	for (int i = 0; i < c->people; i++) {
		if (i % PER_SCHOOL == 0)
			continue;
		print_nip(&b, i);
		buf_char(&b, ';');
		print_nip(&b, i / PER_SCHOOL * PER_SCHOOL);
		buf_char(&b, '\n');
	}
	return b;
}

/* The same rows as a spreadsheet program would have them. */
static struct buf as_workbook(struct arena *a, const struct buf *file)
{
	const struct table_options options = {TABLE_XLSX, ZONE_WIB, false, START * MS_PER_DAY};
	struct table *t = table_new(a, &options);
	struct table_column *column = ARENA_ARRAY(a, CSV_CELLS_MAX, struct table_column);
	struct csv *csv = ARENA_NEW(a, struct csv);
	struct csv_record r;
	struct bytes bytes;

	csv_open(csv, (struct bytes){(const uint8_t *)file->p, file->n});
	assert_int_equal(csv_next(csv, &r), CSV_OK);
	for (int i = 0; i < r.cells; i++)
		column[i] = (struct table_column){arena_strdup(a, r.cell[i]), TABLE_TEXT, 20};
	table_begin(t, &(struct table_sheet){"Data", NULL, 0, column, r.cells});
	while (csv_next(csv, &r) == CSV_OK) {
		for (int i = 0; i < r.cells; i++)
			table_text(t, r.cell[i]);
		table_end_row(t);
	}
	assert_int_equal(table_finish(t, &bytes), OK);
	return (struct buf){.p = (char *)(uintptr_t)bytes.p, .n = bytes.n};
}

/* ---- set up ---- */

static int open_store(void **state, enum db_engine engine)
{
	struct context *c = calloc(1, sizeof(*c));
	const char *rows = getenv("LUWES_IMPORT_ROWS");
	const char *why = "";
	int applied;

	assert_non_null(c);
	c->people = rows ? (int)strtol(rows, NULL, 10) : 2 * IMPORT_SLICE_ROWS + 345;
	c->schools = (c->people + PER_SCHOOL - 1) / PER_SCHOOL;
	log_set_level(LOG_ERROR);
	platform_db_register();
	blob_register();
	for (int i = 0; i < COUNT_OF(slices); i++)
		db_register(slices[i]->stmts, slices[i]->stmt_count);
	org_import_register_own();
	c->store = fixture_open(engine);
	assert_non_null(c->store);
	arena_init(&c->arena, 256 << 20);
	c->db = db_open(c->store->url, DB_WRITE, &c->store->arena, &why);
	if (!c->db || migrate_run(c->db, &c->store->arena, &applied, &why) ||
		committer_start(c->store->url, slices, COUNT_OF(slices), &c->store->arena, &why) ||
		!blob_open(c->store->url, &c->store->arena, &why))
		fail_msg("%s", why);
	c->tx = (struct tx){
		.db = c->db, .arena = &c->arena, .government = GOVERNMENT, .now_ms = clock_now()};
	assert_int_equal(commit(WORK_APPROVAL, add_government, NULL), OK);
	if (!jobs_start(c->store->url, slices, COUNT_OF(slices), &c->store->arena, &why))
		fail_msg("%s", why);
	*state = c;
	return 0;
}

static int open_sqlite(void **state)
{
	return open_store(state, DB_SQLITE);
}

static int open_postgres(void **state)
{
	return open_store(state, DB_POSTGRES);
}

static int close_store(void **state)
{
	struct context *c = *state;

	jobs_stop();
	committer_drain();
	blob_close();
	db_rollback(c->db);
	db_close(c->db);
	fixture_close(c->store);
	arena_release(&c->arena);
	free(c);
	return 0;
}

static int end_fixture(void **state)
{
	(void)state;
	fixture_end();
	return 0;
}

/* ---- tests ---- */

static void assert_applied(struct org_import_row row, int created, int updated, int unchanged)
{
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.created, created);
	assert_int_equal(row.updated, updated);
	assert_int_equal(row.unchanged, unchanged);
}

static void check_transferred(struct context *c)
{
	struct import_person *list;
	struct employee_row row;
	struct org_head_count head[16];
	const struct org_tree *tree;
	int count;

	begin_look(c);
	assert_int_equal(org_list_people(&c->tx, &list, &count), OK);
	assert_int_equal(count, c->people);
	assert_int_equal(org_load_tree(&c->tx, &tree), OK);
	assert_int_equal(org_load_employee(&c->tx, list[count - 1].id, START + 99, &row), OK);
	struct unit_id before = row.unit;
	assert_int_equal(org_load_employee(&c->tx, list[count - 1].id, START + 100, &row), OK);
	assert_int_not_equal(row.unit.v, before.v);
	assert_string_equal(org_find_unit(tree, row.unit)->code, "SMA0");
	assert_int_equal(org_list_head_counts(&c->tx, START + 100, head, 16, &count), OK);
	assert_int_not_equal(count, 0);
}

static void test_whole_government(void **state)
{
	struct context *c = *state;
	struct arena a;
	struct buf file, book;
	const int led = c->people - c->schools;

	arena_init(&a, 256 << 20);
	atomic_store(&beside.is_stopping, false);
	assert_int_equal(pthread_create(&beside.thread, NULL, write_beside, &beside), 0);
	file = make_units(c, &a);
	assert_applied(send(c, IMPORT_UNITS, &file, START, "units"), c->schools + 1, 0, 0);
	file = make_employees(c, &a);
	book = as_workbook(&a, &file);
	assert_applied(
		send(c, IMPORT_EMPLOYEES, &book, START, "employees, workbook"), c->people, 0, 0);
	assert_applied(send(c, IMPORT_EMPLOYEES, &file, START, "employees again"), 0, 0, c->people);
	file = make_placements(c, &a, 0);
	assert_applied(send(c, IMPORT_PLACEMENTS, &file, START, "placements"), c->people, 0, 0);
	book = as_workbook(&a, &file);
	assert_applied(
		send(c, IMPORT_PLACEMENTS, &book, START, "again as a workbook"), 0, 0, c->people);
	file = make_placements(c, &a, 1);
	assert_applied(send(c, IMPORT_PLACEMENTS, &file, START + 100, "everybody transferred"), 0,
		c->people, 0);
	file = make_supervisors(c, &a);
	assert_applied(send(c, IMPORT_SUPERVISORS, &file, START, "supervisors"), led, 0, 0);
	atomic_store(&beside.is_stopping, true);
	void *broken;
	pthread_join(beside.thread, &broken);
	assert_null(broken);
	check_transferred(c);
	arena_release(&a);
}

struct crashed {
	struct sending sending;
	int64_t rows;
};

/* An import as a crash leaves it: rows of the stage written, nothing applied, its job waiting
 * again. */
static enum err add_crashed(struct tx *tx, void *arg)
{
	struct crashed *c = arg;
	const struct import_staged left = {
		IMPORT_CREATE, 4711, {0, 1, START, DAY_FOREVER}, {"1", "Setengah", "", "", ""}};
	enum err e = org_add_staged(tx, c->sending.import_id, 1, &left, 1);

	return e ? e : add_sending(tx, &c->sending);
}

static void test_resumed_after_a_crash(void **state)
{
	struct context *c = *state;
	struct arena a;
	struct crashed crashed = {
		{.subject = IMPORT_EMPLOYEES, .effective = START, .import_id = id_next()}, 0};
	struct import_person *list;
	int count;

	arena_init(&a, 64 << 20);
	const struct buf file = make_employees(c, &a);
	assert_int_equal(blob_put(file.p, file.n, &crashed.sending.hash), OK);
	assert_int_equal(commit(WORK_APPROVAL, add_crashed, &crashed), OK);
	assert_applied(wait_for_import(c, &crashed.sending), c->people, 0, 0);
	assert_int_equal(org_list_people(&c->tx, &list, &count), OK);
	assert_int_equal(count, c->people);
	for (int i = 0; i < count; i++)
		assert_int_not_equal(list[i].id.v, 4711);
	assert_int_equal(count_staged(c, crashed.sending.import_id), 0);
	arena_release(&a);
}

static void test_statements(void **state)
{
	struct context *c = *state;
	const char *why = "";

	for (int i = 0; i < org_slice.stmt_count; i++) {
		if (db_prepare(c->db, org_slice.stmts[i], &c->arena, &why))
			fail_msg("%s: %s", org_slice.stmts[i]->name, why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_statements, open_sqlite, close_store),
		cmocka_unit_test_setup_teardown(test_statements, open_postgres, close_store),
		cmocka_unit_test_setup_teardown(test_whole_government, open_sqlite, close_store),
		cmocka_unit_test_setup_teardown(test_whole_government, open_postgres, close_store),
		cmocka_unit_test_setup_teardown(
			test_resumed_after_a_crash, open_sqlite, close_store),
		cmocka_unit_test_setup_teardown(
			test_resumed_after_a_crash, open_postgres, close_store),
	};
	return cmocka_run_group_tests(tests, NULL, end_fixture);
}
