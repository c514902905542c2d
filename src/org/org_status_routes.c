/*
 * Statuses entered one by one by an officer: leave, sickness, outside duty, training, with the
 * letter. A day has one status; nobody enters his own: he tells it (org_notice_routes.c). The kind
 * of a leave is read by those alone who may enter it, and what touches health by fewer. Days of a
 * closed month are the agency's officer's (org_closed.h).
 */
#include "org/org_absence.h"
#include "org/org_closed.h"
#include "org/org_routes.h"

#define LONGEST_DAYS 1200
#define LINES_MAX    100

struct status_input {
	struct employee_id employee;
	int32_t kind, from, to;
	const char *letter;
};

struct status_reply {
	int64_t status_id;
};

struct status_end {
	int64_t status;
	const char *reason;
};

struct statuses_query {
	struct employee_id employee;
};

struct status_item {
	int64_t status_id, withdrawn_at;
	int32_t kind, from, to, from_minute, to_minute;
	const char *letter, *withdrawn_why;
};

struct statuses {
	struct status_item *items;
	int count;
};

static const struct field statuses_query_fields[] = {
	Q_ID(struct statuses_query, employee, 0, "Whose statuses."),
	F_END,
};
const struct shape org_statuses_query_shape = SHAPE(
	"StatusesQuery", struct statuses_query, statuses_query_fields);

static const struct field status_item_fields[] = {
	F_ID(struct status_item, status_id, 0, "The status."),
	F_ENUM(struct status_item, kind, shown_kind_names, 0,
		"Leave, outside duty, training; sick_or_permit for who may not know of health."),
	F_DAY(struct status_item, from, 0, "First day."),
	F_DAY(struct status_item, to, 0, "Last day."),
	F_MINUTE(struct status_item, from_minute, OPTIONAL, "Part of each day: from."),
	F_MINUTE(struct status_item, to_minute, OPTIONAL, "Part of each day: to."),
	F_TEXT(struct status_item, letter, 0, 100, 0, "Number of the letter it rests on."),
	F_INSTANT(struct status_item, withdrawn_at, OPTIONAL,
		"Withdrawn then; absent: it is in force."),
	F_TEXT(struct status_item, withdrawn_why, 1, 300, OPTIONAL,
		"Why; absent for who may not know of health."),
	F_END,
};
static const struct shape status_item_shape = SHAPE(
	"StatusItem", struct status_item, status_item_fields);

static const struct field statuses_fields[] = {
	F_LIST(struct statuses, items, count, &status_item_shape, 0, LINES_MAX, 0,
		"The latest first, withdrawn ones too."),
	F_END,
};
const struct shape org_statuses_shape = SHAPE("Statuses", struct statuses, statuses_fields);

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

static const struct field status_end_fields[] = {
	PATH_ID(struct status_end, status, "The status."),
	F_TEXT(struct status_end, reason, 5, 300, 0, "Why; the employee reads it."),
	F_END,
};
const struct shape org_status_end_shape = SHAPE("StatusEnd", struct status_end, status_end_fields);

enum err org_find_status_employee(struct req *rq, struct object *ret_object)
{
	const struct status_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err org_find_status_object(struct req *rq, struct object *ret_object)
{
	const struct status_end *in = rq->input;
	struct org_status_row row;
	enum err e = org_load_status(rq->tx, in->status, &row);

	if (!e)
		ret_object->employee = row.employee;
	return e;
}

enum err org_find_statuses_employee(struct req *rq, struct object *ret_object)
{
	const struct statuses_query *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

static struct status_item make_item(const struct org_status_row *row, bool may_know)
{
	const enum status_kind kind = (enum status_kind)row->kind;
	const bool is_open = may_know || !org_is_private_kind(kind);

	return (struct status_item){.status_id = row->status_id,
		.withdrawn_at = row->ended_at ? row->ended_at : INSTANT_NONE,
		.kind = org_shown_kind(kind, may_know),
		.from = row->valid_from,
		.to = row->valid_to,
		.from_minute = row->from_minute,
		.to_minute = row->to_minute,
		.letter = is_open ? row->letter : "",
		.withdrawn_why = is_open && *row->withdrawn_why ? row->withdrawn_why : NULL};
}

enum err org_get_statuses(struct req *rq)
{
	const struct statuses_query *in = rq->input;
	struct org_status_row *row = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct org_status_row);
	struct statuses list = {.items = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct status_item)};
	enum err e = org_list_statuses(rq->tx, in->employee, row, LINES_MAX, &list.count);

	if (e)
		return e;
	e = org_authorise(rq, P_MEDICAL_READ, &rq->object);
	const bool may_know = !e;
	if (e && e != E_NOT_FOUND && e != E_FORBIDDEN)
		return e;
	for (int i = 0; i < list.count; i++)
		list.items[i] = make_item(&row[i], may_know);
	return reply(rq, 200, &list);
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
	if (e || (e = org_check_open(rq, in->employee, in->from, in->to, "/from")))
		return e;
	if (!is_free)
		return refuse(rq, E_CONFLICT, "/from", "another status covers one of these days");
	e = org_set_status_row(rq->tx, in->employee, (enum status_kind)in->kind, in->from, in->to,
		in->letter, rq->actor.employee, &out.status_id);
	return e ? e : reply(rq, 200, &out);
}

enum err org_post_status_end(struct req *rq)
{
	const struct status_end *in = rq->input;
	struct org_status_row row;
	enum err e = org_load_status(rq->tx, in->status, &row);

	if (e)
		return e;
	if (row.ended_at)
		return refuse(rq, E_CONFLICT, "/status", "is withdrawn already");
	e = org_check_open(rq, row.employee, row.valid_from, row.valid_to, "/status");
	if (!e)
		e = org_end_status(rq->tx, &row, rq->actor.employee, in->reason);
	return e ? e : reply(rq, 204, NULL);
}
