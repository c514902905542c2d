/*
 * Papers of a roster: the agency's cover letter with the roster as its annex, and the board's
 * return with its reason. The order to work from home is in roster_print_order.c.
 *
 * A paper bears the day of the step it is about and is signed by who took that step in his office,
 * so that it can be printed again as it was; of a draft it is today's and says KONSEP on each page.
 * Forms: Permendagri 1/2023 (surat pengantar, surat perintah, surat dinas).
 */
#include "roster/roster_print.h"

#include "base/str.h"
#include "org/org_access.h"
#include "org/org_document.h"
#include "org/org_print.h"
#include "platform/document.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "roster/roster_sheet.h"

#include <stdlib.h>
#include <string.h>

#define PEOPLE_PRINTED_MAX 1500
#define LABEL_POINTS       70
#define TURNED_FROM_DAYS   11

/* ---- what it rests on ---- */

static bool is_about(enum letter_paper kind, const struct roster_step *step)
{
	return kind == LETTER_RETURN ? step->kind == ROSTER_RETURNED && step->by.v
				     : step->kind == ROSTER_IS_SET;
}

/* The step the paper is about; of an imported roster that was published at once there is none. */
static enum err find_step(struct letter *l)
{
	enum letter_paper kind = (enum letter_paper)l->in->kind;
	struct roster_step *step = ARENA_ARRAY(l->arena, ROSTER_STEPS_MAX, struct roster_step);
	int count;
	enum err e = roster_list_steps(
		l->rq->tx, l->version.version_id, step, ROSTER_STEPS_MAX, &count);
	for (int i = 0; i < count && !e; i++)
		if (is_about(kind, &step[i]) &&
			(kind == LETTER_RETURN || l->version.state != ROSTER_DRAFT))
			l->decided = step[i];
	if (!e && kind == LETTER_RETURN && !l->decided.step_id)
		return refuse(l->rq, E_CONFLICT, "/kind", "the board never returned it");
	return e;
}

static int64_t made_at(const struct letter *l)
{
	return l->decided.step_id                 ? l->decided.at
	       : l->version.state == ROSTER_DRAFT ? l->rq->tx->now_ms
	       : l->version.published_at          ? l->version.published_at
						  : l->rq->tx->now_ms;
}

/* The agency of the roster; of a return the one of who returned it. */
static enum err find_sender(struct letter *l)
{
	struct employee_row row;
	struct unit_id unit = l->node->agency;
	enum err e = OK;
	if (l->in->kind == LETTER_RETURN) {
		e = org_load_employee(l->rq->tx, l->decided.by, l->day, &row);
		const struct org_unit *own = e ? NULL : org_find_unit(l->tree, row.unit);
		unit = own ? own->agency : unit;
	}
	l->sender = org_find_unit(l->tree, unit);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err load_basics(struct letter *l)
{
	enum err e = roster_load_version(l->rq->tx, l->in->version, &l->version);
	if (e || (e = org_load_tree(l->rq->tx, &l->tree)))
		return e;
	l->node = org_find_unit(l->tree, l->version.unit);
	if (!l->node)
		return E_NOT_FOUND;
	if ((e = find_step(l)) || (e = roster_load_procedure(l->rq->tx, l->node->agency,
					   req_today(l->rq), &l->procedure)))
		return e;
	l->day = instant_day(made_at(l), l->tree->zone);
	return find_sender(l);
}

/* ---- parts of every paper ---- */

static const enum print_kind letter_kinds[] = {
	PRINT_ROSTER_COVER, PRINT_HOME_ORDER, PRINT_ROSTER_RETURN};

static enum err begin(struct letter *l)
{
	struct government *g = ARENA_NEW(l->arena, struct government);
	struct document_style style = {
		.paper = l->in->paper == INT_NONE ? PAPER_A4 : (enum paper)l->in->paper,
		.label_width = LABEL_POINTS,
		.made_at = made_at(l)};
	enum err e = platform_load_government(l->rq->tx, g);
	l->template = ARENA_NEW(l->arena, struct print_template);
	l->words = ARENA_NEW(l->arena, struct print_words);
	if (e ||
		(e = org_load_print(l->rq->tx, letter_kinds[l->in->kind], l->sender->id, l->day,
			 l->template)) ||
		(e = org_load_letterhead(l->rq->tx, l->template, l->sender->id, &style.head)))
		return e;
	*l->words = (struct print_words){
		l->sender->name, l->sender->name, g->name, l->in->number, l->day};
	style.footer = org_fill_print(l->arena, l->template->footer, l->words);
	l->words->unit = l->node->name;
	style.is_demo = g->is_demo;
	if (l->in->kind != LETTER_RETURN)
		style.mark = roster_print_mark(l->version.state, l->in->kind == LETTER_ORDER);
	l->d = document_new(l->arena, &style);
	return OK;
}

void roster_put_place(struct letter *l)
{
	const char *date = org_print_day(l->arena, l->day), *place = l->template->place;
	document_line(l->d, ALIGN_RIGHT, false,
		*place ? arena_printf(l->arena, "%s, %s", place, date) : date);
}

static const char *letter_number(const struct letter *l)
{
	const char *format = l->template->number_format;
	return *format ? org_fill_print(l->arena, format, l->words) : NULL;
}

void roster_put_title(struct letter *l, const char *title)
{
	const char *number = letter_number(l);
	document_line(l->d, ALIGN_CENTRE, true, title);
	if (number)
		document_line(
			l->d, ALIGN_CENTRE, false, arena_printf(l->arena, "NOMOR %s", number));
	document_line(l->d, ALIGN_LEFT, false, " ");
}

enum err roster_put_signer(
	struct letter *l, const char *caption, const struct document_signer *left)
{
	struct document_signer right;
	enum err e = org_load_signer(l->rq->tx, l->sender->id, l->day, l->decided.by,
		org_fill_print(l->arena, l->template->right_office, l->words), &right);
	right.caption = caption;
	if (!e)
		document_signers(l->d, left, &right);
	return e;
}

void roster_put_copies(struct letter *l, const char *otherwise)
{
	const char *text = l->in->copies ? l->in->copies : otherwise;
	if (!text || !*text)
		return;
	document_line(l->d, ALIGN_LEFT, false, " ");
	document_line(l->d, ALIGN_LEFT, false, "Tembusan:");
	while (*text) {
		size_t n = strcspn(text, ";\n");
		const char *one = arena_strndup(l->arena, text, n);
		text += n + (text[n] != '\0');
		one += strspn(one, " ");
		if (*one)
			document_numbered(l->d, one);
	}
}

void roster_put_annex(struct letter *l, const char *of, const char *title, bool is_landscape)
{
	const char *period = roster_print_period(
		l->arena, l->version.period_from, l->version.period_to);
	const char *number = letter_number(l);
	document_page(l->d, is_landscape,
		arena_printf(l->arena, "Lampiran %s · %s · %s", of, l->node->name, period));
	document_line(l->d, ALIGN_LEFT, true,
		arena_printf(l->arena, "LAMPIRAN %s", org_print_upper(l->arena, of)));
	if (number)
		document_fact(l->d, "Nomor", number);
	document_fact(l->d, "Tanggal", org_print_day(l->arena, l->day));
	document_line(l->d, ALIGN_CENTRE, true,
		arena_printf(l->arena, "\n%s\n%s\nPERIODE %s", title,
			org_print_upper(l->arena, l->node->name),
			org_print_upper(l->arena, period)));
}

/* ---- people ---- */

static int compare_lines(const void *a, const void *b)
{
	const struct print_line *x = a, *y = b;
	int by_unit = strcmp(x->path, y->path);
	int by_name = by_unit ? by_unit : strcmp(x->name, y->name);
	return by_name ? by_name
		       : (x->employee.v > y->employee.v) - (x->employee.v < y->employee.v);
}

void roster_sort_lines(const struct org_tree *tree, struct print_line *line, int lines)
{
	for (int i = 0; i < lines; i++) {
		const struct org_unit *unit = org_find_unit(tree, line[i].unit);
		line[i].path = unit ? unit->path : "~";
	}
	if (lines)
		qsort(line, (size_t)lines, sizeof *line, compare_lines);
}

const char *roster_unit_begun(const struct org_tree *tree, const struct print_line *line, int i)
{
	const struct org_unit *unit = org_find_unit(tree, line[i].unit);
	if (i > 0 && line[i - 1].unit.v == line[i].unit.v)
		return NULL;
	return unit ? unit->name : "Belum ditempatkan";
}

/* ---- cover: the roster as a table ---- */

struct roster_table {
	struct letter *l;
	const struct print_line *line;
	int lines;
	struct roster_sheet sheet;
	int32_t *home; /* of the lines, per day */
	int32_t from, to;
	const char *cell[DOCUMENT_COLUMNS_MAX];
};

#define NAME_COLUMNS 3

static void put_head(struct roster_table *t)
{
	static const char *const initial[] = {[MONDAY] = "Sn",
		[TUESDAY] = "Sl",
		[WEDNESDAY] = "Rb",
		[THURSDAY] = "Km",
		[FRIDAY] = "Jm",
		[SATURDAY] = "Sb",
		[SUNDAY] = "Mg"};
	struct arena *a = t->l->arena;
	int columns = NAME_COLUMNS + t->to - t->from + 1;
	bool is_wide = columns > NAME_COLUMNS + 16;
	struct document_column *column = ARENA_ARRAY(a, (size_t)columns, struct document_column);
	column[0] = (struct document_column){"No.", NULL, 22, ALIGN_RIGHT};
	column[1] = (struct document_column){"Nama", NULL, 118, ALIGN_LEFT};
	column[2] = (struct document_column){"NIP", NULL, is_wide ? 80 : 90, ALIGN_LEFT};
	for (int32_t day = t->from; day <= t->to; day++) {
		int y, m, d;
		day_to_civil(day, &y, &m, &d);
		column[NAME_COLUMNS + day - t->from] = (struct document_column){
			arena_printf(a, "%d\n%s", d, initial[day_weekday(day)]),
			org_print_month(a, day), 17, ALIGN_CENTRE};
	}
	document_table(t->l->d, column, columns, is_wide ? 65 : 80);
}

static void begin_row(struct roster_table *t, const char *no, const char *name, const char *nip)
{
	t->cell[0] = no;
	t->cell[1] = name;
	t->cell[2] = nip;
	for (int i = NAME_COLUMNS; i < DOCUMENT_COLUMNS_MAX; i++)
		t->cell[i] = NULL;
}

static void put_people(struct roster_table *t)
{
	for (int i = 0; i < t->lines; i++) {
		const struct print_line *line = &t->line[i];
		const char *unit = roster_unit_begun(t->l->tree, t->line, i);
		if (unit) {
			begin_row(t, "", unit, "");
			document_row(t->l->d, t->cell, true);
		}
		begin_row(t, arena_printf(t->l->arena, "%d", i + 1), line->name, line->nip);
		for (int32_t day = t->from; day <= t->to; day++)
			t->cell[NAME_COLUMNS + day - t->from] = roster_print_letter(
				line->days[day - line->from]);
		document_row(t->l->d, t->cell, false);
	}
}

static const char *share_cell(const struct roster_table *t, int row, int32_t d)
{
	const struct sheet_group *all = &t->sheet.group[0];
	int32_t home = t->home[d] + all->away[d];
	if (all->present[d] == 0)
		return "";
	const int32_t figure[] = {
		home, all->present[d] - home, roster_print_percent(home, all->all[d])};
	return arena_printf(t->l->arena, "%d", (int)figure[row]);
}

static void put_shares(struct roster_table *t)
{
	static const char *const head[] = {
		"Bekerja di luar kantor", "Bekerja di kantor", "Persen di luar kantor"};
	for (int row = 0; row < 3; row++) {
		begin_row(t, "", head[row], "");
		for (int32_t day = t->from; day <= t->to; day++)
			t->cell[NAME_COLUMNS + day - t->from] = share_cell(
				t, row, day - t->sheet.from);
		document_row(t->l->d, t->cell, true);
	}
}

static void count_home(struct roster_table *t)
{
	t->home = ARENA_ARRAY(t->l->arena, (size_t)t->sheet.days, int32_t);
	for (int i = 0; i < t->lines; i++)
		for (int32_t d = 0; d < t->sheet.days; d++)
			t->home[d] += policy_is_away(roster_letter_mode(t->line[i].days[d]));
}

static void put_tables(struct roster_table *t)
{
	const struct roster_version *v = &t->l->version;
	for (t->from = v->period_from; t->from <= v->period_to; t->from = t->to + 1) {
		t->to = roster_print_table_end(v->period_from, v->period_to, t->from);
		put_head(t);
		put_people(t);
		put_shares(t);
		document_line(t->l->d, ALIGN_LEFT, false, " ");
	}
}

static void put_legend(const struct roster_table *t)
{
	struct letter *l = t->l;
	document_paragraph(l->d,
		"Keterangan: K bekerja di kantor (WFO); R bekerja dari rumah (WFH); A bekerja dari "
		"lokasi lain (WFA); D dinas luar; L libur atau bukan hari kerja; x tidak "
		"bertugas.");
	document_paragraph(
		l->d, arena_printf(l->arena,
			      "Jumlah dan persen (dibulatkan ke atas) dihitung terhadap seluruh "
			      "pegawai %s "
			      "pada hari itu%s.",
			      l->node->name,
			      t->sheet.outside ? arena_printf(l->arena,
							 ", termasuk %d pegawai yang tidak dapat "
							 "dijadwalkan bekerja di luar kantor",
							 (int)t->sheet.outside)
					       : ""));
}

static int count_rows(const struct letter *l, const struct print_line *line, int lines)
{
	int units = 0, tables = 0;
	for (int i = 0; i < lines; i++)
		units += roster_unit_begun(l->tree, line, i) != NULL;
	for (int32_t day = l->version.period_from; day <= l->version.period_to; tables++)
		day = roster_print_table_end(l->version.period_from, l->version.period_to, day) + 1;
	return (lines + units + 3) * tables;
}

static enum err refuse_size(struct letter *l)
{
	return refuse(l->rq, E_TOO_LARGE, "/version",
		"more people than a paper holds: take the file, or let parts plan for themselves");
}

static enum err load_table(struct letter *l, struct roster_table *t)
{
	const struct roster_version *v = &l->version;
	const struct roster_settings none = roster_read_settings(l->arena, "");
	const struct roster_version period = {
		.period_from = v->period_from, .period_to = v->period_to};
	struct print_line *line;
	enum err e = roster_list_print_lines(l->rq->tx, v, &line, &t->lines);
	if (e == E_TOO_LARGE)
		return refuse_size(l);
	if (e)
		return e;
	roster_sort_lines(l->tree, line, t->lines);
	t->line = line;
	if (t->lines > PEOPLE_PRINTED_MAX || count_rows(l, line, t->lines) > DOCUMENT_ROWS_MAX - 10)
		return refuse_size(l);
	e = roster_load_sheet(l->rq->tx, &period, l->node, v->period_from, &none, &t->sheet);
	if (!e)
		count_home(t);
	return e == E_REFUSED ? refuse_size(l) : e;
}

static enum err put_roster(struct roster_table *t)
{
	struct letter *l = t->l;
	const struct roster_version *v = &l->version;
	int32_t days = roster_print_table_end(v->period_from, v->period_to, v->period_from) -
		       v->period_from + 1;
	roster_put_annex(
		l, "Surat Pengantar", "JADWAL TEMPAT BEKERJA PEGAWAI", days >= TURNED_FROM_DAYS);
	put_tables(t);
	put_legend(t);
	return roster_put_signer(l, NULL, NULL);
}

/* ---- cover: the letter ---- */

static void put_addressee(struct letter *l, const char *otherwise)
{
	document_line(l->d, ALIGN_LEFT, false,
		arena_printf(l->arena, "Yth. %s",
			l->in->recipient ? l->in->recipient
					 : org_fill_print(l->arena, otherwise, l->words)));
	document_line(l->d, ALIGN_LEFT, false, "di Tempat");
	document_line(l->d, ALIGN_LEFT, false, " ");
}

static const char *describe_roster(const struct letter *l)
{
	const struct roster_version *v = &l->version;
	return arena_printf(l->arena,
		"Jadwal pelaksanaan tugas kedinasan secara fleksibel pada %s untuk periode %s%s%s",
		l->node->name, roster_print_period(l->arena, v->period_from, v->period_to),
		v->instrument_number ? ", sebagai pelaksanaan " : "",
		v->instrument_number ? v->instrument_number : "");
}

static void put_sent_table(struct letter *l)
{
	static const struct document_column column[] = {{"No.", NULL, 6, ALIGN_CENTRE},
		{"Naskah dinas yang dikirimkan", NULL, 50, ALIGN_LEFT},
		{"Banyaknya", NULL, 18, ALIGN_CENTRE}, {"Keterangan", NULL, 34, ALIGN_LEFT}};
	static const char *const purpose[] = {
		[RECEIPT_NONE] = "Disampaikan dengan hormat untuk diketahui.",
		[RECEIPT_ACKNOWLEDGE] = "Disampaikan dengan hormat untuk diperiksa dan dicatat.",
		[RECEIPT_APPROVE] = "Disampaikan dengan hormat untuk memperoleh persetujuan."};
	document_table(l->d, column, COUNT_OF(column), 95);
	document_row(l->d,
		(const char *const[]){"1.", describe_roster(l),
			arena_printf(l->arena, "1 (satu) berkas, memuat %d pegawai",
				(int)l->version.people),
			purpose[l->procedure.receipt]},
		false);
}

static enum err put_cover(struct letter *l)
{
	struct roster_table *t = ARENA_NEW(l->arena, struct roster_table);
	const struct document_signer receiver = {.caption = l->template->left_caption,
		.office = "Penerima",
		.name = "..............................",
		.nip = ".................."};
	t->l = l;
	enum err e = load_table(l, t);
	if (e)
		return e;
	roster_put_place(l);
	put_addressee(l, l->template->left_office);
	roster_put_title(l, "SURAT PENGANTAR");
	put_sent_table(l);
	if ((e = roster_put_signer(l, "Pengirim", &receiver)))
		return e;
	roster_put_copies(l, NULL);
	return put_roster(t);
}

/* ---- return ---- */

static void put_letter_head(struct letter *l)
{
	const char *number = letter_number(l);
	roster_put_place(l);
	document_fact(l->d, "Nomor", number ? number : "-");
	document_fact(l->d, "Sifat", "Biasa");
	document_fact(l->d, "Lampiran", "-");
	document_fact(l->d, "Hal", "Pengembalian jadwal tempat bekerja pegawai");
	document_line(l->d, ALIGN_LEFT, false, " ");
}

/* Until when a mended roster is awaited; what holds meanwhile. */
static void put_request(struct letter *l)
{
	int32_t due = l->version.period_from - l->procedure.due_days;
	document_paragraph(l->d,
		arena_printf(l->arena,
			"Berkenaan dengan hal tersebut, jadwal dimaksud agar diperbaiki, "
			"ditetapkan "
			"kembali, dan disampaikan kepada kami %s. Selama jadwal perbaikan belum "
			"berlaku, pegawai bekerja menurut ketentuan dan jadwal yang telah berlaku.",
			due >= l->day ? arena_printf(l->arena, "paling lambat tanggal %s",
						org_print_day(l->arena, due))
				      : "pada kesempatan pertama"));
	document_paragraph(
		l->d, "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.");
}

static enum err put_return(struct letter *l)
{
	const struct roster_version *v = &l->version;
	put_letter_head(l);
	put_addressee(l, l->template->left_office);
	document_paragraph(l->d,
		arena_printf(l->arena,
			"Memperhatikan jadwal pelaksanaan tugas kedinasan secara fleksibel pada %s "
			"untuk periode %s, yang memuat %d pegawai dan disusun pada tanggal %s "
			"(versi "
			"%lld), setelah dilakukan pemeriksaan jadwal tersebut kami kembalikan "
			"dengan "
			"alasan sebagai berikut:",
			l->node->name, roster_print_period(l->arena, v->period_from, v->period_to),
			(int)v->people,
			org_print_day(l->arena, instant_day(v->made_at, l->tree->zone)),
			(long long)v->version_id));
	document_paragraph(l->d, l->decided.note);
	put_request(l);
	enum err e = roster_put_signer(l, NULL, NULL);
	if (!e)
		roster_put_copies(l, NULL);
	return e;
}

/* ---- all of them ---- */

static enum err make_letter(struct req *rq, struct letter *l)
{
	static enum err (*const put[])(struct letter *) = {put_cover, roster_put_order, put_return};
	l->rq = rq;
	l->arena = rq->tx->arena;
	l->in = rq->input;
	enum err e = load_basics(l);
	return e || (e = begin(l)) ? e : put[l->in->kind](l);
}

enum err roster_get_letter(struct req *rq)
{
	struct letter *l = ARENA_NEW(rq->tx->arena, struct letter);
	struct bytes pdf;
	char from[11];
	enum err e = make_letter(rq, l);
	if (e || (e = document_finish(l->d, &pdf)))
		return e;
	day_format(l->version.period_from, from);
	rq->disposition = arena_printf(l->arena, "jadwal-%s-%s-%s.pdf",
		letter_paper_names[l->in->kind], l->node->code, from);
	return reply_raw(rq, 200, "application/pdf", (const char *)pdf.p, pdf.n);
}

/* ---- issuing ---- */

static struct paper_made describe_letter(const struct letter *l)
{
	static const char *const titles[] = {
		"SURAT PENGANTAR", "SURAT PERINTAH", "SURAT PENGEMBALIAN JADWAL"};
	const struct roster_version *v = &l->version;
	return (struct paper_made){.kind = letter_kinds[l->in->kind],
		.subject = v->version_id,
		.employee = {l->in->kind == LETTER_ORDER ? l->in->employee : 0},
		.unit = l->node->id,
		.sender = l->in->kind == LETTER_RETURN ? l->sender->id : l->node->id,
		.number = letter_number(l),
		.title = titles[l->in->kind],
		.about = arena_printf(l->arena, "Jadwal tempat bekerja %s, periode %s",
			l->node->name, roster_print_period(l->arena, v->period_from, v->period_to)),
		.agency = l->sender->name,
		.paper = l->d};
}

enum err roster_prepare_letter(struct req *rq)
{
	struct letter *l = ARENA_NEW(rq->tx->arena, struct letter);
	struct document_signer signer;
	enum err e = make_letter(rq, l);
	if (e)
		return e;
	const struct object sender = {.unit = l->sender->id, .day = DAY_NONE};
	if (l->in->kind == LETTER_RETURN && (e = org_authorise(rq, P_DOCUMENT_ISSUE, &sender)))
		return e;
	if (l->in->kind != LETTER_RETURN &&
		roster_print_mark(l->version.state, l->in->kind == LETTER_ORDER))
		return refuse(rq, E_CONFLICT, "/version",
			"a paper that says KONSEP or SUDAH DIGANTI is not issued");
	e = org_load_signer(rq->tx, l->sender->id, l->day, l->decided.by,
		org_fill_print(l->arena, l->template->right_office, l->words), &signer);
	if (e)
		return e;
	struct paper_made made = describe_letter(l);
	made.office = org_office_text(l->arena, &signer);
	return org_prepare_issue(rq, &made, l->in->wants_signature);
}
