/*
 * Import of punches of other systems: kind "punches" of the imports of org.
 *
 * A row is a tap (tanggal and jam, or waktu; arah) or a person's day (tanggal, masuk, pulang), in
 * the time of the person's office. Nothing is decided here: every tap goes into the journal with
 * the name of its machine or app, and whether it judges the day is the agency's source
 * (attendance_source.h). The same file again, or one that overlaps it, changes nothing, because the
 * id of an event is made from what it says. A name column is allowed and not read. The effective
 * day of the file is not used: a tap speaks for its own day.
 */
#include "attendance/attendance_source_int.h"

#include "base/str.h"
#include "platform/clock.h"

#include <string.h>

enum {
	TAP_NIP,
	TAP_DATE,
	TAP_TIME,
	TAP_STAMP,
	TAP_DIRECTION,
	TAP_COME,
	TAP_LEAVE,
	TAP_MACHINE,
	TAP_NAME
};

#define TAPS_MAX      400000
#define TAP_BACK_DAYS 400
#define MARK_PEOPLE   2000
#define MARK_UNITS    20
#define PAGE_ROWS     1000

static const struct import_column columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010011003", NULL, IMPORT_NIP_ALSO},
	{"tanggal", 0, 40, "2025-11-13", NULL, "tgl|date|tanggal presensi"},
	{"jam", 0, 20, "07:21:09", NULL, "pukul|time|jam presensi"},
	{"waktu", 0, 40, "", NULL, "date time|datetime|tanggal jam|waktu presensi|check time"},
	{"arah", 0, 20, "masuk", NULL, "status|state|in out|jenis presensi|check type"},
	{"masuk", 0, 20, "", NULL, "jam masuk|scan masuk|check in|datang|jam datang"},
	{"pulang", 0, 20, "", NULL, "jam pulang|scan pulang|check out|scan keluar|jam keluar"},
	{"mesin", IMPORT_REQUIRED | IMPORT_NAME, MACHINE_BYTES_MAX, "Sidik jari lobi utara", NULL,
		"sn|machine|device|lokasi mesin|sumber|nama mesin"},
	{"nama", 0, 200, "Sri Wahyuni", NULL, "nama pegawai|name"},
};

#define NONE                                                                                       \
	{                                                                                          \
		"", "", NULL, 0                                                                    \
	}
#define FROM(heading)                                                                              \
	{                                                                                          \
		heading, "", NULL, 0                                                               \
	}

/* Sheets as machines and apps are said to give them; nobody confirmed a heading, so an officer
 * looks at one before it is saved. A log without a direction is read as first in, last out. */
static const struct import_mapping presets[] = {
	{0, "K-Mob: rekap harian (contoh)", IMPORT_PUNCHES, DATES_DMY, true,
		{FROM("NIP"), FROM("TANGGAL"), NONE, NONE, NONE, FROM("JAM MASUK"),
			FROM("JAM PULANG"), {"", "K-Mob", NULL, 0}, FROM("NAMA")}},
	{0, "Mesin sidik jari: att-log (contoh)", IMPORT_PUNCHES, DATES_DMY, true,
		{FROM("NIP"), NONE, NONE, FROM("DATE TIME"), {"STATUS", "otomatis", NULL, 0}, NONE,
			NONE, {"DEVICE", "Mesin sidik jari", NULL, 0}, FROM("NAME")}},
};

struct punches_state {
	struct tap *tap;
	int taps, room;
	bool one_zone;
};

static enum err begin_punches(struct import *im)
{
	struct punches_state *s = im->state = ARENA_NEW(im->tx->arena, struct punches_state);

	s->one_zone = true;
	for (int i = 0; i < im->tree->sites; i++)
		s->one_zone &= im->tree->site[i].zone == im->tree->zone;
	return OK;
}

/* ---- a row ---- */

static bool fault(struct import *im, const struct import_line *line, int column, const char *reason)
{
	org_import_fault(im, line, column, reason);
	return false;
}

static bool is_given(const struct import_line *line, int column)
{
	return *line->cell[column] != '\0';
}

/* "2025-11-13 07:21:09", "13/11/2025 07.21", with a blank or a T between. */
static bool split_stamp(
	struct arena *arena, const char *cell, const char **ret_date, const char **ret_time)
{
	size_t n = strcspn(cell, " T");

	*ret_date = arena_strndup(arena, cell, n);
	*ret_time = cell[n] ? cell + n + 1 : "";
	return cell[n] != '\0';
}

struct row_times {
	int32_t day;
	int64_t ms[2]; /* of the local day */
	enum tap_direction direction[2];
	int taps;
};

static bool add_time(struct import *im, const struct import_line *line, int column,
	const char *text, enum tap_direction direction, struct row_times *ret)
{
	if (!attendance_read_time(text, &ret->ms[ret->taps]))
		return fault(im, line, column, "not_a_time");
	ret->direction[ret->taps++] = direction;
	return true;
}

static bool read_tap(struct import *im, const struct import_line *line, const char *time,
	int column, struct row_times *ret)
{
	enum tap_direction direction;

	if (!is_given(line, TAP_DIRECTION))
		return fault(im, line, TAP_DIRECTION, "direction_missing");
	if (!attendance_read_direction(line->cell[TAP_DIRECTION], &direction))
		return fault(im, line, TAP_DIRECTION, "not_one_of");
	return add_time(im, line, column, time, direction, ret);
}

/* A way out that is earlier than the way in is of the next morning. */
static bool read_come_and_leave(
	struct import *im, const struct import_line *line, struct row_times *ret)
{
	if (is_given(line, TAP_COME) &&
		!add_time(im, line, TAP_COME, line->cell[TAP_COME], TAP_IN, ret))
		return false;
	if (is_given(line, TAP_LEAVE) &&
		!add_time(im, line, TAP_LEAVE, line->cell[TAP_LEAVE], TAP_OUT, ret))
		return false;
	if (ret->taps == 2 && ret->ms[1] < ret->ms[0])
		ret->ms[1] += MS_PER_DAY;
	return true;
}

static bool read_times(struct import *im, const struct import_line *line, struct row_times *ret)
{
	const char *date = line->cell[TAP_DATE], *time = line->cell[TAP_TIME];
	int date_column = TAP_DATE, time_column = TAP_TIME;

	*ret = (struct row_times){0};
	if (is_given(line, TAP_STAMP)) {
		date_column = time_column = TAP_STAMP;
		if (!split_stamp(im->tx->arena, line->cell[TAP_STAMP], &date, &time))
			return fault(im, line, TAP_STAMP, "not_a_time");
	}
	if (!*date)
		return fault(im, line, TAP_DATE, "required");
	if (!org_import_read_day(im, date, &ret->day))
		return fault(im, line, date_column, "not_a_date");
	if (ret->day < im->today - TAP_BACK_DAYS)
		return fault(im, line, date_column, "too_far_back");
	if (*time)
		return read_tap(im, line, time, time_column, ret);
	if (!is_given(line, TAP_COME) && !is_given(line, TAP_LEAVE))
		return true; /* absent by that machine: nothing to record */
	return read_come_and_leave(im, line, ret);
}

/* ---- keeping ---- */

static void make_room(struct arena *a, struct punches_state *s)
{
	struct tap *grown;

	if (s->taps < s->room)
		return;
	s->room = s->room ? s->room * 2 : 1024;
	grown = ARENA_ARRAY(a, (size_t)s->room, struct tap);
	if (s->taps)
		memcpy(grown, s->tap, (size_t)s->taps * sizeof(*grown));
	s->tap = grown;
}

/* Zone of the office the person belongs to that day. */
static enum err find_zone(
	struct import *im, struct employee_id employee, int32_t day, enum zone *ret)
{
	const struct punches_state *s = im->state;
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

static void keep_tap(struct import *im, const struct import_line *line, struct tap tap)
{
	struct punches_state *s = im->state;
	const struct tap *before = s->taps ? &s->tap[s->taps - 1] : NULL;

	if (tap.at > im->tx->now_ms) {
		org_import_fault(im, line, TAP_DATE, "in_the_future");
		return;
	}
	if (s->taps == TAPS_MAX) {
		org_import_fault(im, line, TAP_NIP, "too_many_rows");
		return;
	}
	tap.machine = before && str_eq(before->machine, line->cell[TAP_MACHINE])
			      ? before->machine
			      : arena_strdup(im->tx->arena, line->cell[TAP_MACHINE]);
	make_room(im->tx->arena, s);
	s->tap[s->taps++] = tap;
}

static enum err check_punch(struct import *im, const struct import_line *line)
{
	const struct import_person *person;
	struct row_times times;
	enum zone zone;
	enum err e;

	if (!read_times(im, line, &times) ||
		!org_import_employee(im, line, TAP_NIP, times.day, &person))
		return OK;
	if ((e = find_zone(im, person->id, times.day, &zone)))
		return e;
	for (int i = 0; i < times.taps; i++) {
		int64_t at = instant_of(times.day, 0, zone) + times.ms[i];

		keep_tap(im, line,
			(struct tap){.employee = person->id,
				.nip = person->nip,
				.day = instant_day(at, zone),
				.at = at,
				.direction = times.direction[i],
				.line = line->line});
	}
	return OK;
}

/* ---- staging ---- */

static int64_t half(const struct uuid *id, int from)
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | id->b[from + i];
	return (int64_t)value;
}

static void set_half(struct uuid *id, int from, int64_t value)
{
	for (int i = 0; i < 8; i++)
		id->b[from + i] = (uint8_t)((uint64_t)value >> (8 * (7 - i)));
}

static enum err stage_tap(struct import *im, const struct tap *tap)
{
	enum direction direction = tap->direction == TAP_IN ? DIRECTION_IN : DIRECTION_OUT;
	struct uuid id = attendance_event_id(tap->machine, tap->nip, tap->at, direction);
	struct punch known;
	enum err e = attendance_load_punch(im->tx, tap->employee, tap->day, &id, &known);

	if (e && e != E_NOT_FOUND)
		return e;
	org_import_count(im, e ? IMPORT_CREATE : IMPORT_UNCHANGED);
	if (!e)
		return OK;
	return org_import_stage(
		im, &(struct import_staged){IMPORT_CREATE, tap->employee.v,
			    {tap->day, direction, tap->at, half(&id, 0), half(&id, 8), tap->unit.v},
			    {tap->machine}});
}

/* Once per person and day: taps are in that order. */
static enum err find_unit(struct import *im, struct tap *tap, const struct tap *before)
{
	struct employee_row row;
	enum err e;

	if (before && before->employee.v == tap->employee.v && before->day == tap->day) {
		tap->unit = before->unit;
		return OK;
	}
	e = org_load_employee(im->tx, tap->employee, tap->day, &row);
	if (!e)
		tap->unit = row.unit;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err end_punches(struct import *im)
{
	struct punches_state *s = im->state;
	enum err e = OK;

	attendance_order_taps(s->tap, s->taps);
	for (int i = 0; i < s->taps && !e; i++) {
		e = find_unit(im, &s->tap[i], i ? &s->tap[i - 1] : NULL);
		if (!e && !s->tap[i].is_dropped)
			e = stage_tap(im, &s->tap[i]);
	}
	return e;
}

/* ---- applying ---- */

static struct punch make_punch(struct tx *tx, const struct import_staged *row)
{
	struct punch punch = {.punch_id = id_next(),
		.punch_day = (int32_t)row->i[0],
		.direction = (enum direction)row->i[1],
		.received_at = tx->now_ms,
		.phone_at = row->i[2],
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.note = row->t[0],
		.source = FROM_EXTERNAL};

	set_half(&punch.event_id, 0, row->i[3]);
	set_half(&punch.event_id, 8, row->i[4]);
	return punch;
}

/* Days that are to be folded again: each person's while they are few, else all from the first. */
struct marking {
	int32_t first, last, today;
	int people, units;
	bool is_wide;
};

static void mark_person(struct tx *tx, struct marking *m, struct employee_id who, int32_t day)
{
	m->first = day < m->first ? day : m->first;
	m->last = day > m->last ? day : m->last;
	if (++m->people > MARK_PEOPLE)
		m->is_wide = true;
	else
		changes_add(tx->changes, CHANGE_DAY, who.v, day);
}

/* The first file of a unit's day decides who of the others was not there. */
static enum err mark_unit(
	struct tx *tx, struct marking *m, int64_t import_id, struct unit_id unit, int32_t day)
{
	bool is_new = false;
	enum err e = unit.v ? attendance_add_arrived(tx, unit, day, import_id, &is_new) : OK;

	if (e || !is_new)
		return e;
	if (++m->units > MARK_UNITS)
		m->is_wide = true;
	else
		changes_add(tx->changes, CHANGE_UNIT, unit.v, day);
	return OK;
}

static enum err apply_tap(struct tx *tx, const struct import_apply *apply, struct marking *m,
	const struct import_staged *row, const struct import_staged *before)
{
	struct employee_id who = {row->subject};
	struct punch punch = make_punch(tx, row);
	int64_t rows = 0;
	enum err e = attendance_add_journal_row(tx, who, &punch, &rows);

	if (e || rows == 0)
		return e;
	if (before && before->subject == row->subject && before->i[0] == row->i[0])
		return OK;
	mark_person(tx, m, who, punch.punch_day);
	return mark_unit(tx, m, apply->import_id, (struct unit_id){row->i[5]}, punch.punch_day);
}

static enum err apply_punches(struct tx *tx, const struct import_apply *apply)
{
	struct import_staged *row = ARENA_ARRAY(tx->arena, PAGE_ROWS, struct import_staged);
	struct marking m = {DAY_FOREVER, 0, apply->today, 0, 0, false};
	int64_t after = 0;
	int count = 0;
	enum err e;

	do {
		e = org_import_list_staged(
			tx, apply->import_id, after, row, PAGE_ROWS, &count, &after);
		for (int i = 0; i < count && !e; i++)
			e = apply_tap(tx, apply, &m, &row[i], i ? &row[i - 1] : NULL);
	} while (!e && count == PAGE_ROWS);
	if (!e && m.is_wide)
		changes_add(
			tx->changes, CHANGE_RANGE, m.first, m.last < m.today ? m.last : m.today);
	return e;
}

const struct import_kind attendance_punch_import = {
	.subject = IMPORT_PUNCHES,
	.column = columns,
	.columns = (int)(sizeof(columns) / sizeof(columns[0])),
	.begin = begin_punches,
	.check_row = check_punch,
	.end = end_punches,
	.apply = apply_punches,
	.preset = presets,
	.presets = COUNT_OF(presets),
};
