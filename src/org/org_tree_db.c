/*
 * Loads the tree of a government: units, sites, posts, also the ended ones, because days of the
 * past are judged by what held then. Kept per connection until the government's generation moves,
 * so a request pays one small SELECT. PostgreSQL sorts texts by its collation, so codes are ordered
 * here.
 */
#include "org/org_int.h"

#include "base/str.h"
#include "platform/platform_db.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct db_stmt ORG_COUNT_TREE = {"org_count_tree",
	"SELECT (SELECT COUNT(*) FROM org_unit WHERE government_id = $1),"
	" (SELECT COUNT(*) FROM org_site WHERE government_id = $1),"
	" (SELECT COUNT(*) FROM org_post WHERE government_id = $1)",
	0};

static enum err load_sizes(struct tx *tx, struct org_tree *tree)
{
	return db_load(tx, &ORG_COUNT_TREE, BIND(db_int(tx->government.v)),
		INTO(to_int32(&tree->units), to_int32(&tree->sites), to_int32(&tree->posts)));
}

struct db_stmt ORG_LIST_UNITS = {"org_list_units",
	"SELECT unit_id, parent_id, agency_id, path, code, name, kind, character, valid_from, "
	"valid_to"
	" FROM org_unit WHERE government_id = $1 ORDER BY unit_id",
	0};

static enum err load_units(struct tx *tx, struct org_tree *tree)
{
	struct db_rows rows;
	struct org_unit u = {0};
	int32_t kind, character;
	int n = 0;

	tree->unit = ARENA_ARRAY(tx->arena, (size_t)tree->units, struct org_unit);
	db_query(tx, &ORG_LIST_UNITS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&u.id.v), to_int64(&u.parent.v), to_int64(&u.agency.v),
			to_text(&u.path), to_text(&u.code), to_text(&u.name), to_int32(&kind),
			to_int32(&character), to_int32(&u.valid_from), to_int32(&u.valid_to)))) {
		assert(n < tree->units);
		u.kind = (enum unit_kind)kind;
		u.character = (enum unit_character)character;
		tree->unit[n++] = u;
	}
	return db_end(&rows);
}

/* Reads "lat lon;lat lon;..." of a polygon; false when it is not that. */
static bool parse_corners(struct arena *arena, const char *text, struct org_site *site)
{
	char *rest = arena_strdup(arena, text);

	site->corner = ARENA_ARRAY(arena, GEO_POLYGON_MAX, struct geo_point);
	while (*rest) {
		char *corner = strsep(&rest, ";");
		char *lat = strsep(&corner, " ");
		int64_t lat_e7, lon_e7;

		if (site->corners == GEO_POLYGON_MAX || !corner ||
			!str_to_int(lat, INT32_MIN, INT32_MAX, &lat_e7) ||
			!str_to_int(corner, INT32_MIN, INT32_MAX, &lon_e7))
			return false;
		site->corner[site->corners++] = (struct geo_point){
			(int32_t)lat_e7, (int32_t)lon_e7};
		if (!rest)
			return true;
	}
	return site->corners > 0;
}

struct db_stmt ORG_LIST_SITES = {"org_list_sites",
	"SELECT site_id, unit_id, name, zone, lat_e7, lon_e7, radius_metres, cosine, corners, "
	"valid_from, valid_to"
	" FROM org_site WHERE government_id = $1 ORDER BY unit_id, site_id",
	0};

static enum err load_sites(struct tx *tx, struct org_tree *tree)
{
	struct db_rows rows;
	struct org_site s = {0};
	const char *corners;
	int32_t zone;
	int n = 0;

	tree->site = ARENA_ARRAY(tx->arena, (size_t)tree->sites, struct org_site);
	db_query(tx, &ORG_LIST_SITES, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&s.id.v), to_int64(&s.unit.v), to_text(&s.name), to_int32(&zone),
			to_int32(&s.centre.lat_e7), to_int32(&s.centre.lon_e7),
			to_int32(&s.radius_metres), to_int32(&s.cosine), to_text(&corners),
			to_int32(&s.valid_from), to_int32(&s.valid_to)))) {
		assert(n < tree->sites);
		s.zone = (enum zone)zone;
		tree->site[n] = s;
		if (s.radius_metres == 0) {
			bool is_read = parse_corners(tx->arena, corners, &tree->site[n]);

			assert(is_read);
		}
		n++;
	}
	return db_end(&rows);
}

struct db_stmt ORG_LIST_POSTS = {"org_list_tree_posts",
	"SELECT post_id, unit_id, code, name, is_direct, valid_from, valid_to"
	" FROM org_post WHERE government_id = $1 ORDER BY post_id",
	0};

static enum err load_posts(struct tx *tx, struct org_tree *tree)
{
	struct db_rows rows;
	struct org_post p = {0};
	int n = 0;

	tree->post = ARENA_ARRAY(tx->arena, (size_t)tree->posts, struct org_post);
	db_query(tx, &ORG_LIST_POSTS, BIND(db_int(tx->government.v)), &rows);
	while (db_next(&rows,
		INTO(to_int64(&p.id.v), to_int64(&p.unit.v), to_text(&p.code), to_text(&p.name),
			to_bool(&p.is_direct), to_int32(&p.valid_from), to_int32(&p.valid_to)))) {
		assert(n < tree->posts);
		tree->post[n++] = p;
	}
	return db_end(&rows);
}

static int compare_codes(const void *a, const void *b)
{
	const struct org_unit *x = *(const struct org_unit *const *)a;
	const struct org_unit *y = *(const struct org_unit *const *)b;
	int order = strcmp(x->code, y->code);

	return order ? order : (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static void sort_codes(struct arena *arena, struct org_tree *tree)
{
	tree->by_code = ARENA_ARRAY(arena, (size_t)tree->units, const struct org_unit *);
	for (int i = 0; i < tree->units; i++)
		tree->by_code[i] = &tree->unit[i];
	qsort(tree->by_code, (size_t)tree->units, sizeof(const struct org_unit *), compare_codes);
}

/* Builds the tree in the arena of `tx`. */
static enum err build_tree(struct tx *tx, struct org_tree *tree)
{
	struct government government;
	enum err e = platform_load_government(tx, &government);

	if (e)
		return e;
	tree->zone = government.zone;
	e = load_sizes(tx, tree);
	if (!e)
		e = load_units(tx, tree);
	if (!e)
		e = load_sites(tx, tree);
	if (!e)
		e = load_posts(tx, tree);
	if (!e)
		sort_codes(tx->arena, tree);
	return e;
}

enum err org_load_tree(struct tx *tx, const struct org_tree **ret_tree)
{
	struct tx cached = *tx;
	struct org_tree *tree;
	int64_t generation;
	enum err e = platform_load_generation(tx, &generation);

	if (e)
		return e;
	*ret_tree = db_cache_get(tx->db, DB_CACHE_ORG, tx->government, generation);
	if (*ret_tree)
		return OK;
	cached.arena = db_cache_arena(tx->db, DB_CACHE_ORG, tx->government);
	tree = ARENA_NEW(cached.arena, struct org_tree);
	if ((e = build_tree(&cached, tree)))
		return e;
	db_cache_put(tx->db, DB_CACHE_ORG, tx->government, generation, tree);
	*ret_tree = tree;
	return OK;
}

enum err org_touch_generation(struct tx *tx)
{
	return platform_raise_generation(tx);
}
