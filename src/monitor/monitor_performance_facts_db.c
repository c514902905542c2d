/*
 * The facts counted at one unit, one person at a time or summed by day: reports and tasks by the
 * unit the board counts them at, whatever became of their people since.
 */
#include "monitor/monitor_performance.h"

#include "attendance/attendance.h"
#include "policy/policy.h"

/* $1 government, $2 unit, $3 1 by person or 0 by day, $4 and $5 the row before, $6 how many. */
#define FACTS(day, who, id, state, at, amount, from)                                               \
	"SELECT f.day, f.who, max(f.id), max(f.state), min(f.at), CAST(sum(f.amount) AS BIGINT)"   \
	" FROM (SELECT " day " AS day, " who " * $3 AS who, " id " * $3 AS id, " state             \
	" * $3 AS state, " at " AS at, " amount " AS amount " from ") AS f"                        \
	" WHERE f.day > $4 OR (f.day = $4 AND f.who > $5)"                                         \
	" GROUP BY f.day, f.who ORDER BY f.day, f.who LIMIT $6"
#define FACTS_BIND(q, max)                                                                         \
	db_int(tx->government.v), db_int((q)->unit.v), db_int((q)->by_person),                     \
		db_int((q)->after_day), db_int((q)->after_who), db_int(max)
#define REPORT_FACTS(amount, from)                                                                 \
	FACTS("r.day", "r.employee_id", "r.report_id", "r.counted_state", "r.submitted_at",        \
		amount, from)

/* What is kept as a draft is not handed in, and said of nobody. */
static struct db_stmt LIST_DUE = {"monitor_list_due_facts",
	FACTS("d.day", "d.employee_id", "coalesce(r.report_id, 0)", "coalesce(r.counted_state, 0)",
		"coalesce(r.submitted_at, 0)", "1",
		"FROM attendance_day d LEFT JOIN reports_daily r"
		" ON r.government_id = d.government_id AND r.employee_id = d.employee_id"
		" AND r.day = d.day AND r.counted_state >= $12 WHERE d.government_id = $1"
		" AND d.unit_id = $2 AND d.day = $7 AND d.state <> $8"
		" AND d.duty IN ($9, $10, $11)"),
	0};
static struct db_stmt LIST_REPORTS = {"monitor_list_report_facts",
	REPORT_FACTS("1", "FROM reports_daily r WHERE r.government_id = $1 AND r.counted_unit = $2"
			  " AND r.day >= $7 AND r.day <= $8"
			  " AND r.counted_state >= $9 AND r.counted_state <= $10"),
	0};
/* Of the index reports_daily_counted_waiting, which holds what waits alone. */
_Static_assert(REPORT_SUBMITTED == 2, "as the index says");
static struct db_stmt LIST_WAITING = {"monitor_list_waiting_facts",
	REPORT_FACTS("1", "FROM reports_daily r WHERE r.government_id = $1 AND r.counted_unit = $2"
			  " AND r.counted_state = 2 AND r.day <= $7"),
	0};
static struct db_stmt LIST_OUTPUT = {"monitor_list_output_facts",
	REPORT_FACTS("o.handed_in",
		"FROM reports_daily r JOIN reports_output o ON o.government_id = r.government_id"
		" AND o.employee_id = r.employee_id AND o.day = r.day AND o.unit_key = $9"
		" WHERE r.government_id = $1 AND r.counted_unit = $2 AND r.day >= $7"
		" AND r.day <= $8"),
	0};
static struct db_stmt LIST_TASKS = {"monitor_list_task_facts",
	FACTS("t.due", "t.task_id", "t.task_id", "t.state", "t.sent_at", "1",
		"FROM tasks_task t WHERE t.government_id = $1 AND t.counted_unit = $2"
		" AND t.state <= $7 AND t.due < $8"),
	0};

static void query_reports(struct tx *tx, const struct facts_question *q, int max, int32_t from,
	enum report_state first, enum report_state last, struct db_rows *ret)
{
	db_query(tx, &LIST_REPORTS,
		BIND(FACTS_BIND(q, max), db_int(from), db_int(q->today), db_int(first),
			db_int(last)),
		ret);
}

static void query_facts(struct tx *tx, const struct facts_question *q, int max, struct db_rows *ret)
{
	switch (q->of) {
	case FACTS_REPORT_DUE:
		db_query(tx, &LIST_DUE,
			BIND(FACTS_BIND(q, max), db_int(q->today), db_int(DAY_NOT_USED),
				db_int(DUTY_DAILY_ITEMS), db_int(DUTY_DAILY_CONFIRM),
				db_int(DUTY_WEEKLY_DUE), db_int(REPORT_SUBMITTED)),
			ret);
		return;
	case FACTS_REPORT_FILED:
		query_reports(tx, q, max, q->today, REPORT_SUBMITTED, REPORT_RETURNED, ret);
		return;
	case FACTS_REPORT_VERIFIED:
		query_reports(tx, q, max, q->today, REPORT_VERIFIED, REPORT_VERIFIED, ret);
		return;
	case FACTS_REPORT_RETURNED:
		query_reports(tx, q, max, q->today, REPORT_RETURNED, REPORT_RETURNED, ret);
		return;
	case FACTS_DECIDED:
		query_reports(tx, q, max, q->today - DECIDED_DAYS + 1, REPORT_VERIFIED,
			REPORT_RETURNED, ret);
		return;
	case FACTS_WAITING:
		db_query(tx, &LIST_WAITING, BIND(FACTS_BIND(q, max), db_int(q->today)), ret);
		return;
	case FACTS_OUTPUT:
		db_query(tx, &LIST_OUTPUT,
			BIND(FACTS_BIND(q, max), db_int(q->first), db_int(q->today),
				db_text(q->unit_key)),
			ret);
		return;
	case FACTS_OPEN_TASKS:
	case FACTS_OVERDUE_TASKS:
		db_query(tx, &LIST_TASKS,
			BIND(FACTS_BIND(q, max), db_int(TASK_OPEN_LAST),
				db_int(q->of == FACTS_OPEN_TASKS ? DAY_FOREVER : q->today)),
			ret);
		return;
	}
}

enum err monitor_list_facts(
	struct tx *tx, const struct facts_question *q, struct fact *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	query_facts(tx, q, max, &rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret[n].day), to_int64(&ret[n].who),
						 to_int64(&ret[n].id), to_int32(&ret[n].state),
						 to_int64(&ret[n].at), to_int64(&ret[n].amount))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_AMOUNTS = {"monitor_list_amounts",
	"SELECT s.unit_id, CAST(sum(s.handed_in) AS BIGINT) FROM reports_unit_output s"
	" WHERE s.government_id = $1 AND s.day >= $4 AND s.day <= $5 AND s.unit_key = $3"
	" AND s.unit_id IN (SELECT $2 UNION ALL SELECT u.unit_id FROM org_unit u"
	" WHERE u.government_id = $1 AND u.parent_id = $2 AND u.valid_from <= $5"
	" AND u.valid_to >= $5) GROUP BY s.unit_id ORDER BY s.unit_id LIMIT $6",
	0};

enum err monitor_list_amounts(struct tx *tx, struct unit_id unit, const char *unit_key,
	int32_t first, int32_t day, struct unit_amount *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_AMOUNTS,
		BIND(db_int(tx->government.v), db_int(unit.v), db_text(unit_key), db_int(first),
			db_int(day), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].unit.v), to_int64(&ret[n].amount))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* An office stands there as minus its unit. */
static struct db_stmt LOAD_TASK = {"monitor_load_task",
	"SELECT subject, CASE WHEN to_party > 0 THEN to_party ELSE 0 END FROM tasks_task"
	" WHERE government_id = $1 AND task_id = $2",
	0};

enum err monitor_load_task(
	struct tx *tx, int64_t task, const char **ret_subject, struct employee_id *ret_holder)
{
	return db_load(tx, &LOAD_TASK, BIND(db_int(tx->government.v), db_int(task)),
		INTO(to_text(ret_subject), to_int64(&ret_holder->v)));
}

struct db_stmt *const monitor_facts_stmts[FACTS_STMTS] = {&LIST_DUE, &LIST_REPORTS, &LIST_WAITING,
	&LIST_OUTPUT, &LIST_TASKS, &LIST_AMOUNTS, &LOAD_TASK};
