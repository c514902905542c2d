/*
 * The work on a draft: its steps, its lines as they change, its end.
 *
 * Lines are replaced by one statement each, in one message on PostgreSQL. A step is appended for
 * ever and is a leaf: who set a roster, who returned it and why.
 */
#include "roster/roster_int.h"
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
