/*
 * Asking a person about an event: when the day of work is, who is asked and until when.
 */
#include "attendance/attendance_confirmation_int.h"

#include "platform/clock.h"
#include "roster/roster.h"

/* The day of work the punch belongs to: the night before ends where the window of the civil day
 * begins; a clock set ahead names a day that has not come, so it is the day it arrived on.
 * E_NOT_FOUND when he was not in service. */
static enum err load_work_day(struct tx *tx, const struct policy_book *book,
	const struct punch *punch, struct person_day *facts)
{
	int64_t at = attendance_happened_at(punch), from, to;
	enum zone zone = book->tree->zone;
	enum err e = roster_load_person_day(tx, facts->employee, instant_day(at, zone), facts);

	if (e)
		return e;
	zone = attendance_zone(book->tree, facts->unit, facts->day);
	attendance_day_window(book, facts, zone, &from, &to);
	if (at >= from && at < to)
		return OK;
	return roster_load_person_day(
		tx, facts->employee, at < from ? facts->day - 1 : facts->day + 1, facts);
}

static enum err complete(struct tx *tx, const struct policy_book *book, struct confirmation *c)
{
	int32_t today = instant_day(tx->now_ms, attendance_zone(book->tree, c->unit, c->day));
	struct parameters numbers;
	struct employee_id superior;
	bool is_closed;
	enum err e;

	if ((e = attendance_load_parameters(tx, today, &numbers)) ||
		(e = org_load_superior(tx, c->employee, RELATION_SUPERVISOR, c->day, &superior)) ||
		(e = attendance_load_is_closed(tx, c->unit, c->day, &is_closed)))
		return e;
	c->due_day = attendance_add_working_days(
		book, c->unit, today, numbers.of[PARAMETER_CONFIRM_DAYS]);
	c->to_officer = is_closed || !superior.v;
	return OK;
}

/* Asked once more: while nobody has answered, what is new is added. */
static enum err ask_again(
	struct tx *tx, int64_t punch_id, enum confirmation_kind kind, int64_t marks)
{
	struct confirmation known;
	enum err e = attendance_load_punch_confirmation(tx, punch_id, &known);

	if (e || known.state != CONFIRMATION_WAITS)
		return e;
	kind = attendance_stronger_kind(known.kind, kind);
	if (kind == known.kind && (known.marks | marks) == known.marks)
		return OK;
	known.kind = kind;
	known.marks |= marks;
	return attendance_set_confirmation(tx, &known);
}

enum err attendance_ask_confirmation(struct tx *tx, struct employee_id employee,
	const struct punch *punch, enum confirmation_kind kind, int64_t marks)
{
	struct person_day facts = {.employee = employee};
	struct confirmation c = {.id = id_next(),
		.employee = employee,
		.punch_day = punch->punch_day,
		.event_id = punch->event_id,
		.punch_id = punch->punch_id,
		.direction = punch->direction,
		.happened_at = attendance_happened_at(punch),
		.received_at = punch->received_at,
		.kind = kind,
		.marks = marks,
		.asked_at = tx->now_ms,
		.version = 1,
		.explanation = "",
		.decision = ""};
	const struct policy_book *book;
	int64_t rows = 0;
	enum err e = policy_load_book(tx, &book);

	if (!e)
		e = load_work_day(tx, book, punch, &facts);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	c.day = facts.day;
	c.unit = facts.unit;
	if ((e = complete(tx, book, &c)) || (e = attendance_add_confirmation(tx, &c, &rows)))
		return e;
	return rows ? OK : ask_again(tx, c.punch_id, kind, marks);
}
