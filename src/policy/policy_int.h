/*
 * Private to policy/: the order of rules, and what the files of the slice share.
 */
#ifndef LUWES_POLICY_POLICY_INT_H
#define LUWES_POLICY_POLICY_INT_H

#include "policy/policy.h"

struct db_stmt;

/* How narrowly a rule says whom it concerns; greater is more specific. Pure. */
int policy_specificity(const struct policy_book *book, const struct rule *rule);
/* By what `winner` beats `loser`: STEP_LESS_SPECIFIC, STEP_LOWER_RANK or STEP_OLDER; STEP_APPLIES
 * when it does not. Pure. */
enum step_result policy_why_lost(
	const struct policy_book *book, const struct rule *loser, const struct rule *winner);

/* The instrument of a book by its id; NULL when unknown. */
const struct instrument *policy_find_instrument(
	const struct policy_book *book, struct instrument_id id);

#define POLICY_STMTS 7
extern struct db_stmt *const policy_stmts[POLICY_STMTS];

#endif
