/*
 * Invented instances: for `luwes roster generate`, the bench and tests.
 */
#ifndef LUWES_ROSTER_ROSTER_GENERATE_H
#define LUWES_ROSTER_ROSTER_GENERATE_H

#include "roster/roster_model.h"

struct roster_generator {
	int32_t employees; /* 1..ROSTER_PEOPLE_MAX */
	int32_t days;      /* 1..ROSTER_DAYS_MAX working days, five a week */
	int64_t seed;
	int32_t exactly;       /* per cent of each agency's people present; 0: at most half */
	int32_t weekday;       /* 1..5: only this one is home; 0: every day */
	int32_t ill_per_mille; /* of the employees, for one to five days from day `ill_from` on */
	int32_t ill_from;      /* but for that the same instance */
};

/* A sound instance; memory is the arena's. */
void roster_generate(
	const struct roster_generator *generator, struct arena *arena, struct roster_instance *ret);

#endif
