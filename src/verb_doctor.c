/*
 * doctor: is this store what it says it is? Its pages, the root of every log against the leaves,
 * the counters of the boards against the days, positions that open and are not kept too long, every
 * named file against its hash.
 *
 * stdout: per government a line "government CODE leaves N" and the line "root HEX" (the same when
 * nothing happened in between, so an inspector can keep it); then one line "fault ..." per finding.
 * Changes nothing; exit 3 on any fault.
 */
#include "verb_store.h"

#include "attendance/attendance_retention.h"
#include "base/date.h"
#include "base/str.h"
#include "monitor/monitor.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "reports/reports_output.h"
#include "tasks/tasks.h"
#include "trust/trust.h"
#include "trust/trust_log.h"
#include "verbs.h"

#define FAULTS_MAX       100
#define DAYS_MAX         31
#define FILES_PAGE       500
#define FILE_ARENA_BYTES ((size_t)128 << 20)
#define ROWS_ARENA_BYTES ((size_t)256 << 20) /* positions of a day */

struct doctor {
	struct tx *tx;
	int faults;
};

static void __attribute__((format(printf, 2, 3))) tell(struct doctor *d, const char *fmt, ...)
{
	va_list ap;
	d->faults++;
	fputs("fault ", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

static enum err check_pages(struct doctor *d)
{
	const char *fault[FAULTS_MAX];
	int count;
	enum err e = store_list_faults(d->tx, fault, FAULTS_MAX, &count);
	for (int i = 0; i < count && !e; i++)
		tell(d, "store: %s", fault[i]);
	return e;
}

/* ---- the log ---- */

static void print_root(const struct government *g, int64_t size, const struct hash *root)
{
	char hex[2 * sizeof root->b + 1];
	hex_encode(root->b, sizeof root->b, hex);
	printf("government %s leaves %lld\nroot %s\n", g->code, (long long)size, hex);
}

static enum err check_root(struct doctor *d, const struct government *g)
{
	struct hash kept, computed;
	int64_t kept_size, size, wrong_nodes = 0;
	enum err e = trust_load_root(d->tx, &kept_size, &kept);
	if (e)
		return e;
	e = trust_recompute_root(d->tx, &size, &computed, &wrong_nodes);
	print_root(g, kept_size, &kept);
	if (e == E_CONFLICT) {
		tell(d, "%s: a leaf of the log is missing", g->code);
		return OK;
	}
	if (!e && (size != kept_size || memcmp(kept.b, computed.b, sizeof kept.b)))
		tell(d, "%s: the log's %lld leaves do not give its root", g->code, (long long)size);
	if (!e && wrong_nodes)
		tell(d, "%s: %lld kept nodes of the log are not what its leaves give", g->code,
			(long long)wrong_nodes);
	return e;
}

static enum err check_signed_head(struct doctor *d, const struct government *g)
{
	static const char *const what[] = {"", "the log is shorter than its latest signed head",
		"the log does not give the root of its latest signed head",
		"the latest head is signed by no key that was registered"};
	enum head_fault fault;
	enum err e = trust_check_head(d->tx, &fault);
	if (!e && fault)
		tell(d, "%s: %s", g->code, what[fault]);
	return e;
}

/* ---- the counters ---- */

static enum err check_counters(struct doctor *d, const struct government *g)
{
	int32_t day[DAYS_MAX];
	char text[11];
	int days;
	enum err e = store_list_opened(d->tx, day, DAYS_MAX, &days);
	for (int i = 0; i < days && !e; i++) {
		int wrong = 0;
		e = monitor_check(d->tx, day[i], &wrong);
		day_format(day[i], text);
		if (!e && wrong)
			tell(d, "%s: %d counter rows of %s do not agree with its days", g->code,
				wrong, text);
	}
	return e;
}

static enum err check_backlog(struct doctor *d, const struct government *g)
{
	int wrong = 0;
	enum err e = tasks_check_backlog(d->tx, &wrong);

	if (!e && wrong)
		tell(d, "%s: %d backlog rows do not agree with the tasks", g->code, wrong);
	return e;
}

static enum err check_output(struct doctor *d, const struct government *g)
{
	int64_t wrong = 0;
	enum err e = reports_check_unit_output(d->tx, &wrong);

	if (!e && wrong)
		tell(d, "%s: %lld sums of units do not agree with reports and plans", g->code,
			(long long)wrong);
	return e;
}

/* ---- positions ---- */

static enum err check_overdue(struct doctor *d, const struct government *g)
{
	int32_t day[DAYS_MAX];
	char text[11];
	int days;
	enum err e = attendance_list_overdue(d->tx, day, DAYS_MAX, &days);
	for (int i = 0; i < days && !e; i++) {
		day_format(day[i], text);
		tell(d, "%s: positions of %s should have been taken out", g->code, text);
	}
	return e;
}

static enum err check_positions(struct doctor *d, const struct government *g)
{
	struct tx paged = *d->tx;
	struct arena rows;
	int32_t day[DAYS_MAX];
	char text[11];
	int days;
	enum err e = store_list_opened(d->tx, day, DAYS_MAX, &days);
	arena_init(&rows, ROWS_ARENA_BYTES);
	paged.arena = &rows;
	for (int i = 0; i < days && !e; i++) {
		int64_t wrong = 0;
		e = attendance_count_unopened(&paged, day[i], &wrong);
		day_format(day[i], text);
		if (!e && wrong)
			tell(d, "%s: %lld positions of %s do not open with the store's key",
				g->code, (long long)wrong, text);
		arena_reset(&rows);
	}
	arena_release(&rows);
	return e ? e : check_overdue(d, g);
}

static enum err check_governments(struct doctor *d)
{
	struct government *list;
	int count;
	enum err e = platform_list_governments(d->tx, &list, &count);
	for (int i = 0; i < count && !e; i++) {
		d->tx->government = list[i].id;
		e = check_root(d, &list[i]);
		if (!e)
			e = check_signed_head(d, &list[i]);
		if (!e)
			e = check_counters(d, &list[i]);
		if (!e)
			e = check_backlog(d, &list[i]);
		if (!e)
			e = check_output(d, &list[i]);
		if (!e)
			e = check_positions(d, &list[i]);
	}
	return e;
}

/* ---- the files ---- */

static void check_file(struct doctor *d, struct arena *arena, const struct store_file *file)
{
	char hex[2 * sizeof file->sha256.b + 1];
	struct bytes bytes;
	enum err e = blob_get(arena, &file->sha256, &bytes);
	hex_encode(file->sha256.b, sizeof file->sha256.b, hex);
	if (e == E_NOT_FOUND)
		tell(d, "file %s is missing", hex);
	else if (e)
		tell(d, "file %s cannot be read or is not what it was", hex);
	else if ((int64_t)bytes.n != file->size_bytes)
		tell(d, "file %s has %zu bytes, not %lld", hex, bytes.n,
			(long long)file->size_bytes);
	arena_reset(arena);
}

static enum err check_files(struct doctor *d)
{
	static struct store_file file[FILES_PAGE];
	const struct hash *after = NULL;
	struct hash last;
	struct arena arena;
	int count = 0;
	enum err e;
	arena_init(&arena, FILE_ARENA_BYTES);
	do {
		e = store_list_files(d->tx, after, file, FILES_PAGE, &count);
		for (int i = 0; i < count && !e; i++)
			check_file(d, &arena, &file[i]);
		if (count) {
			last = file[count - 1].sha256;
			after = &last;
		}
	} while (!e && count == FILES_PAGE);
	arena_release(&arena);
	return e;
}

int verb_doctor(int argc, char **argv)
{
	struct arena arena;
	if (verb_options(argc, argv, NULL, 0, NULL, 0) < 0)
		return EXIT_USAGE;
	arena_init(&arena, STORE_ARENA_BYTES);
	struct db *db = verb_open("doctor", DB_READ, &arena);
	if (!db)
		return EXIT_FAILED;
	store_db_register();
	struct tx tx = {.db = db, .arena = &arena, .now_ms = clock_now()};
	struct doctor d = {&tx, 0};
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = check_pages(&d);
	if (!e)
		e = check_governments(&d);
	if (!e)
		e = check_files(&d);
	db_rollback(db);
	if (e)
		verb_fail("doctor", 0, "stopped: %s: %s", err_code(e), db_message(db));
	verb_close(db);
	arena_release(&arena);
	if (e)
		return EXIT_FAILED;
	return d.faults ? EXIT_FAULT : EXIT_DONE;
}
