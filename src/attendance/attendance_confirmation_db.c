/*
 * Statements of confirmations. Grade and flags are the journal's: the row beside them is asked each
 * time. What waits for a superior is looked for in every seat he may stand in, and kept when he may
 * decide on it.
 */
#include "attendance/attendance_confirmation_int.h"

#include "base/str.h"

#include <stdlib.h>
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

/* ---- lists ---- */

static enum err list_confirmations(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct confirmation *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes event = {0};
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max) {
		ret[n] = (struct confirmation){0};
		if (!db_next(&rows, INTO(INTO_CONFIRMATION(&ret[n], &event))))
			break;
		take_event(&ret[n++], event);
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_OWN = {"attendance_list_own_confirmations",
	"SELECT " CONFIRMATION_COLUMNS " FROM attendance_confirmation c" WITH_PUNCH
	" WHERE c.government_id = $1 AND c.employee_id = $2"
	" AND (c.confirmation_id < $3 OR $3 = 0) ORDER BY c.confirmation_id DESC LIMIT $4",
	0};

enum err attendance_list_own_confirmations(struct tx *tx, struct employee_id employee,
	int64_t before, struct confirmation *ret, int max, int *ret_count)
{
	return list_confirmations(tx, &LIST_OWN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(before), db_int(max)),
		ret, max, ret_count);
}

static struct db_stmt LIST_OF_DAY = {"attendance_list_day_confirmations",
	"SELECT " CONFIRMATION_COLUMNS " FROM attendance_confirmation c" WITH_PUNCH
	" WHERE c.government_id = $1 AND c.employee_id = $2 AND c.day = $3"
	" ORDER BY c.confirmation_id LIMIT $4",
	0};

enum err attendance_list_day_confirmations(struct tx *tx, struct employee_id employee, int32_t day,
	struct confirmation *ret, int max, int *ret_count)
{
	return list_confirmations(tx, &LIST_OF_DAY,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(max)), ret,
		max, ret_count);
}

static struct db_stmt LIST_DUE = {"attendance_list_due_confirmations",
	"SELECT " CONFIRMATION_COLUMNS " FROM attendance_confirmation c" WITH_PUNCH
	" WHERE c.government_id = $1 AND c.state = 0 AND c.due_day < $2"
	" ORDER BY c.due_day, c.confirmation_id LIMIT $3",
	0};

enum err attendance_list_due_confirmations(
	struct tx *tx, int32_t before, struct confirmation *ret, int max, int *ret_count)
{
	return list_confirmations(tx, &LIST_DUE,
		BIND(db_int(tx->government.v), db_int(before), db_int(max)), ret, max, ret_count);
}

static struct db_stmt LOAD_IS_DUE = {"attendance_load_is_due",
	"SELECT CASE WHEN EXISTS (SELECT 1 FROM attendance_confirmation WHERE government_id = $1"
	" AND state = 0 AND due_day < $2) THEN 1 ELSE 0 END",
	0};

enum err attendance_load_is_due(struct tx *tx, int32_t before, bool *ret)
{
	return db_load(tx, &LOAD_IS_DUE, BIND(db_int(tx->government.v), db_int(before)),
		INTO(to_bool(ret)));
}

/* ---- what waits for a reader ---- */

/* One of others', with what it is sorted by. */
struct named {
	struct confirmation c;
	const char *folded;
};

static enum err list_named(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct named *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes event = {0};
	struct employee_row owner = {0};
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max) {
		ret[n] = (struct named){0};
		if (!db_next(&rows,
			    INTO(INTO_CONFIRMATION(&ret[n].c, &event), to_text(&ret[n].folded),
				    to_text(&owner.name), to_text(&owner.title_before),
				    to_text(&owner.title_after))))
			break;
		ret[n].c.full_name = org_full_name(tx->arena, &owner);
		take_event(&ret[n++].c, event);
	}
	*ret_count = n;
	return db_end(&rows);
}

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);

	if (x->c.day != y->c.day)
		return x->c.day < y->c.day ? -1 : 1;
	if (order)
		return order;
	if (x->c.employee.v != y->c.employee.v)
		return x->c.employee.v < y->c.employee.v ? -1 : 1;
	if (x->c.happened_at != y->c.happened_at)
		return x->c.happened_at < y->c.happened_at ? -1 : 1;
	return (x->c.id > y->c.id) - (x->c.id < y->c.id);
}

/* Waiting, or denied and explained since. */
#define ASKS          " (c.state = 0 OR (c.state = 2 AND c.explained_at > c.decided_at))"
#define OWNER         " JOIN org_employee e ON e.government_id = $1 AND e.employee_id = c.employee_id"
#define OWNER_COLUMNS ", e.name_folded, e.name, e.title_before, e.title_after"

/* The people of one superior, as corrections have them. */
#define PEOPLE_OF_SUPERIOR                                                                         \
	"(SELECT employee_id, valid_from, valid_to FROM org_relation WHERE government_id = $1"     \
	" AND kind = 0 AND superior_id = $2 UNION SELECT employee_id, day, day FROM org_pin"       \
	" WHERE government_id = $1 AND superior_id = $2) AS s"

static struct db_stmt LIST_TEAM = {"attendance_list_team_confirmations",
	"SELECT " CONFIRMATION_COLUMNS OWNER_COLUMNS " FROM " PEOPLE_OF_SUPERIOR
	" JOIN attendance_confirmation c ON c.government_id = $1"
	" AND c.employee_id = s.employee_id AND c.day >= s.valid_from AND c.day <= s.valid_to"
	" AND c.day >= $3" WITH_PUNCH OWNER " WHERE" ASKS
	" AND c.to_officer = 0 AND c.employee_id <> $4"
	" ORDER BY c.day, e.name_folded, c.confirmation_id LIMIT $5",
	0};

/* Keeps what the actor may decide. */
static enum err keep_own(
	struct tx *tx, struct employee_id actor, struct named *row, int count, int *ret_kept)
{
	struct employee_id acts_for;
	int kept = 0;
	enum err e = OK;

	for (int i = 0; i < count && !e; i++) {
		bool may = kept && row[kept - 1].c.employee.v == row[i].c.employee.v &&
			   row[kept - 1].c.day == row[i].c.day;

		if (!may)
			e = org_load_authority(
				tx, actor, row[i].c.employee, row[i].c.day, &may, &acts_for);
		if (!e && may)
			row[kept++] = row[i];
	}
	*ret_kept = kept;
	return e;
}

/* By day, then name, each once. */
static void take_sorted(
	struct named *row, int rows, struct confirmation *ret, int max, int *ret_count)
{
	int n = 0;

	qsort(row, (size_t)rows, sizeof(*row), compare_named);
	for (int i = 0; i < rows && n < max; i++)
		if (n == 0 || ret[n - 1].id != row[i].c.id)
			ret[n++] = row[i].c;
	*ret_count = n;
}

enum err attendance_list_team_confirmations(struct tx *tx, struct employee_id actor, int32_t since,
	struct confirmation *ret, int max, int *ret_count)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct named *row;
	int seats = 0, rows = 0;
	enum err e = attendance_list_seats(tx, actor, seat, &seats);

	row = ARENA_ARRAY(tx->arena, (size_t)max * (size_t)(seats + 1), struct named);
	for (int i = 0; i < seats && !e; i++) {
		int count = 0;

		e = list_named(tx, &LIST_TEAM,
			BIND(db_int(tx->government.v), db_int(seat[i].superior.v), db_int(since),
				db_int(actor.v), db_int(max)),
			row + rows, max, &count);
		if (!e)
			e = keep_own(tx, actor, row + rows, count, &count);
		rows += e ? 0 : count;
	}
	take_sorted(row, e ? 0 : rows, ret, max, ret_count);
	return e;
}

static struct db_stmt LIST_OFFICE = {"attendance_list_office_confirmations",
	"SELECT " CONFIRMATION_COLUMNS OWNER_COLUMNS
	" FROM attendance_confirmation c" WITH_PUNCH OWNER
	" JOIN org_unit u ON u.government_id = $1 AND u.unit_id = c.unit_id"
	" WHERE c.government_id = $1 AND c.day >= $2 AND" ASKS " AND c.to_officer = 1"
	" AND substr(u.path, 1, CAST($4 AS INTEGER)) = $3"
	" ORDER BY c.day, e.name_folded, c.confirmation_id LIMIT $5",
	0};

enum err attendance_list_office_confirmations(struct tx *tx, const char *path, int32_t since,
	struct confirmation *ret, int max, int *ret_count)
{
	struct named *row = ARENA_ARRAY(tx->arena, (size_t)max, struct named);
	int rows = 0;
	enum err e = list_named(tx, &LIST_OFFICE,
		BIND(db_int(tx->government.v), db_int(since), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		row, max, &rows);

	take_sorted(row, e ? 0 : rows, ret, max, ret_count);
	return e;
}

struct db_stmt *const attendance_confirmation_stmts[CONFIRMATION_STMTS] = {&ADD_CONFIRMATION,
	&LOAD_CONFIRMATION, &LOAD_PUNCH_CONFIRMATION, &SET_CONFIRMATION, &LIST_OWN, &LIST_OF_DAY,
	&LIST_DUE, &LOAD_IS_DUE, &LIST_TEAM, &LIST_OFFICE};
