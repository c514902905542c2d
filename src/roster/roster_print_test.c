/*
 * What a file still has to say, and how papers write days: the changed cells are found by a table
 * of cases, what is in force by publishing. Papers are read back in test/http/roster_print.test.ts.
 */
#include "roster/roster_test_office.h"

#include "roster/roster_print.h"

/* ---- what was sent ---- */

/* Days 100 to 105; `published` is an instant, `bound` the first day that held. */
#define HELD(published, bound, days)                                                               \
	{                                                                                          \
		{1}, published, 100, bound, days                                                   \
	}
#define WHOLE(sent)                                                                                \
	{                                                                                          \
		sent, 100, 105                                                                     \
	}

static void what_was_sent_last_is_known(void **state)
{
	static const struct {
		const char *why;
		struct held_line line[3];
		int lines;
		struct sent_file file[2]; /* newest first */
		int files;
		const char *told; /* of days 100 to 105, '.' nothing */
	} cases[] = {
		{"nothing was published", {{{0}}}, 0, {WHOLE(11)}, 1, "......"},
		{"published, but never sent", {HELD(10, 100, "KRKRKR")}, 1, {{0}}, 0, "......"},
		{"sent as it held", {HELD(10, 100, "KRKRKR")}, 1, {WHOLE(11)}, 1, "KRKRKR"},
		{"sent in the moment it held", {HELD(10, 100, "KRKRKR")}, 1, {WHOLE(10)}, 1,
			"KRKRKR"},
		{"sent before anything held", {HELD(10, 100, "KRKRKR")}, 1, {WHOLE(9)}, 1,
			"......"},
		{"days that had begun were not in it", {HELD(10, 102, "KRKRKR")}, 1, {WHOLE(11)}, 1,
			"..KRKR"},
		{"a day without a letter says nothing", {HELD(10, 100, "K-KR-R")}, 1, {WHOLE(11)},
			1, "K.KR.R"},
		{"what came after it left was not in it",
			{HELD(10, 100, "KRKRKR"), HELD(20, 103, "KRKKKK")}, 2, {WHOLE(11)}, 1,
			"KRKRKR"},
		{"the file of the month has what another version says",
			{HELD(10, 100, "KRKRKR"), HELD(20, 100, "--R--K")}, 2,
			{WHOLE(30), WHOLE(11)}, 2, "KRRRKK"},
		{"the file of that version has its own days alone",
			{HELD(10, 100, "KRKRKR"), HELD(20, 103, "RRRKKK")}, 2,
			{{21, 103, 104}, WHOLE(11)}, 2, "KRKKKR"},
		{"sent once, after both", {HELD(10, 100, "KRKRKR"), HELD(20, 103, "KRKKKK")}, 2,
			{WHOLE(30)}, 1, "KRKKKK"},
		{"three in a row, the last one sent has the last that held",
			{HELD(10, 100, "KKKKKK"), HELD(20, 101, "RRRRRR"), HELD(30, 104, "AAAAAA")},
			3, {WHOLE(31), WHOLE(21)}, 2, "KRRRAA"},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		char told[7] = "......";
		for (int d = -1; d <= 6; d++) {
			char letter = roster_sent_letter(cases[i].line, cases[i].lines,
				cases[i].file, cases[i].files, 100 + d);
			if (d < 0 || d == 6)
				assert_int_equal(letter, 0);
			else
				told[d] = letter ? letter : '.';
		}
		if (strcmp(told, cases[i].told) != 0)
			fail_msg("%s: %s, not %s", cases[i].why, told, cases[i].told);
	}
}

static struct roster_version load(struct office *o, int64_t id)
{
	struct roster_version v;
	assert_int_equal(roster_load_version(&o->s.tx, id, &v), OK);
	return v;
}

static const char *in_force(struct office *o, int64_t id)
{
	struct roster_version v = load(o, id);
	struct print_line *line;
	struct buf out;
	int lines;
	assert_int_equal(roster_list_in_force(&o->s.tx, &v, &line, &lines), OK);
	buf_init(&out, &o->s.arena, 64);
	buf_str(&out, "");
	for (int i = 0; i < lines; i++)
		buf_printf(&out, "%s %d %s;", line[i].name, (int)(line[i].from - v.period_from),
			line[i].days);
	return out.p;
}

static char told(struct office *o, int64_t id, struct employee_id who, const char *on)
{
	struct roster_version v = load(o, id);
	struct sent_file file[SENT_FILES_MAX];
	struct held_line *line;
	int lines, files, first = 0, last;
	assert_int_equal(roster_list_held_lines(&o->s.tx, &v, &line, &lines), OK);
	assert_int_equal(roster_list_sent_files(&o->s.tx, &v, file, &files), OK);
	while (first < lines && line[first].employee.v != who.v)
		first++;
	for (last = first; last < lines && line[last].employee.v == who.v;)
		last++;
	return roster_sent_letter(line + first, last - first, file, files, day(on));
}

static void send_it(struct office *o, int64_t id)
{
	o->s.tx.now_ms += MS_PER_MINUTE;
	assert_int_equal(roster_add_step(&o->s.tx, id, ROSTER_SENT, o->budi, NULL), OK);
	o->s.tx.now_ms += MS_PER_MINUTE;
}

static void a_file_says_what_is_in_force_whoever_says_it(void **state)
{
	struct office o;
	(void)state;
	db_register(roster_print_stmts, ROSTER_PRINT_STMTS);
	open_office(&o);
	const struct roster_line both[] = {{o.ani, "KRKRK"}, {o.budi, "RKRKR"}};
	int64_t first = publish(&o, "2025-12-01", both, 2);
	assert_string_equal(in_force(&o, first), "Ani 0 KRKRK;Budi 0 RKRKR;");
	assert_int_equal(told(&o, first, o.ani, "2025-12-02"), 0);
	send_it(&o, first);
	assert_int_equal(told(&o, first, o.ani, "2025-12-02"), 'R');
	int64_t second = publish_one(&o, o.ani, "2025-12-02", "KK");
	assert_string_equal(in_force(&o, first), "Ani 0 K;Ani 1 KK;Ani 3 RK;Budi 0 RKRKR;");
	assert_string_equal(in_force(&o, second), "Ani 0 KK;Budi 0 KR;");
	assert_int_equal(told(&o, first, o.ani, "2025-12-02"), 'R'); /* to be sent as K */
	assert_int_equal(told(&o, second, o.ani, "2025-12-02"), 'R');
	assert_int_equal(told(&o, second, o.ani, "2025-12-03"), 'K'); /* known already */
	send_it(&o, first);
	assert_int_equal(told(&o, first, o.ani, "2025-12-02"), 'K');
	publish_one(
		&o, o.citra, "2025-12-05", "RR"); /* not in the first; the second day beyond it */
	assert_string_equal(
		in_force(&o, first), "Ani 0 K;Ani 1 KK;Ani 3 RK;Budi 0 RKRKR;Citra 4 R;");
	assert_int_equal(told(&o, first, o.citra, "2025-12-05"), 0);
	test_store_close(&o.s);
}

/* ---- days judged on the way ---- */

struct walked {
	char text[64];
	int n;
};

static enum err note(void *arg, const struct walked_day *d)
{
	struct walked *w = arg;
	w->text[w->n++] = d->letter;
	w->text[w->n++] = !d->ruling ? '?' : policy_is_away(d->ruling->mode) ? '+' : '.';
	return OK;
}

static void each_day_of_a_line_is_judged(void **state)
{
	struct office o;
	struct print_line *line;
	struct walked w = {{0}, 0};
	int lines;
	(void)state;
	db_register(roster_print_stmts, ROSTER_PRINT_STMTS);
	open_office(&o);
	const struct rule rule = home_by_roster(50);
	add_circular(&o, "SE 1", &rule, 1);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_SICK_LEAVE, day("2025-12-05"),
				 day("2025-12-05"), "SI 1"),
		OK);
	assert_int_equal(org_touch_generation(&o.s.tx), OK);
	struct roster_version v = load(&o, publish_one(&o, o.ani, "2025-12-01", "KR-RRLL"));
	assert_int_equal(roster_list_print_lines(&o.s.tx, &v, &line, &lines), OK);
	assert_int_equal(roster_walk_lines(&o.s.tx, &v, line, lines, note, &w), OK);
	assert_string_equal(w.text, "K.R+R+R.L.L."); /* ill on the Friday: not away */
	assert_string_equal(line[0].position, "Analis  Kebijakan");
	assert_int_equal(line[0].unit.v, o.division.v);
	test_store_close(&o.s);
}

/* ---- words ---- */

static void days_are_written_out(void **state)
{
	static const bool on[40] = {[1] = true, [3] = true, [8] = true, [36] = true};
	static const bool none[3];
	struct arena a;
	int32_t from = day("2025-12-01");
	(void)state;
	arena_init(&a, (size_t)1 << 20);
	assert_string_equal(roster_print_long_days(&a, from, on, 9),
		"Selasa, 2 Desember 2025; Kamis, 4 Desember 2025; Selasa, 9 Desember 2025");
	assert_string_equal(
		roster_print_short_days(&a, from, on, 40), "2, 4, 9 Desember 2025; 6 Januari 2026");
	assert_string_equal(roster_print_long_days(&a, from, none, 3), "");
	assert_string_equal(roster_print_short_days(&a, from, none, 3), "");
	assert_string_equal(roster_print_period(&a, from, from), "1 Desember 2025");
	assert_string_equal(roster_print_period(&a, from, from + 30), "1 s.d. 31 Desember 2025");
	assert_string_equal(
		roster_print_period(&a, from, from + 31), "1 Desember 2025 s.d. 1 Januari 2026");
	arena_release(&a);
}

static void a_table_has_a_month_at_most(void **state)
{
	static const struct {
		const char *from, *to, *day, *end;
	} cases[] = {
		{"2025-12-01", "2025-12-31", "2025-12-01", "2025-12-31"},
		{"2025-12-15", "2026-01-14", "2025-12-15",
			"2026-01-14"}, /* 31 days over two months */
		{"2025-12-15", "2026-01-15", "2025-12-15", "2025-12-31"},
		{"2025-12-15", "2026-01-15", "2026-01-01", "2026-01-15"},
		{"2025-12-01", "2026-01-31", "2025-12-01", "2025-12-31"},
		{"2025-12-01", "2026-01-31", "2026-01-01", "2026-01-31"},
		{"2025-12-02", "2025-12-02", "2025-12-02", "2025-12-02"},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(roster_print_table_end(
					 day(cases[i].from), day(cases[i].to), day(cases[i].day)),
			day(cases[i].end));
}

static void what_is_above_a_limit_never_reads_as_at_it(void **state)
{
	(void)state;
	assert_int_equal(roster_print_percent(0, 0), 0);
	assert_int_equal(roster_print_percent(0, 7), 0);
	assert_int_equal(roster_print_percent(500, 1000), 50);
	assert_int_equal(roster_print_percent(501, 1000), 51);
	assert_int_equal(roster_print_percent(7, 7), 100);
}

static void a_paper_says_what_does_not_hold(void **state)
{
	(void)state;
	assert_string_equal(roster_print_mark(ROSTER_DRAFT, false), "KONSEP");
	assert_null(roster_print_mark(ROSTER_SET, false)); /* it leaves with the head's decision */
	assert_string_equal(roster_print_mark(ROSTER_SET, true), "KONSEP");
	assert_null(roster_print_mark(ROSTER_PUBLISHED, true));
	assert_string_equal(roster_print_mark(ROSTER_REPLACED, true), "SUDAH DIGANTI");
	assert_string_equal(roster_print_letter('C'), "x"); /* absent, without why */
	assert_string_equal(roster_print_letter('R'), "R");
	assert_string_equal(roster_print_letter('-'), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sent_last_is_known),
		cmocka_unit_test(a_file_says_what_is_in_force_whoever_says_it),
		cmocka_unit_test(each_day_of_a_line_is_judged),
		cmocka_unit_test(days_are_written_out),
		cmocka_unit_test(a_table_has_a_month_at_most),
		cmocka_unit_test(what_is_above_a_limit_never_reads_as_at_it),
		cmocka_unit_test(a_paper_says_what_does_not_hold),
	};
	return TEST_STORE_RUN(tests);
}
