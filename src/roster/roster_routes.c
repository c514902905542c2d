/*
 * Rosters over HTTP: my own days, versions of a node, the lines of one.
 *
 * Most rosters are made for a whole agency. The head or officer of a unit below reads those that
 * were decided, with the lines of his own people alone.
 */
#include "roster/roster_routes.h"

#include "base/str.h"
#include "org/org_absence.h"
#include "org/org_import.h"
#include "platform/slice.h"
#include "roster/roster_explain.h"
#include "roster/roster_version_view.h"

#include <stddef.h>

#define VERSIONS_MAX 200
#define LINES_MAX    200

/* ---- my own days ---- */

struct my_roster_query {
	int32_t from, days;
};
static const struct field my_roster_query_fields[] = {
	Q_DAY(struct my_roster_query, from, 0, "First day."),
	Q_INT(struct my_roster_query, days, 1, ROSTER_DAYS_MAX, 0, "How many days."),
	F_END,
};
static const struct shape my_roster_query_shape = SHAPE(
	"MyRosterQuery", struct my_roster_query, my_roster_query_fields);

struct my_day {
	int32_t day, mode, source, starts, ends;
	const char *holiday, *note, *turn, *school_break, *event;
	int32_t event_starts;
	struct explained_cover *covers;
	int cover_count;
	bool is_unplanned;
};
static const struct field my_day_fields[] = {
	F_DAY(struct my_day, day, 0, "The day."),
	F_ENUM(struct my_day, mode, work_mode_names, 0, "Where I work."),
	F_ENUM(struct my_day, source, mode_source_names, 0, "What the mode comes from."),
	F_MINUTE(struct my_day, starts, OPTIONAL, "Work begins."),
	F_MINUTE(struct my_day, ends, OPTIONAL, "Work ends."),
	F_TEXT(struct my_day, holiday, 0, 200, OPTIONAL, "Holiday."),
	F_TEXT(struct my_day, note, 0, 120, OPTIONAL, "Code of the status in force."),
	F_TEXT(struct my_day, turn, 0, 200, OPTIONAL, "The turn, or the cycle of turns."),
	F_TEXT(struct my_day, school_break, 0, 200, OPTIONAL, "Break between semesters."),
	F_TEXT(struct my_day, event, 0, 200, OPTIONAL, "Assembly one is called to."),
	F_MINUTE(struct my_day, event_starts, OPTIONAL, "It begins."),
	F_BOOL(struct my_day, is_unplanned, 0,
		"A roster decides the day and none is set yet: office until then."),
	F_LIST(struct my_day, covers, cover_count, &roster_cover_shape, 0, COVERS_MAX, 0,
		"Parts of the day that a letter covers."),
	F_END,
};
static const struct shape my_day_shape = SHAPE("MyRosterDay", struct my_day, my_day_fields);

struct my_roster {
	struct my_day *items;
	int item_count;
	const char *zone;
};
static const struct field my_roster_fields[] = {
	F_LIST(struct my_roster, items, item_count, &my_day_shape, 0, ROSTER_DAYS_MAX, 0,
		"One per day in service."),
	F_TEXT(struct my_roster, zone, 3, 4, 0, "WIB, WITA or WIT."),
	F_END,
};
static const struct shape my_roster_shape = SHAPE("MyRoster", struct my_roster, my_roster_fields);

static struct explained_cover *show_my_covers(struct arena *arena, const struct person_day *facts)
{
	struct explained_cover *out = ARENA_ARRAY(arena, COVERS_MAX, struct explained_cover);
	for (int i = 0; i < facts->covers; i++)
		out[i] = (struct explained_cover){org_shown_kind(facts->cover[i].kind, true),
			facts->cover[i].from, facts->cover[i].to};
	return out;
}

/* His agency has set no roster for the day, which a rule leaves to it. */
static bool is_unplanned(const struct policy_book *book, const struct person_day *facts,
	const struct day_ruling *ruling)
{
	return !facts->letter && ruling->mode_rule >= 0 && ruling->source != SOURCE_EXEMPT &&
	       ruling->source != SOURCE_STATUS && book->rule[ruling->mode_rule].kind == RULE_ROSTER;
}

static struct my_day show_my_day(
	struct arena *arena, const struct policy_book *book, const struct person_day *facts)
{
	struct day_ruling ruling;
	policy_decide_day(book, facts, &ruling);
	bool is_work = ruling.shift.starts != MINUTE_OFF;
	const struct calendar_event *event = calendar_find_event(
		book->calendar, book->tree, facts->unit, facts->day);
	return (struct my_day){.day = facts->day,
		.mode = (int32_t)ruling.mode,
		.source = (int32_t)ruling.source,
		.starts = is_work ? ruling.shift.starts : MINUTE_NONE,
		.ends = is_work ? ruling.shift.ends : MINUTE_NONE,
		.holiday = ruling.shift_reason.holiday,
		.note = facts->status ? status_kind_names[facts->status] : NULL,
		.turn = ruling.shift_reason.is_turn ? ruling.shift_reason.pattern_name : NULL,
		.school_break = ruling.shift_reason.school_break,
		.event = event ? event->name : NULL,
		.event_starts = event ? event->starts : MINUTE_NONE,
		.covers = show_my_covers(arena, facts),
		.cover_count = facts->covers,
		.is_unplanned = is_work && is_unplanned(book, facts, &ruling)};
}

static enum err get_my_roster(struct req *rq)
{
	const struct my_roster_query *query = rq->input;
	const struct policy_book *book;
	struct person_day facts;
	enum err e = policy_load_book(rq->tx, &book);
	if (e)
		return e;
	struct my_roster out = {.items = ARENA_ARRAY(rq->tx->arena, ROSTER_DAYS_MAX, struct my_day),
		.zone = zone_name(book->tree->zone)};
	for (int i = 0; i < query->days; i++) {
		e = roster_load_person_day(rq->tx, rq->actor.employee, query->from + i, &facts);
		if (e && e != E_NOT_FOUND)
			return e;
		if (!e)
			out.items[out.item_count++] = show_my_day(rq->tx->arena, book, &facts);
	}
	return reply(rq, 200, &out);
}

/* ---- versions ---- */

struct line_view {
	int64_t employee;
	const char *name, *days;
};

static const struct field version_fields[] = {VERSION_FIELDS_OF(struct version_view), F_END};
static const struct shape version_shape = SHAPE(
	"RosterVersion", struct version_view, version_fields);

static const struct field line_fields[] = {
	F_ID(struct line_view, employee, 0, "The person."),
	F_TEXT(struct line_view, name, 0, 200, 0, "Name."),
	F_TEXT(struct line_view, days, 1, ROSTER_DAYS_MAX, 0, "One letter per day of the period."),
	F_END,
};
static const struct shape line_shape = SHAPE("RosterLine", struct line_view, line_fields);

struct version_page {
	struct version_view of;
	struct line_view *lines;
	int line_count;
	int64_t next;
};
static const struct field version_page_fields[] = {
	VERSION_FIELDS_OF(struct version_view),
	F_LIST(struct version_page, lines, line_count, &line_shape, 0, LINES_MAX, 0,
		"Lines in order of employee."),
	F_ID(struct version_page, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
static const struct shape version_page_shape = SHAPE(
	"RosterVersionPage", struct version_page, version_page_fields);
_Static_assert(offsetof(struct version_page, of) == 0, "its fields are those of a version");

struct versions_query {
	int64_t unit;
	int32_t on;
};
static const struct field versions_query_fields[] = {
	Q_ID(struct versions_query, unit, OPTIONAL, "Only this unit and those below."),
	Q_DAY(struct versions_query, on, OPTIONAL, "Only those that cover this day."),
	F_END,
};
static const struct shape versions_query_shape = SHAPE(
	"RosterVersionsQuery", struct versions_query, versions_query_fields);

struct versions_view {
	struct version_view *items;
	int item_count;
};
static const struct field versions_view_fields[] = {
	F_LIST(struct versions_view, items, item_count, &version_shape, 0, VERSIONS_MAX, 0,
		"Newest first."),
	F_END,
};
static const struct shape versions_shape = SHAPE(
	"RosterVersions", struct versions_view, versions_view_fields);

static enum err find_listed_unit(struct req *rq, struct object *ret_object)
{
	const struct versions_query *query = rq->input;
	ret_object->unit.v = query->unit;
	return OK;
}

/* Newest first, each once. */
static void keep_version(struct roster_version *list, int *count, const struct roster_version *v)
{
	int at = *count;
	while (at > 0 && list[at - 1].version_id < v->version_id)
		at--;
	if (at == VERSIONS_MAX || (at > 0 && list[at - 1].version_id == v->version_id))
		return;
	int moved = (*count < VERSIONS_MAX ? *count : VERSIONS_MAX - 1) - at;
	memmove(&list[at + 1], &list[at], (size_t)moved * sizeof(*list));
	list[at] = *v;
	*count = at + moved + 1;
}

typedef enum err list_fn(struct tx *tx, const char *path, int32_t day, struct roster_version *ret,
	int max, int *ret_count);

static enum err add_versions(struct req *rq, list_fn *list_versions, const char *path,
	struct roster_version *list, int *count)
{
	const struct versions_query *query = rq->input;
	struct roster_version *found = ARENA_ARRAY(
		rq->tx->arena, VERSIONS_MAX, struct roster_version);
	int n;
	enum err e = list_versions(rq->tx, path, query->on, found, VERSIONS_MAX, &n);
	for (int i = 0; i < n && !e; i++)
		keep_version(list, count, &found[i]);
	return e;
}

/* Of the unit asked for, which is within reach; else of every scope, with what was decided above.
 */
static enum err list_versions(struct req *rq, const struct roster_reader *reader,
	struct roster_version *list, int *ret_count)
{
	const struct versions_query *query = rq->input;
	const struct org_unit *node = org_find_unit(reader->tree, (struct unit_id){query->unit});
	enum err e = OK;
	*ret_count = 0;
	if (node)
		return add_versions(rq, roster_list_versions, node->path, list, ret_count);
	for (int i = 0; i < reader->reads.paths && !e; i++) {
		e = add_versions(rq, roster_list_versions, reader->reads.path[i], list, ret_count);
		if (!e)
			e = add_versions(rq, roster_list_versions_above, reader->reads.path[i],
				list, ret_count);
	}
	return e;
}

static enum err get_versions(struct req *rq)
{
	struct roster_version *row = ARENA_ARRAY(
		rq->tx->arena, VERSIONS_MAX, struct roster_version);
	struct roster_reader reader;
	struct versions_view out;
	enum err e = roster_load_reader(rq, &reader);
	if (e || (e = list_versions(rq, &reader, row, &out.item_count)))
		return e;
	out.items = ARENA_ARRAY(rq->tx->arena, VERSIONS_MAX, struct version_view);
	for (int i = 0; i < out.item_count && !e; i++)
		e = roster_show_version(rq, &reader, &row[i], &out.items[i]);
	return e ? e : reply(rq, 200, &out);
}

/* ---- one version with its lines ---- */

struct version_query {
	int64_t version, cursor;
};
static const struct field version_query_fields[] = {
	PATH_ID(struct version_query, version, "The version."),
	Q_ID(struct version_query, cursor, OPTIONAL, "Lines after this employee."),
	F_END,
};
static const struct shape version_query_shape = SHAPE(
	"RosterVersionQuery", struct version_query, version_query_fields);

/* A part of one's own below a unit; NULL when there is none. */
static const struct org_unit *find_own_part(
	const struct roster_reader *reader, struct unit_id above)
{
	const struct org_unit *unit = org_find_unit(reader->tree, above);
	const struct org_scopes *reads = &reader->reads;
	const struct org_scopes below = {.path = {unit ? unit->path : NULL}, .paths = unit ? 1 : 0};
	for (int i = 0; i < reads->paths; i++) {
		if (!org_in_scopes(&below, reads->path[i]))
			continue;
		for (int k = 0; k < reader->tree->units; k++) {
			if (str_eq(reader->tree->unit[k].path, reads->path[i]))
				return &reader->tree->unit[k];
		}
	}
	return NULL;
}

/* A decided version above one's own part is read as the part: who stands there is asked again
 * below. */
static enum err find_read_version(struct req *rq, struct object *ret_object)
{
	const struct version_query *query = rq->input;
	struct roster_reader reader;
	struct roster_version version;
	enum err e = roster_load_version(rq->tx, query->version, &version);
	ret_object->unit = e ? (struct unit_id){0} : version.unit;
	if (e || version.state == ROSTER_DRAFT)
		return e;
	if ((e = roster_load_reader(rq, &reader)))
		return e;
	const struct org_unit *own = find_own_part(&reader, version.unit);
	if (own)
		ret_object->unit = own->id;
	return OK;
}

/* In order of employee. */
static void keep_line(struct roster_line_row *list, int *count, const struct roster_line_row *line)
{
	int at = *count;
	while (at > 0 && list[at - 1].employee.v > line->employee.v)
		at--;
	if (at == LINES_MAX)
		return;
	int moved = (*count < LINES_MAX ? *count : LINES_MAX - 1) - at;
	memmove(&list[at + 1], &list[at], (size_t)moved * sizeof(*list));
	list[at] = *line;
	*count = at + moved + 1;
}

/* Who is placed in one's own parts today, or on the day of the period nearest to it. */
static enum err list_own_lines(struct req *rq, const struct roster_reader *reader,
	const struct roster_version *v, struct roster_line_row *list, int *ret_count)
{
	const struct version_query *query = rq->input;
	struct roster_line_row *found = ARENA_ARRAY(
		rq->tx->arena, LINES_MAX, struct roster_line_row);
	int32_t day = req_today(rq);
	int n = 0;
	enum err e = OK;
	day = day < v->period_from ? v->period_from : day > v->period_to ? v->period_to : day;
	*ret_count = 0;
	for (int i = 0; i < reader->reads.paths && !e; i++) {
		e = roster_list_lines_below(rq->tx, v->version_id,
			(struct employee_id){query->cursor}, reader->reads.path[i], day, found,
			LINES_MAX, &n);
		for (int k = 0; k < n && !e; k++)
			keep_line(list, ret_count, &found[k]);
	}
	return e;
}

static enum err list_lines(struct req *rq, const struct roster_reader *reader,
	const struct roster_version *v, struct roster_line_row *list, int *ret_count)
{
	const struct version_query *query = rq->input;
	const struct org_unit *unit = org_find_unit(reader->tree, v->unit);
	if (!org_in_scopes(&reader->reads, unit ? unit->path : NULL))
		return list_own_lines(rq, reader, v, list, ret_count);
	return roster_list_lines(rq->tx, v->version_id, (struct employee_id){query->cursor}, list,
		LINES_MAX, ret_count);
}

static enum err get_version(struct req *rq)
{
	const struct version_query *query = rq->input;
	struct roster_reader reader;
	struct roster_version version;
	struct roster_line_row *row = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct roster_line_row);
	int count;
	enum err e = roster_load_reader(rq, &reader);
	if (e || (e = roster_load_version(rq->tx, query->version, &version)) ||
		(e = list_lines(rq, &reader, &version, row, &count)))
		return e;
	struct version_page out = {0};
	if ((e = roster_show_version(rq, &reader, &version, &out.of)))
		return e;
	out.lines = ARENA_ARRAY(rq->tx->arena, LINES_MAX, struct line_view);
	out.line_count = count;
	out.next = count == LINES_MAX ? row[count - 1].employee.v : 0;
	for (int i = 0; i < count; i++)
		out.lines[i] = (struct line_view){row[i].employee.v, row[i].name, row[i].days};
	return reply(rq, 200, &out);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/me/roster",
		.permission = P_SIGNED_IN,
		.tx = TX_READ,
		.input = &my_roster_query_shape,
		.output = &my_roster_shape,
		.handler = get_my_roster,
		.exports = EXPORT("jadwal-saya", "Jadwal saya"),
		.summary = "My own days: where I work and when.",
		.example_path = "/api/v1/me/roster?from=2025-11-13&days=7",
	},
	{
		.method = GET,
		.path = "/api/v1/policy/explain",
		.permission = P_EXPLAIN_READ,
		.tx = TX_READ,
		.input = &roster_explain_query_shape,
		.output = &explanation_shape,
		.handler = roster_get_explain,
		.object = roster_find_explained,
		.sees = true,
		.summary = "What holds for a person on a day, by which rule, and why not another.",
		.example_path = "/api/v1/policy/explain?employee={employee:self}&day=2025-11-13",
	},
	{
		.method = GET,
		.path = "/api/v1/roster/versions",
		.permission = P_ROSTER_READ,
		.tx = TX_READ,
		.input = &versions_query_shape,
		.output = &versions_shape,
		.handler = get_versions,
		.exports = EXPORT("versi-jadwal", "Versi jadwal"),
		.object = find_listed_unit,
		.summary = "Versions of rosters in my scope, and those decided above that hold for "
			   "it.",
	},
	{
		.method = GET,
		.path = "/api/v1/roster/versions/{version}",
		.permission = P_ROSTER_READ,
		.tx = TX_READ,
		.input = &version_query_shape,
		.output = &version_page_shape,
		.handler = get_version,
		.exports = EXPORT("jadwal", "Jadwal", "lines", "days", "period_from"),
		.object = find_read_version,
		.summary =
			"A version with its lines; of one made above my scope, those of my people.",
	},
};

static void wire(void)
{
	org_import_register(&roster_import);
}

const struct slice roster_slice = {
	.name = "roster",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = roster_stmts,
	.stmt_count = ROSTER_STMTS,
	.wire = wire,
};
