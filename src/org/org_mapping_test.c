/*
 * Saved mappings: what may be saved, how headings are known, and what an office does with one.
 *
 * UU 27/2022 art. 16: columns that are not needed are neither shown nor kept. Issue: similar names
 * and examples propose a mapping; it is saved under a name and applies by itself next month.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "org/org_test_ask.h"
#include "org/org_test_office.h"
#include "platform/test_workbook.h"

#include <string.h>

/* ---- rules ---- */

static void test_private_headings(void **state)
{
	(void)state;
	static const char *const private[] = {"nik", "agama id", "nomor hp", "email gov",
		"npwp nomor", "bpjs", "alamat", "tempat lahir nama", "tanggal lahir",
		"jenis kawin id", "kartu asn virtual", "no ktp"};
	static const char *const needed[] = {"nip baru", "nama", "gelar depan", "unor id",
		"jabatan", "status cpns pns", "hpp", "unik", ""};

	for (int i = 0; i < COUNT_OF(private); i++) {
		if (!is_private_heading(private[i]))
			fail_msg("%s", private[i]);
	}
	for (int i = 0; i < COUNT_OF(needed); i++) {
		if (is_private_heading(needed[i]))
			fail_msg("%s", needed[i]);
	}
}

static void test_likeness(void **state)
{
	(void)state;
	static const struct import_column nip = {"nip", 0, 0, "", NULL, IMPORT_NIP_ALSO};
	static const struct import_column name = {
		"name", 0, 0, "", NULL, "nama|nama pegawai|nama lengkap"};
	static const struct {
		const struct import_column *column;
		const char *key;
		int least, most;
	} cases[] = {
		{&nip, "nip", 100, 100},
		{&nip, "nip baru", 100, 100},
		{&nip, "ni pppk pw", 100, 100},
		{&nip, "nip lama", 0, 64},
		{&nip, "nama", 0, 64},
		{&name, "nama pegawai asn", HEADING_SCORE_LEAST, 99},
		{&name, "nama lengkap", 100, 100},
		{&name, "jabatan", 0, 64},
		{&name, "", 0, 0},
	};
	struct arena a;

	arena_init(&a, 1 << 20);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		int score = compute_heading_score(&a, cases[i].column, cases[i].key);

		if (score < cases[i].least || score > cases[i].most)
			fail_msg("%s: %d", cases[i].key, score);
	}
	arena_release(&a);
}

/* ---- over the routes ---- */

#define T(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define SIMPEG                                                                                     \
	WORKBOOK_SHEET("<row>" T("DAFTAR PEGAWAI") "</row><row>" T("NO") T("NAMA PEGAWAI")         \
			T("NIP BARU") T("AGAMA") T("STATUS ASN") "</row><row>" T("1") T("Ani")     \
				T("199001012015012004") T("Islam") T("P3K") "</row>")
#define MAPPING(name)                                                                              \
	"{\"kind\":\"employees\",\"name\":\"" name                                                 \
	"\",\"dates\":\"dmy\",\"ends_at_blank\":true,\"columns\":["                                \
	"{\"column\":\"nip\",\"heading\":\"NIP BARU\",\"fixed\":\"\",\"values\":[]},"              \
	"{\"column\":\"name\",\"heading\":\"NAMA PEGAWAI\",\"fixed\":\"\",\"values\":[]},"         \
	"{\"column\":\"employment_kind\",\"heading\":\"STATUS ASN\",\"fixed\":\"pns\","            \
	"\"values\":[{\"said\":\"P3K\",\"meant\":\"pppk\"}]}]}"

/* The look of an officer at a file: as the dispatcher gives it, with the bytes beside the query. */
static struct req look(struct office *o, struct bytes file, const char *kind)
{
	const struct route *route = find_route(POST, "/api/v1/imports/preview");
	struct req rq = {.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = o->officer},
		.raw_body = (const char *)file.p,
		.raw_body_bytes = file.n};
	void *input = arena_alloc(&o->s.arena, route->input->size);

	read_arguments(o, route->input, ARGUMENTS({"kind", kind}), input);
	rq.input = input;
	assert_int_equal(route->handler(&rq), OK);
	return rq;
}

static void test_preview_proposes(void **state)
{
	struct office *o = *state;
	struct bytes file = workbook_of(&o->s.arena, SIMPEG);
	struct req rq = look(o, file, "employees");

	assert_has(&rq, "\"sheets\":[\"Data\"],\"sheet\":\"Data\",\"line\":2,\"rows\":1");
	assert_has(&rq, "{\"heading\":\"NIP BARU\",\"cell\":\"C2\",\"is_private\":false,"
			"\"samples\":[\"199001012015012004\"]}");
	assert_has(
		&rq, "{\"heading\":\"AGAMA\",\"cell\":\"D2\",\"is_private\":true,\"samples\":[]}");
	assert_lacks(&rq, "Islam");
	assert_has(&rq, "\"from\":\"likeness\"");
	assert_has(&rq, "{\"column\":\"nip\",\"heading\":\"NIP BARU\"");
	assert_has(&rq, "{\"column\":\"employment_kind\",\"heading\":\"STATUS ASN\"");
	assert_has(&rq, "{\"name\":\"employment_kind\",\"example\":\"pns\",\"is_required\":true,"
			"\"choices\":[\"pns\",\"cpns\",\"pppk\",\"pppk_part_time\"]}");
}

static void test_preview_of_what_cannot_be_read(void **state)
{
	struct office *o = *state;
	struct req rq = look(
		o, (struct bytes){(const uint8_t *)"PK\x03\x04 no zip", 11}, "employees");

	assert_has(&rq, "{\"fault\":\"not_a_workbook\",\"fault_line\":1,");
	rq = look(o, workbook_of(&o->s.arena, "<!DOCTYPE x><worksheet/>"), "employees");
	assert_has(&rq, "{\"fault\":\"workbook_dtd\",\"fault_line\":1,");
}

static void test_preview_knows_examples(void **state)
{
	struct office *o = *state;
	struct bytes siasn = workbook_of(&o->s.arena,
		WORKBOOK_SHEET("<row>" T("PNS ID") T("NIP BARU") T("NIK") T("NAMA") T("GELAR DEPAN")
				T("GELAR BELAKANG") T("STATUS CPNS PNS")
					T("NOMOR HP") "</row>"
						      "<row>" T("X") T("'199001012015012004") T(
							      "'3204111222333444") T("Ani") T("")
							      T("S.Sos.") T("P")
								      T("081234567890") "</row>"));
	struct req rq = look(o, siasn, "employees");

	assert_has(&rq, "\"from\":\"example\",\"name\":\"SIASN: data utama\"");
	assert_lacks(&rq, "3204111222");
	assert_lacks(&rq, "0812345678");

	/* a list of ranks is of PNS, unless it has a column that says so itself */
	rq = look(o,
		workbook_of(&o->s.arena,
			WORKBOOK_SHEET("<row>" T("NAMA") T("NIP BARU") T("STATUS") "</row><row>" T(
				"Ani") T("'199001012015012004") T("P3K") "</row>")),
		"employees");
	assert_has(&rq, "\"from\":\"example\",\"name\":\"SIMPEG: DUK\"");
	assert_has(&rq, "{\"column\":\"employment_kind\",\"heading\":\"STATUS\",\"fixed\":\"\","
			"\"values\":[{\"said\":\"P3K\",\"meant\":\"pppk\"},");
	rq = look(o,
		workbook_of(&o->s.arena,
			WORKBOOK_SHEET("<row>" T("NAMA") T("NIP BARU") "</row><row>" T("Ani")
					T("'199001012015012004") "</row>")),
		"employees");
	assert_has(&rq, "{\"column\":\"employment_kind\",\"heading\":\"\",\"fixed\":\"pns\","
			"\"values\":[]}");
}

static int64_t save(struct office *o, const char *json)
{
	struct req rq;
	int64_t id;

	assert_int_equal(
		ask(o, o->officer, POST, "/api/v1/imports/mappings", NO_ARGUMENTS, json, &rq), OK);
	assert_true(str_to_int(
		arena_strndup(&o->s.arena, rq.body.p + 12, rq.body.n - 14), 1, INT64_MAX, &id));
	return id;
}

static struct org_import_row send(struct office *o, struct bytes file, int64_t mapping)
{
	struct org_import_row row = {.import_id = id_next(),
		.kind = IMPORT_EMPLOYEES,
		.sha256 = "ab",
		.file_name = "f.xlsx",
		.effective = TODAY,
		.dry_run = true,
		.mapping_id = mapping,
		.actor = o->officer};
	struct import im;

	assert_int_equal(org_add_import(&o->s.tx, &row), OK);
	assert_int_equal(org_import_open(&im, &o->s.tx, org_import_kind(IMPORT_EMPLOYEES),
				 row.import_id, TODAY, true),
		OK);
	assert_true(!mapping || org_import_choose_saved(&im, mapping));
	assert_int_equal(org_import_read(&im, file), OK);
	org_import_close(&im);
	assert_int_equal(org_import_finish(&o->s.tx, &im, 0, &row), OK);
	assert_int_equal(org_load_import(&o->s.tx, row.import_id, &row), OK);
	return row;
}

/* Saved once, it applies by itself to the sheet of next month, and the look says so. */
static void test_saved_mapping_applies(void **state)
{
	struct office *o = *state;
	struct bytes file = workbook_of(&o->s.arena, SIMPEG);

	make_bkd(o, o->officer);
	assert_int_not_equal(send(o, file, 0).errors, 0);
	int64_t id = save(o, MAPPING("SIMPEG"));
	struct org_import_row row = send(o, file, 0);
	assert_int_equal(row.errors, 0);
	assert_int_equal(row.updated, 1); /* Ani is PPPK by what her cell means */
	assert_int_equal(row.mapping_id, id);
	assert_string_equal(row.mapping, "SIMPEG");
	struct req rq = look(o, file, "employees");
	assert_has(&rq, arena_printf(&o->s.arena, "\"from\":\"saved\",\"mapping\":\"%lld\"",
				(long long)id));
}

static void test_saving_anew_ends_the_old_one(void **state)
{
	struct office *o = *state;
	struct req rq;

	make_bkd(o, o->officer);
	int64_t first = save(o, MAPPING("SIMPEG")), second = save(o, MAPPING("SIMPEG"));
	save(o, MAPPING("Lain"));
	assert_int_equal(ask(o, o->officer, GET, "/api/v1/imports/mappings",
				 ARGUMENTS({"kind", "employees"}), "{}", &rq),
		OK);
	assert_lacks(&rq, id_text(o, first));
	assert_has(&rq, arena_printf(&o->s.arena,
				"{\"id\":\"%lld\",\"kind\":\"employees\",\"name\":\"SIMPEG\"",
				(long long)second));
	assert_has(&rq, "\"values\":[{\"said\":\"P3K\",\"meant\":\"pppk\"}]");
	assert_has(&rq, "{\"kind\":\"employees\",\"name\":\"SIMPEG: DUK\"");
	const char *path = "/api/v1/imports/mappings/{mapping}/end";
	assert_int_equal(ask(o, o->officer, POST, path, ARGUMENTS({"mapping", id_text(o, second)}),
				 "{}", &rq),
		OK);
	assert_int_equal(ask(o, o->officer, POST, path, ARGUMENTS({"mapping", id_text(o, second)}),
				 "{}", &rq),
		E_NOT_FOUND);
}

#define COLUMN(column, heading, fixed, values)                                                     \
	"{\"column\":\"" column "\",\"heading\":\"" heading "\",\"fixed\":\"" fixed                \
	"\",\"values\":[" values "]}"
#define REQUEST(columns)                                                                           \
	"{\"kind\":\"employees\",\"name\":\"x\",\"dates\":\"dmy\",\"ends_at_blank\":false,"        \
	"\"columns\":[" columns "]}"
#define WHOLE COLUMN("nip", "NIP", "", "") "," COLUMN("name", "NAMA", "", "")

static void test_what_cannot_be_saved(void **state)
{
	struct office *o = *state;
	static const struct {
		const char *json, *pointer;
	} cases[] = {
		{REQUEST(COLUMN("gaji", "GAJI", "", "")), "/columns/0/column"},
		{REQUEST(WHOLE "," COLUMN("nip", "NIP", "", "")), "/columns/2/column"},
		{REQUEST(WHOLE), "/columns/employment_kind"},
		{REQUEST(WHOLE "," COLUMN("employment_kind", "", "honorer", "")),
			"/columns/employment_kind"},
		{REQUEST(WHOLE "," COLUMN(
			 "employment_kind", "S", "", "{\"said\":\"X\",\"meant\":\"honorer\"}")),
			"/columns/employment_kind"},
		{REQUEST(WHOLE "," COLUMN("employment_kind", "S", "",
			 "{\"said\":\"X\",\"meant\":\"pns\"},{\"said\":\"x\",\"meant\":\"cpns\"}")),
			"/columns/employment_kind"},
		{REQUEST(WHOLE "," COLUMN(
			 "employment_kind", "", "pns", "{\"said\":\"X\",\"meant\":\"pns\"}")),
			"/columns/employment_kind"},
		{REQUEST(COLUMN("nip", "", "1", "") "," COLUMN("name", "", "x", "") "," COLUMN(
			 "employment_kind", "", "pns", "")),
			"/columns"},
	};

	make_bkd(o, o->officer);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct req rq;
		enum err e = ask(o, o->officer, POST, "/api/v1/imports/mappings", NO_ARGUMENTS,
			cases[i].json, &rq);

		if (e != E_BAD_FIELD || !str_eq(rq.fault.pointer, cases[i].pointer))
			fail_msg("%s: %s %s", cases[i].json, err_code(e), rq.fault.pointer);
	}
}

/* Offices name units in words; a name two units have says nothing. */
static void test_units_by_name(void **state)
{
	struct office *o = *state;
	static const char head[] = "nip;unit;position;position_level\n";
	static const struct {
		const char *unit, *reason; /* NULL: none */
	} cases[] = {
		{"DISDIK-SET", NULL},
		{"Dinas  pendidikan sekretariat", NULL},
		{"Tata Usaha", "ambiguous_unit"},
		{"Tata Boga", "unknown_unit"},
	};
	const char *const named[][2] = {
		{"A1", "Dinas Pendidikan Sekretariat"}, {"A2", "Tata Usaha"}, {"A3", "Tata Usaha"}};

	for (int i = 0; i < COUNT_OF(named); i++) {
		struct unit_id id;
		const struct org_unit row = {.parent = o->agency,
			.code = named[i][0],
			.name = named[i][1],
			.kind = UNIT_DIVISION,
			.valid_to = DAY_FOREVER};

		assert_int_equal(org_add_unit(&o->s.tx, &row, &id), OK);
	}
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		const char *file = arena_printf(&o->s.arena,
			"%s199001012015012004;%s;Analis;fungsional\n", head, cases[i].unit);

		assert_int_equal(org_import_open(&im, &o->s.tx, org_import_kind(IMPORT_PLACEMENTS),
					 1, TODAY, true),
			OK);
		assert_int_equal(
			org_import_read(&im, (struct bytes){(const uint8_t *)file, strlen(file)}),
			OK);
		org_import_close(&im);
		const char *reason = im.own->errors ? im.own->error[0].reason : NULL;
		if (!str_eq(reason, cases[i].reason))
			fail_msg("%s: %s", cases[i].unit, reason ? reason : "no fault");
	}
}

static int open_with_kinds(void **state)
{
	org_import_register_own();
	return open_office(state);
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_with_kinds, close_office)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_private_headings),
		cmocka_unit_test(test_likeness),
		STORE(test_preview_proposes),
		STORE(test_preview_of_what_cannot_be_read),
		STORE(test_preview_knows_examples),
		STORE(test_saved_mapping_applies),
		STORE(test_saving_anew_ends_the_old_one),
		STORE(test_what_cannot_be_saved),
		STORE(test_units_by_name),
	};
	return TEST_STORE_RUN(tests);
}
