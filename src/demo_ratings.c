/*
 * Ratings of the last whole quarter, of everybody in the visitor's agency and of some in the
 * others, and what was said about work since the demo began: most people were told theirs and can
 * still object, one has, some accepted, and some are left for the visitor to rate, the visitor at
 * home among them.
 *
 * Days and curves are an example, not law; results of agencies are made up.
 */
#include "demo.h"

#include "base/chance.h"
#include "platform/clock.h"
#include "reports/reports_rating_routes.h"
#include "verbs.h"

#define RATINGS_THING 8000
#define TOLD_DAYS_AGO 8
#define TEAM_SHOWN    6
#define OTHERS_MOST   40 /* of another agency */

static const char *const service_note[] = {
	"Tanggap terhadap pertanyaan perangkat daerah", "Menjelaskan syarat dengan sabar"};
static const char *const notes[CONDUCTS] = {"", "Dokumen kerja lengkap dan dapat ditelusuri",
	"Mengikuti pelatihan aplikasi dan membagikannya", "Menjaga suasana kerja yang baik",
	"Menjaga kerahasiaan data pegawai", "Cepat menyesuaikan dengan aturan baru",
	"Membantu penyelesaian berkas bidang lain"};

static void compose(const struct demo_plan *plan, int person, struct rating *r)
{
	const struct demo_person *p = &plan->person[person];
	struct chance c = chance_stream(plan->seed, (uint64_t)person, RATINGS_THING);
	int roll = chance_below(&c, 100);

	r->employee = p->id;
	r->period = PERIOD_QUARTERLY;
	r->unit = plan->unit[p->unit].id;
	r->superior = r->rated_by = plan->person[p->supervisor].id;
	r->rated_as = STAND_OWN;
	r->work = roll < 24 ? EXPECTATION_ABOVE : roll < 92 ? EXPECTATION_AS : EXPECTATION_BELOW;
	r->behaviour = roll < 18 ? EXPECTATION_ABOVE : EXPECTATION_AS;
	r->reason = roll < 92 ? "" : "Tiga laporan triwulan disampaikan setelah batas waktu.";
	for (int i = 0; i < CONDUCTS; i++)
		r->note[i] = notes[i];
	r->note[CONDUCT_SERVICE] = service_note[roll % 2];
}

static enum err object(struct tx *tx, int32_t today, struct rating *r)
{
	const struct rating_rule *rule;
	enum err e = rating_load_rule(tx, today, &rule);

	if (e || !rule)
		return e;
	rating_apply_objection(r, rule,
		"Dua laporan yang terlambat menunggu data dari perangkat daerah lain; mohon "
		"dipertimbangkan.",
		today, tx->now_ms);
	if ((e = rating_set(tx, r)))
		return e;
	rating_add_leaf(tx, r);
	return OK;
}

static bool is_rated(const struct demo_plan *plan, int person, int worker, int32_t first_day)
{
	const struct demo_person *p = &plan->person[person];

	return p->supervisor != NOBODY && p->moved_from < 0 && person != worker &&
	       p->since <= first_day && (p->is_played || person % 6 != 5);
}

/* Whose objection the head of the agency decides. */
static bool is_below_head(const struct demo_plan *plan, int person, int agency)
{
	int head = plan->unit[agency].head;

	return head != NOBODY && plan->person[plan->person[person].supervisor].supervisor == head;
}

/* One of the visitor's agency objects, every fifth of a place accepted; what is told to visitors is
 * left to them. */
static enum err answer(struct tx *tx, const struct demo_plan *plan, int person, bool objects,
	int nth, struct rating *r)
{
	if (plan->person[person].is_played)
		return OK;
	if (objects)
		return object(tx, plan->today - TOLD_DAYS_AGO, r);
	return nth % 5 == 1 ? rating_lock(tx, r, OUTCOME_ACCEPTED) : OK;
}

/* Everybody of the visitor's agency, some of each other one. */
static enum err rate_people(struct tx *tx, const struct demo_plan *plan, int worker, int32_t day)
{
	int *told = ARENA_ARRAY(plan->arena, (size_t)plan->units, int);
	int his = demo_agency_of(plan, plan->person[worker].unit);
	bool is_objected = false;
	int32_t first, last;
	enum err e = OK;

	reports_period_of(PERIOD_QUARTERLY, day, &first, &last);
	for (int i = 0; i < plan->persons && !e; i++) {
		int agency = demo_agency_of(plan, plan->person[i].unit);
		struct rating r = {.first_day = first, .last_day = last};
		bool objects;

		if (!is_rated(plan, i, worker, first) ||
			(agency != his && told[agency] == OTHERS_MOST))
			continue;
		objects = !is_objected && agency == his && !plan->person[i].is_played &&
			  is_below_head(plan, i, agency);
		compose(plan, i, &r);
		if (!(e = reports_enter_rating(tx, &r)))
			e = answer(tx, plan, i, objects, told[agency]++, &r);
		is_objected |= objects;
	}
	return e;
}

static enum err store_results(struct tx *tx, const struct demo_world *w, int32_t day)
{
	const struct demo_plan *plan = w->plan;
	int32_t first, last;
	enum err e = OK;

	reports_period_of(PERIOD_QUARTERLY, day, &first, &last);
	for (int i = 0; i < plan->units && !e; i++) {
		struct chance c = chance_stream(plan->seed, (uint64_t)i, RATINGS_THING + 1);
		const struct rating_result r = {.unit = plan->unit[i].id,
			.result = chance_below(&c, 4) ? RESULT_GOOD : RESULT_EXCELLENT,
			.basis = "Berita acara evaluasi kinerja (contoh)",
			.set_at = tx->now_ms};

		if (plan->unit[i].parent < 0)
			e = reports_enter_rating_result(tx, PERIOD_QUARTERLY, last, &r);
	}
	return e;
}

struct spoken {
	int kind;
	bool by_person;
	int days_ago;
	const char *said;
};

static enum err speak(struct demo_world *w, int person, const struct spoken *s, int64_t *last)
{
	const struct demo_person *p = &w->plan->person[person];
	struct employee_id boss = w->plan->person[p->supervisor].id;
	struct feedback f = {.employee = p->id,
		.kind = s->kind,
		.author = s->by_person ? p->id : boss,
		.author_as = s->by_person ? STAND_NONE : STAND_OWN,
		.said = s->said};
	enum err e;

	demo_clock(w, instant_of(w->plan->today - s->days_ago, 14 * 60 + 10, w->zone));
	f.day = instant_day(w->tx->now_ms, w->zone);
	if (s->kind == FEEDBACK_ANSWER) {
		f.reply_to = *last;
		f.partner = s->by_person ? boss : p->id;
	}
	e = reports_enter_feedback(w->tx, &f);
	*last = f.id;
	return e;
}

static enum err speak_to_team(struct demo_world *w, int worker)
{
	static const struct spoken
		his[] = {{FEEDBACK_GIVEN, false, 9,
				 "Verifikasi berkas mutasi rapi; pertahankan urutannya."},
			{FEEDBACK_ASKED, true, 7,
				"Apakah telaahan cukup dua halaman bila datanya di lampiran?"},
			{FEEDBACK_ANSWER, false, 7,
				"Cukup. Ringkasan dan usulan tetap di halaman pertama."},
			{FEEDBACK_ASKED, true, 2,
				"Mohon umpan balik atas rekap Oktober yang saya kirim Senin."}},
		other = {FEEDBACK_GIVEN, false, 3, "Rekap tepat waktu; lengkapi tautan buktinya."};
	const struct demo_plan *plan = w->plan;
	int64_t last = 0;
	int shown = 0;
	enum err e = OK;

	for (size_t i = 0; i < sizeof his / sizeof *his && !e; i++)
		e = speak(w, worker, &his[i], &last);
	for (int i = 0; i < plan->persons && shown < TEAM_SHOWN && !e; i++) {
		if (i == worker || plan->person[i].supervisor != plan->person[worker].supervisor)
			continue;
		if (shown++ % 2 == 0)
			e = speak(w, i, &other, &last);
	}
	return e;
}

static enum err store_ratings(struct tx *tx, void *arg)
{
	struct demo_world *w = arg;
	const struct demo_plan *plan = w->plan;
	int worker = demo_find_unit(plan, "BKD") >= 0 ? demo_find_home_worker(plan) : NOBODY;
	int32_t first, last;
	enum err e;

	reports_period_of(PERIOD_QUARTERLY, plan->today, &first, &last);
	demo_clock(w, instant_of(plan->today - TOLD_DAYS_AGO - 2, 9 * 60, w->zone));
	if ((e = reports_add_example_rating_rule(tx, first)) || worker == NOBODY ||
		(e = store_results(tx, w, first - 1)))
		return e;
	demo_clock(w, instant_of(plan->today - TOLD_DAYS_AGO, 10 * 60, w->zone));
	e = rate_people(tx, plan, worker, first - 1);
	return e ? e : speak_to_team(w, worker);
}

enum err demo_store_ratings(struct demo_world *w)
{
	enum err e;

	arena_reset(w->tx->arena);
	e = verb_write("demo", w->tx, store_ratings, w);
	demo_clock(w, w->at_ms);
	return e;
}
