/* Reports that wait for a decision, however old, and how long others had waited: from counters. */
#include "monitor/monitor_performance.h"

/* Of unit t; the index monitor_counter_waiting holds the days on which something waits, and no
 * others, with what is summed of them. */
#define WAITING_OF_UNIT                                                                            \
	" FROM monitor_counter c WHERE c.government_id = $1 AND c.unit_id = t.unit_id"             \
	" AND c.day <= $4 AND c.report_filed > c.report_verified + c.report_returned)"
#define DECIDED_OF_UNIT                                                                            \
	" FROM monitor_counter c WHERE c.government_id = $1 AND c.unit_id = t.unit_id"             \
	" AND c.day > $3 AND c.day <= $4)"

static struct db_stmt LIST_WAITING = {"monitor_list_waiting",
	"SELECT t.unit_id, CAST(coalesce((SELECT sum(c.report_filed - c.report_verified"
	" - c.report_returned)" WAITING_OF_UNIT ", 0) AS BIGINT),"
	" coalesce((SELECT min(c.day)" WAITING_OF_UNIT ", $5),"
	" CAST(coalesce((SELECT sum(c.report_wait)" DECIDED_OF_UNIT ", 0) AS BIGINT),"
	" CAST(coalesce((SELECT sum(c.report_verified + c.report_returned)" DECIDED_OF_UNIT
	", 0) AS BIGINT) FROM (SELECT CAST($2 AS BIGINT) AS unit_id UNION ALL"
	" SELECT u.unit_id FROM org_unit u WHERE u.government_id = $1 AND u.parent_id = $2"
	" AND u.valid_from <= $4 AND u.valid_to >= $4) AS t LIMIT $6",
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
