/*
 * What papers and file of a roster read: its lines with who they are about, what was sent before,
 * and each day judged.
 *
 * Facts of people nothing changes about are read once for the period, in pages of the node; those
 * of the others day by day.
 */
#include "roster/roster_print.h"

#include "platform/db.h"

#define PAGE 2000

#define LINE_COLUMNS                                                                               \
	"SELECT l.employee_id, e.nip, e.name, e.title_before, e.title_after, e.employment_kind,"   \
	" coalesce(p.position, ''), coalesce(p.unit_id, 0), "
#define LINE_PEOPLE                                                                                \
	" JOIN org_employee e ON e.government_id = l.government_id"                                \
	" AND e.employee_id = l.employee_id"                                                       \
	" LEFT JOIN org_placement p ON p.government_id = l.government_id"                          \
	" AND p.employee_id = l.employee_id AND p.valid_from = (SELECT min(q.valid_from)"          \
	" FROM org_placement q WHERE q.government_id = l.government_id"                            \
	" AND q.employee_id = l.employee_id AND q.valid_from <= $4 AND q.valid_to >= $3)"

static struct db_stmt LIST_PRINT_LINES = {"roster_list_print_lines",
	LINE_COLUMNS "v.period_from, l.days FROM roster_line l JOIN roster_version v"
		     " ON v.government_id = l.government_id AND v.version_id = l.version_id" //
	LINE_PEOPLE " WHERE l.government_id = $1 AND l.version_id = $2"
		     " ORDER BY l.employee_id LIMIT $5",
	0};

/* Lines of the node's published versions that still count somewhere on these days. */
static struct db_stmt LIST_IN_FORCE = {"roster_list_in_force",
	LINE_COLUMNS "c.period_from, c.days FROM roster_version v JOIN roster_line l"
		     " ON l.government_id = v.government_id AND l.version_id = v.version_id"
		     " JOIN roster_current c"
		     " ON c.government_id = l.government_id AND c.employee_id = l.employee_id"
		     " AND c.version_id = l.version_id"
		     " AND c.period_from <= $4 AND c.period_to >= $3" //
	LINE_PEOPLE " WHERE v.government_id = $1 AND v.unit_id = $2 AND v.state = $6"
		     " AND v.period_from <= $4 AND v.period_to >= $3"
		     " ORDER BY l.employee_id, c.period_from LIMIT $5",
	0};

static enum err read_lines(
	struct tx *tx, struct db_rows *rows, int room, struct print_line **ret, int *ret_count)
{
	struct employee_row who;
	struct print_line line;
	int count = 0;
	*ret = ARENA_ARRAY(tx->arena, (size_t)room, struct print_line);
	while (db_next(
		rows, INTO(to_int64(&line.employee.v), to_text(&line.nip), to_text(&who.name),
			      to_text(&who.title_before), to_text(&who.title_after),
			      to_int32(&line.kind), to_text(&line.position), to_int64(&line.unit.v),
			      to_int32(&line.from), to_text(&line.days)))) {
		line.name = org_full_name(tx->arena, &who);
		ARENA_GROW(tx->arena, *ret, count, &room);
		line.at = count;
		(*ret)[count++] = line;
	}
	*ret_count = count;
	enum err e = db_end(rows);
	return !e && count > PRINT_LINES_MAX ? E_TOO_LARGE : e;
}

enum err roster_list_print_lines(
	struct tx *tx, const struct roster_version *v, struct print_line **ret, int *ret_count)
{
	struct db_rows rows;
	db_query(tx, &LIST_PRINT_LINES,
		BIND(db_int(tx->government.v), db_int(v->version_id), db_int(v->period_from),
			db_int(v->period_to), db_int(PRINT_LINES_MAX + 1)),
		&rows);
	return read_lines(tx, &rows, v->people + 1, ret, ret_count);
}

/* The days of a piece that lie in the period. */
static void clip_line(struct tx *tx, const struct roster_version *v, struct print_line *line)
{
	int32_t days = (int32_t)strlen(line->days), skipped = v->period_from - line->from;
	int32_t beyond = line->from + days - 1 - v->period_to;
	if (skipped > 0) {
		line->days += skipped;
		line->from = v->period_from;
		days -= skipped;
	}
	if (beyond > 0)
		line->days = arena_strndup(tx->arena, line->days, (size_t)(days - beyond));
}

enum err roster_list_in_force(
	struct tx *tx, const struct roster_version *v, struct print_line **ret, int *ret_count)
{
	struct db_rows rows;
	db_query(tx, &LIST_IN_FORCE,
		BIND(db_int(tx->government.v), db_int(v->unit.v), db_int(v->period_from),
			db_int(v->period_to), db_int(PRINT_LINES_MAX + 1),
			db_int(ROSTER_PUBLISHED)),
		&rows);
	enum err e = read_lines(tx, &rows, v->people * 2 + 1, ret, ret_count);
	for (int i = 0; i < *ret_count && !e; i++)
		clip_line(tx, v, &(*ret)[i]);
	return e;
}

/* ---- what was sent ---- */

#define HELD_LINES_MAX (PRINT_LINES_MAX * 5)

static struct db_stmt LIST_HELD_LINES = {"roster_list_held_lines",
	"SELECT l.employee_id, v.published_at, v.period_from, v.bound_from, l.days"
	" FROM roster_version v JOIN roster_line l"
	" ON l.government_id = v.government_id AND l.version_id = v.version_id"
	" WHERE v.government_id = $1 AND v.unit_id = $2 AND v.published_at > 0"
	" AND v.period_from <= $4 AND v.period_to >= $3"
	" ORDER BY l.employee_id, v.published_at LIMIT $5",
	0};

enum err roster_list_held_lines(
	struct tx *tx, const struct roster_version *v, struct held_line **ret, int *ret_count)
{
	struct db_rows rows;
	struct held_line line;
	int count = 0, room = v->people + 1;
	*ret = ARENA_ARRAY(tx->arena, (size_t)room, struct held_line);
	db_query(tx, &LIST_HELD_LINES,
		BIND(db_int(tx->government.v), db_int(v->unit.v), db_int(v->period_from),
			db_int(v->period_to), db_int(HELD_LINES_MAX + 1)),
		&rows);
	while (db_next(&rows,
		INTO(to_int64(&line.employee.v), to_int64(&line.published_at), to_int32(&line.from),
			to_int32(&line.bound_from), to_text(&line.days)))) {
		ARENA_GROW(tx->arena, *ret, count, &room);
		(*ret)[count++] = line;
	}
	*ret_count = count;
	enum err e = db_end(&rows);
	return !e && count > HELD_LINES_MAX ? E_TOO_LARGE : e;
}

static struct db_stmt LIST_SENT_FILES = {"roster_list_sent_files",
	"SELECT s.at, v.period_from, v.period_to FROM roster_version v JOIN roster_step s"
	" ON s.government_id = v.government_id AND s.version_id = v.version_id AND s.kind = $5"
	" WHERE v.government_id = $1 AND v.unit_id = $2"
	" AND v.period_from <= $4 AND v.period_to >= $3"
	" ORDER BY s.at DESC, s.step_id DESC LIMIT $6",
	0};

enum err roster_list_sent_files(
	struct tx *tx, const struct roster_version *v, struct sent_file *ret, int *ret_count)
{
	struct db_rows rows;
	struct sent_file file;
	int count = 0;
	db_query(tx, &LIST_SENT_FILES,
		BIND(db_int(tx->government.v), db_int(v->unit.v), db_int(v->period_from),
			db_int(v->period_to), db_int(ROSTER_SENT), db_int(SENT_FILES_MAX)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&file.sent_at), to_int32(&file.from), to_int32(&file.to))))
		ret[count++] = file;
	*ret_count = count;
	return db_end(&rows);
}

/* ---- each day judged ---- */

struct walk {
	struct tx *tx;
	const struct roster_version *v;
	const struct policy_book *book;
	const char *path;
	struct roster_candidate *page;
	int at, count;
	walk_fn *fn;
	void *arg;
};

/* People come in the order of lines; NULL: not of the node in this period. */
static enum err find_candidate(
	struct walk *w, struct employee_id employee, const struct roster_candidate **ret)
{
	enum err e = OK;
	*ret = NULL;
	while (!e && w->at < w->count && w->page[w->at].facts.employee.v < employee.v) {
		struct employee_id last = w->page[w->at].facts.employee;
		if (++w->at < w->count || w->count < PAGE)
			continue;
		w->at = 0;
		e = roster_list_candidates(w->tx, w->path, w->v->period_from, w->v->period_to, last,
			w->page, PAGE, &w->count);
	}
	if (!e && w->at < w->count && w->page[w->at].facts.employee.v == employee.v)
		*ret = &w->page[w->at];
	return e;
}

static enum err walk_day(struct walk *w, const struct roster_candidate *who,
	const struct print_line *line, int32_t day, char letter)
{
	struct person_day facts;
	struct day_ruling ruling;
	struct walked_day walked = {.line = line, .day = day, .letter = letter, .book = w->book};
	enum err e = OK;
	if (who && !who->varies)
		facts = who->facts;
	else
		e = roster_load_person_day(w->tx, line->employee, day, &facts);
	if (e && e != E_NOT_FOUND)
		return e;
	if (!e) {
		facts.day = day;
		facts.letter = letter;
		facts.roster_version = w->v->version_id;
		policy_decide_day(w->book, &facts, &ruling);
		walked.facts = &facts;
		walked.ruling = &ruling;
	}
	return w->fn(w->arg, &walked);
}

enum err roster_walk_lines(struct tx *tx, const struct roster_version *v,
	const struct print_line *line, int lines, walk_fn *fn, void *arg)
{
	struct walk w = {.tx = tx, .v = v, .fn = fn, .arg = arg};
	enum err e = policy_load_book(tx, &w.book);
	const struct org_unit *node = e ? NULL : org_find_unit(w.book->tree, v->unit);
	if (e || !node)
		return e ? e : E_NOT_FOUND;
	w.path = node->path;
	w.page = ARENA_ARRAY(tx->arena, PAGE, struct roster_candidate);
	e = roster_list_candidates(tx, w.path, v->period_from, v->period_to,
		(struct employee_id){0}, w.page, PAGE, &w.count);
	for (int i = 0; i < lines && !e; i++) {
		const struct roster_candidate *who;
		e = find_candidate(&w, line[i].employee, &who);
		for (int32_t d = 0; line[i].days[d] && !e; d++)
			if (line[i].days[d] != '-')
				e = walk_day(&w, who, &line[i], line[i].from + d, line[i].days[d]);
	}
	return e;
}

struct db_stmt *const roster_print_stmts[ROSTER_PRINT_STMTS] = {
	&LIST_PRINT_LINES, &LIST_IN_FORCE, &LIST_HELD_LINES, &LIST_SENT_FILES};
