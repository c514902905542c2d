/*
 * Which rule holds, and why not another: precedence by tables, and the circulars of eight
 * governments.
 *
 * PermenPANRB 4/2025 art. 8 (duty and person), 13 (weekly cap); Perpres 21/2023 art. 4 (hours,
 * Ramadan), 8 (location). The thirteen instruments of data/instruments.csv are loaded as they ship
 * and each is asked about chosen days, so that adding a circular is proved to need no code.
 */
#include "policy/policy_int.h"

#include "base/str.h"
#include "org/org_rows.h"
#include "platform/test_store.h"
#include "trust/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z, a Thursday */

static const struct slice *const slices[] = {
	&trust_slice, &org_slice, &calendar_slice, &policy_slice};

static int32_t day(const char *s)
{
	int32_t d;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

static void set_up_calendar(struct test_store *s)
{
	struct pattern_id id;
	assert_int_equal(calendar_add_default(&s->tx, &id), OK);
	assert_int_equal(calendar_set_regime(&s->tx, REGIME_RAMADAN, day("2026-02-19"),
				 day("2026-03-20"), "Sidang isbat 17 Feb 2026"),
		OK);
	assert_int_equal(calendar_set_holiday(&s->tx, day("2025-12-25"), HOLIDAY_NATIONAL,
				 "Hari Raya Natal", "SKB 1017/2024"),
		OK);
	assert_int_equal(calendar_set_holiday(&s->tx, day("2026-04-03"), HOLIDAY_NATIONAL,
				 "Wafat Yesus Kristus", "SKB 1497/2025"),
		OK);
}

/* ---- precedence -------------------------------------------------------------------------------
 */

/* Agency 10 (office) with unit 20 (service) below it and, below that, unit 30; agency 40. */
static struct org_unit units[] = {
	{.id = {10}, .agency = {10}, .path = "/10/", .character = CHARACTER_OFFICE},
	{.id = {20},
		.parent = {10},
		.agency = {10},
		.path = "/10/20/",
		.character = CHARACTER_SERVICE},
	{.id = {30},
		.parent = {20},
		.agency = {10},
		.path = "/10/20/30/",
		.character = CHARACTER_OFFICE},
	{.id = {40}, .agency = {40}, .path = "/40/", .character = CHARACTER_OFFICE},
};
static struct org_post posts[] = {
	{.id = {100}, .unit = {10}, .is_direct = true, .valid_to = DAY_FOREVER},
	{.id = {101}, .unit = {10}, .is_direct = false, .valid_to = DAY_FOREVER},
	{.id = {102}, .unit = {10}, .is_direct = true, .valid_to = 20000}, /* closed in 2024 */
};
static const struct org_tree tree = {.unit = units,
	.units = COUNT_OF(units),
	.post = posts,
	.posts = COUNT_OF(posts),
	.zone = ZONE_WIB};

/* A rule as a table writes it; 0 is "not said". Enums that begin at 0 carry one more. */
struct given {
	enum rule_kind kind;
	int mode1;
	enum instrument_rank rank;
	const char *issued;
	int64_t scope, unit, post;
	int direct, character1, level1;
	const char *position;
	int weekdays;
	const char *from, *to;
};
#define IS(value) ((int)(value) + 1)
#define RULES_MAX 4
#define NO_STEP   (-1)

struct precedence {
	const char *article;
	struct given rule[RULES_MAX];
	int rules;
	struct person_day who;
	const char *day;
	enum work_mode mode;
	enum mode_source source;
	int step[RULES_MAX]; /* what came of each rule */
};

#define SE(...)                                                                                    \
	{                                                                                          \
		.rank = RANK_SE, .issued = "2025-10-22", __VA_ARGS__                               \
	}
#define LATER(...)                                                                                 \
	{                                                                                          \
		.rank = RANK_SE, .issued = "2025-11-01", __VA_ARGS__                               \
	}
#define HOME        .kind = RULE_MODE, .mode1 = IS(MODE_HOME)
#define OFFICE      .kind = RULE_MODE, .mode1 = IS(MODE_OFFICE)
#define BY_ROSTER   .kind = RULE_ROSTER, .mode1 = IS(MODE_HOME)
#define BY_ORDER    .kind = RULE_BY_ORDER, .mode1 = IS(MODE_HOME)
#define EXEMPT      .kind = RULE_EXEMPT
#define AGENCY_10   .unit = {10}, .level = PELAKSANA
#define UNIT_20     .unit = {20}, .level = PELAKSANA
#define THURSDAY_13 "2025-11-13"

static const struct precedence precedences[] = {
	{"no rule: the office (Perpres 21/2023 art. 8 is a permission)", {{0}}, 0, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_DEFAULT, {0}},
	{"one rule for everyone", {SE(HOME)}, 1, {AGENCY_10}, THURSDAY_13, MODE_HOME, SOURCE_POLICY,
		{STEP_APPLIES}},
	{"a rule of another agency does not concern him", {SE(HOME, .unit = 40)}, 1, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_DEFAULT, {NO_STEP}},
	{"agency circular over governor's for its own people",
		{LATER(HOME), SE(OFFICE, .scope = 10)}, 2, {UNIT_20}, THURSDAY_13, MODE_OFFICE,
		SOURCE_POLICY, {STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"and not for those of another agency", {LATER(HOME), SE(OFFICE, .scope = 10)}, 2,
		{.unit = {40}}, THURSDAY_13, MODE_HOME, SOURCE_POLICY, {STEP_APPLIES, NO_STEP}},
	{"the deeper unit over its agency", {LATER(HOME, .unit = 10), SE(OFFICE, .unit = 20)}, 2,
		{.unit = {30}}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"an agency over a character",
		{LATER(HOME, .character1 = IS(CHARACTER_SERVICE)), SE(OFFICE, .unit = 10)}, 2,
		{UNIT_20}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"a character over the whole government",
		{LATER(OFFICE), SE(HOME, .character1 = IS(CHARACTER_SERVICE))}, 2, {UNIT_20},
		THURSDAY_13, MODE_HOME, SOURCE_POLICY, {STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"a character is that of the person's own unit",
		{SE(HOME, .character1 = IS(CHARACTER_SERVICE))}, 1, {.unit = {30}}, THURSDAY_13,
		MODE_OFFICE, SOURCE_DEFAULT, {NO_STEP}},
	{"a level over a unit", {LATER(HOME, .unit = 20), SE(OFFICE, .level1 = IS(ADMINISTRATOR))},
		2, {.unit = {20}, .level = ADMINISTRATOR}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"a position over a level",
		{LATER(HOME, .level1 = IS(ADMINISTRATOR)), SE(OFFICE, .position = "camat")}, 2,
		{.unit = {10}, .level = ADMINISTRATOR, .position = "camat"}, THURSDAY_13,
		MODE_OFFICE, SOURCE_POLICY, {STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"a kind of post over a position",
		{LATER(HOME, .position = "camat"), SE(OFFICE, .direct = 1)}, 2,
		{.unit = {10}, .position = "camat", .post = {{100}}, .posts = 1}, THURSDAY_13,
		MODE_OFFICE, SOURCE_POLICY, {STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"the post itself over its kind", {LATER(HOME, .direct = 1), SE(OFFICE, .post = 100)}, 2,
		{.unit = {10}, .post = {{101}, {100}}, .posts = 2}, THURSDAY_13, MODE_OFFICE,
		SOURCE_POLICY, {STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"a post that does not serve face to face", {SE(OFFICE, .direct = 1), SE(HOME)}, 2,
		{.unit = {10}, .post = {{101}}, .posts = 1}, THURSDAY_13, MODE_HOME, SOURCE_POLICY,
		{NO_STEP, STEP_APPLIES}},
	{"a post that was closed", {SE(OFFICE, .direct = 1), SE(HOME)}, 2,
		{.unit = {10}, .post = {{102}}, .posts = 1}, THURSDAY_13, MODE_HOME, SOURCE_POLICY,
		{NO_STEP, STEP_APPLIES}},
	{"two parts name more than one",
		{LATER(HOME, .level1 = IS(ADMINISTRATOR)),
			SE(OFFICE, .level1 = IS(ADMINISTRATOR), .unit = 10)},
		2, {.unit = {20}, .level = ADMINISTRATOR}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"equal scope: the higher rank",
		{LATER(HOME), {.rank = RANK_PERKADA, .issued = "2024-01-01", OFFICE}}, 2,
		{AGENCY_10}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_LOWER_RANK, STEP_APPLIES}},
	{"equal scope and rank: the later circular replaces", {SE(HOME), LATER(OFFICE)}, 2,
		{AGENCY_10}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY, {STEP_OLDER, STEP_APPLIES}},
	{"the same, entered the other way round", {LATER(OFFICE), SE(HOME)}, 2, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_POLICY, {STEP_APPLIES, STEP_OLDER}},
	{"one circular, two phases: the later phase",
		{SE(HOME, .from = "2025-11-01"), SE(OFFICE, .from = "2025-11-10")}, 2, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_POLICY, {STEP_OLDER, STEP_APPLIES}},
	{"another weekday", {SE(HOME, .weekdays = WEEKDAY_BIT(FRIDAY))}, 1, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_DEFAULT, {STEP_NOT_THIS_DAY}},
	{"the day before the first", {SE(HOME, .from = "2025-11-14")}, 1, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_DEFAULT, {NO_STEP}},
	{"the first day", {SE(HOME, .from = THURSDAY_13)}, 1, {AGENCY_10}, THURSDAY_13, MODE_HOME,
		SOURCE_POLICY, {STEP_APPLIES}},
	{"the last day", {SE(HOME, .to = THURSDAY_13)}, 1, {AGENCY_10}, THURSDAY_13, MODE_HOME,
		SOURCE_POLICY, {STEP_APPLIES}},
	{"the day after the last", {SE(HOME, .to = "2025-11-12")}, 1, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_DEFAULT, {NO_STEP}},
	{"exempt at the same level", {SE(HOME), SE(EXEMPT)}, 2, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_EXEMPT, {STEP_OVERRULED_BY_EXEMPT, STEP_APPLIES}},
	{"exempt at the same level, by a lower rank",
		{{.rank = RANK_PERMEN, .issued = "2025-10-22", HOME}, SE(EXEMPT)}, 2, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_EXEMPT, {STEP_OVERRULED_BY_EXEMPT, STEP_APPLIES}},
	{"exempt more narrowly", {LATER(HOME, .unit = 10), SE(EXEMPT, .level1 = IS(JPT_PRATAMA))},
		2, {.unit = {10}, .level = JPT_PRATAMA}, THURSDAY_13, MODE_OFFICE, SOURCE_EXEMPT,
		{STEP_OVERRULED_BY_EXEMPT, STEP_APPLIES}},
	{"exempt less narrowly: an agency speaks for its own",
		{SE(HOME, .unit = 10), LATER(EXEMPT, .character1 = IS(CHARACTER_SERVICE))}, 2,
		{UNIT_20}, THURSDAY_13, MODE_HOME, SOURCE_POLICY,
		{STEP_APPLIES, STEP_LESS_SPECIFIC}},
	{"two exemptions: the narrower is named",
		{SE(HOME), SE(EXEMPT), SE(EXEMPT, .level1 = IS(PELAKSANA))}, 3, {AGENCY_10},
		THURSDAY_13, MODE_OFFICE, SOURCE_EXEMPT,
		{STEP_OVERRULED_BY_EXEMPT, STEP_LESS_SPECIFIC, STEP_APPLIES}},
	{"nothing to exempt from", {SE(OFFICE), SE(EXEMPT)}, 2, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_POLICY, {STEP_APPLIES, STEP_NOT_THIS_DAY}},
	{"no rule about the mode to exempt from", {SE(EXEMPT)}, 1, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_DEFAULT, {STEP_NOT_THIS_DAY}},
	{"roster decides: the office without one", {SE(BY_ROSTER)}, 1, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_POLICY, {STEP_APPLIES}},
	{"roster decides: home", {SE(BY_ROSTER)}, 1, {AGENCY_10, .letter = 'R'}, THURSDAY_13,
		MODE_HOME, SOURCE_ROSTER, {STEP_APPLIES}},
	{"roster decides: office", {SE(BY_ROSTER)}, 1, {AGENCY_10, .letter = 'K'}, THURSDAY_13,
		MODE_OFFICE, SOURCE_ROSTER, {STEP_APPLIES}},
	{"a roster cannot give what the rule does not", {SE(BY_ROSTER)}, 1,
		{AGENCY_10, .letter = 'A'}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_APPLIES}},
	{"a note of leave in a roster is no leave", {SE(BY_ROSTER)}, 1, {AGENCY_10, .letter = 'C'},
		THURSDAY_13, MODE_OFFICE, SOURCE_POLICY, {STEP_APPLIES}},
	{"no rule: a letter has no ground", {{0}}, 0, {AGENCY_10, .letter = 'R'}, THURSDAY_13,
		MODE_OFFICE, SOURCE_DEFAULT, {0}},
	{"a rule for the office: a letter does not help", {SE(OFFICE)}, 1,
		{AGENCY_10, .letter = 'R'}, THURSDAY_13, MODE_OFFICE, SOURCE_POLICY,
		{STEP_APPLIES}},
	{"service first: a roster may call to the office", {SE(HOME)}, 1,
		{AGENCY_10, .letter = 'K'}, THURSDAY_13, MODE_OFFICE, SOURCE_ROSTER,
		{STEP_OVERRULED_BY_ROSTER}},
	{"the roster says what the rule says", {SE(HOME)}, 1, {AGENCY_10, .letter = 'R'},
		THURSDAY_13, MODE_HOME, SOURCE_POLICY, {STEP_APPLIES}},
	{"exempt: a letter does not help", {SE(BY_ROSTER), SE(EXEMPT)}, 2,
		{AGENCY_10, .letter = 'R'}, THURSDAY_13, MODE_OFFICE, SOURCE_EXEMPT,
		{STEP_OVERRULED_BY_EXEMPT, STEP_APPLIES}},
	{"by order: the office without one", {SE(BY_ORDER)}, 1, {AGENCY_10}, THURSDAY_13,
		MODE_OFFICE, SOURCE_POLICY, {STEP_APPLIES}},
	{"by order: home with one", {SE(BY_ORDER)}, 1, {AGENCY_10, .letter = 'R'}, THURSDAY_13,
		MODE_HOME, SOURCE_ROSTER, {STEP_APPLIES}},
	{"leave overrules", {SE(HOME), SE(EXEMPT)}, 2, {AGENCY_10, .status = STATUS_SICK_LEAVE},
		THURSDAY_13, MODE_LEAVE, SOURCE_STATUS,
		{STEP_OVERRULED_BY_STATUS, STEP_OVERRULED_BY_STATUS}},
	{"outside duty overrules", {SE(HOME)}, 1,
		{AGENCY_10, .status = STATUS_OUTSIDE_DUTY, .letter = 'R'}, THURSDAY_13,
		MODE_OUTSIDE_DUTY, SOURCE_STATUS, {STEP_OVERRULED_BY_STATUS}},
	{"no work on a Saturday", {SE(HOME)}, 1, {AGENCY_10}, "2025-11-15", MODE_OFF,
		SOURCE_CALENDAR, {STEP_NOT_THIS_DAY}},
	{"leave does not run on a holiday", {SE(HOME)}, 1,
		{AGENCY_10, .status = STATUS_ANNUAL_LEAVE}, "2025-12-25", MODE_OFF, SOURCE_CALENDAR,
		{STEP_NOT_THIS_DAY}},
};

/* The rules of a case as a book; each has an instrument of its own. */
struct small_book {
	struct instrument instrument[RULES_MAX];
	struct rule rule[RULES_MAX];
	struct policy_book book;
};

static struct rule make_rule(const struct given *g, int index)
{
	struct rule r = policy_rule_of(g->kind);
	r.id = index + 1;
	r.instrument = index;
	r.mode = g->mode1 - 1;
	r.unit.v = g->unit;
	r.character = g->character1 - 1;
	r.level = g->level1 - 1;
	r.position = g->position ? g->position : "";
	r.post_match = g->post ? POST_THIS : g->direct ? POST_DIRECT : POST_ANY;
	r.post.v = g->post;
	r.weekdays = g->weekdays ? g->weekdays : 127;
	r.valid_from = g->from ? day(g->from) : day("2025-01-01");
	r.valid_to = g->to ? day(g->to) : DAY_FOREVER;
	return r;
}

static void make_book(
	struct small_book *b, const struct calendar *calendar, const struct given *given, int count)
{
	*b = (struct small_book){.book = {.tree = &tree,
					 .calendar = calendar,
					 .instrument = b->instrument,
					 .rule = b->rule,
					 .instruments = count,
					 .rules = count}};
	for (int i = 0; i < count; i++) {
		b->instrument[i] = (struct instrument){.id = {i + 1},
			.rank = given[i].rank,
			.number = "",
			.issued = day(given[i].issued),
			.unit = {given[i].scope}};
		b->rule[i] = make_rule(&given[i], i);
	}
}

static int find_step(const struct policy_step *step, int steps, int rule)
{
	for (int i = 0; i < steps; i++) {
		if (step[i].rule == rule)
			return (int)step[i].result;
	}
	return NO_STEP;
}

static void check_steps(const struct precedence *c, const struct policy_book *book,
	const struct person_day *who, const struct day_ruling *ruling)
{
	struct policy_step step[STEPS_MAX];
	int steps = policy_explain_day(book, who, ruling, step, STEPS_MAX);
	for (int i = 0; i < c->rules; i++) {
		int result = find_step(step, steps, i);
		if (result != c->step[i])
			fail_msg("%s: rule %d is %s", c->article, i,
				result < 0 ? "not listed" : step_result_names[result]);
	}
}

static void test_precedence(void **state)
{
	(void)state;
	struct test_store s;
	const struct calendar *calendar;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	set_up_calendar(&s);
	assert_int_equal(calendar_load(&s.tx, &s.arena, &calendar), OK);
	for (int i = 0; i < COUNT_OF(precedences); i++) {
		const struct precedence *c = &precedences[i];
		struct small_book b;
		struct day_ruling ruling;
		struct person_day who = c->who;
		who.day = day(c->day);
		who.position = who.position ? who.position : "";
		make_book(&b, calendar, c->rule, c->rules);
		policy_decide_day(&b.book, &who, &ruling);
		if (ruling.mode != c->mode || ruling.source != c->source)
			fail_msg("%s: %s by %s", c->article, work_mode_names[ruling.mode],
				mode_source_names[ruling.source]);
		check_steps(c, &b.book, &who, &ruling);
	}
	test_store_close(&s);
}

/* Steps come with what beats first, and no more than asked for. */
static void test_steps_are_ordered(void **state)
{
	(void)state;
	static const struct given given[] = {SE(.kind = RULE_REPORT), SE(HOME),
		SE(EXEMPT, .level1 = IS(PELAKSANA)), LATER(HOME)};
	static const int order[] = {2, 3, 1, 0};
	struct test_store s;
	struct small_book b;
	struct day_ruling ruling;
	struct policy_step step[STEPS_MAX];
	const struct calendar *calendar;
	struct person_day who = {AGENCY_10, .day = day(THURSDAY_13), .position = ""};
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	set_up_calendar(&s);
	assert_int_equal(calendar_load(&s.tx, &s.arena, &calendar), OK);
	make_book(&b, calendar, given, COUNT_OF(given));
	b.rule[0].duty = DUTY_DAILY;
	policy_decide_day(&b.book, &who, &ruling);
	assert_int_equal(policy_explain_day(&b.book, &who, &ruling, step, STEPS_MAX), 4);
	for (int i = 0; i < COUNT_OF(order); i++)
		assert_int_equal(step[i].rule, order[i]);
	assert_int_equal(policy_explain_day(&b.book, &who, &ruling, step, 2), 2);
	assert_int_equal(step[0].rule, 2);
	assert_int_equal(step[1].rule, 3);
	test_store_close(&s);
}

/* ---- what a rule must say
 * ------------------------------------------------------------------------ */

static void test_rule_check(void **state)
{
	(void)state;
	struct rule r = policy_rule_of(RULE_MODE);
	assert_string_equal(policy_check_rule(&r), "mode");
	r.mode = MODE_LEAVE;
	assert_string_equal(policy_check_rule(&r), "mode");
	r.mode = MODE_HOME;
	assert_null(policy_check_rule(&r));
	r.duty = DUTY_DAILY;
	assert_string_equal(policy_check_rule(&r), "duty");

	r = policy_rule_of(RULE_ROSTER);
	r.mode = MODE_HOME;
	assert_null(policy_check_rule(&r)); /* a roster without a share */
	r.bound = BOUND_AT_MOST;
	assert_string_equal(policy_check_rule(&r), "percent");
	r.percent = 50;
	assert_string_equal(policy_check_rule(&r), "base"); /* a share names its base */
	r.base = BASE_ALL;
	assert_string_equal(policy_check_rule(&r), "share_level");
	r.share_level = LEVEL_AGENCY;
	assert_null(policy_check_rule(&r));
	r.percent = 101;
	assert_string_equal(policy_check_rule(&r), "percent");

	r = policy_rule_of(RULE_WINDOW);
	r.window_kind = WINDOW_CHECK;
	r.opens = 480;
	assert_string_equal(policy_check_rule(&r), "closes");
	r.closes = 480;
	assert_string_equal(policy_check_rule(&r), "closes");
	r.closes = 510;
	assert_null(policy_check_rule(&r));

	r = policy_rule_of(RULE_EXEMPT);
	assert_null(policy_check_rule(&r));
	r.post_match = POST_THIS;
	assert_string_equal(policy_check_rule(&r), "post");
	r = policy_rule_of(RULE_EXEMPT);
	r.weekdays = 0;
	assert_string_equal(policy_check_rule(&r), "weekdays");
}

/* ---- the circulars
 * ------------------------------------------------------------------------------- */

/* People of a fictional government, by the unit they belong to and what they are. */
static const struct {
	const char *code;
	enum unit_character character;
} seeded_units[] = {
	{"BAPPEDA", CHARACTER_OFFICE},
	{"SETDA", CHARACTER_SECRETARIAT},
	{"DISDUKCAPIL", CHARACTER_SERVICE},
	{"BPBD", CHARACTER_FIELD},
	{"SATPOLPP", CHARACTER_FIELD},
	{"DISHUB", CHARACTER_OFFICE},
	{"DINKES", CHARACTER_OFFICE},
	{"DAMKAR", CHARACTER_FIELD},
};

enum somebody {
	PLANNER,
	SECRETARY,
	REGISTRAR,
	CLERK,
	HEAD,
	MANAGER,
	CAMAT,
	RESCUER,
	HEALTH_PLANNER
};
static const struct {
	const char *name, *unit;
	enum position_level level;
	const char *position;
	bool at_counter;
} people[] = {
	[PLANNER] = {"planner", "BAPPEDA", FUNGSIONAL, "", false},
	[SECRETARY] = {"secretary", "SETDA", PELAKSANA, "", false},
	[REGISTRAR] = {"registrar", "DISDUKCAPIL", PELAKSANA, "", false},
	[CLERK] = {"clerk at a counter", "BAPPEDA", PELAKSANA, "", true},
	[HEAD] = {"head of agency", "BAPPEDA", JPT_PRATAMA, "", false},
	[MANAGER] = {"administrator", "BAPPEDA", ADMINISTRATOR, "", false},
	[CAMAT] = {"camat", "SETDA", PENGAWAS, "camat", false},
	[RESCUER] = {"rescuer", "BPBD", PELAKSANA, "", false},
	[HEALTH_PLANNER] = {"health planner", "DINKES", FUNGSIONAL, "", false},
};

struct seeded_day {
	const char *article, *instrument;
	enum government_kind kind;
	const char *day;
	enum somebody who;
	char letter;
	enum work_mode mode;
	enum mode_source source;
	enum report_duty duty;
};

#define JABAR GOVERNMENT_PROVINCE
static const struct seeded_day seeded_days[] = {
	{"SE 150 phase I: Thursday home", "jabar-150-1", JABAR, "2025-11-13", PLANNER, 0, MODE_HOME,
		SOURCE_POLICY, DUTY_DAILY},
	{"direct service unit exempt", "jabar-150-1", JABAR, "2025-11-13", REGISTRAR, 0,
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"direct service post exempt", "jabar-150-1", JABAR, "2025-11-13", CLERK, 0, MODE_OFFICE,
		SOURCE_EXEMPT, DUTY_NONE},
	{"leaders are not exempt in the trial", "jabar-150-1", JABAR, "2025-11-13", HEAD, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_DAILY},
	{"Friday in the office, with a report", "jabar-150-1", JABAR, "2025-11-14", PLANNER, 0,
		MODE_OFFICE, SOURCE_DEFAULT, DUTY_DAILY},
	{"phase I begins on 1 November", "jabar-150-1", JABAR, "2025-10-30", PLANNER, 0,
		MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"and ends on 30 November", "jabar-150-1", JABAR, "2025-12-04", PLANNER, 0, MODE_OFFICE,
		SOURCE_DEFAULT, DUTY_NONE},
	{"phase II: office without a roster", "jabar-150-2", JABAR, "2025-12-04", PLANNER, 0,
		MODE_OFFICE, SOURCE_POLICY, DUTY_DAILY},
	{"phase II: home by roster", "jabar-150-2", JABAR, "2025-12-04", PLANNER, 'R', MODE_HOME,
		SOURCE_ROSTER, DUTY_DAILY},
	{"phase II: exempt whatever the roster", "jabar-150-2", JABAR, "2025-12-04", REGISTRAR, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Christmas", "jabar-150-2", JABAR, "2025-12-25", PLANNER, 'R', MODE_OFF, SOURCE_CALENDAR,
		DUTY_NONE},
	{"SE 188: Thursday home", "jabar-188", JABAR, "2026-01-08", PLANNER, 0, MODE_HOME,
		SOURCE_POLICY, DUTY_DAILY},
	{"SE 188: Friday office unless asked", "jabar-188", JABAR, "2026-01-09", PLANNER, 0,
		MODE_OFFICE, SOURCE_POLICY, DUTY_DAILY},
	{"SE 188: Friday on request", "jabar-188", JABAR, "2026-01-09", PLANNER, 'R', MODE_HOME,
		SOURCE_ROSTER, DUTY_DAILY},
	{"Ramadan: Thursday home", "jabar-188", JABAR, "2026-02-26", PLANNER, 0, MODE_HOME,
		SOURCE_POLICY, DUTY_DAILY},
	{"national: Friday 10 April home", "nasional-3-2026", JABAR, "2026-04-10", PLANNER, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"national: the first Friday is a holiday", "nasional-3-2026", JABAR, "2026-04-03", PLANNER,
		0, MODE_OFF, SOURCE_CALENDAR, DUTY_NONE},
	{"national: Thursday in the office", "nasional-3-2026", JABAR, "2026-04-09", PLANNER, 0,
		MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"national: JPT exempt", "nasional-3-2026", JABAR, "2026-04-10", HEAD, 0, MODE_OFFICE,
		SOURCE_EXEMPT, DUTY_NONE},
	{"national: echelon III not exempt in a province", "nasional-3-2026", JABAR, "2026-04-10",
		MANAGER, 0, MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"national: echelon III exempt in a regency", "nasional-3-2026", GOVERNMENT_REGENCY,
		"2026-04-10", MANAGER, 0, MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"national: camat exempt in a city", "nasional-3-2026", GOVERNMENT_CITY, "2026-04-10",
		CAMAT, 0, MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Cimahi: Friday by roster", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", PLANNER, 'R',
		MODE_HOME, SOURCE_ROSTER, DUTY_NONE},
	{"Cimahi: echelon III exempt", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", MANAGER, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Cimahi: camat exempt", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", CAMAT, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"Cimahi: counter exempt", "cimahi-2026", GOVERNMENT_CITY, "2026-04-10", CLERK, 'R',
		MODE_OFFICE, SOURCE_EXEMPT, DUTY_NONE},
	{"DKI: administrative staff by roster", "dki-2026", GOVERNMENT_PROVINCE, "2026-04-10",
		PLANNER, 'R', MODE_HOME, SOURCE_ROSTER, DUTY_NONE},
	{"DKI: BPBD in the office", "dki-2026", GOVERNMENT_PROVINCE, "2026-04-10", RESCUER, 'R',
		MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"DKI: Dinkes in the office, its planners too", "dki-2026", GOVERNMENT_PROVINCE,
		"2026-04-10", HEALTH_PLANNER, 'R', MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"DKI: service units are not administrative", "dki-2026", GOVERNMENT_PROVINCE, "2026-04-10",
		REGISTRAR, 'R', MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"Jatim: Wednesday home", "jatim-2026", GOVERNMENT_PROVINCE, "2026-04-08", PLANNER, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"Jatim: Thursday in the office", "jatim-2026", GOVERNMENT_PROVINCE, "2026-04-09", PLANNER,
		0, MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"Kota Bogor: Friday home", "kota-bogor-2026", GOVERNMENT_CITY, "2026-04-10", PLANNER, 0,
		MODE_HOME, SOURCE_POLICY, DUTY_NONE},
	{"Kab. Bekasi flood: office without an order", "kab-bekasi-2026", GOVERNMENT_REGENCY,
		"2026-01-29", PLANNER, 0, MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"Kab. Bekasi flood: home by order", "kab-bekasi-2026", GOVERNMENT_REGENCY, "2026-01-29",
		PLANNER, 'R', MODE_HOME, SOURCE_ROSTER, DUTY_NONE},
	{"Kota Bekasi: a study is no rule", "kota-bekasi-2025", GOVERNMENT_CITY, "2025-11-13",
		PLANNER, 'R', MODE_OFFICE, SOURCE_DEFAULT, DUTY_NONE},
	{"Kab. Cirebon: never home", "kab-cirebon-2025", GOVERNMENT_REGENCY, "2025-11-13", PLANNER,
		'R', MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
	{"Pesisir Barat: approval first", "pesisir-barat-2025", GOVERNMENT_REGENCY, "2025-11-13",
		PLANNER, 0, MODE_OFFICE, SOURCE_POLICY, DUTY_DAILY},
	{"Pesisir Barat: anywhere when approved", "pesisir-barat-2025", GOVERNMENT_REGENCY,
		"2025-11-13", PLANNER, 'A', MODE_ANYWHERE, SOURCE_ROSTER, DUTY_DAILY},
	{"Pesisir Barat: home is within anywhere", "pesisir-barat-2025", GOVERNMENT_REGENCY,
		"2025-11-13", PLANNER, 'R', MODE_HOME, SOURCE_ROSTER, DUTY_DAILY},
	{"Pesisir Barat: direct service stays, and reports", "pesisir-barat-2025",
		GOVERNMENT_REGENCY, "2025-11-13", REGISTRAR, 'A', MODE_OFFICE, SOURCE_EXEMPT,
		DUTY_DAILY},
	{"Cimahi 2019: not ready", "cimahi-2019", GOVERNMENT_CITY, "2025-11-13", PLANNER, 'R',
		MODE_OFFICE, SOURCE_POLICY, DUTY_NONE},
};

/* A file of the repository; tests run in its root. */
static struct bytes read_data(struct arena *arena, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("cannot read %s", path);
	char *p = arena_alloc(arena, 1 << 18);
	size_t n = fread(p, 1, 1 << 18, f);
	fclose(f);
	assert_true(n > 0 && n < 1 << 18);
	return (struct bytes){(const uint8_t *)p, n};
}

struct seeded {
	struct test_store store;
	const struct policy_book *book;
	struct post_id counter;
	int added;
};

static void set_up_government(struct test_store *s, enum government_kind kind)
{
	const struct government g = {.id = {8},
		.code = "contoh",
		.name = "Pemerintah Contoh",
		.short_name = "Contoh",
		.kind = kind,
		.zone = ZONE_WIB,
		.board_label = "BKPSDM",
		.agency_label = "OPD",
		.head_label = "Kepala daerah"};
	s->tx.government = g.id;
	assert_int_equal(platform_add_government(&s->tx, &g), OK);
	set_up_calendar(s);
	for (int i = 0; i < COUNT_OF(seeded_units); i++) {
		struct unit_id id;
		const struct org_unit row = {.code = seeded_units[i].code,
			.name = seeded_units[i].code,
			.kind = UNIT_AGENCY,
			.character = seeded_units[i].character,
			.valid_from = 0,
			.valid_to = DAY_FOREVER};
		assert_int_equal(org_add_unit(&s->tx, &row, &id), OK);
	}
}

static void add_counter(struct seeded *f)
{
	const struct org_tree *t;
	assert_int_equal(org_touch_generation(&f->store.tx), OK);
	assert_int_equal(org_load_tree(&f->store.tx, &t), OK);
	const struct org_post row = {.unit = org_find_unit_by_code(t, "BAPPEDA", 0)->id,
		.code = "LOKET-1",
		.name = "Loket 1",
		.is_direct = true,
		.valid_to = DAY_FOREVER};
	assert_int_equal(org_add_post(&f->store.tx, &row, "", NULL, 0, &f->counter), OK);
	assert_int_equal(org_touch_generation(&f->store.tx), OK);
}

static void seed(struct seeded *f, const char *choose)
{
	const char *fault = "";
	enum err e = policy_seed(&f->store.tx, read_data(&f->store.arena, "data/instruments.csv"),
		read_data(&f->store.arena, "data/rules.csv"), choose, &f->added, &fault);
	if (e)
		fail_msg("%s: %s", choose, fault ? fault : err_code(e));
	assert_int_equal(policy_load_book(&f->store.tx, &f->book), OK);
}

static void set_up_seeded(struct seeded *f, enum government_kind kind, const char *choose)
{
	test_store_open(&f->store, slices, COUNT_OF(slices), NOW);
	set_up_government(&f->store, kind);
	add_counter(f);
	seed(f, choose);
}

static struct person_day somebody(
	const struct seeded *f, enum somebody who, const char *on, char letter)
{
	struct person_day facts = {.day = day(on),
		.unit = org_find_unit_by_code(f->book->tree, people[who].unit, day(on))->id,
		.level = people[who].level,
		.position = people[who].position,
		.letter = letter,
		.posts = people[who].at_counter};
	facts.post[0] = f->counter;
	return facts;
}

static struct day_ruling rule_on(
	const struct seeded *f, enum somebody who, const char *on, char letter)
{
	struct person_day facts = somebody(f, who, on, letter);
	struct day_ruling ruling;
	policy_decide_day(f->book, &facts, &ruling);
	return ruling;
}

static void test_circulars(void **state)
{
	(void)state;
	const struct seeded_day *before = NULL;
	struct seeded f;
	for (int i = 0; i < COUNT_OF(seeded_days); before = &seeded_days[i++]) {
		const struct seeded_day *c = &seeded_days[i];
		bool is_same = before && before->kind == c->kind &&
			       str_eq(before->instrument, c->instrument);
		if (before && !is_same)
			test_store_close(&f.store);
		if (!is_same)
			set_up_seeded(&f, c->kind, c->instrument);
		assert_int_equal(f.added, 1);
		struct day_ruling r = rule_on(&f, c->who, c->day, c->letter);
		if (r.mode != c->mode || r.source != c->source || r.duty != c->duty)
			fail_msg("%s, %s: %s by %s, report %s", c->article, people[c->who].name,
				work_mode_names[r.mode], mode_source_names[r.source],
				report_duty_names[r.duty]);
	}
	test_store_close(&f.store);
}

/* Each of the thirteen rows is asked about at least one day above; none was left out. */
static void test_every_row_is_asked(void **state)
{
	(void)state;
	static const char *const codes[] = {"jabar-150-1", "jabar-150-2", "jabar-188",
		"nasional-3-2026", "cimahi-2026", "dki-2026", "jatim-2026", "kota-bogor-2026",
		"kab-bekasi-2026", "kota-bekasi-2025", "kab-cirebon-2025", "pesisir-barat-2025",
		"cimahi-2019"};
	assert_int_equal(COUNT_OF(codes), 13);
	for (int i = 0; i < COUNT_OF(codes); i++) {
		bool is_asked = false;
		for (int j = 0; j < COUNT_OF(seeded_days); j++)
			is_asked |= str_eq(codes[i], seeded_days[j].instrument);
		if (!is_asked)
			fail_msg("%s is not asked", codes[i]);
	}
}

/* Phase II: at most 50 percent of each agency, of all its staff. */
static void test_share_of_phase_two(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-2");
	struct day_ruling r = rule_on(&f, PLANNER, "2025-12-04", 0);
	assert_true(r.roster_decides && r.share_rule >= 0);
	const struct rule *share = &f.book->rule[r.share_rule];
	assert_int_equal(share->bound, BOUND_AT_MOST);
	assert_int_equal(share->percent, 50);
	assert_int_equal(share->base, BASE_ALL);
	assert_int_equal(share->share_level, LEVEL_AGENCY);
	test_store_close(&f.store);

	set_up_seeded(&f, GOVERNMENT_CITY, "cimahi-2026");
	r = rule_on(&f, PLANNER, "2026-04-10", 0);
	assert_true(r.share_rule >= 0);
	assert_int_equal(f.book->rule[r.share_rule].percent, 75);
	test_store_close(&f.store);
}

/* Office: the sites. Home: anywhere in Jawa Barat, at home in Bogor and DKI. Outside duty, leave:
 * nowhere. */
static void test_place_and_windows(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-13", 0).place, PLACE_ANYWHERE);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-14", 0).place, PLACE_SITE);
	struct person_day away = somebody(&f, PLANNER, "2025-11-13", 0);
	struct day_ruling r;
	away.status = STATUS_OUTSIDE_DUTY;
	policy_decide_day(f.book, &away, &r);
	assert_int_equal(r.place, PLACE_NONE);
	assert_int_equal(r.duty, DUTY_NONE);
	assert_int_not_equal(r.shift.starts, MINUTE_OFF);
	away.status = STATUS_ANNUAL_LEAVE;
	policy_decide_day(f.book, &away, &r);
	assert_int_equal(r.place, PLACE_NONE);
	assert_int_equal(r.shift.starts, MINUTE_OFF);
	test_store_close(&f.store);

	set_up_seeded(&f, GOVERNMENT_CITY, "kota-bogor-2026");
	r = rule_on(&f, PLANNER, "2026-04-10", 0);
	assert_int_equal(r.place, PLACE_HOME);
	assert_int_equal(r.windows, 3);
	for (int i = 0; i < r.windows; i++)
		assert_int_equal(r.window[i].kind, WINDOW_CHECK);
	assert_int_equal(r.window[1].opens, 12 * 60);
	assert_int_equal(rule_on(&f, PLANNER, "2026-04-09", 0).windows, 0); /* only at home */
	test_store_close(&f.store);

	set_up_seeded(&f, JABAR, "dki-2026");
	assert_int_equal(rule_on(&f, PLANNER, "2026-04-10", 'R').place, PLACE_HOME);
	test_store_close(&f.store);
}

/* Ramadan changes the hours, not the mode (Perpres 21/2023 art. 4(4)). */
static void test_ramadan_hours(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "jabar-188");
	struct day_ruling r = rule_on(&f, PLANNER, "2026-02-26", 0);
	assert_int_equal(r.mode, MODE_HOME);
	assert_int_equal(r.shift.starts, 8 * 60);
	assert_int_equal(r.shift_reason.regime, REGIME_RAMADAN);
	assert_int_equal(rule_on(&f, PLANNER, "2026-02-12", 0).shift.starts, 7 * 60 + 30);
	test_store_close(&f.store);
}

/* The demo's province: its own circulars and the national ones together. */
static void test_province_with_national_law(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "Nasional");
	assert_int_equal(f.added, 3);
	seed(&f, "Pemerintah Provinsi Jawa Barat");
	assert_int_equal(f.added, 3);

	struct day_ruling r = rule_on(&f, PLANNER, "2025-11-13", 0);
	assert_int_equal(r.mode, MODE_HOME);
	assert_true(r.cap_rule >= 0); /* PermenPANRB 4/2025 art. 13: two days a week */
	const struct rule *cap = &f.book->rule[r.cap_rule];
	assert_int_equal(cap->days_per_week, 2);
	assert_string_equal(f.book->instrument[cap->instrument].number, "PermenPANRB 4/2025");
	assert_string_not_equal(f.book->instrument[cap->instrument].verified_by, "");
	assert_int_equal(rule_on(&f, PLANNER, "2025-04-17", 0).cap_rule, -1); /* not yet in force */

	/* Jawa Barat keeps its Thursday and gets the national Friday. */
	assert_int_equal(rule_on(&f, PLANNER, "2026-04-09", 0).mode, MODE_HOME);
	r = rule_on(&f, PLANNER, "2026-04-10", 0);
	assert_int_equal(r.mode, MODE_HOME);
	assert_string_equal(
		f.book->instrument[f.book->rule[r.mode_rule].instrument].verified_by, "");
	assert_int_equal(rule_on(&f, HEAD, "2026-04-09", 0).mode, MODE_HOME);
	assert_int_equal(rule_on(&f, HEAD, "2026-04-10", 0).mode, MODE_OFFICE);
	test_store_close(&f.store);
}

static void test_seed_names_the_fault(void **state)
{
	(void)state;
	static const struct {
		const char *rules, *fault;
	} cases[] = {
		{"instrument,kind,mode\nx,mode,hom\n", "rules.csv line 2: mode"},
		{"instrument,kind\nx,wish\n", "rules.csv line 2: kind"},
		{"instrument,kind,mode,weekdays\nx,mode,home,thursday frday\n",
			"rules.csv line 2: weekdays"},
		{"instrument,kind,mode,unit\nx,mode,home,ATLANTIS\n", "rules.csv line 2: unit"},
		{"instrument,kind,post\nx,exempt,LOKET-9\n", "rules.csv line 2: post"},
		{"instrument,kind,opens,closes,window\nx,window,7.30,08:00,in\n",
			"rules.csv line 2: opens"},
		{"instrument,kind,mode\n\"x,mode,home\n", "rules.csv line 2: quote"},
	};
	const char *instruments =
		"code,government,rank,number,issued,title\nx,g,se,1,2025-01-01,t\n";
	struct seeded f;
	set_up_seeded(&f, JABAR, "perpres-21-2023");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const char *fault = NULL;
		int added;
		struct bytes table = {(const uint8_t *)instruments, strlen(instruments)};
		struct bytes rules = {(const uint8_t *)cases[i].rules, strlen(cases[i].rules)};
		assert_int_equal(
			policy_seed(&f.store.tx, table, rules, "x", &added, &fault), E_BAD_REQUEST);
		assert_string_equal(fault, cases[i].fault);
		assert_int_equal(added, 0);
	}
	test_store_close(&f.store);
}

/* ---- adding and ending
 * --------------------------------------------------------------------------- */

static int count_leaves(const struct test_store *s)
{
	int count;
	changes_leaves(s->tx.changes, &count);
	return count;
}

static struct change last_range(const struct test_store *s)
{
	int count;
	const struct change *change = changes_list(s->tx.changes, &count);
	struct change found = {0};
	for (int i = 0; i < count; i++) {
		if (change[i].kind == CHANGE_RANGE)
			found = change[i];
	}
	return found;
}

static void test_instrument_is_added_and_ended(void **state)
{
	(void)state;
	struct seeded f;
	struct instrument_id id;
	struct rule r = policy_rule_of(RULE_MODE);
	const struct instrument in = {.rank = RANK_SE,
		.number = "SE 1",
		.title = "WFH",
		.issued = day("2025-11-10"),
		.valid_from = day("2025-11-10"),
		.valid_to = DAY_FOREVER};
	set_up_seeded(&f, JABAR, "perpres-21-2023");
	test_store_project(&f.store);
	r.mode = MODE_HOME;
	assert_int_equal(policy_add_instrument(&f.store.tx, &in, &r, 1, &id), OK);
	assert_int_equal(count_leaves(&f.store), 1);
	struct change range = last_range(&f.store);
	assert_int_equal(range.a, day("2025-11-10"));
	assert_int_equal(range.day, day("2025-11-13")); /* not the days to come */
	assert_int_equal(policy_load_book(&f.store.tx, &f.book), OK);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-20", 0).mode, MODE_HOME);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-07", 0).mode, MODE_OFFICE);
	test_store_project(&f.store);

	assert_int_equal(policy_end_instrument(&f.store.tx, id, day("2025-11-12")), OK);
	assert_int_equal(count_leaves(&f.store), 1);
	assert_int_equal(last_range(&f.store).a, day("2025-11-13"));
	assert_int_equal(policy_load_book(&f.store.tx, &f.book), OK);
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-12", 0).mode, MODE_HOME); /* as it was */
	assert_int_equal(rule_on(&f, PLANNER, "2025-11-13", 0).mode, MODE_OFFICE);
	assert_int_equal(policy_end_instrument(&f.store.tx, id, day("2025-11-20")), E_CONFLICT);
	assert_int_equal(
		policy_end_instrument(&f.store.tx, (struct instrument_id){1}, day("2025-11-20")),
		E_NOT_FOUND);
	test_store_close(&f.store);
}

/* A law of 2023 entered today reaches back no further than anybody may. */
static void test_old_law_marks_few_days(void **state)
{
	(void)state;
	struct seeded f;
	set_up_seeded(&f, JABAR, "permenpanrb-4-2025");
	assert_int_equal(last_range(&f.store).a, day("2025-11-13") - POLICY_REACH_DAYS);
	test_store_close(&f.store);
}

static void test_book_is_cached_by_generation(void **state)
{
	(void)state;
	struct seeded f;
	const struct policy_book *again;
	set_up_seeded(&f, JABAR, "jabar-150-1");
	assert_int_equal(policy_load_book(&f.store.tx, &again), OK);
	assert_ptr_equal(again, f.book);
	assert_int_equal(org_touch_generation(&f.store.tx), OK);
	assert_int_equal(policy_load_book(&f.store.tx, &again), OK);
	assert_ptr_not_equal(again, f.book);
	assert_int_equal(again->rules, f.book->rules);
	assert_false(again->any_crosses_midnight);
	test_store_close(&f.store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_precedence),
		cmocka_unit_test(test_steps_are_ordered),
		cmocka_unit_test(test_rule_check),
		cmocka_unit_test(test_circulars),
		cmocka_unit_test(test_every_row_is_asked),
		cmocka_unit_test(test_share_of_phase_two),
		cmocka_unit_test(test_place_and_windows),
		cmocka_unit_test(test_ramadan_hours),
		cmocka_unit_test(test_province_with_national_law),
		cmocka_unit_test(test_seed_names_the_fault),
		cmocka_unit_test(test_instrument_is_added_and_ended),
		cmocka_unit_test(test_old_law_marks_few_days),
		cmocka_unit_test(test_book_is_cached_by_generation),
	};
	return TEST_STORE_RUN(tests);
}
