/*
 * Statements on the evidence of signed events. A row stands beside its punch under the same key, so
 * that a day's evidence is read in one place; the index by device follows its chain.
 */
#include "attendance/attendance_record.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

static struct db_stmt ADD_EVIDENCE = {"attendance_add_evidence",
	"INSERT INTO attendance_evidence (government_id, punch_day, employee_id, event_id, "
	"device_id, seq, event_hash, punch_id, received_at, claimed_at, skew_ms, sealed, "
	"leaf_index, marks, score, verdict)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
	0};

enum err attendance_add_evidence(struct tx *tx, const struct evidence_row *row)
{
	return db_exec(tx, &ADD_EVIDENCE,
		BIND(db_int(tx->government.v), db_int(row->punch_day), db_int(row->employee.v),
			db_bytes(row->event_id.b, sizeof row->event_id.b),
			db_bytes(row->device, DEVICE_ID_BYTES), db_int(row->seq),
			db_bytes(row->hash.b, sizeof row->hash.b), db_int(row->punch_id),
			db_int(row->received_at), db_int(row->claimed_at), db_int(row->skew_ms),
			db_bytes(row->sealed.p, row->sealed.n), db_int(row->leaf_index),
			db_int(row->marks), db_int(row->score), db_int(row->verdict)),
		NULL);
}

static struct db_stmt SET_EVIDENCE = {"attendance_set_evidence",
	"UPDATE attendance_evidence SET marks = $5, score = $6, verdict = $7"
	" WHERE government_id = $1 AND punch_day = $2 AND employee_id = $3 AND event_id = $4",
	0};

enum err attendance_set_evidence(struct tx *tx, const struct evidence_row *row)
{
	return db_exec(tx, &SET_EVIDENCE,
		BIND(db_int(tx->government.v), db_int(row->punch_day), db_int(row->employee.v),
			db_bytes(row->event_id.b, sizeof row->event_id.b), db_int(row->marks),
			db_int(row->score), db_int(row->verdict)),
		NULL);
}

/* What bytes of fixed length are read into first. */
struct raw {
	struct bytes event_id, device, hash;
};

static bool take_raw(const struct raw *raw, struct evidence_row *row)
{
	if (raw->event_id.n != sizeof row->event_id.b || raw->device.n != DEVICE_ID_BYTES ||
		raw->hash.n != sizeof row->hash.b)
		return false;
	memcpy(row->event_id.b, raw->event_id.p, sizeof row->event_id.b);
	memcpy(row->device, raw->device.p, DEVICE_ID_BYTES);
	memcpy(row->hash.b, raw->hash.p, sizeof row->hash.b);
	return true;
}

#define COLUMNS                                                                                    \
	"e.employee_id, e.punch_day, e.event_id, e.device_id, e.seq, e.event_hash, e.punch_id, "   \
	"e.received_at, e.claimed_at, e.skew_ms, e.leaf_index, e.marks, e.score, e.verdict"
#define INTO_COLUMNS(r, raw)                                                                       \
	to_int64(&(r)->employee.v), to_int32(&(r)->punch_day), to_bytes(&(raw)->event_id),         \
		to_bytes(&(raw)->device), to_int64(&(r)->seq), to_bytes(&(raw)->hash),             \
		to_int64(&(r)->punch_id), to_int64(&(r)->received_at), to_int64(&(r)->claimed_at), \
		to_int64(&(r)->skew_ms), to_int64(&(r)->leaf_index), to_int64(&(r)->marks),        \
		to_int32(&(r)->score), TO_ENUM((r)->verdict)

static struct db_stmt LOAD_EVIDENCE = {"attendance_load_evidence",
	"SELECT " COLUMNS ", e.sealed FROM attendance_evidence e"
	" WHERE e.government_id = $1 AND e.punch_day = $2 AND e.employee_id = $3 AND e.event_id = "
	"$4",
	0};

enum err attendance_load_evidence(struct tx *tx, struct employee_id employee, int32_t day,
	const struct uuid *event, struct evidence_row *ret)
{
	struct raw raw = {0};
	enum err e;

	*ret = (struct evidence_row){0};
	e = db_load(tx, &LOAD_EVIDENCE,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v),
			db_bytes(event->b, sizeof event->b)),
		INTO(INTO_COLUMNS(ret, &raw), to_bytes(&ret->sealed)));
	if (!e && !take_raw(&raw, ret))
		return E_STORE;
	return e;
}

static struct db_stmt LIST_EVIDENCE = {"attendance_list_evidence",
	"SELECT " COLUMNS ", e.sealed FROM attendance_evidence e"
	" WHERE e.government_id = $1 AND e.punch_day = $2 AND e.employee_id = $3"
	" ORDER BY e.event_id LIMIT $4",
	0};

enum err attendance_list_evidence(struct tx *tx, struct employee_id employee, int32_t day,
	struct evidence_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct raw raw;
	bool is_whole = true;
	int n = 0;

	memset(ret, 0, (size_t)max * sizeof(*ret));
	db_query(tx, &LIST_EVIDENCE,
		BIND(db_int(tx->government.v), db_int(day), db_int(employee.v), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(INTO_COLUMNS(&ret[n], &raw), to_bytes(&ret[n].sealed)))) {
		is_whole = is_whole && take_raw(&raw, &ret[n]);
		n++;
	}
	*ret_count = n;
	enum err e = db_end(&rows);

	return !e && !is_whole ? E_STORE : e;
}

#define OF_DEVICE " FROM attendance_evidence e WHERE e.government_id = $1 AND e.device_id = $2"

static struct db_stmt LIST_CHAIN = {"attendance_list_chain",
	"SELECT " COLUMNS OF_DEVICE " AND e.seq >= $3 ORDER BY e.seq LIMIT $4", 0};

enum err attendance_list_chain(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES], int64_t from,
	struct evidence_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct raw raw;
	bool is_whole = true;
	int n = 0;

	memset(ret, 0, (size_t)max * sizeof(*ret));
	db_query(tx, &LIST_CHAIN,
		BIND(db_int(tx->government.v), db_bytes(device, DEVICE_ID_BYTES), db_int(from),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(INTO_COLUMNS(&ret[n], &raw)))) {
		is_whole = is_whole && take_raw(&raw, &ret[n]);
		n++;
	}
	*ret_count = n;
	enum err e = db_end(&rows);

	return !e && !is_whole ? E_STORE : e;
}

static struct db_stmt LOAD_FORMER = {"attendance_load_former",
	"SELECT " COLUMNS OF_DEVICE " AND e.seq < $3 ORDER BY e.seq DESC LIMIT 1", 0};

enum err attendance_load_former(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES],
	int64_t before, struct evidence_row *ret)
{
	struct raw raw = {0};
	enum err e;

	*ret = (struct evidence_row){0};
	e = db_load(tx, &LOAD_FORMER,
		BIND(db_int(tx->government.v), db_bytes(device, DEVICE_ID_BYTES), db_int(before)),
		INTO(INTO_COLUMNS(ret, &raw)));
	if (!e && !take_raw(&raw, ret))
		return E_STORE;
	return e;
}

enum err attendance_load_last_seq(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES],
	int64_t *ret_seq, struct hash *ret_hash)
{
	struct evidence_row last;
	enum err e = attendance_load_former(tx, device, INT64_MAX, &last);

	*ret_seq = e ? 0 : last.seq;
	*ret_hash = e ? (struct hash){0} : last.hash;
	return e == E_NOT_FOUND ? OK : e;
}

static struct db_stmt LIST_KEYS = {"attendance_list_device_keys",
	"SELECT device_id, public_key, credential_key FROM attendance_device"
	" WHERE government_id = $1 AND state = 0",
	0};

enum err attendance_warm_device_keys(struct tx *tx)
{
	struct db_rows rows;
	struct bytes id, key, passkey;

	db_query(tx, &LIST_KEYS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_bytes(&id), to_bytes(&key), to_bytes(&passkey)))) {
		if (id.n != DEVICE_ID_BYTES)
			continue;
		if (key.n == ES256_KEY_BYTES)
			attendance_hold_key(KEY_OF_DEVICE, id.p, key.p);
		if (passkey.n == ES256_KEY_BYTES)
			attendance_hold_key(KEY_OF_PASSKEY, id.p, passkey.p);
	}
	return db_end(&rows);
}

struct db_stmt *const attendance_evidence_stmts[EVIDENCE_STMTS] = {&ADD_EVIDENCE, &SET_EVIDENCE,
	&LOAD_EVIDENCE, &LIST_EVIDENCE, &LIST_CHAIN, &LOAD_FORMER, &LIST_KEYS};
