/*
 * One source of rows for everything that is imported: a CSV file or a workbook (.xlsx), told apart
 * by content, never by name.
 *
 * Rows come with the line a person finds them at; blank rows and comments (first cell begins with
 * '#') are left out. A file can be read again from the start, as finding its headings needs. What a
 * file is instead, or where it breaks, is a reason code.
 */
#ifndef LUWES_ORG_ORG_SHEET_H
#define LUWES_ORG_ORG_SHEET_H

#include "org/org_csv.h"

enum sheet_step { SHEET_ROW, SHEET_END, SHEET_FAULT };

/* What a cell of a workbook holds instead of a value. */
enum sheet_cell {
	SHEET_VALUE,
	SHEET_ERROR,   /* "#N/A" */
	SHEET_NO_VALUE /* a formula that was never computed */
};

#define SHEET_CELLS_MAX CSV_CELLS_MAX

struct sheet_row {
	int line;                /* of the file, or the row of the sheet; from 1 */
	int cells;               /* at least 1 */
	const char *const *cell; /* valid until the next call; UTF-8, trimmed */
	enum sheet_cell what[SHEET_CELLS_MAX];
};

struct sheet; /* an open file */

/*
 * Opens a file whose bytes outlive it and goes to its first row; `arena` holds what is small. NULL
 * and a reason when it is neither CSV nor a workbook that can be read.
 */
struct sheet *sheet_open(struct arena *arena, struct bytes file, const char **ret_reason);
void sheet_close(struct sheet *s);

bool sheet_is_workbook(const struct sheet *s);

/* Sheets of a workbook in their order; a CSV has one without a name. */
int sheet_count(const struct sheet *s);
const char *sheet_name(const struct sheet *s, int index);
bool sheet_is_hidden(const struct sheet *s, int index);

/* Goes to the first row of a sheet; false and sheet_reason when it cannot. */
bool sheet_select(struct sheet *s, int index);

/* The next row. After SHEET_FAULT ret->line says where, sheet_reason why. */
enum sheet_step sheet_next(struct sheet *s, struct sheet_row *ret);
const char *sheet_reason(const struct sheet *s);

/* How far it is read, 0..100. */
int sheet_percent(const struct sheet *s);

/* "C14" of column 2 (from 0) and line 14; "" for a CSV, where a cell has no address. */
const char *sheet_address(struct arena *arena, const struct sheet *s, int column, int line);

#endif
