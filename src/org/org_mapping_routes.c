/*
 * Mappings over HTTP: the saved ones and the examples of a kind, saving one, ending one.
 *
 * Saving under a name that is taken ends the mapping that had it: imports that were made by it keep
 * its name, and it is never edited. A leaf says who did it.
 */
#include "org/org_mapping_view.h"
#include "org/org_routes.h"

#include "base/str.h"
#include "platform/clock.h"
#include "trust/trust.h"

#define HEADING_MAX 200
#define VALUE_MAX   200
#define LIST_MAX    (MAPPINGS_MAX + 16)

/* ---- shapes ---- */

static const struct field value_fields[] = {
	F_TEXT(struct mapped_value, said, 1, VALUE_MAX, 0, "What the sheet says."),
	F_TEXT(struct mapped_value, meant, 1, VALUE_MAX, 0, "What it means here."),
	F_END,
};
const struct shape org_mapped_value_shape = SHAPE("MappedValue", struct mapped_value, value_fields);

static const struct field column_fields[] = {
	F_TEXT(struct mapped_column, column, 1, 40, 0, "Column of the kind."),
	F_TEXT(struct mapped_column, heading, 0, HEADING_MAX, 0,
		"Heading in the sheet; empty: not read from it."),
	F_TEXT(struct mapped_column, fixed, 0, VALUE_MAX, 0,
		"Value where the sheet says nothing; empty: none."),
	F_LIST(struct mapped_column, values, value_count, &org_mapped_value_shape, 0,
		MAPPING_VALUES_MAX, 0, "What its words mean."),
	F_END,
};
const struct shape org_mapped_column_shape = SHAPE(
	"MappedColumn", struct mapped_column, column_fields);

struct mapping_item {
	int64_t id;
	int32_t kind;
	const char *name;
	int32_t dates;
	bool ends_at_blank;
	const char *saved_by;
	int64_t saved_at;
	struct mapped_column *columns;
	int column_count;
};

static const struct field mapping_fields[] = {
	F_ID(struct mapping_item, id, OPTIONAL, "The mapping; absent: an example of the program."),
	F_ENUM(struct mapping_item, kind, import_subject_names, 0, "What its sheets are about."),
	F_TEXT(struct mapping_item, name, 1, 80, 0, "Its name."),
	F_ENUM(struct mapping_item, dates, date_order_names, 0,
		"In which order day, month and year are written."),
	F_BOOL(struct mapping_item, ends_at_blank, 0,
		"Whether the table ends at its first blank row."),
	F_TEXT(struct mapping_item, saved_by, 0, 200, OPTIONAL, "Who saved it."),
	F_INSTANT(struct mapping_item, saved_at, OPTIONAL, "When."),
	F_LIST(struct mapping_item, columns, column_count, &org_mapped_column_shape, 0,
		IMPORT_COLUMNS_MAX, 0, "Its columns."),
	F_END,
};
static const struct shape mapping_shape = SHAPE(
	"ImportMapping", struct mapping_item, mapping_fields);

struct mapping_list {
	struct mapping_item *items;
	int count;
};
static const struct field mappings_fields[] = {
	F_LIST(struct mapping_list, items, count, &mapping_shape, 0, LIST_MAX, 0,
		"Saved ones first, newest first; then the examples."),
	F_END,
};
const struct shape org_mappings_shape = SHAPE(
	"ImportMappings", struct mapping_list, mappings_fields);

struct mappings_query {
	int32_t kind;
};
static const struct field mappings_query_fields[] = {
	Q_ENUM(struct mappings_query, kind, import_subject_names, 0, "What the sheets are about."),
	F_END,
};
const struct shape org_mappings_query_shape = SHAPE(
	"ImportMappingsQuery", struct mappings_query, mappings_query_fields);

/* ---- listing ---- */

void org_view_columns(struct arena *arena, const struct import_kind *kind,
	const struct import_mapping *mapping, struct mapped_column **ret_column, int *ret_count)
{
	struct mapped_column *column = ARENA_ARRAY(
		arena, (size_t)kind->columns, struct mapped_column);
	int n = 0;

	for (int i = 0; i < kind->columns; i++) {
		const struct import_source *source = &mapping->source[i];
		struct mapped_column *c = &column[n];

		if (!*source->heading && !*source->fixed)
			continue;
		*c = (struct mapped_column){kind->column[i].name, source->heading, source->fixed,
			ARENA_ARRAY(arena, (size_t)source->values, struct mapped_value),
			source->values};
		for (int v = 0; v < source->values; v++)
			c->values[v] = (struct mapped_value){
				source->value[v].from, source->value[v].to};
		n++;
	}
	*ret_column = column;
	*ret_count = n;
}

static struct mapping_item make_item(
	struct arena *arena, const struct import_kind *kind, const struct import_mapping *mapping)
{
	struct mapping_item item = {.id = mapping->mapping_id,
		.kind = (int32_t)mapping->kind,
		.name = mapping->name,
		.dates = (int32_t)mapping->dates,
		.ends_at_blank = mapping->ends_at_blank,
		.saved_at = INSTANT_NONE};

	org_view_columns(arena, kind, mapping, &item.columns, &item.column_count);
	return item;
}

enum err org_get_mappings(struct req *rq)
{
	const struct mappings_query *in = rq->input;
	const struct import_kind *kind = org_import_kind((enum import_subject)in->kind);
	struct mapping_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, LIST_MAX, struct mapping_item)};
	struct org_mapping_row *row;
	int count;
	enum err e = kind ? org_list_mappings(rq->tx, kind, &row, &count) : E_NOT_FOUND;

	if (e)
		return e;
	for (int i = 0; i < count; i++) {
		struct mapping_item item = make_item(rq->tx->arena, kind, &row[i].mapping);

		item.saved_by = row[i].creator;
		item.saved_at = row[i].created_at;
		out.items[out.count++] = item;
	}
	for (int i = 0; i < kind->presets && out.count < LIST_MAX; i++)
		out.items[out.count++] = make_item(rq->tx->arena, kind, &kind->preset[i]);
	return reply(rq, 200, &out);
}

/* ---- saving ---- */

struct mapping_request {
	int32_t kind;
	const char *name;
	int32_t dates;
	bool ends_at_blank;
	struct mapped_column *columns;
	int column_count;
};
static const struct field mapping_request_fields[] = {
	F_ENUM(struct mapping_request, kind, import_subject_names, 0, "What its sheets are about."),
	F_TEXT(struct mapping_request, name, 1, 80, 0,
		"Its name; the mapping in force that has it is ended."),
	F_ENUM(struct mapping_request, dates, date_order_names, 0,
		"In which order day, month and year are written."),
	F_BOOL(struct mapping_request, ends_at_blank, 0,
		"Whether the table ends at its first blank row: signatures follow."),
	F_LIST(struct mapping_request, columns, column_count, &org_mapped_column_shape, 1,
		IMPORT_COLUMNS_MAX, 0,
		"Columns of the kind and where they come from. Columns of the sheet that none "
		"names are not read and not kept."),
	F_END,
};
const struct shape org_mapping_input_shape = SHAPE(
	"ImportMappingInput", struct mapping_request, mapping_request_fields);

struct mapping_saved {
	int64_t mapping;
};
static const struct field mapping_saved_fields[] = {
	F_ID(struct mapping_saved, mapping, 0, "The mapping."),
	F_END,
};
const struct shape org_mapping_saved_shape = SHAPE(
	"ImportMappingSaved", struct mapping_saved, mapping_saved_fields);

static int find_column(const struct import_kind *kind, const char *name)
{
	for (int i = 0; i < kind->columns; i++) {
		if (str_eq(kind->column[i].name, name))
			return i;
	}
	return -1;
}

/* A column as sent into its place; the pointer of a fault into rq. */
static enum err take_column(
	struct req *rq, const struct import_kind *kind, int index, struct import_mapping *mapping)
{
	const struct mapping_request *in = rq->input;
	const struct mapped_column *c = &in->columns[index];
	int column = find_column(kind, c->column);
	const char *pointer = arena_printf(rq->tx->arena, "/columns/%d/column", index);

	if (column < 0)
		return refuse(rq, E_BAD_FIELD, pointer, "the kind has no such column");
	if (mapping->source[column].heading)
		return refuse(rq, E_BAD_FIELD, pointer, "given twice");
	struct import_value *value = ARENA_ARRAY(
		rq->tx->arena, (size_t)c->value_count, struct import_value);
	for (int i = 0; i < c->value_count; i++)
		value[i] = (struct import_value){c->values[i].said, c->values[i].meant};
	mapping->source[column] = (struct import_source){
		c->heading, c->fixed, value, c->value_count};
	return OK;
}

static enum err read_mapping(
	struct req *rq, const struct import_kind *kind, struct import_mapping *ret)
{
	const struct mapping_request *in = rq->input;
	const char *pointer;
	enum err e = OK;

	*ret = (struct import_mapping){.mapping_id = id_next(),
		.name = in->name,
		.kind = (enum import_subject)in->kind,
		.dates = (enum date_order)in->dates,
		.ends_at_blank = in->ends_at_blank};
	for (int i = 0; i < in->column_count && !e; i++)
		e = take_column(rq, kind, i, ret);
	for (int i = 0; i < IMPORT_COLUMNS_MAX; i++) {
		if (!ret->source[i].heading)
			ret->source[i] = (struct import_source){"", "", NULL, 0};
	}
	const char *why = e ? NULL : check_mapping(rq->tx->arena, kind, ret, &pointer);
	return why ? refuse(rq, E_BAD_FIELD, pointer, why) : e;
}

static void add_leaf(
	struct tx *tx, const char *what, const char *kind, const char *name, int64_t mapping_id)
{
	const char *fact = arena_printf(tx->arena, "mapping %s %s \"%s\"", what, kind, name);

	trust_add_leaf(tx, LEAF_IMPORT, mapping_id, fact, strlen(fact));
}

enum err org_post_mapping(struct req *rq)
{
	const struct mapping_request *in = rq->input;
	const struct import_kind *kind = org_import_kind((enum import_subject)in->kind);
	struct org_mapping_row *row;
	struct import_mapping mapping;
	int count;
	enum err e;

	if (!kind)
		return refuse(rq, E_BAD_FIELD, "/kind", "cannot be imported");
	if ((e = read_mapping(rq, kind, &mapping)) ||
		(e = org_end_mapping_named(rq->tx, kind->subject, in->name, rq->actor.employee)) ||
		(e = org_list_mappings(rq->tx, kind, &row, &count)))
		return e;
	if (count == MAPPINGS_MAX)
		return refuse(rq, E_CONFLICT, "/name", "too many mappings: end one first");
	if ((e = org_add_mapping(rq->tx, kind, &mapping, rq->actor.employee)))
		return e;
	add_leaf(rq->tx, "saved", import_subject_names[in->kind], in->name, mapping.mapping_id);
	return reply(rq, 200, &(struct mapping_saved){mapping.mapping_id});
}

/* ---- ending ---- */

struct mapping_path {
	int64_t mapping;
};
static const struct field mapping_path_fields[] = {
	PATH_ID(struct mapping_path, mapping, "The mapping."),
	F_END,
};
const struct shape org_mapping_path_shape = SHAPE(
	"ImportMappingPath", struct mapping_path, mapping_path_fields);

enum err org_post_mapping_end(struct req *rq)
{
	const struct mapping_path *in = rq->input;
	enum import_subject kind;
	const char *name;
	enum err e = org_load_mapping(rq->tx, in->mapping, &kind, &name);

	if (e || (e = org_end_mapping(rq->tx, in->mapping, rq->actor.employee)))
		return e;
	add_leaf(rq->tx, "ended", import_subject_names[kind], name, in->mapping);
	return reply(rq, 204, NULL);
}
