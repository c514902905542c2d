/*
 * What the people of a unit bring about, by unit of measure: what their agreed plans mean to bring,
 * what their reports brought.
 *
 * "Output-nya harus jelas" (the council of Kota Bekasi). Sums of units, kept in the transaction of
 * the facts: a report moves them when it is handed in, verified, returned or counted at another
 * unit, a plan when it is agreed or gives way to its revision. Amounts of different units of
 * measure are never added. Nobody's name and no rank of persons.
 */
#ifndef LUWES_REPORTS_REPORTS_OUTPUT_H
#define LUWES_REPORTS_REPORTS_OUTPUT_H

#include "base/err.h"
#include "base/ids.h"
#include "platform/db.h"

/* Of a unit with all below it, in one unit of measure. */
struct unit_output {
	struct unit_id unit;
	const char *unit_key; /* as reports_unit_key makes it; in tx->arena */
	int64_t annual; /* meant to be brought in the year, by those without one of the quarter */
	int64_t quarterly;       /* in the quarter, by plans of the quarter */
	int64_t handed_in;       /* in the month so far, waiting or verified */
	int64_t verified;        /* of it: verified */
	int64_t handed_in_today; /* on the day itself */
	int64_t verified_today;
};

/* Bounds of memory far above what a government brings: so many rows are summed. */
#define MEANT_ROWS_MAX   50000
#define BROUGHT_ROWS_MAX 150000

/*
 * Everything about `unit` (0 the whole government), and what plans name of the units in force
 * directly below it, in the month from `from` until the day `day`; in tx->arena, by unit and then
 * by unit of measure. `ret_is_cut`: there was more than the bounds take.
 */
enum err reports_list_unit_output(struct tx *tx, struct unit_id unit, int32_t from, int32_t day,
	struct unit_output **ret, int *ret_count, bool *ret_is_cut);

/* How many of the sums kept are not what reports and plans say; for doctor. */
enum err reports_check_unit_output(struct tx *tx, int64_t *ret_wrong);
/* Sets all of them again when any is wrong; ret_wrong as above. */
enum err reports_recount_unit_output(struct tx *tx, int64_t *ret_wrong);

#endif
