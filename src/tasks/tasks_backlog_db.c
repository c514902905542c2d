/*
 * The backlog as counters: open tasks by unit, due day and the day they were sent. So a figure
 * grows overdue with the calendar and nothing has to be written at midnight. A row that falls to
 * zero says nothing.
 */
#include "tasks/tasks_int.h"

#define FIGURES                                                                                    \
	"CAST(coalesce(sum(b.open_tasks), 0) AS BIGINT),"                                          \
	" CAST(coalesce(sum(CASE WHEN b.due < $3 THEN b.open_tasks ELSE 0 END), 0) AS BIGINT),"    \
	" coalesce(min(CASE WHEN b.open_tasks > 0 THEN b.sent_day END), $4)"

static struct db_stmt LOAD_BACKLOG = {"tasks_load_backlog",
	"SELECT " FIGURES " FROM tasks_backlog b WHERE b.government_id = $1 AND b.unit_id = $2", 0};

enum err tasks_load_backlog(
	struct tx *tx, struct unit_id unit, int32_t today, struct tasks_backlog *ret)
{
	*ret = (struct tasks_backlog){.unit = unit};
	return db_load(tx, &LOAD_BACKLOG,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(today), db_int(DAY_NONE)),
		INTO(to_int32(&ret->open), to_int32(&ret->overdue), to_int32(&ret->oldest)));
}

static struct db_stmt LIST_BACKLOG = {"tasks_list_backlog",
	"SELECT u.unit_id, " FIGURES " FROM org_unit u LEFT JOIN tasks_backlog b"
	" ON b.government_id = u.government_id AND b.unit_id = u.unit_id WHERE u.government_id = $1"
	" AND u.parent_id = $2 AND u.valid_from <= $3 AND u.valid_to >= $3"
	" GROUP BY u.unit_id, u.code ORDER BY u.code, u.unit_id LIMIT $5",
	0};

enum err tasks_list_backlog(struct tx *tx, struct unit_id parent, int32_t today,
	struct tasks_backlog *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_BACKLOG,
		BIND(db_int(tx->government.v), db_int(parent.v), db_int(today), db_int(DAY_NONE),
			db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].unit.v), to_int32(&ret[n].open),
				       to_int32(&ret[n].overdue), to_int32(&ret[n].oldest))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt ADD_BACKLOG = {"tasks_add_backlog",
	"INSERT INTO tasks_backlog (government_id, unit_id, due, sent_day, open_tasks)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (government_id, unit_id, due, sent_day)"
	" DO UPDATE SET open_tasks = tasks_backlog.open_tasks + excluded.open_tasks",
	0};
static struct db_stmt END_BACKLOG = {"tasks_end_backlog",
	"DELETE FROM tasks_backlog WHERE government_id = $1 AND unit_id = $2 AND due = $3"
	" AND sent_day = $4 AND open_tasks = 0",
	0};

enum err tasks_add_backlog(
	struct tx *tx, struct unit_id unit, int32_t due, int32_t sent_day, int delta)
{
	enum err e = db_exec(tx, &ADD_BACKLOG,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(due), db_int(sent_day),
			db_int(delta)),
		NULL);

	if (e || delta > 0)
		return e;
	return db_exec(tx, &END_BACKLOG,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(due), db_int(sent_day)),
		NULL);
}

/* What the tasks say against what is stored, of units and days where they differ; the rows of a
 * unit count those of all below it by the path. */
static struct db_stmt COUNT_WRONG = {"tasks_count_wrong",
	"SELECT count(*) FROM (SELECT unit_id, due, sent_day FROM ("
	"SELECT unit_id, due, sent_day, open_tasks AS n FROM tasks_backlog WHERE government_id = $1"
	" UNION ALL SELECT a.unit_id, t.due, t.sent_day, -1 FROM tasks_task t JOIN org_unit u"
	" ON u.government_id = t.government_id AND u.unit_id = t.to_unit JOIN org_unit a"
	" ON a.government_id = t.government_id AND substr(u.path, 1, length(a.path)) = a.path"
	" WHERE t.government_id = $1 AND t.state <= $2"
	" UNION ALL SELECT 0, t.due, t.sent_day, -1 FROM tasks_task t"
	" WHERE t.government_id = $1 AND t.state <= $2) AS sides"
	" GROUP BY unit_id, due, sent_day HAVING sum(n) <> 0) AS wrong",
	0};

enum err tasks_check_backlog(struct tx *tx, int *ret_wrong)
{
	int32_t wrong = 0;
	enum err e = db_load(tx, &COUNT_WRONG,
		BIND(db_int(tx->government.v), db_int(TASK_OPEN_LAST)), INTO(to_int32(&wrong)));

	*ret_wrong = wrong;
	return e;
}

struct db_stmt *const tasks_backlog_stmts[TASKS_BACKLOG_STMTS] = {
	&LOAD_BACKLOG, &LIST_BACKLOG, &ADD_BACKLOG, &END_BACKLOG, &COUNT_WRONG};
