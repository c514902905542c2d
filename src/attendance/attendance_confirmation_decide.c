/*
 * What people and silence say about events, as rows of the journal and of the log.
 *
 * A row of the journal is written only where it changes what counts, so that a day is not called
 * corrected because somebody agreed with it; who agreed stands in the confirmation and in the log.
 */
#include "attendance/attendance_confirmation_int.h"
#include "attendance/attendance_signal.h"

#include "platform/changes.h"
#include "platform/jobs.h"

#include <assert.h>

#define SILENCE_SLICE 200

/* ---- the log ---- */

struct confirmation_item {
	int64_t confirmation, employee, punch;
};
static const struct field item_fields[] = {
	F_ID(struct confirmation_item, confirmation, 0, "The question."),
	F_ID(struct confirmation_item, employee, 0, "Whose event."),
	F_ID(struct confirmation_item, punch, 0, "Row of the journal it is about."),
	F_END,
};
static const struct shape item_shape = SHAPE(
	"ConfirmationFactItem", struct confirmation_item, item_fields);

struct confirmation_fact {
	struct confirmation_item *items;
	int count;
	int32_t state, consequence;
	int64_t by, acts_for;
	const char *reason;
};
static const struct field fact_fields[] = {
	F_LIST(struct confirmation_fact, items, count, &item_shape, 1, SILENCE_SLICE, 0,
		"What it is about."),
	F_ENUM(struct confirmation_fact, state, confirmation_state_names, 0, "What was said."),
	F_ENUM(struct confirmation_fact, consequence, confirmation_consequence_names, 0,
		"What follows."),
	F_ID(struct confirmation_fact, by, OPTIONAL, "Who said so; none: silence."),
	F_ID(struct confirmation_fact, acts_for, OPTIONAL, "In whose place."),
	F_TEXT(struct confirmation_fact, reason, 0, LONG_REASON, 0, "Why, or what he explains."),
	F_END,
};
static const struct shape fact_shape = SHAPE(
	"ConfirmationFact", struct confirmation_fact, fact_fields);

static void add_fact(struct tx *tx, const struct confirmation *c, int count, struct employee_id by,
	struct employee_id acts_for, const char *reason)
{
	struct confirmation_fact fact = {
		.items = ARENA_ARRAY(tx->arena, (size_t)count, struct confirmation_item),
		.count = count,
		.state = (int32_t)c->state,
		.consequence = (int32_t)c->consequence,
		.by = by.v,
		.acts_for = acts_for.v,
		.reason = reason};

	assert(count > 0 && count <= SILENCE_SLICE);
	for (int i = 0; i < count; i++)
		fact.items[i] = (struct confirmation_item){c[i].id, c[i].employee.v, c[i].punch_id};
	attendance_add_leaf(tx, LEAF_CONFIRMATION, c->id, &fact_shape, &fact);
}

/* ---- one ---- */

static void record(struct tx *tx, struct confirmation *c, enum confirmation_state state,
	enum confirmation_consequence consequence, const struct confirmation_verdict *verdict)
{
	c->state = state;
	c->consequence = consequence;
	c->decided_by = verdict->by;
	c->decided_for = verdict->acts_for;
	c->decided_at = tx->now_ms;
	c->decision = verdict->reason;
}

enum err attendance_view_event_day(
	struct tx *tx, const struct confirmation *c, struct day_view *ret)
{
	enum err e = attendance_view_day(tx, c->employee, c->day, ret);

	if (e != E_NOT_FOUND)
		return e;
	*ret = (struct day_view){0};
	return OK;
}

/* Of a place only persons speak. */
static enum err load_is_place_unsure(struct tx *tx, const struct confirmation *c,
	const struct confirmation_verdict *verdict, struct day_view *view, bool *ret)
{
	enum err e;

	*ret = false;
	if (!verdict->confirms || !verdict->by.v)
		return OK;
	e = attendance_view_event_day(tx, c, view);
	if (!e)
		*ret = attendance_is_place_unsure(attendance_find_event_place(view, c).verdict);
	return e;
}

static enum err settle_one(struct tx *tx, struct confirmation *c,
	const struct confirmation_verdict *verdict, struct day_view *view)
{
	const struct journal_row row = {
		c->employee, c->punch_day, c->punch_id, c->direction, c->happened_at};
	struct punch punch;
	bool is_unsure;
	int marks;
	enum err e;

	if ((e = attendance_load_punch(tx, c->employee, c->punch_day, &c->event_id, &punch)) ||
		(e = load_is_place_unsure(tx, c, verdict, view, &is_unsure)))
		return e;
	marks = attendance_confirmation_marks(c, verdict, is_unsure);
	e = attendance_mark_punch(tx, &row, &punch, c->unit, c->day, &marks);
	if (e && e != E_NOT_FOUND) /* of who is no longer in service for that day nothing counts */
		return e;
	record(tx, c,
		!verdict->confirms ? DENIED
		: verdict->by.v    ? CONFIRMED
				   : CONFIRMED_BY_SILENCE,
		verdict->confirms ? CONSEQUENCE_COUNTS : verdict->consequence, verdict);
	changes_add(tx->changes, CHANGE_DAY, c->employee.v, c->day);
	return attendance_set_confirmation(tx, c);
}

enum err attendance_settle_confirmations(struct tx *tx, struct confirmation *c, int count,
	const struct confirmation_verdict *verdict)
{
	struct day_view *view = ARENA_NEW(tx->arena, struct day_view);
	enum err e = OK;

	for (int i = 0; i < count && !e; i++)
		e = settle_one(tx, &c[i], verdict, view);
	if (!e && count)
		add_fact(tx, c, count, verdict->by, verdict->acts_for, verdict->reason);
	return e;
}

enum err attendance_explain_confirmation(struct tx *tx, struct confirmation *c, const char *text)
{
	enum err e;

	c->explanation = text;
	c->explained_at = tx->now_ms;
	if ((e = attendance_set_confirmation(tx, c)))
		return e;
	add_fact(tx, c, 1, c->employee, (struct employee_id){0}, text);
	return OK;
}

/* ---- decided elsewhere ---- */

enum err attendance_follow_confirmation(struct tx *tx, int64_t punch_id, int marks,
	struct employee_id by, struct employee_id acts_for, const char *reason)
{
	const struct confirmation_verdict verdict = {
		.reason = reason, .by = by, .acts_for = acts_for};
	struct confirmation c;
	enum confirmation_state state;
	enum confirmation_consequence consequence;
	enum err e;

	if (!attendance_read_marks(marks, &state, &consequence))
		return OK;
	e = attendance_load_punch_confirmation(tx, punch_id, &c);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	record(tx, &c, state, consequence, &verdict);
	return attendance_set_confirmation(tx, &c);
}

enum err attendance_load_is_denied(struct tx *tx, int64_t punch_id, bool *ret)
{
	struct confirmation c;
	enum err e = attendance_load_punch_confirmation(tx, punch_id, &c);

	*ret = !e && c.state == DENIED;
	return e == E_NOT_FOUND ? OK : e;
}

/* ---- silence ---- */

enum err attendance_settle_silence(struct tx *tx, int32_t today, int max, int *ret_done)
{
	const struct confirmation_verdict yes = {.confirms = true, .reason = ""};
	struct confirmation *c;
	enum err e;

	max = max < SILENCE_SLICE ? max : SILENCE_SLICE;
	c = ARENA_ARRAY(tx->arena, (size_t)max, struct confirmation);
	e = attendance_list_due_confirmations(tx, today, c, max, ret_done);
	return e ? e : attendance_settle_confirmations(tx, c, *ret_done, &yes);
}

struct silence_work {
	int32_t today;
	int done;
};

static enum err run_slice(struct tx *tx, void *arg)
{
	struct silence_work *work = arg;

	return attendance_settle_silence(tx, work->today, SILENCE_SLICE, &work->done);
}

static enum err run_silence(struct job *job, const char **ret_result)
{
	const struct org_tree *tree;
	struct silence_work work = {0};
	enum err e = org_load_tree(job->tx, &tree);

	*ret_result = "{}";
	if (e)
		return e;
	work.today = instant_day(job->tx->now_ms, tree->zone);
	do {
		if (job_is_cancelled(job))
			return E_CONFLICT;
		e = job_commit(job, run_slice, &work);
	} while (!e && work.done == SILENCE_SLICE);
	return e;
}

const struct job_kind attendance_evidence_jobs[EVIDENCE_JOBS] = {
	{JOB_SETTLE_SILENCE, run_silence},
};

static enum err add_once(struct tx *tx, const char *kind)
{
	bool is_queued;
	int64_t job_id;
	enum err e = attendance_load_is_queued(tx, kind, &is_queued);

	return e || is_queued ? e : job_add(tx, kind, (struct employee_id){0}, "{}", &job_id);
}

enum err attendance_tick_evidence(struct tx *tx, int32_t today)
{
	bool is_due;
	enum err e = attendance_load_is_due(tx, today, &is_due);

	if (!e && is_due)
		e = add_once(tx, JOB_SETTLE_SILENCE);
	if (!e)
		e = attendance_load_signals_due(tx, today, &is_due);
	return !e && is_due ? add_once(tx, JOB_SIGNALS) : e;
}
