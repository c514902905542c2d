/*
 * Tasks that daily reports name, through the store as the dispatcher runs it: one's own and one's
 * office's, open on that day; what a report named it keeps; the fact in the task's thread is the
 * report as it is now.
 *
 * docs/WORK.md, "Tasks" (a report item may name a task; it stands in the task's thread).
 */
#include "tasks/tasks_int.h"

#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/changes.h"
#include "platform/test_store.h"
#include "policy/policy.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <string.h>

#define NOW   INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB, a Thursday */
#define TODAY 20405

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &attendance_limits_slice,
	&reports_slice, &reports_target_slice, &reports_unit_output_slice, &tasks_slice,
	&tasks_people_slice, &tasks_backlog_slice, &trust_slice};

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
	auth_authorise = org_authorise;
	tasks_slice.wire();
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

static int64_t number_of(const struct req *rq, const char *member)
{
	const char *at = strstr(rq->body.p, member);

	if (!at)
		fail_msg("no %s in %s", member, rq->body.p);
	at += strlen(member) + 2; /* ":  and a quote, or not */
	return strtoll(*at == '"' ? at + 1 : at, NULL, 10);
}

#define DAILY "/api/v1/reports/daily"

static int64_t add_task(struct town *t, struct party to, enum task_state state, const char *subject)
{
	struct task_row row = {.kind = TASK_ASSIGNMENT,
		.subject = subject,
		.body = "",
		.from = party_of_office(t->dinkes),
		.from_id = t->kadis,
		.from_unit = t->dinkes,
		.to = to,
		.to_unit = t->division,
		.sent_day = TODAY - 2,
		.due = TODAY + 3,
		.result = "",
		.letter_number = "",
		.letter_link = ""};

	must(tasks_add(&t->s.tx, &row, t->kadis, (struct party){0}, ""));
	if (state != TASK_SENT) {
		row.state = (int32_t)state;
		row.version++;
		must(tasks_put(&t->s.tx, &row, EVENT_ACCEPTED, t->kabid, (struct party){0}, ""));
	}
	return row.id;
}

static enum err save(struct town *t, struct employee_id who, int version, bool submit, int64_t task,
	struct req *ret)
{
	return ask(t, who, PUT, DAILY, 0,
		arena_printf(&t->s.arena,
			"{\"day\":\"2025-11-13\",\"version\":%d,\"submit\":%s,\"items\":[{"
			"\"starts\":\"08:00\",\"ends\":\"09:00\",\"description\":\"Mengumpulkan "
			"data UPTD\",\"volume\":3,\"unit_of_measure\":\"tabel\",\"task_id\":"
			"\"%lld\"}]}",
			version, submit ? "true" : "false", (long long)task),
		ret);
}

static void assert_says(struct req *rq, const char *text, bool expected)
{
	if ((strstr(rq->body.p, text) != NULL) != expected)
		fail_msg("%s %s %s", text, expected ? "is not in" : "is in", rq->body.p);
}

static void test_whose_tasks(void **state)
{
	struct town *t = *state;
	const struct {
		const char *why;
		struct employee_id who;
		struct party to;
		enum task_state state;
		bool expected;
	} cases[] = {
		{"one's own, not accepted yet", t->ani, party_of_person(t->ani), TASK_SENT, true},
		{"one's own, in hand", t->ani, party_of_person(t->ani), TASK_ACCEPTED, true},
		{"done today: the report comes after the work", t->ani, party_of_person(t->ani),
			TASK_DONE, true},
		{"closed today", t->ani, party_of_person(t->ani), TASK_CLOSED, true},
		{"returned to its sender", t->ani, party_of_person(t->ani), TASK_RETURNED, false},
		{"withdrawn", t->ani, party_of_person(t->ani), TASK_WITHDRAWN, false},
		{"a colleague's", t->ani, party_of_person(t->budi), TASK_ACCEPTED, false},
		{"of the office of her head", t->ani, party_of_office(t->division), TASK_ACCEPTED,
			false},
		{"of the office he holds", t->kabid, party_of_office(t->division), TASK_ACCEPTED,
			true},
		{"of the office above", t->kabid, party_of_office(t->dinkes), TASK_ACCEPTED, false},
		{"of a person below him", t->kabid, party_of_person(t->ani), TASK_ACCEPTED, false},
		{"who sent it does not work on it", t->kadis, party_of_person(t->ani),
			TASK_ACCEPTED, false},
	};

	for (int i = 0; i < COUNT_OF(cases); i++) {
		const int64_t task = add_task(t, cases[i].to, cases[i].state, "Siapkan data");
		struct req rq, list;
		const enum err e = save(t, cases[i].who, i == 0 ? 0 : 99, false, task, &rq);

		must(ask(t, cases[i].who, GET, "/api/v1/tasks/reportable", 0, "{}", &list));
		const char *id = arena_printf(&t->s.arena, "\"%lld\"", (long long)task);
		/* a version that cannot be stops what the task did not */
		if ((e != E_REFUSED) != cases[i].expected ||
			(strstr(list.body.p, id) != NULL) != cases[i].expected)
			fail_msg("%s", cases[i].why);
		if (e == E_REFUSED)
			assert_string_equal(rq.fault.pointer, "/items/0/task_id");
	}
}

static void test_days_of_a_task(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		enum task_state state;
		int sent, changed, day;
		bool expected;
	} cases[] = {
		{"before it was sent", TASK_ACCEPTED, 10, 11, 9, false},
		{"on the day it was sent", TASK_SENT, 10, 10, 10, true},
		{"open: on any later day", TASK_ACCEPTED, 10, 11, 30, true},
		{"done on that day", TASK_DONE, 10, 12, 12, true},
		{"done after that day", TASK_DONE, 10, 12, 11, true},
		{"done before", TASK_DONE, 10, 12, 13, false},
		{"closed before", TASK_CLOSED, 10, 12, 13, false},
		{"returned, whenever", TASK_RETURNED, 10, 12, 11, false},
		{"withdrawn, whenever", TASK_WITHDRAWN, 10, 12, 11, false},
	};

	for (int i = 0; i < COUNT_OF(cases); i++)
		if (tasks_may_report(cases[i].state, cases[i].sent, cases[i].changed,
			    cases[i].day) != cases[i].expected)
			fail_msg("%s", cases[i].why);
}

static void test_the_fact_in_the_thread(void **state)
{
	struct town *t = *state;
	const int64_t task = add_task(
		t, party_of_person(t->ani), TASK_ACCEPTED, "<b>Siapkan</b> data");
	struct task_row row;
	struct req rq;

	must(save(t, t->ani, 0, false, task, &rq));
	must(ask(t, t->kadis, GET, "/api/v1/tasks/{task}", task, "{}", &rq));
	assert_says(&rq, "\"reported\":[]", true); /* a draft is nobody else's */
	must(save(t, t->ani, 1, true, task, &rq));
	must(ask(t, t->kadis, GET, "/api/v1/tasks/{task}", task, "{}", &rq));
	assert_says(&rq, "\"name\":\"Ani\",\"day\":\"2025-11-13\"", true);
	assert_says(
		&rq, "\"volume\":3,\"unit_of_measure\":\"tabel\",\"state\":\"submitted\"", true);
	must(ask(t, t->ani, GET, DAILY, 0, "?2025-11-13", &rq));
	assert_says(&rq, "\"task\":{\"subject\":\"<b>Siapkan</b> data\",\"year\":2025", true);

	/* withdrawn: what was written stays, and is handed in again as it is */
	must(tasks_load(&t->s.tx, task, &row));
	row.state = TASK_WITHDRAWN;
	row.version++;
	must(tasks_put(&t->s.tx, &row, EVENT_WITHDRAWN, t->kadis, (struct party){0}, "Batal"));
	must(ask(t, t->kadis, GET, "/api/v1/tasks/{task}", task, "{}", &rq));
	assert_says(&rq, "\"state\":\"submitted\"", true);
	must(ask(t, t->ani, GET, DAILY, 0, "?2025-11-13", &rq));
	assert_says(&rq, "<b>Siapkan</b> data", true);
	must(ask(t, t->ani, POST, DAILY "/{report}/withdraw", number_of(&rq, "\"report\""),
		"{\"version\":2}", &rq));
	must(save(t, t->ani, 3, true, task, &rq));
	/* but nobody else's report names it now */
	assert_int_equal(save(t, t->budi, 0, true, task, &rq), E_REFUSED);
}

#define PLAN "/api/v1/reports/plan"
#define MEANT                                                                                      \
	"{\"day\":\"2025-11-14\",\"items\":[{\"description\":\"Menyusun "                          \
	"tabel\",\"task\":\"%lld\"}]}"

static void test_plan_of_a_day(void **state)
{
	struct town *t = *state;
	const int64_t own = add_task(t, party_of_person(t->ani), TASK_ACCEPTED, "Siapkan data"),
		      others = add_task(t, party_of_person(t->budi), TASK_ACCEPTED, "Lain");
	struct req rq;

	must(ask(t, t->ani, PUT, PLAN, 0, arena_printf(&t->s.arena, MEANT, (long long)own), &rq));
	assert_says(&rq, arena_printf(&t->s.arena, "\"task\":\"%lld\"", (long long)own), true);
	assert_int_equal(ask(t, t->ani, PUT, PLAN, 0,
				 arena_printf(&t->s.arena, MEANT, (long long)others), &rq),
		E_REFUSED);
	assert_string_equal(rq.fault.pointer, "/items/0/task");
}

int main(void)
{
#define TOWN(f) cmocka_unit_test_setup_teardown(f, open_town, close_town)
	const struct CMUnitTest stored[] = {
		TOWN(test_whose_tasks),
		cmocka_unit_test(test_days_of_a_task),
		TOWN(test_the_fact_in_the_thread),
		TOWN(test_plan_of_a_day),
	};
	return TEST_STORE_RUN(stored);
}
