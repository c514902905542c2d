/*
 * A plan of results as people read it: with what reports brought to each, and the words of what it
 * was derived from.
 *
 * A draft exists for its owner alone. What counts is what the quantity of the plan counts
 * (reports_sum_output), verified and handed in beside each other.
 */
#include "reports/reports_target_routes.h"

#include "platform/slice.h"

/* ---- shapes ---- */

static const struct field measure_fields[] = {
	F_ENUM(struct target_measure, aspect, target_aspect_names, 0, "What it measures."),
	F_TEXT(struct target_measure, indicator, 1, 300, 0, "The indicator, in words."),
	F_INT(struct target_measure, amount, 0, AMOUNT_MAX, 0, "How much of it."),
	F_TEXT(struct target_measure, unit_of_measure, 1, 40, 0, "Of what: files, percent, days."),
	F_END,
};
static const struct shape measure_shape = SHAPE(
	"TargetMeasure", struct target_measure, measure_fields);

#define TARGET_FIELDS                                                                              \
	F_ENUM(struct target_view, kind, target_kind_names, 0, "Main or additional."),             \
		F_TEXT(struct target_view, result, 5, 500, 0, "The planned result (RHK)."),        \
		F_ID(struct target_view, parent, OPTIONAL,                                         \
			"The superior's result it is derived from."),                              \
		F_LIST(struct target_view, measures, measures_count, &measure_shape, 1,            \
			MEASURES_MAX, 0, "How it is measured; one by quantity counts reports.")

static const struct field target_input_fields[] = {
	F_ID(struct target_view, target, OPTIONAL, "Absent: a new one. Keeps its id for ever."),
	TARGET_FIELDS,
	F_END,
};
const struct shape reports_target_input_shape = SHAPE(
	"TargetInput", struct target_view, target_input_fields);

static const struct field target_fields[] = {
	F_ID(struct target_view, target, 0, "The result."),
	TARGET_FIELDS,
	F_TEXT(struct target_view, parent_result, 1, 500, OPTIONAL, "That result in words."),
	F_INT(struct target_view, handed_in, 0, INT32_MAX, OPTIONAL,
		"Volume reported in the period, verified or waiting, in the unit of the quantity."),
	F_INT(struct target_view, verified, 0, INT32_MAX, OPTIONAL, "Of it verified."),
	F_INT(struct target_view, month_verified, 0, INT32_MAX, OPTIONAL,
		"Of it verified in the month of the day asked for."),
	F_INT(struct target_view, progress, 0, 9999, OPTIONAL,
		"Verified of the planned amount, per mille."),
	F_END,
};
static const struct shape target_shape = SHAPE("Target", struct target_view, target_fields);

struct plan_view {
	int64_t plan, employee;
	const char *name;
	int32_t period, first_day, last_day, revision, state, version;
	int64_t superior;
	const char *superior_name;
	int64_t proposed_at;
	const char *decided_by_name;
	int64_t decided_at;
	const char *note, *closed_by_name;
	int64_t closed_at;
	bool is_imported;
	struct target_view *targets;
	int targets_count;
};

static const struct field plan_fields[] = {
	F_ID(struct plan_view, plan, 0, "The plan."),
	F_ID(struct plan_view, employee, 0, "Whose it is."),
	F_TEXT(struct plan_view, name, 1, 300, 0, "His name with titles."),
	F_ENUM(struct plan_view, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct plan_view, first_day, 0, "First day."),
	F_DAY(struct plan_view, last_day, 0, "Last day."),
	F_INT(struct plan_view, revision, 1, 1000, 0, "An agreed plan is changed by the next one."),
	F_ENUM(struct plan_view, state, plan_state_names, 0, "How far it is."),
	F_INT(struct plan_view, version, 1, INT32_MAX, 0, "To be named when changing it."),
	F_ID(struct plan_view, superior, OPTIONAL, "Who agrees."),
	F_TEXT(struct plan_view, superior_name, 1, 300, OPTIONAL, "His name with titles."),
	F_INSTANT(struct plan_view, proposed_at, OPTIONAL, "When the owner proposed it."),
	F_TEXT(struct plan_view, decided_by_name, 1, 300, OPTIONAL, "Who agreed or returned it."),
	F_INSTANT(struct plan_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct plan_view, note, 1, 500, OPTIONAL, "What was said with it."),
	F_TEXT(struct plan_view, closed_by_name, 1, 300, OPTIONAL,
		"Who closed it when its period was over."),
	F_INSTANT(struct plan_view, closed_at, OPTIONAL, "When."),
	F_BOOL(struct plan_view, is_imported, 0,
		"Its draft came from a file; nothing of it was agreed by that."),
	F_LIST(struct plan_view, targets, targets_count, &target_shape, 0, TARGETS_MAX, 0,
		"The planned results, in order."),
	F_END,
};
const struct shape reports_plan_shape = SHAPE("TargetPlan", struct plan_view, plan_fields);

struct plans_view {
	struct plan_view *items;
	int count;
};
static const struct field plans_fields[] = {
	F_LIST(struct plans_view, items, count, &reports_plan_shape, 0, PLANS_OF_YEAR_MAX, 0,
		"Plans of the year, the newest first."),
	F_END,
};
const struct shape reports_plans_shape = SHAPE("TargetPlans", struct plans_view, plans_fields);

/* ---- reading ---- */

static enum err load_name(struct tx *tx, struct employee_id who, int32_t day, const char **ret)
{
	struct employee_row row;
	enum err e = who.v ? org_load_employee(tx, who, day, &row) : E_NOT_FOUND;

	if (!e)
		*ret = org_full_name(tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

static const struct target_output *find_output(
	const struct target_output *list, int count, int64_t target)
{
	static const struct target_output nothing;

	for (int i = 0; i < count; i++)
		if (list[i].target == target)
			return &list[i];
	return &nothing;
}

/* What of a plan's results was reported in a span. */
struct brought {
	struct target_output list[TARGETS_MAX];
	int count;
};

static void show_target(const struct target *t, const struct brought *period,
	const struct brought *month, struct target_view *ret)
{
	const struct target_measure *m = reports_counting_measure(t);
	const struct target_output *all = find_output(period->list, period->count, t->id);

	*ret = (struct target_view){.target = t->id,
		.kind = t->kind,
		.result = t->result,
		.parent = t->parent,
		.measures = t->measures,
		.measures_count = t->measures_count,
		.handed_in = INT_NONE,
		.verified = INT_NONE,
		.month_verified = INT_NONE,
		.progress = INT_NONE};
	if (!m)
		return;
	ret->handed_in = (int32_t)all->handed_in;
	ret->verified = (int32_t)all->verified;
	ret->month_verified = (int32_t)find_output(month->list, month->count, t->id)->verified;
	ret->progress = reports_progress(all->verified, m->amount);
}

static enum err name_parents(struct tx *tx, struct plan_view *plan)
{
	enum err e = OK;

	for (int i = 0; i < plan->targets_count && !e; i++) {
		struct target_view *t = &plan->targets[i];

		if (t->parent)
			e = reports_load_result(tx, t->parent, &t->parent_result);
		if (e == E_NOT_FOUND)
			e = OK;
	}
	return e;
}

static enum err sum_output(
	struct tx *tx, const struct target_plan *p, int32_t from, int32_t to, struct brought *ret)
{
	return reports_sum_output(tx, p, from, to, ret->list, COUNT_OF(ret->list), &ret->count);
}

static enum err show_targets(
	struct tx *tx, const struct target_plan *p, int32_t day, struct plan_view *ret)
{
	struct brought *period = ARENA_NEW(tx->arena, struct brought),
		       *month = ARENA_NEW(tx->arena, struct brought);
	struct target *target;
	int32_t from, to;
	int targets;
	enum err e = reports_list_targets(tx, p->id, &target, &targets);

	day_month_bounds(day, &from, &to);
	if (e || (e = sum_output(tx, p, p->first_day, p->last_day, period)) ||
		(e = sum_output(tx, p, from > p->first_day ? from : p->first_day,
			 to < p->last_day ? to : p->last_day, month)))
		return e;
	ret->targets = ARENA_ARRAY(tx->arena, (size_t)targets, struct target_view);
	ret->targets_count = targets;
	for (int i = 0; i < targets; i++)
		show_target(&target[i], period, month, &ret->targets[i]);
	return name_parents(tx, ret);
}

static enum err show_plan(
	struct tx *tx, const struct target_plan *p, int32_t day, struct plan_view *ret)
{
	enum err e;

	*ret = (struct plan_view){.plan = p->id,
		.employee = p->owner.v,
		.name = "?",
		.period = p->period,
		.first_day = p->first_day,
		.last_day = p->last_day,
		.revision = p->revision,
		.state = p->state,
		.version = p->version,
		.superior = p->superior.v,
		.proposed_at = p->proposed_at ? p->proposed_at : INSTANT_NONE,
		.decided_at = p->decided_at ? p->decided_at : INSTANT_NONE,
		.note = *p->note ? p->note : NULL,
		.closed_at = p->closed_at ? p->closed_at : INSTANT_NONE,
		.is_imported = p->import_id != 0};
	if ((e = load_name(tx, p->owner, day, &ret->name)) ||
		(e = load_name(tx, p->superior, day, &ret->superior_name)) ||
		(e = load_name(tx, p->decided_by, day, &ret->decided_by_name)) ||
		(e = load_name(tx, p->closed_by, day, &ret->closed_by_name)))
		return e;
	return show_targets(tx, p, day, ret);
}

static const struct field plans_query_fields[] = {
	Q_DAY(struct plans_query, day, OPTIONAL, "A day of the year; today when absent."),
	F_END,
};
const struct shape reports_plans_query_shape = SHAPE(
	"TargetPlansQuery", struct plans_query, plans_query_fields);

enum err reports_get_own_plans(struct req *rq)
{
	const struct plans_query *in = rq->input;
	int32_t day = reports_day_asked(rq, in->day), from, to;
	struct target_plan plan[PLANS_OF_YEAR_MAX];
	struct plans_view out = {0};
	enum err e;

	reports_period_of(PERIOD_ANNUAL, day, &from, &to);
	e = reports_list_plans(
		rq->tx, rq->actor.employee, from, to, plan, PLANS_OF_YEAR_MAX, &out.count);
	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)out.count, struct plan_view);
	for (int i = 0; i < out.count && !e; i++)
		e = show_plan(rq->tx, &plan[i], day, &out.items[i]);
	return e ? e : reply(rq, 200, &out);
}

static const struct field plan_path_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_END,
};
const struct shape reports_plan_path_shape = SHAPE(
	"TargetPlanPath", struct plan_input, plan_path_fields);

/* A plan is about its owner today; a draft exists for its owner alone. */
enum err reports_find_plan(struct req *rq, struct object *ret_object)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	enum err e = reports_load_plan(rq->tx, in->plan, &p);

	if (e)
		return e;
	if (p.state == PLAN_DRAFT && p.owner.v != rq->actor.employee.v)
		return E_NOT_FOUND;
	*ret_object = (struct object){.employee = p.owner, .day = req_today(rq)};
	return OK;
}

enum err reports_get_plan(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	struct plan_view out;
	enum err e = reports_load_plan(rq->tx, in->plan, &p);

	if (e || (e = show_plan(rq->tx, &p, req_today(rq), &out)))
		return e;
	return reply(rq, 200, &out);
}
