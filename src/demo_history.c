/*
 * Two weeks (or as many days as asked) in the steps a server takes: a day is opened after midnight,
 * the days before it are settled in the early morning, punches come in the order in which they
 * arrived, reports are handed in at the end of the day and decided the next morning. Today stops at
 * the instant of the demo.
 *
 * The same public functions and projections as in production do the work, so what stands in the
 * store can be rebuilt like any other.
 */
#include "demo.h"

#include "attendance/attendance_int.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/jobs.h"
#include "roster/roster.h"
#include "verbs.h"

#include <stdlib.h>

#define FACTS_PAGE               500
#define OPEN_MINUTE              5
#define SETTLE_MINUTE            (4 * 60 + 35)
#define DECIDE_MINUTE            (8 * 60 + 45)
#define IMPORT_MINUTE            (6 * 60 + 40)
#define CLOSE_MINUTE             (23 * 60 + 55)
#define SETTLE_BACK              2 /* a night shift ends after the first settling */
#define VERIFIED_PER_MILLE       930
#define VERIFIED_TODAY_PER_MILLE 350

/* Punches that are made but have not arrived yet. */
struct queue {
	struct demo_punch *punch;
	int n, room;
	int received; /* how many of them the running step has written */
};

struct history {
	struct demo_world *world;
	struct demo_reports *reports;
	struct queue waiting;
	int32_t first, day;
	int64_t until_ms; /* punches received before it are written in this step */
};

/* ---- the morning ---- */

static int64_t at_minute(const struct history *h, int32_t day, int minute)
{
	return instant_of(day, minute, h->world->zone);
}

static bool is_weekend(int32_t day)
{
	return day_weekday(day) >= SATURDAY;
}

/* Yesterday evening: it stands here to spare a transaction. */
static enum err submit_yesterday(struct tx *tx, const struct history *h)
{
	int32_t yesterday = h->day - 1;
	if (yesterday < h->first || is_weekend(yesterday))
		return OK;
	enum err e = demo_live_checks(tx, h->world, yesterday);
	demo_clock(h->world, at_minute(h, yesterday, CLOSE_MINUTE));
	return e ? e : demo_submit_reports(tx, h->reports, yesterday);
}

static enum err open_day(struct tx *tx, const struct history *h)
{
	struct employee_id after = {0};
	enum err e;
	demo_clock(h->world, at_minute(h, h->day, OPEN_MINUTE));
	do
		e = attendance_open_day(tx, h->day, after, FACTS_PAGE, &after);
	while (!e && after.v);
	return e ? e : demo_draw_checks(tx, h->day);
}

static enum err settle_days(struct tx *tx, const struct history *h)
{
	enum err e = OK;
	demo_clock(h->world, at_minute(h, h->day, SETTLE_MINUTE));
	for (int32_t day = h->day - SETTLE_BACK; day < h->day && !e; day++) {
		struct employee_id after = {0};
		do
			e = attendance_settle_day(tx, day, after, FACTS_PAGE, &after);
		while (!e && after.v);
	}
	return e ? e : attendance_set_settled(tx, h->day);
}

/* The machines' files of yesterday, before the offices open. */
static enum err import_yesterday(struct tx *tx, const struct history *h)
{
	if (h->day == h->first)
		return OK;
	demo_clock(h->world, at_minute(h, h->day, IMPORT_MINUTE));
	return demo_import_punches(tx, h->world, h->day - 1);
}

/* Superiors see yesterday's reports on the next working day; today only as far as it is. */
static enum err decide_reports(struct tx *tx, const struct history *h)
{
	int64_t at_ms = at_minute(h, h->day, DECIDE_MINUTE);
	bool is_today = h->day == h->world->plan->today;
	if (is_weekend(h->day))
		return OK;
	demo_clock(h->world, is_today ? h->world->at_ms : at_ms);
	return demo_decide_reports(
		tx, h->reports, is_today ? VERIFIED_TODAY_PER_MILLE : VERIFIED_PER_MILLE);
}

static enum err begin_day(struct tx *tx, void *arg)
{
	const struct history *h = arg;
	enum err e;
	if ((e = submit_yesterday(tx, h)) || (e = open_day(tx, h)) || (e = settle_days(tx, h)) ||
		(e = import_yesterday(tx, h)) ||
		(e = demo_live_papers(tx, h->world, h->day, h->first)) ||
		(e = decide_reports(tx, h)))
		return e;
	return h->day == demo_roster_day(h->first, h->world->plan->today)
		       ? demo_publish_rosters(tx, h->world, h->day)
		       : OK;
}

/* ---- making punches ---- */

static void queue_add(struct queue *q, const struct demo_punch *punch)
{
	if (q->n == q->room) {
		q->room = q->room ? q->room * 2 : 4096;
		q->punch = realloc(q->punch, (size_t)q->room * sizeof *q->punch);
		if (!q->punch)
			abort();
	}
	q->punch[q->n++] = *punch;
}

/* People and their facts come in the same order: that of their ids. */
static int find_person(const struct demo_plan *plan, int at, struct employee_id id)
{
	while (plan->person[at].id.v != id.v)
		at++;
	return at;
}

static enum err make_page(struct tx *tx, struct history *h, const struct policy_book *book,
	struct person_day *facts, struct employee_id *after, int *at)
{
	const struct demo_plan *plan = h->world->plan;
	struct demo_punch made[DEMO_PUNCHES_MAX];
	struct day_ruling ruling;
	int count = 0;
	enum err e = roster_list_person_days(tx, *after, h->day, facts, FACTS_PAGE, &count);
	for (int i = 0; i < count && !e; i++) {
		*at = find_person(plan, *at, facts[i].employee);
		policy_decide_day(book, &facts[i], &ruling);
		if (!demo_has_luwes(plan, *at, h->day))
			continue;
		int n = demo_compose_punches(plan, *at, h->day, &ruling, h->world->zone, made);
		for (int k = 0; k < n; k++)
			queue_add(&h->waiting, &made[k]);
	}
	*after = count == FACTS_PAGE ? facts[count - 1].employee : (struct employee_id){0};
	return e;
}

static enum err make_punches(struct tx *tx, struct history *h)
{
	struct person_day *facts = ARENA_ARRAY(tx->arena, FACTS_PAGE, struct person_day);
	const struct policy_book *book;
	struct employee_id after = {0};
	int at = 0;
	enum err e = policy_load_book(tx, &book);
	do
		e = e ? e : make_page(tx, h, book, facts, &after, &at);
	while (!e && after.v);
	return e;
}

/* ---- receiving them ---- */

static int by_receipt(const void *a, const void *b)
{
	const struct demo_punch *x = a, *y = b;
	if (x->punch.received_at != y->punch.received_at)
		return x->punch.received_at < y->punch.received_at ? -1 : 1;
	return x->person - y->person;
}

static enum err receive(struct tx *tx, struct history *h, struct demo_punch *p)
{
	enum receipt_status status;
	demo_clock(h->world, p->punch.received_at);
	p->punch.punch_id = id_next();
	p->punch.punch_day = instant_day(attendance_claimed_at(&p->punch), h->world->zone);
	p->punch.flags |= attendance_decide_punch_flags(&p->punch);
	return attendance_add_punch(tx, h->world->plan->person[p->person].id, &p->punch, &status);
}

/* The queue is left as it is, so that the step can run again; drop_received takes out what was
 * written. */
static enum err receive_punches(struct tx *tx, void *arg)
{
	struct history *h = arg;
	struct queue *q = &h->waiting;
	enum err e = OK;
	for (q->received = 0; !e && q->received < q->n; q->received++) {
		if (q->punch[q->received].punch.received_at >= h->until_ms)
			break;
		e = receive(tx, h, &q->punch[q->received]);
	}
	demo_clock(h->world, h->until_ms);
	return e;
}

static void drop_received(struct queue *q)
{
	q->n -= q->received;
	if (q->n > 0)
		memmove(q->punch, q->punch + q->received, (size_t)q->n * sizeof *q->punch);
	q->received = 0;
}

/* The punches of the day are made, and those that arrived before `until_ms` written. */
static enum err punch_day(struct history *h, int64_t until_ms)
{
	struct tx *tx = h->world->tx;
	arena_reset(tx->arena);
	h->until_ms = until_ms;
	enum err e = db_begin_read(tx->db, 0);
	if (!e)
		e = make_punches(tx, h);
	db_rollback(tx->db);
	if (h->waiting.n > 0) /* on a Saturday there may be none */
		qsort(h->waiting.punch, (size_t)h->waiting.n, sizeof *h->waiting.punch, by_receipt);
	if (!e)
		e = verb_write("demo", tx, receive_punches, h);
	drop_received(&h->waiting);
	return e;
}

/* ---- the days ---- */

/* The rows written until now asked for days to be folded again; none was open, or it was done here.
 */
static enum err end_jobs(struct tx *tx, void *arg)
{
	struct platform_job job;
	enum err e;
	(void)arg;
	while (!(e = platform_load_waiting_job(tx, false, &job)))
		if ((e = platform_end_job(tx, job.job_id, JOB_DONE, "{}")))
			return e;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err refold_incident(struct tx *tx, void *arg)
{
	return demo_refold_incident(tx, arg);
}

static enum err live_day(struct history *h)
{
	bool is_today = h->day == h->world->plan->today;
	arena_reset(h->world->tx->arena);
	enum err e = verb_write("demo", h->world->tx, begin_day, h);
	if (!e && demo_has_incident(h->world, h->day) &&
		!(e = verb_write("demo", h->world->tx, refold_incident, h->world)))
		e = verb_write("demo", h->world->tx, end_jobs, NULL);
	return e ? e
		 : punch_day(h, is_today ? h->world->at_ms : at_minute(h, h->day, CLOSE_MINUTE));
}

/* What a server does between two days: SQLite's journal goes into the file, and PostgreSQL learns
 * what its tables hold; with the plans of empty ones each day of a province takes minutes. */
static enum err settle(struct tx *tx)
{
	const char *why;
	db_checkpoint(tx->db);
	return db_engine_of(tx->db) == DB_POSTGRES ? db_script(tx->db, "ANALYZE", tx->arena, &why)
						   : OK;
}

enum err demo_store_history(struct demo_world *w)
{
	struct history h = {.world = w,
		.reports = demo_reports_new(w),
		.first = w->plan->today - w->history_days};
	demo_plan_outage(w->plan);
	demo_plan_missed(w->plan);
	enum err e = verb_write("demo", w->tx, demo_store_sources, w);
	e = e ? e : verb_write("demo", w->tx, end_jobs, NULL);
	e = e ? e : settle(w->tx);
	for (h.day = h.first; !e && h.day <= w->plan->today; h.day++) {
		e = live_day(&h);
		e = e ? e : settle(w->tx);
	}
	free(h.waiting.punch);
	return e;
}
