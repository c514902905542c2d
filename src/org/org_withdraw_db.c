/*
 * Withdrawn decrees: kept as they were entered, with who withdrew them and why; and the rows around
 * them, which close over the gap.
 */
#include "org/org_withdraw.h"

#include "org/org_case_int.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "trust/trust.h"

#define INTO_NAME(row)                                                                             \
	to_text(&(row).name), to_text(&(row).title_before), to_text(&(row).title_after)
#define NAME_OF(t)                                                                                 \
	" coalesce(" t ".name, ''), coalesce(" t ".title_before, ''), coalesce(" t                 \
	".title_after, '')"

/* ---- reading ---- */

struct db_stmt ORG_LIST_WITHDRAWN_ROWS = {"org_list_withdrawn_rows",
	"SELECT w.kind, w.valid_from, w.valid_to, w.position_level, w.unit_id, w.superior_id,"
	" w.position, w.number, w.why, w.entered_at, w.withdrawn_at," NAME_OF("s") "," NAME_OF(
		"e") "," NAME_OF("b") " FROM org_withdrawn w"
				      " LEFT JOIN org_employee s ON s.government_id = $1"
				      "  AND s.employee_id = w.superior_id"
				      " LEFT JOIN org_employee e ON e.government_id = $1"
				      "  AND e.employee_id = w.entered_by"
				      " LEFT JOIN org_employee b ON b.government_id = $1"
				      "  AND b.employee_id = w.withdrawn_by"
				      " WHERE w.government_id = $1 AND w.employee_id = $2"
				      " ORDER BY w.withdrawn_id DESC LIMIT $3",
	0};

enum err org_list_withdrawn_rows(struct tx *tx, struct employee_id employee,
	struct org_withdrawn_row *ret_row, int max, int *ret_count)
{
	struct employee_row superior = {0}, entered = {0}, by = {0};
	struct org_withdrawn_row w = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_WITHDRAWN_ROWS,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows,
			INTO(to_int32(&w.kind), to_int32(&w.valid_from), to_int32(&w.valid_to),
				to_int32(&w.position_level), to_int64(&w.unit.v),
				to_int64(&w.superior.v), to_text(&w.position), to_text(&w.number),
				to_text(&w.why), to_int64(&w.entered_at), to_int64(&w.withdrawn_at),
				INTO_NAME(superior), INTO_NAME(entered), INTO_NAME(by)))) {
		w.superior_name = org_full_name(tx->arena, &superior);
		w.entered_by = org_full_name(tx->arena, &entered);
		w.withdrawn_by = org_full_name(tx->arena, &by);
		ret_row[n++] = w;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* ---- what every withdrawal does ---- */

/* A decree as it goes from the dated rows. */
struct gone {
	enum withdrawn_kind kind;
	struct employee_id employee, by;
	struct dated span;
	const char *number, *why;
};

static void add_leaf(struct tx *tx, const struct gone *g, const struct org_decree *undo)
{
	static const char *const kinds[] = {"placement", "supervisor", "team_lead"};
	struct buf fact;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact,
		"withdrawn %s employee %lld from %d to %d by %lld number %s why %s: unit %lld or "
		"superior %lld again",
		kinds[g->kind], (long long)g->employee.v, g->span.from, g->span.to,
		(long long)g->by.v, g->number, g->why, (long long)undo->unit.v,
		(long long)undo->superior.v);
	trust_add_leaf(tx, LEAF_TRANSFER, g->employee.v, fact.p, fact.n);
}

/* The row before goes on to here: over the gap, and over what came after it under the same decree.
 */
static int32_t end_of(const struct undoing *plan, const struct dated *span, int32_t again_to)
{
	return plan->again >= 0 ? again_to : span->to;
}

/* ---- placements ---- */

struct db_stmt ORG_KEEP_PLACEMENT = {"org_keep_placement",
	"INSERT INTO org_withdrawn (government_id, withdrawn_id, employee_id, kind, valid_from,"
	" valid_to, unit_id, position, position_level, superior_id, number, entered_by, entered_at,"
	" withdrawn_by, withdrawn_at, why) SELECT government_id, CAST($4 AS BIGINT), employee_id, "
	"0,"
	" valid_from, valid_to, unit_id, position, position_level, 0, decree, entered_by,"
	" entered_at, CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS TEXT) FROM org_placement"
	" WHERE government_id = $1 AND employee_id = $2 AND valid_from = $3",
	0};
struct db_stmt ORG_DROP_PLACEMENT = {"org_drop_placement",
	"DELETE FROM org_placement WHERE government_id = $1 AND employee_id = $2"
	" AND valid_from = $3",
	0};
struct db_stmt ORG_STRETCH_PLACEMENT = {"org_stretch_placement",
	"UPDATE org_placement SET valid_to = $4 WHERE government_id = $1 AND employee_id = $2"
	" AND valid_from = $3",
	0};

static enum err drop_placement(struct tx *tx, struct employee_id employee, int32_t from)
{
	return db_exec(tx, &ORG_DROP_PLACEMENT,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from)), NULL);
}

static enum err close_placement_gap(struct tx *tx, const struct gone *g,
	const struct org_placement_row *row, const struct undoing *plan)
{
	enum err e = drop_placement(tx, g->employee, g->span.from);

	if (!e && plan->again >= 0)
		e = drop_placement(tx, g->employee, row[plan->again].valid_from);
	if (e || plan->before < 0)
		return e;
	int32_t to = end_of(plan, &g->span, plan->again >= 0 ? row[plan->again].valid_to : 0);
	return db_exec(tx, &ORG_STRETCH_PLACEMENT,
		BIND(db_int(tx->government.v), db_int(g->employee.v),
			db_int(row[plan->before].valid_from), db_int(to)),
		NULL);
}

/* Posts that began with the decree never did; those that ended for it go on. */
struct db_stmt ORG_UNBEGIN_POSTS = {"org_unbegin_posts",
	"UPDATE org_post_member SET valid_to = valid_from - 1 WHERE government_id = $1"
	" AND employee_id = $2 AND valid_from = $3 AND valid_to >= $3",
	0};
struct db_stmt ORG_REOPEN_POSTS = {"org_reopen_posts",
	"UPDATE org_post_member SET valid_to = 2932896 WHERE government_id = $1"
	" AND employee_id = $2 AND valid_to = $3 - 1 AND valid_from < $3",
	0};

static enum err undo_posts(struct tx *tx, const struct gone *g, bool is_same_unit)
{
	int64_t begun = 0;
	enum err e = db_exec(tx, &ORG_UNBEGIN_POSTS,
		BIND(db_int(tx->government.v), db_int(g->employee.v), db_int(g->span.from)),
		&begun);

	/* a decree in the same unit that named no posts ended none */
	if (e || (is_same_unit && begun == 0))
		return e;
	return db_exec(tx, &ORG_REOPEN_POSTS,
		BIND(db_int(tx->government.v), db_int(g->employee.v), db_int(g->span.from)), NULL);
}

enum err org_undo_placement(struct tx *tx, const struct org_placement_row *row, int which,
	const struct undoing *plan, const struct org_decree *undo, struct employee_id by,
	const char *why)
{
	const struct org_placement_row *p = &row[which];
	const struct gone g = {WITHDRAWN_PLACEMENT, undo->employee, by,
		{p->valid_from, p->valid_to}, p->decree, why};
	enum err e = db_exec(tx, &ORG_KEEP_PLACEMENT,
		BIND(db_int(tx->government.v), db_int(g.employee.v), db_int(g.span.from),
			db_int(id_next()), db_int(by.v), db_int(tx->now_ms), db_text(why)),
		NULL);

	if (e || (e = close_placement_gap(tx, &g, row, plan)) ||
		(e = undo_posts(tx, &g, p->unit.v == undo->unit.v)))
		return e;
	add_leaf(tx, &g, undo);
	return org_mark_days(tx, g.employee, g.span.from, g.span.to);
}

/* ---- relations ---- */

struct db_stmt ORG_KEEP_RELATION = {"org_keep_relation",
	"INSERT INTO org_withdrawn (government_id, withdrawn_id, employee_id, kind, valid_from,"
	" valid_to, unit_id, position, position_level, superior_id, number, entered_by, entered_at,"
	" withdrawn_by, withdrawn_at, why) SELECT government_id, CAST($5 AS BIGINT), employee_id,"
	" kind + 1, valid_from, valid_to, 0, '', 0, superior_id, letter, entered_by, entered_at,"
	" CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS TEXT) FROM org_relation"
	" WHERE government_id = $1 AND employee_id = $2 AND kind = $3 AND valid_from = $4",
	0};
struct db_stmt ORG_DROP_RELATION = {"org_drop_relation",
	"DELETE FROM org_relation WHERE government_id = $1 AND employee_id = $2 AND kind = $3"
	" AND valid_from = $4",
	0};
struct db_stmt ORG_STRETCH_RELATION = {"org_stretch_relation",
	"UPDATE org_relation SET valid_to = $5 WHERE government_id = $1 AND employee_id = $2"
	" AND kind = $3 AND valid_from = $4",
	0};

static enum err drop_relation(
	struct tx *tx, struct employee_id employee, int32_t kind, int32_t from)
{
	return db_exec(tx, &ORG_DROP_RELATION,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(kind), db_int(from)),
		NULL);
}

static enum err close_relation_gap(struct tx *tx, const struct gone *g,
	const struct org_relation_row *row, const struct undoing *plan, int32_t kind)
{
	enum err e = drop_relation(tx, g->employee, kind, g->span.from);

	if (!e && plan->again >= 0)
		e = drop_relation(tx, g->employee, kind, row[plan->again].valid_from);
	if (e || plan->before < 0)
		return e;
	int32_t to = end_of(plan, &g->span, plan->again >= 0 ? row[plan->again].valid_to : 0);
	return db_exec(tx, &ORG_STRETCH_RELATION,
		BIND(db_int(tx->government.v), db_int(g->employee.v), db_int(kind),
			db_int(row[plan->before].valid_from), db_int(to)),
		NULL);
}

enum err org_undo_relation(struct tx *tx, const struct org_relation_row *row, int which,
	const struct undoing *plan, const struct org_decree *undo, struct employee_id by,
	const char *why)
{
	_Static_assert((int)WITHDRAWN_SUPERVISOR == (int)RELATION_SUPERVISOR + 1 &&
			       (int)WITHDRAWN_TEAM_LEAD == (int)RELATION_TEAM_LEAD + 1,
		"kind + 1 in the statement");
	const struct org_relation_row *r = &row[which];
	const struct gone g = {(enum withdrawn_kind)(r->kind + 1), undo->employee, by,
		{r->valid_from, r->valid_to}, r->letter, why};
	enum err e = db_exec(tx, &ORG_KEEP_RELATION,
		BIND(db_int(tx->government.v), db_int(g.employee.v), db_int(r->kind),
			db_int(g.span.from), db_int(id_next()), db_int(by.v), db_int(tx->now_ms),
			db_text(why)),
		NULL);

	if (e || (e = close_relation_gap(tx, &g, row, plan, r->kind)))
		return e;
	add_leaf(tx, &g, undo);
	return OK;
}

/* ---- its cases ---- */

struct db_stmt ORG_LIST_OPEN_DAYS_OF = {"org_list_open_days_of",
	"SELECT c.case_id, d.day FROM org_case c JOIN org_case_day d ON d.government_id = $1"
	" AND d.case_id = c.case_id WHERE c.government_id = $1 AND c.employee_id = $2"
	" AND c.kind = $3 AND c.decree = $4 AND c.effective = $5 AND d.state = 0"
	" ORDER BY c.case_id, d.day LIMIT $6",
	0};

enum err org_close_cases_of(struct tx *tx, struct employee_id employee, enum case_kind kind,
	const char *number, int32_t effective, const char *why, struct employee_id by)
{
	struct org_case_row row = {.employee = employee, .kind = (int32_t)kind};
	int64_t *of = ARENA_ARRAY(tx->arena, CASE_DAYS_MAX, int64_t);
	int32_t *day = ARENA_ARRAY(tx->arena, CASE_DAYS_MAX, int32_t);
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_OPEN_DAYS_OF,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(kind), db_text(number),
			db_int(effective), db_int(CASE_DAYS_MAX)),
		&rows);
	while (n < CASE_DAYS_MAX && db_next(&rows, INTO(to_int64(&of[n]), to_int32(&day[n]))))
		n++;
	enum err e = db_end(&rows);
	for (int i = 0, j = 0; i < n && !e; i = j) {
		while (j < n && of[j] == of[i])
			j++;
		row.case_id = of[i];
		e = org_decide_case_days(tx, &row, day + i, j - i, CASE_KEPT, why, by);
	}
	return e;
}

/* ---- roles ---- */

struct db_stmt ORG_WITHDRAW_ROLE = {"org_withdraw_role",
	"UPDATE org_role SET valid_to = valid_from - 1, withdrawn_by = $3, withdrawn_at = $4,"
	" withdrawn_why = $5 WHERE government_id = $1 AND role_id = $2",
	0};

enum err org_withdraw_role(
	struct tx *tx, const struct org_role_line *line, struct employee_id by, const char *why)
{
	struct buf fact;
	enum err e = db_exec(tx, &ORG_WITHDRAW_ROLE,
		BIND(db_int(tx->government.v), db_int(line->role_id), db_int(by.v),
			db_int(tx->now_ms), db_text(why)),
		NULL);

	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "role withdrawn %lld employee %lld by %lld why %s",
		(long long)line->role_id, (long long)line->employee.v, (long long)by.v, why);
	trust_add_leaf(tx, LEAF_ROLE, line->role_id, fact.p, fact.n);
	return OK;
}
