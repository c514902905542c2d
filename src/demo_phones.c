/*
 * Phones of a demo: enrolled by the unit officer's code as people are, with keys that follow from
 * the store's key file, so that `luwes replay` and the benchmark can sign for them.
 */
#include "demo.h"

#include "attendance/attendance_device.h"
#include "phone.h"

#define ENROLLED_BEFORE_MS (20 * MS_PER_DAY) /* no phone of a demo is on probation */

static enum err add_device(struct tx *tx, const struct phone *phone)
{
	struct employee_row person;
	struct device device = {.employee = phone->employee,
		.label = "Chrome di Android",
		.is_installed = true,
		.state = DEVICE_ACTIVE,
		.enrolled_at = tx->now_ms - ENROLLED_BEFORE_MS,
		.end_reason = ""};
	enum err e = org_load_employee(
		tx, phone->employee, instant_day(tx->now_ms, ZONE_WIB), &person);

	if (e)
		return e;
	device.unit = person.unit;
	memcpy(device.id, phone->device, sizeof device.id);
	memcpy(device.public_key, phone->public_key, sizeof device.public_key);
	memcpy(device.install_id, phone->public_key, sizeof device.install_id);
	return attendance_write_enrolled(tx, &device, person.nip);
}

enum err demo_enrol(struct tx *tx, struct employee_id employee, struct phone *ret)
{
	uint8_t secret[PHONE_SECRET_BYTES];
	struct device known;
	enum err e;

	phone_secret(employee, secret);
	phone_open(ret, employee, secret);
	e = attendance_load_device(tx, ret->device, &known);
	return e == E_NOT_FOUND ? add_device(tx, ret) : e;
}
