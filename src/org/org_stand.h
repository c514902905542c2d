/*
 * Whether somebody stands in the place of a superior on a day, and why.
 *
 * A superior decides about his people himself; a delegate does for the days of his letter; who
 * holds the superior's office as plt, plh or successor does for as long as he holds it; and where
 * the office is vacant without any of them, authority goes up one level: to the superior's own
 * superior, else to the head of the unit above (UU 30/2014 art. 13-14; SE BKN 1/SE/I/2021 on plt
 * and plh). Never further up, and never to the person himself. The lists read the same rule, so
 * that sight follows right.
 */
#ifndef LUWES_ORG_ORG_STAND_H
#define LUWES_ORG_ORG_STAND_H

#include "org/org.h"

/* One dated fact about a superior and his office. */
enum term_kind {
	TERM_SERVICE,  /* he is in service */
	TERM_OWN,      /* he heads the unit, definitive or plt */
	TERM_HOLDER,   /* somebody else in service heads it, definitive, plt or plh */
	TERM_ABOVE,    /* somebody in service heads the unit above it */
	TERM_NEXT,     /* somebody in service is his own superior */
	TERM_DELEGATE, /* somebody has his letter; `unit` holds the relation lent */
};
struct seat_term {
	enum term_kind kind;
	struct unit_id unit;
	struct employee_id holder;
	enum acting acting;
	int32_t from, to;
};

#define SEAT_TERMS_MAX 128
struct org_seat {
	struct employee_id superior;
	struct seat_term *term; /* by kind, then newest first */
	int terms;
	int32_t today; /* who left the service before it decides nothing that he left undone */
};

/* A person whom somebody answers for: his unit that day, and since when the relation holds. */
struct org_bond {
	struct employee_id employee;
	struct unit_id unit;
	enum relation_kind relation;
	int32_t from;
};

/* Whether and why `actor` stands in the superior's place over the person on `of_day`. Pure. */
enum stand org_decide_stand(const struct org_tree *tree, const struct org_seat *seat,
	const struct org_bond *bond, struct employee_id actor, int32_t of_day);

/* Everything dated about a superior, for org_decide_stand on any day. */
enum err org_load_seat(struct tx *tx, struct employee_id superior, struct org_seat *ret);

/* Superiors in whose place the actor may stand on some day of [from, to], himself first, then the
 * newest: what a list must look through, row by row with org_decide_stand. */
#define SEATS_MAX 200
enum err org_list_seats(struct tx *tx, struct employee_id actor, int32_t from, int32_t to,
	struct org_seat *ret_seat, int *ret_count);

#endif
