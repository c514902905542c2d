/*
 * Assemblies over HTTP: apel and upacara with their own day, hours, place and letter.
 *
 * PP 94/2021 art. 4 f (obey working hours) leaves them to letters of the head; what a letter calls
 * is entered as it says: whom, from when one is seen, who is excused. How each person's attendance
 * at it was judged stands beside his day (src/attendance).
 */
#include "calendar/calendar_int.h"

#include "org/org.h"

#define EVENTS_MAX 500
#define UNITS_MAX  100

struct event_view {
	int64_t id;
	const char *name, *place, *letter;
	struct unit_id site_unit;
	int32_t day, opens, starts, closes;
	bool excuses_shift, excuses_home, excuses_off;
	int64_t *units;
	int units_count;
	const char **unit_names;
	int unit_names_count;
	int64_t cancelled_at;
	const char *reason;
};

#define EVENT_FIELDS                                                                               \
	F_TEXT(struct event_view, name, 1, 120, 0, "What it is: Apel pagi, Upacara HUT KORPRI."),  \
		F_TEXT(struct event_view, place, 1, 200, 0, "Where it is held."),                  \
		F_ID(struct event_view, site_unit, OPTIONAL,                                       \
			"Unit whose area one must be in; absent: the place is not asked."),        \
		F_TEXT(struct event_view, letter, 1, 120, 0, "Number of the letter that calls."),  \
		F_DAY(struct event_view, day, 0, "The day."),                                      \
		F_MINUTE(struct event_view, opens, 0, "Who comes from then on is seen at it."),    \
		F_MINUTE(struct event_view, starts, 0, "It begins."),                              \
		F_MINUTE(struct event_view, closes, 0, "Who comes after that was not there."),     \
		F_BOOL(struct event_view, excuses_shift, 0, "Excuses who works in turns."),        \
		F_BOOL(struct event_view, excuses_home, 0, "Excuses who works away that day."),    \
		F_BOOL(struct event_view, excuses_off, 0, "Excuses who is free that day."),        \
		F_IDS(struct event_view, units, units_count, 0, UNITS_MAX, 0,                      \
			"Whom it calls: units and those below them; none: everyone.")

static const struct field event_fields[] = {
	F_ID(struct event_view, id, 0, "The assembly."),
	EVENT_FIELDS,
	F_TEXTS(struct event_view, unit_names, unit_names_count, 0, UNITS_MAX, 0,
		"Names of the units."),
	F_INSTANT(struct event_view, cancelled_at, OPTIONAL, "Called off then."),
	F_TEXT(struct event_view, reason, 1, 200, OPTIONAL, "Why it was called off."),
	F_END,
};
static const struct shape event_shape = SHAPE("Assembly", struct event_view, event_fields);
static const struct field event_input_fields[] = {EVENT_FIELDS, F_END};
const struct shape calendar_event_input_shape = SHAPE(
	"AssemblyInput", struct event_view, event_input_fields);

struct events_query {
	int32_t from;
};
static const struct field events_query_fields[] = {
	Q_DAY(struct events_query, from, OPTIONAL,
		"Those from this day on; 31 days back when absent."),
	F_END,
};
const struct shape calendar_events_query_shape = SHAPE(
	"AssembliesQuery", struct events_query, events_query_fields);

struct events_view {
	struct event_view *items;
	int items_count;
};
static const struct field events_fields[] = {
	F_LIST(struct events_view, items, items_count, &event_shape, 0, EVENTS_MAX, 0,
		"In day order."),
	F_END,
};
const struct shape calendar_events_shape = SHAPE("Assemblies", struct events_view, events_fields);

static struct event_view view_event(
	struct arena *arena, const struct org_tree *tree, const struct calendar_event *v)
{
	struct event_view out = {.id = v->id,
		.name = v->name,
		.place = v->place,
		.letter = v->letter,
		.site_unit = v->site_unit,
		.day = v->day,
		.opens = v->opens,
		.starts = v->starts,
		.closes = v->closes,
		.excuses_shift = (v->excuses & EXCUSE_SHIFT) != 0,
		.excuses_home = (v->excuses & EXCUSE_HOME) != 0,
		.excuses_off = (v->excuses & EXCUSE_OFF) != 0,
		.units = ARENA_ARRAY(arena, (size_t)v->units, int64_t),
		.unit_names = ARENA_ARRAY(arena, (size_t)v->units, const char *),
		.cancelled_at = v->cancelled_at ? v->cancelled_at : INSTANT_NONE,
		.reason = v->reason && *v->reason ? v->reason : NULL};
	for (int i = 0; i < v->units; i++) {
		const char *name = calendar_unit_name(tree, v->unit[i]);
		if (!name)
			continue;
		out.units[out.units_count++] = v->unit[i].v;
		out.unit_names[out.unit_names_count++] = name;
	}
	return out;
}

enum err calendar_get_events(struct req *rq)
{
	const struct events_query *in = rq->input;
	int32_t from = in->from == DAY_NONE ? req_today(rq) - CALENDAR_REACH_DAYS : in->from;
	struct events_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, EVENTS_MAX, struct event_view)};
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	for (int i = 0; i < c->events && out.items_count < EVENTS_MAX; i++)
		if (c->event[i].day >= from)
			out.items[out.items_count++] = view_event(
				rq->tx->arena, tree, &c->event[i]);
	return reply(rq, 200, &out);
}

/* ---- calling one ---- */

/* The narrowest unit all of them lie in; 0: the whole government. */
static struct unit_id common_unit(
	const struct org_tree *tree, const struct unit_id *unit, int units)
{
	const struct org_unit *u = units ? org_find_unit(tree, unit[0]) : NULL;
	while (u) {
		bool holds = true;
		for (int i = 0; i < units; i++)
			holds &= org_is_below(tree, unit[i], u->id);
		if (holds)
			return u->id;
		u = org_find_unit(tree, u->parent);
	}
	return (struct unit_id){0};
}

static struct unit_id *read_units(struct arena *arena, const struct event_view *in, int *ret_count)
{
	struct unit_id *unit = ARENA_ARRAY(arena, (size_t)in->units_count + 1, struct unit_id);
	for (int i = 0; i < in->units_count; i++)
		unit[i].v = in->units[i];
	*ret_count = in->units_count ? in->units_count : 1; /* unit 0: everyone */
	return unit;
}

enum err calendar_find_event_unit(struct req *rq, struct object *ret_object)
{
	const struct event_view *in = rq->input;
	const struct org_tree *tree;
	int count;
	struct unit_id *unit = read_units(rq->tx->arena, in, &count);
	enum err e = org_load_tree(rq->tx, &tree);
	for (int i = 0; !e && i < in->units_count; i++)
		if (!org_find_unit(tree, unit[i]))
			return E_NOT_FOUND;
	if (!e)
		ret_object->unit = common_unit(tree, unit, in->units_count);
	return e;
}

static bool is_called_twice(const struct calendar *c, const struct org_tree *tree,
	const struct unit_id *unit, int units, int32_t day)
{
	for (int i = 0; i < c->events; i++) {
		const struct calendar_event *v = &c->event[i];
		if (v->day != day || v->cancelled_at)
			continue;
		for (int k = 0; k < v->units; k++)
			for (int n = 0; n < units; n++)
				if (!unit[n].v || !v->unit[k].v ||
					org_is_below(tree, unit[n], v->unit[k]) ||
					org_is_below(tree, v->unit[k], unit[n]))
					return true;
	}
	return false;
}

static enum err check_event(
	struct req *rq, const struct event_view *in, const struct unit_id *unit, int units)
{
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = calendar_check_days(rq, in->day, "/day", DAY_NONE, "");
	if (e || (e = org_load_tree(rq->tx, &tree)) ||
		(e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	if (in->opens > in->starts || in->opens >= 1440)
		return refuse(rq, E_BAD_FIELD, "/opens", "not after it begins");
	if (in->closes < in->starts || in->closes >= 1440)
		return refuse(rq, E_BAD_FIELD, "/closes", "not before it begins");
	if (in->site_unit.v && !org_find_unit(tree, in->site_unit))
		return refuse(rq, E_BAD_FIELD, "/site_unit", "unknown");
	if (is_called_twice(c, tree, unit, units, in->day))
		return refuse(rq, E_CONFLICT, "/units",
			"another assembly of that day calls the same people");
	return OK;
}

enum err calendar_post_event(struct req *rq)
{
	const struct event_view *in = rq->input;
	struct calendar_key key;
	int units;
	struct unit_id *unit = read_units(rq->tx->arena, in, &units);
	enum err e = check_event(rq, in, unit, units);
	if (e)
		return e;
	e = calendar_add_event(rq->tx,
		&(struct calendar_event){.name = in->name,
			.place = in->place,
			.letter = in->letter,
			.site_unit = in->site_unit,
			.day = in->day,
			.opens = in->opens,
			.starts = in->starts,
			.closes = in->closes,
			.excuses = (in->excuses_shift ? EXCUSE_SHIFT : 0) |
				   (in->excuses_home ? EXCUSE_HOME : 0) |
				   (in->excuses_off ? EXCUSE_OFF : 0),
			.unit = unit,
			.units = units},
		rq->actor.employee, &key.id);
	return e ? e : reply(rq, 200, &key);
}

/* ---- calling it off ---- */

struct event_cancel {
	int64_t event;
	const char *reason;
};
static const struct field event_cancel_fields[] = {
	PATH_ID(struct event_cancel, event, "The assembly."),
	F_TEXT(struct event_cancel, reason, 1, 200, 0, "Why."),
	F_END,
};
const struct shape calendar_event_cancel_shape = SHAPE(
	"AssemblyCancel", struct event_cancel, event_cancel_fields);

static enum err load_event(
	struct req *rq, const struct org_tree **ret_tree, const struct calendar_event **ret)
{
	const struct event_cancel *in = rq->input;
	const struct calendar *c;
	enum err e = org_load_tree(rq->tx, ret_tree);
	if (e || (e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	*ret = calendar_event_of(c, in->event);
	return *ret ? OK : E_NOT_FOUND;
}

enum err calendar_find_event_object(struct req *rq, struct object *ret_object)
{
	const struct org_tree *tree;
	const struct calendar_event *v;
	enum err e = load_event(rq, &tree, &v);
	if (!e)
		ret_object->unit = common_unit(tree, v->unit, v->units);
	return e;
}

enum err calendar_post_event_cancel(struct req *rq)
{
	const struct event_cancel *in = rq->input;
	const struct org_tree *tree;
	const struct calendar_event *v;
	enum err e = load_event(rq, &tree, &v);
	if (e)
		return e;
	if (v->cancelled_at)
		return refuse(rq, E_CONFLICT, "/event", "is called off already");
	if (v->day < req_today(rq) - CALENDAR_REACH_DAYS)
		return refuse(rq, E_REFUSED, "/event", "too far back: that day is judged");
	e = calendar_cancel_event(rq->tx, v->id, in->reason);
	for (int i = 0; i < v->units; i++)
		calendar_mark(rq->tx, v->unit[i], v->day, v->day);
	return e ? e : reply(rq, 204, NULL);
}
