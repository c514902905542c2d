/*
 * A daily report's life through its routes, in a real store.
 *
 * PP 94/2021 art. 24-27 (who judges whom), Pesisir Barat SE 100.3.4.2/022/08/2025 (report to the
 * direct supervisor), product principle 7 (what is decided is logged).
 */
#include "reports/reports_int.h"

#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NOW   INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY 20405                  /* 2025-11-13 */
#define ITEM                                                                                       \
	"{\"starts\":\"08:00\",\"ends\":\"11:30\",\"description\":\"Memverifikasi berkas "         \
	"mutasi\",\"volume\":12,\"unit_of_measure\":\"berkas\"}"
#define ITEM_WITH_LINK                                                                             \
	"{\"starts\":\"11:00\",\"ends\":\"12:00\",\"description\":\"Menyusun nota "                \
	"dinas\",\"volume\":1,\"unit_of_measure\":\"nota\",\"evidence_link\":\"https://"           \
	"arsip.example/7\"}"

/* --- a small government --- */

struct office {
	struct test_store s;
	struct unit_id agency, division;
	struct employee_id boss, next_boss, delegate, ani, budi, stranger;
};

/* Stands where the monitor stands: sums what the projections before it moved. */
struct board {
	struct unit_id unit;
	int filed, verified, returned;
};
static struct board boards[8];

static struct board *find_board(struct unit_id unit)
{
	struct board *b = boards;
	while (b->unit.v != unit.v && b->unit.v != -1)
		b++;
	b->unit = unit;
	return b;
}

static enum err add_to_boards(struct tx *tx)
{
	int count;
	const struct count_move *move = changes_counts(tx->changes, &count);
	for (int i = 0; i < count; i++) {
		struct board *b = find_board(move[i].unit);
		if (move[i].day != TODAY)
			continue;
		b->filed += move[i].delta[COUNT_REPORT_FILED];
		b->verified += move[i].delta[COUNT_REPORT_VERIFIED];
		b->returned += move[i].delta[COUNT_REPORT_RETURNED];
	}
	return OK;
}

static const struct slice board_slice = {.name = "board", .project = add_to_boards};

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &board_slice, &trust_slice};

static void empty_boards(void)
{
	for (int i = 0; i < COUNT_OF(boards); i++)
		boards[i] = (struct board){.unit = {-1}};
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

static void open_office(struct office *o)
{
	struct pattern_id pattern;
	*o = (struct office){0};
	empty_boards();
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	auth_authorise = org_authorise;
	o->agency = add_unit(o, "BKD", (struct unit_id){0});
	o->division = add_unit(o, "BKD-MUTASI", o->agency);
	o->boss = add_person(o, "Citra", "198001012005012001");
	o->next_boss = add_person(o, "Dedi", "198001012005011002");
	o->delegate = add_person(o, "Euis", "198001012005012003");
	o->ani = add_person(o, "Ani", "199001012015012004");
	o->budi = add_person(o, "Budi", "199001012015011005");
	o->stranger = add_person(o, "Fajar", "199001012015011006");
	set_boss(o, o->ani, o->boss, 18000);
	set_boss(o, o->budi, o->boss, 18000);
	assert_int_equal(calendar_add_default(&o->s.tx, &pattern), OK);
	assert_int_equal(org_touch_generation(&o->s.tx), OK);
	test_store_project(&o->s);
}

static void close_office(struct office *o)
{
	test_store_close(&o->s);
}

static const struct route *find_route(enum method method, const char *path)
{
	for (int i = 0; i < reports_slice.route_count; i++)
		if (reports_slice.routes[i].method == method &&
			str_eq(reports_slice.routes[i].path, path))
			return &reports_slice.routes[i];
	fail_msg("no route %s", path);
	return NULL;
}

/* Fills the input of a route: fields of the path and the query by `argument`, the body from JSON.
 */
static void *read_input(
	struct office *o, const struct route *route, const char *argument, const char *json)
{
	struct field_fault fault = {0};
	void *input = arena_alloc(&o->s.arena, route->input->size);
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

static enum err save(struct office *o, struct employee_id who, const char *day, int version,
	bool submit, const char *items)
{
	struct req rq;
	const char *json = arena_printf(&o->s.arena,
		"{\"day\":\"%s\",\"version\":%d,\"submit\":%s,\"items\":[%s]}", day, version,
		submit ? "true" : "false", items);
	return ask(o, who, PUT, "/api/v1/reports/daily", NULL, json, &rq);
}

static const char *report_id(struct office *o, struct employee_id who, int32_t day)
{
	struct daily_report r;
	assert_int_equal(reports_load_of_day(&o->s.tx, who, day, &r), OK);
	return arena_printf(&o->s.arena, "%lld", (long long)r.id.v);
}

static enum err verify(struct office *o, struct employee_id actor, struct employee_id who,
	int32_t day, int version)
{
	struct req rq;
	return ask(o, actor, POST, "/api/v1/reports/daily/{report}/verify", report_id(o, who, day),
		arena_printf(&o->s.arena, "{\"version\":%d}", version), &rq);
}

static enum err give_back(
	struct office *o, struct employee_id actor, struct employee_id who, int version)
{
	struct req rq;
	return ask(o, actor, POST, "/api/v1/reports/daily/{report}/return",
		report_id(o, who, TODAY),
		arena_printf(&o->s.arena, "{\"version\":%d,\"reason\":\"Volume belum sesuai\"}",
			version),
		&rq);
}

static enum err withdraw(struct office *o, struct employee_id actor, struct employee_id who,
	int version, struct req *rq)
{
	return ask(o, actor, POST, "/api/v1/reports/daily/{report}/withdraw",
		report_id(o, who, TODAY), arena_printf(&o->s.arena, "{\"version\":%d}", version),
		rq);
}

static void assert_state(
	struct office *o, struct employee_id who, enum report_state expected, int version)
{
	struct daily_report r;
	assert_int_equal(reports_load_of_day(&o->s.tx, who, TODAY, &r), OK);
	assert_int_equal(r.state, expected);
	assert_int_equal(r.version, version);
}

/* Ends the batch and compares the board of a unit. */
static void assert_board(
	struct office *o, struct unit_id unit, int filed, int verified, int returned)
{
	test_store_project(&o->s);
	const struct board *b = find_board(unit);
	assert_int_equal(b->filed, filed);
	assert_int_equal(b->verified, verified);
	assert_int_equal(b->returned, returned);
}

static void assert_boards(struct office *o, int filed, int verified, int returned)
{
	assert_board(o, o->division, filed, verified, returned);
	assert_board(o, o->agency, filed, verified, returned);
	assert_board(o, (struct unit_id){0}, filed, verified, returned);
}

static int leaves_of(struct office *o, enum leaf_kind kind)
{
	int count, n = 0;
	const struct pending_leaf *leaf = changes_leaves(o->s.tx.changes, &count);
	for (int i = 0; i < count; i++)
		n += leaf[i].kind == (int)kind;
	return n;
}

/* --- through the routes --- */

static void test_life_of_a_report(void **state)
{
	(void)state;
	struct office o;
	struct req rq;
	open_office(&o);

	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, false, ITEM), OK);
	assert_state(&o, o.ani, REPORT_DRAFT, 1);
	assert_int_equal(leaves_of(&o, LEAF_REPORT), 0);
	assert_boards(&o, 0, 0, 0);
	/* a draft is nobody else's */
	assert_int_equal(ask(&o, o.boss, GET, "/api/v1/reports/daily/{report}",
				 report_id(&o, o.ani, TODAY), "{}", &rq),
		E_NOT_FOUND);
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 1), E_NOT_FOUND);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, false, ITEM), E_STALE);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 1, true, ""), E_REPORT_EMPTY);

	assert_int_equal(save(&o, o.ani, "2025-11-13", 1, true, ITEM "," ITEM_WITH_LINK), OK);
	assert_state(&o, o.ani, REPORT_SUBMITTED, 2);
	assert_int_equal(leaves_of(&o, LEAF_REPORT), 1);
	assert_boards(&o, 1, 0, 0);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 2, false, ITEM), E_REPORT_STATE);

	assert_int_equal(give_back(&o, o.boss, o.ani, 1), E_STALE);
	assert_int_equal(give_back(&o, o.boss, o.ani, 2), OK);
	assert_state(&o, o.ani, REPORT_RETURNED, 3);
	assert_int_equal(leaves_of(&o, LEAF_REPORT_DECISION), 1);
	assert_boards(&o, 1, 0, 1);
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 3), E_REPORT_STATE);

	assert_int_equal(save(&o, o.ani, "2025-11-13", 3, true, ITEM), OK);
	assert_boards(&o, 1, 0, 0);
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 4), OK);
	assert_state(&o, o.ani, REPORT_VERIFIED, 5);
	assert_boards(&o, 1, 1, 0);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 5, true, ITEM), E_REPORT_STATE);

	assert_int_equal(ask(&o, o.boss, GET, "/api/v1/reports/daily/{report}",
				 report_id(&o, o.ani, TODAY), "{}", &rq),
		OK);
	assert_non_null(strstr(rq.body.p, "\"state\":\"verified\""));
	assert_non_null(strstr(rq.body.p, "\"decided_by_name\":\"Citra, S.Sos.\""));
	const char *submitted = strstr(rq.body.p, "\"kind\":\"submitted\"");
	const char *returned = strstr(rq.body.p, "\"kind\":\"returned\"");
	const char *verified = strstr(rq.body.p, "\"kind\":\"verified\"");
	assert_true(
		submitted && returned && verified && submitted < returned && returned < verified);
	assert_non_null(strstr(rq.body.p, "Volume belum sesuai"));
	close_office(&o);
}

static void test_taken_back_before_a_decision(void **state)
{
	(void)state;
	struct office o;
	struct req rq;
	open_office(&o);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, true, ITEM), OK);
	assert_boards(&o, 1, 0, 0);
	assert_int_equal(withdraw(&o, o.boss, o.ani, 1, &rq), E_NOT_FOUND);
	assert_int_equal(withdraw(&o, o.ani, o.ani, 2, &rq), E_STALE);
	assert_int_equal(withdraw(&o, o.ani, o.ani, 1, &rq), OK);
	assert_non_null(strstr(rq.body.p, "\"version\":2,\"state\":\"draft\""));
	assert_state(&o, o.ani, REPORT_DRAFT, 2);
	assert_int_equal(leaves_of(&o, LEAF_REPORT), 1);
	assert_boards(&o, 0, 0, 0);
	/* a draft again: nobody else's, and nothing to take back */
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 2), E_NOT_FOUND);
	assert_int_equal(withdraw(&o, o.ani, o.ani, 2, &rq), E_REPORT_STATE);

	assert_int_equal(save(&o, o.ani, "2025-11-13", 2, true, ITEM_WITH_LINK), OK);
	o.s.tx.now_ms += MS_PER_DAY;
	assert_int_equal(withdraw(&o, o.ani, o.ani, 3, &rq), E_REFUSED);
	assert_string_equal(rq.fault.pointer, "/report");
	o.s.tx.now_ms -= MS_PER_DAY;
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 3), OK);
	assert_int_equal(withdraw(&o, o.ani, o.ani, 4, &rq), E_REPORT_STATE);
	assert_boards(&o, 1, 1, 0);
	assert_int_equal(ask(&o, o.ani, GET, "/api/v1/reports/daily/{report}",
				 report_id(&o, o.ani, TODAY), "{}", &rq),
		OK);
	const char *submitted = strstr(rq.body.p, "\"kind\":\"submitted\"");
	const char *withdrawn = strstr(rq.body.p, "\"kind\":\"withdrawn\"");
	assert_true(submitted && withdrawn && submitted < withdrawn);
	assert_non_null(strstr(withdrawn, "\"kind\":\"submitted\""));
	close_office(&o);
}

static void test_only_the_supervisor_of_that_day(void **state)
{
	(void)state;
	struct office o;
	struct daily_report r;
	open_office(&o);
	/* Dedi takes over from the 13th; the 12th stays Citra's. */
	set_boss(&o, o.ani, o.next_boss, TODAY);
	assert_int_equal(save(&o, o.ani, "2025-11-12", 0, true, ITEM), OK);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, true, ITEM), OK);
	assert_int_equal(verify(&o, o.ani, o.ani, TODAY, 1), E_NOT_FOUND);
	assert_int_equal(verify(&o, o.stranger, o.ani, TODAY, 1), E_NOT_FOUND);
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 1), E_NOT_FOUND);
	assert_int_equal(verify(&o, o.next_boss, o.ani, TODAY - 1, 1), E_NOT_FOUND);
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY - 1, 1), OK);

	/* Euis stands in for Dedi with a letter. */
	const struct role_row letter = {.role = ROLE_SUPERVISOR,
		.acting = ACTING_DELEGATE,
		.acts_for = o.next_boss,
		.unit = o.division,
		.letter = "800/12",
		.valid_from = TODAY,
		.valid_to = TODAY};
	int64_t role;
	assert_int_equal(verify(&o, o.delegate, o.ani, TODAY, 1), E_NOT_FOUND);
	assert_int_equal(org_add_role(&o.s.tx, o.delegate, &letter, o.boss, &role), OK);
	assert_int_equal(verify(&o, o.delegate, o.ani, TODAY, 1), OK);
	assert_int_equal(reports_load_of_day(&o.s.tx, o.ani, TODAY, &r), OK);
	assert_int_equal(r.decided_by.v, o.delegate.v);
	assert_int_equal(r.decided_for.v, o.next_boss.v);
	assert_int_equal(reports_load_of_day(&o.s.tx, o.ani, TODAY - 1, &r), OK);
	assert_int_equal(r.decided_for.v, 0);
	assert_true(r.is_late);
	close_office(&o);
}

static enum err allow_everything(
	struct req *rq, enum permission permission, const struct object *object)
{
	(void)rq, (void)permission, (void)object;
	return OK;
}

/* The handler asks again, inside the transaction, whatever was decided before it. */
static void test_handler_decides_again(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, true, ITEM), OK);
	auth_authorise = allow_everything;
	assert_int_equal(verify(&o, o.ani, o.ani, TODAY, 1), E_SELF);
	assert_int_equal(verify(&o, o.stranger, o.ani, TODAY, 1), E_NOT_SUPERVISOR);
	assert_int_equal(give_back(&o, o.stranger, o.ani, 1), E_NOT_SUPERVISOR);
	assert_state(&o, o.ani, REPORT_SUBMITTED, 1);
	close_office(&o);
}

static void test_many_at_once(void **state)
{
	(void)state;
	struct office o;
	struct req rq;
	open_office(&o);
	set_boss(&o, o.boss, o.next_boss, 18000);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, true, ITEM), OK);
	assert_int_equal(save(&o, o.budi, "2025-11-13", 0, true, ITEM), OK);
	assert_int_equal(save(&o, o.boss, "2025-11-13", 0, true, ITEM), OK);
	assert_int_equal(save(&o, o.stranger, "2025-11-13", 0, true, ITEM), OK);
	test_store_project(&o.s);
	const char *json = arena_printf(&o.s.arena,
		"{\"items\":[{\"report\":\"%s\",\"version\":1},{\"report\":\"%s\",\"version\":9},{"
		"\"report\":\"%s\",\"version\":1},"
		"{\"report\":\"%s\",\"version\":1},{\"report\":\"%s\",\"version\":1},{\"report\":"
		"\"99\",\"version\":1}]}",
		report_id(&o, o.ani, TODAY), report_id(&o, o.budi, TODAY),
		report_id(&o, o.boss, TODAY), report_id(&o, o.stranger, TODAY),
		report_id(&o, o.ani, TODAY));
	static const char *const expected[] = {"\"status\":\"verified\"", "\"code\":\"stale\"",
		"\"code\":\"not_on_oneself\"", "\"code\":\"not_found\"", "\"code\":\"stale\"",
		"\"code\":\"not_found\""};
	assert_int_equal(
		ask(&o, o.boss, POST, "/api/v1/reports/verifications", NULL, json, &rq), OK);
	const char *at = rq.body.p;
	for (int i = 0; i < COUNT_OF(expected); i++) {
		at = strstr(at, expected[i]);
		if (!at)
			fail_msg("result %d is not %s in %s", i, expected[i], rq.body.p);
		at++;
	}
	assert_int_equal(leaves_of(&o, LEAF_REPORT_DECISION), 1);
	assert_state(&o, o.ani, REPORT_VERIFIED, 2);
	assert_state(&o, o.budi, REPORT_SUBMITTED, 1);
	assert_boards(&o, 4, 1, 0);
	/* nobody to verify: no leaf */
	assert_int_equal(
		ask(&o, o.boss, POST, "/api/v1/reports/verifications", NULL, json, &rq), OK);
	assert_int_equal(leaves_of(&o, LEAF_REPORT_DECISION), 0);
	close_office(&o);
}

static void test_refused_saves(void **state)
{
	(void)state;
	static const char hash[] =
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	struct office o;
	struct platform_file file = {.size_bytes = 0, .type = "application/pdf", .created_at = NOW};
	open_office(&o);
	const char *with_file = arena_printf(&o.s.arena,
		"{\"starts\":\"08:00\",\"ends\":\"09:00\",\"description\":\"Menyusun "
		"laporan\",\"volume\":1,\"unit_of_measure\":\"laporan\",\"evidence_sha256\":\"%"
		"s\"}",
		hash);
	assert_int_equal(save(&o, o.ani, "2025-11-14", 0, false, ITEM), E_BAD_FIELD); /* tomorrow */
	assert_int_equal(
		save(&o, o.ani, "2019-01-01", 0, false, ITEM), E_REFUSED); /* not placed yet */
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, false, with_file), E_REFUSED);
	assert_true(hex_decode(hash, file.sha256.b, 32));
	file.owner = o.budi;
	assert_int_equal(platform_add_file(&o.s.tx, &file), OK);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, false, with_file),
		E_REFUSED); /* somebody else's */
	assert_int_equal(save(&o, o.budi, "2025-11-13", 0, true, with_file), OK);
	close_office(&o);
}

static void test_team_list(void **state)
{
	(void)state;
	struct office o;
	struct team_report *t;
	struct req rq;
	int count;
	open_office(&o);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, true, ITEM), OK);
	assert_int_equal(verify(&o, o.boss, o.ani, TODAY, 1), OK);
	assert_int_equal(save(&o, o.budi, "2025-11-13", 0, true, ITEM_WITH_LINK), OK);
	assert_int_equal(save(&o, o.budi, "2025-11-10", 0, true, ITEM), OK);
	assert_int_equal(save(&o, o.ani, "2025-11-11", 0, false, ITEM), OK); /* a draft */
	assert_int_equal(save(&o, o.stranger, "2025-11-13", 0, true, ITEM), OK);

	assert_int_equal(reports_list_team(&o.s.tx, o.boss, TODAY - 31, TODAY, -1, &t, &count), OK);
	assert_int_equal(count, 3);
	assert_int_equal(t[0].report.day, TODAY - 3); /* undecided, oldest first */
	assert_int_equal(t[1].report.employee.v, o.budi.v);
	assert_int_equal(t[2].report.state, REPORT_VERIFIED);
	assert_int_equal(
		reports_list_team(&o.s.tx, o.boss, TODAY, TODAY, REPORT_VERIFIED, &t, &count), OK);
	assert_int_equal(count, 1);
	assert_string_equal(t[0].full_name, "Ani, S.Sos.");
	assert_int_equal(
		reports_list_team(&o.s.tx, o.delegate, TODAY - 31, TODAY, -1, &t, &count), OK);
	assert_int_equal(count, 0);

	/* A delegate sees the days of his letter. */
	const struct role_row letter = {.role = ROLE_SUPERVISOR,
		.acting = ACTING_DELEGATE,
		.acts_for = o.boss,
		.unit = o.division,
		.letter = "800/12",
		.valid_from = TODAY,
		.valid_to = TODAY};
	int64_t role;
	assert_int_equal(org_add_role(&o.s.tx, o.delegate, &letter, o.boss, &role), OK);
	assert_int_equal(
		reports_list_team(&o.s.tx, o.delegate, TODAY - 31, TODAY, -1, &t, &count), OK);
	assert_int_equal(count, 2);

	assert_int_equal(ask(&o, o.boss, GET, "/api/v1/reports/team", "2025-11-10", "{}", &rq), OK);
	assert_non_null(strstr(rq.body.p, "\"remarks\":[\"no_evidence\",\"no_punch\",\"late\"]"));
	assert_non_null(strstr(rq.body.p, "\"clean\":false"));
	assert_null(strstr(rq.body.p, "Ani"));
	close_office(&o);
}

static void test_placement_corrected_afterwards(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	assert_int_equal(save(&o, o.ani, "2025-11-13", 0, true, ITEM), OK);
	assert_board(&o, o.division, 1, 0, 0);
	struct unit_id other = add_unit(&o, "BKD-DIKLAT", o.agency);
	assert_int_equal(org_touch_generation(&o.s.tx), OK);
	assert_int_equal(org_place(&o.s.tx, o.ani, other, "Analis", FUNGSIONAL, "SK 2", TODAY), OK);
	changes_add(o.s.tx.changes, CHANGE_REPORT, o.ani.v, TODAY);
	assert_board(&o, o.division, 0, 0, 0);
	assert_board(&o, other, 1, 0, 0);
	assert_board(&o, o.agency, 1, 0, 0);
	close_office(&o);
}

static void test_own_report_of_a_blank_day(void **state)
{
	(void)state;
	struct office o;
	struct req rq;
	open_office(&o);
	assert_int_equal(ask(&o, o.ani, GET, "/api/v1/reports/daily", NULL, "{}", &rq), OK);
	assert_non_null(
		strstr(rq.body.p, "\"day\":\"2025-11-13\",\"state\":\"none\",\"version\":0"));
	assert_null(strstr(rq.body.p, "\"report\":"));
	close_office(&o);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_life_of_a_report),
		cmocka_unit_test(test_taken_back_before_a_decision),
		cmocka_unit_test(test_only_the_supervisor_of_that_day),
		cmocka_unit_test(test_handler_decides_again),
		cmocka_unit_test(test_many_at_once),
		cmocka_unit_test(test_refused_saves),
		cmocka_unit_test(test_team_list),
		cmocka_unit_test(test_placement_corrected_afterwards),
		cmocka_unit_test(test_own_report_of_a_blank_day),
	};
	return TEST_STORE_RUN(stored);
}
