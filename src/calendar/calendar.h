/*
 * Working time as dated data: patterns, Ramadan, holidays, turns, breaks of schools, assemblies.
 *
 * Perpres 21/2023 art. 4: 37.5 hours a week from 07.30 with 60 minutes of break (Friday 90); in
 * Ramadan 32.5 hours from 08.00 with 30 (Friday 60); local zone. A pattern is a cycle of days (a
 * week, or a shift cycle with an anchor); a span that crosses midnight belongs to the day it
 * starts. Holidays come from the joint decree with its number and stop every pattern that does not
 * work on holidays. A turn (sif) given to a person for a day beats his pattern, holidays and
 * breaks.
 *
 * Everything knows since when it is known, so that a day can tell which hours held before a table
 * was changed: a punch judged by the old table is judged again, and says so.
 */
#ifndef LUWES_CALENDAR_CALENDAR_H
#define LUWES_CALENDAR_CALENDAR_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/ids.h"

#include <stdbool.h>

struct tx;
struct slice;
struct org_tree;

/* Work of one day in minutes of day; ends may exceed 1440. starts is MINUTE_OFF on a day without
 * work. Everything after the break is 0 on an ordinary day. */
#define MINUTE_OFF (-1)
struct shift {
	int starts, ends, break_starts, break_ends;
	int is_split;                /* two turns: the break parts them, each is come to and left */
	int asked_minutes;           /* dynamic: so many of the hours within; 0: all of them */
	int band_before, band_after; /* the start may float by so much, the end follows */
};

enum regime { REGIME_NORMAL, REGIME_RAMADAN, REGIME_COUNT };
extern const char *const regime_names[];
enum holiday_kind { HOLIDAY_NATIONAL, HOLIDAY_JOINT_LEAVE, HOLIDAY_LOCAL };
extern const char *const holiday_kind_names[];

/* What a day's shift rests on, for the explanation. */
struct shift_reason {
	struct pattern_id pattern; /* 0 also when a turn decides */
	const char *pattern_code, *pattern_name, *legal_basis;
	enum regime regime;
	int is_turn;                          /* a turn decides, or a pattern around the clock */
	const char *regime_source;            /* "" in the normal regime */
	const char *holiday, *holiday_source; /* NULL when none */
	const char *school_break, *school_break_source; /* NULL when none */
	const char *band_basis;                         /* NULL when the start does not float */
	/* The hours before the last change of a table that touched this day after it had begun;
	 * changed_at 0: none did. */
	struct shift was;
	int64_t changed_at;
};

struct calendar; /* patterns, assignments, regimes, holidays ... of one government; immutable */

/* Builds it in `arena` from the store (cached inside the policy book). */
enum err calendar_load(struct tx *tx, struct arena *arena, const struct calendar **ret);
/* Whether some pattern or turn runs past midnight. */
bool calendar_crosses_midnight(const struct calendar *c);

#define TURNS_MAX      2
#define TURN_KINDS_MAX 127 /* of a government: two of them and three days fit into one number */
/*
 * What is a person's own: his pattern (0: none, then the nearest unit's assignment upwards, then
 * everyone's) and his turns on the day before `turn_day`, on it, and after it (0: none). `was_*`
 * held until `set_at` and `turn_set_at`.
 */
struct personal_pattern {
	struct pattern_id pattern;
	int cycle_offset;
	struct pattern_id was_pattern;
	int was_offset;
	int64_t set_at;
	int32_t turn_day;
	int turn[3][TURNS_MAX], was_turn[TURNS_MAX];
	int64_t turn_set_at;
};
/* Shift of a person on a day. Pure. A day without pattern is a day off. */
struct shift calendar_shift(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, struct personal_pattern personal, int32_t day,
	struct shift_reason *ret_reason);

/* The holiday of a day for a unit (0: one of everyone alone) or NULL. Pure. */
const char *calendar_holiday(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, int32_t day, enum holiday_kind *ret_kind, const char **ret_source);

/* Working minutes of a shift between two minutes of its day (may exceed 1440), breaks left out.
 * Pure. */
int calendar_working_minutes(const struct shift *s, int from, int to);
/* Whole minutes after the start / before the end; 0 when not. `grace` minutes are free (taken off).
 * A clock shows 07:30:59 as 07.30. */
int calendar_late_minutes(const struct shift *s, int minute, int grace);
int calendar_early_minutes(const struct shift *s, int minute);
/* Minutes of work that a whole shift asks for. Pure. */
int calendar_asked_minutes(const struct shift *s);

/* ---- assemblies: apel, upacara ---- */

enum event_excuse { EXCUSE_SHIFT = 1, EXCUSE_HOME = 2, EXCUSE_OFF = 4 };
struct calendar_event {
	int64_t id;
	const char *name, *place, *letter;
	struct unit_id site_unit; /* its sites, or those above it; 0: the place is not asked */
	int32_t day;
	int opens, starts, closes; /* minutes of the day */
	int excuses;               /* whom the letter excuses: mask of enum event_excuse */
	struct unit_id *unit;      /* 0: everyone */
	int units;
	int64_t recorded_at, cancelled_at;
	const char *reason; /* of the cancellation */
};
/* The assembly of a day that concerns the people of a unit; NULL when there is none. Pure. */
const struct calendar_event *calendar_find_event(
	const struct calendar *c, const struct org_tree *tree, struct unit_id unit, int32_t day);
/* Any, cancelled ones too; NULL when unknown. Pure. */
const struct calendar_event *calendar_event_of(const struct calendar *c, int64_t id);

/*
 * Rows for imports, routes and the demo: each returns the new id through ret where there is one,
 * adds its leaf and renews the caches of the government. What concerns a unit, everyone or a date
 * marks the days as changed, and so does what is a person's own from its first day on.
 * `cycle_offset`: his cycle starts that many days after the pattern's anchor. Setting a regime
 * replaces what was said about these days before (Ramadan is decided on the eve).
 */
struct pattern_row {
	const char *code, *name, *legal_basis, *verified_by;
	int cycle_days;
	int32_t anchor_day;
	bool works_holidays;
	int32_t valid_from, valid_to;
};
struct pattern_day_row {
	enum regime regime;
	int cycle_day;
	struct shift shift;
};
enum err calendar_add_pattern(struct tx *tx, const struct pattern_row *row,
	const struct pattern_day_row *day, int days, struct pattern_id *ret);
enum err calendar_assign(struct tx *tx, struct employee_id employee, struct unit_id unit,
	struct pattern_id pattern, int cycle_offset, int32_t from, int32_t to);
enum err calendar_set_holiday(
	struct tx *tx, int32_t day, enum holiday_kind kind, const char *name, const char *source);
enum err calendar_set_regime(
	struct tx *tx, enum regime regime, int32_t from, int32_t to, const char *source);
/* Pattern "5HARI": five days of Perpres 21/2023 art. 3 and 4, normal and Ramadan, assigned to
 * everyone. */
enum err calendar_add_default(struct tx *tx, struct pattern_id *ret);

struct break_row {
	struct unit_id unit;
	struct pattern_id pattern; /* only who follows it; 0: every pattern */
	const char *name, *source;
	int32_t valid_from, valid_to;
	struct employee_id by;
};
enum err calendar_add_break(struct tx *tx, const struct break_row *row, int64_t *ret);
struct band_row {
	struct unit_id unit;
	struct pattern_id pattern;
	int before_minutes, after_minutes;
	const char *legal_basis, *verified_by;
	int32_t valid_from, valid_to;
	struct employee_id by;
};
enum err calendar_add_band(struct tx *tx, const struct band_row *row, int64_t *ret);
struct turn_kind_row {
	struct unit_id unit;
	const char *code, *name, *legal_basis, *verified_by;
	struct shift shift; /* starts MINUTE_OFF: free */
	int32_t valid_from, valid_to;
	struct employee_id by;
};
/* E_CONFLICT when the government has TURN_KINDS_MAX already. */
enum err calendar_add_turn_kind(struct tx *tx, const struct turn_kind_row *row, int *ret_no);
/* One person's turns of [from, from + days): kinds by number, -1 leaves a day as it is, 0 takes the
 * turn back. One leaf. */
struct turn_line {
	struct employee_id employee;
	int32_t from;
	int days;
	int (*turn)[TURNS_MAX];
};
enum err calendar_set_turns(struct tx *tx, const struct turn_line *line, struct employee_id by);
enum err calendar_add_event(
	struct tx *tx, const struct calendar_event *event, struct employee_id by, int64_t *ret);

extern const struct slice calendar_slice;

#endif
