/*
 * What a file is compared with, loaded at once: a government of 36,005 people is a few megabytes
 * and one scan each, far cheaper than a question per row.
 */
#include "org/org_import_int.h"

#include <string.h>

/* `array` with room for one more after `n`; doubles at powers of two, so the caller keeps no
 * capacity. */
static void *with_room(struct arena *arena, void *array, int n, size_t size)
{
	void *grown;

	if (n != 0 && (n < 256 || (n & (n - 1)) != 0))
		return array;
	grown = arena_array(arena, n < 256 ? 256 : (size_t)n * 2, size);
	if (n)
		memcpy(grown, array, (size_t)n * size);
	return grown;
}

#define WITH_ROOM(tx, array, n) with_room((tx)->arena, (array), (n), sizeof((array)[0]))

struct db_stmt ORG_LIST_PEOPLE = {"org_list_people",
	"SELECT employee_id, nip, valid_from, valid_to FROM org_employee WHERE government_id = $1"
	" ORDER BY employee_id",
	0};

enum err org_list_people(struct tx *tx, struct import_person **ret_person, int *ret_count)
{
	struct import_person *list = NULL, p;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_PEOPLE, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&p.id.v), to_text(&p.nip), to_int32(&p.valid_from),
				      to_int32(&p.valid_to)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = p;
	}
	*ret_person = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_EMPLOYEES = {"org_list_import_employees",
	"SELECT employee_id, name, title_before, title_after, employment_kind, has_phone, "
	"valid_from, valid_to"
	" FROM org_employee WHERE government_id = $1 ORDER BY employee_id",
	0};

enum err org_list_import_employees(struct tx *tx, struct import_employee **ret_row, int *ret_count)
{
	struct import_employee *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_EMPLOYEES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&r.id.v), to_text(&r.name), to_text(&r.title_before),
			to_text(&r.title_after), to_int32(&r.employment_kind),
			to_bool(&r.has_phone), to_int32(&r.valid_from), to_int32(&r.valid_to)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_PLACEMENTS = {"org_list_import_placements",
	"SELECT employee_id, valid_from, valid_to, unit_id, position_level, position, decree FROM "
	"org_placement"
	" WHERE government_id = $1 AND valid_to >= $2 ORDER BY employee_id, valid_from",
	0};

enum err org_list_import_placements(
	struct tx *tx, int32_t day, struct import_placement **ret_row, int *ret_count)
{
	struct import_placement *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_PLACEMENTS, BIND(db_int(tx->government.v), db_int(day)),
		&rows);
	while (db_next(
		&rows, INTO(to_int64(&r.employee.v), to_int32(&r.valid_from), to_int32(&r.valid_to),
			       to_int64(&r.unit.v), to_int32(&r.level), to_text(&r.position),
			       to_text(&r.decree)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_RELATIONS = {"org_list_import_relations",
	"SELECT employee_id, kind, valid_from, valid_to, superior_id FROM org_relation"
	" WHERE government_id = $1 AND valid_to >= $2 ORDER BY employee_id, kind, valid_from",
	0};

enum err org_list_import_relations(
	struct tx *tx, int32_t day, struct import_relation **ret_row, int *ret_count)
{
	struct import_relation *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(
		tx, &ORG_LIST_IMPORT_RELATIONS, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&r.employee.v), to_int32(&r.kind), to_int32(&r.valid_from),
			       to_int32(&r.valid_to), to_int64(&r.superior.v)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_MEMBERS = {"org_list_import_members",
	"SELECT employee_id, post_id, valid_from, valid_to FROM org_post_member"
	" WHERE government_id = $1 AND valid_to >= $2 ORDER BY employee_id, post_id",
	0};

enum err org_list_import_members(
	struct tx *tx, int32_t day, struct import_member **ret_row, int *ret_count)
{
	struct import_member *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_MEMBERS, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (db_next(&rows, INTO(to_int64(&r.employee.v), to_int64(&r.post.v),
				      to_int32(&r.valid_from), to_int32(&r.valid_to)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_UNIT_USES = {"org_list_unit_uses",
	"SELECT unit_id, MAX(valid_to) FROM org_placement WHERE government_id = $1 GROUP BY "
	"unit_id",
	0};

enum err org_list_unit_uses(struct tx *tx, struct import_unit_use **ret_row, int *ret_count)
{
	struct import_unit_use *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_UNIT_USES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&r.unit.v), to_int32(&r.last_day)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_POSTS = {"org_list_import_posts",
	"SELECT post_id, unit_id, code, name, skills, is_direct FROM org_post"
	" WHERE government_id = $1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY post_id",
	0};

enum err org_list_import_posts(
	struct tx *tx, int32_t day, struct import_post **ret_row, int *ret_count)
{
	struct import_post *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_POSTS, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&r.id.v), to_int64(&r.unit.v), to_text(&r.code),
			       to_text(&r.name), to_text(&r.skills), to_bool(&r.is_direct)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_PERIODS = {"org_list_import_periods",
	"SELECT post_id, weekday, opens, closes, minimum FROM org_post_period WHERE government_id "
	"= $1"
	" ORDER BY post_id, weekday, opens",
	0};

enum err org_list_import_periods(struct tx *tx, struct org_period_line **ret_row, int *ret_count)
{
	struct org_period_line *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_PERIODS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows, INTO(to_int64(&r.post.v), to_int32(&r.weekday), to_int32(&r.opens),
				      to_int32(&r.closes), to_int32(&r.minimum)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_IMPORT_STATUSES = {"org_list_import_statuses",
	"SELECT status_id, employee_id, kind, valid_from, valid_to, letter, ended_at FROM "
	"org_status"
	" WHERE government_id = $1 AND ended_at = 0 AND from_minute < 0 AND valid_to >= $2 ORDER "
	"BY employee_id, "
	"valid_from",
	0};

enum err org_list_import_statuses(
	struct tx *tx, int32_t day, struct org_status_row **ret_row, int *ret_count)
{
	struct org_status_row *list = NULL, r;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_IMPORT_STATUSES, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (db_next(
		&rows, INTO(to_int64(&r.status_id), to_int64(&r.employee.v), to_int32(&r.kind),
			       to_int32(&r.valid_from), to_int32(&r.valid_to), to_text(&r.letter),
			       to_int64(&r.ended_at)))) {
		list = WITH_ROOM(tx, list, n);
		list[n++] = r;
	}
	*ret_row = list;
	*ret_count = n;
	return db_end(&rows);
}
