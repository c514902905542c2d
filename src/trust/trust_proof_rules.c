/*
 * RFC 9162: PATH (2.1.3.1), SUBPROOF (2.1.4.1) and the two verifications (2.1.3.2, 2.1.4.2).
 *
 * Both plans walk from the root down to where the question ends and are then turned round, because
 * a proof is listed from the leaf upwards.
 */
#include "trust/trust_proof.h"

#include "trust/trust.h"

#include <assert.h>
#include <string.h>

static bool is_same(struct hash a, struct hash b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

/* The largest power of two below n; n > 1. */
static int64_t split(int64_t n)
{
	return INT64_C(1) << (63 - __builtin_clzll((uint64_t)(n - 1)));
}

static void turn(struct proof_plan *plan)
{
	for (int i = 0, k = plan->count - 1; i < k; i++, k--) {
		struct leaf_run first = plan->run[i];
		plan->run[i] = plan->run[k];
		plan->run[k] = first;
	}
}

static void add(struct proof_plan *plan, int64_t from, int64_t to)
{
	assert(plan->count < PROOF_MAX);
	plan->run[plan->count++] = (struct leaf_run){from, to};
}

void trust_plan_inclusion(int64_t index, int64_t size, struct proof_plan *ret)
{
	int64_t from = 0, to = size;
	assert(index >= 0 && index < size);
	ret->count = 0;
	while (to - from > 1) {
		int64_t middle = from + split(to - from);
		if (index < middle) {
			add(ret, middle, to);
			to = middle;
		} else {
			add(ret, from, middle);
			from = middle;
		}
	}
	turn(ret);
}

void trust_plan_consistency(int64_t earlier, int64_t size, struct proof_plan *ret)
{
	int64_t from = 0, to = size;
	assert(earlier >= 0 && earlier <= size);
	ret->count = 0;
	if (earlier == 0)
		return;
	while (to != earlier) {
		int64_t middle = from + split(to - from);
		if (earlier <= middle) {
			add(ret, middle, to);
			to = middle;
		} else {
			add(ret, from, middle);
			from = middle;
		}
	}
	if (from > 0)
		add(ret, from, to);
	turn(ret);
}

int trust_split_run(struct leaf_run run, struct subtree ret[SUBTREES_MAX])
{
	int count = 0;
	assert(run.from >= 0 && run.from <= run.to);
	while (run.from < run.to) {
		int height = 63 - __builtin_clzll((uint64_t)(run.to - run.from));
		int aligned = run.from ? __builtin_ctzll((uint64_t)run.from) : 62;
		if (aligned < height)
			height = aligned;
		assert(count < SUBTREES_MAX);
		ret[count++] = (struct subtree){height, run.from >> height};
		run.from += INT64_C(1) << height;
	}
	return count;
}

struct hash trust_fold_run(const struct hash *node, int count)
{
	assert(count > 0);
	struct hash root = node[count - 1];
	for (int i = count - 2; i >= 0; i--)
		root = trust_node_hash(node[i], root);
	return root;
}

/* ---- checking ---- */

/* Up one level; past levels where the node has no sibling when it is the last of its row. */
static void climb(uint64_t *node, uint64_t *last, bool is_right)
{
	if (is_right && !(*node & 1)) {
		while (!(*node & 1) && *node) {
			*node >>= 1;
			*last >>= 1;
		}
	}
	*node >>= 1;
	*last >>= 1;
}

bool trust_is_included(struct hash leaf, int64_t index, const struct tree_head *tree,
	const struct log_proof *proof)
{
	if (index < 0 || index >= tree->size || proof->count < 0 || proof->count > PROOF_MAX)
		return false;
	uint64_t node = (uint64_t)index, last = (uint64_t)tree->size - 1;
	struct hash root = leaf;
	for (int i = 0; i < proof->count; i++) {
		bool is_right = (node & 1) || node == last;
		if (last == 0)
			return false;
		root = is_right ? trust_node_hash(proof->hash[i], root)
				: trust_node_hash(root, proof->hash[i]);
		climb(&node, &last, is_right);
	}
	return last == 0 && is_same(root, tree->root);
}

/* 2.1.4.2 from step 4 on; `hash` begins with a node both trees have. */
static bool is_grown(const struct tree_head *earlier, const struct tree_head *later,
	const struct hash *hash, int count)
{
	uint64_t node = (uint64_t)earlier->size - 1, last = (uint64_t)later->size - 1;
	for (; node & 1; node >>= 1)
		last >>= 1;
	struct hash first = hash[0], second = hash[0];
	for (int i = 1; i < count; i++) {
		bool is_right = (node & 1) || node == last;
		if (last == 0)
			return false;
		if (is_right) {
			first = trust_node_hash(hash[i], first);
			second = trust_node_hash(hash[i], second);
		} else {
			second = trust_node_hash(second, hash[i]);
		}
		climb(&node, &last, is_right);
	}
	return last == 0 && is_same(first, earlier->root) && is_same(second, later->root);
}

bool trust_is_consistent(const struct tree_head *earlier, const struct tree_head *later,
	const struct log_proof *proof)
{
	struct hash hash[PROOF_MAX + 1];
	int count = 0;
	if (earlier->size < 0 || earlier->size > later->size || proof->count < 0 ||
		proof->count > PROOF_MAX)
		return false;
	if (earlier->size == 0)
		return proof->count == 0 && is_same(earlier->root, hash_of("", 0)) &&
		       (later->size > 0 || is_same(later->root, earlier->root));
	if (earlier->size == later->size)
		return proof->count == 0 && is_same(earlier->root, later->root);
	if (proof->count == 0)
		return false;
	if ((earlier->size & (earlier->size - 1)) == 0)
		hash[count++] = earlier->root; /* a full subtree of the later tree */
	memcpy(hash + count, proof->hash, (size_t)proof->count * sizeof *hash);
	return is_grown(earlier, later, hash, count + proof->count);
}

enum growth trust_judge_growth(const struct tree_head *known, const struct tree_head *offered,
	const struct log_proof *proof)
{
	if (offered->size < known->size)
		return GROWTH_SHRUNK;
	if (offered->size == known->size)
		return known->size == 0 || is_same(known->root, offered->root) ? GROWTH_NONE
									       : GROWTH_FORKED;
	if (known->size == 0 || trust_is_consistent(known, offered, proof))
		return GROWTH_GOOD;
	return GROWTH_FORKED;
}
