/*
 * A decree, a letter or a role that was entered wrongly is withdrawn on the person page, with a
 * reason, by who may enter one; never about oneself. Decided days of a withdrawn decree become a
 * case, like those of a late one.
 */
#include "org/org_withdraw.h"

#include "base/str.h"
#include "org/org_case_int.h"
#include "org/org_routes.h"
#include "platform/clock.h"

/* ---- shapes ---- */

struct decree_withdraw {
	struct employee_id employee;
	int32_t relation, valid_from;
	const char *reason;
};

static const struct field placement_fields[] = {
	PATH_ID(struct decree_withdraw, employee, "The employee."),
	F_DAY(struct decree_withdraw, valid_from, 0, "First day (TMT) of the decree."),
	F_TEXT(struct decree_withdraw, reason, 5, 300, 0, "What was wrong with it."),
	F_END,
};
const struct shape org_placement_withdraw_shape = SHAPE(
	"PlacementWithdraw", struct decree_withdraw, placement_fields);

static const struct field superior_fields[] = {
	PATH_ID(struct decree_withdraw, employee, "The employee."),
	F_ENUM(struct decree_withdraw, relation, relation_kind_names, 0,
		"Supervisor or team lead."),
	F_DAY(struct decree_withdraw, valid_from, 0, "First day of the letter."),
	F_TEXT(struct decree_withdraw, reason, 5, 300, 0, "What was wrong with it."),
	F_END,
};
const struct shape org_superior_withdraw_shape = SHAPE(
	"SuperiorWithdraw", struct decree_withdraw, superior_fields);

struct role_withdraw {
	int64_t role;
	const char *reason;
};

static const struct field role_fields[] = {
	PATH_ID(struct role_withdraw, role, "The assignment."),
	F_TEXT(struct role_withdraw, reason, 5, 300, 0, "What was wrong with it."),
	F_END,
};
const struct shape org_role_withdraw_shape = SHAPE(
	"RoleWithdraw", struct role_withdraw, role_fields);

/* ---- objects ---- */

enum err org_find_decree_withdrawn(struct req *rq, struct object *ret_object)
{
	const struct decree_withdraw *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err org_find_role_withdrawn(struct req *rq, struct object *ret_object)
{
	const struct role_withdraw *in = rq->input;
	struct org_role_line line;
	enum err e = org_load_role_line(rq->tx, in->role, &line);

	if (!e)
		ret_object->employee = line.employee;
	return e;
}

/* ---- facts ---- */

static bool is_same_placement(const struct org_placement_row *a, const struct org_placement_row *b)
{
	return a->unit.v == b->unit.v && a->position_level == b->position_level &&
	       str_eq(a->position, b->position) && str_eq(a->decree, b->decree);
}

struct undo_facts org_placement_undo_facts(struct arena *arena, const struct org_tree *tree,
	const struct org_placement_row *row, int rows, int which, int32_t today)
{
	struct dated *span = ARENA_ARRAY(arena, HISTORY_MAX, struct dated);
	int *says = ARENA_ARRAY(arena, HISTORY_MAX, int);

	for (int i = 0; i < rows; i++) {
		span[i] = (struct dated){row[i].valid_from, row[i].valid_to};
		says[i] = i;
		for (int j = 0; j < i && says[i] == i; j++)
			if (is_same_placement(&row[i], &row[j]))
				says[i] = j;
	}
	struct undo_facts facts = {.span = span[which],
		.today = today,
		.is_placement = true,
		.plan = org_plan_undoing(span, says, rows, which)};
	if (facts.plan.before >= 0) {
		const struct org_unit *u = org_find_unit(tree, row[facts.plan.before].unit);

		facts.is_unit_gone = !u || u->valid_to < facts.span.from;
	}
	return facts;
}

struct undo_facts org_relation_undo_facts(
	struct arena *arena, const struct org_relation_row *row, int rows, int which, int32_t today)
{
	struct dated *span = ARENA_ARRAY(arena, HISTORY_MAX, struct dated);
	int *says = ARENA_ARRAY(arena, HISTORY_MAX, int);

	for (int i = 0; i < rows; i++) {
		/* a row of the other kind holds on no day here */
		span[i] = row[i].kind == row[which].kind
				  ? (struct dated){row[i].valid_from, row[i].valid_to}
				  : (struct dated){1, 0};
		says[i] = i;
		for (int j = 0; j < i && says[i] == i; j++)
			if (row[i].superior.v == row[j].superior.v &&
				str_eq(row[i].letter, row[j].letter))
				says[i] = j;
	}
	return (struct undo_facts){.span = span[which],
		.today = today,
		.plan = org_plan_undoing(span, says, rows, which)};
}

static enum err check_undoing(struct req *rq, const struct undo_facts *facts)
{
	const struct transfer_fault fault = org_check_undoing(facts);

	return fault.code ? refuse(rq, fault.code, fault.pointer, fault.reason) : OK;
}

static enum err no_such_decree(struct req *rq)
{
	return refuse(rq, E_CONFLICT, "/valid_from",
		"no decree of this person begins on that day, or it was withdrawn");
}

/* ---- placements ---- */

static enum err undo_placement(struct req *rq, const struct org_placement_row *row, int which,
	const struct undo_facts *facts)
{
	const struct decree_withdraw *in = rq->input;
	const struct org_placement_row *before = facts->plan.before >= 0 ? &row[facts->plan.before]
									 : NULL;
	const struct org_decree undo = {.kind = CASE_PLACEMENT,
		.employee = in->employee,
		.number = arena_printf(rq->tx->arena, "Pembatalan %s", row[which].decree),
		.from = facts->span.from,
		.to = facts->span.to,
		.unit = before ? before->unit : (struct unit_id){0},
		.position = before ? before->position : "",
		.level = before ? (enum position_level)before->position_level : PELAKSANA};
	int64_t case_id;
	int days;
	enum err e = org_close_cases_of(rq->tx, in->employee, CASE_PLACEMENT, row[which].decree,
		facts->span.from, in->reason, rq->actor.employee);

	if (!e)
		e = org_open_case(rq->tx, &undo, rq->actor.employee, &case_id, &days);
	if (!e)
		e = org_undo_placement(
			rq->tx, row, which, &facts->plan, &undo, rq->actor.employee, in->reason);
	return e ? e : org_reply_transfer(rq, case_id, days);
}

enum err org_post_placement_withdraw(struct req *rq)
{
	const struct decree_withdraw *in = rq->input;
	struct org_placement_row *row = ARENA_ARRAY(
		rq->tx->arena, HISTORY_MAX, struct org_placement_row);
	const struct org_tree *tree;
	int rows, which = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_list_placement_rows(rq->tx, in->employee, row, HISTORY_MAX, &rows)))
		return e;
	while (which < rows && (row[which].valid_from != in->valid_from ||
				       row[which].valid_to < row[which].valid_from))
		which++;
	if (which == rows)
		return no_such_decree(rq);
	const struct undo_facts facts = org_placement_undo_facts(
		rq->tx->arena, tree, row, rows, which, req_today(rq));
	e = check_undoing(rq, &facts);
	return e ? e : undo_placement(rq, row, which, &facts);
}

/* ---- superiors ---- */

/* Whether he who answered before can do so again. */
static enum err load_before(struct req *rq, const struct org_relation_row *before, int32_t kind,
	struct undo_facts *facts)
{
	const struct decree_withdraw *in = rq->input;
	struct dated service;
	enum err e = org_load_service_span(rq->tx, before->superior, &service);

	if (e)
		return e;
	facts->is_superior_gone = service.to < facts->span.from;
	if (kind != RELATION_SUPERVISOR)
		return OK;
	return org_load_is_cycle(rq->tx, in->employee, before->superior, facts->span.from,
		facts->span.to, &facts->is_cycle);
}

static enum err undo_relation(struct req *rq, const struct org_relation_row *row, int which,
	const struct undo_facts *facts)
{
	const struct decree_withdraw *in = rq->input;
	const struct org_decree undo = {.kind = CASE_SUPERVISOR,
		.employee = in->employee,
		.number = arena_printf(rq->tx->arena, "Pembatalan %s", row[which].letter),
		.from = facts->span.from,
		.to = facts->span.to,
		.superior = facts->plan.before >= 0 ? row[facts->plan.before].superior
						    : (struct employee_id){0}};
	int64_t case_id = 0;
	int days = 0;
	enum err e = OK;

	if (in->relation == RELATION_SUPERVISOR) {
		e = org_close_cases_of(rq->tx, in->employee, CASE_SUPERVISOR, row[which].letter,
			facts->span.from, in->reason, rq->actor.employee);
		if (!e)
			e = org_open_case(rq->tx, &undo, rq->actor.employee, &case_id, &days);
	}
	if (!e)
		e = org_undo_relation(
			rq->tx, row, which, &facts->plan, &undo, rq->actor.employee, in->reason);
	return e ? e : org_reply_transfer(rq, case_id, days);
}

enum err org_post_superior_withdraw(struct req *rq)
{
	const struct decree_withdraw *in = rq->input;
	struct org_relation_row *row = ARENA_ARRAY(
		rq->tx->arena, HISTORY_MAX, struct org_relation_row);
	int rows, which = 0;
	enum err e = org_list_relation_rows(rq->tx, in->employee, row, HISTORY_MAX, &rows);

	if (e)
		return e;
	while (which < rows &&
		(row[which].kind != in->relation || row[which].valid_from != in->valid_from ||
			row[which].valid_to < row[which].valid_from))
		which++;
	if (which == rows)
		return no_such_decree(rq);
	struct undo_facts facts = org_relation_undo_facts(
		rq->tx->arena, row, rows, which, req_today(rq));
	if (facts.plan.before >= 0)
		e = load_before(rq, &row[facts.plan.before], in->relation, &facts);
	if (!e)
		e = check_undoing(rq, &facts);
	return e ? e : undo_relation(rq, row, which, &facts);
}

/* ---- roles ---- */

enum err org_post_role_withdraw(struct req *rq)
{
	const struct role_withdraw *in = rq->input;
	const struct org_tree *tree;
	struct org_role_line line;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_role_line(rq->tx, in->role, &line)))
		return e;
	if (line.valid_to < line.valid_from)
		return refuse(rq, E_CONFLICT, "/role", "is withdrawn already");
	if (!org_may_withdraw_role(line.valid_from,
		    instant_day(id_instant(line.role_id), tree->zone), req_today(rq)))
		return refuse(rq, E_REFUSED, "/role",
			"held for days already and may have been decided in: end it");
	e = org_withdraw_role(rq->tx, &line, rq->actor.employee, in->reason);
	return e ? e : reply(rq, 204, NULL);
}
