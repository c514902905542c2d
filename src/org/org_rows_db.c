/*
 * Rows of org entered one by one: units, people, placements, relations, sites, posts (org_rows.h).
 *
 * A new dated row ends the one it replaces the day before and itself ends the day before the next
 * one, so rows of one person never overlap in whatever order they are entered.
 */
#include "org/org_db.h"

#include "base/str.h"
#include "platform/clock.h"
#include "trust/trust.h"

struct db_stmt ORG_LOAD_UNIT_PLACE = {"org_load_unit_place",
	"SELECT path, agency_id FROM org_unit WHERE government_id = $1 AND unit_id = $2", 0};

/* Agency and path of a new unit below `parent`. */
static enum err place_unit(struct tx *tx, int64_t id, struct unit_id parent,
	struct unit_id *ret_agency, const char **ret_path)
{
	const char *above = "/";
	enum err e = OK;

	ret_agency->v = id;
	if (parent.v)
		e = db_load(tx, &ORG_LOAD_UNIT_PLACE,
			BIND(db_int(tx->government.v), db_int(parent.v)),
			INTO(to_text(&above), to_int64(&ret_agency->v)));
	if (!e)
		*ret_path = arena_printf(tx->arena, "%s%lld/", above, (long long)id);
	return e;
}

struct db_stmt ORG_ADD_UNIT = {"org_add_unit",
	"INSERT INTO org_unit (government_id, unit_id, parent_id, agency_id, path, code, name, "
	"kind, character,"
	" valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	0};

enum err org_add_unit(struct tx *tx, const struct org_unit *row, struct unit_id *ret_unit)
{
	const int64_t id = id_next();
	struct unit_id agency;
	const char *path;
	struct buf fact;

	enum err e = place_unit(tx, id, row->parent, &agency, &path);
	if (e)
		return e;
	e = db_exec(tx, &ORG_ADD_UNIT,
		BIND(db_int(tx->government.v), db_int(id), db_int(row->parent.v), db_int(agency.v),
			db_text(path), db_text(row->code), db_text(row->name), db_int(row->kind),
			db_int(row->character), db_int(row->valid_from), db_int(row->valid_to)),
		NULL);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "unit %s below %lld kind %s character %s from %d to %d name %s",
		row->code, (long long)row->parent.v, unit_kind_names[row->kind],
		unit_character_names[row->character], row->valid_from, row->valid_to, row->name);
	trust_add_leaf(tx, LEAF_UNIT, id, fact.p, fact.n);
	ret_unit->v = id;
	return OK;
}

struct db_stmt ORG_ADD_EMPLOYEE = {"org_add_employee",
	"INSERT INTO org_employee (government_id, employee_id, nip, name, name_folded, "
	"title_before, title_after,"
	" employment_kind, has_phone, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, "
	"$8, $9, $10, $11)",
	0};

enum err org_add_employee(struct tx *tx, const struct employee_row *row, int32_t from, int32_t to,
	struct employee_id *ret_employee)
{
	ret_employee->v = id_next();
	return db_exec(tx, &ORG_ADD_EMPLOYEE,
		BIND(db_int(tx->government.v), db_int(ret_employee->v), db_text(row->nip),
			db_text(row->name), db_text(str_fold(tx->arena, row->name)),
			db_text(row->title_before ? row->title_before : ""),
			db_text(row->title_after ? row->title_after : ""), db_int(row->kind),
			db_int(row->has_phone), db_int(from), db_int(to)),
		NULL);
}

struct db_stmt ORG_END_PLACEMENT = {"org_end_placement",
	"UPDATE org_placement SET valid_to = $3 - 1 WHERE government_id = $1 AND employee_id = $2"
	" AND valid_from < $3 AND valid_to >= $3",
	0};

static enum err end_placement(struct tx *tx, struct employee_id employee, int32_t from)
{
	return db_exec(tx, &ORG_END_PLACEMENT,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from)), NULL);
}

struct db_stmt ORG_ADD_PLACEMENT = {"org_add_placement",
	"INSERT INTO org_placement (government_id, employee_id, valid_from, valid_to, unit_id, "
	"position,"
	" position_level, decree) VALUES ($1, $2, $3, coalesce((SELECT MIN(n.valid_from) - 1 FROM "
	"org_placement n"
	"  WHERE n.government_id = $1 AND n.employee_id = $2 AND n.valid_from > $3), 2932896), $4, "
	"$5, $6, $7)"
	" ON CONFLICT (government_id, employee_id, valid_from) DO UPDATE SET unit_id = "
	"excluded.unit_id,"
	" position = excluded.position, position_level = excluded.position_level, decree = "
	"excluded.decree",
	0};

enum err org_place(struct tx *tx, struct employee_id employee, struct unit_id unit,
	const char *position, enum position_level level, const char *decree, int32_t from)
{
	enum err e = end_placement(tx, employee, from);

	if (e)
		return e;
	return db_exec(tx, &ORG_ADD_PLACEMENT,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(unit.v),
			db_text(position), db_int(level), db_text(decree)),
		NULL);
}

struct db_stmt ORG_END_RELATION = {"org_end_relation",
	"UPDATE org_relation SET valid_to = $4 - 1 WHERE government_id = $1 AND employee_id = $2 "
	"AND kind = $3"
	" AND valid_from < $4 AND valid_to >= $4",
	0};

static enum err end_relation(
	struct tx *tx, struct employee_id employee, enum relation_kind kind, int32_t from)
{
	return db_exec(tx, &ORG_END_RELATION,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(kind), db_int(from)),
		NULL);
}

struct db_stmt ORG_ADD_RELATION = {"org_add_relation",
	"INSERT INTO org_relation (government_id, employee_id, kind, valid_from, valid_to, "
	"superior_id)"
	" VALUES ($1, $2, $3, $4, coalesce((SELECT MIN(n.valid_from) - 1 FROM org_relation n"
	"  WHERE n.government_id = $1 AND n.employee_id = $2 AND n.kind = $3 AND n.valid_from > "
	"$4), 2932896), $5)"
	" ON CONFLICT (government_id, employee_id, kind, valid_from) DO UPDATE SET superior_id = "
	"excluded.superior_id",
	0};

enum err org_relate(struct tx *tx, struct employee_id employee, enum relation_kind kind,
	struct employee_id superior, int32_t from)
{
	enum err e = end_relation(tx, employee, kind, from);

	if (e)
		return e;
	return db_exec(tx, &ORG_ADD_RELATION,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(kind), db_int(from),
			db_int(superior.v)),
		NULL);
}

/* Corners as stored: "lat lon;lat lon"; "" for a circle. */
static const char *print_corners(struct arena *arena, const struct org_site *site)
{
	struct buf b;

	buf_init(&b, arena, 64);
	buf_str(&b, "");
	for (int i = 0; i < site->corners; i++)
		buf_printf(&b, "%s%d %d", i ? ";" : "", site->corner[i].lat_e7,
			site->corner[i].lon_e7);
	return b.p;
}

struct db_stmt ORG_ADD_SITE = {"org_add_site",
	"INSERT INTO org_site (government_id, site_id, unit_id, name, zone, lat_e7, lon_e7, "
	"radius_metres, cosine,"
	" corners, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
	"$12)",
	0};

enum err org_add_site(struct tx *tx, const struct org_site *row, struct site_id *ret_site)
{
	const int64_t id = id_next();
	const char *corners = print_corners(tx->arena, row);
	struct buf fact;

	enum err e = db_exec(tx, &ORG_ADD_SITE,
		BIND(db_int(tx->government.v), db_int(id), db_int(row->unit.v), db_text(row->name),
			db_int(row->zone), db_int(row->centre.lat_e7), db_int(row->centre.lon_e7),
			db_int(row->radius_metres), db_int(geo_cosine(row->centre.lat_e7)),
			db_text(corners), db_int(row->valid_from), db_int(row->valid_to)),
		NULL);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "site of %lld at %d %d radius %d corners %s from %d to %d name %s",
		(long long)row->unit.v, row->centre.lat_e7, row->centre.lon_e7, row->radius_metres,
		corners, row->valid_from, row->valid_to, row->name);
	trust_add_leaf(tx, LEAF_SITE, id, fact.p, fact.n);
	ret_site->v = id;
	return OK;
}

struct db_stmt ORG_ADD_POST = {"org_add_post",
	"INSERT INTO org_post (government_id, post_id, unit_id, code, name, is_direct, skills, "
	"valid_from, valid_to)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	0};

static enum err add_post_row(
	struct tx *tx, const struct org_post *row, const char *skills, int64_t id)
{
	return db_exec(tx, &ORG_ADD_POST,
		BIND(db_int(tx->government.v), db_int(id), db_int(row->unit.v), db_text(row->code),
			db_text(row->name), db_int(row->is_direct), db_text(skills),
			db_int(row->valid_from), db_int(row->valid_to)),
		NULL);
}

struct db_stmt ORG_ADD_POST_PERIOD = {"org_add_post_period",
	"INSERT INTO org_post_period (government_id, post_id, weekday, opens, closes, minimum)"
	" VALUES ($1, $2, $3, $4, $5, $6)",
	0};

static enum err add_post_period(struct tx *tx, int64_t post, const struct post_period *period)
{
	return db_exec(tx, &ORG_ADD_POST_PERIOD,
		BIND(db_int(tx->government.v), db_int(post), db_int(period->weekday),
			db_int(period->opens), db_int(period->closes), db_int(period->minimum)),
		NULL);
}

enum err org_add_post(struct tx *tx, const struct org_post *row, const char *skills,
	const struct post_period *period, int periods, struct post_id *ret_post)
{
	const int64_t id = id_next();
	enum err e = add_post_row(tx, row, skills, id);

	for (int i = 0; i < periods && !e; i++)
		e = add_post_period(tx, id, &period[i]);
	ret_post->v = id;
	return e;
}

struct db_stmt ORG_ADD_POST_MEMBER = {"org_add_post_member",
	"INSERT INTO org_post_member (government_id, employee_id, post_id, valid_from, valid_to)"
	" VALUES ($1, $2, $3, $4, 2932896) ON CONFLICT DO NOTHING",
	0};

enum err org_add_post_member(
	struct tx *tx, struct employee_id employee, struct post_id post, int32_t from)
{
	return db_exec(tx, &ORG_ADD_POST_MEMBER,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(post.v), db_int(from)),
		NULL);
}
