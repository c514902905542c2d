/*
 * The state machine of CSV: what offices send, and what only looks like it.
 *
 * RFC 4180; issue: UTF-8 with or without BOM, comma or semicolon, bounded lines and rows,
 * Windows-1252 and UTF-16 named for what they are, a NIP that a spreadsheet ruined recognised.
 */
#include "org/org_csv.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct bytes text(const char *s)
{
	return (struct bytes){(const uint8_t *)s, strlen(s)};
}

static struct csv csv;

/* Records as "a|b|c\n..." behind the fault that ended the file. */
static const char *read_all(struct arena *a, struct bytes file)
{
	struct csv_record r;
	struct buf out;
	enum csv_fault fault = csv_open(&csv, file);

	buf_init(&out, a, 256);
	while (!fault && !(fault = csv_next(&csv, &r))) {
		buf_printf(&out, "%d:", r.line);
		for (int i = 0; i < r.cells; i++)
			buf_printf(&out, "%s%s", i ? "|" : "", r.cell[i]);
		buf_char(&out, '\n');
	}
	buf_str(&out, csv_fault_names[fault]);
	return out.p;
}

static void test_csv(void **state)
{
	(void)state;
	static const struct {
		const char *what, *file, *expected;
	} cases[] = {
		{"comma", "a,b\n1,2\n", "1:a|b\n2:1|2\nend"},
		{"semicolon, no last line end", "a;b\n1,5;2", "1:a|b\n2:1,5|2\nend"},
		{"a title with a comma over semicolons", "Pegawai, 2025\na;b\n1,5;2,5\n",
			"1:Pegawai, 2025\n2:a|b\n3:1,5|2,5\nend"},
		{"titles without any", "Pegawai\n\na;b\n1;2\n", "1:Pegawai\n3:a|b\n4:1|2\nend"},
		{"BOM and CRLF",
			"\xEF\xBB\xBF"
			"a;b\r\n1;2\r\n",
			"1:a|b\n2:1|2\nend"},
		{"old Mac line ends", "a;b\r1;2\r", "1:a|b\n2:1|2\nend"},
		{"quotes (RFC 4180 2.5-2.7)", "a,b\n\"x, y\",\"say \"\"hi\"\"\"\n",
			"1:a|b\n2:x, y|say \"hi\"\nend"},
		{"line break in quotes", "a,b\n\"x\r\ny\",2\n3,4\n", "1:a|b\n2:x\ny|2\n4:3|4\nend"},
		{"separator of the header in quotes does not count", "\"a;x;y\",b\n1,2\n",
			"1:a;x;y|b\n2:1|2\nend"},
		{"blank and comment lines", "a;b\n\n ; \n#1;2\n3;4\n", "1:a|b\n5:3|4\nend"},
		{"blanks around cells", " a ; b\n 1 ;\t2 \n", "1:a|b\n2:1|2\nend"},
		{"apostrophe of a text number", "a;b\n'198504122010012003;x'y\n",
			"1:a|b\n2:198504122010012003|x'y\nend"},
		{"empty cells", "a;b;c\n;;3\n", "1:a|b|c\n2:||3\nend"},
		{"text behind a quote", "a;b\n\"x\"y;1\n", "1:a|b\nquote"},
		{"quote never closed", "a;b\n\"x;1\n2;3\n", "1:a|b\nquote"},
		{"Windows-1252", "a;b\nJos\xE9;1\n", "1:a|b\nencoding_windows_1252"},
		{"UTF-16",
			"\xFF\xFE"
			"a",
			"encoding_utf16"},
		{"a workbook", "PK\x03\x04", "spreadsheet"},
		{"a control character", "a;b\n\x01;1\n", "1:a|b\nbinary"},
		{"nothing", "", "end"},
	};
	struct arena a;

	arena_init(&a, 1 << 20);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *found = read_all(&a, text(cases[i].file));

		if (!str_eq(found, cases[i].expected))
			fail_msg("%s: %s", cases[i].what, found);
	}
	arena_release(&a);
}

static void test_csv_bounds(void **state)
{
	(void)state;
	struct arena a;
	struct buf b;

	arena_init(&a, 16 << 20);
	buf_init(&b, &a, 1 << 17);
	for (int i = 0; i < CSV_LINE_MAX; i++)
		buf_char(&b, 'x');
	assert_string_equal(read_all(&a, (struct bytes){(uint8_t *)b.p, b.n}), "line_too_long");
	b.n = 0;
	for (int i = 0; i < CSV_CELLS_MAX; i++)
		buf_char(&b, ';');
	assert_string_equal(read_all(&a, (struct bytes){(uint8_t *)b.p, b.n}), "too_many_cells");
	b.n = 0;
	for (int i = 0; i < CSV_CELLS_MAX; i++)
		buf_str(&b, i ? ";x" : "x");
	assert_non_null(strstr(read_all(&a, (struct bytes){(uint8_t *)b.p, b.n}), "x|x\nend"));
	b.n = 0;
	for (int i = 0; i <= CSV_ROWS_MAX; i++)
		buf_str(&b, "a\n");
	csv_open(&csv, (struct bytes){(uint8_t *)b.p, b.n});
	struct csv_record r;
	enum csv_fault fault;
	while (!(fault = csv_next(&csv, &r)))
		;
	assert_int_equal(fault, CSV_TOO_MANY_ROWS);
	assert_int_equal(r.line, CSV_ROWS_MAX + 1);
	arena_release(&a);
}

static void test_ruined_cells(void **state)
{
	(void)state;
	static const char *const ruined[] = {
		"1.98E+17", "1,98504E+17", "198E15", "1.9e+17", "2E+1"};
	static const char *const whole[] = {
		"198504122010012003", "1.98", "E17", "1.98E", "1.98E+", "1E5x", "", "SE 1"};
	static const char *const formulas[] = {"=1+1", "+62", "-1", "@SUM(A1)"};

	for (int i = 0; i < COUNT_OF(ruined); i++)
		assert_true(csv_is_scientific(ruined[i]));
	for (int i = 0; i < COUNT_OF(whole); i++) {
		assert_false(csv_is_scientific(whole[i]));
		assert_false(csv_is_formula(whole[i]));
	}
	for (int i = 0; i < COUNT_OF(formulas); i++)
		assert_true(csv_is_formula(formulas[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_csv_bounds),
		cmocka_unit_test(test_ruined_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
