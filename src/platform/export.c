/*
 * Lists as tables (export.h): shapes tell what the rows are, the handler fills them page by page.
 */
#include "platform/export.h"

#include "base/str.h"
#include "platform/fields_int.h"
#include "platform/platform_db.h"

#include <assert.h>

#define PAGES_MAX 1000

struct export_run {
	enum table_format format;
	struct table *table; /* from the first page on */
	struct {
		const struct field *object, *field; /* object NULL: of the item itself */
	} column[TABLE_COLUMNS_MAX];
	int columns, days;
	int rows;
	const char *next; /* cursor of the page to come, as text; NULL: none */
};

/* ---- words ---- */

struct heading {
	const char *field, *text;
};
struct value_words {
	const char *field, *value, *text;
};

#define H(field, text) {field, text},
#define V(field, value, text)
static const struct heading headings[] = {
#include "platform/export_words.def"
};
#undef H
#undef V
#define H(field, text)
#define V(field, value, text) {field, value, text},
static const struct value_words value_words[] = {
#include "platform/export_words.def"
};
#undef H
#undef V

/* "" when the field is left out. */
static const char *heading_of(const char *field)
{
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++) {
		if (str_eq(headings[i].field, field))
			return headings[i].text;
	}
	return field;
}

static const char *words_of(const char *field, const char *value)
{
	for (size_t i = 0; value && i < sizeof(value_words) / sizeof(value_words[0]); i++) {
		if (str_eq(value_words[i].field, field) && str_eq(value_words[i].value, value))
			return value_words[i].text;
	}
	return value;
}

/* "status", or with what it rests on behind a line break, as reports_recap_db.c writes it. */
static const char *words_of_text(struct arena *arena, const char *field, const char *text)
{
	const char *rest = text ? strchr(text, '\n') : NULL;
	const char *first = rest ? arena_strndup(arena, text, (size_t)(rest - text)) : NULL;

	if (!rest || str_eq(words_of(field, first), first))
		return words_of(field, text);
	return arena_printf(arena, "%s: %s", words_of(field, first), rest + 1);
}

/* ---- members by copy, as fields.c reads them ---- */

static int32_t int32_at(const void *in, size_t offset)
{
	int32_t v;
	memcpy(&v, (const char *)in + offset, sizeof v);
	return v;
}

static int64_t int64_at(const void *in, size_t offset)
{
	int64_t v;
	memcpy(&v, (const char *)in + offset, sizeof v);
	return v;
}

static const void *pointer_at(const void *in, size_t offset)
{
	const void *p;
	memcpy(&p, (const char *)in + offset, sizeof p);
	return p;
}

static const struct field *member_of(const struct shape *shape, const char *name)
{
	for (const struct field *f = shape ? shape->fields : NULL; f && f->name; f++) {
		if (str_eq(f->name, name))
			return f;
	}
	return NULL;
}

/* ---- the question ---- */

bool export_begin(struct req *rq, const char *format)
{
	struct export_run *run;

	for (int i = 0; table_format_names[i]; i++) {
		if (!str_eq(table_format_names[i], format))
			continue;
		run = rq->exporting = ARENA_NEW(rq->tx->arena, struct export_run);
		run->format = (enum table_format)i;
		return true;
	}
	return false;
}

/* Pages as large as the list allows. */
static void ask_for_large_pages(struct req *rq)
{
	const struct field *limit = member_of(rq->route->input, "limit");

	if (!limit || limit->type != FIELD_INT)
		return;
	int32_t most = (int32_t)limit->max;
	memcpy((char *)rq->input + limit->offset, &most, sizeof most);
}

/* ---- columns ---- */

static enum table_type type_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_INT:
	case FIELD_INT64:
		return TABLE_INT;
	case FIELD_DAY:
		return TABLE_DAY;
	case FIELD_MINUTE:
		return TABLE_MINUTE;
	case FIELD_INSTANT:
		return TABLE_INSTANT;
	default:
		return TABLE_TEXT;
	}
}

static bool is_shown(const struct field *f, const struct list_export *ex)
{
	switch (f->type) {
	case FIELD_INT:
	case FIELD_INT64:
	case FIELD_BOOL:
	case FIELD_TEXT:
	case FIELD_ENUM:
	case FIELD_DAY:
	case FIELD_MINUTE:
	case FIELD_INSTANT:
	case FIELD_TEXTS:
		return *heading_of(f->name) && !(ex->letters && str_eq(ex->letters, f->name));
	default:
		return false;
	}
}

/* An object that has a heading, which no field name is. */
static bool is_object(const struct field *f)
{
	return f->type == FIELD_OBJECT && !str_eq(heading_of(f->name), f->name) &&
	       *heading_of(f->name);
}

static const struct field *list_of(const struct req *rq)
{
	const struct list_export *ex = rq->route->exports;
	const struct field *list = member_of(rq->route->output, ex->list ? ex->list : "items");

	assert(list && list->type == FIELD_LIST);
	return list;
}

/* As many days as the longest line of the first page. */
static int count_days(const struct list_export *ex, const struct field *list, const void *out)
{
	const struct field *letters = ex->letters ? member_of(list->shape, ex->letters) : NULL;
	const char *items = pointer_at(out, list->offset);
	int count = int32_at(out, list->count_offset), days = 0;

	for (int i = 0; letters && i < count; i++) {
		const char *text = pointer_at(
			items + (size_t)i * list->shape->size, letters->offset);
		int n = text ? (int)strlen(text) : 0;

		days = n > days ? n : days;
	}
	return days;
}

static void add_day_columns(struct req *rq, const void *out, struct table_column *column, int at)
{
	const struct field *from = member_of(rq->route->output, rq->route->exports->first_day);
	int32_t first;

	assert(from && from->type == FIELD_DAY);
	first = int32_at(out, from->offset);
	for (int i = 0; i < rq->exporting->days; i++) {
		char *text = arena_alloc(rq->tx->arena, 11);

		day_format(first + i, text);
		column[at + i] = (struct table_column){text, TABLE_TEXT, 11};
	}
}

/* Two objects of one shape are told apart by their heading; what the item says itself is not
 * repeated. */
static const char *column_heading(
	struct arena *arena, const struct field *object, const struct field *f)
{
	return object && object->flags & OPTIONAL
		       ? arena_printf(
				 arena, "%s: %s", heading_of(object->name), heading_of(f->name))
		       : heading_of(f->name);
}

static void add_columns(struct req *rq, const struct shape *shape, const struct field *object,
	struct table_column *column)
{
	struct export_run *run = rq->exporting;
	const struct shape *item = list_of(rq)->shape;

	for (const struct field *f = shape->fields; f->name; f++) {
		if (!object && is_object(f))
			add_columns(rq, f->shape, f, column);
		if (!is_shown(f, rq->route->exports) || run->columns == TABLE_COLUMNS_MAX ||
			(object && member_of(item, f->name)))
			continue;
		column[run->columns] = (struct table_column){
			column_heading(rq->tx->arena, object, f), type_of(f),
			str_eq(f->name, "nip") ? 21 : 0};
		run->column[run->columns].object = object;
		run->column[run->columns++].field = f;
	}
}

static enum err begin_table(struct req *rq, const void *out)
{
	struct export_run *run = rq->exporting;
	const struct list_export *ex = rq->route->exports;
	const struct field *list = list_of(rq);
	struct table_column *column = ARENA_ARRAY(
		rq->tx->arena, TABLE_COLUMNS_MAX, struct table_column);
	struct government g;
	char day[11], minute[6];
	enum err e = platform_load_government(rq->tx, &g);

	if (e)
		return e;
	add_columns(rq, list->shape, NULL, column);
	run->days = count_days(ex, list, out);
	assert(run->columns + run->days <= TABLE_COLUMNS_MAX);
	if (run->days)
		add_day_columns(rq, out, column, run->columns);
	day_format(instant_day(rq->tx->now_ms, g.zone), day);
	minute_format(instant_minute(rq->tx->now_ms, g.zone), minute);
	const char *title[] = {ex->title, g.name,
		arena_printf(rq->tx->arena, "Diunduh %s %s %s", day, minute, zone_name(g.zone))};
	run->table = table_new(rq->tx->arena,
		&(struct table_options){run->format, g.zone, g.is_demo, rq->tx->now_ms});
	table_begin(run->table,
		&(struct table_sheet){"Data", title, 3, column, run->columns + run->days, false});
	rq->disposition = arena_printf(
		rq->tx->arena, "luwes-%s-%s.%s", ex->file, day, table_format_names[run->format]);
	return OK;
}

/* ---- rows ---- */

static const char *join_texts(struct arena *arena, const struct field *f, const void *item)
{
	const char *const *text = pointer_at(item, f->offset);
	int count = int32_at(item, f->count_offset);
	struct buf b;

	buf_init(&b, arena, 64);
	for (int i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", words_of(f->name, text[i]));
	return b.n ? b.p : NULL;
}

static void add_cell(struct req *rq, const struct field *f, const void *item)
{
	struct table *t = rq->exporting->table;
	int32_t v = f->type == FIELD_TEXT || f->type == FIELD_TEXTS || f->type == FIELD_BOOL
			    ? 0
			    : int32_at(item, f->offset);

	switch (f->type) {
	case FIELD_BOOL:
		table_text(t, *((const bool *)item + f->offset) ? "ya" : "tidak");
		break;
	case FIELD_ENUM:
		table_text(t, v < 0 ? NULL : words_of(f->name, f->names[v]));
		break;
	case FIELD_TEXT:
		table_text(t, words_of_text(rq->tx->arena, f->name, pointer_at(item, f->offset)));
		break;
	case FIELD_TEXTS:
		table_text(t, join_texts(rq->tx->arena, f, item));
		break;
	case FIELD_DAY:
		table_day(t, v == DAY_FOREVER ? DAY_NONE : v);
		break;
	case FIELD_MINUTE:
		table_minute(t, v);
		break;
	case FIELD_INSTANT:
		table_instant(t, int64_at(item, f->offset));
		break;
	case FIELD_INT64:
		table_int(t, int64_at(item, f->offset));
		break;
	default:
		if (v == INT_NONE)
			table_empty(t);
		else
			table_int(t, v);
		break;
	}
}

static void add_letters(struct req *rq, const struct field *list, const void *item)
{
	static const char *const said[][2] = {
		{"K", "WFO"}, {"R", "WFH"}, {"A", "WFA"}, {"D", "DL"}, {"-", ""}};
	const struct field *f = member_of(list->shape, rq->route->exports->letters);
	const char *text = pointer_at(item, f->offset);

	for (int i = 0; i < rq->exporting->days; i++) {
		char letter[2] = {text && (int)strlen(text) > i ? text[i] : '\0', '\0'};
		const char *shown = letter;

		for (size_t k = 0; k < sizeof(said) / sizeof(said[0]); k++)
			shown = str_eq(letter, said[k][0]) ? said[k][1] : shown;
		table_text(
			rq->exporting->table, *shown ? arena_strdup(rq->tx->arena, shown) : NULL);
	}
}

/* The cursor of the page to come as text: ids, numbers and texts. */
static const char *next_of(struct req *rq, const void *out)
{
	const struct field *f = member_of(rq->route->output, "next");
	int64_t v;

	if (!f)
		return NULL;
	if (f->type == FIELD_TEXT)
		return pointer_at(out, f->offset);
	v = f->type == FIELD_INT ? int32_at(out, f->offset) : int64_at(out, f->offset);
	if (f->type == FIELD_INT ? v == INT_NONE : v == 0 || v == INSTANT_NONE)
		return NULL;
	return arena_printf(rq->tx->arena, "%lld", (long long)v);
}

/* Where the members of a column stand; NULL when the item has no such object. */
static const void *owner_of(const struct field *object, const void *item)
{
	if (!object)
		return item;
	return object->flags & OPTIONAL ? pointer_at(item, object->offset)
					: (const char *)item + object->offset;
}

enum err export_add(struct req *rq, const void *out)
{
	struct export_run *run = rq->exporting;
	const struct field *list = list_of(rq);
	const char *items = pointer_at(out, list->offset);
	int count = int32_at(out, list->count_offset);
	enum err e = run->table ? OK : begin_table(rq, out);

	if (e)
		return e;
	if (run->rows + count > EXPORT_ROWS_MAX)
		return refuse(rq, E_TOO_LARGE, "/format", "more than 50,000 rows: narrow the list");
	for (int i = 0; i < count; i++) {
		const void *item = items + (size_t)i * list->shape->size;

		for (int c = 0; c < run->columns; c++) {
			const void *of = owner_of(run->column[c].object, item);

			if (of)
				add_cell(rq, run->column[c].field, of);
			else
				table_empty(run->table);
		}
		if (run->days)
			add_letters(rq, list, item);
		table_end_row(run->table);
	}
	run->rows += count;
	run->next = next_of(rq, out);
	rq->status = 200;
	return OK;
}

/* ---- the other pages ---- */

static enum err turn_page(struct req *rq)
{
	const struct field *cursor = member_of(rq->route->input, "cursor");
	const char *next = rq->exporting->next;
	struct field_fault fault = {0};

	assert(cursor);
	rq->exporting->next = NULL;
	ask_for_large_pages(rq);
	if (fields_decode_text(cursor, rq->tx->arena, next, rq->input, &fault))
		return E_INTERNAL;
	return rq->route->handler(rq);
}

enum err export_finish(struct req *rq)
{
	struct export_run *run = rq->exporting;
	struct bytes bytes = {0};
	enum err e = OK;

	for (int page = 1; run->next && !e; page++)
		e = page < PAGES_MAX ? turn_page(rq)
				     : refuse(rq, E_TOO_LARGE, "/format", "too many pages");
	if (e || !run->table) {
		export_discard(rq);
		return e ? e : E_INTERNAL;
	}
	e = table_finish(run->table, &bytes);
	run->table = NULL;
	return e ? e
		 : reply_raw(
			   rq, 200, table_media_type(run->format), (const char *)bytes.p, bytes.n);
}

void export_discard(struct req *rq)
{
	if (rq->exporting && rq->exporting->table)
		table_discard(rq->exporting->table);
	if (rq->exporting)
		rq->exporting->table = NULL;
}
