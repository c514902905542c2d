/*
 * Fair shares, in whole numbers: one rate of home days per day one could be home, the same for all,
 * found by halving, and the largest remainders.
 */
#include "roster/roster_fair.h"

#include <assert.h>
#include <stdlib.h>

#define ONE (INT64_C(1) << 32) /* a day, as rates and dues count it */

/* What a rate owes a person in this period. */
static int64_t due(const struct roster_turns *t, int64_t rate)
{
	int64_t owed = rate * (t->free_past + t->free_now) - t->home_past * ONE;
	int64_t most = t->free_now * ONE;
	return owed < 0 ? 0 : owed > most ? most : owed;
}

static int64_t due_to_all(const struct roster_turns *who, int32_t people, int64_t rate)
{
	int64_t sum = 0;
	for (int32_t p = 0; p < people; p++)
		sum += due(&who[p], rate);
	return sum;
}

/* The highest rate that owes all together no more than there is. */
static int64_t find_rate(const struct roster_turns *who, int32_t people, int64_t capacity)
{
	int64_t low = 0, high = (2 * ROSTER_LEDGER_DAYS_MAX + 1) * ONE;
	while (high - low > 1) {
		int64_t rate = low + (high - low) / 2;
		if (due_to_all(who, people, rate) <= capacity * ONE)
			low = rate;
		else
			high = rate;
	}
	return low;
}

struct remainder {
	int64_t part; /* of a day */
	int32_t person;
};

static int by_part(const void *a, const void *b)
{
	const struct remainder *x = a, *y = b;
	if (x->part != y->part)
		return x->part > y->part ? -1 : 1;
	return (x->person > y->person) - (x->person < y->person);
}

static int64_t sum_free(const struct roster_turns *who, int32_t people)
{
	int64_t sum = 0;
	for (int32_t p = 0; p < people; p++) {
		const struct roster_turns *t = &who[p];
		assert(t->free_now >= 0 && t->free_past >= 0 && t->home_past >= 0 &&
			t->home_past <= ROSTER_LEDGER_DAYS_MAX &&
			t->free_now + (int64_t)t->free_past <= ROSTER_LEDGER_DAYS_MAX);
		sum += t->free_now;
	}
	return sum;
}

void roster_fair_shares(const struct roster_turns *who, int32_t people, int64_t capacity,
	struct arena *arena, int32_t *ret_share)
{
	struct remainder *rest = ARENA_ARRAY(arena, (size_t)people, struct remainder);
	int64_t left = sum_free(who, people);
	left = capacity < 0 ? 0 : capacity < left ? capacity : left;
	int64_t rate = find_rate(who, people, left);
	for (int32_t p = 0; p < people; p++) {
		int64_t owed = due(&who[p], rate);
		ret_share[p] = (int32_t)(owed / ONE);
		rest[p] = (struct remainder){owed % ONE, p};
		left -= ret_share[p];
	}
	qsort(rest, (size_t)people, sizeof *rest, by_part);
	for (int32_t i = 0; i < left; i++)
		ret_share[rest[i].person]++;
}
