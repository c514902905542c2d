/*
 * The lot and where there is room for it: Perpres 21/2023 art. 4 (working minutes, breaks, Friday's
 * prayer), PP 94/2021 art. 1 no. 5 (work outside the office is work), UU 27/2022 art. 10 (an
 * unanswered check is a fact for a person). test/vectors/checks.json was made by another program.
 */
#include "attendance/attendance_check.h"

#include "attendance/attendance_test_time.h"
#include "base/chance.h"
#include "base/str.h"
#define TEST_ARENA_BYTES (1 << 20)
#include "platform/test_arena.h"
#include "trust/trust.h"

#include <jansson.h>
#include <stdlib.h>

#define VECTORS "test/vectors/checks.json"
#define GRACE   120000

/* ---- the vectors ---- */

static struct bytes bytes_of(struct arena *a, const json_t *o, const char *name)
{
	struct bytes b;

	assert_true(base64url_decode(a, json_string_value(json_object_get(o, name)), &b));
	return b;
}

static int number_of(const json_t *o, const char *name)
{
	return (int)json_integer_value(json_object_get(o, name));
}

static void test_vectors(void **state)
{
	struct arena *a = *state;
	json_error_t fault;
	json_t *v = json_load_file(VECTORS, 0, &fault), *leaf, *person, *people;
	const int32_t day = v ? day_of(json_string_value(json_object_get(v, "day"))) : 0;
	struct day_ruling ruling = {.mode = MODE_OFFICE, .shift = {450, 960, 720, 780}};
	struct check_room room;
	uint8_t payload[CHECK_SEED_LEAF_BYTES];
	struct hash commitment, found;
	struct bytes seed;
	size_t i;

	assert_non_null(v);
	seed = bytes_of(a, v, "seed");
	commitment = attendance_check_commitment((struct government_id){1}, day, seed.p);
	assert_memory_equal(commitment.b, bytes_of(a, v, "commitment").p, 32);
	leaf = json_object_get(v, "leaf");
	attendance_write_check_leaf(day, commitment, payload);
	assert_int_equal(bytes_of(a, leaf, "payload").n, sizeof(payload));
	assert_memory_equal(payload, bytes_of(a, leaf, "payload").p, sizeof(payload));
	found = trust_leaf_hash(LEAF_CHECK, json_integer_value(json_object_get(leaf, "at")),
		trust_commitment(
			bytes_of(a, leaf, "salt").p, (struct bytes){payload, sizeof(payload)}));
	assert_memory_equal(found.b, bytes_of(a, leaf, "hash").p, 32);
	room = attendance_find_check_room(&ruling, NULL, number_of(v, "edge_minutes"));
	people = json_object_get(v, "people");
	json_array_foreach(people, i, person)
	{
		struct employee_id id = {
			atoll(json_string_value(json_object_get(person, "employee")))};
		struct check_lot lot = attendance_draw_lot(seed.p, id);

		assert_int_equal(lot.chance, json_integer_value(json_object_get(person, "chance")));
		assert_int_equal(lot.place, json_integer_value(json_object_get(person, "place")));
		assert_int_equal(attendance_is_drawn(lot, number_of(v, "percent")),
			json_is_true(json_object_get(person, "is_drawn")));
		assert_int_equal(attendance_place_check(&room, number_of(v, "minutes"), lot.place),
			number_of(person, "begins"));
	}
	assert_true(i > 10);
	json_decref(v);
}

static void test_nobody_chooses(void **state)
{
	uint8_t seed[CHECK_SEED_BYTES] = {0};
	struct hash one, other;
	int drawn[2] = {0}, both = 0;

	(void)state;
	one = attendance_check_commitment((struct government_id){1}, 20400, seed);
	other = attendance_check_commitment((struct government_id){1}, 20401, seed);
	assert_memory_not_equal(one.b, other.b, 32); /* of another day */
	other = attendance_check_commitment((struct government_id){2}, 20400, seed);
	assert_memory_not_equal(one.b, other.b, 32);
	for (int64_t i = 1; i <= 20000; i++) {
		bool is[2];

		for (int k = 0; k < 2; k++) {
			seed[0] = (uint8_t)k;
			is[k] = attendance_is_drawn(
				attendance_draw_lot(seed, (struct employee_id){i}), 5);
			drawn[k] += is[k];
		}
		both += is[0] && is[1];
	}
	for (int k = 0; k < 2; k++) /* 5% of 20,000, four standard deviations */
		assert_in_range(drawn[k], 1000 - 124, 1000 + 124);
	assert_in_range(both, 50 - 30, 50 + 30); /* yesterday says nothing about today */
	assert_false(attendance_is_drawn((struct check_lot){0, 0}, 0));
	assert_true(attendance_is_drawn((struct check_lot){UINT32_MAX, 0}, 100));
}

/* ---- room ---- */

static const struct calendar_event APEL = {.opens = 445, .starts = 450, .closes = 480};

static void test_room(void **state)
{
	static const struct {
		const char *what;
		struct day_ruling ruling;
		bool has_assembly;
		int edge;
		struct check_room room;
	} cases[] = {
		{"art. 4: between the edges, without the break",
			{.mode = MODE_HOME, .shift = {450, 960, 720, 780}}, false, 30,
			{{{480, 720}, {780, 930}}, 2}},
		{"Friday: the longer break of the prayer",
			{.mode = MODE_OFFICE, .shift = {450, 990, 690, 780}}, false, 30,
			{{{480, 690}, {780, 960}}, 2}},
		{"no break", {.mode = MODE_OFFICE, .shift = {480, 720, -1, -1}}, false, 0,
			{{{480, 720}}, 1}},
		{"a start that floats is the latest, its end the earliest",
			{.mode = MODE_HOME,
				.shift = {450, 960, 720, 780, .band_before = 60, .band_after = 60}},
			false, 30, {{{540, 720}, {780, 870}}, 2}},
		{"two turns: the gap is no work",
			{.mode = MODE_OFFICE, .shift = {420, 1200, 660, 960, .is_split = 1}}, false,
			30, {{{450, 660}, {960, 1170}}, 2}},
		{"a night goes past midnight", {.mode = MODE_OFFICE, .shift = {1260, 1860, -1, -1}},
			false, 30, {{{1290, 1830}}, 1}},
		{"an assembly is not interrupted",
			{.mode = MODE_OFFICE, .shift = {450, 960, 720, 780}}, true, 0,
			{{{480, 720}, {780, 960}}, 2}},
		{"a letter for part of the day covers it",
			{.mode = MODE_OFFICE,
				.shift = {450, 960, 720, 780},
				.cover = {{600, 840, 0}},
				.covers = 1},
			false, 30, {{{480, 600}, {840, 930}}, 2}},
		{"anywhere is at work", {.mode = MODE_ANYWHERE, .shift = {450, 600, -1, -1}}, false,
			0, {{{450, 600}}, 1}},
		{"outside duty: by letter",
			{.mode = MODE_OUTSIDE_DUTY, .shift = {450, 960, 720, 780}}, false, 30,
			{.spans = 0}},
		{"leave", {.mode = MODE_LEAVE, .shift = {450, 960, 720, 780}}, false, 30,
			{.spans = 0}},
		{"holiday", {.mode = MODE_OFF, .shift = {MINUTE_OFF, 0, 0, 0}}, false, 30,
			{.spans = 0}},
		{"a notice waits",
			{.mode = MODE_OFFICE, .shift = {450, 960, 720, 780}, .is_noticed = true},
			false, 30, {.spans = 0}},
		{"another system judges",
			{.mode = MODE_OFFICE,
				.shift = {450, 960, 720, 780},
				.judge = JUDGE_EXTERNAL},
			false, 30, {.spans = 0}},
		{"dynamic hours: no minute is one of work",
			{.mode = MODE_OFFICE, .shift = {360, 1080, 720, 780, .asked_minutes = 450}},
			false, 30, {.spans = 0}},
		{"the edges leave nothing", {.mode = MODE_OFFICE, .shift = {450, 500, -1, -1}},
			false, 30, {.spans = 0}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct check_room room = attendance_find_check_room(
			&cases[i].ruling, cases[i].has_assembly ? &APEL : NULL, cases[i].edge);

		if (room.spans != cases[i].room.spans ||
			memcmp(room.span, cases[i].room.span,
				(size_t)room.spans * sizeof(room.span[0])) != 0)
			fail_msg("%s: %d spans, %d-%d", cases[i].what, room.spans,
				room.span[0].from, room.span[0].to);
	}
}

/* A shift as an office may have it. */
static struct day_ruling random_ruling(struct chance *r)
{
	struct day_ruling ruling = {.mode = (enum work_mode)chance_below(r, MODE_COUNT),
		.shift = {.starts = 300 + chance_below(r, 900)}};
	struct shift *s = &ruling.shift;

	s->ends = s->starts + 120 + chance_below(r, 600);
	s->break_starts = s->break_ends = -1;
	if (chance_below(r, 4)) {
		s->break_starts = s->starts + chance_below(r, s->ends - s->starts);
		s->break_ends = s->break_starts + chance_below(r, 120);
	}
	if (!chance_below(r, 4))
		s->band_after = chance_below(r, 60);
	if (!chance_below(r, 4))
		s->band_before = chance_below(r, 60);
	for (int i = chance_below(r, 3); i > 0; i--) {
		int from = s->starts - 60 + chance_below(r, s->ends - s->starts + 60);

		ruling.cover[ruling.covers++] = (struct day_cover){
			from, from + chance_below(r, 200), STATUS_NONE};
	}
	return ruling;
}

static bool is_allowed(const struct day_ruling *r, int minute, int edge)
{
	const struct shift *s = &r->shift;

	for (int i = 0; i < r->covers; i++)
		if (minute >= r->cover[i].from && minute < r->cover[i].to)
			return false;
	return attendance_is_work(r->mode) && r->mode != MODE_OUTSIDE_DUTY &&
	       calendar_working_minutes(s, minute, minute + 1) == 1 &&
	       minute >= s->starts + s->band_after + edge &&
	       minute < s->ends - s->band_before - edge;
}

/* No check outside allowed minutes, and where a whole one fits one is found. */
static void test_never_outside(void **state)
{
	struct chance r = {20251113};
	int placed = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct day_ruling ruling = random_ruling(&r);
		int edge = chance_below(&r, 60), minutes = 5 + chance_below(&r, 56), run = 0;
		struct check_room room = attendance_find_check_room(&ruling, NULL, edge);
		int begins = attendance_place_check(
			&room, minutes, (uint32_t)(chance_draw(&r) >> 32));
		bool fits = false;

		for (int m = 0; m < 2880; m++) {
			run = is_allowed(&ruling, m, edge) ? run + 1 : 0;
			fits |= run >= minutes;
		}
		assert_int_equal(begins != MINUTE_OFF, fits);
		for (int m = begins; fits && m < begins + minutes; m++)
			assert_true(is_allowed(&ruling, m, edge));
		placed += fits;
	}
	assert_true(placed > 5000);
}

static void test_every_beginning_is_alike(void **state)
{
	const struct check_room room = {{{480, 500}, {600, 640}}, 2};
	int count[700] = {0};

	(void)state;
	for (uint64_t p = 0; p < 3200; p++)
		count[attendance_place_check(&room, 15, (uint32_t)((p << 32) / 3200))]++;
	for (int m = 0; m < 700; m++) {
		bool is_one = (m >= 480 && m <= 485) || (m >= 600 && m <= 625);

		assert_in_range(count[m], is_one ? 99 : 0, is_one ? 101 : 0); /* 3200 over 32 */
	}
}

static void test_deadline(void **state)
{
	static const struct check_room day = {{{480, 720}, {780, 930}}, 2};
	static const struct {
		const char *what;
		int from, minutes, deadline;
	} cases[] = {
		{"within the morning", 500, 30, 530},
		{"over the break, which is not counted", 710, 30, 800},
		{"to the last minute of the morning", 690, 30, 720},
		{"in the break nobody is called", 730, 30, MINUTE_OFF},
		{"before work", 450, 30, MINUTE_OFF},
		{"the day is too short", 910, 30, MINUTE_OFF},
		{"exactly until its end", 900, 30, 930},
		{"at its end", 930, 1, MINUTE_OFF},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (attendance_find_call_deadline(&day, cases[i].from, cases[i].minutes) !=
			cases[i].deadline)
			fail_msg("%s: %d", cases[i].what,
				attendance_find_call_deadline(
					&day, cases[i].from, cases[i].minutes));
}

/* ---- what became of it ---- */

static struct punch event_at(
	const char *made, const char *received, enum time_grade grade, int flags)
{
	return (struct punch){.punch_id = 1,
		.direction = DIRECTION_CHECK,
		.received_at = at(received),
		.phone_at = at(made),
		.flags = flags | (grade == TIME_ARRIVAL ? PUNCH_UNSIGNED : 0),
		.time_grade = grade,
		.note = ""};
}

struct told {
	const char *what;
	enum check_kind kind;
	const char *shown, *seen, *made, *received; /* NULL: never */
	enum time_grade grade;
	int flags, decision; /* of another row about the event */
	bool is_work;
	const char *now;
	enum check_state state;
};

/* Open from 10.00 to 10.15; a call until 10.45. */
static const struct told states[] = {
	{"open", CHECK_LOT, NULL, NULL, NULL, NULL, 0, 0, 0, true, "11-13 10:05", CHECK_WAITS},
	{"answered in time", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:03", "11-13 10:03",
		TIME_PROVEN, 0, 0, true, "11-13 12:00", CHECK_ANSWERED},
	{"unsigned counts when it arrives", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:03",
		"11-13 10:03", TIME_ARRIVAL, 0, 0, true, "11-13 12:00", CHECK_ANSWERED},
	{"two minutes of sending are free", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:15",
		"11-13 10:16", TIME_ARRIVAL, 0, 0, true, "11-13 12:00", CHECK_ANSWERED},
	{"signed in time without a signal, sent at noon", CHECK_LOT, "11-13 10:01", NULL,
		"11-13 10:03", "11-13 12:30", TIME_CONSISTENT, 0, 0, true, "11-13 13:00",
		CHECK_EXCUSED},
	{"the same after days: nobody is at fault by the network", CHECK_LOT, "11-13 10:01", NULL,
		"11-13 10:03", "11-15 12:30", TIME_QUEUED, 0, 0, true, "11-16 13:00",
		CHECK_EXCUSED},
	{"a time in doubt counts when it arrived: too late", CHECK_LOT, "11-13 10:01", NULL,
		"11-13 10:03", "11-13 12:30", TIME_DOUBTED, 0, 0, true, "11-13 13:00",
		CHECK_UNANSWERED},
	{"... until a person confirms it", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:03",
		"11-13 12:30", TIME_DOUBTED, 0, PUNCH_CONFIRMS, true, "11-13 13:00", CHECK_EXCUSED},
	{"an answer that was denied answers nothing", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:03",
		"11-13 10:03", TIME_PROVEN, 0, PUNCH_VOIDS, true, "11-13 12:00", CHECK_UNANSWERED},
	{"nor one kept apart", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:03", "11-13 10:03",
		TIME_PROVEN, PUNCH_QUARANTINED, 0, true, "11-13 12:00", CHECK_UNANSWERED},
	{"shown and not answered: a fact", CHECK_LOT, "11-13 10:01", NULL, NULL, NULL, 0, 0, 0,
		true, "11-13 10:18", CHECK_UNANSWERED},
	{"its grace has not passed", CHECK_LOT, "11-13 10:01", NULL, NULL, NULL, 0, 0, 0, true,
		"11-13 10:16", CHECK_WAITS},
	{"never fetched: out of reach, no fault", CHECK_LOT, NULL, NULL, NULL, NULL, 0, 0, 0, true,
		"11-13 12:00", CHECK_UNREACHABLE},
	{"fetched only afterwards is the same", CHECK_LOT, "11-13 10:40", NULL, NULL, NULL, 0, 0, 0,
		true, "11-13 12:00", CHECK_UNREACHABLE},
	{"seen by the superior", CHECK_LOT, NULL, "11-13 10:10", NULL, NULL, 0, 0, 0, true,
		"11-13 12:00", CHECK_SEEN},
	{"an answer says more than the superior", CHECK_LOT, "11-13 10:01", "11-13 10:10",
		"11-13 10:03", "11-13 10:03", TIME_PROVEN, 0, 0, true, "11-13 12:00",
		CHECK_ANSWERED},
	{"leave was granted that morning: it falls away", CHECK_LOT, "11-13 10:01", NULL, NULL,
		NULL, 0, 0, 0, false, "11-13 12:00", CHECK_LIFTED},
	{"an event of the morning answers nothing", CHECK_LOT, "11-13 10:01", NULL, "11-13 09:30",
		"11-13 09:30", TIME_PROVEN, 0, 0, true, "11-13 12:00", CHECK_UNANSWERED},
	{"nor does one of a lot after it closed", CHECK_LOT, "11-13 10:01", NULL, "11-13 10:25",
		"11-13 10:25", TIME_PROVEN, 0, 0, true, "11-13 12:00", CHECK_UNANSWERED},
	{"a call that is over may still be answered", CHECK_ANSWER, "11-13 10:01", NULL, NULL, NULL,
		0, 0, 0, true, "11-13 10:30", CHECK_OVERDUE},
	{"... and then it is late", CHECK_ANSWER, "11-13 10:01", NULL, "11-13 10:30", "11-13 10:30",
		TIME_PROVEN, 0, 0, true, "11-13 12:00", CHECK_LATE},
	{"... or nobody did", CHECK_COME, "11-13 10:01", NULL, NULL, NULL, 0, 0, 0, true,
		"11-13 12:00", CHECK_UNANSWERED},
	{"a call that never reached him", CHECK_ANSWER, NULL, NULL, NULL, NULL, 0, 0, 0, true,
		"11-13 12:00", CHECK_UNREACHABLE},
};

static void test_states(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		const struct told *t = &states[i];
		const struct check c = {.kind = t->kind,
			.opens_at = at("11-13 10:00"),
			.closes_at = at("11-13 10:15"),
			.until_at = at(t->kind == CHECK_LOT ? "11-13 10:15" : "11-13 10:45"),
			.shown_at = t->shown ? at(t->shown) : 0,
			.seen_at = t->seen ? at(t->seen) : 0};
		struct punch punch[2];
		int punches = 0;
		struct check_reply reply;
		enum check_state found;

		if (t->made)
			punch[punches++] = event_at(t->made, t->received, t->grade, t->flags);
		if (t->decision)
			punch[punches++] = (struct punch){.punch_id = 2,
				.refers_to = 1,
				.flags = t->decision,
				.direction = DIRECTION_CHECK};
		reply = attendance_find_reply(&c, punch, punches, GRACE);
		found = attendance_decide_check(&c, &reply, t->is_work, GRACE, at(t->now));
		if (found != t->state)
			fail_msg("%s: %s", t->what, check_state_names[found]);
	}
}

static void test_what_counts_as_missed(void **state)
{
	static const bool missed[CHECK_STATES] = {[CHECK_LATE] = true, [CHECK_UNANSWERED] = true};

	(void)state;
	for (int i = 0; i < CHECK_STATES; i++) {
		assert_int_equal(
			attendance_is_missed(CHECK_ANSWER, (enum check_state)i), missed[i]);
		assert_int_equal(attendance_is_missed(CHECK_COME, (enum check_state)i), missed[i]);
		assert_false(attendance_is_missed(CHECK_LOT, (enum check_state)i));
	}
}

static void test_work_while_open(void **state)
{
	static const struct {
		const char *what;
		struct day_ruling ruling;
		bool is_work;
	} cases[] = {
		{"within", {.mode = MODE_HOME, .shift = {450, 960, 720, 780}}, true},
		{"leave since", {.mode = MODE_LEAVE, .shift = {450, 960, 720, 780}}, false},
		{"letter since",
			{.mode = MODE_OFFICE,
				.shift = {450, 960, 720, 780},
				.cover = {{605, 700, 0}},
				.covers = 1},
			false},
		{"the break was moved", {.mode = MODE_OFFICE, .shift = {450, 960, 610, 670}},
			false},
		{"the day was shortened", {.mode = MODE_OFFICE, .shift = {450, 610, -1, -1}},
			false},
	};
	const struct check c = {
		.kind = CHECK_LOT, .opens_at = at("11-13 10:00"), .closes_at = at("11-13 10:15")};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (attendance_is_check_work(&cases[i].ruling, day_of("2025-11-13"), ZONE_WIB,
			    &c) != cases[i].is_work)
			fail_msg("%s", cases[i].what);
	assert_int_equal(attendance_week_of(day_of("2025-11-13")), day_of("2025-11-10"));
	assert_int_equal(attendance_week_of(day_of("2025-11-16")), day_of("2025-11-10"));
	assert_int_equal(attendance_week_of(day_of("2025-11-17")), day_of("2025-11-17"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ARENA_TEST(test_vectors),
		cmocka_unit_test(test_nobody_chooses),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_never_outside),
		cmocka_unit_test(test_every_beginning_is_alike),
		cmocka_unit_test(test_deadline),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_what_counts_as_missed),
		cmocka_unit_test(test_work_while_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
