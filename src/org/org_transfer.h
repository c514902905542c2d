/*
 * Private to the slice: a decree entered by a person: where somebody is placed, who answers for
 * him, from its TMT to its end.
 *
 * Dated rows of one person never overlap. A decree ends the row in force the day before its TMT;
 * one with an end lets that row go on after it. A row that begins later under another decree is
 * never overrun: the decree has to end before it.
 */
#ifndef LUWES_ORG_ORG_TRANSFER_H
#define LUWES_ORG_ORG_TRANSFER_H

#include "org/org_case.h"
#include "org/org_db.h"

struct dated {
	int32_t from, to;
};
/* What becomes of the rows of a person (in order) when one of [from, to] comes. */
struct timeline {
	bool is_taken;      /* another row begins within: refuse ... */
	int32_t taken_from; /* ... and this is its first day */
	int ends;           /* the row that ends at from - 1; -1 none */
	bool resumes;       /* it goes on at to + 1 as it was */
};
/* Pure. */
struct timeline org_plan_timeline(const struct dated *row, int rows, int32_t from, int32_t to);

/* Everything a decree is judged by; zero where it does not apply. */
struct transfer_facts {
	int32_t from, to, today;
	struct dated service;
	bool has_unit; /* the decree names a unit, which stands in `unit` (never: from > to) */
	struct dated unit;
	bool has_superior;
	struct dated superior_service;
	bool is_self, is_cycle;
	struct timeline timeline;
};
struct transfer_fault {
	enum err code; /* OK: nothing is wrong */
	const char *pointer, *reason;
};
/* The first thing wrong with a decree. Pure. */
struct transfer_fault org_check_transfer(const struct transfer_facts *facts);

/* What a new acting head or delegation is judged by: letters in force of the same days. */
struct stand_in {
	int64_t employee, acts_for, unit;
	int32_t role, acting;
	int32_t from, to;
};
/* Whether a letter clashes with one there is: the same office twice, two heads of one unit, plt
 * beside a head in office, or a delegation back to who lent it. `today` bounds what is still open.
 * Pure. */
struct transfer_fault org_check_stand_in(
	const struct stand_in *new, const struct stand_in *there, int count);

/* ---- org_transfer_db.c ---- */

#define HISTORY_MAX 200 /* rows of one person */

struct org_placement_row {
	struct unit_id unit;
	const char *position, *decree;
	int32_t position_level, valid_from, valid_to;
	const char *entered_by; /* name with titles; "": came with an import */
	int64_t entered_at;
};
/* All placements of an employee, oldest first. */
enum err org_list_placement_rows(struct tx *tx, struct employee_id employee,
	struct org_placement_row *ret_row, int max, int *ret_count);

struct org_relation_row {
	int32_t kind, valid_from, valid_to;
	struct employee_id superior;
	const char *letter, *superior_name, *entered_by;
	int64_t entered_at;
};
/* All relations of an employee, by kind, oldest first. */
enum err org_list_relation_rows(struct tx *tx, struct employee_id employee,
	struct org_relation_row *ret_row, int max, int *ret_count);

/* First and last day in service; E_NOT_FOUND when unknown. */
enum err org_load_service_span(struct tx *tx, struct employee_id employee, struct dated *ret);

/* Whether `employee` would answer for himself on some day of [from, to] when `superior` answered
 * for him: whether the chain of supervisors above `superior` leads back to him. */
enum err org_load_is_cycle(struct tx *tx, struct employee_id employee, struct employee_id superior,
	int32_t from, int32_t to, bool *ret_is_cycle);

/* Ends, adds and resumes rows as planned; the decree's own days are marked as changed as far as
 * they began. Adds a LEAF_TRANSFER. */
enum err org_enter_placement(struct tx *tx, const struct org_decree *decree,
	const struct org_placement_row *before, const struct timeline *plan, struct employee_id by);
enum err org_enter_relation(struct tx *tx, const struct org_decree *decree, enum relation_kind kind,
	const struct org_relation_row *before, const struct timeline *plan, struct employee_id by);

/* From `from` on the employee serves at exactly these posts. */
enum err org_enter_posts(
	struct tx *tx, struct employee_id employee, const int64_t *post, int posts, int32_t from);

/* Letters of heads and delegations that touch [from, to] and concern the unit or one of the people,
 * at most `max`. */
enum err org_list_stand_in_rows(struct tx *tx, const struct stand_in *new, struct stand_in *ret_row,
	int max, int *ret_count);

#endif
