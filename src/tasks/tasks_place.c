/*
 * What somebody may act for on a day: himself, the offices he holds (definitive, plt, plh), and the
 * people and offices in whose place he stands by org_stand.h: a delegate for the days of his
 * letter, who holds an office, who stands one level up while it is vacant.
 */
#include "tasks/tasks_int.h"

static void add(struct places *places, struct party party, bool is_own)
{
	if (party.v && places->count < PLACES_MAX && !tasks_find_place(places, party))
		places->place[places->count++] = (struct place){party, is_own};
}

static enum err add_offices(struct tx *tx, struct places *places, int32_t day)
{
	struct role_row *role = ARENA_ARRAY(tx->arena, ROLES_MAX, struct role_row);
	int count;
	enum err e = org_list_roles(tx, places->actor, day, role, &count);

	for (int i = 0; !e && i < count; i++)
		if ((role[i].role == ROLE_UNIT_HEAD || role[i].role == ROLE_AGENCY_HEAD) &&
			role[i].acting != ACTING_DELEGATE)
			add(places, party_of_office(role[i].unit),
				role[i].acting == ACTING_DEFINITIVE);
	return e;
}

/* The newest term in which the superior held an office himself, by the day; NULL: none. */
static const struct seat_term *find_office(const struct org_seat *seat, int32_t day)
{
	const struct seat_term *found = NULL;

	for (int i = 0; i < seat->terms; i++)
		if (seat->term[i].kind == TERM_OWN && seat->term[i].from <= day &&
			(!found || seat->term[i].from > found->from))
			found = &seat->term[i];
	return found;
}

/* As over anybody of the superior's office: the bond names no person. */
static void add_seat(const struct org_tree *tree, const struct org_seat *seat, int32_t day,
	struct places *places)
{
	const struct seat_term *office = find_office(seat, day);
	const struct org_bond bond = {.unit = office ? office->unit : (struct unit_id){0},
		.relation = RELATION_SUPERVISOR,
		.from = office ? office->from : day};

	if (seat->superior.v == places->actor.v ||
		org_decide_stand(tree, seat, &bond, places->actor, day) <= STAND_OWN)
		return;
	add(places, party_of_person(seat->superior), false);
	if (office)
		add(places, party_of_office(office->unit), false);
}

enum err tasks_load_places(struct tx *tx, struct employee_id actor, int32_t day, struct places *ret)
{
	struct org_seat *seat = ARENA_ARRAY(tx->arena, SEATS_MAX, struct org_seat);
	const struct org_tree *tree;
	int seats = 0;
	enum err e = org_load_tree(tx, &tree);

	*ret = (struct places){.actor = actor};
	add(ret, party_of_person(actor), true);
	if (!e)
		e = add_offices(tx, ret, day);
	if (!e)
		e = org_list_seats(tx, actor, day, day, seat, &seats);
	for (int i = 0; i < seats && !e; i++)
		add_seat(tree, &seat[i], day, ret);
	return e;
}
