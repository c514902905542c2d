/*
 * Which passwords are refused. Pure: values in, verdict out.
 *
 * No rule about kinds of characters and no expiry (NIST SP 800-63B 3.1.1.2; OWASP ASVS 5: 6.2.1 to
 * 6.2.12); instead length, and what a stranger would try first: common words and their decorations,
 * rows of the keyboard, few different characters, and what is known of the person. A NIP is public
 * knowledge: it carries the birth date, and was user name and password at once in more than one
 * government.
 */
#include "platform/auth.h"

#include "base/str.h"
#include "platform/auth_int.h"

#include <string.h>

#define DIFFERENT_MIN  5 /* different characters                      */
#define UNIT_MIN       6 /* a repeated piece must have more than this */
#define NIP_DIGITS     18
#define NIP_RUN        8 /* digits of the NIP in a row                */
#define GOVERNMENT_MIN 3 /* shorter codes are not looked for          */

const char *const auth_common_words[] = {
#define X(word) word,
#include "platform/passwords.def"
#undef X
};
const int auth_common_word_count = sizeof auth_common_words / sizeof auth_common_words[0];

static bool is_common_word(const char *s, size_t n)
{
	int low = 0, high = auth_common_word_count - 1;
	while (low <= high) {
		int middle = (low + high) / 2;
		int order = strncmp(auth_common_words[middle], s, n);
		if (order == 0 && auth_common_words[middle][n] == '\0')
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return false;
}

static bool is_common_phrase(const char *s, size_t n)
{
	if (is_common_word(s, n))
		return true;
	for (size_t i = 1; i < n; i++)
		if (is_common_word(s, i) && is_common_word(s + i, n - i))
			return true;
	return false;
}

/* Length of the shortest piece that `s` repeats; n when it repeats none. */
static size_t shortest_unit(const char *s, size_t n)
{
	for (size_t unit = 1; unit <= n / 2; unit++)
		if (n % unit == 0 && !memcmp(s, s + unit, n - unit))
			return unit;
	return n;
}

static char undo_substitution(char c)
{
	static const char from[] = "@$!01345789", to[] = "asioieastbg";
	const char *found = c ? strchr(from, c) : NULL;
	return found ? to[found - from] : c;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* A common word or two of them, alone, repeated, or decorated with digits and signs at its ends. */
static bool is_common(const char *folded, size_t n)
{
	char plain[PASSWORD_MAX + 1];
	size_t start = 0, end = n;
	while (end > 0 && !is_letter(folded[end - 1]))
		end--;
	while (start < end && !is_letter(folded[start]))
		start++;
	for (size_t i = start; i < end; i++)
		plain[i] = undo_substitution(folded[i]);
	size_t core = end - start;
	return is_common_phrase(folded, shortest_unit(folded, n)) ||
	       (core && is_common_phrase(folded + start, shortest_unit(folded + start, core))) ||
	       (core && is_common_phrase(plain + start, shortest_unit(plain + start, core)));
}

static bool is_run(const char *folded)
{
	static const char *const rows[] = {
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
		"zyxwvutsrqponmlkjihgfedcbazyxwvutsrqponmlkjihgfedcba",
		"0123456789012345678901234567890123456789",
		"9876543210987654321098765432109876543210",
		"qwertyuiopasdfghjklzxcvbnm",
		"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
		"1q2w3e4r5t6y7u8i9o0p",
		"q1w2e3r4t5y6u7i8o9p0",
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strstr(rows[i], folded))
			return true;
	return false;
}

static bool is_simple(const char *folded, size_t n)
{
	bool seen[256] = {false};
	int different = 0;
	for (size_t i = 0; i < n; i++) {
		different += !seen[(unsigned char)folded[i]];
		seen[(unsigned char)folded[i]] = true;
	}
	return different < DIFFERENT_MIN || shortest_unit(folded, n) < UNIT_MIN || is_run(folded);
}

/* The birth date of a NIP (its first eight digits) as people write it. */
static bool has_birth_date(const char *digits, const char *nip)
{
	/* positions in YYYYMMDD */
	static const char *const orders[] = {
		"01234567", "67450123", "45670123", "01236745", "674523", "234567", "456723"};
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		char date[9] = {0};
		for (size_t k = 0; orders[i][k]; k++)
			date[k] = nip[orders[i][k] - '0'];
		if (strstr(digits, date))
			return true;
	}
	return false;
}

static bool has_nip(const char *digits, const char *nip)
{
	for (size_t i = 0; i + NIP_RUN <= NIP_DIGITS; i++) {
		char run[NIP_RUN + 1] = {0};
		memcpy(run, nip + i, NIP_RUN);
		if (strstr(digits, run))
			return true;
	}
	return false;
}

static bool is_personal(
	const char *folded, const char *digits, const char *nip, const char *government_code)
{
	if (government_code && strlen(government_code) >= GOVERNMENT_MIN &&
		strstr(folded, government_code))
		return true;
	if (strlen(nip) != NIP_DIGITS || strspn(nip, "0123456789") != NIP_DIGITS)
		return *nip && strstr(folded, nip);
	return has_nip(digits, nip) || has_birth_date(digits, nip);
}

/* Lower case, and the digits alone: "12-04-1985" is a birth date too. */
static void fold(const char *password, size_t n, char *ret_folded, char *ret_digits)
{
	size_t digits = 0;
	for (size_t i = 0; i < n; i++) {
		char c = password[i];
		ret_folded[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		if (c >= '0' && c <= '9')
			ret_digits[digits++] = c;
	}
	ret_folded[n] = ret_digits[digits] = '\0';
}

static const char *find_weakness(const char *password, const char *nip, const char *government_code)
{
	char folded[PASSWORD_MAX + 1], digits[PASSWORD_MAX + 1];
	size_t n = strlen(password);
	if (n < PASSWORD_MIN)
		return "too_short";
	if (n > PASSWORD_MAX)
		return "too_long";
	if (!str_is_text(password, n))
		return "not_text";
	fold(password, n, folded, digits);
	if (is_common(folded, n))
		return "common";
	if (is_simple(folded, n))
		return "simple";
	return is_personal(folded, digits, nip, government_code) ? "personal" : NULL;
}

enum err auth_check_password(
	const char *password, const char *nip, const char *government_code, const char **ret_reason)
{
	const char *weakness = find_weakness(password, nip, government_code);
	if (weakness && ret_reason)
		*ret_reason = weakness;
	return weakness ? E_WEAK_PASSWORD : OK;
}
