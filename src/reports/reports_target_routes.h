/*
 * Routes of targets: one table (reports_target_routes.c); reading, saving, lists and the plan of a
 * day beside it. Private to reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_TARGET_ROUTES_H
#define LUWES_REPORTS_REPORTS_TARGET_ROUTES_H

#include "reports/reports_routes.h"
#include "reports/reports_target.h"

struct plans_query {
	int32_t day;
};

/* A result as it is read and written; what was brought to it is INT_NONE where no quantity counts.
 */
struct target_view {
	int64_t target;
	int32_t kind;
	const char *result;
	int64_t parent;
	const char *parent_result;
	struct target_measure *measures;
	int measures_count;
	int32_t handed_in, verified, month_verified, progress;
};

/* What a route about one plan takes. */
struct plan_input {
	int64_t plan;
	int32_t version;
	const char *note;
};

/* reports_target_view.c */
extern const struct shape reports_target_input_shape, reports_plan_shape, reports_plans_shape,
	reports_plans_query_shape, reports_plan_path_shape;
enum err reports_get_own_plans(struct req *rq);
/* About its owner today; a draft is found by its owner alone. */
enum err reports_find_plan(struct req *rq, struct object *ret_object);
enum err reports_get_plan(struct req *rq);

/* reports_target_save_routes.c */
extern const struct shape reports_plan_save_shape, reports_plan_saved_shape;
enum err reports_put_plan(struct req *rq);
/* E_NOT_FOUND when it is not the actor's. */
enum err reports_load_own_plan(struct req *rq, int64_t plan, struct target_plan *ret);
/* Id, version and state of a plan that was changed. */
enum err reports_reply_plan(struct req *rq, const struct target_plan *p);

/* reports_target_team_routes.c */
extern const struct shape target_choices_shape, target_team_shape;
enum err reports_get_target_parents(struct req *rq);
enum err reports_get_target_team(struct req *rq);

/* reports_plan_routes.c */
extern const struct shape day_plan_shape, day_plan_save_shape, day_plan_team_shape;
enum err reports_get_day_plan(struct req *rq);
enum err reports_put_day_plan(struct req *rq);
enum err reports_get_day_plan_team(struct req *rq);

#endif
