/*
 * Plans of results that come as files of e-Kinerja: what is read, what is named, and that nothing
 * is agreed by it. On both engines.
 *
 * PermenPANRB 6/2022: a plan holds once both agreed. Issue: mapping unverified until a person
 * looked at it; all or nothing; the same file again changes nothing.
 */
#include "reports/reports_target.h"

#include "base/date.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_import_int.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "platform/test_workbook.h"
#include "roster/roster.h"
#include "trust/trust.h"

#define NOW  INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define ANI  "199001012015012004"
#define BUDI "198001012005012001"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id ani, budi;
};

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_true(day_parse(text, &day));
	return day;
}

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct employee_id add_person(struct office *o, const char *nip)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = "Ani",
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

static void open_office(struct office *o)
{
	const struct org_unit row = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	org_import_register(&reports_target_import);
	must(org_add_unit(&o->s.tx, &row, &o->unit));
	o->ani = add_person(o, ANI);
	o->budi = add_person(o, BUDI);
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static enum err flush_here(struct import *im)
{
	const struct import_private *own = im->own;

	return org_add_staged(
		im->tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

static struct org_import_row send(struct office *o, struct bytes file,
	const struct import_mapping *mapping, struct import *im)
{
	struct org_import_row row = {.import_id = id_next(),
		.kind = IMPORT_TARGETS,
		.sha256 = "ab",
		.file_name = "skp.csv",
		.effective = day_of("2025-11-13"),
		.actor = o->budi};
	int64_t generation;

	must(org_add_import(&o->s.tx, &row));
	must(platform_load_generation(&o->s.tx, &generation));
	must(org_import_open(
		im, &o->s.tx, &reports_target_import, row.import_id, row.effective, false));
	if (mapping)
		org_import_choose(im, mapping);
	im->own->flush = flush_here;
	must(org_import_read(im, file));
	org_import_close(im);
	must(org_import_finish(&o->s.tx, im, generation, &row));
	must(org_load_import(&o->s.tx, row.import_id, &row));
	return row;
}

static struct org_import_row send_text(struct office *o, const char *file, struct import *im)
{
	return send(o, (struct bytes){(const uint8_t *)file, strlen(file)}, NULL, im);
}

#define HEADER "nip;period;result;kind;aspect;indicator;target;unit_of_measure\n"
#define GOOD                                                                                       \
	HEADER ANI ";2026;Berkas mutasi selesai;main;quantity;Jumlah berkas;1.200 berkas;\n"       \
		   ";;;;quality;Tanpa kesalahan;95;persen\n"                                       \
		   ";;Arsip tertata;additional;time;Hari;12;hari\n" BUDI                           \
		   ";TW III 2026;Layanan kepegawaian tepat waktu;;quantity;Layanan;40;layanan\n"

static struct target_plan only_plan(struct office *o, struct employee_id owner)
{
	struct target_plan plan[4];
	int count;

	must(reports_list_plans(
		&o->s.tx, owner, day_of("2026-01-01"), day_of("2026-12-31"), plan, 4, &count));
	assert_int_equal(count, 1);
	return plan[0];
}

static int count_plans(struct office *o)
{
	struct target_plan plan[4];
	int ani, budi;

	must(reports_list_plans(&o->s.tx, o->ani, 0, DAY_FOREVER, plan, 4, &ani));
	must(reports_list_plans(&o->s.tx, o->budi, 0, DAY_FOREVER, plan, 4, &budi));
	return ani + budi;
}

/* Drafts, with what merged cells said only once; the same file again changes nothing, and neither
 * does a file that says something else. */
static void test_drafts(void **state)
{
	struct office o;
	struct import im;
	struct org_import_row row;
	struct target_plan p;
	struct target *t;
	int count;
	(void)state;

	open_office(&o);
	row = send_text(&o, GOOD, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.rows, 4);
	assert_int_equal(row.created, 2);
	p = only_plan(&o, o.ani);
	assert_int_equal(p.state, PLAN_DRAFT);
	assert_int_equal(p.period, PERIOD_ANNUAL);
	assert_int_equal(p.proposed_at, 0);
	assert_int_equal(p.decided_by.v, 0);
	assert_int_equal(p.unit.v, o.unit.v);
	assert_true(p.import_id == row.import_id);
	must(reports_list_targets(&o.s.tx, p.id, &t, &count));
	assert_int_equal(count, 2);
	assert_string_equal(t[0].result, "Berkas mutasi selesai");
	assert_int_equal(t[0].measures_count, 2);
	assert_int_equal(t[0].measures[0].amount, 1200);
	assert_string_equal(t[0].measures[0].unit_of_measure, "berkas");
	assert_int_equal(t[0].measures[1].aspect, ASPECT_QUALITY);
	assert_int_equal(t[1].kind, TARGET_ADDITIONAL);
	p = only_plan(&o, o.budi);
	assert_int_equal(p.first_day, day_of("2026-07-01"));
	assert_int_equal(p.last_day, day_of("2026-09-30"));

	row = send_text(&o, GOOD, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.created, 0);
	assert_int_equal(row.unchanged, 2);
	row = send_text(&o, HEADER ANI ";2026;Berkas lain;main;quantity;Jumlah;5;berkas\n", &im);
	assert_int_equal(row.state, IMPORT_REFUSED);
	assert_string_equal(im.own->error[0].reason, "plan_exists");
	assert_int_equal(count_plans(&o), 2);
	test_store_close(&o.s);
}

/* Budi answers for Ani, and his plan of 2026 is agreed. */
static int64_t add_agreed(struct office *o, enum report_period period)
{
	struct target_measure measure = {ASPECT_QUANTITY, "Jumlah", 10, "berkas"};
	struct target target = {.id = id_next(),
		.result = "Mutasi tepat waktu",
		.measures = &measure,
		.measures_count = 1};
	struct target_plan plan = {.id = id_next(),
		.owner = o->budi,
		.unit = o->unit,
		.period = (int32_t)period,
		.revision = 1,
		.state = PLAN_AGREED,
		.version = 1,
		.note = ""};

	reports_period_of(period, day_of("2026-01-01"), &plan.first_day, &plan.last_day);
	must(reports_add_plan(&o->s.tx, &plan));
	must(reports_set_plan(&o->s.tx, &plan));
	must(reports_set_targets(&o->s.tx, plan.id, &target, 1));
	return target.id;
}

#define CASCADE "nip;period;result;aspect;indicator;target;unit_of_measure;superior_result\n"

/* A result is derived from the superior's agreed one of the same words; others are told. */
static void test_cascade(void **state)
{
	struct office o;
	struct import im;
	struct org_import_row row;
	struct target *t;
	int64_t of_year;
	int count;
	(void)state;

	open_office(&o);
	must(org_relate(&o.s.tx, o.ani, RELATION_SUPERVISOR, o.budi, 18000));
	row = send_text(&o,
		CASCADE ANI ";2026;Berkas selesai;quantity;Jumlah;5;berkas;Mutasi tepat waktu\n",
		&im);
	assert_int_equal(row.state, IMPORT_REFUSED); /* nothing is agreed yet */
	assert_string_equal(im.own->error[0].column, "superior_result");
	assert_string_equal(im.own->error[0].reason, "unknown_superior_result");
	of_year = add_agreed(&o, PERIOD_ANNUAL);
	add_agreed(&o, PERIOD_QUARTERLY);
	row = send_text(&o,
		CASCADE ANI ";2026;Berkas selesai;quantity;Jumlah;5;berkas;Mutasi tepat\n", &im);
	assert_int_equal(row.state, IMPORT_REFUSED);
	assert_int_equal(im.own->error[0].line, 2);

	row = send_text(&o,
		CASCADE ANI ";2026;Berkas selesai;quantity;Jumlah;5;berkas;Mutasi tepat waktu\n"
			    ";;;quality;Tanpa salah;95;persen;\n"
			    ";;Arsip tertata;time;Hari;12;hari;\n",
		&im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	must(reports_list_targets(&o.s.tx, only_plan(&o, o.ani).id, &t, &count));
	assert_int_equal(count, 2);
	assert_true(t[0].parent == of_year);
	assert_int_equal(t[0].measures_count, 2);
	assert_true(t[1].parent == 0);
	test_store_close(&o.s);
}

/* What is wrong is named by line and column, and nothing of the file is taken. */
static void test_faults(void **state)
{
	static const struct {
		const char *rows;
		int line;
		const char *column, *reason;
	} cases[] = {
		{ANI ";2024;Berkas selesai;main;quantity;Jumlah;5;berkas\n", 2, "period",
			"period_over"},
		{ANI ";2028;Berkas selesai;main;quantity;Jumlah;5;berkas\n", 2, "period",
			"period_over"},
		{ANI ";SKP;Berkas selesai;main;quantity;Jumlah;5;berkas\n", 2, "period",
			"not_a_period"},
		{";2026;Berkas selesai;main;quantity;Jumlah;5;berkas\n", 2, "nip", "required"},
		{"199001012015012009;2026;Berkas selesai;main;quantity;Jumlah;5;berkas\n", 2, "nip",
			"unknown_nip"},
		{"1.99E+17;2026;Berkas selesai;main;quantity;Jumlah;5;berkas\n", 2, "nip",
			"nip_scientific"},
		{ANI ";2026;=HYPERLINK(1);main;quantity;Jumlah;5;berkas\n", 2, "result", "formula"},
		{ANI ";2026;Berkas selesai;main;quantity;@SUM(1);5;berkas\n", 2, "indicator",
			"formula"},
		{ANI ";2026;Abc;main;quantity;Jumlah;5;berkas\n", 2, "result", "too_short"},
		{ANI ";2026;Berkas selesai;utama sekali;quantity;Jumlah;5;berkas\n", 2, "kind",
			"not_one_of"},
		{ANI ";2026;Berkas selesai;main;mutu;Jumlah;5;berkas\n", 2, "aspect", "not_one_of"},
		{ANI ";2026;Berkas selesai;main;quantity;;5;berkas\n", 2, "indicator", "required"},
		{ANI ";2026;Berkas selesai;main;quantity;Jumlah;2,5;berkas\n", 2, "target",
			"not_a_whole_number"},
		{ANI ";2026;Berkas selesai;main;quantity;Jumlah;0;berkas\n", 2, "target",
			"quantity_of_none"},
		{ANI ";2026;Berkas selesai;main;quantity;Jumlah;5;\n", 2, "unit_of_measure",
			"required"},
		{ANI ";2026;Berkas "
		     "selesai;main;quantity;Jumlah;5;berkas\n;;;;quantity;Lain;5;surat\n",
			3, "aspect", "two_quantities"},
		{ANI ";2026;Berkas selesai;main;quantity;Jumlah;5;berkas\n" BUDI
		     ";2026;Berkas selesai;main;quantity;Jumlah;5;berkas\n" ANI
		     ";2026;Arsip tertata;main;quantity;Jumlah;5;berkas\n",
			4, "nip", "rows_apart"},
		{ANI ";2026;Berkas selesai;main;quantity;Jumlah;5;berkas\n" BUDI
		     ";2026;;main;quantity;Jumlah;5;berkas\n",
			3, "result", "required"}, /* not his neighbour's */
	};
	struct office o;
	(void)state;

	open_office(&o);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		struct org_import_row row = send_text(
			&o, arena_printf(&o.s.arena, HEADER "%s", cases[i].rows), &im);
		const struct import_error *error = &im.own->error[0];

		if (row.state != IMPORT_REFUSED || error->line != cases[i].line ||
			!str_eq(error->column, cases[i].column) ||
			!str_eq(error->reason, cases[i].reason))
			fail_msg("%s: %d faults, %d %s %s", cases[i].rows, row.errors, error->line,
				error->column, error->reason);
	}
	assert_int_equal(count_plans(&o), 0);
	test_store_close(&o.s);
}

static void add_results(struct buf *b, int results, int measures)
{
	for (int i = 0; i < results; i++)
		for (int k = 0; k < measures; k++)
			buf_printf(b, ANI ";2026;Hasil nomor %d;main;quality;Ukuran %d;5;persen\n",
				i, k);
}

/* Bounds of a plan (docs/WORK.md): 20 results of 8 measures. */
static void test_bounds(void **state)
{
	static const struct {
		int results, measures;
		const char *reason;
	} cases[] = {{21, 1, "too_many_results"}, {1, 9, "too_many_measures"}, {20, 8, NULL}};
	struct office o;
	(void)state;

	open_office(&o);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		struct buf b;

		buf_init(&b, &o.s.arena, 4096);
		buf_str(&b, HEADER);
		add_results(&b, cases[i].results, cases[i].measures);
		struct org_import_row row = send_text(&o, b.p, &im);

		assert_int_equal(row.errors, cases[i].reason ? 1 : 0);
		if (cases[i].reason)
			assert_string_equal(im.own->error[0].reason, cases[i].reason);
	}
	test_store_close(&o.s);
}

#define T(text)    "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define N(number)  "<c><v>" number "</v></c>"
#define EMPTY      "<c/>"
#define ROW(cells) "<row>" cells "</row>"

/* A workbook with the headings of the example: nothing is read by it while nobody saved it; then
 * merged cells are read as people see them, and formulas for their value, as text. */
static void test_workbook_by_mapping(void **state)
{
	const char *sheet = WORKBOOK_SHEET(ROW(T("SASARAN KINERJA PEGAWAI")) ROW(T("NIP") T("TAHUN")
			T("RENCANA HASIL KERJA") T("ASPEK") T("INDIKATOR KINERJA INDIVIDU")
				T("TARGET")) ROW(T(ANI) N("2026") T("Berkas selesai") T("Kuantitas")
			T("Jumlah berkas") T("120 Berkas")) ROW(EMPTY EMPTY EMPTY T("Waktu")
			T("Tepat waktu") "<c t=\"str\"><f>A1</f><v>12 bulan</v></c>"));
	struct office o;
	struct import im;
	struct org_import_row row;
	struct target *t;
	int count;
	(void)state;

	open_office(&o);
	struct bytes file = workbook_of(&o.s.arena, sheet);
	row = send(&o, file, NULL, &im);
	assert_int_equal(row.state, IMPORT_REFUSED); /* an example reads nothing */
	row = send(&o, file, &reports_target_import.preset[0], &im);
	assert_int_equal(row.errors, 0);
	assert_int_equal(row.created, 1);
	must(reports_list_targets(&o.s.tx, only_plan(&o, o.ani).id, &t, &count));
	assert_int_equal(count, 1);
	assert_int_equal(t[0].measures_count, 2);
	assert_int_equal(t[0].measures[0].amount, 120);
	assert_string_equal(t[0].measures[0].unit_of_measure, "Berkas");
	assert_string_equal(t[0].measures[1].unit_of_measure, "bulan");
	test_store_close(&o.s);
}

/* ---- cells ---- */

static void test_periods(void **state)
{
	static const struct {
		const char *text, *first;
		enum report_period period;
	} cases[] = {
		{"2026", "2026-01-01", PERIOD_ANNUAL},
		{"Tahun 2026", "2026-01-01", PERIOD_ANNUAL},
		{"2026 triwulan 3", "2026-07-01", PERIOD_QUARTERLY},
		{"TW IV 2026", "2026-10-01", PERIOD_QUARTERLY},
		{"2026-1", "2026-01-01", PERIOD_QUARTERLY},
		{"2026/II", "2026-04-01", PERIOD_QUARTERLY},
		{"", NULL, PERIOD_ANNUAL},
		{"26", NULL, PERIOD_ANNUAL},
		{"2026-5", NULL, PERIOD_ANNUAL},
		{"2026 2027", NULL, PERIOD_ANNUAL},
		{"Januari 2026", NULL, PERIOD_ANNUAL},
		{"triwulan 3", NULL, PERIOD_ANNUAL},
		{"2026                                                  3", NULL, PERIOD_ANNUAL},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		enum report_period period = PERIOD_ANNUAL;
		int32_t first = 0;
		bool is = reports_read_period(cases[i].text, &period, &first);

		if (is != !!cases[i].first ||
			(is && (period != cases[i].period || first != day_of(cases[i].first))))
			fail_msg("%s", cases[i].text);
	}
}

static void test_amounts(void **state)
{
	static const struct {
		const char *text;
		int amount; /* -1: refused */
		const char *unit;
	} cases[] = {
		{"600", 600, ""},
		{"600 berkas", 600, "berkas"},
		{"1.200 berkas", 1200, "berkas"},
		{"1.200.000", 1200000, ""},
		{"100%", 100, "%"},
		{"1000000000", 1000000000, ""},
		{"1000000001", -1, NULL},
		{"99999999999999999999", -1, NULL},
		{"2,5 jam", -1, NULL},
		{"2.5", -1, NULL},
		{"12.3456", -1, NULL},
		{"10-12 dokumen", -1, NULL},
		{"10 - 12 dokumen", -1, NULL},
		{"berkas", -1, NULL},
		{"-5", -1, NULL},
		{"", -1, NULL},
	};
	(void)state;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		int32_t amount = 0;
		const char *unit = "";
		bool is = reports_read_amount(cases[i].text, &amount, &unit);

		if (is != (cases[i].amount >= 0) ||
			(is && (amount != cases[i].amount || !str_eq(unit, cases[i].unit))))
			fail_msg("%s: %d %s", cases[i].text, (int)amount, unit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_drafts),
		cmocka_unit_test(test_cascade),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_workbook_by_mapping),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_amounts),
	};

	return TEST_STORE_RUN(tests);
}
