/*
 * What the limits of a sheet let: why they clash, and how much working at home can be kept at all.
 *
 * Both are worked out anew from the store, so that they speak of the office as it is. Places are
 * named as a planner reads them; what is behind a day that is shut (leave, health, discipline) is
 * not in them.
 */
#include "platform/slice.h"
#include "roster/roster_frontier.h"
#include "roster/roster_running.h"
#include "roster/roster_sheet_view.h"
#include "roster/roster_version_view.h"

#define CLASHES_MAX 100
#define DEMANDS_MAX 200
#define FIRST_STEP  10
#define STEP        10

struct limits_input {
	int64_t version;
};
static const struct field limits_input_fields[] = {
	PATH_ID(struct limits_input, version, "The version."),
	F_END,
};
static const struct shape limits_input_shape = SHAPE(
	"RosterLimitsPath", struct limits_input, limits_input_fields);

/* A sheet as an instance, with the way back to its days. */
struct posed {
	struct roster_sheet sheet;
	struct roster_instance in;
	const int32_t *day;
};

static enum err pose(struct req *rq, struct posed *ret)
{
	const struct limits_input *in = rq->input;
	struct roster_version v;
	const struct org_tree *tree;
	enum err e = roster_load_version(rq->tx, in->version, &v);
	if (e || (e = org_load_tree(rq->tx, &tree)))
		return e;
	const struct org_unit *node = org_find_unit(tree, v.unit);
	if (!node)
		return E_NOT_FOUND;
	e = roster_load_sheet(rq->tx, &v, node, req_today(rq) + 1, NULL, &ret->sheet);
	if (e)
		return e;
	roster_sheet_instance(&ret->sheet, false, rq->tx->arena, &ret->in, &ret->day);
	return OK;
}

static enum err refuse_outcome(struct req *rq, enum roster_outcome outcome)
{
	return outcome == ROSTER_LIMIT ? refuse(rq, E_REFUSED, "", ROSTER_LIMIT_REASON)
				       : refuse(rq, E_CONFLICT, "", "stopped");
}

/* ---- clashes ---- */

enum limit_place {
	LIMIT_OF_GROUP,
	LIMIT_OF_WEEK,
	LIMIT_OF_EDGE,
	LIMIT_OF_PERIOD,
	LIMIT_OF_CELL,
	LIMIT_PLACES
};
static const char *const limit_place_names[] = {"group", "week", "edge", "period", "cell", NULL};

struct demand_view {
	int32_t place;
	const char *name;
	int32_t group, day, days;
};
static const struct field demand_fields[] = {
	F_ENUM(struct demand_view, place, limit_place_names, 0, "What limits."),
	F_TEXT(struct demand_view, name, 0, 200, 0, "Group or person."),
	F_INT(struct demand_view, group, 0, 10000, OPTIONAL, "Index of the group on the sheet."),
	F_DAY(struct demand_view, day, OPTIONAL, "The day, or the Monday of the week."),
	F_INT(struct demand_view, days, 0, INT32_MAX, 0, "Home days it asks for, or lets."),
	F_END,
};
static const struct shape demand_shape = SHAPE("RosterDemand", struct demand_view, demand_fields);

/* All demands of one kind, where the lists are cut. */
struct kind_view {
	int32_t place, asks, lets, most;
};
static const struct field kind_fields[] = {
	F_ENUM(struct kind_view, place, limit_place_names, 0, "What limits."),
	F_INT(struct kind_view, asks, 0, INT32_MAX, 0, "So many of them ask."),
	F_INT(struct kind_view, lets, 0, INT32_MAX, 0, "So many let no more."),
	F_INT(struct kind_view, most, 0, INT32_MAX, 0, "Days that the largest asks for."),
	F_END,
};
static const struct shape kind_shape = SHAPE("RosterDemandKind", struct kind_view, kind_fields);

struct clash_view {
	int64_t asked, let, short_by;
	struct demand_view *asks, *lets;
	struct kind_view *kinds;
	struct roster_lock *locks;
	int ask_count, let_count, kind_count, lock_count;
};
static const struct field clash_fields[] = {
	F_INT64(struct clash_view, asked, 0, INT64_MAX, 0, "Home days asked for."),
	F_INT64(struct clash_view, let, 0, INT64_MAX, 0, "Home days that fit."),
	F_INT64(struct clash_view, short_by, 0, INT64_MAX, 0, "What is lacking."),
	F_LIST(struct clash_view, asks, ask_count, &demand_shape, 0, DEMANDS_MAX, 0,
		"Limits that ask."),
	F_LIST(struct clash_view, lets, let_count, &demand_shape, 0, DEMANDS_MAX, 0,
		"Limits that let no more."),
	F_LIST(struct clash_view, kinds, kind_count, &kind_shape, 0, LIMIT_PLACES, 0,
		"How many of each kind there are in all: the lists above are cut."),
	F_LIST(struct clash_view, locks, lock_count, &roster_lock_shape, 0, SHEET_LOCKS_MAX, 0,
		"Cells among what asks that the planner locked himself: he can open them."),
	F_END,
};
static const struct shape clash_shape = SHAPE("RosterClash", struct clash_view, clash_fields);

struct clashes_view {
	struct clash_view *items;
	int item_count;
	int64_t short_by;
};
static const struct field clashes_fields[] = {
	F_LIST(struct clashes_view, items, item_count, &clash_shape, 0, CLASHES_MAX, 0,
		"Clashes that have nothing to do with each other, the largest first."),
	F_INT64(struct clashes_view, short_by, 0, INT64_MAX, 0,
		"By so much at least every roster breaks its limits."),
	F_END,
};
static const struct shape clashes_shape = SHAPE(
	"RosterClashes", struct clashes_view, clashes_fields);

static int32_t monday_of_week(const struct posed *p, int32_t week)
{
	int32_t i = 0;
	while (p->in.week[i] != week)
		i++;
	return p->day[i] - (int32_t)(day_weekday(p->day[i]) - MONDAY);
}

static int32_t day_of(const struct posed *p, int32_t column)
{
	return column < 0 ? DAY_NONE : p->day[column];
}

static struct demand_view show_demand(const struct posed *p, const struct roster_demand *d)
{
	bool is_group = d->place.kind == PLACE_GROUP;
	bool is_week = d->place.kind == PLACE_WEEK || d->place.kind == PLACE_EDGE;
	return (struct demand_view){.place = (int32_t)d->place.kind,
		.name = is_group ? p->sheet.group[d->place.row].name
				 : p->sheet.person[d->place.row].name,
		.group = is_group ? d->place.row : INT_NONE,
		.day = is_week ? monday_of_week(p, d->place.column) : day_of(p, d->place.column),
		.days = d->days};
}

static struct demand_view *show_demands(const struct posed *p, struct arena *arena,
	const struct roster_demand *list, int32_t count, int *ret_count)
{
	*ret_count = count < DEMANDS_MAX ? count : DEMANDS_MAX;
	struct demand_view *out = ARENA_ARRAY(arena, (size_t)*ret_count + 1, struct demand_view);
	for (int i = 0; i < *ret_count; i++)
		out[i] = show_demand(p, &list[i]);
	return out;
}

static void count_kinds(const struct roster_clash *c, struct arena *arena, struct clash_view *v)
{
	v->kind_count = LIMIT_PLACES;
	v->kinds = ARENA_ARRAY(arena, LIMIT_PLACES, struct kind_view);
	for (int32_t k = 0; k < LIMIT_PLACES; k++)
		v->kinds[k].place = k;
	for (int32_t i = 0; i < c->ask_count; i++) {
		struct kind_view *kind = &v->kinds[c->asks[i].place.kind];
		kind->asks++;
		kind->most = c->asks[i].days > kind->most ? c->asks[i].days : kind->most;
	}
	for (int32_t i = 0; i < c->let_count; i++)
		v->kinds[c->lets[i].place.kind].lets++;
}

/* Days that have begun, or lie beside the period, are no locks of the planner. */
static void show_locks(const struct posed *p, const struct roster_clash *c, struct arena *arena,
	struct clash_view *v)
{
	v->locks = ARENA_ARRAY(arena, (size_t)v->kinds[PLACE_CELL].asks + 1, struct roster_lock);
	for (int32_t i = 0; i < c->ask_count && v->lock_count < SHEET_LOCKS_MAX; i++) {
		struct roster_place at = c->asks[i].place;
		if (at.kind != PLACE_CELL)
			continue;
		const struct sheet_person *who = &p->sheet.person[at.row];
		int32_t d = roster_sheet_index(&p->sheet, p->day[at.column]);
		if (d >= 0 && who->locked[d] == 'x' && roster_is_open_cell(who->cells[d]))
			v->locks[v->lock_count++] = (struct roster_lock){
				who->employee.v, p->day[at.column]};
	}
}

static int by_shortage(const void *a, const void *b)
{
	const struct clash_view *x = a, *y = b;
	return (x->short_by < y->short_by) - (x->short_by > y->short_by);
}

static enum err get_clashes(struct req *rq)
{
	_Static_assert((int)PLACE_GROUP == LIMIT_OF_GROUP && (int)PLACE_CELL == LIMIT_OF_CELL,
		"places of the engine");
	struct posed *p = ARENA_NEW(rq->tx->arena, struct posed);
	struct roster_clashes found = {0};
	enum err e = pose(rq, p);
	if (e)
		return e;
	_Atomic bool *flag = roster_begin_solve(rq->tx->government, p->sheet.node->id);
	if (!flag)
		return E_BUSY;
	enum roster_outcome outcome = p->sheet.open ? roster_find_clashes_parts(&p->in, 1,
							      rq->tx->arena, flag, &found)
						    : ROSTER_BEST;
	roster_end_solve(flag);
	if (outcome)
		return refuse_outcome(rq, outcome);
	struct clashes_view out = {.short_by = found.short_by,
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)found.count + 1, struct clash_view)};
	for (int32_t i = 0; i < found.count; i++) {
		const struct roster_clash *c = &found.clash[i];
		struct clash_view *v = &out.items[i];
		*v = (struct clash_view){.asked = c->asked, .let = c->let, .short_by = c->short_by};
		v->asks = show_demands(p, rq->tx->arena, c->asks, c->ask_count, &v->ask_count);
		v->lets = show_demands(p, rq->tx->arena, c->lets, c->let_count, &v->let_count);
		count_kinds(c, rq->tx->arena, v);
		show_locks(p, c, rq->tx->arena, v);
	}
	qsort(out.items, (size_t)found.count, sizeof *out.items, by_shortage);
	out.item_count = found.count < CLASHES_MAX ? found.count : CLASHES_MAX;
	return reply(rq, 200, &out);
}

/* ---- frontier ---- */

struct frontier_step {
	int32_t percent;
	int64_t service, agency, unit, quota;
};
static const struct field frontier_step_fields[] = {
	F_INT(struct frontier_step, percent, 0, 100, 0,
		"So many percent of those at work are home on every day that is open."),
	F_INT64(struct frontier_step, service, 0, INT64_MAX, 0, "Lacking at posts."),
	F_INT64(struct frontier_step, agency, 0, INT64_MAX, 0, "Lacking of that share."),
	F_INT64(struct frontier_step, unit, 0, INT64_MAX, 0, "Above shares of units."),
	F_INT64(struct frontier_step, quota, 0, INT64_MAX, 0, "Above quotas of people."),
	F_END,
};
static const struct shape frontier_step_shape = SHAPE(
	"RosterFrontierStep", struct frontier_step, frontier_step_fields);

#define STEPS_OF_FRONTIER ((100 - FIRST_STEP) / STEP + 1)

struct frontier_view {
	struct frontier_step *items;
	int item_count;
};
static const struct field frontier_fields[] = {
	F_LIST(struct frontier_view, items, item_count, &frontier_step_shape, 0, STEPS_OF_FRONTIER,
		0, "Share by share; locks and settings of the draft hold."),
	F_END,
};
static const struct shape frontier_shape = SHAPE(
	"RosterFrontier", struct frontier_view, frontier_fields);

/* The share is asked of the node on each day on which somebody can be home; rounded down, as a
 * circular's "at least" could not be met otherwise by a half person. */
static void ask_share(void *context, int32_t percent, struct roster_limit *limit)
{
	const struct posed *p = context;
	for (int32_t i = 0; i < p->in.days; i++) {
		int32_t d = roster_sheet_index(&p->sheet, p->day[i]);
		if (d < 0 || p->day[i] < p->sheet.first_open)
			continue;
		const struct sheet_group *node = &p->sheet.group[0];
		int32_t asked = (int32_t)((int64_t)node->present[d] * percent / 100);
		asked = asked > node->away[d] ? asked - node->away[d] : 0;
		limit[i] = (struct roster_limit){asked, asked};
	}
}

static enum err get_frontier(struct req *rq)
{
	struct posed *p = ARENA_NEW(rq->tx->arena, struct posed);
	int32_t percent[STEPS_OF_FRONTIER];
	struct roster_share_step step[STEPS_OF_FRONTIER];
	struct frontier_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, STEPS_OF_FRONTIER, struct frontier_step)};
	enum err e = pose(rq, p);
	if (e)
		return e;
	if (p->sheet.open == 0)
		return reply(rq, 200, &out);
	for (int i = 0; i < STEPS_OF_FRONTIER; i++)
		percent[i] = FIRST_STEP + i * STEP;
	_Atomic bool *flag = roster_begin_solve(rq->tx->government, p->sheet.node->id);
	if (!flag)
		return E_BUSY;
	enum roster_outcome outcome = roster_find_frontier(
		&p->in, percent, STEPS_OF_FRONTIER, ask_share, p, 1, flag, step);
	roster_end_solve(flag);
	if (outcome)
		return refuse_outcome(rq, outcome);
	for (; out.item_count < STEPS_OF_FRONTIER; out.item_count++) {
		const struct roster_share_step *s = &step[out.item_count];
		out.items[out.item_count] = (struct frontier_step){s->percent,
			s->broken[RANK_SERVICE], s->broken[RANK_AGENCY], s->broken[RANK_UNIT],
			s->broken[RANK_QUOTA]};
	}
	return reply(rq, 200, &out);
}

static const struct route routes[] = {
	{GET, "/api/v1/roster/versions/{version}/clashes", P_ROSTER_READ, TX_READ,
		&limits_input_shape, &clashes_shape, get_clashes, .object = roster_find_version,
		.slow = true,
		.summary =
			"Limits that cannot all be kept: what asks, what lets, by how much short."},
	{GET, "/api/v1/roster/versions/{version}/frontier", P_ROSTER_READ, TX_READ,
		&limits_input_shape, &frontier_shape, get_frontier, .object = roster_find_version,
		.slow = true, .exports = EXPORT("uji-batas", "Uji batas WFH"),
		.summary = "What would break at each share of working at home."},
};

const struct slice roster_limits_slice = {
	.name = "roster limits",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
