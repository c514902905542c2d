/*
 * A stored day against the other systems: from what is stored to the sides that the rule compares.
 */
#include "attendance/attendance_source_int.h"

#include "base/str.h"

#include <string.h>

#define TOLERANCE_DEFAULT 5 /* minutes, where no parallel run sets its own */

static int judge_external(
	const struct compared_day *c, enum attendance_source source, int tolerance)
{
	const struct other_side side = {
		.is_there = c->has_external || (source == BY_BOTH && c->has_arrived),
		.says_times = true,
		.in_at = c->has_external ? c->external.in_at : NO_INSTANT,
		.out_at = c->has_external ? c->external.out_at : NO_INSTANT};

	return source == BY_EXTERNAL ? 0 : attendance_compare_sides(&c->row, &side, tolerance);
}

static int64_t instant_or_none(int32_t day, int minute, enum zone zone)
{
	return minute == MINUTE_OFF ? NO_INSTANT : instant_of(day, minute, zone);
}

/* Without times two presences are compared by what each calls the day. */
static int judge_words(const struct source_book *book, const struct compared_day *c,
	const struct recorded_day *said)
{
	char ours[2 * CODE_BYTES_MAX + 1];
	bool is_here = c->row.state == DAY_PRESENT || c->row.state == DAY_COMPLETE;

	if (!is_here || c->row.mode == MODE_OUTSIDE_DUTY)
		return 0;
	attendance_write_code(book->code, book->codes, &c->row, false, ours);
	return str_eq(ours, said->code) ? 0 : DIFFERS_STATUS;
}

static int judge_simpegnas(const struct source_book *book, const struct compared_day *c,
	int tolerance, struct judged_difference *ret)
{
	const struct recorded_day *said = &ret->record;
	struct other_side side = {.is_there = true, .says_status = true};
	struct day_code code;
	int found;

	if (attendance_read_code(book->code, book->codes, c->row.day, said->code, &code))
		return 0;
	side.says_times = ret->record_in_at != NO_INSTANT || ret->record_out_at != NO_INSTANT;
	side.in_at = ret->record_in_at;
	side.out_at = ret->record_out_at;
	side.is_off = code.status == MEANS_DAY_OFF || code.status == MEANS_HOLIDAY;
	side.is_on_leave = code.status == MEANS_LEAVE || code.status == MEANS_PERMIT ||
			   code.status == MEANS_SICK;
	side.is_on_duty = code.status == MEANS_DUTY;
	side.is_absent = code.status == MEANS_ABSENT ||
			 (code.in && code.out && code.in->meaning == MEANS_NO_IN &&
				 code.out->meaning == MEANS_NO_OUT);
	found = attendance_compare_sides(&c->row, &side, tolerance);
	if (!side.says_times && !found && code.status == MEANS_NORMAL)
		found = judge_words(book, c, said);
	return found;
}

static void find_record(const struct compared_day *c, enum zone zone, struct judged_difference *ret)
{
	struct recorded_month month;
	int32_t first, last;

	ret->record = (struct recorded_day){"", MINUTE_OFF, MINUTE_OFF};
	if (c->simpegnas) {
		day_month_bounds(c->row.day, &first, &last);
		attendance_read_month(c->simpegnas, first, &month);
		ret->record = month.day[c->row.day - first];
	}
	ret->record_in_at = instant_or_none(c->row.day, ret->record.in_minute, zone);
	ret->record_out_at = instant_or_none(c->row.day, ret->record.out_minute, zone);
}

void attendance_judge_compared(const struct source_book *book, const struct org_tree *tree,
	const struct compared_day *c, struct judged_difference *ret)
{
	enum attendance_source source;
	const struct source_row *row = attendance_find_source(
		book, attendance_agency_of(tree, c->row.unit), c->row.day, &source);
	int tolerance = source == BY_BOTH ? row->tolerance_minutes : TOLERANCE_DEFAULT;
	bool is_judge = source == BY_EXTERNAL && row->system == SYSTEM_SIMPEGNAS;

	find_record(c, attendance_zone(tree, c->row.unit, c->row.day), ret);
	ret->external = judge_external(c, source, tolerance);
	ret->simpegnas = ret->record.code[0] && !is_judge ? judge_simpegnas(book, c, tolerance, ret)
							  : 0;
}
