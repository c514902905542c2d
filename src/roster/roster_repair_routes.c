/*
 * Rosters in force that no longer fit: somebody fell ill, went on leave, came or left by a late
 * decree. Each node of one's own is judged anew as the office is now, so that both units of a
 * transfer see what it did to them; the proposal with the fewest changes is made when asked for.
 */
#include "base/str.h"
#include "platform/slice.h"
#include "roster/roster_sheet.h"
#include "roster/roster_version_view.h"

#define REPAIRS_MAX  24 /* versions judged in one question */
#define VERSIONS_MAX 400

struct repair_view {
	int64_t version, unit;
	const char *unit_name;
	int32_t period_from, period_to, faults, newcomers, gone;
};
static const struct field repair_fields[] = {
	F_ID(struct repair_view, version, 0, "The version in force."),
	F_ID(struct repair_view, unit, 0, "Its planning node."),
	F_TEXT(struct repair_view, unit_name, 0, 200, 0, "Its name."),
	F_DAY(struct repair_view, period_from, 0, "First day ahead for which it is in force."),
	F_DAY(struct repair_view, period_to, 0, "The last, or that before a newer one holds."),
	F_INT(struct repair_view, faults, 0, INT32_MAX, 0, "Limits broken on days ahead."),
	F_INT(struct repair_view, newcomers, 0, INT32_MAX, 0,
		"People with a day to decide whom it does not name."),
	F_INT(struct repair_view, gone, 0, INT32_MAX, 0,
		"People who left, or have no day to decide any more and are to be away on one."),
	F_END,
};
static const struct shape repair_shape = SHAPE("RosterRepair", struct repair_view, repair_fields);

struct repairs_view {
	struct repair_view *items;
	int item_count;
	bool is_cut;
};
static const struct field repairs_fields[] = {
	F_LIST(struct repairs_view, items, item_count, &repair_shape, 0, REPAIRS_MAX, 0,
		"Rosters in force that no longer fit."),
	F_BOOL(struct repairs_view, is_cut, 0, "More are one's own than are judged."),
	F_END,
};
static const struct shape repairs_shape = SHAPE(
	"RosterRepairs", struct repairs_view, repairs_fields);

/* Those of everybody that touch a day ahead, newest first. */
struct versions {
	const struct roster_version *v;
	int count;
	int32_t tomorrow;
};

/* A version of the same node that was published later holds on that day. */
static bool is_replaced(const struct versions *list, const struct roster_version *v, int32_t day)
{
	for (int i = 0; i < list->count; i++) {
		const struct roster_version *o = &list->v[i];
		if (o->unit.v == v->unit.v && o->state == ROSTER_PUBLISHED &&
			o->published_at > v->published_at && o->period_from <= day &&
			o->period_to >= day)
			return true;
	}
	return false;
}

/* The next days ahead on which a version is in force; false when it is on none. */
static bool find_days_ahead(const struct versions *list, const struct roster_version *v,
	int32_t *ret_from, int32_t *ret_to)
{
	int32_t from = v->period_from > list->tomorrow ? v->period_from : list->tomorrow;
	while (from <= v->period_to && is_replaced(list, v, from))
		from++;
	*ret_from = *ret_to = from;
	while (*ret_to < v->period_to && !is_replaced(list, v, *ret_to + 1))
		*ret_to += 1;
	return from <= v->period_to;
}

static enum err judge(struct req *rq, const struct org_unit *node, const struct roster_version *v,
	int32_t from, int32_t to, struct repair_view *ret)
{
	struct roster_sheet sheet;
	struct roster_version held = *v;
	held.period_to = to;
	enum err e = roster_load_sheet(rq->tx, &held, node, from, NULL, &sheet);
	if (e)
		return e;
	*ret = (struct repair_view){.version = v->version_id,
		.unit = node->id.v,
		.unit_name = node->name,
		.period_from = from,
		.period_to = to,
		.faults = roster_check_sheet(&sheet, rq->tx->arena).faults,
		.newcomers = sheet.newcomers,
		.gone = sheet.lost};
	return OK;
}

/* Those of one node in force now or later, the oldest first. */
static enum err judge_node(struct req *rq, const struct versions *list, const struct org_unit *node,
	int *judged, struct repairs_view *ret)
{
	enum err e = OK;
	for (int i = list->count - 1; i >= 0 && !e; i--) {
		const struct roster_version *v = &list->v[i];
		struct repair_view *view = &ret->items[ret->item_count];
		int32_t from, to;
		if (v->unit.v != node->id.v || v->state != ROSTER_PUBLISHED ||
			!find_days_ahead(list, v, &from, &to))
			continue;
		if (*judged == REPAIRS_MAX) {
			ret->is_cut = true;
			break;
		}
		*judged += 1;
		e = judge(rq, node, v, from, to, view);
		ret->item_count += !e && (view->faults || view->newcomers || view->gone);
	}
	return e;
}

/* Whoever oversees the whole government looks at a node by itself, on its sheet. */
static bool is_own(const struct roster_reader *reader, const struct org_unit *unit)
{
	for (int i = 0; i < reader->writes.paths; i++)
		if (str_eq(reader->writes.path[i], "/"))
			return false;
	return org_in_scopes(&reader->writes, unit->path);
}

static enum err get_repairs(struct req *rq)
{
	struct roster_version *version = ARENA_ARRAY(
		rq->tx->arena, VERSIONS_MAX, struct roster_version);
	struct repairs_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, REPAIRS_MAX + 1, struct repair_view)};
	struct versions list = {.v = version};
	struct roster_reader reader;
	int judged = 0;
	enum err e = roster_load_reader(rq, &reader);
	list.tomorrow = e ? 0 : reader.today + 1;
	if (e || (e = roster_list_versions_between(
			  rq->tx, list.tomorrow, DAY_FOREVER, version, VERSIONS_MAX, &list.count)))
		return e;
	out.is_cut = list.count == VERSIONS_MAX;
	for (int i = 0; i < reader.tree->units && !e; i++)
		if (is_own(&reader, &reader.tree->unit[i]))
			e = judge_node(rq, &list, &reader.tree->unit[i], &judged, &out);
	return e ? e : reply(rq, 200, &out);
}

static const struct route routes[] = {
	{GET, "/api/v1/roster/repairs", P_ROSTER_READ, TX_READ, NULL, &repairs_shape, get_repairs,
		.slow = true,
		.summary = "Rosters of one's own in force that no longer fit the office."},
};

const struct slice roster_repair_slice = {
	.name = "roster repair",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
