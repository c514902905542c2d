/*
 * Reading and checking what the office proves: pure functions of bytes, keys and dated rows.
 *
 * A proof names an instant before which it cannot have been known (the step of a screen) or after
 * which it cannot have been made (a kiosk's clock); place and time of the event are bound by it,
 * and a wrong one is a mark for a person, never a refusal (UU 27/2022 art. 10). Bytes:
 * docs/EVIDENCE.md.
 */
#include "attendance/attendance_office.h"

#include "base/put.h"

#include <arpa/inet.h>
#include <assert.h>
#include <string.h>

#define DISPLAY_PREFIX  "luwes/qr/1\n"
#define WITNESS_PREFIX  "luwes/wt/1\n"
#define KIOSK_PREFIX    "luwes/kc/1\n"
#define CARD_PREFIX     "luwes/cd/1\n"
#define DUTY_PREFIX     "luwes/du/1\n"
#define PREFIX_BYTES    11
#define KIOSK_MAGIC     "LUWES-KC"
#define KIOSK_VERSION   1
#define INSTANT_MAX_MS  INT64_C(253402300799999) /* 9999-12-31 */
#define V4_BITS         96                       /* of an IPv6 address before the IPv4 one */
#define V4_LEAST_PREFIX 16
#define V6_LEAST_PREFIX 32

const char *const countersign_kind_names[] = {"none", "qr", "pin", "card", "officer", NULL};

_Static_assert(
	sizeof(DISPLAY_PREFIX) - 1 == PREFIX_BYTES && sizeof(WITNESS_PREFIX) - 1 == PREFIX_BYTES &&
		sizeof(KIOSK_PREFIX) - 1 == PREFIX_BYTES &&
		sizeof(CARD_PREFIX) - 1 == PREFIX_BYTES && sizeof(DUTY_PREFIX) - 1 == PREFIX_BYTES,
	"prefixes are of one length");

struct reader {
	const uint8_t *p;
	size_t left;
};

static const uint8_t *take(struct reader *r, size_t n)
{
	const uint8_t *p = r->p;

	assert(r->left >= n); /* the length was looked at first */
	r->p += n;
	r->left -= n;
	return p;
}

static void take_to(struct reader *r, void *to, size_t n)
{
	memcpy(to, take(r, n), n);
}

/* Of a number beyond what we count with: -1, which no bound lets pass. */
static int64_t take_number(struct reader *r, size_t n)
{
	const uint8_t *p = take(r, n);
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value > INT64_MAX ? -1 : (int64_t)value;
}

static bool is_instant(int64_t at)
{
	return at >= 0 && at <= INSTANT_MAX_MS;
}

static struct hash hash_with(const char *prefix, const void *p, size_t n)
{
	const struct bytes part[] = {{(const uint8_t *)prefix, PREFIX_BYTES}, {p, n}};

	return hash_sha256(part, 2);
}

/* ---- the lobby's screen ---- */

bool attendance_read_display_proof(struct bytes bytes, struct display_proof *ret)
{
	struct reader r = {bytes.p, bytes.n};

	if (bytes.n != DISPLAY_PROOF_BYTES)
		return false;
	ret->display = take_number(&r, 8);
	ret->step = take_number(&r, 8);
	take_to(&r, ret->mac, sizeof(ret->mac));
	return ret->display > 0 && ret->step >= 0 && ret->step <= INSTANT_MAX_MS / DISPLAY_STEP_MS;
}

/* Display and step, as they are signed and shown. */
static uint8_t *put_step(uint8_t *at, int64_t display, int64_t step)
{
	return put_number(put_number(at, display, 8), step, 8);
}

static struct hash display_mac(int64_t display, int64_t step, const uint8_t key[DISPLAY_KEY_BYTES])
{
	uint8_t message[16];
	const struct bytes part[] = {
		{(const uint8_t *)DISPLAY_PREFIX, PREFIX_BYTES}, {message, sizeof(message)}};

	put_step(message, display, step);
	return hash_mac(key, DISPLAY_KEY_BYTES, part, 2);
}

void attendance_write_display_proof(int64_t display, const uint8_t key[DISPLAY_KEY_BYTES],
	int64_t at, uint8_t ret[DISPLAY_PROOF_BYTES])
{
	int64_t step = at / DISPLAY_STEP_MS;
	struct hash mac = display_mac(display, step, key);

	ret = put_step(ret, display, step);
	put_bytes(ret, mac.b, DISPLAY_MAC_BYTES);
}

bool attendance_check_display(const struct display_proof *proof,
	const uint8_t key[DISPLAY_KEY_BYTES], int64_t claimed_at, int64_t *ret_not_before)
{
	struct hash mac = display_mac(proof->display, proof->step, key);
	int64_t off = claimed_at / DISPLAY_STEP_MS - proof->step;

	*ret_not_before = proof->step * DISPLAY_STEP_MS;
	return hash_is_same(mac.b, proof->mac, DISPLAY_MAC_BYTES) && off <= DISPLAY_STEPS_OFF &&
	       off >= -DISPLAY_STEPS_OFF;
}

/* ---- a colleague as witness ---- */

bool attendance_read_witness_proof(struct bytes bytes, struct witness_proof *ret)
{
	struct reader r = {bytes.p, bytes.n};

	if (bytes.n != WITNESS_PROOF_BYTES)
		return false;
	ret->employee = take_number(&r, 8);
	take_to(&r, ret->device, sizeof(ret->device));
	take_to(&r, ret->signature, sizeof(ret->signature));
	return ret->employee > 0;
}

void attendance_write_witness_message(
	int64_t employee, const uint8_t chance[16], uint8_t ret[WITNESS_MESSAGE_BYTES])
{
	ret = put_bytes(ret, WITNESS_PREFIX, PREFIX_BYTES);
	ret = put_number(ret, employee, 8);
	put_bytes(ret, chance, 16);
}

bool attendance_check_witness(const struct witness_proof *proof, const struct signed_event *event,
	const uint8_t key[ES256_KEY_BYTES])
{
	uint8_t message[WITNESS_MESSAGE_BYTES];

	if (proof->employee == event->employee ||
		memcmp(proof->device, event->device, sizeof(proof->device)) == 0)
		return false;
	attendance_write_witness_message(event->employee, event->chance, message);
	return es256_verify(key, message, sizeof(message), proof->signature);
}

/* ---- the countersignature of a kiosk ---- */

static void take_countersign(struct reader *r, struct countersign *c)
{
	c->version = (uint8_t)take_number(r, 1);
	c->kind = (uint8_t)take_number(r, 1);
	c->bits = (uint16_t)take_number(r, 2);
	take_to(r, c->kiosk, sizeof(c->kiosk));
	c->seq = take_number(r, 8);
	take_to(r, c->prev.b, sizeof(c->prev.b));
	take_to(r, c->token, sizeof(c->token));
	c->token_issued_at = take_number(r, 8);
	c->wall_at = take_number(r, 8);
	c->mono_ms = take_number(r, 8);
	take_to(r, c->subject.b, sizeof(c->subject.b));
	c->employee = take_number(r, 8);
	c->type = (uint8_t)take_number(r, 1);
	c->officer = take_number(r, 8);
	take_to(r, c->chance, sizeof(c->chance));
}

/* Who is named follows from the kind: nobody stands surety for himself. */
static bool is_named(const struct countersign *c)
{
	bool has_type = c->type >= EVENT_TYPE_IN && c->type <= EVENT_TYPE_ANSWER;

	if (c->officer < 0 || c->employee < 0)
		return false;
	if (c->kind == COUNTERSIGN_OFFICER)
		return c->officer && !c->employee && !c->type;
	if (!c->employee || !has_type || c->officer == c->employee)
		return false;
	if (c->kind == COUNTERSIGN_QR)
		return true;
	return c->officer && c->type <= EVENT_TYPE_OUT;
}

enum event_fault attendance_read_countersign(struct bytes bytes, struct countersign *ret)
{
	struct reader r = {bytes.p, bytes.n};

	*ret = (struct countersign){0};
	if (bytes.n != COUNTERSIGN_BYTES || memcmp(take(&r, 8), KIOSK_MAGIC, 8) != 0)
		return EVENT_MALFORMED;
	take_countersign(&r, ret);
	if (ret->seq <= 0 || ret->wall_at <= 0 || !is_instant(ret->wall_at) ||
		!is_instant(ret->token_issued_at) || !is_instant(ret->mono_ms))
		return EVENT_MALFORMED;
	if (ret->version != KIOSK_VERSION || ret->bits || ret->kind < COUNTERSIGN_QR ||
		ret->kind > COUNTERSIGN_OFFICER)
		return EVENT_UNKNOWN;
	return is_named(ret) ? EVENT_GOOD : EVENT_MALFORMED;
}

void attendance_write_countersign(const struct countersign *c, uint8_t ret[COUNTERSIGN_BYTES])
{
	ret = put_bytes(ret, KIOSK_MAGIC, 8);
	ret = put_number(ret, c->version, 1);
	ret = put_number(ret, c->kind, 1);
	ret = put_number(ret, c->bits, 2);
	ret = put_bytes(ret, c->kiosk, sizeof(c->kiosk));
	ret = put_number(ret, c->seq, 8);
	ret = put_bytes(ret, c->prev.b, sizeof(c->prev.b));
	ret = put_bytes(ret, c->token, sizeof(c->token));
	ret = put_number(ret, c->token_issued_at, 8);
	ret = put_number(ret, c->wall_at, 8);
	ret = put_number(ret, c->mono_ms, 8);
	ret = put_bytes(ret, c->subject.b, sizeof(c->subject.b));
	ret = put_number(ret, c->employee, 8);
	ret = put_number(ret, c->type, 1);
	ret = put_number(ret, c->officer, 8);
	put_bytes(ret, c->chance, sizeof(c->chance));
}

struct hash attendance_countersign_hash(const uint8_t bytes[COUNTERSIGN_BYTES])
{
	return hash_with(KIOSK_PREFIX, bytes, COUNTERSIGN_BYTES);
}

bool attendance_is_countersigned(const uint8_t key[ES256_KEY_BYTES],
	const uint8_t bytes[COUNTERSIGN_BYTES], const uint8_t signature[ES256_SIGNATURE_BYTES])
{
	uint8_t message[PREFIX_BYTES + COUNTERSIGN_BYTES], *at = message;

	at = put_bytes(at, KIOSK_PREFIX, PREFIX_BYTES);
	at = put_bytes(at, bytes, COUNTERSIGN_BYTES);
	return es256_verify(key, message, sizeof(message), signature);
}

struct hash attendance_card_hash(const uint8_t token[CARD_TOKEN_BYTES])
{
	return hash_with(CARD_PREFIX, token, CARD_TOKEN_BYTES);
}

/* ---- an officer's turn ---- */

bool attendance_read_duty_answer(struct bytes bytes, struct duty_answer *ret)
{
	struct reader r = {bytes.p, bytes.n};

	if (bytes.n != DUTY_ANSWER_BYTES)
		return false;
	ret->officer = take_number(&r, 8);
	take_to(&r, ret->device, sizeof(ret->device));
	take_to(&r, ret->signature, sizeof(ret->signature));
	return ret->officer > 0;
}

void attendance_write_duty_message(const uint8_t kiosk[KIOSK_KEY_BYTES], int64_t officer,
	const uint8_t device[DEVICE_ID_BYTES], const uint8_t chance[16],
	uint8_t ret[DUTY_MESSAGE_BYTES])
{
	ret = put_bytes(ret, DUTY_PREFIX, PREFIX_BYTES);
	ret = put_bytes(ret, kiosk, KIOSK_KEY_BYTES);
	ret = put_number(ret, officer, 8);
	ret = put_bytes(ret, device, DEVICE_ID_BYTES);
	put_bytes(ret, chance, 16);
}

bool attendance_check_duty(const struct duty_answer *answer, const struct countersign *record,
	const uint8_t key[ES256_KEY_BYTES])
{
	uint8_t message[DUTY_MESSAGE_BYTES];

	if (record->kind != COUNTERSIGN_OFFICER || answer->officer != record->officer)
		return false;
	attendance_write_duty_message(
		record->kiosk, answer->officer, answer->device, record->chance, message);
	return es256_verify(key, message, sizeof(message), answer->signature);
}

struct hash attendance_duty_hash(const uint8_t answer[DUTY_ANSWER_BYTES])
{
	return hash_with(DUTY_PREFIX, answer, DUTY_ANSWER_BYTES);
}

/* ---- the office's network ---- */

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool attendance_parse_address(const char *text, struct network_address *ret)
{
	if (!text)
		return false;
	memcpy(ret->b, mapped, sizeof(mapped));
	return inet_pton(AF_INET, text, ret->b + sizeof(mapped)) == 1 ||
	       inet_pton(AF_INET6, text, ret->b) == 1;
}

/* One to three digits; -1 otherwise. */
static int parse_prefix(const char *text)
{
	int value = 0, digits = 0;

	for (; text[digits] >= '0' && text[digits] <= '9' && digits < 3; digits++)
		value = value * 10 + (text[digits] - '0');
	return digits > 0 && text[digits] == '\0' ? value : -1;
}

static bool has_host_bits(const struct network_range *range)
{
	for (int bit = range->bits; bit < 128; bit++)
		if (range->first.b[bit / 8] >> (7 - bit % 8) & 1)
			return true;
	return false;
}

/* An IPv4 range is written as one: as IPv6 its bounds would be others. */
static bool is_v4_in_v6(const struct network_address *address)
{
	return memcmp(address->b, mapped, 10) == 0;
}

enum range_fault attendance_parse_range(const char *text, struct network_range *ret)
{
	char address[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t n = slash ? (size_t)(slash - text) : 0;
	int prefix = slash ? parse_prefix(slash + 1) : -1;
	bool is_v4;

	if (n == 0 || n >= sizeof(address) || prefix < 0)
		return RANGE_UNREADABLE;
	memcpy(address, text, n);
	address[n] = '\0';
	is_v4 = !strchr(address, ':');
	if (!attendance_parse_address(address, &ret->first) || prefix > (is_v4 ? 32 : 128) ||
		(!is_v4 && is_v4_in_v6(&ret->first)))
		return RANGE_UNREADABLE;
	if (prefix < (is_v4 ? V4_LEAST_PREFIX : V6_LEAST_PREFIX))
		return RANGE_TOO_WIDE;
	ret->bits = is_v4 ? V4_BITS + prefix : prefix;
	return has_host_bits(ret) ? RANGE_HOST_BITS : RANGE_GOOD;
}

bool attendance_is_in_range(
	const struct network_range *range, const struct network_address *address)
{
	int whole = range->bits / 8, rest = range->bits % 8;

	if (memcmp(range->first.b, address->b, (size_t)whole) != 0)
		return false;
	return rest == 0 || ((range->first.b[whole] ^ address->b[whole]) >> (8 - rest)) == 0;
}

static bool is_online(int64_t claimed_at, int64_t received_at, int64_t slack_ms)
{
	return received_at - claimed_at <= slack_ms && claimed_at - received_at <= slack_ms;
}

struct network_judgement attendance_judge_network(const struct org_tree *tree,
	const struct network_list *list, struct unit_id unit, int32_t day, const char *address,
	int64_t claimed_at, int64_t received_at, int64_t slack_ms)
{
	struct network_judgement found = {NETWORK_NONE, {0}};
	struct network_address from;

	if (!is_online(claimed_at, received_at, slack_ms) ||
		!attendance_parse_address(address, &from))
		return found;
	for (int i = 0; i < list->networks; i++) {
		const struct office_network *network = &list->network[i];

		if (day < network->valid_from || day > network->valid_to ||
			!org_is_below(tree, unit, network->unit))
			continue;
		if (attendance_is_in_range(&network->range, &from))
			return (struct network_judgement){NETWORK_WITHIN, network->site};
		found.match = NETWORK_OTHER;
	}
	return found;
}
