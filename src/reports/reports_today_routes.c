/*
 * GET me/today: what the phone shows first. The day is worked out when asked, by the rules that
 * fold the stored row, so it is right also before the day was opened, and during a night shift it
 * is the day the shift began on.
 */
#include "reports/reports_day_int.h"
#include "reports/reports_routes.h"

#include "attendance/attendance_source.h"
#include "roster/roster.h"

#define NEXT_DAYS 7
#define SITES_MAX 32

struct shown_window {
	int32_t kind, opens, closes, state;
};

static const struct field window_fields[] = {
	F_ENUM(struct shown_window, kind, window_kind_names, 0, "What it is for."),
	F_MINUTE(struct shown_window, opens, 0, "First minute."),
	F_MINUTE(struct shown_window, closes, 0, "Last minute."),
	F_ENUM(struct shown_window, state, window_state_names, 0,
		"How it stands: missed only once nothing can meet it any more."),
	F_END,
};
static const struct shape window_shape = SHAPE("WindowOfToday", struct shown_window, window_fields);

struct shown_corner {
	int32_t lat_e7, lon_e7;
};

static const struct field corner_fields[] = {
	F_INT(struct shown_corner, lat_e7, -900000000, 900000000, 0,
		"Latitude, degrees times 1e7."),
	F_INT(struct shown_corner, lon_e7, -1800000000, 1800000000, 0,
		"Longitude, degrees times 1e7."),
	F_END,
};
static const struct shape corner_shape = SHAPE("SiteCorner", struct shown_corner, corner_fields);

struct shown_site {
	const char *name;
	int32_t lat_e7, lon_e7, radius_metres;
	struct shown_corner *corners;
	int corner_count;
};

static const struct field site_fields[] = {
	F_TEXT(struct shown_site, name, 1, 200, 0, "What the place is called."),
	F_INT(struct shown_site, lat_e7, -900000000, 900000000, 0,
		"Latitude of its middle or first corner."),
	F_INT(struct shown_site, lon_e7, -1800000000, 1800000000, 0, "Longitude of the same."),
	F_INT(struct shown_site, radius_metres, 0, INT32_MAX, 0, "0 when it is a polygon."),
	F_LIST(struct shown_site, corners, corner_count, &corner_shape, 0, GEO_POLYGON_MAX, 0,
		"Empty when it is a circle."),
	F_END,
};
static const struct shape site_shape = SHAPE("PlaceOfWork", struct shown_site, site_fields);

struct shown_rule {
	const char *number, *title, *article;
};

static const struct field rule_fields[] = {
	F_TEXT(struct shown_rule, number, 0, 200, 0, "Number of the instrument."),
	F_TEXT(struct shown_rule, title, 0, 400, 0, "Its title."),
	F_TEXT(struct shown_rule, article, 0, 200, 0, "Its article."),
	F_END,
};
static const struct shape rule_shape = SHAPE("DecidingRule", struct shown_rule, rule_fields);

struct next_day {
	int32_t day, mode, starts, ends;
	const char *turn;
	struct report_schedule *schedule;
};

static const struct field next_day_fields[] = {
	F_DAY(struct next_day, day, 0, "A day to come."),
	F_ENUM(struct next_day, mode, work_mode_names, 0,
		"Where work is done, as far as is known today."),
	F_MINUTE(struct next_day, starts, OPTIONAL, "Start of work."),
	F_MINUTE(struct next_day, ends, OPTIONAL, "End of work."),
	F_TEXT(struct next_day, turn, 0, 200, OPTIONAL, "The turn, or the cycle of turns."),
	F_OBJECT(struct next_day, schedule, &reports_schedule_shape, OPTIONAL,
		"What one tap would hand in as its report."),
	F_END,
};
static const struct shape next_day_shape = SHAPE("NextDay", struct next_day, next_day_fields);

/* A report that came back waits for its owner, also when its day has passed. */
#define RETURNED_DAYS 62

struct returned_report {
	int32_t day;
};

static const struct field returned_fields[] = {
	F_DAY(struct returned_report, day, 0, "The day it is about."),
	F_END,
};
static const struct shape returned_shape = SHAPE(
	"ReturnedReport", struct returned_report, returned_fields);

struct week_report {
	int32_t day, state;
	int64_t on_time_until;
};

static const struct field week_fields[] = {
	F_DAY(struct week_report, day, 0, "By when it is due: the last such day of the week."),
	F_ENUM(struct week_report, state, report_state_names, 0, "How far it is."),
	F_INSTANT(struct week_report, on_time_until, 0, "From when on it is late."),
	F_END,
};
static const struct shape week_shape = SHAPE("ReportOfWeek", struct week_report, week_fields);

struct shown_event {
	const char *name, *place;
	int32_t starts, closes;
};

static const struct field event_fields[] = {
	F_TEXT(struct shown_event, name, 1, 120, 0, "What it is."),
	F_TEXT(struct shown_event, place, 0, 200, 0, "Where it is held."),
	F_MINUTE(struct shown_event, starts, 0, "It begins."),
	F_MINUTE(struct shown_event, closes, 0, "Who comes after that was not there."),
	F_END,
};
static const struct shape event_shape = SHAPE("AssemblyOfToday", struct shown_event, event_fields);

struct today {
	struct employee_id employee;
	const char *zone;
	int32_t attendance_source, attendance_system;
	struct day_row row;
	int32_t break_starts, break_ends, place_rule;
	struct shown_site *sites;
	int site_count;
	struct shown_window *windows;
	int window_count;
	struct shown_rule *rule;
	const char *turn;
	int32_t asked_minutes, band_after;
	struct shown_event *assembly;
	struct next_day *next_days;
	int next_count;
	struct returned_report *returned;
	int returned_count;
	struct report_schedule *schedule;
	struct week_report *week;
	int64_t on_time_until;
};

static const struct field today_fields[] = {
	F_ID(struct today, employee, 0, "Oneself."),
	F_TEXT(struct today, zone, 3, 4, 0, "Zone of the place of work."),
	F_ENUM(struct today, attendance_source, attendance_source_names, 0,
		"Whose punches judge the day: luwes and both those of this phone."),
	F_ENUM(struct today, attendance_system, external_system_names, 0,
		"The other system, if any."),
	ROW_FIELDS(struct today),
	F_MINUTE(struct today, break_starts, OPTIONAL, "Start of the break."),
	F_MINUTE(struct today, break_ends, OPTIONAL, "End of the break."),
	F_ENUM(struct today, place_rule, place_rule_names, 0, "Where a punch is expected from."),
	F_LIST(struct today, sites, site_count, &site_shape, 0, SITES_MAX, 0,
		"The places that count, when a site is expected."),
	F_LIST(struct today, windows, window_count, &window_shape, 0, WINDOWS_MAX, 0,
		"When to punch, where the rule says so."),
	F_OBJECT(struct today, rule, &rule_shape, OPTIONAL, "The rule that decided the mode."),
	F_TEXT(struct today, turn, 0, 200, OPTIONAL, "The turn, or the cycle of turns."),
	F_INT(struct today, asked_minutes, 1, 1440, OPTIONAL,
		"Dynamic hours: so many minutes at any time between start and end."),
	F_INT(struct today, band_after, 1, 120, OPTIONAL,
		"Who comes so much later makes it up the same day."),
	F_OBJECT(struct today, assembly, &event_shape, OPTIONAL,
		"The assembly one is called to today."),
	F_LIST(struct today, next_days, next_count, &next_day_shape, 0, NEXT_DAYS, 0,
		"The week to come."),
	F_OBJECT(struct today, schedule, &reports_schedule_shape, OPTIONAL,
		"What one tap hands in as the day's report, where the duty is daily_confirm."),
	F_OBJECT(struct today, week, &week_shape, OPTIONAL,
		"The report of this week, where today's duty is weekly."),
	F_INSTANT(struct today, on_time_until, OPTIONAL,
		"From when on the day's report is late, where one is asked for."),
	F_LIST(struct today, returned, returned_count, &returned_shape, 0, RETURNED_DAYS, 0,
		"Own reports of the last weeks that were returned and not sent again."),
	F_END,
};
const struct shape reports_today_shape = SHAPE("Today", struct today, today_fields);

static struct shown_site make_site(struct arena *arena, const struct org_site *site)
{
	struct shown_site shown = {.name = site->name,
		.lat_e7 = site->centre.lat_e7,
		.lon_e7 = site->centre.lon_e7,
		.radius_metres = site->radius_metres,
		.corner_count = site->corners};

	shown.corners = ARENA_ARRAY(arena, (size_t)site->corners, struct shown_corner);
	for (int i = 0; i < site->corners; i++)
		shown.corners[i] = (struct shown_corner){
			site->corner[i].lat_e7, site->corner[i].lon_e7};
	return shown;
}

static void show_sites(struct arena *arena, const struct day_view *view, struct today *out)
{
	const struct org_site *site[SITES_MAX];

	if (view->ruling.place != PLACE_SITE)
		return;
	out->site_count = org_list_sites(
		view->book->tree, view->facts.unit, view->facts.day, site, SITES_MAX);
	out->sites = ARENA_ARRAY(arena, (size_t)out->site_count, struct shown_site);
	for (int i = 0; i < out->site_count; i++)
		out->sites[i] = make_site(arena, site[i]);
}

static struct shown_window *show_windows(struct tx *tx, const struct day_view *view)
{
	const struct day_ruling *r = &view->ruling;
	struct shown_window *shown = ARENA_ARRAY(
		tx->arena, (size_t)r->windows, struct shown_window);
	enum window_state state[WINDOWS_MAX];

	attendance_judge_windows(view, tx->now_ms, state);
	for (int i = 0; i < r->windows; i++)
		shown[i] = (struct shown_window){(int32_t)r->window[i].kind, r->window[i].opens,
			r->window[i].closes, (int32_t)state[i]};
	return shown;
}

/* Index of the rule to name for the mode; -1 when the calendar, a status or the program's default
 * decided. */
static int deciding_rule(const struct day_ruling *ruling)
{
	switch (ruling->source) {
	case SOURCE_EXEMPT:
		return ruling->exempt_rule;
	case SOURCE_ROSTER:
	case SOURCE_POLICY:
		return ruling->mode_rule;
	case SOURCE_DEFAULT:
	case SOURCE_STATUS:
	case SOURCE_CALENDAR:
		break;
	}
	return -1;
}

static struct shown_rule *show_rule(struct arena *arena, const struct day_view *view)
{
	int index = deciding_rule(&view->ruling);
	struct shown_rule *shown;
	const struct rule *rule;

	if (index < 0)
		return NULL;
	rule = &view->book->rule[index];
	shown = ARENA_NEW(arena, struct shown_rule);
	*shown = (struct shown_rule){view->book->instrument[rule->instrument].number,
		view->book->instrument[rule->instrument].title, rule->article};
	return shown;
}

static const char *turn_name(const struct day_ruling *ruling)
{
	return ruling->shift_reason.is_turn ? ruling->shift_reason.pattern_name : NULL;
}

static void show_hours(struct arena *arena, const struct day_view *view, struct today *out)
{
	const struct shift *s = &view->ruling.shift;
	const struct calendar_event *event = calendar_find_event(
		view->book->calendar, view->book->tree, view->facts.unit, view->facts.day);

	out->turn = turn_name(&view->ruling);
	out->asked_minutes = s->asked_minutes ? s->asked_minutes : INT_NONE;
	out->band_after = s->band_after ? s->band_after : INT_NONE;
	if (!event)
		return;
	out->assembly = ARENA_NEW(arena, struct shown_event);
	*out->assembly = (struct shown_event){
		event->name, event->place, event->starts, event->closes};
}

static struct report_schedule *show_schedule(
	struct arena *arena, const struct policy_book *book, const struct day_ruling *ruling)
{
	struct report_schedule *shown = ARENA_NEW(arena, struct report_schedule);

	return reports_find_schedule(book, ruling, shown) ? shown : NULL;
}

/* A person who leaves the service this week has fewer days to come. */
static enum err show_next_days(struct tx *tx, const struct day_view *view, struct today *out)
{
	out->next_days = ARENA_ARRAY(tx->arena, NEXT_DAYS, struct next_day);
	for (int i = 1; i <= NEXT_DAYS; i++) {
		struct person_day facts;
		struct day_ruling ruling;
		bool is_off;
		enum err e = roster_load_person_day(
			tx, view->facts.employee, view->row.day + i, &facts);

		if (e)
			return e == E_NOT_FOUND ? OK : e;
		policy_decide_day(view->book, &facts, &ruling);
		is_off = ruling.shift.starts == MINUTE_OFF;
		out->next_days[out->next_count++] = (struct next_day){facts.day,
			(int32_t)ruling.mode, is_off ? MINUTE_NONE : ruling.shift.starts,
			is_off ? MINUTE_NONE : ruling.shift.ends, turn_name(&ruling),
			show_schedule(tx->arena, view->book, &ruling)};
	}
	return OK;
}

static enum err show_returned(struct tx *tx, const struct day_row *row, struct today *out)
{
	struct report_of_day *report = ARENA_ARRAY(tx->arena, RETURNED_DAYS, struct report_of_day);
	int count;
	enum err e = reports_list_states(tx, out->employee, row->day - RETURNED_DAYS + 1, row->day,
		report, RETURNED_DAYS, &count);

	if (e)
		return e;
	out->returned = ARENA_ARRAY(tx->arena, (size_t)count, struct returned_report);
	for (int i = 0; i < count; i++) {
		if (report[i].state == REPORT_RETURNED)
			out->returned[out->returned_count++].day = report[i].day;
	}
	return OK;
}

static enum err show_week(struct tx *tx, const struct day_view *view, struct today *out)
{
	int32_t day = view->ruling.week_day;
	enum report_state state = (enum report_state)out->row.report_state;
	enum err e = OK;

	if (!day || view->row.duty == DUTY_NONE)
		return OK;
	if (day != view->row.day && (e = reports_load_state(tx, out->employee, day, &state)))
		return e;
	out->week = ARENA_NEW(tx->arena, struct week_report);
	*out->week = (struct week_report){day, (int32_t)state, INSTANT_NONE};
	return reports_load_on_time_until(tx, day, day == view->row.day ? view->row.ends : 0,
		view->zone, &out->week->on_time_until);
}

/* Whose punches judge the day: said before somebody presses and wonders. */
static enum err show_source(struct tx *tx, const struct day_view *view, struct today *out)
{
	enum attendance_source source;
	const struct source_book *book;
	const struct source_row *row;
	enum err e = attendance_load_sources(tx, &book);

	if (e)
		return e;
	row = attendance_find_source(book, attendance_agency_of(view->book->tree, view->facts.unit),
		view->facts.day, &source);
	out->attendance_source = (int32_t)source;
	out->attendance_system = row ? (int32_t)row->system : SYSTEM_NONE;
	return OK;
}

enum err reports_get_today(struct req *rq)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	struct today out = {.employee = rq->actor.employee};
	enum err e = attendance_view_now(rq->tx, rq->actor.employee, view);

	if (e || (e = reports_load_row(rq->tx, &view->row, &out.row)))
		return e;
	out.zone = zone_name(view->zone);
	out.break_starts = out.row.starts == MINUTE_NONE ? MINUTE_NONE
							 : view->ruling.shift.break_starts;
	out.break_ends = out.row.starts == MINUTE_NONE ? MINUTE_NONE
						       : view->ruling.shift.break_ends;
	out.place_rule = (int32_t)view->ruling.place;
	out.window_count = view->ruling.windows;
	out.windows = show_windows(rq->tx, view);
	out.rule = show_rule(rq->tx->arena, view);
	show_sites(rq->tx->arena, view, &out);
	show_hours(rq->tx->arena, view, &out);
	out.schedule = show_schedule(rq->tx->arena, view->book, &view->ruling);
	out.on_time_until = INSTANT_NONE;
	if (policy_owes_report(view->row.duty))
		e = reports_load_on_time_until(
			rq->tx, view->row.day, view->row.ends, view->zone, &out.on_time_until);
	if (e || (e = show_source(rq->tx, view, &out)) ||
		(e = show_next_days(rq->tx, view, &out)) ||
		(e = show_returned(rq->tx, &out.row, &out)) || (e = show_week(rq->tx, view, &out)))
		return e;
	return reply(rq, 200, &out);
}
