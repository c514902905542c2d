/* Side rules: against every roster there is of small instances, and what stays when the helper does
 * not do its part. */
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEST_ARENA_BYTES ((size_t)1 << 30)
#include "platform/test_arena.h"
#include "base/date.h"
#include "platform/process.h"
#include "roster/roster_generate.h"
#include "roster/roster_mip.h"
#include "roster/roster_test_instance.h"

#define INSTANCES 200
#define LONG_MS   120000

/* ---- rules of a drawn office ---- */

struct rules {
	struct roster_side side;
	struct roster_set set[2];
	int32_t person[2][PEOPLE], most[2][DAYS];
	struct roster_anchor anchor[2];
	uint8_t weekday[ROSTER_DAYS_MAX];
};

/* No rules; the first day is a Monday. */
static void make_rules(struct rules *r, int32_t days)
{
	*r = (struct rules){.side = {.run_most = ROSTER_NO_RUN,
				    .edge_most = ROSTER_NO_EDGE,
				    .set = r->set,
				    .anchor = r->anchor,
				    .weekday = r->weekday}};
	for (int32_t d = 0; d < days; d++)
		r->weekday[d] = (uint8_t)(MONDAY + d % 5);
}

/* Some of the people, each once. */
static void draw_set(struct rules *r, int32_t s, const struct office *o, struct chance *c)
{
	int32_t count = 0;
	for (int32_t p = 0; p < o->in.people; p++) {
		if (chance_between(c, 0, 1))
			r->person[s][count++] = p;
	}
	for (int32_t d = 0; d < o->in.days; d++)
		r->most[s][d] = chance_below(c, 4) ? chance_between(c, 0, 1) : ROSTER_NO_LIMIT;
	r->set[s] = (struct roster_set){r->person[s], count, r->most[s]};
}

static void draw_rules(struct rules *r, const struct office *o, struct chance *c)
{
	make_rules(r, o->in.days);
	r->side.run_most = chance_between(c, 0, 2);
	r->side.edge_most = chance_between(c, -1, 2);
	r->side.edge_from = chance_between(c, 0, 1);
	r->side.edge_tail = chance_between(c, 0, 1);
	r->side.sets = chance_between(c, 0, 2);
	for (int32_t s = 0; s < r->side.sets; s++)
		draw_set(r, s, o, c);
}

/* By the words of roster_side.h alone. */
static int64_t judge_rules(
	const struct office *o, const struct roster_side *side, const uint8_t *home)
{
	int64_t amount = 0;
	int32_t days = o->in.days;
	for (int32_t p = 0; p < o->in.people; p++) {
		int64_t run = 0, edges = 0;
		for (int32_t d = 0; d < days; d++) {
			run = home[p * days + d] ? run + 1 : 0;
			amount += side->run_most && run > side->run_most;
			edges += home[p * days + d] && o->edge[d] && d >= side->edge_from &&
				 d < days - side->edge_tail;
		}
		amount += side->edge_most >= 0 && edges > side->edge_most ? edges - side->edge_most
									  : 0;
	}
	for (int32_t s = 0; s < side->sets; s++) {
		for (int32_t d = 0; d < days; d++) {
			int64_t n = 0;
			for (int32_t i = 0; i < side->set[s].people; i++)
				n += home[side->set[s].person[i] * days + d];
			amount += beyond(n, 0, side->set[s].most[d]);
		}
	}
	return amount;
}

/* ---- the best of all that break no limit more than the flow ---- */

struct search {
	const struct roster_side *side;
	const struct roster_solution *flow;
	struct arena *arena;
	int64_t amount;
	struct worth worth;
};

static bool is_same_place(struct roster_place a, struct roster_place b)
{
	return a.kind == b.kind && a.row == b.row && a.column == b.column;
}

static bool breaks_no_more(const struct roster_solution *now, const struct roster_solution *flow)
{
	for (int32_t i = 0; i < now->breaches; i++) {
		bool is_known = false;
		for (int32_t k = 0; k < flow->breaches; k++)
			is_known |= is_same_place(now->breach[i].place, flow->breach[k].place) &&
				    now->breach[i].is_below == flow->breach[k].is_below &&
				    now->breach[i].amount <= flow->breach[k].amount;
		if (!is_known)
			return false;
	}
	return true;
}

static void take_better(const struct office *o, uint8_t *home, void *context)
{
	struct search *s = context;
	struct roster_solution now;
	int64_t amount = judge_rules(o, s->side, home);
	if (amount > s->amount)
		return;
	struct worth worth = judge(o, home);
	int64_t changes = worth.changes - s->worth.changes, cost = worth.cost - s->worth.cost;
	if (amount == s->amount && (changes ? changes > 0 : cost >= 0))
		return;
	roster_judge(&o->in, home, s->arena, &now);
	if (!breaks_no_more(&now, s->flow))
		return;
	s->amount = amount;
	s->worth = worth;
}

static struct roster_mip_options options(struct arena *arena)
{
	return (struct roster_mip_options){
		.helper = process_beside("luwes-mip", arena), .threads = 1, .wall_ms = LONG_MS};
}

static void test_the_best_of_all_rosters_with_side_rules(void **state)
{
	static struct office o;
	static struct rules r;
	struct chance c = {20261129};
	int32_t kept = 0, solved = 0, broken = 0;
	for (int i = 0; i < INSTANCES; i++) {
		struct roster_solution flow, s;
		struct roster_side_answer side;
		arena_reset(*state);
		struct roster_mip_options how = options(*state);
		make_random(&o, &c);
		draw_rules(&r, &o, &c);
		if (i % 2)
			publish_random(&o, &c);
		assert_null(roster_check_side(&o.in, &r.side, *state));
		assert_int_equal(roster_solve_parts(&o.in, 1, *state, NULL, &flow), ROSTER_BEST);
		struct search best = {&r.side, &flow, *state, INT64_MAX, {{0}, 0, 0}};
		each_roster(&o, take_better, &best);
		enum roster_sides_outcome outcome = roster_solve_sides(
			&o.in, &r.side, &how, *state, NULL, &s, &side);
		assert_true(outcome == SIDES_KEPT || outcome == SIDES_SOLVED);
		assert_int_equal(judge_rules(&o, &r.side, s.home), best.amount);
		assert_int_equal(judge(&o, s.home).cost, best.worth.cost);
		assert_int_equal(s.changes, best.worth.changes);
		assert_memory_equal(s.broken, flow.broken, sizeof s.broken);
		/* and it says of itself what is true, and proves it */
		assert_int_equal(side.verdict.amount, best.amount);
		assert_int_equal(side.least, best.amount);
		assert_int_equal(side.cost, best.worth.cost);
		assert_int_equal(side.bound, i % 2 ? INT64_MIN + 1 : best.worth.cost);
		assert_false(side.is_fallback);
		kept += outcome == SIDES_KEPT;
		solved += outcome == SIDES_SOLVED;
		broken += best.amount > 0;
	}
	assert_true(kept > INSTANCES / 10 && solved > INSTANCES / 4 && broken > INSTANCES / 10);
}

/* ---- anchors ---- */

/* Five who wish for Thursdays and five who wish for Tuesdays: each group meets on another day than
 * it wishes for, and on one that costs it nothing. */
static void test_groups_choose_their_weekday(void **state)
{
	static struct office o;
	static struct rules r;
	struct roster_solution s;
	struct roster_side_answer side;
	struct roster_mip_options how = options(*state);
	make_office(&o, 10, 10, 3);
	make_rules(&r, 10);
	for (int32_t p = 0; p < 10; p++) {
		o.person[p].group = p < 5 ? 1 : 2;
		for (int32_t d = 0; d < 10; d++)
			o.wish[p * 10 + d] = (int16_t)(d % 5 == (p < 5 ? 3 : 1) ? -9
						       : d % 5 == 2             ? 5
										: -1);
	}
	r.anchor[0] = (struct roster_anchor){1, 31};
	r.anchor[1] = (struct roster_anchor){
		2, WEEKDAY_BIT(TUESDAY) | WEEKDAY_BIT(FRIDAY) | WEEKDAY_BIT(SUNDAY)};
	r.side.anchors = 2;
	assert_int_equal(
		roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side), SIDES_KEPT);
	assert_int_equal(side.side.anchor[0].weekdays, WEEKDAY_BIT(WEDNESDAY));
	assert_int_equal(
		side.side.anchor[1].weekdays, WEEKDAY_BIT(FRIDAY)); /* no Sunday is planned */
	for (int32_t p = 0; p < 10; p++) {
		for (int32_t d = p < 5 ? 2 : 4; d < 10; d += 5)
			assert_int_equal(s.home[p * 10 + d], 0);
	}
	assert_int_equal(side.verdict.amount, 0);
	/* when the time is over they take their weekdays in turn, and that is said */
	how.wall_ms = 0;
	assert_int_equal(
		roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side), SIDES_FALLBACK);
	assert_int_equal(side.side.anchor[0].weekdays, WEEKDAY_BIT(MONDAY));
	assert_int_equal(side.side.anchor[1].weekdays, WEEKDAY_BIT(FRIDAY));
	assert_int_equal(side.verdict.amount, 0);
	how = options(*state);
	/* who is locked at home stays, and the rule is said to be broken */
	o.cell[2] = CELL_HOME;
	o.cell[3] = CELL_HOME;
	r.anchor[0].weekdays = WEEKDAY_BIT(WEDNESDAY);
	assert_int_equal(
		roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side), SIDES_KEPT);
	assert_int_equal(side.verdict.breaches, 1);
	assert_int_equal(side.verdict.breach[0].kind, SIDE_ANCHOR);
	assert_int_equal(side.verdict.breach[0].column, WEDNESDAY);
	assert_int_equal(side.least, 1);
}

/* The weekday of a group against all that it may choose. */
static void test_the_weekday_is_the_best_of_all(void **state)
{
	static struct office o, fixed;
	static struct rules r;
	struct chance c = {7};
	for (int i = 0; i < 100; i++) {
		struct roster_solution s, best = {0}, tried;
		struct roster_side_answer side;
		arena_reset(*state);
		struct roster_mip_options how = options(*state);
		make_random(&o, &c);
		make_rules(&r, o.in.days);
		r.anchor[0] = (struct roster_anchor){chance_below(&c, o.in.groups), 31};
		r.side.anchors = 1;
		memset(o.cell, CELL_FREE, sizeof o.cell);
		for (int32_t w = MONDAY; w <= FRIDAY && w <= o.in.days; w++) {
			fixed = o;
			fixed.in.cell = fixed.cell;
			for (int32_t p = 0; p < o.in.people; p++) {
				for (int32_t d = 0; d < o.in.days; d++) {
					if (r.weekday[d] == w &&
						lies_in(&o, o.person[p].group, r.anchor[0].group))
						fixed.cell[p * o.in.days + d] = CELL_OFFICE;
				}
			}
			assert_int_equal(
				roster_solve(&fixed.in, *state, NULL, &tried), ROSTER_BEST);
			struct worth a = {.cost = tried.cost}, b = {.cost = best.cost};
			memcpy(a.broken, tried.broken, sizeof a.broken);
			memcpy(b.broken, best.broken, sizeof b.broken);
			if (w == MONDAY || compare(&a, &b) < 0)
				best = tried;
		}
		assert_int_equal(roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side),
			SIDES_KEPT);
		assert_memory_equal(s.broken, best.broken, sizeof s.broken);
		assert_int_equal(s.cost, best.cost);
		/* the same people without a group */
		int32_t people = 0;
		for (int32_t p = 0; p < o.in.people; p++)
			if (lies_in(&o, o.person[p].group, r.anchor[0].group))
				r.person[0][people++] = p;
		if (!people)
			continue;
		r.anchor[0] = (struct roster_anchor){ROSTER_NO_GROUP, 31, r.person[0], people};
		assert_int_equal(roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side),
			SIDES_KEPT);
		assert_memory_equal(s.broken, best.broken, sizeof s.broken);
		assert_int_equal(s.cost, best.cost);
	}
}

/* ---- in blocks ---- */

/* More people than a helper takes: no limit is broken that was not, and no rule. */
static void test_a_government_in_blocks(void **state)
{
	const struct roster_generator g = {1500, 20, 3, 0, 0};
	struct roster_instance in;
	struct roster_solution flow, s;
	struct roster_side_answer side;
	struct roster_mip_options how = options(*state);
	struct roster_side_verdict before;
	static int32_t pair[50][2];
	static struct roster_set set[50];
	uint8_t weekday[20];
	int32_t one[20];
	roster_generate(&g, *state, &in);
	bool *edge = ARENA_ARRAY(*state, 20, bool);
	for (int32_t d = 0; d < 20; d++) {
		edge[d] = d % 5 == 0 || d % 5 == 4;
		weekday[d] = (uint8_t)(MONDAY + d % 5);
		one[d] = 1;
	}
	in.edge = edge;
	for (int32_t i = 0; i < 50; i++) { /* from one end of the government to the other */
		pair[i][0] = i;
		pair[i][1] = in.people - 1 - i;
		set[i] = (struct roster_set){pair[i], 2, one};
	}
	const struct roster_side rules = {
		.run_most = 3, .edge_most = 4, .set = set, .sets = 50, .weekday = weekday};
	assert_int_equal(roster_solve_parts(&in, 2, *state, NULL, &flow), ROSTER_BEST);
	roster_judge_side(&in, &rules, flow.home, *state, &before);
	assert_int_equal(
		roster_solve_sides(&in, &rules, &how, *state, NULL, &s, &side), SIDES_SOLVED);
	assert_memory_equal(s.broken, flow.broken, sizeof s.broken);
	assert_true(before.amount > 100);
	assert_int_equal(side.verdict.amount, 0);
	assert_true(side.bound >= flow.cost && side.cost >= side.bound);
}

/* ---- helpers that do not do their part ---- */

/* A run of five that may be two. */
static void make_broken(struct office *o, struct rules *r)
{
	make_office(o, 2, 5, 1);
	make_rules(r, 5);
	r->side.run_most = 2;
	for (int32_t i = 0; i < 10; i++)
		o->wish[i] = -1;
}

static void test_without_a_helper_it_is_refused(void **state)
{
	static struct office o;
	static struct rules r;
	struct roster_solution s;
	struct roster_side_answer side;
	const struct roster_mip_options how = {"/nowhere/luwes-mip", 1, LONG_MS};
	make_broken(&o, &r);
	assert_int_equal(
		roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side), SIDES_REFUSED);
	r.side.run_most = 5; /* the flow keeps it: nobody is needed */
	assert_int_equal(
		roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side), SIDES_KEPT);
}

/* A program at `path` that does what the script says, whatever it is asked. */
static void write_helper(const char *path, const char *script)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\n%s\n", script);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, 0700), 0);
}

#define ROSTER(people)                                                                             \
	"echo '{\"cost\":0,\"broken\":{\"service\":0,\"agency\":0,\"unit\":0,\"quota\":0},"        \
	"\"breaches\":[],\"people\":[" people "]}'"

static void test_the_flow_stays_when_a_helper_fails(void **state)
{
	static struct office o;
	static struct rules r;
	static const char *const scripts[] = {"exit 0", "exit 1", "echo nonsense", "kill -9 $$",
		"while :; do :; done", ROSTER("\"KKRKK\""), /* a person is missing */
		ROSTER("\"RKKKK\",\"RKKKK\""),              /* one cannot be home that day */
		ROSTER("\"KRRKR\",\"RRRKR\"")};             /* more at home than there may be */
	char path[] = "/tmp/luwes-mip-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0 && close(fd) == 0);
	make_broken(&o, &r);
	o.cell[0] = CELL_OFFICE;
	o.limit[2].most = 0;
	o.cell[2] = CELL_HOME; /* one more than may be, already */
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		const struct roster_mip_options how = {path, 1, 1000};
		struct roster_solution s;
		struct roster_side_answer side;
		write_helper(path, scripts[i]);
		assert_int_equal(roster_solve_sides(&o.in, &r.side, &how, *state, NULL, &s, &side),
			SIDES_FALLBACK);
		assert_int_equal(s.cost, -8);
		assert_int_equal(s.broken[RANK_AGENCY], 1);
		assert_true(side.is_fallback);
		assert_int_equal(side.verdict.breaches, 1);
		assert_int_equal(side.verdict.breach[0].kind, SIDE_RUN);
		assert_int_equal(side.verdict.breach[0].column, 1);
		assert_int_equal(side.verdict.amount, 2);
		assert_int_equal(side.least, 0);
		assert_int_equal(side.bound, -8);
	}
	unlink(path);
}

static void *stop_soon(void *is_stopped)
{
	usleep(100 * 1000);
	*(_Atomic bool *)is_stopped = true;
	return NULL;
}

/* The helper would go on for two minutes. */
static void test_it_can_be_stopped(void **state)
{
	static struct office o;
	static struct rules r;
	struct roster_solution s;
	struct roster_side_answer side;
	_Atomic bool is_stopped = false;
	pthread_t thread;
	char path[] = "/tmp/luwes-mip-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0 && close(fd) == 0);
	write_helper(path, "while :; do :; done");
	const struct roster_mip_options how = {path, 1, LONG_MS};
	make_broken(&o, &r);
	assert_int_equal(pthread_create(&thread, NULL, stop_soon, &is_stopped), 0);
	assert_int_equal(roster_solve_sides(&o.in, &r.side, &how, *state, &is_stopped, &s, &side),
		SIDES_FALLBACK);
	pthread_join(thread, NULL);
	unlink(path);
	assert_int_equal(s.cost, -10);
	assert_true(side.is_fallback && side.bound == -10 && side.verdict.amount == 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_the_best_of_all_rosters_with_side_rules),
		ARENA_TEST(test_groups_choose_their_weekday),
		ARENA_TEST(test_the_weekday_is_the_best_of_all),
		ARENA_TEST(test_a_government_in_blocks),
		ARENA_TEST(test_without_a_helper_it_is_refused),
		ARENA_TEST(test_the_flow_stays_when_a_helper_fails),
		ARENA_TEST(test_it_can_be_stopped),
	};
	return cmocka_run_group_tests_name("roster_mip", tests, NULL, NULL);
}
