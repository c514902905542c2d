/*
 * Statements of the offices' networks, and the list as judging reads it, remembered per connection
 * until the generation moves.
 */
#include "attendance/attendance_network.h"

#include "platform/platform_db.h"

#include <string.h>

#define NETWORK_COLUMNS                                                                            \
	"n.network_id, n.unit_id, n.site_id, n.label, n.range_text, n.valid_from, n.valid_to"
#define INTO_NETWORK(n)                                                                            \
	INTO(to_int64(&(n)->network_id), to_int64(&(n)->unit.v), to_int64(&(n)->site.v),           \
		to_text(&(n)->label), to_text(&(n)->range_text), to_int32(&(n)->valid_from),       \
		to_int32(&(n)->valid_to))

static struct db_stmt ADD_NETWORK = {"attendance_add_network",
	"INSERT INTO attendance_network (government_id, network_id, unit_id, site_id, label, "
	"range_text, valid_from, valid_to, added_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	0};

enum err attendance_add_network(
	struct tx *tx, const struct office_network *n, struct employee_id by)
{
	return db_exec(tx, &ADD_NETWORK,
		BIND(db_int(tx->government.v), db_int(n->network_id), db_int(n->unit.v),
			db_int(n->site.v), db_text(n->label), db_text(n->range_text),
			db_int(n->valid_from), db_int(n->valid_to), db_int(by.v)),
		NULL);
}

static struct db_stmt LOAD_NETWORK = {"attendance_load_network",
	"SELECT " NETWORK_COLUMNS
	" FROM attendance_network n WHERE n.government_id = $1 AND n.network_id = $2",
	0};

enum err attendance_load_network(struct tx *tx, int64_t id, struct office_network *ret)
{
	*ret = (struct office_network){0};
	return db_load(
		tx, &LOAD_NETWORK, BIND(db_int(tx->government.v), db_int(id)), INTO_NETWORK(ret));
}

static struct db_stmt END_NETWORK = {"attendance_end_network",
	"UPDATE attendance_network SET valid_to = $3 WHERE government_id = $1 AND network_id = $2",
	0};

enum err attendance_end_network(struct tx *tx, int64_t id, int32_t last_day)
{
	return db_exec(tx, &END_NETWORK,
		BIND(db_int(tx->government.v), db_int(id), db_int(last_day)), NULL);
}

static struct db_stmt LIST_NETWORKS = {"attendance_list_networks",
	"SELECT " NETWORK_COLUMNS " FROM attendance_network n"
	" JOIN org_unit u ON u.government_id = n.government_id AND u.unit_id = n.unit_id"
	" WHERE n.government_id = $1 AND substr(u.path, 1, CAST($3 AS INTEGER)) = $2"
	" ORDER BY n.network_id DESC LIMIT $4",
	0};

enum err attendance_list_networks(
	struct tx *tx, const char *path, struct office_network *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_NETWORKS,
		BIND(db_int(tx->government.v), db_text(path), db_int((int64_t)strlen(path)),
			db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_NETWORK(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LIST_ALL = {"attendance_list_all_networks",
	"SELECT " NETWORK_COLUMNS " FROM attendance_network n WHERE n.government_id = $1"
	" ORDER BY n.network_id DESC LIMIT $2",
	0};

/* A range was readable when it was entered. */
static enum err read_all(struct tx *tx, struct arena *arena, struct network_list *list)
{
	struct office_network *all = ARENA_ARRAY(arena, NETWORKS_ALL_MAX, struct office_network);
	struct tx keeping = *tx;
	struct db_rows rows;
	int n = 0;

	keeping.arena = arena;
	db_query(&keeping, &LIST_ALL, BIND(db_int(tx->government.v), db_int(NETWORKS_ALL_MAX)),
		&rows);
	while (n < NETWORKS_ALL_MAX && db_next(&rows, INTO_NETWORK(&all[n])))
		n += attendance_parse_range(all[n].range_text, &all[n].range) == RANGE_GOOD;
	*list = (struct network_list){all, n};
	return db_end(&rows);
}

enum err attendance_load_networks(struct tx *tx, const struct network_list **ret)
{
	struct network_list *list;
	struct arena *arena;
	int64_t generation;
	enum err e = platform_load_generation(tx, &generation);

	if (e)
		return e;
	*ret = db_cache_get(tx->db, DB_CACHE_NETWORKS, tx->government, generation);
	if (*ret)
		return OK;
	arena = db_cache_arena(tx->db, DB_CACHE_NETWORKS, tx->government);
	list = ARENA_NEW(arena, struct network_list);
	if ((e = read_all(tx, arena, list)))
		return e;
	db_cache_put(tx->db, DB_CACHE_NETWORKS, tx->government, generation, list);
	*ret = list;
	return OK;
}

struct db_stmt *const attendance_network_stmts[NETWORK_STMTS] = {
	&ADD_NETWORK, &LOAD_NETWORK, &END_NETWORK, &LIST_NETWORKS, &LIST_ALL};
