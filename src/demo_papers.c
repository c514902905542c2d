/*
 * What people state instead of a phone, in the two weeks of the demo: a school some of whose people
 * have none and are on paper lists (the first one refused and entered again, the last one waiting
 * for its second person), corrections in the team of the visitor, and an outage of half an hour
 * with its dispensasi gangguan.
 *
 * The slice's own functions do the work, so it is the same as when people had done it.
 */
#include "demo.h"

#include "attendance/attendance_correction.h"
#include "attendance/attendance_incident.h"
#include "attendance/attendance_paper.h"
#include "base/str.h"
#include "platform/assets.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "verbs.h"

#define PHOTO             "data/daftar-hadir-contoh.png"
#define PAPERS_THING      2000
#define ENTER_MINUTE      (6 * 60 + 40)
#define CONFIRM_MINUTE    (6 * 60 + 55)
#define ASK_MINUTE        (6 * 60 + 50)
#define DECIDE_MINUTE     (8 * 60 + 40)
#define INCIDENT_DAYS_AGO 3

/* Never past the demo's own present. */
static void set_clock(struct demo_world *w, int32_t day, int minute)
{
	int64_t at = instant_of(day, minute, w->zone);

	demo_clock(w, at < w->at_ms ? at : w->at_ms);
}

/* ---- paper lists ---- */

/* The photo under the name of its owner. */
static enum err add_photo(struct tx *tx, struct employee_id owner, char hex[65])
{
	const struct asset *asset = asset_find(PHOTO);
	struct platform_file file = {.type = "image/png", .created_at = tx->now_ms, .owner = owner};
	enum err e;

	if (!asset)
		return E_INTERNAL;
	if ((e = blob_put(asset->bytes, asset->size, &file.sha256)))
		return e;
	file.size_bytes = (int64_t)asset->size;
	hex_encode(file.sha256.b, sizeof(file.sha256.b), hex);
	return platform_add_file(tx, &file);
}

/* When somebody of the list came and left, by his own shift; false when he had none. */
static enum err make_row(struct tx *tx, const struct demo_plan *plan, int person, int32_t day,
	struct paper_row *row, bool *ret_works)
{
	struct chance r = chance_stream(
		plan->seed, (uint64_t)person, (uint64_t)(PAPERS_THING + day));
	struct day_view *view = ARENA_NEW(tx->arena, struct day_view);
	enum err e = attendance_view_day(tx, plan->person[person].id, day, view);

	*ret_works = !e && view->ruling.mode == MODE_OFFICE && view->row.starts != MINUTE_OFF;
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	*row = (struct paper_row){.employee = plan->person[person].id,
		.in_minute = view->row.starts - 3 - chance_below(&r, 14),
		.out_minute = view->row.ends + chance_below(&r, 18),
		.note = ""};
	return OK;
}

static enum err list_rows(struct tx *tx, const struct demo_plan *plan, int32_t day,
	struct paper_row *row, int *ret_count)
{
	enum err e = OK;
	int n = 0;

	for (int i = 0; i < plan->persons && !e && n < PAPER_PEOPLE_MAX; i++) {
		bool works = false;

		if (plan->person[i].unit != plan->paper_unit || plan->person[i].has_phone)
			continue;
		e = make_row(tx, plan, i, day, &row[n], &works);
		n += works;
	}
	*ret_count = n;
	return e;
}

static enum err enter_list(struct tx *tx, struct demo_world *w, int32_t day, int people,
	struct paper_row *row, struct paper *ret)
{
	const struct demo_unit *unit = &w->plan->unit[w->plan->paper_unit];
	const struct policy_book *book;
	char hex[65];
	enum err e;

	*ret = (struct paper){.unit = unit->id,
		.day = day,
		.late_reason = "",
		.people = people,
		.file_name = "daftar-hadir.png",
		.entered_by = w->plan->person[unit->head + 1].id,
		.decision = ""};
	if ((e = add_photo(tx, ret->entered_by, hex)) || (e = policy_load_book(tx, &book)))
		return e;
	ret->file_sha256 = arena_strdup(tx->arena, hex);
	return attendance_enter_paper(tx, book, ret, row);
}

/* The first list was refused for its photo, and entered again at once. */
static enum err live_list(struct tx *tx, struct demo_world *w, int32_t day, bool is_first)
{
	struct paper_row *row = ARENA_ARRAY(tx->arena, PAPER_PEOPLE_MAX, struct paper_row);
	const struct demo_plan *plan = w->plan;
	struct employee_id head;
	struct paper paper;
	int people;
	enum err e = list_rows(tx, plan, day, row, &people);

	if (e || people == 0)
		return e;
	head = plan->person[plan->unit[plan->paper_unit].head].id;
	if ((e = enter_list(tx, w, day, people, row, &paper)))
		return e;
	if (is_first && ((e = attendance_settle_paper(tx, &paper, PAPER_REFUSED, head,
				  "Fotonya buram, kolom pulang tidak terbaca.")) ||
				(e = enter_list(tx, w, day, people, row, &paper))))
		return e;
	return OK;
}

/* What was entered is confirmed a little later the same morning. */
static enum err confirm_lists(struct tx *tx, struct demo_world *w)
{
	struct paper *paper = ARENA_ARRAY(tx->arena, 20, struct paper);
	const struct demo_unit *unit = &w->plan->unit[w->plan->paper_unit];
	const struct org_tree *tree;
	int count;
	enum err e = org_load_tree(tx, &tree);

	if (!e)
		e = attendance_list_papers(
			tx, org_find_unit(tree, unit->id)->path, true, 0, paper, 20, &count);
	for (int i = 0; !e && i < count; i++)
		e = attendance_settle_paper(
			tx, &paper[i], PAPER_CONFIRMED, w->plan->person[unit->head].id, "");
	return e;
}

static bool is_working_day(int32_t day)
{
	return day_weekday(day) < SATURDAY;
}

static int32_t working_day_before(int32_t day)
{
	do
		day--;
	while (!is_working_day(day));
	return day;
}

static enum err live_lists(struct tx *tx, struct demo_world *w, int32_t day, int32_t first)
{
	int32_t listed = working_day_before(day);
	bool is_today = day == w->plan->today;
	enum err e;

	if (w->plan->paper_unit < 0 || !is_working_day(day) || listed < first)
		return OK;
	set_clock(w, day, ENTER_MINUTE);
	if ((e = live_list(tx, w, listed, listed == first)) || is_today)
		return e;
	set_clock(w, day, CONFIRM_MINUTE);
	return confirm_lists(tx, w);
}

/* ---- corrections ---- */

/* The n-th of those who share the visitor's supervisor; NOBODY when there are fewer. */
static int find_colleague(const struct demo_plan *plan, int worker, int n)
{
	for (int i = 0; worker != NOBODY && i < plan->persons; i++)
		if (i != worker && plan->person[i].supervisor == plan->person[worker].supervisor &&
			demo_is_present(plan, i) && n-- == 0)
			return i;
	return NOBODY;
}

static enum err ask(struct tx *tx, struct demo_world *w, int person, int32_t day, int minute,
	bool is_late, const char *reason, struct correction *ret)
{
	const struct demo_person *p = &w->plan->person[person];

	*ret = (struct correction){.employee = p->id,
		.day = day,
		.unit = w->plan->unit[demo_unit_on(p, day)].id,
		.kind = CORRECTION_TIME,
		.direction = minute < 12 * 60 ? DIRECTION_IN : DIRECTION_OUT,
		.stated_at = instant_of(day, minute, w->zone),
		.punch_day = day,
		.cause = minute < 12 * 60 ? CAUSE_PHONE : CAUSE_FORGOT,
		.reason = reason,
		.file_sha256 = "",
		.file_name = "",
		.entered_by = p->id,
		.is_late = is_late,
		.decision = ""};
	ret->event_id = attendance_make_event(tx->now_ms, id_next());
	return attendance_ask_correction(tx, ret);
}

void demo_plan_missed(struct demo_plan *plan)
{
	int worker = demo_find_unit(plan, "BKD") >= 0 ? demo_find_home_worker(plan) : NOBODY;
	int first = find_colleague(plan, worker, 0), one = find_colleague(plan, worker, 2);
	int late = find_colleague(plan, worker, 3);

	one = one == NOBODY ? first : one;
	plan->missed[MISSED_DECIDED] = (struct demo_missed){
		first, working_day_before(plan->today - 1)};
	plan->missed[MISSED_WAITS] = (struct demo_missed){one, working_day_before(plan->today)};
	plan->missed[MISSED_LATE] = (struct demo_missed){
		late == NOBODY ? one : late, plan->today - 9};
}

/* Yesterday one was accepted and one refused. */
static enum err live_decided(struct tx *tx, struct demo_world *w, int worker)
{
	struct employee_id boss = w->plan->person[w->plan->person[worker].supervisor].id;
	struct demo_missed one = w->plan->missed[MISSED_DECIDED];
	int other = find_colleague(w->plan, worker, 1);
	struct correction c;
	enum err e = OK;

	if (one.person != NOBODY &&
		!(e = ask(tx, w, one.person, one.day, 16 * 60 + 12, false,
			  "Lupa presensi pulang, langsung menjemput anak.", &c)))
		e = attendance_settle_correction(tx, &c, true, boss, (struct employee_id){0},
			"Saya melihat sendiri ia pulang pukul 16.12.");
	if (!e && other != NOBODY &&
		!(e = ask(tx, w, other, one.day, 7 * 60 + 10, false,
			  "Ponsel mati, sudah di kantor sejak pagi.", &c)))
		e = attendance_settle_correction(tx, &c, false, boss, (struct employee_id){0},
			"Pada jam itu belum ada di ruangan; lihat daftar tamu.");
	return e;
}

/* This morning two wait: one in time, one past the limit. */
static enum err live_waiting(struct tx *tx, struct demo_world *w)
{
	struct demo_missed one = w->plan->missed[MISSED_WAITS], late = w->plan->missed[MISSED_LATE];
	struct correction c;
	enum err e = OK;

	if (one.person != NOBODY)
		e = ask(tx, w, one.person, one.day, 16 * 60 + 35, false,
			"Rapat sampai sore, presensi pulang terlewat.", &c);
	if (!e && late.person != NOBODY)
		e = ask(tx, w, late.person, late.day, 16 * 60 + 5, true,
			"Baru sadar presensi pulang belum tercatat.", &c);
	return e;
}

/* ---- the outage ---- */

void demo_plan_outage(struct demo_plan *plan)
{
	int worker = demo_find_unit(plan, "BKD") >= 0 ? demo_find_home_worker(plan) : NOBODY;

	if (worker == NOBODY)
		return;
	plan->outage_agency = demo_agency_of(plan, plan->person[worker].unit);
	plan->outage_day = plan->today - INCIDENT_DAYS_AGO;
}

static enum err live_incident(struct tx *tx, struct demo_world *w)
{
	const struct demo_plan *plan = w->plan;
	int32_t day = plan->outage_day;
	int keeper = demo_find_operator(plan), board = plan->unit[demo_find_unit(plan, "BKD")].head;
	struct incident i = {.begins_at = instant_of(day, OUTAGE_FROM, w->zone),
		.ends_at = instant_of(day, OUTAGE_TO, w->zone),
		.cause = CAUSE_NETWORK,
		.reason = "Perangkat jaringan gedung mati karena gangguan listrik; presensi tidak "
			  "terkirim sampai 07.55.",
		.file_sha256 = "",
		.file_name = ""};
	enum err e;

	if (keeper == NOBODY)
		return OK;
	i.unit = plan->unit[plan->outage_agency].id;
	i.declared_by = plan->person[keeper].id;
	if ((e = attendance_declare_incident(tx, &i)))
		return e;
	i.number = "800.1.11/1182/BA/2025";
	return attendance_settle_incident(tx, &i, INCIDENT_ACCEPTED, plan->person[board].id,
		"Catatan jaringan sesuai dengan laporan pegawai.");
}

/* The day of the outage once more, as the job would. */
enum err demo_refold_incident(struct tx *tx, struct demo_world *w)
{
	int32_t day = w->plan->outage_day;
	struct employee_id after = {0};
	enum err e;

	do
		e = attendance_refold_unit(tx, (struct unit_id){0}, day, after, 500, &after);
	while (!e && after.v);
	return e;
}

bool demo_has_incident(const struct demo_world *w, int32_t day)
{
	return w->plan->outage_agency >= 0 && day == w->plan->outage_day + 1;
}

enum err demo_live_papers(struct tx *tx, struct demo_world *w, int32_t day, int32_t first)
{
	int worker = demo_find_unit(w->plan, "BKD") >= 0 ? demo_find_home_worker(w->plan) : NOBODY;
	enum err e = live_lists(tx, w, day, first);

	if (e || worker == NOBODY || w->plan->person[worker].supervisor == NOBODY)
		return e;
	if (demo_has_incident(w, day)) {
		set_clock(w, day, DECIDE_MINUTE);
		e = live_incident(tx, w);
	}
	if (!e && day == w->plan->today - 1) {
		set_clock(w, day, DECIDE_MINUTE);
		e = live_decided(tx, w, worker);
	}
	if (!e && day == w->plan->today) {
		set_clock(w, day, ASK_MINUTE);
		e = live_waiting(tx, w);
	}
	return e;
}
