/*
 * Reads workbooks (.xlsx) as rows of text: Excel is the real system of most personnel offices.
 *
 * A workbook comes from outside and is held to bounds before it costs anything: entries, bytes
 * inflated and their ratio to what was sent (zip bombs), strings, rows, cells, bytes of a row,
 * depth and tokens of XML, time. There is no DTD and so no entity; nothing is fetched; formulas are
 * never computed (their stored value is read); macros, passwords and binary books are refused by
 * name. Memory is that of the shared strings plus one row: sheets are streamed.
 *
 * A cell comes as a person sees it: a date as "2025-11-13", a time as "07:30", a number without
 * trailing zeros. A number of more than 15 digits has lost its last ones in the spreadsheet and
 * comes as "1.98504122010012E+17", never as digits that look whole. Knows nothing of columns.
 */
#ifndef LUWES_PLATFORM_XLSX_READ_H
#define LUWES_PLATFORM_XLSX_READ_H

#include "base/arena.h"

#include <stdbool.h>

#define XLSX_CELLS_MAX  64    /* used columns; empty ones beyond do not count */
#define XLSX_TEXT_MAX   65536 /* bytes of the cells of a row */
#define XLSX_SHEETS_MAX 64
#define XLSX_ROWS_MAX   200000 /* used rows of a sheet, with headings */

enum xlsx_fault {
	XLSX_OK,
	XLSX_END,            /* no more rows */
	XLSX_NOT_A_WORKBOOK, /* no zip, or one without a workbook */
	XLSX_ENCRYPTED,
	XLSX_MACROS,
	XLSX_DAMAGED,        /* zip or XML that does not hold together */
	XLSX_DTD,            /* a document type declaration: no spreadsheet program writes one */
	XLSX_TOO_LARGE,      /* inflates to more than is read, or far more than was sent */
	XLSX_TOO_MANY_PARTS, /* entries, sheets, styles */
	XLSX_TOO_MANY_STRINGS,
	XLSX_TOO_MANY_ROWS,
	XLSX_TOO_MANY_CELLS,
	XLSX_LINE_TOO_LONG,
	XLSX_TOO_SLOW,
	XLSX_FAULT_COUNT
};
extern const char *const xlsx_fault_names[]; /* reason codes; NULL-terminated */

/* What a cell was in the workbook. */
enum xlsx_cell {
	XLSX_CELL_EMPTY,
	XLSX_CELL_TEXT,
	XLSX_CELL_NUMBER,
	XLSX_CELL_DATE, /* a date, a time or both */
	XLSX_CELL_BOOL,
	XLSX_CELL_ERROR,   /* "#N/A" */
	XLSX_CELL_NO_VALUE /* a formula whose value the workbook does not hold */
};

struct xlsx; /* an open workbook */

struct xlsx_row {
	int number;              /* as the spreadsheet shows it, from 1 */
	int cells;               /* up to the last used one */
	const char *const *cell; /* valid until the next call; "" when empty; valid UTF-8 */
	const uint8_t *kind;     /* enum xlsx_cell of each */
};

/*
 * Opens a workbook over bytes that must outlive it; `arena` holds its few names. Close it whatever
 * comes back. XLSX_OK, or what is wrong.
 */
enum xlsx_fault xlsx_open(struct arena *arena, struct bytes file, struct xlsx **ret);
void xlsx_close(struct xlsx *x);

int xlsx_sheets(const struct xlsx *x);
const char *xlsx_sheet_name(const struct xlsx *x, int sheet);
bool xlsx_sheet_is_hidden(const struct xlsx *x, int sheet);

/* Goes to the first row of a sheet; any number of times. */
enum xlsx_fault xlsx_select(struct xlsx *x, int sheet);

/* The next row with a used cell. XLSX_OK, XLSX_END, or a fault after which nothing can be read. */
enum xlsx_fault xlsx_next(struct xlsx *x, struct xlsx_row *ret);

/* How far the selected sheet is read, 0..100. */
int xlsx_percent(const struct xlsx *x);

#endif
