/*
 * The people of a sheet: every day of every person of the node is judged once, and groups and posts
 * are counted on the way.
 *
 * Of most people nothing is their own in the period: no leave, no turns, no post. They are the same
 * to policy as everybody of their unit, employment and position, so such a kind is judged once and
 * counted as often as it has people: the 23,000 teachers of a province are a few thousand kinds,
 * and no facts are read of one who cannot be on the sheet. The facts of the others are read by key,
 * and of one who changes within the period anew where he changes.
 *
 * What is decided on the sheet counts as in the office in the groups: the letters are counted
 * apart, so that they can be changed. That is so of a day that has begun, too.
 */
#include "roster/roster_sheet_build.h"

#include "base/str.h"
#include "platform/db.h"

#include <stdlib.h>

/* ---- one day of a person ---- */

static bool is_office_day(const struct builder *b, struct unit_id unit, int32_t day)
{
	const struct roster_settings *s = &b->sheet->settings;
	if (b->office_mask && !(b->office_mask & WEEKDAY_BIT(day_weekday(day))))
		return true;
	for (int i = 0; i < s->office_count; i++) {
		if (!org_is_below(b->sheet->book->tree, unit, (struct unit_id){s->office[i].unit}))
			continue;
		for (int k = 0; k < s->office[i].weekday_count; k++)
			if (s->office[i].weekdays[k] == (int32_t)day_weekday(day))
				return true;
	}
	return false;
}

static char judge_work(
	const struct builder *b, const struct person_day *facts, const struct day_ruling *ruling)
{
	const struct policy_book *book = b->sheet->book;
	if (ruling->source == SOURCE_EXEMPT)
		return SHEET_EXEMPT;
	if (!policy_may_be(book, ruling, MODE_HOME))
		return SHEET_CLOSED;
	if (calendar_find_event(book->calendar, book->tree, facts->unit, facts->day))
		return SHEET_CALLED;
	if (ruling->source == SOURCE_POLICY && policy_is_away(ruling->mode))
		return SHEET_HOME;
	return is_office_day(b, facts->unit, facts->day) ? SHEET_SET : SHEET_FREE;
}

static char judge_day(struct builder *b, int32_t i)
{
	struct person_day *facts = &b->facts[i];
	struct day_ruling *ruling = &b->ruling[i];
	policy_decide_mode(b->sheet->book, facts, ruling);
	if (ruling->source == SOURCE_CALENDAR)
		return SHEET_OFF;
	if (ruling->source == SOURCE_STATUS)
		return ruling->mode == MODE_OUTSIDE_DUTY ? SHEET_DUTY : SHEET_LEAVE;
	char cell = judge_work(b, facts, ruling);
	return roster_is_open_cell(cell) && facts->day < b->sheet->first_open ? SHEET_PAST : cell;
}

/* Facts of day i as they are in the store; of one who varies they are read where they change. */
static enum err load_facts(struct builder *b, const struct roster_candidate *who, int32_t i)
{
	int32_t day = b->sheet->from + i;
	struct person_day *facts = &b->facts[i];
	if (!who->varies || !b->is_bound[i]) {
		*facts = who->varies ? b->facts[i - 1] : who->facts;
		facts->day = day;
		facts->personal.turn_day = who->varies ? day : facts->personal.turn_day;
		return who->varies && !b->is_in_service ? E_NOT_FOUND : OK;
	}
	enum err e = roster_load_person_day(b->tx, who->facts.employee, day, facts);
	b->is_in_service = !e;
	return e;
}

/* Facts of day i without a roster; false when the person is not of this node that day. */
static enum err load_day(
	struct builder *b, const struct roster_candidate *who, int32_t i, bool *ret_is_here)
{
	struct person_day *facts = &b->facts[i];
	enum err e = load_facts(b, who, i);
	facts->letter = 0;
	facts->roster_version = 0;
	if (!e && facts->unit.v != b->last_unit.v) {
		b->last_unit = facts->unit;
		b->is_last_here = roster_node_of(b->sheet->book->tree, &b->nodes, facts->unit) ==
				  b->sheet->node;
	}
	*ret_is_here = !e && b->is_last_here;
	return e == E_NOT_FOUND ? OK : e;
}

/* ---- counting ---- */

static bool is_at_work(const struct day_ruling *r)
{
	return r->mode == MODE_OFFICE || policy_is_away(r->mode);
}

static bool overlaps(const struct day_ruling *r, const struct sheet_period *p)
{
	return r->shift.starts < p->closes && r->shift.ends > p->opens;
}

static void count_posts(struct builder *b, int32_t i, bool is_decided)
{
	const struct person_day *facts = &b->facts[i];
	const struct day_ruling *ruling = &b->ruling[i];
	for (int k = 0; k < facts->posts; k++) {
		const struct org_post *post = org_find_post(b->sheet->book->tree, facts->post[k]);
		if (!post)
			continue;
		struct post_use *use = &b->use[post - b->sheet->book->tree->post];
		use->all[i]++;
		use->eligible[i] += is_decided;
		for (int32_t r = use->first; r < use->first + use->rows; r++) {
			const struct sheet_period *p = &b->row[r].period;
			if (p->weekday != (int32_t)day_weekday(facts->day) || !is_at_work(ruling) ||
				!overlaps(ruling, p))
				continue;
			b->row[r].present[i]++;
			b->row[r].away[i] += !is_decided && policy_is_away(ruling->mode);
		}
	}
}

/* A day that is decided on the sheet counts as present; another one as it is. */
static void count_people(struct builder *b, int32_t people)
{
	for (int32_t i = 0; i < b->sheet->days; i++) {
		bool is_decided = roster_is_decided_cell(b->cells[i]);
		if (b->cells[i] == SHEET_ELSEWHERE)
			continue;
		roster_count_day(&b->shares, &b->facts[i], &b->ruling[i],
			is_decided ? MODE_OFFICE : b->ruling[i].mode, people, true);
		count_posts(b, i, is_decided);
	}
}

/* ---- people ---- */

static char begin_letter(char cell, const struct day_ruling *ruling)
{
	switch (cell) {
	case SHEET_ELSEWHERE:
		return '-';
	case SHEET_OFF:
	case SHEET_LEAVE:
	case SHEET_DUTY:
		return roster_mode_letter(ruling->mode);
	case SHEET_HOME:
		return 'R';
	case SHEET_PAST:
		return policy_is_away(ruling->mode) ? 'R' : 'K';
	default:
		return 'K';
	}
}

static struct listed *add_listed(struct builder *b)
{
	const int32_t people = b->sheet->people++;

	ARENA_GROW(b->arena, b->listed, people, &b->listed_room);
	return &b->listed[people];
}

static char *filled(struct builder *b, char c)
{
	char *text = ARENA_ARRAY(b->arena, (size_t)b->sheet->days + 1, char);
	memset(text, c, (size_t)b->sheet->days);
	return text;
}

static enum err judge_days(struct builder *b, const struct roster_candidate *who)
{
	struct roster_sheet *s = b->sheet;
	enum err e = who->varies ? roster_list_bounds(
					   b->tx, who->facts.employee, s->from, s->to, b->is_bound)
				 : OK;
	for (int32_t i = 0; i < s->days && !e; i++) {
		bool is_here;
		e = load_day(b, who, i, &is_here);
		if (!e)
			b->cells[i] = is_here ? judge_day(b, i) : SHEET_ELSEWHERE;
	}
	return e;
}

/* Of days of one week with different caps the strictest holds in it. */
static void set_caps(struct builder *b, struct sheet_person *p)
{
	const struct roster_sheet *s = b->sheet;
	for (int32_t i = 0; i < s->days; i++) {
		int32_t *most = &p->week_most[roster_sheet_week(s, i)];
		int rule = b->ruling[i].cap_rule;
		int32_t cap = rule < 0 ? -1 : s->book->rule[rule].days_per_week;
		if (cap >= 0 && roster_is_open_cell(b->cells[i]) && (*most < 0 || cap < *most))
			*most = cap;
	}
}

/* Home days that policy and the planner's settings leave him. */
static void set_limits(struct builder *b, struct sheet_person *p)
{
	const struct roster_settings *own = &b->sheet->settings;
	if (!p->is_open)
		return;
	set_caps(b, p);
	p->edge_most = own->edge_once ? 1 : -1;
	p->least = own->least == INT_NONE ? -1 : own->least;
	p->most = own->most == INT_NONE ? -1 : own->most;
}

static bool may_anywhere(const struct builder *b)
{
	for (int32_t i = 0; i < b->sheet->days; i++)
		if (roster_is_open_cell(b->cells[i]) &&
			!policy_may_be(b->sheet->book, &b->ruling[i], MODE_ANYWHERE))
			return false;
	return true;
}

static int32_t *no_caps(struct builder *b)
{
	const int32_t weeks = roster_sheet_week(b->sheet, b->sheet->days - 1) + 1;
	int32_t *most = ARENA_ARRAY(b->arena, (size_t)weeks, int32_t);
	for (int32_t w = 0; w < weeks; w++)
		most[w] = -1;
	return most;
}

/* Of another unit on every day, held to no limit. */
static struct sheet_person begin_person(struct builder *b, struct employee_id employee,
	const char *name, const char *position, struct unit_id unit)
{
	return (struct sheet_person){.employee = employee,
		.name = name,
		.position = position,
		.unit = unit,
		.group = -1,
		.cells = filled(b, SHEET_ELSEWHERE),
		.days = filled(b, '-'),
		.locked = filled(b, '.'),
		.wishes = filled(b, '.'),
		.week_most = no_caps(b),
		.edge_most = -1,
		.least = -1,
		.most = -1};
}

/* Who has a day to decide serves at his posts, and his rule names the instrument. */
static void open_listed(
	struct listed *l, const struct person_day *facts, const struct day_ruling *ruling)
{
	for (int k = 0; k < facts->posts; k++)
		l->post[k] = facts->post[k];
	l->mode_rule = ruling->mode_rule;
}

/* On the sheet as he is on the day `at`; on days ahead when he is placed elsewhere within the node
 * he stays in the office. */
static void list_person(struct builder *b, int32_t at, const struct roster_member *m)
{
	struct roster_sheet *s = b->sheet;
	const struct day_ruling *ruling = &b->ruling[at];
	struct listed *l = add_listed(b);
	struct sheet_person *p = &l->person;
	*l = (struct listed){
		.person = begin_person(b, m->employee, m->name, m->position, b->facts[at].unit),
		.mode_rule = -1,
		.is_named_only = !roster_is_decided_cell(b->cells[at])};
	p->is_open = roster_is_open_cell(b->cells[at]);
	p->may_anywhere = p->is_open && may_anywhere(b);
	set_limits(b, p);
	for (int32_t i = 0; i < s->days; i++) {
		p->cells[i] = b->cells[i];
		p->days[i] = begin_letter(b->cells[i], &b->ruling[i]);
		if (roster_is_open_cell(b->cells[i]) && b->facts[i].unit.v != p->unit.v) {
			p->cells[i] = SHEET_ELSEWHERE;
			p->days[i] = 'K';
		}
	}
	s->open += p->is_open;
	b->listed_named_only += l->is_named_only;
	if (p->is_open)
		open_listed(l, &b->facts[at], ruling);
}

/* The day as which he is on the sheet: the first that can be decided, else the first that could
 * until it began, else, for one the version names, the first of the node; -1: he is not on it. */
static int32_t find_day(const struct builder *b, bool is_named)
{
	int32_t begun = -1, here = -1;
	for (int32_t i = 0; i < b->sheet->days; i++) {
		char cell = b->cells[i];
		if (roster_is_open_cell(cell))
			return i;
		if (begun < 0 && cell == SHEET_PAST)
			begun = i;
		if (here < 0 && cell != SHEET_ELSEWHERE)
			here = i;
	}
	return begun >= 0 || !is_named ? begun : here;
}

static bool is_ever_here(const struct builder *b)
{
	for (int32_t i = 0; i < b->sheet->days; i++)
		if (b->cells[i] != SHEET_ELSEWHERE)
			return true;
	return false;
}

/* The line by which the version names him; -1: it does not, or shows nobody for that. */
static int32_t find_line(const struct builder *b, struct employee_id employee)
{
	int32_t low = 0, high = b->shows_named ? b->lines : 0, end = high;
	while (low < high) {
		int32_t middle = low + (high - low) / 2;
		if (b->line[middle].employee.v < employee.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && b->line[low].employee.v == employee.v ? low : -1;
}

static enum err list_member(struct builder *b, const struct roster_member *member)
{
	int32_t line = find_line(b, member->employee), at = find_day(b, line >= 0);
	if (at < 0) {
		b->sheet->outside += is_ever_here(b);
		return OK;
	}
	if (line >= 0)
		b->is_shown[line] = true;
	list_person(b, at, member);
	return b->sheet->people - b->listed_named_only > SHEET_PEOPLE_MAX ? E_REFUSED : OK;
}

/* ---- those about whom nothing is their own: kind by kind ---- */

/* Those with something of their own first, by employee and his earliest placement; the others as
 * policy asks of them: by unit, level and position. */
static int compare_members(const void *a, const void *b)
{
	const struct roster_member *x = a, *y = b;
	if (x->is_special != y->is_special)
		return (int)y->is_special - (int)x->is_special;
	if (!x->is_special && x->unit.v != y->unit.v)
		return x->unit.v < y->unit.v ? -1 : 1;
	if (!x->is_special && x->level != y->level)
		return (int)x->level - (int)y->level;
	int positions = x->is_special ? 0 : strcmp(x->position, y->position);
	if (positions)
		return positions;
	if (x->employee.v != y->employee.v)
		return x->employee.v < y->employee.v ? -1 : 1;
	return (x->placed_from > y->placed_from) - (x->placed_from < y->placed_from);
}

static bool has_named_position(const struct builder *b, const struct roster_member *m)
{
	return policy_names_position(b->sheet->book, str_fold(b->arena, m->position));
}

static bool is_same_kind(
	const struct builder *b, const struct roster_member *x, const struct roster_member *y)
{
	if (x->unit.v != y->unit.v || x->level != y->level)
		return false;
	return strcmp(x->position, y->position) == 0 ||
	       (!has_named_position(b, x) && !has_named_position(b, y));
}

/* `kind` and the `people` - 1 after it are the same to policy. */
static enum err judge_kind(struct builder *b, const struct roster_member *kind, int32_t people)
{
	const struct roster_candidate who = {
		.facts = roster_plain_facts(b->arena, kind, b->sheet->from)};
	enum err e = judge_days(b, &who);
	for (int32_t i = 0; i < people && !e; i++)
		e = list_member(b, &kind[i]);
	if (!e)
		count_people(b, people);
	return e;
}

static enum err judge_kinds(struct builder *b, const struct roster_member *member, int32_t members)
{
	enum err e = OK;
	for (int32_t i = 0, same; i < members && !e; i += same) {
		for (same = 1; i + same < members; same++)
			if (!is_same_kind(b, &member[i], &member[i + same]))
				break;
		e = judge_kind(b, &member[i], same);
	}
	return e;
}

/* ---- the others: one by one ---- */

static enum err judge_special(
	struct builder *b, const struct roster_candidate *who, const struct roster_member *member)
{
	enum err e = judge_days(b, who);
	if (!e)
		e = list_member(b, member);
	if (!e)
		count_people(b, 1);
	return e;
}

/* Of one who is placed twice in the period the earlier placement names the position. */
static int32_t take_once(const struct roster_member *member, int32_t members, int32_t at,
	const struct roster_member **ret, int32_t *ret_count)
{
	for (*ret_count = 0; at < members && *ret_count < CANDIDATES_MAX; at++)
		if (at == 0 || member[at].employee.v != member[at - 1].employee.v)
			ret[(*ret_count)++] = &member[at];
	return at;
}

static enum err judge_specials(
	struct builder *b, const struct roster_member *member, int32_t members)
{
	const struct roster_member *who[CANDIDATES_MAX];
	struct roster_candidate *candidate = ARENA_ARRAY(
		b->arena, CANDIDATES_MAX, struct roster_candidate);
	struct employee_id id[CANDIDATES_MAX];
	enum err e = OK;
	for (int32_t at = 0, count; at < members && !e;) {
		at = take_once(member, members, at, who, &count);
		for (int32_t i = 0; i < count; i++)
			id[i] = who[i]->employee;
		e = roster_load_candidates(
			b->tx, id, count, b->sheet->from, b->sheet->to, candidate);
		for (int32_t i = 0; i < count && !e; i++)
			e = judge_special(b, &candidate[i], who[i]);
	}
	return e;
}

/* ---- all of them ---- */

/* Whom the version names although no day of his is of the node any more. */
static void list_gone(struct builder *b)
{
	for (int32_t i = 0; i < b->lines && b->shows_named; i++) {
		if (b->is_shown[i])
			continue;
		struct listed *l = add_listed(b);
		*l = (struct listed){.person = begin_person(b, b->line[i].employee, b->line[i].name,
					     "", b->sheet->node->id),
			.mode_rule = -1,
			.is_named_only = true};
		b->listed_named_only++;
	}
}

/* Those on it for the version's sake alone are shown where there is room for all of them. */
static void make_room(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	int32_t all = s->people;
	if (all <= SHEET_PEOPLE_MAX)
		return;
	s->people = 0;
	for (int32_t i = 0; i < all; i++)
		if (!b->listed[i].is_named_only)
			b->listed[s->people++] = b->listed[i];
	s->outside += all - s->people;
}

static int compare_listed(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	return (x->person.employee.v > y->person.employee.v) -
	       (x->person.employee.v < y->person.employee.v);
}

/* By employee; the first who may be home names the instrument. */
static void order_people(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	if (s->people)
		qsort(b->listed, (size_t)s->people, sizeof *b->listed, compare_listed);
	s->person = ARENA_ARRAY(b->arena, (size_t)s->people + 1, struct sheet_person);
	for (int32_t i = 0; i < s->people; i++) {
		int rule = b->listed[i].mode_rule;
		s->person[i] = b->listed[i].person;
		if (!s->instrument.v && rule >= 0)
			s->instrument = s->book->instrument[s->book->rule[rule].instrument].id;
	}
}

enum err roster_gather_people(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	struct roster_member *member;
	int32_t members, specials = 0;
	enum err e = roster_list_members(b->tx, s->node->path, s->from, s->to, &member, &members);
	if (e)
		return e;
	if (members)
		qsort(member, (size_t)members, sizeof *member, compare_members);
	while (specials < members && member[specials].is_special)
		specials++;
	if ((e = judge_specials(b, member, specials)) ||
		(e = judge_kinds(b, member + specials, members - specials)))
		return e;
	list_gone(b);
	make_room(b);
	order_people(b);
	return OK;
}
