/*
 * The tables of the tree: leaves by index, the one row that lets it grow without reading them
 * again, and the roots of full subtrees that proofs are made of. All are written in the transaction
 * of the facts they speak of.
 */
#include "trust/trust_int.h"

#include <string.h>

static struct db_stmt LOAD_FRONTIER = {"trust_load_frontier",
	"SELECT size, nodes FROM trust_frontier WHERE government_id = $1", 0};

enum err trust_load_frontier(struct tx *tx, struct frontier *ret)
{
	struct bytes nodes = {0};
	*ret = (struct frontier){0};
	enum err e = db_load(tx, &LOAD_FRONTIER, BIND(db_int(tx->government.v)),
		INTO(to_int64(&ret->size), to_bytes(&nodes)));
	if (e == E_NOT_FOUND)
		return OK;
	if (e)
		return e;
	ret->nodes = __builtin_popcountll((uint64_t)ret->size);
	if (ret->size < 0 || nodes.n != (size_t)ret->nodes * sizeof(struct hash))
		return E_STORE;
	if (nodes.n)
		memcpy(ret->node, nodes.p, nodes.n);
	return OK;
}

static struct db_stmt SET_FRONTIER = {"trust_set_frontier",
	"INSERT INTO trust_frontier (government_id, size, nodes) VALUES ($1, $2, $3) "
	"ON CONFLICT (government_id) DO UPDATE SET size = excluded.size, nodes = excluded.nodes",
	0};

enum err trust_set_frontier(struct tx *tx, const struct frontier *f)
{
	return db_exec(tx, &SET_FRONTIER,
		BIND(db_int(tx->government.v), db_int(f->size),
			db_bytes(f->node, (size_t)f->nodes * sizeof(struct hash))),
		NULL);
}

static struct db_stmt ADD_LEAF = {"trust_add_leaf",
	"INSERT INTO trust_leaf (government_id, leaf_index, kind, at, subject_id, salt, leaf_hash) "
	"VALUES ($1, $2, $3, $4, $5, $6, $7)",
	0};

#define LEAF_COLUMNS   7
#define LEAVES_AT_ONCE 128

static void bind_leaf(
	struct db_value *v, const struct tx *tx, int64_t index, const struct pending_leaf *leaf)
{
	*v++ = db_int(tx->government.v);
	*v++ = db_int(index);
	*v++ = db_int(leaf->kind);
	*v++ = db_int(leaf->at_ms);
	*v++ = db_int(leaf->subject_id);
	*v++ = db_bytes(leaf->salt, sizeof(leaf->salt));
	*v = db_bytes(leaf->hash.b, sizeof(leaf->hash.b));
}

enum err trust_add_leaves(struct tx *tx, int64_t first, const struct pending_leaf *leaf, int count)
{
	struct db_value value[LEAVES_AT_ONCE * LEAF_COLUMNS];
	enum err e = OK;
	for (int at = 0; at < count && !e; at += LEAVES_AT_ONCE) {
		int n = count - at < LEAVES_AT_ONCE ? count - at : LEAVES_AT_ONCE;
		for (int i = 0; i < n; i++)
			bind_leaf(value + i * LEAF_COLUMNS, tx, first + at + i, &leaf[at + i]);
		e = db_exec_many(tx, &ADD_LEAF, (struct db_bind){value, LEAF_COLUMNS}, n, NULL);
	}
	return e;
}

static struct db_stmt LOAD_LEAF = {"trust_load_leaf",
	"SELECT leaf_hash, salt, at FROM trust_leaf WHERE government_id = $1 AND leaf_index = $2",
	0};

enum err trust_load_leaf_row(struct tx *tx, int64_t index, struct leaf_place *ret)
{
	struct bytes hash = {0}, salt = {0};
	enum err e = db_load(tx, &LOAD_LEAF, BIND(db_int(tx->government.v), db_int(index)),
		INTO(to_bytes(&hash), to_bytes(&salt), to_int64(&ret->at)));
	if (e)
		return e;
	if (hash.n != sizeof ret->hash.b || salt.n != sizeof ret->salt)
		return E_STORE;
	ret->index = index;
	memcpy(ret->hash.b, hash.p, hash.n);
	memcpy(ret->salt, salt.p, salt.n);
	return OK;
}

static struct db_stmt LIST_LEAVES = {"trust_list_leaves",
	"SELECT leaf_index, leaf_hash FROM trust_leaf WHERE government_id = $1 AND leaf_index >= "
	"$2 "
	"ORDER BY leaf_index LIMIT $3",
	0};

/* Hashes in a row: each under the index after the one before. */
static enum err take_hashes(
	struct db_rows *rows, int64_t from, struct hash *ret, int max, int *ret_count)
{
	int64_t index;
	struct bytes hash;
	bool is_whole = true;
	int n = 0;
	while (n < max && db_next(rows, INTO(to_int64(&index), to_bytes(&hash)))) {
		is_whole = is_whole && index == from + n && hash.n == sizeof(struct hash);
		if (is_whole)
			memcpy(ret[n].b, hash.p, hash.n);
		n++;
	}
	enum err e = db_end(rows);
	if (e)
		return e;
	*ret_count = n;
	return is_whole ? OK : E_CONFLICT;
}

enum err trust_list_leaves(
	struct tx *tx, int64_t from, struct hash *ret_leaf, int max, int *ret_count)
{
	struct db_rows rows;
	db_query(
		tx, &LIST_LEAVES, BIND(db_int(tx->government.v), db_int(from), db_int(max)), &rows);
	return take_hashes(&rows, from, ret_leaf, max, ret_count);
}

static struct db_stmt LIST_NODES = {"trust_list_nodes",
	"SELECT node_index, node_hash FROM trust_node WHERE government_id = $1 AND level = $2"
	" AND node_index >= $3 ORDER BY node_index LIMIT $4",
	0};

enum err trust_list_nodes(
	struct tx *tx, int level, int64_t from, struct hash *ret_node, int max, int *ret_count)
{
	struct db_rows rows;
	db_query(tx, &LIST_NODES,
		BIND(db_int(tx->government.v), db_int(level), db_int(from), db_int(max)), &rows);
	return take_hashes(&rows, from, ret_node, max, ret_count);
}

static struct db_stmt ADD_NODE = {"trust_add_node",
	"INSERT INTO trust_node (government_id, level, node_index, node_hash)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	0};

enum err trust_add_node(struct tx *tx, int level, int64_t index, struct hash node)
{
	return db_exec(tx, &ADD_NODE,
		BIND(db_int(tx->government.v), db_int(level), db_int(index),
			db_bytes(node.b, sizeof(node.b))),
		NULL);
}

static struct db_stmt COUNT_NODES = {
	"trust_count_nodes", "SELECT count(*) FROM trust_node WHERE government_id = $1", 0};

enum err trust_count_nodes(struct tx *tx, int64_t *ret_count)
{
	return db_load(tx, &COUNT_NODES, BIND(db_int(tx->government.v)), INTO(to_int64(ret_count)));
}

static struct db_stmt LOAD_BARE = {
	"trust_load_bare", "SELECT bare_size FROM trust_frontier WHERE government_id = $1", 0};

enum err trust_load_bare(struct tx *tx, int64_t *ret_size)
{
	enum err e = db_load(
		tx, &LOAD_BARE, BIND(db_int(tx->government.v)), INTO(to_int64(ret_size)));
	if (e == E_NOT_FOUND)
		*ret_size = 0;
	return e == E_NOT_FOUND ? OK : e;
}

static struct db_stmt SET_FILLED = {
	"trust_set_filled", "UPDATE trust_frontier SET bare_size = 0 WHERE government_id = $1", 0};

enum err trust_set_filled(struct tx *tx)
{
	return db_exec(tx, &SET_FILLED, BIND(db_int(tx->government.v)), NULL);
}

struct db_stmt *const trust_stmts[] = {&LOAD_FRONTIER, &SET_FRONTIER, &ADD_LEAF, &LIST_LEAVES,
	&LIST_NODES, &ADD_NODE, &COUNT_NODES, &LOAD_BARE, &SET_FILLED, &LOAD_LEAF};
