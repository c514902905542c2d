/*
 * Work patterns over HTTP: the tables of hours, entering and ending one, and who follows which.
 *
 * Perpres 21/2023 art. 3, 4, 7. A pattern belongs to the whole government; giving it to a unit or a
 * person is a row of its own with an effective day. Who enters one vouches for it by name. Nobody
 * gives himself a pattern.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_MAX        (REGIME_COUNT * CYCLE_DAYS_MAX)
#define ASSIGNMENTS_MAX 200

struct pattern_day_view {
	int32_t regime, cycle_day, starts, ends, break_starts, break_ends, asked_minutes;
};

static const struct field pattern_day_fields[] = {
	F_ENUM(struct pattern_day_view, regime, regime_names, 0, "Normal, or Ramadan."),
	F_INT(struct pattern_day_view, cycle_day, 0, CYCLE_DAYS_MAX - 1, 0,
		"Day of the cycle; 0 is its first day, a Monday in a weekly pattern."),
	F_MINUTE(struct pattern_day_view, starts, 0, "Work begins."),
	F_MINUTE(struct pattern_day_view, ends, 0, "Work ends; past 24:00 on the next day."),
	F_MINUTE(struct pattern_day_view, break_starts, OPTIONAL, "Rest begins."),
	F_MINUTE(struct pattern_day_view, break_ends, OPTIONAL, "Rest ends."),
	F_INT(struct pattern_day_view, asked_minutes, 1, 1440, OPTIONAL,
		"Dynamic hours: so many minutes are owed at any time between start and end."),
	F_END,
};
static const struct shape pattern_day_shape = SHAPE(
	"PatternDay", struct pattern_day_view, pattern_day_fields);

struct pattern_view {
	int64_t id;
	const char *code, *name, *legal_basis, *verified_by;
	int32_t cycle_days, anchor_day, valid_from, valid_to;
	bool works_holidays;
	struct pattern_day_view *days;
	int days_count;
};

#define PATTERN_FIELDS                                                                             \
	F_TEXT(struct pattern_view, code, 1, 40, 0, "Short code, for example 5HARI."),             \
		F_TEXT(struct pattern_view, name, 1, 200, 0, "Its name."),                         \
		F_INT(struct pattern_view, cycle_days, 1, CYCLE_DAYS_MAX, 0,                       \
			"Length of its cycle; 7 is a week."),                                      \
		F_BOOL(struct pattern_view, works_holidays, 0,                                     \
			"Whether it goes on through holidays."),                                   \
		F_DAY(struct pattern_view, valid_from, 0, "First day it holds."),                  \
		F_LIST(struct pattern_view, days, days_count, &pattern_day_shape, 0, DAYS_MAX, 0,  \
			"Its working days; a day not named is free.")

static const struct field pattern_fields[] = {
	F_ID(struct pattern_view, id, 0, "The pattern."),
	PATTERN_FIELDS,
	F_TEXT(struct pattern_view, legal_basis, 0, 400, 0, "The article it rests on."),
	F_TEXT(struct pattern_view, verified_by, 0, 200, 0,
		"Who checked it; empty for an example."),
	F_DAY(struct pattern_view, anchor_day, 0, "First day of a cycle."),
	F_DAY(struct pattern_view, valid_to, OPTIONAL, "Last day it holds, if known."),
	F_END,
};
static const struct shape pattern_shape = SHAPE("Pattern", struct pattern_view, pattern_fields);

static const struct field pattern_input_fields[] = {
	PATTERN_FIELDS,
	F_TEXT(struct pattern_view, legal_basis, 1, 400, 0, "The article it rests on."),
	F_DAY(struct pattern_view, anchor_day, OPTIONAL,
		"First day of a cycle; a Monday when absent."),
	F_DAY(struct pattern_view, valid_to, OPTIONAL, "Last day it holds, if known."),
	F_END,
};
const struct shape calendar_pattern_input_shape = SHAPE(
	"PatternInput", struct pattern_view, pattern_input_fields);

struct patterns_view {
	struct pattern_view *items;
	int items_count;
};

static const struct field patterns_fields[] = {
	F_LIST(struct patterns_view, items, items_count, &pattern_shape, 0, 1000, 0,
		"In order of age."),
	F_END,
};
const struct shape calendar_patterns_shape = SHAPE(
	"Patterns", struct patterns_view, patterns_fields);

static void view_pattern_days(struct arena *a, const struct pattern *p, struct pattern_view *ret)
{
	ret->days = ARENA_ARRAY(a, (size_t)p->cycle_days * REGIME_COUNT, struct pattern_day_view);
	for (int regime = 0; regime < REGIME_COUNT; regime++) {
		for (int i = 0; p->shift[regime] && i < p->cycle_days; i++) {
			const struct shift *s = &p->shift[regime][i];
			if (s->starts == MINUTE_OFF)
				continue;
			ret->days[ret->days_count++] = (struct pattern_day_view){regime, i,
				s->starts, s->ends, s->break_starts, s->break_ends,
				s->asked_minutes ? s->asked_minutes : INT_NONE};
		}
	}
}

static struct pattern_view view_pattern(struct arena *a, const struct pattern *p)
{
	struct pattern_view view = {
		.id = p->id.v,
		.code = p->code,
		.name = p->name,
		.legal_basis = p->legal_basis,
		.verified_by = p->verified_by,
		.cycle_days = p->cycle_days,
		.anchor_day = p->anchor_day,
		.valid_from = p->held.valid_from,
		.valid_to = calendar_shown_end(p->held.valid_to),
		.works_holidays = p->works_holidays,
	};
	view_pattern_days(a, p, &view);
	return view;
}

enum err calendar_get_patterns(struct req *rq)
{
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	if (e)
		return e;
	struct patterns_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)c->patterns, struct pattern_view)};
	for (int i = 0; i < c->patterns; i++)
		out.items[out.items_count++] = view_pattern(rq->tx->arena, &c->pattern[i]);
	return reply(rq, 200, &out);
}

/* ---- entering one ---- */

static struct pattern_day_row *read_days(struct arena *a, const struct pattern_view *in)
{
	struct pattern_day_row *day = ARENA_ARRAY(
		a, (size_t)in->days_count, struct pattern_day_row);
	for (int i = 0; i < in->days_count; i++) {
		const struct pattern_day_view *d = &in->days[i];
		day[i] = (struct pattern_day_row){(enum regime)d->regime, d->cycle_day,
			{d->starts, d->ends, d->break_starts, d->break_ends,
				.asked_minutes = d->asked_minutes == INT_NONE ? 0
									      : d->asked_minutes}};
	}
	return day;
}

static bool is_code_taken(const struct calendar *c, const struct pattern_row *row)
{
	for (int i = 0; i < c->patterns; i++) {
		const struct pattern *p = &c->pattern[i];
		if (strcmp(p->code, row->code) == 0 && p->held.valid_from <= row->valid_to &&
			p->held.valid_to >= row->valid_from)
			return true;
	}
	return false;
}

static enum err check_pattern(
	struct req *rq, const struct pattern_row *row, const struct pattern_day_row *day, int days)
{
	const struct calendar *c;
	const char *reason;
	int index;
	enum err e = calendar_check_days(
		rq, row->valid_from, "/valid_from", calendar_shown_end(row->valid_to), "/valid_to");
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	if (is_code_taken(c, row))
		return refuse(rq, E_CONFLICT, "/code", "another pattern has this code");
	if (row->cycle_days == 7 && day_weekday(row->anchor_day) != MONDAY)
		return refuse(rq, E_BAD_FIELD, "/anchor_day", "a week begins on a Monday");
	const char *field = calendar_check_pattern(row, day, days, &index, &reason);
	if (!field)
		return OK;
	return refuse(rq, E_BAD_FIELD,
		index < 0 ? "/days" : arena_printf(rq->tx->arena, "/days/%d/%s", index, field),
		reason);
}

enum err calendar_post_pattern(struct req *rq)
{
	const struct pattern_view *in = rq->input;
	struct pattern_day_row *day = read_days(rq->tx->arena, in);
	struct pattern_row row = {.code = in->code,
		.name = in->name,
		.legal_basis = in->legal_basis,
		.cycle_days = in->cycle_days,
		.anchor_day = in->anchor_day == DAY_NONE ? day_from_civil(2024, 1, 1)
							 : in->anchor_day,
		.works_holidays = in->works_holidays,
		.valid_from = in->valid_from,
		.valid_to = calendar_open_end(in->valid_to)};
	struct pattern_id id;
	enum err e = check_pattern(rq, &row, day, in->days_count);
	if (e || (e = calendar_load_voucher(rq, &row.verified_by)) ||
		(e = calendar_add_pattern(rq->tx, &row, day, in->days_count, &id)))
		return e;
	return reply(rq, 200, &(struct calendar_key){id.v});
}

/* ---- ending one ---- */

struct end_input {
	int64_t id;
	int32_t last_day;
};
#define END_FIELDS                                                                                 \
	F_DAY(struct end_input, last_day, 0, "Last day it holds; before its first: taken back.")

static const struct field pattern_end_fields[] = {
	{"pattern", FIELD_ID, FROM_PATH, 0, offsetof(struct end_input, id), 0, 0, 0, NULL, NULL,
		"The pattern."},
	END_FIELDS,
	F_END,
};
const struct shape calendar_pattern_end_shape = SHAPE(
	"PatternEnd", struct end_input, pattern_end_fields);

static bool is_followed(const struct calendar *c, struct pattern_id id, int32_t last_day)
{
	for (int i = 0; i < c->assignments; i++) {
		const struct unit_assignment *a = &c->assignment[i];
		if (a->pattern.v == id.v && calendar_holds_ever(&a->held) &&
			a->held.valid_to > last_day)
			return true;
	}
	return false;
}

enum err calendar_post_pattern_end(struct req *rq)
{
	const struct end_input *in = rq->input;
	const struct calendar *c;
	int64_t rows = 0;
	enum err e = calendar_check_days(rq, in->last_day, "/last_day", DAY_NONE, "");
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	const struct pattern *p = calendar_find_pattern(c, (struct pattern_id){in->id});
	if (!p)
		return E_NOT_FOUND;
	if (is_followed(c, p->id, in->last_day))
		return refuse(rq, E_CONFLICT, "/last_day",
			"units follow it after that day: end their assignment first");
	e = calendar_end_row(rq->tx, TABLE_PATTERN, in->id, in->last_day, &rows);
	if (!e && !rows)
		return refuse(rq, E_CONFLICT, "/last_day", "it has ended before that day");
	if (!e)
		calendar_mark(rq->tx, (struct unit_id){0}, in->last_day + 1, p->held.valid_to);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- who follows which ---- */

struct assignment_view {
	int64_t id;
	struct employee_id employee;
	const char *employee_name;
	struct unit_id unit;
	const char *unit_name;
	int64_t pattern;
	const char *pattern_name;
	int32_t cycle_offset, valid_from, valid_to;
};

static const struct field assignment_fields[] = {
	F_ID(struct assignment_view, id, 0, "The assignment."),
	F_ID(struct assignment_view, employee, OPTIONAL, "The person it is for; none: a unit."),
	F_TEXT(struct assignment_view, employee_name, 1, 300, OPTIONAL, "Name with titles."),
	F_ID(struct assignment_view, unit, OPTIONAL, "The unit; none with no person: everyone."),
	F_TEXT(struct assignment_view, unit_name, 1, 200, OPTIONAL, "Its name."),
	F_ID(struct assignment_view, pattern, 0, "The pattern."),
	F_TEXT(struct assignment_view, pattern_name, 0, 200, 0, "Its name."),
	F_INT(struct assignment_view, cycle_offset, 0, CYCLE_DAYS_MAX, 0,
		"The cycle starts that many days later."),
	F_DAY(struct assignment_view, valid_from, 0, "First day."),
	F_DAY(struct assignment_view, valid_to, OPTIONAL, "Last day, if known."),
	F_END,
};
static const struct shape assignment_shape = SHAPE(
	"PatternAssignment", struct assignment_view, assignment_fields);

struct assignments_view {
	struct assignment_view *items;
	int items_count;
	int64_t next;
};

static const struct field assignments_fields[] = {
	F_LIST(struct assignments_view, items, items_count, &assignment_shape, 0, ASSIGNMENTS_MAX,
		0, "Those that hold today or later."),
	F_ID(struct assignments_view, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape calendar_assignments_shape = SHAPE(
	"PatternAssignments", struct assignments_view, assignments_fields);

struct assignments_query {
	struct unit_id unit;
	int64_t cursor;
};

static const struct field assignments_query_fields[] = {
	Q_ID(struct assignments_query, unit, OPTIONAL, "Only this unit and those below it."),
	Q_ID(struct assignments_query, cursor, OPTIONAL, "Those after this one."),
	F_END,
};
const struct shape calendar_assignments_query_shape = SHAPE(
	"PatternAssignmentsQuery", struct assignments_query, assignments_query_fields);
static const struct field people_query_fields[] = {
	Q_ID(struct assignments_query, unit, 0, "This unit and those below it."),
	Q_ID(struct assignments_query, cursor, OPTIONAL, "Those after this one."),
	F_END,
};
const struct shape calendar_people_assignments_query_shape = SHAPE(
	"PeoplePatternsQuery", struct assignments_query, people_query_fields);

static const char *pattern_name(const struct calendar *c, struct pattern_id id)
{
	const struct pattern *p = calendar_find_pattern(c, id);
	return p ? p->name : "";
}

static bool is_listed(const struct org_tree *tree, const struct assignments_query *in,
	const struct unit_assignment *a, int32_t today)
{
	return a->id > in->cursor && a->held.valid_to >= today && calendar_holds_ever(&a->held) &&
	       (!in->unit.v || org_is_below(tree, a->unit, in->unit));
}

static int compare_ids(const void *a, const void *b)
{
	const struct assignment_view *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static void show_unit_assignments(struct req *rq, const struct calendar *c,
	const struct org_tree *tree, struct assignments_view *out)
{
	const struct assignments_query *in = rq->input;
	struct assignment_view *all = ARENA_ARRAY(
		rq->tx->arena, (size_t)c->assignments, struct assignment_view);
	int n = 0;
	for (int i = 0; i < c->assignments; i++) {
		const struct unit_assignment *a = &c->assignment[i];
		if (is_listed(tree, in, a, req_today(rq)))
			all[n++] = (struct assignment_view){.id = a->id,
				.unit = a->unit,
				.unit_name = calendar_unit_name(tree, a->unit),
				.pattern = a->pattern.v,
				.pattern_name = pattern_name(c, a->pattern),
				.cycle_offset = a->cycle_offset,
				.valid_from = a->held.valid_from,
				.valid_to = calendar_shown_end(a->held.valid_to)};
	}
	qsort(all, (size_t)n, sizeof(*all), compare_ids);
	out->items = all;
	out->items_count = n < ASSIGNMENTS_MAX ? n : ASSIGNMENTS_MAX;
	out->next = n > ASSIGNMENTS_MAX ? all[ASSIGNMENTS_MAX - 1].id : 0;
}

enum err calendar_get_assignments(struct req *rq)
{
	const struct org_tree *tree;
	const struct calendar *c;
	struct assignments_view out = {0};
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	show_unit_assignments(rq, c, tree, &out);
	return reply(rq, 200, &out);
}

enum err calendar_find_people_assignments(struct req *rq, struct object *ret_object)
{
	const struct assignments_query *in = rq->input;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);
	ret_object->unit = in->unit;
	return e ? e : org_find_unit(tree, in->unit) ? OK : E_NOT_FOUND;
}

enum err calendar_get_people_assignments(struct req *rq)
{
	const struct assignments_query *in = rq->input;
	struct assignment_row *row = ARENA_ARRAY(
		rq->tx->arena, ASSIGNMENTS_MAX, struct assignment_row);
	struct assignments_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, ASSIGNMENTS_MAX, struct assignment_view)};
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)) ||
		(e = calendar_list_people_assignments(rq->tx, org_find_unit(tree, in->unit)->path,
			 req_today(rq), in->cursor, row, ASSIGNMENTS_MAX, &out.items_count)))
		return e;
	for (int i = 0; i < out.items_count; i++)
		out.items[i] = (struct assignment_view){row[i].id, row[i].employee, row[i].name,
			row[i].unit, calendar_unit_name(tree, row[i].unit), row[i].pattern.v,
			pattern_name(c, row[i].pattern), row[i].cycle_offset, row[i].valid_from,
			calendar_shown_end(row[i].valid_to)};
	if (out.items_count == ASSIGNMENTS_MAX)
		out.next = row[ASSIGNMENTS_MAX - 1].id;
	return reply(rq, 200, &out);
}

/* ---- giving a pattern ---- */

struct assignment_input {
	int64_t pattern;
	struct employee_id employee;
	struct unit_id unit;
	int32_t cycle_offset, valid_from, valid_to;
};

static const struct field assignment_input_fields[] = {
	F_ID(struct assignment_input, pattern, 0, "The pattern."),
	F_ID(struct assignment_input, employee, OPTIONAL, "The person; else a unit."),
	F_ID(struct assignment_input, unit, OPTIONAL,
		"The unit and those below it that have none of their own."),
	F_INT(struct assignment_input, cycle_offset, 0, CYCLE_DAYS_MAX - 1, OPTIONAL,
		"The cycle starts that many days later."),
	F_DAY(struct assignment_input, valid_from, 0, "First day."),
	F_DAY(struct assignment_input, valid_to, OPTIONAL, "Last day, if known."),
	F_END,
};
const struct shape calendar_assignment_input_shape = SHAPE(
	"PatternAssignmentInput", struct assignment_input, assignment_input_fields);

enum err calendar_find_assigned(struct req *rq, struct object *ret_object)
{
	const struct assignment_input *in = rq->input;
	ret_object->employee = in->employee;
	ret_object->unit = in->unit;
	return OK;
}

static enum err check_assignment(struct req *rq, const struct assignment_input *in)
{
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = calendar_check_days(
		rq, in->valid_from, "/valid_from", in->valid_to, "/valid_to");
	if (e || (e = org_load_tree(rq->tx, &tree)) ||
		(e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	const struct pattern *p = calendar_find_pattern(c, (struct pattern_id){in->pattern});
	if (!p)
		return refuse(rq, E_BAD_FIELD, "/pattern", "unknown");
	if (in->valid_from < p->held.valid_from || in->valid_from > p->held.valid_to)
		return refuse(
			rq, E_REFUSED, "/valid_from", "the pattern does not hold on that day");
	if (in->unit.v && !org_find_unit(tree, in->unit))
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if (in->unit.v && in->employee.v)
		return refuse(rq, E_BAD_FIELD, "/employee", "either a person or a unit");
	if (in->employee.v && in->employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/employee", "nobody sets his own hours");
	return OK;
}

enum err calendar_post_assignment(struct req *rq)
{
	const struct assignment_input *in = rq->input;
	int offset = in->cycle_offset == INT_NONE ? 0 : in->cycle_offset;
	struct calendar_key key;
	enum err e = check_assignment(rq, in);
	if (e || (e = calendar_assign_row(rq->tx,
			  &(struct assignment_row){.employee = in->employee,
				  .unit = in->unit,
				  .pattern = {in->pattern},
				  .cycle_offset = offset,
				  .valid_from = in->valid_from,
				  .valid_to = calendar_open_end(in->valid_to)},
			  &key.id)))
		return e;
	return reply(rq, 200, &key);
}

static const struct field assignment_end_fields[] = {
	{"assignment", FIELD_ID, FROM_PATH, 0, offsetof(struct end_input, id), 0, 0, 0, NULL, NULL,
		"The assignment."},
	END_FIELDS,
	F_END,
};
const struct shape calendar_assignment_end_shape = SHAPE(
	"PatternAssignmentEnd", struct end_input, assignment_end_fields);

enum err calendar_find_assignment(struct req *rq, struct object *ret_object)
{
	const struct end_input *in = rq->input;
	struct assignment_row row;
	enum err e = calendar_load_assignment(rq->tx, in->id, &row);
	if (e)
		return e;
	ret_object->employee = row.employee;
	ret_object->unit = row.unit;
	return OK;
}

enum err calendar_post_assignment_end(struct req *rq)
{
	const struct end_input *in = rq->input;
	struct assignment_row row;
	enum err e = calendar_check_days(rq, in->last_day, "/last_day", DAY_NONE, "");
	if (e || (e = calendar_load_assignment(rq->tx, in->id, &row)))
		return e;
	if (row.employee.v && row.employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/assignment", "nobody sets his own hours");
	if (in->last_day >= row.valid_to)
		return refuse(rq, E_CONFLICT, "/last_day", "it has ended before that day");
	e = calendar_end_assignment(rq->tx, &row, in->last_day);
	return e ? e : reply(rq, 204, NULL);
}
