/*
 * What holds for this person on this day, and why: instruments as dated data.
 *
 * An instrument (UU ... surat edaran) carries rules; a rule says whom it concerns (unit and below,
 * character, level, position, service post), on which weekdays, and one thing: a mode for all, a
 * mode by roster with a share, by order only, exempt, weekly cap, report duty, place, check window,
 * plan of the
 * day before, what a regulation says of a missing report.
 * Of the rules of one kind that concern a person the most specific wins (post, position, level,
 * deeper unit, agency, character, whole government), then the higher rank, then the later issue; an
 * exemption of the same or greater specificity beats what it exempts from. A published roster gives
 * a mode only where a rule allows it, and may always call to the office. Everything loses to a
 * status (leave, outside duty), and a day without work has no mode. PermenPANRB 4/2025 art. 8, 13,
 * 23, 25; Perpres 21/2023 art. 8. Adding a circular needs no release.
 */
#ifndef LUWES_POLICY_POLICY_H
#define LUWES_POLICY_POLICY_H

#include "calendar/calendar.h"
#include "org/org.h"

enum work_mode {
	MODE_OFFICE,
	MODE_HOME,
	MODE_ANYWHERE,
	MODE_OUTSIDE_DUTY,
	MODE_LEAVE,
	MODE_OFF,
	MODE_COUNT
};
extern const char *const work_mode_names[]; /* office home anywhere outside_duty leave off */
enum instrument_rank {
	RANK_UU,
	RANK_PP,
	RANK_PERPRES,
	RANK_PERMEN,
	RANK_PERDA,
	RANK_PERKADA,
	RANK_KEPUTUSAN,
	RANK_SE,
	RANK_SURAT_PERINTAH
};
extern const char *const instrument_rank_names[];
enum rule_kind {
	RULE_MODE,
	RULE_ROSTER,
	RULE_BY_ORDER,
	RULE_EXEMPT,
	RULE_WEEKLY_CAP,
	RULE_REPORT,
	RULE_PLACE,
	RULE_WINDOW,
	RULE_PLAN,
	RULE_REPORT_MISSING, /* told, never applied: `words` */
	RULE_KIND_COUNT
};
extern const char *const rule_kind_names[];
enum share_bound { BOUND_AT_MOST, BOUND_EXACTLY, BOUND_AT_LEAST };
extern const char *const share_bound_names[];
enum share_base { BASE_ALL, BASE_ELIGIBLE, BASE_PRESENT };
extern const char *const share_base_names[];
enum share_level { LEVEL_GOVERNMENT, LEVEL_AGENCY, LEVEL_DIVISION, LEVEL_UNIT, SHARE_LEVELS };
extern const char *const share_level_names[];
/* Daily, as items or as one tap that the day went by its schedule, or one report of the week. No
 * rule says weekly_due: it is what weekly is on the day of the week that owes. The numbers are
 * stored. */
enum report_duty { DUTY_NONE, DUTY_DAILY_ITEMS, DUTY_WEEKLY, DUTY_DAILY_CONFIRM, DUTY_WEEKLY_DUE };
extern const char *const report_duty_names[]; /* none daily_items weekly daily_confirm weekly_due */
extern const char *const rule_duty_names[];   /* none daily_items weekly daily_confirm */
/* Whether the day owes a report: its own, written or confirmed, or that of its week. Pure. */
static inline bool policy_owes_report(enum report_duty duty)
{
	return duty == DUTY_DAILY_ITEMS || duty == DUTY_DAILY_CONFIRM || duty == DUTY_WEEKLY_DUE;
}
/* Which of these days of a week, in their order, owes its report: the last on which the duty is
 * weekly; -1 when none does. A day without work or of leave has no duty. Pure. */
int policy_find_week_day(const enum report_duty *duty, int days);
enum place_rule { PLACE_SITE, PLACE_HOME, PLACE_ANYWHERE, PLACE_NONE };
extern const char *const place_rule_names[];
enum window_kind { WINDOW_IN, WINDOW_OUT, WINDOW_CHECK };
extern const char *const window_kind_names[];
enum mode_source {
	SOURCE_DEFAULT,
	SOURCE_POLICY,
	SOURCE_EXEMPT,
	SOURCE_ROSTER,
	SOURCE_STATUS,
	SOURCE_CALENDAR
};
extern const char *const mode_source_names[];
enum post_match { POST_ANY, POST_DIRECT, POST_THIS };
extern const char *const post_match_names[]; /* any direct this */

struct instrument {
	struct instrument_id id;
	enum instrument_rank rank;
	const char *number, *title, *signer, *legal_basis, *verified_by, *note, *file_sha256;
	int32_t issued, valid_from, valid_to;
	struct unit_id unit;
};

struct rule {
	int64_t id;
	int instrument; /* index in the book */
	enum rule_kind kind;
	const char *article;
	int weekdays;
	struct unit_id unit;
	int character, level; /* -1 any */
	const char *position; /* "" any; folded */
	enum post_match post_match;
	struct post_id post;
	int for_mode; /* -1 any */
	int mode, bound, percent, base, share_level, days_per_week, duty, place, window_kind, opens,
		closes;    /* -1 not said; kind plan: closes is of the day before */
	const char *words; /* duty daily_confirm: what its report says; kind report_missing: what
			      follows of a missing one; "" not said */
	int32_t valid_from, valid_to; /* 0, 0 when adding: those of the instrument */
};

/* Everything the rules need about a government, immutable; cached per connection by generation. */
struct policy_book {
	const struct org_tree *tree;
	const struct calendar *calendar;
	struct instrument *instrument;
	int instruments;
	struct rule *rule; /* in rule id order */
	int rules;
	bool any_crosses_midnight;
	bool any_weekly; /* some rule asks for a report of the week */
};
enum err policy_load_book(struct tx *tx, const struct policy_book **ret_book);

/* Minutes of the day that a letter covers: outside duty or a permission for part of it. */
#define COVERS_MAX 2
struct day_cover {
	int from, to;
	enum status_kind kind;
};

#define PERSON_POSTS_MAX 8
/* The facts about a person on a day that policy needs; loaded by roster_load_person_day. */
struct person_day {
	struct employee_id employee;
	int32_t day;
	struct unit_id unit; /* 0: not placed */
	enum employment_kind kind;
	enum position_level level;
	const char *position; /* folded */
	struct post_id post[PERSON_POSTS_MAX];
	int posts;
	struct personal_pattern personal;
	enum status_kind status;
	const char *status_letter;
	char letter; /* roster letter of the day, 0 when no published roster covers it */
	int64_t roster_version;
	struct day_cover cover[COVERS_MAX]; /* in order of time */
	int covers;
	bool is_noticed;  /* a notice about the day waits for its decision */
	bool is_on_paper; /* without a phone: presence comes on the paper list of the unit */
};

/* Whose punches judge a day: of the system the agency uses. What a person states or confirms always
 * counts, but where nobody judges. Set by attendance, which owns the sources of agencies. */
enum day_judge { JUDGE_LUWES, JUDGE_EXTERNAL, JUDGE_NOBODY, JUDGE_COUNT };

#define WINDOWS_MAX 6
struct check_window {
	enum window_kind kind;
	int opens, closes;
	int rule;
};

/* The answer. Rule fields are indexes into book->rule, -1 when the default of the program holds. */
struct day_ruling {
	enum work_mode mode;
	enum mode_source source;
	int mode_rule, exempt_rule, cap_rule, report_rule, place_rule_index, plan_rule,
		missing_rule;         /* -1: nothing is said */
	int share_rule[SHARE_LEVELS]; /* per level, of a day that a roster decides: shares of
					 different levels hold together */
	bool roster_decides; /* the rule leaves the mode to a roster or an order; office while none
				is published */
	struct shift shift;  /* starts MINUTE_OFF when no work */
	struct shift_reason shift_reason;
	enum report_duty duty;
	int32_t week_day; /* duty weekly or weekly_due: the day of the week that owes; else 0 */
	int plan_due; /* minute of the day before until which the plan is asked for; MINUTE_OFF: it
			 is not */
	enum place_rule place;
	struct check_window window[WINDOWS_MAX];
	int windows;
	/* Of the facts, for who folds the day. */
	enum status_kind status; /* that decides the mode */
	struct day_cover cover[COVERS_MAX];
	int covers;
	bool is_noticed;
	enum day_judge judge;
	bool is_awaited;   /* the judging system's file of the day has not come */
	int32_t paper_due; /* last day on which the paper list may come in time; 0: not on paper */
};
/* The first half of the answer: mode, shift and the rules behind them, as a roster asks; no duty,
 * no place and no windows. Pure. */
void policy_decide_mode(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret);
/* Pure. Of one day alone, so that weekly stays weekly: roster_apply_week asks the days after it. */
void policy_decide_day(
	const struct policy_book *book, const struct person_day *facts, struct day_ruling *ret);

/*
 * One step of the explanation: a rule that was considered and what came of it. "Not this day" is
 * also said of a rule about another mode than the day's, and of an exemption with nothing to exempt
 * from.
 */
enum step_result {
	STEP_APPLIES,
	STEP_LESS_SPECIFIC,
	STEP_OVERRULED_BY_EXEMPT,
	STEP_OVERRULED_BY_STATUS,
	STEP_NOT_THIS_DAY,
	STEP_LOWER_RANK,
	STEP_OLDER,
	STEP_OVERRULED_BY_ROSTER
};
extern const char
	*const step_result_names[]; /* applies less_specific ... older overruled_by_roster */
struct policy_step {
	int rule;
	enum step_result result;
};
#define STEPS_MAX 32
/* The rules that concern the person, those about the mode first and the most specific first, with
 * what came of each; returns how many. Pure. */
int policy_explain_day(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling, struct policy_step *ret_step, int max);

/* Whether some rule names a position (folded). People of one unit and level whose positions nobody
 * names are the same to policy on a day on which nothing else is their own: no post, no hours, no
 * status. Pure. */
bool policy_names_position(const struct policy_book *book, const char *position);

/* Whether a mode takes people out of the office. Pure. */
bool policy_is_away(enum work_mode mode);
/* Whether the ruling lets a roster give its person `mode` (home or anywhere) on that day. Pure. */
bool policy_may_be(
	const struct policy_book *book, const struct day_ruling *ruling, enum work_mode mode);
/* A rule of a kind that says nothing yet: everyone, every day, each field "not said". */
struct rule policy_rule_of(enum rule_kind kind);
/* A rule says what its kind needs and nothing else: NULL, or the name of the field at fault. Pure.
 */
const char *policy_check_rule(const struct rule *rule);

/* Rows for imports, routes and the demo. The instrument's rules are added with it, as one leaf;
 * days from valid_from up to today are marked as changed, at most POLICY_REACH_DAYS back.
 * `instrument` of a rule is ignored. */
#define POLICY_REACH_DAYS 31
enum err policy_add_instrument(struct tx *tx, const struct instrument *in, const struct rule *rule,
	int rules, struct instrument_id *ret);
/* Ends an instrument and its rules after `last_day`. */
enum err policy_end_instrument(struct tx *tx, struct instrument_id id, int32_t last_day);

/*
 * Adds the instruments of data/instruments.csv whose `government` or `code` is `choose`, with their
 * rules of data/rules.csv. The two texts are parsed as they are in the repository; a unit or post a
 * rule names by code must exist. E_BAD_REQUEST with a sentence in *ret_fault (may be NULL) when the
 * files are wrong.
 */
enum err policy_seed(struct tx *tx, struct bytes instruments_csv, struct bytes rules_csv,
	const char *choose, int *ret_added, const char **ret_fault);

extern const struct slice policy_slice;

#endif
