/*
 * What somebody means to do on a day, said before it begins ("H-1 sudah menetapkan rencana kerja",
 * Diskominfo Jawa Barat): the report of that day starts from it. A plan is a help and a fact, never
 * a gate; it is changed until the day is over. Where a rule of policy asks for it (kind `plan`), it
 * says until which minute of the day before. A later one is taken all the same; whoever answers for
 * the person sees which came when, and nothing follows from it by itself.
 */
#include "reports/reports_target_routes.h"

#include "roster/roster.h"

static const struct field plan_item_fields[] = {
	F_TEXT(struct plan_item, description, 5, 300, 0, "What is to be done."),
	F_ID(struct plan_item, target, OPTIONAL, "The planned result it serves."),
	F_ID(struct plan_item, task, OPTIONAL, "A task of one's own or of one's office."),
	F_INT(struct plan_item, volume, 1, REPORT_VOLUME_MAX, OPTIONAL, "How much of it."),
	F_TEXT(struct plan_item, unit_of_measure, 1, 40, OPTIONAL, "Of what."),
	F_END,
};
static const struct shape plan_item_shape = SHAPE(
	"DayPlanItem", struct plan_item, plan_item_fields);

struct day_plan {
	int32_t day, state;
	int64_t said_at, planned_at, asked_until;
	struct plan_item *items;
	int count;
};

#define ITEMS_FIELD(S)                                                                             \
	F_LIST(S, items, count, &plan_item_shape, 0, PLAN_ITEMS_MAX, 0,                            \
		"What is meant to be done, in order.")
#define SAID_FIELDS(S)                                                                             \
	F_ENUM(S, state, day_plan_state_names, 0, "Whether it was said until policy asks it."),    \
		F_INSTANT(S, said_at, OPTIONAL, "When it was said first; absent: never."),         \
		F_INSTANT(S, planned_at, OPTIONAL, "When it was last changed."),                   \
		F_INSTANT(S, asked_until, OPTIONAL,                                                \
			"Until when policy asks for it; absent: it does not.")

static const struct field day_plan_fields[] = {
	F_DAY(struct day_plan, day, 0, "The day."),
	SAID_FIELDS(struct day_plan),
	ITEMS_FIELD(struct day_plan),
	F_END,
};
const struct shape day_plan_shape = SHAPE("DayPlan", struct day_plan, day_plan_fields);

static const struct field day_plan_save_fields[] = {
	F_DAY(struct day_plan, day, 0, "Today or a day of the coming week."),
	ITEMS_FIELD(struct day_plan),
	F_END,
};
const struct shape day_plan_save_shape = SHAPE(
	"DayPlanSave", struct day_plan, day_plan_save_fields);

/* Until when a plan of the day is asked of a person; INSTANT_NONE: it is not. */
static enum err load_due(struct tx *tx, struct employee_id employee, int32_t day, int64_t *ret_due)
{
	const struct policy_book *book;
	struct person_day facts;
	struct day_ruling ruling;
	enum err e = roster_load_person_day(tx, employee, day, &facts);

	*ret_due = INSTANT_NONE;
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if ((e = policy_load_book(tx, &book)))
		return e;
	policy_decide_day(book, &facts, &ruling);
	if (ruling.plan_due != MINUTE_OFF)
		*ret_due = instant_of(day - 1, ruling.plan_due, book->tree->zone);
	return OK;
}

static enum err load_plan(
	struct tx *tx, struct employee_id owner, int32_t day, struct day_plan *ret)
{
	struct plan_said said;
	enum err e;

	*ret = (struct day_plan){
		.day = day, .items = ARENA_ARRAY(tx->arena, PLAN_ITEMS_MAX, struct plan_item)};
	if ((e = reports_list_plan_items(tx, owner, day, ret->items, &ret->count, &said)) ||
		(e = load_due(tx, owner, day, &ret->asked_until)))
		return e;
	ret->said_at = said.first;
	ret->planned_at = said.last;
	ret->state = (int32_t)reports_decide_day_plan(ret->asked_until, said.first, tx->now_ms);
	for (int i = 0; i < ret->count; i++) {
		if (!ret->items[i].volume)
			ret->items[i].volume = INT_NONE;
		if (!*ret->items[i].unit_of_measure)
			ret->items[i].unit_of_measure = NULL;
	}
	return OK;
}

static enum err reply_plan(struct req *rq, int32_t day)
{
	struct day_plan out;
	enum err e = load_plan(rq->tx, rq->actor.employee, day, &out);

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

/* A task is the owner's or his office's; what the plan named before, it keeps. */
static enum err check_tasks(struct req *rq, const struct day_plan *in)
{
	struct plan_item stood[PLAN_ITEMS_MAX];
	struct plan_said said;
	int count;
	enum err e = reports_list_plan_items(
		rq->tx, rq->actor.employee, in->day, stood, &count, &said);

	for (int i = 0; i < in->count && !e; i++) {
		bool may = in->items[i].task == 0;

		for (int k = 0; k < count && !may; k++)
			may = stood[k].task == in->items[i].task;
		if (!may && (e = reports_check_task(
				     rq->tx, rq->actor.employee, in->day, in->items[i].task, &may)))
			return e;
		if (!may)
			return refuse(rq, E_REFUSED,
				arena_printf(rq->tx->arena, "/items/%d/task", i),
				"not a task of yours or of your office on this day");
	}
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
	if ((e = check_targets(rq, in)) || (e = check_tasks(rq, in)) ||
		(e = reports_set_plan_items(
			 rq->tx, rq->actor.employee, in->day, in->items, in->count)))
		return e;
	return reply_plan(rq, in->day);
}

/* ---- of the people one answers for ---- */

struct team_day_plan {
	int64_t employee;
	const char *name, *position;
	int32_t stand, state;
	int64_t said_at, planned_at, asked_until;
	struct plan_item *items;
	int count;
};
static const struct field team_day_plan_fields[] = {
	F_ID(struct team_day_plan, employee, 0, "Whose plan."),
	F_TEXT(struct team_day_plan, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct team_day_plan, position, 0, 200, OPTIONAL, "His position."),
	F_ENUM(struct team_day_plan, stand, stand_names, 0, "Why one decides about him."),
	SAID_FIELDS(struct team_day_plan),
	ITEMS_FIELD(struct team_day_plan),
	F_END,
};
static const struct shape team_day_plan_shape = SHAPE(
	"TeamDayPlan", struct team_day_plan, team_day_plan_fields);

struct team_day_plans {
	struct team_day_plan *items;
	int count;
};
static const struct field team_day_plans_fields[] = {
	F_LIST(struct team_day_plans, items, count, &team_day_plan_shape, 0, PLAN_TEAM_MAX, 0,
		"Of whom a plan is asked or who said one, in name order."),
	F_END,
};
const struct shape day_plan_team_shape = SHAPE(
	"TeamDayPlans", struct team_day_plans, team_day_plans_fields);

/* Who neither owes a plan nor said one is not there. */
static enum err add_person(
	struct tx *tx, const struct team_member *m, int32_t day, struct team_day_plans *out)
{
	struct day_plan plan;
	enum err e = load_plan(tx, m->row.id, day, &plan);

	if (e || (plan.state == DAY_PLAN_NOT_ASKED && !plan.count))
		return e;
	out->items[out->count++] = (struct team_day_plan){.employee = m->row.id.v,
		.name = org_full_name(tx->arena, &m->row),
		.position = m->row.position,
		.stand = (int32_t)m->stand,
		.state = plan.state,
		.said_at = plan.said_at,
		.planned_at = plan.planned_at,
		.asked_until = plan.asked_until,
		.items = plan.items,
		.count = plan.count};
	return OK;
}

enum err reports_get_day_plan_team(struct req *rq)
{
	const struct plans_query *in = rq->input;
	int32_t day = reports_day_asked(rq, in->day);
	struct team_member *member = ARENA_ARRAY(rq->tx->arena, PLAN_TEAM_MAX, struct team_member);
	struct team_day_plans out = {0};
	int members;
	enum err e = org_list_team(
		rq->tx, rq->actor.employee, day, member, PLAN_TEAM_MAX, &members);

	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)members, struct team_day_plan);
	for (int i = 0; i < members && !e; i++)
		if (member[i].relation == RELATION_SUPERVISOR)
			e = add_person(rq->tx, &member[i], day, &out);
	return e ? e : reply(rq, 200, &out);
}
