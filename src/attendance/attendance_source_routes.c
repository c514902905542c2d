/*
 * Sources of agencies over HTTP: which system each uses, since when and by which letter; and the
 * rows of all screens of coexistence.
 *
 * One letter often switches a wave of agencies, so a request names several: all or nothing, one
 * leaf. Nothing is edited: a row is ended the day before the next begins.
 */
#include "attendance/attendance_source_int.h"

#include "platform/clock.h"
#include "trust/trust.h"

#define AGENCIES_MAX    512
#define ROWS_MAX        20
#define LETTER_AGENCIES 100

struct shown_source {
	int32_t source, system, tolerance_minutes;
	const char *letter, *note;
	int32_t valid_from, valid_to;
	int64_t set_at;
};

static const struct field shown_source_fields[] = {
	F_ENUM(struct shown_source, source, attendance_source_names, 0, "Which system judges."),
	F_ENUM(struct shown_source, system, external_system_names, 0, "The other system."),
	F_INT(struct shown_source, tolerance_minutes, 0, SOURCE_TOLERANCE_MAX, 0,
		"Times of a parallel run further apart are a difference."),
	F_TEXT(struct shown_source, letter, 0, 100, 0,
		"The letter; empty where it only says what held before."),
	F_TEXT(struct shown_source, note, 0, 300, 0, "A remark."),
	F_DAY(struct shown_source, valid_from, OPTIONAL, "First day; absent: from the beginning."),
	F_DAY(struct shown_source, valid_to, OPTIONAL, "Last day; absent: until changed."),
	F_INSTANT(struct shown_source, set_at, 0, "When it was set."),
	F_END,
};
static const struct shape shown_source_shape = SHAPE(
	"AttendanceSourceRow", struct shown_source, shown_source_fields);

struct source_item {
	struct unit_id agency;
	const char *name, *code;
	int32_t source, system;
	struct shown_source *rows;
	int row_count;
};

static const struct field source_item_fields[] = {
	F_ID(struct source_item, agency, 0, "The agency."),
	F_TEXT(struct source_item, name, 1, 200, 0, "Its name."),
	F_TEXT(struct source_item, code, 1, 60, 0, "Its code."),
	F_ENUM(struct source_item, source, attendance_source_names, 0, "What holds on the day."),
	F_ENUM(struct source_item, system, external_system_names, 0, "The other system that day."),
	F_LIST(struct source_item, rows, row_count, &shown_source_shape, 0, ROWS_MAX, 0,
		"All that was set, the latest first; none: Luwes."),
	F_END,
};
static const struct shape source_item_shape = SHAPE(
	"AttendanceSource", struct source_item, source_item_fields);

struct source_list {
	int32_t day;
	struct source_item *items;
	int count;
};

static const struct field source_list_fields[] = {
	F_DAY(struct source_list, day, 0, "The day shown."),
	F_LIST(struct source_list, items, count, &source_item_shape, 0, AGENCIES_MAX, 0,
		"Agencies in force that day, by code."),
	F_END,
};
static const struct shape source_list_shape = SHAPE(
	"AttendanceSources", struct source_list, source_list_fields);

struct sources_query {
	int32_t day;
};

static const struct field sources_query_fields[] = {
	Q_DAY(struct sources_query, day, OPTIONAL, "Today when absent."),
	F_END,
};
static const struct shape sources_query_shape = SHAPE(
	"AttendanceSourcesQuery", struct sources_query, sources_query_fields);

static struct shown_source show_row(const struct source_row *r)
{
	return (struct shown_source){.source = (int32_t)r->source,
		.system = (int32_t)r->system,
		.tolerance_minutes = r->tolerance_minutes,
		.letter = r->letter,
		.note = r->note,
		.valid_from = r->valid_from == 0 ? DAY_NONE : r->valid_from,
		.valid_to = r->valid_to == DAY_FOREVER ? DAY_NONE : r->valid_to,
		.set_at = r->set_at};
}

static void show_rows(struct arena *arena, const struct source_book *book, struct source_item *item)
{
	item->rows = ARENA_ARRAY(arena, ROWS_MAX, struct shown_source);
	for (int i = book->rows - 1; i >= 0 && item->row_count < ROWS_MAX; i--)
		if (book->row[i].agency.v == item->agency.v &&
			book->row[i].valid_to >= book->row[i].valid_from)
			item->rows[item->row_count++] = show_row(&book->row[i]);
}

static struct source_item make_item(struct arena *arena, const struct source_book *book,
	const struct org_unit *agency, int32_t day)
{
	struct source_item item = {
		.agency = agency->id, .name = agency->name, .code = agency->code};
	enum attendance_source source;
	const struct source_row *row = attendance_find_source(book, agency->id, day, &source);

	item.source = (int32_t)source;
	item.system = row ? (int32_t)row->system : SYSTEM_NONE;
	show_rows(arena, book, &item);
	return item;
}

static bool is_agency(const struct org_unit *u, int32_t day)
{
	return u->parent.v == 0 && u->valid_from <= day && u->valid_to >= day;
}

static enum err get_sources(struct req *rq)
{
	const struct sources_query *in = rq->input;
	struct source_list out = {.day = in->day == DAY_NONE ? req_today(rq) : in->day,
		.items = ARENA_ARRAY(rq->tx->arena, AGENCIES_MAX, struct source_item)};
	const struct source_book *book;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = attendance_load_sources(rq->tx, &book)))
		return e;
	for (int i = 0; i < tree->units && out.count < AGENCIES_MAX; i++)
		if (is_agency(tree->by_code[i], out.day))
			out.items[out.count++] = make_item(
				rq->tx->arena, book, tree->by_code[i], out.day);
	return reply(rq, 200, &out);
}

/* ---- POST attendance/sources ---- */

struct source_input {
	int64_t *agencies;
	int agency_count;
	int32_t source, system, tolerance_minutes;
	const char *letter, *note;
	int32_t valid_from;
};

static const struct field source_input_fields[] = {
	F_IDS(struct source_input, agencies, agency_count, 1, LETTER_AGENCIES, 0,
		"The agencies the letter names."),
	F_ENUM(struct source_input, source, attendance_source_names, 0, "What they use from then."),
	F_ENUM(struct source_input, system, external_system_names, OPTIONAL,
		"The other system: of external and both."),
	F_INT(struct source_input, tolerance_minutes, 0, SOURCE_TOLERANCE_MAX, OPTIONAL,
		"Of both: minutes two times may lie apart; 5 when absent."),
	F_TEXT(struct source_input, letter, 1, 100, 0, "Number of the letter."),
	F_TEXT(struct source_input, note, 0, 300, OPTIONAL, "A remark."),
	F_DAY(struct source_input, valid_from, 0, "First day, at most 31 days back."),
	F_END,
};
static const struct shape source_input_shape = SHAPE(
	"AttendanceSourceInput", struct source_input, source_input_fields);

#define TOLERANCE_DEFAULT 5

static struct source_row make_row(const struct req *rq, int64_t agency)
{
	const struct source_input *in = rq->input;
	int32_t tolerance = in->tolerance_minutes == INT_NONE ? TOLERANCE_DEFAULT
							      : in->tolerance_minutes;

	return (struct source_row){.id = id_next(),
		.agency = {agency},
		.source = (enum attendance_source)in->source,
		.system = in->system == INT_NONE ? SYSTEM_NONE : (enum external_system)in->system,
		.tolerance_minutes = in->source == BY_BOTH ? tolerance : 0,
		.letter = in->letter,
		.note = in->note ? in->note : "",
		.set_by = rq->actor.employee,
		.set_at = rq->tx->now_ms,
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER};
}

static enum err refuse_fault(struct req *rq, enum source_fault fault)
{
	static const struct {
		enum err error;
		const char *field, *reason;
	} of_fault[] = {
		[SOURCE_SYSTEM_MISSING] = {E_BAD_FIELD, "/system", "name the other system"},
		[SOURCE_SYSTEM_UNASKED] = {E_BAD_FIELD, "/system",
			"only external and both have another system"},
		[SOURCE_TOO_FAR_BACK] = {E_BAD_FIELD, "/valid_from", "more than 31 days back"},
		[SOURCE_TOO_FAR_AHEAD] = {E_BAD_FIELD, "/valid_from", "more than a year ahead"},
		[SOURCE_LATER_ROW] = {E_CONFLICT, "/valid_from",
			"a change of an agency that begins later stands already; set it anew on "
			"its own day first"},
		[SOURCE_UNCHANGED] = {E_CONFLICT, "/source", "holds already for an agency"},
	};

	return refuse(rq, of_fault[fault].error, of_fault[fault].field, of_fault[fault].reason);
}

static enum err check_agency(struct req *rq, const struct org_tree *tree, int64_t id, int at)
{
	const struct source_input *in = rq->input;
	const struct org_unit *unit = org_find_unit(tree, (struct unit_id){id});
	const char *pointer = arena_printf(rq->tx->arena, "/agencies/%d", at);

	if (!unit || unit->parent.v || unit->valid_to < in->valid_from)
		return refuse(rq, E_BAD_FIELD, pointer, "is no agency of that day");
	for (int i = 0; i < at; i++)
		if (in->agencies[i] == id)
			return refuse(rq, E_BAD_FIELD, pointer, "stands twice");
	return OK;
}

static void add_leaf(struct req *rq)
{
	const struct source_input *in = rq->input;
	struct buf fact;

	buf_init(&fact, rq->tx->arena, 512);
	buf_printf(&fact,
		"attendance source %s system %d tolerance %d from %d letter %s by %lld of",
		attendance_source_names[in->source], in->system, in->tolerance_minutes,
		in->valid_from, in->letter, (long long)rq->actor.employee.v);
	for (int i = 0; i < in->agency_count; i++)
		buf_printf(&fact, " %lld", (long long)in->agencies[i]);
	trust_add_leaf(rq->tx, LEAF_ATTENDANCE_SOURCE, in->agencies[0], fact.p, fact.n);
}

static enum err post_sources(struct req *rq)
{
	const struct source_input *in = rq->input;
	const struct source_book *book;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = attendance_load_sources(rq->tx, &book)))
		return e;
	for (int i = 0; i < in->agency_count && !e; i++) {
		struct source_row row = make_row(rq, in->agencies[i]);
		enum source_fault fault;

		if ((e = check_agency(rq, tree, in->agencies[i], i)))
			return e;
		if ((fault = attendance_check_source(book, &row, req_today(rq))))
			return refuse_fault(rq, fault);
	}
	for (int i = 0; i < in->agency_count && !e; i++) {
		struct source_row row = make_row(rq, in->agencies[i]);

		e = attendance_set_source(rq->tx, &row);
	}
	if (e || (e = attendance_mark_sources(
			  rq->tx, in->agencies, in->agency_count, in->valid_from)))
		return e;
	add_leaf(rq);
	e = org_touch_generation(rq->tx);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- the slice ---- */

static void wire(void)
{
	org_import_register(&attendance_punch_import);
	org_import_register(&attendance_simpegnas_import);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/sources",
		.permission = P_ORG_READ,
		.tx = TX_READ,
		.input = &sources_query_shape,
		.output = &source_list_shape,
		.handler = get_sources,
		.summary = "Which attendance system each agency uses on a day, and what was set.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/sources",
		.permission = P_ORG_WRITE,
		.tx = TX_WRITE,
		.input = &source_input_shape,
		.handler = post_sources,
		.summary = "Sets by letter which attendance system agencies use from a day on.",
		.example = "{\"agencies\":[\"1\"],\"source\":\"both\",\"system\":\"fingerprint\","
			   "\"tolerance_minutes\":5,\"letter\":\"800/1/BKD\","
			   "\"valid_from\":\"2025-11-13\"}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/differences",
		.permission = P_PEOPLE_READ,
		.tx = TX_READ,
		.input = &attendance_differences_query_shape,
		.output = &attendance_differences_shape,
		.handler = attendance_get_differences,
		.object = attendance_find_difference_unit,
		.summary = "People whose day here and by another system do not agree.",
		.example_path = "/api/v1/attendance/differences?unit={unit:own}&day=2025-11-12",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/differences/days",
		.permission = P_PEOPLE_READ,
		.tx = TX_READ,
		.input = &attendance_difference_days_query_shape,
		.output = &attendance_difference_days_shape,
		.handler = attendance_get_difference_days,
		.object = attendance_find_difference_days_unit,
		.summary = "How many days differed, day by day of the last week.",
		.example_path = "/api/v1/attendance/differences/days?unit={unit:own}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/simpegnas",
		.permission = P_PEOPLE_READ,
		.tx = TX_READ,
		.input = &attendance_months_query_shape,
		.output = &attendance_months_shape,
		.handler = attendance_get_months,
		.object = attendance_find_months_unit,
		.summary = "Versions of months imported from SIMPEGNAS, and what each changed.",
		.example_path = "/api/v1/attendance/simpegnas?unit={unit:own}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/simpegnas/recap",
		.permission = P_NIP_READ,
		.tx = TX_READ,
		.input = &attendance_recap_query_shape,
		.handler = attendance_get_simpegnas_recap,
		.object = attendance_find_recap_unit,
		.raw_type = "application/octet-stream",
		.summary = "The month of a unit in the codes of SIMPEGNAS, a row per person.",
		.example_path = "/api/v1/attendance/simpegnas/recap?unit={unit:own}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/codes",
		.permission = P_ORG_READ,
		.tx = TX_READ,
		.input = &attendance_codes_query_shape,
		.output = &attendance_codes_shape,
		.handler = attendance_get_codes,
		.summary = "What codes of SIMPEGNAS mean, with the minutes of classes.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/codes",
		.permission = P_ORG_WRITE,
		.tx = TX_WRITE,
		.input = &attendance_code_input_shape,
		.output = &attendance_code_shape,
		.handler = attendance_post_code,
		.summary = "Adds a code from a day on; the row of the same code before is ended.",
		.example = "{\"code\":\"TM1\",\"meaning\":\"late\",\"from_minute\":1,"
			   "\"to_minute\":15,\"label\":\"Terlambat 1 sampai 15 menit\","
			   "\"legal_basis\":\"Perbup 1/2025\",\"verified_by\":\"\","
			   "\"valid_from\":\"2025-11-13\"}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/codes/examples",
		.permission = P_ORG_WRITE,
		.tx = TX_WRITE,
		.handler = attendance_post_code_examples,
		.summary = "Fills an empty table of codes with the unverified examples.",
		.example = "{}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/codes/{code}/end",
		.permission = P_ORG_WRITE,
		.tx = TX_WRITE,
		.input = &attendance_code_end_shape,
		.handler = attendance_post_code_end,
		.summary = "Ends a code after a day.",
		.example = "{\"last_day\":\"2025-11-13\"}",
	},
};

/* What a fold asks is among the statements of attendance itself (attendance_db.c). */
static struct db_stmt *const stmts[] = {&ATTENDANCE_ADD_SOURCE, &ATTENDANCE_END_SOURCE,
	&ATTENDANCE_ADD_CODE, &ATTENDANCE_END_CODE, &ATTENDANCE_ADD_ARRIVED,
	&ATTENDANCE_LIST_STANDINGS, &ATTENDANCE_LIST_EVENTS, &ATTENDANCE_COUNT_ARRIVED,
	&ATTENDANCE_LIST_SIMPEGNAS, &ATTENDANCE_END_STAGED_SIMPEGNAS,
	&ATTENDANCE_ADD_STAGED_SIMPEGNAS, &ATTENDANCE_LIST_COMPARED, &ATTENDANCE_LIST_RECAP};

const struct slice attendance_source_slice = {
	.name = "sources",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = stmts,
	.stmt_count = COUNT_OF(stmts),
	.wire = wire,
};
