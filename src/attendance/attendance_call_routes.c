/*
 * Calls over HTTP, and "I saw him myself": what the superior of a day does about presence.
 *
 * A call is asked of who works elsewhere, within working minutes, as often as dated numbers allow;
 * a refusal names what stands against it. Nothing follows from a call by itself: what became of it
 * stands in the list of the day.
 */
#include "attendance/attendance_check.h"

#include "attendance/attendance_stated.h"

struct call_input {
	int64_t employee;
	int32_t kind;
	const char *note;
};
static const char *const call_kind_names[] = {"answer", "come", NULL};
static const struct field call_fields[] = {
	F_ID(struct call_input, employee, 0, "Who is called."),
	F_ENUM(struct call_input, kind, call_kind_names, 0, "To answer, or to come."),
	F_TEXT(struct call_input, note, 5, CHECK_NOTE_MAX, 0, "What it is about; he reads it."),
	F_END,
};
const struct shape attendance_call_shape = SHAPE("Call", struct call_input, call_fields);

struct called_view {
	int64_t check, closes_at, until_at;
};
static const struct field called_fields[] = {
	F_ID(struct called_view, check, 0, "The call."),
	F_INSTANT(struct called_view, closes_at, 0, "An answer until then is in time."),
	F_INSTANT(struct called_view, until_at, 0, "Until then one is taken."),
	F_END,
};
const struct shape attendance_called_shape = SHAPE("Called", struct called_view, called_fields);

enum err attendance_find_called(struct req *rq, struct object *ret_object)
{
	const struct call_input *in = rq->input;

	ret_object->employee = (struct employee_id){in->employee};
	ret_object->day = req_today(rq);
	return OK;
}

/* The superior of that day, or who stands in his place; an officer of the agency is not. */
static enum err check_authority(
	struct req *rq, struct employee_id employee, int32_t day, struct employee_id *ret_for)
{
	bool may = false;
	enum err e;

	if (employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/employee", "nobody asks himself");
	e = org_load_authority(rq->tx, rq->actor.employee, employee, day, &may, ret_for);
	return e || may ? e : refuse(rq, E_NOT_SUPERVISOR, "/employee", "another answers for him");
}

enum err attendance_post_call(struct req *rq)
{
	const struct call_input *in = rq->input;
	struct check call = {.employee = {in->employee},
		.kind = in->kind == 0 ? CHECK_ANSWER : CHECK_COME,
		.note = in->note,
		.asked_by = rq->actor.employee};
	enum call_fault fault = CALL_GOOD;
	struct called_view out;
	enum err e = check_authority(rq, call.employee, req_today(rq), &call.asked_for);

	if (e || (e = attendance_add_call(rq->tx, &call, &fault)))
		return e;
	if (fault != CALL_GOOD)
		return refuse(rq, E_REFUSED, "/employee", call_fault_names[fault]);
	out = (struct called_view){call.id, call.closes_at, call.until_at};
	return reply(rq, 200, &out);
}

struct seen_input {
	int64_t check;
	const char *note;
};
static const struct field seen_fields[] = {
	PATH_ID(struct seen_input, check, "The check."),
	F_TEXT(struct seen_input, note, 0, CHECK_NOTE_MAX, OPTIONAL, "Where, or how."),
	F_END,
};
const struct shape attendance_seen_shape = SHAPE("CheckSeen", struct seen_input, seen_fields);

enum err attendance_find_seen(struct req *rq, struct object *ret_object)
{
	const struct seen_input *in = rq->input;
	struct check c;
	enum err e = attendance_load_check(rq->tx, in->check, &c);

	if (e || c.opens_at > rq->tx->now_ms)
		return e ? e : E_NOT_FOUND;
	ret_object->employee = c.employee;
	ret_object->day = c.day;
	return OK;
}

enum err attendance_post_seen(struct req *rq)
{
	const struct seen_input *in = rq->input;
	struct employee_id acts_for;
	struct check c;
	enum err e = attendance_load_check(rq->tx, in->check, &c);

	if (e || (e = check_authority(rq, c.employee, c.day, &acts_for)) ||
		(e = attendance_see_check(
			 rq->tx, &c, rq->actor.employee, in->note ? in->note : "")))
		return e;
	return reply(rq, 204, NULL);
}
