/*
 * Ratings lived through in real stores of both engines: feedback, what is told, objection,
 * decision, silence, who stands in whose place, what a team lead may not, and numbers that tell
 * nobody.
 *
 * PermenPANRB 6/2022 (matrix, direct superior, feedback, objection), UU 30/2014 art. 13-14
 * (mandate, vacancy), UU 27/2022 art. 16 (purpose).
 */
#include "reports/reports_rating.h"

#include "base/date.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_access.h"
#include "org/org_rows.h"
#include "platform/http.h"
#include "platform/test_store.h"
#include "reports/reports_recap.h"
#include "roster/roster.h"
#include "trust/trust.h"

#include <string.h>

#define MORNING INT64_C(1763000400000) /* 2025-11-13T02:20:00Z, 09.20 WIB */

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_recap_slice, &reports_rating_slice, &trust_slice};

struct office {
	struct test_store s;
	struct unit_id agency, division;
	struct employee_id head, boss, deputy, lead, ani, officer;
};

static int32_t day_of(const char *text)
{
	int32_t day = 0;

	assert_true(day_parse(text, &day));
	return day;
}

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

static struct employee_id add_person(struct office *o, const char *name, int nth, int32_t until)
{
	const struct employee_row row = {
		.nip = arena_printf(&o->s.arena, "1990010120150110%02d", nth),
		.name = name,
		.title_before = "",
		.title_after = "",
		.kind = PNS,
		.has_phone = true};
	struct employee_id id;

	must(org_add_employee(&o->s.tx, &row, 18000, until, &id));
	must(org_place(&o->s.tx, id, o->division, "Analis", FUNGSIONAL, "SK", 18000));
	return id;
}

static void add_role(struct office *o, struct employee_id who, enum role role, struct unit_id unit,
	enum acting acting, struct employee_id acts_for, int32_t from, int32_t to)
{
	const struct role_row row = {.role = role,
		.unit = unit,
		.acting = acting,
		.acts_for = acts_for,
		.letter = "800/1/2025",
		.valid_from = from,
		.valid_to = to};
	int64_t id;

	must(org_add_role(&o->s.tx, who, &row, o->officer, &id));
}

/* The boss is in service until `boss_until`. */
static void open_office(struct office *o, int32_t boss_until)
{
	struct pattern_id pattern;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), MORNING);
	o->agency = add_unit(o, "BKD", (struct unit_id){0});
	o->division = add_unit(o, "MUTASI", o->agency);
	o->head = add_person(o, "Heri", 1, DAY_FOREVER);
	o->boss = add_person(o, "Budi", 2, boss_until);
	o->deputy = add_person(o, "Dewi", 3, DAY_FOREVER);
	o->lead = add_person(o, "Lala", 4, DAY_FOREVER);
	o->ani = add_person(o, "Ani", 5, DAY_FOREVER);
	o->officer = add_person(o, "Ofi", 6, DAY_FOREVER);
	must(org_relate(&o->s.tx, o->boss, RELATION_SUPERVISOR, o->head, 18000));
	must(org_relate(&o->s.tx, o->ani, RELATION_SUPERVISOR, o->boss, 18000));
	must(org_relate(&o->s.tx, o->ani, RELATION_TEAM_LEAD, o->lead, 18000));
	add_role(o, o->officer, ROLE_BKD, (struct unit_id){0}, ACTING_DEFINITIVE,
		(struct employee_id){0}, 18000, DAY_FOREVER);
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void add_rule(struct office *o)
{
	must(reports_add_example_rating_rule(&o->s.tx, day_of("2025-10-01")));
	test_store_project(&o->s);
}

static const struct route *find_route(enum method method, const char *path)
{
	for (int i = 0; i < reports_rating_slice.route_count; i++)
		if (reports_rating_slice.routes[i].method == method &&
			str_eq(reports_rating_slice.routes[i].path, path))
			return &reports_rating_slice.routes[i];
	fail_msg("no route %s", path);
	return NULL;
}

static void read_arguments(
	struct office *o, const struct route *route, int64_t about, const char *day, void *input)
{
	struct field_fault fault = {0};

	for (const struct field *f = route->input->fields; f->type != FIELD_END; f++) {
		if (f->from == FROM_PATH)
			must(fields_decode_text(f, &o->s.arena,
				arena_printf(&o->s.arena, "%lld", (long long)about), input,
				&fault));
		if (f->from == FROM_QUERY && day &&
			(str_eq(f->name, "day") || str_eq(f->name, "to")))
			must(fields_decode_text(f, &o->s.arena, day, input, &fault));
	}
}

/* `about` fills the one parameter of the path, `day` the query. What is refused leaves nothing, as
 * with the committer. */
static enum err ask(struct office *o, struct employee_id who, enum method method, const char *path,
	int64_t about, const char *day, const char *json, struct req *ret)
{
	const struct route *route = find_route(method, path);
	struct field_fault fault = {0};
	enum err e = OK;

	*ret = (struct req){.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	buf_init(&ret->body, &o->s.arena, 256);
	if (route->input) {
		ret->input = arena_alloc(&o->s.arena, route->input->size);
		fields_init(route->input, ret->input);
		e = fields_decode(
			route->input, &o->s.arena, json, strlen(json), ret->input, &fault);
		if (e)
			fail_msg("%s: %s: %s", json, fault.pointer, fault.reason);
		read_arguments(o, route, about, day, ret->input);
	}
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e)
		e = org_authorise(ret, route->permission, &ret->object);
	if (!e)
		e = route->handler(ret);
	if (!e && ret->follow)
		must(ret->follow(&o->s.tx, &ret->actor));
	test_store_project(&o->s);
	return e;
}

#define FORM       "/api/v1/reports/rating-form/{employee}"
#define TEAM       "/api/v1/reports/rating-team"
#define OWN        "/api/v1/reports/ratings"
#define ONE        "/api/v1/reports/ratings/{rating}"
#define PROOF      "/api/v1/reports/ratings/{rating}/proof"
#define OBJECT     "/api/v1/reports/ratings/{rating}/object"
#define ACCEPT     "/api/v1/reports/ratings/{rating}/accept"
#define OBJECTIONS "/api/v1/reports/rating-objections"
#define DECIDE     "/api/v1/reports/rating-objections/{objection}/decide"
#define LOG        "/api/v1/reports/feedback"
#define GIVE       "/api/v1/reports/feedback/{employee}"
#define UNITS      "/api/v1/reports/rating-units"
#define QUARTER    "2025-09-30"

#define NOTES                                                                                      \
	"[{\"conduct\":\"service\",\"note\":\"Ramah\"},"                                           \
	"{\"conduct\":\"accountable\",\"note\":\"Rapi\"},"                                         \
	"{\"conduct\":\"competent\",\"note\":\"Belajar\"},"                                        \
	"{\"conduct\":\"harmonious\",\"note\":\"Rukun\"},"                                         \
	"{\"conduct\":\"loyal\",\"note\":\"Setia\"},"                                              \
	"{\"conduct\":\"adaptive\",\"note\":\"Luwes\"},"                                           \
	"{\"conduct\":\"collaborative\",\"note\":\"Gotong royong\"}]"

static enum err rate(struct office *o, struct employee_id who, int version, const char *work,
	bool tell, struct req *rq)
{
	const char *json = arena_printf(&o->s.arena,
		"{\"period\":\"quarterly\",\"day\":\"" QUARTER "\",\"version\":%d,\"work\":\"%s\","
		"\"behaviour\":\"as\",\"reason\":\"Dua laporan terlambat\",\"behaviours\":" NOTES
		",\"tell\":%s}",
		version, work, tell ? "true" : "false");

	return ask(o, who, PUT, FORM, o->ani.v, NULL, json, rq);
}

static struct rating load_hers(struct office *o)
{
	struct rating r;

	must(rating_load_of(&o->s.tx, o->ani, PERIOD_QUARTERLY, day_of(QUARTER), &r));
	return r;
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

/* PermenPANRB 6/2022: the direct superior rates. */
static void test_who_may_rate(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	assert_int_equal(rate(&o, o.lead, 0, "as", true, &rq), E_REFUSED);
	assert_string_equal(rq.fault.pointer, "/employee");
	assert_non_null(strstr(rq.fault.reason, "PermenPANRB 6/2022"));
	assert_int_equal(rate(&o, o.ani, 0, "as", true, &rq), E_NOT_FOUND);
	assert_int_equal(rate(&o, o.head, 0, "as", true, &rq), E_NOT_FOUND);
	assert_int_equal(rate(&o, o.officer, 0, "as", true, &rq), E_NOT_FOUND);
	assert_int_equal(ask(&o, o.lead, GET, FORM, o.ani.v, QUARTER, "{}", &rq), OK);
	assert_has(&rq, "\"stand\":\"none\"");
	assert_has(&rq, "\"may_rate\":false");
	must(rate(&o, o.boss, 0, "as", true, &rq));
	assert_int_equal(load_hers(&o).superior.v, o.boss.v);
	test_store_close(&o.s);
}

/* A draft is nobody's but its writer's; nothing is told while no rule says how long one may object.
 */
static void test_a_draft_and_a_rule(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	must(rate(&o, o.boss, 0, "below", false, &rq));
	assert_int_equal(ask(&o, o.ani, GET, ONE, load_hers(&o).id, NULL, "{}", &rq), E_NOT_FOUND);
	assert_int_equal(
		ask(&o, o.officer, GET, ONE, load_hers(&o).id, NULL, "{}", &rq), E_NOT_FOUND);
	must(ask(&o, o.ani, GET, OWN, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"items\":[]");
	assert_int_equal(rate(&o, o.boss, 1, "as", true, &rq), E_REFUSED);
	assert_string_equal(rq.fault.pointer, "/tell");
	add_rule(&o);
	assert_int_equal(rate(&o, o.boss, 0, "as", true, &rq), E_STALE);
	must(rate(&o, o.boss, 1, "above", true, &rq));
	assert_has(&rq, "\"predicate\":\"good\"");
	assert_int_equal(rate(&o, o.boss, 2, "as", true, &rq), E_REFUSED);
	must(ask(&o, o.ani, GET, OWN, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"may_object\":true");
	assert_has(&rq, "\"decider_name\":\"Heri\"");
	assert_int_equal(load_hers(&o).seen_at, MORNING);
	test_store_close(&o.s);
}

/* What is locked can be proved: text, salt and time give the hash that lies in the log. */
static void assert_proved(struct office *o)
{
	struct rating r = load_hers(o);
	struct leaf_place place;
	struct hash made;

	assert_int_equal(r.state, RATING_LOCKED);
	must(trust_load_leaf(&o->s.tx, r.leaf_index, &place));
	made = trust_leaf_hash(LEAF_RATING, place.at,
		trust_commitment(
			place.salt, (struct bytes){(const uint8_t *)r.sealed, strlen(r.sealed)}));
	assert_memory_equal(made.b, place.hash.b, sizeof made.b);
	assert_non_null(strstr(r.sealed, "\"state\":\"locked\""));
}

static void test_an_objection_is_decided_above(void **state)
{
	static const char objection[] =
		"{\"version\":1,\"objection\":\"Dua laporan terverifikasi belum dihitung\"}";
	static const char decision[] = "{\"version\":2,\"work\":\"as\",\"behaviour\":\"as\","
				       "\"decision\":\"Bukti baru sudah diperiksa\"}";
	struct office o;
	struct req rq;
	int64_t id;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	must(rate(&o, o.boss, 0, "below", true, &rq));
	id = load_hers(&o).id;
	assert_int_equal(ask(&o, o.boss, POST, OBJECT, id, NULL, objection, &rq), E_NOT_FOUND);
	assert_int_equal(ask(&o, o.head, POST, DECIDE, id, NULL, decision, &rq), E_NOT_FOUND);
	must(ask(&o, o.ani, POST, OBJECT, id, NULL, objection, &rq));
	assert_int_equal(ask(&o, o.ani, POST, OBJECT, id, NULL, objection, &rq), E_REFUSED);
	assert_int_equal(load_hers(&o).decide_until, day_of("2025-11-27"));

	must(ask(&o, o.boss, GET, OBJECTIONS, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"items\":[]");
	assert_int_equal(ask(&o, o.boss, POST, DECIDE, id, NULL, decision, &rq), E_NOT_FOUND);
	assert_int_equal(ask(&o, o.ani, POST, DECIDE, id, NULL, decision, &rq), E_NOT_FOUND);
	must(ask(&o, o.head, GET, OBJECTIONS, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"name\":\"Ani\"");
	assert_int_equal(ask(&o, o.head, POST, DECIDE, id, NULL,
				 "{\"version\":1,\"work\":\"as\",\"behaviour\":\"as\",\"decision\":"
				 "\"Versi yang lama\"}",
				 &rq),
		E_STALE);
	must(ask(&o, o.head, POST, DECIDE, id, NULL, decision, &rq));
	assert_has(&rq, "\"predicate\":\"good\"");
	assert_proved(&o);
	must(ask(&o, o.ani, GET, ONE, id, NULL, "{}", &rq));
	assert_has(&rq, "\"outcome\":\"changed\"");
	assert_has(&rq, "\"first_predicate\":\"needs_work\"");
	assert_has(&rq, "\"decided_by_name\":\"Heri\"");
	must(ask(&o, o.ani, GET, PROOF, id, NULL, "{}", &rq));
	assert_int_equal(ask(&o, o.head, POST, DECIDE, id, NULL, decision, &rq), E_REFUSED);
	test_store_close(&o.s);
}

/* The promised days: told on 13 November, fourteen days; the tick of 28 November makes it final. */
static void test_silence_locks_what_was_told(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	must(rate(&o, o.boss, 0, "as", true, &rq));
	assert_int_equal(ask(&o, o.ani, GET, PROOF, load_hers(&o).id, NULL, "{}", &rq), E_CONFLICT);
	o.s.tx.now_ms = MORNING + 14 * MS_PER_DAY;
	must(reports_tick_ratings(&o.s.tx));
	test_store_project(&o.s);
	assert_int_equal(load_hers(&o).state, RATING_TOLD);
	o.s.tx.now_ms += MS_PER_DAY;
	must(reports_tick_ratings(&o.s.tx));
	test_store_project(&o.s);
	assert_int_equal(load_hers(&o).outcome, OUTCOME_UNDISPUTED);
	assert_proved(&o);
	test_store_close(&o.s);
}

static void test_silence_decides_no_objection(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	must(rate(&o, o.boss, 0, "as", true, &rq));
	must(ask(&o, o.ani, POST, OBJECT, load_hers(&o).id, NULL,
		"{\"version\":1,\"objection\":\"Belum semua hasil dihitung\"}", &rq));
	o.s.tx.now_ms = MORNING + 300 * MS_PER_DAY;
	must(reports_tick_ratings(&o.s.tx));
	test_store_project(&o.s);
	assert_int_equal(load_hers(&o).state, RATING_OBJECTED);
	test_store_close(&o.s);
}

static void test_accepted_is_final(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	must(rate(&o, o.boss, 0, "as", true, &rq));
	must(ask(&o, o.ani, POST, ACCEPT, load_hers(&o).id, NULL, "{\"version\":1}", &rq));
	assert_int_equal(load_hers(&o).outcome, OUTCOME_ACCEPTED);
	assert_proved(&o);
	test_store_close(&o.s);
}

/* A letter of the last day lends the rating too, in the superior's name (UU 30/2014 art. 14). */
static void test_a_delegate_rates_in_his_place(void **state)
{
	static const struct {
		const char *from, *to;
		enum err expected;
	} cases[] = {{"2025-09-22", "2025-10-03", OK}, {"2025-10-01", "2025-12-31", E_NOT_FOUND}};
	struct office o;
	struct req rq;
	(void)state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		open_office(&o, DAY_FOREVER);
		add_rule(&o);
		add_role(&o, o.deputy, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE,
			o.boss, day_of(cases[i].from), day_of(cases[i].to));
		test_store_project(&o.s);
		assert_int_equal(rate(&o, o.deputy, 0, "as", true, &rq), cases[i].expected);
		if (cases[i].expected == OK) {
			struct rating r = load_hers(&o);

			assert_int_equal(r.rated_as, STAND_DELEGATE);
			assert_int_equal(r.rated_for.v, o.boss.v);
			assert_int_equal(r.answering.v, o.boss.v);
		}
		test_store_close(&o.s);
	}
}

#define OBJECTS "{\"version\":1,\"objection\":\"Dua laporan terverifikasi belum dihitung\"}"
#define DECIDES                                                                                    \
	"{\"version\":2,\"work\":\"as\",\"behaviour\":\"as\","                                     \
	"\"decision\":\"Bukti baru sudah diperiksa\"}"

/* The boss rated and left the service while the objection was on its way: who is above him finds
 * it. */
static void test_an_objection_after_the_superior_left(void **state)
{
	struct office o;
	struct req rq;
	int64_t id;
	(void)state;

	open_office(&o, day_of("2025-11-14"));
	add_rule(&o);
	must(rate(&o, o.boss, 0, "below", true, &rq));
	o.s.tx.now_ms = MORNING + 4 * MS_PER_DAY;
	id = load_hers(&o).id;
	must(ask(&o, o.ani, POST, OBJECT, id, NULL, OBJECTS, &rq));
	must(ask(&o, o.head, GET, OBJECTIONS, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"name\":\"Ani\"");
	must(ask(&o, o.head, POST, DECIDE, id, NULL, DECIDES, &rq));
	assert_proved(&o);
	test_store_close(&o.s);
}

/* The boss lent his authority to his own superior, who rated: the objection goes to whom that one
 * answers to, and to nobody's own hands. */
static void test_a_delegate_from_above_does_not_judge_himself(void **state)
{
	struct office o;
	struct req rq;
	int64_t id;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	must(org_relate(&o.s.tx, o.head, RELATION_SUPERVISOR, o.deputy, 18000));
	add_role(&o, o.head, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, o.boss,
		day_of("2025-09-22"), day_of("2025-10-03"));
	test_store_project(&o.s);
	must(rate(&o, o.head, 0, "below", true, &rq));
	id = load_hers(&o).id;
	must(ask(&o, o.ani, POST, OBJECT, id, NULL, OBJECTS, &rq));
	must(ask(&o, o.ani, GET, ONE, id, NULL, "{}", &rq));
	assert_has(&rq, "\"decider_name\":\"Dewi\"");
	must(ask(&o, o.head, GET, OBJECTIONS, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"items\":[]");
	assert_int_equal(ask(&o, o.head, POST, DECIDE, id, NULL, DECIDES, &rq), E_NOT_FOUND);
	must(ask(&o, o.deputy, GET, OBJECTIONS, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"name\":\"Ani\"");
	must(ask(&o, o.deputy, POST, DECIDE, id, NULL, DECIDES, &rq));
	assert_int_equal(load_hers(&o).answering.v, o.head.v);
	must(ask(&o, o.deputy, GET, OBJECTIONS, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"state\":\"locked\"");
	assert_proved(&o);
	test_store_close(&o.s);
}

/* The superior of the last day left the service: today's rates, and finds her in his list. */
static void test_who_left_rates_nobody(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, day_of("2025-10-31"));
	add_rule(&o);
	must(org_relate(&o.s.tx, o.ani, RELATION_SUPERVISOR, o.deputy, day_of("2025-11-01")));
	test_store_project(&o.s);
	must(ask(&o, o.deputy, GET, TEAM, 0, QUARTER, "{}", &rq));
	assert_has(&rq, "\"name\":\"Ani\"");
	assert_int_not_equal(rate(&o, o.boss, 0, "as", true, &rq), OK);
	must(rate(&o, o.deputy, 0, "as", true, &rq));
	assert_int_equal(load_hers(&o).superior.v, o.deputy.v);
	test_store_close(&o.s);
}

/* A superior who was replaced, but serves, still rates the period that was his. */
static void test_who_was_moved_still_rates(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	must(org_relate(&o.s.tx, o.ani, RELATION_SUPERVISOR, o.deputy, day_of("2025-11-01")));
	test_store_project(&o.s);
	must(ask(&o, o.deputy, GET, TEAM, 0, QUARTER, "{}", &rq));
	assert_lacks(&rq, "\"name\":\"Ani\"");
	assert_int_equal(rate(&o, o.deputy, 0, "as", true, &rq), E_NOT_FOUND);
	must(ask(&o, o.boss, GET, TEAM, 0, QUARTER, "{}", &rq));
	assert_has(&rq, "\"name\":\"Ani\"");
	must(rate(&o, o.boss, 0, "as", true, &rq));
	test_store_close(&o.s);
}

static int64_t newest(struct office *o)
{
	struct feedback f[1];
	int count;

	must(feedback_list(
		&o->s.tx, o->ani, 0, DAY_FOREVER, 0, (struct employee_id){0}, f, 1, &count));
	assert_int_equal(count, 1);
	return f[0].id;
}

/* Both ways; the person sees all of it, a team lead what he wrote and what answers it. */
static void test_feedback_goes_both_ways(void **state)
{
	struct office o;
	struct req rq;
	int64_t asked;
	(void)state;

	open_office(&o, DAY_FOREVER);
	must(ask(&o, o.boss, POST, GIVE, o.ani.v, NULL, "{\"said\":\"Rapi sekali\"}", &rq));
	must(ask(&o, o.ani, POST, LOG, 0, NULL, "{\"said\":\"Apakah cukup dua halaman?\"}", &rq));
	asked = newest(&o);
	must(ask(&o, o.boss, GET, TEAM, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"feedbacks\":1,\"last_feedback\":\"2025-11-13\",\"questions\":1");
	must(ask(&o, o.boss, POST, GIVE, o.ani.v, NULL,
		arena_printf(
			&o.s.arena, "{\"said\":\"Cukup\",\"reply_to\":\"%lld\"}", (long long)asked),
		&rq));
	must(ask(&o, o.boss, GET, TEAM, 0, NULL, "{}", &rq));
	assert_has(&rq, "\"questions\":0");
	must(ask(&o, o.lead, POST, GIVE, o.ani.v, NULL, "{\"said\":\"Terima kasih timnya\"}", &rq));
	must(ask(&o, o.lead, GET, GIVE, o.ani.v, NULL, "{}", &rq));
	assert_has(&rq, "Terima kasih timnya");
	assert_lacks(&rq, "Rapi sekali");
	assert_lacks(&rq, "dua halaman");
	assert_int_equal(
		ask(&o, o.lead, POST, GIVE, o.ani.v, NULL,
			arena_printf(&o.s.arena, "{\"said\":\"Cukup\",\"reply_to\":\"%lld\"}",
				(long long)asked),
			&rq),
		E_BAD_FIELD);
	assert_int_equal(ask(&o, o.lead, POST, GIVE, o.ani.v, NULL,
				 "{\"said\":\"Dialog triwulan\",\"dialogue\":true}", &rq),
		E_REFUSED);
	must(ask(&o, o.ani, GET, LOG, 0, NULL, "{}", &rq));
	assert_has(&rq, "Rapi sekali");
	assert_has(&rq, "Terima kasih timnya");
	assert_int_equal(ask(&o, o.deputy, GET, GIVE, o.ani.v, NULL, "{}", &rq), E_NOT_FOUND);
	assert_int_equal(
		ask(&o, o.ani, POST, GIVE, o.ani.v, NULL, "{\"said\":\"Saya hebat\"}", &rq),
		E_NOT_FOUND);
	test_store_close(&o.s);
}

static void test_feedback_is_bounded(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	for (int i = 0; i < FEEDBACK_PER_DAY_MAX; i++)
		must(ask(&o, o.ani, POST, LOG, 0, NULL, "{\"said\":\"Mohon arahan\"}", &rq));
	assert_int_equal(
		ask(&o, o.ani, POST, LOG, 0, NULL, "{\"said\":\"Mohon arahan\"}", &rq), E_REFUSED);
	o.s.tx.now_ms += MS_PER_DAY;
	must(ask(&o, o.ani, POST, LOG, 0, NULL, "{\"said\":\"Mohon arahan\"}", &rq));
	assert_int_equal(ask(&o, o.boss, POST, GIVE, o.ani.v, NULL,
				 "{\"said\":\"Besok\",\"day\":\"2025-11-15\"}", &rq),
		E_BAD_FIELD);
	test_store_close(&o.s);
}

/* Numbers of units: nothing of fewer than ten, and no name at all. */
static void test_the_distribution_tells_nobody(void **state)
{
	struct office o;
	struct req rq;
	(void)state;

	open_office(&o, DAY_FOREVER);
	add_rule(&o);
	for (int i = 0; i < 10; i++) {
		struct rating r = {.employee = add_person(&o, "Hani", 20 + i, DAY_FOREVER),
			.period = PERIOD_QUARTERLY,
			.unit = o.division,
			.superior = o.boss,
			.rated_by = o.boss,
			.rated_as = STAND_OWN,
			.work = i ? EXPECTATION_AS : EXPECTATION_ABOVE,
			.behaviour = i ? EXPECTATION_AS : EXPECTATION_ABOVE,
			.reason = ""};

		reports_period_of(PERIOD_QUARTERLY, day_of(QUARTER), &r.first_day, &r.last_day);
		for (int k = 0; k < CONDUCTS; k++)
			r.note[k] = "Baik";
		must(ask(&o, o.officer, GET, UNITS, 0, QUARTER, "{}", &rq));
		if (i) {
			assert_has(&rq, "\"is_hidden\":true");
			assert_lacks(&rq, "\"very_good\"");
		}
		must(reports_enter_rating(&o.s.tx, &r));
		test_store_project(&o.s);
	}
	must(ask(&o, o.officer, GET, UNITS, 0, QUARTER, "{}", &rq));
	assert_has(&rq, "\"rated\":10,\"very_good\":1,\"good\":9,\"needs_work\":0");
	assert_lacks(&rq, "Hani");
	assert_int_equal(ask(&o, o.ani, GET, UNITS, 0, QUARTER, "{}", &rq), E_FORBIDDEN);
	assert_int_equal(ask(&o, o.boss, GET, UNITS, 0, QUARTER, "{}", &rq), E_FORBIDDEN);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_may_rate),
		cmocka_unit_test(test_a_draft_and_a_rule),
		cmocka_unit_test(test_an_objection_is_decided_above),
		cmocka_unit_test(test_silence_locks_what_was_told),
		cmocka_unit_test(test_silence_decides_no_objection),
		cmocka_unit_test(test_accepted_is_final),
		cmocka_unit_test(test_a_delegate_rates_in_his_place),
		cmocka_unit_test(test_an_objection_after_the_superior_left),
		cmocka_unit_test(test_a_delegate_from_above_does_not_judge_himself),
		cmocka_unit_test(test_who_left_rates_nobody),
		cmocka_unit_test(test_who_was_moved_still_rates),
		cmocka_unit_test(test_feedback_goes_both_ways),
		cmocka_unit_test(test_feedback_is_bounded),
		cmocka_unit_test(test_the_distribution_tells_nobody),
	};

	return TEST_STORE_RUN(tests);
}
