/*
 * Tasks and daily reports: which tasks a person may say he worked on, and what was said.
 *
 * A report names a task of its writer or of an office he holds, open on that day; one that was done
 * or closed on that day or later was open then. What was returned or withdrawn is named no more,
 * and a report that named it before keeps it: what was written stays. In the task's thread it is a
 * fact of its own, always as the report is now, seen by who sees the task: who, when, what and how
 * much, never the evidence.
 */
#include "tasks/tasks_routes.h"

/* His own, or of an office he holds or stands in for; not a task of another person. */
static bool is_hers(const struct places *places, struct party party)
{
	return (party.v == places->actor.v || party.v < 0) && tasks_find_place(places, party);
}

static bool may_name(
	const struct places *places, const struct task_row *task, int32_t day, enum zone zone)
{
	return is_hers(places, task->to) &&
	       tasks_may_report((enum task_state)task->state, task->sent_day,
		       instant_day(task->changed_at, zone), day);
}

enum err tasks_load_for_report(struct tx *tx, int64_t task, struct employee_id actor, int32_t day,
	struct report_task *ret, bool *ret_may)
{
	struct places *places;
	const struct org_tree *tree;
	struct task_row row;
	enum err e = tasks_load(tx, task, &row);

	*ret_may = false;
	if (e)
		return e;
	*ret = (struct report_task){row.subject, row.year, row.number};
	if (!actor.v)
		return OK;
	places = ARENA_NEW(tx->arena, struct places);
	if ((e = org_load_tree(tx, &tree)) ||
		(e = tasks_load_places(tx, actor, instant_day(tx->now_ms, tree->zone), places)))
		return e;
	*ret_may = may_name(places, &row, day, tree->zone);
	return OK;
}

/* ---- what may be named ---- */

struct reportable_query {
	int32_t day;
};
static const struct field query_fields[] = {
	Q_DAY(struct reportable_query, day, OPTIONAL, "The day of the report; today when absent."),
	F_END,
};
const struct shape tasks_reportable_query_shape = SHAPE(
	"ReportableTasksQuery", struct reportable_query, query_fields);

struct reportable {
	struct task_item *items;
	int count;
};
static const struct field reportable_fields[] = {
	F_LIST(struct reportable, items, count, &tasks_item_shape, 0, TASKS_PAGE, 0,
		"What is open, the most urgent first; then what was done or closed since that "
		"day."),
	F_END,
};
const struct shape tasks_reportable_shape = SHAPE(
	"ReportableTasks", struct reportable, reportable_fields);

static enum err add_of_party(struct req *rq, const struct org_tree *tree,
	const struct places *places, const struct place *place, const struct task_page *page,
	int32_t day, struct reportable *out)
{
	struct task_row *row = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE, struct task_row);
	int count = 0;
	enum err e = tasks_list(rq->tx, place->party, page, row, &count);

	for (int i = 0; i < count && out->count < TASKS_PAGE && !e; i++)
		if (may_name(places, &row[i], day, tree->zone)) {
			struct task_item *item = &out->items[out->count++];

			*item = tasks_make_item(tree, &row[i], req_today(rq));
			if (!place->is_own)
				item->for_name = tasks_unit_name(tree, party_office(place->party));
		}
	return e;
}

enum err tasks_get_reportable(struct req *rq)
{
	const struct reportable_query *in = rq->input;
	const int32_t day = in->day == DAY_NONE ? req_today(rq) : in->day;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct reportable out = {.items = ARENA_ARRAY(rq->tx->arena, TASKS_PAGE, struct task_item)};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = tasks_load_own_places(rq, places);
	for (int past = 0; past <= 1; past++)
		for (int i = 0; i < places->count && !e; i++) {
			const struct task_page page = {
				.is_past = past == 1, .cursor_due = -1, .max = TASKS_PAGE};

			if (is_hers(places, places->place[i].party))
				e = add_of_party(
					rq, tree, places, &places->place[i], &page, day, &out);
		}
	return e ? e : reply(rq, 200, &out);
}

/* ---- what was said ---- */

static const struct field fact_fields[] = {
	F_TEXT(struct report_task_fact, name, 1, 300, 0, "Whose report."),
	F_DAY(struct report_task_fact, day, 0, "Of which day."),
	F_TEXT(struct report_task_fact, description, 1, 500, 0, "What was done."),
	F_INT(struct report_task_fact, volume, 1, REPORT_VOLUME_MAX, 0, "How much of it."),
	F_TEXT(struct report_task_fact, unit_of_measure, 1, 40, 0, "Of what."),
	F_ENUM(struct report_task_fact, state, report_state_names, 0, "How far the report is."),
	F_END,
};
const struct shape tasks_fact_shape = SHAPE("TaskReported", struct report_task_fact, fact_fields);
