/*
 * The recap on paper: letterhead, the table of people (or of units), absences by kind, what the
 * classes mean and where they come from, and the block of two signers (Mengetahui).
 *
 * A closed month prints what was sealed, with its fingerprint; an open one says that it is not
 * final. A supplement prints what changed, before and after. The right signer heads the unit, the
 * left one the agency above it; a plt or plh signs as such.
 */
#include "reports/reports_recap_routes.h"

#include "base/str.h"
#include "org/org_document.h"
#include "platform/document.h"
#include "platform/platform_db.h"

#include <string.h>

#define PEOPLE_PRINTED_MAX 1500
#define UNITS_PRINTED_MAX  1500

enum print_form { FORM_PEOPLE, FORM_UNITS };
static const char *const print_form_names[] = {"people", "units", NULL};

/* clang-format off */
#define PRINT_FIELDS \
	PATH_ID(struct recap_input, unit, "The unit."), \
	Q_DAY(struct recap_input, month, OPTIONAL, "Any day of the month; this month when absent."), \
	Q_ENUM(struct recap_input, paper, paper_names, OPTIONAL, "A4 when absent."), \
	Q_ENUM(struct recap_input, form, print_form_names, OPTIONAL, \
		"Lines of people (when absent) or of the units below."), \
	Q_INT(struct recap_input, part, 1, RECAP_PARTS_MAX, OPTIONAL, \
		"The supplement of this number instead.")
/* clang-format on */

static const struct field query_fields[] = {PRINT_FIELDS, F_END};
static const struct field issue_fields[] = {
	PRINT_FIELDS,
	{"number", FIELD_TEXT, FROM_BODY, OPTIONAL, offsetof(struct recap_input, number), 0, 1, 60,
		NULL, NULL, "Takes the place of {nomor}; to be written by hand when absent."},
	{"signed", FIELD_BOOL, FROM_BODY, OPTIONAL, offsetof(struct recap_input, wants_signature),
		0, 0, 0, NULL, NULL, "With the server's signature in the file."},
	F_END,
};
const struct shape recap_print_query_shape = SHAPE(
	"RecapPrintQuery", struct recap_input, query_fields);

struct printing {
	struct req *rq;
	struct arena *arena;
	const struct org_tree *tree;
	const struct org_unit *unit, *agency;
	struct government government;
	struct print_template template;
	struct print_words words;
	struct recap_part part[RECAP_PARTS_MAX];
	int parts;
	int32_t month, last, today;
	struct document *d;
};

/* ---- the columns ---- */

static const char *number(struct arena *arena, int32_t n)
{
	return n ? arena_printf(arena, "%d", n) : "-";
}

/* Minutes as hours and minutes. */
static const char *hours(struct arena *arena, int32_t minutes)
{
	return minutes ? arena_printf(arena, "%d:%02d", minutes / 60, minutes % 60) : "-";
}

#define HEADS_PEOPLE                                                                               \
	{"No.", NULL, 4, ALIGN_RIGHT},                                                             \
	{                                                                                          \
		"Nama / NIP", NULL, 34, ALIGN_LEFT                                                 \
	}
#define HEADS_UNITS                                                                                \
	{"No.", NULL, 4, ALIGN_RIGHT}, {"Unit kerja", NULL, 28, ALIGN_LEFT},                       \
	{                                                                                          \
		"Pegawai", NULL, 7, ALIGN_CENTRE                                                   \
	}
#define HEADS_FIGURES                                                                              \
	{"WFO", "Hadir (H)", 5, ALIGN_CENTRE}, {"WFH", "Hadir (H)", 5, ALIGN_CENTRE},              \
		{"WFA", "Hadir (H)", 5, ALIGN_CENTRE}, {"DL", "Hadir (H)", 5, ALIGN_CENTRE},       \
		{"Jml", "Hadir (H)", 5, ALIGN_CENTRE}, {"S", "Tidak hadir", 4, ALIGN_CENTRE},      \
		{"I", "Tidak hadir", 4, ALIGN_CENTRE}, {"C", "Tidak hadir", 4, ALIGN_CENTRE},      \
		{"TB", "Tidak hadir", 4, ALIGN_CENTRE}, {"TK", "Tidak hadir", 4, ALIGN_CENTRE},    \
		{"1", "Terlambat (TL)", 4, ALIGN_CENTRE},                                          \
		{"2", "Terlambat (TL)", 4, ALIGN_CENTRE},                                          \
		{"3", "Terlambat (TL)", 4, ALIGN_CENTRE},                                          \
		{"4", "Terlambat (TL)", 4, ALIGN_CENTRE},                                          \
		{"1", "Pulang awal (PSW)", 4, ALIGN_CENTRE},                                       \
		{"2", "Pulang awal (PSW)", 4, ALIGN_CENTRE},                                       \
		{"3", "Pulang awal (PSW)", 4, ALIGN_CENTRE},                                       \
		{"4", "Pulang awal (PSW)", 4, ALIGN_CENTRE},                                       \
		{"Tanpa pulang", NULL, 6, ALIGN_CENTRE}, {"TL", "Menit", 6, ALIGN_CENTRE},         \
		{"PSW", "Menit", 6, ALIGN_CENTRE}, {"Jam kerja", NULL, 8, ALIGN_CENTRE},           \
		{"Wajib", "LKH", 5, ALIGN_CENTRE}, {"Masuk", "LKH", 5, ALIGN_CENTRE},              \
		{"Verif.", "LKH", 5, ALIGN_CENTRE},                                                \
	{                                                                                          \
		"Belum putus", NULL, 6, ALIGN_CENTRE                                               \
	}

static const struct document_column people_columns[] = {HEADS_PEOPLE, HEADS_FIGURES};
static const struct document_column unit_columns[] = {HEADS_UNITS, HEADS_FIGURES};

static void fill_figures(struct arena *a, const struct recap_line *l, const char **cell)
{
	const int32_t n[] = {l->n[FIGURE_OFFICE], l->n[FIGURE_HOME], l->n[FIGURE_ANYWHERE],
		l->n[FIGURE_DUTY], recap_present(l), l->n[FIGURE_COUNTS_SICK],
		l->n[FIGURE_COUNTS_PERMIT], l->n[FIGURE_COUNTS_LEAVE], l->n[FIGURE_COUNTS_STUDY],
		l->n[FIGURE_ABSENT], l->n[FIGURE_LATE_1], l->n[FIGURE_LATE_2], l->n[FIGURE_LATE_3],
		l->n[FIGURE_LATE_4], l->n[FIGURE_EARLY_1], l->n[FIGURE_EARLY_2],
		l->n[FIGURE_EARLY_3], l->n[FIGURE_EARLY_4], l->n[FIGURE_NO_OUT],
		l->n[FIGURE_LATE_MINUTES], l->n[FIGURE_EARLY_MINUTES]};
	int i;

	for (i = 0; i < COUNT_OF(n); i++)
		cell[i] = number(a, n[i]);
	cell[i++] = hours(a, l->n[FIGURE_WORKED_MINUTES]);
	cell[i++] = number(a, l->n[FIGURE_REPORTS_DUE]);
	cell[i++] = number(a, l->n[FIGURE_REPORTS_FILED]);
	cell[i++] = number(a, l->n[FIGURE_REPORTS_VERIFIED]);
	cell[i] = number(a, l->n[FIGURE_WAITS] + l->n[FIGURE_OPEN]);
}

/* ---- tables ---- */

static void put_people(struct printing *p, const struct recap_month *m)
{
	const char *cell[COUNT_OF(people_columns)];

	document_table(p->d, people_columns, COUNT_OF(people_columns), 65);
	for (int i = 0; i < m->people; i++) {
		const struct recap_person *who = &m->person[i];

		cell[0] = arena_printf(p->arena, "%d", i + 1);
		cell[1] = arena_printf(p->arena, "%s\n%s", who->name, who->nip);
		fill_figures(p->arena, &who->line, cell + 2);
		document_row(p->d, cell, false);
	}
	cell[0] = "";
	cell[1] = "Jumlah";
	fill_figures(p->arena, &m->total, cell + 2);
	document_row(p->d, cell, true);
}

static void put_unit_row(
	struct printing *p, const struct recap_unit_row *row, const char *no, bool is_sum)
{
	const char *cell[COUNT_OF(unit_columns)];

	cell[0] = no;
	cell[1] = is_sum ? "Jumlah"
			 : arena_printf(p->arena, "%s\n%d dari %d unit menutup", row->name,
				   row->closed, row->units);
	cell[2] = number(p->arena, row->people);
	fill_figures(p->arena, &row->figures, cell + 3);
	document_row(p->d, cell, is_sum);
}

static enum err put_units(struct printing *p)
{
	struct recap_unit_row *row = ARENA_ARRAY(
		p->arena, UNITS_PRINTED_MAX, struct recap_unit_row);
	struct recap_unit_row total = {0};
	int rows;
	enum err e = recap_list_rows(
		p->rq, p->month, p->unit->id, UNITS_PRINTED_MAX, row, &rows, &total);

	if (e)
		return e;
	document_table(p->d, unit_columns, COUNT_OF(unit_columns), 65);
	for (int i = 0; i < rows; i++)
		put_unit_row(p, &row[i], arena_printf(p->arena, "%d", i + 1), false);
	put_unit_row(p, &total, "", true);
	return OK;
}

/* Sickness, permissions and leave by kind, of those who had any. */
static void put_kinds(struct printing *p, const struct recap_month *m)
{
	static const struct document_column column[] = {{"Nama", NULL, 40, ALIGN_LEFT},
		{"Jenis", NULL, 40, ALIGN_LEFT}, {"Hari", NULL, 10, ALIGN_CENTRE}};
	bool has_begun = false;

	for (int i = 0; i < m->people; i++)
		for (int f = FIGURE_SICK; f <= FIGURE_STUDY; f++) {
			int32_t n = m->person[i].line.n[f];

			if (n == 0)
				continue;
			if (!has_begun) {
				document_heading(
					p->d, "Rincian sakit, izin, cuti, dan tugas belajar");
				document_table(p->d, column, COUNT_OF(column), 80);
			}
			has_begun = true;
			document_row(p->d,
				(const char *const[]){
					m->person[i].name, figure_heads[f], number(p->arena, n)},
				false);
		}
}

/* Who came late more often than the rule bears; nothing is cut by it. */
static enum err put_often_late(struct printing *p, const struct recap_month *m)
{
	static const struct document_column column[] = {{"Nama", NULL, 60, ALIGN_LEFT},
		{"Kali terlambat", NULL, 20, ALIGN_CENTRE},
		{"Menit terlambat", NULL, 20, ALIGN_CENTRE}};
	const struct recap_band *limit;
	bool has_begun = false;
	enum err e = recap_load_limit(p->rq, p->month, &limit);

	for (int i = 0; i < m->people && !e; i++) {
		const struct recap_line *l = &m->person[i].line;

		if (!recap_is_often_late(limit, l))
			continue;
		if (!has_begun) {
			document_heading(p->d,
				arena_printf(p->arena, "Terlambat lebih dari %d kali dalam sebulan",
					limit->to[0]));
			document_table(p->d, column, COUNT_OF(column), 80);
		}
		has_begun = true;
		document_row(p->d,
			(const char *const[]){m->person[i].name,
				number(p->arena, l->n[FIGURE_LATE_TIMES]),
				number(p->arena, l->n[FIGURE_LATE_MINUTES])},
			false);
	}
	return e;
}

/* ---- a supplement ---- */

static const char *describe(struct printing *p, const char *text)
{
	struct recap_cell cell[RECAP_DAYS_MAX];
	int cells;

	if (!*text || !recap_parse_cells(text, p->month, cell, &cells) || cells == 0)
		return "tidak pada unit ini";
	return arena_printf(p->arena, "%s%s%s%s%s%s", figure_heads[cell[0].figure],
		cell[0].late_class ? arena_printf(p->arena, ", TL%d (%d menit)", cell[0].late_class,
					     cell[0].late_minutes)
		: cell[0].late_minutes
			? arena_printf(p->arena, ", terlambat %d menit", cell[0].late_minutes)
			: "",
		cell[0].early_class ? arena_printf(p->arena, ", PSW%d (%d menit)",
					      cell[0].early_class, cell[0].early_minutes)
				    : "",
		cell[0].no_out ? ", tanpa pulang" : "",
		cell[0].report == RECAP_VERIFIED ? ", LKH terverifikasi"
		: cell[0].report == RECAP_FILED  ? ", LKH masuk"
		: cell[0].report == RECAP_DUE    ? ", LKH belum ada"
						 : "",
		cell[0].worked_minutes ? arena_printf(p->arena, ", bekerja %s",
						 hours(p->arena, cell[0].worked_minutes))
				       : "");
}

static const char *describe_cause(struct printing *p, const struct recap_change *c)
{
	static const char *const word[][2] = {{"", "Data berubah"},
		{"notice", "Pemberitahuan diputus"}, {"report", "Laporan diputus"},
		{"correction", "Koreksi diputus"}, {"paper", "Daftar hadir disahkan"},
		{"case", "SK berlaku surut diputus"}, {"status", "Cuti atau tugas dicatat petugas"},
		{"status_ended", "Cuti atau tugas dibatalkan petugas"},
		{"file", "Berkas presensi diimpor"}, {"incident", "Dispensasi gangguan diputus"}};
	const size_t n = strcspn(c->why, "\n");
	const char *what = c->why;

	for (size_t i = 0; i < COUNT_OF(word); i++)
		if (strlen(word[i][0]) == n && memcmp(word[i][0], c->why, n) == 0)
			what = c->why[n] ? arena_printf(
						   p->arena, "%s (%s)", word[i][1], c->why + n + 1)
					 : word[i][1];

	return c->decider && *c->decider
		       ? arena_printf(p->arena, "%s oleh %s, %s", what, c->decider,
				 org_print_day(p->arena, instant_day(c->decided_at, p->tree->zone)))
		       : what;
}

static enum err put_changes(struct printing *p, const struct recap_part *part)
{
	static const struct document_column column[] = {{"No.", NULL, 4, ALIGN_RIGHT},
		{"Nama", NULL, 22, ALIGN_LEFT}, {"Tanggal", NULL, 14, ALIGN_LEFT},
		{"Semula", NULL, 24, ALIGN_LEFT}, {"Menjadi", NULL, 24, ALIGN_LEFT},
		{"Dasar perubahan", NULL, 24, ALIGN_LEFT}};
	struct recap_change *c = ARENA_ARRAY(p->arena, RECAP_CHANGES_MAX, struct recap_change);
	int changes;
	enum err e = recap_list_changes(
		p->rq->tx, part->recap_id, 0, c, RECAP_CHANGES_MAX, &changes);

	if (e)
		return e;
	document_fact(p->d, "Alasan", part->reason);
	document_table(p->d, column, COUNT_OF(column), 80);
	for (int i = 0; i < changes; i++)
		document_row(p->d,
			(const char *const[]){arena_printf(p->arena, "%d", i + 1), c[i].name,
				org_print_day(p->arena, c[i].day), describe(p, c[i].before),
				describe(p, c[i].after), describe_cause(p, &c[i])},
			false);
	return OK;
}

/* ---- what it means ---- */

static void put_band(struct printing *p, const struct recap_band *b, const char *name)
{
	struct buf text;
	int from = 1, class = 1;

	buf_init(&text, p->arena, 200);
	for (; class <= 4; class ++) {
		int to = class <= 3 ? b->to[class - 1] : 0;

		if (to == 0) {
			buf_printf(&text, "%s%d lebih dari %d menit", name, class, from - 1);
			break;
		}
		buf_printf(&text, "%s%d %d-%d menit, ", name, class, from, to);
		from = to + 1;
	}
	buf_printf(
		&text, "; %s%s.", b->legal_basis, b->verified_by[0] ? "" : ", belum diverifikasi");
	document_numbered(p->d, text.p);
}

static enum err put_legend(struct printing *p)
{
	const struct recap_band *b;
	struct recap_bands bands;
	enum err e = recap_list_bands(p->rq->tx, &bands);

	if (e)
		return e;
	document_heading(p->d, "Keterangan");
	document_numbered(p->d, "Hadir adalah masuk kerja di kantor (WFO), di rumah (WFH), di "
				"tempat lain (WFA), dan "
				"dinas luar (DL): PP 94/2021 Pasal 1 angka 5.");
	document_numbered(p->d,
		"S sakit, I izin, C cuti, TB diklat dan tugas belajar, TK tanpa keterangan, LKH "
		"laporan kinerja harian. Hari yang belum diputus tidak dihitung sebagai TK.");
	if ((b = recap_find_band(&bands, BAND_LATE, p->last)))
		put_band(p, b, "TL");
	if ((b = recap_find_band(&bands, BAND_EARLY, p->last)))
		put_band(p, b, "PSW");
	if ((b = recap_find_limit(&bands, p->month)))
		document_numbered(p->d, arena_printf(p->arena,
						"Terlambat lebih dari %d kali dalam sebulan "
						"disebut namanya: %s%s. Rekap ini tidak memotong "
						"apa pun; yang memutuskan adalah pejabat yang "
						"berwenang.",
						b->to[0], b->legal_basis,
						b->verified_by[0] ? "" : ", belum diverifikasi"));
	document_numbered(
		p->d, "Setiap hari dihitung pada unit tempat pegawai bertugas pada hari itu.");
	return OK;
}

/* ---- signers ---- */

static enum err find_signer(struct printing *p, const struct org_unit *unit, int32_t day,
	const char *office, const char *caption, struct document_signer *ret)
{
	enum err e = org_load_signer(p->rq->tx, unit->id, day, (struct employee_id){0},
		org_fill_print(p->arena, office, &p->words), ret);

	ret->caption = caption;
	return e;
}

static enum err put_signers(struct printing *p, int32_t day)
{
	struct document_signer left, right;
	const struct print_template *t = &p->template;
	const char *date = org_print_day(p->arena, day);
	enum err e = find_signer(p, p->unit, day, t->right_office,
		*t->place ? arena_printf(p->arena, "%s, %s", t->place, date) : date, &right);

	if (!e)
		e = find_signer(p, p->agency, day, t->left_office, t->left_caption, &left);
	if (!e)
		document_signers(p->d, p->agency == p->unit ? NULL : &left, &right);
	return e;
}

/* ---- the paper ---- */

static enum err load_basics(struct printing *p)
{
	const struct recap_input *in = p->rq->input;
	struct tx *tx = p->rq->tx;
	enum print_kind kind = in->part == INT_NONE ? PRINT_RECAP : PRINT_SUPPLEMENT;
	enum err e = org_load_tree(tx, &p->tree);
	int32_t day;

	if (e || !(p->unit = org_find_unit(p->tree, in->unit)))
		return e ? e : E_NOT_FOUND;
	p->agency = org_find_unit(p->tree, p->unit->agency);
	p->month = recap_month_asked(p->rq, in->month);
	day_month_bounds(p->month, &p->month, &p->last);
	p->today = req_today(p->rq);
	e = recap_list_parts(tx, in->unit, p->month, p->part, RECAP_PARTS_MAX, &p->parts);
	day = p->parts ? instant_day(p->part[0].sealed_at, p->tree->zone) : p->today;
	if (e || (e = platform_load_government(tx, &p->government)) ||
		(e = org_load_print(tx, kind, in->unit, day, &p->template)))
		return e;
	p->words = (struct print_words){
		p->unit->name, p->agency->name, p->government.name, in->number, p->last};
	return OK;
}

/* The part that is printed; NULL of an open month. */
static enum err find_part(struct printing *p, const struct recap_part **ret)
{
	const struct recap_input *in = p->rq->input;

	*ret = p->parts ? &p->part[0] : NULL;
	if (in->part == INT_NONE)
		return OK;
	for (int i = 1; i < p->parts; i++)
		if (p->part[i].part == in->part)
			*ret = &p->part[i];
	return *ret && (*ret)->part == in->part
		       ? OK
		       : refuse(p->rq, E_BAD_FIELD, "/part", "no such supplement");
}

static const char *print_title(const struct printing *p, const struct recap_part *part)
{
	return part && part->part
		       ? arena_printf(p->arena, "REKAPITULASI KEHADIRAN SUSULAN %d", part->part)
		       : "REKAPITULASI KEHADIRAN PEGAWAI";
}

static const char *print_number(const struct printing *p)
{
	const char *format = p->template.number_format;

	return *format ? org_fill_print(p->arena, format, &p->words) : NULL;
}

static enum err begin_paper(struct printing *p, const struct recap_part *part)
{
	const struct recap_input *in = p->rq->input;
	const struct print_template *t = &p->template;
	struct document_style style = {
		.paper = in->paper == INT_NONE ? PAPER_A4 : (enum paper)in->paper,
		.is_landscape = true,
		.title = print_title(p, part),
		.number = print_number(p),
		.subtitle = arena_printf(p->arena, "Bulan %s", org_print_month(p->arena, p->month)),
		.footer = org_fill_print(p->arena, t->footer, &p->words),
		.is_demo = p->government.is_demo,
		.made_at = part ? part->sealed_at : p->rq->tx->now_ms,
	};
	enum err e = org_load_letterhead(p->rq->tx, t, p->unit->id, &style.head);

	if (!e)
		p->d = document_new(p->arena, &style);
	return e;
}

static void put_facts(struct printing *p, const struct recap_part *part)
{
	char hex[65];

	document_fact(p->d, "Perangkat daerah", p->agency->name);
	if (p->unit != p->agency)
		document_fact(p->d, "Unit kerja", p->unit->name);
	if (!part) {
		document_fact(p->d, "Keadaan",
			arena_printf(p->arena, "SEMENTARA, belum ditutup, per %s",
				org_print_day(p->arena, p->today)));
		return;
	}
	hex_encode(part->sha256.b, sizeof part->sha256.b, hex);
	document_fact(p->d, part->part ? "Disahkan" : "Ditutup",
		arena_printf(p->arena, "%s oleh %s",
			org_print_day(p->arena, instant_day(part->sealed_at, p->tree->zone)),
			part->sealer));
	document_fact(p->d, "Sidik jari isi", arena_strdup(p->arena, hex));
}

static enum err put_month(struct printing *p)
{
	const struct recap_input *in = p->rq->input;
	struct recap_month m;
	enum err e = p->parts ? recap_load_sealed(p->rq->tx, in->unit, p->month, 0, &m)
			      : recap_load_live(p->rq->tx, in->unit, p->month, &m);

	if (e || (e = recap_name_people(p->rq->tx, &m)))
		return e;
	if (m.people > PEOPLE_PRINTED_MAX)
		return refuse(p->rq, E_TOO_LARGE, "/unit",
			"more people than a paper holds: print the units below, or take the sheet");
	recap_sort_by_name(&m);
	put_people(p, &m);
	put_kinds(p, &m);
	return put_often_late(p, &m);
}

static enum err put_body(struct printing *p, const struct recap_part *part)
{
	const struct recap_input *in = p->rq->input;
	enum err e;

	if (part && part->part)
		return put_changes(p, part);
	e = in->form == FORM_UNITS ? put_units(p) : put_month(p);
	return e ? e : put_legend(p);
}

/* All of it, not finished; the part it prints, NULL of what is not sealed. */
static enum err make_print(struct req *rq, struct printing *p, const struct recap_part **ret_part)
{
	const struct recap_input *in = rq->input;
	const struct recap_part *part;
	enum err e;

	p->rq = rq;
	p->arena = rq->tx->arena;
	if ((e = load_basics(p)) || (e = find_part(p, &part)))
		return e;
	if (in->form == FORM_UNITS)
		part = NULL; /* a sum over units is not sealed itself */
	*ret_part = part;
	if ((e = begin_paper(p, part)))
		return e;
	put_facts(p, part);
	if ((e = put_body(p, part)))
		return e;
	return put_signers(p, part ? instant_day(part->sealed_at, p->tree->zone) : p->today);
}

enum err recap_get_print(struct req *rq)
{
	struct printing *p = ARENA_NEW(rq->tx->arena, struct printing);
	const struct recap_part *part;
	struct bytes pdf;
	char month[11];
	enum err e = make_print(rq, p, &part);

	if (e || (e = document_finish(p->d, &pdf)))
		return e;
	day_format(p->month, month);
	rq->disposition = arena_printf(p->arena, "rekap-%s-%.7s.pdf", p->unit->code, month);
	return reply_raw(rq, 200, "application/pdf", (const char *)pdf.p, pdf.n);
}

/* ---- issuing ---- */

const struct shape recap_print_issue_shape = SHAPE(
	"RecapPrintIssue", struct recap_input, issue_fields);

static struct paper_made describe_print(const struct printing *p, const struct recap_part *part)
{
	return (struct paper_made){.kind = part->part ? PRINT_SUPPLEMENT : PRINT_RECAP,
		.subject = part->recap_id,
		.unit = p->unit->id,
		.sender = p->unit->id,
		.number = print_number(p),
		.title = print_title(p, part),
		.about = arena_printf(p->arena, "Kehadiran pegawai %s, bulan %s", p->unit->name,
			org_print_month(p->arena, p->month)),
		.agency = p->agency->name,
		.paper = p->d};
}

enum err recap_prepare_print(struct req *rq)
{
	struct printing *p = ARENA_NEW(rq->tx->arena, struct printing);
	const struct recap_input *in = rq->input;
	const struct recap_part *part;
	struct document_signer signer;
	struct paper_made made;
	enum err e = make_print(rq, p, &part);

	if (e)
		return e;
	if (!part)
		return refuse(rq, E_CONFLICT, "/month",
			"only what is sealed is issued: close the month first");
	if ((e = find_signer(p, p->unit, instant_day(part->sealed_at, p->tree->zone),
		     p->template.right_office, NULL, &signer)))
		return e;
	made = describe_print(p, part);
	made.office = org_office_text(p->arena, &signer);
	return org_prepare_issue(rq, &made, in->wants_signature);
}
