/*
 * How a day is lived: who comes when, with which phone, under which signal. Most come a little
 * early and leave a little late; some are late, forget to leave, have no signal at 07.30, a clock
 * that is wrong, a phone that gives no position, or no phone at all (then the clerk enters the
 * paper sheet).
 *
 * Pure: chance comes from a stream of the person and the day.
 */
#include "demo.h"

#include "base/put.h"
#include "base/str.h"

#include <string.h>

#define PUNCHES_THING 1000 /* streams of days are apart from those of the plan */

int demo_unit_on(const struct demo_person *p, int32_t day)
{
	return p->moved_from >= 0 && day < p->moved_on ? p->moved_from : p->unit;
}

/* ---- when ---- */

static int minutes_early(struct chance *r, enum work_mode mode)
{
	if (mode == MODE_HOME) /* no road: many open the app shortly before */
		return chance_below(r, 12) + chance_below(r, 10) - 1;
	return 1 + chance_below(r, 22) + chance_below(r, 20);
}

static int64_t arrival(const struct demo_person *p, struct chance *r,
	const struct day_ruling *ruling, int32_t day, enum zone zone)
{
	bool is_late = chance_of(r, p->carelessness);
	int minute = ruling->shift.starts - minutes_early(r, ruling->mode);
	if (is_late)
		minute = ruling->shift.starts + 1 + chance_below(r, 25) + chance_below(r, 20);
	return instant_of(day, minute, zone) + chance_below(r, 60000);
}

static int64_t departure(
	struct chance *r, const struct day_ruling *ruling, int32_t day, enum zone zone)
{
	int minute = ruling->shift.ends + chance_below(r, 12) + chance_below(r, 30);
	if (chance_of(r, 9))
		minute = ruling->shift.ends - 5 - chance_below(r, 50);
	return instant_of(day, minute, zone) + chance_below(r, 60000);
}

/* ---- how it reaches the server ---- */

/* The phone's own clock: nearly all are right to the second, and the app knows by how much the
 * others are not. */
static void set_clock(struct punch *p, struct chance *r, int64_t at)
{
	int off_minutes = chance_of(r, 10) ? chance_between(r, -15, 15) : 0;
	p->phone_at = at + off_minutes * MS_PER_MINUTE;
	p->offset_ms = -off_minutes * MS_PER_MINUTE + chance_between(r, -400, 400);
}

static void set_receipt(struct punch *p, struct chance *r, int64_t at)
{
	p->received_at = at + chance_between(r, 80, 2500);
	if (chance_of(r, 35)) /* no signal: it waited in the phone */
		p->received_at = at + chance_between(r, 4, 240) * MS_PER_MINUTE;
}

static void set_no_position(struct punch *p, enum place_error why)
{
	p->point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
	p->accuracy_metres = 0;
	p->place_error = why;
}

/* The site of the unit or of one above it. */
static const struct demo_unit *site_of(const struct demo_plan *plan, int unit)
{
	while (!plan->unit[unit].has_site && plan->unit[unit].parent >= 0)
		unit = plan->unit[unit].parent;
	return &plan->unit[unit];
}

static void set_office_position(
	const struct demo_plan *plan, struct punch *p, struct chance *r, int unit)
{
	const struct demo_unit *site = site_of(plan, unit);
	int draw = chance_below(r, 1000);
	if (draw < 9) {
		set_no_position(p, draw < 3   ? POSITION_DENIED
				   : draw < 6 ? POSITION_UNAVAILABLE
					      : POSITION_TIMEOUT);
		return;
	}
	int reach = site->radius_metres ? site->radius_metres / 2 : 60;
	p->point = demo_near(r, site->centre, draw < 15 ? 1500 : reach);
	p->accuracy_metres = draw < 23 ? chance_between(r, 300, 2500) : chance_between(r, 4, 40);
}

/* A fixed home somewhere around the work; what is stored is judged nowhere. */
static void set_home_position(
	const struct demo_plan *plan, struct punch *p, struct chance *r, int person, int unit)
{
	struct chance home = chance_stream(plan->seed, (uint64_t)person, 5);
	if (chance_of(r, 150)) {
		set_no_position(p, POSITION_DENIED);
		return;
	}
	p->point = demo_near(r, demo_near(&home, site_of(plan, unit)->centre, 9000), 15);
	p->accuracy_metres = chance_between(r, 5, 60);
}

/* From the paper sheet: entered by the clerk later that morning. */
static void enter_by_hand(struct punch *p, struct chance *r, int64_t at)
{
	p->phone_at = at - at % MS_PER_MINUTE;
	p->offset_ms = 0;
	p->received_at = p->phone_at + chance_between(r, 90, 200) * MS_PER_MINUTE;
	p->note = "presensi kertas, dicatat tata usaha";
	p->flags = PUNCH_MANUAL;
	p->source = FROM_PAPER;
	set_no_position(p, POSITION_UNSUPPORTED);
}

/* UUIDv7 of the phone's time. */
static struct uuid make_event_id(struct chance *r, int64_t phone_at)
{
	struct uuid id;
	uint64_t low[2] = {chance_draw(r), chance_draw(r)};
	memcpy(id.b, low, sizeof id.b);
	put_number(id.b, phone_at, 6);
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	return id;
}

static bool has_outage(const struct demo_plan *plan, int unit, int32_t day)
{
	return plan->outage_agency >= 0 && day == plan->outage_day &&
	       demo_agency_of(plan, unit) == plan->outage_agency;
}

/* It rained that morning: who would have come in the twenty minutes before came just in time. */
static int64_t come_in_rain(int64_t at, int32_t day, enum zone zone)
{
	int64_t from = instant_of(day, OUTAGE_FROM, zone);
	return at < from && at >= from - 20 * MS_PER_MINUTE ? from + at % (4 * MS_PER_MINUTE) : at;
}

/* What was pressed while the network was down reached the server when it came back. */
static void hold_up(struct punch *p, struct chance *r, int32_t day, enum zone zone)
{
	int64_t from = instant_of(day, OUTAGE_FROM, zone), to = instant_of(day, OUTAGE_TO, zone);
	if (p->received_at >= from && p->received_at < to)
		p->received_at = to - chance_between(r, 500, 40000);
}

static struct demo_punch make_punch(const struct demo_plan *plan, struct chance *r, int person,
	int32_t day, enum work_mode mode, enum direction direction, int64_t at, enum zone zone)
{
	const struct demo_person *who = &plan->person[person];
	struct demo_punch made = {.person = person, .punch = {.direction = direction, .note = ""}};
	struct punch *p = &made.punch;
	if (!who->has_phone) {
		enter_by_hand(p, r, at);
	} else {
		p->flags = PUNCH_UNSIGNED;
		set_clock(p, r, at);
		set_receipt(p, r, at);
		if (has_outage(plan, demo_unit_on(who, day), day))
			hold_up(p, r, day, zone);
		if (mode == MODE_OFFICE)
			set_office_position(plan, p, r, demo_unit_on(who, day));
		else
			set_home_position(plan, p, r, person, demo_unit_on(who, day));
	}
	p->event_id = make_event_id(r, p->phone_at);
	return made;
}

static bool has_missed(const struct demo_plan *plan, int person, int32_t day)
{
	for (int i = 0; i < DEMO_MISSED_COUNT; i++)
		if (plan->missed[i].person == person && plan->missed[i].day == day)
			return true;
	return false;
}

int demo_compose_punches(const struct demo_plan *plan, int person, int32_t day,
	const struct day_ruling *ruling, enum zone zone, struct demo_punch *ret_punch)
{
	struct chance r = chance_stream(
		plan->seed, (uint64_t)person, (uint64_t)(PUNCHES_THING + day));
	bool is_played = plan->person[person].is_played;
	int n = 0;
	if (is_played && day == plan->today)
		return 0;
	if (!plan->person[person].has_phone && plan->person[person].unit == plan->paper_unit)
		return 0; /* his school's paper list says it */
	if (!attendance_is_work(ruling->mode) || ruling->shift.starts == MINUTE_OFF ||
		(!is_played && chance_of(&r, 6)))
		return 0;
	if (ruling->mode == MODE_OUTSIDE_DUTY && chance_of(&r, 250))
		return 0;
	int64_t in = arrival(&plan->person[person], &r, ruling, day, zone);
	if (has_outage(plan, demo_unit_on(&plan->person[person], day), day))
		in = come_in_rain(in, day, zone);
	ret_punch[n++] = make_punch(plan, &r, person, day, ruling->mode, DIRECTION_IN, in, zone);
	bool is_still_here = is_played && day + 1 == plan->today && ruling->shift.ends > 1440;
	if (is_still_here || has_missed(plan, person, day) || chance_of(&r, 18)) /* or forgot */
		return n;
	int64_t out = departure(&r, ruling, day, zone);
	ret_punch[n++] = make_punch(plan, &r, person, day, ruling->mode, DIRECTION_OUT, out, zone);
	return n;
}
