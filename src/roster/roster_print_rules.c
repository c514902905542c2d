/*
 * How papers of a roster write days, letters and shares, and what the old attendance app was told
 * last.
 *
 * UU 27/2022 art. 16: who reads a list learns who is absent, not why. Permendagri 1/2023: days are
 * written out.
 */
#include "roster/roster_print.h"

#include "org/org_print.h"
#include "roster/roster.h"

#include <string.h>

#define TABLE_DAYS_MAX 31

const char *const letter_paper_names[] = {"cover", "order", "return", NULL};

/* ---- what was sent ---- */

static char bound_letter(const struct held_line *line, int32_t day)
{
	return day < line->bound_from ? 0 : roster_line_letter(line->days, line->from, day);
}

/* What held at an instant: of what was published by then, the latest. */
static char letter_at(const struct held_line *line, int lines, int64_t at, int32_t day)
{
	char letter = 0;
	int64_t latest = 0;
	for (int i = 0; i < lines; i++) {
		char own = bound_letter(&line[i], day);
		if (!own || line[i].published_at > at || line[i].published_at < latest)
			continue;
		letter = own;
		latest = line[i].published_at;
	}
	return letter;
}

char roster_sent_letter(const struct held_line *line, int lines, const struct sent_file *file,
	int files, int32_t day)
{
	for (int i = 0; i < files; i++)
		if (file[i].from <= day && file[i].to >= day)
			return letter_at(line, lines, file[i].sent_at, day);
	return 0;
}

/* ---- days in words ---- */

const char *roster_print_weekday(int32_t day)
{
	static const char *const name[] = {
		[MONDAY] = "Senin",
		[TUESDAY] = "Selasa",
		[WEDNESDAY] = "Rabu",
		[THURSDAY] = "Kamis",
		[FRIDAY] = "Jumat",
		[SATURDAY] = "Sabtu",
		[SUNDAY] = "Minggu",
	};
	return name[day_weekday(day)];
}

const char *roster_print_long_days(
	struct arena *arena, int32_t from, const bool *is_on, int32_t days)
{
	struct buf out;
	buf_init(&out, arena, 256);
	buf_str(&out, "");
	for (int32_t i = 0; i < days; i++)
		if (is_on[i])
			buf_printf(&out, "%s%s, %s", out.n ? "; " : "",
				roster_print_weekday(from + i), org_print_day(arena, from + i));
	return out.p;
}

static bool is_same_month(int32_t a, int32_t b)
{
	int32_t first, last;
	day_month_bounds(a, &first, &last);
	return b >= first && b <= last;
}

static int day_of_month(int32_t day)
{
	int32_t first, last;
	day_month_bounds(day, &first, &last);
	return day - first + 1;
}

const char *roster_print_short_days(
	struct arena *arena, int32_t from, const bool *is_on, int32_t days)
{
	struct buf out;
	int32_t before = DAY_NONE;
	buf_init(&out, arena, 128);
	buf_str(&out, "");
	for (int32_t i = 0; i < days; i++) {
		if (!is_on[i])
			continue;
		bool goes_on = before != DAY_NONE && is_same_month(before, from + i);
		if (before != DAY_NONE && !goes_on)
			buf_printf(&out, " %s; ", org_print_month(arena, before));
		buf_printf(&out, "%s%d", goes_on ? ", " : "", day_of_month(from + i));
		before = from + i;
	}
	if (before != DAY_NONE)
		buf_printf(&out, " %s", org_print_month(arena, before));
	return out.p;
}

const char *roster_print_period(struct arena *arena, int32_t from, int32_t to)
{
	if (from == to)
		return org_print_day(arena, from);
	if (is_same_month(from, to))
		return arena_printf(
			arena, "%d s.d. %s", day_of_month(from), org_print_day(arena, to));
	return arena_printf(
		arena, "%s s.d. %s", org_print_day(arena, from), org_print_day(arena, to));
}

/* ---- tables ---- */

int32_t roster_print_table_end(int32_t from, int32_t to, int32_t day)
{
	int32_t first, last;
	if (to - from < TABLE_DAYS_MAX)
		return to;
	day_month_bounds(day, &first, &last);
	return last < to ? last : to;
}

int32_t roster_print_percent(int32_t part, int32_t whole)
{
	return whole > 0 ? (int32_t)(((int64_t)part * 100 + whole - 1) / whole) : 0;
}

const char *roster_print_letter(char letter)
{
	switch (letter) {
	case 'K':
		return "K";
	case 'R':
		return "R";
	case 'A':
		return "A";
	case 'D':
		return "D";
	case 'L':
		return "L";
	case 'C':
		return "x";
	default:
		return "";
	}
}

const char *roster_print_mark(int state, bool is_order)
{
	if (state == ROSTER_DRAFT)
		return "KONSEP";
	if (state == ROSTER_REPLACED)
		return "SUDAH DIGANTI";
	return is_order && state != ROSTER_PUBLISHED ? "KONSEP" : NULL;
}
