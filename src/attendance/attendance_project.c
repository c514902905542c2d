/*
 * From the journal to the day: each changed day of a batch is folded once, stored when it says
 * something new, and moves the counters of the boards by what its row stopped and started to count
 * for.
 *
 * A punch names a civil day; the stretch of time that belongs to a day of work starts four hours
 * before the work does, so a punch can belong to the day before (the end of a night shift) or
 * after: then that day is folded too. Days are folded in key order, so that a batch walks the
 * B-tree once. Nothing is created for days to come without a punch: they are made when they open.
 */
#include "attendance/attendance_position.h"
#include "attendance/attendance_source_int.h"

#include "base/put.h"
#include "org/org_count.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <assert.h>

#define PEOPLE_MAX          500
#define PERSON_DAYS_MAX     93 /* further back a change of hours is no longer folded by itself */
#define REBUILD_ARENA_BYTES (64 * 1024 * 1024)
#define MINUTES_PER_SLOT    5
#define SLOTS_PER_DAY       288

/* ---- the journal ---- */

/* What the log commits to: person, event and everything the phone and the server said, big-endian;
 * of the position the hash of its sealed bytes, which tells nothing once these are gone. */
static void add_punch_leaf(
	struct tx *tx, struct employee_id employee, const struct punch *punch, struct bytes sealed)
{
	const struct hash position = hash_of(sealed.p, sealed.n);
	uint8_t payload[512], *p = payload;
	const char *note = punch->note ? punch->note : "";
	size_t note_bytes = strlen(note);

	assert(note_bytes <= 256);
	p = put_number(p, employee.v, 8);
	memcpy(p, punch->event_id.b, sizeof(punch->event_id.b));
	p = put_number(p + sizeof(punch->event_id.b), punch->punch_day, 4);
	p = put_number(p, punch->direction, 1);
	p = put_number(p, punch->received_at, 8);
	p = put_number(p, punch->phone_at, 8);
	p = put_number(p, punch->offset_ms, 8);
	memcpy(p, position.b, sizeof(position.b));
	p = put_number(p + sizeof(position.b), punch->place_error, 1);
	p = put_number(p, punch->flags, 4);
	if (punch->source != FROM_PHONE) {
		p = put_number(p, punch->source, 1);
		p = put_number(p, punch->refers_to, 8);
	}
	memcpy(p, note, note_bytes);
	trust_add_leaf(
		tx, LEAF_PUNCH, punch->punch_id, payload, (size_t)(p - payload) + note_bytes);
}

static enum err load_in_service(
	struct tx *tx, struct employee_id employee, int32_t day, bool *ret_in_service)
{
	struct person_day facts;
	enum err e;

	*ret_in_service = attendance_is_held(tx, employee, day);
	if (*ret_in_service)
		return OK;
	e = roster_load_person_day(tx, employee, day, &facts);
	*ret_in_service = e == OK;
	return e == E_NOT_FOUND ? OK : e;
}

/* The journal takes nothing: the event is known, or its person was not in service on that day. */
static enum err find_refusal(struct tx *tx, struct employee_id employee, const struct punch *punch,
	enum receipt_status *ret)
{
	struct punch known;
	enum err e = attendance_load_punch(
		tx, employee, punch->punch_day, &punch->event_id, &known);

	if (e && e != E_NOT_FOUND)
		return e;
	*ret = e ? RECEIPT_REJECTED : RECEIPT_DUPLICATE;
	return OK;
}

static enum err add_row(struct tx *tx, struct employee_id employee, const struct punch *punch,
	struct bytes sealed, enum receipt_status *ret)
{
	int64_t rows = 0;
	bool in_service;
	enum err e;

	assert(punch->punch_id > 0 && punch->received_at > 0);
	e = load_in_service(tx, employee, punch->punch_day, &in_service);
	if (!e && in_service)
		e = attendance_add_sealed_row(tx, employee, punch, sealed, &rows);
	if (e)
		return e;
	if (rows == 0)
		return find_refusal(tx, employee, punch, ret);
	*ret = punch->flags & PUNCH_QUARANTINED ? RECEIPT_QUARANTINED : RECEIPT_ACCEPTED;
	attendance_hold_punch(tx, employee, punch);
	if (*ret == RECEIPT_ACCEPTED || *ret == RECEIPT_QUARANTINED) /* then the day waits */
		changes_add(tx->changes, CHANGE_PUNCH, employee.v, punch->punch_day);
	return OK;
}

enum err attendance_add_punch_row(struct tx *tx, struct employee_id employee,
	const struct punch *punch, enum receipt_status *ret)
{
	return add_row(tx, employee, punch, attendance_seal_position(tx->arena, punch), ret);
}

enum err attendance_add_punch(struct tx *tx, struct employee_id employee, const struct punch *punch,
	enum receipt_status *ret)
{
	struct bytes sealed = attendance_seal_position(tx->arena, punch);
	enum err e = add_row(tx, employee, punch, sealed, ret);

	if (!e && (*ret == RECEIPT_ACCEPTED || *ret == RECEIPT_QUARANTINED))
		add_punch_leaf(tx, employee, punch, sealed);
	return e;
}

/* ---- counters ---- */

static bool is_present(const struct attendance_day *row)
{
	return row->state == DAY_PRESENT || row->state == DAY_COMPLETE;
}

static bool is_home(const struct attendance_day *row)
{
	return row->mode == MODE_HOME || row->mode == MODE_ANYWHERE;
}

/* Not missed although not seen: outside by letter, or something waits for a decision. */
static bool is_excused(const struct attendance_day *row)
{
	return row->mode == MODE_OUTSIDE_DUTY || row->state == DAY_WAITS ||
	       row->state == DAY_PAPER ||
	       (attendance_is_work(row->mode) && row->basis & (BASIS_NOTICE | BASIS_AWAITED));
}

static void count_mode(const struct attendance_day *row, int32_t *ret_count)
{
	static const enum counter of_mode[MODE_COUNT] = {[MODE_OFFICE] = COUNT_OFFICE,
		[MODE_HOME] = COUNT_HOME,
		[MODE_ANYWHERE] = COUNT_ANYWHERE,
		[MODE_OUTSIDE_DUTY] = COUNT_OUTSIDE_DUTY,
		[MODE_LEAVE] = COUNT_ON_LEAVE,
		[MODE_OFF] = COUNT_DAY_OFF};

	ret_count[of_mode[row->mode]] = 1;
	ret_count[COUNT_EXPECTED] = attendance_is_work(row->mode);
}

void attendance_contribution(const struct attendance_day *row, int32_t *ret_count)
{
	bool is_here = is_present(row);

	memset(ret_count, 0, COUNTER_COUNT * sizeof(*ret_count));
	if (row->state == DAY_NOT_USED)
		return;
	count_mode(row, ret_count);
	ret_count[COUNT_REPORT_DUE] = policy_owes_report(row->duty);
	ret_count[COUNT_PRESENT] = is_here;
	ret_count[COUNT_PRESENT_OFFICE] = is_here && row->mode == MODE_OFFICE;
	ret_count[COUNT_PRESENT_HOME] = is_here && is_home(row);
	ret_count[COUNT_LATE] = (row->flags & DAY_LATE) != 0;
	ret_count[COUNT_UNCONFIRMED] = (row->flags & (DAY_LATE_UNCONFIRMED | DAY_PLACE_OUTSIDE |
							     DAY_PLACE_UNKNOWN)) != 0;
	ret_count[COUNT_LEFT] = is_here && row->out_at != NO_INSTANT;
	ret_count[COUNT_EXCUSED] = !is_here && is_excused(row);
	ret_count[COUNT_PAPER] = row->state == DAY_PAPER;
}

int attendance_arrival_slot(const struct org_tree *tree, const struct attendance_day *row)
{
	int64_t slot;

	if (row->in_at == NO_INSTANT || !is_present(row))
		return -1;
	slot = (row->in_at - instant_of(row->day, 0, tree->zone)) /
	       (MINUTES_PER_SLOT * MS_PER_MINUTE);
	if (slot < 0)
		return 0;
	return slot < SLOTS_PER_DAY ? (int)slot : SLOTS_PER_DAY - 1;
}

static void count_arrival(struct tx *tx, const struct org_tree *tree,
	const struct attendance_day *row, const int32_t *count, int sign)
{
	static const enum counter shown[] = {COUNT_PRESENT_OFFICE, COUNT_PRESENT_HOME, COUNT_LATE};
	int slot = attendance_arrival_slot(tree, row);

	for (int i = 0; i < COUNT_OF(shown) && slot >= 0; i++)
		if (count[shown[i]])
			changes_count(
				tx->changes, (struct unit_id){0}, row->day, slot, shown[i], sign);
}

static void count_totals(struct tx *tx, const struct org_tree *tree,
	const struct attendance_day *row, const int32_t *delta)
{
	for (int c = 0; c < COUNTER_COUNT; c++)
		if (delta[c])
			org_count(tx, tree, row->unit, row->day, (enum counter)c, delta[c]);
}

/* What a whole row counts for, added (sign 1) or taken back (-1). */
static void count_row(
	struct tx *tx, const struct org_tree *tree, const struct attendance_day *row, int sign)
{
	int32_t count[COUNTER_COUNT], delta[COUNTER_COUNT];

	attendance_contribution(row, count);
	for (int c = 0; c < COUNTER_COUNT; c++)
		delta[c] = sign * count[c];
	count_totals(tx, tree, row, delta);
	count_arrival(tx, tree, row, count, sign);
}

/* Of a row that stays in its unit only what differs moves: a punch touches three counters, not
 * twelve. */
static void move_counters(struct tx *tx, const struct org_tree *tree,
	const struct attendance_day *before, const struct attendance_day *after)
{
	int32_t old[COUNTER_COUNT], new[COUNTER_COUNT], delta[COUNTER_COUNT];

	if (before->unit.v != after->unit.v ||
		(before->state == DAY_NOT_USED) != (after->state == DAY_NOT_USED)) {
		count_row(tx, tree, before, -1);
		count_row(tx, tree, after, 1);
		changes_add(tx->changes, CHANGE_REPORT, after->employee.v,
			after->day); /* it counts elsewhere, or no longer */
		return;
	}
	attendance_contribution(before, old);
	attendance_contribution(after, new);
	for (int c = 0; c < COUNTER_COUNT; c++)
		delta[c] = new[c] - old[c];
	count_totals(tx, tree, after, delta);
	count_arrival(tx, tree, before, old, -1);
	count_arrival(tx, tree, after, new, 1);
}

/* ---- folding ---- */

static enum err remove_day(struct tx *tx, const struct org_tree *tree, struct employee_id employee,
	int32_t day, bool *ret_changed)
{
	struct attendance_day old;
	enum err e = attendance_load_day(tx, employee, day, &old);

	if (e == E_NOT_FOUND)
		return OK;
	if (e)
		return e;
	count_row(tx, tree, &old, -1);
	*ret_changed = true;
	return attendance_end_day(tx, employee, day);
}

/* A row that says something new replaces the stored one (NULL: none). */
static enum err store_day(struct tx *tx, const struct org_tree *tree,
	const struct attendance_day *old, const struct attendance_day *row, bool *ret_changed)
{
	enum err e = OK;

	if (old && attendance_day_equal(old, row))
		return OK;
	*ret_changed = true;
	if (old) {
		move_counters(tx, tree, old, row);
		if (old->unit.v == row->unit.v)
			return attendance_set_day(tx, row);
		e = attendance_end_day(tx, row->employee, row->day);
		return e ? e : attendance_add_day(tx, row);
	}
	count_row(tx, tree, row, 1);
	return attendance_add_day(tx, row);
}

static struct neighbours find_neighbours(const struct day_view *view)
{
	struct neighbours found = {false, false};

	for (int i = 0; i < view->punches; i++) {
		const struct punch *punch = &view->punch[i];
		int64_t at = attendance_happened_at(punch);

		if (punch->punch_day != view->row.day ||
			(punch->source == FROM_PHONE && punch->flags & PUNCH_QUARANTINED))
			continue;
		found.before |= at < view->from;
		found.after |= at >= view->to;
	}
	return found;
}

static bool is_seen(const struct attendance_day *row)
{
	return row->in_at != NO_INSTANT || row->out_at != NO_INSTANT;
}

/* A day to come gets its row when it opens, not because a leave of next month was written today. */
static bool is_too_early(const struct tx *tx, const struct attendance_day *row, enum zone zone)
{
	return !is_seen(row) && row->day > instant_day(tx->now_ms, zone);
}

/* A day gone by that was never opened has no row for anybody: a decree that reaches back before the
 * first day makes none. */
static enum err load_is_unopened(
	struct tx *tx, const struct attendance_day *row, enum zone zone, bool *ret_unopened)
{
	int64_t opened_at, settled_at;
	enum err e;

	*ret_unopened = false;
	if (is_seen(row) || row->day >= instant_day(tx->now_ms, zone))
		return OK;
	e = attendance_load_opened(tx, row->day, &opened_at, &settled_at);
	*ret_unopened = e == E_NOT_FOUND;
	return e == E_NOT_FOUND ? OK : e;
}

static bool is_weekly(enum report_duty duty)
{
	return duty == DUTY_WEEKLY || duty == DUTY_WEEKLY_DUE;
}

/* Which day owes the report of the week is asked of the days after it: where a day begins or ends
 * to be one of them, the nearest before it is folded again. */
static enum err fold_before(
	struct tx *tx, const struct policy_book *book, struct employee_id employee, int32_t day)
{
	struct attendance_day before = {.duty = DUTY_NONE};
	struct neighbours beside;
	bool changed = false;
	int days = (int)day_weekday(day) - (int)MONDAY;
	enum err e = OK;

	while (days-- > 0 && !is_weekly(before.duty) && !e) {
		e = attendance_load_day(tx, employee, --day, &before);
		if (e == E_NOT_FOUND)
			e = OK;
	}
	return e || !is_weekly(before.duty)
		       ? e
		       : attendance_fold_person(tx, book, employee, day, &beside, &changed);
}

/* From the store, and onto the sheet. */
static enum err fold(struct tx *tx, struct day_view *view, bool is_opening,
	struct neighbours *ret_neighbours, bool *ret_changed)
{
	struct attendance_day old;
	bool is_new, is_unopened = false;
	enum err e = attendance_compute_view(tx, view);

	if (e)
		return e;
	*ret_neighbours = find_neighbours(view);
	e = attendance_load_day(tx, view->row.employee, view->row.day, &old);
	is_new = e == E_NOT_FOUND;
	if (e && !is_new)
		return e;
	if (is_new && !is_opening && is_too_early(tx, &view->row, view->zone))
		return OK;
	if (is_new && !is_opening &&
		(e = load_is_unopened(tx, &view->row, view->zone, &is_unopened)))
		return e;
	if (is_unopened)
		return OK;
	e = store_day(tx, view->book->tree, is_new ? NULL : &old, &view->row, ret_changed);
	if (!e)
		attendance_hold_day(tx, view);
	if (!e)
		e = attendance_keep_external(tx, view);
	if (!e && view->book->any_weekly && (is_new || old.duty != view->row.duty))
		e = fold_before(tx, view->book, view->row.employee, view->row.day);
	return e;
}

/* From the sheet: nothing but punches came since. */
static enum err fold_held(struct tx *tx, struct day_view *view, const struct attendance_day *stored,
	struct neighbours *ret_neighbours, bool *ret_changed)
{
	const struct incident_list *incidents;
	enum err e = attendance_load_incidents(tx, &incidents);

	if (e)
		return e;
	attendance_fold(view->book, &view->facts, &view->ruling, view->punch, view->punches,
		view->from, view->to, tx->now_ms, &view->row);
	attendance_relieve(view->book->tree, view->zone, incidents, &view->row);
	*ret_neighbours = find_neighbours(view);
	e = store_day(tx, view->book->tree, stored, &view->row, ret_changed);
	if (!e)
		attendance_hold_row(tx, &view->row);
	return e;
}

enum err attendance_fold_facts(struct tx *tx, const struct policy_book *book,
	const struct person_day *facts, struct neighbours *ret_neighbours, bool *ret_changed)
{
	struct day_view view;

	view.book = book;
	view.facts = *facts;
	return fold(tx, &view, true, ret_neighbours, ret_changed);
}

enum err attendance_fold_person(struct tx *tx, const struct policy_book *book,
	struct employee_id employee, int32_t day, struct neighbours *ret_neighbours,
	bool *ret_changed)
{
	struct day_view view;
	struct attendance_day stored;
	enum err e;

	view.book = book;
	*ret_neighbours = (struct neighbours){false, false};
	if (attendance_recall_day(tx, employee, day, &view, &stored))
		return fold_held(tx, &view, &stored, ret_neighbours, ret_changed);
	e = roster_load_person_day(tx, employee, day, &view.facts);
	if (e == E_NOT_FOUND) {
		e = remove_day(tx, book->tree, employee, day, ret_changed);
		return e || !book->any_weekly ? e : fold_before(tx, book, employee, day);
	}
	return e ? e : fold(tx, &view, false, ret_neighbours, ret_changed);
}

enum err attendance_refold(struct tx *tx, struct employee_id employee, int32_t day)
{
	const struct policy_book *book;
	struct neighbours neighbours;
	bool changed = false;
	enum err e = policy_load_book(tx, &book);

	attendance_forget_day(tx, employee);
	return e ? e : attendance_fold_person(tx, book, employee, day, &neighbours, &changed);
}

/* ---- a batch ---- */

struct changed_day {
	int32_t day;
	struct employee_id employee;
};

static int compare_days(const void *a, const void *b)
{
	const struct changed_day *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->employee.v > y->employee.v) - (x->employee.v < y->employee.v);
}

/* Days of a person whose hours changed, as far as they are folded. */
static enum err add_folded(
	struct tx *tx, const struct change *change, struct changed_day *day, int *ret_count)
{
	int32_t folded[PERSON_DAYS_MAX];
	int count = 0;
	enum err e = attendance_list_folded(
		tx, (struct employee_id){change->a}, change->day, folded, PERSON_DAYS_MAX, &count);

	for (int i = 0; i < count && !e; i++)
		day[(*ret_count)++] = (struct changed_day){folded[i], {change->a}};
	return e;
}

static size_t count_days(const struct change *change, int changes)
{
	size_t n = 0;

	for (int i = 0; i < changes; i++)
		n += change[i].kind == CHANGE_PERSON ? PERSON_DAYS_MAX : 1;
	return n;
}

/* The changed days in key order, each once. */
static enum err sort_days(struct tx *tx, const struct change *change, int changes,
	struct changed_day **ret_day, int *ret_count)
{
	struct changed_day *day = ARENA_ARRAY(
		tx->arena, count_days(change, changes), struct changed_day);
	int n = 0, kept = 0;
	enum err e = OK;

	for (int i = 0; i < changes && !e; i++) {
		if (change[i].kind == CHANGE_DAY || change[i].kind == CHANGE_PUNCH)
			day[n++] = (struct changed_day){change[i].day, {change[i].a}};
		else if (change[i].kind == CHANGE_PERSON)
			e = add_folded(tx, &change[i], day, &n);
	}
	qsort(day, (size_t)n, sizeof(*day), compare_days);
	for (int i = 0; i < n; i++)
		if (i == 0 || compare_days(&day[i], &day[i - 1]))
			day[kept++] = day[i];
	*ret_day = day;
	*ret_count = kept;
	return e;
}

/* What changed by other than a punch is no longer as the sheet has it. */
static void forget_changed(
	struct tx *tx, const struct org_tree *tree, const struct change *change, int changes)
{
	for (int i = 0; i < changes; i++) {
		if (change[i].kind == CHANGE_RANGE)
			attendance_forget_sheet(tx);
		else if (change[i].kind == CHANGE_UNIT)
			attendance_forget_unit(tx, tree, (struct unit_id){change[i].a});
		else if (change[i].kind == CHANGE_DAY || change[i].kind == CHANGE_PERSON)
			attendance_forget_day(tx, (struct employee_id){change[i].a});
	}
}

static enum err fold_neighbour(struct tx *tx, const struct policy_book *book,
	struct changed_day key, const struct changed_day *day, int days)
{
	struct neighbours further;
	bool changed = false;

	if (bsearch(&key, day, (size_t)days, sizeof(*day), compare_days))
		return OK;
	return attendance_fold_person(tx, book, key.employee, key.day, &further, &changed);
}

static enum err fold_days(
	struct tx *tx, const struct policy_book *book, const struct changed_day *day, int days)
{
	enum err e = OK;

	for (int i = 0; i < days && !e; i++) {
		struct neighbours beside;
		bool changed = false;

		e = attendance_fold_person(
			tx, book, day[i].employee, day[i].day, &beside, &changed);
		if (!e && beside.before)
			e = fold_neighbour(tx, book,
				(struct changed_day){day[i].day - 1, day[i].employee}, day, days);
		if (!e && beside.after)
			e = fold_neighbour(tx, book,
				(struct changed_day){day[i].day + 1, day[i].employee}, day, days);
	}
	return e;
}

/* One job for all ranges of the batch: folding an unchanged day again writes nothing. */
static enum err add_refold(struct tx *tx, const struct change *change, int changes)
{
	int32_t from = DAY_FOREVER, to = DAY_NONE;

	for (int i = 0; i < changes; i++) {
		if (change[i].kind != CHANGE_RANGE)
			continue;
		from = change[i].a < from ? (int32_t)(change[i].a > 0 ? change[i].a : 0) : from;
		to = change[i].day > to ? change[i].day : to;
	}
	return to == DAY_NONE ? OK : attendance_add_refold_job(tx, from, to, (struct unit_id){0});
}

static bool is_first_of(const struct change *change, int i)
{
	if (change[i].kind != CHANGE_UNIT)
		return false;
	for (int k = 0; k < i; k++)
		if (change[k].kind == CHANGE_UNIT && change[k].a == change[i].a)
			return false;
	return true;
}

/* One job for all days of a unit. */
static enum err add_unit_refolds(struct tx *tx, const struct change *change, int changes)
{
	enum err e = OK;

	for (int i = 0; i < changes && !e; i++) {
		int32_t from = change[i].day, to = change[i].day;

		if (!is_first_of(change, i))
			continue;
		for (int k = i + 1; k < changes; k++) {
			if (change[k].kind != CHANGE_UNIT || change[k].a != change[i].a)
				continue;
			from = change[k].day < from ? change[k].day : from;
			to = change[k].day > to ? change[k].day : to;
		}
		e = attendance_add_refold_job(tx, from, to, (struct unit_id){change[i].a});
	}
	return e;
}

enum err attendance_project(struct tx *tx)
{
	const struct policy_book *book;
	struct changed_day *day;
	int changes, days;
	const struct change *change = changes_list(tx->changes, &changes);
	enum err e;

	if (changes == 0)
		return OK;
	if ((e = policy_load_book(tx, &book)))
		return e;
	forget_changed(tx, book->tree, change, changes);
	e = sort_days(tx, change, changes, &day, &days);
	if (!e)
		e = add_refold(tx, change, changes);
	if (!e)
		e = add_unit_refolds(tx, change, changes);
	return e ? e : fold_days(tx, book, day, days);
}

/* ---- opening, settling, rebuilding ---- */

/* Folds the next people of a day who belong to the unit or below it (0: everybody). */
static enum err fold_unit(struct tx *tx, const struct policy_book *book, struct unit_id unit,
	int32_t day, struct employee_id after, int max, struct employee_id *ret_last)
{
	struct person_day *facts = ARENA_ARRAY(tx->arena, PEOPLE_MAX, struct person_day);
	struct neighbours beside;
	bool changed;
	int count = 0;
	enum err e;

	max = max < PEOPLE_MAX ? max : PEOPLE_MAX;
	e = roster_list_person_days(tx, after, day, facts, max, &count);
	for (int i = 0; i < count && !e; i++)
		if (unit.v == 0 || org_is_below(book->tree, facts[i].unit, unit))
			e = attendance_fold_facts(tx, book, &facts[i], &beside, &changed);
	if (!e)
		*ret_last = count == max ? facts[count - 1].employee : (struct employee_id){0};
	return e;
}

enum err attendance_open_day(
	struct tx *tx, int32_t day, struct employee_id after, int max, struct employee_id *ret_last)
{
	const struct policy_book *book;
	enum err e = policy_load_book(tx, &book);

	if (!e)
		e = fold_unit(tx, book, (struct unit_id){0}, day, after, max, ret_last);
	if (e || ret_last->v)
		return e;
	if (day == instant_day(tx->now_ms, book->tree->zone))
		attendance_fill_sheet(tx, day);
	return attendance_add_opened(tx, day);
}

enum err attendance_refold_unit(struct tx *tx, struct unit_id unit, int32_t day,
	struct employee_id after, int max, struct employee_id *ret_last)
{
	const struct policy_book *book;
	enum err e = policy_load_book(tx, &book);

	return e ? e : fold_unit(tx, book, unit, day, after, max, ret_last);
}

typedef enum err (*list_people)(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count);

/* Folds the next people that `list` names. */
static enum err fold_listed(struct tx *tx, list_people list, int32_t day, struct employee_id after,
	int max, struct employee_id *ret_last, int64_t *ret_changed)
{
	struct employee_id person[PEOPLE_MAX];
	const struct policy_book *book;
	struct neighbours beside;
	int count = 0;
	enum err e = policy_load_book(tx, &book);

	max = max < PEOPLE_MAX ? max : PEOPLE_MAX;
	if (!e)
		e = list(tx, day, after, person, max, &count);
	for (int i = 0; i < count && !e; i++) {
		bool changed = false;

		e = attendance_fold_person(tx, book, person[i], day, &beside, &changed);
		*ret_changed += changed;
	}
	*ret_last = count == max ? person[count - 1] : (struct employee_id){0};
	return e;
}

enum err attendance_settle_day(
	struct tx *tx, int32_t day, struct employee_id after, int max, struct employee_id *ret_last)
{
	int64_t changed = 0;

	return fold_listed(tx, attendance_list_unsettled, day, after, max, ret_last, &changed);
}

enum err attendance_drop_strangers(
	struct tx *tx, int32_t day, struct employee_id after, int max, struct employee_id *ret_last)
{
	int64_t changed = 0;

	return fold_listed(tx, attendance_list_strangers, day, after, max, ret_last, &changed);
}

static enum err list_in_service(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count)
{
	struct person_day *facts = ARENA_ARRAY(tx->arena, (size_t)max, struct person_day);
	enum err e = roster_list_person_days(tx, after, day, facts, max, ret_count);

	for (int i = 0; i < *ret_count && !e; i++)
		ret[i] = facts[i].employee;
	return e;
}

/* Every person `list` names, in slices that each forget their memory. */
static enum err rebuild_listed(struct tx *tx, list_people list, int32_t day, int64_t *ret_wrong)
{
	struct employee_id after = {0};
	struct arena arena;
	struct tx slice = *tx;
	enum err e;

	arena_init(&arena, REBUILD_ARENA_BYTES);
	slice.arena = &arena;
	do {
		e = fold_listed(&slice, list, day, after, PEOPLE_MAX, &after, ret_wrong);
		arena_reset(&arena);
	} while (!e && after.v);
	arena_release(&arena);
	return e;
}

static enum err rebuild_day(struct tx *tx, int32_t day, int64_t *ret_wrong)
{
	int64_t opened_at, settled_at;
	enum err e = attendance_load_opened(tx, day, &opened_at, &settled_at);

	if (e == E_NOT_FOUND)
		return rebuild_listed(tx, attendance_list_known, day, ret_wrong);
	if (!e)
		e = rebuild_listed(tx, list_in_service, day, ret_wrong);
	return e ? e : rebuild_listed(tx, attendance_list_strangers, day, ret_wrong);
}

enum err attendance_rebuild(struct tx *tx, int32_t from, int32_t to, int64_t *ret_wrong)
{
	enum err e = OK;

	*ret_wrong = 0;
	attendance_forget_sheet(tx);
	for (int32_t day = from; day <= to && !e; day++)
		e = rebuild_day(tx, day, ret_wrong);
	return e;
}
