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
/* ---- shares (roster_share_rules.c) ---- */

/* How many of `base` may be away at least and at most under the share of a rule. */
void roster_share_limits(const struct rule *rule, int base, int *ret_least, int *ret_most);

/* The people of a group on one day, as a share counts them. */
struct roster_tally {
	int all, eligible, present, away;
	int unset; /* eligible, and no roster says where */
	int rule;  /* index in the book + 1; 0: no share asked */
	bool is_judged;
};
int roster_share_base(const struct rule *rule, const struct roster_tally *t);

struct roster_nodes; /* roster_node.h */
struct roster_shares {
	const struct policy_book *book;
	const struct roster_nodes *nodes; /* who plans for himself: a share of an agency is his */
	int32_t from, to;
	int always;            /* bits of levels counted even where no rule asks */
	struct unit_id within; /* what is planned, and so counted as a whole; 0: the government */
	int levels;            /* bits of the share levels counted; 0: none */
	struct roster_tally *tally;
	struct unit_id counted;  /* last; people come unit by unit */
	int group[SHARE_LEVELS]; /* its groups, -1: none at that level */
};
/* Once the fields before `levels` are set. */
void roster_shares_init(struct roster_shares *s, struct arena *arena);
/* The figures of a node on a day, at a level that is counted; NULL when it is not. */
const struct roster_tally *roster_tally_of(
	const struct roster_shares *s, const struct org_unit *node, int level, int32_t day);
/* Counts a day of so many people who are the same to policy under its ruling. `is_judged`: by what
 * is planned now; a group of which nobody is judged on a day is left alone. */
void roster_count_day(struct roster_shares *s, const struct person_day *facts,
	const struct day_ruling *ruling, enum work_mode mode, int people, bool is_judged);

/* A group that has more away than its share allows, or fewer though everybody has his place. */
struct roster_violation {
	int group, level;
	int32_t day;
	const struct rule *rule;
	bool is_above;
	int away, base, limit;
};
/* The next one after *v, which begins all zero; false when there is none. */
bool roster_next_violation(const struct roster_shares *s, struct roster_violation *v);
/* Code of its unit; "*" for the government. */
const char *roster_group_name(const struct roster_shares *s, const struct roster_violation *v);

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
/* The same of those people (at most CANDIDATES_MAX), in their order; somebody who is not in service
 * in the period: E_NOT_FOUND. */
#define CANDIDATES_MAX 32
enum err roster_load_candidates(struct tx *tx, const struct employee_id *who, int count,
	int32_t from, int32_t to, struct roster_candidate *ret);

/*
 * Somebody of a node in a period, in one light look: once for each placement. Unless `is_special`
 * nothing is his own in the period: the whole of it in one placement, without leave, notice, turns,
 * hours or posts of his own. So his facts are these on every day of it.
 */
struct roster_member {
	struct employee_id employee;
	struct unit_id unit;
	const char *name, *position; /* as it is written */
	enum employment_kind kind;
	enum position_level level;
	int32_t placed_from;
	bool has_phone, is_special;
};
/* Those with a placement below `path` some time in [from, to], in no order; tx->arena owns them. */
enum err roster_list_members(struct tx *tx, const char *path, int32_t from, int32_t to,
	struct roster_member **ret, int32_t *ret_count);
/* The facts of one who is not special, on a day of the period, without a roster. */
struct person_day roster_plain_facts(
	struct arena *arena, const struct roster_member *member, int32_t day);

/* Of one who varies: the days of the period (the first, too) whose facts are not those of the day
 * before but for the day itself and the roster. */
enum err roster_list_bounds(
	struct tx *tx, struct employee_id employee, int32_t from, int32_t to, bool *ret_is_bound);

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
	const char *settings;          /* struct roster_settings as JSON */
	int32_t revision;              /* raised by each change of the draft */
	int64_t due_at;                /* set: from then on silence lets it through; 0: never */
	int32_t bound_from;            /* first day it holds for, once published */
};
enum err roster_load_version(struct tx *tx, int64_t version_id, struct roster_version *ret);
/* Those of the node `path` ("": everyone) and below that cover `day` (DAY_NONE: any), newest first.
 */
enum err roster_list_versions(struct tx *tx, const char *path, int32_t day,
	struct roster_version *ret, int max, int *ret_count);

/* Those that touch a period, of everybody, but for swaps: newest first. */
enum err roster_list_versions_between(struct tx *tx, int32_t from, int32_t to,
	struct roster_version *ret, int max, int *ret_count);

/* Those made for a node that `path` lies below, once they are decided: newest first. */
enum err roster_list_versions_above(struct tx *tx, const char *path, int32_t day,
	struct roster_version *ret, int max, int *ret_count);

struct roster_line_row {
	struct employee_id employee;
	const char *name, *days;
};
/* Lines after `after` in employee order. */
enum err roster_list_lines(struct tx *tx, int64_t version_id, struct employee_id after,
	struct roster_line_row *ret, int max, int *ret_count);
/* Of those alone who are placed in `path` or below on `day`. */
enum err roster_list_lines_below(struct tx *tx, int64_t version_id, struct employee_id after,
	const char *path, int32_t day, struct roster_line_row *ret, int max, int *ret_count);

/* ---- work on a draft (roster_work_db.c) ---- */

/* A step is appended with who, when and why, and is a leaf. `by` 0: the program. */
enum err roster_add_step(
	struct tx *tx, int64_t version_id, int kind, struct employee_id by, const char *note);
struct roster_step {
	int64_t step_id;
	int32_t kind;
	struct employee_id by;
	const char *by_name; /* "" of the program */
	int64_t at;
	const char *note;
};
#define ROSTER_STEPS_MAX 200
/* Oldest first. */
enum err roster_list_steps(
	struct tx *tx, int64_t version_id, struct roster_step *ret, int max, int *ret_count);
/* Puts a state; `due_at` as in struct roster_version. */
enum err roster_set_state(struct tx *tx, int64_t version_id, int state, int64_t due_at);
/* Writes lines of a draft (added or replaced), its settings, and raises its revision. */
enum err roster_write_lines(struct tx *tx, int64_t version_id, const struct roster_line *line,
	int lines, const char *settings, struct instrument_id instrument);
enum err roster_drop_lines(struct tx *tx, int64_t version_id);
/* A draft and its lines are gone; no fact is lost, for a draft is none. */
enum err roster_drop_draft(struct tx *tx, int64_t version_id);
/* Set versions whose deadline of the board has passed. */
enum err roster_list_overdue(
	struct tx *tx, int64_t now, int64_t *ret_version, int max, int *ret_count);
/* The other versions of its node that wait for the board with a day of `v` become drafts again,
 * with a step that names the days of `v`: what is decided later goes before. */
enum err roster_supersede(struct tx *tx, const struct roster_version *v, struct employee_id by);
/* Whether a roster of the node waits for the board that has one of the two days. */
enum err roster_find_waiting(
	struct tx *tx, struct unit_id node, int32_t day, int32_t other_day, bool *ret);
/* Whether another version of its node came into force after `since` on the days of a version, for
 * somebody it names. */
enum err roster_find_newer(struct tx *tx, const struct roster_version *v, int64_t since, bool *ret);

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
/* A roster that came as a file, held against policy (roster_check.c). */
struct import;
struct import_line;
struct roster_check {
	struct import *im;
	const struct policy_book *book;
	int32_t from, to;             /* of the file */
	int32_t first, last;          /* the whole weeks around them */
	struct roster_candidate *who; /* everybody placed in these weeks, by employee */
	int people;
	const char **line;                  /* of the file, one per person; NULL: not in it */
	struct roster_current_row *current; /* what is published in these weeks */
	int currents;
	bool *is_touched; /* per unit of the tree: agencies the file names people of */
	struct roster_shares shares;
};
enum err roster_check_open(struct roster_check *c, struct import *im, int32_t from, int32_t to);
/* Index of a person; -1 when he is placed nowhere in these weeks. */
int roster_check_find(const struct roster_check *c, struct employee_id employee);
/* The letter that is published for a day; 0 when none is. */
char roster_check_published(const struct roster_check *c, struct employee_id employee, int32_t day);
/* Facts of a person on a day of these weeks; E_NOT_FOUND when not in service. */
enum err roster_check_load(
	struct roster_check *c, int who, int32_t day, struct person_day *ret_facts);
/* The line of a person: reports each day that policy does not open or that exceeds the weekly cap.
 * *ret_instrument gets what opened his days away, when he has any. */
enum err roster_check_line(struct roster_check *c, const struct import_line *line, int who,
	const char *days, struct instrument_id *ret_instrument, bool *ret_sound);
/* Says that people of an agency are in the file. */
void roster_check_touch(struct roster_check *c, struct unit_id agency);
/* After the last line: reports each group and day above or below its share. */
enum err roster_check_shares(struct roster_check *c);

/* Draft versions and their lines from the staged rows of an import: IMPORT_DETAIL rows are
 * versions. */
enum err roster_add_staged(struct tx *tx, int64_t import_id, struct employee_id actor);

/* ---- statements ---- */

struct db_stmt;
extern struct db_stmt ROSTER_LIST_POSTS, ROSTER_LIST_COVERS, ROSTER_LOAD_FACTS, ROSTER_LIST_FACTS,
	ROSTER_LIST_CANDIDATES, ROSTER_LOAD_CANDIDATES, ROSTER_LIST_MEMBERS, ROSTER_LIST_BOUNDS,
	ROSTER_LIST_NODES, ROSTER_ADD_NODE, ROSTER_END_NODE, ROSTER_LIST_PERIODS,
	ROSTER_LIST_LEDGER, ROSTER_LIST_WISHES, ROSTER_LIST_STORED_LINES, ROSTER_ADD_STEP,
	ROSTER_LIST_STEPS, ROSTER_SET_STATE, ROSTER_SET_SETTINGS, ROSTER_PUT_LINE,
	ROSTER_DROP_LINES, ROSTER_DROP_VERSION, ROSTER_LIST_OVERDUE, ROSTER_LIST_WAITING,
	ROSTER_FIND_WAITING, ROSTER_FIND_NEWER, ROSTER_LIST_NEWER, ROSTER_LOAD_PROCEDURE,
	ROSTER_LIST_PROCEDURES, ROSTER_END_PROCEDURES, ROSTER_ADD_PROCEDURE;
extern struct db_stmt ROSTER_COUNT_CURRENT, ROSTER_LIST_CURRENT, ROSTER_ADD_STAGED_VERSIONS,
	ROSTER_ADD_STAGED_LINES;
#define ROSTER_STMTS 55
extern struct db_stmt *const roster_stmts[ROSTER_STMTS];

#endif
