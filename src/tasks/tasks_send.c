/*
 * Sending a task: the facts about who is addressed, as whom one sends, and until when. What is
 * decided is in tasks_rules.c; here it is found out and said at its field.
 */
#include "tasks/tasks_routes.h"

#include "attendance/attendance_evidence.h"
#include "org/org_absence.h"

#include <string.h>

#define DUE_DAYS_MAX 366

static const struct {
	enum err err;
	const char *reason;
} faults[SEND_FAULTS] = {
	[SEND_NOT_SERVING] = {E_REFUSED, "has no place of work today: choose somebody else"},
	[SEND_NO_HEAD] = {E_REFUSED, "nobody heads this unit: send it to the unit above"},
	[SEND_OWN_OFFICE] = {E_REFUSED, "is one's own unit: choose a person of it"},
	[SEND_UPWARDS] = {E_REFUSED, "lies above one's own unit: nothing is assigned upwards"},
	[SEND_NOT_HEAD] = {E_REFUSED,
		"only who heads a unit turns to another unit: ask one's own head to send it"},
	[SEND_NOT_IN_LINE] = {E_REFUSED,
		"works in another unit: send it to the unit, its head decides who does it"},
	[SEND_NOT_DOWNWARDS] = {E_REFUSED,
		"a disposition goes down the line: choose an assignment"},
};

/* ---- facts ---- */

static enum err load_relation(struct req *rq, const struct places *places,
	struct employee_id employee, struct send_facts *f, struct employee_id *ret_for)
{
	const int32_t today = req_today(rq);
	struct employee_id mine = {0}, his = {0}, lead = {0};
	enum stand stand = STAND_NONE;
	enum err e = org_load_stand(rq->tx, places->actor, employee, today, &stand, ret_for);

	if (!e)
		e = org_load_superior(rq->tx, places->actor, RELATION_SUPERVISOR, today, &mine);
	if (!e)
		e = org_load_superior(rq->tx, employee, RELATION_SUPERVISOR, today, &his);
	if (!e)
		e = org_load_superior(rq->tx, employee, RELATION_TEAM_LEAD, today, &lead);
	f->is_below = stand != STAND_NONE;
	f->is_peer = mine.v && mine.v == his.v;
	f->is_led = lead.v == places->actor.v;
	return e;
}

static enum err load_person(struct req *rq, const struct places *places,
	struct employee_id employee, struct send_facts *f, struct sending *s,
	struct employee_id *ret_for)
{
	struct employee_row row;
	enum err e = org_load_employee(rq->tx, employee, req_today(rq), &row);

	if (e)
		return e;
	s->to = party_of_person(employee);
	s->to_unit = row.unit;
	f->is_serving = row.unit.v != 0;
	f->is_self = employee.v == places->actor.v;
	f->is_own_unit = tasks_find_place(places, party_of_office(row.unit)) != NULL;
	return f->is_self ? OK : load_relation(rq, places, employee, f, ret_for);
}

/* The office one speaks for: the nearest above the unit addressed, own ones first; 0: none. */
static struct party find_office(
	const struct org_tree *tree, const struct places *places, struct unit_id unit)
{
	struct party found = {0};
	size_t best = 0;

	for (int i = 0; i < places->count; i++) {
		const struct org_unit *u = org_find_unit(
			tree, party_office(places->place[i].party));
		const size_t fit = !u                                ? 0
				   : org_is_below(tree, unit, u->id) ? 2 + strlen(u->path)
								     : 1;
		if (fit > best) {
			best = fit;
			found = places->place[i].party;
		}
	}
	return found;
}

static enum err load_unit(struct req *rq, const struct org_tree *tree, const struct places *places,
	struct unit_id unit, struct send_facts *f, struct sending *s)
{
	const struct party office = find_office(tree, places, unit);
	const int32_t today = req_today(rq);
	const struct org_unit *u = org_find_unit(tree, unit);
	const char *name;

	if (!u || u->valid_from > today || u->valid_to < today)
		return E_NOT_FOUND;
	s->to = party_of_office(unit);
	s->to_unit = unit;
	f->is_office = true;
	f->is_head = office.v != 0;
	f->is_own_office = tasks_find_place(places, s->to) != NULL;
	f->is_above = office.v && org_is_below(tree, party_office(office), unit);
	return tasks_load_head(rq->tx, unit, today, &f->is_serving, &name);
}

/* As whom one sends: oneself to oneself, to colleagues and one's team; else for one's office; else
 * in the place of the superior. */
static void find_sender(const struct org_tree *tree, const struct places *places,
	const struct send_facts *f, struct employee_id superior, struct sending *s)
{
	struct party office = find_office(tree, places, s->to_unit);

	if (s->from.v) /* said by the caller */
		return;
	s->from = party_of_person(places->actor);
	if (f->is_office || ((f->is_below || f->is_own_unit) && !f->is_self && office.v)) {
		s->from = office.v ? office : s->from;
	} else if (f->is_below && superior.v) {
		s->from = party_of_person(superior);
	}
}

enum err tasks_find_sending(struct req *rq, const struct places *places,
	const struct address *address, const char *pointer, struct sending *ret)
{
	struct send_facts f = {.kind = ret->kind, .is_invited = ret->is_invited};
	struct employee_id superior = {0};
	struct employee_row self;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if ((address->employee.v != 0) == (address->unit.v != 0))
		return refuse(rq, E_BAD_FIELD, pointer, "name a person or a unit, one of the two");
	if (!e && address->employee.v)
		e = load_person(rq, places, address->employee, &f, ret, &superior);
	else if (!e)
		e = load_unit(rq, tree, places, address->unit, &f, ret);
	if (e)
		return e == E_NOT_FOUND ? refuse(rq, E_BAD_FIELD, pointer, "not found") : e;
	if (ret->kind == TASK_DISPOSITION && ret->is_passed && !f.is_below && !f.is_own_unit &&
		!f.is_office)
		f.kind = ret->kind =
			TASK_ASSIGNMENT; /* passed on beside the line it is an assignment */
	const enum send_fault fault = tasks_check_send(&f);
	if (fault)
		return refuse(rq, faults[fault].err, pointer, faults[fault].reason);
	find_sender(tree, places, &f, superior, ret);
	ret->for_party = tasks_for(places, ret->from);
	ret->from_unit = party_office(ret->from);
	if (ret->from_unit.v)
		return OK;
	e = org_load_employee(rq->tx, places->actor, req_today(rq), &self);
	ret->from_unit = self.unit;
	return e;
}

/* ---- who is asked ---- */

static const struct {
	enum err err;
	const char *reason;
} near_faults[NEAR_FAULTS] = {
	[NEAR_NOT_SERVING] = {E_REFUSED, "has no place of work today: choose somebody else"},
	[NEAR_SELF] = {E_SELF, "oneself: choose somebody else"},
	[NEAR_FAR] = {E_REFUSED, "works in another unit: choose the unit, its head decides who"},
	[NEAR_NO_HEAD] = {E_REFUSED, "nobody heads this unit: choose the unit above"},
	[NEAR_OWN_OFFICE] = {E_REFUSED, "is one's own unit: choose a person of it"},
	[NEAR_NOT_HEAD] = {E_REFUSED,
		"only who heads a unit calls other units: ask one's own head to call it"},
};

/* Of a unit the actor heads, or of one below it. */
static bool is_headed(const struct org_tree *tree, const struct places *places, struct unit_id unit)
{
	for (int i = 0; unit.v && i < places->count; i++) {
		const struct unit_id office = party_office(places->place[i].party);

		if (office.v && org_is_below(tree, unit, office))
			return true;
	}
	return false;
}

static enum err load_near(struct req *rq, const struct org_tree *tree, const struct places *places,
	struct employee_id employee, struct near_facts *f, struct unit_id *ret_unit)
{
	const int32_t today = req_today(rq);
	struct send_facts line = {0};
	struct employee_id superior = {0}, lead = {0}, acts_for;
	struct employee_row row;
	enum err e = org_load_employee(rq->tx, employee, today, &row);

	if (e)
		return e;
	*ret_unit = row.unit;
	f->is_serving = row.unit.v != 0;
	f->is_self = employee.v == places->actor.v;
	if (f->is_self)
		return OK;
	if ((e = load_relation(rq, places, employee, &line, &acts_for)) ||
		(e = org_load_superior(
			 rq->tx, places->actor, RELATION_SUPERVISOR, today, &superior)) ||
		(e = org_load_superior(rq->tx, places->actor, RELATION_TEAM_LEAD, today, &lead)))
		return e;
	f->is_near = line.is_below || line.is_peer || line.is_led || superior.v == employee.v ||
		     lead.v == employee.v || is_headed(tree, places, row.unit);
	return OK;
}

enum err tasks_find_near(struct req *rq, const struct places *places, const struct address *address,
	bool needs_head, const char *pointer, struct party *ret, struct unit_id *ret_unit)
{
	struct near_facts f = {.needs_head = needs_head};
	struct send_facts unit_facts = {0};
	struct sending s = {0};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if ((address->employee.v != 0) == (address->unit.v != 0))
		return refuse(rq, E_BAD_FIELD, pointer, "name a person or a unit, one of the two");
	if (!e && address->employee.v) {
		*ret = party_of_person(address->employee);
		e = load_near(rq, tree, places, address->employee, &f, ret_unit);
	} else if (!e) {
		e = load_unit(rq, tree, places, address->unit, &unit_facts, &s);
		f.is_office = true;
		f.is_serving = unit_facts.is_serving;
		f.is_own_office = unit_facts.is_own_office;
		f.is_head = unit_facts.is_head;
		*ret = s.to;
		*ret_unit = s.to_unit;
	}
	if (e)
		return e == E_NOT_FOUND ? refuse(rq, E_BAD_FIELD, pointer, "not found") : e;
	const enum near_fault fault = tasks_check_near(&f);
	return fault ? refuse(rq, near_faults[fault].err, pointer, near_faults[fault].reason) : OK;
}

/* ---- until when ---- */

enum err tasks_find_due(
	struct req *rq, struct unit_id unit, int32_t asked, int32_t last, int32_t *ret_due)
{
	const int32_t today = req_today(rq);
	struct parameters numbers;
	enum err e;

	*ret_due = asked;
	if (last && last < today)
		last = today; /* what is late already is due at once */
	if (asked == DAY_NONE) {
		if ((e = attendance_load_parameters(rq->tx, today, &numbers)) ||
			(e = org_find_working_day(
				 rq->tx, unit, today, numbers.of[PARAMETER_TASK_DAYS], ret_due)))
			return e;
		if (last && *ret_due > last)
			*ret_due = last;
		return OK;
	}
	if (asked < today)
		return refuse(rq, E_BAD_FIELD, "/due", "is over: name today or a later day");
	if (asked > today + DUE_DAYS_MAX)
		return refuse(rq, E_BAD_FIELD, "/due", "more than a year ahead");
	return last && asked > last
		       ? refuse(rq, E_BAD_FIELD, "/due", "later than the day it is due oneself")
		       : OK;
}

/* ---- the route ---- */

struct task_input {
	int32_t kind;
	const char *subject, *body;
	struct address to;
	int32_t due;
	const char *letter_number, *letter_link;
};

static const struct field input_fields[] = {
	F_ENUM(struct task_input, kind, task_kind_names, 0, "Disposition or assignment."),
	F_TEXT(struct task_input, subject, 3, TASK_SUBJECT_MAX, 0, "What is to be done."),
	F_TEXT(struct task_input, body, 0, TASK_BODY_MAX, OPTIONAL, "What else there is to say."),
	{"employee", FIELD_ID, FROM_BODY, OPTIONAL, offsetof(struct task_input, to.employee), 0, 0,
		0, NULL, NULL,
		"A person: of one's line, of one's team, or a colleague of one superior."},
	{"unit", FIELD_ID, FROM_BODY, OPTIONAL, offsetof(struct task_input, to.unit), 0, 0, 0, NULL,
		NULL, "Or a unit: its head decides who."},
	F_DAY(struct task_input, due, OPTIONAL,
		"Until when; absent: so many working days as the government set."),
	F_TEXT(struct task_input, letter_number, 0, TASK_LETTER_MAX, OPTIONAL,
		"Number of the letter in the register (SRIKANDI)."),
	F_TEXT(struct task_input, letter_link, 0, TASK_LINK_MAX, OPTIONAL,
		"Where the letter is: https."),
	F_END,
};
const struct shape tasks_input_shape = SHAPE("TaskInput", struct task_input, input_fields);

struct task_added {
	int64_t task;
	int32_t year, number, due;
};
static const struct field added_fields[] = {
	F_ID(struct task_added, task, 0, "The task."),
	F_INT(struct task_added, year, 2000, 9999, 0, "The year its number runs in."),
	F_INT(struct task_added, number, 1, INT32_MAX, 0, "Its number."),
	F_DAY(struct task_added, due, 0, "Until when."),
	F_END,
};
const struct shape tasks_added_shape = SHAPE("TaskAdded", struct task_added, added_fields);

enum err tasks_reply_added(struct req *rq, const struct task_row *task)
{
	return reply(rq, 200, &(struct task_added){task->id, task->year, task->number, task->due});
}

enum err tasks_post(struct req *rq)
{
	const struct task_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct sending s = {.kind = (enum task_kind)in->kind};
	struct task_row task;
	int32_t due;
	enum err e;

	if (in->kind == TASK_DECISION)
		return refuse(rq, E_BAD_FIELD, "/kind", "a decision is sent from its meeting");
	if ((e = tasks_check_link(rq, in->letter_link, "/letter_link")) ||
		(e = tasks_load_own_places(rq, places)) ||
		(e = tasks_find_sending(
			 rq, places, &in->to, in->to.unit.v ? "/unit" : "/employee", &s)) ||
		(e = tasks_find_due(rq, s.to_unit, in->due, 0, &due)))
		return e;
	task = (struct task_row){.kind = (int32_t)s.kind,
		.subject = in->subject,
		.body = tasks_text(in->body),
		.from = s.from,
		.from_id = rq->actor.employee,
		.from_unit = s.from_unit,
		.to = s.to,
		.to_unit = s.to_unit,
		.sent_day = req_today(rq),
		.due = due,
		.letter_number = tasks_text(in->letter_number),
		.letter_link = tasks_text(in->letter_link)};
	e = tasks_add(rq->tx, &task, rq->actor.employee, s.for_party, "");
	return e ? e : tasks_reply_added(rq, &task);
}
