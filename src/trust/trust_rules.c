/*
 * The Merkle tree of RFC 9162, section 2.1: hashes, the frontier, the root.
 *
 * The frontier holds the roots of the full subtrees that the leaves so far fall into, largest
 * first: one for each bit set in the size. Appending is a binary increment, a carry is one hash of
 * two children. Leaves and nodes hash under different prefixes, so neither can pass for the other.
 */
#include "trust/trust_int.h"

#include "base/put.h"

#include <assert.h>

static const uint8_t LEAF_PREFIX = 0x00;
static const uint8_t NODE_PREFIX = 0x01;
static const char COMMITMENT_PREFIX[] = "luwes/leaf/1";

struct hash trust_commitment(const uint8_t salt[TRUST_SALT_BYTES], struct bytes payload)
{
	const struct bytes part[] = {
		{(const uint8_t *)COMMITMENT_PREFIX, sizeof(COMMITMENT_PREFIX) - 1},
		{salt, TRUST_SALT_BYTES},
		payload,
	};
	return hash_sha256(part, 3);
}

struct hash trust_leaf_hash(enum leaf_kind kind, int64_t at_ms, struct hash commitment)
{
	uint8_t head[10] = {LEAF_PREFIX, (uint8_t)kind};
	put_number(head + 2, at_ms, 8);
	const struct bytes part[] = {{head, sizeof(head)}, {commitment.b, sizeof(commitment.b)}};
	return hash_sha256(part, 2);
}

struct hash trust_node_hash(struct hash left, struct hash right)
{
	const struct bytes part[] = {
		{&NODE_PREFIX, 1}, {left.b, sizeof(left.b)}, {right.b, sizeof(right.b)}};
	return hash_sha256(part, 3);
}

int trust_append_full(struct frontier *f, struct hash leaf, struct hash ret_full[FULL_LEVELS])
{
	assert(f->size >= 0 && f->size < INT64_MAX);
	assert(f->nodes == __builtin_popcountll((uint64_t)f->size));
	struct hash carry = leaf;
	int height = 0;
	for (int64_t bits = f->size; bits & 1; bits >>= 1) {
		carry = trust_node_hash(f->node[--f->nodes], carry);
		if (++height % 8 == 0)
			ret_full[height / 8 - 1] = carry;
	}
	f->node[f->nodes++] = carry;
	f->size++;
	return height / 8;
}

void trust_append(struct frontier *f, struct hash leaf)
{
	struct hash full[FULL_LEVELS];
	trust_append_full(f, leaf, full);
}

struct hash trust_root(const struct frontier *f)
{
	if (f->nodes == 0)
		return hash_of("", 0);
	struct hash root = f->node[f->nodes - 1];
	for (int i = f->nodes - 2; i >= 0; i--)
		root = trust_node_hash(f->node[i], root);
	return root;
}
