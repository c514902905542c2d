/*
 * Import of statuses: leave, sickness, outside duty, training, each with the letter it rests on.
 *
 * A row that is stored already is unchanged, so a file may be sent again; one that touches days of
 * another status in force is refused, because a day has one status. Days further back than a year
 * and a bit belong to closed books; those of months whose recap is closed are counted, because they
 * become supplements.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "org/org_closed.h"
#include "platform/clock.h"

enum { STATUS_NIP, STATUS_KIND, STATUS_FROM, STATUS_TO, STATUS_LETTER };

#define OLDEST_DAYS  400
#define LONGEST_DAYS 1200 /* study leave of three years */

static const struct import_column status_columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010012003", NULL, IMPORT_NIP_ALSO},
	{"kind", IMPORT_REQUIRED, 40, "annual_leave", status_kind_names, "jenis|jenis cuti"},
	{"from", IMPORT_REQUIRED, 40, "2025-11-17"},
	{"to", IMPORT_REQUIRED, 40, "2025-11-19"},
	{"letter", IMPORT_REQUIRED | IMPORT_NAME, 100, "850/123/BKD"},
};

/* A status of a person: stored, or of an earlier line. */
struct status_span {
	int32_t kind, from, to;
	const char *letter;
	bool is_stored;
	struct status_span *next;
};

struct statuses_state {
	struct status_span **first; /* per person */
};

static void add_status(struct import *im, int person, struct status_span span)
{
	struct statuses_state *s = im->state;
	struct status_span *copy = ARENA_NEW(im->tx->arena, struct status_span);

	*copy = span;
	copy->next = s->first[person];
	s->first[person] = copy;
}

static enum err begin_statuses(struct import *im)
{
	struct statuses_state *s = im->state = ARENA_NEW(im->tx->arena, struct statuses_state);
	struct org_status_row *row;
	int count;
	enum err e = org_list_import_statuses(im->tx, im->today - OLDEST_DAYS, &row, &count);

	s->first = ARENA_ARRAY(im->tx->arena, (size_t)im->own->people, struct status_span *);
	for (int i = 0; !e && i < count; i++) {
		int person = org_import_first(im->own->person, im->own->people,
			sizeof(im->own->person[0]), row[i].employee);

		if (person < im->own->people && im->own->person[person].id.v == row[i].employee.v)
			add_status(im, person,
				(struct status_span){row[i].kind, row[i].valid_from,
					row[i].valid_to, row[i].letter, true, NULL});
	}
	return e;
}

struct status_cells {
	const struct import_person *person;
	struct status_span span;
};

static bool check_span(
	struct import *im, const struct import_line *line, const struct status_span *span)
{
	if (span->from < im->today - OLDEST_DAYS)
		org_import_fault(im, line, STATUS_FROM, "too_long_ago");
	else if (span->to < span->from)
		org_import_fault(im, line, STATUS_TO, "ends_before_it_begins");
	else if (span->to - span->from > LONGEST_DAYS)
		org_import_fault(im, line, STATUS_TO, "too_many_days");
	else
		return true;
	return false;
}

static bool read_status(struct import *im, const struct import_line *line, struct status_cells *ret)
{
	int kind = 0;
	bool is_sound = org_import_day(im, line, STATUS_FROM, DAY_NONE, &ret->span.from);

	is_sound &= org_import_day(im, line, STATUS_TO, DAY_NONE, &ret->span.to);
	is_sound &= org_import_enum(im, line, STATUS_KIND, status_kind_names, &kind);
	if (is_sound && kind == STATUS_NONE) {
		org_import_fault(im, line, STATUS_KIND, "not_one_of");
		is_sound = false;
	}
	is_sound = is_sound && check_span(im, line, &ret->span);
	ret->span.kind = kind;
	ret->span.letter = line->cell[STATUS_LETTER];
	int32_t day = is_sound ? ret->span.from : im->effective;
	return org_import_employee(im, line, STATUS_NIP, day, &ret->person) && is_sound;
}

static bool is_same_status(const struct status_span *a, const struct status_span *b)
{
	return a->kind == b->kind && a->from == b->from && a->to == b->to &&
	       str_eq(a->letter, b->letter);
}

/* Another status of the person on one of these days. */
static const struct status_span *find_overlap(
	const struct import *im, int person, const struct status_span *span)
{
	const struct statuses_state *s = im->state;

	for (const struct status_span *p = s->first[person]; p; p = p->next) {
		if (p->from <= span->to && p->to >= span->from)
			return p;
	}
	return NULL;
}

static enum err check_status(struct import *im, const struct import_line *line)
{
	struct status_cells c;
	struct org_closed closed;

	if (!read_status(im, line, &c))
		return OK;
	int person = (int)(c.person - im->own->person);
	const struct status_span *overlap = find_overlap(im, person, &c.span);
	if (overlap && overlap->is_stored && is_same_status(overlap, &c.span)) {
		org_import_count(im, IMPORT_UNCHANGED);
		return OK;
	}
	if (overlap) {
		org_import_fault(im, line, STATUS_FROM, "overlaps");
		return OK;
	}
	enum err e = org_find_closed(im->tx, c.person->id, c.span.from, c.span.to, &closed);
	if (e)
		return e;
	org_import_touch_closed(im, closed.days);
	add_status(im, person,
		(struct status_span){c.span.kind, c.span.from, c.span.to, "", false, NULL});
	org_import_count(im, IMPORT_CREATE);
	return org_import_stage(
		im, &(struct import_staged){IMPORT_CREATE, c.person->id.v,
			    {id_next(), c.span.kind, c.span.from, c.span.to}, {c.span.letter}});
}

const struct import_kind org_import_statuses = {IMPORT_STATUS, status_columns,
	(int)(sizeof(status_columns) / sizeof(status_columns[0])), begin_statuses, check_status,
	NULL, org_apply_statuses};
