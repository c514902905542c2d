/*
 * Tasks of the demo: what the secretary of the province asked of agencies, passed on through a head
 * to the people of the played division; what its head set himself; a document that is looked at; a
 * meeting of today and one of yesterday with its minutes. A small government has only what its plan
 * has people for.
 */
#include "demo.h"

#include "org/org_absence.h"
#include "platform/slice.h"
#include "tasks/tasks_check.h"
#include "tasks/tasks_meeting.h"
#include "verbs.h"

#define AGENCIES_MAX 14
#define STAFF_MAX    8
#define MORNING      (8 * 60 + 15)

struct desk {
	struct demo_world *w;
	struct tx *tx;
	int secretary, agency, head, division, boss, worker; /* units and people of the plan */
	int other[AGENCIES_MAX], others;                     /* agencies but these */
	int staff[STAFF_MAX], staffs; /* the boss's people, the worker first */
};

static struct employee_id person(const struct desk *d, int p)
{
	return d->w->plan->person[p].id;
}

static struct unit_id unit(const struct desk *d, int u)
{
	return d->w->plan->unit[u].id;
}

/* The working day so many days ago, at a quarter past eight and some minutes. */
static void step_back(struct desk *d, int days, int minutes)
{
	int32_t day = d->w->plan->today - days;

	while (day_weekday(day) >= SATURDAY)
		day--;
	demo_clock(d->w, instant_of(day, MORNING + minutes, d->w->zone));
}

static int32_t today_of(const struct desk *d)
{
	return instant_day(d->tx->now_ms, d->w->zone);
}

/* One side of a task: a person, or the office he heads. */
struct side {
	int person, unit;
	bool is_office;
};
static struct party party_of(const struct desk *d, struct side s)
{
	return s.is_office ? party_of_office(unit(d, s.unit))
			   : party_of_person(person(d, s.person));
}

static enum err send(struct desk *d, struct task_row *t, struct side from, struct side to,
	int due_days, int32_t last)
{
	enum err e;

	t->from = party_of(d, from);
	t->from_id = person(d, from.person);
	t->from_unit = unit(d, from.unit);
	t->to = party_of(d, to);
	t->to_unit = unit(d, to.unit);
	t->sent_day = today_of(d);
	t->body = tasks_text(t->body);
	t->letter_number = tasks_text(t->letter_number);
	t->letter_link = tasks_text(t->letter_link);
	t->result = "";
	e = org_find_working_day(d->tx, t->to_unit, t->sent_day, due_days, &t->due);
	if (last && t->due > last)
		t->due = last;
	return e ? e : tasks_add(d->tx, t, t->from_id, (struct party){0}, "");
}

static enum err act(struct desk *d, struct task_row *t, int who, enum task_state state,
	enum task_event event, int minutes, const char *note)
{
	demo_clock(d->w, d->tx->now_ms + minutes * MS_PER_MINUTE);
	t->state = (int32_t)state;
	t->version++;
	if (state == TASK_DONE)
		t->result = note;
	return tasks_put(d->tx, t, event, person(d, who), (struct party){0}, note);
}

static enum err pass(struct desk *d, struct task_row *parent, int who, struct side to, int due_days,
	const char *body, struct task_row *ret)
{
	const int32_t last = parent->due;
	const struct side from = {who, d->w->plan->person[who].unit, true};
	enum err e = act(d, parent, who, TASK_ACCEPTED, EVENT_PASSED, 50, body);

	if (e)
		return e;
	*ret = *parent;
	ret->parent = parent->id;
	ret->depth++;
	ret->body = body;
	return send(d, ret, from, to, due_days, last);
}

/* ---- what the secretary asks ---- */

static const struct {
	const char *subject, *body, *letter;
	int days_ago, due_days;
	enum task_state state;
} asked[] = {
	{"Data capaian penurunan stunting triwulan III",
		"Per kabupaten/kota, dengan kendala dan rencana tindak lanjut.",
		"400.7/2241/Dinkes", 9, 5, TASK_ACCEPTED},
	{"Bahan jawaban rapat dengar pendapat DPRD", "Bahas bersama Biro Hukum sebelum dikirim.",
		"100.1.4/3310/Set", 8, 4, TASK_SENT},
	{"Tindak lanjut temuan BPK atas belanja perjalanan dinas",
		"Laporkan bukti setor dan dokumen pendukungnya.", "700.1/812/Itda", 12, 7,
		TASK_ACCEPTED},
	{"Usulan peserta pelatihan pengadaan barang/jasa",
		"Paling banyak tiga orang per perangkat daerah.", "800.2/1907/BPSDM", 3, 5,
		TASK_SENT},
	{"Laporan penyerapan anggaran sampai Oktober", "Sertakan paket yang belum kontrak.",
		"900.1/4471/BPKAD", 6, 5, TASK_DONE},
	{"Verifikasi daftar aset kendaraan dinas", "Cocokkan dengan BPKB dan kondisi fisik.",
		"000.2.3/1120/BPKAD", 10, 8, TASK_CLOSED},
	{"Konsep sambutan Gubernur pada Hari Guru Nasional",
		"Durasi tujuh menit, bahasa yang hangat.", "400.3/5512/Disdik", 2, 6,
		TASK_ACCEPTED},
	{"Peta jalan penerapan WFH di layanan tatap muka", "Sebutkan loket yang wajib WFO.",
		"000.8/2088/Org", 4, 7, TASK_SENT},
	{"Rencana kebutuhan pegawai tahun 2026", "", "800.1/2415/BKD", 7, 3, TASK_RETURNED},
	{"Data cadangan pangan pemerintah daerah", "Posisi per 31 Oktober.", "500.1/931/DKPP", 5, 4,
		TASK_ACCEPTED},
	{"Klarifikasi berita banjir di jalan provinsi", "Siapkan keterangan tertulis untuk media.",
		"600.1/1450/DBMPR", 1, 1, TASK_SENT},
	{"Inventarisasi perjanjian kerja sama yang berakhir 2025", "", "100.3.7/677/Pem", 11, 9,
		TASK_ACCEPTED},
};

static enum err ask_agency(struct desk *d, int i)
{
	const int agency = d->other[i % d->others], head = d->w->plan->unit[agency].head;
	struct task_row t = {.kind = TASK_DISPOSITION,
		.subject = asked[i].subject,
		.body = asked[i].body,
		.letter_number = asked[i].letter};
	enum err e;

	step_back(d, asked[i].days_ago, 7 * i);
	e = send(d, &t, (struct side){d->w->plan->unit[d->secretary].head, d->secretary, true},
		(struct side){head, agency, true}, asked[i].due_days, 0);
	if (e || asked[i].state == TASK_SENT)
		return e;
	if (asked[i].state == TASK_RETURNED)
		return act(d, &t, head, TASK_RETURNED, EVENT_RETURNED, 95,
			"Data ini dikelola Biro Organisasi, mohon didisposisikan ke sana.");
	e = act(d, &t, head, TASK_ACCEPTED, EVENT_ACCEPTED, 65, "");
	if (!e && asked[i].state != TASK_ACCEPTED)
		e = act(d, &t, head, TASK_DONE, EVENT_DONE, 310, "Sudah dikirim melalui SRIKANDI.");
	if (!e && asked[i].state == TASK_CLOSED)
		e = act(d, &t, d->w->plan->unit[d->secretary].head, TASK_CLOSED, EVENT_CLOSED, 60,
			"");
	return e;
}

/* From the secretary through the head of the agency and the head of the division to the people of
 * it. */
static enum err ask_down(struct desk *d)
{
	const struct side top = {d->w->plan->unit[d->secretary].head, d->secretary, true};
	struct task_row t = {.kind = TASK_DISPOSITION,
		.subject = "Rekap infrastruktur layanan publik yang terdampak cuaca ekstrem",
		.body = "Siapkan untuk rapat pimpinan hari Senin.",
		.letter_number = "300.2/2190/BPBD",
		.letter_link = "https://srikandi.arsip.go.id/"};
	struct task_row second, third;
	enum err e;

	step_back(d, 2, 0);
	e = send(d, &t, top, (struct side){d->head, d->agency, true}, 4, 0);
	if (!e)
		e = pass(d, &t, d->head, (struct side){d->boss, d->division, true}, 3,
			"Kumpulkan per kabupaten/kota, Rabu sudah di meja saya.", &second);
	for (int i = 0; i < 2 && i < d->staffs && !e; i++) {
		if (i == 0)
			e = pass(d, &second, d->boss,
				(struct side){
					d->staff[i], d->w->plan->person[d->staff[i]].unit, false},
				2, "Wilayah barat: kumpulkan dari UPTD, cukup tabel dan satu foto.",
				&third);
		else
			e = pass(d, &second, d->boss,
				(struct side){
					d->staff[i], d->w->plan->person[d->staff[i]].unit, false},
				2, "Wilayah timur.", &third);
		if (!e && i == 1)
			e = act(d, &third, d->staff[i], TASK_ACCEPTED, EVENT_ACCEPTED, 30, "");
	}
	return e;
}

/* ---- what the head of the division sets himself ---- */

static const struct {
	const char *subject, *body;
	int staff, days_ago, due_days;
	enum task_state state;
	const char *note;
} set[] = {
	{"Perbaiki uraian RHK triwulan IV", "Samakan satuan dengan rencana aksi bidang.", 0, 8, 3,
		TASK_ACCEPTED, ""},
	{"Susun notula rapat evaluasi mingguan", "", 0, 1, 2, TASK_SENT, ""},
	{"Perbarui daftar kontak UPTD", "", 0, 7, 4, TASK_DONE,
		"Daftar di berkas bersama sudah diperbarui, 27 UPTD."},
	{"Siapkan bahan paparan kepala bidang", "Sepuluh lembar, data sampai Oktober.", 1, 3, 4,
		TASK_ACCEPTED, ""},
	{"Cek kelengkapan dokumen kontrak", "", 2, 6, 5, TASK_CLOSED, "Lengkap, 14 kontrak."},
	{"Balas surat permohonan data mahasiswa", "", 3, 2, 3, TASK_SENT, ""},
	{"Hitung kebutuhan ATK triwulan I 2026", "", 2, 4, 6, TASK_ACCEPTED, ""},
};

static enum err set_work(struct desk *d, int i)
{
	const struct side boss = {d->boss, d->division, true};
	const int who = d->staff[set[i].staff % d->staffs];
	struct task_row t = {
		.kind = TASK_DISPOSITION, .subject = set[i].subject, .body = set[i].body};
	enum err e;

	step_back(d, set[i].days_ago, 40 + 9 * i);
	e = send(d, &t, boss, (struct side){who, d->w->plan->person[who].unit, false},
		set[i].due_days, 0);
	if (!e && set[i].state != TASK_SENT)
		e = act(d, &t, who, TASK_ACCEPTED, EVENT_ACCEPTED, 25, "");
	if (!e && set[i].state == TASK_ACCEPTED && d->w->in_hands < DEMO_TASKS_MAX)
		d->w->in_hand[d->w->in_hands++] = (struct demo_task){who, t.id, set[i].subject};
	if (!e && (set[i].state == TASK_DONE || set[i].state == TASK_CLOSED))
		e = act(d, &t, who, TASK_DONE, EVENT_DONE, 200, set[i].note);
	if (!e && set[i].state == TASK_CLOSED)
		e = act(d, &t, d->boss, TASK_CLOSED, EVENT_CLOSED, 45, "");
	return e;
}

/* ---- a document ---- */

static enum err add_check(struct desk *d)
{
	struct check_row c = {.title = "Draf surat edaran jam layanan selama cuaca ekstrem",
		.reference = "000.8.3/DRAF-07",
		.link = "",
		.file_sha256 = "",
		.file_name = "",
		.owner = person(d, d->worker)};
	struct check_line line[3] = {{.text = "Substansi dan kesesuaian data",
					     .party = party_of_person(person(d, d->boss))},
		{.text = "Tata naskah",
			.party = party_of_person(person(d, d->staff[1 % d->staffs]))},
		{.text = "Dasar hukum", .party = party_of_office(unit(d, d->secretary))}};
	enum err e;

	step_back(d, 1, 90);
	if ((e = tasks_add_check(d->tx, &c, line, d->staffs > 1 ? 3 : 1)) || d->staffs < 2)
		return e;
	demo_clock(d->w, d->tx->now_ms + 100 * MS_PER_MINUTE);
	line[1].line = 2;
	line[1].state = LINE_VERIFIED;
	line[1].decided_by = person(d, d->staff[1]);
	line[1].decided_at = d->tx->now_ms;
	line[1].note = "Sudah sesuai tata naskah dinas.";
	c.state = CHECK_OPEN;
	c.edition = 1;
	c.version = 2;
	if ((e = tasks_put_line(d->tx, c.id, &line[1])) || (e = tasks_put_check(d->tx, &c)))
		return e;
	return tasks_add_event(d->tx, c.id, EVENT_LINE_VERIFIED, line[1].decided_by,
		(struct party){0}, "Tata naskah: Sudah sesuai tata naskah dinas.");
}

/* ---- meetings ---- */

static enum err call(struct desk *d, struct meeting_row *m, struct side convenor, int32_t day,
	int from, int to, bool with_worker)
{
	struct invited_row row[INVITED_MAX];
	int n = 0;

	m->agenda = tasks_text(m->agenda);
	m->place = tasks_text(m->place);
	m->link = tasks_text(m->link);
	m->letter_number = tasks_text(m->letter_number);
	m->starts_at = instant_of(day, from, d->w->zone);
	m->ends_at = instant_of(day, to, d->w->zone);
	m->party = party_of(d, convenor);
	m->convenor = person(d, convenor.person);
	m->unit = unit(d, convenor.unit);
	m->version = 1;
	if (convenor.unit != d->agency)
		row[n++] = (struct invited_row){
			.party = party_of_office(unit(d, d->agency)), .unit = unit(d, d->agency)};
	for (int i = 0; i < d->others && n < 9; i++)
		row[n++] = (struct invited_row){.party = party_of_office(unit(d, d->other[i])),
			.unit = unit(d, d->other[i])};
	for (int i = 0; with_worker && i < 2 && i < d->staffs; i++)
		row[n++] = (struct invited_row){.party = party_of_person(person(d, d->staff[i])),
			.unit = unit(d, d->w->plan->person[d->staff[i]].unit)};
	return tasks_add_meeting(d->tx, m, row, n);
}

static enum err meet_today(struct desk *d)
{
	struct meeting_row m = {.title = "Rapat koordinasi kesiapsiagaan cuaca ekstrem",
		.agenda = "1. Data infrastruktur terdampak\n2. Pembagian piket\n3. Jam layanan",
		.place = "Ruang Rapat Papandayan, Gedung Sate",
		.link = "https://rapat.contoh.go.id/siaga",
		.letter_number = "005/2310/Set"};

	step_back(d, 2, 130);
	return call(d, &m, (struct side){d->head, d->agency, true}, d->w->plan->today, 7 * 60 + 30,
		9 * 60 + 30, true);
}

static enum err attend_yesterday(struct desk *d, int64_t meeting)
{
	struct invited_row *row = ARENA_ARRAY(d->tx->arena, INVITED_MAX, struct invited_row);
	int count;
	enum err e = tasks_list_invited(d->tx, meeting, d->w->plan->today, row, &count);

	for (int i = 0; i < count && i < 6 && !e; i++) {
		const struct demo_plan *plan = d->w->plan;
		const int who = i > 0 ? plan->unit[d->other[i - 1]].head : d->worker;

		if (i == 0) /* its head sends him */
			row[i].named = person(d, who);
		row[i].attended = person(d, who);
		row[i].attended_at = d->tx->now_ms - (i + 1) * MS_PER_MINUTE;
		row[i].attended_as = i % 3 == 2 ? WAY_ONLINE : WAY_ON_SITE;
		e = tasks_put_invited(d->tx, meeting, &row[i]);
	}
	return e;
}

static enum err meet_yesterday(struct desk *d)
{
	const struct side top = {d->w->plan->unit[d->secretary].head, d->secretary, true};
	struct meeting_row m = {.title = "Evaluasi uji coba WFH triwulan III",
		.agenda = "Capaian, kendala layanan, dan usul perbaikan.",
		.place = "Ruang Rapat Manglayang",
		.link = "https://rapat.contoh.go.id/wfh"};
	struct decision_row decision[2] = {
		{1, "Dinas menyampaikan data loket dengan antrean di atas 30 menit pada hari WFH",
			0},
		{2, "Jadwal WFH Desember ditetapkan paling lambat 24 November", 0}};
	struct task_row t = {.kind = TASK_DECISION};
	int32_t day;
	enum err e;

	step_back(d, 5, 30);
	step_back(d, 1, 0);
	day = today_of(d);
	step_back(d, 5, 30);
	if ((e = call(d, &m, top, day, 9 * 60, 11 * 60, false)))
		return e;
	demo_clock(d->w, instant_of(day, 9 * 60 + 5, d->w->zone));
	if ((e = attend_yesterday(d, m.id)))
		return e;
	demo_clock(d->w, instant_of(day, 11 * 60 + 40, d->w->zone));
	t.subject = t.body = decision[0].text;
	t.meeting = m.id;
	e = send(d, &t, top, (struct side){d->head, d->agency, true}, 3, 0);
	decision[0].task = t.id;
	m.state = MEETING_MINUTED;
	m.version++;
	m.minutes = "Uji coba berjalan baik di 31 dari 41 perangkat daerah. Antrean loket naik "
		    "pada hari WFH "
		    "di tiga UPTD; penyebabnya pembagian piket, bukan jumlah pegawai.";
	m.minutes_by = m.convenor;
	m.minutes_at = d->tx->now_ms;
	for (int i = 0; i < 2 && !e; i++)
		e = tasks_put_decision(d->tx, m.id, &decision[i]);
	if (!e)
		e = tasks_put_meeting(d->tx, &m);
	return e ? e
		 : tasks_add_event(d->tx, m.id, EVENT_MINUTED, m.convenor, (struct party){0}, "");
}

/* ---- who ---- */

/* False in a plan that has not the people. */
static bool find_desk(struct desk *d)
{
	const struct demo_plan *plan = d->w->plan;

	d->secretary = demo_find_unit(plan, "SETDA");
	d->worker = demo_find_home_worker(plan);
	if (d->secretary < 0 || plan->unit[d->secretary].head == NOBODY || d->worker == NOBODY)
		return false;
	d->boss = plan->person[d->worker].supervisor;
	if (d->boss == NOBODY)
		return false;
	d->division = plan->person[d->boss].unit;
	d->agency = demo_agency_of(plan, d->division);
	d->head = plan->unit[d->agency].head;
	d->staff[d->staffs++] = d->worker;
	for (int i = 0; i < plan->persons && d->staffs < STAFF_MAX; i++)
		if (i != d->worker && plan->person[i].supervisor == d->boss &&
			demo_is_present(plan, i))
			d->staff[d->staffs++] = i;
	for (int i = 0; i < plan->units && d->others < AGENCIES_MAX; i++)
		if (plan->unit[i].parent < 0 && i != d->agency && i != d->secretary &&
			plan->unit[i].head != NOBODY)
			d->other[d->others++] = i;
	return d->head != NOBODY && d->head != d->boss && d->others > 0;
}

static enum err store_tasks(struct tx *tx, void *arg)
{
	struct desk d = {.w = arg, .tx = tx};
	enum err e = OK;

	if (!find_desk(&d))
		return OK;
	for (int i = 0; i < COUNT_OF(asked) && !e; i++)
		e = ask_agency(&d, i);
	for (int i = 0; i < COUNT_OF(set) && !e; i++)
		e = set_work(&d, i);
	if (e || (e = ask_down(&d)) || (e = add_check(&d)) || (e = meet_yesterday(&d)) ||
		(e = meet_today(&d)))
		return e;
	demo_clock(d.w, d.w->at_ms);
	return OK;
}

enum err demo_store_tasks(struct demo_world *w)
{
	demo_clock(w, w->at_ms);
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, store_tasks, w);
}
