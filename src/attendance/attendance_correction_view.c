/*
 * A correction as it is shown: what was asked, what became of it and who decided.
 */
#include "attendance/attendance_correction_view.h"

static const struct field view_fields[] = {
	F_ID(struct correction_view, id, 0, "The correction."),
	F_ID(struct correction_view, employee, 0, "Whose day."),
	F_TEXT(struct correction_view, name, 0, 300, 0, "His name with titles."),
	F_TEXT(struct correction_view, unit_name, 0, 200, 0, "His unit of that day."),
	F_DAY(struct correction_view, day, 0, "Which day."),
	F_ENUM(struct correction_view, kind, correction_kind_names, 0, "What is to be put right."),
	F_ENUM(struct correction_view, direction, direction_names, 0, "In or out."),
	F_INSTANT(struct correction_view, at, 0, "The time it states, or the punch claims."),
	F_ENUM(struct correction_view, cause, correction_cause_names, 0, "What happened."),
	F_TEXT(struct correction_view, reason, 0, LONG_REASON, 0, "In his own words."),
	F_TEXT(struct correction_view, file_sha256, 64, 64, OPTIONAL, "Evidence."),
	F_TEXT(struct correction_view, file_name, 1, 100, OPTIONAL, "Its name."),
	F_INSTANT(struct correction_view, asked_at, 0, "When it reached the server."),
	F_BOOL(struct correction_view, is_late, 0, "Past the limit: the agency's officer decides."),
	F_BOOL(struct correction_view, is_proposed, 0, "Waits for the second of two officers."),
	F_ENUM(struct correction_view, state, correction_state_names, 0, "What became of it."),
	F_INT(struct correction_view, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_BOOL(struct correction_view, may_decide, 0, "The reader may decide it alone."),
	F_TEXT(struct correction_view, decided_by, 0, 300, OPTIONAL, "Who decided."),
	F_TEXT(struct correction_view, decided_for, 0, 300, OPTIONAL, "In whose place."),
	F_TEXT(struct correction_view, proposed_by, 0, 300, OPTIONAL,
		"Of many at once: who proposed what a second person then confirmed."),
	F_INSTANT(struct correction_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct correction_view, decision, 0, LONG_REASON, OPTIONAL, "Why."),
	F_ENUM(struct correction_view, day_state, day_state_names, OPTIONAL,
		"How the day stands now."),
	F_INSTANT(struct correction_view, in_at, OPTIONAL, "First in as it stands."),
	F_INSTANT(struct correction_view, out_at, OPTIONAL, "Last out as it stands."),
	F_INT(struct correction_view, late_minutes, 0, 4320, 0, "Late as it stands."),
	F_END,
};
const struct shape correction_view_shape = SHAPE("Correction", struct correction_view, view_fields);

static const struct field list_fields[] = {
	F_LIST(struct correction_list, items, count, &correction_view_shape, 0, CORRECTIONS_PAGE, 0,
		"Corrections."),
	F_ID(struct correction_list, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
const struct shape correction_list_shape = SHAPE(
	"Corrections", struct correction_list, list_fields);

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

static enum err show_decision(struct tx *tx, const struct correction *c, struct correction_view *v)
{
	struct proposal p;
	enum err e;

	v->decided_at = INSTANT_NONE;
	if (c->state == CORRECTION_WAITS)
		return OK;
	v->decided_at = c->decided_at;
	v->decision = c->decision;
	if ((e = attendance_load_name(tx, c->decided_by, &v->decided_by)))
		return e;
	if (c->decided_for.v && (e = attendance_load_name(tx, c->decided_for, &v->decided_for)))
		return e;
	if (!c->proposal_id || (e = attendance_load_proposal(tx, c->proposal_id, &p)))
		return c->proposal_id ? e : OK;
	return attendance_load_name(tx, p.proposed_by, &v->proposed_by);
}

enum err attendance_show_correction(
	struct req *rq, const struct correction *c, struct correction_view *v)
{
	struct attendance_day day;
	enum err e;

	*v = (struct correction_view){.id = c->id,
		.employee = c->employee,
		.name = c->full_name ? c->full_name : "",
		.day = c->day,
		.kind = (int32_t)c->kind,
		.direction = (int32_t)c->direction,
		.at = c->stated_at,
		.cause = (int32_t)c->cause,
		.reason = c->reason,
		.file_sha256 = or_null(c->file_sha256),
		.file_name = or_null(c->file_name),
		.asked_at = c->received_at,
		.is_late = c->is_late,
		.is_proposed = c->state == CORRECTION_WAITS && c->proposal_id != 0,
		.state = (int32_t)c->state,
		.version = c->version,
		.day_state = INT_NONE,
		.in_at = INSTANT_NONE,
		.out_at = INSTANT_NONE};
	if ((e = attendance_load_unit_name(rq->tx, c->unit, &v->unit_name)) ||
		(e = show_decision(rq->tx, c, v)))
		return e;
	e = attendance_load_day(rq->tx, c->employee, c->day, &day);
	if (!e) {
		v->day_state = (int32_t)day.state;
		v->in_at = day.in_at;
		v->out_at = day.out_at;
		v->late_minutes = day.late_minutes;
	}
	return e == E_NOT_FOUND ? OK : e;
}

enum err attendance_show_corrections(
	struct req *rq, const struct correction *c, int count, struct correction_list *out)
{
	enum err e = OK;

	out->items = ARENA_ARRAY(rq->tx->arena, (size_t)count, struct correction_view);
	for (int i = 0; i < count && !e; i++)
		e = attendance_show_correction(rq, &c[i], &out->items[out->count++]);
	return e;
}
