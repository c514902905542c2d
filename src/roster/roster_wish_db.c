/*
 * Wishes as they stand: replaced by their owner while their days are open, kept afterwards, for the
 * roster was made with them. A wish is no fact and leaves no leaf.
 */
#include "roster/roster_wish.h"

#include "platform/db.h"

/* $3: today. A day that has begun, or that a published line covers, is no longer open. */
#define IS_CLOSED                                                                                  \
	" (roster_wish.day <= $3 OR EXISTS (SELECT 1 FROM roster_current c"                        \
	" WHERE c.government_id = roster_wish.government_id"                                       \
	" AND c.employee_id = roster_wish.employee_id"                                             \
	" AND c.period_from <= roster_wish.day AND c.period_to >= roster_wish.day))"
#define OF_THE_MONTH " WHERE government_id = $1 AND employee_id = $2 AND day >= $4 AND day <= $5"

static struct db_stmt LIST_OWN = {"roster_list_own_wishes",
	"SELECT day, wish, CASE WHEN" IS_CLOSED " THEN 1 ELSE 0 END FROM roster_wish" OF_THE_MONTH
	" ORDER BY day LIMIT 31",
	0};

enum err roster_list_own_wishes(struct tx *tx, struct employee_id employee, int32_t today,
	int32_t from, int32_t to, struct roster_wish *ret, int *ret_count)
{
	_Static_assert(WISH_DAYS_MAX == 31, "LIMIT of the statement");
	struct db_rows rows;
	int32_t stored;
	int count = 0;
	struct roster_wish row;
	db_query(tx, &LIST_OWN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(today), db_int(from),
			db_int(to)),
		&rows);
	while (db_next(&rows, INTO(to_int32(&row.day), to_int32(&stored), to_bool(&row.is_kept)))) {
		row.kind = stored == 1 ? WISH_HOME : WISH_OFFICE;
		ret[count++] = row;
	}
	*ret_count = count;
	return db_end(&rows);
}

static struct db_stmt DROP = {
	"roster_drop_wishes", "DELETE FROM roster_wish" OF_THE_MONTH " AND NOT" IS_CLOSED, 0};

static struct db_stmt ADD = {"roster_add_wish",
	"INSERT INTO roster_wish (government_id, employee_id, day, wish) VALUES ($1, $2, $3, $4)",
	0};

enum err roster_replace_wishes(struct tx *tx, struct employee_id employee, int32_t today,
	int32_t from, int32_t to, const struct roster_wish *wish, int wishes)
{
	struct db_value v[WISH_DAYS_MAX * 4];
	enum err e = db_exec(tx, &DROP,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(today), db_int(from),
			db_int(to)),
		NULL);
	for (int i = 0; i < wishes; i++) {
		v[i * 4] = db_int(tx->government.v);
		v[i * 4 + 1] = db_int(employee.v);
		v[i * 4 + 2] = db_int(wish[i].day);
		v[i * 4 + 3] = db_int(wish[i].kind == WISH_HOME ? 1 : 2);
	}
	return e || !wishes ? e : db_exec_many(tx, &ADD, (struct db_bind){v, 4}, wishes, NULL);
}

struct db_stmt *const roster_wish_stmts[ROSTER_WISH_STMTS] = {&LIST_OWN, &DROP, &ADD};
