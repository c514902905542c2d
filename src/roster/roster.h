/*
 * Who works where on which day: versions of a planning node and a period, one line per employee.
 *
 * A line is one letter per day: K office, R home, A anywhere, D outside duty, C leave, L off, - not
 * set. K has force always, R and A where the policy of the day allows them; D, C and L are notes of
 * what was known when it was planned, for statuses and the calendar are the truth about those. A
 * published version is the attendance rule at once (product.md principle 8): publishing flips the
 * version row and writes its lines to roster_current, where a day is found by one key. Here also:
 * the facts of a person's day, gathered in one SELECT from org, calendar and roster, and the
 * explanation of a day's mode.
 */
#ifndef LUWES_ROSTER_ROSTER_H
#define LUWES_ROSTER_ROSTER_H

#include "policy/policy.h"

enum roster_state {
	ROSTER_DRAFT,
	ROSTER_SET,
	ROSTER_ACKNOWLEDGED,
	ROSTER_PUBLISHED,
	ROSTER_REPLACED
};
extern const char *const roster_state_names[];
enum roster_source { ROSTER_GENERATED, ROSTER_IMPORTED, ROSTER_ALL_OFFICE, ROSTER_SWAPPED };
extern const char *const roster_source_names[];

/* Mode a letter stands for; MODE_COUNT for '-' and unknown letters. */
enum work_mode roster_letter_mode(char letter);
char roster_mode_letter(enum work_mode mode);

/* Facts of one person and day; E_NOT_FOUND when the employee is unknown or not in service that day.
 */
enum err roster_load_person_day(
	struct tx *tx, struct employee_id employee, int32_t day, struct person_day *ret);
/* Facts of the next people after `after` in id order, at most `max` (<= 1000). */
enum err roster_list_person_days(struct tx *tx, struct employee_id after, int32_t day,
	struct person_day *ret, int max, int *ret_count);

/* Of a decided day whose duty is weekly: sets week_day, and weekly_due where it is that day. */
enum err roster_apply_week(struct tx *tx, const struct policy_book *book,
	const struct person_day *facts, struct day_ruling *ruling);

struct roster_line {
	struct employee_id employee;
	const char *days;
	const char *locked; /* per day 'x': kept by the planner; NULL: none */
	int32_t share;      /* home days that were fair when it was solved */
};
/* Adds a draft version with its lines. */
enum err roster_add_version(struct tx *tx, struct unit_id unit, int32_t from, int32_t to,
	enum roster_source source, struct instrument_id instrument, const char *note,
	struct employee_id made_by, const struct roster_line *line, int lines,
	int64_t *ret_version);
/*
 * Publishes it: replaces earlier letters of these people on the days it sets, of what is left of
 * the period; adds a leaf. Days on which another node plans for a person by then are not set.
 * It binds days ahead alone: a day that has begun keeps what held (`E_CONFLICT` when none is left,
 * or when it is published already).
 */
enum err roster_publish(struct tx *tx, int64_t version_id, struct employee_id by);

/* Once a minute: what the board was silent about until its deadline is published. */
enum err roster_tick(struct tx *tx);

extern const struct slice roster_slice, roster_work_slice, roster_step_slice,
	roster_procedure_slice, roster_swap_slice, roster_limits_slice, roster_wish_slice,
	roster_feed_slice, roster_print_slice, roster_repair_slice;

#endif
