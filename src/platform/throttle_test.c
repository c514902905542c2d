/*
 * Throttling as tables (OWASP ASVS 5: 6.1.1, 6.3.1): guessing becomes slow, and nobody who is not
 * guessing notices. Time is a number.
 */
#include "platform/throttle.h"

#include "base/date.h"
#include "platform/slice.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NOW INT64_C(1763000000000)
#define NIP "198504122010011003"

#define WAYS_IN(way, nip, browser, address)                                                        \
	(struct throttle_try)                                                                      \
	{                                                                                          \
		way, {7}, nip, browser, address                                                    \
	}

static int wait_seconds;

static enum err take(struct throttle_try t, int64_t now)
{
	wait_seconds = 0;
	return throttle_take(&t, now, &wait_seconds);
}

/* Fails until the throttle stops it; at most `max` times. */
static int hammer(struct throttle_try t, int64_t now, int max)
{
	int n = 0;
	while (n < max && take(t, now) == OK)
		n++;
	return n;
}

/* After an attacker of somebody's account from 203.0.113.0/24 was stopped: */
struct bystander {
	const char *who;
	struct throttle_try t;
	bool is_free;
};

static const struct bystander bystanders[] = {
	{"the attacker", {THROTTLE_SIGN_IN, {7}, NIP, NULL, "203.0.113.5"}, false},
	{"the attacker from another network", {THROTTLE_SIGN_IN, {7}, NIP, NULL, "198.51.100.1"},
		false},
	{"the attacker without an address", {THROTTLE_SIGN_IN, {7}, NIP, NULL, NULL}, false},
	{"the owner's known browser", {THROTTLE_SIGN_IN, {7}, NIP, "home", "203.0.113.5"}, true},
	{"another known browser", {THROTTLE_SIGN_IN, {7}, NIP, "office", NULL}, true},
	{"a one-time code, same network", {THROTTLE_CODE, {7}, NIP, NULL, "203.0.113.5"}, true},
	{"a one-time code, the office", {THROTTLE_CODE, {7}, NIP, NULL, "10.1.2.3"}, true},
	{"a signed-in change of password", {THROTTLE_PASSWORD, {7}, NIP, "session", "203.0.113.5"},
		true},
	{"a colleague in the same network",
		{THROTTLE_SIGN_IN, {7}, "198504122010011004", NULL, "203.0.113.5"}, true},
	{"the same NIP elsewhere", {THROTTLE_SIGN_IN, {8}, NIP, NULL, "203.0.113.5"}, true},
};

static void test_attack_locks_nobody_out(void **state)
{
	(void)state;
	throttle_reset();
	assert_int_equal(hammer(WAYS_IN(THROTTLE_SIGN_IN, NIP, NULL, "203.0.113.5"), NOW, 100), 10);
	for (int i = 0; i < COUNT_OF(bystanders); i++)
		if ((take(bystanders[i].t, NOW) == OK) != bystanders[i].is_free)
			fail_msg("%s", bystanders[i].who);
}

static void test_refill(void **state)
{
	struct throttle_try t = WAYS_IN(THROTTLE_SIGN_IN, NIP, NULL, "203.0.113.5");
	(void)state;
	throttle_reset();
	assert_int_equal(hammer(t, NOW, 100), 10);
	assert_int_equal(wait_seconds, 60);
	assert_int_equal(take(t, NOW + 59999), E_THROTTLED);
	assert_int_equal(wait_seconds, 1);
	assert_int_equal(take(t, NOW + 60000), OK);
	assert_int_equal(take(t, NOW + 60000), E_THROTTLED);
	/* ten minutes later all is forgotten, and no more than all */
	assert_int_equal(hammer(t, NOW + MS_PER_DAY, 100), 10);
	/* a clock set back by a day neither frees nor locks for a day */
	assert_int_equal(take(t, NOW), E_THROTTLED);
	assert_true(wait_seconds <= 60);
	assert_int_equal(take(t, NOW + 60000), OK);
}

static void test_success_costs_nothing(void **state)
{
	struct throttle_try t = WAYS_IN(THROTTLE_SIGN_IN, NIP, "home", "203.0.113.5");
	struct throttle_try strange = WAYS_IN(THROTTLE_SIGN_IN, NIP, NULL, "203.0.113.5");
	(void)state;
	throttle_reset();
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(take(t, NOW), OK);
		throttle_give_back(&t, NOW);
		assert_int_equal(take(strange, NOW), OK);
		throttle_give_back(&strange, NOW);
	}
	/* giving back more than was taken fills no bucket above its rim */
	throttle_give_back(&t, NOW);
	assert_int_equal(hammer(t, NOW, 100), 10);
}

/* The owner mistypes in his own browser: only that one waits. */
static void test_known_browser_is_counted_apart(void **state)
{
	(void)state;
	throttle_reset();
	assert_int_equal(hammer(WAYS_IN(THROTTLE_SIGN_IN, NIP, "home", NULL), NOW, 100), 10);
	assert_int_equal(take(WAYS_IN(THROTTLE_SIGN_IN, NIP, "office", NULL), NOW), OK);
	assert_int_equal(take(WAYS_IN(THROTTLE_SIGN_IN, NIP, NULL, NULL), NOW), OK);
}

/* Wrong links of calendars stop their network alone, and nobody's sign-in. */
static void test_calendars(void **state)
{
	(void)state;
	throttle_reset();
	assert_int_equal(hammer(WAYS_IN(THROTTLE_FEED, "", NULL, "203.0.113.5"), NOW, 1000), 300);
	assert_int_equal(take(WAYS_IN(THROTTLE_FEED, "", NULL, "203.0.113.77"), NOW), E_THROTTLED);
	assert_int_equal(take(WAYS_IN(THROTTLE_FEED, "", NULL, "198.51.100.1"), NOW), OK);
	assert_int_equal(take(WAYS_IN(THROTTLE_SIGN_IN, NIP, NULL, "203.0.113.5"), NOW), OK);
	assert_int_equal(hammer(WAYS_IN(THROTTLE_LOG, "", NULL, "203.0.113.5"), NOW, 1000), 300);
}

/* Guessing one password over many accounts is stopped by network, and by everybody's bucket. */
static void test_spraying(void **state)
{
	char nip[24], address[32];
	int allowed = 0;
	(void)state;
	throttle_reset();
	for (int i = 0; i < 1000; i++) {
		snprintf(nip, sizeof nip, "%018d", i);
		snprintf(address, sizeof address, "203.0.113.%d", i % 256);
		allowed += take(WAYS_IN(THROTTLE_SIGN_IN, nip, NULL, address), NOW) == OK;
	}
	assert_int_equal(allowed, 300);
	for (int i = 0; i < 5000; i++) {
		snprintf(nip, sizeof nip, "%018d", i + 1000);
		snprintf(address, sizeof address, "2001:db8:%x::1", i);
		allowed += take(WAYS_IN(THROTTLE_SIGN_IN, nip, NULL, address), NOW) == OK;
	}
	assert_int_equal(allowed, 2000);
	assert_int_equal(take(WAYS_IN(THROTTLE_SIGN_IN, NIP, NULL, "10.0.0.1"), NOW), E_THROTTLED);
	assert_int_equal(take(WAYS_IN(THROTTLE_SIGN_IN, NIP, "home", "10.0.0.1"), NOW), OK);
	assert_int_equal(take(WAYS_IN(THROTTLE_CODE, NIP, NULL, "10.0.0.1"), NOW), OK);
}

struct network_case {
	const char *a, *b;
	bool is_same;
};

static const struct network_case networks[] = {
	{"203.0.113.5", "203.0.113.200", true},
	{"203.0.113.5", "203.0.114.5", false},
	{"::ffff:203.0.113.5", "203.0.113.9", true},
	{"2001:db8:1:1::1", "2001:db8:1:ffff::9", true},
	{"2001:db8:1::1", "2001:db8:2::1", false},
	{"203.0.113.5", "cb00:7100::", false},
	{NULL, "not an address", true},
	{NULL, "0.0.0.0", false},
};

/* Codes are counted per account and network: four wrong ones there leave another network its own.
 */
static void test_networks(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT_OF(networks); i++) {
		throttle_reset();
		assert_int_equal(
			hammer(WAYS_IN(THROTTLE_CODE, NIP, NULL, networks[i].a), NOW, 100), 4);
		bool is_stopped = take(WAYS_IN(THROTTLE_CODE, NIP, NULL, networks[i].b), NOW) != OK;
		if (is_stopped != networks[i].is_same)
			fail_msg("%s %s", networks[i].a ? networks[i].a : "-", networks[i].b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attack_locks_nobody_out),
		cmocka_unit_test(test_refill),
		cmocka_unit_test(test_success_costs_nothing),
		cmocka_unit_test(test_known_browser_is_counted_apart),
		cmocka_unit_test(test_calendars),
		cmocka_unit_test(test_spraying),
		cmocka_unit_test(test_networks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
