/*
 * Which row speaks of a notice, who decides, what is masked, what is late: tables over the rows
 * that ship (data/leave-kinds.csv), read as they are seeded.
 *
 * Perka BKN 24/2017 jo 7/2021: sick leave of 1 day, 2 to 14, above; long leave and childbirth three
 * months. Perban BKN 7/2022: PPPK. PP 94/2021: nobody decides about himself. Product principle 10.
 */
#include "org/org_absence_db.h"
#include "org/org_test_office.h"

#include "base/str.h"
#include "platform/assets.h"

#define MONDAY_TODAY 20409 /* 2025-11-17 */

struct world {
	struct office *o;
	struct org_kind kind[KINDS_MAX];
	int kinds;
};

static void load_kinds(struct office *o, struct world *w)
{
	const struct asset *asset = asset_find("data/leave-kinds.csv");
	int added;

	assert_non_null(asset);
	assert_int_equal(
		org_seed_kinds(&o->s.tx, (struct bytes){asset->bytes, asset->size}, &added), OK);
	assert_int_equal(org_list_kinds(&o->s.tx, MONDAY_TODAY, w->kind, KINDS_MAX, &w->kinds), OK);
	assert_int_equal(added, w->kinds);
	w->o = o;
}

static void test_row_of_an_ask(void **state)
{
	static const struct {
		const char *what;
		enum status_kind kind;
		enum employment_kind who;
		int from, days, from_minute, to_minute;
		const char *reason, *route;
		enum notice_fault fault;
		const char *row; /* name of the row that speaks */
	} cases[] = {
		{"24/2017: sick for one day", STATUS_SICK_LEAVE, PNS, 0, 1, -1, -1, "", "",
			NOTICE_SOUND, "Cuti sakit 1 hari"},
		{"24/2017: 2 days", STATUS_SICK_LEAVE, PNS, 0, 2, -1, -1, "", "", NOTICE_SOUND,
			"Cuti sakit 2 sampai 14 hari"},
		{"24/2017: 14 days", STATUS_SICK_LEAVE, CPNS, 0, 14, -1, -1, "", "", NOTICE_SOUND,
			"Cuti sakit 2 sampai 14 hari"},
		{"24/2017: 15 days", STATUS_SICK_LEAVE, PNS, 0, 15, -1, -1, "", "", NOTICE_SOUND,
			"Cuti sakit lebih dari 14 hari"},
		{"24/2017: above a year", STATUS_SICK_LEAVE, PNS, 0, 367, -1, -1, "", "",
			NOTICE_TOO_MANY_DAYS, NULL},
		{"7/2022: PPPK sick", STATUS_SICK_LEAVE, PPPK_PART_TIME, 0, 3, -1, -1, "", "",
			NOTICE_SOUND, "Cuti sakit PPPK 2 sampai 14 hari"},
		{"7/2022 knows no long leave", STATUS_LONG_LEAVE, PPPK, 0, 30, -1, -1,
			"Ibadah haji", "", NOTICE_NO_KIND, NULL},
		{"24/2017: long leave, three months", STATUS_LONG_LEAVE, PNS, 5, 92, -1, -1,
			"Ibadah haji", "", NOTICE_SOUND, "Cuti besar"},
		{"24/2017: more than three", STATUS_LONG_LEAVE, PNS, 5, 93, -1, -1, "Ibadah haji",
			"", NOTICE_TOO_MANY_DAYS, NULL},
		{"CLTN is for PNS", STATUS_UNPAID_LEAVE, CPNS, 5, 90, -1, -1, "Mendampingi suami",
			"", NOTICE_NO_KIND, NULL},
		{"joint leave comes by letter", STATUS_JOINT_LEAVE, PNS, 0, 1, -1, -1, "", "",
			NOTICE_BY_LETTER, NULL},
		{"part of a day out of the office", STATUS_OUTSIDE_DUTY, PNS, 0, 1, 540, 720,
			"Rapat koordinasi", "Gedung Sate", NOTICE_SOUND, "Dinas luar"},
		{"outside duty has a place", STATUS_OUTSIDE_DUTY, PNS, 0, 1, -1, -1, "Rapat", "",
			NOTICE_NO_PLACE, NULL},
		{"a permit says what for", STATUS_PERMIT, PNS, 0, 1, -1, -1, "x", "",
			NOTICE_NO_REASON, NULL},
		{"hours turned", STATUS_PERMIT, PNS, 0, 1, 720, 540, "Mengurus akta", "",
			NOTICE_BAD_PART, NULL},
		{"only one hour", STATUS_PERMIT, PNS, 0, 1, 540, -1, "Mengurus akta", "",
			NOTICE_BAD_PART, NULL},
		{"leave is whole days", STATUS_ANNUAL_LEAVE, PNS, 0, 1, 540, 720, "", "",
			NOTICE_WHOLE_DAYS, NULL},
		{"no days", STATUS_ANNUAL_LEAVE, PNS, 0, 0, -1, -1, "", "", NOTICE_ENDS_BEFORE,
			NULL},
		{"a year and a day ago", STATUS_SICK_LEAVE, PNS, -367, 1, -1, -1, "", "",
			NOTICE_TOO_LONG_AGO, NULL},
		{"more than a year ahead", STATUS_ANNUAL_LEAVE, PNS, 367, 1, -1, -1, "", "",
			NOTICE_TOO_FAR, NULL},
		{"before any row held", STATUS_SICK_LEAVE, PNS, -330, 1, -1, -1, "", "",
			NOTICE_NO_KIND, NULL},
	};
	struct world w;

	load_kinds(*state, &w);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct notice_ask ask = {cases[i].kind, MONDAY_TODAY + cases[i].from,
			MONDAY_TODAY + cases[i].from + cases[i].days - 1, cases[i].from_minute,
			cases[i].to_minute, cases[i].who, MONDAY_TODAY, cases[i].reason,
			cases[i].route};
		const struct org_kind *row;
		enum notice_fault fault = org_check_notice(w.kind, w.kinds, &ask, &row);

		if (fault != cases[i].fault)
			fail_msg("%s: fault %d", cases[i].what, fault);
		if (!str_eq(row ? row->name : NULL, cases[i].row))
			fail_msg("%s: %s", cases[i].what, row ? row->name : "none");
	}
}

static void test_who_is_to_decide(void **state)
{
	static const struct {
		enum decider rule;
		bool is_late, has_supervisor;
		enum decider decider;
	} cases[] = {
		{DECIDER_SUPERVISOR, false, true, DECIDER_SUPERVISOR},
		{DECIDER_SUPERVISOR, true, true, DECIDER_OFFICER},
		{DECIDER_SUPERVISOR, false, false, DECIDER_OFFICER},
		{DECIDER_AGENCY_HEAD, false, false, DECIDER_AGENCY_HEAD},
		{DECIDER_AGENCY_HEAD, true, true, DECIDER_OFFICER},
		{DECIDER_BKD, true, false, DECIDER_BKD},
		{DECIDER_NOBODY, true, true, DECIDER_NOBODY},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct org_kind row = {.decided_by = (int32_t)cases[i].rule};

		assert_int_equal(
			org_decide_decider(&row, cases[i].is_late, cases[i].has_supervisor),
			cases[i].decider);
	}
}

/* Every decider against every standing alone; with is_self none may (PP 94/2021). */
static void test_may_decide(void **state)
{
	static const struct {
		enum decider decider;
		bool supervisor, head, officer, bkd;
	} cases[] = {
		{DECIDER_SUPERVISOR, true, false, false, false},
		{DECIDER_AGENCY_HEAD, false, true, false, true},
		{DECIDER_OFFICER, false, false, true, true},
		{DECIDER_BKD, false, false, false, true},
		{DECIDER_NOBODY, false, false, false, false},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const enum decider d = cases[i].decider;
		struct decider_standing all = {.is_self = true,
			.is_supervisor = true,
			.is_agency_head = true,
			.is_officer = true,
			.is_bkd = true};

		assert_false(org_may_decide(d, &all));
		assert_false(org_may_decide(d, &(struct decider_standing){0}));
		assert_int_equal(
			org_may_decide(d, &(struct decider_standing){.is_supervisor = true}),
			cases[i].supervisor);
		assert_int_equal(
			org_may_decide(d, &(struct decider_standing){.is_agency_head = true}),
			cases[i].head);
		assert_int_equal(org_may_decide(d, &(struct decider_standing){.is_officer = true}),
			cases[i].officer);
		assert_int_equal(org_may_decide(d, &(struct decider_standing){.is_bkd = true}),
			cases[i].bkd);
	}
}

/* Product principle 10: sickness, childbirth and permit read alike to who need not know. */
static void test_mask(void **state)
{
	(void)state;
	for (int kind = STATUS_NONE; kind < STATUS_KIND_COUNT; kind++) {
		bool is_private = kind == STATUS_SICK_LEAVE || kind == STATUS_SICK_UNATTESTED ||
				  kind == STATUS_MATERNITY_LEAVE || kind == STATUS_PERMIT;

		assert_int_equal(org_shown_kind((enum status_kind)kind, true), kind);
		assert_string_equal(shown_kind_names[org_shown_kind((enum status_kind)kind, false)],
			is_private ? "sick_or_permit" : status_kind_names[kind]);
	}
}

static void test_overdue_and_overlap(void **state)
{
	static const struct {
		struct status_part a, b;
		bool overlap;
	} cases[] = {
		{{10, 12, -1, -1}, {12, 14, -1, -1}, true},
		{{10, 12, -1, -1}, {13, 14, -1, -1}, false},
		{{10, 10, 480, 600}, {10, 10, -1, -1}, true},
		{{10, 10, 480, 600}, {10, 10, 600, 720}, false},
		{{10, 11, 480, 600}, {11, 12, 540, 720}, true},
		{{10, 11, 480, 600}, {12, 12, 480, 600}, false},
	};

	(void)state;
	assert_false(org_is_document_overdue(0, 0, 100));   /* none is asked */
	assert_false(org_is_document_overdue(100, 0, 100)); /* its last day */
	assert_true(org_is_document_overdue(100, 0, 101));
	assert_false(org_is_document_overdue(100, 5, 101)); /* it is there */
	for (int i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(org_is_overlap(&cases[i].a, &cases[i].b), cases[i].overlap);
		assert_int_equal(org_is_overlap(&cases[i].b, &cases[i].a), cases[i].overlap);
	}
}

/* Which row the recap reads a day of absence by: span and employment, else the nearest. */
static void test_row_of_a_status(void **state)
{
	static const struct {
		const char *what;
		enum status_kind kind;
		enum employment_kind who;
		int days;
		const char *row;
	} cases[] = {
		{"by span", STATUS_SICK_LEAVE, PNS, 1, "Cuti sakit 1 hari"},
		{"by span, longer", STATUS_SICK_LEAVE, PNS, 9, "Cuti sakit 2 sampai 14 hari"},
		{"by employment", STATUS_SICK_LEAVE, PPPK, 9, "Cuti sakit PPPK 2 sampai 14 hari"},
		{"entered by letter, longer than any row", STATUS_PERMIT, PNS, 40, "Izin"},
		{"no row for PPPK: any of the kind", STATUS_STUDY, PPPK, 200, "Tugas belajar"},
		{"no row at all", STATUS_NONE, PNS, 1, NULL},
	};
	struct world w;

	load_kinds(*state, &w);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct org_kind *row = org_find_kind(
			w.kind, w.kinds, cases[i].kind, MONDAY_TODAY, cases[i].who, cases[i].days);

		if (!str_eq(row ? row->name : "", cases[i].row ? cases[i].row : ""))
			fail_msg("%s: %s", cases[i].what, row ? row->name : "none");
	}
	assert_null(org_find_kind(
		w.kind, w.kinds, STATUS_PERMIT, day_from_civil(2024, 12, 31), PNS, 1));
}

/* What ships is an example until a board says otherwise, and every row names what it rests on. */
static void test_shipped_rows(void **state)
{
	struct world w;

	load_kinds(*state, &w);
	assert_int_equal(w.kinds, 18);
	for (int i = 0; i < w.kinds; i++) {
		assert_string_equal(w.kind[i].verified_by, "");
		assert_true(*w.kind[i].legal_basis);
		assert_true(w.kind[i].decided_by != DECIDER_OFFICER);
		if (w.kind[i].kind == STATUS_SICK_LEAVE)
			assert_true(w.kind[i].sensitive);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_row_of_an_ask, open_office, close_office),
		cmocka_unit_test(test_who_is_to_decide),
		cmocka_unit_test(test_may_decide),
		cmocka_unit_test(test_mask),
		cmocka_unit_test(test_overdue_and_overlap),
		cmocka_unit_test_setup_teardown(test_row_of_a_status, open_office, close_office),
		cmocka_unit_test_setup_teardown(test_shipped_rows, open_office, close_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
