/*
 * The rules of the daily report, case by case.
 *
 * Product principle 5 (a day with a duty is done with a clock-in and a verified report); due the
 * same day; nobody verifies himself.
 */
#include "reports/reports_lead.h"

#include "platform/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NOW   INT64_C(1763024400000) /* 2025-11-13T09:00:00Z, 16.00 WIB */
#define TODAY 20405                  /* 2025-11-13 */

static void test_completion(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		enum day_state day;
		enum report_duty duty;
		enum report_state report;
		enum day_completion expected;
	} cases[] = {
		{"leave asks nothing", DAY_LEAVE, DUTY_DAILY_ITEMS, REPORT_NONE,
			COMPLETION_NOT_ASKED},
		{"a holiday asks nothing", DAY_OFF_WORK, DUTY_NONE, REPORT_NONE,
			COMPLETION_NOT_ASKED},
		{"not seen yet", DAY_EXPECTED, DUTY_DAILY_ITEMS, REPORT_NONE, COMPLETION_OPEN},
		{"principle 5: a report without a clock-in", DAY_ABSENT, DUTY_DAILY_ITEMS,
			REPORT_VERIFIED, COMPLETION_OPEN},
		{"principle 5: a clock-in without a report", DAY_COMPLETE, DUTY_DAILY_ITEMS,
			REPORT_NONE, COMPLETION_WAITS_REPORT},
		{"a draft is no report", DAY_COMPLETE, DUTY_DAILY_ITEMS, REPORT_DRAFT,
			COMPLETION_WAITS_REPORT},
		{"a returned one is to be mended", DAY_COMPLETE, DUTY_DAILY_ITEMS, REPORT_RETURNED,
			COMPLETION_WAITS_REPORT},
		{"handed in", DAY_COMPLETE, DUTY_DAILY_ITEMS, REPORT_SUBMITTED,
			COMPLETION_WAITS_VERIFICATION},
		{"principle 5: both", DAY_PRESENT, DUTY_DAILY_ITEMS, REPORT_VERIFIED,
			COMPLETION_DONE},
		{"no duty, gone home", DAY_COMPLETE, DUTY_NONE, REPORT_NONE, COMPLETION_DONE},
		{"no duty, still there", DAY_PRESENT, DUTY_NONE, REPORT_NONE, COMPLETION_OPEN},
		{"one tap owed, not given", DAY_COMPLETE, DUTY_DAILY_CONFIRM, REPORT_NONE,
			COMPLETION_WAITS_REPORT},
		{"one tap waits as a written report does", DAY_COMPLETE, DUTY_DAILY_CONFIRM,
			REPORT_SUBMITTED, COMPLETION_WAITS_VERIFICATION},
		{"principle 5: both, by one tap", DAY_COMPLETE, DUTY_DAILY_CONFIRM, REPORT_VERIFIED,
			COMPLETION_DONE},
		{"the week's report owed, not written", DAY_COMPLETE, DUTY_WEEKLY_DUE, REPORT_NONE,
			COMPLETION_WAITS_REPORT},
		{"the week's report handed in", DAY_COMPLETE, DUTY_WEEKLY_DUE, REPORT_SUBMITTED,
			COMPLETION_WAITS_VERIFICATION},
		{"the week's report verified", DAY_COMPLETE, DUTY_WEEKLY_DUE, REPORT_VERIFIED,
			COMPLETION_DONE},
		{"a weekly duty does not hold up the day", DAY_COMPLETE, DUTY_WEEKLY, REPORT_NONE,
			COMPLETION_DONE},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct attendance_day day = {.state = cases[i].day, .duty = cases[i].duty};
		if (reports_decide_completion(&day, cases[i].report) != cases[i].expected)
			fail_msg("%s", cases[i].why);
	}
}

static void test_save_rules(void **state)
{
	(void)state;
	static const struct {
		enum report_state state;
		int32_t version, seen;
		int items;
		bool submits;
		enum err expected;
	} cases[] = {
		{REPORT_NONE, 0, 0, 0, false, OK},
		{REPORT_NONE, 0, 0, 1, true, OK},
		{REPORT_NONE, 0, 0, 0, true, E_REPORT_EMPTY},
		{REPORT_NONE, 0, 1, 1, false, E_STALE},
		{REPORT_DRAFT, 3, 3, 1, true, OK},
		{REPORT_DRAFT, 3, 2, 1, true, E_STALE},
		{REPORT_SUBMITTED, 3, 3, 1, false, E_REPORT_STATE},
		{REPORT_SUBMITTED, 3, 2, 1, false, E_STALE},
		{REPORT_VERIFIED, 4, 4, 1, true, E_REPORT_STATE},
		{REPORT_RETURNED, 4, 4, 1, true, OK},
		{REPORT_RETURNED, 4, 4, 0, true, E_REPORT_EMPTY},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct daily_report r = {
			.state = cases[i].state, .version = cases[i].version};
		assert_int_equal(
			reports_decide_save(&r, cases[i].seen, cases[i].items, cases[i].submits),
			cases[i].expected);
	}
}

static void test_verdict_rules(void **state)
{
	(void)state;
	const struct employee_id owner = {1}, boss = {2};
	const struct daily_report waiting = {
		.employee = owner, .state = REPORT_SUBMITTED, .version = 2};
	const struct daily_report done = {
		.employee = owner, .state = REPORT_VERIFIED, .version = 3};
	assert_int_equal(reports_decide_verdict(&waiting, boss, 2), OK);
	assert_int_equal(reports_decide_verdict(&waiting, boss, 1), E_STALE);
	assert_int_equal(reports_decide_verdict(&waiting, owner, 2), E_SELF);
	assert_int_equal(reports_decide_verdict(&done, boss, 3), E_REPORT_STATE);
}

/* docs/WORK.md: a lead advises on the version he saw, as long as it waits; it decides nothing. */
static void test_advice_rules(void **state)
{
	(void)state;
	const struct employee_id owner = {1}, lead = {2};
	const struct {
		const char *why;
		enum report_state state;
		struct employee_id actor;
		int32_t seen, notes;
		enum report_advice advice;
		enum err expected;
	} cases[] = {
		{"it waits", REPORT_SUBMITTED, lead, 2, 0, ADVICE_VERIFY, OK},
		{"or is to be mended", REPORT_SUBMITTED, lead, 2, 49, ADVICE_RETURN, OK},
		{"his own", REPORT_SUBMITTED, owner, 2, 0, ADVICE_VERIFY, E_SELF},
		{"another version", REPORT_SUBMITTED, lead, 1, 0, ADVICE_VERIFY, E_STALE},
		{"verified", REPORT_VERIFIED, lead, 2, 0, ADVICE_VERIFY, E_REPORT_STATE},
		{"returned", REPORT_RETURNED, lead, 2, 0, ADVICE_RETURN, E_REPORT_STATE},
		{"a draft", REPORT_DRAFT, lead, 2, 0, ADVICE_VERIFY, E_REPORT_STATE},
		{"no room for words", REPORT_SUBMITTED, lead, 2, 50, ADVICE_RETURN, E_CONFLICT},
		{"which this needs not", REPORT_SUBMITTED, lead, 2, 50, ADVICE_VERIFY, OK},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct daily_report r = {.employee = owner,
			.state = cases[i].state,
			.version = 2,
			.notes = cases[i].notes};
		if (reports_decide_advice(&r, cases[i].actor, cases[i].seen, cases[i].advice) !=
			cases[i].expected)
			fail_msg("%s", cases[i].why);
	}
}

/* It holds while the version it is of waits. */
static void test_advice_is_of_a_version(void **state)
{
	(void)state;
	struct daily_report r = {.state = REPORT_SUBMITTED,
		.version = 3,
		.advice = ADVICE_RETURN,
		.advised_version = 3};
	const struct report_item item = {
		.starts = 480, .ends = 540, .reference = "800/12", .day = DAY_NONE};

	assert_int_equal(reports_advice_of(&r), ADVICE_RETURN);
	assert_int_equal(reports_find_remarks(&r, &item, 1, true), REMARK_ADVISED_RETURN);
	r.advice = ADVICE_VERIFY;
	assert_int_equal(reports_find_remarks(&r, &item, 1, true), 0);
	r.version = 4;
	assert_int_equal(reports_advice_of(&r), ADVICE_NONE);
	r.version = 3;
	r.state = REPORT_VERIFIED;
	assert_int_equal(reports_advice_of(&r), ADVICE_NONE);
}

/* Only what waits, and only on the day it was handed in; WIB days, not those of UTC. */
static void test_withdraw_rules(void **state)
{
	(void)state;
	const int64_t midnight = instant_of(TODAY + 1, 0, ZONE_WIB);
	const struct {
		enum report_state state;
		int32_t seen, today;
		int64_t submitted_at;
		enum err expected;
	} cases[] = {
		{REPORT_SUBMITTED, 3, TODAY, NOW, OK},
		{REPORT_SUBMITTED, 3, TODAY, midnight - 1, OK},
		{REPORT_SUBMITTED, 3, TODAY, midnight, E_REFUSED},
		{REPORT_SUBMITTED, 3, TODAY + 1, midnight, OK},
		{REPORT_SUBMITTED, 3, TODAY + 1, midnight - 1, E_REFUSED},
		{REPORT_SUBMITTED, 2, TODAY, NOW, E_STALE},
		{REPORT_NONE, 3, TODAY, 0, E_REPORT_STATE},
		{REPORT_DRAFT, 3, TODAY, NOW, E_REPORT_STATE},
		{REPORT_VERIFIED, 3, TODAY, NOW, E_REPORT_STATE},
		{REPORT_RETURNED, 3, TODAY, NOW, E_REPORT_STATE},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct daily_report r = {.state = cases[i].state,
			.version = 3,
			.submitted_at = cases[i].submitted_at};
		assert_int_equal(
			reports_decide_withdraw(&r, cases[i].seen, cases[i].today, ZONE_WIB),
			cases[i].expected);
	}
}

/* Handing in on time to take it back is not being on time; what was returned stays timely. */
static void test_lateness_after_withdrawal(void **state)
{
	(void)state;
	const int64_t tomorrow = NOW + MS_PER_DAY;
	const int64_t until = reports_find_on_time_until(TODAY, 960, 0, ZONE_WIB);
	struct daily_report r = {.day = TODAY};
	reports_apply_save(&r, "", true, until, NOW, NOW);
	reports_apply_withdraw(&r, until);
	assert_int_equal(r.state, REPORT_DRAFT);
	assert_int_equal(r.version, 2);
	reports_apply_save(&r, "", true, until, NOW + 1, NOW + 1);
	assert_false(r.is_late);
	reports_apply_withdraw(&r, until);
	reports_apply_save(&r, "", true, until, tomorrow, tomorrow);
	assert_true(r.is_late);

	r = (struct daily_report){.day = TODAY};
	reports_apply_save(&r, "", true, until, NOW, NOW);
	r.state = REPORT_RETURNED;
	reports_apply_save(&r, "", true, until, tomorrow, tomorrow);
	reports_apply_withdraw(&r, until);
	reports_apply_save(&r, "", true, until, tomorrow + 1, tomorrow + 1);
	assert_false(r.is_late);
}

/*
 * "Langsung pada hari berjalan" (Jawa Barat, November 2025): the same day, which is what holds
 * without a number; local rules give until an hour of the day after. A night is of the day on which
 * it ends; each day by the clock of its own zone.
 */
static void test_lateness(void **state)
{
	(void)state;
	static const struct {
		const char *at;
		int ends, grace;
		enum zone zone;
		bool late;
	} cases[] = {
		/* the same day */
		{"2025-11-13T16:59:59Z", 960, 0, ZONE_WIB, false}, /* 23.59 WIB */
		{"2025-11-13T17:00:00Z", 960, 0, ZONE_WIB, true},
		{"2025-11-13T16:00:00Z", 960, 0, ZONE_WITA, true},
		{"2025-11-13T15:00:00Z", 960, 0, ZONE_WIT, true},
		{"2025-11-14T00:30:00Z", 1875, 0, ZONE_WIB, false}, /* a night until 07.15 */
		{"2025-11-14T17:00:00Z", 1875, 0, ZONE_WIB, true},
		{"2025-11-13T17:00:00Z", 1440, 0, ZONE_WIB, true}, /* ends at midnight sharp */
		/* until 10.00 of the day after */
		{"2025-11-14T02:59:59Z", 960, 600, ZONE_WIB, false},
		{"2025-11-14T03:00:00Z", 960, 600, ZONE_WIB, true},
		{"2025-11-14T02:00:00Z", 960, 600, ZONE_WITA, true},
		{"2025-11-15T02:59:59Z", 1875, 600, ZONE_WIB, false},
		{"2025-11-15T03:00:00Z", 1875, 600, ZONE_WIB, true},
		/* a minute, and three days */
		{"2025-11-13T17:00:59Z", 960, 1, ZONE_WIB, false},
		{"2025-11-13T17:01:00Z", 960, 1, ZONE_WIB, true},
		{"2025-11-16T16:59:59Z", 960, 4320, ZONE_WIB, false},
		{"2025-11-16T17:00:00Z", 960, 4320, ZONE_WIB, true},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct daily_report r = {.day = TODAY};
		int64_t at;
		assert_true(instant_parse(cases[i].at, &at));
		reports_apply_save(&r, "", true,
			reports_find_on_time_until(
				TODAY, cases[i].ends, cases[i].grace, cases[i].zone),
			at, at);
		assert_int_equal(r.is_late, cases[i].late);
	}
	const int64_t until = reports_find_on_time_until(TODAY, 960, 0, ZONE_WIB);
	/* A returned report stays as timely as it was when first handed in. */
	struct daily_report r = {.day = TODAY};
	reports_apply_save(&r, "", true, until, NOW, NOW);
	r.state = REPORT_RETURNED;
	reports_apply_save(&r, "", false, until, NOW + MS_PER_DAY, NOW + MS_PER_DAY);
	assert_int_equal(r.state, REPORT_RETURNED);
	reports_apply_save(&r, "", true, until, NOW + MS_PER_DAY, NOW + MS_PER_DAY);
	assert_int_equal(r.state, REPORT_SUBMITTED);
	assert_int_equal(r.version, 3);
	assert_false(r.is_late);
	assert_int_equal(r.submitted_at, NOW + MS_PER_DAY);
}

/* Nobody is late by the network: what the phone kept counts from when it was handed in on it. */
static void test_made_at(void **state)
{
	(void)state;
	const int64_t until = reports_find_on_time_until(TODAY, 960, 0, ZONE_WIB);
	const int64_t next_morning = until + 7 * 60 * MS_PER_MINUTE, week = 7 * MS_PER_DAY;
	const struct {
		int64_t said, came, made_at;
		bool is_late, is_carried;
	} cases[] = {
		{until - 1, next_morning, until - 1, false, true},
		{until, next_morning, until, true, true},
		{next_morning, next_morning, next_morning, true, false},
		/* nothing said, and what no phone can know */
		{INSTANT_NONE, next_morning, next_morning, true, false},
		{INSTANT_NONE, NOW, NOW, false, false},
		{next_morning + 1, next_morning, next_morning, true, false},
		/* within an hour both are one */
		{NOW, NOW + 60 * MS_PER_MINUTE - 1, NOW, false, false},
		{NOW, NOW + 60 * MS_PER_MINUTE, NOW, false, true},
		/* no phone carries it longer than a week */
		{until - 1, until - 1 + week, until - 1, false, true},
		{until - 1, until + week, until + week, true, false},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct daily_report r = {.day = TODAY};
		const int64_t made_at = reports_find_made_at(cases[i].said, cases[i].came);

		assert_int_equal(made_at, cases[i].made_at);
		reports_apply_save(&r, "", true, until, made_at, cases[i].came);
		assert_int_equal(r.is_late, cases[i].is_late);
		assert_int_equal(r.submitted_at, cases[i].came);
		assert_int_equal(reports_is_carried(&r), cases[i].is_carried);
	}
}

static void test_item_faults(void **state)
{
	(void)state;
	const char *hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	const struct {
		struct report_item item;
		const char *field; /* NULL: nothing wrong */
	} cases[] = {
		{{480, 540, "d", 1, "u", NULL, NULL, NULL, NULL}, NULL},
		{{1300, 1500, "d", 1, "u", NULL, hash, "a.pdf", "https://a"},
			NULL}, /* past midnight */
		{{540, 540, "d", 1, "u", NULL, NULL, NULL, NULL}, "ends"},
		{{540, 480, "d", 1, "u", NULL, NULL, NULL, NULL}, "ends"},
		{{480, 540, "d", 1, "u", NULL, "xyz", NULL, NULL}, "evidence_sha256"},
		{{480, 540, "d", 1, "u", NULL, NULL, NULL, "http://a.example"}, "evidence_link"},
		{{480, 540, "d", 1, "u", NULL, NULL, NULL, "javascript:alert(1)"}, "evidence_link"},
		{{480, 540, "d", 1, "u", NULL, NULL, NULL, "https://"}, "evidence_link"},
		/* docs/WORK.md, "Duty": of a report of the week, which of its days */
		{{480, 540, "d", 1, "u", .day = TODAY - 3}, NULL},
		{{480, 540, "d", 1, "u", .day = TODAY}, NULL},
		{{480, 540, "d", 1, "u", .day = TODAY - 4}, "day"},
		{{480, 540, "d", 1, "u", .day = TODAY + 1}, "day"},
	};
	const struct report_item good = {480, 540, "d", 1, "u", NULL, NULL, NULL, NULL};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct report_item items[] = {good, cases[i].item};
		struct item_fault fault;
		assert_int_equal(reports_find_item_fault(items, 2, TODAY - 3, TODAY, &fault),
			cases[i].field != NULL);
		if (!cases[i].field)
			continue;
		assert_int_equal(fault.item, 1);
		assert_string_equal(fault.field, cases[i].field);
	}
}

static void test_remarks(void **state)
{
	(void)state;
	const struct report_item shown = {480, 540, "d", 1, "u", NULL, NULL, NULL, "https://a"};
	const struct report_item next = {540, 600, "d", 1, "u", NULL, NULL, NULL, "https://b"};
	const struct report_item over = {530, 550, "d", 1, "u", NULL, NULL, NULL, "https://c"};
	const struct report_item bare = {700, 710, "d", 1, "u", NULL, NULL, NULL, NULL};
	const struct report_item clean[] = {shown, next}, overlapping[] = {shown, over},
				 unshown[] = {shown, bare};
	const struct daily_report written = {0}, late = {.is_late = true},
				  tapped = {.is_confirmed = true};
	assert_int_equal(reports_find_remarks(&written, clean, 2, true), 0);
	assert_int_equal(reports_find_remarks(&written, overlapping, 2, true), REMARK_OVERLAP);
	assert_int_equal(reports_find_remarks(&written, unshown, 2, true), REMARK_NO_EVIDENCE);
	assert_int_equal(
		reports_find_remarks(&late, clean, 2, false), REMARK_NO_PUNCH | REMARK_LATE);
	/* the same minutes of two days of a week are no overlap */
	const struct daily_report week = {.day = TODAY};
	struct report_item days[] = {shown, over};
	days[0].day = TODAY - 1;
	assert_int_equal(reports_find_remarks(&week, days, 2, true), 0);
	days[1].day = TODAY - 1;
	assert_int_equal(reports_find_remarks(&week, days, 2, true), REMARK_OVERLAP);
	days[0].day = TODAY;
	days[1].day = DAY_NONE;
	assert_int_equal(reports_find_remarks(&week, days, 2, true), REMARK_OVERLAP);
	/* one tap: presence shows it, and without presence it is an exception */
	assert_int_equal(reports_find_remarks(&tapped, &bare, 1, true), 0);
	assert_int_equal(reports_find_remarks(&tapped, &bare, 1, false), REMARK_NO_PUNCH);
}

/* docs/WORK.md, "Duty": the report of a week is written from its Monday on, every other from its
 * day on. */
static void test_may_write(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		int32_t day, week_day;
		bool may;
	} cases[] = {
		{"today", TODAY, 0, true},
		{"a day gone by", TODAY - 3, 0, true},
		{"tomorrow", TODAY + 1, 0, false},
		{"the day by which this week's is due", TODAY + 1, TODAY + 1, true},
		{"another day to come of that week", TODAY + 2, TODAY + 1, false},
	};
	for (int i = 0; i < COUNT_OF(cases); i++)
		if (reports_may_write(cases[i].day, TODAY, cases[i].week_day) != cases[i].may)
			fail_msg("%s", cases[i].why);
	/* 2025-11-13 is a Thursday; the week of 2026-01-01, a Thursday too, began in December */
	assert_int_equal(reports_first_day(TODAY, true), TODAY - 3);
	assert_int_equal(reports_first_day(TODAY, false), TODAY);
	assert_int_equal(reports_first_day(TODAY + 49, true), TODAY + 46);
	assert_int_equal(reports_first_day(TODAY + 3, true), TODAY - 3); /* a Sunday */
	assert_int_equal(reports_first_day(TODAY + 4, true), TODAY + 4); /* a Monday */
}

/* docs/WORK.md, "Duty": one tap for a day by its schedule, after its work began. */
static void test_confirm_rules(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		enum report_state state;
		int seen;
		enum report_duty duty;
		int starts; /* 16.00 it is now */
		enum err expected;
	} cases[] = {
		{"a day by its schedule", REPORT_NONE, 2, DUTY_DAILY_CONFIRM, 420, OK},
		{"the very minute work begins", REPORT_NONE, 2, DUTY_DAILY_CONFIRM, 960, OK},
		{"before work begins", REPORT_NONE, 2, DUTY_DAILY_CONFIRM, 961, E_REFUSED},
		{"a day without work", REPORT_NONE, 2, DUTY_DAILY_CONFIRM, MINUTE_OFF, E_REFUSED},
		{"items are owed", REPORT_NONE, 2, DUTY_DAILY_ITEMS, 420, E_REFUSED},
		{"a report of the week", REPORT_NONE, 2, DUTY_WEEKLY, 420, E_REFUSED},
		{"nothing is owed", REPORT_NONE, 2, DUTY_NONE, 420, E_REFUSED},
		{"a draft gives way", REPORT_DRAFT, 2, DUTY_DAILY_CONFIRM, 420, OK},
		{"changed meanwhile", REPORT_DRAFT, 1, DUTY_DAILY_CONFIRM, 420, E_STALE},
		{"handed in", REPORT_SUBMITTED, 2, DUTY_DAILY_CONFIRM, 420, E_REPORT_STATE},
		{"verified", REPORT_VERIFIED, 2, DUTY_DAILY_CONFIRM, 420, E_REPORT_STATE},
		{"came back with a question: no tap answers it", REPORT_RETURNED, 2,
			DUTY_DAILY_CONFIRM, 420, E_REPORT_STATE},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		const struct daily_report r = {
			.day = TODAY, .state = (int32_t)cases[i].state, .version = 2};
		const struct attendance_day day = {
			.day = TODAY, .duty = cases[i].duty, .starts = cases[i].starts};
		if (reports_decide_confirm(&r, cases[i].seen, &day, NOW, ZONE_WIB) !=
			cases[i].expected)
			fail_msg("%s", cases[i].why);
	}
}

/* The shift is the span; what it asks for is what was effective of it. */
static void test_confirmed_item(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		struct shift shift;
		int effective; /* 0: all of it */
	} cases[] = {
		{"a school day with its break", {420, 900, 705, 750}, 435},
		{"a turn without a break, into the next day", {1260, 1860, MINUTE_OFF, MINUTE_OFF},
			0},
		{"dynamic hours ask for less than their span",
			{420, 1080, 720, 780, .asked_minutes = 450}, 450},
	};
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct report_item item = reports_make_confirmed(
			&cases[i].shift, "Melaksanakan pembelajaran sesuai jadwal");
		struct item_fault fault;
		if (item.starts != cases[i].shift.starts || item.ends != cases[i].shift.ends ||
			item.effective_minutes != cases[i].effective)
			fail_msg("%s: %d", cases[i].why, item.effective_minutes);
		assert_false(reports_find_item_fault(&item, 1, TODAY, TODAY, &fault));
		assert_string_equal(item.description, "Melaksanakan pembelajaran sesuai jadwal");
		assert_int_equal(item.volume, 1);
	}
}

/* A tap leaves no trace once somebody writes, and none of what was taken back. */
static void test_tap_gives_way(void **state)
{
	(void)state;
	struct daily_report r = {.day = TODAY,
		.state = REPORT_SUBMITTED,
		.version = 1,
		.submitted_at = NOW,
		.is_confirmed = true};
	reports_apply_withdraw(&r, reports_find_on_time_until(TODAY, 900, 0, ZONE_WIB));
	assert_false(r.is_confirmed);
	r.is_confirmed = true;
	reports_apply_save(
		&r, "", true, reports_find_on_time_until(TODAY, 900, 0, ZONE_WIB), NOW, NOW);
	assert_false(r.is_confirmed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_save_rules),
		cmocka_unit_test(test_verdict_rules),
		cmocka_unit_test(test_advice_rules),
		cmocka_unit_test(test_advice_is_of_a_version),
		cmocka_unit_test(test_withdraw_rules),
		cmocka_unit_test(test_lateness_after_withdrawal),
		cmocka_unit_test(test_lateness),
		cmocka_unit_test(test_made_at),
		cmocka_unit_test(test_item_faults),
		cmocka_unit_test(test_remarks),
		cmocka_unit_test(test_may_write),
		cmocka_unit_test(test_confirm_rules),
		cmocka_unit_test(test_confirmed_item),
		cmocka_unit_test(test_tap_gives_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
