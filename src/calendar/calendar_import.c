/*
 * Import of holidays and joint leave: kind "holidays" of the imports of org.
 *
 * One line per day, with the number of the decree it comes from (the joint decree of three
 * ministers, or a local one). The day is the key: another kind, name or decree for it replaces what
 * was said; the log keeps both. The effective day of the file is not used: a holiday speaks for its
 * own day.
 */
#include "calendar/calendar_int.h"

#include "base/str.h"
#include "org/org_import.h"
#include "platform/db.h"

enum { HOLIDAY_DATE, HOLIDAY_KIND, HOLIDAY_NAME, HOLIDAY_SOURCE };

#define HOLIDAY_ROWS_MAX 2000
#define HOLIDAY_YEARS    10

static const struct import_column columns[] = {
	{"date", IMPORT_REQUIRED, 40, "2025-12-25"},
	{"kind", IMPORT_REQUIRED, 40, "national", holiday_kind_names},
	{"name", IMPORT_REQUIRED | IMPORT_NAME, 120, "Kelahiran Yesus Kristus"},
	{"source", IMPORT_REQUIRED | IMPORT_NAME, 120, "SKB 1017/2024"},
};

struct holidays_state {
	const struct calendar *calendar;
	int32_t seen[HOLIDAY_ROWS_MAX]; /* days of the file so far */
	int seen_days;
};

static enum err begin_holidays(struct import *im)
{
	struct holidays_state *s = im->state = ARENA_NEW(im->tx->arena, struct holidays_state);

	return calendar_load(im->tx, im->tx->arena, &s->calendar);
}

/* Notes the day; false when an earlier line has it or the file is too long. */
static bool take_day(struct import *im, const struct import_line *line, int32_t day)
{
	struct holidays_state *s = im->state;
	const char *reason = s->seen_days == HOLIDAY_ROWS_MAX ? "too_many_rows" : NULL;

	for (int i = 0; i < s->seen_days && !reason; i++) {
		if (s->seen[i] == day)
			reason = "double";
	}
	if (reason) {
		org_import_fault(im, line, HOLIDAY_DATE, reason);
		return false;
	}
	s->seen[s->seen_days++] = day;
	return true;
}

static bool read_day(struct import *im, const struct import_line *line, int32_t *ret_day)
{
	if (!org_import_day(im, line, HOLIDAY_DATE, DAY_NONE, ret_day))
		return false;
	if (*ret_day > im->today - HOLIDAY_YEARS * 366 &&
		*ret_day < im->today + HOLIDAY_YEARS * 366)
		return take_day(im, line, *ret_day);
	org_import_fault(im, line, HOLIDAY_DATE, "too_far_away");
	return false;
}

/* What becomes of the day: new, decided anew, or as it was. */
static enum import_action find_action(
	const struct import *im, const struct import_line *line, int32_t day, int kind)
{
	const struct holidays_state *s = im->state;
	enum holiday_kind stored_kind;
	const char *source;
	const char *name = calendar_holiday(
		s->calendar, NULL, (struct unit_id){0}, day, &stored_kind, &source);

	if (!name)
		return IMPORT_CREATE;
	if ((int)stored_kind == kind && str_eq(name, line->cell[HOLIDAY_NAME]) &&
		str_eq(source, line->cell[HOLIDAY_SOURCE]))
		return IMPORT_UNCHANGED;
	return IMPORT_UPDATE;
}

static enum err check_holiday(struct import *im, const struct import_line *line)
{
	int32_t day;
	int kind;
	bool is_sound = read_day(im, line, &day);

	if (!org_import_enum(im, line, HOLIDAY_KIND, holiday_kind_names, &kind) || !is_sound)
		return OK;
	enum import_action action = find_action(im, line, day, kind);
	org_import_count(im, action);
	if (action == IMPORT_UNCHANGED)
		return OK;
	return org_import_stage(
		im, &(struct import_staged){action, day, {kind},
			    {line->cell[HOLIDAY_NAME], line->cell[HOLIDAY_SOURCE]}});
}

static enum err apply_holidays(struct tx *tx, const struct import_apply *apply)
{
	struct import_staged *row = ARENA_ARRAY(tx->arena, HOLIDAY_ROWS_MAX, struct import_staged);
	int64_t last;
	int count;
	enum err e = org_import_list_staged(
		tx, apply->import_id, 0, row, HOLIDAY_ROWS_MAX, &count, &last);

	for (int i = 0; i < count && !e; i++)
		e = calendar_set_holiday(tx, (int32_t)row[i].subject,
			(enum holiday_kind)row[i].i[0], row[i].t[0], row[i].t[1]);
	return e;
}

static const struct import_kind holidays = {IMPORT_HOLIDAYS, columns,
	(int)(sizeof(columns) / sizeof(columns[0])), begin_holidays, check_holiday, NULL,
	apply_holidays};

void calendar_wire(void)
{
	org_import_register(&holidays);
	calendar_count_days();
}
