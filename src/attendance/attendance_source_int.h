/*
 * Private to the coexistence of attendance systems: statements of attendance_source_db.c,
 * attendance_external_db.c, attendance_difference_db.c and attendance_simpegnas_db.c, and what the
 * fold asks of them.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SOURCE_INT_H
#define LUWES_ATTENDANCE_ATTENDANCE_SOURCE_INT_H

#include "attendance/attendance_external.h"
#include "attendance/attendance_int.h"
#include "attendance/attendance_simpegnas.h"
#include "attendance/attendance_source.h"
#include "org/org_import.h"

/* ---- attendance_source_db.c ---- */

enum err attendance_add_source_row(struct tx *tx, const struct source_row *row);
enum err attendance_end_source_row(struct tx *tx, int64_t source_id, int32_t last_day);
enum err attendance_add_code(struct tx *tx, const struct code_row *row);
enum err attendance_end_code(struct tx *tx, int64_t code_id, int32_t last_day);

/* ---- what a fold asks (attendance_source_view.c) ---- */

/* The part of a view that depends on the agency's source: who judges, whether its file has come,
 * and of a SIMPEGNAS agency the record of the day as ruling and punches. */
enum err attendance_apply_source(struct tx *tx, struct day_view *view);
/* After a fold from the store: keeps the day by the punches of other systems alone. */
enum err attendance_keep_external(struct tx *tx, const struct day_view *view);

/* ---- attendance_external_db.c ---- */

/* E_NOT_FOUND when other systems say nothing of the day. */
enum err attendance_load_external(
	struct tx *tx, struct employee_id employee, int32_t day, struct external_day *ret);
enum err attendance_set_external(struct tx *tx, const struct external_day *row);
enum err attendance_end_external(struct tx *tx, struct employee_id employee, int32_t day);
enum err attendance_load_arrived(
	struct tx *tx, struct unit_id unit, int32_t day, bool *ret_arrived);
/* ret_new: it had not arrived before. */
enum err attendance_add_arrived(
	struct tx *tx, struct unit_id unit, int32_t day, int64_t import_id, bool *ret_new);
/* Units of the subtree whose punches of the day have come. */
enum err attendance_count_arrived(struct tx *tx, const char *path, int32_t day, int32_t *ret_units);

/* Where people between two ids stand on a day, by id: as its row says, else by placement. */
struct day_standing {
	struct employee_id employee;
	struct unit_id unit;
	int32_t ends; /* minute of the day; above 1440 a night, -1 no work or no row */
};
void attendance_query_standings(struct tx *tx, int32_t day, struct employee_id first,
	struct employee_id last, struct db_rows *ret_rows);
bool attendance_next_standing(struct db_rows *rows, struct day_standing *ret);
/* Events of other systems in the journal of a day, by person and id. */
struct day_event {
	struct employee_id employee;
	struct uuid id;
};
void attendance_query_events(struct tx *tx, int32_t day, struct employee_id first,
	struct employee_id last, struct db_rows *ret_rows);
bool attendance_next_event(struct db_rows *rows, struct day_event *ret);

/* ---- attendance_simpegnas_db.c ---- */

struct simpegnas_row {
	struct employee_id employee;
	int32_t month, version;
	int64_t record_id, made_at, replaced_at;
	const char *days;
};
/* The version that holds; E_NOT_FOUND when there is none. */
enum err attendance_load_simpegnas(
	struct tx *tx, struct employee_id employee, int32_t month, struct simpegnas_row *ret);
/* Versions of a month of the people of a subtree, by person (after `after`) and version. */
enum err attendance_list_simpegnas(struct tx *tx, const char *path, int32_t month,
	struct employee_id after, struct simpegnas_row *ret, int max, int *ret_count);
/* Replaces the versions of the staged people by their new ones, set-wise. */
enum err attendance_add_staged_simpegnas(struct tx *tx, int64_t import_id);

/* ---- attendance_difference_db.c ---- */

/* A person's day as stored, with what other systems say of it. */
struct compared_day {
	struct attendance_day row;
	const char *name, *title_before, *title_after;
	bool has_external;
	struct external_day external;
	bool has_arrived;      /* punches of the unit and day have come */
	const char *simpegnas; /* text of the month; NULL none */
};
void attendance_query_compared(struct tx *tx, const char *path, int32_t day,
	struct employee_id after, int max, struct db_rows *ret_rows);
bool attendance_next_compared(struct db_rows *rows, int32_t day, struct compared_day *ret);

/* A day of somebody's month, by person and day. */
struct recap_day {
	struct attendance_day row;
	const char *nip, *name, *title_before, *title_after;
};
void attendance_query_recap(struct tx *tx, const char *path, int32_t from, int32_t to, int max,
	struct db_rows *ret_rows);
bool attendance_next_recap(struct db_rows *rows, struct recap_day *ret);

/* A compared day with the verdict on it (attendance_difference.c). */
struct judged_difference {
	int external, simpegnas;    /* enum difference bits of each */
	struct recorded_day record; /* of SIMPEGNAS; code "" none */
	int64_t record_in_at, record_out_at;
};
void attendance_judge_compared(const struct source_book *book, const struct org_tree *tree,
	const struct compared_day *c, struct judged_difference *ret);

extern const struct import_kind attendance_punch_import, attendance_simpegnas_import;

/* ---- routes, listed in attendance_source_routes.c ---- */

extern const struct shape attendance_differences_query_shape, attendance_differences_shape;
enum err attendance_get_differences(struct req *rq);
extern const struct shape attendance_difference_days_query_shape, attendance_difference_days_shape;
enum err attendance_get_difference_days(struct req *rq);
enum err attendance_find_difference_unit(struct req *rq, struct object *ret_object);
enum err attendance_find_difference_days_unit(struct req *rq, struct object *ret_object);
extern const struct shape attendance_months_query_shape, attendance_months_shape;
enum err attendance_get_months(struct req *rq);
enum err attendance_find_months_unit(struct req *rq, struct object *ret_object);
extern const struct shape attendance_recap_query_shape;
enum err attendance_get_simpegnas_recap(struct req *rq);
enum err attendance_find_recap_unit(struct req *rq, struct object *ret_object);
extern const struct shape attendance_codes_query_shape, attendance_codes_shape,
	attendance_code_input_shape, attendance_code_shape, attendance_code_end_shape;
enum err attendance_get_codes(struct req *rq);
enum err attendance_post_code(struct req *rq);
enum err attendance_post_code_examples(struct req *rq);
enum err attendance_post_code_end(struct req *rq);

extern struct db_stmt ATTENDANCE_LIST_SOURCES, ATTENDANCE_LIST_CODES, ATTENDANCE_ADD_SOURCE,
	ATTENDANCE_END_SOURCE, ATTENDANCE_ADD_CODE, ATTENDANCE_END_CODE, ATTENDANCE_LOAD_EXTERNAL,
	ATTENDANCE_SET_EXTERNAL, ATTENDANCE_END_EXTERNAL, ATTENDANCE_LOAD_ARRIVED,
	ATTENDANCE_ADD_ARRIVED, ATTENDANCE_LIST_STANDINGS, ATTENDANCE_LIST_EVENTS,
	ATTENDANCE_COUNT_ARRIVED, ATTENDANCE_LOAD_SIMPEGNAS, ATTENDANCE_LIST_SIMPEGNAS,
	ATTENDANCE_END_STAGED_SIMPEGNAS, ATTENDANCE_ADD_STAGED_SIMPEGNAS, ATTENDANCE_LIST_COMPARED,
	ATTENDANCE_LIST_RECAP;

#endif
