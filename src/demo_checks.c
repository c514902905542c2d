/*
 * Presence checks of the days that passed: most were answered, some never reached a phone, one or
 * the other was shown and not answered; and on the last day at home the visitor's supervisor called
 * a few of his people.
 *
 * The seeds, lots and calls are the program's own; only what people did about them is made up here.
 */
#include "demo.h"

#include "attendance/attendance_check.h"
#include "base/chance.h"
#include "platform/clock.h"
#include "verbs.h"

#include <string.h>

#define DRAW_PAGE         500
#define ANSWERS_PER_MILLE 780
#define SILENT_PER_MILLE  60
#define CALLS             4
#define CALL_MINUTE       (9 * 60 + 40)
#define BACK_DAYS         9

enum err demo_draw_checks(struct tx *tx, int32_t day)
{
	struct employee_id after = {0};
	enum err e;

	do
		e = attendance_draw_checks(tx, day, after, DRAW_PAGE, &after);
	while (!e && after.v);
	return e ? e : attendance_commit_check_day(tx, day + 1);
}

/* Where the person was that day, as far as a punch tells. */
static enum err find_place(
	struct tx *tx, struct employee_id employee, int32_t day, struct punch *ret)
{
	struct punch *punch = ARENA_ARRAY(tx->arena, DAY_PUNCHES_MAX, struct punch);
	int count;
	enum err e = attendance_list_punches(
		tx, employee, day, day, punch, DAY_PUNCHES_MAX, &count);

	for (int i = 0; i < count && !e; i++)
		if (punch[i].point.lat_e7 != NO_COORDINATE) {
			ret->point = punch[i].point;
			ret->accuracy_metres = punch[i].accuracy_metres;
			ret->place_error = POSITION_OK;
		}
	return e;
}

/* Somebody who was there opens the app `shown_ms` after the check and answers, or not (0). */
static enum err react(
	struct demo_world *w, const struct check *c, int64_t shown_ms, int64_t made_ms)
{
	struct tx *tx = w->tx;
	struct punch punch = {.direction = DIRECTION_CHECK,
		.phone_at = c->opens_at + made_ms,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.place_error = POSITION_UNAVAILABLE,
		.received_at = c->opens_at + made_ms + 2000,
		.note = ""};
	enum receipt_status status;
	enum err e;

	demo_clock(w, c->opens_at + shown_ms);
	if ((e = attendance_show_checks(tx, c->employee)) || !made_ms ||
		(e = find_place(tx, c->employee, c->day, &punch)))
		return e;
	demo_clock(w, punch.received_at);
	punch.punch_id = id_next();
	punch.punch_day = instant_day(punch.phone_at, w->zone);
	memcpy(punch.event_id.b, &punch.punch_id, sizeof(punch.punch_id));
	memcpy(punch.event_id.b + 8, &c->id, sizeof(c->id));
	punch.event_id.b[6] = (uint8_t)((punch.event_id.b[6] & 0x0f) | 0x70);
	punch.event_id.b[8] = (uint8_t)((punch.event_id.b[8] & 0x3f) | 0x80);
	punch.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&punch);
	return attendance_add_punch(tx, c->employee, &punch, &status);
}

static enum err live_lot(struct demo_world *w, const struct check *c)
{
	struct chance r = chance_stream((uint64_t)c->employee.v, (uint64_t)c->day, 33);
	int64_t length = (c->closes_at - c->opens_at) / 1000, shown = 1000 * (20 + length / 4);
	struct attendance_day day;
	enum err e = attendance_load_day(w->tx, c->employee, c->day, &day);

	if (e || day.in_at == NO_INSTANT)
		return e == E_NOT_FOUND ? OK : e;
	if (chance_of(&r, ANSWERS_PER_MILLE))
		return react(w, c, shown, shown + 1000 * chance_between(&r, 5, (int)(length / 2)));
	return chance_of(&r, SILENT_PER_MILLE * 1000 / (1000 - ANSWERS_PER_MILLE))
		       ? react(w, c, shown, 0)
		       : OK;
}

enum err demo_live_checks(struct tx *tx, struct demo_world *w, int32_t day)
{
	const struct demo_plan *plan = w->plan;
	struct check_day row;
	struct check c[2];
	enum err e = attendance_load_check_day(tx, day, &row);

	if (e || !row.seed.n)
		return e == E_NOT_FOUND ? OK : e;
	for (int i = 0; i < plan->persons && !e; i++) {
		int count = 0;

		if (!demo_is_present(plan, i) ||
			!attendance_is_drawn(
				attendance_draw_lot(row.seed.p, plan->person[i].id), row.percent))
			continue;
		demo_clock(w, instant_of(day + 1, 0, w->zone) - 1);
		e = attendance_list_own_checks(tx, plan->person[i].id, day, c, 1, &count);
		if (!e && count)
			e = live_lot(w, &c[0]);
	}
	return e;
}

/* ---- calls on the last day at home ---- */

static enum err call(struct demo_world *w, int person, int nth, int32_t day, bool *ret_done)
{
	static const char *const note[CALLS] = {"Mohon jawab: berkas mutasi ditunggu bidang.",
		"Mohon kabari progres rekap Oktober.", "Ada tamu dari kabupaten, mohon ke kantor.",
		"Mohon jawab bila sudah membaca surat masuk."};
	static const int made_minutes[CALLS] = {6, 41, 0, 0}; /* in time, late, never */
	const struct demo_person *p = &w->plan->person[person];
	struct check c = {.employee = p->id,
		.kind = nth == 2 ? CHECK_COME : CHECK_ANSWER,
		.note = note[nth],
		.asked_by = w->plan->person[p->supervisor].id};
	enum call_fault fault;
	enum err e;

	demo_clock(w, instant_of(day, CALL_MINUTE + nth, w->zone));
	e = attendance_add_call(w->tx, &c, &fault);
	*ret_done = !e && fault == CALL_GOOD;
	if (e == E_NOT_FOUND || (!e && !*ret_done))
		return OK;
	if (!e && nth < CALLS - 1)
		e = react(w, &c, 4 * MS_PER_MINUTE, made_minutes[nth] * MS_PER_MINUTE);
	return e || nth != 2 ? e : attendance_see_check(w->tx, &c, c.asked_by, "Tiba pukul 11.10.");
}

static enum err store_calls(struct tx *tx, void *arg)
{
	struct demo_world *w = arg;
	const struct demo_plan *plan = w->plan;
	int worker = demo_find_unit(plan, "BKD") >= 0 ? demo_find_home_worker(plan) : NOBODY;
	int done = 0;
	enum err e = OK;

	(void)tx;
	for (int32_t day = plan->today - 1; day > plan->today - BACK_DAYS && !done && !e; day--)
		for (int i = 0; worker != NOBODY && i < plan->persons && done < CALLS && !e; i++) {
			bool is_his = plan->person[i].supervisor == plan->person[worker].supervisor;
			bool is_called = false;

			if (i != worker && is_his && !plan->person[i].is_played &&
				demo_is_present(plan, i))
				e = call(w, i, done, day, &is_called);
			done += is_called;
		}
	return e;
}

enum err demo_store_calls(struct demo_world *w)
{
	enum err e;

	arena_reset(w->tx->arena);
	e = verb_write("demo", w->tx, store_calls, w);
	demo_clock(w, w->at_ms);
	return e;
}
