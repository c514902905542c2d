/*
 * A day worked out: the facts of the person, the ruling, the punches of its window, and what they
 * fold to.
 *
 * The projection stores what is worked out here, and the screens show it with its reasons; so a day
 * is explained by exactly what decided it. Nothing is written.
 */
#include "attendance/attendance_source_int.h"
#include "attendance/attendance_stated.h"

#include "roster/roster.h"

/* A clock set ahead may have named the civil day after the one a punch counts for, so one more day
 * is read. */
static enum err list_window(struct tx *tx, struct day_view *view)
{
	int32_t day = view->facts.day;

	return attendance_list_punches(tx, view->facts.employee,
		attendance_first_civil_day(view->from, view->zone, day), day + 1, view->punch,
		DAY_PUNCHES_MAX, &view->punches);
}

int32_t attendance_first_civil_day(int64_t from, enum zone zone, int32_t day)
{
	int32_t first = instant_day(from, zone);

	return first < day ? first : day;
}

/* The rows of one civil day that are such a punch or speak of it. */
static enum err add_ahead(struct tx *tx, const struct ahead *ahead, struct day_view *view)
{
	struct punch *row = ARENA_ARRAY(tx->arena, DAY_PUNCHES_MAX, struct punch);
	int rows;
	enum err e = attendance_list_punches(tx, view->facts.employee, ahead->punch_day,
		ahead->punch_day, row, DAY_PUNCHES_MAX, &rows);

	for (int i = 0; !e && i < rows && view->punches < DAY_PUNCHES_MAX; i++)
		if (row[i].punch_id == ahead->punch_id || row[i].refers_to == ahead->punch_id)
			view->punch[view->punches++] = row[i];
	return e;
}

/* Punches that arrived in the window with a clock so far ahead that they lie on a later day. */
static enum err add_all_ahead(struct tx *tx, struct day_view *view, int *ret_count)
{
	struct ahead ahead[AHEAD_MAX];
	enum err e = attendance_list_ahead(tx, view->facts.employee, view->facts.day + 1,
		view->from, view->to, ahead, AHEAD_MAX, ret_count);

	for (int i = 0; !e && i < *ret_count; i++)
		e = add_ahead(tx, &ahead[i], view);
	return e;
}

/* Until when the list of who has no phone may come: by the working days of his unit. */
static enum err apply_paper(struct tx *tx, struct day_view *view)
{
	int32_t days;
	enum err e;

	if (!view->facts.is_on_paper || view->ruling.judge != JUDGE_LUWES)
		return OK;
	e = attendance_load_limit(tx, LIMIT_PAPER, view->facts.day, &days);
	if (!e)
		view->ruling.paper_due = attendance_add_working_days(
			view->book, view->facts.unit, view->facts.day, days);
	return e;
}

static void fold_view(struct tx *tx, const struct incident_list *incidents, struct day_view *view)
{
	attendance_fold(view->book, &view->facts, &view->ruling, view->punch, view->punches,
		view->from, view->to, tx->now_ms, &view->row);
	attendance_relieve(view->book->tree, view->zone, incidents, &view->row);
}

enum err attendance_compute_view(struct tx *tx, struct day_view *view)
{
	int ahead = 0;
	const struct incident_list *incidents;
	enum err e;

	view->zone = attendance_zone(view->book->tree, view->facts.unit, view->facts.day);
	attendance_day_window(view->book, &view->facts, view->zone, &view->from, &view->to);
	if ((e = attendance_load_incidents(tx, &incidents)) || (e = list_window(tx, view)))
		return e;
	policy_decide_day(view->book, &view->facts, &view->ruling);
	if ((e = roster_apply_week(tx, view->book, &view->facts, &view->ruling)) ||
		(e = attendance_apply_source(tx, view)) || (e = apply_paper(tx, view)))
		return e;
	fold_view(tx, incidents, view);
	/* nobody is absent while such a punch waits; whoever was seen is not asked */
	if (view->row.state != DAY_ABSENT)
		return OK;
	e = add_all_ahead(tx, view, &ahead);
	if (!e && ahead)
		fold_view(tx, incidents, view);
	return e;
}

static bool has_ahead(const struct day_view *view)
{
	return view->punches && view->punch[view->punches - 1].punch_day > view->facts.day + 1;
}

enum err attendance_view_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct day_view *ret)
{
	int ahead;
	enum err e = policy_load_book(tx, &ret->book);

	if (!e)
		e = roster_load_person_day(tx, employee, day, &ret->facts);
	if (e || (e = attendance_compute_view(tx, ret)))
		return e;
	return has_ahead(ret) ? OK : add_all_ahead(tx, ret, &ahead);
}

enum err attendance_view_now(struct tx *tx, struct employee_id employee, struct day_view *ret)
{
	const struct org_tree *tree;
	int32_t today;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	today = instant_day(tx->now_ms, tree->zone);
	e = attendance_view_day(tx, employee, today, ret);
	if (!e && tx->now_ms < ret->from)
		return attendance_view_day(tx, employee, today - 1, ret);
	return e;
}

bool attendance_is_of_day(const struct day_view *view, const struct punch *punch)
{
	int64_t at = attendance_happened_at(punch);

	return !(punch->flags & PUNCH_QUARANTINED) && at >= view->from && at < view->to;
}
