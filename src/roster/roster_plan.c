/*
 * Generates a roster: everybody of a node who may be home on the given weekdays is home, others in
 * the office.
 *
 * Facts of most people do not change within a period, so they are loaded once; whoever is
 * transferred, on leave or changes pattern in between is loaded day by day. What a circular forbids
 * is not generated: a plan above the share it allows, or above the weekly cap of PermenPANRB 4/2025
 * art. 13, is refused with the number that says so. Choosing *who* within a share is the planner's
 * work, not done here.
 */
#include "roster/roster_int.h"

#include "platform/db.h"

#define PAGE 4000 /* each page looks through the placements of everybody once */

struct planner {
	struct tx *tx;
	const struct policy_book *book;
	const struct org_unit *node;
	int32_t from, to;
	int weekdays;
	struct roster_shares shares;
	struct roster_plan *plan;
	int room;
	const char *reason;
};

static int count_days(const struct planner *p)
{
	return p->to - p->from + 1;
}

static const char *number_of(const struct planner *p, int rule)
{
	return p->book->instrument[p->book->rule[rule].instrument].number;
}

/* The instrument that lets people be home is the one the roster carries out. */
static char plan_day(struct planner *p, const struct person_day *facts, int *ret_cap)
{
	struct day_ruling ruling;
	if (!org_is_below(p->book->tree, facts->unit, p->node->id))
		return '-';
	char letter = roster_plan_letter(p->book, facts, p->weekdays, &ruling);
	roster_count_day(&p->shares, facts, &ruling, roster_letter_mode(letter), true);
	*ret_cap = ruling.cap_rule;
	if (letter == 'R') {
		int instrument = p->book->rule[ruling.mode_rule].instrument;
		p->plan->instrument = p->book->instrument[instrument].id;
	}
	return letter;
}

/* Facts of a later day: the same when nothing changes; E_NOT_FOUND outside service. */
static enum err load_day(
	struct planner *p, const struct roster_candidate *who, int32_t day, struct person_day *ret)
{
	if (who->varies)
		return roster_load_person_day(p->tx, who->facts.employee, day, ret);
	*ret = who->facts;
	ret->day = day;
	return OK;
}

/* Counts home days of a week from Monday; false above the weekly cap of `cap` (-1: none). */
static bool is_within_cap(struct planner *p, int32_t day, char letter, int cap, int *week_home)
{
	if (day_weekday(day) == MONDAY)
		*week_home = 0;
	*week_home += letter == 'R';
	if (cap < 0 || *week_home <= p->book->rule[cap].days_per_week)
		return true;
	p->reason = arena_printf(p->tx->arena, "more than %d days a week: %s, article %s",
		p->book->rule[cap].days_per_week, number_of(p, cap), p->book->rule[cap].article);
	return false;
}

static void add_line(struct planner *p, struct employee_id employee, const char *days)
{
	struct roster_plan *plan = p->plan;
	if (plan->lines == p->room) {
		struct roster_line *more = ARENA_ARRAY(
			p->tx->arena, (size_t)p->room * 2, struct roster_line);
		memcpy(more, plan->line, (size_t)p->room * sizeof *more);
		plan->line = more;
		p->room *= 2;
	}
	plan->line[plan->lines++] = (struct roster_line){employee, days};
}

static enum err plan_person(struct planner *p, const struct roster_candidate *who)
{
	char *days = ARENA_ARRAY(p->tx->arena, (size_t)count_days(p) + 1, char);
	bool is_planned = false;
	int week_home = 0;
	for (int32_t day = p->from; day <= p->to; day++) {
		struct person_day facts;
		int cap = -1;
		enum err e = load_day(p, who, day, &facts);
		if (e && e != E_NOT_FOUND)
			return e;
		char letter = e || !facts.unit.v ? '-' : plan_day(p, &facts, &cap);
		if (!is_within_cap(p, day, letter, cap, &week_home))
			return E_REFUSED;
		is_planned |= letter != '-';
		days[day - p->from] = letter;
	}
	if (is_planned)
		add_line(p, who->facts.employee, days);
	return OK;
}

static enum err plan_people(struct planner *p)
{
	struct roster_candidate *page = ARENA_ARRAY(p->tx->arena, PAGE, struct roster_candidate);
	struct employee_id after = {0};
	int count = PAGE;
	while (count == PAGE) {
		enum err e = roster_list_candidates(
			p->tx, p->node->path, p->from, p->to, after, page, PAGE, &count);
		for (int i = 0; i < count && !e; i++)
			e = plan_person(p, &page[i]);
		if (e)
			return e;
		after = count ? page[count - 1].facts.employee : after;
	}
	return OK;
}

/* Too few away is the planner's wish, not a fault: he asked for these weekdays. */
static enum err check_shares(struct planner *p)
{
	struct roster_violation v = {0};
	char day[11];
	do {
		if (!roster_next_violation(&p->shares, &v))
			return OK;
	} while (!v.is_above);
	day_format(v.day, day);
	p->reason = arena_printf(p->tx->arena, "%d of %d away in %s on %s, above %d percent: %s",
		v.away, v.base, roster_group_name(&p->shares, &v), day, v.rule->percent,
		number_of(p, (int)(v.rule - p->book->rule)));
	return E_REFUSED;
}

enum err roster_plan_period(struct tx *tx, const struct org_unit *node, int32_t from, int32_t to,
	int weekdays, struct roster_plan *ret, const char **ret_reason)
{
	struct planner p = {.tx = tx,
		.node = node,
		.from = from,
		.to = to,
		.weekdays = weekdays,
		.plan = ret,
		.room = PAGE,
		.reason = "nobody of this node may be home on these weekdays"};
	enum err e = policy_load_book(tx, &p.book);
	if (e)
		return e;
	*ret = (struct roster_plan){.line = ARENA_ARRAY(tx->arena, PAGE, struct roster_line)};
	p.shares = (struct roster_shares){
		.book = p.book, .from = from, .to = to, .within = node->id};
	roster_shares_init(&p.shares, tx->arena);
	e = plan_people(&p);
	if (!e)
		e = check_shares(&p);
	if (!e && !ret->instrument.v)
		e = E_REFUSED;
	*ret_reason = p.reason;
	return e;
}
