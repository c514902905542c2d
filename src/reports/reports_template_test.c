/*
 * Templates of reports in a real store, and a report of one tap from its rule to the queue.
 *
 * docs/WORK.md, "Templates": one's own are nobody else's; a position's are its agency's. "Duty":
 * one tap says what the rule says, and the row remembers that it was one.
 */
#include "reports/reports_template.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW   INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY 20405                  /* 2025-11-13 */
#define WORDS "Melaksanakan pembelajaran sesuai jadwal"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_template_slice, &trust_slice};

static void must(enum err e)
{
	if (e)
		fail_msg("%s", err_code(e));
}

static const struct template_owner ani = {{7}, {0}, "", ""}, budi = {{8}, {0}, "", ""},
				   teachers = {{0}, {50}, "Guru Ahli Muda", "guru ahli muda"},
				   nurses = {{0}, {50}, "Perawat Mahir", "perawat mahir"},
				   elsewhere = {{0}, {51}, "Guru Ahli Muda", "guru ahli muda"};

static int64_t keep(
	struct test_store *s, const struct template_owner *owner, const char *name, int items)
{
	static struct template_item item[REPORT_ITEMS_MAX];
	const struct report_template t = {id_next(), *owner, name, item, items};

	for (int i = 0; i < items; i++)
		item[i] = (struct template_item){
			420 + i, 480 + i, "Memeriksa pekerjaan murid", i + 1, "naskah"};
	must(reports_set_template(&s->tx, &t));
	return t.id;
}

static int list(
	struct test_store *s, const struct template_owner *owner, struct report_template **ret)
{
	int count;

	must(reports_list_templates(&s->tx, owner, TEMPLATES_AGENCY_MAX, ret, &count));
	return count;
}

static void test_whose_they_are(void **state)
{
	(void)state;
	struct test_store s;
	struct report_template *t, one;
	const struct template_owner agency = {{0}, {50}, "", ""};
	int count;

	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	keep(&s, &ani, "Ujian", 2);
	int64_t first = keep(&s, &ani, "Hari biasa", REPORT_ITEMS_MAX);
	keep(&s, &budi, "Rapat", 1);
	keep(&s, &teachers, "Semester", 3);
	keep(&s, &nurses, "Sif pagi", 1);
	keep(&s, &elsewhere, "Lain", 1);

	assert_int_equal(list(&s, &ani, &t), 2); /* by name, with all their items */
	assert_string_equal(t[0].name, "Hari biasa");
	assert_int_equal(t[0].items, REPORT_ITEMS_MAX);
	assert_int_equal(t[0].item[19].volume, 20);
	assert_string_equal(t[1].name, "Ujian");
	assert_int_equal(t[1].items, 2);
	assert_int_equal(list(&s, &teachers, &t), 1);
	assert_string_equal(t[0].owner.position, "Guru Ahli Muda");
	assert_int_equal(list(&s, &agency, &t), 2);
	must(reports_list_templates(&s.tx, &ani, 1, &t, &count)); /* bounded */
	assert_int_equal(count, 1);
	must(reports_count_templates(&s.tx, &agency, &count));
	assert_int_equal(count, 2);
	must(reports_count_templates(&s.tx, &nurses, &count));
	assert_int_equal(count, 1);

	must(reports_load_template(&s.tx, first, &one));
	assert_true(reports_is_template_of(&one, &ani));
	assert_false(reports_is_template_of(&one, &budi));
	assert_false(reports_is_template_of(&one, &agency));
	must(reports_end_template(&s.tx, first));
	assert_int_equal(reports_load_template(&s.tx, first, &one), E_NOT_FOUND);
	assert_int_equal(list(&s, &ani, &t), 1);
	test_store_close(&s);
}

static void test_template_rules(void **state)
{
	(void)state;
	static const struct {
		int kept, of_agency;
		bool is_of_position, may;
	} cases[] = {{0, 0, false, true}, {19, 19, false, true}, {20, 20, false, false},
		{19, 199, true, true}, {20, 100, true, false}, {3, 200, true, false}};
	const struct template_item item[] = {{420, 480, "", 1, ""}, {480, 480, "", 1, ""}};

	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(reports_may_keep_template(cases[i].kept, cases[i].of_agency,
					 cases[i].is_of_position),
			cases[i].may);
	assert_int_equal(reports_find_template_fault(item, 2), 1);
	assert_int_equal(reports_find_template_fault(item, 1), -1);
}

/* ---- one tap ---- */

struct school {
	struct test_store s;
	struct employee_id teacher, boss;
};

static struct employee_id add_person(
	struct school *o, struct unit_id unit, const char *position, const char *nip)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = position,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, unit, position, FUNGSIONAL, "SK", 18000));
	return id;
}

static void open_school(struct school *o)
{
	const struct org_unit row = {
		.code = "SMA", .name = "SMA", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	const struct instrument se = {.rank = RANK_SE,
		.number = "1",
		.title = "contoh",
		.issued = TODAY - 1,
		.valid_from = TODAY,
		.valid_to = DAY_FOREVER};
	struct rule rule = policy_rule_of(RULE_REPORT);
	struct pattern_id pattern;
	struct instrument_id id;
	struct unit_id unit;

	*o = (struct school){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	must(org_add_unit(&o->s.tx, &row, &unit));
	o->teacher = add_person(o, unit, "Guru Ahli Muda", "199001012015012004");
	o->boss = add_person(o, unit, "Kepala Sekolah", "198001012005012001");
	must(org_relate(&o->s.tx, o->teacher, RELATION_SUPERVISOR, o->boss, 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	rule.position = "Guru Ahli Muda";
	rule.for_mode = MODE_OFFICE;
	rule.duty = DUTY_DAILY_CONFIRM;
	rule.words = WORDS;
	must(policy_add_instrument(&o->s.tx, &se, &rule, 1, &id));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void test_one_tap(void **state)
{
	(void)state;
	struct school o;
	struct report_id id;
	struct report_item item[REPORT_ITEMS_MAX];
	struct daily_report r;
	struct team_report *team;
	int count;

	open_school(&o);
	assert_int_equal(reports_hand_in_confirmed(&o.s.tx, o.boss, TODAY, &id), E_REFUSED);
	assert_int_equal(reports_hand_in_confirmed(&o.s.tx, o.teacher, TODAY - 1, &id), E_REFUSED);
	must(reports_hand_in_confirmed(&o.s.tx, o.teacher, TODAY, &id));
	assert_int_equal(reports_hand_in_confirmed(&o.s.tx, o.teacher, TODAY, &id), E_REPORT_STATE);
	must(reports_load(&o.s.tx, id, &r));
	assert_true(r.is_confirmed);
	assert_int_equal(r.state, REPORT_SUBMITTED);
	must(reports_list_items(&o.s.tx, id, item, &count));
	assert_int_equal(count, 1);
	assert_string_equal(item[0].description, WORDS);
	assert_int_equal(item[0].starts, 450); /* 07.30 to 16.00, an hour's break */
	assert_int_equal(item[0].effective_minutes, 450);

	must(reports_list_team(&o.s.tx, o.boss, TODAY, TODAY, REPORT_SUBMITTED, &team, &count));
	assert_int_equal(count, 1);
	assert_true(team[0].report.is_confirmed);
	must(reports_decide_many(&o.s.tx, o.boss, EVENT_VERIFIED, "", &id, 1));
	must(reports_load(&o.s.tx, id, &r));
	assert_true(r.is_confirmed && r.state == REPORT_VERIFIED);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whose_they_are),
		cmocka_unit_test(test_template_rules),
		cmocka_unit_test(test_one_tap),
	};
	return TEST_STORE_RUN(tests);
}
