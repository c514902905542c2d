/*
 * Months that are closed. Whoever changes a day of the past asks here: the day itself may still be
 * folded anew, but the recap of its unit is sealed, and what changes then is told by a supplement.
 */
#include "attendance/attendance_int.h"
#include "org/org_case.h"
#include "org/org_closed.h"

static int32_t month_of(int32_t day)
{
	int32_t first, last;

	day_month_bounds(day, &first, &last);
	return first;
}

struct db_stmt ATTENDANCE_LOAD_IS_CLOSED = {"attendance_load_is_closed",
	"SELECT count(*) FROM attendance_closed WHERE government_id = $1 AND unit_id = $2 AND "
	"month = $3",
	0};

enum err attendance_load_is_closed(
	struct tx *tx, struct unit_id unit, int32_t day, bool *ret_closed)
{
	int64_t count = 0;
	enum err e = db_load(tx, &ATTENDANCE_LOAD_IS_CLOSED,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(month_of(day))),
		INTO(to_int64(&count)));

	*ret_closed = count > 0;
	return e;
}

enum err attendance_load_is_day_closed(
	struct tx *tx, struct employee_id employee, int32_t day, bool *ret_closed)
{
	struct attendance_day row;
	enum err e = attendance_load_day(tx, employee, day, &row);

	*ret_closed = false;
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	return attendance_load_is_closed(tx, row.unit, day, ret_closed);
}

struct db_stmt ATTENDANCE_LOAD_LAST_CLOSED = {"attendance_load_last_closed",
	"SELECT coalesce(max(month), $2) FROM attendance_closed WHERE government_id = $1", 0};

enum err attendance_load_last_closed(struct tx *tx, int32_t *ret_month)
{
	return db_load(tx, &ATTENDANCE_LOAD_LAST_CLOSED,
		BIND(db_int(tx->government.v), db_int(DAY_NONE)), INTO(to_int32(ret_month)));
}

struct db_stmt ATTENDANCE_ADD_CLOSED = {"attendance_add_closed",
	"INSERT INTO attendance_closed (government_id, unit_id, month, closed_at, closed_by)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	0};

enum err attendance_close_month(
	struct tx *tx, struct unit_id unit, int32_t month, struct employee_id by)
{
	return db_exec(tx, &ATTENDANCE_ADD_CLOSED,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(month_of(month)),
			db_int(tx->now_ms), db_int(by.v)),
		NULL);
}

enum err attendance_list_closed_days(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_decided_day *ret_day, int max, int *ret_count)
{
	struct attendance_day *row = ARENA_ARRAY(tx->arena, (size_t)max + 1, struct attendance_day);
	bool is_closed = false;
	int days = 0;
	enum err e = attendance_list_days(tx, employee, from, to, row, max, &days);

	*ret_count = 0;
	for (int i = 0; i < days && !e; i++) {
		bool is_same = i > 0 && row[i].unit.v == row[i - 1].unit.v &&
			       month_of(row[i].day) == month_of(row[i - 1].day);

		if (!is_same)
			e = attendance_load_is_closed(tx, row[i].unit, row[i].day, &is_closed);
		if (!e && is_closed)
			ret_day[(*ret_count)++] = (struct org_decided_day){
				row[i].day, GROUND_CLOSED};
	}
	return e;
}

/* Days of units that closed any month at all, by unit; the month of each is asked once. */
struct db_stmt ATTENDANCE_LIST_CLOSED = {"attendance_list_closed",
	"SELECT d.unit_id, d.day FROM attendance_day AS d WHERE d.government_id = $1 AND "
	"d.employee_id = $2 AND d.day >= $3 AND d.day <= $4 AND EXISTS (SELECT 1 FROM "
	"attendance_closed AS c WHERE c.government_id = d.government_id AND c.unit_id = d.unit_id "
	"AND c.month <= d.day) ORDER BY d.unit_id, d.day",
	0};

static void add_closed(struct org_closed *closed, struct unit_id unit)
{
	closed->days++;
	if (closed->units && closed->unit[closed->units - 1].v == unit.v)
		return;
	if (closed->units < CLOSED_UNITS_MAX)
		closed->unit[closed->units++] = unit;
}

static enum err find_closed(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_closed *ret)
{
	struct unit_id unit, asked = {0};
	int32_t day, month = DAY_NONE;
	bool is_closed = false;
	struct db_rows rows;
	enum err e = OK, ended;

	*ret = (struct org_closed){.units = 0};
	db_query(tx, &ATTENDANCE_LIST_CLOSED,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to)),
		&rows);
	while (!e && db_next(&rows, INTO(to_int64(&unit.v), to_int32(&day)))) {
		if (unit.v != asked.v || month_of(day) != month)
			e = attendance_load_is_closed(tx, unit, day, &is_closed);
		asked = unit;
		month = month_of(day);
		if (is_closed && !e)
			add_closed(ret, unit);
	}
	ended = db_end(&rows);
	return e ? e : ended;
}

void attendance_wire_closed(void)
{
	org_find_closed = find_closed;
}
