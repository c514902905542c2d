/*
 * The quality of evidence over HTTP: how much silence confirmed in each unit, and how often each
 * rule was right.
 */
#include "attendance/attendance_confirmation_outcome.h"

#include <stdlib.h>
#include <string.h>

#define PRECISION_MONTHS 3

static void month_of(const struct req *rq, int32_t asked, int32_t *ret_first, int32_t *ret_last)
{
	day_month_bounds(asked == DAY_NONE ? req_today(rq) : asked, ret_first, ret_last);
}

/* ---- units ---- */

struct units_query {
	int32_t month;
	struct unit_id parent;
};
static const struct field units_query_fields[] = {
	Q_DAY(struct units_query, month, OPTIONAL, "Any day of the month; this month when absent."),
	Q_ID(struct units_query, parent, OPTIONAL,
		"The units right below this one; where one's own offices begin when absent."),
	F_END,
};
static const struct shape units_query_shape = SHAPE(
	"EvidenceOutcomesQuery", struct units_query, units_query_fields);

struct unit_view {
	struct unit_id unit;
	const char *name;
	bool is_own, has_children, is_hidden;
	int32_t waiting, confirmed, denied, silent, silent_percent;
};
static const struct field unit_fields[] = {
	F_ID(struct unit_view, unit, 0, "The unit."),
	F_TEXT(struct unit_view, name, 0, 200, 0, "Its name."),
	F_BOOL(struct unit_view, is_own, 0, "Those placed right in the unit asked about."),
	F_BOOL(struct unit_view, has_children, 0, "Units below it."),
	F_BOOL(struct unit_view, is_hidden, 0,
		"Fewer than ten people, or they would tell such a number."),
	F_INT(struct unit_view, waiting, 0, INT32_MAX, OPTIONAL, "Not decided yet."),
	F_INT(struct unit_view, confirmed, 0, INT32_MAX, OPTIONAL, "Confirmed by a person."),
	F_INT(struct unit_view, denied, 0, INT32_MAX, OPTIONAL, "Denied by a person."),
	F_INT(struct unit_view, silent, 0, INT32_MAX, OPTIONAL, "Confirmed by silence."),
	F_INT(struct unit_view, silent_percent, 0, 100, OPTIONAL,
		"Of what was decided, percent that silence decided."),
	F_END,
};
static const struct shape unit_shape = SHAPE("EvidenceOutcome", struct unit_view, unit_fields);

struct units_view {
	int32_t month;
	struct unit_view *items;
	int count;
	bool is_cut;
};
static const struct field units_view_fields[] = {
	F_DAY(struct units_view, month, 0, "First day of the month."),
	F_LIST(struct units_view, items, count, &unit_shape, 0, OUTCOME_UNITS + 1, 0,
		"By name; units without any are left out."),
	F_BOOL(struct units_view, is_cut, 0, "There are more units than are shown."),
	F_END,
};
static const struct shape units_view_shape = SHAPE(
	"EvidenceOutcomes", struct units_view, units_view_fields);

static enum err find_parent(struct req *rq, struct object *ret_object)
{
	const struct units_query *in = rq->input;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	ret_object->unit = in->parent;
	return e || !in->parent.v || org_find_unit(tree, in->parent) ? e : E_NOT_FOUND;
}

static void add(struct outcome *to, const struct outcome *from)
{
	to->people += from->people;
	to->waiting += from->waiting;
	to->confirmed += from->confirmed;
	to->denied += from->denied;
	to->silent += from->silent;
}

/* Sums of the units of the list, by index of the tree. */
static void rise(const struct org_tree *tree, const struct outcome *own, struct unit_id parent,
	const struct org_scopes *scopes, struct outcome *ret)
{
	for (int i = 0; i < tree->units; i++) {
		const struct org_unit *u = &tree->unit[i];

		if (!parent.v && !org_in_scopes(scopes, u->path))
			continue;
		u = org_find_listed(tree, u, parent, scopes);
		if (u)
			add(&ret[u - tree->unit], &own[i]);
	}
}

static int by_name(const void *a, const void *b)
{
	const struct unit_outcome *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (x->is_own != y->is_own)
		return x->is_own ? -1 : 1;
	return order ? order : (x->unit.v > y->unit.v) - (x->unit.v < y->unit.v);
}

static bool has_children(const struct org_tree *tree, struct unit_id unit)
{
	for (int i = 0; i < tree->units; i++)
		if (tree->unit[i].parent.v == unit.v)
			return true;
	return false;
}

static struct unit_view show_unit(const struct org_tree *tree, const struct unit_outcome *row)
{
	struct unit_view v = {.unit = row->unit,
		.name = row->name,
		.is_own = row->is_own,
		.has_children = !row->is_own && has_children(tree, row->unit),
		.is_hidden = row->is_hidden,
		.waiting = INT_NONE,
		.confirmed = INT_NONE,
		.denied = INT_NONE,
		.silent = INT_NONE,
		.silent_percent = INT_NONE};

	if (row->is_hidden)
		return v;
	v.waiting = row->of.waiting;
	v.confirmed = row->of.confirmed;
	v.denied = row->of.denied;
	v.silent = row->of.silent;
	v.silent_percent = attendance_silent_percent(&row->of);
	return v;
}

/* All rows take part in hiding, so that a cut list hides no less. */
static void hide_small(struct arena *arena, struct unit_outcome *row, int rows)
{
	int32_t *people = ARENA_ARRAY(arena, (size_t)rows, int32_t);
	bool *is_hidden = ARENA_ARRAY(arena, (size_t)rows, bool);

	for (int i = 0; i < rows; i++)
		people[i] = row[i].of.people;
	org_hide_small(people, rows, is_hidden);
	for (int i = 0; i < rows; i++)
		row[i].is_hidden = is_hidden[i];
}

static void show_units(struct req *rq, const struct org_tree *tree, const struct outcome *sum,
	struct unit_id parent, struct units_view *out)
{
	struct unit_outcome *row = ARENA_ARRAY(
		rq->tx->arena, (size_t)tree->units + 1, struct unit_outcome);
	int rows = 0;

	for (int i = 0; i < tree->units; i++) {
		const struct org_unit *u = &tree->unit[i];

		if (sum[i].people)
			row[rows++] = (struct unit_outcome){
				u->id, u->name, sum[i], parent.v && u->id.v == parent.v, false};
	}
	hide_small(rq->tx->arena, row, rows);
	qsort(row, (size_t)rows, sizeof *row, by_name);
	out->is_cut = rows > OUTCOME_UNITS;
	rows = out->is_cut ? OUTCOME_UNITS : rows;
	out->items = ARENA_ARRAY(rq->tx->arena, (size_t)rows + 1, struct unit_view);
	for (int i = 0; i < rows; i++)
		out->items[out->count++] = show_unit(tree, &row[i]);
}

static enum err get_units(struct req *rq)
{
	const struct units_query *in = rq->input;
	struct units_view out = {0};
	const struct org_tree *tree;
	struct org_scopes scopes;
	struct outcome *own, *sum;
	int32_t last;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_scopes(rq, P_RECAP_READ, &scopes)))
		return e;
	month_of(rq, in->month, &out.month, &last);
	own = ARENA_ARRAY(rq->tx->arena, (size_t)tree->units + 1, struct outcome);
	sum = ARENA_ARRAY(rq->tx->arena, (size_t)tree->units + 1, struct outcome);
	if ((e = attendance_count_outcomes(rq->tx, tree, out.month, last, own)))
		return e;
	rise(tree, own, in->parent, &scopes, sum);
	show_units(rq, tree, sum, in->parent, &out);
	return reply(rq, 200, &out);
}

/* ---- rules ---- */

struct marks_query {
	int32_t month;
};
static const struct field marks_query_fields[] = {
	Q_DAY(struct marks_query, month, OPTIONAL,
		"Any day of the last of three months; this month when absent."),
	F_END,
};
static const struct shape marks_query_shape = SHAPE(
	"EvidenceMarksQuery", struct marks_query, marks_query_fields);

struct mark_view {
	int32_t mark, weight, confirmed, denied, precision_percent, sampled, sample_percent;
	bool needs_review;
};
static const struct field mark_fields[] = {
	F_ENUM(struct mark_view, mark, evidence_mark_names, 0, "The rule."),
	F_INT(struct mark_view, weight, 0, 1000, 0, "What it weighs today."),
	F_INT(struct mark_view, confirmed, 0, INT32_MAX, OPTIONAL,
		"Events with it that a person confirmed; not shown of fewer than ten people."),
	F_INT(struct mark_view, denied, 0, INT32_MAX, OPTIONAL, "... that a person denied."),
	F_INT(struct mark_view, precision_percent, 0, 100, OPTIONAL,
		"Percent denied: how often it is right."),
	F_INT(struct mark_view, sampled, 0, INT32_MAX, OPTIONAL,
		"Of them drawn by lot, which nobody chose."),
	F_INT(struct mark_view, sample_percent, 0, 100, OPTIONAL, "Percent denied of those."),
	F_BOOL(struct mark_view, needs_review, 0, "Wrong more often than right."),
	F_END,
};
static const struct shape mark_shape = SHAPE("EvidenceMark", struct mark_view, mark_fields);

struct marks_view {
	int32_t from, to;
	struct mark_view *items;
	int count;
};
static const struct field marks_view_fields[] = {
	F_DAY(struct marks_view, from, 0, "First day counted."),
	F_DAY(struct marks_view, to, 0, "Last day counted."),
	F_LIST(struct marks_view, items, count, &mark_shape, 0, MARK_COUNT, 0,
		"Every rule with a weight, in their order."),
	F_END,
};
static const struct shape marks_view_shape = SHAPE(
	"EvidenceMarks", struct marks_view, marks_view_fields);

static struct mark_view show_mark(int mark, const struct mark_outcome *o, int32_t weight)
{
	struct mark_precision p = attendance_judge_mark(o);
	bool is_shown = p.percent != INT_NONE, is_sample = p.sample_percent != INT_NONE;

	return (struct mark_view){mark, weight, is_shown ? o->confirmed : INT_NONE,
		is_shown ? o->denied : INT_NONE, p.percent,
		is_sample ? o->sample_confirmed + o->sample_denied : INT_NONE, p.sample_percent,
		p.needs_review};
}

static enum err get_marks(struct req *rq)
{
	const struct marks_query *in = rq->input;
	struct marks_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, WEIGHTED_MARKS, struct mark_view)};
	struct mark_outcome of_mark[WEIGHTED_MARKS] = {0};
	struct parameters numbers;
	int32_t last;
	enum err e = attendance_load_parameters(rq->tx, req_today(rq), &numbers);

	month_of(rq, in->month, &out.from, &out.to);
	for (int i = 1; i < PRECISION_MONTHS; i++)
		day_month_bounds(out.from - 1, &out.from, &last);
	if (e || (e = attendance_count_mark_outcomes(rq->tx, out.from, out.to, of_mark)))
		return e;
	for (int i = 0; i < WEIGHTED_MARKS; i++)
		out.items[out.count++] = show_mark(
			i, &of_mark[i], numbers.of[PARAMETER_GEO_NONE + i]);
	return reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/evidence/outcomes",
		.permission = P_RECAP_READ,
		.tx = TX_READ,
		.input = &units_query_shape,
		.output = &units_view_shape,
		.handler = get_units,
		.object = find_parent,
		.exports = EXPORT("konfirmasi-per-unit", "Konfirmasi presensi per unit"),
		.summary = "What became of confirmations of a month, by unit, and how many of them "
			   "silence confirmed.",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/evidence/marks",
		.permission = P_BOARD_GOVERNMENT,
		.tx = TX_READ,
		.input = &marks_query_shape,
		.output = &marks_view_shape,
		.handler = get_marks,
		.exports = EXPORT("ketepatan-tanda", "Ketepatan tanda bukti"),
		.summary = "How often each rule about evidence was right, from what superiors said "
			   "in three months.",
	},
};

const struct slice attendance_outcomes_slice = {
	.name = "outcomes",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_outcome_stmts,
	.stmt_count = OUTCOME_STMTS,
};
