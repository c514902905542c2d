/*
 * Routes of reports: one table (reports_routes.c), handlers and shapes in a file for each concern.
 */
#ifndef LUWES_REPORTS_REPORTS_ROUTES_H
#define LUWES_REPORTS_REPORTS_ROUTES_H

#include "platform/http.h"
#include "reports/reports_int.h"
#include "trust/trust.h"

struct day_query {
	int32_t day, state;
};

/* Input of every route that names a report in its path. */
struct report_input {
	int64_t report;
	int32_t version;
	const char *reason;
};

/* A report as it was read, in a list of those decided in one gesture. */
#define REPORTS_AT_ONCE_MAX 200
struct report_version {
	int64_t report;
	int32_t version;
};
extern const struct shape reports_version_shape;

/* An item as it is written, and as it is read back with more beside it. */
#define REPORT_ITEM_FIELDS                                                                         \
	F_MINUTE(struct report_item, starts, 0, "When the work began."),                           \
		F_MINUTE(struct report_item, ends, 0,                                              \
			"When it ended, after it began; past 24:00 on the next day."),             \
		F_TEXT(struct report_item, description, 10, 500, 0, "What was done."),             \
		F_INT(struct report_item, volume, 1, REPORT_VOLUME_MAX, 0, "How much of it."),     \
		F_TEXT(struct report_item, unit_of_measure, 1, 40, 0,                              \
			"Of what: letters, files, visits."),                                       \
		F_ID(struct report_item, target_id, OPTIONAL,                                      \
			"The planned result it serves, of an agreed plan of that day."),           \
		F_ID(struct report_item, task_id, OPTIONAL,                                        \
			"A task of one's own or of one's office that it speaks of."),              \
		F_TEXT(struct report_item, target, 1, 200, OPTIONAL,                               \
			"The same in words, where no plan names it."),                             \
		F_INT(struct report_item, effective_minutes, 1, 1440, OPTIONAL,                    \
			"Minutes of the span that went into it; all of them when absent."),        \
		F_TEXT(struct report_item, reference, 1, 100, OPTIONAL,                            \
			"Number of a letter, case or register: suffices as evidence."),            \
		F_TEXT(struct report_item, evidence_sha256, 64, 64, OPTIONAL,                      \
			"A file uploaded before, by its SHA-256."),                                \
		F_TEXT(struct report_item, evidence_name, 1, 200, OPTIONAL, "Name of that file."), \
		F_TEXT(struct report_item, evidence_link, 9, 500, OPTIONAL,                        \
			"An https link to the result."),                                           \
		F_DAY(struct report_item, day, OPTIONAL,                                           \
			"Of a report of the week: which of its days, where not the report's own.")

/* What every change of one's own report answers. */
struct report_saved {
	int64_t report;
	int32_t version, state;
};

/* The day asked for; today when absent. */
static inline int32_t reports_day_asked(const struct req *rq, int32_t day)
{
	return day == DAY_NONE ? req_today(rq) : day;
}

/* The day of attendance behind a report; with no punch and no duty when it was never folded. */
enum err reports_load_attendance(
	struct tx *tx, struct employee_id employee, int32_t day, struct attendance_day *ret);
/* Adds a leaf over the JSON of `in`. */
void reports_add_leaf(struct tx *tx, enum leaf_kind kind, int64_t subject,
	const struct shape *shape, const void *in);
/* A report is about its owner on its day; a draft exists for its owner alone. */
enum err reports_find_object(struct req *rq, struct object *ret_object);

/* reports_own_routes.c */
extern const struct shape reports_day_query_shape, reports_path_shape, reports_report_shape;
extern const struct shape reports_schedule_shape;
enum err reports_get_own(struct req *rq);
enum err reports_get(struct req *rq);
/* The report of a person's day, or an empty one in state none. */
enum err reports_load_or_begin(
	struct tx *tx, struct employee_id employee, int32_t day, struct daily_report *ret);

/* reports_save_routes.c */
extern const struct shape reports_save_shape, reports_saved_shape;
enum err reports_put_own(struct req *rq);

/* reports_withdraw_routes.c */
extern const struct shape reports_withdraw_shape;
enum err reports_post_withdraw(struct req *rq);

/* reports_evidence_routes.c */
extern const struct shape reports_evidence_path_shape;
enum err reports_prepare_evidence(struct req *rq);
enum err reports_get_evidence(struct req *rq);

/* reports_decision_routes.c */
extern const struct shape reports_verify_shape, reports_return_shape, reports_bulk_shape,
	reports_bulk_view_shape;
enum err reports_post_verify(struct req *rq);
enum err reports_post_return(struct req *rq);
enum err reports_post_verifications(struct req *rq);
/* For a report of a list, as for one in the path: what the actor may not decide about is not there
 * for him; E_SELF of his own. */
enum err reports_authorise(struct req *rq, struct report_id id, enum permission permission);

/* reports_team_routes.c */
extern const struct shape reports_team_query_shape, reports_team_shape;
enum err reports_get_team(struct req *rq);
/* Answers with reports in their order, and of what waits with remarks first. */
enum err reports_reply_team(struct req *rq, const struct team_report *report, int count);

/* reports_progress_routes.c */
extern const struct shape reports_progress_query_shape, reports_progress_shape;
extern const struct shape reports_progress_team_query_shape, reports_progress_team_shape;
enum err reports_get_progress(struct req *rq);
enum err reports_get_progress_team(struct req *rq);

#endif
