/*
 * Writing a plan of one's own, until it is agreed.
 *
 * Results keep their ids, so that what was reported still counts; what a result is derived from is
 * in force for the superior of today. Saving what was proposed takes the proposal back.
 */
#include "reports/reports_target_routes.h"

#include "platform/clock.h"
#include "platform/slice.h"

struct plan_save {
	int64_t plan;
	int32_t version, period, day;
	struct target_view *targets;
	int targets_count;
};
static const struct field plan_save_fields[] = {
	F_ID(struct plan_save, plan, OPTIONAL, "Absent: the first plan of its period."),
	F_INT(struct plan_save, version, 0, INT32_MAX, 0, "The version that was edited; 0: new."),
	F_ENUM(struct plan_save, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct plan_save, day, 0, "A day of the period."),
	F_LIST(struct plan_save, targets, targets_count, &reports_target_input_shape, 0,
		TARGETS_MAX, 0, "The planned results, in order."),
	F_END,
};
const struct shape reports_plan_save_shape = SHAPE(
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
const struct shape reports_plan_saved_shape = SHAPE(
	"TargetPlanSaved", struct plan_saved, plan_saved_fields);

enum err reports_reply_plan(struct req *rq, const struct target_plan *p)
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

/* A result that is named stands in this plan: it was its owner's before, there or in the revision
 * it began from. */
static enum err check_ids(struct req *rq, struct target *known, int known_count,
	const struct target *target, int targets)
{
	for (int i = 0; i < targets; i++)
		if (target[i].id && !reports_find_target(known, known_count, target[i].id))
			return refuse(rq, E_REFUSED,
				arena_printf(rq->tx->arena, "/targets/%d/target", i),
				"not a result of this plan");
	return OK;
}

/* Whether a result was derived from that one before: what holds may be kept, also under a new
 * superior. */
static bool is_kept(struct target *known, int count, const struct target *target)
{
	const struct target *before = target->id ? reports_find_target(known, count, target->id)
						 : NULL;

	return before && before->parent == target->parent;
}

/* What a result is derived from anew is in force today for who is the owner's superior today. */
static enum err check_parents(struct req *rq, struct target *known, int known_count,
	const struct target *target, int targets)
{
	struct employee_id superior;
	struct target *above;
	int count;
	enum err e = org_load_superior(
		rq->tx, rq->actor.employee, RELATION_SUPERVISOR, req_today(rq), &superior);

	if (e || (e = reports_list_targets_on(rq->tx, superior, req_today(rq), &above, &count)))
		return e;
	for (int i = 0; i < targets; i++)
		if (target[i].parent && !is_kept(known, known_count, &target[i]) &&
			!reports_find_target(above, count, target[i].parent))
			return refuse(rq, E_REFUSED,
				arena_printf(rq->tx->arena, "/targets/%d/parent", i),
				"not a result of your superior's plan in force");
	return OK;
}

static enum err check_targets(
	struct req *rq, const struct target_plan *p, const struct target *target, int targets)
{
	struct target_fault f;
	struct target *known = NULL;
	int count = 0;
	enum err e;

	if (reports_find_target_fault(target, targets, &f))
		return refuse(rq, E_BAD_FIELD,
			f.measure < 0
				? arena_printf(rq->tx->arena, "/targets/%d/%s", f.target, f.field)
				: arena_printf(rq->tx->arena, "/targets/%d/measures/%d/%s",
					  f.target, f.measure, f.field),
			f.reason);
	e = p->version ? reports_list_targets(rq->tx, p->id, &known, &count) : OK;
	if (e || (e = check_ids(rq, known, count, target, targets)))
		return e;
	return check_parents(rq, known, count, target, targets);
}

/* A new plan of a period in which there is none yet. */
static enum err begin_plan(struct req *rq, const struct plan_save *in, struct target_plan *ret)
{
	struct employee_row owner;
	int32_t newest;
	enum err e;

	*ret = (struct target_plan){.id = id_next(),
		.owner = rq->actor.employee,
		.period = in->period,
		.revision = 1,
		.note = ""};
	reports_period_of((enum report_period)in->period, in->day, &ret->first_day, &ret->last_day);
	if (in->version)
		return E_STALE;
	if ((e = reports_decide_plan_begin(ret->first_day, ret->last_day, req_today(rq))))
		return refuse(rq, e, "/day", "a period that is over or begins in more than a year");
	if ((e = reports_load_newest_revision(
		     rq->tx, ret->owner, (enum report_period)ret->period, ret->first_day, &newest)))
		return e;
	if (newest)
		return refuse(rq, E_REFUSED, "/plan", "there is a plan of this period");
	if ((e = org_load_employee(rq->tx, ret->owner, req_today(rq), &owner)))
		return e;
	ret->unit = owner.unit;
	return OK;
}

enum err reports_load_own_plan(struct req *rq, int64_t plan, struct target_plan *ret)
{
	enum err e = reports_load_plan(rq->tx, plan, ret);

	return !e && ret->owner.v != rq->actor.employee.v ? E_NOT_FOUND : e;
}

enum err reports_put_plan(struct req *rq)
{
	const struct plan_save *in = rq->input;
	struct target *target = take_targets(rq->tx->arena, in);
	struct target_plan p;
	enum err e = in->plan ? reports_load_own_plan(rq, in->plan, &p) : begin_plan(rq, in, &p);

	if (e || (e = reports_decide_plan_save(&p, in->version)) ||
		(e = check_targets(rq, &p, target, in->targets_count)))
		return e;
	for (int i = 0; i < in->targets_count; i++)
		if (!target[i].id)
			target[i].id = id_next();
	p.state = PLAN_DRAFT;
	p.proposed_at = 0;
	p.version++;
	e = in->plan ? reports_set_plan(rq->tx, &p) : reports_add_plan(rq->tx, &p);
	if (e || (e = reports_set_targets(rq->tx, p.id, target, in->targets_count)))
		return e;
	return reports_reply_plan(rq, &p);
}
