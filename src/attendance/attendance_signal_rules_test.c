/*
 * Historical signals and the trap of each: the innocent who look the same. A rule that marks them
 * is wrong; where none can tell, the case says so and the weight is small.
 */
#include "attendance/attendance_signal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "platform/keys.h"

#define DAY0     20400 /* 2025-11-08 */
#define OWN_MAX  80
#define LAT_E7   (-69000000)
#define LON_E7   1076000000
#define METRE_E7 90 /* of latitude */

static struct parameters numbers(void)
{
	return attendance_default_parameters();
}

static int64_t instant(int day, int minute, int second)
{
	return (DAY0 + day) * MS_PER_DAY + minute * MS_PER_MINUTE + second * INT64_C(1000);
}

static struct trace trace_at(int day, int minute, int north_metres, uint32_t accuracy_cm)
{
	return (struct trace){.employee = {1},
		.device = 1,
		.day = DAY0 + day,
		.type = EVENT_TYPE_IN,
		.is_at_office = true,
		.at = instant(day, minute, 0),
		.found_at = instant(day, minute, 0),
		.point = {LAT_E7 + north_metres * METRE_E7, LON_E7},
		.accuracy_cm = accuracy_cm};
}

/* ---- too neat ---- */

static void test_too_perfect(void **state)
{
	static const struct {
		const char *what;
		int days, neat_days;
		uint32_t accuracy_cm;
		bool is_flat, is_marked;
	} cases[] = {
		{"3 m without altitude for five days", 5, 5, 300, true, true},
		{"once is chance", 5, 1, 300, true, false},
		{"four days are not many", 5, 4, 300, true, false},
		{"trap: a good phone in the open, which knows its altitude", 10, 10, 250, false,
			false},
		{"trap: Wi-Fi fixes are flat, too, but not so close", 10, 10, 2000, true, false},
		{"trap no rule can tell: Wi-Fi that claims 3 m. Weight 10", 10, 10, 300, true,
			true},
	};
	const struct parameters n = numbers();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trace own[OWN_MAX];

		for (int d = 0; d < cases[i].days; d++) {
			bool is_neat = d >= cases[i].days - cases[i].neat_days;

			own[d] = trace_at(d, 450, d * 3, is_neat ? cases[i].accuracy_cm : 1800);
			own[d].is_flat = cases[i].is_flat;
		}
		if (attendance_is_too_perfect(own, cases[i].days, cases[i].days - 1, &n) !=
			cases[i].is_marked)
			fail_msg("%s", cases[i].what);
	}
}

/* ---- the very same point ---- */

static void test_same_self(void **state)
{
	static const struct {
		const char *what;
		const char *days; /* oldest first: s the same, o another point, a another accuracy,
				     n none */
		bool is_marked;
	} cases[] = {
		{"the same on five of ten days", "ooooosssss", true},
		{"scattered over ten days", "sososososs", true},
		{"on four of ten", "oooooossss", false},
		{"older than ten days do not count", "ssssooooooos", false},
		{"trap: same place, as people sit at the same desk; accuracy breathes",
			"aaaaaaaaas", false},
		{"trap: no position has no point to repeat", "nnnnnnnnnn", false},
		{"trap no rule can tell: a network fix that repeats. Weight 20", "ssssssssss",
			true},
	};
	const struct parameters n = numbers();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trace own[OWN_MAX];
		int count = (int)strlen(cases[i].days);

		for (int d = 0; d < count; d++) {
			char kind = cases[i].days[d];

			own[d] = trace_at(d, 450, kind == 'o' ? 5 + d : 0,
				kind == 'a' ? 1000 + (uint32_t)d : 2000);
			if (kind == 'n')
				own[d].point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
		}
		if (attendance_is_same_self(own, count, count - 1, &n) != cases[i].is_marked)
			fail_msg("%s", cases[i].what);
	}
}

/* Two events of one day are one day: in and out from the same desk. */
static void test_a_day_counts_once(void **state)
{
	const struct parameters n = numbers();
	struct trace own[OWN_MAX];
	int count = 0;

	(void)state;
	for (int d = 0; d < 4; d++)
		for (int k = 0; k < 2; k++)
			own[count++] = trace_at(d, 450 + 500 * k, 0, 2000);
	assert_false(attendance_is_same_self(own, count, count - 1, &n));
	own[count++] = trace_at(4, 450, 0, 2000);
	assert_true(attendance_is_same_self(own, count, count - 1, &n));
}

/* ---- too fast ---- */

static void test_teleport(void **state)
{
	static const struct {
		const char *what;
		int minutes, metres;
		uint32_t accuracy_cm;
		bool is_clock_unsure, is_travel, is_marked;
	} cases[] = {
		{"30 km in ten minutes: 180 km/h", 10, 30000, 1000, false, false, true},
		{"25 km in ten minutes: 150 km/h is not more than 150", 10, 24970, 1000, false,
			false, false},
		{"a toll road at 100", 30, 50000, 1000, false, false, false},
		{"trap: GPS jumps 3 km in a minute and back", 1, 3000, 1000, false, false, false},
		{"trap: the mast is 20 km away, and says it may be 18 off", 1, 20000, 900000, false,
			false, false},
		{"trap: the clock of the phone moved, so nobody knows the minutes", 10, 120000,
			1000, true, false, false},
		{"trap: a flight on duty", 60, 600000, 1000, false, true, false},
		{"the same without a letter: asked, not proven", 60, 600000, 1000, false, false,
			true},
		{"two instants that are one", 0, 30000, 1000, false, false, true},
	};
	const struct parameters n = numbers();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trace own[3] = {trace_at(0, 450, 0, cases[i].accuracy_cm),
			trace_at(0, 450, 0, 0),
			trace_at(0, 450 + cases[i].minutes, cases[i].metres, cases[i].accuracy_cm)};

		/* one without a position between them is no step */
		own[1].point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
		own[2].is_clock_unsure = cases[i].is_clock_unsure;
		own[2].is_travel = cases[i].is_travel;
		if (attendance_is_teleport(own, 2, &n) != cases[i].is_marked)
			fail_msg("%s", cases[i].what);
	}
	assert_false(attendance_is_teleport(
		(struct trace[]){trace_at(0, 450, 0, 1000)}, 0, &n)); /* nothing before it */
}

/* ---- a phone that stays ---- */

static void test_static(void **state)
{
	static const struct {
		const char *what;
		const char *days; /* o due at the office, h due elsewhere; capital: from another
				     place */
		bool is_at_office, is_other_phone, is_marked;
	} cases[] = {
		{"from the office also on days at home or on leave", "ooohohoooo", true, false,
			true},
		{"trap: came in on one home day", "oooohooooo", true, false, false},
		{"trap: everybody's phone comes from the office on office days", "oooooooooo", true,
			false, false},
		{"moved once: it is carried", "oooHohohoo", true, false, false},
		{"trap: works at home every day: that is where the phone belongs", "hhhhhhhhhh",
			false, false, false},
		{"too few days to say", "ohoh", true, false, false},
		{"trap: a new phone has no history", "ooohohoooo", true, true, false},
		{"trap no rule can tell: a work phone kept at the office. Weight 40", "ohohohohoo",
			true, false, true},
	};
	const struct parameters n = numbers();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trace own[OWN_MAX];
		int count = (int)strlen(cases[i].days);

		for (int d = 0; d < count; d++) {
			char kind = cases[i].days[d];

			own[d] = trace_at(d, 450, kind == 'H' || kind == 'O' ? 4000 : d * 2, 2000);
			own[d].is_away = kind == 'h' || kind == 'H';
			own[d].is_at_office = cases[i].is_at_office;
			own[d].device = cases[i].is_other_phone && d < count - 1 ? 2 : 1;
		}
		if (attendance_is_static(own, count, count - 1, &n) != cases[i].is_marked)
			fail_msg("%s", cases[i].what);
	}
}

static void test_one_persons_marks_together(void **state)
{
	const struct parameters n = numbers();
	struct trace own[OWN_MAX];

	(void)state;
	for (int d = 0; d < 6; d++) {
		own[d] = trace_at(d, 450, 0, 200);
		own[d].is_flat = true;
		own[d].is_away = d > 3;
	}
	assert_int_equal(attendance_find_own_signals(own, 6, 5, &n),
		MARK_BIT(MARK_GEO_PERFECT) | MARK_BIT(MARK_GEO_SAME_SELF) |
			MARK_BIT(MARK_DEVICE_STATIC));
	/* judged as of its own day: what came later is not its history */
	assert_int_equal(attendance_find_own_signals(own, 6, 3, &n), 0);
	/* all of them together do not reach the threshold where a person is always asked by
	 * themselves alone ... */
	assert_true(attendance_score(MARK_BIT(MARK_GEO_PERFECT) | MARK_BIT(MARK_GEO_SAME_SELF),
			    &n) < n.of[PARAMETER_CONFIRM_FROM]);
	/* ... and a colleague's equal point asks nothing at all */
	assert_true(
		attendance_score(MARK_BIT(MARK_GEO_SAME_PEER), &n) < n.of[PARAMETER_SAMPLE_FROM]);
}

/* ---- colleagues ---- */

/* Kabupaten Cirebon 2026 took equal coordinates for proof against 1,329 people; they are none:
 * phones that read the same office Wi-Fi get the same point. So it marks, with weight 5. */
static void test_same_peer(void **state)
{
	struct trace office[6] = {trace_at(1, 450, 0, 2000), trace_at(1, 452, 0, 3000),
		trace_at(1, 455, 7, 2000), trace_at(0, 450, 7, 2000), trace_at(1, 460, 9, 2000),
		trace_at(1, 990, 9, 2000)};
	int64_t marks[6] = {0};
	int order[6];

	(void)state;
	office[1].employee.v = 2; /* the same point, another accuracy */
	office[2].employee.v = 3; /* a point that somebody had the day before */
	office[3].employee.v = 4;
	office[4].employee.v = office[5].employee.v = 5; /* his own point twice a day */
	attendance_find_same_peers(office, 6, DAY0 + 1, order, marks);
	assert_int_equal(marks[0], MARK_BIT(MARK_GEO_SAME_PEER));
	assert_int_equal(marks[1], MARK_BIT(MARK_GEO_SAME_PEER));
	for (int i = 2; i < 6; i++)
		assert_int_equal(marks[i], 0);
	/* no position is no point */
	for (int i = 0; i < 2; i++) {
		office[i].point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
		marks[i] = 0;
	}
	attendance_find_same_peers(office, 6, DAY0 + 1, order, marks);
	assert_int_equal(marks[0] | marks[1], 0);
}

struct pair_case {
	const char *what;
	int together_days, days, gap_seconds, crowd, second_type;
	bool is_one_phone, is_marked;
};

/* Two people over some days; on the first `together_days` they record `gap_seconds` apart, later
 * ten minutes apart; `crowd` others come with them. */
static int make_office(const struct pair_case *c, struct trace *office)
{
	int n = 0;

	for (int d = 0; d < c->days; d++) {
		bool is_apart = d < c->days - c->together_days;

		for (int who = 0; who < 2 + c->crowd; who++) {
			struct trace t = trace_at(d, 450, who, 2000);

			t.employee.v = 1 + who;
			t.device = c->is_one_phone ? 1 : (uint64_t)(1 + who);
			t.at = instant(d, 450 + d, who * c->gap_seconds);
			if (who == 1 && is_apart)
				t.at += 10 * MS_PER_MINUTE;
			if (who == 1)
				t.type = (uint8_t)c->second_type;
			office[n++] = t;
		}
	}
	return n;
}

static void test_pairs(void **state)
{
	static const struct pair_case cases[] = {
		{"twelve seconds apart on nine of ten days", 9, 10, 12, 0, EVENT_TYPE_IN, false,
			true},
		{"on seven of ten", 7, 10, 12, 0, EVENT_TYPE_IN, false, false},
		{"half a minute apart", 10, 10, 30, 0, EVENT_TYPE_IN, false, false},
		{"three of them", 10, 10, 5, 1, EVENT_TYPE_IN, false, true},
		{"trap: the bus arrives, and the whole office with it", 10, 10, 1, 8, EVENT_TYPE_IN,
			false, false},
		{"trap: one comes when the other leaves", 10, 10, 5, 0, EVENT_TYPE_OUT, false,
			false},
		{"two on a shared phone cannot but follow each other: it has a mark of its own", 10,
			10, 5, 0, EVENT_TYPE_IN, true, false},
		{"trap no rule can tell: couples and car-pools. Weight 30", 10, 10, 8, 0,
			EVENT_TYPE_IN, false, true},
	};
	const struct parameters n = numbers();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct trace office[200];
		int64_t marks[200] = {0};
		int order[200], count = make_office(&cases[i], office), marked = 0;
		struct burst burst[600];

		attendance_find_pairs(
			office, count, DAY0 + cases[i].days - 1, &n, order, burst, 600, marks);
		for (int k = 0; k < count; k++) {
			if (office[k].day != DAY0 + cases[i].days - 1)
				assert_int_equal(marks[k], 0); /* judged is one day */
			marked += marks[k] != 0;
		}
		if (marked != (cases[i].is_marked ? 2 + cases[i].crowd : 0))
			fail_msg("%s: %d", cases[i].what, marked);
	}
}

/* Past the room for bursts the rest is not looked at: in everybody's favour. */
static void test_pairs_are_bounded(void **state)
{
	const struct pair_case c = {"", 10, 10, 8, 0, EVENT_TYPE_IN, false, true};
	const struct parameters n = numbers();
	struct trace office[200];
	int64_t marks[200] = {0};
	int order[200], count = make_office(&c, office);
	struct burst burst[4];

	(void)state;
	attendance_find_pairs(office, count, DAY0 + 9, &n, order, burst, 4, marks);
	for (int k = 0; k < count; k++)
		assert_int_equal(marks[k], 0);
}

/* ---- the draw ---- */

static void test_the_draw(void **state)
{
	int drawn[100] = {0}, most = 0;

	(void)state;
	keys_draw();
	for (int64_t i = 0; i < 20000; i++) {
		int number = attendance_draw(DRAW_SAMPLE, DAY0, &i, sizeof(i));

		assert_in_range(number, 0, 99);
		assert_int_equal(number, attendance_draw(DRAW_SAMPLE, DAY0, &i, sizeof(i)));
		most = ++drawn[number] > most ? drawn[number] : most;
	}
	assert_true(most < 300); /* 200 each, and seven deviations */
	/* another day, another purpose, another store: another lot */
	int64_t same_day = 0, same_purpose = 0;
	for (int64_t i = 0; i < 1000; i++) {
		int number = attendance_draw(DRAW_SAMPLE, DAY0, &i, sizeof(i));

		same_day += number == attendance_draw(DRAW_SAMPLE, DAY0 + 1, &i, sizeof(i));
		same_purpose += number == attendance_draw("luwes/draw/other", DAY0, &i, sizeof(i));
	}
	assert_true(same_day < 60);
	assert_true(same_purpose < 60);
	keys_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_too_perfect),
		cmocka_unit_test(test_same_self),
		cmocka_unit_test(test_a_day_counts_once),
		cmocka_unit_test(test_teleport),
		cmocka_unit_test(test_static),
		cmocka_unit_test(test_one_persons_marks_together),
		cmocka_unit_test(test_same_peer),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_pairs_are_bounded),
		cmocka_unit_test(test_the_draw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
