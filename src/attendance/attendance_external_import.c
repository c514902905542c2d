/*
 * Import of punches of other systems: kind "punches" of the imports of org.
 *
 * A row is a tap (tanggal and jam, or waktu; arah) or a person's day (tanggal, masuk, pulang), in
 * the time of the person's office. Nothing is decided here: every tap goes into the journal with
 * the name of its machine or app, and whether it judges the day is the agency's source
 * (attendance_source.h). The same file again, or one that overlaps it, changes nothing, because the
 * id of an event is made from what it says. A name column is allowed and not read. The effective
 * day of the file is not used: a tap speaks for its own day. "First in, last out" is refused where
 * a turn crosses midnight. What stands already is read day by day and what is new is written
 * together, because a file may hold a government's day.
 */
#include "attendance/attendance_source_int.h"

#include "base/put.h"
#include "base/str.h"
#include "org/org_map.h"
#include "platform/clock.h"

#include <stdlib.h>
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
	ARENA_GROW(im->tx->arena, s->tap, s->taps, &s->room);
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

/* By day, person and id: as the journal and the days lie. */
static int by_day(const void *a, const void *b)
{
	const struct tap *x = *(const struct tap *const *)a, *y = *(const struct tap *const *)b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->employee.v != y->employee.v)
		return x->employee.v < y->employee.v ? -1 : 1;
	return memcmp(x->id.b, y->id.b, sizeof(x->id.b));
}

static enum direction direction_of(const struct tap *tap)
{
	return tap->direction == TAP_IN ? DIRECTION_IN : DIRECTION_OUT;
}

/* Those that are events, in that order, with their ids. */
static int sort_events(struct import *im, struct tap ***ret)
{
	struct punches_state *s = im->state;
	struct tap **tap = ARENA_ARRAY(im->tx->arena, (size_t)s->taps, struct tap *);
	int n = 0;

	for (int i = 0; i < s->taps; i++) {
		struct tap *t = &s->tap[i];

		if (t->is_dropped)
			continue;
		t->id = attendance_event_id(t->machine, t->nip, t->at, direction_of(t));
		tap[n++] = t;
	}
	if (n)
		qsort(tap, (size_t)n, sizeof(*tap), by_day);
	*ret = tap;
	return n;
}

/* Units of the taps of one day; a night of `day` makes them doubtful. */
static enum err read_standings(struct tx *tx, struct tap **tap, int taps, int32_t day)
{
	struct day_standing s;
	struct db_rows rows;
	int at = 0;

	attendance_query_standings(tx, day, tap[0]->employee, tap[taps - 1]->employee, &rows);
	while (attendance_next_standing(&rows, &s)) {
		while (at < taps && tap[at]->employee.v < s.employee.v)
			at++;
		for (int i = at; i < taps && tap[i]->employee.v == s.employee.v; i++) {
			if (day == tap[i]->day)
				tap[i]->unit = s.unit;
			tap[i]->is_night |= s.ends > MINUTES_PER_DAY;
		}
	}
	return db_end(&rows);
}

static enum err read_events(struct tx *tx, struct tap **tap, int taps)
{
	struct day_event event;
	struct db_rows rows;
	int at = 0;

	attendance_query_events(tx, tap[0]->day, tap[0]->employee, tap[taps - 1]->employee, &rows);
	while (attendance_next_event(&rows, &event)) {
		struct tap key = {.day = tap[0]->day, .employee = event.employee, .id = event.id};
		struct tap *sought = &key;

		while (at < taps && by_day(&tap[at], &sought) < 0)
			at++;
		if (at < taps && by_day(&tap[at], &sought) == 0)
			tap[at]->is_known = true;
	}
	return db_end(&rows);
}

/* Who was placed anew since: the day keeps what it was decided with. */
static enum err find_unit(struct import *im, struct tap *tap)
{
	struct employee_row row;
	enum err e = tap->unit.v ? E_NOT_FOUND
				 : org_load_employee(im->tx, tap->employee, tap->day, &row);

	if (!e)
		tap->unit = row.unit;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err read_day(struct import *im, struct tap **tap, int taps)
{
	bool is_inferred = false;
	enum err e = read_standings(im->tx, tap, taps, tap[0]->day);

	for (int i = 0; i < taps; i++)
		is_inferred |= tap[i]->is_inferred;
	if (!e && is_inferred)
		e = read_standings(im->tx, tap, taps, tap[0]->day - 1);
	for (int i = 0; i < taps && !e; i++)
		e = find_unit(im, tap[i]);
	return e ? e : read_events(im->tx, tap, taps);
}

static enum err read_days(struct import *im)
{
	struct tap **tap;
	int end, taps = sort_events(im, &tap);
	enum err e = OK;

	for (int from = 0; from < taps && !e; from = end) {
		end = from;
		while (end < taps && tap[end]->day == tap[from]->day)
			end++;
		e = read_day(im, tap + from, end - from);
	}
	return e;
}

/* First in, last out tells nothing of a turn across midnight: its way out is the first tap of the
 * next day. */
static bool is_doubtful(struct import *im, const struct tap *tap)
{
	struct import_line line = {.line = tap->line};

	if (!tap->is_inferred || !tap->is_night)
		return false;
	line.cell[TAP_DIRECTION] = "otomatis";
	org_import_fault(im, &line, TAP_DIRECTION, "night_needs_direction");
	return true;
}

/* Days of closed months that a new tap may change, each once: taps are by person and day. */
static enum err touch_closed(
	struct import *im, const struct tap *tap, const struct tap **touched, int32_t last_closed)
{
	int32_t first, last;
	bool is_closed = false;
	enum err e;

	day_month_bounds(tap->day, &first, &last);
	if (last_closed == DAY_NONE || first > last_closed ||
		(*touched && (*touched)->employee.v == tap->employee.v &&
			(*touched)->day == tap->day))
		return OK;
	*touched = tap;
	e = attendance_load_is_closed(im->tx, tap->unit, tap->day, &is_closed);
	if (!e)
		org_import_touch_closed(im, is_closed);
	return e;
}

static enum err stage_tap(struct import *im, const struct tap *tap)
{
	org_import_count(im, tap->is_known ? IMPORT_UNCHANGED : IMPORT_CREATE);
	if (tap->is_known)
		return OK;
	return org_import_stage(
		im, &(struct import_staged){IMPORT_CREATE, tap->employee.v,
			    {tap->day, direction_of(tap), tap->at, half(&tap->id, 0),
				    half(&tap->id, 8), tap->unit.v},
			    {tap->machine}});
}

static enum err end_punches(struct import *im)
{
	struct punches_state *s = im->state;
	const struct tap *touched = NULL;
	int32_t last_closed;
	enum err e;

	attendance_order_taps(s->tap, s->taps);
	if ((e = read_days(im)) || (e = attendance_load_last_closed(im->tx, &last_closed)))
		return e;
	for (int i = 0; i < s->taps && !e; i++) {
		const struct tap *tap = &s->tap[i];

		if (tap->is_dropped || is_doubtful(im, tap))
			continue;
		if (!tap->is_known)
			e = touch_closed(im, tap, &touched, last_closed);
		if (!e)
			e = stage_tap(im, tap);
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

	put_number(put_number(punch.event_id.b, row->i[3], 8), row->i[4], 8);
	return punch;
}

/* Days that are to be folded again: each person's while they are few, else all from the first. */
struct marking {
	int32_t first, last, today;
	int people, units;
	bool is_wide;
	struct org_map arrived; /* "unit day" met already */
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
	const char *key = arena_printf(tx->arena, "%lld %d", (long long)unit.v, day);
	bool is_new = false;
	enum err e;

	if (!unit.v || !org_map_add(&m->arrived, key, 0))
		return OK;
	e = attendance_add_arrived(tx, unit, day, import_id, &is_new);
	if (e || !is_new)
		return e;
	if (++m->units > MARK_UNITS)
		m->is_wide = true;
	else
		changes_add(tx->changes, CHANGE_UNIT, unit.v, day);
	return OK;
}

/* Rows that the journal got meanwhile from another file stay as they are. */
static enum err apply_page(struct tx *tx, const struct import_apply *apply, struct marking *m,
	const struct import_staged *row, int rows)
{
	struct employee_id *who = ARENA_ARRAY(tx->arena, (size_t)rows, struct employee_id);
	struct punch *punch = ARENA_ARRAY(tx->arena, (size_t)rows, struct punch);
	enum err e;

	for (int i = 0; i < rows; i++) {
		who[i].v = row[i].subject;
		punch[i] = make_punch(tx, &row[i]);
	}
	e = attendance_add_journal_rows(tx, who, punch, rows);
	for (int i = 0; i < rows && !e; i++) {
		if (i && who[i - 1].v == who[i].v && punch[i - 1].punch_day == punch[i].punch_day)
			continue;
		mark_person(tx, m, who[i], punch[i].punch_day);
		e = mark_unit(
			tx, m, apply->import_id, (struct unit_id){row[i].i[5]}, punch[i].punch_day);
	}
	return e;
}

static enum err apply_punches(struct tx *tx, const struct import_apply *apply)
{
	struct import_staged *row = ARENA_ARRAY(tx->arena, PAGE_ROWS, struct import_staged);
	struct marking m = {.first = DAY_FOREVER, .today = apply->today};
	int64_t after = 0;
	int count = 0;
	enum err e;

	org_map_init(&m.arrived, tx->arena, PAGE_ROWS);
	do {
		e = org_import_list_staged(
			tx, apply->import_id, after, row, PAGE_ROWS, &count, &after);
		if (!e && count)
			e = apply_page(tx, apply, &m, row, count);
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
