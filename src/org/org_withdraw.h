/*
 * Private to the slice: a decree that was entered wrongly is taken back.
 *
 * UU 30/2014 art. 64: a decision with a mistake in it is withdrawn, by who made it, with the
 * reason. What held before the decree holds again over its days, as if another decree said so: a
 * day that somebody decided about meanwhile keeps what it was decided with and becomes a case.
 * Nothing is lost: the decree stays in the history with who withdrew it, when and why.
 */
#ifndef LUWES_ORG_ORG_WITHDRAW_H
#define LUWES_ORG_ORG_WITHDRAW_H

#include "org/org_transfer.h"

/* The rows around one decree in a person's timeline: indices, -1 none. */
struct undoing {
	int before;  /* ends the day before it begins */
	int again;   /* the same as `before`, goes on the day after it ends */
	int resting; /* another decree that begins the day after it ends */
};
/* `says[i]`: rows of the same number say the same. Pure. */
struct undoing org_plan_undoing(const struct dated *row, const int *says, int rows, int which);

/* Everything a withdrawal is judged by; zero where it does not apply. */
struct undo_facts {
	struct dated span; /* of the decree */
	int32_t today;
	struct undoing plan;
	bool is_placement;
	bool is_unit_gone;     /* the unit before does not exist any more on its first day */
	bool is_superior_gone; /* the superior before is not in service then */
	bool is_cycle;         /* he answers to the person by now */
};
/* The first thing in the way of a withdrawal. Pure. */
struct transfer_fault org_check_undoing(const struct undo_facts *facts);

/* The facts of one row as far as the rows and the tree tell them; what else stands in the way is
 * found when it is withdrawn. */
struct undo_facts org_placement_undo_facts(struct arena *arena, const struct org_tree *tree,
	const struct org_placement_row *row, int rows, int which, int32_t today);
/* Of the relation's own kind alone. */
struct undo_facts org_relation_undo_facts(struct arena *arena, const struct org_relation_row *row,
	int rows, int which, int32_t today);

/* Whether a role may be withdrawn: before its first day, or on the day it was granted. Afterwards
 * its holder may have decided in it, and it is ended instead. Pure. */
bool org_may_withdraw_role(int32_t first_day, int32_t granted, int32_t today);

/* ---- org_withdraw_db.c ---- */

enum withdrawn_kind { WITHDRAWN_PLACEMENT, WITHDRAWN_SUPERVISOR, WITHDRAWN_TEAM_LEAD };
struct org_withdrawn_row {
	int32_t kind, valid_from, valid_to, position_level;
	struct unit_id unit;
	struct employee_id superior;
	const char *position, *number, *superior_name, *entered_by, *withdrawn_by, *why;
	int64_t entered_at, withdrawn_at;
};
/* Withdrawn decrees of an employee, newest first, at most `max`. */
enum err org_list_withdrawn_rows(struct tx *tx, struct employee_id employee,
	struct org_withdrawn_row *ret_row, int max, int *ret_count);

/* Takes the row out of the timeline and lets the one before go on; marks the days and adds a leaf.
 * `undo` is what holds instead. */
enum err org_undo_placement(struct tx *tx, const struct org_placement_row *row, int which,
	const struct undoing *plan, const struct org_decree *undo, struct employee_id by,
	const char *why);
enum err org_undo_relation(struct tx *tx, const struct org_relation_row *row, int which,
	const struct undoing *plan, const struct org_decree *undo, struct employee_id by,
	const char *why);

/* Days that still wait in the cases of the decree keep what they were decided with. */
enum err org_close_cases_of(struct tx *tx, struct employee_id employee, enum case_kind kind,
	const char *number, int32_t effective, const char *why, struct employee_id by);

/* The role never held; with who, why and a leaf. */
enum err org_withdraw_role(
	struct tx *tx, const struct org_role_line *line, struct employee_id by, const char *why);

#endif
