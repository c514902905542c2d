/*
 * The superior rates: the form with what the period left in Luwes beside it, saving and telling.
 *
 * Who rates is the direct superior of the period's last day or who stands in his place
 * (PermenPANRB 6/2022; org_stand.h); a team lead is told that he does not. What stands beside -
 * days, reports, feedback - is shown and counts nothing by itself. The distribution that the
 * organisation's result suggests is shown, and nothing is refused for it.
 */
#include "reports/reports_rating_routes.h"

#include "platform/clock.h"
#include "platform/slice.h"
#include "reports/reports_recap_routes.h"

#define NOT_THE_LEAD                                                                               \
	"PermenPANRB 6/2022: the direct superior rates; a team lead gives feedback, he does not "  \
	"rate"

/* ---- the form ---- */

static const struct field form_query_fields[] = {
	PATH_ID(struct rating_input, employee, "Who is rated."),
	Q_ENUM(struct rating_input, period, report_period_names, OPTIONAL,
		"A year or a quarter; a quarter when absent."),
	Q_DAY(struct rating_input, day, OPTIONAL, "A day of it; today when absent."),
	F_END,
};
const struct shape rating_form_query_shape = SHAPE(
	"RatingFormQuery", struct rating_input, form_query_fields);

struct form_view {
	struct employee_id employee;
	const char *name, *position, *unit_name;
	int32_t period, first_day, last_day, stand, version, rate_until, object_days;
	const char *acts_for_name;
	bool is_over, may_rate, has_rule, verified;
	const char *legal_basis;
	int32_t result;
	struct shares_view *curve;
	struct rating_view *rating;
	int32_t days, returned, late_reports, feedbacks, questions;
	struct recap_line figures;
	struct rating_plan *plans;
	int plan_count;
};
static const struct field form_fields[] = {
	F_ID(struct form_view, employee, 0, "Who is rated."),
	F_TEXT(struct form_view, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct form_view, position, 0, 200, OPTIONAL, "His position."),
	F_TEXT(struct form_view, unit_name, 1, 200, OPTIONAL, "His unit."),
	F_ENUM(struct form_view, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct form_view, first_day, 0, "Its first day."),
	F_DAY(struct form_view, last_day, 0, "Its last day."),
	F_ENUM(struct form_view, stand, stand_names, 0,
		"Why the reader rates; none: he is the team lead and does not."),
	F_TEXT(struct form_view, acts_for_name, 1, 300, OPTIONAL, "In whose place."),
	F_BOOL(struct form_view, is_over, 0, "The period is over."),
	F_BOOL(struct form_view, may_rate, 0, "It may be saved today."),
	F_BOOL(struct form_view, has_rule, 0, "A rule about the days holds; else nothing is told."),
	F_DAY(struct form_view, rate_until, OPTIONAL, "Until when a rating is expected."),
	F_INT(struct form_view, object_days, 1, 366, OPTIONAL, "Days for an objection."),
	F_TEXT(struct form_view, legal_basis, 1, 300, OPTIONAL, "Where the days come from."),
	F_BOOL(struct form_view, verified, 0, "Read by somebody; else an example, not law."),
	F_ENUM(struct form_view, result, organisation_result_names, OPTIONAL,
		"What his agency achieved, as entered."),
	F_OBJECT(struct form_view, curve, &rating_shares_shape, OPTIONAL,
		"Percent of people that this result suggests; never enforced."),
	F_INT(struct form_view, version, 0, INT32_MAX, 0, "To be named when saving; 0: none yet."),
	F_OBJECT(struct form_view, rating, &rating_view_shape, OPTIONAL, "As saved or told."),
	F_INT(struct form_view, days, 0, 366, 0, "Days of the period that Luwes judged."),
	F_OBJECT(struct form_view, figures, &recap_figures_shape, 0, "What they came to."),
	F_INT(struct form_view, returned, 0, 366, 0, "Daily reports that stand returned."),
	F_INT(struct form_view, late_reports, 0, 366, 0, "Daily reports handed in late."),
	F_INT(struct form_view, feedbacks, 0, INT32_MAX, 0, "Entries of feedback by others."),
	F_INT(struct form_view, questions, 0, INT32_MAX, 0, "Questions that wait for an answer."),
	F_LIST(struct form_view, plans, plan_count, &rating_plan_shape, 0, RATING_PLANS_MAX, 0,
		"His agreed plans of results that touch the period."),
	F_END,
};
const struct shape rating_form_shape = SHAPE("RatingForm", struct form_view, form_fields);

enum err rating_find_person(struct req *rq, struct object *ret_object)
{
	const struct rating_input *in = rq->input;
	int32_t first, last;

	rating_asked(rq, &first, &last);
	ret_object->employee = in->employee;
	return rating_load_day(rq->tx, in->employee, last, req_today(rq), &ret_object->day);
}

struct counted {
	int32_t days;
	struct recap_line line;
};

static enum err take_day(void *arg, const struct attendance_day *day, const struct recap_cell *cell)
{
	struct counted *c = arg;
	(void)day;

	c->days++;
	recap_add_cell(&c->line, cell);
	return OK;
}

/* What the period left in Luwes. */
static enum err load_evidence(struct tx *tx, struct form_view *v)
{
	struct recap_tables tables;
	struct feedback_sum sum;
	struct counted c = {0};
	enum err e = recap_load_tables(tx, &tables);

	if (e ||
		(e = recap_scan_person(
			 tx, v->employee, v->first_day, v->last_day, &tables, take_day, &c)) ||
		(e = rating_count_reports(tx, v->employee, v->first_day, v->last_day, &v->returned,
			 &v->late_reports)) ||
		(e = feedback_sum(tx, v->employee, v->first_day, v->last_day, &sum)) ||
		(e = rating_load_plans(
			 tx, v->employee, v->first_day, v->last_day, &v->plans, &v->plan_count)))
		return e;
	v->days = c.days;
	v->figures = c.line;
	v->feedbacks = sum.given;
	v->questions = sum.waiting;
	return OK;
}

struct shares_view *rating_show_curve(
	struct arena *arena, const struct rating_rule *rule, int32_t result)
{
	struct shares_view *curve;

	if (!rule || result == INT_NONE ||
		!rating_has_curve(rule, (enum organisation_result)result))
		return NULL;
	curve = ARENA_NEW(arena, struct shares_view);
	for (int i = 0; i < PREDICATES; i++)
		curve->of[i] = rule->curve[result][i];
	return curve;
}

enum err rating_load_agency_result(struct req *rq, struct unit_id unit, enum report_period period,
	int32_t last_day, int32_t *ret_result)
{
	struct rating_result result;
	const struct org_tree *tree;
	const struct org_unit *u;
	enum err e = org_load_tree(rq->tx, &tree);

	*ret_result = INT_NONE;
	if (e || !(u = org_find_unit(tree, unit)))
		return e;
	e = rating_load_result(rq->tx, u->agency, period, last_day, &result);
	if (!e)
		*ret_result = result.result;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err load_about(struct req *rq, struct form_view *v)
{
	const struct rating_rule *rule;
	const struct org_tree *tree;
	const struct org_unit *unit;
	struct employee_row row;
	int32_t today = req_today(rq), day = v->last_day < today ? v->last_day : today;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_employee(rq->tx, v->employee, day, &row)) ||
		(e = rating_load_rule(rq->tx, today, &rule)) ||
		(e = rating_load_agency_result(
			 rq, row.unit, (enum report_period)v->period, v->last_day, &v->result)))
		return e;
	unit = org_find_unit(tree, row.unit);
	v->name = org_full_name(rq->tx->arena, &row);
	v->position = row.position;
	v->unit_name = unit ? unit->name : NULL;
	v->has_rule = rule != NULL;
	v->rate_until = rule ? v->last_day + rule->rate_days : DAY_NONE;
	v->object_days = rule ? rule->object_days : INT_NONE;
	v->legal_basis = rule ? rule->legal_basis : NULL;
	v->verified = rule && *rule->verified_by;
	v->curve = rating_show_curve(rq->tx->arena, rule, v->result);
	return OK;
}

/* A draft is shown to who may rate. */
static enum err load_saved(struct req *rq, struct form_view *v)
{
	struct rating r;
	const char *ignored;
	enum err e = rating_load_of(
		rq->tx, v->employee, (enum report_period)v->period, v->last_day, &r);

	if (e && e != E_NOT_FOUND)
		return e;
	if (e)
		r = (struct rating){.employee = v->employee, .last_day = v->last_day};
	v->version = r.version;
	v->may_rate = v->stand != STAND_NONE && !rating_decide_save(&r, rq->actor.employee,
							r.version, req_today(rq), &ignored);
	if (e || v->stand == STAND_NONE)
		return OK;
	v->rating = ARENA_NEW(rq->tx->arena, struct rating_view);
	return rating_show(rq, &r, v->rating);
}

enum err rating_get_form(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct form_view v = {.employee = in->employee,
		.period = in->period == INT_NONE ? PERIOD_QUARTERLY : in->period};
	struct employee_id acts_for;
	enum stand stand;
	enum err e;

	rating_asked(rq, &v.first_day, &v.last_day);
	v.is_over = req_today(rq) > v.last_day;
	if ((e = org_load_stand(rq->tx, rq->actor.employee, in->employee, rq->object.day, &stand,
		     &acts_for)) ||
		(e = rating_load_name(rq->tx, acts_for, rq->object.day, &v.acts_for_name)))
		return e;
	v.stand = (int32_t)stand;
	if ((e = load_about(rq, &v)) || (e = load_evidence(rq->tx, &v)) || (e = load_saved(rq, &v)))
		return e;
	return reply(rq, 200, &v);
}

/* ---- saving and telling ---- */

static const struct field save_fields[] = {
	PATH_ID(struct rating_input, employee, "Who is rated."),
	F_ENUM(struct rating_input, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct rating_input, day, 0, "A day of it."),
	F_INT(struct rating_input, version, 0, INT32_MAX, 0,
		"The version that was edited; 0: new."),
	F_ENUM(struct rating_input, work, expectation_names, OPTIONAL,
		"Result of work against expectation."),
	F_ENUM(struct rating_input, behaviour, expectation_names, OPTIONAL,
		"Behaviour against expectation."),
	F_TEXT(struct rating_input, reason, 0, 1000, OPTIONAL, "Of what is below expectation."),
	F_LIST(struct rating_input, behaviours, behaviours_count, &rating_conduct_note_shape, 0,
		CONDUCTS, 0, "What was seen of the seven values."),
	F_BOOL(struct rating_input, tell, 0, "Tell it to the person, or keep a draft."),
	F_END,
};
const struct shape rating_save_shape = SHAPE("RatingSave", struct rating_input, save_fields);

static void take_input(struct rating *r, const struct rating_input *in)
{
	r->work = in->work == INT_NONE ? NOT_SAID : in->work;
	r->behaviour = in->behaviour == INT_NONE ? NOT_SAID : in->behaviour;
	r->predicate = rating_predicate(r->work, r->behaviour);
	r->reason = in->reason ? in->reason : "";
	for (int i = 0; i < CONDUCTS; i++)
		r->note[i] = "";
	for (int i = 0; i < in->behaviours_count; i++)
		r->note[in->behaviours[i].conduct] = in->behaviours[i].note;
}

/* The rating of the period, or a new draft. */
static enum err load_or_begin(struct req *rq, const struct rating_input *in, struct rating *ret)
{
	struct employee_row row;
	int32_t first, last;
	enum err e;

	rating_asked(rq, &first, &last);
	e = rating_load_of(rq->tx, in->employee, (enum report_period)in->period, last, ret);
	if (e != E_NOT_FOUND)
		return e;
	*ret = (struct rating){.employee = in->employee,
		.period = in->period,
		.first_day = first,
		.last_day = last,
		.state = RATING_DRAFT,
		.object_until = DAY_NONE,
		.objection = "",
		.decide_until = DAY_NONE,
		.first_work = NOT_SAID,
		.first_behaviour = NOT_SAID,
		.decision = "",
		.leaf_index = -1,
		.sealed = ""};
	if ((e = org_load_employee(rq->tx, in->employee, last, &row)))
		return e;
	ret->unit = row.unit;
	return OK;
}

static enum err tell(struct req *rq, struct rating *r)
{
	const struct rating_rule *rule;
	const char *reason, *field = rating_find_gap(r, &reason);
	enum err e;

	if (field)
		return refuse(rq, E_BAD_FIELD, field, reason);
	if ((e = rating_load_rule(rq->tx, req_today(rq), &rule)))
		return e;
	if (!rule)
		return refuse(rq, E_REFUSED, "/tell",
			"no rule about the days of an objection holds: the personnel board enters "
			"it first");
	rating_apply_told(r, rule, req_today(rq), rq->tx->now_ms);
	return OK;
}

static enum err write_rating(struct req *rq, struct rating *r, bool is_new)
{
	enum err e;

	if (is_new)
		r->id = id_next();
	if ((e = is_new ? rating_add(rq->tx, r) : rating_set(rq->tx, r)))
		return e;
	if (r->state == RATING_TOLD)
		rating_add_leaf(rq->tx, r);
	return rating_reply_saved(rq, r);
}

enum err rating_put_form(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct employee_id acts_for;
	struct rating r;
	enum stand stand;
	const char *reason;
	bool is_new;
	enum err e = org_load_stand(
		rq->tx, rq->actor.employee, in->employee, rq->object.day, &stand, &acts_for);

	if (!e && stand == STAND_NONE)
		return refuse(rq, E_REFUSED, "/employee", NOT_THE_LEAD);
	if (e || (e = load_or_begin(rq, in, &r)))
		return e;
	e = rating_decide_save(&r, rq->actor.employee, in->version, req_today(rq), &reason);
	if (e)
		return e == E_REFUSED ? refuse(rq, e, "/day", reason) : e;
	is_new = r.id == 0;
	take_input(&r, in);
	r.version++;
	r.rated_by = rq->actor.employee;
	r.rated_for = acts_for;
	r.rated_as = (int32_t)stand;
	if ((e = org_load_superior(
		     rq->tx, in->employee, RELATION_SUPERVISOR, rq->object.day, &r.superior)))
		return e;
	if (in->tell && (e = tell(rq, &r)))
		return e;
	return write_rating(rq, &r, is_new);
}
