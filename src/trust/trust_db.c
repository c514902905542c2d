/*
 * The two tables of the log: leaves by index, and the one row that lets the tree grow without
 * reading them again. Both are written in the transaction of the facts they speak of.
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

enum err trust_add_leaf_row(struct tx *tx, int64_t index, const struct pending_leaf *leaf)
{
	return db_exec(tx, &ADD_LEAF,
		BIND(db_int(tx->government.v), db_int(index), db_int(leaf->kind),
			db_int(leaf->at_ms), db_int(leaf->subject_id),
			db_bytes(leaf->salt, sizeof(leaf->salt)),
			db_bytes(leaf->hash.b, sizeof(leaf->hash.b))),
		NULL);
}

static struct db_stmt LOAD_LEAF = {"trust_load_leaf",
	"SELECT leaf_hash, salt FROM trust_leaf WHERE government_id = $1 AND leaf_index = $2", 0};

enum err trust_load_leaf_row(struct tx *tx, int64_t index, struct leaf_place *ret)
{
	struct bytes hash = {0}, salt = {0};
	enum err e = db_load(tx, &LOAD_LEAF, BIND(db_int(tx->government.v), db_int(index)),
		INTO(to_bytes(&hash), to_bytes(&salt)));
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

enum err trust_list_leaves(
	struct tx *tx, int64_t from, struct hash *ret_leaf, int max, int *ret_count)
{
	struct db_rows rows;
	int64_t index;
	struct bytes hash;
	bool is_whole = true;
	int n = 0;
	db_query(
		tx, &LIST_LEAVES, BIND(db_int(tx->government.v), db_int(from), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO(to_int64(&index), to_bytes(&hash)))) {
		is_whole = is_whole && index == from + n && hash.n == sizeof(struct hash);
		if (is_whole)
			memcpy(ret_leaf[n].b, hash.p, hash.n);
		n++;
	}
	enum err e = db_end(&rows);
	if (e)
		return e;
	*ret_count = n;
	return is_whole ? OK : E_CONFLICT;
}

struct db_stmt *const trust_stmts[] = {
	&LOAD_FRONTIER, &SET_FRONTIER, &ADD_LEAF, &LIST_LEAVES, &LOAD_LEAF};
