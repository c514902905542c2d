/*
 * Plans of results over HTTP: writing one's own, agreeing on those of one's people, and what a
 * person's reports have brought to each.
 *
 * A plan holds once both agreed (PermenPANRB 6/2022). Who agrees is the direct superior of the day
 * he does it, or who stands in his place; a team lead does not. Proposals and verdicts are leaves
 * of the log; a draft is nobody's business.
 */
#include "reports/reports_target_routes.h"

#include "platform/clock.h"
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

struct target_view {
	int64_t target;
	int32_t kind;
	const char *result;
	int64_t parent;
	const char *parent_result;
	struct target_measure *measures;
	int measures_count;
	int32_t handed_in, verified, month_verified, progress;
};

static const struct field target_input_fields[] = {
	F_ID(struct target_view, target, OPTIONAL, "Absent: a new one. Keeps its id for ever."),
	TARGET_FIELDS,
	F_END,
};
static const struct shape target_input_shape = SHAPE(
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
	const char *note;
	struct target_view *targets;
	int targets_count;
};

static const struct field plan_fields[] = {
	F_ID(struct plan_view, plan, 0, "The plan."),
	F_ID(struct plan_view, employee, 0, "Whose it is."),
	F_TEXT(struct plan_view, name, 1, 300, 0, "His name with titles."),
	F_ENUM(struct plan_view, period, target_period_names, 0, "A year or a quarter."),
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
	F_LIST(struct plan_view, targets, targets_count, &target_shape, 0, TARGETS_MAX, 0,
		"The planned results, in order."),
	F_END,
};
static const struct shape plan_shape = SHAPE("TargetPlan", struct plan_view, plan_fields);

struct plans_view {
	struct plan_view *items;
	int count;
};
static const struct field plans_fields[] = {
	F_LIST(struct plans_view, items, count, &plan_shape, 0, PLANS_OF_YEAR_MAX, 0,
		"Plans of the year, the newest first."),
	F_END,
};
static const struct shape plans_shape = SHAPE("TargetPlans", struct plans_view, plans_fields);

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
	struct target_output list[TARGETS_MAX * 4];
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
	struct tx *tx, struct employee_id owner, int32_t from, int32_t to, struct brought *ret)
{
	return reports_sum_output(tx, owner, from, to, ret->list, COUNT_OF(ret->list), &ret->count);
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
	if (e || (e = sum_output(tx, p->owner, p->first_day, p->last_day, period)) ||
		(e = sum_output(tx, p->owner, from, to, month)))
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
		.note = *p->note ? p->note : NULL};
	if ((e = load_name(tx, p->owner, day, &ret->name)) ||
		(e = load_name(tx, p->superior, day, &ret->superior_name)) ||
		(e = load_name(tx, p->decided_by, day, &ret->decided_by_name)))
		return e;
	return show_targets(tx, p, day, ret);
}

static const struct field plans_query_fields[] = {
	Q_DAY(struct plans_query, day, OPTIONAL, "A day of the year; today when absent."),
	F_END,
};
static const struct shape plans_query_shape = SHAPE(
	"TargetPlansQuery", struct plans_query, plans_query_fields);

static enum err get_own(struct req *rq)
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

struct plan_input {
	int64_t plan;
	int32_t version;
	const char *note;
};
static const struct field plan_path_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_END,
};
static const struct shape plan_path_shape = SHAPE(
	"TargetPlanPath", struct plan_input, plan_path_fields);

/* A plan is about its owner today; a draft exists for its owner alone. */
static enum err find_plan(struct req *rq, struct object *ret_object)
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

static enum err get_plan(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	struct plan_view out;
	enum err e = reports_load_plan(rq->tx, in->plan, &p);

	if (e || (e = show_plan(rq->tx, &p, req_today(rq), &out)))
		return e;
	return reply(rq, 200, &out);
}

/* ---- writing one's own ---- */

struct plan_save {
	int64_t plan;
	int32_t version, period, day;
	struct target_view *targets;
	int targets_count;
};
static const struct field plan_save_fields[] = {
	F_ID(struct plan_save, plan, OPTIONAL, "Absent: the first plan of its period."),
	F_INT(struct plan_save, version, 0, INT32_MAX, 0, "The version that was edited; 0: new."),
	F_ENUM(struct plan_save, period, target_period_names, 0, "A year or a quarter."),
	F_DAY(struct plan_save, day, 0, "A day of the period."),
	F_LIST(struct plan_save, targets, targets_count, &target_input_shape, 0, TARGETS_MAX, 0,
		"The planned results, in order."),
	F_END,
};
static const struct shape plan_save_shape = SHAPE(
	"TargetPlanSave", struct plan_save, plan_save_fields);

struct plan_saved {
	int64_t plan;
	int32_t version, state;
};
static const struct field plan_saved_fields[] = {
	F_ID(struct plan_saved, plan, 0, "The plan."),
	F_INT(struct plan_saved, version, 1, INT32_MAX, 0, "Its version now."),
	F_ENUM(struct plan_saved, state, plan_state_names, 0, "Its state now."),
	F_END,
};
static const struct shape plan_saved_shape = SHAPE(
	"TargetPlanSaved", struct plan_saved, plan_saved_fields);

static enum err reply_saved(struct req *rq, const struct target_plan *p)
{
	return reply(rq, 200, &(struct plan_saved){p->id, p->version, p->state});
}

static struct target *take_targets(struct arena *arena, const struct plan_save *in)
{
	struct target *list = ARENA_ARRAY(arena, (size_t)in->targets_count, struct target);

	for (int i = 0; i < in->targets_count; i++) {
		const struct target_view *t = &in->targets[i];

		list[i] = (struct target){
			t->target, t->kind, t->result, t->parent, t->measures, t->measures_count};
	}
	return list;
}

/* A result that is named was the owner's before: in this plan or the one it takes the place of. */
static enum err check_ids(
	struct req *rq, const struct target_plan *p, const struct target *target, int targets)
{
	struct target *known = NULL;
	int count = 0;
	enum err e = p->version ? reports_list_targets(rq->tx, p->id, &known, &count) : OK;

	for (int i = 0; i < targets && !e; i++)
		if (target[i].id && !reports_find_target(known, count, target[i].id))
			return refuse(rq, E_REFUSED,
				arena_printf(rq->tx->arena, "/targets/%d/target", i),
				"not a result of this plan");
	return e;
}

/* What a result is derived from is in force for the superior of the plan's first working day. */
static enum err check_parents(struct req *rq, const struct target *target, int targets)
{
	struct employee_id superior;
	struct target *above;
	int count;
	enum err e = org_load_superior(
		rq->tx, rq->actor.employee, RELATION_SUPERVISOR, req_today(rq), &superior);

	if (e || (e = reports_list_targets_on(rq->tx, superior, req_today(rq), &above, &count)))
		return e;
	for (int i = 0; i < targets; i++)
		if (target[i].parent && !reports_find_target(above, count, target[i].parent))
			return refuse(rq, E_REFUSED,
				arena_printf(rq->tx->arena, "/targets/%d/parent", i),
				"not a result of your superior's plan in force");
	return OK;
}

static enum err check_targets(
	struct req *rq, const struct target_plan *p, const struct target *target, int targets)
{
	struct target_fault f;
	enum err e;

	if (reports_find_target_fault(target, targets, &f))
		return refuse(rq, E_BAD_FIELD,
			f.measure < 0
				? arena_printf(rq->tx->arena, "/targets/%d/%s", f.target, f.field)
				: arena_printf(rq->tx->arena, "/targets/%d/measures/%d/%s",
					  f.target, f.measure, f.field),
			f.reason);
	e = check_ids(rq, p, target, targets);
	return e ? e : check_parents(rq, target, targets);
}

/* A new plan of a period in which there is none yet. */
static enum err begin_plan(struct req *rq, const struct plan_save *in, struct target_plan *ret)
{
	struct target_plan other[PLANS_OF_YEAR_MAX];
	struct employee_row owner;
	int count;
	enum err e;

	*ret = (struct target_plan){.id = id_next(),
		.owner = rq->actor.employee,
		.period = in->period,
		.revision = 1,
		.note = ""};
	reports_period_of((enum target_period)in->period, in->day, &ret->first_day, &ret->last_day);
	if (in->version)
		return E_STALE;
	if ((e = reports_list_plans(rq->tx, ret->owner, ret->first_day, ret->last_day, other,
		     PLANS_OF_YEAR_MAX, &count)))
		return e;
	for (int i = 0; i < count; i++)
		if (other[i].period == ret->period && other[i].first_day == ret->first_day)
			return refuse(rq, E_REFUSED, "/plan", "there is a plan of this period");
	if ((e = org_load_employee(rq->tx, ret->owner, req_today(rq), &owner)))
		return e;
	ret->unit = owner.unit;
	return OK;
}

static enum err load_own(struct req *rq, int64_t plan, struct target_plan *ret)
{
	enum err e = reports_load_plan(rq->tx, plan, ret);

	return !e && ret->owner.v != rq->actor.employee.v ? E_NOT_FOUND : e;
}

static enum err put_plan(struct req *rq)
{
	const struct plan_save *in = rq->input;
	struct target *target = take_targets(rq->tx->arena, in);
	struct target_plan p;
	enum err e = in->plan ? load_own(rq, in->plan, &p) : begin_plan(rq, in, &p);

	if (e || (e = reports_decide_plan_save(&p, in->version)) ||
		(e = check_targets(rq, &p, target, in->targets_count)))
		return e;
	for (int i = 0; i < in->targets_count; i++)
		if (!target[i].id)
			target[i].id = id_next();
	p.state = PLAN_DRAFT;
	p.version++;
	e = in->plan ? reports_set_plan(rq->tx, &p) : reports_add_plan(rq->tx, &p);
	if (e || (e = reports_set_targets(rq->tx, p.id, target, in->targets_count)))
		return e;
	return reply_saved(rq, &p);
}

/* ---- both sides agree ---- */

static const struct field plan_move_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_INT(struct plan_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct plan_input, note, 3, 500, OPTIONAL, "What is said with it."),
	F_END,
};
static const struct shape plan_move_shape = SHAPE(
	"TargetPlanMove", struct plan_input, plan_move_fields);
static const struct field plan_return_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_INT(struct plan_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct plan_input, note, 10, 500, 0, "What is to be changed."),
	F_END,
};
static const struct shape plan_return_shape = SHAPE(
	"TargetPlanReturn", struct plan_input, plan_return_fields);

/* The plan as it is now, into the log. */
static enum err add_leaf(struct req *rq, const struct target_plan *p)
{
	struct plan_view view;
	enum err e = show_plan(rq->tx, p, req_today(rq), &view);

	if (!e)
		reports_add_leaf(rq->tx, LEAF_TARGET, p->id, &plan_shape, &view);
	return e;
}

static enum err write_move(struct req *rq, struct target_plan *p)
{
	enum err e;

	p->version++;
	if ((e = reports_set_plan(rq->tx, p)) || (e = add_leaf(rq, p)))
		return e;
	return reply_saved(rq, p);
}

static enum err post_propose(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	struct target *target;
	int targets;
	enum err e = load_own(rq, in->plan, &p);

	if (e || (e = reports_list_targets(rq->tx, p.id, &target, &targets)) ||
		(e = reports_decide_plan_propose(&p, in->version, target, targets)) ||
		(e = org_load_superior(
			 rq->tx, p.owner, RELATION_SUPERVISOR, req_today(rq), &p.superior)))
		return e;
	if (!p.superior.v)
		return refuse(rq, E_REFUSED, "/plan", "nobody is entered as your superior today");
	p.state = PLAN_PROPOSED;
	p.proposed_at = rq->tx->now_ms;
	p.note = in->note ? in->note : "";
	return write_move(rq, &p);
}

/* The plan it takes the place of. */
static enum err replace_former(struct req *rq, const struct target_plan *p)
{
	struct target_plan other[PLANS_OF_YEAR_MAX];
	int count;
	enum err e = reports_list_plans(
		rq->tx, p->owner, p->first_day, p->last_day, other, PLANS_OF_YEAR_MAX, &count);

	for (int i = 0; i < count && !e; i++) {
		if (other[i].id == p->id || other[i].period != p->period ||
			other[i].first_day != p->first_day || other[i].state != PLAN_AGREED)
			continue;
		other[i].state = PLAN_REPLACED;
		other[i].version++;
		e = reports_set_plan(rq->tx, &other[i]);
	}
	return e;
}

static enum err decide(struct req *rq, enum plan_state verdict)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	enum stand stand;
	enum err e;

	if ((e = reports_load_plan(rq->tx, in->plan, &p)) ||
		(e = reports_decide_plan_verdict(&p, rq->actor.employee, in->version)) ||
		(e = org_load_stand(rq->tx, rq->actor.employee, p.owner, req_today(rq), &stand,
			 &p.decided_for)))
		return e;
	if (!stand)
		return E_NOT_SUPERVISOR;
	p.state = (int32_t)verdict;
	p.decided_by = rq->actor.employee;
	p.decided_as = (int32_t)stand;
	p.decided_at = rq->tx->now_ms;
	p.note = in->note ? in->note : "";
	if (verdict == PLAN_AGREED && (e = replace_former(rq, &p)))
		return e;
	return write_move(rq, &p);
}

static enum err post_agree(struct req *rq)
{
	return decide(rq, PLAN_AGREED);
}

static enum err post_return(struct req *rq)
{
	return decide(rq, PLAN_RETURNED);
}

/* The next revision: a draft with the same results under the same ids. */
static enum err post_revise(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p, next;
	struct target *target;
	int targets;
	enum err e = load_own(rq, in->plan, &p);

	if (e || (e = reports_decide_plan_revise(&p)) ||
		(e = reports_list_targets(rq->tx, p.id, &target, &targets)))
		return e;
	next = (struct target_plan){.id = id_next(),
		.owner = p.owner,
		.unit = p.unit,
		.period = p.period,
		.first_day = p.first_day,
		.last_day = p.last_day,
		.revision = p.revision + 1,
		.state = PLAN_DRAFT,
		.version = 1,
		.note = ""};
	e = reports_add_plan(rq->tx, &next);
	if (e == E_CONFLICT)
		return refuse(rq, E_REFUSED, "/plan", "its next revision has been begun");
	if (e || (e = reports_set_targets(rq->tx, next.id, target, targets)))
		return e;
	return reply_saved(rq, &next);
}

static const struct route routes[] = {
	{GET, "/api/v1/reports/targets", P_REPORT_SELF, TX_READ, &plans_query_shape, &plans_shape,
		get_own,
		.summary = "One's own plans of a year, with what reports brought to them."},
	{PUT, "/api/v1/reports/targets", P_REPORT_SELF, TX_WRITE, &plan_save_shape,
		&plan_saved_shape, put_plan,
		.summary = "Begins a plan of results or changes one that is not agreed yet.",
		.example =
			"{\"version\":0,\"period\":\"annual\",\"day\":\"2025-11-13\",\"targets\":[{"
			"\"kind\":\"main\",\"result\":\"Berkas mutasi terverifikasi tepat waktu\","
			"\"measures\":[{\"aspect\":\"quantity\",\"indicator\":\"Jumlah berkas\","
			"\"amount\":600,\"unit_of_measure\":\"berkas\"}]}]}"},
	{GET, "/api/v1/reports/targets/{plan}", P_REPORT_READ, TX_READ, &plan_path_shape,
		&plan_shape, get_plan, .object = find_plan, .sees = true,
		.summary = "A plan of results, with what reports brought to it.",
		.example_path = "/api/v1/reports/targets/{plan:self}"},
	{POST, "/api/v1/reports/targets/{plan}/propose", P_REPORT_SELF, TX_WRITE, &plan_move_shape,
		&plan_saved_shape, post_propose, .object = find_plan,
		.summary = "The owner agrees and hands it to his superior.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/reports/targets/{plan:self}/propose"},
	{POST, "/api/v1/reports/targets/{plan}/agree", P_REPORT_VERIFY, TX_WRITE, &plan_move_shape,
		&plan_saved_shape, post_agree, .object = find_plan,
		.summary = "The direct superior agrees; the plan is in force.",
		.example = "{\"version\":2}",
		.example_path = "/api/v1/reports/targets/{plan:self}/agree"},
	{POST, "/api/v1/reports/targets/{plan}/return", P_REPORT_VERIFY, TX_WRITE,
		&plan_return_shape, &plan_saved_shape, post_return, .object = find_plan,
		.summary = "The direct superior gives it back with what is to be changed.",
		.example = "{\"version\":2,\"note\":\"Target triwulan belum mengikuti sasaran "
			   "dinas\"}",
		.example_path = "/api/v1/reports/targets/{plan:self}/return"},
	{POST, "/api/v1/reports/targets/{plan}/revise", P_REPORT_SELF, TX_WRITE, &plan_path_shape,
		&plan_saved_shape, post_revise, .object = find_plan,
		.summary = "Begins the next revision of an agreed plan.",
		.example_path = "/api/v1/reports/targets/{plan:self}/revise"},
	{GET, "/api/v1/reports/target-parents", P_REPORT_SELF, TX_READ, &plans_query_shape,
		&target_choices_shape, reports_get_target_parents,
		.summary = "Results of one's superior that one's own may be derived from."},
	{GET, "/api/v1/reports/target-team", P_TEAM_READ, TX_READ, &plans_query_shape,
		&target_team_shape, reports_get_target_team,
		.exports = EXPORT("skp-tim", "Sasaran kinerja pegawai tim"),
		.summary = "Plans of the people one supervises; those without one too."},
	{GET, "/api/v1/reports/plan", P_REPORT_SELF, TX_READ, &plans_query_shape, &day_plan_shape,
		reports_get_day_plan, .summary = "What one means to do on a day."},
	{PUT, "/api/v1/reports/plan", P_REPORT_SELF, TX_WRITE, &day_plan_save_shape,
		&day_plan_shape, reports_put_day_plan,
		.summary = "Says what one means to do today or tomorrow.",
		.example = "{\"day\":\"2025-11-14\",\"items\":[{\"description\":\"Memverifikasi "
			   "berkas "
			   "mutasi\",\"volume\":10,\"unit_of_measure\":\"berkas\"}]}"},
};

const struct slice reports_target_slice = {
	.name = "targets",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = reports_target_stmts,
	.stmt_count = TARGET_STMTS,
};
