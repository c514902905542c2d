/*
 * Private to attendance: a confirmation as its owner and who decides it read it. Never a score,
 * never a position: marks by name and the bucket of the distance.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_VIEW_H
#define LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_VIEW_H

#include "attendance/attendance_confirmation_int.h"

struct confirmation_view {
	int64_t id, at, received_at, asked_at, explained_at, decided_at;
	struct employee_id employee;
	int64_t punch;
	const char *name, *unit_name, *explanation, *decided_by, *decided_for, *decision;
	const char **marks;
	int mark_count;
	int32_t day, due_day, direction, kind, grade, place, distance, state, consequence, version;
	bool is_plain, may_decide, may_object;
};
extern const struct shape confirmation_view_shape;

/* How `count` of them stand, with the names of who decided; texts in the request's arena.
 * may_decide stays false. Cheapest when those of one day of a person follow one another. */
enum err attendance_show_confirmations(
	struct req *rq, const struct confirmation *c, int count, struct confirmation_view *ret);

#endif
