/*
 * What a kiosk sends: whether a PIN is right, and the records it signed.
 *
 * A PIN is judged in the bounded pool after the throttle; an unknown NIP takes the same way, time
 * and answer as a wrong PIN. Records are their own credentials: each is signed, known ones get the
 * answer "duplicate", and one that cannot be taken does not hold up the others.
 */
#include "attendance/attendance_kiosk.h"
#include "attendance/attendance_office_routes.h"

#include "platform/auth.h"
#include "platform/throttle.h"

#include <string.h>

#define RECORDS_MAX 40 /* with their events within the limit of a body */
#define NIP_MAX     40

/* ---- NIP and PIN ---- */

struct pin_check {
	struct station_claim claim;
	const char *nip, *pin;
};
static const struct field pin_check_fields[] = {
	CLAIM_FIELDS(struct pin_check, claim, FROM_BODY),
	F_TEXT(struct pin_check, nip, 1, NIP_MAX, 0, "NIP; blanks are ignored."),
	F_TEXT(struct pin_check, pin, PIN_DIGITS, PIN_DIGITS, 0, "Six digits."),
	F_END,
};
const struct shape attendance_pin_check_shape = SHAPE(
	"StationPinCheck", struct pin_check, pin_check_fields);

struct pin_checked {
	struct employee_id employee;
	const char *initials, *unit_name;
	struct bytes ticket;
	struct token_view token;
};
static const struct field pin_checked_fields[] = {
	F_ID(struct pin_checked, employee, 0, "Whose PIN it is."),
	F_TEXT(struct pin_checked, initials, 1, 40, 0, "His initials."),
	F_TEXT(struct pin_checked, unit_name, 0, 200, 0, "His unit."),
	F_BYTES(struct pin_checked, ticket, 32, 32, 0, "Subject of the record that follows."),
	F_OBJECT(struct pin_checked, token, &attendance_token_shape, 0,
		"The record's time token: the ticket holds with it alone."),
	F_END,
};
const struct shape attendance_pin_checked_shape = SHAPE(
	"StationPinChecked", struct pin_checked, pin_checked_fields);

static const char *without_blanks(struct arena *arena, const char *typed)
{
	char *out = arena_alloc(arena, strlen(typed) + 1), *to = out;

	for (; *typed; typed++)
		if (*typed != ' ')
			*to++ = *typed;
	return out;
}

/* Whose PIN it would be, with its hash; all zero when there is none. */
static enum err load_owner(struct req *rq, const char *nip, struct kiosk_owner *ret)
{
	enum err e = attendance_load_kiosk_owner(rq->tx, nip, req_today(rq), ret);

	if (e == E_NOT_FOUND)
		*ret = (struct kiosk_owner){0};
	return e == E_NOT_FOUND ? OK : e;
}

struct judged_pin {
	struct station kiosk;
	struct kiosk_owner owner;
};

enum err attendance_prepare_pin_check(struct req *rq)
{
	const struct pin_check *in = rq->input;
	const char *nip = without_blanks(rq->tx->arena, in->nip);
	struct judged_pin *j = rq->prepared = ARENA_NEW(rq->tx->arena, struct judged_pin);
	struct throttle_try attempt = {THROTTLE_PIN, {0}, nip, NULL, rq->client_address};
	enum err e = attendance_enter_station(rq, &in->claim, false, &j->kiosk);

	if (e)
		return e;
	if (j->kiosk.kind != STATION_KIOSK)
		return E_NOT_FOUND;
	attempt.government = rq->tx->government;
	if ((e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds)) ||
		(e = load_owner(rq, nip, &j->owner)))
		return e;
	if (!auth_is_password(j->owner.phc, in->pin))
		return E_BAD_CREDENTIALS;
	throttle_give_back(&attempt, rq->tx->now_ms);
	return OK;
}

enum err attendance_post_pin_check(struct req *rq)
{
	const struct judged_pin *j = rq->prepared;
	struct hash *ticket = ARENA_NEW(rq->tx->arena, struct hash);
	struct pin_checked out = {.employee = j->owner.employee,
		.initials = attendance_initials(rq->tx->arena, j->owner.name),
		.unit_name = j->owner.unit_name,
		.ticket = {ticket->b, sizeof(ticket->b)},
		.token = attendance_view_token(rq->tx, j->kiosk.kiosk_key.p)};

	*ticket = attendance_make_ticket(j->kiosk.kiosk_key.p, j->owner.employee.v, out.token.id.p);
	return reply(rq, 200, &out);
}

/* ---- records ---- */

struct countersigns {
	const char *government;
	int64_t station, sent_at;
	struct record_input *records;
	int count;
};
static const struct field record_fields[] = {
	F_BYTES(struct record_input, bytes, 1, 2 * COUNTERSIGN_BYTES, 0,
		"LUWES-KC (docs/EVIDENCE.md)."),
	F_BYTES(struct record_input, signature, ES256_SIGNATURE_BYTES, ES256_SIGNATURE_BYTES, 0,
		"The kiosk's signature over them."),
	F_BYTES(struct record_input, event, 1, EVENT_BYTES_MAX, OPTIONAL,
		"Of a scanned event: its bytes."),
	F_BYTES(struct record_input, event_signature, ES256_SIGNATURE_BYTES, ES256_SIGNATURE_BYTES,
		OPTIONAL, "The phone's signature over them."),
	F_BYTES(struct record_input, duty, DUTY_ANSWER_BYTES, DUTY_ANSWER_BYTES, OPTIONAL,
		"Of an officer's turn: what his phone answered."),
	F_END,
};
static const struct shape record_shape = SHAPE("StationRecord", struct record_input, record_fields);
static const struct field countersigns_fields[] = {
	F_TEXT(struct countersigns, government, 1, STATION_GOVERNMENT_MAX, 0,
		"Code of the government."),
	F_ID(struct countersigns, station, 0, "The kiosk."),
	F_INSTANT(struct countersigns, sent_at, OPTIONAL,
		"The kiosk's clock at sending, corrected as in its records."),
	F_LIST(struct countersigns, records, count, &record_shape, 1, RECORDS_MAX, 0,
		"In the order of its chain."),
	F_END,
};
const struct shape attendance_countersigns_shape = SHAPE(
	"StationRecords", struct countersigns, countersigns_fields);

struct countersigned {
	struct record_receipt *receipts;
	int count;
	const struct token_view *token;
};
static const struct field record_receipt_fields[] = {
	F_BYTES(struct record_receipt, hash, 32, 32, 0, "Of the record; zeros when unreadable."),
	F_ENUM(struct record_receipt, status, receipt_status_names, 0,
		"Accepted, duplicate, or rejected: then it stays at the kiosk."),
	F_TEXT(struct record_receipt, reason, 1, 40, OPTIONAL,
		"Why rejected, or what of it was not taken."),
	F_END,
};
static const struct shape record_receipt_shape = SHAPE(
	"StationReceipt", struct record_receipt, record_receipt_fields);
static const struct field countersigned_fields[] = {
	F_LIST(struct countersigned, receipts, count, &record_receipt_shape, 1, RECORDS_MAX, 0,
		"One per record, in order."),
	F_OBJECT(struct countersigned, token, &attendance_token_shape, OPTIONAL,
		"A new time token; none for a kiosk that has ended."),
	F_END,
};
const struct shape attendance_countersigned_shape = SHAPE(
	"StationReceipts", struct countersigned, countersigned_fields);

/* The kiosk, ended or not: what it signed before its end is still evidence. */
static enum err load_sender(struct req *rq, const struct countersigns *in, struct station *ret)
{
	enum err e = attendance_load_station(rq->tx, in->station, ret);

	return !e && (ret->kind != STATION_KIOSK || !ret->enrolled_at) ? E_NOT_FOUND : e;
}

enum err attendance_prepare_countersigns(struct req *rq)
{
	const struct countersigns *in = rq->input;
	struct record *record = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct record);
	struct station kiosk;
	bool any_signed = false;
	enum err e = attendance_enter_government(rq, in->government);

	if (!e)
		e = load_sender(rq, in, &kiosk);
	for (int i = 0; i < in->count && !e; i++) {
		e = attendance_examine_record(rq->tx, &kiosk, &in->records[i], &record[i]);
		any_signed |= record[i].fault != RECORD_MALFORMED &&
			      record[i].fault != RECORD_OTHER_KIOSK &&
			      record[i].fault != RECORD_BAD_SIGNATURE;
	}
	rq->prepared = record;
	if (e)
		return e;
	return any_signed ? OK
			  : E_NOT_FOUND; /* nobody but the kiosk may cost the writer anything */
}

enum err attendance_post_countersigns(struct req *rq)
{
	const struct countersigns *in = rq->input;
	const struct record *record = rq->prepared;
	struct countersigned out = {
		.receipts = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct record_receipt),
		.count = in->count};
	struct station kiosk;
	enum err e = load_sender(rq, in, &kiosk);

	for (int i = 0; i < in->count && !e; i++)
		e = attendance_record_countersign(
			rq->tx, &kiosk, &record[i], in->sent_at, &out.receipts[i]);
	if (e)
		return e;
	if (kiosk.state == STATION_ACTIVE && rq->tx->now_ms - kiosk.seen_at >= STATION_SEEN_MS &&
		(e = attendance_set_station_seen(rq->tx, kiosk.id)))
		return e;
	out.token = attendance_station_token(rq->tx, &kiosk);
	return reply(rq, 200, &out);
}
