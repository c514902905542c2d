/*
 * Who could come to work, for load tests and replay. Reads what slices own, writes nothing.
 */
#include "demo.h"

#include "org/org.h"
#include "platform/slice.h"

/* 97 is prime to the blocks in which people were made: neighbours come from different units. */
static struct db_stmt LIST_PEOPLE = {"demo_list_people",
	"SELECT e.employee_id FROM org_employee e WHERE e.government_id = $1 AND NOT EXISTS"
	" (SELECT 1 FROM attendance_device d WHERE d.government_id = e.government_id"
	" AND d.employee_id = e.employee_id AND d.state <> 0)" /* who lost his phone is asked to
								  come */
	" ORDER BY e.employee_id % 97, e.employee_id LIMIT $2",
	0};

static struct db_stmt LIST_SUPERIORS = {"demo_list_superiors",
	"SELECT superior_id FROM org_relation WHERE government_id = $1 AND kind = $3"
	" AND valid_to = $4 GROUP BY superior_id ORDER BY count(*) DESC, superior_id LIMIT $2",
	0};

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct demo_session *ret_session, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;
	db_query(tx, stmt, bind, &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret_session[n].employee.v))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

enum err demo_list_people(struct tx *tx, struct demo_session *ret_session, int max, int *ret_count)
{
	return list(tx, &LIST_PEOPLE, BIND(db_int(tx->government.v), db_int(max)), ret_session, max,
		ret_count);
}

enum err demo_list_superiors(
	struct tx *tx, struct demo_session *ret_session, int max, int *ret_count)
{
	return list(tx, &LIST_SUPERIORS,
		BIND(db_int(tx->government.v), db_int(max), db_int(RELATION_SUPERVISOR),
			db_int(DAY_FOREVER)),
		ret_session, max, ret_count);
}

static struct db_stmt LOAD_PRESENT = {"demo_load_present",
	"SELECT opened_at FROM attendance_opened WHERE government_id = $1 ORDER BY day DESC LIMIT "
	"1",
	0};

enum err demo_load_present(struct tx *tx, int64_t *ret_ms)
{
	return db_load(tx, &LOAD_PRESENT, BIND(db_int(tx->government.v)), INTO(to_int64(ret_ms)));
}

void demo_db_register(void)
{
	static struct db_stmt *const stmts[] = {&LIST_PEOPLE, &LIST_SUPERIORS, &LOAD_PRESENT};
	db_register(stmts, COUNT_OF(stmts));
}
