/*
 * The routes of working time, and what they share.
 *
 * Everybody signed in may read the hours that bind him. Tables of the whole government are the
 * personnel board's to change; what concerns a unit may be changed by its officer too, turns also
 * by the officer of the ward itself. Nothing is edited: a mistake is ended and entered again, and
 * every change says since when it is known (calendar.h).
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "org/org_import.h"
#include "platform/slice.h"

/* ---- what the routes share ---- */

static const struct field key_fields[] = {
	F_ID(struct calendar_key, id, 0, "What was entered."),
	F_END,
};
const struct shape calendar_key_shape = SHAPE("CalendarKey", struct calendar_key, key_fields);

enum err calendar_load_voucher(struct req *rq, const char **ret_name)
{
	struct employee_row row;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &row);
	*ret_name = e ? "" : org_full_name(rq->tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

enum err calendar_check_days(
	struct req *rq, int32_t from, const char *from_field, int32_t to, const char *to_field)
{
	if (from < req_today(rq) - CALENDAR_REACH_DAYS)
		return refuse(rq, E_REFUSED, from_field, "too far back: those days are judged");
	if (to != DAY_NONE && to < from)
		return refuse(rq, E_BAD_FIELD, to_field, "before the first day");
	return OK;
}

int32_t calendar_open_end(int32_t day)
{
	return day == DAY_NONE ? DAY_FOREVER : day;
}

int32_t calendar_shown_end(int32_t day)
{
	return day >= DAY_FOREVER ? DAY_NONE : day;
}

const char *calendar_unit_name(const struct org_tree *tree, struct unit_id id)
{
	const struct org_unit *unit = id.v ? org_find_unit(tree, id) : NULL;
	return unit ? unit->name : NULL;
}

bool calendar_holds_ever(const struct dated *held)
{
	return held->valid_to >= held->valid_from;
}

/* ---- the slice ---- */

static const struct route calendar_routes[] = {
	{GET, "/api/v1/calendar/holidays", P_SIGNED_IN, TX_READ, &calendar_year_query_shape,
		&calendar_holidays_shape, calendar_get_holidays,
		.exports = EXPORT("hari-libur", "Hari libur dan cuti bersama"),
		.summary = "Holidays and joint leave of a year with their decree."},
	{POST, "/api/v1/calendar/holidays", P_HOURS_WRITE, TX_WRITE, &calendar_holiday_input_shape,
		&calendar_key_shape, calendar_post_holiday, .object = calendar_find_holiday_unit,
		.summary = "Enters a local holiday or joint leave by its letter, for a unit or "
			   "everyone.",
		.example = "{\"unit\":\"{unit}\",\"day\":\"2025-12-24\",\"kind\":\"local\","
			   "\"name\":\"Hari jadi daerah\",\"source\":\"003.3/Kep.612/2025\","
			   "\"issued\":\"2025-11-03\",\"issuer\":\"Bupati\"}"},
	{POST, "/api/v1/calendar/holidays/{holiday}/withdraw", P_HOURS_WRITE, TX_WRITE,
		&calendar_holiday_withdraw_shape, NULL, calendar_post_holiday_withdraw,
		.object = calendar_find_holiday_object,
		.summary = "Withdraws one entered wrongly, before its day or on the day it was "
			   "entered.",
		.example = "{\"reason\":\"Tanggalnya salah ketik\"}",
		.example_path = "/api/v1/calendar/holidays/{holiday}/withdraw"},
	{GET, "/api/v1/calendar/patterns", P_SIGNED_IN, TX_READ, NULL, &calendar_patterns_shape,
		calendar_get_patterns, .exports = EXPORT("pola-kerja", "Pola kerja"),
		.summary = "Work patterns with the article each rests on."},
	{POST, "/api/v1/calendar/patterns", P_HOURS_WRITE, TX_WRITE, &calendar_pattern_input_shape,
		&calendar_key_shape, calendar_post_pattern,
		.summary = "Enters a work pattern; one without hours is refused.",
		.example = "{\"code\":\"6HARI\",\"name\":\"Enam hari "
			   "kerja\",\"legal_basis\":\"Perpres "
			   "21/2023 Pasal 7\",\"cycle_days\":7,\"works_holidays\":false,"
			   "\"valid_from\":\"2025-11-13\",\"days\":[{\"regime\":\"normal\","
			   "\"cycle_day\":0,\"starts\":\"07:00\",\"ends\":\"14:00\"}]}"},
	{POST, "/api/v1/calendar/patterns/{pattern}/end", P_HOURS_WRITE, TX_WRITE,
		&calendar_pattern_end_shape, NULL, calendar_post_pattern_end,
		.summary = "Ends a pattern that no unit follows any more after a day.",
		.example = "{\"last_day\":\"2025-12-31\"}"},
	{GET, "/api/v1/calendar/assignments", P_SIGNED_IN, TX_READ,
		&calendar_assignments_query_shape, &calendar_assignments_shape,
		calendar_get_assignments, .summary = "Which units follow which pattern."},
	{GET, "/api/v1/calendar/people", P_ROSTER_READ, TX_READ,
		&calendar_people_assignments_query_shape, &calendar_assignments_shape,
		calendar_get_people_assignments, .object = calendar_find_people_assignments,
		.summary = "People of a unit and below it with a pattern of their own.",
		.example_path = "/api/v1/calendar/people?unit={unit}"},
	{POST, "/api/v1/calendar/assignments", P_HOURS_WRITE, TX_WRITE,
		&calendar_assignment_input_shape, &calendar_key_shape, calendar_post_assignment,
		.object = calendar_find_assigned,
		.summary = "Gives a pattern to a unit or a person from a day on.",
		.example = "{\"pattern\":\"{pattern}\",\"unit\":\"{unit}\",\"valid_from\":"
			   "\"2025-12-01\"}"},
	{POST, "/api/v1/calendar/assignments/{assignment}/end", P_HOURS_WRITE, TX_WRITE,
		&calendar_assignment_end_shape, NULL, calendar_post_assignment_end,
		.object = calendar_find_assignment,
		.summary = "Ends an assignment after a day; what lies above holds again.",
		.example = "{\"last_day\":\"2025-12-31\"}",
		.example_path = "/api/v1/calendar/assignments/{assignment}/end"},
	{GET, "/api/v1/calendar/breaks", P_SIGNED_IN, TX_READ, NULL, &calendar_breaks_shape,
		calendar_get_breaks,
		.summary =
			"Breaks between semesters, neither leave nor absence, and their source."},
	{POST, "/api/v1/calendar/breaks", P_HOURS_WRITE, TX_WRITE, &calendar_break_input_shape,
		&calendar_key_shape, calendar_post_break, .object = calendar_find_break_unit,
		.summary = "Enters a break of a unit and those below it.",
		.example = "{\"unit\":\"{unit}\",\"name\":\"Libur semester ganjil\",\"source\":"
			   "\"Kalender pendidikan 2025/2026\",\"valid_from\":\"2025-12-22\","
			   "\"valid_to\":\"2026-01-03\"}"},
	{POST, "/api/v1/calendar/breaks/{break}/end", P_HOURS_WRITE, TX_WRITE,
		&calendar_break_end_shape, NULL, calendar_post_break_end,
		.object = calendar_find_break,
		.summary = "Ends a break after a day, or takes it back.",
		.example = "{\"last_day\":\"2025-12-31\"}",
		.example_path = "/api/v1/calendar/breaks/{break}/end"},
	{GET, "/api/v1/calendar/bands", P_SIGNED_IN, TX_READ, NULL, &calendar_bands_shape,
		calendar_get_bands,
		.summary = "Where the start of work floats and is made up the same day."},
	{POST, "/api/v1/calendar/bands", P_HOURS_WRITE, TX_WRITE, &calendar_band_input_shape,
		&calendar_key_shape, calendar_post_band, .object = calendar_find_band_unit,
		.summary = "Lets the start of a unit's work float.",
		.example = "{\"unit\":\"{unit}\",\"before_minutes\":0,\"after_minutes\":30,"
			   "\"legal_basis\":\"PermenPANRB 6/2018\",\"valid_from\":\"2025-12-01\"}"},
	{POST, "/api/v1/calendar/bands/{band}/end", P_HOURS_WRITE, TX_WRITE,
		&calendar_band_end_shape, NULL, calendar_post_band_end,
		.object = calendar_find_band, .summary = "Ends a floating start after a day.",
		.example = "{\"last_day\":\"2025-12-31\"}",
		.example_path = "/api/v1/calendar/bands/{band}/end"},
	{GET, "/api/v1/calendar/regimes", P_SIGNED_IN, TX_READ, NULL, &calendar_regimes_shape,
		calendar_get_regimes,
		.summary = "Ramadan of each year with the decision it rests on."},
	{POST, "/api/v1/calendar/regimes", P_HOURS_WRITE, TX_WRITE, &calendar_regime_input_shape,
		&calendar_key_shape, calendar_post_regime,
		.summary = "Sets the days of Ramadan, also on the eve; replaces what was said of "
			   "them.",
		.example = "{\"valid_from\":\"2026-02-19\",\"valid_to\":\"2026-03-20\",\"source\":"
			   "\"Sidang isbat 17 Februari 2026\"}"},
	{GET, "/api/v1/calendar/turn-kinds", P_SIGNED_IN, TX_READ, NULL, &calendar_turn_kinds_shape,
		calendar_get_turn_kinds,
		.summary = "Kinds of turns with their hours and the unit that has them."},
	{POST, "/api/v1/calendar/turn-kinds", P_HOURS_WRITE, TX_WRITE,
		&calendar_turn_kind_input_shape, &calendar_key_shape, calendar_post_turn_kind,
		.object = calendar_find_turn_kind_unit,
		.summary = "Enters a kind of turn of a unit and those below it.",
		.example = "{\"unit\":\"{unit}\",\"code\":\"P\",\"name\":\"Pagi\",\"starts\":\"07:"
			   "00\","
			   "\"ends\":\"14:00\",\"legal_basis\":\"PermenPANRB 4/2025\","
			   "\"valid_from\":\"2025-12-01\"}"},
	{POST, "/api/v1/calendar/turn-kinds/{turn_kind}/end", P_HOURS_WRITE, TX_WRITE,
		&calendar_turn_kind_end_shape, NULL, calendar_post_turn_kind_end,
		.object = calendar_find_turn_kind_object,
		.summary = "Ends a kind of turn: it can be given to nobody after a day.",
		.example = "{\"last_day\":\"2025-12-31\"}",
		.example_path = "/api/v1/calendar/turn-kinds/{turn_kind}/end"},
	{GET, "/api/v1/calendar/turns", P_ROSTER_READ, TX_READ, &calendar_turns_query_shape,
		&calendar_turns_shape, calendar_get_turns, .object = calendar_find_turns_unit,
		.summary = "Turns of the people of a unit in a month.",
		.example_path = "/api/v1/calendar/turns?unit={unit}&month=2025-12-01"},
	{PUT, "/api/v1/calendar/turns", P_TURN_WRITE, TX_WRITE, &calendar_turns_input_shape, NULL,
		calendar_put_turns, .object = calendar_find_put_turns_unit, .body_max = 512 * 1024,
		.summary = "Sets turns of people of a unit in a month; all of them or none.",
		.example = "{\"unit\":\"{unit}\",\"month\":\"2025-12-01\",\"lines\":[]}"},
	{GET, "/api/v1/calendar/events", P_SIGNED_IN, TX_READ, &calendar_events_query_shape,
		&calendar_events_shape, calendar_get_events,
		.summary = "Assemblies with day, hours, place, letter and whom it calls."},
	{POST, "/api/v1/calendar/events", P_HOURS_WRITE, TX_WRITE, &calendar_event_input_shape,
		&calendar_key_shape, calendar_post_event, .object = calendar_find_event_unit,
		.summary = "Calls the people of units to an assembly.",
		.example = "{\"name\":\"Apel pagi\",\"place\":\"Halaman kantor\",\"letter\":"
			   "\"005/1/2025\",\"day\":\"2025-12-08\",\"opens\":\"06:30\",\"starts\":"
			   "\"07:15\",\"closes\":\"08:15\",\"excuses_shift\":true,"
			   "\"excuses_home\":true,\"excuses_off\":true,\"units\":[\"{unit}\"]}"},
	{POST, "/api/v1/calendar/events/{event}/end", P_HOURS_WRITE, TX_WRITE,
		&calendar_event_cancel_shape, NULL, calendar_post_event_cancel,
		.object = calendar_find_event_object,
		.summary = "Calls an assembly off, with the reason.",
		.example = "{\"reason\":\"Hujan lebat\"}",
		.example_path = "/api/v1/calendar/events/{event}/end"},
};

static struct db_stmt *const stmts[] = {
#define X(name) &name,
#include "calendar/calendar_stmts.def"
#undef X
};
_Static_assert(COUNT_OF(stmts) == CALENDAR_STMTS, "one list");

static void wire(void)
{
	calendar_wire();
	org_import_register(&calendar_turn_import);
}

const struct slice calendar_slice = {
	.name = "calendar",
	.routes = calendar_routes,
	.route_count = COUNT_OF(calendar_routes),
	.stmts = stmts,
	.stmt_count = CALENDAR_STMTS,
	.wire = wire,
};
