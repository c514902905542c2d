/*
 * Writes tables for people who work in spreadsheets: rows of typed columns as CSV or as a workbook
 * (.xlsx), by one interface.
 *
 *   struct table *t = table_new(arena, &options);
 *   table_begin(t, &(struct table_sheet){"Rekap", titles, 2, columns, 4});
 *   table_text(t, nip); table_text(t, name); table_day(t, day); table_int(t, late_minutes);
 *   table_end_row(t);
 *   e = table_finish(t, &bytes);      or table_discard(t) after an error
 *
 * Ownership: columns live as long as their sheet is written, a text until its row ends; the bytes
 * of table_finish live in the arena. Units: days are civil days, minutes are of the day (may pass
 * 24:00), instants UTC milliseconds shown in the zone of the options. Text is never a formula: in a
 * workbook it is stored as text, a NIP keeps its 18 digits; in a CSV a text beginning with = + - @
 * tab or CR gets an apostrophe, which imports take off again. CSV is UTF-8 with BOM and semicolons,
 * as Indonesian Excel opens it. A workbook has its headings bold, frozen and filtered. Tables of a
 * demo store say so above everything else. At most TABLE_ROWS_MAX rows; more is the caller's bug.
 */
#ifndef LUWES_PLATFORM_TABLE_H
#define LUWES_PLATFORM_TABLE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

#include <stdbool.h>

#define TABLE_ROWS_MAX    200000
#define TABLE_COLUMNS_MAX 128
#define TABLE_TITLES_MAX  8

enum table_format { TABLE_CSV, TABLE_XLSX };
extern const char *const table_format_names[]; /* "csv","xlsx" */

/* Media type, and ending of the file's name, of a format. */
const char *table_media_type(enum table_format format);

enum table_type {
	TABLE_TEXT,
	TABLE_INT,
	TABLE_DAY,    /* 2025-11-13; in a workbook a date shown as 13/11/2025 */
	TABLE_MINUTE, /* 07:30 */
	TABLE_INSTANT /* 2025-11-13 07:29:41 in the zone; the heading gets its name */
};

struct table_column {
	const char *heading;
	enum table_type type;
	int width; /* in characters; 0: as wide as its heading and type need */
};

struct table_options {
	enum table_format format;
	enum zone zone;
	bool is_demo;
	int64_t now_ms; /* when it was made: equal content gives equal bytes */
};

struct table_sheet {
	const char *name;         /* of the sheet: at most 31 characters, no []:*?/\ */
	const char *const *title; /* lines above the headings */
	int titles;
	const struct table_column *column;
	int columns;
	bool is_form; /* people fill it in: its columns are formatted down to the end, without
			 filter */
};

struct table;

struct table *table_new(struct arena *arena, const struct table_options *options);

/* Begins a sheet; a CSV has them one below the other. */
void table_begin(struct table *t, const struct table_sheet *sheet);

/* The next cell of the row. The type should be the column's; a text may stand anywhere (a letter
 * for a day off, a note in a total). */
void table_text(struct table *t, const char *text); /* NULL: empty; kept until the row ends */
void table_int(struct table *t, int64_t value);
void table_day(struct table *t, int32_t day);       /* DAY_NONE: empty */
void table_minute(struct table *t, int32_t minute); /* below 0: empty */
void table_instant(struct table *t, int64_t ms);    /* INT64_MIN: empty */
void table_empty(struct table *t);

/* Ends the row; missing cells are empty. `is_total` makes it bold. */
void table_end_row(struct table *t);
void table_end_total(struct table *t);

/* The whole file. E_STORE when it could not be written (no room for temporary files). */
enum err table_finish(struct table *t, struct bytes *ret);
void table_discard(struct table *t);

#endif
