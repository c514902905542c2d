/*
 * The ledger: how many home days of a period would be fair to each of those who share them.
 */
#ifndef LUWES_ROSTER_ROSTER_FAIR_H
#define LUWES_ROSTER_ROSTER_FAIR_H

#include "roster/roster_model.h"

#define ROSTER_LEDGER_DAYS_MAX 4000 /* of one person, past and now */

/* What the ledger knows of a person. */
struct roster_turns {
	int32_t free_now;             /* days of the period he can be home */
	int32_t free_past, home_past; /* days he could be home and was, in the months that count */
};

/*
 * Per person the home days of the period that are fair. Past and period together, home days are to
 * be in proportion to the days one could be home: who was home less than others is now home more,
 * and the other way round, but nobody less than never or more than he can. The shares are whole
 * and sum to `capacity`, or to all free days when those are fewer; what is over goes to the largest
 * remainders, of equal ones to the first in the list (next month the ledger has it).
 */
void roster_fair_shares(const struct roster_turns *who, int32_t people, int64_t capacity,
	struct arena *arena, int32_t *ret_share);

#endif
