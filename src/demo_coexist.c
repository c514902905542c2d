/*
 * Agencies of the demo that do not, or not only, clock in with Luwes: one still uses K-Mob, one
 * runs its fingerprint machine in parallel, one began this week, one begins next month.
 *
 * The machine's file of a day comes the next morning, as in life. It is made of the same arrivals
 * as the phones, so that the parallel run differs by what machines do: a finger that was not read,
 * a clock some minutes off. Equal seed, equal punches.
 */
#include "demo.h"

#include "attendance/attendance_source_int.h"
#include "base/str.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "roster/roster.h"
#include "trust/trust.h"

#define MACHINE_THING 1001 /* streams of days, apart from those of the phones */

struct demo_source {
	const char *code;
	enum attendance_source source;
	enum external_system system;
	int from; /* days from today */
	const char *machine, *letter, *note;
};

static const struct demo_source sources[] = {
	{"DISHUT", BY_EXTERNAL, SYSTEM_KMOB, -30, "K-Mob", "800.1.11/1020/BKD/2025",
		"Berkas K-Mob diimpor setiap pagi"},
	{"DISPUSIPDA", BY_BOTH, SYSTEM_FINGERPRINT, -13, "Sidik jari lobi",
		"800.1.11/1067/BKD/2025", "Berjalan paralel sampai selisihnya wajar"},
	{"DISBUN", BY_NOTHING, SYSTEM_NONE, -30, NULL, "800.1.11/1020/BKD/2025",
		"Menunggu gelombang kedua"},
	{"DISBUN", BY_LUWES, SYSTEM_NONE, -3, NULL, "800.1.11/1104/BKD/2025", "Gelombang kedua"},
	{"BAPENGHUB", BY_NOTHING, SYSTEM_NONE, -30, NULL, "800.1.11/1020/BKD/2025",
		"Menunggu gelombang ketiga"},
	{"BAPENGHUB", BY_LUWES, SYSTEM_NONE, 18, NULL, "800.1.11/1104/BKD/2025",
		"Gelombang ketiga"},
};

static enum err store_source(struct tx *tx, struct demo_world *w, const struct demo_source *s)
{
	int unit = demo_find_unit(w->plan, s->code);
	const struct source_row row = {.id = id_next(),
		.agency = unit < 0 ? (struct unit_id){0} : w->plan->unit[unit].id,
		.source = s->source,
		.system = s->system,
		.tolerance_minutes = s->source == BY_BOTH ? 5 : 0,
		.letter = s->letter,
		.note = s->note,
		.set_at = tx->now_ms,
		.valid_from = w->plan->today + s->from,
		.valid_to = DAY_FOREVER};
	enum err e;

	if (unit < 0)
		return OK;
	e = attendance_set_source(tx, &row);
	return e ? e : org_touch_generation(tx); /* the next row of the agency must see this one */
}

enum err demo_store_sources(struct tx *tx, void *arg)
{
	enum err e = attendance_add_code_examples(tx);

	for (int i = 0; i < COUNT_OF(sources) && !e; i++)
		e = store_source(tx, arg, &sources[i]);
	return e;
}

/* The row in force of the agency; NULL: Luwes. */
static const struct demo_source *source_of(const struct demo_plan *plan, int person, int32_t day)
{
	const struct demo_source *found = NULL;
	int agency = demo_agency_of(plan, demo_unit_on(&plan->person[person], day));

	for (int i = 0; i < COUNT_OF(sources); i++)
		if (plan->today + sources[i].from <= day &&
			str_eq(sources[i].code, plan->unit[agency].code))
			found = &sources[i];
	return found;
}

bool demo_has_luwes(const struct demo_plan *plan, int person, int32_t day)
{
	const struct demo_source *s = source_of(plan, person, day);

	return !s || s->source == BY_LUWES || s->source == BY_BOTH;
}

/* A machine's view of a punch; false when it did not read the finger. */
static bool turn(const struct demo_source *s, const struct demo_plan *plan, int person, int32_t day,
	struct punch *p)
{
	struct chance r = chance_stream(
		plan->seed, (uint64_t)person, MACHINE_THING + (uint64_t)day * 2 + p->direction);
	int64_t at = attendance_claimed_at(p);

	if (chance_of(&r, 70))
		return false;
	if (chance_of(&r, 90))
		at += chance_between(&r, -14, 14) * MS_PER_MINUTE;
	at += chance_between(&r, -40, 40) * INT64_C(1000);
	at -= at % 1000;
	*p = (struct punch){.direction = p->direction,
		.phone_at = at,
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.note = s->machine,
		.source = FROM_EXTERNAL};
	p->event_id = attendance_event_id(s->machine, plan->person[person].nip, at, p->direction);
	return true;
}

static enum err add_punch(struct tx *tx, const struct demo_world *w, int person, struct punch *p)
{
	int64_t rows;

	p->punch_id = id_next();
	p->received_at = tx->now_ms;
	p->punch_day = instant_day(p->phone_at, w->zone);
	return attendance_add_journal_row(tx, w->plan->person[person].id, p, &rows);
}

static enum err import_person(struct tx *tx, const struct demo_world *w,
	const struct policy_book *book, int person, int32_t day)
{
	const struct demo_source *s = source_of(w->plan, person, day);
	struct demo_punch made[DEMO_PUNCHES_MAX];
	struct person_day facts;
	struct day_ruling ruling;
	bool is_new;
	int n;
	enum err e = roster_load_person_day(tx, w->plan->person[person].id, day, &facts);

	if (e)
		return e == E_NOT_FOUND ? OK : e;
	policy_decide_day(book, &facts, &ruling);
	n = demo_compose_punches(w->plan, person, day, &ruling, w->zone, made);
	for (int i = 0; i < n && !e; i++)
		if (turn(s, w->plan, person, day, &made[i].punch))
			e = add_punch(tx, w, person, &made[i].punch);
	if (!e && ruling.shift.starts != MINUTE_OFF)
		e = attendance_add_arrived(tx, facts.unit, day, 0, &is_new);
	if (!e)
		changes_add(tx->changes, CHANGE_DAY, facts.employee.v, day);
	return e;
}

enum err demo_import_punches(struct tx *tx, const struct demo_world *w, int32_t day)
{
	const struct policy_book *book;
	enum err e = policy_load_book(tx, &book);

	for (int i = 0; i < w->plan->persons && !e; i++) {
		const struct demo_source *s = source_of(w->plan, i, day);

		if (s && s->machine)
			e = import_person(tx, w, book, i, day);
	}
	if (!e)
		trust_add_leaf(tx, LEAF_IMPORT, 0, &day, sizeof(day));
	return e;
}
