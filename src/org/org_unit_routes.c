/*
 * The tree as screens show it: agencies, their units, service posts with opening periods, sites.
 * No person is named here, only counted; every signed-in account may read it.
 */
#include "org/org_routes.h"

#include "base/str.h"

#include <string.h>

#define UNITS_MAX   2000 /* below one parent */
#define POSTS_MAX   200
#define PERIODS_MAX 2000
#define SITES_MAX   100

/* ---- units ---- */

struct units_query {
	struct unit_id parent;
};

struct unit_item {
	struct unit_id id, parent, agency;
	const char *code, *name;
	int32_t kind, character, employees;
	bool has_children;
};

struct units {
	struct unit_item *items;
	int count;
};

static const struct field units_query_fields[] = {
	Q_ID(struct units_query, parent, OPTIONAL,
		"Units directly below this one; absent: the agencies."),
	F_END,
};
const struct shape org_units_query_shape = SHAPE(
	"UnitsQuery", struct units_query, units_query_fields);

static const struct field unit_item_fields[] = {
	F_ID(struct unit_item, id, 0, "The unit."),
	F_ID(struct unit_item, parent, OPTIONAL, "The unit above; absent for an agency."),
	F_TEXT(struct unit_item, code, 1, 60, 0, "Short code used by imports."),
	F_TEXT(struct unit_item, name, 1, 200, 0, "Its name."),
	F_ENUM(struct unit_item, kind, unit_kind_names, 0, "What it is."),
	F_ENUM(struct unit_item, character, unit_character_names, 0, "How it works."),
	F_ID(struct unit_item, agency, 0, "Agency it belongs to."),
	F_INT(struct unit_item, employees, 0, INT32_MAX, 0, "People placed in it or below today."),
	F_BOOL(struct unit_item, has_children, 0, "Has units below it today."),
	F_END,
};
static const struct shape unit_item_shape = SHAPE("Unit", struct unit_item, unit_item_fields);

static const struct field units_fields[] = {
	F_LIST(struct units, items, count, &unit_item_shape, 0, UNITS_MAX, 0, "Units by code."),
	F_END,
};
const struct shape org_units_shape = SHAPE("Units", struct units, units_fields);

static bool is_in_force(const struct org_unit *u, int32_t day)
{
	return u->valid_from <= day && u->valid_to >= day;
}

static bool has_children(const struct org_tree *tree, struct unit_id unit, int32_t day)
{
	for (int i = 0; i < tree->units; i++) {
		if (tree->unit[i].parent.v == unit.v && is_in_force(&tree->unit[i], day))
			return true;
	}
	return false;
}

/* The child of `parent` on the way up from `unit`; NULL when it does not lie below. */
static const struct org_unit *child_above(
	const struct org_tree *tree, struct unit_id unit, struct unit_id parent)
{
	const struct org_unit *u = org_find_unit(tree, unit);

	while (u && u->parent.v != parent.v)
		u = org_find_unit(tree, u->parent);
	return u;
}

/* Adds the people of every unit to the item it lies in. */
static enum err add_head_counts(
	struct req *rq, const struct org_tree *tree, struct unit_id parent, struct units *list)
{
	struct org_head_count *row = ARENA_ARRAY(
		rq->tx->arena, (size_t)tree->units, struct org_head_count);
	int rows;
	enum err e = org_list_head_counts(rq->tx, req_today(rq), row, tree->units, &rows);

	for (int i = 0; !e && i < rows; i++) {
		const struct org_unit *child = child_above(tree, row[i].unit, parent);

		for (int k = 0; child && k < list->count; k++) {
			if (list->items[k].id.v == child->id.v) {
				list->items[k].employees += row[i].people;
				break;
			}
		}
	}
	return e;
}

enum err org_get_units(struct req *rq)
{
	const struct units_query *in = rq->input;
	const struct org_tree *tree;
	struct units list = {0};
	const int32_t day = req_today(rq);
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	list.items = ARENA_ARRAY(rq->tx->arena, UNITS_MAX, struct unit_item);
	for (int i = 0; i < tree->units && list.count < UNITS_MAX; i++) {
		const struct org_unit *u = tree->by_code[i];

		if (u->parent.v == in->parent.v && is_in_force(u, day))
			list.items[list.count++] = (struct unit_item){u->id, u->parent, u->agency,
				u->code, u->name, (int32_t)u->kind, (int32_t)u->character, 0,
				has_children(tree, u->id, day)};
	}
	if ((e = add_head_counts(rq, tree, in->parent, &list)))
		return e;
	return reply(rq, 200, &list);
}

/* ---- service posts ---- */

struct unit_query {
	struct unit_id unit;
};

struct post_item {
	struct post_id id;
	struct unit_id unit;
	const char *code, *name, *skills;
	bool is_direct;
	int32_t members;
	struct org_period_line *periods;
	int period_count;
};

struct posts {
	struct post_item *items;
	int count;
};

static const struct field unit_query_fields[] = {
	Q_ID(struct unit_query, unit, 0, "The unit."),
	F_END,
};
const struct shape org_unit_query_shape = SHAPE("UnitQuery", struct unit_query, unit_query_fields);

static const struct field period_fields[] = {
	F_INT(struct org_period_line, weekday, 1, 7, 0, "1 Monday to 7 Sunday."),
	F_MINUTE(struct org_period_line, opens, 0, "Opens."),
	F_MINUTE(struct org_period_line, closes, 0, "Closes."),
	F_INT(struct org_period_line, minimum, 0, 999, 0, "How many must be on site."),
	F_END,
};
static const struct shape period_shape = SHAPE("PostPeriod", struct org_period_line, period_fields);

static const struct field post_item_fields[] = {
	F_ID(struct post_item, id, 0, "The post."),
	F_ID(struct post_item, unit, 0, "Unit it belongs to."),
	F_TEXT(struct post_item, code, 1, 60, 0, "Short code used by imports."),
	F_TEXT(struct post_item, name, 1, 120, 0, "Its name."),
	F_BOOL(struct post_item, is_direct, 0, "Serves citizens face to face."),
	F_TEXT(struct post_item, skills, 0, 200, 0, "Skills it needs, comma separated."),
	F_LIST(struct post_item, periods, period_count, &period_shape, 0, PERIODS_MAX, 0,
		"When it is open."),
	F_INT(struct post_item, members, 0, INT32_MAX, 0, "People assigned to it today."),
	F_END,
};
static const struct shape post_item_shape = SHAPE("Post", struct post_item, post_item_fields);

static const struct field posts_fields[] = {
	F_LIST(struct posts, items, count, &post_item_shape, 0, POSTS_MAX, 0,
		"Service posts by code."),
	F_END,
};
const struct shape org_posts_shape = SHAPE("Posts", struct posts, posts_fields);

/* Periods come sorted by post: each post takes its run. */
static void take_periods(struct post_item *post, struct org_period_line *period, int periods)
{
	for (int i = 0; i < periods; i++) {
		if (period[i].post.v != post->id.v)
			continue;
		if (post->period_count++ == 0)
			post->periods = &period[i];
	}
}

enum err org_get_posts(struct req *rq)
{
	const struct unit_query *in = rq->input;
	struct arena *arena = rq->tx->arena;
	struct org_post_line *line = ARENA_ARRAY(arena, POSTS_MAX, struct org_post_line);
	struct org_period_line *period = ARENA_ARRAY(arena, PERIODS_MAX, struct org_period_line);
	struct posts list = {.items = ARENA_ARRAY(arena, POSTS_MAX, struct post_item)};
	int periods;
	enum err e = org_list_unit_posts(
		rq->tx, in->unit, req_today(rq), line, POSTS_MAX, &list.count);

	if (e || (e = org_list_unit_periods(rq->tx, in->unit, period, PERIODS_MAX, &periods)))
		return e;
	for (int i = 0; i < list.count; i++) {
		list.items[i] = (struct post_item){.id = line[i].id,
			.unit = line[i].unit,
			.code = line[i].code,
			.name = line[i].name,
			.skills = line[i].skills,
			.is_direct = line[i].is_direct,
			.members = line[i].members};
		take_periods(&list.items[i], period, periods);
	}
	return reply(rq, 200, &list);
}

/* ---- sites ---- */

struct site_item {
	struct site_id id;
	struct unit_id unit;
	const char *name, *zone;
	int32_t lat_e7, lon_e7, radius_metres;
	const int32_t *corners;
	int corner_count;
};

struct sites {
	struct site_item *items;
	int count;
};

static const struct field site_item_fields[] = {
	F_ID(struct site_item, id, 0, "The site."),
	F_ID(struct site_item, unit, OPTIONAL,
		"Unit it counts for, with those below; absent: everybody."),
	F_TEXT(struct site_item, name, 1, 200, 0, "Its name."),
	F_TEXT(struct site_item, zone, 3, 4, 0, "WIB, WITA or WIT."),
	F_INT(struct site_item, lat_e7, -900000000, 900000000, 0,
		"Centre, degrees times ten million."),
	F_INT(struct site_item, lon_e7, -1800000000, 1800000000, 0,
		"Centre, degrees times ten million."),
	F_INT(struct site_item, radius_metres, 0, 100000, 0,
		"Circle around the centre; 0: a polygon."),
	F_INTS(struct site_item, corners, corner_count, 0, 2 * GEO_POLYGON_MAX, 0,
		"Polygon: latitude and longitude of each corner."),
	F_END,
};
static const struct shape site_item_shape = SHAPE("Site", struct site_item, site_item_fields);

static const struct field sites_fields[] = {
	F_LIST(struct sites, items, count, &site_item_shape, 0, SITES_MAX, 0,
		"Sites, nearest in the tree first."),
	F_END,
};
const struct shape org_sites_shape = SHAPE("Sites", struct sites, sites_fields);

/* Corners of a polygon as one run of numbers. */
static const int32_t *flat_corners(struct arena *arena, const struct org_site *site)
{
	int32_t *flat = ARENA_ARRAY(arena, (size_t)site->corners * 2, int32_t);

	for (int i = 0; i < site->corners; i++) {
		flat[2 * i] = site->corner[i].lat_e7;
		flat[2 * i + 1] = site->corner[i].lon_e7;
	}
	return flat;
}

enum err org_get_sites(struct req *rq)
{
	const struct unit_query *in = rq->input;
	const struct org_site **site = ARENA_ARRAY(
		rq->tx->arena, SITES_MAX, const struct org_site *);
	const struct org_tree *tree;
	struct sites list = {.items = ARENA_ARRAY(rq->tx->arena, SITES_MAX, struct site_item)};
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	list.count = org_list_sites(tree, in->unit, req_today(rq), site, SITES_MAX);
	for (int i = 0; i < list.count; i++)
		list.items[i] = (struct site_item){site[i]->id, site[i]->unit, site[i]->name,
			zone_name(site[i]->zone), site[i]->centre.lat_e7, site[i]->centre.lon_e7,
			site[i]->radius_metres, flat_corners(rq->tx->arena, site[i]),
			site[i]->corners * 2};
	return reply(rq, 200, &list);
}
