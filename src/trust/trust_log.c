/*
 * Taking in what signers and witnesses hand in, and holding the latest head against the tree.
 *
 * Signatures are looked at before the transaction and the keys once more within it, because a key
 * may have ended in between. Nothing is kept of a note but what a registered key signed.
 */
#include "trust/trust_log_int.h"

#include "base/str.h"
#include "platform/clock.h"
#include "trust/trust.h"

#include <string.h>

const char *const note_fault_reasons[] = {"", "not a signed checkpoint",
	"not signed by a registered key", "not the head of this log", "an older head"};

/* ---- keys ---- */

static bool is_same_key(const struct vkey *a, const struct vkey *b)
{
	return a->type == b->type && str_eq(a->name, b->name) &&
	       memcmp(a->key, b->key, sizeof a->key) == 0;
}

static enum err end_key(struct tx *tx, const struct log_key *key)
{
	struct buf fact;
	enum err e = trust_end_key_row(tx, key->id, tx->now_ms);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_str(&fact, "log key ended ");
	trust_print_vkey(&key->key, &fact);
	trust_add_leaf(tx, LEAF_LOG_KEY, key->id, fact.p, fact.n);
	return OK;
}

/* One key signs the log; a witness has one key of his name. */
static enum err end_former(
	struct tx *tx, const struct log_key *list, int count, const struct vkey *successor)
{
	enum err e = OK;
	for (int i = 0; i < count && !e; i++) {
		const struct vkey *k = &list[i].key;
		if (list[i].valid_to || k->type != successor->type)
			continue;
		if (k->type == KEY_LOG || str_eq(k->name, successor->name))
			e = end_key(tx, &list[i]);
	}
	return e;
}

enum err trust_add_key(struct tx *tx, struct log_key *key)
{
	struct log_key *list = ARENA_ARRAY(tx->arena, LOG_KEYS_MAX, struct log_key);
	struct buf fact;
	int count;
	enum err e = trust_list_keys(tx, list, &count);
	if (e)
		return e;
	for (int i = 0; i < count; i++)
		if (!list[i].valid_to && is_same_key(&list[i].key, &key->key))
			return E_CONFLICT;
	if (count == LOG_KEYS_MAX)
		return E_REFUSED;
	key->id = id_next();
	key->valid_from = tx->now_ms;
	key->valid_to = 0;
	if ((e = end_former(tx, list, count, &key->key)) || (e = trust_add_key_row(tx, key)))
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_str(&fact, "log key ");
	trust_print_vkey(&key->key, &fact);
	buf_printf(&fact, " letter %s", key->letter);
	trust_add_leaf(tx, LEAF_LOG_KEY, key->id, fact.p, fact.n);
	return OK;
}

enum err trust_end_key(struct tx *tx, int64_t id)
{
	struct log_key *list = ARENA_ARRAY(tx->arena, LOG_KEYS_MAX, struct log_key);
	int count;
	enum err e = trust_list_keys(tx, list, &count);
	for (int i = 0; i < count && !e; i++)
		if (list[i].id == id && !list[i].valid_to)
			return end_key(tx, &list[i]);
	return e ? e : E_NOT_FOUND;
}

/* ---- reading what is handed in ---- */

static bool read_checkpoint(struct bytes note, struct handed_in *ret)
{
	return trust_read_note(note, &ret->note) &&
	       trust_read_checkpoint(ret->note.text, &ret->checkpoint);
}

/* The log's key in force, when it signed. */
static enum note_fault find_signer(const struct log_key *list, int count, struct handed_in *ret)
{
	for (int i = 0; i < count; i++) {
		const struct vkey *k = &list[i].key;
		if (list[i].valid_to || k->type != KEY_LOG ||
			!str_eq(k->name, ret->checkpoint.origin) ||
			trust_check_note(&ret->note, k, NULL) != NOTE_SIGNED)
			continue;
		ret->log = list[i];
		return NOTE_GOOD;
	}
	return NOTE_OF_NOBODY;
}

/* Every witness in force who signed; one whose signature does not hold spoils it. */
static enum note_fault find_cosigners(const struct log_key *list, int count, struct handed_in *ret)
{
	ret->cosigners = 0;
	for (int i = 0; i < count; i++) {
		int64_t time;
		if (list[i].valid_to || list[i].key.type != KEY_WITNESS)
			continue;
		enum signed_by by = trust_check_note(&ret->note, &list[i].key, &time);
		if (by == NOTE_SPOILT || (by == NOTE_SIGNED && time > INT64_MAX / 1000))
			return NOTE_OF_NOBODY;
		if (by == NOTE_UNSIGNED)
			continue;
		ret->stated_at[ret->cosigners] = time * 1000;
		ret->cosigner[ret->cosigners++] = list[i];
	}
	return ret->cosigners ? NOTE_GOOD : NOTE_OF_NOBODY;
}

static enum err read_handed_in(struct tx *tx, struct bytes note, struct handed_in *ret,
	enum note_fault (*find)(const struct log_key *list, int count, struct handed_in *ret),
	enum note_fault *ret_fault)
{
	struct log_key *list = ARENA_ARRAY(tx->arena, LOG_KEYS_MAX, struct log_key);
	int count;
	*ret_fault = NOTE_MALFORMED;
	if (!read_checkpoint(note, ret))
		return OK;
	enum err e = trust_list_keys(tx, list, &count);
	if (!e)
		*ret_fault = find(list, count, ret);
	return e;
}

enum err trust_read_signed(
	struct tx *tx, struct bytes note, struct handed_in *ret, enum note_fault *ret_fault)
{
	return read_handed_in(tx, note, ret, find_signer, ret_fault);
}

enum err trust_read_cosigned(
	struct tx *tx, struct bytes note, struct handed_in *ret, enum note_fault *ret_fault)
{
	return read_handed_in(tx, note, ret, find_cosigners, ret_fault);
}

/* ---- keeping it ---- */

static enum err is_in_force(struct tx *tx, int64_t id, bool *ret)
{
	struct log_key *list = ARENA_ARRAY(tx->arena, LOG_KEYS_MAX, struct log_key);
	int count;
	enum err e = trust_list_keys(tx, list, &count);
	*ret = false;
	for (int i = 0; i < count && !e; i++)
		*ret = *ret || (list[i].id == id && !list[i].valid_to);
	return e;
}

static bool is_same_root(const struct tree_head *a, const struct tree_head *b)
{
	return a->size == b->size && memcmp(a->root.b, b->root.b, sizeof a->root.b) == 0;
}

/* Whether the tree has this root at this size. */
static enum err is_of_tree(struct tx *tx, const struct tree_head *head, bool *ret)
{
	struct tree_head ours = {.size = head->size};
	enum err e = trust_load_root_at(tx, head->size, &ours.root);
	*ret = !e && is_same_root(&ours, head);
	return e == E_NOT_FOUND ? OK : e;
}

/* The text and the line of the log's key, and nothing that came with them. */
static struct bytes strip(struct arena *arena, const struct handed_in *in)
{
	struct bytes line = trust_find_line(&in->note, &in->log.key);
	struct buf b;
	buf_init(&b, arena, in->note.text.n + line.n + 2);
	buf_add(&b, in->note.text.p, in->note.text.n);
	buf_char(&b, '\n');
	buf_add(&b, line.p, line.n);
	return (struct bytes){(const uint8_t *)b.p, b.n};
}

enum err trust_keep_signed(struct tx *tx, const struct handed_in *in, enum note_fault *ret_fault)
{
	const struct tree_head *head = &in->checkpoint.head;
	struct signed_head latest = {.checkpoint.head.size = -1};
	bool is_good;
	enum err e = is_in_force(tx, in->log.id, &is_good);
	*ret_fault = NOTE_OF_NOBODY;
	if (e || !is_good)
		return e;
	*ret_fault = NOTE_OTHER_TREE;
	if ((e = is_of_tree(tx, head, &is_good)) || !is_good)
		return e;
	e = trust_load_latest_head(tx, &latest);
	if (e && e != E_NOT_FOUND)
		return e;
	*ret_fault = latest.checkpoint.head.size > head->size ? NOTE_OLD : NOTE_GOOD;
	if (latest.checkpoint.head.size >= head->size)
		return OK;
	struct signed_head fresh = {in->checkpoint, strip(tx->arena, in), tx->now_ms};
	return trust_add_head(tx, &fresh);
}

enum err trust_keep_cosigned(struct tx *tx, const struct handed_in *in, enum note_fault *ret_fault)
{
	struct signed_head head;
	bool is_good;
	enum err e = trust_load_head(tx, in->checkpoint.head.size, &head);
	*ret_fault = NOTE_OTHER_TREE;
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	const struct bytes text = in->note.text;
	if (head.note.n <= text.n || head.note.p[text.n] != '\n' ||
		memcmp(head.note.p, text.p, text.n) != 0)
		return OK; /* the same size, another text */
	*ret_fault = NOTE_OF_NOBODY;
	for (int i = 0; i < in->cosigners; i++) {
		const struct log_key *k = &in->cosigner[i];
		struct bytes line = trust_find_line(&in->note, &k->key);
		if ((e = is_in_force(tx, k->id, &is_good)) || !is_good)
			return e;
		if ((e = trust_set_cosignature(
			     tx, head.checkpoint.head.size, k->id, in->stated_at[i], line)))
			return e;
	}
	*ret_fault = NOTE_GOOD;
	return OK;
}

enum err trust_join_head(struct tx *tx, const struct signed_head *head, struct bytes *ret_note)
{
	struct buf b;
	buf_init(&b, tx->arena, head->note.n + 1024);
	buf_add(&b, head->note.p, head->note.n);
	enum err e = trust_add_cosignatures(
		tx, head->checkpoint.head.size, NOTE_SIGNATURES_MAX - 1, &b);
	*ret_note = (struct bytes){(const uint8_t *)b.p, b.n};
	return e;
}

enum err trust_load_tlog_proof(struct tx *tx, int64_t index, struct bytes *ret_text)
{
	struct signed_head head;
	struct log_proof proof;
	struct bytes note;
	struct buf b;
	enum err e = trust_load_head_over(tx, index, &head);
	if (e || (e = trust_load_inclusion(tx, index, head.checkpoint.head.size, &proof)) ||
		(e = trust_join_head(tx, &head, &note)))
		return e;
	buf_init(&b, tx->arena, note.n + 2048);
	trust_print_tlog_proof(index, &proof, note, &b);
	*ret_text = (struct bytes){(const uint8_t *)b.p, b.n};
	return OK;
}

/* ---- doctor ---- */

static bool is_signed_by_any(const struct signed_head *head, const struct log_key *list, int count)
{
	struct note note;
	if (!trust_read_note(head->note, &note))
		return false;
	for (int i = 0; i < count; i++)
		if (list[i].key.type == KEY_LOG &&
			str_eq(list[i].key.name, head->checkpoint.origin) &&
			trust_check_note(&note, &list[i].key, NULL) == NOTE_SIGNED)
			return true;
	return false;
}

enum err trust_check_head(struct tx *tx, enum head_fault *ret_fault)
{
	struct log_key *list = ARENA_ARRAY(tx->arena, LOG_KEYS_MAX, struct log_key);
	struct signed_head head;
	struct hash root;
	int64_t size;
	bool is_good;
	int count;
	enum err e = trust_load_latest_head(tx, &head);
	*ret_fault = HEAD_GOOD;
	if (e || (e = trust_load_root(tx, &size, &root)) ||
		(e = trust_list_keys(tx, list, &count)) ||
		(e = is_of_tree(tx, &head.checkpoint.head, &is_good)))
		return e == E_NOT_FOUND ? OK : e;
	if (head.checkpoint.head.size > size)
		*ret_fault = HEAD_BEYOND;
	else if (!is_good)
		*ret_fault = HEAD_OTHER_TREE;
	else if (!is_signed_by_any(&head, list, count))
		*ret_fault = HEAD_UNSIGNED;
	return OK;
}

const struct slice trust_log_slice = {
	.name = "log",
	.routes = trust_log_routes,
	.route_count = TRUST_LOG_ROUTES,
	.stmts = trust_log_stmts,
	.stmt_count = TRUST_LOG_STMTS,
};
