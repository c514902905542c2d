/*
 * Keys, heads and cosignatures against a store: what is taken in, what is refused, and that a store
 * which was changed or put back in time shows.
 */
#include "trust/trust_log_int.h"

#include "base/str.h"
#include "platform/test_store.h"
#include "trust/trust_int.h"

#include <string.h>

#define NOW INT64_C(1762993200000) /* 2025-11-13T00:20:00Z */

static const struct slice *const slices[] = {&trust_log_slice, &trust_slice};

struct office {
	struct test_store s;
	struct skey log, witness, stranger;
	struct log_key log_row, witness_row;
};

static void make_key(const char *name, enum key_type type, uint8_t seed_byte, struct skey *ret)
{
	uint8_t seed[ED25519_SEED_BYTES] = {seed_byte};
	assert_true(trust_make_skey(name, type, seed, ret));
}

static void add_key(struct office *o, const struct skey *key, struct log_key *ret)
{
	*ret = (struct log_key){.key = key->public, .letter = "SK 1/2025"};
	assert_int_equal(trust_add_key(&o->s.tx, ret), OK);
}

static void add_leaves(struct office *o, int count)
{
	for (int i = 0; i < count; i++)
		trust_add_leaf(&o->s.tx, LEAF_PUNCH, 1000 + i, "punch", 5);
	test_store_project(&o->s);
}

static void open_office(struct office *o, int leaves)
{
	*o = (struct office){0};
	test_store_open(&o->s, slices, COUNT_OF(slices), NOW);
	make_key("luwes.jabar", KEY_LOG, 1, &o->log);
	make_key("inspektorat.jabar", KEY_WITNESS, 2, &o->witness);
	make_key("luwes.jabar", KEY_LOG, 3, &o->stranger);
	add_key(o, &o->log, &o->log_row);
	add_key(o, &o->witness, &o->witness_row);
	add_leaves(o, leaves);
}

static struct checkpoint head_of(struct office *o, int64_t size)
{
	struct checkpoint c = {.origin = "luwes.jabar", .head.size = size};
	assert_int_equal(trust_load_root_at(&o->s.tx, size, &c.head.root), OK);
	return c;
}

/* A note over a checkpoint with the signatures of up to two keys. */
static struct bytes sign(struct office *o, const struct checkpoint *c, const struct skey *first,
	const struct skey *second, int64_t time)
{
	struct buf b;
	buf_init(&b, &o->s.arena, 1024);
	trust_print_checkpoint(c, &b);
	struct bytes text = {(const uint8_t *)arena_strdup(&o->s.arena, b.p), b.n};
	buf_char(&b, '\n');
	trust_sign_note(text, first, time, &b);
	if (second)
		trust_sign_note(text, second, time, &b);
	return (struct bytes){(const uint8_t *)b.p, b.n};
}

static enum note_fault hand_in(struct office *o, struct bytes note)
{
	static struct handed_in in;
	enum note_fault fault;
	assert_int_equal(trust_read_signed(&o->s.tx, note, &in, &fault), OK);
	if (!fault)
		assert_int_equal(trust_keep_signed(&o->s.tx, &in, &fault), OK);
	return fault;
}

static enum note_fault hand_in_cosigned(struct office *o, struct bytes note)
{
	static struct handed_in in;
	enum note_fault fault;
	assert_int_equal(trust_read_cosigned(&o->s.tx, note, &in, &fault), OK);
	if (!fault)
		assert_int_equal(trust_keep_cosigned(&o->s.tx, &in, &fault), OK);
	return fault;
}

/* ---- keys ---- */

static void test_a_new_key_ends_the_former(void **state)
{
	struct office o;
	struct log_key list[LOG_KEYS_MAX], row;
	struct skey other;
	int count, pending;
	(void)state;
	open_office(&o, 1);
	row = (struct log_key){.key = o.log.public, .letter = ""};
	assert_int_equal(trust_add_key(&o.s.tx, &row), E_CONFLICT);
	add_key(&o, &o.stranger, &row); /* the log's next key */
	make_key("dprd.jabar", KEY_WITNESS, 9, &other);
	add_key(&o, &other, &row); /* another witness */
	changes_leaves(o.s.tx.changes, &pending);
	assert_int_equal(pending, 3); /* two added, one ended */
	assert_int_equal(trust_list_keys(&o.s.tx, list, &count), OK);
	assert_int_equal(count, 4);
	for (int i = 0; i < count; i++)
		assert_int_equal(list[i].valid_to != 0, list[i].id == o.log_row.id);
	assert_int_equal(trust_end_key(&o.s.tx, o.witness_row.id), OK);
	assert_int_equal(trust_end_key(&o.s.tx, o.witness_row.id), E_NOT_FOUND);
	assert_int_equal(trust_end_key(&o.s.tx, 1), E_NOT_FOUND);
	o.s.tx.government.v = 8; /* another government has keys of its own */
	assert_int_equal(trust_list_keys(&o.s.tx, list, &count), OK);
	assert_int_equal(count, 0);
	test_store_close(&o.s);
}

static void test_keys_are_bounded(void **state)
{
	struct office o;
	struct skey key;
	struct log_key row = {.letter = "SK"};
	(void)state;
	open_office(&o, 1);
	for (int i = 2; i < LOG_KEYS_MAX; i++) {
		make_key("dprd.jabar", KEY_WITNESS, (uint8_t)(10 + i), &key);
		add_key(&o, &key, &row);
	}
	make_key("dprd.jabar", KEY_WITNESS, 200, &key);
	row = (struct log_key){.key = key.public, .letter = "SK"};
	assert_int_equal(trust_add_key(&o.s.tx, &row), E_REFUSED);
	test_store_close(&o.s);
}

/* ---- heads ---- */

static void test_heads_of_this_tree_signed_by_its_key(void **state)
{
	struct office o;
	struct signed_head head;
	struct bytes note;
	(void)state;
	open_office(&o, 300);
	assert_int_equal(trust_load_latest_head(&o.s.tx, &head), E_NOT_FOUND);
	struct checkpoint c = head_of(&o, 200), other = c, beyond = c, foreign = c;
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_GOOD);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_GOOD); /* again */
	assert_int_equal(trust_load_latest_head(&o.s.tx, &head), OK);
	assert_int_equal(head.checkpoint.head.size, 200);
	assert_int_equal(head.received_at, NOW);

	other.head.root.b[0] ^= 1;
	beyond.head.size = 100000;
	snprintf(foreign.origin, sizeof foreign.origin, "luwes.jateng");
	assert_int_equal(hand_in(&o, sign(&o, &other, &o.log, NULL, 0)), NOTE_OTHER_TREE);
	assert_int_equal(hand_in(&o, sign(&o, &beyond, &o.log, NULL, 0)), NOTE_OTHER_TREE);
	assert_int_equal(hand_in(&o, sign(&o, &foreign, &o.log, NULL, 0)), NOTE_OF_NOBODY);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.stranger, NULL, 0)), NOTE_OF_NOBODY);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.witness, NULL, 5)), NOTE_OF_NOBODY);
	c = head_of(&o, 150);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_OLD);
	note = sign(&o, &c, &o.log, NULL, 0);
	assert_int_equal(hand_in(&o, (struct bytes){note.p, note.n - 1}), NOTE_MALFORMED);
	assert_int_equal(hand_in(&o, (struct bytes){(const uint8_t *)"x", 1}), NOTE_MALFORMED);
	test_store_close(&o.s);
}

static void test_a_strangers_line_is_not_kept(void **state)
{
	struct office o;
	struct signed_head head;
	struct note note;
	(void)state;
	open_office(&o, 20);
	struct checkpoint c = head_of(&o, 20);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.stranger, &o.log, 0)), NOTE_GOOD);
	assert_int_equal(trust_load_head(&o.s.tx, 20, &head), OK);
	assert_true(trust_read_note(head.note, &note));
	assert_int_equal(note.lines, 1);
	assert_int_equal(trust_check_note(&note, &o.log.public, NULL), NOTE_SIGNED);
	test_store_close(&o.s);
}

static void test_a_key_that_ended_signs_no_more(void **state)
{
	static struct handed_in in;
	struct office o;
	struct log_key row;
	enum note_fault fault;
	(void)state;
	open_office(&o, 20);
	struct checkpoint c = head_of(&o, 20);
	struct bytes note = sign(&o, &c, &o.log, NULL, 0);
	assert_int_equal(trust_read_signed(&o.s.tx, note, &in, &fault), OK);
	assert_int_equal(fault, NOTE_GOOD);
	add_key(&o, &o.stranger, &row); /* between reading and keeping */
	assert_int_equal(trust_keep_signed(&o.s.tx, &in, &fault), OK);
	assert_int_equal(fault, NOTE_OF_NOBODY);
	assert_int_equal(hand_in(&o, note), NOTE_OF_NOBODY);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.stranger, NULL, 0)), NOTE_GOOD);
	test_store_close(&o.s);
}

/* ---- witnesses ---- */

static int64_t stated_time(struct office *o, const struct signed_head *head, const struct skey *by)
{
	struct bytes joined;
	struct note note;
	int64_t time = 0;
	assert_int_equal(trust_join_head(&o->s.tx, head, &joined), OK);
	assert_true(trust_read_note(joined, &note));
	assert_int_equal(trust_check_note(&note, &o->log.public, NULL), NOTE_SIGNED);
	return trust_check_note(&note, &by->public, &time) == NOTE_SIGNED ? time : 0;
}

static void test_cosignatures(void **state)
{
	struct office o;
	struct signed_head head;
	struct skey unknown;
	(void)state;
	open_office(&o, 30);
	make_key("dprd.jabar", KEY_WITNESS, 9, &unknown);
	struct checkpoint c = head_of(&o, 30), other = c;
	other.head.root.b[5] ^= 1;
	/* not before the log signed it */
	assert_int_equal(
		hand_in_cosigned(&o, sign(&o, &c, &o.witness, NULL, 100)), NOTE_OTHER_TREE);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_GOOD);
	assert_int_equal(trust_load_latest_head(&o.s.tx, &head), OK);
	assert_int_equal(stated_time(&o, &head, &o.witness), 0);
	assert_int_equal(
		hand_in_cosigned(&o, sign(&o, &other, &o.witness, NULL, 100)), NOTE_OTHER_TREE);
	assert_int_equal(hand_in_cosigned(&o, sign(&o, &c, &unknown, NULL, 100)), NOTE_OF_NOBODY);
	assert_int_equal(hand_in_cosigned(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_OF_NOBODY);
	assert_int_equal(hand_in_cosigned(&o, sign(&o, &c, &o.log, &o.witness, 100)), NOTE_GOOD);
	assert_int_equal(stated_time(&o, &head, &o.witness), 100);
	/* a later statement replaces it, an earlier one does not */
	assert_int_equal(hand_in_cosigned(&o, sign(&o, &c, &o.witness, NULL, 200)), NOTE_GOOD);
	assert_int_equal(stated_time(&o, &head, &o.witness), 200);
	assert_int_equal(hand_in_cosigned(&o, sign(&o, &c, &o.witness, NULL, 150)), NOTE_GOOD);
	assert_int_equal(stated_time(&o, &head, &o.witness), 200);
	test_store_close(&o.s);
}

static void test_the_head_a_leaf_is_proven_with(void **state)
{
	struct office o;
	struct signed_head head;
	struct tlog_proof proof;
	struct bytes text;
	struct hash leaf;
	int count;
	(void)state;
	open_office(&o, 98); /* two keys came before them */
	static const int64_t sizes[] = {40, 60, 80};
	for (int i = 0; i < COUNT_OF(sizes); i++) {
		struct checkpoint c = head_of(&o, sizes[i]);
		assert_int_equal(hand_in(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_GOOD);
	}
	assert_int_equal(trust_load_head_over(&o.s.tx, 39, &head), OK);
	assert_int_equal(head.checkpoint.head.size, 40);
	assert_int_equal(trust_load_head_over(&o.s.tx, 40, &head), OK);
	assert_int_equal(head.checkpoint.head.size, 60);
	assert_int_equal(trust_load_head_over(&o.s.tx, 80, &head), E_NOT_FOUND);
	struct checkpoint c = head_of(&o, 60);
	assert_int_equal(hand_in_cosigned(&o, sign(&o, &c, &o.witness, NULL, 7)), NOTE_GOOD);
	assert_int_equal(trust_load_head_over(&o.s.tx, 10, &head), OK);
	assert_int_equal(head.checkpoint.head.size, 60); /* the first that was witnessed */

	assert_int_equal(trust_load_tlog_proof(&o.s.tx, 10, &text), OK);
	assert_true(trust_read_tlog_proof(text, &proof));
	assert_int_equal(trust_list_leaves(&o.s.tx, 10, &leaf, 1, &count), OK);
	assert_true(trust_is_included(leaf, 10, &c.head, &proof.proof));
	assert_int_equal(trust_load_tlog_proof(&o.s.tx, 80, &text), E_NOT_FOUND);
	test_store_close(&o.s);
}

/* ---- doctor ---- */

static struct db_stmt SHORTEN = {"trust_test_shorten",
	"UPDATE trust_frontier SET size = 0, nodes = $2 WHERE government_id = $1", 0};
static struct db_stmt REWRITE = {"trust_test_rewrite",
	"UPDATE trust_leaf SET leaf_hash = $2 WHERE government_id = $1 AND leaf_index = 4", 0};
static struct db_stmt FORGET = {
	"trust_test_forget_keys", "DELETE FROM trust_key WHERE government_id = $1", 0};

static enum head_fault doctor(struct office *o)
{
	enum head_fault fault;
	assert_int_equal(trust_check_head(&o->s.tx, &fault), OK);
	return fault;
}

static void test_doctor_holds_the_head_against_the_tree(void **state)
{
	static struct db_stmt *const stmts[] = {&SHORTEN, &REWRITE, &FORGET};
	struct office o;
	(void)state;
	db_register(stmts, COUNT_OF(stmts));
	open_office(&o, 20);
	assert_int_equal(doctor(&o), HEAD_GOOD);
	struct checkpoint c = head_of(&o, 20);
	assert_int_equal(hand_in(&o, sign(&o, &c, &o.log, NULL, 0)), NOTE_GOOD);
	assert_int_equal(doctor(&o), HEAD_GOOD);
	assert_int_equal(db_exec(&o.s.tx, &FORGET, BIND(db_int(7)), NULL), OK);
	assert_int_equal(doctor(&o), HEAD_UNSIGNED);
	assert_int_equal(
		db_exec(&o.s.tx, &REWRITE, BIND(db_int(7), db_bytes(c.head.root.b, 32)), NULL), OK);
	assert_int_equal(doctor(&o), HEAD_OTHER_TREE);
	assert_int_equal(db_exec(&o.s.tx, &SHORTEN, BIND(db_int(7), db_bytes("", 0)), NULL), OK);
	assert_int_equal(doctor(&o), HEAD_BEYOND);
	test_store_close(&o.s);
}

int main(void)
{
	const struct CMUnitTest stored[] = {
		cmocka_unit_test(test_a_new_key_ends_the_former),
		cmocka_unit_test(test_keys_are_bounded),
		cmocka_unit_test(test_heads_of_this_tree_signed_by_its_key),
		cmocka_unit_test(test_a_strangers_line_is_not_kept),
		cmocka_unit_test(test_a_key_that_ended_signs_no_more),
		cmocka_unit_test(test_cosignatures),
		cmocka_unit_test(test_the_head_a_leaf_is_proven_with),
		cmocka_unit_test(test_doctor_holds_the_head_against_the_tree),
	};
	return TEST_STORE_RUN(stored);
}
