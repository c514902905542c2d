/*
 * Teams of a sheet that are to have a weekday in the office together: the people of one unit who
 * have a day to decide. A weekday counts when all of them work on it; where nobody of them can be
 * at home on one anyway, there is nothing to choose.
 */
#include "roster/roster_sheet.h"

/* What the days of one weekday are to a person. */
static void see_days(const struct roster_sheet *s, const struct sheet_person *p, uint8_t *ret_works,
	uint8_t *ret_decides)
{
	*ret_works = *ret_decides = 0;
	for (int32_t d = 0; d < s->days; d++) {
		int bit = WEEKDAY_BIT(day_weekday(s->from + d));
		if (p->cells[d] != SHEET_OFF && p->cells[d] != SHEET_ELSEWHERE)
			*ret_works |= (uint8_t)bit;
		if (roster_is_open_cell(p->cells[d]))
			*ret_decides |= (uint8_t)bit;
	}
}

/* The people of the unit of `first`, none of whom comes before him. */
static struct sheet_team gather(
	const struct roster_sheet *s, int32_t first, bool *is_taken, struct arena *arena)
{
	struct sheet_team t = {.weekdays = 0x7f,
		.person = ARENA_ARRAY(arena, (size_t)(s->people - first), int32_t)};
	uint8_t works, decides, open = 0;
	for (int32_t p = first; p < s->people; p++) {
		if (s->person[p].unit.v != s->person[first].unit.v)
			continue;
		is_taken[p] = true;
		t.person[t.people++] = p;
		see_days(s, &s->person[p], &works, &decides);
		t.weekdays &= works;
		open |= decides;
	}
	if (t.weekdays & ~open) /* nobody of them can be at home on that one */
		t.weekdays = 0;
	return t;
}

void roster_list_teams(const struct roster_sheet *sheet, struct arena *arena,
	struct sheet_team **ret, int32_t *ret_count)
{
	bool *is_taken = ARENA_ARRAY(arena, (size_t)sheet->people + 1, bool);
	*ret = ARENA_ARRAY(arena, ROSTER_ANCHORS_MAX, struct sheet_team);
	*ret_count = 0;
	for (int32_t p = 0; p < sheet->people && sheet->settings.team_day; p++) {
		if (is_taken[p] || *ret_count == ROSTER_ANCHORS_MAX)
			continue;
		struct sheet_team team = gather(sheet, p, is_taken, arena);
		if (team.people > 1 && team.weekdays)
			(*ret)[(*ret_count)++] = team;
	}
}
