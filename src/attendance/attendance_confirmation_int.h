/*
 * Private to attendance: rules, statements and views of confirmations.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_INT_H
#define LUWES_ATTENDANCE_ATTENDANCE_CONFIRMATION_INT_H

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_correction.h"

#define CONFIRMATIONS_PAGE    200 /* what a superior is shown at once */
#define CONFIRMATIONS_AT_ONCE 100 /* what he confirms in one gesture */

/* ---- rules: pure ---- */

/* The stronger of two reasons to ask about one punch. */
enum confirmation_kind attendance_stronger_kind(
	enum confirmation_kind asked, enum confirmation_kind anew);
/* Whether `who` may decide it so, as he read it. What was denied may be looked at again, since an
 * explanation may come later; what was confirmed stays, also by silence. */
enum err attendance_decide_confirmation(const struct confirmation *c,
	const struct correction_standing *who, bool is_closed, int32_t version_seen);
/* Whether it may be confirmed with others in one gesture: nothing asks for a look of its own. */
bool attendance_is_plain_confirmation(const struct confirmation *c, bool is_place_unsure);
/* Flags of the row that says so about the punch; 0: nothing changes, so none is written. */
int attendance_confirmation_marks(const struct confirmation *c,
	const struct confirmation_verdict *verdict, bool is_place_unsure);
/* What the flags of a row mean for the question about its punch; false: nothing. */
bool attendance_read_marks(
	int marks, enum confirmation_state *ret_state, enum confirmation_consequence *ret);
/* Where its event was made, from the view of its day; not asked when the view does not hold it.
 * What a person confirmed is within. */
struct place_judgement attendance_find_event_place(
	const struct day_view *view, const struct confirmation *c);
bool attendance_is_place_unsure(enum place_verdict verdict);

/* ---- statements ---- */

/* ret_rows: 0 when the punch was asked about already. */
enum err attendance_add_confirmation(
	struct tx *tx, const struct confirmation *c, int64_t *ret_rows);
/* Everything that may change: kind, marks, state, consequence, explanation, decision; version one
 * higher. */
enum err attendance_set_confirmation(struct tx *tx, struct confirmation *c);
/* One's own, newest first, ids below `before` (0: all). */
enum err attendance_list_own_confirmations(struct tx *tx, struct employee_id employee,
	int64_t before, struct confirmation *ret, int max, int *ret_count);
/* Of a person's day, oldest first. */
enum err attendance_list_day_confirmations(struct tx *tx, struct employee_id employee, int32_t day,
	struct confirmation *ret, int max, int *ret_count);
/* Waiting ones of days since `since` whose superior is the actor, or in whose place he stands, and
 * denied ones explained since; by day, then name. */
enum err attendance_list_team_confirmations(struct tx *tx, struct employee_id actor, int32_t since,
	struct confirmation *ret, int max, int *ret_count);
/* Those of units below `path` ("/" all) that go to the agency's officer; by day, then name. */
enum err attendance_list_office_confirmations(struct tx *tx, const char *path, int32_t since,
	struct confirmation *ret, int max, int *ret_count);
/* Waiting ones due before a day, by due day. */
enum err attendance_list_due_confirmations(
	struct tx *tx, int32_t before, struct confirmation *ret, int max, int *ret_count);
enum err attendance_load_is_due(struct tx *tx, int32_t before, bool *ret);

/* The day it is about, worked out now; a person who was not in service then has an empty one. */
enum err attendance_view_event_day(
	struct tx *tx, const struct confirmation *c, struct day_view *ret);

#define CONFIRMATION_STMTS 10
extern struct db_stmt *const attendance_confirmation_stmts[CONFIRMATION_STMTS];

#define JOB_SETTLE_SILENCE "settle_silence"
#define EVIDENCE_JOBS      1
extern const struct job_kind attendance_evidence_jobs[EVIDENCE_JOBS];

#endif
