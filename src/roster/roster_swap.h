/*
 * Two of one unit and post give each other a day: one who is at home on a day comes in for the
 * other, and is at home on the other's day. Counters and shares of both days stay as they were,
 * because one comes for one; what can break is a person's week. Private to roster/.
 */
#ifndef LUWES_ROSTER_ROSTER_SWAP_H
#define LUWES_ROSTER_ROSTER_SWAP_H

#include "roster/roster_int.h"

enum roster_swap_state {
	SWAP_ASKED,
	SWAP_ACCEPTED, /* by the other; waits for the superior */
	SWAP_DONE,
	SWAP_REFUSED,
	SWAP_WITHDRAWN,
	SWAP_STATES
};
extern const char *const roster_swap_names[];

/* A person on the two days, as published. `gives` is his home day, `takes` the other's. */
struct swap_side {
	struct unit_id unit;
	struct post_id post[PERSON_POSTS_MAX];
	int posts;
	char on_given, on_taken;    /* letters in force */
	bool may_give, may_take;    /* he works on the day, and the day taken lets him be home */
	int gives_week, takes_week; /* home days of the two weeks after the swap */
	int gives_cap, takes_cap;   /* weekly caps there; -1: none */
};
/* NULL when the two may swap, else why not, as a code the web app words. Pure; tabled in
 * roster_swap_test.c. */
const char *roster_why_no_swap(const struct swap_side *asker, const struct swap_side *other,
	int32_t asker_day, int32_t other_day, int32_t today);

struct roster_swap {
	int64_t swap_id;
	struct employee_id asker, other;
	const char *asker_name, *other_name;
	int32_t asker_day, other_day; /* given by the asker, by the other */
	int32_t state;
	int64_t asked_at, answered_at, decided_at;
	struct employee_id decided_by;
	const char *decided_by_name, *note;
	int64_t version;
};

/* Loads a side: facts of the days and of their weeks. E_NOT_FOUND when not in service. */
enum err roster_load_swap_side(struct tx *tx, const struct policy_book *book,
	struct employee_id employee, int32_t given, int32_t taken, struct swap_side *ret);

enum err roster_add_swap(struct tx *tx, const struct roster_swap *s, int64_t *ret_id);
enum err roster_load_swap(struct tx *tx, int64_t swap_id, struct roster_swap *ret);
/* Asked by or of a person, the newest first. */
enum err roster_list_swaps(struct tx *tx, struct employee_id employee, struct roster_swap *ret,
	int max, int *ret_count);
/* Accepted ones of days ahead that wait for a superior, oldest first, after the swap `after`. */
enum err roster_list_waiting_swaps(struct tx *tx, int32_t today, int64_t after,
	struct roster_swap *ret, int max, int *ret_count);
/* Writes state, answer and decision. */
enum err roster_put_swap(struct tx *tx, const struct roster_swap *s);
/* Carries it out: a version of the two with their days exchanged, published at once. */
enum err roster_do_swap(
	struct tx *tx, const struct roster_swap *s, struct employee_id by, int64_t *ret_version);

/* Colleagues of the same unit as the employee on a day, but himself. */
enum err roster_list_colleagues(struct tx *tx, struct employee_id employee, int32_t day,
	struct roster_line_row *ret, int max, int *ret_count);

#endif
