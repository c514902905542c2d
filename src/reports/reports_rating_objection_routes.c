/*
 * The superior's superior decides about an objection: what was told stands or is changed, with the
 * reason, and is final then.
 *
 * He is who answers today for the superior in whose name the rating was given (org_stand.h), or for
 * who gave it where that one stands over the superior himself: the request is about the one
 * answered for, whether he still serves or not. Nobody decides about his own rating or what he gave
 * himself.
 */
#include "reports/reports_rating_routes.h"

#include <stdlib.h>

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

static const struct field query_fields[] = {
	Q_ID(struct rating_input, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape rating_objections_query_shape = SHAPE(
	"RatingObjectionsQuery", struct rating_input, query_fields);

struct objections_view {
	struct objection_row *items;
	int count;
	int64_t next;
};
static const struct field objections_fields[] = {
	F_LIST(struct objections_view, items, count, &row_shape, 0, RATING_PAGE_MAX, 0,
		"To what the superiors one answers for rated: those that wait first, the latest "
		"first."),
	F_ID(struct objections_view, next, OPTIONAL, "Cursor of the next page."),
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

struct objections {
	struct rating *row;
	int rows;
};

static enum err add_of(struct req *rq, struct employee_id person, struct objections *list)
{
	struct rating *r = list->row + list->rows;
	struct employee_id answering;
	int found, n = 0;
	enum err e = rating_list_objections(rq->tx, person, r, OBJECTIONS_MAX - list->rows, &found);

	for (int i = 0; i < found && !e; i++) {
		e = rating_load_answering(rq->tx, &r[i], req_today(rq), &answering);
		if (answering.v == person.v && r[i].employee.v != rq->actor.employee.v)
			r[n++] = r[i];
	}
	list->rows += n;
	return e;
}

static int waiting_first(const void *a, const void *b)
{
	const struct rating *x = a, *y = b;

	if (x->state != y->state)
		return x->state - y->state;
	if (x->objected_at != y->objected_at)
		return x->objected_at > y->objected_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static enum err show_page(
	struct req *rq, int64_t cursor, const struct objections *list, struct objections_view *out)
{
	int at = 0;
	enum err e = OK;

	while (cursor && at < list->rows && list->row[at].id != cursor)
		at++;
	if (cursor && at++ == list->rows)
		return refuse(rq, E_BAD_FIELD, "/cursor", "unknown");
	for (; at < list->rows && out->count < RATING_PAGE_MAX && !e; at++)
		e = add_row(rq, &list->row[at], out);
	out->next = at < list->rows ? list->row[at - 1].id : 0;
	return e;
}

enum err rating_get_objections(struct req *rq)
{
	const struct rating_input *in = rq->input;
	struct arena *arena = rq->tx->arena;
	struct team_member *member = ARENA_ARRAY(arena, RATING_TEAM_MAX, struct team_member);
	struct objections list = {ARENA_ARRAY(arena, OBJECTIONS_MAX, struct rating), 0};
	struct objections_view out = {
		.items = ARENA_ARRAY(arena, RATING_PAGE_MAX, struct objection_row)};
	int members;
	enum err e = org_list_line(
		rq->tx, rq->actor.employee, req_today(rq), member, RATING_TEAM_MAX, &members);

	for (int i = 0; i < members && list.rows < OBJECTIONS_MAX && !e; i++)
		if (member[i].relation == RELATION_SUPERVISOR)
			e = add_of(rq, member[i].row.id, &list);
	if (!e)
		qsort(list.row, (size_t)list.rows, sizeof(*list.row), waiting_first);
	if (!e)
		e = show_page(rq, in->cursor, &list, &out);
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
	ret_object->day = req_today(rq);
	return rating_load_answering(rq->tx, &r, ret_object->day, &ret_object->employee);
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
	r.answering = rq->object.employee;
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
