/*
 * What other systems say of days: the projection of their punches, and which units' files came.
 */
#include "attendance/attendance_source_int.h"

struct db_stmt ATTENDANCE_LOAD_EXTERNAL = {"attendance_load_external",
	"SELECT in_at, out_at, late_minutes, early_minutes FROM attendance_external"
	" WHERE government_id = $1 AND day = $2 AND employee_id = $3",
	0};

enum err attendance_load_external(
	struct tx *tx, struct employee_id employee, int32_t day, struct external_day *ret)
{
	*ret = (struct external_day){.employee = employee, .day = day};
	return db_load(tx, &ATTENDANCE_LOAD_EXTERNAL,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)),
		INTO(to_int64(&ret->in_at), to_int64(&ret->out_at), to_int32(&ret->late_minutes),
			to_int32(&ret->early_minutes)));
}

struct db_stmt ATTENDANCE_SET_EXTERNAL = {"attendance_set_external",
	"INSERT INTO attendance_external (government_id, day, employee_id, in_at, out_at,"
	" late_minutes, early_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	" ON CONFLICT (government_id, day, employee_id) DO UPDATE SET in_at = excluded.in_at,"
	" out_at = excluded.out_at, late_minutes = excluded.late_minutes,"
	" early_minutes = excluded.early_minutes",
	0};

enum err attendance_set_external(struct tx *tx, const struct external_day *row)
{
	return db_exec(tx, &ATTENDANCE_SET_EXTERNAL,
		BIND(db_int(tx->government.v), db_int(row->day), db_int(row->employee.v),
			db_int(row->in_at), db_int(row->out_at), db_int(row->late_minutes),
			db_int(row->early_minutes)),
		NULL);
}

struct db_stmt ATTENDANCE_END_EXTERNAL = {"attendance_end_external",
	"DELETE FROM attendance_external WHERE government_id = $1 AND day = $2"
	" AND employee_id = $3",
	0};

enum err attendance_end_external(struct tx *tx, struct employee_id employee, int32_t day)
{
	return db_exec(tx, &ATTENDANCE_END_EXTERNAL,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v)), NULL);
}

struct db_stmt ATTENDANCE_LOAD_ARRIVED = {"attendance_load_arrived",
	"SELECT count(*) FROM attendance_arrived WHERE government_id = $1 AND day = $2"
	" AND unit_id = $3",
	0};

enum err attendance_load_arrived(struct tx *tx, struct unit_id unit, int32_t day, bool *ret_arrived)
{
	return db_load(tx, &ATTENDANCE_LOAD_ARRIVED,
		BIND(db_int(tx->government.v), db_int(day), db_int(unit.v)),
		INTO(to_bool(ret_arrived)));
}

struct db_stmt ATTENDANCE_ADD_ARRIVED = {"attendance_add_arrived",
	"INSERT INTO attendance_arrived (government_id, day, unit_id, import_id)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	0};

enum err attendance_add_arrived(
	struct tx *tx, struct unit_id unit, int32_t day, int64_t import_id, bool *ret_new)
{
	int64_t rows = 0;
	enum err e = db_exec(tx, &ATTENDANCE_ADD_ARRIVED,
		BIND(db_int(tx->government.v), db_int(day), db_int(unit.v), db_int(import_id)),
		&rows);

	*ret_new = rows > 0;
	return e;
}

/* People and their days lie in one order: many taps are held against them in one go. */
struct db_stmt ATTENDANCE_LIST_STANDINGS = {"attendance_list_standings",
	"SELECT p.employee_id, coalesce(d.unit_id, p.unit_id), coalesce(d.ends, -1) FROM "
	"org_placement AS p LEFT JOIN attendance_day AS d ON d.government_id = p.government_id AND "
	"d.day = $2 AND d.employee_id = p.employee_id WHERE p.government_id = $1 AND p.employee_id "
	">= $3 AND p.employee_id <= $4 AND p.valid_from <= $2 AND p.valid_to >= $2"
	" ORDER BY p.employee_id",
	0};

void attendance_query_standings(struct tx *tx, int32_t day, struct employee_id first,
	struct employee_id last, struct db_rows *ret_rows)
{
	db_query(tx, &ATTENDANCE_LIST_STANDINGS,
		BIND(db_int(tx->government.v), db_int(day), db_int(first.v), db_int(last.v)),
		ret_rows);
}

bool attendance_next_standing(struct db_rows *rows, struct day_standing *ret)
{
	return db_next(rows,
		INTO(to_int64(&ret->employee.v), to_int64(&ret->unit.v), to_int32(&ret->ends)));
}

struct db_stmt ATTENDANCE_LIST_EVENTS = {"attendance_list_events",
	"SELECT employee_id, event_id FROM attendance_punch WHERE government_id = $1 AND punch_day "
	"= $2 AND employee_id >= $3 AND employee_id <= $4 AND source = $5 ORDER BY employee_id, "
	"event_id",
	0};

void attendance_query_events(struct tx *tx, int32_t day, struct employee_id first,
	struct employee_id last, struct db_rows *ret_rows)
{
	db_query(tx, &ATTENDANCE_LIST_EVENTS,
		BIND(db_int(tx->government.v), db_int(day), db_int(first.v), db_int(last.v),
			db_int(FROM_EXTERNAL)),
		ret_rows);
}

bool attendance_next_event(struct db_rows *rows, struct day_event *ret)
{
	struct bytes id = {0};

	if (!db_next(rows, INTO(to_int64(&ret->employee.v), to_bytes(&id))))
		return false;
	ret->id = (struct uuid){{0}};
	if (id.n == sizeof(ret->id.b))
		memcpy(ret->id.b, id.p, id.n);
	return true;
}

struct db_stmt ATTENDANCE_COUNT_ARRIVED = {"attendance_count_arrived",
	"SELECT count(*) FROM attendance_arrived AS a JOIN org_unit AS u"
	" ON u.government_id = a.government_id AND u.unit_id = a.unit_id"
	" WHERE a.government_id = $1 AND a.day = $2 AND substr(u.path, 1, CAST($4 AS INTEGER)) = "
	"$3",
	0};

enum err attendance_count_arrived(struct tx *tx, const char *path, int32_t day, int32_t *ret_units)
{
	return db_load(tx, &ATTENDANCE_COUNT_ARRIVED,
		BIND(db_int(tx->government.v), db_int(day), db_text(path),
			db_int((int64_t)strlen(path))),
		INTO(to_int32(ret_units)));
}
