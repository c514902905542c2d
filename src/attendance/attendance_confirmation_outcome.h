/*
 * Private to attendance: what became of confirmations, in numbers of units and of rules, never of
 * persons.
 *
 * The share confirmed by silence is counted against the queue of a unit. What persons said about
 * events tells how often a rule was right (its precision): a rule that is wrong more often than not
 * is to be looked at by the board (security: drop it). Of fewer than ten people nothing is shown,
 * nor what would tell it by subtraction.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_OUTCOME_H
#define LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_OUTCOME_H

#include "attendance/attendance_confirmation_int.h"
#include "org/org_group.h"

#define PRECISION_LEAST 50  /* percent */
#define OUTCOME_UNITS   500 /* in one list */
#define WEIGHTED_MARKS  (MARK_FORK + 1)

/* ---- units ---- */

struct outcome {
	int32_t people, waiting, confirmed, denied, silent;
};
struct unit_outcome {
	struct unit_id unit;
	const char *name;
	struct outcome of;
	bool is_own;    /* those placed right in it, in the list of what lies below it */
	bool is_hidden; /* too few, or their number would tell too few */
};
/* Of what was decided, percent that silence decided; INT_NONE when nothing was. Pure. */
int32_t attendance_silent_percent(const struct outcome *o);

/* ---- rules ---- */

struct mark_outcome {
	int32_t people;                          /* whose events they were */
	int32_t confirmed, denied;               /* by persons */
	int32_t sample_confirmed, sample_denied; /* of them, of events drawn by lot */
};
struct mark_precision {
	int32_t percent, sample_percent; /* INT_NONE: too few */
	bool needs_review;
};
/* How often the superior denied what the rule marked. Those drawn by lot are the fairer witness, as
 * soon as there are enough. Pure. */
struct mark_precision attendance_judge_mark(const struct mark_outcome *o);
/* Adds `count` events with these marks. Pure. */
void attendance_add_outcome(struct mark_outcome *of_mark, int64_t marks,
	enum confirmation_kind kind, enum confirmation_state state, int32_t count);
/* Adds a person whose events had these marks. Pure. */
void attendance_add_marked(struct mark_outcome *of_mark, int64_t marks);

/* ---- statements ---- */

/* Of days in [from, to], into `of_unit` by index of the tree's units. */
enum err attendance_count_outcomes(struct tx *tx, const struct org_tree *tree, int32_t from,
	int32_t to, struct outcome *of_unit);
/* The same into WEIGHTED_MARKS of `of_mark`. */
enum err attendance_count_mark_outcomes(
	struct tx *tx, int32_t from, int32_t to, struct mark_outcome *of_mark);

#define OUTCOME_STMTS 2
extern struct db_stmt *const attendance_outcome_stmts[OUTCOME_STMTS];

#endif
