/*
 * Late decrees: what they change at once, and what a person has to decide.
 *
 * A decree whose TMT lies in the past changes every day since then that nobody decided about. A day
 * that somebody did decide about (a report verified or returned, a correction, a paper list) stays
 * as it was decided: it is pinned (org_pin, which the facts of a day and the authority over it
 * read), and listed in a case: who, which decree, which days, what was, what would be. The agency's
 * officer or the personnel board then accepts a day's change or keeps the day, with a reason
 * (product.md principle 2: a person judges; PP 94/2021 and UU 30/2014 art. 64: a decision is
 * changed by a decision). Higher slices say what was decided by adding a source.
 */
#ifndef LUWES_ORG_ORG_CASE_H
#define LUWES_ORG_ORG_CASE_H

#include "org/org.h"

enum case_kind { CASE_PLACEMENT, CASE_SUPERVISOR };
extern const char *const case_kind_names[]; /* placement supervisor */
enum case_state { CASE_OPEN, CASE_ACCEPTED, CASE_KEPT };
extern const char *const case_state_names[]; /* open accepted kept */

/* What was decided about a day: bits. */
enum decided_ground {
	GROUND_REPORT = 1,     /* the daily report was verified or returned */
	GROUND_CORRECTION = 2, /* a correction counts */
	GROUND_PAPER = 4,      /* a paper list counts */
	GROUND_CLOSED = 8,     /* the month of the unit is closed */
};
#define DECIDED_GROUNDS 4
extern const char *const decided_ground_names[]; /* by bit: report correction paper closed */

/* The names of the bits, in order. */
const char **org_name_grounds(struct arena *arena, int grounds, int *ret_count);

struct org_decided_day {
	int32_t day;
	int grounds;
};
/* Days in [from, to] of an employee that were decided about, in order, at most `max`. */
typedef enum err (*org_decided_source)(struct tx *tx, struct employee_id employee, int32_t from,
	int32_t to, struct org_decided_day *ret_day, int max, int *ret_count);
/* Adds a source, once at start (slice.wire); the same one again is ignored. */
void org_add_decided_source(org_decided_source source);

/* The decided days of all sources, each once with all its grounds, at most `max` (<= DECIDED_MAX).
 */
#define DECIDED_MAX 64
enum err org_list_decided_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct org_decided_day *ret_day, int max, int *ret_count);

/* Whether such a day keeps what it was decided with until a person decides anew. Pure. */
bool org_decide_is_pinned(int grounds);

/* A decree as it comes to the days of one employee; what does not belong to its kind is ignored. */
struct org_decree {
	enum case_kind kind;
	struct employee_id employee;
	const char *number;
	int32_t from, to;
	struct unit_id unit;
	const char *position;
	enum position_level level;
	struct employee_id superior;
};

/*
 * Pins the decided days from `from` to today that the decree would change and opens a case over
 * them. To be called before the dated rows change. ret_case 0: nothing was decided about any of
 * them.
 */
enum err org_open_case(struct tx *tx, const struct org_decree *decree, struct employee_id by,
	int64_t *ret_case, int *ret_days);

/* What a late decree says about one day, for who explains the day. */
struct org_day_case {
	int64_t case_id;
	enum case_kind kind;
	const char *decree;
	int32_t effective, grounds, state;
	struct unit_id was_unit, new_unit;
	const char *was_position, *new_position;
	const char *was_superior, *new_superior; /* names with titles; "" none */
	const char *reason, *decided_by;         /* "" while it is open */
	int64_t decided_at;
};
#define DAY_CASES_MAX 4
/* Cases that name a day of the employee, newest first, at most DAY_CASES_MAX. */
enum err org_list_day_cases(struct tx *tx, struct employee_id employee, int32_t day,
	struct org_day_case *ret_case, int *ret_count);

#endif
