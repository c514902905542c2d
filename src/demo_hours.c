/*
 * Hours beside the usual week: turns of the wards for two months, a Samsat open on Saturday, the
 * break between semesters, a start that floats, an assembly on a Monday.
 *
 * What a source does not say is marked as an example by an empty verified_by: hours of turns and of
 * the six-day week, and the days of the school calendar, are ours. The turns follow the cycle of
 * nine days that the wards had on paper, so that the same people are up at night.
 */
#include "demo.h"

#include "base/str.h"
#include "calendar/calendar.h"
#include "platform/slice.h"
#include "verbs.h"

#define HM(hour, minute) ((hour)*60 + (minute))
#define CYCLE            9
#define MONTHS_DAYS_MAX  62

struct kinds {
	int morning, afternoon, night, free;
};

static int32_t since_2025(void)
{
	return day_from_civil(2025, 1, 6); /* a Monday */
}

/* ---- a Samsat on six days ---- */

static enum err add_six_days(struct tx *tx, struct pattern_id *ret)
{
	const struct shift usual = {HM(7, 30), HM(14, 30), HM(12, 0), HM(12, 30)};
	const struct shift friday = {HM(7, 30), HM(14, 0), HM(11, 30), HM(12, 30)};
	const struct shift saturday = {HM(7, 30), HM(13, 0), MINUTE_OFF, MINUTE_OFF};
	const struct shift fasting = {HM(8, 0), HM(14, 0), HM(12, 0), HM(12, 30)};
	const struct shift fasting_friday = {HM(8, 0), HM(14, 0), HM(11, 30), HM(12, 30)};
	struct pattern_day_row day[12];

	for (int i = 0; i < 6; i++) {
		day[i] = (struct pattern_day_row){REGIME_NORMAL, i,
			i == 4   ? friday
			: i == 5 ? saturday
				 : usual};
		day[i + 6] = (struct pattern_day_row){
			REGIME_RAMADAN, i, i == 4 ? fasting_friday : fasting};
	}
	return calendar_add_pattern(tx,
		&(struct pattern_row){"6HARI", "Enam hari kerja",
			"Perpres 21/2023 Pasal 7 (layanan langsung); jam contoh", "", 7,
			since_2025(), false, since_2025(), DAY_FOREVER},
		day, COUNT_OF(day), ret);
}

static enum err open_on_saturday(struct tx *tx, const struct demo_plan *plan)
{
	struct pattern_id six;
	enum err e = add_six_days(tx, &six);

	for (int i = 0; i < plan->units && !e; i++)
		if (plan->unit[i].hours == HOURS_SIX_DAYS)
			e = calendar_assign(tx, (struct employee_id){0}, plan->unit[i].id, six, 0,
				since_2025(), DAY_FOREVER);
	return e;
}

/* ---- turns ---- */

static enum err add_kind(
	struct tx *tx, const char *code, const char *name, int starts, int ends, int *ret)
{
	return calendar_add_turn_kind(tx,
		&(struct turn_kind_row){.code = code,
			.name = name,
			.legal_basis = "PermenPANRB 4/2025 Pasal 17 (sif); jam contoh",
			.verified_by = "",
			.shift = {starts, ends, MINUTE_OFF, MINUTE_OFF},
			.valid_from = since_2025(),
			.valid_to = DAY_FOREVER},
		ret);
}

static enum err add_kinds(struct tx *tx, struct kinds *k)
{
	enum err e;

	if ((e = add_kind(tx, "P", "Sif pagi", HM(7, 0), HM(14, 15), &k->morning)) ||
		(e = add_kind(tx, "S", "Sif sore", HM(14, 0), HM(21, 0), &k->afternoon)) ||
		(e = add_kind(tx, "M", "Sif malam", HM(20, 45), HM(31, 15), &k->night)))
		return e;
	return add_kind(tx, "L", "Lepas jaga", MINUTE_OFF, MINUTE_OFF, &k->free);
}

/* Two mornings, two afternoons, two nights, three days free. */
static int turn_of(const struct kinds *k, const struct demo_person *p, int32_t day)
{
	const int turn[CYCLE] = {k->morning, k->morning, k->afternoon, k->afternoon, k->night,
		k->night, k->free, k->free, k->free};
	int32_t since = day - since_2025() - p->cycle_offset;

	return turn[(since % CYCLE + CYCLE) % CYCLE];
}

/* This month and the next, as a ward plans them. */
static enum err give_turns(
	struct tx *tx, const struct kinds *k, const struct demo_person *p, int32_t today)
{
	int turn[MONTHS_DAYS_MAX][TURNS_MAX] = {{0}};
	int32_t from, to, last;

	day_month_bounds(today, &from, &to);
	day_month_bounds(to + 1, &to, &last);
	if (p->since > from)
		from = p->since;
	for (int32_t day = from; day <= last; day++)
		turn[day - from][0] = turn_of(k, p, day);
	return calendar_set_turns(tx,
		&(struct turn_line){p->id, from, (int)(last - from + 1), turn},
		(struct employee_id){0});
}

static enum err plan_wards(struct tx *tx, const struct demo_plan *plan)
{
	struct kinds k;
	enum err e = add_kinds(tx, &k);

	for (int i = 0; i < plan->persons && !e; i++)
		if (plan->person[i].hours == HOURS_WARD)
			e = give_turns(tx, &k, &plan->person[i], plan->today);
	return e;
}

/* ---- what differs from the week ---- */

static enum err add_school_break(
	struct tx *tx, const struct demo_plan *plan, struct pattern_id school)
{
	int agency = demo_find_unit(plan, "DISDIK");
	int64_t id;

	if (agency < 0)
		return OK;
	return calendar_add_break(tx,
		&(struct break_row){.unit = plan->unit[agency].id,
			.pattern = school,
			.name = "Libur semester ganjil",
			.source = "Kalender pendidikan 2025/2026 (contoh)",
			.valid_from = day_from_civil(2025, 12, 22),
			.valid_to = day_from_civil(2026, 1, 3)},
		&id);
}

static enum err add_floating_start(struct tx *tx, const struct demo_plan *plan)
{
	int agency = demo_find_unit(plan, "BAPPEDA");
	int64_t id;

	if (agency < 0)
		return OK;
	return calendar_add_band(tx,
		&(struct band_row){.unit = plan->unit[agency].id,
			.after_minutes = 30,
			.legal_basis = "Praktik PermenPANRB 6/2018 (contoh)",
			.verified_by = "",
			.valid_from = day_from_civil(2025, 11, 1),
			.valid_to = DAY_FOREVER},
		&id);
}

/* The offices of the province; schools, Samsat and wards have theirs elsewhere. */
static enum err call_assembly(struct tx *tx, const struct demo_plan *plan)
{
	struct unit_id *unit = ARENA_ARRAY(tx->arena, DEMO_AGENCIES_MAX, struct unit_id);
	int units = 0;
	int64_t id;

	for (int i = 0; i < plan->units && units < DEMO_AGENCIES_MAX; i++)
		if (plan->unit[i].parent < 0 && plan->unit[i].character == CHARACTER_OFFICE)
			unit[units++] = plan->unit[i].id;
	return calendar_add_event(tx,
		&(struct calendar_event){.name = "Apel pagi",
			.place = "Halaman kantor masing-masing perangkat daerah",
			.letter = "005/4121/BKD (contoh)",
			.day = day_from_civil(2025, 11, 17),
			.opens = HM(6, 30),
			.starts = HM(7, 15),
			.closes = HM(8, 0),
			.excuses = EXCUSE_SHIFT | EXCUSE_HOME | EXCUSE_OFF,
			.unit = unit,
			.units = units},
		(struct employee_id){0}, &id);
}

enum err demo_store_hours(struct tx *tx, const struct demo_plan *plan, struct pattern_id school)
{
	enum err e;

	if ((e = open_on_saturday(tx, plan)) || (e = plan_wards(tx, plan)) ||
		(e = add_school_break(tx, plan, school)) || (e = add_floating_start(tx, plan)))
		return e;
	return call_assembly(tx, plan);
}
