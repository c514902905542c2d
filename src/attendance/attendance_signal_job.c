/*
 * Looks at yesterday's events beside the ten days before and beside those of the office.
 *
 * People are taken office by office: who shares a site shares its Wi-Fi and its door, and pairs
 * mean nothing across a government. Memory holds the traces of one office, at most OFFICE_PEOPLE
 * people; a larger one is looked at in parts, in everybody's favour. Positions are unsealed here
 * and go no further than the fold. What is found is added to the evidence; score and verdict
 * follow, and a verdict that became one that asks a person asks him.
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_position.h"
#include "attendance/attendance_signal_int.h"

#include "platform/jobs.h"
#include "platform/keys.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PERSON_TRACES       80 /* more than six a day over ten days are not looked at */
#define ROWS_MAX            (SIGNAL_PEOPLE * PERSON_TRACES)
#define FOUND_SLICE         200
#define BURSTS_MAX          200000
#define MISSED_DAYS         7
#define SIGNALS_FROM_MINUTE 300 /* 05.00: what was due on the day before is settled */
#define ROW_ARENA_BYTES     ((size_t)32 * 1024 * 1024)
#define OFFICE_ARENA_BYTES  ((size_t)128 * 1024 * 1024)
#define PEOPLE_ARENA_BYTES  ((size_t)64 * 1024 * 1024) /* two million of them */

/* What was found about an event, until there is enough to be written in one go. */
struct found {
	struct employee_id employee;
	struct uuid event_id;
	int64_t marks;
};
struct found_slice {
	int32_t day;
	struct found found[FOUND_SLICE];
	int count;
};

/* What the fold of one day works on. */
struct fold {
	struct job *job;
	const struct org_tree *tree;
	int32_t day;
	struct parameters numbers;
	struct arena rows, office; /* of SIGNAL_PEOPLE people; of one office */
	struct signal_row *row;    /* ROWS_MAX */
	struct trace *trace;
	int traces, room;
	int *first; /* of each person's traces, and one more */
	struct found_slice found;
	struct signal_count count;
};

/* ---- one person's history ---- */

static bool is_away(enum work_mode mode)
{
	return mode == MODE_HOME || mode == MODE_ANYWHERE || mode == MODE_OUTSIDE_DUTY ||
	       mode == MODE_LEAVE;
}

static bool is_at_office(
	const struct fold *f, const struct signal_row *row, const struct signed_event *e)
{
	const struct punch punch = {
		.point = e->point, .accuracy_metres = (int32_t)(e->accuracy_cm / 100)};

	return attendance_judge_place(
		       f->tree, row->unit, row->evidence.punch_day, PLACE_SITE, &punch)
		       .verdict == PLACE_WITHIN;
}

static struct trace make_trace(
	const struct fold *f, const struct signal_row *row, const struct signed_event *e)
{
	const bool has_point = e->point.lat_e7 != NO_COORDINATE;
	struct trace t = {.employee = row->evidence.employee,
		.day = row->evidence.punch_day,
		.type = e->type,
		.is_flat = e->speed_cms == UNKNOWN_SPEED && e->altitude_cm == UNKNOWN_ALTITUDE,
		.is_clock_unsure = row->grade == TIME_ARRIVAL || row->grade == TIME_DOUBTED ||
				   row->evidence.marks & MARK_BIT(MARK_TIME_SKEW),
		.is_away = is_away(row->mode),
		.is_travel = row->mode == MODE_OUTSIDE_DUTY || row->status == STATUS_OUTSIDE_DUTY ||
			     row->status == STATUS_TRAINING,
		.is_at_office = has_point && is_at_office(f, row, e),
		.at = e->wall_at,
		.found_at = has_point && e->position_at ? e->position_at : e->wall_at,
		.point = e->point,
		.accuracy_cm = e->accuracy_cm,
		.marks = row->evidence.marks,
		.event_id = row->evidence.event_id};

	memcpy(&t.device, row->evidence.device, sizeof t.device);
	return t;
}

/* False when its bytes are gone (retention) or not ours to read. */
static bool read_event(struct fold *f, const struct signal_row *row, struct signed_event *ret)
{
	struct evidence_parts parts;

	return attendance_open_evidence(
		       &f->rows, row->evidence.sealed, row->evidence.punch_id, &parts) &&
	       attendance_read_event(parts.bytes, ret) == EVENT_GOOD;
}

static struct trace *next_trace(struct fold *f)
{
	ARENA_GROW(&f->office, f->trace, f->traces, &f->room);
	return &f->trace[f->traces++];
}

static int by_time(const void *a, const void *b)
{
	const struct trace *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* The last days of one person, from his rows at `row`, by time, at the end of the office's traces;
 * how many rows were his. */
static int add_person(
	struct fold *f, struct employee_id employee, const struct signal_row *row, int rows)
{
	int32_t last = DAY_NONE;
	int days = 0, own = 0, from = f->traces;

	for (; own < rows && row[own].evidence.employee.v == employee.v; own++) {
		struct signed_event event;

		days += row[own].evidence.punch_day != last;
		last = row[own].evidence.punch_day;
		if (days <= f->numbers.of[PARAMETER_SIGNAL_DAYS] &&
			f->traces - from < PERSON_TRACES && read_event(f, &row[own], &event))
			*next_trace(f) = make_trace(f, &row[own], &event);
	}
	qsort(f->trace + from, (size_t)(f->traces - from), sizeof(*f->trace), by_time);
	return own;
}

/* At most SIGNAL_PEOPLE people, in the order of their ids. */
static enum err add_people(
	struct fold *f, const struct signal_person *person, int people, int *ret_first)
{
	struct tx tx = *f->job->tx;
	int rows = 0, at = 0;
	enum err e;

	arena_reset(&f->rows);
	tx.arena = &f->rows;
	e = attendance_list_signal_rows(&tx, person, people, f->day, f->row, ROWS_MAX, &rows);
	for (int p = 0; p < people && !e; p++) {
		ret_first[p] = f->traces;
		at += add_person(f, person[p].employee, f->row + at, rows - at);
	}
	return e;
}

/* ---- what is found is written ---- */

/* A verdict never becomes milder by what history shows. */
static enum err add_marks(
	struct tx *tx, int32_t day, const struct found *found, const struct parameters *numbers)
{
	struct evidence_row row;
	struct punch punch;
	enum evidence_verdict verdict;
	enum err e;

	if ((e = attendance_load_evidence(tx, found->employee, day, &found->event_id, &row)) ||
		(e = attendance_load_punch(tx, found->employee, day, &found->event_id, &punch)))
		return e == E_NOT_FOUND ? OK : e;
	row.marks |= found->marks;
	verdict = attendance_judge_evidence(&row, punch.time_grade, numbers);
	row.verdict = verdict > row.verdict ? verdict : row.verdict;
	e = attendance_set_evidence(tx, &row);
	return e || row.verdict == VERDICT_OK ? e : attendance_ask_about(tx, &row, &punch);
}

static enum err write_slice(struct tx *tx, void *arg)
{
	const struct found_slice *slice = arg;
	struct parameters numbers;
	enum err e = attendance_load_parameters(tx, slice->day, &numbers);

	for (int i = 0; i < slice->count && !e; i++)
		e = add_marks(tx, slice->day, &slice->found[i], &numbers);
	return e;
}

static enum err write_found(struct fold *f)
{
	enum err e = f->found.count ? job_commit(f->job, write_slice, &f->found) : OK;

	f->count.found += f->found.count;
	f->found.count = 0;
	return e;
}

static enum err add_found(struct fold *f, const struct trace *t, int64_t marks)
{
	f->found.found[f->found.count++] = (struct found){t->employee, t->event_id, marks};
	return f->found.count == FOUND_SLICE ? write_found(f) : OK;
}

/* ---- one office ---- */

static void find_all(struct fold *f, int people, int64_t *marks)
{
	int *order = ARENA_ARRAY(&f->office, (size_t)f->traces + 1, int);
	int bursts = f->traces * 2 < BURSTS_MAX ? f->traces * 2 : BURSTS_MAX;
	struct burst *burst = ARENA_ARRAY(&f->office, (size_t)bursts + 1, struct burst);

	for (int p = 0; p < people; p++) {
		const struct trace *own = f->trace + f->first[p];
		int count = f->first[p + 1] - f->first[p];

		for (int i = 0; i < count; i++)
			if (own[i].day == f->day)
				marks[f->first[p] + i] = attendance_find_own_signals(
					own, count, i, &f->numbers);
	}
	attendance_find_same_peers(f->trace, f->traces, f->day, order, marks);
	attendance_find_pairs(
		f->trace, f->traces, f->day, &f->numbers, order, burst, bursts, marks);
}

static enum err fold_office(struct fold *f, const struct signal_person *person, int people)
{
	int64_t *marks;
	enum err e = OK;

	arena_reset(&f->office);
	f->traces = 0;
	f->room = people * 8;
	f->trace = ARENA_ARRAY(&f->office, (size_t)f->room, struct trace);
	f->first = ARENA_ARRAY(&f->office, (size_t)people + 1, int);
	for (int p = 0; p < people && !e; p += SIGNAL_PEOPLE)
		e = add_people(f, person + p,
			people - p < SIGNAL_PEOPLE ? people - p : SIGNAL_PEOPLE, f->first + p);
	if (e)
		return e;
	f->first[people] = f->traces;
	marks = ARENA_ARRAY(&f->office, (size_t)f->traces + 1, int64_t);
	find_all(f, people, marks);
	for (int i = 0; i < f->traces && !e; i++) {
		const struct trace *t = &f->trace[i];

		f->count.events += t->day == f->day;
		if (t->day == f->day && marks[i] & ~t->marks)
			e = add_found(f, t, marks[i]);
	}
	f->count.offices++;
	f->count.people += people;
	return e;
}

/* ---- one day ---- */

/* Where a unit's people go to: the unit that owns its nearest site, else its agency. */
static struct unit_id find_office(const struct org_tree *tree, struct unit_id unit, int32_t day)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	const struct org_site *site;

	if (org_list_sites(tree, unit, day, &site, 1) == 1)
		return site->unit;
	return u ? u->agency : unit;
}

static int by_office(const void *a, const void *b)
{
	const struct signal_person *x = a, *y = b;

	if (x->office.v != y->office.v)
		return x->office.v < y->office.v ? -1 : 1;
	return (x->employee.v > y->employee.v) - (x->employee.v < y->employee.v);
}

static bool has_arrivals(const struct signal_person *person, int people, int64_t since)
{
	for (int i = 0; i < people; i++)
		if (person[i].received_at >= since)
			return true;
	return false;
}

static int end_of_office(const struct signal_person *person, int people, int from)
{
	int to = from + 1;

	while (to < people && to - from < OFFICE_PEOPLE &&
		person[to].office.v == person[from].office.v)
		to++;
	return to;
}

static enum err fold_people(
	struct fold *f, const struct signal_person *person, int people, int64_t since)
{
	enum err e = OK;

	for (int from = 0, to; from < people && !e; from = to) {
		if (job_is_cancelled(f->job))
			return E_CONFLICT;
		to = end_of_office(person, people, from);
		if (has_arrivals(person + from, to - from, since))
			e = fold_office(f, person + from, to - from);
		job_progress(f->job, (int)((int64_t)to * 100 / people));
	}
	return e ? e : write_found(f);
}

enum err attendance_fold_signals(
	struct job *job, int32_t day, int64_t since, struct signal_count *ret)
{
	struct fold f = {.job = job, .day = day, .found.day = day};
	struct signal_person *person;
	struct arena arena;
	int room = 0, people = 0;
	enum err e;

	*ret = (struct signal_count){0};
	if ((e = org_load_tree(job->tx, &f.tree)) ||
		(e = attendance_load_parameters(job->tx, day, &f.numbers)) ||
		(e = attendance_count_signal_people(job->tx, day, &room)) || !room)
		return e;
	assert(f.numbers.of[PARAMETER_SIGNAL_DAYS] <= SIGNAL_WINDOW);
	arena_init(&arena, PEOPLE_ARENA_BYTES);
	person = ARENA_ARRAY(&arena, (size_t)room, struct signal_person);
	f.row = ARENA_ARRAY(&arena, ROWS_MAX, struct signal_row);
	arena_init(&f.rows, ROW_ARENA_BYTES);
	arena_init(&f.office, OFFICE_ARENA_BYTES);
	e = attendance_list_signal_people(job->tx, day, person, room, &people);
	for (int i = 0; i < people && !e; i++)
		person[i].office = find_office(f.tree, person[i].unit, day);
	qsort(person, (size_t)people, sizeof(*person), by_office);
	if (!e)
		e = fold_people(&f, person, people, since);
	arena_release(&f.rows);
	arena_release(&f.office);
	arena_release(&arena);
	*ret = f.count;
	return e;
}

/* ---- the job ---- */

struct run {
	int32_t day;
	int64_t at;
};

static enum err mark_run(struct tx *tx, void *arg)
{
	const struct run *run = arg;

	return attendance_set_signal_run(tx, run->day, run->at);
}

/* The minute covers what was being written while the snapshot was taken. */
static enum err run_day(struct job *job, int32_t day, int64_t since)
{
	struct run run = {day, 0};
	struct signal_count count;
	enum err e = job_refresh(job);

	run.at = job->tx->now_ms - MS_PER_MINUTE;
	if (!e)
		e = attendance_fold_signals(job, day, since, &count);
	return e ? e : job_commit(job, mark_run, &run);
}

/* Those that phones without a signal brought since their day was looked at. */
static enum err run_late(struct job *job, int32_t yesterday)
{
	struct parameters numbers;
	int32_t days;
	enum err e = attendance_load_parameters(job->tx, yesterday, &numbers);

	days = numbers.of[PARAMETER_QUEUED_HOURS] / 24 + 1;
	for (int32_t day = yesterday - days; day < yesterday && !e; day++) {
		int64_t since;

		e = attendance_load_signal_run(job->tx, day, &since);
		if (!e && since)
			e = run_day(job, day, since);
	}
	return e;
}

enum err attendance_run_signals(struct job *job, const char **ret_result)
{
	const struct org_tree *tree;
	int32_t yesterday, last = DAY_NONE;
	enum err e = org_load_tree(job->tx, &tree);

	*ret_result = "{}";
	if (e)
		return e;
	yesterday = instant_day(job->tx->now_ms, tree->zone) - 1;
	if ((e = attendance_load_last_signal_run(job->tx, &last)) || (e = run_late(job, yesterday)))
		return e;
	if (last == DAY_NONE || last < yesterday - MISSED_DAYS)
		last = yesterday - (last == DAY_NONE ? 1 : MISSED_DAYS);
	for (int32_t day = last + 1; day <= yesterday && !e; day++)
		e = run_day(job, day, 0);
	return e;
}

enum err attendance_load_signals_due(struct tx *tx, int32_t today, bool *ret)
{
	const struct org_tree *tree;
	int32_t last;
	enum err e;

	*ret = false;
	if ((e = org_load_tree(tx, &tree)) || (e = attendance_load_last_signal_run(tx, &last)))
		return e;
	*ret = instant_minute(tx->now_ms, tree->zone) >= SIGNALS_FROM_MINUTE &&
	       (last == DAY_NONE || last < today - 1);
	return OK;
}

static const struct job_kind jobs[] = {{JOB_SIGNALS, attendance_run_signals}};

const struct slice attendance_signals_slice = {
	.name = "signals",
	.stmts = attendance_signal_stmts,
	.stmt_count = SIGNAL_STMTS,
	.jobs = jobs,
	.job_count = COUNT_OF(jobs),
};
