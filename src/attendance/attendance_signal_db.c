/*
 * Statements of the fold of signals. A person's history is a look at each of its days under the key
 * of the evidence, which is why the days are written out.
 */
#include "attendance/attendance_signal_int.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

static struct db_stmt COUNT_PEOPLE = {"attendance_count_signal_people",
	"SELECT count(DISTINCT employee_id) FROM attendance_evidence WHERE government_id = $1"
	" AND punch_day = $2",
	0};

enum err attendance_count_signal_people(struct tx *tx, int32_t day, int *ret)
{
	return db_load(tx, &COUNT_PEOPLE, BIND(db_int(tx->government.v), db_int(day)),
		INTO(to_int32(ret)));
}

static struct db_stmt LIST_PEOPLE = {"attendance_list_signal_people",
	"SELECT v.employee_id, coalesce(max(d.unit_id), 0), max(v.received_at)"
	" FROM attendance_evidence v LEFT JOIN attendance_day d ON d.government_id = $1"
	" AND d.day = $2 AND d.employee_id = v.employee_id"
	" WHERE v.government_id = $1 AND v.punch_day = $2"
	" GROUP BY v.employee_id ORDER BY v.employee_id LIMIT $3",
	0};

enum err attendance_list_signal_people(
	struct tx *tx, int32_t day, struct signal_person *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PEOPLE, BIND(db_int(tx->government.v), db_int(day), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_int64(&ret[n].unit.v),
				       to_int64(&ret[n].received_at))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_ROWS = {"attendance_list_signal_rows",
	"SELECT v.punch_day, v.event_id, v.device_id, v.event_hash, v.punch_id, v.received_at,"
	" v.marks, v.sealed, p.time_grade, coalesce(d.mode, 0), coalesce(d.status, 0),"
	" coalesce(d.unit_id, 0)"
	" FROM attendance_evidence v JOIN attendance_punch p ON p.government_id = $1"
	" AND p.punch_day = v.punch_day AND p.employee_id = $2 AND p.event_id = v.event_id"
	" LEFT JOIN attendance_day d ON d.government_id = $1 AND d.day = v.punch_day"
	" AND d.employee_id = $2"
	" WHERE v.government_id = $1 AND v.employee_id = $2 AND v.punch_day IN ($3, $4, $5, $6, "
	"$7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"
	" ORDER BY v.punch_day DESC, p.phone_at DESC LIMIT $24",
	0};

static bool take_bytes(
	struct bytes event, struct bytes device, struct bytes hash, struct evidence_row *ret)
{
	if (event.n != sizeof ret->event_id.b || device.n != DEVICE_ID_BYTES ||
		hash.n != sizeof ret->hash.b)
		return false;
	memcpy(ret->event_id.b, event.p, event.n);
	memcpy(ret->device, device.p, device.n);
	memcpy(ret->hash.b, hash.p, hash.n);
	return true;
}

enum err attendance_list_signal_rows(struct tx *tx, struct employee_id employee, int32_t day,
	struct signal_row *ret, int max, int *ret_count)
{
	struct db_value value[3 + SIGNAL_WINDOW] = {db_int(tx->government.v), db_int(employee.v)};
	struct bytes event, device, hash;
	struct db_rows rows;
	bool is_whole = true;
	int n = 0;

	for (int i = 0; i < SIGNAL_WINDOW; i++)
		value[2 + i] = db_int(day - i);
	value[2 + SIGNAL_WINDOW] = db_int(max);
	memset(ret, 0, (size_t)max * sizeof(*ret));
	db_query(tx, &LIST_ROWS, (struct db_bind){value, 3 + SIGNAL_WINDOW}, &rows);
	while (n < max) {
		struct evidence_row *e = &ret[n].evidence;

		if (!db_next(&rows, INTO(to_int32(&e->punch_day), to_bytes(&event),
					    to_bytes(&device), to_bytes(&hash),
					    to_int64(&e->punch_id), to_int64(&e->received_at),
					    to_int64(&e->marks), to_bytes(&e->sealed),
					    TO_ENUM(ret[n].grade), TO_ENUM(ret[n].mode),
					    TO_ENUM(ret[n].status), to_int64(&ret[n].unit.v))))
			break;
		e->employee = employee;
		is_whole = is_whole && take_bytes(event, device, hash, e);
		n++;
	}
	*ret_count = n;
	enum err e = db_end(&rows);

	return !e && !is_whole ? E_STORE : e;
}

static struct db_stmt LOAD_RUN = {"attendance_load_signal_run",
	"SELECT run_at FROM attendance_signal_run WHERE government_id = $1 AND day = $2", 0};

enum err attendance_load_signal_run(struct tx *tx, int32_t day, int64_t *ret_at)
{
	enum err e = db_load(
		tx, &LOAD_RUN, BIND(db_int(tx->government.v), db_int(day)), INTO(to_int64(ret_at)));

	if (e == E_NOT_FOUND)
		*ret_at = 0;
	return e == E_NOT_FOUND ? OK : e;
}

static struct db_stmt LOAD_LAST_RUN = {"attendance_load_last_signal_run",
	"SELECT coalesce(max(day), $2) FROM attendance_signal_run WHERE government_id = $1", 0};

enum err attendance_load_last_signal_run(struct tx *tx, int32_t *ret_day)
{
	return db_load(tx, &LOAD_LAST_RUN, BIND(db_int(tx->government.v), db_int(DAY_NONE)),
		INTO(to_int32(ret_day)));
}

static struct db_stmt SET_RUN = {"attendance_set_signal_run",
	"INSERT INTO attendance_signal_run (government_id, day, run_at) VALUES ($1, $2, $3)"
	" ON CONFLICT (government_id, day) DO UPDATE SET run_at = excluded.run_at",
	0};

enum err attendance_set_signal_run(struct tx *tx, int32_t day, int64_t at)
{
	return db_exec(tx, &SET_RUN, BIND(db_int(tx->government.v), db_int(day), db_int(at)), NULL);
}

struct db_stmt *const attendance_signal_stmts[SIGNAL_STMTS] = {
	&COUNT_PEOPLE, &LIST_PEOPLE, &LIST_ROWS, &LOAD_RUN, &LOAD_LAST_RUN, &SET_RUN};
