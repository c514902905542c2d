/*
 * Rosters in force that no longer fit: somebody fell ill, went on leave, came or left by a late
 * decree. Each node of one's own is judged anew as the office is now, so that both units of a
 * transfer see what it did to them; the proposal with the fewest changes is made when asked for.
 */
#include "base/str.h"
#include "platform/slice.h"
#include "roster/roster_sheet.h"
#include "roster/roster_version_view.h"

#define REPAIRS_MAX  12 /* nodes judged in one question */
#define VERSIONS_MAX 400

struct repair_view {
	int64_t version, unit;
	const char *unit_name;
	int32_t period_to, faults, newcomers, gone;
};
static const struct field repair_fields[] = {
	F_ID(struct repair_view, version, 0, "The version in force."),
	F_ID(struct repair_view, unit, 0, "Its planning node."),
	F_TEXT(struct repair_view, unit_name, 0, 200, 0, "Its name."),
	F_DAY(struct repair_view, period_to, 0, "Its last day."),
	F_INT(struct repair_view, faults, 0, INT32_MAX, 0, "Limits broken on days ahead."),
	F_INT(struct repair_view, newcomers, 0, INT32_MAX, 0, "People it does not name."),
	F_INT(struct repair_view, gone, 0, INT32_MAX, 0,
		"People it names with no day to decide any more."),
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
	F_BOOL(struct repairs_view, is_cut, 0, "More nodes are one's own than are judged."),
	F_END,
};
static const struct shape repairs_shape = SHAPE(
	"RosterRepairs", struct repairs_view, repairs_fields);

static int32_t count_faults(const struct roster_sheet *s, struct arena *arena)
{
	struct sheet_problem *problem;
	int32_t listed, count, faults = 0;
	roster_check_sheet(s, arena, &problem, &listed, &count);
	for (int32_t i = 0; i < listed; i++)
		faults += problem[i].is_fault;
	return faults;
}

/* Whom the version names without a day to decide, and whom it does not name. */
static enum err count_people(
	struct tx *tx, int64_t version, const struct roster_sheet *s, struct repair_view *ret)
{
	struct employee_id *named;
	int32_t count = 0, known = 0;
	enum err e = roster_list_named(tx, version, &named, &count);
	for (int32_t i = 0; i < count && !e; i++)
		known += roster_find_on_sheet(s, named[i]) >= 0;
	ret->gone = count - known;
	ret->newcomers = s->people - known;
	return e;
}

static enum err judge(struct req *rq, const struct org_unit *node, const struct roster_version *v,
	struct repair_view *ret)
{
	struct roster_sheet sheet;
	enum err e = roster_load_version_sheet(rq->tx, v, node, req_today(rq) + 1, &sheet);
	if (e)
		return e;
	*ret = (struct repair_view){.version = v->version_id,
		.unit = node->id.v,
		.unit_name = node->name,
		.period_to = v->period_to,
		.faults = count_faults(&sheet, rq->tx->arena)};
	return count_people(rq->tx, v->version_id, &sheet, ret);
}

/* The newest whole version of a node that holds on days ahead; NULL when none does. */
static const struct roster_version *find_in_force(
	const struct roster_version *list, int count, struct unit_id node)
{
	for (int i = 0; i < count; i++)
		if (list[i].unit.v == node.v && list[i].state == ROSTER_PUBLISHED &&
			list[i].source != ROSTER_SWAPPED)
			return &list[i];
	return NULL;
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
	struct roster_version *list = ARENA_ARRAY(
		rq->tx->arena, VERSIONS_MAX, struct roster_version);
	struct repairs_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, REPAIRS_MAX, struct repair_view)};
	struct roster_reader reader;
	int count = 0, judged = 0;
	enum err e = roster_load_reader(rq, &reader);
	if (e || (e = roster_list_versions_between(
			  rq->tx, reader.today + 1, DAY_FOREVER, list, VERSIONS_MAX, &count)))
		return e;
	for (int i = 0; i < reader.tree->units && !e; i++) {
		const struct org_unit *unit = &reader.tree->unit[i];
		const struct roster_version *v = is_own(&reader, unit)
							 ? find_in_force(list, count, unit->id)
							 : NULL;
		struct repair_view view;
		if (!v)
			continue;
		out.is_cut |= judged == REPAIRS_MAX;
		if (judged == REPAIRS_MAX)
			break;
		judged++;
		if (!(e = judge(rq, unit, v, &view)) &&
			(view.faults || view.newcomers || view.gone))
			out.items[out.item_count++] = view;
	}
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
