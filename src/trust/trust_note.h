/*
 * Signed notes, checkpoints and cosignatures, as c2sp.org writes them (signed-note,
 * tlog-checkpoint, tlog-cosignature v1, tlog-proof), so that anybody's tools can check our log.
 *
 *   origin ⏎ size ⏎ base64 of the root ⏎ ⏎ — NAME base64(key id 4 ‖ signature) ⏎ ...
 *
 * A log signs the text before the blank line; a witness signs "cosignature/v1 ⏎ time N ⏎" and that
 * text. Signatures of unknown keys are carried along and never looked at; one of a known key that
 * does not hold spoils the note. All of it is pure.
 */
#ifndef LUWES_TRUST_TRUST_NOTE_H
#define LUWES_TRUST_TRUST_NOTE_H

#include "base/ed25519.h"
#include "trust/trust_proof.h"

#define NOTE_BYTES_MAX      16384
#define NOTE_SIGNATURES_MAX 32
#define KEY_NAME_MAX        200 /* bytes */
#define VKEY_TEXT_MAX       (KEY_NAME_MAX + 64)

/* ---- keys ---- */

/* C2SP's signature types; others are unknown keys. */
enum key_type { KEY_LOG = 0x01, KEY_WITNESS = 0x04 };

/* A public key with its name: NAME+8 hex digits of the id+base64(type ‖ key). */
struct vkey {
	char name[KEY_NAME_MAX + 1];
	enum key_type type;
	uint32_t id; /* first bytes of SHA-256(name ⏎ type key) */
	uint8_t key[ED25519_KEY_BYTES];
};
/* False for a name that is empty, too long, not text, or has a blank or '+'. */
bool trust_make_vkey(const char *name, enum key_type type, const uint8_t key[ED25519_KEY_BYTES],
	struct vkey *ret);
/* False unless it is exactly a key of these two types with the id it should have. */
bool trust_parse_vkey(const char *text, struct vkey *ret);
void trust_print_vkey(const struct vkey *key, struct buf *out);

/* A secret key: PRIVATE+KEY+NAME+id+base64(type ‖ seed), as Go's notes have it. */
struct skey {
	struct vkey public;
	uint8_t seed[ED25519_SEED_BYTES];
};
bool trust_make_skey(const char *name, enum key_type type, const uint8_t seed[ED25519_SEED_BYTES],
	struct skey *ret);
bool trust_parse_skey(const char *text, struct skey *ret);
void trust_print_skey(const struct skey *key, struct buf *out);

/* ---- notes ---- */

struct note_line {
	struct bytes name, base64; /* within the note */
	uint32_t id;
};
struct note {
	struct bytes
		text; /* what is signed: up to and with the last newline before the blank line */
	int lines;
	struct note_line line[NOTE_SIGNATURES_MAX];
};
/* Points into `bytes`; false unless it is a signed note of at most NOTE_BYTES_MAX. */
bool trust_read_note(struct bytes bytes, struct note *ret);

enum signed_by {
	NOTE_UNSIGNED, /* no line of this key */
	NOTE_SIGNED,
	NOTE_SPOILT /* a line of this key does not hold */
};
/* Whether the note bears this key's signature; *ret_time (may be NULL) of a witness's, in seconds.
 */
enum signed_by trust_check_note(const struct note *note, const struct vkey *key, int64_t *ret_time);
/* The signature of `key` over the text, as a line of a note; a witness states `time` (seconds). */
void trust_sign_note(struct bytes text, const struct skey *key, int64_t time, struct buf *out);
/* The line of this key in the note, with its newline; n 0 when there is none. */
struct bytes trust_find_line(const struct note *note, const struct vkey *key);

/* ---- checkpoints ---- */

struct checkpoint {
	char origin[KEY_NAME_MAX + 1];
	struct tree_head head;
};
/* Reads a note's text; extension lines are allowed and ignored. */
bool trust_read_checkpoint(struct bytes text, struct checkpoint *ret);
/* The three lines. */
void trust_print_checkpoint(const struct checkpoint *checkpoint, struct buf *out);

/* ---- proofs that travel ---- */

#define TLOG_PROOF_FIRST_LINE "c2sp.org/tlog-proof@v1"

struct tlog_proof {
	struct bytes extra; /* base64, as it stands; n 0: none */
	int64_t index;
	struct log_proof proof;
	struct bytes note; /* the checkpoint */
};
/* Reads a tlog-proof; the note in it is not yet read. Points into `bytes`. */
bool trust_read_tlog_proof(struct bytes bytes, struct tlog_proof *ret);
/* Writes one; `note` ends with a newline. */
void trust_print_tlog_proof(
	int64_t index, const struct log_proof *proof, struct bytes note, struct buf *out);

/* Lines of base64 hashes, as proofs travel over HTTP; at most PROOF_MAX, nothing else. */
bool trust_read_hashes(struct bytes text, struct log_proof *ret);
void trust_print_hashes(const struct log_proof *proof, struct buf *out);
/* Whether there are only letters of base64: libsodium takes bytes above 127 for some of them. */
bool trust_is_base64(struct bytes text);
/* One hash, exactly. */
bool trust_read_hash(struct bytes base64, struct hash *ret);
void trust_print_hash(struct hash hash, char ret[45]);

#endif
