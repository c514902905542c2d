/*
 * Builds the sheet of a node: judges every day of every person once, counts groups and posts on the
 * way, and sets the limits of the days from the rules that hold for their people.
 *
 * A post lies within the smallest group that holds all its people, if it cuts no group in two;
 * where posts cross (somebody serves at two counters of different groups) the later one is a set
 * of its own, for the second stage. Who works at a post is counted per opening period, with the
 * hours he really has that day. The facts of somebody who changes within the period are read anew
 * where they change.
 */
#include "roster/roster_sheet.h"

#include "roster/roster_sheet_db.h"

#include "platform/db.h"

#include <assert.h>
#include <stdlib.h>

#define PAGE       4000
#define GROUPS_MAX 2000

const char *const sheet_group_kind_names[] = {"node", "division", "unit", "post", NULL};

/* An opening period of a post, and who is there on each day. */
struct post_row {
	struct sheet_period period;
	int32_t *present, *away;
};

/* A post that somebody on the sheet serves. */
struct post_use {
	const struct org_post *post;
	int32_t *person;
	int32_t people;
	int32_t *all, *eligible;
	int32_t first, rows; /* its opening periods */
};

/*
 * Days judged once for all who are the same to policy: the 23,000 teachers of a province are a few
 * thousand kinds of people. Only for those nothing changes about, without a post or hours of their
 * own.
 */
#define ALIKE_KINDS 1024
struct alike {
	struct unit_id unit; /* 0: empty */
	enum employment_kind kind;
	enum position_level level;
	const char *position;
	char *cells;
	struct day_ruling *ruling;
};

struct builder {
	struct tx *tx;
	struct arena *arena;
	struct roster_sheet *sheet;
	struct roster_nodes nodes;
	struct roster_shares shares;
	int office_mask; /* of the weekdays the settings leave */
	struct post_row *row;
	int32_t rows;
	struct post_use *use; /* per post of the tree */
	int32_t person_room;
	struct post_id (*posts)[PERSON_POSTS_MAX]; /* of each person on the sheet */
	struct alike *alike;
	struct sheet_person now; /* the one being judged */
	bool is_bound[ROSTER_DAYS_MAX], is_in_service;
	struct person_day facts[ROSTER_DAYS_MAX];
	struct day_ruling ruling[ROSTER_DAYS_MAX];
};

bool roster_is_open_cell(char cell)
{
	return cell == SHEET_FREE || cell == SHEET_HOME;
}

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
	policy_decide_day(b->sheet->book, facts, ruling);
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
	const struct org_unit *node =
		e ? NULL : roster_node_of(b->sheet->book->tree, &b->nodes, facts->unit);
	*ret_is_here = node == b->sheet->node;
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

static void count_posts(struct builder *b, int32_t i, bool is_open)
{
	const struct person_day *facts = &b->facts[i];
	const struct day_ruling *ruling = &b->ruling[i];
	for (int k = 0; k < facts->posts; k++) {
		const struct org_post *post = org_find_post(b->sheet->book->tree, facts->post[k]);
		if (!post)
			continue;
		struct post_use *use = &b->use[post - b->sheet->book->tree->post];
		use->all[i]++;
		use->eligible[i] += is_open;
		for (int32_t r = use->first; r < use->first + use->rows; r++) {
			const struct sheet_period *p = &b->row[r].period;
			if (p->weekday != (int32_t)day_weekday(facts->day) || !is_at_work(ruling) ||
				!overlaps(ruling, p))
				continue;
			b->row[r].present[i]++;
			b->row[r].away[i] += !is_open && policy_is_away(ruling->mode);
		}
	}
}

/* A day that is decided on the sheet counts as present; another one as it is. */
static void count_person(struct builder *b, bool is_listed)
{
	for (int32_t i = 0; i < b->sheet->days; i++) {
		char cell = b->now.cells[i];
		bool is_open = is_listed && roster_is_open_cell(cell);
		if (cell == SHEET_ELSEWHERE)
			continue;
		roster_count_day(&b->shares, &b->facts[i], &b->ruling[i],
			is_open ? MODE_OFFICE : b->ruling[i].mode, true);
		count_posts(b, i, is_open);
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
	default:
		return 'K';
	}
}

static void add_post_users(struct builder *b, const struct person_day *facts)
{
	for (int k = 0; k < facts->posts; k++)
		b->posts[b->sheet->people][k] = facts->post[k];
}

static void grow_people(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	if (s->people < b->person_room)
		return;
	int32_t room = b->person_room ? b->person_room * 2 : 256;
	struct sheet_person *more = ARENA_ARRAY(b->arena, (size_t)room, struct sheet_person);
	struct post_id(*posts)[PERSON_POSTS_MAX] = arena_array(
		b->arena, (size_t)room, sizeof *posts);
	if (s->people) {
		memcpy(more, s->person, (size_t)s->people * sizeof *more);
		memcpy(posts, b->posts, (size_t)s->people * sizeof *posts);
	}
	s->person = more;
	b->posts = posts;
	b->person_room = room;
}

static char *filled(struct builder *b, char c)
{
	char *text = ARENA_ARRAY(b->arena, (size_t)b->sheet->days + 1, char);
	memset(text, c, (size_t)b->sheet->days);
	return text;
}

/* On the sheet as he is on the first day that can be decided; on days when he is placed elsewhere
 * within the node he stays in the office. */
static void list_person(struct builder *b, int32_t first)
{
	struct roster_sheet *s = b->sheet;
	struct sheet_person p = b->now;
	const struct day_ruling *ruling = &b->ruling[first];
	grow_people(b);
	p.employee = b->facts[first].employee;
	p.unit = b->facts[first].unit;
	p.locked = filled(b, '.');
	p.wishes = filled(b, '.');
	p.days = filled(b, '-');
	p.cap_rule = ruling->cap_rule;
	p.may_anywhere = policy_may_be(s->book, ruling, MODE_ANYWHERE);
	p.week_most = ruling->cap_rule < 0 ? -1 : s->book->rule[ruling->cap_rule].days_per_week;
	p.edge_most = s->settings.edge_once ? 1 : -1;
	p.least = s->settings.least == INT_NONE ? -1 : s->settings.least;
	p.most = s->settings.most == INT_NONE ? -1 : s->settings.most;
	for (int32_t i = 0; i < s->days; i++) {
		p.days[i] = begin_letter(p.cells[i], &b->ruling[i]);
		if (roster_is_open_cell(p.cells[i]) && b->facts[i].unit.v != p.unit.v) {
			p.cells[i] = SHEET_ELSEWHERE;
			p.days[i] = 'K';
		}
	}
	if (!s->instrument.v && ruling->mode_rule >= 0)
		s->instrument = s->book->instrument[s->book->rule[ruling->mode_rule].instrument].id;
	add_post_users(b, &b->facts[first]);
	s->person[s->people++] = p;
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
			b->now.cells[i] = is_here ? judge_day(b, i) : SHEET_ELSEWHERE;
	}
	return e;
}

/* Where such people stand; NULL when this one is to be judged by himself. */
static struct alike *find_alike(const struct builder *b, const struct roster_candidate *who)
{
	const struct person_day *f = &who->facts;
	const struct personal_pattern *own = &f->personal;
	if (who->varies || f->posts || f->status || f->covers || !f->unit.v || own->pattern.v ||
		own->was_pattern.v || own->set_at || own->turn_set_at || own->was_turn[0])
		return NULL;
	for (int k = 0; k < 3; k++)
		if (own->turn[k][0] || own->turn[k][1])
			return NULL;
	uint64_t hash = (uint64_t)f->unit.v * 31 + (uint64_t)f->kind * 7 + (uint64_t)f->level;
	for (const char *c = f->position; *c; c++)
		hash = hash * 131 + (unsigned char)*c;
	return &b->alike[(hash ^ hash >> 29) % ALIKE_KINDS];
}

static bool is_alike(const struct alike *a, const struct person_day *f)
{
	return a->unit.v == f->unit.v && a->kind == f->kind && a->level == f->level &&
	       strcmp(a->position, f->position) == 0;
}

static void take_alike(struct builder *b, const struct alike *a, const struct person_day *facts)
{
	size_t days = (size_t)b->sheet->days;
	memcpy(b->now.cells, a->cells, days);
	memcpy(b->ruling, a->ruling, days * sizeof *b->ruling);
	for (size_t i = 0; i < days; i++) {
		b->facts[i] = *facts;
		b->facts[i].day = b->sheet->from + (int32_t)i;
		b->facts[i].letter = 0;
	}
}

static void keep_alike(struct builder *b, struct alike *a, const struct person_day *f)
{
	size_t days = (size_t)b->sheet->days;
	if (!a->cells) {
		a->cells = ARENA_ARRAY(b->arena, days, char);
		a->ruling = ARENA_ARRAY(b->arena, days, struct day_ruling);
	}
	a->unit = f->unit;
	a->kind = f->kind;
	a->level = f->level;
	a->position = f->position;
	memcpy(a->cells, b->now.cells, days);
	memcpy(a->ruling, b->ruling, days * sizeof *b->ruling);
}

static enum err judge_person(struct builder *b, const struct roster_candidate *who)
{
	struct alike *alike = find_alike(b, who);
	int32_t first = -1;
	bool is_of_node = false;
	enum err e = OK;
	b->now = (struct sheet_person){.cells = filled(b, SHEET_ELSEWHERE), .group = -1};
	if (alike && alike->unit.v && is_alike(alike, &who->facts))
		take_alike(b, alike, &who->facts);
	else if (!(e = judge_days(b, who)) && alike)
		keep_alike(b, alike, &who->facts);
	if (e)
		return e;
	for (int32_t i = 0; i < b->sheet->days; i++) {
		is_of_node |= b->now.cells[i] != SHEET_ELSEWHERE;
		if (first < 0 && roster_is_open_cell(b->now.cells[i]))
			first = i;
	}
	if (first >= 0 && b->sheet->people == SHEET_PEOPLE_MAX)
		return E_REFUSED;
	if (first >= 0)
		list_person(b, first);
	else
		b->sheet->outside += is_of_node;
	count_person(b, first >= 0);
	return OK;
}

static enum err judge_people(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	struct roster_candidate *page = ARENA_ARRAY(b->arena, PAGE, struct roster_candidate);
	struct employee_id after = {0};
	int count = PAGE;
	while (count == PAGE) {
		enum err e = roster_list_candidates(
			b->tx, s->node->path, s->from, s->to, after, page, PAGE, &count);
		for (int i = 0; i < count && !e; i++)
			e = judge_person(b, &page[i]);
		if (e)
			return e;
		after = count ? page[count - 1].facts.employee : after;
	}
	return OK;
}

/* ---- groups of shares ---- */

static struct sheet_group *add_group(struct builder *b, struct sheet_group g)
{
	struct roster_sheet *s = b->sheet;
	size_t days = (size_t)s->days;
	int32_t **figures[] = {
		&g.all, &g.eligible, &g.present, &g.away, &g.least, &g.most, &g.minimum};
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		*figures[i] = ARENA_ARRAY(b->arena, days, int32_t);
	for (int32_t d = 0; d < s->days; d++)
		g.least[d] = g.most[d] = g.minimum[d] = -1;
	s->group[s->groups] = g;
	return &s->group[s->groups++];
}

static void set_share(
	struct builder *b, struct sheet_group *g, const struct roster_tally *t, int32_t d)
{
	const struct rule *rule = &b->sheet->book->rule[t->rule - 1];
	int base = roster_share_base(rule, t), least, most;
	roster_share_limits(rule, base, &least, &most);
	g->rule = t->rule - 1;
	g->least[d] = rule->bound == BOUND_AT_MOST ? -1 : least;
	g->most[d] = rule->bound == BOUND_AT_LEAST ? -1 : most;
}

static void take_figures(struct builder *b, struct sheet_group *g, int level)
{
	struct roster_sheet *s = b->sheet;
	const struct org_unit *unit = org_find_unit(s->book->tree, g->unit);
	for (int32_t d = 0; d < s->days; d++) {
		const struct roster_tally *t = roster_tally_of(
			&b->shares, unit, level, s->from + d);
		g->all[d] = t->all;
		g->eligible[d] = t->eligible;
		g->present[d] = t->present;
		g->away[d] = t->away;
		if (t->rule)
			set_share(b, g, t, d);
	}
}

static void set_own_percent(struct roster_sheet *s)
{
	struct sheet_group *node = &s->group[0];
	if (s->settings.percent == INT_NONE)
		return;
	for (int32_t d = 0; d < s->days; d++) {
		int32_t most = (int32_t)((int64_t)node->all[d] * s->settings.percent / 100);
		if (node->most[d] < 0 || node->most[d] > most)
			node->most[d] = most;
	}
}

static bool is_asked(struct builder *b, const struct org_unit *unit, int level)
{
	for (int32_t day = b->sheet->from; day <= b->sheet->to; day++) {
		const struct roster_tally *t = roster_tally_of(&b->shares, unit, level, day);
		if (t && t->rule)
			return true;
	}
	return false;
}

/* Units are gone through from the top down: a parent is listed before what lies in it. */
static int compare_depth(const void *a, const void *b)
{
	const struct org_unit *const *x = a, *const *y = b;
	int dx = 0, dy = 0;
	for (const char *p = (*x)->path; *p; p++)
		dx += *p == '/';
	for (const char *p = (*y)->path; *p; p++)
		dy += *p == '/';
	return dx != dy ? dx - dy : ((*x)->id.v > (*y)->id.v) - ((*x)->id.v < (*y)->id.v);
}

static int32_t find_unit_group(const struct roster_sheet *s, struct unit_id unit)
{
	int32_t found = 0;
	for (int32_t g = 1; g < s->groups; g++)
		if (s->group[g].kind != GROUP_POST &&
			org_is_below(s->book->tree, unit, s->group[g].unit))
			found = g;
	return found;
}

static void add_unit_groups(struct builder *b, const struct org_unit *unit)
{
	static const struct {
		int level;
		enum sheet_group_kind kind;
	} kinds[] = {{LEVEL_DIVISION, GROUP_DIVISION}, {LEVEL_UNIT, GROUP_UNIT}};
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		if (b->sheet->groups == GROUPS_MAX || !is_asked(b, unit, kinds[k].level))
			continue;
		struct sheet_group *g = add_group(
			b, (struct sheet_group){.kind = kinds[k].kind,
				   .name = unit->name,
				   .parent = find_unit_group(b->sheet, unit->id),
				   .unit = unit->id,
				   .rule = -1});
		take_figures(b, g, kinds[k].level);
	}
}

static void add_share_groups(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	const struct org_tree *tree = s->book->tree;
	const struct org_unit **unit = ARENA_ARRAY(
		b->arena, (size_t)tree->units, const struct org_unit *);
	int32_t units = 0;
	for (int i = 0; i < tree->units; i++)
		if (org_is_below(tree, tree->unit[i].id, s->node->id))
			unit[units++] = &tree->unit[i];
	qsort(unit, (size_t)units, sizeof *unit, compare_depth);
	take_figures(b,
		add_group(b, (struct sheet_group){.kind = GROUP_NODE,
				     .name = s->node->name,
				     .parent = -1,
				     .unit = s->node->id,
				     .rule = -1}),
		LEVEL_AGENCY);
	set_own_percent(s);
	for (int32_t i = 0; i < units; i++)
		add_unit_groups(b, unit[i]);
	for (int32_t p = 0; p < s->people; p++)
		s->person[p].group = find_unit_group(s, s->person[p].unit);
}

/* ---- posts ---- */

static bool is_in_group(const struct roster_sheet *s, int32_t group, int32_t above)
{
	while (group >= 0 && group != above)
		group = s->group[group].parent;
	return group == above;
}

static void collect_users(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	for (int32_t p = 0; p < s->people; p++) {
		for (int k = 0; k < PERSON_POSTS_MAX && b->posts[p][k].v; k++) {
			const struct org_post *post = org_find_post(s->book->tree, b->posts[p][k]);
			if (!post)
				continue;
			struct post_use *use = &b->use[post - s->book->tree->post];
			use->post = post;
			if (!use->person)
				use->person = ARENA_ARRAY(b->arena, (size_t)s->people, int32_t);
			use->person[use->people++] = p;
		}
	}
}

/* How many may be away from a post on a day, by its tightest opening period; -1 when it is closed
 * or needs nobody. */
static int32_t post_most(struct builder *b, const struct post_use *use, int32_t d,
	int32_t *ret_present, int32_t *ret_away, int32_t *ret_minimum)
{
	int32_t most = -1;
	for (int32_t r = use->first; r < use->first + use->rows; r++) {
		const struct post_row *row = &b->row[r];
		if (row->period.weekday != (int32_t)day_weekday(b->sheet->from + d) ||
			!row->present[d])
			continue;
		int32_t left = row->present[d] - row->period.minimum;
		left = left < 0 ? 0 : left;
		if (most >= 0 && left >= most)
			continue;
		most = left;
		*ret_present = row->present[d];
		*ret_away = row->away[d];
		*ret_minimum = row->period.minimum;
	}
	return most;
}

static bool needs_anybody(struct builder *b, const struct post_use *use)
{
	int32_t present, away, minimum;
	for (int32_t d = 0; d < b->sheet->days; d++)
		if (use->people && post_most(b, use, d, &present, &away, &minimum) >= 0)
			return true;
	return false;
}

static void set_post_figures(struct builder *b, struct sheet_group *g, const struct post_use *use)
{
	for (int32_t d = 0; d < b->sheet->days; d++) {
		g->all[d] = use->all[d];
		g->eligible[d] = use->eligible[d];
		g->most[d] = post_most(b, use, d, &g->present[d], &g->away[d], &g->minimum[d]);
	}
}

/* The smallest group that holds all users. */
static int32_t find_common(const struct roster_sheet *s, const struct post_use *use)
{
	int32_t g = s->person[use->person[0]].group;
	for (int32_t i = 1; i < use->people; i++)
		while (!is_in_group(s, s->person[use->person[i]].group, g))
			g = s->group[g].parent;
	return g;
}

/* The part of `group` right below `above`; -1 when it is `above` itself. */
static int32_t part_below(const struct roster_sheet *s, int32_t group, int32_t above)
{
	int32_t part = -1;
	for (; group != above; group = s->group[group].parent)
		part = group;
	return part;
}

/* Puts a post below `above` with the parts it holds whole; false when it cuts one in two. */
static bool lay_post(struct builder *b, const struct post_use *use, int32_t above)
{
	struct roster_sheet *s = b->sheet;
	int32_t *whole = ARENA_ARRAY(b->arena, (size_t)s->groups, int32_t);
	int32_t *users = ARENA_ARRAY(b->arena, (size_t)s->groups, int32_t);
	bool *is_user = ARENA_ARRAY(b->arena, (size_t)s->people, bool);
	for (int32_t i = 0; i < use->people; i++)
		is_user[use->person[i]] = true;
	for (int32_t p = 0; p < s->people; p++) {
		int32_t part = is_in_group(s, s->person[p].group, above)
				       ? part_below(s, s->person[p].group, above)
				       : -1;
		if (part >= 0) {
			whole[part]++;
			users[part] += is_user[p];
		}
	}
	for (int32_t g = 0; g < s->groups; g++)
		if (users[g] && users[g] != whole[g])
			return false;
	int32_t own = s->groups;
	set_post_figures(b,
		add_group(b, (struct sheet_group){.kind = GROUP_POST,
				     .name = use->post->name,
				     .parent = above,
				     .post = use->post->id,
				     .rule = -1}),
		use);
	for (int32_t g = 0; g < own; g++)
		if (users[g])
			s->group[g].parent = own;
	for (int32_t i = 0; i < use->people; i++)
		if (s->person[use->person[i]].group == above)
			s->person[use->person[i]].group = own;
	return true;
}

static void add_set(struct builder *b, const struct post_use *use)
{
	struct roster_sheet *s = b->sheet;
	int32_t present, away, minimum;
	struct sheet_set set = {.post = use->post->id,
		.person = use->person,
		.people = use->people,
		.most = ARENA_ARRAY(b->arena, (size_t)s->days, int32_t)};
	for (int32_t d = 0; d < s->days; d++) {
		int32_t most = post_most(b, use, d, &present, &away, &minimum);
		set.most[d] = most < 0 ? -1 : most > away ? most - away : 0;
	}
	s->set[s->sets++] = set;
}

/* Large posts first, so that what lies in them comes later. */
static int compare_users(const void *a, const void *b)
{
	const struct post_use *const *x = a, *const *y = b;
	if ((*x)->people != (*y)->people)
		return (*y)->people - (*x)->people;
	return ((*x)->post->id.v > (*y)->post->id.v) - ((*x)->post->id.v < (*y)->post->id.v);
}

static void add_post_groups(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	int posts = s->book->tree->posts;
	const struct post_use **use = ARENA_ARRAY(
		b->arena, (size_t)posts + 1, const struct post_use *);
	int32_t uses = 0;
	collect_users(b);
	for (int i = 0; i < posts; i++)
		if (needs_anybody(b, &b->use[i]))
			use[uses++] = &b->use[i];
	qsort(use, (size_t)uses, sizeof *use, compare_users);
	s->set = ARENA_ARRAY(b->arena, (size_t)uses + 1, struct sheet_set);
	for (int32_t i = 0; i < uses; i++)
		if (s->groups == GROUPS_MAX || !lay_post(b, use[i], find_common(s, use[i])))
			add_set(b, use[i]);
}

/* ---- order ---- */

static int32_t depth_of(const struct roster_sheet *s, int32_t g)
{
	int32_t depth = 0;
	for (; s->group[g].parent >= 0; g = s->group[g].parent)
		depth++;
	return depth;
}

/* Parents first, however posts were laid over groups. */
static void order_groups(struct builder *b)
{
	struct roster_sheet *s = b->sheet;
	struct sheet_group *sorted = ARENA_ARRAY(b->arena, (size_t)s->groups, struct sheet_group);
	int32_t *place = ARENA_ARRAY(b->arena, (size_t)s->groups, int32_t);
	int32_t count = 0;
	for (int32_t depth = 0; count < s->groups; depth++)
		for (int32_t g = 0; g < s->groups; g++)
			if (depth_of(s, g) == depth) {
				place[g] = count;
				sorted[count++] = s->group[g];
			}
	for (int32_t g = 0; g < s->groups; g++)
		if (sorted[g].parent >= 0)
			sorted[g].parent = place[sorted[g].parent];
	for (int32_t p = 0; p < s->people; p++)
		s->person[p].group = place[s->person[p].group];
	s->group = sorted;
}

/* What has begun is judged no more. */
static void free_past(struct roster_sheet *s)
{
	for (int32_t g = 0; g < s->groups; g++)
		for (int32_t d = 0; d < s->days && s->from + d < s->first_open; d++)
			s->group[g].least[d] = s->group[g].most[d] = s->group[g].minimum[d] = -1;
	for (int32_t i = 0; i < s->sets; i++)
		for (int32_t d = 0; d < s->days && s->from + d < s->first_open; d++)
			s->set[i].most[d] = -1;
}

/* ---- all of it ---- */

static void open_posts(struct builder *b)
{
	size_t days = (size_t)b->sheet->days;
	int posts = b->sheet->book->tree->posts;
	b->use = ARENA_ARRAY(b->arena, (size_t)posts + 1, struct post_use);
	for (int i = 0; i < posts; i++) {
		b->use[i].all = ARENA_ARRAY(b->arena, days, int32_t);
		b->use[i].eligible = ARENA_ARRAY(b->arena, days, int32_t);
	}
}

static enum err load_rows(struct builder *b)
{
	struct sheet_period *period;
	enum err e = roster_list_periods(b->tx, &period, &b->rows);
	if (e)
		return e;
	b->row = ARENA_ARRAY(b->arena, (size_t)b->rows + 1, struct post_row);
	for (int32_t r = 0; r < b->rows; r++) {
		const struct org_post *post = org_find_post(b->sheet->book->tree, period[r].post);
		struct post_use *use = post ? &b->use[post - b->sheet->book->tree->post] : NULL;
		b->row[r] = (struct post_row){period[r],
			ARENA_ARRAY(b->arena, (size_t)b->sheet->days, int32_t),
			ARENA_ARRAY(b->arena, (size_t)b->sheet->days, int32_t)};
		if (use && use->rows++ == 0)
			use->first = r;
	}
	return OK;
}

static int weekday_mask(const struct roster_settings *s)
{
	int mask = 0;
	for (int i = 0; i < s->weekday_count; i++)
		mask |= WEEKDAY_BIT(s->weekdays[i]);
	return mask;
}

int32_t roster_find_on_sheet(const struct roster_sheet *sheet, struct employee_id employee)
{
	int32_t low = 0, high = sheet->people;
	while (low < high) {
		int32_t middle = low + (high - low) / 2;
		if (sheet->person[middle].employee.v < employee.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sheet->people && sheet->person[low].employee.v == employee.v ? low : -1;
}

enum err roster_load_sheet(struct tx *tx, const struct org_unit *node, int32_t from, int32_t to,
	int32_t first_open, const struct roster_settings *settings, struct roster_sheet *ret)
{
	struct builder *b = ARENA_NEW(tx->arena, struct builder);
	*ret = (struct roster_sheet){.node = node,
		.from = from,
		.to = to,
		.days = to - from + 1,
		.first_open = first_open,
		.settings = *settings,
		.group = ARENA_ARRAY(tx->arena, GROUPS_MAX, struct sheet_group)};
	b->tx = tx;
	b->arena = tx->arena;
	b->sheet = ret;
	b->office_mask = weekday_mask(settings);
	b->alike = ARENA_ARRAY(tx->arena, ALIKE_KINDS, struct alike);
	enum err e = policy_load_book(tx, &ret->book);
	if (e || (e = roster_load_nodes(tx, from, &b->nodes)))
		return e;
	b->shares = (struct roster_shares){.book = ret->book,
		.nodes = &b->nodes,
		.from = from,
		.to = to,
		.always = 1 << LEVEL_AGENCY,
		.within = node->id};
	roster_shares_init(&b->shares, tx->arena);
	open_posts(b);
	if ((e = load_rows(b)) || (e = judge_people(b)))
		return e;
	add_share_groups(b);
	add_post_groups(b);
	order_groups(b);
	free_past(ret);
	return roster_load_history(tx, ret);
}
