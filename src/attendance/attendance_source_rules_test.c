/*
 * Coexistence as rules: which source holds, what a code of SIMPEGNAS says, what a tap is, what
 * differs. No law names an attendance app; each row names the trap or the principle it proves
 * (record first, judge later; undecided never hurts the employee).
 */
#include "attendance/attendance_source_int.h"

#include "attendance/attendance_test_time.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* ---- sources ---- */

#define AGENCY                                                                                     \
	{                                                                                          \
		7                                                                                  \
	}

static void test_source_of_a_day(void **state)
{
	/* Luwes; a parallel run from 10 to 19 November; the machine alone on the 20th; then a gap.
	 */
	struct source_row row[] = {
		{1, AGENCY, BY_LUWES, SYSTEM_NONE, 0, "", "", {0}, 0, 0, day_of("2025-11-09")},
		{2, AGENCY, BY_BOTH, SYSTEM_FINGERPRINT, 5, "1", "", {0}, 0, day_of("2025-11-10"),
			day_of("2025-11-19")},
		{3, AGENCY, BY_NOTHING, SYSTEM_NONE, 0, "2", "", {0}, 0, day_of("2025-11-20"),
			day_of("2025-11-19")}, /* replaced before it held */
		{4, AGENCY, BY_EXTERNAL, SYSTEM_KMOB, 0, "3", "", {0}, 0, day_of("2025-11-20"),
			day_of("2025-11-20")},
		{5, {8}, BY_LUWES, SYSTEM_NONE, 0, "4", "", {0}, 0, day_of("2025-11-15"),
			DAY_FOREVER},
	};
	const struct source_book book = {.row = row, .rows = COUNT_OF(row)};
	static const struct {
		const char *what;
		int64_t agency;
		const char *day;
		enum attendance_source source;
		int64_t id;
		enum day_judge judge;
	} cases[] = {
		{"before the first letter: as it was", 7, "2025-11-09", BY_LUWES, 1, JUDGE_LUWES},
		{"parallel run: Luwes judges", 7, "2025-11-10", BY_BOTH, 2, JUDGE_LUWES},
		{"its last day", 7, "2025-11-19", BY_BOTH, 2, JUDGE_LUWES},
		{"a row that never held says nothing", 7, "2025-11-20", BY_EXTERNAL, 4,
			JUDGE_EXTERNAL},
		{"no row holds: not used", 7, "2025-11-21", BY_NOTHING, 0, JUDGE_NOBODY},
		{"switched on mid-month: the days before are not used", 8, "2025-11-14", BY_NOTHING,
			0, JUDGE_NOBODY},
		{"from its first day", 8, "2025-11-15", BY_LUWES, 5, JUDGE_LUWES},
		{"no row at all: Luwes", 9, "2025-11-15", BY_LUWES, 0, JUDGE_LUWES},
		{"nobody's agency: Luwes", 0, "2025-11-15", BY_LUWES, 0, JUDGE_LUWES},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		enum attendance_source source;
		const struct source_row *found = attendance_find_source(
			&book, (struct unit_id){cases[i].agency}, day_of(cases[i].day), &source);

		print_message("%s\n", cases[i].what);
		assert_int_equal(source, cases[i].source);
		assert_int_equal(found ? found->id : 0, cases[i].id);
		assert_int_equal(attendance_judge_of(source), cases[i].judge);
	}
}

static void test_setting_a_source(void **state)
{
	struct source_row row[] = {{1, AGENCY, BY_BOTH, SYSTEM_KMOB, 5, "1", "", {0}, 0,
					   day_of("2025-11-10"), day_of("2025-11-30")},
		{2, AGENCY, BY_LUWES, SYSTEM_NONE, 0, "2", "", {0}, 0, day_of("2025-12-01"),
			DAY_FOREVER}};
	const struct source_book book = {.row = row, .rows = COUNT_OF(row)};
	static const struct {
		const char *what;
		int64_t agency;
		enum attendance_source source;
		enum external_system system;
		int tolerance;
		const char *from;
		enum source_fault fault;
	} cases[] = {
		{"the other system has a name", 9, BY_EXTERNAL, SYSTEM_NONE, 0, "2025-11-13",
			SOURCE_SYSTEM_MISSING},
		{"Luwes has none", 9, BY_LUWES, SYSTEM_KMOB, 0, "2025-11-13",
			SOURCE_SYSTEM_UNASKED},
		{"a month back at most", 9, BY_NOTHING, SYSTEM_NONE, 0, "2025-10-12",
			SOURCE_TOO_FAR_BACK},
		{"a month back", 9, BY_NOTHING, SYSTEM_NONE, 0, "2025-10-13", SOURCE_OK},
		{"a year ahead at most", 9, BY_NOTHING, SYSTEM_NONE, 0, "2026-11-15",
			SOURCE_TOO_FAR_AHEAD},
		{"a later row stands", 7, BY_EXTERNAL, SYSTEM_KMOB, 0, "2025-11-20",
			SOURCE_LATER_ROW},
		{"the later row set anew on its own day", 7, BY_NOTHING, SYSTEM_NONE, 0,
			"2025-12-01", SOURCE_OK},
		{"after it", 7, BY_EXTERNAL, SYSTEM_KMOB, 0, "2025-12-20", SOURCE_OK},
		{"holds already", 7, BY_LUWES, SYSTEM_NONE, 0, "2025-12-20", SOURCE_UNCHANGED},
		{"is Luwes already", 9, BY_LUWES, SYSTEM_NONE, 0, "2025-11-13", SOURCE_UNCHANGED},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct source_row next = {.agency = {cases[i].agency},
			.source = cases[i].source,
			.system = cases[i].system,
			.tolerance_minutes = cases[i].tolerance,
			.valid_from = day_of(cases[i].from),
			.valid_to = DAY_FOREVER};

		print_message("%s\n", cases[i].what);
		assert_int_equal(attendance_check_source(&book, &next, day_of("2025-11-13")),
			cases[i].fault);
	}
}

/* ---- codes ---- */

static const char *code_of(const struct code_row *row)
{
	return row ? row->code : "";
}

static void test_reading_codes(void **state)
{
	static const struct {
		const char *text;
		enum code_fault fault;
		enum code_meaning status;
		const char *in, *out;
	} cases[] = {
		{"HN", CODE_OK, MEANS_NORMAL, "", ""}, {"TK", CODE_OK, MEANS_ABSENT, "", ""},
		{"CT", CODE_OK, MEANS_LEAVE, "", ""}, {"C", CODE_OK, MEANS_LEAVE, "", ""},
		{"DL", CODE_OK, MEANS_DUTY, "", ""}, {"IZIN", CODE_OK, MEANS_PERMIT, "", ""},
		{"I", CODE_OK, MEANS_PERMIT, "", ""}, {"S", CODE_OK, MEANS_SICK, "", ""},
		{"LJ", CODE_OK, MEANS_DAY_OFF, "", ""}, {"LN", CODE_OK, MEANS_HOLIDAY, "", ""},
		{"TM1", CODE_OK, MEANS_NORMAL, "TM1", ""},
		{"tm4", CODE_OK, MEANS_NORMAL, "TM4", ""},
		{"PC3", CODE_OK, MEANS_NORMAL, "", "PC3"},
		{"TM1PC2", CODE_OK, MEANS_NORMAL, "TM1", "PC2"}, /* written together */
		{"TM1-PC2", CODE_OK, MEANS_NORMAL, "TM1", "PC2"},
		{"TM1 / PC2", CODE_OK, MEANS_NORMAL, "TM1", "PC2"},
		{"PC2TM1", CODE_OK, MEANS_NORMAL, "TM1", "PC2"},
		{"TMMPCM", CODE_OK, MEANS_NORMAL, "TMM", "PCM"},
		{"TMDHM", CODE_OK, MEANS_NORMAL, "TMDHM", ""}, /* the sibling app */
		{"TM2TMDHP", CODE_OK, MEANS_NORMAL, "TM2", "TMDHP"},
		{"LN-TMM-PCM", CODE_OK, MEANS_HOLIDAY, "", ""}, /* status of the day first */
		{"LNTMMPCM", CODE_OK, MEANS_HOLIDAY, "", ""},
		{"LJ TMM PCM", CODE_OK, MEANS_DAY_OFF, "", ""},
		{"CT-TMM-PCM", CODE_OK, MEANS_LEAVE, "", ""},
		{"DL TM1", CODE_OK, MEANS_DUTY, "", ""},
		{"TK TMM PCM", CODE_OK, MEANS_ABSENT, "", ""},
		{"", CODE_UNKNOWN, MEANS_NORMAL, "", ""}, {"-", CODE_UNKNOWN, MEANS_NORMAL, "", ""},
		{"XX", CODE_UNKNOWN, MEANS_NORMAL, "", ""},
		{"TM5", CODE_UNKNOWN, MEANS_NORMAL, "", ""},
		{"TM1X", CODE_UNKNOWN, MEANS_NORMAL, "", ""},
		{"TM1TM2", CODE_CONTRADICTS, MEANS_NORMAL, "", ""},
		{"TMMTM1", CODE_CONTRADICTS, MEANS_NORMAL, "", ""},
		{"HNTM1", CODE_CONTRADICTS, MEANS_NORMAL, "", ""},
		{"CTDL", CODE_CONTRADICTS, MEANS_NORMAL, "", ""},
		{"S TM1", CODE_CONTRADICTS, MEANS_NORMAL, "", ""}, /* sick, and came late */
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_code code = {0};

		print_message("%s\n", cases[i].text);
		assert_int_equal(attendance_read_code(attendance_code_examples,
					 attendance_code_example_count, day_of("2025-11-13"),
					 cases[i].text, &code),
			cases[i].fault);
		if (cases[i].fault)
			continue;
		assert_int_equal(code.status, cases[i].status);
		assert_string_equal(code_of(code.in), cases[i].in);
		assert_string_equal(code_of(code.out), cases[i].out);
	}
}

/* Two published versions number the classes of early leave in opposite order: a class without its
 * minutes is not taken, and each day is read by the definition of that day. */
static void test_classes_need_minutes_of_their_day(void **state)
{
	const struct code_row codes[] = {
		{1, "PC1", MEANS_EARLY, 91, -1, "lebih dari 90", "lama", "", 0,
			day_of("2025-10-31")},
		{2, "PC1", MEANS_EARLY, 1, 30, "1 sampai 30", "baru", "", day_of("2025-11-01"),
			DAY_FOREVER},
		{3, "PC2", MEANS_EARLY, -1, -1, "?", "?", "", 0, DAY_FOREVER},
	};
	struct day_code code;

	(void)state;
	assert_int_equal(
		attendance_read_code(codes, 3, day_of("2025-10-30"), "PC1", &code), CODE_OK);
	assert_int_equal(code.out->from_minute, 91);
	assert_int_equal(
		attendance_read_code(codes, 3, day_of("2025-11-13"), "PC1", &code), CODE_OK);
	assert_int_equal(code.out->from_minute, 1);
	assert_int_equal(attendance_read_code(codes, 3, day_of("2025-11-13"), "PC2", &code),
		CODE_WITHOUT_MINUTES);
	assert_int_equal(
		attendance_find_code(codes, 3, day_of("2025-11-13"), MEANS_EARLY, 30)->id, 2);
	assert_null(attendance_find_code(codes, 3, day_of("2025-11-13"), MEANS_EARLY, 31));
}

static void test_checking_codes(void **state)
{
	static const struct {
		const char *code;
		enum code_meaning meaning;
		int from, to;
		const char *field;
	} cases[] = {{"TM1", MEANS_LATE, 1, 30, NULL}, {"TM4", MEANS_LATE, 91, -1, NULL},
		{"TM1", MEANS_LATE, -1, -1, "from_minute"}, {"TM1", MEANS_LATE, 30, 1, "to_minute"},
		{"HN", MEANS_NORMAL, -1, -1, NULL}, {"HN", MEANS_NORMAL, 1, -1, "from_minute"},
		{"HN", MEANS_NORMAL, -1, 5, "to_minute"}, {"hn", MEANS_NORMAL, -1, -1, "code"},
		{"", MEANS_NORMAL, -1, -1, "code"}, {"A B", MEANS_NORMAL, -1, -1, "code"},
		{"ABCDEFGHIJKLM", MEANS_NORMAL, -1, -1, "code"}};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct code_row row = {.code = cases[i].code,
			.meaning = cases[i].meaning,
			.from_minute = cases[i].from,
			.to_minute = cases[i].to,
			.valid_to = DAY_FOREVER};
		const char *field = attendance_check_code(&row);

		assert_string_equal(field ? field : "", cases[i].field ? cases[i].field : "");
	}
	for (int i = 0; i < attendance_code_example_count; i++) {
		assert_null(attendance_check_code(&attendance_code_examples[i]));
		assert_string_equal(
			attendance_code_examples[i].verified_by, ""); /* examples, no law */
	}
}

/* ---- the month ---- */

static void test_month_text(void **state)
{
	struct recorded_month month, back;
	char text[MONTH_TEXT_MAX], again[MONTH_TEXT_MAX];

	(void)state;
	attendance_read_month("", day_of("2025-11-01"), &month);
	attendance_write_month(&month, text);
	assert_string_equal(text, ";;;;;;;;;;;;;;;;;;;;;;;;;;;;;;");
	month.day[0] = (struct recorded_day){"LJ", MINUTE_OFF, MINUTE_OFF};
	month.day[2] = (struct recorded_day){"TM1PC2", 461, 930};
	month.day[30] = (struct recorded_day){"TMDHMTMDHP", MINUTE_OFF, 1900};
	attendance_write_month(&month, text);
	assert_string_equal(
		text, "LJ - -;;TM1PC2 0461 0930;;;;;;;;;;;;;;;;;;;;;;;;;;;;TMDHMTMDHP - 1900");
	attendance_read_month(text, day_of("2025-11-01"), &back);
	attendance_write_month(&back, again);
	assert_string_equal(again, text);
	assert_int_equal(attendance_compare_months(&month, &back), 0);
	back.day[2].out_minute = 960; /* a late approval rewrote it */
	snprintf(back.day[4].code, sizeof(back.day[4].code), "CT");
	assert_int_equal(attendance_compare_months(&month, &back), 1 << 2 | 1 << 4);
	for (int i = 0; i < MONTH_DAYS_MAX; i++)
		month.day[i] = (struct recorded_day){"TMDHMTMDHP12", 1439, 2879};
	attendance_write_month(&month, text);
	assert_true(strlen(text) < MONTH_TEXT_MAX);
}

/* Trap of the record: times are UTC, also those of early morning, which are of the UTC day before.
 */
static void test_utc_to_local(void **state)
{
	static const struct {
		int utc;
		enum zone zone;
		int local;
	} cases[] = {{31, ZONE_WIB, 451}, {1430, ZONE_WIB, 410}, {542, ZONE_WIB, 962},
		{1415, ZONE_WITA, 455}, {1350, ZONE_WIT, 450}};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
			attendance_local_minute(cases[i].utc, cases[i].zone), cases[i].local);
}

static void test_ruling_by_code(void **state)
{
	static const struct {
		const char *text;
		enum mode_source before;
		bool counts;
		enum work_mode mode;
		enum status_kind status;
	} cases[] = {
		{"HN", SOURCE_DEFAULT, true, MODE_OFFICE, STATUS_NONE},
		{"TM1", SOURCE_DEFAULT, true, MODE_OFFICE, STATUS_NONE},
		{"TK", SOURCE_DEFAULT, false, MODE_OFFICE, STATUS_NONE},
		{"LN-TMM-PCM", SOURCE_DEFAULT, false, MODE_OFF, STATUS_NONE},
		{"LJ", SOURCE_DEFAULT, false, MODE_OFF, STATUS_NONE},
		{"CT", SOURCE_DEFAULT, false, MODE_LEAVE, STATUS_ANNUAL_LEAVE},
		{"S", SOURCE_DEFAULT, false, MODE_LEAVE, STATUS_SICK_LEAVE},
		{"I", SOURCE_DEFAULT, false, MODE_LEAVE, STATUS_PERMIT},
		{"DL", SOURCE_DEFAULT, false, MODE_OUTSIDE_DUTY, STATUS_OUTSIDE_DUTY},
		/* what was decided here stands */
		{"TK", SOURCE_STATUS, true, MODE_OFFICE, STATUS_NONE},
		{"LN", SOURCE_STATUS, true, MODE_OFFICE, STATUS_NONE},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_ruling ruling = {.mode = MODE_OFFICE,
			.source = cases[i].before,
			.shift = {450, 960, 720, 780}};
		struct day_code code;

		print_message("%s\n", cases[i].text);
		assert_int_equal(attendance_read_code(attendance_code_examples,
					 attendance_code_example_count, day_of("2025-11-13"),
					 cases[i].text, &code),
			CODE_OK);
		assert_int_equal(attendance_rule_by_code(&code, &ruling), cases[i].counts);
		assert_int_equal(ruling.mode, cases[i].mode);
		assert_int_equal(ruling.status, cases[i].status);
	}
}

static void test_our_day_in_their_codes(void **state)
{
	static const struct {
		enum day_state state;
		enum work_mode mode;
		int flags, late, early;
		enum status_kind status;
		bool has_in, is_holiday;
		const char *text;
	} cases[] = {
		{DAY_COMPLETE, MODE_OFFICE, 0, 0, 0, STATUS_NONE, true, false, "HN"},
		{DAY_COMPLETE, MODE_HOME, 0, 0, 0, STATUS_NONE, true, false, "HN"},
		{DAY_COMPLETE, MODE_OFFICE, DAY_LATE, 30, 0, STATUS_NONE, true, false, "TM1"},
		{DAY_COMPLETE, MODE_OFFICE, DAY_LATE, 31, 0, STATUS_NONE, true, false, "TM2"},
		{DAY_COMPLETE, MODE_OFFICE, DAY_LATE | DAY_EARLY, 5, 45, STATUS_NONE, true, false,
			"TM1PC2"},
		/* late by the server alone is not late */
		{DAY_COMPLETE, MODE_OFFICE, DAY_LATE_UNCONFIRMED, 40, 0, STATUS_NONE, true, false,
			"HN"},
		{DAY_PRESENT, MODE_OFFICE, DAY_NO_OUT, 0, 0, STATUS_NONE, true, false, "PCM"},
		{DAY_PRESENT, MODE_OFFICE, 0, 0, 0, STATUS_NONE, false, false, "TMM"},
		{DAY_ABSENT, MODE_OFFICE, 0, 0, 0, STATUS_NONE, false, false, "TK"},
		{DAY_LEAVE, MODE_LEAVE, 0, 0, 0, STATUS_ANNUAL_LEAVE, false, false, "CT"},
		{DAY_LEAVE, MODE_LEAVE, 0, 0, 0, STATUS_SICK_LEAVE, false, false, "S"},
		{DAY_LEAVE, MODE_LEAVE, 0, 0, 0, STATUS_PERMIT, false, false, "IZIN"},
		{DAY_LEAVE, MODE_LEAVE, 0, 0, 0, STATUS_TRAINING, false, false, "DL"},
		{DAY_EXPECTED, MODE_OUTSIDE_DUTY, 0, 0, 0, STATUS_OUTSIDE_DUTY, false, false, "DL"},
		{DAY_COMPLETE, MODE_OUTSIDE_DUTY, 0, 0, 0, STATUS_OUTSIDE_DUTY, true, false, "DL"},
		{DAY_OFF_WORK, MODE_OFF, 0, 0, 0, STATUS_NONE, false, false, "LJ"},
		{DAY_OFF_WORK, MODE_OFF, 0, 0, 0, STATUS_NONE, false, true, "LN"},
		/* undecided, not begun, not used: nothing is claimed */
		{DAY_WAITS, MODE_OFFICE, 0, 0, 0, STATUS_NONE, false, false, ""},
		{DAY_EXPECTED, MODE_OFFICE, 0, 0, 0, STATUS_NONE, false, false, ""},
		{DAY_NOT_USED, MODE_OFFICE, 0, 0, 0, STATUS_NONE, false, false, ""},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct attendance_day row = {.day = day_of("2025-11-13"),
			.state = cases[i].state,
			.mode = cases[i].mode,
			.flags = cases[i].flags,
			.late_minutes = cases[i].late,
			.early_minutes = cases[i].early,
			.status = cases[i].status,
			.in_at = cases[i].has_in ? at("11-13 07:30") : NO_INSTANT,
			.out_at = at("11-13 16:00")};
		char text[2 * CODE_BYTES_MAX + 1];

		attendance_write_code(attendance_code_examples, attendance_code_example_count, &row,
			cases[i].is_holiday, text);
		assert_string_equal(text, cases[i].text);
	}
}

/* ---- taps ---- */

static void test_reading_taps(void **state)
{
	enum tap_direction d;
	int64_t ms;

	(void)state;
	assert_true(attendance_read_direction("Masuk", &d) && d == TAP_IN);
	assert_true(attendance_read_direction("C/Out", &d) && d == TAP_OUT);
	assert_true(attendance_read_direction("1", &d) && d == TAP_OUT);
	assert_true(attendance_read_direction("otomatis", &d) && d == TAP_FIRST_LAST);
	assert_false(attendance_read_direction("", &d));
	assert_false(attendance_read_direction("2", &d));
	assert_true(attendance_read_time("07:21", &ms) && ms == (7 * 60 + 21) * MS_PER_MINUTE);
	assert_true(attendance_read_time("7.21", &ms) && ms == (7 * 60 + 21) * MS_PER_MINUTE);
	assert_true(attendance_read_time("07:21:09", &ms) &&
		    ms == (7 * 60 + 21) * MS_PER_MINUTE + 9000);
	static const char *const bad[] = {"", "7", "24:00", "07:60", "07:21:60", "07:21.09",
		"07:21:", "7:211", "x7:21", "07-21"};
	for (int i = 0; i < COUNT_OF(bad); i++) {
		print_message("%s\n", bad[i]);
		assert_false(attendance_read_time(bad[i], &ms));
	}
}

static void test_first_in_last_out(void **state)
{
	const int32_t day = day_of("2025-11-13");
	struct tap tap[] = {
		{.employee = {2},
			.day = day,
			.at = at("11-13 16:05"),
			.direction = TAP_FIRST_LAST,
			.machine = "A",
			.line = 1},
		{.employee = {1},
			.day = day,
			.at = at("11-13 12:01"),
			.direction = TAP_FIRST_LAST,
			.machine = "A",
			.line = 2},
		{.employee = {1},
			.day = day,
			.at = at("11-13 07:21"),
			.direction = TAP_FIRST_LAST,
			.machine = "A",
			.line = 3},
		{.employee = {1},
			.day = day,
			.at = at("11-13 16:02"),
			.direction = TAP_FIRST_LAST,
			.machine = "A",
			.line = 4},
		{.employee = {1},
			.day = day + 1,
			.at = at("11-14 07:30"),
			.direction = TAP_IN,
			.machine = "A",
			.line = 5},
		{.employee = {1},
			.day = day + 1,
			.at = at("11-14 07:30"),
			.direction = TAP_IN,
			.machine = "A",
			.line = 6},
		{.employee = {1},
			.day = day + 1,
			.at = at("11-14 07:30"),
			.direction = TAP_IN,
			.machine = "B",
			.line = 7},
		{.employee = {1},
			.day = day + 1,
			.at = at("11-14 16:00"),
			.direction = TAP_OUT,
			.machine = "A",
			.line = 8},
	};
	static const struct {
		int line;
		enum tap_direction direction;
		bool is_dropped;
	} expected[] = {{3, TAP_IN, false}, {2, TAP_FIRST_LAST, true}, {4, TAP_OUT, false},
		{5, TAP_IN, false}, {6, TAP_IN, true}, {7, TAP_IN, false}, {8, TAP_OUT, false},
		{1, TAP_IN, false}}; /* one tap alone: he came */

	(void)state;
	attendance_order_taps(tap, COUNT_OF(tap));
	for (int i = 0; i < COUNT_OF(tap); i++) {
		assert_int_equal(tap[i].line, expected[i].line);
		assert_int_equal(tap[i].is_dropped, expected[i].is_dropped);
		if (!tap[i].is_dropped)
			assert_int_equal(tap[i].direction, expected[i].direction);
	}
	attendance_order_taps(NULL, 0);
}

static void test_event_id_is_what_it_says(void **state)
{
	const char *nip = "199001012015012004";
	struct uuid id = attendance_event_id("K-Mob", nip, at("11-13 07:21"), IN);
	struct uuid other[] = {attendance_event_id("Mesin 1", nip, at("11-13 07:21"), IN),
		attendance_event_id("K-Mob", "199001012015011005", at("11-13 07:21"), IN),
		attendance_event_id("K-Mob", nip, at("11-13 07:22"), IN),
		attendance_event_id("K-Mob", nip, at("11-13 07:21"), OUT)};
	struct uuid same = attendance_event_id("k-mob", nip, at("11-13 07:21"), IN), parsed;
	char text[37];

	(void)state;
	assert_memory_equal(&id, &same, sizeof(id));
	for (int i = 0; i < COUNT_OF(other); i++)
		assert_memory_not_equal(&id, &other[i], sizeof(id));
	uuid_format(&id, text);
	assert_true(uuid_parse_v7(text, &parsed));
	assert_true(uuid_instant(&id) == at("11-13 07:21"));
}

/* ---- differences ---- */

#define NONE NO_INSTANT
static void test_differences(void **state)
{
	static const char *const no = NULL;
	static const struct {
		const char *what;
		enum day_state state;
		enum work_mode mode;
		const char *in, *in_phone, *out;
		struct other_side other;
		const char *other_in, *other_out;
		int tolerance, found;
	} cases[] = {
		{"they agree to the minute", DAY_COMPLETE, MODE_OFFICE, "11-13 07:30",
			"11-13 07:30", "11-13 16:00", {.is_there = true, .says_times = true},
			"11-13 07:30", "11-13 16:00", 5, 0},
		{"within tolerance", DAY_COMPLETE, MODE_OFFICE, "11-13 07:30", "11-13 07:30",
			"11-13 16:00", {.is_there = true, .says_times = true}, "11-13 07:25",
			"11-13 16:05", 5, 0},
		{"a minute more", DAY_COMPLETE, MODE_OFFICE, "11-13 07:30", "11-13 07:30",
			"11-13 16:00", {.is_there = true, .says_times = true}, "11-13 07:24",
			"11-13 16:06", 5, DIFFERS_IN_APART | DIFFERS_OUT_APART},
		{"no signal: what the phone claims agrees", DAY_COMPLETE, MODE_OFFICE,
			"11-13 09:40", "11-13 07:26", "11-13 16:00",
			{.is_there = true, .says_times = true}, "11-13 07:25", "11-13 16:00", 5, 0},
		{"missing here", DAY_ABSENT, MODE_OFFICE, no, no, no,
			{.is_there = true, .says_times = true}, "11-13 07:25", "11-13 16:00", 5,
			DIFFERS_IN_MISSING_HERE | DIFFERS_OUT_MISSING_HERE},
		{"missing there", DAY_COMPLETE, MODE_OFFICE, "11-13 07:30", "11-13 07:30",
			"11-13 16:00", {.is_there = true, .says_times = true}, no, no, 5,
			DIFFERS_IN_MISSING_THERE | DIFFERS_OUT_MISSING_THERE},
		{"nobody came, by both", DAY_ABSENT, MODE_OFFICE, no, no, no,
			{.is_there = true, .says_times = true}, no, no, 5, 0},
		{"the other says nothing of the day", DAY_COMPLETE, MODE_OFFICE, "11-13 07:30",
			"11-13 07:30", "11-13 16:00", {0}, no, no, 5, 0},
		{"on leave a tap is no difference", DAY_LEAVE, MODE_LEAVE, no, no, no,
			{.is_there = true, .says_times = true}, "11-13 07:25", no, 5, 0},
		{"leave there, present here", DAY_COMPLETE, MODE_OFFICE, "11-13 07:30",
			"11-13 07:30", "11-13 16:00",
			{.is_there = true, .says_status = true, .is_on_leave = true}, no, no, 5,
			DIFFERS_STATUS},
		{"both on leave", DAY_LEAVE, MODE_LEAVE, no, no, no,
			{.is_there = true, .says_status = true, .is_on_leave = true}, no, no, 5, 0},
		{"absent there, undecided here", DAY_WAITS, MODE_OFFICE, no, no, no,
			{.is_there = true, .says_status = true, .is_absent = true}, no, no, 5, 0},
		{"absent here, holiday there", DAY_ABSENT, MODE_OFFICE, no, no, no,
			{.is_there = true, .says_status = true, .is_off = true}, no, no, 5,
			DIFFERS_STATUS},
		{"duty by both: times are not asked", DAY_EXPECTED, MODE_OUTSIDE_DUTY, no, no, no,
			{.is_there = true,
				.says_times = true,
				.says_status = true,
				.is_on_duty = true},
			"11-13 09:00", no, 5, 0},
		{"not used: nothing differs", DAY_NOT_USED, MODE_OFFICE, no, no, no,
			{.is_there = true, .says_times = true}, "11-13 07:25", "11-13 16:00", 5, 0},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct attendance_day row = {.day = day_of("2025-11-13"),
			.state = cases[i].state,
			.mode = cases[i].mode,
			.in_at = cases[i].in ? at(cases[i].in) : NONE,
			.in_phone_at = cases[i].in_phone ? at(cases[i].in_phone) : NONE,
			.out_at = cases[i].out ? at(cases[i].out) : NONE,
			.out_phone_at = cases[i].out ? at(cases[i].out) : NONE};
		struct other_side other = cases[i].other;

		other.in_at = cases[i].other_in ? at(cases[i].other_in) : NONE;
		other.out_at = cases[i].other_out ? at(cases[i].other_out) : NONE;
		print_message("%s\n", cases[i].what);
		assert_int_equal(
			attendance_compare_sides(&row, &other, cases[i].tolerance), cases[i].found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_source_of_a_day),
		cmocka_unit_test(test_setting_a_source),
		cmocka_unit_test(test_reading_codes),
		cmocka_unit_test(test_classes_need_minutes_of_their_day),
		cmocka_unit_test(test_checking_codes),
		cmocka_unit_test(test_month_text),
		cmocka_unit_test(test_utc_to_local),
		cmocka_unit_test(test_ruling_by_code),
		cmocka_unit_test(test_our_day_in_their_codes),
		cmocka_unit_test(test_reading_taps),
		cmocka_unit_test(test_first_in_last_out),
		cmocka_unit_test(test_event_id_is_what_it_says),
		cmocka_unit_test(test_differences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
