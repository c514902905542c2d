/*
 * What a superior should open before he verifies: a volume far from the person's habit, and a
 * report whose mode is not the mode of its day.
 *
 * Nothing of it is stored: marks are worked out from what the store says when they are shown, so
 * that a late decree, a corrected day or a report sent back changes them at once. A mark is a hint
 * to a person and decides nothing. Private to reports/.
 *
 * Habit: the median of the last HABIT_VOLUMES verified volumes of the same planned result and unit
 * of measure, on earlier days, among the person's last HABIT_REPORTS verified reports; of fewer
 * than HABIT_LEAST nothing is said. What names no planned result is compared with nothing: a unit
 * of measure alone is no kind of work. How far is far is a dated number (report_unusual_percent).
 *
 * Mode: a report keeps the mode its day had when it was handed in. Compared are that mode with the
 * day's mode now, whether the day asks for work at all, and on a day at the office where its
 * punches were. A day at home is compared with no place: a home is not known to the program.
 */
#ifndef LUWES_REPORTS_REPORTS_MARK_H
#define LUWES_REPORTS_REPORTS_MARK_H

#include "reports/reports_target.h"

#define HABIT_REPORTS 60
#define HABIT_VOLUMES 20
#define HABIT_LEAST   5
#define HABIT_MAX     300 /* volumes that are looked through */

/* A verified volume of one planned result in one unit of measure. */
struct habit {
	int64_t target;
	const char *unit_key; /* as reports_unit_key makes it */
	int32_t volume;
};

/* Twice the median (a whole number of halves) of the first HABIT_VOLUMES of the list that are of
 * the result and unit; 0 when there are fewer than HABIT_LEAST. `habit` has the newest first. Pure.
 */
int64_t reports_find_habit(
	const struct habit *habit, int count, int64_t target, const char *unit_key);
/* Whether a volume is more than `percent` of the median, or the median of it. Pure. */
bool reports_is_unusual(int32_t volume, int64_t median_twice, int32_t percent);

enum mode_mismatch {
	MISMATCH_NONE,
	MISMATCH_CHANGED, /* handed in for another mode than the day has now */
	MISMATCH_NO_WORK, /* a day that asks for no work: leave, a holiday */
	MISMATCH_OUTSIDE  /* a day at the office, and each punch of it was outside its sites */
};
extern const char *const mode_mismatch_names[]; /* none mode_changed no_work punches_outside */
/* Pure. `day` as reports_load_attendance gives it: one that was never folded says nothing. */
enum mode_mismatch reports_find_mismatch(
	const struct daily_report *r, const struct attendance_day *day);

/* What is shown of a report: its remarks (enum report_remark), and what stands behind two of them.
 */
struct report_marks {
	int remarks;
	enum mode_mismatch mismatch;
	int32_t usual[REPORT_ITEMS_MAX]; /* of an unusual item the median, half up; 0: usual, or no
					    habit yet */
};
enum err reports_load_marks(struct tx *tx, const struct daily_report *r,
	const struct report_item *item, int items, const struct attendance_day *day,
	struct report_marks *ret);

/* What is usual beside the items whose volume is not. */
enum err reports_show_usual(
	struct tx *tx, const struct daily_report *r, struct report_item *item, int items);

/* What was verified of the results a stored report names, in the person's last HABIT_REPORTS
 * verified reports before its day, the newest first; `ret` takes HABIT_MAX. */
enum err reports_list_habit(
	struct tx *tx, const struct daily_report *r, struct habit *ret, int *ret_count);

#endif
