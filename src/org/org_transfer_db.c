/*
 * Decrees written into the dated rows, and those rows as a history.
 *
 * Rows end and begin; none says later something else than it did. Each decree is one leaf.
 */
#include "org/org_transfer.h"

#include "platform/changes.h"
#include "trust/trust.h"

#define INTO_NAME(row)                                                                             \
	to_text(&(row).name), to_text(&(row).title_before), to_text(&(row).title_after)

/* ---- history ---- */

struct db_stmt ORG_LIST_PLACEMENT_ROWS = {"org_list_placement_rows",
	"SELECT p.unit_id, p.position, p.position_level, p.decree, p.valid_from, p.valid_to,"
	" p.entered_at, coalesce(o.name, ''), coalesce(o.title_before, ''),"
	" coalesce(o.title_after, '') FROM org_placement p"
	" LEFT JOIN org_employee o ON o.government_id = $1 AND o.employee_id = p.entered_by"
	" WHERE p.government_id = $1 AND p.employee_id = $2 ORDER BY p.valid_from LIMIT $3",
	0};

enum err org_list_placement_rows(struct tx *tx, struct employee_id employee,
	struct org_placement_row *ret_row, int max, int *ret_count)
{
	struct org_placement_row p = {0};
	struct employee_row by = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_PLACEMENT_ROWS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&p.unit.v), to_text(&p.position),
						 to_int32(&p.position_level), to_text(&p.decree),
						 to_int32(&p.valid_from), to_int32(&p.valid_to),
						 to_int64(&p.entered_at), INTO_NAME(by)))) {
		p.entered_by = org_full_name(tx->arena, &by);
		ret_row[n++] = p;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_RELATION_ROWS = {"org_list_relation_rows",
	"SELECT r.kind, r.valid_from, r.valid_to, r.superior_id, r.letter, r.entered_at,"
	" s.name, s.title_before, s.title_after, coalesce(o.name, ''),"
	" coalesce(o.title_before, ''), coalesce(o.title_after, '') FROM org_relation r"
	" JOIN org_employee s ON s.government_id = $1 AND s.employee_id = r.superior_id"
	" LEFT JOIN org_employee o ON o.government_id = $1 AND o.employee_id = r.entered_by"
	" WHERE r.government_id = $1 AND r.employee_id = $2 ORDER BY r.kind, r.valid_from LIMIT $3",
	0};

enum err org_list_relation_rows(struct tx *tx, struct employee_id employee,
	struct org_relation_row *ret_row, int max, int *ret_count)
{
	struct org_relation_row r = {0};
	struct employee_row superior = {0}, by = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_RELATION_ROWS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int32(&r.kind), to_int32(&r.valid_from),
						 to_int32(&r.valid_to), to_int64(&r.superior.v),
						 to_text(&r.letter), to_int64(&r.entered_at),
						 INTO_NAME(superior), INTO_NAME(by)))) {
		r.superior_name = org_full_name(tx->arena, &superior);
		r.entered_by = org_full_name(tx->arena, &by);
		ret_row[n++] = r;
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LOAD_SERVICE_SPAN = {"org_load_service_span",
	"SELECT valid_from, valid_to FROM org_employee WHERE government_id = $1"
	" AND employee_id = $2",
	0};

enum err org_load_service_span(struct tx *tx, struct employee_id employee, struct dated *ret)
{
	return db_load(tx, &ORG_LOAD_SERVICE_SPAN,
		BIND(db_int(tx->government.v), db_int(employee.v)),
		INTO(to_int32(&ret->from), to_int32(&ret->to)));
}

/* The days on which somebody stands above `superior`, cut on the way up; 40 levels are more than
 * any government has. */
struct db_stmt ORG_LOAD_IS_CYCLE = {"org_load_is_cycle",
	"WITH RECURSIVE above(person_id, first_day, last_day, depth) AS ("
	" SELECT CAST($3 AS BIGINT), CAST($4 AS INTEGER), CAST($5 AS INTEGER), 0"
	" UNION SELECT r.superior_id,"
	"  CASE WHEN r.valid_from > a.first_day THEN r.valid_from ELSE a.first_day END,"
	"  CASE WHEN r.valid_to < a.last_day THEN r.valid_to ELSE a.last_day END, a.depth + 1"
	" FROM above a JOIN org_relation r ON r.government_id = $1"
	"  AND r.employee_id = a.person_id AND r.kind = 0 AND r.valid_from <= a.last_day"
	"  AND r.valid_to >= a.first_day WHERE a.depth < 40 AND a.person_id <> $2)"
	" SELECT count(*) FROM above WHERE person_id = $2",
	0};

enum err org_load_is_cycle(struct tx *tx, struct employee_id employee, struct employee_id superior,
	int32_t from, int32_t to, bool *ret_is_cycle)
{
	int64_t found = 0;
	enum err e = db_load(tx, &ORG_LOAD_IS_CYCLE,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(superior.v), db_int(from),
			db_int(to)),
		INTO(to_int64(&found)));

	*ret_is_cycle = found > 0;
	return e;
}

/* ---- writing ---- */

static enum err mark_days(struct tx *tx, const struct org_decree *decree)
{
	int32_t today;
	enum err e = org_load_today(tx, &today);

	for (int32_t day = decree->from; !e && day <= decree->to && day <= today; day++)
		changes_add(tx->changes, CHANGE_DAY, decree->employee.v, day);
	return e;
}

static void add_leaf(struct tx *tx, const struct org_decree *decree, const char *what,
	int64_t object, struct employee_id by)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "%s employee %lld to %lld level %s from %d to %d by %lld number %s as %s",
		what, (long long)decree->employee.v, (long long)object,
		position_level_names[decree->level], decree->from, decree->to, (long long)by.v,
		decree->number, decree->position ? decree->position : "");
	trust_add_leaf(tx, LEAF_TRANSFER, decree->employee.v, fact.p, fact.n);
}

struct db_stmt ORG_CUT_PLACEMENT = {"org_cut_placement",
	"UPDATE org_placement SET valid_to = $4 WHERE government_id = $1 AND employee_id = $2"
	" AND valid_from = $3",
	0};
struct db_stmt ORG_INSERT_PLACEMENT = {"org_insert_placement",
	"INSERT INTO org_placement (government_id, employee_id, valid_from, valid_to, unit_id,"
	" position, position_level, decree, entered_by, entered_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	0};

static enum err insert_placement(struct tx *tx, struct employee_id employee, struct dated span,
	const struct org_placement_row *row, struct employee_id by)
{
	return db_exec(tx, &ORG_INSERT_PLACEMENT,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(span.from),
			db_int(span.to), db_int(row->unit.v), db_text(row->position),
			db_int(row->position_level), db_text(row->decree), db_int(by.v),
			db_int(tx->now_ms)),
		NULL);
}

enum err org_enter_placement(struct tx *tx, const struct org_decree *decree,
	const struct org_placement_row *before, const struct timeline *plan, struct employee_id by)
{
	const struct org_placement_row new = {.unit = decree->unit,
		.position = decree->position,
		.decree = decree->number,
		.position_level = (int32_t)decree->level};
	enum err e = OK;

	if (plan->ends >= 0)
		e = db_exec(tx, &ORG_CUT_PLACEMENT,
			BIND(db_int(tx->government.v), db_int(decree->employee.v),
				db_int(before[plan->ends].valid_from), db_int(decree->from - 1)),
			NULL);
	if (!e)
		e = insert_placement(
			tx, decree->employee, (struct dated){decree->from, decree->to}, &new, by);
	if (!e && plan->resumes)
		e = insert_placement(tx, decree->employee,
			(struct dated){decree->to + 1, before[plan->ends].valid_to},
			&before[plan->ends], by);
	if (e)
		return e;
	add_leaf(tx, decree, "placement", decree->unit.v, by);
	return mark_days(tx, decree);
}

struct db_stmt ORG_CUT_RELATION = {"org_cut_relation",
	"UPDATE org_relation SET valid_to = $5 WHERE government_id = $1 AND employee_id = $2"
	" AND kind = $3 AND valid_from = $4",
	0};
struct db_stmt ORG_INSERT_RELATION = {"org_insert_relation",
	"INSERT INTO org_relation (government_id, employee_id, kind, valid_from, valid_to,"
	" superior_id, letter, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	0};

static enum err insert_relation(struct tx *tx, struct employee_id employee, struct dated span,
	const struct org_relation_row *row, struct employee_id by)
{
	return db_exec(tx, &ORG_INSERT_RELATION,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(row->kind),
			db_int(span.from), db_int(span.to), db_int(row->superior.v),
			db_text(row->letter), db_int(by.v), db_int(tx->now_ms)),
		NULL);
}

enum err org_enter_relation(struct tx *tx, const struct org_decree *decree, enum relation_kind kind,
	const struct org_relation_row *before, const struct timeline *plan, struct employee_id by)
{
	const struct org_relation_row new = {
		.kind = (int32_t)kind, .superior = decree->superior, .letter = decree->number};
	enum err e = OK;

	if (plan->ends >= 0)
		e = db_exec(tx, &ORG_CUT_RELATION,
			BIND(db_int(tx->government.v), db_int(decree->employee.v), db_int(kind),
				db_int(before[plan->ends].valid_from), db_int(decree->from - 1)),
			NULL);
	if (!e)
		e = insert_relation(
			tx, decree->employee, (struct dated){decree->from, decree->to}, &new, by);
	if (!e && plan->resumes)
		e = insert_relation(tx, decree->employee,
			(struct dated){decree->to + 1, before[plan->ends].valid_to},
			&before[plan->ends], by);
	if (!e)
		add_leaf(tx, decree, relation_kind_names[kind], decree->superior.v, by);
	return e;
}

/* ---- service posts ---- */

/* What began before goes on until the day before; what would begin later never does. */
struct db_stmt ORG_END_POSTS = {"org_end_posts",
	"UPDATE org_post_member SET valid_to = CASE WHEN valid_from < $3 THEN $3 - 1"
	" ELSE valid_from - 1 END WHERE government_id = $1 AND employee_id = $2 AND valid_to >= $3",
	0};
struct db_stmt ORG_BEGIN_POST = {"org_begin_post",
	"INSERT INTO org_post_member (government_id, employee_id, post_id, valid_from, valid_to)"
	" VALUES ($1, $2, $3, $4, 2932896) ON CONFLICT (government_id, employee_id, post_id,"
	" valid_from) DO UPDATE SET valid_to = excluded.valid_to",
	0};

enum err org_enter_posts(
	struct tx *tx, struct employee_id employee, const int64_t *post, int posts, int32_t from)
{
	enum err e = db_exec(tx, &ORG_END_POSTS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from)), NULL);

	for (int i = 0; i < posts && !e; i++)
		e = db_exec(tx, &ORG_BEGIN_POST,
			BIND(db_int(tx->government.v), db_int(employee.v), db_int(post[i]),
				db_int(from)),
			NULL);
	return e;
}

/* ---- letters ---- */

/* Terms of who left the service are over with it. Acting 3 is a delegate, roles 3 and 4 are heads.
 */
struct db_stmt ORG_LIST_STAND_IN_ROWS = {"org_list_stand_in_rows",
	"SELECT r.employee_id, r.for_id, r.unit_id, r.role, r.acting, r.valid_from,"
	" CASE WHEN e.valid_to < r.valid_to THEN e.valid_to ELSE r.valid_to END FROM org_role r"
	" JOIN org_employee e ON e.government_id = $1 AND e.employee_id = r.employee_id"
	" WHERE r.government_id = $1 AND r.valid_from <= $6 AND r.valid_to >= $5"
	" AND ((r.acting = 3 AND (r.employee_id = $2 OR r.for_id = $2 OR r.for_id = $3))"
	"  OR (r.acting <> 3 AND r.role IN (3, 4) AND r.unit_id = $4)) ORDER BY r.role_id LIMIT $7",
	0};

enum err org_list_stand_in_rows(struct tx *tx, const struct stand_in *new, struct stand_in *ret_row,
	int max, int *ret_count)
{
	struct stand_in s = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_STAND_IN_ROWS,
		BIND(db_int(tx->government.v), db_int(new->employee), db_int(new->acts_for),
			db_int(new->unit), db_int(new->from), db_int(new->to), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&s.employee), to_int64(&s.acts_for), to_int64(&s.unit),
				       to_int32(&s.role), to_int32(&s.acting), to_int32(&s.from),
				       to_int32(&s.to))))
		ret_row[n++] = s;
	*ret_count = n;
	return db_end(&rows);
}
