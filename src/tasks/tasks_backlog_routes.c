/*
 * The backlog of units, and the open tasks behind a figure: subjects and units, never the people
 * who have them in hand. Sight is that of the board.
 */
#include "tasks/tasks_routes.h"

#define BACKLOG_MAX 512

struct backlog_query {
	struct unit_id unit;
};
static const struct field query_fields[] = {
	Q_ID(struct backlog_query, unit, OPTIONAL, "This unit; the whole government when absent."),
	F_END,
};
const struct shape tasks_backlog_query_shape = SHAPE(
	"TaskBacklogQuery", struct backlog_query, query_fields);

struct backlog_item {
	int64_t unit;
	const char *unit_name;
	int32_t open_tasks, overdue, oldest, oldest_days;
};
static const struct field item_fields[] = {
	F_ID(struct backlog_item, unit, OPTIONAL, "The unit; absent: the whole government."),
	F_TEXT(struct backlog_item, unit_name, 0, 200, 0, "Its name."),
	F_INT(struct backlog_item, open_tasks, 0, INT32_MAX, 0, "Open tasks of it and all below."),
	F_INT(struct backlog_item, overdue, 0, INT32_MAX, 0, "Of these: over their day."),
	F_DAY(struct backlog_item, oldest, OPTIONAL, "Day the oldest open one was sent."),
	F_INT(struct backlog_item, oldest_days, 0, INT32_MAX, OPTIONAL, "So many days ago."),
	F_END,
};
static const struct shape item_shape = SHAPE("TaskBacklogItem", struct backlog_item, item_fields);

struct backlog {
	struct backlog_item total, *items;
	int count;
};
static const struct field backlog_fields[] = {
	F_OBJECT(struct backlog, total, &item_shape, 0, "All of it."),
	F_LIST(struct backlog, items, count, &item_shape, 0, BACKLOG_MAX, 0,
		"The units directly below, by code."),
	F_END,
};
const struct shape tasks_backlog_shape = SHAPE("TaskBacklog", struct backlog, backlog_fields);

static struct backlog_item make_item(
	const struct org_tree *tree, const struct tasks_backlog *b, int32_t today)
{
	const bool is_any = b->oldest != DAY_NONE;

	return (struct backlog_item){b->unit.v, tasks_unit_name(tree, b->unit), b->open, b->overdue,
		b->oldest, is_any ? today - b->oldest : INT_NONE};
}

/* Without a unit the object is the whole government, which only a scope over all of it covers. */
enum err tasks_find_backlog_unit(struct req *rq, struct object *ret_object)
{
	const struct backlog_query *in = rq->input;

	return in->unit.v ? org_find_object(rq->tx, in->unit, ret_object) : OK;
}

enum err tasks_get_backlog(struct req *rq)
{
	const struct backlog_query *in = rq->input;
	struct tasks_backlog total,
		*row = ARENA_ARRAY(rq->tx->arena, BACKLOG_MAX, struct tasks_backlog);
	struct backlog out = {
		.items = ARENA_ARRAY(rq->tx->arena, BACKLOG_MAX, struct backlog_item)};
	const int32_t today = req_today(rq);
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = tasks_load_backlog(rq->tx, in->unit, today, &total)) ||
		(e = tasks_list_backlog(rq->tx, in->unit, today, row, BACKLOG_MAX, &out.count)))
		return e;
	out.total = make_item(tree, &total, today);
	for (int i = 0; i < out.count; i++)
		out.items[i] = make_item(tree, &row[i], today);
	return reply(rq, 200, &out);
}

/* ---- the tasks behind it ---- */

struct open_query {
	struct unit_id unit;
	int64_t cursor;
};
static const struct field open_query_fields[] = {
	PATH_ID(struct open_query, unit, "The unit."),
	Q_ID(struct open_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape tasks_open_query_shape = SHAPE(
	"OpenTasksQuery", struct open_query, open_query_fields);

struct open_item {
	int64_t task;
	int32_t year, number, kind, state, due;
	const char *subject, *from_unit_name, *unit_name;
	int64_t sent_at;
	bool past_due;
};
static const struct field open_item_fields[] = {
	F_ID(struct open_item, task, 0, "The task."),
	F_INT(struct open_item, year, 2000, 9999, 0, "The year its number runs in."),
	F_INT(struct open_item, number, 1, INT32_MAX, 0, "Its number."),
	F_ENUM(struct open_item, kind, task_kind_names, 0, "What it is."),
	F_TEXT(struct open_item, subject, 1, TASK_SUBJECT_MAX, 0, "What is to be done."),
	F_TEXT(struct open_item, from_unit_name, 0, 200, 0, "Which unit sent it."),
	F_TEXT(struct open_item, unit_name, 0, 200, 0, "Which unit has it."),
	F_ENUM(struct open_item, state, task_state_names, 0, "Sent or accepted."),
	F_INSTANT(struct open_item, sent_at, 0, "When it was sent."),
	F_DAY(struct open_item, due, 0, "Until when."),
	F_BOOL(struct open_item, past_due, 0, "Its day is over."),
	F_END,
};
static const struct shape open_item_shape = SHAPE("OpenTask", struct open_item, open_item_fields);

struct open_list {
	struct open_item *items;
	int count;
	int64_t next;
};
static const struct field open_fields[] = {
	F_LIST(struct open_list, items, count, &open_item_shape, 0, TASKS_PAGE, 0,
		"The most urgent first."),
	F_ID(struct open_list, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape tasks_open_shape = SHAPE("OpenTasks", struct open_list, open_fields);

enum err tasks_find_open_unit(struct req *rq, struct object *ret_object)
{
	const struct open_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

enum err tasks_get_open(struct req *rq)
{
	const struct open_query *in = rq->input;
	struct task_page page = {.cursor_due = -1, .max = TASKS_PAGE + 1};
	struct task_row *row = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE + 1, struct task_row), last;
	struct open_list out = {.items = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE, struct open_item)};
	const struct org_tree *tree;
	int rows = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e && in->cursor && !(e = tasks_load(rq->tx, in->cursor, &last))) {
		page.cursor = last.id;
		page.cursor_due = last.due;
	}
	if (e == E_NOT_FOUND)
		return refuse(rq, E_BAD_FIELD, "/cursor", "unknown");
	if (!e)
		e = tasks_list_open(rq->tx, org_find_unit(tree, in->unit)->path, &page, row, &rows);
	out.count = rows < TASKS_PAGE ? rows : TASKS_PAGE;
	for (int i = 0; !e && i < out.count; i++)
		out.items[i] = (struct open_item){row[i].id, row[i].year, row[i].number,
			row[i].kind, row[i].state, row[i].due, row[i].subject,
			tasks_unit_name(tree, row[i].from_unit),
			tasks_unit_name(tree, row[i].to_unit), row[i].sent_at,
			tasks_is_overdue((enum task_state)row[i].state, row[i].due, req_today(rq))};
	out.next = rows > TASKS_PAGE ? row[TASKS_PAGE - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}
