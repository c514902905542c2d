/*
 * GET attendance/events/{event}: how many were at an assembly, late, absent or excused, and by
 * what.
 *
 * Numbers alone: each person's own is with his day, for those who may see that. Counted from the
 * stored days, so it is right as soon as the days are folded; who is still expected is counted so.
 */
#include "attendance/attendance_int.h"

struct event_query {
	int64_t event;
	struct unit_id unit;
};
static const struct field event_query_fields[] = {
	PATH_ID(struct event_query, event, "The assembly."),
	Q_ID(struct event_query, unit, OPTIONAL, "Only this unit and those below it."),
	F_END,
};
const struct shape attendance_event_query_shape = SHAPE(
	"AssemblyCountQuery", struct event_query, event_query_fields);

struct verdict_view {
	int32_t verdict, people;
};
static const struct field verdict_fields[] = {
	F_ENUM(struct verdict_view, verdict, event_verdict_names, 0, "How they were judged."),
	F_INT(struct verdict_view, people, 0, 10000000, 0, "How many."),
	F_END,
};
static const struct shape verdict_shape = SHAPE(
	"AssemblyVerdict", struct verdict_view, verdict_fields);

struct event_view {
	const char *name;
	int32_t day, called;
	struct verdict_view *verdicts;
	int verdict_count;
};
static const struct field event_fields[] = {
	F_TEXT(struct event_view, name, 1, 120, 0, "What it is."),
	F_DAY(struct event_view, day, 0, "The day."),
	F_INT(struct event_view, called, 0, 10000000, 0, "People it calls."),
	F_LIST(struct event_view, verdicts, verdict_count, &verdict_shape, 0, EVENT_VERDICTS, 0,
		"Those that occur."),
	F_END,
};
const struct shape attendance_event_shape = SHAPE("AssemblyCount", struct event_view, event_fields);

/* The unit asked for, else the only one that is called; 0: the whole government. */
enum err attendance_find_event(struct req *rq, struct object *ret_object)
{
	const struct event_query *in = rq->input;
	const struct policy_book *book;
	const struct calendar_event *event;
	enum err e = policy_load_book(rq->tx, &book);

	if (e)
		return e;
	event = calendar_event_of(book->calendar, in->event);
	if (!event || (in->unit.v && !org_find_unit(book->tree, in->unit)))
		return E_NOT_FOUND;
	ret_object->unit = in->unit;
	if (!in->unit.v && event->units == 1)
		ret_object->unit = event->unit[0];
	return OK;
}

static void add_verdicts(const int32_t *people, struct arena *arena, struct event_view *out)
{
	out->verdicts = ARENA_ARRAY(arena, EVENT_VERDICTS, struct verdict_view);
	for (int i = EVENT_EXPECTED; i < EVENT_VERDICTS; i++) {
		out->called += people[i];
		if (people[i])
			out->verdicts[out->verdict_count++] = (struct verdict_view){i, people[i]};
	}
}

enum err attendance_get_event(struct req *rq)
{
	const struct policy_book *book;
	const struct calendar_event *event;
	struct event_count *row;
	int32_t people[EVENT_VERDICTS] = {0};
	int rows = 0;
	enum err e = policy_load_book(rq->tx, &book);

	if (e)
		return e;
	event = calendar_event_of(book->calendar, ((const struct event_query *)rq->input)->event);
	e = attendance_count_events(
		rq->tx, event->day, &row, (book->tree->units + 1) * EVENT_VERDICTS, &rows);
	for (int i = 0; i < rows && !e; i++)
		if (calendar_find_event(book->calendar, book->tree, row[i].unit, event->day) ==
				event &&
			org_is_below(book->tree, row[i].unit, rq->object.unit))
			people[row[i].event] += row[i].people;
	if (e)
		return e;
	struct event_view out = {.name = event->name, .day = event->day};
	add_verdicts(people, rq->tx->arena, &out);
	return reply(rq, 200, &out);
}
