/*
 * Public keys of devices and of their passkeys in memory: tables of fixed size, in sets of eight
 * places, where a ninth takes the place of another. A passkey may be another one by now: the writer
 * compares.
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
} held[KEY_USES] = {{.lock = PTHREAD_RWLOCK_INITIALIZER}, {.lock = PTHREAD_RWLOCK_INITIALIZER}};

/* Ids are drawn at random: their first bytes are as good as a hash. */
static struct held_key *set_of(enum key_use use, const uint8_t id[DEVICE_ID_BYTES])
{
	return held[use].place[((unsigned)id[0] << 8 | id[1]) % SETS];
}

static struct held_key *find_key(enum key_use use, const uint8_t id[DEVICE_ID_BYTES])
{
	struct held_key *set = set_of(use, id);

	for (int i = 0; i < PLACES; i++)
		if (memcmp(set[i].id, id, DEVICE_ID_BYTES) == 0)
			return &set[i];
	return NULL;
}

static bool is_held(enum key_use use, const uint8_t id[DEVICE_ID_BYTES], const uint8_t *key)
{
	uint8_t known[ES256_KEY_BYTES];

	return attendance_recall_key(use, id, known) && memcmp(known, key, sizeof known) == 0;
}

void attendance_hold_key(
	enum key_use use, const uint8_t id[DEVICE_ID_BYTES], const uint8_t key[ES256_KEY_BYTES])
{
	struct held_key *place;

	if (is_held(use, id, key))
		return;
	pthread_rwlock_wrlock(&held[use].lock);
	place = find_key(use, id);
	if (!place) {
		place = set_of(use, id);
		memmove(place + 1, place, (PLACES - 1) * sizeof(*place));
		memcpy(place->id, id, DEVICE_ID_BYTES);
	}
	memcpy(place->key, key, ES256_KEY_BYTES);
	pthread_rwlock_unlock(&held[use].lock);
}

bool attendance_recall_key(
	enum key_use use, const uint8_t id[DEVICE_ID_BYTES], uint8_t ret_key[ES256_KEY_BYTES])
{
	pthread_rwlock_rdlock(&held[use].lock);
	const struct held_key *found = find_key(use, id);

	if (found)
		memcpy(ret_key, found->key, ES256_KEY_BYTES);
	pthread_rwlock_unlock(&held[use].lock);
	return found != NULL;
}

struct verified attendance_verify_early(struct arena *arena, struct government_id government,
	struct bytes bytes, struct bytes signature, const struct assertion *assertion)
{
	struct verified verified = {0};
	struct signed_event event;
	uint8_t key[ES256_KEY_BYTES];

	if (signature.n != ES256_SIGNATURE_BYTES ||
		attendance_read_event(bytes, &event) == EVENT_MALFORMED ||
		!attendance_recall_key(KEY_OF_DEVICE, event.device, key))
		return verified;
	verified.is_signature_good = attendance_is_signed(key, bytes, signature.p);
	verified.is_token_ours = attendance_is_token_ours(
		government, event.device, event.token, event.token_issued_at);
	verified.is_assertion_good =
		assertion && verified.is_signature_good &&
		attendance_recall_key(KEY_OF_PASSKEY, event.device, verified.passkey) &&
		attendance_is_assertion_signed(arena, assertion, verified.passkey);
	return verified;
}
