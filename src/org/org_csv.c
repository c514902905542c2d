/*
 * The state machine of org_csv.h: one byte, one step; every read is bounded by the file's end and
 * every write by the line buffer.
 */
#include "org/org_csv.h"

#include "base/str.h"

#include <string.h>

#define TITLES_MAX 30 /* lines without any separator above a table */

const char *const csv_fault_names[] = {"ok", "end", "encoding_utf16", "encoding_windows_1252",
	"spreadsheet", "binary", "quote", "line_too_long", "too_many_cells", "too_many_rows", NULL};

static bool begins_with(struct bytes b, const char *prefix, size_t n)
{
	return b.n >= n && memcmp(b.p, prefix, n) == 0;
}

/* What the line at `p` has outside quotes; returns its end. */
static const uint8_t *count_separators(
	const uint8_t *p, const uint8_t *end, int *ret_commas, int *ret_semicolons)
{
	bool is_quoted = false;

	*ret_commas = *ret_semicolons = 0;
	for (; p < end && (is_quoted || (*p != '\n' && *p != '\r')); p++) {
		is_quoted ^= *p == '"';
		*ret_commas += !is_quoted && *p == ',';
		*ret_semicolons += !is_quoted && *p == ';';
	}
	while (p < end && (*p == '\n' || *p == '\r'))
		p++;
	return p;
}

/* Whichever the first line that has any has more of, unless that is a title with a comma over a
 * table: the two lines below agree on their semicolons. */
static char find_separator(const uint8_t *p, const uint8_t *end)
{
	int commas = 0, semicolons = 0, next[2], unused;

	for (int i = 0; i < TITLES_MAX && commas + semicolons == 0 && p < end; i++)
		p = count_separators(p, end, &commas, &semicolons);
	if (semicolons > 0 || commas == 0)
		return semicolons > commas ? ';' : ',';
	p = count_separators(p, end, &unused, &next[0]);
	count_separators(p, end, &unused, &next[1]);
	return next[0] > 0 && next[0] == next[1] ? ';' : ',';
}

enum csv_fault csv_open(struct csv *csv, struct bytes bytes)
{
	csv->line = 1;
	csv->rows = 0;
	csv->p = bytes.p;
	csv->end = bytes.p + bytes.n;
	if (begins_with(bytes, "PK\x03\x04", 4) || begins_with(bytes, "\xD0\xCF\x11\xE0", 4))
		return CSV_SPREADSHEET;
	if (begins_with(bytes, "\xFF\xFE", 2) || begins_with(bytes, "\xFE\xFF", 2) ||
		(bytes.n >= 2 && (bytes.p[0] == 0 || bytes.p[1] == 0)))
		return CSV_UTF16;
	if (begins_with(bytes, "\xEF\xBB\xBF", 3))
		csv->p += 3;
	csv->separator = find_separator(csv->p, csv->end);
	return CSV_OK;
}

/* What the machine is in while it reads one record. */
enum state { CELL_START, IN_CELL, IN_QUOTES, QUOTE_SEEN, RECORD_END };

struct reader {
	struct csv *csv;
	enum state state;
	size_t used; /* of csv->text */
	size_t cell_start;
	int cells;
};

/* Blanks off both ends, and the apostrophe in front; the cell ends at `used`. */
static void end_cell(struct reader *r)
{
	struct csv *csv = r->csv;
	char *cell;

	csv->text[r->used++] = '\0';
	cell = str_trim(csv->text + r->cell_start);
	if (*cell == '\'')
		cell++;
	csv->cell[r->cells++] = cell;
	r->cell_start = r->used;
	r->state = CELL_START;
}

static bool is_line_end(uint8_t c)
{
	return c == '\n' || c == '\r';
}

/* A byte that belongs to the structure outside quotes: separator or end of line. */
static bool step_structure(struct reader *r, uint8_t c)
{
	if (c != (uint8_t)r->csv->separator && !is_line_end(c))
		return false;
	end_cell(r);
	if (is_line_end(c))
		r->state = RECORD_END;
	return true;
}

static enum csv_fault step(struct reader *r, uint8_t c)
{
	struct csv *csv = r->csv;

	if (c == '\0')
		return CSV_BINARY;
	if (r->cells == CSV_CELLS_MAX)
		return CSV_TOO_MANY_CELLS;
	/* Room for this byte and the NUL of the cell. */
	if (r->used + 2 > CSV_LINE_MAX)
		return CSV_LINE_TOO_LONG;
	if (r->state != IN_QUOTES && step_structure(r, c))
		return CSV_OK;
	if (c == '\r') /* inside quotes: a line end in a cell is one newline */
		return CSV_OK;
	if (c == '"' && r->state == CELL_START) {
		r->state = IN_QUOTES;
		return CSV_OK;
	}
	if (c == '"' && r->state == IN_QUOTES) {
		r->state = QUOTE_SEEN;
		return CSV_OK;
	}
	if (r->state == QUOTE_SEEN) {
		if (c == '"') {
			csv->text[r->used++] = '"';
			r->state = IN_QUOTES;
			return CSV_OK;
		}
		return c == ' ' ? CSV_OK : CSV_BAD_QUOTE;
	}
	if (r->state == CELL_START)
		r->state = IN_CELL;
	csv->text[r->used++] = (char)c;
	return CSV_OK;
}

/* Moves over CR, LF or CRLF behind a record, and counts the line. */
static void count_line(struct csv *csv, uint8_t last)
{
	if (last == '\r' && csv->p < csv->end && *csv->p == '\n')
		csv->p++;
	csv->line++;
}

/* Reads one record of any content into csv->text. */
static enum csv_fault read_record(struct csv *csv, int *ret_cells, size_t *ret_used)
{
	struct reader r = {.csv = csv};
	uint8_t c = 0;

	while (csv->p < csv->end && r.state != RECORD_END) {
		enum csv_fault fault;

		c = *csv->p++;
		if ((fault = step(&r, c)))
			return fault;
		if (c == '\n' && r.state == IN_QUOTES)
			csv->line++;
	}
	if (r.state == IN_QUOTES)
		return CSV_BAD_QUOTE;
	if (r.state == RECORD_END)
		count_line(csv, c);
	else if (r.cells == CSV_CELLS_MAX)
		return CSV_TOO_MANY_CELLS;
	else
		end_cell(&r);
	*ret_cells = r.cells;
	*ret_used = r.used;
	return CSV_OK;
}

/* Valid UTF-8 without control characters, looked at as a whole: the NULs between cells are ours. */
static enum csv_fault check_text(const struct csv *csv, size_t used)
{
	for (size_t at = 0; at < used;) {
		const char *cell = csv->text + at;
		size_t n = strnlen(cell, used - at);

		if (!str_is_text(cell, n)) {
			for (size_t i = 0; i < n; i++) {
				if ((uint8_t)cell[i] >= 0x80)
					return CSV_WINDOWS_1252;
			}
			return CSV_BINARY;
		}
		at += n + 1;
	}
	return CSV_OK;
}

static bool is_blank(const struct csv *csv, int cells)
{
	if (*csv->cell[0] == '#')
		return true;
	for (int i = 0; i < cells; i++) {
		if (*csv->cell[i])
			return false;
	}
	return true;
}

enum csv_fault csv_next(struct csv *csv, struct csv_record *ret)
{
	while (csv->p < csv->end) {
		enum csv_fault fault;
		int cells = 0;
		size_t used = 0;

		ret->line = csv->line;
		if ((fault = read_record(csv, &cells, &used)) || (fault = check_text(csv, used)))
			return fault;
		if (is_blank(csv, cells))
			continue;
		if (csv->rows++ == CSV_ROWS_MAX)
			return CSV_TOO_MANY_ROWS;
		ret->cell = csv->cell;
		ret->cells = cells;
		return CSV_OK;
	}
	return CSV_END;
}

static const char *skip_digits(const char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

bool csv_is_scientific(const char *cell)
{
	const char *p = skip_digits(cell);

	if (p == cell)
		return false;
	if (*p == '.' || *p == ',')
		p = skip_digits(p + 1);
	if (*p != 'E' && *p != 'e')
		return false;
	p++;
	if (*p == '+')
		p++;
	return *p && *skip_digits(p) == '\0';
}

bool csv_is_formula(const char *cell)
{
	return *cell == '=' || *cell == '+' || *cell == '-' || *cell == '@' || *cell == '\t';
}
