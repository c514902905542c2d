/*
 * Statuses entered one by one by an officer: leave, sickness, outside duty, training, with the
 * letter. A day has one status; nobody enters his own (the request from the phone comes with its
 * own slice).
 */
#include "org/org_routes.h"

#define LONGEST_DAYS 1200

struct status_input {
	struct employee_id employee;
	int32_t kind, from, to;
	const char *letter;
};

struct status_reply {
	int64_t status_id;
};

struct status_path {
	int64_t status;
};

static const struct field status_input_fields[] = {
	F_ID(struct status_input, employee, 0, "Whose status."),
	F_ENUM(struct status_input, kind, status_kind_names, 0, "Leave, outside duty, training."),
	F_DAY(struct status_input, from, 0, "First day."),
	F_DAY(struct status_input, to, 0, "Last day."),
	F_TEXT(struct status_input, letter, 1, 100, 0, "Number of the letter it rests on."),
	F_END,
};
const struct shape org_status_input_shape = SHAPE(
	"StatusInput", struct status_input, status_input_fields);

static const struct field status_fields[] = {
	F_ID(struct status_reply, status_id, 0, "The new status."),
	F_END,
};
const struct shape org_status_shape = SHAPE("Status", struct status_reply, status_fields);

static const struct field status_path_fields[] = {
	PATH_ID(struct status_path, status, "The status."),
	F_END,
};
const struct shape org_status_path_shape = SHAPE(
	"StatusPath", struct status_path, status_path_fields);

enum err org_find_status_employee(struct req *rq, struct object *ret_object)
{
	const struct status_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err org_find_status_object(struct req *rq, struct object *ret_object)
{
	const struct status_path *in = rq->input;
	struct org_status_row row;
	enum err e = org_load_status(rq->tx, in->status, &row);

	if (!e)
		ret_object->employee = row.employee;
	return e;
}

enum err org_post_status(struct req *rq)
{
	const struct status_input *in = rq->input;
	struct status_reply out;
	bool is_free;

	if (in->kind == STATUS_NONE)
		return refuse(rq, E_BAD_FIELD, "/kind", "must be a status");
	if (in->to < in->from || in->to - in->from > LONGEST_DAYS)
		return refuse(rq, E_BAD_FIELD, "/to", "must follow from, within 1200 days");
	enum err e = org_is_status_free(rq->tx, in->employee, in->from, in->to, &is_free);
	if (e)
		return e;
	if (!is_free)
		return refuse(rq, E_CONFLICT, "/from", "another status covers one of these days");
	e = org_set_status_row(rq->tx, in->employee, (enum status_kind)in->kind, in->from, in->to,
		in->letter, &out.status_id);
	return e ? e : reply(rq, 200, &out);
}

enum err org_post_status_end(struct req *rq)
{
	const struct status_path *in = rq->input;
	struct org_status_row row;
	enum err e = org_load_status(rq->tx, in->status, &row);

	if (e)
		return e;
	if (row.ended_at)
		return refuse(rq, E_CONFLICT, "/status", "is withdrawn already");
	e = org_end_status(rq->tx, &row);
	return e ? e : reply(rq, 204, NULL);
}
