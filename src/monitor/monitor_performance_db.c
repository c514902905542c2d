/* Reports that wait for a decision, however old, and how long others had waited: from counters. */
#include "monitor/monitor_performance.h"

#define OF_THESE_UNITS                                                                             \
	" FROM monitor_counter c WHERE c.government_id = $1 AND c.day <= $4 AND c.unit_id IN ("    \
	"SELECT $2 UNION ALL SELECT u.unit_id FROM org_unit u WHERE u.government_id = $1"          \
	" AND u.parent_id = $2 AND u.valid_from <= $4 AND u.valid_to >= $4)"

/* The index monitor_counter_waiting holds the days on which something waits, and no others. */
static struct db_stmt LIST_WAITING = {"monitor_list_waiting",
	"SELECT w.unit_id, CAST(sum(w.waiting) AS BIGINT), coalesce(min(w.day), $5),"
	" CAST(sum(w.waited) AS BIGINT), CAST(sum(w.decided) AS BIGINT) FROM ("
	"SELECT c.unit_id, c.day, c.report_filed - c.report_verified - c.report_returned AS "
	"waiting,"
	" 0 AS waited, 0 AS decided" OF_THESE_UNITS
	" AND c.report_filed > c.report_verified + c.report_returned"
	" UNION ALL SELECT c.unit_id, NULL, 0, c.report_wait,"
	" c.report_verified + c.report_returned" OF_THESE_UNITS " AND c.day > $3) AS w"
	" GROUP BY w.unit_id ORDER BY w.unit_id LIMIT $6",
	0};

enum err monitor_list_waiting(struct tx *tx, struct unit_id unit, int32_t day, struct waiting *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_WAITING,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(day - DECIDED_DAYS),
			db_int(day), db_int(DAY_NONE), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].unit.v), to_int32(&ret[n].reports),
						 to_int32(&ret[n].oldest), to_int32(&ret[n].waited),
						 to_int32(&ret[n].decided))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt *const monitor_performance_stmts[PERFORMANCE_STMTS] = {&LIST_WAITING};
