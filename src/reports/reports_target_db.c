/*
 * Plans, their results and measures, and what reports brought to them, in the store.
 *
 * The volumes of a day stand in one row per target and unit of measure, written by the projection
 * from the report's state and items alone: no plan changes them, and computing them again gives the
 * same rows. Which of them count is asked when they are summed, by the quantity of the plan.
 */
#include "reports/reports_target.h"

#include "base/str.h"
#include "platform/slice.h"

#define PLAN_COLUMNS                                                                               \
	"p.plan_id, p.employee_id, p.unit_id, p.period, p.first_day, p.last_day, p.revision, "     \
	"p.state, p.version, p.superior_id, p.proposed_at, p.decided_by, p.decided_for, "          \
	"p.decided_as, p.decided_at, p.note, p.closed_by, p.closed_for, p.closed_as, "             \
	"p.closed_at, p.import_id"
#define INTO_PLAN(p)                                                                               \
	to_int64(&(p)->id), to_int64(&(p)->owner.v), to_int64(&(p)->unit.v),                       \
		to_int32(&(p)->period), to_int32(&(p)->first_day), to_int32(&(p)->last_day),       \
		to_int32(&(p)->revision), to_int32(&(p)->state), to_int32(&(p)->version),          \
		to_int64(&(p)->superior.v), to_int64(&(p)->proposed_at),                           \
		to_int64(&(p)->decided_by.v), to_int64(&(p)->decided_for.v),                       \
		to_int32(&(p)->decided_as), to_int64(&(p)->decided_at), to_text(&(p)->note),       \
		to_int64(&(p)->closed_by.v), to_int64(&(p)->closed_for.v),                         \
		to_int32(&(p)->closed_as), to_int64(&(p)->closed_at), to_int64(&(p)->import_id)

static struct db_stmt ADD_PLAN = {"reports_add_plan",
	"INSERT INTO reports_target_plan (government_id, plan_id, employee_id, unit_id, period, "
	"first_day, last_day, revision, state, version, superior_id, proposed_at, decided_by, "
	"decided_for, decided_as, decided_at, note, closed_by, closed_for, closed_as, closed_at, "
	"import_id)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
	"$19, $20, $21, $22)",
	0};

enum err reports_add_plan(struct tx *tx, const struct target_plan *p)
{
	return db_exec(tx, &ADD_PLAN,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(p->owner.v), db_int(p->unit.v),
			db_int(p->period), db_int(p->first_day), db_int(p->last_day),
			db_int(p->revision), db_int(p->state), db_int(p->version),
			db_int(p->superior.v), db_int(p->proposed_at), db_int(p->decided_by.v),
			db_int(p->decided_for.v), db_int(p->decided_as), db_int(p->decided_at),
			db_text(p->note), db_int(p->closed_by.v), db_int(p->closed_for.v),
			db_int(p->closed_as), db_int(p->closed_at), db_int(p->import_id)),
		NULL);
}

static struct db_stmt SET_PLAN = {"reports_set_plan",
	"UPDATE reports_target_plan SET state = $3, version = $4, superior_id = $5, proposed_at = "
	"$6,"
	" decided_by = $7, decided_for = $8, decided_as = $9, decided_at = $10, note = $11,"
	" closed_by = $12, closed_for = $13, closed_as = $14, closed_at = $15"
	" WHERE government_id = $1 AND plan_id = $2",
	0};

enum err reports_set_plan(struct tx *tx, const struct target_plan *p)
{
	return db_exec(tx, &SET_PLAN,
		BIND(db_int(tx->government.v), db_int(p->id), db_int(p->state), db_int(p->version),
			db_int(p->superior.v), db_int(p->proposed_at), db_int(p->decided_by.v),
			db_int(p->decided_for.v), db_int(p->decided_as), db_int(p->decided_at),
			db_text(p->note), db_int(p->closed_by.v), db_int(p->closed_for.v),
			db_int(p->closed_as), db_int(p->closed_at)),
		NULL);
}

static struct db_stmt LOAD_PLAN = {"reports_load_plan",
	"SELECT " PLAN_COLUMNS " FROM reports_target_plan p"
	" WHERE p.government_id = $1 AND p.plan_id = $2",
	0};

enum err reports_load_plan(struct tx *tx, int64_t plan, struct target_plan *ret)
{
	*ret = (struct target_plan){0};
	return db_load(
		tx, &LOAD_PLAN, BIND(db_int(tx->government.v), db_int(plan)), INTO(INTO_PLAN(ret)));
}

static struct db_stmt LIST_PLANS = {"reports_list_plans",
	"SELECT " PLAN_COLUMNS " FROM reports_target_plan p WHERE p.government_id = $1"
	" AND p.employee_id = $2 AND p.first_day <= $4 AND p.last_day >= $3"
	" ORDER BY p.first_day DESC, p.period, p.revision DESC LIMIT $5",
	0};

enum err reports_list_plans(struct tx *tx, struct employee_id owner, int32_t from, int32_t to,
	struct target_plan *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PLANS,
		BIND(db_int(tx->government.v), db_int(owner.v), db_int(from), db_int(to),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(INTO_PLAN(&ret[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_NEWEST_REVISION = {"reports_load_newest_revision",
	"SELECT coalesce(max(revision), 0) FROM reports_target_plan WHERE government_id = $1"
	" AND employee_id = $2 AND period = $3 AND first_day = $4",
	0};

enum err reports_load_newest_revision(struct tx *tx, struct employee_id owner,
	enum report_period period, int32_t first_day, int32_t *ret_revision)
{
	return db_load(tx, &LOAD_NEWEST_REVISION,
		BIND(db_int(tx->government.v), db_int(owner.v), db_int(period), db_int(first_day)),
		INTO(to_int32(ret_revision)));
}

/* ---- results and measures ---- */

static struct db_stmt END_TARGETS = {"reports_end_targets",
	"DELETE FROM reports_target WHERE government_id = $1 AND plan_id = $2", 0};
static struct db_stmt END_MEASURES = {"reports_end_measures",
	"DELETE FROM reports_target_measure WHERE government_id = $1 AND plan_id = $2", 0};
static struct db_stmt ADD_TARGET = {"reports_add_target",
	"INSERT INTO reports_target (government_id, plan_id, place, target_id, kind, result, "
	"parent_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};
static struct db_stmt ADD_MEASURE = {"reports_add_measure",
	"INSERT INTO reports_target_measure (government_id, plan_id, target_id, place, aspect, "
	"indicator, amount, unit_of_measure, unit_key)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	0};

static enum err add_measures(struct tx *tx, int64_t plan, const struct target *target)
{
	enum err e = OK;

	for (int i = 0; i < target->measures_count && !e; i++) {
		const struct target_measure *m = &target->measures[i];

		e = db_exec(tx, &ADD_MEASURE,
			BIND(db_int(tx->government.v), db_int(plan), db_int(target->id),
				db_int(i + 1), db_int(m->aspect), db_text(m->indicator),
				db_int(m->amount), db_text(m->unit_of_measure),
				db_text(reports_unit_key(tx->arena, m->unit_of_measure))),
			NULL);
	}
	return e;
}

enum err reports_set_targets(struct tx *tx, int64_t plan, const struct target *target, int targets)
{
	enum err e = db_exec(tx, &END_TARGETS, BIND(db_int(tx->government.v), db_int(plan)), NULL);

	if (!e)
		e = db_exec(tx, &END_MEASURES, BIND(db_int(tx->government.v), db_int(plan)), NULL);
	for (int i = 0; i < targets && !e; i++) {
		const struct target *t = &target[i];

		e = db_exec(tx, &ADD_TARGET,
			BIND(db_int(tx->government.v), db_int(plan), db_int(i + 1), db_int(t->id),
				db_int(t->kind), db_text(t->result), db_int(t->parent)),
			NULL);
		if (!e)
			e = add_measures(tx, plan, t);
	}
	return e;
}

static struct db_stmt LIST_TARGETS = {"reports_list_targets",
	"SELECT target_id, kind, result, parent_id FROM reports_target"
	" WHERE government_id = $1 AND plan_id = $2 ORDER BY place LIMIT $3",
	0};
static struct db_stmt LIST_MEASURES = {"reports_list_measures",
	"SELECT target_id, aspect, indicator, amount, unit_of_measure FROM reports_target_measure"
	" WHERE government_id = $1 AND plan_id = $2 ORDER BY target_id, place LIMIT $3",
	0};

static enum err list_measures(struct tx *tx, int64_t plan, struct target *target, int targets)
{
	struct db_rows rows;
	struct target_measure m = {0};
	int64_t id;

	for (int i = 0; i < targets; i++)
		target[i].measures = ARENA_ARRAY(tx->arena, MEASURES_MAX, struct target_measure);
	db_query(tx, &LIST_MEASURES,
		BIND(db_int(tx->government.v), db_int(plan), db_int(TARGETS_MAX * MEASURES_MAX)),
		&rows);
	while (db_next(&rows, INTO(to_int64(&id), to_int32(&m.aspect), to_text(&m.indicator),
				      to_int32(&m.amount), to_text(&m.unit_of_measure)))) {
		struct target *t = reports_find_target(target, targets, id);

		if (t && t->measures_count < MEASURES_MAX)
			t->measures[t->measures_count++] = m;
	}
	return db_end(&rows);
}

enum err reports_list_targets(
	struct tx *tx, int64_t plan, struct target **ret_target, int *ret_count)
{
	struct target *list = ARENA_ARRAY(tx->arena, TARGETS_MAX, struct target);
	struct db_rows rows;
	int n = 0;
	enum err e;

	db_query(tx, &LIST_TARGETS,
		BIND(db_int(tx->government.v), db_int(plan), db_int(TARGETS_MAX)), &rows);
	while (n < TARGETS_MAX &&
		db_next(&rows, INTO(to_int64(&list[n].id), to_int32(&list[n].kind),
				       to_text(&list[n].result), to_int64(&list[n].parent))))
		n++;
	e = db_end(&rows);
	*ret_target = list;
	*ret_count = n;
	return e ? e : list_measures(tx, plan, list, n);
}

static struct db_stmt LIST_PLANS_ON = {"reports_list_plans_on",
	"SELECT plan_id FROM reports_target_plan WHERE government_id = $1 AND employee_id = $2"
	" AND first_day <= $3 AND last_day >= $3 AND (state = $4 OR state = $5)"
	" ORDER BY period DESC, revision DESC LIMIT $6",
	0};

/* The plans in force: one of the quarter, one of the year. */
static enum err list_plans_on(
	struct tx *tx, struct employee_id owner, int32_t day, int64_t *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PLANS_ON,
		BIND(db_int(tx->government.v), db_int(owner.v), db_int(day), db_int(PLAN_AGREED),
			db_int(PLAN_CLOSED), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n]))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

enum err reports_list_targets_on(struct tx *tx, struct employee_id owner, int32_t day,
	struct target **ret_target, int *ret_count)
{
	struct target *all = ARENA_ARRAY(tx->arena, TARGETS_ON_MAX, struct target), *own;
	int64_t plan[2];
	int plans, targets, n = 0;
	enum err e = list_plans_on(tx, owner, day, plan, COUNT_OF(plan), &plans);

	for (int i = 0; i < plans && !e; i++) {
		e = reports_list_targets(tx, plan[i], &own, &targets);
		for (int k = 0; k < targets && !e && n < TARGETS_ON_MAX; k++)
			all[n++] = own[k];
	}
	*ret_target = all;
	*ret_count = n;
	return e;
}

static struct db_stmt LOAD_RESULT = {"reports_load_result",
	"SELECT result FROM reports_target WHERE government_id = $1 AND target_id = $2"
	" ORDER BY plan_id DESC LIMIT 1",
	0};

enum err reports_load_result(struct tx *tx, int64_t target, const char **ret)
{
	return db_load(tx, &LOAD_RESULT, BIND(db_int(tx->government.v), db_int(target)),
		INTO(to_text(ret)));
}

/* ---- what reports brought ---- */

static struct db_stmt SUM_OUTPUT = {"reports_sum_output",
	"SELECT o.target_id, sum(o.handed_in), sum(o.verified) FROM reports_output o"
	" JOIN reports_target_measure m ON m.government_id = o.government_id AND m.plan_id = $3"
	" AND m.target_id = o.target_id AND m.aspect = $4 AND m.unit_key = o.unit_key"
	" WHERE o.government_id = $1 AND o.employee_id = $2 AND o.day >= $5 AND o.day <= $6"
	" GROUP BY o.target_id ORDER BY o.target_id LIMIT $7",
	0};

enum err reports_sum_output(struct tx *tx, const struct target_plan *p, int32_t from, int32_t to,
	struct target_output *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &SUM_OUTPUT,
		BIND(db_int(tx->government.v), db_int(p->owner.v), db_int(p->id),
			db_int(ASPECT_QUANTITY), db_int(from), db_int(to), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].target), to_int64(&ret[n].handed_in),
						 to_int64(&ret[n].verified))))
		ret[n++].unit_key = NULL;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_OUTPUT = {"reports_list_output",
	"SELECT target_id, unit_key, handed_in, verified FROM reports_output"
	" WHERE government_id = $1 AND employee_id = $2 AND day = $3 LIMIT $4",
	0};
static struct db_stmt END_OUTPUT = {"reports_end_output",
	"DELETE FROM reports_output WHERE government_id = $1 AND employee_id = $2 AND day = $3", 0};
static struct db_stmt ADD_OUTPUT = {"reports_add_output",
	"INSERT INTO reports_output (government_id, employee_id, day, target_id, unit_key, "
	"handed_in, verified) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

/* What stands there of a day. */
static enum err list_output(struct tx *tx, const struct daily_report *r, struct target_output *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_OUTPUT,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].target), to_text(&ret[n].unit_key),
				       to_int64(&ret[n].handed_in), to_int64(&ret[n].verified))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct target_output *find_output(
	struct target_output *list, int count, int64_t target, const char *unit_key)
{
	for (int i = 0; i < count; i++)
		if (list[i].target == target && str_eq(list[i].unit_key, unit_key))
			return &list[i];
	return NULL;
}

/* Volumes of the items that name a target, by target and unit of measure. */
static int sum_items(struct arena *arena, const struct report_item *item, int items,
	bool is_verified, struct target_output *ret)
{
	int n = 0;

	for (int i = 0; i < items; i++) {
		const char *key;
		struct target_output *o;

		if (!item[i].target_id)
			continue;
		key = reports_unit_key(arena, item[i].unit_of_measure);
		o = find_output(ret, n, item[i].target_id, key);
		if (!o) {
			o = &ret[n++];
			*o = (struct target_output){.target = item[i].target_id, .unit_key = key};
		}
		o->handed_in += item[i].volume;
		o->verified += is_verified ? item[i].volume : 0;
	}
	return n;
}

static bool is_same_output(
	struct target_output *a, int a_count, const struct target_output *b, int b_count)
{
	for (int i = 0; i < b_count; i++) {
		const struct target_output *o = find_output(a, a_count, b[i].target, b[i].unit_key);

		if (!o || o->handed_in != b[i].handed_in || o->verified != b[i].verified)
			return false;
	}
	return a_count == b_count;
}

static enum err replace_output(struct tx *tx, const struct daily_report *r,
	const struct target_output *output, int outputs)
{
	enum err e = db_exec(tx, &END_OUTPUT,
		BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day)), NULL);

	for (int i = 0; i < outputs && !e; i++)
		e = db_exec(tx, &ADD_OUTPUT,
			BIND(db_int(tx->government.v), db_int(r->employee.v), db_int(r->day),
				db_int(output[i].target), db_text(output[i].unit_key),
				db_int(output[i].handed_in), db_int(output[i].verified)),
			NULL);
	return e;
}

enum err reports_set_output(struct tx *tx, const struct daily_report *r, enum report_state shown,
	struct output_change *ret)
{
	const int max = REPORT_ITEMS_MAX + 1;
	struct report_item item[REPORT_ITEMS_MAX];
	int items = 0;
	enum err e;

	*ret = (struct output_change){
		.stood = ARENA_ARRAY(tx->arena, (size_t)max, struct target_output),
		.now = ARENA_ARRAY(tx->arena, (size_t)max, struct target_output)};
	e = list_output(tx, r, ret->stood, max, &ret->stood_count);
	if (!e && (shown == REPORT_SUBMITTED || shown == REPORT_VERIFIED))
		e = reports_list_items(tx, r->id, item, &items);
	if (e)
		return e;
	ret->now_count = sum_items(tx->arena, item, items, shown == REPORT_VERIFIED, ret->now);
	ret->is_changed = !is_same_output(ret->stood, ret->stood_count, ret->now, ret->now_count);
	return ret->is_changed ? replace_output(tx, r, ret->now, ret->now_count) : OK;
}

static struct db_stmt LIST_OUTPUT_DAYS = {"reports_list_output_days",
	"SELECT employee_id, day FROM reports_daily WHERE government_id = $1 AND day >= $2 AND "
	"day <= $3"
	" AND (employee_id > $4 OR (employee_id = $4 AND day > $5))"
	" UNION SELECT employee_id, day FROM reports_output WHERE government_id = $1 AND day >= $2"
	" AND day <= $3 AND (employee_id > $4 OR (employee_id = $4 AND day > $5))"
	" ORDER BY 1, 2 LIMIT $6",
	0};

enum err reports_list_output_days(struct tx *tx, int32_t from, int32_t to,
	const struct output_day *after, struct output_day *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_OUTPUT_DAYS,
		BIND(db_int(tx->government.v), db_int(from), db_int(to), db_int(after->employee.v),
			db_int(after->day), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_int32(&ret[n].day))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* ---- what somebody means to do ---- */

static struct db_stmt END_PLAN_ITEMS = {"reports_end_plan_items",
	"DELETE FROM reports_plan_item WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};
static struct db_stmt ADD_PLAN_ITEM = {"reports_add_plan_item",
	"INSERT INTO reports_plan_item (government_id, employee_id, day, place, description, "
	"target_id, volume, unit_of_measure, planned_at, said_at, task_id) VALUES ($1, $2, $3, $4, "
	"$5, $6, "
	"$7, $8, $9, $10, $11)",
	0};
static struct db_stmt LOAD_PLAN_SAID = {"reports_load_plan_said",
	"SELECT coalesce(min(said_at), 0) FROM reports_plan_item"
	" WHERE government_id = $1 AND employee_id = $2 AND day = $3",
	0};

enum err reports_set_plan_items(struct tx *tx, struct employee_id owner, int32_t day,
	const struct plan_item *item, int items)
{
	int64_t said_at = 0;
	enum err e = db_load(tx, &LOAD_PLAN_SAID,
		BIND(db_int(tx->government.v), db_int(owner.v), db_int(day)),
		INTO(to_int64(&said_at)));

	if (!e)
		e = db_exec(tx, &END_PLAN_ITEMS,
			BIND(db_int(tx->government.v), db_int(owner.v), db_int(day)), NULL);
	for (int i = 0; i < items && !e; i++)
		e = db_exec(tx, &ADD_PLAN_ITEM,
			BIND(db_int(tx->government.v), db_int(owner.v), db_int(day), db_int(i + 1),
				db_text(item[i].description), db_int(item[i].target),
				db_int(item[i].volume),
				db_text(item[i].unit_of_measure ? item[i].unit_of_measure : ""),
				db_int(tx->now_ms), db_int(said_at ? said_at : tx->now_ms),
				db_int(item[i].task)),
			NULL);
	return e;
}

static struct db_stmt LIST_PLAN_ITEMS = {"reports_list_plan_items",
	"SELECT description, target_id, volume, unit_of_measure, said_at, planned_at, task_id FROM "
	"reports_plan_item"
	" WHERE government_id = $1 AND employee_id = $2 AND day = $3 ORDER BY place LIMIT $4",
	0};

enum err reports_list_plan_items(struct tx *tx, struct employee_id owner, int32_t day,
	struct plan_item *ret, int *ret_count, struct plan_said *ret_said)
{
	struct db_rows rows;
	int n = 0;

	*ret_said = (struct plan_said){NO_INSTANT, NO_INSTANT};
	db_query(tx, &LIST_PLAN_ITEMS,
		BIND(db_int(tx->government.v), db_int(owner.v), db_int(day),
			db_int(PLAN_ITEMS_MAX)),
		&rows);
	while (n < PLAN_ITEMS_MAX &&
		db_next(&rows, INTO(to_text(&ret[n].description), to_int64(&ret[n].target),
				       to_int32(&ret[n].volume), to_text(&ret[n].unit_of_measure),
				       to_int64(&ret_said->first), to_int64(&ret_said->last),
				       to_int64(&ret[n].task))))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt *const reports_target_stmts[TARGET_STMTS] = {&ADD_PLAN, &SET_PLAN, &LOAD_PLAN,
	&LIST_PLANS, &LOAD_NEWEST_REVISION, &END_TARGETS, &END_MEASURES, &ADD_TARGET, &ADD_MEASURE,
	&LIST_TARGETS, &LIST_MEASURES, &LIST_PLANS_ON, &LOAD_RESULT, &SUM_OUTPUT, &LIST_OUTPUT,
	&END_OUTPUT, &ADD_OUTPUT, &LIST_OUTPUT_DAYS, &END_PLAN_ITEMS, &ADD_PLAN_ITEM,
	&LOAD_PLAN_SAID, &LIST_PLAN_ITEMS};
