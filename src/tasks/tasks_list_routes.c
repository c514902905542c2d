/*
 * Reading tasks: what one has in hand, what one waits for, and one with its thread. What somebody
 * has in hand in another's place says so.
 */
#include "tasks/tasks_routes.h"

#include "base/str.h"

#include <stdlib.h>

/* ---- lists ---- */

enum task_box { BOX_OPEN, BOX_PAST };
static const char *const box_names[] = {"open", "past", NULL};

struct list_query {
	int32_t box;
	int64_t cursor;
};
static const struct field query_fields[] = {
	Q_ENUM(struct list_query, box, box_names, OPTIONAL,
		"Open: by due day, the default. Past: the newest first."),
	Q_ID(struct list_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape tasks_list_query_shape = SHAPE("TasksQuery", struct list_query, query_fields);

struct task_list {
	struct task_item *items;
	int count;
	int64_t next;
};
static const struct field list_fields[] = {
	F_LIST(struct task_list, items, count, &tasks_item_shape, 0, TASKS_PAGE, 0,
		"The most urgent first."),
	F_ID(struct task_list, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape tasks_list_shape = SHAPE("Tasks", struct task_list, list_fields);

static int by_due(const void *a, const void *b)
{
	const struct task_row *x = a, *y = b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_newest(const void *a, const void *b)
{
	const struct task_row *x = a, *y = b;

	return (x->id < y->id) - (x->id > y->id);
}

/* Where the page before ended; a cursor of nothing begins anew. */
static enum err find_page(struct req *rq, bool is_sent, struct task_page *ret)
{
	const struct list_query *in = rq->input;
	struct task_row row;
	enum err e;

	*ret = (struct task_page){.is_sent = is_sent,
		.is_past = in->box == BOX_PAST,
		.cursor_due = -1,
		.max = TASKS_PAGE + 1};
	if (!in->cursor)
		return OK;
	e = tasks_load(rq->tx, in->cursor, &row);
	if (e)
		return e == E_NOT_FOUND ? refuse(rq, E_BAD_FIELD, "/cursor", "unknown") : e;
	ret->cursor = row.id;
	ret->cursor_due = row.due;
	return OK;
}

/* In whose place the reader has a row; NULL: his own. */
static enum err name_place(struct req *rq, const struct org_tree *tree, const struct places *places,
	struct party party, bool is_left, const char **ret)
{
	*ret = NULL;
	if (!is_left && !tasks_for(places, party).v)
		return OK;
	if (party.v < 0) {
		*ret = tasks_unit_name(tree, party_office(party));
		return OK;
	}
	return tasks_load_name(rq->tx, party_person(party), req_today(rq), ret);
}

/* What the place has in hand, or sent; of an office also what was given to persons who are gone. */
static enum err add_rows(struct req *rq, const struct places *places, const struct place *place,
	const struct task_page *page, struct task_row *row, int *rows)
{
	const struct unit_id office = party_office(place->party);
	struct task_row *more;
	int count = 0;
	enum err e = tasks_list(rq->tx, place->party, page, row + *rows, &count);

	*rows += count;
	if (e || page->is_sent || page->is_past || !office.v)
		return e;
	more = row + *rows;
	e = tasks_list_left(rq->tx, office, req_today(rq), page, more, &count);
	for (int i = 0; !e && i < count; i++)
		if (!tasks_find_place(places, more[i].to))
			row[(*rows)++] = more[i];
	return e;
}

/* Sorted rows, each once: the head above a vacant office finds what was left there in both places.
 */
static int drop_repeated(struct task_row *row, int rows)
{
	int n = 0;

	for (int i = 0; i < rows; i++)
		if (n == 0 || row[n - 1].id != row[i].id)
			row[n++] = row[i];
	return n;
}

static enum err get_list(struct req *rq, bool is_sent)
{
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct task_page page;
	struct task_row *row;
	struct task_list out = {0};
	const struct org_tree *tree;
	int rows = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = find_page(rq, is_sent, &page)) || (e = tasks_load_own_places(rq, places)))
		return e;
	row = ARENA_ARRAY(rq->tx->arena, (size_t)(2 * places->count * page.max), struct task_row);
	for (int i = 0; !e && i < places->count; i++)
		e = add_rows(rq, places, &places->place[i], &page, row, &rows);
	qsort(row, (size_t)rows, sizeof(*row), page.is_past ? by_newest : by_due);
	rows = drop_repeated(row, rows);
	out.count = rows < TASKS_PAGE ? rows : TASKS_PAGE;
	out.items = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE, struct task_item);
	for (int i = 0; !e && i < out.count; i++) {
		out.items[i] = tasks_make_item(tree, &row[i], req_today(rq));
		e = name_place(rq, tree, places, is_sent ? row[i].from : row[i].to, row[i].is_left,
			&out.items[i].for_name);
	}
	out.next = rows > TASKS_PAGE ? row[TASKS_PAGE - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

enum err tasks_get_inbox(struct req *rq)
{
	return get_list(rq, false);
}

enum err tasks_get_sent(struct req *rq)
{
	return get_list(rq, true);
}

/* ---- one ---- */

struct task_path {
	int64_t task;
};
static const struct field path_fields[] = {
	PATH_ID(struct task_path, task, "The task."),
	F_END,
};
const struct shape tasks_path_shape = SHAPE("TaskPath", struct task_path, path_fields);

struct link_item {
	const char *from_name, *from_unit_name, *body;
	int64_t sent_at;
};
static const struct field link_fields[] = {
	F_TEXT(struct link_item, from_name, 0, 300, 0, "Who sent it on."),
	F_TEXT(struct link_item, from_unit_name, 0, 200, 0, "Of which unit."),
	F_TEXT(struct link_item, body, 0, TASK_BODY_MAX, 0, "With which words."),
	F_INSTANT(struct link_item, sent_at, 0, "When."),
	F_END,
};
static const struct shape link_shape = SHAPE("TaskLink", struct link_item, link_fields);

struct task_detail {
	struct task_item task;
	const char *body, *result;
	struct link_item *line;
	int links;
	struct task_item *children;
	int child_count;
	struct event_item *thread;
	int events;
	struct report_task_fact *reported;
	int facts;
	bool may_accept, may_pass, may_return, may_done, may_close, may_give_back, may_withdraw,
		may_note;
};
static const struct field detail_fields[] = {
	F_OBJECT(struct task_detail, task, &tasks_item_shape, 0, "The task."),
	F_TEXT(struct task_detail, body, 0, TASK_BODY_MAX, 0, "What is said to it."),
	F_TEXT(struct task_detail, result, 0, TASK_NOTE_MAX, OPTIONAL, "What came of it."),
	F_LIST(struct task_detail, line, links, &link_shape, 0, TASK_DEPTH_MAX + 1, 0,
		"Through whose hands it came, the first one first."),
	F_LIST(struct task_detail, children, child_count, &tasks_item_shape, 0, TASK_CHILDREN_MAX,
		0, "What it was passed on as."),
	F_LIST(struct task_detail, thread, events, &tasks_event_shape, 0, TASK_EVENTS_MAX, 0,
		"What happened, in order."),
	F_LIST(struct task_detail, reported, facts, &tasks_fact_shape, 0, TASK_FACTS_MAX, 0,
		"What daily reports said of it, the newest day first."),
	F_BOOL(struct task_detail, may_accept, 0, "The reader may accept it."),
	F_BOOL(struct task_detail, may_pass, 0, "He may pass it on."),
	F_BOOL(struct task_detail, may_return, 0, "He may return it to the sender."),
	F_BOOL(struct task_detail, may_done, 0, "He may say it is done."),
	F_BOOL(struct task_detail, may_close, 0, "He may close what is done."),
	F_BOOL(struct task_detail, may_give_back, 0, "He may give back what is not done yet."),
	F_BOOL(struct task_detail, may_withdraw, 0, "He may take it back."),
	F_BOOL(struct task_detail, may_note, 0, "He may add words."),
	F_END,
};
const struct shape tasks_detail_shape = SHAPE("TaskDetail", struct task_detail, detail_fields);

static enum err load_line(struct req *rq, const struct org_tree *tree, const struct task_row *task,
	struct task_detail *d)
{
	struct task_row row = *task;
	enum err e = OK;

	d->line = ARENA_ARRAY(rq->tx->arena, TASK_DEPTH_MAX + 1, struct link_item);
	while (!e && row.parent && d->links <= TASK_DEPTH_MAX) {
		e = tasks_load(rq->tx, row.parent, &row);
		if (!e)
			d->line[d->links++] = (struct link_item){row.from_name,
				tasks_unit_name(tree, row.from_unit), row.body, row.sent_at};
	}
	for (int i = 0; i < d->links / 2; i++) {
		const struct link_item kept = d->line[i];

		d->line[i] = d->line[d->links - 1 - i];
		d->line[d->links - 1 - i] = kept;
	}
	return e;
}

static enum err load_children(
	struct req *rq, const struct org_tree *tree, int64_t task, struct task_detail *d)
{
	struct task_row *row = ARENA_ARRAY(rq->tx->arena, TASK_CHILDREN_MAX, struct task_row);
	enum err e = tasks_list_children(rq->tx, task, row, &d->child_count);

	d->children = ARENA_ARRAY(rq->tx->arena, TASK_CHILDREN_MAX, struct task_item);
	for (int i = 0; !e && i < d->child_count; i++)
		d->children[i] = tasks_make_item(tree, &row[i], req_today(rq));
	return e;
}

static bool may(enum task_act act, const struct task_row *task, const struct task_stand *stand)
{
	enum task_state state;
	enum task_event event;

	return tasks_decide(act, (enum task_state)task->state, stand, &state, &event) == ACT_SOUND;
}

static void set_rights(
	const struct task_row *task, const struct task_stand *s, struct task_detail *d)
{
	const bool is_done = task->state == TASK_DONE;

	d->may_accept = may(ACT_ACCEPT, task, s);
	d->may_pass = may(ACT_PASS, task, s) && task->depth < TASK_DEPTH_MAX;
	d->may_return = !is_done && may(ACT_RETURN, task, s);
	d->may_done = may(ACT_DONE, task, s);
	d->may_close = may(ACT_CLOSE, task, s);
	d->may_give_back = is_done && may(ACT_RETURN, task, s);
	d->may_withdraw = may(ACT_WITHDRAW, task, s);
}

enum err tasks_get_one(struct req *rq)
{
	const struct task_path *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct task_detail *d = ARENA_NEW(rq->tx->arena, struct task_detail);
	struct task_stand stand;
	struct task_row task;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = tasks_load(rq->tx, in->task, &task)) ||
		(e = tasks_load_own_places(rq, places)) ||
		(e = tasks_load_stand(rq, places, &task, &stand)) ||
		(e = load_line(rq, tree, &task, d)) || (e = load_children(rq, tree, task.id, d)) ||
		(e = tasks_load_thread(rq, task.id, &d->thread, &d->events)))
		return e;
	d->reported = ARENA_ARRAY(rq->tx->arena, TASK_FACTS_MAX, struct report_task_fact);
	if ((e = reports_list_task_facts(rq->tx, task.id, d->reported, TASK_FACTS_MAX, &d->facts)))
		return e;
	task.is_left = stand.hand.v != task.to.v && !tasks_find_place(places, task.to) &&
		       tasks_find_place(places, stand.hand);
	d->task = tasks_make_item(tree, &task, req_today(rq));
	d->body = task.body;
	d->result = tasks_optional(task.result);
	d->may_note = rq->object.employee.v == rq->actor.employee.v && d->events < TASK_EVENTS_MAX;
	if (d->may_note)
		set_rights(&task, &stand, d);
	e = name_place(rq, tree, places, stand.is_holder ? task.to : task.from, task.is_left,
		&d->task.for_name);
	return e ? e : reply(rq, 200, d);
}
