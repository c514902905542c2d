/*
 * Targets (SKP): what a person is expected to bring about in a period, and how far his reports
 * brought it.
 *
 * PermenPANRB 6/2022: planning is a dialogue, so that a plan holds once both agreed; results are
 * main or additional and derived from the superior's (RHK yang diintervensi); what the head of an
 * agency has agreed are the goals of the agency, where every cascade begins. Each has measures by
 * quantity, quality, time or cost. An agreed plan is never changed: the next revision takes its
 * place, and results keep their ids, so that what was reported still counts. Amounts are whole
 * numbers of their unit of measure; amounts of different units are never added. Private to
 * reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_TARGET_H
#define LUWES_REPORTS_REPORTS_TARGET_H

#include "reports/reports_int.h"

#define TARGETS_MAX       20
#define TARGETS_ON_MAX    40 /* in force on a day: of a year and of a quarter */
#define MEASURES_MAX      8
#define PLANS_OF_YEAR_MAX 32
#define PLAN_TEAM_MAX     500
#define PLAN_ITEMS_MAX    10
#define AMOUNT_MAX        1000000000

enum plan_state {
	PLAN_DRAFT,
	PLAN_PROPOSED, /* the owner agreed; waits for the superior */
	PLAN_AGREED,   /* in force */
	PLAN_RETURNED, /* by the superior, with what is to be changed */
	PLAN_REPLACED, /* by an agreed revision */
	PLAN_CLOSED    /* its period is over, and its superior looked back on it */
};
extern const char *const plan_state_names[];
enum target_kind { TARGET_MAIN, TARGET_ADDITIONAL };
extern const char *const target_kind_names[]; /* main additional */
enum target_aspect { ASPECT_QUANTITY, ASPECT_QUALITY, ASPECT_TIME, ASPECT_COST };
extern const char *const target_aspect_names[]; /* quantity quality time cost */

struct target_measure {
	int32_t aspect;
	const char *indicator;
	int32_t amount;
	const char *unit_of_measure;
};

struct target {
	int64_t id;
	int32_t kind;
	const char *result;
	int64_t parent; /* 0: none */
	struct target_measure *measures;
	int measures_count;
};

struct target_plan {
	int64_t id;
	struct employee_id owner;
	struct unit_id unit; /* his on the first day */
	int32_t period, first_day, last_day;
	int32_t revision, state, version;
	struct employee_id superior;
	int64_t proposed_at;
	struct employee_id decided_by, decided_for;
	int32_t decided_as;
	int64_t decided_at;
	const char *note;
	struct employee_id closed_by, closed_for;
	int32_t closed_as; /* enum stand */
	int64_t closed_at; /* 0: never */
	int64_t import_id; /* of the file its draft came from; 0: written here */
};

/* ---- rules: pure, tabled in reports_target_rules_test.c ---- */

/* The first thing wrong with the results of a plan; false when there is none. */
struct target_fault {
	int target, measure; /* -1: of the result itself */
	const char *field, *reason;
};
bool reports_find_target_fault(const struct target *target, int targets, struct target_fault *ret);

/* The owner saves: OK, E_STALE, E_REFUSED (agreed, replaced and closed plans are not edited). */
enum err reports_decide_plan_save(const struct target_plan *p, int32_t version_seen);
/* The owner proposes: OK, E_STALE, E_REFUSED (state), E_REPORT_EMPTY (no main result). */
enum err reports_decide_plan_propose(const struct target_plan *p, int32_t version_seen,
	const struct target *target, int targets);
/* The superior agrees or returns: OK, E_SELF, E_STALE, E_REFUSED. Whether he may is not asked here.
 */
enum err reports_decide_plan_verdict(
	const struct target_plan *p, struct employee_id actor, int32_t version_seen);
/* A first plan may be begun for a period that is not over and begins within a year: OK,
 * E_BAD_FIELD. */
enum err reports_decide_plan_begin(int32_t first_day, int32_t last_day, int32_t today);
/* The superior closes an agreed plan whose period is over: OK, E_SELF, E_STALE, E_REFUSED. */
enum err reports_decide_plan_close(
	const struct target_plan *p, struct employee_id actor, int32_t version_seen, int32_t today);
/* A new revision may be begun: of an agreed plan alone. */
enum err reports_decide_plan_revise(const struct target_plan *p);

/* Whether what is to be done on a day was said until `due_at` of the day before (NO_INSTANT: policy
 * does not ask; said_at NO_INSTANT: never said). A fact and nothing more: nothing follows from
 * it. */
enum day_plan_state {
	DAY_PLAN_NOT_ASKED,
	DAY_PLAN_AWAITED,
	DAY_PLAN_IN_TIME,
	DAY_PLAN_LATE,
	DAY_PLAN_MISSING
};
extern const char *const day_plan_state_names[]; /* not_asked awaited in_time late missing */
enum day_plan_state reports_decide_day_plan(int64_t due_at, int64_t said_at, int64_t now_ms);

/* The quantity that counts volumes of items: the first measure by quantity. NULL: none does. */
const struct target_measure *reports_counting_measure(const struct target *target);
/* Of a list, by id; NULL when it is not there. */
struct target *reports_find_target(struct target *target, int targets, int64_t id);
/* Units of measure are the same without case and with spaces as one: equal keys. */
char *reports_unit_key(struct arena *arena, const char *unit_of_measure);
/* Share of an amount reached, per mille, half up, at most 9999; -1 where nothing was planned. */
int reports_progress(int64_t reached, int64_t planned);

/* --- as the routes do, without a request: for the demo --- */

/* A plan somebody proposed, agreed or returned at tx->now_ms, with its results and its leaf. */
enum err reports_enter_plan(
	struct tx *tx, const struct target_plan *p, const struct target *target, int targets);

/* ---- statements ---- */

enum err reports_add_plan(struct tx *tx, const struct target_plan *p);
enum err reports_set_plan(struct tx *tx, const struct target_plan *p);
/* E_NOT_FOUND when there is none. */
enum err reports_load_plan(struct tx *tx, int64_t plan, struct target_plan *ret);
/* Of a person, all that touch [from, to]: the newest period and revision first. */
enum err reports_list_plans(struct tx *tx, struct employee_id owner, int32_t from, int32_t to,
	struct target_plan *ret, int max, int *ret_count);
/* The newest revision of a person's plan of the period that begins on `first_day`: 0 when there is
 * none. */
enum err reports_load_newest_revision(struct tx *tx, struct employee_id owner,
	enum report_period period, int32_t first_day, int32_t *ret_revision);
/* Replaces all results and measures of a plan. */
enum err reports_set_targets(struct tx *tx, int64_t plan, const struct target *target, int targets);
/* In order, with their measures, in tx->arena; at most TARGETS_MAX. */
enum err reports_list_targets(
	struct tx *tx, int64_t plan, struct target **ret_target, int *ret_count);
/* The results of a person's agreed and closed plans on `day`, at most TARGETS_ON_MAX of them; the
 * quarter's before the year's. */
enum err reports_list_targets_on(struct tx *tx, struct employee_id owner, int32_t day,
	struct target **ret_target, int *ret_count);

/* A result in words, by its newest revision. */
enum err reports_load_result(struct tx *tx, int64_t target, const char **ret);

/* What reports of [from, to] brought to each result of a plan whose quantity has their unit of
 * measure, by target; results that nothing was brought to are not there. */
struct target_output {
	int64_t target;
	const char *unit_key; /* NULL in a sum */
	int64_t handed_in, verified;
};
enum err reports_sum_output(struct tx *tx, const struct target_plan *p, int32_t from, int32_t to,
	struct target_output *ret, int max, int *ret_count);
/* What a day's report brought until now, and brings; in tx->arena. */
struct output_change {
	struct target_output *stood, *now;
	int stood_count, now_count;
	bool is_changed;
};
/* Sets what a day's report brings, from its state and items alone: the projection's. */
enum err reports_set_output(struct tx *tx, const struct daily_report *r, enum report_state shown,
	struct output_change *ret);
/* Reports of [from, to] and days with output but no report, in the order of people and days after
 * (after_employee, after_day). */
struct output_day {
	struct employee_id employee;
	int32_t day;
};
enum err reports_list_output_days(struct tx *tx, int32_t from, int32_t to,
	const struct output_day *after, struct output_day *ret, int max, int *ret_count);

/* Sums of units (reports_output.h). A batch collects what moved at the units of the reports, and
 * writes each sum once, there and at all units above. */
struct output_move {
	struct unit_id unit;
	int32_t day;
	const char *unit_key;
	int64_t handed_in, verified;
};
struct output_moves {
	struct output_move *move;
	int count, max;
};
/* Adds (times 1) or takes away (-1); nothing for unit 0. */
void reports_move_output(struct arena *arena, struct output_moves *m, struct unit_id unit,
	int32_t day, const struct target_output *output, int outputs, int times);
enum err reports_write_moves(struct tx *tx, const struct org_tree *tree, struct output_moves *m);
/* What a plan means to bring, when it is agreed (1) or gives way to its revision (-1); nothing for
 * an owner who was nowhere on its first day. */
enum err reports_count_plan(struct tx *tx, const struct target_plan *p, const struct target *target,
	int targets, int times);

/* What somebody means to do on a day. */
struct plan_item {
	const char *description;
	int64_t target; /* 0: none */
	int32_t volume; /* 0: not said */
	const char *unit_of_measure;
	int64_t task; /* 0: none */
};
enum err reports_set_plan_items(struct tx *tx, struct employee_id owner, int32_t day,
	const struct plan_item *item, int items);
/* When it was said first and when last; both NO_INSTANT when it was never said. */
struct plan_said {
	int64_t first, last;
};
enum err reports_list_plan_items(struct tx *tx, struct employee_id owner, int32_t day,
	struct plan_item *ret, int *ret_count, struct plan_said *ret_said);

/* ---- drafts from files (reports_target_import.c) ---- */

/* "2026" is a year, "2026 triwulan 3", "TW III 2026" and "2026-3" are its third quarter. Pure. */
bool reports_read_period(const char *text, enum report_period *ret_period, int32_t *ret_first);
/* "600", "1.200 berkas", "95 %": a whole number and, behind it, its unit of measure; ret_unit
 * points into the text and may be empty. Pure. */
bool reports_read_amount(const char *text, int32_t *ret_amount, const char **ret_unit);

struct import_kind;
extern const struct import_kind reports_target_import;

#define TARGET_STMTS 22
extern struct db_stmt *const reports_target_stmts[TARGET_STMTS];

#endif
