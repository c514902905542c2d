/*
 * Rows of a sheet, one at a time: the parser is stopped at the end of each used row and resumed for
 * the next, so a sheet of any length costs one row of memory.
 *
 * Rows and cells may say where they stand (r="C14") or not; rows never go back. What follows the
 * rows (merged cells, drawings, links) is not read.
 */
#include "platform/xlsx_int.h"

#include "base/str.h"
#include "platform/clock.h"

const char *const xlsx_fault_names[] = {"ok", "end", "not_a_workbook", "workbook_encrypted",
	"workbook_macros", "workbook_damaged", "workbook_dtd", "workbook_too_large",
	"workbook_too_many_parts", "workbook_too_many_strings", "too_many_rows", "too_many_cells",
	"line_too_long", "workbook_too_slow", NULL};

/* Where in a sheet the handlers are. */
enum { OUTSIDE, IN_DATA, IN_ROW, IN_CELL, IN_VALUE, IN_INLINE, IN_INLINE_TEXT, IN_READING };

#define ROW_NUMBER_MAX 1048576

/* ---- beginnings ---- */

static void begin_row(struct xlsx_part *part, const char **attribute)
{
	struct xlsx *x = part->x;
	const char *given = xlsx_attribute(attribute, "r");
	int64_t number = x->row_number + 1;

	if (given && !str_to_int(given, number, ROW_NUMBER_MAX, &number))
		xlsx_part_fail(part, XLSX_DAMAGED);
	x->row_number = (int)number;
	x->column = -1;
	x->text_n = 0;
	x->cells = 0;
	memset(x->kind, XLSX_CELL_EMPTY, sizeof(x->kind));
	for (int i = 0; i < XLSX_CELLS_MAX; i++)
		x->cell[i] = "";
	x->state = IN_ROW;
}

static void begin_cell(struct xlsx_part *part, const char **attribute)
{
	struct xlsx *x = part->x;
	const char *address = xlsx_attribute(attribute, "r");
	const char *type = xlsx_attribute(attribute, "t");
	const char *style = xlsx_attribute(attribute, "s");
	int64_t index;

	x->column = address ? xlsx_column_of(address) : x->column + 1;
	if (x->column < 0)
		xlsx_part_fail(part, XLSX_DAMAGED);
	snprintf(x->type, sizeof(x->type), "%s", type ? type : "n");
	x->style_index = style && str_to_int(style, 0, INT32_MAX, &index) ? (int)index : 0;
	x->has_formula = x->has_value = false;
	xlsx_value_clear(&x->value);
	x->state = IN_CELL;
}

static void on_start(struct xlsx_part *part, const char *name, const char **attribute)
{
	struct xlsx *x = part->x;

	if (x->state == OUTSIDE && str_eq(name, "sheetData")) {
		x->state = IN_DATA;
	} else if (x->state == IN_DATA && str_eq(name, "row")) {
		begin_row(part, attribute);
	} else if (x->state == IN_ROW && str_eq(name, "c")) {
		begin_cell(part, attribute);
	} else if (x->state == IN_CELL && str_eq(name, "v")) {
		x->has_value = true;
		x->state = IN_VALUE;
	} else if (x->state == IN_CELL && str_eq(name, "f")) {
		x->has_formula = true;
	} else if (x->state == IN_CELL && str_eq(name, "is")) {
		x->has_value = true;
		x->state = IN_INLINE;
	} else if (x->state == IN_INLINE && str_eq(name, "t")) {
		x->state = IN_INLINE_TEXT;
	} else if (x->state == IN_INLINE && str_eq(name, "rPh")) {
		x->state = IN_READING;
	}
}

static void on_text(struct xlsx_part *part, const char *p, int n)
{
	if (part->x->state == IN_VALUE || part->x->state == IN_INLINE_TEXT)
		xlsx_value_add(&part->x->value, p, n);
}

/* ---- values ---- */

/* Text as typed; "'1985..." is a number kept as text by hand. */
static enum xlsx_cell show_text(char *text, const char **ret)
{
	text = str_trim(text);
	if (*text == '\'')
		text = str_trim(text + 1);
	*ret = text;
	return *text ? XLSX_CELL_TEXT : XLSX_CELL_EMPTY;
}

static enum xlsx_cell show_shared(struct xlsx *x, const char **ret)
{
	int64_t index;

	if (!str_to_int(x->value.p, 0, x->string_count - 1, &index))
		return XLSX_CELL_ERROR;
	const char *shared = x->pool + x->string[index];
	xlsx_value_clear(&x->value);
	xlsx_value_add(&x->value, shared, (int)strlen(shared));
	return show_text(x->value.p, ret);
}

/* "2025-11-13T00:00:00" of t="d". */
static enum xlsx_cell show_iso(char *text, const char **ret)
{
	char *t = strchr(text, 'T');

	if (t)
		*t = str_starts(t, "T00:00:00") ? '\0' : ' ';
	*ret = text;
	return XLSX_CELL_DATE;
}

/* The value of the cell just ended. `number` has room for a number. */
static enum xlsx_cell show_cell(struct xlsx *x, char number[XLSX_NUMBER_MAX], const char **ret)
{
	int style = x->style_index < x->style_count ? x->style[x->style_index] : FORMAT_PLAIN;

	*ret = x->value.p;
	if (!x->has_value || (!*x->value.p && !str_eq(x->type, "str")))
		return x->has_formula ? XLSX_CELL_NO_VALUE : XLSX_CELL_EMPTY;
	if (str_eq(x->type, "s"))
		return show_shared(x, ret);
	xlsx_clean_text(x->value.p);
	if (str_eq(x->type, "str") || str_eq(x->type, "inlineStr"))
		return show_text(x->value.p, ret);
	if (str_eq(x->type, "b")) {
		*ret = str_eq(x->value.p, "1") || str_eq(x->value.p, "true") ? "TRUE" : "FALSE";
		return XLSX_CELL_BOOL;
	}
	if (str_eq(x->type, "e"))
		return XLSX_CELL_ERROR;
	if (str_eq(x->type, "d"))
		return show_iso(x->value.p, ret);
	*ret = number;
	return xlsx_show_number(str_trim(x->value.p), (enum xlsx_format)style, x->is_1904, number);
}

static void end_cell(struct xlsx_part *part)
{
	struct xlsx *x = part->x;
	char number[XLSX_NUMBER_MAX];
	const char *shown;
	enum xlsx_cell kind = show_cell(x, number, &shown);

	x->state = IN_ROW;
	if (kind == XLSX_CELL_EMPTY)
		return;
	size_t n = strlen(shown) + 1;
	if (x->column >= XLSX_CELLS_MAX) {
		xlsx_part_fail(part, XLSX_TOO_MANY_CELLS);
		return;
	}
	if (x->text_n + n > sizeof(x->text)) {
		xlsx_part_fail(part, XLSX_LINE_TOO_LONG);
		return;
	}
	memcpy(x->text + x->text_n, shown, n);
	x->cell[x->column] = x->text + x->text_n;
	x->kind[x->column] = (uint8_t)kind;
	x->text_n += n;
	if (x->column >= x->cells)
		x->cells = x->column + 1;
}

static void end_row(struct xlsx_part *part)
{
	struct xlsx *x = part->x;

	x->state = IN_DATA;
	if (x->cells == 0)
		return;
	if (x->rows_given++ == XLSX_ROWS_MAX) {
		xlsx_part_fail(part, XLSX_TOO_MANY_ROWS);
		return;
	}
	xlsx_part_pause(part);
}

static void on_end(struct xlsx_part *part, const char *name)
{
	struct xlsx *x = part->x;

	if ((x->state == IN_VALUE && str_eq(name, "v")) ||
		(x->state == IN_INLINE && str_eq(name, "is")))
		x->state = IN_CELL;
	else if ((x->state == IN_INLINE_TEXT && str_eq(name, "t")) ||
		 (x->state == IN_READING && str_eq(name, "rPh")))
		x->state = IN_INLINE;
	else if (x->state == IN_CELL && str_eq(name, "c"))
		end_cell(part);
	else if (x->state == IN_ROW && str_eq(name, "row"))
		end_row(part);
	else if (x->state == IN_DATA && str_eq(name, "sheetData"))
		xlsx_part_fail(part, XLSX_END); /* nothing behind it is of use */
}

/* ---- the workbook ---- */

enum xlsx_fault xlsx_open(struct arena *arena, struct bytes file, struct xlsx **ret)
{
	struct xlsx *x = *ret = ARENA_NEW(arena, struct xlsx);
	enum xlsx_fault fault;

	x->arena = arena;
	x->deadline = clock_monotonic() + XLSX_TIME_MS;
	fault = xlsx_open_package(x, file);
	return fault ? fault : xlsx_read_book(x);
}

void xlsx_close(struct xlsx *x)
{
	xlsx_part_close(&x->rows);
	if (x->zip)
		zip_discard(x->zip);
	x->zip = NULL;
	free(x->pool);
	free(x->string);
	x->pool = NULL;
	x->string = NULL;
}

int xlsx_sheets(const struct xlsx *x)
{
	return x->sheets;
}

const char *xlsx_sheet_name(const struct xlsx *x, int sheet)
{
	return x->sheet[sheet].name;
}

bool xlsx_sheet_is_hidden(const struct xlsx *x, int sheet)
{
	return x->sheet[sheet].is_hidden;
}

enum xlsx_fault xlsx_select(struct xlsx *x, int sheet)
{
	xlsx_part_close(&x->rows);
	x->rows = (struct xlsx_part){.start = on_start, .end = on_end, .text = on_text};
	x->state = OUTSIDE;
	x->row_number = 0;
	x->rows_given = 0;
	return xlsx_part_open(x, x->sheet[sheet].part, &x->rows);
}

enum xlsx_fault xlsx_next(struct xlsx *x, struct xlsx_row *ret)
{
	enum xlsx_fault fault = xlsx_part_read(&x->rows);

	ret->number = x->row_number > 0 ? x->row_number : 1;
	if (fault)
		return fault;
	ret->cells = x->cells;
	ret->cell = x->cell;
	ret->kind = x->kind;
	return XLSX_OK;
}

int xlsx_percent(const struct xlsx *x)
{
	const struct xlsx_part *rows = &x->rows;

	/* The size is the sender's word: a hint, nothing rests on it. */
	if (rows->size <= 0 || rows->inflated >= rows->size)
		return rows->inflated > 0 ? 100 : 0;
	return (int)(rows->inflated * 100 / rows->size);
}
