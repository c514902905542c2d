/* What the files of trust share. */
#ifndef LUWES_TRUST_TRUST_INT_H
#define LUWES_TRUST_TRUST_INT_H

#include "platform/changes.h"
#include "platform/slice.h"
#include "trust/trust.h"

/* The frontier of the government; the empty one when nothing was ever logged. E_STORE when its row
 * is malformed. */
enum err trust_load_frontier(struct tx *tx, struct frontier *ret);
/* Writes it, replacing the row. */
enum err trust_set_frontier(struct tx *tx, const struct frontier *f);
/* Writes `count` leaves under indexes from `first` on. */
enum err trust_add_leaves(struct tx *tx, int64_t first, const struct pending_leaf *leaf, int count);

/* Hash and salt of a leaf that is written; E_NOT_FOUND, E_STORE when the row is malformed. */
enum err trust_load_leaf_row(struct tx *tx, int64_t index, struct leaf_place *ret);

/* Leaf hashes from index `from` on, at most `max`, into ret_leaf; E_CONFLICT when an index is
 * missing. */
enum err trust_list_leaves(
	struct tx *tx, int64_t from, struct hash *ret_leaf, int max, int *ret_count);

/* Roots of full subtrees of 256^level leaves (level >= 1), at most `max` from `from` on, as
 * trust_list_leaves. */
enum err trust_list_nodes(
	struct tx *tx, int level, int64_t from, struct hash *ret_node, int max, int *ret_count);
/* Writes one; the same again is ignored. */
enum err trust_add_node(struct tx *tx, int level, int64_t index, struct hash node);
enum err trust_count_nodes(struct tx *tx, int64_t *ret_count);
/* Writes those that became full with leaf number `size` (trust_append_full). */
enum err trust_add_full_nodes(struct tx *tx, int64_t size, const struct hash *full, int levels);
/* How many leaves, from the first on, are older than the nodes; 0 once they are filled in. */
enum err trust_load_bare(struct tx *tx, int64_t *ret_size);
enum err trust_set_filled(struct tx *tx);

/* Every statement of the slice. */
#define TRUST_STMTS 10
extern struct db_stmt *const trust_stmts[TRUST_STMTS];

#endif
