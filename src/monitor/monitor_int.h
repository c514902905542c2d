/*
 * Private to monitor: counters as rows, what draws attention, the shapes of the boards.
 */
#ifndef LUWES_MONITOR_MONITOR_INT_H
#define LUWES_MONITOR_MONITOR_INT_H

#include "monitor/monitor.h"
#include "monitor/monitor_attention.h"
#include "platform/db.h"
#include "platform/http.h"
#include "platform/slice.h"
#include "roster/roster.h"

#define SLOTS_PER_DAY    288
#define MINUTES_PER_SLOT 5
#define TILES_MAX        512

/* A unit's day. */
struct unit_counters {
	struct unit_id unit;
	int64_t changed_at; /* 0: nothing was counted yet */
	struct counters counters;
};

/* First arrivals of the government within five minutes. */
struct slot_row {
	int32_t slot, present_office, present_home, late;
};

/* Adds what a batch moved. */
enum err monitor_add_move(struct tx *tx, const struct count_move *move);
enum err monitor_add_arrivals(struct tx *tx, int32_t day, const struct slot_row *row);
/* Counters of one unit (0 the government); zeros when nothing was counted. */
enum err monitor_load_counters(
	struct tx *tx, int32_t day, struct unit_id unit, struct unit_counters *ret);
/* Counters of the units in force below `parent` (0: the agencies) by code, zeros included. */
enum err monitor_list_below(struct tx *tx, int32_t day, struct unit_id parent,
	struct unit_counters *ret, int max, int *ret_count);
/* All stored counters of a day by unit. */
enum err monitor_list_day(
	struct tx *tx, int32_t day, struct unit_counters *ret, int max, int *ret_count);
enum err monitor_list_slots(
	struct tx *tx, int32_t day, struct slot_row ret[SLOTS_PER_DAY], int *ret_count);
/* Latest day before `day`, at most two weeks back, on which somebody had to work; DAY_NONE when
 * none. */
enum err monitor_load_last_worked(struct tx *tx, int32_t day, int32_t *ret_day);
/* Agencies with a published roster of their own or of a unit below that covers the day. */
enum err monitor_list_rostered(
	struct tx *tx, int32_t day, struct unit_id *ret, int max, int *ret_count);
/* Reports of a day per unit of that day and state; `waited`: the days until they were decided,
 * summed. */
struct report_count {
	struct unit_id unit;
	int32_t state, count, waited;
};
void monitor_query_reports(struct tx *tx, int32_t day, struct db_rows *ret_rows);
bool monitor_next_reports(struct db_rows *rows, struct report_count *ret);
enum err monitor_end_counters(struct tx *tx, int32_t day);
enum err monitor_end_slots(struct tx *tx, int32_t day);

/* What the rules say of an ordinary member of a unit on a day. */
void monitor_decide_ordinary_day(const struct policy_book *book, struct unit_id unit, int32_t day,
	struct day_ruling *ret_ruling);

/* Of struct counters: "BoardCounters". */
extern const struct shape monitor_counters_shape;

/* Writes what changes_counts says of the batch. */
enum err monitor_project(struct tx *tx);

extern struct db_stmt *const monitor_stmts[11];

#endif
