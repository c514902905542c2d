/* Swaps: the rule as a table, and one carried out in the store. */
#include "roster/roster_test_office.h"

#include "roster/roster_swap.h"

static struct swap_side side(char given, char taken)
{
	return (struct swap_side){.unit = {1},
		.post = {{5}},
		.posts = 1,
		.on_given = given,
		.on_taken = taken,
		.may_give = true,
		.may_take = true,
		.gives_week = 1,
		.takes_week = 2,
		.gives_cap = 2,
		.takes_cap = 2};
}

#define TODAY 100

static void test_who_may_swap(void **state)
{
	(void)state;
	struct swap_side a = side('R', 'K'), b = side('R', 'K'), x;
	assert_null(roster_why_no_swap(&a, &b, 101, 102, TODAY));
	assert_string_equal(roster_why_no_swap(&a, &b, 101, 101, TODAY), "same_day");
	assert_string_equal(roster_why_no_swap(&a, &b, 100, 102, TODAY), "day_begun");
	assert_string_equal(roster_why_no_swap(&a, &b, 101, 99, TODAY), "day_begun");
	x = b;
	x.unit.v = 2;
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "not_one_post");
	x = b;
	x.post[0].v = 6;
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "not_one_post");
	x = b;
	x.posts = 0;
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "not_one_post");
	x = side('K', 'K');
	assert_string_equal(roster_why_no_swap(&x, &b, 101, 102, TODAY), "not_own_day");
	x = side('R', 'R');
	assert_string_equal(roster_why_no_swap(&x, &b, 101, 102, TODAY), "not_own_day");
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "not_others_day");
	x = side('R', 0);
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "not_others_day");
	x = b;
	x.may_take = false;
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "not_at_work");
	x = b;
	x.takes_week = 3; /* PermenPANRB 4/2025 art. 13 */
	assert_string_equal(roster_why_no_swap(&a, &x, 101, 102, TODAY), "above_weekly_cap");
	assert_string_equal(roster_why_no_swap(&x, &b, 101, 102, TODAY), "above_weekly_cap");
	x.takes_cap = -1;
	assert_null(roster_why_no_swap(&a, &x, 101, 102, TODAY));
}

static const char *judge(struct office *o, const char *asker_day, const char *other_day)
{
	const struct policy_book *book;
	struct swap_side a, b;
	assert_int_equal(policy_load_book(&o->s.tx, &book), OK);
	assert_int_equal(
		roster_load_swap_side(&o->s.tx, book, o->ani, day(asker_day), day(other_day), &a),
		OK);
	assert_int_equal(
		roster_load_swap_side(&o->s.tx, book, o->budi, day(other_day), day(asker_day), &b),
		OK);
	return roster_why_no_swap(&a, &b, day(asker_day), day(other_day), day("2025-11-13"));
}

static void test_a_swap_is_carried_out(void **state)
{
	(void)state;
	struct office o;
	struct roster_swap s = {0}, list[4];
	struct roster_line_row colleague[4];
	int64_t version;
	int count;
	open_office(&o);
	struct rule cap = policy_rule_of(RULE_WEEKLY_CAP);
	cap.days_per_week = 2;
	const struct rule rules[] = {home_by_roster(100), cap};
	add_circular(&o, "SE 2", rules, 2);
	publish_one(&o, o.ani, "2025-12-01", "RKRKK");
	publish_one(&o, o.budi, "2025-12-01", "KRKRK");
	assert_null(judge(&o, "2025-12-01", "2025-12-02"));
	assert_string_equal(judge(&o, "2025-12-01", "2025-12-03"), "not_own_day");
	assert_int_equal(
		roster_list_colleagues(&o.s.tx, o.ani, day("2025-12-01"), colleague, 4, &count),
		OK);
	assert_int_equal(count, 1); /* Citra is of another unit */
	assert_string_equal(colleague[0].name, "Budi");
	s.asker = o.ani;
	s.other = o.budi;
	s.asker_day = day("2025-12-01");
	s.other_day = day("2025-12-04");
	assert_int_equal(roster_add_swap(&o.s.tx, &s, &s.swap_id), OK);
	assert_int_equal(roster_load_swap(&o.s.tx, s.swap_id, &s), OK);
	assert_string_equal(s.asker_name, "Ani");
	s.state = SWAP_ACCEPTED;
	assert_int_equal(roster_put_swap(&o.s.tx, &s), OK);
	assert_int_equal(
		roster_list_waiting_swaps(&o.s.tx, day("2025-11-30"), 0, list, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(
		roster_list_waiting_swaps(&o.s.tx, day("2025-11-30"), s.swap_id, list, 4, &count),
		OK);
	assert_int_equal(count, 0); /* the next page */
	assert_int_equal(roster_list_waiting_swaps(&o.s.tx, s.asker_day, 0, list, 4, &count), OK);
	assert_int_equal(count, 0); /* begun: nobody can decide it any more */
	assert_int_equal(roster_do_swap(&o.s.tx, &s, o.citra, &version), OK);
	assert_string_equal(letters_of(&o, o.ani), "KKRRK.....");
	assert_string_equal(letters_of(&o, o.budi), "RRKKK.....");
	struct roster_version version_list[4]; /* of those awaited: the two that were published */
	assert_int_equal(roster_list_versions_between(&o.s.tx, day("2025-12-01"), day("2025-12-31"),
				 version_list, 4, &count),
		OK);
	assert_int_equal(count, 2);
	for (int i = 0; i < count; i++)
		assert_int_equal(version_list[i].source, ROSTER_IMPORTED);
	s.state = SWAP_DONE;
	s.version = version;
	assert_int_equal(roster_put_swap(&o.s.tx, &s), OK);
	assert_int_equal(roster_list_swaps(&o.s.tx, o.budi, list, 4, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].state, SWAP_DONE);
	test_store_close(&o.s);
}

/* A third day in the week that the swap would fill is one too many. */
static void test_the_cap_counts_the_week_after(void **state)
{
	(void)state;
	struct office o;
	open_office(&o);
	struct rule cap = policy_rule_of(RULE_WEEKLY_CAP);
	cap.days_per_week = 2;
	const struct rule rules[] = {home_by_roster(100), cap};
	add_circular(&o, "SE 2", rules, 2);
	publish_one(&o, o.ani, "2025-12-01", "RRKKKLLRKKKK");
	publish_one(&o, o.budi, "2025-12-01", "KKRKKLLKKKRK");
	assert_string_equal(judge(&o, "2025-12-08", "2025-12-03"), "above_weekly_cap");
	assert_null(judge(&o, "2025-12-01", "2025-12-03"));
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who_may_swap),
		cmocka_unit_test(test_a_swap_is_carried_out),
		cmocka_unit_test(test_the_cap_counts_the_week_after),
	};
	return TEST_STORE_RUN(tests);
}
