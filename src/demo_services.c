/*
 * Agencies that are more than offices: schools below branches, Samsat with counters, hospitals with
 * wards on shifts, the bureaus of the secretariat, technical units in the field.
 */
#include "demo.h"

#include "platform/slice.h"

/* People left for the last part after shares in per mille of the whole. */
static int share(int people, int per_mille, int least)
{
	int n = people * per_mille / 1000;
	if (n < least)
		n = least;
	return n < people ? n : people;
}

/* ---- offices, with units in the field or a service counter where the agency has them ---- */

static const struct demo_job field_jobs[] = {{"Pengawas Lapangan", PELAKSANA},
	{"Penyuluh Ahli Pertama", FUNGSIONAL}, {"Operator Layanan Operasional", PELAKSANA},
	{"Penyuluh Terampil", FUNGSIONAL}, {"Pengelola Layanan Operasional", PELAKSANA},
	{"Pengadministrasi Perkantoran", PELAKSANA}, {NULL, PELAKSANA}};
static const struct demo_job counter_jobs[] = {{"Penata Layanan Operasional", PELAKSANA},
	{"Petugas Loket Pelayanan", PELAKSANA}, {"Pengelola Layanan Operasional", PELAKSANA},
	{"Pranata Komputer Terampil", FUNGSIONAL}, {NULL, PELAKSANA}};

#define FIELD_UNITS_MAX 12

static int field_branches(struct demo_plan *plan, const struct demo_agency_facts *f, int people,
	struct demo_branch *b)
{
	int n = people / 25 < FIELD_UNITS_MAX ? people / 25 : FIELD_UNITS_MAX;
	for (int i = 0; i < n; i++) {
		struct chance r = chance_stream(
			plan->seed, (uint64_t)plan->units, (uint64_t)(10 + i));
		const struct demo_place *place = &demo_place[(i * 5 + 3) % DEMO_PLACES];
		b[i] = (struct demo_branch){
			.code = arena_printf(plan->arena, "%s-UPTD%d", f->code, i + 1),
			.name = arena_printf(plan->arena, "UPTD Wilayah %s", place->name),
			.kind = UNIT_UPTD,
			.character = CHARACTER_FIELD,
			.head = {"Kepala UPTD", ADMINISTRATOR},
			.staff = field_jobs,
			.weight = chance_between(&r, 8, 14),
			.centre = demo_near(&r, place->centre, 2500),
			.radius_metres = chance_between(&r, 90, 200)};
	}
	return n;
}

static struct demo_branch counter_branch(
	struct demo_plan *plan, const struct demo_agency_facts *f, int agency)
{
	return (struct demo_branch){.code = arena_printf(plan->arena, "%s-LAYANAN", f->code),
		.name = "Unit Pelayanan Langsung",
		.kind = UNIT_UPTD,
		.character = CHARACTER_SERVICE,
		.head = {"Kepala Unit Pelayanan", PENGAWAS},
		.staff = counter_jobs,
		.weight = 1,
		.centre = plan->unit[agency].centre,
		.radius_metres = 100,
		.post_name = "Loket Pelayanan",
		.post_minimum = 2};
}

void demo_plan_offices(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *f, int people)
{
	struct demo_branch branch[DEMO_DIVISIONS + 1], field[FIELD_UNITS_MAX], counter;
	enum unit_character character = plan->unit[agency].character;
	int outside = 0, counters = 0;
	if (character == CHARACTER_FIELD && people > 50)
		outside = share(people, 520, 0);
	if (character == CHARACTER_OFFICE && people > 400)
		outside = share(people, 450, 0);
	if (character == CHARACTER_SERVICE && people >= 8)
		counters = share(people, 350, 4);
	int n = demo_office_branches(plan, f, branch);
	if (n > 1 && character == CHARACTER_OFFICE)
		branch[1].post_name = "Meja Layanan Data";
	demo_fill(plan, agency, branch, n, people - outside - counters);
	if (outside)
		demo_fill(plan, agency, field, field_branches(plan, f, outside, field), outside);
	if (counters) {
		counter = counter_branch(plan, f, agency);
		demo_fill(plan, agency, &counter, 1, counters);
	}
}

/* ---- the secretariat of the province ---- */

void demo_plan_bureaus(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *f, int people)
{
	static const char *const bureau[] = {"Biro Umum", "Biro Organisasi",
		"Biro Hukum dan Hak Asasi Manusia", "Biro Pemerintahan dan Otonomi Daerah",
		"Biro Kesejahteraan Rakyat", "Biro Perekonomian",
		"Biro BUMD, Investasi dan Administrasi Pembangunan",
		"Biro Pengadaan Barang dan Jasa", "Biro Administrasi Pimpinan"};
	struct demo_branch branch[COUNT_OF(bureau)];
	for (int i = 0; i < COUNT_OF(bureau); i++)
		branch[i] = (struct demo_branch){
			.code = arena_printf(plan->arena, "%s-BIRO%d", f->code, i + 1),
			.name = bureau[i],
			.kind = UNIT_BUREAU,
			.character = CHARACTER_SECRETARIAT,
			.head = {arena_printf(plan->arena, "Kepala %s", bureau[i]), JPT_PRATAMA},
			.staff = demo_office_jobs,
			.weight = i == 0 ? 30 : 12};
	demo_fill(plan, agency, branch, COUNT_OF(branch), people);
}

/* ---- revenue: Samsat ---- */

#define SAMSAT_MAX 34

static void samsat_branches(
	struct demo_plan *plan, const struct demo_agency_facts *f, int n, struct demo_branch *b)
{
	for (int i = 0; i < n; i++) {
		struct chance r = chance_stream(plan->seed, (uint64_t)i, 20);
		/* Kota Bandung first: it has three, six others two. */
		const struct demo_place *place = &demo_place[(i + DEMO_BANDUNG) % DEMO_PLACES];
		int which = i / DEMO_PLACES;
		b[i] = (struct demo_branch){
			.code = arena_printf(plan->arena, "%s-P3DW%02d", f->code, i + 1),
			.name = arena_printf(plan->arena, "P3DW %s%s", place->name,
				which                 ? " II"
				: n > DEMO_PLACES + i ? " I"
						      : ""),
			.kind = UNIT_SAMSAT,
			.character = CHARACTER_SERVICE,
			.head = {"Kepala Pusat Pengelolaan Pendapatan Daerah Wilayah",
				ADMINISTRATOR},
			.staff = counter_jobs,
			.weight = place->weight + 30,
			.centre = demo_near(&r, place->centre, 2000),
			.radius_metres = chance_between(&r, 70, 120),
			.post_name = "Loket Samsat",
			.post_minimum = 3,
			.hours = i == 1 ? HOURS_SIX_DAYS : HOURS_OFFICE};
	}
}

void demo_plan_revenue(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *f, int people)
{
	struct demo_branch branch[DEMO_DIVISIONS + 1], samsat[SAMSAT_MAX];
	int centre = share(people, 160, people >= 12 ? 6 : 2);
	int posts = (people - centre) / 5 < SAMSAT_MAX ? (people - centre) / 5 : SAMSAT_MAX;
	if (posts == 0)
		posts = 1;
	demo_fill(plan, agency, branch, demo_office_branches(plan, f, branch), centre);
	samsat_branches(plan, f, posts, samsat);
	demo_fill(plan, agency, samsat, posts, people - centre);
}

/* ---- hospitals ---- */

static const struct demo_job ward_jobs[] = {{"Perawat Ahli Pertama", FUNGSIONAL},
	{"Perawat Terampil", FUNGSIONAL}, {"Perawat Mahir", FUNGSIONAL},
	{"Bidan Terampil", FUNGSIONAL}, {"Dokter Ahli Pertama", FUNGSIONAL},
	{"Pengelola Layanan Kesehatan", PELAKSANA}, {NULL, PELAKSANA}};
static const struct demo_job clinic_jobs[] = {{"Dokter Ahli Muda", FUNGSIONAL},
	{"Perawat Ahli Muda", FUNGSIONAL}, {"Petugas Pendaftaran", PELAKSANA},
	{"Perekam Medis Terampil", FUNGSIONAL}, {"Apoteker Ahli Pertama", FUNGSIONAL},
	{NULL, PELAKSANA}};

static int ward_branches(struct demo_plan *plan, const struct demo_agency_facts *f, int people,
	struct demo_branch *b)
{
	static const char *const ward[] = {"Instalasi Gawat Darurat", "Ruang Melati", "Ruang Mawar",
		"Ruang Anggrek", "Ruang Perawatan Intensif", "Ruang Kenanga", "Ruang Cempaka",
		"Ruang Dahlia", "Ruang Bougenvil", "Ruang Flamboyan", "Ruang Teratai",
		"Ruang Kamboja"};
	int n = people / 30 + 1;
	if (n > COUNT_OF(ward))
		n = COUNT_OF(ward);
	for (int i = 0; i < n; i++)
		b[i] = (struct demo_branch){
			.code = arena_printf(plan->arena, "%s-R%d", f->code, i + 1),
			.name = ward[i],
			.kind = UNIT_WARD,
			.character = CHARACTER_SERVICE,
			.head = {"Kepala Ruangan (Perawat Ahli Madya)", FUNGSIONAL},
			.staff = ward_jobs,
			.weight = i == 0 ? 14 : 10,
			.hours = HOURS_WARD};
	return n;
}

void demo_plan_hospital(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *f, int people)
{
	struct demo_branch office[DEMO_DIVISIONS + 1], ward[16];
	struct demo_branch clinic = {.code = arena_printf(plan->arena, "%s-RAJAL", f->code),
		.name = "Instalasi Rawat Jalan",
		.kind = UNIT_UPTD,
		.character = CHARACTER_SERVICE,
		.head = {"Kepala Instalasi (Dokter Ahli Madya)", FUNGSIONAL},
		.staff = clinic_jobs,
		.weight = 1,
		.post_name = "Loket Pendaftaran",
		.post_minimum = 2};
	int desk = people >= 12 ? share(people, 160, 2) : 0,
	    clinics = people >= 12 ? share(people, 140, 2) : 0;
	int nursing = people - desk - clinics;
	if (desk) /* the sections of the table; a hospital has no secretariat */
		demo_fill(
			plan, agency, office + 1, demo_office_branches(plan, f, office) - 1, desk);
	if (clinics)
		demo_fill(plan, agency, &clinic, 1, clinics);
	demo_fill(plan, agency, ward, ward_branches(plan, f, nursing, ward), nursing);
}

/* ---- education: branches and schools ---- */

#define SCHOOL_SMALLEST    15
#define SCHOOL_LARGEST     90
#define SCHOOL_MEAN_TENTHS 285

static const struct demo_job teacher_jobs[] = {{"Kepala Tata Usaha Sekolah", PELAKSANA},
	{"Guru Ahli Muda", FUNGSIONAL}, {"Guru Ahli Pertama", FUNGSIONAL},
	{"Guru Ahli Madya", FUNGSIONAL}, {"Guru Ahli Pertama", FUNGSIONAL},
	{"Guru Ahli Muda", FUNGSIONAL}, {"Guru Bimbingan Konseling Ahli Pertama", FUNGSIONAL},
	{"Guru Ahli Pertama", FUNGSIONAL}, {"Pengelola Layanan Operasional", PELAKSANA},
	{"Guru Ahli Muda", FUNGSIONAL}, {"Guru Ahli Pertama", FUNGSIONAL},
	{"Pustakawan Terampil", FUNGSIONAL}, {NULL, PELAKSANA}};

/* Sizes between the smallest and the largest, many small and few large, that sum to exactly
 * `people`. */
static void draw_sizes(struct demo_plan *plan, int people, int *size, int schools)
{
	struct chance r = chance_stream(plan->seed, 0, 30);
	int sum = 0;
	for (int i = 0; i < schools; i++) {
		int spread = chance_below(&r, 100) * chance_below(&r, 100) /
			     100; /* 0..98, mostly low */
		size[i] = SCHOOL_SMALLEST + spread * 55 / 100;
		sum += size[i];
	}
	while (sum != people) {
		int i = chance_below(&r, schools), step = sum < people ? 1 : -1;
		bool fits = schools == 1 ||
			    (size[i] + step >= SCHOOL_SMALLEST && size[i] + step <= SCHOOL_LARGEST);
		size[i] += fits ? step : 0;
		sum += fits ? step : 0;
	}
}

struct school_count {
	int sma, smk, slb;
};

/* The next school of a place: "SMAN 3 Kabupaten Garut". */
static int add_school(struct demo_plan *plan, int branch, const struct demo_place *place,
	struct school_count *count)
{
	struct chance r = chance_stream(plan->seed, (uint64_t)plan->units, 31);
	int draw = chance_below(&r, 100);
	int *number = draw < 52 ? &count->sma : draw < 88 ? &count->smk : &count->slb;
	const char *type = draw < 52 ? "SMAN" : draw < 88 ? "SMKN" : "SLBN";
	++*number;
	int unit = demo_add_unit(plan, branch,
		arena_printf(plan->arena, "%s%d-%s", type, *number, place->code),
		arena_printf(plan->arena, "%s %d %s", type, *number, place->name), UNIT_SCHOOL,
		CHARACTER_SERVICE);
	demo_set_site(plan, unit, demo_near(&r, place->centre, place->weight > 30 ? 14000 : 7000),
		chance_of(&r, 60) ? 0 : chance_between(&r, 80, 160));
	plan->unit[unit].hours = HOURS_SCHOOL;
	return unit;
}

static void fill_schools(struct demo_plan *plan, const int *branch, int people)
{
	int schools = (people * 10 + SCHOOL_MEAN_TENTHS / 2) / SCHOOL_MEAN_TENTHS, at = 0;
	schools = schools < 1 ? 1 : schools;
	int *size = ARENA_ARRAY(plan->arena, (size_t)schools, int);
	int weight[DEMO_PLACES], part[DEMO_PLACES];
	for (int i = 0; i < DEMO_PLACES; i++)
		weight[i] = demo_place[i].weight;
	draw_sizes(plan, people, size, schools);
	demo_spread(schools, 0, weight, DEMO_PLACES, part);
	for (int i = 0; i < DEMO_PLACES; i++) {
		struct school_count count = {0};
		for (int k = 0; k < part[i]; k++) {
			int unit = add_school(
				plan, branch[demo_place[i].branch], &demo_place[i], &count);
			demo_add_person(
				plan, unit, (struct demo_job){"Kepala Sekolah", FUNGSIONAL}, true);
			demo_add_staff(plan, unit, size[at++] - 1, teacher_jobs);
		}
	}
}

/* The thirteen branches (Cabang Dinas); branch[i] gets the unit of number i, for small demos maybe
 * the agency itself. */
static int add_branches(struct demo_plan *plan, int agency, const struct demo_agency_facts *f,
	int people, int *branch)
{
	struct demo_branch list[DEMO_BRANCHES];
	for (int i = 1; i <= DEMO_BRANCHES; i++) {
		struct chance r = chance_stream(plan->seed, (uint64_t)i, 32);
		int place = 0;
		while (demo_place[place].branch != i)
			place++;
		list[i - 1] = (struct demo_branch){
			.code = arena_printf(plan->arena, "%s-KCD%d", f->code, i),
			.name = arena_printf(plan->arena, "Cabang Dinas Pendidikan Wilayah %s",
				demo_branch_name[i]),
			.kind = UNIT_BRANCH,
			.character = CHARACTER_OFFICE,
			.head = {"Kepala Cabang Dinas Pendidikan", ADMINISTRATOR},
			.staff = demo_secretariat_jobs,
			.weight = 1,
			.centre = demo_near(&r, demo_place[place].centre, 1500),
			.radius_metres = 100};
	}
	int first = plan->units;
	demo_fill(plan, agency, list, DEMO_BRANCHES, people);
	int made = plan->units - first;
	for (int i = 1; i <= DEMO_BRANCHES; i++)
		branch[i] = i <= made ? first + i - 1 : agency;
	return made;
}

void demo_plan_education(
	struct demo_plan *plan, int agency, const struct demo_agency_facts *f, int people)
{
	struct demo_branch office[DEMO_DIVISIONS + 1];
	int branch[DEMO_BRANCHES + 1];
	int head_office = share(people, 11, 6), branches = share(people, 14, 2 * DEMO_BRANCHES);
	demo_fill(plan, agency, office, demo_office_branches(plan, f, office), head_office);
	add_branches(plan, agency, f, branches, branch);
	fill_schools(plan, branch, people - head_office - branches);
}
