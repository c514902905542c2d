/*
 * Private to attendance: what corrections, paper lists and incidents share. A stated time waits in
 * the journal as a row kept apart; a decision is a row that refers to it; nothing is changed.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_STATED_H
#define LUWES_ATTENDANCE_ATTENDANCE_STATED_H

#include "attendance/attendance_int.h"
#include "org/org_closed.h"
#include "trust/trust.h"

#define REASON_LEAST 10 /* a reason shorter than this says nothing */
#define LONG_REASON  500

/* A row of the journal as it is referred to: where it stands and when it happened. */
struct journal_row {
	struct employee_id employee;
	int32_t punch_day;
	int64_t punch_id;
	enum direction direction;
	int64_t at;
};

/*
 * Writes that the person came or left at `row->at`, which must not lie ahead, as a row kept apart
 * until somebody decides; fills row->punch_id. E_NOT_FOUND when he was not in service.
 */
enum err attendance_state_time(
	struct tx *tx, enum punch_source source, const char *note, struct journal_row *row);
/* Writes the verdict `flags` (PUNCH_VOIDS ...) on a row; the person's day is folded again. */
enum err attendance_mark_row(
	struct tx *tx, enum punch_source source, int flags, const struct journal_row *row);

/* An event id of our own, for what no phone sent. */
struct uuid attendance_make_event(int64_t now_ms, int64_t id);

/* Refuses, naming `pointer`, a file the actor never uploaded; an empty name is no file. */
enum err attendance_check_file(struct req *rq, const char *sha256, const char *pointer);
/* Name with titles; "" for 0 (the program itself) and for an account without an employee. */
enum err attendance_load_name(struct tx *tx, struct employee_id employee, const char **ret);
/* Name of a unit; the government's for 0. */
enum err attendance_load_unit_name(struct tx *tx, struct unit_id unit, const char **ret);

/* Refuses, naming `pointer`, when the month of the unit's day is closed and the actor is not the
 * agency's officer, who decides about it as a supplement (org_closed.h). */
enum err attendance_check_open(
	struct req *rq, struct unit_id unit, int32_t day, const char *pointer);

/* One leaf over the canonical form of a fact. */
void attendance_add_leaf(struct tx *tx, enum leaf_kind kind, int64_t id, const struct shape *shape,
	const void *fact);

/* Working days that a limit grants on a day: its row, or the program's default. */
enum err attendance_load_limit(struct tx *tx, enum limit_kind kind, int32_t day, int32_t *ret_days);
struct limit_row {
	int64_t limit_id;
	int32_t kind, days, valid_from, valid_to;
	const char *legal_basis, *verified_by;
};
#define LIMITS_MAX 200
enum err attendance_list_limits(struct tx *tx, struct limit_row *ret, int *ret_count);
/* Ends the row of its kind in force and adds this one. */
enum err attendance_set_limit(struct tx *tx, const struct limit_row *row);

#define LIMIT_STMTS 4
extern struct db_stmt *const attendance_limit_stmts[LIMIT_STMTS];

#endif
