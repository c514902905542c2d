/*
 * Tables as people open them: what is written is read back as a spreadsheet would show it.
 *
 * Issue: CSV formula-safe (OWASP "CSV injection": = + - @ tab CR), XLSX with text as text, NIP
 * whole, the mark of a demo store above everything.
 */
#include "platform/table.h"

#include "base/str.h"
#include "platform/xlsx_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB */
#define DAY 20405                  /* 2025-11-13 */

static const struct table_column columns[] = {
	{"NIP", TABLE_TEXT, 20},
	{"Nama", TABLE_TEXT, 0},
	{"Terlambat (menit)", TABLE_INT, 0},
	{"Tanggal", TABLE_DAY, 0},
	{"Masuk", TABLE_MINUTE, 0},
	{"Diterima", TABLE_INSTANT, 0},
};
static const char *const titles[] = {"Rekap", "=Dinas"};

static struct bytes write_table(struct arena *a, enum table_format format, bool is_demo, int times)
{
	const struct table_options options = {format, ZONE_WITA, is_demo, NOW};
	const struct table_sheet sheet = {"Rekap", titles, 2, columns, 6};
	struct table *t = table_new(a, &options);
	struct bytes bytes;

	for (int i = 0; i < times; i++) {
		table_begin(
			t, i == 0 ? &sheet : &(struct table_sheet){"Lain", NULL, 0, columns, 3});
		table_text(t, "198504122010012003");
		table_text(t, "=HYPERLINK(\"x\"); Ani");
		table_int(t, -5);
		if (i == 0) {
			table_day(t, DAY);
			table_minute(t, 450);
			table_instant(t, NOW + 1000);
		}
		table_end_row(t);
		table_text(t, NULL);
		table_text(t, "-");
		if (i == 0) {
			table_empty(t);
			table_day(t, DAY_NONE);
			table_minute(t, 1635); /* 27:15, a night shift */
			table_instant(t, INT64_MIN);
		}
		table_end_total(t);
	}
	assert_int_equal(table_finish(t, &bytes), OK);
	return bytes;
}

static void test_csv(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 8 << 20);
	struct bytes b = write_table(&a, TABLE_CSV, false, 2);
	assert_string_equal(arena_strndup(&a, (const char *)b.p, b.n),
		"\xEF\xBB\xBFRekap\r\n'=Dinas\r\n\r\n"
		"NIP;Nama;Terlambat (menit);Tanggal;Masuk;Diterima (WITA)\r\n"
		"198504122010012003;\"'=HYPERLINK(\"\"x\"\"); Ani\";-5;2025-11-13;07:30;2025-11-13 "
		"10:20:01\r\n"
		";'-;;;27:15;\r\n"
		"\r\nNIP;Nama;Terlambat (menit)\r\n"
		"198504122010012003;\"'=HYPERLINK(\"\"x\"\"); Ani\";-5\r\n;'-;\r\n");
	arena_release(&a);
}

/* Rows as "3:a|b\n". */
static const char *read_sheet(struct arena *a, struct xlsx *x, int index)
{
	struct xlsx_row row;
	struct buf out;

	buf_init(&out, a, 256);
	assert_int_equal(xlsx_select(x, index), XLSX_OK);
	while (xlsx_next(x, &row) == XLSX_OK) {
		buf_printf(&out, "%d:", row.number);
		for (int i = 0; i < row.cells; i++)
			buf_printf(&out, "%s%s", i ? "|" : "", row.cell[i]);
		buf_char(&out, '\n');
	}
	return out.p;
}

static void test_workbook(void **state)
{
	(void)state;
	struct arena a;
	struct xlsx *x;

	arena_init(&a, 64 << 20);
	assert_int_equal(xlsx_open(&a, write_table(&a, TABLE_XLSX, true, 2), &x), XLSX_OK);
	assert_int_equal(xlsx_sheets(x), 2);
	assert_string_equal(xlsx_sheet_name(x, 0), "Rekap");
	assert_string_equal(read_sheet(&a, x, 0),
		"1:DATA CONTOH - bukan data pegawai atau kinerja sebenarnya\n2:Rekap\n3:=Dinas\n"
		"5:NIP|Nama|Terlambat (menit)|Tanggal|Masuk|Diterima (WITA)\n"
		"6:198504122010012003|=HYPERLINK(\"x\"); Ani|-5|2025-11-13|07:30|2025-11-13 "
		"10:20:01\n"
		"7:|-|||27:15\n");
	assert_string_equal(read_sheet(&a, x, 1),
		"1:DATA CONTOH - bukan data pegawai atau kinerja sebenarnya\n"
		"3:NIP|Nama|Terlambat (menit)\n4:198504122010012003|=HYPERLINK(\"x\"); "
		"Ani|-5\n5:|-\n");
	xlsx_close(x);
	arena_release(&a);
}

/* Nothing in the file is a formula, whatever the text. */
static void test_text_is_no_formula(void **state)
{
	(void)state;
	struct arena a;
	struct xlsx *x;
	struct xlsx_row row;

	arena_init(&a, 64 << 20);
	assert_int_equal(xlsx_open(&a, write_table(&a, TABLE_XLSX, false, 1), &x), XLSX_OK);
	assert_int_equal(xlsx_select(x, 0), XLSX_OK);
	for (int i = 0; i < 4; i++)
		assert_int_equal(xlsx_next(x, &row), XLSX_OK);
	assert_int_equal(row.kind[0], XLSX_CELL_TEXT);
	assert_int_equal(row.kind[1], XLSX_CELL_TEXT);
	assert_int_equal(row.kind[3], XLSX_CELL_DATE);
	xlsx_close(x);
	arena_release(&a);
}

/* Equal content, equal bytes: what is sealed can be made again. */
static void test_same_bytes(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 64 << 20);
	struct bytes first = write_table(&a, TABLE_XLSX, true, 2);
	struct bytes again = write_table(&a, TABLE_XLSX, true, 2);
	assert_int_equal(first.n, again.n);
	assert_memory_equal(first.p, again.p, first.n);
	arena_release(&a);
}

static void test_long_text(void **state)
{
	(void)state;
	const struct table_column column = {"Teks", TABLE_TEXT, 0};
	const struct table_options options = {TABLE_XLSX, ZONE_WIB, false, NOW};
	struct arena a;
	struct buf b;
	struct bytes bytes;

	arena_init(&a, 64 << 20);
	buf_init(&b, &a, 1 << 17);
	for (int i = 0; i < 40000; i++)
		buf_str(&b, "\xC3\xA9");
	struct table *t = table_new(&a, &options);
	table_begin(t, &(struct table_sheet){"Teks", NULL, 0, &column, 1});
	table_text(t, b.p);
	table_end_row(t);
	assert_int_equal(table_finish(t, &bytes), OK);
	t = table_new(&a, &options);
	table_begin(t, &(struct table_sheet){"Teks", NULL, 0, &column, 1});
	table_discard(t);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_workbook),
		cmocka_unit_test(test_text_is_no_formula),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_long_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
