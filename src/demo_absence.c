/*
 * Leave and duty of the demo as people live it: notices that wait, were accepted, refused, told too
 * late, lack their document; a nurse sick at six in the morning; one letter for many; balances.
 *
 * Told and decided through the slice's own functions at the instants they would have been, so that
 * threads and leaves read as in production. People whom a visitor plays are left alone.
 */
#include "demo.h"

#include "base/put.h"
#include "org/org_absence_db.h"
#include "platform/changes.h"
#include "platform/assets.h"
#include "platform/clock.h"
#include "platform/slice.h"
#include "verbs.h"

#define CIRCLE 12 /* people of the played supervisor, at most */

struct absence {
	struct demo_world *w;
	struct org_kind kind[KINDS_MAX];
	int kinds;
	int told; /* makes the event ids */
};

enum demo_step { STEP_WAITS, STEP_ACCEPTED, STEP_REFUSED };

struct demo_notice {
	enum status_kind kind;
	int from, days; /* from today on */
	int from_minute, to_minute;
	int told_day, told_minute; /* days from today, minute of day */
	const char *reason, *route;
	enum demo_step step;
	const char *decision;
};

static struct uuid event_of(struct absence *a, int64_t at_ms)
{
	struct uuid id = {{0}};

	put_number(id.b, at_ms, 6);
	id.b[6] = 0x70;
	id.b[8] = 0x80;
	put_number(id.b + 14, a->told++, 2);
	return id;
}

static enum err decide(struct tx *tx, struct absence *a, const struct demo_notice *d,
	struct org_notice *n, int supervisor)
{
	struct org_status_row row = {.employee = n->employee,
		.kind = n->kind,
		.valid_from = n->from,
		.valid_to = n->to,
		.letter = "Pemberitahuan pegawai",
		.from_minute = n->from_minute,
		.to_minute = n->to_minute};
	const bool accepted = d->step == STEP_ACCEPTED;
	enum err e = OK;

	if (d->step == STEP_WAITS)
		return OK;
	demo_clock(a->w, tx->now_ms + 40 * MS_PER_MINUTE);
	n->decided_by = a->w->plan->person[supervisor].id;
	n->decided_at = tx->now_ms;
	n->decision = d->decision;
	n->state = accepted ? NOTICE_ACCEPTED : NOTICE_REFUSED;
	n->version++;
	if (accepted)
		e = org_add_status(tx, &row);
	n->status_id = row.status_id;
	return e ? e
		 : org_set_notice(tx, n, accepted ? EVENT_ACCEPTED : EVENT_REFUSED, n->decided_by,
			   d->decision);
}

static enum err set_due(struct tx *tx, struct absence *a, const struct org_kind *row,
	struct unit_id unit, struct org_notice *n)
{
	int32_t last_in_time;
	enum err e = org_find_working_day(tx, unit, n->from, row->back_days, &last_in_time);
	const bool is_late = instant_day(n->made_at, a->w->zone) > last_in_time;

	n->decider = (int32_t)org_decide_decider(row, is_late, true);
	if (e || row->document != DOCUMENT_MUST)
		return e;
	return org_find_working_day(tx, unit, n->to, row->document_days, &n->document_due);
}

static enum err tell(struct tx *tx, struct absence *a, int person, const struct demo_notice *d)
{
	const struct demo_plan *plan = a->w->plan;
	const struct demo_person *p = &plan->person[person];
	const int32_t from = plan->today + d->from, to = from + d->days - 1;
	const struct notice_ask ask = {d->kind, from, to, d->from_minute, d->to_minute, p->kind,
		plan->today + d->told_day, d->reason, d->route};
	const struct org_kind *row;
	int64_t at_ms = instant_of(plan->today + d->told_day, d->told_minute, a->w->zone);

	if (org_check_notice(a->kind, a->kinds, &ask, &row))
		return OK; /* no row speaks of him */
	demo_clock(a->w, at_ms);
	struct org_notice n = {.notice_id = id_next(),
		.kind_id = row->kind_id,
		.employee = p->id,
		.entered_by = p->id,
		.kind = (int32_t)d->kind,
		.from = from,
		.to = to,
		.from_minute = d->from_minute,
		.to_minute = d->to_minute,
		.version = 1,
		.sensitive = row->sensitive,
		.reason = d->reason,
		.route = d->route,
		.event_id = event_of(a, at_ms),
		.made_at = at_ms,
		.received_at = at_ms,
		.document_sha256 = "",
		.document_name = ""};
	enum err e = set_due(tx, a, row, plan->unit[p->unit].id, &n);
	if (!e)
		e = org_add_notice(tx, &n);
	/* told with the clock set back: the days after it have been lived already */
	for (int32_t day = from; day <= to && day <= plan->today; day++)
		changes_add(tx->changes, CHANGE_DAY, p->id.v, day);
	return e ? e : decide(tx, a, d, &n, p->supervisor);
}

/* ---- who ---- */

static bool is_free(const struct demo_plan *plan, int person)
{
	const struct demo_person *p = &plan->person[person];

	return demo_is_present(plan, person) && !p->is_played && p->supervisor != NOBODY &&
	       p->hours == HOURS_OFFICE;
}

/* The first played person at an office: his supervisor is whom a visitor signs in as. */
static int find_played_worker(const struct demo_plan *plan)
{
	for (int i = 0; i < plan->persons; i++) {
		const struct demo_person *p = &plan->person[i];

		if (p->is_played && p->team_lead != NOBODY && p->supervisor != NOBODY)
			return i;
	}
	return NOBODY;
}

/* People of the played supervisor first; a small province has others instead. */
static int list_circle(const struct demo_plan *plan, int boss, int *ret_person)
{
	int n = 0;

	for (int is_own = 1; is_own >= 0; is_own--) {
		for (int i = 0; i < plan->persons && n < CIRCLE; i++) {
			if (is_free(plan, i) &&
				(plan->person[i].supervisor == boss) == (is_own == 1))
				ret_person[n++] = i;
		}
	}
	return n;
}

/* Somebody of a ward who is not played: she was ill this morning. */
static int find_nurse(const struct demo_plan *plan)
{
	for (int i = 0; i < plan->persons; i++) {
		const struct demo_person *p = &plan->person[i];

		if (p->hours == HOURS_WARD && demo_is_present(plan, i) && !p->is_played &&
			p->supervisor != NOBODY && p->kind == PNS)
			return i;
	}
	return NOBODY;
}

/* ---- what ---- */

static const struct demo_notice told[] = {
	{STATUS_ANNUAL_LEAVE, 11, 3, -1, -1, -1, 15 * 60, "Acara keluarga di Tasikmalaya", "",
		STEP_WAITS, ""},
	{STATUS_OUTSIDE_DUTY, 1, 1, 9 * 60, 12 * 60, -1, 16 * 60 + 5,
		"Rapat koordinasi data statistik", "BPS Provinsi Jawa Barat\nGedung Sate",
		STEP_WAITS, ""},
	{STATUS_SICK_LEAVE, -8, 2, -1, -1, -8, 6 * 60 + 30, "Demam", "", STEP_ACCEPTED,
		"Lekas sembuh. Surat dokter menyusul."},
	{STATUS_PERMIT, -2, 1, 13 * 60, 16 * 60, -2, 8 * 60 + 15, "Mengurus akta kelahiran anak",
		"", STEP_ACCEPTED, ""},
	{STATUS_ANNUAL_LEAVE, 4, 5, -1, -1, -3, 10 * 60, "", "", STEP_REFUSED,
		"Minggu itu batas akhir laporan triwulan. Mohon pilih sesudah 24 November."},
	{STATUS_SICK_LEAVE, -10, 1, -1, -1, -1, 14 * 60, "Sakit gigi", "", STEP_WAITS, ""},
};

static enum err tell_circle(struct tx *tx, struct absence *a)
{
	const struct demo_plan *plan = a->w->plan;
	int person[CIRCLE + 1], worker = find_played_worker(plan), n = 0;
	enum err e = OK;

	if (worker == NOBODY)
		return OK;
	int boss = plan->person[worker].supervisor, lead = plan->person[worker].team_lead;
	if (plan->person[lead].supervisor ==
		boss) /* leave of later: nothing of his today changes */
		person[n++] = lead;
	n += list_circle(plan, boss, person + n);
	for (int i = 0; i < COUNT_OF(told) && i < n && !e; i++)
		e = tell(tx, a, person[i], &told[i]);
	return e;
}

static enum err tell_nurse(struct tx *tx, struct absence *a)
{
	static const struct demo_notice sick = {STATUS_SICK_LEAVE, 0, 2, -1, -1, 0, 6 * 60,
		"Diare sejak dini hari", "", STEP_WAITS, ""};
	int nurse = find_nurse(a->w->plan);

	return nurse == NOBODY ? OK : tell(tx, a, nurse, &sick);
}

/* Six of an agency inspect schools next week, by one letter of their officer. */
static enum err enter_letter(struct tx *tx, struct absence *a)
{
	const struct demo_plan *plan = a->w->plan;
	int agency = demo_find_unit(plan, "DISDIK"), n = 0;
	struct org_letter_member member[6] = {0};
	struct org_letter letter = {.kind = STATUS_OUTSIDE_DUTY,
		.number = "094/1187/ST/DISDIK/2025",
		.issued = plan->today - 1,
		.signer = "Kepala Dinas Pendidikan",
		.subject = "Monitoring pelaksanaan uji coba WFH di satuan pendidikan",
		.route = "Kabupaten Garut\nKabupaten Tasikmalaya",
		.from = plan->today + 6,
		.to = plan->today + 7,
		.from_minute = -1,
		.to_minute = -1,
		.file_sha256 = "",
		.file_name = ""};

	for (int i = 0; agency >= 0 && i < plan->persons && n < COUNT_OF(member); i++) {
		if (is_free(plan, i) && demo_agency_of(plan, plan->person[i].unit) == agency)
			member[n++].employee = plan->person[i].id;
	}
	int officer = agency < 0 ? NOBODY : demo_find_officer(plan, agency);
	if (n == 0 || officer == NOBODY)
		return OK;
	letter.unit = plan->unit[agency].id;
	letter.entered_by = plan->person[officer].id;
	demo_clock(a->w, instant_of(plan->today - 1, 14 * 60, a->w->zone));
	return org_add_letter(tx, &letter, member, n);
}

/* As a first import from SIMPEG would leave them. */
static enum err set_balances(struct tx *tx, struct absence *a)
{
	const struct demo_plan *plan = a->w->plan;
	enum err e = OK;

	for (int i = 0; i < plan->persons && !e; i++) {
		struct chance r = chance_stream(plan->seed, (uint64_t)i, 60);
		const struct org_balance left = {2025, STATUS_ANNUAL_LEAVE,
			chance_between(&r, 0, 12), plan->today - 12, "SIMPEG"};

		if (plan->person[i].is_played || plan->person[i].supervisor == NOBODY ||
			chance_of(&r, 20))
			e = org_set_balance(tx, plan->person[i].id, &left);
	}
	return e;
}

static enum err store_absence(struct tx *tx, void *arg)
{
	struct absence a = {.w = arg};
	const struct asset *asset = asset_find("data/leave-kinds.csv");
	int added;
	enum err e = asset ? org_list_kinds(tx, a.w->plan->today, a.kind, KINDS_MAX, &a.kinds)
			   : E_BAD_REQUEST;

	if (!e && a.kinds == 0)
		e = org_seed_kinds(tx, (struct bytes){asset->bytes, asset->size}, &added);
	if (!e)
		e = org_list_kinds(tx, a.w->plan->today, a.kind, KINDS_MAX, &a.kinds);
	if (e || (e = set_balances(tx, &a)) || (e = tell_circle(tx, &a)) ||
		(e = enter_letter(tx, &a)) || (e = tell_nurse(tx, &a)))
		return e;
	demo_clock(a.w, a.w->at_ms);
	return org_absence_tick(tx);
}

enum err demo_store_absence(struct demo_world *w)
{
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_absence, w);
}
