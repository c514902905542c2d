/*
 * Roles and delegation, entered by the personnel board with the number of the letter: definitive,
 * plt and plh count as the office; a delegate of a supervisor or team lead stands in his place for
 * exactly the days of the letter, which has a last one. An office has one head, one plt or plh, and
 * nobody lends back what he holds for another. Nobody grants or ends a role of his own, nobody
 * grants beyond his own scope. What a supervisor lends himself is in org_delegation_routes.c.
 */
#include "org/org_routes.h"
#include "org/org_withdraw.h"
#include "platform/clock.h"

#define ROLE_LINES_MAX 100
#define LIST_MAX       200
#define BACKDATED_DAYS                                                                             \
	31 /* letters arrive late; older ones would change what was decided long ago */

/* ---- shapes ---- */

struct role_query {
	struct employee_id employee;
	int64_t cursor;
};

struct roles {
	struct org_role_item *items;
	int count;
	int64_t next;
};

struct role_input {
	struct employee_id employee, acts_for;
	int32_t role, acting;
	struct unit_id unit;
	const char *letter;
	int32_t valid_from, valid_to;
};

struct role_reply {
	int64_t role_id;
};

struct role_end {
	int64_t role;
	int32_t last_day;
};

static const struct field role_query_fields[] = {
	Q_ID(struct role_query, employee, OPTIONAL,
		"Whose roles, and those held in his place; absent: everybody's acting and "
		"delegated "
		"roles that hold today or later."),
	Q_ID(struct role_query, cursor, OPTIONAL, "next of the page before."),
	F_END,
};
const struct shape org_role_query_shape = SHAPE("RolesQuery", struct role_query, role_query_fields);

static const struct field role_item_fields[] = {
	F_ID(struct org_role_item, role_id, 0, "The assignment."),
	F_ID(struct org_role_item, employee, 0, "Who holds it."),
	F_TEXT(struct org_role_item, full_name, 1, 240, 0, "His name with titles."),
	F_ENUM(struct org_role_item, role, role_names, 0, "The role."),
	F_ID(struct org_role_item, unit, OPTIONAL,
		"Scope: this unit and below; absent: the whole government."),
	F_TEXT(struct org_role_item, unit_name, 0, 200, 0, "Name of the unit."),
	F_ENUM(struct org_role_item, acting, acting_names, 0,
		"Definitive, acting, or in somebody's place."),
	F_ID(struct org_role_item, acts_for, OPTIONAL, "Delegate: in whose place."),
	F_TEXT(struct org_role_item, acts_for_name, 1, 240, OPTIONAL, "His name with titles."),
	F_TEXT(struct org_role_item, letter, 0, 100, 0, "Number of the letter."),
	F_DAY(struct org_role_item, valid_from, 0, "First day."),
	F_DAY(struct org_role_item, valid_to, 0, "Last day."),
	F_BOOL(struct org_role_item, may_withdraw, 0,
		"Entered wrongly it can be withdrawn: its first day is to come or it was granted "
		"today."),
	F_INSTANT(struct org_role_item, withdrawn_at, OPTIONAL, "Withdrawn then."),
	F_TEXT(struct org_role_item, withdrawn_by, 1, 240, OPTIONAL, "By whom."),
	F_TEXT(struct org_role_item, withdrawn_why, 1, 300, OPTIONAL, "Why."),
	F_END,
};
const struct shape org_role_item_shape = SHAPE("Role", struct org_role_item, role_item_fields);

static const struct field roles_fields[] = {
	F_LIST(struct roles, items, count, &org_role_item_shape, 0, LIST_MAX, 0,
		"Newest first; of one employee the ended ones too."),
	F_ID(struct roles, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape org_roles_shape = SHAPE("Roles", struct roles, roles_fields);

static const struct field role_input_fields[] = {
	F_ID(struct role_input, employee, 0, "Who gets it."),
	F_ENUM(struct role_input, role, role_names, 0, "The role."),
	F_ID(struct role_input, unit, OPTIONAL, "Scope; absent: the whole government."),
	F_ENUM(struct role_input, acting, acting_names, 0, "Definitive, plt, plh or delegate."),
	F_ID(struct role_input, acts_for, OPTIONAL, "Delegate: in whose place."),
	F_TEXT(struct role_input, letter, 1, 100, 0, "Number of the letter."),
	F_DAY(struct role_input, valid_from, 0, "First day."),
	F_DAY(struct role_input, valid_to, OPTIONAL,
		"Last day; absent: until ended, which only a definitive role may be."),
	F_END,
};
const struct shape org_role_input_shape = SHAPE("RoleInput", struct role_input, role_input_fields);

static const struct field role_reply_fields[] = {
	F_ID(struct role_reply, role_id, 0, "The new assignment."),
	F_END,
};
const struct shape org_role_shape = SHAPE("RoleAdded", struct role_reply, role_reply_fields);

static const struct field role_end_fields[] = {
	PATH_ID(struct role_end, role, "The assignment."),
	F_DAY(struct role_end, last_day, 0, "Last day it holds; yesterday at the earliest."),
	F_END,
};
const struct shape org_role_end_shape = SHAPE("RoleEnd", struct role_end, role_end_fields);

/* ---- objects ---- */

enum err org_find_role_employee(struct req *rq, struct object *ret_object)
{
	const struct role_query *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err org_find_role_subject(struct req *rq, struct object *ret_object)
{
	const struct role_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err org_find_role_object(struct req *rq, struct object *ret_object)
{
	const struct role_end *in = rq->input;
	struct org_role_line line;
	enum err e = org_load_role_line(rq->tx, in->role, &line);

	if (!e)
		ret_object->employee = line.employee;
	return e;
}

/* ---- handlers ---- */

struct org_role_item org_make_role_item(
	const struct org_tree *tree, const struct org_role_line *line, int32_t today)
{
	struct org_role_item item = {line->role_id, line->employee, line->acts_for, line->role,
		line->acting, line->unit, org_unit_name(tree, line->unit), line->letter,
		line->full_name, line->acts_for_name, line->valid_from, line->valid_to};

	item.may_withdraw = line->valid_to >= line->valid_from &&
			    org_may_withdraw_role(line->valid_from,
				    instant_day(id_instant(line->role_id), tree->zone), today);
	item.withdrawn_at = line->withdrawn_at ? line->withdrawn_at : INSTANT_NONE;
	if (line->withdrawn_at) {
		item.withdrawn_by = line->withdrawn_by;
		item.withdrawn_why = line->withdrawn_why;
	}
	return item;
}

enum err org_get_roles(struct req *rq)
{
	const struct role_query *in = rq->input;
	struct org_role_line *line = ARENA_ARRAY(rq->tx->arena, LIST_MAX, struct org_role_line);
	struct roles list = {.items = ARENA_ARRAY(rq->tx->arena, LIST_MAX, struct org_role_item)};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	if (in->employee.v)
		e = org_list_role_lines(rq->tx, in->employee, line, ROLE_LINES_MAX, &list.count);
	else
		e = org_list_stand_ins(
			rq->tx, req_today(rq), in->cursor, line, LIST_MAX, &list.count);
	if (e)
		return e;
	for (int i = 0; i < list.count; i++)
		list.items[i] = org_make_role_item(tree, &line[i], req_today(rq));
	if (!in->employee.v && list.count == LIST_MAX)
		list.next = line[LIST_MAX - 1].role_id;
	return reply(rq, 200, &list);
}

enum err org_check_role_days(struct req *rq, int32_t from, int32_t to)
{
	if (from < req_today(rq) - BACKDATED_DAYS)
		return refuse(rq, E_BAD_FIELD, "/valid_from", "more than 31 days back");
	if (to != DAY_NONE && to < from)
		return refuse(rq, E_BAD_FIELD, "/valid_to", "before valid_from");
	return OK;
}

/* Relations to people are imported; as roles they exist only for a delegate. */
static enum err check_role_kind(struct req *rq, const struct role_input *in)
{
	const bool is_relation = in->role == ROLE_SUPERVISOR || in->role == ROLE_TEAM_LEAD;
	const bool is_delegate = in->acting == ACTING_DELEGATE;

	if (in->role == ROLE_EMPLOYEE || (is_relation && !is_delegate))
		return refuse(rq, E_BAD_FIELD, "/role",
			"is not granted: it follows from service or relation");
	if (is_delegate != (in->acts_for.v != 0) || in->acts_for.v == in->employee.v)
		return refuse(rq, E_BAD_FIELD, "/acts_for",
			"a delegate, and only a delegate, acts for another");
	return org_check_role_days(rq, in->valid_from, in->valid_to);
}

/* The scope lies in what the actor may grant, and the one stood for exists. */
static enum err check_role_facts(struct req *rq, const struct role_input *in)
{
	const struct org_tree *tree;
	struct org_scopes scopes;
	struct employee_row row;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_scopes(rq, P_ORG_WRITE, &scopes)))
		return e;
	const struct org_unit *unit = org_find_unit(tree, in->unit);
	if ((in->unit.v && !unit) || !org_in_scopes(&scopes, unit ? unit->path : NULL))
		return refuse(rq, E_NOT_FOUND, "/unit", "no such unit");
	if (in->acts_for.v == 0)
		return OK;
	e = org_load_employee(rq->tx, in->acts_for, in->valid_from, &row);
	return e == E_NOT_FOUND ? refuse(rq, E_NOT_FOUND, "/acts_for", "no such employee") : e;
}

enum err org_check_letters(struct req *rq, const struct stand_in *new)
{
	struct stand_in *there = ARENA_ARRAY(rq->tx->arena, LIST_MAX, struct stand_in);
	struct transfer_fault fault;
	int count;
	enum err e = org_list_stand_in_rows(rq->tx, new, there, LIST_MAX, &count);

	if (e)
		return e;
	fault = org_check_stand_in(new, there, count);
	return fault.code ? refuse(rq, fault.code, fault.pointer, fault.reason) : OK;
}

enum err org_post_role(struct req *rq)
{
	const struct role_input *in = rq->input;
	const struct stand_in new = {in->employee.v, in->acts_for.v, in->unit.v, in->role,
		in->acting, in->valid_from, in->valid_to == DAY_NONE ? DAY_FOREVER : in->valid_to};
	struct role_reply out;
	enum err e = check_role_kind(rq, in);

	if (e || (e = check_role_facts(rq, in)) || (e = org_check_letters(rq, &new)))
		return e;
	const struct role_row row = {.role = (enum role)in->role,
		.unit = in->unit,
		.acting = (enum acting)in->acting,
		.acts_for = in->acts_for,
		.letter = in->letter,
		.valid_from = in->valid_from,
		.valid_to = in->valid_to == DAY_NONE ? DAY_FOREVER : in->valid_to};
	e = org_add_role(rq->tx, in->employee, &row, rq->actor.employee, &out.role_id);
	return e ? e : reply(rq, 200, &out);
}

enum err org_end_role_by(struct req *rq, int64_t role_id, int32_t last_day)
{
	struct org_role_line line;
	enum err e = org_load_role_line(rq->tx, role_id, &line);

	if (e)
		return e;
	if (last_day < req_today(rq) - 1)
		return refuse(rq, E_BAD_FIELD, "/last_day", "yesterday at the earliest");
	if (last_day >= line.valid_to)
		return refuse(rq, E_CONFLICT, "/last_day", "it ends earlier already");
	e = org_end_role(rq->tx, role_id, last_day);
	return e ? e : reply(rq, 204, NULL);
}

enum err org_post_role_end(struct req *rq)
{
	const struct role_end *in = rq->input;

	return org_end_role_by(rq, in->role, in->last_day);
}
