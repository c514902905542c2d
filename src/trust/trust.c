/*
 * The log as the other slices see it: leaves are collected while handlers run and numbered once per
 * batch. Who needs a leaf's index at once (a receipt) learns the one it will get: nobody else
 * writes to this log before the batch has ended.
 *
 * A leaf is salted at once, so that a short payload (a mode, a yes or no) cannot be guessed from
 * the published tree; erasing salt and payload later erases the person while the proof stands. The
 * frontier row is read and written once per batch, whatever the batch holds.
 */
#include "trust/trust_int.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define LEAF_SALT_BYTES       sizeof(((struct pending_leaf *)0)->salt)
#define RECOMPUTE_PAGE        8192
#define RECOMPUTE_ARENA_BYTES ((size_t)16 * 1024 * 1024)

/* Salts are drawn from the system 128 at a time, and each is used once. */
static void draw_salt(uint8_t salt[LEAF_SALT_BYTES])
{
	static __thread uint8_t drawn[128 * LEAF_SALT_BYTES];
	static __thread size_t left;
	if (left == 0) {
		randombytes_buf(drawn, sizeof(drawn));
		left = sizeof(drawn);
	}
	left -= LEAF_SALT_BYTES;
	memcpy(salt, drawn + left, LEAF_SALT_BYTES);
	sodium_memzero(drawn + left, LEAF_SALT_BYTES);
}

static struct pending_leaf make_leaf(
	const struct tx *tx, enum leaf_kind kind, int64_t subject_id, struct bytes payload)
{
	struct pending_leaf leaf = {
		.kind = (int)kind, .at_ms = tx->now_ms, .subject_id = subject_id};
	draw_salt(leaf.salt);
	leaf.hash = trust_leaf_hash(kind, leaf.at_ms, trust_commitment(leaf.salt, payload));
	return leaf;
}

void trust_add_leaf(
	struct tx *tx, enum leaf_kind kind, int64_t subject_id, const void *payload, size_t n)
{
	changes_add_leaf(tx->changes, make_leaf(tx, kind, subject_id, (struct bytes){payload, n}));
}

enum err trust_next_index(struct tx *tx, int64_t *ret_index)
{
	int pending;
	changes_leaves(tx->changes, &pending);
	if (changes_leaf_base(tx->changes) < 0) {
		struct frontier frontier;
		enum err e = trust_load_frontier(tx, &frontier);
		if (e)
			return e;
		changes_set_leaf_base(tx->changes, frontier.size);
	}
	*ret_index = changes_leaf_base(tx->changes) + pending;
	return OK;
}

enum err trust_add_leaf_at(struct tx *tx, enum leaf_kind kind, int64_t subject_id,
	const void *payload, size_t n, struct leaf_place *ret)
{
	enum err e = trust_next_index(tx, &ret->index);
	if (e)
		return e;
	struct pending_leaf leaf = make_leaf(tx, kind, subject_id, (struct bytes){payload, n});
	changes_add_leaf(tx->changes, leaf);
	ret->hash = leaf.hash;
	memcpy(ret->salt, leaf.salt, sizeof(ret->salt));
	return OK;
}

/* One of this batch, which has its index but no row yet. */
static enum err find_pending(struct tx *tx, int64_t index, struct leaf_place *ret)
{
	int64_t next;
	int count;
	const struct pending_leaf *leaf = changes_leaves(tx->changes, &count);
	enum err e = trust_next_index(tx, &next);
	if (e)
		return e;
	if (index >= next || index < next - count)
		return E_NOT_FOUND;
	leaf += index - (next - count);
	*ret = (struct leaf_place){.index = index, .hash = leaf->hash};
	memcpy(ret->salt, leaf->salt, sizeof ret->salt);
	return OK;
}

enum err trust_load_leaf(struct tx *tx, int64_t index, struct leaf_place *ret)
{
	if (tx->changes) {
		enum err e = find_pending(tx, index, ret);
		if (e != E_NOT_FOUND)
			return e;
	}
	return trust_load_leaf_row(tx, index, ret);
}

static enum err trust_project(struct tx *tx)
{
	int count;
	const struct pending_leaf *leaf = changes_leaves(tx->changes, &count);
	struct frontier frontier;
	enum err e;
	if (count == 0)
		return OK;
	if ((e = trust_load_frontier(tx, &frontier)))
		return e;
	assert(changes_leaf_base(tx->changes) < 0 ||
		changes_leaf_base(tx->changes) == frontier.size);
	for (int i = 0; i < count; i++) {
		if ((e = trust_add_leaf_row(tx, frontier.size, &leaf[i])))
			return e;
		trust_append(&frontier, leaf[i].hash);
	}
	return trust_set_frontier(tx, &frontier);
}

enum err trust_load_root(struct tx *tx, int64_t *ret_size, struct hash *ret_root)
{
	struct frontier frontier;
	enum err e = trust_load_frontier(tx, &frontier);
	if (e)
		return e;
	*ret_size = frontier.size;
	*ret_root = trust_root(&frontier);
	return OK;
}

/* Appends every stored leaf, a page at a time, so that memory does not grow with the log. */
static enum err append_stored_leaves(struct tx *tx, struct hash *page, struct frontier *frontier)
{
	int count = RECOMPUTE_PAGE;
	while (count == RECOMPUTE_PAGE) {
		enum err e = trust_list_leaves(tx, frontier->size, page, RECOMPUTE_PAGE, &count);
		arena_reset(tx->arena);
		if (e)
			return e;
		for (int i = 0; i < count; i++)
			trust_append(frontier, page[i]);
	}
	return OK;
}

enum err trust_recompute_root(struct tx *tx, int64_t *ret_size, struct hash *ret_root)
{
	struct arena rows;
	struct tx paged = *tx;
	struct frontier frontier = {0};
	struct hash *page = ARENA_ARRAY(tx->arena, RECOMPUTE_PAGE, struct hash);
	arena_init(&rows, RECOMPUTE_ARENA_BYTES);
	paged.arena = &rows;
	enum err e = append_stored_leaves(&paged, page, &frontier);
	arena_release(&rows);
	if (e)
		return e;
	*ret_size = frontier.size;
	*ret_root = trust_root(&frontier);
	return OK;
}

const struct slice trust_slice = {
	.name = "trust",
	.stmts = trust_stmts,
	.stmt_count = TRUST_STMTS,
	.project = trust_project,
};
