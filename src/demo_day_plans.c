/*
 * What the people of the played division mean to do today, said the afternoon before, and what some
 * of them have said already of tomorrow: a task in hand first, then what their agreed plan asks.
 */
#include "demo.h"

#include "platform/slice.h"
#include "reports/reports_target.h"
#include "verbs.h"

#define DAY_PLANS_THING     7400
#define AFTERNOON           (15 * 60 + 10)
#define TOMORROW_PER_MILLE  300
#define WORKS_MAX           2
#define MINUTES_PER_PLANNER 3

static const struct demo_task *find_task(const struct demo_world *w, int person)
{
	for (int i = 0; i < w->in_hands; i++)
		if (w->in_hand[i].person == person)
			return &w->in_hand[i];
	return NULL;
}

static enum err say(
	struct tx *tx, const struct demo_world *w, int person, int32_t day, struct chance *r)
{
	const struct demo_goals *goals = &w->goals[person];
	const struct demo_task *task = find_task(w, person);
	struct plan_item item[1 + WORKS_MAX] = {{0}};
	int works, n = 0;
	const struct demo_work *list = demo_works(w->plan, person, &works);

	if (task)
		item[n++] = (struct plan_item){.description = task->subject, .task = task->task};
	for (int i = 0; goals->state == PLAN_AGREED && i < goals->n && i < WORKS_MAX; i++) {
		const struct demo_work *work = &list[goals->work[i]];

		item[n++] = (struct plan_item){.description = work->description,
			.target = goals->target[i],
			.volume = chance_between(r, (work->most + 1) / 2, work->most),
			.unit_of_measure = work->unit};
	}
	return reports_set_plan_items(tx, w->plan->person[person].id, day, item, n);
}

static int32_t working_day(int32_t day, int step)
{
	while (day_weekday(day) >= SATURDAY)
		day += step;
	return day;
}

static enum err store_day_plans(struct tx *tx, void *arg)
{
	struct demo_world *w = arg;
	const struct demo_plan *plan = w->plan;
	const int worker = demo_find_home_worker(plan);
	const int boss = worker == NOBODY ? NOBODY : plan->person[worker].supervisor;
	const int32_t today = plan->today, before = working_day(today - 1, -1),
		      tomorrow = working_day(today + 1, 1);
	int seat = 0, said = 0;
	enum err e = OK;

	for (int i = 0; boss != NOBODY && i < plan->persons && !e; i++) {
		struct chance r = chance_stream(plan->seed, (uint64_t)i, DAY_PLANS_THING);

		if (plan->person[i].supervisor != boss || i == worker || !demo_is_present(plan, i))
			continue;      /* the visitor says his own */
		if (seat++ % 2 == 1) { /* every other has said it in time */
			demo_clock(w, instant_of(before, AFTERNOON + MINUTES_PER_PLANNER * said++,
					      w->zone));
			e = say(tx, w, i, today, &r);
		}
		demo_clock(w, w->at_ms);
		if (!e && chance_of(&r, TOMORROW_PER_MILLE))
			e = say(tx, w, i, tomorrow, &r);
	}
	return e;
}

enum err demo_store_day_plans(struct demo_world *w)
{
	demo_clock(w, w->at_ms);
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_day_plans, w);
}
