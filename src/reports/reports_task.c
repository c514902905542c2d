/*
 * Tasks that reports and plans name. Tasks know whose they are (src/tasks, which sees this folder
 * and says so through reports_task_source); here it is only asked.
 */
#include "reports/reports_int.h"

#include "platform/db.h"

report_task_source reports_task_source;

enum err reports_check_task(
	struct tx *tx, struct employee_id owner, int32_t day, int64_t task, bool *ret_may)
{
	struct report_task found;
	enum err e;

	*ret_may = false;
	if (!reports_task_source)
		return OK;
	e = reports_task_source(tx, task, owner, day, &found, ret_may);
	return e == E_NOT_FOUND ? OK : e;
}

enum err reports_name_task(struct tx *tx, int64_t task, const struct report_task **ret)
{
	struct report_task *found;
	bool ignored;
	enum err e;

	*ret = NULL;
	if (!task || !reports_task_source)
		return OK;
	found = ARENA_NEW(tx->arena, struct report_task);
	e = reports_task_source(tx, task, (struct employee_id){0}, DAY_NONE, found, &ignored);
	if (!e)
		*ret = found;
	return e == E_NOT_FOUND ? OK : e;
}

static bool names(const struct report_item *item, int items, int64_t task)
{
	for (int i = 0; i < items; i++)
		if (item[i].task_id == task)
			return true;
	return false;
}

enum err reports_find_foreign_task(struct tx *tx, struct employee_id owner, int32_t day,
	const struct report_item *item, int items, int *ret_item)
{
	struct report_item stood[REPORT_ITEMS_MAX];
	struct daily_report r;
	int count = 0;
	enum err e = reports_load_of_day(tx, owner, day, &r);

	*ret_item = -1;
	if (!e)
		e = reports_list_items(tx, r.id, stood, &count);
	if (e && e != E_NOT_FOUND)
		return e;
	for (int i = 0; i < items; i++) {
		bool may = true;

		if (item[i].task_id && !names(stood, count, item[i].task_id) &&
			(e = reports_check_task(tx, owner, day, item[i].task_id, &may)))
			return e;
		if (!may) {
			*ret_item = i;
			return OK;
		}
	}
	return OK;
}
