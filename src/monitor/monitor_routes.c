/*
 * The boards: the government by agency, a unit by what lies below it, and both as streams.
 *
 * A board is read from counters only, so it costs the same at 07:30 as at night; a stream sends the
 * whole board again, at most once a second, so a client that missed a message has missed nothing.
 * Numbers of units; nobody's name.
 */
#include "monitor/monitor_int.h"

#include "attendance/attendance_source.h"
#include "org/org_access.h"
#include "platform/events.h"
#include "tasks/tasks.h"

struct tile {
	int64_t unit;
	const char *name, *code;
	int32_t character, source, system;
	struct counters counters;
};

struct shown_slot {
	int32_t minute, present_office, present_home, late;
};

struct shown_attention {
	int32_t kind;
	int64_t unit;
	const char *unit_name;
	int32_t value;
	int64_t at;
};

struct board {
	int32_t day;
	int64_t now;
	const char *zone;
	struct counters total;
	struct tile *agencies;
	int agency_count;
	struct shown_slot *slots;
	int slot_count;
	struct shown_attention *attention;
	int attention_count;
};

struct unit_board {
	int64_t unit;
	const char *name;
	int32_t day, source, system;
	int64_t now;
	const char *zone;
	struct counters total;
	struct tile *units;
	int unit_count;
};

#define COUNTER_FIELD(offset, name, column)                                                        \
	{                                                                                          \
#column, FIELD_INT, FROM_BODY, 0, (offset) + sizeof(int32_t) * (name), 0, 0,       \
			INT32_MAX, NULL, NULL,                                                     \
			"People, see the field's name; reports for report_*."                      \
	}

static const struct field counter_fields[] = {
#define X(name, column) COUNTER_FIELD(offsetof(struct counters, count), name, column),
#include "base/counter.def"
#undef X
	F_END,
};
const struct shape monitor_counters_shape = SHAPE("BoardCounters", struct counters, counter_fields);

static const struct field tile_fields[] = {
	F_ID(struct tile, unit, 0, "The agency or unit."),
	F_TEXT(struct tile, name, 1, 200, 0, "Its name."),
	F_TEXT(struct tile, code, 1, 80, 0, "Its short code."),
	F_ENUM(struct tile, character, unit_character_names, 0, "What kind of work it does."),
	F_ENUM(struct tile, source, attendance_source_names, 0,
		"Whose attendance it is: none is not counted, external comes by import."),
	F_ENUM(struct tile, system, external_system_names, 0, "The other system, if any."),
#define X(name, column) COUNTER_FIELD(offsetof(struct tile, counters.count), name, column),
#include "base/counter.def"
#undef X
	F_END,
};
static const struct shape tile_shape = SHAPE("BoardTile", struct tile, tile_fields);

static const struct field slot_fields[] = {
	F_INT(struct shown_slot, minute, 0, 1435, 0,
		"Minute of day at which the five minutes begin."),
	F_INT(struct shown_slot, present_office, 0, INT32_MAX, 0,
		"Arrived until their end, office."),
	F_INT(struct shown_slot, present_home, 0, INT32_MAX, 0,
		"Arrived until their end, at home or anywhere."),
	F_INT(struct shown_slot, late, 0, INT32_MAX, 0, "Of both, late."),
	F_END,
};
static const struct shape slot_shape = SHAPE("BoardSlot", struct shown_slot, slot_fields);

static const struct field attention_fields[] = {
	F_ENUM(struct shown_attention, kind, attention_kind_names, 0, "What to look at."),
	F_ID(struct shown_attention, unit, 0, "Where."),
	F_TEXT(struct shown_attention, unit_name, 1, 200, 0, "Its name."),
	F_INT(struct shown_attention, value, 0, INT32_MAX, 0,
		"Percent of the people; reports that wait for reports_unverified; people for "
		"roster_missing; tasks for tasks_overdue."),
	F_INSTANT(struct shown_attention, at, 0, "When these counters last moved."),
	F_END,
};
static const struct shape attention_shape = SHAPE(
	"BoardAttention", struct shown_attention, attention_fields);

static const struct field board_fields[] = {
	F_DAY(struct board, day, 0, "The day shown."),
	F_INSTANT(struct board, now, 0, "Server time of the counters."),
	F_TEXT(struct board, zone, 3, 4, 0, "Zone of the government: WIB, WITA, WIT."),
	F_OBJECT(struct board, total, &monitor_counters_shape, 0, "The whole government."),
	F_LIST(struct board, agencies, agency_count, &tile_shape, 0, TILES_MAX, 0, "By code."),
	F_LIST(struct board, slots, slot_count, &slot_shape, 0, SLOTS_PER_DAY, 0,
		"Arrivals so far, where there were any."),
	F_LIST(struct board, attention, attention_count, &attention_shape, 0, ATTENTION_MAX, 0,
		"Most pressing first."),
	F_END,
};
static const struct shape board_shape = SHAPE("Board", struct board, board_fields);

static const struct field unit_board_fields[] = {
	F_ID(struct unit_board, unit, 0, "The unit."),
	F_TEXT(struct unit_board, name, 1, 200, 0, "Its name."),
	F_DAY(struct unit_board, day, 0, "The day shown."),
	F_INSTANT(struct unit_board, now, 0, "Server time of the counters."),
	F_TEXT(struct unit_board, zone, 3, 4, 0, "Zone of the government: WIB, WITA, WIT."),
	F_ENUM(struct unit_board, source, attendance_source_names, 0,
		"Whose attendance it is on the day."),
	F_ENUM(struct unit_board, system, external_system_names, 0, "The other system, if any."),
	F_OBJECT(struct unit_board, total, &monitor_counters_shape, 0,
		"The unit with all below it."),
	F_LIST(struct unit_board, units, unit_count, &tile_shape, 0, TILES_MAX, 0,
		"The units directly below, by code."),
	F_END,
};
static const struct shape unit_board_shape = SHAPE(
	"UnitBoard", struct unit_board, unit_board_fields);

/* ---- what a board shows ---- */

static struct tile make_tile(const struct org_tree *tree, const struct unit_counters *row)
{
	const struct org_unit *u = org_find_unit(tree, row->unit);

	return (struct tile){
		.unit = row->unit.v,
		.name = u ? u->name : "-",
		.code = u ? u->code : "-",
		.character = u ? (int32_t)u->character : CHARACTER_OFFICE,
		.counters = row->counters,
	};
}

/* Whose attendance a unit's is on the day. */
static void find_source(const struct source_book *book, const struct org_tree *tree,
	struct unit_id unit, int32_t day, int32_t *ret_source, int32_t *ret_system)
{
	enum attendance_source source;
	const struct source_row *row = attendance_find_source(
		book, attendance_agency_of(tree, unit), day, &source);

	*ret_source = (int32_t)source;
	*ret_system = row ? (int32_t)row->system : SYSTEM_NONE;
}

static enum err list_tiles(struct tx *tx, const struct org_tree *tree, int32_t day,
	struct unit_id parent, struct tile **ret_tile, struct unit_counters **ret_row,
	int *ret_count)
{
	struct unit_counters *row = ARENA_ARRAY(tx->arena, TILES_MAX, struct unit_counters);
	const struct source_book *book;
	enum err e = monitor_list_below(tx, day, parent, row, TILES_MAX, ret_count);

	if (e || (e = attendance_load_sources(tx, &book)))
		return e;
	*ret_tile = ARENA_ARRAY(tx->arena, (size_t)*ret_count, struct tile);
	for (int i = 0; i < *ret_count; i++) {
		struct tile *tile = &(*ret_tile)[i];

		*tile = make_tile(tree, &row[i]);
		find_source(book, tree, row[i].unit, day, &tile->source, &tile->system);
	}
	*ret_row = row;
	return OK;
}

/* From arrivals per five minutes to arrivals so far. */
static enum err list_shown_slots(struct tx *tx, int32_t day, struct board *board)
{
	struct slot_row *row = ARENA_ARRAY(tx->arena, SLOTS_PER_DAY, struct slot_row);
	struct shown_slot sum = {0};
	enum err e = monitor_list_slots(tx, day, row, &board->slot_count);

	board->slots = ARENA_ARRAY(tx->arena, SLOTS_PER_DAY, struct shown_slot);
	for (int i = 0; i < board->slot_count && !e; i++) {
		sum.minute = row[i].slot * MINUTES_PER_SLOT;
		sum.present_office += row[i].present_office;
		sum.present_home += row[i].present_home;
		sum.late += row[i].late;
		board->slots[i] = sum;
	}
	return e;
}

/* ---- attention ---- */

void monitor_decide_ordinary_day(const struct policy_book *book, struct unit_id unit, int32_t day,
	struct day_ruling *ret_ruling)
{
	struct person_day member = {
		.day = day, .unit = unit, .kind = PNS, .level = PELAKSANA, .position = ""};

	policy_decide_day(book, &member, ret_ruling);
}

/* When the day starts for the ordinary member, whether a roster is asked for. */
static void decide_ordinary_day(
	const struct policy_book *book, int32_t day, struct attention_facts *f)
{
	struct day_ruling ruling;

	monitor_decide_ordinary_day(book, f->unit, day, &ruling);
	f->starts = attendance_is_work(ruling.mode) ? ruling.shift.starts : MINUTE_OFF;
	f->asks_roster = attendance_is_work(ruling.mode) && ruling.roster_decides;
}

static bool has_wards(const struct org_tree *tree, struct unit_id agency)
{
	for (int i = 0; i < tree->units; i++)
		if (tree->unit[i].agency.v == agency.v &&
			(tree->unit[i].kind == UNIT_HOSPITAL || tree->unit[i].kind == UNIT_WARD))
			return true;
	return false;
}

static bool is_among(struct unit_id unit, const struct unit_id *list, int count)
{
	for (int i = 0; i < count; i++)
		if (list[i].v == unit.v)
			return true;
	return false;
}

static struct attention_facts gather_facts(
	const struct policy_book *book, int32_t day, const struct unit_counters *row)
{
	const int32_t *count = row->counters.count;
	struct attention_facts f = {
		.unit = row->unit,
		.expected = count[COUNT_EXPECTED],
		.excused = count[COUNT_EXCUSED],
		.present = count[COUNT_PRESENT],
		.late = count[COUNT_LATE],
		.unconfirmed = count[COUNT_UNCONFIRMED],
		.is_round_the_clock = has_wards(book->tree, row->unit),
	};

	decide_ordinary_day(book, day, &f);
	return f;
}

/* The reports of the last working day before, unit by unit; the lists are of the same units in the
 * same order. */
static enum err add_reports_before(
	struct tx *tx, int32_t day, struct attention_facts *facts, int units)
{
	struct unit_counters before;
	int32_t last;
	enum err e = monitor_load_last_worked(tx, day, &last);

	if (e || last == DAY_NONE)
		return e;
	for (int i = 0; i < units && !e; i++) {
		e = monitor_load_counters(tx, last, facts[i].unit, &before);
		facts[i].reports_filed_before = before.counters.count[COUNT_REPORT_FILED];
		facts[i].reports_decided_before = before.counters.count[COUNT_REPORT_VERIFIED] +
						  before.counters.count[COUNT_REPORT_RETURNED];
	}
	return e;
}

/* What is open now belongs to the board of today alone. */
static enum err add_tasks(struct tx *tx, const struct org_tree *tree, int32_t day,
	struct attention_facts *facts, int units)
{
	struct tasks_backlog *backlog;
	int count;
	enum err e;

	if (day != instant_day(tx->now_ms, tree->zone))
		return OK;
	backlog = ARENA_ARRAY(tx->arena, TILES_MAX, struct tasks_backlog);
	e = tasks_list_backlog(tx, (struct unit_id){0}, day, backlog, TILES_MAX, &count);
	for (int i = 0; i < units && !e; i++)
		for (int k = 0; k < count; k++)
			if (backlog[k].unit.v == facts[i].unit.v) {
				facts[i].tasks_open = backlog[k].open;
				facts[i].tasks_overdue = backlog[k].overdue;
			}
	return e;
}

static enum err list_facts(struct tx *tx, int32_t day, const struct unit_counters *row, int units,
	struct attention_facts **ret)
{
	struct attention_facts *facts = ARENA_ARRAY(
		tx->arena, (size_t)units, struct attention_facts);
	struct unit_id *rostered = ARENA_ARRAY(tx->arena, TILES_MAX, struct unit_id);
	const struct policy_book *book;
	int count = 0;
	enum err e = policy_load_book(tx, &book);

	if (!e)
		e = monitor_list_rostered(tx, day, rostered, TILES_MAX, &count);
	for (int i = 0; i < units && !e; i++) {
		facts[i] = gather_facts(book, day, &row[i]);
		facts[i].has_roster = is_among(row[i].unit, rostered, count) ||
				      is_among((struct unit_id){0}, rostered, count);
	}
	*ret = facts;
	if (!e)
		e = add_tasks(tx, book->tree, day, facts, units);
	return e ? e : add_reports_before(tx, day, facts, units);
}

static int minute_of(const struct tx *tx, const struct org_tree *tree, int32_t day)
{
	int32_t today = instant_day(tx->now_ms, tree->zone);

	if (day != today)
		return day < today ? 1440 : -1;
	return instant_minute(tx->now_ms, tree->zone);
}

static const struct unit_counters *find_row(
	const struct unit_counters *row, int units, struct unit_id unit)
{
	while (units > 1 && row->unit.v != unit.v)
		row++, units--;
	return row;
}

static enum err list_attention(struct tx *tx, const struct org_tree *tree, int32_t day,
	const struct unit_counters *row, struct board *board)
{
	struct attention found[ATTENTION_MAX];
	struct attention_facts *facts;
	enum err e = list_facts(tx, day, row, board->agency_count, &facts);

	if (e)
		return e;
	board->attention_count = monitor_decide_attention(
		facts, board->agency_count, minute_of(tx, tree, day), found);
	board->attention = ARENA_ARRAY(tx->arena, ATTENTION_MAX, struct shown_attention);
	for (int i = 0; i < board->attention_count; i++) {
		const struct unit_counters *of = find_row(row, board->agency_count, found[i].unit);

		board->attention[i] = (struct shown_attention){(int32_t)found[i].kind,
			found[i].unit.v, make_tile(tree, of).name, found[i].value,
			of->changed_at ? of->changed_at : tx->now_ms};
	}
	return OK;
}

/* ---- the boards ---- */

static enum err load_board(struct tx *tx, int32_t day, struct board *ret)
{
	const struct org_tree *tree;
	struct unit_counters total, *row;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	*ret = (struct board){.day = day == DAY_NONE ? instant_day(tx->now_ms, tree->zone) : day,
		.now = tx->now_ms,
		.zone = zone_name(tree->zone)};
	if ((e = monitor_load_counters(tx, ret->day, (struct unit_id){0}, &total)))
		return e;
	ret->total = total.counters;
	if ((e = list_tiles(tx, tree, ret->day, (struct unit_id){0}, &ret->agencies, &row,
		     &ret->agency_count)))
		return e;
	if ((e = list_shown_slots(tx, ret->day, ret)))
		return e;
	return list_attention(tx, tree, ret->day, row, ret);
}

static enum err load_unit_board(
	struct tx *tx, struct unit_id unit, int32_t day, struct unit_board *ret)
{
	const struct org_tree *tree;
	const struct org_unit *u;
	const struct source_book *book;
	struct unit_counters total, *row;
	enum err e = org_load_tree(tx, &tree);

	if (e || (e = attendance_load_sources(tx, &book)))
		return e;
	u = org_find_unit(tree, unit);
	if (!u)
		return E_NOT_FOUND;
	*ret = (struct unit_board){.unit = unit.v,
		.name = u->name,
		.day = day == DAY_NONE ? instant_day(tx->now_ms, tree->zone) : day,
		.now = tx->now_ms,
		.zone = zone_name(tree->zone)};
	find_source(book, tree, unit, ret->day, &ret->source, &ret->system);
	if ((e = monitor_load_counters(tx, ret->day, unit, &total)))
		return e;
	ret->total = total.counters;
	return list_tiles(tx, tree, ret->day, unit, &ret->units, &row, &ret->unit_count);
}

/* ---- routes ---- */

struct board_query {
	int32_t day;
};

static const struct field board_query_fields[] = {
	Q_DAY(struct board_query, day, OPTIONAL, "Today when absent."),
	F_END,
};
static const struct shape board_query_shape = SHAPE(
	"BoardQuery", struct board_query, board_query_fields);

struct unit_query {
	struct unit_id unit;
	int32_t day;
};

static const struct field unit_query_fields[] = {
	PATH_ID(struct unit_query, unit, "The unit."),
	Q_DAY(struct unit_query, day, OPTIONAL, "Today when absent."),
	F_END,
};
static const struct shape unit_query_shape = SHAPE(
	"UnitBoardQuery", struct unit_query, unit_query_fields);

struct stream_query {
	struct unit_id unit;
};

static const struct field stream_query_fields[] = {
	Q_ID(struct stream_query, unit, OPTIONAL,
		"Board of this unit; the government's when absent."),
	F_END,
};
static const struct shape stream_query_shape = SHAPE(
	"BoardStreamQuery", struct stream_query, stream_query_fields);

static enum err get_board(struct req *rq)
{
	const struct board_query *in = rq->input;
	struct board board;
	enum err e = load_board(rq->tx, in->day, &board);

	return e ? e : reply(rq, 200, &board);
}

static enum err find_board_unit(struct req *rq, struct object *ret_object)
{
	const struct unit_query *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

static enum err get_unit_board(struct req *rq)
{
	const struct unit_query *in = rq->input;
	struct unit_board board;
	enum err e = load_unit_board(rq->tx, in->unit, in->day, &board);

	return e ? e : reply(rq, 200, &board);
}

/* Without a unit the object is the whole government, which only a scope over all of it covers. */
static enum err find_stream_unit(struct req *rq, struct object *ret_object)
{
	const struct stream_query *in = rq->input;

	return in->unit.v ? org_find_object(rq->tx, in->unit, ret_object) : OK;
}

static enum err get_events(struct req *rq)
{
	const struct stream_query *in = rq->input;

	return reply_stream(rq, in->unit.v ? TOPIC_UNIT_BOARD : TOPIC_GOVERNMENT_BOARD, in->unit.v);
}

static enum err render_board(struct tx *tx, int64_t id, struct buf *out)
{
	struct board board;
	enum err e = load_board(tx, DAY_NONE, &board);

	(void)id;
	if (!e)
		fields_encode(&board_shape, &board, out);
	return e;
}

static enum err render_unit_board(struct tx *tx, int64_t id, struct buf *out)
{
	struct unit_board board;
	enum err e = load_unit_board(tx, (struct unit_id){id}, DAY_NONE, &board);

	if (!e)
		fields_encode(&unit_board_shape, &board, out);
	return e;
}

static void register_events(void)
{
	events_register(TOPIC_GOVERNMENT_BOARD, "board", render_board);
	events_register(TOPIC_UNIT_BOARD, "board", render_unit_board);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/monitor/board",
		.permission = P_BOARD_GOVERNMENT,
		.tx = TX_READ,
		.input = &board_query_shape,
		.output = &board_shape,
		.handler = get_board,
		.exports = EXPORT(
			"papan-perangkat-daerah", "Papan pantau per perangkat daerah", "agencies"),
		.summary = "The government's day by agency: who is expected, where, who is in, "
			   "reports, what needs attention.",
	},
	{
		.method = GET,
		.path = "/api/v1/monitor/board/{unit}",
		.permission = P_BOARD_UNIT,
		.tx = TX_READ,
		.input = &unit_query_shape,
		.output = &unit_board_shape,
		.handler = get_unit_board,
		.exports = EXPORT("papan-unit", "Papan pantau per unit kerja", "units"),
		.object = find_board_unit,
		.summary = "A unit's day by the units directly below it.",
		.example_path = "/api/v1/monitor/board/{unit:own}",
	},
	{
		.method = GET,
		.path = "/api/v1/monitor/events",
		.permission = P_BOARD_UNIT,
		.tx = TX_STREAM,
		.input = &stream_query_shape,
		.handler = get_events,
		.object = find_stream_unit,
		.raw_type = "text/event-stream",
		.summary = "Stream of event \"board\": the whole board again whenever it changed, "
			   "at most once a second.",
	},
};

const struct slice monitor_slice = {
	.name = "monitor",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = monitor_stmts,
	.stmt_count = COUNT_OF(monitor_stmts),
	.project = monitor_project,
	.wire = register_events,
};
