/*
 * The set-wise statements that turn staged rows into facts, one transaction per file.
 *
 * A staged UPDATE names the first day of the row it ends (i3), so each row is found by its key. The
 * statements run over the stage in its order and touch only tables of org. How long the largest of
 * them holds the writer is measured by `bench` (36,005 rows: docs/BENCHMARKS.md).
 */
#include "org/org_case.h"
#include "org/org_import_int.h"

#include "platform/auth.h"
#include "platform/changes.h"

#define MARK_MAX                                                                                   \
	500 /* days of employees marked one by one; above, the days are marked for everybody */

static enum err run(struct tx *tx, struct db_stmt *stmt, const struct import_apply *apply)
{
	return db_exec(tx, stmt, BIND(db_int(tx->government.v), db_int(apply->import_id)), NULL);
}

static enum err run_on_day(struct tx *tx, struct db_stmt *stmt, const struct import_apply *apply)
{
	return db_exec(tx, stmt,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(apply->effective)),
		NULL);
}

/* ---- units ---- */

struct db_stmt ORG_APPLY_NEW_UNITS = {"org_apply_new_units",
	"INSERT INTO org_unit (government_id, unit_id, parent_id, agency_id, path, code, name, "
	"kind, character,"
	" valid_from, valid_to) SELECT government_id, subject_id, i1, i2, t1, t2, t3, CAST(i3 AS "
	"INTEGER),"
	" CAST(i4 AS INTEGER), CAST(i5 AS INTEGER), CAST(i6 AS INTEGER) FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 1",
	0};
struct db_stmt ORG_APPLY_ENDED_UNITS = {"org_apply_ended_units",
	"UPDATE org_unit AS u SET valid_to = CAST(r.i1 AS INTEGER) FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2"
	" AND u.government_id = $1 AND u.unit_id = r.subject_id",
	0};

enum err org_apply_units(struct tx *tx, const struct import_apply *apply)
{
	enum err e = run(tx, &ORG_APPLY_NEW_UNITS, apply);

	return e ? e : run(tx, &ORG_APPLY_ENDED_UNITS, apply);
}

/* ---- employees ---- */

struct db_stmt ORG_APPLY_NEW_EMPLOYEES = {"org_apply_new_employees",
	"INSERT INTO org_employee (government_id, employee_id, nip, name, name_folded, "
	"title_before, title_after,"
	" employment_kind, has_phone, valid_from, valid_to) SELECT government_id, subject_id, t1, "
	"t2, t3, t4, t5,"
	" CAST(i1 AS INTEGER), CAST(i2 AS INTEGER), CAST(i3 AS INTEGER), CAST(i4 AS INTEGER) FROM "
	"org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 1",
	0};
struct db_stmt ORG_APPLY_CHANGED_EMPLOYEES = {"org_apply_changed_employees",
	"UPDATE org_employee AS e SET name = r.t2, name_folded = r.t3, title_before = r.t4, "
	"title_after = r.t5,"
	" employment_kind = CAST(r.i1 AS INTEGER), has_phone = CAST(r.i2 AS INTEGER),"
	" valid_to = CAST(r.i4 AS INTEGER) FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2"
	" AND e.government_id = $1 AND e.employee_id = r.subject_id",
	0};
struct db_stmt ORG_LOAD_FIRST_LEAVING = {"org_load_first_leaving",
	"SELECT COUNT(*), coalesce(MIN(i4), 0) FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 2 AND i4 < $3",
	0};

/* Who left before today is no longer expected on the days since. */
static enum err mark_leaving(struct tx *tx, const struct import_apply *apply)
{
	int32_t leaving, last_day;
	enum err e = db_load(tx, &ORG_LOAD_FIRST_LEAVING,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(apply->today)),
		INTO(to_int32(&leaving), to_int32(&last_day)));

	if (e || leaving == 0)
		return e;
	changes_add(tx->changes, CHANGE_RANGE, last_day + 1, apply->today);
	return OK;
}

struct db_stmt ORG_LIST_NEW_ENDS = {"org_list_new_ends",
	"SELECT subject_id, CAST(i4 AS INTEGER) FROM org_import_row WHERE government_id = $1"
	" AND import_id = $2 AND action = 2 AND i5 = 1 AND subject_id > $3"
	" ORDER BY subject_id LIMIT $4",
	0};

#define ENDS_PAGE 500

struct new_end {
	struct employee_id employee;
	int32_t last_day;
};

static enum err list_new_ends(struct tx *tx, const struct import_apply *apply,
	struct employee_id after, struct new_end *ret_end, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_NEW_ENDS,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(after.v),
			db_int(ENDS_PAGE)),
		&rows);
	while (n < ENDS_PAGE && db_next(&rows, INTO(to_int64(&ret_end[n].employee.v),
						       to_int32(&ret_end[n].last_day))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* Accounts end with the service of their owners, in this transaction. */
static enum err end_accounts(struct tx *tx, const struct import_apply *apply)
{
	struct new_end *end = ARENA_ARRAY(tx->arena, ENDS_PAGE, struct new_end);
	struct employee_id after = {0};
	int count = ENDS_PAGE;

	while (count == ENDS_PAGE) {
		enum err e = list_new_ends(tx, apply, after, end, &count);

		for (int i = 0; i < count && !e; i++)
			e = org_end_account(tx, end[i].employee, end[i].last_day);
		if (e)
			return e;
		after = count ? end[count - 1].employee : after;
	}
	return OK;
}

enum err org_apply_employees(struct tx *tx, const struct import_apply *apply)
{
	enum err e = run(tx, &ORG_APPLY_NEW_EMPLOYEES, apply);

	if (e || (e = run(tx, &ORG_APPLY_CHANGED_EMPLOYEES, apply)) ||
		(e = end_accounts(tx, apply)))
		return e;
	return mark_leaving(tx, apply);
}

/* ---- placements and post members ---- */

struct db_stmt ORG_APPLY_ENDED_PLACEMENTS = {"org_apply_ended_placements",
	"UPDATE org_placement AS p SET valid_to = $3 - 1 FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2 AND p.government_id = $1"
	" AND p.employee_id = r.subject_id AND p.valid_from = r.i3 AND p.valid_from < $3",
	0};
struct db_stmt ORG_APPLY_SAME_DAY_PLACEMENTS = {"org_apply_same_day_placements",
	"UPDATE org_placement AS p SET unit_id = r.i1, position = r.t1, position_level = CAST(r.i2 "
	"AS INTEGER),"
	" decree = r.t2 FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2 AND r.i3 = $3 AND "
	"p.government_id = $1"
	" AND p.employee_id = r.subject_id AND p.valid_from = r.i3",
	0};
struct db_stmt ORG_APPLY_NEW_PLACEMENTS = {"org_apply_new_placements",
	"INSERT INTO org_placement (government_id, employee_id, valid_from, valid_to, unit_id, "
	"position,"
	" position_level, decree) SELECT government_id, subject_id, CAST($3 AS INTEGER), 2932896, "
	"i1, t1,"
	" CAST(i2 AS INTEGER), t2 FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action IN (1, 2) AND i3 <> $3",
	0};
struct db_stmt ORG_APPLY_ENDED_MEMBERS = {"org_apply_ended_members",
	"UPDATE org_post_member AS m SET valid_to = $3 - 1 FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 4 AND m.government_id = $1"
	" AND m.employee_id = r.subject_id AND m.post_id = r.i1 AND m.valid_from = r.i2",
	0};
struct db_stmt ORG_APPLY_NEW_MEMBERS = {"org_apply_new_members",
	"INSERT INTO org_post_member (government_id, employee_id, post_id, valid_from, valid_to)"
	" SELECT government_id, subject_id, i1, CAST($3 AS INTEGER), 2932896 FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 3"
	" ON CONFLICT (government_id, employee_id, post_id, valid_from) DO UPDATE SET valid_to = "
	"excluded.valid_to",
	0};

/* ---- late decrees ---- */

struct db_stmt ORG_LIST_STAGED_PLACEMENTS = {"org_list_staged_placements",
	"SELECT line, subject_id, i1, i2, t1, t2 FROM org_import_row WHERE government_id = $1"
	" AND import_id = $2 AND action IN (1, 2) AND line > $3 ORDER BY line LIMIT $4",
	0};
struct db_stmt ORG_LIST_STAGED_SUPERVISORS = {"org_list_staged_supervisors",
	"SELECT line, subject_id, i2, 0, '', '' FROM org_import_row WHERE government_id = $1"
	" AND import_id = $2 AND i1 = 0 AND line > $3 ORDER BY line LIMIT $4",
	0};

#define DECREES_PAGE 500

struct staged_decree {
	int32_t line;
	struct org_decree decree;
};

static enum err list_decrees(struct tx *tx, const struct import_apply *apply, enum case_kind kind,
	int32_t after, struct staged_decree *ret, int *ret_count)
{
	struct staged_decree s = {.decree = {.kind = kind, .to = DAY_FOREVER}};
	struct db_rows rows;
	int64_t object;
	int32_t level;
	int n = 0;

	s.decree.from = apply->effective;
	db_query(tx,
		kind == CASE_PLACEMENT ? &ORG_LIST_STAGED_PLACEMENTS : &ORG_LIST_STAGED_SUPERVISORS,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(after),
			db_int(DECREES_PAGE)),
		&rows);
	while (n < DECREES_PAGE &&
		db_next(&rows, INTO(to_int32(&s.line), to_int64(&s.decree.employee.v),
				       to_int64(&object), to_int32(&level),
				       to_text(&s.decree.position), to_text(&s.decree.number)))) {
		s.decree.unit.v = kind == CASE_PLACEMENT ? object : 0;
		s.decree.superior.v = kind == CASE_SUPERVISOR ? object : 0;
		s.decree.level = (enum position_level)level;
		ret[n++] = s;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* A file whose effective day lies back is a decree for each of its people. */
static enum err open_cases(struct tx *tx, const struct import_apply *apply, enum case_kind kind)
{
	struct staged_decree *staged;
	int count = DECREES_PAGE;
	int32_t after = -1;
	enum err e = OK;

	if (apply->effective > apply->today)
		return OK;
	staged = ARENA_ARRAY(tx->arena, DECREES_PAGE, struct staged_decree);
	while (!e && count == DECREES_PAGE) {
		e = list_decrees(tx, apply, kind, after, staged, &count);
		for (int i = 0; i < count && !e; i++) {
			int64_t case_id;
			int days;

			e = org_open_case(tx, &staged[i].decree, apply->actor, &case_id, &days);
		}
		after = count ? staged[count - 1].line : after;
	}
	return e;
}

/* ---- applying them ---- */

enum err org_apply_placements(struct tx *tx, const struct import_apply *apply)
{
	enum err e = open_cases(tx, apply, CASE_PLACEMENT);

	if (e || (e = run_on_day(tx, &ORG_APPLY_ENDED_PLACEMENTS, apply)) ||
		(e = run_on_day(tx, &ORG_APPLY_SAME_DAY_PLACEMENTS, apply)) ||
		(e = run_on_day(tx, &ORG_APPLY_NEW_PLACEMENTS, apply)) ||
		(e = run_on_day(tx, &ORG_APPLY_ENDED_MEMBERS, apply)) ||
		(e = run_on_day(tx, &ORG_APPLY_NEW_MEMBERS, apply)))
		return e;
	return org_import_mark(tx, apply);
}

/* ---- supervisors and team leads ---- */

struct db_stmt ORG_APPLY_ENDED_RELATIONS = {"org_apply_ended_relations",
	"UPDATE org_relation AS p SET valid_to = $3 - 1 FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2 AND p.government_id = $1"
	" AND p.employee_id = r.subject_id AND p.kind = r.i1 AND p.valid_from = r.i3 AND "
	"p.valid_from < $3",
	0};
struct db_stmt ORG_APPLY_SAME_DAY_RELATIONS = {"org_apply_same_day_relations",
	"UPDATE org_relation AS p SET superior_id = r.i2 FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2 AND r.i3 = $3 AND "
	"p.government_id = $1"
	" AND p.employee_id = r.subject_id AND p.kind = r.i1 AND p.valid_from = r.i3",
	0};
struct db_stmt ORG_APPLY_NEW_RELATIONS = {"org_apply_new_relations",
	"INSERT INTO org_relation (government_id, employee_id, kind, valid_from, valid_to, "
	"superior_id)"
	" SELECT government_id, subject_id, CAST(i1 AS INTEGER), CAST($3 AS INTEGER), 2932896, i2"
	" FROM org_import_row WHERE government_id = $1 AND import_id = $2 AND i3 <> $3",
	0};

enum err org_apply_relations(struct tx *tx, const struct import_apply *apply)
{
	enum err e = open_cases(tx, apply, CASE_SUPERVISOR);

	if (e || (e = run_on_day(tx, &ORG_APPLY_ENDED_RELATIONS, apply)) ||
		(e = run_on_day(tx, &ORG_APPLY_SAME_DAY_RELATIONS, apply)))
		return e;
	return run_on_day(tx, &ORG_APPLY_NEW_RELATIONS, apply);
}

/* ---- service posts ---- */

struct db_stmt ORG_APPLY_NEW_POSTS = {"org_apply_new_posts",
	"INSERT INTO org_post (government_id, post_id, unit_id, code, name, is_direct, skills, "
	"valid_from, valid_to)"
	" SELECT government_id, subject_id, i1, t1, t2, CAST(i2 AS INTEGER), t3, CAST($3 AS "
	"INTEGER), 2932896"
	" FROM org_import_row WHERE government_id = $1 AND import_id = $2 AND action = 1",
	0};
struct db_stmt ORG_APPLY_CHANGED_POSTS = {"org_apply_changed_posts",
	"UPDATE org_post AS p SET name = r.t2, skills = r.t3 FROM org_import_row r"
	" WHERE r.government_id = $1 AND r.import_id = $2 AND r.action = 2"
	" AND p.government_id = $1 AND p.post_id = r.subject_id",
	0};
struct db_stmt ORG_APPLY_OLD_PERIODS = {"org_apply_old_periods",
	"DELETE FROM org_post_period WHERE government_id = $1 AND post_id IN (SELECT subject_id "
	"FROM org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND action = 3)",
	0};
struct db_stmt ORG_APPLY_NEW_PERIODS = {"org_apply_new_periods",
	"INSERT INTO org_post_period (government_id, post_id, weekday, opens, closes, minimum)"
	" SELECT government_id, subject_id, CAST(i1 AS INTEGER), CAST(i2 AS INTEGER), CAST(i3 AS "
	"INTEGER),"
	" CAST(i4 AS INTEGER) FROM org_import_row WHERE government_id = $1 AND import_id = $2 AND "
	"action = 4",
	0};

enum err org_apply_posts(struct tx *tx, const struct import_apply *apply)
{
	enum err e = run_on_day(tx, &ORG_APPLY_NEW_POSTS, apply);

	if (e || (e = run(tx, &ORG_APPLY_CHANGED_POSTS, apply)) ||
		(e = run(tx, &ORG_APPLY_OLD_PERIODS, apply)))
		return e;
	return run(tx, &ORG_APPLY_NEW_PERIODS, apply);
}

/* ---- statuses ---- */

struct db_stmt ORG_APPLY_STATUSES = {"org_apply_statuses",
	"INSERT INTO org_status (government_id, employee_id, valid_from, status_id, valid_to, "
	"kind, letter, ended_at, entered_by, entered_at)"
	" SELECT government_id, subject_id, CAST(i3 AS INTEGER), i1, CAST(i4 AS INTEGER), CAST(i2 "
	"AS INTEGER), t1, 0, CAST($3 AS BIGINT), CAST($4 AS BIGINT)"
	" FROM org_import_row WHERE government_id = $1 AND import_id = $2",
	0};
struct db_stmt ORG_LOAD_STATUS_SPAN = {"org_load_status_span",
	"SELECT CAST(coalesce(SUM(i4 - i3 + 1), 0) AS BIGINT), coalesce(MIN(i3), 0) FROM "
	"org_import_row"
	" WHERE government_id = $1 AND import_id = $2 AND i3 <= $3",
	0};
struct db_stmt ORG_LIST_STATUS_SPANS = {"org_list_status_spans",
	"SELECT subject_id, i3, i4 FROM org_import_row WHERE government_id = $1 AND import_id = $2 "
	"AND i3 <= $3"
	" ORDER BY line",
	0};

/* Marks each day of each status that began. */
static enum err mark_each_status(struct tx *tx, const struct import_apply *apply)
{
	struct db_rows rows;
	int64_t employee;
	int32_t from, to;

	db_query(tx, &ORG_LIST_STATUS_SPANS,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(apply->today)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&employee), to_int32(&from), to_int32(&to)))) {
		for (int32_t day = from; day <= to && day <= apply->today; day++)
			changes_add(tx->changes, CHANGE_DAY, employee, day);
	}
	return db_end(&rows);
}

enum err org_apply_statuses(struct tx *tx, const struct import_apply *apply)
{
	int64_t days;
	int32_t first;
	enum err e = db_exec(tx, &ORG_APPLY_STATUSES,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(apply->actor.v),
			db_int(tx->now_ms)),
		NULL);

	if (!e)
		e = db_load(tx, &ORG_LOAD_STATUS_SPAN,
			BIND(db_int(tx->government.v), db_int(apply->import_id),
				db_int(apply->today)),
			INTO(to_int64(&days), to_int32(&first)));
	if (e || days == 0)
		return e;
	if (days <= MARK_MAX)
		return mark_each_status(tx, apply);
	changes_add(tx->changes, CHANGE_RANGE, first, apply->today);
	return OK;
}

/* ---- what changed ---- */

struct db_stmt ORG_LIST_SUBJECTS = {"org_list_subjects",
	"SELECT DISTINCT subject_id FROM org_import_row WHERE government_id = $1 AND import_id = $2"
	" ORDER BY subject_id LIMIT $3",
	0};

enum err org_import_mark(struct tx *tx, const struct import_apply *apply)
{
	int64_t *employee = ARENA_ARRAY(tx->arena, MARK_MAX + 1, int64_t);
	struct db_rows rows;
	int64_t days = (int64_t)apply->today - apply->effective + 1;
	int n = 0;

	if (days <= 0)
		return OK;
	db_query(tx, &ORG_LIST_SUBJECTS,
		BIND(db_int(tx->government.v), db_int(apply->import_id), db_int(MARK_MAX + 1)),
		&rows);
	while (n <= MARK_MAX && db_next(&rows, INTO(to_int64(&employee[n]))))
		n++;
	enum err e = db_end(&rows);
	if (e || n == 0)
		return e;
	if (n * days > MARK_MAX) {
		changes_add(tx->changes, CHANGE_RANGE, apply->effective, apply->today);
		return OK;
	}
	for (int i = 0; i < n; i++) {
		for (int32_t day = apply->effective; day <= apply->today; day++)
			changes_add(tx->changes, CHANGE_DAY, employee[i], day);
	}
	return OK;
}
