/*
 * Days as people see them: one's own today and month, an explained day, a team; with permission as
 * the dispatcher asks.
 *
 * Product principle 5 (a home day is complete with punch and verified report) and 6 (no coordinates
 * to anybody).
 */
#include "attendance/attendance_confirmation.h"
#include "reports/reports_day.h"

#include "base/str.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/test_store.h"
#include "reports/reports_int.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define TODAY  20405 /* 2025-11-13, a Thursday */
#define LAT_E7 (-69000000)
#define LON_E7 1076000000

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_confirmations_slice,
	&attendance_corrections_slice, &attendance_papers_slice, &attendance_incidents_slice,
	&attendance_parameters_slice, &reports_slice, &reports_target_slice,
	&reports_unit_output_slice, &reports_day_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id agency, division;
	struct employee_id boss, deputy, ani, budi, nurse;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static void set_time(struct office *o, int32_t day, int minute)
{
	o->s.tx.now_ms = instant_of(day, minute, ZONE_WIB);
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

static struct employee_id add_person(struct office *o, const char *name, const char *nip)
{
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "Dr.",
		.title_after = "M.Si.",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->division, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

/* Everybody at home on Thursdays, with a daily report: what Jawa Barat ordered for November 2025.
 */
static void add_home_thursdays(struct office *o)
{
	const struct instrument se = {.rank = RANK_SE,
		.number = "182/KPG.03/BKD",
		.title = "WFH setiap Kamis",
		.signer = "Sekda",
		.legal_basis = "PermenPANRB 4/2025",
		.verified_by = "",
		.note = "",
		.file_sha256 = "",
		.issued = TODAY - 13,
		.valid_from = TODAY - 12,
		.valid_to = TODAY + 60};
	struct rule rule[2] = {{.kind = RULE_MODE,
				       .article = "angka 1",
				       .weekdays = WEEKDAY_BIT(THURSDAY),
				       .mode = MODE_HOME},
		{.kind = RULE_REPORT, .article = "angka 3", .weekdays = 127, .mode = -1}};
	struct instrument_id id;

	for (int i = 0; i < 2; i++) {
		rule[i].character = rule[i].level = rule[i].bound = rule[i].percent = rule[i].base =
			rule[i].share_level = -1;
		rule[i].days_per_week = rule[i].place = rule[i].window_kind = rule[i].opens =
			rule[i].closes = -1;
		rule[i].position = "";
		rule[i].for_mode = i == 0 ? -1 : MODE_HOME;
		rule[i].duty = i == 0 ? -1 : DUTY_DAILY_ITEMS;
	}
	must(policy_add_instrument(&o->s.tx, &se, rule, 2, &id));
}

static void add_night(struct office *o)
{
	const struct pattern_row row = {.code = "MALAM",
		.name = "Malam",
		.legal_basis = "contoh",
		.verified_by = "",
		.cycle_days = 2,
		.anchor_day = TODAY - 2,
		.works_holidays = true,
		.valid_to = DAY_FOREVER};
	const struct pattern_day_row night = {REGIME_NORMAL, 0, {1200, 1920, -1, -1}};
	struct pattern_id id;

	must(calendar_add_pattern(&o->s.tx, &row, &night, 1, &id));
	must(calendar_assign(&o->s.tx, o->nurse, (struct unit_id){0}, id, 0, 18000, DAY_FOREVER));
}

static void open_office(struct office *o)
{
	const struct org_site site = {.name = "Kantor BKD",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct org_site placed = site;
	struct pattern_id pattern;
	struct site_id site_id;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), instant_of(TODAY, 420, ZONE_WIB));
	auth_authorise = org_authorise;
	o->agency = add_unit(o, "BKD", (struct unit_id){0});
	o->division = add_unit(o, "BKD-MUTASI", o->agency);
	placed.unit = o->agency;
	must(org_add_site(&o->s.tx, &placed, &site_id));
	o->boss = add_person(o, "Citra", "198001012005012001");
	o->deputy = add_person(o, "Dedi", "198001012005011002");
	o->ani = add_person(o, "Ani", "199001012015012004");
	o->budi = add_person(o, "Budi", "199001012015011005");
	o->nurse = add_person(o, "Nur", "199001012015012006");
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, 18000));
	must(org_relate(&o->s.tx, o->ani, RELATION_TEAM_LEAD, o->boss, 18000));
	must(org_relate(&o->s.tx, o->budi, RELATION_SUPERVISOR, o->boss, 18000));
	must(calendar_add_default(&o->s.tx, &pattern));
	add_night(o);
	add_home_thursdays(o);
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void punch(struct office *o, struct employee_id who, enum direction direction, int32_t day,
	int minute, int32_t north, int delay_minutes)
{
	int64_t phone = instant_of(day, minute, ZONE_WIB);
	struct punch p = {.direction = direction,
		.phone_at = phone,
		.received_at = phone + delay_minutes * MS_PER_MINUTE,
		.offset_ms = NO_INSTANT,
		.point = {LAT_E7 + north, LON_E7},
		.accuracy_metres = 12,
		.punch_day = day,
		.note = ""};
	enum receipt_status status;

	p.punch_id = id_next();
	memcpy(p.event_id.b, &p.punch_id, sizeof(p.punch_id));
	p.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&p);
	o->s.tx.now_ms = p.received_at;
	must(attendance_add_punch(&o->s.tx, who, &p, &status));
	test_store_project(&o->s);
}

static void file_report(
	struct office *o, struct employee_id who, int32_t day, enum report_state state)
{
	const struct daily_report r = {.id = {id_next()},
		.employee = who,
		.day = day,
		.state = state,
		.version = 1,
		.obstacle = "",
		.submitted_at = o->s.tx.now_ms,
		.reason = ""};

	must(reports_set(&o->s.tx, &r));
	changes_add(o->s.tx.changes, CHANGE_REPORT, who.v, day);
	test_store_project(&o->s);
}

static const struct route *find_route(const char *path)
{
	for (int i = 0; i < reports_day_slice.route_count; i++)
		if (str_eq(reports_day_slice.routes[i].path, path))
			return &reports_day_slice.routes[i];
	fail_msg("no route %s", path);
	return NULL;
}

/* What the dispatcher does with a row; `value` fills the fields of the input in order, NULL ends.
 */
static enum err ask(struct office *o, struct employee_id who, const char *path,
	const char *const *value, const char **ret_body)
{
	const struct route *route = find_route(path);
	struct req rq = {.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	struct field_fault fault;
	enum err e = OK;

	if (route->input) {
		rq.input = arena_alloc(&o->s.arena, route->input->size);
		fields_init(route->input, rq.input);
		for (int i = 0; value && value[i]; i++)
			must(fields_decode_text(
				&route->input->fields[i], &o->s.arena, value[i], rq.input, &fault));
	}
	if (route->object)
		e = route->object(&rq, &rq.object);
	if (!e)
		e = auth_authorise(&rq, route->permission, &rq.object);
	if (!e)
		e = route->handler(&rq);
	*ret_body = rq.body.p;
	return e;
}

static const char *show(
	struct office *o, struct employee_id who, const char *path, const char *const *value)
{
	const char *body;

	must(ask(o, who, path, value, &body));
	return body;
}

static void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("%s\nis not in\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("%s\nis in\n%s", part, text);
}

#define TODAY_PATH "/api/v1/me/today"
#define MONTH_PATH "/api/v1/attendance/days"
#define DAY_PATH   "/api/v1/attendance/days/{employee}/{day}"
#define TEAM_PATH  "/api/v1/attendance/team"

static void test_today_names_rule_and_week(void **state)
{
	struct office o;
	const char *body;

	(void)state;
	open_office(&o);
	body = show(&o, o.ani, TODAY_PATH, NULL); /* also before the day is opened */
	assert_contains(body, "\"day\":\"2025-11-13\",\"mode\":\"home\",\"source\":\"policy\","
			      "\"state\":\"expected\"");
	assert_contains(body, "\"starts\":\"07:30\",\"ends\":\"16:00\"");
	assert_contains(body, "\"break_starts\":\"12:00\",\"break_ends\":\"13:00\"");
	assert_contains(body, "\"rule\":{\"number\":\"182/KPG.03/BKD\",\"title\":\"WFH setiap "
			      "Kamis\",\"article\":\"angka 1\"}");
	assert_contains(
		body, "\"duty\":\"daily_items\",\"report_state\":\"none\",\"completion\":\"open\"");
	assert_contains(body, "\"sites\":[]"); /* at home no place is asked */
	assert_contains(body, "\"next_days\":[{\"day\":\"2025-11-14\",\"mode\":\"office\","
			      "\"starts\":\"07:30\",\"ends\":\"16:30\"},"
			      "{\"day\":\"2025-11-15\",\"mode\":\"off\"}");
	set_time(&o, TODAY + 1, 420); /* Friday, in the office */
	body = show(&o, o.ani, TODAY_PATH, NULL);
	assert_contains(body, "\"place_rule\":\"site\"");
	assert_contains(body, "\"sites\":[{\"name\":\"Kantor BKD\",\"lat_e7\":-69000000,");
	assert_lacks(body, "\"rule\":");
	test_store_close(&o.s);
}

static void test_today_of_a_night_is_the_day_it_began(void **state)
{
	struct office o;

	(void)state;
	open_office(&o);
	punch(&o, o.nurse, DIRECTION_IN, TODAY, 1195, 0, 0);
	set_time(&o, TODAY + 1, 120);
	assert_contains(show(&o, o.nurse, TODAY_PATH, NULL), "\"day\":\"2025-11-13\"");
	set_time(&o, TODAY + 1, 719); /* the night ends at 08.00, its window four hours later */
	assert_contains(show(&o, o.nurse, TODAY_PATH, NULL), "\"day\":\"2025-11-13\"");
	set_time(&o, TODAY + 1, 720);
	assert_contains(show(&o, o.nurse, TODAY_PATH, NULL), "\"day\":\"2025-11-14\"");
	set_time(&o, TODAY + 1, 120);
	assert_contains(show(&o, o.ani, TODAY_PATH, NULL),
		"\"day\":\"2025-11-13\""); /* overtime until 03.30 */
	test_store_close(&o.s);
}

static void test_home_day_needs_punch_and_verified_report(void **state)
{
	static const struct {
		enum report_state report;
		const char *completion;
	} steps[] = {{REPORT_NONE, "waits_report"}, {REPORT_DRAFT, "waits_report"},
		{REPORT_SUBMITTED, "waits_verification"}, {REPORT_VERIFIED, "done"}};
	struct office o;

	(void)state;
	open_office(&o);
	punch(&o, o.ani, DIRECTION_IN, TODAY, 445, 0, 0);
	for (int i = 0; i < COUNT_OF(steps); i++) {
		if (steps[i].report != REPORT_NONE)
			file_report(&o, o.ani, TODAY, steps[i].report);
		assert_contains(show(&o, o.ani, TODAY_PATH, NULL),
			arena_printf(&o.s.arena, "\"completion\":\"%s\"", steps[i].completion));
		assert_contains(show(&o, o.ani, MONTH_PATH, NULL),
			arena_printf(&o.s.arena, "\"report_state\":\"%s\"",
				report_state_names[steps[i].report]));
	}
	test_store_close(&o.s);
}

/* The owner is told, whatever day it is about; what he sent again or others got back is not his to
 * do. */
static void test_today_names_returned_reports(void **state)
{
	struct office o;

	(void)state;
	open_office(&o);
	assert_contains(show(&o, o.ani, TODAY_PATH, NULL), "\"returned\":[]");
	file_report(&o, o.ani, TODAY - 7, REPORT_RETURNED);
	file_report(&o, o.ani, TODAY - 2, REPORT_SUBMITTED);
	file_report(&o, o.ani, TODAY - 1, REPORT_RETURNED);
	file_report(&o, o.budi, TODAY - 3, REPORT_RETURNED);
	assert_contains(show(&o, o.ani, TODAY_PATH, NULL),
		"\"returned\":[{\"day\":\"2025-11-06\"},{\"day\":\"2025-11-12\"}]");
	file_report(&o, o.ani, TODAY - 1, REPORT_SUBMITTED);
	assert_contains(
		show(&o, o.ani, TODAY_PATH, NULL), "\"returned\":[{\"day\":\"2025-11-06\"}]");
	test_store_close(&o.s);
}

static void test_month_is_ones_own_and_past(void **state)
{
	static const char *const october[] = {"2025-10-01", NULL};
	struct office o;
	const char *body;

	(void)state;
	open_office(&o);
	punch(&o, o.ani, DIRECTION_IN, TODAY - 1, 445, 0, 0);
	punch(&o, o.ani, DIRECTION_IN, TODAY, 445, 0, 0);
	punch(&o, o.budi, DIRECTION_IN, TODAY - 2, 445, 0, 0);
	set_time(&o, TODAY, 450);
	body = show(&o, o.ani, MONTH_PATH, NULL);
	assert_contains(body, "{\"items\":[{\"day\":\"2025-11-12\"");
	assert_contains(body, "{\"day\":\"2025-11-13\"");
	assert_lacks(body, "2025-11-11\"");
	assert_string_equal(show(&o, o.ani, MONTH_PATH, october), "{\"items\":[]}");
	test_store_close(&o.s);
}

static const char *const *day_values(struct office *o, struct employee_id who, const char *day)
{
	const char **value = ARENA_ARRAY(&o->s.arena, 3, const char *);

	value[0] = arena_printf(&o->s.arena, "%lld", (long long)who.v);
	value[1] = day;
	return value;
}

static void test_day_is_explained(void **state)
{
	struct office o;
	const char *body;

	(void)state;
	open_office(&o);
	punch(&o, o.ani, DIRECTION_IN, TODAY + 1, 440, 0, 150); /* Friday: no signal until 09.50 */
	punch(&o, o.ani, DIRECTION_OUT, TODAY + 1, 995, 60000,
		0); /* left from 570 m beyond the edge */
	punch(&o, o.ani, DIRECTION_IN, TODAY + 1, 450, 0,
		60 * 1440); /* reached us two months later */
	set_time(&o, TODAY + 1, 1000);
	body = show(&o, o.ani, DAY_PATH, day_values(&o, o.ani, "2025-11-14"));
	assert_contains(body, "\"name\":\"Dr. Ani, M.Si.\"");
	assert_contains(body, "\"mode\":\"office\",\"source\":\"default\",\"state\":\"complete\"");
	assert_contains(body, "\"late_minutes\":140,\"claim_late_minutes\":0");
	assert_contains(body, "\"flags\":[\"late_unconfirmed\",\"place_outside\"]");
	assert_contains(body,
		"\"reasons\":[\"late_server_only\",\"place_outside\",\"delayed\",\"quarantined\"]");
	assert_contains(body, "\"place\":\"outside\",\"distance_bucket\":\"1000\",\"site\":"
			      "\"Kantor BKD\",\"accuracy_metres\":12");
	assert_contains(body, "\"flags\":[\"unsigned\",\"quarantined\",\"delayed\"]");
	assert_contains(body, "\"explain\":{");
	assert_lacks(body, "_e7"); /* nobody is shown where */
	test_store_close(&o.s);
}

static void test_day_is_for_self_and_superior(void **state)
{
	struct office o;
	const char *body;

	(void)state;
	open_office(&o);
	assert_int_equal(ask(&o, o.ani, DAY_PATH, day_values(&o, o.ani, "2025-11-13"), &body), OK);
	assert_int_equal(ask(&o, o.boss, DAY_PATH, day_values(&o, o.ani, "2025-11-13"), &body), OK);
	assert_int_equal(
		ask(&o, o.budi, DAY_PATH, day_values(&o, o.ani, "2025-11-13"), &body), E_NOT_FOUND);
	assert_int_equal(ask(&o, o.ani, DAY_PATH, day_values(&o, o.ani, "2018-01-01"), &body),
		E_NOT_FOUND); /* not in service */
	assert_true(find_route(DAY_PATH)->sees);
	test_store_close(&o.s);
}

static void test_team(void **state)
{
	const struct role_row delegation = {.role = ROLE_SUPERVISOR,
		.acting = ACTING_DELEGATE,
		.letter = "ST-9",
		.valid_from = TODAY,
		.valid_to = TODAY};
	static const char *const yesterday[] = {"2025-11-12", NULL};
	struct role_row role = delegation;
	struct office o;
	const char *body;
	int64_t role_id;

	(void)state;
	open_office(&o);
	role.acts_for = o.boss;
	must(org_add_role(&o.s.tx, o.deputy, &role, o.boss, &role_id));
	file_report(&o, o.budi, TODAY - 1, REPORT_SUBMITTED);
	punch(&o, o.ani, DIRECTION_IN, TODAY, 455, 0, 0);
	file_report(&o, o.ani, TODAY, REPORT_SUBMITTED);
	body = show(&o, o.boss, TEAM_PATH, NULL);
	assert_contains(body, "{\"day\":\"2025-11-13\",\"counts\":{\"expected\":2,\"present\":1,"
			      "\"home\":2,\"not_yet\":1,\"paper\":0,\"late\":1,"
			      "\"reports_to_verify\":2}");
	assert_contains(body, "\"name\":\"Ani\",\"full_name\":\"Dr. Ani, "
			      "M.Si.\",\"position\":\"Analis\",\"unit_name\":\"BKD-MUTASI\","
			      "\"relation\":\"supervisor\",\"stand\":\"own\",\"day\"");
	assert_lacks(body, "team_lead"); /* Ani is shown once, as supervised */
	assert_lacks(body, "acts_for_name");
	assert_lacks(body, "_e7");
	assert_contains(show(&o, o.boss, TEAM_PATH, yesterday), "\"reports_to_verify\":1}");
	body = show(&o, o.deputy, TEAM_PATH, NULL);
	assert_contains(body, "\"expected\":2");
	assert_contains(body, "\"acts_for_name\":\"Dr. Citra, M.Si.\"");
	assert_contains(body, "\"name\":\"Budi\"");
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_today_names_rule_and_week),
		cmocka_unit_test(test_today_of_a_night_is_the_day_it_began),
		cmocka_unit_test(test_home_day_needs_punch_and_verified_report),
		cmocka_unit_test(test_today_names_returned_reports),
		cmocka_unit_test(test_month_is_ones_own_and_past),
		cmocka_unit_test(test_day_is_explained),
		cmocka_unit_test(test_day_is_for_self_and_superior),
		cmocka_unit_test(test_team),
	};

	return TEST_STORE_RUN(tests);
}
