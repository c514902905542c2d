/* Instances and rosters as JSON: there and back, and everything that is refused by field. */
#include "base/str.h"
#include "roster/roster_generate.h"
#include "roster/roster_text.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static int set_up(void **state)
{
	static struct arena arena;
	arena_init(&arena, (size_t)1 << 30);
	*state = &arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(*state);
	return 0;
}

static const int32_t *some_days(struct arena *arena, int32_t n)
{
	int32_t *day = ARENA_ARRAY(arena, (size_t)n, int32_t);
	for (int32_t d = 0; d < n; d++)
		day[d] = 20423 + d;
	return day;
}

static void test_there_and_back(void **state)
{
	const struct roster_generator kinds[] = {
		{900, 22, 1, 0, 0}, {120, 20, 2, 40, 0}, {60, 31, 3, 0, 4}, {1, 1, 4, 0, 0}};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct arena *a = *state;
		struct roster_instance in, back;
		struct roster_solution s, t;
		struct field_fault fault;
		const int32_t *day = some_days(a, kinds[i].days), *read_day;
		const struct roster_side *side;
		struct buf out, again;
		roster_generate(&kinds[i], a, &in);
		assert_null(roster_check_instance(&in, a));
		assert_int_equal(in.people, kinds[i].employees);
		buf_init(&out, a, 1024);
		roster_write_instance(&in, day, NULL, a, &out);
		assert_int_equal(
			roster_read_instance(out.p, out.n, a, &back, &read_day, &side, &fault), OK);
		assert_memory_equal(day, read_day, (size_t)in.days * sizeof *day);
		buf_init(&again, a, 1024);
		roster_write_instance(&back, read_day, side, a, &again);
		assert_string_equal(out.p, again.p);
		/* and equal instances give equal rosters, byte for byte, by however many threads */
		assert_int_equal(roster_solve_parts(&in, 1, a, NULL, &s), ROSTER_BEST);
		assert_int_equal(roster_solve_parts(&back, 3, a, NULL, &t), ROSTER_BEST);
		buf_init(&out, a, 1024);
		buf_init(&again, a, 1024);
		roster_write_solution(&in, &s, NULL, a, &out);
		roster_write_solution(&back, &t, NULL, a, &again);
		assert_string_equal(out.p, again.p);
	}
}

static void test_an_instance_in_words(void **state)
{
	struct arena *a = *state;
	struct roster_instance in;
	struct roster_solution s;
	struct field_fault fault;
	const int32_t *day;
	const struct roster_side *side;
	struct buf out;
	const char *json = "{\"days\":[{\"day\":\"2025-12-04\",\"week\":0},{\"day\":\"2025-12-05\","
			   "\"week\":0}],\"groups\":[{\"rank\":\"agency\"},{\"parent\":0,\"rank\":"
			   "\"service\",\"most\":[1,0]}],\"people\":[{\"group\":1,\"cells\":\"..\","
			   "\"wishes\":[-2,-9]},{\"group\":1,\"cells\":\"RR\"},{\"group\":0,"
			   "\"cells\":\"-.\",\"least\":1}]}";
	assert_int_equal(roster_read_instance(json, strlen(json), a, &in, &day, &side, &fault), OK);
	assert_int_equal(roster_solve_parts(&in, 1, a, NULL, &s), ROSTER_BEST);
	buf_init(&out, a, 256);
	roster_write_solution(&in, &s, NULL, a, &out);
	assert_string_equal(out.p,
		"{\"cost\":0,\"broken\":{\"service\":1,\"agency\":0,\"unit\":0,\"quota\":0},"
		"\"breaches\":[{\"kind\":\"group\",\"row\":1,\"column\":1,\"rank\":\"service\","
		"\"is_below\":false,\"amount\":1}],\"people\":[\"KK\",\"RR\",\"KR\"]}");
}

static void test_side_rules_there_and_back(void **state)
{
	struct arena *a = *state;
	struct roster_instance in;
	struct roster_solution s;
	struct roster_side_answer answer = {.least = 1, .cost = -5, .bound = -7}, read;
	struct field_fault fault = {"", ""};
	const int32_t *day;
	const struct roster_side *side;
	struct buf out;
	uint8_t *home;
	const char *json =
		"{\"days\":[{\"day\":\"2025-12-04\",\"week\":0},{\"day\":"
		"\"2025-12-05\",\"week\":0,\"edge\":true}],\"groups\":[{\"rank\":\"agency\"}],"
		"\"people\":[{\"group\":0,\"week_least\":0,\"least\":0,\"share\":0,\"cells\":"
		"\"RR\"},"
		"{\"group\":0,\"week_least\":0,\"least\":0,\"share\":0,\"cells\":\".R\"}],"
		"\"fairness\":0,\"side\":{\"run_most\":1,\"edge_most\":0,\"sets\":[{\"people\":[1,"
		"0],"
		"\"most\":1}],\"anchors\":[{\"group\":0,\"weekdays\":[4,5]}]}}";
	assert_int_equal(roster_read_instance(json, strlen(json), a, &in, &day, &side, &fault), OK);
	assert_int_equal(side->weekday[0], THURSDAY);
	assert_int_equal(side->set[0].person[1], 0);
	buf_init(&out, a, 1024);
	roster_write_instance(&in, day, side, a, &out);
	assert_string_equal(out.p, json);
	assert_int_equal(roster_solve(&in, a, NULL, &s), ROSTER_BEST);
	roster_judge_side(&in, side, s.home, a, &answer.verdict);
	answer.side = *side;
	buf_init(&out, a, 1024);
	roster_write_solution(&in, &s, &answer, a, &out);
	assert_non_null(strstr(out.p,
		"\"side\":{\"broken\":[{\"kind\":\"run\",\"row\":0,\"column\":0,\"amount\":1},"
		"{\"kind\":\"edge\",\"row\":0,\"amount\":1},{\"kind\":\"edge\",\"row\":1,"
		"\"amount\":1},"
		"{\"kind\":\"set\",\"row\":0,\"column\":1,\"amount\":1},"
		"{\"kind\":\"anchor\",\"row\":0,\"column\":4,\"amount\":1}],\"amount\":5,\"least\":"
		"1,"
		"\"cost\":-5,\"bound\":-7,\"is_fallback\":false,"
		"\"anchors\":[{\"group\":0,\"weekdays\":[4,5]}]}"));
	assert_int_equal(roster_read_solution(out.p, out.n, &in, a, &home, &read, &fault), OK);
	assert_memory_equal(home, s.home, 4);
	assert_int_equal(read.least, 1);
	assert_int_equal(read.bound, -7);
}

static void test_rosters_that_are_none(void **state)
{
	static const struct {
		const char *people, *pointer;
	} cases[] = {{"[\"K\"]", "/people"}, {"[\"K\",\"KR\"]", "/people/1"},
		{"[\"x\",\"K\"]", "/people/0"}, {"7", "/people"}};
	const struct roster_instance in = {.people = 2, .days = 1};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *a = *state;
		struct roster_side_answer side;
		struct field_fault fault = {"", ""};
		uint8_t *home;
		const char *json = arena_printf(a,
			"{\"cost\":0,\"broken\":{\"service\":0,\"agency\":0,\"unit\":0,\"quota\":0}"
			","
			"\"breaches\":[],\"people\":%s}",
			cases[i].people);
		assert_int_equal(
			roster_read_solution(json, strlen(json), &in, a, &home, &side, &fault),
			E_BAD_FIELD);
		assert_string_equal(fault.pointer, cases[i].pointer);
	}
}

/* One thing of a sound instance replaced by another. */
static void test_what_is_refused(void **state)
{
	static const char sound[] =
		"{\"days\":[{\"day\":\"2025-12-04\",\"week\":0},{\"day\":\"2025-12-05\",\"week\":0}"
		"]"
		",\"groups\":[{\"rank\":\"agency\",\"least\":[0,1],\"most\":[1,2]}],\"people\":["
		"{\"group\":0,\"cells\":\"..\",\"wishes\":[1,2]}]}";
	static const struct {
		const char *was, *now, *pointer, *reason;
	} cases[] = {
		{"2025-12-05", "2025-12-04", "/days/1/day", "not after the day before it"},
		{"\"week\":0},", "\"week\":1},", "", "day 0: weeks are counted from 0"},
		{"[1,2]}],\"people\"", "[1]}],\"people\"", "/groups/0/most", "one number per day"},
		{"[0,1]", "[0,1,2]", "/groups/0/least", "one number per day"},
		{"[0,1]", "[0,3]", "", "group 0, day 1: least 3, most 2"},
		{"\"group\":0", "\"group\":1", "", "person 0: no such group"},
		{"\"..\"", "\".x\"", "/people/0/cells", "a letter other than . - R"},
		{"\"..\"", "\"...\"", "/people/0/cells", "one letter per day"},
		{"\"wishes\":[1,2]", "\"wishes\":[1]", "/people/0/wishes", "one number per day"},
		{"\"wishes\":[1,2]", "\"wishes\":[1,1001]", "/people/0/wishes",
			"a wish is -1000 to 1000"},
		{"\"wishes\":[1,2]", "\"week_least\":2,\"week_most\":1", "",
			"person 0: a quota ends before it begins"},
		{"\"wishes\":[1,2]", "\"share\":9", "", "person 0: a share of 9 days"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *a = *state;
		struct roster_instance in;
		struct field_fault fault = {"", ""};
		const int32_t *day;
		const struct roster_side *side;
		const char *at = strstr(sound, cases[i].was);
		assert_non_null(at);
		const char *json = arena_printf(a, "%.*s%s%s", (int)(at - sound), sound,
			cases[i].now, at + strlen(cases[i].was));
		assert_int_equal(
			roster_read_instance(json, strlen(json), a, &in, &day, &side, &fault),
			E_BAD_FIELD);
		assert_string_equal(fault.pointer, cases[i].pointer);
		assert_string_equal(fault.reason, cases[i].reason);
	}
}

static void test_hostile_text(void **state)
{
	static const char *const texts[] = {"", "{", "[]", "null", "{\"days\":[]}",
		"{\"days\":[{\"day\":\"2025-12-04\",\"week\":0}],\"groups\":[],\"people\":[]}",
		"{\"days\":1e999}", "{\"days\":[],\"days\":[]}",
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct roster_instance in;
		struct field_fault fault = {"", ""};
		const int32_t *day;
		const struct roster_side *side;
		assert_int_not_equal(roster_read_instance(texts[i], strlen(texts[i]), *state, &in,
					     &day, &side, &fault),
			OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_there_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_an_instance_in_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_side_rules_there_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_rosters_that_are_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile_text, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("roster_text", tests, NULL, NULL);
}
