/*
 * Statements of confirmations. Grade and flags are the journal's: the row beside them is asked each
 * time.
 */
#include "attendance/attendance_confirmation_int.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))
#define CONFIRMATION_COLUMNS                                                                       \
	"c.confirmation_id, c.employee_id, c.day, c.unit_id, c.punch_day, c.event_id, "            \
	"c.punch_id, c.direction, c.happened_at, c.received_at, c.kind, c.marks, c.asked_at, "     \
	"c.due_day, c.to_officer, c.state, c.consequence, c.version, c.explanation, "              \
	"c.explained_at, c.decided_by, c.decided_for, c.decided_at, c.decision, p.time_grade, "    \
	"p.flags"
#define INTO_CONFIRMATION(c, event)                                                                \
	to_int64(&(c)->id), to_int64(&(c)->employee.v), to_int32(&(c)->day),                       \
		to_int64(&(c)->unit.v), to_int32(&(c)->punch_day), to_bytes(event),                \
		to_int64(&(c)->punch_id), TO_ENUM((c)->direction), to_int64(&(c)->happened_at),    \
		to_int64(&(c)->received_at), TO_ENUM((c)->kind), to_int64(&(c)->marks),            \
		to_int64(&(c)->asked_at), to_int32(&(c)->due_day), to_bool(&(c)->to_officer),      \
		TO_ENUM((c)->state), TO_ENUM((c)->consequence), to_int32(&(c)->version),           \
		to_text(&(c)->explanation), to_int64(&(c)->explained_at),                          \
		to_int64(&(c)->decided_by.v), to_int64(&(c)->decided_for.v),                       \
		to_int64(&(c)->decided_at), to_text(&(c)->decision), TO_ENUM((c)->grade),          \
		to_int32((int32_t *)&(c)->punch_flags)
#define WITH_PUNCH                                                                                 \
	" JOIN attendance_punch p ON p.government_id = c.government_id"                            \
	" AND p.punch_day = c.punch_day AND p.employee_id = c.employee_id"                         \
	" AND p.event_id = c.event_id"

static struct db_stmt ADD_CONFIRMATION = {"attendance_add_confirmation",
	"INSERT INTO attendance_confirmation (government_id, confirmation_id, employee_id, day, "
	"unit_id, punch_day, event_id, punch_id, direction, happened_at, received_at, kind, marks, "
	"asked_at, due_day, to_officer, state, consequence, version, explanation, explained_at, "
	"decided_by, decided_for, decided_at, decision)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
	" $19, '', 0, 0, 0, 0, '') ON CONFLICT DO NOTHING",
	0};

enum err attendance_add_confirmation(struct tx *tx, const struct confirmation *c, int64_t *ret_rows)
{
	return db_exec(tx, &ADD_CONFIRMATION,
		BIND(db_int(tx->government.v), db_int(c->id), db_int(c->employee.v), db_int(c->day),
			db_int(c->unit.v), db_int(c->punch_day),
			db_bytes(c->event_id.b, sizeof(c->event_id.b)), db_int(c->punch_id),
			db_int(c->direction), db_int(c->happened_at), db_int(c->received_at),
			db_int(c->kind), db_int(c->marks), db_int(c->asked_at), db_int(c->due_day),
			db_int(c->to_officer), db_int(c->state), db_int(c->consequence),
			db_int(c->version)),
		ret_rows);
}

static void take_event(struct confirmation *c, struct bytes event)
{
	if (event.n == sizeof(c->event_id.b))
		memcpy(c->event_id.b, event.p, event.n);
}

static enum err load_one(struct tx *tx, struct db_stmt *stmt, int64_t key, struct confirmation *ret)
{
	struct bytes event = {0};
	enum err e;

	*ret = (struct confirmation){0};
	e = db_load(tx, stmt, BIND(db_int(tx->government.v), db_int(key)),
		INTO(INTO_CONFIRMATION(ret, &event)));
	take_event(ret, event);
	return e;
}

static struct db_stmt LOAD_CONFIRMATION = {"attendance_load_confirmation",
	"SELECT " CONFIRMATION_COLUMNS " FROM attendance_confirmation c" WITH_PUNCH
	" WHERE c.government_id = $1 AND c.confirmation_id = $2",
	0};

enum err attendance_load_confirmation(struct tx *tx, int64_t id, struct confirmation *ret)
{
	return load_one(tx, &LOAD_CONFIRMATION, id, ret);
}

static struct db_stmt LOAD_PUNCH_CONFIRMATION = {"attendance_load_punch_confirmation",
	"SELECT " CONFIRMATION_COLUMNS " FROM attendance_confirmation c" WITH_PUNCH
	" WHERE c.government_id = $1 AND c.punch_id = $2",
	0};

enum err attendance_load_punch_confirmation(
	struct tx *tx, int64_t punch_id, struct confirmation *ret)
{
	return load_one(tx, &LOAD_PUNCH_CONFIRMATION, punch_id, ret);
}

static struct db_stmt SET_CONFIRMATION = {"attendance_set_confirmation",
	"UPDATE attendance_confirmation SET kind = $3, marks = $4, state = $5, consequence = $6, "
	"version = $7, explanation = $8, explained_at = $9, decided_by = $10, decided_for = $11, "
	"decided_at = $12, decision = $13 WHERE government_id = $1 AND confirmation_id = $2",
	0};

enum err attendance_set_confirmation(struct tx *tx, struct confirmation *c)
{
	c->version++;
	return db_exec(tx, &SET_CONFIRMATION,
		BIND(db_int(tx->government.v), db_int(c->id), db_int(c->kind), db_int(c->marks),
			db_int(c->state), db_int(c->consequence), db_int(c->version),
			db_text(c->explanation), db_int(c->explained_at), db_int(c->decided_by.v),
			db_int(c->decided_for.v), db_int(c->decided_at), db_text(c->decision)),
		NULL);
}

struct db_stmt *const attendance_confirmation_stmts[CONFIRMATION_STMTS] = {
	&ADD_CONFIRMATION, &LOAD_CONFIRMATION, &LOAD_PUNCH_CONFIRMATION, &SET_CONFIRMATION};
