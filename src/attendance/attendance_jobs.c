/*
 * Long work of attendance: opening a day for everybody, settling the days before it, folding a
 * range again.
 *
 * Each runs in slices of people, one savepoint each, so that a clock-in never waits for more than
 * one slice. Every slice folds from the journal and writes only what differs: started again after a
 * crash, a job repeats its work without harm. A day is opened at midnight; it is settled (unseen
 * becomes absent, a missing way out gets its flag) early next morning, when the windows of all but
 * night shifts have closed, and those the morning after. Days on which the program did not run at
 * all are opened and settled then, so that no recap lacks them.
 */
#include "attendance/attendance_check.h"
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_int.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_retention.h"
#include "attendance/attendance_stated.h"

#include <assert.h>

#define SLICE_PEOPLE 250
#define SETTLE_FROM_MINUTE                                                                         \
	270 /* 04.30: half an hour after the windows of a day off and of 08.00 close */
#define SETTLE_DAYS 7
#define MISSED_DAYS 31 /* a month is not closed over days nobody opened */

struct day_range {
	int32_t from, to;
	struct unit_id unit; /* 0: everybody */
};

static const struct field range_fields[] = {
	F_DAY(struct day_range, from, 0, "First day."),
	F_DAY(struct day_range, to, 0, "Last day."),
	F_ID(struct day_range, unit, OPTIONAL, "Only its people and those below it."),
	F_END,
};
static const struct shape range_shape = SHAPE("AttendanceDayRange", struct day_range, range_fields);

static enum err add_job(
	struct tx *tx, const char *kind, int32_t from, int32_t to, struct unit_id unit)
{
	struct day_range range = {from, to, unit};
	struct buf input;
	int64_t job_id;

	buf_init(&input, tx->arena, 64);
	fields_encode(&range_shape, &range, &input);
	return job_add(tx, kind, (struct employee_id){0}, input.p, &job_id);
}

static struct day_range job_range(const struct job *job)
{
	struct day_range range = {0};
	struct field_fault fault;
	enum err e = fields_decode(
		&range_shape, job->tx->arena, job->input, strlen(job->input), &range, &fault);

	assert(e == OK);
	return range;
}

enum err attendance_add_refold_job(struct tx *tx, int32_t from, int32_t to, struct unit_id unit)
{
	return add_job(tx, JOB_REFOLD, from, to, unit);
}

typedef enum err (*fold_slice)(struct tx *tx, int32_t day, struct employee_id after, int max,
	struct employee_id *ret_last);

struct slice_work {
	fold_slice fold;
	int32_t day;
	struct unit_id unit;
	struct employee_id after, last;
};

static enum err run_slice(struct tx *tx, void *arg)
{
	struct slice_work *work = arg;

	return work->fold(tx, work->day, work->after, SLICE_PEOPLE, &work->last);
}

static enum err run_slices(
	struct job *job, enum err (*run)(struct tx *tx, void *arg), struct slice_work work)
{
	enum err e;

	do {
		if (job_is_cancelled(job))
			return E_CONFLICT;
		e = job_commit(job, run, &work);
		work.after = work.last;
	} while (!e && work.after.v);
	return e;
}

static enum err run_day(struct job *job, fold_slice fold, int32_t day)
{
	return run_slices(job, run_slice, (struct slice_work){.fold = fold, .day = day});
}

static enum err run_unit_slice(struct tx *tx, void *arg)
{
	struct slice_work *work = arg;

	return attendance_refold_unit(
		tx, work->unit, work->day, work->after, SLICE_PEOPLE, &work->last);
}

static enum err run_unit_day(struct job *job, struct unit_id unit, int32_t day)
{
	return run_slices(job, run_unit_slice, (struct slice_work){.day = day, .unit = unit});
}

static enum err add_once(struct tx *tx, const char *kind, int32_t today)
{
	bool queued;
	enum err e = attendance_load_is_queued(tx, kind, &queued);

	return e || queued ? e : add_job(tx, kind, today, today, (struct unit_id){0});
}

/* The days before an opened one, once the early morning has passed. */
static enum err settle_when_due(struct tx *tx, void *arg)
{
	const int32_t *day = arg;
	const struct org_tree *tree;
	int64_t opened_at, settled_at;
	enum err e;

	if ((e = org_load_tree(tx, &tree)) ||
		(e = attendance_load_opened(tx, *day, &opened_at, &settled_at)))
		return e;
	if (settled_at || instant_minute(tx->now_ms, tree->zone) < SETTLE_FROM_MINUTE)
		return OK;
	return add_once(tx, JOB_SETTLE_DAYS, *day);
}

/* A program that starts in the middle of a day judges the days it slept through at once. */
static enum err run_open_day(struct job *job, const char **ret_result)
{
	int32_t day = job_range(job).from;
	enum err e = run_day(job, attendance_open_day, day);

	*ret_result = "{}";
	return e ? e : job_commit(job, settle_when_due, &day);
}

static enum err mark_settled(struct tx *tx, void *arg)
{
	const int32_t *day = arg;

	return attendance_set_settled(tx, *day);
}

/* Each is settled as soon as it is open: started again, the job goes on with the next. */
static enum err open_missed_days(struct job *job, int32_t today)
{
	int32_t day;
	enum err e = attendance_load_last_opened(job->tx, today, &day);

	if (e || day == DAY_NONE)
		return e;
	for (day = day < today - MISSED_DAYS ? today - MISSED_DAYS : day + 1; day < today && !e;
		day++)
		if (!(e = run_day(job, attendance_open_day, day)))
			e = run_day(job, attendance_settle_day, day);
	return e;
}

/* `from` is today: the week before it is settled, and the days whose paper list was awaited until
 * now: a working day is two days of the calendar at most, but for holidays, which the week bears.
 */
static enum err run_settle_days(struct job *job, const char **ret_result)
{
	int32_t today = job_range(job).from, paper_days = 0;
	enum err e = open_missed_days(job, today);

	*ret_result = "{}";
	if (!e)
		e = attendance_load_limit(job->tx, LIMIT_PAPER, today, &paper_days);
	for (int32_t day = today - SETTLE_DAYS - 2 * paper_days; day < today && !e; day++)
		e = run_day(job, attendance_settle_day, day);
	return e ? e : job_commit(job, mark_settled, &today);
}

static enum err run_refold(struct job *job, const char **ret_result)
{
	struct day_range range = job_range(job);
	int32_t day = range.from - 1;
	enum err e;

	*ret_result = "{}";
	while (!(e = attendance_load_next_opened(job->tx, day, range.to, &day)) &&
		day != DAY_NONE) {
		e = range.unit.v ? run_unit_day(job, range.unit, day)
				 : run_day(job, attendance_open_day, day);
		if (!e && !range.unit.v)
			e = run_day(job, attendance_drop_strangers, day);
		if (e)
			break;
	}
	return e;
}

const struct job_kind attendance_jobs[] = {
	{JOB_OPEN_DAY, run_open_day},
	{JOB_SETTLE_DAYS, run_settle_days},
	{JOB_REFOLD, run_refold},
};

enum err attendance_tick(struct tx *tx)
{
	const struct org_tree *tree;
	int64_t opened_at, settled_at;
	int32_t today;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	today = instant_day(tx->now_ms, tree->zone);
	e = attendance_retention_tick(tx, today, instant_minute(tx->now_ms, tree->zone));
	if (e || (e = attendance_tick_evidence(tx, today)) ||
		(e = attendance_tick_checks(tx, today)))
		return e;
	e = attendance_load_opened(tx, today, &opened_at, &settled_at);
	if (e == E_NOT_FOUND)
		return add_once(tx, JOB_OPEN_DAY, today);
	if (!e && attendance_is_sheet_wanting(tx, today) && !(e = attendance_warm_device_keys(tx)))
		e = add_once(tx, JOB_OPEN_DAY, today);
	return e ? e : settle_when_due(tx, &today);
}
