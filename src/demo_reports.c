/*
 * Daily reports of the two weeks: what an office does, in a few lines with numbers, handed in at
 * the end of the day and looked at by the superior the next morning. Some are missing, some late,
 * some come back with a reason.
 *
 * Reports go through the same functions as the routes; a superior's verdicts of a morning are one
 * decision.
 */
#include "demo.h"

#include "platform/slice.h"
#include "reports/reports_lead.h"
#include "reports/reports_target.h"
#include "verbs.h"

#define REPORTS_THING        5000
#define DECISION_MAX         100
#define ITEMS_USUAL          4 /* at most */
#define OFFICE_STARTS        (7 * 60 + 30)
#define OFFICE_ENDS          (16 * 60)
#define SHOWN_PER_MILLE      820 /* reports in which everything is shown by something */
#define LINK_PER_MILLE       300
#define REFERENCE_PER_MILLE  250
#define NAMED_PER_MILLE      850
#define SLIP_PER_MILLE       12
#define SHOWN_SLIP_PER_MILLE 300

/* A report that waits for its superior. */
struct waiting {
	int owner;
	int32_t day;
	struct report_id id;
};

struct demo_reports {
	struct demo_world *world;
	struct waiting *waiting; /* sorted by superior when decided */
	int n;
};

struct demo_reports *demo_reports_new(struct demo_world *w)
{
	struct demo_reports *r = ARENA_NEW(w->plan->arena, struct demo_reports);
	r->world = w;
	/* at most one of everybody waits, and what was left over from the days before */
	r->waiting = ARENA_ARRAY(w->plan->arena, (size_t)w->plan->persons * 2 + 64, struct waiting);
	return r;
}

/* ---- what was done ---- */

static const char *const targets[] = {"Meningkatnya kualitas layanan perangkat daerah",
	"Tersusunnya dokumen perencanaan tepat waktu",
	"Meningkatnya tertib administrasi perkantoran",
	"Tercapainya realisasi kegiatan sesuai rencana"};
static const char *const obstacles[] = {"Jaringan di rumah terputus sekitar satu jam",
	"Data dari kabupaten/kota belum lengkap", "Aplikasi tidak dapat diakses pada pagi hari"};
static const char *const reasons[] = {
	"Volume belum sesuai dengan bukti yang dilampirkan, mohon diperbaiki",
	"Uraian terlalu umum, mohon sebutkan keluaran yang dihasilkan"};

#define PICK(r, list) ((list)[chance_below((r), COUNT_OF(list))])

/* One of the works of his agreed plan, with its result; of everything his unit does otherwise. */
static const struct demo_work *pick_work(
	struct chance *r, const struct demo_world *w, int person, int64_t *ret_target)
{
	const struct demo_goals *goals = &w->goals[person];
	int works, k;
	const struct demo_work *list = demo_works(w->plan, person, &works);
	if (goals->state != PLAN_AGREED || !chance_of(r, NAMED_PER_MILLE)) {
		*ret_target = 0;
		return &list[chance_below(r, works)];
	}
	k = chance_below(r, goals->n);
	*ret_target = goals->target[k];
	return &list[goals->work[k]];
}

/* About as much as always; now and then far more, as a slip of a digit makes it. */
static int volume_of(struct chance *r, const struct demo_work *work, int slips_per_mille)
{
	const int volume = chance_between(r, (work->most + 3) / 4, (work->most * 3 + 3) / 4);

	return chance_of(r, slips_per_mille) ? volume * 10 : volume;
}

/* What waits for the visitor shows some. */
static int slips_of(const struct demo_plan *plan, int person, int32_t day)
{
	const int boss = plan->person[person].supervisor;

	return boss != NOBODY && plan->person[boss].is_played && day >= plan->today - 1
		       ? SHOWN_SLIP_PER_MILLE
		       : SLIP_PER_MILLE;
}

/* What shows it: a document's link, or the number under which it is found. */
static void show_item(struct chance *r, bool is_shown, struct report_item *item)
{
	const bool has_link = chance_of(r, LINK_PER_MILLE);

	if (has_link)
		item->evidence_link = "https://dokumen.contoh.example/hasil-kerja";
	if (chance_of(r, REFERENCE_PER_MILLE) || (is_shown && !has_link))
		item->reference = "000.8.3/1127/2025";
}

/* The working day in parts that do not overlap, around the break. */
static void compose_items(struct chance *r, const struct demo_world *w, int person,
	const struct attendance_day *day, struct report_item *ret_item, int n)
{
	int span = (day->ends - day->starts - 60) / n, at = day->starts + 15;
	const bool is_shown = chance_of(r, SHOWN_PER_MILLE);
	for (int i = 0; i < n; i++) {
		int64_t target;
		const struct demo_work *work = pick_work(r, w, person, &target);
		ret_item[i] = (struct report_item){.starts = at,
			.ends = at + span - chance_between(r, 5, 20),
			.description = work->description,
			.volume = volume_of(r, work, slips_of(w->plan, person, day->day)),
			.unit_of_measure = work->unit,
			.target_id = target,
			.target = !target && chance_of(r, 300) ? PICK(r, targets) : NULL,
			.day = DAY_NONE};
		show_item(r, is_shown, &ret_item[i]);
		at += span + (i == n / 2 - 1 ? 30 : 0);
	}
}

/* ---- handing in ---- */

static bool has_hours(const struct attendance_day *day)
{
	return day->starts >= 0 && day->ends - day->starts >= 180;
}

static bool owes_report(const struct attendance_day *day)
{
	return policy_owes_report(day->duty) &&
	       (day->state == DAY_PRESENT || day->state == DAY_COMPLETE) && has_hours(day);
}

/* As he writes it on a usual day, or with as many items as were asked of everybody. */
static enum err write_report(struct tx *tx, struct demo_reports *reports, struct chance *r,
	const struct attendance_day *day, struct waiting *w)
{
	const struct demo_world *world = reports->world;
	struct report_item item[DEMO_ITEMS_MAX];
	int items = world->items > 0 ? world->items : chance_between(r, 2, ITEMS_USUAL);
	compose_items(r, world, w->owner, day, item, items);
	return reports_hand_in(tx, day->employee, day->day,
		chance_of(r, 60) ? PICK(r, obstacles) : "", item, items, &w->id);
}

static enum err submit(
	struct tx *tx, struct demo_reports *reports, int person, const struct attendance_day *day)
{
	bool is_asked = reports->world->items > 0;
	struct chance r = chance_stream(
		reports->world->plan->seed, (uint64_t)person, (uint64_t)(REPORTS_THING + day->day));
	struct waiting *w = &reports->waiting[reports->n];
	enum err e;
	if (chance_of(&r, 28) && !is_asked) /* did not write one */
		return OK;
	*w = (struct waiting){person, day->day, {0}};
	if (day->duty == DUTY_DAILY_CONFIRM && !is_asked)
		e = reports_hand_in_confirmed(tx, day->employee, day->day, &w->id);
	else
		e = write_report(tx, reports, &r, day, w);
	reports->n += e == OK;
	reports->world->items_written += e == OK && is_asked ? reports->world->items : 0;
	return e;
}

/* Who reports on that day: who owes it; or nobody; or everybody, over the hours of an office where
 * he has none. */
static bool reports_on(const struct demo_world *w, struct attendance_day *day)
{
	if (w->items > 0 && !has_hours(day)) {
		day->starts = OFFICE_STARTS;
		day->ends = OFFICE_ENDS;
	}
	return w->items == DEMO_ITEMS_USUAL ? owes_report(day) : w->items > 0;
}

#define DAYS_PAGE 500

enum err demo_submit_reports(struct tx *tx, struct demo_reports *reports, int32_t day)
{
	const struct demo_plan *plan = reports->world->plan;
	struct attendance_day *row = ARENA_ARRAY(tx->arena, DAYS_PAGE, struct attendance_day);
	struct employee_id after = {0};
	int count, at = 0, before = reports->n;
	int64_t closes_ms = tx->now_ms;
	enum err e;
	do {
		e = attendance_list_day(tx, day, after, row, DAYS_PAGE, &count);
		for (int i = 0; i < count && !e; i++) {
			while (plan->person[at].id.v != row[i].employee.v)
				at++;
			if (!reports_on(reports->world, &row[i]))
				continue;
			struct chance r = chance_stream(
				plan->seed, (uint64_t)at, (uint64_t)(REPORTS_THING - day));
			int minute = row[i].ends + chance_between(&r, -20, 90);
			tx->now_ms = instant_of(
				day, minute < 1435 ? minute : 1435, reports->world->zone);
			e = submit(tx, reports, at, &row[i]);
		}
		if (count)
			after = row[count - 1].employee;
	} while (!e && count == DAYS_PAGE);
	tx->now_ms = closes_ms;
	if (e)
		reports->n = before;
	return e;
}

/* ---- deciding ---- */

static int superior_of(const struct demo_plan *plan, const struct waiting *w)
{
	const struct demo_person *p = &plan->person[w->owner];
	if (p->moved_from >= 0 && w->day < p->moved_on)
		return plan->unit[p->moved_from].head;
	return p->supervisor;
}

static const struct demo_plan *sorted_plan; /* qsort has no context; the demo has one thread */

static int by_superior(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;
	int order = superior_of(sorted_plan, x) - superior_of(sorted_plan, y);
	if (order)
		return order;
	return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

struct verdicts {
	struct report_id good[DECISION_MAX], bad[DECISION_MAX];
	int goods, bads;
	const char *reason;
};

static enum err pronounce(
	struct tx *tx, const struct demo_plan *plan, int superior, struct verdicts *v)
{
	struct employee_id actor = plan->person[superior].id;
	enum err e = OK;
	if (v->goods)
		e = reports_decide_many(tx, actor, EVENT_VERIFIED, "", v->good, v->goods);
	for (int i = 0; i < v->bads && !e; i++)
		e = reports_decide_many(tx, actor, EVENT_RETURNED, v->reason, &v->bad[i], 1);
	v->goods = v->bads = 0;
	return e;
}

/* All that waits for one superior; `to` is the first of the next one. */
static enum err decide_team(struct tx *tx, struct demo_reports *reports, int from, int to)
{
	const struct demo_plan *plan = reports->world->plan;
	int superior = superior_of(plan, &reports->waiting[from]);
	struct verdicts v = {.goods = 0};
	enum err e = OK;
	if (superior == NOBODY || plan->person[superior].status != STATUS_NONE)
		return OK;
	if (plan->person[superior].is_played && reports->world->tx->now_ms >= reports->world->at_ms)
		return OK; /* left to the visitor */
	for (int i = from; i < to && !e; i++) {
		struct chance r = chance_stream(plan->seed, (uint64_t)reports->waiting[i].owner,
			(uint64_t)(REPORTS_THING * 2 + reports->waiting[i].day));
		v.reason = PICK(&r, reasons);
		if (chance_of(&r, 15))
			v.bad[v.bads++] = reports->waiting[i].id;
		else
			v.good[v.goods++] = reports->waiting[i].id;
		if (v.goods == DECISION_MAX || v.bads == DECISION_MAX)
			e = pronounce(tx, plan, superior, &v);
	}
	return e ? e : pronounce(tx, plan, superior, &v);
}

/* A superior looks at everything that waits for him, or has not come to it yet. What was left is
 * left for good. */
enum err demo_decide_reports(struct tx *tx, struct demo_reports *reports, int share)
{
	enum err e = OK;
	sorted_plan = reports->world->plan;
	qsort(reports->waiting, (size_t)reports->n, sizeof *reports->waiting, by_superior);
	for (int from = 0, to; from < reports->n && !e; from = to) {
		int superior = superior_of(sorted_plan, &reports->waiting[from]);
		struct chance r = chance_stream(
			sorted_plan->seed, (uint64_t)superior + 1, (uint64_t)tx->now_ms);
		for (to = from; to < reports->n &&
				superior_of(sorted_plan, &reports->waiting[to]) == superior;)
			to++;
		if (chance_of(&r, share))
			e = decide_team(tx, reports, from, to);
	}
	if (!e)
		reports->n = 0;
	return e;
}

/* ---- what is said about them ---- */

#define NOTED_DAYS 5

/* The supervisor asks his home worker about the last report he handed in. */
static enum err ask_worker(struct tx *tx, const struct demo_plan *plan, int worker, int boss)
{
	struct daily_report r;
	enum err e = E_NOT_FOUND;

	for (int back = 1; back <= NOTED_DAYS && e == E_NOT_FOUND; back++)
		e = reports_load_of_day(tx, plan->person[worker].id, plan->today - back, &r);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if (reports_decide_note(&r))
		return OK;
	return reports_say(tx, &r, plan->person[boss].id,
		"Mohon sebutkan nomor surat permohonannya, supaya mudah dicari lagi.");
}

/* One of his people says something about a report that waits. */
static enum err tell_boss(struct tx *tx, const struct demo_plan *plan, int worker, int boss)
{
	struct team_report *waits;
	int count;
	enum err e = reports_list_team(tx, plan->person[boss].id, plan->today - NOTED_DAYS,
		plan->today, REPORT_SUBMITTED, &waits, &count);

	for (int i = 0; i < count && !e; i++)
		if (waits[i].report.employee.v != plan->person[worker].id.v)
			return reports_say(tx, &waits[i].report, waits[i].report.employee,
				"Bukti lengkap ada di berkas bersama bidang, folder November.");
	return e;
}

/* Of what waits a team lead has looked at some; the rest is left to the visitor. */
static enum err advise(struct tx *tx, const struct demo_plan *plan, int lead)
{
	const struct employee_id actor = plan->person[lead].id;
	struct team_report *waits;
	int count;
	enum err e = reports_list_led(
		tx, actor, plan->today - NOTED_DAYS, plan->today, &waits, &count);

	for (int i = 0; i < count && !e; i += 3)
		e = i == 3 ? reports_recommend(tx, &waits[i].report, actor, ADVICE_RETURN,
				     "Jumlah berkas belum cocok dengan buku register.")
			   : reports_recommend(tx, &waits[i].report, actor, ADVICE_VERIFY, "");
	return e;
}

static enum err store_notes(struct tx *tx, void *arg)
{
	const struct demo_world *w = arg;
	const struct demo_plan *plan = w->plan;
	const int worker = demo_find_home_worker(plan);
	const int boss = worker == NOBODY ? NOBODY : plan->person[worker].supervisor;
	enum err e;

	if (boss == NOBODY)
		return OK;
	if ((e = ask_worker(tx, plan, worker, boss)) || (e = tell_boss(tx, plan, worker, boss)) ||
		plan->person[worker].team_lead == NOBODY)
		return e;
	return advise(tx, plan, plan->person[worker].team_lead);
}

enum err demo_store_notes(struct demo_world *w)
{
	demo_clock(w, w->at_ms);
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_notes, w);
}
