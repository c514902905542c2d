/*
 * From tasks to the backlog: what a batch moved, counted once per task. A row remembers the unit it
 * is counted at, so that the same move is never made twice.
 */
#include "tasks/tasks_int.h"

#include "org/org_count.h"
#include "platform/changes.h"

static enum err count(struct tx *tx, const struct org_tree *tree, const struct task_row *t,
	struct unit_id unit, int delta)
{
	enum err e = OK;

	org_touch_work(tx, tree, unit);
	for (const struct org_unit *u = org_find_unit(tree, unit); u && !e;
		u = org_find_unit(tree, u->parent))
		e = tasks_add_backlog(tx, u->id, t->due, t->sent_day, delta);
	return e ? e : tasks_add_backlog(tx, (struct unit_id){0}, t->due, t->sent_day, delta);
}

static enum err recount(struct tx *tx, const struct org_tree *tree, int64_t id)
{
	struct task_row t;
	enum err e = tasks_load(tx, id, &t);

	if (e)
		return e == E_NOT_FOUND ? OK : e;
	const struct unit_id now = {t.state <= TASK_OPEN_LAST ? t.to_unit.v : 0};
	if (now.v == t.counted_unit.v)
		return OK;
	if (t.counted_unit.v && (e = count(tx, tree, &t, t.counted_unit, -1)))
		return e;
	if (now.v && (e = count(tx, tree, &t, now, 1)))
		return e;
	return tasks_put_counted(tx, id, now);
}

enum err tasks_project(struct tx *tx)
{
	int changes;
	const struct org_tree *tree = NULL;
	enum err e = OK;

	changes_list(tx->changes, &changes);
	for (int i = 0; !e && i < changes; i++) {
		int now; /* counting adds to the list */
		const struct change change = changes_list(tx->changes, &now)[i];

		if (change.kind != CHANGE_TASK)
			continue;
		if (!tree && (e = org_load_tree(tx, &tree)))
			return e;
		e = recount(tx, tree, change.a);
	}
	return e;
}
