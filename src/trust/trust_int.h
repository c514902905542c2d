/* What the files of trust share. */
#ifndef LUWES_TRUST_TRUST_INT_H
#define LUWES_TRUST_TRUST_INT_H

#include "platform/changes.h"
#include "platform/slice.h"
#include "trust/trust.h"

#define TRUST_SALT_BYTES 16

/* SHA-256("luwes/leaf/1" | salt | payload): what a leaf commits to. Pure. */
struct hash trust_commitment(const uint8_t salt[TRUST_SALT_BYTES], struct bytes payload);

/* The frontier of the government; the empty one when nothing was ever logged. E_STORE when its row
 * is malformed. */
enum err trust_load_frontier(struct tx *tx, struct frontier *ret);
/* Writes it, replacing the row. */
enum err trust_set_frontier(struct tx *tx, const struct frontier *f);
/* Writes one leaf under its index. */
enum err trust_add_leaf_row(struct tx *tx, int64_t index, const struct pending_leaf *leaf);

/* Hash and salt of a leaf that is written; E_NOT_FOUND, E_STORE when the row is malformed. */
enum err trust_load_leaf_row(struct tx *tx, int64_t index, struct leaf_place *ret);

/* Leaf hashes from index `from` on, at most `max`, into ret_leaf; E_CONFLICT when an index is
 * missing. */
enum err trust_list_leaves(
	struct tx *tx, int64_t from, struct hash *ret_leaf, int max, int *ret_count);

/* Every statement of the slice. */
#define TRUST_STMTS 5
extern struct db_stmt *const trust_stmts[TRUST_STMTS];

#endif
