/*
 * Whom one may send to: those below one in the line, one's team, the unit one heads, colleagues of
 * one superior. For a meeting or a checklist also anybody of one's own agency, by name: no more of
 * him than that and where he works.
 */
#include "tasks/tasks_routes.h"

#define RECIPIENTS_MAX 300
#define UNIT_MAX       300

enum recipient_via { VIA_LINE, VIA_TEAM, VIA_UNIT, VIA_PEER, VIA_AGENCY };
static const char *const via_names[] = {"line", "team", "unit", "peer", "agency", NULL};

struct recipients_query {
	const char *query;
};
static const struct field recipients_query_fields[] = {
	Q_TEXT(struct recipients_query, query, 3, 60, OPTIONAL,
		"Part of a name: colleagues of one's own agency, for a meeting or a checklist."),
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
		"Why: below one in the line, of one's team, of one's unit, a colleague of one "
		"superior, of one's agency."),
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

static enum err find_colleagues(
	struct req *rq, const struct org_tree *tree, const char *query, struct recipients *out)
{
	struct task_person *p = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE, struct task_person);
	struct employee_row self;
	int count = 0;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &self);
	const struct org_unit *own = e ? NULL : org_find_unit(tree, self.unit);

	if (own)
		e = tasks_find_people(
			rq->tx, own->agency, req_today(rq), query, p, TASKS_PAGE, &count);
	for (int i = 0; !e && i < count; i++)
		if (p[i].id.v != rq->actor.employee.v)
			add_recipient(out, tree, &p[i], VIA_AGENCY);
	return e == E_NOT_FOUND ? OK : e;
}

enum err tasks_get_recipients(struct req *rq)
{
	const struct recipients_query *in = rq->input;
	struct recipients out = {
		.items = ARENA_ARRAY(rq->tx->arena, RECIPIENTS_MAX, struct recipient)};
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct employee_id superior = {0};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e && in->query)
		e = find_colleagues(rq, tree, in->query, &out);
	if (e || in->query)
		return e ? e : reply(rq, 200, &out);
	if ((e = tasks_load_own_places(rq, places)) ||
		(e = add_team(rq, tree, rq->actor.employee, VIA_LINE, &out)) ||
		(e = add_units(rq, tree, places, &out)) ||
		(e = org_load_superior(rq->tx, rq->actor.employee, RELATION_SUPERVISOR,
			 req_today(rq), &superior)))
		return e;
	if (superior.v)
		e = add_team(rq, tree, superior, VIA_PEER, &out);
	return e ? e : reply(rq, 200, &out);
}
