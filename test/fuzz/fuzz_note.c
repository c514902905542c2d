/*
 * Fuzz target: any bytes as a signed note, as a checkpoint, a tlog-proof, a list of hashes or a
 * key. What is accepted points into the input, and what is written again is read again as the same.
 * Seeds: test/fuzz/corpus/note.
 */
#include "trust/trust_note.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena;

static void check_within(struct bytes part, struct bytes whole)
{
	assert(part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void check_checkpoint(struct bytes text)
{
	struct checkpoint c, again;
	struct buf b;

	if (!trust_read_checkpoint(text, &c))
		return;
	assert(c.head.size >= 0 && strlen(c.origin) <= KEY_NAME_MAX);
	buf_init(&b, &arena, 512);
	trust_print_checkpoint(&c, &b);
	assert(trust_read_checkpoint((struct bytes){(const uint8_t *)b.p, b.n}, &again));
	assert(again.head.size == c.head.size && strcmp(again.origin, c.origin) == 0);
}

static void check_note(struct bytes whole)
{
	static const uint8_t key[ED25519_KEY_BYTES] = {1};
	struct note note;
	struct vkey log, witness;
	int64_t time;

	if (!trust_read_note(whole, &note))
		return;
	assert(note.lines > 0 && note.lines <= NOTE_SIGNATURES_MAX);
	check_within(note.text, whole);
	for (int i = 0; i < note.lines; i++) {
		check_within(note.line[i].name, whole);
		check_within(note.line[i].base64, whole);
	}
	assert(trust_make_vkey("luwes.jabar", KEY_LOG, key, &log));
	assert(trust_make_vkey("inspektorat.jabar", KEY_WITNESS, key, &witness));
	log.id = witness.id = note.line[0].id; /* so that its signature is looked at */
	assert(trust_check_note(&note, &log, NULL) != NOTE_SIGNED);
	assert(trust_check_note(&note, &witness, &time) != NOTE_SIGNED);
	check_within(
		trust_find_line(&note, &log).n ? trust_find_line(&note, &log) : note.text, whole);
	check_checkpoint(note.text);
}

static void check_proof(struct bytes whole)
{
	struct tlog_proof proof, again;
	struct log_proof hashes;
	struct buf b;

	trust_read_hashes(whole, &hashes);
	assert(hashes.count >= 0 && hashes.count <= PROOF_MAX);
	if (!trust_read_tlog_proof(whole, &proof))
		return;
	check_within(proof.note, whole);
	buf_init(&b, &arena, whole.n + 64);
	trust_print_tlog_proof(proof.index, &proof.proof, proof.note, &b);
	assert(trust_read_tlog_proof((struct bytes){(const uint8_t *)b.p, b.n}, &again));
	assert(again.index == proof.index && again.proof.count == proof.proof.count);
	check_note(proof.note);
}

static void check_keys(const char *text)
{
	struct vkey key;
	struct skey secret;
	struct buf b;

	if (trust_parse_vkey(text, &key)) {
		buf_init(&b, &arena, VKEY_TEXT_MAX);
		trust_print_vkey(&key, &b);
		assert(strcmp(b.p, text) == 0);
	}
	trust_parse_skey(text, &secret);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bytes whole = {data, size};

	arena_init(&arena, (size_t)64 << 20);
	check_note(whole);
	check_checkpoint(whole);
	check_proof(whole);
	check_keys(arena_strndup(&arena, (const char *)data, size));
	arena_release(&arena);
	return 0;
}
