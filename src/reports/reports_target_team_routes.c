/*
 * Lists about plans of results: what one's own may be derived from, and the plans of the people one
 * supervises, those who have none among them.
 */
#include "reports/reports_target_routes.h"

#include "platform/slice.h"

/* ---- what a result may be derived from ---- */

struct choice_view {
	int64_t target;
	int32_t kind;
	const char *result, *unit_of_measure;
};
static const struct field choice_fields[] = {
	F_ID(struct choice_view, target, 0, "The superior's result."),
	F_ENUM(struct choice_view, kind, target_kind_names, 0, "Main or additional."),
	F_TEXT(struct choice_view, result, 1, 500, 0, "In words."),
	F_TEXT(struct choice_view, unit_of_measure, 1, 40, OPTIONAL, "Unit of its quantity."),
	F_END,
};
static const struct shape choice_shape = SHAPE("TargetChoice", struct choice_view, choice_fields);

struct choices_view {
	struct choice_view *items;
	int count;
};
static const struct field choices_fields[] = {
	F_LIST(struct choices_view, items, count, &choice_shape, 0, TARGETS_ON_MAX, 0,
		"Results of the superior's plan in force; none while it is not agreed."),
	F_END,
};
const struct shape target_choices_shape = SHAPE(
	"TargetChoices", struct choices_view, choices_fields);

enum err reports_get_target_parents(struct req *rq)
{
	const struct plans_query *in = rq->input;
	int32_t day = reports_day_asked(rq, in->day);
	struct employee_id superior;
	struct choices_view out = {0};
	struct target *target;
	enum err e = org_load_superior(
		rq->tx, rq->actor.employee, RELATION_SUPERVISOR, day, &superior);

	if (e || (e = reports_list_targets_on(rq->tx, superior, day, &target, &out.count)))
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)out.count, struct choice_view);
	for (int i = 0; i < out.count; i++) {
		const struct target_measure *m = reports_counting_measure(&target[i]);

		out.items[i] = (struct choice_view){target[i].id, target[i].kind, target[i].result,
			m ? m->unit_of_measure : NULL};
	}
	return reply(rq, 200, &out);
}

/* ---- the team ---- */

struct team_plan_row {
	int64_t employee, plan;
	const char *name, *position;
	int32_t stand, state, period, first_day, revision, version, targets, progress;
	int64_t proposed_at;
};
static const struct field team_plan_fields[] = {
	F_ID(struct team_plan_row, employee, 0, "Whose plan."),
	F_TEXT(struct team_plan_row, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct team_plan_row, position, 0, 200, OPTIONAL, "His position."),
	F_ENUM(struct team_plan_row, stand, stand_names, 0, "Why one decides about him."),
	F_ID(struct team_plan_row, plan, OPTIONAL, "Absent: he has none for this day."),
	F_ENUM(struct team_plan_row, state, plan_state_names, OPTIONAL, "How far it is."),
	F_ENUM(struct team_plan_row, period, report_period_names, OPTIONAL, "A year or a quarter."),
	F_DAY(struct team_plan_row, first_day, OPTIONAL, "Its first day."),
	F_INT(struct team_plan_row, revision, 1, 1000, OPTIONAL, "Its revision."),
	F_INT(struct team_plan_row, version, 1, INT32_MAX, OPTIONAL, "To be named when deciding."),
	F_INSTANT(struct team_plan_row, proposed_at, OPTIONAL, "When it was proposed."),
	F_INT(struct team_plan_row, targets, 0, TARGETS_MAX, OPTIONAL, "How many results."),
	F_INT(struct team_plan_row, progress, 0, 9999, OPTIONAL,
		"Mean of what its quantities have reached, verified, per mille; a quantity that is "
		"more than reached counts as reached."),
	F_END,
};
static const struct shape team_plan_shape = SHAPE(
	"TeamPlan", struct team_plan_row, team_plan_fields);

struct team_plans {
	struct team_plan_row *items;
	int count;
};
static const struct field team_plans_fields[] = {
	F_LIST(struct team_plans, items, count, &team_plan_shape, 0, PLAN_TEAM_MAX, 0,
		"In name order; a person with two plans in force stands there with the one that "
		"waits, else the shorter."),
	F_END,
};
const struct shape target_team_shape = SHAPE("TeamPlans", struct team_plans, team_plans_fields);

static int weight(int32_t state)
{
	static const int by_state[] = {
		[PLAN_DRAFT] = 1, [PLAN_PROPOSED] = 4, [PLAN_AGREED] = 3, [PLAN_RETURNED] = 2};

	return state <= PLAN_RETURNED ? by_state[state] : 0;
}

/* The plan that matters of those that touch a day; NULL when there is none to be seen. */
static const struct target_plan *choose(const struct target_plan *plan, int count)
{
	const struct target_plan *best = NULL;

	for (int i = 0; i < count; i++) {
		if (plan[i].state == PLAN_DRAFT)
			continue; /* its owner's alone */
		if (!best || weight(plan[i].state) > weight(best->state) ||
			(weight(plan[i].state) == weight(best->state) &&
				plan[i].period > best->period))
			best = &plan[i];
	}
	return best;
}

static enum err load_progress(struct tx *tx, const struct target_plan *p, struct team_plan_row *row)
{
	struct target_output output[TARGETS_MAX];
	struct target *target;
	int outputs, counted = 0;
	int64_t sum = 0;
	enum err e = reports_list_targets(tx, p->id, &target, &row->targets);

	if (e || (e = reports_sum_output(
			  tx, p, p->first_day, p->last_day, output, COUNT_OF(output), &outputs)))
		return e;
	for (int i = 0; i < row->targets; i++) {
		const struct target_measure *m = reports_counting_measure(&target[i]);
		int64_t reached = 0;
		int share;

		for (int k = 0; k < outputs; k++)
			if (output[k].target == target[i].id)
				reached = output[k].verified;
		if (!m)
			continue;
		share = reports_progress(reached, m->amount);
		sum += share > 1000 ? 1000 : share;
		counted++;
	}
	row->progress = counted ? (int32_t)((2 * sum + counted) / (2 * counted)) : INT_NONE;
	return OK;
}

static enum err load_row(
	struct tx *tx, const struct team_member *m, int32_t day, struct team_plan_row *ret)
{
	struct target_plan plan[PLANS_OF_YEAR_MAX];
	const struct target_plan *p;
	int count;
	enum err e = reports_list_plans(tx, m->row.id, day, day, plan, PLANS_OF_YEAR_MAX, &count);

	*ret = (struct team_plan_row){.employee = m->row.id.v,
		.name = org_full_name(tx->arena, &m->row),
		.position = m->row.position,
		.stand = (int32_t)m->stand,
		.state = INT_NONE,
		.period = INT_NONE,
		.first_day = DAY_NONE,
		.revision = INT_NONE,
		.version = INT_NONE,
		.targets = INT_NONE,
		.progress = INT_NONE,
		.proposed_at = INSTANT_NONE};
	p = e ? NULL : choose(plan, count);
	if (!p)
		return e;
	ret->plan = p->id;
	ret->state = p->state;
	ret->period = p->period;
	ret->first_day = p->first_day;
	ret->revision = p->revision;
	ret->version = p->version;
	ret->proposed_at = p->proposed_at ? p->proposed_at : INSTANT_NONE;
	return load_progress(tx, p, ret);
}

enum err reports_get_target_team(struct req *rq)
{
	const struct plans_query *in = rq->input;
	int32_t day = reports_day_asked(rq, in->day);
	struct team_member *member = ARENA_ARRAY(rq->tx->arena, PLAN_TEAM_MAX, struct team_member);
	struct team_plans out = {0};
	int members;
	enum err e = org_list_team(
		rq->tx, rq->actor.employee, day, member, PLAN_TEAM_MAX, &members);

	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)members, struct team_plan_row);
	for (int i = 0; i < members && !e; i++)
		if (member[i].relation == RELATION_SUPERVISOR)
			e = load_row(rq->tx, &member[i], day, &out.items[out.count++]);
	return e ? e : reply(rq, 200, &out);
}
