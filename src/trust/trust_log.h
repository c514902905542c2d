/*
 * The log as outsiders meet it: who may sign and witness it, its signed heads, and what witnesses
 * put under them.
 *
 * The server holds no key of the log. `luwes sign`, a process of its own, looks at the log over
 * HTTP, refuses a fork, and hands in the checkpoints it signed; `luwes witness` does the same for
 * somebody else. What is handed in counts when a registered key signed it and it is the head of
 * this very tree. The name of the log's key is the origin of its checkpoints.
 */
#ifndef LUWES_TRUST_TRUST_LOG_H
#define LUWES_TRUST_TRUST_LOG_H

#include "base/ids.h"
#include "trust/trust_note.h"

struct tx;
struct slice;

/* ---- keys ---- */

#define LOG_KEYS_MAX   64 /* of a government, ended ones too */
#define LOG_LETTER_MAX 200

struct log_key {
	int64_t id;
	struct vkey key;              /* type KEY_LOG or KEY_WITNESS */
	const char *letter;           /* paper it was registered by */
	int64_t valid_from, valid_to; /* instants; valid_to 0: in force */
};
/*
 * Registers a key from now on, with a leaf; sets id and valid_from. The former key of the log ends
 * with a new one, that of a witness with a new one of its name. E_CONFLICT for a key already in
 * force, E_REFUSED beyond LOG_KEYS_MAX.
 */
enum err trust_add_key(struct tx *tx, struct log_key *key);
/* Ends a key in force now, with a leaf; E_NOT_FOUND. */
enum err trust_end_key(struct tx *tx, int64_t id);
/* All keys, the latest first; room for LOG_KEYS_MAX. */
enum err trust_list_keys(struct tx *tx, struct log_key *ret_key, int *ret_count);

/* ---- signed heads ---- */

struct signed_head {
	struct checkpoint checkpoint;
	struct bytes note; /* with the log's signature alone */
	int64_t received_at;
};
/* The latest; E_NOT_FOUND when nothing was signed yet. */
enum err trust_load_latest_head(struct tx *tx, struct signed_head *ret);
/* That of exactly this size. */
enum err trust_load_head(struct tx *tx, int64_t size, struct signed_head *ret);
/*
 * The one to prove leaf `index` with: the first that holds it and that a witness signed, else the
 * first that holds it. E_NOT_FOUND when none does yet.
 */
enum err trust_load_head_over(struct tx *tx, int64_t index, struct signed_head *ret);
/* The head's note with what witnesses put under it, in the arena. */
enum err trust_join_head(struct tx *tx, const struct signed_head *head, struct bytes *ret_note);

/* The proof of leaf `index` under trust_load_head_over, as a C2SP tlog-proof in the arena. */
enum err trust_load_tlog_proof(struct tx *tx, int64_t index, struct bytes *ret_text);

/* ---- handing in ---- */

/* What is wrong with a note that was handed in. */
enum note_fault {
	NOTE_GOOD,
	NOTE_MALFORMED,
	NOTE_OF_NOBODY,  /* no registered key signed it, or one's signature does not hold */
	NOTE_OTHER_TREE, /* not the head of this tree at its size */
	NOTE_OLD         /* older than what is there */
};
extern const char *const note_fault_reasons[];

/* A note that was read and whose signatures were looked at: no transaction is needed for that but
 * a snapshot to load the keys. */
struct handed_in {
	struct note note;
	struct checkpoint checkpoint;
	struct log_key log; /* of a checkpoint: who signed it */
	int cosigners;      /* of cosignatures */
	struct log_key cosigner[LOG_KEYS_MAX];
	int64_t stated_at[LOG_KEYS_MAX]; /* ms */
};
/* Reads a checkpoint signed by the log's key in force. */
enum err trust_read_signed(
	struct tx *tx, struct bytes note, struct handed_in *ret, enum note_fault *ret_fault);
/* Reads a checkpoint with signatures of registered witnesses. */
enum err trust_read_cosigned(
	struct tx *tx, struct bytes note, struct handed_in *ret, enum note_fault *ret_fault);
/* Stores it when it is the head of this tree; the same again changes nothing. */
enum err trust_keep_signed(struct tx *tx, const struct handed_in *in, enum note_fault *ret_fault);
/* Stores the cosignatures of a head that is there; a later one of a witness replaces his former. */
enum err trust_keep_cosigned(struct tx *tx, const struct handed_in *in, enum note_fault *ret_fault);

/* ---- checking, for doctor ---- */

enum head_fault {
	HEAD_GOOD,       /* also when nothing was signed yet */
	HEAD_BEYOND,     /* the log is shorter than its latest signed head: leaves are gone */
	HEAD_OTHER_TREE, /* its leaves do not give the signed root */
	HEAD_UNSIGNED    /* no key that was ever registered signed it */
};
/* The latest signed head against the tree. */
enum err trust_check_head(struct tx *tx, enum head_fault *ret_fault);

extern const struct slice trust_log_slice;

#endif
