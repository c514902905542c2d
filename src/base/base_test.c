/*
 * The ground every verdict stands on: calendar, minutes, text, hashes, memory.
 *
 * Values come from outside where there is an outside: published constants, the C library's own
 * calendar, RFC and NIST vectors.
 */
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int32_t day(const char *s)
{
	int32_t d = DAY_NONE;
	if (!day_parse(s, &d))
		fail_msg("not a day: %s", s);
	return d;
}

/* --- days --- */

static void test_day_agrees_with_libc_over_two_centuries(void **state)
{
	(void)state;
	for (int32_t d = day("1900-01-01"); d <= day("2100-12-31"); d++) {
		time_t t = (time_t)d * 86400;
		struct tm tm;
		assert_non_null(gmtime_r(&t, &tm));
		int y, m, dd;
		day_to_civil(d, &y, &m, &dd);
		assert_int_equal(y, tm.tm_year + 1900);
		assert_int_equal(m, tm.tm_mon + 1);
		assert_int_equal(dd, tm.tm_mday);
		assert_int_equal(day_from_civil(y, m, dd), d);
		assert_int_equal(day_weekday(d) % 7, tm.tm_wday);
		char text[11];
		int32_t again;
		day_format(d, text);
		assert_true(day_parse(text, &again));
		assert_int_equal(again, d);
	}
}

static void test_day_known_values(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int32_t value;
		enum weekday weekday;
	} cases[] = {
		{"1970-01-01", 0, THURSDAY},
		{"1969-12-31", -1, WEDNESDAY},
		{"1900-01-01", -25567, MONDAY},
		{"2000-02-29", 11016, TUESDAY},
		{"2024-02-29", 19782, THURSDAY},
		{"2025-11-13", 20405, THURSDAY}, /* the demo instant */
		{"2026-04-10", 20553, FRIDAY},
		{"9999-12-31", DAY_FOREVER, FRIDAY},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(day(cases[i].text), cases[i].value);
		assert_int_equal(day_weekday(cases[i].value), cases[i].weekday);
	}
}

static void test_day_parse_refuses(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "2025", "2025-11-1", "2025-1-13", "2025-13-01",
		"2025-00-10", "2025-04-31", "2025-02-29", "1900-02-29", "2100-02-29", "2025-11-13 ",
		" 2025-11-13", "2025/11/13", "1899-12-31", "+025-11-13", "2025-11-13T00:00",
		"13-11-2025", "2025-11-00", "2025-11-32", "20251113"};
	for (size_t i = 0; i < COUNT(bad); i++) {
		int32_t d = 77;
		if (day_parse(bad[i], &d))
			fail_msg("accepted as a day: '%s'", bad[i]);
		assert_int_equal(d, 77);
	}
}

static void test_month_bounds(void **state)
{
	(void)state;
	static const struct {
		const char *in, *first, *last;
	} cases[] = {
		{"2025-11-13", "2025-11-01", "2025-11-30"},
		{"2024-02-01", "2024-02-01", "2024-02-29"},
		{"2100-02-28", "2100-02-01", "2100-02-28"},
		{"2025-12-31", "2025-12-01", "2025-12-31"},
		{"2026-01-01", "2026-01-01", "2026-01-31"},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t first, last;
		day_month_bounds(day(cases[i].in), &first, &last);
		assert_int_equal(first, day(cases[i].first));
		assert_int_equal(last, day(cases[i].last));
	}
}

/* --- minutes and instants --- */

static void test_minutes(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int value; /* -1: refused */
	} cases[] = {
		{"00:00", 0},
		{"07:30", 450},
		{"23:59", 1439},
		{"24:00", 1440},
		{"31:15", 1875},
		{"47:59", 2879},
		{"48:00", -1},
		{"07:60", -1},
		{"7:30", -1},
		{"07.30", -1},
		{"07:3", -1},
		{"07:300", -1},
		{"-1:30", -1},
		{"", -1},
		{"07:30 ", -1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int minute = -1;
		bool ok = minute_parse(cases[i].text, &minute);
		assert_int_equal(ok, cases[i].value >= 0);
		assert_int_equal(minute, cases[i].value);
		char text[6];
		if (ok) {
			minute_format(minute, text);
			assert_string_equal(text, cases[i].text);
		}
	}
}

static void test_instants_in_zones(void **state)
{
	(void)state;
	static const struct {
		const char *instant;
		enum zone zone;
		const char *day;
		int minute;
	} cases[] = {
		{"2025-11-13T00:30:00.000Z", ZONE_WIB, "2025-11-13", 450},
		{"2025-11-13T00:30:59.999Z", ZONE_WIB, "2025-11-13", 450}, /* a clock shows 07.30 */
		{"2025-11-12T23:30:00.000Z", ZONE_WITA, "2025-11-13", 450},
		{"2025-11-12T22:30:00.000Z", ZONE_WIT, "2025-11-13", 450},
		{"2025-12-31T16:59:59.999Z", ZONE_WIB, "2025-12-31", 1439},
		{"2025-12-31T16:59:59.999Z", ZONE_WITA, "2026-01-01", 59},
		{"2025-12-31T17:00:00.000Z", ZONE_WIB, "2026-01-01", 0},
		{"1969-12-31T16:59:00.000Z", ZONE_WIB, "1969-12-31", 1439},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ms;
		assert_true(instant_parse(cases[i].instant, &ms));
		assert_int_equal(instant_day(ms, cases[i].zone), day(cases[i].day));
		assert_int_equal(instant_minute(ms, cases[i].zone), cases[i].minute);
		int64_t minute_start = instant_of(
			day(cases[i].day), cases[i].minute, cases[i].zone);
		assert_true(ms >= minute_start && ms < minute_start + MS_PER_MINUTE);
		char text[25];
		instant_format(ms, text);
		assert_string_equal(text, cases[i].instant);
	}
	/* A night that ends past midnight lands on the next civil day. */
	int64_t end = instant_of(day("2025-12-31"), 1875, ZONE_WIB);
	assert_int_equal(instant_day(end, ZONE_WIB), day("2026-01-01"));
	assert_int_equal(instant_minute(end, ZONE_WIB), 7 * 60 + 15);
	assert_string_equal(zone_name(ZONE_WIT), "WIT");
}

static void test_instant_parse(void **state)
{
	(void)state;
	static const struct {
		const char *text, *utc; /* NULL: refused */
	} cases[] = {
		{"2025-11-13T07:20+07:00", "2025-11-13T00:20:00.000Z"},
		{"2025-11-13T07:20:05+07:00", "2025-11-13T00:20:05.000Z"},
		{"2025-11-13T07:20:05.5+08:00", "2025-11-12T23:20:05.500Z"},
		{"2025-11-13T07:20:05.123456Z", "2025-11-13T07:20:05.123Z"},
		{"2025-11-13T20:00-05:30", "2025-11-14T01:30:00.000Z"},
		{"2025-11-13T07:20Z", "2025-11-13T07:20:00.000Z"},
		{"2025-11-13T07:20", NULL},
		{"2025-11-13", NULL},
		{"2025-11-13 07:20Z", NULL},
		{"2025-11-13T24:00Z", NULL},
		{"2025-11-13T07:60Z", NULL},
		{"2025-11-13T07:20:60Z", NULL},
		{"2025-11-13T07:20:05.Z", NULL},
		{"2025-11-13T07:20+0700", NULL},
		{"2025-11-13T07:20+24:00", NULL},
		{"2025-11-13T07:20+07:60", NULL},
		{"2025-11-13T07:20Zx", NULL},
		{"2025-02-29T07:20Z", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ms = 0;
		char text[25];
		bool ok = instant_parse(cases[i].text, &ms);
		assert_int_equal(ok, cases[i].utc != NULL);
		if (!ok)
			continue;
		instant_format(ms, text);
		assert_string_equal(text, cases[i].utc);
	}
}

/* --- text --- */

static void test_str_to_int(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t min, max;
		bool ok;
		int64_t value;
	} cases[] = {
		{"0", 0, 10, true, 0},
		{"-5", -10, 10, true, -5},
		{"10", 0, 10, true, 10},
		{"11", 0, 10, false, 0},
		{"-1", 0, 10, false, 0},
		{"9223372036854775807", 0, INT64_MAX, true, INT64_MAX},
		{"-9223372036854775808", INT64_MIN, 0, true, INT64_MIN},
		{"9223372036854775808", INT64_MIN, INT64_MAX, false, 0},
		{"-9223372036854775809", INT64_MIN, INT64_MAX, false, 0},
		{"", 0, 10, false, 0},
		{"-", -9, 10, false, 0},
		{"+5", 0, 10, false, 0},
		{" 5", 0, 10, false, 0},
		{"5 ", 0, 10, false, 0},
		{"5x", 0, 10, false, 0},
		{"0x5", 0, 10, false, 0},
		{"99999999999999999999999", 0, INT64_MAX, false, 0},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t v = 0;
		assert_int_equal(
			str_to_int(cases[i].text, cases[i].min, cases[i].max, &v), cases[i].ok);
		assert_int_equal(v, cases[i].value);
	}
}

static void test_str_is_text(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n;
		bool ok;
	} cases[] = {
		{"", 0, true},
		{"Dinas Pendidikan", 16, true},
		{"tab\tline\n", 9, true},
		{"caf\xC3\xA9", 5, true},
		{"\xE2\x80\x9C", 3, true},
		{"\xF0\x9F\x98\x80", 4, true},
		{"a\0b", 3, false},
		{"a\rb", 3, false},
		{"\x1B[31m", 5, false},
		{"\x7F", 1, false},
		{"\xC2\x85", 2, false},
		{"\xC3", 1, false},
		{"\xC0\x80", 2, false},
		{"\xC1\xBF", 2, false},
		{"\xE0\x80\x80", 3, false},
		{"\xED\xA0\x80", 3, false},
		{"\xF4\x90\x80\x80", 4, false},
		{"\xF8\x88\x80\x80\x80", 5, false},
		{"\x80", 1, false},
		{"\xE2\x80", 2, false},
		{"\xE2\x28\xA1", 3, false},
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		if (str_is_text(cases[i].bytes, cases[i].n) != cases[i].ok)
			fail_msg("text case %zu", i);
}

static void test_fold_trim_compare(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1 << 20);
	assert_string_equal(str_fold(&a, "  Sri\t WAHYUNI \n"), "sri wahyuni");
	assert_string_equal(str_fold(&a, "RENÉ ÅÖÞ × ÷ ß"), "rené åöþ × ÷ ß");
	assert_string_equal(str_fold(&a, ""), "");
	assert_string_equal(str_fold(&a, "   "), "");
	char padded[] = " \t Bapenda \r\n";
	assert_string_equal(str_trim(padded), "Bapenda");
	char blank[] = "  ";
	assert_string_equal(str_trim(blank), "");
	assert_true(str_eq("a", "a") && str_eq(NULL, NULL));
	assert_false(str_eq("a", "b") || str_eq("a", NULL) || str_eq(NULL, ""));
	assert_true(str_starts("jabar.x", "jabar") && str_starts("x", ""));
	assert_false(str_starts("ja", "jabar"));
	arena_release(&a);
}

static void test_hex(void **state)
{
	(void)state;
	const uint8_t bytes[] = {0x00, 0x7F, 0xA5, 0xFF};
	char text[9];
	uint8_t back[4];
	hex_encode(bytes, 4, text);
	assert_string_equal(text, "007fa5ff");
	assert_true(hex_decode("007FA5ff", back, 4));
	assert_memory_equal(back, bytes, 4);
	assert_false(hex_decode("007fa5f", back, 4));
	assert_false(hex_decode("007fa5ff0", back, 4));
	assert_false(hex_decode("007fa5fg", back, 4));
	assert_false(hex_decode("", back, 4));
}

static void test_base64url(void **state)
{
	(void)state;
	/* RFC 4648 section 10, and the two digits that differ from base64 */
	static const struct {
		const char *bytes;
		size_t n;
		const char *text;
	} cases[] = {
		{"", 0, ""},
		{"f", 1, "Zg"},
		{"fo", 2, "Zm8"},
		{"foo", 3, "Zm9v"},
		{"foob", 4, "Zm9vYg"},
		{"fooba", 5, "Zm9vYmE"},
		{"foobar", 6, "Zm9vYmFy"},
		{"\xFB\xFF\xFE", 3, "-__-"},
	};
	static const char *const bad[] = {
		"Z", "Zm9vY", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm9v ", "Zm\n9v"};
	struct arena a;
	arena_init(&a, 1 << 20);
	struct bytes back;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal(
			base64url_encode(&a, (const uint8_t *)cases[i].bytes, cases[i].n),
			cases[i].text);
		assert_true(base64url_decode(&a, cases[i].text, &back));
		assert_int_equal(back.n, cases[i].n);
		assert_memory_equal(back.p, cases[i].bytes, cases[i].n);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		if (base64url_decode(&a, bad[i], &back))
			fail_msg("accepted as base64url: '%s'", bad[i]);
	arena_release(&a);
}

static void test_uuid_v7(void **state)
{
	(void)state;
	/* RFC 9562 appendix A.6 */
	const char *text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
	static const char *const bad[] = {
		"",
		"017f22e2-79b0-4cc3-98c4-dc0c0c07398f", /* version 4 */
		"017f22e2-79b0-7cc3-58c4-dc0c0c07398f", /* variant 01 */
		"017f22e279b07cc398c4dc0c0c07398f",
		"{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
		"017f22e2-79b07-cc3-98c4-dc0c0c07398f",
		"017f22e2--9b0-7cc3-98c4-dc0c0c07398f",
	};
	struct uuid u;
	char out[37];
	assert_true(uuid_parse_v7(text, &u));
	uuid_format(&u, out);
	assert_string_equal(out, text);
	assert_int_equal(uuid_instant(&u), INT64_C(1645557742000));
	assert_true(uuid_parse_v7("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", &u));
	for (size_t i = 0; i < COUNT(bad); i++)
		if (uuid_parse_v7(bad[i], &u))
			fail_msg("accepted as a UUID: '%s'", bad[i]);
}

/* --- hashes and errors --- */

static void assert_hash(struct hash h, const char *hex)
{
	char text[65];
	hex_encode(h.b, sizeof(h.b), text);
	assert_string_equal(text, hex);
}

static void test_hashes(void **state)
{
	(void)state;
	/* FIPS 180-2 appendix B; FNV reference vectors */
	assert_hash(
		hash_of("", 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_hash(hash_of("abc", 3),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	const struct bytes parts[] = {
		{(const uint8_t *)"a", 1}, {NULL, 0}, {(const uint8_t *)"bc", 2}};
	assert_hash(hash_sha256(parts, 3),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	/* RFC 4231, cases 1 and 2 */
	const struct bytes hi = {(const uint8_t *)"Hi There", 8};
	assert_hash(hash_mac("\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v", 20, &hi, 1),
		"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	const struct bytes what[] = {
		{(const uint8_t *)"what do ya want ", 16}, {(const uint8_t *)"for nothing?", 12}};
	assert_hash(hash_mac("Jefe", 4, what, 2),
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	assert_true(hash_is_same("abc", "abd", 2));
	assert_false(hash_is_same("abc", "abd", 3));
	assert_true(hash_fnv("", 0) == UINT64_C(0xcbf29ce484222325));
	assert_true(hash_fnv("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void test_errors_are_complete(void **state)
{
	(void)state;
	assert_int_equal(err_status(OK), 200);
	assert_int_equal(err_status(E_STALE), 409);
	assert_string_equal(err_code(E_SELF), "not_on_oneself");
	for (int e = 1; e < ERR_COUNT; e++) {
		assert_in_range(err_status((enum err)e), 400, 599);
		for (int other = 0; other < e; other++)
			assert_string_not_equal(err_code((enum err)e), err_code((enum err)other));
	}
}

/* --- memory --- */

static void test_arena_grows_and_resets(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 64 << 20);
	arena_reset(&a);
	unsigned char *kept[2000];
	for (size_t i = 0; i < COUNT(kept); i++) {
		size_t n = i * 7 % 4096;
		kept[i] = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)kept[i] % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < n; j++)
			assert_int_equal(kept[i][j], 0);
		memset(kept[i], (int)(i & 255), n);
	}
	for (size_t i = 0; i < COUNT(kept); i++)
		for (size_t j = 0; j < i * 7 % 4096; j++)
			assert_int_equal(kept[i][j], i & 255);
	assert_in_range(a.used_bytes, 3000000, 64 << 20);
	arena_reset(&a);
	assert_int_equal(a.used_bytes, 0);
	assert_non_null(a.head); /* one block is kept ... */
	unsigned char *again = arena_alloc(&a, 4096);
	for (size_t j = 0; j < 4096; j++)
		assert_int_equal(again[j], 0); /* ... and shows nothing of its former life */
	arena_release(&a);
	assert_null(a.head);
}

static void test_arena_large_first_block_is_not_kept(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 64 << 20);
	assert_non_null(arena_alloc(&a, 8 << 20));
	arena_reset(&a);
	assert_null(a.head);
	arena_release(&a);
}

/* Runs `f` in a child and tells whether it died by abort. */
static bool aborts(void (*f)(void))
{
	pid_t pid = fork();
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		signal(SIGABRT, SIG_DFL);
		f();
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void pass_the_cap(void)
{
	struct arena a;
	arena_init(&a, 1000);
	arena_alloc(&a, 900);
	arena_alloc(&a, 101);
}

static void overflow_an_array(void)
{
	struct arena a;
	arena_init(&a, SIZE_MAX);
	arena_array(&a, SIZE_MAX / 2, 3);
}

static void test_arena_dies_past_its_cap(void **state)
{
	(void)state;
	assert_true(aborts(pass_the_cap));
	assert_true(aborts(overflow_an_array));
}

static void test_arena_texts(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1 << 20);
	assert_null(arena_strdup(&a, NULL));
	assert_string_equal(arena_strdup(&a, "Setda"), "Setda");
	assert_string_equal(arena_strndup(&a, "Bapenda", 3), "Bap");
	assert_string_equal(arena_printf(&a, "%s-%03d", "A", 7), "A-007");
	arena_release(&a);
}

static void test_buf(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 4 << 20);
	struct buf b;
	buf_init(&b, &a, 0);
	buf_str(&b, "");
	assert_string_equal(b.p, "");
	for (int i = 0; i < 20000; i++)
		buf_char(&b, (char)('a' + i % 26));
	buf_int(&b, INT64_MIN);
	buf_printf(&b, "|%d|%s", 42, "x");
	buf_add(&b, "\0z", 2);
	assert_int_equal(b.n, 20000 + 20 + 5 + 2);
	assert_int_equal(b.p[19999], 'a' + 19999 % 26);
	assert_string_equal(b.p + 20000, "-9223372036854775808|42|x");
	assert_int_equal(b.p[b.n], 0);
	struct buf exact;
	buf_init(&exact, &a, 4);
	buf_str(&exact, "abcd"); /* the NUL does not fit the hint */
	assert_string_equal(exact.p, "abcd");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day_agrees_with_libc_over_two_centuries),
		cmocka_unit_test(test_day_known_values),
		cmocka_unit_test(test_day_parse_refuses),
		cmocka_unit_test(test_month_bounds),
		cmocka_unit_test(test_minutes),
		cmocka_unit_test(test_instants_in_zones),
		cmocka_unit_test(test_instant_parse),
		cmocka_unit_test(test_str_to_int),
		cmocka_unit_test(test_str_is_text),
		cmocka_unit_test(test_fold_trim_compare),
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_base64url),
		cmocka_unit_test(test_uuid_v7),
		cmocka_unit_test(test_hashes),
		cmocka_unit_test(test_errors_are_complete),
		cmocka_unit_test(test_arena_grows_and_resets),
		cmocka_unit_test(test_arena_large_first_block_is_not_kept),
		cmocka_unit_test(test_arena_dies_past_its_cap),
		cmocka_unit_test(test_arena_texts),
		cmocka_unit_test(test_buf),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
