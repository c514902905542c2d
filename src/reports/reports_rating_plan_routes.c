/*
 * The agreed plan beside the rating: what was planned, what verified reports brought of it in the
 * period, and the report items behind each figure.
 *
 * PermenPANRB 6/2022: the result of work is rated against the agreed plan. The figures are those of
 * the plan of results (reports_target.h); they are shown and rate nobody. Whoever gets the form
 * gets the facts behind it.
 */
#include "reports/reports_rating_routes.h"

#include "platform/slice.h"
#include "reports/reports_target.h"

static const struct field target_fields[] = {
	F_ID(struct rating_target, target, 0, "The result."),
	F_ENUM(struct rating_target, kind, target_kind_names, 0, "Main or additional."),
	F_TEXT(struct rating_target, result, 1, 500, 0, "The planned result (RHK)."),
	F_INT(struct rating_target, amount, 0, AMOUNT_MAX, OPTIONAL,
		"Planned for the whole plan; absent where no quantity counts."),
	F_TEXT(struct rating_target, unit_of_measure, 1, 40, OPTIONAL, "Of what."),
	F_INT(struct rating_target, verified, 0, INT32_MAX, OPTIONAL,
		"Verified in the rated period."),
	F_INT(struct rating_target, waiting, 0, INT32_MAX, OPTIONAL,
		"Handed in of the rated period and not verified."),
	F_INT(struct rating_target, until, 0, INT32_MAX, OPTIONAL,
		"Verified from the first day of the plan to the last of the rated period."),
	F_INT(struct rating_target, progress, 0, 9999, OPTIONAL, "Of it the share, per mille."),
	F_END,
};
static const struct shape target_shape = SHAPE("RatingTarget", struct rating_target, target_fields);

static const struct field plan_fields[] = {
	F_ID(struct rating_plan, plan, 0, "The plan."),
	F_ENUM(struct rating_plan, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct rating_plan, first_day, 0, "First day."),
	F_DAY(struct rating_plan, last_day, 0, "Last day."),
	F_INT(struct rating_plan, revision, 1, 1000, 0, "Which revision of it."),
	F_LIST(struct rating_plan, targets, targets_count, &target_shape, 0, TARGETS_MAX, 0,
		"The planned results, in order."),
	F_END,
};
const struct shape rating_plan_shape = SHAPE("RatingPlan", struct rating_plan, plan_fields);

static const struct target_output *find_output(
	const struct target_output *list, int count, int64_t target)
{
	static const struct target_output nothing;

	for (int i = 0; i < count; i++)
		if (list[i].target == target)
			return &list[i];
	return &nothing;
}

static int32_t bounded(int64_t amount)
{
	return amount > INT32_MAX ? INT32_MAX : (int32_t)amount;
}

static void show_target(const struct target *t, const struct target_output *now,
	const struct target_output *all, struct rating_target *ret)
{
	const struct target_measure *m = reports_counting_measure(t);

	*ret = (struct rating_target){.target = t->id,
		.kind = t->kind,
		.result = t->result,
		.amount = INT_NONE,
		.verified = INT_NONE,
		.waiting = INT_NONE,
		.until = INT_NONE,
		.progress = INT_NONE};
	if (!m)
		return;
	ret->amount = m->amount;
	ret->unit_of_measure = m->unit_of_measure;
	ret->verified = bounded(now->verified);
	ret->waiting = bounded(now->handed_in - now->verified);
	ret->until = bounded(all->verified);
	ret->progress = reports_progress(all->verified, m->amount);
}

/* What was brought in [first, last] and until then, as far as the plan reaches. */
static enum err show_plan(struct tx *tx, const struct target_plan *p, int32_t first, int32_t last,
	struct rating_plan *ret)
{
	struct target_output now[TARGETS_MAX], all[TARGETS_MAX];
	int32_t from = first > p->first_day ? first : p->first_day,
		to = last < p->last_day ? last : p->last_day;
	struct target *target;
	int nows, alls;
	enum err e;

	*ret = (struct rating_plan){
		p->id, p->period, p->first_day, p->last_day, p->revision, NULL, 0};
	if ((e = reports_list_targets(tx, p->id, &target, &ret->targets_count)) ||
		(e = reports_sum_output(tx, p, from, to, now, TARGETS_MAX, &nows)) ||
		(e = reports_sum_output(tx, p, p->first_day, to, all, TARGETS_MAX, &alls)))
		return e;
	ret->targets = ARENA_ARRAY(tx->arena, TARGETS_MAX, struct rating_target);
	for (int i = 0; i < ret->targets_count; i++)
		show_target(&target[i], find_output(now, nows, target[i].id),
			find_output(all, alls, target[i].id), &ret->targets[i]);
	return OK;
}

enum err rating_load_plans(struct tx *tx, struct employee_id employee, int32_t first, int32_t last,
	struct rating_plan **ret, int *ret_count)
{
	struct target_plan plan[PLANS_OF_YEAR_MAX];
	int plans = 0, n = 0;
	enum err e = reports_list_plans(tx, employee, first, last, plan, PLANS_OF_YEAR_MAX, &plans);

	*ret = ARENA_ARRAY(tx->arena, RATING_PLANS_MAX, struct rating_plan);
	for (int i = 0; i < plans && n < RATING_PLANS_MAX && !e; i++)
		if (plan[i].state == PLAN_AGREED || plan[i].state == PLAN_CLOSED)
			e = show_plan(tx, &plan[i], first, last, &(*ret)[n++]);
	*ret_count = n;
	return e;
}

/* ---- the facts behind a figure ---- */

static const struct field query_fields[] = {
	PATH_ID(struct rating_input, employee, "Who is rated."),
	PATH_ID(struct rating_input, target, "A result of his plan."),
	Q_ENUM(struct rating_input, period, report_period_names, OPTIONAL,
		"A year or a quarter; a quarter when absent."),
	Q_DAY(struct rating_input, day, OPTIONAL, "A day of it; today when absent."),
	Q_ID(struct rating_input, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape rating_facts_query_shape = SHAPE(
	"RatingFactsQuery", struct rating_input, query_fields);

static const struct field fact_fields[] = {
	F_ID(struct rating_item, report, 0, "The report."),
	F_DAY(struct rating_item, day, 0, "The day it speaks of."),
	F_TEXT(struct rating_item, description, 1, 500, 0, "What was done."),
	F_INT(struct rating_item, volume, 1, REPORT_VOLUME_MAX, 0, "How much of it."),
	F_TEXT(struct rating_item, unit_of_measure, 1, 40, 0, "Of what."),
	F_ENUM(struct rating_item, state, report_state_names, 0, "Verified or waiting."),
	F_END,
};
static const struct shape fact_shape = SHAPE("RatingFact", struct rating_item, fact_fields);

struct facts_view {
	struct rating_item *items;
	int count;
	int64_t next;
};
static const struct field facts_fields[] = {
	F_LIST(struct facts_view, items, count, &fact_shape, 0, RATING_PAGE_MAX, 0,
		"In day order."),
	F_ID(struct facts_view, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape rating_facts_shape = SHAPE("RatingFacts", struct facts_view, facts_fields);

enum err rating_get_facts(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct rating_item *fact = ARENA_ARRAY(
		rq->tx->arena, RATING_PAGE_MAX + 1, struct rating_item);
	struct facts_view out = {.items = fact};
	int32_t first, last;
	enum err e;

	rating_asked(rq, &first, &last);
	e = rating_list_facts(rq->tx,
		&(struct rating_facts_asked){in->employee, in->target, first, last, in->cursor},
		fact, RATING_PAGE_MAX + 1, &out.count);
	if (out.count > RATING_PAGE_MAX) {
		out.count = RATING_PAGE_MAX;
		out.next = fact[RATING_PAGE_MAX - 1].key;
	}
	return e ? e : reply(rq, 200, &out);
}
