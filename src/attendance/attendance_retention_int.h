/* Private to the retention: statements of attendance_retention_db.c. */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_RETENTION_INT_H
#define LUWES_ATTENDANCE_ATTENDANCE_RETENTION_INT_H

#include "attendance/attendance_int.h"
#include "attendance/attendance_retention.h"
#include "platform/platform_db.h"

/* A day is gone through between these two; what comes meanwhile leaves it open. */
enum err attendance_begin_position_day(struct tx *tx, int32_t day);
enum err attendance_end_position_day(struct tx *tx, int32_t day);
enum err attendance_count_erased(struct tx *tx, int32_t day, int64_t erased);
/* Last day, up to one, on which the days before were gone through; DAY_NONE: never. */
enum err attendance_load_swept(struct tx *tx, int32_t up_to, int32_t *ret_day);
enum err attendance_set_swept(struct tx *tx, int32_t day);
/* How many nights there were from a day on. */
enum err attendance_count_nights(struct tx *tx, int32_t from, int64_t *ret);

struct person_on {
	int32_t day;
	struct employee_id employee;
};
enum err attendance_add_position_held(struct tx *tx, int32_t day, struct employee_id employee);
enum err attendance_end_position_held(struct tx *tx, int32_t day, struct employee_id employee);
/* After a day and person, in that order. */
enum err attendance_list_position_held(
	struct tx *tx, struct person_on *after, struct person_on *ret, int max, int *ret_count);
enum err attendance_count_position_held(struct tx *tx, int64_t *ret);
/* Whether a hold, a correction or a confirmation of the person waits about [from, to]. */
enum err attendance_load_is_disputed(
	struct tx *tx, struct employee_id employee, int32_t from, int32_t to, bool *ret);

/* People of a day after `after` with a position, or with evidence that may hold one. */
enum err attendance_list_placed_people(struct tx *tx, bool is_evidence, int32_t day,
	struct employee_id after, struct employee_id *ret, int max, int *ret_count);
/* Their punches with a position: what judging a place asks of one. */
enum err attendance_list_placed(struct tx *tx, struct employee_id employee, int32_t day,
	struct punch *ret, int max, int *ret_count);
enum err attendance_set_kept_place(struct tx *tx, struct employee_id employee,
	const struct punch *punch, const struct kept_place *kept);
enum err attendance_set_sealed_position(
	struct tx *tx, struct employee_id employee, const struct punch *punch);

struct sealed_event {
	struct bytes event_id, sealed; /* sealed.n 0: nothing is left of it */
	int64_t punch_id;
};
/* Evidence of a person's day that was not gone through. */
enum err attendance_list_unerased(struct tx *tx, struct employee_id employee, int32_t day,
	struct sealed_event *ret, int max, int *ret_count);
enum err attendance_set_erased(
	struct tx *tx, struct employee_id employee, int32_t day, const struct sealed_event *event);

/* First day with positions of before they were sealed; DAY_NONE: none. */
enum err attendance_load_plain_day(struct tx *tx, int32_t *ret_day);
struct placed {
	struct employee_id employee;
	struct punch punch; /* its key and position alone */
};
/* Rows of a day with such a position, of people from one on. */
enum err attendance_list_plain(struct tx *tx, int32_t day, struct employee_id from,
	struct placed *ret, int max, int *ret_count);
enum err attendance_end_plain_day(struct tx *tx, int32_t day);

#endif
