/*
 * Statements of the fold of signals. A person's history is found by his days, many people at a
 * time.
 */
#include "attendance/attendance_signal_int.h"

#include <assert.h>
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

/* From the days of each person, which one index holds, to the events of each: CROSS JOIN keeps the
 * order. */
static struct db_stmt LIST_ROWS = {"attendance_list_signal_rows",
	"SELECT v.employee_id, v.punch_day, v.event_id, v.device_id, v.event_hash, v.punch_id,"
	" v.received_at, v.marks, v.sealed, p.time_grade, d.mode, d.status, d.unit_id"
	" FROM attendance_day d CROSS JOIN attendance_evidence v CROSS JOIN attendance_punch p"
	" WHERE d.government_id = $1 AND d.day >= $2 AND d.day <= $3 AND d.employee_id IN ("
	"$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
	"$20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, "
	"$34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, "
	"$48, $49, $50, $51, $52, $53, $54"
	") AND v.government_id = $1 AND v.punch_day = d.day AND v.employee_id = d.employee_id"
	" AND p.government_id = $1 AND p.punch_day = d.day AND p.employee_id = d.employee_id"
	" AND p.event_id = v.event_id"
	" ORDER BY v.employee_id, v.punch_day DESC, p.phone_at DESC LIMIT $4",
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

enum err attendance_list_signal_rows(struct tx *tx, const struct signal_person *person, int people,
	int32_t day, struct signal_row *ret, int max, int *ret_count)
{
	struct db_value value[4 + SIGNAL_PEOPLE] = {db_int(tx->government.v),
		db_int(day - SIGNAL_WINDOW + 1), db_int(day), db_int(max)};
	struct bytes event, device, hash;
	struct db_rows rows;
	bool is_whole = true;
	int n = 0;

	assert(people > 0 && people <= SIGNAL_PEOPLE);
	for (int i = 0; i < SIGNAL_PEOPLE; i++) /* the last one fills the list */
		value[4 + i] = db_int(person[i < people ? i : people - 1].employee.v);
	db_query(tx, &LIST_ROWS, (struct db_bind){value, COUNT_OF(value)}, &rows);
	while (n < max) {
		struct evidence_row *e = &ret[n].evidence;

		ret[n] = (struct signal_row){0};
		if (!db_next(&rows, INTO(to_int64(&e->employee.v), to_int32(&e->punch_day),
					    to_bytes(&event), to_bytes(&device), to_bytes(&hash),
					    to_int64(&e->punch_id), to_int64(&e->received_at),
					    to_int64(&e->marks), to_bytes(&e->sealed),
					    TO_ENUM(ret[n].grade), TO_ENUM(ret[n].mode),
					    TO_ENUM(ret[n].status), to_int64(&ret[n].unit.v))))
			break;
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
