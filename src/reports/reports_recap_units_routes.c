/*
 * Units with the sums of a month: the agencies, the units below one, or where one's own offices
 * begin; and how many of them closed it.
 *
 * The days are read once, straight into the sums of their units, which then rise to the units above
 * them. A unit that closed the month counts as it was sealed.
 */
#include "reports/reports_recap_routes.h"

#include "attendance/attendance_source.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#define UNITS_PAGE_MAX 500

struct unit_sum {
	struct recap_line own, all; /* without and with the units below */
	int32_t own_people, people;
	int32_t closed, with_people; /* units at and below that closed; that have people */
	bool is_closed;
	int supplements;
};

struct summing {
	struct tx *tx;
	const struct org_tree *tree;
	struct unit_sum *sum; /* by index of the tree's units */
	int last;             /* index of the unit of the row before */
	/* who was counted where: employee and unit mixed, open addressing */
	uint64_t *seen;
	size_t seen_room, seen_used;
};

/* ---- reading ---- */

static int find_index(struct summing *s, struct unit_id id)
{
	const struct org_unit *u = &s->tree->unit[s->last];

	if (u->id.v != id.v) {
		u = org_find_unit(s->tree, id);
		if (!u)
			return -1;
		s->last = (int)(u - s->tree->unit);
	}
	return s->last;
}

static bool put_seen(uint64_t *seen, size_t room, uint64_t key)
{
	size_t at = (size_t)(key ^ key >> 29) & (room - 1);

	for (; seen[at]; at = (at + 1) & (room - 1))
		if (seen[at] == key)
			return false;
	seen[at] = key;
	return true;
}

static void grow_seen(struct summing *s)
{
	size_t room = s->seen_room * 4;
	uint64_t *seen = ARENA_ARRAY(s->tx->arena, room, uint64_t);

	for (size_t i = 0; i < s->seen_room; i++)
		if (s->seen[i])
			put_seen(seen, room, s->seen[i]);
	s->seen = seen;
	s->seen_room = room;
}

/* Whether it is the first day of the person in the unit that is read. */
static bool is_first_day(struct summing *s, struct employee_id employee, struct unit_id unit)
{
	int64_t part[2] = {employee.v, unit.v};
	uint64_t key = hash_fnv(part, sizeof part) | 1;

	if (s->seen_used * 2 >= s->seen_room)
		grow_seen(s);
	if (!put_seen(s->seen, s->seen_room, key))
		return false;
	s->seen_used++;
	return true;
}

static enum err take_day(void *arg, const struct attendance_day *day, const struct recap_cell *cell)
{
	struct summing *s = arg;
	int at = find_index(s, day->unit);

	if (at < 0 || s->sum[at].is_closed)
		return OK;
	recap_add_cell(&s->sum[at].own, cell);
	s->sum[at].own_people += is_first_day(s, day->employee, day->unit);
	return OK;
}

static struct summing begin(struct tx *tx, const struct org_tree *tree)
{
	struct summing s = {.tx = tx, .tree = tree, .seen_room = 1 << 10};

	s.sum = ARENA_ARRAY(tx->arena, (size_t)tree->units + 1, struct unit_sum);
	s.seen = ARENA_ARRAY(tx->arena, s.seen_room, uint64_t);
	return s;
}

static enum err read_closed(struct summing *s, int32_t month)
{
	struct recap_part *part = ARENA_ARRAY(
		s->tx->arena, (size_t)s->tree->units + 1, struct recap_part);
	int parts;
	enum err e = recap_list_closed(s->tx, month, part, s->tree->units, &parts);

	for (int i = 0; i < parts && !e; i++) {
		int at = find_index(s, part[i].unit), people;

		if (at < 0)
			continue;
		s->sum[at].is_closed = true;
		s->sum[at].supplements = part[i].part;
		if (!recap_parse_line(part[i].totals, &s->sum[at].own))
			return E_INTERNAL;
		e = recap_count_people(s->tx, part[i].unit, month, &people);
		s->sum[at].own_people = people;
	}
	return e;
}

/* ---- rising ---- */

static void add_up(struct unit_sum *to, const struct unit_sum *from)
{
	recap_add_line(&to->all, &from->own);
	to->people += from->own_people;
	to->with_people += from->own_people > 0;
	to->closed += from->is_closed && from->own_people > 0;
}

/* Each unit's own sum into itself and all above it. */
static void rise(struct summing *s)
{
	for (int i = 0; i < s->tree->units; i++) {
		const struct org_unit *u = &s->tree->unit[i];

		if (s->sum[i].own_people == 0)
			continue;
		for (; u; u = u->parent.v ? org_find_unit(s->tree, u->parent) : NULL)
			add_up(&s->sum[u - s->tree->unit], &s->sum[i]);
	}
}

/* ---- GET recap/units ---- */

struct units_query {
	int32_t month;
	struct unit_id parent;
};

static const struct field query_fields[] = {
	Q_DAY(struct units_query, month, OPTIONAL, "Any day of the month; this month when absent."),
	Q_ID(struct units_query, parent, OPTIONAL,
		"The units right below this one; where one's own offices begin when absent."),
	F_END,
};
const struct shape recap_units_query_shape = SHAPE(
	"RecapUnitsQuery", struct units_query, query_fields);

struct sum_view {
	struct unit_id unit;
	const char *name;
	bool has_children, is_closed, not_used;
	int32_t supplements, people, own_people, units, closed_units;
	struct recap_line figures;
};

static const struct field sum_fields[] = {
	F_ID(struct sum_view, unit, 0, "The unit."),
	F_TEXT(struct sum_view, name, 0, 200, 0, "Its name."),
	F_BOOL(struct sum_view, has_children, 0, "Units below it."),
	F_BOOL(struct sum_view, is_closed, 0, "It closed the month itself."),
	F_BOOL(struct sum_view, not_used, 0,
		"No lines: at the end of the month the agency did not use Luwes."),
	F_INT(struct sum_view, supplements, 0, RECAP_PARTS_MAX, 0, "Supplements of its own recap."),
	F_INT(struct sum_view, people, 0, INT32_MAX, 0, "Lines at and below it."),
	F_INT(struct sum_view, own_people, 0, INT32_MAX, 0, "Lines of the unit itself."),
	F_INT(struct sum_view, units, 0, INT32_MAX, 0, "Units at and below it with people."),
	F_INT(struct sum_view, closed_units, 0, INT32_MAX, 0, "... of which so many closed."),
	F_OBJECT(struct sum_view, figures, &recap_figures_shape, 0, "Sum at and below it."),
	F_END,
};
static const struct shape sum_shape = SHAPE("RecapUnitSum", struct sum_view, sum_fields);

struct units_view {
	int32_t month;
	struct sum_view *items;
	int count;
	bool is_cut;
	struct recap_line total;
	int32_t people;
};

static const struct field units_fields[] = {
	F_DAY(struct units_view, month, 0, "First day of the month."),
	F_LIST(struct units_view, items, count, &sum_shape, 0, UNITS_PAGE_MAX, 0, "By name."),
	F_BOOL(struct units_view, is_cut, 0, "There are more units than are shown."),
	F_OBJECT(struct units_view, total, &recap_figures_shape, 0, "Sum of what is shown."),
	F_INT(struct units_view, people, 0, INT32_MAX, 0, "Lines in it."),
	F_END,
};
const struct shape recap_units_shape = SHAPE("RecapUnits", struct units_view, units_fields);

enum err recap_find_parent(struct req *rq, struct object *ret_object)
{
	const struct units_query *in = rq->input;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	ret_object->unit = in->parent;
	return e || !in->parent.v || org_find_unit(tree, in->parent) ? e : E_NOT_FOUND;
}

/* Whether a unit is one of the list: right below the parent, or where a scope begins (the agencies,
 * of the whole government). */
static bool is_listed(
	const struct org_unit *u, struct unit_id parent, const struct org_scopes *scopes)
{
	if (parent.v)
		return u->parent.v == parent.v;
	for (int i = 0; i < scopes->paths; i++)
		if (str_eq(scopes->path[i], "/") ? u->parent.v == 0
						 : str_eq(scopes->path[i], u->path))
			return true;
	return false;
}

static bool has_children(const struct org_tree *tree, const struct org_unit *u)
{
	for (int i = 0; i < tree->units; i++)
		if (tree->unit[i].parent.v == u->id.v)
			return true;
	return false;
}

static bool is_wide(struct unit_id parent, const struct org_scopes *scopes)
{
	return !parent.v && scopes->paths == 1 && str_eq(scopes->path[0], "/");
}

/* Everybody in one go, or unit by unit. */
static enum err read_days(
	struct summing *s, int32_t month, struct unit_id parent, const struct org_scopes *scopes)
{
	const struct org_unit *top = parent.v ? org_find_unit(s->tree, parent) : NULL;
	struct recap_tables tables;
	int32_t first, last;
	enum err e = recap_load_tables(s->tx, &tables);

	day_month_bounds(month, &first, &last);
	if (!e && is_wide(parent, scopes))
		return recap_scan(s->tx, (struct unit_id){0}, first, last, &tables, take_day, s);
	for (int i = 0; i < s->tree->units && !e; i++) {
		const struct org_unit *u = &s->tree->unit[i];

		if (top ? str_starts(u->path, top->path) : org_in_scopes(scopes, u->path))
			e = recap_scan(s->tx, u->id, first, last, &tables, take_day, s);
	}
	return e;
}

static int by_name(const void *a, const void *b)
{
	const struct sum_view *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->unit.v > y->unit.v) - (x->unit.v < y->unit.v);
}

static bool is_not_used(const struct source_book *sources, const struct org_unit *u, int32_t day)
{
	enum attendance_source source;

	attendance_find_source(sources, u->agency, day, &source);
	return attendance_judge_of(source) == JUDGE_NOBODY;
}

static struct sum_view show_sum(
	const struct summing *s, const struct source_book *sources, int at, int32_t last)
{
	const struct org_unit *u = &s->tree->unit[at];
	const struct unit_sum *sum = &s->sum[at];

	return (struct sum_view){u->id, u->name, has_children(s->tree, u), sum->is_closed,
		sum->people == 0 && is_not_used(sources, u, last), sum->supplements, sum->people,
		sum->own_people, sum->with_people, sum->closed, sum->all};
}

static void show_units(const struct summing *s, const struct source_book *sources,
	struct unit_id parent, const struct org_scopes *scopes, struct units_view *out)
{
	int32_t first, last;

	day_month_bounds(out->month, &first, &last);
	out->items = ARENA_ARRAY(s->tx->arena, UNITS_PAGE_MAX, struct sum_view);
	for (int i = 0; i < s->tree->units; i++) {
		const struct org_unit *u = &s->tree->unit[i];

		if (!is_listed(u, parent, scopes) ||
			(s->sum[i].people == 0 && u->valid_to < out->month))
			continue;
		out->is_cut = out->count == UNITS_PAGE_MAX;
		if (out->is_cut)
			break;
		out->items[out->count++] = show_sum(s, sources, i, last);
		recap_add_line(&out->total, &s->sum[i].all);
		out->people += s->sum[i].people;
	}
	qsort(out->items, (size_t)out->count, sizeof *out->items, by_name);
}

static enum err sum_units(struct req *rq, int32_t month, struct unit_id parent, struct summing *s,
	struct org_scopes *scopes)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = org_load_scopes(rq, P_RECAP_READ, scopes);
	if (e)
		return e;
	*s = begin(rq->tx, tree);
	if (tree->units == 0)
		return OK;
	if ((e = read_closed(s, month)) || (e = read_days(s, month, parent, scopes)))
		return e;
	rise(s);
	return OK;
}

enum err recap_get_units(struct req *rq)
{
	const struct units_query *in = rq->input;
	struct units_view out = {.month = recap_month_asked(rq, in->month)};
	const struct source_book *sources;
	struct org_scopes scopes;
	struct summing s;
	enum err e = sum_units(rq, out.month, in->parent, &s, &scopes);

	if (e || (e = attendance_load_sources(rq->tx, &sources)))
		return e;
	show_units(&s, sources, in->parent, &scopes, &out);
	if (out.is_cut && rq->exporting)
		return refuse(rq, E_TOO_LARGE, "/format",
			"more units than a list holds: take those below one unit");
	return reply(rq, 200, &out);
}

/* ---- for the paper of an agency ---- */

static void add_row(struct recap_unit_row *row, const struct summing *s, int at)
{
	row->name = s->tree->unit[at].name;
	row->people = s->sum[at].people;
	row->figures = s->sum[at].all;
	row->units = s->sum[at].with_people;
	row->closed = s->sum[at].closed;
}

static int by_row_name(const void *a, const void *b)
{
	const struct recap_unit_row *x = a, *y = b;

	return strcmp(x->name, y->name);
}

enum err recap_list_rows(struct req *rq, int32_t month, struct unit_id parent, int max,
	struct recap_unit_row *ret, int *ret_count, struct recap_unit_row *ret_total)
{
	struct org_scopes scopes;
	struct summing s;
	enum err e = sum_units(rq, month, parent, &s, &scopes);

	*ret_count = 0;
	if (e)
		return e;
	for (int i = 0; i < s.tree->units; i++) {
		const struct org_unit *u = &s.tree->unit[i];

		if (u->id.v == parent.v)
			add_row(ret_total, &s, i);
		if (u->parent.v == parent.v && s.sum[i].people && *ret_count < max)
			add_row(&ret[(*ret_count)++], &s, i);
	}
	if (*ret_count)
		qsort(ret, (size_t)*ret_count, sizeof *ret, by_row_name);
	return OK;
}
