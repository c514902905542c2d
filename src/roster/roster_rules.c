/*
 * Letters: what they stand for, how a file writes them, and which one a plan gives to a person's
 * day.
 *
 * A plan never decides who may be home: it asks policy_decide_day, so that a roster and the
 * attendance rule cannot differ. Everyone who may be home on the given weekdays is; whoever is
 * exempt, on leave or on duty is not (PermenPANRB 4/2025 art. 8 and 13: a facility, not a right).
 */
#include "roster/roster_int.h"

#include "base/str.h"

const char *const roster_state_names[] = {
	"draft", "set", "acknowledged", "published", "replaced", NULL};
const char *const roster_source_names[] = {"generated", "imported", "all_office", "swapped", NULL};

static const struct {
	const char *word; /* folded */
	char letter;
	enum work_mode mode;
} letters[] = {
	{"k", 'K', MODE_OFFICE},
	{"wfo", 'K', MODE_OFFICE},
	{"r", 'R', MODE_HOME},
	{"wfh", 'R', MODE_HOME},
	{"a", 'A', MODE_ANYWHERE},
	{"wfa", 'A', MODE_ANYWHERE},
	{"d", 'D', MODE_OUTSIDE_DUTY},
	{"dl", 'D', MODE_OUTSIDE_DUTY},
	{"c", 'C', MODE_LEAVE},
	{"l", 'L', MODE_OFF},
	{"-", '-', MODE_COUNT},
	{"", '-', MODE_COUNT},
};
#define LETTERS (int)(sizeof letters / sizeof letters[0])

enum work_mode roster_letter_mode(char letter)
{
	for (int i = 0; i < LETTERS; i++) {
		if (letters[i].letter == letter)
			return letters[i].mode;
	}
	return MODE_COUNT;
}

char roster_mode_letter(enum work_mode mode)
{
	for (int i = 0; i < LETTERS; i++) {
		if (letters[i].mode == mode)
			return letters[i].letter;
	}
	return '-';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
}

static bool is_word(const char *word, const char *folded)
{
	while (*folded && lower(*word) == *folded) {
		word++;
		folded++;
	}
	return *word == *folded;
}

char roster_read_letter(const char *word)
{
	for (int i = 0; i < LETTERS; i++) {
		if (is_word(word, letters[i].word))
			return letters[i].letter;
	}
	return 0;
}

char roster_line_letter(const char *days, int32_t from, int32_t day)
{
	int at = day - from;
	if (at < 0 || at >= (int)strlen(days) || days[at] == '-')
		return 0;
	return days[at];
}

char roster_plan_letter(const struct policy_book *book, const struct person_day *facts,
	int weekdays, struct day_ruling *ret_ruling)
{
	struct person_day unplanned = *facts;
	unplanned.letter = 0;
	unplanned.roster_version = 0;
	policy_decide_day(book, &unplanned, ret_ruling);
	if (ret_ruling->source == SOURCE_CALENDAR || ret_ruling->source == SOURCE_STATUS)
		return roster_mode_letter(ret_ruling->mode);
	bool is_wanted = weekdays & WEEKDAY_BIT(day_weekday(facts->day));
	return roster_mode_letter(
		is_wanted && policy_may_be(book, ret_ruling, MODE_HOME) ? MODE_HOME : MODE_OFFICE);
}
