/* Checklists as rows: a document, its lines, and what each of them says of it. */
#include "tasks/tasks_check.h"

#include "platform/clock.h"

static struct db_stmt ADD_CHECK = {"tasks_add_check",
	"INSERT INTO tasks_check (government_id, check_id, title, reference, link, file_sha256, "
	"file_name,"
	" owner_id, made_at, state, edition, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1, 1)",
	0};
static struct db_stmt ADD_LINE = {"tasks_add_check_line",
	"INSERT INTO tasks_check_line (government_id, check_id, line, text, party, state, "
	"decided_by,"
	" decided_at, note) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, '')",
	0};

enum err tasks_add_check(
	struct tx *tx, struct check_row *check, const struct check_line *line, int lines)
{
	_Static_assert(CHECK_OPEN == 0 && LINE_WAITING == 0, "numbers of the statements");
	enum err e;

	check->id = id_next();
	e = db_exec(tx, &ADD_CHECK,
		BIND(db_int(tx->government.v), db_int(check->id), db_text(check->title),
			db_text(check->reference), db_text(check->link),
			db_text(check->file_sha256), db_text(check->file_name),
			db_int(check->owner.v), db_int(tx->now_ms)),
		NULL);
	for (int i = 0; !e && i < lines; i++)
		e = db_exec(tx, &ADD_LINE,
			BIND(db_int(tx->government.v), db_int(check->id), db_int(i + 1),
				db_text(line[i].text), db_int(line[i].party.v)),
			NULL);
	if (!e)
		e = tasks_add_event(tx, check->id, EVENT_SENT, check->owner, (struct party){0}, "");
	if (!e)
		tasks_add_leaf(tx, check->id,
			arena_printf(tx->arena, "check %lld of %s %s %s lines %d",
				(long long)check->id, check->reference, check->link,
				check->file_sha256, lines),
			check->owner, (struct party){0}, check->title);
	return e;
}

#define COLUMNS                                                                                    \
	"SELECT c.check_id, c.title, c.reference, c.link, c.file_sha256, c.file_name, c.owner_id," \
	" c.made_at, c.state, c.edition, c.version, coalesce(e.name, ''),"                         \
	" coalesce(e.title_before, ''), coalesce(e.title_after, ''),"                              \
	" (SELECT count(*) FROM tasks_check_line l WHERE l.government_id = c.government_id"        \
	" AND l.check_id = c.check_id), (SELECT count(*) FROM tasks_check_line l"                  \
	" WHERE l.government_id = c.government_id AND l.check_id = c.check_id AND l.state = 1)"    \
	" FROM tasks_check c LEFT JOIN org_employee e ON e.government_id = c.government_id"        \
	" AND e.employee_id = c.owner_id WHERE c.government_id = $1"

static enum err list(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct check_row *ret, int max, int *ret_count)
{
	_Static_assert(LINE_VERIFIED == 1, "number of the statements");
	struct employee_row who = {0};
	struct check_row c = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max &&
		db_next(&rows,
			INTO(to_int64(&c.id), to_text(&c.title), to_text(&c.reference),
				to_text(&c.link), to_text(&c.file_sha256), to_text(&c.file_name),
				to_int64(&c.owner.v), to_int64(&c.made_at), to_int32(&c.state),
				to_int32(&c.edition), to_int32(&c.version), to_text(&who.name),
				to_text(&who.title_before), to_text(&who.title_after),
				to_int32(&c.lines), to_int32(&c.verified)))) {
		c.owner_name = org_full_name(tx->arena, &who);
		ret[n++] = c;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_CHECK = {"tasks_load_check", COLUMNS " AND c.check_id = $2", 0};

enum err tasks_load_check(struct tx *tx, int64_t check, struct check_row *ret)
{
	int count;
	enum err e = list(
		tx, &LOAD_CHECK, BIND(db_int(tx->government.v), db_int(check)), ret, 1, &count);

	return e ? e : count ? OK : E_NOT_FOUND;
}

static struct db_stmt LIST_OWN = {"tasks_list_own_checks",
	COLUMNS
	" AND c.owner_id = $2 AND ($3 = 0 OR c.check_id < $3) ORDER BY c.check_id DESC LIMIT $4",
	0};
static struct db_stmt LIST_PARTY = {"tasks_list_party_checks",
	COLUMNS
	" AND EXISTS (SELECT 1 FROM tasks_check_line l WHERE l.government_id = c.government_id"
	" AND l.check_id = c.check_id AND l.party = $2) AND ($3 = 0 OR c.check_id < $3)"
	" ORDER BY c.check_id DESC LIMIT $4",
	0};

enum err tasks_list_own_checks(struct tx *tx, struct employee_id owner, int64_t before,
	struct check_row *ret, int max, int *ret_count)
{
	return list(tx, &LIST_OWN,
		BIND(db_int(tx->government.v), db_int(owner.v), db_int(before), db_int(max)), ret,
		max, ret_count);
}

enum err tasks_list_party_checks(struct tx *tx, struct party party, int64_t before,
	struct check_row *ret, int max, int *ret_count)
{
	return list(tx, &LIST_PARTY,
		BIND(db_int(tx->government.v), db_int(party.v), db_int(before), db_int(max)), ret,
		max, ret_count);
}

static struct db_stmt LIST_LINES = {"tasks_list_check_lines",
	"SELECT l.line, l.text, l.party, l.state, l.decided_by, l.decided_at, l.note,"
	" coalesce(e.name, ''), coalesce(e.title_before, ''), coalesce(e.title_after, ''),"
	" coalesce(d.name, ''), coalesce(d.title_before, ''), coalesce(d.title_after, '')"
	" FROM tasks_check_line l LEFT JOIN org_employee e ON e.government_id = l.government_id"
	" AND e.employee_id = l.party LEFT JOIN org_employee d ON d.government_id = l.government_id"
	" AND d.employee_id = l.decided_by WHERE l.government_id = $1 AND l.check_id = $2"
	" ORDER BY l.line LIMIT $3",
	0};

enum err tasks_list_lines(struct tx *tx, int64_t check, struct check_line *ret, int *ret_count)
{
	struct employee_row who = {0}, by = {0};
	struct check_line l = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_LINES,
		BIND(db_int(tx->government.v), db_int(check), db_int(CHECK_LINES_MAX)), &rows);
	while (n < CHECK_LINES_MAX &&
		db_next(&rows, INTO(to_int32(&l.line), to_text(&l.text), to_int64(&l.party.v),
				       to_int32(&l.state), to_int64(&l.decided_by.v),
				       to_int64(&l.decided_at), to_text(&l.note),
				       to_text(&who.name), to_text(&who.title_before),
				       to_text(&who.title_after), to_text(&by.name),
				       to_text(&by.title_before), to_text(&by.title_after)))) {
		l.person_name = l.party.v > 0 ? org_full_name(tx->arena, &who) : NULL;
		l.decided_by_name = l.decided_by.v ? org_full_name(tx->arena, &by) : NULL;
		ret[n++] = l;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt PUT_CHECK = {"tasks_put_check",
	"UPDATE tasks_check SET reference = $3, link = $4, file_sha256 = $5, file_name = $6, state "
	"= $7,"
	" edition = $8, version = $9 WHERE government_id = $1 AND check_id = $2",
	0};

enum err tasks_put_check(struct tx *tx, const struct check_row *check)
{
	return db_exec(tx, &PUT_CHECK,
		BIND(db_int(tx->government.v), db_int(check->id), db_text(check->reference),
			db_text(check->link), db_text(check->file_sha256),
			db_text(check->file_name), db_int(check->state), db_int(check->edition),
			db_int(check->version)),
		NULL);
}

static struct db_stmt PUT_LINE = {"tasks_put_check_line",
	"UPDATE tasks_check_line SET state = $4, decided_by = $5, decided_at = $6, note = $7"
	" WHERE government_id = $1 AND check_id = $2 AND line = $3",
	0};

enum err tasks_put_line(struct tx *tx, int64_t check, const struct check_line *line)
{
	return db_exec(tx, &PUT_LINE,
		BIND(db_int(tx->government.v), db_int(check), db_int(line->line),
			db_int(line->state), db_int(line->decided_by.v), db_int(line->decided_at),
			db_text(line->note)),
		NULL);
}

static struct db_stmt REOPEN_LINES = {"tasks_reopen_check_lines",
	"UPDATE tasks_check_line SET state = 0, decided_by = 0, decided_at = 0, note = ''"
	" WHERE government_id = $1 AND check_id = $2",
	0};

enum err tasks_reopen_lines(struct tx *tx, int64_t check)
{
	return db_exec(tx, &REOPEN_LINES, BIND(db_int(tx->government.v), db_int(check)), NULL);
}

struct db_stmt *const tasks_check_stmts[TASKS_CHECK_STMTS] = {&ADD_CHECK, &ADD_LINE, &LOAD_CHECK,
	&LIST_OWN, &LIST_PARTY, &LIST_LINES, &PUT_CHECK, &PUT_LINE, &REOPEN_LINES};
