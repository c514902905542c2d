/*
 * Checking a bundle, from the phone's signature to the witnesses of the log.
 *
 * Each part is held against the one before it by hashes, so that parts of two true bundles do not
 * make a third: the receipt names event and leaf, the leaf names event and receipt, the proof leads
 * from the leaf to the head. What is missing is told; what contradicts makes the bundle false.
 * PP 94/2021 art. 31 ff. lets an employee contest a decision: this is what he brings along.
 */
#include "attendance/attendance_bundle.h"

#include "attendance/attendance_office.h"
#include "base/put.h"
#include "base/str.h"
#include "trust/trust.h"

#include <assert.h>
#include <string.h>

#define RECEIPT_PREFIX   "luwes/rc/1\n"
#define LEAF_PREFIX      "luwes/pu/1\n"
#define ENROLMENT_PREFIX "luwes/de/1\n"
#define TOKEN_PREFIX     "luwes/tok/1\n"
#define PREFIX_BYTES     11
#define RECEIPT_BYTES    (PREFIX_BYTES + 8 + 8 + DEVICE_ID_BYTES + 32 + 8 + 8 + 32 + 8 + 2)
#define LEAF_BYTES       (PREFIX_BYTES + 8 + 8 + 8 + 32)
#define ENROLMENT_BYTES  (PREFIX_BYTES + 1 + 8 + 8 + DEVICE_ID_BYTES + 8 + 8 + 32 + 8 + NIP_BYTES)
#define TOKEN_BYTES      (PREFIX_BYTES + 1 + 8 + DEVICE_ID_BYTES + 8)
#define NIP_BYTES        18
#define ENROLLED         1 /* kind of a phone's step */

const char *const finding_codes[] = {
#define X(name, code, worth) code,
#include "attendance/attendance_finding.def"
#undef X
	NULL};

enum finding_worth attendance_finding_worth(enum finding finding)
{
	static const enum finding_worth worths[] = {
#define X(name, code, worth) worth,
#include "attendance/attendance_finding.def"
#undef X
	};
	return worths[finding];
}

struct check {
	const struct bundle *b;
	const struct bundle_trust *trust;
	struct bundle_findings *f;
	struct hash leaf_hash;
	bool has_receipt, has_token, has_head;
};

static void add_about(struct check *c, enum finding what, int witness)
{
	assert(c->f->count < FINDINGS_MAX);
	c->f->found[c->f->count].what = what;
	c->f->found[c->f->count++].witness = witness;
	c->f->has_fault = c->f->has_fault || attendance_finding_worth(what) == FINDING_FAULT;
}

static void add(struct check *c, enum finding what)
{
	add_about(c, what, -1);
}

/* ---- bytes ---- */

static int64_t take_number(const uint8_t **at, int n)
{
	uint64_t value = 0;
	for (int i = 0; i < n; i++)
		value = value << 8 | *(*at)++;
	return value > INT64_MAX ? -1 : (int64_t)value;
}

static const uint8_t *take(const uint8_t **at, size_t n)
{
	const uint8_t *p = *at;
	*at += n;
	return p;
}

static bool is_of(struct bytes bytes, size_t n, const char *prefix)
{
	return bytes.n == n && memcmp(bytes.p, prefix, PREFIX_BYTES) == 0;
}

static bool is_hash(const uint8_t *p, struct hash h)
{
	return memcmp(p, h.b, sizeof h.b) == 0;
}

static struct hash hash_leaf(const struct bundle_leaf *leaf)
{
	return trust_leaf_hash((enum leaf_kind)leaf->kind, leaf->at,
		trust_commitment(leaf->salt.p, leaf->payload));
}

/* ---- the event ---- */

static bool check_event(struct check *c)
{
	const struct bundle *b = c->b;
	if (attendance_read_event(b->event, &c->f->event) != EVENT_GOOD) {
		add(c, FAULT_EVENT);
		return false;
	}
	c->f->event_hash = attendance_event_hash(b->event);
	if (attendance_is_signed(b->device_key.p, b->event, b->signature.p))
		add(c, FOUND_EVENT);
	else
		add(c, FAULT_EVENT_SIGNATURE);
	return true;
}

/* ---- the server's signatures ---- */

/* By a key that was brought along, or, when none was, by the bundle's own. */
static bool is_signed_online(const struct check *c, struct bytes key, const void *message, size_t n,
	struct bytes signature)
{
	const struct bundle_trust *t = c->trust;
	if (t->online_keys == 0)
		return ed25519_verify(key.p, message, n, signature.p);
	for (int i = 0; i < t->online_keys; i++)
		if (ed25519_verify(t->online_key[i], message, n, signature.p))
			return true;
	return false;
}

static bool is_token_good(const struct check *c)
{
	const struct bundle *b = c->b;
	const struct signed_event *e = &c->f->event;
	uint8_t message[TOKEN_BYTES], *at = message + PREFIX_BYTES + 1;
	struct hash id = hash_of(b->token_signature.p, b->token_signature.n);
	memcpy(message, TOKEN_PREFIX, PREFIX_BYTES + 1);
	at = put_number(at, b->government, 8);
	memcpy(at, e->device, DEVICE_ID_BYTES);
	put_number(at + DEVICE_ID_BYTES, b->token_at, 8);
	return e->token_issued_at == b->token_at && memcmp(e->token, id.b, TOKEN_ID_BYTES) == 0 &&
	       is_signed_online(c, b->token_key.n ? b->token_key : b->online_key, message,
		       sizeof message, b->token_signature);
}

static void check_token(struct check *c)
{
	if (c->b->token_signature.n == 0) {
		add(c, MISSED_TOKEN);
		return;
	}
	c->has_token = is_token_good(c);
	add(c, c->has_token ? FOUND_TOKEN : FAULT_TOKEN);
	if (c->has_token)
		c->f->lower = c->b->token_at;
}

/* The receipt speaks of this event and of the leaf that is opened. */
static bool read_receipt(struct check *c, int64_t *ret_punch)
{
	const struct signed_event *e = &c->f->event;
	const uint8_t *at = c->b->receipt.p;
	if (!is_of(c->b->receipt, RECEIPT_BYTES, RECEIPT_PREFIX))
		return false;
	at += PREFIX_BYTES;
	bool good = take_number(&at, 8) == c->b->government;
	good = take_number(&at, 8) == e->employee && good;
	good = memcmp(take(&at, DEVICE_ID_BYTES), e->device, DEVICE_ID_BYTES) == 0 && good;
	good = is_hash(take(&at, 32), c->f->event_hash) && good;
	*ret_punch = take_number(&at, 8);
	c->f->received_at = take_number(&at, 8);
	good = is_hash(take(&at, 32), c->leaf_hash) && good;
	c->f->index = take_number(&at, 8);
	c->f->status = (int32_t)take_number(&at, 1);
	c->f->verdict = (int32_t)take_number(&at, 1);
	return good && c->f->status <= RECEIPT_REJECTED && c->f->verdict < VERDICT_COUNT;
}

static bool is_leaf_of(const struct check *c, int64_t punch)
{
	const struct bundle_leaf *leaf = &c->b->leaf;
	const uint8_t *at = leaf->payload.p;
	if (leaf->kind != LEAF_PUNCH || !is_of(leaf->payload, LEAF_BYTES, LEAF_PREFIX))
		return false;
	at += PREFIX_BYTES;
	return take_number(&at, 8) == c->f->event.employee && take_number(&at, 8) == punch &&
	       take_number(&at, 8) == c->f->received_at && leaf->at == c->f->received_at &&
	       is_hash(take(&at, 32), c->f->event_hash);
}

static void check_receipt(struct check *c)
{
	const struct bundle *b = c->b;
	int64_t punch = 0;
	c->leaf_hash = hash_leaf(&b->leaf);
	bool is_signed = is_signed_online(
		c, b->online_key, b->receipt.p, b->receipt.n, b->receipt_signature);
	bool is_about = read_receipt(c, &punch), is_leaf = is_about && is_leaf_of(c, punch);
	c->has_receipt = is_signed && is_leaf;
	if (!is_signed)
		add(c, FAULT_RECEIPT_SIGNATURE);
	else if (!is_about)
		add(c, FAULT_RECEIPT);
	else
		add(c, is_leaf ? FOUND_RECEIPT : FAULT_LEAF);
	if (c->has_receipt)
		c->f->upper = c->f->received_at;
	if (c->trust->online_keys == 0)
		add(c, MISSED_ONLINE_KEY);
}

static void check_interval(struct check *c)
{
	if (!c->has_receipt || !c->has_token)
		return;
	add(c, c->f->lower <= c->f->upper ? FOUND_INTERVAL : FAULT_ORDER);
}

/* ---- the kiosk ---- */

static void check_kiosk(struct check *c)
{
	const struct bundle *b = c->b;
	struct countersign k;
	if (b->countersign.n == 0)
		return;
	if (b->countersign.n != COUNTERSIGN_BYTES ||
		attendance_read_countersign(b->countersign, &k) != EVENT_GOOD ||
		k.kind != COUNTERSIGN_QR || !is_hash(k.subject.b, c->f->event_hash) ||
		k.employee != c->f->event.employee ||
		!attendance_is_countersigned(
			b->kiosk_key.p, b->countersign.p, b->countersign_signature.p)) {
		add(c, FAULT_KIOSK);
		return;
	}
	c->f->kiosk_at = k.wall_at;
	add(c, FOUND_KIOSK);
	add(c, MISSED_KIOSK_KEY);
}

/* ---- the log ---- */

/* The head in the note, signed by the log. */
static bool read_head(struct check *c, struct note *ret_note)
{
	struct vkey own;
	const struct vkey *key = c->trust->log_key;
	if (!key && !trust_parse_vkey(c->b->log_key, &own))
		return false;
	key = key ? key : &own;
	c->f->log_key_id = key->id;
	return key->type == KEY_LOG && trust_read_note(c->b->note, ret_note) &&
	       trust_read_checkpoint(ret_note->text, &c->f->head) &&
	       str_eq(c->f->head.origin, key->name) &&
	       trust_check_note(ret_note, key, NULL) == NOTE_SIGNED;
}

static bool is_brought(const struct check *c, const struct vkey *key)
{
	for (int i = 0; i < c->trust->witnesses; i++)
		if (c->trust->witness[i].id == key->id &&
			str_eq(c->trust->witness[i].name, key->name))
			return true;
	return false;
}

/* One witness: what he said, once; *ret_signed when he did. */
static void check_witness(struct check *c, const struct note *note, const struct vkey *key,
	int *ret_told, enum finding signed_is, bool *ret_signed)
{
	int64_t time = 0;
	enum signed_by by = key->type == KEY_WITNESS ? trust_check_note(note, key, &time)
						     : NOTE_UNSIGNED;
	int at = *ret_told;
	*ret_signed = by == NOTE_SIGNED;
	if (by == NOTE_UNSIGNED || at == BUNDLE_WITNESSES_MAX)
		return;
	memcpy(c->f->witness[at].name, key->name, sizeof key->name);
	c->f->witness[at].at = time > INT64_MAX / 1000 ? INT64_MAX : time * 1000;
	(*ret_told)++;
	add_about(c, by == NOTE_SIGNED ? signed_is : FAULT_WITNESS, at);
}

static void check_witnesses(struct check *c, const struct note *note)
{
	struct vkey key;
	bool is_signed;
	int told = 0;
	for (int i = 0; i < c->trust->witnesses; i++) {
		check_witness(c, note, &c->trust->witness[i], &told, FOUND_WITNESS, &is_signed);
		c->f->signed_witnesses += is_signed;
	}
	for (int i = 0; i < c->b->witnesses; i++)
		if (trust_parse_vkey(c->b->witness[i], &key) && !is_brought(c, &key))
			check_witness(c, note, &key, &told, MISSED_WITNESS_KEY, &is_signed);
	if (told == 0)
		add(c, MISSED_WITNESS);
}

static void check_proof(struct check *c)
{
	const struct bundle *b = c->b;
	if (b->index == c->f->index &&
		trust_is_included(c->leaf_hash, b->index, &c->f->head.head, &b->proof))
		add(c, FOUND_LEAF);
	else
		add(c, FAULT_PROOF);
}

static void check_log(struct check *c)
{
	struct note note;
	if (!c->b->has_proof) {
		add(c, MISSED_PROOF);
		return;
	}
	c->has_head = read_head(c, &note);
	if (!c->has_head) {
		add(c, FAULT_HEAD);
		return;
	}
	check_proof(c);
	add(c, FOUND_HEAD);
	if (!c->trust->log_key)
		add(c, MISSED_LOG_KEY);
	check_witnesses(c, &note);
}

/* ---- whose phone ---- */

static bool take_nip(const uint8_t *p, char ret[NIP_BYTES + 1])
{
	size_t n = 0;
	while (n < NIP_BYTES && p[n] >= '0' && p[n] <= '9')
		n++;
	memcpy(ret, p, n);
	ret[n] = '\0';
	for (size_t i = n; i < NIP_BYTES; i++)
		if (p[i])
			return false;
	return n > 0;
}

/* The leaf of the phone's enrolment speaks of this employee, device and key. */
static bool read_enrolment(struct check *c)
{
	const struct bundle_leaf *leaf = &c->b->enrolment;
	const struct signed_event *e = &c->f->event;
	const uint8_t *at = leaf->payload.p;
	if (leaf->kind != LEAF_DEVICE || !is_of(leaf->payload, ENROLMENT_BYTES, ENROLMENT_PREFIX))
		return false;
	at += PREFIX_BYTES;
	bool good = take_number(&at, 1) == ENROLLED;
	good = take_number(&at, 8) == c->b->government && good;
	good = take_number(&at, 8) == e->employee && good;
	good = memcmp(take(&at, DEVICE_ID_BYTES), e->device, DEVICE_ID_BYTES) == 0 && good;
	take(&at, 8); /* who enrolled it: himself, with the code an officer showed */
	c->f->enrolled_at = take_number(&at, 8);
	good = c->f->enrolled_at == leaf->at && good;
	good = is_hash(take(&at, 32), hash_of(c->b->device_key.p, c->b->device_key.n)) && good;
	take(&at, 8);
	return take_nip(at, c->f->nip) && good;
}

static void check_owner(struct check *c)
{
	const struct bundle *b = c->b;
	if (b->enrolment.payload.n == 0) {
		add(c, MISSED_OWNER);
		return;
	}
	if (!read_enrolment(c)) {
		c->f->nip[0] = '\0';
		add(c, FAULT_OWNER);
		return;
	}
	if (!b->has_proof)
		add(c, MISSED_OWNER_IN_LOG);
	else if (c->has_head && trust_is_included(hash_leaf(&b->enrolment), b->enrolment_index,
					&c->f->head.head, &b->enrolment_proof))
		add(c, FOUND_OWNER);
	else
		add(c, FAULT_OWNER_PROOF);
}

/* ---- what no bundle can show ---- */

static void add_limits(struct check *c)
{
	const struct signed_event *e = &c->f->event;
	if (e->proof_type == PROOF_DISPLAY)
		add(c, MISSED_DISPLAY);
	if (e->proof_type == PROOF_WITNESS)
		add(c, MISSED_COLLEAGUE);
	add(c, MISSED_CLOCK);
	if (e->point.lat_e7 != NO_COORDINATE)
		add(c, MISSED_PLACE);
	add(c, MISSED_HAND);
	if (*c->b->person_name)
		add(c, MISSED_NAME);
	add(c, MISSED_LATER);
}

void attendance_check_bundle(
	const struct bundle *bundle, const struct bundle_trust *trust, struct bundle_findings *ret)
{
	struct check c = {.b = bundle, .trust = trust, .f = ret};
	*ret = (struct bundle_findings){
		.lower = NO_INSTANT, .upper = NO_INSTANT, .kiosk_at = NO_INSTANT, .index = -1};
	if (!check_event(&c))
		return;
	check_token(&c);
	check_receipt(&c);
	check_interval(&c);
	check_kiosk(&c);
	check_log(&c);
	check_owner(&c);
	if (ret->signed_witnesses < trust->policy)
		add(&c, FAULT_POLICY);
	add_limits(&c);
}
