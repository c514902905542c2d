/*
 * Lists for the screens of the personnel office: people of a unit, search, head counts, service
 * posts.
 *
 * All bounded, paged by employee id, and limited to a part of the tree by path, which the route
 * took from the actor's scopes. A head count and a page are of one day.
 */
#include "org/org_db.h"

#include "base/str.h"

/* Account: 0 none or disabled, 1 waits for its one-time code, 2 active. */
#define PERSON_COLUMNS                                                                             \
	"e.employee_id, e.nip, e.name, e.title_before, e.title_after, e.employment_kind, "         \
	"e.has_phone,"                                                                             \
	" coalesce(p.unit_id, 0), coalesce(p.position, ''), coalesce(p.position_level, 5),"        \
	" CASE WHEN a.employee_id IS NULL OR a.disabled_at IS NOT NULL THEN 0 WHEN a.phc IS NULL " \
	"THEN 1 ELSE 2 END"
#define ACCOUNT_JOIN                                                                               \
	" LEFT JOIN platform_account a ON a.government_id = e.government_id AND a.employee_id = "  \
	"e.employee_id"

static enum err read_people(
	struct db_rows *rows, struct org_person *ret_person, int max, int *ret_count)
{
	int n = 0;

	while (n < max) {
		struct org_person *p = &ret_person[n];

		if (!db_next(rows, INTO(to_int64(&p->id.v), to_text(&p->nip), to_text(&p->name),
					   to_text(&p->title_before), to_text(&p->title_after),
					   to_int32(&p->employment_kind), to_bool(&p->has_phone),
					   to_int64(&p->unit.v), to_text(&p->position),
					   to_int32(&p->position_level), to_int32(&p->account))))
			break;
		n++;
	}
	*ret_count = n;
	return db_end(rows);
}

struct db_stmt ORG_LIST_UNIT_PEOPLE = {"org_list_unit_people",
	"SELECT " PERSON_COLUMNS " FROM org_placement p"
	" JOIN org_employee e ON e.government_id = p.government_id AND e.employee_id = "
	"p.employee_id" ACCOUNT_JOIN
	" WHERE p.government_id = $1 AND p.unit_id = $2 AND p.valid_from <= $3 AND p.valid_to >= $3"
	" AND e.valid_from <= $3 AND e.valid_to >= $3 AND p.employee_id > $4 ORDER BY "
	"p.employee_id LIMIT $5",
	0};

enum err org_list_unit_people(struct tx *tx, struct unit_id unit, int32_t day,
	struct employee_id after, struct org_person *ret_person, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_LIST_UNIT_PEOPLE,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(day), db_int(after.v),
			db_int(max)),
		&rows);
	return read_people(&rows, ret_person, max, ret_count);
}

struct db_stmt ORG_LIST_SUBTREE_PEOPLE = {"org_list_subtree_people",
	"SELECT " PERSON_COLUMNS " FROM org_employee e"
	" JOIN org_placement p ON p.government_id = e.government_id AND p.employee_id = "
	"e.employee_id"
	"  AND p.valid_from <= $3 AND p.valid_to >= $3"
	" JOIN org_unit u ON u.government_id = e.government_id AND u.unit_id = "
	"p.unit_id" ACCOUNT_JOIN " WHERE e.government_id = $1 AND e.employee_id > $4 AND "
	"e.valid_from <= $3 AND e.valid_to >= $3"
	" AND substr(u.path, 1, length(CAST($2 AS TEXT))) = $2 ORDER BY e.employee_id LIMIT $5",
	0};

enum err org_list_subtree_people(struct tx *tx, const char *path, int32_t day,
	struct employee_id after, struct org_person *ret_person, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_LIST_SUBTREE_PEOPLE,
		BIND(db_int(tx->government.v), db_text(path), db_int(day), db_int(after.v),
			db_int(max)),
		&rows);
	return read_people(&rows, ret_person, max, ret_count);
}

#define SEARCH_FROM                                                                                \
	" FROM org_employee e"                                                                     \
	" LEFT JOIN org_placement p ON p.government_id = e.government_id AND p.employee_id = "     \
	"e.employee_id"                                                                            \
	"  AND p.valid_from <= $3 AND p.valid_to >= $3"                                            \
	" LEFT JOIN org_unit u ON u.government_id = e.government_id AND u.unit_id = "              \
	"p.unit_id" ACCOUNT_JOIN                                                                   \
	" WHERE e.government_id = $1 AND e.valid_from <= $3 AND e.valid_to >= $3"                  \
	" AND (CAST($2 AS TEXT) = '/' OR substr(u.path, 1, length(CAST($2 AS TEXT))) = $2)"

struct db_stmt ORG_FIND_PEOPLE_BY_NIP = {"org_find_people_by_nip",
	"SELECT " PERSON_COLUMNS SEARCH_FROM
	" AND e.nip >= $4 AND e.nip < $5 ORDER BY e.nip LIMIT $6",
	0};

enum err org_find_people_by_nip(struct tx *tx, const char *path, int32_t day, const char *nip,
	struct org_person *ret_person, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_FIND_PEOPLE_BY_NIP,
		BIND(db_int(tx->government.v), db_text(path), db_int(day), db_text(nip),
			db_text(arena_printf(tx->arena, "%s:", nip)),
			db_int(max)), /* ':' follows '9' */
		&rows);
	return read_people(&rows, ret_person, max, ret_count);
}

struct db_stmt ORG_FIND_PEOPLE_BY_NAME = {"org_find_people_by_name",
	"SELECT " PERSON_COLUMNS SEARCH_FROM
	" AND e.name_folded LIKE $4 ESCAPE '!' ORDER BY e.name_folded, e.employee_id"
	" LIMIT $5",
	0};

/* "%sri wah%", with what LIKE would take for a pattern escaped. */
static const char *contains_pattern(struct arena *arena, const char *folded)
{
	struct buf b;

	buf_init(&b, arena, 64);
	buf_char(&b, '%');
	for (const char *p = folded; *p; p++) {
		if (*p == '%' || *p == '_' || *p == '!')
			buf_char(&b, '!');
		buf_char(&b, *p);
	}
	buf_char(&b, '%');
	return b.p;
}

enum err org_find_people_by_name(struct tx *tx, const char *path, int32_t day, const char *name,
	struct org_person *ret_person, int max, int *ret_count)
{
	struct db_rows rows;

	db_query(tx, &ORG_FIND_PEOPLE_BY_NAME,
		BIND(db_int(tx->government.v), db_text(path), db_int(day),
			db_text(contains_pattern(tx->arena, str_fold(tx->arena, name))),
			db_int(max)),
		&rows);
	return read_people(&rows, ret_person, max, ret_count);
}

struct db_stmt ORG_LOAD_PERSON = {"org_load_person",
	"SELECT " PERSON_COLUMNS " FROM org_employee e"
	" LEFT JOIN org_placement p ON p.government_id = e.government_id AND p.employee_id = "
	"e.employee_id"
	"  AND p.valid_from <= $3 AND p.valid_to >= $3" ACCOUNT_JOIN
	" WHERE e.government_id = $1 AND e.employee_id = $2 AND e.valid_from <= $3 AND e.valid_to "
	">= $3",
	0};

enum err org_load_person(
	struct tx *tx, struct employee_id employee, int32_t day, struct org_person *ret_person)
{
	struct db_rows rows;
	int count;

	db_query(tx, &ORG_LOAD_PERSON,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day)), &rows);
	enum err e = read_people(&rows, ret_person, 1, &count);

	return e ? e : count ? OK : E_NOT_FOUND;
}

struct db_stmt ORG_LIST_PLACEMENTS = {"org_list_placements",
	"SELECT unit_id, position, position_level, decree, valid_from, valid_to FROM org_placement"
	" WHERE government_id = $1 AND employee_id = $2 AND valid_to >= $3 ORDER BY valid_from "
	"LIMIT $4",
	0};

enum err org_list_placements(struct tx *tx, struct employee_id employee, int32_t day,
	struct org_placement_line *ret_line, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_PLACEMENTS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(day), db_int(max)),
		&rows);
	while (n < max) {
		struct org_placement_line *l = &ret_line[n];

		if (!db_next(&rows, INTO(to_int64(&l->unit.v), to_text(&l->position),
					    to_int32(&l->position_level), to_text(&l->decree),
					    to_int32(&l->valid_from), to_int32(&l->valid_to))))
			break;
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LOAD_ACCOUNT_NIP = {"org_load_account_nip",
	"SELECT nip FROM platform_account WHERE government_id = $1 AND employee_id = $2", 0};

enum err org_load_account_nip(struct tx *tx, struct employee_id account, const char **ret_nip)
{
	return db_load(tx, &ORG_LOAD_ACCOUNT_NIP, BIND(db_int(tx->government.v), db_int(account.v)),
		INTO(to_text(ret_nip)));
}

struct db_stmt ORG_LIST_HEAD_COUNTS = {"org_list_head_counts",
	"SELECT p.unit_id, COUNT(*) FROM org_placement p JOIN org_employee e"
	" ON e.government_id = p.government_id AND e.employee_id = p.employee_id"
	"  AND e.valid_from <= $2 AND e.valid_to >= $2"
	" WHERE p.government_id = $1 AND p.valid_from <= $2 AND p.valid_to >= $2 GROUP BY "
	"p.unit_id",
	0};

enum err org_list_head_counts(
	struct tx *tx, int32_t day, struct org_head_count *ret_count_row, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_HEAD_COUNTS, BIND(db_int(tx->government.v), db_int(day)), &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret_count_row[n].unit.v),
						 to_int32(&ret_count_row[n].people))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_UNIT_POSTS = {"org_list_unit_posts",
	"SELECT o.post_id, o.unit_id, o.code, o.name, o.skills, o.is_direct,"
	" (SELECT COUNT(*) FROM org_post_member m WHERE m.government_id = o.government_id AND "
	"m.post_id = o.post_id"
	"  AND m.valid_from <= $3 AND m.valid_to >= $3)"
	" FROM org_post o WHERE o.government_id = $1 AND o.unit_id = $2 AND o.valid_from <= $3 AND "
	"o.valid_to >= $3"
	" ORDER BY o.code, o.post_id LIMIT $4",
	0};

enum err org_list_unit_posts(struct tx *tx, struct unit_id unit, int32_t day,
	struct org_post_line *ret_line, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_UNIT_POSTS,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(day), db_int(max)), &rows);
	while (n < max) {
		struct org_post_line *l = &ret_line[n];

		if (!db_next(
			    &rows, INTO(to_int64(&l->id.v), to_int64(&l->unit.v), to_text(&l->code),
					   to_text(&l->name), to_text(&l->skills),
					   to_bool(&l->is_direct), to_int32(&l->members))))
			break;
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_UNIT_PERIODS = {"org_list_unit_periods",
	"SELECT d.post_id, d.weekday, d.opens, d.closes, d.minimum FROM org_post o JOIN "
	"org_post_period d"
	" ON d.government_id = o.government_id AND d.post_id = o.post_id"
	" WHERE o.government_id = $1 AND o.unit_id = $2 ORDER BY d.post_id, d.weekday, d.opens "
	"LIMIT $3",
	0};

enum err org_list_unit_periods(struct tx *tx, struct unit_id unit, struct org_period_line *ret_line,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_UNIT_PERIODS,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(max)), &rows);
	while (n < max) {
		struct org_period_line *l = &ret_line[n];

		if (!db_next(&rows,
			    INTO(to_int64(&l->post.v), to_int32(&l->weekday), to_int32(&l->opens),
				    to_int32(&l->closes), to_int32(&l->minimum))))
			break;
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}
