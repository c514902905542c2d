/*
 * The facts behind a figure of the board: how much of it lies at each unit below, and what is
 * counted at the unit itself.
 *
 * Who heads the unit or one above it sees there whose they are, and may open each; everybody else
 * who may see the board sees numbers by day, and no name.
 */
#include "monitor/monitor_performance.h"

#include "base/str.h"
#include "org/org_access.h"

#include <string.h>

const char *const facts_of_names[] = {"report_due", "report_filed", "report_verified",
	"report_returned", "waiting", "decided", "output", "open_tasks", "overdue_tasks", NULL};

struct unit_facts {
	int64_t unit;
	const char *name, *code;
	int64_t amount;
};

static const struct field unit_fields[] = {
	F_ID(struct unit_facts, unit, 0, "The unit."),
	F_TEXT(struct unit_facts, name, 1, 200, 0, "Its name."),
	F_TEXT(struct unit_facts, code, 0, 80, 0, "Its short code."),
	F_INT64(struct unit_facts, amount, 1, INT64_MAX, 0, "Of it and all below."),
	F_END,
};
static const struct shape unit_shape = SHAPE("FactsUnit", struct unit_facts, unit_fields);

struct fact_view {
	int32_t day, since;
	int64_t amount;
	int64_t employee;
	const char *name;
	int64_t report, task;
	int32_t report_state, task_state;
	const char *subject;
};

static const struct field fact_fields[] = {
	F_DAY(struct fact_view, day, 0, "The day it speaks of; of tasks: until when."),
	F_DAY(struct fact_view, since, OPTIONAL,
		"When it was handed in or sent; the first of a day; absent: not handed in."),
	F_INT64(struct fact_view, amount, 1, INT64_MAX, 0,
		"How many reports or tasks, or how much was handed in."),
	F_ID(struct fact_view, employee, OPTIONAL,
		"Along one's own line: whose it is; a task may be an office's."),
	F_TEXT(struct fact_view, name, 1, 300, OPTIONAL, "His name with titles."),
	F_ID(struct fact_view, report, OPTIONAL, "Along one's own line: the report."),
	F_ENUM(struct fact_view, report_state, report_state_names, OPTIONAL,
		"Its state; none: not handed in."),
	F_ID(struct fact_view, task, OPTIONAL, "Along one's own line: the task."),
	F_ENUM(struct fact_view, task_state, task_state_names, OPTIONAL, "Sent or accepted."),
	F_TEXT(struct fact_view, subject, 1, 200, OPTIONAL, "What is to be done."),
	F_END,
};
static const struct shape fact_shape = SHAPE("PerformanceFact", struct fact_view, fact_fields);

struct facts {
	int32_t of, day;
	int64_t unit;
	const char *name, *unit_of_measure;
	int64_t amount;
	bool by_person;
	struct unit_facts *units;
	int unit_count;
	struct fact_view *items;
	int item_count;
	const char *next;
};

static const struct field facts_fields[] = {
	F_ENUM(struct facts, of, facts_of_names, 0, "What the figure counts."),
	F_DAY(struct facts, day, 0, "Today."),
	F_ID(struct facts, unit, OPTIONAL, "The unit; absent: the whole government."),
	F_TEXT(struct facts, name, 1, 200, OPTIONAL, "Its name."),
	F_TEXT(struct facts, unit_of_measure, 1, 80, OPTIONAL, "Of output: of what."),
	F_INT64(struct facts, amount, 0, INT64_MAX, 0, "The figure, with all below."),
	F_BOOL(struct facts, by_person, 0,
		"The unit lies below the reader's own office: items are of persons. Else they are "
		"sums of days."),
	F_LIST(struct facts, units, unit_count, &unit_shape, 0, TILES_MAX, 0,
		"The units directly below with some of it, by code."),
	F_LIST(struct facts, items, item_count, &fact_shape, 0, FACTS_PAGE, 0,
		"What is counted at the unit itself, the oldest day first."),
	F_TEXT(struct facts, next, 1, 40, OPTIONAL, "Cursor of the next page of items."),
	F_END,
};
static const struct shape facts_shape = SHAPE("PerformanceFacts", struct facts, facts_fields);

struct facts_query {
	struct unit_id unit;
	int32_t of;
	const char *unit_of_measure, *cursor;
};

static const struct field query_fields[] = {
	Q_ID(struct facts_query, unit, OPTIONAL,
		"Of this unit; the whole government's when absent."),
	Q_ENUM(struct facts_query, of, facts_of_names, 0, "Which figure."),
	Q_TEXT(struct facts_query, unit_of_measure, 1, 80, OPTIONAL,
		"Of output: as the board names it."),
	Q_TEXT(struct facts_query, cursor, 3, 40, OPTIONAL, "The next of the page before."),
	F_END,
};
static const struct shape query_shape = SHAPE(
	"PerformanceFactsQuery", struct facts_query, query_fields);

/* ---- the units below ---- */

static int64_t figure_of(const struct unit_performance *u, enum facts_of of)
{
	switch (of) {
	case FACTS_REPORT_DUE:
		return u->report_due;
	case FACTS_REPORT_FILED:
		return u->report_filed;
	case FACTS_REPORT_VERIFIED:
		return u->report_verified;
	case FACTS_REPORT_RETURNED:
		return u->report_returned;
	case FACTS_WAITING:
		return u->waiting;
	case FACTS_DECIDED:
		return u->decided;
	case FACTS_OPEN_TASKS:
		return u->open_tasks;
	case FACTS_OVERDUE_TASKS:
		return u->overdue_tasks;
	case FACTS_OUTPUT:
		break;
	}
	return 0;
}

static void add_unit(struct facts *f, const struct unit_performance *u, int64_t amount)
{
	if (amount > 0)
		f->units[f->unit_count++] = (struct unit_facts){u->unit, u->name, u->code, amount};
}

static int64_t find_amount(const struct unit_amount *list, int count, int64_t unit)
{
	for (int i = 0; i < count; i++)
		if (list[i].unit.v == unit)
			return list[i].amount;
	return 0;
}

static enum err add_amounts(struct tx *tx, const struct performance *p, struct facts *f)
{
	struct unit_amount *list = ARENA_ARRAY(tx->arena, TILES_MAX + 1, struct unit_amount);
	int32_t first, last;
	int count;
	enum err e;

	day_month_bounds(p->day, &first, &last);
	e = monitor_list_amounts(tx, (struct unit_id){p->total.unit}, f->unit_of_measure, first,
		p->day, list, TILES_MAX + 1, &count);
	if (e)
		return e;
	f->amount = find_amount(list, count, p->total.unit);
	for (int i = 0; i < p->unit_count; i++)
		add_unit(f, &p->units[i], find_amount(list, count, p->units[i].unit));
	return OK;
}

static enum err add_units(struct tx *tx, const struct performance *p, struct facts *f)
{
	f->units = ARENA_ARRAY(tx->arena, TILES_MAX, struct unit_facts);
	if (f->of == FACTS_OUTPUT)
		return add_amounts(tx, p, f);
	f->amount = figure_of(&p->total, (enum facts_of)f->of);
	for (int i = 0; i < p->unit_count; i++)
		add_unit(f, &p->units[i], figure_of(&p->units[i], (enum facts_of)f->of));
	return OK;
}

/* ---- the unit itself ---- */

static bool is_of_tasks(enum facts_of of)
{
	return of == FACTS_OPEN_TASKS || of == FACTS_OVERDUE_TASKS;
}

static enum err name_person(
	struct tx *tx, struct employee_id employee, int32_t day, struct fact_view *v)
{
	struct employee_row row;
	enum err e = org_load_employee(tx, employee, day, &row);

	v->employee = employee.v;
	v->name = e ? NULL : org_full_name(tx->arena, &row);
	return e;
}

static enum err name_fact(
	struct tx *tx, const struct facts_question *q, const struct fact *row, struct fact_view *v)
{
	struct employee_id holder;
	enum err e;

	if (!is_of_tasks(q->of)) {
		v->report = row->id;
		v->report_state = row->state;
		return name_person(tx, (struct employee_id){row->who}, row->day, v);
	}
	v->task = row->id;
	v->task_state = row->state;
	e = monitor_load_task(tx, row->id, &v->subject, &holder);
	return e || !holder.v ? e : name_person(tx, holder, q->today, v);
}

static enum err add_items(
	struct tx *tx, const struct org_tree *tree, const struct facts_question *q, struct facts *f)
{
	struct fact *row = ARENA_ARRAY(tx->arena, FACTS_PAGE + 1, struct fact);
	int count;
	enum err e = monitor_list_facts(tx, q, row, FACTS_PAGE + 1, &count);

	f->items = ARENA_ARRAY(tx->arena, FACTS_PAGE, struct fact_view);
	for (; f->item_count < count && f->item_count < FACTS_PAGE && !e; f->item_count++) {
		const struct fact *of = &row[f->item_count];
		struct fact_view *v = &f->items[f->item_count];

		*v = (struct fact_view){.day = of->day,
			.since = of->at ? instant_day(of->at, tree->zone) : DAY_NONE,
			.amount = of->amount,
			.report_state = INT_NONE,
			.task_state = INT_NONE};
		if (q->by_person)
			e = name_fact(tx, q, of, v);
	}
	if (count > FACTS_PAGE)
		f->next = arena_printf(tx->arena, "%d.%lld", row[FACTS_PAGE - 1].day,
			(long long)row[FACTS_PAGE - 1].who);
	return e;
}

/* ---- the route ---- */

/* "<day>.<who>", as `next` says it. */
static bool read_cursor(struct arena *arena, const char *text, struct facts_question *q)
{
	char *day = arena_strdup(arena, text), *who = strchr(day, '.');
	int64_t value;

	if (!who)
		return false;
	*who++ = 0;
	if (!str_to_int(day, 0, INT32_MAX, &value) || !str_to_int(who, 0, INT64_MAX, &q->after_who))
		return false;
	q->after_day = (int32_t)value;
	return true;
}

static enum err check_query(struct req *rq, const struct facts_query *in, struct facts_question *q)
{
	if (in->of == FACTS_OUTPUT && !in->unit_of_measure)
		return refuse(rq, E_BAD_FIELD, "/unit_of_measure", "missing");
	if (in->of != FACTS_OUTPUT && in->unit_of_measure)
		return refuse(rq, E_BAD_FIELD, "/unit_of_measure", "of output alone");
	if (in->cursor && !read_cursor(rq->tx->arena, in->cursor, q))
		return refuse(rq, E_BAD_FIELD, "/cursor", "unknown");
	return OK;
}

/* Along one's own line lies what one heads, and all below it. */
static enum err find_line(
	struct req *rq, const struct org_tree *tree, struct unit_id unit, bool *ret_by_person)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	struct org_scopes headed;
	enum err e = org_load_scopes(rq, P_TEAM_READ, &headed);

	*ret_by_person = !e && u && org_in_scopes(&headed, u->path);
	return e;
}

static enum err find_unit_asked(struct req *rq, struct object *ret_object)
{
	const struct facts_query *in = rq->input;

	return in->unit.v ? org_find_object(rq->tx, in->unit, ret_object) : OK;
}

static enum err get_facts(struct req *rq)
{
	const struct facts_query *in = rq->input;
	struct facts_question q = {
		.unit = in->unit, .of = (enum facts_of)in->of, .unit_key = in->unit_of_measure};
	struct performance p;
	struct facts out;
	const struct org_tree *tree;
	int32_t last;
	enum err e = check_query(rq, in, &q);

	if (e || (e = org_load_tree(rq->tx, &tree)) ||
		(e = find_line(rq, tree, in->unit, &q.by_person)) ||
		(e = monitor_load_figures(rq->tx, in->unit, &p)))
		return e;
	q.today = p.day;
	day_month_bounds(p.day, &q.first, &last);
	out = (struct facts){.of = in->of,
		.day = p.day,
		.unit = in->unit.v,
		.name = p.total.name,
		.unit_of_measure = in->unit_of_measure,
		.by_person = q.by_person};
	if ((e = add_units(rq->tx, &p, &out)) ||
		(in->unit.v && (e = add_items(rq->tx, tree, &q, &out))))
		return e;
	return reply(rq, 200, &out);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/monitor/performance/facts",
		.permission = P_BOARD_UNIT,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &facts_shape,
		.handler = get_facts,
		.object = find_unit_asked,
		.summary =
			"The facts behind a figure of the board: by the units below; at the unit "
			"itself by person along one's own line, else by day.",
		.example_path = "/api/v1/monitor/performance/facts?unit={unit:own}&of=waiting",
	},
};

const struct slice monitor_facts_slice = {
	.name = "monitor_facts",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = monitor_facts_stmts,
	.stmt_count = COUNT_OF(monitor_facts_stmts),
};
