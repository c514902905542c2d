/*
 * Rules of passwords and codes as tables; accounts, sessions, codes, browsers and
 * stored replies on a real store. The way over HTTP is in sign_in_test.c.
 */
#include "platform/auth.h"

#include "base/str.h"
#include "platform/auth_int.h"
#include "platform/auth_routes.h"
#include "platform/test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1763000000000)
#define NIP "198504122010011003"

static const struct employee_id ani = {101}, budi = {102}, officer = {103};

/* ---- passwords: OWASP ASVS 5, 6.2.1 to 6.2.12 ---- */

struct password_case {
	const char *password, *reason; /* NULL: taken */
};

static const struct password_case passwords[] = {
	{"", "too_short"},
	{"elevenchars", "too_short"},
	{"twelve chars", NULL},
	{"kopi susu di teras rumah nenek", NULL},
	{"Tq7#vL2p!xWz9", NULL},
	{"8273645198273", NULL},
	{"line\rfeed inside", "not_text"},
	{"bad \xC0\xAF utf-8 inside", "not_text"},
	{"pässwörter mit ümlaut", NULL},
	{"bismillah123", "common"},
	{"Bismillah123!", "common"},
	{"indonesia2025", "common"},
	{"IndonesiaRaya1945", "common"},
	{"P@ssw0rd2025!", "common"},
	{"2025password", "common"},
	{"passwordpassword", "common"},
	{"rahasia-rahasia", NULL}, /* a sign in between is more than a decoration */
	{"cintabandung99", "common"},
	{"1q2w3e4r5t6y", "common"},
	{"persibbandung!", "common"},
	{"pegawainegeri1", "common"},
	{"aaaaaaaaaaaa", "simple"},
	{"abababababab", "simple"},
	{"xyz1xyz1xyz1", "simple"},
	{"123456789012", "simple"},
	{"abcdefghijkl", "simple"},
	{"9876543210987", "simple"},
	{"ertyuiopasdf", "simple"},
	{"surya " NIP, "personal"},
	{"surya 19850412 pagi", "personal"},
	{"surya 12041985 pagi", "personal"},
	{"surya 12-04-1985 pagi", "personal"},
	{"surya 1985/04/12 pagi", "personal"},
	{"surya 120485 pagi hari", "personal"},
	{"surya 850412 pagi hari", "personal"},
	{"surya 04121985 pagi", "personal"},
	{"kereta 2010011003 malam", "personal"}, /* the rest of the NIP */
	{"kereta 13051986 malam", NULL},         /* somebody else's birth date */
	{"naik Jabar bersama", "personal"},
};

static void test_passwords(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT_OF(passwords); i++) {
		const char *reason = NULL;
		enum err e = auth_check_password(passwords[i].password, NIP, "jabar", &reason);
		if (!str_eq(reason, passwords[i].reason))
			fail_msg("%s: %s", passwords[i].password, reason ? reason : "taken");
		assert_int_equal(e, passwords[i].reason ? E_WEAK_PASSWORD : OK);
	}
}

static void test_password_bounds(void **state)
{
	char longest[PASSWORD_MAX + 2];
	const char *reason = NULL;
	(void)state;
	for (int i = 0; i <= PASSWORD_MAX; i++)
		longest[i] = (char)('a' + i * i % 23);
	longest[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(auth_check_password(longest, NIP, NULL, &reason), E_WEAK_PASSWORD);
	assert_string_equal(reason, "too_long");
	longest[PASSWORD_MAX] = '\0';
	assert_int_equal(auth_check_password(longest, NIP, NULL, NULL), OK);
	/* an account without a NIP of 18 digits: its name is what must not occur */
	assert_int_equal(
		auth_check_password("xx operator yy zz", "operator", NULL, NULL), E_WEAK_PASSWORD);
	assert_int_equal(auth_check_password("twelve chars", "", NULL, NULL), OK);
}

static void test_common_words_are_sorted(void **state)
{
	(void)state;
	assert_true(auth_common_word_count > 300);
	for (int i = 1; i < auth_common_word_count; i++)
		if (strcmp(auth_common_words[i - 1], auth_common_words[i]) >= 0)
			fail_msg("%s before %s", auth_common_words[i - 1], auth_common_words[i]);
}

static void test_hashes(void **state)
{
	struct arena arena;
	const char *phc;
	(void)state;
	arena_init(&arena, 1 << 20);
	assert_int_equal(auth_hash_password(&arena, "kopi susu di teras", &phc), OK);
	assert_true(str_starts(phc, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(auth_is_password(phc, "kopi susu di teras"));
	assert_false(auth_is_password(phc, "kopi susu di Teras"));
	assert_false(auth_is_password(NULL, "kopi susu di teras"));
	assert_false(auth_is_password("not a hash", "kopi susu di teras"));
	assert_false(auth_is_outdated(phc));
	assert_true(auth_is_outdated("$argon2id$v=19$m=4096,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
				     "WOrPeF5SWDCmRIgD1pKbNA4aRNDPUGLJZdG4TGtmR1U"));
	arena_release(&arena);
}

/* ---- one-time codes ---- */

struct code_case {
	const char *typed;
	bool is_same; /* as 7K2QD-M4X01 */
};

static const struct code_case codes[] = {
	{"7K2QD-M4X01", true},
	{"7k2qd-m4x01", true},
	{"7K2QDM4X01", true},
	{" 7K2Q D-M4X 01 ", true},
	{"7K2QD-M4XO1", true}, /* O for 0 */
	{"7K2QD-M4X0I", true}, /* I for 1 */
	{"7k2qd-m4xol", true},
	{"7K2QD-M4X02", false},
	{"7K2QD-M4X0", false},
	{"7K2QD-M4X011", false},
	{"7K2QD-M4XU1", false}, /* no U in the alphabet */
	{"7K2QD_M4X01", false},
	{"", false},
};

static void test_codes(void **state)
{
	const struct government_id g = {7};
	struct code_row row = {.expires_at = NOW + 1};
	(void)state;
	assert_true(auth_hash_code(g, ani, "7K2QD-M4X01", &row.hash));
	for (int i = 0; i < COUNT_OF(codes); i++)
		if (auth_is_code(g, ani, codes[i].typed, &row, NOW) != codes[i].is_same)
			fail_msg("%s", codes[i].typed);
	/* bound to its account, its days and its tries */
	assert_false(auth_is_code(g, budi, "7K2QD-M4X01", &row, NOW));
	assert_false(auth_is_code((struct government_id){8}, ani, "7K2QD-M4X01", &row, NOW));
	assert_false(auth_is_code(g, ani, "7K2QD-M4X01", &row, NOW + 1));
	row.tries = CODE_TRIES_MAX - 1;
	assert_true(auth_is_code(g, ani, "7K2QD-M4X01", &row, NOW));
	row.tries = CODE_TRIES_MAX;
	assert_false(auth_is_code(g, ani, "7K2QD-M4X01", &row, NOW));
}

static void test_made_codes(void **state)
{
	char code[2][CODE_CHARACTERS + 2];
	struct hash hash;
	(void)state;
	for (int i = 0; i < 200; i++) {
		auth_make_code(code[i % 2]);
		assert_int_equal(strlen(code[i % 2]), 11);
		assert_int_equal(code[i % 2][5], '-');
		assert_true(auth_hash_code((struct government_id){7}, ani, code[i % 2], &hash));
		assert_true(i == 0 || strcmp(code[0], code[1]));
	}
}

/* ---- the store ---- */

static struct test_store s;

static int open_store(void **state)
{
	static const struct slice *const slices[] = {&platform_slice};
	(void)state;
	test_store_open(&s, slices, 1, NOW);
	test_store_check(&s, auth_add_account(&s.tx, ani, NIP, "phc of ani"));
	test_store_check(&s, auth_add_account(&s.tx, budi, "198504122010011004", NULL));
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	test_store_close(&s);
	return 0;
}

static const char *add_session(struct employee_id employee)
{
	const char *token = NULL;
	assert_int_equal(auth_add_session(&s.tx, employee, "jabar", &token), OK);
	return token;
}

static enum err load_session(const char *token, struct session *ret)
{
	struct tx tx = s.tx;
	tx.government.v = 0; /* the token names it */
	return auth_load_session(&tx, token, ret);
}

static enum err look(const char *token)
{
	struct session session;
	return load_session(token, &session);
}

static void test_session_life(void **state)
{
	struct session session;
	(void)state;
	const char *token = add_session(ani), *other = add_session(ani);
	assert_true(str_starts(token, "jabar."));
	assert_int_equal(strlen(token), strlen("jabar.") + 43);
	assert_int_equal(load_session(token, &session), OK);
	assert_int_equal(session.actor.employee.v, ani.v);
	assert_int_equal(session.actor.government.v, 7);
	assert_int_equal(session.seen_at, NOW);

	/* idle for thirty days ends it, being seen renews it */
	s.tx.now_ms = NOW + SESSION_IDLE_MS - 1;
	assert_int_equal(look(token), OK);
	assert_int_equal(auth_touch_session(&s.tx, &session.actor), OK);
	s.tx.now_ms = NOW + SESSION_IDLE_MS;
	assert_int_equal(look(token), OK);
	assert_int_equal(look(other), E_UNAUTHENTICATED);

	/* but not beyond its absolute end */
	for (int day = 30; day < 180; day += 20) {
		s.tx.now_ms = NOW + day * MS_PER_DAY;
		assert_int_equal(auth_touch_session(&s.tx, &session.actor), OK);
	}
	s.tx.now_ms = NOW + SESSION_MAX_MS - 1;
	assert_int_equal(look(token), OK);
	s.tx.now_ms = NOW + SESSION_MAX_MS;
	assert_int_equal(look(token), E_UNAUTHENTICATED);
}

/* ASVS 5 7.3.1: an office that opens the data of others is left sooner than a phone of one's own.
 */
static struct employee_id officer_today;

static enum err find_officer(struct tx *tx, struct employee_id employee, bool *ret)
{
	assert_int_equal(tx->government.v, 7);
	*ret = employee.v == officer_today.v;
	return OK;
}

static void test_officers_idle_sooner(void **state)
{
	const struct {
		struct employee_id who, officer;
		int64_t idle_ms;
		enum err expected;
	} cases[] = {{ani, ani, OFFICER_IDLE_MS - 1, OK},
		{ani, ani, OFFICER_IDLE_MS, E_UNAUTHENTICATED}, {budi, ani, OFFICER_IDLE_MS, OK},
		{budi, ani, SESSION_IDLE_MS - 1, OK},
		{budi, ani, SESSION_IDLE_MS, E_UNAUTHENTICATED},
		/* by the role of today: granted after the sign-in, or ended since */
		{budi, budi, OFFICER_IDLE_MS, E_UNAUTHENTICATED}, {ani, budi, OFFICER_IDLE_MS, OK}};
	(void)state;
	auth_is_officer = find_officer;
	for (int i = 0; i < COUNT_OF(cases); i++) {
		s.tx.now_ms = NOW;
		const char *token = add_session(cases[i].who);
		officer_today = cases[i].officer;
		s.tx.now_ms = NOW + cases[i].idle_ms;
		assert_int_equal(look(token), cases[i].expected);
	}
	auth_is_officer = NULL;
}

static const char *const no_tokens[] = {"", ".", "jabar", "jabar.", ".AAAA", "jabar.AAAA",
	"sumut.AAAA", "averyveryverylonggovernmentcodethatcannotbe.AAAA",
	"'; DROP TABLE platform_session; --.x"};

static void test_no_tokens(void **state)
{
	(void)state;
	const char *token = add_session(ani);
	for (int i = 0; i < COUNT_OF(no_tokens); i++)
		assert_int_equal(look(no_tokens[i]), E_UNAUTHENTICATED);
	assert_int_equal(look(arena_printf(&s.arena, "%sx", token)), E_UNAUTHENTICATED);
	assert_int_equal(look(token), OK);
}

/* A thread that knew the code in another store finds it here (the id of a code is remembered per
 * thread). */
static void test_code_of_another_store(void **state)
{
	struct government g = {.id = {9},
		.code = "baru",
		.name = "Baru",
		.short_name = "Baru",
		.board_label = "BKD",
		.agency_label = "OPD",
		.head_label = "Bupati"};
	struct tx tx = s.tx;
	const char *token;
	struct session session;
	(void)state;
	tx.government = g.id;
	assert_int_equal(look("baru.AAAA"), E_UNAUTHENTICATED);
	assert_int_equal(platform_add_government(&tx, &g), OK);
	assert_int_equal(auth_add_session(&tx, ani, "baru", &token), E_NOT_FOUND);
	assert_int_equal(auth_add_account(&tx, ani, NIP, NULL), OK);
	assert_int_equal(auth_add_session(&tx, ani, "baru", &token), OK);
	assert_int_equal(load_session(token, &session), OK);
	assert_int_equal(session.actor.government.v, 9);
	/* the same random part under another government's code is nobody's */
	assert_int_equal(
		look(arena_printf(&s.arena, "jabar%s", strchr(token, '.'))), E_UNAUTHENTICATED);
}

static void test_ending_sessions(void **state)
{
	struct session kept;
	(void)state;
	const char *one = add_session(ani), *two = add_session(ani), *three = add_session(ani);
	const char *budis = add_session(budi);
	assert_int_equal(auth_end_session(&s.tx, one), OK);
	assert_int_equal(look(one), E_UNAUTHENTICATED);
	assert_int_equal(load_session(two, &kept), OK);
	assert_int_equal(auth_end_sessions(&s.tx, ani, kept.actor.session_id), OK);
	assert_int_equal(look(two), OK);
	assert_int_equal(look(three), E_UNAUTHENTICATED);
	assert_int_equal(look(budis), OK);
	assert_int_equal(auth_disable_account(&s.tx, ani), OK);
	assert_int_equal(look(two), E_UNAUTHENTICATED);
	assert_int_equal(look(budis), OK);
}

static void test_accounts(void **state)
{
	struct account account;
	(void)state;
	assert_int_equal(auth_load_account(&s.tx, NIP, &account), OK);
	assert_int_equal(account.employee.v, ani.v);
	assert_string_equal(account.phc, "phc of ani");
	assert_false(account.is_disabled);
	assert_int_equal(auth_load_account_of(&s.tx, budi, &account), OK);
	assert_null(account.phc);
	assert_int_equal(auth_load_account(&s.tx, "198504122010011005", &account), E_NOT_FOUND);
	assert_int_equal(auth_set_phc(&s.tx, budi, "phc of budi"), OK);
	assert_int_equal(auth_disable_account(&s.tx, budi), OK);
	assert_int_equal(auth_load_account_of(&s.tx, budi, &account), OK);
	assert_string_equal(account.phc, "phc of budi");
	assert_true(account.is_disabled);
}

static bool is_disabled(struct employee_id employee)
{
	struct account account;
	assert_int_equal(auth_load_account_of(&s.tx, employee, &account), OK);
	return account.is_disabled;
}

/* ASVS 5 7.4.2: the end of service ends the account and its sessions, known beforehand or not. */
static void test_end_of_service(void **state)
{
	const int64_t end = NOW + 3 * MS_PER_DAY;
	const char *text, *before = add_session(ani), *budis = add_session(budi);
	struct code_row code;
	(void)state;
	assert_int_equal(auth_end_account(&s.tx, ani, end), OK);
	const char *after = add_session(ani);
	s.tx.now_ms = end - 1;
	assert_false(is_disabled(ani));
	assert_int_equal(look(before), OK);
	assert_int_equal(look(after), OK);
	s.tx.now_ms = end;
	assert_true(is_disabled(ani));
	assert_int_equal(look(before), E_UNAUTHENTICATED);
	assert_int_equal(look(after), E_UNAUTHENTICATED);
	assert_int_equal(auth_add_code(&s.tx, ani, budi, 1, &text), E_CONFLICT);
	assert_int_equal(look(budis), OK);

	/* he comes back: his account opens, his old sessions do not */
	assert_int_equal(auth_end_account(&s.tx, ani, INSTANT_NONE), OK);
	assert_false(is_disabled(ani));
	assert_int_equal(look(before), E_UNAUTHENTICATED);
	const char *again = add_session(ani);
	assert_int_equal(look(again), OK);
	/* and leaves, as it turns out, yesterday */
	assert_int_equal(auth_add_code(&s.tx, ani, budi, 1, &text), OK);
	assert_int_equal(auth_end_account(&s.tx, ani, end - MS_PER_DAY), OK);
	assert_int_equal(look(again), E_UNAUTHENTICATED);
	assert_int_equal(auth_load_code(&s.tx, ani, &code), E_NOT_FOUND);
	/* what an operator closed does not open with it */
	assert_int_equal(auth_disable_account(&s.tx, budi), OK);
	assert_int_equal(auth_end_account(&s.tx, budi, INSTANT_NONE), OK);
	assert_true(is_disabled(budi));
	assert_int_equal(auth_end_account(&s.tx, (struct employee_id){999}, end), OK);
}

static void test_issued_code(void **state)
{
	const char *first = NULL, *second = NULL;
	struct code_row row;
	(void)state;
	assert_int_equal(auth_load_code(&s.tx, ani, &row), E_NOT_FOUND);
	assert_int_equal(
		auth_add_code(&s.tx, (struct employee_id){999}, officer, 7, &first), E_NOT_FOUND);
	assert_int_equal(auth_add_code(&s.tx, ani, officer, 7, &first), OK);
	assert_int_equal(auth_load_code(&s.tx, ani, &row), OK);
	assert_true(auth_is_code(s.tx.government, ani, first, &row, NOW + 7 * MS_PER_DAY - 1));
	assert_false(auth_is_code(s.tx.government, ani, first, &row, NOW + 7 * MS_PER_DAY));
	/* a new one replaces the old one, with fresh tries */
	assert_int_equal(auth_count_code_try(&s.tx, ani), OK);
	assert_int_equal(auth_load_code(&s.tx, ani, &row), OK);
	assert_int_equal(row.tries, 1);
	assert_int_equal(auth_add_code(&s.tx, ani, officer, 7, &second), OK);
	assert_int_equal(auth_load_code(&s.tx, ani, &row), OK);
	assert_int_equal(row.tries, 0);
	assert_false(auth_is_code(s.tx.government, ani, first, &row, NOW));
	assert_true(auth_is_code(s.tx.government, ani, second, &row, NOW));
	assert_int_equal(auth_disable_account(&s.tx, ani), OK);
	assert_int_equal(auth_load_code(&s.tx, ani, &row), E_NOT_FOUND);
	assert_int_equal(auth_add_code(&s.tx, ani, officer, 7, &second), E_CONFLICT);
}

static void test_browsers(void **state)
{
	const char *cookie = auth_make_browser(&s.arena);
	struct browser_row row;
	(void)state;
	assert_true(auth_is_browser(cookie));
	assert_false(auth_is_browser(NULL));
	assert_false(auth_is_browser("short"));
	assert_false(auth_is_browser("AAAAAAAAAAAAAAAAAAAAA;"));
	assert_int_equal(auth_load_browser(&s.tx, cookie, ani, &row), OK);
	assert_true(!row.is_known && !row.is_trusted);
	assert_int_equal(auth_add_browser(&s.tx, cookie, ani), OK);
	assert_int_equal(auth_add_browser(&s.tx, cookie, ani), OK);
	assert_int_equal(auth_load_browser(&s.tx, cookie, ani, &row), OK);
	assert_true(row.is_known && row.is_trusted);
	assert_int_equal(auth_load_browser(&s.tx, cookie, budi, &row), OK);
	assert_true(row.is_known && !row.is_trusted);
	s.tx.now_ms += BROWSER_DAYS * MS_PER_DAY;
	assert_int_equal(auth_load_browser(&s.tx, cookie, ani, &row), OK);
	assert_true(!row.is_known && !row.is_trusted);
}

static void add_reply(struct uuid key, const char *body)
{
	struct stored_reply reply = {
		hash_of("body", 4), 200, {(const uint8_t *)body, strlen(body)}};
	assert_int_equal(auth_add_reply(&s.tx, &key, ani, &reply), OK);
}

static void test_stored_replies(void **state)
{
	const struct uuid key = {{1, 2, 3}}, empty = {{4}};
	const struct hash hash = hash_of("body", 4);
	struct stored_reply reply;
	(void)state;
	assert_int_equal(auth_load_reply(&s.tx, &key, ani, &reply), E_NOT_FOUND);
	add_reply(key, "{\"id\":\"1\"}");
	add_reply(empty, "");
	assert_int_equal(auth_load_reply(&s.tx, &key, ani, &reply), OK);
	assert_int_equal(reply.status, 200);
	assert_memory_equal(reply.body_hash.b, hash.b, sizeof hash.b);
	assert_int_equal(reply.body.n, 10);
	assert_memory_equal(reply.body.p, "{\"id\":\"1\"}", 10);
	assert_int_equal(auth_load_reply(&s.tx, &empty, ani, &reply), OK);
	assert_int_equal(reply.body.n, 0);
	assert_int_equal(auth_load_reply(&s.tx, &key, budi, &reply), E_NOT_FOUND);
}

static void test_sweep(void **state)
{
	const struct uuid key = {{1}};
	struct stored_reply reply;
	struct browser_row browser;
	struct code_row code;
	const char *text, *cookie = auth_make_browser(&s.arena);
	(void)state;
	add_reply(key, "{}");
	const char *token = add_session(ani);
	assert_int_equal(auth_add_code(&s.tx, ani, officer, 2, &text), OK);
	assert_int_equal(auth_add_browser(&s.tx, cookie, ani), OK);

	s.tx.now_ms = NOW + 2 * MS_PER_DAY;
	assert_int_equal(auth_sweep(&s.tx), OK);
	assert_int_equal(auth_load_reply(&s.tx, &key, ani, &reply), OK);
	assert_int_equal(auth_load_code(&s.tx, ani, &code), OK);
	assert_int_equal(look(token), OK);

	s.tx.now_ms += 1;
	assert_int_equal(auth_sweep(&s.tx), OK);
	assert_int_equal(auth_load_reply(&s.tx, &key, ani, &reply), E_NOT_FOUND);
	assert_int_equal(auth_load_code(&s.tx, ani, &code), E_NOT_FOUND);
	assert_int_equal(auth_load_browser(&s.tx, cookie, ani, &browser), OK);
	assert_true(browser.is_trusted);

	/* what was swept does not come back when the clock is looked at from before */
	s.tx.now_ms = NOW + BROWSER_DAYS * MS_PER_DAY + 1;
	assert_int_equal(auth_sweep(&s.tx), OK);
	s.tx.now_ms = NOW;
	assert_int_equal(auth_load_browser(&s.tx, cookie, ani, &browser), OK);
	assert_false(browser.is_known);
	assert_int_equal(look(token), E_UNAUTHENTICATED);
}

static void test_demo_logins(void **state)
{
	struct demo_login login = {"employee", NULL, NIP, "contoh sandi panjang", "Ani"}, *list;
	int count = -1;
	(void)state;
	assert_int_equal(auth_add_demo_login(&s.tx, &login, 1), OK);
	assert_int_equal(auth_list_demo_logins(&s.tx, &list, &count), OK);
	assert_int_equal(count, 0); /* not a demo store: never shown */
	assert_int_equal(platform_set_demo(&s.tx), OK);
	assert_int_equal(auth_list_demo_logins(&s.tx, &list, &count), OK);
	assert_int_equal(count, 1);
	assert_string_equal(list[0].government, "jabar");
	assert_string_equal(list[0].nip, NIP);
}

#define STORE_TEST(f) cmocka_unit_test_setup_teardown(f, open_store, close_store)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passwords),
		cmocka_unit_test(test_password_bounds),
		cmocka_unit_test(test_common_words_are_sorted),
		cmocka_unit_test(test_hashes),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_made_codes),
		STORE_TEST(test_session_life),
		STORE_TEST(test_officers_idle_sooner),
		STORE_TEST(test_end_of_service),
		STORE_TEST(test_no_tokens),
		STORE_TEST(test_code_of_another_store),
		STORE_TEST(test_ending_sessions),
		STORE_TEST(test_accounts),
		STORE_TEST(test_issued_code),
		STORE_TEST(test_browsers),
		STORE_TEST(test_stored_replies),
		STORE_TEST(test_sweep),
		STORE_TEST(test_demo_logins),
	};
	return TEST_STORE_RUN(tests);
}
