/* Private to the imports of org: the state of a run, and the statements behind it. */
#ifndef LUWES_ORG_ORG_IMPORT_INT_H
#define LUWES_ORG_ORG_IMPORT_INT_H

#include "base/hash.h"
#include "org/org_absence_db.h"
#include "org/org_db.h"
#include "org/org_import.h"
#include "org/org_map.h"
#include "org/org_sheet.h"

#define IMPORT_SLICE_ROWS 1000 /* staged per transaction: a few milliseconds of the writer */

struct import_error {
	int line;
	const char *column, *reason, *value;
	const char *cell; /* "C14" in a workbook, "" in a CSV */
};

/* Where the headings of a table stand. */
struct import_head {
	int sheet;
	int line; /* the lower one of two merged rows */
	int cells;
	const char *heading[SHEET_CELLS_MAX];
};

struct import_private {
	const struct import_kind *kind;
	int64_t import_id;
	struct sheet *sheet;                  /* open while it is read */
	struct import_head head;              /* once it is found */
	const struct import_mapping *mapping; /* NULL: the headings are our own */
	const struct import_mapping *offered;
	int offers;
	struct org_map values[IMPORT_COLUMNS_MAX]; /* of the mapping: what cells mean */
	int place[IMPORT_COLUMNS_MAX]; /* cell of the file for each column of the kind; -1: not in
					  the file */
	unsigned given;
	int day_place[IMPORT_DAYS_MAX]; /* cell of the file for each of im->day */
	int header_cells, header_line;  /* the lower one of two merged rows */

	struct org_map nips;       /* index into person */
	struct org_map unit_names; /* index into the tree, once a unit was named in words */
	int *unit_named;
	bool has_unit_names;
	struct import_person *person; /* by employee id */
	int people;

	struct import_error *error; /* the first IMPORT_ERRORS_MAX */
	int errors;                 /* all of them */
	int line;                   /* the row being checked */
	int fault_line;             /* the last row with a fault in a cell */
	unsigned fault_columns;     /* cells of fault_line that have their fault already */
	int rows, created, updated, unchanged;
	const char *above[IMPORT_COLUMNS_MAX]; /* cells of the row before; IMPORT_REPEATS alone */
	int32_t closed_days;                   /* of closed months, that the file changes */

	bool is_dry;
	struct import_staged *staged; /* IMPORT_SLICE_ROWS; texts in `slab` */
	int staged_rows;
	int64_t staged_before;                /* rows already in the store */
	struct arena slab;                    /* life of one slice */
	struct arena scratch;                 /* life of one row */
	enum err (*flush)(struct import *im); /* writes the slice to the store */
	void *flush_arg;
};

/* Prepares a run. The arena of `tx` must hold the maps of a whole government. */
enum err org_import_open(struct import *im, struct tx *tx, const struct import_kind *kind,
	int64_t import_id, int32_t effective, bool is_dry);

/* Reads and checks the whole file, staging its rows through `flush`. OK also when there are faults
 * (own->errors). */
enum err org_import_read(struct import *im, struct bytes file);

/* Before org_import_read: the mapping that was chosen, whatever the headings are. */
void org_import_choose(struct import *im, const struct import_mapping *mapping);

/* Before org_import_read: mappings of which the one that fits best is used when the file has not
 * our own headings. */
void org_import_offer(struct import *im, const struct import_mapping *mapping, int mappings);

/* Gives back the memory of the slices. */
void org_import_close(struct import *im);

/* ---- org_import_date.c ---- */

/* "2025-11-13", "13/11/2025", "3-1-2025", "13 Nov 2025" in the order an office writes. Years have
 * four digits: "13/11/25" is no date. */
bool org_import_parse_day(const char *text, enum date_order order, int32_t *ret_day);

/* ---- org_import_header.c ---- */

/*
 * Finds the sheet and the row of headings, below titles, also when it is merged from two rows, and
 * what each column of it is; leaves the sheet at its first row. Without our own headings the
 * offered mapping that fits with most of its headings is used. Faults are reported.
 */
void org_import_find_header(struct import *im);

/* The row that looks most like headings of the kind, by our names and those offices give; into
 * own->head. False when there is no row at all. */
bool org_import_guess_header(struct import *im);

/* A heading as it is compared: lower case, letters and digits, single blanks. */
char *org_import_heading_key(struct arena *arena, const char *heading);

/* ---- org_import.c ---- */

/* A fault of the file as a whole or of a line without a cell; `place` is the cell of the sheet, -1
 * none. */
void org_import_fault_at(struct import *im, int line, int place, const char *column,
	const char *reason, const char *value);

/* Index of the first row of an employee, or where it would stand: rows sorted by the employee id
 * they begin with. */
int org_import_first(const void *rows, int count, size_t size, struct employee_id employee);

/* Offers the mappings officers saved for the kind; org_import_open does it. */
enum err org_import_offer_saved(struct import *im);

/* Before org_import_read: the saved mapping of the kind, whatever the headings are; false when
 * there is none. */
bool org_import_choose_saved(struct import *im, int64_t mapping_id);

/* ---- org_mapping_rules.c: pure ---- */

#define MAPPING_VALUES_MAX 2000

/* Why a mapping as sent cannot be saved; NULL when it can. ret_pointer names the field. */
const char *check_mapping(struct arena *arena, const struct import_kind *kind,
	const struct import_mapping *mapping, const char **ret_pointer);

/* A heading of what is not needed and not kept: NIK, religion, phone, NPWP, BPJS ... `key` is a
 * heading key. */
bool is_private_heading(const char *key);

/* How well a heading names a column of a kind, 0..100: 100 its name or one offices give it. */
int compute_heading_score(struct arena *arena, const struct import_column *column, const char *key);

#define HEADING_SCORE_LEAST 65 /* below it nothing is proposed */

/* ---- org_mapping_presets.c ---- */

#define EMPLOYEE_PRESETS  2
#define PLACEMENT_PRESETS 2
extern const struct import_mapping org_employee_presets[EMPLOYEE_PRESETS],
	org_placement_presets[PLACEMENT_PRESETS];

/* ---- org_mapping_db.c ---- */

#define MAPPINGS_MAX 100 /* in force, of a kind */

struct org_mapping_row {
	struct import_mapping mapping;
	struct employee_id created_by;
	int64_t created_at;
	const char *creator;
};
/* Mappings in force of a kind, newest first, whole. */
enum err org_list_mappings(struct tx *tx, const struct import_kind *kind,
	struct org_mapping_row **ret_row, int *ret_count);
/* Adds a mapping whole, under an id already made. */
enum err org_add_mapping(struct tx *tx, const struct import_kind *kind,
	const struct import_mapping *mapping, struct employee_id actor);
/* Ends the mapping in force of this kind and name, if any. */
enum err org_end_mapping_named(
	struct tx *tx, enum import_subject kind, const char *name, struct employee_id actor);
/* Kind and name of a mapping in force; E_NOT_FOUND. */
enum err org_load_mapping(
	struct tx *tx, int64_t mapping_id, enum import_subject *ret_kind, const char **ret_name);
enum err org_end_mapping(struct tx *tx, int64_t mapping_id, struct employee_id actor);

/* ---- org_import_db.c ---- */

struct org_import_row {
	int64_t import_id, job_id;
	int32_t kind;
	const char *sha256, *file_name;
	int32_t effective;
	bool dry_run;
	int32_t state, rows, created, updated, unchanged, errors;
	struct employee_id actor;
	int64_t created_at;
	int32_t closed_days; /* of closed months, that it changes: they become supplements */
	int32_t percent;     /* of its job */
	int64_t mapping_id;  /* asked for; with the outcome: used; 0 none */
	const char *mapping; /* its name */
};
enum err org_add_import(struct tx *tx, const struct org_import_row *row);
enum err org_load_import(struct tx *tx, int64_t import_id, struct org_import_row *ret_row);
/* Newest first. */
enum err org_list_imports(struct tx *tx, struct org_import_row *ret_row, int max, int *ret_count);
/* Writes state and counts of a waiting import; E_CONFLICT when it no longer waits. */
enum err org_set_import_result(struct tx *tx, const struct org_import_row *row);
enum err org_add_import_error(struct tx *tx, int64_t import_id, const struct import_error *error);
enum err org_list_import_errors(struct tx *tx, int64_t import_id, int offset,
	struct import_error *ret_error, int max, int *ret_count);
/* Writes staged rows with the numbers first, first + 1, ... */
enum err org_add_staged(
	struct tx *tx, int64_t import_id, int64_t first, const struct import_staged *row, int rows);
/* Removes at most `max` staged rows of an import; ret_rows gets how many. */
enum err org_delete_staged(struct tx *tx, int64_t import_id, int max, int64_t *ret_rows);

/* ---- org_import_facts_db.c: everything a file is compared with, loaded at once into tx->arena
 * ---- */

enum err org_list_people(struct tx *tx, struct import_person **ret_person, int *ret_count);

struct import_employee {
	struct employee_id id;
	const char *name, *title_before, *title_after;
	int32_t employment_kind;
	bool has_phone;
	int32_t valid_from, valid_to;
};
/* In the order of org_list_people. */
enum err org_list_import_employees(struct tx *tx, struct import_employee **ret_row, int *ret_count);

struct import_placement {
	struct employee_id employee;
	int32_t valid_from, valid_to;
	struct unit_id unit;
	int32_t level;
	const char *position, *decree;
};
/* Rows that hold on `day` or later, by employee and first day. */
enum err org_list_import_placements(
	struct tx *tx, int32_t day, struct import_placement **ret_row, int *ret_count);

struct import_relation {
	struct employee_id employee;
	int32_t kind, valid_from, valid_to;
	struct employee_id superior;
};
enum err org_list_import_relations(
	struct tx *tx, int32_t day, struct import_relation **ret_row, int *ret_count);

struct import_member {
	struct employee_id employee;
	struct post_id post;
	int32_t valid_from, valid_to;
};
enum err org_list_import_members(
	struct tx *tx, int32_t day, struct import_member **ret_row, int *ret_count);

/* Last day somebody is placed in each unit. */
struct import_unit_use {
	struct unit_id unit;
	int32_t last_day;
};
enum err org_list_unit_uses(struct tx *tx, struct import_unit_use **ret_row, int *ret_count);

struct import_post {
	struct post_id id;
	const char *code, *name, *skills;
	struct unit_id unit;
	bool is_direct;
};
enum err org_list_import_posts(
	struct tx *tx, int32_t day, struct import_post **ret_row, int *ret_count);
/* Opening periods of every post, by post, weekday and hour. */
enum err org_list_import_periods(struct tx *tx, struct org_period_line **ret_row, int *ret_count);
/* Statuses in force that end on `day` or later, by employee. */
enum err org_list_import_statuses(
	struct tx *tx, int32_t day, struct org_status_row **ret_row, int *ret_count);

/* ---- org_balance_db.c ---- */

struct import_balance {
	struct employee_id employee;
	struct org_balance balance;
};
enum err org_list_import_balances(struct tx *tx, struct import_balance **ret_row, int *ret_count);
enum err org_apply_balances(struct tx *tx, const struct import_apply *apply);

/* ---- org_import_apply_db.c ---- */

enum err org_apply_units(struct tx *tx, const struct import_apply *apply);
enum err org_apply_employees(struct tx *tx, const struct import_apply *apply);
enum err org_apply_placements(struct tx *tx, const struct import_apply *apply);
enum err org_apply_relations(struct tx *tx, const struct import_apply *apply);
enum err org_apply_posts(struct tx *tx, const struct import_apply *apply);
enum err org_apply_statuses(struct tx *tx, const struct import_apply *apply);

/* ---- kinds ---- */

extern const struct import_kind org_import_units, org_import_employees, org_import_placements,
	org_import_supervisors, org_import_posts, org_import_statuses, org_import_balances;

/* ---- org_import_job.c ---- */

/* Ends a checked run in one transaction: error rows, or the rows applied with leaf and generation.
 * E_STALE when the generation moved since `generation` and the rows must be checked again. */
enum err org_import_finish(struct tx *tx, const struct import *im, int64_t generation,
	const struct org_import_row *row);

struct job;
enum err org_run_import(struct job *job, const char **ret_result);

#endif
