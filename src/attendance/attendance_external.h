/*
 * Punches of other systems: machines at the door, K-Mob, e-presensi.
 *
 * They come as files, whole days or single taps, and a file may come twice or overlap another: the
 * id of an event is made from what it says, so that the journal takes it once. A tap without a
 * direction is given one only where the officer's mapping says "first in, last out". Beside the day
 * by Luwes stands the day by those punches alone, so that a parallel run can be compared.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_EXTERNAL_H
#define LUWES_ATTENDANCE_ATTENDANCE_EXTERNAL_H

#include "attendance/attendance.h"

/* How the direction of a tap is told. */
enum tap_direction { TAP_IN, TAP_OUT, TAP_FIRST_LAST };

/* "in", "masuk", "pulang", "0", "C/In", ... and "otomatis" for first in, last out; false when it is
 * none. Pure. */
bool attendance_read_direction(const char *text, enum tap_direction *ret);
/* "07:21", "07.21", "07:21:09" as milliseconds of the day; false when it is no time. Pure. */
bool attendance_read_time(const char *text, int64_t *ret_ms);

/* A tap of a file. */
struct tap {
	struct employee_id employee;
	const char *nip;
	struct unit_id unit; /* of that day */
	int32_t day;         /* civil day of the office */
	int64_t at;
	enum tap_direction direction;
	bool is_dropped;  /* neither first nor last, or twice in the file */
	bool is_inferred; /* its direction follows from the order of the day */
	bool is_night;    /* a turn across midnight stands on its day or the one before */
	bool is_known;    /* the journal has it */
	struct uuid id;
	const char *machine;
	int line;
};
/* Puts taps in order of person, day and time, gives those without a direction theirs, and drops
 * what stands twice: the first of a day is in, the last out, those between are no event. Of a turn
 * across midnight that tells nothing: such taps (is_inferred, is_night) are refused. Pure. */
void attendance_order_taps(struct tap *tap, int taps);

#define MACHINE_BYTES_MAX 80
/* The event's id: the same for the same machine, NIP, instant and direction, whatever file brings
 * it. Agency and file are not part of it, so that a transfer dated back changes nothing. */
struct uuid attendance_event_id(
	const char *machine, const char *nip, int64_t at, enum direction direction);

/* A day by the punches of other systems alone. */
struct external_day {
	struct employee_id employee;
	int32_t day;
	int64_t in_at, out_at; /* NO_INSTANT none */
	int32_t late_minutes, early_minutes;
};

/* What differs between the day here and the day by another system. */
enum difference {
	DIFFERS_IN_MISSING_HERE = 1,
	DIFFERS_IN_MISSING_THERE = 2,
	DIFFERS_OUT_MISSING_HERE = 4,
	DIFFERS_OUT_MISSING_THERE = 8,
	DIFFERS_IN_APART = 16,
	DIFFERS_OUT_APART = 32,
	DIFFERS_STATUS = 64
};
extern const char *const difference_names[];
/* in_missing_here in_missing_there out_missing_here out_missing_there in_apart out_apart status */

/* The other side of a comparison. */
struct other_side {
	bool is_there; /* it says something of the day */
	bool says_times, says_status;
	int64_t in_at, out_at;
	bool is_off, is_on_leave, is_on_duty, is_absent; /* its status, when it says one */
};
/* enum difference bits; 0 when both agree. `tolerance` in minutes. A day that counts nowhere
 * differs from nothing. Pure. */
int attendance_compare_sides(
	const struct attendance_day *row, const struct other_side *other, int tolerance);

#endif
