/*
 * A look at a sheet before anything of it is kept: where its table begins, what its headings are,
 * how they would be read, and what stands below them.
 *
 * The file comes with the request and is gone with it. Nothing is shown of columns that are private
 * and not needed (NIK, religion, phone ...), so that an officer maps a sheet without reading them.
 * What is proposed comes, in this order, from our own headings, a saved mapping, an example of the
 * program, or likeness of names.
 */
#include "org/org_mapping_view.h"
#include "org/org_routes.h"

#include "base/str.h"
#include "platform/blob.h"

#define SAMPLE_ROWS 500
#define SAMPLES_MAX 20
#define SAMPLE_MAX  60 /* bytes shown */

/* ---- shapes ---- */

enum proposal_from { FROM_NOTHING, FROM_OWN, FROM_SAVED, FROM_PRESET, FROM_LIKENESS };
static const char *const proposal_names[] = {"none", "own", "saved", "example", "likeness", NULL};

struct seen_heading {
	const char *heading, *cell;
	bool is_private;
	const char **samples;
	int sample_count;
};
static const struct field heading_fields[] = {
	F_TEXT(struct seen_heading, heading, 0, 400, 0, "As the sheet has it."),
	F_TEXT(struct seen_heading, cell, 0, 12, 0, "Where: C5; empty in a CSV."),
	F_BOOL(struct seen_heading, is_private, 0,
		"Not needed and not kept, and so not shown: NIK, religion, phone ..."),
	F_TEXTS(struct seen_heading, samples, sample_count, 0, SAMPLES_MAX, 0,
		"Different values of its first rows."),
	F_END,
};
static const struct shape heading_shape = SHAPE(
	"SheetHeading", struct seen_heading, heading_fields);

struct wanted_column {
	const char *name, *example;
	bool is_required;
	const char **choices;
	int choice_count;
};
static const struct field wanted_fields[] = {
	F_TEXT(struct wanted_column, name, 1, 40, 0, "Column of the kind."),
	F_TEXT(struct wanted_column, example, 0, 200, 0, "An example of its value."),
	F_BOOL(struct wanted_column, is_required, 0, "Must be filled in every row."),
	F_TEXTS(struct wanted_column, choices, choice_count, 0, 64, 0,
		"What it takes; none: anything."),
	F_END,
};
static const struct shape wanted_shape = SHAPE("WantedColumn", struct wanted_column, wanted_fields);

struct preview {
	const char *fault;
	int32_t fault_line;
	const char **sheets;
	int sheet_count;
	const char *sheet;
	int32_t line, rows;
	struct seen_heading *headings;
	int heading_count;
	struct wanted_column *columns;
	int column_count;
	int32_t from;
	int64_t mapping;
	const char *name;
	int32_t dates;
	bool ends_at_blank;
	struct mapped_column *proposal;
	int proposal_count;
};
static const struct field preview_fields[] = {
	F_TEXT(struct preview, fault, 1, 60, OPTIONAL,
		"Reason code: the file cannot be read, and nothing else is said."),
	F_INT(struct preview, fault_line, 1, INT32_MAX, OPTIONAL, "Where it breaks."),
	F_TEXTS(struct preview, sheets, sheet_count, 0, 64, 0, "Sheets people see; none in a CSV."),
	F_TEXT(struct preview, sheet, 0, 200, 0, "The one that is read."),
	F_INT(struct preview, line, 0, INT32_MAX, 0, "Row of the headings."),
	F_INT(struct preview, rows, 0, INT32_MAX, 0, "Rows below them, as far as was looked: 500."),
	F_LIST(struct preview, headings, heading_count, &heading_shape, 0, SHEET_CELLS_MAX, 0,
		"Its headings from the left."),
	F_LIST(struct preview, columns, column_count, &wanted_shape, 0, IMPORT_COLUMNS_MAX, 0,
		"Columns of the kind."),
	F_ENUM(struct preview, from, proposal_names, 0, "Where the proposal comes from."),
	F_ID(struct preview, mapping, OPTIONAL, "The saved mapping that fits."),
	F_TEXT(struct preview, name, 0, 80, OPTIONAL, "Name of the mapping or the example."),
	F_ENUM(struct preview, dates, date_order_names, 0, "Order of its dates."),
	F_BOOL(struct preview, ends_at_blank, 0, "Whether the table ends at a blank row."),
	F_LIST(struct preview, proposal, proposal_count, &org_mapped_column_shape, 0,
		IMPORT_COLUMNS_MAX, 0, "How the columns would be read."),
	F_END,
};
const struct shape org_preview_shape = SHAPE("SheetPreview", struct preview, preview_fields);

struct preview_query {
	int32_t kind;
};
static const struct field preview_query_fields[] = {
	Q_ENUM(struct preview_query, kind, import_subject_names, 0, "What the sheet is about."),
	F_END,
};
const struct shape org_preview_query_shape = SHAPE(
	"SheetPreviewQuery", struct preview_query, preview_query_fields);

/* ---- the proposal ---- */

static bool has_heading(struct arena *arena, const struct import_head *head, const char *heading)
{
	const char *key = org_import_heading_key(arena, heading);

	for (int i = 0; i < head->cells; i++) {
		if (str_eq(org_import_heading_key(arena, head->heading[i]), key))
			return true;
	}
	return false;
}

/* How many headings of an example the sheet has; -1 when one is missing. */
static int preset_score(struct arena *arena, const struct import_head *head,
	const struct import_kind *kind, const struct import_mapping *preset)
{
	int score = 0;

	for (int i = 0; i < kind->columns; i++) {
		if (!*preset->source[i].heading)
			continue;
		if (!has_heading(arena, head, preset->source[i].heading))
			return -1;
		score++;
	}
	return score;
}

static const struct import_mapping *find_preset(struct import *im)
{
	const struct import_kind *kind = im->own->kind;
	const struct import_mapping *best = NULL;
	int best_score = 0;

	for (int i = 0; i < kind->presets; i++) {
		int score = preset_score(im->tx->arena, &im->own->head, kind, &kind->preset[i]);

		if (score > best_score) {
			best_score = score;
			best = &kind->preset[i];
		}
	}
	return best;
}

/* The heading that is most like a column, if none is like it more elsewhere; "" for none. */
static const char *most_like(struct import *im, int column, const bool *is_taken, int *ret_place)
{
	const struct import_head *head = &im->own->head;
	int best = HEADING_SCORE_LEAST - 1;

	*ret_place = -1;
	for (int i = 0; i < head->cells; i++) {
		const char *key = org_import_heading_key(im->tx->arena, head->heading[i]);
		int score = is_taken[i] || is_private_heading(key)
				    ? 0
				    : compute_heading_score(
					      im->tx->arena, &im->own->kind->column[column], key);

		if (score > best) {
			best = score;
			*ret_place = i;
		}
	}
	return *ret_place < 0 ? "" : head->heading[*ret_place];
}

static const struct import_mapping *propose_by_likeness(struct import *im)
{
	struct import_mapping *m = ARENA_NEW(im->tx->arena, struct import_mapping);
	bool is_taken[SHEET_CELLS_MAX] = {false};

	m->ends_at_blank = sheet_is_workbook(im->own->sheet);
	for (int i = 0; i < im->own->kind->columns; i++) {
		int place;

		m->source[i] = (struct import_source){
			most_like(im, i, is_taken, &place), "", NULL, 0};
		if (place >= 0)
			is_taken[place] = true;
	}
	return m;
}

/* What an example fixes the sheet may say itself, under a heading like the column. */
static const struct import_mapping *propose_preset(
	struct import *im, const struct import_mapping *preset)
{
	struct import_mapping *m = ARENA_NEW(im->tx->arena, struct import_mapping);
	const bool is_taken[SHEET_CELLS_MAX] = {false};

	*m = *preset;
	for (int i = 0; i < im->own->kind->columns; i++) {
		struct import_source *source = &m->source[i];
		const char *heading;
		int place;

		if (*source->heading || !source->values)
			continue;
		heading = most_like(im, i, is_taken, &place);
		*source = place < 0 ? (struct import_source){"", source->fixed, NULL, 0}
				    : (struct import_source){
					      heading, "", source->value, source->values};
	}
	return m;
}

/* Our own headings as a mapping of themselves. */
static const struct import_mapping *propose_own(struct import *im)
{
	struct import_mapping *m = ARENA_NEW(im->tx->arena, struct import_mapping);

	for (int i = 0; i < im->own->kind->columns; i++) {
		int place = im->own->place[i];

		m->source[i] = (struct import_source){
			place < 0 ? "" : im->own->head.heading[place], "", NULL, 0};
	}
	return m;
}

/* ---- what stands below ---- */

/* At most SAMPLE_MAX bytes, whole characters. */
static const char *cut_sample(struct arena *arena, const char *text)
{
	size_t n = strlen(text);

	if (n <= SAMPLE_MAX)
		return arena_strdup(arena, text);
	for (n = SAMPLE_MAX; n > 0 && ((uint8_t)text[n] & 0xC0) == 0x80; n--)
		;
	return arena_printf(arena, "%.*s...", (int)n, text);
}

static void add_sample(struct arena *arena, struct seen_heading *h, const char *text)
{
	if (!*text || h->is_private || h->sample_count == SAMPLES_MAX)
		return;
	const char *cut = cut_sample(arena, text);
	for (int i = 0; i < h->sample_count; i++) {
		if (str_eq(h->samples[i], cut))
			return;
	}
	h->samples[h->sample_count++] = cut;
}

static void read_samples(struct import *im, struct preview *out)
{
	struct sheet_row row;

	if (!sheet_select(im->own->sheet, im->own->head.sheet))
		return;
	int line = im->own->head.line;
	while (out->rows < SAMPLE_ROWS && sheet_next(im->own->sheet, &row) == SHEET_ROW) {
		if (row.line <= im->own->head.line)
			continue;
		if (out->ends_at_blank && out->rows && row.line > line + 1)
			break;
		line = row.line;
		out->rows++;
		for (int i = 0; i < row.cells && i < out->heading_count; i++)
			add_sample(im->tx->arena, &out->headings[i], row.cell[i]);
	}
}

static void view_headings(struct import *im, struct preview *out)
{
	const struct import_head *head = &im->own->head;
	struct arena *arena = im->tx->arena;

	out->headings = ARENA_ARRAY(arena, (size_t)head->cells, struct seen_heading);
	out->heading_count = head->cells;
	for (int i = 0; i < head->cells; i++) {
		const char *key = org_import_heading_key(arena, head->heading[i]);

		out->headings[i] = (struct seen_heading){
			arena_strndup(arena, head->heading[i], strnlen(head->heading[i], 400)),
			sheet_address(arena, im->own->sheet, i, head->line),
			is_private_heading(key), ARENA_ARRAY(arena, SAMPLES_MAX, const char *), 0};
	}
}

static void view_columns(struct arena *arena, const struct import_kind *kind, struct preview *out)
{
	out->columns = ARENA_ARRAY(arena, (size_t)kind->columns, struct wanted_column);
	out->column_count = kind->columns;
	for (int i = 0; i < kind->columns; i++) {
		const struct import_column *c = &kind->column[i];
		struct wanted_column *w = &out->columns[i];

		*w = (struct wanted_column){
			c->name, c->example, (c->flags & IMPORT_REQUIRED) != 0, NULL, 0};
		while (c->names && c->names[w->choice_count])
			w->choice_count++;
		w->choices = ARENA_ARRAY(arena, (size_t)w->choice_count, const char *);
		for (int n = 0; n < w->choice_count; n++)
			w->choices[n] = c->names[n];
	}
}

static void view_sheets(struct import *im, struct preview *out)
{
	struct sheet *sheet = im->own->sheet;

	out->sheets = ARENA_ARRAY(im->tx->arena, (size_t)sheet_count(sheet), const char *);
	for (int i = 0; i < sheet_count(sheet) && sheet_is_workbook(sheet); i++) {
		if (!sheet_is_hidden(sheet, i))
			out->sheets[out->sheet_count++] = sheet_name(sheet, i);
	}
	out->sheet = sheet_name(sheet, im->own->head.sheet);
}

/* ---- the whole look ---- */

static void propose(struct import *im, struct preview *out)
{
	struct import_private *own = im->own;
	const struct import_mapping *m = own->mapping;

	out->from = FROM_SAVED;
	if (own->errors == 0 && !m) {
		out->from = FROM_OWN;
		m = propose_own(im);
	} else if (own->errors) {
		m = find_preset(im);
		out->from = m ? FROM_PRESET : FROM_LIKENESS;
		m = m ? propose_preset(im, m) : propose_by_likeness(im);
	}
	out->mapping = m->mapping_id;
	out->name = m->name;
	out->dates = (int32_t)m->dates;
	out->ends_at_blank = m->ends_at_blank;
	org_view_columns(im->tx->arena, own->kind, m, &out->proposal, &out->proposal_count);
	if (out->from == FROM_LIKENESS && out->proposal_count == 0)
		out->from = FROM_NOTHING;
}

static void look(struct import *im, struct preview *out)
{
	struct import_private *own = im->own;

	org_import_find_header(im);
	if (own->errors && !org_import_guess_header(im)) {
		out->fault = own->error[0].reason;
		out->fault_line = own->error[0].line;
		return;
	}
	out->line = own->head.line;
	view_sheets(im, out);
	view_headings(im, out);
	view_columns(im->tx->arena, own->kind, out);
	propose(im, out);
	read_samples(im, out);
}

static enum err open_look(struct req *rq, const struct import_kind *kind, struct import *im)
{
	struct import_private *own = ARENA_NEW(rq->tx->arena, struct import_private);

	*im = (struct import){.tx = rq->tx, .own = own};
	own->kind = kind;
	own->error = ARENA_ARRAY(rq->tx->arena, IMPORT_ERRORS_MAX, struct import_error);
	return org_import_offer_saved(im);
}

enum err org_post_preview(struct req *rq)
{
	const struct preview_query *in = rq->input;
	const struct import_kind *kind = org_import_kind((enum import_subject)in->kind);
	const struct bytes file = {(const uint8_t *)rq->raw_body, rq->raw_body_bytes};
	struct preview out = {.fault_line = INT_NONE, .sheet = ""};
	struct import im;
	enum err e;

	if (!kind)
		return refuse(rq, E_BAD_FIELD, "/kind", "cannot be imported");
	if (file.n == 0)
		return refuse(rq, E_BAD_REQUEST, "", "empty file");
	if ((e = open_look(rq, kind, &im)))
		return e;
	im.own->sheet = sheet_open(rq->tx->arena, file, &out.fault);
	if (!im.own->sheet) {
		out.fault_line = 1;
		return reply(rq, 200, &out);
	}
	look(&im, &out);
	e = reply(rq, 200, &out);
	sheet_close(im.own->sheet);
	return e;
}
