/*
 * Taking positions out, night after night: slices of people, one savepoint and one leaf each.
 *
 * A day is gone through once; who is passed over then stands in a list that is looked at every
 * night, so that no day is read again for the sake of one dispute. What comes later about a day
 * gone through opens it again. Started again after a crash the job repeats nothing: what was taken
 * out is no longer found. After the program was away for days, or its clock jumped, one night is
 * let pass: a clock that is wrong for an hour must not erase what can never come back.
 */
#include "attendance/attendance_retention_int.h"

#include "attendance/attendance_position.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_stated.h"
#include "base/put.h"
#include "org/org_case.h"
#include "platform/keys.h"
#include "roster/roster.h"

#include <assert.h>

#define SLICE_PEOPLE      100
#define ROWS_AT_ONCE      100
#define SEAL_ROWS         250
#define SWEEP_FROM_MINUTE 90 /* 01.30: before anybody comes */
#define AWAY_DAYS         3  /* longer without a night gone through, and one is let pass */
#define LEAF_PREFIX       "luwes/er/1\n"

/* What a slice works with. */
struct slice_work {
	const struct policy_book *book;
	int32_t today, days;
	enum zone zone;
	struct buf said; /* what the leaf commits to */
	int64_t erased;
};

enum err attendance_load_position_days(struct tx *tx, int32_t day, int32_t *ret_days)
{
	struct parameters numbers;
	int32_t correction_days;
	enum err e = attendance_load_parameters(tx, day, &numbers);

	if (!e)
		e = attendance_load_limit(tx, LIMIT_CORRECTION, day, &correction_days);
	if (!e)
		*ret_days = attendance_position_days(&numbers, correction_days);
	return e;
}

static enum err load_work(struct tx *tx, int32_t day, struct slice_work *w)
{
	enum err e = policy_load_book(tx, &w->book);

	if (e || (e = attendance_load_position_days(tx, day, &w->days)))
		return e;
	w->zone = w->book->tree->zone;
	w->today = instant_day(tx->now_ms, w->zone);
	w->erased = 0;
	buf_init(&w->said, tx->arena, 4096);
	buf_str(&w->said, LEAF_PREFIX);
	return OK;
}

/* ---- one punch ---- */

/* Facts of the day whose window holds an instant; an employee out of service has no unit. */
static enum err load_facts_at(struct tx *tx, const struct slice_work *w,
	struct employee_id employee, int64_t at, struct person_day *ret)
{
	int32_t day = instant_day(at, w->zone);
	int64_t from, to;
	enum err e = OK;

	for (int tries = 0; tries < 3; tries++) {
		e = roster_load_person_day(tx, employee, day, ret);
		if (e)
			break;
		attendance_day_window(
			w->book, ret, attendance_zone(w->book->tree, ret->unit, day), &from, &to);
		if (at >= from && at < to)
			return OK;
		day += at < from ? -1 : 1;
	}
	if (e && e != E_NOT_FOUND)
		return e;
	*ret = (struct person_day){.employee = employee, .day = day};
	return OK;
}

static void say(struct slice_work *w, struct employee_id employee, int64_t punch_id, int verdict)
{
	uint8_t entry[17];

	put_number(put_number(put_number(entry, employee.v, 8), punch_id, 8), verdict, 1);
	buf_add(&w->said, (const char *)entry, sizeof(entry));
	w->erased++;
}

static enum err keep_judgement(
	struct tx *tx, struct slice_work *w, struct employee_id employee, const struct punch *punch)
{
	const struct calendar_event *event;
	struct person_day facts;
	struct kept_place kept;
	enum err e = load_facts_at(tx, w, employee, attendance_happened_at(punch), &facts);

	if (e)
		return e;
	event = calendar_find_event(w->book->calendar, w->book->tree, facts.unit, facts.day);
	kept = attendance_keep_place(w->book->tree, facts.unit,
		event ? event->site_unit : (struct unit_id){0}, facts.day, tx->now_ms, punch);
	say(w, employee, punch->punch_id, (int)kept.own.verdict);
	return attendance_set_kept_place(tx, employee, punch, &kept);
}

/* ---- one event ---- */

/* The same run without position and random bytes; nothing of what cannot be taken apart. */
static struct bytes erase_run(struct arena *arena, const struct sealed_event *event)
{
	const struct bytes nothing = {NULL, 0};
	struct evidence_parts parts;
	struct bytes run = {NULL, 0};
	uint8_t *plain;

	if (event->sealed.n < SEAL_OVERHEAD)
		return nothing;
	run.n = event->sealed.n - SEAL_OVERHEAD;
	run.p = plain = arena_alloc(arena, run.n + 1);
	if (!keys_unseal(EVIDENCE_PURPOSE, event->punch_id, event->sealed, plain) ||
		!attendance_split_evidence(run, &parts) ||
		!attendance_erase_event(plain + (parts.bytes.p - run.p), parts.bytes.n))
		return nothing;
	return keys_seal(arena, EVIDENCE_PURPOSE, event->punch_id, plain, run.n);
}

static enum err erase_events(
	struct tx *tx, struct slice_work *w, struct employee_id employee, int32_t day)
{
	struct sealed_event event[ROWS_AT_ONCE];
	int events = ROWS_AT_ONCE;
	enum err e = OK;

	while (!e && events == ROWS_AT_ONCE) {
		e = attendance_list_unerased(tx, employee, day, event, ROWS_AT_ONCE, &events);
		for (int i = 0; i < events && !e; i++) {
			event[i].sealed = erase_run(tx->arena, &event[i]);
			say(w, employee, event[i].punch_id, 0xff);
			e = attendance_set_erased(tx, employee, day, &event[i]);
		}
	}
	return e;
}

/* ---- one person ---- */

static enum err load_is_needed(struct tx *tx, struct employee_id employee, int32_t day, bool *ret)
{
	struct org_day_case found[DAY_CASES_MAX];
	int cases;
	/* a night shift's way out lies on the civil day after */
	enum err e = attendance_load_is_disputed(tx, employee, day - 1, day + 1, ret);

	for (int32_t d = day - 1; d <= day + 1 && !e && !*ret; d++) {
		e = org_list_day_cases(tx, employee, d, found, &cases);
		for (int i = 0; i < cases && !e; i++)
			*ret |= found[i].state == CASE_OPEN;
	}
	return e;
}

/* What is due; of a day that has come that is all. */
static enum err erase_punches(struct tx *tx, struct slice_work *w, struct employee_id employee,
	int32_t day, bool *ret_left)
{
	struct punch *punch = ARENA_ARRAY(tx->arena, ROWS_AT_ONCE, struct punch);
	int punches = ROWS_AT_ONCE;
	enum err e = OK;

	*ret_left = false;
	while (!e && punches == ROWS_AT_ONCE && !*ret_left) {
		e = attendance_list_placed(tx, employee, day, punch, ROWS_AT_ONCE, &punches);
		for (int i = 0; i < punches && !e; i++) {
			int32_t received = instant_day(punch[i].received_at, w->zone);

			if (attendance_is_position_due(day, received, w->today, w->days))
				e = keep_judgement(tx, w, employee, &punch[i]);
			else
				*ret_left = true;
		}
	}
	return e;
}

static enum err erase_person(struct tx *tx, struct slice_work *w, struct employee_id employee,
	int32_t day, bool *ret_held)
{
	bool is_left = false;
	enum err e = load_is_needed(tx, employee, day, ret_held);

	if (e)
		return e;
	if (*ret_held)
		return attendance_add_position_held(tx, day, employee);
	e = erase_punches(tx, w, employee, day, &is_left);
	return e || is_left ? e : erase_events(tx, w, employee, day);
}

/* ---- slices ---- */

static enum err end_slice(struct tx *tx, int32_t day, struct slice_work *w)
{
	struct buf fact;
	struct hash hash;

	if (w->erased) {
		hash = hash_of(w->said.p, w->said.n);
		buf_init(&fact, tx->arena, 128);
		buf_printf(&fact, "positions of day %d erased %lld ", day, (long long)w->erased);
		buf_add(&fact, (const char *)hash.b, sizeof(hash.b));
		trust_add_leaf(tx, LEAF_PURGE, day, fact.p, fact.n);
	}
	return attendance_count_erased(tx, day, w->erased);
}

enum err attendance_erase_slice(struct tx *tx, void *erasing)
{
	struct erasing *er = erasing;
	struct employee_id who[SLICE_PEOPLE];
	struct slice_work w;
	int people = 0;
	enum err e = load_work(tx, er->day, &w);

	if (!e)
		e = attendance_list_placed_people(
			tx, er->is_evidence, er->day, er->after, who, SLICE_PEOPLE, &people);
	for (int i = 0; i < people && !e; i++) {
		bool is_held;

		e = erase_person(tx, &w, who[i], er->day, &is_held);
	}
	if (e)
		return e;
	er->erased += w.erased;
	er->last = people == SLICE_PEOPLE ? who[people - 1] : (struct employee_id){0};
	return end_slice(tx, er->day, &w);
}

/* One who was passed over. */
static enum err retry_person(struct tx *tx, const struct person_on *who, struct erasing *er)
{
	struct slice_work w;
	bool is_held = false;
	enum err e = load_work(tx, who->day, &w);

	if (!e)
		e = erase_person(tx, &w, who->employee, who->day, &is_held);
	if (e || is_held)
		return e;
	er->erased += w.erased;
	e = attendance_end_position_held(tx, who->day, who->employee);
	return e ? e : end_slice(tx, who->day, &w);
}

enum err attendance_erase_held_slice(struct tx *tx, void *erasing)
{
	struct erasing *er = erasing;
	struct person_on who[SLICE_PEOPLE];
	struct person_on after = {er->day, er->after};
	int people;
	enum err e = attendance_list_position_held(tx, &after, who, SLICE_PEOPLE, &people);

	for (int i = 0; i < people && !e; i++)
		e = retry_person(tx, &who[i], er);
	if (e)
		return e;
	er->last = people == SLICE_PEOPLE ? who[people - 1].employee : (struct employee_id){0};
	er->day = people ? who[people - 1].day : er->day;
	return OK;
}

/* ---- a night ---- */

struct night {
	erasing_commit commit;
	void *owner;
	struct erasing_total *total;
};

static enum err run_slices(struct night *n, erasing_write write, struct erasing *er)
{
	enum err e;

	do {
		int64_t erased = er->erased;

		e = n->commit(n->owner, write, er);
		n->total->erased += er->erased - erased;
		er->after = er->last;
	} while (!e && er->after.v);
	return e;
}

static enum err begin_day(struct tx *tx, void *day)
{
	return attendance_begin_position_day(tx, *(const int32_t *)day);
}

static enum err end_day(struct tx *tx, void *day)
{
	return attendance_end_position_day(tx, *(const int32_t *)day);
}

/* A day that has not come is left open: what was received about it is due one by one. */
static enum err run_day(struct night *n, int32_t day, int32_t today)
{
	struct erasing journal = {.day = day}, evidence = {.day = day, .is_evidence = true};
	enum err e = day <= today ? n->commit(n->owner, begin_day, &day) : OK;

	if (!e)
		e = run_slices(n, attendance_erase_slice, &journal);
	if (!e)
		e = run_slices(n, attendance_erase_slice, &evidence);
	if (!e && day <= today)
		e = n->commit(n->owner, end_day, &day);
	n->total->days += journal.erased + evidence.erased > 0;
	return e;
}

static enum err count_held(struct tx *tx, void *held)
{
	return attendance_count_position_held(tx, held);
}

static enum err load_is_day_due(struct tx *tx, int32_t day, int32_t today, bool *ret)
{
	int32_t days;
	enum err e = attendance_load_position_days(tx, day, &days);

	*ret = !e && (day > today || attendance_is_position_due(day, day, today, days));
	return e;
}

enum err attendance_erase_due(
	struct tx *tx, erasing_commit commit, void *owner, struct erasing_total *ret)
{
	struct night n = {commit, owner, ret};
	struct erasing held = {0};
	int32_t *day = ARENA_ARRAY(tx->arena, POSITION_DAYS_MAX, int32_t), today;
	enum zone zone;
	int days;
	enum err e = platform_load_zone(tx, &zone);

	*ret = (struct erasing_total){0};
	if (e || (e = attendance_list_open_position_days(tx, day, POSITION_DAYS_MAX, &days)))
		return e;
	today = instant_day(tx->now_ms, zone);
	/* first those passed over, lest who is passed over tonight be looked at twice */
	e = run_slices(&n, attendance_erase_held_slice, &held);
	for (int i = 0; i < days && !e; i++) {
		bool is_due;

		e = load_is_day_due(tx, day[i], today, &is_due);
		if (!e && is_due)
			e = run_day(&n, day[i], today);
	}
	return e ? e : n.commit(n.owner, count_held, &ret->held);
}

enum err attendance_list_overdue(struct tx *tx, int32_t *ret_day, int max, int *ret_count)
{
	int32_t *day = ARENA_ARRAY(tx->arena, POSITION_DAYS_MAX, int32_t);
	int days, n = 0;
	enum err e = attendance_list_open_position_days(tx, day, POSITION_DAYS_MAX, &days);

	for (int i = 0; i < days && n < max && !e; i++) {
		int64_t nights = 0;
		int32_t kept;

		e = attendance_load_position_days(tx, day[i], &kept);
		if (!e)
			e = attendance_count_nights(tx, day[i] + kept + 1, &nights);
		if (!e && nights > OVERDUE_NIGHTS)
			ret_day[n++] = day[i];
	}
	*ret_count = n;
	return e;
}

/* ---- what was plain before ---- */

struct sealing {
	int32_t day; /* DAY_NONE: nothing is left */
	struct employee_id from;
	int64_t sealed;
};

/* The next plain positions, from the first day that has any. */
static enum err seal_slice(struct tx *tx, void *arg)
{
	struct sealing *s = arg;
	struct placed *row = ARENA_ARRAY(tx->arena, SEAL_ROWS, struct placed);
	int32_t day;
	int rows;
	enum err e = attendance_load_plain_day(tx, &day);

	if (day != s->day)
		s->from = (struct employee_id){0};
	s->day = day;
	if (e || day == DAY_NONE)
		return e;
	e = attendance_list_plain(tx, day, s->from, row, SEAL_ROWS, &rows);
	for (int i = 0; i < rows && !e; i++)
		e = attendance_set_sealed_position(tx, row[i].employee, &row[i].punch);
	if (e)
		return e;
	s->sealed += rows;
	if (rows < SEAL_ROWS)
		return attendance_end_plain_day(tx, day);
	s->from = row[rows - 1].employee;
	return OK;
}

enum err attendance_seal_plain(erasing_commit commit, void *owner, int64_t *ret_sealed)
{
	struct sealing s = {0};
	enum err e;

	do {
		e = commit(owner, seal_slice, &s);
	} while (!e && s.day != DAY_NONE);
	*ret_sealed = s.sealed;
	return e;
}

/* ---- jobs ---- */

static enum err commit_job(void *owner, erasing_write write, void *arg)
{
	struct job *job = owner;

	return job_is_cancelled(job) ? E_CONFLICT : job_commit(job, write, arg);
}

static enum err run_erase(struct job *job, const char **ret_result)
{
	struct erasing_total total;
	enum err e = attendance_erase_due(job->tx, commit_job, job, &total);

	*ret_result = arena_printf(job->tx->arena,
		"{\"days\":%d,\"erased\":%lld,\"people_held\":%lld}", total.days,
		(long long)total.erased, (long long)total.held);
	return e;
}

static enum err run_seal(struct job *job, const char **ret_result)
{
	int64_t sealed;
	enum err e = attendance_seal_plain(commit_job, job, &sealed);

	*ret_result = arena_printf(job->tx->arena, "{\"sealed\":%lld}", (long long)sealed);
	return e;
}

const struct job_kind attendance_retention_jobs[RETENTION_JOBS] = {
	{JOB_ERASE, run_erase},
	{JOB_SEAL, run_seal},
};

static enum err add_job(struct tx *tx, const char *kind)
{
	int64_t job_id;

	return job_add(tx, kind, (struct employee_id){0}, "{}", &job_id);
}

static enum err seal_when_plain(struct tx *tx)
{
	int32_t day;
	bool is_queued;
	enum err e = attendance_load_plain_day(tx, &day);

	if (e || day == DAY_NONE)
		return e;
	e = attendance_load_is_queued(tx, JOB_SEAL, &is_queued);
	return e || is_queued ? e : add_job(tx, JOB_SEAL);
}

enum err attendance_retention_tick(struct tx *tx, int32_t today, int minute)
{
	int32_t last;
	enum err e = seal_when_plain(tx);

	if (e || minute < SWEEP_FROM_MINUTE || (e = attendance_load_swept(tx, today, &last)))
		return e;
	if (last == today)
		return OK;
	e = attendance_set_swept(tx, today);
	if (e || (last != DAY_NONE && today - last > AWAY_DAYS))
		return e;
	return add_job(tx, JOB_ERASE);
}
