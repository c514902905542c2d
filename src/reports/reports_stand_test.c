/*
 * Who may verify a report when somebody stands in for somebody: chains, circles, two letters at
 * once, the midnight at which a letter ends in each zone, who is away himself, a superior who
 * changes within the month; and that nobody verifies himself by any of these ways. On both engines.
 *
 * UU 30/2014 art. 13-14 (a delegate does not delegate; a mandate ends with the office), PP 94/2021
 * art. 24-27 (the direct superior of the day), docs/WORK.md: nobody verifies himself.
 */
#include "reports/reports_target.h"

#include "base/date.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_db.h"
#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/test_store.h"
#include "roster/roster.h"
#include "trust/trust.h"

#define NOW   INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY 20405                  /* 2025-11-13 */

static struct db_stmt SET_ZONE = {"stand_test_set_zone",
	"UPDATE platform_government SET zone = $2 WHERE government_id = $1", 0};
static struct db_stmt *const test_stmts[] = {&SET_ZONE};
static const struct slice test_slice = {.name = "stand_test", .stmts = test_stmts, .stmt_count = 1};

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_parameters_slice, &reports_slice,
	&reports_target_slice, &reports_unit_output_slice, &trust_slice, &test_slice};

enum who { NOBODY, HEAD, BOSS, OTHER, DELEGATE, SECOND, ANI, BUDI, PEOPLE };
static const char *const nips[] = {[HEAD] = "197001011995011001",
	[BOSS] = "198001012005012001",
	[OTHER] = "198001012005012002",
	[DELEGATE] = "198001012005012003",
	[SECOND] = "198001012005012004",
	[ANI] = "199001012015012005",
	[BUDI] = "199001012015011006"};

struct office {
	struct test_store s;
	struct unit_id agency, division;
	struct employee_id of[PEOPLE];
};

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

	must(org_add_unit(&o->s.tx, &row, &id));
	return id;
}

static void relate(struct office *o, enum who person, enum who superior, int32_t from)
{
	must(org_relate(&o->s.tx, o->of[person], RELATION_SUPERVISOR, o->of[superior], from));
}

/* Ani and Budi answer to Boss, who heads the division; Boss answers to Head of the agency. Boss
 * leaves the service after `last_day`. */
static void open_office(struct office *o, int32_t last_day)
{
	struct pattern_id pattern;

	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	o->agency = add_unit(o, "BKD", (struct unit_id){0});
	o->division = add_unit(o, "BKD-MUTASI", o->agency);
	for (int i = HEAD; i < PEOPLE; i++) {
		const struct employee_row row = {.nip = nips[i],
			.name = nips[i],
			.title_before = "",
			.title_after = "",
			.kind = PNS,
			.has_phone = true};

		must(org_add_employee(
			&o->s.tx, &row, 18000, i == BOSS ? last_day : DAY_FOREVER, &o->of[i]));
		must(org_place(&o->s.tx, o->of[i], i == HEAD ? o->agency : o->division, "Analis",
			FUNGSIONAL, "SK", 18000));
	}
	relate(o, ANI, BOSS, 18000);
	relate(o, BUDI, BOSS, 18000);
	relate(o, BOSS, HEAD, 18000);
	must(calendar_add_default(&o->s.tx, &pattern));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void add_role(struct office *o, enum who who, struct role_row row)
{
	int64_t id;

	row.letter = "800/12";
	must(org_add_role(&o->s.tx, o->of[who], &row, o->of[HEAD], &id));
}

/* A letter by which `to` stands in for `from` on days relative to today. */
struct letter {
	enum who from, to;
	int first, last;
};

static void add_letter(struct office *o, const struct letter *l)
{
	if (l->from)
		add_role(o, l->to,
			(struct role_row){.role = ROLE_SUPERVISOR,
				.acting = ACTING_DELEGATE,
				.acts_for = o->of[l->from],
				.valid_from = TODAY + l->first,
				.valid_to = TODAY + l->last});
}

static void add_head(struct office *o, enum who who, enum acting acting)
{
	add_role(o, who,
		(struct role_row){.role = ROLE_UNIT_HEAD,
			.acting = acting,
			.unit = o->division,
			.valid_from = acting == ACTING_DEFINITIVE ? 18000 : TODAY - 5,
			.valid_to = DAY_FOREVER});
}

static struct report_id hand_in(struct office *o, enum who owner, int32_t day)
{
	struct report_id id;
	struct report_item item = {.starts = 480,
		.ends = 540,
		.description = "Memverifikasi berkas mutasi",
		.volume = 1,
		.unit_of_measure = "berkas"};

	must(reports_hand_in(&o->s.tx, o->of[owner], day, "", &item, 1, &id));
	return id;
}

/* The list a superior reads says the same as the decision: sight follows right. */
static bool is_listed(struct office *o, enum who actor, struct report_id id, int32_t day)
{
	struct team_report *t;
	int count;

	must(reports_list_team(&o->s.tx, o->of[actor], day, day, -1, &t, &count));
	for (int i = 0; i < count; i++)
		if (t[i].report.id.v == id.v)
			return true;
	return false;
}

struct stand_case {
	const char *proves;
	struct letter letter[3];
	enum who new_boss; /* of Ani from today on */
	enum who away;     /* on leave today */
	enum who held_by;  /* plt of the division, whose definitive head is Boss */
	bool boss_left;    /* the service, yesterday */
	enum who superior_of_boss;
	enum who actor, owner; /* of the report */
	int day;               /* relative to today */
	enum err verdict;
	enum stand as;
};

static const struct stand_case cases[] = {
	{.proves = "the superior of the day", .actor = BOSS, .owner = ANI, .as = STAND_OWN},
	{.proves = "nobody else", .actor = OTHER, .owner = ANI, .verdict = E_NOT_SUPERVISOR},
	{.proves = "his superior's superior does not reach through him",
		.actor = HEAD,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "a delegate on the day of his letter",
		.letter = {{BOSS, DELEGATE, 0, 0}},
		.actor = DELEGATE,
		.owner = ANI,
		.as = STAND_DELEGATE},
	{.proves = "a delegate before it",
		.letter = {{BOSS, DELEGATE, 0, 0}},
		.actor = DELEGATE,
		.owner = ANI,
		.day = -1,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "a delegate after it, although the report was written while it held",
		.letter = {{BOSS, DELEGATE, -2, -1}},
		.actor = DELEGATE,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "a delegate after it about a day on which it held",
		.letter = {{BOSS, DELEGATE, -2, -1}},
		.actor = DELEGATE,
		.owner = ANI,
		.day = -1,
		.as = STAND_DELEGATE},
	{.proves = "the superior himself beside his delegate",
		.letter = {{BOSS, DELEGATE, 0, 0}},
		.actor = BOSS,
		.owner = ANI,
		.as = STAND_OWN},
	{.proves = "chain: the delegate of a delegate is nobody (art. 13)",
		.letter = {{BOSS, DELEGATE, 0, 0}, {DELEGATE, SECOND, 0, 0}},
		.actor = SECOND,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "chain of three back to the first",
		.letter = {{BOSS, DELEGATE, 0, 0}, {DELEGATE, SECOND, 0, 0}, {SECOND, BOSS, 0, 0}},
		.actor = SECOND,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "circle: who lent keeps his own people",
		.letter = {{BOSS, DELEGATE, 0, 0}, {DELEGATE, BOSS, 0, 0}},
		.actor = BOSS,
		.owner = ANI,
		.as = STAND_OWN},
	{.proves = "circle: who borrowed has them too",
		.letter = {{BOSS, DELEGATE, 0, 0}, {DELEGATE, BOSS, 0, 0}},
		.actor = DELEGATE,
		.owner = ANI,
		.as = STAND_DELEGATE},
	{.proves = "overlap: the first of two letters",
		.letter = {{BOSS, DELEGATE, -2, 0}, {BOSS, SECOND, 0, 2}},
		.actor = DELEGATE,
		.owner = ANI,
		.as = STAND_DELEGATE},
	{.proves = "overlap: the second on the same day",
		.letter = {{BOSS, DELEGATE, -2, 0}, {BOSS, SECOND, 0, 2}},
		.actor = SECOND,
		.owner = ANI,
		.as = STAND_DELEGATE},
	{.proves = "overlap: the second before his own letter",
		.letter = {{BOSS, DELEGATE, -2, 0}, {BOSS, SECOND, 0, 2}},
		.actor = SECOND,
		.owner = ANI,
		.day = -1,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "away: a superior on leave may still decide",
		.away = BOSS,
		.actor = BOSS,
		.owner = ANI,
		.as = STAND_OWN},
	{.proves = "away: his leave alone lends nothing to the level above",
		.away = BOSS,
		.actor = HEAD,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "away: a delegate on leave himself has not lost his letter",
		.letter = {{BOSS, DELEGATE, 0, 0}},
		.away = DELEGATE,
		.actor = DELEGATE,
		.owner = ANI,
		.as = STAND_DELEGATE},
	{.proves = "away: and his own delegate does not take it over",
		.letter = {{BOSS, DELEGATE, 0, 0}, {DELEGATE, SECOND, 0, 0}},
		.away = DELEGATE,
		.actor = SECOND,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "away: a second letter of the superior does",
		.letter = {{BOSS, DELEGATE, 0, 0}, {BOSS, SECOND, 0, 0}},
		.away = DELEGATE,
		.actor = SECOND,
		.owner = ANI,
		.as = STAND_DELEGATE},
	{.proves = "change: the former superior about a day of his",
		.new_boss = OTHER,
		.actor = BOSS,
		.owner = ANI,
		.day = -1,
		.as = STAND_OWN},
	{.proves = "change: the former superior about a day after it",
		.new_boss = OTHER,
		.actor = BOSS,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "change: the new superior from his first day",
		.new_boss = OTHER,
		.actor = OTHER,
		.owner = ANI,
		.as = STAND_OWN},
	{.proves = "change: the new superior about a day before",
		.new_boss = OTHER,
		.actor = OTHER,
		.owner = ANI,
		.day = -1,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "change: a letter of the former one does not follow the person",
		.letter = {{BOSS, DELEGATE, -3, 3}},
		.new_boss = OTHER,
		.actor = DELEGATE,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "change: but holds about the days before",
		.letter = {{BOSS, DELEGATE, -3, 3}},
		.new_boss = OTHER,
		.actor = DELEGATE,
		.owner = ANI,
		.day = -1,
		.as = STAND_DELEGATE},
	{.proves = "left: his letters end with him (art. 14)",
		.letter = {{BOSS, DELEGATE, -3, 3}},
		.boss_left = true,
		.actor = DELEGATE,
		.owner = ANI,
		.verdict = E_NOT_SUPERVISOR},
	{.proves = "left: one level up",
		.boss_left = true,
		.actor = HEAD,
		.owner = ANI,
		.as = STAND_VACANCY},
	{.proves = "oneself: nobody without any letter",
		.actor = ANI,
		.owner = ANI,
		.verdict = E_SELF},
	{.proves = "oneself: not as the delegate of one's superior",
		.letter = {{BOSS, ANI, 0, 0}},
		.actor = ANI,
		.owner = ANI,
		.verdict = E_SELF},
	{.proves = "oneself: but the others of that superior",
		.letter = {{BOSS, ANI, 0, 0}},
		.actor = ANI,
		.owner = BUDI,
		.as = STAND_DELEGATE},
	{.proves = "oneself: not as the delegate of one's superior's superior either",
		.letter = {{HEAD, BOSS, 0, 0}},
		.actor = BOSS,
		.owner = BOSS,
		.verdict = E_SELF},
	{.proves = "oneself: not by a circle of two letters",
		.letter = {{BOSS, ANI, 0, 0}, {ANI, BOSS, 0, 0}},
		.actor = ANI,
		.owner = ANI,
		.verdict = E_SELF},
	{.proves = "oneself: not as plt of one's own unit",
		.held_by = ANI,
		.actor = ANI,
		.owner = ANI,
		.verdict = E_SELF},
	{.proves = "oneself: as plt the others of the unit",
		.held_by = ANI,
		.actor = ANI,
		.owner = BUDI,
		.as = STAND_OFFICE},
	{.proves = "oneself: not because the office is vacant and one stands a level above it",
		.boss_left = true,
		.superior_of_boss = ANI,
		.actor = ANI,
		.owner = ANI,
		.verdict = E_SELF},
	{.proves = "oneself: then for the others",
		.boss_left = true,
		.superior_of_boss = ANI,
		.actor = ANI,
		.owner = BUDI,
		.as = STAND_VACANCY},
};

static void set_up(struct office *o, const struct stand_case *c)
{
	open_office(o, c->boss_left ? TODAY - 1 : DAY_FOREVER);
	if (c->held_by) {
		add_head(o, BOSS, ACTING_DEFINITIVE);
		add_head(o, c->held_by, ACTING_PLT);
	}
	if (c->superior_of_boss)
		relate(o, BOSS, c->superior_of_boss, 18000);
	for (int i = 0; i < COUNT_OF(c->letter); i++)
		add_letter(o, &c->letter[i]);
	if (c->new_boss)
		relate(o, ANI, c->new_boss, TODAY);
	if (c->away)
		must(org_set_status(
			&o->s.tx, o->of[c->away], STATUS_ANNUAL_LEAVE, TODAY, TODAY, "850/1"));
	must(org_touch_generation(&o->s.tx));
	test_store_project(&o->s);
}

static void test_edges(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct stand_case *c = &cases[i];
		const int32_t day = TODAY + c->day;
		struct daily_report r;
		struct office o;

		set_up(&o, c);
		struct report_id id = hand_in(&o, c->owner, day);
		if (is_listed(&o, c->actor, id, day) != !c->verdict)
			fail_msg("%s: sight does not follow right", c->proves);
		enum err e = reports_decide_many(
			&o.s.tx, o.of[c->actor], EVENT_VERIFIED, "", &id, 1);
		if (e != c->verdict)
			fail_msg("%s: %s", c->proves, err_code(e));
		must(reports_load(&o.s.tx, id, &r));
		if (r.state != (c->verdict ? REPORT_SUBMITTED : REPORT_VERIFIED) ||
			(!c->verdict && r.decided_as != (int32_t)c->as))
			fail_msg("%s: state %d as %s", c->proves, (int)r.state,
				stand_names[r.decided_as]);
		if (!c->verdict)
			assert_int_equal(r.decided_for.v != 0, c->as != STAND_OWN);
		test_store_close(&o.s);
	}
}

/* Two who answer for each other: each for the other, neither for himself. */
static void test_two_for_each_other(void **state)
{
	struct office o;
	(void)state;

	open_office(&o, DAY_FOREVER);
	relate(&o, ANI, BUDI, 18000);
	relate(&o, BUDI, ANI, 18000);
	must(org_touch_generation(&o.s.tx));
	const struct report_id ani = hand_in(&o, ANI, TODAY), budi = hand_in(&o, BUDI, TODAY);
	const struct report_id both[] = {budi, ani};

	assert_int_equal(
		reports_decide_many(&o.s.tx, o.of[ANI], EVENT_VERIFIED, "", &ani, 1), E_SELF);
	/* of many in one gesture each is asked by itself */
	assert_int_equal(
		reports_decide_many(&o.s.tx, o.of[BUDI], EVENT_VERIFIED, "", both, 2), E_SELF);
	must(reports_decide_many(&o.s.tx, o.of[BUDI], EVENT_VERIFIED, "", &ani, 1));
	test_store_close(&o.s);
}

/* A letter holds to the midnight of the government's own zone: the last millisecond of its last day
 * is still a day of the delegate, the next one is none. */
static void test_letter_ends_at_midnight(void **state)
{
	static const enum zone zones[] = {ZONE_WIB, ZONE_WITA, ZONE_WIT};
	struct office o;
	(void)state;

	for (int i = 0; i < COUNT_OF(zones); i++) {
		const int64_t midnight = instant_of(TODAY + 1, 0, zones[i]);

		open_office(&o, DAY_FOREVER);
		must(db_exec(&o.s.tx, &SET_ZONE,
			BIND(db_int(o.s.tx.government.v), db_int((int64_t)zones[i])), NULL));
		add_letter(&o, &(struct letter){BOSS, DELEGATE, -1, 0});
		must(org_touch_generation(&o.s.tx));
		test_store_project(&o.s);
		for (int after = 0; after <= 1; after++) {
			enum stand stand;
			struct employee_id acts_for;
			int32_t today;

			o.s.tx.now_ms = midnight - 1 + after;
			must(org_load_today(&o.s.tx, &today));
			assert_int_equal(today, TODAY + after);
			must(org_load_stand(
				&o.s.tx, o.of[DELEGATE], o.of[ANI], today, &stand, &acts_for));
			assert_int_equal(stand, after ? STAND_NONE : STAND_DELEGATE);
			const struct report_id id = hand_in(&o, ANI, today);
			assert_int_equal(reports_decide_many(&o.s.tx, o.of[DELEGATE],
						 EVENT_VERIFIED, "", &id, 1),
				after ? E_NOT_SUPERVISOR : OK);
		}
		test_store_close(&o.s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_two_for_each_other),
		cmocka_unit_test(test_letter_ends_at_midnight),
	};

	return TEST_STORE_RUN(tests);
}
