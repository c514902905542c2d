/*
 * Proofs out of the store. A node of the tree stands at a height; the store keeps those of heights
 * 0, 8, 16 ..., and what lies between is hashed from at most 128 of them.
 *
 * The nodes of one level are read 256 at a time, a tile: all a proof needs at eight heights lies in
 * the tile of its leaf and in that of the tree's right edge.
 */
#include "trust/trust_int.h"
#include "trust/trust_proof.h"

#include <assert.h>

#define TILE_NODES 256
#define TILES_KEPT 16 /* two for each of eight levels */

struct tile {
	int level, count;
	int64_t index;
	struct hash node[TILE_NODES];
};

struct tile_reader {
	struct tx *tx;
	int tiles;
	struct tile *tile[TILES_KEPT];
};

static enum err read_tile(struct tx *tx, struct tile *t)
{
	int64_t from = t->index * TILE_NODES;
	return t->level == 0 ? trust_list_leaves(tx, from, t->node, TILE_NODES, &t->count)
			     : trust_list_nodes(tx, t->level, from, t->node, TILE_NODES, &t->count);
}

static enum err find_tile(struct tile_reader *r, int level, int64_t index, const struct tile **ret)
{
	for (int i = 0; i < r->tiles; i++) {
		if (r->tile[i]->level != level || r->tile[i]->index != index)
			continue;
		*ret = r->tile[i];
		return OK;
	}
	assert(r->tiles < TILES_KEPT);
	struct tile *t = ARENA_NEW(r->tx->arena, struct tile);
	t->level = level;
	t->index = index;
	*ret = r->tile[r->tiles++] = t;
	return read_tile(r->tx, t);
}

/* E_CONFLICT when the store does not hold what it must. */
static enum err load_subtree(struct tile_reader *r, struct subtree s, struct hash *ret)
{
	struct frontier f = {0};
	const struct tile *t;
	int level = s.height / 8, within = s.height % 8;
	int64_t first = s.index << within;
	enum err e = find_tile(r, level, first / TILE_NODES, &t);
	if (e)
		return e;
	int at = (int)(first % TILE_NODES), count = 1 << within;
	if (at + count > t->count)
		return E_CONFLICT;
	for (int i = 0; i < count; i++)
		trust_append(&f, t->node[at + i]);
	*ret = trust_root(&f);
	return OK;
}

static enum err load_run(struct tile_reader *r, struct leaf_run run, struct hash *ret)
{
	struct subtree subtree[SUBTREES_MAX];
	struct hash node[SUBTREES_MAX];
	int count = trust_split_run(run, subtree);
	for (int i = 0; i < count; i++) {
		enum err e = load_subtree(r, subtree[i], &node[i]);
		if (e)
			return e;
	}
	*ret = trust_fold_run(node, count);
	return OK;
}

static enum err load_plan(struct tx *tx, const struct proof_plan *plan, struct log_proof *ret)
{
	struct tile_reader r = {.tx = tx};
	ret->count = plan->count;
	for (int i = 0; i < plan->count; i++) {
		enum err e = load_run(&r, plan->run[i], &ret->hash[i]);
		if (e)
			return e;
	}
	return OK;
}

/* E_NOT_FOUND when the log holds fewer leaves. */
static enum err check_size(struct tx *tx, int64_t size)
{
	struct frontier f;
	enum err e = trust_load_frontier(tx, &f);
	return e ? e : size >= 0 && size <= f.size ? OK : E_NOT_FOUND;
}

enum err trust_load_root_at(struct tx *tx, int64_t size, struct hash *ret_root)
{
	struct tile_reader r = {.tx = tx};
	enum err e = check_size(tx, size);
	if (e)
		return e;
	if (size > 0)
		return load_run(&r, (struct leaf_run){0, size}, ret_root);
	*ret_root = hash_of("", 0);
	return OK;
}

enum err trust_load_inclusion(
	struct tx *tx, int64_t index, int64_t size, struct log_proof *ret_proof)
{
	struct proof_plan plan;
	enum err e = check_size(tx, size);
	if (e || index < 0 || index >= size)
		return e ? e : E_NOT_FOUND;
	trust_plan_inclusion(index, size, &plan);
	return load_plan(tx, &plan, ret_proof);
}

enum err trust_load_consistency(
	struct tx *tx, int64_t earlier, int64_t size, struct log_proof *ret_proof)
{
	struct proof_plan plan;
	enum err e = check_size(tx, size);
	if (e || earlier < 0 || earlier > size)
		return e ? e : E_NOT_FOUND;
	trust_plan_consistency(earlier, size, &plan);
	return load_plan(tx, &plan, ret_proof);
}

/* ---- keeping the nodes ---- */

enum err trust_add_full_nodes(struct tx *tx, int64_t size, const struct hash *full, int levels)
{
	for (int level = 1; level <= levels; level++) {
		int64_t index = (size >> (8 * level)) - 1;
		enum err e = trust_add_node(tx, level, index, full[level - 1]);
		if (e)
			return e;
	}
	return OK;
}
