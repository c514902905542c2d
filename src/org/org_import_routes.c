/*
 * Imports over HTTP: templates, sending a file for a check or in earnest, its outcome and its
 * faults. The file was uploaded before (POST files) by the same account; the work is done by the
 * job "import".
 */
#include "org/org_routes.h"

#include "base/str.h"
#include "org/org_import_int.h"
#include "platform/clock.h"
#include "platform/jobs.h"
#include "platform/platform_db.h"
#include "platform/table.h"

#define IMPORTS_DEFAULT 20
#define IMPORTS_MAX     100
#define ERRORS_PAGE     200
#define EFFECTIVE_DAYS  3660 /* how far from today a file may hold */

/* ---- templates ---- */

struct template_path {
	int32_t kind, format;
};

static const struct field template_fields[] = {
	PATH_ENUM(struct template_path, kind, import_subject_names, "What the file is about."),
	Q_ENUM(struct template_path, format, table_format_names, OPTIONAL, "CSV when absent."),
	F_END,
};
const struct shape org_template_shape = SHAPE(
	"ImportTemplateQuery", struct template_path, template_fields);

/* A week of days as headings, or one letter each. */
static void add_day_cells(struct buf *b, int32_t today, bool is_example)
{
	for (int32_t day = today; day < today + 7; day++) {
		char text[11];

		day_format(day, text);
		buf_printf(b, ";%s", is_example ? "WFO" : text);
	}
}

static void add_cells(struct buf *b, const struct import_kind *kind, const char *first,
	int32_t today, bool is_example)
{
	buf_str(b, first);
	for (int i = 0; i < kind->columns; i++) {
		if (i)
			buf_char(b, ';');
		buf_str(b, is_example ? kind->column[i].example : kind->column[i].name);
	}
	if (kind->takes_days)
		add_day_cells(b, today, is_example);
	buf_str(b, "\r\n");
}

static enum err reply_csv(struct req *rq, const struct import_kind *kind)
{
	struct buf b;

	buf_init(&b, rq->tx->arena, 512);
	add_cells(&b, kind, "\xEF\xBB\xBF", req_today(rq), false);
	add_cells(&b, kind, "#", req_today(rq), true);
	return reply_raw(rq, 200, table_media_type(TABLE_CSV), b.p, b.n);
}

/* Headings of a workbook's columns; all are text, so that a NIP stays whole. */
static int add_headings(struct arena *arena, const struct import_kind *kind, int32_t today,
	struct table_column *column)
{
	int n = 0;

	for (; n < kind->columns; n++)
		column[n] = (struct table_column){kind->column[n].name, TABLE_TEXT, 0};
	for (int32_t day = today; kind->takes_days && day < today + 7; day++) {
		char *text = arena_alloc(arena, 11);

		day_format(day, text);
		column[n++] = (struct table_column){text, TABLE_TEXT, 12};
	}
	return n;
}

/* The columns as text down to the last row one fills in, so that a NIP typed there stays whole. */
static enum err reply_workbook(struct req *rq, const struct import_kind *kind)
{
	struct table_column column[IMPORT_COLUMNS_MAX + 7];
	const struct table_options options = {TABLE_XLSX, ZONE_WIB, false, rq->tx->now_ms};
	struct table *t = table_new(rq->tx->arena, &options);
	int columns = add_headings(rq->tx->arena, kind, req_today(rq), column);
	struct bytes bytes;

	table_begin(t, &(struct table_sheet){import_subject_names[kind->subject], NULL, 0, column,
			       columns, true});
	for (int i = 0; i < columns; i++) {
		const char *example = i < kind->columns ? kind->column[i].example : "WFO";

		table_text(t, i ? example : arena_printf(rq->tx->arena, "#%s", example));
	}
	table_end_row(t);
	enum err e = table_finish(t, &bytes);
	return e ? e
		 : reply_raw(rq, 200, table_media_type(TABLE_XLSX), (const char *)bytes.p, bytes.n);
}

enum err org_get_template(struct req *rq)
{
	const struct template_path *in = rq->input;
	const struct import_kind *kind = org_import_kind((enum import_subject)in->kind);
	enum table_format format = in->format == INT_NONE ? TABLE_CSV
							  : (enum table_format)in->format;

	if (!kind)
		return E_NOT_FOUND;
	rq->disposition = arena_printf(rq->tx->arena, "luwes-%s.%s", import_subject_names[in->kind],
		table_format_names[format]);
	return format == TABLE_CSV ? reply_csv(rq, kind) : reply_workbook(rq, kind);
}

/* ---- sending ---- */

struct import_request {
	int32_t kind;
	const char *sha256, *file_name;
	int32_t effective;
	bool dry_run;
	int64_t mapping;
};

struct import_added {
	int64_t import, job;
};

static const struct field import_post_fields[] = {
	F_ENUM(struct import_request, kind, import_subject_names, 0, "What the file is about."),
	F_TEXT(struct import_request, sha256, 64, 64, 0, "The uploaded file."),
	F_TEXT(struct import_request, file_name, 1, 200, 0, "Its name where it came from."),
	F_DAY(struct import_request, effective, 0, "Day from which the rows hold (TMT)."),
	F_BOOL(struct import_request, dry_run, 0, "Check only."),
	F_ID(struct import_request, mapping, OPTIONAL,
		"The saved mapping to read it by; absent: our own headings, else the one that "
		"fits."),
	F_END,
};
const struct shape org_import_input_shape = SHAPE(
	"ImportInput", struct import_request, import_post_fields);

static const struct field import_added_fields[] = {
	F_ID(struct import_added, import, 0, "The import."),
	F_ID(struct import_added, job, 0, "The job that runs it."),
	F_END,
};
const struct shape org_import_added_shape = SHAPE(
	"ImportAdded", struct import_added, import_added_fields);

static enum err check_mapping_asked(struct req *rq, const struct import_request *in)
{
	enum import_subject kind;
	const char *name;
	enum err e = in->mapping ? org_load_mapping(rq->tx, in->mapping, &kind, &name) : OK;

	if (e == E_NOT_FOUND || (!e && in->mapping && (int32_t)kind != in->kind))
		return refuse(rq, E_NOT_FOUND, "/mapping", "no such mapping of this kind");
	return e;
}

static enum err check_import(struct req *rq, const struct import_request *in)
{
	const int32_t today = req_today(rq);
	struct platform_file file;
	struct hash hash;

	if (!org_import_kind((enum import_subject)in->kind))
		return refuse(rq, E_BAD_FIELD, "/kind", "cannot be imported");
	if (in->effective < today - EFFECTIVE_DAYS || in->effective > today + EFFECTIVE_DAYS)
		return refuse(rq, E_BAD_FIELD, "/effective", "more than ten years away");
	if (!hex_decode(in->sha256, hash.b, sizeof(hash.b)))
		return refuse(rq, E_BAD_FIELD, "/sha256", "must be 64 hexadecimal digits");
	enum err e = platform_load_file(rq->tx, &hash, rq->actor.employee, &file);
	if (e == E_NOT_FOUND)
		return refuse(rq, E_NOT_FOUND, "/sha256", "no such file was uploaded");
	return e ? e : check_mapping_asked(rq, in);
}

enum err org_post_import(struct req *rq)
{
	const struct import_request *in = rq->input;
	struct import_added out = {.import = id_next()};
	const char *input = arena_printf(
		rq->tx->arena, "{\"import\":\"%lld\"}", (long long)out.import);
	enum err e = check_import(rq, in);

	if (e || (e = job_add(rq->tx, "import", rq->actor.employee, input, &out.job)))
		return e;
	const struct org_import_row row = {.import_id = out.import,
		.job_id = out.job,
		.kind = in->kind,
		.sha256 = in->sha256,
		.file_name = in->file_name,
		.effective = in->effective,
		.dry_run = in->dry_run,
		.mapping_id = in->mapping,
		.actor = rq->actor.employee};
	e = org_add_import(rq->tx, &row);
	return e ? e : reply(rq, 200, &out);
}

/* ---- outcome ---- */

struct imports_query {
	int32_t limit;
};

struct import_item {
	int64_t id;
	int32_t kind;
	const char *file_name;
	int32_t effective;
	bool dry_run;
	int32_t state, rows, created, updated, unchanged, errors;
	int64_t job;
	int32_t percent;
	int64_t created_at;
	const char *mapping;
	int32_t closed_days;
};

struct imports {
	struct import_item *items;
	int count;
};

struct import_path {
	int64_t import;
};

static const struct field imports_query_fields[] = {
	Q_INT(struct imports_query, limit, 1, IMPORTS_MAX, OPTIONAL, "How many; 20 when absent."),
	F_END,
};
const struct shape org_imports_query_shape = SHAPE(
	"ImportsQuery", struct imports_query, imports_query_fields);

static const struct field import_fields[] = {
	F_ID(struct import_item, id, 0, "The import."),
	F_ENUM(struct import_item, kind, import_subject_names, 0, "What the file is about."),
	F_TEXT(struct import_item, file_name, 1, 200, 0, "Name of the file."),
	F_DAY(struct import_item, effective, 0, "Day from which the rows hold."),
	F_BOOL(struct import_item, dry_run, 0, "Checked only."),
	F_ENUM(struct import_item, state, import_state_names, 0, "How far it came."),
	F_INT(struct import_item, rows, 0, INT32_MAX, 0, "Rows read."),
	F_INT(struct import_item, created, 0, INT32_MAX, 0, "New."),
	F_INT(struct import_item, updated, 0, INT32_MAX, 0, "Changed."),
	F_INT(struct import_item, unchanged, 0, INT32_MAX, 0, "As they were."),
	F_INT(struct import_item, errors, 0, INT32_MAX, 0, "Faults; the first 1,000 are kept."),
	F_ID(struct import_item, job, 0, "The job that runs it."),
	F_INT(struct import_item, percent, 0, 100, 0, "How far the job is."),
	F_INSTANT(struct import_item, created_at, 0, "When it was sent."),
	F_TEXT(struct import_item, mapping, 0, 80, 0,
		"Name of the mapping it was read by; empty: our own headings."),
	F_INT(struct import_item, closed_days, 0, INT32_MAX, 0,
		"Days of closed months it changes: they become supplements of the recap."),
	F_END,
};
const struct shape org_import_shape = SHAPE("Import", struct import_item, import_fields);

static const struct field imports_fields[] = {
	F_LIST(struct imports, items, count, &org_import_shape, 0, IMPORTS_MAX, 0, "Newest first."),
	F_END,
};
const struct shape org_imports_shape = SHAPE("Imports", struct imports, imports_fields);

static const struct field import_path_fields[] = {
	PATH_ID(struct import_path, import, "The import."),
	F_END,
};
const struct shape org_import_path_shape = SHAPE(
	"ImportPath", struct import_path, import_path_fields);

static struct import_item make_import(const struct org_import_row *r)
{
	return (struct import_item){r->import_id, r->kind, r->file_name, r->effective, r->dry_run,
		r->state, r->rows, r->created, r->updated, r->unchanged, r->errors, r->job_id,
		r->percent, r->created_at, r->mapping, r->closed_days};
}

enum err org_get_imports(struct req *rq)
{
	const struct imports_query *in = rq->input;
	const int limit = in->limit == INT_NONE ? IMPORTS_DEFAULT : in->limit;
	struct org_import_row *row = ARENA_ARRAY(rq->tx->arena, IMPORTS_MAX, struct org_import_row);
	struct imports list = {
		.items = ARENA_ARRAY(rq->tx->arena, IMPORTS_MAX, struct import_item)};
	enum err e = org_list_imports(rq->tx, row, limit, &list.count);

	for (int i = 0; i < list.count; i++)
		list.items[i] = make_import(&row[i]);
	return e ? e : reply(rq, 200, &list);
}

enum err org_get_import(struct req *rq)
{
	const struct import_path *in = rq->input;
	struct org_import_row row;
	enum err e = org_load_import(rq->tx, in->import, &row);

	if (e)
		return e;
	const struct import_item item = make_import(&row);
	return reply(rq, 200, &item);
}

/* ---- faults ---- */

struct errors_query {
	int64_t import;
	int32_t cursor;
};

struct errors {
	struct import_error *items;
	int count;
	int32_t next;
};

static const struct field errors_query_fields[] = {
	PATH_ID(struct errors_query, import, "The import."),
	Q_INT(struct errors_query, cursor, 0, IMPORT_ERRORS_MAX, OPTIONAL,
		"next of the page before."),
	F_END,
};
const struct shape org_import_errors_query_shape = SHAPE(
	"ImportErrorsQuery", struct errors_query, errors_query_fields);

static const struct field error_fields[] = {
	F_INT(struct import_error, line, 1, INT32_MAX, 0, "Line of the file."),
	F_TEXT(struct import_error, column, 0, 40, 0,
		"Name of the column; empty: the line or the file."),
	F_TEXT(struct import_error, reason, 1, 60, 0, "Reason code."),
	F_TEXT(struct import_error, value, 0, 200, 0, "What stands there."),
	F_TEXT(struct import_error, cell, 0, 12, 0,
		"Address in a workbook, as C14; empty: not one cell, or a CSV."),
	F_END,
};
static const struct shape error_shape = SHAPE("ImportError", struct import_error, error_fields);

static const struct field errors_fields[] = {
	F_LIST(struct errors, items, count, &error_shape, 0, ERRORS_PAGE, 0, "Faults by line."),
	F_INT(struct errors, next, 0, IMPORT_ERRORS_MAX, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape org_import_errors_shape = SHAPE("ImportErrors", struct errors, errors_fields);

enum err org_get_import_errors(struct req *rq)
{
	const struct errors_query *in = rq->input;
	const int offset = in->cursor == INT_NONE ? 0 : in->cursor;
	struct errors list = {.items = ARENA_ARRAY(rq->tx->arena, ERRORS_PAGE, struct import_error),
		.next = INT_NONE};
	struct org_import_row row;
	enum err e = org_load_import(rq->tx, in->import, &row);

	if (e || (e = org_list_import_errors(
			  rq->tx, in->import, offset, list.items, ERRORS_PAGE, &list.count)))
		return e;
	if (list.count == ERRORS_PAGE)
		list.next = offset + list.count;
	return reply(rq, 200, &list);
}
