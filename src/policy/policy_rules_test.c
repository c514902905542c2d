/*
 * Which rule holds, and why not another, by tables; and what a rule must say to be one.
 *
 * PermenPANRB 4/2025 art. 8 (duty and person), 13 (weekly cap); Perpres 21/2023 art. 8 (location).
 */
#include "policy/policy_test_store.h"

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
#define NO_SHARE  (-1)

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
	b.rule[0].duty = DUTY_DAILY_ITEMS;
	policy_decide_day(&b.book, &who, &ruling);
	assert_int_equal(policy_explain_day(&b.book, &who, &ruling, step, STEPS_MAX), 4);
	for (int i = 0; i < COUNT_OF(order); i++)
		assert_int_equal(step[i].rule, order[i]);
	assert_int_equal(policy_explain_day(&b.book, &who, &ruling, step, 2), 2);
	assert_int_equal(step[0].rule, 2);
	assert_int_equal(step[1].rule, 3);
	test_store_close(&s);
}

/* ---- shares
 * -------------------------------------------------------------------------------------- */

/* Shares of different levels hold together; of one level the rule that beats the others of it, as
 * of the mode (PermenPANRB 4/2025 leaves the share to the head of the government). */
static const struct shares {
	const char *article;
	struct given rule[RULES_MAX];
	int level[RULES_MAX]; /* of its share; NO_SHARE: it says none */
	int rules;
	struct person_day who;
	int share[SHARE_LEVELS]; /* the rule that holds at the level; -1: none */
	int step[RULES_MAX];
} shares[] = {
	{"half of the agency", {SE(BY_ROSTER)}, {LEVEL_AGENCY}, 1, {UNIT_20}, {-1, 0, -1, -1},
		{STEP_APPLIES}},
	{"and six in ten of its unit", {SE(BY_ROSTER), LATER(BY_ROSTER, .unit = 20)},
		{LEVEL_AGENCY, LEVEL_UNIT}, 2, {UNIT_20}, {-1, 0, -1, 1},
		{STEP_APPLIES, STEP_APPLIES}},
	{"another unit keeps half of the agency", {SE(BY_ROSTER), LATER(BY_ROSTER, .unit = 20)},
		{LEVEL_AGENCY, LEVEL_UNIT}, 2, {AGENCY_10}, {-1, 0, -1, -1},
		{STEP_APPLIES, NO_STEP}},
	{"of one level the nearer", {SE(BY_ROSTER, .unit = 20), LATER(BY_ROSTER)},
		{LEVEL_AGENCY, LEVEL_AGENCY}, 2, {UNIT_20}, {-1, 0, -1, -1},
		{STEP_APPLIES, STEP_LESS_SPECIFIC}},
	{"of equals the later", {SE(BY_ROSTER), LATER(BY_ROSTER)}, {LEVEL_UNIT, LEVEL_UNIT}, 2,
		{UNIT_20}, {-1, -1, -1, 1}, {STEP_OLDER, STEP_APPLIES}},
	{"a rotation without a share keeps that of all",
		{SE(BY_ROSTER), LATER(BY_ROSTER, .unit = 20)}, {LEVEL_GOVERNMENT, NO_SHARE}, 2,
		{UNIT_20}, {0, -1, -1, -1}, {STEP_APPLIES, STEP_APPLIES}},
	{"a fixed day is no rotation", {SE(BY_ROSTER), LATER(HOME, .unit = 20)},
		{LEVEL_AGENCY, NO_SHARE}, 2, {UNIT_20}, {-1, -1, -1, -1},
		{STEP_LESS_SPECIFIC, STEP_APPLIES}},
};

static void set_share(struct rule *rule, int level)
{
	if (level == NO_SHARE)
		return;
	rule->bound = BOUND_AT_MOST;
	rule->percent = 50;
	rule->base = BASE_ALL;
	rule->share_level = level;
}

static void test_shares(void **state)
{
	(void)state;
	struct test_store s;
	const struct calendar *calendar;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	set_up_calendar(&s);
	assert_int_equal(calendar_load(&s.tx, &s.arena, &calendar), OK);
	for (int i = 0; i < COUNT_OF(shares); i++) {
		const struct shares *c = &shares[i];
		struct precedence steps = {.article = c->article, .rules = c->rules};
		struct small_book b;
		struct day_ruling ruling;
		struct person_day who = c->who;
		who.day = day(THURSDAY_13);
		who.position = "";
		make_book(&b, calendar, c->rule, c->rules);
		for (int k = 0; k < c->rules; k++)
			set_share(&b.rule[k], c->level[k]);
		policy_decide_day(&b.book, &who, &ruling);
		for (int level = 0; level < SHARE_LEVELS; level++)
			if (ruling.share_rule[level] != c->share[level])
				fail_msg("%s: rule %d at level %s", c->article,
					ruling.share_rule[level], share_level_names[level]);
		memcpy(steps.step, c->step, sizeof steps.step);
		check_steps(&steps, &b.book, &who, &ruling);
	}
	test_store_close(&s);
}

/* ---- what a rule must say
 * ------------------------------------------------------------------------ */

/* docs/WORK.md, "Duty": the last day of the week on which the duty is weekly owes its report. */
static void test_week_day(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		const char *week; /* W weekly, D daily, - none */
		int day;
	} cases[] = {
		{"five days of work", "WWWWW--", 4},
		{"six days of work", "WWWWWW-", 5},
		{"leave or a holiday on the Friday", "WWWW---", 3},
		{"leave in the middle", "W--WW--", 4},
		{"at home on Friday, where a daily one is owed", "WWWWD--", 3},
		{"one day of work", "--W----", 2},
		{"turns on the Sunday", "---W--W", 6},
		{"a week without work", "-------", -1},
		{"another duty all week", "DDDDD--", -1},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		enum report_duty duty[7];
		for (int d = 0; d < 7; d++)
			duty[d] = cases[i].week[d] == 'W'   ? DUTY_WEEKLY
				  : cases[i].week[d] == 'D' ? DUTY_DAILY_ITEMS
							    : DUTY_NONE;
		int found = policy_find_week_day(duty, 7);
		if (found != cases[i].day)
			fail_msg("%s: %d", cases[i].why, found);
	}
	assert_false(policy_owes_report(DUTY_WEEKLY));
	assert_true(policy_owes_report(DUTY_WEEKLY_DUE));
}

static void test_rule_check(void **state)
{
	(void)state;
	struct rule r = policy_rule_of(RULE_MODE);
	assert_string_equal(policy_check_rule(&r), "mode");
	r.mode = MODE_LEAVE;
	assert_string_equal(policy_check_rule(&r), "mode");
	r.mode = MODE_HOME;
	assert_null(policy_check_rule(&r));
	r.duty = DUTY_DAILY_ITEMS;
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

	r = policy_rule_of(RULE_REPORT);
	assert_string_equal(policy_check_rule(&r), "duty");
	r.duty = DUTY_DAILY_ITEMS;
	assert_null(policy_check_rule(&r));
	r.words = "Melaksanakan pembelajaran sesuai jadwal";
	assert_string_equal(policy_check_rule(&r), "words"); /* who writes says it himself */
	r.duty = DUTY_WEEKLY;
	assert_string_equal(policy_check_rule(&r), "words");
	r.duty = DUTY_DAILY_CONFIRM;
	assert_null(policy_check_rule(&r));
	r.words = "hadir";
	assert_string_equal(policy_check_rule(&r), "words"); /* one tap says what it says */
	r.words = "";
	assert_string_equal(policy_check_rule(&r), "words");

	r = policy_rule_of(RULE_WINDOW);
	r.window_kind = WINDOW_CHECK;
	r.opens = 480;
	assert_string_equal(policy_check_rule(&r), "closes");
	r.closes = 480;
	assert_string_equal(policy_check_rule(&r), "closes");
	r.closes = 510;
	assert_null(policy_check_rule(&r));

	r = policy_rule_of(RULE_PLAN);
	assert_string_equal(policy_check_rule(&r), "closes"); /* asked: until when */
	r.closes = 1440;
	assert_string_equal(policy_check_rule(&r), "closes"); /* of the day before */
	r.closes = 21 * 60;
	assert_null(policy_check_rule(&r));
	r.opens = 480;
	assert_string_equal(policy_check_rule(&r), "opens");
	r.opens = -1;
	r.duty = DUTY_NONE;
	assert_string_equal(policy_check_rule(&r), "duty"); /* asked, or not asked */
	r.closes = -1;
	assert_null(policy_check_rule(&r));
	r.duty = DUTY_DAILY_ITEMS;
	assert_string_equal(policy_check_rule(&r), "duty");
	r = policy_rule_of(RULE_REPORT_MISSING);
	assert_string_equal(policy_check_rule(&r), "words"); /* it is said in words alone */
	r.words = "Tambahan penghasilan hari itu tidak dibayarkan";
	assert_null(policy_check_rule(&r));
	r.for_mode = MODE_HOME;
	assert_null(policy_check_rule(&r));
	r.duty = DUTY_DAILY_ITEMS;
	assert_string_equal(policy_check_rule(&r), "duty");
	r = policy_rule_of(RULE_REPORT);
	r.duty = DUTY_DAILY_ITEMS;
	r.closes = 21 * 60;
	assert_string_equal(policy_check_rule(&r), "closes"); /* of a plan or a window alone */

	r = policy_rule_of(RULE_EXEMPT);
	assert_null(policy_check_rule(&r));
	r.post_match = POST_THIS;
	assert_string_equal(policy_check_rule(&r), "post");
	r = policy_rule_of(RULE_EXEMPT);
	r.weekdays = 0;
	assert_string_equal(policy_check_rule(&r), "weekdays");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_precedence),
		cmocka_unit_test(test_shares),
		cmocka_unit_test(test_steps_are_ordered),
		cmocka_unit_test(test_week_day),
		cmocka_unit_test(test_rule_check),
	};
	return TEST_STORE_RUN(tests);
}
