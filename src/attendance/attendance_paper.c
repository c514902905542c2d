/*
 * A paper list in the journal and in the log. Entering it writes every stated time as a row kept
 * apart: the day waits and nobody on it is absent. The second person's verdict is one more row for
 * each. The whole list is one leaf, entered and decided.
 */
#include "attendance/attendance_paper.h"

#include "platform/clock.h"

struct fact_row {
	int64_t employee, in_punch, out_punch;
	int32_t in, out;
};
static const struct field fact_row_fields[] = {
	F_ID(struct fact_row, employee, 0, "Who."),
	F_MINUTE(struct fact_row, in, OPTIONAL, "In."),
	F_MINUTE(struct fact_row, out, OPTIONAL, "Out."),
	F_ID(struct fact_row, in_punch, OPTIONAL, "Row of the journal."),
	F_ID(struct fact_row, out_punch, OPTIONAL, "Row of the journal."),
	F_END,
};
static const struct shape fact_row_shape = SHAPE("PaperFactRow", struct fact_row, fact_row_fields);
struct paper_fact {
	int64_t paper, unit, by;
	int32_t day, state;
	const char *photo, *reason;
	struct fact_row *rows;
	int count;
};
static const struct field fact_fields[] = {
	F_ID(struct paper_fact, paper, 0, "List."),
	F_ID(struct paper_fact, unit, 0, "Unit."),
	F_DAY(struct paper_fact, day, 0, "Day."),
	F_ENUM(struct paper_fact, state, paper_state_names, 0, "What became of it."),
	F_ID(struct paper_fact, by, 0, "Who entered or decided it."),
	F_TEXT(struct paper_fact, photo, 0, 64, 0, "Photo of the paper."),
	F_TEXT(struct paper_fact, reason, 0, LONG_REASON, 0, "Why."),
	F_LIST(struct paper_fact, rows, count, &fact_row_shape, 0, PAPER_PEOPLE_MAX, 0, "People."),
	F_END,
};
static const struct shape fact_shape = SHAPE("PaperFact", struct paper_fact, fact_fields);

static void add_fact(struct tx *tx, const struct paper *p, struct employee_id by,
	const char *reason, const struct paper_row *row)
{
	struct paper_fact fact = {p->id, p->unit.v, by.v, p->day, (int32_t)p->state, p->file_sha256,
		reason, ARENA_ARRAY(tx->arena, (size_t)p->people, struct fact_row), p->people};

	for (int i = 0; i < p->people; i++)
		fact.rows[i] = (struct fact_row){row[i].employee.v, row[i].in_punch,
			row[i].out_punch, row[i].in_minute, row[i].out_minute};
	attendance_add_leaf(tx, LEAF_PAPER, p->id, &fact_shape, &fact);
}

/* A time of the list into the journal; MINUTE_NONE: none is stated. */
static enum err state_minute(struct tx *tx, const struct paper *p, struct employee_id employee,
	enum zone zone, enum direction direction, int32_t minute, struct journal_row *row)
{
	*row = (struct journal_row){.employee = employee, .direction = direction};
	if (minute == MINUTE_NONE)
		return OK;
	row->at = instant_of(p->day, minute, zone);
	row->punch_day = instant_day(row->at, zone);
	return attendance_state_time(tx, FROM_PAPER, "", row);
}

static enum err enter_row(
	struct tx *tx, const struct policy_book *book, const struct paper *p, struct paper_row *row)
{
	enum zone zone = attendance_zone(book->tree, p->unit, p->day);
	struct journal_row in, out;
	enum err e;

	if ((e = state_minute(tx, p, row->employee, zone, DIRECTION_IN, row->in_minute, &in)) ||
		(e = state_minute(
			 tx, p, row->employee, zone, DIRECTION_OUT, row->out_minute, &out)))
		return e;
	row->in_punch = in.punch_id;
	row->in_day = in.punch_day;
	row->out_punch = out.punch_id;
	row->out_day = out.punch_day;
	changes_add(tx->changes, CHANGE_DAY, row->employee.v, p->day);
	return attendance_add_paper_row(tx, p, row);
}

enum err attendance_enter_paper(
	struct tx *tx, const struct policy_book *book, struct paper *p, struct paper_row *row)
{
	enum err e;

	p->id = id_next();
	p->entered_at = tx->now_ms;
	p->version = 1;
	e = attendance_add_paper(tx, p);
	for (int i = 0; i < p->people && !e; i++)
		e = enter_row(tx, book, p, &row[i]);
	if (!e)
		add_fact(tx, p, p->entered_by, p->late_reason, row);
	return e;
}

static enum err mark_row(struct tx *tx, const struct paper_row *row, int flags)
{
	const struct journal_row in = {
		row->employee, row->in_day, row->in_punch, DIRECTION_IN, tx->now_ms};
	const struct journal_row out = {
		row->employee, row->out_day, row->out_punch, DIRECTION_OUT, tx->now_ms};
	enum err e = OK;

	if (in.punch_id)
		e = attendance_mark_row(tx, FROM_PAPER, flags, &in);
	if (!e && out.punch_id)
		e = attendance_mark_row(tx, FROM_PAPER, flags, &out);
	return e;
}

enum err attendance_settle_paper(struct tx *tx, struct paper *p, enum paper_state state,
	struct employee_id by, const char *reason)
{
	struct paper_row *row = ARENA_ARRAY(tx->arena, PAPER_PEOPLE_MAX, struct paper_row);
	int flags = state == PAPER_CONFIRMED ? PUNCH_CONFIRMS | PUNCH_CONFIRMS_PLACE : PUNCH_VOIDS;
	int count;
	enum err e = attendance_list_paper_rows(tx, p->id, row, PAPER_PEOPLE_MAX, &count);

	for (int i = 0; i < count && !e; i++) {
		e = mark_row(tx, &row[i], flags);
		changes_add(tx->changes, CHANGE_DAY, row[i].employee.v, p->day);
	}
	if (e)
		return e;
	p->state = state;
	p->decided_by = by;
	p->decided_at = tx->now_ms;
	p->decision = reason;
	if ((e = attendance_set_paper(tx, p)))
		return e;
	add_fact(tx, p, by, reason, row);
	return OK;
}
