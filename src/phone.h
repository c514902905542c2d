/*
 * A phone that signs, made by a program: what `luwes replay` and the benchmark send
 * (docs/EVIDENCE.md).
 *
 * Phones of a demo have keys that follow from the demo's own key file, so that a store and its
 * phones belong together and nothing has to be written down. Of demo stores only: whoever holds the
 * key file could sign for everybody.
 */
#ifndef LUWES_PHONE_H
#define LUWES_PHONE_H

#include "attendance/attendance_evidence.h"

#define PHONE_SECRET_BYTES 32

struct phone {
	struct employee_id employee;
	uint8_t device[DEVICE_ID_BYTES];
	void *key; /* of OpenSSL */
	uint8_t public_key[ES256_KEY_BYTES];
	int64_t seq;
	struct hash head;
	uint8_t token[TOKEN_ID_BYTES];
	int64_t token_issued_at; /* 0: none yet */
};

/* The secret of a demo's phone; needs the store's keys. */
void phone_secret(struct employee_id employee, uint8_t ret[PHONE_SECRET_BYTES]);
/* Makes the phone of a secret; its device id follows from it too. phone_close frees the key. */
void phone_open(
	struct phone *phone, struct employee_id employee, const uint8_t secret[PHONE_SECRET_BYTES]);
void phone_close(struct phone *phone);

/* An event as it waits on the phone. */
struct phone_event {
	uint8_t bytes[EVENT_FIXED_BYTES], signature[ES256_SIGNATURE_BYTES];
};
/* Signs the next event of the phone at an instant and a place (NO_COORDINATE: none). */
void phone_press(struct phone *phone, enum event_type type, int64_t at_ms, struct geo_point place,
	const uint64_t chance[2], struct phone_event *ret);

#endif
