/*
 * What happens to a roster between the agency and the personnel board, as dated data: nobody is
 * asked, the board acknowledges (silence lets it through: Jawa Barat's way), or it approves. Of the
 * rows in force the agency's own goes before the government's, and the latest recorded holds.
 * Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_PROCEDURE_H
#define LUWES_ROSTER_ROSTER_PROCEDURE_H

#include "org/org.h"

enum roster_receipt { RECEIPT_NONE, RECEIPT_ACKNOWLEDGE, RECEIPT_APPROVE };
extern const char *const roster_receipt_names[]; /* none acknowledge approve */

#define ROSTER_PROCEDURES_MAX 200
#define ROSTER_COLUMNS        "nip,nama,tanggal,kode"

struct roster_procedure {
	int64_t procedure_id;
	struct unit_id unit; /* agency; 0 the government */
	int32_t receipt;
	int32_t review_days; /* working days of the board */
	int32_t due_days;    /* civil days before the period by which it is to be set */
	bool swap_approved;  /* a swap waits for the superior, too */
	int32_t wishes;      /* days a month an employee may wish for */
	const char *columns; /* of the file for the old attendance app */
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
	int64_t set_at;
};

/* The one in force for an agency on a day; where none is, that of the program: nobody is asked. */
enum err roster_load_procedure(
	struct tx *tx, struct unit_id agency, int32_t day, struct roster_procedure *ret);
/* All of the government, the latest first. */
enum err roster_list_procedures(
	struct tx *tx, struct roster_procedure *ret, int max, int *ret_count);
/* Adds one and ends those of the same unit it follows; a leaf. */
enum err roster_add_procedure(
	struct tx *tx, const struct roster_procedure *p, struct employee_id by, int64_t *ret_id);

/* ---- rules (roster_work_rules.c) ---- */

enum roster_step_kind {
	ROSTER_MADE,
	ROSTER_SOLVED,
	ROSTER_IS_SET,   /* by the head of the agency */
	ROSTER_RETURNED, /* by the board, with a reason */
	ROSTER_RECEIVED, /* acknowledged */
	ROSTER_APPROVED,
	ROSTER_LET, /* the board was silent until its deadline */
	ROSTER_IS_PUBLISHED,
	ROSTER_WITHDRAWN,  /* by the head, before the board answered */
	ROSTER_SENT,       /* left as a file for the old attendance app */
	ROSTER_SUPERSEDED, /* back to a draft: what was decided later is about the same days */
	ROSTER_STEP_KINDS
};
extern const char *const roster_step_names[];

/* Whether a version in `state` may take the step under the procedure. Pure; tabled in
 * roster_sheet_test.c. */
bool roster_may_step(int state, enum roster_step_kind step, enum roster_receipt receipt);
/* Days from the first to the last. */
struct roster_span {
	int32_t from, to;
};
/* The first days in a row of the period `in` that no span has and of which one is not before
 * `first`; false: every such day has one. Pure; tabled in roster_sheet_test.c. */
bool roster_find_gap(struct roster_span in, int32_t first, const struct roster_span *span,
	int spans, struct roster_span *ret);
/* A name of a column of the file for the old attendance app. Pure. */
bool roster_is_column(const char *name, size_t n);
/* NULL, or the name of the field at fault. Pure. */
const char *roster_check_procedure(const struct roster_procedure *p);

#endif
