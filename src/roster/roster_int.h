/*
 * Private to roster/: lines and letters, versions as they are stored, the plan of a generated
 * roster.
 */
#ifndef LUWES_ROSTER_ROSTER_INT_H
#define LUWES_ROSTER_ROSTER_INT_H

#include "roster/roster.h"

#define ROSTER_DAYS_MAX 62

/* ---- rules ---- */

/* Letter of a day in a line that begins at `from`; 0 when the line does not set it. */
char roster_line_letter(const char *days, int32_t from, int32_t day);
/* The letter a word of a file stands for ("WFH", "r", "-"); 0 when it is none. */
char roster_read_letter(const char *word);
/* Letter of a person's day when everybody who may be home on `weekdays` (a mask) is; facts->letter
 * is ignored. */
char roster_plan_letter(const struct policy_book *book, const struct person_day *facts,
	int weekdays, struct day_ruling *ret_ruling);
/* `home` of `base` people stay within the share of a rule of kind roster. */
bool roster_is_within_share(const struct rule *rule, int home, int base);

/* ---- facts ---- */

/* People with a placement below `path` some time in [from, to], after `after`, with their facts on
 * `from`. `varies` says that something about the person changes within the period, so that each day
 * must be loaded by itself. */
struct roster_candidate {
	struct person_day facts;
	bool varies;
};
enum err roster_list_candidates(struct tx *tx, const char *path, int32_t from, int32_t to,
	struct employee_id after, struct roster_candidate *ret, int max, int *ret_count);

/* ---- versions ---- */

struct roster_version {
	int64_t version_id;
	struct unit_id unit;
	int32_t period_from, period_to, state, source;
	struct instrument_id instrument;
	const char *instrument_number; /* NULL when none */
	const char *note;
	int32_t people;
	struct employee_id made_by;
	const char *made_by_name;
	int64_t made_at, published_at; /* 0: not published */
};
enum err roster_load_version(struct tx *tx, int64_t version_id, struct roster_version *ret);
/* Those of the node `path` ("": everyone) and below that cover `day` (DAY_NONE: any), newest first.
 */
enum err roster_list_versions(struct tx *tx, const char *path, int32_t day,
	struct roster_version *ret, int max, int *ret_count);

struct roster_line_row {
	struct employee_id employee;
	const char *name, *days;
};
/* Lines after `after` in employee order. */
enum err roster_list_lines(struct tx *tx, int64_t version_id, struct employee_id after,
	struct roster_line_row *ret, int max, int *ret_count);

/* ---- generation ---- */

struct roster_plan {
	struct roster_line *line;
	int lines;
	struct instrument_id
		instrument; /* the one whose rule lets people be home; 0 when none does */
};
/* Plans a roster on a read snapshot. E_REFUSED with a sentence in *ret_reason when a rule forbids
 * it. */
enum err roster_plan_period(struct tx *tx, const struct org_unit *node, int32_t from, int32_t to,
	int weekdays, struct roster_plan *ret, const char **ret_reason);

/* ---- import ---- */

/* The kind "rosters", for org_import_register. */
struct import_kind;
extern const struct import_kind roster_import;

/* A published line that touches a period. */
struct roster_current_row {
	struct employee_id employee;
	int32_t period_from;
	const char *days;
};
/* By employee. */
enum err roster_list_current(
	struct tx *tx, int32_t from, int32_t to, struct roster_current_row **ret, int *ret_count);
/* Draft versions and their lines from the staged rows of an import: IMPORT_DETAIL rows are
 * versions. */
enum err roster_add_staged(struct tx *tx, int64_t import_id, struct employee_id actor);

/* ---- statements ---- */

struct db_stmt;
extern struct db_stmt ROSTER_LIST_POSTS, ROSTER_LOAD_FACTS, ROSTER_LIST_FACTS,
	ROSTER_LIST_CANDIDATES;
extern struct db_stmt ROSTER_COUNT_CURRENT, ROSTER_LIST_CURRENT, ROSTER_ADD_STAGED_VERSIONS,
	ROSTER_ADD_STAGED_LINES;
#define ROSTER_STMTS 20
extern struct db_stmt *const roster_stmts[ROSTER_STMTS];

#endif
