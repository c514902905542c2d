/*
 * The bundle: one signed event with everything an outsider needs to check it, as a text that an
 * employee downloads, keeps and prints (docs/EVIDENCE.md, "Bundle"; UU 27/2022 art. 7 and 13).
 *
 * It is checked without a store, a network or us: what the phone signed, whose key that is, what
 * the server answered, that the log holds it, who signed and who witnessed the log. What cannot be
 * checked is said as plainly as what can: trust in keys comes from outside the bundle. Pure.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_BUNDLE_H
#define LUWES_ATTENDANCE_ATTENDANCE_BUNDLE_H

#include "attendance/attendance_evidence.h"
#include "trust/trust_note.h"

#define BUNDLE_BYTES_MAX     65536
#define BUNDLE_WITNESSES_MAX 16
#define BUNDLE_LABEL_MAX     300
#define BUNDLE_PAYLOAD_MAX   1024

/* A leaf opened: with salt and payload it can be hashed again. */
struct bundle_leaf {
	int32_t kind; /* enum leaf_kind */
	int64_t at;
	struct bytes salt, payload; /* salt 16 bytes; payload n 0: the leaf is not in the bundle */
};

/* Bytes have n 0 and texts are "" where the bundle lacks them. */
struct bundle {
	int64_t government;
	const char *government_name; /* labels: nothing vouches for them */
	const char *person_name;
	enum zone zone;
	struct bytes event, signature, device_key;
	int64_t token_at; /* of the time token, when token_signature is there */
	struct bytes token_signature;
	struct bytes token_key; /* n 0: the online key, as long as it did not change in between */
	struct bytes receipt, receipt_signature, online_key;
	struct bundle_leaf leaf;
	struct bundle_leaf enrolment; /* of the phone */
	int64_t enrolment_index;
	struct log_proof enrolment_proof; /* under the same head */
	struct bytes countersign, countersign_signature, kiosk_key;
	const char *log_key; /* verifier keys as the server says they are */
	const char *witness[BUNDLE_WITNESSES_MAX];
	int witnesses;
	bool has_proof; /* false until a signed head holds the leaf */
	int64_t index;
	struct log_proof proof;
	struct bytes note;
};

/* Writes it. `remark` (may be NULL) is a line for the reader at the top. */
void attendance_write_bundle(const struct bundle *bundle, const char *remark, struct buf *out);
/* Reads one; on failure *ret_line is the line (from 1) that is not understood. Bytes in the arena.
 */
bool attendance_read_bundle(
	struct bytes text, struct arena *arena, struct bundle *ret, int *ret_line);

/* ---- checking ---- */

/* What the one who checks brings along. */
struct bundle_trust {
	const struct vkey *log_key; /* NULL: none */
	const uint8_t (*online_key)[ED25519_KEY_BYTES];
	int online_keys;
	const struct vkey *witness;
	int witnesses;
	int policy; /* so many of the witnesses must have signed */
};

enum finding_worth { FINDING_PROVEN, FINDING_UNCHECKED, FINDING_FAULT };
enum finding {
#define X(name, code, worth) name,
#include "attendance/attendance_finding.def"
#undef X
	FINDING_COUNT
};
extern const char *const finding_codes[]; /* as in the table, NULL-terminated */
enum finding_worth attendance_finding_worth(enum finding finding);

#define FINDINGS_MAX 64
/* What was found, in the order it is told, and the facts the words name. */
struct bundle_findings {
	int count;
	struct {
		enum finding what;
		int witness; /* index into `witness`, of findings about one */
	} found[FINDINGS_MAX];
	bool has_fault;
	/* facts; only as good as the findings say */
	struct signed_event event;
	struct hash event_hash;
	char nip[19];
	int64_t enrolled_at;
	int64_t lower, upper; /* proven bounds; NO_INSTANT none */
	int64_t received_at;
	int32_t status, verdict; /* of the receipt */
	int64_t index;
	struct checkpoint head;
	uint32_t log_key_id;
	int64_t kiosk_at;
	struct {
		char name[KEY_NAME_MAX + 1];
		int64_t at; /* ms */
	} witness[BUNDLE_WITNESSES_MAX];
	int signed_witnesses; /* of those brought along */
};
/* Checks everything that can be checked. */
void attendance_check_bundle(
	const struct bundle *bundle, const struct bundle_trust *trust, struct bundle_findings *ret);

#endif
