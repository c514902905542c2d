/*
 * Who signs a paper of a unit, and as what: on both engines. Permendagri 1/2023: a.n., Plt. and
 * Plh. stand before the office of the one signed for.
 */
#include "org/org_test_office.h"

#include "org/org_print.h"
#include "platform/document.h"

#define FROM  (TODAY - 10)
#define UNTIL (TODAY + 10)

static struct document_signer signer_of(
	struct office *o, struct unit_id unit, struct employee_id decided)
{
	struct document_signer s;

	assert_int_equal(org_load_signer(&o->s.tx, unit, TODAY, decided, "Kepala Dinas", &s), OK);
	return s;
}

static void assert_signer(struct office *o, struct employee_id decided, const char *prefix,
	const char *office, const char *below, const char *name)
{
	struct document_signer s = signer_of(o, o->agency, decided);

	assert_string_equal(s.prefix ? s.prefix : "", prefix);
	assert_string_equal(s.office, office);
	assert_string_equal(s.below ? s.below : "", below);
	assert_string_equal(s.name, name);
}

static void an_office_is_signed_for_as_it_is_held(void **state)
{
	struct office *o = *state;
	const struct employee_id nobody = {0};

	assert_signer(o, nobody, "", "Kepala Dinas", "", "..............................");
	add_role(o, o->boss, ROLE_AGENCY_HEAD, o->agency, ACTING_PLT, nobody, FROM, UNTIL);
	assert_signer(o, nobody, "Plt.", "Kepala Dinas", "", "Dedi");
	add_role(o, o->head, ROLE_AGENCY_HEAD, o->agency, ACTING_DEFINITIVE, nobody, FROM, UNTIL);
	assert_signer(o, nobody, "", "Analis", "", "Citra"); /* his own office */
	add_role(o, o->ani, ROLE_AGENCY_HEAD, o->agency, ACTING_PLH, nobody, TODAY, TODAY);
	assert_signer(o, nobody, "Plh.", "Kepala Dinas", "", "Ani");
	add_role(o, o->deputy, ROLE_AGENCY_HEAD, o->agency, ACTING_DELEGATE, o->head, FROM, UNTIL);
	assert_signer(o, nobody, "Plh.", "Kepala Dinas", "", "Ani");
	assert_signer(o, o->deputy, "a.n.", "Kepala Dinas", "Analis", "Euis");
	assert_signer(o, o->head, "", "Analis", "", "Citra");
	assert_signer(o, o->officer, "Plh.", "Kepala Dinas", "", "Ani"); /* decided from outside */
}

static void an_office_ends_with_its_letter(void **state)
{
	struct office *o = *state;
	const struct employee_id nobody = {0};

	add_role(o, o->boss, ROLE_AGENCY_HEAD, o->agency, ACTING_PLT, nobody, FROM, TODAY - 1);
	add_role(o, o->ani, ROLE_AGENCY_OFFICER, o->agency, ACTING_DEFINITIVE, nobody, FROM, UNTIL);
	assert_signer(o, nobody, "", "Kepala Dinas", "", "..............................");
	add_role(o, o->budi, ROLE_UNIT_HEAD, o->division, ACTING_DEFINITIVE, nobody, FROM, UNTIL);
	assert_string_equal(signer_of(o, o->division, nobody).name, "Budi");
	assert_string_equal(signer_of(o, o->division, nobody).nip, "199001012015011005");
	assert_null(signer_of(o, o->division, nobody).caption);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			an_office_is_signed_for_as_it_is_held, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			an_office_ends_with_its_letter, open_office, close_office),
	};

	return TEST_STORE_RUN(tests);
}
