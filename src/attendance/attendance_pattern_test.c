/*
 * A day under every work pattern: nights, turns, six days, part time, dynamic hours, a floating
 * start, breaks, assemblies, and a table that changed after somebody had come.
 *
 * Perpres 21/2023 art. 4 (hours, breaks, Ramadan, local zone) and 7 (patterns of their own);
 * PermenPANRB 4/2025 art. 17 (sif, dinamis); PermenPANRB 6/2018 art. 3-4 (made up the same day);
 * KepmenPANRB 16/2025 (part time); Keppres 41/1987 (zones).
 */
#include "attendance/attendance_int.h"

#include "attendance/attendance_test_time.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

static const struct slice *const slices[] = {
	&org_slice, &calendar_slice, &policy_slice, &roster_slice, &attendance_slice, &trust_slice};

#define HM(hour, minute) ((hour)*60 + (minute))

/* "2026-01-01 07:15" in WIB; "" none. */
static int64_t when(const char *text)
{
	char full[40];
	int64_t instant;

	if (!*text)
		return NO_INSTANT;
	snprintf(full, sizeof(full), "%.10sT%s:00+07:00", text, text + 11);
	if (!instant_parse(full, &instant))
		fail_msg("not an instant: %s", text);
	return instant;
}

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

/* ---- the office ---- */

struct office {
	struct test_store s;
	struct unit_id agency, ward, school, samsat, east;
	struct pattern_id five, six, part, dynamic;
	int morning, afternoon, night, free;
	int people;
	uint64_t events;
};

static struct unit_id add_unit(struct office *o, const char *code, struct unit_id parent)
{
	struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = UNIT_SECTION,
		.valid_to = DAY_FOREVER};
	struct unit_id id;

	must(org_add_unit(&o->s.tx, &row, &id));
	return id;
}

static struct pattern_id add_week(
	struct office *o, const char *code, int days, struct shift usual, struct shift friday)
{
	struct pattern_day_row day[7];
	struct pattern_id id;
	const struct pattern_row row = {.code = code,
		.name = code,
		.legal_basis = "contoh",
		.verified_by = "",
		.cycle_days = 7,
		.anchor_day = day_of("2024-01-01"),
		.valid_to = DAY_FOREVER};

	for (int i = 0; i < days; i++)
		day[i] = (struct pattern_day_row){REGIME_NORMAL, i, i == 4 ? friday : usual};
	must(calendar_add_pattern(&o->s.tx, &row, day, days, &id));
	return id;
}

static int add_kind(struct office *o, const char *code, int starts, int ends)
{
	int no = 0;

	must(calendar_add_turn_kind(&o->s.tx,
		&(struct turn_kind_row){.unit = o->ward,
			.code = code,
			.name = code,
			.legal_basis = "contoh",
			.verified_by = "",
			.shift = {starts, ends, MINUTE_OFF, MINUTE_OFF},
			.valid_to = DAY_FOREVER},
		&no));
	return no;
}

static void add_patterns(struct office *o)
{
	const struct shift short_day = {HM(8, 0), HM(12, 0), MINUTE_OFF, MINUTE_OFF};

	must(calendar_add_default(&o->s.tx, &o->five));
	o->six = add_week(o, "6HARI", 6, (struct shift){HM(7, 0), HM(14, 0), HM(12, 0), HM(12, 30)},
		(struct shift){HM(7, 0), HM(11, 30), MINUTE_OFF, MINUTE_OFF});
	o->part = add_week(o, "PW-4JAM", 5, short_day, short_day);
	o->dynamic = add_week(o, "DINAMIS", 5,
		(struct shift){HM(6, 0), HM(20, 0), MINUTE_OFF, MINUTE_OFF, .asked_minutes = 450},
		(struct shift){HM(6, 0), HM(20, 0), MINUTE_OFF, MINUTE_OFF, .asked_minutes = 450});
	o->morning = add_kind(o, "P", HM(7, 0), HM(14, 0));
	o->afternoon = add_kind(o, "S", HM(14, 0), HM(21, 0));
	o->night = add_kind(o, "M", HM(20, 45), HM(31, 15));
	o->free = add_kind(o, "L", MINUTE_OFF, MINUTE_OFF);
}

static void open_office(struct office *o, const char *now)
{
	struct org_site site = {.name = "Kantor",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct site_id id;

	memset(o, 0, sizeof(*o));
	test_store_open(&o->s, slices, COUNT_OF(slices), when(now));
	o->agency = site.unit = add_unit(o, "DINKES", (struct unit_id){0});
	must(org_add_site(&o->s.tx, &site, &id));
	o->ward = add_unit(o, "RS-MELATI", o->agency);
	o->school = add_unit(o, "SMAN1", o->agency);
	o->samsat = add_unit(o, "SAMSAT", o->agency);
	o->east = site.unit = add_unit(o, "PENGHUBUNG", (struct unit_id){0});
	site.zone = ZONE_WITA;
	must(org_add_site(&o->s.tx, &site, &id));
	add_patterns(o);
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static struct employee_id add_person(struct office *o, struct unit_id unit)
{
	char nip[19];
	struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = true};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + o->people++);
	must(org_add_employee(&o->s.tx, &row, day_of("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, unit, "Pelaksana", PELAKSANA, "SK", day_of("2025-01-01")));
	return id;
}

static void assign(struct office *o, struct employee_id who, struct unit_id unit,
	struct pattern_id pattern, const char *from)
{
	must(calendar_assign(&o->s.tx, who, unit, pattern, 0, day_of(from), DAY_FOREVER));
}

static void turn(struct office *o, struct employee_id who, const char *day, int first, int second)
{
	int kinds[1][TURNS_MAX] = {{first, second}};

	must(calendar_set_turns(&o->s.tx, &(struct turn_line){who, day_of(day), 1, kinds}, who));
}

static void set_now(struct office *o, const char *now)
{
	o->s.tx.now_ms = when(now);
}

static void punch(
	struct office *o, struct employee_id who, enum direction direction, const char *instant)
{
	struct punch p = {.punch_id = id_next(),
		.direction = direction,
		.received_at = when(instant),
		.phone_at = when(instant),
		.offset_ms = NO_INSTANT,
		.point = {LAT_E7, LON_E7},
		.accuracy_metres = 10,
		.note = "",
		.punch_day = instant_day(when(instant), ZONE_WIB)};
	enum receipt_status status;

	p.event_id.b[15] = (uint8_t)++o->events;
	p.event_id.b[6] = 0x70;
	set_now(o, instant);
	must(attendance_add_punch(&o->s.tx, who, &p, &status));
	assert_int_equal(status, RECEIPT_ACCEPTED);
	test_store_project(&o->s);
}

static struct attendance_day load(struct office *o, struct employee_id who, const char *day)
{
	struct attendance_day row = {0};

	must(attendance_load_day(&o->s.tx, who, day_of(day), &row));
	return row;
}

static struct attendance_day settle(
	struct office *o, struct employee_id who, const char *day, const char *now)
{
	struct attendance_day row;

	set_now(o, now);
	must(attendance_refold(&o->s.tx, who, day_of(day)));
	/* a day of the past in which nobody was seen has a row once it was open */
	if (attendance_load_day(&o->s.tx, who, day_of(day), &row) == E_NOT_FOUND) {
		must(attendance_add_opened(&o->s.tx, day_of(day)));
		must(attendance_refold(&o->s.tx, who, day_of(day)));
	}
	return load(o, who, day);
}

/* When all of it is over and settled, nothing is left for a rebuild to say. */
static void assert_rebuilt(struct office *o, const char *from, const char *to)
{
	int64_t wrong = 0;

	test_store_project(&o->s);
	o->s.tx.now_ms = instant_of(day_of(to) + 3, 0, ZONE_WIB);
	for (int32_t day = day_of(from); day <= day_of(to); day++) {
		struct employee_id last = {0};

		must(attendance_settle_day(&o->s.tx, day, last, 500, &last));
	}
	must(attendance_rebuild(&o->s.tx, day_of(from), day_of(to), &wrong));
	assert_int_equal(wrong, 0);
}

static void end_batch(struct office *o)
{
	test_store_project(&o->s);
}

/* ---- one day each ---- */

enum follows { FIVE, SIX, PART, DYNAMIC, EAST, RAMADAN, BAND };

static void test_one_day_each(void **state)
{
	static const struct {
		const char *what;
		enum follows follows;
		const char *day, *in, *out, *now;
		enum day_state state;
		int late, made_up, early, worked, flags, basis;
	} cases[] = {
		{"art. 7: a six-day teacher works on Saturday", SIX, "2025-11-15",
			"2025-11-15 06:55", "2025-11-15 14:02", "2025-11-15 15:00", DAY_COMPLETE, 0,
			0, 0, 390, 0, 0},
		{"art. 3: an office of five days does not", FIVE, "2025-11-15", "2025-11-15 06:55",
			"2025-11-15 14:02", "2025-11-15 15:00", DAY_OFF_WORK, 0, 0, 0, 0, 0, 0},
		{"a part-timer's four hours are a whole day", PART, "2025-11-13",
			"2025-11-13 07:58", "2025-11-13 12:00", "2025-11-13 13:00", DAY_COMPLETE, 0,
			0, 0, 240, 0, 0},
		{"a part-timer who left after three", PART, "2025-11-13", "2025-11-13 08:00",
			"2025-11-13 11:00", "2025-11-13 13:00", DAY_COMPLETE, 0, 0, 60, 180,
			DAY_EARLY, 0},
		{"art. 4(5): 90 minutes of rest on a Friday", FIVE, "2025-11-14",
			"2025-11-14 07:30", "2025-11-14 16:30", "2025-11-14 17:00", DAY_COMPLETE, 0,
			0, 0, 450, 0, 0},
		{"art. 4(4), (6): the first day of Ramadan", RAMADAN, "2026-02-19",
			"2026-02-19 07:59", "2026-02-19 15:00", "2026-02-19 16:00", DAY_COMPLETE, 0,
			0, 0, 390, 0, 0},
		{"art. 4(4): late by Ramadan's start", RAMADAN, "2026-02-19", "2026-02-19 08:10",
			"2026-02-19 15:00", "2026-02-19 16:00", DAY_COMPLETE, 10, 0, 0, 380,
			DAY_LATE, 0},
		{"art. 4(3): WITA begins an hour earlier by the clock of WIB", EAST, "2025-11-13",
			"2025-11-13 06:30", "2025-11-13 15:00", "2025-11-13 16:00", DAY_COMPLETE, 0,
			0, 0, 450, 0, 0},
		{"and 07.00 WIB is 08.00 there", EAST, "2025-11-13", "2025-11-13 07:00",
			"2025-11-13 15:00", "2025-11-13 16:00", DAY_COMPLETE, 30, 0, 0, 420,
			DAY_LATE, 0},
		{"art. 17 b: dynamic hours have no start to miss", DYNAMIC, "2025-11-13",
			"2025-11-13 10:15", "2025-11-13 17:45", "2025-11-13 18:00", DAY_COMPLETE, 0,
			0, 0, 450, 0, 0},
		{"art. 17 b: what is wanting to the sum", DYNAMIC, "2025-11-13", "2025-11-13 10:15",
			"2025-11-13 17:00", "2025-11-13 18:00", DAY_COMPLETE, 0, 0, 45, 405,
			DAY_EARLY, 0},
		{"6/2018: within the band nothing is late yet", BAND, "2025-11-13",
			"2025-11-13 07:50", "", "2025-11-13 12:00", DAY_PRESENT, 20, 0, 0, 0, 0, 0},
		{"6/2018: made up at the end of the day", BAND, "2025-11-13", "2025-11-13 07:50",
			"2025-11-13 16:20", "2025-11-13 17:00", DAY_COMPLETE, 20, 20, 0, 430, 0,
			BASIS_MADE_UP},
		{"6/2018: made up in part", BAND, "2025-11-13", "2025-11-13 07:50",
			"2025-11-13 16:05", "2025-11-13 17:00", DAY_COMPLETE, 20, 5, 0, 430,
			DAY_LATE, BASIS_MADE_UP},
		{"6/2018: not made up", BAND, "2025-11-13", "2025-11-13 07:50", "2025-11-13 16:00",
			"2025-11-13 17:00", DAY_COMPLETE, 20, 0, 0, 430, DAY_LATE, 0},
		{"6/2018: beyond the band nothing is made up", BAND, "2025-11-13",
			"2025-11-13 08:01", "2025-11-13 17:00", "2025-11-13 17:00", DAY_COMPLETE,
			31, 0, 0, 419, DAY_LATE, 0},
		{"6/2018: no way out by the end of the day", BAND, "2025-11-13", "2025-11-13 07:50",
			"", "2025-11-14 05:00", DAY_PRESENT, 20, 0, 0, 0, DAY_LATE | DAY_NO_OUT, 0},
		{"who came earlier may leave as much earlier", BAND, "2025-11-13",
			"2025-11-13 07:10", "2025-11-13 15:40", "2025-11-13 17:00", DAY_COMPLETE, 0,
			0, 0, 430, 0, 0},
		{"but no more than the band", BAND, "2025-11-13", "2025-11-13 06:30",
			"2025-11-13 15:20", "2025-11-13 17:00", DAY_COMPLETE, 0, 0, 10, 410,
			DAY_EARLY, 0},
	};
	struct office o;

	(void)state;
	open_office(&o, "2025-11-01 08:00");
	must(calendar_set_regime(&o.s.tx, REGIME_RAMADAN, day_of("2026-02-19"),
		day_of("2026-03-20"), "Sidang isbat 17 Februari 2026"));
	must(calendar_add_band(&o.s.tx,
		&(struct band_row){.unit = o.samsat,
			.before_minutes = 30,
			.after_minutes = 30,
			.legal_basis = "PermenPANRB 6/2018",
			.verified_by = "",
			.valid_to = DAY_FOREVER},
		&(int64_t){0}));
	assign(&o, (struct employee_id){0}, o.school, o.six, "2025-01-01");
	end_batch(&o);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct unit_id unit = cases[i].follows == SIX    ? o.school
				      : cases[i].follows == EAST ? o.east
				      : cases[i].follows == BAND ? o.samsat
								 : o.agency;
		struct employee_id who;
		struct attendance_day row;

		print_message("%s\n", cases[i].what);
		set_now(&o, "2025-11-01 08:00");
		who = add_person(&o, unit);
		if (cases[i].follows == PART || cases[i].follows == DYNAMIC)
			assign(&o, who, (struct unit_id){0},
				cases[i].follows == PART ? o.part : o.dynamic, "2025-01-01");
		end_batch(&o);
		punch(&o, who, IN, cases[i].in);
		if (*cases[i].out)
			punch(&o, who, OUT, cases[i].out);
		row = settle(&o, who, cases[i].day, cases[i].now);
		assert_int_equal(row.state, cases[i].state);
		assert_int_equal(row.late_minutes, cases[i].late);
		assert_int_equal(row.made_up_minutes, cases[i].made_up);
		assert_int_equal(row.early_minutes, cases[i].early);
		assert_int_equal(row.worked_minutes, cases[i].worked);
		assert_int_equal(row.flags, cases[i].flags);
		assert_int_equal(row.basis, cases[i].basis);
	}
	assert_rebuilt(&o, "2025-11-10", "2025-11-16");
	test_store_close(&o.s);
}

/* ---- turns ---- */

static void test_night_nurse(void **state)
{
	static const struct {
		const char *what, *day, *in, *out, *next;
		int late, early, worked;
	} cases[] = {
		{"20.45 to 07.15 is one day", "2025-11-12", "2025-11-12 20:40", "2025-11-13 07:20",
			"2025-11-13", 0, 0, 630},
		{"five minutes late and ten early", "2025-11-18", "2025-11-18 20:50",
			"2025-11-19 07:05", "2025-11-19", 5, 10, 615},
		{"New Year's night is not stopped by the holiday", "2025-12-31", "2025-12-31 20:44",
			"2026-01-01 07:15", "2026-01-01", 0, 0, 630},
	};
	struct office o;

	(void)state;
	open_office(&o, "2025-11-01 08:00");
	must(calendar_set_holiday(&o.s.tx, day_of("2026-01-01"), HOLIDAY_NATIONAL,
		"Tahun Baru 2026 Masehi", "SKB 1497/2025"));
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct employee_id nurse;
		struct attendance_day row;

		print_message("%s\n", cases[i].what);
		set_now(&o, "2025-11-01 08:00");
		nurse = add_person(&o, o.ward);
		turn(&o, nurse, cases[i].day, o.night, 0);
		turn(&o, nurse, cases[i].next, o.free, 0);
		end_batch(&o);
		punch(&o, nurse, IN, cases[i].in);
		punch(&o, nurse, OUT, cases[i].out);
		row = load(&o, nurse, cases[i].day);
		assert_int_equal(row.state, DAY_COMPLETE);
		assert_int_equal(row.late_minutes, cases[i].late);
		assert_int_equal(row.early_minutes, cases[i].early);
		assert_int_equal(row.worked_minutes, cases[i].worked);
		row = load(&o, nurse, cases[i].next); /* free after it */
		assert_int_equal(row.state, DAY_OFF_WORK);
		assert_int_equal(row.out_at, NO_INSTANT);
	}
	assert_rebuilt(&o, "2025-11-10", "2025-11-20");
	test_store_close(&o.s);
}

/* A morning and the night of the same day: each is come to and left. */
static void test_two_turns_a_day(void **state)
{
	static const struct {
		const char *what;
		const char *punch[4]; /* in, out, in, out; "" none */
		const char *now;
		enum day_state state;
		int late, early, worked, flags;
	} cases[] = {
		{"both whole",
			{"2025-11-12 06:55", "2025-11-12 14:05", "2025-11-12 20:40",
				"2025-11-13 07:15"},
			"2025-11-13 08:00", DAY_COMPLETE, 0, 0, 1050, 0},
		{"after the first the second is still to come",
			{"2025-11-12 06:55", "2025-11-12 14:05", "", ""}, "2025-11-12 15:00",
			DAY_PRESENT, 0, 0, 0, 0},
		{"late to the second by ten",
			{"2025-11-12 06:55", "2025-11-12 14:05", "2025-11-12 20:55",
				"2025-11-13 07:15"},
			"2025-11-13 08:00", DAY_COMPLETE, 10, 0, 1040, DAY_LATE},
		{"left the first early by thirty",
			{"2025-11-12 07:00", "2025-11-12 13:30", "2025-11-12 20:45",
				"2025-11-13 07:15"},
			"2025-11-13 08:00", DAY_COMPLETE, 0, 30, 1020, DAY_EARLY},
		{"never came to the second: it is wanting whole",
			{"2025-11-12 06:55", "2025-11-12 14:05", "", ""}, "2025-11-14 12:00",
			DAY_COMPLETE, 0, 630, 420, DAY_EARLY},
	};
	struct office o;

	(void)state;
	open_office(&o, "2025-11-01 08:00");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct employee_id nurse;
		struct attendance_day row;

		print_message("%s\n", cases[i].what);
		set_now(&o, "2025-11-01 08:00");
		nurse = add_person(&o, o.ward);
		turn(&o, nurse, "2025-11-12", o.morning, o.night);
		turn(&o, nurse, "2025-11-13", o.free, 0);
		end_batch(&o);
		for (int k = 0; k < 4; k++)
			if (*cases[i].punch[k])
				punch(&o, nurse, k % 2 ? OUT : IN, cases[i].punch[k]);
		row = settle(&o, nurse, "2025-11-12", cases[i].now);
		assert_int_equal(row.state, cases[i].state);
		assert_int_equal(row.late_minutes, cases[i].late);
		assert_int_equal(row.early_minutes, cases[i].early);
		assert_int_equal(row.worked_minutes, cases[i].worked);
		assert_int_equal(row.flags, cases[i].flags);
	}
	test_store_close(&o.s);
}

/* ---- breaks ---- */

static void test_break_is_neither_leave_nor_absence(void **state)
{
	struct office o;
	struct employee_id teacher, clerk;
	struct attendance_day row;
	struct day_view *view;

	(void)state;
	open_office(&o, "2025-11-01 08:00");
	teacher = add_person(&o, o.school);
	clerk = add_person(&o, o.school);
	assign(&o, (struct employee_id){0}, o.school, o.six, "2025-01-01");
	assign(&o, clerk, (struct unit_id){0}, o.five, "2025-01-01");
	must(calendar_add_break(&o.s.tx,
		&(struct break_row){.unit = o.school,
			.pattern = o.six,
			.name = "Libur semester ganjil",
			.source = "Kalender pendidikan 2025/2026",
			.valid_from = day_of("2025-12-22"),
			.valid_to = day_of("2026-01-03")},
		&(int64_t){0}));
	end_batch(&o);
	row = settle(&o, teacher, "2025-12-23", "2025-12-24 12:00");
	assert_int_equal(row.state, DAY_OFF_WORK);
	assert_int_equal(row.mode, MODE_OFF);
	assert_int_equal(row.status, STATUS_NONE);
	assert_int_equal(row.source, SOURCE_CALENDAR);
	view = ARENA_NEW(&o.s.arena, struct day_view);
	must(attendance_view_day(&o.s.tx, teacher, day_of("2025-12-23"), view));
	assert_string_equal(view->ruling.shift_reason.school_break, "Libur semester ganjil");
	assert_string_equal(
		view->ruling.shift_reason.school_break_source, "Kalender pendidikan 2025/2026");
	/* the administration follows another pattern and works on */
	row = settle(&o, clerk, "2025-12-23", "2025-12-24 12:00");
	assert_int_equal(row.state, DAY_ABSENT);
	/* a turn of watch beats the break */
	set_now(&o, "2025-12-20 08:00");
	turn(&o, teacher, "2025-12-24", o.morning, 0);
	end_batch(&o);
	row = settle(&o, teacher, "2025-12-24", "2025-12-25 12:00");
	assert_int_equal(row.state, DAY_ABSENT);
	test_store_close(&o.s);
}

/* ---- a table that changes after people have come ---- */

/* Late by the old table, in time by the new one; and the day says so, also when rebuilt. */
static void test_ramadan_moved_after_people_had_come(void **state)
{
	struct office o;
	struct employee_id early, late, none;
	struct attendance_day row;
	struct day_view *view;

	(void)state;
	open_office(&o, "2025-02-01 08:00");
	must(calendar_set_regime(
		&o.s.tx, REGIME_RAMADAN, day_of("2025-03-02"), day_of("2025-03-31"), "Perkiraan"));
	early = add_person(&o, o.agency);
	late = add_person(&o, o.agency);
	none = add_person(&o, o.agency);
	end_batch(&o);
	punch(&o, early, IN, "2025-02-28 07:50");
	assert_int_equal(load(&o, early, "2025-02-28").late_minutes, 20);
	assert_int_equal(load(&o, early, "2025-02-28").basis, 0);
	/* the decision comes that morning: fasting began on that day */
	set_now(&o, "2025-02-28 09:00");
	must(calendar_set_regime(&o.s.tx, REGIME_RAMADAN, day_of("2025-02-28"),
		day_of("2025-03-29"), "Sidang isbat"));
	end_batch(&o);
	row = settle(&o, early, "2025-02-28", "2025-02-28 09:01");
	assert_int_equal(row.late_minutes, 0);
	assert_int_equal(row.starts, HM(8, 0));
	assert_int_equal(row.basis, BASIS_REJUDGED);
	view = ARENA_NEW(&o.s.arena, struct day_view);
	must(attendance_view_day(&o.s.tx, early, day_of("2025-02-28"), view));
	assert_int_equal(view->ruling.shift_reason.was.starts, HM(7, 30));
	assert_int_equal(view->ruling.shift_reason.was.ends, HM(16, 30)); /* a Friday */
	assert_int_equal(view->ruling.shift_reason.changed_at, when("2025-02-28 09:00"));
	assert_true(attendance_compute_reasons(&view->row, NULL, NULL, 0, NULL, 0) &
		    1 << REASON_REJUDGED);
	/* who came after the change was never judged by the old table */
	punch(&o, late, IN, "2025-02-28 09:30");
	assert_int_equal(load(&o, late, "2025-02-28").late_minutes, 90);
	assert_int_equal(load(&o, late, "2025-02-28").basis, 0);
	row = settle(&o, none, "2025-02-28", "2025-03-01 12:00");
	assert_int_equal(row.basis, 0);
	assert_rebuilt(&o, "2025-02-27", "2025-03-01");
	test_store_close(&o.s);
}

/* Said on the eve, nobody had come yet: judged once, by the new table. */
static void test_ramadan_moved_on_the_eve(void **state)
{
	struct office o;
	struct employee_id who;
	struct attendance_day row;

	(void)state;
	open_office(&o, "2025-02-01 08:00");
	who = add_person(&o, o.agency);
	must(calendar_set_regime(
		&o.s.tx, REGIME_RAMADAN, day_of("2025-03-04"), day_of("2025-04-02"), "Perkiraan"));
	end_batch(&o);
	set_now(&o, "2025-03-02 19:30");
	must(calendar_set_regime(&o.s.tx, REGIME_RAMADAN, day_of("2025-03-03"),
		day_of("2025-04-01"), "Sidang isbat"));
	end_batch(&o);
	punch(&o, who, IN, "2025-03-03 07:55");
	row = load(&o, who, "2025-03-03");
	assert_int_equal(row.late_minutes, 0);
	assert_int_equal(row.starts, HM(8, 0));
	assert_int_equal(row.basis, 0);
	test_store_close(&o.s);
}

static void test_own_hours_fold_his_days_again(void **state)
{
	struct office o;
	struct employee_id who;
	struct attendance_day row;

	(void)state;
	open_office(&o, "2025-11-01 08:00");
	who = add_person(&o, o.ward);
	end_batch(&o);
	punch(&o, who, IN, "2025-11-12 07:55");
	punch(&o, who, OUT, "2025-11-12 12:02");
	punch(&o, who, IN, "2025-11-13 07:40");
	assert_int_equal(load(&o, who, "2025-11-12").late_minutes, 25);
	set_now(&o, "2025-11-13 10:00");
	/* four hours from the day before on: both days are judged again, and say so */
	assign(&o, who, (struct unit_id){0}, o.part, "2025-11-12");
	end_batch(&o);
	row = load(&o, who, "2025-11-12");
	assert_int_equal(row.late_minutes, 0);
	assert_int_equal(row.early_minutes, 0);
	assert_int_equal(row.basis, BASIS_REJUDGED);
	row = load(&o, who, "2025-11-13");
	assert_int_equal(row.ends, HM(12, 0));
	assert_int_equal(row.basis, BASIS_REJUDGED);
	/* a turn set after he had come */
	set_now(&o, "2025-11-13 11:00");
	turn(&o, who, "2025-11-13", o.morning, 0);
	end_batch(&o);
	row = load(&o, who, "2025-11-13");
	assert_int_equal(row.starts, HM(7, 0));
	assert_int_equal(row.late_minutes, 40);
	assert_int_equal(row.basis, BASIS_REJUDGED);
	/* and taken back: the pattern holds again */
	set_now(&o, "2025-11-13 11:30");
	turn(&o, who, "2025-11-13", 0, 0);
	end_batch(&o);
	row = load(&o, who, "2025-11-13");
	assert_int_equal(row.starts, HM(8, 0));
	assert_int_equal(row.late_minutes, 0);
	assert_rebuilt(&o, "2025-11-12", "2025-11-13");
	test_store_close(&o.s);
}

/* ---- assemblies ---- */

static void test_assembly_is_judged_beside_the_day(void **state)
{
	enum who { OFFICE, TURN, LEAVE, DUTY, SCHOOL };
	static const struct {
		const char *what;
		enum who who;
		const char *in, *now;
		enum event_verdict verdict;
		int minutes, late;
	} cases[] = {
		{"still to come", OFFICE, "", "2025-11-17 07:00", EVENT_EXPECTED, 0, 0},
		{"there when it begins", OFFICE, "2025-11-17 07:15", "2025-11-17 09:00",
			EVENT_PRESENT, 0, 0},
		{"late for it, in time for work", OFFICE, "2025-11-17 07:25", "2025-11-17 09:00",
			EVENT_LATE, 10, 0},
		{"came when it was over", OFFICE, "2025-11-17 08:20", "2025-11-17 09:00",
			EVENT_ABSENT, 0, 50},
		{"never came", OFFICE, "", "2025-11-18 12:00", EVENT_ABSENT, 0, 0},
		{"a letter excuses who works in turns", TURN, "", "2025-11-17 09:00", EVENT_SHIFT,
			0, 0},
		{"leave excuses", LEAVE, "", "2025-11-17 09:00", EVENT_LEAVE, 0, 0},
		{"duty outside excuses", DUTY, "", "2025-11-17 09:00", EVENT_DUTY, 0, 0},
		{"other units are not called", SCHOOL, "", "2025-11-18 12:00", EVENT_NONE, 0, 0},
	};
	struct office o;
	struct unit_id called[2];

	(void)state;
	open_office(&o, "2025-11-01 08:00");
	called[0] = o.ward;
	called[1] = o.samsat;
	must(calendar_add_event(&o.s.tx,
		&(struct calendar_event){.name = "Apel pagi",
			.place = "Halaman kantor",
			.letter = "005/1/2025",
			.site_unit = o.agency,
			.day = day_of("2025-11-17"),
			.opens = HM(6, 30),
			.starts = HM(7, 15),
			.closes = HM(8, 15),
			.excuses = EXCUSE_SHIFT | EXCUSE_OFF,
			.unit = called,
			.units = 2},
		(struct employee_id){0}, &(int64_t){0}));
	end_batch(&o);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct employee_id who;
		struct attendance_day row;

		print_message("%s\n", cases[i].what);
		set_now(&o, "2025-11-01 08:00");
		who = add_person(&o, cases[i].who == SCHOOL ? o.school : o.ward);
		if (cases[i].who == TURN)
			turn(&o, who, "2025-11-17", o.afternoon, 0);
		if (cases[i].who == LEAVE || cases[i].who == DUTY)
			must(org_set_status(&o.s.tx, who,
				cases[i].who == LEAVE ? STATUS_ANNUAL_LEAVE : STATUS_OUTSIDE_DUTY,
				day_of("2025-11-17"), day_of("2025-11-17"), "1"));
		end_batch(&o);
		if (*cases[i].in)
			punch(&o, who, IN, cases[i].in);
		row = settle(&o, who, "2025-11-17", cases[i].now);
		assert_int_equal(row.event, cases[i].verdict);
		assert_int_equal(row.event_minutes, cases[i].minutes);
		assert_int_equal(row.late_minutes, cases[i].late);
	}
	assert_rebuilt(&o, "2025-11-17", "2025-11-17");
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_one_day_each),
		cmocka_unit_test(test_night_nurse),
		cmocka_unit_test(test_two_turns_a_day),
		cmocka_unit_test(test_break_is_neither_leave_nor_absence),
		cmocka_unit_test(test_ramadan_moved_after_people_had_come),
		cmocka_unit_test(test_ramadan_moved_on_the_eve),
		cmocka_unit_test(test_own_hours_fold_his_days_again),
		cmocka_unit_test(test_assembly_is_judged_beside_the_day),
	};
	return TEST_STORE_RUN(stored);
}
