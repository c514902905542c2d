/*
 * Work that moves: dispositions and assignments from hand to hand, checklists of documents,
 * meetings and what becomes of their decisions. docs/WORK.md ("Tasks") says what is meant.
 *
 * Luwes is not the letter register: a task carries the number and link of SRIKANDI where there is
 * one. What others may read is here: the backlog of a unit, counted in the transaction of the
 * facts.
 */
#ifndef LUWES_TASKS_TASKS_H
#define LUWES_TASKS_TASKS_H

#include "base/err.h"
#include "base/ids.h"
#include "platform/db.h"

struct slice;

enum task_state {
	TASK_SENT,
	TASK_ACCEPTED,
	TASK_DONE,     /* the holder says so; waits for the sender */
	TASK_RETURNED, /* the holder does not take it; back with the sender */
	TASK_CLOSED,
	TASK_WITHDRAWN
};
extern const char *const task_state_names[];
#define TASK_OPEN_LAST TASK_ACCEPTED /* states up to here are work of the holder */

/* Open tasks of a unit and all below it: sent or accepted, and neither done nor taken back. */
struct tasks_backlog {
	struct unit_id unit;
	int32_t open, overdue;
	int32_t oldest; /* day the oldest of them was sent; DAY_NONE: there is none */
};

/* The backlog of one unit (0 the whole government) as of `today`; zeros where nothing is open. */
enum err tasks_load_backlog(
	struct tx *tx, struct unit_id unit, int32_t today, struct tasks_backlog *ret);
/* Of the units in force below `parent` (0: the agencies) by code, zeros included. */
enum err tasks_list_backlog(struct tx *tx, struct unit_id parent, int32_t today,
	struct tasks_backlog *ret, int max, int *ret_count);
/* Compares the stored counters with the tasks themselves; how many rows differ. For doctor. */
enum err tasks_check_backlog(struct tx *tx, int *ret_wrong);

extern const struct slice tasks_slice, tasks_people_slice, tasks_backlog_slice, tasks_check_slice,
	tasks_meeting_slice;

#endif
