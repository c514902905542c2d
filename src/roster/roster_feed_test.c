/*
 * Calendars, read back by libical: what stands in them, what never does (product.md principle 10),
 * that nothing a name holds becomes a line of its own, and that a day keeps its UID. Feeds on both
 * engines.
 */
#include "roster/roster_test_office.h"

#include "org/org_db.h"
#include "roster/roster_feed.h"

#include <libical/ical.h>

/* ---- the text ---- */

#define HOSTILE                                                                                    \
	"Ani; Budi, \\ C\r\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:x \xF0\x9F\x98\x80"                  \
	"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"         \
	"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"         \
	"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"

static struct feed_calendar *new_calendar(struct arena *arena)
{
	struct feed_calendar *c = ARENA_NEW(arena, struct feed_calendar);
	c->name = "Jadwal " HOSTILE;
	c->stem = "own-12";
	c->host = "jabar";
	c->event[0] = (struct feed_event){day("2025-11-13"), NOW, "WFH", HOSTILE};
	c->event[1] = (struct feed_event){day("2025-12-31"), NOW + 1000, HOSTILE, ""};
	c->events = 2;
	return c;
}

/* Every line ends in CRLF and has at most 75 bytes, and no character is cut in two. */
static void check_lines(const char *text)
{
	for (const char *line = text; *line;) {
		const char *end = strchr(line, '\n');
		assert_non_null(end);
		assert_true(end > line && end[-1] == '\r');
		assert_true(end - 1 - line <= 75);
		assert_true(str_is_text(line, (size_t)(end - 1 - line)));
		line = end + 1;
	}
}

static int count_events(icalcomponent *calendar)
{
	return icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT);
}

static icalcomponent *parse(const char *text)
{
	icalcomponent *calendar = icalparser_parse_string(text);
	assert_non_null(calendar);
	if (icalcomponent_count_errors(calendar))
		fail_msg("%s", icalcomponent_as_ical_string(calendar));
	return calendar;
}

static void test_hostile_texts(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 1 << 24);
	struct feed_calendar *c = new_calendar(&arena);
	struct bytes text = roster_write_calendar(&arena, c);
	check_lines((const char *)text.p);
	icalcomponent *back = parse((const char *)text.p);
	assert_int_equal(count_events(back), 2);
	icalcomponent *e = icalcomponent_get_first_component(back, ICAL_VEVENT_COMPONENT);
	assert_string_equal(icalcomponent_get_summary(e), "WFH");
	/* line ends are line feeds within a text; nothing else is lost */
	struct buf said;
	buf_init(&said, &arena, 256);
	for (const char *p = HOSTILE; *p; p++)
		if (*p != '\r')
			buf_char(&said, *p);
	assert_string_equal(icalcomponent_get_description(e), said.p);
	assert_string_equal(icalcomponent_get_uid(e), "own-12-2025-11-13@jabar.luwes");
	struct icaltimetype starts = icalcomponent_get_dtstart(e);
	assert_true(starts.is_date && starts.month == 11 && starts.day == 13);
	e = icalcomponent_get_next_component(back, ICAL_VEVENT_COMPONENT);
	assert_string_equal(icalcomponent_get_summary(e), said.p);
	struct icaltimetype ends = icalcomponent_get_dtend(e);
	assert_true(ends.year == 2026 && ends.month == 1 && ends.day == 1);
	icalcomponent_free(back);
	struct bytes again = roster_write_calendar(&arena, c);
	assert_int_equal(again.n, text.n);
	assert_memory_equal(again.p, text.p, text.n);
	arena_release(&arena);
}

/* ---- one's own ---- */

static struct roster_feed feed_of(
	struct office *o, enum roster_feed_kind kind, int64_t subject, struct employee_id owner)
{
	return (struct roster_feed){.government = o->s.tx.government,
		.kind = (int32_t)kind,
		.subject = subject,
		.owner = owner};
}

static icalcomponent *read_feed(struct office *o, const struct roster_feed *feed)
{
	struct bytes text;
	assert_int_equal(roster_make_calendar(&o->s.tx, feed, day("2025-11-13"), &text), OK);
	check_lines((const char *)text.p);
	return parse((const char *)text.p);
}

static icalcomponent *find_day(icalcomponent *calendar, const char *on)
{
	icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	for (; e; e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
		if (strstr(icalcomponent_get_uid(e), on))
			return e;
	return NULL;
}

static const char *summary_on(icalcomponent *calendar, const char *on)
{
	icalcomponent *e = find_day(calendar, on);
	return e ? icalcomponent_get_summary(e) : "(none)";
}

static void test_own(void **state)
{
	(void)state;
	struct office o;
	const struct rule rule = home_by_roster(100);
	open_office(&o);
	add_circular(&o, "SE 1", &rule, 1);
	const struct roster_feed feed = feed_of(&o, FEED_OWN, o.ani.v, o.ani);
	icalcomponent *none = read_feed(&o, &feed);
	assert_int_equal(count_events(none), 0); /* no roster, no day: the default is none */
	icalcomponent_free(none);

	/* Monday to Sunday: at home on Tuesday, sick on Wednesday, outside on Thursday */
	publish_one(&o, o.ani, "2025-12-01", "KRKKKLL");
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_SICK_LEAVE, day("2025-12-03"),
				 day("2025-12-03"), "SI 1"),
		OK);
	assert_int_equal(org_set_status(&o.s.tx, o.ani, STATUS_OUTSIDE_DUTY, day("2025-12-04"),
				 day("2025-12-04"), "ST 1"),
		OK);
	icalcomponent *c = read_feed(&o, &feed);
	assert_int_equal(count_events(c), 4);
	assert_string_equal(summary_on(c, "2025-12-01"), "WFO");
	assert_string_equal(summary_on(c, "2025-12-02"), "WFH");
	assert_string_equal(summary_on(c, "2025-12-03"), "(none)");
	assert_string_equal(summary_on(c, "2025-12-04"), "DL");
	assert_string_equal(summary_on(c, "2025-12-06"), "(none)");
	assert_non_null(strstr(
		icalcomponent_get_description(find_day(c, "2025-12-02")), "07.30\xE2\x80\x93"));
	icalproperty *method = icalcomponent_get_first_property(c, ICAL_METHOD_PROPERTY);
	assert_int_equal(icalproperty_get_method(method), ICAL_METHOD_PUBLISH);
	icalcomponent_free(c);

	/* who is not in service any more has no calendar */
	const struct roster_feed gone = feed_of(&o, FEED_OWN, o.ani.v, (struct employee_id){1});
	struct bytes text;
	assert_int_equal(
		roster_make_calendar(&o.s.tx, &gone, day("2025-11-13"), &text), E_NOT_FOUND);
	assert_int_equal(
		roster_make_calendar(&o.s.tx, &feed, day("2019-12-31"), &text), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* A day planned anew takes the place of the old one, and every other keeps its stamp. */
static void test_published_again(void **state)
{
	(void)state;
	struct office o;
	const struct rule rule = home_by_roster(100);
	open_office(&o);
	add_circular(&o, "SE 1", &rule, 1);
	const struct roster_feed feed = feed_of(&o, FEED_OWN, o.ani.v, o.ani);
	publish_one(&o, o.ani, "2025-12-01", "KRKKK");
	icalcomponent *before = read_feed(&o, &feed);
	o.s.tx.now_ms += 3600 * 1000;
	publish_one(&o, o.ani, "2025-12-03", "RK");
	icalcomponent *after = read_feed(&o, &feed);
	icalcomponent *was = find_day(before, "2025-12-03"), *is = find_day(after, "2025-12-03");
	assert_string_equal(icalcomponent_get_summary(was), "WFO");
	assert_string_equal(icalcomponent_get_summary(is), "WFH");
	assert_string_equal(icalcomponent_get_uid(was), icalcomponent_get_uid(is));
	assert_int_equal(icalcomponent_get_sequence(is), icalcomponent_get_sequence(was) + 3600);
	assert_int_equal(
		icaltime_compare(icalcomponent_get_dtstamp(is), icalcomponent_get_dtstamp(was)), 1);
	was = find_day(before, "2025-12-02"), is = find_day(after, "2025-12-02");
	char *text = icalcomponent_as_ical_string_r(was),
	     *again = icalcomponent_as_ical_string_r(is);
	assert_string_equal(text, again);
	free(text);
	free(again);
	icalcomponent_free(before);
	icalcomponent_free(after);
	test_store_close(&o.s);
}

/* ---- of a group ---- */

static void publish_two(struct office *o)
{
	const struct roster_line lines[] = {
		{o->ani, "RKKK", NULL}, {o->budi, "KKKK", NULL}, {o->citra, "KRCK", NULL}};
	publish(o, "2025-12-01", lines, COUNT_OF(lines));
	assert_int_equal(org_set_status(&o->s.tx, o->ani, STATUS_SICK_LEAVE, day("2025-12-02"),
				 day("2025-12-03"), "SI 1"),
		OK);
	/* the letter recorded last holds */
	assert_int_equal(org_set_status(&o->s.tx, o->ani, STATUS_OUTSIDE_DUTY, day("2025-12-03"),
				 day("2025-12-03"), "ST 1"),
		OK);
}

static void test_unit(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	publish_two(&o);
	const struct roster_feed division = feed_of(&o, FEED_UNIT, o.division.v, o.budi),
				 agency = feed_of(&o, FEED_UNIT, o.agency.v, o.budi),
				 none = feed_of(&o, FEED_UNIT, 4711, o.budi);
	icalcomponent *c = read_feed(&o, &division);
	assert_string_equal(summary_on(c, "2025-12-01"), "WFH: 1 orang, WFO: 1 orang");
	assert_string_equal(summary_on(c, "2025-12-02"), "WFO: 1 orang");
	assert_string_equal(summary_on(c, "2025-12-03"), "WFO: 1 orang, DL: 1 orang");
	assert_string_equal(
		icalcomponent_get_description(find_day(c, "2025-12-01")), "WFH: Ani\nWFO: Budi");
	assert_string_equal(icalcomponent_get_description(find_day(c, "2025-12-02")), "WFO: Budi");
	icalcomponent_free(c);

	struct bytes text;
	assert_int_equal(roster_make_calendar(&o.s.tx, &agency, day("2025-11-13"), &text), OK);
	c = parse((const char *)text.p);
	assert_string_equal(summary_on(c, "2025-12-03"), "WFO: 1 orang, DL: 1 orang");
	assert_string_equal(summary_on(c, "2025-12-04"), "WFO: 3 orang");
	assert_null(strstr((const char *)text.p, "SI 1"));
	assert_null(strstr((const char *)text.p, "sick"));
	icalcomponent_free(c);
	assert_int_equal(
		roster_make_calendar(&o.s.tx, &none, day("2025-11-13"), &text), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* Who moves counts where he is that day; a post counts its own people alone. */
static void test_members_by_day(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	publish_two(&o);
	assert_int_equal(org_place(&o.s.tx, o.budi, o.other, "Analis", FUNGSIONAL, "SK 2",
				 day("2025-12-03")),
		OK);
	assert_int_equal(org_add_post_member(&o.s.tx, o.ani, o.counter, day("2025-12-01")), OK);
	assert_int_equal(org_add_post_member(&o.s.tx, o.citra, o.counter, day("2025-12-02")), OK);
	const struct roster_feed division = feed_of(&o, FEED_UNIT, o.division.v, o.budi),
				 post = feed_of(&o, FEED_POST, o.counter.v, o.budi);
	icalcomponent *c = read_feed(&o, &division);
	assert_string_equal(summary_on(c, "2025-12-02"), "WFO: 1 orang");
	assert_string_equal(summary_on(c, "2025-12-03"), "DL: 1 orang");
	icalcomponent_free(c);
	c = read_feed(&o, &post);
	assert_string_equal(summary_on(c, "2025-12-01"), "WFH: 1 orang");
	assert_string_equal(icalcomponent_get_description(find_day(c, "2025-12-02")), "WFH: Citra");
	icalcomponent_free(c);
	test_store_close(&o.s);
}

/* ---- names and numbers of a group, without a store ---- */

static void test_many_people(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 1 << 26);
	for (int people = FEED_NAMED_MAX; people <= FEED_NAMED_MAX + 1; people++) {
		struct feed_calendar *c = ARENA_NEW(&arena, struct feed_calendar);
		struct feed_group *g = roster_open_group(&arena, 1000);
		for (int i = 0; i < people; i++) {
			const struct feed_row row = {
				{i + 1}, "Siti\nNur", "K", 1000, NOW, 0, DAY_FOREVER, 0, 0, 0};
			roster_group_take(g, &row);
			roster_group_take(g, &row); /* two statuses: the line comes twice */
		}
		roster_group_close(g, c);
		assert_int_equal(c->events, 1);
		assert_string_equal(
			c->event[0].summary, arena_printf(&arena, "WFO: %d orang", people));
		assert_int_equal(*c->event[0].description != '\0', people <= FEED_NAMED_MAX);
		assert_null(strchr(c->event[0].description, '\n'));
	}
	arena_release(&arena);
}

/* ---- tokens ---- */

static struct db_stmt add_account = {"test_add_account",
	"INSERT INTO platform_account (government_id, employee_id, nip) VALUES ($1, $2, 'x')", 0};
static struct db_stmt end_account = {"test_end_account",
	"UPDATE platform_account SET ends_at = 1 WHERE government_id = $1 AND employee_id = $2", 0};
static struct db_stmt *const account_stmts[] = {&add_account, &end_account};

static void change_account(struct office *o, struct db_stmt *how, struct employee_id who)
{
	assert_int_equal(
		db_exec(&o->s.tx, how, BIND(db_int(o->s.tx.government.v), db_int(who.v)), NULL),
		OK);
}

static void test_token(void **state)
{
	(void)state;
	struct office o;
	struct roster_feed feed, found, list[FEEDS_MAX];
	const char *token, *second;
	int count;
	open_office(&o);
	change_account(&o, &add_account, o.ani);
	feed = feed_of(&o, FEED_OWN, o.ani.v, o.ani);
	assert_int_equal(roster_add_feed(&o.s.tx, &feed, &token), OK);
	assert_int_equal(strlen(token), 22);
	assert_int_equal(roster_add_feed(&o.s.tx, &feed, &second), OK);
	assert_string_not_equal(token, second);

	/* found without knowing the government, which it tells */
	struct tx nobody = o.s.tx;
	nobody.government.v = 0;
	assert_int_equal(roster_find_feed(&nobody, token, &found), OK);
	assert_int_equal(found.government.v, o.s.tx.government.v);
	assert_int_equal(found.subject, o.ani.v);
	assert_int_equal(found.owner.v, o.ani.v);
	assert_int_equal(roster_find_feed(&nobody, "AAAAAAAAAAAAAAAAAAAAAA", &found), E_NOT_FOUND);
	assert_int_equal(roster_list_feeds(&o.s.tx, o.ani, list, &count), OK);
	assert_int_equal(count, 2);

	/* only its owner revokes it, in his government, once */
	int64_t id = list[0].feed_id;
	nobody.government.v = 8;
	assert_int_equal(roster_revoke_feed(&nobody, id, o.ani), E_NOT_FOUND);
	assert_int_equal(roster_revoke_feed(&o.s.tx, id, o.budi), E_NOT_FOUND);
	assert_int_equal(roster_revoke_feed(&o.s.tx, id, o.ani), OK);
	assert_int_equal(roster_revoke_feed(&o.s.tx, id, o.ani), E_NOT_FOUND);
	assert_int_equal(roster_find_feed(&o.s.tx, token, &found), E_NOT_FOUND);
	assert_int_equal(roster_find_feed(&o.s.tx, second, &found), OK);

	/* who may no longer sign in is no longer read */
	change_account(&o, &end_account, o.ani);
	assert_int_equal(roster_find_feed(&o.s.tx, second, &found), E_NOT_FOUND);
	test_store_close(&o.s);
}

int main(void)
{
	db_register(account_stmts, COUNT_OF(account_stmts));
	const struct CMUnitTest texts[] = {
		cmocka_unit_test(test_hostile_texts), cmocka_unit_test(test_many_people)};
	const struct CMUnitTest stored[] = {cmocka_unit_test(test_own),
		cmocka_unit_test(test_published_again), cmocka_unit_test(test_unit),
		cmocka_unit_test(test_members_by_day), cmocka_unit_test(test_token)};
	int failed = cmocka_run_group_tests(texts, NULL, NULL);
	return failed + TEST_STORE_RUN(stored);
}
