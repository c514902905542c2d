/*
 * Planning nodes as dated rows with their letter. Ended, never edited.
 */
#include "roster/roster_int.h"
#include "roster/roster_node.h"

#include "platform/clock.h"
#include "platform/db.h"
#include "trust/trust.h"

struct db_stmt ROSTER_LIST_NODES = {"roster_list_nodes",
	"SELECT node_id, unit_id, letter, valid_from, valid_to, set_at FROM roster_node"
	" WHERE government_id = $1 AND valid_to >= $2 ORDER BY node_id LIMIT $3",
	0};

enum err roster_list_nodes(
	struct tx *tx, int32_t day, struct roster_node_row *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_node_row row;
	int count = 0;
	db_query(tx, &ROSTER_LIST_NODES, BIND(db_int(tx->government.v), db_int(day), db_int(max)),
		&rows);
	while (db_next(&rows,
		INTO(to_int64(&row.node_id), to_int64(&row.unit.v), to_text(&row.letter),
			to_int32(&row.valid_from), to_int32(&row.valid_to), to_int64(&row.set_at))))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

enum err roster_load_nodes(struct tx *tx, int32_t day, struct roster_nodes *ret)
{
	struct roster_node_row *row = ARENA_ARRAY(
		tx->arena, ROSTER_NODES_MAX, struct roster_node_row);
	int count = 0;
	enum err e = roster_list_nodes(tx, day, row, ROSTER_NODES_MAX, &count);
	ret->count = 0;
	for (int i = 0; i < count && !e; i++)
		if (row[i].valid_from <= day)
			ret->unit[ret->count++] = row[i].unit;
	return e;
}

static bool is_node(const struct roster_nodes *nodes, struct unit_id unit)
{
	for (int i = 0; i < nodes->count; i++)
		if (nodes->unit[i].v == unit.v)
			return true;
	return false;
}

const struct org_unit *roster_node_of(
	const struct org_tree *tree, const struct roster_nodes *nodes, struct unit_id unit)
{
	const struct org_unit *u = org_find_unit(tree, unit);
	while (u && u->parent.v && !is_node(nodes, u->id))
		u = org_find_unit(tree, u->parent);
	return u;
}

static void add_leaf(struct tx *tx, int64_t node_id, const char *what, int64_t unit, int32_t day)
{
	struct buf content;
	buf_init(&content, tx->arena, 128);
	buf_printf(&content, "roster node %s %lld %lld %d\n", what, (long long)node_id,
		(long long)unit, (int)day);
	trust_add_leaf(tx, LEAF_ROSTER, node_id, content.p, content.n);
}

struct db_stmt ROSTER_ADD_NODE = {"roster_add_node",
	"INSERT INTO roster_node (government_id, node_id, unit_id, letter, valid_from, valid_to,"
	" set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

enum err roster_add_node(
	struct tx *tx, struct unit_id unit, const char *letter, int32_t from, struct employee_id by)
{
	struct roster_node_row *row = ARENA_ARRAY(
		tx->arena, ROSTER_NODES_MAX, struct roster_node_row);
	int count = 0;
	int64_t node_id = id_next();
	enum err e = roster_list_nodes(tx, from, row, ROSTER_NODES_MAX, &count);
	for (int i = 0; i < count && !e; i++)
		if (row[i].unit.v == unit.v)
			return E_CONFLICT;
	if (e || count == ROSTER_NODES_MAX)
		return e ? e : E_REFUSED;
	add_leaf(tx, node_id, "from", unit.v, from);
	return db_exec(tx, &ROSTER_ADD_NODE,
		BIND(db_int(tx->government.v), db_int(node_id), db_int(unit.v), db_text(letter),
			db_int(from), db_int(DAY_FOREVER), db_int(by.v), db_int(tx->now_ms)),
		NULL);
}

struct db_stmt ROSTER_END_NODE = {"roster_end_node",
	"UPDATE roster_node SET valid_to = $3 WHERE government_id = $1 AND node_id = $2"
	" AND valid_to > $3 AND valid_from <= $3",
	0};

enum err roster_end_node(struct tx *tx, int64_t node_id, int32_t last, struct employee_id by)
{
	int64_t changed = 0;
	enum err e = db_exec(tx, &ROSTER_END_NODE,
		BIND(db_int(tx->government.v), db_int(node_id), db_int(last)), &changed);
	if (e || !changed)
		return e ? e : E_NOT_FOUND;
	add_leaf(tx, node_id, "until", by.v, last);
	return OK;
}
