/*
 * Versions and lines of rosters, and the published line that counts.
 *
 * A line of roster_current never overlaps another of the same person: publishing cuts what it
 * replaces to the days before and after its own. One statement each, over all lines of the version
 * that set every day, so that an agency of twenty thousand is published in one transaction; a line
 * with days it does not set (of somebody who moves within the period, of a file with gaps) leaves
 * what held there. A version of which no line counts any more is marked as replaced. Publishing is
 * one leaf over the canonical lines; a draft is no fact yet.
 */
#include "roster/roster_int.h"
#include "roster/roster_node.h"
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
	" AND v.period_from <= $3 AND v.period_to >= $2 AND v.source <> $5"
	" ORDER BY v.version_id DESC LIMIT $4",
	0};

enum err roster_list_versions_between(struct tx *tx, int32_t from, int32_t to,
	struct roster_version *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_version version;
	int count = 0;
	db_query(tx, &LIST_VERSIONS_BETWEEN,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(max),
			db_int(ROSTER_SWAPPED)),
		&rows);
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

/* A line that does not set every day: what held on the others stays. */
struct gap_line {
	struct employee_id employee;
	const char *days;
	int32_t at;    /* up to here its days are published */
	bool is_moved; /* another node plans for him on some of them */
};

/* Days on which another node plans for a person. */
struct foreign_days {
	struct employee_id employee;
	int32_t from, to;
};

struct publishing {
	struct roster_version version;
	struct buf content; /* its canonical text, one line per person */
	struct gap_line *gap;
	struct foreign_days *foreign; /* by employee */
	int gaps, foreigns, foreign_room, foreign_at;
};

static struct db_stmt LIST_PLACES = {"roster_list_places",
	"SELECT l.employee_id, p.unit_id, p.valid_from, p.valid_to FROM roster_line l"
	" JOIN org_placement p ON p.government_id = l.government_id"
	" AND p.employee_id = l.employee_id AND p.valid_from <= $4 AND p.valid_to >= $3"
	" WHERE l.government_id = $1 AND l.version_id = $2 ORDER BY l.employee_id, p.valid_from",
	0};

static void add_foreign(struct tx *tx, struct publishing *p, const struct foreign_days *days)
{
	ARENA_GROW(tx->arena, p->foreign, p->foreigns, &p->foreign_room);
	p->foreign[p->foreigns++] = *days;
}

/* Who moved after the version was made is his new node's; a swap is of those who were published. */
static enum err load_foreign(struct tx *tx, const struct org_tree *tree, struct publishing *p)
{
	const struct roster_version *v = &p->version;
	struct roster_nodes *nodes = ARENA_NEW(tx->arena, struct roster_nodes);
	struct foreign_days days;
	struct unit_id unit;
	struct db_rows rows;
	enum err e = v->source == ROSTER_SWAPPED ? OK
						 : roster_load_nodes(tx, v->period_from, nodes);
	if (e || v->source == ROSTER_SWAPPED)
		return e;
	db_query(tx, &LIST_PLACES,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->bound_from),
			db_int(v->period_to)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&days.employee.v), to_int64(&unit.v),
				      to_int32(&days.from), to_int32(&days.to)))) {
		const struct org_unit *node = roster_node_of(tree, nodes, unit);
		if (node && node->id.v != v->unit.v)
			add_foreign(tx, p, &days);
	}
	return db_end(&rows);
}

/* The days of a line that its version may set. Lines come by employee. */
static const char *own_days(struct tx *tx, struct publishing *p, const struct roster_line *line)
{
	int32_t first = p->version.period_from;
	char *days = NULL;
	for (; p->foreign_at < p->foreigns; p->foreign_at++) {
		const struct foreign_days *f = &p->foreign[p->foreign_at];
		if (f->employee.v > line->employee.v)
			break;
		days = days ? days : arena_strdup(tx->arena, line->days);
		for (int32_t i = 0; days[i]; i++)
			if (first + i >= f->from && first + i <= f->to)
				days[i] = '-';
	}
	return days ? days : line->days;
}

static enum err load_content(struct tx *tx, struct publishing *p)
{
	const struct roster_version *v = &p->version;
	struct db_rows rows;
	struct roster_line line;
	buf_init(&p->content, tx->arena, 4096);
	p->gap = ARENA_ARRAY(tx->arena, (size_t)v->people + 1, struct gap_line);
	buf_printf(&p->content, "roster %lld %lld %d %d\n", (long long)v->version_id,
		(long long)v->unit.v, (int)v->period_from, (int)v->period_to);
	db_query(tx, &LIST_CONTENT, BIND(db_int(tx->government.v), db_int(v->version_id)), &rows);
	while (db_next(&rows, INTO(to_int64(&line.employee.v), to_text(&line.days)))) {
		const char *days = own_days(tx, p, &line);
		buf_int(&p->content, line.employee.v);
		buf_char(&p->content, ' ');
		buf_str(&p->content, days);
		buf_char(&p->content, '\n');
		if (strchr(days, '-') && p->gaps < v->people)
			p->gap[p->gaps++] = (struct gap_line){line.employee, days,
				v->bound_from - v->period_from, days != line.days};
	}
	return db_end(&rows);
}

static struct db_stmt CUT_LINE = {"roster_cut_line",
	"UPDATE roster_line SET days = $4"
	" WHERE government_id = $1 AND version_id = $2 AND employee_id = $3",
	0};

/* The lines say what is published. */
static enum err cut_moved_lines(struct tx *tx, const struct publishing *p)
{
	struct db_value *v = ARENA_ARRAY(tx->arena, (size_t)p->gaps * 4 + 1, struct db_value);
	int lines = 0;
	for (int i = 0; i < p->gaps; i++) {
		if (!p->gap[i].is_moved)
			continue;
		struct db_value *row = &v[lines++ * 4];
		row[0] = db_int(tx->government.v);
		row[1] = db_int(p->version.version_id);
		row[2] = db_int(p->gap[i].employee.v);
		row[3] = db_text(p->gap[i].days);
	}
	return lines ? db_exec_many(tx, &CUT_LINE, (struct db_bind){v, 4}, lines, NULL) : OK;
}

/* $3 and $4: first and last day that is replaced, $2: the version of which whole lines are meant,
 * or one person. */
#define OF_WHOLE_LINES                                                                             \
	" AND employee_id IN (SELECT l.employee_id FROM roster_line l"                             \
	" WHERE l.government_id = $1 AND l.version_id = $2 AND l.days NOT LIKE '%-%')"
#define OF_ONE " AND employee_id = $2"

#define KEEP_TAILS(who)                                                                            \
	"INSERT INTO roster_current"                                                               \
	" (government_id, employee_id, period_from, period_to, version_id, days)"                  \
	" SELECT government_id, employee_id, CAST($4 AS INTEGER) + 1, period_to, version_id,"      \
	" substr(days, CAST($4 AS INTEGER) + 2 - period_from)"                                     \
	" FROM roster_current WHERE government_id = $1 AND period_from <= $4 AND period_to > $4"   \
	" AND period_to >= $3" who
#define DROP_COVERED(who)                                                                          \
	"DELETE FROM roster_current WHERE government_id = $1"                                      \
	" AND period_from >= $3 AND period_from <= $4" who
#define CUT_HEADS(who)                                                                             \
	"UPDATE roster_current SET period_to = CAST($3 AS INTEGER) - 1,"                           \
	" days = substr(days, 1, CAST($3 AS INTEGER) - period_from)"                               \
	" WHERE government_id = $1 AND period_from < $3 AND period_to >= $3"                       \
	" AND period_from <= $4" who

#define REPLACE_STEPS 3
static struct db_stmt REPLACE_LINES[REPLACE_STEPS] = {
	{"roster_keep_tails", KEEP_TAILS(OF_WHOLE_LINES), 0},
	{"roster_drop_covered", DROP_COVERED(OF_WHOLE_LINES), 0},
	{"roster_cut_heads", CUT_HEADS(OF_WHOLE_LINES), 0},
};
static struct db_stmt REPLACE_RUNS[REPLACE_STEPS] = {
	{"roster_keep_tails_of_one", KEEP_TAILS(OF_ONE), 0},
	{"roster_drop_covered_of_one", DROP_COVERED(OF_ONE), 0},
	{"roster_cut_heads_of_one", CUT_HEADS(OF_ONE), 0},
};

static struct db_stmt COPY_LINES = {"roster_copy_lines",
	"INSERT INTO roster_current"
	" (government_id, employee_id, period_from, period_to, version_id, days)"
	" SELECT government_id, employee_id, CAST($3 AS INTEGER), CAST($4 AS INTEGER), version_id,"
	" substr(days, CAST($5 AS INTEGER)) FROM roster_line"
	" WHERE government_id = $1 AND version_id = $2 AND days NOT LIKE '%-%'",
	0};

static struct db_stmt ADD_RUN = {"roster_add_run",
	"INSERT INTO roster_current"
	" (government_id, employee_id, period_from, period_to, version_id, days)"
	" VALUES ($1, $2, $3, $4, $5, $6)",
	0};

static enum err replace_lines(struct tx *tx, const struct roster_version *v)
{
	enum err e = OK;
	for (int i = 0; i < REPLACE_STEPS && !e; i++)
		e = db_exec(tx, &REPLACE_LINES[i],
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

/* The next days in a row that a line sets; false when there are no more. */
static bool next_run(struct gap_line *line, int32_t *ret_from, int32_t *ret_days)
{
	line->at += (int32_t)strspn(line->days + line->at, "-");
	*ret_from = line->at;
	*ret_days = (int32_t)strcspn(line->days + line->at, "-");
	line->at += *ret_days;
	return *ret_days > 0;
}

/* One run of each line: two of one person are two rounds, so that the second finds the first. */
static enum err replace_round(struct tx *tx, struct publishing *p, int *ret_runs)
{
	const struct roster_version *v = &p->version;
	struct db_value *key = ARENA_ARRAY(tx->arena, (size_t)p->gaps * 4, struct db_value);
	struct db_value *row = ARENA_ARRAY(tx->arena, (size_t)p->gaps * 6, struct db_value);
	int runs = 0;
	enum err e = OK;
	for (int i = 0; i < p->gaps; i++) {
		int32_t at, days;
		if (!next_run(&p->gap[i], &at, &days))
			continue;
		struct db_value *k = &key[runs * 4], *r = &row[runs * 6];
		k[0] = r[0] = db_int(tx->government.v);
		k[1] = r[1] = db_int(p->gap[i].employee.v);
		k[2] = r[2] = db_int(v->period_from + at);
		k[3] = r[3] = db_int(v->period_from + at + days - 1);
		r[4] = db_int(v->version_id);
		r[5] = db_text(arena_strndup(tx->arena, p->gap[i].days + at, (size_t)days));
		runs++;
	}
	*ret_runs = runs;
	for (int i = 0; i < REPLACE_STEPS && runs && !e; i++)
		e = db_exec_many(tx, &REPLACE_RUNS[i], (struct db_bind){key, 4}, runs, NULL);
	return e || !runs ? e : db_exec_many(tx, &ADD_RUN, (struct db_bind){row, 6}, runs, NULL);
}

static enum err replace_current(struct tx *tx, struct publishing *p)
{
	int runs = p->gaps;
	enum err e = cut_moved_lines(tx, p);
	e = e ? e : replace_lines(tx, &p->version);
	while (runs && !e)
		e = replace_round(tx, p, &runs);
	return e;
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

/* One without lines (nobody of the node could be at home) counts until its node plans its period
 * again. */
static struct db_stmt SET_REPLACED = {"roster_set_replaced",
	"UPDATE roster_version SET state = $5 WHERE government_id = $1 AND version_id <> $2"
	" AND state = $6 AND period_from <= $4 AND period_to >= $3"
	" AND NOT EXISTS (SELECT 1 FROM roster_line l JOIN roster_current c"
	" ON c.government_id = l.government_id AND c.employee_id = l.employee_id"
	" AND c.version_id = l.version_id WHERE l.government_id = roster_version.government_id"
	" AND l.version_id = roster_version.version_id)"
	" AND ((unit_id = $7 AND period_from >= $3 AND period_to <= $4)"
	" OR EXISTS (SELECT 1 FROM roster_line l"
	" WHERE l.government_id = roster_version.government_id"
	" AND l.version_id = roster_version.version_id))",
	0};

static enum err set_replaced(struct tx *tx, const struct roster_version *v)
{
	return db_exec(tx, &SET_REPLACED,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->period_from),
			db_int(v->period_to), db_int(ROSTER_REPLACED), db_int(ROSTER_PUBLISHED),
			db_int(v->unit.v)),
		NULL);
}

enum err roster_publish(struct tx *tx, int64_t version_id, struct employee_id by)
{
	const struct org_tree *tree;
	struct publishing p = {0};
	struct roster_version *v = &p.version;
	enum err e = roster_load_version(tx, version_id, v);
	if (e || (e = org_load_tree(tx, &tree)))
		return e;
	int32_t tomorrow = instant_day(tx->now_ms, tree->zone) + 1;
	if (v->state == ROSTER_PUBLISHED || v->state == ROSTER_REPLACED || v->period_to < tomorrow)
		return E_CONFLICT;
	v->bound_from = v->period_from > tomorrow ? v->period_from : tomorrow;
	if ((e = load_foreign(tx, tree, &p)) || (e = load_content(tx, &p)) ||
		(e = replace_current(tx, &p)) || (e = set_published(tx, v, by)) ||
		(e = set_replaced(tx, v)) ||
		(v->source != ROSTER_SWAPPED && (e = roster_supersede(tx, v, by))) ||
		(e = roster_add_step(tx, version_id, ROSTER_IS_PUBLISHED, by, NULL)))
		return e;
	trust_add_leaf(tx, LEAF_ROSTER, version_id, p.content.p, p.content.n);
	return OK;
}

struct db_stmt *const roster_stmts[ROSTER_STMTS] = {&ROSTER_LIST_BOUNDS, &ROSTER_LIST_POSTS,
	&ROSTER_LIST_COVERS, &ROSTER_LOAD_FACTS, &ROSTER_LIST_FACTS, &ROSTER_LIST_CANDIDATES,
	&ROSTER_LOAD_CANDIDATES, &ROSTER_LIST_MEMBERS, &ROSTER_COUNT_CURRENT, &ROSTER_LIST_CURRENT,
	&ROSTER_ADD_STAGED_VERSIONS, &ROSTER_ADD_STAGED_LINES, &ADD_VERSION, &LOAD_VERSION,
	&LIST_VERSIONS, &LIST_VERSIONS_ABOVE, &LIST_LINES, &LIST_LINES_BELOW, &LIST_CONTENT,
	&LIST_PLACES, &CUT_LINE, &REPLACE_LINES[0], &REPLACE_LINES[1], &REPLACE_LINES[2],
	&REPLACE_RUNS[0], &REPLACE_RUNS[1], &REPLACE_RUNS[2], &COPY_LINES, &ADD_RUN, &SET_PUBLISHED,
	&SET_REPLACED, &ROSTER_LIST_NODES, &ROSTER_ADD_NODE, &ROSTER_END_NODE, &ROSTER_LIST_PERIODS,
	&ROSTER_LIST_LEDGER, &ROSTER_LIST_WISHES, &ROSTER_LIST_STORED_LINES, &ROSTER_ADD_STEP,
	&ROSTER_LIST_STEPS, &ROSTER_SET_STATE, &ROSTER_SET_SETTINGS, &ROSTER_PUT_LINE,
	&ROSTER_DROP_LINES, &ROSTER_DROP_VERSION, &ROSTER_LIST_OVERDUE, &ROSTER_LOAD_PROCEDURE,
	&ROSTER_LIST_PROCEDURES, &ROSTER_END_PROCEDURES, &ROSTER_ADD_PROCEDURE,
	&LIST_VERSIONS_BETWEEN, &ROSTER_LIST_WAITING, &ROSTER_FIND_WAITING, &ROSTER_FIND_NEWER,
	&ROSTER_LIST_NEWER};
