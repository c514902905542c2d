/*
 * In whose place somebody decides: pure.
 *
 * The office a relation rests on is the newest one of the superior over the person's unit that he
 * held at some time of the relation. When that term is over, or the superior left the service, the
 * office is vacant for this person: the superior no longer decides, nor do his delegates (a mandate
 * ends with the office: UU 30/2014 art. 14). Then who holds the office decides; when nobody does,
 * one level up. What one who left the service left undone is decided as on the first day without
 * him. A plh holds it beside the superior, whose absence is only for a time. A team lead
 * has no office: he leads himself or by letter.
 */
#include "org/org_stand.h"

const char *const stand_names[] = {"none", "own", "delegate", "office", "vacancy", NULL};

static bool holds(const struct seat_term *t, int32_t day)
{
	return t->from <= day && day <= t->to;
}

static bool is_serving(const struct org_seat *seat, int32_t day)
{
	for (int i = 0; i < seat->terms; i++)
		if (seat->term[i].kind == TERM_SERVICE && holds(&seat->term[i], day))
			return true;
	return false;
}

/* The term of office behind the relation; NULL when it rests on none. */
static const struct seat_term *find_office(const struct org_tree *tree, const struct org_seat *seat,
	const struct org_bond *bond, int32_t day)
{
	const struct seat_term *found = NULL;

	if (bond->relation != RELATION_SUPERVISOR || bond->unit.v == 0)
		return NULL;
	for (int i = 0; i < seat->terms; i++) {
		const struct seat_term *t = &seat->term[i];

		if (t->kind == TERM_OWN && t->from <= day && t->to >= bond->from && t->unit.v &&
			org_is_below(tree, bond->unit, t->unit) &&
			(!found || t->from > found->from))
			found = t;
	}
	return found;
}

static bool is_delegate(const struct org_seat *seat, const struct org_bond *bond,
	struct employee_id actor, int32_t day)
{
	for (int i = 0; i < seat->terms; i++) {
		const struct seat_term *t = &seat->term[i];

		if (t->kind == TERM_DELEGATE && t->holder.v == actor.v &&
			t->unit.v == (int64_t)bond->relation && holds(t, day))
			return true;
	}
	return false;
}

/* Whether somebody (actor 0: anybody but the person) holds the office and so stands in it. */
static bool is_held(const struct org_seat *seat, struct unit_id office, bool is_vacant,
	struct employee_id actor, struct employee_id person, int32_t day)
{
	for (int i = 0; i < seat->terms; i++) {
		const struct seat_term *t = &seat->term[i];

		if (t->kind == TERM_HOLDER && t->unit.v == office.v && holds(t, day) &&
			(is_vacant || t->acting != ACTING_DEFINITIVE) && t->holder.v != person.v &&
			(actor.v == 0 || t->holder.v == actor.v))
			return true;
	}
	return false;
}

/* One level up: the superior's superior, else the head of the unit above; 0 when there is none. */
static struct employee_id find_next(
	const struct org_seat *seat, struct unit_id office, struct employee_id person, int32_t day)
{
	struct employee_id above = {0};

	for (int i = 0; i < seat->terms; i++) {
		const struct seat_term *t = &seat->term[i];

		if (!holds(t, day) || t->holder.v == person.v || t->holder.v == seat->superior.v)
			continue;
		if (t->kind == TERM_NEXT)
			return t->holder;
		if (t->kind == TERM_ABOVE && office.v && t->unit.v == office.v && above.v == 0)
			above = t->holder;
	}
	return above;
}

/* The day that a stand is decided as of. */
static int32_t find_day(const struct org_seat *seat, int32_t day)
{
	for (int i = 0; i < seat->terms; i++) {
		const struct seat_term *t = &seat->term[i];

		if (t->kind == TERM_SERVICE && holds(t, day) && t->to < seat->today &&
			!is_serving(seat, seat->today))
			return t->to + 1;
	}
	return day;
}

enum stand org_decide_stand(const struct org_tree *tree, const struct org_seat *seat,
	const struct org_bond *bond, struct employee_id actor, int32_t of_day)
{
	const int32_t day = find_day(seat, of_day);
	const struct seat_term *term = find_office(tree, seat, bond, day);
	const struct unit_id office = term ? term->unit : (struct unit_id){0};
	const bool is_vacant = !is_serving(seat, day) || (term && !holds(term, day));

	if (actor.v == bond->employee.v)
		return STAND_NONE;
	if (!is_vacant && actor.v == seat->superior.v)
		return STAND_OWN;
	if (!is_vacant && is_delegate(seat, bond, actor, day))
		return STAND_DELEGATE;
	if (bond->relation != RELATION_SUPERVISOR)
		return STAND_NONE;
	if (office.v && is_held(seat, office, is_vacant, actor, bond->employee, day))
		return STAND_OFFICE;
	if (!is_vacant || (office.v && is_held(seat, office, true, (struct employee_id){0},
					       bond->employee, day)))
		return STAND_NONE;
	return find_next(seat, office, bond->employee, day).v == actor.v ? STAND_VACANCY
									 : STAND_NONE;
}
