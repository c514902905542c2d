/*
 * Who may do what: the facts for the pure decision org_decide_access, and the hook of the
 * dispatcher.
 *
 * routes.c puts org_authorise into auth_authorise and org_load_officer into auth_is_officer. List
 * routes take their scopes from the same rule, so that a list never shows what a single request
 * would refuse.
 */
#ifndef LUWES_ORG_ORG_ACCESS_H
#define LUWES_ORG_ORG_ACCESS_H

#include "org/org.h"
#include "platform/http.h"

/* A supervisor who was moved still decides on the days that were his; the lists show him the door
 * this long. */
#define LEADS_GRACE_DAYS 31

/*
 * Decides `permission` of rq->actor over `object` on rq->tx. Roles count as in force today; unit
 * and relation as on the object's day (today when DAY_NONE). OK, or E_NOT_FOUND when the object is
 * one employee or unit (outside the actor's sight is the same as missing), else E_FORBIDDEN.
 */
enum err org_authorise(struct req *rq, enum permission permission, const struct object *object);

/* Of a route about one unit: the unit as the object of the permission; E_NOT_FOUND when there is
 * none, so that its handler need not ask again. */
enum err org_find_object(struct tx *tx, struct unit_id unit, struct object *ret_object);

/* Whether an employee holds such an office today; for the idle time of his sessions. */
enum err org_load_officer(struct tx *tx, struct employee_id employee, bool *ret_is_officer);

/* Parts of the tree an actor's roles cover for a permission. */
struct org_scopes {
	const char *path[ROLES_MAX]; /* "/" the whole government, else the path of a unit; none
					below another */
	int paths;
};

/* The scopes in which rq->actor holds `permission` today by his roles; none is no error. */
enum err org_load_scopes(struct req *rq, enum permission permission, struct org_scopes *ret_scopes);

/* Whether a unit with this path lies in one of the scopes; `path` NULL (not placed) only in the
 * whole government. */
bool org_in_scopes(const struct org_scopes *scopes, const char *path);

#endif
