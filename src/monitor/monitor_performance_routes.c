/*
 * The boards of live performance: of the government by agency, of a unit by what lies below it, and
 * both as streams. Numbers of units and nobody's name; every figure opens to its facts
 * (monitor_performance_facts_routes.c).
 */
#include "monitor/monitor_performance.h"

#include "org/org_access.h"
#include "platform/events.h"

static const struct field unit_fields[] = {
	F_ID(struct unit_performance, unit, OPTIONAL, "The unit; absent: the whole government."),
	F_TEXT(struct unit_performance, name, 1, 200, OPTIONAL, "Its name."),
	F_TEXT(struct unit_performance, code, 0, 80, 0, "Its short code."),
	F_INT(struct unit_performance, report_due, 0, INT32_MAX, 0, "Reports due of the day."),
	F_INT(struct unit_performance, report_filed, 0, INT32_MAX, 0, "Handed in, of the day."),
	F_INT(struct unit_performance, report_verified, 0, INT32_MAX, 0, "Of these: verified."),
	F_INT(struct unit_performance, report_returned, 0, INT32_MAX, 0, "Of these: returned."),
	F_INT(struct unit_performance, waiting, 0, INT32_MAX, 0,
		"Reports that wait for a decision, however old."),
	F_DAY(struct unit_performance, oldest_waiting, OPTIONAL, "Day of the oldest of them."),
	F_INT(struct unit_performance, wait_tenths, 0, INT32_MAX, OPTIONAL,
		"How long those of 31 days that were decided had waited on average, in tenths of a "
		"day."),
	F_INT(struct unit_performance, open_tasks, 0, INT32_MAX, 0, "Tasks neither done nor back."),
	F_INT(struct unit_performance, overdue_tasks, 0, INT32_MAX, 0, "Of these: past their day."),
	F_DAY(struct unit_performance, oldest_task, OPTIONAL, "Day the oldest open one was sent."),
	F_INT(struct unit_performance, measured, 0, INT32_MAX, 0,
		"Units of measure that plans name for this month."),
	F_INT(struct unit_performance, on_track, 0, INT32_MAX, 0,
		"Of these: as much handed in as the plans mean until today."),
	F_INT(struct unit_performance, expected, 0, INT32_MAX, 0, "People who work today."),
	F_INT(struct unit_performance, present, 0, INT32_MAX, 0, "Of these: clocked in."),
	F_END,
};
static const struct shape unit_shape = SHAPE(
	"UnitPerformance", struct unit_performance, unit_fields);

static const struct field output_fields[] = {
	F_TEXT(struct shown_output, unit_of_measure, 0, 80, 0, "Of what."),
	F_INT64(struct shown_output, planned, 0, INT64_MAX, 0,
		"What agreed plans mean for the month: a third of the quarter's, of who has none a "
		"twelfth of the year's."),
	F_INT64(struct shown_output, planned_to_date, 0, INT64_MAX, 0,
		"Of it the share of the working days gone, today among them."),
	F_INT64(struct shown_output, planned_today, 0, INT64_MAX, 0,
		"Of it what falls on today: the shares of the working days add up to the month; 0 "
		"on any other day."),
	F_INT64(struct shown_output, handed_in, 0, INT64_MAX, 0,
		"Reported in the month, waiting or verified."),
	F_INT64(struct shown_output, verified, 0, INT64_MAX, 0, "Of it: verified."),
	F_INT64(struct shown_output, handed_in_today, 0, INT64_MAX, 0, "Reported of the day."),
	F_INT64(struct shown_output, verified_today, 0, INT64_MAX, 0, "Of it: verified."),
	F_END,
};
static const struct shape output_shape = SHAPE("UnitOutput", struct shown_output, output_fields);

static const struct field performance_fields[] = {
	F_DAY(struct performance, day, 0, "Today."),
	F_INSTANT(struct performance, now, 0, "Server time of the figures."),
	F_TEXT(struct performance, zone, 3, 4, 0, "Zone of the government: WIB, WITA, WIT."),
	F_INT(struct performance, worked, 0, 31, 0,
		"Working days of the month so far, with today."),
	F_INT(struct performance, working_days, 0, 31, 0, "Working days of the month."),
	F_BOOL(struct performance, works, 0, "Today is one of them."),
	F_OBJECT(struct performance, presence, &monitor_counters_shape, 0,
		"Who is in, late, not yet in and away today: the board of presence."),
	F_OBJECT(struct performance, total, &unit_shape, 0, "The unit with all below it."),
	F_LIST(struct performance, output, output_count, &output_shape, 0, OUTPUT_MAX, 0,
		"Its output by unit of measure, the most planned first."),
	F_INT(struct performance, output_left_out, 0, INT32_MAX, 0,
		"Units of measure beyond these, which are less planned."),
	F_BOOL(struct performance, output_cut, 0,
		"There are more sums than can be read at once: what is said of output is not all."),
	F_LIST(struct performance, units, unit_count, &unit_shape, 0, TILES_MAX, 0,
		"The units directly below, by code."),
	F_END,
};
static const struct shape performance_shape = SHAPE(
	"Performance", struct performance, performance_fields);

/* ---- working days ---- */

static bool is_working_day(const struct policy_book *book, struct unit_id unit, int32_t day)
{
	struct day_ruling ruling;

	monitor_decide_ordinary_day(book, unit, day, &ruling);
	return attendance_is_work(ruling.mode);
}

/* Of the ordinary member of the unit. */
static enum err count_working_days(
	struct tx *tx, struct unit_id unit, int32_t first, int32_t last, struct performance *ret)
{
	const struct policy_book *book;
	enum err e = policy_load_book(tx, &book);

	for (int32_t day = first; day <= last && !e; day++) {
		const bool works = is_working_day(book, unit, day);

		ret->working_days += works;
		ret->worked += works && day <= ret->day;
		ret->works |= works && day == ret->day;
	}
	return e;
}

/* ---- a unit and those below it ---- */

static struct unit_performance *find_unit(struct performance *p, struct unit_id unit)
{
	if (p->total.unit == unit.v)
		return &p->total;
	for (int i = 0; i < p->unit_count; i++)
		if (p->units[i].unit == unit.v)
			return &p->units[i];
	return NULL;
}

static struct unit_performance make_unit(
	const struct org_tree *tree, const struct unit_counters *row)
{
	const struct org_unit *u = org_find_unit(tree, row->unit);
	const int32_t *count = row->counters.count;

	return (struct unit_performance){.unit = row->unit.v,
		.name = u ? u->name : NULL,
		.code = u ? u->code : "",
		.report_due = count[COUNT_REPORT_DUE],
		.report_filed = count[COUNT_REPORT_FILED],
		.report_verified = count[COUNT_REPORT_VERIFIED],
		.report_returned = count[COUNT_REPORT_RETURNED],
		.oldest_waiting = DAY_NONE,
		.wait_tenths = INT_NONE,
		.oldest_task = DAY_NONE,
		.expected = count[COUNT_EXPECTED],
		.present = count[COUNT_PRESENT]};
}

static enum err list_units(
	struct tx *tx, const struct org_tree *tree, struct unit_id unit, struct performance *ret)
{
	struct unit_counters *row = ARENA_ARRAY(tx->arena, TILES_MAX, struct unit_counters), total;
	enum err e = monitor_load_counters(tx, ret->day, unit, &total);

	if (e || (e = monitor_list_below(tx, ret->day, unit, row, TILES_MAX, &ret->unit_count)))
		return e;
	ret->total = make_unit(tree, &total);
	ret->presence = total.counters;
	ret->units = ARENA_ARRAY(tx->arena, TILES_MAX, struct unit_performance);
	for (int i = 0; i < ret->unit_count; i++)
		ret->units[i] = make_unit(tree, &row[i]);
	return OK;
}

static enum err add_waiting(struct tx *tx, struct unit_id unit, struct performance *p)
{
	struct waiting *row = ARENA_ARRAY(tx->arena, TILES_MAX + 1, struct waiting);
	int count;
	enum err e = monitor_list_waiting(tx, unit, p->day, row, TILES_MAX + 1, &count);

	for (int i = 0; i < count && !e; i++) {
		struct unit_performance *u = find_unit(p, row[i].unit);

		if (!u)
			continue;
		u->waiting = row[i].reports;
		u->oldest_waiting = row[i].oldest;
		u->decided = row[i].decided;
		u->wait_tenths = monitor_mean_wait(row[i].waited, row[i].decided);
	}
	return e;
}

static void put_tasks(struct unit_performance *u, const struct tasks_backlog *b)
{
	u->open_tasks = b->open;
	u->overdue_tasks = b->overdue;
	u->oldest_task = b->oldest;
}

static enum err add_tasks(struct tx *tx, struct unit_id unit, struct performance *p)
{
	struct tasks_backlog total, *row = ARENA_ARRAY(tx->arena, TILES_MAX, struct tasks_backlog);
	int count;
	enum err e = tasks_load_backlog(tx, unit, p->day, &total);

	if (e || (e = tasks_list_backlog(tx, unit, p->day, row, TILES_MAX, &count)))
		return e;
	put_tasks(&p->total, &total);
	for (int i = 0; i < count; i++) {
		struct unit_performance *u = find_unit(p, row[i].unit);

		if (u)
			put_tasks(u, &row[i]);
	}
	return OK;
}

static void add_measure(
	struct performance *p, struct unit_performance *u, const struct unit_output *o)
{
	const int64_t planned = monitor_planned_of_month(o->annual, o->quarterly),
		      due = monitor_planned_to_date(planned, p->worked, p->working_days);

	if (planned > 0) {
		u->measured++;
		u->on_track += o->handed_in >= due;
	}
	if (u == &p->total && (planned || o->handed_in))
		p->output[p->output_count++] = (struct shown_output){o->unit_key, planned, due,
			monitor_planned_today(planned, p->worked, p->working_days, p->works),
			o->handed_in, o->verified, o->handed_in_today, o->verified_today};
}

static enum err add_output(struct tx *tx, struct unit_id unit, int32_t first, struct performance *p)
{
	struct unit_output *row;
	int count;
	enum err e = reports_list_unit_output(
		tx, unit, first, p->day, &row, &count, &p->output_cut);

	if (e)
		return e;
	p->output = ARENA_ARRAY(tx->arena, (size_t)count, struct shown_output);
	for (int i = 0; i < count; i++) {
		struct unit_performance *u = find_unit(p, row[i].unit);

		if (u)
			add_measure(p, u, &row[i]);
	}
	count = p->output_count;
	p->output_count = monitor_keep_most_planned(p->output, count, OUTPUT_MAX);
	p->output_left_out = count - p->output_count;
	return OK;
}

enum err monitor_load_figures(struct tx *tx, struct unit_id unit, struct performance *ret)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	if (unit.v && !org_find_unit(tree, unit))
		return E_NOT_FOUND;
	*ret = (struct performance){.day = instant_day(tx->now_ms, tree->zone),
		.now = tx->now_ms,
		.zone = zone_name(tree->zone)};
	if ((e = list_units(tx, tree, unit, ret)) || (e = add_waiting(tx, unit, ret)))
		return e;
	return add_tasks(tx, unit, ret);
}

static enum err load_performance(struct tx *tx, struct unit_id unit, struct performance *ret)
{
	int32_t first, last;
	enum err e = monitor_load_figures(tx, unit, ret);

	if (e)
		return e;
	day_month_bounds(ret->day, &first, &last);
	e = count_working_days(tx, unit, first, last, ret);
	return e ? e : add_output(tx, unit, first, ret);
}

/* ---- routes ---- */

struct performance_query {
	struct unit_id unit;
};
static const struct field query_fields[] = {
	Q_ID(struct performance_query, unit, OPTIONAL,
		"Of this unit; the whole government's when absent."),
	F_END,
};
static const struct shape query_shape = SHAPE(
	"PerformanceQuery", struct performance_query, query_fields);

/* Without a unit the object is the whole government, which only a scope over all of it covers. */
static enum err find_unit_asked(struct req *rq, struct object *ret_object)
{
	const struct performance_query *in = rq->input;

	return in->unit.v ? org_find_object(rq->tx, in->unit, ret_object) : OK;
}

static enum err get_performance(struct req *rq)
{
	const struct performance_query *in = rq->input;
	struct performance out;
	enum err e = load_performance(rq->tx, in->unit, &out);

	return e ? e : reply(rq, 200, &out);
}

static enum err get_events(struct req *rq)
{
	const struct performance_query *in = rq->input;

	return reply_stream(rq, TOPIC_PERFORMANCE, in->unit.v);
}

static enum err render(struct tx *tx, int64_t id, struct buf *out)
{
	struct performance p;
	enum err e = load_performance(tx, (struct unit_id){id}, &p);

	if (!e)
		fields_encode(&performance_shape, &p, out);
	return e;
}

static void register_events(void)
{
	events_register(TOPIC_PERFORMANCE, "board", render);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/monitor/performance",
		.permission = P_BOARD_UNIT,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &performance_shape,
		.handler = get_performance,
		.object = find_unit_asked,
		.exports = EXPORT("kinerja-unit", "Kinerja per unit kerja", "units"),
		.summary = "Output against plans, reports, what waits and since when, open tasks: "
			   "of a "
			   "unit, by the units below it.",
		.example_path = "/api/v1/monitor/performance?unit={unit:own}",
	},
	{
		.method = GET,
		.path = "/api/v1/monitor/performance/events",
		.permission = P_BOARD_UNIT,
		.tx = TX_STREAM,
		.input = &query_shape,
		.handler = get_events,
		.object = find_unit_asked,
		.raw_type = "text/event-stream",
		.summary =
			"Stream of event \"board\": all of it again whenever it changed, at most "
			"once a second.",
	},
};

const struct slice monitor_performance_slice = {
	.name = "monitor_performance",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = monitor_performance_stmts,
	.stmt_count = COUNT_OF(monitor_performance_stmts),
	.wire = register_events,
};
