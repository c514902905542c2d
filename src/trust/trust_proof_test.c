/*
 * Proofs against published vectors, against RFC 9162's own definitions, and against a million
 * changed ones.
 *
 * PATH (2.1.3.1) and SUBPROOF (2.1.4.1) are written here a second time, word for word and over the
 * leaves themselves, so that plans, tiles and verification are held against something they do not
 * share.
 */
#include "trust/trust.h"
#include "trust/trust_proof.h"

#include "base/chance.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define LEAVES    130
#define MUTATIONS 1000000

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct hash leaf[LEAVES];

static bool is_same(struct hash a, struct hash b)
{
	return memcmp(a.b, b.b, sizeof a.b) == 0;
}

/* MTH of 2.1.1. */
static struct hash root_of(const struct hash *l, int n)
{
	int k = 1;
	if (n == 0)
		return hash_of("", 0);
	if (n == 1)
		return l[0];
	while (k * 2 < n)
		k *= 2;
	return trust_node_hash(root_of(l, k), root_of(l + k, n - k));
}

static int below(int n)
{
	int k = 1;
	while (k * 2 < n)
		k *= 2;
	return k;
}

/* PATH(m, D[n]) */
static void path(int m, const struct hash *l, int n, struct log_proof *p)
{
	if (n == 1)
		return;
	int k = below(n);
	if (m < k) {
		path(m, l, k, p);
		p->hash[p->count++] = root_of(l + k, n - k);
	} else {
		path(m - k, l + k, n - k, p);
		p->hash[p->count++] = root_of(l, k);
	}
}

/* SUBPROOF(m, D[n], b) */
static void subproof(int m, const struct hash *l, int n, bool b, struct log_proof *p)
{
	if (m == n) {
		if (!b)
			p->hash[p->count++] = root_of(l, n);
		return;
	}
	int k = below(n);
	if (m <= k) {
		subproof(m, l, k, b, p);
		p->hash[p->count++] = root_of(l + k, n - k);
	} else {
		subproof(m - k, l + k, n - k, false, p);
		p->hash[p->count++] = root_of(l, k);
	}
}

static void fill_plan(const struct proof_plan *plan, struct log_proof *ret)
{
	ret->count = plan->count;
	for (int i = 0; i < plan->count; i++)
		ret->hash[i] = root_of(
			leaf + plan->run[i].from, (int)(plan->run[i].to - plan->run[i].from));
}

static void assert_same_proof(const struct log_proof *a, const struct log_proof *b)
{
	assert_int_equal(a->count, b->count);
	assert_memory_equal(a->hash, b->hash, (size_t)a->count * sizeof a->hash[0]);
}

static struct tree_head head(int size)
{
	return (struct tree_head){size, root_of(leaf, size)};
}

static int make_leaves(void **state)
{
	(void)state;
	for (int i = 0; i < LEAVES; i++)
		leaf[i] = hash_of(&i, sizeof i);
	return 0;
}

/* ---- vectors ---- */

static struct hash of_hex(const char *hex)
{
	struct hash h;
	assert_true(hex_decode(hex, h.b, sizeof h.b));
	return h;
}

/* The eight leaves of the reference implementation of Certificate Transparency. */
static void reference_leaves(struct hash ret[8])
{
	static const char *const data[] = {"", "00", "10", "2021", "3031", "40414243",
		"5051525354555657", "606162636465666768696a6b6c6d6e6f"};
	for (int i = 0; i < 8; i++) {
		uint8_t bytes[17] = {0x00};
		size_t n = strlen(data[i]) / 2;
		assert_true(hex_decode(data[i], bytes + 1, n));
		ret[i] = hash_of(bytes, n + 1);
	}
}

static struct log_proof of_lines(const char *const *hex)
{
	struct log_proof p = {0};
	for (; hex[p.count]; p.count++)
		p.hash[p.count] = of_hex(hex[p.count]);
	return p;
}

static void test_reference_paths(void **state)
{
	static const struct {
		int index, size;
		const char *path[4];
	} cases[] = {
		{0, 1, {NULL}},
		{0, 8,
			{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
				"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
				"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
				NULL}},
		{5, 8,
			{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
				"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
				"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
				NULL}},
		{2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", NULL}},
		{1, 5,
			{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
				"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
				"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
				NULL}},
	};
	struct hash l[8];
	(void)state;
	reference_leaves(l);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct log_proof expected = of_lines(cases[i].path), made = {0};
		struct tree_head tree = {cases[i].size, root_of(l, cases[i].size)};
		path(cases[i].index, l, cases[i].size, &made);
		assert_same_proof(&made, &expected);
		assert_true(trust_is_included(l[cases[i].index], cases[i].index, &tree, &expected));
	}
}

static void test_reference_consistency(void **state)
{
	static const struct {
		int earlier, later;
		const char *proof[4];
	} cases[] = {
		{1, 1, {NULL}},
		{1, 8,
			{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
				"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
				"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
				NULL}},
		{6, 8,
			{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
				"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
				"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
				NULL}},
		{2, 5,
			{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
				"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
				NULL}},
	};
	struct hash l[8];
	(void)state;
	reference_leaves(l);
	for (int i = 0; i < COUNT_OF(cases); i++) {
		struct log_proof expected = of_lines(cases[i].proof), made = {0};
		struct tree_head a = {cases[i].earlier, root_of(l, cases[i].earlier)};
		struct tree_head b = {cases[i].later, root_of(l, cases[i].later)};
		subproof(cases[i].earlier, l, cases[i].later, true, &made);
		assert_same_proof(&made, &expected);
		assert_true(trust_is_consistent(&a, &b, &expected));
	}
}

/* ---- every tree ---- */

static void test_every_inclusion(void **state)
{
	(void)state;
	for (int size = 1; size <= LEAVES; size++) {
		struct tree_head tree = head(size);
		for (int i = 0; i < size; i++) {
			struct proof_plan plan;
			struct log_proof planned, defined = {0};
			trust_plan_inclusion(i, size, &plan);
			fill_plan(&plan, &planned);
			path(i, leaf, size, &defined);
			assert_same_proof(&planned, &defined);
			assert_true(trust_is_included(leaf[i], i, &tree, &planned));
			assert_false(trust_is_included(leaf[(i + 1) % LEAVES], i, &tree, &planned));
			assert_false(trust_is_included(leaf[i], i + 1, &tree, &planned));
			assert_false(trust_is_included(leaf[i], i - 1, &tree, &planned));
		}
	}
}

static void test_every_consistency(void **state)
{
	(void)state;
	for (int later = 1; later <= LEAVES; later++)
		for (int earlier = 1; earlier <= later; earlier++) {
			struct tree_head a = head(earlier), b = head(later), wrong = a;
			struct proof_plan plan;
			struct log_proof planned, defined = {0};
			trust_plan_consistency(earlier, later, &plan);
			fill_plan(&plan, &planned);
			subproof(earlier, leaf, later, true, &defined);
			assert_same_proof(&planned, &defined);
			assert_true(trust_is_consistent(&a, &b, &planned));
			wrong.root.b[31] ^= 1;
			assert_false(trust_is_consistent(&wrong, &b, &planned));
			assert_false(trust_is_consistent(&b, &a, &planned) && earlier != later);
		}
}

static void test_the_empty_tree(void **state)
{
	struct tree_head none = head(0), some = head(5), wrong = head(0);
	struct log_proof nothing = {0}, extra = {1, {leaf[0]}};
	struct proof_plan plan;
	(void)state;
	trust_plan_consistency(0, 5, &plan);
	assert_int_equal(plan.count, 0);
	assert_true(trust_is_consistent(&none, &some, &nothing));
	assert_true(trust_is_consistent(&none, &none, &nothing));
	assert_false(trust_is_consistent(&none, &some, &extra));
	wrong.root = leaf[0];
	assert_false(trust_is_consistent(&wrong, &some, &nothing));
	assert_false(trust_is_consistent(&none, &wrong, &nothing));
	assert_false(trust_is_included(leaf[0], 0, &none, &nothing));
	assert_false(trust_is_included(leaf[0], -1, &some, &nothing));
}

/* ---- sizes nobody can build ---- */

/* A tree whose leaves are all the same but one: the root of any run can still be worked out. */
struct sparse {
	int64_t odd; /* index of the other leaf */
	struct hash same[63];
};

static struct hash sparse_subtree(const struct sparse *s, struct subtree t)
{
	if (s->odd >> t.height != t.index)
		return s->same[t.height];
	struct hash h = leaf[1];
	for (int height = 0; height < t.height; height++)
		h = (s->odd >> height) & 1 ? trust_node_hash(s->same[height], h)
					   : trust_node_hash(h, s->same[height]);
	return h;
}

static struct hash sparse_root(const struct sparse *s, struct leaf_run run)
{
	struct subtree part[SUBTREES_MAX];
	struct hash node[SUBTREES_MAX];
	int count = trust_split_run(run, part);
	for (int i = 0; i < count; i++)
		node[i] = sparse_subtree(s, part[i]);
	return trust_fold_run(node, count);
}

static void fill_sparse(
	const struct sparse *s, const struct proof_plan *plan, struct log_proof *ret)
{
	ret->count = plan->count;
	for (int i = 0; i < plan->count; i++)
		ret->hash[i] = sparse_root(s, plan->run[i]);
}

static void check_sparse(struct sparse *s, int64_t odd, int64_t earlier, int64_t size)
{
	struct proof_plan plan;
	struct log_proof proof;
	s->odd = odd;
	struct tree_head a = {earlier, sparse_root(s, (struct leaf_run){0, earlier})};
	struct tree_head b = {size, sparse_root(s, (struct leaf_run){0, size})};
	trust_plan_inclusion(odd, size, &plan);
	fill_sparse(s, &plan, &proof);
	assert_true(proof.count <= 63);
	assert_true(trust_is_included(leaf[1], odd, &b, &proof));
	assert_false(trust_is_included(leaf[0], odd, &b, &proof));
	assert_false(trust_is_included(leaf[1], odd ^ 1, &b, &proof));
	trust_plan_consistency(earlier, size, &plan);
	fill_sparse(s, &plan, &proof);
	assert_true(trust_is_consistent(&a, &b, &proof));
	a.root.b[0] ^= 1;
	assert_false(trust_is_consistent(&a, &b, &proof));
}

static void test_sizes_around_powers_of_two(void **state)
{
	struct sparse s = {.same = {leaf[0]}};
	(void)state;
	for (int i = 1; i < COUNT_OF(s.same); i++)
		s.same[i] = trust_node_hash(s.same[i - 1], s.same[i - 1]);
	for (int k = 3; k <= 61; k++)
		for (int64_t near = -3; near <= 3; near++) {
			int64_t size = (INT64_C(1) << k) + near;
			int64_t at[] = {0, 1, size / 3, size / 2, size - 2, size - 1};
			for (int i = 0; i < COUNT_OF(at); i++)
				check_sparse(&s, at[i], at[i] + 1, size);
			check_sparse(&s, size - 1, (INT64_C(1) << (k - 1)), size);
			check_sparse(&s, 0, (INT64_C(1) << (k - 1)) - 1, size);
		}
}

/* ---- a million changed proofs ---- */

enum mutation { FLIP, DROP, ADD, SWAP, FLIP_ROOT, FLIP_OTHER, MUTATIONS_OF };

static struct hash random_hash(struct chance *c)
{
	struct hash h;
	for (size_t i = 0; i < sizeof h.b; i++)
		h.b[i] = (uint8_t)chance_below(c, 256);
	return h;
}

static void flip(struct chance *c, struct hash *h)
{
	h->b[chance_below(c, 32)] ^= (uint8_t)(1 << chance_below(c, 8));
}

/* Changes the list of hashes; false when this change would leave it as it is. */
static bool mutate_list(struct chance *c, enum mutation kind, struct log_proof *p)
{
	int at = p->count ? (int)chance_below(c, p->count) : 0, other;
	if (kind == ADD) {
		memmove(p->hash + at + 1, p->hash + at,
			(size_t)(p->count - at) * sizeof p->hash[0]);
		p->hash[at] = chance_below(c, 2) && p->count ? p->hash[at + 1] : random_hash(c);
		p->count++;
		return true;
	}
	if (p->count == 0)
		return false;
	if (kind == FLIP) {
		flip(c, &p->hash[at]);
		return true;
	}
	if (kind == DROP) {
		memmove(p->hash + at, p->hash + at + 1,
			(size_t)(p->count - at - 1) * sizeof p->hash[0]);
		p->count--;
		return true;
	}
	other = (int)chance_below(c, p->count);
	struct hash kept = p->hash[at];
	p->hash[at] = p->hash[other];
	p->hash[other] = kept;
	return !is_same(p->hash[at], p->hash[other]);
}

/* Every proof of these trees, made once. */
#define SMALL 40
static struct tree_head tree_of[SMALL + 1];
static struct log_proof inclusion[SMALL + 1][SMALL], consistency[SMALL + 1][SMALL + 1];

static void make_proofs(void)
{
	for (int size = 1; size <= SMALL; size++) {
		tree_of[size] = head(size);
		for (int i = 0; i < size; i++)
			path(i, leaf, size, &inclusion[size][i]);
		for (int i = 1; i <= size; i++)
			subproof(i, leaf, size, true, &consistency[size][i]);
	}
}

static bool accepts_mutated_inclusion(struct chance *c, bool *ret_changed)
{
	int size = 1 + (int)chance_below(c, SMALL), index = (int)chance_below(c, size);
	struct log_proof p = inclusion[size][index];
	struct tree_head tree = tree_of[size];
	struct hash of = leaf[index];
	enum mutation kind = (enum mutation)chance_below(c, MUTATIONS_OF);
	*ret_changed = true;
	if (kind == FLIP_ROOT)
		flip(c, &tree.root);
	else if (kind == FLIP_OTHER)
		flip(c, &of);
	else
		*ret_changed = mutate_list(c, kind, &p);
	return trust_is_included(of, index, &tree, &p);
}

static bool accepts_mutated_consistency(struct chance *c, bool *ret_changed)
{
	int size = 1 + (int)chance_below(c, SMALL), earlier = 1 + (int)chance_below(c, size);
	struct log_proof p = consistency[size][earlier];
	struct tree_head a = tree_of[earlier], b = tree_of[size];
	enum mutation kind = (enum mutation)chance_below(c, MUTATIONS_OF);
	*ret_changed = true;
	if (kind == FLIP_ROOT)
		flip(c, &b.root);
	else if (kind == FLIP_OTHER)
		flip(c, &a.root);
	else
		*ret_changed = mutate_list(c, kind, &p);
	return trust_is_consistent(&a, &b, &p);
}

static void test_a_million_changed_proofs(void **state)
{
	struct chance c = {20251113};
	int rejected = 0;
	(void)state;
	make_proofs();
	while (rejected < MUTATIONS) {
		bool is_changed;
		bool accepted = rejected & 1 ? accepts_mutated_inclusion(&c, &is_changed)
					     : accepts_mutated_consistency(&c, &is_changed);
		if (accepted != !is_changed)
			fail_msg("after %d: %s", rejected,
				accepted ? "a changed proof was taken" : "a good one was not");
		rejected += is_changed;
	}
}

/* ---- what one who follows makes of a head ---- */

static void test_growth(void **state)
{
	struct tree_head none = {0}, five = head(5), nine = head(9), other = five;
	struct log_proof proof = {0}, nothing = {0};
	(void)state;
	other.root.b[3] ^= 8;
	subproof(5, leaf, 9, true, &proof);
	assert_int_equal(trust_judge_growth(&none, &nine, &nothing), GROWTH_GOOD);
	assert_int_equal(trust_judge_growth(&none, &none, &nothing), GROWTH_NONE);
	assert_int_equal(trust_judge_growth(&five, &five, &nothing), GROWTH_NONE);
	assert_int_equal(trust_judge_growth(&five, &nine, &proof), GROWTH_GOOD);
	assert_int_equal(trust_judge_growth(&five, &nine, &nothing), GROWTH_FORKED);
	assert_int_equal(trust_judge_growth(&other, &nine, &proof), GROWTH_FORKED);
	assert_int_equal(trust_judge_growth(&five, &other, &nothing), GROWTH_FORKED);
	assert_int_equal(trust_judge_growth(&nine, &five, &proof), GROWTH_SHRUNK);
	assert_int_equal(trust_judge_growth(&nine, &none, &nothing), GROWTH_SHRUNK);
}

int main(void)
{
	const struct CMUnitTest pure[] = {
		cmocka_unit_test(test_reference_paths),
		cmocka_unit_test(test_reference_consistency),
		cmocka_unit_test(test_every_inclusion),
		cmocka_unit_test(test_every_consistency),
		cmocka_unit_test(test_the_empty_tree),
		cmocka_unit_test(test_sizes_around_powers_of_two),
		cmocka_unit_test(test_a_million_changed_proofs),
		cmocka_unit_test(test_growth),
	};
	return cmocka_run_group_tests_name("proofs", pure, make_leaves, NULL);
}
