/*
 * Import of rosters: kind "rosters" of the imports of org. NIP and one column per day.
 *
 * Agencies decide who is home and send a sheet; this takes the sheet as it is ("WFO", "WFH", "WFA",
 * "DL", or the letters of a roster) and makes one draft per agency, so that its head publishes it
 * and nobody retypes it (the bottleneck of the trial of 2025). Lines that are published already as
 * they stand are left out, so the same file again changes nothing. A name column is allowed and not
 * read.
 */
#include "roster/roster_int.h"

#include "base/str.h"
#include "org/org_import.h"
#include "org/org_map.h"
#include "platform/clock.h"
#include "platform/db.h"

enum { COLUMN_NIP, COLUMN_NAME };

#define AGENCIES_MAX 1000

static const struct import_column columns[] = {
	{"nip", IMPORT_REQUIRED, 40, "198504122010011003"},
	{"nama", 0, 200, "Sri Wahyuni"},
};

struct draft {
	struct unit_id agency;
	int64_t version_id;
};

struct rosters_state {
	int32_t from, to; /* from > to until the first row */
	struct roster_current_row *current;
	int currents;
	struct org_map seen;
	struct draft draft[AGENCIES_MAX];
	int drafts;
};

static enum err begin_rosters(struct import *im)
{
	struct rosters_state *s = im->state = ARENA_NEW(im->tx->arena, struct rosters_state);
	s->from = DAY_FOREVER;
	org_map_init(&s->seen, im->tx->arena, 1000);
	return OK;
}

/* Once the columns are known: the period they span, and what is published in it. */
static enum err open_period(struct import *im)
{
	struct rosters_state *s = im->state;
	for (int i = 0; i < im->days; i++) {
		s->from = im->day[i] < s->from ? im->day[i] : s->from;
		s->to = im->day[i] > s->to ? im->day[i] : s->to;
	}
	return roster_list_current(im->tx, s->from, s->to, &s->current, &s->currents);
}

/* What is wrong with the period; NULL when nothing is. */
static const char *check_period(const struct import *im)
{
	const struct rosters_state *s = im->state;
	if (s->to - s->from >= ROSTER_DAYS_MAX)
		return "period_too_long";
	return s->from < im->today - POLICY_REACH_DAYS ? "too_far_back" : NULL;
}

/* The line of a row; NULL after reporting cells that are no letter. */
static const char *read_line(struct import *im, const struct import_line *line)
{
	const struct rosters_state *s = im->state;
	int days = s->to - s->from + 1;
	char *text = arena_alloc(im->tx->arena, (size_t)days + 1);
	bool is_sound = true;
	memset(text, '-', (size_t)days);
	for (int i = 0; i < im->days; i++) {
		char letter = roster_read_letter(line->day_cell[i]);
		if (!letter)
			org_import_day_fault(im, line, i, "unknown_letter");
		is_sound &= letter != 0;
		text[im->day[i] - s->from] = letter;
	}
	return is_sound ? text : NULL;
}

/* The first published line of a person; all of his follow it. */
static int find_current(const struct rosters_state *s, struct employee_id employee)
{
	int low = 0, high = s->currents;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (s->current[middle].employee.v < employee.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Every day of the line is published with the same letter. */
static bool is_published(
	const struct rosters_state *s, struct employee_id employee, const char *days)
{
	int first = find_current(s, employee);
	for (int32_t day = s->from; day <= s->to; day++) {
		char published = 0;
		for (int i = first; i < s->currents && s->current[i].employee.v == employee.v;
			i++) {
			char letter = roster_line_letter(
				s->current[i].days, s->current[i].period_from, day);
			published = letter ? letter : published;
		}
		if (published != roster_line_letter(days, s->from, day))
			return false;
	}
	return true;
}

/* The draft of an agency, made with its first line; 0 when there are too many. */
static int64_t find_draft(struct rosters_state *s, struct unit_id agency)
{
	for (int i = 0; i < s->drafts; i++) {
		if (s->draft[i].agency.v == agency.v)
			return s->draft[i].version_id;
	}
	if (s->drafts == AGENCIES_MAX)
		return 0;
	s->draft[s->drafts] = (struct draft){agency, id_next()};
	return s->draft[s->drafts++].version_id;
}

/* Where the person belongs in the period: on its first day, or on the last for who comes later. */
static enum err find_agency(
	struct import *im, struct employee_id employee, struct unit_id *ret_agency)
{
	const struct rosters_state *s = im->state;
	struct person_day facts = {0};
	enum err e = roster_load_person_day(im->tx, employee, s->from, &facts);
	if ((e == E_NOT_FOUND || (!e && !facts.unit.v)))
		e = roster_load_person_day(im->tx, employee, s->to, &facts);
	const struct org_unit *unit = org_find_unit(im->tree, facts.unit);
	*ret_agency = !e && unit ? unit->agency : (struct unit_id){0};
	return e == E_NOT_FOUND ? OK : e;
}

static enum err take_line(struct import *im, const struct import_line *line,
	const struct import_person *person, const char *days)
{
	struct rosters_state *s = im->state;
	struct unit_id agency;
	enum err e = find_agency(im, person->id, &agency);
	if (e)
		return e;
	if (!agency.v) {
		org_import_fault(im, line, COLUMN_NIP, "not_placed");
		return OK;
	}
	enum import_action action = is_published(s, person->id, days) ? IMPORT_UNCHANGED
								      : IMPORT_CREATE;
	org_import_count(im, action);
	if (action == IMPORT_UNCHANGED)
		return OK;
	int64_t version_id = find_draft(s, agency);
	if (!version_id) {
		org_import_fault(im, line, COLUMN_NIP, "too_many_rows");
		return OK;
	}
	return org_import_stage(
		im, &(struct import_staged){action, person->id.v, {version_id}, {days}});
}

static enum err check_roster(struct import *im, const struct import_line *line)
{
	struct rosters_state *s = im->state;
	const struct import_person *person;
	enum err e;
	if (im->days == 0) {
		org_import_fault(im, line, COLUMN_NIP, "no_days");
		return OK;
	}
	if (s->from > s->to && (e = open_period(im)))
		return e;
	const char *reason = check_period(im);
	if (reason) {
		org_import_day_fault(im, line, 0, reason);
		return OK;
	}
	if (!org_import_employee(im, line, COLUMN_NIP, s->from, &person))
		return OK;
	if (!org_map_add(&s->seen, person->nip, 1)) {
		org_import_fault(im, line, COLUMN_NIP, "double");
		return OK;
	}
	const char *days = read_line(im, line);
	return days ? take_line(im, line, person, days) : OK;
}

static enum err end_rosters(struct import *im)
{
	const struct rosters_state *s = im->state;
	enum err e = OK;
	for (int i = 0; i < s->drafts && !e; i++)
		e = org_import_stage(
			im, &(struct import_staged){IMPORT_DETAIL, s->draft[i].version_id,
				    {s->draft[i].agency.v, s->from, s->to}, {0}});
	return e;
}

static enum err apply_rosters(struct tx *tx, const struct import_apply *apply)
{
	return roster_add_staged(tx, apply->import_id, apply->actor);
}

const struct import_kind roster_import = {
	.subject = IMPORT_ROSTERS,
	.column = columns,
	.columns = (int)(sizeof columns / sizeof columns[0]),
	.begin = begin_rosters,
	.check_row = check_roster,
	.end = end_rosters,
	.apply = apply_rosters,
	.takes_days = true,
};
