/*
 * Proofs of presence that the office gives: a code on the lobby's screen, a kiosk's
 * countersignature, the office's own network, a colleague as witness.
 *
 * A position is only what a phone says; a proof of the office is something the phone could not have
 * had elsewhere. It takes weight away from signals and is never asked for: who has none is judged
 * as before (PP 94/2021 art. 4 f asks for presence, not for a device). docs/EVIDENCE.md fixes the
 * bytes. Everything above "the store" is pure.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_OFFICE_H
#define LUWES_ATTENDANCE_ATTENDANCE_OFFICE_H

#include "attendance/attendance_evidence.h"

/* ---- the lobby's screen ---- */

#define DISPLAY_KEY_BYTES   32
#define DISPLAY_PROOF_BYTES 26
#define DISPLAY_MAC_BYTES   10
#define DISPLAY_STEP_MS     15000
#define DISPLAY_STEPS_OFF   1 /* accepted around the claim: two clocks, one of them a screen's */

struct display_proof {
	int64_t display, step;
	uint8_t mac[DISPLAY_MAC_BYTES];
};
/* Reads the proof of an event; false when it is none. */
bool attendance_read_display_proof(struct bytes bytes, struct display_proof *ret);
/* What the screen shows at an instant; for tests, load and the demo. */
void attendance_write_display_proof(int64_t display, const uint8_t key[DISPLAY_KEY_BYTES],
	int64_t at, uint8_t ret[DISPLAY_PROOF_BYTES]);
/*
 * Whether the screen with this key showed the code within a step of the claim; ret_not_before gets
 * the beginning of its step, before which nobody could know it.
 */
bool attendance_check_display(const struct display_proof *proof,
	const uint8_t key[DISPLAY_KEY_BYTES], int64_t claimed_at, int64_t *ret_not_before);

/* ---- a colleague as witness ---- */

#define WITNESS_PROOF_BYTES   88
#define WITNESS_MESSAGE_BYTES 35

struct witness_proof {
	int64_t employee; /* the colleague */
	uint8_t device[DEVICE_ID_BYTES], signature[ES256_SIGNATURE_BYTES];
};
bool attendance_read_witness_proof(struct bytes bytes, struct witness_proof *ret);
/* What the colleague's phone signs. */
void attendance_write_witness_message(
	int64_t employee, const uint8_t chance[16], uint8_t ret[WITNESS_MESSAGE_BYTES]);
/* Whether the colleague whose device has this key saw the event's person; never he himself, nor the
 * same device. */
bool attendance_check_witness(const struct witness_proof *proof, const struct signed_event *event,
	const uint8_t key[ES256_KEY_BYTES]);

/* ---- the countersignature of a kiosk ---- */

#define COUNTERSIGN_BYTES 173
#define KIOSK_KEY_BYTES   16 /* a kiosk's public number, in the place of a device's */

enum countersign_kind {
	COUNTERSIGN_QR = 1, /* an event that a phone signed */
	COUNTERSIGN_PIN,    /* NIP and PIN, asked of the server */
	COUNTERSIGN_CARD,   /* a printed card */
	COUNTERSIGN_OFFICER /* from here on this officer stands there */
};
extern const char *const countersign_kind_names[]; /* none qr pin card officer */
struct countersign {
	uint8_t version, kind;
	uint16_t bits;
	uint8_t kiosk[KIOSK_KEY_BYTES];
	int64_t seq;
	struct hash prev;
	uint8_t token[TOKEN_ID_BYTES];
	int64_t token_issued_at, wall_at, mono_ms;
	struct hash subject; /* of the event, the server's ticket, the card, the officer's answer */
	int64_t employee;    /* 0 of COUNTERSIGN_OFFICER */
	uint8_t type;        /* enum event_type; 0 of COUNTERSIGN_OFFICER */
	int64_t officer;     /* 0: none, only of COUNTERSIGN_QR */
	uint8_t chance[16];
};
/* Reads a countersignature; EVENT_UNKNOWN of another version, kind or bit. */
enum event_fault attendance_read_countersign(struct bytes bytes, struct countersign *ret);
void attendance_write_countersign(const struct countersign *c, uint8_t ret[COUNTERSIGN_BYTES]);
/* SHA-256("luwes/kc/1\n" | bytes). */
struct hash attendance_countersign_hash(const uint8_t bytes[COUNTERSIGN_BYTES]);
bool attendance_is_countersigned(const uint8_t key[ES256_KEY_BYTES],
	const uint8_t bytes[COUNTERSIGN_BYTES], const uint8_t signature[ES256_SIGNATURE_BYTES]);

/* The subject of a card: SHA-256("luwes/cd/1\n" | token). */
#define CARD_TOKEN_BYTES 16
struct hash attendance_card_hash(const uint8_t token[CARD_TOKEN_BYTES]);

/*
 * An officer takes his turn at a kiosk: the kiosk draws 16 bytes, his phone signs them for this
 * kiosk. What the phone answers, and the subject of the kiosk's record about it.
 */
#define DUTY_MESSAGE_BYTES 67
struct duty_answer {
	int64_t officer;
	uint8_t device[DEVICE_ID_BYTES], signature[ES256_SIGNATURE_BYTES];
};
#define DUTY_ANSWER_BYTES 88
bool attendance_read_duty_answer(struct bytes bytes, struct duty_answer *ret);
void attendance_write_duty_message(const uint8_t kiosk[KIOSK_KEY_BYTES], int64_t officer,
	const uint8_t device[DEVICE_ID_BYTES], const uint8_t chance[16],
	uint8_t ret[DUTY_MESSAGE_BYTES]);
bool attendance_check_duty(const struct duty_answer *answer, const struct countersign *record,
	const uint8_t key[ES256_KEY_BYTES]);
/* SHA-256("luwes/du/1\n" | answer). */
struct hash attendance_duty_hash(const uint8_t answer[DUTY_ANSWER_BYTES]);

/* ---- the office's network ---- */

struct network_address {
	uint8_t b[16]; /* IPv4 as ::ffff:a.b.c.d */
};
struct network_range {
	struct network_address first;
	int bits; /* of 128 */
};
/* Numeric IPv4 or IPv6, nothing else. */
bool attendance_parse_address(const char *text, struct network_address *ret);
enum range_fault { RANGE_GOOD, RANGE_UNREADABLE, RANGE_HOST_BITS, RANGE_TOO_WIDE };
/* "203.0.113.0/24", "2001:db8:10::/48"; at most a /16 of IPv4 or a /32 of IPv6: more is no office.
 */
enum range_fault attendance_parse_range(const char *text, struct network_range *ret);
bool attendance_is_in_range(
	const struct network_range *range, const struct network_address *address);

struct office_network {
	int64_t network_id;
	struct unit_id unit; /* this one and below */
	struct site_id site; /* 0: of no particular site */
	const char *label, *range_text;
	struct network_range range;
	int32_t valid_from, valid_to;
};
struct network_list {
	const struct office_network *network;
	int networks;
};
enum network_match {
	NETWORK_NONE, /* the office has none, or nothing can be said: queued, or no address */
	NETWORK_WITHIN,
	NETWORK_OTHER /* sent at once, from elsewhere */
};
struct network_judgement {
	enum network_match match;
	struct site_id site; /* of the network within */
};
/* Of an event that arrived within `slack_ms` of its claim: whether it came through a network of the
 * unit, or of one above it, on that day. */
struct network_judgement attendance_judge_network(const struct org_tree *tree,
	const struct network_list *list, struct unit_id unit, int32_t day, const char *address,
	int64_t claimed_at, int64_t received_at, int64_t slack_ms);

/* ---- the store ---- */

/* What the proof within an event is worth. */
struct office_proof {
	int64_t marks;      /* a bit 1 << MARK_PROOF_DISPLAY, _WITNESS or _BAD; 0: none was given */
	int64_t not_before; /* nobody could know it before; NO_INSTANT: says nothing of time */
	struct unit_id unit;        /* whose screen it was; 0 */
	struct site_id site;        /* where it stands; 0 */
	struct employee_id witness; /* 0: none */
};
/*
 * Verifies the proof of an event that was read as good: one look-up, and of a witness one ES256
 * verification, so in prepare. A screen or phone that ended is good for what was made before.
 */
enum err attendance_load_office_proof(
	struct tx *tx, const struct signed_event *event, struct office_proof *ret);

/* A kiosk's countersignature of an event, if it sent one that is good: the event was there and
 * then.
 */
struct kiosk_bound {
	int64_t at; /* upper bound of the event's time; NO_INSTANT: there is none */
	struct unit_id unit;
	struct site_id site;
};
enum err attendance_load_kiosk_bound(
	struct tx *tx, struct hash event_hash, struct kiosk_bound *ret);

/* All networks of the government; cached per connection and generation. */
enum err attendance_load_networks(struct tx *tx, const struct network_list **ret);

extern const struct slice attendance_office_slice, attendance_kiosk_slice, attendance_network_slice;

#endif
