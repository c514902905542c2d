/*
 * What the import of rosters reads and writes: published lines to compare with, drafts from its
 * stage.
 *
 * Two statements put a whole file into the store: one version per planning node, one line per
 * person. Nothing is published by a file; the head of the agency does that.
 */
#include "roster/roster_int.h"

#include "platform/db.h"

#include <assert.h>

struct db_stmt ROSTER_COUNT_CURRENT = {"roster_count_current",
	"SELECT count(*) FROM roster_current"
	" WHERE government_id = $1 AND period_from <= $3 AND period_to >= $2",
	0};

static enum err count_current(struct tx *tx, int32_t from, int32_t to, int32_t *ret_count)
{
	return db_load(tx, &ROSTER_COUNT_CURRENT,
		BIND(db_int(tx->government.v), db_int(from), db_int(to)),
		INTO(to_int32(ret_count)));
}

struct db_stmt ROSTER_LIST_CURRENT = {"roster_list_current",
	"SELECT employee_id, period_from, days FROM roster_current"
	" WHERE government_id = $1 AND period_from <= $3 AND period_to >= $2"
	" ORDER BY employee_id, period_from",
	0};

enum err roster_list_current(
	struct tx *tx, int32_t from, int32_t to, struct roster_current_row **ret, int *ret_count)
{
	struct db_rows rows;
	struct roster_current_row row;
	int32_t count = 0;
	int n = 0;
	enum err e = count_current(tx, from, to, &count);
	if (e)
		return e;
	*ret = ARENA_ARRAY(tx->arena, (size_t)count, struct roster_current_row);
	db_query(tx, &ROSTER_LIST_CURRENT, BIND(db_int(tx->government.v), db_int(from), db_int(to)),
		&rows);
	while (db_next(&rows,
		INTO(to_int64(&row.employee.v), to_int32(&row.period_from), to_text(&row.days)))) {
		assert(n < count);
		(*ret)[n++] = row;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* Action 3: IMPORT_DETAIL. State 0 is draft, source 1 imported. */
struct db_stmt ROSTER_ADD_STAGED_VERSIONS = {"roster_add_staged_versions",
	"INSERT INTO roster_version (government_id, version_id, unit_id, period_from, period_to,"
	" state, source, instrument_id, note, made_by, made_at, published_by, published_at)"
	" SELECT government_id, subject_id, i1, CAST(i2 AS INTEGER), CAST(i3 AS INTEGER), 0, 1, i4,"
	" '', CAST($3 AS BIGINT), CAST($4 AS BIGINT), 0, 0 FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 3",
	0};

static enum err add_staged_versions(struct tx *tx, int64_t import_id, struct employee_id actor)
{
	_Static_assert(ROSTER_DRAFT == 0 && ROSTER_IMPORTED == 1, "numbers of the statement");
	return db_exec(tx, &ROSTER_ADD_STAGED_VERSIONS,
		BIND(db_int(tx->government.v), db_int(import_id), db_int(actor.v),
			db_int(tx->now_ms)),
		NULL);
}

struct db_stmt ROSTER_ADD_STAGED_LINES = {"roster_add_staged_lines",
	"INSERT INTO roster_line (government_id, version_id, employee_id, days)"
	" SELECT government_id, i1, subject_id, t1 FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 1",
	0};

enum err roster_add_staged(struct tx *tx, int64_t import_id, struct employee_id actor)
{
	enum err e = add_staged_versions(tx, import_id, actor);
	return e ? e
		 : db_exec(tx, &ROSTER_ADD_STAGED_LINES,
			   BIND(db_int(tx->government.v), db_int(import_id)), NULL);
}
