/*
 * Import of the monthly recap of SIMPEGNAS: kind "simpegnas" of the imports of org.
 *
 * Two layouts: a row per person and day (nip, tanggal, kode, and the times in UTC as the app gives
 * them), or a row per person with a column per day that holds its code. A file speaks of one or
 * more months; what it says of a person's month replaces that month as a whole, the version before
 * stays, because late approvals rewrite days gone by. A class (TM1, PC2) is taken only where its
 * minutes are defined for the day (attendance_code). Nothing of a day changes but where SIMPEGNAS
 * is what the agency is judged by.
 */
#include "attendance/attendance_source_int.h"

#include "base/str.h"
#include "org/org_closed.h"
#include "org/org_map.h"
#include "platform/clock.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SN_NIP, SN_DATE, SN_CODE, SN_IN_CODE, SN_OUT_CODE, SN_IN, SN_OUT, SN_NAME };

#define BACK_DAYS   800
#define MONTHS_MAX  60000
#define MARK_PEOPLE 500

static const struct import_column columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010011003", NULL, IMPORT_NIP_ALSO},
	{"tanggal", 0, 40, "2025-11-13", NULL, "tgl|day|date"},
	{"kode", 0, 40, "TM1-PC2", NULL, "status|kode status|keterangan"},
	{"kode_masuk", 0, 20, "", NULL, "status masuk|check in status"},
	{"kode_pulang", 0, 20, "", NULL, "status pulang|check out status"},
	{"masuk_utc", 0, 40, "00:41", NULL, "jam masuk utc|check in utc|check in time"},
	{"pulang_utc", 0, 40, "08:12", NULL, "jam pulang utc|check out utc|check out time"},
	{"nama", 0, 200, "Sri Wahyuni", NULL, "nama pegawai|name"},
};

#define FROM(heading)                                                                              \
	{                                                                                          \
		heading, "", NULL, 0                                                               \
	}

/* The fields of its monthly record as published; no agency confirmed the headings of the sheet. */
static const struct import_mapping presets[] = {
	{0, "SIMPEGNAS: rekap bulanan (contoh)", IMPORT_SIMPEGNAS, DATES_YMD, true,
		{FROM("NIP"), FROM("DAY"), FROM("STATUS"), FROM("CHECK IN STATUS"),
			FROM("CHECK OUT STATUS"), FROM("CHECK IN TIME"), FROM("CHECK OUT TIME"),
			FROM("NAMA")}},
};

/* A person's month of the file, while it is read. */
struct gathered {
	struct employee_id employee;
	int32_t month;
	struct recorded_month *days;
};

struct simpegnas_state {
	const struct source_book *book;
	struct org_map *seen;
	struct gathered *month;
	int months, room;
	int newest; /* rows of a person stand together: looked at first */
	bool one_zone;
};

static enum err begin_simpegnas(struct import *im)
{
	struct simpegnas_state *s = im->state = ARENA_NEW(im->tx->arena, struct simpegnas_state);

	s->one_zone = true;
	for (int i = 0; i < im->tree->sites; i++)
		s->one_zone &= im->tree->site[i].zone == im->tree->zone;
	return attendance_load_sources(im->tx, &s->book);
}

static bool fault(struct import *im, const struct import_line *line, int column, const char *reason)
{
	org_import_fault(im, line, column, reason);
	return false;
}

/* ---- where a day is kept ---- */

static struct gathered *add_month(struct import *im, struct employee_id employee, int32_t month)
{
	struct simpegnas_state *s = im->state;

	if (s->months == MONTHS_MAX)
		return NULL;
	ARENA_GROW(im->tx->arena, s->month, s->months, &s->room);
	s->month[s->months] = (struct gathered){
		employee, month, ARENA_NEW(im->tx->arena, struct recorded_month)};
	attendance_read_month("", month, s->month[s->months].days);
	return &s->month[s->months++];
}

/* NULL when the file is too long. */
static struct gathered *find_month(
	struct import *im, const struct import_person *person, int32_t day)
{
	struct simpegnas_state *s = im->state;
	struct gathered *newest = s->months ? &s->month[s->newest] : NULL;
	int32_t first, last;
	const char *key;
	int at;

	day_month_bounds(day, &first, &last);
	if (newest && newest->employee.v == person->id.v && newest->month == first)
		return newest;
	if (!s->seen) {
		s->seen = ARENA_NEW(im->tx->arena, struct org_map);
		org_map_init(s->seen, im->tx->arena, 1000);
	}
	key = arena_printf(im->tx->arena, "%s %d", person->nip, first);
	at = org_map_find(s->seen, key);
	if (at < 0) {
		if (!add_month(im, person->id, first))
			return NULL;
		at = s->months - 1;
		org_map_add(s->seen, key, at);
	}
	s->newest = at;
	return &s->month[at];
}

/* ---- a cell ---- */

/* "00:41", "00:41:09" or "2025-11-13T00:41:09Z". */
static bool read_utc_minute(const char *cell, int *ret_minute)
{
	int64_t ms;

	if (instant_parse(cell, &ms)) {
		*ret_minute = instant_minute(
			ms - zone_offset_minutes(ZONE_WIB) * MS_PER_MINUTE, ZONE_WIB);
		return true;
	}
	if (!attendance_read_time(cell, &ms))
		return false;
	*ret_minute = (int)(ms / MS_PER_MINUTE);
	return true;
}

static bool read_minute(struct import *im, const struct import_line *line, int column,
	enum zone zone, int *ret_minute)
{
	int utc;

	*ret_minute = MINUTE_OFF;
	if (!*line->cell[column])
		return true;
	if (!read_utc_minute(line->cell[column], &utc))
		return fault(im, line, column, "not_a_time");
	*ret_minute = attendance_local_minute(utc, zone);
	return true;
}

/* The code as it is kept: the status of the day alone, or what it says of coming and leaving. */
static void write_kept(
	const struct code_row *code, int codes, int32_t day, const struct day_code *c, char *ret)
{
	const struct code_row *row = attendance_find_code(code, codes, day, c->status, 0);

	if (c->in || c->out)
		snprintf(ret, CODE_BYTES_MAX + 1, "%s%s", c->in ? c->in->code : "",
			c->out ? c->out->code : "");
	else
		snprintf(ret, CODE_BYTES_MAX + 1, "%s", row ? row->code : "");
}

static const char *read_code(const struct simpegnas_state *s, int32_t day, const char *text,
	char ret[CODE_BYTES_MAX + 1])
{
	const struct code_row *code = s->book->code;
	int codes = s->book->codes;
	struct day_code read;
	enum code_fault fault = attendance_read_code(code, codes, day, text, &read);

	if (fault)
		return code_fault_names[fault];
	write_kept(code, codes, day, &read, ret);
	return NULL;
}

static const char *keep_day(struct import *im, const struct import_person *person, int32_t day,
	const struct recorded_day *said)
{
	struct gathered *month = find_month(im, person, day);
	struct recorded_day *kept;

	if (!month)
		return "too_many_rows";
	kept = &month->days->day[day - month->month];
	if (kept->code[0])
		return "double";
	*kept = *said;
	return NULL;
}

static const char *check_day(const struct import *im, int32_t day)
{
	if (day < im->today - BACK_DAYS)
		return "too_far_back";
	return day > im->today ? "in_the_future" : NULL;
}

/* ---- the two layouts ---- */

/* A day off with TMM and PCM beside it is a day off: the status of the day is asked first. */
static const char *day_text(struct arena *arena, const struct import_line *line)
{
	const char *day = line->cell[SN_CODE], *in = line->cell[SN_IN_CODE],
		   *out = line->cell[SN_OUT_CODE];
	bool is_plain = !*day || strcasecmp(day, "HN") == 0;

	return is_plain && (*in || *out)
		       ? arena_printf(arena, "%s %s", strcasecmp(in, "HN") ? in : "",
				 strcasecmp(out, "HN") ? out : "")
		       : day;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

static enum err find_zone(
	struct import *im, struct employee_id employee, int32_t day, enum zone *ret)
{
	const struct simpegnas_state *s = im->state;
	struct employee_row row;
	enum err e;

	*ret = im->tree->zone;
	if (s->one_zone)
		return OK;
	e = org_load_employee(im->tx, employee, day, &row);
	if (!e)
		*ret = attendance_zone(im->tree, row.unit, day);
	return e == E_NOT_FOUND ? OK : e;
}

/* What the row says; false after a fault. A code the minutes of which nobody defined is refused
 * also when the times are there: a deduction would be read from it. */
static bool read_said(struct import *im, const struct import_line *line, int32_t day,
	enum zone zone, struct recorded_day *ret)
{
	const char *text = day_text(im->tx->arena, line);
	const char *reason = NULL;

	*ret = (struct recorded_day){"", MINUTE_OFF, MINUTE_OFF};
	if (is_blank(text))
		text = "HN"; /* both ways were normal, or only the times are said */
	if ((reason = read_code(im->state, day, text, ret->code)))
		return fault(im, line, *line->cell[SN_CODE] ? SN_CODE : SN_IN_CODE, reason);
	if (!read_minute(im, line, SN_IN, zone, &ret->in_minute) ||
		!read_minute(im, line, SN_OUT, zone, &ret->out_minute))
		return false;
	if (ret->in_minute != MINUTE_OFF && ret->out_minute != MINUTE_OFF &&
		ret->out_minute < ret->in_minute)
		ret->out_minute += 1440;
	return true;
}

static bool says_nothing(const struct import_line *line)
{
	for (int c = SN_CODE; c <= SN_OUT; c++)
		if (*line->cell[c])
			return false;
	return true;
}

static enum err check_long(struct import *im, const struct import_line *line)
{
	const struct import_person *person;
	struct recorded_day said;
	const char *reason;
	enum zone zone;
	int32_t day;
	enum err e;

	if (!*line->cell[SN_DATE]) {
		org_import_fault(im, line, SN_DATE, "required");
		return OK;
	}
	if (!org_import_day(im, line, SN_DATE, DAY_NONE, &day))
		return OK;
	if ((reason = check_day(im, day))) {
		org_import_fault(im, line, SN_DATE, reason);
		return OK;
	}
	if (!org_import_employee(im, line, SN_NIP, day, &person) || says_nothing(line))
		return OK;
	if ((e = find_zone(im, person->id, day, &zone)))
		return e;
	if (!read_said(im, line, day, zone, &said))
		return OK;
	if ((reason = keep_day(im, person, day, &said)))
		org_import_fault(im, line, SN_DATE, reason);
	return OK;
}

static void check_cell(struct import *im, const struct import_line *line,
	const struct import_person *person, int at)
{
	struct recorded_day said = {"", MINUTE_OFF, MINUTE_OFF};
	const char *text = line->day_cell[at];
	const char *reason = check_day(im, im->day[at]);

	if (is_blank(text))
		return;
	if (!reason)
		reason = read_code(im->state, im->day[at], text, said.code);
	if (!reason)
		reason = keep_day(im, person, im->day[at], &said);
	if (reason)
		org_import_day_fault(im, line, at, reason, NULL);
}

static enum err check_wide(struct import *im, const struct import_line *line)
{
	const struct import_person *person;

	if (!org_import_employee(im, line, SN_NIP, im->day[0], &person))
		return OK;
	for (int i = 0; i < im->days; i++)
		check_cell(im, line, person, i);
	return OK;
}

static enum err check_simpegnas(struct import *im, const struct import_line *line)
{
	return im->days ? check_wide(im, line) : check_long(im, line);
}

/* ---- staging and applying ---- */

/* Whether SIMPEGNAS judges anybody: else no day follows from the file. */
static bool is_judge(const struct source_book *book)
{
	for (int i = 0; i < book->rows; i++)
		if (book->row[i].source == BY_EXTERNAL && book->row[i].system == SYSTEM_SIMPEGNAS)
			return true;
	return false;
}

static enum err touch_closed(struct import *im, const struct gathered *month)
{
	struct org_closed closed;
	int32_t first, last;
	enum err e;

	day_month_bounds(month->month, &first, &last);
	e = org_find_closed(im->tx, month->employee, first, last, &closed);
	if (!e)
		org_import_touch_closed(im, closed.days);
	return e;
}

static enum err stage_month(struct import *im, const struct gathered *month)
{
	char text[MONTH_TEXT_MAX];
	const struct simpegnas_state *s = im->state;
	struct simpegnas_row old;
	int64_t record;
	enum err closing;
	enum err e = attendance_load_simpegnas(im->tx, month->employee, month->month, &old);

	if (e && e != E_NOT_FOUND)
		return e;
	attendance_write_month(month->days, text);
	if (!e && str_eq(old.days, text)) {
		org_import_count(im, IMPORT_UNCHANGED);
		return OK;
	}
	org_import_count(im, e ? IMPORT_CREATE : IMPORT_UPDATE);
	if (is_judge(s->book) && (closing = touch_closed(im, month)))
		return closing;
	record = id_next();
	id_next(); /* the record's way out is shown under it (attendance_source_view.c) */
	return org_import_stage(
		im, &(struct import_staged){e ? IMPORT_CREATE : IMPORT_UPDATE, month->employee.v,
			    {month->month, e ? 1 : old.version + 1, record}, {text}});
}

static enum err end_simpegnas(struct import *im)
{
	const struct simpegnas_state *s = im->state;
	enum err e = OK;

	for (int i = 0; i < s->months && !e; i++)
		e = stage_month(im, &s->month[i]);
	return e;
}

static void mark_month(struct tx *tx, const struct import_staged *row, int32_t today, bool is_few)
{
	int32_t first, last;

	day_month_bounds((int32_t)row->i[0], &first, &last);
	last = last < today ? last : today;
	if (!is_few) {
		changes_add(tx->changes, CHANGE_RANGE, first, last);
		return;
	}
	for (int32_t day = first; day <= last; day++)
		changes_add(tx->changes, CHANGE_DAY, row->subject, day);
}

static enum err mark_days(struct tx *tx, const struct import_apply *apply)
{
	struct import_staged *row = ARENA_ARRAY(tx->arena, MARK_PEOPLE + 1, struct import_staged);
	int64_t after = 0;
	int count = 0;
	bool is_few = true;
	enum err e;

	do {
		e = org_import_list_staged(
			tx, apply->import_id, after, row, MARK_PEOPLE + 1, &count, &after);
		is_few &= count <= MARK_PEOPLE;
		for (int i = 0; i < count && !e; i++)
			mark_month(tx, &row[i], apply->today, is_few);
	} while (!e && count == MARK_PEOPLE + 1);
	return e;
}

static enum err apply_simpegnas(struct tx *tx, const struct import_apply *apply)
{
	const struct source_book *book;
	enum err e = attendance_add_staged_simpegnas(tx, apply->import_id);

	if (!e)
		e = attendance_load_sources(tx, &book);
	return e || !is_judge(book) ? e : mark_days(tx, apply);
}

const struct import_kind attendance_simpegnas_import = {
	.subject = IMPORT_SIMPEGNAS,
	.column = columns,
	.columns = (int)(sizeof(columns) / sizeof(columns[0])),
	.begin = begin_simpegnas,
	.check_row = check_simpegnas,
	.end = end_simpegnas,
	.apply = apply_simpegnas,
	.takes_days = true,
	.preset = presets,
	.presets = COUNT_OF(presets),
};
