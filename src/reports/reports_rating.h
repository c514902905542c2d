/*
 * Ratings: what a superior says about somebody's work in a period, what was said before and
 * against it.
 *
 * PermenPANRB 6/2022: work result and behaviour against expectation give the predicate by a matrix
 * of nine fields; the direct superior rates, nobody else and nobody himself; feedback goes on
 * during the period, both ways; the organisation's result suggests a distribution, which is shown
 * beside and never enforced on a person. Days (until when to rate, to object, to decide) and curves
 * are dated rows of the government, unverified until somebody read their source. Draft > told >
 * locked; an objection lies between and is decided by the superior's superior. Locked is final and
 * a leaf of the log. A person sees everything that is said of him. Private to reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_RATING_H
#define LUWES_REPORTS_REPORTS_RATING_H

#include "reports/reports_int.h"

#define RATING_TEAM_MAX      2000
#define RATING_PLANS_MAX     8
#define RATING_PAGE_MAX      100
#define RATING_DAYS_BACK     800 /* how old a period may be that is still rated */
#define FEEDBACK_DAYS_BACK   366 /* how far back feedback may speak, and be read at once */
#define FEEDBACK_PER_DAY_MAX 20  /* of one author about one person */
#define RATING_RULES_MAX     50
#define OBJECTIONS_MAX       2000

/* Against what was expected, of the result of work and of behaviour. */
enum expectation { EXPECTATION_BELOW, EXPECTATION_AS, EXPECTATION_ABOVE };
#define EXPECTATIONS 3
#define NOT_SAID     (-1)                     /* of a draft */
extern const char *const expectation_names[]; /* below as above */
enum predicate {
	PREDICATE_VERY_GOOD,  /* sangat baik */
	PREDICATE_GOOD,       /* baik */
	PREDICATE_NEEDS_WORK, /* butuh perbaikan */
	PREDICATE_POOR,       /* kurang/misconduct */
	PREDICATE_VERY_POOR   /* sangat kurang */
};
#define PREDICATES 5
extern const char *const predicate_names[]; /* very_good good needs_work poor very_poor */
enum organisation_result {
	RESULT_EXCELLENT, /* istimewa */
	RESULT_GOOD,
	RESULT_NEEDS_WORK,
	RESULT_POOR,
	RESULT_VERY_POOR
};
#define RESULTS 5
extern const char *const organisation_result_names[];
/* The seven values of conduct, BerAKHLAK. */
enum conduct {
	CONDUCT_SERVICE,
	CONDUCT_ACCOUNTABLE,
	CONDUCT_COMPETENT,
	CONDUCT_HARMONIOUS,
	CONDUCT_LOYAL,
	CONDUCT_ADAPTIVE,
	CONDUCT_COLLABORATIVE
};
#define CONDUCTS 7
extern const char *const conduct_names[];
enum rating_state {
	RATING_NONE,
	RATING_DRAFT,    /* its writer's alone */
	RATING_TOLD,     /* the person can read it; he may object */
	RATING_OBJECTED, /* waits for the superior's superior */
	RATING_LOCKED    /* final */
};
extern const char *const rating_state_names[]; /* none draft rated objected locked */
enum rating_outcome {
	OUTCOME_OPEN,
	OUTCOME_ACCEPTED,   /* the person said so */
	OUTCOME_UNDISPUTED, /* nobody objected in time */
	OUTCOME_UPHELD,
	OUTCOME_CHANGED
};
extern const char *const rating_outcome_names[];
enum feedback_kind {
	FEEDBACK_GIVEN, /* by the superior or the team lead */
	FEEDBACK_ASKED, /* by the person */
	FEEDBACK_ANSWER,
	FEEDBACK_DIALOGUE /* what was said in the talk about a period */
};
extern const char *const feedback_kind_names[];

struct rating {
	int64_t id;
	struct employee_id employee;
	int32_t period, first_day, last_day;
	struct unit_id unit;
	struct employee_id superior;
	int32_t state, version;
	int32_t work, behaviour, predicate; /* NOT_SAID in a draft */
	const char *reason;
	struct employee_id rated_by, rated_for;
	int32_t rated_as;
	int64_t rated_at, seen_at;
	int32_t object_until;
	const char *objection;
	int64_t objected_at;
	int32_t decide_until;
	struct employee_id answering;
	int32_t first_work, first_behaviour;
	struct employee_id decided_by, decided_for;
	int32_t decided_as;
	int64_t decided_at;
	const char *decision;
	int32_t outcome;
	int64_t locked_at, leaf_index;
	const char *sealed;
	const char *note[CONDUCTS]; /* loaded and set apart */
};

/* Dated numbers, and what a result of the organisation suggests. */
struct rating_rule {
	int64_t id;
	int32_t rate_days, object_days, decide_days;
	int32_t curve[RESULTS][PREDICATES]; /* percent; all 0: none entered for this result */
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
	struct employee_id entered_by;
	int64_t entered_at;
};

/* ---- rules: pure, tabled in reports_rating_rules_test.c ---- */

/* The matrix; NOT_SAID while one of both is. */
int32_t rating_predicate(int32_t work, int32_t behaviour);
/* The rule of a day; NULL when none holds. */
const struct rating_rule *rating_find_rule(const struct rating_rule *rule, int rules, int32_t day);
/* First thing wrong with a rule to be entered: its field; NULL when there is none. */
const char *rating_find_rule_fault(const struct rating_rule *rule, const char **ret_reason);
/* Whether a curve was entered for a result. */
bool rating_has_curve(const struct rating_rule *rule, enum organisation_result result);
/* On which day the superior is asked for who rates: the last of the period; today where the
 * superior of that day left the service, or where there was none. */
int32_t rating_day_of(const struct org_seat *seat, int32_t last_day, int32_t today);

/* First thing that is missing before a rating may be told: its field; NULL when there is none. A
 * note for each value of conduct, a reason for what is below expectation. */
const char *rating_find_gap(const struct rating *r, const char **ret_reason);
/* The superior saves or tells: OK, E_SELF, E_STALE, or E_REFUSED with a reason. */
enum err rating_decide_save(const struct rating *r, struct employee_id actor, int32_t version_seen,
	int32_t today, const char **ret_reason);
/* The person accepts or objects: OK, E_STALE, E_REFUSED. */
enum err rating_decide_answer(const struct rating *r, bool objects, int32_t version_seen,
	int32_t today, const char **ret_reason);
/* The superior's superior decides: OK, E_SELF (his own, or what he gave himself), E_STALE,
 * E_REFUSED. Whether he is that is not asked here. */
enum err rating_decide_verdict(const struct rating *r, struct employee_id actor,
	int32_t version_seen, const char **ret_reason);
/* Nobody objected in time. */
bool rating_is_undisputed(const struct rating *r, int32_t today);
/* Whose superior decides about an objection: the superior in whose name it was given; who rated in
 * a vacant or held office, or by letter of somebody over whom he stands, answers himself: who
 * decides is above whoever rated. */
struct employee_id rating_answering(const struct rating *r, bool is_rater_above);
/* Rises the version and sets what was told; `rule` is that of the day. */
void rating_apply_told(
	struct rating *r, const struct rating_rule *rule, int32_t today, int64_t now_ms);
void rating_apply_objection(struct rating *r, const struct rating_rule *rule, const char *text,
	int32_t today, int64_t now_ms);
void rating_apply_verdict(
	struct rating *r, int32_t work, int32_t behaviour, const char *decision, int64_t now_ms);

/* ---- statements ---- */

/* With its notes; E_NOT_FOUND. */
enum err rating_load(struct tx *tx, int64_t rating, struct rating *ret);
enum err rating_load_of(struct tx *tx, struct employee_id employee, enum report_period period,
	int32_t last_day, struct rating *ret);
enum err rating_add(struct tx *tx, const struct rating *r);
/* What may change; notes too. */
enum err rating_set(struct tx *tx, const struct rating *r);
/* Told ones of a person, newest period first, before (last_day, period) of `before`; no notes. */
enum err rating_list_own(struct tx *tx, struct employee_id employee, int32_t before_day,
	int32_t before_period, struct rating *ret, int max, int *ret_count);
/* Marks what the person has been told as fetched by him. */
enum err rating_set_seen(struct tx *tx, struct employee_id employee);
/* Undisputed ones to be locked by `today`. */
enum err rating_list_undisputed(
	struct tx *tx, int32_t today, int64_t *ret_rating, int max, int *ret_count);
/* Items of a person's reports, waiting or verified, that name a planned result. */
struct rating_facts_asked {
	struct employee_id employee;
	int64_t target;
	int32_t first, last;
	int64_t after; /* key of the last one seen; 0: from the beginning */
};
struct rating_item {
	int64_t key; /* its place: by day and item */
	int64_t report;
	int32_t day;
	const char *description, *unit_of_measure;
	int32_t volume, state;
};
enum err rating_list_facts(struct tx *tx, const struct rating_facts_asked *asked,
	struct rating_item *ret, int max, int *ret_count);

/* rating_answering of today; as it was decided once it is locked. */
enum err rating_load_answering(
	struct tx *tx, const struct rating *r, int32_t today, struct employee_id *ret);
/* Objections to what was given in the name of `answering`, or waits and was given by him with a
 * letter: those that wait first, then the latest decided. */
enum err rating_list_objections(
	struct tx *tx, struct employee_id answering, struct rating *ret, int max, int *ret_count);

/* Newest first; at most RATING_RULES_MAX. */
enum err rating_list_rules(struct tx *tx, struct rating_rule **ret, int *ret_count);
/* The rule of a day; *ret NULL when none holds. */
enum err rating_load_rule(struct tx *tx, int32_t day, const struct rating_rule **ret);
/* Ends what holds from its first day on the day before, and adds it. */
enum err rating_add_rule(struct tx *tx, const struct rating_rule *rule);

struct rating_result {
	struct unit_id unit;
	int32_t result;
	const char *basis;
	struct employee_id set_by;
	int64_t set_at;
};
/* E_NOT_FOUND when none was entered. */
enum err rating_load_result(struct tx *tx, struct unit_id agency, enum report_period period,
	int32_t last_day, struct rating_result *ret);
enum err rating_set_result(
	struct tx *tx, enum report_period period, int32_t last_day, const struct rating_result *r);
/* By unit id; at most `max`. */
enum err rating_list_results(struct tx *tx, enum report_period period, int32_t last_day,
	struct rating_result *ret, int max, int *ret_count);

/* Told ratings of a period by predicate, and people placed on its last day, by index of the tree's
 * units. */
struct rating_count {
	int32_t people, rated, of[PREDICATES];
};
enum err rating_count_units(struct tx *tx, const struct org_tree *tree, enum report_period period,
	int32_t last_day, struct rating_count *of_unit);

struct feedback {
	int64_t id;
	struct employee_id employee;
	int32_t kind, day;
	struct employee_id author, author_for;
	int32_t author_as;
	int64_t reply_to;
	struct employee_id partner;
	int64_t answered_at;
	const char *said;
	int64_t at;
	const char *author_name; /* with titles; of lists */
};
/* E_NOT_FOUND unless it is in the log of `employee`. */
enum err feedback_load(
	struct tx *tx, struct employee_id employee, int64_t feedback, struct feedback *ret);
/* Adds it, and marks the question it answers. */
enum err feedback_add(struct tx *tx, const struct feedback *f);
enum err feedback_count_today(struct tx *tx, struct employee_id employee, struct employee_id author,
	int64_t since, int32_t *ret_count);
/* Of [from, to], newest first, with ids below `before` (0: all). `only` not 0: what he wrote, and
 * answers to it. */
enum err feedback_list(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	int64_t before, struct employee_id only, struct feedback *ret, int max, int *ret_count);
/* Entries by others than the person in [from, to], the last day of one, and questions that wait. */
struct feedback_sum {
	int32_t given, last_day, waiting;
};
enum err feedback_sum(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct feedback_sum *ret);
/* Reports of a span by state: verified and returned stand beside a rating. */
enum err rating_count_reports(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	int32_t *ret_returned, int32_t *ret_late);

/* --- as the routes do, without a request: for the demo --- */

/* A rule as an example, not law (verified_by empty), from a day on. */
enum err reports_add_example_rating_rule(struct tx *tx, int32_t from);
/* Adds a draft of `r` and tells it at tx->now_ms, as its writer would. */
enum err reports_enter_rating(struct tx *tx, struct rating *r);
/* Adds what somebody said, with its leaf. */
enum err reports_enter_feedback(struct tx *tx, struct feedback *f);
enum err reports_enter_rating_result(
	struct tx *tx, enum report_period period, int32_t last_day, const struct rating_result *r);

#define RATING_STMTS 28
extern struct db_stmt *const rating_stmts[RATING_STMTS];

#endif
