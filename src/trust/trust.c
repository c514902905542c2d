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
	*ret = (struct leaf_place){.index = index, .hash = leaf->hash, .at = leaf->at_ms};
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
	if ((e = trust_add_leaves(tx, frontier.size, leaf, count)))
		return e;
	for (int i = 0; i < count; i++) {
		struct hash full[FULL_LEVELS];
		int levels = trust_append_full(&frontier, leaf[i].hash, full);
		if ((e = trust_add_full_nodes(tx, frontier.size, full, levels)))
			return e;
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

/* ---- every leaf again ---- */

/* A walk over the stored leaves from the first on, and what is done with each full subtree. */
struct walk {
	struct tx tx; /* with the arena of a page, so that memory does not grow with the log */
	struct hash *page;
	struct frontier frontier;
	int64_t until; /* leaves to walk over; INT64_MAX: all */
	int64_t nodes, wrong_nodes;
	enum err (*full)(struct walk *w, const struct hash *full, int levels);
};

static enum err walk_page(struct walk *w, int *ret_count)
{
	struct hash full[FULL_LEVELS];
	int64_t left = w->until - w->frontier.size;
	int max = left < RECOMPUTE_PAGE ? (int)left : RECOMPUTE_PAGE;
	enum err e = trust_list_leaves(&w->tx, w->frontier.size, w->page, max, ret_count);
	for (int i = 0; i < *ret_count && !e; i++) {
		int levels = trust_append_full(&w->frontier, w->page[i], full);
		if (levels)
			e = w->full(w, full, levels);
	}
	arena_reset(w->tx.arena);
	return e;
}

static enum err walk_leaves(struct tx *tx, struct walk *w)
{
	struct arena rows;
	int count = RECOMPUTE_PAGE;
	enum err e = OK;
	w->tx = *tx;
	w->tx.arena = &rows;
	w->page = ARENA_ARRAY(tx->arena, RECOMPUTE_PAGE, struct hash);
	arena_init(&rows, RECOMPUTE_ARENA_BYTES);
	while (count == RECOMPUTE_PAGE && !e)
		e = walk_page(w, &count);
	arena_release(&rows);
	return e;
}

static enum err compare_nodes(struct walk *w, const struct hash *full, int levels)
{
	for (int level = 1; level <= levels; level++) {
		struct hash kept;
		int count = 0;
		enum err e = trust_list_nodes(
			&w->tx, level, (w->frontier.size >> (8 * level)) - 1, &kept, 1, &count);
		if (e && e != E_CONFLICT)
			return e;
		w->nodes++;
		w->wrong_nodes += e || count == 0 ||
				  memcmp(kept.b, full[level - 1].b, sizeof kept.b) != 0;
	}
	return OK;
}

enum err trust_recompute_root(
	struct tx *tx, int64_t *ret_size, struct hash *ret_root, int64_t *ret_wrong_nodes)
{
	struct walk w = {.until = INT64_MAX, .full = compare_nodes};
	int64_t kept;
	enum err e = walk_leaves(tx, &w);
	if (e || (e = trust_count_nodes(tx, &kept)))
		return e;
	*ret_size = w.frontier.size;
	*ret_root = trust_root(&w.frontier);
	*ret_wrong_nodes = w.wrong_nodes + (kept > w.nodes ? kept - w.nodes : 0);
	return OK;
}

static enum err keep_nodes(struct walk *w, const struct hash *full, int levels)
{
	return trust_add_full_nodes(&w->tx, w->frontier.size, full, levels);
}

enum err trust_fill_nodes(struct tx *tx)
{
	struct walk w = {.full = keep_nodes};
	enum err e = trust_load_bare(tx, &w.until);
	if (e || w.until == 0)
		return e;
	e = walk_leaves(tx, &w);
	return e ? e : trust_set_filled(tx);
}

const struct slice trust_slice = {
	.name = "trust",
	.stmts = trust_stmts,
	.stmt_count = TRUST_STMTS,
	.project = trust_project,
};
