/*
 * CSV (org_csv.h) and workbooks (platform/xlsx_read.h) as one source of rows.
 */
#include "org/org_sheet.h"

#include "platform/xlsx_read.h"

_Static_assert(XLSX_CELLS_MAX == SHEET_CELLS_MAX, "a row of either kind fits");

struct sheet {
	struct bytes file;
	struct csv *csv;   /* NULL for a workbook */
	struct xlsx *xlsx; /* NULL for a CSV */
	const char *reason;
};

/* "PK": what a zip, and so a workbook, begins with. */
static bool is_zip(struct bytes file)
{
	return file.n >= 4 && file.p[0] == 'P' && file.p[1] == 'K' && file.p[2] == 3 &&
	       file.p[3] == 4;
}

static const char *open_workbook(struct arena *arena, struct sheet *s)
{
	enum xlsx_fault fault = xlsx_open(arena, s->file, &s->xlsx);

	if (!fault)
		fault = xlsx_select(s->xlsx, 0);
	return fault ? xlsx_fault_names[fault] : NULL;
}

static const char *open_csv(struct arena *arena, struct sheet *s)
{
	enum csv_fault fault;

	s->csv = ARENA_NEW(arena, struct csv);
	fault = csv_open(s->csv, s->file);
	return fault ? csv_fault_names[fault] : NULL;
}

struct sheet *sheet_open(struct arena *arena, struct bytes file, const char **ret_reason)
{
	struct sheet *s = ARENA_NEW(arena, struct sheet);

	s->file = file;
	*ret_reason = is_zip(file) ? open_workbook(arena, s) : open_csv(arena, s);
	if (!*ret_reason)
		return s;
	sheet_close(s);
	return NULL;
}

void sheet_close(struct sheet *s)
{
	if (s && s->xlsx)
		xlsx_close(s->xlsx);
}

bool sheet_is_workbook(const struct sheet *s)
{
	return s->xlsx != NULL;
}

int sheet_count(const struct sheet *s)
{
	return s->xlsx ? xlsx_sheets(s->xlsx) : 1;
}

const char *sheet_name(const struct sheet *s, int index)
{
	return s->xlsx ? xlsx_sheet_name(s->xlsx, index) : "";
}

bool sheet_is_hidden(const struct sheet *s, int index)
{
	return s->xlsx && xlsx_sheet_is_hidden(s->xlsx, index);
}

bool sheet_select(struct sheet *s, int index)
{
	if (s->xlsx) {
		enum xlsx_fault fault = xlsx_select(s->xlsx, index);

		s->reason = xlsx_fault_names[fault];
		return fault == XLSX_OK;
	}
	return csv_open(s->csv, s->file) == CSV_OK;
}

static enum sheet_cell what_of(uint8_t kind)
{
	return kind == XLSX_CELL_ERROR      ? SHEET_ERROR
	       : kind == XLSX_CELL_NO_VALUE ? SHEET_NO_VALUE
					    : SHEET_VALUE;
}

static bool is_comment(const struct xlsx_row *row)
{
	return row->kind[0] == XLSX_CELL_TEXT && *row->cell[0] == '#';
}

static enum sheet_step next_of_workbook(struct sheet *s, struct sheet_row *ret)
{
	struct xlsx_row row;
	enum xlsx_fault fault;

	do {
		fault = xlsx_next(s->xlsx, &row);
	} while (!fault && is_comment(&row));
	ret->line = row.number;
	if (fault) {
		s->reason = xlsx_fault_names[fault];
		return fault == XLSX_END ? SHEET_END : SHEET_FAULT;
	}
	ret->cells = row.cells;
	ret->cell = row.cell;
	for (int i = 0; i < row.cells; i++)
		ret->what[i] = what_of(row.kind[i]);
	return SHEET_ROW;
}

static enum sheet_step next_of_csv(struct sheet *s, struct sheet_row *ret)
{
	struct csv_record record;
	enum csv_fault fault = csv_next(s->csv, &record);

	ret->line = s->csv->line;
	if (fault == CSV_END)
		return SHEET_END;
	ret->line = record.line;
	if (fault) {
		s->reason = csv_fault_names[fault];
		return SHEET_FAULT;
	}
	ret->cells = record.cells;
	ret->cell = record.cell;
	for (int i = 0; i < record.cells; i++)
		ret->what[i] = SHEET_VALUE;
	return SHEET_ROW;
}

enum sheet_step sheet_next(struct sheet *s, struct sheet_row *ret)
{
	return s->xlsx ? next_of_workbook(s, ret) : next_of_csv(s, ret);
}

const char *sheet_reason(const struct sheet *s)
{
	return s->reason;
}

int sheet_percent(const struct sheet *s)
{
	if (s->xlsx)
		return xlsx_percent(s->xlsx);
	return s->file.n ? (int)((size_t)(s->csv->p - s->file.p) * 100 / s->file.n) : 100;
}

const char *sheet_address(struct arena *arena, const struct sheet *s, int column, int line)
{
	char letters[4] = "";
	int at = 3;

	if (!s->xlsx || column < 0)
		return "";
	for (int left = column + 1; left > 0 && at > 0; left = (left - 1) / 26)
		letters[--at] = (char)('A' + (left - 1) % 26);
	return arena_printf(arena, "%.*s%d", 3 - at, letters + at, line);
}
