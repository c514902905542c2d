/*
 * Acts on a task: the holder accepts, passes on, returns or is done; the sender closes, gives back
 * or withdraws; whoever has part in it may add words. Each names the version it saw. What a
 * withdrawn task was passed on as is withdrawn with it.
 */
#include "tasks/tasks_routes.h"

#define RECIPIENTS_MAX 20
#define REASON_MIN     5
#define FAMILY_MAX     2000 /* the agencies of a government, some units of each, ten people in them */

/* ---- shapes ---- */

struct act_input {
	int64_t task;
	int32_t version;
	const char *note;
};
static const struct field act_fields[] = {
	PATH_ID(struct act_input, task, "The task."),
	F_INT(struct act_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct act_input, note, 0, TASK_NOTE_MAX, OPTIONAL, "A word to it."),
	F_END,
};
const struct shape tasks_act_shape = SHAPE("TaskAct", struct act_input, act_fields);
static const struct field reason_fields[] = {
	PATH_ID(struct act_input, task, "The task."),
	F_INT(struct act_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct act_input, note, REASON_MIN, TASK_NOTE_MAX, 0, "Why."),
	F_END,
};
const struct shape tasks_reason_act_shape = SHAPE("TaskReasonAct", struct act_input, reason_fields);
static const struct field result_fields[] = {
	PATH_ID(struct act_input, task, "The task."),
	F_INT(struct act_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct act_input, note, REASON_MIN, TASK_NOTE_MAX, 0, "What came of it."),
	F_END,
};
const struct shape tasks_result_act_shape = SHAPE("TaskResultAct", struct act_input, result_fields);
static const struct field note_fields[] = {
	PATH_ID(struct act_input, task, "The task."),
	F_TEXT(struct act_input, note, 1, TASK_NOTE_MAX, 0, "The words."),
	F_END,
};
const struct shape tasks_note_shape = SHAPE("TaskNote", struct act_input, note_fields);

struct pass_input {
	int64_t task;
	int32_t version;
	int64_t *employees, *units;
	int employee_count, unit_count;
	int32_t due;
	const char *note;
};
static const struct field pass_fields[] = {
	PATH_ID(struct pass_input, task, "The task."),
	F_INT(struct pass_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_IDS(struct pass_input, employees, employee_count, 0, RECIPIENTS_MAX, OPTIONAL,
		"People it is passed on to."),
	F_IDS(struct pass_input, units, unit_count, 0, RECIPIENTS_MAX, OPTIONAL,
		"Units it is passed on to."),
	F_DAY(struct pass_input, due, OPTIONAL, "Until when; not later than one's own day."),
	F_TEXT(struct pass_input, note, 0, TASK_NOTE_MAX, OPTIONAL, "What each of them is to do."),
	F_END,
};
const struct shape tasks_pass_shape = SHAPE("TaskPass", struct pass_input, pass_fields);

struct task_changed {
	int64_t task;
	int32_t state, version;
};
static const struct field state_fields[] = {
	F_ID(struct task_changed, task, 0, "The task."),
	F_ENUM(struct task_changed, state, task_state_names, 0, "How far it is now."),
	F_INT(struct task_changed, version, 1, INT32_MAX, 0, "Its version now."),
	F_END,
};
const struct shape tasks_state_shape = SHAPE("TaskChanged", struct task_changed, state_fields);

/* ---- deciding ---- */

static const struct {
	enum err err;
	const char *reason;
} faults[ACT_FAULTS] = {
	[ACT_NOT_YOURS] = {E_REFUSED, "is for the other side to do"},
	[ACT_STATE] = {E_CONFLICT, "its state no longer allows it: reload"},
	[ACT_CHILDREN] = {E_CONFLICT, "what was passed on is not done yet"},
	[ACT_OWN] = {E_SELF, "nobody closes his own work"},
};

enum err tasks_load_stand(struct req *rq, const struct places *places, const struct task_row *task,
	struct task_stand *ret)
{
	const struct place *sender = tasks_find_place(places, task->from), *holder;
	struct party hand;
	enum err e = tasks_load_hand(rq->tx, places, task, req_today(rq), &hand);

	if (e)
		return e;
	holder = tasks_find_place(places, hand);
	if (!holder)
		holder = tasks_find_place(places, task->to);
	*ret = (struct task_stand){.is_holder = holder != NULL,
		.is_sender = sender != NULL,
		.is_own_holder = holder && holder->is_own,
		.is_own_sender = sender && sender->is_own,
		.hand = hand};
	return tasks_count_open_children(rq->tx, task->id, &ret->open_children);
}

static enum err check_room(struct req *rq, int64_t task)
{
	int events;
	enum err e = tasks_count_events(rq->tx, task, &events);

	return e ? e
	       : events < TASK_EVENTS_MAX
		       ? OK
		       : refuse(rq, E_REFUSED, "/task", "its thread is full: send a new one");
}

struct task_acting {
	struct places *places;
	struct task_row task;
	enum task_event event;
	struct party for_party;
	struct party hand; /* as whom the holder acts */
};

/* Loads the task, judges the act, and leaves in it what the act makes of it. */
static enum err begin(
	struct req *rq, int64_t id, int32_t version, enum task_act act, struct task_acting *ret)
{
	struct task_stand stand;
	enum task_state state;
	enum err e = tasks_load(rq->tx, id, &ret->task);

	ret->places = ARENA_NEW(rq->tx->arena, struct places);
	if (e || (e = tasks_load_own_places(rq, ret->places)) ||
		(e = tasks_load_stand(rq, ret->places, &ret->task, &stand)) ||
		(e = check_room(rq, id)))
		return e;
	const enum act_fault fault = tasks_decide(
		act, (enum task_state)ret->task.state, &stand, &state, &ret->event);
	if (fault)
		return refuse(rq, faults[fault].err, "/task", faults[fault].reason);
	if (version != ret->task.version)
		return E_STALE;
	const bool by_sender = ret->event == EVENT_CLOSED || ret->event == EVENT_WITHDRAWN ||
			       ret->event == EVENT_GIVEN_BACK;
	ret->hand = tasks_find_place(ret->places, ret->task.to) ? ret->task.to : stand.hand;
	ret->for_party = by_sender                       ? tasks_for(ret->places, ret->task.from)
			 : ret->hand.v == ret->task.to.v ? tasks_for(ret->places, ret->task.to)
							 : ret->task.to;
	ret->task.state = (int32_t)state;
	ret->task.version++;
	return OK;
}

static enum err finish(struct req *rq, struct task_acting *a, const char *note)
{
	enum err e = tasks_put(
		rq->tx, &a->task, a->event, rq->actor.employee, a->for_party, tasks_text(note));
	const struct task_changed out = {a->task.id, a->task.state, a->task.version};

	return e ? e : reply(rq, 200, &out);
}

static enum err act_once(struct req *rq, enum task_act act)
{
	const struct act_input *in = rq->input;
	struct task_acting a;
	enum err e = begin(rq, in->task, in->version, act, &a);

	return e ? e : finish(rq, &a, in->note);
}

enum err tasks_post_accept(struct req *rq)
{
	return act_once(rq, ACT_ACCEPT);
}

enum err tasks_post_return(struct req *rq)
{
	return act_once(rq, ACT_RETURN);
}

enum err tasks_post_close(struct req *rq)
{
	return act_once(rq, ACT_CLOSE);
}

enum err tasks_post_done(struct req *rq)
{
	const struct act_input *in = rq->input;
	struct task_acting a;
	enum err e = begin(rq, in->task, in->version, ACT_DONE, &a);

	a.task.result = in->note;
	return e ? e : finish(rq, &a, in->note);
}

/* ---- withdrawing, with all it was passed on as ---- */

static enum err withdraw_child(struct req *rq, struct task_row *child, const char *note)
{
	if (child->state > TASK_LIVE_LAST)
		return OK;
	child->state = TASK_WITHDRAWN;
	child->version++;
	return tasks_put(rq->tx, child, EVENT_WITHDRAWN, rq->actor.employee, (struct party){0},
		tasks_text(note));
}

static enum err withdraw_family(struct req *rq, int64_t root, const char *note)
{
	struct task_row *child = ARENA_ARRAY(rq->tx->arena, TASK_CHILDREN_MAX, struct task_row);
	int64_t *todo = ARENA_ARRAY(rq->tx->arena, FAMILY_MAX, int64_t);
	int count, next = 0, last = 1;
	enum err e = OK;

	todo[0] = root;
	while (!e && next < last) {
		e = tasks_list_children(rq->tx, todo[next++], child, &count);
		for (int i = 0; !e && i < count; i++) {
			if (last == FAMILY_MAX)
				return refuse(rq, E_REFUSED, "/task",
					"was passed on too often to be withdrawn at once");
			todo[last++] = child[i].id;
			e = withdraw_child(rq, &child[i], note);
		}
	}
	return e;
}

enum err tasks_post_withdraw(struct req *rq)
{
	const struct act_input *in = rq->input;
	struct task_acting a;
	enum err e = begin(rq, in->task, in->version, ACT_WITHDRAW, &a);

	if (!e)
		e = withdraw_family(rq, in->task, in->note);
	return e ? e : finish(rq, &a, in->note);
}

/* ---- words ---- */

enum err tasks_post_note(struct req *rq)
{
	const struct act_input *in = rq->input;
	struct task_acting a;
	enum err e = tasks_load(rq->tx, in->task, &a.task);

	if (e || (e = check_room(rq, in->task)))
		return e;
	e = tasks_add_event(
		rq->tx, in->task, EVENT_NOTED, rq->actor.employee, (struct party){0}, in->note);
	const struct task_changed out = {a.task.id, a.task.state, a.task.version};
	return e ? e : reply(rq, 200, &out);
}

/* ---- passing on ---- */

/* Nobody gets back what came through his hands. */
static enum err check_line(
	struct req *rq, const struct task_row *task, struct party to, const char *pointer)
{
	struct task_row row = *task;
	enum err e = OK;

	if (task->depth + 1 > TASK_DEPTH_MAX)
		return refuse(rq, E_REFUSED, "/task", "was passed on too often");
	for (int i = 0; !e && i <= TASK_DEPTH_MAX; i++) {
		if (row.to.v == to.v || row.from.v == to.v)
			return refuse(rq, E_REFUSED, pointer, "had it in hand already");
		if (!row.parent)
			return OK;
		e = tasks_load(rq->tx, row.parent, &row);
	}
	return e;
}

static enum err pass_to(struct req *rq, const struct task_acting *a, const struct pass_input *in,
	const struct address *address, const char *pointer)
{
	struct sending s = {.kind = (enum task_kind)a->task.kind,
		.is_passed = true,
		.from = a->hand,
		.from_unit = a->task.to_unit};
	struct task_row child;
	int32_t due;
	enum err e;

	if (s.kind == TASK_DECISION)
		s.kind = TASK_ASSIGNMENT; /* decided is what the first of them has to see to */
	if ((e = tasks_find_sending(rq, a->places, address, pointer, &s)) ||
		(e = check_line(rq, &a->task, s.to, pointer)) ||
		(e = tasks_find_due(rq, s.to_unit, in->due, a->task.due, &due)))
		return e;
	child = a->task;
	child.parent = a->task.id;
	child.depth++;
	child.kind = (int32_t)s.kind;
	child.body = tasks_text(in->note);
	child.from = s.from;
	child.from_id = rq->actor.employee;
	child.from_unit = s.from_unit;
	child.to = s.to;
	child.to_unit = s.to_unit;
	child.sent_day = req_today(rq);
	child.due = due;
	child.result = "";
	return tasks_add(rq->tx, &child, rq->actor.employee, s.for_party, "");
}

/* Whose names the thread says it went to. */
static enum err pass_to_all(
	struct req *rq, const struct task_acting *a, const struct pass_input *in)
{
	struct task_row *child = ARENA_ARRAY(rq->tx->arena, TASK_CHILDREN_MAX, struct task_row);
	int children;
	enum err e = tasks_list_children(rq->tx, a->task.id, child, &children);

	if (!e && children + in->employee_count + in->unit_count > TASK_CHILDREN_MAX)
		return refuse(rq, E_REFUSED, "/task", "was passed on to too many");
	for (int i = 0; !e && i < in->employee_count; i++)
		e = pass_to(
			rq, a, in, &(struct address){.employee = {in->employees[i]}}, "/employees");
	for (int i = 0; !e && i < in->unit_count; i++)
		e = pass_to(rq, a, in, &(struct address){.unit = {in->units[i]}}, "/units");
	return e;
}

enum err tasks_post_pass(struct req *rq)
{
	const struct pass_input *in = rq->input;
	struct task_acting a;
	enum err e;

	if (in->employee_count + in->unit_count == 0)
		return refuse(rq, E_BAD_FIELD, "/employees", "name whom it is passed on to");
	e = begin(rq, in->task, in->version, ACT_PASS, &a);
	if (!e)
		e = pass_to_all(rq, &a, in);
	return e ? e : finish(rq, &a, in->note);
}
