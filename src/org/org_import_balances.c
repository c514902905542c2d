/*
 * Import of leave balances from SIMPEG: who, which year and kind, how many days were left on which
 * day, and by which source. They are shown to their owner when he asks for leave; nothing is
 * counted from them, because the count is SIMPEG's. An older statement than the stored one changes
 * nothing.
 */
#include "org/org_import_int.h"

#include "org/org_map.h"

#include "base/str.h"

enum { BALANCE_NIP, BALANCE_YEAR, BALANCE_KIND, BALANCE_DAYS, BALANCE_AS_OF, BALANCE_SOURCE };

static const struct import_column balance_columns[] = {
	{"nip", IMPORT_REQUIRED, 40, "198504122010012003"},
	{"tahun", IMPORT_REQUIRED, 4, "2025"},
	{"jenis", IMPORT_REQUIRED, 40, "annual_leave"},
	{"sisa", IMPORT_REQUIRED, 4, "8"},
	{"per_tanggal", IMPORT_REQUIRED, 40, "2025-11-01"},
	{"sumber", IMPORT_REQUIRED | IMPORT_NAME, 100, "SIMPEG"},
};

struct person_balance {
	struct org_balance balance;
	bool is_stored;
	struct person_balance *next;
};

struct balances_state {
	struct person_balance **first; /* per person */
};

static struct person_balance *find_balance(
	const struct import *im, int person, const struct org_balance *like)
{
	const struct balances_state *s = im->state;

	for (struct person_balance *p = s->first[person]; p; p = p->next) {
		if (p->balance.year == like->year && p->balance.kind == like->kind)
			return p;
	}
	return NULL;
}

static void keep_balance(
	struct import *im, int person, const struct org_balance *balance, bool is_stored)
{
	struct balances_state *s = im->state;
	struct person_balance *p = ARENA_NEW(im->tx->arena, struct person_balance);

	*p = (struct person_balance){*balance, is_stored, s->first[person]};
	p->balance.source = arena_strdup(im->tx->arena, balance->source);
	s->first[person] = p;
}

static enum err begin_balances(struct import *im)
{
	struct balances_state *s = im->state = ARENA_NEW(im->tx->arena, struct balances_state);
	struct import_balance *row;
	int count;
	enum err e = org_list_import_balances(im->tx, &row, &count);

	s->first = ARENA_ARRAY(im->tx->arena, (size_t)im->own->people, struct person_balance *);
	for (int i = 0; !e && i < count; i++) {
		int person = org_import_first(im->own->person, im->own->people,
			sizeof(im->own->person[0]), row[i].employee);

		if (person < im->own->people && im->own->person[person].id.v == row[i].employee.v)
			keep_balance(im, person, &row[i].balance, true);
	}
	return e;
}

static bool read_balance(struct import *im, const struct import_line *line, struct org_balance *ret,
	const struct import_person **ret_person)
{
	int64_t year = 0, days = 0;
	int kind = 0;
	bool is_sound = org_import_int(im, line, BALANCE_YEAR, 2000, 2100, 0, &year);

	is_sound &= org_import_enum(im, line, BALANCE_KIND, status_kind_names, &kind);
	is_sound &= org_import_int(im, line, BALANCE_DAYS, 0, 400, 0, &days);
	is_sound &= org_import_day(im, line, BALANCE_AS_OF, DAY_NONE, &ret->as_of);
	if (is_sound && (kind == STATUS_NONE || org_status_is_work((enum status_kind)kind))) {
		org_import_fault(im, line, BALANCE_KIND, "not_one_of");
		is_sound = false;
	}
	if (is_sound && ret->as_of > im->today) {
		org_import_fault(im, line, BALANCE_AS_OF, "in_the_future");
		is_sound = false;
	}
	ret->year = (int32_t)year;
	ret->days = (int32_t)days;
	ret->kind = kind;
	ret->source = line->cell[BALANCE_SOURCE];
	return org_import_employee(im, line, BALANCE_NIP, im->today, ret_person) && is_sound;
}

static bool is_known(const struct person_balance *stored, const struct org_balance *b)
{
	return stored->balance.as_of > b->as_of ||
	       (stored->balance.as_of == b->as_of && stored->balance.days == b->days &&
		       str_eq(stored->balance.source, b->source));
}

static enum err check_balance(struct import *im, const struct import_line *line)
{
	const struct import_person *person;
	struct org_balance b = {0};

	if (!read_balance(im, line, &b, &person))
		return OK;
	int index = (int)(person - im->own->person);
	const struct person_balance *stored = find_balance(im, index, &b);
	if (stored && !stored->is_stored) {
		org_import_fault(im, line, BALANCE_NIP, "double");
		return OK;
	}
	if (stored && is_known(stored, &b)) {
		org_import_count(im, IMPORT_UNCHANGED);
		return OK;
	}
	keep_balance(im, index, &b, false);
	const enum import_action action = stored ? IMPORT_UPDATE : IMPORT_CREATE;
	org_import_count(im, action);
	return org_import_stage(im, &(struct import_staged){action, person->id.v,
					    {b.year, b.kind, b.days, b.as_of}, {b.source}});
}

const struct import_kind org_import_balances = {IMPORT_BALANCES, balance_columns,
	(int)(sizeof(balance_columns) / sizeof(balance_columns[0])), begin_balances, check_balance,
	NULL, org_apply_balances};
