/*
 * Reading notices: one's own, those of the people one answers for, those of the units of an office,
 * and one with its thread; and the balances that SIMPEG told.
 *
 * Lists are cut by the same rule as single requests, newest first, paged by cursor.
 */
#include "org/org_notice_routes.h"

#include <stdlib.h>

/* ---- one ---- */

struct notice_path {
	int64_t notice;
};

static const struct field path_fields[] = {
	PATH_ID(struct notice_path, notice, "The notice."),
	F_END,
};
const struct shape org_notice_path_shape = SHAPE("NoticePath", struct notice_path, path_fields);

struct notice_event_item {
	int32_t kind;
	int64_t at;
	const char *actor_name, *note;
};

static const struct field event_fields[] = {
	F_ENUM(struct notice_event_item, kind, notice_event_names, 0, "What happened."),
	F_INSTANT(struct notice_event_item, at, 0, "When."),
	F_TEXT(struct notice_event_item, actor_name, 1, 240, OPTIONAL,
		"Who; absent: the program, by the calendar."),
	F_TEXT(struct notice_event_item, note, 0, 500, OPTIONAL, "With which words."),
	F_END,
};
static const struct shape event_shape = SHAPE(
	"NoticeEvent", struct notice_event_item, event_fields);

struct notice_detail {
	struct notice_item notice;
	const char *kind_name, *legal_basis;
	bool is_verified;
	struct notice_event_item *thread;
	int events;
};

static const struct field detail_fields[] = {
	F_OBJECT(struct notice_detail, notice, &org_notice_item_shape, 0, "The notice."),
	F_TEXT(struct notice_detail, kind_name, 1, 120, OPTIONAL,
		"What the rule calls it; absent when masked."),
	F_TEXT(struct notice_detail, legal_basis, 0, 200, OPTIONAL, "What the rule rests on."),
	F_BOOL(struct notice_detail, is_verified, 0, "Somebody read it; else an example, not law."),
	F_LIST(struct notice_detail, thread, events, &event_shape, 0, NOTICE_EVENTS_MAX, 0,
		"What happened, in order."),
	F_END,
};
const struct shape org_notice_detail_shape = SHAPE(
	"NoticeDetail", struct notice_detail, detail_fields);

static enum err load_thread(struct req *rq, int64_t notice, struct notice_detail *d)
{
	struct org_notice_event_line *line = ARENA_ARRAY(
		rq->tx->arena, NOTICE_EVENTS_MAX, struct org_notice_event_line);
	enum err e = org_list_notice_events(rq->tx, notice, line, NOTICE_EVENTS_MAX, &d->events);

	d->thread = ARENA_ARRAY(rq->tx->arena, NOTICE_EVENTS_MAX, struct notice_event_item);
	for (int i = 0; !e && i < d->events; i++)
		d->thread[i] = (struct notice_event_item){line[i].kind, line[i].at,
			line[i].actor_name, d->notice.masked ? NULL : line[i].note};
	return e;
}

enum err org_get_notice(struct req *rq)
{
	const struct notice_path *in = rq->input;
	struct notice_detail *d = ARENA_NEW(rq->tx->arena, struct notice_detail);
	struct org_notice_line line;
	struct notice_reader reader;
	struct org_kind row;
	enum err e = org_load_notice_line(rq->tx, in->notice, rq->actor.employee, &line);

	if (e || (e = org_load_notice_reader(rq, &reader)) ||
		(e = org_load_kind(rq->tx, line.notice.kind_id, &row)))
		return e;
	d->notice = org_make_notice_item(rq->tx->arena, &reader, &line);
	d->kind_name = d->notice.masked ? NULL : row.name;
	d->legal_basis = d->notice.masked ? NULL : row.legal_basis;
	d->is_verified = *row.verified_by != '\0';
	e = load_thread(rq, in->notice, d);
	return e ? e : reply(rq, 200, d);
}

/* ---- one's own ---- */

struct own_query {
	int64_t cursor;
};

static const struct field own_fields[] = {
	Q_ID(struct own_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape org_own_notices_query_shape = SHAPE(
	"OwnNoticesQuery", struct own_query, own_fields);

static struct org_notice_line *new_lines(struct req *rq, int count)
{
	return ARENA_ARRAY(rq->tx->arena, (size_t)count, struct org_notice_line);
}

enum err org_get_own_notices(struct req *rq)
{
	const struct own_query *in = rq->input;
	struct org_notice_line *line = new_lines(rq, NOTICES_PAGE + 1);
	int count;
	enum err e = org_list_notices(
		rq->tx, rq->actor.employee, in->cursor, line, NOTICES_PAGE + 1, &count);

	return e ? e : org_reply_notices(rq, line, count);
}

/* ---- of units ---- */

/* Newest first. */
static int by_id(const void *a, const void *b)
{
	const struct org_notice_line *x = a, *y = b;

	return (x->notice.notice_id < y->notice.notice_id) -
	       (x->notice.notice_id > y->notice.notice_id);
}

/* Sorts what several lists brought and drops what two of them did. */
static int merge(struct org_notice_line *line, int count)
{
	int kept = 0;

	qsort(line, (size_t)count, sizeof(line[0]), by_id);
	for (int i = 0; i < count; i++) {
		if (kept && line[kept - 1].notice.notice_id == line[i].notice.notice_id)
			continue;
		line[kept++] = line[i];
	}
	return kept > NOTICES_PAGE + 1 ? NOTICES_PAGE + 1 : kept;
}

struct notices_query {
	struct unit_id unit;
	int32_t state, decider;
	bool overdue;
	int64_t cursor;
};

static const struct field query_fields[] = {
	Q_ID(struct notices_query, unit, OPTIONAL, "Only of this unit and those below it."),
	Q_ENUM(struct notices_query, state, notice_state_names, OPTIONAL, "Only in this state."),
	Q_ENUM(struct notices_query, decider, decider_names, OPTIONAL,
		"Only those this one decides; officer: told late."),
	Q_BOOL(struct notices_query, overdue, OPTIONAL, "Only those whose document is overdue."),
	Q_ID(struct notices_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape org_notices_query_shape = SHAPE(
	"NoticesQuery", struct notices_query, query_fields);

/* One unit when it lies in a scope, else the scopes. E_NOT_FOUND: outside the actor's sight. */
static enum err load_paths(struct req *rq, struct unit_id unit, struct org_scopes *ret)
{
	const struct org_tree *tree;
	enum err e = org_load_scopes(rq, P_NOTICE_READ, ret);

	if (e || unit.v == 0 || (e = org_load_tree(rq->tx, &tree)))
		return e;
	const struct org_unit *u = org_find_unit(tree, unit);
	if (!u || !org_in_scopes(ret, u->path))
		return refuse(rq, E_REFUSED, "/unit", "not among one's own units");
	*ret = (struct org_scopes){.path = {u->path}, .paths = 1};
	return OK;
}

enum err org_get_notices(struct req *rq)
{
	const struct notices_query *in = rq->input;
	const struct notice_filter filter = {in->state == INT_NONE ? -1 : in->state,
		in->decider == INT_NONE ? -1 : in->decider, in->overdue, req_today(rq), in->cursor};
	struct org_scopes scopes;
	int total = 0;
	enum err e = load_paths(rq, in->unit, &scopes);

	if (e)
		return e;
	struct org_notice_line *line = new_lines(rq, (NOTICES_PAGE + 1) * (scopes.paths + 1));
	for (int i = 0; !e && i < scopes.paths; i++) {
		int count;

		e = org_list_scope_notices(rq->tx, scopes.path[i], &filter, rq->actor.employee,
			line + total, NOTICES_PAGE + 1, &count);
		total += e ? 0 : count;
	}
	return e ? e : org_reply_notices(rq, line, merge(line, total));
}

/* ---- of the people one answers for ---- */

struct team_query {
	int32_t state;
	int64_t cursor;
};

static const struct field team_fields[] = {
	Q_ENUM(struct team_query, state, notice_state_names, OPTIONAL, "Only in this state."),
	Q_ID(struct team_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
const struct shape org_team_notices_query_shape = SHAPE(
	"TeamNoticesQuery", struct team_query, team_fields);

/* An agency head also has those of his agency that the rule leaves to him. */
static enum err add_heads(
	struct req *rq, const struct team_query *in, struct org_notice_line *line, int *total)
{
	const struct notice_filter filter = {in->state == INT_NONE ? -1 : in->state,
		DECIDER_AGENCY_HEAD, false, req_today(rq), in->cursor};
	struct notice_reader reader;
	enum err e = org_load_notice_reader(rq, &reader);

	for (int i = 0; !e && i < reader.offices; i++) {
		int count;

		if (reader.office[i].role != ROLE_AGENCY_HEAD)
			continue;
		e = org_list_scope_notices(rq->tx, reader.office[i].path, &filter,
			rq->actor.employee, line + *total, NOTICES_PAGE + 1, &count);
		*total += e ? 0 : count;
	}
	return e;
}

enum err org_get_team_notices(struct req *rq)
{
	const struct team_query *in = rq->input;
	struct org_notice_line *line = new_lines(rq, (NOTICES_PAGE + 1) * (ROLES_MAX + 1));
	int total;
	enum err e = org_list_team_notices(rq->tx, rq->actor.employee,
		in->state == INT_NONE ? -1 : in->state, in->cursor, line, NOTICES_PAGE + 1, &total);

	if (!e)
		e = add_heads(rq, in, line, &total);
	return e ? e : org_reply_notices(rq, line, merge(line, total));
}

/* ---- balances ---- */

struct balances_query {
	struct employee_id employee;
};

struct balance_item {
	int32_t year, kind, days, as_of;
	const char *source;
};

struct balances {
	struct balance_item *items;
	int count;
};

static const struct field balances_query_fields[] = {
	Q_ID(struct balances_query, employee, OPTIONAL, "Whose; absent: one's own."),
	F_END,
};
const struct shape org_balances_query_shape = SHAPE(
	"BalancesQuery", struct balances_query, balances_query_fields);

static const struct field balance_fields[] = {
	F_INT(struct balance_item, year, 2000, 2100, 0, "Of which year."),
	F_ENUM(struct balance_item, kind, status_kind_names, 0, "Of which leave."),
	F_INT(struct balance_item, days, 0, 400, 0, "Days left."),
	F_DAY(struct balance_item, as_of, 0, "On this day."),
	F_TEXT(struct balance_item, source, 0, 100, 0, "By which source; not counted here."),
	F_END,
};
static const struct shape balance_shape = SHAPE("Balance", struct balance_item, balance_fields);

static const struct field balances_fields[] = {
	F_LIST(struct balances, items, count, &balance_shape, 0, BALANCES_MAX, 0,
		"The latest year first."),
	F_END,
};
const struct shape org_balances_shape = SHAPE("Balances", struct balances, balances_fields);

enum err org_find_balances_employee(struct req *rq, struct object *ret_object)
{
	const struct balances_query *in = rq->input;

	ret_object->employee = in->employee.v ? in->employee : rq->actor.employee;
	return OK;
}

enum err org_get_balances(struct req *rq)
{
	struct org_balance *row = ARENA_ARRAY(rq->tx->arena, BALANCES_MAX, struct org_balance);
	struct balances out = {
		.items = ARENA_ARRAY(rq->tx->arena, BALANCES_MAX, struct balance_item)};
	enum err e = org_list_balances(rq->tx, rq->object.employee, row, BALANCES_MAX, &out.count);

	for (int i = 0; !e && i < out.count; i++)
		out.items[i] = (struct balance_item){
			row[i].year, row[i].kind, row[i].days, row[i].as_of, row[i].source};
	return e ? e : reply(rq, 200, &out);
}
