/*
 * The superior's superior decides about an objection: what was told stands or is changed, with the
 * reason, and is final then.
 *
 * He is who answers today for the superior in whose name the rating was given (org_stand.h): the
 * request is about that superior. Nobody decides about his own rating or what he gave himself.
 */
#include "reports/reports_rating_routes.h"

struct objection_row {
	int64_t objection;
	struct employee_id employee;
	const char *name, *rated_by_name;
	int32_t period, last_day, state, outcome, predicate;
	int64_t objected_at;
	int32_t decide_until;
};
static const struct field row_fields[] = {
	F_ID(struct objection_row, objection, 0, "The rating objected to."),
	F_ID(struct objection_row, employee, 0, "Who objects."),
	F_TEXT(struct objection_row, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct objection_row, rated_by_name, 1, 300, OPTIONAL, "Who rated."),
	F_ENUM(struct objection_row, period, report_period_names, 0, "A year or a quarter."),
	F_DAY(struct objection_row, last_day, 0, "Its last day."),
	F_ENUM(struct objection_row, state, rating_state_names, 0, "Objected or locked."),
	F_ENUM(struct objection_row, outcome, rating_outcome_names, 0, "What became of it."),
	F_ENUM(struct objection_row, predicate, predicate_names, 0, "As it stands."),
	F_INSTANT(struct objection_row, objected_at, 0, "When."),
	F_DAY(struct objection_row, decide_until, 0, "Last day of the decision."),
	F_END,
};
static const struct shape row_shape = SHAPE("RatingObjectionRow", struct objection_row, row_fields);

struct objections_view {
	struct objection_row *items;
	int count;
};
static const struct field objections_fields[] = {
	F_LIST(struct objections_view, items, count, &row_shape, 0, OBJECTIONS_MAX, 0,
		"Of each superior one answers for, those that wait first."),
	F_END,
};
const struct shape rating_objections_shape = SHAPE(
	"RatingObjections", struct objections_view, objections_fields);

static enum err add_row(struct req *rq, const struct rating *r, struct objections_view *out)
{
	struct objection_row *row = &out->items[out->count];
	enum err e;

	*row = (struct objection_row){.objection = r->id,
		.employee = r->employee,
		.period = r->period,
		.last_day = r->last_day,
		.state = r->state,
		.outcome = r->outcome,
		.predicate = r->predicate,
		.objected_at = r->objected_at,
		.decide_until = r->decide_until};
	if ((e = rating_load_name(rq->tx, r->employee, r->last_day, &row->name)) ||
		(e = rating_load_name(rq->tx, r->rated_by, r->last_day, &row->rated_by_name)))
		return e;
	out->count++;
	return OK;
}

static enum err add_of(struct req *rq, struct employee_id answering, struct objections_view *out)
{
	struct rating r[OBJECTIONS_MAX / 4];
	int found;
	enum err e = rating_list_objections(
		rq->tx, answering, r, (int)(sizeof r / sizeof *r), &found);

	for (int i = 0; i < found && out->count < OBJECTIONS_MAX && !e; i++)
		if (r[i].employee.v != rq->actor.employee.v)
			e = add_row(rq, &r[i], out);
	return e;
}

enum err rating_get_objections(struct req *rq)
{
	struct team_member *member = ARENA_ARRAY(
		rq->tx->arena, RATING_TEAM_MAX, struct team_member);
	struct objections_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, OBJECTIONS_MAX, struct objection_row)};
	int members;
	enum err e = org_list_team(
		rq->tx, rq->actor.employee, req_today(rq), member, RATING_TEAM_MAX, &members);

	for (int i = 0; i < members && !e; i++)
		if (member[i].relation == RELATION_SUPERVISOR)
			e = add_of(rq, member[i].row.id, &out);
	return e ? e : reply(rq, 200, &out);
}

static const struct field path_fields[] = {
	{"objection", FIELD_ID, FROM_PATH, 0, offsetof(struct rating_input, objection_of), 0, 0, 0,
		NULL, NULL, "The rating objected to."},
	F_END,
};
const struct shape rating_objection_path_shape = SHAPE(
	"RatingObjectionPath", struct rating_input, path_fields);

/* About the superior whose rating it is; what nobody objected to is not there. */
enum err rating_find_objection(struct req *rq, struct object *ret_object)
{
	const struct rating_input *in = rq->input;
	struct rating r;
	enum err e = rating_load(rq->tx, in->objection_of, &r);

	if (e || !r.objected_at || r.employee.v == rq->actor.employee.v)
		return e ? e : E_NOT_FOUND;
	*ret_object = (struct object){.employee = r.answering, .day = req_today(rq)};
	return OK;
}

enum err rating_get_objection(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct rating r;
	enum err e = rating_load(rq->tx, in->objection_of, &r);

	return e ? e : rating_reply(rq, &r);
}

static const struct field decide_fields[] = {
	{"objection", FIELD_ID, FROM_PATH, 0, offsetof(struct rating_input, objection_of), 0, 0, 0,
		NULL, NULL, "The rating objected to."},
	F_INT(struct rating_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_ENUM(struct rating_input, work, expectation_names, 0, "Result of work, as decided."),
	F_ENUM(struct rating_input, behaviour, expectation_names, 0, "Behaviour, as decided."),
	{"decision", FIELD_TEXT, FROM_BODY, 0, offsetof(struct rating_input, text), 0, 10, 2000,
		NULL, NULL, "Why so; both read it."},
	F_END,
};
const struct shape rating_decide_shape = SHAPE(
	"RatingDecision", struct rating_input, decide_fields);

enum err rating_post_decide(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct rating r;
	enum stand stand;
	const char *reason;
	enum err e = rating_load(rq->tx, in->objection_of, &r);

	if (e)
		return e;
	e = rating_decide_verdict(&r, rq->actor.employee, in->version, &reason);
	if (e)
		return e == E_REFUSED ? refuse(rq, e, "/objection", reason) : e;
	if ((e = org_load_stand(rq->tx, rq->actor.employee, r.answering, req_today(rq), &stand,
		     &r.decided_for)))
		return e;
	if (stand == STAND_NONE)
		return E_NOT_SUPERVISOR;
	r.decided_by = rq->actor.employee;
	r.decided_as = (int32_t)stand;
	rating_apply_verdict(&r, in->work, in->behaviour, in->text, rq->tx->now_ms);
	if ((e = rating_lock(rq->tx, &r, (enum rating_outcome)r.outcome)))
		return e;
	return rating_reply_saved(rq, &r);
}
