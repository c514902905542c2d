/*
 * What a report asks of attendance: the day it is about, and until when it is on time by the number
 * that holds for that day, whatever holds when it is handed in.
 */
#include "reports/reports_routes.h"

#include "attendance/attendance_evidence.h"

enum err reports_load_on_time_until(
	struct tx *tx, int32_t day, int shift_ends, enum zone zone, int64_t *ret)
{
	struct parameters numbers;
	enum err e = attendance_load_parameters(tx, day, &numbers);

	if (!e)
		*ret = reports_find_on_time_until(
			day, shift_ends, numbers.of[PARAMETER_REPORT_GRACE_MINUTES], zone);
	return e;
}

/* The day of attendance behind a report; all zero, with no punch, when it was never folded. */
enum err reports_load_attendance(
	struct tx *tx, struct employee_id employee, int32_t day, struct attendance_day *ret)
{
	enum err e = attendance_load_day(tx, employee, day, ret);
	if (e != E_NOT_FOUND)
		return e;
	*ret = (struct attendance_day){
		.day = day, .employee = employee, .in_at = NO_INSTANT, .duty = DUTY_NONE};
	return OK;
}
