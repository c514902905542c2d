/*
 * What happens to a phone, with its rows and its leaf: enrolled, marked as shared, ended, given a
 * passkey.
 *
 * The writer of a government is alone, so the one active phone of an employee is kept by reading it
 * first. Whoever replaces a phone ends the former one in the same transaction: there is no moment
 * with two, and none without (security 1.3).
 */
#include "attendance/attendance_device.h"

#include "trust/trust.h"

#include <sodium.h>
#include <string.h>

int64_t attendance_device_subject(const uint8_t id[DEVICE_ID_BYTES])
{
	uint64_t number = 0;

	for (int i = 0; i < 8; i++)
		number = number << 8 | id[i];
	return (int64_t)(number & INT64_MAX);
}

static struct device_step make_step(
	struct tx *tx, const struct device *d, enum device_step_kind kind, struct employee_id by)
{
	struct device_step step = {
		.kind = kind, .employee = d->employee, .by = by, .at = tx->now_ms};

	memcpy(step.device, d->id, sizeof step.device);
	return step;
}

static void log_step(struct tx *tx, const struct device_step *step)
{
	uint8_t payload[DEVICE_STEP_MAX];
	size_t n = attendance_write_device_step(tx->government, step, payload);

	trust_add_leaf(tx, LEAF_DEVICE, attendance_device_subject(step->device), payload, n);
}

void attendance_log_code(struct tx *tx, const struct device_code *c, enum device_step_kind kind,
	struct employee_id by)
{
	const struct device_step step = {.kind = kind,
		.employee = c->employee,
		.by = by,
		.at = tx->now_ms,
		.code = c->id,
		.text = kind == DEVICE_STEP_REFUSED ? c->refusal : c->reason};
	uint8_t payload[DEVICE_STEP_MAX];
	size_t n = attendance_write_device_step(tx->government, &step, payload);

	trust_add_leaf(tx, LEAF_DEVICE, c->id, payload, n);
}

/* ---- shared phones ---- */

static bool has_others(const struct device *d, int devices)
{
	for (int i = 1; i < devices; i++)
		if (d[i].employee.v != d[0].employee.v)
			return true;
	return false;
}

/* Says of every active key on a phone whether another employee's lives beside it. */
static enum err mark_install(
	struct tx *tx, const uint8_t install_id[INSTALL_ID_BYTES], struct employee_id by)
{
	struct device *d = ARENA_ARRAY(tx->arena, INSTALL_DEVICES_MAX, struct device);
	bool is_shared;
	int count;
	enum err e = attendance_list_install(tx, install_id, d, INSTALL_DEVICES_MAX, &count);

	is_shared = has_others(d, count);
	for (int i = 0; i < count && !e; i++) {
		struct device_step step = make_step(
			tx, &d[i], is_shared ? DEVICE_STEP_SHARED : DEVICE_STEP_NOT_SHARED, by);

		if (d[i].is_shared == is_shared)
			continue;
		e = attendance_set_shared(tx, d[i].id, is_shared);
		log_step(tx, &step);
	}
	return e;
}

/* ---- its life ---- */

enum err attendance_finish_device(struct tx *tx, struct device *d, enum device_state state,
	struct employee_id by, const char *note)
{
	struct device_step step = make_step(tx, d, DEVICE_STEP_ENDED, by);
	enum err e;

	d->state = state;
	d->ended_at = tx->now_ms;
	d->ended_by = by;
	d->end_reason = note;
	step.state = state;
	step.text = note;
	if ((e = attendance_end_device(tx, d)))
		return e;
	log_step(tx, &step);
	return mark_install(tx, d->install_id, by);
}

static enum err replace_former(struct tx *tx, struct employee_id employee)
{
	struct device former;
	enum err e = attendance_load_active_device(tx, employee, &former);

	if (e)
		return e == E_NOT_FOUND ? OK : e;
	return attendance_finish_device(tx, &former, DEVICE_REPLACED, employee, "");
}

size_t attendance_write_enrolment(struct government_id government, const struct device *d,
	const char *nip, uint8_t ret[DEVICE_STEP_MAX])
{
	struct device_step step = {.kind = DEVICE_STEP_ENROLLED,
		.employee = d->employee,
		.by = d->employee,
		.at = d->enrolled_at,
		.key = hash_of(d->public_key, sizeof d->public_key),
		.shown_by = d->enrolled_by,
		.nip = nip};

	memcpy(step.device, d->id, sizeof step.device);
	return attendance_write_device_step(government, &step, ret);
}

static enum err log_enrolment(struct tx *tx, const struct device *d, struct enrolment *enrolment)
{
	struct leaf_place place;
	uint8_t payload[DEVICE_STEP_MAX];
	size_t n = attendance_write_enrolment(tx->government, d, enrolment->nip, payload);
	enum err e = trust_add_leaf_at(
		tx, LEAF_DEVICE, attendance_device_subject(d->id), payload, n, &place);

	enrolment->leaf_index = place.index;
	return e;
}

enum err attendance_write_enrolled(struct tx *tx, const struct device *d, const char *nip)
{
	struct enrolment enrolment = {.nip = nip};
	enum err e = log_enrolment(tx, d, &enrolment);

	return e ? e : attendance_add_enrolled(tx, d, &enrolment);
}

static enum err use_code(struct tx *tx, struct device_code *c, const struct device *d)
{
	c->used_at = tx->now_ms;
	c->device = (struct bytes){d->id, sizeof d->id};
	return attendance_set_device_code(tx, c);
}

enum err attendance_enrol_device(
	struct tx *tx, int32_t today, struct device_code *c, struct device *d)
{
	struct employee_row row;
	uint8_t id[DEVICE_ID_BYTES];
	enum err e;

	randombytes_buf(id, sizeof id);
	memcpy(d->id, id, sizeof id);
	d->state = DEVICE_ACTIVE;
	d->is_shared = false;
	d->enrolled_at = tx->now_ms;
	d->enrolled_by = c->issued_by;
	if ((e = org_load_employee(tx, d->employee, today, &row)) ||
		(e = replace_former(tx, d->employee)))
		return e;
	d->unit = row.unit;
	if ((e = attendance_write_enrolled(tx, d, row.nip)) || (e = use_code(tx, c, d)) ||
		(e = mark_install(tx, d->install_id, d->employee)))
		return e;
	return attendance_load_device(tx, id, d); /* whether it is shared */
}

enum err attendance_change_passkey(
	struct tx *tx, struct device *d, const struct registration *made, struct employee_id by)
{
	struct device_step step = make_step(
		tx, d, made ? DEVICE_STEP_PASSKEY : DEVICE_STEP_PASSKEY_ENDED, by);
	enum err e;

	d->credential_id = made ? made->credential_id : (struct bytes){0};
	d->credential_key = made ? (struct bytes){made->key, sizeof made->key} : (struct bytes){0};
	d->sign_count = made ? made->sign_count : 0;
	d->is_backed_up = made && made->is_backed_up;
	if (made)
		step.key = hash_of(made->key, sizeof made->key);
	e = attendance_set_credential(tx, d);
	if (!e)
		log_step(tx, &step);
	return e;
}
