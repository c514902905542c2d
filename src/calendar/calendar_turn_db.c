/*
 * Turns of people and assemblies in the store.
 *
 * A turn is one row per person and day and keeps what was there before it, so that a day already
 * begun can tell. A line of days is set at once and is one leaf. Kinds of turns have small numbers:
 * a person's three days are read as one number with his facts (roster_facts_db.c).
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/fields.h"

struct db_stmt CALENDAR_LOAD_KIND_NO = {"calendar_load_kind_no",
	"SELECT coalesce(max(kind_no), 0) + 1 FROM calendar_turn_kind WHERE government_id = $1", 0};

struct db_stmt CALENDAR_ADD_TURN_KIND = {"calendar_add_turn_kind",
	"INSERT INTO calendar_turn_kind (government_id, kind_no, unit_id, code, name, starts, "
	"ends, break_starts, break_ends, legal_basis, verified_by, valid_from, valid_to, "
	"recorded_at, recorded_by, ended_at, first_to) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0)",
	0};

static enum err add_turn_kind(struct tx *tx, int no, const struct turn_kind_row *row)
{
	const struct shift *s = &row->shift;
	return db_exec(tx, &CALENDAR_ADD_TURN_KIND,
		BIND(db_int(tx->government.v), db_int(no), db_int(row->unit.v), db_text(row->code),
			db_text(row->name), db_int(s->starts), db_int(s->ends),
			db_int(s->break_starts), db_int(s->break_ends), db_text(row->legal_basis),
			db_text(row->verified_by), db_int(row->valid_from), db_int(row->valid_to),
			db_int(tx->now_ms), db_int(row->by.v)),
		NULL);
}

enum err calendar_add_turn_kind(struct tx *tx, const struct turn_kind_row *row, int *ret_no)
{
	int32_t no = 0;
	enum err e = db_load(
		tx, &CALENDAR_LOAD_KIND_NO, BIND(db_int(tx->government.v)), INTO(to_int32(&no)));
	if (!e && no > TURN_KINDS_MAX)
		return E_CONFLICT;
	if (e || (e = add_turn_kind(tx, no, row)))
		return e;
	struct buf b = calendar_canonical(tx, "turn_kind");
	calendar_canonical_int(&b, row->unit.v);
	calendar_canonical_text(&b, row->code);
	calendar_canonical_text(&b, row->name);
	calendar_canonical_int(&b, row->shift.starts);
	calendar_canonical_int(&b, row->shift.ends);
	calendar_canonical_int(&b, row->shift.break_starts);
	calendar_canonical_int(&b, row->shift.break_ends);
	calendar_canonical_int(&b, row->valid_from);
	calendar_canonical_int(&b, row->valid_to);
	calendar_canonical_int(&b, row->by.v);
	calendar_add_leaf(tx, &b, no);
	*ret_no = no;
	return org_touch_generation(tx);
}

/* ---- turns of people ---- */

struct db_stmt CALENDAR_SET_TURN = {"calendar_set_turn",
	"INSERT INTO calendar_turn (government_id, employee_id, day, first_kind, second_kind, "
	"was_first, was_second, set_at, set_by) VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7) "
	"ON CONFLICT (government_id, employee_id, day) DO UPDATE SET "
	"was_first = calendar_turn.first_kind, was_second = calendar_turn.second_kind, "
	"first_kind = excluded.first_kind, second_kind = excluded.second_kind, "
	"set_at = excluded.set_at, set_by = excluded.set_by "
	"WHERE calendar_turn.first_kind <> excluded.first_kind "
	"OR calendar_turn.second_kind <> excluded.second_kind",
	0};

static enum err set_turn(struct tx *tx, struct employee_id employee, int32_t day,
	const int turn[TURNS_MAX], struct employee_id by, int64_t *ret_rows)
{
	return db_exec(tx, &CALENDAR_SET_TURN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(turn[0]),
			db_int(turn[1]), db_int(tx->now_ms), db_int(by.v)),
		ret_rows);
}

enum err calendar_set_turns(struct tx *tx, const struct turn_line *line, struct employee_id by)
{
	struct buf b = calendar_canonical(tx, "turns");
	int32_t first = DAY_NONE;
	calendar_canonical_int(&b, line->employee.v);
	calendar_canonical_int(&b, by.v);
	for (int i = 0; i < line->days; i++) {
		int64_t rows = 0;
		if (line->turn[i][0] < 0)
			continue;
		enum err e = set_turn(tx, line->employee, line->from + i, line->turn[i], by, &rows);
		if (e)
			return e;
		if (!rows)
			continue;
		first = first == DAY_NONE ? line->from + i : first;
		buf_printf(
			&b, ",[%d,%d,%d]", (int)line->from + i, line->turn[i][0], line->turn[i][1]);
	}
	if (first == DAY_NONE)
		return OK;
	calendar_add_leaf(tx, &b, line->employee.v);
	changes_add(tx->changes, CHANGE_PERSON, line->employee.v, first - 1);
	return OK;
}

struct db_stmt CALENDAR_LIST_TURNS = {"calendar_list_turns",
	"SELECT employee_id, day, first_kind, second_kind, set_at FROM calendar_turn "
	"WHERE government_id = $1 AND employee_id = $2 AND day >= $3 AND day <= $4 ORDER BY day "
	"LIMIT $5",
	0};

enum err calendar_list_turns(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct turn_cell *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct turn_cell t;
	int n = 0;
	db_query(tx, &CALENDAR_LIST_TURNS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&t.employee.v), to_int32(&t.day), to_int32(&t.turn[0]),
				       to_int32(&t.turn[1]), to_int64(&t.set_at))))
		ret[n++] = t;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt CALENDAR_LIST_TURN_PEOPLE = {"calendar_list_turn_people",
	"SELECT p.employee_id, max(e.name), max(e.title_before), max(e.title_after), "
	"max(p.position), max(p.unit_id) FROM org_placement p "
	"JOIN org_employee e ON e.government_id = p.government_id AND e.employee_id = "
	"p.employee_id JOIN org_unit u ON u.government_id = p.government_id "
	"AND u.unit_id = p.unit_id WHERE p.government_id = $1 AND p.valid_from <= $3 "
	"AND p.valid_to >= $2 AND e.valid_from <= $3 AND e.valid_to >= $2 AND p.employee_id > $4 "
	"AND substr(u.path, 1, CAST($6 AS INTEGER)) = $5 GROUP BY p.employee_id "
	"ORDER BY p.employee_id LIMIT $7",
	0};

enum err calendar_list_turn_people(struct tx *tx, const char *path, int32_t from, int32_t to,
	struct employee_id after, struct turn_person *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct turn_person p;
	struct employee_row who = {0};
	int n = 0;
	db_query(tx, &CALENDAR_LIST_TURN_PEOPLE,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(after.v),
			db_text(path), db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&p.employee.v), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&p.position), to_int64(&p.unit.v)))) {
		p.name = org_full_name(tx->arena, &who);
		ret[n++] = p;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt CALENDAR_LOAD_UNIT = {"calendar_load_unit",
	"SELECT p.unit_id FROM org_placement p JOIN org_employee e ON e.government_id = "
	"p.government_id AND e.employee_id = p.employee_id WHERE p.government_id = $1 "
	"AND p.employee_id = $2 AND p.valid_from <= $3 AND p.valid_to >= $3 "
	"AND e.valid_from <= $3 AND e.valid_to >= $3",
	0};

enum err calendar_load_unit(
	struct tx *tx, struct employee_id employee, int32_t day, struct unit_id *ret)
{
	enum err e = db_load(tx, &CALENDAR_LOAD_UNIT,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)),
		INTO(to_int64(&ret->v)));
	if (e == E_NOT_FOUND)
		*ret = (struct unit_id){0};
	return e == E_NOT_FOUND ? OK : e;
}

/* ---- assemblies ---- */

struct db_stmt CALENDAR_ADD_EVENT = {"calendar_add_event",
	"INSERT INTO calendar_event (government_id, event_id, name, place, site_unit_id, letter, "
	"day, opens, starts, closes, excuses, recorded_at, recorded_by, cancelled_at, reason) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '')",
	0};
struct db_stmt CALENDAR_ADD_EVENT_UNIT = {"calendar_add_event_unit",
	"INSERT INTO calendar_event_unit (government_id, event_id, unit_id) VALUES ($1, $2, $3) "
	"ON CONFLICT DO NOTHING",
	0};

static enum err add_event(
	struct tx *tx, int64_t id, const struct calendar_event *v, struct employee_id by)
{
	enum err e = db_exec(tx, &CALENDAR_ADD_EVENT,
		BIND(db_int(tx->government.v), db_int(id), db_text(v->name), db_text(v->place),
			db_int(v->site_unit.v), db_text(v->letter), db_int(v->day),
			db_int(v->opens), db_int(v->starts), db_int(v->closes), db_int(v->excuses),
			db_int(tx->now_ms), db_int(by.v)),
		NULL);
	for (int i = 0; i < v->units && !e; i++)
		e = db_exec(tx, &CALENDAR_ADD_EVENT_UNIT,
			BIND(db_int(tx->government.v), db_int(id), db_int(v->unit[i].v)), NULL);
	return e;
}

enum err calendar_add_event(
	struct tx *tx, const struct calendar_event *event, struct employee_id by, int64_t *ret)
{
	int64_t id = id_next();
	enum err e = add_event(tx, id, event, by);
	if (e)
		return e;
	struct buf b = calendar_canonical(tx, "event");
	calendar_canonical_text(&b, event->name);
	calendar_canonical_text(&b, event->place);
	calendar_canonical_text(&b, event->letter);
	calendar_canonical_int(&b, event->site_unit.v);
	calendar_canonical_int(&b, event->day);
	calendar_canonical_int(&b, event->opens);
	calendar_canonical_int(&b, event->starts);
	calendar_canonical_int(&b, event->closes);
	calendar_canonical_int(&b, event->excuses);
	calendar_canonical_int(&b, by.v);
	for (int i = 0; i < event->units; i++) {
		calendar_canonical_int(&b, event->unit[i].v);
		calendar_mark(tx, event->unit[i], event->day, event->day);
	}
	calendar_add_leaf(tx, &b, id);
	*ret = id;
	return org_touch_generation(tx);
}

struct db_stmt CALENDAR_CANCEL_EVENT = {"calendar_cancel_event",
	"UPDATE calendar_event SET cancelled_at = $3, reason = $4 WHERE government_id = $1 "
	"AND event_id = $2",
	0};

enum err calendar_cancel_event(struct tx *tx, int64_t id, const char *reason)
{
	enum err e = db_exec(tx, &CALENDAR_CANCEL_EVENT,
		BIND(db_int(tx->government.v), db_int(id), db_int(tx->now_ms), db_text(reason)),
		NULL);
	if (e)
		return e;
	struct buf b = calendar_canonical(tx, "event_cancelled");
	calendar_canonical_int(&b, id);
	calendar_canonical_text(&b, reason);
	calendar_add_leaf(tx, &b, id);
	return org_touch_generation(tx);
}
