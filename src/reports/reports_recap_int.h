/*
 * Private to the recap: a unit's month in memory, its statements, and what the files of its routes
 * share.
 */
#ifndef LUWES_REPORTS_REPORTS_RECAP_INT_H
#define LUWES_REPORTS_REPORTS_RECAP_INT_H

#include "base/hash.h"
#include "org/org_access.h"
#include "platform/http.h"
#include "platform/slice.h"
#include "reports/reports_recap.h"

#define RECAP_DAYS_MAX   31
#define RECAP_HEADS_MAX  16
#define RECAP_PARTS_MAX  100
#define RECAP_PEOPLE_MAX 20000 /* of one unit itself */

struct recap_person {
	struct employee_id employee;
	const char *nip, *name, *position; /* NULL until recap_name_people, or as sealed */
	struct recap_line line;
	struct recap_cell *cell; /* by day */
	int cells;
};

/* A month of one unit, without the units below it. */
struct recap_month {
	struct unit_id unit;
	int32_t first, last;
	struct recap_person *person; /* by employee */
	int people;
	struct recap_line total;
};

/* A sealed part: 0 the closing, then the supplements. */
struct recap_part {
	struct unit_id unit;
	int32_t month, part;
	int64_t recap_id;
	int32_t people;
	struct hash sha256;
	const char *totals;
	struct employee_id sealed_by;
	const char *sealer; /* his name with titles */
	int32_t acting;
	const char *letter;
	int64_t sealed_at;
	const char *reason;
};

/* ---- the store (reports_recap_db.c) ---- */

/* Every band, the newest first; at most BANDS_MAX. */
enum err recap_list_bands(struct tx *tx, struct recap_bands *ret);
/* What cells are made by: the bands, and the rows of the kinds of absence. */
enum err recap_load_tables(struct tx *tx, struct recap_tables *ret);
/* The latest month any unit closed; DAY_NONE when there is none. */
enum err recap_load_last_closed(struct tx *tx, int32_t *ret_month);
/* Ends what holds from `band->valid_from` on the day before, and adds it. */
enum err recap_add_band(struct tx *tx, const struct recap_band *band);

/*
 * Each day of [first, last] of a unit (0: of every unit) as it stands now, in no order that counts.
 * Stops at the first error of `take`.
 */
typedef enum err (*recap_taker)(
	void *arg, const struct attendance_day *day, const struct recap_cell *cell);
enum err recap_scan(struct tx *tx, struct unit_id unit, int32_t first, int32_t last,
	const struct recap_tables *tables, recap_taker take, void *arg);
/* The same of one person, whatever his unit. */
enum err recap_scan_person(struct tx *tx, struct employee_id employee, int32_t first, int32_t last,
	const struct recap_tables *tables, recap_taker take, void *arg);

/* Parts of a unit's month in order; none when it is open. */
enum err recap_list_parts(struct tx *tx, struct unit_id unit, int32_t month, struct recap_part *ret,
	int max, int *ret_count);
/* The last part of every unit that closed the month; at most `max`. */
enum err recap_list_closed(
	struct tx *tx, int32_t month, struct recap_part *ret, int max, int *ret_count);
/* Lines of a unit's month as sealed now. */
enum err recap_count_people(struct tx *tx, struct unit_id unit, int32_t month, int *ret_people);
enum err recap_add_part(struct tx *tx, const struct recap_part *part);

struct recap_sealed_line {
	struct employee_id employee;
	const char *nip, *name, *position, *days;
};
/* Lines of all parts of a unit's month up to `part`, by employee, the last of each. */
enum err recap_list_lines(struct tx *tx, struct unit_id unit, int32_t month, int32_t part,
	struct recap_sealed_line **ret_line, int *ret_count);
enum err recap_add_line_row(struct tx *tx, int64_t recap_id, const struct recap_sealed_line *line);

struct recap_change {
	struct employee_id employee;
	int32_t day;
	const char *name; /* with titles */
	const char *before, *after;
	const char *why; /* words of the decision, or "status", "notice" ..., "status\n850/12" */
	struct employee_id decided_by;
	const char *decider; /* his name, or NULL */
	int64_t decided_at;
};
enum err recap_add_change(struct tx *tx, int64_t recap_id, const struct recap_change *change);
/* Of a supplement, by person and day, from the `skip`th on; at most `max`. */
enum err recap_list_changes(struct tx *tx, int64_t recap_id, int skip, struct recap_change *ret,
	int max, int *ret_count);

/* The decision after `since` that explains a changed day: reason, who, when; empty when none is
 * known. */
enum err recap_load_cause(struct tx *tx, struct employee_id employee, int32_t day, int64_t since,
	struct recap_change *ret);

/* Offices of a unit and of those above it on a day: the unit's own, and of the nearest above that
 * has any; at most RECAP_HEADS_MAX. */
enum err recap_list_heads(struct tx *tx, const struct org_tree *tree, struct unit_id unit,
	int32_t day, struct recap_head *ret, int *ret_count);

/* What of the store stands in the way of closing (days are counted by the caller). */
enum err recap_count_blockers(
	struct tx *tx, struct unit_id unit, int32_t first, int32_t last, struct blockers *ret);

#define RECAP_STMTS 24
extern struct db_stmt *const recap_stmts[RECAP_STMTS];

/* ---- a month put together (reports_recap_month.c) ---- */

/* As the days stand now. */
enum err recap_load_live(
	struct tx *tx, struct unit_id unit, int32_t month, struct recap_month *ret);
/* As sealed, up to a part. */
enum err recap_load_sealed(
	struct tx *tx, struct unit_id unit, int32_t month, int32_t part, struct recap_month *ret);
/* Names of those that have none yet, as on the month's last day (or today). */
enum err recap_name_people(struct tx *tx, struct recap_month *month);
/* People by name; the month then no longer is by employee. */
void recap_sort_by_name(struct recap_month *month);
/* NULL when he is not in it. */
struct recap_person *recap_find_person(
	const struct recap_month *month, struct employee_id employee);
/* Text of a person's cells, as it is sealed. */
const char *recap_format_days(struct arena *arena, const struct recap_person *p);

#endif
