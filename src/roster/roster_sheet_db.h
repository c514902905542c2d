/* What a sheet is loaded from, beside the facts of its people. Private to roster/. */
#ifndef LUWES_ROSTER_ROSTER_SHEET_DB_H
#define LUWES_ROSTER_ROSTER_SHEET_DB_H

#include "roster/roster_sheet.h"

/* When a post is open, and how many must be there. */
struct sheet_period {
	struct post_id post;
	int32_t weekday, opens, closes, minimum;
};
/* Of all posts of the government that need somebody. */
enum err roster_list_periods(struct tx *tx, struct sheet_period **ret, int32_t *ret_count);

/* What is in force, the ledger of the days before and wishes, for those on the sheet. */
enum err roster_load_history(struct tx *tx, struct roster_sheet *sheet);

/* A line of a version that sets a day, as it is stored. */
struct stored_line {
	struct employee_id employee;
	const char *name, *days, *locked;
	int32_t share;
};
/* By employee. */
enum err roster_list_stored_lines(
	struct tx *tx, int64_t version_id, struct stored_line **ret, int32_t *ret_count);
/* Puts them on the sheet, and counts newcomers and who is lost. */
void roster_fill_sheet(struct roster_sheet *sheet, const struct roster_version *v,
	const struct stored_line *line, int32_t lines);
/* Of a version that does not hold yet: marks which letters came into force after it was made. */
enum err roster_load_newer(
	struct tx *tx, const struct roster_version *v, struct roster_sheet *sheet);

#endif
