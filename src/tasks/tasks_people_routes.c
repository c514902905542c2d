/*
 * Whom one may turn to: those below one in the line, one's team, the unit one heads, colleagues of
 * one superior; and, to verify or to come to a meeting, one's own superior and team lead. Of who
 * heads a unit also anybody in it and below, by name. It is no directory: whom the rules refuse
 * cannot be looked up here, and nothing is said of anybody but name, position and unit.
 */
#include "tasks/tasks_routes.h"

#include "base/str.h"

#include <string.h>

#define RECIPIENTS_MAX 300
#define UNIT_MAX       300

enum recipient_via { VIA_LINE, VIA_TEAM, VIA_UNIT, VIA_PEER, VIA_SUPERIOR };
static const char *const via_names[] = {"line", "team", "unit", "peer", "superior", NULL};

struct recipients_query {
	const char *query;
};
static const struct field recipients_query_fields[] = {
	Q_TEXT(struct recipients_query, query, 3, 60, OPTIONAL,
		"Part of a name: those of the list, and of a head anybody of his units and below."),
	F_END,
};
const struct shape tasks_recipients_query_shape = SHAPE(
	"TaskRecipientsQuery", struct recipients_query, recipients_query_fields);

struct recipient {
	struct employee_id employee;
	const char *full_name, *position, *unit_name;
	int32_t via;
};
static const struct field recipient_fields[] = {
	F_ID(struct recipient, employee, 0, "The person."),
	F_TEXT(struct recipient, full_name, 0, 300, 0, "His name with titles."),
	F_TEXT(struct recipient, position, 0, 200, 0, "His position."),
	F_TEXT(struct recipient, unit_name, 0, 200, 0, "His unit."),
	F_ENUM(struct recipient, via, via_names, 0,
		"Why: below one in the line, of one's team, of a unit one heads, a colleague of "
		"one superior; or one's superior or team lead, whom one asks and never assigns."),
	F_END,
};
static const struct shape recipient_shape = SHAPE(
	"TaskRecipient", struct recipient, recipient_fields);

struct recipients {
	struct recipient *items;
	int count;
	bool is_head;
};
static const struct field recipients_fields[] = {
	F_LIST(struct recipients, items, count, &recipient_shape, 0, RECIPIENTS_MAX, 0,
		"The line first, by name."),
	F_BOOL(struct recipients, is_head, 0,
		"The reader heads a unit, or stands in for who does: he may also send to units."),
	F_END,
};
const struct shape tasks_recipients_shape = SHAPE(
	"TaskRecipients", struct recipients, recipients_fields);

static void add_recipient(struct recipients *out, const struct org_tree *tree,
	const struct task_person *p, enum recipient_via via)
{
	for (int i = 0; i < out->count; i++)
		if (out->items[i].employee.v == p->id.v)
			return;
	if (out->count < RECIPIENTS_MAX)
		out->items[out->count++] = (struct recipient){p->id, p->full_name, p->position,
			tasks_unit_name(tree, p->unit), (int32_t)via};
}

static enum err add_team(struct req *rq, const struct org_tree *tree, struct employee_id superior,
	enum recipient_via via, struct recipients *out)
{
	struct team_member *member = ARENA_ARRAY(rq->tx->arena, RECIPIENTS_MAX, struct team_member);
	int count;
	enum err e = org_list_team(rq->tx, superior, req_today(rq), member, RECIPIENTS_MAX, &count);

	for (int i = 0; !e && i < count; i++) {
		const struct employee_row *row = &member[i].row;
		const struct task_person p = {
			row->id, org_full_name(rq->tx->arena, row), row->position, row->unit};
		const bool is_led = member[i].relation == RELATION_TEAM_LEAD;

		if (via == VIA_PEER && (is_led || member[i].superior.v != superior.v ||
					       row->id.v == rq->actor.employee.v))
			continue;
		add_recipient(out, tree, &p, via == VIA_LINE && is_led ? VIA_TEAM : via);
	}
	return e;
}

static enum err add_units(struct req *rq, const struct org_tree *tree, const struct places *places,
	struct recipients *out)
{
	struct task_person *p = ARENA_ARRAY(rq->tx->arena, UNIT_MAX, struct task_person);
	enum err e = OK;

	for (int i = 0; !e && i < places->count; i++) {
		const struct unit_id unit = party_office(places->place[i].party);
		int count = 0;

		if (!unit.v)
			continue;
		out->is_head = true;
		e = tasks_list_unit_people(rq->tx, unit, req_today(rq), p, UNIT_MAX, &count);
		for (int k = 0; !e && k < count; k++)
			if (p[k].id.v != rq->actor.employee.v)
				add_recipient(out, tree, &p[k], VIA_UNIT);
	}
	return e;
}

static enum err add_superior(struct req *rq, const struct org_tree *tree,
	enum relation_kind relation, struct recipients *out, struct employee_id *ret)
{
	struct employee_row row;
	enum err e = org_load_superior(rq->tx, rq->actor.employee, relation, req_today(rq), ret);

	if (e || !ret->v)
		return e;
	e = org_load_employee(rq->tx, *ret, req_today(rq), &row);
	if (!e && row.unit.v)
		add_recipient(out, tree,
			&(struct task_person){
				row.id, org_full_name(rq->tx->arena, &row), row.position, row.unit},
			VIA_SUPERIOR);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err list_lines(struct req *rq, const struct org_tree *tree, const struct places *places,
	struct recipients *out)
{
	struct employee_id superior = {0}, lead = {0};
	enum err e = add_team(rq, tree, rq->actor.employee, VIA_LINE, out);

	if (e || (e = add_units(rq, tree, places, out)) ||
		(e = add_superior(rq, tree, RELATION_SUPERVISOR, out, &superior)) ||
		(e = add_superior(rq, tree, RELATION_TEAM_LEAD, out, &lead)))
		return e;
	return superior.v ? add_team(rq, tree, superior, VIA_PEER, out) : OK;
}

static void keep_named(struct arena *arena, struct recipients *out, const char *query)
{
	const char *part = str_fold(arena, query);
	int kept = 0;

	for (int i = 0; i < out->count; i++)
		if (strstr(str_fold(arena, out->items[i].full_name), part))
			out->items[kept++] = out->items[i];
	out->count = kept;
}

static enum err find_below(struct req *rq, const struct org_tree *tree, const struct places *places,
	const char *query, struct recipients *out)
{
	struct task_person *p = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE, struct task_person);
	enum err e = OK;

	for (int i = 0; !e && i < places->count; i++) {
		const struct org_unit *office = org_find_unit(
			tree, party_office(places->place[i].party));
		int count = 0;

		if (office)
			e = tasks_find_people(
				rq->tx, office->path, req_today(rq), query, p, TASKS_PAGE, &count);
		for (int k = 0; !e && k < count; k++)
			if (p[k].id.v != rq->actor.employee.v)
				add_recipient(out, tree, &p[k], VIA_UNIT);
	}
	return e;
}

enum err tasks_get_recipients(struct req *rq)
{
	const struct recipients_query *in = rq->input;
	struct recipients out = {
		.items = ARENA_ARRAY(rq->tx->arena, RECIPIENTS_MAX, struct recipient)};
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = list_lines(rq, tree, places, &out)))
		return e;
	if (in->query) {
		keep_named(rq->tx->arena, &out, in->query);
		e = find_below(rq, tree, places, in->query, &out);
	}
	return e ? e : reply(rq, 200, &out);
}
