/*
 * What the personnel board enters and sees: dated numbers around ratings, results of agencies, and
 * the distribution of predicates by unit.
 *
 * Days and curves are local and dated; a rule is unverified until somebody who read its source
 * enters it. The distribution counts people of units, shows no person, ranks nobody, and hides
 * groups of fewer than ten and what would tell them (org_group.h).
 */
#include "reports/reports_rating_routes.h"

#include "org/org_group.h"
#include "platform/clock.h"
#include "platform/slice.h"

#include <stdlib.h>
#include <string.h>

#define UNITS_MAX 500
#define DAYS_MAX  366

/* ---- dated numbers ---- */

struct curve_view {
	int32_t result;
	struct shares_view shares;
};
static const struct field curve_fields[] = {
	F_ENUM(struct curve_view, result, organisation_result_names, 0, "Of the agency."),
	F_OBJECT(struct curve_view, shares, &rating_shares_shape, 0,
		"Percent of people by predicate, 100 together."),
	F_END,
};
static const struct shape curve_shape = SHAPE("RatingCurve", struct curve_view, curve_fields);

struct rule_view {
	int64_t id;
	int32_t rate_days, object_days, decide_days;
	struct curve_view *curves;
	int curves_count;
	const char *legal_basis, *verified_by;
	bool verified;
	int32_t valid_from, valid_to;
};
#define RULE_FIELDS                                                                                \
	F_INT(struct rule_view, rate_days, 1, DAYS_MAX, 0,                                         \
		"Days after a period until its ratings are expected."),                            \
		F_INT(struct rule_view, object_days, 1, DAYS_MAX, 0,                               \
			"Days after a rating was told in which one may object."),                  \
		F_INT(struct rule_view, decide_days, 1, DAYS_MAX, 0,                               \
			"Days after an objection until its decision is expected."),                \
		F_LIST(struct rule_view, curves, curves_count, &curve_shape, 0, RESULTS, 0,        \
			"What results of an agency suggest; never enforced."),                     \
		F_TEXT(struct rule_view, legal_basis, 1, 300, 0, "Rule it comes from."),           \
		F_DAY(struct rule_view, valid_from, 0, "First day.")
static const struct field rule_input_fields[] = {RULE_FIELDS, F_END};
const struct shape rating_rule_input_shape = SHAPE(
	"RatingRuleInput", struct rule_view, rule_input_fields);
static const struct field rule_fields[] = {
	F_ID(struct rule_view, id, 0, "The rule."),
	RULE_FIELDS,
	F_BOOL(struct rule_view, verified, 0, "Read by somebody; else an example, not law."),
	F_TEXT(struct rule_view, verified_by, 0, 300, 0, "Who read it."),
	F_DAY(struct rule_view, valid_to, OPTIONAL, "Last day, when it was replaced."),
	F_END,
};
static const struct shape rule_shape = SHAPE("RatingRule", struct rule_view, rule_fields);

struct rules_view {
	struct rule_view *items;
	int count;
};
static const struct field rules_fields[] = {
	F_LIST(struct rules_view, items, count, &rule_shape, 0, RATING_RULES_MAX, 0,
		"The newest first."),
	F_END,
};
const struct shape rating_rules_shape = SHAPE("RatingRules", struct rules_view, rules_fields);

struct added_view {
	int64_t id;
};
static const struct field added_fields[] = {
	F_ID(struct added_view, id, 0, "The new rule."),
	F_END,
};
const struct shape rating_rule_added_shape = SHAPE(
	"RatingRuleAdded", struct added_view, added_fields);

static struct rule_view show_rule(struct arena *arena, const struct rating_rule *r)
{
	struct rule_view v = {r->id, r->rate_days, r->object_days, r->decide_days,
		ARENA_ARRAY(arena, RESULTS, struct curve_view), 0, r->legal_basis, r->verified_by,
		*r->verified_by != '\0', r->valid_from,
		r->valid_to == DAY_FOREVER ? DAY_NONE : r->valid_to};

	for (int i = 0; i < RESULTS; i++) {
		struct curve_view *c = &v.curves[v.curves_count];

		if (!rating_has_curve(r, (enum organisation_result)i))
			continue;
		c->result = i;
		memcpy(c->shares.of, r->curve[i], sizeof c->shares.of);
		v.curves_count++;
	}
	return v;
}

enum err rating_get_rules(struct req *rq)
{
	struct rating_rule *rule;
	struct rules_view out = {0};
	enum err e = rating_list_rules(rq->tx, &rule, &out.count);

	if (e)
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, (size_t)out.count, struct rule_view);
	for (int i = 0; i < out.count; i++)
		out.items[i] = show_rule(rq->tx->arena, &rule[i]);
	return reply(rq, 200, &out);
}

static void add_rule_leaf(struct tx *tx, const struct rating_rule *r)
{
	struct rule_view fact = show_rule(tx->arena, r);

	reports_add_leaf(tx, LEAF_RATING, r->id, &rule_shape, &fact);
}

static enum err check_rule(struct req *rq, const struct rating_rule *r)
{
	const char *reason, *field = rating_find_rule_fault(r, &reason);
	struct rating_rule *known;
	int count;
	enum err e;

	if (field)
		return refuse(rq, E_BAD_FIELD, field, reason);
	if ((e = rating_list_rules(rq->tx, &known, &count)))
		return e;
	if (count == RATING_RULES_MAX)
		return refuse(rq, E_REFUSED, "/valid_from", "fifty rules are enough");
	if (count && known[0].valid_from >= r->valid_from)
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"a rule that begins on this day or later is there already");
	return OK;
}

enum err rating_post_rule(struct req *rq)
{
	const struct rule_view *in = rq->input;
	struct rating_rule r = {.id = id_next(),
		.rate_days = in->rate_days,
		.object_days = in->object_days,
		.decide_days = in->decide_days,
		.legal_basis = in->legal_basis,
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER,
		.entered_by = rq->actor.employee,
		.entered_at = rq->tx->now_ms};
	enum err e;

	for (int i = 0; i < in->curves_count; i++)
		memcpy(r.curve[in->curves[i].result], in->curves[i].shares.of, sizeof r.curve[0]);
	if ((e = rating_load_name(rq->tx, rq->actor.employee, req_today(rq), &r.verified_by)) ||
		(e = check_rule(rq, &r)) || (e = rating_add_rule(rq->tx, &r)))
		return e;
	add_rule_leaf(rq->tx, &r);
	return reply(rq, 200, &(struct added_view){r.id});
}

enum err reports_add_example_rating_rule(struct tx *tx, int32_t from)
{
	struct rating_rule r = {.id = id_next(),
		.rate_days = 30,
		.object_days = 14,
		.decide_days = 14,
		.curve = {[RESULT_EXCELLENT] = {40, 55, 5, 0, 0},
			[RESULT_GOOD] = {20, 70, 10, 0, 0},
			[RESULT_NEEDS_WORK] = {5, 60, 30, 5, 0}},
		.legal_basis = "Contoh hari dan sebaran; bukan bunyi PermenPANRB 6/2022",
		.verified_by = "",
		.valid_from = from,
		.valid_to = DAY_FOREVER,
		.entered_at = tx->now_ms};
	enum err e = rating_add_rule(tx, &r);

	if (!e)
		add_rule_leaf(tx, &r);
	return e;
}

/* ---- results of agencies ---- */

struct result_input {
	struct unit_id unit;
	int32_t period, day, result;
	const char *basis;
};
static const struct field result_fields[] = {
	PATH_ID(struct result_input, unit, "The agency."),
	F_ENUM(struct result_input, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct result_input, day, 0, "A day of it."),
	F_ENUM(struct result_input, result, organisation_result_names, 0, "What it achieved."),
	F_TEXT(struct result_input, basis, 3, 300, 0, "Decision or minutes it comes from."),
	F_END,
};
const struct shape rating_result_shape = SHAPE(
	"OrganisationResult", struct result_input, result_fields);

struct result_fact {
	struct unit_id unit;
	int32_t period, last_day, result;
	const char *basis;
	struct employee_id set_by;
};
static const struct field result_fact_fields[] = {
	F_ID(struct result_fact, unit, 0, "Agency."),
	F_ENUM(struct result_fact, period, report_period_names, 0, "Period."),
	F_DAY(struct result_fact, last_day, 0, "Its last day."),
	F_ENUM(struct result_fact, result, organisation_result_names, 0, "Result."),
	F_TEXT(struct result_fact, basis, 0, 300, 0, "Where it comes from."),
	F_ID(struct result_fact, set_by, OPTIONAL, "Who entered it."),
	F_END,
};
static const struct shape result_fact_shape = SHAPE(
	"OrganisationResultFact", struct result_fact, result_fact_fields);

enum err reports_enter_rating_result(
	struct tx *tx, enum report_period period, int32_t last_day, const struct rating_result *r)
{
	const struct result_fact fact = {
		r->unit, (int32_t)period, last_day, r->result, r->basis, r->set_by};
	enum err e = rating_set_result(tx, period, last_day, r);

	if (!e)
		reports_add_leaf(tx, LEAF_RATING, r->unit.v, &result_fact_shape, &fact);
	return e;
}

enum err rating_find_result_unit(struct req *rq, struct object *ret_object)
{
	const struct result_input *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

enum err rating_put_result(struct req *rq)
{
	const struct result_input *in = rq->input;
	const struct rating_result r = {.unit = in->unit,
		.result = in->result,
		.basis = in->basis,
		.set_by = rq->actor.employee,
		.set_at = rq->tx->now_ms};
	const struct org_tree *tree;
	int32_t first, last;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	if (org_find_unit(tree, in->unit)->parent.v)
		return refuse(rq, E_REFUSED, "/unit", "results are those of agencies");
	reports_period_of((enum report_period)in->period, in->day, &first, &last);
	if (first > req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/day", "a period that has not begun");
	if ((e = reports_enter_rating_result(rq->tx, (enum report_period)in->period, last, &r)))
		return e;
	return reply(rq, 204, NULL);
}

/* ---- distribution ---- */

struct units_query {
	int32_t period, day;
	struct unit_id parent;
};
static const struct field units_query_fields[] = {
	Q_ENUM(struct units_query, period, report_period_names, OPTIONAL,
		"A year or a quarter; a quarter when absent."),
	Q_DAY(struct units_query, day, OPTIONAL, "A day of it; today when absent."),
	Q_ID(struct units_query, parent, OPTIONAL,
		"The units right below this one; where one's own offices begin when absent."),
	F_END,
};
const struct shape rating_units_query_shape = SHAPE(
	"RatingUnitsQuery", struct units_query, units_query_fields);

struct unit_row {
	struct unit_id unit;
	const char *name;
	bool is_own, has_children, is_hidden;
	int32_t people, rated, of[PREDICATES], result;
	const char *basis;
};
#define ROW_COUNT(i, n, d)                                                                         \
	{                                                                                          \
		n, FIELD_INT, FROM_BODY, OPTIONAL,                                                 \
			offsetof(struct unit_row, of) + sizeof(int32_t) * (i), 0, 0, INT32_MAX,    \
			NULL, NULL, d                                                              \
	}
static const struct field unit_row_fields[] = {
	F_ID(struct unit_row, unit, 0, "The unit."),
	F_TEXT(struct unit_row, name, 0, 200, 0, "Its name."),
	F_BOOL(struct unit_row, is_own, 0, "Those placed right in the unit asked about."),
	F_BOOL(struct unit_row, has_children, 0, "Units below it."),
	F_BOOL(struct unit_row, is_hidden, 0,
		"Fewer than ten rated people, or they would tell such a number."),
	F_INT(struct unit_row, people, 0, INT32_MAX, 0, "People placed there on the last day."),
	F_INT(struct unit_row, rated, 0, INT32_MAX, OPTIONAL, "Told their rating."),
	ROW_COUNT(PREDICATE_VERY_GOOD, "very_good", "Sangat Baik."),
	ROW_COUNT(PREDICATE_GOOD, "good", "Baik."),
	ROW_COUNT(PREDICATE_NEEDS_WORK, "needs_work", "Butuh Perbaikan."),
	ROW_COUNT(PREDICATE_POOR, "poor", "Kurang/Misconduct."),
	ROW_COUNT(PREDICATE_VERY_POOR, "very_poor", "Sangat Kurang."),
	F_ENUM(struct unit_row, result, organisation_result_names, OPTIONAL,
		"Of an agency, as entered."),
	F_TEXT(struct unit_row, basis, 1, 300, OPTIONAL, "Where the result comes from."),
	F_END,
};
static const struct shape unit_row_shape = SHAPE("RatingUnit", struct unit_row, unit_row_fields);

struct units_view {
	int32_t period, first_day, last_day;
	struct unit_row *items;
	int count;
	bool is_cut;
};
static const struct field units_fields[] = {
	F_ENUM(struct units_view, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct units_view, first_day, 0, "Its first day."),
	F_DAY(struct units_view, last_day, 0, "Its last day."),
	F_LIST(struct units_view, items, count, &unit_row_shape, 0, UNITS_MAX, 0,
		"By name; units without people are left out."),
	F_BOOL(struct units_view, is_cut, 0, "There are more units than are shown."),
	F_END,
};
const struct shape rating_units_shape = SHAPE("RatingUnits", struct units_view, units_fields);

enum err rating_find_parent(struct req *rq, struct object *ret_object)
{
	const struct units_query *in = rq->input;

	return in->parent.v ? org_find_object(rq->tx, in->parent, ret_object) : OK;
}

static void add_count(struct rating_count *to, const struct rating_count *from)
{
	to->people += from->people;
	to->rated += from->rated;
	for (int i = 0; i < PREDICATES; i++)
		to->of[i] += from->of[i];
}

/* Sums of the units of the list, by index of the tree. */
static void rise(const struct org_tree *tree, const struct rating_count *own, struct unit_id parent,
	const struct org_scopes *scopes, struct rating_count *ret)
{
	for (int i = 0; i < tree->units; i++) {
		const struct org_unit *u = &tree->unit[i];

		if (!parent.v && !org_in_scopes(scopes, u->path))
			continue;
		u = org_find_listed(tree, u, parent, scopes);
		if (u)
			add_count(&ret[u - tree->unit], &own[i]);
	}
}

static int by_name(const void *a, const void *b)
{
	const struct unit_row *x = a, *y = b;
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

static struct unit_row make_row(
	const struct org_tree *tree, const struct org_unit *u, const struct rating_count *n)
{
	struct unit_row row = {.unit = u->id,
		.name = u->name,
		.has_children = has_children(tree, u->id),
		.people = n->people,
		.rated = n->rated,
		.result = INT_NONE};

	memcpy(row.of, n->of, sizeof row.of);
	return row;
}

/* All rows take part in hiding, so that a cut list hides no less. */
static void hide(struct arena *arena, struct unit_row *row, int rows)
{
	int32_t *people = ARENA_ARRAY(arena, (size_t)rows, int32_t);
	bool *is_hidden = ARENA_ARRAY(arena, (size_t)rows, bool);

	for (int i = 0; i < rows; i++)
		people[i] = row[i].rated;
	org_hide_small(people, rows, is_hidden);
	for (int i = 0; i < rows; i++) {
		if (!is_hidden[i])
			continue;
		row[i].is_hidden = true;
		row[i].rated = INT_NONE;
		for (int k = 0; k < PREDICATES; k++)
			row[i].of[k] = INT_NONE;
	}
}

static enum err add_results(struct req *rq, struct units_view *out)
{
	struct rating_result *result = ARENA_ARRAY(rq->tx->arena, UNITS_MAX, struct rating_result);
	int results;
	enum err e = rating_list_results(rq->tx, (enum report_period)out->period, out->last_day,
		result, UNITS_MAX, &results);

	for (int i = 0; i < out->count && !e; i++)
		for (int k = 0; k < results; k++)
			if (result[k].unit.v == out->items[i].unit.v && !out->items[i].is_own) {
				out->items[i].result = result[k].result;
				out->items[i].basis = result[k].basis;
			}
	return e;
}

static void show_units(struct req *rq, const struct org_tree *tree, const struct rating_count *sum,
	struct unit_id parent, struct units_view *out)
{
	int rows = 0;

	out->items = ARENA_ARRAY(rq->tx->arena, (size_t)tree->units + 1, struct unit_row);
	for (int i = 0; i < tree->units; i++) {
		const struct org_unit *u = &tree->unit[i];

		if (!sum[i].people && !sum[i].rated)
			continue;
		out->items[rows] = make_row(tree, u, &sum[i]);
		if (parent.v && u->id.v == parent.v) {
			out->items[rows].is_own = true;
			out->items[rows].has_children = false;
		}
		rows++;
	}
	hide(rq->tx->arena, out->items, rows);
	qsort(out->items, (size_t)rows, sizeof *out->items, by_name);
	out->is_cut = rows > UNITS_MAX;
	out->count = out->is_cut ? UNITS_MAX : rows;
}

enum err rating_get_units(struct req *rq)
{
	const struct units_query *in = rq->input;
	struct units_view out = {.period = in->period == INT_NONE ? PERIOD_QUARTERLY : in->period};
	const struct org_tree *tree;
	struct org_scopes scopes;
	struct rating_count *own, *sum;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_scopes(rq, P_RATING_COUNT, &scopes)))
		return e;
	reports_period_of((enum report_period)out.period, reports_day_asked(rq, in->day),
		&out.first_day, &out.last_day);
	own = ARENA_ARRAY(rq->tx->arena, (size_t)tree->units + 1, struct rating_count);
	sum = ARENA_ARRAY(rq->tx->arena, (size_t)tree->units + 1, struct rating_count);
	if ((e = rating_count_units(
		     rq->tx, tree, (enum report_period)out.period, out.last_day, own)))
		return e;
	rise(tree, own, in->parent, &scopes, sum);
	show_units(rq, tree, sum, in->parent, &out);
	if ((e = add_results(rq, &out)))
		return e;
	return reply(rq, 200, &out);
}
