/*
 * Private to the slice: what its _db.c files offer to its routes and to its imports.
 *
 * Statements have external linkage only so that one array can hold those of all files; each is run
 * by the single function below it.
 */
#ifndef LUWES_ORG_ORG_DB_H
#define LUWES_ORG_ORG_DB_H

#include "org/org.h"
#include "org/org_int.h"
#include "org/org_rows.h"
#include "platform/db.h"

#define X(name) extern struct db_stmt name;
#include "org/org_stmts.def"
#undef X

/* Today in the zone of the government of `tx`. */
enum err org_load_today(struct tx *tx, int32_t *ret_day);

/* ---- access (org_role_db.c) ---- */

/* Whether an employee is in service on `day`; E_NOT_FOUND when there is no such employee (an
 * operator's account). */
enum err org_load_service(
	struct tx *tx, struct employee_id employee, int32_t day, bool *ret_in_service);
/* The strongest relation of `actor` to `employee` on `day` (self is not asked here), and in whose
 * place (0 own). */
enum err org_load_reach(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, enum reach *ret_reach, struct employee_id *ret_for);
/* Whether the actor answered for anybody, himself or as delegate, on `since` or later up to `day`.
 */
enum err org_load_leads(struct tx *tx, struct employee_id actor, int32_t since, int32_t day,
	bool *ret_supervises, bool *ret_leads);

/* ---- accounts (org_account_db.c) ---- */

/* The account of an employee holds through `last_day` (DAY_FOREVER: without an end) and no longer;
 * nothing when he has none. */
enum err org_end_account(struct tx *tx, struct employee_id employee, int32_t last_day);

/* ---- roles for the routes (org_role_db.c) ---- */

struct org_role_line {
	int64_t role_id;
	struct employee_id employee, acts_for, granted_by;
	int32_t role, acting;
	struct unit_id unit;
	const char *letter;
	int32_t valid_from, valid_to;
	const char *full_name, *acts_for_name; /* NULL when it stands for nobody */
	int64_t withdrawn_at;                  /* 0: was not withdrawn */
	const char *withdrawn_by, *withdrawn_why;
};
/* All roles of an employee and those held in his place, also ended and future ones, newest first;
 * at most `max`. */
enum err org_list_role_lines(struct tx *tx, struct employee_id employee,
	struct org_role_line *ret_line, int max, int *ret_count);
/* Acting and delegated roles that hold on `day` or later, newest first, of ids below `before` (0:
 * all). */
enum err org_list_stand_ins(struct tx *tx, int32_t day, int64_t before,
	struct org_role_line *ret_line, int max, int *ret_count);
enum err org_load_role_line(struct tx *tx, int64_t role_id, struct org_role_line *ret_line);

/* ---- statuses (org_status_db.c) ---- */

struct org_status_row {
	int64_t status_id;
	struct employee_id employee;
	int32_t kind, valid_from, valid_to;
	const char *letter;
	int64_t ended_at;
	int32_t from_minute, to_minute; /* part of each day; -1: whole days */
	struct employee_id withdrawn_by;
	const char *withdrawn_why;     /* "": in force, or ended before reasons were asked */
	struct employee_id entered_by; /* written, never read back here: the recap tells it */
};
/* Marks the days from..to, as far as they began, as changed for one employee; of days to come in
 * this week, today. */
enum err org_mark_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to);
/* Adds a status: gives it its id, a leaf, and marks its days. */
enum err org_add_status(struct tx *tx, struct org_status_row *row);
/* The row alone, for a bulk that has its own leaf and marks. */
enum err org_insert_status(struct tx *tx, const struct org_status_row *row);
/* org_set_status that says who enters it and tells the id. */
enum err org_set_status_row(struct tx *tx, struct employee_id employee, enum status_kind kind,
	int32_t from, int32_t to, const char *letter, struct employee_id by, int64_t *ret_status);
enum err org_load_status(struct tx *tx, int64_t status_id, struct org_status_row *ret_row);
/* Of an employee, withdrawn ones too, newest first; at most `max`. */
enum err org_list_statuses(struct tx *tx, struct employee_id employee,
	struct org_status_row *ret_row, int max, int *ret_count);
/* Withdraws it with a reason: adds a leaf, says so in the notice it came from, marks its days. */
enum err org_end_status(
	struct tx *tx, const struct org_status_row *row, struct employee_id by, const char *why);
/* Whether a status in force touches the days from..to of the employee. */
enum err org_is_status_free(
	struct tx *tx, struct employee_id employee, int32_t from, int32_t to, bool *ret_free);

/* ---- lists of the routes (org_list_db.c) ---- */

struct org_person {
	struct employee_id id;
	const char *nip, *name, *title_before, *title_after;
	int32_t employment_kind;
	bool has_phone;
	struct unit_id unit;
	const char *position;
	int32_t position_level;
	int32_t account; /* 0 none, 1 waiting, 2 active */
};
/* People placed exactly in `unit` on `day`, after `after` in id order. */
enum err org_list_unit_people(struct tx *tx, struct unit_id unit, int32_t day,
	struct employee_id after, struct org_person *ret_person, int max, int *ret_count);
/* People placed in the subtree of `path` on `day`, after `after` in id order. */
enum err org_list_subtree_people(struct tx *tx, const char *path, int32_t day,
	struct employee_id after, struct org_person *ret_person, int max, int *ret_count);
/* People below `path` ("/" also those not placed) whose NIP begins with `nip`; `nip` all digits. */
enum err org_find_people_by_nip(struct tx *tx, const char *path, int32_t day, const char *nip,
	struct org_person *ret_person, int max, int *ret_count);
/* The same by a part of the folded name. */
enum err org_find_people_by_name(struct tx *tx, const char *path, int32_t day, const char *name,
	struct org_person *ret_person, int max, int *ret_count);
/* One of them with his account; E_NOT_FOUND when unknown or not in service. */
enum err org_load_person(
	struct tx *tx, struct employee_id employee, int32_t day, struct org_person *ret_person);

struct org_placement_line {
	struct unit_id unit;
	const char *position, *decree;
	int32_t position_level, valid_from, valid_to;
};
/* Placements of an employee that hold on `day` or later, in their order. */
enum err org_list_placements(struct tx *tx, struct employee_id employee, int32_t day,
	struct org_placement_line *ret_line, int max, int *ret_count);

/* NIP an account was made with; E_NOT_FOUND when there is none. */
enum err org_load_account_nip(struct tx *tx, struct employee_id account, const char **ret_nip);

struct org_head_count {
	struct unit_id unit;
	int32_t people;
};
/* How many people are placed in each unit on a day; units without people are left out. */
enum err org_list_head_counts(
	struct tx *tx, int32_t day, struct org_head_count *ret_count_row, int max, int *ret_count);

struct org_post_line {
	struct post_id id;
	struct unit_id unit;
	const char *code, *name, *skills;
	bool is_direct;
	int32_t members;
};
enum err org_list_unit_posts(struct tx *tx, struct unit_id unit, int32_t day,
	struct org_post_line *ret_line, int max, int *ret_count);
struct org_period_line {
	struct post_id post;
	int32_t weekday, opens, closes, minimum;
};
/* Periods of every post of a unit, by post. */
enum err org_list_unit_periods(struct tx *tx, struct unit_id unit, struct org_period_line *ret_line,
	int max, int *ret_count);

#endif
