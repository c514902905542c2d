/*
 * Private to attendance: recording what phones send, and the receipt each event gets.
 *
 * An event comes unsigned (a claim), signed by an enrolled phone, or signed and countersigned by a
 * kiosk; each gets one receipt in its place, and the same one whenever it comes again.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_RECORD_H
#define LUWES_ATTENDANCE_ATTENDANCE_RECORD_H

#include "attendance/attendance_assertion.h"
#include "attendance/attendance_evidence.h"
#include "attendance/attendance_int.h"
#include "trust/trust.h"

struct evidence_row {
	struct employee_id employee;
	int32_t punch_day;
	struct uuid event_id;
	uint8_t device[DEVICE_ID_BYTES];
	int64_t seq;
	struct hash hash;
	int64_t punch_id, received_at, claimed_at, skew_ms;
	struct bytes sealed; /* n 0: purged */
	int64_t leaf_index;
	int64_t marks;
	int32_t score;
	enum evidence_verdict verdict;
};

/* Whether the lot picks the event for a look, 0..99: attendance_draw over its hash and day. */
int attendance_draw_sample(const struct evidence_row *row);
/* Sets the score of the row's marks and says what verdict the event gets with it. */
enum evidence_verdict attendance_judge_evidence(
	struct evidence_row *row, enum time_grade grade, const struct parameters *numbers);
/* Asks the superior about the row's event as its verdict says (attendance_confirmation.h); of a
 * good one, where its time waits for a look. */
enum err attendance_ask_about(
	struct tx *tx, const struct evidence_row *row, const struct punch *punch);

/* What became of an event. Of unsigned ones the members from `hash` on are empty. */
struct receipt {
	struct uuid id;
	int32_t status;   /* of this sending */
	int32_t recorded; /* accepted or quarantined: what is signed, the same whenever it is asked
			     for */
	const char *reason;
	int64_t punch_id, received_at;
	int32_t day;
	struct bytes hash;
	int64_t log_index;
	struct bytes leaf_salt, receipt, receipt_signature, key;
	int32_t verdict, time_grade; /* INT_NONE of unsigned ones */
	const char **reasons;
	int reason_count;
	const struct evidence_row *row; /* of a signed one: what attendance_sign_receipt needs */
	struct leaf_place leaf;
};
extern const struct shape attendance_receipt_shape;

/* A time token as a reply carries it. */
struct token_view {
	struct bytes id;
	int64_t issued_at;
	struct bytes signature, key;
};
extern const struct shape attendance_token_shape;
/* A token of this moment for a device; the caller has looked at whose it is. */
struct token_view attendance_view_token(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES]);

/* Civil day of an instant where the person works then; a government within one zone needs no look
 * at the person. */
enum err attendance_find_punch_day(
	struct tx *tx, struct employee_id employee, int64_t at, int32_t *ret_day);

/* Records an unsigned punch; its punch_id and punch_day are set here. */
enum err attendance_record_unsigned(
	struct tx *tx, struct employee_id employee, struct punch *punch, struct receipt *ret);

/* ---- signed events ---- */

/* What was found before the writer; all false: nothing was looked at. */
struct verified {
	bool is_signature_good;
	bool is_token_ours;
	bool is_assertion_good; /* its signature, under this key */
	uint8_t passkey[ES256_KEY_BYTES];
};
struct signed_input {
	struct bytes bytes, signature;
	const struct assertion *assertion; /* NULL: none */
	const char *note;                  /* "" */
	int64_t skew_ms;            /* how far the phone's clock has moved; NO_INSTANT unknown */
	int64_t countersigned_at;   /* by a kiosk, at this time; NO_INSTANT: it came by itself */
	bool is_placed;             /* ... which stands in the person's own office */
	const char *client_address; /* NULL: says nothing (queued, or by a kiosk) */
	struct verified early;      /* what attendance_verify_early found */
};
/* Why an envelope is refused; none of its events is then kept. */
enum signed_fault {
	SIGNED_GOOD,
	SIGNED_MALFORMED,
	SIGNED_NOT_HIS, /* another employee's event, or device */
	SIGNED_UNKNOWN_DEVICE,
	SIGNED_BAD_SIGNATURE
};
extern const char *const signed_fault_names[];

/*
 * Records a signed event of the person in the order of docs/EVIDENCE.md. Refuses nothing but what
 * cannot be his: then *ret_fault says why, the result is OK, and nothing was written.
 */
enum err attendance_record_signed(struct tx *tx, struct employee_id employee,
	const struct signed_input *in, struct receipt *ret, enum signed_fault *ret_fault);

/* What the log commits to of a signed punch. */
#define PUNCH_LEAF_BYTES 67
size_t attendance_write_punch_leaf(const struct evidence_row *row, uint8_t ret[PUNCH_LEAF_BYTES]);
/* The receipt of a recorded event, whenever it is asked for, with what its owner needs to prove it;
 * not signed yet. `punch`: its row of the journal; `row` must live as long as the receipt. */
enum err attendance_make_receipt(struct tx *tx, const struct evidence_row *row,
	const struct punch *punch, enum receipt_status status, struct receipt *ret);

/* Signs the receipt of a signed event; others are left as they are. Needs no store: after COMMIT.
 */
void attendance_sign_receipt(
	struct arena *arena, struct government_id government, struct receipt *receipt);
/* Codes of the marks that are set; arena. */
const char **attendance_name_marks(struct arena *arena, int64_t marks, int *ret_count);

/*
 * Public keys of devices, which never change, and of their passkeys, which may, for verifying on
 * the threads that have no transaction. Of the whole program, bounded, thread-safe. What a device
 * is worth now is not here: the writer looks at it, and at its passkey of now.
 */
enum key_use { KEY_OF_DEVICE, KEY_OF_PASSKEY, KEY_USES };
void attendance_hold_key(enum key_use use, const uint8_t device[DEVICE_ID_BYTES],
	const uint8_t key[ES256_KEY_BYTES]);
bool attendance_recall_key(
	enum key_use use, const uint8_t device[DEVICE_ID_BYTES], uint8_t ret_key[ES256_KEY_BYTES]);
/* Remembers the keys of all active devices of the government; once after the start. */
enum err attendance_warm_device_keys(struct tx *tx);
/*
 * Verifies the event's signature, its token and its passkey's signature (assertion NULL: none) with
 * remembered keys and says what was good, so that the writer need not; does nothing when the keys
 * are not known here. On any thread.
 */
struct verified attendance_verify_early(struct arena *arena, struct government_id government,
	struct bytes bytes, struct bytes signature, const struct assertion *assertion);

/* ---- statements ---- */

enum err attendance_add_evidence(struct tx *tx, const struct evidence_row *row);
/* By the journal's key; E_NOT_FOUND of an unsigned punch. */
enum err attendance_load_evidence(struct tx *tx, struct employee_id employee, int32_t day,
	const struct uuid *event, struct evidence_row *ret);
/* Of a person's civil day, at most `max`. */
enum err attendance_list_evidence(struct tx *tx, struct employee_id employee, int32_t day,
	struct evidence_row *ret, int max, int *ret_count);
/* Events of a device from a number on, lowest first, without `sealed`. */
enum err attendance_list_chain(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES], int64_t from,
	struct evidence_row *ret, int max, int *ret_count);
/* The last event of a device before a number; E_NOT_FOUND. */
enum err attendance_load_former(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES],
	int64_t before, struct evidence_row *ret);
/* What is found later: marks, score and verdict. */
enum err attendance_set_evidence(struct tx *tx, const struct evidence_row *row);

#define EVIDENCE_STMTS 7
extern struct db_stmt *const attendance_evidence_stmts[EVIDENCE_STMTS];

/* Event bytes (at the start, as they came), signature, the parts of the assertion, length of the
 * event: as one run; and back. */
struct evidence_parts {
	struct bytes bytes, signature;
	struct assertion assertion; /* signature.n 0: none */
};
struct bytes attendance_join_evidence(struct arena *arena, const struct evidence_parts *parts);
/* False when the run is not whole; the parts point into it. */
bool attendance_split_evidence(struct bytes run, struct evidence_parts *ret);
#define EVIDENCE_PURPOSE "evidence" /* keys_seal, owner punch_id */

#endif
