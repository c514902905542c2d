/*
 * Shares: how many of a group may be away on a day, counted as the circular says it.
 *
 * A share names its level (government, agency, division, unit) and its base: all who are placed
 * there, those the rules let be home that day, or those at work that day. "At most" is rounded down
 * and "at least" up; "exactly" takes what lies next to it on either side, because half of 21 people
 * is 10 or 11. All in whole numbers. PermenPANRB 4/2025 leaves the share to the head of the
 * government; SE 150/KPG.03/BKD phase II: at most half of each agency a day.
 */
#include "roster/roster_int.h"
#include "roster/roster_node.h"

#include <stddef.h>

void roster_share_limits(const struct rule *rule, int base, int *ret_least, int *ret_most)
{
	int64_t parts = (int64_t)rule->percent * base;
	int down = (int)(parts / 100), up = (int)((parts + 99) / 100);
	*ret_least = rule->bound == BOUND_EXACTLY ? down : rule->bound == BOUND_AT_LEAST ? up : 0;
	*ret_most = rule->bound == BOUND_EXACTLY ? up : rule->bound == BOUND_AT_MOST ? down : base;
}

int roster_share_base(const struct rule *rule, const struct roster_tally *t)
{
	if (rule->base == BASE_ALL)
		return t->all;
	return rule->base == BASE_ELIGIBLE ? t->eligible : t->present;
}

/* Which share levels the rules of the period ask about. */
static int find_levels(const struct roster_shares *s)
{
	int levels = 0;
	for (int i = 0; i < s->book->rules; i++) {
		const struct rule *rule = &s->book->rule[i];
		if (rule->share_level >= 0 && rule->valid_from <= s->to &&
			rule->valid_to >= s->from)
			levels |= 1 << rule->share_level;
	}
	return levels;
}

/* Government-wide counts stand behind those of the units. */
static int count_groups(const struct roster_shares *s)
{
	return s->book->tree->units + 1;
}

static int count_days(const struct roster_shares *s)
{
	return s->to - s->from + 1;
}

void roster_shares_init(struct roster_shares *s, struct arena *arena)
{
	s->levels = find_levels(s) | s->always;
	if (s->levels)
		s->tally = ARENA_ARRAY(arena,
			(size_t)count_groups(s) * (SHARE_LEVELS) * (size_t)count_days(s),
			struct roster_tally);
}

/* The node a share of this level is counted in, for people of `unit`; NULL when there is none. */
static const struct org_unit *find_node(
	const struct roster_shares *s, const struct org_unit *unit, int level)
{
	const struct org_tree *tree = s->book->tree;
	const struct org_unit *parent;
	if (unit && level == LEVEL_AGENCY)
		return roster_node_of(tree, s->nodes, unit->id);
	while (unit && level == LEVEL_DIVISION && (parent = org_find_unit(tree, unit->parent)) &&
		parent->parent.v)
		unit = parent;
	return unit;
}

/* -1: no such group, or one that reaches beyond what is planned and cannot be judged from there. */
static int find_group(const struct roster_shares *s, struct unit_id unit, int level)
{
	const struct org_tree *tree = s->book->tree;
	if (!(s->levels & (1 << level)))
		return -1;
	if (level == LEVEL_GOVERNMENT)
		return s->within.v ? -1 : tree->units;
	const struct org_unit *node = find_node(s, org_find_unit(tree, unit), level);
	return node && org_is_below(tree, node->id, s->within) ? (int)(node - tree->unit) : -1;
}

static struct roster_tally *find_tally(
	const struct roster_shares *s, int group, int level, int32_t day)
{
	ptrdiff_t row = (ptrdiff_t)group * (SHARE_LEVELS) + level;
	return &s->tally[row * count_days(s) + day - s->from];
}

const struct roster_tally *roster_tally_of(
	const struct roster_shares *s, const struct org_unit *node, int level, int32_t day)
{
	if (!(s->levels & (1 << level)))
		return NULL;
	return find_tally(s, (int)(node - s->book->tree->unit), level, day);
}

/* The share of a level; of two the one recorded last. Where one node is planned, a share of the
 * whole government is kept in it: what each node keeps, all of them keep. */
static int find_share(const struct roster_shares *s, const struct day_ruling *ruling, int level)
{
	int rule = ruling->share_rule[level], of_all = ruling->share_rule[LEVEL_GOVERNMENT];
	return level == LEVEL_AGENCY && s->within.v && of_all > rule ? of_all : rule;
}

static void find_groups(struct roster_shares *s, struct unit_id unit)
{
	if (s->counted.v == unit.v)
		return;
	for (int level = LEVEL_GOVERNMENT; level < SHARE_LEVELS; level++)
		s->group[level] = find_group(s, unit, level);
	s->counted = unit;
}

void roster_count_day(struct roster_shares *s, const struct person_day *facts,
	const struct day_ruling *ruling, enum work_mode mode, int people, bool is_judged)
{
	bool is_eligible = policy_may_be(s->book, ruling, MODE_HOME);
	if (!s->levels || !facts->unit.v)
		return;
	find_groups(s, facts->unit);
	for (int level = LEVEL_GOVERNMENT; level < SHARE_LEVELS; level++) {
		int group = s->group[level], rule = find_share(s, ruling, level);
		if (group < 0)
			continue;
		struct roster_tally *t = find_tally(s, group, level, facts->day);
		t->all += people;
		t->eligible += is_eligible ? people : 0;
		t->present += mode == MODE_OFFICE || policy_is_away(mode) ? people : 0;
		t->away += policy_is_away(mode) ? people : 0;
		t->unset += is_eligible && !facts->letter ? people : 0;
		t->is_judged |= is_judged;
		if (rule >= t->rule)
			t->rule = rule + 1; /* of several the latest recorded */
	}
}

/* Too few is only said of a group in which everybody has his place. */
static bool is_violated(
	const struct rule *rule, const struct roster_tally *t, struct roster_violation *ret)
{
	int least, most;
	ret->base = roster_share_base(rule, t);
	ret->away = t->away;
	roster_share_limits(rule, ret->base, &least, &most);
	ret->is_above = t->away > most;
	ret->limit = ret->is_above ? most : least;
	return ret->is_above || (t->away < least && !t->unset);
}

static bool find_in_group(
	const struct roster_shares *s, int group, int level, struct roster_violation *ret)
{
	for (; ret->day <= s->to; ret->day++) {
		const struct roster_tally *t = find_tally(s, group, level, ret->day);
		if (!t->is_judged || !t->rule)
			continue;
		ret->rule = &s->book->rule[t->rule - 1];
		if (is_violated(ret->rule, t, ret))
			return true;
	}
	return false;
}

bool roster_next_violation(const struct roster_shares *s, struct roster_violation *v)
{
	if (!s->levels)
		return false;
	v->day = v->rule ? v->day + 1 : s->from;
	for (; v->group < count_groups(s); v->group++, v->level = LEVEL_GOVERNMENT) {
		for (; v->level < SHARE_LEVELS; v->level++, v->day = s->from) {
			if (find_in_group(s, v->group, v->level, v))
				return true;
		}
	}
	return false;
}

const char *roster_group_name(const struct roster_shares *s, const struct roster_violation *v)
{
	return v->group < s->book->tree->units ? s->book->tree->unit[v->group].code : "*";
}
