/* A sheet as it is shown. Private to roster/. */
#ifndef LUWES_ROSTER_ROSTER_SHEET_VIEW_H
#define LUWES_ROSTER_ROSTER_SHEET_VIEW_H

#include "roster/roster_sheet.h"

struct day_view;
struct group_view;
struct person_view;
struct problem_view;

struct sheet_view {
	int32_t from, to;
	struct day_view *days;
	int day_count;
	struct group_view *groups;
	int group_count;
	struct person_view *people;
	int person_count;
	int32_t outside;
	struct problem_view *problems;
	int problem_count;
	int32_t problem_total, fault_total;
};
extern const struct shape roster_sheet_shape, roster_problem_shape;

/* A cell that the planner locked. */
struct roster_lock {
	int64_t employee;
	int32_t day;
};
#define SHEET_LOCKS_MAX 5000 /* opened at once */
extern const struct shape roster_lock_shape;

struct sheet_view roster_show_sheet(const struct roster_sheet *s, struct arena *arena);
/* What is wrong alone. */
void roster_show_problems(const struct roster_sheet *s, struct arena *arena,
	struct problem_view **ret, int *ret_count, int32_t *ret_total, int32_t *ret_faults);

#endif
