/*
 * When two may swap their days at home.
 *
 * PermenPANRB 4/2025 art. 13: not more than the weekly cap, for either. The rest keeps the service
 * as it was: the same unit and posts, both at work on both days, one home and one in the office on
 * each.
 */
#include "roster/roster_swap.h"

const char *const roster_swap_names[] = {"asked", "accepted", "done", "refused", "withdrawn", NULL};

static bool has_post(const struct swap_side *s, struct post_id post)
{
	for (int i = 0; i < s->posts; i++)
		if (s->post[i].v == post.v)
			return true;
	return false;
}

static bool are_of_one_post(const struct swap_side *a, const struct swap_side *b)
{
	if (a->unit.v != b->unit.v || a->posts != b->posts)
		return false;
	for (int i = 0; i < a->posts; i++)
		if (!has_post(b, a->post[i]))
			return false;
	return true;
}

static bool is_home(char letter)
{
	return letter == 'R' || letter == 'A';
}

static bool is_above_cap(const struct swap_side *s)
{
	return (s->gives_cap >= 0 && s->gives_week > s->gives_cap) ||
	       (s->takes_cap >= 0 && s->takes_week > s->takes_cap);
}

const char *roster_why_no_swap(const struct swap_side *asker, const struct swap_side *other,
	int32_t asker_day, int32_t other_day, int32_t today)
{
	if (asker_day == other_day)
		return "same_day";
	if (asker_day <= today || other_day <= today)
		return "day_begun";
	if (!are_of_one_post(asker, other))
		return "not_one_post";
	if (!is_home(asker->on_given) || asker->on_taken != 'K')
		return "not_own_day";
	if (!is_home(other->on_given) || other->on_taken != 'K')
		return "not_others_day";
	if (!asker->may_give || !asker->may_take || !other->may_give || !other->may_take)
		return "not_at_work";
	return is_above_cap(asker) || is_above_cap(other) ? "above_weekly_cap" : NULL;
}
