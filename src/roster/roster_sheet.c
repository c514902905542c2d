/*
 * Builds the sheet of a node: gathers its people, lays out the groups they are counted in, and sets
 * the limits of the days from the rules that hold for them.
 *
 * A post lies within the smallest group that holds all its people, if it cuts no group in two;
 * where posts cross (somebody serves at two counters of different groups) the later one is a set
 * of its own, for the second stage. Who works at a post is counted per opening period, with the
 * hours he really has that day.
 */
#include "roster/roster_sheet_build.h"

#include "platform/db.h"

#include <stdlib.h>

#define GROUPS_MAX 2000

const char *const sheet_group_kind_names[] = {"node", "division", "unit", "post", NULL};

bool roster_is_open_cell(char cell)
{
	return cell == SHEET_FREE || cell == SHEET_HOME;
}

bool roster_is_decided_cell(char cell)
{
	return roster_is_open_cell(cell) || cell == SHEET_PAST;
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
		const struct post_id *served = b->listed[p].post;
		for (int k = 0; k < PERSON_POSTS_MAX && served[k].v; k++) {
			const struct org_post *post = org_find_post(s->book->tree, served[k]);
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

/* How many may be away from a post on a day, by its tightest opening period: that which lets fewest
 * go beside those who are away without the sheet deciding it. -1 when it is closed or needs nobody.
 */
static int32_t post_most(struct builder *b, const struct post_use *use, int32_t d,
	int32_t *ret_present, int32_t *ret_away, int32_t *ret_minimum)
{
	int32_t tightest = -1, fewest = INT32_MAX;
	for (int32_t r = use->first; r < use->first + use->rows; r++) {
		const struct post_row *row = &b->row[r];
		int32_t left = row->present[d] - row->period.minimum - row->away[d];
		if (row->period.weekday != (int32_t)day_weekday(b->sheet->from + d) ||
			!row->present[d] || left >= fewest)
			continue;
		tightest = r;
		fewest = left;
	}
	if (tightest < 0)
		return -1;
	const struct post_row *row = &b->row[tightest];
	*ret_present = row->present[d];
	*ret_away = row->away[d];
	*ret_minimum = row->period.minimum;
	return row->present[d] > row->period.minimum ? row->present[d] - row->period.minimum : 0;
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
		int32_t part = s->person[p].is_open && is_in_group(s, s->person[p].group, above)
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

static enum err load_lines(struct builder *b, const struct roster_version *v)
{
	struct stored_line *line = NULL;
	enum err e = v->version_id
			     ? roster_list_stored_lines(b->tx, v->version_id, &line, &b->lines)
			     : OK;
	b->line = line;
	b->shows_named = v->state != ROSTER_DRAFT;
	b->is_shown = ARENA_ARRAY(b->arena, (size_t)b->lines + 1, bool);
	return e;
}

enum err roster_load_sheet(struct tx *tx, const struct roster_version *v,
	const struct org_unit *node, int32_t first_open, const struct roster_settings *settings,
	struct roster_sheet *ret)
{
	struct builder *b = ARENA_NEW(tx->arena, struct builder);
	*ret = (struct roster_sheet){.node = node,
		.from = v->period_from,
		.to = v->period_to,
		.days = v->period_to - v->period_from + 1,
		.first_open = first_open,
		.settings = settings ? *settings : roster_read_settings(tx->arena, v->settings),
		.group = ARENA_ARRAY(tx->arena, GROUPS_MAX, struct sheet_group)};
	b->tx = tx;
	b->arena = tx->arena;
	b->sheet = ret;
	b->office_mask = weekday_mask(&ret->settings);
	enum err e = policy_load_book(tx, &ret->book);
	if (e || (e = roster_load_nodes(tx, ret->from, &b->nodes)))
		return e;
	b->shares = (struct roster_shares){.book = ret->book,
		.nodes = &b->nodes,
		.from = ret->from,
		.to = ret->to,
		.always = 1 << LEVEL_AGENCY,
		.within = node->id};
	roster_shares_init(&b->shares, tx->arena);
	open_posts(b);
	if ((e = load_rows(b)) || (e = load_lines(b, v)) || (e = roster_gather_people(b)))
		return e;
	add_share_groups(b);
	add_post_groups(b);
	order_groups(b);
	free_past(ret);
	if ((e = roster_load_history(tx, ret)))
		return e;
	roster_fill_sheet(ret, v, b->line, b->lines);
	return roster_load_newer(tx, v, ret);
}
