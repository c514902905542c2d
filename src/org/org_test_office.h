/*
 * For tests of org: two agencies, a school, seven people, in a private store. Boss answers for Ani
 * and Budi.
 */
#ifndef LUWES_ORG_ORG_TEST_OFFICE_H
#define LUWES_ORG_ORG_TEST_OFFICE_H

#include "org/org_db.h"
#include "org/org_document.h"
#include "org/org_print.h"
#include "org/org_rows.h"
#include "platform/auth_routes.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW   INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB */
#define TODAY 20405                  /* 2025-11-13 */

static const struct slice *const slices[] = {
	&platform_slice, &org_slice, &org_print_slice, &org_document_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id agency, division, school, other;
	struct employee_id head, boss, deputy, ani, budi, teacher, officer;
};

static inline struct unit_id add_unit(struct office *o, const char *code, struct unit_id parent)
{
	struct unit_id id;
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.valid_from = 0,
		.valid_to = DAY_FOREVER};

	assert_int_equal(org_add_unit(&o->s.tx, &row, &id), OK);
	return id;
}

static inline struct employee_id add_person(
	struct office *o, const char *name, const char *nip, struct unit_id unit)
{
	struct employee_id id;
	const struct employee_row row = {
		.nip = nip, .name = name, .title_before = "", .title_after = "", .kind = PNS};

	assert_int_equal(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id), OK);
	assert_int_equal(org_place(&o->s.tx, id, unit, "Analis", FUNGSIONAL, "SK 1", 18000), OK);
	return id;
}

static inline int64_t add_role(struct office *o, struct employee_id who, enum role role,
	struct unit_id unit, enum acting acting, struct employee_id acts_for, int32_t from,
	int32_t to)
{
	const struct role_row row = {.role = role,
		.unit = unit,
		.acting = acting,
		.acts_for = acts_for,
		.letter = "800/1/BKD",
		.valid_from = from,
		.valid_to = to};
	int64_t id;

	assert_int_equal(org_add_role(&o->s.tx, who, &row, o->head, &id), OK);
	return id;
}

static inline int open_office(void **state)
{
	struct office *o = calloc(1, sizeof(*o));
	const struct unit_id none = {0};

	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	o->agency = add_unit(o, "DISDIK", none);
	o->division = add_unit(o, "DISDIK-SET", o->agency);
	o->school = add_unit(o, "DISDIK-SMAN1", o->agency);
	o->other = add_unit(o, "DINKES", none);
	o->head = add_person(o, "Citra", "198001012005012001", o->agency);
	o->boss = add_person(o, "Dedi", "198001012005011002", o->division);
	o->deputy = add_person(o, "Euis", "198001012005012003", o->division);
	o->ani = add_person(o, "Ani", "199001012015012004", o->division);
	o->budi = add_person(o, "Budi", "199001012015011005", o->division);
	o->teacher = add_person(o, "Fajar", "199001012015011006", o->school);
	o->officer = add_person(o, "Gita", "199001012015012007", o->other);
	assert_int_equal(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, 18000), OK);
	assert_int_equal(org_relate(&o->s.tx, o->budi, RELATION_SUPERVISOR, o->boss, 18000), OK);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	*state = o;
	return 0;
}

static inline int close_office(void **state)
{
	struct office *o = *state;

	test_store_close(&o->s);
	free(o);
	return 0;
}

#endif
