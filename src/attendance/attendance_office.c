/*
 * The office's proofs against the store: whose screen, which phone, and what is found beside an
 * event. A wrong proof is a mark, never a refusal; E_NOT_FOUND of a screen or phone is one as well.
 */
#include "attendance/attendance_network.h"
#include "attendance/attendance_station.h"

#include "platform/auth.h"
#include "platform/slice.h"

#include <string.h>

#define CODE_PREFIX "luwes/sc/1\n"

bool attendance_hash_station_code(
	struct government_id government, const char *typed, struct hash *ret)
{
	char letters[AUTH_CODE_LETTERS];
	const struct bytes part[] = {{(const uint8_t *)CODE_PREFIX, sizeof(CODE_PREFIX) - 1},
		{(const uint8_t *)&government.v, sizeof(government.v)},
		{(const uint8_t *)letters, sizeof(letters)}};

	if (!auth_read_code(typed, letters))
		return false;
	*ret = hash_sha256(part, 3);
	return true;
}

static void set_mark(struct office_proof *proof, enum evidence_mark mark)
{
	proof->marks = INT64_C(1) << mark;
}

static enum err check_display(
	struct tx *tx, const struct signed_event *event, struct office_proof *ret)
{
	struct display_proof proof;
	struct station station;
	uint8_t key[DISPLAY_KEY_BYTES];
	int64_t not_before;
	enum err e;

	if (!attendance_read_display_proof(event->proof, &proof))
		return OK;
	e = attendance_load_station(tx, proof.display, &station);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if (station.kind != STATION_DISPLAY || !station.sealed_key.n)
		return OK;
	if (!keys_unseal(DISPLAY_SEAL, station.id, station.sealed_key, key))
		return E_STORE;
	if (!attendance_check_display(&proof, key, event->wall_at, &not_before) ||
		!attendance_is_station_at(&station, not_before))
		return OK;
	set_mark(ret, MARK_PROOF_DISPLAY);
	ret->not_before = not_before;
	ret->unit = station.unit;
	ret->site = station.site;
	return OK;
}

static bool is_device_at(const struct device *d, int64_t at)
{
	return at >= d->enrolled_at - STATION_SKEW_MS && (!d->ended_at || at < d->ended_at);
}

static enum err check_witness(
	struct tx *tx, const struct signed_event *event, struct office_proof *ret)
{
	struct witness_proof proof;
	struct device device;
	enum err e;

	if (!attendance_read_witness_proof(event->proof, &proof))
		return OK;
	e = attendance_load_device(tx, proof.device, &device);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if (device.employee.v != proof.employee || !is_device_at(&device, event->wall_at) ||
		!attendance_check_witness(&proof, event, device.public_key))
		return OK;
	set_mark(ret, MARK_PROOF_WITNESS);
	ret->witness = device.employee;
	return OK;
}

enum err attendance_load_office_proof(
	struct tx *tx, const struct signed_event *event, struct office_proof *ret)
{
	*ret = (struct office_proof){.not_before = NO_INSTANT};
	if (event->proof_type == PROOF_NONE)
		return OK;
	set_mark(ret, MARK_PROOF_BAD);
	return event->proof_type == PROOF_DISPLAY ? check_display(tx, event, ret)
						  : check_witness(tx, event, ret);
}
