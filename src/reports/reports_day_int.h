/*
 * Private to the screens of days: a day as a row of fields that several replies share, what
 * reports_day_db.c reads, and the handlers that reports_day_routes.c lists.
 */
#ifndef LUWES_REPORTS_REPORTS_DAY_INT_H
#define LUWES_REPORTS_REPORTS_DAY_INT_H

#include "org/org_case.h"
#include "platform/http.h"
#include "platform/slice.h"
#include "reports/reports.h"

#define DAY_FLAGS_MAX 12

struct report_of_day {
	int32_t day;
	struct report_id report;
	enum report_state state;
};

/* A person's reports of [from, to] in day order, drafts too; at most `max`. */
enum err reports_list_states(struct tx *tx, struct employee_id employee, int32_t from, int32_t to,
	struct report_of_day *ret, int max, int *ret_count);
extern struct db_stmt *const reports_day_stmts[1];

/* A day of attendance with the state of its report, as it is shown. */
struct day_row {
	int32_t day, mode, source, state, starts, ends;
	int64_t in_at, in_phone_at, out_at, out_phone_at;
	int32_t late_minutes, claim_late_minutes, relieved_minutes, early_minutes, worked_minutes;
	int32_t made_up_minutes, event, event_minutes;
	int32_t in_place, out_place, in_distance, duty, report_state, completion;
	int64_t report_id;
	const char **flags;
	int flag_count;
};

/* The fields of a struct S whose member `row` is a day_row, flat among its others. */
#define ROW_AT(S, m) (offsetof(S, row) + offsetof(struct day_row, m))
/* clang-format off */
#define ROW_FIELD(S, m, type, flg, names, doc) {#m, type, FROM_BODY, flg, ROW_AT(S, m), 0, 0, 0, names, NULL, doc}
#define ROW_ENUM(S, m, names, doc) ROW_FIELD(S, m, FIELD_ENUM, 0, names, doc)
#define ROW_TIME(S, m, doc) ROW_FIELD(S, m, FIELD_INSTANT, OPTIONAL, NULL, doc)
#define ROW_NUMBER(S, m, doc) {#m, FIELD_INT, FROM_BODY, 0, ROW_AT(S, m), 0, 0, 4320, NULL, NULL, doc}
#define ROW_FIELDS(S) \
	ROW_FIELD(S, day, FIELD_DAY, 0, NULL, "The day its work begins."), \
	ROW_ENUM(S, mode, work_mode_names, "Where work is done."), \
	ROW_ENUM(S, source, mode_source_names, "What decided the mode."), \
	ROW_ENUM(S, state, day_state_names, "How far the day has come."), \
	ROW_FIELD(S, starts, FIELD_MINUTE, OPTIONAL, NULL, "Start of work; none on a day without."), \
	ROW_FIELD(S, ends, FIELD_MINUTE, OPTIONAL, NULL, "End of work, past 24:00 in a night."), \
	ROW_TIME(S, in_at, "First in, server time."), \
	ROW_TIME(S, in_phone_at, "First in by the phone, its clock corrected."), \
	ROW_TIME(S, out_at, "Last out, server time."), \
	ROW_TIME(S, out_phone_at, "Last out by the phone, its clock corrected."), \
	ROW_NUMBER(S, late_minutes, "Late by the server's time."), \
	ROW_NUMBER(S, claim_late_minutes, "Late by the phone's time."), \
	ROW_NUMBER(S, relieved_minutes, "Of the lateness, taken away by an incident of the server."), \
	ROW_NUMBER(S, early_minutes, "Left before the end."), \
	ROW_NUMBER(S, worked_minutes, "Working minutes between in and out, breaks left out."), \
	ROW_NUMBER(S, made_up_minutes, "Of the lateness, made up the same day."), \
	ROW_ENUM(S, event, event_verdict_names, "Attendance at the assembly of the day."), \
	ROW_NUMBER(S, event_minutes, "Late for it."), \
	ROW_ENUM(S, in_place, place_verdict_names, "Place of the first in."), \
	ROW_ENUM(S, out_place, place_verdict_names, "Place of the last out."), \
	ROW_ENUM(S, in_distance, distance_bucket_names, "Metres to the site, as a bucket."), \
	ROW_ENUM(S, duty, report_duty_names, "Whether a report is due."), \
	ROW_ENUM(S, report_state, report_state_names, "The daily report."), \
	ROW_ENUM(S, completion, day_completion_names, "Whether the day counts as done."), \
	ROW_FIELD(S, report_id, FIELD_ID, OPTIONAL, NULL, "The daily report's id."), \
	{"flags", FIELD_TEXTS, FROM_BODY, 0, ROW_AT(S, flags), ROW_AT(S, flag_count), 0, DAY_FLAGS_MAX, NULL, NULL, \
		"late, late_unconfirmed, early, place_outside, place_unknown, no_out, outside_window."}
/* clang-format on */

/* Names of the bits that are set, in the order of `names`. */
const char **reports_name_bits(
	struct arena *arena, int bits, const char *const *names, int *ret_count);
/* `report` NULL: none was begun. */
struct day_row reports_make_row(
	struct arena *arena, const struct attendance_day *day, const struct report_of_day *report);
enum err reports_load_row(struct tx *tx, const struct attendance_day *day, struct day_row *ret);
/* The report of a day; NULL when there is none. Leave may move the day that owes the report of a
 * week: one handed in for a later day of that week stands for it, so REPORT_LATER_DAYS more days
 * are asked than shown. */
#define REPORT_LATER_DAYS 6
const struct report_of_day *reports_find_state(
	const struct report_of_day *report, int reports, const struct attendance_day *day);

/* A late decree over a day that was decided (org_case.h), in words. */
struct late_decree {
	int32_t kind, effective, state;
	const char *decree, *was, *would_be, *reason, *decided_by;
	int64_t decided_at;
};
extern const struct shape reports_late_decree_shape;
/* Newest first, at most DAY_CASES_MAX. */
enum err reports_load_late_decrees(struct tx *tx, struct employee_id employee, int32_t day,
	struct late_decree **ret_decree, int *ret_count);

extern const struct shape reports_today_shape;
enum err reports_get_today(struct req *rq);
extern const struct shape reports_team_today_shape, reports_team_today_query_shape;
enum err reports_get_team_today(struct req *rq);

#endif
