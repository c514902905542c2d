/*
 * SIMPEGNAS over HTTP: what changed between two versions of a person's month, the monthly recap of
 * an agency in its codes, and the codes themselves as dated data.
 */
#include "attendance/attendance_source_int.h"

#include "base/str.h"
#include "org/org_access.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "platform/table.h"
#include "trust/trust.h"

#define MONTHS_PAGE 50
#define CHANGES_MAX 31
#define RECAP_ROWS  1200000
#define CODES_MAX   500

/* ---- GET attendance/simpegnas: versions of months ---- */

struct months_query {
	struct unit_id unit;
	int32_t month;
	struct employee_id cursor;
};

static const struct field months_query_fields[] = {
	Q_ID(struct months_query, unit, 0, "The unit; people below it too."),
	Q_DAY(struct months_query, month, OPTIONAL,
		"Any day of the month; this month when absent."),
	Q_ID(struct months_query, cursor, OPTIONAL, "next of the page before."),
	F_END,
};
const struct shape attendance_months_query_shape = SHAPE(
	"SimpegnasMonthsQuery", struct months_query, months_query_fields);

struct month_change {
	int32_t day;
	const char *before, *after;
};

static const struct field month_change_fields[] = {
	F_DAY(struct month_change, day, 0, "The day that differs."),
	F_TEXT(struct month_change, before, 0, 40, 0, "Code and times before; empty: nothing."),
	F_TEXT(struct month_change, after, 0, 40, 0, "Code and times now."),
	F_END,
};
static const struct shape month_change_shape = SHAPE(
	"SimpegnasChange", struct month_change, month_change_fields);

struct month_item {
	struct employee_id employee;
	const char *full_name;
	int32_t version;
	int64_t made_at;
	struct month_change *changes;
	int change_count;
};

static const struct field month_item_fields[] = {
	F_ID(struct month_item, employee, 0, "Whose month."),
	F_TEXT(struct month_item, full_name, 1, 300, 0, "Name with titles."),
	F_INT(struct month_item, version, 1, INT32_MAX, 0, "How many times it came, this one."),
	F_INSTANT(struct month_item, made_at, 0, "When it was imported."),
	F_LIST(struct month_item, changes, change_count, &month_change_shape, 0, CHANGES_MAX, 0,
		"What it changed of the version before."),
	F_END,
};
static const struct shape month_item_shape = SHAPE(
	"SimpegnasMonth", struct month_item, month_item_fields);

struct months {
	int32_t month;
	struct month_item *items;
	int count;
	struct employee_id next;
};

static const struct field months_fields[] = {
	F_DAY(struct months, month, 0, "First day of the month."),
	F_LIST(struct months, items, count, &month_item_shape, 0, MONTHS_PAGE, 0,
		"Versions by person and in order."),
	F_ID(struct months, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape attendance_months_shape = SHAPE("SimpegnasMonths", struct months, months_fields);

static const char *minute_text(int minute, char out[6])
{
	if (minute == MINUTE_OFF)
		return "-";
	minute_format(minute, out);
	return out;
}

static const char *day_text(struct arena *arena, const struct recorded_day *d)
{
	char in[6], out[6];

	if (!d->code[0])
		return "";
	if (d->in_minute == MINUTE_OFF && d->out_minute == MINUTE_OFF)
		return arena_strdup(arena, d->code);
	return arena_printf(arena, "%s %s %s", d->code, minute_text(d->in_minute, in),
		minute_text(d->out_minute, out));
}

static void list_changes(struct arena *arena, const struct simpegnas_row *old,
	const struct simpegnas_row *now, struct month_item *item)
{
	struct recorded_month a, b;
	uint32_t mask;

	item->changes = ARENA_ARRAY(arena, CHANGES_MAX, struct month_change);
	attendance_read_month(old->days, old->month, &a);
	attendance_read_month(now->days, now->month, &b);
	mask = attendance_compare_months(&a, &b);
	for (int i = 0; i < MONTH_DAYS_MAX; i++)
		if (mask & UINT32_C(1) << i)
			item->changes[item->change_count++] = (struct month_change){now->month + i,
				day_text(arena, &a.day[i]), day_text(arena, &b.day[i])};
}

static enum err make_month(struct tx *tx, const struct simpegnas_row *row,
	const struct simpegnas_row *before, struct month_item *ret)
{
	struct employee_row who;
	int32_t first, last;
	enum err e;

	day_month_bounds(row->month, &first, &last);
	e = org_load_employee(tx, row->employee, last, &who);
	*ret = (struct month_item){
		.employee = row->employee, .version = row->version, .made_at = row->made_at};
	if (e)
		return e;
	ret->full_name = org_full_name(tx->arena, &who);
	if (before && before->employee.v == row->employee.v)
		list_changes(tx->arena, before, row, ret);
	return OK;
}

enum err attendance_find_months_unit(struct req *rq, struct object *ret_object)
{
	const struct months_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

/* A page ends between two people, never between two versions of one, unless one has more versions
 * than a page has rows; then his earliest are shown. */
static int end_page(const struct simpegnas_row *row, int count, struct employee_id *ret_next)
{
	int kept = count;

	*ret_next = (struct employee_id){0};
	if (count <= MONTHS_PAGE)
		return count;
	kept = MONTHS_PAGE;
	while (kept > 1 && row[kept - 1].employee.v == row[MONTHS_PAGE].employee.v)
		kept--;
	if (row[kept - 1].employee.v == row[MONTHS_PAGE].employee.v)
		kept = MONTHS_PAGE;
	*ret_next = row[kept - 1].employee;
	return kept;
}

enum err attendance_get_months(struct req *rq)
{
	const struct months_query *in = rq->input;
	struct simpegnas_row *row = ARENA_ARRAY(
		rq->tx->arena, MONTHS_PAGE + 1, struct simpegnas_row);
	struct months out = {.items = ARENA_ARRAY(rq->tx->arena, MONTHS_PAGE, struct month_item)};
	const struct org_tree *tree;
	int32_t last;
	int count = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	day_month_bounds(in->month == DAY_NONE ? req_today(rq) : in->month, &out.month, &last);
	if (!e)
		e = attendance_list_simpegnas(rq->tx, org_find_unit(tree, in->unit)->path,
			out.month, in->cursor, row, MONTHS_PAGE + 1, &count);
	if (e)
		return e;
	count = end_page(row, count, &out.next);
	for (; out.count < count && !e; out.count++)
		e = make_month(rq->tx, &row[out.count], out.count ? &row[out.count - 1] : NULL,
			&out.items[out.count]);
	return e ? e : reply(rq, 200, &out);
}

/* ---- GET attendance/simpegnas/recap: our month in their codes ---- */

struct recap_query {
	struct unit_id unit;
	int32_t month, format;
};

static const struct field recap_query_fields[] = {
	Q_ID(struct recap_query, unit, 0, "The agency or unit; people below it too."),
	Q_DAY(struct recap_query, month, OPTIONAL, "Any day of the month; this month when absent."),
	Q_ENUM(struct recap_query, format, table_format_names, OPTIONAL, "xlsx when absent."),
	F_END,
};
const struct shape attendance_recap_query_shape = SHAPE(
	"SimpegnasRecapQuery", struct recap_query, recap_query_fields);

enum err attendance_find_recap_unit(struct req *rq, struct object *ret_object)
{
	const struct recap_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

struct recap {
	struct table *table;
	const struct source_book *book;
	const struct policy_book *policy;
	int32_t first, last;
	struct employee_id person;
	char code[MONTH_DAYS_MAX][2 * CODE_BYTES_MAX + 1];
};

#define RECAP_FIXED 3 /* columns before the days */

static void begin_table(struct arena *arena, struct recap *r, const struct org_unit *unit)
{
	struct table_column *column = ARENA_ARRAY(
		arena, RECAP_FIXED + MONTH_DAYS_MAX, struct table_column);
	const char **title = ARENA_ARRAY(arena, 2, const char *);
	int days = r->last - r->first + 1;
	char month[11];

	column[0] = (struct table_column){"NIP", TABLE_TEXT, 20};
	column[1] = (struct table_column){"Nama", TABLE_TEXT, 34};
	column[2] = (struct table_column){"Unit", TABLE_TEXT, 34};
	for (int i = 0; i < days; i++) {
		char *heading = arena_alloc(arena, 11);

		day_format(r->first + i, heading);
		column[RECAP_FIXED + i] = (struct table_column){heading, TABLE_TEXT, 0};
	}
	day_format(r->first, month);
	title[0] = arena_printf(arena, "Rekap presensi %.7s dengan kode SIMPEGNAS", month);
	title[1] = unit ? unit->name : "";
	table_begin(r->table, &(struct table_sheet){"Rekap", title, 2, column, RECAP_FIXED + days});
}

static void end_person(struct recap *r)
{
	if (!r->person.v)
		return;
	for (int32_t day = r->first; day <= r->last; day++)
		table_text(r->table, r->code[day - r->first]);
	table_end_row(r->table);
	memset(r->code, 0, sizeof(r->code));
}

static void begin_person(struct arena *arena, struct recap *r, const struct recap_day *d)
{
	const struct employee_row name = {
		.name = d->name, .title_before = d->title_before, .title_after = d->title_after};
	const struct org_unit *unit = org_find_unit(r->policy->tree, d->row.unit);

	end_person(r);
	r->person = d->row.employee;
	table_text(r->table, d->nip);
	table_text(r->table, org_full_name(arena, &name));
	table_text(r->table, unit ? unit->name : "");
}

static enum err write_recap(struct tx *tx, struct recap *r, const char *path)
{
	struct db_rows rows;
	struct recap_day d;

	attendance_query_recap(tx, path, r->first, r->last, RECAP_ROWS, &rows);
	while (attendance_next_recap(&rows, &d)) {
		enum holiday_kind kind;
		const char *source;

		if (d.row.employee.v != r->person.v)
			begin_person(tx->arena, r, &d);
		attendance_write_code(r->book->code, r->book->codes, &d.row,
			calendar_holiday(r->policy->calendar, r->policy->tree, d.row.unit,
				d.row.day, &kind, &source) != NULL,
			r->code[d.row.day - r->first]);
	}
	end_person(r);
	return db_end(&rows);
}

static enum err make_table(struct req *rq, enum table_format format, const struct org_unit *unit,
	struct recap *r, struct bytes *ret)
{
	struct government government;
	enum err e = platform_load_government(rq->tx, &government);

	if (e)
		return e;
	r->table = table_new(rq->tx->arena, &(struct table_options){.format = format,
						    .zone = government.zone,
						    .is_demo = government.is_demo,
						    .now_ms = rq->tx->now_ms});
	begin_table(rq->tx->arena, r, unit);
	if ((e = write_recap(rq->tx, r, unit ? unit->path : "/"))) {
		table_discard(r->table);
		return e;
	}
	return table_finish(r->table, ret);
}

enum err attendance_get_simpegnas_recap(struct req *rq)
{
	const struct recap_query *in = rq->input;
	enum table_format format = in->format == INT_NONE ? TABLE_XLSX
							  : (enum table_format)in->format;
	struct recap *r = ARENA_NEW(rq->tx->arena, struct recap);
	struct bytes file;
	char month[11];
	enum err e = policy_load_book(rq->tx, &r->policy);

	day_month_bounds(in->month == DAY_NONE ? req_today(rq) : in->month, &r->first, &r->last);
	if (!e)
		e = attendance_load_sources(rq->tx, &r->book);
	if (e)
		return e;
	if (r->book->codes == 0)
		return refuse(rq, E_REFUSED, "/month", "no code is defined yet");
	if ((e = make_table(rq, format, org_find_unit(r->policy->tree, in->unit), r, &file)))
		return e;
	day_format(r->first, month);
	rq->disposition = arena_printf(
		rq->tx->arena, "simpegnas-%.7s.%s", month, table_format_names[format]);
	return reply_raw(rq, 200, table_media_type(format), (const char *)file.p, file.n);
}

/* ---- the codes ---- */

struct codes_query {
	int32_t day;
};

static const struct field codes_query_fields[] = {
	Q_DAY(struct codes_query, day, OPTIONAL, "Those valid on this day; all when absent."),
	F_END,
};
const struct shape attendance_codes_query_shape = SHAPE(
	"AttendanceCodesQuery", struct codes_query, codes_query_fields);

struct code_item {
	int64_t id;
	const char *code;
	int32_t meaning, from_minute, to_minute;
	const char *label, *legal_basis;
	bool verified;
	int32_t valid_from, valid_to;
};

#define MINUTE_MAX 1440
static const struct field code_fields[] = {
	F_ID(struct code_item, id, 0, "The row."),
	F_TEXT(struct code_item, code, 1, CODE_BYTES_MAX, 0, "The code, in capitals."),
	F_ENUM(struct code_item, meaning, code_meaning_names, 0, "What it means."),
	F_INT(struct code_item, from_minute, 0, MINUTE_MAX, OPTIONAL,
		"Least minutes of a class of lateness or early leave."),
	F_INT(struct code_item, to_minute, 0, MINUTE_MAX, OPTIONAL, "Most minutes; absent: open."),
	F_TEXT(struct code_item, label, 0, 120, 0, "In words."),
	F_TEXT(struct code_item, legal_basis, 0, 300, 0, "Where it comes from."),
	F_BOOL(struct code_item, verified, 0, "Somebody vouches for it; else it is an example."),
	F_DAY(struct code_item, valid_from, OPTIONAL, "First day; absent: always."),
	F_DAY(struct code_item, valid_to, OPTIONAL, "Last day; absent: until ended."),
	F_END,
};
const struct shape attendance_code_shape = SHAPE("AttendanceCode", struct code_item, code_fields);

struct code_list {
	struct code_item *items;
	int count;
};

static const struct field codes_fields[] = {
	F_LIST(struct code_list, items, count, &attendance_code_shape, 0, CODES_MAX, 0,
		"By meaning and minutes."),
	F_END,
};
const struct shape attendance_codes_shape = SHAPE(
	"AttendanceCodes", struct code_list, codes_fields);

static struct code_item make_code(const struct code_row *r)
{
	return (struct code_item){.id = r->id,
		.code = r->code,
		.meaning = (int32_t)r->meaning,
		.from_minute = r->from_minute < 0 ? INT_NONE : r->from_minute,
		.to_minute = r->to_minute < 0 ? INT_NONE : r->to_minute,
		.label = r->label,
		.legal_basis = r->legal_basis,
		.verified = *r->verified_by != '\0',
		.valid_from = r->valid_from == 0 ? DAY_NONE : r->valid_from,
		.valid_to = r->valid_to == DAY_FOREVER ? DAY_NONE : r->valid_to};
}

enum err attendance_get_codes(struct req *rq)
{
	const struct codes_query *in = rq->input;
	const struct source_book *book;
	struct code_list out = {.items = ARENA_ARRAY(rq->tx->arena, CODES_MAX, struct code_item)};
	enum err e = attendance_load_sources(rq->tx, &book);

	for (int i = 0; !e && i < book->codes && out.count < CODES_MAX; i++) {
		const struct code_row *r = &book->code[i];

		if (in->day == DAY_NONE || (r->valid_from <= in->day && r->valid_to >= in->day))
			out.items[out.count++] = make_code(r);
	}
	return e ? e : reply(rq, 200, &out);
}

struct code_input {
	const char *code;
	int32_t meaning, from_minute, to_minute;
	const char *label, *legal_basis, *verified_by;
	int32_t valid_from;
};

static const struct field code_input_fields[] = {
	F_TEXT(struct code_input, code, 1, CODE_BYTES_MAX, 0, "Capitals and digits."),
	F_ENUM(struct code_input, meaning, code_meaning_names, 0, "What it means."),
	F_INT(struct code_input, from_minute, 1, MINUTE_MAX, OPTIONAL,
		"Least minutes; of late and early required, of others not allowed."),
	F_INT(struct code_input, to_minute, 1, MINUTE_MAX, OPTIONAL, "Most minutes."),
	F_TEXT(struct code_input, label, 1, 120, 0, "In words."),
	F_TEXT(struct code_input, legal_basis, 1, 300, 0, "The rule it comes from."),
	F_TEXT(struct code_input, verified_by, 0, 120, 0,
		"Who compared it with the rule; empty: an example."),
	F_DAY(struct code_input, valid_from, 0, "First day it holds."),
	F_END,
};
const struct shape attendance_code_input_shape = SHAPE(
	"AttendanceCodeInput", struct code_input, code_input_fields);

static void add_code_leaf(struct tx *tx, const struct code_row *r)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "code %s means %s %d to %d from %d to %d by %s", r->code,
		code_meaning_names[r->meaning], r->from_minute, r->to_minute, r->valid_from,
		r->valid_to, r->legal_basis);
	trust_add_leaf(tx, LEAF_ATTENDANCE_CODE, r->id, fact.p, fact.n);
}

/* The row of the same code that holds on the day, or begins later: NULL when there is none. */
static const struct code_row *find_same(
	const struct source_book *book, const char *code, int32_t from)
{
	for (int i = 0; i < book->codes; i++)
		if (str_eq(book->code[i].code, code) && book->code[i].valid_to >= from)
			return &book->code[i];
	return NULL;
}

static enum err save_code(
	struct req *rq, const struct source_book *book, const struct code_row *row)
{
	const struct code_row *old = find_same(book, row->code, row->valid_from);
	enum err e = OK;

	if (book->codes >= CODES_MAX)
		return refuse(rq, E_REFUSED, "/code", "too many codes");
	if (old && old->valid_from > row->valid_from)
		return refuse(rq, E_CONFLICT, "/valid_from", "a later row of this code exists");
	if (old)
		e = attendance_end_code(rq->tx, old->id, row->valid_from - 1);
	if (e || (e = attendance_add_code(rq->tx, row)))
		return e;
	add_code_leaf(rq->tx, row);
	return org_touch_generation(rq->tx);
}

enum err attendance_post_code(struct req *rq)
{
	const struct code_input *in = rq->input;
	const struct code_row row = {.id = id_next(),
		.code = in->code,
		.meaning = (enum code_meaning)in->meaning,
		.from_minute = in->from_minute == INT_NONE ? -1 : in->from_minute,
		.to_minute = in->to_minute == INT_NONE ? -1 : in->to_minute,
		.label = in->label,
		.legal_basis = in->legal_basis,
		.verified_by = in->verified_by,
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER};
	const char *field = attendance_check_code(&row);
	const struct source_book *book;
	enum err e;

	if (field)
		return refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/%s", field),
			"does not fit the meaning: classes have minutes, other codes none");
	if ((e = attendance_load_sources(rq->tx, &book)) || (e = save_code(rq, book, &row)))
		return e;
	const struct code_item out = make_code(&row);
	return reply(rq, 200, &out);
}

/* Once, where nothing stands yet. */
enum err attendance_post_code_examples(struct req *rq)
{
	const struct source_book *book;
	enum err e = attendance_load_sources(rq->tx, &book);

	if (e)
		return e;
	if (book->codes)
		return refuse(rq, E_CONFLICT, "/", "codes are defined already");
	e = attendance_add_code_examples(rq->tx);
	return e ? e : reply(rq, 204, NULL);
}

enum err attendance_add_code_examples(struct tx *tx)
{
	enum err e = OK;

	for (int i = 0; i < attendance_code_example_count && !e; i++) {
		struct code_row row = attendance_code_examples[i];

		row.id = id_next();
		e = attendance_add_code(tx, &row);
		add_code_leaf(tx, &row);
	}
	return e ? e : org_touch_generation(tx);
}

struct code_end {
	int64_t code;
	int32_t last_day;
};

static const struct field code_end_fields[] = {
	PATH_ID(struct code_end, code, "The row."),
	F_DAY(struct code_end, last_day, 0, "Last day it holds."),
	F_END,
};
const struct shape attendance_code_end_shape = SHAPE(
	"AttendanceCodeEnd", struct code_end, code_end_fields);

enum err attendance_post_code_end(struct req *rq)
{
	const struct code_end *in = rq->input;
	const struct source_book *book;
	const struct code_row *row = NULL;
	enum err e = attendance_load_sources(rq->tx, &book);

	for (int i = 0; !e && i < book->codes; i++)
		if (book->code[i].id == in->code)
			row = &book->code[i];
	if (e || !row)
		return e ? e : E_NOT_FOUND;
	if (in->last_day < row->valid_from || in->last_day > row->valid_to)
		return refuse(rq, E_BAD_FIELD, "/last_day", "must lie within the days it holds");
	struct code_row ended = *row;
	ended.valid_to = in->last_day;
	if ((e = attendance_end_code(rq->tx, row->id, in->last_day)))
		return e;
	add_code_leaf(rq->tx, &ended);
	e = org_touch_generation(rq->tx);
	return e ? e : reply(rq, 204, NULL);
}
