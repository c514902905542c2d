/*
 * Import of CSV files and workbooks: the frame that every kind of file shares, and the table in
 * which slices register theirs (holidays: calendar; rosters: roster).
 *
 * A file is checked as a whole against maps loaded at once, on the job's own read connection; its
 * rows are staged in slices of one short transaction each, and applied by one set-wise transaction,
 * so it is all or nothing and nobody waits long at the clock. Every fault of every row is reported
 * with line, column, reason code and value; the first IMPORT_ERRORS_MAX are kept. The same file
 * again changes nothing. A kind writes only tables of its own slice, and only in `apply`.
 */
#ifndef LUWES_ORG_ORG_IMPORT_H
#define LUWES_ORG_ORG_IMPORT_H

#include "org/org.h"

struct import_private;

enum import_subject {
	IMPORT_UNITS,
	IMPORT_EMPLOYEES,
	IMPORT_PLACEMENTS,
	IMPORT_SUPERVISORS,
	IMPORT_POSTS,
	IMPORT_HOLIDAYS,
	IMPORT_STATUS,
	IMPORT_ROSTERS,
	IMPORT_BALANCES,
	IMPORT_PUNCHES,
	IMPORT_SIMPEGNAS,
	IMPORT_TURNS,
	IMPORT_TARGETS,
	IMPORT_SUBJECTS
};
extern const char *const import_subject_names[]; /* units employees placements supervisors posts
						    holidays status rosters balances punches
						    simpegnas turns targets */
enum import_state { IMPORT_WAITING, IMPORT_CHECKED, IMPORT_APPLIED, IMPORT_REFUSED, IMPORT_FAILED };
extern const char *const import_state_names[];

#define IMPORT_COLUMNS_MAX 16
#define IMPORT_ERRORS_MAX  1000
#define IMPORT_DAYS_MAX    62 /* further columns headed by a day */

enum import_column_flag {
	IMPORT_REQUIRED = 1, /* the column must be there and no cell empty */
	IMPORT_NAME = 2,     /* shown to people: a cell that looks like a formula is refused */
	IMPORT_NIP = 4,      /* a NIP: blanks and dots within go; 1.98E+17 is named */
	IMPORT_REPEATS = 8,  /* an empty cell is that of the row above while all such columns to its
				left are (merged cells) */
};

struct import_column {
	const char *name; /* as in the header, lower case */
	int flags;
	int max_bytes;            /* of a cell */
	const char *example;      /* for the template */
	const char *const *names; /* what a cell may say, NULL-terminated; NULL: anything */
	/* Headings offices give it, as "nip baru|ni pppk": a mapping is proposed by them. */
	const char *also;
};

/* Headings under which offices keep the NIP: for `also`. */
#define IMPORT_NIP_ALSO                                                                            \
	"nip baru|ni pppk|nip ni pppk|ni pppk pw|nip pegawai|nomor induk pegawai|nip 18 digit"

/* In which order an office writes day, month and year: 13/11/2025, 11/13/2025, 2025/11/13. */
enum date_order { DATES_DMY, DATES_MDY, DATES_YMD };
extern const char *const date_order_names[];

/* What a cell says, and what that means here: "PNS" is pns. */
struct import_value {
	const char *from, *to;
};

/* Where a column of the kind comes from in the sheet of an office. */
struct import_source {
	const char *heading; /* as the sheet has it; "" when no column of it is read */
	const char *fixed;   /* for each row whose cell is empty; "" for none */
	const struct import_value *value;
	int values;
};

/*
 * How the sheet of an office becomes a file of a kind: a saved mapping, or a preset of the program.
 * Columns of the sheet that it does not name are not read and never stored.
 */
struct import_mapping {
	int64_t mapping_id; /* 0: a preset */
	const char *name;
	enum import_subject kind;
	enum date_order dates;
	bool ends_at_blank; /* the table ends at the first blank row: signatures follow */
	struct import_source source[IMPORT_COLUMNS_MAX]; /* in the order of the kind's columns */
};

/* What becomes of a row. The numbers stand in org_import_row.action; a kind may use 3 and above for
 * further rows. */
enum import_action {
	IMPORT_UNCHANGED,
	IMPORT_CREATE,
	IMPORT_UPDATE,
	IMPORT_DETAIL,
	IMPORT_DETAIL_2,
	IMPORT_DETAIL_3
};

#define IMPORT_INTS  6
#define IMPORT_TEXTS 5

/* A row waiting in org_import_row (i1..i6, t1..t5) for `apply`; texts are copied, NULL is stored as
 * "". */
struct import_staged {
	enum import_action action;
	int64_t subject; /* id of what it is about, or of what it creates */
	int64_t i[IMPORT_INTS];
	const char *t[IMPORT_TEXTS];
};

/* One run over one file: facts for check_row. */
struct import {
	struct tx *tx;     /* read snapshot; arena of the job */
	int32_t effective; /* day from which the file holds */
	int32_t today;
	const struct org_tree *tree;
	int people;                   /* ever in service: bound of what is loaded per person */
	void *state;                  /* of the kind, made by begin */
	int32_t day[IMPORT_DAYS_MAX]; /* headings of the further columns of a kind that takes days
				       */
	int days;
	struct import_private *own;
};

/* One row of the file. Cells are in the order of the kind's columns, whatever their order in the
 * file. */
struct import_line {
	int line;
	const char *cell[IMPORT_COLUMNS_MAX];  /* "" when empty or when the file lacks the column */
	unsigned given;                        /* bit per column the file has */
	const char *day_cell[IMPORT_DAYS_MAX]; /* as im->day; "" when empty */
};

/* What apply gets, in the transaction that also marks the import as applied. */
struct import_apply {
	int64_t import_id;
	int32_t effective, today;
	struct employee_id actor;
};

struct import_kind {
	enum import_subject subject;
	const struct import_column *column;
	int columns;
	/* Loads what check_row compares with. */
	enum err (*begin)(struct import *im);
	/* Checks a row: reports faults, or counts and stages. A cell that broke a flag of its
	 * column has its fault already; the others are checked all the same. */
	enum err (*check_row)(struct import *im, const struct import_line *line);
	/* After the last row of a file without faults; NULL when there is nothing left to stage. */
	enum err (*end)(struct import *im);
	/* Applies the staged rows set-wise and marks what changed. Generation and leaf are the
	 * frame's. */
	enum err (*apply)(struct tx *tx, const struct import_apply *apply);
	/* Columns it does not name may be headed by a day each: rosters. */
	bool takes_days;
	/* Mappings the program knows for sheets of this kind. They are examples: nothing is read by
	 * one until an officer has looked at it and saved it. */
	const struct import_mapping *preset;
	int presets;
};

/*
 * Mappings work for every kind, also of other slices, without code of theirs: a saved mapping names
 * the columns of the kind by their names (org_mapping_column.kind_column), so nothing but the table
 * of columns is asked of a kind. `names` offers the values a column takes, `also` the headings by
 * which a mapping is proposed, `preset` whole sheets that are known. check_row gets cells as if the
 * file had been ours: translated, with the fixed value where the sheet is empty; org_import_day
 * reads days in the order of the mapping. A column under no heading and without a fixed value is
 * not in line->given.
 */

/* Makes a kind known; once at start, before any request. The table must live as long as the
 * program. */
void org_import_register(const struct import_kind *kind);

/* The kinds of org itself: units employees placements supervisors posts status. */
void org_import_register_own(void);

/* NULL when no slice registered it. */
const struct import_kind *org_import_kind(enum import_subject subject);

/* Reports a fault of the row's `column`; a second one of the same cell is dropped. */
void org_import_fault(
	struct import *im, const struct import_line *line, int column, const char *reason);

/* Reports a fault of the cell of a day: im->day[day]. `value` NULL: what the cell holds. */
void org_import_day_fault(struct import *im, const struct import_line *line, int day,
	const char *reason, const char *value);

/* Reports a fault of a day as a whole, which no single row has; `line` is that of its heading. */
void org_import_whole_day_fault(
	struct import *im, int32_t day, const char *reason, const char *value);

/* Counts a row of the file as created, updated or unchanged: once per subject. */
void org_import_count(struct import *im, enum import_action action);

/* Says that the file changes so many days of closed months (org_closed.h): who checks it reads that
 * they become supplements of the recap. */
void org_import_touch_closed(struct import *im, int32_t days);

/* Puts a row into the stage (a dry run forgets it). */
enum err org_import_stage(struct import *im, const struct import_staged *row);

/* A day within a cell, in the order the office writes ("13/11/2025"). */
bool org_import_read_day(const struct import *im, const char *text, int32_t *ret_day);

/* Cells as values. Each returns false after reporting the fault. An empty cell gives `otherwise`
 * where there is one. */
bool org_import_day(struct import *im, const struct import_line *line, int column,
	int32_t otherwise, int32_t *ret_day);
bool org_import_minute(
	struct import *im, const struct import_line *line, int column, int *ret_minute);
bool org_import_int(struct import *im, const struct import_line *line, int column, int64_t min,
	int64_t max, int64_t otherwise, int64_t *ret_value);
/* ya tidak, yes no, 1 0 */
bool org_import_bool(struct import *im, const struct import_line *line, int column, bool otherwise,
	bool *ret_value);
/* Index in `names` (NULL-terminated), in any case. */
bool org_import_enum(struct import *im, const struct import_line *line, int column,
	const char *const *names, int *ret_value);

/* An employee of the government as a map from his NIP. */
struct import_person {
	struct employee_id id;
	const char *nip;
	int32_t valid_from, valid_to;
};
/* The employee of a cell, in service on `day`: faults nip_scientific, nip_malformed, unknown_nip,
 * not_in_service. */
bool org_import_employee(struct import *im, const struct import_line *line, int column, int32_t day,
	const struct import_person **ret_person);
/* The unit of a cell, by its code or a name only it has, in force on the effective day: faults
 * unknown_unit, ambiguous_unit. */
bool org_import_unit(struct import *im, const struct import_line *line, int column,
	const struct org_unit **ret_unit);

/* Staged rows of an import after row number `after` (0: from the first), in order, at most `max`;
 * *ret_last gets the number of the last one. For an `apply` that cannot be said in one statement.
 */
enum err org_import_list_staged(struct tx *tx, int64_t import_id, int64_t after,
	struct import_staged *ret_row, int max, int *ret_count, int64_t *ret_last);

/* Marks the days effective..today as changed: each employee's of the staged rows when they are few,
 * else everybody's. */
enum err org_import_mark(struct tx *tx, const struct import_apply *apply);

#endif
