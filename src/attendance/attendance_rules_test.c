/*
 * Presence judged by pure rules: receipts, places, lateness by two clocks, windows, letters,
 * decisions.
 *
 * PP 94/2021 art. 4 f (obey working hours); Perpres 21/2023 art. 4 (hours, breaks); Keppres 41/1987
 * (zones).
 */
#include "attendance/attendance.h"

#include "attendance/attendance_test_time.h"
#include "base/str.h"
#include "platform/changes.h"
#include "platform/slice.h"

static void test_claims_and_quarantine(void **state)
{
	static const struct {
		const char *what, *received, *phone;
		int64_t offset_ms;
		const char *claimed, *happened;
		enum receipt_reason reason;
		int flags;
	} cases[] = {
		{"on time, no offset known", "11-13 07:30:10", "11-13 07:30:00", NO_INSTANT,
			"11-13 07:30:00", "11-13 07:30:00", RECEIPT_REASON_NONE, 0},
		{"offset of two minutes is noise", "11-13 07:30:00", "11-13 07:28:00", 120000,
			"11-13 07:28:00", "11-13 07:28:00", RECEIPT_REASON_NONE, 0},
		{"a clock two minutes and a second slow is corrected", "11-13 07:30:00",
			"11-13 07:27:59", 121000, "11-13 07:30:00", "11-13 07:30:00",
			RECEIPT_REASON_NONE, PUNCH_PHONE_CLOCK_OFF},
		{"a clock an hour fast is corrected", "11-13 07:30:05", "11-13 08:30:00", -3600000,
			"11-13 07:30:00", "11-13 07:30:00", RECEIPT_REASON_NONE,
			PUNCH_PHONE_CLOCK_OFF},
		{"a fast clock nobody measured: nothing happens after its receipt",
			"11-13 07:30:00", "11-13 09:00:00", NO_INSTANT, "11-13 09:00:00",
			"11-13 07:30:00", RECEIPT_REASON_NONE, PUNCH_PHONE_CLOCK_OFF},
		{"no signal until noon", "11-13 12:00:00", "11-13 07:25:00", NO_INSTANT,
			"11-13 07:25:00", "11-13 07:25:00", RECEIPT_REASON_NONE, PUNCH_DELAYED},
		{"exactly a day ahead is kept as it is", "11-13 07:00:00", "11-14 07:00:00",
			NO_INSTANT, "11-14 07:00:00", "11-13 07:00:00", RECEIPT_REASON_NONE,
			PUNCH_PHONE_CLOCK_OFF},
		{"more than a day ahead waits for a person", "11-13 07:00:00", "11-14 07:00:01",
			NO_INSTANT, "11-14 07:00:01", "11-13 07:00:00", RECEIPT_CLOCK_AHEAD,
			PUNCH_QUARANTINED | PUNCH_PHONE_CLOCK_OFF},
		{"45 days late is kept as it is", "12-28 07:00:00", "11-13 07:00:00", NO_INSTANT,
			"11-13 07:00:00", "11-13 07:00:00", RECEIPT_REASON_NONE, PUNCH_DELAYED},
		{"more than 45 days late waits for a person", "12-28 07:00:01", "11-13 07:00:00",
			NO_INSTANT, "11-13 07:00:00", "11-13 07:00:00", RECEIPT_TOO_OLD,
			PUNCH_QUARANTINED | PUNCH_DELAYED},
		{"an old phone date with a known offset is today", "11-13 07:30:00",
			"01-01 00:00:00", INT64_C(27329400000), "11-13 07:30:00", "11-13 07:30:00",
			RECEIPT_REASON_NONE, PUNCH_PHONE_CLOCK_OFF},
	};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct punch p = {.received_at = at(cases[i].received),
			.phone_at = at(cases[i].phone),
			.offset_ms = cases[i].offset_ms};

		print_message("%s\n", cases[i].what);
		assert_int_equal(attendance_claimed_at(&p), at(cases[i].claimed));
		assert_int_equal(attendance_happened_at(&p), at(cases[i].happened));
		assert_int_equal(attendance_decide_quarantine(&p), cases[i].reason);
		assert_int_equal(attendance_decide_punch_flags(&p), cases[i].flags);
	}
}

/* A circle of 100 m at the agency, a square of about 220 m at the unit below, nothing at the unit
 * beside. */

static struct geo_point square[] = {{LAT_E7 + 100000, LON_E7}, {LAT_E7 + 100000, LON_E7 + 20000},
	{LAT_E7 + 120000, LON_E7 + 20000}, {LAT_E7 + 120000, LON_E7}};
static struct org_site sites[] = {
	{.id = {1},
		.unit = {10},
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER},
	{.id = {2},
		.unit = {20},
		.zone = ZONE_WIB,
		.corner = square,
		.corners = 4,
		.valid_to = DAY_FOREVER},
	{.id = {3},
		.unit = {40},
		.zone = ZONE_WIT,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_from = 20000,
		.valid_to = 20400},
};
static struct org_unit units[] = {
	{.id = {10}, .agency = {10}, .path = "/10/", .valid_to = DAY_FOREVER},
	{.id = {20}, .parent = {10}, .agency = {10}, .path = "/10/20/", .valid_to = DAY_FOREVER},
	{.id = {40}, .agency = {40}, .path = "/40/", .valid_to = DAY_FOREVER},
};

static struct org_tree make_tree(void)
{
	for (int i = 0; i < COUNT_OF(sites); i++)
		sites[i].cosine = geo_cosine(LAT_E7);
	return (struct org_tree){.unit = units,
		.units = COUNT_OF(units),
		.site = sites,
		.sites = COUNT_OF(sites),
		.zone = ZONE_WIB};
}

/* Judged from what stays once the position is taken out, it is what it was. */
static void assert_stays(const struct org_tree *tree, struct unit_id unit, enum place_rule rule,
	const struct punch *punch, const struct place_judgement *before)
{
	struct kept_place kept = attendance_keep_place(
		tree, unit, (struct unit_id){0}, day_of("2025-11-13"), 1, punch);
	struct punch erased = *punch;
	struct place_judgement j;

	erased.point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
	erased.accuracy_metres = 0;
	erased.kept = &kept;
	j = attendance_judge_place(tree, unit, day_of("2025-11-13"), rule, &erased);
	assert_int_equal(j.verdict, before->verdict);
	assert_int_equal(j.reason, before->reason);
	assert_int_equal(j.bucket, before->bucket);
	assert_int_equal(j.site.v, before->site.v);
}

static void test_place(void **state)
{
	/* 1e-7 degree is 1.11 cm: 9000 are 100 m northwards */
	static const struct {
		const char *what;
		int64_t unit;
		enum place_rule rule;
		int32_t north, east, accuracy;
		enum place_error error;
		enum place_verdict verdict;
		enum place_reason reason;
		enum distance_bucket bucket;
		int64_t site;
	} cases[] = {
		{"in the middle", 10, PLACE_SITE, 0, 0, 10, POSITION_OK, PLACE_WITHIN, 0,
			DISTANCE_50, 1},
		{"on the edge", 10, PLACE_SITE, 8983, 0, 0, POSITION_OK, PLACE_WITHIN, 0,
			DISTANCE_50, 1},
		{"30 m beyond, 10 m accurate", 10, PLACE_SITE, 11678, 0, 10, POSITION_OK,
			PLACE_OUTSIDE, 0, DISTANCE_50, 1},
		{"30 m beyond, the accuracy reaches in", 10, PLACE_SITE, 11678, 0, 30, POSITION_OK,
			PLACE_WITHIN, 0, DISTANCE_50, 1},
		{"150 m beyond, 200 m accurate", 10, PLACE_SITE, 22458, 0, 200, POSITION_OK,
			PLACE_WITHIN, 0, DISTANCE_250, 1},
		{"150 m beyond, 201 m accurate says nothing", 10, PLACE_SITE, 22458, 0, 201,
			POSITION_OK, PLACE_UNKNOWN, PLACE_REASON_COARSE, DISTANCE_250, 1},
		{"in the middle, 2 km accurate, in favour", 10, PLACE_SITE, 0, 0, 2000, POSITION_OK,
			PLACE_WITHIN, 0, DISTANCE_50, 1},
		{"5 km beyond", 10, PLACE_SITE, 460000, 0, 100, POSITION_OK, PLACE_OUTSIDE, 0,
			DISTANCE_FAR, 1},
		{"900 m beyond", 10, PLACE_SITE, 89832, 0, 5, POSITION_OK, PLACE_OUTSIDE, 0,
			DISTANCE_1000, 1},
		{"in the unit's own square", 20, PLACE_SITE, 110000, 10000, 5, POSITION_OK,
			PLACE_WITHIN, 0, DISTANCE_50, 2},
		{"at the agency's site, which counts for its units", 20, PLACE_SITE, 0, 0, 5,
			POSITION_OK, PLACE_WITHIN, 0, DISTANCE_50, 1},
		{"80 m west of the square", 20, PLACE_SITE, 110000, -7239, 5, POSITION_OK,
			PLACE_OUTSIDE, 0, DISTANCE_100, 2},
		{"the square of a unit below does not count above", 10, PLACE_SITE, 110000, 10000,
			5, POSITION_OK, PLACE_OUTSIDE, 0, DISTANCE_FAR, 1},
		{"denied", 10, PLACE_SITE, NO_COORDINATE, 0, 0, POSITION_DENIED, PLACE_UNKNOWN,
			PLACE_REASON_DENIED, DISTANCE_NONE, 0},
		{"timeout", 10, PLACE_SITE, NO_COORDINATE, 0, 0, POSITION_TIMEOUT, PLACE_UNKNOWN,
			PLACE_REASON_TIMEOUT, DISTANCE_NONE, 0},
		{"unsupported", 10, PLACE_SITE, NO_COORDINATE, 0, 0, POSITION_UNSUPPORTED,
			PLACE_UNKNOWN, PLACE_REASON_UNSUPPORTED, DISTANCE_NONE, 0},
		{"nothing said", 10, PLACE_SITE, NO_COORDINATE, 0, 0, POSITION_OK, PLACE_UNKNOWN,
			PLACE_REASON_UNAVAILABLE, DISTANCE_NONE, 0},
		{"the only site ended", 40, PLACE_SITE, 0, 0, 5, POSITION_OK, PLACE_UNKNOWN,
			PLACE_REASON_NO_SITE, DISTANCE_NONE, 0},
		{"at home nothing is asked", 10, PLACE_HOME, 0, 0, 5, POSITION_OK, PLACE_NOT_ASKED,
			0, DISTANCE_NONE, 0},
		{"anywhere nothing is asked", 10, PLACE_ANYWHERE, NO_COORDINATE, 0, 0,
			POSITION_DENIED, PLACE_NOT_ASKED, 0, DISTANCE_NONE, 0},
	};
	const struct org_tree tree = make_tree();

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		bool none = cases[i].north == NO_COORDINATE;
		struct punch p = {.accuracy_metres = cases[i].accuracy,
			.place_error = cases[i].error,
			.point = {none ? NO_COORDINATE : LAT_E7 + cases[i].north,
				LON_E7 + cases[i].east}};
		struct place_judgement j = attendance_judge_place(&tree,
			(struct unit_id){cases[i].unit}, day_of("2025-11-13"), cases[i].rule, &p);

		print_message("%s: %d m\n", cases[i].what, j.distance_metres);
		assert_int_equal(j.verdict, cases[i].verdict);
		assert_int_equal(j.reason, cases[i].reason);
		assert_int_equal(j.bucket, cases[i].bucket);
		assert_int_equal(j.site.v, cases[i].site);
		assert_stays(&tree, (struct unit_id){cases[i].unit}, cases[i].rule, &p, &j);
	}
}

/* UU 27/2022 art. 43: what is erased no longer speaks against anybody; what was said stays. */
static void test_place_once_erased(void **state)
{
	static const struct {
		const char *what;
		int32_t north;
		int64_t judged, asked; /* unit */
		enum place_verdict verdict;
		enum place_reason reason;
	} cases[] = {
		{"at the office of then, by a late decree of another unit", 0, 10, 40, PLACE_WITHIN,
			PLACE_REASON_NONE},
		{"outside then, of the unit of then", 460000, 10, 10, PLACE_OUTSIDE,
			PLACE_REASON_NONE},
		{"outside then, but who knows of the other unit", 460000, 10, 40, PLACE_UNKNOWN,
			PLACE_REASON_ERASED},
		{"too coarse then, and who knows", 22458, 10, 40, PLACE_UNKNOWN,
			PLACE_REASON_ERASED},
		{"not in service then", 0, 0, 10, PLACE_UNKNOWN, PLACE_REASON_ERASED},
	};
	const struct org_tree tree = make_tree();

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct punch p = {.accuracy_metres = cases[i].north == 22458 ? 201 : 5,
			.point = {LAT_E7 + cases[i].north, LON_E7}};
		struct kept_place kept = attendance_keep_place(&tree,
			(struct unit_id){cases[i].judged}, (struct unit_id){0},
			day_of("2025-11-13"), 1, &p);
		struct place_judgement j;

		p.point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
		p.kept = &kept;
		j = attendance_judge_place(&tree, (struct unit_id){cases[i].asked},
			day_of("2025-11-13"), PLACE_SITE, &p);
		print_message("%s\n", cases[i].what);
		assert_int_equal(j.verdict, cases[i].verdict);
		assert_int_equal(j.reason, cases[i].reason);
	}
}

/* The same of an assembly: only who was seen to be outside is. */
static void test_assembly_once_erased(void **state)
{
	static const struct {
		const char *what;
		int32_t north;
		int64_t kept_for, asked; /* where the assembly was */
		bool is_outside;
	} cases[] = {
		{"at it", 0, 10, 10, false},
		{"5 km from it", 460000, 10, 10, true},
		{"5 km from it, and it was moved afterwards", 460000, 10, 20, false},
		{"no place was asked of it then", 460000, 0, 10, false},
	};
	const struct org_tree tree = make_tree();

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct punch p = {.point = {LAT_E7 + cases[i].north, LON_E7}, .accuracy_metres = 5};
		struct kept_place kept;

		if (cases[i].kept_for == cases[i].asked)
			assert_int_equal(
				attendance_is_outside(&tree, (struct unit_id){cases[i].asked},
					day_of("2025-11-13"), &p),
				cases[i].is_outside);
		kept = attendance_keep_place(&tree, (struct unit_id){20},
			(struct unit_id){cases[i].kept_for}, day_of("2025-11-13"), 1, &p);
		p.point = (struct geo_point){NO_COORDINATE, NO_COORDINATE};
		p.kept = &kept;
		print_message("%s\n", cases[i].what);
		assert_int_equal(attendance_is_outside(&tree, (struct unit_id){cases[i].asked},
					 day_of("2025-11-13"), &p),
			cases[i].is_outside);
	}
}

static void test_zone_of_unit(void **state)
{
	const struct org_tree tree = make_tree();

	(void)state;
	assert_int_equal(attendance_zone(&tree, (struct unit_id){20}, 20300), ZONE_WIB);
	assert_int_equal(attendance_zone(&tree, (struct unit_id){40}, 20300), ZONE_WIT);
	assert_int_equal(
		attendance_zone(&tree, (struct unit_id){40}, 20401), ZONE_WIB); /* its site ended */
}

#define CHECK DIRECTION_CHECK

struct case_punch {
	enum direction direction;
	const char *received, *phone;
	int64_t offset_ms;
	int flags;
};

static struct punch make_case_punch(const struct case_punch *c, int64_t id)
{
	return (struct punch){.punch_id = id,
		.direction = c->direction,
		.received_at = at(c->received),
		.phone_at = *c->phone ? at(c->phone) : at(c->received),
		.offset_ms = c->offset_ms ? c->offset_ms : NO_INSTANT,
		.flags = c->flags,
		.point = {NO_COORDINATE, NO_COORDINATE}};
}

#define WORKDAY                                                                                    \
	{                                                                                          \
		450, 960, 720, 780                                                                 \
	}

static void test_fold(void **state)
{
	static const struct {
		const char *what;
		enum work_mode mode;
		struct case_punch punch[4];
		const char *now;
		enum day_state state;
		int late, claim_late, early, worked, flags;
	} cases[] = {
		{"nothing yet", MODE_HOME, {{0}}, "11-13 08:00", DAY_EXPECTED, 0, 0, 0, 0, 0},
		{"nothing until the window closed", MODE_HOME, {{0}}, "11-14 03:30", DAY_ABSENT, 0,
			0, 0, 0, 0},
		{"nothing a minute before", MODE_HOME, {{0}}, "11-14 03:29", DAY_EXPECTED, 0, 0, 0,
			0, 0},
		{"07:30:59 shows as 07.30", MODE_HOME, {{IN, "11-13 07:30:59", SAME}},
			"11-13 08:00", DAY_PRESENT, 0, 0, 0, 0, 0},
		{"art. 4: a minute late", MODE_HOME, {{IN, "11-13 07:31:00", SAME}}, "11-13 08:00",
			DAY_PRESENT, 1, 1, 0, 0, DAY_LATE},
		{"no signal: the phone was in time", MODE_HOME,
			{{IN, "11-13 10:00", "11-13 07:25"}}, "11-13 10:01", DAY_PRESENT, 150, 0, 0,
			0, DAY_LATE_UNCONFIRMED},
		{"no signal and late: both say so", MODE_HOME, {{IN, "11-13 10:00", "11-13 07:40"}},
			"11-13 10:01", DAY_PRESENT, 150, 10, 0, 0, DAY_LATE},
		{"a clock set back, offset known", MODE_HOME,
			{{IN, "11-13 07:40", "11-13 07:20", 1200000}}, "11-13 08:00", DAY_PRESENT,
			10, 10, 0, 0, DAY_LATE},
		{"a clock set ahead does not make late", MODE_HOME,
			{{IN, "11-13 07:20", "11-13 07:50"}}, "11-13 08:00", DAY_PRESENT, 0, 20, 0,
			0, 0},
		{"weeks without signal count no more than the day", MODE_HOME,
			{{IN, "11-30 10:00", "11-13 07:25"}}, "11-30 10:00", DAY_PRESENT, 510, 0, 0,
			0, DAY_LATE_UNCONFIRMED | DAY_NO_OUT},
		{"a full day, break left out", MODE_HOME,
			{{IN, "11-13 07:20", SAME}, {OUT, "11-13 16:05", SAME}}, "11-13 17:00",
			DAY_COMPLETE, 0, 0, 0, 450, 0},
		{"first in, last out", MODE_HOME,
			{{OUT, "11-13 12:01", SAME}, {IN, "11-13 12:50", SAME},
				{OUT, "11-13 16:00", SAME}, {IN, "11-13 07:10", SAME}},
			"11-13 17:00", DAY_COMPLETE, 0, 0, 0, 450, 0},
		{"left 30 minutes early", MODE_HOME,
			{{IN, "11-13 07:30", SAME}, {OUT, "11-13 15:30", SAME}}, "11-13 17:00",
			DAY_COMPLETE, 0, 0, 30, 420, DAY_EARLY},
		{"the way out was sent at night", MODE_HOME,
			{{IN, "11-13 07:30", SAME}, {OUT, "11-13 21:00", "11-13 16:02"}},
			"11-13 22:00", DAY_COMPLETE, 0, 0, 0, 450, 0},
		{"a phone that claims a later way out than its receipt", MODE_HOME,
			{{IN, "11-13 07:30", SAME}, {OUT, "11-13 15:00", "11-13 16:30"}},
			"11-13 17:00", DAY_COMPLETE, 0, 0, 60, 390, DAY_EARLY},
		{"no way out is normal while the day runs", MODE_HOME, {{IN, "11-13 07:30", SAME}},
			"11-13 23:00", DAY_PRESENT, 0, 0, 0, 0, 0},
		{"no way out when the window closed", MODE_HOME, {{IN, "11-13 07:30", SAME}},
			"11-14 03:30", DAY_PRESENT, 0, 0, 0, 0, DAY_NO_OUT},
		{"a way out alone is presence", MODE_HOME, {{OUT, "11-13 16:00", SAME}},
			"11-14 04:00", DAY_PRESENT, 0, 0, 0, 0, 0},
		{"overtime until after midnight", MODE_HOME,
			{{IN, "11-13 07:30", SAME}, {OUT, "11-14 01:00", SAME}}, "11-14 04:00",
			DAY_COMPLETE, 0, 0, 0, 450, 0},
		{"yesterday's late way out is not today's", MODE_HOME, {{OUT, "11-13 03:29", SAME}},
			"11-13 08:00", DAY_EXPECTED, 0, 0, 0, 0, 0},
		{"a quarantined punch waits for a person", MODE_HOME,
			{{IN, "11-13 07:30", SAME, 0, PUNCH_QUARANTINED}}, "11-14 04:00", DAY_WAITS,
			0, 0, 0, 0, 0},
		{"office without a position: recorded, flagged", MODE_OFFICE,
			{{IN, "11-13 07:30", SAME}}, "11-13 08:00", DAY_PRESENT, 0, 0, 0, 0,
			DAY_PLACE_UNKNOWN},
		{"duty outside is never late", MODE_OUTSIDE_DUTY, {{IN, "11-13 09:00", SAME}},
			"11-13 10:00", DAY_PRESENT, 0, 0, 0, 0, 0},
		{"duty outside is never absent: the letter covers it", MODE_OUTSIDE_DUTY, {{0}},
			"11-14 04:00", DAY_EXPECTED, 0, 0, 0, 0, 0},
		{"leave", MODE_LEAVE, {{0}}, "11-14 04:00", DAY_LEAVE, 0, 0, 0, 0, 0},
		{"work on leave is recorded, not judged", MODE_LEAVE, {{IN, "11-13 10:00", SAME}},
			"11-14 04:00", DAY_LEAVE, 0, 0, 0, 0, 0},
	};
	const struct org_tree tree = make_tree();
	const struct policy_book book = {.tree = &tree};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct person_day facts = {
			.employee = {5}, .day = day_of("2025-11-13"), .unit = {10}};
		struct day_ruling ruling = {.mode = cases[i].mode,
			.shift = WORKDAY,
			.duty = DUTY_DAILY_ITEMS,
			.place = cases[i].mode == MODE_OFFICE ? PLACE_SITE : PLACE_ANYWHERE};
		struct attendance_day row;
		struct punch p[4];
		int n = 0;

		while (n < 4 && cases[i].punch[n].received) {
			p[n] = make_case_punch(&cases[i].punch[n], n + 1);
			n++;
		}
		print_message("%s\n", cases[i].what);
		attendance_fold(&book, &facts, &ruling, p, n, at("11-13 03:30"), at("11-14 03:30"),
			at(cases[i].now), &row);
		assert_int_equal(row.state, cases[i].state);
		assert_int_equal(row.late_minutes, cases[i].late);
		assert_int_equal(row.claim_late_minutes, cases[i].claim_late);
		assert_int_equal(row.early_minutes, cases[i].early);
		assert_int_equal(row.worked_minutes, cases[i].worked);
		assert_int_equal(row.flags, cases[i].flags);
		assert_int_equal(
			row.duty, cases[i].mode == MODE_LEAVE ? DUTY_NONE : DUTY_DAILY_ITEMS);
	}
}

/* What other rows of the journal, letters and notices make of a day. */
static void test_fold_of_decisions(void **state)
{
	static const struct {
		const char *what;
		struct case_punch punch[4];
		struct {
			enum punch_source source;
			int64_t refers_to;
		} of[4];
		struct day_cover cover[COVERS_MAX];
		bool is_noticed;
		const char *now;
		enum day_state state;
		int late, claim_late, early, flags, basis;
		enum day_judge judge;
		bool is_awaited;
	} cases[] = {
		{"a notice waits: nobody is absent", .is_noticed = true, .now = "11-14 04:00",
			.state = DAY_WAITS, .basis = BASIS_NOTICE},
		{"a notice waits, and he came all the same", {{IN, "11-13 07:30", SAME}},
			.is_noticed = true, .now = "11-13 08:00", .state = DAY_PRESENT,
			.basis = BASIS_NOTICE},
		{"a paper list waits for its second pair of eyes",
			{{IN, "11-13 15:00", "11-13 07:25", 0, PUNCH_QUARANTINED | PUNCH_MANUAL}},
			{{FROM_PAPER, 0}}, .now = "11-14 04:00", .state = DAY_WAITS,
			.basis = BASIS_NOTICE},
		{"confirmed: the time on paper is the fact",
			{{IN, "11-13 15:00", "11-13 07:25", 0, PUNCH_QUARANTINED | PUNCH_MANUAL},
				{IN, "11-13 16:00", "11-13 07:25", 0, PUNCH_CONFIRMS}},
			{{FROM_PAPER, 0}, {FROM_PAPER, 1}}, .now = "11-14 04:00",
			.state = DAY_PRESENT, .flags = DAY_NO_OUT, .basis = BASIS_MANUAL},
		{"refused: as if it had not been written",
			{{IN, "11-13 15:00", "11-13 07:25", 0, PUNCH_QUARANTINED | PUNCH_MANUAL},
				{IN, "11-13 16:00", "11-13 07:25", 0, PUNCH_VOIDS}},
			{{FROM_PAPER, 0}, {FROM_PAPER, 1}}, .now = "11-14 04:00",
			.state = DAY_ABSENT},
		{"no signal, and a person confirms what the phone claims",
			{{IN, "11-13 10:00", "11-13 07:25"},
				{IN, "11-13 16:00", "11-13 07:25", 0, PUNCH_CONFIRMS}},
			{{FROM_PHONE, 0}, {FROM_CORRECTION, 1}}, .now = "11-13 17:00",
			.state = DAY_PRESENT, .basis = BASIS_CORRECTED},
		{"a correction states the time it happened",
			{{IN, "11-13 09:00", SAME},
				{IN, "11-13 17:00", "11-13 07:20", 0, PUNCH_MANUAL}},
			{{FROM_PHONE, 0}, {FROM_CORRECTION, 0}}, .now = "11-13 18:00",
			.state = DAY_PRESENT, .basis = BASIS_MANUAL | BASIS_CORRECTED},
		{"a wrong punch is voided",
			{{IN, "11-13 07:20", SAME}, {OUT, "11-13 07:21", SAME},
				{OUT, "11-13 12:00", "11-13 07:21", 0, PUNCH_VOIDS}},
			{{FROM_PHONE, 0}, {FROM_PHONE, 0}, {FROM_CORRECTION, 2}},
			.now = "11-13 13:00", .state = DAY_PRESENT, .basis = BASIS_CORRECTED},
		{"last year's machine: its time is the fact, whenever the file came",
			{{IN, "11-20 14:00", "11-13 07:40"}, {OUT, "11-20 14:00", "11-13 16:00"}},
			{{FROM_EXTERNAL, 0}, {FROM_EXTERNAL, 0}}, .now = "11-20 14:00",
			.state = DAY_COMPLETE, .late = 10, .claim_late = 10, .flags = DAY_LATE,
			.basis = BASIS_EXTERNAL, .judge = JUDGE_EXTERNAL},
		{"parallel run: the machine stands beside, the phone judges",
			{{IN, "11-13 07:28", SAME}, {IN, "11-20 14:00", "11-13 07:40"},
				{OUT, "11-20 14:00", "11-13 16:00"}},
			{{FROM_PHONE, 0}, {FROM_EXTERNAL, 0}, {FROM_EXTERNAL, 0}},
			.now = "11-20 14:00", .state = DAY_PRESENT, .flags = DAY_NO_OUT},
		{"parallel run: what a person confirms of the machine counts",
			{{IN, "11-13 07:28", SAME}, {OUT, "11-20 14:00", "11-13 16:00"},
				{OUT, "11-20 15:00", "11-13 16:00", 0, PUNCH_CONFIRMS}},
			{{FROM_PHONE, 0}, {FROM_EXTERNAL, 0}, {FROM_CORRECTION, 2}},
			.now = "11-20 16:00", .state = DAY_COMPLETE,
			.basis = BASIS_EXTERNAL | BASIS_CORRECTED},
		{"another system judges: the phone is recorded and does not",
			{{IN, "11-13 07:20", SAME}, {IN, "11-20 14:00", "11-13 07:45"}},
			{{FROM_PHONE, 0}, {FROM_EXTERNAL, 0}}, .now = "11-13 17:00",
			.state = DAY_PRESENT, .late = 15, .claim_late = 15, .flags = DAY_LATE,
			.basis = BASIS_EXTERNAL, .judge = JUDGE_EXTERNAL},
		{"another system judges and its file has not come: nobody is absent",
			{{IN, "11-13 07:20", SAME}}, .now = "11-14 04:00", .state = DAY_WAITS,
			.basis = BASIS_AWAITED, .judge = JUDGE_EXTERNAL, .is_awaited = true},
		{"its file has come, without him", .now = "11-14 04:00", .state = DAY_ABSENT,
			.judge = JUDGE_EXTERNAL},
		{"its file has not come, a person confirmed the phone",
			{{IN, "11-13 07:20", SAME},
				{IN, "11-14 09:00", "11-13 07:20", 0, PUNCH_CONFIRMS}},
			{{FROM_PHONE, 0}, {FROM_CORRECTION, 1}}, .now = "11-14 10:00",
			.state = DAY_PRESENT, .flags = DAY_NO_OUT, .basis = BASIS_CORRECTED,
			.judge = JUDGE_EXTERNAL, .is_awaited = true},
		{"before the agency uses Luwes: nobody's absence, whatever was pressed",
			{{IN, "11-13 09:00", SAME}}, .is_noticed = true, .now = "11-14 04:00",
			.state = DAY_NOT_USED, .judge = JUDGE_NOBODY},
		{"outside duty in the morning moves the start",
			{{IN, "11-13 10:05", SAME}, {OUT, "11-13 16:00", SAME}},
			.cover = {{450, 600, STATUS_OUTSIDE_DUTY}}, .now = "11-13 17:00",
			.state = DAY_COMPLETE, .late = 5, .claim_late = 5, .flags = DAY_LATE,
			.basis = BASIS_PART_OF_DAY},
		{"a permission for the afternoon moves the end",
			{{IN, "11-13 07:30", SAME}, {OUT, "11-13 14:00", SAME}},
			.cover = {{840, 960, STATUS_PERMIT}}, .now = "11-13 17:00",
			.state = DAY_COMPLETE, .basis = BASIS_PART_OF_DAY},
		{"both ends", {{IN, "11-13 09:00", SAME}, {OUT, "11-13 15:00", SAME}},
			.cover = {{400, 540, STATUS_OUTSIDE_DUTY}, {900, 1000, STATUS_PERMIT}},
			.now = "11-13 17:00", .state = DAY_COMPLETE, .basis = BASIS_PART_OF_DAY},
		{"parts that cover the whole shift: never absent",
			.cover = {{450, 720, STATUS_OUTSIDE_DUTY}, {720, 960, STATUS_OUTSIDE_DUTY}},
			.now = "11-14 04:00", .state = DAY_EXPECTED, .basis = BASIS_PART_OF_DAY},
	};
	const struct org_tree tree = make_tree();
	const struct policy_book book = {.tree = &tree};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct person_day facts = {
			.employee = {5}, .day = day_of("2025-11-13"), .unit = {10}};
		struct day_ruling ruling = {.mode = MODE_HOME,
			.shift = WORKDAY,
			.place = PLACE_HOME,
			.is_noticed = cases[i].is_noticed,
			.judge = cases[i].judge,
			.is_awaited = cases[i].is_awaited};
		struct attendance_day row;
		struct punch p[4];
		int n = 0;

		memcpy(ruling.cover, cases[i].cover, sizeof(ruling.cover));
		ruling.covers = (cases[i].cover[0].to > 0) + (cases[i].cover[1].to > 0);
		for (; n < 4 && cases[i].punch[n].received; n++) {
			p[n] = make_case_punch(&cases[i].punch[n], n + 1);
			p[n].source = cases[i].of[n].source;
			p[n].refers_to = cases[i].of[n].refers_to;
		}
		print_message("%s\n", cases[i].what);
		attendance_fold(&book, &facts, &ruling, p, n, at("11-13 03:30"), at("11-14 03:30"),
			at(cases[i].now), &row);
		assert_int_equal(row.state, cases[i].state);
		assert_int_equal(row.late_minutes, cases[i].late);
		assert_int_equal(row.claim_late_minutes, cases[i].claim_late);
		assert_int_equal(row.early_minutes, cases[i].early);
		assert_int_equal(row.flags, cases[i].flags);
		assert_int_equal(row.basis, cases[i].basis);
	}
}

/* What a person confirmed about the place stands; what other sources say is never quarantined. */
static void test_confirmed_place_and_other_sources(void **state)
{
	const struct org_tree tree = make_tree();
	const struct policy_book book = {.tree = &tree};
	const struct person_day facts = {
		.employee = {5}, .day = day_of("2025-11-13"), .unit = {10}};
	const struct day_ruling ruling = {
		.mode = MODE_OFFICE, .shift = WORKDAY, .place = PLACE_SITE};
	const struct case_punch in = {IN, "11-13 07:20", SAME};
	struct punch p[2] = {make_case_punch(&in, 1), make_case_punch(&in, 2)};
	struct attendance_day row;

	(void)state;
	p[1].refers_to = 1;
	p[1].flags = PUNCH_CONFIRMS_PLACE;
	attendance_fold(&book, &facts, &ruling, p, 1, at("11-13 03:30"), at("11-14 03:30"),
		at("11-13 08:00"), &row);
	assert_int_equal(row.flags, DAY_PLACE_UNKNOWN);
	attendance_fold(&book, &facts, &ruling, p, 2, at("11-13 03:30"), at("11-14 03:30"),
		at("11-13 08:00"), &row);
	assert_int_equal(row.flags, 0);
	assert_int_equal(row.in_place, PLACE_WITHIN);
	assert_int_equal(row.basis, BASIS_CORRECTED);

	p[0].received_at = at("12-31 07:00");
	assert_int_equal(attendance_decide_quarantine(&p[0]), RECEIPT_TOO_OLD);
	p[0].source = FROM_EXTERNAL;
	assert_int_equal(attendance_decide_quarantine(&p[0]), RECEIPT_REASON_NONE);
	assert_int_equal(attendance_decide_punch_flags(&p[0]), 0);
}

/* What the windows of a rule ask: in 06:00-08:30, out from 16:00 on, a check 13:00-13:30. */
static void test_windows_of_rule(void **state)
{
	static const struct {
		const char *what;
		struct case_punch punch[3];
		const char *now;
		bool is_missed;
	} cases[] = {
		{"in inside", {{IN, "11-13 07:00", SAME}}, "11-13 12:00", false},
		{"in too early", {{IN, "11-13 05:59", SAME}}, "11-13 12:00", true},
		{"in at the last minute", {{IN, "11-13 08:30:59", SAME}}, "11-13 12:00", false},
		{"in sent late, made in time", {{IN, "11-13 12:00", "11-13 07:00"}}, "11-13 12:01",
			false},
		{"out too early for the window",
			{{IN, "11-13 07:00", SAME}, {OUT, "11-13 15:59", SAME},
				{IN, "11-13 13:10", SAME}},
			"11-13 17:00", true},
		{"all three",
			{{IN, "11-13 07:00", SAME}, {IN, "11-13 13:10", SAME},
				{OUT, "11-13 16:10", SAME}},
			"11-14 05:00", false},
		{"left without the check", {{IN, "11-13 07:00", SAME}, {OUT, "11-13 16:10", SAME}},
			"11-13 17:00", true},
		{"the check may still come", {{IN, "11-13 07:00", SAME}}, "11-13 15:00", false},
		{"the day closed without check and way out", {{IN, "11-13 07:00", SAME}},
			"11-14 05:00", true},
	};
	const struct org_tree tree = make_tree();
	const struct policy_book book = {.tree = &tree};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct person_day facts = {
			.employee = {5}, .day = day_of("2025-11-13"), .unit = {10}};
		struct day_ruling ruling = {.mode = MODE_HOME,
			.shift = WORKDAY,
			.place = PLACE_HOME,
			.windows = 3,
			.window = {{WINDOW_IN, 360, 510, 0}, {WINDOW_OUT, 960, 1200, 0},
				{WINDOW_CHECK, 780, 810, 0}}};
		struct attendance_day row;
		struct punch p[3];
		int n = 0;

		while (n < 3 && cases[i].punch[n].received) {
			p[n] = make_case_punch(&cases[i].punch[n], n + 1);
			n++;
		}
		print_message("%s\n", cases[i].what);
		attendance_fold(&book, &facts, &ruling, p, n, at("11-13 03:30"), at("11-14 03:30"),
			at(cases[i].now), &row);
		assert_int_equal((row.flags & DAY_OUTSIDE_WINDOW) != 0, cases[i].is_missed);
	}
}

/* K-Mob's four presences a day: in, to the break, back from it, out. What a phone shows of each is
 * never harder than the fold. */
static void test_window_states(void **state)
{
	static const struct {
		const char *what;
		struct case_punch punch[4];
		const char *now;
		enum window_state states[4];
	} cases[] = {
		{"before work", {{0}}, "11-13 05:00",
			{WINDOW_AHEAD, WINDOW_AHEAD, WINDOW_AHEAD, WINDOW_AHEAD}},
		{"the first is open", {{0}}, "11-13 07:00",
			{WINDOW_OPEN, WINDOW_AHEAD, WINDOW_AHEAD, WINDOW_AHEAD}},
		{"came in time", {{IN, "11-13 07:00", SAME}}, "11-13 10:00",
			{WINDOW_MET, WINDOW_AHEAD, WINDOW_AHEAD, WINDOW_AHEAD}},
		{"came outside its window", {{IN, "11-13 08:40", SAME}}, "11-13 10:00",
			{WINDOW_MISSED, WINDOW_AHEAD, WINDOW_AHEAD, WINDOW_AHEAD}},
		{"nobody came: passed, which blames nobody", {{0}}, "11-13 10:00",
			{WINDOW_PASSED, WINDOW_AHEAD, WINDOW_AHEAD, WINDOW_AHEAD}},
		{"the checks of noon", {{IN, "11-13 07:00", SAME}, {CHECK, "11-13 12:05", SAME}},
			"11-13 12:45", {WINDOW_MET, WINDOW_MET, WINDOW_OPEN, WINDOW_AHEAD}},
		{"a check gone by while still at work", {{IN, "11-13 07:00", SAME}}, "11-13 15:00",
			{WINDOW_MET, WINDOW_PASSED, WINDOW_PASSED, WINDOW_AHEAD}},
		{"left without them", {{IN, "11-13 07:00", SAME}, {OUT, "11-13 16:10", SAME}},
			"11-13 16:20", {WINDOW_MET, WINDOW_MISSED, WINDOW_MISSED, WINDOW_MET}},
		{"all four",
			{{IN, "11-13 07:00", SAME}, {CHECK, "11-13 12:05", SAME},
				{CHECK, "11-13 13:00", SAME}, {OUT, "11-13 16:10", SAME}},
			"11-14 05:00", {WINDOW_MET, WINDOW_MET, WINDOW_MET, WINDOW_MET}},
	};
	const struct org_tree tree = make_tree();
	const struct policy_book book = {.tree = &tree};

	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct day_view view = {.book = &book,
			.facts = {.employee = {5}, .day = day_of("2025-11-13"), .unit = {10}},
			.ruling = {.mode = MODE_HOME,
				.shift = WORKDAY,
				.place = PLACE_HOME,
				.windows = 4,
				.window = {{WINDOW_IN, 360, 480, 0}, {WINDOW_CHECK, 720, 750, 0},
					{WINDOW_CHECK, 751, 810, 0}, {WINDOW_OUT, 960, 1080, 0}}},
			.from = at("11-13 03:30"),
			.to = at("11-14 03:30")};
		enum window_state states[WINDOWS_MAX];
		bool is_missed = false;

		while (view.punches < 4 && cases[i].punch[view.punches].received) {
			view.punch[view.punches] = make_case_punch(
				&cases[i].punch[view.punches], view.punches + 1);
			view.punches++;
		}
		attendance_fold(&book, &view.facts, &view.ruling, view.punch, view.punches,
			view.from, view.to, at(cases[i].now), &view.row);
		attendance_judge_windows(&view, at(cases[i].now), states);
		print_message("%s\n", cases[i].what);
		for (int k = 0; k < 4; k++) {
			assert_int_equal(states[k], cases[i].states[k]);
			is_missed |= states[k] == WINDOW_MISSED;
		}
		assert_int_equal((view.row.flags & DAY_OUTSIDE_WINDOW) != 0, is_missed);
	}
}

static void test_order_of_arrival_does_not_matter(void **state)
{
	static const struct case_punch punch[] = {{IN, "11-13 09:00", "11-13 07:29"},
		{IN, "11-13 07:45", SAME}, {OUT, "11-13 16:30", "11-13 16:01"},
		{OUT, "11-13 15:00", SAME}};
	static const int order[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}};
	const struct org_tree tree = make_tree();
	const struct policy_book book = {.tree = &tree};
	const struct person_day facts = {
		.employee = {5}, .day = day_of("2025-11-13"), .unit = {10}};
	const struct day_ruling ruling = {.mode = MODE_HOME, .shift = WORKDAY, .place = PLACE_HOME};
	struct attendance_day first, row;

	(void)state;
	for (int i = 0; i < COUNT_OF(order); i++) {
		struct punch p[4];

		for (int k = 0; k < 4; k++)
			p[k] = make_case_punch(&punch[order[i][k]], order[i][k] + 1);
		attendance_fold(&book, &facts, &ruling, p, 4, at("11-13 03:30"), at("11-14 03:30"),
			at("11-13 18:00"), &row);
		if (i == 0)
			first = row;
		assert_true(attendance_day_equal(&first, &row));
	}
	assert_int_equal(first.late_minutes, 15);
	assert_int_equal(first.flags, DAY_LATE_UNCONFIRMED);
	assert_int_equal(first.out_at, at("11-13 16:30"));
	assert_int_equal(first.out_phone_at, at("11-13 16:01"));
}

static void test_reasons(void **state)
{
	struct attendance_day row = {.mode = MODE_OFFICE,
		.state = DAY_PRESENT,
		.in_at = NO_INSTANT,
		.out_at = at("11-13 16:00"),
		.flags = DAY_EARLY | DAY_PLACE_UNKNOWN};
	const struct punch p[] = {
		{.flags = PUNCH_DELAYED}, {.flags = PUNCH_QUARANTINED | PUNCH_DELAYED}};
	const struct place_judgement j[] = {
		{.verdict = PLACE_UNKNOWN, .reason = PLACE_REASON_COARSE},
		{.verdict = PLACE_UNKNOWN, .reason = PLACE_REASON_DENIED}};

	(void)state;
	assert_int_equal(attendance_compute_reasons(&row, p, j, 1, p, 1),
		1 << REASON_EARLY | 1 << REASON_NO_IN | 1 << REASON_PLACE_COARSE |
			1 << REASON_DELAYED);
	assert_int_equal(attendance_compute_reasons(&row, p + 1, j + 1, 1, p + 1, 1),
		1 << REASON_EARLY | 1 << REASON_NO_IN | 1 << REASON_QUARANTINED);
	row = (struct attendance_day){
		.mode = MODE_HOME, .state = DAY_ABSENT, .in_at = NO_INSTANT, .out_at = NO_INSTANT};
	assert_int_equal(
		attendance_compute_reasons(&row, NULL, NULL, 0, NULL, 0), 1 << REASON_NOT_SEEN);
}

static void test_contribution(void **state)
{
	struct attendance_day row = {.mode = MODE_HOME,
		.state = DAY_COMPLETE,
		.in_at = at("11-13 07:33"),
		.out_at = at("11-13 16:00"),
		.duty = DUTY_DAILY_ITEMS,
		.flags = DAY_LATE,
		.day = day_of("2025-11-13")};
	const struct org_tree tree = make_tree();
	int32_t count[COUNTER_COUNT];

	(void)state;
	attendance_contribution(&row, count);
	for (int c = 0; c < COUNTER_COUNT; c++)
		assert_int_equal(count[c], c == COUNT_EXPECTED || c == COUNT_HOME ||
						   c == COUNT_PRESENT || c == COUNT_PRESENT_HOME ||
						   c == COUNT_LATE || c == COUNT_LEFT ||
						   c == COUNT_REPORT_DUE);
	assert_int_equal(attendance_arrival_slot(&tree, &row), 90);
	row = (struct attendance_day){
		.mode = MODE_LEAVE, .state = DAY_LEAVE, .in_at = NO_INSTANT, .out_at = NO_INSTANT};
	attendance_contribution(&row, count);
	for (int c = 0; c < COUNTER_COUNT; c++)
		assert_int_equal(count[c], c == COUNT_ON_LEAVE);
	assert_int_equal(attendance_arrival_slot(&tree, &row), -1);

	/* the board misses nobody who is outside by letter or waits for a decision */
	row.mode = MODE_OUTSIDE_DUTY;
	row.state = DAY_EXPECTED;
	attendance_contribution(&row, count);
	assert_int_equal(count[COUNT_EXCUSED], 1);
	row.state = DAY_PRESENT;
	attendance_contribution(&row, count);
	assert_int_equal(count[COUNT_EXCUSED], 0);
	row.mode = MODE_OFFICE;
	row.state = DAY_WAITS;
	row.basis = BASIS_NOTICE;
	attendance_contribution(&row, count);
	assert_true(count[COUNT_EXCUSED] && count[COUNT_EXPECTED] && !count[COUNT_PRESENT]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_claims_and_quarantine),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_place_once_erased),
		cmocka_unit_test(test_assembly_once_erased),
		cmocka_unit_test(test_zone_of_unit),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_fold_of_decisions),
		cmocka_unit_test(test_confirmed_place_and_other_sources),
		cmocka_unit_test(test_windows_of_rule),
		cmocka_unit_test(test_window_states),
		cmocka_unit_test(test_order_of_arrival_does_not_matter),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_contribution),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
