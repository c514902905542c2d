/*
 * POST attendance/punches: the one write a phone makes at 07:30, and makes again until it is
 * answered.
 *
 * Only the envelope can be refused. Every event gets a receipt in its place: accepted, duplicate
 * (the receipt of the first time, from its row), quarantined (kept, counts when a person decides)
 * or rejected (on that day nobody of this name was in service). The day an event belongs to comes
 * from its own content, so that sending it again, even after weeks, meets the same row. What reads
 * a day is with the reports, which a day is complete with (reports_day_routes.c).
 */
#include "attendance/attendance_incident.h"
#include "attendance/attendance_record.h"

#include <string.h>

#define EVENTS_MAX    50
#define SLOT_MS       (5 * MS_PER_MINUTE)
#define OFFSET_MAX_MS (366 * MS_PER_DAY)
#define TOKEN_NEW_MS  (10 * MS_PER_MINUTE)

static const struct field assertion_fields[] = {
	F_BYTES(struct assertion, credential_id, 1, 1023, 0, "Which passkey."),
	F_BYTES(struct assertion, authenticator_data, 37, 1024, 0, "As the phone gave it."),
	F_BYTES(struct assertion, client_data, 1, 2048, 0, "clientDataJSON, its bytes."),
	F_BYTES(struct assertion, signature, 8, 80, 0, "DER."),
	F_BYTES(struct assertion, user_handle, 1, 64, OPTIONAL, "If the phone gave one."),
	F_END,
};
static const struct shape assertion_shape = SHAPE(
	"EventAssertion", struct assertion, assertion_fields);

struct punch_event {
	struct uuid id;
	int32_t direction;
	int64_t phone_at, offset_ms;
	int32_t lat_e7, lon_e7, accuracy_metres, position_error;
	int32_t refusals;
	const char *note;
	struct bytes bytes, signature;
	const struct assertion *assertion; /* NULL: none */
};

struct punch_batch {
	struct punch_event *events;
	int count;
	int64_t sent_at;
};

static const struct field event_fields[] = {
	F_UUID(struct punch_event, id, OPTIONAL,
		"Of an unsigned event: made by the phone with it; sending it again is safe."),
	F_ENUM(struct punch_event, direction, direction_names, OPTIONAL,
		"Coming to work, leaving it, or there at a check; never inferred."),
	F_INSTANT(struct punch_event, phone_at, OPTIONAL, "The phone's clock at the event."),
	F_INT64(struct punch_event, offset_ms, -OFFSET_MAX_MS, OFFSET_MAX_MS, OPTIONAL,
		"Server time minus phone time, as the phone last measured it before the event."),
	F_INT(struct punch_event, lat_e7, -900000000, 900000000, OPTIONAL,
		"Latitude, degrees times 1e7."),
	F_INT(struct punch_event, lon_e7, -1800000000, 1800000000, OPTIONAL,
		"Longitude, degrees times 1e7."),
	F_INT(struct punch_event, accuracy_metres, 0, 1000000, OPTIONAL,
		"Radius of the position as the phone states it."),
	F_ENUM(struct punch_event, position_error, place_error_names, OPTIONAL,
		"Why there is no position."),
	F_INT(struct punch_event, refusals, 0, 1000, OPTIONAL,
		"How often the server itself answered and did not take it, before."),
	F_TEXT(struct punch_event, note, 0, 200, OPTIONAL, "What the person wants to add."),
	F_BYTES(struct punch_event, bytes, EVENT_FIXED_BYTES, EVENT_BYTES_MAX, OPTIONAL,
		"Of a signed event: its bytes (docs/EVIDENCE.md); then nothing above but refusals "
		"and note."),
	F_BYTES(struct punch_event, signature, 64, 64, OPTIONAL,
		"The phone's signature over them."),
	F_OBJECT(struct punch_event, assertion, &assertion_shape, OPTIONAL,
		"Of the passkey, when the person was verified."),
	F_END,
};
static const struct shape event_shape = SHAPE("PunchEvent", struct punch_event, event_fields);

static const struct field batch_fields[] = {
	F_LIST(struct punch_batch, events, count, &event_shape, 1, EVENTS_MAX, 0,
		"In the order they happened."),
	F_INSTANT(struct punch_batch, sent_at, OPTIONAL,
		"The phone's clock at sending, corrected as in its signed events."),
	F_END,
};
static const struct shape batch_shape = SHAPE("PunchBatch", struct punch_batch, batch_fields);

struct receipt_list {
	struct receipt *receipts;
	int count;
	const struct token_view *token; /* NULL: nothing was signed */
};

static const struct field receipts_fields[] = {
	F_LIST(struct receipt_list, receipts, count, &attendance_receipt_shape, 1, EVENTS_MAX, 0,
		"One per event, in order."),
	F_OBJECT(struct receipt_list, token, &attendance_token_shape, OPTIONAL,
		"For the device of the last signed event, when its token is older than ten "
		"minutes: "
		"what time it is, signed."),
	F_END,
};
static const struct shape receipts_shape = SHAPE(
	"PunchReceipts", struct receipt_list, receipts_fields);

static int32_t or_else(int32_t value, int32_t otherwise)
{
	return value == INT_NONE ? otherwise : value;
}

static struct geo_point event_point(const struct punch_event *event)
{
	if (event->lat_e7 == INT_NONE || event->lon_e7 == INT_NONE)
		return (struct geo_point){NO_COORDINATE, NO_COORDINATE};
	return (struct geo_point){event->lat_e7, event->lon_e7};
}

static struct punch make_punch(const struct punch_event *event, int64_t now_ms)
{
	struct punch punch = {
		.event_id = event->id,
		.direction = (enum direction)event->direction,
		.received_at = now_ms,
		.phone_at = event->phone_at,
		.offset_ms = event->offset_ms, /* absent is NO_INSTANT in both */
		.point = event_point(event),
		.accuracy_metres = or_else(event->accuracy_metres, 0),
		.place_error = (enum place_error)or_else(event->position_error, POSITION_OK),
		.note = event->note ? event->note : "",
	};

	punch.flags = PUNCH_UNSIGNED | attendance_decide_punch_flags(&punch);
	return punch;
}

/* Rare: of an outage it tells when it was felt. */
static enum err note_refusal(struct tx *tx, int64_t at, int32_t status)
{
	return status == RECEIPT_ACCEPTED ? attendance_add_refusal(tx, at - at % SLOT_MS) : OK;
}

static bool is_signed(const struct punch_event *event)
{
	return event->bytes.n > 0 || event->signature.n > 0;
}

/* Each event is of one kind or the other, and whole. */
static enum err check_batch(struct req *rq, const struct punch_batch *in)
{
	static const struct uuid nothing;

	for (int i = 0; i < in->count; i++) {
		const struct punch_event *e = &in->events[i];
		const char *lacks = NULL;

		if (is_signed(e))
			lacks = !e->bytes.n ? "bytes" : !e->signature.n ? "signature" : NULL;
		else if (memcmp(e->id.b, nothing.b, sizeof nothing.b) == 0)
			lacks = "id";
		else if (e->direction == INT_NONE)
			lacks = "direction";
		else if (e->phone_at == INSTANT_NONE)
			lacks = "phone_at";
		if (lacks)
			return refuse(rq, E_BAD_FIELD,
				arena_printf(rq->tx->arena, "/events/%d/%s", i, lacks),
				"is missing");
	}
	return OK;
}

/* Before the writer, on the thread that read the request: signatures of phones that are known. */
static enum err verify_signatures(struct req *rq)
{
	const struct punch_batch *in = rq->input;
	struct verified *verified = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct verified);
	enum err e = check_batch(rq, in);

	for (int i = 0; i < in->count && !e; i++)
		if (is_signed(&in->events[i]))
			verified[i] = attendance_verify_early(rq->tx->arena, rq->tx->government,
				in->events[i].bytes, in->events[i].signature,
				in->events[i].assertion);
	rq->prepared = verified;
	return e;
}

/* How far the phone's clock has moved since its token; only the first time tells. */
static int64_t skew_of(const struct punch_batch *in, int64_t now_ms)
{
	return in->sent_at == INSTANT_NONE ? NO_INSTANT : now_ms - in->sent_at;
}

static enum err record_signed(
	struct req *rq, const struct punch_batch *in, int i, struct receipt *ret)
{
	const struct punch_event *event = &in->events[i];
	const struct verified *verified = rq->prepared;
	enum signed_fault fault = SIGNED_GOOD;
	const struct signed_input input = {.bytes = event->bytes,
		.signature = event->signature,
		.assertion = event->assertion,
		.note = event->note ? event->note : "",
		.skew_ms = skew_of(in, rq->tx->now_ms),
		.countersigned_at = NO_INSTANT,
		.client_address = rq->client_address,
		.early = verified[i]};
	enum err e = attendance_record_signed(rq->tx, rq->actor.employee, &input, ret, &fault);

	if (e || fault == SIGNED_GOOD)
		return e;
	return refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/events/%d/bytes", i),
		signed_fault_names[fault]);
}

static int64_t claim_of(const struct punch_event *event)
{
	struct signed_event read;

	attendance_read_event(event->bytes, &read);
	return read.wall_at;
}

static enum err record_event(
	struct req *rq, const struct punch_batch *in, int i, struct receipt *ret)
{
	struct punch punch;
	int64_t at;
	enum err e;

	if (is_signed(&in->events[i])) {
		e = record_signed(rq, in, i, ret);
		at = claim_of(&in->events[i]);
	} else {
		punch = make_punch(&in->events[i], rq->tx->now_ms);
		e = attendance_record_unsigned(rq->tx, rq->actor.employee, &punch, ret);
		at = attendance_happened_at(&punch);
	}
	if (!e && in->events[i].refusals > 0)
		e = note_refusal(rq->tx, at, ret->status);
	return e;
}

/* The signed event that was made last; false when none is. */
static bool find_last_signed(const struct req *rq, const struct punch_batch *in,
	struct signed_event *ret, bool *ret_ours)
{
	const struct verified *verified = rq->prepared;

	for (int i = in->count - 1; i >= 0; i--)
		if (is_signed(&in->events[i]) &&
			attendance_read_event(in->events[i].bytes, ret) != EVENT_MALFORMED) {
			*ret_ours = verified[i].is_token_ours;
			return true;
		}
	return false;
}

/* A new token with the receipts, so that 07.30 needs no request of its own; not to a phone whose
 * token is of the last minutes, because it would say the same again. */
static void add_token(struct req *rq, const struct punch_batch *in, struct receipt_list *out)
{
	struct signed_event event;
	struct token_view *token;
	bool is_ours;

	if (!find_last_signed(rq, in, &event, &is_ours) ||
		(is_ours && rq->tx->now_ms - event.token_issued_at < TOKEN_NEW_MS))
		return;
	token = ARENA_NEW(rq->tx->arena, struct token_view);
	*token = attendance_view_token(rq->tx, event.device);
	out->token = token;
}

static enum err post_punches(struct req *rq)
{
	const struct punch_batch *in = rq->input;
	struct receipt_list *out = ARENA_NEW(rq->tx->arena, struct receipt_list);
	enum err e = OK;

	out->receipts = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct receipt);
	out->count = in->count;
	for (int i = 0; i < in->count && !e; i++)
		e = record_event(rq, in, i, &out->receipts[i]);
	rq->outcome = out;
	return e;
}

/* After COMMIT, and not on the writer's time: signatures, and the reply. */
static enum err answer_punches(struct req *rq)
{
	struct receipt_list *out = rq->outcome;

	for (int i = 0; i < out->count; i++)
		attendance_sign_receipt(rq->tx->arena, rq->tx->government, &out->receipts[i]);
	add_token(rq, rq->input, out);
	return reply(rq, 200, out);
}

static enum err find_self(struct req *rq, struct object *ret_object)
{
	ret_object->employee = rq->actor.employee;
	return OK;
}

static const struct route routes[] = {
	{
		.method = POST,
		.path = "/api/v1/attendance/punches",
		.permission = P_PUNCH_SELF,
		.tx = TX_EVENT,
		.input = &batch_shape,
		.output = &receipts_shape,
		.handler = post_punches,
		.object = find_self,
		.early = verify_signatures,
		.late = answer_punches,
		.summary = "Records events of one's own presence; answers one receipt per event, "
			   "in order.",
		.example = "{\"events\":[{\"id\":\"019a7ad0-7c00-7000-8000-000000000001\","
			   "\"direction\":\"in\","
			   "\"phone_at\":\"2025-11-13T00:20:00.000Z\"}]}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/events/{event}",
		.permission = P_BOARD_UNIT,
		.tx = TX_READ,
		.input = &attendance_event_query_shape,
		.output = &attendance_event_shape,
		.handler = attendance_get_event,
		.object = attendance_find_event,
		.summary = "How many were at an assembly, late, absent, or excused by what.",
		.example_path = "/api/v1/attendance/events/{event}?unit={unit}",
	},
};

_Static_assert(INSTANT_NONE == NO_INSTANT, "an absent offset is an unknown one");

static void wire(void)
{
	org_add_decided_source(attendance_list_decided);
	attendance_wire_closed();
}

const struct slice attendance_slice = {
	.name = "attendance",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_stmts,
	.stmt_count = COUNT_OF(attendance_stmts),
	.jobs = attendance_jobs,
	.job_count = COUNT_OF(attendance_jobs),
	.wire = wire,
	.project = attendance_project,
};
