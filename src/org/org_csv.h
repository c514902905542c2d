/*
 * CSV as offices send it: UTF-8 with or without BOM, comma or semicolon, RFC 4180 quotes, any line
 * end.
 *
 * A pure state machine over the bytes of a file: no allocation, no I/O. A line is bounded, so a
 * broken quote cannot swallow a file. What is not CSV is named for what it is (UTF-16,
 * Windows-1252, a spreadsheet file), because the person who sent it must know what to do. Nothing
 * here knows columns.
 */
#ifndef LUWES_ORG_ORG_CSV_H
#define LUWES_ORG_ORG_CSV_H

#include "base/arena.h"

#include <stdbool.h>

#define CSV_LINE_MAX  65536
#define CSV_CELLS_MAX 64
#define CSV_ROWS_MAX  200000 /* with the header */

enum csv_fault {
	CSV_OK,
	CSV_END, /* no more records */
	CSV_UTF16,
	CSV_WINDOWS_1252, /* not UTF-8: most likely saved by an old spreadsheet */
	CSV_SPREADSHEET,  /* xlsx or xls */
	CSV_BINARY,       /* control characters */
	CSV_BAD_QUOTE,    /* text after a closing quote, or a quote never closed */
	CSV_LINE_TOO_LONG,
	CSV_TOO_MANY_CELLS,
	CSV_TOO_MANY_ROWS,
	CSV_FAULT_COUNT
};
extern const char *const csv_fault_names[]; /* reason codes of import errors; NULL-terminated */

struct csv {
	const uint8_t *p, *end;
	char separator;              /* ';' when the headings have more of them, else ',' */
	int line;                    /* of the next byte, from 1 */
	int rows;                    /* records given out so far */
	char text[CSV_LINE_MAX + 1]; /* cells of the current record, each NUL-terminated */
	const char *cell[CSV_CELLS_MAX];
};

struct csv_record {
	int line;                /* where it begins */
	const char *const *cell; /* valid until the next csv_next */
	int cells;
};

/* Begins reading; `bytes` must live as long as `csv`. CSV_OK, or what the file is instead. */
enum csv_fault csv_open(struct csv *csv, struct bytes bytes);

/*
 * The next record that is not blank and not a comment (first cell begins with '#'). Cells are
 * trimmed of blanks and of the apostrophe a spreadsheet puts before a number kept as text. On a
 * fault ret->line names the line; reading cannot go on.
 */
enum csv_fault csv_next(struct csv *csv, struct csv_record *ret);

/* "1.98E+17", "1,98504E+17": a long number ruined by a spreadsheet. */
bool csv_is_scientific(const char *cell);

/* Begins with = + - @ or a tab: a spreadsheet would run it. */
bool csv_is_formula(const char *cell);

#endif
