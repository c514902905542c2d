/*
 * Working time as the law has it, read back through the store.
 *
 * Perpres 21/2023 art. 3 (five days), 4(1)-(6) (hours, start, breaks, Ramadan), 7 (units with
 * patterns of their own); the joint decrees on holidays; Keppres 41/1987 (zones).
 */
#include "calendar/calendar_int.h"

#include "base/str.h"
#include "org/org.h"
#include "platform/assets.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &trust_slice};

/* Agency 10 with unit 20 and, below it, unit 30; agency 40 beside it. */
static struct org_unit units[] = {
	{.id = {10}, .agency = {10}, .path = "/10/", .valid_to = DAY_FOREVER},
	{.id = {20}, .parent = {10}, .agency = {10}, .path = "/10/20/", .valid_to = DAY_FOREVER},
	{.id = {30}, .parent = {20}, .agency = {10}, .path = "/10/20/30/", .valid_to = DAY_FOREVER},
	{.id = {40}, .agency = {40}, .path = "/40/", .valid_to = DAY_FOREVER},
};
static const struct org_tree tree = {.unit = units, .units = COUNT_OF(units), .zone = ZONE_WIB};

static const struct personal_pattern nobody = {0};

static int32_t day(const char *s)
{
	int32_t d;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

static int minute(const char *s)
{
	int m = MINUTE_OFF;
	if (*s && !minute_parse(s, &m))
		fail_msg("not a minute: %s", s);
	return m;
}

static void assert_shift_of(const char *what, struct shift s, const char *starts, const char *ends,
	const char *break_starts, const char *break_ends)
{
	const struct shift expected = {
		minute(starts), minute(ends), minute(break_starts), minute(break_ends)};
	if (s.starts != expected.starts || s.ends != expected.ends ||
		s.break_starts != expected.break_starts || s.break_ends != expected.break_ends)
		fail_msg("%s: %d-%d, rest %d-%d", what, s.starts, s.ends, s.break_starts,
			s.break_ends);
}

static void assert_shift(struct shift s, const char *starts, const char *ends,
	const char *break_starts, const char *break_ends)
{
	assert_shift_of("shift", s, starts, ends, break_starts, break_ends);
}

static void assert_off(struct shift s)
{
	assert_int_equal(s.starts, MINUTE_OFF);
}

static const struct calendar *load(struct test_store *s)
{
	const struct calendar *c;
	assert_int_equal(calendar_load(&s->tx, &s->arena, &c), OK);
	return c;
}

static struct shift shift_at(
	const struct calendar *c, int64_t unit, struct personal_pattern personal, const char *d)
{
	struct shift_reason why;
	return calendar_shift(c, &tree, (struct unit_id){unit}, personal, day(d), &why);
}

static struct pattern_id add_default(struct test_store *s)
{
	struct pattern_id id;
	assert_int_equal(calendar_add_default(&s->tx, &id), OK);
	return id;
}

static void set_ramadan_2026(struct test_store *s)
{
	assert_int_equal(calendar_set_regime(&s->tx, REGIME_RAMADAN, day("2026-02-19"),
				 day("2026-03-20"), "Sidang isbat 17 Feb 2026"),
		OK);
}

/* --- Perpres 21/2023 --- */

static void test_default_pattern_tables(void **state)
{
	(void)state;
	static const struct {
		const char *article, *day, *starts, *ends, *break_starts, *break_ends;
	} cases[] = {
		{"3, 4(3), 4(5): Monday", "2025-11-10", "07:30", "16:00", "12:00", "13:00"},
		{"4(5): Thursday", "2025-11-13", "07:30", "16:00", "12:00", "13:00"},
		{"4(5): Friday rests 90 minutes", "2025-11-14", "07:30", "16:30", "11:30", "13:00"},
		{"3: Saturday", "2025-11-15", "", "", "", ""},
		{"3: Sunday", "2025-11-16", "", "", "", ""},
		{"4(4): the day before Ramadan", "2026-02-18", "07:30", "16:00", "12:00", "13:00"},
		{"4(4), 4(6): first day of Ramadan", "2026-02-19", "08:00", "15:00", "12:00",
			"12:30"},
		{"4(6): Friday in Ramadan rests 60 minutes", "2026-02-20", "08:00", "15:30",
			"11:30", "12:30"},
		{"3: Saturday in Ramadan", "2026-02-21", "", "", "", ""},
		{"4(4): last Friday of Ramadan", "2026-03-20", "08:00", "15:30", "11:30", "12:30"},
		{"4(3): the week after", "2026-03-23", "07:30", "16:00", "12:00", "13:00"},
		{"before it was in force", "2023-04-11", "", "", "", ""},
		{"its first day, a Wednesday", "2023-04-12", "07:30", "16:00", "12:00", "13:00"},
	};
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	set_ramadan_2026(&s);
	const struct calendar *c = load(&s);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_shift_of(cases[i].article, shift_at(c, 30, nobody, cases[i].day),
			cases[i].starts, cases[i].ends, cases[i].break_starts, cases[i].break_ends);
	}
	test_store_close(&s);
}

static int week_minutes(const struct calendar *c, const char *monday)
{
	int sum = 0;
	for (int i = 0; i < 7; i++) {
		struct shift_reason why;
		struct shift shift = calendar_shift(
			c, &tree, (struct unit_id){10}, nobody, day(monday) + i, &why);
		sum += calendar_working_minutes(&shift, 0, 2880);
	}
	return sum;
}

static void test_weekly_hours(void **state)
{
	(void)state;
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	set_ramadan_2026(&s);
	const struct calendar *c = load(&s);
	assert_int_equal(week_minutes(c, "2025-11-10"), 37 * 60 + 30); /* art. 4(1) */
	assert_int_equal(week_minutes(c, "2026-02-23"), 32 * 60 + 30); /* art. 4(2) */
	test_store_close(&s);
}

static void test_reasons(void **state)
{
	(void)state;
	struct test_store s;
	struct shift_reason why;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	struct pattern_id id = add_default(&s);
	set_ramadan_2026(&s);
	const struct calendar *c = load(&s);
	calendar_shift(c, &tree, (struct unit_id){10}, nobody, day("2026-02-19"), &why);
	assert_int_equal(why.pattern.v, id.v);
	assert_string_equal(why.pattern_code, "5HARI");
	assert_string_equal(why.legal_basis, "Perpres 21/2023 Pasal 3 dan Pasal 4");
	assert_int_equal(why.regime, REGIME_RAMADAN);
	assert_string_equal(why.regime_source, "Sidang isbat 17 Feb 2026");
	assert_null(why.holiday);
	calendar_shift(c, &tree, (struct unit_id){10}, nobody, day("2025-11-13"), &why);
	assert_int_equal(why.regime, REGIME_NORMAL);
	assert_string_equal(why.regime_source, "");
	test_store_close(&s);
}

static void test_ramadan_is_moved_on_the_eve(void **state)
{
	(void)state;
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	set_ramadan_2026(&s);
	/* sidang isbat decides a day earlier: the former statement holds no more */
	assert_int_equal(calendar_set_regime(&s.tx, REGIME_RAMADAN, day("2026-02-18"),
				 day("2026-03-19"), "Sidang isbat"),
		OK);
	const struct calendar *c = load(&s);
	assert_int_equal(c->spans, 2); /* what was said before is ended, not lost */
	assert_int_equal(shift_at(c, 10, nobody, "2026-02-17").starts, minute("07:30"));
	assert_int_equal(shift_at(c, 10, nobody, "2026-02-18").starts, minute("08:00"));
	assert_int_equal(shift_at(c, 10, nobody, "2026-03-20").starts, minute("07:30"));
	/* every day that either statement spoke of was marked */
	int changes;
	const struct change *change = changes_list(s.tx.changes, &changes);
	bool is_marked = false;
	for (int i = 0; i < changes; i++)
		is_marked |= change[i].kind == CHANGE_RANGE && change[i].a == day("2026-02-18") &&
			     change[i].day == day("2026-03-20");
	assert_true(is_marked);
	test_store_close(&s);
}

/* --- other patterns (art. 7) --- */

static struct pattern_id add_pattern(
	struct test_store *s, struct pattern_row row, const struct pattern_day_row *days, int count)
{
	struct pattern_id id;
	row.name = row.code;
	row.legal_basis = "Perpres 21/2023 Pasal 7";
	row.verified_by = "";
	if (row.valid_to == 0)
		row.valid_to = DAY_FOREVER;
	assert_int_equal(calendar_add_pattern(&s->tx, &row, days, count, &id), OK);
	return id;
}

#define HM(hour, minute) ((hour)*60 + (minute))
#define NO_BREAK         MINUTE_OFF, MINUTE_OFF

/* Morning, afternoon, night, free: a ward. The night is 20.45 to 07.15. */
static struct pattern_id add_ward(struct test_store *s)
{
	static const struct pattern_day_row days[] = {
		{REGIME_NORMAL, 0, {HM(7, 0), HM(14, 15), NO_BREAK}},
		{REGIME_NORMAL, 1, {HM(14, 0), HM(21, 0), NO_BREAK}},
		{REGIME_NORMAL, 2, {HM(20, 45), HM(31, 15), NO_BREAK}},
	};
	struct pattern_row row = {.code = "RS-SIF-3",
		.cycle_days = 4,
		.anchor_day = day("2025-11-10"),
		.works_holidays = true};
	return add_pattern(s, row, days, COUNT_OF(days));
}

static struct pattern_id add_six_days(struct test_store *s)
{
	struct pattern_day_row days[6];
	for (int i = 0; i < 6; i++)
		days[i] = (struct pattern_day_row){
			REGIME_NORMAL, i, {HM(7, 0), i < 4 ? HM(14, 0) : HM(13, 0), NO_BREAK}};
	struct pattern_row row = {
		.code = "6HARI", .cycle_days = 7, .anchor_day = day("2024-01-01")};
	return add_pattern(s, row, days, 6);
}

static void test_shift_cycle(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		int offset;
		const char *starts, *ends;
	} cases[] = {
		{"2025-11-10", 0, "07:00", "14:15"}, /* the anchor */
		{"2025-11-11", 0, "14:00", "21:00"}, {"2025-11-12", 0, "20:45", "31:15"},
		{"2025-11-13", 0, "", ""}, {"2025-11-14", 0, "07:00", "14:15"},
		{"2025-11-09", 0, "", ""}, /* before the anchor the cycle runs too */
		{"2025-11-08", 0, "20:45", "31:15"},
		{"2025-11-10", 1, "", ""}, /* one day later than the others */
		{"2025-11-11", 1, "07:00", "14:15"}, {"2025-11-13", 1, "20:45", "31:15"},
		{"2025-11-10", 5, "", ""}, {"2025-11-11", 5, "07:00", "14:15"},
		{"2024-02-29", 0, "07:00", "14:15"}, /* 155 cycles before the anchor */
	};
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	struct pattern_id ward = add_ward(&s);
	const struct calendar *c = load(&s);
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_shift(shift_at(c, 10, (struct personal_pattern){ward, cases[i].offset},
				     cases[i].day),
			cases[i].starts, cases[i].ends, "", "");
	test_store_close(&s);
}

static void test_night_belongs_to_the_day_it_starts(void **state)
{
	(void)state;
	struct test_store s;
	struct shift_reason why;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	struct pattern_id ward = add_ward(&s);
	assert_int_equal(calendar_set_holiday(&s.tx, day("2026-01-01"), HOLIDAY_NATIONAL,
				 "Tahun Baru 2026 Masehi", "SKB 1497/2025"),
		OK);
	const struct calendar *c = load(&s);
	/* New Year's night falls to those who are one day behind the anchor. */
	struct personal_pattern nurse = {ward, 1};
	struct shift night = calendar_shift(
		c, &tree, (struct unit_id){10}, nurse, day("2025-12-31"), &why);
	assert_shift(night, "20:45", "31:15", "", "");
	assert_null(why.holiday);
	/* 07.15 on New Year's Day is minute 31:15 of the day before */
	int64_t end = instant_of(day("2025-12-31"), night.ends, ZONE_WIB);
	assert_int_equal(instant_day(end, ZONE_WIB), day("2026-01-01"));
	assert_int_equal(instant_minute(end, ZONE_WIB), minute("07:15"));
	assert_int_equal(calendar_early_minutes(&night, minute("31:00")), 15);
	assert_int_equal(calendar_early_minutes(&night, minute("31:15")), 0);
	assert_int_equal(calendar_late_minutes(&night, minute("20:50"), 0), 5);
	assert_int_equal(calendar_late_minutes(&night, minute("25:00"), 0), 255); /* 01.00 */
	assert_int_equal(calendar_working_minutes(&night, minute("20:45"), minute("31:15")), 630);
	assert_int_equal(calendar_working_minutes(&night, minute("23:00"), minute("26:00")), 180);
	/* the holiday does not stop a ward, and is named */
	struct personal_pattern colleague = {ward, 0};
	struct shift morning = calendar_shift(
		c, &tree, (struct unit_id){10}, colleague, day("2026-01-01"), &why);
	assert_shift(morning, "07:00", "14:15", "", "");
	assert_string_equal(why.holiday, "Tahun Baru 2026 Masehi");
	assert_string_equal(why.holiday_source, "SKB 1497/2025");
	test_store_close(&s);
}

static void test_six_days_and_holidays(void **state)
{
	(void)state;
	struct test_store s;
	struct shift_reason why;
	enum holiday_kind kind;
	const char *source;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	struct pattern_id six = add_six_days(&s);
	assert_int_equal(calendar_assign(&s.tx, (struct employee_id){0}, (struct unit_id){20}, six,
				 0, day("2024-01-01"), DAY_FOREVER),
		OK);
	assert_int_equal(calendar_set_holiday(&s.tx, day("2025-12-25"), HOLIDAY_NATIONAL,
				 "Hari Raya Natal", "SKB 1017/2024"),
		OK);
	assert_int_equal(calendar_set_holiday(&s.tx, day("2025-12-26"), HOLIDAY_JOINT_LEAVE,
				 "Cuti bersama Natal", "SKB 1017/2024"),
		OK);
	const struct calendar *c = load(&s);
	assert_shift(
		shift_at(c, 20, nobody, "2025-11-15"), "07:00", "13:00", "", ""); /* Saturday */
	assert_off(shift_at(c, 20, nobody, "2025-11-16"));
	assert_off(shift_at(c, 20, nobody, "2025-12-25"));
	assert_off(shift_at(c, 10, nobody, "2025-12-25"));
	assert_off(calendar_shift(c, &tree, (struct unit_id){10}, nobody, day("2025-12-26"), &why));
	assert_string_equal(why.holiday, "Cuti bersama Natal");
	assert_string_equal(why.pattern_code, "5HARI");
	assert_string_equal(
		calendar_holiday(c, &tree, (struct unit_id){10}, day("2025-12-26"), &kind, &source),
		"Cuti bersama Natal");
	assert_int_equal(kind, HOLIDAY_JOINT_LEAVE);
	assert_null(calendar_holiday(
		c, &tree, (struct unit_id){10}, day("2025-12-24"), &kind, &source));
	/* a table without Ramadan goes on as usual */
	assert_int_equal(calendar_set_regime(&s.tx, REGIME_RAMADAN, day("2026-02-19"),
				 day("2026-03-20"), "Sidang isbat"),
		OK);
	c = load(&s);
	assert_shift(
		calendar_shift(c, &tree, (struct unit_id){20}, nobody, day("2026-02-19"), &why),
		"07:00", "14:00", "", "");
	assert_int_equal(why.regime, REGIME_NORMAL);
	test_store_close(&s);
}

static void test_most_specific_pattern_wins(void **state)
{
	(void)state;
	static const struct pattern_day_row four_hours[] = {
		{REGIME_NORMAL, 0, {HM(8, 0), HM(12, 0), NO_BREAK}},
		{REGIME_NORMAL, 1, {HM(8, 0), HM(12, 0), NO_BREAK}},
		{REGIME_NORMAL, 2, {HM(8, 0), HM(12, 0), NO_BREAK}},
		{REGIME_NORMAL, 3, {HM(8, 0), HM(12, 0), NO_BREAK}},
		{REGIME_NORMAL, 4, {HM(8, 0), HM(12, 0), NO_BREAK}}};
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	struct pattern_id six = add_six_days(&s), ward = add_ward(&s);
	struct pattern_id part_time = add_pattern(&s,
		(struct pattern_row){.code = "PW-4JAM",
			.cycle_days = 7,
			.anchor_day = day("2024-01-01"),
			.valid_to = day("2025-12-31")},
		four_hours, COUNT_OF(four_hours));
	assert_int_equal(calendar_assign(&s.tx, (struct employee_id){0}, (struct unit_id){10}, six,
				 0, day("2025-01-01"), DAY_FOREVER),
		OK);
	assert_int_equal(calendar_assign(&s.tx, (struct employee_id){0}, (struct unit_id){30}, ward,
				 0, day("2025-11-01"), day("2025-11-30")),
		OK);
	const struct calendar *c = load(&s);
	static const struct {
		const char *why;
		int64_t unit;
		bool is_part_timer;
		const char *day;
		const char *starts, *ends;
	} cases[] = {
		{"everyone's", 40, false, "2025-11-13", "07:30", "16:00"},
		{"not placed", 0, false, "2025-11-13", "07:30", "16:00"},
		{"the agency's", 10, false, "2025-11-13", "07:00", "14:00"},
		{"inherited from the agency", 20, false, "2025-11-13", "07:00", "14:00"},
		{"the unit's own", 30, false, "2025-11-11", "14:00", "21:00"},
		{"after the unit's own has ended", 30, false, "2025-12-02", "07:00", "14:00"},
		{"before the agency had one", 20, false, "2024-12-03", "07:30", "16:00"},
		{"the person's own", 30, true, "2025-11-11", "08:00", "12:00"},
		{"the person's pattern has ended", 40, true, "2026-01-06", "07:30", "16:00"},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct shift shift = shift_at(c, cases[i].unit,
			cases[i].is_part_timer ? (struct personal_pattern){part_time, 0} : nobody,
			cases[i].day);
		if (shift.starts != minute(cases[i].starts) || shift.ends != minute(cases[i].ends))
			fail_msg("%s: %d-%d", cases[i].why, shift.starts, shift.ends);
	}
	test_store_close(&s);
}

/* --- minutes --- */

static const struct shift thursday = {HM(7, 30), HM(16, 0), HM(12, 0), HM(13, 0)};

static void test_late_by_the_clock_of_the_place(void **state)
{
	(void)state;
	static const struct {
		const char *instant;
		enum zone zone;
		int grace, late;
	} cases[] = {
		{"2025-11-13T00:29:59.999Z", ZONE_WIB, 0, 0},
		{"2025-11-13T00:30:00.000Z", ZONE_WIB, 0, 0},
		{"2025-11-13T00:30:59.999Z", ZONE_WIB, 0, 0}, /* the clock shows 07.30 */
		{"2025-11-13T00:31:00.000Z", ZONE_WIB, 0, 1},
		{"2025-11-13T01:52:37.000Z", ZONE_WIB, 0, 82},
		{"2025-11-13T00:45:00.000Z", ZONE_WIB, 15, 0},
		{"2025-11-13T00:46:00.000Z", ZONE_WIB, 15, 1},
		/* art. 4(3) local zone: an office in WITA of a government in WIB begins an hour
		   earlier */
		{"2025-11-12T23:31:00.000Z", ZONE_WITA, 0, 1},
		{"2025-11-12T23:30:30.000Z", ZONE_WITA, 0, 0},
		{"2025-11-13T00:30:00.000Z", ZONE_WITA, 0, 60},
		{"2025-11-12T22:32:00.000Z", ZONE_WIT, 0, 2},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		int64_t at;
		assert_true(instant_parse(cases[i].instant, &at));
		assert_int_equal(instant_day(at, cases[i].zone), day("2025-11-13"));
		assert_int_equal(calendar_late_minutes(&thursday, instant_minute(at, cases[i].zone),
					 cases[i].grace),
			cases[i].late);
	}
}

static void test_early_and_working_minutes(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
		int worked;
	} cases[] = {
		{"07:30", "16:00", 450},
		{"00:00", "24:00", 450},
		{"07:30", "12:00", 270},
		{"07:30", "12:30", 270},
		{"12:30", "16:00", 180},
		{"12:00", "13:00", 0},
		{"12:15", "12:45", 0},
		{"11:00", "13:30", 90},
		{"13:00", "13:00", 0},
		{"15:00", "14:00", 0},
		{"05:00", "07:00", 0},
		{"17:00", "20:00", 0},
		{"06:00", "08:00", 30},
		{"15:45", "18:00", 15},
	};
	const struct shift off = {MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF};
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(calendar_working_minutes(
					 &thursday, minute(cases[i].from), minute(cases[i].to)),
			cases[i].worked);
	assert_int_equal(calendar_early_minutes(&thursday, minute("15:59")), 1);
	assert_int_equal(calendar_early_minutes(&thursday, minute("16:00")), 0);
	assert_int_equal(calendar_early_minutes(&thursday, minute("18:00")), 0);
	assert_int_equal(calendar_working_minutes(&off, 0, 1440), 0);
	assert_int_equal(calendar_late_minutes(&off, 600, 0), 0);
	assert_int_equal(calendar_early_minutes(&off, 600), 0);
}

/* --- the shipped holidays --- */

static enum holiday_kind kind_of(const char *name)
{
	for (int i = 0; holiday_kind_names[i]; i++)
		if (str_eq(name, holiday_kind_names[i]))
			return (enum holiday_kind)i;
	fail_msg("not a kind of holiday: %s", name);
	return HOLIDAY_LOCAL;
}

static void set_shipped_holidays(struct test_store *s)
{
	const struct asset *file = asset_find("data/holidays.csv");
	assert_non_null(file);
	char *rest = arena_strndup(&s->arena, (const char *)file->bytes, file->size);
	strsep(&rest, "\n");
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n")) {
		const char *date = strsep(&line, ","), *kind = strsep(&line, ","),
			   *name = strsep(&line, ",");
		assert_non_null(line);
		assert_int_equal(
			calendar_set_holiday(&s->tx, day(date), kind_of(kind), name, line), OK);
	}
}

/* Working days of five-day weeks: the joint decrees leave 237 in 2025, 240 in 2026, 242 in 2027. */
static void test_shipped_holidays(void **state)
{
	(void)state;
	static const int expected[] = {237, 240, 242};
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	set_shipped_holidays(&s);
	const struct calendar *c = load(&s);
	for (int year = 2025; year <= 2027; year++) {
		int worked = 0;
		for (int32_t d = day_from_civil(year, 1, 1); d <= day_from_civil(year, 12, 31);
			d++) {
			struct shift_reason why;
			worked += calendar_shift(c, &tree, (struct unit_id){10}, nobody, d, &why)
					  .starts != MINUTE_OFF;
		}
		assert_int_equal(worked, expected[year - 2025]);
	}
	test_store_close(&s);
}

static void test_changes_are_logged_and_caches_renewed(void **state)
{
	(void)state;
	struct test_store s;
	int64_t before, after;
	int leaves;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	assert_int_equal(platform_load_generation(&s.tx, &before), OK);
	struct pattern_id id = add_default(&s);
	assert_int_equal(
		calendar_set_holiday(&s.tx, day("2025-12-25"), HOLIDAY_NATIONAL, "Natal", "SKB"),
		OK);
	assert_int_equal(calendar_set_holiday(&s.tx, day("2025-12-25"), HOLIDAY_NATIONAL,
				 "Hari Raya Natal", "SKB 1017/2024"),
		OK);
	set_ramadan_2026(&s);
	assert_int_equal(calendar_assign(&s.tx, (struct employee_id){5}, (struct unit_id){0}, id, 0,
				 day("2025-11-01"), DAY_FOREVER),
		OK);
	const struct pending_leaf *leaf = changes_leaves(s.tx.changes, &leaves);
	assert_int_equal(leaves,
		6); /* pattern, its assignment, two holidays, regime, a person's assignment */
	for (int i = 0; i < leaves; i++)
		assert_int_equal(leaf[i].kind, LEAF_CALENDAR);
	assert_int_equal(platform_load_generation(&s.tx, &after), OK);
	assert_true(after > before);
	const struct calendar *c = load(&s);
	assert_int_equal(c->holidays, 1); /* the second statement replaced the first */
	assert_string_equal(c->holiday[0].name, "Hari Raya Natal");
	assert_int_equal(c->assignments, 1); /* a person's assignment is not the units' */
	test_store_close(&s);
}

/* A local holiday is of its unit and those below; withdrawn it is a working day that says so. */
static void test_local_holiday(void **state)
{
	(void)state;
	struct test_store s;
	struct shift_reason why;
	int64_t id;

	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_default(&s);
	const struct holiday row = {.unit = {20},
		.day = day("2025-11-14"),
		.kind = HOLIDAY_LOCAL,
		.name = "Hari jadi",
		.source = "003.3/612",
		.issuer = "Bupati",
		.recorded_by = {7}};
	s.tx.now_ms += 60000;
	assert_int_equal(calendar_add_holiday(&s.tx, &row, &id), OK);
	const struct calendar *c = load(&s);
	assert_off(shift_at(c, 20, nobody, "2025-11-14"));
	assert_off(shift_at(c, 30, nobody, "2025-11-14"));
	for (int i = 0; i < 2; i++)
		assert_shift(shift_at(c, i ? 40 : 10, nobody, "2025-11-14"), "07:30", "16:30",
			"11:30", "13:00");
	assert_null(calendar_find_holiday(c, &tree, (struct unit_id){0}, row.day));
	/* entered after the day before began: the day says since when it is another one */
	calendar_shift(c, &tree, (struct unit_id){30}, nobody, row.day, &why);
	assert_int_equal(why.changed_at, NOW + 60000);
	assert_int_equal(why.was.starts, minute("07:30"));
	s.tx.now_ms += 60000;
	const struct holiday *h = calendar_find_holiday(c, &tree, (struct unit_id){20}, row.day);
	assert_non_null(h);
	assert_int_equal(
		calendar_withdraw_holiday(&s.tx, h, (struct employee_id){7}, "Salah hari"), OK);
	c = load(&s);
	assert_shift(shift_at(c, 30, nobody, "2025-11-14"), "07:30", "16:30", "11:30", "13:00");
	calendar_shift(c, &tree, (struct unit_id){30}, nobody, row.day, &why);
	assert_int_equal(why.changed_at, NOW + 120000);
	assert_int_equal(why.was.starts, MINUTE_OFF);
	assert_null(why.holiday);
	assert_string_equal(c->holiday[0].withdrawn_why, "Salah hari");
	test_store_close(&s);
}

/* UU 30/2014 art. 64: a mistake is withdrawn; what people relied on stays. */
static void test_may_withdraw_holiday(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		int32_t day, recorded, today;
		bool may;
	} cases[] = {
		{"before its day", 102, 90, 100, true},
		{"on its day", 100, 90, 100, false},
		{"after its day", 99, 90, 100, false},
		{"of today, typed today", 100, 100, 100, true},
		{"of a day gone by, typed today", 95, 100, 100, true},
		{"of a day gone by, typed yesterday", 95, 99, 100, false},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (calendar_may_withdraw_holiday(
			    cases[i].day, cases[i].recorded, cases[i].today) != cases[i].may)
			fail_msg("%s", cases[i].what);
}

int main(void)
{
	const struct CMUnitTest pure[] = {
		cmocka_unit_test(test_late_by_the_clock_of_the_place),
		cmocka_unit_test(test_early_and_working_minutes),
	};
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_default_pattern_tables),
		cmocka_unit_test(test_weekly_hours),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_ramadan_is_moved_on_the_eve),
		cmocka_unit_test(test_shift_cycle),
		cmocka_unit_test(test_night_belongs_to_the_day_it_starts),
		cmocka_unit_test(test_six_days_and_holidays),
		cmocka_unit_test(test_local_holiday),
		cmocka_unit_test(test_may_withdraw_holiday),
		cmocka_unit_test(test_most_specific_pattern_wins),
		cmocka_unit_test(test_shipped_holidays),
		cmocka_unit_test(test_changes_are_logged_and_caches_renewed),
	};
	return cmocka_run_group_tests(pure, NULL, NULL) + TEST_STORE_RUN(stored);
}
