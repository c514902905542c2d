/*
 * The dated limits over HTTP: everybody may read them, the personnel board sets them.
 */
#include "attendance/attendance_stated.h"

#include "platform/clock.h"

static const struct field limit_fields[] = {
	F_ID(struct limit_row, limit_id, 0, "The row."),
	F_ENUM(struct limit_row, kind, limit_kind_names, 0, "What it limits."),
	F_INT(struct limit_row, days, 0, 60, 0, "Working days after the day."),
	F_TEXT(struct limit_row, legal_basis, 0, 200, 0, "What it rests on."),
	F_TEXT(struct limit_row, verified_by, 0, 100, 0, "Who checked it; empty: an example."),
	F_DAY(struct limit_row, valid_from, 0, "First day it holds for."),
	F_DAY(struct limit_row, valid_to, 0, "Last day."),
	F_END,
};
static const struct shape limit_shape = SHAPE("AttendanceLimit", struct limit_row, limit_fields);
struct limit_list {
	struct limit_row *items;
	int count, in_force_count;
	int32_t *in_force;
};
static const struct field limit_list_fields[] = {
	F_LIST(struct limit_list, items, count, &limit_shape, 0, LIMITS_MAX, 0,
		"The latest of each kind first, ended ones too."),
	F_INTS(struct limit_list, in_force, in_force_count, 0, LIMIT_KIND_COUNT, 0,
		"Days that hold today: for corrections, for paper lists."),
	F_END,
};
static const struct shape limit_list_shape = SHAPE(
	"AttendanceLimits", struct limit_list, limit_list_fields);

static enum err get_limits(struct req *rq)
{
	struct limit_list out = {.items = ARENA_ARRAY(rq->tx->arena, LIMITS_MAX, struct limit_row),
		.in_force = ARENA_ARRAY(rq->tx->arena, LIMIT_KIND_COUNT, int32_t),
		.in_force_count = LIMIT_KIND_COUNT};
	enum err e = attendance_list_limits(rq->tx, out.items, &out.count);

	for (int i = 0; i < LIMIT_KIND_COUNT && !e; i++)
		e = attendance_load_limit(
			rq->tx, (enum limit_kind)i, req_today(rq), &out.in_force[i]);
	return e ? e : reply(rq, 200, &out);
}

static const struct field limit_input_fields[] = {
	F_ENUM(struct limit_row, kind, limit_kind_names, 0, "What it limits."),
	F_INT(struct limit_row, days, 0, 60, 0, "Working days after the day."),
	F_TEXT(struct limit_row, legal_basis, 1, 200, 0, "What it rests on."),
	F_TEXT(struct limit_row, verified_by, 0, 100, OPTIONAL, "Who checked it."),
	F_DAY(struct limit_row, valid_from, 0, "First day it holds for: today or later."),
	F_END,
};
static const struct shape limit_input_shape = SHAPE(
	"AttendanceLimitInput", struct limit_row, limit_input_fields);

static enum err post_limit(struct req *rq)
{
	struct limit_row row = *(const struct limit_row *)rq->input;
	enum err e;

	if (row.valid_from < req_today(rq))
		return refuse(
			rq, E_BAD_FIELD, "/valid_from", "a rule holds from today at the earliest");
	row.limit_id = id_next();
	row.valid_to = DAY_FOREVER;
	row.verified_by = row.verified_by ? row.verified_by : "";
	e = attendance_set_limit(rq->tx, &row);
	return e ? e : reply(rq, 200, &row);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/limits",
		.permission = P_POLICY_READ,
		.tx = TX_READ,
		.output = &limit_list_shape,
		.handler = get_limits,
		.summary = "How many working days one may take to ask for a correction or to "
			   "hand in a paper list.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/limits",
		.permission = P_POLICY_WRITE,
		.tx = TX_WRITE,
		.input = &limit_input_shape,
		.output = &limit_shape,
		.handler = post_limit,
		.summary = "Sets a limit from a day on; the one before it ends.",
		.example = "{\"kind\":\"paper\",\"days\":2,\"legal_basis\":\"SE contoh\","
			   "\"valid_from\":\"2025-12-01\"}",
	},
};

const struct slice attendance_limits_slice = {
	.name = "limits",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_limit_stmts,
	.stmt_count = LIMIT_STMTS,
};
