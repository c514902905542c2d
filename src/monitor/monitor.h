/*
 * The live board: counters of the government, its agencies and units, moved in the transaction of
 * the facts.
 *
 * "belum ada sistem pemantauan kinerja yang bisa berjalan real time" (the regent of Cirebon).
 * Numbers of units, never lists of the worst people. Reads are one small SELECT; streams send
 * absolute counters.
 */
#ifndef LUWES_MONITOR_MONITOR_H
#define LUWES_MONITOR_MONITOR_H

#include "platform/changes.h"
#include "reports/reports.h"

struct slice;

/* The counters of a unit's day, by enum counter. */
struct counters {
	int32_t count[COUNTER_COUNT];
};

/* Recounts a day's counters from attendance and reports, replacing what is stored. */
enum err monitor_recount(struct tx *tx, int32_t day);
/* Compares the stored counters of a day with a recount; ret_wrong gets how many differ. For doctor.
 */
enum err monitor_check(struct tx *tx, int32_t day, int *ret_wrong);

extern const struct slice monitor_slice, monitor_performance_slice, monitor_facts_slice;

#endif
