/*
 * The receipt of each event, made when it is recorded and made again when it comes again.
 *
 * Of a signed event it is itself signed, names the leaf of the log and hands over the leaf's salt:
 * with them the employee proves the event to anybody, also when the agency has erased it.
 */
#include "attendance/attendance_record.h"

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_signal.h"
#include "base/put.h"
#include "platform/clock.h"
#include "platform/keys.h"

#include <assert.h>
#include <string.h>

#define RECEIPT_PREFIX "luwes/rc/1\n"
#define LEAF_PREFIX    "luwes/pu/1\n"
#define PREFIX_BYTES   11
#define RECEIPT_BYTES  (PREFIX_BYTES + 8 + 8 + DEVICE_ID_BYTES + 32 + 8 + 8 + 32 + 8 + 2)
#define MARK_BIT(mark) (INT64_C(1) << (mark))
#define INDEX_MAX      (INT64_C(1) << 53)

static const struct field receipt_fields[] = {
	F_UUID(struct receipt, id, 0, "The event's id; of a signed one from its hash."),
	F_ENUM(struct receipt, status, receipt_status_names, 0, "What became of the event."),
	F_TEXT(struct receipt, reason, 1, 40, OPTIONAL,
		"phone_clock_ahead, too_old, device_ended, unknown_version or not_in_service."),
	F_ID(struct receipt, punch_id, OPTIONAL, "The punch in the journal; none when rejected."),
	F_INSTANT(struct receipt, received_at, 0, "Server time of its first receipt."),
	F_DAY(struct receipt, day, 0, "The civil day the event claims."),
	F_BYTES(struct receipt, hash, 32, 32, OPTIONAL, "Hash of a signed event."),
	F_INT64(struct receipt, log_index, 0, INDEX_MAX, OPTIONAL,
		"Where its leaf lies in the log."),
	F_BYTES(struct receipt, leaf_salt, 16, 16, OPTIONAL, "Opens the leaf's commitment."),
	F_BYTES(struct receipt, receipt, 1, 200, OPTIONAL, "What the server signed."),
	F_BYTES(struct receipt, receipt_signature, 64, 64, OPTIONAL, "Ed25519 over it."),
	F_BYTES(struct receipt, key, 32, 32, OPTIONAL, "With this public key."),
	F_ENUM(struct receipt, verdict, evidence_verdict_names, OPTIONAL,
		"Whether a person is asked about it."),
	F_ENUM(struct receipt, time_grade, time_grade_names, OPTIONAL,
		"How well its time is known."),
	F_TEXTS(struct receipt, reasons, reason_count, 0, MARK_COUNT, OPTIONAL,
		"Codes of everything that was found about it."),
	F_END,
};
const struct shape attendance_receipt_shape = SHAPE("PunchReceipt", struct receipt, receipt_fields);

static bool is_one_zone(const struct org_tree *tree)
{
	for (int i = 0; i < tree->sites; i++)
		if (tree->site[i].zone != tree->zone)
			return false;
	return true;
}

enum err attendance_find_punch_day(
	struct tx *tx, struct employee_id employee, int64_t at, int32_t *ret_day)
{
	const struct org_tree *tree;
	struct employee_row row;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	*ret_day = instant_day(at, tree->zone);
	if (is_one_zone(tree))
		return OK;
	e = org_load_employee(tx, employee, *ret_day, &row);
	if (e == OK)
		*ret_day = instant_day(at, attendance_zone(tree, row.unit, *ret_day));
	return e == E_NOT_FOUND ? OK : e;
}

/* ---- unsigned ---- */

static const char *reason_text(enum receipt_reason reason)
{
	return reason == RECEIPT_REASON_NONE ? NULL : receipt_reason_names[reason];
}

/* The receipt of the first time, rebuilt from the row. */
static enum err repeat_receipt(struct tx *tx, struct employee_id employee, struct receipt *receipt)
{
	struct punch known;
	enum err e = attendance_load_punch(tx, employee, receipt->day, &receipt->id, &known);

	if (e)
		return e;
	receipt->punch_id = known.punch_id;
	receipt->received_at = known.received_at;
	receipt->reason = reason_text(attendance_decide_quarantine(&known));
	return OK;
}

enum err attendance_record_unsigned(
	struct tx *tx, struct employee_id employee, struct punch *punch, struct receipt *ret)
{
	enum receipt_status status;
	enum err e = attendance_find_punch_day(
		tx, employee, attendance_claimed_at(punch), &punch->punch_day);

	if (e)
		return e;
	punch->punch_id = id_next();
	e = attendance_add_punch(tx, employee, punch, &status);
	if (e)
		return e;
	*ret = (struct receipt){.id = punch->event_id,
		.status = status,
		.received_at = punch->received_at,
		.day = punch->punch_day,
		.log_index = NO_INSTANT,
		.verdict = INT_NONE,
		.time_grade = INT_NONE};
	if (status == RECEIPT_DUPLICATE)
		return repeat_receipt(tx, employee, ret);
	if (status == RECEIPT_REJECTED) {
		ret->reason = reason_text(RECEIPT_NOT_IN_SERVICE);
		return OK;
	}
	ret->punch_id = punch->punch_id;
	ret->reason = reason_text(attendance_decide_quarantine(punch));
	return OK;
}

/* ---- signed ---- */

size_t attendance_write_punch_leaf(const struct evidence_row *row, uint8_t ret[PUNCH_LEAF_BYTES])
{
	uint8_t *at = put_bytes(ret, LEAF_PREFIX, PREFIX_BYTES);

	at = put_number(at, row->employee.v, 8);
	at = put_number(at, row->punch_id, 8);
	at = put_number(at, row->received_at, 8);
	at = put_bytes(at, row->hash.b, sizeof row->hash.b);
	assert(at - ret == PUNCH_LEAF_BYTES);
	return PUNCH_LEAF_BYTES;
}

static void write_receipt(struct government_id government, const struct evidence_row *row,
	const struct leaf_place *leaf, int status, uint8_t ret[RECEIPT_BYTES])
{
	uint8_t *at = put_bytes(ret, RECEIPT_PREFIX, PREFIX_BYTES);

	at = put_number(at, government.v, 8);
	at = put_number(at, row->employee.v, 8);
	at = put_bytes(at, row->device, DEVICE_ID_BYTES);
	at = put_bytes(at, row->hash.b, sizeof row->hash.b);
	at = put_number(at, row->punch_id, 8);
	at = put_number(at, row->received_at, 8);
	at = put_bytes(at, leaf->hash.b, sizeof leaf->hash.b);
	at = put_number(at, leaf->index, 8);
	at = put_number(at, status, 1);
	at = put_number(at, row->verdict, 1);
	assert(at - ret == RECEIPT_BYTES);
}

void attendance_sign_receipt(
	struct arena *arena, struct government_id government, struct receipt *receipt)
{
	uint8_t bytes[RECEIPT_BYTES], signature[SIGNATURE_BYTES], key[PUBLIC_KEY_BYTES];

	if (!receipt->row)
		return;
	write_receipt(government, receipt->row, &receipt->leaf, receipt->recorded, bytes);
	keys_sign(bytes, sizeof bytes, signature);
	keys_public(0, key);
	receipt->receipt = arena_bytes(arena, bytes, sizeof bytes);
	receipt->receipt_signature = arena_bytes(arena, signature, sizeof signature);
	receipt->key = arena_bytes(arena, key, sizeof key);
}

static const char *signed_reason(const struct evidence_row *row, const struct punch *punch)
{
	if (row->marks & MARK_BIT(MARK_UNKNOWN_VERSION))
		return reason_text(RECEIPT_UNKNOWN_VERSION);
	if (row->marks & MARK_BIT(MARK_DEVICE_ENDED))
		return reason_text(RECEIPT_DEVICE_ENDED);
	return reason_text(attendance_decide_quarantine(punch));
}

const char **attendance_name_marks(struct arena *arena, int64_t marks, int *ret_count)
{
	const char **names = ARENA_ARRAY(arena, MARK_COUNT, const char *);

	*ret_count = 0;
	for (int i = 0; i < MARK_COUNT; i++)
		if (marks >> i & 1)
			names[(*ret_count)++] = evidence_mark_names[i];
	return names;
}

enum err attendance_make_receipt(struct tx *tx, const struct evidence_row *row,
	const struct punch *punch, enum receipt_status status, struct receipt *ret)
{
	struct leaf_place leaf;
	enum err e = trust_load_leaf(tx, row->leaf_index, &leaf);

	if (e)
		return e;
	*ret = (struct receipt){.id = row->event_id,
		.status = status,
		.recorded = punch->flags & PUNCH_QUARANTINED ? RECEIPT_QUARANTINED
							     : RECEIPT_ACCEPTED,
		.reason = signed_reason(row, punch),
		.punch_id = row->punch_id,
		.received_at = row->received_at,
		.day = row->punch_day,
		.hash = arena_bytes(tx->arena, row->hash.b, sizeof row->hash.b),
		.log_index = row->leaf_index,
		.verdict = row->verdict,
		.time_grade = punch->time_grade,
		.row = row,
		.leaf = leaf,
		.leaf_salt = arena_bytes(tx->arena, leaf.salt, sizeof leaf.salt)};
	ret->reasons = attendance_name_marks(tx->arena, row->marks, &ret->reason_count);
	return OK;
}

/* ---- judging ---- */

int attendance_draw_sample(const struct evidence_row *row)
{
	return attendance_draw(DRAW_SAMPLE, row->punch_day, row->hash.b, sizeof row->hash.b);
}

enum evidence_verdict attendance_judge_evidence(
	struct evidence_row *row, enum time_grade grade, const struct parameters *numbers)
{
	row->score = attendance_score(row->marks, numbers);
	return attendance_decide_evidence(row->score, grade, attendance_draw_sample(row), numbers);
}

enum err attendance_ask_about(
	struct tx *tx, const struct evidence_row *row, const struct punch *punch)
{
	static const enum confirmation_kind kind[VERDICT_COUNT] = {
		[VERDICT_OK] = CONFIRMATION_QUEUED_TIME,
		[VERDICT_OK_SAMPLED] = CONFIRMATION_SAMPLE,
		[VERDICT_NEEDS_CONFIRMATION] = CONFIRMATION_NEEDED};

	if (row->verdict == VERDICT_OK && punch->time_grade != TIME_QUEUED)
		return OK;
	return attendance_ask_confirmation(
		tx, row->employee, punch, kind[row->verdict], row->marks);
}

/* ---- evidence as one run ---- */

#define PARTS 5

static void list_parts(struct assertion *a, struct bytes *ret_part[PARTS])
{
	ret_part[0] = &a->credential_id;
	ret_part[1] = &a->authenticator_data;
	ret_part[2] = &a->client_data;
	ret_part[3] = &a->signature;
	ret_part[4] = &a->user_handle;
}

struct bytes attendance_join_evidence(struct arena *arena, const struct evidence_parts *parts)
{
	struct assertion assertion = parts->assertion;
	struct bytes *part[PARTS];
	size_t n = parts->bytes.n + ES256_SIGNATURE_BYTES + 2;
	uint8_t *run, *at;

	assert(parts->signature.n == ES256_SIGNATURE_BYTES && parts->bytes.n <= EVENT_BYTES_MAX);
	list_parts(&assertion, part);
	for (int i = 0; i < PARTS; i++)
		n += 2 + part[i]->n;
	run = arena_alloc(arena, n);
	at = put_bytes(run, parts->bytes.p, parts->bytes.n);
	at = put_bytes(at, parts->signature.p, ES256_SIGNATURE_BYTES);
	for (int i = 0; i < PARTS && assertion.signature.n; i++) {
		at = put_number(at, (int64_t)part[i]->n, 2);
		if (part[i]->n)
			at = put_bytes(at, part[i]->p, part[i]->n);
	}
	at = put_number(at, (int64_t)parts->bytes.n, 2);
	return (struct bytes){run, (size_t)(at - run)};
}

static bool take_part(struct bytes *left, struct bytes *ret)
{
	size_t n = left->n >= 2 ? (size_t)(left->p[0] << 8 | left->p[1]) : 0;

	if (left->n < 2 + n)
		return false;
	*ret = (struct bytes){left->p + 2, n};
	*left = (struct bytes){left->p + 2 + n, left->n - 2 - n};
	return true;
}

bool attendance_split_evidence(struct bytes run, struct evidence_parts *ret)
{
	struct bytes *part[PARTS], left;
	size_t event;

	*ret = (struct evidence_parts){0};
	if (run.n < 2 + ES256_SIGNATURE_BYTES)
		return false;
	event = (size_t)(run.p[run.n - 2] << 8 | run.p[run.n - 1]);
	if (event > EVENT_BYTES_MAX || run.n < event + ES256_SIGNATURE_BYTES + 2)
		return false;
	ret->bytes = (struct bytes){run.p, event};
	ret->signature = (struct bytes){run.p + event, ES256_SIGNATURE_BYTES};
	left = (struct bytes){
		run.p + event + ES256_SIGNATURE_BYTES, run.n - event - ES256_SIGNATURE_BYTES - 2};
	list_parts(&ret->assertion, part);
	for (int i = 0; i < PARTS && left.n; i++)
		if (!take_part(&left, part[i]))
			return false;
	return left.n == 0;
}
