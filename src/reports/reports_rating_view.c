/*
 * A rating as it is shown, and as the log commits to it: each step is a leaf, and the last one can
 * be proved by its owner for ever, because what it commits to is kept beside its index.
 */
#include "reports/reports_rating_routes.h"

#include <string.h>

/* ---- shown ---- */

static const struct field note_fields[] = {
	F_ENUM(struct conduct_note, conduct, conduct_names, 0, "A value of BerAKHLAK."),
	F_TEXT(struct conduct_note, note, 0, 500, 0, "What was seen of it."),
	F_END,
};
const struct shape rating_conduct_note_shape = SHAPE(
	"ConductNote", struct conduct_note, note_fields);

#define SHARE(i, n, d)                                                                             \
	{                                                                                          \
		n, FIELD_INT, FROM_BODY, 0,                                                        \
			offsetof(struct shares_view, of) + sizeof(int32_t) * (i), 0, 0, INT32_MAX, \
			NULL, NULL, d                                                              \
	}
static const struct field shares_fields[] = {
	SHARE(PREDICATE_VERY_GOOD, "very_good", "Sangat Baik."),
	SHARE(PREDICATE_GOOD, "good", "Baik."),
	SHARE(PREDICATE_NEEDS_WORK, "needs_work", "Butuh Perbaikan."),
	SHARE(PREDICATE_POOR, "poor", "Kurang/Misconduct."),
	SHARE(PREDICATE_VERY_POOR, "very_poor", "Sangat Kurang."),
	F_END,
};
const struct shape rating_shares_shape = SHAPE(
	"PredicateShares", struct shares_view, shares_fields);

/* Members of the rating inside the view, under their own names. */
#define R_FIELD(type, name, flags, lo, hi, names, doc)                                             \
	{                                                                                          \
#name, type, FROM_BODY, flags, offsetof(struct rating_view, r.name), 0, lo, hi,    \
			names, NULL, doc                                                           \
	}
#define R_ENUM(name, names, flags, doc) R_FIELD(FIELD_ENUM, name, flags, 0, 0, names, doc)
#define R_DAY(name, flags, doc)         R_FIELD(FIELD_DAY, name, flags, 0, 0, NULL, doc)
#define R_INSTANT(name, doc)            R_FIELD(FIELD_INSTANT, name, OPTIONAL, 0, 0, NULL, doc)
#define R_TEXT(name, max, doc)          R_FIELD(FIELD_TEXT, name, OPTIONAL, 1, max, NULL, doc)

static const struct field view_fields[] = {
	{"rating", FIELD_ID, FROM_BODY, 0, offsetof(struct rating_view, r.id), 0, 0, 0, NULL, NULL,
		"The rating."},
	R_FIELD(FIELD_ID, employee, 0, 0, 0, NULL, "Whose it is."),
	F_TEXT(struct rating_view, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct rating_view, position, 1, 200, OPTIONAL, "His position on the last day."),
	F_TEXT(struct rating_view, unit_name, 1, 200, OPTIONAL, "His unit on the last day."),
	R_ENUM(period, report_period_names, 0, "A year or a quarter."),
	R_DAY(first_day, 0, "Its first day."),
	R_DAY(last_day, 0, "Its last day."),
	R_ENUM(state, rating_state_names, 0, "How far it is."),
	R_FIELD(FIELD_INT, version, 0, 1, INT32_MAX, NULL, "To be named when answering."),
	R_ENUM(work, expectation_names, OPTIONAL, "Result of work against expectation."),
	R_ENUM(behaviour, expectation_names, OPTIONAL, "Behaviour against expectation."),
	R_ENUM(predicate, predicate_names, OPTIONAL, "By the matrix of PermenPANRB 6/2022."),
	R_TEXT(reason, 1000, "Of what is below expectation."),
	F_LIST(struct rating_view, behaviours, behaviours_count, &rating_conduct_note_shape, 0,
		CONDUCTS, 0, "What was seen of the seven values."),
	F_TEXT(struct rating_view, rated_by_name, 1, 300, OPTIONAL, "Who rated."),
	F_TEXT(struct rating_view, rated_for_name, 1, 300, OPTIONAL, "In whose place."),
	R_ENUM(rated_as, stand_names, 0, "Why he could."),
	R_INSTANT(rated_at, "When it was told."),
	R_INSTANT(seen_at, "When a session of the person fetched it first."),
	R_DAY(object_until, OPTIONAL, "Last day of an objection."),
	R_TEXT(objection, 2000, "What the person objects."),
	R_INSTANT(objected_at, "When."),
	R_DAY(decide_until, OPTIONAL, "Last day of its decision."),
	F_TEXT(struct rating_view, decider_name, 1, 300, OPTIONAL,
		"Who decides about an objection today: the superior's superior."),
	R_ENUM(first_work, expectation_names, OPTIONAL, "As first told."),
	R_ENUM(first_behaviour, expectation_names, OPTIONAL, "As first told."),
	F_ENUM(struct rating_view, first_predicate, predicate_names, OPTIONAL, "As first told."),
	F_TEXT(struct rating_view, decided_by_name, 1, 300, OPTIONAL, "Who decided."),
	F_TEXT(struct rating_view, decided_for_name, 1, 300, OPTIONAL, "In whose place."),
	R_INSTANT(decided_at, "When."),
	R_TEXT(decision, 2000, "Why so."),
	R_ENUM(outcome, rating_outcome_names, 0, "How it became final."),
	R_INSTANT(locked_at, "When it became final."),
	R_FIELD(FIELD_INT64, leaf_index, OPTIONAL, 0, INT64_C(1) << 52, NULL,
		"Of its leaf in the log."),
	F_BOOL(struct rating_view, may_answer, 0, "The reader may accept it."),
	F_BOOL(struct rating_view, may_object, 0, "The reader may object today."),
	F_END,
};
const struct shape rating_view_shape = SHAPE("Rating", struct rating_view, view_fields);

enum err rating_load_name(
	struct tx *tx, struct employee_id employee, int32_t day, const char **ret_name)
{
	struct employee_row row;
	enum err e = employee.v ? org_load_employee(tx, employee, day, &row) : E_NOT_FOUND;

	*ret_name = e ? NULL : org_full_name(tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

static int64_t or_never(int64_t at)
{
	return at ? at : INSTANT_NONE;
}

static int32_t or_not_said(int32_t value)
{
	return value == NOT_SAID ? INT_NONE : value;
}

/* Sentinels of what is not there yet. */
static void blank(struct rating *r)
{
	r->work = or_not_said(r->work);
	r->behaviour = or_not_said(r->behaviour);
	r->predicate = or_not_said(r->predicate);
	r->first_work = or_not_said(r->first_work);
	r->first_behaviour = or_not_said(r->first_behaviour);
	r->reason = or_null(r->reason);
	r->objection = or_null(r->objection);
	r->decision = or_null(r->decision);
	r->rated_at = or_never(r->rated_at);
	r->seen_at = or_never(r->seen_at);
	r->objected_at = or_never(r->objected_at);
	r->decided_at = or_never(r->decided_at);
	r->locked_at = or_never(r->locked_at);
	r->leaf_index = r->leaf_index < 0 ? INT64_MIN : r->leaf_index;
}

static enum err load_names(struct req *rq, struct rating_view *v)
{
	const struct rating *r = &v->r;
	const struct org_unit *unit;
	const struct org_tree *tree;
	struct employee_row row;
	struct employee_id answering, above = {0};
	int32_t today = req_today(rq);
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_employee(rq->tx, r->employee, r->last_day, &row)) ||
		(e = rating_load_name(rq->tx, r->rated_by, today, &v->rated_by_name)) ||
		(e = rating_load_name(rq->tx, r->rated_for, today, &v->rated_for_name)) ||
		(e = rating_load_name(rq->tx, r->decided_by, today, &v->decided_by_name)) ||
		(e = rating_load_name(rq->tx, r->decided_for, today, &v->decided_for_name)))
		return e;
	v->name = org_full_name(rq->tx->arena, &row);
	v->position = or_null(row.position);
	unit = org_find_unit(tree, r->unit);
	v->unit_name = unit ? unit->name : NULL;
	if (r->state != RATING_TOLD && r->state != RATING_OBJECTED)
		return OK;
	if ((e = rating_load_answering(rq->tx, r, today, &answering)) ||
		(e = org_load_superior(rq->tx, answering, RELATION_SUPERVISOR, today, &above)))
		return e;
	return rating_load_name(rq->tx, above, today, &v->decider_name);
}

enum err rating_show(struct req *rq, const struct rating *r, struct rating_view *ret)
{
	const char *ignored;
	enum err e;

	*ret = (struct rating_view){.r = *r};
	if ((e = load_names(rq, ret)))
		return e;
	ret->behaviours = ret->notes;
	for (int i = 0; i < CONDUCTS; i++)
		if (or_null(r->note[i]))
			ret->notes[ret->behaviours_count++] = (struct conduct_note){i, r->note[i]};
	ret->first_predicate = or_not_said(rating_predicate(r->first_work, r->first_behaviour));
	if (r->employee.v == rq->actor.employee.v) {
		ret->may_answer = !rating_decide_answer(
			r, false, r->version, req_today(rq), &ignored);
		ret->may_object = !rating_decide_answer(
			r, true, r->version, req_today(rq), &ignored);
	}
	blank(&ret->r);
	return OK;
}

enum err rating_reply(struct req *rq, const struct rating *r)
{
	struct rating_view *v = ARENA_NEW(rq->tx->arena, struct rating_view);
	enum err e = rating_show(rq, r, v);

	return e ? e : reply(rq, 200, v);
}

struct saved_view {
	int64_t rating;
	int32_t version, state, predicate;
};
static const struct field saved_fields[] = {
	F_ID(struct saved_view, rating, 0, "The rating."),
	F_INT(struct saved_view, version, 1, INT32_MAX, 0, "Its version now."),
	F_ENUM(struct saved_view, state, rating_state_names, 0, "Its state now."),
	F_ENUM(struct saved_view, predicate, predicate_names, OPTIONAL, "Its predicate now."),
	F_END,
};
const struct shape rating_saved_shape = SHAPE("RatingSaved", struct saved_view, saved_fields);

enum err rating_reply_saved(struct req *rq, const struct rating *r)
{
	return reply(rq, 200,
		&(struct saved_view){r->id, r->version, r->state, or_not_said(r->predicate)});
}

/* ---- as the log commits to it ---- */

struct rating_fact {
	int64_t rating, employee, unit, superior;
	int32_t period, first_day, last_day, state, version, work, behaviour, predicate, first_work,
		first_behaviour;
	const char *reason;
	struct conduct_note *behaviours;
	int behaviours_count;
	int64_t rated_by, rated_for, rated_at;
	int32_t rated_as, object_until;
	const char *objection;
	int64_t objected_at;
	int64_t decided_by, decided_for, decided_at;
	int32_t decided_as, outcome;
	const char *decision;
	int64_t locked_at;
};
static const struct field fact_fields[] = {
	F_ID(struct rating_fact, rating, 0, "Rating."),
	F_ID(struct rating_fact, employee, 0, "Whose."),
	F_ID(struct rating_fact, unit, OPTIONAL, "Unit on the last day."),
	F_ID(struct rating_fact, superior, OPTIONAL, "Direct superior."),
	F_ENUM(struct rating_fact, period, report_period_names, 0, "Period."),
	F_DAY(struct rating_fact, first_day, 0, "First day."),
	F_DAY(struct rating_fact, last_day, 0, "Last day."),
	F_ENUM(struct rating_fact, state, rating_state_names, 0, "State."),
	F_INT(struct rating_fact, version, 1, INT32_MAX, 0, "Version."),
	F_ENUM(struct rating_fact, work, expectation_names, 0, "Result of work."),
	F_ENUM(struct rating_fact, behaviour, expectation_names, 0, "Behaviour."),
	F_ENUM(struct rating_fact, predicate, predicate_names, 0, "Predicate."),
	F_ENUM(struct rating_fact, first_work, expectation_names, 0, "As first told."),
	F_ENUM(struct rating_fact, first_behaviour, expectation_names, 0, "As first told."),
	F_TEXT(struct rating_fact, reason, 0, 1000, 0, "Reason."),
	F_LIST(struct rating_fact, behaviours, behaviours_count, &rating_conduct_note_shape, 0,
		CONDUCTS, 0, "Notes."),
	F_ID(struct rating_fact, rated_by, 0, "Who rated."),
	F_ID(struct rating_fact, rated_for, OPTIONAL, "In whose place."),
	F_ENUM(struct rating_fact, rated_as, stand_names, 0, "Why he could."),
	F_INSTANT(struct rating_fact, rated_at, 0, "When it was told."),
	F_DAY(struct rating_fact, object_until, 0, "Last day of an objection."),
	F_TEXT(struct rating_fact, objection, 0, 2000, 0, "Objection."),
	F_INSTANT(struct rating_fact, objected_at, OPTIONAL, "When."),
	F_ID(struct rating_fact, decided_by, OPTIONAL, "Who decided."),
	F_ID(struct rating_fact, decided_for, OPTIONAL, "In whose place."),
	F_ENUM(struct rating_fact, decided_as, stand_names, 0, "Why he could."),
	F_INSTANT(struct rating_fact, decided_at, OPTIONAL, "When."),
	F_TEXT(struct rating_fact, decision, 0, 2000, 0, "Why so."),
	F_ENUM(struct rating_fact, outcome, rating_outcome_names, 0, "How it became final."),
	F_INSTANT(struct rating_fact, locked_at, OPTIONAL, "When."),
	F_END,
};
static const struct shape fact_shape = SHAPE("RatingFact", struct rating_fact, fact_fields);

static const char *fact_text(struct tx *tx, const struct rating *r)
{
	struct rating_fact f = {r->id, r->employee.v, r->unit.v, r->superior.v, r->period,
		r->first_day, r->last_day, r->state, r->version, r->work, r->behaviour,
		r->predicate, r->first_work, r->first_behaviour, r->reason,
		ARENA_ARRAY(tx->arena, CONDUCTS, struct conduct_note), 0, r->rated_by.v,
		r->rated_for.v, r->rated_at, r->rated_as, r->object_until, r->objection,
		or_never(r->objected_at), r->decided_by.v, r->decided_for.v,
		or_never(r->decided_at), r->decided_as, r->outcome, r->decision,
		or_never(r->locked_at)};
	struct buf b;

	for (int i = 0; i < CONDUCTS; i++)
		if (or_null(r->note[i]))
			f.behaviours[f.behaviours_count++] = (struct conduct_note){i, r->note[i]};
	buf_init(&b, tx->arena, 2048);
	fields_encode(&fact_shape, &f, &b);
	return arena_strndup(tx->arena, b.p, b.n);
}

void rating_add_leaf(struct tx *tx, const struct rating *r)
{
	const char *text = fact_text(tx, r);

	trust_add_leaf(tx, LEAF_RATING, r->id, text, strlen(text));
}

enum err rating_lock(struct tx *tx, struct rating *r, enum rating_outcome outcome)
{
	struct leaf_place place;
	enum err e;

	r->version++;
	r->state = RATING_LOCKED;
	r->outcome = (int32_t)outcome;
	r->locked_at = tx->now_ms;
	r->sealed = fact_text(tx, r);
	if ((e = trust_add_leaf_at(tx, LEAF_RATING, r->id, r->sealed, strlen(r->sealed), &place)))
		return e;
	r->leaf_index = place.index;
	return rating_set(tx, r);
}

/* ---- who is asked, and when ---- */

void rating_asked(const struct req *rq, int32_t *ret_first, int32_t *ret_last)
{
	const struct rating_input *in = rq->input;
	enum report_period period = in->period == INT_NONE ? PERIOD_QUARTERLY
							   : (enum report_period)in->period;

	reports_period_of(period, reports_day_asked(rq, in->day), ret_first, ret_last);
}

enum err rating_load_answering(
	struct tx *tx, const struct rating *r, int32_t today, struct employee_id *ret)
{
	enum stand stand = STAND_NONE;
	struct employee_id ignored;
	enum err e = OK;

	if (r->state == RATING_LOCKED) {
		*ret = r->answering;
		return OK;
	}
	if (r->rated_as == STAND_DELEGATE)
		e = org_load_stand(tx, r->rated_by, r->superior, today, &stand, &ignored);
	*ret = rating_answering(r, stand != STAND_NONE);
	return e;
}

enum err rating_load_day(
	struct tx *tx, struct employee_id employee, int32_t day, int32_t today, int32_t *ret_day)
{
	struct employee_id superior;
	struct org_seat seat = {0};
	enum err e = org_load_superior(tx, employee, RELATION_SUPERVISOR, day, &superior);

	if (!e && superior.v)
		e = org_load_seat(tx, superior, &seat);
	*ret_day = e ? today : rating_day_of(&seat, day, today);
	return e;
}
