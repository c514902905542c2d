/*
 * Private to attendance: evidence that a case needs is kept while it does.
 *
 * UU 27/2022 art. 43-44: what is needed for a case is not erased. A hold names a person, days, a
 * reason and the letter it rests on; the personnel board or the inspectorate sets and lifts it by
 * name, nobody about himself, and the person reads it. It keeps positions from being taken out; it
 * opens nothing to anybody.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_HOLD_H
#define LUWES_ATTENDANCE_ATTENDANCE_HOLD_H

#include "attendance/attendance_stated.h"

struct hold {
	int64_t id;
	struct employee_id employee;
	int32_t first_day, last_day;
	const char *reason, *letter;
	struct employee_id set_by;
	int64_t set_at;
	struct employee_id lifted_by;
	int64_t lifted_at; /* 0: holds */
	const char *lift_reason;
	const char *full_name, *set_by_name, *lifted_by_name; /* filled by lists; "" unknown */
};
#define HOLD_DAYS_MAX 366

/* What is wrong with a hold over these days, as the reply names it; pointer NULL: nothing. Days to
 * come are none of a case. Pure. */
const char *attendance_check_hold(const struct hold *hold, int32_t today, const char **ret_why);

enum err attendance_set_hold(struct tx *tx, struct hold *hold);
enum err attendance_load_hold(struct tx *tx, int64_t id, struct hold *ret);
/* E_CONFLICT when it was lifted before. */
enum err attendance_lift_hold(
	struct tx *tx, struct hold *hold, struct employee_id by, const char *reason);
/* Newest first, ids below `before` (0: all); of one person, or of everybody (0). */
enum err attendance_list_holds(struct tx *tx, struct employee_id employee, bool only_open,
	int64_t before, struct hold *ret, int max, int *ret_count);

/* How a hold is shown; the person's own list is the same. */
extern const struct shape attendance_hold_shape;
struct hold_view {
	int64_t id, set_at, lifted_at;
	struct employee_id employee;
	const char *full_name, *reason, *letter, *set_by, *lifted_by, *lift_reason;
	int32_t first_day, last_day;
	bool may_lift;
};
struct hold_view attendance_show_hold(const struct hold *hold);

#define HOLD_STMTS 4
extern struct db_stmt *const attendance_hold_stmts[HOLD_STMTS];

#endif
