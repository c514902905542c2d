/*
 * The demo's plan holds what it promises at every size: exact head counts, one head for every unit,
 * a line of superiors that ends at the regional secretary, well-formed numbers nobody else has, and
 * the same people for the same seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/str.h"
#include "demo.h"
#include "platform/assets.h"
#include "platform/slice.h"

#include <string.h>

#define TODAY_TEXT  "2025-11-13"
#define ARENA_BYTES ((size_t)1 << 30)

static int32_t today(void)
{
	int32_t day = 0;
	assert_true(day_parse(TODAY_TEXT, &day));
	return day;
}

static int read_table(struct arena *arena, int employees, struct demo_agency *agency)
{
	const struct asset *asset = asset_find("data/agencies-jabar.csv");
	const char *why = NULL;
	int count = 0;
	assert_non_null(asset);
	bool good = demo_read_agencies(
		arena, (struct bytes){asset->bytes, asset->size}, employees, agency, &count, &why);
	if (!good)
		fail_msg("%s", why);
	return count;
}

static void make_plan(struct arena *arena, int employees, uint64_t seed, struct demo_plan *plan)
{
	struct demo_agency agency[DEMO_AGENCIES_MAX];
	int count = read_table(arena, employees, agency);
	demo_plan_init(plan, arena, seed, today(), employees);
	for (int i = 0; i < count; i++)
		demo_plan_agency(plan, &agency[i]);
	demo_plan_finish(plan);
}

/* ---- chance ---- */

/* The published first output of splitmix64 from state 0. */
static void test_random_is_splitmix64(void **state)
{
	struct chance r = {0};
	(void)state;
	assert_true(chance_draw(&r) == UINT64_C(0xE220A8397B1DCDAF));
	for (int i = 0; i < 1000; i++) {
		int n = chance_between(&r, -3, 3);
		assert_in_range(n + 3, 0, 6);
	}
}

static void test_spread_is_exact(void **state)
{
	static const struct {
		int total, least, weight[4], n;
	} cases[] = {{100, 2, {1, 1, 1, 1}, 4}, {7, 1, {5, 0, 2, 9}, 4}, {12, 3, {1, 2, 3, 4}, 4},
		{5, 0, {0, 0, 0, 0}, 4}, {9, 0, {9, 1}, 2}};
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		int part[4], sum = 0, weights = 0;
		demo_spread(cases[i].total, cases[i].least, cases[i].weight, cases[i].n, part);
		for (int k = 0; k < cases[i].n; k++) {
			assert_true(part[k] >= cases[i].least);
			sum += part[k];
			weights += cases[i].weight[k];
		}
		assert_int_equal(sum, weights ? cases[i].total : cases[i].n * cases[i].least);
	}
}

/* ---- agencies ---- */

static void test_agencies_are_those_of_the_table(void **state)
{
	static const int sizes[] = {DEMO_EMPLOYEES_MIN, 600, 5000, DEMO_EMPLOYEES, 100000};
	struct arena arena;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	for (int i = 0; i < COUNT_OF(sizes); i++) {
		struct demo_agency agency[DEMO_AGENCIES_MAX];
		int count = read_table(&arena, sizes[i], agency), sum = 0;
		assert_int_equal(count, 42);
		for (int k = 0; k < count; k++) {
			assert_true(agency[k].employees >= DEMO_AGENCY_MIN);
			sum += agency[k].employees;
			if (sizes[i] == DEMO_EMPLOYEES &&
				str_eq(agency[k].name, "Dinas Pendidikan"))
				assert_int_equal(agency[k].employees, 23593);
		}
		assert_int_equal(sum, sizes[i]);
	}
	arena_release(&arena);
}

static void test_a_broken_table_is_named(void **state)
{
	static const char *const tables[] = {
		"agency,employees,character\nDinas Pendidikan,viele,service\n",
		"agency,employees,character\nDinas Pendidikan,10,guest\n",
		"agency,employees,character\nDinas Sulap,10,office\n",
		"agency,employees,character\nDinas Pendidikan\n"};
	struct arena arena;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	for (int i = 0; i < COUNT_OF(tables); i++) {
		struct demo_agency agency[DEMO_AGENCIES_MAX];
		const char *why = NULL;
		int count;
		assert_false(demo_read_agencies(&arena,
			(struct bytes){(const uint8_t *)tables[i], strlen(tables[i])}, 600, agency,
			&count, &why));
		assert_non_null(why);
	}
	arena_release(&arena);
}

/* ---- people ---- */

static void check_head_counts(struct arena *arena, const struct demo_plan *plan, int employees)
{
	struct demo_agency agency[DEMO_AGENCIES_MAX];
	int count = read_table(arena, employees, agency);
	int *people = ARENA_ARRAY(arena, (size_t)plan->units, int);
	assert_int_equal(plan->persons, employees);
	for (int i = 0; i < plan->persons; i++)
		people[demo_agency_of(plan, plan->person[i].unit)]++;
	for (int i = 0; i < count; i++) {
		int unit = demo_find_unit(plan, demo_agency_facts(agency[i].name)->code);
		assert_true(unit >= 0);
		assert_int_equal(people[unit], agency[i].employees);
	}
}

static void check_superiors(const struct demo_plan *plan)
{
	int secretary = plan->unit[demo_find_unit(plan, "SETDA")].head;
	for (int i = 0; i < plan->persons; i++) {
		int at = i, steps = 0;
		while (at != secretary) {
			at = plan->person[at].supervisor;
			assert_true(at >= 0 && at < plan->persons);
			assert_true(++steps < 8);
		}
		if (plan->person[i].team_lead != NOBODY) {
			assert_int_not_equal(plan->person[i].team_lead, i);
			assert_int_equal(
				plan->person[plan->person[i].team_lead].unit, plan->person[i].unit);
		}
	}
	assert_int_equal(plan->person[secretary].supervisor, NOBODY);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_numbers(struct arena *arena, const struct demo_plan *plan)
{
	const char **nip = ARENA_ARRAY(arena, (size_t)plan->persons, const char *);
	for (int i = 0; i < plan->persons; i++) {
		const struct demo_person *p = &plan->person[i];
		assert_int_equal(org_check_nip(p->nip, p->kind), OK);
		assert_true(p->since < plan->today);
		assert_true(p->moved_from < 0 ||
			    (p->moved_on < plan->today && demo_agency_of(plan, p->moved_from) ==
								  demo_agency_of(plan, p->unit)));
		nip[i] = p->nip;
	}
	qsort(nip, (size_t)plan->persons, sizeof *nip, compare_texts);
	for (int i = 1; i < plan->persons; i++)
		assert_string_not_equal(nip[i - 1], nip[i]);
}

static void check_units(struct arena *arena, const struct demo_plan *plan)
{
	const char **code = ARENA_ARRAY(arena, (size_t)plan->units, const char *);
	for (int i = 0; i < plan->units; i++) {
		const struct demo_unit *u = &plan->unit[i];
		assert_true(u->parent < i);
		assert_true(u->head >= 0 && u->head < plan->persons);
		assert_true(!u->has_site || geo_is_valid(u->centre));
		assert_true(u->parent >= 0 || u->has_site);
		code[i] = u->code;
	}
	qsort(code, (size_t)plan->units, sizeof *code, compare_texts);
	for (int i = 1; i < plan->units; i++)
		assert_string_not_equal(code[i - 1], code[i]);
}

static void test_plan_holds_at_every_size(void **state)
{
	static const int sizes[] = {DEMO_EMPLOYEES_MIN, 217, 600, 1500, DEMO_EMPLOYEES};
	(void)state;
	for (int i = 0; i < COUNT_OF(sizes); i++) {
		struct arena arena;
		struct demo_plan plan;
		arena_init(&arena, ARENA_BYTES);
		make_plan(&arena, sizes[i], 7, &plan);
		check_head_counts(&arena, &plan, sizes[i]);
		check_units(&arena, &plan);
		check_superiors(&plan);
		check_numbers(&arena, &plan);
		arena_release(&arena);
	}
}

/* The shape the brief of the demo asks for: 13 Cabang Dinas, about 800 schools of 15 to 90, 34
 * Samsat, wards. */
static void test_full_size_has_the_shape_of_a_province(void **state)
{
	struct arena arena;
	struct demo_plan plan;
	int kinds[UNIT_SAMSAT + 1] = {0}, wards = 0, part_time = 0, moved = 0, no_phone = 0;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	make_plan(&arena, DEMO_EMPLOYEES, 2025, &plan);
	int *people = ARENA_ARRAY(&arena, (size_t)plan.units, int);
	for (int i = 0; i < plan.persons; i++) {
		people[plan.person[i].unit]++;
		wards += plan.person[i].hours == HOURS_WARD;
		part_time += plan.person[i].hours == HOURS_PART_TIME;
		moved += plan.person[i].moved_from >= 0;
		no_phone += !plan.person[i].has_phone;
	}
	for (int i = 0; i < plan.units; i++) {
		kinds[plan.unit[i].kind]++;
		if (plan.unit[i].kind == UNIT_SCHOOL)
			assert_in_range(people[i], 15, 90);
		if (plan.unit[i].kind == UNIT_SAMSAT)
			assert_non_null(plan.unit[i].post_name);
	}
	assert_in_range(kinds[UNIT_SCHOOL], 780, 830);
	assert_int_equal(kinds[UNIT_BRANCH], 13);
	assert_int_equal(kinds[UNIT_SAMSAT], 34);
	assert_int_equal(kinds[UNIT_BUREAU], 9);
	assert_int_equal(kinds[UNIT_HOSPITAL], 4);
	assert_int_equal(plan.stand_ins, 4);
	assert_true(wards > 500 && part_time > 500 && moved > 100 && no_phone > 100);
	arena_release(&arena);
}

/* However chance falls, a visitor of a small province finds somebody in each of these places. */
static void test_small_province_has_a_cast(void **state)
{
	static const char *const codes[] = {"BKD", "ITDA", "DISKOMINFO"};
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct arena arena;
		struct demo_plan plan;
		int found[COUNT_OF(codes)] = {0}, members = 0;
		arena_init(&arena, ARENA_BYTES);
		make_plan(&arena, 600, seed, &plan);
		for (int i = 0; i < plan.persons; i++) {
			const struct demo_unit *agency =
				&plan.unit[demo_agency_of(&plan, plan.person[i].unit)];
			bool is_here = demo_is_present(&plan, i) &&
				       plan.person[i].hours == HOURS_OFFICE;
			for (int k = 0; k < COUNT_OF(codes); k++)
				found[k] += is_here && str_eq(agency->code, codes[k]);
			members += is_here && plan.person[i].team_lead != NOBODY &&
				   agency->character == CHARACTER_OFFICE;
		}
		for (int k = 0; k < COUNT_OF(codes); k++)
			assert_true(found[k] > 0);
		assert_true(members > 0);
		arena_release(&arena);
	}
}

static bool is_same_person(const struct demo_person *a, const struct demo_person *b)
{
	return str_eq(a->nip, b->nip) && str_eq(a->name, b->name) && a->unit == b->unit &&
	       a->supervisor == b->supervisor && a->status == b->status &&
	       a->moved_on == b->moved_on;
}

static void test_equal_seeds_make_equal_people(void **state)
{
	struct arena arena;
	struct demo_plan one, two, other;
	int same = 0;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	make_plan(&arena, 600, 1, &one);
	make_plan(&arena, 600, 1, &two);
	make_plan(&arena, 600, 2, &other);
	for (int i = 0; i < 600; i++) {
		assert_true(is_same_person(&one.person[i], &two.person[i]));
		same += str_eq(one.person[i].nip, other.person[i].nip);
	}
	assert_true(same < 6);
	arena_release(&arena);
}

static void test_the_small_government_is_apart(void **state)
{
	struct arena arena;
	struct demo_plan plan;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	demo_plan_init(&plan, &arena, 8, today(), 30);
	demo_plan_small(&plan);
	assert_int_equal(plan.persons, 30);
	check_units(&arena, &plan);
	check_superiors(&plan);
	check_numbers(&arena, &plan);
	arena_release(&arena);
}

/* ---- punches ---- */

static struct day_ruling ruling_of(enum work_mode mode, int starts, int ends)
{
	return (struct day_ruling){.mode = mode, .shift = {starts, ends, MINUTE_OFF, MINUTE_OFF}};
}

static void check_punch(
	const struct demo_plan *plan, const struct demo_punch *made, enum work_mode mode)
{
	const struct punch *p = &made->punch;
	assert_int_equal(p->event_id.b[6] >> 4, 7);
	assert_int_equal(p->event_id.b[8] >> 6, 2);
	assert_true(uuid_instant(&p->event_id) == p->phone_at);
	assert_true(p->received_at + 2 * MS_PER_MINUTE > attendance_claimed_at(p));
	assert_true((p->point.lat_e7 == NO_COORDINATE) == (p->place_error != POSITION_OK));
	assert_true(!(p->flags & PUNCH_MANUAL) == plan->person[made->person].has_phone);
	if (mode == MODE_OFFICE && p->point.lat_e7 != NO_COORDINATE)
		assert_true(geo_is_valid(p->point));
}

static void test_punches_follow_the_ruling(void **state)
{
	static const struct {
		enum work_mode mode;
		int starts, ends, least; /* of 300 people, how many come at least */
	} cases[] = {{MODE_OFFICE, 450, 960, 280}, {MODE_HOME, 450, 960, 280},
		{MODE_OFFICE, 1260, 1860, 280}, {MODE_OUTSIDE_DUTY, 450, 960, 150},
		{MODE_LEAVE, 450, 960, 0}, {MODE_OFF, MINUTE_OFF, MINUTE_OFF, 0}};
	struct arena arena;
	struct demo_plan plan;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	make_plan(&arena, 600, 3, &plan);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_ruling ruling = ruling_of(cases[i].mode, cases[i].starts, cases[i].ends);
		int came = 0;
		for (int person = 0; person < 300; person++) {
			struct demo_punch made[DEMO_PUNCHES_MAX], again[DEMO_PUNCHES_MAX];
			int n = demo_compose_punches(
				&plan, person, plan.today - 3, &ruling, ZONE_WIB, made);
			assert_int_equal(demo_compose_punches(&plan, person, plan.today - 3,
						 &ruling, ZONE_WIB, again),
				n);
			for (int k = 0; k < n; k++) {
				assert_int_equal(made[k].punch.direction, k);
				assert_memory_equal(
					&made[k].punch.event_id, &again[k].punch.event_id, 16);
				check_punch(&plan, &made[k], cases[i].mode);
			}
			came += n > 0;
		}
		assert_true(
			came >= cases[i].least && (attendance_is_work(cases[i].mode) || came == 0));
	}
	arena_release(&arena);
}

/* Whoever asks for the way out of a day has none on it, and on other days as everybody. */
static void test_what_a_correction_asks_for_is_missing(void **state)
{
	struct day_ruling ruling = ruling_of(MODE_OFFICE, 450, 960);
	struct demo_punch made[DEMO_PUNCHES_MAX];
	struct arena arena;
	struct demo_plan plan;
	int outs = 0;
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	make_plan(&arena, 600, 3, &plan);
	for (int person = 0; person < 100; person++) {
		plan.missed[MISSED_WAITS] = (struct demo_missed){person, plan.today - 1};
		assert_true(demo_compose_punches(
				    &plan, person, plan.today - 1, &ruling, ZONE_WIB, made) < 2);
		outs += demo_compose_punches(
				&plan, person, plan.today - 2, &ruling, ZONE_WIB, made) == 2;
	}
	assert_true(outs > 80);
	arena_release(&arena);
}

/* What the visitor signs in as has not come yet today, and stays on the night that is not over. */
static void test_a_played_person_leaves_today_to_the_visitor(void **state)
{
	struct arena arena;
	struct demo_plan plan;
	struct demo_punch made[DEMO_PUNCHES_MAX];
	struct day_ruling day = ruling_of(MODE_OFFICE, 450, 960),
			  night = ruling_of(MODE_OFFICE, 1260, 1860);
	(void)state;
	arena_init(&arena, ARENA_BYTES);
	make_plan(&arena, 600, 3, &plan);
	for (int person = 0; person < 50; person++) {
		plan.person[person].is_played = plan.person[person].has_phone = true;
		assert_int_equal(
			demo_compose_punches(&plan, person, plan.today, &day, ZONE_WIB, made), 0);
		assert_int_equal(
			demo_compose_punches(&plan, person, plan.today - 1, &night, ZONE_WIB, made),
			1);
		assert_int_equal(made[0].punch.direction, DIRECTION_IN);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_is_splitmix64),
		cmocka_unit_test(test_spread_is_exact),
		cmocka_unit_test(test_agencies_are_those_of_the_table),
		cmocka_unit_test(test_a_broken_table_is_named),
		cmocka_unit_test(test_plan_holds_at_every_size),
		cmocka_unit_test(test_full_size_has_the_shape_of_a_province),
		cmocka_unit_test(test_small_province_has_a_cast),
		cmocka_unit_test(test_equal_seeds_make_equal_people),
		cmocka_unit_test(test_the_small_government_is_apart),
		cmocka_unit_test(test_punches_follow_the_ruling),
		cmocka_unit_test(test_what_a_correction_asks_for_is_missing),
		cmocka_unit_test(test_a_played_person_leaves_today_to_the_visitor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
