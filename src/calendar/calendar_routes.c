/*
 * What everybody signed in may know about working time: the holidays of a year with their decree,
 * and the patterns with the article they rest on.
 *
 * Changing them goes through imports (src/org) and the demo; there is no route for it here.
 */
#include "calendar/calendar_int.h"

#include "platform/slice.h"

struct holiday_view {
	int32_t day, kind;
	const char *name, *source;
};

static const struct field holiday_fields[] = {
	F_DAY(struct holiday_view, day, 0, "The day nobody of an ordinary pattern works."),
	F_ENUM(struct holiday_view, kind, holiday_kind_names, 0,
		"National, joint leave, or local."),
	F_TEXT(struct holiday_view, name, 1, 200, 0, "Its name."),
	F_TEXT(struct holiday_view, source, 1, 200, 0, "Number of the decree."),
	F_END,
};
static const struct shape holiday_shape = SHAPE("Holiday", struct holiday_view, holiday_fields);

struct holidays_view {
	struct holiday_view *items;
	int items_count;
};

static const struct field holidays_fields[] = {
	F_LIST(struct holidays_view, items, items_count, &holiday_shape, 0, 366, 0,
		"In day order."),
	F_END,
};
static const struct shape holidays_shape = SHAPE("Holidays", struct holidays_view, holidays_fields);

struct year_query {
	int32_t year;
};

static const struct field year_query_fields[] = {
	Q_INT(struct year_query, year, 1900, 9999, OPTIONAL, "The year; this year when absent."),
	F_END,
};
static const struct shape year_query_shape = SHAPE(
	"HolidaysQuery", struct year_query, year_query_fields);

static int32_t year_of(int32_t day)
{
	int year, month, day_of_month;
	day_to_civil(day, &year, &month, &day_of_month);
	return year;
}

static enum err get_holidays(struct req *rq)
{
	const struct year_query *query = rq->input;
	int32_t year = query->year == INT_NONE ? year_of(req_today(rq)) : query->year;
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	if (e)
		return e;
	struct holidays_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)c->holidays, struct holiday_view)};
	for (int i = 0; i < c->holidays; i++) {
		const struct holiday *h = &c->holiday[i];
		if (year_of(h->day) == year)
			out.items[out.items_count++] = (struct holiday_view){
				h->day, h->kind, h->name, h->source};
	}
	return reply(rq, 200, &out);
}

struct pattern_day_view {
	int32_t regime, cycle_day, starts, ends, break_starts, break_ends;
};

static const struct field pattern_day_fields[] = {
	F_ENUM(struct pattern_day_view, regime, regime_names, 0, "Normal, or Ramadan."),
	F_INT(struct pattern_day_view, cycle_day, 0, CYCLE_DAYS_MAX - 1, 0,
		"Day of the cycle; 0 is its first day, a Monday in a weekly pattern."),
	F_MINUTE(struct pattern_day_view, starts, 0, "Work begins."),
	F_MINUTE(struct pattern_day_view, ends, 0, "Work ends; past 24:00 on the next day."),
	F_MINUTE(struct pattern_day_view, break_starts, OPTIONAL, "Rest begins."),
	F_MINUTE(struct pattern_day_view, break_ends, OPTIONAL, "Rest ends."),
	F_END,
};
static const struct shape pattern_day_shape = SHAPE(
	"PatternDay", struct pattern_day_view, pattern_day_fields);

struct pattern_view {
	int64_t id;
	const char *code, *name, *legal_basis, *verified_by;
	int32_t cycle_days, valid_from, valid_to;
	bool works_holidays;
	struct pattern_day_view *days;
	int days_count;
};

static const struct field pattern_fields[] = {
	F_ID(struct pattern_view, id, 0, "The pattern."),
	F_TEXT(struct pattern_view, code, 1, 40, 0, "Short code, for example 5HARI."),
	F_TEXT(struct pattern_view, name, 1, 200, 0, "Its name."),
	F_INT(struct pattern_view, cycle_days, 1, CYCLE_DAYS_MAX, 0,
		"Length of its cycle; 7 is a week."),
	F_BOOL(struct pattern_view, works_holidays, 0, "Whether it goes on through holidays."),
	F_TEXT(struct pattern_view, legal_basis, 0, 400, 0, "The article it rests on."),
	F_TEXT(struct pattern_view, verified_by, 0, 200, 0,
		"Who checked it; empty for an example."),
	F_DAY(struct pattern_view, valid_from, 0, "First day it holds."),
	F_DAY(struct pattern_view, valid_to, 0, "Last day it holds."),
	F_LIST(struct pattern_view, days, days_count, &pattern_day_shape, 0,
		REGIME_COUNT *CYCLE_DAYS_MAX, 0, "Its working days; a day not named is free."),
	F_END,
};
static const struct shape pattern_shape = SHAPE("Pattern", struct pattern_view, pattern_fields);

struct patterns_view {
	struct pattern_view *items;
	int items_count;
};

static const struct field patterns_fields[] = {
	F_LIST(struct patterns_view, items, items_count, &pattern_shape, 0, 1000, 0,
		"In order of age."),
	F_END,
};
static const struct shape patterns_shape = SHAPE("Patterns", struct patterns_view, patterns_fields);

static void view_pattern_days(struct arena *a, const struct pattern *p, struct pattern_view *ret)
{
	ret->days = ARENA_ARRAY(a, (size_t)p->cycle_days * REGIME_COUNT, struct pattern_day_view);
	for (int regime = 0; regime < REGIME_COUNT; regime++) {
		for (int i = 0; p->shift[regime] && i < p->cycle_days; i++) {
			const struct shift *s = &p->shift[regime][i];
			if (s->starts == MINUTE_OFF)
				continue;
			ret->days[ret->days_count++] = (struct pattern_day_view){
				regime, i, s->starts, s->ends, s->break_starts, s->break_ends};
		}
	}
}

static struct pattern_view view_pattern(struct arena *a, const struct pattern *p)
{
	struct pattern_view view = {
		.id = p->id.v,
		.code = p->code,
		.name = p->name,
		.legal_basis = p->legal_basis,
		.verified_by = p->verified_by,
		.cycle_days = p->cycle_days,
		.valid_from = p->valid_from,
		.valid_to = p->valid_to,
		.works_holidays = p->works_holidays,
	};
	view_pattern_days(a, p, &view);
	return view;
}

static enum err get_patterns(struct req *rq)
{
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	if (e)
		return e;
	struct patterns_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)c->patterns, struct pattern_view)};
	for (int i = 0; i < c->patterns; i++)
		out.items[out.items_count++] = view_pattern(rq->tx->arena, &c->pattern[i]);
	return reply(rq, 200, &out);
}

static const struct route calendar_routes[] = {
	{GET, "/api/v1/calendar/holidays", P_SIGNED_IN, TX_READ, &year_query_shape, &holidays_shape,
		get_holidays, .summary = "Holidays and joint leave of a year with their decree."},
	{GET, "/api/v1/calendar/patterns", P_SIGNED_IN, TX_READ, NULL, &patterns_shape,
		get_patterns, .summary = "Work patterns with the article each rests on."},
};

const struct slice calendar_slice = {
	.name = "calendar",
	.routes = calendar_routes,
	.route_count = COUNT_OF(calendar_routes),
	.stmts = calendar_stmts,
	.stmt_count = CALENDAR_STMTS,
	.wire = calendar_wire,
};
