/*
 * Working time and circulars of the demo: the five days of Perpres 21/2023 for everyone, 06.30 for
 * schools, wards in shifts around the clock, four hours for part-timers; holidays and circulars
 * from data/.
 *
 * What a source does not say is marked as an example by an empty verified_by: the end of the school
 * day and the shifts of the wards are ours.
 */
#include "demo.h"

#include "attendance/attendance_parameter.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "org/org_csv.h"
#include "org/org_print_int.h"
#include "platform/assets.h"
#include "platform/clock.h"
#include "platform/slice.h"
#include "policy/policy.h"
#include "reports/reports_recap.h"
#include "verbs.h"

#define HM(hour, minute) ((hour)*60 + (minute))

struct patterns {
	struct pattern_id school, ward, part_time;
};

static int32_t since_2025(void)
{
	return day_from_civil(2025, 1, 6); /* a Monday */
}

/* Monday to Thursday and Friday of a week. */
static void fill_week(
	struct pattern_day_row *day, enum regime regime, struct shift usual, struct shift friday)
{
	for (int i = 0; i < 5; i++)
		day[i] = (struct pattern_day_row){regime, i, i == 4 ? friday : usual};
}

static enum err add_school(struct tx *tx, struct pattern_id *ret)
{
	struct pattern_day_row day[10];
	fill_week(day, REGIME_NORMAL, (struct shift){HM(6, 30), HM(15, 0), HM(12, 0), HM(13, 0)},
		(struct shift){HM(6, 30), HM(15, 30), HM(11, 30), HM(13, 0)});
	fill_week(day + 5, REGIME_RAMADAN,
		(struct shift){HM(6, 30), HM(13, 30), HM(12, 0), HM(12, 30)},
		(struct shift){HM(6, 30), HM(14, 0), HM(11, 30), HM(12, 30)});
	return calendar_add_pattern(tx,
		&(struct pattern_row){"SEKOLAH", "Sekolah lima hari, mulai 06.30",
			"SE Gubernur 58/PK.03/DISDIK, 28 Mei 2025 (jam mulai); jam pulang contoh",
			"", 7, since_2025(), false, since_2025(), DAY_FOREVER},
		day, COUNT_OF(day), ret);
}

static enum err add_part_time(struct tx *tx, struct pattern_id *ret)
{
	struct pattern_day_row day[10];
	const struct shift usual = {HM(8, 0), HM(12, 0), MINUTE_OFF, MINUTE_OFF};
	const struct shift friday = {HM(7, 30), HM(11, 30), MINUTE_OFF, MINUTE_OFF};
	fill_week(day, REGIME_NORMAL, usual, friday);
	fill_week(day + 5, REGIME_RAMADAN, usual, friday);
	return calendar_add_pattern(tx,
		&(struct pattern_row){"PW-4JAM", "PPPK paruh waktu, empat jam",
			"KepmenPANRB 16/2025 (contoh)", "", 7, since_2025(), false, since_2025(),
			DAY_FOREVER},
		day, COUNT_OF(day), ret);
}

/* Two mornings, two afternoons, two nights, three days off: 48 hours in nine days, 37.3 a week. */
static enum err add_ward(struct tx *tx, struct pattern_id *ret)
{
	static const struct shift turn[6] = {{HM(7, 0), HM(14, 0), -1, -1},
		{HM(7, 0), HM(14, 0), -1, -1}, {HM(14, 0), HM(21, 0), -1, -1},
		{HM(14, 0), HM(21, 0), -1, -1}, {HM(21, 0), HM(31, 0), -1, -1},
		{HM(21, 0), HM(31, 0), -1, -1}};
	struct pattern_day_row day[12];
	for (int i = 0; i < 6; i++) {
		day[i] = (struct pattern_day_row){REGIME_NORMAL, i, turn[i]};
		day[i + 6] = (struct pattern_day_row){REGIME_RAMADAN, i, turn[i]};
	}
	return calendar_add_pattern(tx,
		&(struct pattern_row){"RS-SIF-3", "Rumah sakit, tiga sif, putaran sembilan hari",
			"PermenPANRB 4/2025 (sif); pembagian sif contoh", "", 9, since_2025(), true,
			since_2025(), DAY_FOREVER},
		day, COUNT_OF(day), ret);
}

/* ---- who follows which ---- */

static enum err assign_units(struct tx *tx, const struct demo_plan *plan, const struct patterns *p)
{
	enum err e = OK;
	for (int i = 0; i < plan->units && !e; i++)
		if (plan->unit[i].hours == HOURS_SCHOOL)
			e = calendar_assign(tx, (struct employee_id){0}, plan->unit[i].id,
				p->school, 0, since_2025(), DAY_FOREVER);
	return e;
}

static enum err assign_people(struct tx *tx, const struct demo_plan *plan, const struct patterns *p)
{
	enum err e = OK;
	for (int i = 0; i < plan->persons && !e; i++) {
		const struct demo_person *person = &plan->person[i];
		if (person->hours == HOURS_WARD)
			e = calendar_assign(tx, person->id, (struct unit_id){0}, p->ward,
				person->cycle_offset, since_2025(), DAY_FOREVER);
		else if (person->hours == HOURS_PART_TIME)
			e = calendar_assign(tx, person->id, (struct unit_id){0}, p->part_time, 0,
				since_2025(), DAY_FOREVER);
	}
	return e;
}

/* ---- holidays ---- */

static enum err store_holiday(struct tx *tx, const struct csv_record *row)
{
	int32_t day;
	int kind = 0;
	if (row->cells < 4 || !day_parse(row->cell[0], &day))
		return E_BAD_REQUEST;
	while (holiday_kind_names[kind] && !str_eq(holiday_kind_names[kind], row->cell[1]))
		kind++;
	if (!holiday_kind_names[kind])
		return E_BAD_REQUEST;
	return calendar_set_holiday(tx, day, (enum holiday_kind)kind, row->cell[2], row->cell[3]);
}

static enum err store_holidays(struct tx *tx)
{
	const struct asset *asset = asset_find("data/holidays.csv");
	struct csv *csv = ARENA_NEW(tx->arena, struct csv);
	struct csv_record row;
	if (!asset || csv_open(csv, (struct bytes){asset->bytes, asset->size}) ||
		csv_next(csv, &row))
		return E_BAD_REQUEST;
	enum err e = OK;
	enum csv_fault fault = CSV_OK;
	while (!e && !(fault = csv_next(csv, &row)))
		e = store_holiday(tx, &row);
	return e || fault == CSV_END ? e : E_BAD_REQUEST;
}

/* ---- circulars ---- */

static enum err store_instruments(struct tx *tx, const char *const *instrument)
{
	const struct asset *in = asset_find("data/instruments.csv"),
			   *rules = asset_find("data/rules.csv");
	enum err e = in && rules ? OK : E_BAD_REQUEST;
	for (; !e && *instrument; instrument++) {
		const char *fault = NULL;
		int added = 0;
		e = policy_seed(tx, (struct bytes){in->bytes, in->size},
			(struct bytes){rules->bytes, rules->size}, *instrument, &added, &fault);
		if (e || added == 0)
			return verb_fail("demo", E_BAD_REQUEST, "circular %s: %s", *instrument,
				fault ? fault : "not in data/instruments.csv");
	}
	return e;
}

/* ---- papers ---- */

/* Letterheads and classes of lateness, marked as examples. */
static enum err store_papers(struct tx *tx)
{
	enum err e = reports_add_example_bands(tx, since_2025());
	for (int kind = 0; kind < PRINT_KIND_COUNT && !e; kind++) {
		struct print_template t;
		e = org_load_print(
			tx, (enum print_kind)kind, (struct unit_id){0}, since_2025(), &t);
		t.template_id = id_next();
		t.place = "Bandung";
		t.address = "Jalan Contoh Nomor 1, Bandung 40000 (alamat contoh)";
		t.valid_from = since_2025();
		t.entered_at = tx->now_ms;
		e = e ? e : org_add_print(tx, &t);
	}
	return e;
}

/* A local rule as offices write them, from the next month on, so that the days of the demo keep the
 * same day. */
static enum err store_grace(struct tx *tx, const struct demo_world *w)
{
	const int32_t today = instant_day(w->at_ms, w->zone);
	int32_t first, last;

	day_month_bounds(today, &first, &last);
	return attendance_set_parameter(
		tx, &(struct parameter_row){.id = id_next(),
			    .kind = PARAMETER_REPORT_GRACE_MINUTES,
			    .value = HM(10, 0),
			    .valid_from = last + 1,
			    .valid_to = DAY_FOREVER,
			    .legal_basis = "Contoh aturan daerah: laporan harian paling lambat "
					   "pukul 10.00 hari berikutnya",
			    .verified_by = ""});
}

struct calendar_step {
	struct demo_world *world;
	const char *const *instrument;
};

static enum err store_calendar(struct tx *tx, void *arg)
{
	const struct calendar_step *step = arg;
	struct patterns p;
	struct pattern_id office;
	enum err e;
	if ((e = calendar_add_default(tx, &office)) || (e = add_school(tx, &p.school)) ||
		(e = add_ward(tx, &p.ward)) || (e = add_part_time(tx, &p.part_time)) ||
		(e = assign_units(tx, step->world->plan, &p)) ||
		(e = assign_people(tx, step->world->plan, &p)) || (e = store_holidays(tx)) ||
		(e = calendar_set_regime(tx, REGIME_RAMADAN, day_from_civil(2025, 3, 1),
			 day_from_civil(2025, 3, 30),
			 "Sidang isbat 28 Februari 2025: 1 Ramadan 1446 H")) ||
		(e = store_papers(tx)) || (e = store_grace(tx, step->world)))
		return e;
	if (demo_find_unit(step->world->plan, "BKD") >= 0) /* of the province */
		e = demo_store_hours(tx, step->world->plan, p.school);
	return e ? e : store_instruments(tx, step->instrument);
}

enum err demo_store_calendar(struct demo_world *w, const char *const *instrument)
{
	struct calendar_step step = {w, instrument};
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_calendar, &step);
}
