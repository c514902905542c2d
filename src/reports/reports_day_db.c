/*
 * States of a person's reports over a stretch of days, for the screens that show days.
 */
#include "reports/reports_day_int.h"

static struct db_stmt LIST_STATES = {"reports_list_states",
	"SELECT day, report_id, state FROM reports_daily"
	" WHERE government_id = $1 AND employee_id = $2 AND day >= $3 AND day <= $4 ORDER BY day "
	"LIMIT $5",
	0};

enum err reports_list_states(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct report_of_day *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int32_t state;
	int n = 0;

	db_query(tx, &LIST_STATES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret[n].day), to_int64(&ret[n].report.v),
						 to_int32(&state))))
		ret[n++].state = (enum report_state)state;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt *const reports_day_stmts[] = {&LIST_STATES};
