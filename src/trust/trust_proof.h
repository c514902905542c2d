/*
 * Proofs over the log of trust.h (RFC 9162 2.1.3, 2.1.4): that a leaf lies in a tree, and that a
 * later tree is the earlier one with more leaves behind it.
 *
 * A proof is a list of roots of runs of leaves. Which runs is a matter of two numbers, hence a
 * plan; each run falls into full subtrees, whose roots the store keeps for every 256^n leaves.
 * Checking needs nothing but the proof. All of it is pure but trust_load_*.
 */
#ifndef LUWES_TRUST_TRUST_PROOF_H
#define LUWES_TRUST_TRUST_PROOF_H

#include "base/err.h"
#include "base/hash.h"

#include <stdbool.h>

struct tx;

#define PROOF_MAX 64 /* a tree of 2^62 leaves needs 62; its consistency one more */

struct log_proof {
	int count;
	struct hash hash[PROOF_MAX]; /* from the leaf towards the root */
};

/* A root that was said of a tree of so many leaves. */
struct tree_head {
	int64_t size;
	struct hash root;
};

/* ---- what a proof consists of ---- */

/* Leaves [from, to). */
struct leaf_run {
	int64_t from, to;
};
struct proof_plan {
	int count;
	struct leaf_run run[PROOF_MAX];
};
/* Runs whose roots prove leaf `index` in a tree of `size`; 0 <= index < size. */
void trust_plan_inclusion(int64_t index, int64_t size, struct proof_plan *ret);
/* Runs whose roots prove that the tree of `size` begins with that of `earlier`; 0 <= earlier <=
 * size. None when earlier is 0 or equal. */
void trust_plan_consistency(int64_t earlier, int64_t size, struct proof_plan *ret);

/* The subtree over leaves [index << height, (index + 1) << height). */
struct subtree {
	int height;
	int64_t index;
};
#define SUBTREES_MAX 126
/* The full subtrees a run falls into, from left to right; how many. */
int trust_split_run(struct leaf_run run, struct subtree ret[SUBTREES_MAX]);
/* Root of a run from the roots of its subtrees: folds `node` from the right. `count` > 0. */
struct hash trust_fold_run(const struct hash *node, int count);

/* ---- checking ---- */

/* Whether the proof shows `leaf` at `index` of the tree. */
bool trust_is_included(struct hash leaf, int64_t index, const struct tree_head *tree,
	const struct log_proof *proof);
/* Whether the proof shows that `later` begins with all of `earlier`. Every tree begins with the
 * empty one. */
bool trust_is_consistent(const struct tree_head *earlier, const struct tree_head *later,
	const struct log_proof *proof);

/* What one who follows a log makes of a new head. */
enum growth {
	GROWTH_NONE, /* the same size and root */
	GROWTH_GOOD, /* longer, and begins with what was known */
	GROWTH_SHRUNK,
	GROWTH_FORKED /* as long with another root, or longer and not a continuation */
};
/* `known.size` 0: nothing is known yet, anything grows from it. */
enum growth trust_judge_growth(const struct tree_head *known, const struct tree_head *offered,
	const struct log_proof *proof);

/* ---- from the store ---- */

/* Root of the first `size` leaves; E_NOT_FOUND when the log is shorter. */
enum err trust_load_root_at(struct tx *tx, int64_t size, struct hash *ret_root);
/* Proof of leaf `index` in the first `size` leaves; E_NOT_FOUND unless index < size <= log. Reads
 * at most 512 hashes for each 256-fold of the size. */
enum err trust_load_inclusion(
	struct tx *tx, int64_t index, int64_t size, struct log_proof *ret_proof);
/* Proof from one size to another; E_NOT_FOUND unless earlier <= size <= log. */
enum err trust_load_consistency(
	struct tx *tx, int64_t earlier, int64_t size, struct log_proof *ret_proof);

#endif
