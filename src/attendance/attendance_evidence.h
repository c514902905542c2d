/*
 * Signed events: what a phone signed, what was found about it, and what that is worth.
 *
 * docs/EVIDENCE.md fixes the bytes. The event is the evidence, not the row: its bytes are kept as
 * they came (sealed), and everything here is worked out from them. Nothing refuses an event for a
 * signal: a signal is a mark with a dated weight, the sum makes a verdict, and a verdict asks a
 * person (UU 27/2022 art. 10: nobody is judged by a machine alone). Reading and judging are pure.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_EVIDENCE_H
#define LUWES_ATTENDANCE_ATTENDANCE_EVIDENCE_H

#include "attendance/attendance.h"
#include "base/es256.h"
#include "base/hash.h"

/* ---- numbers ---- */

enum parameter {
#define X(name, code, fallback, lowest, highest) name,
#include "attendance/attendance_parameter.def"
#undef X
	PARAMETER_COUNT
};
extern const char *const parameter_names[];
/* All numbers as they hold on a day. */
struct parameters {
	int32_t of[PARAMETER_COUNT];
};
/* What holds where no row speaks. Pure. */
struct parameters attendance_default_parameters(void);
/* As of a day; cached per connection and generation. */
enum err attendance_load_parameters(struct tx *tx, int32_t day, struct parameters *ret);

/* ---- the event ---- */

#define EVENT_FIXED_BYTES 172
#define EVENT_PROOF_MAX   200
#define EVENT_BYTES_MAX   (EVENT_FIXED_BYTES + EVENT_PROOF_MAX)
#define DEVICE_ID_BYTES   16
#define TOKEN_ID_BYTES    16

enum event_type { EVENT_TYPE_IN = 1, EVENT_TYPE_OUT, EVENT_TYPE_CHECK, EVENT_TYPE_ANSWER };
enum event_bit { EVENT_BIT_INSTALLED = 1, EVENT_BIT_SAME_PAGE = 2 };
enum proof_type { PROOF_NONE, PROOF_DISPLAY, PROOF_WITNESS, PROOF_TYPES };
#define UNKNOWN_SPEED    UINT32_MAX
#define UNKNOWN_ALTITUDE INT32_MAX

struct signed_event {
	uint8_t version, type;
	uint16_t bits;
	int64_t employee;
	uint8_t device[DEVICE_ID_BYTES];
	int64_t seq;
	struct hash prev;
	uint8_t token[TOKEN_ID_BYTES];
	int64_t token_issued_at; /* 0: none */
	int64_t wall_at, mono_ms;
	struct geo_point point; /* NO_COORDINATE: none */
	uint32_t accuracy_cm;
	int64_t position_at; /* 0: none */
	uint32_t speed_cms;
	int32_t altitude_cm;
	uint8_t position_error;
	uint8_t proof_type;
	struct bytes proof; /* points into the bytes read */
	uint8_t build[8], chance[16];
};

enum event_fault {
	EVENT_GOOD,
	EVENT_MALFORMED, /* length, magic or a bound: nobody's event */
	EVENT_UNKNOWN /* another version, type, bit or proof: kept in quarantine, never guessed */
};
/* Reads the bytes of an event; on EVENT_UNKNOWN the members up to `mono_ms` are filled as version 1
 * has them. Pure. */
enum event_fault attendance_read_event(struct bytes bytes, struct signed_event *ret);
/* Writes an event into ret (room EVENT_BYTES_MAX); its length. For tests, load and the demo. */
size_t attendance_write_event(const struct signed_event *event, uint8_t *ret);
/* SHA-256("luwes/ev/1\n" | bytes). */
struct hash attendance_event_hash(struct bytes bytes);
/* The journal's key of an event. */
struct uuid attendance_signed_id(struct hash hash);
/* Whether the device's signature over the bytes is good. */
bool attendance_is_signed(const uint8_t key[ES256_KEY_BYTES], struct bytes bytes,
	const uint8_t signature[ES256_SIGNATURE_BYTES]);

/* ---- the time token ---- */

struct time_token {
	uint8_t id[TOKEN_ID_BYTES];
	int64_t issued_at;
	uint8_t signature[64], public_key[32];
};
/* Signs a token for the device; deterministic for equal arguments. Needs the store's keys. */
struct time_token attendance_make_token(
	struct government_id government, const uint8_t device[DEVICE_ID_BYTES], int64_t issued_at);
/* Whether this store issued the token of this id to the device, or kiosk, at that time. */
bool attendance_is_token_ours(struct government_id government,
	const uint8_t device[DEVICE_ID_BYTES], const uint8_t token[TOKEN_ID_BYTES],
	int64_t issued_at);

/* ---- time ---- */

struct time_evidence {
	int64_t claimed_at;  /* what the event says */
	int64_t received_at; /* upper bound: receipt, or a kiosk's countersignature */
	int64_t not_before;  /* lower bound: token, display step; NO_INSTANT: none is proven */
	int64_t token_at;    /* issue of the token; NO_INSTANT */
	int64_t mono_ms;     /* since the token, at least; 0 unknown */
	int64_t skew_ms;     /* NO_INSTANT unknown */
	int64_t former_at;   /* claim of the device's former event; NO_INSTANT */
};
/* Grade of a signed event's claim (security 1.5). Pure. */
enum time_grade attendance_grade_time(
	const struct time_evidence *evidence, const struct parameters *numbers);

/* ---- marks and verdict ---- */

/* Bits of what was found. The first ones have a weight each, from PARAMETER_GEO_NONE on; then what
 * takes weight away, from PARAMETER_PROOF_KIOSK on; the last are facts without weight. */
enum evidence_mark {
	MARK_GEO_NONE,
	MARK_GEO_COARSE,
	MARK_GEO_PERFECT,
	MARK_GEO_SAME_SELF,
	MARK_GEO_SAME_PEER,
	MARK_GEO_STALE,
	MARK_TELEPORT,
	MARK_TIME_SKEW,
	MARK_OFFLINE_LONG,
	MARK_NETWORK_MISMATCH,
	MARK_DEVICE_SHARED,
	MARK_DEVICE_NEW,
	MARK_PAIR_BURST,
	MARK_DEVICE_STATIC,
	MARK_NO_USER_VERIFICATION,
	MARK_SEQ_GAP,
	MARK_FORK,
	MARK_PROOF_KIOSK,
	MARK_PROOF_DISPLAY,
	MARK_PROOF_WITNESS,
	MARK_PROOF_NETWORK,
	MARK_USER_VERIFIED,
	MARK_DEVICE_ENDED,
	MARK_UNKNOWN_VERSION,
	MARK_TOKEN_MISSING,
	MARK_TOKEN_FOREIGN,
	MARK_PROOF_BAD,
	MARK_ASSERTION_BAD,
	MARK_BACKUP_CHANGED,
	MARK_SIGN_COUNT,
	MARK_OFFICER_MISSING, /* at a kiosk: nobody stood surety who may */
	MARK_CARD_ENDED, /* an unknown or revoked card, or a PIN nobody asked the server about */
	MARK_COUNT
};
extern const char *const evidence_mark_names[];
enum evidence_verdict { VERDICT_OK, VERDICT_OK_SAMPLED, VERDICT_NEEDS_CONFIRMATION, VERDICT_COUNT };
extern const char *const evidence_verdict_names[]; /* ok ok_sampled needs_confirmation */

/* Sum of weights of the marks, less what proofs take away; never below 0. Pure. */
int attendance_score(int64_t marks, const struct parameters *numbers);
/* `draw` 0..99 decides whether an event between the two thresholds is sampled. A doubted time
 * always needs confirmation. Pure. */
enum evidence_verdict attendance_decide_evidence(
	int score, enum time_grade grade, int draw, const struct parameters *numbers);

/* ---- devices ---- */

enum device_state { DEVICE_ACTIVE, DEVICE_REPLACED, DEVICE_LOST, DEVICE_REVOKED };
extern const char *const device_state_names[]; /* active replaced lost revoked */
struct device {
	uint8_t id[DEVICE_ID_BYTES];
	struct employee_id employee;
	uint8_t public_key[ES256_KEY_BYTES];
	uint8_t install_id[16];
	const char *label;
	bool is_installed, is_shared;
	enum device_state state;
	int64_t enrolled_at;
	struct employee_id enrolled_by;
	struct unit_id unit;
	int64_t ended_at;
	struct employee_id ended_by;
	const char *end_reason;
	struct bytes credential_id;  /* n 0: no passkey */
	struct bytes credential_key; /* x‖y */
	int64_t sign_count;
	bool is_backed_up;
};
/* A device by its id, ended ones too; E_NOT_FOUND. Bytes and texts in the arena. */
enum err attendance_load_device(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], struct device *ret);
/* Number and hash of the last event of a device; 0 and zeros when it sent none. */
enum err attendance_load_last_seq(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES],
	int64_t *ret_seq, struct hash *ret_hash);

#endif
