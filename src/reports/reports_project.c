/*
 * From reports to the board: what a batch moved, counted once per report.
 *
 * A report row remembers the unit and the state it is counted as, so that a new verdict and a
 * placement corrected afterwards (attendance marks CHANGE_REPORT when a day's unit changes) are
 * moved the same way. What a report brought to results of its owner (reports_output) is set from
 * its state and items with it, and moves the sums of its unit and those above.
 */
#include "reports/reports_target.h"

#include "org/org_count.h"
#include "platform/changes.h"
#include "platform/db.h"
#include "reports/reports_output.h"

static void count_report(
	struct tx *tx, const struct org_tree *tree, const struct daily_report *r, int delta)
{
	int32_t state = r->counted_state;
	if (state != REPORT_SUBMITTED && state != REPORT_VERIFIED && state != REPORT_RETURNED)
		return;
	org_count(tx, tree, r->counted_unit, r->day, COUNT_REPORT_FILED, delta);
	if (state == REPORT_SUBMITTED)
		return;
	org_count(tx, tree, r->counted_unit, r->day, COUNT_REPORT_WAIT, delta * r->counted_wait);
	if (state == REPORT_VERIFIED)
		org_count(tx, tree, r->counted_unit, r->day, COUNT_REPORT_VERIFIED, delta);
	if (state == REPORT_RETURNED)
		org_count(tx, tree, r->counted_unit, r->day, COUNT_REPORT_RETURNED, delta);
}

/* What the board shows of the report; where the agency does not use Luwes that day, nothing. */
static enum err load_shown_state(
	struct tx *tx, const struct daily_report *r, enum report_state *ret_state)
{
	struct attendance_day day;
	enum err e = attendance_load_day(tx, r->employee, r->day, &day);
	*ret_state = !e && day.state == DAY_NOT_USED ? REPORT_NONE : r->state;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err recount(struct tx *tx, const struct org_tree *tree, struct employee_id employee,
	int32_t day, struct output_moves *moves)
{
	struct daily_report r;
	struct employee_row owner;
	enum report_state shown;
	struct output_change output;
	int32_t wait;
	enum err e = reports_load_of_day(tx, employee, day, &r);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if ((e = org_load_employee(tx, employee, day, &owner)) ||
		(e = load_shown_state(tx, &r, &shown)))
		return e;
	if ((e = reports_set_output(tx, &r, shown, &output)))
		return e;
	wait = reports_days_waited(&r, tree->zone);
	if (output.is_changed || r.counted_unit.v != owner.unit.v) {
		reports_move_output(tx->arena, moves, r.counted_unit, day, output.stood,
			output.stood_count, -1);
		reports_move_output(
			tx->arena, moves, owner.unit, day, output.now, output.now_count, 1);
	}
	if (r.counted_unit.v == owner.unit.v && r.counted_state == (int32_t)shown &&
		r.counted_wait == wait)
		return OK;
	count_report(tx, tree, &r, -1);
	r.counted_unit = owner.unit;
	r.counted_state = (int32_t)shown;
	r.counted_wait = wait;
	count_report(tx, tree, &r, 1);
	return reports_set_counted(tx, &r);
}

enum err reports_project(struct tx *tx)
{
	int changes;
	const struct change *change = changes_list(tx->changes, &changes);
	const struct org_tree *tree = NULL;
	struct output_moves moves = {0};
	enum err e = OK;
	for (int i = 0; !e && i < changes; i++) {
		if (change[i].kind != CHANGE_REPORT)
			continue;
		if (!tree && (e = org_load_tree(tx, &tree)))
			return e;
		e = recount(tx, tree, (struct employee_id){change[i].a}, change[i].day, &moves);
	}
	return e ? e : reports_write_moves(tx, tree, &moves);
}

/* ---- computing again ---- */

static enum err rebuild_output(struct tx *tx, const struct output_day *day, int64_t *ret_wrong)
{
	struct daily_report r;
	enum report_state shown = REPORT_NONE;
	struct output_change output;
	enum err e = reports_load_of_day(tx, day->employee, day->day, &r);

	if (e == E_NOT_FOUND)
		r = (struct daily_report){.employee = day->employee, .day = day->day};
	else if (e || (e = load_shown_state(tx, &r, &shown)))
		return e;
	e = reports_set_output(tx, &r, shown, &output);
	*ret_wrong += output.is_changed;
	return e;
}

#define REBUILD_PAGE        500
#define REBUILD_ARENA_BYTES (1 << 20)

enum err reports_rebuild_output(struct tx *tx, int32_t from, int32_t to, int64_t *ret_wrong)
{
	struct output_day day[REBUILD_PAGE], after = {{0}, 0};
	struct arena arena;
	struct tx page = *tx;
	int64_t sums;
	int count = 0;
	enum err e;

	*ret_wrong = 0;
	arena_init(&arena, REBUILD_ARENA_BYTES);
	page.arena = &arena;
	do {
		e = reports_list_output_days(&page, from, to, &after, day, REBUILD_PAGE, &count);
		for (int i = 0; i < count && !e; i++)
			e = rebuild_output(&page, &day[i], ret_wrong);
		if (count)
			after = day[count - 1];
		arena_reset(&arena);
	} while (!e && count == REBUILD_PAGE);
	arena_release(&arena);
	if (!e && (e = reports_recount_unit_output(tx, &sums)) == OK)
		*ret_wrong += sums;
	return e;
}
