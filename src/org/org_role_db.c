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

struct db_stmt ORG_LIST_ROLE_LINES = {"org_list_role_lines",
	"SELECT role_id, employee_id, for_id, granted_by, role, acting, unit_id, letter, "
	"valid_from, valid_to"
	" FROM org_role WHERE government_id = $1 AND employee_id = $2 ORDER BY role_id DESC LIMIT "
	"$3",
	0};

#define INTO_ROLE_LINE(l)                                                                          \
	INTO(to_int64(&(l)->role_id), to_int64(&(l)->employee.v), to_int64(&(l)->acts_for.v),      \
		to_int64(&(l)->granted_by.v), to_int32(&(l)->role), to_int32(&(l)->acting),        \
		to_int64(&(l)->unit.v), to_text(&(l)->letter), to_int32(&(l)->valid_from),         \
		to_int32(&(l)->valid_to))

enum err org_list_role_lines(struct tx *tx, struct employee_id employee,
	struct org_role_line *ret_line, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_ROLE_LINES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO_ROLE_LINE(&ret_line[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LOAD_ROLE_LINE = {"org_load_role_line",
	"SELECT role_id, employee_id, for_id, granted_by, role, acting, unit_id, letter, "
	"valid_from, valid_to"
	" FROM org_role WHERE government_id = $1 AND role_id = $2",
	0};

enum err org_load_role_line(struct tx *tx, int64_t role_id, struct org_role_line *ret_line)
{
	return db_load(tx, &ORG_LOAD_ROLE_LINE, BIND(db_int(tx->government.v), db_int(role_id)),
		INTO_ROLE_LINE(ret_line));
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
