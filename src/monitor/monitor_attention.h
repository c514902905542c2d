/*
 * What on a board asks for somebody's attention, decided from counters alone: shares of units,
 * never names of people.
 */
#ifndef LUWES_MONITOR_MONITOR_ATTENTION_H
#define LUWES_MONITOR_MONITOR_ATTENTION_H

#include "base/ids.h"
#include "calendar/calendar.h"

enum attention_kind {
	ATTENTION_NOT_IN_YET,
	ATTENTION_LATE,
	ATTENTION_UNCONFIRMED,
	ATTENTION_REPORTS_UNVERIFIED,
	ATTENTION_ROSTER_MISSING,
	ATTENTION_TASKS_OVERDUE
};
extern const char
	*const attention_kind_names[]; /* not_in_yet_high late_high unconfirmed_high
					  reports_unverified roster_missing tasks_overdue */

/* The numbers of a unit that the decision needs. */
struct attention_facts {
	struct unit_id unit;
	int expected, excused, present, late, unconfirmed;
	int reports_filed_before, reports_decided_before; /* of the last working day before */
	int tasks_open, tasks_overdue;                    /* now; 0 for a day gone by */
	int starts; /* minute work starts for the ordinary member of the unit; MINUTE_OFF when it
		       does not */
	bool is_round_the_clock; /* shifts: the counters do not say who is due by now */
	bool asks_roster;        /* the instrument in force leaves the day's mode to a roster */
	bool has_roster;         /* one is published */
};

struct attention {
	enum attention_kind kind;
	struct unit_id unit;
	int value;
};

#define ATTENTION_MAX 12
/*
 * The most pressing first: missing rosters, then by share. `value` is a percentage, for reports the
 * number that wait, for tasks the number overdue, for rosters the number of people. `minute` is the
 * minute of the day now, 1440 for a day that is over. Pure.
 */
int monitor_decide_attention(const struct attention_facts *facts, int units, int minute,
	struct attention ret[ATTENTION_MAX]);

#endif
