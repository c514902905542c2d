/*
 * Cases of late decrees over HTTP: the list of an officer, one case with its days, the decision.
 *
 * A day is accepted (it follows the decree) or kept (it stays as decided), each with a reason and
 * once. Who decides is the officer of the agency the day was decided in, or the personnel board;
 * nobody decides about his own days.
 */
#include "org/org_case_int.h"
#include "org/org_routes.h"

#include <stdlib.h>

#define CASES_MAX 100

/* ---- shapes ---- */

struct cases_query {
	int32_t state;
	int64_t cursor;
};

struct cases {
	struct org_case_item *items;
	int count;
	int64_t next;
};

struct case_path {
	int64_t case_id;
};

struct case_day {
	int32_t day, state, was_level, new_level;
	const char **grounds;
	int ground_count;
	const char *was_unit, *was_position, *was_superior;
	const char *new_unit, *new_position, *new_superior;
	const char *reason, *decided_by;
	int64_t decided_at;
};

struct case_detail {
	struct org_case_item item;
	struct case_day *days;
	int day_count;
	bool may_decide;
};

struct case_decision {
	int64_t case_id;
	int32_t decision;
	const char **days;
	int day_count;
	const char *reason;
};

enum { DECIDE_ACCEPT, DECIDE_KEEP };
static const char *const decision_names[] = {"accept", "keep", NULL};
enum { LIST_OPEN, LIST_ALL };
static const char *const list_names[] = {"open", "all", NULL};

static const struct field cases_query_fields[] = {
	Q_ENUM(struct cases_query, state, list_names, OPTIONAL,
		"Only what waits for a decision, which is what comes when absent, or all."),
	Q_ID(struct cases_query, cursor, OPTIONAL, "next of the page before."),
	F_END,
};
const struct shape org_cases_query_shape = SHAPE(
	"CasesQuery", struct cases_query, cases_query_fields);

/* clang-format off */
#define CASE_FIELD(at, f, type, flg, lo, hi, names, doc) \
	{#f, type, FROM_BODY, flg, (at) + offsetof(struct org_case_item, f), 0, lo, hi, names, NULL, doc}
#define CASE_FIELDS(at) \
	CASE_FIELD(at, case_id, FIELD_ID, 0, 0, 0, NULL, "The case."), \
	CASE_FIELD(at, employee, FIELD_ID, 0, 0, 0, NULL, "Whose days."), \
	CASE_FIELD(at, full_name, FIELD_TEXT, 0, 1, 240, NULL, "His name with titles."), \
	CASE_FIELD(at, unit_name, FIELD_TEXT, 0, 0, 200, NULL, "His unit on the first of the days, as it stands."), \
	CASE_FIELD(at, kind, FIELD_ENUM, 0, 0, 0, case_kind_names, "What the decree changes."), \
	CASE_FIELD(at, decree, FIELD_TEXT, 0, 0, 100, NULL, "Its number; empty: an import without one."), \
	CASE_FIELD(at, effective, FIELD_DAY, 0, 0, 0, NULL, "Its first day (TMT)."), \
	CASE_FIELD(at, days, FIELD_INT, 0, 0, INT32_MAX, NULL, "Days that were decided about."), \
	CASE_FIELD(at, open_days, FIELD_INT, 0, 0, INT32_MAX, NULL, "Of these, waiting for a decision."), \
	CASE_FIELD(at, opened_by, FIELD_TEXT, 0, 0, 240, NULL, "Who entered or imported the decree."), \
	CASE_FIELD(at, opened_at, FIELD_INSTANT, 0, 0, 0, NULL, "When.")
/* clang-format on */

static const struct field case_item_fields[] = {
	CASE_FIELDS(0),
	F_END,
};
const struct shape org_case_item_shape = SHAPE(
	"LateDecree", struct org_case_item, case_item_fields);

static const struct field cases_fields[] = {
	F_LIST(struct cases, items, count, &org_case_item_shape, 0, CASES_MAX, 0, "Newest first."),
	F_ID(struct cases, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape org_cases_shape = SHAPE("LateDecrees", struct cases, cases_fields);

static const struct field case_path_fields[] = {
	{"case", FIELD_ID, FROM_PATH, 0, offsetof(struct case_path, case_id), 0, 0, 0, NULL, NULL,
		"The case."},
	F_END,
};
const struct shape org_case_path_shape = SHAPE("CasePath", struct case_path, case_path_fields);

static const struct field case_day_fields[] = {
	F_DAY(struct case_day, day, 0, "The day."),
	F_ENUM(struct case_day, state, case_state_names, 0, "Waiting, accepted or kept."),
	F_TEXTS(struct case_day, grounds, ground_count, 0, DECIDED_GROUNDS, 0,
		"What was decided about it: report, correction, paper, closed."),
	F_TEXT(struct case_day, was_unit, 0, 200, 0, "Unit as decided; empty: not concerned."),
	F_TEXT(struct case_day, was_position, 0, 120, 0, "Position as decided."),
	F_ENUM(struct case_day, was_level, position_level_names, 0, "Its level."),
	F_TEXT(struct case_day, was_superior, 0, 240, 0, "Supervisor as decided, with titles."),
	F_TEXT(struct case_day, new_unit, 0, 200, 0, "Unit by the decree."),
	F_TEXT(struct case_day, new_position, 0, 120, 0, "Position by the decree."),
	F_ENUM(struct case_day, new_level, position_level_names, 0, "Its level."),
	F_TEXT(struct case_day, new_superior, 0, 240, 0, "Supervisor by the decree."),
	F_TEXT(struct case_day, reason, 0, 500, 0, "Why it was decided so."),
	F_TEXT(struct case_day, decided_by, 0, 240, 0, "Who decided."),
	F_INSTANT(struct case_day, decided_at, OPTIONAL, "When."),
	F_END,
};
static const struct shape case_day_shape = SHAPE("CaseDay", struct case_day, case_day_fields);

static const struct field case_detail_fields[] = {
	CASE_FIELDS(offsetof(struct case_detail, item)),
	{"lines", FIELD_LIST, FROM_BODY, 0, offsetof(struct case_detail, days),
		offsetof(struct case_detail, day_count), 0, CASE_DAYS_MAX, NULL, &case_day_shape,
		"Day by day."},
	F_BOOL(struct case_detail, may_decide, 0, "The one who asks may decide."),
	F_END,
};
const struct shape org_case_shape = SHAPE("LateDecreeCase", struct case_detail, case_detail_fields);

static const struct field case_decision_fields[] = {
	{"case", FIELD_ID, FROM_PATH, 0, offsetof(struct case_decision, case_id), 0, 0, 0, NULL,
		NULL, "The case."},
	F_ENUM(struct case_decision, decision, decision_names, 0,
		"Accept: the days follow the decree; keep: they stay as decided."),
	F_TEXTS(struct case_decision, days, day_count, 0, CASE_DAYS_MAX, OPTIONAL,
		"Which days, as 2025-11-13; absent: all that wait."),
	F_TEXT(struct case_decision, reason, 10, 500, 0, "Why."),
	F_END,
};
const struct shape org_case_decision_shape = SHAPE(
	"CaseDecision", struct case_decision, case_decision_fields);

struct org_case_item org_make_case_item(const struct org_tree *tree, const struct org_case_row *row)
{
	return (struct org_case_item){.case_id = row->case_id,
		.employee = row->employee,
		.full_name = row->full_name,
		.unit_name = org_unit_name(tree, row->unit),
		.kind = row->kind,
		.decree = row->decree,
		.effective = row->effective,
		.days = row->days,
		.open_days = row->open_days,
		.opened_by = row->opened_by_name,
		.opened_at = row->opened_at};
}

/* ---- objects ---- */

/* The employee, and the unit the first day was decided in, whose officer decides now. */
static enum err find_case(struct req *rq, int64_t case_id, struct object *ret_object)
{
	struct org_case_row row;
	enum err e = org_load_case(rq->tx, case_id, &row);

	ret_object->employee = row.employee;
	ret_object->unit = row.unit;
	ret_object->day = row.first_day;
	return e;
}

enum err org_find_case(struct req *rq, struct object *ret_object)
{
	const struct case_path *in = rq->input;

	return find_case(rq, in->case_id, ret_object);
}

enum err org_find_decided_case(struct req *rq, struct object *ret_object)
{
	const struct case_decision *in = rq->input;

	return find_case(rq, in->case_id, ret_object);
}

/* ---- reading ---- */

static int compare_newest(const void *a, const void *b)
{
	const struct org_case_row *x = a, *y = b;

	return (x->case_id < y->case_id) - (x->case_id > y->case_id);
}

/* Of every scope the newest, then the newest of all. */
static enum err list_in_scopes(
	struct req *rq, const struct cases_query *in, struct org_case_row *row, int *ret_count)
{
	struct org_scopes scopes;
	int n = 0, found;
	enum err e = org_load_scopes(rq, P_CASE_DECIDE, &scopes);

	for (int i = 0; !e && i < scopes.paths; i++) {
		e = org_list_cases(rq->tx, scopes.path[i], in->state != LIST_ALL, in->cursor,
			row + n, CASES_MAX, &found);
		n += e ? 0 : found;
		qsort(row, (size_t)n, sizeof(*row), compare_newest);
		n = n < CASES_MAX ? n : CASES_MAX;
	}
	*ret_count = n;
	return e;
}

enum err org_get_cases(struct req *rq)
{
	const struct cases_query *in = rq->input;
	struct org_case_row *row = ARENA_ARRAY(rq->tx->arena, 2 * CASES_MAX, struct org_case_row);
	struct cases out = {.items = ARENA_ARRAY(rq->tx->arena, CASES_MAX, struct org_case_item)};
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = list_in_scopes(rq, in, row, &out.count)))
		return e;
	for (int i = 0; i < out.count; i++)
		out.items[i] = org_make_case_item(tree, &row[i]);
	if (out.count == CASES_MAX)
		out.next = row[CASES_MAX - 1].case_id;
	return reply(rq, 200, &out);
}

const char **org_name_grounds(struct arena *arena, int grounds, int *ret_count)
{
	const char **name = ARENA_ARRAY(arena, DECIDED_GROUNDS, const char *);

	*ret_count = 0;
	for (int bit = 0; bit < DECIDED_GROUNDS; bit++)
		if (grounds & 1 << bit)
			name[(*ret_count)++] = decided_ground_names[bit];
	return name;
}

static struct case_day show_day(
	struct arena *arena, const struct org_tree *tree, const struct org_case_day *d)
{
	struct case_day day = {.day = d->day,
		.state = d->state,
		.was_level = d->was_level,
		.new_level = d->new_level,
		.was_unit = org_unit_name(tree, d->was_unit),
		.was_position = d->was_position,
		.was_superior = d->was_superior_name,
		.new_unit = org_unit_name(tree, d->new_unit),
		.new_position = d->new_position,
		.new_superior = d->new_superior_name,
		.reason = d->reason,
		.decided_by = d->decided_by_name,
		.decided_at = d->decided_at ? d->decided_at : INT64_MIN};

	day.grounds = org_name_grounds(arena, d->grounds, &day.ground_count);
	return day;
}

enum err org_get_case(struct req *rq)
{
	const struct case_path *in = rq->input;
	struct org_case_day *day = ARENA_ARRAY(rq->tx->arena, CASE_DAYS_MAX, struct org_case_day);
	struct case_detail out = {
		.days = ARENA_ARRAY(rq->tx->arena, CASE_DAYS_MAX, struct case_day)};
	const struct org_tree *tree;
	struct org_case_row row;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = org_load_case(rq->tx, in->case_id, &row)) ||
		(e = org_list_case_days(rq->tx, in->case_id, day, CASE_DAYS_MAX, &out.day_count)))
		return e;
	out.item = org_make_case_item(tree, &row);
	for (int i = 0; i < out.day_count; i++)
		out.days[i] = show_day(rq->tx->arena, tree, &day[i]);
	out.may_decide = row.open_days > 0;
	return reply(rq, 200, &out);
}

/* ---- deciding ---- */

static const struct org_case_day *find_day(const struct org_case_day *day, int days, int32_t wanted)
{
	for (int i = 0; i < days; i++)
		if (day[i].day == wanted)
			return &day[i];
	return NULL;
}

/* The days asked for, each of the case and open. */
static enum err choose_days(struct req *rq, const struct case_decision *in,
	const struct org_case_day *day, int days, int32_t *ret_day, int *ret_count)
{
	int n = 0;

	for (int i = 0; !in->days && i < days; i++)
		if (day[i].state == CASE_OPEN)
			ret_day[n++] = day[i].day;
	for (int i = 0; in->days && i < in->day_count; i++) {
		const struct org_case_day *d;
		int32_t wanted;

		if (!day_parse(in->days[i], &wanted) || !(d = find_day(day, days, wanted)))
			return refuse(rq, E_BAD_FIELD, "/days", "not a day of this case");
		if (d->state != CASE_OPEN)
			return refuse(
				rq, E_CONFLICT, "/days", "one of the days is decided already");
		ret_day[n++] = wanted;
	}
	*ret_count = n;
	return n ? OK : refuse(rq, E_CONFLICT, "/days", "nothing of this case waits");
}

enum err org_post_case_decision(struct req *rq)
{
	const struct case_decision *in = rq->input;
	struct org_case_day *day = ARENA_ARRAY(rq->tx->arena, CASE_DAYS_MAX, struct org_case_day);
	int32_t *chosen = ARENA_ARRAY(rq->tx->arena, CASE_DAYS_MAX, int32_t);
	struct org_case_row row;
	int days, count;
	enum err e = org_load_case(rq->tx, in->case_id, &row);

	if (e || (e = org_list_case_days(rq->tx, in->case_id, day, CASE_DAYS_MAX, &days)) ||
		(e = choose_days(rq, in, day, days, chosen, &count)))
		return e;
	e = org_decide_case_days(rq->tx, &row, chosen, count,
		in->decision == DECIDE_ACCEPT ? CASE_ACCEPTED : CASE_KEPT, in->reason,
		rq->actor.employee);
	return e ? e : reply(rq, 204, NULL);
}
