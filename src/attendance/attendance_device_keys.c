/*
 * Public keys of devices in memory: a table of fixed size, in sets of eight places, where a ninth
 * takes the place of another. A key belongs to its device for ever, so nothing here grows old.
 */
#include "attendance/attendance_record.h"

#include <pthread.h>
#include <string.h>

#define SETS   16384 /* of a province's 36,000 phones all but a few in ten thousand */
#define PLACES 8

struct held_key {
	uint8_t id[DEVICE_ID_BYTES], key[ES256_KEY_BYTES]; /* an id of zeros: empty */
};

static struct {
	pthread_rwlock_t lock;
	struct held_key place[SETS][PLACES];
} held = {.lock = PTHREAD_RWLOCK_INITIALIZER};

/* Ids are drawn at random: their first bytes are as good as a hash. */
static struct held_key *set_of(const uint8_t id[DEVICE_ID_BYTES])
{
	return held.place[((unsigned)id[0] << 8 | id[1]) % SETS];
}

static struct held_key *find_key(const uint8_t id[DEVICE_ID_BYTES])
{
	struct held_key *set = set_of(id);

	for (int i = 0; i < PLACES; i++)
		if (memcmp(set[i].id, id, DEVICE_ID_BYTES) == 0)
			return &set[i];
	return NULL;
}

void attendance_hold_device_key(
	const uint8_t id[DEVICE_ID_BYTES], const uint8_t key[ES256_KEY_BYTES])
{
	pthread_rwlock_wrlock(&held.lock);
	if (!find_key(id)) {
		struct held_key *set = set_of(id);

		memmove(set + 1, set, (PLACES - 1) * sizeof(*set));
		memcpy(set->id, id, DEVICE_ID_BYTES);
		memcpy(set->key, key, ES256_KEY_BYTES);
	}
	pthread_rwlock_unlock(&held.lock);
}

bool attendance_recall_device_key(
	const uint8_t id[DEVICE_ID_BYTES], uint8_t ret_key[ES256_KEY_BYTES])
{
	pthread_rwlock_rdlock(&held.lock);
	const struct held_key *found = find_key(id);

	if (found)
		memcpy(ret_key, found->key, ES256_KEY_BYTES);
	pthread_rwlock_unlock(&held.lock);
	return found != NULL;
}

struct verified attendance_verify_early(
	struct government_id government, struct bytes bytes, struct bytes signature)
{
	struct verified verified = {false, false};
	struct signed_event event;
	uint8_t key[ES256_KEY_BYTES];

	if (signature.n != ES256_SIGNATURE_BYTES ||
		attendance_read_event(bytes, &event) == EVENT_MALFORMED ||
		!attendance_recall_device_key(event.device, key))
		return verified;
	verified.is_signature_good = attendance_is_signed(key, bytes, signature.p);
	verified.is_token_ours = attendance_is_token_ours(government, &event);
	return verified;
}
