/*
 * Tamper evidence: every fact, decision and rule change is a salted commitment in one RFC 9162
 * Merkle tree per government.
 *
 * A handler adds an unnumbered leaf in its savepoint; trust_project numbers the batch's leaves from
 * the frontier kept in one row and writes both before COMMIT: O(log n), nothing is hashed again at
 * start. A bulk action is one leaf over the hash of its canonical content. Sessions, idempotency
 * rows and projections have none. Proofs are in trust_proof.h, signed heads in trust_note.h and
 * trust_log.h; here the root is made and recomputed (`luwes doctor`).
 *
 *   leaf hash = SHA-256(0x00 | kind u8 | at u64 | commitment 32)
 *   commitment = SHA-256("luwes/leaf/1" | salt 16 | payload), integers big-endian
 */
#ifndef LUWES_TRUST_TRUST_H
#define LUWES_TRUST_TRUST_H

#include "base/err.h"
#include "base/hash.h"
#include "base/ids.h"

struct tx;
struct slice;

enum leaf_kind {
	LEAF_PUNCH = 1,
	LEAF_IMPORT,
	LEAF_INSTRUMENT,
	LEAF_RULE_END,
	LEAF_ROSTER,
	LEAF_REPORT,
	LEAF_REPORT_DECISION,
	LEAF_ROLE,
	LEAF_STATUS,
	LEAF_ACCOUNT,
	LEAF_CALENDAR,
	LEAF_UNIT,
	LEAF_SITE,
	LEAF_CORRECTION,
	LEAF_PAPER,
	LEAF_INCIDENT,
	LEAF_LIMIT,
	LEAF_TRANSFER, /* a placement or a superior by decree */
	LEAF_CASE,     /* a late decree over decided days, and what was decided */
	LEAF_ATTENDANCE_SOURCE,
	LEAF_ATTENDANCE_CODE,
	LEAF_PRINT,
	LEAF_RECAP,
	LEAF_BAND,
	LEAF_DEVICE,       /* a phone enrolled or ended, its code, its passkey */
	LEAF_PARAMETER,    /* a number that judges evidence */
	LEAF_CONFIRMATION, /* what a person, or silence, said about an event */
	LEAF_OFFICE,       /* a screen, kiosk, network or card of an office */
	LEAF_HOLD,         /* a legal hold on positions, and its end */
	LEAF_PURGE,        /* positions erased after their time */
	LEAF_LOG_KEY,      /* who signs or witnesses the log */
	LEAF_CHECK,        /* a presence check drawn, asked, answered */
	LEAF_TARGET,       /* a plan of results proposed, agreed, returned */
	LEAF_TASK,         /* a task, a verified document, a meeting: each step */
	LEAF_RATING,       /* feedback, a rating with each step, its dated numbers */
	LEAF_DOCUMENT,     /* a paper issued or ended, and what its kind is before the law */
};

/* Adds a leaf over `payload` (canonical bytes of the fact) for the row `subject_id`. Writes nothing
 * yet. */
void trust_add_leaf(
	struct tx *tx, enum leaf_kind kind, int64_t subject_id, const void *payload, size_t n);

/* What its owner keeps of a leaf: with it and the payload he can prove the fact for ever. */
struct leaf_place {
	int64_t index;
	struct hash hash; /* trust_leaf_hash */
	uint8_t salt[16];
	int64_t at; /* part of what is hashed */
};

/*
 * Index the next leaf added in this batch will get. Reads the log's size once per batch; a leaf
 * that is taken back with its work gives its index to the next. Only within a writing transaction.
 */
enum err trust_next_index(struct tx *tx, int64_t *ret_index);
/* trust_add_leaf, and says where the leaf will lie. On failure nothing is added. */
enum err trust_add_leaf_at(struct tx *tx, enum leaf_kind kind, int64_t subject_id,
	const void *payload, size_t n, struct leaf_place *ret);

/* Where a leaf lies, by its index: one of the log, or of this batch. E_NOT_FOUND. */
enum err trust_load_leaf(struct tx *tx, int64_t index, struct leaf_place *ret);

#define FRONTIER_MAX 64
struct frontier {
	int64_t size;                   /* leaves so far */
	int nodes;                      /* popcount(size) */
	struct hash node[FRONTIER_MAX]; /* roots of the full subtrees, largest first */
};

/* Appends one leaf hash. Amortised one hash of two children. */
void trust_append(struct frontier *f, struct hash leaf);
/* The same, and the roots of the subtrees of 256, 256^2 ... leaves that are full with it; how many.
 */
#define FULL_LEVELS 7
int trust_append_full(struct frontier *f, struct hash leaf, struct hash ret_full[FULL_LEVELS]);
/* Root of the tree of `f`; SHA-256 of nothing for the empty tree (RFC 9162 2.1.1). */
struct hash trust_root(const struct frontier *f);
#define TRUST_SALT_BYTES 16
/* SHA-256("luwes/leaf/1" | salt | payload): what a leaf commits to. */
struct hash trust_commitment(const uint8_t salt[TRUST_SALT_BYTES], struct bytes payload);
/* Leaf and node hashes with their domain prefixes 0x00 and 0x01. */
struct hash trust_leaf_hash(enum leaf_kind kind, int64_t at_ms, struct hash commitment);
struct hash trust_node_hash(struct hash left, struct hash right);

/* Root and size as kept in the frontier row; E_NOT_FOUND never: an empty log has the empty root. */
enum err trust_load_root(struct tx *tx, int64_t *ret_size, struct hash *ret_root);
/*
 * Root recomputed from every leaf; E_CONFLICT when indexes have a hole. *ret_wrong_nodes counts
 * kept roots of full subtrees that are missing, surplus or not what the leaves give. For doctor.
 */
enum err trust_recompute_root(
	struct tx *tx, int64_t *ret_size, struct hash *ret_root, int64_t *ret_wrong_nodes);
/*
 * Fills in the roots of full subtrees of leaves that are older than they (migration 0028), of the
 * government of tx, within its writing transaction. Nothing to do on a log that has them.
 */
enum err trust_fill_nodes(struct tx *tx);

extern const struct slice trust_slice;

#endif
