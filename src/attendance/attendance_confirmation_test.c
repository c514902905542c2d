/*
 * Confirmations through the store and their routes, on both engines: the event counts meanwhile, a
 * person decides, silence counts for the employee, whoever answered for him on that day decides.
 * UU 27/2022 art. 10; PP 94/2021 art. 24-27; UU 30/2014 art. 13-14 (who stands in).
 */
#include "attendance/attendance_confirmation_outcome.h"

#include "attendance/attendance_test_time.h"
#include "base/str.h"
#include "calendar/calendar_int.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/clock.h"
#include "platform/test_store.h"
#include "roster/roster.h"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_corrections_slice,
	&attendance_confirmations_slice, &attendance_signals_slice, &attendance_outcomes_slice,
	&attendance_papers_slice, &attendance_incidents_slice, &attendance_limits_slice,
	&attendance_parameters_slice, &attendance_devices_slice, &attendance_evidence_slice,
	&trust_slice};

struct office {
	struct test_store s;
	struct unit_id unit;
	struct employee_id boss, next_boss, deputy, ani, budi, officer;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct employee_id add_person(struct office *o, const char *name, int number)
{
	char nip[19];
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = true};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + number);
	must(org_add_employee(&o->s.tx, &row, day_of("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&o->s.tx, id, o->unit, "Analis", FUNGSIONAL, "SK", day_of("2025-01-01")));
	return id;
}

static void add_role(struct office *o, struct employee_id who, enum role role, enum acting acting,
	struct employee_id acts_for, const char *from, const char *to)
{
	const struct role_row row = {.role = role,
		.unit = acting == ACTING_DELEGATE ? (struct unit_id){0} : o->unit,
		.acting = acting,
		.acts_for = acts_for,
		.letter = "800/1",
		.valid_from = day_of(from),
		.valid_to = day_of(to)};
	int64_t id;

	must(org_add_role(&o->s.tx, who, &row, o->boss, &id));
}

static void open_office(struct office *o, const char *now)
{
	const struct org_unit unit = {
		.code = "BKD", .name = "BKD", .kind = UNIT_AGENCY, .valid_to = DAY_FOREVER};
	struct org_site site = {.name = "Kantor",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct pattern_id five_days;
	struct site_id site_id;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), at(now));
	auth_authorise = org_authorise;
	must(org_add_unit(&o->s.tx, &unit, &o->unit));
	site.unit = o->unit;
	must(org_add_site(&o->s.tx, &site, &site_id));
	must(calendar_add_default(&o->s.tx, &five_days));
	o->boss = add_person(o, "Citra", 1);
	o->next_boss = add_person(o, "Dedi", 2);
	o->deputy = add_person(o, "Euis", 3);
	o->ani = add_person(o, "Ani", 4);
	o->budi = add_person(o, "Budi", 5);
	o->officer = add_person(o, "Gita", 6);
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, day_of("2025-01-01")));
	must(org_relate(&o->s.tx, o->budi, RELATION_SUPERVISOR, o->boss, day_of("2025-01-01")));
	add_role(o, o->officer, ROLE_AGENCY_OFFICER, ACTING_DEFINITIVE, (struct employee_id){0},
		"2025-01-01", "2099-12-31");
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void set_now(struct office *o, const char *now)
{
	o->s.tx.now_ms = at(now);
}

static void settle(struct office *o, const char *day)
{
	struct employee_id after = {0};

	must(attendance_open_day(&o->s.tx, day_of(day), after, 500, &after));
	test_store_project(&o->s);
}

static struct attendance_day load(struct office *o, struct employee_id who, const char *day)
{
	struct attendance_day row;

	must(attendance_load_day(&o->s.tx, who, day_of(day), &row));
	return row;
}

static void assert_rebuilds(struct office *o)
{
	int64_t wrong = -1;

	settle(o, "2025-11-12"); /* who was not seen is absent by now */
	must(attendance_rebuild(&o->s.tx, day_of("2025-11-03"), day_of("2025-11-20"), &wrong));
	assert_int_equal(wrong, 0);
}

static struct db_stmt COUNT_WORDS = {"test_count_words",
	"SELECT count(*) FROM attendance_punch WHERE government_id = $1 AND refers_to <> 0", 0};
static struct db_stmt *const test_stmts[] = {&COUNT_WORDS};

static int64_t count_words(struct office *o)
{
	int64_t count = -1;

	must(db_load(&o->s.tx, &COUNT_WORDS, BIND(db_int(o->s.tx.government.v)),
		INTO(to_int64(&count))));
	return count;
}

struct event {
	struct employee_id who;
	const char *received, *phone;
	enum direction direction;
	enum time_grade grade;
	bool is_away;
};

static struct punch record(struct office *o, const struct event *event)
{
	struct punch p = {.direction = event->direction,
		.received_at = at(event->received),
		.phone_at = at(event->phone),
		.offset_ms = NO_INSTANT,
		.point = {event->is_away ? LAT_E7 + 900000 : LAT_E7, LON_E7},
		.accuracy_metres = 10,
		.time_grade = event->grade,
		.note = ""};
	enum receipt_status status;

	set_now(o, event->received);
	p.punch_id = id_next();
	p.event_id = attendance_make_event(at(event->phone), p.punch_id);
	p.flags = attendance_decide_punch_flags(&p);
	p.punch_day = instant_day(attendance_claimed_at(&p), ZONE_WIB);
	must(attendance_add_punch(&o->s.tx, event->who, &p, &status));
	return p;
}

/* Recorded, asked about, folded. */
static struct confirmation ask_about(
	struct office *o, const struct event *event, enum confirmation_kind kind)
{
	struct punch p = record(o, event);
	struct confirmation c;

	must(attendance_ask_confirmation(
		&o->s.tx, event->who, &p, kind, INT64_C(1) << MARK_GEO_SAME_PEER));
	test_store_project(&o->s);
	must(attendance_load_punch_confirmation(&o->s.tx, p.punch_id, &c));
	return c;
}

static struct confirmation again(struct office *o, const struct confirmation *c)
{
	struct confirmation now;

	must(attendance_load_confirmation(&o->s.tx, c->id, &now));
	return now;
}

/* ---- routes, as the dispatcher asks them ---- */

static const struct route *find_route(enum method method, const char *path)
{
	for (int k = 0; k < COUNT_OF(slices); k++)
		for (int i = 0; i < slices[k]->route_count; i++)
			if (slices[k]->routes[i].method == method &&
				str_eq(slices[k]->routes[i].path, path))
				return &slices[k]->routes[i];
	fail_msg("no route %s", path);
	return NULL;
}

/* `about` fills the one parameter of the path. */
static enum err ask(struct office *o, struct employee_id who, enum method method, const char *path,
	int64_t about, const char *json, struct req *ret)
{
	const struct route *route = find_route(method, path);
	struct field_fault fault = {0};
	enum err e = OK;

	*ret = (struct req){.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE},
		.input = arena_alloc(&o->s.arena, route->input->size)};
	fields_init(route->input, ret->input);
	e = fields_decode(route->input, &o->s.arena, json, strlen(json), ret->input, &fault);
	if (e)
		fail_msg("%s: %s: %s", json, fault.pointer, fault.reason);
	for (const struct field *f = route->input->fields; f->type != FIELD_END; f++)
		if (f->from == FROM_PATH)
			must(fields_decode_text(f, &o->s.arena,
				arena_printf(&o->s.arena, "%lld", (long long)about), ret->input,
				&fault));
	buf_init(&ret->body, &o->s.arena, 256);
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e)
		e = org_authorise(ret, route->permission, &ret->object);
	if (!e)
		e = route->handler(ret);
	test_store_project(&o->s);
	return e;
}

#define WAITING "/api/v1/attendance/confirmations/waiting"
#define CONFIRM "/api/v1/attendance/confirmations/confirm"
#define DENY    "/api/v1/attendance/confirmations/{confirmation}/deny"
#define EXPLAIN "/api/v1/attendance/confirmations/{confirmation}/explanation"
#define OWN     "/api/v1/attendance/confirmations"

static int count_text(const char *where, const char *what)
{
	int n = 0;

	for (const char *p = where; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

/* How many wait for somebody. */
static int waiting_for(struct office *o, struct employee_id who)
{
	struct req rq;

	must(ask(o, who, GET, WAITING, 0, "{}", &rq));
	return count_text(rq.body.p, "\"asked_at\"");
}

static const char *item(struct office *o, const struct confirmation *c)
{
	return arena_printf(&o->s.arena, "{\"confirmation\":\"%lld\",\"version\":%d}",
		(long long)c->id, c->version);
}

/* The reply about one; "" when it was confirmed. */
static const char *confirm(struct office *o, struct employee_id who, const struct confirmation *c)
{
	struct req rq;
	const char *code;

	must(ask(o, who, POST, CONFIRM, 0,
		arena_printf(&o->s.arena, "{\"items\":[%s]}", item(o, c)), &rq));
	code = strstr(rq.body.p, "\"code\":\"");
	if (!code) {
		assert_non_null(strstr(rq.body.p, "\"status\":\"confirmed\""));
		return "";
	}
	return arena_printf(&o->s.arena, "%.*s", (int)strcspn(code + 8, "\""), code + 8);
}

static enum err deny(struct office *o, struct employee_id who, const struct confirmation *c,
	const char *consequence)
{
	struct req rq;

	return ask(o, who, POST, DENY, c->id,
		arena_printf(&o->s.arena,
			"{\"version\":%d,\"consequence\":\"%s\",\"reason\":\"Menurut piket belum "
			"tiba.\"}",
			c->version, consequence),
		&rq);
}

static enum err explain(struct office *o, struct employee_id who, const struct confirmation *c)
{
	struct req rq;

	return ask(o, who, PUT, EXPLAIN, c->id,
		"{\"explanation\":\"Ban bocor di Cileunyi, tiba bersama Budi.\"}", &rq);
}

/* ---- asking ---- */

static void test_it_is_asked_once(void **state)
{
	struct office o;
	struct confirmation c;
	struct punch p = {0};

	(void)state;
	open_office(&o, "11-12 07:25");
	p = record(&o, &(struct event){o.ani, "11-12 07:25", "11-12 07:20", IN, TIME_CONSISTENT});
	must(attendance_ask_confirmation(&o.s.tx, o.ani, &p, CONFIRMATION_SAMPLE, 1));
	must(attendance_ask_confirmation(&o.s.tx, o.ani, &p, CONFIRMATION_SAMPLE, 1));
	must(attendance_load_punch_confirmation(&o.s.tx, p.punch_id, &c));
	assert_int_equal(c.version, 1);
	assert_int_equal(c.day, day_of("2025-11-12"));
	assert_int_equal(c.unit.v, o.unit.v);
	assert_int_equal(c.kind, CONFIRMATION_SAMPLE);
	assert_int_equal(c.grade, TIME_CONSISTENT);
	assert_int_equal(c.due_day, day_of("2025-11-16")); /* Friday, and the weekend with it */
	assert_int_equal(c.happened_at, at("11-12 07:20"));
	/* the night's job found more: one question, for the stronger reason */
	must(attendance_ask_confirmation(&o.s.tx, o.ani, &p, CONFIRMATION_NEEDED, 4));
	c = again(&o, &c);
	assert_int_equal(c.version, 2);
	assert_int_equal(c.kind, CONFIRMATION_NEEDED);
	assert_int_equal(c.marks, 5);
	assert_string_equal(confirm(&o, o.boss, &c), "");
	must(attendance_ask_confirmation(&o.s.tx, o.ani, &p, CONFIRMATION_NEEDED, 8));
	assert_int_equal(again(&o, &c).marks, 5);
	assert_int_equal(again(&o, &c).state, CONFIRMED);
	test_store_close(&o.s);
}

/* Due is counted from the day it reached the server, over the weekend and a holiday. */
static void test_until_when(void **state)
{
	static const struct {
		const char *received, *phone, *due;
	} cases[] = {
		{"11-12 07:25", "11-12 07:25", "2025-11-16"}, /* Wednesday: Thursday, Friday */
		{"11-13 07:25", "11-13 07:25",
			"2025-11-18"}, /* Thursday: Friday, Monday, and the free Tuesday */
		{"11-14 19:25", "11-11 07:25", "2025-11-19"}, /* three days without signal: Monday,
								 Wednesday, for Tuesday is free */
	};
	struct office o;
	int64_t id;
	const struct holiday free_day = {.day = day_of("2025-11-18"),
		.name = "Hari jadi",
		.kind = HOLIDAY_LOCAL,
		.source = "SE 1",
		.issuer = "Gubernur",
		.held = {day_of("2025-11-18"), day_of("2025-11-18")}};

	(void)state;
	open_office(&o, "11-10 07:00");
	must(calendar_add_holiday(&o.s.tx, &free_day, &id));
	must(org_touch_generation(&o.s.tx));
	test_store_project(&o.s);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct confirmation c = ask_about(&o,
			&(struct event){o.ani, cases[i].received, cases[i].phone, IN, TIME_QUEUED},
			CONFIRMATION_QUEUED_TIME);

		assert_int_equal(c.due_day, day_of(cases[i].due));
	}
	test_store_close(&o.s);
}

static void test_the_day_of_work(void **state)
{
	struct office o;
	struct confirmation c;
	struct punch p = {.punch_id = 99, .punch_day = day_of("2024-12-31"), .received_at = 1};

	(void)state;
	open_office(&o, "11-12 07:25");
	/* out after midnight ends the day before; a clock set ahead counts on the day it came */
	c = ask_about(&o, &(struct event){o.ani, "11-13 01:10", "11-13 01:10", OUT, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	assert_int_equal(c.day, day_of("2025-11-12"));
	assert_int_equal(c.punch_day, day_of("2025-11-13"));
	c = ask_about(&o, &(struct event){o.ani, "11-13 07:20", "11-20 07:20", IN, TIME_DOUBTED},
		CONFIRMATION_NEEDED);
	assert_int_equal(c.day, day_of("2025-11-13"));
	/* nothing is asked about who was not in service */
	p.received_at = p.phone_at = at("11-12 07:00") - 400 * MS_PER_DAY;
	p.offset_ms = NO_INSTANT;
	must(attendance_ask_confirmation(&o.s.tx, o.ani, &p, CONFIRMATION_NEEDED, 0));
	assert_int_equal(attendance_load_punch_confirmation(&o.s.tx, 99, &c), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* ---- deciding ---- */

static void test_it_counts_meanwhile_and_agreeing_corrects_nothing(void **state)
{
	struct office o;
	struct confirmation c;
	struct attendance_day before, after;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	before = load(&o, o.ani, "2025-11-12");
	assert_int_equal(before.state, DAY_PRESENT);
	assert_int_equal(before.flags, 0);
	assert_string_equal(confirm(&o, o.boss, &c), "");
	after = load(&o, o.ani, "2025-11-12");
	assert_true(attendance_day_equal(&before, &after));
	assert_int_equal(count_words(&o), 0);
	assert_int_equal(again(&o, &c).state, CONFIRMED);
	assert_int_equal(again(&o, &c).decided_by.v, o.boss.v);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static void test_a_doubted_time(void **state)
{
	struct office o;
	struct confirmation c;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 10:00", "11-12 07:25", IN, TIME_DOUBTED},
		CONFIRMATION_NEEDED);
	/* not late while nobody has answered */
	assert_int_equal(load(&o, o.ani, "2025-11-12").flags, DAY_LATE_UNCONFIRMED);
	assert_string_equal(confirm(&o, o.boss, &c), "");
	assert_int_equal(load(&o, o.ani, "2025-11-12").in_at, at("11-12 07:25"));
	assert_int_equal(load(&o, o.ani, "2025-11-12").flags, 0);
	assert_int_equal(count_words(&o), 1);
	assert_string_equal(confirm(&o, o.boss, &c), "stale");
	c = again(&o, &c);
	assert_string_equal(confirm(&o, o.boss, &c), "conflict");
	assert_int_equal(deny(&o, o.boss, &c, "not_counted"), E_CONFLICT);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static void test_denied_explained_believed(void **state)
{
	struct office o;
	struct confirmation c;
	struct req rq;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 08:40", "11-12 07:25", IN, TIME_CONSISTENT},
		CONFIRMATION_NEEDED);
	must(deny(&o, o.boss, &c, "receipt"));
	assert_int_equal(load(&o, o.ani, "2025-11-12").flags, DAY_LATE);
	assert_int_equal(load(&o, o.ani, "2025-11-12").late_minutes, 70);
	/* he reads it at once, with who and why */
	must(ask(&o, o.ani, GET, OWN, 0, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"state\":\"denied\""));
	assert_non_null(strstr(rq.body.p, "\"consequence\":\"receipt\""));
	assert_non_null(strstr(rq.body.p, "Menurut piket belum tiba."));
	assert_non_null(strstr(rq.body.p, "\"decided_by\":\"Citra\""));
	assert_non_null(strstr(rq.body.p, "\"may_object\":true"));
	assert_non_null(strstr(rq.body.p, "\"marks\":[\"geo_same_peer\"]"));
	assert_null(strstr(rq.body.p, "score"));
	assert_null(strstr(rq.body.p, "lat_e7"));
	assert_int_equal(waiting_for(&o, o.boss), 0);
	set_now(&o, "11-12 11:00");
	must(explain(&o, o.ani, &c));
	assert_int_equal(waiting_for(&o, o.boss), 1);
	/* the superior stays with it, then thinks again */
	c = again(&o, &c);
	set_now(&o, "11-12 11:30");
	must(deny(&o, o.boss, &c, "not_counted"));
	assert_int_equal(waiting_for(&o, o.boss), 0);
	assert_int_equal(load(&o, o.ani, "2025-11-12").in_at, NO_INSTANT);
	c = again(&o, &c);
	assert_string_equal(c.explanation, "Ban bocor di Cileunyi, tiba bersama Budi.");
	assert_string_equal(confirm(&o, o.boss, &c), "");
	assert_int_equal(load(&o, o.ani, "2025-11-12").in_at, at("11-12 07:25"));
	assert_int_equal(load(&o, o.ani, "2025-11-12").flags, 0);
	assert_int_equal(explain(&o, o.ani, &c), E_CONFLICT); /* nothing is left to explain */
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static void test_an_explanation_stands_before_the_decision(void **state)
{
	struct office o;
	struct confirmation c, read;
	struct req rq;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	read = c;
	assert_int_equal(explain(&o, o.budi, &c), E_NOT_FOUND); /* not his */
	assert_int_equal(explain(&o, o.boss, &c), E_NOT_FOUND);
	must(explain(&o, o.ani, &c));
	assert_string_equal(confirm(&o, o.boss, &read), "stale"); /* he has not read it */
	must(ask(&o, o.boss, GET, WAITING, 0, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "Ban bocor di Cileunyi"));
	assert_non_null(strstr(rq.body.p, "\"is_plain\":false"));
	c = again(&o, &c);
	assert_string_equal(confirm(&o, o.boss, &c), "");
	test_store_close(&o.s);
}

/* One gesture for many is for plain ones; each is answered for itself. */
static void test_many_at_once(void **state)
{
	struct office o;
	struct confirmation plain, away, needed, own;
	struct req rq;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	must(org_relate(&o.s.tx, o.boss, RELATION_SUPERVISOR, o.next_boss, day_of("2025-01-01")));
	plain = ask_about(&o, &(struct event){o.ani, "11-12 07:21", "11-12 07:21", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	away = ask_about(&o,
		&(struct event){o.budi, "11-12 07:22", "11-12 07:22", IN, TIME_PROVEN, true},
		CONFIRMATION_SAMPLE);
	needed = ask_about(&o,
		&(struct event){o.ani, "11-12 16:05", "11-12 16:05", OUT, TIME_PROVEN},
		CONFIRMATION_NEEDED);
	own = ask_about(&o, &(struct event){o.boss, "11-12 07:24", "11-12 07:24", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	must(ask(&o, o.boss, POST, CONFIRM, 0,
		arena_printf(&o.s.arena, "{\"items\":[%s,%s,%s,%s,%s]}", item(&o, &plain),
			item(&o, &away), item(&o, &needed), item(&o, &own), item(&o, &plain)),
		&rq));
	assert_int_equal(count_text(rq.body.p, "\"status\":\"confirmed\""), 1);
	assert_int_equal(count_text(rq.body.p, "\"code\":\"refused\""), 2);
	assert_int_equal(count_text(rq.body.p, "\"code\":\"not_on_oneself\""), 1);
	assert_int_equal(count_text(rq.body.p, "\"code\":\"conflict\""), 1); /* named twice */
	assert_int_equal(again(&o, &plain).state, CONFIRMED);
	assert_int_equal(again(&o, &away).state, CONFIRMATION_WAITS);
	/* looked at one by one, the place is said, too */
	assert_string_equal(confirm(&o, o.boss, &away), "");
	assert_int_equal(load(&o, o.budi, "2025-11-12").in_place, PLACE_WITHIN);
	assert_string_equal(confirm(&o, o.boss, &needed), "");
	assert_int_equal(waiting_for(&o, o.boss), 0);
	assert_int_equal(waiting_for(&o, o.next_boss), 1);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

/* ---- who decides ---- */

/* PP 94/2021 art. 24-27: the superior of that day, also after somebody else took over. */
static void test_a_superior_changes_between_days(void **state)
{
	struct office o;
	struct confirmation wednesday, thursday;

	(void)state;
	open_office(&o, "11-12 07:00");
	must(org_relate(&o.s.tx, o.ani, RELATION_SUPERVISOR, o.next_boss, day_of("2025-11-13")));
	wednesday = ask_about(&o,
		&(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	thursday = ask_about(&o,
		&(struct event){o.ani, "11-13 07:25", "11-13 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	assert_int_equal(waiting_for(&o, o.boss), 1);
	assert_int_equal(waiting_for(&o, o.next_boss), 1);
	/* outside one's sight is the same as not there */
	assert_string_equal(confirm(&o, o.boss, &thursday), "not_found");
	assert_int_equal(deny(&o, o.next_boss, &wednesday, "receipt"), E_NOT_FOUND);
	assert_string_equal(confirm(&o, o.boss, &wednesday), "");
	assert_string_equal(confirm(&o, o.next_boss, &thursday), "");
	assert_int_equal(deny(&o, o.officer, &thursday, "receipt"), E_STALE);
	test_store_close(&o.s);
}

/* UU 30/2014 art. 13: whoever has the letter decides, in the superior's name, on its days. */
static void test_a_delegate_decides(void **state)
{
	struct office o;
	struct confirmation inside, outside;

	(void)state;
	open_office(&o, "11-12 07:00");
	add_role(
		&o, o.deputy, ROLE_SUPERVISOR, ACTING_DELEGATE, o.boss, "2025-11-12", "2025-11-12");
	must(org_touch_generation(&o.s.tx));
	inside = ask_about(&o,
		&(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	outside = ask_about(&o,
		&(struct event){o.ani, "11-13 07:25", "11-13 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	assert_int_equal(waiting_for(&o, o.deputy), 1);
	assert_string_equal(confirm(&o, o.deputy, &outside), "not_found");
	assert_string_equal(confirm(&o, o.deputy, &inside), "");
	inside = again(&o, &inside);
	assert_int_equal(inside.decided_by.v, o.deputy.v);
	assert_int_equal(inside.decided_for.v, o.boss.v);
	test_store_close(&o.s);
}

static void test_a_closed_month_goes_to_the_officer(void **state)
{
	struct office o;
	struct confirmation late, nobody;
	struct req rq;

	(void)state;
	open_office(&o, "10-30 07:00");
	settle(&o, "2025-10-30");
	set_now(&o, "11-05 09:00");
	must(attendance_close_month(&o.s.tx, o.unit, day_of("2025-10-01"), o.boss));
	/* the phone was without signal until the month was closed */
	late = ask_about(&o, &(struct event){o.ani, "11-05 10:00", "10-30 07:25", IN, TIME_DOUBTED},
		CONFIRMATION_NEEDED);
	assert_true(late.to_officer);
	assert_int_equal(waiting_for(&o, o.boss), 0);
	assert_string_equal(confirm(&o, o.boss, &late), "refused");
	assert_int_equal(deny(&o, o.boss, &late, "receipt"), E_REFUSED);
	must(ask(&o, o.officer, GET, WAITING, 0, "{}", &rq));
	assert_int_equal(count_text(rq.body.p, "\"asked_at\""), 0); /* not of his own people */
	/* nobody answers for the superior himself: the officer, too */
	nobody = ask_about(&o,
		&(struct event){o.boss, "11-05 10:05", "11-05 10:05", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	assert_true(nobody.to_officer);
	assert_string_equal(confirm(&o, o.officer, &nobody), "");
	assert_string_equal(confirm(&o, o.officer, &late), "");
	assert_int_equal(load(&o, o.ani, "2025-10-30").in_at, at("10-30 07:25"));
	test_store_close(&o.s);
}

/* ---- silence ---- */

static int settle_silence(struct office *o, const char *now)
{
	int done = -1;

	set_now(o, now);
	must(attendance_settle_silence(
		&o->s.tx, instant_day(o->s.tx.now_ms, ZONE_WIB), 100, &done));
	test_store_project(&o->s);
	return done;
}

static void test_silence_counts_for_the_employee(void **state)
{
	struct office o;
	struct confirmation doubted, plain;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	doubted = ask_about(&o,
		&(struct event){o.ani, "11-12 10:00", "11-12 07:25", IN, TIME_DOUBTED},
		CONFIRMATION_NEEDED);
	plain = ask_about(&o,
		&(struct event){o.budi, "11-12 10:05", "11-12 10:05", IN, TIME_PROVEN, true},
		CONFIRMATION_SAMPLE);
	assert_int_equal(doubted.due_day, day_of("2025-11-16"));
	assert_int_equal(settle_silence(&o, "11-16 23:59"), 0); /* his last day is whole */
	assert_int_equal(settle_silence(&o, "11-17 00:01"), 2);
	assert_int_equal(settle_silence(&o, "11-17 00:02"), 0);
	doubted = again(&o, &doubted);
	assert_int_equal(doubted.state, CONFIRMED_BY_SILENCE);
	assert_int_equal(doubted.decided_by.v, 0);
	assert_int_equal(load(&o, o.ani, "2025-11-12").in_at, at("11-12 07:25"));
	assert_int_equal(
		load(&o, o.ani, "2025-11-12").flags & (DAY_LATE | DAY_LATE_UNCONFIRMED), 0);
	/* of a place silence says nothing: it stays for the superior as before */
	assert_int_equal(again(&o, &plain).state, CONFIRMED_BY_SILENCE);
	assert_int_equal(load(&o, o.budi, "2025-11-12").in_place, PLACE_OUTSIDE);
	assert_int_equal(deny(&o, o.boss, &doubted, "not_counted"), E_CONFLICT);
	assert_int_equal(waiting_for(&o, o.boss), 0);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

static bool is_job_queued(struct office *o)
{
	bool is_queued = false;

	must(attendance_load_is_queued(&o->s.tx, JOB_SETTLE_SILENCE, &is_queued));
	return is_queued;
}

static void test_the_tick_counts_silence_once(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, "11-12 07:00");
	ask_about(&o, &(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	set_now(&o, "11-16 12:00");
	must(attendance_tick_evidence(&o.s.tx, day_of("2025-11-16")));
	assert_false(is_job_queued(&o));
	set_now(&o, "11-17 00:01");
	must(attendance_tick_evidence(&o.s.tx, day_of("2025-11-17")));
	assert_true(is_job_queued(&o));
	must(attendance_tick_evidence(&o.s.tx, day_of("2025-11-17")));
	test_store_close(&o.s);
}

/* ---- beside corrections ---- */

static struct correction question(
	struct office *o, const struct confirmation *c, enum correction_kind kind)
{
	return (struct correction){.employee = c->employee,
		.day = c->day,
		.unit = c->unit,
		.kind = kind,
		.direction = c->direction,
		.stated_at = c->happened_at,
		.punch_day = c->punch_day,
		.punch_id = c->punch_id,
		.cause = CAUSE_OTHER,
		.reason = "Saya sudah di tempat.",
		.file_sha256 = "",
		.file_name = "",
		.event_id = attendance_make_event(o->s.tx.now_ms, id_next()),
		.entered_by = c->employee,
		.decision = ""};
}

/* Nothing is asked twice: a word about the day settles what waits about its punch. */
static void test_a_word_elsewhere_settles_it(void **state)
{
	struct office o;
	struct confirmation c;
	struct undecided_day day[10];
	struct correction word;
	int count;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 10:00", "11-12 07:25", IN, TIME_DOUBTED},
		CONFIRMATION_NEEDED);
	must(attendance_list_undecided(
		&o.s.tx, o.boss, day_of("2025-11-01"), day_of("2025-11-12"), day, 10, &count));
	assert_int_equal(count, 0); /* it stands among the confirmations */
	word = question(&o, &c, CORRECTION_RECEIPT);
	must(attendance_ask_correction(&o.s.tx, &word));
	must(attendance_settle_correction(
		&o.s.tx, &word, true, o.boss, (struct employee_id){0}, "Tiba pukul sepuluh."));
	test_store_project(&o.s);
	c = again(&o, &c);
	assert_int_equal(c.state, DENIED);
	assert_int_equal(c.consequence, CONSEQUENCE_RECEIPT);
	assert_string_equal(c.decision, "Tiba pukul sepuluh.");
	assert_int_equal(settle_silence(&o, "11-30 00:01"), 0);
	assert_int_equal(load(&o, o.ani, "2025-11-12").flags & DAY_LATE, DAY_LATE);
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

/* Who was denied objects by a correction of the same punch; without a denial none is due. */
static void test_an_objection(void **state)
{
	struct office o;
	struct confirmation c;
	struct correction objection;
	struct req rq;
	const char *json;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_NEEDED);
	must(deny(&o, o.boss, &c, "not_counted"));
	json = arena_printf(&o.s.arena,
		"{\"id\":\"019a7ad0-7c00-7000-8000-00000000c0de\",\"day\":\"2025-11-12\","
		"\"kind\":\"confirm\",\"punch\":\"%lld\",\"cause\":\"other\",\"reason\":\"Saya "
		"bersama Budi di loket.\"}",
		(long long)c.punch_id);
	must(ask(&o, o.ani, POST, "/api/v1/attendance/corrections", 0, json, &rq));
	must(attendance_load_correction_event(&o.s.tx, o.ani,
		&((const struct uuid){{0x01, 0x9a, 0x7a, 0xd0, 0x7c, 0, 0x70, 0, 0x80, 0, 0, 0, 0,
			0, 0xc0, 0xde}}),
		&objection));
	must(attendance_settle_correction(&o.s.tx, &objection, true, o.next_boss,
		(struct employee_id){0}, "Dua saksi menguatkan."));
	test_store_project(&o.s);
	assert_int_equal(again(&o, &c).state, CONFIRMED);
	assert_int_equal(load(&o, o.ani, "2025-11-12").in_at, at("11-12 07:25"));
	assert_rebuilds(&o);
	test_store_close(&o.s);
}

/* What was denied, by whom and why, stands in the explanation of the day. */
static void test_the_day_tells_it(void **state)
{
	struct office o;
	struct confirmation c;
	struct day_decision decision[DAY_DECISIONS_MAX];
	struct attendance_day day;
	const struct org_tree *tree;
	int count;

	(void)state;
	open_office(&o, "11-12 07:00");
	settle(&o, "2025-11-12");
	c = ask_about(&o, &(struct event){o.ani, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
		CONFIRMATION_SAMPLE);
	must(org_load_tree(&o.s.tx, &tree));
	day = load(&o, o.ani, "2025-11-12");
	must(attendance_list_decisions(&o.s.tx, &day, tree, ZONE_WIB, decision, &count));
	assert_int_equal(count, 0);
	must(deny(&o, o.boss, &c, "not_counted"));
	day = load(&o, o.ani, "2025-11-12");
	must(attendance_list_decisions(&o.s.tx, &day, tree, ZONE_WIB, decision, &count));
	assert_int_equal(count, 1);
	assert_int_equal(decision[0].kind, DECIDED_CONFIRMATION);
	assert_false(decision[0].is_accepted);
	assert_string_equal(decision[0].by, "Citra");
	assert_string_equal(decision[0].reason, "Menurut piket belum tiba.");
	test_store_close(&o.s);
}

/* Silence is counted against the unit of that day, and rules by what persons said. */
static void test_what_became_of_it(void **state)
{
	struct office o;
	struct confirmation c;
	struct outcome of_unit[4] = {0};
	struct mark_outcome of_mark[WEIGHTED_MARKS] = {0};
	const struct org_tree *tree;
	const int32_t from = day_of("2025-11-01"), to = day_of("2025-11-30");

	(void)state;
	open_office(&o, "11-12 07:00");
	for (int i = 0; i < 2; i++) {
		c = ask_about(&o,
			&(struct event){
				o.ani, "11-12 07:25", "11-12 07:25", i ? OUT : IN, TIME_PROVEN},
			CONFIRMATION_SAMPLE);
		if (i)
			must(deny(&o, o.boss, &c, "receipt"));
		else
			assert_string_equal(confirm(&o, o.boss, &c), "");
	}
	ask_about(&o, &(struct event){o.budi, "11-12 07:30", "11-12 07:30", IN, TIME_PROVEN},
		CONFIRMATION_NEEDED);
	assert_int_equal(settle_silence(&o, "11-20 00:01"), 1);
	ask_about(&o, &(struct event){o.budi, "11-20 07:30", "11-20 07:30", IN, TIME_PROVEN},
		CONFIRMATION_NEEDED);
	must(org_load_tree(&o.s.tx, &tree));
	must(attendance_count_outcomes(&o.s.tx, tree, from, to, of_unit));
	assert_int_equal(of_unit[0].people, 2);
	assert_int_equal(of_unit[0].confirmed, 1);
	assert_int_equal(of_unit[0].denied, 1);
	assert_int_equal(of_unit[0].silent, 1);
	assert_int_equal(of_unit[0].waiting, 1);
	must(attendance_count_mark_outcomes(&o.s.tx, from, to, of_mark));
	assert_int_equal(of_mark[MARK_GEO_SAME_PEER].people, 1);
	assert_int_equal(of_mark[MARK_GEO_SAME_PEER].confirmed, 1);
	assert_int_equal(of_mark[MARK_GEO_SAME_PEER].sample_denied, 1);
	assert_int_equal(of_mark[MARK_FORK].people, 0);
	/* of another month nothing */
	must(attendance_count_mark_outcomes(&o.s.tx, to + 1, to + 30, of_mark));
	assert_int_equal(of_mark[MARK_GEO_SAME_PEER].confirmed, 1);
	test_store_close(&o.s);
}

#define OUTCOMES "/api/v1/attendance/evidence/outcomes"

/* An officer reads the numbers of his office, but never of fewer than ten people. */
static void test_numbers_of_ten_people(void **state)
{
	struct office o;
	struct req rq;

	(void)state;
	open_office(&o, "11-12 07:00");
	for (int i = 0; i < 10; i++) {
		struct employee_id who = add_person(&o, "Hani", 20 + i);

		must(org_relate(&o.s.tx, who, RELATION_SUPERVISOR, o.boss, day_of("2025-01-01")));
		if (i == 9) {
			must(ask(&o, o.officer, GET, OUTCOMES, 0, "{}", &rq));
			assert_non_null(strstr(rq.body.p, "\"is_hidden\":true"));
			assert_null(strstr(rq.body.p, "\"waiting\""));
		}
		ask_about(&o, &(struct event){who, "11-12 07:25", "11-12 07:25", IN, TIME_PROVEN},
			CONFIRMATION_SAMPLE);
	}
	assert_int_equal(settle_silence(&o, "11-20 00:01"), 10);
	must(ask(&o, o.officer, GET, OUTCOMES, 0, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"is_hidden\":false"));
	assert_non_null(strstr(rq.body.p, "\"silent\":10,\"silent_percent\":100"));
	assert_null(strstr(rq.body.p, "Hani")); /* of nobody by name */
	assert_int_equal(ask(&o, o.ani, GET, OUTCOMES, 0, "{}", &rq), E_FORBIDDEN);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_of_ten_people),
		cmocka_unit_test(test_what_became_of_it),
		cmocka_unit_test(test_it_is_asked_once),
		cmocka_unit_test(test_until_when),
		cmocka_unit_test(test_the_day_of_work),
		cmocka_unit_test(test_it_counts_meanwhile_and_agreeing_corrects_nothing),
		cmocka_unit_test(test_a_doubted_time),
		cmocka_unit_test(test_denied_explained_believed),
		cmocka_unit_test(test_an_explanation_stands_before_the_decision),
		cmocka_unit_test(test_many_at_once),
		cmocka_unit_test(test_a_superior_changes_between_days),
		cmocka_unit_test(test_a_delegate_decides),
		cmocka_unit_test(test_a_closed_month_goes_to_the_officer),
		cmocka_unit_test(test_silence_counts_for_the_employee),
		cmocka_unit_test(test_the_tick_counts_silence_once),
		cmocka_unit_test(test_a_word_elsewhere_settles_it),
		cmocka_unit_test(test_an_objection),
		cmocka_unit_test(test_the_day_tells_it),
	};

	db_register(test_stmts, COUNT_OF(test_stmts));
	return TEST_STORE_RUN(tests);
}
