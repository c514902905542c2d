/*
 * The register: codes, what may be signed by what, and papers issued, replaced and withdrawn, on
 * both engines. That a paper comes out of a route is in test/http/documents.test.ts.
 */
#include "org/org_test_office.h"

#include "org/org_document_int.h"
#include "platform/changes.h"
#include "platform/document.h"

/* ---- pure ---- */

static void a_code_is_read_as_people_type_it(void **state)
{
	static const struct {
		const char *typed;
		bool is_code;
	} row[] = {
		{"0123456789abcdef0123456789abcdef", true},
		{"0123-4567-89AB-CDEF-0123-4567-89AB-CDEF", true},
		{" 0123 4567 89ab cdef 0123 4567 89ab cdef ", true},
		{"0123456789abcdef0123456789abcde", false},
		{"0123456789abcdef0123456789abcdef0", false},
		{"0123456789abcdef0123456789abcdeg", false},
		{"", false},
		{"----", false},
	};
	char code[CODE_DIGITS + 1];
	struct arena a;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(org_read_document_code(row[i].typed, code), row[i].is_code);
		if (row[i].is_code)
			assert_string_equal(code, row[0].typed);
	}
	arena_init(&a, 4096);
	assert_string_equal(org_show_document_code(&a, row[0].typed),
		"0123-4567-89AB-CDEF-0123-4567-89AB-CDEF");
	arena_release(&a);
}

/* UU 1/2024 art. 17 (2a), PP 71/2019 art. 60: an uncertified signature stays between offices. */
static void a_class_says_what_may_sign_it(void **state)
{
	static const struct {
		enum document_class class;
		enum signature_standing standing;
		bool may;
	} row[] = {
		{CLASS_INTERNAL, SIGNATURE_ABSENT, true},
		{CLASS_INTERNAL, SIGNATURE_INTERNAL, true},
		{CLASS_INTERNAL, SIGNATURE_CERTIFIED, true},
		{CLASS_RIGHT, SIGNATURE_ABSENT, true},
		{CLASS_RIGHT, SIGNATURE_INTERNAL, false},
		{CLASS_RIGHT, SIGNATURE_CERTIFIED, true},
		{CLASS_CITIZEN, SIGNATURE_ABSENT, true},
		{CLASS_CITIZEN, SIGNATURE_INTERNAL, false},
		{CLASS_CITIZEN, SIGNATURE_CERTIFIED, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_int_equal(org_may_sign(row[i].class, row[i].standing), row[i].may);
}

static void every_kind_has_a_class_and_its_article(void **state)
{
	static const struct {
		enum print_kind kind;
		enum document_class class;
		const char *article;
	} row[] = {
		{PRINT_RECAP, CLASS_INTERNAL, "PP 71/2019 Pasal 60"},
		{PRINT_SUPPLEMENT, CLASS_INTERNAL, "PP 71/2019 Pasal 60"},
		{PRINT_INCIDENT, CLASS_RIGHT, "UU 1/2024 Pasal 17 ayat (2a)"},
		{PRINT_ROSTER_COVER, CLASS_INTERNAL, "PP 71/2019 Pasal 60"},
		{PRINT_HOME_ORDER, CLASS_INTERNAL, "PP 71/2019 Pasal 60"},
		{PRINT_ROSTER_RETURN, CLASS_INTERNAL, "PP 71/2019 Pasal 60"},
	};

	(void)state;
	assert_int_equal(sizeof row / sizeof *row, PRINT_KIND_COUNT);
	for (int i = 0; i < PRINT_KIND_COUNT; i++) {
		struct document_rule r = org_default_document_rule(row[i].kind);

		assert_int_equal(r.kind, row[i].kind);
		assert_int_equal(r.class, row[i].class);
		assert_true(strncmp(r.legal_basis, row[i].article, strlen(row[i].article)) == 0);
		assert_string_equal(r.verified_by, ""); /* nobody read it yet */
	}
}

static void an_office_is_named_without_its_holder(void **state)
{
	const struct document_signer plh = {
		.prefix = "Plh.", .office = "Kepala Dinas", .name = "Ani"};
	const struct document_signer own = {.office = "Kepala Biro", .name = "Budi"};
	struct arena a;

	(void)state;
	arena_init(&a, 4096);
	assert_string_equal(org_office_text(&a, &plh), "Plh. Kepala Dinas");
	assert_string_equal(org_office_text(&a, &own), "Kepala Biro");
	arena_release(&a);
}

/* ---- rows ---- */

#define CODE_A "00000000000000000000000000000aaa"
#define CODE_B "00000000000000000000000000000bbb"
#define CODE_C "00000000000000000000000000000ccc"

static struct issued paper_of(struct office *o, const char *code, int64_t subject, int content)
{
	struct issued d = {.kind = PRINT_ROSTER_COVER,
		.document_id = id_next(),
		.subject = subject,
		.unit = o->division,
		.sender = o->agency,
		.code = code,
		.number = "800/1/XI/2025",
		.title = "SURAT PENGANTAR",
		.about = "Jadwal",
		.agency = "DINAS",
		.office = "Kepala Dinas",
		.signer = "",
		.certificate = "",
		.size_bytes = 1000,
		.issued_by = o->officer};

	memset(d.content.b, content, sizeof d.content.b);
	memset(d.sha256.b, content + 1, sizeof d.sha256.b);
	return d;
}

static int list_of(struct office *o, const char *path, int32_t kind, int64_t subject)
{
	struct issued d[10];
	int count;

	assert_int_equal(org_list_issued(&o->s.tx, &(struct issued_query){path, kind, subject, 0},
				 d, 10, &count),
		OK);
	return count;
}

static void one_paper_of_a_subject_is_in_force(void **state)
{
	struct office *o = *state;
	struct issued a = paper_of(o, CODE_A, 7, 1), b = paper_of(o, CODE_B, 7, 2), got;

	assert_int_equal(org_add_issued(&o->s.tx, &a), OK);
	assert_int_equal(
		org_load_issued_of(&o->s.tx, PRINT_ROSTER_COVER, 7, (struct employee_id){0}, &got),
		OK);
	assert_int_equal(got.document_id, a.document_id);
	assert_memory_equal(got.content.b, a.content.b, sizeof a.content.b);
	assert_int_equal(got.issued_at, o->s.tx.now_ms);
	assert_int_equal(
		org_end_issued(&o->s.tx, &a, ISSUED_REPLACED, o->officer, "", b.document_id), OK);
	assert_int_equal(org_add_issued(&o->s.tx, &b), OK);
	assert_int_equal(b.leaf_index, a.leaf_index + 2); /* issued, ended, issued */
	assert_int_equal(org_load_issued(&o->s.tx, a.document_id, &got), OK);
	assert_int_equal(got.state, ISSUED_REPLACED);
	assert_int_equal(got.replaced_by, b.document_id);
	assert_int_equal(
		org_load_issued_of(&o->s.tx, PRINT_ROSTER_COVER, 7, (struct employee_id){0}, &got),
		OK);
	assert_int_equal(got.document_id, b.document_id);
	assert_int_equal(
		org_load_issued_of(&o->s.tx, PRINT_ROSTER_COVER, 7, o->ani, &got), E_NOT_FOUND);
}

static void a_paper_is_withdrawn_once(void **state)
{
	struct office *o = *state;
	struct issued a = paper_of(o, CODE_A, 7, 1), got;

	assert_int_equal(org_add_issued(&o->s.tx, &a), OK);
	assert_int_equal(org_end_issued(&o->s.tx, &a, ISSUED_WITHDRAWN, o->head, "Salah", 0), OK);
	assert_int_equal(
		org_end_issued(&o->s.tx, &a, ISSUED_WITHDRAWN, o->head, "Lagi", 0), E_CONFLICT);
	assert_int_equal(org_find_issued_by_code(&o->s.tx, CODE_A, &got), OK);
	assert_int_equal(got.state, ISSUED_WITHDRAWN);
	assert_string_equal(got.reason, "Salah");
	assert_int_equal(got.ended_by.v, o->head.v);
	assert_int_equal(
		org_load_issued_of(&o->s.tx, PRINT_ROSTER_COVER, 7, (struct employee_id){0}, &got),
		E_NOT_FOUND);
	assert_int_equal(org_find_issued_by_code(&o->s.tx, CODE_B, &got), E_NOT_FOUND);
}

static void a_list_is_of_a_unit_and_below(void **state)
{
	struct office *o = *state;
	struct issued a = paper_of(o, CODE_A, 7, 1), b = paper_of(o, CODE_B, 8, 2),
		      c = paper_of(o, CODE_C, 9, 3);
	const struct org_tree *tree;

	b.unit = o->agency;
	c.unit = (struct unit_id){0};
	c.kind = PRINT_INCIDENT;
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	const char *agency = org_find_unit(tree, o->agency)->path;
	const char *division = org_find_unit(tree, o->division)->path;
	const char *other = org_find_unit(tree, o->other)->path;

	assert_int_equal(org_add_issued(&o->s.tx, &a), OK);
	assert_int_equal(org_add_issued(&o->s.tx, &b), OK);
	assert_int_equal(org_add_issued(&o->s.tx, &c), OK);
	const struct {
		const char *path;
		int32_t kind;
		int64_t subject;
		int count;
	} row[] = {
		{"/", INT_NONE, 0, 3},
		{agency, INT_NONE, 0, 2},
		{division, INT_NONE, 0, 1},
		{other, INT_NONE, 0, 0},
		{"/", PRINT_INCIDENT, 0, 1},
		{"/", PRINT_ROSTER_COVER, 8, 1},
		{"/", PRINT_ROSTER_COVER, 9, 0},
	};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_int_equal(
			list_of(o, row[i].path, row[i].kind, row[i].subject), row[i].count);
}

static void a_rule_holds_from_its_day_on(void **state)
{
	struct office *o = *state;
	struct document_rule r = {.kind = PRINT_HOME_ORDER,
		.class = CLASS_RIGHT,
		.legal_basis = "Pergub 1/2025 Pasal 3",
		.verified_by = "Citra",
		.valid_from = TODAY,
		.valid_to = DAY_FOREVER,
		.entered_by = o->head};
	bool is_last;

	assert_int_equal(org_add_document_rule(&o->s.tx, &r), OK);
	r.class = CLASS_CITIZEN;
	r.valid_from = TODAY + 10;
	assert_int_equal(org_is_document_rule_last(&o->s.tx, r.kind, r.valid_from, &is_last), OK);
	assert_true(is_last);
	assert_int_equal(org_add_document_rule(&o->s.tx, &r), OK);
	assert_int_equal(org_is_document_rule_last(&o->s.tx, r.kind, TODAY, &is_last), OK);
	assert_false(is_last);
	const struct {
		int32_t day;
		enum document_class class;
	} row[] = {{TODAY - 1, CLASS_INTERNAL}, {TODAY, CLASS_RIGHT}, {TODAY + 9, CLASS_RIGHT},
		{TODAY + 10, CLASS_CITIZEN}};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(
			org_load_document_rule(&o->s.tx, PRINT_HOME_ORDER, row[i].day, &r), OK);
		assert_int_equal(r.class, row[i].class);
	}
}

int main(void)
{
#define IN_OFFICE(f) cmocka_unit_test_setup_teardown(f, open_office, close_office)
	const struct CMUnitTest pure[] = {
		cmocka_unit_test(a_code_is_read_as_people_type_it),
		cmocka_unit_test(a_class_says_what_may_sign_it),
		cmocka_unit_test(every_kind_has_a_class_and_its_article),
		cmocka_unit_test(an_office_is_named_without_its_holder),
	};
	const struct CMUnitTest tests[] = {
		IN_OFFICE(one_paper_of_a_subject_is_in_force),
		IN_OFFICE(a_paper_is_withdrawn_once),
		IN_OFFICE(a_list_is_of_a_unit_and_below),
		IN_OFFICE(a_rule_holds_from_its_day_on),
	};

	return cmocka_run_group_tests(pure, NULL, NULL) + TEST_STORE_RUN(tests);
}
