/* Private to roster/: the handlers of roster_explain_routes.c for the rows in roster_routes.c. */
#ifndef LUWES_ROSTER_ROSTER_ROUTES_H
#define LUWES_ROSTER_ROSTER_ROUTES_H

#include "platform/http.h"

struct roster_explain_query {
	int64_t employee;
	int32_t day;
};
extern const struct shape roster_explain_query_shape;

enum err roster_find_explained(struct req *rq, struct object *ret_object);
enum err roster_get_explain(struct req *rq);

#endif
