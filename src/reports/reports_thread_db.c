/*
 * Notes of threads, what somebody has seen of them, and what waits for a supervisor, in the store.
 *
 * A report counts its notes, so that a list looks at reports that have any. People of a superior
 * come first in every statement: CROSS JOIN keeps SQLite from walking through everybody's reports.
 * Then (w) an index that holds only what has notes, or only what waits, says where to look: so
 * nothing is ever too old to be found.
 */
#include "reports/reports_lead.h"

#include "platform/slice.h"

#include <stdlib.h>

/* ---- notes ---- */

static struct db_stmt COUNT_NOTE = {"reports_count_note",
	"UPDATE reports_daily SET notes = notes + 1"
	" WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};

static enum err count_note(struct tx *tx, const struct daily_report *r)
{
	return db_exec(tx, &COUNT_NOTE,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day)), NULL);
}

enum err reports_add_note(struct tx *tx, const struct daily_report *r, int64_t event_id,
	struct employee_id actor, const char *text)
{
	enum err e = reports_add_event(tx, r->id, event_id, EVENT_NOTED, actor, text);

	return e ? e : count_note(tx, r);
}

static struct db_stmt SET_ADVICE = {"reports_set_advice",
	"UPDATE reports_daily SET advice = $4, advised_by = $5, advised_version = $6"
	" WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};

/* What is to be mended is a note: the writer and the superior find it among what is new. */
static enum err count_advice(struct tx *tx, const struct daily_report *r, struct employee_id actor)
{
	const enum err e = count_note(tx, r);

	return e ? e : reports_set_seen(tx, actor, r->id, r->notes + 1);
}

enum err reports_advise(struct tx *tx, const struct daily_report *r, int64_t event_id,
	struct employee_id actor, enum report_advice advice, const char *text)
{
	enum err e = reports_add_event(tx, r->id, event_id, reports_event_of(advice), actor, text);

	if (e || (e = db_exec(tx, &SET_ADVICE,
			  BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day),
				  db_int(advice), db_int(actor.v), db_int(r->version)),
			  NULL)))
		return e;
	return advice == ADVICE_RETURN ? count_advice(tx, r, actor) : OK;
}

static struct db_stmt SET_SEEN = {"reports_set_seen",
	"INSERT INTO reports_seen (government_id, reader_id, report_id, notes)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (government_id, reader_id, report_id)"
	" DO UPDATE SET notes = excluded.notes WHERE excluded.notes > reports_seen.notes",
	0};

enum err reports_set_seen(
	struct tx *tx, struct employee_id reader, struct report_id report, int32_t notes)
{
	return db_exec(tx, &SET_SEEN,
		BIND(db_int(tx->government.v), db_int(reader.v), db_int(report.v), db_int(notes)),
		NULL);
}

/* ---- what was not seen ---- */

#define UNREAD_COLUMNS                                                                             \
	"SELECT r.report_id, r.employee_id, e.name, e.title_before, e.title_after, r.day, "        \
	"r.state, r.notes, coalesce(n.notes, 0)"
#define UNREAD_JOINS                                                                               \
	" CROSS JOIN reports_daily r CROSS JOIN org_employee e LEFT JOIN reports_seen n ON "       \
	"n.government_id = $1"                                                                     \
	" AND n.reader_id = $3 AND n.report_id = r.report_id"
#define UNREAD_WHERE                                                                               \
	" AND w.day <= $4 AND w.notes > 0 AND r.government_id = $1"                                \
	" AND r.employee_id = w.employee_id AND r.day = w.day AND r.state IN (2, 3, 4)"            \
	" AND r.notes > coalesce(n.notes, 0)"                                                      \
	" AND e.government_id = $1 AND e.employee_id = r.employee_id ORDER BY r.day DESC LIMIT $5"

static struct db_stmt LIST_OWN_UNREAD = {"reports_list_own_unread",
	UNREAD_COLUMNS ", 0, 0 FROM reports_daily w" UNREAD_JOINS
		       " WHERE w.government_id = $1 AND w.employee_id = $2" UNREAD_WHERE,
	0};
static struct db_stmt LIST_TEAM_UNREAD = {"reports_list_team_unread",
	UNREAD_COLUMNS
	", s.valid_from, coalesce(NULLIF(x.unit_id, 0), p.unit_id, 0) FROM (SELECT employee_id, "
	"valid_from, valid_to FROM org_relation WHERE government_id = $1 AND kind = 0"
	" AND superior_id = $2 UNION ALL SELECT employee_id, day, day FROM org_pin"
	" WHERE government_id = $1 AND superior_id = $2) AS s CROSS JOIN reports_daily w"
	" LEFT JOIN org_placement p ON p.government_id = $1 AND p.employee_id = w.employee_id"
	" AND p.valid_from <= w.day AND p.valid_to >= w.day LEFT JOIN org_pin x"
	" ON x.government_id = $1 AND x.employee_id = w.employee_id AND x.day = w.day" UNREAD_JOINS
	" WHERE w.government_id = $1 AND w.employee_id = s.employee_id"
	" AND w.day >= s.valid_from AND w.day <= s.valid_to AND w.employee_id <> $3"
	" AND (coalesce(x.superior_id, 0) = 0 OR x.superior_id = $2)" UNREAD_WHERE,
	0};
static struct db_stmt LIST_LED_UNREAD = {"reports_list_led_unread",
	UNREAD_COLUMNS
	", 0, 0 FROM org_relation s CROSS JOIN reports_daily w" UNREAD_JOINS
	" WHERE s.government_id = $1 AND s.kind = 1 AND s.superior_id = $2"
	" AND w.government_id = $1 AND w.employee_id = s.employee_id"
	" AND w.day >= s.valid_from AND w.day <= s.valid_to AND w.employee_id <> $3" UNREAD_WHERE,
	0};

struct unread_list {
	struct unread_report *row;
	int rows, max;
	struct employee_id reader;
	int32_t last;
};

static void add_unread(struct unread_list *list, const struct unread_report *u)
{
	for (int i = 0; i < list->rows; i++)
		if (list->row[i].report.v == u->report.v)
			return;
	list->row[list->rows++] = *u;
}

/* `seat` NULL: the reader's own, or those he leads; else only where he stands in its place. */
static enum err add_rows(struct tx *tx, struct db_stmt *stmt, const struct org_tree *tree,
	const struct org_seat *seat, struct unread_list *list)
{
	const struct employee_id of = seat ? seat->superior : list->reader;
	struct org_bond bond = {.relation = RELATION_SUPERVISOR};
	struct employee_row owner = {0};
	struct unread_report u = {0};
	struct db_rows rows;

	db_query(tx, stmt,
		BIND(db_int(tx->government.v), db_int(of.v), db_int(list->reader.v),
			db_int(list->last), db_int(list->max)),
		&rows);
	while (list->rows < list->max &&
		db_next(&rows,
			INTO(to_int64(&u.report.v), to_int64(&u.employee.v), to_text(&owner.name),
				to_text(&owner.title_before), to_text(&owner.title_after),
				to_int32(&u.day), to_int32(&u.state), to_int32(&u.notes),
				to_int32(&u.seen), to_int32(&bond.from), to_int64(&bond.unit.v)))) {
		bond.employee = u.employee;
		if (seat && !org_decide_stand(tree, seat, &bond, list->reader, u.day))
			continue;
		u.name = org_full_name(tx->arena, &owner);
		add_unread(list, &u);
	}
	return db_end(&rows);
}

static int newest_first(const void *a, const void *b)
{
	const struct unread_report *x = a, *y = b;

	if (x->day != y->day)
		return x->day > y->day ? -1 : 1;
	return (x->report.v < y->report.v) - (x->report.v > y->report.v);
}

enum err reports_list_unread(struct tx *tx, struct employee_id reader, int32_t last,
	struct unread_report *ret, int max, int *ret_count)
{
	_Static_assert(
		RELATION_SUPERVISOR == 0 && RELATION_TEAM_LEAD == 1, "numbers of the statements");
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	struct unread_list list = {ret, 0, max, reader, last};
	const struct org_tree *tree;
	int seats = 0;
	enum err e = org_load_tree(tx, &tree);

	if (!e && !(e = add_rows(tx, &LIST_OWN_UNREAD, tree, NULL, &list)))
		e = org_list_seats(tx, reader, DAY_NONE, last, seat, &seats);
	for (int i = 0; i < seats && !e; i++)
		e = add_rows(tx, &LIST_TEAM_UNREAD, tree, &seat[i], &list);
	if (!e)
		e = add_rows(tx, &LIST_LED_UNREAD, tree, NULL, &list);
	qsort(ret, (size_t)list.rows, sizeof(*ret), newest_first);
	*ret_count = list.rows;
	return e;
}

/* ---- what waits ---- */

static struct db_stmt LIST_WAITING = {"reports_list_waiting",
	"SELECT r.employee_id, r.day, r.submitted_at FROM (SELECT employee_id, valid_from, "
	"valid_to FROM org_relation WHERE government_id = $1 AND kind = 0 AND superior_id = $2"
	" UNION ALL SELECT employee_id, day, day FROM org_pin WHERE government_id = $1"
	" AND superior_id = $2) AS s CROSS JOIN reports_daily w CROSS JOIN reports_daily r"
	" LEFT JOIN org_pin x ON x.government_id = $1 AND x.employee_id = r.employee_id"
	" AND x.day = r.day WHERE w.government_id = $1 AND w.employee_id = s.employee_id"
	" AND w.day >= s.valid_from AND w.day <= s.valid_to AND w.day <= $3 AND w.state = 2"
	" AND r.government_id = $1 AND r.employee_id = w.employee_id AND r.day = w.day"
	" AND (coalesce(x.superior_id, 0) = 0 OR x.superior_id = $2)"
	" ORDER BY r.submitted_at, r.report_id LIMIT $4",
	0};

enum err reports_list_waiting(struct tx *tx, struct employee_id superior, int32_t last,
	struct waiting_report *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_WAITING,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(last), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_int32(&ret[n].day),
						 to_int64(&ret[n].submitted_at))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt *const reports_thread_stmts[THREAD_STMTS] = {&COUNT_NOTE, &SET_ADVICE, &SET_SEEN,

	&LIST_OWN_UNREAD, &LIST_TEAM_UNREAD, &LIST_LED_UNREAD, &LIST_WAITING};
