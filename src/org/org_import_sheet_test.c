/*
 * Sheets of offices as imports see them: workbooks with titles, merged headings, numbered columns,
 * signatures below, dates and NIPs as spreadsheets keep them; and mappings for headings that are
 * not ours.
 *
 * Issue: a NIP that became 1.98E+17 is refused by name; apostrophes, dd/mm/yyyy, formulas without
 * values and errors handled; two rows for one NIP, ambiguous headings and columns a mapping needs
 * but the sheet lacks refused.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "platform/test_workbook.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW   INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB */
#define TODAY 20405                  /* 2025-11-13 */
#define ANI   "199001012015012004"
#define CITRA "198001012005012001"

static const struct slice *const slices[] = {&org_slice, &trust_slice};

static enum err forget(struct import *im)
{
	(void)im;
	return OK;
}

struct attempt {
	struct import im;
	const char *faults; /* "line cell column reason value\n" each */
};

/* Checks a file dry. */
static struct attempt check(struct test_store *s, enum import_subject subject, struct bytes file,
	const struct import_mapping *chosen, const struct import_mapping *offered, int offers)
{
	struct attempt a;
	struct buf b;

	assert_int_equal(
		org_import_open(&a.im, &s->tx, org_import_kind(subject), 1, TODAY, true), OK);
	a.im.own->flush = forget;
	if (chosen)
		org_import_choose(&a.im, chosen);
	org_import_offer(&a.im, offered, offers);
	assert_int_equal(org_import_read(&a.im, file), OK);
	org_import_close(&a.im);
	buf_init(&b, s->tx.arena, 256);
	buf_str(&b, "");
	for (int i = 0; i < a.im.own->errors; i++) {
		const struct import_error *e = &a.im.own->error[i];

		buf_printf(
			&b, "%d %s %s %s %s\n", e->line, e->cell, e->column, e->reason, e->value);
	}
	a.faults = b.p ? b.p : "";
	return a;
}

static int open_store(void **state)
{
	struct test_store *s = calloc(1, sizeof(*s));

	test_store_open(s, slices, COUNT_OF(slices), NOW);
	org_import_register_own();
	*state = s;
	return 0;
}

static int close_store(void **state)
{
	struct test_store *s = *state;

	test_store_close(s);
	free(s);
	return 0;
}

/* ---- workbooks ---- */

#define T(text)    "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define N(number)  "<c><v>" number "</v></c>"
#define D(serial)  "<c s=\"1\"><v>" serial "</v></c>"
#define EMPTY      "<c/>"
#define ROW(cells) "<row>" cells "</row>"
#define HEADINGS   ROW(T("nip") T("name") T("employment_kind") T("last_day"))

static void test_workbooks(void **state)
{
	struct test_store *s = *state;
	static const struct {
		const char *what, *rows;
		int rows_read;
		const char *faults;
	} cases[] = {
		{"titles above, numbers of columns below, the NIP in groups",
			ROW(T("DAFTAR PEGAWAI")) ROW(T("Keadaan 1 November 2025")) ROW("")
				HEADINGS ROW(N("1") N("2") N("3") N("4")) ROW(
					T("19900101 201501 2 004") T("Ani") T("PNS") D("45992")),
			1, ""},
		{"an apostrophe in front", HEADINGS ROW(T("'" ANI) T("Ani") T("pns")), 1, ""},
		{"a NIP that became a number",
			HEADINGS ROW(N("1.99001012015012E+17") T("Ani") T("pns")), 1,
			"2 A2 nip nip_scientific 1.99001012015012E+17\n"},
		{"a NIP as a text that was one",
			ROW(T("Judul")) HEADINGS ROW(T("1,98E+17") T("Ani") T("pns")), 1,
			"3 A3 nip nip_scientific 1,98E+17\n"},
		{"an error and a formula nobody computed",
			HEADINGS ROW(T(ANI) "<c t=\"e\"><v>#N/A</v></c>"
					    "<c><f>A1</f></c>"),
			1,
			"2 B2 name cell_error #N/A\n2 C2 employment_kind formula_without_value \n"},
		{"two rows for one NIP",
			HEADINGS ROW(T(ANI) T("Ani") T("pns")) ROW(T(ANI) T("Ani B.") T("pns")), 2,
			"3 A3 nip double " ANI "\n"},
		{"a day written as Indonesians do, and one that is none",
			HEADINGS ROW(T(ANI) T("Ani") T("pns") T("1 Desember 2025"))
				ROW(T(CITRA) T("Citra") T("pns") T("31/11/2025")),
			2, "3 D3 last_day not_a_date 31/11/2025\n"},
		{"a heading twice", ROW(T("nip") T("name") T("name") T("employment_kind")), 0,
			"1 C1 3 double_column name\n"},
		{"a heading that is not ours",
			ROW(T("nip") T("name") T("employment_kind") T("Agama"))
				ROW(T(ANI) T("Ani") T("pns") T("-")),
			0, "1 D1 4 unknown_column Agama\n"},
		{"nothing", "", 0, "1   empty \n"},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *sheet = arena_printf(s->tx.arena, WORKBOOK_SHEET("%s"), cases[i].rows);
		struct attempt a = check(
			s, IMPORT_EMPLOYEES, workbook_of(s->tx.arena, sheet), NULL, NULL, 0);

		if (!str_eq(a.faults, cases[i].faults) || a.im.own->rows != cases[i].rows_read)
			fail_msg("%s: %d rows, %s", cases[i].what, a.im.own->rows, a.faults);
	}
}

/* The first sheet people see that has the headings; what they do not see is not read. */
static void test_sheets(void **state)
{
	struct test_store *s = *state;
	const struct workbook_part part[] = {{"[Content_Types].xml", WORKBOOK_TYPES},
		{"xl/_rels/workbook.xml.rels",
			"<Relationships>" WORKBOOK_RELATION("r1", "worksheet", "worksheets/a.xml")
				WORKBOOK_RELATION("r2", "worksheet", "worksheets/b.xml")
					WORKBOOK_RELATION("r3", "worksheet",
						"worksheets/c.xml") "</Relationships>"},
		{"xl/workbook.xml",
			"<workbook><sheets><sheet name=\"lama\" state=\"hidden\" id=\"r1\"/>"
			"<sheet name=\"sampul\" id=\"r2\"/><sheet name=\"data\" "
			"id=\"r3\"/></sheets>"
			"</workbook>"},
		{"xl/worksheets/a.xml", WORKBOOK_SHEET(HEADINGS ROW(T("1") T("x") T("x")))},
		{"xl/worksheets/b.xml", WORKBOOK_SHEET(ROW(T("Nama satuan kerja")))},
		{"xl/worksheets/c.xml", WORKBOOK_SHEET(HEADINGS ROW(T(ANI) T("Ani") T("pns")))}};
	struct attempt a = check(
		s, IMPORT_EMPLOYEES, workbook_zip(s->tx.arena, part, 6), NULL, NULL, 0);

	assert_string_equal(a.faults, "");
	assert_int_equal(a.im.own->rows, 1);
	assert_int_equal(a.im.own->head.sheet, 2);
}

static void test_no_workbook(void **state)
{
	struct test_store *s = *state;
	const struct bytes file = {(const uint8_t *)"PK\x03\x04 no zip", 11};

	assert_string_equal(
		check(s, IMPORT_EMPLOYEES, file, NULL, NULL, 0).faults, "1   not_a_workbook \n");
}

/* ---- mappings ---- */

static const struct import_value kinds[] = {{"PNS", "pns"}, {"P3K", "pppk"}};

/* In the order of the columns: nip name title_before title_after employment_kind has_phone
 * last_day. */
#define SOURCE(heading)                                                                            \
	{                                                                                          \
		heading, "", NULL, 0                                                               \
	}
static const struct import_mapping simpeg = {1, "SIMPEG", IMPORT_EMPLOYEES, DATES_DMY, true,
	{SOURCE("NIP BARU"), SOURCE("NAMA"), SOURCE("GELAR DEPAN"), SOURCE(""),
		{"STATUS", "pns", kinds, 2}, SOURCE(""), SOURCE("TMT PENSIUN")}};
static const struct import_mapping other = {2, "Lain", IMPORT_EMPLOYEES, DATES_MDY, false,
	{SOURCE("NI PPPK"), SOURCE("NAMA"), SOURCE(""), SOURCE(""), {"", "pppk", NULL, 0},
		SOURCE(""), SOURCE("")}};
static const struct import_mapping broken = {3, "Tanpa nama", IMPORT_EMPLOYEES, DATES_DMY, false,
	{SOURCE("NIP BARU"), SOURCE(""), SOURCE(""), SOURCE(""), {"", "pns", NULL, 0}, SOURCE(""),
		SOURCE("")}};

/* "NAMA" and "NAMA" below "PENDIDIKAN"; NIK and religion are nobody's business here. */
#define SIMPEG_HEAD                                                                                \
	ROW(T("PEMERINTAH PROVINSI CONTOH"))                                                       \
	ROW(T("NO") T("NIK") T("NIP BARU") T("GELAR DEPAN") T("NAMA") T("AGAMA") T("STATUS")       \
			T("PENDIDIKAN") EMPTY T("TMT") EMPTY)                                      \
	ROW(EMPTY EMPTY EMPTY EMPTY EMPTY EMPTY EMPTY T("NAMA") T("TAHUN") T("GOL") T("PENSIUN"))
#define SIMPEG_ROW(nip, name, status, last)                                                        \
	ROW(N("1") N("3.2E+15") nip T("Dr.") name T("Islam") status T("S1") N("2010") T("III/a")   \
			last)

static void test_mappings(void **state)
{
	struct test_store *s = *state;
	static const struct {
		const char *what, *sheet;
		const struct import_mapping *chosen;
		int64_t used; /* 0: none */
		int rows_read;
		const char *faults;
	} cases[] = {
		{"a sheet of merged headings finds its mapping by itself",
			SIMPEG_HEAD SIMPEG_ROW(T(ANI), T("Ani"), T("pns"), D("50000"))
				SIMPEG_ROW(T(CITRA), T("Citra"), T("P3K"), T("31/12/2030")),
			NULL, 1, 2, ""},
		{"it ends at the first blank row: signatures follow",
			SIMPEG_HEAD SIMPEG_ROW(T(ANI), T("Ani"), T("PNS"), EMPTY) ROW("")
				ROW(EMPTY EMPTY T("Mengetahui, Kepala Badan")),
			NULL, 1, 1, ""},
		{"an empty cell gets the fixed value",
			SIMPEG_HEAD SIMPEG_ROW(T(ANI), T("Ani"), EMPTY, EMPTY), NULL, 1, 1, ""},
		{"a value without meaning is named as it stands",
			SIMPEG_HEAD SIMPEG_ROW(T(ANI), T("Ani"), T("CPNS?"), EMPTY), NULL, 1, 1,
			"4 G4 employment_kind not_one_of CPNS?\n"},
		{"a number for a NIP is named in the sheet's own place",
			SIMPEG_HEAD SIMPEG_ROW(N("1.98E+17"), T("Ani"), T("PNS"), EMPTY), NULL, 1,
			1, "4 C4 nip nip_scientific 1.98E+17\n"},
		{"headings of another mapping",
			ROW(T("NAMA") T("NI PPPK") T("NIP LAMA"))
				ROW(T("Budi") T("199312282025212001") T("-")),
			NULL, 2, 1, ""},
		{"a heading the chosen mapping needs",
			ROW(T("NAMA") T("NI PPPK")) ROW(T("Budi") T("199312282025212001")), &simpeg,
			1, 0,
			"1  nip missing_column NIP BARU\n"
			"1  title_before missing_column GELAR DEPAN\n"
			"1  employment_kind missing_column STATUS\n"
			"1  last_day missing_column TMT PENSIUN\n"},
		{"two columns under a heading that is read",
			ROW(T("NAMA") T("NI PPPK") T("Nama")) ROW(T("Budi") T("1") T("x")), NULL, 2,
			0, "1 C1 3 double_column Nama\n"},
		{"a mapping that says nothing of a column that must be there",
			ROW(T("NIP BARU")) ROW(T(ANI)), &broken, 3, 0, "1  name not_mapped \n"},
		{"our own headings need no mapping", HEADINGS ROW(T(ANI) T("Ani") T("pns")), NULL,
			0, 1, ""},
	};
	const struct import_mapping offered[] = {simpeg, other};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *sheet = arena_printf(s->tx.arena, WORKBOOK_SHEET("%s"), cases[i].sheet);
		struct attempt a = check(s, IMPORT_EMPLOYEES, workbook_of(s->tx.arena, sheet),
			cases[i].chosen, offered, 2);
		int64_t used = a.im.own->mapping ? a.im.own->mapping->mapping_id : 0;

		if (!str_eq(a.faults, cases[i].faults) || a.im.own->rows != cases[i].rows_read ||
			used != cases[i].used)
			fail_msg("%s: mapping %d, %d rows, %s", cases[i].what, (int)used,
				a.im.own->rows, a.faults);
	}
}

/* ---- days ---- */

static void test_days(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum date_order order;
		const char *day; /* NULL: none */
	} cases[] = {
		{"2025-11-13", DATES_DMY, "2025-11-13"},
		{"2025/11/3", DATES_YMD, "2025-11-03"},
		{"2025-11-13 00:00", DATES_DMY, "2025-11-13"},
		{"2025-11-13 07:30", DATES_DMY, NULL},
		{"13/11/2025", DATES_DMY, "2025-11-13"},
		{"3-1-2025", DATES_DMY, "2025-01-03"},
		{"3.1.2025", DATES_DMY, "2025-01-03"},
		{"11/13/2025", DATES_DMY, NULL},
		{"11/13/2025", DATES_MDY, "2025-11-13"},
		{"13 November 2025", DATES_MDY, "2025-11-13"},
		{"13-Nop-2025", DATES_DMY, "2025-11-13"},
		{"1 Agt 2025", DATES_DMY, "2025-08-01"},
		{"17 Agustus 1945", DATES_DMY, "1945-08-17"},
		{"5 Mei 2025", DATES_DMY, "2025-05-05"},
		{"13/11-2025", DATES_DMY, NULL},
		{"13/11/25", DATES_DMY, NULL},
		{"30/02/2025", DATES_DMY, NULL},
		{"0/1/2025", DATES_DMY, NULL},
		{"13 Muharam 1447", DATES_DMY, NULL},
		{"45974", DATES_DMY, NULL},
		{"", DATES_DMY, NULL},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		char found[11] = "";
		int32_t day;

		if (org_import_parse_day(cases[i].text, cases[i].order, &day))
			day_format(day, found);
		if (!str_eq(found, cases[i].day ? cases[i].day : ""))
			fail_msg("%s: %s", cases[i].text, found);
	}
}

static void test_heading_keys(void **state)
{
	struct test_store *s = *state;
	static const char *const cases[][2] = {{"NIP BARU", "nip baru"},
		{" N.I.P.\nBaru ", "n i p baru"}, {"employment_kind", "employment kind"},
		{"NIP / NI PPPK", "nip ni pppk"}, {"***", ""}, {"Tgl. Lahir", "tgl lahir"}};

	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(org_import_heading_key(s->tx.arena, cases[i][0]), cases[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_workbooks, open_store, close_store),
		cmocka_unit_test_setup_teardown(test_sheets, open_store, close_store),
		cmocka_unit_test_setup_teardown(test_no_workbook, open_store, close_store),
		cmocka_unit_test_setup_teardown(test_mappings, open_store, close_store),
		cmocka_unit_test(test_days),
		cmocka_unit_test_setup_teardown(test_heading_keys, open_store, close_store),
	};

	test_store_engine = DB_SQLITE;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
