/*
 * When a code is good, when a change needs a second officer, and the bytes that are signed or
 * logged about a phone: pure.
 *
 * PP 94/2021 art. 4 f and 25: what is held against a person must be his own act, so the key that
 * speaks for him is handed over in person, and a key that changes often is looked at by two.
 */
#include "attendance/attendance_device.h"

#include "base/date.h"
#include "base/put.h"

#include <assert.h>
#include <string.h>

#define STEP_PREFIX "luwes/de/1\n"
#define NIP_BYTES   18

const char *const device_code_state_names[] = {
	"open", "waiting", "approved", "refused", "used", "expired", NULL};

enum device_code_state attendance_device_code_state(const struct device_code *c, int64_t now_ms)
{
	if (c->used_at)
		return DEVICE_CODE_USED;
	if (c->is_refused)
		return DEVICE_CODE_REFUSED;
	if (now_ms >= c->expires_at)
		return DEVICE_CODE_EXPIRED;
	if (c->shown_at)
		return DEVICE_CODE_OPEN;
	return c->approved_by.v ? DEVICE_CODE_APPROVED : DEVICE_CODE_WAITS;
}

bool attendance_is_changed_soon(int64_t last_at, int64_t now_ms, const struct parameters *numbers)
{
	return last_at && now_ms - last_at < numbers->of[PARAMETER_CHANGE_DAYS] * MS_PER_DAY;
}

enum err attendance_decide_second(
	const struct device_code *c, struct employee_id actor, int64_t now_ms)
{
	if (attendance_device_code_state(c, now_ms) != DEVICE_CODE_WAITS)
		return E_CONFLICT;
	return actor.v == c->issued_by.v || actor.v == c->employee.v ? E_SELF : OK;
}

int64_t attendance_probation_until(const struct device *d, const struct parameters *numbers)
{
	return d->enrolled_at + numbers->of[PARAMETER_PROBATION_HOURS] * INT64_C(3600000);
}

/* ---- bytes ---- */

static uint8_t *put_text(uint8_t *at, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	assert(n <= DEVICE_NOTE_MAX);
	return put_bytes(put_number(at, n, 2), text, n);
}

void attendance_write_enrolment_proof(struct government_id government, const struct device *d,
	struct hash code, uint8_t ret[ENROLMENT_PROOF_BYTES])
{
	uint8_t *at = ret;

	at = put_bytes(at, ENROLMENT_PREFIX, sizeof(ENROLMENT_PREFIX) - 1);
	at = put_number(at, government.v, 8);
	at = put_number(at, d->employee.v, 8);
	at = put_bytes(at, d->install_id, INSTALL_ID_BYTES);
	at = put_bytes(at, d->public_key, ES256_KEY_BYTES);
	put_bytes(at, code.b, sizeof code.b);
}

/* Eighteen digits; a shorter one of old times is followed by zeros. */
static uint8_t *put_nip(uint8_t *at, const char *nip)
{
	char field[NIP_BYTES] = {0};
	size_t n = strlen(nip);

	memcpy(field, nip, n < sizeof field ? n : sizeof field);
	return put_bytes(at, field, sizeof field);
}

static uint8_t *put_details(uint8_t *at, const struct device_step *s)
{
	switch (s->kind) {
	case DEVICE_STEP_ENROLLED:
		at = put_bytes(at, s->key.b, sizeof s->key.b);
		return put_nip(put_number(at, s->shown_by.v, 8), s->nip);
	case DEVICE_STEP_ENDED:
		return put_text(put_number(at, s->state, 1), s->text);
	case DEVICE_STEP_PASSKEY:
		return put_bytes(at, s->key.b, sizeof s->key.b);
	case DEVICE_STEP_ASKED:
	case DEVICE_STEP_APPROVED:
	case DEVICE_STEP_REFUSED:
	case DEVICE_STEP_SHOWN:
		return put_text(put_number(at, s->code, 8), s->text);
	case DEVICE_STEP_PASSKEY_ENDED:
	case DEVICE_STEP_SHARED:
	case DEVICE_STEP_NOT_SHARED:
		break;
	}
	return at;
}

size_t attendance_write_device_step(
	struct government_id government, const struct device_step *s, uint8_t ret[DEVICE_STEP_MAX])
{
	uint8_t *at = ret;

	at = put_bytes(at, STEP_PREFIX, sizeof(STEP_PREFIX) - 1);
	at = put_number(at, s->kind, 1);
	at = put_number(at, government.v, 8);
	at = put_number(at, s->employee.v, 8);
	at = put_bytes(at, s->device, DEVICE_ID_BYTES);
	at = put_number(at, s->by.v, 8);
	at = put_number(at, s->at, 8);
	at = put_details(at, s);
	return (size_t)(at - ret);
}
