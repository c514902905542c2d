/*
 * Turns, tables of hours and what they refuse; the grid over its route and the sheet over its
 * import.
 *
 * PermenPANRB 4/2025 art. 17 a (sif); Perpres 21/2023 art. 4 and 7.
 */
#include "calendar/calendar_int.h"

#include "base/str.h"
#include "org/org.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <string.h>

#define HM(hour, minute) ((hour)*60 + (minute))
#define NOW              INT64_C(1762993200000) /* 2025-11-13T00:20:00Z */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &trust_slice};

static int32_t day(const char *s)
{
	int32_t d;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

/* ---- tables of hours ---- */

static void test_hours_no_clock_can_follow(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct shift shift;
		const char *field;
	} cases[] = {
		{"an ordinary day", {HM(7, 30), HM(16, 0), HM(12, 0), HM(13, 0)}, NULL},
		{"a night of 20.45 to 07.15", {HM(20, 45), HM(31, 15), -1, -1}, NULL},
		{"no start", {-1, HM(16, 0), -1, -1}, "starts"},
		{"ends as it starts", {HM(8, 0), HM(8, 0), -1, -1}, "ends"},
		{"longer than a day", {HM(8, 0), HM(33, 0), -1, -1}, "ends"},
		{"rests before it starts", {HM(8, 0), HM(16, 0), HM(7, 0), HM(9, 0)},
			"break_starts"},
		{"rests past the end", {HM(8, 0), HM(16, 0), HM(15, 0), HM(17, 0)}, "break_ends"},
		{"rests without an end", {HM(8, 0), HM(16, 0), HM(12, 0), -1}, "break_ends"},
		{"dynamic: more hours than there are", {HM(8, 0), HM(12, 0), -1, -1, 0, 300},
			"asked_minutes"},
		{"dynamic", {HM(6, 0), HM(20, 0), -1, -1, 0, 450}, NULL},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *field = calendar_check_shift(&cases[i].shift);
		if (!str_eq(field, cases[i].field))
			fail_msg("%s: %s", cases[i].what, field ? field : "nothing");
	}
}

static void test_patterns_that_are_none(void **state)
{
	(void)state;
	const struct shift usual = {HM(7, 30), HM(16, 0), -1, -1},
			   night = {HM(21, 0), HM(31, 0), -1, -1},
			   bad = {HM(9, 0), HM(8, 0), -1, -1};
	const struct {
		const char *what;
		struct pattern_day_row day[3];
		int days;
		const char *field;
		int index;
	} cases[] = {
		{"a Monday alone", {{REGIME_NORMAL, 0, usual}}, 1, NULL, -1},
		{"no hours at all", {{REGIME_NORMAL, 0, usual}}, 0, "days", -1},
		{"hours in Ramadan alone", {{REGIME_RAMADAN, 0, usual}}, 1, "days", -1},
		{"hours that cannot be", {{REGIME_NORMAL, 0, usual}, {REGIME_NORMAL, 1, bad}}, 2,
			"ends", 1},
		{"outside the cycle", {{REGIME_NORMAL, 7, usual}}, 1, "cycle_day", 0},
		{"the same day twice", {{REGIME_NORMAL, 0, usual}, {REGIME_NORMAL, 0, usual}}, 2,
			"cycle_day", 1},
		{"a night into the next morning",
			{{REGIME_NORMAL, 0, night},
				{REGIME_NORMAL, 1, {HM(6, 0), HM(9, 0), -1, -1}}},
			2, "ends", 0},
		{"two nights", {{REGIME_NORMAL, 0, night}, {REGIME_NORMAL, 1, night}}, 2, NULL, -1},
	};
	const struct pattern_row row = {.cycle_days = 7};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *reason;
		int index;
		const char *field = calendar_check_pattern(
			&row, cases[i].day, cases[i].days, &index, &reason);
		if (!str_eq(field, cases[i].field) || (field && index != cases[i].index))
			fail_msg("%s: %s at %d", cases[i].what, field ? field : "nothing", index);
	}
}

/* ---- a hospital ---- */

struct hospital {
	struct test_store s;
	struct unit_id agency, ward, office;
	struct employee_id nurse, clerk;
	const struct org_tree *tree;
	const struct calendar *calendar;
};

static struct unit_id add_unit(struct hospital *h, const char *code, struct unit_id parent)
{
	struct unit_id id;
	must(org_add_unit(&h->s.tx,
		&(struct org_unit){.parent = parent,
			.code = code,
			.name = code,
			.kind = UNIT_WARD,
			.valid_to = DAY_FOREVER},
		&id));
	return id;
}

static struct employee_id add_person(struct hospital *h, const char *nip, struct unit_id unit)
{
	struct employee_id id;
	must(org_add_employee(&h->s.tx,
		&(struct employee_row){.nip = nip,
			.name = "Pegawai",
			.title_before = "",
			.title_after = "",
			.kind = PPPK},
		day("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&h->s.tx, id, unit, "Perawat", FUNGSIONAL, "SK", day("2025-01-01")));
	return id;
}

static void add_kind(
	struct hospital *h, struct unit_id unit, const char *code, int starts, int ends)
{
	int no;
	must(calendar_add_turn_kind(&h->s.tx,
		&(struct turn_kind_row){.unit = unit,
			.code = code,
			.name = code,
			.legal_basis = "contoh",
			.verified_by = "",
			.shift = {starts, ends, MINUTE_OFF, MINUTE_OFF},
			.valid_to = DAY_FOREVER},
		&no));
}

static void open_hospital(struct hospital *h)
{
	memset(h, 0, sizeof(*h));
	test_store_open(&h->s, slices, COUNT_OF(slices), NOW);
	h->agency = add_unit(h, "RSUD", (struct unit_id){0});
	h->ward = add_unit(h, "MELATI", h->agency);
	h->office = add_unit(h, "TU", h->agency);
	h->nurse = add_person(h, "198504122021211001", h->ward);
	h->clerk = add_person(h, "198504122021211002", h->office);
	add_kind(h, h->agency, "P", HM(7, 0), HM(14, 0));
	add_kind(h, h->agency, "S", HM(14, 0), HM(21, 0));
	add_kind(h, h->agency, "M", HM(20, 45), HM(31, 15));
	add_kind(h, h->agency, "L", MINUTE_OFF, MINUTE_OFF);
	add_kind(h, h->ward, "P", HM(6, 30), HM(13, 30));
	must(org_touch_generation(&h->s.tx));
	test_store_project(&h->s);
	must(org_load_tree(&h->s.tx, &h->tree));
	must(calendar_load(&h->s.tx, &h->s.arena, &h->calendar));
}

static void test_codes_of_turns(void **state)
{
	(void)state;
	struct hospital h;
	open_hospital(&h);
	const struct {
		const char *what, *text;
		struct unit_id unit;
		const char *fault;
		int first, second;
	} cases[] = {
		{"left as it is", "", h.ward, NULL, -1, 0},
		{"taken back", "-", h.ward, NULL, 0, 0},
		{"of the hospital", "P", h.office, NULL, 1, 0},
		{"the ward's own comes first", "P", h.ward, NULL, 5, 0},
		{"two turns", "P+M", h.ward, NULL, 5, 3},
		{"unknown", "X", h.ward, "unknown_turn", 0, 0},
		{"half of two unknown", "P+X", h.ward, "unknown_turn", 0, 0},
		{"nothing after the plus", "P+", h.ward, "unknown_turn", 0, 0},
		{"twice the same", "P+P", h.ward, "turns_overlap", 0, 0},
		{"two that overlap", "S+M", h.ward, "turns_overlap", 0, 0},
		{"a text longer than any code", "PAGISORE-PAGISORE-PAGISORE", h.ward,
			"unknown_turn", 0, 0},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		int turn[TURNS_MAX];
		const char *fault = calendar_read_turns(
			h.calendar, h.tree, cases[i].unit, cases[i].text, day("2025-12-01"), turn);
		if (!str_eq(fault, cases[i].fault) ||
			(!fault && (turn[0] != cases[i].first || turn[1] != cases[i].second)))
			fail_msg("%s: %s, %d+%d", cases[i].what, fault ? fault : "nothing", turn[0],
				turn[1]);
	}
	test_store_close(&h.s);
}

static void test_a_night_does_not_run_into_a_morning(void **state)
{
	(void)state;
	struct hospital h;
	open_hospital(&h);
	int clash[3][TURNS_MAX] = {{3, 0}, {1, 0}, {0, 0}};   /* M, then P of 07.00 */
	int rest[3][TURNS_MAX] = {{3, 0}, {4, 0}, {1, 0}};    /* M, L, P */
	int late[3][TURNS_MAX] = {{0, 0}, {1, 3}, {2, 0}};    /* P+M, then S */
	int doubled[3][TURNS_MAX] = {{0, 0}, {1, 3}, {5, 0}}; /* P+M, then the ward's P */
	assert_int_equal(calendar_find_overlap(h.calendar, clash, 3), 1);
	assert_int_equal(calendar_find_overlap(h.calendar, rest, 3), -1);
	assert_int_equal(calendar_find_overlap(h.calendar, late, 3), -1);
	assert_int_equal(calendar_find_overlap(h.calendar, doubled, 3), 2);
	test_store_close(&h.s);
}

/* ---- the grid over its route ---- */

static const struct route *route_of(enum method method, const char *path)
{
	for (int i = 0; i < calendar_slice.route_count; i++)
		if (calendar_slice.routes[i].method == method &&
			strcmp(calendar_slice.routes[i].path, path) == 0)
			return &calendar_slice.routes[i];
	fail_msg("no route %s", path);
	return NULL;
}

/* Sends a body as the ward's officer would; the pointer of a refusal, NULL when it was taken. */
static const char *send(struct hospital *h, const char *path, const char *body, enum err *ret)
{
	const struct route *route = route_of(
		strcmp(path, "/api/v1/calendar/turns") ? POST : PUT, path);
	struct req rq = {.route = route,
		.tx = &h->s.tx,
		.actor = {.government = h->s.tx.government, .employee = h->clerk}};
	struct field_fault fault = {0};
	rq.input = arena_alloc(&h->s.arena, route->input->size);
	fields_init(route->input, rq.input);
	must(fields_decode(route->input, &h->s.arena, body, strlen(body), rq.input, &fault));
	*ret = route->object ? route->object(&rq, &rq.object) : OK;
	if (!*ret)
		*ret = route->handler(&rq);
	return *ret ? rq.fault.pointer : NULL;
}

/* A line of December with one day filled: "nth" counts from 0. */
static const char *month_of(struct hospital *h, struct unit_id unit, struct employee_id who,
	int nth, const char *first, const char *second)
{
	struct buf b;
	buf_init(&b, &h->s.arena, 512);
	buf_printf(&b,
		"{\"unit\":\"%lld\",\"month\":\"2025-12-01\",\"lines\":[{\"employee\":\"%lld\","
		"\"turns\":[",
		(long long)unit.v, (long long)who.v);
	for (int i = 0; i < 31; i++)
		buf_printf(&b, "%s\"%s\"", i ? "," : "",
			i == nth       ? first
			: i == nth + 1 ? second
				       : "");
	buf_str(&b, "]}]}");
	return b.p;
}

static void test_grid_refuses_where_it_stands(void **state)
{
	(void)state;
	struct hospital h;
	enum err e;
	open_hospital(&h);
	const char *path = "/api/v1/calendar/turns";
	assert_null(send(&h, path, month_of(&h, h.ward, h.nurse, 2, "M", "L"), &e));
	assert_int_equal(e, OK);
	assert_string_equal(
		send(&h, path, month_of(&h, h.ward, h.nurse, 2, "X", ""), &e), "/lines/0/turns/2");
	assert_int_equal(e, E_BAD_FIELD);
	assert_string_equal(
		send(&h, path, month_of(&h, h.ward, h.clerk, 4, "P", ""), &e), "/lines/0/turns/4");
	assert_int_equal(e, E_BAD_FIELD); /* of another unit */
	assert_string_equal(send(&h, path, month_of(&h, h.ward, h.nurse, 5, "S+M", ""), &e),
		"/lines/0/turns/5");
	/* the night of the 3rd stands already: a morning on the 4th runs into it */
	assert_string_equal(
		send(&h, path, month_of(&h, h.ward, h.nurse, 3, "P", ""), &e), "/lines/0/turns/3");
	assert_int_equal(e, E_BAD_FIELD);
	/* last day of the month: the first of the next is looked at too */
	struct turn_line january = {h.nurse, day("2026-01-01"), 1, (int[1][TURNS_MAX]){{1, 0}}};
	must(calendar_set_turns(&h.s.tx, &january, h.clerk));
	assert_string_equal(send(&h, path, month_of(&h, h.ward, h.nurse, 30, "M", ""), &e),
		"/lines/0/turns/30");
	test_store_close(&h.s);
}

static void test_grid_does_not_overwrite_what_changed(void **state)
{
	(void)state;
	struct hospital h;
	enum err e;
	open_hospital(&h);
	char *body = (char *)(uintptr_t)month_of(&h, h.ward, h.nurse, 2, "P", "");
	assert_null(send(&h, "/api/v1/calendar/turns", body, &e));
	const char *stale = arena_printf(&h.s.arena,
		"%.*s,\"loaded_at\":\"2025-11-13T00:19:00.000Z\"}", (int)strlen(body) - 1, body);
	send(&h, "/api/v1/calendar/turns", stale, &e);
	assert_int_equal(e, E_STALE);
	test_store_close(&h.s);
}

/* ---- patterns, breaks, assemblies: refused with the field ---- */

static void test_routes_name_the_field(void **state)
{
	(void)state;
	static const struct {
		const char *path, *body, *pointer;
		enum err e;
	} cases[] = {
		{"/api/v1/calendar/patterns",
			"{\"code\":\"X\",\"name\":\"X\",\"legal_basis\":\"-\",\"cycle_days\":7,"
			"\"works_holidays\":false,\"valid_from\":\"2025-12-01\",\"days\":[]}",
			"/days", E_BAD_FIELD},
		{"/api/v1/calendar/patterns",
			"{\"code\":\"X\",\"name\":\"X\",\"legal_basis\":\"-\",\"cycle_days\":7,"
			"\"anchor_day\":\"2025-12-02\",\"works_holidays\":false,\"valid_from\":"
			"\"2025-12-01\",\"days\":[{\"regime\":\"normal\",\"cycle_day\":0,"
			"\"starts\":\"07:00\",\"ends\":\"14:00\"}]}",
			"/anchor_day", E_BAD_FIELD},
		{"/api/v1/calendar/patterns",
			"{\"code\":\"X\",\"name\":\"X\",\"legal_basis\":\"-\",\"cycle_days\":7,"
			"\"works_holidays\":false,\"valid_from\":\"2025-10-01\",\"days\":[{"
			"\"regime\":\"normal\",\"cycle_day\":0,\"starts\":\"07:00\",\"ends\":"
			"\"14:00\"}]}",
			"/valid_from", E_REFUSED},
		{"/api/v1/calendar/patterns",
			"{\"code\":\"X\",\"name\":\"X\",\"legal_basis\":\"-\",\"cycle_days\":7,"
			"\"works_holidays\":false,\"valid_from\":\"2025-12-01\",\"days\":[{"
			"\"regime\":\"normal\",\"cycle_day\":0,\"starts\":\"14:00\",\"ends\":"
			"\"07:00\"}]}",
			"/days/0/ends", E_BAD_FIELD},
		{"/api/v1/calendar/assignments",
			"{\"pattern\":\"99\",\"valid_from\":\"2025-12-01\"}", "/pattern",
			E_BAD_FIELD},
		{"/api/v1/calendar/breaks",
			"{\"name\":\"Libur\",\"source\":\"K\",\"valid_from\":\"2025-12-22\","
			"\"valid_to\":\"2025-12-20\"}",
			"/valid_to", E_BAD_FIELD},
		{"/api/v1/calendar/bands",
			"{\"before_minutes\":0,\"after_minutes\":0,\"legal_basis\":\"-\","
			"\"valid_from\":\"2025-12-01\"}",
			"/after_minutes", E_BAD_FIELD},
		{"/api/v1/calendar/regimes",
			"{\"valid_from\":\"2026-02-19\",\"valid_to\":\"2026-04-20\",\"source\":"
			"\"S\"}",
			"/valid_to", E_BAD_FIELD},
		{"/api/v1/calendar/turn-kinds",
			"{\"code\":\"P+\",\"name\":\"P\",\"legal_basis\":\"-\",\"valid_from\":"
			"\"2025-12-01\"}",
			"/code", E_BAD_FIELD},
		{"/api/v1/calendar/turn-kinds",
			"{\"code\":\"Z\",\"name\":\"Z\",\"legal_basis\":\"-\",\"valid_from\":"
			"\"2025-12-01\",\"starts\":\"07:00\"}",
			"/ends", E_BAD_FIELD},
		{"/api/v1/calendar/events",
			"{\"name\":\"Apel\",\"place\":\"H\",\"letter\":\"1\",\"day\":\"2025-12-"
			"08\","
			"\"opens\":\"08:00\",\"starts\":\"07:15\",\"closes\":\"09:00\","
			"\"excuses_shift\":true,\"excuses_home\":true,\"excuses_off\":true,"
			"\"units\":[]}",
			"/opens", E_BAD_FIELD},
	};
	struct hospital h;
	open_hospital(&h);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		enum err e;
		const char *pointer = send(&h, cases[i].path, cases[i].body, &e);
		if (e != cases[i].e || !str_eq(pointer, cases[i].pointer))
			fail_msg("%s: %s at %s", cases[i].body, err_code(e),
				pointer ? pointer : "nothing");
	}
	test_store_close(&h.s);
}

static void test_one_assembly_a_day_for_the_same_people(void **state)
{
	(void)state;
	struct hospital h;
	enum err e;
	open_hospital(&h);
	const char *body = arena_printf(&h.s.arena,
		"{\"name\":\"Apel\",\"place\":\"H\",\"letter\":\"1\",\"day\":\"2025-12-08\","
		"\"opens\":\"06:30\",\"starts\":\"07:15\",\"closes\":\"09:00\",\"excuses_shift\":"
		"true,\"excuses_home\":true,\"excuses_off\":true,\"units\":[\"%lld\"]}",
		(long long)h.ward.v);
	assert_null(send(&h, "/api/v1/calendar/events", body, &e));
	assert_string_equal(send(&h, "/api/v1/calendar/events", body, &e), "/units");
	assert_int_equal(e, E_CONFLICT);
	test_store_close(&h.s);
}

int main(void)
{
	const struct CMUnitTest pure[] = {
		cmocka_unit_test(test_hours_no_clock_can_follow),
		cmocka_unit_test(test_patterns_that_are_none),
	};
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_codes_of_turns),
		cmocka_unit_test(test_a_night_does_not_run_into_a_morning),
		cmocka_unit_test(test_grid_refuses_where_it_stands),
		cmocka_unit_test(test_grid_does_not_overwrite_what_changed),
		cmocka_unit_test(test_routes_name_the_field),
		cmocka_unit_test(test_one_assembly_a_day_for_the_same_people),
	};
	return cmocka_run_group_tests(pure, NULL, NULL) + TEST_STORE_RUN(stored);
}
