/*
 * One's people of a period: how far their ratings are, who waits for feedback, and how what was
 * told is spread. A list of names in pages; the distribution is of all of them. No ranking.
 */
#include "reports/reports_rating_routes.h"

#include "platform/slice.h"

static const struct field team_query_fields[] = {
	Q_ENUM(struct rating_input, period, report_period_names, OPTIONAL,
		"A year or a quarter; a quarter when absent."),
	Q_DAY(struct rating_input, day, OPTIONAL, "A day of it; today when absent."),
	Q_ID(struct rating_input, cursor, OPTIONAL, "The next of the page before."),
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
	int64_t next;
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
	F_LIST(struct team_view, items, count, &team_row_shape, 0, RATING_PAGE_MAX, 0,
		"In name order; those whose superior of that day left come last."),
	F_ID(struct team_view, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape rating_team_shape = SHAPE("RatingTeam", struct team_view, team_fields);

/* How far his rating is; of everybody, since the distribution is of everybody. */
static enum err load_row(struct req *rq, const struct team_member *m, struct team_view *v)
{
	struct team_row *row = &v->items[v->count++];
	struct rating r;
	enum err e;

	*row = (struct team_row){.employee = m->row.id,
		.name = org_full_name(rq->tx->arena, &m->row),
		.position = m->row.position,
		.relation = (int32_t)m->relation,
		.stand = (int32_t)m->stand,
		.state = INT_NONE,
		.predicate = INT_NONE};
	if (m->relation != RELATION_SUPERVISOR)
		return OK;
	e = rating_load_of(rq->tx, m->row.id, (enum report_period)v->period, v->last_day, &r);
	row->state = e ? RATING_NONE : r.state;
	if (e || r.state == RATING_DRAFT)
		return e == E_NOT_FOUND ? OK : e;
	row->rating = r.id;
	row->predicate = r.predicate;
	v->told.of[r.predicate]++;
	return OK;
}

static int find_row(const struct team_view *v, int64_t employee)
{
	for (int i = 0; i < v->count; i++)
		if (v->items[i].employee.v == employee)
			return i;
	return -1;
}

/* Those whose superior of that day left: today's rates them (rating_day_of). */
static enum err add_inherited(struct req *rq, struct team_view *v, struct team_member *member)
{
	int32_t today = req_today(rq), day;
	int members;
	enum err e = org_list_team(
		rq->tx, rq->actor.employee, today, member, RATING_TEAM_MAX, &members);

	for (int i = 0; i < members && v->count < RATING_TEAM_MAX && !e; i++) {
		if (member[i].relation != RELATION_SUPERVISOR ||
			find_row(v, member[i].row.id.v) >= 0)
			continue;
		e = rating_load_day(rq->tx, member[i].row.id, v->last_day, today, &day);
		if (!e && day == today)
			e = load_row(rq, &member[i], v);
	}
	return e;
}

/* Leaves the page after the cursor, with the feedback of each. */
static enum err cut_page(struct req *rq, int64_t cursor, struct team_view *v)
{
	const int first = cursor ? find_row(v, cursor) + 1 : 0;
	struct feedback_sum sum;
	enum err e = OK;

	if (cursor && !first)
		return refuse(rq, E_BAD_FIELD, "/cursor", "unknown");
	v->items += first;
	v->count -= first;
	if (v->count > RATING_PAGE_MAX) {
		v->count = RATING_PAGE_MAX;
		v->next = v->items[RATING_PAGE_MAX - 1].employee.v;
	}
	for (int i = 0; i < v->count && !e; i++) {
		struct team_row *row = &v->items[i];

		e = feedback_sum(rq->tx, row->employee, v->first_day, v->last_day, &sum);
		row->feedbacks = sum.given;
		row->last_feedback = sum.last_day;
		row->questions = sum.waiting;
	}
	return e;
}

static enum err load_around(struct req *rq, struct team_view *v, const struct team_member *first)
{
	const struct rating_rule *rule;
	enum err e = rating_load_rule(rq->tx, req_today(rq), &rule);

	v->result = INT_NONE;
	if (!e && first)
		e = rating_load_agency_result(rq, first->row.unit, (enum report_period)v->period,
			v->last_day, &v->result);
	if (e)
		return e;
	v->has_rule = rule != NULL;
	v->rate_until = rule ? v->last_day + rule->rate_days : DAY_NONE;
	v->legal_basis = rule ? rule->legal_basis : NULL;
	v->verified = rule && *rule->verified_by;
	v->curve = rating_show_curve(rq->tx->arena, rule, v->result);
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
	if (!e)
		e = cut_page(rq, in->cursor, &v);
	return e ? e : reply(rq, 200, &v);
}
