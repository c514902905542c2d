/*
 * The words of printed papers: what stands between braces, dates, capitals.
 *
 * Permendagri 1/2023 leaves the number to the local code of classification, with month in Roman
 * numerals by old habit; so the format is data and the braces are few.
 */
#include "org/org_print.h"

#include "base/str.h"

#include <string.h>

const char *const print_kind_names[] = {
	"recap", "supplement", "incident", "roster_cover", "home_order", "roster_return", NULL};

static const char *const month_names[] = {"Januari", "Februari", "Maret", "April", "Mei", "Juni",
	"Juli", "Agustus", "September", "Oktober", "November", "Desember"};
static const char *const roman[] = {
	"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};

const char *org_print_day(struct arena *arena, int32_t day)
{
	int y, m, d;

	day_to_civil(day, &y, &m, &d);
	return arena_printf(arena, "%d %s %d", d, month_names[m - 1], y);
}

const char *org_print_month(struct arena *arena, int32_t day)
{
	int y, m, d;

	day_to_civil(day, &y, &m, &d);
	return arena_printf(arena, "%s %d", month_names[m - 1], y);
}

const char *org_print_upper(struct arena *arena, const char *text)
{
	char *upper = arena_strdup(arena, text);

	for (unsigned char *p = (unsigned char *)upper; *p; p++) {
		if (*p >= 'a' && *p <= 'z')
			*p = (unsigned char)(*p - 32);
		else if (*p == 0xc3 && p[1] >= 0xa0 && p[1] != 0xb7 && p[1] <= 0xbe)
			p[1] = (unsigned char)(p[1] - 32);
	}
	return upper;
}

/* NULL: no such word. */
static const char *find_word(struct arena *arena, const char *name, const struct print_words *w)
{
	int y, m, d;

	day_to_civil(w->day, &y, &m, &d);
	if (str_eq(name, "unit"))
		return w->unit ? w->unit : "";
	if (str_eq(name, "perangkat_daerah"))
		return w->agency ? w->agency : "";
	if (str_eq(name, "pemerintah"))
		return w->government ? w->government : "";
	if (str_eq(name, "nomor"))
		return w->number ? w->number : "........";
	if (str_eq(name, "bulan"))
		return month_names[m - 1];
	if (str_eq(name, "bulan_romawi"))
		return roman[m - 1];
	return str_eq(name, "tahun") ? arena_printf(arena, "%d", y) : NULL;
}

bool org_is_print_text(struct arena *arena, const char *text)
{
	const struct print_words none = {0};

	for (const char *end; (text = strchr(text, '{')); text = end) {
		end = strchr(++text, '}');
		if (!end ||
			!find_word(arena, arena_strndup(arena, text, (size_t)(end - text)), &none))
			return false;
	}
	return true;
}

const char *org_fill_print(struct arena *arena, const char *text, const struct print_words *words)
{
	struct buf out;

	buf_init(&out, arena, strlen(text) + 64);
	buf_str(&out, "");
	while (*text) {
		const char *end = *text == '{' ? strchr(text, '}') : NULL;
		const char *word = end ? find_word(arena,
						 arena_strndup(
							 arena, text + 1, (size_t)(end - text - 1)),
						 words)
				       : NULL;

		if (word) {
			buf_str(&out, word);
			text = end + 1;
		} else {
			buf_char(&out, *text++);
		}
	}
	return out.p;
}
