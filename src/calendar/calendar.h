/*
 * Working time as dated data: patterns, Ramadan, holidays, shifts.
 *
 * Perpres 21/2023 art. 4: 37.5 hours a week from 07.30 with 60 minutes of break (Friday 90); in
 * Ramadan 32.5 hours from 08.00 with 30 (Friday 60); local zone. A pattern is a cycle of days (a
 * week, or a shift cycle with an anchor); a span that crosses midnight belongs to the day it
 * starts. Holidays come from the joint decree with its number and stop every pattern that does not
 * work on holidays.
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
 * work. */
#define MINUTE_OFF (-1)
struct shift {
	int starts, ends, break_starts, break_ends;
};

enum regime { REGIME_NORMAL, REGIME_RAMADAN, REGIME_COUNT };
extern const char *const regime_names[];
enum holiday_kind { HOLIDAY_NATIONAL, HOLIDAY_JOINT_LEAVE, HOLIDAY_LOCAL };
extern const char *const holiday_kind_names[];

/* What a day's shift rests on, for the explanation. */
struct shift_reason {
	struct pattern_id pattern;
	const char *pattern_code, *pattern_name, *legal_basis;
	enum regime regime;
	const char *regime_source;            /* "" in the normal regime */
	const char *holiday, *holiday_source; /* NULL when none */
};

struct calendar; /* patterns, unit assignments, regimes, holidays of one government; immutable */

/* Builds it in `arena` from the store (cached inside the policy book). */
enum err calendar_load(struct tx *tx, struct arena *arena, const struct calendar **ret);

/*
 * Shift of a person on a day. `personal` is the person's own assignment (pattern 0: none, then the
 * nearest unit's assignment upwards, then everyone's). Pure. A day without pattern is a day off.
 */
struct personal_pattern {
	struct pattern_id pattern;
	int cycle_offset;
};
struct shift calendar_shift(const struct calendar *c, const struct org_tree *tree,
	struct unit_id unit, struct personal_pattern personal, int32_t day,
	struct shift_reason *ret_reason);

/* The holiday of a day or NULL. */
const char *calendar_holiday(const struct calendar *c, int32_t day, enum holiday_kind *ret_kind,
	const char **ret_source);

/* Working minutes of a shift between two minutes of its day (may exceed 1440), breaks left out.
 * Pure. */
int calendar_working_minutes(const struct shift *s, int from, int to);
/* Whole minutes after the start / before the end; 0 when not. `grace` minutes are free (taken off).
 * A clock shows 07:30:59 as 07.30. */
int calendar_late_minutes(const struct shift *s, int minute, int grace);
int calendar_early_minutes(const struct shift *s, int minute);

/*
 * Rows for imports and the demo: each returns the new id through ret where there is one, adds its
 * leaf and renews the caches of the government. What concerns a unit, everyone or a date also marks
 * the days as changed; a person's own assignment does not: days of his that were already folded
 * keep their shift. `cycle_offset`: his cycle starts that many days after the pattern's anchor.
 * Setting a regime replaces what was said about these days before (Ramadan is decided on the eve).
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

extern const struct slice calendar_slice;

#endif
