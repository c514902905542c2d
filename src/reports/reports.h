/*
 * The daily report (LKH): output that can be counted, due the same day, checked by the supervisor
 * of that date.
 *
 * "Harus ada laporan kerja yang terukur setiap hari" (the council of Kota Bekasi); not negotiable
 * in Pesisir Barat. A home day is complete only with a punch and a verified report (product.md
 * principle 5). Nobody verifies himself; who may verify is the supervisor of the report's day or
 * his delegate with a letter.
 */
#ifndef LUWES_REPORTS_REPORTS_H
#define LUWES_REPORTS_REPORTS_H

#include "attendance/attendance.h"

enum report_state { REPORT_NONE, REPORT_DRAFT, REPORT_SUBMITTED, REPORT_VERIFIED, REPORT_RETURNED };
extern const char *const report_state_names[]; /* none draft submitted verified returned */

/* Whether a day counts as done: punches, and where the duty is daily a verified report. Pure. */
enum day_completion {
	COMPLETION_OPEN,
	COMPLETION_WAITS_REPORT,
	COMPLETION_WAITS_VERIFICATION,
	COMPLETION_DONE,
	COMPLETION_NOT_ASKED
};
extern const char *const day_completion_names[];
enum day_completion reports_decide_completion(
	const struct attendance_day *day, enum report_state state);

/* State of the report of a person's day; REPORT_NONE when there is none. */
enum err reports_load_state(
	struct tx *tx, struct employee_id employee, int32_t day, enum report_state *ret);

/* Sets again what reports of [from, to] brought to planned results; ret_wrong gets how many days
 * stood otherwise. */
enum err reports_rebuild_output(struct tx *tx, int32_t from, int32_t to, int64_t *ret_wrong);

/* Once a minute: what nobody objected to in time becomes final (reports_rating.h). */
enum err reports_tick_ratings(struct tx *tx);

/* --- what reports and tasks (a folder that sees this one) say of each other --- */

/* A task as reports name it. */
struct report_task {
	const char *subject;
	int32_t year, number;
};
/* Loads a task; *ret_may: whether `actor` may say that he worked on it on `day`. E_NOT_FOUND when
 * there is none. Set at start by tasks; NULL: no report names one. */
typedef enum err (*report_task_source)(struct tx *tx, int64_t task, struct employee_id actor,
	int32_t day, struct report_task *ret, bool *ret_may);
extern report_task_source reports_task_source;

#define REPORT_VOLUME_MAX 99999 /* of one item of a report, plan or template: five digits */

/* An item of a report that was handed in and names a task. */
struct report_task_fact {
	const char *name; /* of its writer, with titles */
	int32_t day;
	const char *description, *unit_of_measure;
	int32_t volume, state; /* enum report_state */
};
/* The newest day first. */
enum err reports_list_task_facts(
	struct tx *tx, int64_t task, struct report_task_fact *ret, int max, int *ret_count);

extern const struct slice reports_slice, reports_target_slice, reports_rating_slice,
	reports_unit_output_slice, reports_template_slice, reports_thread_slice;

#endif
