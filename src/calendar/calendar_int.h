/* What the files of calendar share: the calendar of a government as it lies in memory. */
#ifndef LUWES_CALENDAR_CALENDAR_INT_H
#define LUWES_CALENDAR_CALENDAR_INT_H

#include "calendar/calendar.h"

#define CYCLE_DAYS_MAX 56

struct pattern {
	struct pattern_id id;
	const char *code, *name, *legal_basis, *verified_by;
	int32_t cycle_days, anchor_day;
	bool works_holidays;
	int32_t valid_from, valid_to;
	struct shift *shift[REGIME_COUNT]; /* cycle_days each; NULL: no table for this regime */
};

/* A pattern given to a unit (0: everyone). */
struct unit_assignment {
	struct unit_id unit;
	struct pattern_id pattern;
	int32_t cycle_offset, valid_from, valid_to;
};

struct regime_span {
	int32_t regime, valid_from, valid_to; /* enum regime */
	const char *source;
};

struct holiday {
	int32_t day, kind; /* enum holiday_kind */
	const char *name, *source;
};

struct calendar {
	struct pattern *pattern; /* by id */
	int patterns;
	struct unit_assignment *assignment; /* by unit, within a unit the latest first */
	int assignments;
	struct regime_span *span;
	int spans;
	struct holiday *holiday; /* by day */
	int holidays;
};

/* Every statement of the slice, listed in calendar_db.c. */
#define CALENDAR_STMTS 12
struct db_stmt;
extern struct db_stmt *const calendar_stmts[CALENDAR_STMTS];

/* Registers the import of holidays, and the counting of working days for org. */
void calendar_wire(void);
/* calendar_days.c */
void calendar_count_days(void);

#endif
