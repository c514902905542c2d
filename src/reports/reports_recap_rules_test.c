/*
 * What a day counts as, classes by the band of the day, sums, the sealed text, who closes and what
 * stands in the way. A row names what it proves.
 */
#include "reports/reports_recap.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int32_t november(int day)
{
	return day_from_civil(2025, 11, day);
}

/* Two tables of lateness one after the other, one of leaving early. */
static struct recap_bands example_bands(void)
{
	static struct recap_band band[3];

	band[0] = (struct recap_band){1, BAND_LATE, {15, 30, 0}, "Pergub contoh", "", 0, 0, {0}, 0};
	band[0].valid_from = november(17);
	band[0].valid_to = DAY_FOREVER;
	band[1] = (struct recap_band){
		2, BAND_LATE, {30, 60, 90}, "Indragiri Hulu 2026", "", 0, 0, {0}, 0};
	band[1].valid_from = november(1);
	band[1].valid_to = november(16);
	band[2] = (struct recap_band){
		3, BAND_EARLY, {30, 60, 90}, "Indragiri Hulu 2026", "", 0, 0, {0}, 0};
	band[2].valid_from = november(1);
	band[2].valid_to = DAY_FOREVER;
	return (struct recap_bands){band, 3};
}

static void class_by_minutes(void **state)
{
	/* domain: TM1 1-30, TM2 31-60, TM3 61-90, TM4 more (Indragiri Hulu 2026); three classes
	 * only (TL3 > 60) */
	static const struct {
		int32_t to[3];
		int minutes, class;
	} row[] = {
		{{30, 60, 90}, 0, 0},
		{{30, 60, 90}, 1, 1},
		{{30, 60, 90}, 30, 1},
		{{30, 60, 90}, 31, 2},
		{{30, 60, 90}, 60, 2},
		{{30, 60, 90}, 61, 3},
		{{30, 60, 90}, 90, 3},
		{{30, 60, 90}, 91, 4},
		{{30, 60, 90}, 450, 4},
		{{30, 60, 0}, 61, 3},
		{{30, 60, 0}, 450, 3},
		{{60, 0, 0}, 61, 2}, /* 1-60 and more: Badan Gizi Nasional 4/2025 art. 15 */
		{{30, 60, 90}, -5, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct recap_band band = {0};

		memcpy(band.to, row[i].to, sizeof band.to);
		assert_int_equal(recap_class(&band, row[i].minutes), row[i].class);
	}
	assert_int_equal(recap_class(NULL, 45), 0); /* no table: minutes stay, no class */
}

static void a_band_ascends_without_a_gap(void **state)
{
	static const struct {
		int32_t to[3];
		const char *basis, *fault;
	} row[] = {
		{{30, 60, 90}, "Pergub", NULL},
		{{30, 60, 0}, "Pergub", NULL},
		{{30, 0, 0}, "Pergub", NULL},
		{{0, 60, 90}, "Pergub", "/first_to"},
		{{30, 30, 90}, "Pergub", "/second_to"},
		{{30, 20, 90}, "Pergub", "/second_to"},
		{{30, 60, 60}, "Pergub", "/third_to"},
		{{30, 0, 90}, "Pergub", "/third_to"},
		{{30, 60, 90}, "", "/legal_basis"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct recap_band band = {.legal_basis = row[i].basis};
		const char *fault;

		memcpy(band.to, row[i].to, sizeof band.to);
		fault = recap_check_band(&band);
		if (row[i].fault)
			assert_string_equal(fault, row[i].fault);
		else
			assert_null(fault);
	}
}

static void what_a_day_counts_as(void **state)
{
	static const struct {
		const char *proves;
		enum day_state state;
		enum work_mode mode;
		enum status_kind status;
		int basis;
		enum figure figure;
	} row[] = {
		{"PP 94/2021 art. 1 no. 5: at the office", DAY_COMPLETE, MODE_OFFICE, STATUS_NONE,
			0, FIGURE_OFFICE},
		{"... and outside it: home", DAY_COMPLETE, MODE_HOME, STATUS_NONE, 0, FIGURE_HOME},
		{"anywhere", DAY_PRESENT, MODE_ANYWHERE, STATUS_NONE, 0, FIGURE_ANYWHERE},
		{"duty by letter asks for no punch", DAY_EXPECTED, MODE_OUTSIDE_DUTY,
			STATUS_OUTSIDE_DUTY, 0, FIGURE_DUTY},
		{"duty with punches", DAY_COMPLETE, MODE_OUTSIDE_DUTY, STATUS_OUTSIDE_DUTY, 0,
			FIGURE_DUTY},
		{"a letter for all of the shift", DAY_EXPECTED, MODE_OFFICE, STATUS_NONE,
			BASIS_PART_OF_DAY, FIGURE_DUTY},
		{"PP 94/2021 art. 4 f: not seen", DAY_ABSENT, MODE_OFFICE, STATUS_NONE, 0,
			FIGURE_ABSENT},
		{"a notice waits: nobody is TK", DAY_WAITS, MODE_OFFICE, STATUS_NONE, BASIS_NOTICE,
			FIGURE_WAITS},
		{"the paper list may still come", DAY_PAPER, MODE_OFFICE, STATUS_NONE, 0,
			FIGURE_WAITS},
		{"not over yet", DAY_EXPECTED, MODE_OFFICE, STATUS_NONE, 0, FIGURE_OPEN},
		{"a day off", DAY_OFF_WORK, MODE_OFF, STATUS_NONE, 0, FIGURE_OFF},
		{"Perka BKN 24/2017: tahunan", DAY_LEAVE, MODE_LEAVE, STATUS_ANNUAL_LEAVE, 0,
			FIGURE_ANNUAL},
		{"besar", DAY_LEAVE, MODE_LEAVE, STATUS_LONG_LEAVE, 0, FIGURE_LONG},
		{"sakit, with a letter", DAY_LEAVE, MODE_LEAVE, STATUS_SICK_LEAVE, 0, FIGURE_SICK},
		{"sakit, without", DAY_LEAVE, MODE_LEAVE, STATUS_SICK_UNATTESTED, 0,
			FIGURE_SICK_UNATTESTED},
		{"melahirkan", DAY_LEAVE, MODE_LEAVE, STATUS_MATERNITY_LEAVE, 0, FIGURE_MATERNITY},
		{"alasan penting", DAY_LEAVE, MODE_LEAVE, STATUS_IMPORTANT_LEAVE, 0,
			FIGURE_IMPORTANT},
		{"CLTN", DAY_LEAVE, MODE_LEAVE, STATUS_UNPAID_LEAVE, 0, FIGURE_UNPAID},
		{"bersama", DAY_LEAVE, MODE_LEAVE, STATUS_JOINT_LEAVE, 0, FIGURE_JOINT},
		{"izin", DAY_LEAVE, MODE_LEAVE, STATUS_PERMIT, 0, FIGURE_PERMIT},
		{"diklat", DAY_LEAVE, MODE_LEAVE, STATUS_TRAINING, 0, FIGURE_TRAINING},
		{"tugas belajar", DAY_LEAVE, MODE_LEAVE, STATUS_STUDY, 0, FIGURE_STUDY},
	};
	const struct recap_tables tables = {example_bands(), NULL, 0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct attendance_day day = {.day = november(13),
			.state = row[i].state,
			.mode = row[i].mode,
			.status = row[i].status,
			.basis = row[i].basis};
		struct recap_cell cell = recap_make_cell(
			&(struct recap_facts){&day, REPORT_NONE, PNS, 1}, &tables);

		if (cell.figure != row[i].figure)
			fail_msg("%s: %s", row[i].proves, figure_names[cell.figure]);
	}
}

static void letters_come_from_the_row_of_the_day(void **state)
{
	/* org_status_kind.recap_class is local and dated; TB stays what it is while its row says DL
	 */
	static const struct org_kind kind[] = {
		{.kind = STATUS_MATERNITY_LEAVE,
			.recap_class = RECAP_SICK,
			.for_kinds = 15,
			.valid_from = 20000,
			.valid_to = 20404},
		{.kind = STATUS_MATERNITY_LEAVE,
			.recap_class = RECAP_LEAVE,
			.for_kinds = 15,
			.valid_from = 20405,
			.valid_to = DAY_FOREVER},
		{.kind = STATUS_IMPORTANT_LEAVE,
			.recap_class = RECAP_PERMIT,
			.for_kinds = 15,
			.valid_from = 20000,
			.valid_to = DAY_FOREVER},
		{.kind = STATUS_TRAINING,
			.recap_class = RECAP_DUTY,
			.for_kinds = 15,
			.valid_from = 20000,
			.valid_to = DAY_FOREVER},
		{.kind = STATUS_STUDY,
			.recap_class = RECAP_LEAVE,
			.for_kinds = 15,
			.valid_from = 20000,
			.valid_to = DAY_FOREVER},
		{.kind = STATUS_PERMIT,
			.recap_class = RECAP_DUTY,
			.for_kinds = 1 << PNS,
			.valid_from = 20000,
			.valid_to = DAY_FOREVER},
		{.kind = STATUS_PERMIT,
			.recap_class = RECAP_PERMIT,
			.for_kinds = 1 << PPPK,
			.valid_from = 20000,
			.valid_to = DAY_FOREVER},
	};
	static const struct {
		const char *proves;
		enum status_kind status;
		int32_t day;
		enum employment_kind who;
		enum recap_letter letter;
		enum figure figure;
	} row[] = {
		{"the row of that day", STATUS_MATERNITY_LEAVE, 20404, PNS, LETTER_SICK,
			FIGURE_MATERNITY},
		{"... and the one after it", STATUS_MATERNITY_LEAVE, 20405, PNS, LETTER_LEAVE,
			FIGURE_MATERNITY},
		{"counted as I by local rule", STATUS_IMPORTANT_LEAVE, 20405, PNS, LETTER_PERMIT,
			FIGURE_IMPORTANT},
		{"training by letter: TB", STATUS_TRAINING, 20405, PNS, LETTER_STUDY,
			FIGURE_TRAINING},
		{"study counted as C", STATUS_STUDY, 20405, PNS, LETTER_LEAVE, FIGURE_STUDY},
		{"DL of another kind is DL, and H", STATUS_PERMIT, 20405, PNS, LETTER_NONE,
			FIGURE_DUTY},
		{"of his employment", STATUS_PERMIT, 20405, PPPK, LETTER_PERMIT, FIGURE_PERMIT},
		{"no row: as the kind always was", STATUS_LONG_LEAVE, 20405, PNS, LETTER_LEAVE,
			FIGURE_LONG},
	};
	const struct recap_tables tables = {{NULL, 0}, kind, COUNT(kind)};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct attendance_day day = {
			.day = row[i].day, .state = DAY_LEAVE, .status = row[i].status};
		struct recap_cell c = recap_make_cell(
			&(struct recap_facts){&day, REPORT_NONE, row[i].who, 1}, &tables);

		if (c.letter != row[i].letter || c.figure != row[i].figure)
			fail_msg("%s: %s, %s", row[i].proves, recap_letter_names[c.letter],
				figure_names[c.figure]);
	}
}

static void how_often_late_is_borne(void **state)
{
	/* PermenPANRB 6/2018 art. 4 as the press tells it: more than five times in a month */
	static const struct {
		int32_t borne, times;
		bool is_often;
	} row[] = {{5, 0, false}, {5, 5, false}, {5, 6, true}, {5, 23, true}, {3, 4, true}};
	struct recap_band band[2] = {
		{1, BAND_TIMES, {5, 0, 0}, "PermenPANRB 6/2018 art. 4", "", 0, 0, {0}, 0},
		{2, BAND_LATE, {1, 0, 0}, "Pergub", "", 0, DAY_FOREVER, {0}, 0}};
	const struct recap_bands bands = {band, 2};
	struct recap_line line = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		band[0].to[0] = row[i].borne;
		line.n[FIGURE_LATE_TIMES] = row[i].times;
		assert_int_equal(recap_is_often_late(&band[0], &line), row[i].is_often);
	}
	assert_false(recap_is_often_late(NULL, &line)); /* no rule: nobody is named */
	band[0].valid_from = november(1);
	band[0].valid_to = DAY_FOREVER;
	assert_ptr_equal(recap_find_limit(&bands, november(1)), &band[0]);
	assert_null(recap_find_limit(&bands, day_from_civil(2025, 10, 1)));
	band[0].to[0] = 32;
	assert_string_equal(recap_check_band(&band[0]), "/first_to");
	band[0].to[0] = 5;
	assert_null(recap_check_band(&band[0]));
	band[0].to[1] = 9;
	assert_string_equal(recap_check_band(&band[0]), "/second_to");
}

static void minutes_that_count(void **state)
{
	static const struct {
		const char *proves;
		int day, flags, late, claim, relieved, made_up, early, late_minutes, late_class,
			early_class;
	} row[] = {
		{"late by both clocks", 13, DAY_LATE, 45, 45, 0, 0, 0, 45, 2, 0},
		{"no more than the phone admits", 13, DAY_LATE, 90, 20, 0, 0, 0, 20, 1, 0},
		{"by the server only: nobody is late by a failing signal", 13, DAY_LATE_UNCONFIRMED,
			45, 0, 0, 0, 0, 0, 0, 0},
		{"an incident takes it away", 13, DAY_LATE, 45, 45, 45, 0, 0, 0, 0, 0},
		{"or part of it", 13, DAY_LATE, 45, 45, 20, 0, 0, 25, 1, 0},
		{"PermenPANRB 6/2018 art. 3: made up the same day", 13, DAY_LATE, 30, 30, 0, 30, 0,
			0, 0, 0},
		{"left early", 13, DAY_EARLY, 0, 0, 0, 0, 91, 0, 0, 4},
		{"the table of that day: old", 14, DAY_LATE, 20, 20, 0, 0, 0, 20, 1, 0},
		{"... and new, on the 17th", 17, DAY_LATE, 20, 20, 0, 0, 0, 20, 2, 0},
		{"before any table: minutes without a class", -30, DAY_LATE, 20, 20, 0, 0, 0, 20, 0,
			0},
	};
	const struct recap_tables tables = {example_bands(), NULL, 0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct attendance_day day = {.day = november(1) + row[i].day - 1,
			.state = DAY_COMPLETE,
			.flags = row[i].flags,
			.late_minutes = row[i].late,
			.claim_late_minutes = row[i].claim,
			.relieved_minutes = row[i].relieved,
			.made_up_minutes = row[i].made_up,
			.early_minutes = row[i].early};
		struct recap_cell c = recap_make_cell(
			&(struct recap_facts){&day, REPORT_NONE, PNS, 1}, &tables);

		if (c.late_minutes != row[i].late_minutes || c.late_class != row[i].late_class ||
			c.early_class != row[i].early_class)
			fail_msg("%s: %d minutes, TL%d, PSW%d", row[i].proves, c.late_minutes,
				c.late_class, c.early_class);
	}
}

static void reports_that_were_owed(void **state)
{
	static const struct {
		enum report_duty duty;
		enum work_mode mode;
		enum report_state state;
		enum recap_report report;
	} row[] = {
		{DUTY_DAILY_ITEMS, MODE_HOME, REPORT_NONE, RECAP_DUE},
		{DUTY_DAILY_ITEMS, MODE_HOME, REPORT_DRAFT, RECAP_DUE},
		{DUTY_DAILY_ITEMS, MODE_HOME, REPORT_SUBMITTED, RECAP_FILED},
		{DUTY_DAILY_ITEMS, MODE_HOME, REPORT_RETURNED, RECAP_FILED},
		{DUTY_DAILY_ITEMS, MODE_HOME, REPORT_VERIFIED, RECAP_VERIFIED},
		{DUTY_NONE, MODE_OFFICE, REPORT_VERIFIED, RECAP_NOT_DUE},
		/* of the week, on the day that owes it and on another */
		{DUTY_WEEKLY_DUE, MODE_OFFICE, REPORT_NONE, RECAP_DUE},
		{DUTY_WEEKLY_DUE, MODE_OFFICE, REPORT_VERIFIED, RECAP_VERIFIED},
		{DUTY_WEEKLY, MODE_OFFICE, REPORT_NONE, RECAP_NOT_DUE},
		{DUTY_DAILY_ITEMS, MODE_LEAVE, REPORT_NONE, RECAP_NOT_DUE},
	};
	const struct recap_tables none = {{NULL, 0}, NULL, 0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct attendance_day day = {
			.day = november(13), .mode = row[i].mode, .duty = row[i].duty};

		assert_int_equal(
			recap_make_cell(&(struct recap_facts){&day, row[i].state, PNS, 1}, &none)
				.report,
			row[i].report);
	}
}

static void a_line_is_the_sum_of_its_cells(void **state)
{
	static const struct recap_cell cell[] = {
		{.figure = FIGURE_OFFICE,
			.late_minutes = 12,
			.late_class = 1,
			.worked_minutes = 440,
			.report = RECAP_VERIFIED},
		{.figure = FIGURE_HOME, .worked_minutes = 450, .report = RECAP_FILED},
		{.figure = FIGURE_DUTY, .report = RECAP_DUE},
		{.figure = FIGURE_ABSENT},
		{.figure = FIGURE_SICK, .letter = LETTER_SICK},
		{.figure = FIGURE_SICK_UNATTESTED, .letter = LETTER_SICK},
		{.figure = FIGURE_ANNUAL, .letter = LETTER_LEAVE},
		{.figure = FIGURE_HOME, .made_up_minutes = 20},  /* late, and made up */
		{.figure = FIGURE_HOME, .relieved_minutes = 20}, /* an incident: not late */
		{.figure = FIGURE_OFFICE, .early_minutes = 95, .early_class = 4, .no_out = true},
		{.figure = FIGURE_OFF},
	};
	struct recap_line l = {0}, sum = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(cell); i++)
		recap_add_cell(&l, &cell[i]);
	recap_add_line(&sum, &l);
	recap_add_line(&sum, &l);
	assert_int_equal(recap_present(&l), 6);
	assert_int_equal(l.n[FIGURE_COUNTS_SICK], 2);
	assert_int_equal(l.n[FIGURE_COUNTS_LEAVE], 1);
	assert_int_equal(l.n[FIGURE_COUNTS_PERMIT], 0);
	assert_int_equal(l.n[FIGURE_LATE_TIMES], 2);
	assert_int_equal(l.n[FIGURE_ABSENT], 1);
	assert_int_equal(l.n[FIGURE_LATE_1], 1);
	assert_int_equal(l.n[FIGURE_EARLY_4], 1);
	assert_int_equal(l.n[FIGURE_NO_OUT], 1);
	assert_int_equal(l.n[FIGURE_WORKED_MINUTES], 890);
	assert_int_equal(l.n[FIGURE_REPORTS_DUE], 3);
	assert_int_equal(l.n[FIGURE_REPORTS_FILED], 2);
	assert_int_equal(l.n[FIGURE_REPORTS_VERIFIED], 1);
	assert_int_equal(sum.n[FIGURE_LATE_MINUTES], 24);
}

static void sealed_text_comes_back(void **state)
{
	struct recap_cell cell = {.day = november(13),
		.figure = FIGURE_OFFICE,
		.late_minutes = 12,
		.early_minutes = 3,
		.worked_minutes = 450,
		.made_up_minutes = 4,
		.relieved_minutes = 5,
		.late_class = 1,
		.early_class = 1,
		.no_out = true,
		.report = RECAP_VERIFIED};
	struct recap_cell back[31];
	char text[RECAP_CELL_BYTES];
	int count;

	(void)state;
	recap_format_cell(&cell, text);
	assert_string_equal(text, "13K12,3,450,1,1,1,4,5,3");
	assert_true(recap_parse_cells(text, november(1), back, &count));
	assert_int_equal(count, 1);
	assert_memory_equal(&back[0], &cell, sizeof cell);
	/* a letter is written where it differs from what the kind had before rows spoke of it */
	cell = (struct recap_cell){
		.day = november(14), .figure = FIGURE_MATERNITY, .letter = LETTER_SICK};
	recap_format_cell(&cell, text);
	assert_string_equal(text, "14M0,0,0,0,0,0,0,0,0,2");
	assert_true(recap_parse_cells(text, november(1), back, &count));
	assert_memory_equal(&back[0], &cell, sizeof cell);
	assert_true(recap_parse_cells("14M", november(1), back, &count));
	assert_int_equal(back[0].letter, LETTER_LEAVE);
	for (int f = 0; f <= FIGURE_OFF; f++) { /* each has a letter of its own */
		struct recap_cell bare = {.day = november(5), .figure = (enum figure)f};

		recap_format_cell(&bare, text);
		assert_true(recap_parse_cells(text, november(1), back, &count));
		assert_int_equal(count, 1);
		assert_int_equal(back[0].figure, f);
	}
	assert_true(recap_parse_cells("", november(1), back, &count));
	assert_int_equal(count, 0);
}

static void a_text_that_is_none_is_refused(void **state)
{
	static const char *const text[] = {"13", "K", "0K", "32K", "13Z", "13K1,,2", "13K1;",
		"13K;x", "13K1,2,3,4,5,6,7,8,9,10,11", "13S0,0,0,0,0,0,0,0,0,5", "13K0,0,0,5",
		"13K0,0,0,0,0,0,0,0,4", "13K12345678",
		"1K;2K;3K;4K;5K;6K;7K;8K;9K;10K;11K;12K;13K;14K;15K;16K;17K;18K;19K;20K;21K;22K;"
		"23K;"
		"24K;25K;26K;27K;28K;29K;30K;31K;1K"};
	struct recap_cell cell[31];
	int count;

	(void)state;
	for (size_t i = 0; i < COUNT(text); i++)
		if (recap_parse_cells(text[i], november(1), cell, &count))
			fail_msg("%s was taken", text[i]);
}

static void totals_come_back(void **state)
{
	struct recap_line line = {0}, back;
	struct arena arena;
	struct buf out;

	(void)state;
	arena_init(&arena, 1 << 20);
	buf_init(&out, &arena, 100);
	for (int i = 0; i < FIGURE_COUNT; i++)
		line.n[i] = i * 1000;
	recap_format_line(&line, &out);
	assert_true(recap_parse_line(out.p, &back));
	assert_memory_equal(&line, &back, sizeof line);
	assert_true(recap_parse_line("7 8", &back)); /* of a version that knew fewer */
	assert_int_equal(back.n[1], 8);
	assert_int_equal(back.n[2], 0);
	assert_false(recap_parse_line("7  8", &back));
	/* sealed before S, I, C, TB were figures: they follow from the kinds */
	assert_true(recap_parse_line("0 0 0 0 3 1 2 5 0 1 0 0 0 4 2", &back));
	assert_int_equal(back.n[FIGURE_COUNTS_SICK], 4);
	assert_int_equal(back.n[FIGURE_COUNTS_PERMIT], 2);
	assert_int_equal(back.n[FIGURE_COUNTS_LEAVE], 6);
	assert_int_equal(back.n[FIGURE_COUNTS_STUDY], 6);
	arena_release(&arena);
}

static void who_closes(void **state)
{
	/* UU 30/2014 art. 14: plt and plh carry out what is routine; a mandate to one person's
	 * decisions (delegate) is no office */
	static const struct {
		const char *proves;
		struct recap_head head[3];
		int heads;
		int64_t actor;
		int found;
	} row[] = {
		{"definitive", {{{1}, {9}, ACTING_DEFINITIVE, 0, ""}}, 1, 1, 0},
		{"somebody else", {{{1}, {9}, ACTING_DEFINITIVE, 0, ""}}, 1, 2, -1},
		{"plh beside the head",
			{{{1}, {9}, ACTING_DEFINITIVE, 0, ""}, {{2}, {9}, ACTING_PLH, 0, ""}}, 2, 2,
			1},
		{"plt of a vacant office", {{{3}, {9}, ACTING_PLT, 0, ""}}, 1, 3, 0},
		{"a delegate is no head", {{{2}, {9}, ACTING_DELEGATE, 0, ""}}, 1, 2, -1},
		{"the head above, where there is one below: no",
			{{{1}, {9}, ACTING_DEFINITIVE, 0, ""},
				{{5}, {8}, ACTING_DEFINITIVE, 1, ""}},
			2, 5, -1},
		{"the head above, where there is none",
			{{{2}, {9}, ACTING_DELEGATE, 0, ""}, {{5}, {8}, ACTING_DEFINITIVE, 1, ""}},
			2, 5, 1},
		{"nobody at all", {{{0}, {0}, ACTING_DEFINITIVE, 0, ""}}, 0, 5, -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		int found = recap_find_closer(
			row[i].head, row[i].heads, (struct employee_id){row[i].actor});

		if (found != row[i].found)
			fail_msg("%s: %d", row[i].proves, found);
	}
}

static void who_signs(void **state)
{
	static const struct recap_head head[] = {{{3}, {9}, ACTING_PLT, 0, ""},
		{{1}, {9}, ACTING_DEFINITIVE, 0, ""}, {{2}, {9}, ACTING_PLH, 0, ""},
		{{5}, {8}, ACTING_DEFINITIVE, 1, ""}, {{6}, {9}, ACTING_DELEGATE, 0, ""}};

	(void)state;
	assert_int_equal(recap_find_signer(head, 5, 0), 2); /* while the head is away */
	assert_int_equal(recap_find_signer(head, 2, 0), 1);
	assert_int_equal(recap_find_signer(head, 1, 0), 0);
	assert_int_equal(recap_find_signer(head, 5, 1), 3);
	assert_int_equal(recap_find_signer(head + 4, 1, 0), -1);
}

static void what_stands_in_the_way(void **state)
{
	struct blockers b = {{0}};

	(void)state;
	assert_int_equal(recap_find_blocker(&b), BLOCKER_COUNT);
	for (int i = BLOCKER_COUNT - 1; i >= 0; i--) { /* told in their order, each with a remedy */
		b.n[i] = 3;
		assert_int_equal(recap_find_blocker(&b), i);
		assert_true(strlen(recap_remedy((enum blocker)i)) > 20);
	}
}

static void differences_day_by_day(void **state)
{
	struct recap_cell before[] = {{.day = november(3), .figure = FIGURE_OFFICE},
		{.day = november(4), .figure = FIGURE_ABSENT},
		{.day = november(5), .figure = FIGURE_OFFICE, .late_minutes = 20, .late_class = 1}};
	struct recap_cell after[] = {{.day = november(3), .figure = FIGURE_OFFICE},
		{.day = november(4), .figure = FIGURE_SICK},
		{.day = november(6), .figure = FIGURE_HOME}};
	struct recap_difference d[31];

	(void)state;
	assert_int_equal(recap_compare(before, 3, before, 3, november(1), d), 0);
	assert_int_equal(recap_compare(before, 3, after, 3, november(1), d), 3);
	assert_int_equal(d[0].day, november(4));
	assert_true(d[0].was && d[0].is);
	assert_int_equal(d[0].after.figure, FIGURE_SICK);
	assert_true(d[1].was && !d[1].is); /* moved away */
	assert_true(!d[2].was && d[2].is); /* moved here */
	after[1] = before[1];
	after[1].late_class = 2; /* the class alone is a difference too */
	assert_int_equal(recap_compare(before, 2, after, 2, november(1), d), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(class_by_minutes),
		cmocka_unit_test(a_band_ascends_without_a_gap),
		cmocka_unit_test(what_a_day_counts_as),
		cmocka_unit_test(letters_come_from_the_row_of_the_day),
		cmocka_unit_test(how_often_late_is_borne),
		cmocka_unit_test(minutes_that_count),
		cmocka_unit_test(reports_that_were_owed),
		cmocka_unit_test(a_line_is_the_sum_of_its_cells),
		cmocka_unit_test(sealed_text_comes_back),
		cmocka_unit_test(a_text_that_is_none_is_refused),
		cmocka_unit_test(totals_come_back),
		cmocka_unit_test(who_closes),
		cmocka_unit_test(who_signs),
		cmocka_unit_test(what_stands_in_the_way),
		cmocka_unit_test(differences_day_by_day),
	};

	return cmocka_run_group_tests_name("recap rules", tests, NULL, NULL);
}
