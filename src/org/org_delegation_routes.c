/*
 * A supervisor lends his authority over his own people for the days of his letter, and takes it
 * back (UU 30/2014 art. 13-14: delegation and mandate in writing, withdrawn by who gave it).
 *
 * He may name those he answers for, those who share his own supervisor, and that supervisor:
 * nobody further away, so a wrong pick shows the team to no stranger. Authority that he holds as
 * delegate himself is not lent on. Offices (plt, plh) are the personnel board's to give.
 */
#include "org/org_routes.h"
#include "org/org_transfer.h"

#define LINES_MAX      100
#define TEAM_MAX       200
#define CANDIDATES_MAX (2 * TEAM_MAX + 1)

/* ---- shapes ---- */

struct candidate {
	struct employee_id employee;
	const char *full_name, *position;
};

struct delegations {
	struct org_role_item *items;
	int count;
	struct candidate *candidates;
	int candidate_count;
};

struct delegation_input {
	struct employee_id employee;
	const char *letter;
	int32_t valid_from, valid_to;
};

struct delegation_reply {
	int64_t role_id;
};

struct delegation_end {
	int64_t delegation;
	int32_t last_day;
};

static const struct field candidate_fields[] = {
	F_ID(struct candidate, employee, 0, "Who may be named."),
	F_TEXT(struct candidate, full_name, 1, 240, 0, "Name with titles."),
	F_TEXT(struct candidate, position, 0, 120, 0, "Position today."),
	F_END,
};
static const struct shape candidate_shape = SHAPE(
	"DelegationCandidate", struct candidate, candidate_fields);

static const struct field delegations_fields[] = {
	F_LIST(struct delegations, items, count, &org_role_item_shape, 0, LINES_MAX, 0,
		"Given and received, newest first, ended ones too."),
	F_LIST(struct delegations, candidates, candidate_count, &candidate_shape, 0, CANDIDATES_MAX,
		0, "Who may be named; empty for who answers for nobody."),
	F_END,
};
const struct shape org_delegations_shape = SHAPE(
	"Delegations", struct delegations, delegations_fields);

static const struct field delegation_input_fields[] = {
	F_ID(struct delegation_input, employee, 0, "Who gets it: one of the candidates."),
	F_TEXT(struct delegation_input, letter, 1, 100, 0, "Number of the letter."),
	F_DAY(struct delegation_input, valid_from, 0, "First day."),
	F_DAY(struct delegation_input, valid_to, 0, "Last day, within a year."),
	F_END,
};
const struct shape org_delegation_input_shape = SHAPE(
	"DelegationInput", struct delegation_input, delegation_input_fields);

static const struct field delegation_reply_fields[] = {
	F_ID(struct delegation_reply, role_id, 0, "The new delegation."),
	F_END,
};
const struct shape org_delegation_shape = SHAPE(
	"DelegationAdded", struct delegation_reply, delegation_reply_fields);

static const struct field delegation_end_fields[] = {
	PATH_ID(struct delegation_end, delegation, "The delegation."),
	F_DAY(struct delegation_end, last_day, 0, "Last day it holds; yesterday at the earliest."),
	F_END,
};
const struct shape org_delegation_end_shape = SHAPE(
	"DelegationEnd", struct delegation_end, delegation_end_fields);

/* ---- who may be named ---- */

struct circle {
	struct candidate *person;
	int count;
};

static void add_candidate(struct circle *c, struct arena *arena, const struct employee_row *row)
{
	for (int i = 0; i < c->count; i++) {
		if (c->person[i].employee.v == row->id.v)
			return;
	}
	c->person[c->count++] = (struct candidate){
		row->id, org_full_name(arena, row), row->position};
}

/* Those `superior` himself answers for as supervisor, without the actor. */
static enum err add_people_of(struct req *rq, struct employee_id superior, struct circle *c)
{
	struct team_member *member = ARENA_ARRAY(rq->tx->arena, TEAM_MAX, struct team_member);
	int count;
	enum err e = org_list_team(rq->tx, superior, req_today(rq), member, TEAM_MAX, &count);

	for (int i = 0; !e && i < count; i++) {
		if (member[i].relation == RELATION_SUPERVISOR &&
			member[i].superior.v == superior.v &&
			member[i].row.id.v != rq->actor.employee.v)
			add_candidate(c, rq->tx->arena, &member[i].row);
	}
	return e;
}

static enum err add_superior(struct req *rq, struct employee_id superior, struct circle *c)
{
	struct employee_row row;
	bool in_service;
	enum err e = org_load_service(rq->tx, superior, req_today(rq), &in_service);

	if (e || !in_service)
		return e;
	e = org_load_employee(rq->tx, superior, req_today(rq), &row);
	if (!e)
		add_candidate(c, rq->tx->arena, &row);
	return e;
}

static enum err load_candidates(struct req *rq, struct circle *c)
{
	struct employee_id superior;
	enum err e;

	c->person = ARENA_ARRAY(rq->tx->arena, CANDIDATES_MAX, struct candidate);
	c->count = 0;
	if ((e = add_people_of(rq, rq->actor.employee, c)) || c->count == 0)
		return e;
	e = org_load_superior(
		rq->tx, rq->actor.employee, RELATION_SUPERVISOR, req_today(rq), &superior);
	if (e || superior.v == 0)
		return e;
	e = add_superior(rq, superior, c);
	return e ? e : add_people_of(rq, superior, c);
}

/* ---- handlers ---- */

/* Delegations given by the actor and received by him. */
static enum err list_delegations(struct req *rq, struct org_role_line *ret_line, int *ret_count)
{
	struct org_role_line *line = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct org_role_line);
	int lines, n = 0;
	enum err e = org_list_role_lines(rq->tx, rq->actor.employee, line, LINES_MAX, &lines);

	for (int i = 0; !e && i < lines; i++) {
		if (line[i].acting == ACTING_DELEGATE)
			ret_line[n++] = line[i];
	}
	*ret_count = n;
	return e;
}

enum err org_get_delegations(struct req *rq)
{
	struct org_role_line *line = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct org_role_line);
	struct delegations out = {
		.items = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct org_role_item)};
	const struct org_tree *tree;
	struct circle circle;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = list_delegations(rq, line, &out.count)) || (e = load_candidates(rq, &circle)))
		return e;
	for (int i = 0; i < out.count; i++)
		out.items[i] = org_make_role_item(tree, &line[i], req_today(rq));
	out.candidates = circle.person;
	out.candidate_count = circle.count;
	return reply(rq, 200, &out);
}

static enum err check_candidate(struct req *rq, struct employee_id employee)
{
	struct circle circle;
	enum err e = load_candidates(rq, &circle);

	if (e)
		return e;
	for (int i = 0; i < circle.count; i++) {
		if (circle.person[i].employee.v == employee.v)
			return OK;
	}
	return refuse(rq, E_REFUSED, "/employee", "not among those who may be named");
}

enum err org_post_delegation(struct req *rq)
{
	const struct delegation_input *in = rq->input;
	const struct stand_in new = {in->employee.v, rq->actor.employee.v, 0, ROLE_SUPERVISOR,
		ACTING_DELEGATE, in->valid_from, in->valid_to};
	struct delegation_reply out;
	enum err e = org_check_role_days(rq, in->valid_from, in->valid_to);

	if (e || (e = check_candidate(rq, in->employee)) || (e = org_check_letters(rq, &new)))
		return e;
	const struct role_row row = {.role = ROLE_SUPERVISOR,
		.acting = ACTING_DELEGATE,
		.acts_for = rq->actor.employee,
		.letter = in->letter,
		.valid_from = in->valid_from,
		.valid_to = in->valid_to};
	e = org_add_role(rq->tx, in->employee, &row, rq->actor.employee, &out.role_id);
	return e ? e : reply(rq, 200, &out);
}

/* The object is the one whose authority it is. */
enum err org_find_delegation(struct req *rq, struct object *ret_object)
{
	const struct delegation_end *in = rq->input;
	struct org_role_line line;
	enum err e = org_load_role_line(rq->tx, in->delegation, &line);

	if (e)
		return e;
	if (line.acting != ACTING_DELEGATE)
		return E_NOT_FOUND;
	ret_object->employee = line.acts_for;
	return OK;
}

enum err org_post_delegation_end(struct req *rq)
{
	const struct delegation_end *in = rq->input;

	return org_end_role_by(rq, in->delegation, in->last_day);
}
