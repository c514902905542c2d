/*
 * Who stands in whose place: a table of days over one office, then the same through the store, with
 * the lists that follow.
 *
 * UU 30/2014 art. 13-14 (delegation and mandate end with their dates and with the office), SE BKN
 * 1/SE/I/2021 (plt in a vacant office, plh for a head who is away), product.md (undecided never
 * hurts the employee: somebody can always decide, one level up, and never he himself).
 */
#include "org/org_stand.h"
#include "org/org_test_office.h"

/* ---- the rule ---- */

enum who { ANI = 1, HEAD, PLT, PLH, DELEGATE, NEXT, ABOVE, NEW_HEAD, OTHER };

struct stand_case {
	const char *proves;
	int actor;
	int32_t day;
	enum stand expected;
};

/* HEAD heads the division from 100 to 199 and serves to 299. PLT holds the office 220-229, NEW_HEAD
 * from 240 on. NEXT is HEAD's superior to 259; ABOVE heads the agency. */
static const struct stand_case over_division[] = {
	{"the supervisor decides while he heads the unit", HEAD, 150, STAND_OWN},
	{"also on the last day of his term", HEAD, 199, STAND_OWN},
	{"nobody above him does meanwhile", NEXT, 150, STAND_NONE},
	{"his term is over: he does not decide any more", HEAD, 200, STAND_NONE},
	{"the office is vacant: his superior does", NEXT, 200, STAND_VACANCY},
	{"one level, not two: not the head of the unit above", ABOVE, 200, STAND_NONE},
	{"as soon as a plt is set he decides", PLT, 220, STAND_OFFICE},
	{"and it ends one level up", NEXT, 220, STAND_NONE},
	{"the plt ends at midnight of his last day", PLT, 230, STAND_NONE},
	{"and vacancy begins again", NEXT, 230, STAND_VACANCY},
	{"the successor has the people of his office", NEW_HEAD, 240, STAND_OFFICE},
	{"and nobody above him", NEXT, 240, STAND_NONE},
	{"a plh decides beside the head", PLH, 120, STAND_OFFICE},
	{"who decides too", HEAD, 120, STAND_OWN},
	{"a plh is one for his dates only", PLH, 131, STAND_NONE},
	{"a delegate by letter", DELEGATE, 140, STAND_DELEGATE},
	{"not after it", DELEGATE, 146, STAND_NONE},
	{"a mandate ends with the office it came from", DELEGATE, 205, STAND_NONE},
	{"a stranger never", OTHER, 150, STAND_NONE},
	{"nobody about himself", ANI, 200, STAND_NONE},
};

static struct org_seat make_seat(struct office *o, struct seat_term *term, int last_next)
{
	const struct unit_id unit = o->division, none = {0};
	const struct seat_term all[] = {
		{TERM_SERVICE, none, {HEAD}, ACTING_DEFINITIVE, 0, 299},
		{TERM_OWN, unit, {HEAD}, ACTING_DEFINITIVE, 100, 199},
		{TERM_HOLDER, unit, {NEW_HEAD}, ACTING_DEFINITIVE, 240, 999},
		{TERM_HOLDER, unit, {PLT}, ACTING_PLT, 220, 229},
		{TERM_HOLDER, unit, {PLH}, ACTING_PLH, 120, 130},
		{TERM_ABOVE, unit, {ABOVE}, ACTING_DEFINITIVE, 0, 999},
		{TERM_NEXT, none, {NEXT}, ACTING_DEFINITIVE, 0, last_next},
		{TERM_DELEGATE, {RELATION_SUPERVISOR}, {DELEGATE}, ACTING_DELEGATE, 140, 145},
		{TERM_DELEGATE, {RELATION_SUPERVISOR}, {DELEGATE}, ACTING_DELEGATE, 205, 210},
	};

	memcpy(term, all, sizeof(all));
	return (struct org_seat){{HEAD}, term, COUNT_OF(all)};
}

/* The same days when the head's service, which ended on day 299, is over. */
static const struct stand_case left_undone[] = {
	{"he decides no more about a day that he led", HEAD, 150, STAND_NONE},
	{"who holds his office does", NEW_HEAD, 150, STAND_OFFICE},
	{"and not who stood in for him that day", PLH, 120, STAND_NONE},
	{"nor who had his letter", DELEGATE, 140, STAND_NONE},
	{"nobody one level up while the office is held", NEXT, 200, STAND_NONE},
};

static void check_stands(struct office *o, int32_t today, const struct stand_case *cases, int count)
{
	struct seat_term term[16];
	struct org_seat seat = make_seat(o, term, 999);
	const struct org_bond bond = {{ANI}, o->division, RELATION_SUPERVISOR, 50};
	const struct org_tree *tree;

	seat.today = today;
	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	for (int i = 0; i < count; i++) {
		const struct stand_case *c = &cases[i];

		if (org_decide_stand(tree, &seat, &bond, (struct employee_id){c->actor}, c->day) !=
			c->expected)
			fail_msg("%s", c->proves);
	}
}

static void test_stand_rule(void **state)
{
	check_stands(*state, 299, over_division, COUNT_OF(over_division));
	check_stands(*state, 300, left_undone, COUNT_OF(left_undone));
}

/* Where the superior has no superior, or that one is the person, the head of the unit above. */
static void test_next_level(void **state)
{
	struct office *o = *state;
	struct seat_term term[16];
	const struct org_seat seat = make_seat(o, term, 204);
	const struct org_bond ani = {{ANI}, o->division, RELATION_SUPERVISOR, 50},
			      next = {{NEXT}, o->division, RELATION_SUPERVISOR, 50},
			      pupil = {{ANI}, o->school, RELATION_SUPERVISOR, 50},
			      lead = {{ANI}, o->division, RELATION_TEAM_LEAD, 50},
			      later = {{ANI}, o->division, RELATION_SUPERVISOR, 200};
	const struct employee_id above = {ABOVE}, head = {HEAD}, superior = {NEXT};
	const struct org_tree *tree;

	assert_int_equal(org_load_tree(&o->s.tx, &tree), OK);
	assert_int_equal(org_decide_stand(tree, &seat, &ani, above, 204), STAND_NONE);
	assert_int_equal(org_decide_stand(tree, &seat, &ani, above, 205), STAND_VACANCY);
	assert_int_equal(org_decide_stand(tree, &seat, &next, superior, 204), STAND_NONE);
	assert_int_equal(org_decide_stand(tree, &seat, &next, above, 204), STAND_VACANCY);
	/* of another unit than his office: the relation does not rest on it */
	assert_int_equal(org_decide_stand(tree, &seat, &pupil, head, 210), STAND_OWN);
	/* made when the term was over: it does not either */
	assert_int_equal(org_decide_stand(tree, &seat, &later, head, 210), STAND_OWN);
	/* out of service: vacant for everybody, but without an office nobody is above */
	assert_int_equal(org_decide_stand(tree, &seat, &pupil, head, 300), STAND_NONE);
	assert_int_equal(org_decide_stand(tree, &seat, &lead, superior, 204), STAND_NONE);
}

/* ---- through the store ---- */

static enum stand stand_of(struct office *o, struct employee_id actor, struct employee_id whom,
	int32_t day, struct employee_id *ret_for)
{
	enum stand stand;

	assert_int_equal(org_load_stand(&o->s.tx, actor, whom, day, &stand, ret_for), OK);
	return stand;
}

static int team_size(struct office *o, struct employee_id who, int32_t day, struct team_member *m)
{
	int count;

	assert_int_equal(org_list_team(&o->s.tx, who, day, m, 10, &count), OK);
	return count;
}

/* Boss heads the division until the day before today; head heads the agency and is his superior. */
static void set_offices(struct office *o)
{
	const struct employee_id nobody = {0};

	add_role(o, o->boss, ROLE_UNIT_HEAD, o->division, ACTING_DEFINITIVE, nobody, 18000,
		TODAY - 1);
	add_role(o, o->head, ROLE_AGENCY_HEAD, o->agency, ACTING_DEFINITIVE, nobody, 18000,
		DAY_FOREVER);
	assert_int_equal(org_relate(&o->s.tx, o->boss, RELATION_SUPERVISOR, o->head, 18000), OK);
}

static void test_vacant_head(void **state)
{
	struct office *o = *state;
	struct team_member m[10];
	struct employee_id acts_for;
	bool supervises, leads;

	set_offices(o);
	assert_int_equal(stand_of(o, o->boss, o->ani, TODAY - 1, &acts_for), STAND_OWN);
	assert_int_equal(stand_of(o, o->head, o->ani, TODAY - 1, &acts_for), STAND_NONE);
	assert_int_equal(stand_of(o, o->boss, o->ani, TODAY, &acts_for), STAND_NONE);
	assert_int_equal(stand_of(o, o->head, o->ani, TODAY, &acts_for), STAND_VACANCY);
	assert_int_equal(acts_for.v, o->boss.v);
	assert_int_equal(stand_of(o, o->head, o->teacher, TODAY, &acts_for), STAND_NONE);

	assert_int_equal(team_size(o, o->boss, TODAY, m), 0);
	assert_int_equal(team_size(o, o->head, TODAY - 1, m), 1); /* boss himself */
	assert_int_equal(team_size(o, o->head, TODAY, m), 3);
	assert_string_equal(m[0].row.name, "Ani");
	assert_int_equal(m[0].stand, STAND_VACANCY);
	assert_int_equal(m[0].superior.v, o->boss.v);
	assert_string_equal(m[2].row.name, "Dedi");
	assert_int_equal(m[2].stand, STAND_OWN);

	assert_int_equal(org_load_leads(&o->s.tx, o->boss, TODAY, TODAY, &supervises, &leads), OK);
	assert_false(supervises);
	assert_int_equal(
		org_load_leads(&o->s.tx, o->boss, TODAY - 1, TODAY, &supervises, &leads), OK);
	assert_true(supervises);
}

/* As soon as a plt is set, sight and right are his, until the midnight after his last day. */
static void test_plt_takes_over(void **state)
{
	struct office *o = *state;
	struct team_member m[10];
	struct employee_id acts_for;
	bool supervises, leads;

	set_offices(o);
	add_role(o, o->deputy, ROLE_UNIT_HEAD, o->division, ACTING_PLT, (struct employee_id){0},
		TODAY + 1, TODAY + 5);
	for (int32_t day = TODAY; day <= TODAY + 6; day++) {
		const bool is_held = day > TODAY && day <= TODAY + 5;

		assert_int_equal(stand_of(o, o->deputy, o->ani, day, &acts_for),
			is_held ? STAND_OFFICE : STAND_NONE);
		assert_int_equal(stand_of(o, o->head, o->ani, day, &acts_for),
			is_held ? STAND_NONE : STAND_VACANCY);
		assert_int_equal(team_size(o, o->deputy, day, m), is_held ? 2 : 0);
		assert_int_equal(team_size(o, o->head, day, m), is_held ? 1 : 3);
		assert_int_equal(
			org_load_leads(&o->s.tx, o->deputy, day, day, &supervises, &leads), OK);
		assert_int_equal(supervises, is_held);
	}
}

/* The plt answers for the people of the office, not for himself: that stays one level up. */
static void test_plt_is_not_his_own_supervisor(void **state)
{
	struct office *o = *state;
	struct team_member m[10];
	struct employee_id acts_for;

	set_offices(o);
	add_role(o, o->ani, ROLE_UNIT_HEAD, o->division, ACTING_PLT, (struct employee_id){0}, TODAY,
		TODAY + 5);
	assert_int_equal(stand_of(o, o->ani, o->ani, TODAY, &acts_for), STAND_NONE);
	assert_int_equal(stand_of(o, o->ani, o->budi, TODAY, &acts_for), STAND_OFFICE);
	assert_int_equal(stand_of(o, o->head, o->ani, TODAY, &acts_for), STAND_VACANCY);
	assert_int_equal(team_size(o, o->ani, TODAY, m), 1);
	assert_int_equal(team_size(o, o->head, TODAY, m), 2);
}

/* Who left the service decides nothing, and nobody stands by his letter: what he left undone goes
 * one level up. */
static void test_superior_left(void **state)
{
	struct office *o = *state;
	struct employee_id acts_for, gone;
	const struct employee_row row = {.nip = "197001011995011008",
		.name = "Hadi",
		.title_before = "",
		.title_after = "",
		.kind = PNS};

	assert_int_equal(org_add_employee(&o->s.tx, &row, 18000, TODAY - 1, &gone), OK);
	assert_int_equal(org_relate(&o->s.tx, o->teacher, RELATION_SUPERVISOR, gone, 18000), OK);
	assert_int_equal(org_relate(&o->s.tx, gone, RELATION_SUPERVISOR, o->head, 18000), OK);
	add_role(o, o->deputy, ROLE_SUPERVISOR, (struct unit_id){0}, ACTING_DELEGATE, gone,
		TODAY - 3, TODAY + 3);
	o->s.tx.now_ms -= MS_PER_DAY;
	assert_int_equal(stand_of(o, gone, o->teacher, TODAY - 1, &acts_for), STAND_OWN);
	assert_int_equal(stand_of(o, o->deputy, o->teacher, TODAY - 1, &acts_for), STAND_DELEGATE);
	assert_int_equal(stand_of(o, o->head, o->teacher, TODAY - 1, &acts_for), STAND_NONE);
	o->s.tx.now_ms += MS_PER_DAY;
	for (int32_t day = TODAY - 1; day <= TODAY; day++) { /* nor does he about what he left */
		assert_int_equal(stand_of(o, gone, o->teacher, day, &acts_for), STAND_NONE);
		assert_int_equal(stand_of(o, o->deputy, o->teacher, day, &acts_for), STAND_NONE);
		assert_int_equal(stand_of(o, o->head, o->teacher, day, &acts_for), STAND_VACANCY);
	}
}

#define SCHOOLS 80

/* A branch of many schools, each with its third principal: when one leaves, his teachers are in the
 * list of who heads the branch, however many went before. */
static void test_past_heads_crowd_out_nobody(void **state)
{
	struct office *o = *state;
	struct org_seat *seat = ARENA_ARRAY(&o->s.arena, SEATS_MAX, struct org_seat);
	struct team_member m[10];
	struct employee_id last = {0};
	struct unit_id school = {0};
	int seats;

	set_offices(o);
	for (int i = 0; i < 3 * SCHOOLS; i++) {
		const int round = i % 3, nth = i / 3;

		if (round == 0 && nth < SCHOOLS - 1)
			school = add_unit(o, arena_printf(&o->s.arena, "SMA-%d", nth), o->agency);
		if (nth == SCHOOLS - 1)
			school = o->school;
		last = add_person(
			o, "Kepala", arena_printf(&o->s.arena, "197501012000011%03d", i), school);
		add_role(o, last, ROLE_UNIT_HEAD, school, ACTING_DEFINITIVE,
			(struct employee_id){0}, 18000 + 700 * round,
			round < 2            ? 18699 + 700 * round
			: nth == SCHOOLS - 1 ? TODAY - 1
					     : DAY_FOREVER);
	}
	assert_int_equal(org_relate(&o->s.tx, o->teacher, RELATION_SUPERVISOR, last, 18000), OK);
	assert_int_equal(org_list_seats(&o->s.tx, o->head, TODAY - 366, TODAY, seat, &seats), OK);
	assert_true(seats < 10);
	assert_int_equal(team_size(o, o->head, TODAY, m), 4);
	assert_string_equal(m[3].row.name, "Fajar");
}

/* A lends to B and B to A: each gets the people of the other, and no chain is followed. */
static void test_chains_are_not_followed(void **state)
{
	struct office *o = *state;
	struct team_member m[10];
	const struct unit_id none = {0};
	struct employee_id acts_for;

	assert_int_equal(
		org_relate(&o->s.tx, o->teacher, RELATION_SUPERVISOR, o->deputy, 18000), OK);
	add_role(o, o->deputy, ROLE_SUPERVISOR, none, ACTING_DELEGATE, o->boss, TODAY, TODAY);
	add_role(o, o->boss, ROLE_SUPERVISOR, none, ACTING_DELEGATE, o->deputy, TODAY, TODAY);
	add_role(o, o->head, ROLE_SUPERVISOR, none, ACTING_DELEGATE, o->deputy, TODAY, TODAY);
	assert_int_equal(team_size(o, o->boss, TODAY, m), 3);
	assert_int_equal(team_size(o, o->deputy, TODAY, m), 3);
	assert_int_equal(team_size(o, o->head, TODAY, m), 1); /* the teacher, not Boss's people */
	assert_int_equal(stand_of(o, o->head, o->ani, TODAY, &acts_for), STAND_NONE);
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, open_office, close_office)
	const struct CMUnitTest tests[] = {
		STORE(test_stand_rule),
		STORE(test_next_level),
		STORE(test_vacant_head),
		STORE(test_plt_takes_over),
		STORE(test_plt_is_not_his_own_supervisor),
		STORE(test_superior_left),
		STORE(test_past_heads_crowd_out_nobody),
		STORE(test_chains_are_not_followed),
	};
	return TEST_STORE_RUN(tests);
}
