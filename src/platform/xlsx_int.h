/* Private to the reader of workbooks: the package, its parts, and values of cells. */
#ifndef LUWES_PLATFORM_XLSX_INT_H
#define LUWES_PLATFORM_XLSX_INT_H

#include "platform/xlsx_read.h"

#include <expat.h>
#include <zip.h>

#define XLSX_ENTRIES_MAX  2000
#define XLSX_INFLATED_MAX (INT64_C(384) << 20) /* of all parts read, sheets read twice included */
#define XLSX_RATIO_FREE   (INT64_C(16) << 20)  /* a part may inflate to this at any ratio ... */
#define XLSX_RATIO_MAX    200                  /* ... and beyond it to so many times its size */
#define XLSX_TOKEN_MAX    (INT64_C(1) << 20)   /* bytes of XML in which nothing happens */
#define XLSX_DEPTH_MAX    64
#define XLSX_STRINGS_MAX  2000000
#define XLSX_POOL_MAX     (96u << 20) /* bytes of all shared strings */
#define XLSX_VALUE_MAX    8192        /* bytes kept of one text: more than any column takes */
#define XLSX_STYLES_MAX   65536
#define XLSX_FORMATS_MAX  4096
#define XLSX_TIME_MS      30000 /* of a workbook, from opening to closing */
#define XLSX_CHUNK        65536

/* How a number is shown. */
enum xlsx_format { FORMAT_PLAIN, FORMAT_DATE, FORMAT_TIME, FORMAT_DATE_TIME };

/* One XML part of the package, read in chunks. The handlers get local names: no prefix. */
struct xlsx_part {
	struct xlsx *x;
	zip_file_t *file;
	XML_Parser xml;
	int64_t packed, inflated; /* bytes */
	int64_t size;             /* inflated, as the sender says */
	int64_t happened;         /* bytes inflated when a handler was last called */
	int depth;
	enum xlsx_fault fault;
	bool is_ended, is_stopped;
	void (*start)(struct xlsx_part *part, const char *name, const char **attribute);
	void (*end)(struct xlsx_part *part, const char *name);
	void (*text)(struct xlsx_part *part, const char *p, int n);
};

struct xlsx_sheet {
	const char *name, *id, *part; /* of the book, its relation, its file */
	bool is_hidden;
};

/* A text that grows to XLSX_VALUE_MAX and then only remembers that there was more. */
struct xlsx_value {
	char p[XLSX_VALUE_MAX + 1];
	int n;
};

struct xlsx {
	struct arena *arena;
	zip_t *zip;
	int64_t inflated; /* of all parts so far */
	int64_t deadline; /* clock_monotonic */

	const char *book, *strings, *styles; /* names of parts; NULL when there is none */
	bool is_1904;
	struct xlsx_sheet sheet[XLSX_SHEETS_MAX];
	int sheets;

	uint8_t *style; /* enum xlsx_format of each cell style */
	int style_count;
	struct {
		int id;
		uint8_t format;
	} * own_format; /* number formats of the book itself */
	int own_formats;

	char *pool; /* shared strings, each NUL-terminated */
	size_t pool_n, pool_cap;
	uint32_t *string; /* where each begins */
	int string_count, string_cap;

	struct xlsx_value value; /* being read */
	int state;               /* of the handlers of the part under way */

	struct xlsx_part rows; /* the selected sheet */
	int row_number, rows_given;
	int column, style_index; /* of the cell being read, from 0 */
	char type[12];           /* its t */
	bool has_formula, has_value;
	char text[XLSX_TEXT_MAX + 1];
	size_t text_n;
	const char *cell[XLSX_CELLS_MAX];
	uint8_t kind[XLSX_CELLS_MAX];
	int cells;
};

/* ---- xlsx_part.c ---- */

/* Opens the zip and checks its directory. */
enum xlsx_fault xlsx_open_package(struct xlsx *x, struct bytes file);

/* Begins a part with handlers already set in `part`; XLSX_NOT_A_WORKBOOK when it is missing. */
enum xlsx_fault xlsx_part_open(struct xlsx *x, const char *name, struct xlsx_part *part);

/* Reads on until a handler stopped the part (XLSX_OK), it ended (XLSX_END), or a fault. */
enum xlsx_fault xlsx_part_read(struct xlsx_part *part);
void xlsx_part_close(struct xlsx_part *part);

/* In a handler: return to the caller of xlsx_part_read, for now or (with a fault) for good. */
void xlsx_part_pause(struct xlsx_part *part);
void xlsx_part_fail(struct xlsx_part *part, enum xlsx_fault fault);

/* Value of an attribute by its local name; NULL when absent. */
const char *xlsx_attribute(const char **attribute, const char *name);

/* ---- xlsx_book.c ---- */

/* Reads content types, relations, book, styles and shared strings. */
enum xlsx_fault xlsx_read_book(struct xlsx *x);

void xlsx_value_clear(struct xlsx_value *v);
void xlsx_value_add(struct xlsx_value *v, const char *p, int n);

/* ---- xlsx_cell.c: pure ---- */

/* What a number format shows, by its code ("dd/mm/yyyy") or its built-in number. */
enum xlsx_format xlsx_format_of_code(const char *code);
enum xlsx_format xlsx_format_of_number(int number);

#define XLSX_NUMBER_MAX 48

/* The text of a stored number; returns the kind of the cell. */
enum xlsx_cell xlsx_show_number(
	const char *stored, enum xlsx_format format, bool is_1904, char out[XLSX_NUMBER_MAX]);

/* "AB12" to 27; -1 when it is no address. */
int xlsx_column_of(const char *address);

/* Decodes _x000D_ and the like, turns no-break and control blanks into spaces, in place. */
void xlsx_clean_text(char *s);

#endif
