/*
 * The recap in the store, on both engines: a day counts in the unit its row stands in, also after
 * it moved; what is sealed comes back as it was; months close once; what waits is counted; offices
 * are found up the tree.
 */
#include "reports/reports_recap_int.h"

#include "attendance/attendance_int.h"
#include "base/str.h"
#include "org/org_closed.h"
#include "org/org_db.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &reports_recap_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id agency, division, other;
	struct employee_id boss, ani, budi;
	int32_t month;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct unit_id add_unit(struct office *o, const char *code, struct unit_id parent)
{
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct unit_id id;

	must(org_add_unit(&o->s.tx, &row, &id));
	return id;
}

static struct employee_id add_person(
	struct office *o, const char *nip, const char *name, struct unit_id unit)
{
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&o->s.tx, &row, o->month - 1000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, unit, "Analis", PELAKSANA, "SK 1", o->month - 1000));
	return id;
}

static void open_office(struct office *o)
{
	*o = (struct office){.month = day_from_civil(2025, 11, 1)};
	test_store_open(
		&o->s, slices, COUNT_OF(slices), instant_of(o->month + 30, 8 * 60, ZONE_WIB));
	o->agency = add_unit(o, "DINAS", (struct unit_id){0});
	o->division = add_unit(o, "BIDANG", o->agency);
	o->other = add_unit(o, "LAIN", o->agency);
	must(org_touch_generation(&o->s.tx));
	o->boss = add_person(o, "197001011995031001", "Boss", o->division);
	o->ani = add_person(o, "199001012015032001", "Ani", o->division);
	o->budi = add_person(o, "198001012005011001", "Budi", o->division);
}

static struct attendance_day day_of(
	const struct office *o, struct employee_id who, struct unit_id unit, int nth)
{
	return (struct attendance_day){.day = o->month + nth - 1,
		.employee = who,
		.unit = unit,
		.mode = MODE_OFFICE,
		.state = DAY_COMPLETE,
		.starts = 450,
		.ends = 960,
		.in_at = NO_INSTANT,
		.in_phone_at = NO_INSTANT,
		.out_at = NO_INSTANT,
		.out_phone_at = NO_INSTANT,
		.worked_minutes = 450};
}

static void add_days(struct office *o, struct employee_id who, int from, int to)
{
	for (int nth = from; nth <= to; nth++) {
		struct attendance_day row = day_of(o, who, o->division, nth);

		must(attendance_add_day(&o->s.tx, &row));
	}
}

static struct recap_month live(struct office *o, struct unit_id unit)
{
	struct recap_month m;

	must(recap_load_live(&o->s.tx, unit, o->month + 12, &m));
	must(recap_name_people(&o->s.tx, &m));
	return m;
}

static void a_day_counts_where_its_row_stands(void **state)
{
	struct office o;
	struct attendance_day row;
	struct recap_month m;

	(void)state;
	open_office(&o);
	add_days(&o, o.ani, 1, 30);
	add_days(&o, o.budi, 1, 30);
	for (int nth = 17; nth <= 30; nth++) { /* transferred in mid-month */
		row = day_of(&o, o.budi, o.other, nth);
		must(attendance_end_day(&o.s.tx, o.budi, row.day));
		must(attendance_add_day(&o.s.tx, &row));
	}
	m = live(&o, o.division);
	assert_int_equal(m.people, 2);
	assert_int_equal(m.total.n[FIGURE_OFFICE], 46);
	assert_int_equal(recap_find_person(&m, o.budi)->cells, 16);
	m = live(&o, o.other);
	assert_int_equal(m.people, 1);
	assert_int_equal(m.person[0].cells, 14);
	assert_string_equal(m.person[0].name, "Budi");
	assert_int_equal(live(&o, o.agency).people, 0); /* not those below */
	test_store_close(&o.s);
}

static void a_row_is_set_within_its_unit_alone(void **state)
{
	struct office o;
	struct attendance_day row, back;

	(void)state;
	open_office(&o);
	add_days(&o, o.ani, 3, 3);
	row = day_of(&o, o.ani, o.division, 3);
	row.late_minutes = row.claim_late_minutes = 40;
	row.flags = DAY_LATE;
	must(attendance_set_day(&o.s.tx, &row));
	must(attendance_load_day(&o.s.tx, o.ani, row.day, &back));
	assert_true(attendance_day_equal(&row, &back));
	assert_int_equal(live(&o, o.division).total.n[FIGURE_LATE_MINUTES], 40);
	test_store_close(&o.s);
}

static void the_table_of_the_day_gives_the_class(void **state)
{
	struct office o;
	struct recap_band band = {.band_id = 77,
		.kind = BAND_LATE,
		.to = {10, 20, 30},
		.legal_basis = "Pergub",
		.verified_by = "Boss",
		.valid_to = DAY_FOREVER};
	struct attendance_day row;
	struct recap_month m;

	(void)state;
	open_office(&o);
	must(reports_add_example_bands(&o.s.tx, o.month - 300));
	band.valid_from = o.month + 9; /* the 10th */
	must(recap_add_band(&o.s.tx, &band));
	for (int nth = 3; nth <= 10; nth += 7) {
		row = day_of(&o, o.ani, o.division, nth);
		row.flags = DAY_LATE;
		row.late_minutes = row.claim_late_minutes = 25;
		must(attendance_add_day(&o.s.tx, &row));
	}
	m = live(&o, o.division);
	assert_int_equal(m.person[0].cell[0].late_class, 1); /* the 3rd, by the old table */
	assert_int_equal(m.person[0].cell[1].late_class, 3);
	test_store_close(&o.s);
}

static void seal(struct office *o, const struct recap_month *m, int32_t number)
{
	struct recap_part part = {.unit = o->division,
		.month = o->month,
		.part = number,
		.recap_id = 1000 + number,
		.people = m->people,
		.totals = "1 2 3",
		.sealed_by = o->boss,
		.letter = "SK 1",
		.sealed_at = o->s.tx.now_ms,
		.reason = ""};

	must(recap_add_part(&o->s.tx, &part));
	for (int i = 0; i < m->people; i++) {
		const struct recap_person *p = &m->person[i];

		must(recap_add_line_row(&o->s.tx, part.recap_id,
			&(struct recap_sealed_line){p->employee, p->nip, p->name, p->position,
				recap_format_days(&o->s.arena, p)}));
	}
}

static void what_is_sealed_comes_back(void **state)
{
	struct office o;
	struct recap_month m, sealed;
	struct recap_part part[4];
	struct attendance_day row;
	int parts, people;

	(void)state;
	open_office(&o);
	add_days(&o, o.ani, 1, 30);
	add_days(&o, o.budi, 1, 30);
	m = live(&o, o.division);
	seal(&o, &m, 0);
	row = day_of(&o, o.ani, o.division, 5);
	row.state = DAY_ABSENT;
	must(attendance_set_day(&o.s.tx, &row)); /* changes nothing of what is sealed */
	must(recap_load_sealed(&o.s.tx, o.division, o.month, RECAP_PARTS_MAX, &sealed));
	assert_memory_equal(&sealed.total, &m.total, sizeof m.total);
	assert_string_equal(recap_find_person(&sealed, o.ani)->nip, "199001012015032001");

	m = live(&o, o.division);
	m.person = recap_find_person(&m, o.ani);
	m.people = 1;
	seal(&o, &m, 1); /* the supplement: Ani alone, whole */
	must(recap_load_sealed(&o.s.tx, o.division, o.month, RECAP_PARTS_MAX, &sealed));
	assert_int_equal(sealed.people, 2);
	assert_int_equal(sealed.total.n[FIGURE_ABSENT], 1);
	must(recap_load_sealed(&o.s.tx, o.division, o.month, 0, &sealed)); /* as it was signed */
	assert_int_equal(sealed.total.n[FIGURE_ABSENT], 0);
	must(recap_list_parts(&o.s.tx, o.division, o.month, part, 4, &parts));
	assert_int_equal(parts, 2);
	assert_string_equal(part[1].sealer, "Boss");
	must(recap_list_closed(&o.s.tx, o.month, part, 4, &parts));
	assert_int_equal(parts, 1);
	assert_int_equal(part[0].part, 1);
	must(recap_count_people(&o.s.tx, o.division, o.month, &people));
	assert_int_equal(people, 2);
	test_store_close(&o.s);
}

static void a_month_is_closed_for_its_days(void **state)
{
	struct office o;
	bool is_closed;

	(void)state;
	open_office(&o);
	add_days(&o, o.ani, 1, 5);
	must(attendance_load_is_day_closed(&o.s.tx, o.ani, o.month + 2, &is_closed));
	assert_false(is_closed);
	must(attendance_close_month(&o.s.tx, o.division, o.month + 20, o.boss));
	must(attendance_close_month(&o.s.tx, o.division, o.month, o.boss)); /* once is enough */
	must(attendance_load_is_day_closed(&o.s.tx, o.ani, o.month + 2, &is_closed));
	assert_true(is_closed);
	must(attendance_load_is_day_closed(&o.s.tx, o.ani, o.month + 20, &is_closed));
	assert_false(is_closed); /* no row: in no recap */
	must(attendance_load_is_closed(&o.s.tx, o.division, o.month + 29, &is_closed));
	assert_true(is_closed);
	must(attendance_load_is_closed(&o.s.tx, o.division, o.month + 30, &is_closed));
	assert_false(is_closed); /* December */
	must(attendance_load_is_closed(&o.s.tx, o.agency, o.month, &is_closed));
	assert_false(is_closed); /* not the unit above */
	test_store_close(&o.s);
}

static void end_status(struct office *o, int64_t id, struct employee_id by)
{
	struct org_status_row row;

	must(org_load_status(&o->s.tx, id, &row));
	must(org_end_status(&o->s.tx, &row, by, "Salah catat"));
}

/* What the supplement names: what was decided, by whom, when; health without its letter. */
static void a_change_names_who_decided(void **state)
{
	struct office o;
	struct recap_change c;
	int64_t since, sick, duty;

	(void)state;
	open_office(&o);
	add_days(&o, o.ani, 1, 5);
	since = o.s.tx.now_ms;
	must(recap_load_cause(&o.s.tx, o.ani, o.month, since, &c));
	assert_string_equal(c.why, "");
	assert_null(c.decider);
	o.s.tx.now_ms += MS_PER_MINUTE;
	must(org_set_status_row(
		&o.s.tx, o.ani, STATUS_SICK_LEAVE, o.month, o.month, "445/11/RS", o.boss, &sick));
	must(org_set_status_row(&o.s.tx, o.ani, STATUS_OUTSIDE_DUTY, o.month + 1, o.month + 2,
		"ST 090/7", o.boss, &duty));
	must(recap_load_cause(&o.s.tx, o.ani, o.month, since, &c));
	assert_string_equal(c.why, "status");
	assert_string_equal(c.decider, "Boss");
	assert_true(c.decided_at == o.s.tx.now_ms);
	must(recap_load_cause(&o.s.tx, o.ani, o.month + 2, since, &c));
	assert_string_equal(c.why, "status\nST 090/7");
	must(recap_load_cause(&o.s.tx, o.ani, o.month + 2, o.s.tx.now_ms, &c));
	assert_string_equal(c.why, ""); /* sealed since */
	o.s.tx.now_ms += MS_PER_MINUTE;
	end_status(&o, duty, o.budi);
	must(recap_load_cause(&o.s.tx, o.ani, o.month + 2, since, &c));
	assert_string_equal(c.why, "status_ended\nST 090/7");
	assert_string_equal(c.decider, "Budi");
	test_store_close(&o.s);
}

static void closed_days_are_found_by_person(void **state)
{
	struct office o;
	struct org_closed closed;
	struct attendance_day row;

	(void)state;
	open_office(&o);
	attendance_wire_closed();
	add_days(&o, o.ani, 1, 20);
	row = day_of(&o, o.ani, o.other, 21);
	must(attendance_add_day(&o.s.tx, &row));
	row = day_of(&o, o.ani, o.division, 31); /* 1 December */
	must(attendance_add_day(&o.s.tx, &row));
	must(org_find_closed(&o.s.tx, o.ani, o.month, o.month + 60, &closed));
	assert_int_equal(closed.units, 0);
	must(attendance_close_month(&o.s.tx, o.division, o.month, o.boss));
	must(org_find_closed(&o.s.tx, o.ani, o.month + 18, o.month + 60, &closed));
	assert_int_equal(closed.units, 1);
	assert_int_equal(closed.unit[0].v, o.division.v);
	assert_int_equal(closed.days, 2); /* not the other unit, not the month after */
	must(attendance_close_month(&o.s.tx, o.other, o.month, o.boss));
	must(org_find_closed(&o.s.tx, o.ani, o.month, o.month + 60, &closed));
	assert_int_equal(closed.units, 2);
	assert_int_equal(closed.days, 21);
	must(org_find_closed(&o.s.tx, o.budi, o.month, o.month + 60, &closed));
	assert_int_equal(closed.units, 0); /* no row: in no recap */
	test_store_close(&o.s);
}

static void a_month_is_over_when_its_last_day_is_settled(void **state)
{
	struct office o;
	struct blockers b = {{0}};

	(void)state;
	open_office(&o);
	must(recap_count_blockers(&o.s.tx, o.division, o.month, o.month + 29, &b));
	assert_int_equal(b.n[BLOCKER_MONTH], 1);
	must(attendance_add_opened(&o.s.tx, o.month + 30));
	must(recap_count_blockers(&o.s.tx, o.division, o.month, o.month + 29, &b));
	assert_int_equal(b.n[BLOCKER_MONTH], 1);
	must(attendance_set_settled(&o.s.tx, o.month + 30));
	must(recap_count_blockers(&o.s.tx, o.division, o.month, o.month + 29, &b));
	assert_int_equal(b.n[BLOCKER_MONTH], 0);
	test_store_close(&o.s);
}

static void offices_are_found_up_the_tree(void **state)
{
	struct office o;
	const struct org_tree *tree;
	struct recap_head head[RECAP_HEADS_MAX];
	struct role_row role;
	int64_t id;
	int heads;

	(void)state;
	open_office(&o);
	role = (struct role_row){.role = ROLE_AGENCY_HEAD,
		.unit = o.agency,
		.letter = "SK 2",
		.valid_from = o.month - 10,
		.valid_to = DAY_FOREVER};
	must(org_add_role(&o.s.tx, o.boss, &role, o.boss, &id));
	must(org_load_tree(&o.s.tx, &tree));
	must(recap_list_heads(&o.s.tx, tree, o.division, o.month, head, &heads));
	assert_int_equal(recap_find_closer(head, heads, o.boss), 0); /* vacant: one level up */
	assert_int_equal(head[0].distance, 1);
	role = (struct role_row){.role = ROLE_UNIT_HEAD,
		.unit = o.division,
		.acting = ACTING_PLT,
		.letter = "SK 3",
		.valid_from = o.month - 10,
		.valid_to = o.month + 10};
	must(org_add_role(&o.s.tx, o.ani, &role, o.boss, &id));
	must(recap_list_heads(&o.s.tx, tree, o.division, o.month, head, &heads));
	assert_int_equal(recap_find_closer(head, heads, o.boss), -1);
	assert_true(recap_find_closer(head, heads, o.ani) >= 0);
	must(recap_list_heads(&o.s.tx, tree, o.division, o.month + 11, head, &heads));
	assert_int_equal(recap_find_closer(head, heads, o.ani), -1); /* the letter ended */
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_counts_where_its_row_stands),
		cmocka_unit_test(a_row_is_set_within_its_unit_alone),
		cmocka_unit_test(the_table_of_the_day_gives_the_class),
		cmocka_unit_test(what_is_sealed_comes_back),
		cmocka_unit_test(a_month_is_closed_for_its_days),
		cmocka_unit_test(a_change_names_who_decided),
		cmocka_unit_test(closed_days_are_found_by_person),
		cmocka_unit_test(a_month_is_over_when_its_last_day_is_settled),
		cmocka_unit_test(offices_are_found_up_the_tree),
	};

	return TEST_STORE_RUN(tests);
}
