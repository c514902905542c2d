/*
 * Beside the rating: the agreed plan with what verified reports brought in the period, and the
 * items behind each figure; and the long lists of ratings in pages, each row once.
 *
 * PermenPANRB 6/2022 (the result of work is rated against the agreed plan).
 */
#include "reports/reports_rating_routes.h"

#include "base/date.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "reports/reports_recap.h"
#include "reports/reports_target.h"
#include "roster/roster.h"

#include <string.h>

#define MORNING INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB */
#define PEOPLE  230

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &reports_recap_slice,
	&reports_rating_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id head, boss, ani, lead, stranger;
	int people;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_true(day_parse(text, &day));
	return day;
}

static struct employee_id add_person(struct office *o, struct employee_id boss)
{
	const struct employee_row row = {
		.nip = arena_printf(&o->s.arena, "199001012015011%03d", o->people),
		.name = arena_printf(&o->s.arena, "Orang %03d", o->people++),
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Analis", FUNGSIONAL, "SK", 18000));
	if (boss.v)
		must(org_relate(&o->s.tx, id, RELATION_SUPERVISOR, boss, 18000));
	return id;
}

static void open_office(struct office *o)
{
	const struct org_unit row = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	struct pattern_id pattern;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), MORNING);
	must(org_add_unit(&o->s.tx, &row, &o->unit));
	o->head = add_person(o, (struct employee_id){0});
	o->boss = add_person(o, o->head);
	o->ani = add_person(o, o->boss);
	o->lead = add_person(o, o->head);
	o->stranger = add_person(o, (struct employee_id){0});
	must(org_relate(&o->s.tx, o->ani, RELATION_TEAM_LEAD, o->lead, 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static enum err ask(struct office *o, struct employee_id who, const char *path,
	struct rating_input in, struct req *ret)
{
	const struct route *route = NULL;
	enum err e = OK;

	for (int i = 0; i < reports_rating_slice.route_count; i++)
		if (reports_rating_slice.routes[i].method == GET &&
			str_eq(reports_rating_slice.routes[i].path, path))
			route = &reports_rating_slice.routes[i];
	assert_non_null(route);
	*ret = (struct req){.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	buf_init(&ret->body, &o->s.arena, 256);
	ret->input = ARENA_NEW(&o->s.arena, struct rating_input);
	memcpy(ret->input, &in, sizeof(in));
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e)
		e = org_authorise(ret, route->permission, &ret->object);
	return e ? e : route->handler(ret);
}

static int64_t next_of(const struct req *rq)
{
	const char *at = strstr(rq->body.p, "\"next\":\"");

	return at ? strtoll(at + 8, NULL, 10) : 0;
}

static int count_of(const struct req *rq, const char *part)
{
	int n = 0;

	for (const char *at = rq->body.p; (at = strstr(at, part)); at += strlen(part))
		n++;
	return n;
}

static void assert_has(const struct req *rq, const char *text)
{
	if (!strstr(rq->body.p, text))
		fail_msg("no %s in %s", text, rq->body.p);
}

/* ---- the plan ---- */

#define FORM  "/api/v1/reports/rating-form/{employee}"
#define FACTS "/api/v1/reports/rating-form/{employee}/targets/{target}"

static void enter_plan(struct office *o, enum plan_state state)
{
	struct target_measure files[] = {{ASPECT_QUANTITY, "Berkas", 100, "berkas"}},
			      quality[] = {{ASPECT_QUALITY, "Sesuai", 100, "persen"}};
	const struct target target[] = {{71, TARGET_MAIN, "Berkas selesai", 0, files, 1},
		{72, TARGET_MAIN, "Layanan bermutu", 0, quality, 1}};
	struct target_plan plan = {.id = id_next(),
		.owner = o->ani,
		.unit = o->unit,
		.period = PERIOD_ANNUAL,
		.revision = 1,
		.state = (int32_t)state,
		.version = 3,
		.superior = o->boss,
		.note = ""};

	reports_period_of(PERIOD_ANNUAL, day_of("2025-11-13"), &plan.first_day, &plan.last_day);
	must(reports_enter_plan(&o->s.tx, &plan, target, 2));
}

static void report(
	struct office *o, const char *day, int volume, const char *unit_of_measure, bool verify)
{
	struct report_item item = {.starts = 480,
		.ends = 540,
		.description = "Memverifikasi berkas mutasi",
		.volume = volume,
		.unit_of_measure = unit_of_measure,
		.target_id = 71};
	struct report_id id;

	must(reports_hand_in(&o->s.tx, o->ani, day_of(day), "", &item, 1, &id));
	if (verify)
		must(reports_decide_many(&o->s.tx, o->boss, EVENT_VERIFIED, "", &id, 1));
	test_store_project(&o->s);
}

static struct rating_input about(struct employee_id employee, int64_t target)
{
	return (struct rating_input){.employee = employee,
		.target = target,
		.period = PERIOD_QUARTERLY,
		.day = day_of("2025-09-30")};
}

static void test_plan_beside_the_form(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	enter_plan(&o, PLAN_AGREED);
	report(&o, "2025-06-30", 10, "berkas", true);  /* the quarter before */
	report(&o, "2025-07-01", 20, "Berkas ", true); /* its first day */
	report(&o, "2025-09-30", 5, "berkas", true);   /* its last day */
	report(&o, "2025-09-29", 7, "berkas", false);  /* waits */
	report(&o, "2025-09-26", 50, "lembar", true);  /* another unit is never added */
	report(&o, "2025-10-01", 30, "berkas", true);  /* the quarter after */
	must(ask(&o, o.boss, FORM, about(o.ani, 0), &rq));
	assert_has(&rq,
		"\"result\":\"Berkas selesai\",\"amount\":100,\"unit_of_measure\":\"berkas\","
		"\"verified\":25,\"waiting\":7,\"until\":35,\"progress\":350}");
	assert_has(&rq, "\"result\":\"Layanan bermutu\"}"); /* no quantity: no figure */
	/* the facts: what is behind them, and what does not count says so by its unit */
	must(ask(&o, o.boss, FACTS, about(o.ani, 71), &rq));
	assert_int_equal(count_of(&rq, "\"report\":"), 4);
	assert_has(&rq, "\"day\":\"2025-09-29\",\"description\":\"Memverifikasi berkas mutasi\","
			"\"volume\":7,\"unit_of_measure\":\"berkas\",\"state\":\"submitted\"");
	assert_int_equal(next_of(&rq), 0);
	must(ask(&o, o.lead, FACTS, about(o.ani, 71), &rq));
	assert_int_equal(ask(&o, o.stranger, FACTS, about(o.ani, 71), &rq), E_NOT_FOUND);
	assert_int_equal(ask(&o, o.ani, FACTS, about(o.ani, 71), &rq), E_NOT_FOUND);
	must(ask(&o, o.boss, FACTS, about(o.ani, 72), &rq));
	assert_has(&rq, "{\"items\":[]}");
	test_store_close(&o.s);
}

static void test_no_agreed_plan(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	enter_plan(&o, PLAN_PROPOSED);
	must(ask(&o, o.boss, FORM, about(o.ani, 0), &rq));
	assert_has(&rq, "\"plans\":[]");
	test_store_close(&o.s);
}

static void test_facts_in_pages(void **state)
{
	struct office o;
	struct report_item item[20];
	struct report_id id;
	struct req rq;
	struct rating_input in;
	(void)state;

	open_office(&o);
	enter_plan(&o, PLAN_AGREED);
	for (int i = 0; i < 20; i++)
		item[i] = (struct report_item){.starts = 480,
			.ends = 540,
			.description = "Memverifikasi berkas mutasi",
			.volume = i + 1,
			.unit_of_measure = "berkas",
			.target_id = 71};
	for (int i = 0; i < 6; i++) {
		must(reports_hand_in(&o.s.tx, o.ani, day_of("2025-07-01") + i, "", item, 20, &id));
		test_store_project(&o.s);
	}
	in = about(o.ani, 71);
	must(ask(&o, o.boss, FACTS, in, &rq));
	assert_int_equal(count_of(&rq, "\"report\":"), RATING_PAGE_MAX);
	in.cursor = next_of(&rq);
	must(ask(&o, o.boss, FACTS, in, &rq));
	assert_int_equal(count_of(&rq, "\"report\":"), 20);
	assert_int_equal(count_of(&rq, "\"day\":\"2025-07-06\""), 20);
	assert_int_equal(next_of(&rq), 0);
	test_store_close(&o.s);
}

/* ---- long lists ---- */

static void test_team_in_pages(void **state)
{
	struct office o;
	struct req rq;
	struct rating_input in = {.period = INT_NONE, .day = day_of("2025-09-30")};
	int seen = 0, pages = 0;
	(void)state;

	open_office(&o);
	for (int i = 1; i < PEOPLE; i++) /* Ani is the first */
		add_person(&o, o.boss);
	must(org_touch_generation(&o.s.tx));
	test_store_project(&o.s);
	do {
		must(ask(&o, o.boss, "/api/v1/reports/rating-team", in, &rq));
		const int64_t next = next_of(&rq);
		const int rows = count_of(&rq, "\"relation\":\"supervisor\"");

		assert_true(rows <= RATING_PAGE_MAX);
		assert_true(next != in.cursor);
		in.cursor = next;
		seen += rows;
		pages++;
	} while (in.cursor);
	assert_int_equal(seen, PEOPLE);
	assert_int_equal(pages, 3);
	in.cursor = o.stranger.v;
	assert_int_equal(ask(&o, o.boss, "/api/v1/reports/rating-team", in, &rq), E_BAD_FIELD);
	test_store_close(&o.s);
}

static void add_objection(struct office *o, struct employee_id who, int nth)
{
	struct rating r = {.id = id_next(),
		.employee = who,
		.unit = o->unit,
		.period = PERIOD_QUARTERLY,
		.state = nth % 2 ? RATING_OBJECTED : RATING_LOCKED,
		.version = 2,
		.predicate = 1,
		.reason = "",
		.superior = o->boss,
		.answering = o->boss,
		.rated_by = o->boss,
		.objected_at = MORNING - nth * MS_PER_MINUTE,
		.objection = "Keberatan",
		.decide_until = day_of("2025-11-20"),
		.decision = "",
		.leaf_index = -1,
		.sealed = ""};

	for (int i = 0; i < CONDUCTS; i++)
		r.note[i] = "";
	reports_period_of(PERIOD_QUARTERLY, day_of("2025-09-30"), &r.first_day, &r.last_day);
	must(rating_add(&o->s.tx, &r));
}

static void test_objections_in_pages(void **state)
{
	struct office o;
	struct req rq;
	struct rating_input in = {0};
	int seen = 0, waiting = 0;
	(void)state;

	open_office(&o);
	for (int i = 0; i < PEOPLE; i++)
		add_objection(&o, add_person(&o, o.boss), i);
	must(org_touch_generation(&o.s.tx));
	test_store_project(&o.s);
	do {
		must(ask(&o, o.head, "/api/v1/reports/rating-objections", in, &rq));
		const int rows = count_of(&rq, "\"objection\":");

		/* those that wait come first, over all pages */
		if (waiting < PEOPLE / 2)
			assert_int_equal(count_of(&rq, "\"state\":\"objected\""),
				PEOPLE / 2 - waiting < rows ? PEOPLE / 2 - waiting : rows);
		waiting += count_of(&rq, "\"state\":\"objected\"");
		seen += rows;
		in.cursor = next_of(&rq);
	} while (in.cursor);
	assert_int_equal(seen, PEOPLE);
	assert_int_equal(waiting, PEOPLE / 2);
	in.cursor = 5;
	assert_int_equal(
		ask(&o, o.head, "/api/v1/reports/rating-objections", in, &rq), E_BAD_FIELD);
	in.cursor = 0;
	must(ask(&o, o.boss, "/api/v1/reports/rating-objections", in, &rq));
	assert_has(&rq, "{\"items\":[]}");
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_plan_beside_the_form),
		cmocka_unit_test(test_no_agreed_plan),
		cmocka_unit_test(test_facts_in_pages),
		cmocka_unit_test(test_team_in_pages),
		cmocka_unit_test(test_objections_in_pages),
	};
	return TEST_STORE_RUN(stored);
}
