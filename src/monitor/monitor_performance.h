/*
 * Live performance: what a unit brings about against what it means to, what waits for a decision
 * and since when, which tasks are open, beside the reports of the day.
 *
 * "Belum ada sistem pemantauan kinerja yang bisa berjalan real time" (the regent of Cirebon).
 * Numbers of units and of units of measure; nobody's name, no rank of persons. Read from sums kept
 * in the transaction of the facts (reports_output.h, tasks.h, base/counter.def). Private to
 * monitor/.
 */
#ifndef LUWES_MONITOR_MONITOR_PERFORMANCE_H
#define LUWES_MONITOR_MONITOR_PERFORMANCE_H

#include "monitor/monitor_int.h"
#include "reports/reports_output.h"
#include "tasks/tasks.h"

#define DECIDED_DAYS 31  /* so far back the mean wait of decided reports looks */
#define OUTPUT_MAX   200 /* units of measure shown of a unit, the most planned first */

/* Of a unit in one unit of measure, as the board shows it. */
struct shown_output {
	const char *unit_of_measure;
	int64_t planned, planned_to_date, planned_today, handed_in, verified, handed_in_today,
		verified_today;
};

/* ---- rules: pure, tabled in monitor_performance_rules_test.c ---- */

/* What plans of a year and of a quarter mean for one month: a twelfth and a third, half up; nobody
 * has both (reports_output.h). */
int64_t monitor_planned_of_month(int64_t annual, int64_t quarterly);
/* What of it is due after `worked` of the month's `days` working days, half up; all of it in a
 * month without any. */
int64_t monitor_planned_to_date(int64_t of_month, int worked, int days);
/* What falls on the day itself, the last of `worked`: what is due with it less what was due before
 * it, so that the days of a month add up to its plan; 0 on a day that is none of work. */
int64_t monitor_planned_today(int64_t of_month, int worked, int days, bool works);
/* Puts the most planned first, of equal ones the most handed in; returns how many to show: at most
 * `max`. */
int monitor_keep_most_planned(struct shown_output *list, int count, int max);
/* Days that decided reports waited for their decision, in tenths of a day each, half up; INT_NONE
 * when none was decided. */
int32_t monitor_mean_wait(int64_t waited, int64_t decided);

/* ---- statements ---- */

/* Reports of a unit with all below it: all that wait, and those of DECIDED_DAYS that were decided.
 */
struct waiting {
	struct unit_id unit;
	int32_t reports;
	int32_t oldest;  /* the day of the oldest of them; DAY_NONE: none waits */
	int32_t waited;  /* days that the decided ones waited, summed */
	int32_t decided; /* so many were */
};

/* Of `unit` (0 the government) and the units in force directly below it; units of which nothing was
 * counted are not there. */
enum err monitor_list_waiting(struct tx *tx, struct unit_id unit, int32_t day, struct waiting *ret,
	int max, int *ret_count);

#define PERFORMANCE_STMTS 1
extern struct db_stmt *const monitor_performance_stmts[PERFORMANCE_STMTS];

#endif
