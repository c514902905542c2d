/*
 * A question for a correction and its verdict, as rows of the journal and of the log. What the
 * person stated waits in the journal from the moment he asked, so that the day waits with it;
 * the verdict is one more row. The old value stays.
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_correction.h"

#include "platform/changes.h"
#include "platform/clock.h"

/* What the log commits to, when it is asked and when it is decided. */
struct correction_fact {
	int64_t correction, employee, punch, by, acts_for;
	int32_t day, kind, direction, state;
	int64_t stated_at;
	const char *reason;
};
static const struct field fact_fields[] = {
	F_ID(struct correction_fact, correction, 0, "Correction."),
	F_ID(struct correction_fact, employee, 0, "Whose day."),
	F_DAY(struct correction_fact, day, 0, "Day."),
	F_ENUM(struct correction_fact, kind, correction_kind_names, 0, "What is put right."),
	F_ENUM(struct correction_fact, direction, direction_names, 0, "In or out."),
	F_INSTANT(struct correction_fact, stated_at, 0, "The time it is about."),
	F_ID(struct correction_fact, punch, 0, "Row of the journal it is about."),
	F_ENUM(struct correction_fact, state, correction_state_names, 0, "What became of it."),
	F_ID(struct correction_fact, by, 0, "Who asked or decided."),
	F_ID(struct correction_fact, acts_for, OPTIONAL, "In whose place."),
	F_TEXT(struct correction_fact, reason, 0, LONG_REASON, 0, "Why."),
	F_END,
};
static const struct shape fact_shape = SHAPE("CorrectionFact", struct correction_fact, fact_fields);

static void add_fact(struct tx *tx, const struct correction *c, struct employee_id by,
	struct employee_id acts_for, const char *reason)
{
	const struct correction_fact fact = {c->id, c->employee.v, c->punch_id, by.v, acts_for.v,
		c->day, (int32_t)c->kind, (int32_t)c->direction, (int32_t)c->state, c->stated_at,
		reason};

	attendance_add_leaf(tx, LEAF_CORRECTION, c->id, &fact_shape, &fact);
}

static struct journal_row row_of(const struct correction *c)
{
	return (struct journal_row){
		c->employee, c->punch_day, c->punch_id, c->direction, c->stated_at};
}

enum err attendance_ask_correction(struct tx *tx, struct correction *c)
{
	enum err e = OK;

	c->id = id_next();
	c->received_at = tx->now_ms;
	c->version = 1;
	if (c->kind == CORRECTION_TIME) {
		struct journal_row row = row_of(c);

		e = attendance_state_time(tx, FROM_CORRECTION, "", &row);
		c->punch_id = row.punch_id;
	}
	if (!e)
		e = attendance_add_correction(tx, c);
	if (e)
		return e;
	changes_add(tx->changes, CHANGE_DAY, c->employee.v, c->day);
	add_fact(tx, c, c->entered_by, (struct employee_id){0}, c->reason);
	return OK;
}

/* The phone's punch a correction speaks of; E_NOT_FOUND when it states a time of its own. */
static enum err load_target(struct tx *tx, const struct correction *c, struct punch *ret)
{
	struct punch *punch = ARENA_ARRAY(tx->arena, DAY_PUNCHES_MAX, struct punch);
	int count;
	enum err e = attendance_list_punches(
		tx, c->employee, c->punch_day, c->punch_day, punch, DAY_PUNCHES_MAX, &count);

	for (int i = 0; !e && i < count; i++) {
		if (punch[i].punch_id == c->punch_id) {
			*ret = punch[i];
			return OK;
		}
	}
	return e ? e : E_NOT_FOUND;
}

/* A clock set ahead names a day that has not come: the punch is believed when it arrived. */
static enum err move_to_receipt(struct tx *tx, const struct journal_row *row, const struct punch *p,
	struct unit_id unit, int32_t day)
{
	struct journal_row stated = *row;
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e || (e = attendance_mark_row(tx, FROM_CORRECTION, PUNCH_VOIDS, &stated)))
		return e;
	stated.at = p->received_at;
	stated.punch_day = instant_day(p->received_at, attendance_zone(tree, unit, day));
	if ((e = attendance_state_time(tx, FROM_CORRECTION, "", &stated)))
		return e;
	return attendance_mark_row(
		tx, FROM_CORRECTION, PUNCH_CONFIRMS | PUNCH_CONFIRMS_PLACE, &stated);
}

enum err attendance_mark_punch(struct tx *tx, const struct journal_row *row,
	const struct punch *punch, struct unit_id unit, int32_t day, int *marks)
{
	if (*marks & (PUNCH_CONFIRMS | PUNCH_DENIES) && punch->source == FROM_PHONE &&
		attendance_decide_quarantine(punch) == RECEIPT_CLOCK_AHEAD) {
		*marks = PUNCH_DENIES;
		return move_to_receipt(tx, row, punch, unit, day);
	}
	return *marks ? attendance_mark_row(tx, FROM_CORRECTION, *marks, row) : OK;
}

static enum err write_verdict(struct tx *tx, const struct correction *c, bool accepts,
	struct employee_id by, struct employee_id acts_for, const char *reason)
{
	struct journal_row row = row_of(c);
	struct punch target = {0};
	int marks;
	enum err e = load_target(tx, c, &target);

	if (e)
		return e;
	marks = attendance_verdict_marks(c->kind, accepts, target.flags & PUNCH_QUARANTINED);
	if ((e = attendance_mark_punch(tx, &row, &target, c->unit, c->day, &marks)))
		return e;
	return attendance_follow_confirmation(tx, c->punch_id, marks, by, acts_for, reason);
}

enum err attendance_settle_correction(struct tx *tx, struct correction *c, bool accepts,
	struct employee_id by, struct employee_id acts_for, const char *reason)
{
	enum err e = write_verdict(tx, c, accepts, by, acts_for, reason);

	if (e)
		return e;
	c->state = by.v == c->employee.v ? CORRECTION_WITHDRAWN
		   : accepts             ? CORRECTION_ACCEPTED
					 : CORRECTION_REFUSED;
	c->decided_by = by;
	c->decided_for = acts_for;
	c->decided_at = tx->now_ms;
	c->decision = reason;
	if ((e = attendance_set_correction(tx, c)))
		return e;
	changes_add(tx->changes, CHANGE_DAY, c->employee.v, c->day);
	add_fact(tx, c, by, acts_for, reason);
	return OK;
}
