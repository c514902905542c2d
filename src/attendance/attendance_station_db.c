/*
 * Statements of screens and kiosks, and of the officers who stand at them.
 *
 * An ended station stays with its key, so that what it proved before can still be looked at.
 */
#include "attendance/attendance_station.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))
#define STATION_COLUMNS                                                                            \
	"s.station_id, s.kind, s.unit_id, s.site_id, s.name, s.state, s.added_at, s.added_by, "    \
	"s.code_hash, s.code_until, s.kiosk_key, s.public_key, s.sealed_key, s.label, "            \
	"s.enrolled_at, s.seen_at, s.head_seq, s.head_hash, s.ended_at, s.ended_by, s.end_reason"
#define INTO_STATION(s)                                                                            \
	INTO(to_int64(&(s)->id), TO_ENUM((s)->kind), to_int64(&(s)->unit.v),                       \
		to_int64(&(s)->site.v), to_text(&(s)->name), TO_ENUM((s)->state),                  \
		to_int64(&(s)->added_at), to_int64(&(s)->added_by.v), to_bytes(&(s)->code_hash),   \
		to_int64(&(s)->code_until), to_bytes(&(s)->kiosk_key), to_bytes(&(s)->public_key), \
		to_bytes(&(s)->sealed_key), to_text(&(s)->label), to_int64(&(s)->enrolled_at),     \
		to_int64(&(s)->seen_at), to_int64(&(s)->head_seq), to_bytes(&(s)->head_hash),      \
		to_int64(&(s)->ended_at), to_int64(&(s)->ended_by.v), to_text(&(s)->end_reason))

/* NULL for none. */
static struct db_value bytes_or_null(struct bytes b)
{
	return db_bytes(b.n ? b.p : NULL, b.n);
}

static struct db_stmt ADD_STATION = {"attendance_add_station",
	"INSERT INTO attendance_station (government_id, station_id, kind, unit_id, site_id, name, "
	"state, added_at, added_by, code_hash, code_until, label, enrolled_at, seen_at, head_seq, "
	"ended_at, ended_by, end_reason)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0, 0, 0, 0, 0, '')",
	0};

enum err attendance_add_station(struct tx *tx, const struct station *s)
{
	return db_exec(tx, &ADD_STATION,
		BIND(db_int(tx->government.v), db_int(s->id), db_int(s->kind), db_int(s->unit.v),
			db_int(s->site.v), db_text(s->name), db_int(s->state), db_int(s->added_at),
			db_int(s->added_by.v), bytes_or_null(s->code_hash), db_int(s->code_until)),
		NULL);
}

/* False when the row is not one of ours: then the store is not to be trusted. */
static bool is_whole(const struct station *s)
{
	if (!s->enrolled_at)
		return true;
	if (s->public_key.n != ES256_KEY_BYTES)
		return false;
	return s->kind == STATION_DISPLAY ? s->sealed_key.n == DISPLAY_KEY_BYTES + SEAL_OVERHEAD
					  : s->kiosk_key.n == KIOSK_KEY_BYTES;
}

static enum err load_station(
	struct tx *tx, struct db_stmt *stmt, struct db_value key, struct station *ret)
{
	enum err e;

	*ret = (struct station){0};
	e = db_load(tx, stmt, BIND(db_int(tx->government.v), key), INTO_STATION(ret));
	return e || is_whole(ret) ? e : E_STORE;
}

static struct db_stmt LOAD_STATION = {"attendance_load_station",
	"SELECT " STATION_COLUMNS
	" FROM attendance_station s WHERE s.government_id = $1 AND s.station_id = $2",
	0};

enum err attendance_load_station(struct tx *tx, int64_t id, struct station *ret)
{
	return load_station(tx, &LOAD_STATION, db_int(id), ret);
}

static struct db_stmt LOAD_BY_CODE = {"attendance_load_station_by_code",
	"SELECT " STATION_COLUMNS
	" FROM attendance_station s WHERE s.government_id = $1 AND s.code_hash = $2",
	0};

enum err attendance_load_station_by_code(
	struct tx *tx, const struct hash *code_hash, struct station *ret)
{
	return load_station(tx, &LOAD_BY_CODE, db_bytes(code_hash->b, sizeof(code_hash->b)), ret);
}

static struct db_stmt LOAD_KIOSK = {"attendance_load_kiosk",
	"SELECT " STATION_COLUMNS
	" FROM attendance_station s WHERE s.government_id = $1 AND s.kiosk_key = $2",
	0};

enum err attendance_load_kiosk(
	struct tx *tx, const uint8_t kiosk_key[KIOSK_KEY_BYTES], struct station *ret)
{
	return load_station(tx, &LOAD_KIOSK, db_bytes(kiosk_key, KIOSK_KEY_BYTES), ret);
}

static struct db_stmt LIST_STATIONS = {"attendance_list_stations",
	"SELECT " STATION_COLUMNS " FROM attendance_station s"
	" JOIN org_unit u ON u.government_id = s.government_id AND u.unit_id = s.unit_id"
	" WHERE s.government_id = $1 AND substr(u.path, 1, CAST($3 AS INTEGER)) = $2"
	" ORDER BY s.station_id DESC LIMIT $4",
	0};

enum err attendance_list_stations(
	struct tx *tx, const char *path, struct station *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_STATIONS,
		BIND(db_int(tx->government.v), db_text(path), db_int((int64_t)strlen(path)),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_STATION(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt SET_STATION = {"attendance_set_station",
	"UPDATE attendance_station SET state = $3, code_hash = $4, code_until = $5, kiosk_key = "
	"$6, "
	"public_key = $7, sealed_key = $8, label = $9, enrolled_at = $10, ended_at = $11, "
	"ended_by = $12, end_reason = $13 WHERE government_id = $1 AND station_id = $2",
	0};

enum err attendance_set_station(struct tx *tx, const struct station *s)
{
	return db_exec(tx, &SET_STATION,
		BIND(db_int(tx->government.v), db_int(s->id), db_int(s->state),
			bytes_or_null(s->code_hash), db_int(s->code_until),
			bytes_or_null(s->kiosk_key), bytes_or_null(s->public_key),
			bytes_or_null(s->sealed_key), db_text(s->label), db_int(s->enrolled_at),
			db_int(s->ended_at), db_int(s->ended_by.v), db_text(s->end_reason)),
		NULL);
}

static struct db_stmt SET_SEEN = {"attendance_set_station_seen",
	"UPDATE attendance_station SET seen_at = $3 WHERE government_id = $1 AND station_id = $2",
	0};

enum err attendance_set_station_seen(struct tx *tx, int64_t id)
{
	return db_exec(tx, &SET_SEEN,
		BIND(db_int(tx->government.v), db_int(id), db_int(tx->now_ms)), NULL);
}

static struct db_stmt SET_HEAD = {"attendance_set_station_head",
	"UPDATE attendance_station SET head_seq = $3, head_hash = $4"
	" WHERE government_id = $1 AND station_id = $2",
	0};

enum err attendance_set_station_head(
	struct tx *tx, int64_t id, int64_t seq, const struct hash *hash)
{
	return db_exec(tx, &SET_HEAD,
		BIND(db_int(tx->government.v), db_int(id), db_int(seq),
			db_bytes(hash->b, sizeof(hash->b))),
		NULL);
}

/* Those whose unit's path begins the given one: of the unit itself and of those above it. */
static struct db_stmt COUNT_STATIONS = {"attendance_count_stations",
	"SELECT coalesce(sum(CASE WHEN s.kind = 0 THEN 1 ELSE 0 END), 0),"
	" coalesce(sum(CASE WHEN s.kind = 1 THEN 1 ELSE 0 END), 0)"
	" FROM attendance_station s"
	" JOIN org_unit u ON u.government_id = s.government_id AND u.unit_id = s.unit_id"
	" WHERE s.government_id = $1 AND s.state = 1"
	" AND substr(CAST($2 AS TEXT), 1, CAST(length(u.path) AS INTEGER)) = u.path",
	0};

enum err attendance_count_stations(struct tx *tx, const char *path, struct station_count *ret)
{
	return db_load(tx, &COUNT_STATIONS, BIND(db_int(tx->government.v), db_text(path)),
		INTO(to_int32(&ret->displays), to_int32(&ret->kiosks)));
}

/* ---- who stands there ---- */

static struct db_stmt LIST_OFFICERS = {"attendance_list_station_officers",
	"SELECT o.employee_id, e.name, e.title_before, e.title_after, o.valid_from, o.valid_to, "
	"d.device_id, d.public_key FROM attendance_station_officer o"
	" JOIN org_employee e ON e.government_id = o.government_id"
	" AND e.employee_id = o.employee_id"
	" LEFT JOIN attendance_device d ON d.government_id = o.government_id"
	" AND d.employee_id = o.employee_id AND d.state = 0"
	" WHERE o.government_id = $1 AND o.station_id = $2 AND o.valid_from <= $3"
	" AND o.valid_to >= $3 ORDER BY e.name, o.employee_id LIMIT $4",
	0};

enum err attendance_list_station_officers(
	struct tx *tx, int64_t station, int32_t day, struct station_officer *ret, int *ret_count)
{
	struct employee_row who = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_OFFICERS,
		BIND(db_int(tx->government.v), db_int(station), db_int(day),
			db_int(STATION_OFFICERS_MAX)),
		&rows);
	while (n < STATION_OFFICERS_MAX &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_int32(&ret[n].valid_from), to_int32(&ret[n].valid_to),
				       to_bytes(&ret[n].device), to_bytes(&ret[n].public_key)))) {
		ret[n].name = who.name;
		ret[n++].full_name = org_full_name(tx->arena, &who);
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_IS_OFFICER = {"attendance_load_is_station_officer",
	"SELECT count(*) FROM attendance_station_officer WHERE government_id = $1"
	" AND station_id = $2 AND employee_id = $3 AND valid_from <= $4 AND valid_to >= $4",
	0};

enum err attendance_load_is_station_officer(
	struct tx *tx, int64_t station, struct employee_id employee, int32_t day, bool *ret)
{
	int32_t count = 0;
	enum err e = db_load(tx, &LOAD_IS_OFFICER,
		BIND(db_int(tx->government.v), db_int(station), db_int(employee.v), db_int(day)),
		INTO(to_int32(&count)));

	*ret = count > 0;
	return e;
}

static struct db_stmt COUNT_DUTIES = {"attendance_count_duties",
	"SELECT count(DISTINCT o.station_id) FROM attendance_station_officer o"
	" JOIN attendance_station s ON s.government_id = o.government_id"
	" AND s.station_id = o.station_id WHERE o.government_id = $1 AND o.employee_id = $2"
	" AND o.valid_from <= $3 AND o.valid_to >= $3 AND s.state = 1",
	0};

enum err attendance_count_duties(
	struct tx *tx, struct employee_id employee, int32_t day, int32_t *ret)
{
	return db_load(tx, &COUNT_DUTIES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)),
		INTO(to_int32(ret)));
}

static struct db_stmt ADD_OFFICER = {"attendance_add_station_officer",
	"INSERT INTO attendance_station_officer (government_id, station_id, employee_id, "
	"valid_from, valid_to, named_by, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	" ON CONFLICT (government_id, station_id, employee_id, valid_from) DO NOTHING",
	0};

enum err attendance_add_station_officer(struct tx *tx, int64_t station, struct employee_id employee,
	int32_t from, struct employee_id by)
{
	return db_exec(tx, &ADD_OFFICER,
		BIND(db_int(tx->government.v), db_int(station), db_int(employee.v), db_int(from),
			db_int(DAY_FOREVER), db_int(by.v), db_int(tx->now_ms)),
		NULL);
}

static struct db_stmt DROP_OFFICER = {"attendance_drop_station_officer",
	"DELETE FROM attendance_station_officer WHERE government_id = $1 AND station_id = $2"
	" AND employee_id = $3 AND valid_from >= $4",
	0};
static struct db_stmt END_OFFICER = {"attendance_end_station_officer",
	"UPDATE attendance_station_officer SET valid_to = $4 WHERE government_id = $1"
	" AND station_id = $2 AND employee_id = $3 AND valid_to > $4",
	0};

enum err attendance_end_station_officer(
	struct tx *tx, int64_t station, struct employee_id employee, int32_t from)
{
	enum err e = db_exec(tx, &DROP_OFFICER,
		BIND(db_int(tx->government.v), db_int(station), db_int(employee.v), db_int(from)),
		NULL);

	if (e)
		return e;
	return db_exec(tx, &END_OFFICER,
		BIND(db_int(tx->government.v), db_int(station), db_int(employee.v),
			db_int(from - 1)),
		NULL);
}

struct db_stmt *const attendance_station_stmts[STATION_STMTS] = {&ADD_STATION, &LOAD_STATION,
	&LOAD_BY_CODE, &LOAD_KIOSK, &LIST_STATIONS, &SET_STATION, &SET_SEEN, &SET_HEAD,
	&COUNT_STATIONS, &LIST_OFFICERS, &LOAD_IS_OFFICER, &COUNT_DUTIES, &ADD_OFFICER,
	&DROP_OFFICER, &END_OFFICER};
