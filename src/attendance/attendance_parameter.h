/*
 * Private to attendance: the dated numbers that judge evidence, as rows.
 *
 * A number may send a person's morning to his superior, so it is dated data with what it rests on
 * and who checked it. It holds from tomorrow at the earliest: no number ever changes for a day that
 * was already judged with another one (a start moved from 07.30 to 07.00 afterwards made everybody
 * late once). A row is ended, never edited.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_PARAMETER_H
#define LUWES_ATTENDANCE_ATTENDANCE_PARAMETER_H

#include "attendance/attendance_evidence.h"

struct tx;

struct parameter_row {
	int64_t id;
	int32_t kind; /* enum parameter */
	int32_t value, valid_from, valid_to;
	const char *legal_basis, *verified_by; /* "": an example */
};
#define PARAMETER_ROWS_MAX 2000 /* of a government, ended ones too; more are refused */

/* What a number may be. */
struct parameter_bounds {
	int32_t fallback, lowest, highest;
};
struct parameter_bounds attendance_parameter_bounds(enum parameter kind);
/* The row that speaks on a day, the latest set of those; NULL: the default holds. Pure. */
const struct parameter_row *attendance_find_parameter(
	const struct parameter_row *row, int rows, enum parameter kind, int32_t day);
/* All numbers of a day. Pure. */
struct parameters attendance_compute_parameters(
	const struct parameter_row *row, int rows, int32_t day);
/* Why numbers do not go together, NULL when they do: what is sampled must come before what asks a
 * person, and a claim cannot count longer than it is queued. Pure. */
const char *attendance_check_parameters(const struct parameters *numbers);
/* First day a number set now may hold: tomorrow in the zone where the sun is furthest. Pure. */
int32_t attendance_parameter_earliest(int64_t now_ms);

/* Every row, in the order it was set. Cached; lives as long as the transaction. */
enum err attendance_list_parameters(
	struct tx *tx, const struct parameter_row **ret, int *ret_count);
/* Ends what holds of its kind from row->valid_from on and adds this one; one leaf. */
enum err attendance_set_parameter(struct tx *tx, const struct parameter_row *row);

#define PARAMETER_STMTS 3
extern struct db_stmt *const attendance_parameter_stmts[PARAMETER_STMTS];

#endif
