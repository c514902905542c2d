/* Instances and rosters as JSON: there and back, and everything that is refused by field. */
#include "base/str.h"
#include "roster/roster_generate.h"
#include "roster/roster_text.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define TEST_ARENA_BYTES ((size_t)1 << 30)
#include "platform/test_arena.h"

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
		"\"RR\",\"published\":\"KK\"},"
		"{\"group\":0,\"week_least\":0,\"week_caps\":[1],\"least\":0,\"share\":0,"
		"\"cells\":\".R\","
		"\"published\":\"KR\"}],"
		"\"fairness\":0,\"side\":{\"run_most\":1,\"edge_most\":0,\"edge_from\":1,\"sets\":["
		"{\"people\":[1,"
		"0],"
		"\"most\":[2,1]}],\"anchors\":[{\"group\":0,\"weekdays\":[4,5]}]}}";
	assert_int_equal(roster_read_instance(json, strlen(json), a, &in, &day, &side, &fault), OK);
	assert_int_equal(side->weekday[0], THURSDAY);
	assert_int_equal(side->set[0].person[1], 0);
	assert_memory_equal(in.published, "\0\0\0\1", 4);
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
		{"[0,1]", "[-1,1]", "", "group 0, day 0: least -1, most 1"},
		{"[0,1]", "[0,4294967296]", "/groups/0/least/1",
			"must be a whole number of 32 bits"},
		{"\"rank\":\"agency\"", "\"rank\":\"agency\",\"parent\":0", "",
			"group 0: its parent comes before it"},
		{"\"agency\"", "\"empire\"", "/groups/0/rank", "not one of the names"},
		{"\"rank\":\"agency\"", "\"rank\":\"unit\",\"name\":\"x\"", "/groups/0/name",
			"unknown field"},
		{"\"group\":0", "\"group\":1", "", "person 0: no such group"},
		{"\"group\":0", "\"group\":-1", "/people/0/group", "must be 0 to 9999"},
		{"\"group\":0", "\"group\":10000", "/people/0/group", "must be 0 to 9999"},
		{"\"group\":0", "\"group\":0,\"most\":-1", "/people/0/most", "must be 0 to 62"},
		{"\"group\":0", "\"group\":0,\"least\":2,\"most\":1", "",
			"person 0: a quota ends before it begins"},
		{"2025-12-05", "2025-13-05", "/days/1/day", "must be a day like 2025-11-13"},
		{"\"..\"", "\".x\"", "/people/0/cells", "a letter other than . - R"},
		{"\"..\"", "\"..\",\"published\":\"Kx\"", "/people/0/published",
			"one letter per day, K or R"},
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

static enum err read_fault(
	struct arena *a, const char *json, size_t n, struct field_fault *ret_fault)
{
	struct roster_instance in;
	const int32_t *day;
	const struct roster_side *side;
	*ret_fault = (struct field_fault){"", ""};
	return roster_read_instance(json, n, a, &in, &day, &side, ret_fault);
}

static void test_hostile_text(void **state)
{
	static const struct {
		const char *text, *reason; /* the reason begins so */
	} cases[] = {
		{"", "not valid JSON"},
		{"{", "not valid JSON"},
		{"[]", "must be an object"},
		{"null", "not valid JSON"},
		{"{\"days\":[]}", "must be 1 to 62 elements"},
		{"{\"days\":[{\"day\":\"2025-12-04\",\"week\":0}],\"groups\":[],\"people\":[]}",
			"must be 1 to 10000 elements"},
		{"{\"days\":1e999}", "number out of range"},
		{"{\"fairness\":99999999999999999999}", "number out of range"},
		{"{\"days\":[],\"days\":[]}", "the same key twice"},
		{"{\"days\":\"\xff\xfe\"}", "not valid JSON"},
		{"{\"days\":\"\xc0\x80\"}", "not valid JSON"},
		{"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
			"nested too deep"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct field_fault fault;
		assert_int_not_equal(
			read_fault(*state, cases[i].text, strlen(cases[i].text), &fault), OK);
		assert_memory_equal(fault.reason, cases[i].reason, strlen(cases[i].reason));
	}
}

/* Twenty-five megabytes of values are refused before one of them takes memory. */
static void test_far_too_much_text(void **state)
{
	static const char *const parts[] = {"[],", "{},", "0,"};
	size_t n = 25 << 20;
	char *text = ARENA_ARRAY(*state, n, char);
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		struct field_fault fault;
		size_t at = (size_t)snprintf(text, n, "{\"days\":[");
		for (size_t length = strlen(parts[k]); at + length <= n; at += length)
			memcpy(text + at, parts[k], length);
		size_t before = ((struct arena *)*state)->used_bytes;
		assert_int_equal(read_fault(*state, text, at, &fault), E_BAD_REQUEST);
		assert_string_equal(fault.reason, "more values than an instance can have");
		assert_int_equal(((struct arena *)*state)->used_bytes, before);
	}
}

/* The largest there can be, every limit and wish written out, is not too much. */
static void test_the_largest_instance(void **state)
{
	struct arena *a = *state;
	const struct roster_generator g = {ROSTER_PEOPLE_MAX, ROSTER_DAYS_MAX, .seed = 1};
	struct roster_instance in, back;
	struct field_fault fault;
	struct buf out;
	const int32_t *day = some_days(a, g.days);
	const struct roster_side *side;
	roster_generate(&g, a, &in);
	struct roster_group *group = ARENA_ARRAY(a, ROSTER_GROUPS_MAX, struct roster_group);
	struct roster_limit *limit = ARENA_ARRAY(
		a, (size_t)ROSTER_GROUPS_MAX * ROSTER_DAYS_MAX, struct roster_limit);
	memcpy(group, in.group, (size_t)in.groups * sizeof *group);
	for (int32_t g2 = in.groups; g2 < ROSTER_GROUPS_MAX; g2++)
		group[g2] = (struct roster_group){g2 - 1, RANK_UNIT};
	for (int32_t i = 0; i < ROSTER_GROUPS_MAX * ROSTER_DAYS_MAX; i++)
		limit[i] = (struct roster_limit){1, ROSTER_PEOPLE_MAX};
	for (int32_t p = 0; p < in.people; p++) {
		struct roster_person *who = &((struct roster_person *)in.person)[p];
		who->week_least = who->least = 1;
		who->edge_most = 1;
	}
	in.groups = ROSTER_GROUPS_MAX;
	in.group = group;
	in.limit = limit;
	buf_init(&out, a, 32 << 20);
	roster_write_instance(&in, day, NULL, a, &out);
	assert_int_equal(roster_read_instance(out.p, out.n, a, &back, &day, &side, &fault), OK);
	assert_int_equal(back.people, ROSTER_PEOPLE_MAX);
	assert_int_equal(back.groups, ROSTER_GROUPS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_there_and_back),
		ARENA_TEST(test_an_instance_in_words),
		ARENA_TEST(test_side_rules_there_and_back),
		ARENA_TEST(test_rosters_that_are_none),
		ARENA_TEST(test_what_is_refused),
		ARENA_TEST(test_hostile_text),
		ARENA_TEST(test_far_too_much_text),
		ARENA_TEST(test_the_largest_instance),
	};
	return cmocka_run_group_tests_name("roster_text", tests, NULL, NULL);
}
