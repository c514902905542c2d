/*
 * The log against published vectors, against the recursive definition, and against its own store.
 *
 * RFC 9162 2.1.1 defines the root recursively; the frontier must give the same for every size. The
 * eight leaves and their roots are those of the Certificate Transparency reference implementation.
 */
#include "trust/trust_int.h"

#include "base/str.h"
#include "platform/test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define NAIVE_MAX 300
#define NOW       INT64_C(1762993200000) /* 2025-11-13T00:20:00Z */

static void assert_hash(struct hash h, const char *hex)
{
	char text[65];
	hex_encode(h.b, sizeof(h.b), text);
	assert_string_equal(text, hex);
}

static void assert_same(struct hash a, struct hash b)
{
	assert_memory_equal(a.b, b.b, sizeof(a.b));
}

/* RFC 9162 2.1.1: a leaf of the reference tree is SHA-256(0x00 | data). */
static struct hash reference_leaf(const char *hex)
{
	uint8_t data[17] = {0x00};
	size_t n = strlen(hex) / 2;
	assert_true(hex_decode(hex, data + 1, n));
	return hash_of(data, n + 1);
}

static void test_reference_roots(void **state)
{
	(void)state;
	static const struct {
		const char *leaf, *root; /* of the tree that ends with it */
	} cases[] = {
		{"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
		{"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
		{"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
		{"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
		{"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
		{"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
		{"5051525354555657",
			"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
		{"606162636465666768696a6b6c6d6e6f",
			"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
	};
	struct frontier f = {0};
	assert_hash(
		trust_root(&f), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for (int i = 0; i < COUNT_OF(cases); i++) {
		trust_append(&f, reference_leaf(cases[i].leaf));
		assert_int_equal(f.size, i + 1);
		assert_int_equal(f.nodes, __builtin_popcount((unsigned)i + 1));
		assert_hash(trust_root(&f), cases[i].root);
	}
}

/* MTH of RFC 9162 2.1.1, word for word: split at the largest power of two below n. */
static struct hash naive_root(const struct hash *leaf, int n)
{
	int k = 1;
	if (n == 0)
		return hash_of("", 0);
	if (n == 1)
		return leaf[0];
	while (k * 2 < n)
		k *= 2;
	return trust_node_hash(naive_root(leaf, k), naive_root(leaf + k, n - k));
}

static void test_frontier_equals_definition(void **state)
{
	(void)state;
	static struct hash leaf[NAIVE_MAX];
	struct frontier f = {0};
	for (int n = 0; n <= NAIVE_MAX; n++) {
		assert_same(trust_root(&f), naive_root(leaf, n));
		if (n == NAIVE_MAX)
			break;
		leaf[n] = hash_of(&n, sizeof(n));
		trust_append(&f, leaf[n]);
	}
}

static void test_leaf_hash_is_the_documented_one(void **state)
{
	(void)state;
	/* 0x00 | kind u8 | at u64 big-endian | commitment, and the commitment itself, put together
	 * by hand */
	const uint8_t salt[TRUST_SALT_BYTES] = {
		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
	uint8_t commitment[12 + TRUST_SALT_BYTES + 3];
	memcpy(commitment, "luwes/leaf/1", 12);
	memcpy(commitment + 12, salt, sizeof(salt));
	memcpy(commitment + 12 + sizeof(salt), "abc", 3);
	struct hash c = trust_commitment(salt, (struct bytes){(const uint8_t *)"abc", 3});
	assert_same(c, hash_of(commitment, sizeof(commitment)));

	uint8_t leaf[42] = {0x00, LEAF_ROSTER, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};
	memcpy(leaf + 10, c.b, 32);
	assert_same(trust_leaf_hash(LEAF_ROSTER, INT64_C(0x0102030405060708), c),
		hash_of(leaf, sizeof(leaf)));
}

static const struct slice *const slices[] = {&trust_slice};

static void add_leaves(struct test_store *s, int count)
{
	for (int i = 0; i < count; i++)
		trust_add_leaf(&s->tx, LEAF_PUNCH, 1000 + i, "punch", 5);
	test_store_project(s);
}

static void assert_root_is_recomputed(struct test_store *s, int64_t size)
{
	int64_t kept_size, stored_size;
	struct hash kept, stored;
	int64_t wrong_nodes;
	assert_int_equal(trust_load_root(&s->tx, &kept_size, &kept), OK);
	assert_int_equal(trust_recompute_root(&s->tx, &stored_size, &stored, &wrong_nodes), OK);
	assert_int_equal(wrong_nodes, 0);
	assert_int_equal(kept_size, size);
	assert_int_equal(stored_size, size);
	assert_same(kept, stored);
}

static void test_batches_in_a_store(void **state)
{
	(void)state;
	static const int batch[] = {0, 1, 1, 2, 5, 64, 0, 1000, 3};
	struct test_store s;
	int64_t size = 0;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	assert_root_is_recomputed(&s, 0);
	for (int i = 0; i < COUNT_OF(batch); i++) {
		add_leaves(&s, batch[i]);
		size += batch[i];
		assert_root_is_recomputed(&s, size);
	}
	/* Another government has a log of its own. */
	s.tx.government.v = 8;
	assert_root_is_recomputed(&s, 0);
	add_leaves(&s, 7);
	assert_root_is_recomputed(&s, 7);
	s.tx.government.v = 7;
	assert_root_is_recomputed(&s, size);
	test_store_close(&s);
}

static void test_more_leaves_than_a_page(void **state)
{
	(void)state;
	struct test_store s;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_leaves(&s, 8192);
	assert_root_is_recomputed(&s, 8192);
	add_leaves(&s, 700);
	assert_root_is_recomputed(&s, 8892);
	test_store_close(&s);
}

static struct db_stmt SPOIL = {"trust_test_spoil",
	"UPDATE trust_leaf SET leaf_hash = $3 WHERE government_id = $1 AND leaf_index = $2", 0};
static struct db_stmt CUT_OUT = {"trust_test_cut_out",
	"DELETE FROM trust_leaf WHERE government_id = $1 AND leaf_index = $2", 0};

static void test_tampering_shows(void **state)
{
	(void)state;
	static struct db_stmt *const stmts[] = {&SPOIL, &CUT_OUT};
	const uint8_t other[32] = {0xEE};
	struct test_store s;
	int64_t size, wrong_nodes;
	struct hash kept, stored;
	db_register(stmts, COUNT_OF(stmts));
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	add_leaves(&s, 20);
	assert_int_equal(trust_load_root(&s.tx, &size, &kept), OK);
	assert_int_equal(db_exec(&s.tx, &SPOIL,
				 BIND(db_int(7), db_int(11), db_bytes(other, sizeof(other))), NULL),
		OK);
	assert_int_equal(trust_recompute_root(&s.tx, &size, &stored, &wrong_nodes), OK);
	assert_memory_not_equal(kept.b, stored.b, sizeof(kept.b));
	assert_int_equal(db_exec(&s.tx, &CUT_OUT, BIND(db_int(7), db_int(11)), NULL), OK);
	assert_int_equal(trust_recompute_root(&s.tx, &size, &stored, &wrong_nodes), E_CONFLICT);
	test_store_close(&s);
}

static void test_equal_payloads_do_not_show(void **state)
{
	(void)state;
	struct test_store s;
	int count;
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	trust_add_leaf(&s.tx, LEAF_PUNCH, 1, "same", 4);
	trust_add_leaf(&s.tx, LEAF_PUNCH, 1, "same", 4);
	const struct pending_leaf *leaf = changes_leaves(s.tx.changes, &count);
	assert_int_equal(count, 2);
	assert_memory_not_equal(leaf[0].hash.b, leaf[1].hash.b, sizeof(leaf[0].hash.b));
	/* With its salt a leaf opens to its payload. */
	assert_same(leaf[0].hash, trust_leaf_hash(LEAF_PUNCH, NOW,
					  trust_commitment(leaf[0].salt,
						  (struct bytes){(const uint8_t *)"same", 4})));
	test_store_close(&s);
}

static struct db_stmt LEAF_AT = {"trust_test_leaf_at",
	"SELECT leaf_hash, salt FROM trust_leaf WHERE government_id = $1 AND leaf_index = $2", 0};

static void assert_leaf_lies_there(struct test_store *s, const struct leaf_place *place)
{
	struct bytes hash, salt;
	assert_int_equal(db_load(&s->tx, &LEAF_AT, BIND(db_int(7), db_int(place->index)),
				 INTO(to_bytes(&hash), to_bytes(&salt))),
		OK);
	assert_int_equal(hash.n, sizeof(place->hash));
	assert_memory_equal(hash.p, place->hash.b, sizeof(place->hash));
	assert_memory_equal(salt.p, place->salt, sizeof(place->salt));
}

/* The index told before COMMIT is the one the leaf gets, also after works that were taken back. */
static void test_index_is_known_at_once(void **state)
{
	(void)state;
	static struct db_stmt *const stmts[] = {&LEAF_AT};
	struct leaf_place place[4];
	struct test_store s;
	int64_t next;
	db_register(stmts, COUNT_OF(stmts));
	test_store_open(&s, slices, COUNT_OF(slices), NOW);
	assert_int_equal(trust_next_index(&s.tx, &next), OK);
	assert_int_equal(next, 0);
	add_leaves(&s, 5);
	assert_int_equal(trust_add_leaf_at(&s.tx, LEAF_PUNCH, 1, "first", 5, &place[0]), OK);
	int mark = changes_mark(s.tx.changes);
	assert_int_equal(trust_add_leaf_at(&s.tx, LEAF_PUNCH, 2, "gone", 4, &place[1]), OK);
	trust_add_leaf(&s.tx, LEAF_PUNCH, 2, "gone too", 8);
	assert_int_equal(trust_next_index(&s.tx, &next), OK);
	assert_int_equal(next, 8);
	changes_undo(s.tx.changes, mark);
	assert_int_equal(trust_add_leaf_at(&s.tx, LEAF_PUNCH, 3, "second", 6, &place[2]), OK);
	trust_add_leaf(&s.tx, LEAF_STATUS, 4, "between", 7);
	assert_int_equal(trust_add_leaf_at(&s.tx, LEAF_PUNCH, 5, "third", 5, &place[3]), OK);
	assert_int_equal(place[0].index, 5);
	assert_int_equal(place[1].index, 6);
	assert_int_equal(place[2].index, 6);
	assert_int_equal(place[3].index, 8);
	test_store_project(&s);
	assert_leaf_lies_there(&s, &place[0]);
	assert_leaf_lies_there(&s, &place[2]);
	assert_leaf_lies_there(&s, &place[3]);
	assert_int_equal(trust_next_index(&s.tx, &next), OK);
	assert_int_equal(next, 9);
	test_store_close(&s);
}

int main(void)
{
	const struct CMUnitTest pure[] = {
		cmocka_unit_test(test_reference_roots),
		cmocka_unit_test(test_frontier_equals_definition),
		cmocka_unit_test(test_leaf_hash_is_the_documented_one),
	};
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_batches_in_a_store),
		cmocka_unit_test(test_more_leaves_than_a_page),
		cmocka_unit_test(test_tampering_shows),
		cmocka_unit_test(test_equal_payloads_do_not_show),
		cmocka_unit_test(test_index_is_known_at_once),
	};
	return cmocka_run_group_tests(pure, NULL, NULL) + TEST_STORE_RUN(stored);
}
