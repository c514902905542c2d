/*
 * The frame of an import: table of kinds, header, faults, staging. The values of cells are read in
 * org_import_cell.c, the job is org_import_job.c.
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
	"posts", "holidays", "status", "rosters", "turns", NULL};
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

void org_import_fault_at(
	struct import *im, int line, const char *column, const char *reason, const char *value)
{
	struct import_private *own = im->own;

	if (own->errors < IMPORT_ERRORS_MAX)
		own->error[own->errors] = (struct import_error){
			line, column, reason, shown_value(im->tx->arena, value)};
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
	org_import_fault_at(
		im, line->line, own->kind->column[column].name, reason, line->cell[column]);
}

void org_import_day_fault(struct import *im, const struct import_line *line, int day,
	const char *reason, const char *value)
{
	char *column = arena_alloc(im->tx->arena, 11);

	day_format(im->day[day], column);
	begin_faults(im->own, line->line);
	org_import_fault_at(im, line->line, column, reason, value ? value : line->day_cell[day]);
}

void org_import_whole_day_fault(
	struct import *im, int32_t day, const char *reason, const char *value)
{
	char *column = arena_alloc(im->tx->arena, 11);

	day_format(day, column);
	org_import_fault_at(im, im->own->header_line, column, reason, value);
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

enum err org_import_open(struct import *im, struct tx *tx, const struct import_kind *kind,
	int64_t import_id, int32_t effective, bool is_dry)
{
	struct import_private *own = ARENA_NEW(tx->arena, struct import_private);
	enum err e;

	*im = (struct import){.tx = tx, .effective = effective, .own = own};
	own->kind = kind;
	own->import_id = import_id;
	own->is_dry = is_dry;
	own->csv = ARENA_NEW(tx->arena, struct csv);
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
	return kind->begin(im);
}

void org_import_close(struct import *im)
{
	arena_release(&im->own->slab);
	arena_release(&im->own->scratch);
}

static int find_column(const struct import_kind *kind, const char *name)
{
	for (int i = 0; i < kind->columns; i++) {
		if (str_eq(kind->column[i].name, name))
			return i;
	}
	return -1;
}

/* Takes a heading that is a day, for a kind that takes days; NULL, or why it cannot be taken. */
static const char *take_day_column(struct import *im, const char *heading, int place)
{
	int32_t day;

	if (!im->own->kind->takes_days || !org_import_parse_day(heading, &day))
		return "unknown_column";
	for (int i = 0; i < im->days; i++) {
		if (im->day[i] == day)
			return "double_column";
	}
	if (im->days == IMPORT_DAYS_MAX)
		return "too_many_columns";
	im->own->day_place[im->days] = place;
	im->day[im->days++] = day;
	return NULL;
}

/* Where each column of the kind stands in the file. */
static void read_header(struct import *im, const struct csv_record *record)
{
	struct import_private *own = im->own;
	const struct import_kind *kind = own->kind;

	own->header_cells = record->cells;
	own->header_line = record->line;
	for (int i = 0; i < IMPORT_COLUMNS_MAX; i++)
		own->place[i] = -1;
	for (int i = 0; i < record->cells; i++) {
		int column = find_column(kind, str_fold(im->tx->arena, record->cell[i]));
		const char *reason = NULL;

		if (column < 0)
			reason = take_day_column(im, record->cell[i], i);
		else if (own->place[column] >= 0)
			reason = "double_column";
		else
			own->place[column] = i;
		if (reason)
			org_import_fault_at(im, record->line,
				arena_printf(im->tx->arena, "%d", i + 1), reason, record->cell[i]);
	}
	for (int i = 0; i < kind->columns; i++) {
		if (own->place[i] >= 0)
			own->given |= 1u << i;
		else if (kind->column[i].flags & IMPORT_REQUIRED)
			org_import_fault_at(
				im, record->line, kind->column[i].name, "missing_column", "");
	}
}

/* What holds for every kind: required, length, formula. */
static void check_cell(struct import *im, const struct import_line *line, int column)
{
	const struct import_column *c = &im->own->kind->column[column];
	const char *cell = line->cell[column];
	const char *reason = NULL;

	if ((c->flags & IMPORT_REQUIRED) && !*cell)
		reason = "required";
	else if (strlen(cell) > (size_t)c->max_bytes)
		reason = "too_long";
	else if ((c->flags & IMPORT_NAME) && csv_is_formula(cell))
		reason = "formula";
	else if ((c->flags & IMPORT_NAME) && strpbrk(cell, "\n\t"))
		reason = "line_break";
	if (reason)
		org_import_fault(im, line, column, reason);
}

static enum err check_record(struct import *im, const struct csv_record *record)
{
	struct import_private *own = im->own;
	struct import_line line = {.line = record->line, .given = own->given};

	own->line = record->line;

	for (int i = 0; i < own->kind->columns; i++) {
		bool is_there = own->place[i] >= 0 && own->place[i] < record->cells;

		line.cell[i] = is_there ? record->cell[own->place[i]] : "";
		check_cell(im, &line, i);
	}
	for (int i = 0; i < im->days; i++) {
		int place = own->day_place[i];

		line.day_cell[i] = place < record->cells ? record->cell[place] : "";
	}
	if (record->cells > own->header_cells) {
		org_import_fault_at(im, record->line, "", "more_cells_than_header", "");
		return OK;
	}
	return own->kind->check_row(im, &line);
}

static enum err read_rows(struct import *im)
{
	struct import_private *own = im->own;
	struct csv_record record;
	enum csv_fault fault;

	while ((fault = csv_next(own->csv, &record)) == CSV_OK) {
		enum err e = check_record(im, &record);

		own->rows++;
		arena_reset(&own->scratch);
		if (e)
			return e;
	}
	if (fault != CSV_END)
		org_import_fault_at(im, record.line, "", csv_fault_names[fault], "");
	return OK;
}

enum err org_import_read(struct import *im, struct bytes file)
{
	struct import_private *own = im->own;
	struct csv_record record = {.line = 1};
	enum csv_fault fault = csv_open(own->csv, file);
	enum err e;

	if (!fault)
		fault = csv_next(own->csv, &record);
	if (fault) {
		org_import_fault_at(im, record.line, "",
			fault == CSV_END ? "empty" : csv_fault_names[fault], "");
		return OK;
	}
	read_header(im, &record);
	if (own->errors)
		return OK;
	if ((e = read_rows(im)))
		return e;
	if (own->errors == 0 && own->rows == 0)
		org_import_fault_at(im, record.line, "", "empty", "");
	own->line = 0;
	if (own->errors == 0 && own->kind->end && (e = own->kind->end(im)))
		return e;
	return own->errors ? OK : flush_slice(im);
}
