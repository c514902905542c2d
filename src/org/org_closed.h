/*
 * Months that are closed, as whoever decides about days gone by asks for them: notices, letters,
 * statuses, corrections, paper lists, imports.
 *
 * The recap of a unit seals a month. What is decided afterwards about its days is decided by the
 * agency's officer or the board alone, and becomes a numbered supplement (rekap susulan); a
 * superior, a head and the officer of a unit are sent there.
 */
#ifndef LUWES_ORG_ORG_CLOSED_H
#define LUWES_ORG_ORG_CLOSED_H

#include "org/org.h"
#include "platform/http.h"

#define CLOSED_UNITS_MAX 16

/* The closed part of a person's days. */
struct org_closed {
	struct unit_id unit[CLOSED_UNITS_MAX]; /* each once: where the days stand */
	int units;
	int32_t days;
};

/*
 * What of a person's days in [from, to] stands in closed months; a day that never began is in none.
 * Attendance sits above and puts its own here; without it no month is closed.
 */
extern enum err (*org_find_closed)(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_closed *ret);

/* Whether the actor holds the agency's office for the unit today: agency officer or the board. */
enum err org_is_agency_officer(struct req *rq, struct unit_id unit, bool *ret);

/* Refuses, naming `pointer`, unless the actor is the agency's officer for the unit, whose month is
 * closed. */
enum err org_check_officer(struct req *rq, struct unit_id unit, const char *pointer);

/* Refuses, naming `pointer`, a decision about a person's days in [from, to] of which some are in a
 * closed month and the actor is not the officer who decides those. */
enum err org_check_open(
	struct req *rq, struct employee_id employee, int32_t from, int32_t to, const char *pointer);

#endif
