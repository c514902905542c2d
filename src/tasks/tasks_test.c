/*
 * Tasks through the store as the dispatcher runs them: a disposition from the head of one agency
 * through the head of another to a person and back, a plh in his head's place, a vacant office, the
 * backlog counted in the same transaction, a meeting over two agencies, a checklist looked at anew.
 *
 * docs/WORK.md, "Tasks"; UU 30/2014 art. 13-14 (in whose place).
 */
#include "tasks/tasks_meeting.h"

#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_rows.h"
#include "platform/changes.h"
#include "platform/test_store.h"
#include "policy/policy.h"
#include "attendance/attendance.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW   INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB, a Thursday */
#define TODAY 20405

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&attendance_parameters_slice, &reports_slice, &tasks_slice, &tasks_people_slice,
	&tasks_backlog_slice, &tasks_check_slice, &tasks_meeting_slice, &trust_slice};

/* SETDA with its head Sekda; DINKES with head Kadis, a division with head Kabid and Ani, Budi in
 * it. Kadis answers to Sekda, Kabid to Kadis, Ani and Budi to Kabid. */
struct town {
	struct test_store s;
	struct unit_id setda, dinkes, division, empty;
	struct employee_id sekda, kadis, kabid, ani, budi, clerk;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

static struct unit_id add_unit(struct town *t, const char *code, struct unit_id parent)
{
	const struct org_unit row = {.parent = parent,
		.code = code,
		.name = code,
		.kind = parent.v ? UNIT_DIVISION : UNIT_AGENCY,
		.valid_to = DAY_FOREVER};
	struct unit_id id;

	must(org_add_unit(&t->s.tx, &row, &id));
	return id;
}

static struct employee_id add_person(
	struct town *t, const char *name, const char *nip, struct unit_id unit)
{
	const struct employee_row row = {
		.nip = nip, .name = name, .title_before = "", .title_after = "", .kind = PNS};
	struct employee_id id;

	must(org_add_employee(&t->s.tx, &row, 18000, DAY_FOREVER, &id));
	must(org_place(&t->s.tx, id, unit, "Analis", FUNGSIONAL, "SK 1", 18000));
	return id;
}

static void head(struct town *t, struct employee_id who, struct unit_id unit, enum acting acting,
	int32_t from, int32_t to)
{
	const struct role_row row = {.role = ROLE_UNIT_HEAD,
		.unit = unit,
		.acting = acting,
		.letter = "821/1",
		.valid_from = from,
		.valid_to = to};
	int64_t id;

	must(org_add_role(&t->s.tx, who, &row, who, &id));
}

static int open_town(void **state)
{
	struct town *t = calloc(1, sizeof(*t));
	const struct unit_id none = {0};
	struct pattern_id pattern;

	test_store_open(&t->s, slices, COUNT_OF(slices), NOW);
	t->setda = add_unit(t, "SETDA", none);
	t->dinkes = add_unit(t, "DINKES", none);
	t->division = add_unit(t, "DINKES-1", t->dinkes);
	t->empty = add_unit(t, "DINKES-2", t->dinkes);
	t->sekda = add_person(t, "Sekda", "198001012005012001", t->setda);
	t->clerk = add_person(t, "Staf", "198001012005012008", t->setda);
	t->kadis = add_person(t, "Kadis", "198001012005011002", t->dinkes);
	t->kabid = add_person(t, "Kabid", "198001012005012003", t->division);
	t->ani = add_person(t, "Ani", "199001012015012004", t->division);
	t->budi = add_person(t, "Budi", "199001012015011005", t->division);
	head(t, t->sekda, t->setda, ACTING_DEFINITIVE, 18000, DAY_FOREVER);
	head(t, t->kadis, t->dinkes, ACTING_DEFINITIVE, 18000, DAY_FOREVER);
	head(t, t->kabid, t->division, ACTING_DEFINITIVE, 18000, DAY_FOREVER);
	must(org_relate(&t->s.tx, t->kadis, RELATION_SUPERVISOR, t->sekda, 18000));
	must(org_relate(&t->s.tx, t->clerk, RELATION_SUPERVISOR, t->sekda, 18000));
	must(org_relate(&t->s.tx, t->kabid, RELATION_SUPERVISOR, t->kadis, 18000));
	must(org_relate(&t->s.tx, t->ani, RELATION_SUPERVISOR, t->kabid, 18000));
	must(org_relate(&t->s.tx, t->budi, RELATION_SUPERVISOR, t->kabid, 18000));
	must(calendar_add_default(&t->s.tx, &pattern));
	must(org_touch_generation(&t->s.tx));
	test_store_project(&t->s);
	*state = t;
	return 0;
}

static int close_town(void **state)
{
	struct town *t = *state;

	test_store_close(&t->s);
	free(t);
	return 0;
}

/* ---- asking ---- */

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

/* Asks a route about the thing `id` (0: none) as the dispatcher does; json "?text" is its first
 * query value. */
static enum err ask(struct town *t, struct employee_id who, enum method method, const char *path,
	int64_t id, const char *json, struct req *ret)
{
	const struct route *route = find_route(method, path);
	struct field_fault fault = {0};
	enum err e = OK;

	*ret = (struct req){.route = route,
		.tx = &t->s.tx,
		.actor = {.government = t->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	if (route->input) {
		ret->input = arena_alloc(&t->s.arena, route->input->size);
		fields_init(route->input, ret->input);
		e = *json == '?' ? fields_decode_text(&route->input->fields[0], &t->s.arena,
					   json + 1, ret->input, &fault)
				 : fields_decode(route->input, &t->s.arena, json, strlen(json),
					   ret->input, &fault);
		if (e)
			fail_msg("%s: %s: %s", json, fault.pointer, fault.reason);
		if (id)
			*(int64_t *)ret->input = id;
	}
	buf_init(&ret->body, &t->s.arena, 256);
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e)
		e = org_authorise(ret, route->permission, &ret->object);
	return e ? e : route->handler(ret);
}

#define ALL "/api/v1/tasks"
#define ONE "/api/v1/tasks/{task}"

static int64_t number_of(const struct req *rq, const char *member)
{
	const char *at = strstr(rq->body.p, member);

	if (!at)
		fail_msg("no %s in %s", member, rq->body.p);
	at += strlen(member) + 2; /* ":  and a quote, or not */
	return strtoll(*at == '"' ? at + 1 : at, NULL, 10);
}

static void assert_has(const struct req *rq, const char *text)
{
	if (!strstr(rq->body.p, text))
		fail_msg("no %s in %s", text, rq->body.p);
}

static void assert_lacks(const struct req *rq, const char *text)
{
	if (strstr(rq->body.p, text))
		fail_msg("%s in %s", text, rq->body.p);
}

static int64_t send(struct town *t, struct employee_id from, const char *kind, const char *to,
	int64_t id, const char *more)
{
	struct req rq;
	enum err e = ask(t, from, POST, ALL, 0,
		arena_printf(&t->s.arena,
			"{\"kind\":\"%s\",\"subject\":\"Siapkan data\",\"%s\":\"%lld\"%s}", kind,
			to, (long long)id, more),
		&rq);

	if (e)
		fail_msg("%s: %s", rq.fault.pointer, rq.fault.reason);
	return number_of(&rq, "\"task\"");
}

static enum err act(struct town *t, struct employee_id who, const char *what, int64_t task,
	int version, const char *more, struct req *ret)
{
	return ask(t, who, POST, arena_printf(&t->s.arena, ONE "/%s", what), task,
		arena_printf(&t->s.arena, "{\"version\":%d%s}", version, more), ret);
}

static int64_t child_of(struct town *t, int64_t task)
{
	struct task_row *row = ARENA_ARRAY(&t->s.arena, TASK_CHILDREN_MAX, struct task_row);
	int count;

	must(tasks_list_children(&t->s.tx, task, row, &count));
	assert_true(count > 0);
	return row[count - 1].id;
}

static struct tasks_backlog backlog(struct town *t, struct unit_id unit, int32_t today)
{
	struct tasks_backlog b;
	int wrong;

	test_store_project(&t->s);
	must(tasks_load_backlog(&t->s.tx, unit, today, &b));
	must(tasks_check_backlog(&t->s.tx, &wrong));
	assert_int_equal(wrong, 0);
	return b;
}

/* ---- tests ---- */

static void test_down_through_a_head_and_back(void **state)
{
	struct town *t = *state;
	struct req rq;
	int64_t task = send(t, t->sekda, "disposition", "unit", t->dinkes.v,
		",\"due\":\"2025-11-20\",\"letter_number\":\"005/77\","
		"\"letter_link\":\"https://srikandi.contoh.go.id/1\"");

	must(ask(t, t->kadis, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"letter_number\":\"005/77\"");
	assert_has(&rq, "\"state\":\"sent\"");
	/* a stranger, and who works below, has no part in it */
	assert_int_equal(ask(t, t->ani, GET, ONE, task, "{}", &rq), E_NOT_FOUND);
	assert_int_equal(act(t, t->clerk, "accept", task, 1, "", &rq), E_NOT_FOUND);
	must(act(t, t->kadis, "pass", task, 1,
		arena_printf(&t->s.arena,
			",\"employees\":[\"%lld\"],\"note\":\"Rekap per kabupaten\"",
			(long long)t->kabid.v),
		&rq));
	const int64_t second = child_of(t, task);
	must(act(t, t->kabid, "pass", second, 1,
		arena_printf(&t->s.arena, ",\"employees\":[\"%lld\",\"%lld\"]", (long long)t->ani.v,
			(long long)t->budi.v),
		&rq));
	const int64_t third = child_of(t, second);
	struct tasks_backlog b = backlog(t, t->division, TODAY);

	assert_int_equal(b.open, 3); /* of the head and of two people */
	assert_int_equal(backlog(t, (struct unit_id){0}, TODAY).open, 4);
	assert_int_equal(
		backlog(t, t->dinkes, 20413).overdue, 4); /* the 21st: nothing was written */
	assert_int_equal(backlog(t, t->setda, TODAY).open, 0);
	/* nobody is done while what he passed on is not */
	assert_int_equal(
		act(t, t->kadis, "done", task, 2, ",\"note\":\"Sudah selesai\"", &rq), E_CONFLICT);
	must(ask(t, t->budi, GET, ONE, third, "{}", &rq));
	assert_has(&rq, "Rekap per kabupaten"); /* who has it reads through whose hands it came */
	must(ask(t, t->sekda, GET, ONE, third, "{}", &rq)); /* and who sent it follows it down */
	must(act(t, t->budi, "done", third, 1, ",\"note\":\"Rekap 27 daerah\"", &rq));
	assert_int_equal(backlog(t, t->division, TODAY).open, 2);
}

static void test_done_comes_back_up(void **state)
{
	struct town *t = *state;
	struct req rq;
	int64_t task = send(t, t->sekda, "disposition", "unit", t->dinkes.v, "");

	must(act(t, t->kadis, "pass", task, 1,
		arena_printf(&t->s.arena, ",\"employees\":[\"%lld\"]", (long long)t->kabid.v),
		&rq));
	const int64_t child = child_of(t, task);
	assert_int_equal(
		act(t, t->kadis, "done", task, 2, ",\"note\":\"Sudah selesai\"", &rq), E_CONFLICT);
	assert_int_equal(act(t, t->kabid, "accept", child, 7, "", &rq), E_STALE);
	must(act(t, t->kabid, "accept", child, 1, "", &rq));
	must(act(t, t->kabid, "done", child, 2, ",\"note\":\"Data terlampir\"", &rq));
	assert_int_equal(act(t, t->kabid, "close", child, 3, "", &rq), E_REFUSED); /* not his own */
	must(act(t, t->kadis, "return", child, 3, ",\"note\":\"Lengkapi dua kabupaten\"", &rq));
	must(act(t, t->kabid, "done", child, 4, ",\"note\":\"Sudah lengkap\"", &rq));
	must(act(t, t->kadis, "close", child, 5, "", &rq));
	must(act(t, t->kadis, "done", task, 2, ",\"note\":\"Data dikirim\"", &rq));
	must(ask(t, t->sekda, GET, ALL, 0, "{}", &rq));
	assert_has(&rq, "\"state\":\"done\"");
	must(act(t, t->sekda, "close", task, 3, "", &rq));
	assert_int_equal(backlog(t, (struct unit_id){0}, TODAY).open, 0);
	must(ask(t, t->sekda, GET, ONE, task, "{}", &rq));
	assert_has(&rq, "\"kind\":\"closed\"");
	assert_has(&rq, "\"result\":\"Data dikirim\"");
}

static void test_what_the_rule_refuses(void **state)
{
	struct town *t = *state;
	static const struct {
		const char *kind, *to;
		size_t from, id;
		enum err err;
	} cases[] = {
		/* around the head into another unit */
		{"disposition", "employee", offsetof(struct town, sekda),
			offsetof(struct town, ani), E_REFUSED},
		{"assignment", "employee", offsetof(struct town, clerk), offsetof(struct town, ani),
			E_REFUSED},
		/* only heads turn to units, and none upwards */
		{"assignment", "unit", offsetof(struct town, ani), offsetof(struct town, setda),
			E_REFUSED},
		{"assignment", "unit", offsetof(struct town, kabid), offsetof(struct town, dinkes),
			E_REFUSED},
		{"assignment", "unit", offsetof(struct town, kadis), offsetof(struct town, dinkes),
			E_REFUSED},
		{"assignment", "unit", offsetof(struct town, kadis), offsetof(struct town, empty),
			E_REFUSED},
		{"disposition", "employee", offsetof(struct town, ani), offsetof(struct town, budi),
			E_REFUSED},
		{"decision", "employee", offsetof(struct town, kabid), offsetof(struct town, ani),
			E_BAD_FIELD},
	};
	struct req rq;

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct employee_id from = *(struct employee_id *)((char *)t + cases[i].from);
		const int64_t to = *(int64_t *)((char *)t + cases[i].id);
		const char *json = arena_printf(&t->s.arena,
			"{\"kind\":\"%s\",\"subject\":\"Siapkan data\",\"%s\":\"%lld\"}",
			cases[i].kind, cases[i].to, (long long)to);

		if (ask(t, from, POST, ALL, 0, json, &rq) != cases[i].err)
			fail_msg("case %d", i);
		assert_true(strlen(rq.fault.reason) > 5);
	}
	send(t, t->ani, "assignment", "employee", t->budi.v, ""); /* a colleague of one superior */
	send(t, t->kabid, "assignment", "unit", t->setda.v,
		""); /* across to the head of another unit */
}

/* Five working days from Thursday the 13th are the 20th; a number that the board sets. */
static void test_due_days_are_working_days(void **state)
{
	struct town *t = *state;
	struct req rq;
	struct task_row row;

	must(tasks_load(
		&t->s.tx, send(t, t->kabid, "disposition", "employee", t->ani.v, ""), &row));
	assert_int_equal(row.due, TODAY + 7);
	assert_int_equal(row.number, 1);
	const int64_t late = send(
		t, t->kadis, "disposition", "employee", t->kabid.v, ",\"due\":\"2025-11-14\"");
	assert_int_equal(act(t, t->kabid, "pass", late, 1,
				 arena_printf(&t->s.arena,
					 ",\"employees\":[\"%lld\"],\"due\":\"2025-11-17\"",
					 (long long)t->ani.v),
				 &rq),
		E_BAD_FIELD); /* later than one's own day */
	assert_string_equal(rq.fault.pointer, "/due");
	must(act(t, t->kabid, "pass", late, 1,
		arena_printf(&t->s.arena, ",\"employees\":[\"%lld\"]", (long long)t->ani.v), &rq));
	must(tasks_load(&t->s.tx, child_of(t, late), &row));
	assert_int_equal(row.due, TODAY + 1);
	/* nobody gets back what came through his hands */
	assert_int_equal(
		act(t, t->ani, "pass", row.id, 1,
			arena_printf(&t->s.arena, ",\"employees\":[\"%lld\"]", (long long)t->ani.v),
			&rq),
		E_REFUSED);
}

/* The plh has what his head has, for the days of his letter; nobody closes his own work in
 * another's place. */
static void test_in_whose_place(void **state)
{
	struct town *t = *state;
	struct req rq;
	const int64_t task = send(t, t->sekda, "disposition", "unit", t->dinkes.v, "");
	const int64_t own = send(t, t->kadis, "disposition", "employee", t->kabid.v, "");

	head(t, t->kabid, t->dinkes, ACTING_PLH, TODAY, TODAY + 2);
	must(ask(t, t->kabid, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"from_unit_name\":\"SETDA\"");
	must(act(t, t->kabid, "accept", task, 1, "", &rq));
	must(act(t, t->kabid, "done", own, 1, ",\"note\":\"Sudah selesai\"", &rq));
	/* he holds it himself and stands in for who sent it */
	assert_int_equal(act(t, t->kabid, "close", own, 2, "", &rq), E_SELF);
	must(ask(t, t->sekda, GET, ONE, task, "{}", &rq));
	assert_has(&rq, "\"kind\":\"accepted\"");
	t->s.tx.now_ms += 5 * MS_PER_DAY; /* his letter is over */
	assert_int_equal(
		act(t, t->kabid, "done", task, 2, ",\"note\":\"Sudah selesai\"", &rq), E_NOT_FOUND);
	must(act(t, t->kadis, "done", task, 2, ",\"note\":\"Sudah selesai\"", &rq));
}

static void test_withdrawn_with_all_it_was_passed_on_as(void **state)
{
	struct town *t = *state;
	struct req rq;
	struct task_row row;
	const int64_t task = send(t, t->sekda, "disposition", "unit", t->dinkes.v, "");

	must(act(t, t->kadis, "pass", task, 1,
		arena_printf(&t->s.arena, ",\"employees\":[\"%lld\"]", (long long)t->kabid.v),
		&rq));
	assert_int_equal(backlog(t, t->dinkes, TODAY).open, 2);
	assert_int_equal(
		act(t, t->kadis, "withdraw", task, 2, ",\"note\":\"Salah\"", &rq), E_REFUSED);
	must(act(t, t->sekda, "withdraw", task, 2, ",\"note\":\"Acara batal\"", &rq));
	must(tasks_load(&t->s.tx, child_of(t, task), &row));
	assert_int_equal(row.state, TASK_WITHDRAWN);
	const struct tasks_backlog none = backlog(t, t->dinkes, TODAY);
	assert_int_equal(none.open, 0);
	assert_int_equal(none.oldest, DAY_NONE);
	assert_int_equal(act(t, t->kadis, "done", task, 3, ",\"note\":\"Sudah\"", &rq), E_CONFLICT);
}

/* Ani moves to the other agency with a task of the division: it stays the division's work, counts
 * there, and who heads the division finds it and gives it to somebody else. */
static void test_work_of_one_who_moved_stays_with_the_unit(void **state)
{
	struct town *t = *state;
	struct req rq;
	int64_t child;
	const int64_t task = send(t, t->kabid, "assignment", "employee", t->ani.v, ""),
		      own = send(t, t->ani, "assignment", "employee", t->ani.v, "");

	must(ask(t, t->kabid, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"items\":[]");
	must(org_place(&t->s.tx, t->ani, t->setda, "Analis", FUNGSIONAL, "SK 2", TODAY));
	must(org_touch_generation(&t->s.tx));
	assert_int_equal(backlog(t, t->dinkes, TODAY + 30).overdue, 2);
	assert_int_equal(backlog(t, t->setda, TODAY + 30).open, 0);

	must(ask(t, t->kabid, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"for_name\":\"Ani\"");
	assert_has(&rq, "\"is_left\":true");
	must(ask(t, t->kadis, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"items\":[]"); /* the division has a head */
	must(act(t, t->kabid, "pass", task, 1,
		arena_printf(&t->s.arena, ",\"employees\":[\"%lld\"]", (long long)t->budi.v), &rq));
	child = child_of(t, task);
	must(act(t, t->budi, "done", child, 1, ",\"note\":\"Sudah selesai\"", &rq));
	must(act(t, t->kabid, "close", child, 2, "", &rq));
	must(act(t, t->kabid, "done", task, 2, ",\"note\":\"Sudah selesai\"", &rq));
	must(ask(t, t->ani, GET, ONE, task, "{}", &rq));
	assert_has(&rq, "\"for_name\":\"Ani\"");
	/* whoever took it along may finish it himself */
	must(act(t, t->ani, "done", own, 1, ",\"note\":\"Sudah selesai\"", &rq));
	assert_int_equal(backlog(t, t->dinkes, TODAY).open, 0);
}

/* Nobody heads the division: the head above it finds what one who left the service had in hand. */
static void test_work_of_one_who_left_goes_to_the_head_above(void **state)
{
	struct town *t = *state;
	const struct employee_row row = {.nip = "197001011995011006",
		.name = "Tono",
		.title_before = "",
		.title_after = "",
		.kind = PNS};
	struct employee_id gone, last;
	struct req rq;
	int64_t task;

	last = add_person(t, "Lama", "197001012005011007", t->empty);
	head(t, last, t->empty, ACTING_DEFINITIVE, 18000, TODAY - 1);
	must(org_relate(&t->s.tx, last, RELATION_SUPERVISOR, t->kadis, 18000));
	must(org_add_employee(&t->s.tx, &row, 18000, TODAY, &gone));
	must(org_place(&t->s.tx, gone, t->empty, "Analis", FUNGSIONAL, "SK 1", 18000));
	must(org_touch_generation(&t->s.tx));
	task = send(t, gone, "assignment", "employee", gone.v, "");
	test_store_project(&t->s);
	t->s.tx.now_ms += MS_PER_DAY;
	must(ask(t, t->kadis, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"for_name\":\"Tono\"");
	assert_null(strstr(strstr(rq.body.p, "\"for_name\"") + 1, "\"for_name\"")); /* once */
	assert_int_equal(
		act(t, t->kabid, "done", task, 1, ",\"note\":\"Sudah selesai\"", &rq), E_NOT_FOUND);
	must(org_relate(&t->s.tx, last, RELATION_SUPERVISOR, t->sekda, TODAY + 1));
	must(ask(t, t->sekda, GET, ALL "/inbox", 0, "{}", &rq)); /* now he stands in that office */
	assert_has(&rq, "\"for_name\":\"Tono\"");
	must(act(t, t->sekda, "accept", task, 1, "", &rq));
	must(act(t, t->kadis, "done", task, 2, ",\"note\":\"Sudah selesai\"", &rq));
	assert_int_equal(backlog(t, t->dinkes, TODAY + 1).open, 0);
}

/* ---- meetings ---- */

#define MEETING "/api/v1/meetings/{meeting}"

static int64_t call(struct town *t, struct employee_id who, const char *whom)
{
	struct req rq;

	must(ask(t, who, POST, "/api/v1/meetings", 0,
		arena_printf(&t->s.arena,
			"{\"title\":\"Rapat data\",\"place\":\"Ruang 1\",\"starts_at\":"
			"\"2025-11-13T03:00:00.000Z\",\"ends_at\":\"2025-11-13T05:00:00.000Z\",%s}",
			whom),
		&rq));
	return number_of(&rq, "\"meeting\"");
}

static int64_t add_below(struct town *t, int64_t parent, int depth)
{
	struct task_row task = {.parent = parent,
		.depth = depth,
		.subject = "Rakor",
		.body = "",
		.from = party_of_person(t->kadis),
		.from_id = t->kadis,
		.from_unit = t->dinkes,
		.to = party_of_person(t->ani),
		.to_unit = t->division,
		.sent_day = TODAY,
		.due = TODAY + 3,
		.letter_number = "",
		.letter_link = ""};

	must(tasks_add(&t->s.tx, &task, t->kadis, (struct party){0}, ""));
	return task.id;
}

/* A call to all agencies: 42 of them, ten people in each. */
static void test_what_went_to_everybody_can_be_withdrawn(void **state)
{
	struct town *t = *state;
	const int64_t task = send(t, t->sekda, "disposition", "unit", t->dinkes.v, "");
	struct tasks_backlog b;
	struct task_row last;
	struct req rq;
	int64_t person = 0;

	for (int agency = 0; agency < 42; agency++) {
		const int64_t passed = add_below(t, task, 1);

		for (int i = 0; i < 10; i++)
			person = add_below(t, passed, 2);
	}
	test_store_project(&t->s);
	must(tasks_load_backlog(&t->s.tx, (struct unit_id){0}, TODAY, &b));
	assert_int_equal(b.open, 1 + 42 + 420);
	must(act(t, t->sekda, "withdraw", task, 1, ",\"note\":\"Acara batal\"", &rq));
	test_store_project(&t->s);
	must(tasks_load(&t->s.tx, person, &last));
	assert_int_equal(last.state, TASK_WITHDRAWN);
	must(tasks_load_backlog(&t->s.tx, (struct unit_id){0}, TODAY, &b));
	assert_int_equal(b.open, 0);
}

static void test_a_meeting_over_two_agencies(void **state)
{
	struct town *t = *state;
	struct req rq;
	const char *whom = arena_printf(&t->s.arena,
		"\"units\":[\"%lld\"],\"employees\":[\"%lld\"]", (long long)t->dinkes.v,
		(long long)t->clerk.v);
	const int64_t m = call(t, t->sekda, whom);

	must(ask(t, t->kadis, GET, "/api/v1/meetings", 0, "{}", &rq));
	assert_has(&rq, "Rapat data");
	assert_int_equal(ask(t, t->budi, GET, MEETING, m, "{}", &rq), E_NOT_FOUND);
	must(ask(t, t->kadis, POST, MEETING "/name", m,
		arena_printf(
			&t->s.arena, "{\"invited\":2,\"employee\":\"%lld\"}", (long long)t->budi.v),
		&rq));
	t->s.tx.now_ms = NOW - 5 * MS_PER_MINUTE; /* 09.15 */
	assert_int_equal(ask(t, t->budi, POST, MEETING "/attend", m, "{\"way\":\"on_site\"}", &rq),
		E_REFUSED);
	t->s.tx.now_ms = NOW + 20 * MS_PER_MINUTE; /* 09.40: it opens at 09.30 */
	must(ask(t, t->budi, POST, MEETING "/attend", m, "{\"way\":\"on_site\"}", &rq));
	must(ask(t, t->budi, POST, MEETING "/attend", m, "{\"way\":\"on_site\"}", &rq)); /* once */
	assert_int_equal(ask(t, t->clerk, POST, MEETING "/attend", m, "{\"way\":\"online\"}", &rq),
		E_REFUSED);
	assert_int_equal(ask(t, t->sekda, PUT, MEETING "/minutes", m,
				 "{\"version\":1,\"minutes\":\"Dibuka\",\"decisions\":[]}", &rq),
		E_REFUSED); /* not before it began */
	t->s.tx.now_ms = NOW + 60 * MS_PER_MINUTE;
	must(ask(t, t->sekda, PUT, MEETING "/minutes", m,
		"{\"version\":1,\"minutes\":\"Dibuka\",\"decisions\":[{\"text\":\"Dinkes kirim "
		"data\"},"
		"{\"text\":\"Rapat lagi\"}]}",
		&rq));
	assert_int_equal(ask(t, t->kadis, PUT, MEETING "/minutes", m,
				 "{\"version\":2,\"minutes\":\"Lain\",\"decisions\":[]}", &rq),
		E_REFUSED);
	must(ask(t, t->sekda, POST, MEETING "/task", m,
		arena_printf(
			&t->s.arena, "{\"decision\":1,\"unit\":\"%lld\"}", (long long)t->dinkes.v),
		&rq));
	assert_int_equal(ask(t, t->sekda, POST, MEETING "/task", m,
				 arena_printf(&t->s.arena, "{\"decision\":1,\"unit\":\"%lld\"}",
					 (long long)t->dinkes.v),
				 &rq),
		E_CONFLICT);
	/* a decision that is a task keeps its words */
	assert_int_equal(ask(t, t->sekda, PUT, MEETING "/minutes", m,
				 "{\"version\":2,\"minutes\":\"Dibuka\",\"decisions\":[{\"text\":"
				 "\"Lain sama sekali\"}]}",
				 &rq),
		E_CONFLICT);
	must(ask(t, t->kadis, GET, ALL "/inbox", 0, "{}", &rq));
	assert_has(&rq, "\"kind\":\"decision\"");
	must(ask(t, t->kadis, GET, MEETING, m, "{}", &rq));
	assert_has(&rq, "\"attended_as\":\"on_site\"");
	assert_has(&rq, "\"named_name\":\"Budi\"");
	/* only who heads a unit calls another */
	assert_int_equal(ask(t, t->ani, POST, "/api/v1/meetings", 0,
				 arena_printf(&t->s.arena,
					 "{\"title\":\"Rapat\",\"place\":\"R\",\"starts_at\":"
					 "\"2025-11-13T03:00:00.000Z\",\"ends_at\":"
					 "\"2025-11-13T05:00:00.000Z\",\"units\":[\"%lld\"]}",
					 (long long)t->setda.v),
				 &rq),
		E_REFUSED);
}

/* ---- checklists ---- */

#define CHECK "/api/v1/tasks/checks/{document}"

static void test_a_document_is_looked_at_anew(void **state)
{
	struct town *t = *state;
	struct req rq;

	must(ask(t, t->ani, POST, "/api/v1/tasks/checks", 0,
		arena_printf(&t->s.arena,
			"{\"title\":\"Draf "
			"SE\",\"reference\":\"065/1\",\"lines\":[{\"text\":\"Dasar "
			"hukum\",\"employee\":\"%lld\"},{\"text\":\"Anggaran\",\"unit\":\"%lld\"}]"
			"}",
			(long long)t->kabid.v, (long long)t->setda.v),
		&rq));
	const int64_t check = number_of(&rq, "\"check\"");
	assert_int_equal(ask(t, t->budi, GET, CHECK, check, "{}", &rq), E_NOT_FOUND);
	assert_int_equal(ask(t, t->ani, POST, CHECK "/decide", check,
				 "{\"line\":1,\"version\":1,\"accept\":true}", &rq),
		E_SELF);
	assert_int_equal(ask(t, t->kabid, POST, CHECK "/decide", check,
				 "{\"line\":2,\"version\":1,\"accept\":true}", &rq),
		E_REFUSED); /* the other's line */
	must(ask(t, t->kabid, POST, CHECK "/decide", check,
		"{\"line\":1,\"version\":1,\"accept\":true}", &rq));
	assert_int_equal(ask(t, t->sekda, POST, CHECK "/decide", check,
				 "{\"line\":2,\"version\":2,\"accept\":false}", &rq),
		E_BAD_FIELD); /* why? */
	must(ask(t, t->sekda, POST, CHECK "/decide", check,
		"{\"line\":2,\"version\":2,\"accept\":false,\"note\":\"Belum ada pagu\"}", &rq));
	assert_has(&rq, "\"state\":\"objected\"");
	must(ask(t, t->ani, POST, CHECK "/replace", check,
		"{\"version\":3,\"reference\":\"065/2\"}", &rq));
	must(ask(t, t->ani, GET, CHECK, check, "{}", &rq));
	assert_has(&rq, "\"edition\":2");
	assert_has(&rq, "\"verified\":0"); /* what was verified was another document */
	must(ask(t, t->kabid, POST, CHECK "/decide", check,
		"{\"line\":1,\"version\":4,\"accept\":true}", &rq));
	must(ask(t, t->sekda, POST, CHECK "/decide", check,
		"{\"line\":2,\"version\":5,\"accept\":true}", &rq));
	assert_has(&rq, "\"state\":\"verified\"");
	assert_int_equal(
		ask(t, t->ani, POST, CHECK "/withdraw", check, "{\"version\":6}", &rq), E_CONFLICT);
}

static void test_recipients_are_those_of_the_rule(void **state)
{
	struct town *t = *state;
	struct req rq;

	must(ask(t, t->kabid, GET, ALL "/recipients", 0, "{}", &rq));
	assert_has(&rq, "\"full_name\":\"Ani\"");
	assert_has(&rq, "\"is_head\":true");
	must(ask(t, t->ani, GET, ALL "/recipients", 0, "{}", &rq));
	assert_has(&rq, "\"full_name\":\"Budi\"");
	assert_has(&rq, "\"via\":\"peer\"");
	assert_lacks(&rq, "\"full_name\":\"Kadis\"");
	assert_has(&rq, "\"is_head\":false");
}

/* Asked to verify a line of a document. */
static enum err ask_about(struct town *t, struct employee_id who, struct employee_id whom)
{
	struct req rq;

	return ask(t, who, POST, ALL "/checks", 0,
		arena_printf(&t->s.arena,
			"{\"title\":\"Draf\",\"reference\":\"065/1\",\"lines\":[{\"text\":\"Tata "
			"naskah\",\"employee\":\"%lld\"}]}",
			(long long)whom.v),
		&rq);
}

/* docs/WORK.md, "Tasks": a person of another unit is reached through its head, by a name too. */
static void test_nobody_is_looked_up_beside_the_lines(void **state)
{
	struct town *t = *state;
	const struct {
		struct employee_id who;
		const char *query, *name, *via; /* via NULL: not found */
		struct employee_id whom;
		enum err asked;
	} cases[] = {
		{t->ani, "budi", "Budi", "peer", t->budi, OK},
		{t->ani, "kabid", "Kabid", "superior", t->kabid, OK},
		{t->ani, "kadis", "Kadis", NULL, t->kadis, E_REFUSED},
		{t->ani, "sekda", "Sekda", NULL, t->sekda, E_REFUSED},
		{t->kadis, "ani", "Ani", "unit", t->ani, OK},
		{t->kadis, "staf", "Staf", "peer", t->clerk, OK},
		{t->sekda, "ani", "Ani", NULL, t->ani, E_REFUSED},
		{t->clerk, "ani", "Ani", NULL, t->ani, E_REFUSED},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *name = arena_printf(&t->s.arena, "\"full_name\":\"%s\"", cases[i].name);
		struct req rq;

		must(ask(t, cases[i].who, GET, ALL "/recipients", 0,
			arena_printf(&t->s.arena, "?%s", cases[i].query), &rq));
		if (cases[i].via) {
			assert_has(&rq, name);
			assert_has(&rq, arena_printf(&t->s.arena, "\"via\":\"%s\"", cases[i].via));
		} else {
			assert_lacks(&rq, name);
		}
		if (ask_about(t, cases[i].who, cases[i].whom) != cases[i].asked)
			fail_msg("%s about %s", cases[i].query, cases[i].name);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_town, close_town)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_down_through_a_head_and_back),
		TEST(test_done_comes_back_up),
		TEST(test_what_the_rule_refuses),
		TEST(test_due_days_are_working_days),
		TEST(test_in_whose_place),
		TEST(test_withdrawn_with_all_it_was_passed_on_as),
		TEST(test_work_of_one_who_moved_stays_with_the_unit),
		TEST(test_work_of_one_who_left_goes_to_the_head_above),
		TEST(test_what_went_to_everybody_can_be_withdrawn),
		TEST(test_a_meeting_over_two_agencies),
		TEST(test_a_document_is_looked_at_anew),
		TEST(test_recipients_are_those_of_the_rule),
		TEST(test_nobody_is_looked_up_beside_the_lines),
	};

	return TEST_STORE_RUN(tests);
}
