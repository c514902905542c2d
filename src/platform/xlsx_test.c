/*
 * Workbooks as offices send them, and as an attacker would.
 *
 * ECMA-376 part 1: 18.3.1.4 (cells), 18.4 (shared strings), 18.8.30 (formats), 18.17.4 (dates);
 * issue: dates in both date systems, rich text, errors, stored values of formulas, numbers beyond
 * 15 digits recognised; zip bombs, DTDs, broken parts refused by name.
 */
#include "platform/xlsx_int.h"

#include "base/date.h"
#include "base/str.h"
#include "platform/test_workbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct arena arena;

/* Rows as "3:a|b\n" behind the reason the sheet ended with. */
static const char *read_sheet(struct xlsx *x, int sheet)
{
	struct xlsx_row row;
	struct buf out;
	enum xlsx_fault fault = xlsx_select(x, sheet);

	buf_init(&out, &arena, 256);
	while (!fault && !(fault = xlsx_next(x, &row))) {
		buf_printf(&out, "%d:", row.number);
		for (int i = 0; i < row.cells; i++) {
			assert_true(str_is_text(row.cell[i], strlen(row.cell[i])));
			buf_printf(&out, "%s%s", i ? "|" : "", row.cell[i]);
		}
		buf_char(&out, '\n');
	}
	buf_str(&out, xlsx_fault_names[fault]);
	return out.p;
}

static const char *read_first(struct bytes file)
{
	struct xlsx *x;
	enum xlsx_fault fault = xlsx_open(&arena, file, &x);
	const char *said = fault ? xlsx_fault_names[fault] : read_sheet(x, 0);

	xlsx_close(x);
	return said;
}

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, 256u << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* ---- cells ---- */

static void test_cells(void **state)
{
	(void)state;
	static const struct {
		const char *what, *row, *expected;
	} cases[] = {
		{"inline text", "<c t=\"inlineStr\"><is><t>Ani</t></is></c>", "Ani"},
		{"rich inline text, readings left out",
			"<c "
			"t=\"inlineStr\"><is><r><t>A</t></r><r><t>ni</t></r><rPh><t>x</t></rPh></"
			"is></c>",
			"Ani"},
		{"a whole number", "<c><v>45</v></c>", "45"},
		{"a number with a type", "<c t=\"n\"><v>-7</v></c>", "-7"},
		{"a fraction as it is shown", "<c><v>0.10000000000000001</v></c>", "0.1"},
		{"fifteen digits are whole", "<c><v>198504122010012</v></c>", "198504122010012"},
		{"a NIP as a number has lost its digits", "<c><v>1.98504122010012E+17</v></c>",
			"1.98504122010012E+17"},
		{"also when its digits look whole", "<c><v>198504122010012003</v></c>",
			"1.98504122010012E+17"},
		{"and when few are left", "<c><v>1.98E+17</v></c>", "1.98E+17"},
		{"a date (18.17.4.1)", "<c s=\"1\"><v>45974</v></c>", "2025-11-13"},
		{"1 January 1900", "<c s=\"1\"><v>1</v></c>", "1900-01-01"},
		{"1 March 1900, behind the day that never was", "<c s=\"1\"><v>61</v></c>",
			"1900-03-01"},
		{"a time", "<c s=\"2\"><v>0.3125</v></c>", "07:30"},
		{"a time with seconds", "<c s=\"2\"><v>0.312662037037037</v></c>", "07:30:14"},
		{"date and time", "<c s=\"3\"><v>45974.3125</v></c>", "2025-11-13 07:30"},
		{"midnight that is shown", "<c s=\"3\"><v>45974</v></c>", "2025-11-13 00:00"},
		{"a date beyond the calendar is a number", "<c s=\"1\"><v>9999999</v></c>",
			"9999999"},
		{"an unknown style is plain", "<c s=\"99\"><v>45974</v></c>", "45974"},
		{"an ISO date", "<c t=\"d\"><v>2025-11-13T00:00:00</v></c>", "2025-11-13"},
		{"yes", "<c t=\"b\"><v>1</v></c>", "TRUE"},
		{"no", "<c t=\"b\"><v>0</v></c>", "FALSE"},
		{"an error", "<c t=\"e\"><v>#N/A</v></c>", "#N/A"},
		{"the stored value of a formula", "<c t=\"str\"><f>A1&amp;B1</f><v>Ani</v></c>",
			"Ani"},
		{"the stored number of a formula", "<c><f>1+1</f><v>2</v></c>", "2"},
		{"an apostrophe and blanks of every kind",
			"<c t=\"inlineStr\"><is><t>'198504122010012003\xC2\xA0 </t></is></c>",
			"198504122010012003"},
		{"escapes (22.9.2.19)",
			"<c t=\"inlineStr\"><is><t>a_x000D_b_x0041_c_x005F_x</t></is></c>",
			"a bAc_x"},
		{"empty cells between", "<c r=\"A7\"><v>1</v></c><c r=\"C7\"><v>3</v></c>", "1||3"},
		{"styled empty cells to the end of the sheet",
			"<c r=\"A7\"><v>1</v></c><c r=\"XFD7\" s=\"1\"/>", "1"},
		{"a prefix on every name", "<x:c xmlns:x=\"u\"><x:v>5</x:v></x:c>", "5"},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *sheet = arena_printf(
			&arena, WORKBOOK_SHEET("<row r=\"7\">%s</row>"), cases[i].row);
		const char *found = read_first(workbook_of(&arena, sheet));

		if (!str_eq(found, arena_printf(&arena, "7:%s\nend", cases[i].expected)))
			fail_msg("%s: %s", cases[i].what, found);
	}
}

/* What is no value is told from what is one. */
static void test_kinds(void **state)
{
	(void)state;
	static const char sheet[] = WORKBOOK_SHEET(
		"<row><c t=\"e\"><v>#REF!</v></c><c><f>1+1</f></c><c><v>1</v></c><c "
		"s=\"1\"><v>2</v></c>"
		"<c t=\"b\"><v>1</v></c><c t=\"str\"><v>x</v></c><c t=\"s\"><v>99</v></c></row>");
	static const uint8_t expected[] = {XLSX_CELL_ERROR, XLSX_CELL_NO_VALUE, XLSX_CELL_NUMBER,
		XLSX_CELL_DATE, XLSX_CELL_BOOL, XLSX_CELL_TEXT, XLSX_CELL_ERROR};
	struct xlsx_row row;
	struct xlsx *x;

	assert_int_equal(xlsx_open(&arena, workbook_of(&arena, sheet), &x), XLSX_OK);
	assert_int_equal(xlsx_select(x, 0), XLSX_OK);
	assert_int_equal(xlsx_next(x, &row), XLSX_OK);
	assert_int_equal(row.cells, COUNT_OF(expected));
	assert_memory_equal(row.kind, expected, sizeof(expected));
	xlsx_close(x);
}

/* ECMA-376 part 1, 18.8.30 and 18.8.31. */
static void test_formats(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		enum xlsx_format format;
	} cases[] = {
		{"General", FORMAT_PLAIN},
		{"0.00E+00", FORMAT_PLAIN},
		{"#,##0\\ \"hari\"", FORMAT_PLAIN},
		{"[Red]-0;[Blue]0", FORMAT_PLAIN},
		{"0_);\\(0\\)", FORMAT_PLAIN},
		{"@", FORMAT_PLAIN},
		{"dd/mm/yyyy", FORMAT_DATE},
		{"[$-421]d\\ mmmm\\ yyyy;@", FORMAT_DATE},
		{"mmm\\-yy", FORMAT_DATE},
		{"h:mm", FORMAT_TIME},
		{"[h]:mm:ss", FORMAT_TIME},
		{"hh.mm", FORMAT_TIME},
		{"yyyy\\-mm\\-dd\\ hh:mm", FORMAT_DATE_TIME},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		if (xlsx_format_of_code(cases[i].code) != cases[i].format)
			fail_msg("%s", cases[i].code);
	}
	assert_int_equal(xlsx_format_of_number(14), FORMAT_DATE);
	assert_int_equal(xlsx_format_of_number(22), FORMAT_DATE_TIME);
	assert_int_equal(xlsx_format_of_number(49), FORMAT_PLAIN);
}

static void test_addresses(void **state)
{
	(void)state;
	assert_int_equal(xlsx_column_of("A1"), 0);
	assert_int_equal(xlsx_column_of("Z9"), 25);
	assert_int_equal(xlsx_column_of("AB12"), 27);
	assert_int_equal(xlsx_column_of("XFD1"), 16383);
	assert_int_equal(xlsx_column_of("a1"), -1);
	assert_int_equal(xlsx_column_of("AAAA1"), -1);
	assert_int_equal(xlsx_column_of("7"), -1);
}

/* ---- books ---- */

static void test_books(void **state)
{
	(void)state;
	const struct workbook_part part[] = {
		{"[Content_Types].xml", WORKBOOK_TYPES},
		{"xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS},
		{"xl/workbook.xml",
			"<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets>"
			"<sheet name=\"Rahasia\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/>"
			"<sheet name=\"Grafik\" sheetId=\"2\" r:id=\"r9\"/>"
			"<sheet name=\"Pegawai &amp; jabatan\" sheetId=\"3\" "
			"r:id=\"r2\"/></sheets></workbook>"},
		{"xl/styles.xml", WORKBOOK_STYLES},
		{"xl/sharedStrings.xml",
			"<sst "
			"count=\"9\"><si><t>NIP</t></si><si><r><t>Na</t></r><r><t>ma</t></"
			"r><rPh><t>-"
			"</t></rPh></si><si><t xml:space=\"preserve\"> sp </t></si><si/></sst>"},
		{"xl/worksheets/sheet1.xml", WORKBOOK_SHEET("<row><c><v>1</v></c></row>")},
		{"xl/worksheets/sheet2.xml",
			WORKBOOK_SHEET(
				"<row r=\"2\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
				"<row r=\"3\" spans=\"1:9\"><c r=\"B3\" s=\"1\"/></row>"
				"<row><c s=\"1\"><v>44512</v></c><c t=\"s\"><v>2</v></c>"
				"<c t=\"s\"><v>3</v></c></row>")},
	};
	struct xlsx *x;

	assert_int_equal(xlsx_open(&arena, workbook_zip(&arena, part, 7), &x), XLSX_OK);
	assert_int_equal(xlsx_sheets(x), 2); /* a chart has no rows */
	assert_true(xlsx_sheet_is_hidden(x, 0));
	assert_false(xlsx_sheet_is_hidden(x, 1));
	assert_string_equal(xlsx_sheet_name(x, 1), "Pegawai & jabatan");
	for (int again = 0; again < 2; again++) {
		assert_string_equal(read_sheet(x, 1), "2:NIP|Nama\n4:2025-11-13|sp\nend");
		assert_string_equal(read_sheet(x, 0), "1:1\nend");
	}
	xlsx_close(x);
}

/* ---- what is refused ---- */

#define ENTITIES                                                                                   \
	"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>"
#define OUTSIDE_ENTITY "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>"

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *what, *name, *text, *expected;
	} cases[] = {
		{"entities", "xl/worksheets/sheet1.xml", ENTITIES, "workbook_dtd"},
		{"an entity outside", "xl/worksheets/sheet1.xml", OUTSIDE_ENTITY, "workbook_dtd"},
		{"entities in the strings", "xl/sharedStrings.xml", ENTITIES, "workbook_dtd"},
		{"broken XML", "xl/worksheets/sheet1.xml", "<worksheet><sheetData>",
			"workbook_damaged"},
		{"no XML", "xl/workbook.xml", "PK", "workbook_damaged"},
		{"a part that is not there", "xl/worksheets/sheet1.xml", NULL, "not_a_workbook"},
		{"no book", "[Content_Types].xml", "<Types/>", "not_a_workbook"},
		{"macros", "[Content_Types].xml",
			"<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\""
			"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>",
			"workbook_macros"},
		{"sheets outside the package", "xl/_rels/workbook.xml.rels",
			"<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" TargetMode="
			"\"External\" Target=\"http://jahat.example/\"/></Relationships>",
			"not_a_workbook"},
		{"rows that go back", "xl/worksheets/sheet1.xml",
			WORKBOOK_SHEET("<row r=\"2\"/><row r=\"1\"/>"), "workbook_damaged"},
		{"a row beyond the last", "xl/worksheets/sheet1.xml",
			WORKBOOK_SHEET("<row r=\"1048577\"/>"), "workbook_damaged"},
		{"an address that is none", "xl/worksheets/sheet1.xml",
			WORKBOOK_SHEET("<row><c r=\"?\"/></row>"), "workbook_damaged"},
		{"a used column too far out", "xl/worksheets/sheet1.xml",
			WORKBOOK_SHEET("<row><c r=\"BM1\"><v>1</v></c></row>"), "too_many_cells"},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct workbook_part part[] = {{"[Content_Types].xml", WORKBOOK_TYPES},
			{"xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS},
			{"xl/workbook.xml", WORKBOOK_BOOK}, {"xl/styles.xml", WORKBOOK_STYLES},
			{"xl/sharedStrings.xml", "<sst/>"},
			{"xl/worksheets/sheet1.xml", WORKBOOK_SHEET("<row/>")}};

		for (int p = 0; p < COUNT_OF(part); p++) {
			if (!str_eq(part[p].name, cases[i].name))
				continue;
			part[p].name = cases[i].text ? part[p].name : "";
			part[p].text = cases[i].text;
		}
		const char *found = read_first(workbook_zip(&arena, part, COUNT_OF(part)));
		if (!str_eq(found, cases[i].expected))
			fail_msg("%s: %s", cases[i].what, found);
	}
	assert_string_equal(read_first((struct bytes){(const uint8_t *)"PK\x03\x04 no zip", 11}),
		"not_a_workbook");
}

/* A text of `n` times the same piece, in front of and behind others. */
static const char *repeat(const char *before, const char *piece, int n, const char *behind)
{
	struct buf b;

	buf_init(&b, &arena, strlen(piece) * (size_t)n + 1024);
	buf_str(&b, before);
	for (int i = 0; i < n; i++)
		buf_str(&b, piece);
	buf_str(&b, behind);
	return b.p;
}

static const char *bounded(const char *before, const char *piece, int n, const char *behind)
{
	return read_first(workbook_of(&arena, repeat(before, piece, n, behind)));
}

static void test_bounds(void **state)
{
	(void)state;
	/* a bomb: 40 MB of one letter is 40 kB in the zip */
	assert_string_equal(
		bounded("<worksheet><sheetData><row><c t=\"str\"><v>", "xxxxxxxxxxxxxxxx", 40 << 16,
			"</v></c></row></sheetData></worksheet>"),
		"workbook_too_large");
	arena_reset(&arena);
	/* a token that does not end */
	assert_string_equal(bounded("<worksheet a=\"", "xxxxxxxxxxxxxxxx", 2 << 16, "\"/>"),
		"workbook_damaged");
	arena_reset(&arena);
	assert_string_equal(bounded("<worksheet>", "<a>", 100, ""), "workbook_damaged");
	/* more text in a row than is read: each cell is cut, the row is refused */
	assert_string_equal(
		bounded("<worksheet><sheetData><row>",
			arena_printf(&arena, "<c t=\"inlineStr\"><is><t>%s</t></is></c>",
				repeat("", "0123456789abcdef", 600, "")),
			9, "</row></sheetData></worksheet>"),
		"line_too_long");
	arena_reset(&arena);
	const char *many = bounded("<worksheet><sheetData>", "<row><c><v>1</v></c></row>",
		XLSX_ROWS_MAX + 1, "</sheetData></worksheet>");
	assert_non_null(strstr(many, ":1\ntoo_many_rows"));
}

/* A cut text ends with a whole character. */
static void test_cut_text(void **state)
{
	(void)state;
	struct xlsx_value v;

	xlsx_value_clear(&v);
	for (int i = 0; i < XLSX_VALUE_MAX; i++)
		xlsx_value_add(&v, "\xE2\x82\xAC", 3);
	assert_true(str_is_text(v.p, strlen(v.p)));
	assert_true(v.n > XLSX_VALUE_MAX - 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_cells, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_kinds, open_arena, close_arena),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test_setup_teardown(test_books, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_refused, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_bounds, open_arena, close_arena),
		cmocka_unit_test(test_cut_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
