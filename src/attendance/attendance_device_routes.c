/*
 * Phones over HTTP: the code an officer shows, the phone that enrols with it, its end.
 */
#include "attendance/attendance_device.h"

#include "platform/slice.h"

const struct slice attendance_devices_slice = {
	.name = "devices",
	.stmts = attendance_device_stmts,
	.stmt_count = DEVICE_STMTS,
};
