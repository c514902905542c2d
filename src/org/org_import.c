/*
 * The frame of an import: table of kinds, faults, staging, rows. Headings are found in
 * org_import_header.c, the values of cells read in org_import_cell.c, the job is org_import_job.c.
 *
 * Invariants: a cell has at most one fault; a file with a fault stages nothing that is applied;
 * rows are counted once each. Reading stops at a fault of the file's form (encoding, quotes,
 * header) and goes on after a fault of a row: the kind checks every cell also of a row whose form
 * is at fault already, so that one run names everything that must be corrected.
 */
#include "org/org_import_int.h"

#include "base/str.h"

#include <assert.h>
#include <string.h>

#define SLAB_BYTES      (32u << 20)
#define SCRATCH_BYTES   (1u << 20)
#define VALUE_SHOWN_MAX 200

const char *const import_subject_names[] = {"units", "employees", "placements", "supervisors",
	"posts", "holidays", "status", "rosters", "balances", "punches", "simpegnas", "turns",
	"targets", NULL};
const char *const import_state_names[] = {
	"waiting", "checked", "applied", "refused", "failed", NULL};

static const struct import_kind *kinds[IMPORT_SUBJECTS];

void org_import_register(const struct import_kind *kind)
{
	assert(kind->columns <= IMPORT_COLUMNS_MAX);
	kinds[kind->subject] = kind;
}

void org_import_register_own(void)
{
	org_import_register(&org_import_units);
	org_import_register(&org_import_employees);
	org_import_register(&org_import_placements);
	org_import_register(&org_import_supervisors);
	org_import_register(&org_import_posts);
	org_import_register(&org_import_statuses);
	org_import_register(&org_import_balances);
}

const struct import_kind *org_import_kind(enum import_subject subject)
{
	return subject < IMPORT_SUBJECTS ? kinds[subject] : NULL;
}

/* ---- faults ---- */

/* A value as it is shown: whole characters, at most VALUE_SHOWN_MAX bytes. */
static const char *shown_value(struct arena *arena, const char *value)
{
	size_t n = strlen(value);

	if (n > VALUE_SHOWN_MAX) {
		n = VALUE_SHOWN_MAX;
		while (n > 0 && ((uint8_t)value[n] & 0xC0) == 0x80)
			n--;
	}
	return arena_strndup(arena, value, n);
}

void org_import_fault_at(struct import *im, int line, int place, const char *column,
	const char *reason, const char *value)
{
	struct import_private *own = im->own;

	if (own->errors < IMPORT_ERRORS_MAX)
		own->error[own->errors] = (struct import_error){line, column, reason,
			shown_value(im->tx->arena, value),
			own->sheet ? sheet_address(im->tx->arena, own->sheet, place, line) : ""};
	own->errors++;
}

static void begin_faults(struct import_private *own, int line)
{
	if (own->fault_line != line)
		own->fault_columns = 0;
	own->fault_line = line;
}

void org_import_fault(
	struct import *im, const struct import_line *line, int column, const char *reason)
{
	struct import_private *own = im->own;

	begin_faults(own, line->line);
	if (own->fault_columns & 1u << column)
		return;
	own->fault_columns |= 1u << column;
	org_import_fault_at(im, line->line, own->place[column], own->kind->column[column].name,
		reason, line->cell[column]);
}

void org_import_day_fault(struct import *im, const struct import_line *line, int day,
	const char *reason, const char *value)
{
	char *column = arena_alloc(im->tx->arena, 11);

	day_format(im->day[day], column);
	begin_faults(im->own, line->line);
	org_import_fault_at(im, line->line, im->own->day_place[day], column, reason,
		value ? value : line->day_cell[day]);
}

void org_import_whole_day_fault(
	struct import *im, int32_t day, const char *reason, const char *value)
{
	char *column = arena_alloc(im->tx->arena, 11);

	day_format(day, column);
	org_import_fault_at(im, im->own->header_line, -1, column, reason, value);
}

/* Only sound rows count; the others are named, and the file changes nothing. */
void org_import_count(struct import *im, enum import_action action)
{
	if (im->own->fault_line == im->own->line && im->own->line)
		return;
	im->own->created += action == IMPORT_CREATE;
	im->own->updated += action == IMPORT_UPDATE;
	im->own->unchanged += action == IMPORT_UNCHANGED;
}

void org_import_touch_closed(struct import *im, int32_t days)
{
	im->own->closed_days += days;
}

/* ---- staging ---- */

static enum err flush_slice(struct import *im)
{
	struct import_private *own = im->own;
	enum err e = own->staged_rows ? own->flush(im) : OK;

	own->staged_before += own->staged_rows;
	own->staged_rows = 0;
	arena_reset(&own->slab);
	return e;
}

enum err org_import_stage(struct import *im, const struct import_staged *row)
{
	struct import_private *own = im->own;
	struct import_staged *copy = &own->staged[own->staged_rows];

	if (own->is_dry || own->errors)
		return OK;
	*copy = *row;
	for (int i = 0; i < IMPORT_TEXTS; i++)
		copy->t[i] = row->t[i] ? arena_strdup(&own->slab, row->t[i]) : "";
	if (++own->staged_rows < IMPORT_SLICE_ROWS)
		return OK;
	return flush_slice(im);
}

/* ---- the file ---- */

void org_import_choose(struct import *im, const struct import_mapping *mapping)
{
	im->own->mapping = mapping;
}

void org_import_offer(struct import *im, const struct import_mapping *mapping, int mappings)
{
	im->own->offered = mapping;
	im->own->offers = mappings;
}

enum err org_import_offer_saved(struct import *im)
{
	struct org_mapping_row *row;
	int count;
	enum err e = org_list_mappings(im->tx, im->own->kind, &row, &count);

	if (e)
		return e;
	struct import_mapping *mapping = ARENA_ARRAY(
		im->tx->arena, (size_t)count, struct import_mapping);
	for (int i = 0; i < count; i++)
		mapping[i] = row[i].mapping;
	org_import_offer(im, mapping, count);
	return OK;
}

bool org_import_choose_saved(struct import *im, int64_t mapping_id)
{
	for (int i = 0; i < im->own->offers; i++) {
		if (im->own->offered[i].mapping_id != mapping_id)
			continue;
		org_import_choose(im, &im->own->offered[i]);
		return true;
	}
	return false;
}

enum err org_import_open(struct import *im, struct tx *tx, const struct import_kind *kind,
	int64_t import_id, int32_t effective, bool is_dry)
{
	struct import_private *own = ARENA_NEW(tx->arena, struct import_private);
	enum err e;

	*im = (struct import){.tx = tx, .effective = effective, .own = own};
	own->kind = kind;
	own->import_id = import_id;
	own->is_dry = is_dry;
	own->error = ARENA_ARRAY(tx->arena, IMPORT_ERRORS_MAX, struct import_error);
	own->staged = ARENA_ARRAY(tx->arena, IMPORT_SLICE_ROWS, struct import_staged);
	arena_init(&own->slab, SLAB_BYTES);
	arena_init(&own->scratch, SCRATCH_BYTES);
	if ((e = org_load_today(tx, &im->today)) || (e = org_load_tree(tx, &im->tree)))
		return e;
	if ((e = org_list_people(tx, &own->person, &own->people)))
		return e;
	im->people = own->people;
	org_map_init(&own->nips, tx->arena, own->people);
	for (int i = 0; i < own->people; i++)
		org_map_add(&own->nips, own->person[i].nip, i);
	if ((e = org_import_offer_saved(im)))
		return e;
	return kind->begin(im);
}

void org_import_close(struct import *im)
{
	arena_release(&im->own->slab);
	arena_release(&im->own->scratch);
}

/* ---- rows ---- */

/* The cell of a column as the kind shall see it: translated, and the fixed value where it is empty.
 */
static const char *mean_value(struct import *im, int column, const char *cell)
{
	const struct import_source *source = &im->own->mapping->source[column];

	if (!*cell)
		return source->fixed;
	if (source->values == 0)
		return cell;
	int index = org_map_find(&im->own->values[column], str_fold(&im->own->scratch, cell));
	return index < 0 ? cell : source->value[index].to;
}

/* "19850412 201001 2 003" without its blanks, dots and dashes, when only digits are left. */
static const char *compact_nip(struct arena *arena, const char *cell)
{
	char *out = arena_alloc(arena, strlen(cell) + 1);
	size_t n = 0;

	for (const char *p = cell; *p; p++) {
		if (*p >= '0' && *p <= '9')
			out[n++] = *p;
		else if (!strchr(" .-", *p))
			return cell;
	}
	return out;
}

static const char *cell_at(const struct sheet_row *row, int place)
{
	return place >= 0 && place < row->cells ? row->cell[place] : "";
}

/* What holds for every kind: a value, required, length, formula, a whole NIP. */
static void check_cell(
	struct import *im, const struct import_line *line, const struct sheet_row *row, int column)
{
	const struct import_column *c = &im->own->kind->column[column];
	const char *cell = line->cell[column];
	const int place = im->own->place[column];
	enum sheet_cell what = place >= 0 && place < row->cells ? row->what[place] : SHEET_VALUE;
	const char *reason = NULL;

	if (what == SHEET_ERROR)
		reason = "cell_error";
	else if (what == SHEET_NO_VALUE)
		reason = "formula_without_value";
	else if ((c->flags & IMPORT_REQUIRED) && !*cell)
		reason = "required";
	else if (strlen(cell) > (size_t)c->max_bytes)
		reason = "too_long";
	else if ((c->flags & IMPORT_NIP) && csv_is_scientific(cell))
		reason = "nip_scientific";
	else if ((c->flags & IMPORT_NAME) && csv_is_formula(cell))
		reason = "formula";
	else if ((c->flags & IMPORT_NAME) && strpbrk(cell, "\n\t"))
		reason = "line_break";
	if (reason)
		org_import_fault(im, line, column, reason);
}

static void read_cell(
	struct import *im, struct import_line *line, const struct sheet_row *row, int column)
{
	const struct import_private *own = im->own;
	const char *cell = cell_at(row, own->place[column]);

	if (own->mapping)
		cell = mean_value(im, column, cell);
	if (own->kind->column[column].flags & IMPORT_NIP)
		cell = compact_nip(&im->own->scratch, cell);
	line->cell[column] = cell;
}

/* Merged cells of a workbook stand in their first row alone. */
static void repeat_cells(struct import *im, struct import_line *line)
{
	struct import_private *own = im->own;
	bool is_same = true;

	for (int i = 0; i < own->kind->columns; i++) {
		const char **above = &own->above[i];

		if (!(own->kind->column[i].flags & IMPORT_REPEATS))
			continue;
		if (is_same && !*line->cell[i] && *above)
			line->cell[i] = *above;
		if (*above && str_eq(*above, line->cell[i]))
			continue;
		is_same = false;
		*above = arena_strdup(im->tx->arena, line->cell[i]);
	}
}

static enum err check_record(struct import *im, const struct sheet_row *row)
{
	struct import_private *own = im->own;
	struct import_line line = {.line = row->line, .given = own->given};

	own->line = row->line;
	for (int i = 0; i < own->kind->columns; i++)
		read_cell(im, &line, row, i);
	repeat_cells(im, &line);
	for (int i = 0; i < own->kind->columns; i++)
		check_cell(im, &line, row, i);
	for (int i = 0; i < im->days; i++)
		line.day_cell[i] = cell_at(row, own->day_place[i]);
	if (row->cells > own->header_cells && !own->mapping) {
		org_import_fault_at(
			im, row->line, own->header_cells, "", "more_cells_than_header", "");
		return OK;
	}
	return own->kind->check_row(im, &line);
}

/* "1 2 3 4": the numbers of columns that offices put below their headings. */
static bool is_numbering(const struct sheet_row *row)
{
	int before = 0;

	for (int i = 0; i < row->cells; i++) {
		int64_t number;

		if (!*row->cell[i])
			continue;
		if (!str_to_int(row->cell[i], 1, SHEET_CELLS_MAX, &number) || number != before + 1)
			return false;
		before = (int)number;
	}
	return before > 1;
}

/* The table of a workbook may end at its first blank row, with signatures below. */
static bool is_behind_table(const struct import_private *own, const struct sheet_row *row)
{
	return own->mapping && own->mapping->ends_at_blank && own->rows > 0 &&
	       sheet_is_workbook(own->sheet) && row->line > own->line + 1;
}

static enum err read_rows(struct import *im)
{
	struct import_private *own = im->own;
	struct sheet_row row;
	enum sheet_step step;

	while ((step = sheet_next(own->sheet, &row)) == SHEET_ROW) {
		if (row.line <= own->header_line || (own->rows == 0 && is_numbering(&row)))
			continue;
		if (is_behind_table(own, &row))
			return OK;
		enum err e = check_record(im, &row);

		own->rows++;
		arena_reset(&own->scratch);
		if (e)
			return e;
	}
	if (step == SHEET_FAULT)
		org_import_fault_at(im, row.line, -1, "", sheet_reason(own->sheet), "");
	return OK;
}

static void index_values(struct import *im)
{
	const struct import_mapping *m = im->own->mapping;

	for (int i = 0; i < im->own->kind->columns && m; i++) {
		const struct import_source *source = &m->source[i];

		org_map_init(&im->own->values[i], im->tx->arena, source->values);
		for (int v = 0; v < source->values; v++)
			org_map_add(&im->own->values[i],
				str_fold(im->tx->arena, source->value[v].from), v);
	}
}

static enum err read_open(struct import *im)
{
	struct import_private *own = im->own;
	enum err e;

	if (own->errors)
		return OK;
	index_values(im);
	if ((e = read_rows(im)))
		return e;
	if (own->errors == 0 && own->rows == 0)
		org_import_fault_at(im, own->header_line, -1, "", "empty", "");
	own->line = 0;
	if (own->errors == 0 && own->kind->end && (e = own->kind->end(im)))
		return e;
	return own->errors ? OK : flush_slice(im);
}

enum err org_import_read(struct import *im, struct bytes file)
{
	struct import_private *own = im->own;
	const char *reason;
	enum err e;

	own->sheet = sheet_open(im->tx->arena, file, &reason);
	if (!own->sheet) {
		org_import_fault_at(im, 1, -1, "", reason, "");
		return OK;
	}
	org_import_find_header(im);
	e = read_open(im);
	sheet_close(own->sheet);
	own->sheet = NULL;
	return e;
}
