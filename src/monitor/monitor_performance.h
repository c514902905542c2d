/*
 * Live performance: what a unit brings about against what it means to, what waits for a decision
 * and since when, which tasks are open, beside the reports of the day.
 *
 * "Belum ada sistem pemantauan kinerja yang bisa berjalan real time" (the regent of Cirebon).
 * Numbers of units and of units of measure; no rank of persons, and names alone where a figure is
 * opened by who heads the unit. Read from sums kept in the transaction of the facts
 * (reports_output.h, tasks.h, base/counter.def). Private to monitor/.
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

/* Of `unit` (0 the government) and the units in force directly below it. */
enum err monitor_list_waiting(struct tx *tx, struct unit_id unit, int32_t day, struct waiting *ret,
	int max, int *ret_count);

/* ---- the board ---- */

struct unit_performance {
	int64_t unit;
	const char *name, *code;
	int32_t report_due, report_filed, report_verified, report_returned;
	int32_t waiting, oldest_waiting, decided, wait_tenths;
	int32_t open_tasks, overdue_tasks, oldest_task;
	int32_t measured, on_track;
	int32_t expected, present;
};

struct performance {
	int32_t day;
	int64_t now;
	const char *zone;
	int32_t worked, working_days;
	bool works;
	struct counters presence;
	struct unit_performance total;
	struct shown_output *output;
	int output_count, output_left_out;
	bool output_cut;
	struct unit_performance *units;
	int unit_count;
};

/* Of `unit` (0 the government) and the units directly below it, in tx->arena: all but working days
 * and output. E_NOT_FOUND when there is no such unit. */
enum err monitor_load_figures(struct tx *tx, struct unit_id unit, struct performance *ret);

/* ---- the facts behind a figure ---- */

/* What a figure counts; the names are those of the route. */
enum facts_of {
	FACTS_REPORT_DUE, /* of today, whatever became of them */
	FACTS_REPORT_FILED,
	FACTS_REPORT_VERIFIED,
	FACTS_REPORT_RETURNED,
	FACTS_WAITING,
	FACTS_DECIDED, /* of DECIDED_DAYS: what the mean wait is of */
	FACTS_OUTPUT,  /* of the month, in one unit of measure */
	FACTS_OPEN_TASKS,
	FACTS_OVERDUE_TASKS
};
extern const char *const facts_of_names[];

#define FACTS_PAGE 100

/* At the unit itself, nothing of those below it. */
struct facts_question {
	struct unit_id unit;
	enum facts_of of;
	const char *unit_key; /* of FACTS_OUTPUT */
	int32_t first, today; /* of the month; today */
	bool by_person;       /* else summed by day */
	int32_t after_day;    /* behind this row of the page before; 0, 0: from the first */
	int64_t after_who;
};

struct fact {
	int32_t day;   /* it speaks of; of a task: its due day */
	int64_t who;   /* of reports and output the employee, of tasks the task; 0 by day */
	int64_t id;    /* the report or task; 0: there is none, or by day */
	int32_t state; /* enum report_state or task_state; by day nothing */
	int64_t at;    /* handed in or sent; the first of a day; 0: not yet */
	int64_t amount;
};

/* Oldest day first; at most `max`. */
enum err monitor_list_facts(
	struct tx *tx, const struct facts_question *q, struct fact *ret, int max, int *ret_count);

/* Volume handed in from `first` to `day` in a unit of measure, of `unit` and of the units in force
 * directly below it; those without any are not there. */
struct unit_amount {
	struct unit_id unit;
	int64_t amount;
};
enum err monitor_list_amounts(struct tx *tx, struct unit_id unit, const char *unit_key,
	int32_t first, int32_t day, struct unit_amount *ret, int max, int *ret_count);

/* Who has a task in hand, and what it is: 0 and no name where an office has it. */
enum err monitor_load_task(
	struct tx *tx, int64_t task, const char **ret_subject, struct employee_id *ret_holder);

#define PERFORMANCE_STMTS 1
extern struct db_stmt *const monitor_performance_stmts[PERFORMANCE_STMTS];
#define FACTS_STMTS 7
extern struct db_stmt *const monitor_facts_stmts[FACTS_STMTS];

#endif
