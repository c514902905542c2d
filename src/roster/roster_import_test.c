/*
 * Rosters that come as files: what is taken, what is named, what policy does not allow. On both
 * engines.
 *
 * SE 150/KPG.03/BKD of Jawa Barat: agencies send the names, BKD adjusts the attendance; Thursdays
 * in phase I, at most half of an agency a day in phase II. PermenPANRB 4/2025 art. 13: two days a
 * week.
 */
#include "roster/roster_test_office.h"

#include "org/org_import_int.h"
#include "roster/roster_node.h"

/* ---- files
 * --------------------------------------------------------------------------------------- */

static enum err flush_here(struct import *im)
{
	const struct import_private *own = im->own;
	return org_add_staged(
		im->tx, own->import_id, own->staged_before + 1, own->staged, own->staged_rows);
}

static struct org_import_row send(struct office *o, const char *file, struct import *im)
{
	struct org_import_row row = {.import_id = id_next(),
		.kind = IMPORT_ROSTERS,
		.sha256 = "ab",
		.file_name = "f",
		.effective = day("2025-12-01"),
		.actor = o->budi};
	int64_t generation;
	org_import_register(&roster_import);
	assert_int_equal(org_add_import(&o->s.tx, &row), OK);
	assert_int_equal(platform_load_generation(&o->s.tx, &generation), OK);
	assert_int_equal(org_import_open(im, &o->s.tx, org_import_kind(IMPORT_ROSTERS),
				 row.import_id, row.effective, false),
		OK);
	im->own->flush = flush_here;
	assert_int_equal(
		org_import_read(im, (struct bytes){(const uint8_t *)file, strlen(file)}), OK);
	org_import_close(im);
	assert_int_equal(org_import_finish(&o->s.tx, im, generation, &row), OK);
	assert_int_equal(org_load_import(&o->s.tx, row.import_id, &row), OK);
	return row;
}

/* One draft per planning node, a gap is "not set"; published, the same file changes nothing. */
static void test_import(void **state)
{
	(void)state;
	const char *file = "nip;nama;2025-12-01;02/12/2025;2025-12-04\n" ANI ";Ani;WFO;wfh;R\n" DEDI
			   ";Dedi;;DL;K\n";
	struct office o;
	struct import im;
	struct roster_version list[4];
	int count;
	open_office(&o);
	struct rule rule = home_by_roster(50);
	struct instrument_id se = add_circular(&o, "SE 150", &rule, 1);
	struct org_import_row row = send(&o, file, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.created, 2);
	assert_int_equal(facts_of(&o, o.ani, "2025-12-02").letter, 0); /* drafts */
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 2);
	for (int i = 0; i < count; i++) {
		assert_int_equal(list[i].source, ROSTER_IMPORTED);
		assert_int_equal(list[i].people, 1);
		assert_int_equal(list[i].instrument.v,
			list[i].unit.v == o.agency.v ? se.v : 0); /* Dedi is never away */
		assert_int_equal(list[i].made_by.v, o.budi.v);
		assert_int_equal(roster_publish(&o.s.tx, list[i].version_id, o.budi), OK);
	}
	assert_string_equal(letters_of(&o, o.ani), "KR.R......");
	assert_string_equal(letters_of(&o, o.dedi), ".D.K......");
	row = send(&o, file, &im);
	assert_int_equal(row.state, IMPORT_APPLIED);
	assert_int_equal(row.unchanged, 2);
	assert_int_equal(row.created, 0);
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
	assert_int_equal(count, 2);
	test_store_close(&o.s);
}

/* A unit that plans for itself gets a draft of its own, as of the first day of the file. */
static void test_one_draft_per_node(void **state)
{
	(void)state;
	const char *file = "nip;2025-12-01;2025-12-02\n" ANI ";WFO;WFH\n" CITRA ";WFO;WFO\n";
	static const struct {
		const char *from;
		int drafts;
	} cases[] = {{"2025-12-01", 2}, {"2025-12-02", 1}};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct office o;
		struct import im;
		struct roster_version list[4];
		int count;
		open_office(&o);
		struct rule rule = home_by_roster(100);
		add_circular(&o, "SE 150", &rule, 1);
		assert_int_equal(
			roster_add_node(&o.s.tx, o.division, "SK 1", day(cases[i].from), o.budi),
			OK);
		assert_int_equal(send(&o, file, &im).state, IMPORT_APPLIED);
		assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 4, &count), OK);
		assert_int_equal(count, cases[i].drafts);
		for (int k = 0; k < count; k++) {
			assert_int_equal(list[k].people, 3 - count);
			assert_true(list[k].unit.v == o.agency.v ||
				    (count == 2 && list[k].unit.v == o.division.v));
		}
		test_store_close(&o.s);
	}
}

/* Days a file leaves empty stay as they are published, and are nothing new. */
static void test_gaps_of_a_file(void **state)
{
	(void)state;
	const char *file = "nip;2025-12-01;2025-12-02;2025-12-04\n" ANI ";WFO;;R\n";
	struct office o;
	struct import im;
	struct roster_version list[1];
	int count;
	open_office(&o);
	struct rule rule = home_by_roster(100);
	add_circular(&o, "SE 150", &rule, 1);
	publish_one(&o, o.ani, "2025-12-01", "RRKKKKKKKK");
	assert_int_equal(send(&o, file, &im).created, 1);
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 1, &count), OK);
	assert_int_equal(roster_publish(&o.s.tx, list[0].version_id, o.budi), OK);
	assert_string_equal(letters_of(&o, o.ani), "KRKRKKKKKK");
	assert_int_equal(send(&o, file, &im).unchanged, 1);
	test_store_close(&o.s);
}

static void test_import_faults(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		int line;
		const char *column, *reason;
	} cases[] = {
		{"nip;2025-12-01\n" ANI ";WFX\n", 2, "2025-12-01", "unknown_letter"},
		{"nip;2025-12-01\n" ANI ";K\n" ANI ";R\n", 3, "nip", "double"},
		{"nip;2025-12-01\n199001012015012009;K\n", 2, "nip", "unknown_nip"},
		{"nip;2025-12-01\n" EKO ";K\n", 2, "nip", "not_placed"},
		{"nip;2025-12-01;2026-02-28\n" ANI ";K;K\n", 2, "2025-12-01", "period_too_long"},
		{"nip;2025-10-01\n" ANI ";K\n", 2, "2025-10-01", "too_far_back"},
		{"nip\n" ANI "\n", 2, "nip", "no_days"},
		{"nip;2025-12-01;01/12/2025\n" ANI ";K;K\n", 1, "3", "double_column"},
		{"nip;2025-12-32\n" ANI ";K\n", 1, "2", "unknown_column"},
	};
	struct office o;
	open_office(&o);
	struct rule rule = home_by_roster(50);
	add_circular(&o, "SE 150", &rule, 1);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct import im;
		struct org_import_row row = send(&o, cases[i].file, &im);
		assert_int_equal(row.state, IMPORT_REFUSED);
		assert_int_equal(row.errors, 1);
		const struct import_error *error = &im.own->error[0];
		assert_int_equal(error->line, cases[i].line);
		assert_string_equal(error->column, cases[i].column);
		assert_string_equal(error->reason, cases[i].reason);
	}
	struct roster_version list[1];
	int count;
	assert_int_equal(roster_list_versions(&o.s.tx, "", DAY_NONE, list, 1, &count), OK);
	assert_int_equal(count, 0); /* all or nothing */
	test_store_close(&o.s);
}

/* ---- what policy says to it
 * ---------------------------------------------------------------------- */

/* Faults as "line column reason value" lines; "" when the file was taken. */
static const char *said(struct office *o, const char *file)
{
	struct import im;
	struct buf b;
	struct org_import_row row = send(o, file, &im);
	buf_init(&b, &o->s.arena, 256);
	buf_str(&b, "");
	for (int i = 0; i < im.own->errors; i++) {
		const struct import_error *e = &im.own->error[i];
		buf_printf(&b, "%d %s %s %s\n", e->line, e->column, e->reason, e->value);
	}
	assert_int_equal(row.state, im.own->errors ? IMPORT_REFUSED : IMPORT_APPLIED);
	return b.p;
}

static struct rule weekly_cap(int days)
{
	struct rule r = policy_rule_of(RULE_WEEKLY_CAP);
	r.days_per_week = days;
	return r;
}

static struct rule shared(
	enum share_bound bound, int percent, enum share_base base, enum share_level level)
{
	struct rule r = home_by_roster(percent);
	r.bound = bound;
	r.base = base;
	r.share_level = level;
	return r;
}

/* SE 150 phase I: a cell that no instrument opens would not count, so it is named where it stands.
 */
static void test_days_that_no_rule_opens(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	/* no circular at all: office is what it is, and nothing else is open */
	assert_string_equal(said(&o, "nip;2025-12-04\n" ANI ";WFO\n"), "");
	assert_string_equal(
		said(&o, "nip;2025-12-04\n" ANI ";WFH\n"), "2 2025-12-04 day_not_open WFH\n");
	struct rule rule[] = {thursday_home(), service_exempt()};
	add_circular(&o, "SE 150", rule, 2);
	assert_string_equal(said(&o, "nip;2025-12-04;2025-12-05;2025-12-06;2025-12-11\n" ANI
				     ";WFH;WFH;WFH;WFA\n" CITRA ";R;K;L;K\n"),
		"2 2025-12-05 day_not_open WFH\n2 2025-12-06 day_off WFH\n"
		"2 2025-12-11 only_home WFA\n3 2025-12-04 exempt R\n");
	/* every cell of a row at once, also beside one that is no letter */
	assert_string_equal(said(&o, "nip;2025-12-04;2025-12-05\n" ANI ";WFX;WFH\n123;WFX;K\n"),
		"2 2025-12-04 unknown_letter WFX\n2 2025-12-05 day_not_open WFH\n"
		"3 2025-12-04 unknown_letter WFX\n3 nip nip_malformed 123\n");
	/* leave beats the roster, it does not make it wrong */
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_ANNUAL_LEAVE, day("2025-12-04"),
				 day("2025-12-05"), "C 1"),
		OK);
	assert_string_equal(said(&o, "nip;2025-12-04\n" ANI ";WFH\n"), "");
	assert_string_equal(
		said(&o, "nip;2025-12-05\n" ANI ";WFH\n"), "2 2025-12-05 day_not_open WFH\n");
	test_store_close(&o.s);
}

/* PermenPANRB 4/2025 art. 13: two days of the week from Monday, whatever gave them. */
static void test_weekly_cap_of_a_file(void **state)
{
	(void)state;
	static const struct {
		const char *file, *said;
	} cases[] = {
		{"nip;2025-12-01;2025-12-02;2025-12-03;2025-12-04;2025-12-05\n" ANI ";R;K;R;K;R\n",
			"2 2025-12-05 above_weekly_cap 3 > 2\n"},
		{"nip;2025-12-04;2025-12-05;2025-12-08;2025-12-09\n" ANI ";R;R;R;R\n", ""},
		/* in another order of columns, and with a gap */
		{"nip;2025-12-05;2025-12-01;2025-12-03\n" ANI ";R;R;R\n",
			"2 2025-12-05 above_weekly_cap 3 > 2\n"},
		/* Budi is published at home on 2 and 3 December */
		{"nip;2025-12-04\n" BUDI ";R\n", "2 2025-12-04 above_weekly_cap 3 > 2\n"},
		{"nip;2025-12-01\n" BUDI ";K\n", ""},
		{"nip;2025-12-03;2025-12-04\n" BUDI ";K;R\n", ""},
		/* Dedi is on leave on 1 December: that day is no day at home */
		{"nip;2025-12-01;2025-12-02;2025-12-03\n" DEDI ";R;R;R\n", ""},
	};
	struct office o;
	open_office(&o);
	struct rule rule[] = {home_by_roster(100), weekly_cap(2)};
	add_circular(&o, "SE 150", rule, 2);
	publish_one(&o, o.budi, "2025-12-02", "RR");
	assert_int_equal(org_set_status(&o.s.tx, o.dedi, STATUS_SICK_LEAVE, day("2025-12-01"),
				 day("2025-12-01"), "S 1"),
		OK);
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(said(&o, cases[i].file), cases[i].said);
	test_store_close(&o.s);
}

/* SE 150 phase II: at most half of all of an agency, those the file leaves out as published. */
static void test_share_of_a_file(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	struct rule rule[] = {home_by_roster(50), service_exempt()};
	add_circular(&o, "SE 150", rule, 2);
	/* Ani, Budi and, at the counter, Citra: half of three is one */
	assert_string_equal(said(&o, "nip;2025-12-02;2025-12-03\n" ANI ";R;K\n" BUDI ";K;R\n"), "");
	assert_string_equal(said(&o, "nip;2025-12-02;2025-12-03\n" ANI ";R;K\n" BUDI ";R;R\n"),
		"1 2025-12-02 share_above BAPPEDA 2/3 > 1 (50%)\n");
	publish_one(&o, o.budi, "2025-12-02", "R");
	assert_string_equal(said(&o, "nip;2025-12-02\n" ANI ";R\n"),
		"1 2025-12-02 share_above BAPPEDA 2/3 > 1 (50%)\n");
	assert_string_equal(said(&o, "nip;2025-12-02\n" ANI ";R\n" BUDI ";K\n"), "");
	/* an agency of one has no half; days the file does not name are not judged */
	assert_string_equal(said(&o, "nip;2025-12-04\n" DEDI ";R\n"),
		"1 2025-12-04 share_above DINSOS 1/1 > 0 (50%)\n");
	publish_one(&o, o.ani, "2025-12-05", "R");
	publish_one(&o, o.budi, "2025-12-05", "R");
	assert_string_equal(said(&o, "nip;2025-12-04;2025-12-05\n" ANI ";R;\n"), "");
	/* of the files of that day the one that was taken left a draft */
	struct roster_version list[20];
	int count;
	assert_int_equal(
		roster_list_versions(&o.s.tx, "", day("2025-12-04"), list, 20, &count), OK);
	assert_int_equal(count, 1);
	test_store_close(&o.s);
}

/* Each bound, base and level in whole people; too few only where everybody has his place. */
static void test_bounds_of_a_file(void **state)
{
	(void)state;
	static const struct {
		enum share_bound bound;
		int percent;
		enum share_base base;
		enum share_level level;
		const char *file, *said;
	} cases[] = {
		{BOUND_EXACTLY, 50, BASE_ALL, LEVEL_AGENCY,
			"nip;2025-12-02\n" ANI ";K\n" BUDI ";K\n" CITRA ";K\n",
			"1 2025-12-02 share_below BAPPEDA 0/3 < 1 (50%)\n"},
		{BOUND_EXACTLY, 50, BASE_ALL, LEVEL_AGENCY,
			"nip;2025-12-02\n" ANI ";R\n" BUDI ";R\n" CITRA ";K\n", ""},
		{BOUND_EXACTLY, 50, BASE_ALL, LEVEL_AGENCY,
			"nip;2025-12-02\n" ANI ";R\n" BUDI ";R\n" CITRA ";R\n",
			"1 2025-12-02 share_above BAPPEDA 3/3 > 2 (50%)\n"},
		{BOUND_EXACTLY, 50, BASE_ALL, LEVEL_AGENCY, "nip;2025-12-02\n" ANI ";K\n", ""},
		{BOUND_AT_LEAST, 50, BASE_ALL, LEVEL_AGENCY,
			"nip;2025-12-02\n" ANI ";R\n" BUDI ";K\n" CITRA ";K\n",
			"1 2025-12-02 share_below BAPPEDA 1/3 < 2 (50%)\n"},
		{BOUND_AT_LEAST, 50, BASE_ALL, LEVEL_AGENCY,
			"nip;2025-12-02\n" ANI ";R\n" BUDI ";R\n" CITRA ";R\n", ""},
		/* Budi is on leave: he counts among all, not among those at work or those who may
		 */
		{BOUND_AT_MOST, 50, BASE_ALL, LEVEL_DIVISION, "nip;2025-12-03\n" ANI ";R\n", ""},
		{BOUND_AT_MOST, 50, BASE_PRESENT, LEVEL_DIVISION, "nip;2025-12-03\n" ANI ";R\n",
			"1 2025-12-03 share_above BAPPEDA-1 1/1 > 0 (50%)\n"},
		{BOUND_AT_MOST, 50, BASE_ELIGIBLE, LEVEL_UNIT, "nip;2025-12-03\n" ANI ";R\n",
			"1 2025-12-03 share_above BAPPEDA-1 1/1 > 0 (50%)\n"},
		/* four people have a place in the government; Eko has none */
		{BOUND_AT_MOST, 50, BASE_ALL, LEVEL_GOVERNMENT,
			"nip;2025-12-02\n" ANI ";R\n" DEDI ";R\n", ""},
		{BOUND_AT_MOST, 50, BASE_ALL, LEVEL_GOVERNMENT,
			"nip;2025-12-02\n" ANI ";R\n" BUDI ";R\n" DEDI ";R\n",
			"1 2025-12-02 share_above * 3/4 > 2 (50%)\n"},
	};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct office o;
		open_office(&o);
		struct rule rule = shared(
			cases[i].bound, cases[i].percent, cases[i].base, cases[i].level);
		add_circular(&o, "SE 1", &rule, 1);
		assert_int_equal(org_set_status(&o.s.tx, o.budi, STATUS_SICK_LEAVE,
					 day("2025-12-03"), day("2025-12-03"), "S 1"),
			OK);
		assert_string_equal(said(&o, cases[i].file), cases[i].said);
		test_store_close(&o.s);
	}
}

/* Who moves within the weeks is judged by his unit of each day, who leaves by his last. */
static void test_file_over_a_change(void **state)
{
	(void)state;
	struct office o;
	struct employee_id fitri;
	const struct employee_row row = {.nip = "198501012005012006",
		.name = "Fitri",
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	open_office(&o);
	struct rule rule[] = {shared(BOUND_AT_MOST, 100, BASE_ALL, LEVEL_AGENCY), service_exempt()};
	add_circular(&o, "SE 150", rule, 2);
	assert_int_equal(
		org_add_employee(&o.s.tx, &row, day("2020-01-01"), day("2025-12-03"), &fitri), OK);
	assert_int_equal(org_place(&o.s.tx, fitri, o.division, "Analis", FUNGSIONAL, "SK 1",
				 day("2020-01-01")),
		OK);
	assert_int_equal(org_place(&o.s.tx, o.ani, o.counter_unit, "Analis", FUNGSIONAL, "SK 2",
				 day("2025-12-03")),
		OK);
	assert_string_equal(
		said(&o, "nip;2025-12-02;2025-12-03\n" ANI ";R;R\n"), "2 2025-12-03 exempt R\n");
	assert_string_equal(said(&o, "nip;2025-12-03;2025-12-04\n198501012005012006;R;R\n"),
		"2 2025-12-04 not_in_service R\n");
	assert_string_equal(said(&o, "nip;2025-12-03;2025-12-04\n198501012005012006;R;\n"), "");
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_one_draft_per_node),
		cmocka_unit_test(test_gaps_of_a_file),
		cmocka_unit_test(test_import_faults),
		cmocka_unit_test(test_days_that_no_rule_opens),
		cmocka_unit_test(test_weekly_cap_of_a_file),
		cmocka_unit_test(test_share_of_a_file),
		cmocka_unit_test(test_bounds_of_a_file),
		cmocka_unit_test(test_file_over_a_change),
	};
	return TEST_STORE_RUN(tests);
}
