/*
 * What somebody means to do on a day, said before it begins ("H-1 sudah menetapkan rencana kerja",
 * Diskominfo Jawa Barat): the report of that day starts from it. A plan is a help and a fact, never
 * a gate; it is changed until the day is over.
 */
#include "reports/reports_target_routes.h"

static const struct field plan_item_fields[] = {
	F_TEXT(struct plan_item, description, 5, 300, 0, "What is to be done."),
	F_ID(struct plan_item, target, OPTIONAL, "The planned result it serves."),
	F_INT(struct plan_item, volume, 1, 100000, OPTIONAL, "How much of it."),
	F_TEXT(struct plan_item, unit_of_measure, 1, 40, OPTIONAL, "Of what."),
	F_END,
};
static const struct shape plan_item_shape = SHAPE(
	"DayPlanItem", struct plan_item, plan_item_fields);

struct day_plan {
	int32_t day;
	int64_t planned_at;
	struct plan_item *items;
	int count;
};

#define ITEMS_FIELD                                                                                \
	F_LIST(struct day_plan, items, count, &plan_item_shape, 0, PLAN_ITEMS_MAX, 0,              \
		"What is meant to be done, in order.")

static const struct field day_plan_fields[] = {
	F_DAY(struct day_plan, day, 0, "The day."),
	F_INSTANT(struct day_plan, planned_at, OPTIONAL, "When it was last said; absent: never."),
	ITEMS_FIELD,
	F_END,
};
const struct shape day_plan_shape = SHAPE("DayPlan", struct day_plan, day_plan_fields);

static const struct field day_plan_save_fields[] = {
	F_DAY(struct day_plan, day, 0, "Today or a day of the coming week."),
	ITEMS_FIELD,
	F_END,
};
const struct shape day_plan_save_shape = SHAPE(
	"DayPlanSave", struct day_plan, day_plan_save_fields);

static enum err reply_plan(struct req *rq, int32_t day)
{
	struct day_plan out = {
		.day = day, .items = ARENA_ARRAY(rq->tx->arena, PLAN_ITEMS_MAX, struct plan_item)};
	int64_t planned_at;
	enum err e = reports_list_plan_items(
		rq->tx, rq->actor.employee, day, out.items, &out.count, &planned_at);

	out.planned_at = planned_at == NO_INSTANT ? INSTANT_NONE : planned_at;
	for (int i = 0; i < out.count; i++) {
		if (!out.items[i].volume)
			out.items[i].volume = INT_NONE;
		if (!*out.items[i].unit_of_measure)
			out.items[i].unit_of_measure = NULL;
	}
	return e ? e : reply(rq, 200, &out);
}

enum err reports_get_day_plan(struct req *rq)
{
	const struct plans_query *in = rq->input;

	return reply_plan(rq, reports_day_asked(rq, in->day));
}

/* Results that items name are the owner's on that day. */
static enum err check_targets(struct req *rq, const struct day_plan *in)
{
	struct target *target = NULL;
	int count = 0;
	enum err e = reports_list_targets_on(rq->tx, rq->actor.employee, in->day, &target, &count);

	for (int i = 0; i < in->count && !e; i++)
		if (in->items[i].target && !reports_find_target(target, count, in->items[i].target))
			return refuse(rq, E_REFUSED,
				arena_printf(rq->tx->arena, "/items/%d/target", i),
				"not a result of a plan of yours on this day");
	return e;
}

enum err reports_put_day_plan(struct req *rq)
{
	const struct day_plan *in = rq->input;
	int32_t today = req_today(rq);
	enum err e;

	if (in->day < today || in->day > today + 7)
		return refuse(rq, E_BAD_FIELD, "/day", "today or one of the next seven days");
	for (int i = 0; i < in->count; i++)
		if (in->items[i].volume == INT_NONE)
			in->items[i].volume = 0;
	if ((e = check_targets(rq, in)) || (e = reports_set_plan_items(rq->tx, rq->actor.employee,
						    in->day, in->items, in->count)))
		return e;
	return reply_plan(rq, in->day);
}
