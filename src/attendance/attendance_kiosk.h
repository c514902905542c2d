/*
 * Private to attendance: recording what kiosks countersign, and the tickets of PINs.
 *
 * A kiosk's record bounds a phone's event in time and place, or is itself the arrival of a person
 * without a phone. Nothing is refused for a doubt: what is wrong with it is a mark and asks the
 * superior (UU 27/2022 art. 10).
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_KIOSK_H
#define LUWES_ATTENDANCE_ATTENDANCE_KIOSK_H

#include "attendance/attendance_record.h"
#include "attendance/attendance_station.h"

/* Why a record is not taken; the kiosk keeps it and shows it. */
enum record_fault {
	RECORD_GOOD,
	RECORD_MALFORMED,
	RECORD_UNKNOWN_VERSION,
	RECORD_OTHER_KIOSK,
	RECORD_BAD_SIGNATURE,
	RECORD_EVENT_MISSING, /* of kind 1 without its event, or with another one */
	RECORD_ANSWER_MISSING
};
/* none malformed unknown_version other_kiosk bad_signature event_missing answer_missing */
extern const char *const record_fault_names[];

struct record_input {
	struct bytes bytes, signature;
	struct bytes event, event_signature; /* of kind 1 */
	struct bytes duty;                   /* of kind 4: the officer's answer */
};
/* A record on its way; what needs no transaction was found before. */
struct record {
	const struct record_input *in;
	enum record_fault fault;
	struct countersign c;
	struct signed_event event;   /* of kind 1 */
	struct verified event_found; /* early, with a known key */
	bool is_duty_good;           /* of kind 4 */
	struct hash hash;
};
/* Reads and verifies a record of the kiosk; one or two ES256 verifications: in prepare. */
enum err attendance_examine_record(struct tx *tx, const struct station *kiosk,
	const struct record_input *in, struct record *ret);

struct record_receipt {
	struct bytes hash;
	int32_t status; /* enum receipt_status */
	const char *reason;
};
/*
 * Records it: the chain, its time, what it says, the journal. `sent_at` is the kiosk's corrected
 * clock at sending (NO_INSTANT unknown). `kiosk` is moved on.
 */
enum err attendance_record_countersign(struct tx *tx, struct station *kiosk,
	const struct record *record, int64_t sent_at, struct record_receipt *ret);

/* The verdict on a person's arrival without a phone. Pure. */
enum evidence_verdict attendance_decide_kiosk(
	int64_t marks, enum time_grade grade, int draw, const struct parameters *numbers);
/* The server's word that this person's PIN was right at this kiosk when it gave this token. */
struct hash attendance_make_ticket(const uint8_t kiosk[KIOSK_KEY_BYTES], int64_t employee,
	const uint8_t token[TOKEN_ID_BYTES]);
/* Six digits that a neighbour would not try first; NULL, or why not: "not_six_digits", "simple",
 * "personal". Pure. */
#define PIN_DIGITS 6
const char *attendance_check_pin(const char *pin, const char *nip);

#endif
