/*
 * Adding rows of org one by one: for the demo, for tests and for the routes that enter a single
 * fact.
 *
 * Each function ends what it replaces the day before and keeps the dated rows of one person free of
 * overlap. None checks permission. Roles, sites and units add their leaf; employees, placements,
 * posts, relations and members do not, because they come in bulk and the bulk action is one leaf of
 * its own. The caller calls org_touch_generation once after units, sites or posts.
 */
#ifndef LUWES_ORG_ORG_ROWS_H
#define LUWES_ORG_ORG_ROWS_H

#include "org/org.h"

/* Adds a unit under `row->parent` (0: an agency). Id, agency and path of `row` are ignored:
 * ret_unit gets the new id. E_NOT_FOUND when the parent is unknown. */
enum err org_add_unit(struct tx *tx, const struct org_unit *row, struct unit_id *ret_unit);

/* A new employee; id, unit, position and level of `row` are ignored; in service from `from` to `to`
 * inclusive. */
enum err org_add_employee(struct tx *tx, const struct employee_row *row, int32_t from, int32_t to,
	struct employee_id *ret_employee);

/* An account that holds as long as its owner is in service; `phc` may be NULL, as for
 * auth_add_account. E_NOT_FOUND when there is no such employee. */
enum err org_add_account(
	struct tx *tx, struct employee_id employee, const char *nip, const char *phc);

/* Places an employee from `from` on, ending an earlier placement the day before; the same day
 * replaces it. */
enum err org_place(struct tx *tx, struct employee_id employee, struct unit_id unit,
	const char *position, enum position_level level, const char *decree, int32_t from);

/* Sets who answers for an employee from `from` on, ending the earlier relation of that kind the day
 * before. */
enum err org_relate(struct tx *tx, struct employee_id employee, enum relation_kind kind,
	struct employee_id superior, int32_t from);

/* Adds a role; role_id of `row` is ignored. Adds a LEAF_ROLE. */
enum err org_add_role(struct tx *tx, struct employee_id employee, const struct role_row *row,
	struct employee_id granted_by, int64_t *ret_role);

/* Ends a role after `last_day`. Adds a LEAF_ROLE. */
enum err org_end_role(struct tx *tx, int64_t role_id, int32_t last_day);

/* Adds a site; id and cosine of `row` are computed. */
enum err org_add_site(struct tx *tx, const struct org_site *row, struct site_id *ret_site);

/* A span in which a service post is open and how many must be there. */
struct post_period {
	enum weekday weekday;
	int opens, closes; /* minutes of day */
	int minimum;
};

/* Adds a service post with its opening periods; id of `row` is ignored; `skills` is comma
 * separated. */
enum err org_add_post(struct tx *tx, const struct org_post *row, const char *skills,
	const struct post_period *period, int periods, struct post_id *ret_post);

/* Makes an employee a member of a service post from `from` on. */
enum err org_add_post_member(
	struct tx *tx, struct employee_id employee, struct post_id post, int32_t from);

#endif
