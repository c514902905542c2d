/*
 * The superior rates: his team, the form with what the period left in Luwes beside it, saving and
 * telling.
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
		(e = feedback_sum(tx, v->employee, v->first_day, v->last_day, &sum)))
		return e;
	v->days = c.days;
	v->figures = c.line;
	v->feedbacks = sum.given;
	v->questions = sum.waiting;
	return OK;
}

static struct shares_view *show_curve(
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

/* The result of the agency of a unit, INT_NONE when none was entered. */
static enum err load_result(struct req *rq, struct unit_id unit, enum report_period period,
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
		(e = load_result(
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
	v->curve = show_curve(rq->tx->arena, rule, v->result);
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

/* ---- the team ---- */

static const struct field team_query_fields[] = {
	Q_ENUM(struct rating_input, period, report_period_names, OPTIONAL,
		"A year or a quarter; a quarter when absent."),
	Q_DAY(struct rating_input, day, OPTIONAL, "A day of it; today when absent."),
	F_END,
};
const struct shape rating_team_query_shape = SHAPE(
	"RatingTeamQuery", struct rating_input, team_query_fields);

struct team_row {
	struct employee_id employee;
	const char *name, *position;
	int32_t relation, stand, state, predicate;
	int64_t rating;
	int32_t feedbacks, last_feedback, questions;
};
static const struct field team_row_fields[] = {
	F_ID(struct team_row, employee, 0, "Who."),
	F_TEXT(struct team_row, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct team_row, position, 0, 200, OPTIONAL, "His position."),
	F_ENUM(struct team_row, relation, relation_kind_names, 0,
		"Whom one leads as team lead gets feedback and no rating."),
	F_ENUM(struct team_row, stand, stand_names, 0, "Why one answers for him."),
	F_ENUM(struct team_row, state, rating_state_names, OPTIONAL,
		"How far his rating is; absent for a team lead."),
	F_ENUM(struct team_row, predicate, predicate_names, OPTIONAL, "Once it was told."),
	F_ID(struct team_row, rating, OPTIONAL, "Once it was told."),
	F_INT(struct team_row, feedbacks, 0, INT32_MAX, 0, "Feedback by others in the period."),
	F_DAY(struct team_row, last_feedback, OPTIONAL, "The last day it speaks of."),
	F_INT(struct team_row, questions, 0, INT32_MAX, 0, "Questions of his that wait."),
	F_END,
};
static const struct shape team_row_shape = SHAPE("RatingTeamRow", struct team_row, team_row_fields);

struct team_view {
	int32_t period, first_day, last_day, rate_until, result;
	bool is_over, has_rule, verified;
	const char *legal_basis;
	struct shares_view *curve;
	struct shares_view told;
	struct team_row *items;
	int count;
};
static const struct field team_fields[] = {
	F_ENUM(struct team_view, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct team_view, first_day, 0, "Its first day."),
	F_DAY(struct team_view, last_day, 0, "Its last day."),
	F_BOOL(struct team_view, is_over, 0, "The period is over."),
	F_BOOL(struct team_view, has_rule, 0, "A rule about the days holds; else nothing is told."),
	F_DAY(struct team_view, rate_until, OPTIONAL, "Until when ratings are expected."),
	F_TEXT(struct team_view, legal_basis, 1, 300, OPTIONAL, "Where the days come from."),
	F_BOOL(struct team_view, verified, 0, "Read by somebody; else an example, not law."),
	F_ENUM(struct team_view, result, organisation_result_names, OPTIONAL,
		"What the agency achieved, as entered."),
	F_OBJECT(struct team_view, curve, &rating_shares_shape, OPTIONAL,
		"Percent of people that this result suggests; never enforced."),
	F_OBJECT(struct team_view, told, &rating_shares_shape, 0,
		"One's own people by predicate, as told so far."),
	F_LIST(struct team_view, items, count, &team_row_shape, 0, RATING_TEAM_MAX, 0,
		"In name order."),
	F_END,
};
const struct shape rating_team_shape = SHAPE("RatingTeam", struct team_view, team_fields);

static enum err load_row(struct req *rq, const struct team_member *m, struct team_view *v)
{
	struct team_row *row = &v->items[v->count];
	struct feedback_sum sum;
	struct rating r;
	enum err e = feedback_sum(rq->tx, m->row.id, v->first_day, v->last_day, &sum);

	*row = (struct team_row){m->row.id, org_full_name(rq->tx->arena, &m->row), m->row.position,
		(int32_t)m->relation, (int32_t)m->stand, INT_NONE, INT_NONE, 0, sum.given,
		sum.last_day, sum.waiting};
	v->count++;
	if (e || m->relation != RELATION_SUPERVISOR)
		return e;
	e = rating_load_of(rq->tx, m->row.id, (enum report_period)v->period, v->last_day, &r);
	row->state = e ? RATING_NONE : r.state;
	if (e || r.state == RATING_DRAFT)
		return e == E_NOT_FOUND ? OK : e;
	row->rating = r.id;
	row->predicate = r.predicate;
	v->told.of[r.predicate]++;
	return OK;
}

static bool is_listed(const struct team_view *v, struct employee_id employee)
{
	for (int i = 0; i < v->count; i++)
		if (v->items[i].employee.v == employee.v)
			return true;
	return false;
}

/* Those whose superior of that day left: today's rates them (rating_day_of). */
static enum err add_inherited(struct req *rq, struct team_view *v, struct team_member *member)
{
	int32_t today = req_today(rq), day;
	int members;
	enum err e = org_list_team(
		rq->tx, rq->actor.employee, today, member, RATING_TEAM_MAX, &members);

	for (int i = 0; i < members && v->count < RATING_TEAM_MAX && !e; i++) {
		if (member[i].relation != RELATION_SUPERVISOR || is_listed(v, member[i].row.id))
			continue;
		e = rating_load_day(rq->tx, member[i].row.id, v->last_day, today, &day);
		if (!e && day == today)
			e = load_row(rq, &member[i], v);
	}
	return e;
}

static enum err load_around(struct req *rq, struct team_view *v, const struct team_member *first)
{
	const struct rating_rule *rule;
	enum err e = rating_load_rule(rq->tx, req_today(rq), &rule);

	v->result = INT_NONE;
	if (!e && first)
		e = load_result(rq, first->row.unit, (enum report_period)v->period, v->last_day,
			&v->result);
	if (e)
		return e;
	v->has_rule = rule != NULL;
	v->rate_until = rule ? v->last_day + rule->rate_days : DAY_NONE;
	v->legal_basis = rule ? rule->legal_basis : NULL;
	v->verified = rule && *rule->verified_by;
	v->curve = show_curve(rq->tx->arena, rule, v->result);
	return OK;
}

enum err rating_get_team(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct team_view v = {.period = in->period == INT_NONE ? PERIOD_QUARTERLY : in->period,
		.items = ARENA_ARRAY(rq->tx->arena, RATING_TEAM_MAX, struct team_row)};
	struct team_member *member = ARENA_ARRAY(
		rq->tx->arena, RATING_TEAM_MAX, struct team_member);
	int32_t today = req_today(rq);
	int members;
	enum err e;

	rating_asked(rq, &v.first_day, &v.last_day);
	v.is_over = today > v.last_day;
	if ((e = org_list_team(rq->tx, rq->actor.employee, v.is_over ? v.last_day : today, member,
		     RATING_TEAM_MAX, &members)) ||
		(e = load_around(rq, &v, members ? member : NULL)))
		return e;
	for (int i = 0; i < members && !e; i++)
		e = load_row(rq, &member[i], &v);
	if (!e && v.is_over)
		e = add_inherited(rq, &v, member);
	return e ? e : reply(rq, 200, &v);
}
