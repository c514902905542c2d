/*
 * Proofs out of a store: kept nodes of full subtrees, tiles at the right edge, a log older than its
 * nodes, and nodes that were tampered with.
 */
#include "trust/trust_int.h"
#include "trust/trust_proof.h"

#include "platform/test_store.h"

#include <string.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z */

static const struct hash other = {{0xEE}};

static bool is_same(struct hash a, struct hash b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

static const struct slice *const slices[] = {&trust_slice};

static void add_leaves(struct test_store *s, int count)
{
	for (int i = 0; i < count; i++)
		trust_add_leaf(&s->tx, LEAF_PUNCH, 1000 + i, "punch", 5);
	test_store_project(s);
}

static struct hash stored_leaf(struct test_store *s, int64_t index)
{
	struct hash h;
	int count;
	assert_int_equal(trust_list_leaves(&s->tx, index, &h, 1, &count), OK);
	assert_int_equal(count, 1);
	return h;
}

static void check_stored(struct test_store *s, int64_t index, int64_t earlier, int64_t size)
{
	struct tree_head a = {.size = earlier}, b = {.size = size};
	struct log_proof proof;
	assert_int_equal(trust_load_root_at(&s->tx, earlier, &a.root), OK);
	assert_int_equal(trust_load_root_at(&s->tx, size, &b.root), OK);
	assert_int_equal(trust_load_inclusion(&s->tx, index, size, &proof), OK);
	assert_true(trust_is_included(stored_leaf(s, index), index, &b, &proof));
	assert_int_equal(trust_load_consistency(&s->tx, earlier, size, &proof), OK);
	assert_true(trust_is_consistent(&a, &b, &proof));
}

static void check_whole(struct test_store *s, int64_t size)
{
	int64_t kept_size, stored_size, wrong_nodes;
	struct hash kept, stored, at;
	assert_int_equal(trust_load_root(&s->tx, &kept_size, &kept), OK);
	assert_int_equal(trust_recompute_root(&s->tx, &stored_size, &stored, &wrong_nodes), OK);
	assert_int_equal(wrong_nodes, 0);
	assert_int_equal(kept_size, size);
	assert_int_equal(stored_size, size);
	assert_int_equal(trust_load_root_at(&s->tx, size, &at), OK);
	assert_true(is_same(kept, stored) && is_same(kept, at));
}

static void test_proofs_from_a_store(void **state)
{
	(void)state;
	static const int batch[] = {1, 254, 1, 1, 255, 300, 1000, 700, 64, 1};
	struct test_store s;
	struct log_proof proof;
	struct hash root;
	int64_t size = 0, former = 0;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	check_whole(&s, 0);
	for (int i = 0; i < COUNT_OF(batch); i++) {
		add_leaves(&s, batch[i]);
		size += batch[i];
		check_whole(&s, size);
		for (int64_t index = 0; index < size; index += 1 + size / 7)
			check_stored(&s, index, former, size);
		check_stored(&s, size - 1, size / 2, size);
		check_stored(&s, 0, size, size);
		former = size;
	}
	check_stored(&s, 255, 256, 257);
	check_stored(&s, 256, 255, 1024);
	assert_int_equal(trust_load_root_at(&s.tx, size + 1, &root), E_NOT_FOUND);
	assert_int_equal(trust_load_inclusion(&s.tx, size, size, &proof), E_NOT_FOUND);
	assert_int_equal(trust_load_inclusion(&s.tx, 0, size + 1, &proof), E_NOT_FOUND);
	assert_int_equal(trust_load_inclusion(&s.tx, -1, size, &proof), E_NOT_FOUND);
	assert_int_equal(trust_load_consistency(&s.tx, 5, size + 1, &proof), E_NOT_FOUND);
	assert_int_equal(trust_load_consistency(&s.tx, 6, 5, &proof), E_NOT_FOUND);
	test_store_close(&s);
}

/* 256^2 leaves: the second level of nodes. */
static void test_two_levels(void **state)
{
	(void)state;
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	for (int i = 0; i < 66; i++)
		add_leaves(&s, 1000);
	check_whole(&s, 66000);
	static const int64_t at[] = {0, 255, 256, 65535, 65536, 65999};
	for (int i = 0; i < COUNT_OF(at); i++) {
		check_stored(&s, at[i], 65536, 66000);
		check_stored(&s, at[i], 1 + at[i] / 2, 65999 + (i > 0));
	}
	test_store_close(&s);
}

/* ---- an older store, and one that was tampered with ---- */

static struct db_stmt FORGET_NODES = {
	"trust_test_forget_nodes", "DELETE FROM trust_node WHERE government_id = $1", 0};
static struct db_stmt SET_BARE = {"trust_test_set_bare",
	"UPDATE trust_frontier SET bare_size = size WHERE government_id = $1", 0};
static struct db_stmt SPOIL_NODE = {"trust_test_spoil_node",
	"UPDATE trust_node SET node_hash = $3 WHERE government_id = $1 AND level = 1"
	" AND node_index = $2",
	0};
static struct db_stmt ADD_SURPLUS = {"trust_test_add_surplus",
	"INSERT INTO trust_node (government_id, level, node_index, node_hash)"
	" VALUES ($1, 1, 99, $2)",
	0};

static void run(struct test_store *s, struct db_stmt *stmt, struct db_bind bind)
{
	assert_int_equal(db_exec(&s->tx, stmt, bind, NULL), OK);
}

static int64_t wrong_nodes(struct test_store *s)
{
	int64_t size, wrong;
	struct hash root;
	assert_int_equal(trust_recompute_root(&s->tx, &size, &root, &wrong), OK);
	return wrong;
}

static void test_older_leaves_get_their_nodes(void **state)
{
	static struct db_stmt *const stmts[] = {
		&FORGET_NODES, &SET_BARE, &SPOIL_NODE, &ADD_SURPLUS};
	struct test_store s;
	struct log_proof proof;
	(void)state;
	db_register(stmts, COUNT_OF(stmts));
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_leaves(&s, 9000);
	run(&s, &FORGET_NODES, BIND(db_int(7)));
	run(&s, &SET_BARE, BIND(db_int(7)));
	add_leaves(&s, 600); /* those after the migration bring theirs */
	assert_int_equal(trust_load_inclusion(&s.tx, 3, 9600, &proof), E_CONFLICT);
	assert_int_equal(wrong_nodes(&s), 9000 / 256);
	assert_int_equal(trust_fill_nodes(&s.tx), OK);
	check_whole(&s, 9600);
	check_stored(&s, 3, 8999, 9600);
	assert_int_equal(trust_fill_nodes(&s.tx), OK);

	run(&s, &SPOIL_NODE, BIND(db_int(7), db_int(4), db_bytes(other.b, 32)));
	assert_int_equal(wrong_nodes(&s), 1);
	run(&s, &ADD_SURPLUS, BIND(db_int(7), db_bytes(other.b, 32)));
	assert_int_equal(wrong_nodes(&s), 2);
	test_store_close(&s);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_proofs_from_a_store),
		cmocka_unit_test(test_two_levels),
		cmocka_unit_test(test_older_leaves_get_their_nodes),
	};
	return TEST_STORE_RUN(stored);
}
