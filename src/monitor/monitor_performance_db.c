/* Reports that wait for a decision, from the counters of the last month. */
#include "monitor/monitor_performance.h"

static struct db_stmt LIST_WAITING = {"monitor_list_waiting",
	"SELECT c.unit_id, CAST(sum(c.report_filed - c.report_verified - c.report_returned) AS "
	"BIGINT),"
	" coalesce(min(CASE WHEN c.report_filed > c.report_verified + c.report_returned THEN c.day"
	" END), $5), CAST(sum(c.report_wait) AS BIGINT),"
	" CAST(sum(c.report_verified + c.report_returned) AS BIGINT) FROM monitor_counter c"
	" WHERE c.government_id = $1 AND c.day > $3 AND c.day <= $4 AND c.unit_id IN (SELECT $2"
	" UNION ALL SELECT u.unit_id FROM org_unit u WHERE u.government_id = $1 AND u.parent_id = "
	"$2"
	" AND u.valid_from <= $4 AND u.valid_to >= $4) GROUP BY c.unit_id ORDER BY c.unit_id LIMIT "
	"$6",
	0};

enum err monitor_list_waiting(struct tx *tx, struct unit_id unit, int32_t day, struct waiting *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_WAITING,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(day - WAITING_DAYS),
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
