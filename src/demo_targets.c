/*
 * Planned results of everybody: what the head of an agency agreed are its goals, heads of units
 * derive theirs from them, their people from theirs. Most plans are agreed; some wait for the
 * superior, some came back, some people have none yet.
 *
 * Luwes is in use since the first day of the demo: a plan of the year holds what was left of it to
 * be done then, and says so. Daily reports name these results (demo_reports.c).
 */
#include "demo.h"

#include "platform/clock.h"
#include "platform/slice.h"
#include "reports/reports_target.h"
#include "verbs.h"

#define TARGETS_THING    7000
#define PEOPLE_PER_WRITE 500
#define NOTE             "Target untuk sisa tahun, sejak presensi dan laporan memakai Luwes."

static const struct demo_work of_offices[] = {
	{"Menyusun telaahan staf atas usulan perangkat daerah", "dokumen", 3,
		"Tersusunnya telaahan staf sebagai bahan keputusan pimpinan",
		"Telaahan yang disetujui"},
	{"Memverifikasi berkas usulan yang masuk melalui aplikasi", "berkas", 24,
		"Terverifikasinya berkas usulan sesuai standar pelayanan",
		"Berkas yang selesai diverifikasi"},
	{"Rapat koordinasi daring dengan kabupaten/kota", "rapat", 2,
		"Terlaksananya koordinasi program dengan kabupaten/kota",
		"Rapat yang berhasil diselenggarakan"},
	{"Mengolah data capaian kinerja triwulan IV", "tabel", 6,
		"Terolahnya data capaian kinerja perangkat daerah", "Tabel data yang valid"},
	{"Menyusun konsep surat dinas dan nota dinas", "surat", 8,
		"Tersusunnya naskah dinas sesuai tata naskah", "Naskah dinas yang diparaf"},
	{"Memperbarui data pada sistem informasi", "data", 60,
		"Terbaruinya data pada sistem informasi perangkat daerah", "Data yang diperbarui"},
	{"Menyusun laporan realisasi kegiatan", "laporan", 2,
		"Tersusunnya laporan realisasi kegiatan tepat waktu", "Laporan yang disampaikan"},
	{"Menindaklanjuti disposisi pimpinan", "disposisi", 7,
		"Terselesaikannya disposisi pimpinan", "Disposisi yang selesai"},
	{"Menelaah rancangan peraturan", "pasal", 20,
		"Tertelaahnya rancangan peraturan daerah dan peraturan gubernur",
		"Pasal yang ditelaah"},
	{"Menyiapkan bahan paparan pimpinan", "lembar", 25, "Tersedianya bahan paparan pimpinan",
		"Lembar paparan yang dipakai"}};
static const struct demo_work of_secretariats[] = {
	{"Memverifikasi dokumen pertanggungjawaban keuangan", "dokumen", 18,
		"Terverifikasinya dokumen pertanggungjawaban keuangan",
		"Dokumen yang dinyatakan lengkap"},
	{"Memproses surat masuk dan surat keluar", "surat", 40,
		"Terkelolanya surat masuk dan surat keluar", "Surat yang diproses"},
	{"Menginput rencana kebutuhan barang", "baris", 30,
		"Tersusunnya rencana kebutuhan barang milik daerah", "Baris rencana yang diinput"},
	{"Memproses usulan kenaikan gaji berkala", "berkas", 9,
		"Terprosesnya usulan kenaikan gaji berkala tepat waktu", "Berkas yang diusulkan"},
	{"Rekonsiliasi belanja dengan bendahara", "kegiatan", 6,
		"Terlaksananya rekonsiliasi belanja setiap kegiatan",
		"Kegiatan yang direkonsiliasi"},
	{"Memperbarui data kepegawaian", "data", 35, "Mutakhirnya data kepegawaian",
		"Data yang diperbarui"},
	{"Menyusun jadwal dan daftar hadir rapat", "rapat", 3,
		"Terlayaninya penyelenggaraan rapat pimpinan", "Rapat yang dilayani"}};
static const struct demo_work of_schools[] = {
	{"Menyusun modul ajar dan bahan pembelajaran", "modul", 2,
		"Tersusunnya perangkat pembelajaran sesuai kurikulum", "Modul ajar yang disahkan"},
	{"Memeriksa tugas dan ulangan murid", "lembar", 60,
		"Terlaksananya penilaian hasil belajar murid", "Lembar jawaban yang dinilai"},
	{"Mengajar sesuai jadwal pelajaran", "jam pelajaran", 8,
		"Terlaksananya pembelajaran sesuai jadwal", "Jam pelajaran yang terlaksana"},
	{"Membimbing murid di luar jam pelajaran", "kegiatan", 2,
		"Terlaksananya bimbingan bakat dan minat murid", "Kegiatan bimbingan"}};
static const struct demo_work of_wards[] = {
	{"Melaksanakan asuhan keperawatan pada sif", "asuhan", 12,
		"Terlaksananya asuhan keperawatan sesuai standar", "Asuhan yang terdokumentasi"},
	{"Melengkapi dokumentasi rekam medis", "berkas", 15, "Lengkapnya rekam medis dalam 24 jam",
		"Berkas yang lengkap"},
	{"Melaksanakan serah terima sif", "kegiatan", 1,
		"Terlaksananya serah terima antarsif dengan komunikasi efektif",
		"Serah terima yang tercatat"}};
static const struct demo_work of_heads[] = {
	{"Memimpin rapat koordinasi pelaksanaan program", "rapat", 2,
		"Terkoordinasikannya pelaksanaan program unit kerja", "Rapat yang ditindaklanjuti"},
	{"Menindaklanjuti disposisi pimpinan", "disposisi", 7,
		"Terselesaikannya disposisi pimpinan tepat waktu", "Disposisi yang selesai"},
	{"Memberi umpan balik dan memeriksa hasil kerja tim", "dokumen", 10,
		"Meningkatnya mutu hasil kerja tim", "Dokumen yang diperiksa"}};
static const struct demo_work of_agencies[] = {
	{"Memimpin rapat pimpinan perangkat daerah", "rapat", 2,
		"Meningkatnya kualitas layanan perangkat daerah", "Rapat pimpinan"},
	{"Menetapkan dokumen perencanaan", "dokumen", 2,
		"Tersusunnya dokumen perencanaan tepat waktu", "Dokumen yang ditetapkan"},
	{"Membina penyelenggaraan administrasi perkantoran", "kegiatan", 2,
		"Meningkatnya tertib administrasi perkantoran", "Kegiatan pembinaan"},
	{"Mengendalikan realisasi kegiatan", "laporan", 2,
		"Tercapainya realisasi kegiatan sesuai rencana", "Laporan pengendalian"}};

#define WORKS(list) (*ret_count = COUNT_OF(list), (list))

const struct demo_work *demo_works(const struct demo_plan *plan, int person, int *ret_count)
{
	const struct demo_unit *u = &plan->unit[plan->person[person].unit];

	if (u->head == person)
		return u->parent < 0 ? WORKS(of_agencies) : WORKS(of_heads);
	switch (u->kind) {
	case UNIT_SECRETARIAT:
		return WORKS(of_secretariats);
	case UNIT_SCHOOL:
		return WORKS(of_schools);
	case UNIT_WARD:
		return WORKS(of_wards);
	default:
		return WORKS(of_offices);
	}
}

/* ---- whose plan is how far ---- */

/* In every team of a few somebody's plan waits and somebody has none, in larger ones some came
 * back; `seat` is his number among his superior's people. Visitors and heads of units agreed. */
static int state_of(const struct demo_plan *plan, int person, int seat)
{
	const struct demo_person *p = &plan->person[person];

	if (p->supervisor == NOBODY)
		return -1;
	if (p->is_played || plan->unit[p->unit].head == person)
		return PLAN_AGREED;
	switch (seat % 13) {
	case 0:
		return PLAN_PROPOSED;
	case 3:
		return -1;
	case 8:
		return PLAN_RETURNED;
	default:
		return PLAN_AGREED;
	}
}

static void compose(const struct demo_plan *plan, int person, int seat, struct demo_goals *ret)
{
	struct chance r = chance_stream(plan->seed, (uint64_t)person, TARGETS_THING);
	int works, first;

	*ret = (struct demo_goals){.state = (int8_t)state_of(plan, person, seat)};
	if (ret->state < 0)
		return;
	demo_works(plan, person, &works);
	first = chance_below(&r, works);
	ret->n = (int8_t)(works < DEMO_GOALS_MAX ? works : chance_between(&r, 3, DEMO_GOALS_MAX));
	for (int i = 0; i < ret->n; i++) {
		ret->work[i] = (int8_t)((first + i) % works);
		ret->target[i] = id_next();
	}
}

static void compose_all(struct demo_world *w)
{
	const struct demo_plan *plan = w->plan;
	int *seats = ARENA_ARRAY(plan->arena, (size_t)plan->persons, int);

	w->goals = ARENA_ARRAY(plan->arena, (size_t)plan->persons, struct demo_goals);
	for (int i = 0; i < plan->persons; i++) {
		const struct demo_person *p = &plan->person[i];
		bool is_counted = p->supervisor != NOBODY && !p->is_played &&
				  plan->unit[p->unit].head != i;

		compose(plan, i, is_counted ? seats[p->supervisor]++ : 0, &w->goals[i]);
	}
}

/* ---- writing them ---- */

/* His days are confirmed by their schedule, so no report counts anything towards a plan; unless
 * everybody reports. */
static bool is_scheduled(const struct demo_world *w, int person)
{
	const struct demo_unit *u = &w->plan->unit[w->plan->person[person].unit];

	return w->items <= 0 && u->head != person &&
	       (u->kind == UNIT_SCHOOL || u->kind == UNIT_WARD);
}

static void fill_target(const struct demo_world *w, int person, int i, struct chance *r,
	struct target_measure *measure, struct target *ret)
{
	const struct demo_plan *plan = w->plan;
	const struct demo_goals *goals = w->goals;
	int above = plan->person[person].supervisor, works;
	const struct demo_work *work = &demo_works(plan, person, &works)[goals[person].work[i]];
	const struct demo_goals *their = above == NOBODY ? NULL : &goals[above];

	measure[0] = is_scheduled(w, person)
			     ? (struct target_measure){ASPECT_TIME, work->indicator, 100, "persen"}
			     : (struct target_measure){ASPECT_QUANTITY, work->indicator,
				       work->most * 12 * chance_between(r, 2, 3), work->unit};
	measure[1] = (struct target_measure){ASPECT_QUALITY, "Sesuai standar tanpa perbaikan",
		chance_between(r, 18, 20) * 5, "persen"};
	*ret = (struct target){.id = goals[person].target[i],
		.kind = i < 3 ? TARGET_MAIN : TARGET_ADDITIONAL,
		.result = work->result,
		.parent = their && their->state == PLAN_AGREED ? their->target[i % their->n] : 0,
		.measures = measure,
		.measures_count = i == 0 ? 2 : 1};
}

static enum err store_plan(struct tx *tx, const struct demo_world *w, int person)
{
	const struct demo_plan *plan = w->plan;
	const struct demo_person *p = &plan->person[person];
	const struct demo_goals *own = &w->goals[person];
	struct chance r = chance_stream(plan->seed, (uint64_t)person, TARGETS_THING + 1);
	struct target target[DEMO_GOALS_MAX];
	struct target_measure measure[DEMO_GOALS_MAX][2];
	struct target_plan row = {.id = id_next(),
		.owner = p->id,
		.unit = plan->unit[demo_unit_on(p, instant_day(tx->now_ms, w->zone))].id,
		.period = PERIOD_ANNUAL,
		.revision = 1,
		.state = own->state,
		.version = own->state == PLAN_PROPOSED ? 2 : 3,
		.superior = plan->person[p->supervisor].id,
		.proposed_at = tx->now_ms,
		.note = NOTE};

	reports_period_of(PERIOD_ANNUAL, plan->today, &row.first_day, &row.last_day);
	if (own->state != PLAN_PROPOSED) {
		row.decided_by = row.superior;
		row.decided_as = STAND_OWN;
		row.decided_at = tx->now_ms;
	}
	if (own->state == PLAN_RETURNED)
		row.note = "Mohon target kuantitas disesuaikan dengan sasaran unit kerja.";
	for (int i = 0; i < own->n; i++)
		fill_target(w, person, i, &r, measure[i], &target[i]);
	return reports_enter_plan(tx, &row, target, own->n);
}

struct part {
	const struct demo_world *world;
	int from, to;
};

static enum err store_part(struct tx *tx, void *arg)
{
	const struct part *s = arg;
	enum err e = OK;

	for (int i = s->from; i < s->to && !e; i++)
		if (s->world->goals[i].state >= 0)
			e = store_plan(tx, s->world, i);
	return e;
}

enum err demo_store_targets(struct demo_world *w)
{
	const struct demo_plan *plan = w->plan;
	enum err e = OK;

	compose_all(w);
	for (int from = 0; from < plan->persons && !e; from += PEOPLE_PER_WRITE) {
		struct part s = {w, from,
			from + PEOPLE_PER_WRITE < plan->persons ? from + PEOPLE_PER_WRITE
								: plan->persons};

		arena_reset(w->tx->arena);
		e = verb_write("demo", w->tx, store_part, &s);
	}
	return e;
}
