/*
 * Invented people: Indonesian and Sundanese names put together from lists, titles that fit a
 * position, and numbers of the right form. A composed name may by chance be somebody's; no person
 * is meant.
 *
 * NIP: birth date, month of appointment, sex, sequence; the NI of a PPPK has the year of contract
 * and "21" in place of the month (org_check_nip).
 */
#include "demo.h"

#include "base/hash.h"
#include "base/str.h"
#include "platform/slice.h"

static const char *const men[] = {"Ade", "Agus", "Ahmad", "Aji", "Andi", "Anwar", "Arif", "Asep",
	"Atep", "Bambang", "Budi", "Cecep", "Dadan", "Dadang", "Dani", "Dede", "Deden", "Dedi",
	"Deni", "Diki", "Dudi", "Eko", "Elan", "Endang", "Engkos", "Fajar", "Farhan", "Gilang",
	"Gungun", "Hadi", "Hasan", "Hendra", "Herman", "Hilman", "Ibrahim", "Ilham", "Iman",
	"Indra", "Irfan", "Iwan", "Jajang", "Jaka", "Kosasih", "Kurnia", "Lukman", "Maman",
	"Muhamad", "Nandang", "Nanang", "Oman", "Pepen", "Rahmat", "Reza", "Ridwan", "Rizki",
	"Rudi", "Sandi", "Sofyan", "Taufik", "Tatang", "Ujang", "Usep", "Wahyu", "Wawan", "Yadi",
	"Yayan", "Yudi", "Yusuf", "Zaenal", "Ganjar", "Raka", "Bayu", "Galih", "Panji", "Tirta"};
static const char *const women[] = {"Ai", "Aisyah", "Ani", "Anisa", "Asri", "Atikah", "Ayu",
	"Citra", "Cucu", "Dewi", "Dian", "Dini", "Eka", "Elis", "Ema", "Entin", "Erna", "Euis",
	"Fitri", "Fuji", "Gina", "Hani", "Heni", "Ida", "Iis", "Ika", "Imas", "Indah", "Intan",
	"Kartika", "Kokom", "Lestari", "Lilis", "Lina", "Linda", "Maya", "Mega", "Mira", "Nani",
	"Neneng", "Neni", "Nia", "Nina", "Nining", "Nita", "Novi", "Nur", "Nurul", "Pipit", "Putri",
	"Rani", "Ratna", "Reni", "Resti", "Rika", "Rina", "Rini", "Rosi", "Santi", "Sari", "Siti",
	"Sri", "Susi", "Teti", "Tika", "Titin", "Tuti", "Ulfah", "Wati", "Wida", "Wulan", "Yani",
	"Yeni", "Yuli", "Yuyun"};
static const char *const middles[] = {"Rizal", "Nugraha", "Setia", "Surya", "Cahya", "Dwi", "Tri",
	"Puspita", "Mulya", "Rahayu", "Kusuma", "Tirta", "Sukma", "Jaya", "Budi", "Purnama",
	"Gumilar", "Pratama", "Wening", "Laras"};
static const char *const last_of_men[] = {"Abdurahman", "Adiwinata", "Ardiansyah", "Firmansyah",
	"Gunawan", "Hamdani", "Hermawan", "Heryanto", "Hidayat", "Iskandar", "Juanda",
	"Kartawijaya", "Kurniawan", "Kusnadi", "Kusumah", "Maulana", "Mulyadi", "Mulyana",
	"Nugraha", "Permana", "Prasetyo", "Priatna", "Purnama", "Ramdani", "Rustandi", "Saepudin",
	"Salim", "Santosa", "Saputra", "Setiawan", "Sobari", "Somantri", "Sudrajat", "Suganda",
	"Suherman", "Sukmana", "Sumarna", "Sumantri", "Sunarya", "Supriatna", "Suryana", "Sutisna",
	"Syarif", "Tanuwijaya", "Wibowo", "Wijaya", "Wiguna", "Winata", "Wirawan", "Yulianto",
	"Zakaria", "Subagja", "Natawijaya", "Sasmita", "Danuarta"};
static const char *const last_of_women[] = {"Agustina", "Amalia", "Andriani", "Anggraeni",
	"Apriliani", "Astuti", "Aulia", "Cahyani", "Damayanti", "Fatimah", "Fauziah", "Febrianti",
	"Handayani", "Hasanah", "Herawati", "Hidayati", "Indriani", "Juariah", "Kartini",
	"Komalasari", "Kurniasih", "Kusumawati", "Lestari", "Mardiana", "Marlina", "Maryam",
	"Mulyani", "Munawaroh", "Nuraeni", "Nurhayati", "Nurjanah", "Oktaviani", "Permatasari",
	"Purnamasari", "Puspitasari", "Rahayu", "Rahmawati", "Ratnasari", "Rohaeti", "Rosmiati",
	"Rukmana", "Safitri", "Setiawati", "Solihah", "Sukaesih", "Sulastri", "Sumiati", "Suryani",
	"Susilawati", "Wahyuni", "Widaningsih", "Widianti", "Wulandari", "Yuliani", "Yunengsih"};

#define PICK(r, list) ((list)[chance_below((r), COUNT_OF(list))])

static const char *compose(struct arena *arena, struct chance *r, bool is_woman)
{
	const char *first = is_woman ? PICK(r, women) : PICK(r, men);
	const char *last = is_woman ? PICK(r, last_of_women) : PICK(r, last_of_men);
	const char *middle = chance_of(r, 380) ? PICK(r, middles) : NULL;
	if (!middle || str_eq(middle, last) || str_eq(middle, first))
		return arena_printf(arena, "%s %s", first, last);
	return arena_printf(arena, "%s %s %s", first, middle, last);
}

/* ---- titles ---- */

struct title {
	const char *before, *after;
};

static const struct title of_leaders[] = {{"Dr.", "S.E., M.Si."}, {"Dr.", "S.H., M.H."},
	{"Drs.", "M.Si."}, {"Ir.", "M.T."}, {"", "S.STP., M.Si."}, {"Dr. Ir.", "M.P."},
	{"Dra.", "M.M."}};
static const struct title of_managers[] = {{"", "S.Sos., M.Si."}, {"", "S.E., M.M."},
	{"", "S.T., M.T."}, {"", "S.IP., M.AP."}, {"", "S.H., M.H."}, {"", "S.Kom., M.T."},
	{"Drs.", "M.M."}};
static const struct title of_staff[] = {{"", ""}, {"", "S.E."}, {"", "S.Sos."}, {"", "S.Kom."},
	{"", "S.T."}, {"", "S.IP."}, {"", "A.Md."}, {"", ""}, {"", "S.H."}, {"", "S.AP."}};
static const struct title of_teachers[] = {{"", "S.Pd."}, {"", "S.Pd."}, {"", "S.Pd., M.Pd."},
	{"Dra.", ""}, {"", "S.T."}, {"", "S.Si."}, {"", "S.Ag."}, {"", "S.Pd."}};
static const struct title of_nurses[] = {
	{"Ns.", "S.Kep."}, {"", "A.Md.Kep."}, {"Ns.", "S.Kep."}, {"", "S.Tr.Kep."}};
static const struct title of_doctors[] = {
	{"dr.", ""}, {"dr.", "Sp.PD."}, {"dr.", "Sp.A."}, {"dr.", ""}, {"dr.", "Sp.KJ."}};

static struct title pick_title(struct chance *r, enum position_level level, const char *position)
{
	if (strcasestr(position, "dokter"))
		return PICK(r, of_doctors);
	if (strcasestr(position, "perawat") || str_starts(position, "Bidan "))
		return PICK(r, of_nurses);
	if (strcasestr(position, "guru") || strcasestr(position, "sekolah"))
		return PICK(r, of_teachers);
	if (level == JPT_MADYA || level == JPT_PRATAMA)
		return PICK(r, of_leaders);
	if (level == ADMINISTRATOR || level == PENGAWAS)
		return PICK(r, of_managers);
	return PICK(r, of_staff);
}

/* "Dra." is a woman's, "Drs." a man's. */
static const char *fit(const char *before, bool is_woman)
{
	if (str_eq(before, is_woman ? "Drs." : "Dra."))
		return is_woman ? "Dra." : "Drs.";
	return before;
}

struct demo_name demo_invent_name(
	struct arena *arena, struct chance *r, enum position_level level, const char *position)
{
	struct demo_name name = {.is_woman = chance_of(r, 520)};
	struct title title = pick_title(r, level, position);
	name.name = compose(arena, r, name.is_woman);
	name.title_before = fit(title.before, name.is_woman);
	name.title_after = title.after;
	return name;
}

/* ---- numbers ---- */

struct nip_set {
	const char **place; /* open addressing, at most half full */
	uint32_t places;
};

struct nip_set *demo_nips_new(struct arena *arena, int room)
{
	struct nip_set *set = ARENA_NEW(arena, struct nip_set);
	set->places = 1024;
	while (set->places < (uint32_t)room * 2)
		set->places *= 2;
	set->place = ARENA_ARRAY(arena, set->places, const char *);
	return set;
}

/* False when it is taken. */
static bool take_nip(struct nip_set *set, const char *nip)
{
	uint32_t at = (uint32_t)hash_fnv(nip, strlen(nip)) & (set->places - 1);
	for (; set->place[at]; at = (at + 1) & (set->places - 1))
		if (str_eq(set->place[at], nip))
			return false;
	set->place[at] = nip;
	return true;
}

static const char *draw_nip(
	struct arena *arena, struct chance *r, enum employment_kind kind, bool is_woman)
{
	bool is_contract = kind == PPPK || kind == PPPK_PART_TIME;
	int year = chance_between(r, 1967, kind == CPNS ? 2001 : is_contract ? 1999 : 2000);
	int age = chance_between(r, 22, 32);
	int start = is_contract ? chance_between(r, 2021, 2025) : kind == CPNS ? 2025 : year + age;
	if (start > 2024 && kind == PNS)
		start = 2024;
	return arena_printf(arena, "%04d%02d%02d%04d%02d%d%03d", year, chance_between(r, 1, 12),
		chance_between(r, 1, 28), start,
		is_contract    ? 21
		: kind == CPNS ? chance_between(r, 4, 6)
			       : chance_between(r, 1, 12),
		is_woman ? 2 : 1, chance_between(r, 1, 40));
}

const char *demo_invent_nip(
	struct demo_plan *plan, struct chance *r, enum employment_kind kind, bool is_woman)
{
	for (;;) {
		const char *nip = draw_nip(plan->arena, r, kind, is_woman);
		if (take_nip(plan->nips, nip))
			return nip;
	}
}
