/*
 * The roster of December: phase II of the trial asks each agency for the names before the month
 * begins, so the offices a visitor looks at have theirs for the first two weeks: published by the
 * head, drafted by the personnel officer.
 *
 * Half and half: one group is home on Monday and Wednesday, the other on Tuesday and Thursday, and
 * they change in the second week. With the head at the office neither group is more than half of
 * all, and nobody is home more than two days a week (PermenPANRB 4/2025 art. 13).
 */
#include "demo.h"

#include "platform/slice.h"
#include "roster/roster_int.h"

#define PERIOD_DAYS    14
#define DAYS_BEFORE    3 /* before the demo begins, or the last working day of November */
#define DRAFT_MINUTE   (9 * 60 + 40)
#define PUBLISH_MINUTE (13 * 60 + 25)
#define PEOPLE_MAX     4000

static int32_t period_from(void)
{
	return day_from_civil(2025, 12, 1); /* a Monday */
}

int32_t demo_roster_day(int32_t first, int32_t today)
{
	int32_t latest = period_from() - DAYS_BEFORE, issued = day_from_civil(2025, 10, 22);
	int32_t day = today - DAYS_BEFORE < latest ? today - DAYS_BEFORE : latest;
	while (day_weekday(day) >= SATURDAY)
		day--;
	return day >= first && day > issued ? day : DAY_NONE;
}

struct draft {
	struct tx *tx;
	const struct demo_plan *plan;
	const struct policy_book *book;
	int agency; /* index of the unit */
	struct roster_line *line;
	int lines, members; /* of both groups */
	struct instrument_id instrument;
};

/* Weekdays at home of a group in the week of a day. */
static int home_days(int group, int32_t day)
{
	int week = (day - period_from()) / 7;
	return group == week % 2 ? WEEKDAY_BIT(MONDAY) | WEEKDAY_BIT(WEDNESDAY)
				 : WEEKDAY_BIT(TUESDAY) | WEEKDAY_BIT(THURSDAY);
}

static char plan_day(struct draft *d, const struct person_day *facts, int group)
{
	struct day_ruling ruling;
	if (!org_is_below(d->book->tree, facts->unit, d->plan->unit[d->agency].id))
		return '-';
	char letter = roster_plan_letter(
		d->book, facts, group < 0 ? 0 : home_days(group, facts->day), &ruling);
	if (letter == 'R')
		d->instrument = d->book->instrument[d->book->rule[ruling.mode_rule].instrument].id;
	return letter;
}

/* The head stays at the office; the others take turns. */
static enum err plan_person(struct draft *d, const struct roster_candidate *who)
{
	int head = d->plan->unit[d->agency].head;
	bool is_head = head != NOBODY && d->plan->person[head].id.v == who->facts.employee.v;
	int group = is_head ? -1 : d->members++ % 2;
	char *days = ARENA_ARRAY(d->tx->arena, PERIOD_DAYS + 1, char);
	for (int i = 0; i < PERIOD_DAYS; i++) {
		struct person_day facts = who->facts;
		enum err e = OK;
		facts.day = period_from() + i;
		if (who->varies)
			e = roster_load_person_day(
				d->tx, who->facts.employee, period_from() + i, &facts);
		if (e && e != E_NOT_FOUND)
			return e;
		days[i] = e || !facts.unit.v ? '-' : plan_day(d, &facts, group);
	}
	d->line[d->lines++] = (struct roster_line){who->facts.employee, days};
	return OK;
}

static enum err plan_agency(struct draft *d)
{
	struct roster_candidate *who = ARENA_ARRAY(
		d->tx->arena, PEOPLE_MAX, struct roster_candidate);
	const struct org_unit *unit = org_find_unit(d->book->tree, d->plan->unit[d->agency].id);
	int count = 0;
	enum err e = roster_list_candidates(d->tx, unit->path, period_from(),
		period_from() + PERIOD_DAYS - 1, (struct employee_id){0}, who, PEOPLE_MAX, &count);
	d->line = ARENA_ARRAY(d->tx->arena, (size_t)count, struct roster_line);
	for (int i = 0; i < count && !e; i++)
		e = plan_person(d, &who[i]);
	return e;
}

static enum err publish_agency(struct tx *tx, struct demo_world *w, const struct policy_book *book,
	int agency, int32_t day)
{
	const struct demo_plan *plan = w->plan;
	struct draft d = {.tx = tx, .plan = plan, .book = book, .agency = agency};
	int officer = demo_find_officer(plan, agency), head = plan->unit[agency].head;
	int64_t version;
	enum err e;
	demo_clock(w, instant_of(day, DRAFT_MINUTE, w->zone));
	if ((e = plan_agency(&d)) ||
		(e = roster_add_version(tx, plan->unit[agency].id, period_from(),
			 period_from() + PERIOD_DAYS - 1, ROSTER_GENERATED, d.instrument,
			 "Dua kelompok bergantian, kepala tetap di kantor",
			 plan->person[officer == NOBODY ? head : officer].id, d.line, d.lines,
			 &version)))
		return e;
	demo_clock(w, instant_of(day, PUBLISH_MINUTE, w->zone));
	return roster_publish(tx, version, plan->person[head].id);
}

/* Somebody in an office that is under this agency is played by a visitor. */
static bool is_looked_at(const struct demo_plan *plan, int agency)
{
	for (int i = 0; i < plan->persons; i++)
		if (plan->person[i].is_played && plan->unit[agency].character == CHARACTER_OFFICE &&
			demo_agency_of(plan, plan->person[i].unit) == agency)
			return true;
	return false;
}

enum err demo_publish_rosters(struct tx *tx, struct demo_world *w, int32_t day)
{
	const struct policy_book *book;
	enum err e = policy_load_book(tx, &book);
	if (demo_find_unit(w->plan, "BKD") < 0) /* the trial is of the province */
		return e;
	for (int i = 0; i < w->plan->units && !e; i++)
		if (w->plan->unit[i].parent < 0 && is_looked_at(w->plan, i))
			e = publish_agency(tx, w, book, i, day);
	return e;
}
