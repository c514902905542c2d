/*
 * Employees, placements, relations: who a person was on a day, and whose name stands as his
 * superior's.
 *
 * Dated rows hold from their first to their last day inclusive; no two rows of one person (and one
 * kind of relation) overlap, so a day finds at most one. A day that somebody decided before a late
 * decree came keeps its placement (org_pin, org_case.h). Who may decide in whose place is
 * org_stand.h.
 */
#include "org/org_db.h"

#include "platform/platform_db.h"

#include <string.h>

struct db_stmt ORG_LOAD_EMPLOYEE = {"org_load_employee",
	"SELECT e.nip, e.name, e.title_before, e.title_after, e.employment_kind, e.has_phone,"
	" coalesce(NULLIF(x.unit_id, 0), p.unit_id, 0),"
	" CASE WHEN coalesce(x.unit_id, 0) <> 0 THEN x.position ELSE coalesce(p.position, '') END,"
	" CASE WHEN coalesce(x.unit_id, 0) <> 0 THEN x.position_level"
	" ELSE coalesce(p.position_level, 5) END"
	" FROM org_employee e LEFT JOIN org_placement p ON p.government_id = e.government_id"
	"  AND p.employee_id = e.employee_id AND p.valid_from <= $3 AND p.valid_to >= $3"
	" LEFT JOIN org_pin x ON x.government_id = e.government_id"
	"  AND x.employee_id = e.employee_id AND x.day = $3"
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
