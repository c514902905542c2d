/*
 * Every minute of a day is told once, and as it was judged: a table of days, and random ones held
 * against the fold. PP 94/2021 art. 4 f; Perpres 21/2023 art. 4.
 */
#include "attendance/attendance_span.h"

#include "attendance/attendance_test_time.h"
#include "base/chance.h"
#include "org/org.h"

#include <stdlib.h>

#define SHOWN_MAX 600

static const struct org_tree tree = {.zone = ZONE_WIB};
static const struct policy_book book = {.tree = &tree};

static struct punch punch_at(enum direction direction, const char *received, const char *claimed)
{
	static int64_t id;

	return (struct punch){.punch_id = ++id,
		.direction = direction,
		.received_at = at(received),
		.phone_at = at(claimed ? claimed : received),
		.offset_ms = NO_INSTANT,
		.point = {NO_COORDINATE, NO_COORDINATE},
		.note = ""};
}

static void fold(struct day_view *v, const char *now)
{
	v->book = &book;
	v->facts.employee.v = 5;
	v->facts.day = day_of("2025-11-13");
	v->zone = ZONE_WIB;
	v->from = at("11-13 03:30");
	v->to = at("11-14 03:30");
	attendance_fold(&book, &v->facts, &v->ruling, v->punch, v->punches, v->from, v->to, at(now),
		&v->row);
}

/* "free 0-450, worked 450-720 ..." */
static const char *show(const struct day_span *span, int n)
{
	static char text[SHOWN_MAX];
	size_t used = 0;

	for (int i = 0; i < n; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s %d", i ? ", " : "",
			span_kind_names[span[i].kind], span[i].to);
	return text;
}

struct told_day {
	const char *what;
	struct day_ruling ruling;
	const char *in, *in_claimed, *out, *now;
	int relieved;
	const char *told; /* kind and its end, in order */
};

#define OFFICE_HOURS .shift = {450, 960, 720, 780}

static const struct told_day days[] = {
	{"on time, to the end", {.mode = MODE_OFFICE, OFFICE_HOURS}, "11-13 07:30", NULL,
		"11-13 16:00", "11-14 04:00", 0,
		"free 450, worked 720, break 780, worked 960, free 1440"},
	{"late and early", {.mode = MODE_OFFICE, OFFICE_HOURS}, "11-13 07:42", NULL, "11-13 15:30",
		"11-14 04:00", 0,
		"free 450, late 462, worked 720, break 780, worked 930, early 960, free 1440"},
	{"before and after the hours one is there, too", {.mode = MODE_OFFICE, OFFICE_HOURS},
		"11-13 07:10", NULL, "11-13 16:20", "11-14 04:00", 0,
		"free 430, extra 450, worked 720, break 780, worked 960, extra 980, free 1440"},
	{"late by the server alone", {.mode = MODE_OFFICE, OFFICE_HOURS}, "11-13 08:00",
		"11-13 07:25", "11-13 16:00", "11-14 04:00", 0,
		"free 445, extra 450, unconfirmed 480, worked 720, break 780, worked 960, free "
		"1440"},
	{"still at work", {.mode = MODE_OFFICE, OFFICE_HOURS}, "11-13 07:30", NULL, NULL,
		"11-13 10:00", 0,
		"free 450, worked 600, ahead 720, break 780, ahead 960, free 1440"},
	{"not seen yet", {.mode = MODE_OFFICE, OFFICE_HOURS}, NULL, NULL, NULL, "11-13 10:00", 0,
		"free 450, unknown 600, ahead 720, break 780, ahead 960, free 1440"},
	{"absent", {.mode = MODE_OFFICE, OFFICE_HOURS}, NULL, NULL, NULL, "11-14 04:00", 0,
		"free 450, absent 720, break 780, absent 960, free 1440"},
	{"absent, and a notice waits", {.mode = MODE_OFFICE, OFFICE_HOURS, .is_noticed = true},
		NULL, NULL, NULL, "11-14 04:00", 0,
		"free 450, waits 720, break 780, waits 960, free 1440"},
	{"no way out", {.mode = MODE_OFFICE, OFFICE_HOURS}, "11-13 07:45", NULL, NULL,
		"11-14 04:00", 0,
		"free 450, late 465, unknown 720, break 780, unknown 960, free 1440"},
	{"no way in", {.mode = MODE_OFFICE, OFFICE_HOURS}, NULL, NULL, "11-13 16:00", "11-14 04:00",
		0, "free 450, unknown 720, break 780, unknown 960, free 1440"},
	{"a letter until ten",
		{.mode = MODE_OFFICE,
			OFFICE_HOURS,
			.cover = {{450, 600, STATUS_OUTSIDE_DUTY}},
			.covers = 1},
		"11-13 10:10", NULL, "11-13 16:00", "11-14 04:00", 0,
		"free 450, covered 600, late 610, worked 720, break 780, worked 960, free 1440"},
	{"outside duty", {.mode = MODE_OUTSIDE_DUTY, OFFICE_HOURS}, NULL, NULL, NULL, "11-14 04:00",
		0, "free 450, covered 720, break 780, covered 960, free 1440"},
	{"leave", {.mode = MODE_LEAVE, OFFICE_HOURS}, NULL, NULL, NULL, "11-14 04:00", 0,
		"free 450, leave 960, free 1440"},
	{"a day off", {.mode = MODE_OFF, .shift = {MINUTE_OFF, 0, 0, 0}}, NULL, NULL, NULL,
		"11-14 04:00", 0, "free 1440"},
	{"work on a day off", {.mode = MODE_OFF, .shift = {MINUTE_OFF, 0, 0, 0}}, "11-13 09:00",
		NULL, "11-13 11:00", "11-14 04:00", 0, "free 540, extra 660, free 1440"},
	{"an outage of the server takes lateness away", {.mode = MODE_OFFICE, OFFICE_HOURS},
		"11-13 08:00", NULL, "11-13 16:00", "11-14 04:00", 20,
		"free 450, late 460, relieved 480, worked 720, break 780, worked 960, free 1440"},
	{"a start that floats, made up",
		{.mode = MODE_OFFICE, .shift = {450, 960, 720, 780, .band_after = 60}},
		"11-13 08:00", NULL, "11-13 16:30", "11-14 04:00", 0,
		"free 450, flexible 480, worked 720, break 780, worked 960, credited 990, free "
		"1440"},
	{"came sooner, left as much sooner",
		{.mode = MODE_OFFICE, .shift = {450, 960, 720, 780, .band_before = 60}},
		"11-13 07:00", NULL, "11-13 15:30", "11-14 04:00", 0,
		"free 420, credited 450, worked 720, break 780, worked 930, flexible 960, free "
		"1440"},
	{"dynamic hours: so many at any time",
		{.mode = MODE_OFFICE, .shift = {360, 1080, 720, 780, .asked_minutes = 450}},
		"11-13 09:00", NULL, "11-13 17:30", "11-14 04:00", 0,
		"free 360, flexible 540, worked 720, break 780, worked 1050, flexible 1080, free "
		"1440"},
	{"a night", {.mode = MODE_OFFICE, .shift = {1260, 1860, -1, -1}}, "11-13 21:05", NULL, NULL,
		"11-14 00:30", 0, "free 1260, late 1265, worked 1470, ahead 1860"},
	{"the agency does not use Luwes",
		{.mode = MODE_OFFICE, OFFICE_HOURS, .judge = JUDGE_NOBODY}, NULL, NULL, NULL,
		"11-14 04:00", 0, "not_used 1440"},
};

static void test_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		struct day_view *v = calloc(1, sizeof(*v));
		struct day_span span[SPANS_MAX];
		int n;

		v->ruling = days[i].ruling;
		if (days[i].in)
			v->punch[v->punches++] = punch_at(IN, days[i].in, days[i].in_claimed);
		if (days[i].out)
			v->punch[v->punches++] = punch_at(OUT, days[i].out, NULL);
		fold(v, days[i].now);
		v->row.relieved_minutes = days[i].relieved;
		n = attendance_explain_spans(v, at(days[i].now), span);
		if (strcmp(show(span, n), days[i].told) != 0)
			fail_msg("%s:\n  %s\n  %s", days[i].what, show(span, n), days[i].told);
		free(v);
	}
}

/* Left the first turn at 10.00 and came to the second at 16.30. */
static void test_two_turns(void **state)
{
	struct day_view *v = calloc(1, sizeof(*v));
	struct day_span span[SPANS_MAX];
	int n;

	(void)state;
	v->ruling = (struct day_ruling){
		.mode = MODE_OFFICE, .shift = {420, 1200, 660, 960, .is_split = 1}};
	v->punch[v->punches++] = punch_at(IN, "11-13 07:00", NULL);
	v->punch[v->punches++] = punch_at(OUT, "11-13 10:00", NULL);
	v->punch[v->punches++] = punch_at(IN, "11-13 16:30", NULL);
	v->punch[v->punches++] = punch_at(OUT, "11-13 20:00", NULL);
	fold(v, "11-14 04:00");
	n = attendance_explain_spans(v, at("11-14 04:00"), span);
	assert_string_equal(show(span, n), "free 420, worked 600, early 660, break 960, late 990, "
					   "worked 1200, free 1440");
	free(v);
}

/* ---- random days ---- */

static int count(const struct day_span *span, int n, enum span_kind kind)
{
	int minutes = 0;

	for (int i = 0; i < n; i++)
		minutes += span[i].kind == kind ? span[i].to - span[i].from : 0;
	return minutes;
}

static struct day_ruling random_ruling(struct chance *r)
{
	struct day_ruling ruling = {.mode = (enum work_mode)chance_below(r, MODE_COUNT)};
	struct shift *s = &ruling.shift;

	s->starts = 240 + chance_below(r, 1000);
	s->ends = s->starts + 60 + chance_below(r, 700);
	s->break_starts = s->break_ends = -1;
	if (chance_below(r, 3)) {
		s->break_starts = s->starts + chance_below(r, s->ends - s->starts);
		s->break_ends = s->break_starts + chance_below(r, 90);
		s->break_ends = s->break_ends < s->ends ? s->break_ends : s->ends;
	}
	if (!chance_below(r, 4))
		s->band_after = s->band_before = chance_below(r, 90);
	if (!chance_below(r, 6))
		s->asked_minutes = 60 + chance_below(r, 400);
	if (!chance_below(r, 3)) {
		int from = s->starts + chance_below(r, s->ends - s->starts);

		ruling.cover[ruling.covers++] = (struct day_cover){
			from, from + 1 + chance_below(r, 200), STATUS_OUTSIDE_DUTY};
	}
	if (!chance_below(r, 10))
		ruling.mode = MODE_OFF, s->starts = MINUTE_OFF;
	return ruling;
}

static void random_punches(struct chance *r, struct day_view *v)
{
	for (int n = chance_below(r, 6); n > 0; n--) {
		struct punch p = punch_at((enum direction)chance_below(r, 3), "11-13 04:00", NULL);

		p.received_at += chance_below(r, 1400) * MS_PER_MINUTE;
		p.phone_at = p.received_at - chance_below(r, 3) * 7 * MS_PER_MINUTE;
		p.flags = chance_below(r, 8) ? 0 : PUNCH_QUARANTINED;
		v->punch[v->punches++] = p;
	}
}

static void check_whole(const struct day_view *v, const struct day_span *span, int n)
{
	const struct shift *s = &v->ruling.shift;
	int end = s->starts != MINUTE_OFF && s->ends > 1440 ? s->ends : 1440;

	assert_in_range(n, 1, SPANS_MAX - 1);
	assert_int_equal(span[0].from, 0);
	assert_int_equal(span[n - 1].to, end);
	for (int i = 1; i < n; i++) {
		assert_int_equal(span[i].from, span[i - 1].to);
		assert_int_not_equal(span[i].kind, span[i - 1].kind);
	}
}

/* Where nothing floats and no letter stands, the stretches add up to the row. */
static void check_sums(const struct day_view *v, const struct day_span *span, int n)
{
	const struct attendance_day *row = &v->row;
	const struct shift *s = &v->ruling.shift;
	bool is_plain = attendance_is_work(v->ruling.mode) && v->ruling.mode != MODE_OUTSIDE_DUTY &&
			!v->ruling.covers && !s->asked_minutes && !s->band_after &&
			s->break_starts < 0 && s->starts != MINUTE_OFF &&
			row->in_at != NO_INSTANT && row->out_at != NO_INSTANT &&
			row->worked_minutes > 0;

	if (!is_plain)
		return;
	assert_int_equal(count(span, n, SPAN_WORKED) + count(span, n, SPAN_UNCONFIRMED),
		row->worked_minutes);
	assert_int_equal(count(span, n, SPAN_EARLY), row->early_minutes);
	assert_in_range(count(span, n, SPAN_LATE), 0, row->late_minutes);
	if (row->flags & DAY_LATE)
		assert_true(count(span, n, SPAN_LATE) > 0);
	else
		assert_int_equal(count(span, n, SPAN_LATE), 0);
}

static void test_whole_day(void **state)
{
	struct chance r = {20251113};
	int plain = 0;

	(void)state;
	for (int i = 0; i < 30000; i++) {
		struct day_view *v = calloc(1, sizeof(*v));
		struct day_span span[SPANS_MAX];
		const char *now = chance_below(&r, 2) ? "11-13 11:17" : "11-14 04:00";
		int n;

		v->ruling = random_ruling(&r);
		v->ruling.is_noticed = !chance_below(&r, 6);
		random_punches(&r, v);
		fold(v, now);
		n = attendance_explain_spans(v, at(now), span);
		check_whole(v, span, n);
		check_sums(v, span, n);
		plain += v->row.worked_minutes > 0;
		free(v);
	}
	assert_true(plain > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_two_turns),
		cmocka_unit_test(test_whole_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
