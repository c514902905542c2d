/*
 * The numbers of evidence over HTTP: everybody may read what judges him, the personnel board sets
 * them for days to come.
 */
#include "attendance/attendance_parameter.h"

#include "attendance/attendance_stated.h"
#include "platform/clock.h"

#define HISTORY_MAX 200
#define VALUE_MAX   1000000

static const struct field row_fields[] = {
	F_ID(struct parameter_row, id, 0, "The row."),
	F_ENUM(struct parameter_row, kind, parameter_names, 0, "Which number."),
	F_INT(struct parameter_row, value, 0, VALUE_MAX, 0, "What it is from that day on."),
	F_TEXT(struct parameter_row, legal_basis, 0, 200, 0, "What it rests on."),
	F_TEXT(struct parameter_row, verified_by, 0, 100, 0, "Who checked it; empty: an example."),
	F_DAY(struct parameter_row, valid_from, 0, "First day it holds for."),
	F_DAY(struct parameter_row, valid_to, 0,
		"Last day; before the first one when it was replaced before it held."),
	F_END,
};
static const struct shape row_shape = SHAPE(
	"AttendanceParameter", struct parameter_row, row_fields);

struct number {
	int32_t kind, value, fallback, lowest, highest;
	const char *legal_basis, *verified_by; /* NULL: the program's default holds */
	int32_t valid_from, next_value, next_from;
};
static const struct field number_fields[] = {
	F_ENUM(struct number, kind, parameter_names, 0, "Which number."),
	F_INT(struct number, value, 0, VALUE_MAX, 0, "What holds today."),
	F_INT(struct number, fallback, 0, VALUE_MAX, 0, "What holds where no row speaks."),
	F_INT(struct number, lowest, 0, VALUE_MAX, 0, "It may not be less."),
	F_INT(struct number, highest, 0, VALUE_MAX, 0, "It may not be more."),
	F_TEXT(struct number, legal_basis, 0, 200, OPTIONAL,
		"What it rests on; absent: the program's default holds."),
	F_TEXT(struct number, verified_by, 0, 100, OPTIONAL, "Who checked it; empty: an example."),
	F_DAY(struct number, valid_from, OPTIONAL, "First day it held for."),
	F_INT(struct number, next_value, 0, VALUE_MAX, OPTIONAL, "What follows, if it is set."),
	F_DAY(struct number, next_from, OPTIONAL, "From which day."),
	F_END,
};
static const struct shape number_shape = SHAPE("AttendanceNumber", struct number, number_fields);

struct numbers {
	int32_t earliest;
	struct number *items;
	int count;
	struct parameter_row *history;
	int history_count;
};
static const struct field numbers_fields[] = {
	F_DAY(struct numbers, earliest, 0, "First day a number set now may hold for."),
	F_LIST(struct numbers, items, count, &number_shape, 0, PARAMETER_COUNT, 0,
		"Every number, in the order of its kind."),
	F_LIST(struct numbers, history, history_count, &row_shape, 0, HISTORY_MAX, 0,
		"What was set, the latest first."),
	F_END,
};
static const struct shape numbers_shape = SHAPE(
	"AttendanceParameters", struct numbers, numbers_fields);

/* The nearest row that begins after a day and will hold. */
static const struct parameter_row *find_next(
	const struct parameter_row *row, int rows, enum parameter kind, int32_t day)
{
	const struct parameter_row *next = NULL;

	for (int i = 0; i < rows; i++)
		if (row[i].kind == (int32_t)kind && row[i].valid_from > day &&
			row[i].valid_to >= row[i].valid_from &&
			(!next || row[i].valid_from < next->valid_from))
			next = &row[i];
	return next;
}

static struct number show_number(
	const struct parameter_row *row, int rows, enum parameter kind, int32_t today)
{
	const struct parameter_bounds bounds = attendance_parameter_bounds(kind);
	const struct parameter_row *now = attendance_find_parameter(row, rows, kind, today);
	const struct parameter_row *next = find_next(row, rows, kind, today);

	return (struct number){
		.kind = (int32_t)kind,
		.value = now ? now->value : bounds.fallback,
		.fallback = bounds.fallback,
		.lowest = bounds.lowest,
		.highest = bounds.highest,
		.legal_basis = now ? now->legal_basis : NULL,
		.verified_by = now ? now->verified_by : NULL,
		.valid_from = now ? now->valid_from : DAY_NONE,
		.next_value = next ? next->value : INT_NONE,
		.next_from = next ? next->valid_from : DAY_NONE,
	};
}

struct numbers_query {
	int32_t kind;
};
static const struct field query_fields[] = {
	Q_ENUM(struct numbers_query, kind, parameter_names, OPTIONAL,
		"Only this number's history."),
	F_END,
};
static const struct shape query_shape = SHAPE(
	"AttendanceParametersQuery", struct numbers_query, query_fields);

static enum err get_parameters(struct req *rq)
{
	const struct numbers_query *query = rq->input;
	const struct parameter_row *row;
	struct numbers out = {.earliest = attendance_parameter_earliest(rq->tx->now_ms),
		.items = ARENA_ARRAY(rq->tx->arena, PARAMETER_COUNT, struct number),
		.count = PARAMETER_COUNT,
		.history = ARENA_ARRAY(rq->tx->arena, HISTORY_MAX, struct parameter_row)};
	int rows;
	enum err e = attendance_list_parameters(rq->tx, &row, &rows);

	if (e)
		return e;
	for (int i = 0; i < PARAMETER_COUNT; i++)
		out.items[i] = show_number(row, rows, (enum parameter)i, req_today(rq));
	for (int i = rows - 1; i >= 0 && out.history_count < HISTORY_MAX; i--)
		if (row[i].kind < PARAMETER_COUNT &&
			(query->kind == INT_NONE || row[i].kind == query->kind))
			out.history[out.history_count++] = row[i];
	return reply(rq, 200, &out);
}

static const struct field input_fields[] = {
	F_ENUM(struct parameter_row, kind, parameter_names, 0, "Which number."),
	F_INT(struct parameter_row, value, 0, VALUE_MAX, 0, "Within its bounds."),
	F_TEXT(struct parameter_row, legal_basis, 1, 200, 0, "What it rests on."),
	F_TEXT(struct parameter_row, verified_by, 0, 100, OPTIONAL, "Who checked it."),
	F_DAY(struct parameter_row, valid_from, 0, "First day it holds for: tomorrow or later."),
	F_END,
};
static const struct shape input_shape = SHAPE(
	"AttendanceParameterInput", struct parameter_row, input_fields);

/* Beside what will hold then: on its first day, and on each later one on which another number
 * changes. */
static const char *check_together(
	const struct parameter_row *row, int rows, const struct parameter_row *set)
{
	struct parameters numbers = attendance_compute_parameters(row, rows, set->valid_from);
	const char *why;

	numbers.of[set->kind] = set->value;
	why = attendance_check_parameters(&numbers);
	for (int i = 0; i < rows && !why; i++) {
		if (row[i].valid_from <= set->valid_from)
			continue;
		numbers = attendance_compute_parameters(row, rows, row[i].valid_from);
		numbers.of[set->kind] = set->value;
		why = attendance_check_parameters(&numbers);
	}
	return why;
}

static enum err check_parameter(struct req *rq, const struct parameter_row *set)
{
	const struct parameter_bounds bounds = attendance_parameter_bounds(
		(enum parameter)set->kind);
	const struct parameter_row *row;
	const char *why;
	int rows;
	enum err e;

	if (set->value < bounds.lowest || set->value > bounds.highest)
		return refuse(rq, E_BAD_FIELD, "/value",
			arena_printf(
				rq->tx->arena, "between %d and %d", bounds.lowest, bounds.highest));
	if (set->valid_from < attendance_parameter_earliest(rq->tx->now_ms))
		return refuse(rq, E_BAD_FIELD, "/valid_from",
			"a number holds from tomorrow at the earliest");
	if ((e = attendance_list_parameters(rq->tx, &row, &rows)))
		return e;
	if (rows >= PARAMETER_ROWS_MAX)
		return refuse(rq, E_REFUSED, "/kind", "too many numbers were set");
	why = check_together(row, rows, set);
	return why ? refuse(rq, E_BAD_FIELD, "/value", why) : OK;
}

static enum err put_parameter(struct req *rq)
{
	struct parameter_row row = *(const struct parameter_row *)rq->input;
	enum err e = check_parameter(rq, &row);

	if (e)
		return e;
	row.id = id_next();
	row.valid_to = DAY_FOREVER;
	row.verified_by = row.verified_by ? row.verified_by : "";
	e = attendance_set_parameter(rq->tx, &row);
	return e ? e : reply(rq, 200, &row);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/parameters",
		.permission = P_POLICY_READ,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &numbers_shape,
		.handler = get_parameters,
		.summary = "The numbers that judge evidence of presence: what holds today, what "
			   "follows, and what was set before.",
		.example_path = "/api/v1/attendance/parameters?kind=position_days",
	},
	{
		.method = PUT,
		.path = "/api/v1/attendance/parameters",
		.permission = P_POLICY_WRITE,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &row_shape,
		.handler = put_parameter,
		.summary = "Sets a number from tomorrow or a later day on; the one before it ends.",
		.example = "{\"kind\":\"position_days\",\"value\":30,\"legal_basis\":\"SE contoh\","
			   "\"valid_from\":\"2099-12-01\"}",
	},
};

const struct slice attendance_parameters_slice = {
	.name = "parameters",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_parameter_stmts,
	.stmt_count = PARAMETER_STMTS,
};
