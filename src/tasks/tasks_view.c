/* A task and its thread as readers see them: names as of today, offices by the name of their unit.
 */
#include "tasks/tasks_routes.h"

#include "base/str.h"

#include <string.h>

static const struct field item_fields[] = {
	F_ID(struct task_item, task, 0, "The task."),
	F_ID(struct task_item, parent, OPTIONAL, "What it was passed on from."),
	F_ID(struct task_item, meeting, OPTIONAL, "The meeting that decided it."),
	F_INT(struct task_item, year, 2000, 9999, 0, "The year its number runs in."),
	F_INT(struct task_item, number, 1, INT32_MAX, 0, "Its number."),
	F_ENUM(struct task_item, kind, task_kind_names, 0, "What it is."),
	F_TEXT(struct task_item, subject, 1, TASK_SUBJECT_MAX, 0, "What is to be done."),
	F_TEXT(struct task_item, from_name, 0, 300, 0, "Who sent it."),
	F_TEXT(struct task_item, from_unit_name, 0, 200, 0, "Of which unit."),
	F_BOOL(struct task_item, from_office, 0, "As its head, or in his place."),
	F_TEXT(struct task_item, to_name, 0, 300, OPTIONAL,
		"Who has it; absent: whoever heads the unit."),
	F_TEXT(struct task_item, to_unit_name, 0, 200, 0, "Of which unit."),
	F_TEXT(struct task_item, for_name, 0, 300, OPTIONAL,
		"In whose place the reader acts; absent: it is his own."),
	F_INSTANT(struct task_item, sent_at, 0, "When."),
	F_DAY(struct task_item, due, 0, "Until when."),
	F_ENUM(struct task_item, state, task_state_names, 0, "How far it is."),
	F_INT(struct task_item, version, 1, INT32_MAX, 0, "To be named when acting."),
	F_BOOL(struct task_item, past_due, 0, "Its day is over and it is not done."),
	F_BOOL(struct task_item, is_left, 0,
		"In one's hand because who was given it works in that unit no more."),
	F_TEXT(struct task_item, letter_number, 0, TASK_LETTER_MAX, OPTIONAL,
		"Number of the letter in the register (SRIKANDI)."),
	F_TEXT(struct task_item, letter_link, 0, TASK_LINK_MAX, OPTIONAL, "Where the letter is."),
	F_END,
};
const struct shape tasks_item_shape = SHAPE("Task", struct task_item, item_fields);

static const struct field event_fields[] = {
	F_ENUM(struct event_item, kind, task_event_names, 0, "What happened."),
	F_INSTANT(struct event_item, at, 0, "When."),
	F_TEXT(struct event_item, actor_name, 0, 300, 0, "Who."),
	F_TEXT(struct event_item, for_name, 0, 300, OPTIONAL, "In whose place."),
	F_TEXT(struct event_item, note, 0, TASK_BODY_MAX, 0, "With which words."),
	F_END,
};
const struct shape tasks_event_shape = SHAPE("TaskEvent", struct event_item, event_fields);

const char *tasks_unit_name(const struct org_tree *tree, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	return u ? u->name : "";
}

const char *tasks_optional(const char *text)
{
	return text && *text ? text : NULL;
}

const char *tasks_text(const char *text)
{
	return text ? text : "";
}

enum err tasks_check_link(struct req *rq, const char *link, const char *pointer)
{
	if (!link || !*link)
		return OK;
	return str_starts(link, "https://") && !strpbrk(link, " \t\n\"<>")
		       ? OK
		       : refuse(rq, E_BAD_FIELD, pointer, "an address beginning with https://");
}

struct task_item tasks_make_item(
	const struct org_tree *tree, const struct task_row *row, int32_t today)
{
	return (struct task_item){.task = row->id,
		.parent = row->parent,
		.meeting = row->meeting,
		.year = row->year,
		.number = row->number,
		.kind = row->kind,
		.subject = row->subject,
		.from_name = row->from_name,
		.from_unit_name = tasks_unit_name(tree, row->from_unit),
		.from_office = row->from.v < 0,
		.to_name = row->to_name,
		.to_unit_name = tasks_unit_name(tree, row->to_unit),
		.sent_at = row->sent_at,
		.due = row->due,
		.state = row->state,
		.version = row->version,
		.past_due = tasks_is_overdue((enum task_state)row->state, row->due, today),
		.is_left = row->is_left,
		.letter_number = tasks_optional(row->letter_number),
		.letter_link = tasks_optional(row->letter_link)};
}

enum err tasks_load_thread(struct req *rq, int64_t subject, struct event_item **ret, int *ret_count)
{
	struct task_event_row *row = ARENA_ARRAY(
		rq->tx->arena, TASK_EVENTS_MAX, struct task_event_row);
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = tasks_list_events(rq->tx, subject, row, TASK_EVENTS_MAX, ret_count);
	if (e)
		return e;
	*ret = ARENA_ARRAY(rq->tx->arena, TASK_EVENTS_MAX, struct event_item);
	for (int i = 0; i < *ret_count; i++)
		(*ret)[i] = (struct event_item){row[i].kind, row[i].at, row[i].actor_name,
			row[i].for_party.v < 0
				? tasks_unit_name(tree, party_office(row[i].for_party))
				: row[i].for_name,
			row[i].note};
	return OK;
}

enum err tasks_load_own_places(struct req *rq, struct places *ret)
{
	return tasks_load_places(rq->tx, rq->actor.employee, req_today(rq), ret);
}

struct party tasks_for(const struct places *places, struct party party)
{
	const struct place *place = tasks_find_place(places, party);

	return !place || place->is_own ? (struct party){0} : party;
}

/* ---- the object ---- */

/* Whoever sent it, or sent what it was passed on from, follows it to its end. */
static enum err has_part(
	struct req *rq, const struct places *places, const struct task_row *task, bool *ret)
{
	struct task_row row = *task;
	struct party hand;
	enum err e = tasks_load_hand(rq->tx, places, task, req_today(rq), &hand);

	*ret = tasks_find_place(places, hand) || tasks_find_place(places, row.to) ||
	       tasks_find_place(places, row.from);
	for (int i = 0; !e && !*ret && row.parent && i < TASK_DEPTH_MAX; i++) {
		e = tasks_load(rq->tx, row.parent, &row);
		*ret = !e &&
		       (tasks_find_place(places, row.to) || tasks_find_place(places, row.from));
	}
	return e;
}

enum err tasks_find_object(struct req *rq, struct object *ret_object)
{
	const int64_t *id = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct task_row task;
	bool is_part;
	enum err e = tasks_load(rq->tx, *id, &task);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = has_part(rq, places, &task, &is_part)))
		return e;
	if (is_part)
		ret_object->employee = rq->actor.employee;
	else if (task.to.v > 0)
		ret_object->employee = party_person(task.to);
	else
		ret_object->unit = task.to_unit;
	return OK;
}
