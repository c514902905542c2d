/*
 * Turns over HTTP: the kinds a unit has, and the grid of its people and days.
 *
 * PermenPANRB 4/2025 art. 17 (sif). The officer of a ward fills a month, all of it or nothing: an
 * unknown turn, somebody who is not of the unit that day, two turns at once, a night that runs into
 * the next morning are refused where they stand, with the reason. Who changed the grid meanwhile is
 * not overwritten: what was loaded says when.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "org/org_access.h"

#include <string.h>

#define KIND_ROWS_MAX TURN_KINDS_MAX
#define PAGE_PEOPLE   100
#define MONTH_DAYS    31
#define LINES_MAX     200

/* ---- kinds ---- */

struct kind_view {
	int64_t id;
	struct unit_id unit;
	const char *unit_name, *code, *name, *legal_basis, *verified_by;
	int32_t starts, ends, break_starts, break_ends, valid_from, valid_to;
};

#define KIND_FIELDS                                                                                \
	F_ID(struct kind_view, unit, OPTIONAL, "The unit and those below it; none: everyone."),    \
		F_TEXT(struct kind_view, code, 1, 6, 0, "What stands in the grid, such as P."),    \
		F_TEXT(struct kind_view, name, 1, 60, 0, "Its name."),                             \
		F_MINUTE(struct kind_view, starts, OPTIONAL, "Work begins; absent: a free day."),  \
		F_MINUTE(struct kind_view, ends, OPTIONAL, "Ends; past 24:00 on the next day."),   \
		F_MINUTE(struct kind_view, break_starts, OPTIONAL, "Rest begins."),                \
		F_MINUTE(struct kind_view, break_ends, OPTIONAL, "Rest ends."),                    \
		F_TEXT(struct kind_view, legal_basis, 1, 400, 0, "What it rests on."),             \
		F_DAY(struct kind_view, valid_from, 0, "First day it can be given.")

static const struct field kind_fields[] = {
	F_ID(struct kind_view, id, 0, "The kind."),
	KIND_FIELDS,
	F_DAY(struct kind_view, valid_to, OPTIONAL, "Last day it can be given, if known."),
	F_TEXT(struct kind_view, verified_by, 0, 200, 0, "Who checked it; empty for an example."),
	F_TEXT(struct kind_view, unit_name, 1, 200, OPTIONAL, "Name of the unit."),
	F_END,
};
static const struct shape kind_shape = SHAPE("TurnKind", struct kind_view, kind_fields);
static const struct field kind_input_fields[] = {KIND_FIELDS, F_END};
const struct shape calendar_turn_kind_input_shape = SHAPE(
	"TurnKindInput", struct kind_view, kind_input_fields);

struct kinds_view {
	struct kind_view *items;
	int items_count;
};
static const struct field kinds_fields[] = {
	F_LIST(struct kinds_view, items, items_count, &kind_shape, 0, KIND_ROWS_MAX, 0,
		"In the order they were entered."),
	F_END,
};
const struct shape calendar_turn_kinds_shape = SHAPE("TurnKinds", struct kinds_view, kinds_fields);

static struct kind_view view_kind(const struct org_tree *tree, const struct turn_kind *k)
{
	bool is_off = k->shift.starts == MINUTE_OFF;

	return (struct kind_view){.id = k->no,
		.unit = k->unit,
		.unit_name = calendar_unit_name(tree, k->unit),
		.code = k->code,
		.name = k->name,
		.legal_basis = k->legal_basis,
		.verified_by = k->verified_by,
		.starts = is_off ? MINUTE_NONE : k->shift.starts,
		.ends = is_off ? MINUTE_NONE : k->shift.ends,
		.break_starts = k->shift.break_starts,
		.break_ends = k->shift.break_ends,
		.valid_from = k->held.valid_from,
		.valid_to = calendar_shown_end(k->held.valid_to)};
}

static struct kinds_view view_kinds(struct arena *arena, const struct calendar *c,
	const struct org_tree *tree, struct unit_id unit, int32_t from, int32_t to)
{
	struct kinds_view out = {.items = ARENA_ARRAY(arena, KIND_ROWS_MAX, struct kind_view)};

	for (int i = 1; i <= TURN_KINDS_MAX; i++) {
		const struct turn_kind *k = &c->kind[i];
		if (k->no && calendar_holds_ever(&k->held) && k->held.valid_from <= to &&
			k->held.valid_to >= from &&
			(!unit.v || !k->unit.v || org_is_below(tree, unit, k->unit)))
			out.items[out.items_count++] = view_kind(tree, k);
	}
	return out;
}

enum err calendar_get_turn_kinds(struct req *rq)
{
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	struct kinds_view out = view_kinds(
		rq->tx->arena, c, tree, (struct unit_id){0}, req_today(rq), DAY_FOREVER);
	return reply(rq, 200, &out);
}

enum err calendar_find_turn_kind_unit(struct req *rq, struct object *ret_object)
{
	const struct kind_view *in = rq->input;
	ret_object->unit = in->unit;
	return OK;
}

static bool is_code(const char *code)
{
	return !strpbrk(code, "+-, ;");
}

static enum err check_kind(struct req *rq, const struct kind_view *in, const struct shift *s)
{
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = calendar_check_days(rq, in->valid_from, "/valid_from", DAY_NONE, "");
	if (e || (e = org_load_tree(rq->tx, &tree)) ||
		(e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	if (in->unit.v && !org_find_unit(tree, in->unit))
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if (!is_code(in->code))
		return refuse(rq, E_BAD_FIELD, "/code", "without blank, comma, plus or minus");
	const struct turn_kind *k = calendar_find_turn_kind(
		c, tree, in->unit, in->code, in->valid_from);
	if (k && k->unit.v == in->unit.v)
		return refuse(rq, E_CONFLICT, "/code", "the unit has a turn of this code already");
	const char *field = s->starts == MINUTE_OFF && s->ends == MINUTE_OFF
				    ? NULL
				    : calendar_check_shift(s);
	return field ? refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/%s", field),
			       "hours no clock can follow")
		     : OK;
}

enum err calendar_post_turn_kind(struct req *rq)
{
	const struct kind_view *in = rq->input;
	struct turn_kind_row row = {.unit = in->unit,
		.code = in->code,
		.name = in->name,
		.legal_basis = in->legal_basis,
		.shift = {in->starts, in->ends, in->break_starts, in->break_ends},
		.valid_from = in->valid_from,
		.valid_to = DAY_FOREVER,
		.by = rq->actor.employee};
	int no = 0;
	enum err e = check_kind(rq, in, &row.shift);
	if (e || (e = calendar_load_voucher(rq, &row.verified_by)))
		return e;
	e = calendar_add_turn_kind(rq->tx, &row, &no);
	if (e == E_CONFLICT)
		return refuse(rq, e, "/code", "127 kinds of turns are all there can be");
	return e ? e : reply(rq, 200, &(struct calendar_key){no});
}

struct kind_end {
	int64_t id;
	int32_t last_day;
};
static const struct field kind_end_fields[] = {
	{"turn_kind", FIELD_ID, FROM_PATH, 0, offsetof(struct kind_end, id), 0, 0, 0, NULL, NULL,
		"The kind."},
	F_DAY(struct kind_end, last_day, 0, "Last day it can be given."),
	F_END,
};
const struct shape calendar_turn_kind_end_shape = SHAPE(
	"TurnKindEnd", struct kind_end, kind_end_fields);

static enum err load_kind(struct req *rq, const struct turn_kind **ret)
{
	const struct kind_end *in = rq->input;
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	if (e)
		return e;
	*ret = in->id <= TURN_KINDS_MAX ? calendar_turn_kind(c, (int)in->id) : NULL;
	return *ret ? OK : E_NOT_FOUND;
}

enum err calendar_find_turn_kind_object(struct req *rq, struct object *ret_object)
{
	const struct turn_kind *k;
	enum err e = load_kind(rq, &k);
	if (!e)
		ret_object->unit = k->unit;
	return e;
}

/* Turns that were given keep their hours: the end concerns new ones alone. */
enum err calendar_post_turn_kind_end(struct req *rq)
{
	const struct kind_end *in = rq->input;
	const struct turn_kind *k;
	int64_t rows = 0;
	enum err e = calendar_check_days(rq, in->last_day, "/last_day", DAY_NONE, "");
	if (e || (e = load_kind(rq, &k)) ||
		(e = calendar_end_row(rq->tx, TABLE_TURN_KIND, in->id, in->last_day, &rows)))
		return e;
	return rows ? reply(rq, 204, NULL)
		    : refuse(rq, E_CONFLICT, "/last_day", "it has ended before that day");
}

/* ---- the grid ---- */

struct line_view {
	struct employee_id employee;
	const char *name, *position;
	const char **turns;
	int turns_count;
};

static const struct field line_fields[] = {
	F_ID(struct line_view, employee, 0, "The person."),
	F_TEXT(struct line_view, name, 1, 300, 0, "Name with titles."),
	F_TEXT(struct line_view, position, 0, 200, 0, "Position."),
	F_TEXTS(struct line_view, turns, turns_count, 28, MONTH_DAYS, 0,
		"One per day of the month: a code, two joined by +, or empty."),
	F_END,
};
static const struct shape line_shape = SHAPE("TurnLine", struct line_view, line_fields);

struct turns_query {
	struct unit_id unit;
	int32_t month;
	struct employee_id cursor;
};
static const struct field turns_query_fields[] = {
	Q_ID(struct turns_query, unit, 0, "The unit; people of those below it too."),
	Q_DAY(struct turns_query, month, 0, "Any day of the month."),
	Q_ID(struct turns_query, cursor, OPTIONAL, "People after this one."),
	F_END,
};
const struct shape calendar_turns_query_shape = SHAPE(
	"TurnsQuery", struct turns_query, turns_query_fields);

struct turns_view {
	int32_t from, to;
	int64_t loaded_at;
	struct kind_view *kinds;
	int kinds_count;
	struct line_view *lines;
	int lines_count;
	int64_t next;
};
static const struct field turns_fields[] = {
	F_DAY(struct turns_view, from, 0, "First day of the month."),
	F_DAY(struct turns_view, to, 0, "Last day of the month."),
	F_INSTANT(struct turns_view, loaded_at, 0, "Send it back with what you set."),
	F_LIST(struct turns_view, kinds, kinds_count, &kind_shape, 0, KIND_ROWS_MAX, 0,
		"Kinds of turns the unit has in the month."),
	F_LIST(struct turns_view, lines, lines_count, &line_shape, 0, PAGE_PEOPLE, 0,
		"One per person."),
	F_ID(struct turns_view, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
const struct shape calendar_turns_shape = SHAPE("Turns", struct turns_view, turns_fields);

enum err calendar_find_turns_unit(struct req *rq, struct object *ret_object)
{
	const struct turns_query *in = rq->input;
	return org_find_object(rq->tx, in->unit, ret_object);
}

static const char *show_turn(struct arena *arena, const struct calendar *c, const int *turn)
{
	const struct turn_kind *first = calendar_turn_kind(c, turn[0]);
	const struct turn_kind *second = calendar_turn_kind(c, turn[1]);
	if (!first)
		return "";
	return second ? arena_printf(arena, "%s+%s", first->code, second->code) : first->code;
}

static enum err show_line(struct req *rq, const struct calendar *c, const struct turns_view *month,
	const struct turn_person *person, struct line_view *ret)
{
	struct turn_cell cell[MONTH_DAYS];
	int cells = 0;
	enum err e = calendar_list_turns(
		rq->tx, person->employee, month->from, month->to, cell, MONTH_DAYS, &cells);
	*ret = (struct line_view){person->employee, person->name, person->position,
		ARENA_ARRAY(rq->tx->arena, MONTH_DAYS, const char *), month->to - month->from + 1};
	for (int i = 0; i < ret->turns_count; i++)
		ret->turns[i] = "";
	for (int i = 0; i < cells; i++)
		ret->turns[cell[i].day - month->from] = show_turn(rq->tx->arena, c, cell[i].turn);
	return e;
}

enum err calendar_get_turns(struct req *rq)
{
	const struct turns_query *in = rq->input;
	struct turn_person *person = ARENA_ARRAY(rq->tx->arena, PAGE_PEOPLE, struct turn_person);
	struct turns_view out = {.loaded_at = rq->tx->now_ms,
		.lines = ARENA_ARRAY(rq->tx->arena, PAGE_PEOPLE, struct line_view)};
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	day_month_bounds(in->month, &out.from, &out.to);
	struct kinds_view kinds = view_kinds(rq->tx->arena, c, tree, in->unit, out.from, out.to);
	out.kinds = kinds.items;
	out.kinds_count = kinds.items_count;
	e = calendar_list_turn_people(rq->tx, org_find_unit(tree, in->unit)->path, out.from, out.to,
		in->cursor, person, PAGE_PEOPLE, &out.lines_count);
	for (int i = 0; i < out.lines_count && !e; i++)
		e = show_line(rq, c, &out, &person[i], &out.lines[i]);
	if (e)
		return e;
	out.next = out.lines_count == PAGE_PEOPLE ? person[PAGE_PEOPLE - 1].employee.v : 0;
	return reply(rq, 200, &out);
}

/* ---- setting it ---- */

struct line_input {
	struct employee_id employee;
	const char **turns;
	int turns_count;
};
static const struct field line_input_fields[] = {
	F_ID(struct line_input, employee, 0, "The person."),
	F_TEXTS(struct line_input, turns, turns_count, 28, MONTH_DAYS, 0,
		"One per day of the month: a code, two joined by +, - takes back, empty leaves."),
	F_END,
};
static const struct shape line_input_shape = SHAPE(
	"TurnLineInput", struct line_input, line_input_fields);

struct turns_input {
	struct unit_id unit;
	int32_t month;
	int64_t loaded_at;
	struct line_input *lines;
	int lines_count;
};
static const struct field turns_input_fields[] = {
	F_ID(struct turns_input, unit, 0, "The unit whose people they are."),
	F_DAY(struct turns_input, month, 0, "Any day of the month."),
	F_INSTANT(struct turns_input, loaded_at, OPTIONAL,
		"As the grid said: who was changed since is not overwritten."),
	F_LIST(struct turns_input, lines, lines_count, &line_input_shape, 0, LINES_MAX, 0,
		"People whose turns change."),
	F_END,
};
const struct shape calendar_turns_input_shape = SHAPE(
	"TurnsInput", struct turns_input, turns_input_fields);

enum err calendar_find_put_turns_unit(struct req *rq, struct object *ret_object)
{
	const struct turns_input *in = rq->input;
	return org_find_object(rq->tx, in->unit, ret_object);
}

/* What is set, with the day before the month and the day after it. */
struct setting {
	struct req *rq;
	const struct calendar *c;
	const struct org_tree *tree;
	int32_t from, to;
	int line; /* index in the request */
	int turn[MONTH_DAYS + 2][TURNS_MAX];
	int next[MONTH_DAYS][TURNS_MAX];
};

static enum err refuse_day(struct setting *s, int day, enum err e, const char *reason)
{
	return refuse(s->rq, e, arena_printf(s->rq->tx->arena, "/lines/%d/turns/%d", s->line, day),
		reason);
}

static const char *sentence(const char *code)
{
	return strcmp(code, "unknown_turn") == 0 ? "the unit has no such turn on that day"
						 : "the two turns overlap";
}

static enum err read_day(struct setting *s, const struct line_input *line, int day)
{
	struct unit_id unit;
	const char *text = line->turns[day], *fault;
	enum err e;
	s->next[day][0] = -1;
	if (!*text)
		return OK;
	if (s->from + day < req_today(s->rq) - CALENDAR_REACH_DAYS)
		return refuse_day(s, day, E_REFUSED, "too far back: that day is judged");
	e = calendar_load_unit(s->rq->tx, line->employee, s->from + day, &unit);
	if (e)
		return e;
	if (!unit.v || !org_is_below(s->tree, unit, s->rq->object.unit))
		return refuse_day(s, day, E_BAD_FIELD, "not of this unit on that day");
	fault = calendar_read_turns(s->c, s->tree, unit, text, s->from + day, s->next[day]);
	if (fault)
		return refuse_day(s, day, E_BAD_FIELD, sentence(fault));
	s->turn[day + 1][0] = s->next[day][0];
	s->turn[day + 1][1] = s->next[day][1];
	return OK;
}

static enum err load_stored(struct setting *s, const struct line_input *line)
{
	const struct turns_input *in = s->rq->input;
	struct turn_cell cell[MONTH_DAYS + 2];
	int cells = 0;
	enum err e = calendar_list_turns(
		s->rq->tx, line->employee, s->from - 1, s->to + 1, cell, MONTH_DAYS + 2, &cells);
	memset(s->turn, 0, sizeof(s->turn));
	for (int i = 0; i < cells && !e; i++) {
		memcpy(s->turn[cell[i].day - s->from + 1], cell[i].turn, sizeof(cell[i].turn));
		if (in->loaded_at != INSTANT_NONE && cell[i].set_at > in->loaded_at &&
			cell[i].day >= s->from && cell[i].day <= s->to)
			return refuse_day(s, cell[i].day - s->from, E_STALE,
				"somebody else set it since you opened the grid");
	}
	return e;
}

static enum err set_line(struct setting *s, const struct line_input *line)
{
	int days = s->to - s->from + 1, overlap;
	enum err e = load_stored(s, line);
	if (!e && line->turns_count != days)
		return refuse(s->rq, E_BAD_FIELD,
			arena_printf(s->rq->tx->arena, "/lines/%d/turns", s->line),
			"one for each day of the month");
	for (int i = 0; i < days && !e; i++)
		e = read_day(s, line, i);
	if (e)
		return e;
	overlap = calendar_find_overlap(s->c, s->turn, days + 2);
	if (overlap >= 0)
		return refuse_day(s, overlap - 1 < days ? overlap - 1 : days - 1, E_BAD_FIELD,
			"runs into the turn of the day before");
	return calendar_set_turns(s->rq->tx,
		&(struct turn_line){line->employee, s->from, days, s->next}, s->rq->actor.employee);
}

enum err calendar_put_turns(struct req *rq)
{
	const struct turns_input *in = rq->input;
	struct setting *s = ARENA_NEW(rq->tx->arena, struct setting);
	enum err e = org_load_tree(rq->tx, &s->tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &s->c)))
		return e;
	s->rq = rq;
	day_month_bounds(in->month, &s->from, &s->to);
	for (s->line = 0; s->line < in->lines_count && !e; s->line++)
		e = set_line(s, &in->lines[s->line]);
	return e ? e : reply(rq, 204, NULL);
}
