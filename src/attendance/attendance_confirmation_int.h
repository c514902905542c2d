/*
 * Private to attendance: rules, statements and decisions of confirmations.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_INT_H
#define LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_INT_H

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_stated.h"

/* ---- rules: pure ---- */

/* The stronger of two reasons to ask about one punch. */
enum confirmation_kind attendance_stronger_kind(
	enum confirmation_kind asked, enum confirmation_kind anew);

/* ---- statements ---- */

/* ret_rows: 0 when the punch was asked about already. */
enum err attendance_add_confirmation(
	struct tx *tx, const struct confirmation *c, int64_t *ret_rows);
enum err attendance_load_confirmation(struct tx *tx, int64_t id, struct confirmation *ret);
/* By its punch; E_NOT_FOUND when nobody was asked. */
enum err attendance_load_punch_confirmation(
	struct tx *tx, int64_t punch_id, struct confirmation *ret);
/* Everything that may change: kind, marks, state, consequence, explanation, decision; version one
 * higher. */
enum err attendance_set_confirmation(struct tx *tx, struct confirmation *c);

#define CONFIRMATION_STMTS 4
extern struct db_stmt *const attendance_confirmation_stmts[CONFIRMATION_STMTS];

#endif
