/*
 * PostgreSQL 15 or newer, through libpq: the store for large governments and for more than one
 * server.
 *
 * The serial writer of a government is an advisory lock held by its transaction. Values go out as
 * text (bytes in binary) with types the server infers, rows come back in binary, so a column of
 * another type than the target is noticed. Deadlocks, serialization failures and lost connections
 * ask for a rerun; the connection is made anew at the next BEGIN. Texts must compare as bytes
 * (LC_COLLATE C), or keyset paging would differ from SQLite; a database made otherwise is refused.
 */
#include "platform/db_engine.h"

#include <assert.h>
#include <endian.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define OLDEST_SERVER 150000
#define NAME_BYTES    16
#define DIGITS_BYTES  24
#define LOCK_WAIT     "10s"
#define PIPELINE_ROWS 250 /* writes that travel together */

/* Types of columns we read, from the server's catalogue (stable by contract of PostgreSQL). */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };

struct postgres {
	struct db db; /* first: a struct db * of this engine is one of these */
	PGconn *connection;
	bool *prepared; /* by statement index, on this session */
	int prepared_capacity;
	struct cursor *cursors; /* rows being read */
};

struct cursor {
	struct cursor *next, **from;
	PGresult *result;
	int row;
};

static struct postgres *of(struct db *db)
{
	return (struct postgres *)db;
}

/* ---- failures ---- */

static bool is_lost(struct postgres *p)
{
	return PQstatus(p->connection) == CONNECTION_BAD;
}

static enum err classify(struct postgres *p, const char *state)
{
	/* lost or about to be (the server shuts down); serialization failure, deadlock */
	if (is_lost(p) || !strncmp(state, "57P", 3) || !strcmp(state, "40001") ||
		!strcmp(state, "40P01")) {
		p->db.wants_rerun = true;
		return E_BUSY;
	}
	if (!strcmp(state, "57014") || !strcmp(state, "55P03"))
		return E_BUSY; /* past the deadline; lock not granted */
	if (!strcmp(state, "53100"))
		return E_STORE_FULL;
	if (!strncmp(state, "53", 2) || !strncmp(state, "58", 2) || !strncmp(state, "XX", 2))
		return E_STORE;
	return E_INTERNAL;
}

/* Only what cannot hold a value of ours: no DETAIL, and of data exceptions (22) no message either.
 */
static enum err fail(struct postgres *p, PGresult *result, const char *where)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	if (!state)
		state = "08000";
	if (!text || !strncmp(state, "22", 2))
		text = state;
	enum err e = classify(p, state);
	db_fail(&p->db, e, p->db.wants_rerun, where, text);
	PQclear(result);
	return e;
}

static bool is_fine(PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static enum err run_text(struct postgres *p, const char *sql, const char *where)
{
	PGresult *result = PQexec(p->connection, sql);
	if (!is_fine(result))
		return fail(p, result, where);
	PQclear(result);
	return OK;
}

/* ---- opening ---- */

static void ignore_notice(void *context, const PGresult *notice)
{
	(void)context;
	(void)notice;
}

/* NULL when the server fits, else a sentence. */
static const char *check_server(PGconn *connection)
{
	const char *encoding = PQparameterStatus(connection, "server_encoding");
	if (PQserverVersion(connection) < OLDEST_SERVER)
		return "the server is older than PostgreSQL 15";
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return "the database is not encoded in UTF8";
	PGresult *result = PQexec(
		connection, "SELECT 1 WHERE CAST('B' AS TEXT) < CAST('a' AS TEXT)");
	bool is_bytewise = PQntuples(result) == 1;
	PQclear(result);
	return is_bytewise ? NULL : "the database was not created with LC_COLLATE 'C'";
}

static enum err set_session(struct postgres *p)
{
	static const char settings[] =
		"SET client_encoding='UTF8'; SET TimeZone='UTC'; SET lock_timeout='" LOCK_WAIT "';"
		"SELECT set_config('synchronous_commit','on',false)"
		" WHERE current_setting('synchronous_commit')='off'";
	if (p->prepared)
		memset(p->prepared, 0, (size_t)p->prepared_capacity * sizeof *p->prepared);
	return run_text(p, settings, "session");
}

static void close_postgres(struct db *db)
{
	PQfinish(of(db)->connection);
	free(of(db)->prepared);
	free(db);
}

static const struct db_ops postgres_ops;

struct db *db_open_postgres(
	const char *url, enum db_mode mode, struct arena *arena, const char **why)
{
	struct postgres *p = db_memory(sizeof *p);
	p->db.ops = &postgres_ops;
	p->db.engine = DB_POSTGRES;
	p->db.mode = mode;
	p->connection = PQconnectdb(url);
	PQsetNoticeReceiver(p->connection, ignore_notice, NULL);
	const char *fault = is_lost(p) ? PQerrorMessage(p->connection)
				       : check_server(p->connection);
	if (!fault && set_session(p))
		fault = p->db.message;
	if (!fault)
		return &p->db;
	*why = arena_printf(
		arena, "cannot open the PostgreSQL store: %.*s", (int)strcspn(fault, "\n"), fault);
	close_postgres(&p->db);
	return NULL;
}

static enum err reconnect(struct postgres *p)
{
	PQreset(p->connection);
	if (!is_lost(p))
		return set_session(p);
	p->db.wants_rerun = true;
	return db_fail(&p->db, E_STORE, true, "connect", "the server cannot be reached");
}

/* ---- transactions ---- */

/* A connection that died while idle is noticed by its BEGIN; nothing was done yet, so try once
 * more. */
static enum err begin(struct postgres *p, const char *sql)
{
	enum err e = is_lost(p) ? reconnect(p) : OK;
	if (!e)
		e = run_text(p, sql, "begin");
	if (!e || !is_lost(p))
		return e;
	e = reconnect(p);
	if (e)
		return e;
	p->db.failed = p->db.broken = OK;
	p->db.wants_rerun = false;
	return run_text(p, sql, "begin");
}

static enum err begin_read(struct db *db, int64_t deadline_ms)
{
	char sql[160];
	snprintf(sql, sizeof sql,
		"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL "
		"statement_timeout=%" PRId64,
		deadline_ms > 0 ? deadline_ms : 0);
	return begin(of(db), sql);
}

static enum err end_failed_begin(struct postgres *p, enum err e)
{
	/* BEGIN itself may have worked before the lock was refused. */
	if (!is_lost(p))
		PQclear(PQexec(p->connection, "ROLLBACK"));
	return e;
}

static enum err begin_write(struct db *db, struct government_id government)
{
	char sql[120];
	snprintf(sql, sizeof sql, "BEGIN; SELECT pg_advisory_xact_lock(%" PRId64 ")", government.v);
	enum err e = begin(of(db), sql);
	return e ? end_failed_begin(of(db), e) : OK;
}

static enum err commit(struct db *db)
{
	struct postgres *p = of(db);
	PGresult *result = PQexec(p->connection, "COMMIT");
	if (!is_fine(result))
		return fail(p, result, "commit");
	bool committed = !strcmp(
		PQcmdStatus(result), "COMMIT"); /* a spoiled one answers ROLLBACK */
	PQclear(result);
	return committed ? OK
			 : db_fail(db, E_INTERNAL, true, "commit", "the transaction had failed");
}

static void rollback(struct db *db)
{
	if (!is_lost(of(db)))
		PQclear(PQexec(of(db)->connection, "ROLLBACK"));
}

static enum err savepoint(struct db *db)
{
	return run_text(of(db), "SAVEPOINT " DB_SAVEPOINT, "savepoint");
}

static enum err release(struct db *db)
{
	return run_text(of(db), "RELEASE " DB_SAVEPOINT, "release");
}

static enum err rollback_to(struct db *db)
{
	return run_text(
		of(db), "ROLLBACK TO " DB_SAVEPOINT "; RELEASE " DB_SAVEPOINT, "rollback to");
}

/* ---- statements ---- */

static void statement_name(const struct db_stmt *stmt, char out[NAME_BYTES])
{
	snprintf(out, NAME_BYTES, "s%d", stmt->index);
}

static enum err prepare(struct db *db, struct db_stmt *stmt)
{
	struct postgres *p = of(db);
	p->prepared = db_grow(p->prepared, &p->prepared_capacity, stmt->index, sizeof *p->prepared);
	if (p->prepared[stmt->index])
		return OK;
	char name[NAME_BYTES];
	statement_name(stmt, name);
	PGresult *result = PQprepare(p->connection, name, stmt->sql, 0, NULL);
	if (!is_fine(result))
		return fail(p, result, stmt->name);
	PQclear(result);
	p->prepared[stmt->index] = true;
	return OK;
}

struct parameters {
	const char *value[DB_BINDS_MAX];
	int length[DB_BINDS_MAX], format[DB_BINDS_MAX];
	char digits[DB_BINDS_MAX][DIGITS_BYTES];
};

static void set_parameter(struct parameters *q, int at, const struct db_value *v)
{
	q->value[at] = NULL;
	q->length[at] = q->format[at] = 0;
	if (v->type == DB_INT) {
		snprintf(q->digits[at], DIGITS_BYTES, "%" PRId64, v->i);
		q->value[at] = q->digits[at];
	} else if (v->type == DB_TEXT) {
		q->value[at] = v->text;
	} else if (v->type == DB_BYTES) {
		q->value[at] = v->bytes.n ? (const char *)v->bytes.p : "";
		q->length[at] = (int)v->bytes.n;
		q->format[at] = 1;
	}
}

/* Runs a statement; its result is complete in memory, so others may run while its rows are read. */
static enum err run(
	struct postgres *p, struct db_stmt *stmt, struct db_bind bind, PGresult **ret_result)
{
	enum err e = prepare(&p->db, stmt);
	if (e)
		return e;
	char name[NAME_BYTES];
	struct parameters q;
	statement_name(stmt, name);
	for (int i = 0; i < bind.n; i++)
		set_parameter(&q, i, &bind.v[i]);
	PGresult *result = PQexecPrepared(
		p->connection, name, bind.n, q.value, q.length, q.format, 1);
	if (!is_fine(result))
		return fail(p, result, stmt->name);
	*ret_result = result;
	return OK;
}

static enum err exec(struct db *db, struct db_stmt *stmt, struct db_bind bind, int64_t *ret_rows)
{
	PGresult *result;
	enum err e = run(of(db), stmt, bind, &result);
	if (e)
		return e;
	*ret_rows = strtoll(PQcmdTuples(result), NULL, 10);
	PQclear(result);
	return OK;
}

/* ---- many at once ---- */

static bool send_row(struct postgres *p, const char *name, struct db_bind bind)
{
	struct parameters q;

	for (int i = 0; i < bind.n; i++)
		set_parameter(&q, i, &bind.v[i]);
	return PQsendQueryPrepared(p->connection, name, bind.n, q.value, q.length, q.format, 1);
}

/* The answer to one row of a pipeline, and the mark that it ends with; what was aborted behind a
 * failure says nothing of its own. */
static enum err take_answer(struct postgres *p, struct db_stmt *stmt, int64_t *rows)
{
	PGresult *result = PQgetResult(p->connection);
	enum err e = OK;

	if (result && PQresultStatus(result) == PGRES_PIPELINE_ABORTED)
		PQclear(result);
	else if (!is_fine(result))
		e = fail(p, result, stmt->name);
	else {
		*rows += strtoll(PQcmdTuples(result), NULL, 10);
		PQclear(result);
	}
	PQclear(PQgetResult(p->connection)); /* NULL between answers */
	return e;
}

/* One pipeline: few enough that neither side fills the other's buffer. */
static enum err exec_batch(
	struct postgres *p, struct db_stmt *stmt, struct db_bind bind, int count, int64_t *ret_rows)
{
	char name[NAME_BYTES];
	enum err e = OK;
	bool is_synced;
	int sent = 0;

	statement_name(stmt, name);
	if (!PQenterPipelineMode(p->connection))
		return fail(p, NULL, stmt->name);
	while (sent < count &&
		send_row(p, name, (struct db_bind){bind.v + (size_t)sent * (size_t)bind.n, bind.n}))
		sent++;
	is_synced = PQpipelineSync(p->connection);
	if (sent < count || !is_synced)
		e = fail(p, NULL, stmt->name);
	for (int i = 0; i < sent && is_synced && !is_lost(p); i++) {
		enum err one = take_answer(p, stmt, ret_rows);

		e = e ? e : one;
	}
	if (is_synced && !is_lost(p))
		PQclear(PQgetResult(p->connection)); /* of the sync */
	if (!PQexitPipelineMode(p->connection) && !e)
		e = fail(p, NULL, stmt->name);
	return e;
}

static enum err exec_many(
	struct db *db, struct db_stmt *stmt, struct db_bind bind, int count, int64_t *ret_rows)
{
	enum err e = prepare(db, stmt);

	for (int done = 0; done < count && !e; done += PIPELINE_ROWS) {
		int left = count - done;

		e = exec_batch(of(db), stmt,
			(struct db_bind){bind.v + (size_t)done * (size_t)bind.n, bind.n},
			left < PIPELINE_ROWS ? left : PIPELINE_ROWS, ret_rows);
	}
	return e;
}

static enum err query(struct db *db, struct db_stmt *stmt, struct db_bind bind, void **ret_cursor)
{
	PGresult *result;
	enum err e = run(of(db), stmt, bind, &result);
	if (e)
		return e;
	struct cursor *cursor = db_memory(sizeof *cursor);
	struct cursor **head = &of(db)->cursors;
	*cursor = (struct cursor){.next = *head, .from = head, .result = result};
	if (*head)
		(*head)->from = &cursor->next;
	*ret_cursor = *head = cursor;
	return OK;
}

static bool decode_int(Oid type, const char *p, int64_t *ret_value)
{
	uint64_t u8;
	uint32_t u4;
	uint16_t u2;
	switch (type) {
	case OID_INT8:
		memcpy(&u8, p, sizeof u8);
		*ret_value = (int64_t)be64toh(u8);
		return true;
	case OID_INT4:
		memcpy(&u4, p, sizeof u4);
		*ret_value = (int32_t)be32toh(u4);
		return true;
	case OID_INT2:
		memcpy(&u2, p, sizeof u2);
		*ret_value = (int16_t)be16toh(u2);
		return true;
	case OID_BOOL:
		*ret_value = *p != 0;
		return true;
	default:
		return false;
	}
}

/* Copies one column; NULL gives 0, NULL or no bytes. False when the column is of another type. */
static bool read_column(
	const struct cursor *c, int column, const struct db_target *target, struct arena *arena)
{
	Oid type = PQftype(c->result, column);
	bool is_null = PQgetisnull(c->result, c->row, column);
	const char *p = PQgetvalue(c->result, c->row, column);
	size_t n = (size_t)PQgetlength(c->result, c->row, column);
	int64_t value = 0;
	switch (target->type) {
	case DB_INT:
		return (is_null || decode_int(type, p, &value)) && db_put_int(target, value);
	case DB_TEXT:
		*(const char **)target->p = is_null ? NULL : arena_strndup(arena, p, n);
		return type == OID_TEXT;
	case DB_BYTES:
		*(struct bytes *)target->p =
			is_null ? (struct bytes){0}
				: (struct bytes){(const uint8_t *)arena_strndup(arena, p, n), n};
		return type == OID_BYTEA;
	default:
		return false;
	}
}

static enum err next(struct db_rows *r, struct db_into into, bool *ret_more)
{
	struct db *db = r->tx->db;
	struct cursor *c = r->cursor;
	if (c->row >= PQntuples(c->result))
		return OK;
	*ret_more = true;
	if (PQnfields(c->result) != into.n)
		return db_fail(db, E_INTERNAL, false, r->stmt->name, "wrong number of columns");
	for (int i = 0; i < into.n; i++) {
		if (!read_column(c, i, &into.v[i], r->tx->arena))
			return db_fail_column(db, r->stmt, PQfname(c->result, i));
	}
	c->row++;
	return OK;
}

static void free_cursor(struct cursor *c)
{
	*c->from = c->next;
	if (c->next)
		c->next->from = c->from;
	PQclear(c->result);
	free(c);
}

static void end(struct db_rows *r)
{
	free_cursor(r->cursor);
}

static bool is_foreign(struct db *db)
{
	(void)db;
	return true;
}

static void abandon(struct db *db)
{
	while (of(db)->cursors)
		free_cursor(of(db)->cursors);
}

/* ---- the store as a whole ---- */

static enum err script(struct db *db, const char *sql)
{
	return run_text(of(db), sql, "script");
}

static bool has_table(struct db *db, const char *name)
{
	PGresult *result = PQexecParams(of(db)->connection,
		"SELECT 1 WHERE to_regclass($1) IS NOT NULL", 1, NULL, &name, NULL, NULL, 0);
	bool found = PQntuples(result) == 1;
	PQclear(result);
	return found;
}

static const struct db_ops postgres_ops = {
	.close = close_postgres,
	.prepare = prepare,
	.begin_read = begin_read,
	.begin_write = begin_write,
	.commit = commit,
	.rollback = rollback,
	.savepoint = savepoint,
	.release = release,
	.rollback_to = rollback_to,
	.exec = exec,
	.exec_many = exec_many,
	.query = query,
	.next = next,
	.end = end,
	.is_foreign = is_foreign,
	.abandon = abandon,
	.script = script,
	.has_table = has_table,
};
