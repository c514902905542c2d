/*
 * Private to attendance: what the fold of signals reads and writes.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SIGNAL_INT_H
#define LUWES_ATTENDANCE_ATTENDANCE_SIGNAL_INT_H

#include "attendance/attendance_record.h"
#include "attendance/attendance_signal.h"

/* Somebody with events on a day. */
struct signal_person {
	struct employee_id employee;
	struct unit_id unit, office; /* 0: not placed */
	int64_t received_at;         /* of the last */
};
enum err attendance_count_signal_people(struct tx *tx, int32_t day, int *ret);
/* By employee, at most `max`; `office` is left 0. */
enum err attendance_list_signal_people(
	struct tx *tx, int32_t day, struct signal_person *ret, int max, int *ret_count);

/* An event as the store has it. */
struct signal_row {
	struct evidence_row evidence; /* without seq, skew, leaf, score, verdict */
	enum time_grade grade;
	enum work_mode mode; /* of its civil day */
	enum status_kind status;
	struct unit_id unit;
};
#define SIGNAL_WINDOW 21 /* civil days that hold ten days of work, holidays among them */
#define SIGNAL_PEOPLE 50 /* asked about in one go */
/* Of at most SIGNAL_PEOPLE people in the SIGNAL_WINDOW days up to `day`: by employee, the latest
 * first; at most `max`. */
enum err attendance_list_signal_rows(struct tx *tx, const struct signal_person *person, int people,
	int32_t day, struct signal_row *ret, int max, int *ret_count);

/* When a day was looked at, 0 never; the last one that was, DAY_NONE. */
enum err attendance_load_signal_run(struct tx *tx, int32_t day, int64_t *ret_at);
enum err attendance_load_last_signal_run(struct tx *tx, int32_t *ret_day);
enum err attendance_set_signal_run(struct tx *tx, int32_t day, int64_t at);

#endif
