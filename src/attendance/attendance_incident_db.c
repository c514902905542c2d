/*
 * Statements of incidents, of the tick's sign of life and of refused uploads; and the accepted
 * incidents as the fold reads them, remembered per connection until the generation moves.
 */
#include "attendance/attendance_incident.h"

#include "platform/platform_db.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))
#define INCIDENT_COLUMNS                                                                           \
	"incident_id, unit_id, begins_at, ends_at, cause, reason, file_sha256, file_name, "        \
	"is_detected, declared_by, declared_at, state, version, number, decided_by, decided_at, "  \
	"decision"
#define INTO_INCIDENT(i)                                                                           \
	INTO(to_int64(&(i)->id), to_int64(&(i)->unit.v), to_int64(&(i)->begins_at),                \
		to_int64(&(i)->ends_at), TO_ENUM((i)->cause), to_text(&(i)->reason),               \
		to_text(&(i)->file_sha256), to_text(&(i)->file_name), to_bool(&(i)->is_detected),  \
		to_int64(&(i)->declared_by.v), to_int64(&(i)->declared_at), TO_ENUM((i)->state),   \
		to_int32(&(i)->version), to_text(&(i)->number), to_int64(&(i)->decided_by.v),      \
		to_int64(&(i)->decided_at), to_text(&(i)->decision))

static struct db_stmt ADD_INCIDENT = {"attendance_add_incident",
	"INSERT INTO attendance_incident (government_id, " INCIDENT_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 1, '', 0, 0, '')",
	0};

enum err attendance_add_incident(struct tx *tx, const struct incident *i)
{
	return db_exec(tx, &ADD_INCIDENT,
		BIND(db_int(tx->government.v), db_int(i->id), db_int(i->unit.v),
			db_int(i->begins_at), db_int(i->ends_at), db_int(i->cause),
			db_text(i->reason), db_text(i->file_sha256), db_text(i->file_name),
			db_int(i->is_detected), db_int(i->declared_by.v), db_int(i->declared_at)),
		NULL);
}

static struct db_stmt LOAD_INCIDENT = {"attendance_load_incident",
	"SELECT " INCIDENT_COLUMNS
	" FROM attendance_incident WHERE government_id = $1 AND incident_id = $2",
	0};

enum err attendance_load_incident(struct tx *tx, int64_t id, struct incident *ret)
{
	*ret = (struct incident){0};
	return db_load(
		tx, &LOAD_INCIDENT, BIND(db_int(tx->government.v), db_int(id)), INTO_INCIDENT(ret));
}

static struct db_stmt SET_INCIDENT = {"attendance_set_incident",
	"UPDATE attendance_incident SET state = $3, version = $4, number = $5, decided_by = $6, "
	"decided_at = $7, decision = $8 WHERE government_id = $1 AND incident_id = $2",
	0};

enum err attendance_set_incident(struct tx *tx, struct incident *i)
{
	i->version++;
	return db_exec(tx, &SET_INCIDENT,
		BIND(db_int(tx->government.v), db_int(i->id), db_int(i->state), db_int(i->version),
			db_text(i->number), db_int(i->decided_by.v), db_int(i->decided_at),
			db_text(i->decision)),
		NULL);
}

static struct db_stmt LIST_INCIDENTS = {"attendance_list_incidents",
	"SELECT " INCIDENT_COLUMNS " FROM attendance_incident WHERE government_id = $1"
	" AND (incident_id < $2 OR $2 = 0) ORDER BY incident_id DESC LIMIT $3",
	0};

enum err attendance_list_incidents(
	struct tx *tx, int64_t before, struct incident *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_INCIDENTS, BIND(db_int(tx->government.v), db_int(before), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_INCIDENT(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* Basis 8: relieved. */
static struct db_stmt COUNT_RELIEVED = {"attendance_count_relieved",
	"SELECT count(*) FROM attendance_day d LEFT JOIN org_unit u"
	" ON u.government_id = d.government_id AND u.unit_id = d.unit_id"
	" WHERE d.government_id = $1 AND d.day >= $2 AND d.day <= $3 AND (d.basis & 8) = 8"
	" AND substr(coalesce(u.path, '/'), 1, CAST($5 AS INTEGER)) = $4",
	0};

enum err attendance_count_relieved(
	struct tx *tx, const char *path, int32_t from, int32_t to, int32_t *ret)
{
	return db_load(tx, &COUNT_RELIEVED,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_text(path),
			db_int((int64_t)strlen(path))),
		INTO(to_int32(ret)));
}

/* ---- the sign of life ---- */

static struct db_stmt LOAD_BEAT = {"attendance_load_beat",
	"SELECT beat_at, shed, busy_from FROM attendance_beat WHERE government_id = $1", 0};

enum err attendance_load_beat(struct tx *tx, struct beat *ret)
{
	return db_load(tx, &LOAD_BEAT, BIND(db_int(tx->government.v)),
		INTO(to_int64(&ret->beat_at), to_int64(&ret->shed), to_int64(&ret->busy_from)));
}

static struct db_stmt SET_BEAT = {"attendance_set_beat",
	"INSERT INTO attendance_beat (government_id, beat_at, shed, busy_from)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (government_id) DO UPDATE SET beat_at = $2, shed = "
	"$3,"
	" busy_from = $4",
	0};

enum err attendance_set_beat(struct tx *tx, const struct beat *beat)
{
	return db_exec(tx, &SET_BEAT,
		BIND(db_int(tx->government.v), db_int(beat->beat_at), db_int(beat->shed),
			db_int(beat->busy_from)),
		NULL);
}

/* ---- refused uploads ---- */

static struct db_stmt ADD_REFUSAL = {"attendance_add_refusal",
	"INSERT INTO attendance_refusal (government_id, slot, phones) VALUES ($1, $2, 1)"
	" ON CONFLICT (government_id, slot) DO UPDATE SET phones = attendance_refusal.phones + 1",
	0};

enum err attendance_add_refusal(struct tx *tx, int64_t slot)
{
	return db_exec(tx, &ADD_REFUSAL, BIND(db_int(tx->government.v), db_int(slot)), NULL);
}

static struct db_stmt LOAD_REFUSAL = {"attendance_load_refusal",
	"SELECT coalesce(min(slot), 0) FROM attendance_refusal WHERE government_id = $1"
	" AND slot < $2 AND phones >= $3",
	0};

enum err attendance_load_refusal(struct tx *tx, int64_t before, int32_t least, int64_t *ret_slot)
{
	enum err e = db_load(tx, &LOAD_REFUSAL,
		BIND(db_int(tx->government.v), db_int(before), db_int(least)),
		INTO(to_int64(ret_slot)));

	return !e && *ret_slot == 0 ? E_NOT_FOUND : e;
}

static struct db_stmt END_REFUSALS = {"attendance_end_refusals",
	"DELETE FROM attendance_refusal WHERE government_id = $1 AND slot < $2", 0};

enum err attendance_end_refusals(struct tx *tx, int64_t before)
{
	return db_exec(tx, &END_REFUSALS, BIND(db_int(tx->government.v), db_int(before)), NULL);
}

struct db_stmt *const attendance_incident_stmts[INCIDENT_STMTS] = {&ADD_INCIDENT, &LOAD_INCIDENT,
	&SET_INCIDENT, &LIST_INCIDENTS, &COUNT_RELIEVED, &LOAD_BEAT, &SET_BEAT, &ADD_REFUSAL,
	&LOAD_REFUSAL, &END_REFUSALS};

/* ---- what the fold reads ---- */

#define ACCEPTED_MAX 1000

struct db_stmt ATTENDANCE_LIST_ACCEPTED = {"attendance_list_accepted",
	"SELECT incident_id, unit_id, begins_at, ends_at FROM attendance_incident"
	" WHERE government_id = $1 AND state = 1 ORDER BY incident_id DESC LIMIT $2",
	0};

static enum err read_accepted(struct tx *tx, struct arena *arena, struct incident_list *list)
{
	struct incident_span *span = ARENA_ARRAY(arena, ACCEPTED_MAX, struct incident_span);
	struct db_rows rows;

	list->span = span;
	db_query(tx, &ATTENDANCE_LIST_ACCEPTED,
		BIND(db_int(tx->government.v), db_int(ACCEPTED_MAX)), &rows);
	while (list->spans < ACCEPTED_MAX &&
		db_next(&rows, INTO(to_int64(&span[list->spans].incident_id),
				       to_int64(&span[list->spans].unit.v),
				       to_int64(&span[list->spans].begins_at),
				       to_int64(&span[list->spans].ends_at))))
		list->spans++;
	return db_end(&rows);
}

enum err attendance_load_incidents(struct tx *tx, const struct incident_list **ret)
{
	struct incident_list *list;
	struct arena *arena;
	int64_t generation;
	enum err e = platform_load_generation(tx, &generation);

	if (e)
		return e;
	*ret = db_cache_get(tx->db, DB_CACHE_INCIDENTS, tx->government, generation);
	if (*ret)
		return OK;
	arena = db_cache_arena(tx->db, DB_CACHE_INCIDENTS, tx->government);
	list = ARENA_NEW(arena, struct incident_list);
	if ((e = read_accepted(tx, arena, list)))
		return e;
	db_cache_put(tx->db, DB_CACHE_INCIDENTS, tx->government, generation, list);
	*ret = list;
	return OK;
}
