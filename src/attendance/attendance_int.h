/*
 * Private to attendance: statements of attendance_db.c, folding of attendance_project.c, jobs,
 * routes.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_INT_H
#define LUWES_ATTENDANCE_ATTENDANCE_INT_H

#include "attendance/attendance.h"
#include "org/org_case.h"
#include "platform/changes.h"
#include "platform/db.h"
#include "platform/http.h"
#include "platform/jobs.h"
#include "platform/slice.h"

/* ret_rows: 0 when its key is there already. */
enum err attendance_add_journal_row(
	struct tx *tx, struct employee_id employee, const struct punch *punch, int64_t *ret_rows);
/* attendance_add_punch without its leaf: for who adds one of his own. */
enum err attendance_add_punch_row(struct tx *tx, struct employee_id employee,
	const struct punch *punch, enum receipt_status *ret);
/* The same with the position already sealed (attendance_position.h). */
enum err attendance_add_sealed_row(struct tx *tx, struct employee_id employee,
	const struct punch *punch, struct bytes sealed, int64_t *ret_rows);
/* Many at once, of machines, which have no position; one that is there already stays as it is. */
enum err attendance_add_journal_rows(
	struct tx *tx, const struct employee_id *employee, const struct punch *punch, int punches);
/* The punch as it stands in the journal; E_NOT_FOUND when it is not there. */
enum err attendance_load_punch(struct tx *tx, struct employee_id employee, int32_t day,
	const struct uuid *event_id, struct punch *ret);
/* A row of the projection, new or changed within its unit. */
enum err attendance_add_day(struct tx *tx, const struct attendance_day *row);
enum err attendance_set_day(struct tx *tx, const struct attendance_day *row);
enum err attendance_end_day(struct tx *tx, struct employee_id employee, int32_t day);

/* Folded days of a person from `from` on, the latest first; at most `max`. */
enum err attendance_list_folded(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t *ret, int max, int *ret_count);

/* When the day was opened, and when the days before it were settled (0 not yet); E_NOT_FOUND when
 * not open. */
enum err attendance_load_opened(
	struct tx *tx, int32_t day, int64_t *ret_opened_at, int64_t *ret_settled_at);
enum err attendance_add_opened(struct tx *tx, int32_t day);
enum err attendance_set_settled(struct tx *tx, int32_t day);
/* First open day in [from, to] after `after`; DAY_NONE when there is none. */
enum err attendance_load_next_opened(struct tx *tx, int32_t after, int32_t to, int32_t *ret_day);
/* Last open day before a day; DAY_NONE when there is none. */
enum err attendance_load_last_opened(struct tx *tx, int32_t before, int32_t *ret_day);

/* People of a day after `after`, in id order: with an unsettled row; with a row or punch at all;
 * with a row but not in service. */
enum err attendance_list_unsettled(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count);
enum err attendance_list_known(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count);
enum err attendance_list_strangers(struct tx *tx, int32_t day, struct employee_id after,
	struct employee_id *ret, int max, int *ret_count);

/* Days that rest on a paper list or a correction: org_decided_source. */
enum err attendance_list_decided(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_decided_day *ret_day, int max, int *ret_count);

struct event_count {
	struct unit_id unit;
	int32_t event, people; /* enum event_verdict */
};
/* Of each unit how many of its people were judged how at the assembly of a day; at most `max`. */
enum err attendance_count_events(
	struct tx *tx, int32_t day, struct event_count **ret, int max, int *ret_count);

/* The route of attendance_event_routes.c. */
extern const struct shape attendance_event_query_shape, attendance_event_shape;
enum err attendance_find_event(struct req *rq, struct object *ret_object);
enum err attendance_get_event(struct req *rq);

/* Whether a job of the kind waits or runs for this government. */
enum err attendance_load_is_queued(struct tx *tx, const char *kind, bool *ret_queued);

/* Works out the rest of a view whose book and facts are set. */
enum err attendance_compute_view(struct tx *tx, struct day_view *view);
/* First civil day whose punches may belong to the window of `day` that begins at `from`. */
int32_t attendance_first_civil_day(int64_t from, enum zone zone, int32_t day);
/* A punch whose phone named a later day than it arrived on, by its key in the journal. */
struct ahead {
	int32_t punch_day;
	int64_t punch_id;
};
#define AHEAD_MAX 10
/* Of days after `after` that arrived in [from, to), by day. */
enum err attendance_list_ahead(struct tx *tx, struct employee_id employee, int32_t after,
	int64_t from, int64_t to, struct ahead *ret, int max, int *ret_count);
/* By civil day, then event; the order of attendance_list_punches. */
int attendance_compare_punches(const void *a, const void *b);

/*
 * Today's sheet (attendance_sheet.c): what the writer remembers of days of today.
 */
/* Fills what a fold asks of a view but its book, and the row as stored; false when not remembered.
 * Of the facts person, day and unit. */
bool attendance_recall_day(struct tx *tx, struct employee_id employee, int32_t day,
	struct day_view *view, struct attendance_day *ret_stored);
/* Remembers a view of today whose row is stored. */
void attendance_hold_day(struct tx *tx, const struct day_view *view);
/* A row of somebody remembered was stored anew. */
void attendance_hold_row(struct tx *tx, const struct attendance_day *row);
/* Whether the person's day is remembered, who was then in service on it. */
bool attendance_is_held(struct tx *tx, struct employee_id employee, int32_t day);
/* The journal took a punch. */
void attendance_hold_punch(struct tx *tx, struct employee_id employee, const struct punch *punch);
/* A fact of the person changed, of the people of a unit and below it, or of everybody. */
void attendance_forget_day(struct tx *tx, struct employee_id employee);
void attendance_forget_unit(struct tx *tx, const struct org_tree *tree, struct unit_id unit);
void attendance_forget_sheet(struct tx *tx);
/* Everybody in service has been held. */
void attendance_fill_sheet(struct tx *tx, int32_t day);
/* Whether the sheet of an open day should be filled again: it was lost, or the program started. */
bool attendance_is_sheet_wanting(struct tx *tx, int32_t day);

/* Whether punches of the civil day belong to the day before or after it. */
struct neighbours {
	bool before, after;
};
/* Folds one person's day and stores it; `ret_changed` (may be NULL) tells whether the row changed.
 */
enum err attendance_fold_facts(struct tx *tx, const struct policy_book *book,
	const struct person_day *facts, struct neighbours *ret_neighbours, bool *ret_changed);
/* The same from the store's facts; a person not in service loses the row. */
enum err attendance_fold_person(struct tx *tx, const struct policy_book *book,
	struct employee_id employee, int32_t day, struct neighbours *ret_neighbours,
	bool *ret_changed);
/* Removes the next rows of people who are not in service on the day. */
enum err attendance_drop_strangers(struct tx *tx, int32_t day, struct employee_id after, int max,
	struct employee_id *ret_last);
/* Folds what the batch changed. */
enum err attendance_project(struct tx *tx);

#define JOB_OPEN_DAY    "open_day"
#define JOB_SETTLE_DAYS "settle_days"
#define JOB_REFOLD      "refold"
/* Adds the job that folds the open days in [from, to] again, in slices: of the people of a unit and
 * below it, or of everybody (0). */
enum err attendance_add_refold_job(struct tx *tx, int32_t from, int32_t to, struct unit_id unit);
/* Folds the next people of the unit; ret_last as attendance_open_day. */
enum err attendance_refold_unit(struct tx *tx, struct unit_id unit, int32_t day,
	struct employee_id after, int max, struct employee_id *ret_last);

extern const struct job_kind attendance_jobs[3];
/* Of attendance_incident_db.c: every fold asks for the incidents. */
extern struct db_stmt ATTENDANCE_LIST_ACCEPTED;
extern struct db_stmt ATTENDANCE_LOAD_IS_CLOSED, ATTENDANCE_ADD_CLOSED, ATTENDANCE_LIST_CLOSED,
	ATTENDANCE_LOAD_LAST_CLOSED; /* attendance_closed_db.c */
/* First day of the latest month any unit closed; DAY_NONE: none. */
enum err attendance_load_last_closed(struct tx *tx, int32_t *ret_month);
/* Tells the slices below which days stand in closed months: org_find_closed. */
void attendance_wire_closed(void);
extern struct db_stmt *const attendance_stmts[39];

#endif
