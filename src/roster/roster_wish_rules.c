/*
 * What one may wish: working days ahead whose roster is not published, each once, as many a month
 * as the procedure of the agency lets. Whether a day is given is decided by the roster alone
 * (PermenPANRB 4/2025 art. 8 and 13: a facility, not a right).
 */
#include "roster/roster_wish.h"

const char *const roster_wish_names[] = {"home", "office", NULL};
const char *const roster_wish_state_names[] = {"open", "past", "published", "off", NULL};

enum roster_wish_state roster_wish_state(
	int32_t today, int32_t day, const struct person_day *facts, const struct day_ruling *ruling)
{
	if (day <= today)
		return WISH_PAST;
	if (facts && facts->roster_version)
		return WISH_PUBLISHED;
	return facts && ruling->shift.starts != MINUTE_OFF ? WISH_OPEN : WISH_OFF;
}

static bool is_repeated(const struct roster_wish *wish, int at)
{
	for (int i = 0; i < at; i++)
		if (wish[i].day == wish[at].day)
			return true;
	return false;
}

static const char *why_closed(enum roster_wish_state state)
{
	switch (state) {
	case WISH_PAST:
		return "past: a wish is for days ahead";
	case WISH_PUBLISHED:
		return "its roster is published";
	case WISH_OFF:
		return "no working day";
	default:
		return NULL;
	}
}

const char *roster_check_wishes(const struct wish_bounds *bounds, const struct roster_wish *wish,
	const enum roster_wish_state *state, int wishes, int *ret_at)
{
	for (*ret_at = 0; *ret_at < wishes; ++*ret_at) {
		const struct roster_wish *w = &wish[*ret_at];
		const char *closed = why_closed(state[*ret_at]);
		if (w->day < bounds->first || w->day > bounds->last)
			return "not within the month";
		if (is_repeated(wish, *ret_at))
			return "twice the same day";
		if (closed)
			return closed;
	}
	*ret_at = -1;
	return wishes && wishes + bounds->kept > bounds->allowed ? "more than are allowed" : NULL;
}
