/*
 * Import of turns: kind "turns" of the imports of org. NIP and one column per day, as wards keep
 * them in a sheet.
 *
 * A cell holds the code of a turn of the person's unit, two joined by +, "-" to take a turn back,
 * or nothing. What is wrong is named cell by cell, and then nothing is taken: an unknown turn,
 * somebody without a unit on that day, two turns at once, a night that runs into the next morning.
 * A name column is allowed and not read. The same file again changes nothing.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "org/org_import.h"
#include "org/org_map.h"

#include <string.h>

enum { COLUMN_NIP, COLUMN_NAME };

#define DAYS_MAX 62

static const struct import_column columns[] = {
	{"nip", IMPORT_REQUIRED, 40, "198504122010011003"},
	{"nama", 0, 200, "Sri Wahyuni"},
};

struct turns_state {
	const struct calendar *calendar;
	int32_t from, to;
	struct org_map seen;
	int turn[DAYS_MAX + 2][TURNS_MAX]; /* of a row, with the day before and after */
	int next[DAYS_MAX][TURNS_MAX];
	int column[DAYS_MAX]; /* of each day; -1: the file has none */
};

static enum err begin_turns(struct import *im)
{
	struct turns_state *s = im->state = ARENA_NEW(im->tx->arena, struct turns_state);
	s->from = DAY_FOREVER;
	org_map_init(&s->seen, im->tx->arena, 1000);
	return calendar_load(im->tx, im->tx->arena, &s->calendar);
}

/* Finds the period the columns span; false after reporting why it cannot be taken. */
static bool find_period(struct import *im, const struct import_line *line)
{
	struct turns_state *s = im->state;
	for (int i = 0; i < im->days; i++) {
		s->from = im->day[i] < s->from ? im->day[i] : s->from;
		s->to = im->day[i] > s->to ? im->day[i] : s->to;
	}
	const char *reason = s->to - s->from >= DAYS_MAX                 ? "period_too_long"
			     : s->from < im->today - CALENDAR_REACH_DAYS ? "too_far_back"
									 : NULL;
	if (reason) {
		org_import_day_fault(im, line, 0, reason, NULL);
		return false;
	}
	for (int i = 0; i < DAYS_MAX; i++)
		s->column[i] = -1;
	for (int i = 0; i < im->days; i++)
		s->column[im->day[i] - s->from] = i;
	return true;
}

static enum err load_stored(struct import *im, struct employee_id employee)
{
	struct turns_state *s = im->state;
	struct turn_cell cell[DAYS_MAX + 2];
	int cells = 0;
	enum err e = calendar_list_turns(
		im->tx, employee, s->from - 1, s->to + 1, cell, DAYS_MAX + 2, &cells);
	memset(s->turn, 0, sizeof(s->turn));
	for (int i = 0; i < cells && !e; i++)
		memcpy(s->turn[cell[i].day - s->from + 1], cell[i].turn, sizeof(cell[i].turn));
	return e;
}

/* A cell as numbers of kinds; reports what is wrong with it. */
static enum err read_cell(struct import *im, const struct import_line *line,
	struct employee_id employee, int day, bool *ret_sound)
{
	struct turns_state *s = im->state;
	struct unit_id unit;
	int column = s->column[day];
	const char *text = column < 0 ? "" : line->day_cell[column];
	s->next[day][0] = -1;
	if (!*text)
		return OK;
	enum err e = calendar_load_unit(im->tx, employee, s->from + day, &unit);
	if (e)
		return e;
	const char *fault = unit.v ? calendar_read_turns(s->calendar, im->tree, unit, text,
					     s->from + day, s->next[day])
				   : "not_placed";
	if (fault) {
		org_import_day_fault(im, line, column, fault, NULL);
		*ret_sound = false;
		return OK;
	}
	s->turn[day + 1][0] = s->next[day][0];
	s->turn[day + 1][1] = s->next[day][1];
	return OK;
}

static bool is_changed(const struct turns_state *s, const int before[][TURNS_MAX], int days)
{
	for (int i = 0; i < days; i++)
		if (s->next[i][0] >= 0 &&
			(s->next[i][0] != before[i + 1][0] || s->next[i][1] != before[i + 1][1]))
			return true;
	return false;
}

/* The days of a line as text for the stage: "3.0,-,0.0". */
static const char *write_days(struct arena *arena, const struct turns_state *s, int days)
{
	struct buf b;
	buf_init(&b, arena, 256);
	for (int i = 0; i < days; i++) {
		if (i)
			buf_char(&b, ',');
		if (s->next[i][0] < 0)
			buf_char(&b, '-');
		else
			buf_printf(&b, "%d.%d", s->next[i][0], s->next[i][1]);
	}
	return b.p;
}

static enum err check_line(
	struct import *im, const struct import_line *line, const struct import_person *person)
{
	struct turns_state *s = im->state;
	int before[DAYS_MAX + 2][TURNS_MAX], days = s->to - s->from + 1, overlap;
	bool is_sound = true;
	enum err e = load_stored(im, person->id);
	memcpy(before, s->turn, sizeof(before));
	for (int i = 0; i < days && !e; i++)
		e = read_cell(im, line, person->id, i, &is_sound);
	if (e || !is_sound)
		return e;
	overlap = calendar_find_overlap(s->calendar, s->turn, days + 2);
	if (overlap >= 0) {
		int day = overlap - 1 < days ? overlap - 1 : days - 1;
		org_import_day_fault(
			im, line, s->column[day] < 0 ? 0 : s->column[day], "night_overlaps", NULL);
		return OK;
	}
	enum import_action action = is_changed(s, before, days) ? IMPORT_UPDATE : IMPORT_UNCHANGED;
	org_import_count(im, action);
	if (action == IMPORT_UNCHANGED)
		return OK;
	return org_import_stage(im, &(struct import_staged){action, person->id.v, {s->from, days},
					    {write_days(im->tx->arena, s, days)}});
}

static enum err check_turns(struct import *im, const struct import_line *line)
{
	struct turns_state *s = im->state;
	const struct import_person *person;
	if (im->days == 0) {
		org_import_fault(im, line, COLUMN_NIP, "no_days");
		return OK;
	}
	if (!find_period(im, line) || !org_import_employee(im, line, COLUMN_NIP, s->from, &person))
		return OK;
	if (!org_map_add(&s->seen, person->nip, 1)) {
		org_import_fault(im, line, COLUMN_NIP, "double");
		return OK;
	}
	return check_line(im, line, person);
}

/* ---- applying ---- */

#define APPLY_PAGE 500

static void read_staged(const char *text, int (*turn)[TURNS_MAX], int days)
{
	for (int i = 0; i < days; i++) {
		turn[i][0] = -1;
		turn[i][1] = 0;
		if (*text != '-' && sscanf(text, "%d.%d", &turn[i][0], &turn[i][1]) != 2)
			turn[i][0] = -1;
		text = strchr(text, ',');
		if (!text)
			return;
		text++;
	}
}

static enum err apply_row(
	struct tx *tx, const struct import_apply *apply, const struct import_staged *row)
{
	int days = (int)row->i[1];
	int(*turn)[TURNS_MAX] = arena_alloc(tx->arena, sizeof(int[DAYS_MAX][TURNS_MAX]));
	read_staged(row->t[0], turn, days);
	return calendar_set_turns(tx,
		&(struct turn_line){{row->subject}, (int32_t)row->i[0], days, turn}, apply->actor);
}

static enum err apply_turns(struct tx *tx, const struct import_apply *apply)
{
	struct import_staged *row = ARENA_ARRAY(tx->arena, APPLY_PAGE, struct import_staged);
	int64_t last = 0;
	int count = APPLY_PAGE;
	enum err e = OK;
	while (count == APPLY_PAGE && !e) {
		e = org_import_list_staged(
			tx, apply->import_id, last, row, APPLY_PAGE, &count, &last);
		for (int i = 0; i < count && !e; i++)
			e = apply_row(tx, apply, &row[i]);
	}
	return e;
}

const struct import_kind calendar_turn_import = {
	.subject = IMPORT_TURNS,
	.column = columns,
	.columns = (int)(sizeof columns / sizeof columns[0]),
	.begin = begin_turns,
	.check_row = check_turns,
	.apply = apply_turns,
	.takes_days = true,
};
