/*
 * What a fold asks of the agency's source: who judges, whether its file has come, what SIMPEGNAS
 * says where it judges; and the day by other systems alone, kept beside the day.
 *
 * Of agencies that use Luwes, which are most, this costs one look into a book in memory.
 */
#include "attendance/attendance_source_int.h"

#include <assert.h>

static struct recorded_day *find_recorded(
	const struct simpegnas_row *row, int32_t day, struct recorded_month *ret_month)
{
	attendance_read_month(row->days, row->month, ret_month);
	return &ret_month->day[day - row->month];
}

/* A time of the record as a punch of its own; the record is no journal, so it has no event. */
static void add_recorded_punch(
	struct day_view *view, int64_t id, enum direction direction, int minute, int64_t made_at)
{
	if (minute == MINUTE_OFF || view->punches == DAY_PUNCHES_MAX)
		return;
	view->punch[view->punches++] = (struct punch){.punch_id = id,
		.punch_day = view->facts.day,
		.direction = direction,
		.received_at = made_at,
		.phone_at = instant_of(view->facts.day, minute, view->zone),
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.note = "SIMPEGNAS",
		.source = FROM_EXTERNAL};
}

static enum err apply_record(struct tx *tx, const struct source_book *book, struct day_view *view)
{
	struct recorded_month *month = ARENA_NEW(tx->arena, struct recorded_month);
	const struct recorded_day *said;
	struct simpegnas_row row;
	struct day_code code;
	int32_t first, last;
	enum err e;

	day_month_bounds(view->facts.day, &first, &last);
	e = attendance_load_simpegnas(tx, view->facts.employee, first, &row);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	said = find_recorded(&row, view->facts.day, month);
	if (!said->code[0] ||
		attendance_read_code(book->code, book->codes, view->facts.day, said->code, &code))
		return OK;
	view->ruling.is_awaited = false;
	if (!attendance_rule_by_code(&code, &view->ruling))
		return OK;
	add_recorded_punch(view, row.record_id, DIRECTION_IN, said->in_minute, row.made_at);
	add_recorded_punch(view, row.record_id + 1, DIRECTION_OUT, said->out_minute, row.made_at);
	return OK;
}

enum err attendance_apply_source(struct tx *tx, struct day_view *view)
{
	const struct source_book *book;
	const struct source_row *row;
	enum attendance_source source;
	bool arrived;
	enum err e = attendance_load_sources(tx, &book);

	if (e || book->rows == 0)
		return e;
	row = attendance_find_source(book, attendance_agency_of(view->book->tree, view->facts.unit),
		view->facts.day, &source);
	view->ruling.judge = attendance_judge_of(source);
	if (source != BY_EXTERNAL)
		return OK;
	view->ruling.is_awaited = true;
	if (row->system == SYSTEM_SIMPEGNAS)
		return apply_record(tx, book, view);
	e = attendance_load_arrived(tx, view->facts.unit, view->facts.day, &arrived);
	view->ruling.is_awaited = !arrived;
	return e;
}

static bool has_external(const struct day_view *view)
{
	for (int i = 0; i < view->punches; i++)
		if (view->punch[i].source == FROM_EXTERNAL && !view->punch[i].refers_to &&
			attendance_is_of_day(view, &view->punch[i]))
			return true;
	return false;
}

static struct external_day make_external(struct tx *tx, const struct day_view *view)
{
	struct day_ruling ruling = view->ruling;
	struct attendance_day row;

	ruling.judge = JUDGE_EXTERNAL;
	attendance_fold(view->book, &view->facts, &ruling, view->punch, view->punches, view->from,
		view->to, tx->now_ms, &row);
	return (struct external_day){.employee = view->facts.employee,
		.day = view->facts.day,
		.in_at = row.in_at,
		.out_at = row.out_at,
		.late_minutes = row.late_minutes,
		.early_minutes = row.early_minutes};
}

static bool is_equal(const struct external_day *a, const struct external_day *b)
{
	return a->in_at == b->in_at && a->out_at == b->out_at &&
	       a->late_minutes == b->late_minutes && a->early_minutes == b->early_minutes;
}

enum err attendance_keep_external(struct tx *tx, const struct day_view *view)
{
	struct external_day old, now;
	const struct source_book *book;
	enum err e = attendance_load_sources(tx, &book);

	if (e || (book->rows == 0 && !has_external(view)))
		return e;
	e = attendance_load_external(tx, view->facts.employee, view->facts.day, &old);
	if (e && e != E_NOT_FOUND)
		return e;
	if (!has_external(view))
		return e ? OK : attendance_end_external(tx, view->facts.employee, view->facts.day);
	now = make_external(tx, view);
	return !e && is_equal(&old, &now) ? OK : attendance_set_external(tx, &now);
}
