/*
 * Signed notes against the examples of c2sp.org and of Go's golang.org/x/mod/sumdb/note, and a
 * checkpoint of a public log with the cosignature of a public witness.
 */
#include "trust/trust_note.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct arena arena;

static struct bytes of(const char *s)
{
	return (struct bytes){(const uint8_t *)s, strlen(s)};
}

static struct buf new_buf(void)
{
	struct buf b;
	buf_init(&b, &arena, 256);
	return b;
}

/* ---- keys ---- */

#define SPEC_VKEY  "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define PETER_VKEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define PETER_SKEY "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
#define ENOCH_VKEY "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
#define PETER_LINE                                                                                 \
	"— PeterNeumann "                                                                        \
	"x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ" \
	"nAM=\n"
#define ENOCH_LINE                                                                                 \
	"— EnochRoot "                                                                           \
	"rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc" \
	"+QQ=\n"
#define PETER_TEXT                                                                                 \
	"If you think cryptography is the answer to your problem,\n"                               \
	"then you don't know what your problem is.\n"

static struct vkey vkey(const char *text)
{
	struct vkey key;
	if (!trust_parse_vkey(text, &key))
		fail_msg("not a key: %s", text);
	return key;
}

static void test_keys_of_others(void **state)
{
	static const char *const keys[] = {SPEC_VKEY, PETER_VKEY, ENOCH_VKEY,
		"remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"};
	(void)state;
	for (int i = 0; i < COUNT_OF(keys); i++) {
		struct vkey key = vkey(keys[i]), again;
		struct buf b = new_buf();
		trust_print_vkey(&key, &b);
		assert_string_equal(b.p, keys[i]);
		assert_true(trust_make_vkey(key.name, key.type, key.key, &again));
		assert_int_equal(again.id, key.id);
	}
	assert_int_equal(vkey(SPEC_VKEY).id, 0x530d903a); /* c2sp.org/signed-note */
	assert_int_equal(vkey(SPEC_VKEY).type, KEY_LOG);
	assert_int_equal(vkey(keys[3]).type, KEY_WITNESS);
}

static void test_secret_keys(void **state)
{
	struct skey key;
	struct buf b = new_buf(), v = new_buf();
	(void)state;
	assert_true(trust_parse_skey(PETER_SKEY, &key));
	trust_print_skey(&key, &b);
	trust_print_vkey(&key.public, &v);
	assert_string_equal(b.p, PETER_SKEY);
	assert_string_equal(v.p, PETER_VKEY);
	assert_false(trust_parse_skey(PETER_VKEY, &key));
	assert_false(trust_parse_vkey(PETER_SKEY, &key.public));
}

/* Go's TestNewVerifier: every part of a key, and every key with one character moved, is none. */
static void test_mangled_keys(void **state)
{
	static const char *const bad[] = {"", "+", "++", "a+b+c",
		"PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
		"PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
		"+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
	size_t n = strlen(PETER_VKEY);
	char text[128];
	struct vkey key;
	(void)state;
	for (int i = 0; i < COUNT_OF(bad); i++)
		assert_false(trust_parse_vkey(bad[i], &key));
	for (size_t from = 0; from <= n; from++)
		for (size_t to = from; to <= n; to++) {
			snprintf(text, sizeof text, "%.*s", (int)(to - from), &PETER_VKEY[from]);
			assert_int_equal(trust_parse_vkey(text, &key), from == 0 && to == n);
		}
	for (size_t i = 0; i < n; i++) {
		snprintf(text, sizeof text, "%s", PETER_VKEY);
		text[i]++;
		assert_false(trust_parse_vkey(text, &key));
		for (int byte = 128; byte < 256; byte++) { /* libsodium takes 0x8f for '/' */
			text[i] = (char)byte;
			assert_false(trust_parse_vkey(text, &key));
		}
	}
}

static void test_names(void **state)
{
	static const struct {
		const char *name;
		bool is_good;
	} cases[] = {{"luwes.jabar", true}, {"log.jabarprov.go.id/2026", true}, {"", false},
		{"a b", false}, {"a+b", false}, {"a\tb", false}, {"a\nb", false},
		{"a\xC2\xA0"
		 "b",
			false},
		{"a\xE3\x80\x80", false}, {"\xE2\x80\x89", false}, {"a\xFF", false},
		{"saksi–dprd", true}};
	uint8_t key[ED25519_KEY_BYTES] = {1};
	struct vkey made;
	char longest[KEY_NAME_MAX + 2];
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
			trust_make_vkey(cases[i].name, KEY_LOG, key, &made), cases[i].is_good);
	memset(longest, 'a', sizeof longest);
	longest[KEY_NAME_MAX + 1] = '\0';
	assert_false(trust_make_vkey(longest, KEY_LOG, key, &made));
	longest[KEY_NAME_MAX] = '\0';
	assert_true(trust_make_vkey(longest, KEY_LOG, key, &made));
}

/* ---- notes ---- */

static enum signed_by check(const char *text, const char *key_text, int64_t *ret_time)
{
	struct note note;
	struct vkey key = vkey(key_text);
	assert_true(trust_read_note(of(text), &note));
	return trust_check_note(&note, &key, ret_time);
}

static void test_notes_of_others(void **state)
{
	struct note note;
	struct skey peter;
	struct buf b = new_buf();
	(void)state;
	assert_int_equal(check("This is an example message.\n\n— example.com/foo "
			       "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH"
			       "3mFXmRKuwHjG1Yu72IneyaQM=\n",
				 SPEC_VKEY, NULL),
		NOTE_SIGNED);
	const char *both = PETER_TEXT "\n" PETER_LINE ENOCH_LINE;
	assert_int_equal(check(both, PETER_VKEY, NULL), NOTE_SIGNED);
	assert_int_equal(check(both, ENOCH_VKEY, NULL), NOTE_SIGNED);
	assert_int_equal(check(both, SPEC_VKEY, NULL), NOTE_UNSIGNED);
	assert_int_equal(
		check(PETER_TEXT "\n" PETER_LINE PETER_LINE, PETER_VKEY, NULL), NOTE_SIGNED);
	assert_true(trust_read_note(of(both), &note));
	assert_int_equal(note.lines, 2);
	assert_int_equal(note.text.n, strlen(PETER_TEXT));
	struct vkey enoch = vkey(ENOCH_VKEY);
	struct bytes line = trust_find_line(&note, &enoch);
	assert_int_equal(line.n, strlen(ENOCH_LINE));
	assert_memory_equal(line.p, ENOCH_LINE, line.n);
	assert_true(trust_parse_skey(PETER_SKEY, &peter));
	trust_sign_note(of(PETER_TEXT), &peter, 0, &b);
	assert_string_equal(b.p, PETER_LINE);
}

/* Go's TestOpen, and ours. */
static void test_malformed_notes(void **state)
{
	static const char *const bad[] = {"", "\n", "\n\n", PETER_TEXT, PETER_TEXT "\n",
		PETER_TEXT "\n\n", PETER_TEXT PETER_LINE, "\x01" PETER_TEXT "\n" PETER_LINE,
		"\xff" PETER_TEXT "\n" PETER_LINE, "a\tb\n\n" PETER_LINE,
		PETER_TEXT "\n" PETER_LINE "Unexpected line.\n",
		PETER_TEXT
		"\n— Bad Name "
		"x08go/ZJkuBS9UG/"
		"SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ"
		"nAM=\n",
		PETER_TEXT "\n— PeterNeumann x08go/Y\n", PETER_TEXT "\n— PeterNeumann \n",
		PETER_TEXT "\n— PeterNeumann x08gow==\n", /* an id and nothing else */
		PETER_TEXT "\n- PeterNeumann x08go/ZJkuBS\n", PETER_TEXT "\n— x08go/ZJkuBS\n"};
	struct note note;
	struct buf many = new_buf();
	(void)state;
	for (int i = 0; i < COUNT_OF(bad); i++)
		if (trust_read_note(of(bad[i]), &note))
			fail_msg("taken for a note: %s", bad[i]);
	const char *whole = PETER_TEXT "\n" PETER_LINE;
	assert_false(
		trust_read_note((struct bytes){(const uint8_t *)whole, strlen(whole) - 1}, &note));
	buf_str(&many, PETER_TEXT "\n");
	for (int i = 0; i < NOTE_SIGNATURES_MAX; i++)
		buf_str(&many, PETER_LINE);
	assert_true(trust_read_note((struct bytes){(const uint8_t *)many.p, many.n}, &note));
	buf_str(&many, PETER_LINE);
	assert_false(trust_read_note((struct bytes){(const uint8_t *)many.p, many.n}, &note));
}

/* Every bit of the text and of the signature counts. */
static void test_each_flipped_bit(void **state)
{
	const char *whole = PETER_TEXT "\n" PETER_LINE;
	struct vkey peter = vkey(PETER_VKEY);
	size_t n = strlen(whole);
	uint8_t copy[512];
	(void)state;
	for (size_t bit = 0; bit < n * 8; bit++) {
		struct note note;
		memcpy(copy, whole, n);
		copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (trust_read_note((struct bytes){copy, n}, &note))
			assert_int_not_equal(trust_check_note(&note, &peter, NULL), NOTE_SIGNED);
	}
}

static void test_a_bad_line_of_a_known_key_spoils_it(void **state)
{
	char whole[1024];
	(void)state;
	snprintf(whole, sizeof whole, "%s\n%s%s", PETER_TEXT, PETER_LINE, PETER_LINE);
	char *second = strrchr(whole, ' ');
	second[20] = second[20] == 'A' ? 'B' : 'A';
	assert_int_equal(check(whole, PETER_VKEY, NULL), NOTE_SPOILT);
}

/* ---- checkpoints and cosignatures ---- */

#define SOFA_TEXT                                                                                  \
	"example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
#define SOFA_NOTE                                                                                  \
	SOFA_TEXT                                                                                  \
	"\n— example.com/behind-the-sofa "                                                       \
	"Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+"             \
	"zyWE+xeMcTOAYQ8=\n— witness.example.com/w1 "                                            \
	"jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/"                                                     \
	"zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"

static void test_the_example_of_tlog_checkpoint(void **state)
{
	struct note note;
	struct checkpoint c;
	struct buf b = new_buf();
	(void)state;
	assert_true(trust_read_note(of(SOFA_NOTE), &note));
	assert_int_equal(note.lines, 2);
	assert_int_equal(note.line[0].id, 0x033de0ae);
	assert_int_equal(note.line[1].id, 0x8d66cf3f);
	assert_true(trust_read_checkpoint(note.text, &c));
	assert_string_equal(c.origin, "example.com/behind-the-sofa");
	assert_int_equal(c.head.size, 20852163);
	trust_print_checkpoint(&c, &b);
	assert_string_equal(b.p, SOFA_TEXT);
}

/* A staging log of Certificate Transparency, with one of its witnesses. */
static void test_a_public_log_with_a_public_witness(void **state)
{
	static const char note[] =
		"arche2025h1.staging.ct.transparency.dev\n1432088532\n"
		"U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n\n"
		"— arche2025h1.staging.ct.transparency.dev "
		"zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW"
		"2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n"
		"— arche2025h1.staging.ct.transparency.dev "
		"ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7R"
		"y1k3ZFWwQ=\n"
		"— remora.n621.de "
		"2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5X"
		"eU/zZ0WBxtqB0DrAWfBw==\n";
	static const char log[] = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+"
				  "AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
	static const char witness[] =
		"remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
	char other[sizeof note];
	int64_t time = 0;
	(void)state;
	assert_int_equal(check(note, log, NULL), NOTE_SIGNED);
	assert_int_equal(check(note, witness, &time), NOTE_SIGNED);
	assert_int_equal(time, 0x6a122120);
	memcpy(other, note, sizeof note);
	*strstr(other, "1432088532") = '2';
	assert_int_equal(check(other, log, NULL), NOTE_SPOILT);
	assert_int_equal(check(other, witness, NULL), NOTE_SPOILT);
}

static void test_our_own_cosignature(void **state)
{
	uint8_t seed[ED25519_SEED_BYTES] = {7};
	struct skey log, witness;
	struct buf b = new_buf();
	struct note note;
	int64_t time;
	(void)state;
	assert_true(trust_make_skey("luwes.jabar", KEY_LOG, seed, &log));
	seed[0] = 8;
	assert_true(trust_make_skey("inspektorat.jabar", KEY_WITNESS, seed, &witness));
	buf_str(&b, SOFA_TEXT);
	struct bytes text = {(const uint8_t *)b.p, b.n};
	buf_char(&b, '\n');
	trust_sign_note(text, &log, 0, &b);
	trust_sign_note(text, &witness, 1762993200, &b);
	assert_true(trust_read_note((struct bytes){(const uint8_t *)b.p, b.n}, &note));
	assert_int_equal(trust_check_note(&note, &log.public, NULL), NOTE_SIGNED);
	assert_int_equal(trust_check_note(&note, &witness.public, &time), NOTE_SIGNED);
	assert_int_equal(time, 1762993200);
	/* the same bytes of key as another type are another key */
	struct vkey as_log;
	assert_true(trust_make_vkey("inspektorat.jabar", KEY_LOG, witness.public.key, &as_log));
	assert_int_equal(trust_check_note(&note, &as_log, NULL), NOTE_UNSIGNED);
	/* another time is another statement */
	struct buf moved = new_buf();
	buf_add(&moved, b.p, b.n);
	char *line = strstr(moved.p, "— inspektorat.jabar "), *at = strchr(line + 4, ' ');
	at[13] = at[13] == 'A' ? 'B' : 'A';
	assert_true(trust_read_note((struct bytes){(const uint8_t *)moved.p, moved.n}, &note));
	assert_int_equal(trust_check_note(&note, &witness.public, &time), NOTE_SPOILT);
}

static void test_malformed_checkpoints(void **state)
{
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
	static const struct {
		const char *text;
		bool is_good;
	} cases[] = {
		{"o\n0\n" ROOT "\n", true},
		{"o\n9223372036854775807\n" ROOT "\n", true},
		{"o\n5\n" ROOT "\nan extension\n", true},
		{"o\n5\n" ROOT "\n\nmore\n", false},
		{"o\n9223372036854775808\n" ROOT "\n", false},
		{"o\n05\n" ROOT "\n", false},
		{"o\n-5\n" ROOT "\n", false},
		{"o\n+5\n" ROOT "\n", false},
		{"o\n 5\n" ROOT "\n", false},
		{"o\n\n" ROOT "\n", false},
		{"\n5\n" ROOT "\n", false},
		{"o\n5\n" ROOT, false},
		{"o\n5\n", false},
		{"o\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", false}, /* a loose bit */
		{"o\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n", false},
		{"o\n5\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n", false},
		{"", false},
	};
	struct checkpoint c;
	(void)state;
	for (int i = 0; i < COUNT_OF(cases); i++)
		if (trust_read_checkpoint(of(cases[i].text), &c) != cases[i].is_good)
			fail_msg("%s: should be %d", cases[i].text, cases[i].is_good);
}

/* ---- proofs as text ---- */

static void test_the_example_of_tlog_proof(void **state)
{
	static const char text[] = "c2sp.org/tlog-proof@v1\n"
				   "extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ\n"
				   "index 73894\n"
				   "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"
				   "B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n\n" SOFA_NOTE;
	struct tlog_proof p;
	struct buf b = new_buf();
	(void)state;
	assert_true(trust_read_tlog_proof(of(text), &p));
	assert_int_equal(p.index, 73894);
	assert_int_equal(p.proof.count, 2);
	assert_int_equal(p.extra.n, 52);
	assert_int_equal(p.note.n, strlen(SOFA_NOTE));
	trust_print_tlog_proof(p.index, &p.proof, p.note, &b);
	assert_true(trust_read_tlog_proof((struct bytes){(const uint8_t *)b.p, b.n}, &p));
	assert_int_equal(p.extra.n, 0);
	assert_int_equal(p.proof.count, 2);
	for (size_t n = 0; n <= b.n - strlen(SOFA_NOTE); n++)
		assert_false(trust_read_tlog_proof((struct bytes){(const uint8_t *)b.p, n}, &p));
}

static void test_lists_of_hashes(void **state)
{
	struct log_proof p = {.count = PROOF_MAX}, again;
	struct buf b = new_buf();
	(void)state;
	for (int i = 0; i < p.count; i++)
		p.hash[i] = hash_of(&i, sizeof i);
	trust_print_hashes(&p, &b);
	assert_true(trust_read_hashes((struct bytes){(const uint8_t *)b.p, b.n}, &again));
	assert_int_equal(again.count, PROOF_MAX);
	assert_memory_equal(again.hash, p.hash, sizeof p.hash);
	buf_str(&b, ROOT "\n");
	assert_false(trust_read_hashes((struct bytes){(const uint8_t *)b.p, b.n}, &again));
	assert_true(trust_read_hashes(of(""), &again));
	assert_int_equal(again.count, 0);
	assert_false(trust_read_hashes(of(ROOT), &again));
	assert_false(trust_read_hashes(of("\n"), &again));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_of_others),
		cmocka_unit_test(test_secret_keys),
		cmocka_unit_test(test_mangled_keys),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_notes_of_others),
		cmocka_unit_test(test_malformed_notes),
		cmocka_unit_test(test_each_flipped_bit),
		cmocka_unit_test(test_a_bad_line_of_a_known_key_spoils_it),
		cmocka_unit_test(test_the_example_of_tlog_checkpoint),
		cmocka_unit_test(test_a_public_log_with_a_public_witness),
		cmocka_unit_test(test_our_own_cosignature),
		cmocka_unit_test(test_malformed_checkpoints),
		cmocka_unit_test(test_the_example_of_tlog_proof),
		cmocka_unit_test(test_lists_of_hashes),
	};
	arena_init(&arena, 1 << 22);
	int failed = cmocka_run_group_tests_name("notes", tests, NULL, NULL);
	arena_release(&arena);
	return failed;
}
