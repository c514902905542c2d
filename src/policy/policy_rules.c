/*
 * The law part of policy: which rule holds for a person on a day, and why the others do not.
 *
 * Read decide_mode from top to bottom: no work, then status, then the rule about the mode, then the
 * exemption from it, then the published roster. Duties, place and windows follow from the mode.
 * Which of two rules holds is policy_why_lost: the narrower one, else the higher in rank, else the
 * later one. PermenPANRB 4/2025 art. 8 (duty and person), 13 (weekly cap), 23 and 25 (who may);
 * Perpres 21/2023 art. 8 (location). Nothing here reads a store or a clock, and no circular is
 * named: they are data.
 */
#include "policy/policy_int.h"

#include "base/str.h"

const char *const work_mode_names[] = {
	"office", "home", "anywhere", "outside_duty", "leave", "off", NULL};
const char *const instrument_rank_names[] = {"uu", "pp", "perpres", "permen", "perda", "perkada",
	"keputusan", "se", "surat_perintah", NULL};
const char *const rule_kind_names[] = {"mode", "roster", "by_order", "exempt", "weekly_cap",
	"report", "place", "window", "plan", "report_missing", NULL};
const char *const share_bound_names[] = {"at_most", "exactly", "at_least", NULL};
const char *const share_base_names[] = {"all", "eligible", "present", NULL};
const char *const share_level_names[] = {"government", "agency", "division", "unit", NULL};
const char *const report_duty_names[] = {
	"none", "daily_items", "weekly", "daily_confirm", "weekly_due", NULL};
const char *const rule_duty_names[] = {"none", "daily_items", "weekly", "daily_confirm", NULL};
const char *const place_rule_names[] = {"site", "home", "anywhere", "none", NULL};
const char *const window_kind_names[] = {"in", "out", "check", NULL};
const char *const mode_source_names[] = {
	"default", "policy", "exempt", "roster", "status", "calendar", NULL};
const char *const post_match_names[] = {"any", "direct", "this", NULL};
const char *const step_result_names[] = {"applies", "less_specific", "overruled_by_exempt",
	"overruled_by_status", "not_this_day", "lower_rank", "older", "overruled_by_roster", NULL};

bool policy_is_away(enum work_mode mode)
{
	return mode == MODE_HOME || mode == MODE_ANYWHERE;
}

/* Whether one of the person's service posts is the one meant. */
static bool has_post(
	const struct policy_book *book, const struct rule *rule, const struct person_day *facts)
{
	if (rule->post_match == POST_ANY)
		return true;
	for (int i = 0; i < facts->posts; i++) {
		if (rule->post_match == POST_THIS && facts->post[i].v == rule->post.v)
			return true;
		const struct org_post *post = org_find_post(book->tree, facts->post[i]);
		if (rule->post_match == POST_DIRECT && post && post->is_direct &&
			post->valid_from <= facts->day && facts->day <= post->valid_to)
			return true;
	}
	return false;
}

/* The character of the unit a person belongs to itself, not of those above it. */
static bool has_character(
	const struct policy_book *book, const struct rule *rule, const struct person_day *facts)
{
	if (rule->character < 0)
		return true;
	const struct org_unit *unit = org_find_unit(book->tree, facts->unit);
	return unit && (int)unit->character == rule->character;
}

static bool is_within(
	const struct policy_book *book, const struct person_day *facts, struct unit_id scope)
{
	return !scope.v || org_is_below(book->tree, facts->unit, scope);
}

bool policy_names_position(const struct policy_book *book, const char *position)
{
	for (int i = 0; i < book->rules; i++)
		if (book->rule[i].position[0] && str_eq(book->rule[i].position, position))
			return true;
	return false;
}

/* In force that day, and the person is one of those it names. The weekday is asked apart. What is
 * asked here of a person is what policy_names_position and its callers count on. */
static bool concerns(
	const struct policy_book *book, const struct rule *rule, const struct person_day *facts)
{
	if (facts->day < rule->valid_from || facts->day > rule->valid_to)
		return false;
	if (rule->level >= 0 && rule->level != (int)facts->level)
		return false;
	if (rule->position[0] && !str_eq(rule->position, facts->position))
		return false;
	return is_within(book, facts, rule->unit) &&
	       is_within(book, facts, book->instrument[rule->instrument].unit) &&
	       has_character(book, rule, facts) && has_post(book, rule, facts);
}

static bool is_on_weekday(const struct rule *rule, int32_t day)
{
	return rule->weekdays & WEEKDAY_BIT(day_weekday(day));
}

/* 1 for an agency, 2 for a unit right below it, and so on; 0 for the whole government. */
static int unit_depth(const struct policy_book *book, struct unit_id id)
{
	const struct org_unit *unit = id.v ? org_find_unit(book->tree, id) : NULL;
	int slashes = 0;
	for (const char *p = unit ? unit->path : ""; *p; p++)
		slashes += *p == '/';
	return slashes > 0 ? slashes - 1 : 0;
}

int policy_specificity(const struct policy_book *book, const struct rule *rule)
{
	struct unit_id own = rule->unit, scope = book->instrument[rule->instrument].unit;
	int narrowness = rule->post_match;
	narrowness = narrowness * 2 + (rule->position[0] != '\0');
	narrowness = narrowness * 2 + (rule->level >= 0);
	narrowness = narrowness * 256 + unit_depth(book, own.v ? own : scope);
	narrowness = narrowness * 2 + (rule->character >= 0);
	return narrowness * 2 + (rule->for_mode >= 0);
}

/* Greater when `a` is the later one: by issue, then by its first day, then by the order of
 * recording. */
static bool is_later(const struct policy_book *book, const struct rule *a, const struct rule *b)
{
	int32_t issued_a = book->instrument[a->instrument].issued;
	int32_t issued_b = book->instrument[b->instrument].issued;
	if (issued_a != issued_b)
		return issued_a > issued_b;
	if (a->valid_from != b->valid_from)
		return a->valid_from > b->valid_from;
	return a->id > b->id;
}

enum step_result policy_why_lost(
	const struct policy_book *book, const struct rule *loser, const struct rule *winner)
{
	int narrow_loser = policy_specificity(book, loser);
	int narrow_winner = policy_specificity(book, winner);
	enum instrument_rank rank_loser = book->instrument[loser->instrument].rank;
	enum instrument_rank rank_winner = book->instrument[winner->instrument].rank;

	if (narrow_loser != narrow_winner)
		return narrow_loser < narrow_winner ? STEP_LESS_SPECIFIC : STEP_APPLIES;
	if (rank_loser != rank_winner)
		return rank_loser > rank_winner ? STEP_LOWER_RANK : STEP_APPLIES;
	return is_later(book, winner, loser) ? STEP_OLDER : STEP_APPLIES;
}

#define KIND_BIT(kind) (1 << (kind))
#define MODE_KINDS     (KIND_BIT(RULE_MODE) | KIND_BIT(RULE_ROSTER) | KIND_BIT(RULE_BY_ORDER))

/* What is looked for: rules of some kinds that speak of the day, of `mode` and of `window_kind`
 * (-1: any). */
struct search {
	int kinds, mode, window_kind;
};

static bool is_sought(const struct search *sought, const struct rule *rule, int32_t day)
{
	return (sought->kinds & KIND_BIT(rule->kind)) && is_on_weekday(rule, day) &&
	       (rule->for_mode < 0 || sought->mode < 0 || rule->for_mode == sought->mode) &&
	       (sought->window_kind < 0 || rule->window_kind == sought->window_kind);
}

static bool beats(const struct policy_book *book, int rule, int best)
{
	return best < 0 ||
	       policy_why_lost(book, &book->rule[best], &book->rule[rule]) != STEP_APPLIES;
}

/* Index of the rule that beats all others of its search; -1 when none concerns the person. */
static int find_best(
	const struct policy_book *book, const struct person_day *facts, struct search sought)
{
	int best = -1;
	for (int i = 0; i < book->rules; i++) {
		const struct rule *rule = &book->rule[i];
		if (!is_sought(&sought, rule, facts->day) || !concerns(book, rule, facts))
			continue;
		if (beats(book, i, best))
			best = i;
	}
	return best;
}

/* The rule of the mode; where a roster decides also the shares, of each level the one that beats
 * the others of it: half of the agency and six in ten of a unit hold together. */
static void find_mode(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret)
{
	const struct search sought = {MODE_KINDS, -1, -1};
	int share[SHARE_LEVELS] = {-1, -1, -1, -1};
	for (int i = 0; i < book->rules; i++) {
		const struct rule *rule = &book->rule[i];
		if (!is_sought(&sought, rule, facts->day) || !concerns(book, rule, facts))
			continue;
		if (beats(book, i, ret->mode_rule))
			ret->mode_rule = i;
		if (rule->kind == RULE_ROSTER && rule->bound >= 0 &&
			beats(book, i, share[rule->share_level]))
			share[rule->share_level] = i;
	}
	if (ret->mode_rule >= 0 && book->rule[ret->mode_rule].kind == RULE_ROSTER)
		memcpy(ret->share_rule, share, sizeof share);
}

/* "Home" may be given where the rule says home or anywhere; "anywhere" only where it says so. */
static bool allows(const struct rule *rule, enum work_mode mode)
{
	return rule->mode == (int)mode || (rule->mode == MODE_ANYWHERE && mode == MODE_HOME);
}

/* Letters with force: K always, R and A where the rule allows it. The others are notes of the
 * planner. */
static void apply_letter(const struct rule *rule, char letter, struct day_ruling *ret)
{
	bool is_given = letter == 'K' || (letter == 'R' && allows(rule, MODE_HOME)) ||
			(letter == 'A' && allows(rule, MODE_ANYWHERE));
	if (!is_given)
		return;
	enum work_mode mode = letter == 'K'   ? MODE_OFFICE
			      : letter == 'R' ? MODE_HOME
					      : MODE_ANYWHERE;
	if (mode == ret->mode && !ret->roster_decides)
		return;
	ret->mode = mode;
	ret->source = SOURCE_ROSTER;
}

static bool is_status_day(const struct person_day *facts, struct day_ruling *ret)
{
	if (facts->status == STATUS_NONE)
		return false;
	ret->source = SOURCE_STATUS;
	ret->mode = org_status_is_work(facts->status) ? MODE_OUTSIDE_DUTY : MODE_LEAVE;
	if (ret->mode == MODE_LEAVE)
		ret->shift = (struct shift){MINUTE_OFF, MINUTE_OFF, MINUTE_OFF, MINUTE_OFF};
	return true;
}

/* The rule lets its people leave the office, so that there is something to be exempt from. */
static bool takes_away(const struct rule *rule)
{
	return rule->kind != RULE_MODE || policy_is_away((enum work_mode)rule->mode);
}

static bool is_exempt(const struct policy_book *book, int exempt, const struct rule *from)
{
	return exempt >= 0 && takes_away(from) &&
	       policy_specificity(book, &book->rule[exempt]) >= policy_specificity(book, from);
}

static void decide_mode(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret)
{
	if (ret->shift.starts == MINUTE_OFF) {
		ret->mode = MODE_OFF;
		ret->source = SOURCE_CALENDAR;
		return;
	}
	if (is_status_day(facts, ret))
		return;
	ret->cap_rule = find_best(book, facts, (struct search){KIND_BIT(RULE_WEEKLY_CAP), -1, -1});
	find_mode(book, facts, ret);
	if (ret->mode_rule < 0)
		return;

	const struct rule *rule = &book->rule[ret->mode_rule];
	int exempt = find_best(book, facts, (struct search){KIND_BIT(RULE_EXEMPT), -1, -1});
	ret->source = SOURCE_POLICY;
	if (is_exempt(book, exempt, rule)) {
		ret->exempt_rule = exempt;
		ret->source = SOURCE_EXEMPT;
		return;
	}
	ret->roster_decides = rule->kind != RULE_MODE;
	if (rule->kind == RULE_MODE)
		ret->mode = (enum work_mode)rule->mode;
	apply_letter(rule, facts->letter, ret);
}

static enum place_rule usual_place(enum work_mode mode)
{
	if (mode == MODE_OFFICE)
		return PLACE_SITE;
	return policy_is_away(mode) ? PLACE_ANYWHERE : PLACE_NONE;
}

/* All windows of one kind that stand beside the best one: same instrument, same people. */
static void add_windows(const struct policy_book *book, const struct person_day *facts,
	enum window_kind kind, struct day_ruling *ret)
{
	struct search sought = {KIND_BIT(RULE_WINDOW), (int)ret->mode, (int)kind};
	int best = find_best(book, facts, sought);
	if (best < 0)
		return;
	const struct rule *first = &book->rule[best];
	int narrowness = policy_specificity(book, first);
	for (int i = 0; i < book->rules && ret->windows < WINDOWS_MAX; i++) {
		const struct rule *rule = &book->rule[i];
		if (rule->instrument != first->instrument ||
			!is_sought(&sought, rule, facts->day) || !concerns(book, rule, facts) ||
			policy_specificity(book, rule) != narrowness)
			continue;
		ret->window[ret->windows++] = (struct check_window){
			kind, rule->opens, rule->closes, i};
	}
}

static void decide_duties(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret)
{
	ret->place = usual_place(ret->mode);
	if (ret->mode == MODE_OFF || ret->mode == MODE_LEAVE)
		return;
	int mode = (int)ret->mode;
	ret->report_rule = find_best(book, facts, (struct search){KIND_BIT(RULE_REPORT), mode, -1});
	if (ret->report_rule >= 0)
		ret->duty = (enum report_duty)book->rule[ret->report_rule].duty;
	ret->plan_rule = find_best(book, facts, (struct search){KIND_BIT(RULE_PLAN), mode, -1});
	if (ret->plan_rule >= 0 && book->rule[ret->plan_rule].closes >= 0)
		ret->plan_due = book->rule[ret->plan_rule].closes;
	if (ret->duty != DUTY_NONE)
		ret->missing_rule = find_best(
			book, facts, (struct search){KIND_BIT(RULE_REPORT_MISSING), mode, -1});
	ret->place_rule_index = find_best(
		book, facts, (struct search){KIND_BIT(RULE_PLACE), mode, -1});
	if (ret->place_rule_index >= 0)
		ret->place = (enum place_rule)book->rule[ret->place_rule_index].place;
	for (int kind = WINDOW_IN; kind <= WINDOW_CHECK; kind++)
		add_windows(book, facts, (enum window_kind)kind, ret);
}

void policy_decide_mode(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret)
{
	*ret = (struct day_ruling){.mode = MODE_OFFICE,
		.source = SOURCE_DEFAULT,
		.mode_rule = -1,
		.exempt_rule = -1,
		.share_rule = {-1, -1, -1, -1},
		.cap_rule = -1,
		.report_rule = -1,
		.place_rule_index = -1,
		.plan_rule = -1,
		.missing_rule = -1,
		.plan_due = MINUTE_OFF,
		.duty = DUTY_NONE};
	ret->shift = calendar_shift(book->calendar, book->tree, facts->unit, facts->personal,
		facts->day, &ret->shift_reason);
	decide_mode(book, facts, ret);
}

void policy_decide_day(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret)
{
	policy_decide_mode(book, facts, ret);
	decide_duties(book, facts, ret);
	ret->status = ret->source == SOURCE_STATUS ? facts->status : STATUS_NONE;
	memcpy(ret->cover, facts->cover, sizeof(ret->cover));
	ret->covers = facts->covers;
	ret->is_noticed = facts->is_noticed;
}

int policy_find_week_day(const enum report_duty *duty, int days)
{
	int last = -1;

	for (int i = 0; i < days; i++)
		if (duty[i] == DUTY_WEEKLY)
			last = i;
	return last;
}

bool policy_may_be(
	const struct policy_book *book, const struct day_ruling *ruling, enum work_mode mode)
{
	return ruling->mode_rule >= 0 && ruling->source != SOURCE_EXEMPT &&
	       allows(&book->rule[ruling->mode_rule], mode);
}

/* The rule that holds where `rule` might have; -1 when none does. */
static int find_winner(const struct policy_book *book, const struct day_ruling *ruling,
	const struct rule *rule, int index)
{
	switch (rule->kind) {
	case RULE_EXEMPT:
		return ruling->source == SOURCE_EXEMPT ? ruling->exempt_rule : ruling->mode_rule;
	case RULE_WEEKLY_CAP:
		return ruling->cap_rule;
	case RULE_REPORT:
		return ruling->report_rule;
	case RULE_PLACE:
		return ruling->place_rule_index;
	case RULE_PLAN:
		return ruling->plan_rule;
	case RULE_REPORT_MISSING:
		return ruling->missing_rule;
	case RULE_WINDOW:
		break;
	case RULE_ROSTER:
		if (rule->bound >= 0 && ruling->share_rule[rule->share_level] >= 0)
			return ruling->share_rule[rule->share_level];
		return ruling->mode_rule;
	default:
		return ruling->mode_rule;
	}
	int winner = -1;
	for (int i = 0; i < ruling->windows; i++) {
		const struct check_window *window = &ruling->window[i];
		if (window->rule == index)
			return index;
		if ((int)window->kind == book->rule[window->rule].window_kind && winner < 0)
			winner = window->rule;
	}
	return winner;
}

static bool is_about_mode(const struct rule *rule)
{
	return (MODE_KINDS | KIND_BIT(RULE_EXEMPT) | KIND_BIT(RULE_WEEKLY_CAP)) &
	       KIND_BIT(rule->kind);
}

/* Why the day asks for no rule of this kind at all; STEP_APPLIES when it does ask. */
static enum step_result why_not_asked(
	const struct person_day *facts, const struct day_ruling *ruling, const struct rule *rule)
{
	if (!is_on_weekday(rule, facts->day) || ruling->source == SOURCE_CALENDAR)
		return STEP_NOT_THIS_DAY;
	if (ruling->source == SOURCE_STATUS && (is_about_mode(rule) || ruling->mode == MODE_LEAVE))
		return STEP_OVERRULED_BY_STATUS;
	if (rule->for_mode >= 0 && rule->for_mode != (int)ruling->mode)
		return STEP_NOT_THIS_DAY;
	return STEP_APPLIES;
}

/* What became of the winning rule about the mode itself. */
static enum step_result result_of_mode_rule(
	const struct day_ruling *ruling, const struct rule *rule)
{
	if (ruling->source == SOURCE_EXEMPT)
		return STEP_OVERRULED_BY_EXEMPT;
	if (ruling->source == SOURCE_ROSTER && rule->kind == RULE_MODE)
		return STEP_OVERRULED_BY_ROSTER;
	return STEP_APPLIES;
}

static enum step_result explain_rule(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, int index)
{
	const struct rule *rule = &book->rule[index];
	enum step_result result = why_not_asked(facts, ruling, rule);
	if (result != STEP_APPLIES)
		return result;
	int winner = find_winner(book, ruling, rule, index);
	if (winner < 0)
		return STEP_NOT_THIS_DAY;
	if (winner == index)
		return KIND_BIT(rule->kind) & MODE_KINDS ? result_of_mode_rule(ruling, rule)
							 : STEP_APPLIES;
	if (rule->kind == RULE_EXEMPT && ruling->source != SOURCE_EXEMPT)
		return takes_away(&book->rule[winner]) ? STEP_LESS_SPECIFIC : STEP_NOT_THIS_DAY;
	return policy_why_lost(book, rule, &book->rule[winner]);
}

/* Rules about the mode come first, then caps, reports, places, windows, plans and what follows of a
 * missing report; within, what
 * beats comes first. */
static bool comes_before(
	const struct policy_book *book, const struct policy_step *a, const struct policy_step *b)
{
	const struct rule *left = &book->rule[a->rule], *right = &book->rule[b->rule];
	int left_kind = left->kind <= RULE_EXEMPT ? RULE_MODE : left->kind;
	int right_kind = right->kind <= RULE_EXEMPT ? RULE_MODE : right->kind;
	if (left_kind != right_kind)
		return left_kind < right_kind;
	return policy_why_lost(book, right, left) != STEP_APPLIES;
}

int policy_explain_day(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, struct policy_step *ret_step, int max)
{
	int steps = 0;
	for (int i = 0; i < book->rules; i++) {
		if (!concerns(book, &book->rule[i], facts))
			continue;
		struct policy_step step = {i, explain_rule(book, facts, ruling, i)};
		int at = steps;
		while (at > 0 && comes_before(book, &step, &ret_step[at - 1]))
			at--;
		if (at == max)
			continue;
		int last = steps < max ? steps : max - 1;
		memmove(&ret_step[at + 1], &ret_step[at], (size_t)(last - at) * sizeof step);
		ret_step[at] = step;
		steps = last + 1;
	}
	return steps;
}
