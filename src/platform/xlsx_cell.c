/*
 * Values of cells: what a number format shows, serials as dates, and text as it was typed.
 *
 * ECMA-376 part 1, 18.8.30 (built-in formats), 18.17.4 (dates: two date systems, and a 29 February
 * 1900 that never was), 22.9.2.19 (_xHHHH_). A spreadsheet keeps 15 digits of a number: what is
 * longer is shown as the power of ten it became, so that nobody takes its zeros for digits.
 * Floating point is how spreadsheets store; nothing is judged here.
 */
#include "platform/xlsx_int.h"

#include "base/date.h"
#include "base/str.h"

#include <math.h>

#define SERIAL_MAX     2957003.0 /* 9999-12-31 in the later system */
#define DAY_1899_12_30 (-25569)  /* day of serial 0 from March 1900 on */
#define DAY_1904_01_01 (-24107)
#define DIGITS_KEPT    1e15
#define DAY_SECONDS    86400

/* ---- formats ---- */

enum xlsx_format xlsx_format_of_number(int number)
{
	static const struct {
		int from, to;
		enum xlsx_format format;
	} builtin[] = {
		{14, 17, FORMAT_DATE},
		{18, 21, FORMAT_TIME},
		{22, 22, FORMAT_DATE_TIME},
		{27, 31, FORMAT_DATE},
		{32, 35, FORMAT_TIME},
		{36, 36, FORMAT_DATE},
		{45, 47, FORMAT_TIME},
		{50, 54, FORMAT_DATE},
		{55, 56, FORMAT_TIME},
		{57, 58, FORMAT_DATE},
	};

	for (size_t i = 0; i < sizeof(builtin) / sizeof(builtin[0]); i++) {
		if (number >= builtin[i].from && number <= builtin[i].to)
			return builtin[i].format;
	}
	return FORMAT_PLAIN;
}

/* Behind a part of a code that is shown as it stands: "text", \x, _x, *x. NULL when `p` is none. */
static const char *skip_literal(const char *p)
{
	if (*p == '"') {
		const char *end = strchr(p + 1, '"');

		return end ? end + 1 : p + strlen(p);
	}
	if (*p == '\\' || *p == '_' || *p == '*')
		return p[1] ? p + 2 : p + 1;
	return NULL;
}

/* Behind [Red], [$-421], [>100]; *ret_elapsed for [h], [mm], [ss]. */
static const char *skip_bracket(const char *p, bool *ret_elapsed)
{
	const char *end = strchr(p, ']');
	size_t n = end ? (size_t)(end - p - 1) : 0;

	if (n > 0 && strspn(p + 1, "hHmMsS") == n)
		*ret_elapsed = true;
	return end ? end + 1 : p + strlen(p);
}

enum xlsx_format xlsx_format_of_code(const char *code)
{
	bool has_day = false, has_hour = false, has_m = false;

	for (const char *p = code; *p && *p != ';';) {
		const char *behind = skip_literal(p);

		if (behind) {
			p = behind;
			continue;
		}
		if (*p == '[') {
			p = skip_bracket(p, &has_hour);
			continue;
		}
		if (strncasecmp(p, "general", 7) == 0)
			return FORMAT_PLAIN;
		has_day |= *p == 'd' || *p == 'D' || *p == 'y' || *p == 'Y';
		has_hour |= *p == 'h' || *p == 'H' || *p == 's' || *p == 'S';
		has_m |= *p == 'm' || *p == 'M';
		p++;
	}
	if (has_day || (has_m && !has_hour))
		return has_hour ? FORMAT_DATE_TIME : FORMAT_DATE;
	return has_hour ? FORMAT_TIME : FORMAT_PLAIN;
}

/* ---- numbers ---- */

/* Day of a whole serial; serials before March 1900 count from one day later. */
static int32_t serial_day(int64_t serial, bool is_1904)
{
	if (is_1904)
		return (int32_t)(DAY_1904_01_01 + serial);
	return (int32_t)(DAY_1899_12_30 + serial + (serial < 60));
}

/* "07:30" or, when there are any, with seconds; hours run on past 24. */
static int show_time(int64_t seconds, char *out, size_t room)
{
	int hours = (int)(seconds / 3600), minutes = (int)(seconds / 60 % 60),
	    rest = (int)(seconds % 60);

	if (rest)
		return snprintf(out, room, "%02d:%02d:%02d", hours, minutes, rest);
	return snprintf(out, room, "%02d:%02d", hours, minutes);
}

static void show_moment(
	double serial, enum xlsx_format format, bool is_1904, char out[XLSX_NUMBER_MAX])
{
	int64_t seconds = llround(serial * DAY_SECONDS);
	int64_t whole = seconds / DAY_SECONDS;

	if (format == FORMAT_TIME) {
		show_time(seconds, out, XLSX_NUMBER_MAX);
		return;
	}
	day_format(serial_day(whole, is_1904), out);
	if (format == FORMAT_DATE_TIME) {
		out[10] = ' ';
		show_time(seconds % DAY_SECONDS, out + 11, XLSX_NUMBER_MAX - 11);
	}
}

/* More digits than are kept: "1.98504122010012E+17". */
static void show_ruined(double value, char out[XLSX_NUMBER_MAX])
{
	char text[XLSX_NUMBER_MAX];
	char *exponent, *end;

	snprintf(text, sizeof(text), "%.14E", value);
	exponent = strchr(text, 'E');
	for (end = exponent; end[-1] == '0'; end--)
		;
	if (end[-1] == '.')
		end--;
	snprintf(out, XLSX_NUMBER_MAX, "%.*s%s", (int)(end - text), text, exponent);
}

static bool read_number(const char *stored, double *ret)
{
	char *end;

	if (!*stored || strlen(stored) > 40 || stored[strspn(stored, "0123456789+-.eE")] != '\0')
		return false;
	*ret = strtod(stored, &end);
	return *end == '\0' && isfinite(*ret);
}

enum xlsx_cell xlsx_show_number(
	const char *stored, enum xlsx_format format, bool is_1904, char out[XLSX_NUMBER_MAX])
{
	double value;

	if (!read_number(stored, &value)) {
		snprintf(out, XLSX_NUMBER_MAX, "%.40s", stored);
		return XLSX_CELL_ERROR;
	}
	if (format != FORMAT_PLAIN && value >= 0 && value < SERIAL_MAX) {
		show_moment(value, format, is_1904, out);
		return XLSX_CELL_DATE;
	}
	if (fabs(value) >= DIGITS_KEPT)
		show_ruined(value, out);
	else if (value == trunc(value))
		snprintf(out, XLSX_NUMBER_MAX, "%.0f", value + 0.0);
	else
		snprintf(out, XLSX_NUMBER_MAX, "%.15g", value);
	return XLSX_CELL_NUMBER;
}

/* ---- addresses and text ---- */

int xlsx_column_of(const char *address)
{
	int column = 0;
	int letters = 0;

	for (; *address >= 'A' && *address <= 'Z' && letters < 3; address++, letters++)
		column = column * 26 + (*address - 'A' + 1);
	if (!letters || *address < '0' || *address > '9')
		return -1;
	return column - 1;
}

/* Reads "_x000D_" at `p`. */
static bool read_escape(const char *p, uint32_t *ret)
{
	uint8_t two[2];

	if (p[0] != '_' || p[1] != 'x' || strnlen(p, 7) < 7 || p[6] != '_')
		return false;
	char digits[5] = {p[2], p[3], p[4], p[5], '\0'};
	if (!hex_decode(digits, two, sizeof(two)))
		return false;
	*ret = (uint32_t)two[0] << 8 | two[1];
	return true;
}

/* Adds a character of the basic plane; nothing for halves of a pair. */
static char *add_character(char *out, uint32_t c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xC0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3F));
	} else if (c < 0xD800 || c > 0xDFFF) {
		*out++ = (char)(0xE0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3F));
		*out++ = (char)(0x80 | (c & 0x3F));
	}
	return out;
}

/* Blanks and control characters that no column takes: spaces. U+0080..U+00A0 begin with C2. */
static bool is_odd_blank(uint32_t c)
{
	return (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0xA0);
}

void xlsx_clean_text(char *s)
{
	char *out = s;

	while (*s) {
		uint8_t byte = (uint8_t)s[0], next = (uint8_t)s[1];
		uint32_t c;

		if (read_escape(s, &c)) {
			out = is_odd_blank(c) ? add_character(out, ' ') : add_character(out, c);
			s += 7;
		} else if (byte == 0xC2 && next >= 0x80 && next <= 0xA0) {
			*out++ = ' ';
			s += 2;
		} else {
			*out++ = is_odd_blank(byte) && byte < 0x80 ? ' ' : (char)byte;
			s++;
		}
	}
	*out = '\0';
}
