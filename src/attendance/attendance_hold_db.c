/*
 * Statements of holds, and the one rule about their days.
 */
#include "attendance/attendance_hold.h"

#include "platform/clock.h"

const char *attendance_check_hold(const struct hold *hold, int32_t today, const char **ret_why)
{
	if (hold->last_day < hold->first_day) {
		*ret_why = "before first_day";
		return "/last_day";
	}
	if (hold->last_day - hold->first_day >= HOLD_DAYS_MAX) {
		*ret_why = "longer than a year";
		return "/last_day";
	}
	if (hold->last_day > today) {
		*ret_why = "a day to come is no case yet";
		return "/last_day";
	}
	return NULL;
}

#define HOLD_COLUMNS                                                                               \
	"hold_id, employee_id, first_day, last_day, reason, letter, set_by, set_at, lifted_by, "   \
	"lifted_at, lift_reason"
#define INTO_HOLD(h)                                                                               \
	INTO(to_int64(&(h)->id), to_int64(&(h)->employee.v), to_int32(&(h)->first_day),            \
		to_int32(&(h)->last_day), to_text(&(h)->reason), to_text(&(h)->letter),            \
		to_int64(&(h)->set_by.v), to_int64(&(h)->set_at), to_int64(&(h)->lifted_by.v),     \
		to_int64(&(h)->lifted_at), to_text(&(h)->lift_reason))

static void add_leaf(struct tx *tx, const struct hold *h)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 512);
	buf_printf(&fact,
		"hold %lld employee %lld days %d %d letter %s reason %s set %lld by %lld ",
		(long long)h->id, (long long)h->employee.v, h->first_day, h->last_day, h->letter,
		h->reason, (long long)h->set_at, (long long)h->set_by.v);
	buf_printf(&fact, "lifted %lld by %lld reason %s", (long long)h->lifted_at,
		(long long)h->lifted_by.v, h->lift_reason);
	trust_add_leaf(tx, LEAF_HOLD, h->id, fact.p, fact.n);
}

static struct db_stmt ADD_HOLD = {"attendance_add_hold",
	"INSERT INTO attendance_hold (government_id, " HOLD_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '')",
	0};

enum err attendance_set_hold(struct tx *tx, struct hold *h)
{
	enum err e;

	h->id = id_next();
	h->set_at = tx->now_ms;
	h->lift_reason = "";
	e = db_exec(tx, &ADD_HOLD,
		BIND(db_int(tx->government.v), db_int(h->id), db_int(h->employee.v),
			db_int(h->first_day), db_int(h->last_day), db_text(h->reason),
			db_text(h->letter), db_int(h->set_by.v), db_int(h->set_at)),
		NULL);
	if (!e)
		add_leaf(tx, h);
	return e;
}

static struct db_stmt LOAD_HOLD = {"attendance_load_hold",
	"SELECT " HOLD_COLUMNS " FROM attendance_hold WHERE government_id = $1 AND hold_id = $2",
	0};

enum err attendance_load_hold(struct tx *tx, int64_t id, struct hold *ret)
{
	*ret = (struct hold){0};
	return db_load(tx, &LOAD_HOLD, BIND(db_int(tx->government.v), db_int(id)), INTO_HOLD(ret));
}

static struct db_stmt LIFT_HOLD = {"attendance_lift_hold",
	"UPDATE attendance_hold SET lifted_by = $3, lifted_at = $4, lift_reason = $5"
	" WHERE government_id = $1 AND hold_id = $2 AND lifted_at = 0",
	0};

enum err attendance_lift_hold(
	struct tx *tx, struct hold *h, struct employee_id by, const char *reason)
{
	int64_t rows = 0;
	enum err e = db_exec(tx, &LIFT_HOLD,
		BIND(db_int(tx->government.v), db_int(h->id), db_int(by.v), db_int(tx->now_ms),
			db_text(reason)),
		&rows);

	if (e || rows == 0)
		return e ? e : E_CONFLICT;
	h->lifted_by = by;
	h->lifted_at = tx->now_ms;
	h->lift_reason = reason;
	add_leaf(tx, h);
	return OK;
}

static struct db_stmt LIST_HOLDS = {"attendance_list_holds",
	"SELECT " HOLD_COLUMNS " FROM attendance_hold WHERE government_id = $1"
	" AND (employee_id = $2 OR $2 = 0) AND (lifted_at = 0 OR $3 = 0)"
	" AND (hold_id < $4 OR $4 = 0) ORDER BY hold_id DESC LIMIT $5",
	0};

static enum err name_people(struct tx *tx, struct hold *h)
{
	enum err e = attendance_load_name(tx, h->employee, &h->full_name);

	if (!e)
		e = attendance_load_name(tx, h->set_by, &h->set_by_name);
	return e ? e : attendance_load_name(tx, h->lifted_by, &h->lifted_by_name);
}

enum err attendance_list_holds(struct tx *tx, struct employee_id employee, bool only_open,
	int64_t before, struct hold *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;
	enum err e;

	db_query(tx, &LIST_HOLDS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(only_open),
			db_int(before), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_HOLD(&ret[n])))
		n++;
	*ret_count = n;
	e = db_end(&rows);
	for (int i = 0; i < n && !e; i++)
		e = name_people(tx, &ret[i]);
	return e;
}

struct db_stmt *const attendance_hold_stmts[HOLD_STMTS] = {
	&ADD_HOLD, &LOAD_HOLD, &LIFT_HOLD, &LIST_HOLDS};
