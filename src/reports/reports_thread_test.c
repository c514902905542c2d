/*
 * Threads of reports and what waits too long, through the routes, in a real store.
 *
 * docs/WORK.md, "The daily report" (thread, escalation): notes are for the writer, who answers for
 * him on that day and his team lead alone; escalation shows facts and moves no power (UU 30/2014
 * art. 13-14).
 */
#include "reports/reports_lead.h"

#include "attendance/attendance_parameter.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <string.h>

#define NOW   INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY 20405                  /* 2025-11-13, a Thursday */

struct office {
	struct test_store s;
	struct unit_id agency, division;
	struct employee_id head, boss, next_boss, delegate, lead, ani, budi, officer;
};

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_thread_slice, &reports_target_slice, &reports_unit_output_slice, &trust_slice};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct unit_id add_unit(struct office *o, const char *code, struct unit_id parent)
{
	struct unit_id id;
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_unit(&o->s.tx, &row, &id), OK);
	return id;
}

static struct employee_id add_person(struct office *o, const char *name, const char *nip)
{
	struct employee_id id;
	const struct employee_row row = {.nip = nip,
		.name = name,
		.title_before = "",
		.title_after = "S.Sos.",
		.kind = PNS,
		.has_phone = true};
	assert_int_equal(org_add_employee(&o->s.tx, &row, 18000, DAY_FOREVER, &id), OK);
	assert_int_equal(
		org_place(&o->s.tx, id, o->division, "Analis", FUNGSIONAL, "SK", 18000), OK);
	return id;
}

static void set_boss(
	struct office *o, struct employee_id who, struct employee_id boss, int32_t from)
{
	assert_int_equal(org_relate(&o->s.tx, who, RELATION_SUPERVISOR, boss, from), OK);
}

static void add_role(struct office *o, struct employee_id who, enum role kind, enum acting acting,
	struct employee_id acts_for, struct unit_id unit, int32_t from, int32_t to)
{
	const struct role_row row = {.role = kind,
		.acting = acting,
		.acts_for = acts_for,
		.unit = unit,
		.letter = "800/12",
		.valid_from = from,
		.valid_to = to};
	int64_t id;

	must(org_add_role(&o->s.tx, who, &row, acts_for.v ? acts_for : who, &id));
}

/* The head above the boss; Ani and Budi are the boss's, Ani in the team of the lead; an officer of
 * the agency may read reports and is no part of them. */
static void open_office(struct office *o)
{
	struct pattern_id pattern;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	auth_authorise = org_authorise;
	o->agency = add_unit(o, "BKD", (struct unit_id){0});
	o->division = add_unit(o, "BKD-MUTASI", o->agency);
	o->head = add_person(o, "Gina", "198001012005012000");
	o->boss = add_person(o, "Citra", "198001012005012001");
	o->next_boss = add_person(o, "Dedi", "198001012005011002");
	o->delegate = add_person(o, "Euis", "198001012005012003");
	o->lead = add_person(o, "Hadi", "198001012005011007");
	o->ani = add_person(o, "Ani", "199001012015012004");
	o->budi = add_person(o, "Budi", "199001012015011005");
	o->officer = add_person(o, "Fajar", "199001012015011006");
	set_boss(o, o->boss, o->head, 18000);
	set_boss(o, o->ani, o->boss, 18000);
	set_boss(o, o->budi, o->boss, 18000);
	must(org_relate(&o->s.tx, o->ani, RELATION_TEAM_LEAD, o->lead, 18000));
	add_role(o, o->officer, ROLE_AGENCY_OFFICER, ACTING_DEFINITIVE, (struct employee_id){0},
		o->agency, 18000, DAY_FOREVER);
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static const struct route *find_route(enum method method, const char *path)
{
	for (int s = 0; s < COUNT_OF(slices); s++)
		for (int i = 0; i < slices[s]->route_count; i++)
			if (slices[s]->routes[i].method == method &&
				str_eq(slices[s]->routes[i].path, path))
				return &slices[s]->routes[i];
	fail_msg("no route %s", path);
	return NULL;
}

/* Fills the input of a route: fields of the path and the query by `argument`, the body from JSON.
 */
static void *read_input(
	struct office *o, const struct route *route, const char *argument, const char *json)
{
	struct field_fault fault = {0};
	void *input;

	if (!route->input)
		return NULL;
	input = arena_alloc(&o->s.arena, route->input->size);
	fields_init(route->input, input);
	enum err e = fields_decode(route->input, &o->s.arena, json, strlen(json), input, &fault);
	if (e)
		fail_msg("%s: %s: %s", json, fault.pointer, fault.reason);
	for (const struct field *f = route->input->fields; argument && f->type != FIELD_END; f++) {
		if (f->from == FROM_BODY)
			continue;
		assert_int_equal(fields_decode_text(f, &o->s.arena, argument, input, &fault), OK);
		break;
	}
	return input;
}

/* What the dispatcher does with a row: object, permission, handler; the reply is left in *ret. */
static enum err ask(struct office *o, struct employee_id who, enum method method, const char *path,
	const char *argument, const char *json, struct req *ret)
{
	const struct route *route = find_route(method, path);
	enum err e = OK;
	*ret = (struct req){.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	ret->input = read_input(o, route, argument, json);
	buf_init(&ret->body, &o->s.arena, 256);
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e)
		e = auth_authorise(ret, route->permission, &ret->object);
	return e ? e : route->handler(ret);
}

#define ONE "/api/v1/reports/daily/{report}"

static struct report_id hand_in(struct office *o, struct employee_id who, int32_t day)
{
	struct report_item item = {.starts = 480,
		.ends = 540,
		.description = "Memverifikasi berkas mutasi",
		.volume = 12,
		.unit_of_measure = "berkas"};
	struct report_id id;

	must(reports_hand_in(&o->s.tx, who, day, "", &item, 1, &id));
	test_store_project(&o->s);
	return id;
}

static const char *text_of(struct office *o, struct report_id id)
{
	return arena_printf(&o->s.arena, "%lld", (long long)id.v);
}

static enum err note(struct office *o, struct employee_id who, struct report_id id,
	const char *text, struct req *rq)
{
	return ask(o, who, POST, ONE "/notes", text_of(o, id),
		arena_printf(&o->s.arena, "{\"text\":\"%s\"}", text), rq);
}

static void see(struct office *o, struct employee_id who, struct report_id id, int notes)
{
	struct req rq;

	must(ask(o, who, POST, ONE "/seen", text_of(o, id),
		arena_printf(&o->s.arena, "{\"notes\":%d}", notes), &rq));
}

static int unread_of(struct office *o, struct employee_id who)
{
	struct unread_report found[THREADS_MAX];
	int count, unread = 0;

	must(reports_list_unread(&o->s.tx, who, TODAY, found, THREADS_MAX, &count));
	for (int i = 0; i < count; i++)
		unread += found[i].notes - found[i].seen;
	return unread;
}

static void test_who_has_part(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	set_boss(&o, o.ani, o.next_boss, TODAY); /* since today */
	add_role(&o, o.delegate, ROLE_SUPERVISOR, ACTING_DELEGATE, o.boss, o.division, TODAY - 1,
		TODAY - 1);
	const struct report_id id = hand_in(&o, o.ani, TODAY - 1);
	const struct {
		const char *why;
		struct employee_id who;
		bool reads, has_part;
	} cases[] = {
		{"the writer", o.ani, true, true},
		{"the supervisor of that date", o.boss, true, true},
		{"the supervisor of today is not that of the report", o.next_boss, false, false},
		{"his delegate on that day", o.delegate, true, true},
		{"the team lead", o.lead, true, true},
		{"an officer may read the report, not its notes", o.officer, true, false},
		{"the superior's superior, while he is there", o.head, false, false},
		{"a colleague", o.budi, false, false},
	};

	must(note(&o, o.boss, id, "Mohon lampirkan nomor surat", &rq));
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const enum err read = ask(&o, cases[i].who, GET, ONE, text_of(&o, id), "{}", &rq);

		if ((read == OK) != cases[i].reads)
			fail_msg("%s: reads", cases[i].why);
		if (!read && (strstr(rq.body.p, "lampirkan") != NULL) != cases[i].has_part)
			fail_msg("%s: sees notes", cases[i].why);
		if (!read && (strstr(rq.body.p, "\"may_note\":true") != NULL) != cases[i].has_part)
			fail_msg("%s: may note", cases[i].why);
		if ((note(&o, cases[i].who, id, "x", &rq) == OK) != cases[i].has_part)
			fail_msg("%s: writes", cases[i].why);
	}
	test_store_close(&o.s);
}

static void test_unread(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	const struct report_id id = hand_in(&o, o.ani, TODAY);
	must(note(&o, o.boss, id, "Mohon lampirkan nomor surat", &rq));
	must(note(&o, o.boss, id, "Satu saja cukup", &rq));
	assert_int_equal(unread_of(&o, o.ani), 2);
	assert_int_equal(unread_of(&o, o.boss), 0); /* one's own are seen */
	assert_int_equal(unread_of(&o, o.lead), 2);
	assert_int_equal(unread_of(&o, o.budi), 0);
	assert_int_equal(unread_of(&o, o.head), 0);
	see(&o, o.ani, id, 1);
	assert_int_equal(unread_of(&o, o.ani), 1);
	see(&o, o.ani, id, 50); /* no more than there are */
	assert_int_equal(unread_of(&o, o.ani), 0);
	see(&o, o.ani, id, 1); /* what was seen stays seen */
	assert_int_equal(unread_of(&o, o.ani), 0);
	must(note(&o, o.ani, id, "<script>alert(1)</script>", &rq));
	assert_int_equal(unread_of(&o, o.boss), 1);
	assert_int_equal(unread_of(&o, o.lead), 3);
	must(ask(&o, o.boss, GET, "/api/v1/reports/threads", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "{\"unread\":1,\"items\":[{\"report\":"));
	assert_non_null(strstr(rq.body.p, "\"is_own\":false"));
	/* returned with a reason, answered by a note: one thread */
	must(reports_decide_many(&o.s.tx, o.boss, EVENT_RETURNED, "Nomor surat belum ada", &id, 1));
	must(note(&o, o.ani, id, "Nomornya 800/17", &rq));
	must(ask(&o, o.ani, GET, ONE, text_of(&o, id), "{}", &rq));
	const char *reason = strstr(rq.body.p, "Nomor surat belum ada\"}"),
		   *answer = strstr(rq.body.p, "Nomornya 800/17");
	assert_non_null(reason);
	assert_true(answer > reason);
	test_store_close(&o.s);
}

static void test_bounds_of_a_thread(void **state)
{
	struct office o;
	struct req rq;
	struct daily_report draft = {.id = {77},
		.day = TODAY,
		.state = REPORT_DRAFT,
		.version = 1,
		.obstacle = "",
		.reason = "",
		.mode = MODE_UNSAID};
	(void)state;

	open_office(&o);
	draft.employee = o.budi;
	must(reports_set(&o.s.tx, &draft));
	assert_int_equal(note(&o, o.budi, draft.id, "untuk diri sendiri", &rq), E_REPORT_STATE);
	assert_int_equal(note(&o, o.boss, draft.id, "belum dikirim", &rq), E_NOT_FOUND);
	const struct report_id id = hand_in(&o, o.ani, TODAY);
	for (int i = 0; i < REPORT_NOTES_MAX; i++)
		must(note(&o, i % 2 ? o.ani : o.boss, id, "ya", &rq));
	assert_int_equal(note(&o, o.ani, id, "satu lagi", &rq), E_CONFLICT);
	must(ask(&o, o.ani, GET, ONE, text_of(&o, id), "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"notes\":50,\"may_note\":false"));
	test_store_close(&o.s);
}

static enum err advise(struct office *o, struct employee_id who, struct report_id id, int version,
	const char *advice, struct req *rq)
{
	return ask(o, who, POST, "/api/v1/reports/recommendations", NULL,
		arena_printf(&o->s.arena, "{\"items\":[{\"report\":\"%lld\",\"version\":%d}],%s}",
			(long long)id.v, version, advice),
		rq);
}
#define FINE "\"advice\":\"verify\""
#define MEND "\"advice\":\"return\",\"text\":\"Nomor suratnya belum ada\""

static int led_by(struct office *o, struct employee_id who)
{
	struct team_report *report;
	int count;

	must(reports_list_led(&o->s.tx, who, TODAY - 31, TODAY, &report, &count));
	return count;
}

/* Who leads advises; it stands beside the report and decides nothing. */
static void test_who_advises(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	const struct report_id ani = hand_in(&o, o.ani, TODAY), budi = hand_in(&o, o.budi, TODAY);
	assert_int_equal(led_by(&o, o.lead), 1);
	assert_int_equal(led_by(&o, o.boss), 0);
	must(advise(&o, o.lead, ani, 1, FINE, &rq));
	assert_string_equal(
		rq.body.p, arena_printf(&o.s.arena,
				   "{\"results\":[{\"report\":\"%lld\",\"status\":\"advised\"}]}",
				   (long long)ani.v));
	/* whom he does not lead is not there for him */
	must(advise(&o, o.lead, budi, 1, FINE, &rq));
	assert_non_null(strstr(rq.body.p, "\"status\":\"refused\",\"code\":\"not_found\""));
	/* a superior, a colleague and the writer advise nobody */
	must(advise(&o, o.lead, ani, 2, FINE, &rq));
	assert_non_null(strstr(rq.body.p, "\"code\":\"stale\""));
	assert_true(advise(&o, o.boss, ani, 1, FINE, &rq) != OK ||
		    strstr(rq.body.p, "refused") != NULL);
	assert_true(
		advise(&o, o.ani, ani, 1, FINE, &rq) != OK || strstr(rq.body.p, "refused") != NULL);
	must(ask(&o, o.boss, GET, "/api/v1/reports/team", "2025-11-13", "{}", &rq));
	assert_non_null(
		strstr(rq.body.p, "\"advice\":\"verify\",\"advised_by_name\":\"Hadi, S.Sos.\""));
	must(ask(&o, o.ani, GET, ONE, text_of(&o, ani), "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"state\":\"submitted\""));
	assert_non_null(strstr(rq.body.p, "\"kind\":\"advised_verify\""));
	/* an officer reads the report without it */
	must(ask(&o, o.officer, GET, ONE, text_of(&o, ani), "{}", &rq));
	assert_null(strstr(rq.body.p, "advised"));
	test_store_close(&o.s);
}

/* "To be mended" is a note and a mark, until the report is another one. */
static void test_what_is_to_be_mended(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	const struct report_id id = hand_in(&o, o.ani, TODAY);
	assert_int_equal(advise(&o, o.lead, id, 1, "\"advice\":\"return\"", &rq), E_BAD_FIELD);
	assert_int_equal(advise(&o, o.lead, id, 1, FINE ",\"text\":\"Nomor surat 800/17\"", &rq),
		E_BAD_FIELD);
	must(advise(&o, o.lead, id, 1, MEND, &rq));
	must(advise(&o, o.lead, id, 1, MEND, &rq)); /* not said twice */
	assert_int_equal(unread_of(&o, o.ani), 1);
	assert_int_equal(unread_of(&o, o.boss), 1);
	assert_int_equal(unread_of(&o, o.lead), 0);
	must(ask(&o, o.boss, GET, "/api/v1/reports/team", "2025-11-13", "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"advised_return\""));
	assert_non_null(strstr(rq.body.p, "\"advice\":\"return\""));
	/* he thinks better of it; the thread keeps both */
	must(advise(&o, o.lead, id, 1, FINE, &rq));
	must(ask(&o, o.boss, GET, "/api/v1/reports/team", "2025-11-13", "{}", &rq));
	assert_null(strstr(rq.body.p, "advised_return"));
	assert_int_equal(unread_of(&o, o.boss), 1);
	must(reports_decide_many(&o.s.tx, o.boss, EVENT_RETURNED, "Nomor surat belum ada", &id, 1));
	must(ask(&o, o.boss, GET, "/api/v1/reports/team", "2025-11-13", "{}", &rq));
	assert_null(strstr(rq.body.p, "\"advice\""));
	assert_int_equal(led_by(&o, o.lead), 0);
	must(advise(&o, o.lead, id, 2, FINE, &rq));
	assert_non_null(strstr(rq.body.p, "\"code\":\"report_state\""));
	test_store_close(&o.s);
}

/* Whoever leads and answers for the same person decides, and is not asked for advice. */
static void test_who_is_both(void **state)
{
	struct office o;
	(void)state;

	open_office(&o);
	hand_in(&o, o.budi, TODAY - 1);
	hand_in(&o, o.budi, TODAY);
	must(org_relate(&o.s.tx, o.budi, RELATION_TEAM_LEAD, o.lead, 18000));
	assert_int_equal(led_by(&o, o.lead), 2);
	set_boss(&o, o.budi, o.lead, TODAY);
	assert_int_equal(led_by(&o, o.lead), 1);
	test_store_close(&o.s);
}

/* docs/WORK.md: waits longer than N working days (3): handed in on Friday the 7th it is counted
 * from the next Thursday on, the 13th, not on Wednesday the 12th. */
static void test_what_waits_is_shown_above(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	o.s.tx.now_ms = NOW - 6 * MS_PER_DAY;
	const struct report_id old = hand_in(&o, o.ani, TODAY - 6);
	o.s.tx.now_ms = NOW - 3 * MS_PER_DAY;
	hand_in(&o, o.budi, TODAY - 3);
	o.s.tx.now_ms = NOW - MS_PER_DAY;
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_string_equal(rq.body.p, "{\"working_days\":3,\"items\":[]}");
	o.s.tx.now_ms = NOW;
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p,
		"\"name\":\"Citra, S.Sos.\",\"position\":\"Analis\",\"reports\":1,"
		"\"oldest\":\"2025-11-07\",\"oldest_day\":\"2025-11-07\","
		"\"may_decide\":false"));
	/* nobody is told of his own queue here, and it gives no power */
	must(ask(&o, o.boss, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"items\":[]"));
	assert_int_equal(
		ask(&o, o.head, POST, ONE "/verify", text_of(&o, old), "{\"version\":1}", &rq),
		E_NOT_FOUND);
	must(reports_decide_many(&o.s.tx, o.boss, EVENT_VERIFIED, "", &old, 1));
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"items\":[]"));
	test_store_close(&o.s);
}

/* Who comes back after a long leave hands in late: it is seen, verified and shown above as any
 * other, and what is said of it finds its readers. */
static void test_nothing_is_too_old_to_be_seen(void **state)
{
	struct office o;
	struct team_report *t;
	struct req rq;
	int count;
	(void)state;

	open_office(&o);
	o.s.tx.now_ms = NOW - 7 * MS_PER_DAY;
	const struct report_id old = hand_in(&o, o.ani, TODAY - 200);
	o.s.tx.now_ms = NOW;
	must(ask(&o, o.boss, GET, "/api/v1/reports/team", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"day\":\"2025-04-27\""));
	assert_non_null(strstr(rq.body.p, "\"is_full\":false"));
	must(ask(&o, o.lead, GET, "/api/v1/reports/led", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"day\":\"2025-04-27\""));
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"reports\":1,\"oldest\":\"2025-11-06\","
					  "\"oldest_day\":\"2025-04-27\""));
	must(note(&o, o.ani, old, "Baru kembali dari cuti besar.", &rq));
	assert_int_equal(unread_of(&o, o.boss), 1);
	assert_int_equal(unread_of(&o, o.lead), 1);
	must(reports_decide_many(&o.s.tx, o.boss, EVENT_VERIFIED, "", &old, 1));
	must(note(&o, o.boss, old, "Selamat bekerja kembali.", &rq));
	assert_int_equal(unread_of(&o, o.ani), 1);
	must(reports_list_team(&o.s.tx, o.boss, DAY_NONE, TODAY, REPORT_SUBMITTED, &t, &count));
	assert_int_equal(count, 0);
	must(ask(&o, o.boss, GET, "/api/v1/reports/team", "2025-04-27", "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"state\":\"verified\""));
	test_store_close(&o.s);
}

/* Where the office they wait at is vacant, who stands above it may decide, and is told so. */
static void test_what_waits_at_a_vacant_office(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o);
	add_role(&o, o.boss, ROLE_UNIT_HEAD, ACTING_DEFINITIVE, (struct employee_id){0}, o.division,
		18000, TODAY - 8);
	test_store_project(&o.s);
	o.s.tx.now_ms = NOW - 6 * MS_PER_DAY;
	const struct report_id id = hand_in(&o, o.ani, TODAY - 6);
	o.s.tx.now_ms = NOW;
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"name\":\"Citra, S.Sos.\""));
	assert_non_null(strstr(rq.body.p, "\"may_decide\":true"));
	must(ask(&o, o.head, POST, ONE "/verify", text_of(&o, id), "{\"version\":1}", &rq));
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"items\":[]"));
	test_store_close(&o.s);
}

static void test_the_days_of_waiting_are_dated(void **state)
{
	struct office o;
	struct req rq;
	const struct parameter_row row = {.id = id_next(),
		.kind = PARAMETER_REPORT_WAITS_DAYS,
		.value = 2,
		.valid_from = TODAY,
		.valid_to = DAY_FOREVER,
		.legal_basis = "contoh",
		.verified_by = ""};
	(void)state;

	open_office(&o);
	o.s.tx.now_ms = NOW - 3 * MS_PER_DAY; /* Monday */
	hand_in(&o, o.budi, TODAY - 3);
	o.s.tx.now_ms = NOW;
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"items\":[]"));
	must(attendance_set_parameter(&o.s.tx, &row));
	must(ask(&o, o.head, GET, "/api/v1/reports/waiting", NULL, "{}", &rq));
	assert_non_null(strstr(rq.body.p, "\"working_days\":2,\"items\":[{"));
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_who_has_part),
		cmocka_unit_test(test_unread),
		cmocka_unit_test(test_bounds_of_a_thread),
		cmocka_unit_test(test_who_advises),
		cmocka_unit_test(test_what_is_to_be_mended),
		cmocka_unit_test(test_who_is_both),
		cmocka_unit_test(test_what_waits_is_shown_above),
		cmocka_unit_test(test_nothing_is_too_old_to_be_seen),
		cmocka_unit_test(test_what_waits_at_a_vacant_office),
		cmocka_unit_test(test_the_days_of_waiting_are_dated),
	};
	return TEST_STORE_RUN(stored);
}
