/*
 * Private to attendance: a correction as its owner, his superior and an officer read it.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CORRECTION_VIEW_H
#define LUWES_ATTENDANCE_ATTENDANCE_CORRECTION_VIEW_H

#include "attendance/attendance_correction.h"

#define CORRECTIONS_PAGE 100

struct correction_view {
	int64_t id, asked_at, at, decided_at;
	struct employee_id employee;
	const char *name, *unit_name, *reason, *file_sha256, *file_name, *decided_by, *decided_for,
		*proposed_by, *decision;
	int32_t day, kind, direction, cause, state, version, day_state, late_minutes;
	int64_t in_at, out_at;
	bool is_late, is_proposed, may_decide;
};

struct correction_list {
	struct correction_view *items;
	int count;
	int64_t next;
};
extern const struct shape correction_view_shape, correction_list_shape;

/* How the correction stands, with the names of who decided and the day as it is now; texts live in
 * the request's arena. may_decide stays false: that is for who lists what waits. */
enum err attendance_show_correction(
	struct req *rq, const struct correction *c, struct correction_view *ret);

/* The same for `count` of them, at most CORRECTIONS_PAGE or PROPOSAL_MAX; `next` stays 0. */
enum err attendance_show_corrections(
	struct req *rq, const struct correction *c, int count, struct correction_list *ret);

#endif
