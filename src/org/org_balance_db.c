/*
 * Balances of leave as SIMPEG told them last: shown beside the form, never counted here. The newest
 * statement of a year and kind takes the place of an older one.
 */
#include "org/org_absence_db.h"

#include "org/org_import_int.h"

struct db_stmt ORG_LIST_BALANCES = {"org_list_balances",
	"SELECT year, kind, days, as_of, source FROM org_balance WHERE government_id = $1"
	" AND employee_id = $2 ORDER BY year DESC, kind LIMIT $3",
	0};

enum err org_list_balances(struct tx *tx, struct employee_id employee, struct org_balance *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_BALANCES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int32(&ret[n].year), to_int32(&ret[n].kind),
						 to_int32(&ret[n].days), to_int32(&ret[n].as_of),
						 to_text(&ret[n].source))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_SET_BALANCE = {"org_set_balance",
	"INSERT INTO org_balance (government_id, employee_id, year, kind, days, as_of, source)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)"
	" ON CONFLICT (government_id, employee_id, year, kind)"
	" DO UPDATE SET days = excluded.days, as_of = excluded.as_of, source = excluded.source",
	0};

enum err org_set_balance(struct tx *tx, struct employee_id employee, const struct org_balance *b)
{
	return db_exec(tx, &ORG_SET_BALANCE,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(b->year), db_int(b->kind),
			db_int(b->days), db_int(b->as_of), db_text(b->source)),
		NULL);
}

struct db_stmt ORG_LIST_IMPORT_BALANCES = {"org_list_import_balances",
	"SELECT employee_id, year, kind, days, as_of, source FROM org_balance"
	" WHERE government_id = $1 ORDER BY employee_id, year, kind",
	0};

enum err org_list_import_balances(struct tx *tx, struct import_balance **ret_row, int *ret_count)
{
	struct import_balance r = {0};
	struct db_rows rows;
	int n = 0, room = 0;
	struct import_balance *list = NULL;

	db_query(tx, &ORG_LIST_IMPORT_BALANCES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&r.employee.v), to_int32(&r.balance.year),
				      to_int32(&r.balance.kind), to_int32(&r.balance.days),
				      to_int32(&r.balance.as_of), to_text(&r.balance.source)))) {
		ARENA_GROW(tx->arena, list, n, &room);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_APPLY_BALANCES = {"org_apply_balances",
	"INSERT INTO org_balance (government_id, employee_id, year, kind, days, as_of, source)"
	" SELECT government_id, subject_id, CAST(i1 AS INTEGER), CAST(i2 AS INTEGER), CAST(i3 AS "
	"INTEGER), CAST(i4 AS INTEGER), t1 FROM org_import_row WHERE government_id = $1"
	" AND import_id = $2 AND TRUE ON CONFLICT (government_id, employee_id, year, kind)"
	" DO UPDATE SET days = excluded.days, as_of = excluded.as_of, source = excluded.source",
	0};

enum err org_apply_balances(struct tx *tx, const struct import_apply *apply)
{
	return db_exec(tx, &ORG_APPLY_BALANCES,
		BIND(db_int(tx->government.v), db_int(apply->import_id)), NULL);
}
