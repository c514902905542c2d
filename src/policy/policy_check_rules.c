/*
 * What a rule must say to be a rule: each kind has its own fields, and no others.
 *
 * A share without its base and level, or a window without an end, is the kind of circular that two
 * offices read in two ways; it is refused where it is entered. Whether a rule is wise is not
 * judged.
 */
#include "policy/policy_int.h"

struct rule policy_rule_of(enum rule_kind kind)
{
	return (struct rule){.kind = kind,
		.article = "",
		.weekdays = 127,
		.character = -1,
		.level = -1,
		.position = "",
		.for_mode = -1,
		.mode = -1,
		.bound = -1,
		.percent = -1,
		.base = -1,
		.share_level = -1,
		.days_per_week = -1,
		.duty = -1,
		.place = -1,
		.window_kind = -1,
		.opens = -1,
		.closes = -1,
		.words = ""};
}

/* What a rule of each kind must say (need), and what else it may (may). */
enum said {
	SAID_MODE = 1,
	SAID_SHARE = 2, /* bound, percent, base and level together */
	SAID_DAYS = 4,
	SAID_DUTY = 8,
	SAID_PLACE = 16,
	SAID_WINDOW = 32, /* kind, opens and closes together */
	SAID_FOR_MODE = 64,
	SAID_DUE = 128, /* closes without a window */
};

static const struct {
	int need, may;
} kind_says[RULE_KIND_COUNT] = {
	[RULE_MODE] = {SAID_MODE, 0},
	[RULE_ROSTER] = {SAID_MODE, SAID_SHARE},
	[RULE_BY_ORDER] = {SAID_MODE, 0},
	[RULE_EXEMPT] = {0, 0},
	[RULE_WEEKLY_CAP] = {SAID_DAYS, 0},
	[RULE_REPORT] = {SAID_DUTY, SAID_FOR_MODE},
	[RULE_PLACE] = {SAID_PLACE, SAID_FOR_MODE},
	[RULE_WINDOW] = {SAID_WINDOW, SAID_FOR_MODE},
	[RULE_PLAN] = {0, SAID_DUTY | SAID_DUE | SAID_FOR_MODE},
	[RULE_REPORT_MISSING] = {0, SAID_FOR_MODE},
};

static const struct {
	enum said said;
	const char *name;
} said_names[] = {
	{SAID_MODE, "mode"},
	{SAID_SHARE, "bound"},
	{SAID_DAYS, "days_per_week"},
	{SAID_DUTY, "duty"},
	{SAID_PLACE, "place"},
	{SAID_WINDOW, "window_kind"},
	{SAID_FOR_MODE, "for_mode"},
	{SAID_DUE, "closes"},
};

static int what_is_said(const struct rule *rule)
{
	return (rule->mode >= 0 ? SAID_MODE : 0) | (rule->bound >= 0 ? SAID_SHARE : 0) |
	       (rule->days_per_week >= 0 ? SAID_DAYS : 0) | (rule->duty >= 0 ? SAID_DUTY : 0) |
	       (rule->place >= 0 ? SAID_PLACE : 0) | (rule->window_kind >= 0 ? SAID_WINDOW : 0) |
	       (rule->for_mode >= 0 ? SAID_FOR_MODE : 0) |
	       (rule->closes >= 0 && rule->window_kind < 0 ? SAID_DUE : 0);
}

/* Fields that stand together: a share names its base and level, a window both its ends. */
static const char *check_groups(const struct rule *rule)
{
	if ((rule->percent >= 0) != (rule->bound >= 0) || rule->percent > 100)
		return "percent";
	if ((rule->base >= 0) != (rule->bound >= 0))
		return "base";
	if ((rule->share_level >= 0) != (rule->bound >= 0))
		return "share_level";
	if ((rule->opens >= 0) != (rule->window_kind >= 0))
		return "opens";
	if (rule->window_kind >= 0 && rule->closes <= rule->opens)
		return "closes";
	return NULL;
}

/* A plan is asked for until a minute of the day before, or, where a wider rule asks, not at all. */
static const char *check_plan(const struct rule *rule)
{
	if (rule->kind != RULE_PLAN)
		return NULL;
	if (rule->duty >= 0)
		return rule->duty != DUTY_NONE || rule->closes >= 0 ? "duty" : NULL;
	return rule->closes < 0 || rule->closes >= 1440 ? "closes" : NULL;
}

/* A report that is one tap says what it says, and what follows of a missing one is said in words;
 * nothing else is. */
static bool says_words(const struct rule *rule)
{
	bool needs = rule->kind == RULE_REPORT_MISSING ||
		     (rule->kind == RULE_REPORT && rule->duty == DUTY_DAILY_CONFIRM);

	return needs ? strlen(rule->words) >= 10 : !*rule->words;
}

const char *policy_check_rule(const struct rule *rule)
{
	int said = what_is_said(rule), need = kind_says[rule->kind].need;
	int may = need | kind_says[rule->kind].may;
	for (size_t i = 0; i < sizeof said_names / sizeof said_names[0]; i++) {
		int bit = (int)said_names[i].said;
		if (((need & bit) && !(said & bit)) || ((said & bit) && !(may & bit)))
			return said_names[i].name;
	}
	if (rule->weekdays < 1 || rule->weekdays > 127)
		return "weekdays";
	if (rule->mode > MODE_ANYWHERE || (rule->kind != RULE_MODE && rule->mode == MODE_OFFICE))
		return "mode";
	if ((rule->post_match == POST_THIS) != (rule->post.v != 0))
		return "post";
	if (!says_words(rule))
		return "words";
	const char *wrong = check_plan(rule);
	return wrong ? wrong : check_groups(rule);
}
