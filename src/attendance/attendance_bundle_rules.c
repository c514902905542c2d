/*
 * Reading and writing bundles: lines of a name and values in one fixed order, a blank line, and a
 * C2SP tlog-proof as it stands.
 *
 * There is one spelling of each bundle: what is read and written again comes out the same. Lines
 * that begin with '#' are remarks for people and are not part of it.
 */
#include "attendance/attendance_bundle.h"

#include "base/str.h"

#include <string.h>

#define FIRST_LINE "LUWES-BUNDLE 1"

/* ---- writing ---- */

static void add_bytes(struct buf *out, const char *name, struct bytes bytes)
{
	if (bytes.n == 0)
		return;
	buf_printf(out, "%s %s\n", name, base64url_encode(out->arena, bytes.p, bytes.n));
}

static void add_text(struct buf *out, const char *name, const char *text)
{
	if (*text)
		buf_printf(out, "%s %s\n", name, text);
}

static void add_leaf(struct buf *out, const char *name, const struct bundle_leaf *leaf)
{
	if (leaf->payload.n == 0)
		return;
	buf_printf(out, "%s %d ", name, leaf->kind);
	buf_int(out, leaf->at);
	buf_printf(out, " %s %s\n", base64url_encode(out->arena, leaf->salt.p, leaf->salt.n),
		base64url_encode(out->arena, leaf->payload.p, leaf->payload.n));
}

static void add_enrolment(struct buf *out, const struct bundle *b)
{
	add_leaf(out, "enrolment", &b->enrolment);
	if (b->enrolment.payload.n == 0 || !b->has_proof)
		return;
	buf_str(out, "enrolment-index ");
	buf_int(out, b->enrolment_index);
	buf_char(out, '\n');
	for (int i = 0; i < b->enrolment_proof.count; i++) {
		char hash[45];
		trust_print_hash(b->enrolment_proof.hash[i], hash);
		add_text(out, "enrolment-hash", hash);
	}
}

void attendance_write_bundle(const struct bundle *b, const char *remark, struct buf *out)
{
	buf_str(out, FIRST_LINE "\n");
	if (remark)
		buf_printf(out, "# %s\n", remark);
	buf_str(out, "government ");
	buf_int(out, b->government);
	buf_char(out, '\n');
	add_text(out, "government-name", b->government_name);
	add_text(out, "person-name", b->person_name);
	add_text(out, "zone", zone_name(b->zone));
	add_bytes(out, "event", b->event);
	add_bytes(out, "signature", b->signature);
	add_bytes(out, "device-key", b->device_key);
	if (b->token_signature.n) {
		buf_str(out, "token-issued ");
		buf_int(out, b->token_at);
		buf_char(out, '\n');
		add_bytes(out, "token-signature", b->token_signature);
		add_bytes(out, "token-key", b->token_key);
	}
	add_bytes(out, "receipt", b->receipt);
	add_bytes(out, "receipt-signature", b->receipt_signature);
	add_bytes(out, "online-key", b->online_key);
	add_leaf(out, "leaf", &b->leaf);
	add_enrolment(out, b);
	if (b->countersign.n) {
		add_bytes(out, "countersign", b->countersign);
		add_bytes(out, "countersign-signature", b->countersign_signature);
		add_bytes(out, "kiosk-key", b->kiosk_key);
	}
	add_text(out, "log-key", b->log_key);
	for (int i = 0; i < b->witnesses; i++)
		add_text(out, "witness", b->witness[i]);
	buf_char(out, '\n');
	if (b->has_proof)
		trust_print_tlog_proof(b->index, &b->proof, b->note, out);
}

/* ---- reading ---- */

struct reader {
	struct arena *arena;
	struct bytes rest;
	int number;       /* of `line`, from 1 */
	const char *line; /* the next one that is not a remark, NUL-terminated; NULL at the end */
	bool is_bad;
};

/* Sets r->line to the next line. */
static void advance(struct reader *r)
{
	do {
		const uint8_t *end = r->rest.n ? memchr(r->rest.p, '\n', r->rest.n) : NULL;
		r->number++;
		if (!end) {
			r->line = NULL;
			return;
		}
		size_t n = (size_t)(end - r->rest.p);
		r->line = arena_strndup(r->arena, (const char *)r->rest.p, n);
		r->rest.p = end + 1;
		r->rest.n -= n + 1;
	} while (*r->line == '#');
}

/* What follows "name " on the line, which is then passed; NULL when it is another line. */
static const char *take(struct reader *r, const char *name)
{
	size_t n = strlen(name);
	if (r->is_bad || !r->line || strncmp(r->line, name, n) != 0 || r->line[n] != ' ')
		return NULL;
	const char *value = r->line + n + 1;
	if (!*value) {
		r->is_bad = true;
		return NULL;
	}
	advance(r);
	return value;
}

/* A value that is not as it must be: the fault is on the line before. */
static void fail(struct reader *r)
{
	if (!r->is_bad)
		r->number--;
	r->is_bad = true;
}

static const char *take_label(struct reader *r, const char *name)
{
	const char *text = take(r, name);
	if (text && strlen(text) > BUNDLE_LABEL_MAX)
		fail(r);
	return text ? text : "";
}

/* Decimal, without sign and leading zeros. */
static bool is_decimal(const char *text, int64_t max, int64_t *ret)
{
	return *text >= '0' && *text <= '9' && (*text != '0' || !text[1]) &&
	       str_to_int(text, 0, max, ret);
}

static int64_t take_number(struct reader *r, const char *name, bool *ret_found)
{
	const char *text = take(r, name);
	int64_t value = 0;
	*ret_found = text != NULL;
	if (text && !is_decimal(text, INT64_MAX, &value))
		fail(r);
	return value;
}

/* Bytes between two sizes; n 0 when the line is not there. */
static struct bytes take_bytes(struct reader *r, const char *name, size_t least, size_t most)
{
	const char *text = take(r, name);
	struct bytes bytes = {0};
	if (text &&
		(!base64url_decode(r->arena, text, &bytes) || bytes.n < least || bytes.n > most))
		fail(r);
	return bytes;
}

/* "kind at salt payload" */
static struct bundle_leaf take_leaf(struct reader *r, const char *name)
{
	struct bundle_leaf leaf = {0};
	const char *text = take(r, name);
	char *part[4], *p = text ? arena_strdup(r->arena, text) : NULL;
	int64_t kind;
	int parts = 0;
	while (p && parts < 4) {
		part[parts++] = p;
		if ((p = strchr(p, ' ')))
			*p++ = '\0';
	}
	if (!text)
		return leaf;
	if (parts != 4 || p || !is_decimal(part[0], 255, &kind) || kind == 0 ||
		!is_decimal(part[1], INT64_MAX, &leaf.at) ||
		!base64url_decode(r->arena, part[2], &leaf.salt) || leaf.salt.n != 16 ||
		!base64url_decode(r->arena, part[3], &leaf.payload) || leaf.payload.n == 0 ||
		leaf.payload.n > BUNDLE_PAYLOAD_MAX) {
		fail(r);
		return (struct bundle_leaf){0};
	}
	leaf.kind = (int32_t)kind;
	return leaf;
}

static enum zone take_zone(struct reader *r)
{
	const char *text = take(r, "zone");
	for (enum zone z = ZONE_WIB; text && z <= ZONE_WIT; z++)
		if (str_eq(text, zone_name(z)))
			return z;
	fail(r);
	return ZONE_WIB;
}

static void take_event(struct reader *r, struct bundle *b)
{
	bool found;
	b->event = take_bytes(r, "event", 1, EVENT_BYTES_MAX);
	b->signature = take_bytes(r, "signature", 64, 64);
	b->device_key = take_bytes(r, "device-key", 64, 64);
	b->token_at = take_number(r, "token-issued", &found);
	if (found) {
		b->token_signature = take_bytes(r, "token-signature", 64, 64);
		b->token_key = take_bytes(r, "token-key", 32, 32);
	}
	if (!b->event.n || !b->signature.n || !b->device_key.n || (found && !b->token_signature.n))
		r->is_bad = true;
}

static void take_receipt(struct reader *r, struct bundle *b)
{
	b->receipt = take_bytes(r, "receipt", 1, 255);
	b->receipt_signature = take_bytes(r, "receipt-signature", 64, 64);
	b->online_key = take_bytes(r, "online-key", 32, 32);
	b->leaf = take_leaf(r, "leaf");
	if (!b->receipt.n || !b->receipt_signature.n || !b->online_key.n || !b->leaf.payload.n)
		r->is_bad = true;
}

static void take_enrolment(struct reader *r, struct bundle *b, bool *ret_has_index)
{
	const char *hash;
	b->enrolment = take_leaf(r, "enrolment");
	b->enrolment_index = take_number(r, "enrolment-index", ret_has_index);
	if (*ret_has_index && !b->enrolment.payload.n)
		r->is_bad = true;
	while (*ret_has_index && (hash = take(r, "enrolment-hash"))) {
		struct log_proof *p = &b->enrolment_proof;
		if (p->count == PROOF_MAX ||
			!trust_read_hash((struct bytes){(const uint8_t *)hash, strlen(hash)},
				&p->hash[p->count++]))
			fail(r);
	}
}

static void take_kiosk(struct reader *r, struct bundle *b)
{
	b->countersign = take_bytes(r, "countersign", 1, 255);
	if (!b->countersign.n)
		return;
	b->countersign_signature = take_bytes(r, "countersign-signature", 64, 64);
	b->kiosk_key = take_bytes(r, "kiosk-key", 64, 64);
	if (!b->countersign_signature.n || !b->kiosk_key.n)
		r->is_bad = true;
}

static void take_keys(struct reader *r, struct bundle *b)
{
	const char *witness;
	b->log_key = take_label(r, "log-key");
	while ((witness = take(r, "witness"))) {
		if (b->witnesses == BUNDLE_WITNESSES_MAX)
			fail(r);
		else
			b->witness[b->witnesses++] = witness;
	}
}

/* Behind the blank line: nothing, or the proof. */
static void take_proof(struct reader *r, struct bundle *b)
{
	struct tlog_proof proof;
	if (r->is_bad || !r->line || *r->line) {
		r->is_bad = true;
		return;
	}
	r->number++;
	if (r->rest.n == 0)
		return;
	if (!trust_read_tlog_proof(r->rest, &proof) || proof.extra.n) {
		r->is_bad = true;
		return;
	}
	r->is_bad = !*b->log_key; /* nobody's signature could be looked at */
	b->has_proof = true;
	b->index = proof.index;
	b->proof = proof.proof;
	b->note = proof.note;
}

bool attendance_read_bundle(
	struct bytes text, struct arena *arena, struct bundle *ret, int *ret_line)
{
	struct reader r = {.arena = arena, .rest = text};
	bool found, has_index = false;
	*ret = (struct bundle){0};
	r.is_bad = text.n > BUNDLE_BYTES_MAX || !str_is_text((const char *)text.p, text.n);
	if (!r.is_bad)
		advance(&r);
	if (!r.is_bad && !str_eq(r.line, FIRST_LINE))
		r.is_bad = true;
	if (!r.is_bad)
		advance(&r);
	ret->government = take_number(&r, "government", &found);
	r.is_bad = r.is_bad || !found;
	ret->government_name = take_label(&r, "government-name");
	ret->person_name = take_label(&r, "person-name");
	ret->zone = take_zone(&r);
	take_event(&r, ret);
	take_receipt(&r, ret);
	take_enrolment(&r, ret, &has_index);
	take_kiosk(&r, ret);
	take_keys(&r, ret);
	take_proof(&r, ret);
	if (ret->enrolment.payload.n && has_index != ret->has_proof)
		r.is_bad = true; /* both lie under the same head, or neither */
	*ret_line = r.number;
	return !r.is_bad;
}
