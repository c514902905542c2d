/*
 * Days of a month on which an employee would like to be at home or in the office. No reason is
 * asked or kept, and a wish never promises a day: the solver weighs it after every limit
 * (docs/ROSTER.md). Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_WISH_H
#define LUWES_ROSTER_ROSTER_WISH_H

#include "policy/policy.h"

enum roster_wish_kind { WISH_HOME, WISH_OFFICE };
extern const char *const roster_wish_names[]; /* home office */

/* Whether a day may still be wished for. */
enum roster_wish_state { WISH_OPEN, WISH_PAST, WISH_PUBLISHED, WISH_OFF };
extern const char *const roster_wish_state_names[]; /* open past published off */

#define WISH_AHEAD_DAYS 92 /* the first day of a month one may wish in */
#define WISH_DAYS_MAX   31

struct roster_wish {
	int32_t day, kind;
	bool is_kept; /* its day is no longer open: it stays whatever is wished now */
};

struct wish_bounds {
	int32_t first, last; /* days of the month */
	int32_t allowed;     /* days a month by the procedure */
	int32_t kept;        /* of them used by days that are no longer open */
};

/* ---- rules (roster_wish_rules.c) ---- */

/* `facts` NULL: not in service that day. Pure. */
enum roster_wish_state roster_wish_state(int32_t today, int32_t day, const struct person_day *facts,
	const struct day_ruling *ruling);
/* NULL when all may be wished; else the reason, and *ret_at is the wish at fault or -1 when they
 * are too many. `state` has that of each wish's day. Pure. */
const char *roster_check_wishes(const struct wish_bounds *bounds, const struct roster_wish *wish,
	const enum roster_wish_state *state, int wishes, int *ret_at);

/* ---- roster_wish_db.c ---- */

/* A person's own of [from, to], by day; at most WISH_DAYS_MAX. */
enum err roster_list_own_wishes(struct tx *tx, struct employee_id employee, int32_t today,
	int32_t from, int32_t to, struct roster_wish *ret, int *ret_count);
/* Replaces those of [from, to] whose days are open. */
enum err roster_replace_wishes(struct tx *tx, struct employee_id employee, int32_t today,
	int32_t from, int32_t to, const struct roster_wish *wish, int wishes);

struct db_stmt;
#define ROSTER_WISH_STMTS 3
extern struct db_stmt *const roster_wish_stmts[ROSTER_WISH_STMTS];

#endif
