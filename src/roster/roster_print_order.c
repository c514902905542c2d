/*
 * Surat perintah to work away from the office: for one person of a roster, or for all of them with
 * their days in an annex.
 *
 * Which days, by which instruments and with which duties is read from the ruling of each day, so
 * that the order and the attendance rule cannot differ. A day that no rule opens any more is not
 * ordered. PermenPANRB 4/2025 art. 8 and 13; form: Permendagri 1/2023 (surat perintah).
 */
#include "roster/roster_print.h"

#include "org/org_print.h"
#include "platform/document.h"
#include "platform/slice.h"

#include <stdlib.h>
#include <string.h>

#define DUTIES_MAX 16
#define BASES_MAX  24

/* A sentence of the rules, and on how many of the days it holds. */
struct duty {
	const char *text;
	int32_t days;
};

struct order {
	struct letter *l;
	struct print_line *line;
	int lines;
	bool (*home)[ROSTER_DAYS_MAX], (*anywhere)[ROSTER_DAYS_MAX]; /* of each line */
	int32_t days;                                                /* away, in all */
	const struct instrument *basis[BASES_MAX];
	int bases;
	struct duty duty[DUTIES_MAX];
	int duties;
};

/* ---- what the rulings say ---- */

static void note_basis(struct order *o, const struct policy_book *book, int rule)
{
	const struct instrument *in = rule < 0 ? NULL
					       : &book->instrument[book->rule[rule].instrument];
	for (int i = 0; i < o->bases && in; i++)
		if (strcmp(o->basis[i]->number, in->number) == 0)
			return;
	if (in && o->bases < BASES_MAX)
		o->basis[o->bases++] = in;
}

static void note_duty(struct order *o, const char *text)
{
	int i = 0;
	while (i < o->duties && strcmp(o->duty[i].text, text) != 0)
		i++;
	if (i == DUTIES_MAX)
		return;
	if (i == o->duties)
		o->duty[o->duties++] = (struct duty){text, 0};
	o->duty[i].days++;
}

static const char *clock_of(struct arena *arena, int minute)
{
	return arena_printf(arena, "%02d.%02d", minute / 60, minute % 60);
}

static void note_windows(struct order *o, const struct day_ruling *r)
{
	static const char *const what[] = {[WINDOW_IN] = "presensi masuk",
		[WINDOW_OUT] = "presensi pulang",
		[WINDOW_CHECK] = "pemeriksaan kehadiran"};
	struct arena *a = o->l->arena;
	for (int i = 0; i < r->windows; i++)
		note_duty(
			o, arena_printf(a, "melakukan %s antara pukul %s dan %s %s",
				   what[r->window[i].kind], clock_of(a, r->window[i].opens),
				   clock_of(a, r->window[i].closes), zone_name(o->l->tree->zone)));
}

static void note_duties(struct order *o, const struct day_ruling *r)
{
	static const char *const presence[] = {
		[PLACE_SITE] =
			"melakukan presensi masuk dan pulang di lokasi kantor yang ditetapkan",
		[PLACE_HOME] = "melakukan presensi masuk dan pulang dari rumah melalui aplikasi "
			       "presensi",
		[PLACE_ANYWHERE] =
			"melakukan presensi masuk dan pulang dari tempat bekerja melalui "
			"aplikasi presensi",
		[PLACE_NONE] = "melakukan presensi masuk dan pulang melalui aplikasi presensi"};
	static const char *const report[DUTY_WEEKLY_DUE + 1] = {[DUTY_NONE] = NULL,
		[DUTY_DAILY_ITEMS] =
			"menyampaikan laporan kinerja harian kepada atasan langsung pada "
			"hari yang sama",
		[DUTY_DAILY_CONFIRM] = "mengonfirmasi pelaksanaan tugas sesuai jadwal pada hari "
				       "yang sama",
		[DUTY_WEEKLY] = "menyampaikan laporan kinerja mingguan kepada atasan langsung"};
	note_duty(o, presence[r->place]);
	note_windows(o, r);
	if (report[r->duty])
		note_duty(o, report[r->duty]);
}

static enum err note_day(void *arg, const struct walked_day *day)
{
	struct order *o = arg;
	const struct roster_version *v = &o->l->version;
	const struct day_ruling *r = day->ruling;
	if (!r || !policy_is_away(r->mode) || day->day < v->bound_from)
		return OK;
	const int rule[] = {r->mode_rule, r->cap_rule, r->report_rule, r->place_rule_index};
	bool(*set)[ROSTER_DAYS_MAX] = r->mode == MODE_HOME ? o->home : o->anywhere;
	set[day->line->at][day->day - v->period_from] = true;
	o->days++;
	for (int i = 0; i < COUNT_OF(rule); i++)
		note_basis(o, day->book, rule[i]);
	for (int level = 0; level < SHARE_LEVELS; level++)
		note_basis(o, day->book, r->share_rule[level]);
	note_duties(o, r);
	return OK;
}

static int compare_basis(const void *a, const void *b)
{
	const struct instrument *const *x = a, *const *y = b;
	return (*x)->rank != (*y)->rank ? (int)(*x)->rank - (int)(*y)->rank
					: (*x)->issued - (*y)->issued;
}

/* ---- whom it is about ---- */

static bool is_any(const bool *is_on, int32_t days)
{
	for (int32_t i = 0; i < days; i++)
		if (is_on[i])
			return true;
	return false;
}

static int32_t days_of(const struct order *o)
{
	return o->l->version.period_to - o->l->version.period_from + 1;
}

static enum err keep_one(struct order *o)
{
	for (int i = 0; i < o->lines; i++)
		if (o->line[i].employee.v == o->l->in->employee) {
			o->line = &o->line[i];
			o->line->at = 0;
			o->lines = 1;
			o->l->rq->object.employee = o->line->employee; /* whose data is seen */
			return OK;
		}
	return refuse(o->l->rq, E_BAD_FIELD, "/employee", "not on this roster");
}

static enum err load_order(struct order *o)
{
	struct letter *l = o->l;
	enum err e = roster_list_print_lines(l->rq->tx, &l->version, &o->line, &o->lines);
	if (!e && l->in->employee)
		e = keep_one(o);
	if (!e && o->lines > DOCUMENT_ROWS_MAX / 2)
		e = E_TOO_LARGE;
	if (e == E_TOO_LARGE)
		return refuse(l->rq, e, "/version",
			"more people than a paper holds: order them one by one");
	if (e)
		return e;
	size_t room = ((size_t)o->lines + 1) * sizeof *o->home;
	o->home = arena_alloc(l->arena, room);
	o->anywhere = arena_alloc(l->arena, room);
	if ((e = roster_walk_lines(l->rq->tx, &l->version, o->line, o->lines, note_day, o)))
		return e;
	qsort(o->basis, (size_t)o->bases, sizeof *o->basis, compare_basis);
	return o->days ? OK
		       : refuse(l->rq, E_CONFLICT, l->in->employee ? "/employee" : "/version",
				 "no day of it is away from the office");
}

/* ---- the paper ---- */

static void put_considered(struct order *o)
{
	struct letter *l = o->l;
	document_point(l->d, "Menimbang", "a.",
		arena_printf(l->arena,
			"bahwa untuk melaksanakan tugas kedinasan secara fleksibel di lingkungan "
			"%s "
			"dengan tetap menjaga kelancaran tugas dan pelayanan, telah ditetapkan "
			"jadwal "
			"tempat bekerja pegawai untuk periode %s;",
			l->node->name,
			roster_print_period(
				l->arena, l->version.period_from, l->version.period_to)));
	document_point(l->d, NULL, "b.",
		"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu "
		"diterbitkan surat perintah.");
}

static void put_bases(struct order *o)
{
	struct arena *a = o->l->arena;
	for (int i = 0; i < o->bases; i++)
		document_point(o->l->d, i ? NULL : "Dasar", arena_printf(a, "%d.", i + 1),
			arena_printf(a, "%s tentang %s%s", o->basis[i]->number, o->basis[i]->title,
				i + 1 < o->bases ? ";" : "."));
}

static void put_person(struct order *o)
{
	struct document *d = o->l->d;
	const struct print_line *p = o->line;
	const struct org_unit *unit = org_find_unit(o->l->tree, p->unit);
	bool is_pppk = p->kind == PPPK || p->kind == PPPK_PART_TIME;
	document_point(d, "Kepada", "Nama", p->name);
	document_point(d, NULL, is_pppk ? "NI PPPK" : "NIP", p->nip);
	if (*p->position)
		document_point(d, NULL, "Jabatan", p->position);
	if (unit)
		document_point(d, NULL, "Unit kerja", unit->name);
}

static void put_addressed(struct order *o)
{
	int people = 0;
	if (o->l->in->employee) {
		put_person(o);
		return;
	}
	for (int i = 0; i < o->lines; i++)
		people += is_any(o->home[i], days_of(o)) || is_any(o->anywhere[i], days_of(o));
	document_fact(o->l->d, "Kepada",
		arena_printf(o->l->arena,
			"%d pegawai %s yang namanya tercantum dalam lampiran surat perintah ini",
			people, o->l->node->name));
}

static void put_point(struct order *o, int *no, const char *text)
{
	document_point(
		o->l->d, *no ? NULL : "Untuk", arena_printf(o->l->arena, "%d.", *no + 1), text);
	*no += 1;
}

static void put_days(struct order *o, int *no, const bool *is_on, const char *where)
{
	struct letter *l = o->l;
	if (is_any(is_on, days_of(o)))
		put_point(o, no,
			arena_printf(l->arena, "melaksanakan tugas kedinasan %s pada hari %s;",
				where,
				roster_print_long_days(
					l->arena, l->version.period_from, is_on, days_of(o))));
}

static void put_tasks(struct order *o)
{
	int no = 0;
	if (o->l->in->employee) {
		put_days(o, &no, o->home[0], "dari rumah (WFH)");
		put_days(o, &no, o->anywhere[0], "dari lokasi lain (WFA)");
	} else {
		put_point(o, &no,
			"melaksanakan tugas kedinasan di luar kantor pada tempat dan hari yang "
			"tercantum dalam lampiran;");
	}
	for (int i = 0; i < o->duties; i++)
		put_point(o, &no,
			arena_printf(o->l->arena, "%s%s;", o->duty[i].text,
				o->duty[i].days < o->days
					? ", bagi pegawai dan hari yang ketentuannya "
					  "mewajibkan"
					: ""));
	put_point(
		o, &no, "melaksanakan perintah ini dengan saksama dan penuh rasa tanggung jawab.");
}

static void put_list_row(struct order *o, const struct print_line *p, int no)
{
	struct arena *a = o->l->arena;
	int32_t from = o->l->version.period_from, days = days_of(o);
	document_row(o->l->d,
		(const char *const[]){arena_printf(a, "%d", no),
			arena_printf(a, "%s\n%s", p->name, p->nip), p->position,
			roster_print_short_days(a, from, o->home[p->at], days),
			roster_print_short_days(a, from, o->anywhere[p->at], days)},
		false);
}

/* Without the last column where nobody works from elsewhere. */
static void put_list(struct order *o)
{
	static const struct document_column column[] = {{"No.", NULL, 5, ALIGN_RIGHT},
		{"Nama / NIP", NULL, 28, ALIGN_LEFT}, {"Jabatan", NULL, 24, ALIGN_LEFT},
		{"Bekerja dari rumah (WFH)", NULL, 36, ALIGN_LEFT},
		{"Bekerja dari lokasi lain (WFA)", NULL, 20, ALIGN_LEFT}};
	int32_t days = days_of(o);
	bool is_elsewhere = false;
	int no = 0;
	for (int i = 0; i < o->lines; i++)
		is_elsewhere |= is_any(o->anywhere[i], days);
	document_table(o->l->d, column, COUNT_OF(column) - !is_elsewhere, 80);
	roster_sort_lines(o->l->tree, o->line, o->lines);
	for (int i = 0; i < o->lines; i++) {
		const struct print_line *p = &o->line[i];
		if (is_any(o->home[p->at], days) || is_any(o->anywhere[p->at], days))
			put_list_row(o, p, ++no);
	}
}

static const char *caption_of(const struct letter *l)
{
	const char *place = l->template->place, *day = org_print_day(l->arena, l->day);
	return *place ? arena_printf(l->arena, "Ditetapkan di %s\npada tanggal %s", place, day)
		      : arena_printf(l->arena, "Ditetapkan pada tanggal %s", day);
}

enum err roster_put_order(struct letter *l)
{
	struct order *o = ARENA_NEW(l->arena, struct order);
	o->l = l;
	enum err e = load_order(o);
	if (e)
		return e;
	roster_put_title(l, "SURAT PERINTAH");
	put_considered(o);
	put_bases(o);
	document_line(l->d, ALIGN_CENTRE, true, "\nMEMERINTAHKAN:\n");
	put_addressed(o);
	put_tasks(o);
	if ((e = roster_put_signer(l, caption_of(l), NULL)))
		return e;
	roster_put_copies(l, org_fill_print(l->arena, l->template->left_office, l->words));
	if (l->in->employee)
		return OK;
	roster_put_annex(l, "Surat Perintah", "DAFTAR PEGAWAI YANG BEKERJA DI LUAR KANTOR", false);
	put_list(o);
	return roster_put_signer(l, NULL, NULL);
}
