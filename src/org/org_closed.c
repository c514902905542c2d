/*
 * Who still decides about days of a closed month: one refusal, with its remedy, for all who ask.
 */
#include "org/org_closed.h"

static enum err nothing_is_closed(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_closed *ret)
{
	(void)tx;
	(void)employee;
	(void)from;
	(void)to;
	*ret = (struct org_closed){.units = 0};
	return OK;
}

enum err (*org_find_closed)(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_closed *ret) = nothing_is_closed;

enum err org_is_agency_officer(struct req *rq, struct unit_id unit, bool *ret)
{
	struct role_row *role = ARENA_ARRAY(rq->tx->arena, ROLES_MAX, struct role_row);
	const struct org_tree *tree;
	int count;
	enum err e = org_load_tree(rq->tx, &tree);

	*ret = false;
	if (e || (e = org_list_roles(rq->tx, rq->actor.employee, req_today(rq), role, &count)))
		return e;
	for (int i = 0; i < count; i++)
		if (role[i].role == ROLE_AGENCY_OFFICER || role[i].role == ROLE_BKD)
			*ret |= org_is_below(tree, unit, role[i].unit);
	return OK;
}

enum err org_check_officer(struct req *rq, struct unit_id unit, const char *pointer)
{
	bool is_officer;
	enum err e = org_is_agency_officer(rq, unit, &is_officer);

	if (e || is_officer)
		return e;
	return refuse(rq, E_CONFLICT, pointer,
		"the month is closed: the agency's officer decides, as a supplement");
}

enum err org_check_open(
	struct req *rq, struct employee_id employee, int32_t from, int32_t to, const char *pointer)
{
	struct org_closed closed;
	enum err e = org_find_closed(rq->tx, employee, from, to, &closed);

	for (int i = 0; i < closed.units && !e; i++)
		e = org_check_officer(rq, closed.unit[i], pointer);
	return e;
}
