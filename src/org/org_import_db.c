/*
 * Imports as rows: what was sent, what came of it, its faults, and the stage between check and
 * apply.
 */
#include "org/org_import_int.h"

#define IMPORT_COLUMNS_SQL                                                                         \
	"i.import_id, i.job_id, i.kind, i.sha256, i.file_name, i.effective, i.dry_run, i.state, "  \
	"i.rows,"                                                                                  \
	" i.created, i.updated, i.unchanged, i.errors, i.actor_id, i.created_at, "                 \
	"coalesce(j.percent, 0), i.mapping_id, i.mapping, i.closed_days"                           \
	" FROM org_import i LEFT JOIN platform_job j ON j.government_id = i.government_id AND "    \
	"j.job_id = i.job_id"

#define INTO_IMPORT(r)                                                                             \
	INTO(to_int64(&(r)->import_id), to_int64(&(r)->job_id), to_int32(&(r)->kind),              \
		to_text(&(r)->sha256), to_text(&(r)->file_name), to_int32(&(r)->effective),        \
		to_bool(&(r)->dry_run), to_int32(&(r)->state), to_int32(&(r)->rows),               \
		to_int32(&(r)->created), to_int32(&(r)->updated), to_int32(&(r)->unchanged),       \
		to_int32(&(r)->errors), to_int64(&(r)->actor.v), to_int64(&(r)->created_at),       \
		to_int32(&(r)->percent), to_int64(&(r)->mapping_id), to_text(&(r)->mapping),       \
		to_int32(&(r)->closed_days))

struct db_stmt ORG_ADD_IMPORT = {"org_add_import",
	"INSERT INTO org_import (government_id, import_id, job_id, kind, sha256, file_name, "
	"effective, dry_run,"
	" state, rows, created, updated, unchanged, errors, actor_id, created_at, mapping_id)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, $9, $10, $11)",
	0};

enum err org_add_import(struct tx *tx, const struct org_import_row *row)
{
	return db_exec(tx, &ORG_ADD_IMPORT,
		BIND(db_int(tx->government.v), db_int(row->import_id), db_int(row->job_id),
			db_int(row->kind), db_text(row->sha256), db_text(row->file_name),
			db_int(row->effective), db_int(row->dry_run), db_int(row->actor.v),
			db_int(tx->now_ms), db_int(row->mapping_id)),
		NULL);
}

struct db_stmt ORG_LOAD_IMPORT = {"org_load_import",
	"SELECT " IMPORT_COLUMNS_SQL " WHERE i.government_id = $1 AND i.import_id = $2", 0};

enum err org_load_import(struct tx *tx, int64_t import_id, struct org_import_row *ret_row)
{
	return db_load(tx, &ORG_LOAD_IMPORT, BIND(db_int(tx->government.v), db_int(import_id)),
		INTO_IMPORT(ret_row));
}

struct db_stmt ORG_LIST_IMPORTS = {"org_list_imports",
	"SELECT " IMPORT_COLUMNS_SQL
	" WHERE i.government_id = $1 ORDER BY i.import_id DESC LIMIT $2",
	0};

enum err org_list_imports(struct tx *tx, struct org_import_row *ret_row, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORTS, BIND(db_int(tx->government.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO_IMPORT(&ret_row[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_SET_IMPORT_RESULT = {"org_set_import_result",
	"UPDATE org_import SET state = $3, rows = $4, created = $5, updated = $6, unchanged = $7, "
	"errors = $8, mapping_id = $9, mapping = $10, closed_days = $11, applied_at = $12"
	" WHERE government_id = $1 AND import_id = $2 AND state = 0",
	0};

enum err org_set_import_result(struct tx *tx, const struct org_import_row *row)
{
	return db_exec(tx, &ORG_SET_IMPORT_RESULT,
		BIND(db_int(tx->government.v), db_int(row->import_id), db_int(row->state),
			db_int(row->rows), db_int(row->created), db_int(row->updated),
			db_int(row->unchanged), db_int(row->errors), db_int(row->mapping_id),
			db_text(row->mapping ? row->mapping : ""), db_int(row->closed_days),
			db_int(row->state == IMPORT_APPLIED ? tx->now_ms : 0)),
		NULL);
}

struct db_stmt ORG_ADD_IMPORT_ERROR = {"org_add_import_error",
	"INSERT INTO org_import_error (government_id, import_id, line, error_column, reason, "
	"value, "
	"cell)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
	0};

enum err org_add_import_error(struct tx *tx, int64_t import_id, const struct import_error *error)
{
	return db_exec(tx, &ORG_ADD_IMPORT_ERROR,
		BIND(db_int(tx->government.v), db_int(import_id), db_int(error->line),
			db_text(error->column), db_text(error->reason), db_text(error->value),
			db_text(error->cell)),
		NULL);
}

struct db_stmt ORG_LIST_IMPORT_ERRORS = {"org_list_import_errors",
	"SELECT line, error_column, reason, value, cell FROM org_import_error WHERE government_id "
	"= $1 "
	"AND import_id = $2"
	" ORDER BY line, error_column LIMIT $3 OFFSET $4",
	0};

enum err org_list_import_errors(struct tx *tx, int64_t import_id, int offset,
	struct import_error *ret_error, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_ERRORS,
		BIND(db_int(tx->government.v), db_int(import_id), db_int(max), db_int(offset)),
		&rows);
	while (n < max) {
		struct import_error *e = &ret_error[n];

		if (!db_next(&rows,
			    INTO(to_int32(&e->line), to_text(&e->column), to_text(&e->reason),
				    to_text(&e->value), to_text(&e->cell))))
			break;
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_ADD_STAGED = {"org_add_staged",
	"INSERT INTO org_import_row (government_id, import_id, line, action, subject_id, i1, i2, "
	"i3, i4, i5, i6,"
	" t1, t2, t3, t4, t5)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
	0};

#define STAGED_VALUES  (5 + IMPORT_INTS + IMPORT_TEXTS)
#define STAGED_AT_ONCE 250

static void set_staged(struct db_value *v, struct government_id government, int64_t import_id,
	int64_t number, const struct import_staged *row)
{
	*v++ = db_int(government.v);
	*v++ = db_int(import_id);
	*v++ = db_int(number);
	*v++ = db_int(row->action);
	*v++ = db_int(row->subject);
	for (int i = 0; i < IMPORT_INTS; i++)
		*v++ = db_int(row->i[i]);
	for (int i = 0; i < IMPORT_TEXTS; i++)
		*v++ = db_text(row->t[i]);
}

enum err org_add_staged(
	struct tx *tx, int64_t import_id, int64_t first, const struct import_staged *row, int rows)
{
	const int most = rows < STAGED_AT_ONCE ? rows : STAGED_AT_ONCE;
	struct db_value *value = ARENA_ARRAY(
		tx->arena, (size_t)most * STAGED_VALUES, struct db_value);
	enum err e = OK;

	for (int done = 0; done < rows && !e; done += most) {
		const int count = rows - done < most ? rows - done : most;

		for (int n = 0; n < count; n++)
			set_staged(value + n * STAGED_VALUES, tx->government, import_id,
				first + done + n, &row[done + n]);
		e = db_exec_many(
			tx, &ORG_ADD_STAGED, (struct db_bind){value, STAGED_VALUES}, count, NULL);
	}
	return e;
}

struct db_stmt ORG_LIST_STAGED = {"org_list_staged",
	"SELECT line, action, subject_id, i1, i2, i3, i4, i5, i6, t1, t2, t3, t4, t5 FROM "
	"org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND line > $3 ORDER BY line LIMIT $4",
	0};

enum err org_import_list_staged(struct tx *tx, int64_t import_id, int64_t after,
	struct import_staged *ret_row, int max, int *ret_count, int64_t *ret_last)
{
	struct db_rows rows;
	int32_t action;
	int n = 0;

	*ret_last = after;
	db_query(tx, &ORG_LIST_STAGED,
		BIND(db_int(tx->government.v), db_int(import_id), db_int(after), db_int(max)),
		&rows);
	while (n < max) {
		struct import_staged *r = &ret_row[n];

		if (!db_next(&rows,
			    INTO(to_int64(ret_last), to_int32(&action), to_int64(&r->subject),
				    to_int64(&r->i[0]), to_int64(&r->i[1]), to_int64(&r->i[2]),
				    to_int64(&r->i[3]), to_int64(&r->i[4]), to_int64(&r->i[5]),
				    to_text(&r->t[0]), to_text(&r->t[1]), to_text(&r->t[2]),
				    to_text(&r->t[3]), to_text(&r->t[4]))))
			break;
		r->action = (enum import_action)action;
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_DELETE_STAGED = {"org_delete_staged",
	"DELETE FROM org_import_row WHERE government_id = $1 AND import_id = $2 AND line < $3 +"
	" coalesce((SELECT MIN(s.line) FROM org_import_row s WHERE s.government_id = $1 AND "
	"s.import_id = $2), 0)",
	0};

enum err org_delete_staged(struct tx *tx, int64_t import_id, int max, int64_t *ret_rows)
{
	return db_exec(tx, &ORG_DELETE_STAGED,
		BIND(db_int(tx->government.v), db_int(import_id), db_int(max)), ret_rows);
}
