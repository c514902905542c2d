/*
 * Roles: dated assignments with a scope in the tree and the number of the letter they rest on. A
 * role is ended, never edited; granting and ending are facts of the log.
 */
#include "org/org_db.h"

#include "platform/clock.h"
#include "trust/trust.h"

struct db_stmt ORG_LIST_ROLES = {"org_list_roles",
	"SELECT role_id, role, unit_id, acting, for_id, letter, valid_from, valid_to FROM org_role"
	" WHERE government_id = $1 AND employee_id = $2 AND valid_from <= $3 AND valid_to >= $3"
	" ORDER BY role_id LIMIT $4",
	0};

enum err org_list_roles(struct tx *tx, struct employee_id employee, int32_t day,
	struct role_row *ret_role, int *ret_count)
{
	struct db_rows rows;
	struct role_row r = {0};
	int32_t role, acting;
	int n = 0;

	db_query(tx, &ORG_LIST_ROLES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(ROLES_MAX)),
		&rows);
	while (n < ROLES_MAX &&
		db_next(&rows,
			INTO(to_int64(&r.role_id), to_int32(&role), to_int64(&r.unit.v),
				to_int32(&acting), to_int64(&r.acts_for.v), to_text(&r.letter),
				to_int32(&r.valid_from), to_int32(&r.valid_to)))) {
		r.role = (enum role)role;
		r.acting = (enum acting)acting;
		ret_role[n++] = r;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* The holder and the one stood for with their names, which a role without delegation has not. */
#define ROLE_LINE_COLUMNS                                                                          \
	"r.role_id, r.employee_id, r.for_id, r.granted_by, r.role, r.acting, r.unit_id, "          \
	"r.letter, r.valid_from, r.valid_to, h.name, h.title_before, h.title_after,"               \
	" coalesce(f.name, ''), coalesce(f.title_before, ''), coalesce(f.title_after, ''),"        \
	" r.withdrawn_at, r.withdrawn_why, coalesce(w.name, ''), coalesce(w.title_before, ''),"    \
	" coalesce(w.title_after, '')"                                                             \
	" FROM org_role r JOIN org_employee h ON h.government_id = r.government_id"                \
	"  AND h.employee_id = r.employee_id"                                                      \
	" LEFT JOIN org_employee f ON f.government_id = r.government_id AND f.employee_id = "      \
	"r.for_id"                                                                                 \
	" LEFT JOIN org_employee w ON w.government_id = r.government_id AND w.employee_id = "      \
	"r.withdrawn_by"

static bool next_role_line(struct db_rows *rows, struct arena *arena, struct org_role_line *ret)
{
	struct employee_row holder = {0}, other = {0}, by = {0};

	if (!db_next(rows,
		    INTO(to_int64(&ret->role_id), to_int64(&ret->employee.v),
			    to_int64(&ret->acts_for.v), to_int64(&ret->granted_by.v),
			    to_int32(&ret->role), to_int32(&ret->acting), to_int64(&ret->unit.v),
			    to_text(&ret->letter), to_int32(&ret->valid_from),
			    to_int32(&ret->valid_to), to_text(&holder.name),
			    to_text(&holder.title_before), to_text(&holder.title_after),
			    to_text(&other.name), to_text(&other.title_before),
			    to_text(&other.title_after), to_int64(&ret->withdrawn_at),
			    to_text(&ret->withdrawn_why), to_text(&by.name),
			    to_text(&by.title_before), to_text(&by.title_after))))
		return false;
	ret->withdrawn_by = org_full_name(arena, &by);
	ret->full_name = org_full_name(arena, &holder);
	ret->acts_for_name = ret->acts_for.v ? org_full_name(arena, &other) : NULL;
	return true;
}

static enum err read_role_lines(struct tx *tx, struct db_rows *rows, struct org_role_line *ret_line,
	int max, int *ret_count)
{
	int n = 0;

	while (n < max && next_role_line(rows, tx->arena, &ret_line[n]))
		n++;
	*ret_count = n;
	return db_end(rows);
}

struct db_stmt ORG_LIST_ROLE_LINES = {"org_list_role_lines",
	"SELECT " ROLE_LINE_COLUMNS
	" WHERE r.government_id = $1 AND (r.employee_id = $2 OR r.for_id = $2)"
	" ORDER BY r.role_id DESC LIMIT $3",
	0};

enum err org_list_role_lines(struct tx *tx, struct employee_id employee,
	struct org_role_line *ret_line, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_LIST_ROLE_LINES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	return read_role_lines(tx, &rows, ret_line, max, ret_count);
}

/* Acting 0 is definitive; what was withdrawn before its first day is left out. */
struct db_stmt ORG_LIST_STAND_INS = {"org_list_stand_ins",
	"SELECT " ROLE_LINE_COLUMNS
	" WHERE r.government_id = $1 AND r.acting <> 0 AND r.valid_to >= $2"
	" AND r.valid_to >= r.valid_from AND (r.role_id < $3 OR $3 = 0)"
	" ORDER BY r.role_id DESC LIMIT $4",
	0};

enum err org_list_stand_ins(struct tx *tx, int32_t day, int64_t before,
	struct org_role_line *ret_line, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_LIST_STAND_INS,
		BIND(db_int(tx->government.v), db_int(day), db_int(before), db_int(max)), &rows);
	return read_role_lines(tx, &rows, ret_line, max, ret_count);
}

struct db_stmt ORG_LOAD_ROLE_LINE = {"org_load_role_line",
	"SELECT " ROLE_LINE_COLUMNS " WHERE r.government_id = $1 AND r.role_id = $2", 0};

enum err org_load_role_line(struct tx *tx, int64_t role_id, struct org_role_line *ret_line)
{
	struct db_rows rows;
	int count;

	db_query(tx, &ORG_LOAD_ROLE_LINE, BIND(db_int(tx->government.v), db_int(role_id)), &rows);
	enum err e = read_role_lines(tx, &rows, ret_line, 1, &count);
	return e ? e : count ? OK : E_NOT_FOUND;
}

struct db_stmt ORG_ADD_ROLE = {"org_add_role",
	"INSERT INTO org_role (government_id, role_id, employee_id, role, unit_id, acting, for_id, "
	"letter,"
	" valid_from, valid_to, granted_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	0};

enum err org_add_role(struct tx *tx, struct employee_id employee, const struct role_row *row,
	struct employee_id granted_by, int64_t *ret_role)
{
	const int64_t id = id_next();
	struct buf fact;

	enum err e = db_exec(tx, &ORG_ADD_ROLE,
		BIND(db_int(tx->government.v), db_int(id), db_int(employee.v), db_int(row->role),
			db_int(row->unit.v), db_int(row->acting), db_int(row->acts_for.v),
			db_text(row->letter), db_int(row->valid_from), db_int(row->valid_to),
			db_int(granted_by.v)),
		NULL);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact,
		"role %s employee %lld unit %lld acting %s for %lld from %d to %d by %lld letter "
		"%s",
		role_names[row->role], (long long)employee.v, (long long)row->unit.v,
		acting_names[row->acting], (long long)row->acts_for.v, row->valid_from,
		row->valid_to, (long long)granted_by.v, row->letter);
	trust_add_leaf(tx, LEAF_ROLE, id, fact.p, fact.n);
	*ret_role = id;
	return OK;
}

struct db_stmt ORG_END_ROLE = {"org_end_role",
	"UPDATE org_role SET valid_to = $3 WHERE government_id = $1 AND role_id = $2 AND valid_to "
	"> $3",
	0};

enum err org_end_role(struct tx *tx, int64_t role_id, int32_t last_day)
{
	struct buf fact;

	enum err e = db_exec(tx, &ORG_END_ROLE,
		BIND(db_int(tx->government.v), db_int(role_id), db_int(last_day)), NULL);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 64);
	buf_printf(&fact, "role ends %d", last_day);
	trust_add_leaf(tx, LEAF_ROLE, role_id, fact.p, fact.n);
	return OK;
}
