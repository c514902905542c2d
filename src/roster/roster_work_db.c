/*
 * The work on a draft: its steps, its lines as they change, its end.
 *
 * Lines are replaced by one statement each, in one message on PostgreSQL. A step is appended for
 * ever and is a leaf: who set a roster, who returned it and why.
 */
#include "roster/roster_int.h"
#include "roster/roster_print.h"
#include "roster/roster_procedure.h"

#include "platform/clock.h"
#include "platform/db.h"
#include "trust/trust.h"

struct db_stmt ROSTER_ADD_STEP = {"roster_add_step",
	"INSERT INTO roster_step (government_id, version_id, step_id, kind, by_id, at, note)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

enum err roster_add_step(
	struct tx *tx, int64_t version_id, int kind, struct employee_id by, const char *note)
{
	int64_t step_id = id_next();
	struct buf content;
	buf_init(&content, tx->arena, 256);
	buf_printf(&content, "roster step %lld %lld %s by %lld at %lld: %s\n",
		(long long)version_id, (long long)step_id, roster_step_names[kind], (long long)by.v,
		(long long)tx->now_ms, note ? note : "");
	trust_add_leaf(tx, LEAF_ROSTER, version_id, content.p, content.n);
	return db_exec(tx, &ROSTER_ADD_STEP,
		BIND(db_int(tx->government.v), db_int(version_id), db_int(step_id), db_int(kind),
			db_int(by.v), db_int(tx->now_ms), db_text(note ? note : "")),
		NULL);
}

struct db_stmt ROSTER_LIST_STEPS = {"roster_list_steps",
	"SELECT s.step_id, s.kind, s.by_id, coalesce(e.name, ''), s.at, s.note FROM roster_step s"
	" LEFT JOIN org_employee e"
	" ON e.government_id = s.government_id AND e.employee_id = s.by_id"
	" WHERE s.government_id = $1 AND s.version_id = $2 ORDER BY s.step_id LIMIT $3",
	0};

enum err roster_list_steps(
	struct tx *tx, int64_t version_id, struct roster_step *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_step row;
	int count = 0;
	db_query(tx, &ROSTER_LIST_STEPS,
		BIND(db_int(tx->government.v), db_int(version_id), db_int(max)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&row.step_id), to_int32(&row.kind), to_int64(&row.by.v),
			       to_text(&row.by_name), to_int64(&row.at), to_text(&row.note))))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

struct db_stmt ROSTER_SET_STATE = {"roster_set_state",
	"UPDATE roster_version SET state = $3, due_at = $4, revision = revision + 1"
	" WHERE government_id = $1 AND version_id = $2",
	0};

enum err roster_set_state(struct tx *tx, int64_t version_id, int state, int64_t due_at)
{
	return db_exec(tx, &ROSTER_SET_STATE,
		BIND(db_int(tx->government.v), db_int(version_id), db_int(state), db_int(due_at)),
		NULL);
}

struct db_stmt ROSTER_SET_SETTINGS = {"roster_set_settings",
	"UPDATE roster_version SET settings = $3, instrument_id = $4, revision = revision + 1"
	" WHERE government_id = $1 AND version_id = $2",
	0};

struct db_stmt ROSTER_PUT_LINE = {"roster_put_line",
	"INSERT INTO roster_line (government_id, version_id, employee_id, days, locked, share)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (government_id, version_id, employee_id)"
	" DO UPDATE SET days = excluded.days, locked = excluded.locked, share = excluded.share",
	0};

enum err roster_write_lines(struct tx *tx, int64_t version_id, const struct roster_line *line,
	int lines, const char *settings, struct instrument_id instrument)
{
	struct db_value *v = ARENA_ARRAY(tx->arena, (size_t)lines * 6 + 1, struct db_value);
	for (int i = 0; i < lines; i++) {
		struct db_value *row = &v[i * 6];
		row[0] = db_int(tx->government.v);
		row[1] = db_int(version_id);
		row[2] = db_int(line[i].employee.v);
		row[3] = db_text(line[i].days);
		row[4] = db_text(line[i].locked ? line[i].locked : "");
		row[5] = db_int(line[i].share);
	}
	enum err e = db_exec(tx, &ROSTER_SET_SETTINGS,
		BIND(db_int(tx->government.v), db_int(version_id), db_text(settings),
			db_int(instrument.v)),
		NULL);
	return e ? e : db_exec_many(tx, &ROSTER_PUT_LINE, (struct db_bind){v, 6}, lines, NULL);
}

struct db_stmt ROSTER_DROP_LINES = {"roster_drop_lines",
	"DELETE FROM roster_line WHERE government_id = $1 AND version_id = $2", 0};
struct db_stmt ROSTER_DROP_VERSION = {"roster_drop_version",
	"DELETE FROM roster_version WHERE government_id = $1 AND version_id = $2", 0};

enum err roster_drop_lines(struct tx *tx, int64_t version_id)
{
	return db_exec(
		tx, &ROSTER_DROP_LINES, BIND(db_int(tx->government.v), db_int(version_id)), NULL);
}

enum err roster_drop_draft(struct tx *tx, int64_t version_id)
{
	enum err e = roster_drop_lines(tx, version_id);
	return e ? e
		 : db_exec(tx, &ROSTER_DROP_VERSION,
			   BIND(db_int(tx->government.v), db_int(version_id)), NULL);
}

struct db_stmt ROSTER_LIST_OVERDUE = {"roster_list_overdue",
	"SELECT version_id FROM roster_version WHERE government_id = $1 AND state = $2"
	" AND due_at > 0 AND due_at <= $3 ORDER BY version_id LIMIT $4",
	0};

enum err roster_list_overdue(
	struct tx *tx, int64_t now, int64_t *ret_version, int max, int *ret_count)
{
	struct db_rows rows;
	int64_t version;
	int count = 0;
	db_query(tx, &ROSTER_LIST_OVERDUE,
		BIND(db_int(tx->government.v), db_int(ROSTER_SET), db_int(now), db_int(max)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&version))))
		ret_version[count++] = version;
	*ret_count = count;
	return db_end(&rows);
}

/* ---- two decisions about the same days ---- */

#define WAITING_MAX 20

struct db_stmt ROSTER_LIST_WAITING = {"roster_list_waiting",
	"SELECT version_id FROM roster_version WHERE government_id = $1 AND unit_id = $2"
	" AND period_from <= $5 AND period_to >= $4 AND state = $6 AND version_id <> $3"
	" ORDER BY version_id LIMIT $7",
	0};

static enum err list_waiting(
	struct tx *tx, const struct roster_version *v, int64_t *ret_version, int *ret_count)
{
	struct db_rows rows;
	int64_t version;
	int count = 0;
	db_query(tx, &ROSTER_LIST_WAITING,
		BIND(db_int(tx->government.v), db_int(v->unit.v), db_int(v->version_id),
			db_int(v->period_from), db_int(v->period_to), db_int(ROSTER_SET),
			db_int(WAITING_MAX)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&version))))
		ret_version[count++] = version;
	*ret_count = count;
	return db_end(&rows);
}

enum err roster_supersede(struct tx *tx, const struct roster_version *v, struct employee_id by)
{
	const char *period = roster_print_period(tx->arena, v->period_from, v->period_to);
	int64_t version[WAITING_MAX];
	int count = WAITING_MAX;
	enum err e = OK;
	while (count == WAITING_MAX && !e) {
		e = list_waiting(tx, v, version, &count);
		for (int i = 0; i < count && !e; i++)
			if (!(e = roster_set_state(tx, version[i], ROSTER_DRAFT, 0)))
				e = roster_add_step(tx, version[i], ROSTER_SUPERSEDED, by, period);
	}
	return e;
}

static enum err find_any(struct tx *tx, struct db_stmt *stmt, struct db_bind bind, bool *ret)
{
	struct db_rows rows;
	int64_t version;
	db_query(tx, stmt, bind, &rows);
	*ret = db_next(&rows, INTO(to_int64(&version)));
	return db_end(&rows);
}

struct db_stmt ROSTER_FIND_WAITING = {"roster_find_waiting",
	"SELECT version_id FROM roster_version WHERE government_id = $1 AND unit_id = $2"
	" AND state = $5 AND ((period_from <= $3 AND period_to >= $3)"
	" OR (period_from <= $4 AND period_to >= $4)) LIMIT 1",
	0};

enum err roster_find_waiting(
	struct tx *tx, struct unit_id node, int32_t day, int32_t other_day, bool *ret)
{
	return find_any(tx, &ROSTER_FIND_WAITING,
		BIND(db_int(tx->government.v), db_int(node.v), db_int(day), db_int(other_day),
			db_int(ROSTER_SET)),
		ret);
}

struct db_stmt ROSTER_FIND_NEWER = {"roster_find_newer",
	"SELECT w.version_id FROM roster_line l JOIN roster_current c"
	" ON c.government_id = l.government_id AND c.employee_id = l.employee_id"
	" AND c.period_from <= $4 AND c.period_to >= $3 JOIN roster_version w"
	" ON w.government_id = c.government_id AND w.version_id = c.version_id"
	" AND w.published_at > $5 AND w.unit_id = $6"
	" WHERE l.government_id = $1 AND l.version_id = $2 AND w.version_id <> $2 LIMIT 1",
	0};

enum err roster_find_newer(struct tx *tx, const struct roster_version *v, int64_t since, bool *ret)
{
	return find_any(tx, &ROSTER_FIND_NEWER,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->period_from),
			db_int(v->period_to), db_int(since), db_int(v->unit.v)),
		ret);
}
