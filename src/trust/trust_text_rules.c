/*
 * What a note's text holds when it is a checkpoint (c2sp.org/tlog-checkpoint), and proofs as text
 * (c2sp.org/tlog-proof).
 */
#include "trust/trust_note.h"

#include "base/str.h"

#include <sodium.h>
#include <string.h>

#define BASE64           sodium_base64_VARIANT_ORIGINAL
#define HASH_BASE64      44
#define NUMBER_CHARS_MAX 19

/* The next line without its newline; false when none is left or the last is not ended. */
static bool take_line(struct bytes *rest, struct bytes *ret)
{
	const uint8_t *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	if (!end)
		return false;
	*ret = (struct bytes){rest->p, (size_t)(end - rest->p)};
	rest->n -= ret->n + 1;
	rest->p = end + 1;
	return true;
}

/* Decimal without sign and leading zeros. */
static bool take_decimal(struct bytes text, int64_t *ret)
{
	char digits[NUMBER_CHARS_MAX + 1] = "";
	if (text.n == 0 || text.n > NUMBER_CHARS_MAX || (text.p[0] == '0' && text.n > 1))
		return false;
	memcpy(digits, text.p, text.n);
	return strspn(digits, "0123456789") == text.n && str_to_int(digits, 0, INT64_MAX, ret);
}

bool trust_read_hash(struct bytes base64, struct hash *ret)
{
	struct hash h;
	const char *end;
	size_t n = 0;
	if (base64.n != HASH_BASE64 || !trust_is_base64(base64) ||
		sodium_base642bin(h.b, sizeof h.b, (const char *)base64.p, base64.n, NULL, &n, &end,
			BASE64) ||
		n != sizeof h.b || end != (const char *)base64.p + base64.n)
		return false;
	*ret = h;
	return true;
}

void trust_print_hash(struct hash hash, char ret[45])
{
	sodium_bin2base64(ret, HASH_BASE64 + 1, hash.b, sizeof hash.b, BASE64);
}

/* ---- checkpoints ---- */

bool trust_read_checkpoint(struct bytes text, struct checkpoint *ret)
{
	struct bytes origin, size, root, extension;
	struct checkpoint c = {0};
	if (!take_line(&text, &origin) || origin.n == 0 || origin.n > KEY_NAME_MAX ||
		!str_is_text((const char *)origin.p, origin.n) || !take_line(&text, &size) ||
		!take_decimal(size, &c.head.size) || !take_line(&text, &root) ||
		!trust_read_hash(root, &c.head.root))
		return false;
	while (text.n)
		if (!take_line(&text, &extension) || extension.n == 0)
			return false;
	memcpy(c.origin, origin.p, origin.n);
	*ret = c;
	return true;
}

void trust_print_checkpoint(const struct checkpoint *checkpoint, struct buf *out)
{
	char root[HASH_BASE64 + 1];
	trust_print_hash(checkpoint->head.root, root);
	buf_str(out, checkpoint->origin);
	buf_char(out, '\n');
	buf_int(out, checkpoint->head.size);
	buf_char(out, '\n');
	buf_str(out, root);
	buf_char(out, '\n');
}

/* ---- proofs ---- */

bool trust_read_hashes(struct bytes text, struct log_proof *ret)
{
	struct bytes line;
	ret->count = 0;
	while (text.n)
		if (ret->count == PROOF_MAX || !take_line(&text, &line) ||
			!trust_read_hash(line, &ret->hash[ret->count++]))
			return false;
	return true;
}

void trust_print_hashes(const struct log_proof *proof, struct buf *out)
{
	for (int i = 0; i < proof->count; i++) {
		char hash[HASH_BASE64 + 1];
		trust_print_hash(proof->hash[i], hash);
		buf_str(out, hash);
		buf_char(out, '\n');
	}
}

/* What follows `word` and a blank; false when the line begins otherwise. */
static bool take_word(struct bytes line, const char *word, struct bytes *ret)
{
	size_t n = strlen(word);
	if (line.n <= n + 1 || memcmp(line.p, word, n) != 0 || line.p[n] != ' ')
		return false;
	*ret = (struct bytes){line.p + n + 1, line.n - n - 1};
	return true;
}

static bool is_line(struct bytes line, const char *text)
{
	return line.n == strlen(text) && memcmp(line.p, text, line.n) == 0;
}

bool trust_read_tlog_proof(struct bytes bytes, struct tlog_proof *ret)
{
	struct bytes line, index;
	*ret = (struct tlog_proof){0};
	if (!take_line(&bytes, &line) || !is_line(line, TLOG_PROOF_FIRST_LINE) ||
		!take_line(&bytes, &line))
		return false;
	if (take_word(line, "extra", &ret->extra) && !take_line(&bytes, &line))
		return false;
	if (!take_word(line, "index", &index) || !take_decimal(index, &ret->index))
		return false;
	while (take_line(&bytes, &line) && line.n) {
		if (ret->proof.count == PROOF_MAX ||
			!trust_read_hash(line, &ret->proof.hash[ret->proof.count++]))
			return false;
	}
	ret->note = bytes;
	return line.n == 0 && bytes.n > 0;
}

void trust_print_tlog_proof(
	int64_t index, const struct log_proof *proof, struct bytes note, struct buf *out)
{
	buf_str(out, TLOG_PROOF_FIRST_LINE "\nindex ");
	buf_int(out, index);
	buf_char(out, '\n');
	trust_print_hashes(proof, out);
	buf_char(out, '\n');
	buf_add(out, note.p, note.n);
}
