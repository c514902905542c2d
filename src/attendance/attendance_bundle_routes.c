/*
 * What an employee may read and take with him of his own signed events: the receipts of a day, and
 * of one event the bundle an outsider can check (UU 27/2022 art. 7 and 13: access and a copy).
 *
 * Everything is read anew from the store, so that a receipt that was lost is had again. Keys of the
 * log and heads are as the server knows them; who checks brings his own.
 */
#include "attendance/attendance_bundle.h"
#include "attendance/attendance_device.h"
#include "attendance/attendance_position.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_station.h"
#include "attendance/attendance_stated.h"
#include "base/str.h"
#include "platform/keys.h"
#include "platform/platform_db.h"
#include "platform/slice.h"
#include "trust/trust_log.h"
#include "trust/trust_proof.h"

#include <string.h>

#define EVENTS_OF_DAY_MAX DAY_PUNCHES_MAX

/* ---- GET attendance/evidence ---- */

struct evidence_query {
	int32_t day;
};
static const struct field evidence_query_fields[] = {
	Q_DAY(struct evidence_query, day, 0, "The civil day the events claim."),
	F_END,
};
static const struct shape evidence_query_shape = SHAPE(
	"EvidenceQuery", struct evidence_query, evidence_query_fields);

struct evidence_list {
	struct receipt *items;
	int count;
};
static const struct field evidence_list_fields[] = {
	F_LIST(struct evidence_list, items, count, &attendance_receipt_shape, 0, EVENTS_OF_DAY_MAX,
		0, "Receipts of one's signed events of the day."),
	F_END,
};
static const struct shape evidence_list_shape = SHAPE(
	"EvidenceList", struct evidence_list, evidence_list_fields);

static enum err find_self(struct req *rq, struct object *ret_object)
{
	ret_object->employee = rq->actor.employee;
	return OK;
}

static enum err make_receipt(struct req *rq, const struct evidence_row *row, struct receipt *ret)
{
	struct punch punch;
	enum receipt_status status;
	enum err e = attendance_load_punch(
		rq->tx, row->employee, row->punch_day, &row->event_id, &punch);

	if (e)
		return e;
	status = punch.flags & PUNCH_QUARANTINED ? RECEIPT_QUARANTINED : RECEIPT_ACCEPTED;
	e = attendance_make_receipt(rq->tx, row, &punch, status, ret);
	if (!e)
		attendance_sign_receipt(rq->tx->arena, rq->tx->government, ret);
	return e;
}

static enum err get_evidence(struct req *rq)
{
	const struct evidence_query *in = rq->input;
	struct arena *arena = rq->tx->arena;
	struct evidence_row *row = ARENA_ARRAY(arena, EVENTS_OF_DAY_MAX, struct evidence_row);
	struct evidence_list out = {.items = ARENA_ARRAY(arena, EVENTS_OF_DAY_MAX, struct receipt)};
	enum err e = attendance_list_evidence(
		rq->tx, rq->actor.employee, in->day, row, EVENTS_OF_DAY_MAX, &out.count);

	for (int i = 0; i < out.count && !e; i++)
		e = make_receipt(rq, &row[i], &out.items[i]);
	return e ? e : reply(rq, 200, &out);
}

/* ---- GET attendance/evidence/{day}/{event} ---- */

struct bundle_path {
	int32_t day;
	const char *event;
};
static const struct field bundle_path_fields[] = {
	PATH_DAY(struct bundle_path, day, "The civil day the event claims."),
	PATH_TEXT(struct bundle_path, event, 36, 36, "The event's id, as its receipt has it."),
	F_END,
};
static const struct shape bundle_path_shape = SHAPE(
	"EvidencePath", struct bundle_path, bundle_path_fields);

/* What the phone signed; nothing is left of it once its positions were erased. */
static bool open_evidence(struct arena *arena, const struct evidence_row *row, struct bundle *ret)
{
	struct evidence_parts parts;

	if (!attendance_open_evidence(arena, row->sealed, row->punch_id, &parts))
		return false;
	ret->event = parts.bytes;
	ret->signature = parts.signature;
	return true;
}

static void add_token(struct req *rq, struct bundle *bundle)
{
	struct signed_event event;
	struct time_token token;

	if (attendance_read_event(bundle->event, &event) != EVENT_GOOD || !event.token_issued_at)
		return;
	token = attendance_make_token(rq->tx->government, event.device, event.token_issued_at);
	if (memcmp(token.id, event.token, sizeof token.id) != 0)
		return; /* of an online key that has gone */
	bundle->token_at = token.issued_at;
	bundle->token_signature = arena_bytes(
		rq->tx->arena, token.signature, sizeof token.signature);
}

static enum err add_leaf(struct req *rq, const struct evidence_row *row, struct bundle *bundle)
{
	uint8_t payload[PUNCH_LEAF_BYTES];
	struct receipt receipt;
	struct leaf_place leaf;
	enum err e = make_receipt(rq, row, &receipt);

	if (!e)
		e = trust_load_leaf(rq->tx, row->leaf_index, &leaf);
	if (e)
		return e;
	bundle->receipt = receipt.receipt;
	bundle->receipt_signature = receipt.receipt_signature;
	bundle->online_key = receipt.key;
	attendance_write_punch_leaf(row, payload);
	bundle->index = leaf.index;
	bundle->leaf = (struct bundle_leaf){.kind = LEAF_PUNCH,
		.at = leaf.at,
		.salt = arena_bytes(rq->tx->arena, leaf.salt, sizeof leaf.salt),
		.payload = arena_bytes(rq->tx->arena, payload, sizeof payload)};
	return OK;
}

/* Whose key it is, as the log has it. */
static enum err add_enrolment(struct req *rq, const struct evidence_row *row, struct bundle *bundle)
{
	uint8_t payload[DEVICE_STEP_MAX];
	struct enrolment enrolment;
	struct leaf_place leaf;
	struct device device;
	size_t n;
	enum err e = attendance_load_device(rq->tx, row->device, &device);

	if (!e)
		e = attendance_load_enrolment(rq->tx, row->device, &enrolment);
	if (e)
		return e;
	bundle->device_key = arena_bytes(
		rq->tx->arena, device.public_key, sizeof device.public_key);
	bundle->enrolment_index = enrolment.leaf_index;
	if (enrolment.leaf_index < 0)
		return OK;
	if ((e = trust_load_leaf(rq->tx, enrolment.leaf_index, &leaf)))
		return e;
	n = attendance_write_enrolment(rq->tx->government, &device, enrolment.nip, payload);
	bundle->enrolment = (struct bundle_leaf){.kind = LEAF_DEVICE,
		.at = leaf.at,
		.salt = arena_bytes(rq->tx->arena, leaf.salt, sizeof leaf.salt),
		.payload = arena_bytes(rq->tx->arena, payload, n)};
	return OK;
}

/* The kiosk that read the event from the phone's screen. */
static enum err add_kiosk(struct req *rq, const struct evidence_row *row, struct bundle *bundle)
{
	struct countersign_row record;
	struct station kiosk;
	enum err e = attendance_load_countersign_of_event(rq->tx, &row->hash, &record);

	if (!e)
		e = attendance_load_station(rq->tx, record.station, &kiosk);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if (record.record.n < COUNTERSIGN_BYTES + ES256_SIGNATURE_BYTES)
		return E_STORE;
	bundle->countersign = (struct bytes){record.record.p, COUNTERSIGN_BYTES};
	bundle->countersign_signature = (struct bytes){
		record.record.p + COUNTERSIGN_BYTES, ES256_SIGNATURE_BYTES};
	bundle->kiosk_key = kiosk.public_key;
	return OK;
}

/* A signed head that holds both leaves; none yet in the minute after the event. */
static enum err add_proof(struct req *rq, struct bundle *bundle)
{
	int64_t last = bundle->index > bundle->enrolment_index ? bundle->index
							       : bundle->enrolment_index;
	struct signed_head head;
	enum err e = trust_load_head_over(rq->tx, last, &head);

	if (e)
		return e == E_NOT_FOUND ? OK : e;
	e = trust_load_inclusion(rq->tx, bundle->index, head.checkpoint.head.size, &bundle->proof);
	if (!e && bundle->enrolment.payload.n)
		e = trust_load_inclusion(rq->tx, bundle->enrolment_index, head.checkpoint.head.size,
			&bundle->enrolment_proof);
	if (!e)
		e = trust_join_head(rq->tx, &head, &bundle->note);
	bundle->has_proof = !e;
	return e;
}

static const char *print_key(struct arena *arena, const struct vkey *key)
{
	struct buf b;

	buf_init(&b, arena, VKEY_TEXT_MAX);
	trust_print_vkey(key, &b);
	return arena_printf(arena, "%.*s", (int)b.n, b.p);
}

static enum err add_keys(struct req *rq, struct bundle *bundle)
{
	struct log_key *key = ARENA_ARRAY(rq->tx->arena, LOG_KEYS_MAX, struct log_key);
	int count;
	enum err e = trust_list_keys(rq->tx, key, &count);

	bundle->log_key = "";
	for (int i = 0; i < count && !e; i++) {
		const char *text = print_key(rq->tx->arena, &key[i].key);

		if (key[i].key.type == KEY_LOG && !*bundle->log_key)
			bundle->log_key = text; /* the latest comes first */
		else if (key[i].key.type == KEY_WITNESS && !key[i].valid_to &&
			 bundle->witnesses < BUNDLE_WITNESSES_MAX)
			bundle->witness[bundle->witnesses++] = text;
	}
	return e;
}

static enum err add_labels(struct req *rq, struct bundle *bundle)
{
	struct government government;
	enum err e = platform_load_government(rq->tx, &government);

	if (e)
		return e;
	bundle->government = government.id.v;
	bundle->government_name = government.name;
	bundle->zone = government.zone;
	return attendance_load_name(rq->tx, rq->actor.employee, &bundle->person_name);
}

static enum err reply_bundle(struct req *rq, const struct bundle *bundle)
{
	struct buf out;

	buf_init(&out, rq->tx->arena, 8192);
	attendance_write_bundle(bundle, NULL, &out);
	rq->disposition = "bukti-presensi.txt";
	return reply_raw(rq, 200, "text/plain; charset=utf-8", out.p, out.n);
}

static enum err get_bundle(struct req *rq)
{
	const struct bundle_path *in = rq->input;
	struct bundle *bundle = ARENA_NEW(rq->tx->arena, struct bundle);
	struct evidence_row row;
	struct uuid event;
	enum err e;

	*bundle = (struct bundle){0};
	if (!uuid_parse_v7(in->event, &event))
		return E_NOT_FOUND;
	e = attendance_load_evidence(rq->tx, rq->actor.employee, in->day, &event, &row);
	if (e)
		return e;
	if (!open_evidence(rq->tx->arena, &row, bundle))
		return refuse(rq, E_REFUSED, "/event", "its bytes were erased after their time");
	add_token(rq, bundle);
	if ((e = add_leaf(rq, &row, bundle)) || (e = add_enrolment(rq, &row, bundle)) ||
		(e = add_kiosk(rq, &row, bundle)) || (e = add_proof(rq, bundle)) ||
		(e = add_keys(rq, bundle)) || (e = add_labels(rq, bundle)))
		return e;
	return reply_bundle(rq, bundle);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/evidence",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.input = &evidence_query_shape,
		.output = &evidence_list_shape,
		.handler = get_evidence,
		.object = find_self,
		.summary = "Receipts of one's own signed events of a day, signed anew.",
		.example_path = "/api/v1/attendance/evidence?day=2025-11-13",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/evidence/{day}/{event}",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.input = &bundle_path_shape,
		.handler = get_bundle,
		.object = find_self,
		.raw_type = "text/plain",
		.summary = "The bundle of one's own event: what an outsider needs to check it.",
		.example_path = "/api/v1/attendance/evidence/2025-11-13/"
				"019a7ad0-7c00-7000-8000-000000000001",
	},
};

const struct slice attendance_evidence_slice = {
	.name = "evidence",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_evidence_stmts,
	.stmt_count = EVIDENCE_STMTS,
};
