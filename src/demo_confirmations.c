/*
 * What the visitor's supervisor finds to confirm this morning: phones of the team were without a
 * signal and have sent now. Some pressed once more when they left yesterday, which counts and came
 * long after; two pressed at the gate that morning with phones that never had the server's time,
 * and one of them has explained it.
 *
 * The events are signed and recorded as any phone's, so the verdicts are the program's own.
 */
#include "demo.h"

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_record.h"
#include "phone.h"
#include "verbs.h"

#include <string.h>

#define QUEUED_MOST    6
#define DOUBTED_MOST   2
#define BACK_DAYS      5
#define LATER_MINUTES  21
#define SOONER_MINUTES 14

/* The person's last or first punch of a day as the phone says; false when there is none. */
static enum err find_punch(struct tx *tx, struct employee_id employee, int32_t day,
	enum direction direction, struct punch *ret, bool *ret_found)
{
	struct punch *punch = ARENA_ARRAY(tx->arena, DAY_PUNCHES_MAX, struct punch);
	int count;
	enum err e = attendance_list_punches(
		tx, employee, day, day, punch, DAY_PUNCHES_MAX, &count);

	*ret_found = false;
	for (int i = 0; i < count && !e; i++) {
		if (punch[i].direction != direction || punch[i].source != FROM_PHONE ||
			punch[i].point.lat_e7 == NO_COORDINATE)
			continue;
		*ret = punch[i];
		*ret_found = true;
	}
	return e;
}

/* Signed at `at_ms`, received now; with a token of `token_at` (0: none). */
static enum err send_event(struct tx *tx, struct employee_id employee, enum event_type type,
	int64_t at_ms, int64_t token_at, struct geo_point place, int64_t *ret_punch)
{
	const uint64_t chance[2] = {(uint64_t)employee.v, (uint64_t)at_ms};
	struct signed_input in = {.note = "", .skew_ms = 0, .countersigned_at = NO_INSTANT};
	struct receipt receipt = {0};
	struct phone_event event;
	struct phone phone;
	enum signed_fault fault;
	enum err e = demo_enrol(tx, employee, &phone);

	if (!e && token_at) {
		struct time_token token = attendance_make_token(
			tx->government, phone.device, token_at);

		memcpy(phone.token, token.id, sizeof phone.token);
		phone.token_issued_at = token_at;
	}
	if (!e) {
		phone_press(&phone, type, at_ms, place, chance, &event);
		in.bytes = (struct bytes){event.bytes, sizeof event.bytes};
		in.signature = (struct bytes){event.signature, sizeof event.signature};
		e = attendance_record_signed(tx, employee, &in, &receipt, &fault);
	}
	phone_close(&phone);
	*ret_punch = receipt.punch_id;
	return e;
}

/* The same of the last day he worked before today. */
static enum err find_last(struct tx *tx, const struct demo_world *w, struct employee_id employee,
	enum direction direction, struct punch *ret, bool *ret_found)
{
	enum err e = OK;

	*ret_found = false;
	for (int32_t day = w->plan->today - 1;
		day > w->plan->today - BACK_DAYS && !e && !*ret_found; day--)
		e = find_punch(tx, employee, day, direction, ret, ret_found);
	return e;
}

/* Left once more, without a signal: the time of the phone counts. */
static enum err live_queued(
	struct tx *tx, const struct demo_world *w, struct employee_id employee, bool *ret_done)
{
	struct punch out;
	int64_t punch_id;
	enum err e = find_last(tx, w, employee, DIRECTION_OUT, &out, ret_done);

	if (e || !*ret_done)
		return e;
	return send_event(tx, employee, EVENT_TYPE_OUT,
		out.phone_at + LATER_MINUTES * MS_PER_MINUTE, out.phone_at - 8 * 60 * MS_PER_MINUTE,
		out.point, &punch_id);
}

/* At the gate, and the phone has no time of the server: nothing proves its own. */
static enum err live_doubted(struct tx *tx, const struct demo_world *w, struct employee_id employee,
	bool explains, bool *ret_done)
{
	struct confirmation c;
	struct punch in;
	int64_t punch_id = 0;
	enum err e = find_last(tx, w, employee, DIRECTION_IN, &in, ret_done);

	if (e || !*ret_done)
		return e;
	e = send_event(tx, employee, EVENT_TYPE_IN, in.phone_at - SOONER_MINUTES * MS_PER_MINUTE, 0,
		in.point, &punch_id);
	if (e || !explains || (e = attendance_load_punch_confirmation(tx, punch_id, &c)))
		return e;
	return attendance_explain_confirmation(tx, &c,
		"Ponsel baru dinyalakan di gerbang dan belum ada sinyal; satpam Pak Ujang "
		"melihat saya masuk.");
}

static enum err store_confirmations(struct tx *tx, void *arg)
{
	const struct demo_world *w = arg;
	const struct demo_plan *plan = w->plan;
	int worker = demo_find_unit(plan, "BKD") >= 0 ? demo_find_home_worker(plan) : NOBODY;
	int queued = 0, doubted = 0;
	enum err e = OK;

	for (int i = 0; worker != NOBODY && i < plan->persons && !e; i++) {
		const struct demo_person *p = &plan->person[i];
		bool done = false;

		if (i == worker || p->is_played || !demo_is_present(plan, i) ||
			p->supervisor != plan->person[worker].supervisor)
			continue;
		if (doubted < DOUBTED_MOST && queued > doubted) {
			e = live_doubted(tx, w, p->id, doubted == 0, &done);
			doubted += done;
		}
		if (!done && !e && queued < QUEUED_MOST) {
			e = live_queued(tx, w, p->id, &done);
			queued += done;
		}
	}
	return e;
}

enum err demo_store_confirmations(struct demo_world *w)
{
	demo_clock(w, w->at_ms);
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_confirmations, w);
}
