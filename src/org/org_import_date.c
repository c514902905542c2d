/*
 * Days as offices write them. An Indonesian sheet says 13/11/2025 or 13 November 2025; a machine
 * from abroad 11/13/2025, which only the mapping of its sheet can tell. A spreadsheet's own date
 * comes from the reader as 2025-11-13, with a time when it shows one.
 */
#include "org/org_import_int.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

const char *const date_order_names[] = {"dmy", "mdy", "ymd", NULL};

/* A number of 1 or 2 digits (4 for a year) at *p; moves behind it. */
static bool take_number(const char **p, int digits_min, int digits_max, int *ret)
{
	int digits = 0;

	for (*ret = 0; digits < digits_max && **p >= '0' && **p <= '9'; digits++)
		*ret = *ret * 10 + (*(*p)++ - '0');
	return digits >= digits_min;
}

/* "Nov", "November", "Agt" at *p as 11; moves behind the word. */
static bool take_month(const char **p, int *ret_month)
{
	static const char *const begins[][3] = {{"jan"}, {"feb", "peb"}, {"mar"}, {"apr"},
		{"mei", "may"}, {"jun"}, {"jul"}, {"agu", "aug", "agt"}, {"sep"}, {"okt", "oct"},
		{"nov", "nop"}, {"des", "dec"}};
	size_t n = 0;

	while ((*p)[n] >= 'A' && (*p)[n] <= 'z')
		n++;
	for (int month = 0; month < 12 && n >= 3 && n <= 9; month++) {
		for (int i = 0; i < 3 && begins[month][i]; i++) {
			if (strncasecmp(*p, begins[month][i], 3) == 0) {
				*p += n;
				*ret_month = month + 1;
				return true;
			}
		}
	}
	return false;
}

static bool take_separator(const char **p, char *ret_separator)
{
	char c = **p;

	if (c != '/' && c != '-' && c != '.' && c != ' ')
		return false;
	if (*ret_separator && c != *ret_separator)
		return false;
	*ret_separator = c;
	++*p;
	return true;
}

/* Nothing behind a date, or midnight: what a spreadsheet adds to a date alone. */
static bool is_end(const char *p)
{
	return !*p || str_eq(p, " 00:00") || str_eq(p, " 00:00:00");
}

static bool make_day(int year, int month, int day, int32_t *ret_day)
{
	char text[11];

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	snprintf(text, sizeof(text), "%04u-%02u-%02u", (unsigned)year % 10000u,
		(unsigned)month % 100u, (unsigned)day % 100u);
	return day_parse(text, ret_day);
}

static bool parse_year_first(const char *p, int32_t *ret_day)
{
	int year, month, day;
	char separator = '\0';

	return take_number(&p, 4, 4, &year) && take_separator(&p, &separator) &&
	       take_number(&p, 1, 2, &month) && take_separator(&p, &separator) &&
	       take_number(&p, 1, 2, &day) && is_end(p) && make_day(year, month, day, ret_day);
}

static bool parse_year_last(const char *p, bool is_month_first, int32_t *ret_day)
{
	int first, second, year;
	char separator = '\0';
	bool has_word = false;

	if (!take_number(&p, 1, 2, &first) || !take_separator(&p, &separator))
		return false;
	has_word = take_month(&p, &second);
	if (!has_word && !take_number(&p, 1, 2, &second))
		return false;
	if (!take_separator(&p, &separator) || !take_number(&p, 4, 4, &year) || !is_end(p))
		return false;
	if (is_month_first && !has_word)
		return make_day(year, first, second, ret_day);
	return make_day(year, second, first, ret_day);
}

bool org_import_parse_day(const char *text, enum date_order order, int32_t *ret_day)
{
	return parse_year_first(text, ret_day) ||
	       parse_year_last(text, order == DATES_MDY, ret_day);
}
