/*
 * What people state, through the store: a day waits while a list or a question waits, counts as
 * decided when it is decided, and can be rebuilt from the journal to the same rows. An incident
 * takes lateness away and gives it back when it is withdrawn.
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_correction.h"
#include "attendance/attendance_incident.h"
#include "attendance/attendance_paper.h"

#include "attendance/attendance_test_time.h"
#include "org/org_rows.h"
#include "platform/clock.h"
#include "platform/test_store.h"
#include "roster/roster.h"

static const struct slice *const slices[] = {&org_slice, &calendar_slice, &policy_slice,
	&roster_slice, &attendance_slice, &attendance_confirmations_slice,
	&attendance_corrections_slice, &attendance_papers_slice, &attendance_incidents_slice,
	&attendance_limits_slice, &trust_slice};

struct school {
	struct test_store s;
	struct unit_id unit;
	struct employee_id head, clerk, teacher;
};

static void must(enum err e)
{
	assert_int_equal(e, OK);
}

/* Of the people of the school only the one of this number has no phone. */
#define ON_PAPER 9

static struct employee_id add_person(struct school *t, int number)
{
	char nip[19];
	struct employee_row row = {.nip = nip,
		.name = "Pegawai",
		.title_before = "",
		.title_after = "",
		.kind = PPPK,
		.has_phone = number != ON_PAPER};
	struct employee_id id;

	snprintf(nip, sizeof(nip), "19850412202121%04d", 1000 + number);
	must(org_add_employee(&t->s.tx, &row, day_of("2025-01-01"), DAY_FOREVER, &id));
	must(org_place(&t->s.tx, id, t->unit, "Guru", FUNGSIONAL, "SK", day_of("2025-01-01")));
	return id;
}

static void open_school(struct school *t, const char *now)
{
	struct org_unit unit = {
		.code = "SMAN1", .name = "SMAN 1", .kind = UNIT_SCHOOL, .valid_to = DAY_FOREVER};
	struct org_site site = {.name = "Sekolah",
		.zone = ZONE_WIB,
		.centre = {LAT_E7, LON_E7},
		.radius_metres = 100,
		.valid_to = DAY_FOREVER};
	struct pattern_id five_days;
	struct site_id site_id;

	test_store_open(&t->s, slices, COUNT_OF(slices), at(now));
	must(org_add_unit(&t->s.tx, &unit, &t->unit));
	site.unit = t->unit;
	must(org_add_site(&t->s.tx, &site, &site_id));
	must(calendar_add_default(&t->s.tx, &five_days));
	t->head = add_person(t, 1);
	t->clerk = add_person(t, 2);
	t->teacher = add_person(t, 3);
	must(org_touch_generation(&t->s.tx));
	test_store_project(&t->s);
}

static void set_now(struct school *t, const char *now)
{
	t->s.tx.now_ms = at(now);
}

static void settle(struct school *t, const char *day)
{
	struct employee_id after = {0};

	must(attendance_open_day(&t->s.tx, day_of(day), after, 500, &after));
	test_store_project(&t->s);
}

static struct attendance_day load(struct school *t, struct employee_id who, const char *day)
{
	struct attendance_day row;

	must(attendance_load_day(&t->s.tx, who, day_of(day), &row));
	return row;
}

/* What the store has is what the journal gives. */
static void assert_rebuilds(struct school *t)
{
	int64_t wrong = -1;

	must(attendance_rebuild(&t->s.tx, day_of("2025-11-03"), day_of("2025-11-13"), &wrong));
	assert_int_equal(wrong, 0);
}

static struct paper enter(struct school *t, const char *day, struct paper_row *row, int people)
{
	struct paper p = {.unit = t->unit,
		.day = day_of(day),
		.late_reason = "",
		.people = people,
		.file_sha256 = "",
		.file_name = "",
		.entered_by = t->clerk,
		.decision = ""};
	const struct policy_book *book;

	must(policy_load_book(&t->s.tx, &book));
	must(attendance_enter_paper(&t->s.tx, book, &p, row));
	test_store_project(&t->s);
	return p;
}

/* Nobody without a phone is missed before the paper list had its time: the day or the next working
 * one. */
static void test_the_list_is_awaited(void **state)
{
	struct school t;
	struct employee_id who, last = {0};
	struct attendance_day day;
	int32_t count[COUNTER_COUNT];

	(void)state;
	open_school(&t, "11-12 09:00");
	who = add_person(&t, ON_PAPER);
	settle(&t, "2025-11-12");
	day = load(&t, who, "2025-11-12");
	assert_int_equal(day.state, DAY_PAPER);
	attendance_contribution(&day, count);
	assert_int_equal(count[COUNT_PAPER], 1);
	assert_int_equal(count[COUNT_EXCUSED], 1);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_EXPECTED);
	set_now(&t, "11-13 23:59");
	settle(&t, "2025-11-12");
	assert_int_equal(load(&t, who, "2025-11-12").state, DAY_PAPER);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_ABSENT);
	assert_rebuilds(&t);
	/* on the list it waits for the second person, however late; without it the time is over */
	set_now(&t, "11-14 05:00");
	must(attendance_settle_day(&t.s.tx, day_of("2025-11-12"), last, 500, &last));
	test_store_project(&t.s);
	assert_int_equal(load(&t, who, "2025-11-12").state, DAY_ABSENT);
	assert_rebuilds(&t);
	struct paper_row row[] = {
		{.employee = who, .in_minute = 440, .out_minute = 970, .note = ""}};
	enter(&t, "2025-11-12", row, 1);
	assert_int_equal(load(&t, who, "2025-11-12").state, DAY_WAITS);
	test_store_close(&t.s);
}

static void test_a_list_of_today_waits(void **state)
{
	struct school t;
	struct employee_id who;

	(void)state;
	open_school(&t, "11-12 17:00");
	who = add_person(&t, ON_PAPER);
	settle(&t, "2025-11-12");
	assert_int_equal(load(&t, who, "2025-11-12").state, DAY_PAPER);
	struct paper_row row[] = {
		{.employee = who, .in_minute = 440, .out_minute = 970, .note = ""}};
	struct paper p = enter(&t, "2025-11-12", row, 1);
	assert_int_equal(load(&t, who, "2025-11-12").state, DAY_WAITS);
	must(attendance_settle_paper(&t.s.tx, &p, PAPER_CONFIRMED, t.head, ""));
	test_store_project(&t.s);
	assert_int_equal(load(&t, who, "2025-11-12").state, DAY_COMPLETE);
	test_store_close(&t.s);
}

/* ANRI 18/2016: a manual list when the machine fails. Four eyes: until then nobody is absent. */
static void test_a_list_waits_then_counts(void **state)
{
	struct school t;

	(void)state;
	open_school(&t, "11-13 09:00");
	settle(&t, "2025-11-12");
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_ABSENT);
	struct paper_row row[] = {
		{.employee = t.teacher, .in_minute = 440, .out_minute = 970, .note = ""},
		{.employee = t.head, .in_minute = 465, .out_minute = MINUTE_NONE, .note = "rapat"}};
	struct paper p = enter(&t, "2025-11-12", row, 2);

	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_WAITS);
	assert_int_equal(load(&t, t.head, "2025-11-12").state, DAY_WAITS);
	assert_int_equal(load(&t, t.clerk, "2025-11-12").state, DAY_ABSENT);
	must(attendance_settle_paper(&t.s.tx, &p, PAPER_CONFIRMED, t.head, ""));
	test_store_project(&t.s);
	struct attendance_day day = load(&t, t.teacher, "2025-11-12");

	assert_int_equal(day.state, DAY_COMPLETE);
	assert_int_equal(day.in_at, at("11-12 07:20"));
	assert_int_equal(day.out_at, at("11-12 16:10"));
	assert_int_equal(day.basis, BASIS_MANUAL);
	assert_int_equal(day.in_place, PLACE_WITHIN);
	assert_int_equal(day.flags, 0);
	day = load(&t, t.head, "2025-11-12");
	assert_int_equal(day.late_minutes, 15);
	assert_int_equal(day.flags, DAY_LATE | DAY_NO_OUT);
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

static void test_a_refused_list_counts_for_nobody(void **state)
{
	struct school t;
	struct day_decision decision[DAY_DECISIONS_MAX];
	const struct org_tree *tree;
	int count;

	(void)state;
	open_school(&t, "11-13 09:00");
	settle(&t, "2025-11-12");
	struct paper_row row[] = {
		{.employee = t.teacher, .in_minute = 440, .out_minute = 970, .note = ""}};
	struct paper p = enter(&t, "2025-11-12", row, 1);

	must(attendance_settle_paper(
		&t.s.tx, &p, PAPER_REFUSED, t.head, "Tanda tangan tidak sama."));
	test_store_project(&t.s);
	struct attendance_day day = load(&t, t.teacher, "2025-11-12");

	assert_int_equal(day.state, DAY_ABSENT);
	must(org_load_tree(&t.s.tx, &tree));
	must(attendance_list_decisions(&t.s.tx, &day, tree, ZONE_WIB, decision, &count));
	assert_int_equal(count, 1);
	assert_false(decision[0].is_accepted);
	assert_string_equal(decision[0].reason, "Tanda tangan tidak sama.");
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

/* ---- corrections ---- */

static struct correction ask(
	struct school *t, enum correction_kind kind, const char *when, int64_t punch)
{
	struct correction c = {.employee = t->teacher,
		.day = day_of("2025-11-12"),
		.unit = t->unit,
		.kind = kind,
		.direction = DIRECTION_OUT,
		.stated_at = at(when),
		.punch_day = day_of("2025-11-12"),
		.punch_id = punch,
		.cause = CAUSE_FORGOT,
		.reason = "Lupa presensi pulang.",
		.file_sha256 = "",
		.file_name = "",
		.event_id = attendance_make_event(t->s.tx.now_ms, id_next()),
		.entered_by = t->teacher,
		.decision = ""};

	must(attendance_ask_correction(&t->s.tx, &c));
	test_store_project(&t->s);
	return c;
}

static int64_t punch_in(struct school *t, const char *received, const char *phone)
{
	struct punch p = {.direction = DIRECTION_IN,
		.received_at = at(received),
		.phone_at = at(phone),
		.offset_ms = NO_INSTANT,
		.point = {LAT_E7, LON_E7},
		.accuracy_metres = 10,
		.note = ""};
	enum receipt_status status;

	p.punch_id = id_next();
	p.event_id = attendance_make_event(at(phone), p.punch_id);
	p.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&p);
	p.punch_day = instant_day(attendance_claimed_at(&p), ZONE_WIB);
	must(attendance_add_punch(&t->s.tx, t->teacher, &p, &status));
	test_store_project(&t->s);
	return p.punch_id;
}

static void verdict(struct school *t, struct correction *c, bool accepts)
{
	must(attendance_settle_correction(&t->s.tx, c, accepts, t->head, (struct employee_id){0},
		"Sesuai catatan penjaga sekolah."));
	test_store_project(&t->s);
}

static void test_a_forgotten_way_out(void **state)
{
	struct school t;
	struct correction c, loaded;

	(void)state;
	open_school(&t, "11-12 07:25");
	punch_in(&t, "11-12 07:25", "11-12 07:25");
	set_now(&t, "11-13 09:00");
	settle(&t, "2025-11-12");
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, DAY_NO_OUT);
	c = ask(&t, CORRECTION_TIME, "11-12 16:05", 0);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, 0); /* undecided hurts nobody */
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_PRESENT);
	verdict(&t, &c, true);
	struct attendance_day day = load(&t, t.teacher, "2025-11-12");

	assert_int_equal(day.state, DAY_COMPLETE);
	assert_int_equal(day.out_at, at("11-12 16:05"));
	assert_int_equal(day.basis, BASIS_MANUAL | BASIS_CORRECTED);
	must(attendance_load_correction_event(&t.s.tx, t.teacher, &c.event_id, &loaded));
	assert_int_equal(loaded.state, CORRECTION_ACCEPTED);
	assert_int_equal(loaded.version, 2);
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

static void test_a_refused_or_withdrawn_question(void **state)
{
	struct school t;
	struct correction c;

	(void)state;
	open_school(&t, "11-13 09:00");
	settle(&t, "2025-11-12");
	c = ask(&t, CORRECTION_TIME, "11-12 16:05", 0);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_WAITS);
	verdict(&t, &c, false);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_ABSENT);
	c = ask(&t, CORRECTION_TIME, "11-12 16:06", 0);
	must(attendance_settle_correction(
		&t.s.tx, &c, false, t.teacher, (struct employee_id){0}, ""));
	test_store_project(&t.s);
	assert_int_equal(c.state, CORRECTION_WITHDRAWN);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_ABSENT);
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

/* A time only the phone says: confirmed it is the fact, denied it is the receipt. */
static void test_a_time_to_be_confirmed(void **state)
{
	struct school t;
	struct correction c;
	int64_t id;

	(void)state;
	open_school(&t, "11-12 08:40");
	id = punch_in(&t, "11-12 08:40", "11-12 07:28");
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, DAY_LATE_UNCONFIRMED);
	c = ask(&t, CORRECTION_RECEIPT, "11-12 07:28", id);
	verdict(&t, &c, true);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, DAY_LATE);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").late_minutes, 70);
	assert_rebuilds(&t);
	test_store_close(&t.s);
	open_school(&t, "11-12 08:40");
	id = punch_in(&t, "11-12 08:40", "11-12 07:28");
	c = ask(&t, CORRECTION_CONFIRM, "11-12 07:28", id);
	verdict(&t, &c, true);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, 0);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").in_at, at("11-12 07:28"));
	assert_int_equal(load(&t, t.teacher, "2025-11-12").basis, BASIS_CORRECTED);
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

/* A clock a week ahead: kept apart on a day to come; believed, it counts when it arrived. */
static void test_a_clock_set_ahead(void **state)
{
	static struct day_view view;
	struct school t;
	struct correction c;
	int64_t id;

	(void)state;
	open_school(&t, "11-12 07:25");
	id = punch_in(&t, "11-12 07:25", "11-20 07:25");
	/* the day of its arrival waits, and shows it */
	set_now(&t, "11-13 09:00");
	settle(&t, "2025-11-12");
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_WAITS);
	assert_rebuilds(&t);
	must(attendance_view_day(&t.s.tx, t.teacher, day_of("2025-11-12"), &view));
	assert_int_equal(view.punches, 1);
	assert_int_equal(view.punch[0].punch_id, id);
	c = ask(&t, CORRECTION_CONFIRM, "11-12 07:25", id);
	c.punch_day = day_of("2025-11-20");
	c.direction = DIRECTION_IN;
	verdict(&t, &c, true);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").in_at, at("11-12 07:25"));
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_PRESENT);
	assert_rebuilds(&t);
	test_store_close(&t.s);
	/* that it does not count is a decision too: then nobody was seen */
	open_school(&t, "11-12 07:25");
	id = punch_in(&t, "11-12 07:25", "11-20 07:25");
	set_now(&t, "11-13 09:00");
	settle(&t, "2025-11-12");
	c = ask(&t, CORRECTION_VOID, "11-12 07:25", id);
	c.punch_day = day_of("2025-11-20");
	verdict(&t, &c, true);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").state, DAY_ABSENT);
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

static void test_limits_are_dated(void **state)
{
	struct school t;
	const struct policy_book *book;
	int32_t days;
	const struct limit_row row = {
		1, LIMIT_PAPER, 2, day_of("2025-12-01"), DAY_FOREVER, "SE", ""};

	(void)state;
	open_school(&t, "11-13 09:00");
	must(attendance_load_limit(&t.s.tx, LIMIT_CORRECTION, day_of("2025-11-12"), &days));
	assert_int_equal(days, 5);
	must(attendance_set_limit(&t.s.tx, &row));
	must(attendance_load_limit(&t.s.tx, LIMIT_PAPER, day_of("2025-11-12"), &days));
	assert_int_equal(days, 1);
	must(attendance_load_limit(&t.s.tx, LIMIT_PAPER, day_of("2025-12-02"), &days));
	assert_int_equal(days, 2);
	must(policy_load_book(&t.s.tx, &book));
	/* Thursday and one working day: Friday, and the weekend with it; Friday: to Monday. */
	assert_int_equal(attendance_add_working_days(book, t.unit, day_of("2025-11-13"), 1),
		day_of("2025-11-16"));
	assert_int_equal(attendance_add_working_days(book, t.unit, day_of("2025-11-14"), 1),
		day_of("2025-11-17"));
	assert_int_equal(attendance_add_working_days(book, t.unit, day_of("2025-11-14"), 0),
		day_of("2025-11-16"));
	test_store_close(&t.s);
}

/* ---- incidents ---- */

static void refold(struct school *t, const char *day)
{
	struct employee_id after = {0};

	must(attendance_refold_unit(&t->s.tx, t->unit, day_of(day), after, 500, &after));
	test_store_project(&t->s);
}

static void test_an_incident_relieves_and_is_withdrawn(void **state)
{
	struct school t;
	struct incident i;
	int32_t relieved;

	(void)state;
	open_school(&t, "11-12 07:50");
	i = (struct incident){.unit = t.unit,
		.begins_at = at("11-12 07:25"),
		.ends_at = at("11-12 07:55"),
		.reason = "Pusat data padam.",
		.file_sha256 = "",
		.file_name = "",
		.declared_by = t.clerk};
	punch_in(&t, "11-12 07:50", "11-12 07:50");
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, DAY_LATE);
	set_now(&t, "11-12 10:00");
	must(attendance_declare_incident(&t.s.tx, &i));
	i.number = "800/1/BA/2025";
	must(attendance_settle_incident(&t.s.tx, &i, INCIDENT_ACCEPTED, t.head, "Sesuai catatan."));
	test_store_project(&t.s);
	refold(&t, "2025-11-12");
	struct attendance_day day = load(&t, t.teacher, "2025-11-12");

	assert_int_equal(day.flags, 0);
	assert_int_equal(day.late_minutes, 20);
	assert_int_equal(day.relieved_minutes, 20);
	assert_int_equal(day.basis, BASIS_RELIEVED);
	must(attendance_count_relieved(
		&t.s.tx, "/", day_of("2025-11-12"), day_of("2025-11-12"), &relieved));
	assert_int_equal(relieved, 1);
	assert_rebuilds(&t);
	must(attendance_settle_incident(&t.s.tx, &i, INCIDENT_WITHDRAWN, t.head, "Salah tanggal."));
	test_store_project(&t.s);
	refold(&t, "2025-11-12");
	assert_int_equal(load(&t, t.teacher, "2025-11-12").flags, DAY_LATE);
	assert_int_equal(load(&t, t.teacher, "2025-11-12").relieved_minutes, 0);
	assert_rebuilds(&t);
	test_store_close(&t.s);
}

static void test_the_program_proposes_what_it_missed(void **state)
{
	struct school t;
	struct incident found[4];
	int count;

	(void)state;
	open_school(&t, "11-12 07:20");
	must(attendance_beat(&t.s.tx, 0));
	set_now(&t, "11-12 07:21");
	must(attendance_beat(&t.s.tx, 0));
	must(attendance_list_incidents(&t.s.tx, 0, found, 4, &count));
	assert_int_equal(count, 0);
	set_now(&t, "11-12 07:58");
	must(attendance_beat(&t.s.tx, 0));
	must(attendance_list_incidents(&t.s.tx, 0, found, 4, &count));
	assert_int_equal(count, 1);
	assert_true(found[0].is_detected);
	assert_int_equal(found[0].begins_at, at("11-12 07:21"));
	assert_int_equal(found[0].ends_at, at("11-12 07:58"));
	for (int phone = 0; phone < 20; phone++)
		must(attendance_add_refusal(&t.s.tx, at("11-12 07:30")));
	set_now(&t, "11-12 08:00");
	must(attendance_beat(&t.s.tx, 0));
	must(attendance_list_incidents(&t.s.tx, 0, found, 4, &count));
	assert_int_equal(count, 2);
	assert_string_equal(found[0].reason, "refused_uploads");
	assert_int_equal(found[0].begins_at, at("11-12 07:30"));
	test_store_close(&t.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_list_is_awaited),
		cmocka_unit_test(test_a_list_of_today_waits),
		cmocka_unit_test(test_a_list_waits_then_counts),
		cmocka_unit_test(test_a_refused_list_counts_for_nobody),
		cmocka_unit_test(test_a_forgotten_way_out),
		cmocka_unit_test(test_a_refused_or_withdrawn_question),
		cmocka_unit_test(test_a_time_to_be_confirmed),
		cmocka_unit_test(test_a_clock_set_ahead),
		cmocka_unit_test(test_limits_are_dated),
		cmocka_unit_test(test_an_incident_relieves_and_is_withdrawn),
		cmocka_unit_test(test_the_program_proposes_what_it_missed),
	};

	return TEST_STORE_RUN(tests);
}
