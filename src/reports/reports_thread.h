/*
 * The thread of a report: what happened to it, and the notes of who has part in it; and what has
 * waited too long for a decision, as facts one level up.
 *
 * Notes are only added, at most REPORT_NOTES_MAX, and seen by the writer, by who answers for him on
 * that day (supervisor, delegate, who holds the office or stands one level up while it is vacant)
 * and by his team lead alone: P_REPORT_NOTE. Officers who may read the report do not see them.
 * Escalation moves no power (UU 30/2014 art. 13-14): it shows how many reports wait and since when;
 * who may decide is what org_stand.h says. Private to reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_THREAD_H
#define LUWES_REPORTS_REPORTS_THREAD_H

#include "reports/reports_routes.h"

#define THREADS_MAX 100 /* reports with notes that somebody has not seen */

/* Adds a note to the thread and to what the report counts of them. */
enum err reports_add_note(struct tx *tx, const struct daily_report *r, int64_t event_id,
	struct employee_id actor, const char *text);
/* As the route does, without a request: a note of `actor`, what he has seen, the leaf. */
enum err reports_say(
	struct tx *tx, const struct daily_report *r, struct employee_id actor, const char *text);
/* He has seen `notes` of the report; never fewer than before. */
enum err reports_set_seen(
	struct tx *tx, struct employee_id reader, struct report_id report, int32_t notes);

/* A report in whose thread the reader has not seen everything. */
struct unread_report {
	struct report_id report;
	struct employee_id employee;
	const char *name; /* with titles */
	int32_t day, state, notes, seen;
};
/* Of the reader's own reports until `last`, however old, of those he answers for on their day
 * (org_stand.h), and of those whose team lead he was: the newest day first, at most `max`. */
enum err reports_list_unread(struct tx *tx, struct employee_id reader, int32_t last,
	struct unread_report *ret, int max, int *ret_count);

/* A report that waits for its supervisor. */
struct waiting_report {
	struct employee_id employee;
	int32_t day;
	int64_t submitted_at;
};
/* Those until `last` that wait for one supervisor, however old: the longest first, at most `max`.
 */
enum err reports_list_waiting(struct tx *tx, struct employee_id superior, int32_t last,
	struct waiting_report *ret, int max, int *ret_count);

extern const struct shape reports_note_shape, reports_seen_shape, reports_threads_shape;
enum err reports_post_note(struct req *rq);
enum err reports_post_seen(struct req *rq);
enum err reports_get_threads(struct req *rq);
extern const struct shape reports_waiting_shape;
enum err reports_get_waiting(struct req *rq);

#define THREAD_STMTS 7
extern struct db_stmt *const reports_thread_stmts[THREAD_STMTS];

#endif
