/*
 * Routes of targets: one table (reports_target_routes.c), lists and the plan of a day beside it.
 * Private to reports/.
 */
#ifndef LUWES_REPORTS_REPORTS_TARGET_ROUTES_H
#define LUWES_REPORTS_REPORTS_TARGET_ROUTES_H

#include "reports/reports_routes.h"
#include "reports/reports_target.h"

struct plans_query {
	int32_t day;
};

/* reports_target_team_routes.c */
extern const struct shape target_choices_shape, target_team_shape;
enum err reports_get_target_parents(struct req *rq);
enum err reports_get_target_team(struct req *rq);

/* reports_plan_routes.c */
extern const struct shape day_plan_shape, day_plan_save_shape;
enum err reports_get_day_plan(struct req *rq);
enum err reports_put_day_plan(struct req *rq);

#endif
