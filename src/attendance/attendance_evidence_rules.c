/*
 * Reading a signed event and saying what it is worth: pure functions of its bytes, the moment of
 * receipt and dated numbers.
 *
 * PP 94/2021 art. 4 f asks for presence; nothing in law asks for a signal at 07.30. So the claim of
 * a phone counts when everything known agrees with it, and what disagrees asks a person
 * (UU 27/2022 art. 10). docs/EVIDENCE.md fixes bytes and grades.
 */
#include "attendance/attendance_evidence.h"

#include "base/put.h"

#include <assert.h>
#include <string.h>

#define MAGIC          "LUWES-EV"
#define PREFIX         "luwes/ev/1\n"
#define EVENT_VERSION  1
#define EVENT_BITS     (EVENT_BIT_INSTALLED | EVENT_BIT_SAME_PAGE)
#define MONO_SLACK_MS  5000                     /* of two clocks of one phone */
#define INSTANT_MAX_MS INT64_C(253402300799999) /* 9999-12-31 */

const char *const parameter_names[] = {
#define X(name, code, fallback, lowest, highest) code,
#include "attendance/attendance_parameter.def"
#undef X
	NULL};
const char *const time_grade_names[] = {
	"arrival", "proven", "consistent", "queued", "doubted", NULL};
const char *const evidence_verdict_names[] = {"ok", "ok_sampled", "needs_confirmation", NULL};
const char *const device_state_names[] = {"active", "replaced", "lost", "revoked", NULL};
const char *const evidence_mark_names[] = {"geo_none", "geo_coarse", "geo_perfect", "geo_same_self",
	"geo_same_peer", "geo_stale", "teleport", "time_skew", "offline_long", "network_mismatch",
	"device_shared", "device_new", "pair_burst", "device_static", "no_user_verification",
	"seq_gap", "fork", "proof_kiosk", "proof_display", "proof_witness", "proof_network",
	"user_verified", "device_ended", "unknown_version", "token_missing", "token_foreign",
	"proof_bad", "assertion_bad", "backup_changed", "sign_count", "officer_missing",
	"card_ended", NULL};

struct parameters attendance_default_parameters(void)
{
	static const struct parameters numbers = {{
#define X(name, code, fallback, lowest, highest) fallback,
#include "attendance/attendance_parameter.def"
#undef X
	}};

	return numbers;
}

/* ---- the event ---- */

struct cursor {
	const uint8_t *p;
	size_t left;
};

static const uint8_t *take(struct cursor *c, size_t n)
{
	const uint8_t *p = c->p;

	assert(c->left >= n); /* the length was looked at first */
	c->p += n;
	c->left -= n;
	return p;
}

static uint64_t take_number(struct cursor *c, size_t n)
{
	const uint8_t *p = take(c, n);
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

static int32_t take_signed(struct cursor *c)
{
	return (int32_t)(uint32_t)take_number(c, 4);
}

/* Of an unsigned 64-bit number beyond what we count with: -1, which no bound lets pass. */
static int64_t take_positive(struct cursor *c)
{
	uint64_t value = take_number(c, 8);

	return value > INT64_MAX ? -1 : (int64_t)value;
}

static void take_head(struct cursor *c, struct signed_event *e)
{
	e->version = (uint8_t)take_number(c, 1);
	e->type = (uint8_t)take_number(c, 1);
	e->bits = (uint16_t)take_number(c, 2);
	e->employee = take_positive(c);
	memcpy(e->device, take(c, DEVICE_ID_BYTES), DEVICE_ID_BYTES);
	e->seq = take_positive(c);
	memcpy(e->prev.b, take(c, sizeof e->prev.b), sizeof e->prev.b);
	memcpy(e->token, take(c, TOKEN_ID_BYTES), TOKEN_ID_BYTES);
	e->token_issued_at = take_positive(c);
	e->wall_at = take_positive(c);
	e->mono_ms = take_positive(c);
}

static void take_place(struct cursor *c, struct signed_event *e)
{
	e->point.lat_e7 = take_signed(c);
	e->point.lon_e7 = take_signed(c);
	e->accuracy_cm = (uint32_t)take_number(c, 4);
	e->position_at = take_positive(c);
	e->speed_cms = (uint32_t)take_number(c, 4);
	e->altitude_cm = take_signed(c);
	e->position_error = (uint8_t)take_number(c, 1);
}

static bool is_instant(int64_t at)
{
	return at >= 0 && at <= INSTANT_MAX_MS;
}

static bool is_head_bounded(const struct signed_event *e)
{
	return e->employee > 0 && e->seq > 0 && e->wall_at > 0 && is_instant(e->wall_at) &&
	       is_instant(e->token_issued_at) && is_instant(e->mono_ms);
}

static bool is_place_bounded(const struct signed_event *e)
{
	bool has_point = e->point.lat_e7 != NO_COORDINATE && e->point.lon_e7 != NO_COORDINATE;
	bool has_none = e->point.lat_e7 == NO_COORDINATE && e->point.lon_e7 == NO_COORDINATE;

	return is_instant(e->position_at) && e->position_error <= POSITION_UNSUPPORTED &&
	       (has_none || (has_point && geo_is_valid(e->point)));
}

enum event_fault attendance_read_event(struct bytes bytes, struct signed_event *ret)
{
	struct cursor c = {bytes.p, bytes.n};
	size_t proof;

	*ret = (struct signed_event){0};
	if (bytes.n < EVENT_FIXED_BYTES || bytes.n > EVENT_BYTES_MAX ||
		memcmp(take(&c, 8), MAGIC, 8) != 0)
		return EVENT_MALFORMED;
	take_head(&c, ret);
	if (!is_head_bounded(ret))
		return EVENT_MALFORMED;
	if (ret->version != EVENT_VERSION || ret->type < EVENT_TYPE_IN ||
		ret->type > EVENT_TYPE_ANSWER || ret->bits & ~EVENT_BITS)
		return EVENT_UNKNOWN;
	take_place(&c, ret);
	ret->proof_type = (uint8_t)take_number(&c, 1);
	proof = (size_t)take_number(&c, 2);
	if (!is_place_bounded(ret) || bytes.n != EVENT_FIXED_BYTES + proof)
		return EVENT_MALFORMED;
	ret->proof = (struct bytes){take(&c, proof), proof};
	memcpy(ret->build, take(&c, sizeof ret->build), sizeof ret->build);
	memcpy(ret->chance, take(&c, sizeof ret->chance), sizeof ret->chance);
	return ret->proof_type < PROOF_TYPES ? EVENT_GOOD : EVENT_UNKNOWN;
}

size_t attendance_write_event(const struct signed_event *e, uint8_t *ret)
{
	uint8_t *at = ret;

	assert(e->proof.n <= EVENT_PROOF_MAX);
	at = put_bytes(at, MAGIC, 8);
	at = put_number(at, e->version, 1);
	at = put_number(at, e->type, 1);
	at = put_number(at, e->bits, 2);
	at = put_number(at, (uint64_t)e->employee, 8);
	at = put_bytes(at, e->device, DEVICE_ID_BYTES);
	at = put_number(at, (uint64_t)e->seq, 8);
	at = put_bytes(at, e->prev.b, sizeof e->prev.b);
	at = put_bytes(at, e->token, TOKEN_ID_BYTES);
	at = put_number(at, (uint64_t)e->token_issued_at, 8);
	at = put_number(at, (uint64_t)e->wall_at, 8);
	at = put_number(at, (uint64_t)e->mono_ms, 8);
	at = put_number(at, (uint32_t)e->point.lat_e7, 4);
	at = put_number(at, (uint32_t)e->point.lon_e7, 4);
	at = put_number(at, e->accuracy_cm, 4);
	at = put_number(at, (uint64_t)e->position_at, 8);
	at = put_number(at, e->speed_cms, 4);
	at = put_number(at, (uint32_t)e->altitude_cm, 4);
	at = put_number(at, e->position_error, 1);
	at = put_number(at, e->proof_type, 1);
	at = put_number(at, e->proof.n, 2);
	at = put_bytes(at, e->proof.p, e->proof.n);
	at = put_bytes(at, e->build, sizeof e->build);
	at = put_bytes(at, e->chance, sizeof e->chance);
	return (size_t)(at - ret);
}

struct hash attendance_event_hash(struct bytes bytes)
{
	const struct bytes part[] = {{(const uint8_t *)PREFIX, sizeof(PREFIX) - 1}, bytes};

	return hash_sha256(part, 2);
}

struct uuid attendance_signed_id(struct hash hash)
{
	struct uuid id;

	memcpy(id.b, hash.b, sizeof id.b);
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	return id;
}

bool attendance_is_signed(const uint8_t key[ES256_KEY_BYTES], struct bytes bytes,
	const uint8_t signature[ES256_SIGNATURE_BYTES])
{
	uint8_t message[sizeof(PREFIX) - 1 + EVENT_BYTES_MAX];

	if (bytes.n > EVENT_BYTES_MAX)
		return false;
	memcpy(message, PREFIX, sizeof(PREFIX) - 1);
	memcpy(message + sizeof(PREFIX) - 1, bytes.p, bytes.n);
	return es256_verify(key, message, sizeof(PREFIX) - 1 + bytes.n, signature);
}

/* ---- time ---- */

static int64_t max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

bool attendance_is_time_known(enum time_grade grade)
{
	return grade == TIME_PROVEN || grade == TIME_CONSISTENT || grade == TIME_QUEUED;
}

/* Whether everything known agrees with the claim. */
static bool is_consistent(const struct time_evidence *e, int64_t slack)
{
	if (e->skew_ms == NO_INSTANT || e->skew_ms > slack || e->skew_ms < -slack)
		return false;
	if (e->claimed_at > e->received_at + slack || e->claimed_at < e->not_before - slack)
		return false;
	if (e->former_at != NO_INSTANT && e->claimed_at < e->former_at - MONO_SLACK_MS)
		return false; /* the chain runs forward */
	return !e->mono_ms || e->claimed_at - e->token_at >= e->mono_ms - MONO_SLACK_MS;
}

enum time_grade attendance_grade_time(
	const struct time_evidence *evidence, const struct parameters *numbers)
{
	int64_t slack = numbers->of[PARAMETER_SKEW_SECONDS] * INT64_C(1000), width;

	if (evidence->not_before == NO_INSTANT || evidence->token_at == NO_INSTANT)
		return TIME_DOUBTED;
	if (!is_consistent(evidence, slack))
		return TIME_DOUBTED;
	width = evidence->received_at - max64(evidence->not_before, 0);
	if (width <= slack)
		return TIME_PROVEN;
	if (width <= numbers->of[PARAMETER_CONSISTENT_MINUTES] * MS_PER_MINUTE)
		return TIME_CONSISTENT;
	return width <= numbers->of[PARAMETER_QUEUED_HOURS] * 60 * MS_PER_MINUTE ? TIME_QUEUED
										 : TIME_DOUBTED;
}

/* ---- marks and verdict ---- */

_Static_assert(PARAMETER_FORK - PARAMETER_GEO_NONE == MARK_FORK - MARK_GEO_NONE,
	"a weight for every signal");
_Static_assert(
	PARAMETER_PROOF_NETWORK - PARAMETER_PROOF_KIOSK == MARK_PROOF_NETWORK - MARK_PROOF_KIOSK,
	"a weight for every proof");
_Static_assert(MARK_COUNT < 63, "marks are bits of an int64");

int attendance_score(int64_t marks, const struct parameters *numbers)
{
	int score = 0;

	for (int i = MARK_GEO_NONE; i <= MARK_FORK; i++)
		if (marks >> i & 1)
			score += numbers->of[PARAMETER_GEO_NONE + i];
	for (int i = MARK_PROOF_KIOSK; i <= MARK_PROOF_NETWORK; i++)
		if (marks >> i & 1)
			score -= numbers->of[PARAMETER_PROOF_KIOSK + i - MARK_PROOF_KIOSK];
	return score > 0 ? score : 0;
}

enum evidence_verdict attendance_decide_evidence(
	int score, enum time_grade grade, int draw, const struct parameters *numbers)
{
	if (grade == TIME_DOUBTED || score >= numbers->of[PARAMETER_CONFIRM_FROM])
		return VERDICT_NEEDS_CONFIRMATION;
	if (score >= numbers->of[PARAMETER_SAMPLE_FROM] &&
		draw < numbers->of[PARAMETER_SAMPLE_PERCENT])
		return VERDICT_OK_SAMPLED;
	return VERDICT_OK;
}
