/*
 * What policy says to a roster that an agency made itself, before it is taken.
 *
 * Row by row: a day away that no instrument opens for this person would not count, so it is refused
 * where it stands, and so is a day beyond the weekly cap, with the days of the same week that other
 * rosters or the policy already gave. Leave that is known does not hinder: it may end early, and it
 * beats every roster. At the end, share by share: with everybody of each group the file touches,
 * those the file leaves out as they are published now. Facts are loaded once for the whole weeks of
 * the period; whoever changes in between is loaded day by day.
 */
#include "roster/roster_int.h"
#include "roster/roster_node.h"

#include "org/org_import.h"
#include "platform/db.h"

#include <assert.h>
#include <stddef.h>

#define PAGE 4000

/* ---- facts ---- */

static enum err load_candidates(struct roster_check *c)
{
	struct tx *tx = c->im->tx;
	struct employee_id after = {0};
	int count = PAGE;
	c->who = ARENA_ARRAY(tx->arena, (size_t)c->im->people, struct roster_candidate);
	c->line = ARENA_ARRAY(tx->arena, (size_t)c->im->people, const char *);
	while (count == PAGE && c->people < c->im->people) {
		int room = c->im->people - c->people;
		enum err e = roster_list_candidates(tx, "", c->first, c->last, after,
			&c->who[c->people], room < PAGE ? room : PAGE, &count);
		if (e)
			return e;
		c->people += count;
		after = c->people ? c->who[c->people - 1].facts.employee : after;
	}
	return OK;
}

enum err roster_check_open(struct roster_check *c, struct import *im, int32_t from, int32_t to)
{
	enum err e;
	*c = (struct roster_check){.im = im, .from = from, .to = to};
	c->first = from - (day_weekday(from) - MONDAY);
	c->last = to + (SUNDAY - day_weekday(to));
	if ((e = policy_load_book(im->tx, &c->book)) || (e = load_candidates(c)) ||
		(e = roster_list_current(im->tx, c->first, c->last, &c->current, &c->currents)))
		return e;
	c->is_touched = ARENA_ARRAY(im->tx->arena, (size_t)c->book->tree->units + 1, bool);
	struct roster_nodes *nodes = ARENA_NEW(im->tx->arena, struct roster_nodes);
	if ((e = roster_load_nodes(im->tx, from, nodes)))
		return e;
	c->shares = (struct roster_shares){.book = c->book, .nodes = nodes, .from = from, .to = to};
	roster_shares_init(&c->shares, im->tx->arena);
	return OK;
}

_Static_assert(offsetof(struct roster_candidate, facts.employee) == 0 &&
		       offsetof(struct roster_current_row, employee) == 0,
	"both are sorted by the employee they begin with");

/* The first of the person's elements, or where they would stand. */
static int find_first(const void *array, int count, size_t size, struct employee_id employee)
{
	int low = 0, high = count;
	while (low < high) {
		int middle = low + (high - low) / 2;
		const struct employee_id *at = (const void *)((const char *)array +
							      (size_t)middle * size);
		if (at->v < employee.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int roster_check_find(const struct roster_check *c, struct employee_id employee)
{
	int at = find_first(c->who, c->people, sizeof *c->who, employee);
	return at < c->people && c->who[at].facts.employee.v == employee.v ? at : -1;
}

char roster_check_published(const struct roster_check *c, struct employee_id employee, int32_t day)
{
	char letter = 0;
	for (int i = find_first(c->current, c->currents, sizeof *c->current, employee);
		i < c->currents && c->current[i].employee.v == employee.v && !letter; i++)
		letter = roster_line_letter(c->current[i].days, c->current[i].period_from, day);
	return letter;
}

enum err roster_check_load(
	struct roster_check *c, int who, int32_t day, struct person_day *ret_facts)
{
	const struct roster_candidate *candidate = &c->who[who];
	if (candidate->varies)
		return roster_load_person_day(c->im->tx, candidate->facts.employee, day, ret_facts);
	*ret_facts = candidate->facts;
	ret_facts->day = day;
	return OK;
}

/* ---- one person ---- */

struct line_check {
	const struct import_line *line;
	int who, away; /* days away of the week so far */
	bool is_sound;
	int mode_rule; /* that opened a day, -1 */
};

static void refuse_day(struct roster_check *c, struct line_check *l, int32_t day,
	const char *reason, const char *value)
{
	int i = 0;
	while (c->im->day[i] != day)
		i++;
	assert(i < c->im->days);
	org_import_day_fault(c->im, l->line, i, reason, value);
	l->is_sound = false;
}

/* Why the person cannot be away like this on that day, whether he is on leave or not. */
static const char *why_not_away(struct roster_check *c, const struct person_day *facts,
	enum work_mode mode, struct day_ruling *ruling)
{
	struct person_day present = *facts;
	if (facts->status != STATUS_NONE) {
		present.status = STATUS_NONE;
		policy_decide_day(c->book, &present, ruling);
	}
	if (ruling->source == SOURCE_CALENDAR)
		return "day_off";
	if (ruling->source == SOURCE_EXEMPT)
		return "exempt";
	if (policy_may_be(c->book, ruling, mode))
		return NULL;
	return policy_may_be(c->book, ruling, MODE_HOME) ? "only_home" : "day_not_open";
}

static void check_cap(struct roster_check *c, struct line_check *l, int32_t day,
	const struct day_ruling *ruling, bool is_asked)
{
	l->away += policy_is_away(ruling->mode);
	if (!is_asked || ruling->cap_rule < 0)
		return;
	int cap = c->book->rule[ruling->cap_rule].days_per_week;
	if (l->away > cap)
		refuse_day(c, l, day, "above_weekly_cap",
			arena_printf(c->im->tx->arena, "%d > %d", l->away, cap));
}

static enum err check_day(struct roster_check *c, struct line_check *l, int32_t day)
{
	char asked = roster_line_letter(c->line[l->who], c->from, day);
	enum work_mode mode = asked ? roster_letter_mode(asked) : MODE_COUNT;
	struct person_day facts;
	struct day_ruling ruling, opening;
	enum err e = roster_check_load(c, l->who, day, &facts);
	if (e == E_NOT_FOUND && policy_is_away(mode))
		refuse_day(c, l, day, "not_in_service", NULL);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	facts.letter = asked ? asked : roster_check_published(c, facts.employee, day);
	policy_decide_day(c->book, &facts, &ruling);
	if (day >= c->from && day <= c->to)
		roster_count_day(&c->shares, &facts, &ruling, ruling.mode, 1, asked != 0);
	opening = ruling;
	const char *reason = policy_is_away(mode) ? why_not_away(c, &facts, mode, &opening) : NULL;
	if (reason)
		refuse_day(c, l, day, reason, NULL);
	else if (policy_is_away(mode))
		l->mode_rule = opening.mode_rule;
	check_cap(c, l, day, &ruling, policy_is_away(mode) && !reason);
	return OK;
}

enum err roster_check_line(struct roster_check *c, const struct import_line *line, int who,
	const char *days, struct instrument_id *ret_instrument, bool *ret_sound)
{
	struct line_check l = {.line = line, .who = who, .is_sound = true, .mode_rule = -1};
	enum err e = OK;
	c->line[who] = days;
	for (int32_t day = c->first; day <= c->last && !e; day++) {
		if (day_weekday(day) == MONDAY)
			l.away = 0;
		e = check_day(c, &l, day);
	}
	*ret_sound = l.is_sound;
	if (l.mode_rule >= 0)
		*ret_instrument = c->book->instrument[c->book->rule[l.mode_rule].instrument].id;
	return e;
}

/* ---- shares ---- */

static bool is_touched(const struct roster_check *c, struct unit_id unit)
{
	const struct org_tree *tree = c->book->tree;
	const struct org_unit *u = org_find_unit(tree, unit);
	const struct org_unit *agency = u ? org_find_unit(tree, u->agency) : NULL;
	return (c->shares.levels & (1 << LEVEL_GOVERNMENT)) ||
	       (agency && c->is_touched[agency - tree->unit]);
}

void roster_check_touch(struct roster_check *c, struct unit_id agency)
{
	const struct org_unit *unit = org_find_unit(c->book->tree, agency);
	if (unit)
		c->is_touched[unit - c->book->tree->unit] = true;
}

/* Whom the file leaves out counts as he is published. */
static enum err count_person(struct roster_check *c, int who)
{
	struct person_day facts;
	struct day_ruling ruling;
	for (int32_t day = c->from; day <= c->to; day++) {
		enum err e = roster_check_load(c, who, day, &facts);
		if (e && e != E_NOT_FOUND)
			return e;
		if (e || !is_touched(c, facts.unit))
			continue;
		facts.letter = roster_check_published(c, facts.employee, day);
		policy_decide_day(c->book, &facts, &ruling);
		roster_count_day(&c->shares, &facts, &ruling, ruling.mode, 1, false);
	}
	return OK;
}

static void report_violations(struct roster_check *c)
{
	struct roster_violation v = {0};
	while (roster_next_violation(&c->shares, &v)) {
		const char *value = arena_printf(c->im->tx->arena, "%s %d/%d %c %d (%d%%)",
			roster_group_name(&c->shares, &v), v.away, v.base, v.is_above ? '>' : '<',
			v.limit, v.rule->percent);
		org_import_whole_day_fault(
			c->im, v.day, v.is_above ? "share_above" : "share_below", value);
	}
}

enum err roster_check_shares(struct roster_check *c)
{
	enum err e = OK;
	if (!c->shares.levels)
		return OK;
	for (int i = 0; i < c->people && !e; i++) {
		bool may_count = c->who[i].varies || is_touched(c, c->who[i].facts.unit);
		if (!c->line[i] && may_count)
			e = count_person(c, i);
	}
	if (!e)
		report_violations(c);
	return e;
}
