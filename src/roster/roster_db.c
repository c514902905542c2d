/*
 * Versions and lines of rosters, and the published line that counts.
 *
 * A line of roster_current never overlaps another of the same person: publishing cuts what it
 * replaces to the days before and after its own period. One statement each, over all lines of the
 * version, so that an agency of twenty thousand is published in one transaction. A version of which
 * no line counts any more is marked as replaced. Publishing is one leaf over the canonical lines; a
 * draft is no fact yet.
 */
#include "roster/roster_int.h"
#include "roster/roster_procedure.h"

#include "platform/clock.h"
#include "platform/db.h"
#include "platform/slice.h"
#include "trust/trust.h"

#include <assert.h>

static struct db_stmt ADD_VERSION = {"roster_add_version",
	"INSERT INTO roster_version (government_id, version_id, unit_id, period_from, period_to,"
	" state, source, instrument_id, note, made_by, made_at, published_by, published_at,"
	" settings) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, '{}')",
	0};

static enum err add_version_row(struct tx *tx, const struct roster_version *v)
{
	return db_exec(tx, &ADD_VERSION,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->unit.v),
			db_int(v->period_from), db_int(v->period_to), db_int(v->state),
			db_int(v->source), db_int(v->instrument.v), db_text(v->note),
			db_int(v->made_by.v), db_int(v->made_at)),
		NULL);
}

enum err roster_add_version(struct tx *tx, struct unit_id unit, int32_t from, int32_t to,
	enum roster_source source, struct instrument_id instrument, const char *note,
	struct employee_id made_by, const struct roster_line *line, int lines, int64_t *ret_version)
{
	struct roster_version version = {.version_id = id_next(),
		.unit = unit,
		.period_from = from,
		.period_to = to,
		.state = ROSTER_DRAFT,
		.source = (int32_t)source,
		.instrument = instrument,
		.note = note ? note : "",
		.made_by = made_by,
		.made_at = tx->now_ms};
	enum err e = add_version_row(tx, &version);
	for (int i = 0; i < lines; i++)
		assert((int)strlen(line[i].days) == to - from + 1);
	*ret_version = version.version_id;
	return e ? e : roster_write_lines(tx, version.version_id, line, lines, "{}", instrument);
}

#define VERSION_COLUMNS                                                                            \
	"v.version_id, v.unit_id, v.period_from, v.period_to, v.state, v.source, v.instrument_id," \
	" i.number, v.note, v.made_by, coalesce(e.name, ''), v.made_at, v.published_at,"           \
	" v.settings, v.revision, v.due_at, v.bound_from,"                                         \
	" (SELECT count(*) FROM roster_line l WHERE l.government_id = v.government_id"             \
	" AND l.version_id = v.version_id)"
#define VERSION_TABLES                                                                             \
	" FROM roster_version v LEFT JOIN policy_instrument i"                                     \
	" ON i.government_id = v.government_id AND i.instrument_id = v.instrument_id"              \
	" LEFT JOIN org_employee e"                                                                \
	" ON e.government_id = v.government_id AND e.employee_id = v.made_by"
#define INTO_VERSION(row)                                                                          \
	to_int64(&(row)->version_id), to_int64(&(row)->unit.v), to_int32(&(row)->period_from),     \
		to_int32(&(row)->period_to), to_int32(&(row)->state), to_int32(&(row)->source),    \
		to_int64(&(row)->instrument.v), to_text(&(row)->instrument_number),                \
		to_text(&(row)->note), to_int64(&(row)->made_by.v), to_text(&(row)->made_by_name), \
		to_int64(&(row)->made_at), to_int64(&(row)->published_at),                         \
		to_text(&(row)->settings), to_int32(&(row)->revision), to_int64(&(row)->due_at),   \
		to_int32(&(row)->bound_from), to_int32(&(row)->people)

static struct db_stmt LOAD_VERSION = {"roster_load_version",
	"SELECT " VERSION_COLUMNS VERSION_TABLES
	" WHERE v.government_id = $1 AND v.version_id = $2",
	0};

enum err roster_load_version(struct tx *tx, int64_t version_id, struct roster_version *ret)
{
	return db_load(tx, &LOAD_VERSION, BIND(db_int(tx->government.v), db_int(version_id)),
		INTO(INTO_VERSION(ret)));
}

static struct db_stmt LIST_VERSIONS = {"roster_list_versions",
	"SELECT " VERSION_COLUMNS VERSION_TABLES " JOIN org_unit u"
	" ON u.government_id = v.government_id AND u.unit_id = v.unit_id"
	" WHERE v.government_id = $1 AND substr(u.path, 1, CAST($3 AS INTEGER)) = $2"
	" AND v.period_from <= $4 AND v.period_to >= $5"
	" ORDER BY v.version_id DESC LIMIT $6",
	0};

enum err roster_list_versions(struct tx *tx, const char *path, int32_t day,
	struct roster_version *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_version version;
	int count = 0;
	bool is_any = day == DAY_NONE;
	db_query(tx, &LIST_VERSIONS,
		BIND(db_int(tx->government.v), db_text(path), db_int((int64_t)strlen(path)),
			db_int(is_any ? DAY_FOREVER : day), db_int(is_any ? 0 : day), db_int(max)),
		&rows);
	while (db_next(&rows, INTO(INTO_VERSION(&version))))
		ret[count++] = version;
	*ret_count = count;
	return db_end(&rows);
}

static struct db_stmt LIST_VERSIONS_ABOVE = {"roster_list_versions_above",
	"SELECT " VERSION_COLUMNS VERSION_TABLES " JOIN org_unit u"
	" ON u.government_id = v.government_id AND u.unit_id = v.unit_id"
	" WHERE v.government_id = $1 AND u.path <> $2"
	" AND u.path = substr(CAST($2 AS TEXT), 1, length(u.path)) AND v.state <> $3"
	" AND v.period_from <= $4 AND v.period_to >= $5"
	" ORDER BY v.version_id DESC LIMIT $6",
	0};

enum err roster_list_versions_above(struct tx *tx, const char *path, int32_t day,
	struct roster_version *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_version version;
	int count = 0;
	bool is_any = day == DAY_NONE;
	db_query(tx, &LIST_VERSIONS_ABOVE,
		BIND(db_int(tx->government.v), db_text(path), db_int(ROSTER_DRAFT),
			db_int(is_any ? DAY_FOREVER : day), db_int(is_any ? 0 : day), db_int(max)),
		&rows);
	while (db_next(&rows, INTO(INTO_VERSION(&version))))
		ret[count++] = version;
	*ret_count = count;
	return db_end(&rows);
}

static struct db_stmt LIST_VERSIONS_BETWEEN = {"roster_list_versions_between",
	"SELECT " VERSION_COLUMNS VERSION_TABLES " WHERE v.government_id = $1"
	" AND v.period_from <= $3 AND v.period_to >= $2 ORDER BY v.version_id DESC LIMIT $4",
	0};

enum err roster_list_versions_between(struct tx *tx, int32_t from, int32_t to,
	struct roster_version *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_version version;
	int count = 0;
	db_query(tx, &LIST_VERSIONS_BETWEEN,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(max)), &rows);
	while (db_next(&rows, INTO(INTO_VERSION(&version))))
		ret[count++] = version;
	*ret_count = count;
	return db_end(&rows);
}

static struct db_stmt LIST_LINES = {"roster_list_lines",
	"SELECT l.employee_id, coalesce(e.name, ''), l.days FROM roster_line l"
	" LEFT JOIN org_employee e"
	" ON e.government_id = l.government_id AND e.employee_id = l.employee_id"
	" WHERE l.government_id = $1 AND l.version_id = $2 AND l.employee_id > $3"
	" ORDER BY l.employee_id LIMIT $4",
	0};

static struct db_stmt LIST_LINES_BELOW = {"roster_list_lines_below",
	"SELECT l.employee_id, coalesce(e.name, ''), l.days FROM roster_line l"
	" LEFT JOIN org_employee e"
	" ON e.government_id = l.government_id AND e.employee_id = l.employee_id"
	" WHERE l.government_id = $1 AND l.version_id = $2 AND l.employee_id > $3"
	" AND EXISTS (SELECT 1 FROM org_placement p JOIN org_unit u"
	" ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" WHERE p.government_id = l.government_id AND p.employee_id = l.employee_id"
	" AND p.valid_from <= $5 AND p.valid_to >= $5"
	" AND substr(u.path, 1, CAST($7 AS INTEGER)) = $6)"
	" ORDER BY l.employee_id LIMIT $4",
	0};

enum err roster_list_lines(struct tx *tx, int64_t version_id, struct employee_id after,
	struct roster_line_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_line_row line;
	int count = 0;
	db_query(tx, &LIST_LINES,
		BIND(db_int(tx->government.v), db_int(version_id), db_int(after.v), db_int(max)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&line.employee.v), to_text(&line.name), to_text(&line.days))))
		ret[count++] = line;
	*ret_count = count;
	return db_end(&rows);
}

enum err roster_list_lines_below(struct tx *tx, int64_t version_id, struct employee_id after,
	const char *path, int32_t day, struct roster_line_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_line_row line;
	int count = 0;
	db_query(tx, &LIST_LINES_BELOW,
		BIND(db_int(tx->government.v), db_int(version_id), db_int(after.v), db_int(max),
			db_int(day), db_text(path), db_int((int64_t)strlen(path))),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&line.employee.v), to_text(&line.name), to_text(&line.days))))
		ret[count++] = line;
	*ret_count = count;
	return db_end(&rows);
}

static struct db_stmt LIST_CONTENT = {"roster_list_content",
	"SELECT employee_id, days FROM roster_line WHERE government_id = $1 AND version_id = $2"
	" ORDER BY employee_id",
	0};

/* The canonical text of a version, one line per person. */
static enum err add_content(struct tx *tx, const struct roster_version *v, struct buf *out)
{
	struct db_rows rows;
	struct roster_line line;
	buf_printf(out, "roster %lld %lld %d %d\n", (long long)v->version_id, (long long)v->unit.v,
		(int)v->period_from, (int)v->period_to);
	db_query(tx, &LIST_CONTENT, BIND(db_int(tx->government.v), db_int(v->version_id)), &rows);
	while (db_next(&rows, INTO(to_int64(&line.employee.v), to_text(&line.days)))) {
		buf_int(out, line.employee.v);
		buf_char(out, ' ');
		buf_str(out, line.days);
		buf_char(out, '\n');
	}
	return db_end(&rows);
}

/* $3 and $4: first and last day that the version $2 binds. */
#define OF_ITS_PEOPLE                                                                              \
	" AND employee_id IN (SELECT l.employee_id FROM roster_line l"                             \
	" WHERE l.government_id = $1 AND l.version_id = $2)"

static struct db_stmt KEEP_TAILS = {"roster_keep_tails",
	"INSERT INTO roster_current"
	" (government_id, employee_id, period_from, period_to, version_id, days)"
	" SELECT government_id, employee_id, CAST($4 AS INTEGER) + 1, period_to, version_id,"
	" substr(days, CAST($4 AS INTEGER) + 2 - period_from)"
	" FROM roster_current WHERE government_id = $1 AND period_from <= $4 AND period_to > $4"
	" AND period_to >= $3" OF_ITS_PEOPLE,
	0};

static struct db_stmt DROP_COVERED = {"roster_drop_covered",
	"DELETE FROM roster_current WHERE government_id = $1"
	" AND period_from >= $3 AND period_from <= $4" OF_ITS_PEOPLE,
	0};

static struct db_stmt CUT_HEADS = {"roster_cut_heads",
	"UPDATE roster_current SET period_to = CAST($3 AS INTEGER) - 1,"
	" days = substr(days, 1, CAST($3 AS INTEGER) - period_from)"
	" WHERE government_id = $1 AND period_from < $3 AND period_to >= $3"
	" AND period_from <= $4" OF_ITS_PEOPLE,
	0};

static struct db_stmt COPY_LINES = {"roster_copy_lines",
	"INSERT INTO roster_current"
	" (government_id, employee_id, period_from, period_to, version_id, days)"
	" SELECT government_id, employee_id, CAST($3 AS INTEGER), CAST($4 AS INTEGER), version_id,"
	" substr(days, CAST($5 AS INTEGER)) FROM roster_line"
	" WHERE government_id = $1 AND version_id = $2",
	0};

static enum err replace_current(struct tx *tx, const struct roster_version *v)
{
	struct db_stmt *const step[] = {&KEEP_TAILS, &DROP_COVERED, &CUT_HEADS};
	enum err e = OK;
	for (int i = 0; i < COUNT_OF(step) && !e; i++)
		e = db_exec(tx, step[i],
			BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->bound_from),
				db_int(v->period_to)),
			NULL);
	return e ? e
		 : db_exec(tx, &COPY_LINES,
			   BIND(db_int(tx->government.v), db_int(v->version_id),
				   db_int(v->bound_from), db_int(v->period_to),
				   db_int(v->bound_from - v->period_from + 1)),
			   NULL);
}

static struct db_stmt SET_PUBLISHED = {"roster_set_published",
	"UPDATE roster_version SET state = $3, published_by = $4, published_at = $5,"
	" bound_from = $6, due_at = 0 WHERE government_id = $1 AND version_id = $2",
	0};

static enum err set_published(struct tx *tx, const struct roster_version *v, struct employee_id by)
{
	return db_exec(tx, &SET_PUBLISHED,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(ROSTER_PUBLISHED),
			db_int(by.v), db_int(tx->now_ms), db_int(v->bound_from)),
		NULL);
}

static struct db_stmt SET_REPLACED = {"roster_set_replaced",
	"UPDATE roster_version SET state = $5 WHERE government_id = $1 AND version_id <> $2"
	" AND state = $6 AND period_from <= $4 AND period_to >= $3"
	" AND NOT EXISTS (SELECT 1 FROM roster_line l JOIN roster_current c"
	" ON c.government_id = l.government_id AND c.employee_id = l.employee_id"
	" AND c.version_id = l.version_id WHERE l.government_id = roster_version.government_id"
	" AND l.version_id = roster_version.version_id)",
	0};

static enum err set_replaced(struct tx *tx, const struct roster_version *v)
{
	return db_exec(tx, &SET_REPLACED,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->period_from),
			db_int(v->period_to), db_int(ROSTER_REPLACED), db_int(ROSTER_PUBLISHED)),
		NULL);
}

enum err roster_publish(struct tx *tx, int64_t version_id, struct employee_id by)
{
	const struct org_tree *tree;
	struct roster_version version;
	struct buf content;
	enum err e = roster_load_version(tx, version_id, &version);
	if (e || (e = org_load_tree(tx, &tree)))
		return e;
	int32_t tomorrow = instant_day(tx->now_ms, tree->zone) + 1;
	if (version.state == ROSTER_PUBLISHED || version.state == ROSTER_REPLACED ||
		version.period_to < tomorrow)
		return E_CONFLICT;
	version.bound_from = version.period_from > tomorrow ? version.period_from : tomorrow;
	buf_init(&content, tx->arena, 4096);
	if ((e = add_content(tx, &version, &content)) || (e = replace_current(tx, &version)) ||
		(e = set_published(tx, &version, by)) || (e = set_replaced(tx, &version)) ||
		(e = roster_add_step(tx, version_id, ROSTER_IS_PUBLISHED, by, NULL)))
		return e;
	trust_add_leaf(tx, LEAF_ROSTER, version_id, content.p, content.n);
	return OK;
}

struct db_stmt *const roster_stmts[ROSTER_STMTS] = {&ROSTER_LIST_POSTS, &ROSTER_LIST_COVERS,
	&ROSTER_LOAD_FACTS, &ROSTER_LIST_FACTS, &ROSTER_LIST_CANDIDATES, &ROSTER_COUNT_CURRENT,
	&ROSTER_LIST_CURRENT, &ROSTER_ADD_STAGED_VERSIONS, &ROSTER_ADD_STAGED_LINES, &ADD_VERSION,
	&LOAD_VERSION, &LIST_VERSIONS, &LIST_VERSIONS_ABOVE, &LIST_LINES, &LIST_LINES_BELOW,
	&LIST_CONTENT, &KEEP_TAILS, &DROP_COVERED, &CUT_HEADS, &COPY_LINES, &SET_PUBLISHED,
	&SET_REPLACED, &ROSTER_LIST_NODES, &ROSTER_ADD_NODE, &ROSTER_END_NODE, &ROSTER_LIST_PERIODS,
	&ROSTER_LIST_NAMES, &ROSTER_LIST_LEDGER, &ROSTER_LIST_WISHES, &ROSTER_LIST_LOCKED_LINES,
	&ROSTER_ADD_STEP, &ROSTER_LIST_STEPS, &ROSTER_SET_STATE, &ROSTER_SET_SETTINGS,
	&ROSTER_PUT_LINE, &ROSTER_DROP_LINES, &ROSTER_DROP_VERSION, &ROSTER_LIST_OVERDUE,
	&ROSTER_LIST_NAMED, &ROSTER_LOAD_PROCEDURE, &ROSTER_LIST_PROCEDURES, &ROSTER_END_PROCEDURES,
	&ROSTER_ADD_PROCEDURE, &LIST_VERSIONS_BETWEEN};
