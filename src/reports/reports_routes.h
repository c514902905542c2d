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
extern const struct shape reports_save_shape, reports_saved_shape;
enum err reports_get_own(struct req *rq);
enum err reports_get(struct req *rq);
enum err reports_put_own(struct req *rq);

/* reports_withdraw_routes.c */
extern const struct shape reports_withdraw_shape;
enum err reports_post_withdraw(struct req *rq);

/* reports_decision_routes.c */
extern const struct shape reports_verify_shape, reports_return_shape, reports_bulk_shape,
	reports_bulk_view_shape;
enum err reports_post_verify(struct req *rq);
enum err reports_post_return(struct req *rq);
enum err reports_post_verifications(struct req *rq);

/* reports_team_routes.c */
extern const struct shape reports_team_query_shape, reports_team_shape;
enum err reports_get_team(struct req *rq);

/* reports_progress_routes.c */
extern const struct shape reports_progress_query_shape, reports_progress_shape;
extern const struct shape reports_progress_team_query_shape, reports_progress_team_shape;
enum err reports_get_progress(struct req *rq);
enum err reports_get_progress_team(struct req *rq);

#endif
