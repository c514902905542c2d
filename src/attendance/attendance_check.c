/*
 * The lot of a day, its calls, and what people do about a check.
 *
 * The seed of tomorrow comes from the store's own key and the date, so there is nothing to choose
 * and nothing secret in the store before its day; its commitment is a leaf today. Who committed
 * late has no lot on that day: a seed made on the day proves nothing. Every fact is a leaf
 * "luwes/ck/1\n" | step | day 4 | ... (docs/EVIDENCE.md).
 */
#include "attendance/attendance_check.h"

#include "attendance/attendance_source_int.h"
#include "base/put.h"
#include "platform/clock.h"
#include "platform/keys.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <assert.h>
#include <string.h>

#define DRAW_CHECKS  "luwes/draw/checks"
#define SLICE_PEOPLE 250
#define LEAF_MAX     (12 + 4 + 8 * 8 + 1 + CHECK_NOTE_MAX + 8)
#define OPEN_MAX     16

enum check_step { STEP_SEED = 1, STEP_DRAWN, STEP_ASKED, STEP_SHOWN, STEP_SEEN };

static uint8_t *begin_leaf(uint8_t *p, enum check_step step, int32_t day)
{
	static const char name[] = "luwes/ck/1\n";

	memcpy(p, name, sizeof(name) - 1);
	p = put_number(p + sizeof(name) - 1, step, 1);
	return put_number(p, day, 4);
}

static uint8_t *put_text(uint8_t *p, const char *text)
{
	size_t n = strlen(text);

	assert(n <= CHECK_NOTE_MAX);
	memcpy(p, text, n);
	return p + n;
}

/* ---- the seed ---- */

static void make_seed(struct government_id government, int32_t day, uint8_t ret[CHECK_SEED_BYTES])
{
	uint8_t subject[12];

	put_number(put_number(subject, government.v, 8), day, 4);
	keys_mac(DRAW_CHECKS, subject, sizeof(subject), ret);
}

enum err attendance_commit_check_day(struct tx *tx, int32_t day)
{
	struct check_day row = {.day = day, .committed_at = tx->now_ms};
	uint8_t seed[CHECK_SEED_BYTES], payload[CHECK_SEED_LEAF_BYTES];
	struct leaf_place leaf;
	struct check_day known;
	enum err e = attendance_load_check_day(tx, day, &known);

	if (e != E_NOT_FOUND)
		return e;
	make_seed(tx->government, day, seed);
	row.commitment = attendance_check_commitment(tx->government, day, seed);
	attendance_write_check_leaf(day, row.commitment, payload);
	e = trust_add_leaf_at(tx, LEAF_CHECK, day, payload, sizeof(payload), &leaf);
	row.leaf_index = leaf.index;
	return e ? e : attendance_add_check_day(tx, &row);
}

/* ---- drawing ---- */

struct drawing {
	struct tx *tx;
	const struct policy_book *book;
	struct check_day row;
	struct day_view view; /* room for one person's ruling */
	struct buf drawn;     /* what the leaf commits to */
	int count;
};

/* Numbers as they hold on the day, and the seed, if it is the one that was committed to. */
static enum err begin_drawing(struct drawing *d)
{
	uint8_t *seed = arena_array(d->tx->arena, 1, CHECK_SEED_BYTES);
	struct parameters numbers;
	struct hash commitment;
	enum err e = attendance_load_parameters(d->tx, d->row.day, &numbers);

	if (e)
		return e;
	make_seed(d->tx->government, d->row.day, seed);
	commitment = attendance_check_commitment(d->tx->government, d->row.day, seed);
	if (!hash_is_same(commitment.b, d->row.commitment.b, sizeof(commitment.b)))
		return E_CONFLICT;
	d->row.seed = (struct bytes){seed, CHECK_SEED_BYTES};
	d->row.percent = numbers.of[PARAMETER_CHECK_PERCENT];
	d->row.minutes = numbers.of[PARAMETER_CHECK_MINUTES];
	d->row.edge_minutes = numbers.of[PARAMETER_CHECK_LAST_MINUTES];
	d->row.week_max = numbers.of[PARAMETER_CHECK_WEEK_MAX];
	return OK;
}

/* The ruling of a person, whoever judges his day. */
static enum err rule_on(struct tx *tx, const struct policy_book *book,
	const struct person_day *facts, struct day_view *view)
{
	view->book = book;
	view->facts = *facts;
	view->punches = 0;
	view->zone = attendance_zone(book->tree, facts->unit, facts->day);
	policy_decide_day(book, facts, &view->ruling);
	return attendance_apply_source(tx, view);
}

static struct check_room room_of(const struct day_view *view, int edge)
{
	return attendance_find_check_room(&view->ruling,
		calendar_find_event(
			view->book->calendar, view->book->tree, view->facts.unit, view->facts.day),
		edge);
}

static void note_drawn(struct drawing *d, const struct check *c)
{
	uint8_t line[32];

	put_number(put_number(put_number(put_number(line, c->employee.v, 8), c->id, 8), c->opens_at,
			   8),
		c->closes_at, 8);
	buf_add(&d->drawn, (const char *)line, sizeof(line));
	d->count++;
}

static enum err add_drawn(struct drawing *d, int begins)
{
	const struct day_view *view = &d->view;
	int64_t opens = instant_of(d->row.day, begins, view->zone), rows = 0;
	struct check c = {.id = id_next(),
		.employee = view->facts.employee,
		.day = d->row.day,
		.unit = view->facts.unit,
		.kind = CHECK_LOT,
		.opens_at = opens,
		.closes_at = opens + d->row.minutes * MS_PER_MINUTE,
		.note = "",
		.asked_at = d->tx->now_ms};
	enum err e;

	c.until_at = c.closes_at;
	if (opens <= d->tx->now_ms) /* the program slept through it */
		return OK;
	e = attendance_add_check(d->tx, &c, &rows);
	if (!e && rows)
		note_drawn(d, &c);
	return e;
}

static enum err draw_person(struct drawing *d, const struct person_day *facts)
{
	struct check_lot lot = attendance_draw_lot(d->row.seed.p, facts->employee);
	int32_t lots, calls;
	struct check_room room;
	int begins;
	enum err e;

	if (!attendance_is_drawn(lot, d->row.percent))
		return OK;
	if ((e = rule_on(d->tx, d->book, facts, &d->view)))
		return e;
	room = room_of(&d->view, d->row.edge_minutes);
	begins = attendance_place_check(&room, d->row.minutes, lot.place);
	if (begins == MINUTE_OFF)
		return OK;
	e = attendance_count_checks(d->tx, facts->employee, attendance_week_of(d->row.day),
		d->row.day - 1, &lots, &calls);
	return e || lots >= d->row.week_max ? e : add_drawn(d, begins);
}

static void add_drawn_leaf(struct drawing *d)
{
	struct hash lines = hash_of(d->drawn.p, d->drawn.n);
	uint8_t payload[LEAF_MAX], *p = begin_leaf(payload, STEP_DRAWN, d->row.day);

	p = put_number(p, d->count, 4);
	memcpy(p, lines.b, sizeof(lines.b));
	p += sizeof(lines.b);
	trust_add_leaf(d->tx, LEAF_CHECK, d->row.day, payload, (size_t)(p - payload));
}

static enum err draw_people(
	struct drawing *d, struct employee_id after, int max, struct employee_id *ret_last)
{
	struct person_day *facts = ARENA_ARRAY(d->tx->arena, (size_t)max, struct person_day);
	int count = 0;
	enum err e = roster_list_person_days(d->tx, after, d->row.day, facts, max, &count);

	for (int i = 0; i < count && !e; i++)
		e = draw_person(d, &facts[i]);
	if (e)
		return e;
	if (d->count)
		add_drawn_leaf(d);
	*ret_last = count == max ? facts[count - 1].employee : (struct employee_id){0};
	d->row.drawn_at = ret_last->v ? 0 : d->tx->now_ms;
	return attendance_set_check_day(d->tx, &d->row);
}

/* A commitment counts when it stood before the day began anywhere. */
static bool is_committed_before(const struct check_day *row)
{
	return row->committed_at < instant_of(row->day, 0, ZONE_WIT);
}

enum err attendance_draw_checks(
	struct tx *tx, int32_t day, struct employee_id after, int max, struct employee_id *ret_last)
{
	struct drawing *d = ARENA_NEW(tx->arena, struct drawing);
	enum err e = attendance_load_check_day(tx, day, &d->row);

	*ret_last = (struct employee_id){0};
	if (e || d->row.drawn_at)
		return e == E_NOT_FOUND ? OK : e;
	d->tx = tx;
	buf_init(&d->drawn, tx->arena, 1024);
	if (!(e = policy_load_book(tx, &d->book)))
		e = begin_drawing(d);
	if (e == E_CONFLICT || (!e && !is_committed_before(&d->row))) {
		/* another key, or too late a promise: nobody is drawn, and the row says so */
		d->row.seed = (struct bytes){0};
		d->row.drawn_at = tx->now_ms;
		return attendance_set_check_day(tx, &d->row);
	}
	return e ? e : draw_people(d, after, max, ret_last);
}

/* ---- the job ---- */

struct draw_slice {
	int32_t day;
	struct employee_id after, last;
};

static enum err run_slice(struct tx *tx, void *arg)
{
	struct draw_slice *slice = arg;

	return attendance_draw_checks(tx, slice->day, slice->after, SLICE_PEOPLE, &slice->last);
}

static enum err run_draw(struct job *job, const char **ret_result)
{
	const struct org_tree *tree;
	struct draw_slice slice = {.day = 0};
	enum err e = org_load_tree(job->tx, &tree);

	*ret_result = "{}";
	if (e)
		return e;
	slice.day = instant_day(job->tx->now_ms, tree->zone);
	do {
		if (job_is_cancelled(job))
			return E_CONFLICT;
		e = job_commit(job, run_slice, &slice);
		slice.after = slice.last;
	} while (!e && slice.after.v);
	return e;
}

const struct job_kind attendance_check_jobs[] = {{JOB_DRAW_CHECKS, run_draw}};

enum err attendance_tick_checks(struct tx *tx, int32_t today)
{
	int64_t opened_at, settled_at, job_id;
	struct check_day row;
	bool queued;
	enum err e = attendance_commit_check_day(tx, today + 1);

	if (e)
		return e;
	e = attendance_load_check_day(tx, today, &row);
	if (e || row.drawn_at)
		return e == E_NOT_FOUND ? OK : e;
	e = attendance_load_opened(tx, today, &opened_at, &settled_at);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	e = attendance_load_is_queued(tx, JOB_DRAW_CHECKS, &queued);
	return e || queued ? e
			   : job_add(tx, JOB_DRAW_CHECKS, (struct employee_id){0}, "{}", &job_id);
}

/* ---- calls ---- */

static enum call_fault check_limits(
	const struct parameters *numbers, int32_t on_day, int32_t in_week)
{
	if (on_day >= numbers->of[PARAMETER_CALL_DAY_MAX])
		return CALL_DAY_LIMIT;
	return in_week >= numbers->of[PARAMETER_CALL_WEEK_MAX] ? CALL_WEEK_LIMIT : CALL_GOOD;
}

/* Minutes in which a call is in time, and in which an answer is still taken. */
static enum call_fault find_times(
	const struct day_view *view, const struct parameters *numbers, struct check *call)
{
	struct check_room room = room_of(view, numbers->of[PARAMETER_CHECK_LAST_MINUTES]);
	int64_t into = call->opens_at - instant_of(call->day, 0, view->zone);
	int from = (int)(into / MS_PER_MINUTE), closes, until;

	if (!policy_is_away(view->ruling.mode))
		return CALL_NOT_HOME;
	if (attendance_find_call_deadline(&room, from, 1) == MINUTE_OFF)
		return CALL_NOT_WORK;
	closes = attendance_find_call_deadline(&room, from,
		numbers->of[call->kind == CHECK_COME ? PARAMETER_CALL_COME_MINUTES
						     : PARAMETER_CALL_MINUTES]);
	if (closes == MINUTE_OFF)
		return CALL_NO_TIME;
	until = attendance_find_call_deadline(
		&room, from, numbers->of[PARAMETER_CALL_LEVEL_2_MINUTES]);
	if (until == MINUTE_OFF)
		until = room.span[room.spans - 1].to;
	call->closes_at = instant_of(call->day, closes, view->zone);
	call->until_at = instant_of(call->day, until > closes ? until : closes, view->zone);
	return CALL_GOOD;
}

static void add_call_leaf(struct tx *tx, const struct check *c)
{
	uint8_t payload[LEAF_MAX], *p = begin_leaf(payload, STEP_ASKED, c->day);

	p = put_number(put_number(p, c->id, 8), c->employee.v, 8);
	p = put_number(put_number(p, c->kind, 1), c->opens_at, 8);
	p = put_number(put_number(p, c->closes_at, 8), c->until_at, 8);
	p = put_text(put_number(put_number(p, c->asked_by.v, 8), c->asked_for.v, 8), c->note);
	trust_add_leaf(tx, LEAF_CHECK, c->id, payload, (size_t)(p - payload));
}

enum err attendance_add_call(struct tx *tx, struct check *call, enum call_fault *ret_fault)
{
	struct day_view *view = ARENA_NEW(tx->arena, struct day_view);
	int32_t lots, on_day = 0, in_week = 0, monday;
	struct parameters numbers;
	enum err e = attendance_view_now(tx, call->employee, view);

	if (e || (e = attendance_load_parameters(tx, view->facts.day, &numbers)))
		return e;
	call->id = id_next();
	call->day = view->facts.day;
	call->unit = view->facts.unit;
	call->asked_at = call->opens_at = tx->now_ms;
	*ret_fault = find_times(view, &numbers, call);
	if (*ret_fault)
		return OK;
	monday = attendance_week_of(call->day);
	if ((e = attendance_count_checks(
		     tx, call->employee, call->day, call->day, &lots, &on_day)) ||
		(e = attendance_count_checks(
			 tx, call->employee, monday, monday + 6, &lots, &in_week)))
		return e;
	*ret_fault = check_limits(&numbers, on_day, in_week);
	if (*ret_fault)
		return OK;
	add_call_leaf(tx, call);
	return attendance_add_check(tx, call, NULL);
}

/* ---- what people do ---- */

static enum err show_one(struct tx *tx, struct check *c)
{
	uint8_t payload[LEAF_MAX], *p = begin_leaf(payload, STEP_SHOWN, c->day);

	if (c->shown_at)
		return OK;
	c->shown_at = tx->now_ms;
	p = put_number(put_number(put_number(p, c->id, 8), c->employee.v, 8), c->shown_at, 8);
	trust_add_leaf(tx, LEAF_CHECK, c->id, payload, (size_t)(p - payload));
	return attendance_set_check(tx, c);
}

enum err attendance_show_checks(struct tx *tx, struct employee_id employee)
{
	struct check *open = ARENA_ARRAY(tx->arena, OPEN_MAX, struct check);
	int count = 0;
	enum err e = attendance_list_open_checks(tx, employee, open, OPEN_MAX, &count);

	for (int i = 0; i < count && !e; i++)
		e = show_one(tx, &open[i]);
	return e;
}

enum err attendance_see_check(
	struct tx *tx, struct check *check, struct employee_id by, const char *note)
{
	uint8_t payload[LEAF_MAX], *p = begin_leaf(payload, STEP_SEEN, check->day);

	if (check->seen_at)
		return E_CONFLICT;
	check->seen_at = tx->now_ms;
	check->seen_by = by;
	check->seen_note = note;
	p = put_number(put_number(p, check->id, 8), check->employee.v, 8);
	p = put_text(put_number(put_number(p, check->seen_at, 8), by.v, 8), note);
	trust_add_leaf(tx, LEAF_CHECK, check->id, payload, (size_t)(p - payload));
	return attendance_set_check(tx, check);
}

/* ---- what became of it ---- */

static struct place_judgement place_of(const struct day_view *view, const struct punch *punch)
{
	if (attendance_find_marks(view->punch, view->punches, punch) & PUNCH_CONFIRMS_PLACE)
		return (struct place_judgement){.verdict = PLACE_WITHIN};
	return attendance_judge_place(
		view->book->tree, view->facts.unit, view->facts.day, view->ruling.place, punch);
}

/* Who was not in service after all was not asked to work. */
static void judge_stranger(const struct check *check, struct judged_check *ret)
{
	*ret = (struct judged_check){
		.state = check->seen_at ? CHECK_SEEN : CHECK_LIFTED, .reply = {NULL, NO_INSTANT}};
}

enum err attendance_judge_check(
	struct tx *tx, const struct check *check, struct day_view *view, struct judged_check *ret)
{
	struct parameters numbers;
	int64_t grace;
	bool is_work;
	enum err e = attendance_load_parameters(tx, check->day, &numbers);

	if (e)
		return e;
	if (view->facts.employee.v != check->employee.v || view->facts.day != check->day)
		e = attendance_view_day(tx, check->employee, check->day, view);
	if (e == E_NOT_FOUND) {
		view->facts.employee.v = 0;
		judge_stranger(check, ret);
		return OK;
	}
	if (e)
		return e;
	grace = numbers.of[PARAMETER_SKEW_SECONDS] * INT64_C(1000);
	is_work = attendance_is_check_work(&view->ruling, check->day, view->zone, check);
	ret->zone = view->zone;
	ret->reply = attendance_find_reply(check, view->punch, view->punches, grace);
	ret->state = attendance_decide_check(check, &ret->reply, is_work, grace, tx->now_ms);
	ret->place = ret->reply.punch ? place_of(view, ret->reply.punch)
				      : (struct place_judgement){.verdict = PLACE_NOT_ASKED};
	return OK;
}

#define CALLS_MONTH_MAX 128

enum err attendance_count_missed(struct tx *tx, struct employee_id employee, int32_t day,
	struct day_view *view, int32_t *ret_week, int32_t *ret_month)
{
	struct check *call = ARENA_ARRAY(tx->arena, CALLS_MONTH_MAX, struct check);
	const int32_t week = attendance_week_of(day);
	int32_t month, last;
	int calls;
	enum err e;

	day_month_bounds(day, &month, &last);
	e = attendance_list_calls(
		tx, employee, week < month ? week : month, day, call, CALLS_MONTH_MAX, &calls);
	*ret_week = *ret_month = 0;
	for (int i = 0; !e && i < calls; i++) {
		struct judged_check judged;

		e = attendance_judge_check(tx, &call[i], view, &judged);
		if (e || !attendance_is_missed(call[i].kind, judged.state))
			continue;
		*ret_week += call[i].day >= week;
		*ret_month += call[i].day >= month;
	}
	return e;
}
