/*
 * Counts of confirmations; both are answered from one index.
 */
#include "attendance/attendance_confirmation_outcome.h"

static struct db_stmt COUNT_OUTCOMES = {"attendance_count_outcomes",
	"SELECT unit_id, employee_id, state, count(*) FROM attendance_confirmation"
	" WHERE government_id = $1 AND day >= $2 AND day <= $3"
	" GROUP BY unit_id, employee_id, state ORDER BY unit_id, employee_id",
	0};

static void add_state(struct outcome *o, int32_t state, int32_t count)
{
	o->waiting += state == CONFIRMATION_WAITS ? count : 0;
	o->confirmed += state == CONFIRMED ? count : 0;
	o->denied += state == DENIED ? count : 0;
	o->silent += state == CONFIRMED_BY_SILENCE ? count : 0;
}

enum err attendance_count_outcomes(struct tx *tx, const struct org_tree *tree, int32_t from,
	int32_t to, struct outcome *of_unit)
{
	struct db_rows rows;
	struct unit_id unit, last_unit = {-1};
	struct employee_id employee, last = {-1};
	int32_t state, count;

	db_query(tx, &COUNT_OUTCOMES, BIND(db_int(tx->government.v), db_int(from), db_int(to)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&unit.v), to_int64(&employee.v), to_int32(&state),
				      to_int32(&count)))) {
		const struct org_unit *u = org_find_unit(tree, unit);

		if (!u)
			continue;
		add_state(&of_unit[u - tree->unit], state, count);
		of_unit[u - tree->unit].people += unit.v != last_unit.v || employee.v != last.v;
		last_unit = unit;
		last = employee;
	}
	return db_end(&rows);
}

/* States 1 and 2: what persons said. */
static struct db_stmt COUNT_MARKS = {"attendance_count_mark_outcomes",
	"SELECT employee_id, marks, kind, state, count(*) FROM attendance_confirmation"
	" WHERE government_id = $1 AND day >= $2 AND day <= $3 AND state IN (1, 2)"
	" GROUP BY employee_id, marks, kind, state ORDER BY employee_id",
	0};

enum err attendance_count_mark_outcomes(
	struct tx *tx, int32_t from, int32_t to, struct mark_outcome *of_mark)
{
	struct db_rows rows;
	struct employee_id employee, last = {-1};
	int64_t marks, all = 0; /* of one person */
	int32_t kind, state, count;

	db_query(tx, &COUNT_MARKS, BIND(db_int(tx->government.v), db_int(from), db_int(to)), &rows);
	while (db_next(&rows, INTO(to_int64(&employee.v), to_int64(&marks), to_int32(&kind),
				      to_int32(&state), to_int32(&count)))) {
		if (employee.v != last.v) {
			attendance_add_marked(of_mark, all);
			all = 0;
		}
		last = employee;
		all |= marks;
		attendance_add_outcome(of_mark, marks, (enum confirmation_kind)kind,
			(enum confirmation_state)state, count);
	}
	attendance_add_marked(of_mark, all);
	return db_end(&rows);
}

struct db_stmt *const attendance_outcome_stmts[OUTCOME_STMTS] = {&COUNT_OUTCOMES, &COUNT_MARKS};
