/*
 * Statements of paper lists.
 */
#include "attendance/attendance_paper.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))
#define PAPER_COLUMNS                                                                              \
	"p.paper_id, p.unit_id, p.day, p.state, p.version, p.is_late, p.late_reason, p.people, "   \
	"p.file_sha256, p.file_name, p.entered_by, p.entered_at, p.decided_by, p.decided_at, "     \
	"p.decision"
#define INTO_PAPER(p)                                                                              \
	INTO(to_int64(&(p)->id), to_int64(&(p)->unit.v), to_int32(&(p)->day), TO_ENUM((p)->state), \
		to_int32(&(p)->version), to_bool(&(p)->is_late), to_text(&(p)->late_reason),       \
		to_int32(&(p)->people), to_text(&(p)->file_sha256), to_text(&(p)->file_name),      \
		to_int64(&(p)->entered_by.v), to_int64(&(p)->entered_at),                          \
		to_int64(&(p)->decided_by.v), to_int64(&(p)->decided_at), to_text(&(p)->decision))

static struct db_stmt ADD_PAPER = {"attendance_add_paper",
	"INSERT INTO attendance_paper (government_id, paper_id, unit_id, day, state, version, "
	"is_late, late_reason, people, file_sha256, file_name, entered_by, entered_at, decided_by, "
	"decided_at, decision)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, '')",
	0};

enum err attendance_add_paper(struct tx *tx, const struct paper *p)
{
	return db_exec(tx, &ADD_PAPER,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(p->unit.v), db_int(p->day),
			db_int(p->state), db_int(p->version), db_int(p->is_late),
			db_text(p->late_reason), db_int(p->people), db_text(p->file_sha256),
			db_text(p->file_name), db_int(p->entered_by.v), db_int(p->entered_at)),
		NULL);
}

static struct db_stmt ADD_ROW = {"attendance_add_paper_row",
	"INSERT INTO attendance_paper_row (government_id, paper_id, employee_id, day, in_minute, "
	"out_minute, in_punch, in_day, out_punch, out_day, note)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	0};

enum err attendance_add_paper_row(struct tx *tx, const struct paper *p, const struct paper_row *row)
{
	return db_exec(tx, &ADD_ROW,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(row->employee.v),
			db_int(p->day), db_int(row->in_minute), db_int(row->out_minute),
			db_int(row->in_punch), db_int(row->in_day), db_int(row->out_punch),
			db_int(row->out_day), db_text(row->note)),
		NULL);
}

static struct db_stmt LOAD_PAPER = {"attendance_load_paper",
	"SELECT " PAPER_COLUMNS
	" FROM attendance_paper p WHERE p.government_id = $1 AND p.paper_id = $2",
	0};

enum err attendance_load_paper(struct tx *tx, int64_t id, struct paper *ret)
{
	*ret = (struct paper){0};
	return db_load(
		tx, &LOAD_PAPER, BIND(db_int(tx->government.v), db_int(id)), INTO_PAPER(ret));
}

static struct db_stmt SET_PAPER = {"attendance_set_paper",
	"UPDATE attendance_paper SET state = $3, version = $4, decided_by = $5, decided_at = $6, "
	"decision = $7 WHERE government_id = $1 AND paper_id = $2",
	0};

enum err attendance_set_paper(struct tx *tx, struct paper *p)
{
	p->version++;
	return db_exec(tx, &SET_PAPER,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(p->state), db_int(p->version),
			db_int(p->decided_by.v), db_int(p->decided_at), db_text(p->decision)),
		NULL);
}

static struct db_stmt LIST_ROWS = {"attendance_list_paper_rows",
	"SELECT r.employee_id, r.in_minute, r.out_minute, r.in_punch, r.in_day, r.out_punch, "
	"r.out_day, r.note, e.name, e.title_before, e.title_after FROM attendance_paper_row r"
	" JOIN org_employee e ON e.government_id = r.government_id"
	" AND e.employee_id = r.employee_id"
	" WHERE r.government_id = $1 AND r.paper_id = $2 ORDER BY e.name_folded, r.employee_id"
	" LIMIT $3",
	0};

enum err attendance_list_paper_rows(
	struct tx *tx, int64_t paper, struct paper_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct employee_row who = {0};
	int n = 0;

	db_query(tx, &LIST_ROWS, BIND(db_int(tx->government.v), db_int(paper), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_int32(&ret[n].in_minute),
				       to_int32(&ret[n].out_minute), to_int64(&ret[n].in_punch),
				       to_int32(&ret[n].in_day), to_int64(&ret[n].out_punch),
				       to_int32(&ret[n].out_day), to_text(&ret[n].note),
				       to_text(&who.name), to_text(&who.title_before),
				       to_text(&who.title_after))))
		ret[n++].full_name = org_full_name(tx->arena, &who);
	*ret_count = n;
	return db_end(&rows);
}

static enum err list_papers(struct tx *tx, struct db_stmt *stmt, struct db_bind bind,
	struct paper *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, stmt, bind, &rows);
	while (n < max && db_next(&rows, INTO_PAPER(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_PAPERS = {"attendance_list_papers",
	"SELECT " PAPER_COLUMNS " FROM attendance_paper p"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" WHERE p.government_id = $1 AND ($2 = 0 OR p.state = 0) AND (p.paper_id < $3 OR $3 = 0)"
	" AND substr(u.path, 1, CAST($5 AS INTEGER)) = $4 ORDER BY p.paper_id DESC LIMIT $6",
	0};

enum err attendance_list_papers(struct tx *tx, const char *path, bool waiting, int64_t before,
	struct paper *ret, int max, int *ret_count)
{
	return list_papers(tx, &LIST_PAPERS,
		BIND(db_int(tx->government.v), db_int(waiting), db_int(before), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		ret, max, ret_count);
}

static struct db_stmt COUNT_LISTED = {"attendance_count_listed",
	"SELECT count(*) FROM attendance_paper_row r JOIN attendance_paper p"
	" ON p.government_id = r.government_id AND p.paper_id = r.paper_id"
	" WHERE r.government_id = $1 AND r.employee_id = $2 AND r.day = $3 AND p.state IN (0, 1)",
	0};

enum err attendance_count_listed(
	struct tx *tx, struct employee_id employee, int32_t day, int32_t *ret)
{
	return db_load(tx, &COUNT_LISTED,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)),
		INTO(to_int32(ret)));
}

static struct db_stmt LIST_SHEET = {"attendance_list_sheet",
	"SELECT e.employee_id, e.name, e.title_before, e.title_after, e.nip, p.position, "
	"e.has_phone FROM org_placement p"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" JOIN org_employee e ON e.government_id = p.government_id"
	" AND e.employee_id = p.employee_id AND e.valid_from <= $2 AND e.valid_to >= $2"
	" WHERE p.government_id = $1 AND p.valid_from <= $2 AND p.valid_to >= $2"
	" AND substr(u.path, 1, CAST($4 AS INTEGER)) = $3"
	" ORDER BY p.position_level, e.name_folded, e.employee_id LIMIT $5",
	0};

enum err attendance_list_sheet(struct tx *tx, const char *path, int32_t day,
	struct sheet_person *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct employee_row who = {0};
	int n = 0;

	db_query(tx, &LIST_SHEET,
		BIND(db_int(tx->government.v), db_int(day), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&ret[n].nip), to_text(&ret[n].position),
				       to_bool(&ret[n].has_phone))))
		ret[n++].full_name = org_full_name(tx->arena, &who);
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_DAY_PAPERS = {"attendance_list_day_papers",
	"SELECT " PAPER_COLUMNS " FROM attendance_paper_row r JOIN attendance_paper p"
	" ON p.government_id = r.government_id AND p.paper_id = r.paper_id"
	" WHERE r.government_id = $1 AND r.employee_id = $2 AND r.day = $3"
	" ORDER BY p.paper_id LIMIT $4",
	0};

enum err attendance_list_day_papers(struct tx *tx, struct employee_id employee, int32_t day,
	struct paper *ret, int max, int *ret_count)
{
	return list_papers(tx, &LIST_DAY_PAPERS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(max)), ret,
		max, ret_count);
}

struct db_stmt *const attendance_paper_stmts[PAPER_STMTS] = {&ADD_PAPER, &ADD_ROW, &LOAD_PAPER,
	&SET_PAPER, &LIST_ROWS, &LIST_PAPERS, &COUNT_LISTED, &LIST_SHEET, &LIST_DAY_PAPERS};
