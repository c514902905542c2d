/*
 * The flow of a document over its pages.
 *
 * The parts are kept in order and laid out twice: once to count the pages, because every page says
 * how many there are, and once to draw them. A table repeats its head on each page, a paragraph
 * breaks between lines, signers stay together and with what stands before them. Nothing here reads
 * a clock.
 */
#include "platform/document_int.h"

#include "base/str.h"

#include <string.h>

#define POINTS_PER_MM (72.0 / 25.4)
#define MARGIN        (15 * POINTS_PER_MM)
#define FOOT          (12 * POINTS_PER_MM)
#define LOGO_SIDE     54.0
#define LABEL_WIDTH   130
#define POINT_WIDTH   16.0
#define POINT_LABEL   66.0 /* of a point that is no number */
#define CELL_PAD      2.2
#define CELL_LINES    6
#define DEMO_MARK     "DATA CONTOH - bukan data pegawai atau kinerja sebenarnya"

/* ---- pages ---- */

struct flow {
	struct document *d;
	struct canvas c;
	double left, right, bottom, y;
	int page, pages; /* pages: 0 while they are counted */
	const char *running;
	bool is_landscape;
};

static void put_marks(struct flow *f)
{
	const struct document_style *s = &f->d->style;
	const struct type demo = {.points = 8, .is_bold = true, .align = ALIGN_CENTRE};
	const struct type mark = {.points = 11, .is_bold = true, .align = ALIGN_RIGHT};
	double width = f->right - f->left;

	if (s->is_demo || s->mark)
		canvas_watermark(&f->c, s->is_demo ? DEMO_MARK : s->mark);
	if (s->is_demo)
		canvas_text(&f->c, &demo, f->left, MARGIN / 2 - 5, width, DEMO_MARK);
	if (s->mark)
		canvas_text(&f->c, &mark, f->left, MARGIN / 2 - 7, width, s->mark);
}

/* What stands on every page: marks, running title, foot. */
static void furnish_page(struct flow *f)
{
	const struct document_style *s = &f->d->style;
	const struct type right = {.points = 7, .align = ALIGN_RIGHT};
	double width = f->right - f->left, foot = f->c.height - FOOT;
	const char *of = arena_printf(f->d->arena, "Halaman %d dari %d", f->page, f->pages);

	f->y = MARGIN;
	put_marks(f);
	if (s->seal)
		document_put_seal(&f->c, s->seal, f->left, foot - SEAL_HEIGHT - 2, width);
	canvas_rule(&f->c, f->left, foot - 2, f->right, foot - 2, 0.4);
	canvas_text(&f->c, &(struct type){.points = 7, .lines_max = 1}, f->left, foot, width - 90,
		s->footer ? s->footer : "");
	canvas_text(&f->c, &right, f->right - 90, foot, 90, of);
	if (f->page > 1 && f->running)
		f->y += 4 + canvas_text(&f->c, &(struct type){.points = 7, .lines_max = 1}, f->left,
				    f->y, width, f->running);
}

static void page_size(const struct flow *f, double *ret_width, double *ret_height)
{
	static const double mm[][2] = {[PAPER_A4] = {210, 297}, [PAPER_F4] = {215, 330}};
	const double *side = mm[f->d->style.paper];

	*ret_width = side[f->is_landscape] * POINTS_PER_MM;
	*ret_height = side[!f->is_landscape] * POINTS_PER_MM;
}

static void begin_page(struct flow *f)
{
	double width, height;

	page_size(f, &width, &height);
	if (f->page++ > 0)
		canvas_next_page(&f->c, width, height);
	f->left = MARGIN;
	f->right = width - MARGIN;
	f->bottom = height - FOOT - 8 - (f->d->style.seal ? SEAL_HEIGHT : 0);
	furnish_page(f);
}

static const char *title_of(const struct document *d)
{
	const struct document_style *s = &d->style;

	return s->title && s->number ? arena_printf(d->arena, "%s · %s", s->title, s->number)
				     : s->title;
}

/* An annex has the running title it says, from its second page on. */
static void put_page(struct flow *f, const struct block *b)
{
	f->is_landscape = b->is_landscape;
	f->running = NULL;
	begin_page(f);
	f->running = *b->text ? b->text : NULL;
}

static bool needs_page(const struct flow *f, double height)
{
	return f->y + height > f->bottom;
}

/* Kop surat: logo at the left, names in the middle, a thick and a thin rule below. */
static void put_letterhead(struct flow *f)
{
	const struct document_letterhead *h = &f->d->style.head;
	const struct type government = {.points = 11, .align = ALIGN_CENTRE};
	const struct type agency = {.points = 14, .is_bold = true, .align = ALIGN_CENTRE};
	const struct type address = {.points = 8, .align = ALIGN_CENTRE};
	double top = f->y, indent = 0, width;

	if (!h->government && !h->agency)
		return;
	if (h->logo.n && canvas_picture(&f->c, h->logo, f->left, top, LOGO_SIDE))
		indent = LOGO_SIDE + 8;
	width = f->right - f->left - 2 * indent;
	if (h->government)
		f->y += canvas_text(
			&f->c, &government, f->left + indent, f->y, width, h->government);
	if (h->agency)
		f->y += canvas_text(&f->c, &agency, f->left + indent, f->y, width, h->agency);
	if (h->address)
		f->y += canvas_text(&f->c, &address, f->left + indent, f->y, width, h->address);
	if (indent > 0 && f->y < top + LOGO_SIDE)
		f->y = top + LOGO_SIDE;
	canvas_rule(&f->c, f->left, f->y + 5, f->right, f->y + 5, 1.8);
	canvas_rule(&f->c, f->left, f->y + 7.4, f->right, f->y + 7.4, 0.5);
	f->y += 18;
}

static void put_title(struct flow *f)
{
	const struct document_style *s = &f->d->style;
	const struct type title = {
		.points = 12, .is_bold = true, .is_underlined = s->number, .align = ALIGN_CENTRE};
	const struct type line = {.points = 10, .align = ALIGN_CENTRE};
	double width = f->right - f->left;

	if (s->title)
		f->y += canvas_text(&f->c, &title, f->left, f->y, width, s->title);
	if (s->number)
		f->y += canvas_text(&f->c, &line, f->left, f->y, width,
			arena_printf(f->d->arena, "Nomor: %s", s->number));
	if (s->subtitle)
		f->y += canvas_text(&f->c, &line, f->left, f->y, width, s->subtitle);
	if (s->title || s->number || s->subtitle)
		f->y += 10;
}

/* ---- signers ---- */

#define SIGN_ROOM  52.0
#define SIGN_ABOVE 16.0

static double put_signer(
	struct flow *f, const struct document_signer *s, double x, double y, double width)
{
	const struct type plain = {.points = 10, .align = ALIGN_CENTRE};
	const struct type name = {
		.points = 10, .is_bold = true, .is_underlined = true, .align = ALIGN_CENTRE};
	struct arena *a = f->d->arena;

	y += canvas_text(&f->c, &plain, x, y, width, s->caption ? s->caption : " ");
	y += canvas_text(&f->c, &plain, x, y, width,
		s->prefix ? arena_printf(a, "%s %s", s->prefix, s->office) : s->office);
	if (s->below)
		y += canvas_text(&f->c, &plain, x, y, width, s->below);
	y += SIGN_ROOM;
	y += canvas_text(&f->c, &name, x, y, width, s->name);
	if (s->rank)
		y += canvas_text(&f->c, &plain, x, y, width, s->rank);
	if (s->nip)
		y += canvas_text(&f->c, &plain, x, y, width, arena_printf(a, "NIP %s", s->nip));
	return y;
}

static double signer_width(const struct flow *f)
{
	return (f->right - f->left) / 2 - 20;
}

static double signers_height(struct flow *f, const struct block *b)
{
	double width = signer_width(f), most = 0;
	bool draws = f->c.draws;

	f->c.draws = false;
	for (int i = 0; i < 2; i++)
		if (b->signer[i]) {
			double own = put_signer(f, b->signer[i], 0, 0, width);

			most = own > most ? own : most;
		}
	f->c.draws = draws;
	return SIGN_ABOVE + most;
}

static void put_signers(struct flow *f, const struct block *b)
{
	double width = signer_width(f), height = signers_height(f, b);

	if (needs_page(f, height))
		begin_page(f);
	f->y += SIGN_ABOVE;
	if (b->signer[0])
		put_signer(f, b->signer[0], f->left, f->y, width);
	if (b->signer[1])
		put_signer(f, b->signer[1], f->right - width, f->y, width);
	f->y += height - SIGN_ABOVE;
}

/* ---- text ---- */

static double text_height(struct flow *f, const struct type *type, double width, const char *text)
{
	bool draws = f->c.draws;
	double height;

	f->c.draws = false;
	height = canvas_text(&f->c, type, 0, 0, width, text);
	f->c.draws = draws;
	return height;
}

static void put_lines(struct flow *f, const struct type *type, double x, const char *text)
{
	double width = f->right - x;
	int lines = canvas_set(&f->c, type, width, text);

	for (int i = 0; i < lines; i++) {
		double height = canvas_line_height(&f->c, i);

		if (needs_page(f, height)) {
			begin_page(f);
			lines = canvas_set(&f->c, type, width, text); /* the page set its own */
		}
		canvas_show_line(&f->c, type, i, x, f->y, width);
		f->y += height;
	}
}

static void put_heading(struct flow *f, const struct block *b)
{
	const struct type type = {.points = 10, .is_bold = true};

	if (needs_page(f, 50)) /* not alone at the foot */
		begin_page(f);
	f->y += 6;
	put_lines(f, &type, f->left, b->text);
	f->y += 3;
}

/* Nobody signs a page that says nothing: what stands before the signers goes with them. */
static double height_after(struct flow *f, const struct block *b)
{
	return b->next && b->next->kind == BLOCK_SIGNERS ? signers_height(f, b->next) : 0;
}

static void put_paragraph(struct flow *f, const struct block *b)
{
	const struct type type = {.points = 10};
	double indent = b->number ? 20 : 0, after = height_after(f, b);

	if (after > 0)
		after += text_height(f, &type, f->right - f->left - indent, b->text);
	if (needs_page(f, 14 + after))
		begin_page(f);
	if (b->number)
		canvas_text(&f->c, &type, f->left, f->y, indent,
			arena_printf(f->d->arena, "%d.", b->number));
	put_lines(f, &type, f->left + indent, b->text);
	f->y += 5;
}

static void put_line(struct flow *f, const struct block *b)
{
	const struct type type = {.points = 10, .is_bold = b->is_bold, .align = b->align};

	put_lines(f, &type, f->left, b->text);
}

/* Returns where the value begins. */
static double put_point(struct flow *f, const struct type *type, const struct block *b, double x)
{
	bool is_label = b->point && strlen(b->point) > 2;

	if (!b->point)
		return x;
	canvas_text(&f->c, type, x, f->y, is_label ? POINT_LABEL : POINT_WIDTH, b->point);
	if (is_label)
		canvas_text(&f->c, type, x + POINT_LABEL, f->y, 10, ":");
	return x + (is_label ? POINT_LABEL + 10 : POINT_WIDTH);
}

static void put_fact(struct flow *f, const struct block *b)
{
	const struct type type = {.points = 10};
	int own = f->d->style.label_width;
	double width = own ? own : LABEL_WIDTH, x = f->left + width + 10, label;

	if (needs_page(f, 14))
		begin_page(f);
	label = f->y;
	if (b->label) {
		label += canvas_text(&f->c, &type, f->left, f->y, width, b->label);
		canvas_text(&f->c, &type, f->left + width, f->y, 10, ":");
	}
	put_lines(f, &type, put_point(f, &type, b, x), b->text);
	if (f->y < label)
		f->y = label;
	f->y += 1.5;
}

/* ---- tables ---- */

static void measure_columns(const struct flow *f, struct table *t)
{
	int sum = 0, before = 0;

	for (int i = 0; i < t->columns; i++)
		sum += t->column[i].width;
	for (int i = 0; i <= t->columns; i++) {
		t->x[i] = f->left + (f->right - f->left) * before / (sum ? sum : 1);
		before += i < t->columns ? t->column[i].width : 0;
	}
}

static double cell_width(const struct table *t, int from, int to)
{
	return t->x[to] - t->x[from] - 2 * CELL_PAD;
}

static struct type head_type(const struct table *t)
{
	return (struct type){.points = t->points,
		.is_bold = true,
		.align = ALIGN_CENTRE,
		.lines_max = CELL_LINES};
}

/* End of the run of columns under one head with column i. */
static int end_of_group(const struct table *t, int i)
{
	int to = i + 1;

	while (t->column[i].group && to < t->columns && t->column[to].group &&
		str_eq(t->column[i].group, t->column[to].group))
		to++;
	return to;
}

/* Text in the middle of the box between the edges `from` and `to`, with a frame. */
static void put_head_cell(struct flow *f, const struct table *t, int from, int to, double y,
	double height, const char *text)
{
	const struct type type = head_type(t);
	double width = cell_width(t, from, to), x = t->x[from], right = t->x[to];
	double taken = text_height(f, &type, width, text);

	canvas_box(&f->c, x, y, right - x, height, 0.9);
	canvas_text(&f->c, &type, x + CELL_PAD, y + (height - taken) / 2, width, text);
	canvas_rule(&f->c, x, y, right, y, 0.5);
	canvas_rule(&f->c, x, y + height, right, y + height, 0.5);
	canvas_rule(&f->c, x, y, x, y + height, 0.5);
	canvas_rule(&f->c, right, y, right, y + height, 0.5);
}

static double head_height(struct flow *f, const struct table *t, double *ret_group)
{
	const struct type type = head_type(t);
	double single = 0, lower = 0, upper = 0;

	for (int i = 0; i < t->columns; i++) {
		const struct document_column *c = &t->column[i];
		double own = text_height(f, &type, cell_width(t, i, i + 1), c->head);
		double *room = c->group ? &lower : &single;

		*room = own > *room ? own : *room;
		if (c->group) {
			double g = text_height(
				f, &type, cell_width(t, i, end_of_group(t, i)), c->group);
			bool is_first = i == 0 || end_of_group(t, i - 1) == i;

			upper = is_first && g > upper ? g : upper;
		}
	}
	*ret_group = t->has_groups ? upper + 2 * CELL_PAD : 0;
	lower += t->has_groups ? 2 * CELL_PAD : 0;
	single += 2 * CELL_PAD;
	return *ret_group + lower > single ? *ret_group + lower : single;
}

static void put_head(struct flow *f, const struct table *t)
{
	double group, height = head_height(f, t, &group);

	for (int i = 0; i < t->columns;) {
		int to = end_of_group(t, i);
		const char *name = t->column[i].group;

		if (name)
			put_head_cell(f, t, i, to, f->y, group, name);
		for (; i < to; i++)
			put_head_cell(f, t, i, i + 1, name ? f->y + group : f->y,
				name ? height - group : height, t->column[i].head);
	}
	f->y += height;
}

static void put_table(struct flow *f, const struct block *b)
{
	double group;

	measure_columns(f, b->table);
	f->y += 4;
	if (needs_page(f, head_height(f, b->table, &group) + 30))
		begin_page(f);
	put_head(f, b->table);
}

/* A short number or one letter fits any column: it need not be set to know its height. */
static bool is_short(const char *text)
{
	size_t n = strspn(text, "0123456789-:.");

	return (n <= 4 && !text[n]) || (text[0] >= 'A' && text[0] <= 'Z' && !text[1]);
}

static double row_height(struct flow *f, const struct block *b)
{
	const struct table *t = b->table;
	struct type type = {.points = t->points, .is_bold = b->is_bold, .lines_max = CELL_LINES};
	double height = text_height(f, &type, 0, "0");

	for (int i = 0; i < t->columns; i++) {
		double own = is_short(b->cell[i])
				     ? 0
				     : text_height(f, &type, cell_width(t, i, i + 1), b->cell[i]);

		height = own > height ? own : height;
	}
	return height + 2 * CELL_PAD;
}

static void put_row(struct flow *f, struct block *b)
{
	const struct table *t = b->table;

	if (b->height == 0)
		b->height = row_height(f, b);
	if (needs_page(f, b->height + height_after(f, b))) {
		begin_page(f);
		put_head(f, t);
	}
	if (b->is_bold)
		canvas_box(&f->c, t->x[0], f->y, t->x[t->columns] - t->x[0], b->height, 0.95);
	for (int i = 0; i < t->columns && f->c.draws; i++) {
		struct type type = {.points = t->points,
			.is_bold = b->is_bold,
			.align = t->column[i].align,
			.lines_max = CELL_LINES};

		if (b->cell[i][0])
			canvas_text(&f->c, &type, t->x[i] + CELL_PAD, f->y + CELL_PAD,
				cell_width(t, i, i + 1), b->cell[i]);
	}
	for (int i = 0; i <= t->columns; i++)
		canvas_rule(&f->c, t->x[i], f->y, t->x[i], f->y + b->height, 0.5);
	f->y += b->height;
	canvas_rule(&f->c, t->x[0], f->y, t->x[t->columns], f->y, 0.5);
}

/* ---- all of it ---- */

static void put_block(struct flow *f, struct block *b)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		put_heading(f, b);
		break;
	case BLOCK_PARAGRAPH:
		put_paragraph(f, b);
		break;
	case BLOCK_LINE:
		put_line(f, b);
		break;
	case BLOCK_PAGE:
		put_page(f, b);
		break;
	case BLOCK_FACT:
		put_fact(f, b);
		break;
	case BLOCK_TABLE:
		put_table(f, b);
		break;
	case BLOCK_ROW:
		put_row(f, b);
		break;
	case BLOCK_SIGNERS:
		put_signers(f, b);
		break;
	}
}

/* Lays it out; `out` NULL only counts the pages. */
static enum err lay_out(struct document *d, int pages, struct buf *out, int *ret_pages)
{
	struct flow f = {.d = d,
		.pages = pages,
		.is_landscape = d->style.is_landscape,
		.running = title_of(d)};
	double width, height;

	page_size(&f, &width, &height);
	canvas_open(&f.c, width, height, out);
	canvas_describe(&f.c, d->arena, &d->style);
	begin_page(&f);
	put_letterhead(&f);
	put_title(&f);
	for (struct block *b = d->first; b; b = b->next)
		put_block(&f, b);
	*ret_pages = f.page;
	return canvas_close(&f.c);
}

enum err document_finish(struct document *d, struct bytes *ret_pdf)
{
	struct buf out;
	int pages;
	enum err e = lay_out(d, 0, NULL, &pages);

	buf_init(&out, d->arena, 64 * 1024);
	if (!e)
		e = lay_out(d, pages, &out, &pages);
	*ret_pdf = (struct bytes){(const uint8_t *)out.p, out.n};
	return e;
}
