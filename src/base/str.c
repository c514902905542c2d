/*
 * Bounded parsing, comparison, folding, hex, base64url and UUID text.
 *
 * A parser accepts exactly one spelling and writes its result only on success.
 */
#include "base/str.h"

#include <string.h>

bool str_eq(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_to_int(const char *s, int64_t min, int64_t max, int64_t *ret_value)
{
	bool negative = *s == '-';
	int64_t v = 0;
	s += negative;
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		/* Counted downwards, because INT64_MIN has no positive twin. */
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, *s - '0', &v))
			return false;
	}
	if (!negative && __builtin_sub_overflow(0, v, &v))
		return false;
	if (v < min || v > max)
		return false;
	*ret_value = v;
	return true;
}

/* Length of the well-formed UTF-8 sequence at `p`, its code point in *ret; 0 when it is not one. */
static size_t utf8_take(const uint8_t *p, size_t n, uint32_t *ret)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len = p[0] < 0x80   ? 1
		     : p[0] < 0xC0 ? 0
		     : p[0] < 0xE0 ? 2
		     : p[0] < 0xF0 ? 3
		     : p[0] < 0xF8 ? 4
				   : 0;
	if (len == 0 || len > n)
		return 0;
	uint32_t c = len == 1 ? p[0] : p[0] & (0xFFu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < smallest[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*ret = c;
	return len;
}

static bool is_control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c <= 0x9F);
}

bool str_is_text(const char *s, size_t n)
{
	const uint8_t *p = (const uint8_t *)s;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t len = utf8_take(p + i, n - i, &c);
		if (len == 0 || is_control(c))
			return false;
		i += len;
	}
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Lower case of byte `c` that follows byte `before`: ASCII, or the second byte of U+00C0..U+00DE.
 */
static char lower(char before, char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + 0x20);
	uint8_t u = (uint8_t)c;
	bool is_latin1_upper = (uint8_t)before == 0xC3 && u >= 0x80 && u <= 0x9E && u != 0x97;
	return is_latin1_upper ? (char)(u + 0x20) : c;
}

char *str_fold(struct arena *a, const char *s)
{
	char *out = arena_alloc(a, strlen(s) + 1);
	size_t n = 0;
	for (char before = 0; *s; before = *s++) {
		if (!is_blank(*s))
			out[n++] = lower(before, *s);
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return out;
}

char *str_trim(char *s)
{
	while (is_blank(*s))
		s++;
	size_t n = strlen(s);
	while (n > 0 && is_blank(s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

void hex_encode(const uint8_t *p, size_t n, char *out)
{
	static const char digit[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digit[p[i] >> 4];
		out[2 * i + 1] = digit[p[i] & 15];
	}
	out[2 * n] = '\0';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool hex_decode(const char *s, uint8_t *out, size_t n)
{
	if (strlen(s) != 2 * n)
		return false;
	for (size_t i = 0; i < 2 * n; i++)
		if (hex_value(s[i]) < 0)
			return false;
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(hex_value(s[2 * i]) << 4 | hex_value(s[2 * i + 1]));
	return true;
}

static const char base64url_digit[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char *base64url_encode(struct arena *a, const uint8_t *p, size_t n)
{
	char *out = arena_alloc(a, (n * 4 + 2) / 3 + 1), *o = out;
	uint32_t bits = 0;
	int held = 0;
	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (held += 8; held >= 6; held -= 6)
			*o++ = base64url_digit[bits >> (held - 6) & 63];
	}
	if (held > 0)
		*o++ = base64url_digit[bits << (6 - held) & 63];
	return out;
}

/* What a digit stands for; -1 when it is none. */
static int base64url_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_decode(struct arena *a, const char *s, struct bytes *ret_bytes)
{
	size_t n = strlen(s), used = 0;
	uint8_t *out = arena_alloc(a, n * 3 / 4 + 1);
	uint32_t bits = 0;
	int held = 0;
	for (; *s; s++) {
		int value = base64url_value(*s);
		if (value < 0)
			return false;
		bits = bits << 6 | (uint32_t)value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[used++] = (uint8_t)(bits >> held);
		}
	}
	/* One spelling only: no lonely digit, and the bits left over are zero. */
	if (n % 4 == 1 || (bits & ((1u << held) - 1)) != 0)
		return false;
	*ret_bytes = (struct bytes){out, used};
	return true;
}

void uuid_format(const struct uuid *u, char out[37])
{
	static const uint8_t start[] = {0, 4, 6, 8, 10, 16};
	for (int group = 0; group < 5; group++) {
		hex_encode(u->b + start[group], (size_t)(start[group + 1] - start[group]), out);
		out += 2 * (start[group + 1] - start[group]);
		*out++ = group < 4 ? '-' : '\0';
	}
}

bool uuid_parse_v7(const char *s, struct uuid *ret_uuid)
{
	char digits[33];
	struct uuid u;
	size_t n = 0;
	if (strlen(s) != 36)
		return false;
	for (size_t i = 0; i < 36; i++) {
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (is_dash != (s[i] == '-'))
			return false;
		if (!is_dash)
			digits[n++] = s[i];
	}
	digits[n] = '\0';
	if (!hex_decode(digits, u.b, sizeof(u.b)) || u.b[6] >> 4 != 7 || u.b[8] >> 6 != 2)
		return false;
	*ret_uuid = u;
	return true;
}

int64_t uuid_instant(const struct uuid *u)
{
	int64_t ms = 0;
	for (int i = 0; i < 6; i++)
		ms = ms << 8 | u->b[i];
	return ms;
}
