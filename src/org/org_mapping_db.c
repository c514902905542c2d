/*
 * Saved mappings as rows. A mapping is never edited: saving one under a name ends the one that had
 * it. Columns are named, so a mapping outlives a new order of a kind's columns; what a kind no
 * longer has is left out.
 */
#include "org/org_import_int.h"

#include "base/str.h"

struct db_stmt ORG_ADD_MAPPING = {"org_add_mapping",
	"INSERT INTO org_mapping (government_id, mapping_id, kind, name, dates, ends_at_blank, "
	"created_by, created_at, ended_by, ended_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)",
	0};
struct db_stmt ORG_ADD_MAPPING_COLUMN = {"org_add_mapping_column",
	"INSERT INTO org_mapping_column (government_id, mapping_id, kind_column, heading, fixed)"
	" VALUES ($1, $2, $3, $4, $5)",
	0};
struct db_stmt ORG_ADD_MAPPING_VALUE = {"org_add_mapping_value",
	"INSERT INTO org_mapping_value (government_id, mapping_id, kind_column, said, meant)"
	" VALUES ($1, $2, $3, $4, $5)",
	0};

static enum err add_column(struct tx *tx, int64_t mapping_id, const struct import_column *column,
	const struct import_source *source)
{
	enum err e = OK;

	if (*source->heading || *source->fixed)
		e = db_exec(tx, &ORG_ADD_MAPPING_COLUMN,
			BIND(db_int(tx->government.v), db_int(mapping_id), db_text(column->name),
				db_text(source->heading), db_text(source->fixed)),
			NULL);
	for (int i = 0; i < source->values && !e; i++)
		e = db_exec(tx, &ORG_ADD_MAPPING_VALUE,
			BIND(db_int(tx->government.v), db_int(mapping_id), db_text(column->name),
				db_text(source->value[i].from), db_text(source->value[i].to)),
			NULL);
	return e;
}

enum err org_add_mapping(struct tx *tx, const struct import_kind *kind,
	const struct import_mapping *mapping, struct employee_id actor)
{
	enum err e = db_exec(tx, &ORG_ADD_MAPPING,
		BIND(db_int(tx->government.v), db_int(mapping->mapping_id), db_int(mapping->kind),
			db_text(mapping->name), db_int(mapping->dates),
			db_int(mapping->ends_at_blank), db_int(actor.v), db_int(tx->now_ms)),
		NULL);

	for (int i = 0; i < kind->columns && !e; i++)
		e = add_column(tx, mapping->mapping_id, &kind->column[i], &mapping->source[i]);
	return e;
}

struct db_stmt ORG_END_MAPPING_NAMED = {"org_end_mapping_named",
	"UPDATE org_mapping SET ended_by = $4, ended_at = $5"
	" WHERE government_id = $1 AND kind = $2 AND name = $3 AND ended_at = 0",
	0};

enum err org_end_mapping_named(
	struct tx *tx, enum import_subject kind, const char *name, struct employee_id actor)
{
	return db_exec(tx, &ORG_END_MAPPING_NAMED,
		BIND(db_int(tx->government.v), db_int(kind), db_text(name), db_int(actor.v),
			db_int(tx->now_ms)),
		NULL);
}

struct db_stmt ORG_END_MAPPING = {"org_end_mapping",
	"UPDATE org_mapping SET ended_by = $3, ended_at = $4"
	" WHERE government_id = $1 AND mapping_id = $2 AND ended_at = 0",
	0};

enum err org_end_mapping(struct tx *tx, int64_t mapping_id, struct employee_id actor)
{
	return db_exec(tx, &ORG_END_MAPPING,
		BIND(db_int(tx->government.v), db_int(mapping_id), db_int(actor.v),
			db_int(tx->now_ms)),
		NULL);
}

struct db_stmt ORG_LOAD_MAPPING = {"org_load_mapping",
	"SELECT kind, name FROM org_mapping WHERE government_id = $1 AND mapping_id = $2"
	" AND ended_at = 0",
	0};

enum err org_load_mapping(
	struct tx *tx, int64_t mapping_id, enum import_subject *ret_kind, const char **ret_name)
{
	int32_t kind = 0;
	enum err e = db_load(tx, &ORG_LOAD_MAPPING,
		BIND(db_int(tx->government.v), db_int(mapping_id)),
		INTO(to_int32(&kind), to_text(ret_name)));

	*ret_kind = (enum import_subject)kind;
	return e;
}

/* ---- whole mappings ---- */

struct db_stmt ORG_LIST_MAPPINGS = {"org_list_mappings",
	"SELECT m.mapping_id, m.name, m.dates, m.ends_at_blank, m.created_by, m.created_at, "
	"coalesce(e.name, '')"
	" FROM org_mapping m LEFT JOIN org_employee e ON e.government_id = m.government_id"
	" AND e.employee_id = m.created_by"
	" WHERE m.government_id = $1 AND m.kind = $2 AND m.ended_at = 0"
	" ORDER BY m.mapping_id DESC LIMIT $3",
	0};

static enum err list_heads(
	struct tx *tx, enum import_subject kind, struct org_mapping_row *row, int *ret_count)
{
	struct db_rows rows;
	int32_t dates;
	int n = 0;

	db_query(tx, &ORG_LIST_MAPPINGS,
		BIND(db_int(tx->government.v), db_int(kind), db_int(MAPPINGS_MAX)), &rows);
	while (n < MAPPINGS_MAX) {
		struct org_mapping_row *r = &row[n];

		if (!db_next(
			    &rows, INTO(to_int64(&r->mapping.mapping_id), to_text(&r->mapping.name),
					   to_int32(&dates), to_bool(&r->mapping.ends_at_blank),
					   to_int64(&r->created_by.v), to_int64(&r->created_at),
					   to_text(&r->creator))))
			break;
		r->mapping.kind = kind;
		r->mapping.dates = (enum date_order)dates;
		for (int i = 0; i < IMPORT_COLUMNS_MAX; i++)
			r->mapping.source[i] = (struct import_source){"", "", NULL, 0};
		n++;
	}
	*ret_count = n;
	return db_end(&rows);
}

static int find_column(const struct import_kind *kind, const char *name)
{
	for (int i = 0; i < kind->columns; i++) {
		if (str_eq(kind->column[i].name, name))
			return i;
	}
	return -1;
}

struct db_stmt ORG_LIST_MAPPING_COLUMNS = {"org_list_mapping_columns",
	"SELECT kind_column, heading, fixed FROM org_mapping_column"
	" WHERE government_id = $1 AND mapping_id = $2 ORDER BY kind_column",
	0};

static enum err load_columns(
	struct tx *tx, const struct import_kind *kind, struct import_mapping *mapping)
{
	struct db_rows rows;
	const char *name, *heading, *fixed;

	db_query(tx, &ORG_LIST_MAPPING_COLUMNS,
		BIND(db_int(tx->government.v), db_int(mapping->mapping_id)), &rows);
	while (db_next(&rows, INTO(to_text(&name), to_text(&heading), to_text(&fixed)))) {
		int column = find_column(kind, name);

		if (column >= 0)
			mapping->source[column] = (struct import_source){heading, fixed, NULL, 0};
	}
	return db_end(&rows);
}

struct db_stmt ORG_LIST_MAPPING_VALUES = {"org_list_mapping_values",
	"SELECT kind_column, said, meant FROM org_mapping_value"
	" WHERE government_id = $1 AND mapping_id = $2 ORDER BY kind_column, said LIMIT $3",
	0};

/* Values of one column stand together: each source points into one array. */
static enum err load_values(
	struct tx *tx, const struct import_kind *kind, struct import_mapping *mapping)
{
	const int max = IMPORT_COLUMNS_MAX * MAPPING_VALUES_MAX;
	struct import_value *value = NULL;
	struct db_rows rows;
	const char *name, *said, *meant;
	int n = 0, room = 0;

	db_query(tx, &ORG_LIST_MAPPING_VALUES,
		BIND(db_int(tx->government.v), db_int(mapping->mapping_id), db_int(max)), &rows);
	while (db_next(&rows, INTO(to_text(&name), to_text(&said), to_text(&meant)))) {
		int column = find_column(kind, name);
		struct import_source *source = column < 0 ? NULL : &mapping->source[column];

		if (!source)
			continue;
		if (source->values == 0 || n == room) {
			/* the rows of a column must lie together, also when the array moves */
			room = source->values * 2 + 16;
			struct import_value *grown = ARENA_ARRAY(
				tx->arena, (size_t)room, struct import_value);
			for (int i = 0; i < source->values; i++)
				grown[i] = source->value[i];
			value = grown;
			n = source->values;
			source->value = value;
		}
		value[n++] = (struct import_value){said, meant};
		source->values++;
	}
	return db_end(&rows);
}

enum err org_list_mappings(struct tx *tx, const struct import_kind *kind,
	struct org_mapping_row **ret_row, int *ret_count)
{
	*ret_row = ARENA_ARRAY(tx->arena, MAPPINGS_MAX, struct org_mapping_row);
	enum err e = list_heads(tx, kind->subject, *ret_row, ret_count);

	for (int i = 0; i < *ret_count && !e; i++) {
		e = load_columns(tx, kind, &(*ret_row)[i].mapping);
		if (!e)
			e = load_values(tx, kind, &(*ret_row)[i].mapping);
	}
	return e;
}
