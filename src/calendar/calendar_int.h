/* What the files of calendar share: the calendar of a government as it lies in memory. */
#ifndef LUWES_CALENDAR_CALENDAR_INT_H
#define LUWES_CALENDAR_CALENDAR_INT_H

#include "calendar/calendar.h"
#include "platform/db.h"
#include "platform/http.h"

#define CYCLE_DAYS_MAX 56
/* Days further back are judged: nothing reaches them any more from a screen. */
#define CALENDAR_REACH_DAYS 31

/* Since when something is known and until when it holds: see migrations/0013_patterns.sql. */
struct dated {
	int32_t valid_from, valid_to, first_to;
	int64_t recorded_at, ended_at;
};

struct pattern {
	struct pattern_id id;
	const char *code, *name, *legal_basis, *verified_by;
	int32_t cycle_days, anchor_day;
	bool works_holidays;
	struct dated held;
	struct shift *shift[REGIME_COUNT]; /* cycle_days each; NULL: no table for this regime */
};

/* A pattern given to a unit (0: everyone). */
struct unit_assignment {
	int64_t id;
	struct unit_id unit;
	struct pattern_id pattern;
	int32_t cycle_offset;
	struct dated held;
};

struct regime_span {
	int64_t id;
	int32_t regime; /* enum regime */
	const char *source;
	struct dated held;
};

struct holiday {
	int64_t id;
	struct unit_id unit; /* for it and those below; 0: everyone */
	int32_t day, kind;   /* enum holiday_kind */
	const char *name, *source;
	int32_t issued; /* date of the letter; 0: came with an import, as does issuer "" */
	const char *issuer;
	struct employee_id recorded_by;
	struct dated held; /* the day itself; none when withdrawn */
	struct employee_id withdrawn_by;
	const char *withdrawn_why;
};

struct school_break {
	int64_t id;
	struct unit_id unit;
	struct pattern_id pattern;
	const char *name, *source;
	struct dated held;
};

struct band {
	int64_t id;
	struct unit_id unit;
	struct pattern_id pattern;
	int32_t before_minutes, after_minutes;
	const char *legal_basis, *verified_by;
	struct dated held;
};

struct turn_kind {
	int32_t no; /* 1 .. TURN_KINDS_MAX; 0: there is none of this number */
	struct unit_id unit;
	const char *code, *name, *legal_basis, *verified_by;
	struct shift shift;
	struct dated held;
};

/* An instant at which days of a unit (0: everyone) became other days than before. */
struct table_change {
	int64_t at;
	int32_t from, to;
	struct unit_id unit;
};

struct calendar {
	struct pattern *pattern; /* by id */
	int patterns;
	struct unit_assignment *assignment; /* by unit, within a unit the latest first */
	int assignments;
	struct regime_span *span;
	int spans;
	struct holiday *holiday; /* by day, withdrawn ones too */
	int holidays;
	struct school_break *school_break; /* the latest first */
	int school_breaks;
	struct band *band; /* the latest first */
	int bands;
	struct turn_kind kind[TURN_KINDS_MAX + 1]; /* by number */
	struct calendar_event *event;              /* by day */
	int events;
	struct table_change *change; /* the latest first */
	int changes;
};

/* Pure. The kind of a number; NULL when there is none. */
const struct turn_kind *calendar_turn_kind(const struct calendar *c, int no);
/* The kind a code stands for in a unit on a day: its own before those above it; NULL when unknown.
 * Pure. */
const struct turn_kind *calendar_find_turn_kind(const struct calendar *c,
	const struct org_tree *tree, struct unit_id unit, const char *code, int32_t day);
/* "P", "P+M", "-" (taken back), "" (left as it is) to numbers of kinds as calendar_set_turns takes
 * them; NULL, or why not: unknown_turn, turns_overlap. Pure. */
const char *calendar_read_turns(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, const char *text, int32_t day, int ret_turn[TURNS_MAX]);
/* Index of the first day whose turns overlap each other or those of the day before; -1 when none
 * do. `turn` 0 where there is none. Pure. */
int calendar_find_overlap(const struct calendar *c, int (*turn)[TURNS_MAX], int days);
const struct pattern *calendar_find_pattern(const struct calendar *c, struct pattern_id id);
/* A table of a pattern is sound: NULL, or the field at fault and why. Pure. */
const char *calendar_check_pattern(const struct pattern_row *row, const struct pattern_day_row *day,
	int days, int *ret_index, const char **ret_reason);
/* Hours of a shift are sound in themselves: NULL or the field at fault. Pure. */
const char *calendar_check_shift(const struct shift *s);

/* ---- what the routes write besides calendar.h ---- */

enum dated_table { TABLE_PATTERN, TABLE_ASSIGNMENT, TABLE_BREAK, TABLE_BAND, TABLE_TURN_KIND };
/* Enters a holiday for a unit (0: everyone), with its leaf, and marks its day. */
enum err calendar_add_holiday(struct tx *tx, const struct holiday *row, int64_t *ret_id);
/* Withdraws it, with its leaf, and marks its day: it is judged again. */
enum err calendar_withdraw_holiday(
	struct tx *tx, const struct holiday *row, struct employee_id by, const char *why);
/* Whether one entered wrongly may still be withdrawn: before its day, or while it is the day on
 * which it was recorded. After that people stayed at home because of it. Pure. */
bool calendar_may_withdraw_holiday(int32_t day, int32_t recorded, int32_t today);
/* A holiday in force on `day` for all of `unit` (0: everyone); NULL: none. Pure. */
const struct holiday *calendar_find_holiday(
	const struct calendar *c, const struct org_tree *tree, struct unit_id unit, int32_t day);
/* Says that a row holds through `last_day` and no longer; last_day before valid_from takes it back.
 * E_CONFLICT when its end was said already and lies before. Marks nothing. */
enum err calendar_end_row(
	struct tx *tx, enum dated_table table, int64_t id, int32_t last_day, int64_t *ret_rows);
/* An assignment of a person or a unit; E_NOT_FOUND when unknown. */
struct assignment_row {
	int64_t id;
	struct employee_id employee;
	struct unit_id unit;
	struct pattern_id pattern;
	int32_t cycle_offset, valid_from, valid_to;
	const char *name; /* of the person, with titles */
};
/* calendar_assign that tells the id. */
enum err calendar_assign_row(struct tx *tx, const struct assignment_row *row, int64_t *ret_id);
enum err calendar_load_assignment(struct tx *tx, int64_t id, struct assignment_row *ret);
/* Those of people placed in `path` or below on `day`, that hold then or later, after `after`. */
enum err calendar_list_people_assignments(struct tx *tx, const char *path, int32_t day,
	int64_t after, struct assignment_row *ret, int max, int *ret_count);
/* Ends a personal assignment: his days return to what the unit has. */
enum err calendar_end_assignment(struct tx *tx, const struct assignment_row *row, int32_t last_day);
enum err calendar_cancel_event(struct tx *tx, int64_t id, const char *reason);
/* Marks the days of a unit (0: everyone) as changed. */
void calendar_mark(struct tx *tx, struct unit_id unit, int32_t from, int32_t to);

struct turn_cell {
	struct employee_id employee;
	int32_t day;
	int turn[TURNS_MAX];
	int64_t set_at;
};
/* Turns of one person in [from, to] in day order, taken back ones too; at most `max`. */
enum err calendar_list_turns(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct turn_cell *ret, int max, int *ret_count);
struct turn_person {
	struct employee_id employee;
	const char *name, *position;
	struct unit_id unit;
};
/* People placed in `path` or below on a day of [from, to], after `after` in id order. */
enum err calendar_list_turn_people(struct tx *tx, const char *path, int32_t from, int32_t to,
	struct employee_id after, struct turn_person *ret, int max, int *ret_count);
/* Unit of a person on a day, 0 when not placed or not in service. */
enum err calendar_load_unit(
	struct tx *tx, struct employee_id employee, int32_t day, struct unit_id *ret);

/* Every statement of the slice. */
#define X(name) extern struct db_stmt name;
#include "calendar/calendar_stmts.def"
#undef X
enum {
#define X(name) INDEX_##name,
#include "calendar/calendar_stmts.def"
#undef X
	CALENDAR_STMTS
};

/* Opens the canonical text of a change, a JSON array that begins with its kind; and its parts. */
struct buf calendar_canonical(struct tx *tx, const char *kind);
void calendar_canonical_int(struct buf *b, int64_t v);
void calendar_canonical_text(struct buf *b, const char *s);
void calendar_add_leaf(struct tx *tx, struct buf *b, int64_t subject);

/* Registers the imports of holidays, and the counting of working days for org and of turns. */
void calendar_wire(void);
/* calendar_days.c */
void calendar_count_days(void);
struct import_kind;
extern const struct import_kind calendar_turn_import;

/* ---- routes, by file ---- */

extern const struct shape calendar_holidays_shape, calendar_year_query_shape,
	calendar_holiday_input_shape, calendar_holiday_withdraw_shape, calendar_patterns_shape,
	calendar_pattern_input_shape, calendar_key_shape, calendar_assignments_shape,
	calendar_assignments_query_shape, calendar_people_assignments_query_shape,
	calendar_assignment_input_shape, calendar_assignment_end_shape, calendar_pattern_end_shape;
enum err calendar_get_holidays(struct req *rq);
enum err calendar_find_holiday_unit(struct req *rq, struct object *ret_object);
enum err calendar_find_holiday_object(struct req *rq, struct object *ret_object);
enum err calendar_post_holiday(struct req *rq);
enum err calendar_post_holiday_withdraw(struct req *rq);
enum err calendar_get_patterns(struct req *rq);
enum err calendar_post_pattern(struct req *rq);
enum err calendar_post_pattern_end(struct req *rq);
enum err calendar_get_assignments(struct req *rq);
enum err calendar_get_people_assignments(struct req *rq);
enum err calendar_find_people_assignments(struct req *rq, struct object *ret_object);
enum err calendar_post_assignment(struct req *rq);
enum err calendar_find_assigned(struct req *rq, struct object *ret_object);
enum err calendar_post_assignment_end(struct req *rq);
enum err calendar_find_assignment(struct req *rq, struct object *ret_object);

extern const struct shape calendar_breaks_shape, calendar_break_input_shape,
	calendar_break_end_shape, calendar_bands_shape, calendar_band_input_shape,
	calendar_band_end_shape, calendar_regimes_shape, calendar_regime_input_shape;
enum err calendar_get_breaks(struct req *rq);
enum err calendar_post_break(struct req *rq);
enum err calendar_find_break_unit(struct req *rq, struct object *ret_object);
enum err calendar_post_break_end(struct req *rq);
enum err calendar_find_break(struct req *rq, struct object *ret_object);
enum err calendar_get_bands(struct req *rq);
enum err calendar_post_band(struct req *rq);
enum err calendar_find_band_unit(struct req *rq, struct object *ret_object);
enum err calendar_post_band_end(struct req *rq);
enum err calendar_find_band(struct req *rq, struct object *ret_object);
enum err calendar_get_regimes(struct req *rq);
enum err calendar_post_regime(struct req *rq);

extern const struct shape calendar_turn_kinds_shape, calendar_turn_kind_input_shape,
	calendar_turn_kind_key_shape, calendar_turn_kind_end_shape, calendar_turns_query_shape,
	calendar_turns_shape, calendar_turns_input_shape;
enum err calendar_get_turn_kinds(struct req *rq);
enum err calendar_post_turn_kind(struct req *rq);
enum err calendar_find_turn_kind_unit(struct req *rq, struct object *ret_object);
enum err calendar_post_turn_kind_end(struct req *rq);
enum err calendar_find_turn_kind_object(struct req *rq, struct object *ret_object);
enum err calendar_get_turns(struct req *rq);
enum err calendar_find_turns_unit(struct req *rq, struct object *ret_object);
enum err calendar_put_turns(struct req *rq);
enum err calendar_find_put_turns_unit(struct req *rq, struct object *ret_object);

extern const struct shape calendar_events_query_shape, calendar_events_shape,
	calendar_event_input_shape, calendar_event_cancel_shape;
enum err calendar_get_events(struct req *rq);
enum err calendar_post_event(struct req *rq);
enum err calendar_find_event_unit(struct req *rq, struct object *ret_object);
enum err calendar_post_event_cancel(struct req *rq);
enum err calendar_find_event_object(struct req *rq, struct object *ret_object);

/* ---- what they share ---- */

struct calendar_key {
	int64_t id;
};
/* Who enters it, by name. */
enum err calendar_load_voucher(struct req *rq, const char **ret_name);
/* Refuses days that are turned round or lie too far back; DAY_NONE as `to` is an open end. */
enum err calendar_check_days(
	struct req *rq, int32_t from, const char *from_field, int32_t to, const char *to_field);
int32_t calendar_open_end(int32_t day); /* DAY_NONE to DAY_FOREVER, and back */
int32_t calendar_shown_end(int32_t day);
/* The name a unit is shown by; NULL for 0. */
const char *calendar_unit_name(const struct org_tree *tree, struct unit_id id);
bool calendar_holds_ever(const struct dated *held);

#endif
