/*
 * Import of rosters: kind "rosters" of the imports of org. NIP and one column per day.
 *
 * Agencies decide who is home and send a sheet; this takes the sheet as it is ("WFO", "WFH", "WFA",
 * "DL", or the letters of a roster) and makes one draft per planning node, so that its head
 * publishes it and nobody retypes it (the bottleneck of the trial of 2025). What policy does not
 * allow is named, and then nothing is taken (roster_check.c). Lines that are published already as
 * they stand are left out, so the same file again changes nothing. A name column is allowed and not
 * read.
 */
#include "roster/roster_int.h"
#include "roster/roster_node.h"

#include "base/str.h"
#include "org/org_import.h"
#include "org/org_map.h"
#include "platform/clock.h"
#include "platform/db.h"

enum { COLUMN_NIP, COLUMN_NAME };

#define DRAFTS_MAX 1000

static const struct import_column columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010011003", NULL, IMPORT_NIP_ALSO},
	{"nama", 0, 200, "Sri Wahyuni"},
};

struct draft {
	struct unit_id node;
	int64_t version_id;
	struct instrument_id instrument; /* that opens its days away */
};

struct rosters_state {
	int32_t from, to;           /* from > to until the first row */
	struct roster_check *check; /* NULL until the first row of a good period */
	struct org_map seen;
	struct draft draft[DRAFTS_MAX];
	int drafts;
};

static enum err begin_rosters(struct import *im)
{
	struct rosters_state *s = im->state = ARENA_NEW(im->tx->arena, struct rosters_state);
	s->from = DAY_FOREVER;
	org_map_init(&s->seen, im->tx->arena, 1000);
	return OK;
}

/* The period the columns span, once they are known. */
static void find_period(struct import *im)
{
	struct rosters_state *s = im->state;
	for (int i = 0; i < im->days; i++) {
		s->from = im->day[i] < s->from ? im->day[i] : s->from;
		s->to = im->day[i] > s->to ? im->day[i] : s->to;
	}
}

/* What is wrong with the period; NULL when nothing is. */
static const char *check_period(const struct import *im)
{
	const struct rosters_state *s = im->state;
	if (s->to - s->from >= ROSTER_DAYS_MAX)
		return "period_too_long";
	return s->from < im->today - POLICY_REACH_DAYS ? "too_far_back" : NULL;
}

/* The line of a row, without the cells that are reported as no letter. */
static const char *read_line(struct import *im, const struct import_line *line, bool *ret_sound)
{
	const struct rosters_state *s = im->state;
	int days = s->to - s->from + 1;
	char *text = arena_alloc(im->tx->arena, (size_t)days + 1);
	*ret_sound = true;
	memset(text, '-', (size_t)days);
	for (int i = 0; i < im->days; i++) {
		char letter = roster_read_letter(line->day_cell[i]);
		if (!letter)
			org_import_day_fault(im, line, i, "unknown_letter", NULL);
		*ret_sound &= letter != 0;
		text[im->day[i] - s->from] = letter ? letter : '-';
	}
	return text;
}

/* Every day that the line sets is published with the same letter. */
static bool is_published(
	const struct rosters_state *s, struct employee_id employee, const char *days)
{
	for (int32_t day = s->from; day <= s->to; day++) {
		char letter = roster_line_letter(days, s->from, day);
		if (letter && letter != roster_check_published(s->check, employee, day))
			return false;
	}
	return true;
}

/* The draft of a node, made with its first line; NULL when there are too many. */
static struct draft *find_draft(struct rosters_state *s, struct unit_id node)
{
	for (int i = 0; i < s->drafts; i++) {
		if (s->draft[i].node.v == node.v)
			return &s->draft[i];
	}
	if (s->drafts == DRAFTS_MAX)
		return NULL;
	s->draft[s->drafts] = (struct draft){node, id_next(), {0}};
	return &s->draft[s->drafts++];
}

/* Where the person belongs in the period: on its first day, or on the last for who comes later. */
static enum err find_unit(struct import *im, int who, const struct org_unit **ret)
{
	const struct rosters_state *s = im->state;
	struct person_day facts = {0};
	enum err e = roster_check_load(s->check, who, s->from, &facts);
	if (e == E_NOT_FOUND || (!e && !facts.unit.v))
		e = roster_check_load(s->check, who, s->to, &facts);
	*ret = e ? NULL : org_find_unit(im->tree, facts.unit);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err stage_line(struct import *im, const struct import_line *line,
	const struct import_person *person, struct draft draft, const char *days)
{
	struct rosters_state *s = im->state;
	enum import_action action = is_published(s, person->id, days) ? IMPORT_UNCHANGED
								      : IMPORT_CREATE;
	org_import_count(im, action);
	if (action == IMPORT_UNCHANGED)
		return OK;
	struct draft *own = find_draft(s, draft.node);
	if (!own) {
		org_import_fault(im, line, COLUMN_NIP, "too_many_rows");
		return OK;
	}
	if (draft.instrument.v)
		own->instrument = draft.instrument;
	return org_import_stage(
		im, &(struct import_staged){action, person->id.v, {own->version_id}, {days}});
}

static enum err take_line(struct import *im, const struct import_line *line,
	const struct import_person *person, const char *days, bool is_sound)
{
	struct rosters_state *s = im->state;
	bool is_allowed = true;
	int who = roster_check_find(s->check, person->id);
	const struct org_unit *unit = NULL;
	struct draft draft = {0};
	enum err e = who < 0 ? OK : find_unit(im, who, &unit);
	if (e)
		return e;
	if (!unit) {
		org_import_fault(im, line, COLUMN_NIP, "not_placed");
		return OK;
	}
	draft.node = roster_node_of(im->tree, s->check->shares.nodes, unit->id)->id;
	roster_check_touch(s->check, unit->agency);
	e = roster_check_line(s->check, line, who, days, &draft.instrument, &is_allowed);
	return e || !is_sound || !is_allowed ? e : stage_line(im, line, person, draft, days);
}

/* Loads what lines are held against, with the first line of a period that can be taken. */
static enum err open_check(struct import *im)
{
	struct rosters_state *s = im->state;
	s->check = ARENA_NEW(im->tx->arena, struct roster_check);
	return roster_check_open(s->check, im, s->from, s->to);
}

static enum err check_roster(struct import *im, const struct import_line *line)
{
	struct rosters_state *s = im->state;
	const struct import_person *person;
	bool is_sound;
	enum err e;
	if (im->days == 0) {
		org_import_fault(im, line, COLUMN_NIP, "no_days");
		return OK;
	}
	find_period(im);
	const char *reason = check_period(im);
	if (reason) {
		org_import_day_fault(im, line, 0, reason, NULL);
		return OK;
	}
	if (!s->check && (e = open_check(im)))
		return e;
	const char *days = read_line(im, line, &is_sound);
	if (!org_import_employee(im, line, COLUMN_NIP, s->from, &person))
		return OK;
	if (!org_map_add(&s->seen, person->nip, 1)) {
		org_import_fault(im, line, COLUMN_NIP, "double");
		return OK;
	}
	return take_line(im, line, person, days, is_sound);
}

static enum err end_rosters(struct import *im)
{
	const struct rosters_state *s = im->state;
	enum err e = roster_check_shares(s->check);
	for (int i = 0; i < s->drafts && !e; i++)
		e = org_import_stage(
			im, &(struct import_staged){IMPORT_DETAIL, s->draft[i].version_id,
				    {s->draft[i].node.v, s->from, s->to, s->draft[i].instrument.v},
				    {0}});
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
