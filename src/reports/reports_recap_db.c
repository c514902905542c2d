/*
 * Statements of the recap: the days of a unit or of everybody, what is sealed, bands, offices, and
 * what stands in the way of closing.
 *
 * The days of the whole government are read in the order they lie in, a unit's by the index of its
 * days; both name the few columns a cell needs. A report is looked up only where one was owed, that
 * of a week to its Sunday (reports_find_state). Reports lie by person and days by date: of the
 * whole government the states of reports are read beforehand, person by person, and looked up in
 * memory.
 */
#include "reports/reports_recap_int.h"

#include "attendance/attendance_source.h"
#include "base/str.h"
#include "org/org_import.h"
#include "platform/db.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* Of an incident: INCIDENT_ACCEPTED, INCIDENT_WITHDRAWN, which attendance keeps to itself. */
enum { STATE_ACCEPTED = 1, STATE_WITHDRAWN = 3 };

/* ---- days ---- */

#define SCAN_COLUMNS(report)                                                                       \
	"SELECT d.day, d.employee_id, d.unit_id, d.mode, d.state, d.status, d.flags, d.basis,"     \
	" d.late_minutes, d.claim_late_minutes, d.early_minutes, d.worked_minutes,"                \
	" d.relieved_minutes, d.made_up_minutes, d.duty, " report                                  \
	", CASE WHEN d.status > 0 THEN coalesce((SELECT e.employment_kind FROM "                   \
	"org_employee AS e WHERE e.government_id = d.government_id AND e.employee_id = "           \
	"d.employee_id), 0) ELSE 0 END, CASE WHEN d.status > 0 THEN coalesce((SELECT "             \
	"max(s.valid_to - s.valid_from + 1) FROM org_status AS s WHERE s.government_id = "         \
	"d.government_id AND s.employee_id = d.employee_id AND s.valid_from <= d.day AND "         \
	"s.valid_to >= d.day AND s.kind = d.status AND s.ended_at = 0), 1) ELSE 0 END"             \
	" FROM attendance_day AS d WHERE d.government_id = $1"
#define REPORT_STATE                                                                               \
	"CASE WHEN d.duty IN (1, 3) THEN coalesce((SELECT r.state FROM reports_daily AS r WHERE "  \
	"r.government_id = d.government_id AND r.employee_id = d.employee_id AND r.day = d.day), " \
	"0) WHEN d.duty = 4 THEN coalesce((SELECT r.state FROM reports_daily AS r WHERE "          \
	"r.government_id = d.government_id AND r.employee_id = d.employee_id AND r.day >= d.day "  \
	"AND r.day <= d.day + 6 - (d.day + 3) % 7 AND r.state > 1 ORDER BY r.day LIMIT 1), "       \
	"0) ELSE 0 END"

static struct db_stmt SCAN_ALL = {
	"recap_scan_all", SCAN_COLUMNS("0") " AND d.day >= $2 AND d.day <= $3", 0};
static struct db_stmt SCAN_UNIT = {"recap_scan_unit",
	SCAN_COLUMNS(REPORT_STATE) " AND d.day >= $2 AND d.day <= $3 AND d.unit_id = $4", 0};
static struct db_stmt SCAN_PERSON = {"recap_scan_person",
	SCAN_COLUMNS(REPORT_STATE) " AND d.day >= $2 AND d.day <= $3 AND d.employee_id = $4", 0};

/* What everybody handed in for the days of a month and of the week it ends in. */
#define REPORT_DAYS (31 + 6)
struct person_reports {
	int64_t employee;
	uint8_t state[REPORT_DAYS]; /* enum report_state, from the first day on */
};
struct all_reports {
	int32_t first;
	struct person_reports *person; /* by employee */
	int people, room;
	int at; /* of the person asked for last: days of one date come in the same order */
};

static struct db_stmt LIST_REPORTS = {"recap_list_reports",
	"SELECT r.employee_id, r.day, r.state FROM org_employee AS e CROSS JOIN reports_daily AS r"
	" WHERE e.government_id = $1 AND r.government_id = $1 AND r.employee_id = e.employee_id"
	" AND r.day >= $2 AND r.day < $3 ORDER BY e.employee_id",
	0};

static enum err list_reports(struct tx *tx, int32_t first, struct all_reports *ret)
{
	int64_t employee = 0;
	int32_t day, state;
	struct db_rows rows;

	*ret = (struct all_reports){.first = first};
	db_query(tx, &LIST_REPORTS,
		BIND(db_int(tx->government.v), db_int(first), db_int(first + REPORT_DAYS)), &rows);
	while (db_next(&rows, INTO(to_int64(&employee), to_int32(&day), to_int32(&state)))) {
		if (ret->people == 0 || ret->person[ret->people - 1].employee != employee) {
			ARENA_GROW(tx->arena, ret->person, ret->people, &ret->room);
			ret->person[ret->people++].employee = employee;
		}
		ret->person[ret->people - 1].state[day - first] = (uint8_t)state;
	}
	return db_end(&rows);
}

static int compare_person(const void *key, const void *element)
{
	const int64_t *employee = key;
	const struct person_reports *p = element;

	return (*employee > p->employee) - (*employee < p->employee);
}

static const struct person_reports *find_person(struct all_reports *all, int64_t employee)
{
	const struct person_reports *p;

	if (all->at + 1 < all->people && all->person[all->at + 1].employee == employee)
		return &all->person[++all->at];
	p = bsearch(&employee, all->person, (size_t)all->people, sizeof(*p), compare_person);
	if (p)
		all->at = (int)(p - all->person);
	return p;
}

/* As REPORT_STATE says it. */
static enum report_state find_report(struct all_reports *all, const struct attendance_day *d)
{
	const struct person_reports *p = policy_owes_report(d->duty)
						 ? find_person(all, d->employee.v)
						 : NULL;
	const int at = d->day - all->first, sunday = at + 6 - (d->day + 3) % 7;

	if (!p)
		return REPORT_NONE;
	if (d->duty != DUTY_WEEKLY_DUE)
		return (enum report_state)p->state[at];
	for (int i = at; i <= sunday; i++)
		if (p->state[i] > REPORT_DRAFT)
			return (enum report_state)p->state[i];
	return REPORT_NONE;
}

/* `all` NULL: the rows say how far the report is. */
static enum err scan(struct db_rows *rows, const struct recap_tables *tables,
	struct all_reports *all, recap_taker take, void *arg)
{
	struct attendance_day d = {0};
	struct recap_facts facts = {.day = &d};
	enum err e = OK, ended;

	while (!e &&
		db_next(rows, INTO(to_int32(&d.day), to_int64(&d.employee.v), to_int64(&d.unit.v),
				      TO_ENUM(d.mode), TO_ENUM(d.state), TO_ENUM(d.status),
				      to_int32(&d.flags), to_int32(&d.basis),
				      to_int32(&d.late_minutes), to_int32(&d.claim_late_minutes),
				      to_int32(&d.early_minutes), to_int32(&d.worked_minutes),
				      to_int32(&d.relieved_minutes), to_int32(&d.made_up_minutes),
				      TO_ENUM(d.duty), TO_ENUM(facts.report),
				      TO_ENUM(facts.employment), to_int32(&facts.span)))) {
		struct recap_cell cell;

		if (d.state == DAY_NOT_USED) /* an agency not yet switched on: no figure */
			continue;
		if (all)
			facts.report = find_report(all, &d);
		cell = recap_make_cell(&facts, tables);
		e = take(arg, &d, &cell);
	}
	ended = db_end(rows);
	return e ? e : ended;
}

_Static_assert(DUTY_DAILY_ITEMS == 1 && DUTY_DAILY_CONFIRM == 3 && DUTY_WEEKLY_DUE == 4,
	"stand in SCAN_COLUMNS");

enum err recap_scan(struct tx *tx, struct unit_id unit, int32_t first, int32_t last,
	const struct recap_tables *tables, recap_taker take, void *arg)
{
	struct all_reports all;
	struct db_rows rows;
	enum err e;

	if (unit.v) {
		db_query(tx, &SCAN_UNIT,
			BIND(db_int(tx->government.v), db_int(first), db_int(last), db_int(unit.v)),
			&rows);
		return scan(&rows, tables, NULL, take, arg);
	}
	assert(last - first < REPORT_DAYS - 6);
	if ((e = list_reports(tx, first, &all)))
		return e;
	db_query(tx, &SCAN_ALL, BIND(db_int(tx->government.v), db_int(first), db_int(last)), &rows);
	return scan(&rows, tables, &all, take, arg);
}

enum err recap_scan_person(struct tx *tx, struct employee_id employee, int32_t first, int32_t last,
	const struct recap_tables *tables, recap_taker take, void *arg)
{
	struct db_rows rows;

	db_query(tx, &SCAN_PERSON,
		BIND(db_int(tx->government.v), db_int(first), db_int(last), db_int(employee.v)),
		&rows);
	return scan(&rows, tables, NULL, take, arg);
}

/* ---- bands ---- */

static struct db_stmt LIST_BANDS = {"recap_list_bands",
	"SELECT band_id, kind, first_to, second_to, third_to, legal_basis, verified_by, "
	"valid_from, "
	"valid_to, entered_by, entered_at FROM reports_band WHERE government_id = $1"
	" AND valid_to >= valid_from ORDER BY valid_from DESC, band_id DESC LIMIT $2",
	0};

enum err recap_list_bands(struct tx *tx, struct recap_bands *ret)
{
	struct db_rows rows;
	struct recap_band *b = ARENA_ARRAY(tx->arena, BANDS_MAX + 1, struct recap_band);
	int n = 0;

	db_query(tx, &LIST_BANDS, BIND(db_int(tx->government.v), db_int(BANDS_MAX)), &rows);
	while (n < BANDS_MAX &&
		db_next(&rows,
			INTO(to_int64(&b[n].band_id), TO_ENUM(b[n].kind), to_int32(&b[n].to[0]),
				to_int32(&b[n].to[1]), to_int32(&b[n].to[2]),
				to_text(&b[n].legal_basis), to_text(&b[n].verified_by),
				to_int32(&b[n].valid_from), to_int32(&b[n].valid_to),
				to_int64(&b[n].entered_by.v), to_int64(&b[n].entered_at))))
		n++;
	*ret = (struct recap_bands){b, n};
	return db_end(&rows);
}

enum err recap_load_tables(struct tx *tx, struct recap_tables *ret)
{
	struct org_kind *kind = ARENA_ARRAY(tx->arena, KINDS_MAX, struct org_kind);
	enum err e = recap_list_bands(tx, &ret->bands);

	ret->kind = kind;
	return e ? e : org_list_kinds(tx, DAY_NONE, kind, KINDS_MAX, &ret->kinds);
}

static struct db_stmt LOAD_LAST_CLOSED = {"recap_load_last_closed",
	"SELECT coalesce(max(month), $2) FROM reports_recap WHERE government_id = $1", 0};

enum err recap_load_last_closed(struct tx *tx, int32_t *ret_month)
{
	return db_load(tx, &LOAD_LAST_CLOSED, BIND(db_int(tx->government.v), db_int(DAY_NONE)),
		INTO(to_int32(ret_month)));
}

static struct db_stmt END_BAND = {"recap_end_band",
	"UPDATE reports_band SET valid_to = $3 WHERE government_id = $1 AND kind = $2 AND valid_to "
	"> $3",
	0};
static struct db_stmt ADD_BAND = {"recap_add_band",
	"INSERT INTO reports_band (government_id, band_id, kind, first_to, second_to, third_to, "
	"legal_basis, verified_by, valid_from, valid_to, entered_by, entered_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
	0};

enum err recap_add_band(struct tx *tx, const struct recap_band *b)
{
	enum err e = db_exec(tx, &END_BAND,
		BIND(db_int(tx->government.v), db_int(b->kind), db_int(b->valid_from - 1)), NULL);

	if (e)
		return e;
	return db_exec(tx, &ADD_BAND,
		BIND(db_int(tx->government.v), db_int(b->band_id), db_int(b->kind),
			db_int(b->to[0]), db_int(b->to[1]), db_int(b->to[2]),
			db_text(b->legal_basis), db_text(b->verified_by), db_int(b->valid_from),
			db_int(b->valid_to), db_int(b->entered_by.v), db_int(b->entered_at)),
		NULL);
}

/* ---- what is sealed ---- */

#define PART_COLUMNS                                                                               \
	"SELECT p.unit_id, p.month, p.part, p.recap_id, p.people, p.sha256, p.totals, "            \
	"p.sealed_by, coalesce(e.title_before, ''), coalesce(e.name, ''), "                        \
	"coalesce(e.title_after, ''), p.acting, p.letter, p.sealed_at, p.reason"                   \
	" FROM reports_recap AS p LEFT JOIN org_employee AS e ON e.government_id = "               \
	"p.government_id AND e.employee_id = p.sealed_by WHERE p.government_id = $1"

static struct db_stmt LIST_PARTS = {"recap_list_parts",
	PART_COLUMNS " AND p.unit_id = $2 AND p.month = $3 ORDER BY p.part LIMIT $4", 0};
static struct db_stmt LIST_CLOSED = {"recap_list_closed",
	PART_COLUMNS " AND p.month = $2 AND NOT EXISTS (SELECT 1 FROM reports_recap AS l WHERE "
		     "l.government_id = p.government_id AND l.unit_id = p.unit_id AND l.month = "
		     "p.month AND l.part > p.part) ORDER BY p.unit_id LIMIT $3",
	0};

static bool next_part(struct db_rows *rows, struct arena *arena, struct recap_part *p)
{
	struct employee_row e = {0};
	struct bytes sha = {0};

	if (!db_next(rows,
		    INTO(to_int64(&p->unit.v), to_int32(&p->month), to_int32(&p->part),
			    to_int64(&p->recap_id), to_int32(&p->people), to_bytes(&sha),
			    to_text(&p->totals), to_int64(&p->sealed_by.v),
			    to_text(&e.title_before), to_text(&e.name), to_text(&e.title_after),
			    to_int32(&p->acting), to_text(&p->letter), to_int64(&p->sealed_at),
			    to_text(&p->reason))))
		return false;
	if (sha.n == sizeof p->sha256.b)
		memcpy(p->sha256.b, sha.p, sha.n);
	p->sealer = org_full_name(arena, &e);
	return true;
}

enum err recap_list_parts(struct tx *tx, struct unit_id unit, int32_t month, struct recap_part *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PARTS,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(month), db_int(max)), &rows);
	while (n < max && next_part(&rows, tx->arena, &ret[n]))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

enum err recap_list_closed(
	struct tx *tx, int32_t month, struct recap_part *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_CLOSED, BIND(db_int(tx->government.v), db_int(month), db_int(max)),
		&rows);
	while (n < max && next_part(&rows, tx->arena, &ret[n]))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* The last line of each person; who was moved away afterwards has an empty one. */
static struct db_stmt COUNT_PEOPLE = {"recap_count_people",
	"SELECT count(*) FROM reports_recap AS p JOIN reports_recap_line AS l ON l.government_id = "
	"p.government_id AND l.recap_id = p.recap_id WHERE p.government_id = $1 AND p.unit_id = $2"
	" AND p.month = $3 AND l.days <> '' AND NOT EXISTS (SELECT 1 FROM reports_recap AS q JOIN "
	"reports_recap_line AS m ON m.government_id = q.government_id AND m.recap_id = q.recap_id"
	" WHERE q.government_id = $1 AND q.unit_id = $2 AND q.month = $3 AND q.part > p.part"
	" AND m.employee_id = l.employee_id)",
	0};

enum err recap_count_people(struct tx *tx, struct unit_id unit, int32_t month, int *ret_people)
{
	int64_t count = 0;
	enum err e = db_load(tx, &COUNT_PEOPLE,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(month)),
		INTO(to_int64(&count)));

	*ret_people = (int)count;
	return e;
}

static struct db_stmt ADD_PART = {"recap_add_part",
	"INSERT INTO reports_recap (government_id, unit_id, month, part, recap_id, people, sha256, "
	"totals, sealed_by, acting, letter, sealed_at, reason)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
	0};

enum err recap_add_part(struct tx *tx, const struct recap_part *p)
{
	return db_exec(tx, &ADD_PART,
		BIND(db_int(tx->government.v), db_int(p->unit.v), db_int(p->month), db_int(p->part),
			db_int(p->recap_id), db_int(p->people),
			db_bytes(p->sha256.b, sizeof p->sha256.b), db_text(p->totals),
			db_int(p->sealed_by.v), db_int(p->acting), db_text(p->letter),
			db_int(p->sealed_at), db_text(p->reason)),
		NULL);
}

static struct db_stmt LIST_LINES = {"recap_list_lines",
	"SELECT l.employee_id, l.nip, l.name, l.position, l.days FROM reports_recap AS p"
	" JOIN reports_recap_line AS l ON l.government_id = p.government_id AND l.recap_id = "
	"p.recap_id WHERE p.government_id = $1 AND p.unit_id = $2 AND p.month = $3 AND p.part <= $4"
	" ORDER BY l.employee_id, p.part",
	0};
static struct db_stmt COUNT_LINES = {"recap_count_lines",
	"SELECT coalesce(sum(people), 0) FROM reports_recap WHERE government_id = $1 AND unit_id = "
	"$2 AND month = $3 AND part <= $4",
	0};

enum err recap_list_lines(struct tx *tx, struct unit_id unit, int32_t month, int32_t part,
	struct recap_sealed_line **ret_line, int *ret_count)
{
	struct db_bind bind = BIND(
		db_int(tx->government.v), db_int(unit.v), db_int(month), db_int(part));
	struct recap_sealed_line l, *line;
	struct db_rows rows;
	int64_t count = 0;
	int n = 0;
	enum err e = db_load(tx, &COUNT_LINES, bind, INTO(to_int64(&count)));

	if (e)
		return e;
	*ret_line = line = ARENA_ARRAY(tx->arena, (size_t)count, struct recap_sealed_line);
	db_query(tx, &LIST_LINES, bind, &rows);
	while (db_next(&rows, INTO(to_int64(&l.employee.v), to_text(&l.nip), to_text(&l.name),
				      to_text(&l.position), to_text(&l.days)))) {
		bool is_again = n > 0 && line[n - 1].employee.v == l.employee.v;

		if (!is_again && n == count)
			break;
		line[is_again ? n - 1 : n++] = l;
	}
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt ADD_LINE = {"recap_add_line",
	"INSERT INTO reports_recap_line (government_id, recap_id, employee_id, nip, name, "
	"position, "
	"days) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

enum err recap_add_line_row(struct tx *tx, int64_t recap_id, const struct recap_sealed_line *l)
{
	return db_exec(tx, &ADD_LINE,
		BIND(db_int(tx->government.v), db_int(recap_id), db_int(l->employee.v),
			db_text(l->nip), db_text(l->name), db_text(l->position), db_text(l->days)),
		NULL);
}

static struct db_stmt ADD_CHANGE = {"recap_add_change",
	"INSERT INTO reports_recap_change (government_id, recap_id, employee_id, day, cell_before, "
	"cell_after, why, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	0};

enum err recap_add_change(struct tx *tx, int64_t recap_id, const struct recap_change *c)
{
	return db_exec(tx, &ADD_CHANGE,
		BIND(db_int(tx->government.v), db_int(recap_id), db_int(c->employee.v),
			db_int(c->day), db_text(c->before), db_text(c->after), db_text(c->why),
			db_int(c->decided_by.v), db_int(c->decided_at)),
		NULL);
}

static struct db_stmt LIST_CHANGES = {"recap_list_changes",
	"SELECT c.employee_id, c.day, l.name, c.cell_before, c.cell_after, c.why, c.decided_by, "
	"e.name, c.decided_at FROM reports_recap_change AS c JOIN reports_recap_line AS l ON "
	"l.government_id = c.government_id AND l.recap_id = c.recap_id AND l.employee_id = "
	"c.employee_id LEFT JOIN org_employee AS e ON e.government_id = c.government_id AND "
	"e.employee_id = c.decided_by WHERE c.government_id = $1 AND c.recap_id = $2"
	" ORDER BY c.employee_id, c.day LIMIT $3 OFFSET $4",
	0};

enum err recap_list_changes(struct tx *tx, int64_t recap_id, int skip, struct recap_change *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_CHANGES,
		BIND(db_int(tx->government.v), db_int(recap_id), db_int(max), db_int(skip)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_int32(&ret[n].day),
				       to_text(&ret[n].name), to_text(&ret[n].before),
				       to_text(&ret[n].after), to_text(&ret[n].why),
				       to_int64(&ret[n].decided_by.v), to_text(&ret[n].decider),
				       to_int64(&ret[n].decided_at))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* ---- why a day changed ---- */

/*
 * What somebody decided about a day after an instant: the last of it, with a detail to name it by.
 * A notice's sensitive reason stays with the few, so of it only that it was decided and by whom is
 * told; so it is with the letter of a status that touches health. A file of another system speaks
 * only where the agency was judged by it, an incident only where it took something away or gave it
 * back. A notice makes a status at the same instant: the notice is named.
 */
static struct db_stmt LOAD_CAUSE = {"recap_load_cause",
	"SELECT x.what, x.detail, x.kind, x.decided_by, x.decided_at, (SELECT e.name FROM "
	"org_employee AS e WHERE e.government_id = $1 AND e.employee_id = x.decided_by) FROM ("
	"SELECT 0 AS rank, 'notice' AS what, '' AS detail, 0 AS kind, n.decided_by, n.decided_at "
	"FROM org_notice AS n WHERE n.government_id = $1 AND n.employee_id = $2 AND n.valid_from "
	"<= $3 AND n.valid_to >= $3 AND n.decided_at > $4"
	" UNION ALL SELECT 1, 'correction', c.decision, 0, c.decided_by, c.decided_at FROM "
	"attendance_correction AS c WHERE c.government_id = $1 AND c.employee_id = $2 AND c.day = "
	"$3 AND c.decided_at > $4"
	" UNION ALL SELECT 2, 'paper', '', 0, p.decided_by, p.decided_at FROM attendance_paper_row "
	"AS w JOIN attendance_paper AS p ON p.government_id = w.government_id AND p.paper_id = "
	"w.paper_id WHERE w.government_id = $1 AND w.employee_id = $2 AND w.day = $3 AND "
	"p.decided_at > $4"
	" UNION ALL SELECT 3, 'case', k.reason, 0, k.decided_by, k.decided_at FROM org_case_day AS "
	"k WHERE k.government_id = $1 AND k.employee_id = $2 AND k.day = $3 AND k.decided_at > $4"
	" UNION ALL SELECT 4, 'report', '', 0, r.decided_by, r.decided_at FROM reports_daily AS r "
	"WHERE r.government_id = $1 AND r.employee_id = $2 AND r.day = $3 AND r.decided_at > $4"
	" UNION ALL SELECT 5, 'status', s.letter, s.kind, s.entered_by, s.entered_at FROM "
	"org_status AS s WHERE s.government_id = $1 AND s.employee_id = $2 AND s.valid_from <= $3 "
	"AND s.valid_to >= $3 AND s.entered_at > $4"
	" UNION ALL SELECT 6, 'status_ended', s.letter, s.kind, s.withdrawn_by, s.ended_at FROM "
	"org_status AS s WHERE s.government_id = $1 AND s.employee_id = $2 AND s.valid_from <= $3 "
	"AND s.valid_to >= $3 AND s.ended_at > $4"
	" UNION ALL SELECT 7, 'file', i.file_name, 0, i.actor_id, i.applied_at FROM attendance_day "
	"AS d JOIN org_unit AS u ON u.government_id = d.government_id AND u.unit_id = d.unit_id "
	"JOIN attendance_source AS o ON o.government_id = d.government_id AND o.agency_id = "
	"u.agency_id AND o.source = $5 AND o.valid_from <= $3 AND o.valid_to >= $3 JOIN org_import "
	"AS i ON i.government_id = d.government_id AND i.applied_at > $4 WHERE d.government_id = "
	"$1 AND d.day = $3 AND d.employee_id = $2 AND ((i.kind = $6 AND EXISTS (SELECT 1 FROM "
	"attendance_punch AS q WHERE q.government_id = $1 AND q.punch_day = $3 AND q.employee_id = "
	"$2 AND q.received_at = i.applied_at)) OR (i.kind = $7 AND EXISTS (SELECT 1 FROM "
	"attendance_simpegnas AS m WHERE m.government_id = $1 AND m.employee_id = $2 AND m.month "
	"<= "
	"$3 AND m.month > $3 - 31 AND m.import_id = i.import_id)))"
	" UNION ALL SELECT 8, 'incident', t.number, 0, t.decided_by, t.decided_at FROM "
	"attendance_day AS d JOIN org_unit AS u ON u.government_id = d.government_id AND u.unit_id "
	"= d.unit_id JOIN attendance_incident AS t ON t.government_id = d.government_id AND "
	"t.begins_at < $9 AND t.ends_at > $8 AND t.decided_at > $4 LEFT JOIN org_unit AS v ON "
	"v.government_id = t.government_id AND v.unit_id = t.unit_id WHERE d.government_id = $1 "
	"AND "
	"d.day = $3 AND d.employee_id = $2 AND (t.unit_id = 0 OR substr(u.path, 1, length(v.path)) "
	"= v.path) AND ((t.state = $10 AND d.relieved_minutes > 0) OR t.state = $11)"
	") AS x ORDER BY x.decided_at DESC, x.rank LIMIT 1",
	0};

/* In the words of who decided; else the kind of decision, and after a line break what it rests on.
 */
static const char *cause_text(
	struct arena *arena, const char *what, const char *detail, enum status_kind kind)
{
	bool is_told = *detail && !org_is_private_kind(kind);

	if (!is_told)
		return what;
	if (str_eq(what, "correction") || str_eq(what, "case"))
		return detail;
	return arena_printf(arena, "%s\n%s", what, detail);
}

enum err recap_load_cause(struct tx *tx, struct employee_id employee, int32_t day, int64_t since,
	struct recap_change *ret)
{
	const int64_t from = instant_of(day, 0, ZONE_WIT), to = instant_of(day + 2, 0, ZONE_WIB);
	const char *what, *detail;
	enum status_kind kind;
	enum err e;

	ret->why = "";
	ret->decider = NULL;
	ret->decided_by = (struct employee_id){0};
	ret->decided_at = 0;
	e = db_load(tx, &LOAD_CAUSE,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(since),
			db_int(BY_EXTERNAL), db_int(IMPORT_PUNCHES), db_int(IMPORT_SIMPEGNAS),
			db_int(from), db_int(to), db_int(STATE_ACCEPTED), db_int(STATE_WITHDRAWN)),
		INTO(to_text(&what), to_text(&detail), TO_ENUM(kind), to_int64(&ret->decided_by.v),
			to_int64(&ret->decided_at), to_text(&ret->decider)));
	if (!e)
		ret->why = cause_text(tx->arena, what, detail, kind);
	return e == E_NOT_FOUND ? OK : e;
}

/* ---- offices ---- */

static struct db_stmt LIST_HEADS = {"recap_list_heads",
	"SELECT employee_id, acting, letter FROM org_role WHERE government_id = $1 AND unit_id = $2"
	" AND role IN ($3, $4) AND valid_from <= $5 AND valid_to >= $5 ORDER BY role_id LIMIT $6",
	0};

static enum err list_heads_of(struct tx *tx, struct unit_id unit, int32_t day, int distance,
	struct recap_head *ret, int *count)
{
	struct db_rows rows;

	db_query(tx, &LIST_HEADS,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(ROLE_UNIT_HEAD),
			db_int(ROLE_AGENCY_HEAD), db_int(day), db_int(RECAP_HEADS_MAX)),
		&rows);
	while (*count < RECAP_HEADS_MAX &&
		db_next(&rows, INTO(to_int64(&ret[*count].employee.v), TO_ENUM(ret[*count].acting),
				       to_text(&ret[*count].letter)))) {
		ret[*count].unit = unit;
		ret[*count].distance = distance;
		*count += 1;
	}
	return db_end(&rows);
}

static bool has_head(const struct recap_head *head, int from, int to)
{
	for (int i = from; i < to; i++)
		if (head[i].acting != ACTING_DELEGATE)
			return true;
	return false;
}

enum err recap_list_heads(struct tx *tx, const struct org_tree *tree, struct unit_id unit,
	int32_t day, struct recap_head *ret, int *ret_count)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	int above = 0;
	enum err e = OK;

	*ret_count = 0;
	for (int up = 0; u && !e && above < 1; up++) {
		int before = *ret_count;

		e = list_heads_of(tx, u->id, day, up, ret, ret_count);
		if (up > 0 && has_head(ret, before, *ret_count))
			above++;
		u = u->parent.v ? org_find_unit(tree, u->parent) : NULL;
	}
	return e;
}

/* ---- what stands in the way ---- */

static struct db_stmt LOAD_IS_SETTLED = {"recap_load_is_settled",
	"SELECT count(*) FROM attendance_opened WHERE government_id = $1 AND day > $2 AND "
	"settled_at <> 0",
	0};
/* Notices about days that stand in the unit. 0 is NOTICE_WAITING. */
static struct db_stmt COUNT_NOTICES = {"recap_count_notices",
	"SELECT count(*) FROM org_notice AS n WHERE n.government_id = $1 AND n.state = 0"
	" AND n.valid_from <= $4 AND n.valid_to >= $3 AND EXISTS (SELECT 1 FROM attendance_day AS d"
	" WHERE d.government_id = n.government_id AND d.employee_id = n.employee_id AND d.day >= $3"
	" AND d.day <= $4 AND d.day >= n.valid_from AND d.day <= n.valid_to AND d.unit_id = $2)",
	0};

/* Of a unit and its days, undecided: 0 is CORRECTION_WAITS, PAPER_WAITS. */
static struct db_stmt COUNT_CORRECTIONS = {"recap_count_corrections",
	"SELECT count(*) FROM attendance_correction WHERE government_id = $1 AND state = 0 AND "
	"unit_id = $2 AND day >= $3 AND day <= $4",
	0};
static struct db_stmt COUNT_PAPERS = {"recap_count_papers",
	"SELECT count(*) FROM attendance_paper WHERE government_id = $1 AND state = 0 AND unit_id "
	"= "
	"$2 AND day >= $3 AND day <= $4",
	0};

/* 0 is CASE_OPEN. */
static struct db_stmt COUNT_CASES = {"recap_count_cases",
	"SELECT count(DISTINCT case_id) FROM org_case_day WHERE government_id = $1 AND state = 0 "
	"AND "
	"(was_unit = $2 OR new_unit = $2) AND day >= $3 AND day <= $4",
	0};

static enum err count_waiting(struct tx *tx, struct db_stmt *stmt, struct unit_id unit,
	int32_t first, int32_t last, int32_t *ret)
{
	int64_t count = 0;
	enum err e = db_load(tx, stmt,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(first), db_int(last)),
		INTO(to_int64(&count)));

	*ret = (int32_t)count;
	return e;
}

enum err recap_count_blockers(
	struct tx *tx, struct unit_id unit, int32_t first, int32_t last, struct blockers *ret)
{
	int64_t settled = 0;
	enum err e = db_load(tx, &LOAD_IS_SETTLED, BIND(db_int(tx->government.v), db_int(last)),
		INTO(to_int64(&settled)));

	ret->n[BLOCKER_MONTH] = settled == 0;
	if (!e)
		e = count_waiting(tx, &COUNT_NOTICES, unit, first, last, &ret->n[BLOCKER_NOTICES]);
	if (!e)
		e = count_waiting(
			tx, &COUNT_CORRECTIONS, unit, first, last, &ret->n[BLOCKER_CORRECTIONS]);
	if (!e)
		e = count_waiting(tx, &COUNT_PAPERS, unit, first, last, &ret->n[BLOCKER_PAPERS]);
	if (!e)
		e = count_waiting(tx, &COUNT_CASES, unit, first, last, &ret->n[BLOCKER_CASES]);
	return e;
}

struct db_stmt *const recap_stmts[] = {&LIST_REPORTS, &SCAN_ALL, &SCAN_UNIT, &SCAN_PERSON,
	&LIST_BANDS, &LOAD_LAST_CLOSED, &END_BAND, &ADD_BAND, &LIST_PARTS, &LIST_CLOSED,
	&COUNT_PEOPLE, &ADD_PART, &LIST_LINES, &COUNT_LINES, &ADD_LINE, &ADD_CHANGE, &LIST_CHANGES,
	&LOAD_CAUSE, &LIST_HEADS, &LOAD_IS_SETTLED, &COUNT_NOTICES, &COUNT_CORRECTIONS,
	&COUNT_PAPERS, &COUNT_CASES};
