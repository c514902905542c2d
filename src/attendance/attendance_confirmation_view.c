/*
 * A confirmation as it is shown: the event, why it is asked, what was said.
 */
#include "attendance/attendance_confirmation_view.h"

static const struct field view_fields[] = {
	F_ID(struct confirmation_view, id, 0, "The confirmation."),
	F_ID(struct confirmation_view, employee, 0, "Whose event."),
	F_TEXT(struct confirmation_view, name, 0, 300, 0, "His name with titles; of others."),
	F_TEXT(struct confirmation_view, unit_name, 0, 200, 0, "His unit of that day."),
	F_DAY(struct confirmation_view, day, 0, "The day of work."),
	F_ID(struct confirmation_view, punch, 0, "The punch."),
	F_ENUM(struct confirmation_view, direction, direction_names, 0, "In or out."),
	F_INSTANT(struct confirmation_view, at, 0, "When it happened, as it says."),
	F_INSTANT(struct confirmation_view, received_at, 0, "When it reached the server."),
	F_ENUM(struct confirmation_view, grade, time_grade_names, 0, "How well its time is known."),
	F_ENUM(struct confirmation_view, kind, confirmation_kind_names, 0, "Why it is asked."),
	F_TEXTS(struct confirmation_view, marks, mark_count, 0, MARK_COUNT, 0,
		"What was found, by name."),
	F_ENUM(struct confirmation_view, place, place_verdict_names, 0, "Where it was made."),
	F_ENUM(struct confirmation_view, distance, distance_bucket_names, 0,
		"Distance from the place of duty, in steps."),
	F_INSTANT(struct confirmation_view, asked_at, 0, "Since when it is asked."),
	F_DAY(struct confirmation_view, due_day, 0, "Silence until its end confirms."),
	F_ENUM(struct confirmation_view, state, confirmation_state_names, 0, "What was said."),
	F_ENUM(struct confirmation_view, consequence, confirmation_consequence_names, 0,
		"What followed: counts, at receipt, not counted."),
	F_INT(struct confirmation_view, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_BOOL(struct confirmation_view, is_plain, 0,
		"Nothing asks for a look of its own: may be confirmed with others at once."),
	F_BOOL(struct confirmation_view, may_decide, 0, "The reader may decide it."),
	F_BOOL(struct confirmation_view, may_object, 0,
		"Denied: its owner may ask for a correction."),
	F_TEXT(struct confirmation_view, explanation, 1, LONG_REASON, OPTIONAL,
		"The employee's own words."),
	F_INSTANT(struct confirmation_view, explained_at, OPTIONAL, "When he wrote them."),
	F_TEXT(struct confirmation_view, decided_by, 1, 300, OPTIONAL,
		"Who decided; none: silence."),
	F_TEXT(struct confirmation_view, decided_for, 1, 300, OPTIONAL, "In whose place."),
	F_INSTANT(struct confirmation_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct confirmation_view, decision, 1, LONG_REASON, OPTIONAL, "Why it was denied."),
	F_END,
};
const struct shape confirmation_view_shape = SHAPE(
	"Confirmation", struct confirmation_view, view_fields);

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

static int64_t or_none(int64_t at)
{
	return at ? at : INSTANT_NONE;
}

static void show_marks(struct arena *arena, int64_t marks, struct confirmation_view *v)
{
	v->marks = ARENA_ARRAY(arena, MARK_COUNT, const char *);
	for (int i = 0; i < MARK_COUNT; i++)
		if (marks >> i & 1)
			v->marks[v->mark_count++] = evidence_mark_names[i];
}

static enum err show_decision(
	struct tx *tx, const struct confirmation *c, struct confirmation_view *v)
{
	const char *by, *acts_for;
	enum err e;

	if ((e = attendance_load_name(tx, c->decided_by, &by)) ||
		(e = attendance_load_name(tx, c->decided_for, &acts_for)))
		return e;
	v->decided_by = or_null(by);
	v->decided_for = or_null(acts_for);
	return OK;
}

static enum err show(struct req *rq, const struct day_view *view, const struct confirmation *c,
	struct confirmation_view *v)
{
	struct place_judgement place = attendance_find_event_place(view, c);
	enum err e;

	*v = (struct confirmation_view){.id = c->id,
		.employee = c->employee,
		.name = c->full_name ? c->full_name : "",
		.day = c->day,
		.punch = c->punch_id,
		.direction = (int32_t)c->direction,
		.at = c->happened_at,
		.received_at = c->received_at,
		.grade = (int32_t)c->grade,
		.kind = (int32_t)c->kind,
		.place = (int32_t)place.verdict,
		.distance = (int32_t)place.bucket,
		.asked_at = c->asked_at,
		.due_day = c->due_day,
		.state = (int32_t)c->state,
		.consequence = (int32_t)c->consequence,
		.version = c->version,
		.is_plain = attendance_is_plain_confirmation(
			c, attendance_is_place_unsure(place.verdict)),
		.may_object = c->state == DENIED,
		.explanation = or_null(c->explanation),
		.explained_at = or_none(c->explained_at),
		.decided_at = or_none(c->decided_at),
		.decision = or_null(c->decision)};
	show_marks(rq->tx->arena, c->marks, v);
	if ((e = attendance_load_unit_name(rq->tx, c->unit, &v->unit_name)))
		return e;
	return show_decision(rq->tx, c, v);
}

enum err attendance_show_confirmations(
	struct req *rq, const struct confirmation *c, int count, struct confirmation_view *ret)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	enum err e = OK;

	for (int i = 0; i < count && !e; i++) {
		if (!i || c[i].employee.v != c[i - 1].employee.v || c[i].day != c[i - 1].day)
			e = attendance_view_event_day(rq->tx, &c[i], view);
		if (!e)
			e = show(rq, view, &c[i], &ret[i]);
	}
	return e;
}
