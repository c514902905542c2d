/*
 * Employees, placements, relations: who a person was on a day, who answered for him, for whom he
 * answers.
 *
 * Dated rows hold from their first to their last day inclusive; no two rows of one person (and one
 * kind of relation) overlap, so a day finds at most one. A delegate (a role row with acting
 * delegate and the letter) stands in the place of a superior exactly within his dates.
 */
#include "org/org_db.h"

#include "platform/platform_db.h"

#include <string.h>

struct db_stmt ORG_LOAD_EMPLOYEE = {"org_load_employee",
	"SELECT e.nip, e.name, e.title_before, e.title_after, e.employment_kind, e.has_phone,"
	" coalesce(p.unit_id, 0), coalesce(p.position, ''), coalesce(p.position_level, 5)"
	" FROM org_employee e LEFT JOIN org_placement p ON p.government_id = e.government_id"
	"  AND p.employee_id = e.employee_id AND p.valid_from <= $3 AND p.valid_to >= $3"
	" WHERE e.government_id = $1 AND e.employee_id = $2",
	0};

enum err org_load_employee(
	struct tx *tx, struct employee_id id, int32_t day, struct employee_row *ret)
{
	int32_t kind, level;

	*ret = (struct employee_row){.id = id};
	enum err e = db_load(tx, &ORG_LOAD_EMPLOYEE,
		BIND(db_int(tx->government.v), db_int(id.v), db_int(day)),
		INTO(to_text(&ret->nip), to_text(&ret->name), to_text(&ret->title_before),
			to_text(&ret->title_after), to_int32(&kind), to_bool(&ret->has_phone),
			to_int64(&ret->unit.v), to_text(&ret->position), to_int32(&level)));
	if (e)
		return e;
	ret->kind = (enum employment_kind)kind;
	ret->level = (enum position_level)level;
	return OK;
}

struct db_stmt ORG_LOAD_SUPERIOR = {"org_load_superior",
	"SELECT superior_id FROM org_relation WHERE government_id = $1 AND employee_id = $2 AND "
	"kind = $3"
	" AND valid_from <= $4 AND valid_to >= $4",
	0};

enum err org_load_superior(struct tx *tx, struct employee_id employee, enum relation_kind kind,
	int32_t day, struct employee_id *ret)
{
	*ret = (struct employee_id){0};
	enum err e = db_load(tx, &ORG_LOAD_SUPERIOR,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(kind), db_int(day)),
		INTO(to_int64(&ret->v)));
	return e == E_NOT_FOUND ? OK : e;
}

/* Relation kinds 0 and 1 are the roles supervisor (1) and team lead (2); acting 3 is a delegate. */
struct db_stmt ORG_LIST_TEAM = {"org_list_team",
	"WITH place(superior_id, kind) AS ("
	" SELECT CAST($2 AS BIGINT), 0 UNION SELECT CAST($2 AS BIGINT), 1"
	" UNION SELECT for_id, role - 1 FROM org_role WHERE government_id = $1 AND employee_id = $2"
	"  AND role IN (1, 2) AND acting = 3 AND valid_from <= $3 AND valid_to >= $3)"
	" SELECT e.employee_id, e.nip, e.name, e.title_before, e.title_after, e.employment_kind, "
	"e.has_phone,"
	"  coalesce(p.unit_id, 0), coalesce(p.position, ''), coalesce(p.position_level, 5),"
	"  r.superior_id, r.kind"
	" FROM place s JOIN org_relation r ON r.government_id = $1 AND r.superior_id = "
	"s.superior_id"
	"  AND r.kind = s.kind AND r.valid_from <= $3 AND r.valid_to >= $3"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = r.employee_id"
	"  AND e.valid_from <= $3 AND e.valid_to >= $3"
	" LEFT JOIN org_placement p ON p.government_id = $1 AND p.employee_id = e.employee_id"
	"  AND p.valid_from <= $3 AND p.valid_to >= $3"
	" WHERE e.employee_id <> $2"
	" ORDER BY e.name_folded, e.employee_id, r.kind",
	0};

enum err org_list_team(struct tx *tx, struct employee_id superior, int32_t day,
	struct team_member *ret_member, int max, int *ret_count)
{
	struct db_rows rows;
	struct team_member m = {0};
	int32_t employment, level, relation;
	int n = 0;

	db_query(tx, &ORG_LIST_TEAM,
		BIND(db_int(tx->government.v), db_int(superior.v), db_int(day)), &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&m.row.id.v), to_text(&m.row.nip),
						 to_text(&m.row.name), to_text(&m.row.title_before),
						 to_text(&m.row.title_after), to_int32(&employment),
						 to_bool(&m.row.has_phone), to_int64(&m.row.unit.v),
						 to_text(&m.row.position), to_int32(&level),
						 to_int64(&m.superior.v), to_int32(&relation)))) {
		m.row.kind = (enum employment_kind)employment;
		m.row.level = (enum position_level)level;
		m.relation = (enum relation_kind)relation;
		/* One person, two relations: the supervisor's comes first and is the stronger. */
		if (n == 0 || ret_member[n - 1].row.id.v != m.row.id.v)
			ret_member[n++] = m;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LOAD_REACH = {"org_load_reach",
	"SELECT r.kind, r.superior_id FROM org_relation r WHERE r.government_id = $1 AND "
	"r.employee_id = $3"
	" AND r.valid_from <= $4 AND r.valid_to >= $4 AND (r.superior_id = $2 OR EXISTS"
	"  (SELECT 1 FROM org_role d WHERE d.government_id = $1 AND d.employee_id = $2 AND "
	"d.for_id = r.superior_id"
	"   AND d.role = r.kind + 1 AND d.acting = 3 AND d.valid_from <= $4 AND d.valid_to >= $4))"
	" ORDER BY r.kind LIMIT 1",
	0};

enum err org_load_reach(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, enum reach *ret_reach, struct employee_id *ret_for)
{
	struct employee_id superior;
	int32_t kind;

	*ret_reach = REACH_NONE;
	*ret_for = (struct employee_id){0};
	enum err e = db_load(tx, &ORG_LOAD_REACH,
		BIND(db_int(tx->government.v), db_int(actor.v), db_int(employee.v), db_int(day)),
		INTO(to_int32(&kind), to_int64(&superior.v)));
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	*ret_reach = kind == RELATION_SUPERVISOR ? REACH_SUPERVISOR : REACH_TEAM_LEAD;
	if (superior.v != actor.v)
		*ret_for = superior;
	return OK;
}

enum err org_load_authority(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, bool *ret_may, struct employee_id *ret_for)
{
	enum reach reach;
	enum err e = org_load_reach(tx, actor, employee, day, &reach, ret_for);

	*ret_may = !e && reach == REACH_SUPERVISOR && actor.v != employee.v;
	return e;
}

struct db_stmt ORG_LOAD_LEADS = {"org_load_leads",
	"SELECT coalesce(MAX(CASE WHEN r.kind = 0 THEN 1 ELSE 0 END), 0),"
	" coalesce(MAX(CASE WHEN r.kind = 1 THEN 1 ELSE 0 END), 0)"
	" FROM org_relation r WHERE r.government_id = $1 AND r.valid_from <= $4 AND r.valid_to >= "
	"$3"
	" AND r.superior_id IN (SELECT CAST($2 AS BIGINT) UNION SELECT d.for_id FROM org_role d"
	"  WHERE d.government_id = $1 AND d.employee_id = $2 AND d.role IN (1, 2) AND d.acting = 3"
	"  AND d.valid_from <= $4 AND d.valid_to >= $3)",
	0};

enum err org_load_leads(struct tx *tx, struct employee_id actor, int32_t since, int32_t day,
	bool *ret_supervises, bool *ret_leads)
{
	return db_load(tx, &ORG_LOAD_LEADS,
		BIND(db_int(tx->government.v), db_int(actor.v), db_int(since), db_int(day)),
		INTO(to_bool(ret_supervises), to_bool(ret_leads)));
}

struct db_stmt ORG_LOAD_SERVICE = {"org_load_service",
	"SELECT CASE WHEN valid_from <= $3 AND valid_to >= $3 THEN 1 ELSE 0 END FROM org_employee"
	" WHERE government_id = $1 AND employee_id = $2",
	0};

/* The answer holds until an employee changes, which raises the generation. */
enum err org_load_service(
	struct tx *tx, struct employee_id employee, int32_t day, bool *ret_in_service)
{
	struct {
		int64_t employee, generation;
	} key = {.employee = employee.v};
	struct {
		int32_t day, in_service;
	} held;
	enum err e = platform_load_generation(tx, &key.generation);

	if (e)
		return e;
	if (db_recall(tx, DB_RECALL_SERVICE, &key, &held) && held.day == day) {
		*ret_in_service = held.in_service;
		return OK;
	}
	e = db_load(tx, &ORG_LOAD_SERVICE,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)),
		INTO(to_bool(ret_in_service)));
	if (e)
		return e;
	held.day = day;
	held.in_service = *ret_in_service;
	db_remember(tx, DB_RECALL_SERVICE, &key, &held);
	return OK;
}
