/*
 * Sealing a position, and taking it out of the bytes of an event (docs/EVIDENCE.md, "The event").
 */
#include "attendance/attendance_position.h"

#include "attendance/attendance_record.h"
#include "base/put.h"
#include "platform/keys.h"

#include <string.h>

#define PURPOSE        "position"
#define POSITION_BYTES 12

#define VERSION_AT    8
#define PLACE_FROM    116 /* latitude */
#define PLACE_TO      145 /* after the position error */
#define PROOF_AT      146 /* its length, two bytes */
#define CHANCE_BYTES  16
#define EVENT_VERSION 1

static int32_t get32(const uint8_t *at)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value = value << 8 | at[i];
	return (int32_t)value;
}

struct bytes attendance_seal_position(struct arena *arena, const struct punch *punch)
{
	uint8_t plain[POSITION_BYTES];

	if (punch->point.lat_e7 == NO_COORDINATE)
		return (struct bytes){NULL, 0};
	put_number(plain, (uint32_t)punch->point.lat_e7, 4);
	put_number(plain + 4, (uint32_t)punch->point.lon_e7, 4);
	put_number(plain + 8, (uint32_t)punch->accuracy_metres, 4);
	return keys_seal(arena, PURPOSE, punch->punch_id, plain, sizeof(plain));
}

bool attendance_open_position(struct bytes sealed, struct punch *ret)
{
	uint8_t plain[POSITION_BYTES];
	bool is_good = sealed.n == POSITION_BYTES + SEAL_OVERHEAD &&
		       keys_unseal(PURPOSE, ret->punch_id, sealed, plain);

	ret->point = is_good ? (struct geo_point){get32(plain), get32(plain + 4)}
			     : (struct geo_point){NO_COORDINATE, NO_COORDINATE};
	ret->accuracy_metres = is_good ? get32(plain + 8) : 0;
	return is_good;
}

/* Where the random bytes of an event stand; 0 when it is not of version 1. */
static size_t find_chance(const uint8_t *bytes, size_t n)
{
	size_t proof;

	if (n < EVENT_FIXED_BYTES || bytes[VERSION_AT] != EVENT_VERSION)
		return 0;
	proof = (size_t)bytes[PROOF_AT] << 8 | bytes[PROOF_AT + 1];
	return n == EVENT_FIXED_BYTES + proof ? n - CHANCE_BYTES : 0;
}

bool attendance_erase_event(uint8_t *bytes, size_t n)
{
	size_t chance = find_chance(bytes, n);

	if (!chance)
		return false;
	memset(bytes + PLACE_FROM, 0, PLACE_TO - PLACE_FROM);
	memset(bytes + chance, 0, CHANCE_BYTES);
	return true;
}

static bool is_zero(const uint8_t *p, size_t n)
{
	uint8_t any = 0;

	for (size_t i = 0; i < n; i++)
		any |= p[i];
	return any == 0;
}

bool attendance_is_event_erased(struct bytes bytes)
{
	size_t chance = find_chance(bytes.p, bytes.n);

	return chance && is_zero(bytes.p + PLACE_FROM, PLACE_TO - PLACE_FROM) &&
	       is_zero(bytes.p + chance, CHANCE_BYTES);
}

bool attendance_open_evidence(
	struct arena *arena, struct bytes sealed, int64_t punch_id, struct evidence_parts *ret)
{
	struct bytes run;
	uint8_t *plain;

	if (sealed.n <= SEAL_OVERHEAD)
		return false;
	run.n = sealed.n - SEAL_OVERHEAD;
	run.p = plain = arena_alloc(arena, run.n);
	return keys_unseal(EVIDENCE_PURPOSE, punch_id, sealed, plain) &&
	       attendance_split_evidence(run, ret) && !attendance_is_event_erased(ret->bytes);
}
