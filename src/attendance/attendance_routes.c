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

#include "platform/clock.h"

#define EVENTS_MAX    50
#define SLOT_MS       (5 * MS_PER_MINUTE)
#define OFFSET_MAX_MS (366 * MS_PER_DAY)

struct punch_event {
	struct uuid id;
	int32_t direction;
	int64_t phone_at, offset_ms;
	int32_t lat_e7, lon_e7, accuracy_metres, position_error;
	int32_t refusals;
	const char *note;
};

struct punch_batch {
	struct punch_event *events;
	int count;
};

static const struct field event_fields[] = {
	F_UUID(struct punch_event, id, 0,
		"Made by the phone with the event; sending it again is safe."),
	F_ENUM(struct punch_event, direction, direction_names, 0,
		"Coming to work or leaving it; never inferred."),
	F_INSTANT(struct punch_event, phone_at, 0, "The phone's clock at the event."),
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
	F_END,
};
static const struct shape event_shape = SHAPE("PunchEvent", struct punch_event, event_fields);

static const struct field batch_fields[] = {
	F_LIST(struct punch_batch, events, count, &event_shape, 1, EVENTS_MAX, 0,
		"In the order they happened."),
	F_END,
};
static const struct shape batch_shape = SHAPE("PunchBatch", struct punch_batch, batch_fields);

struct receipt {
	struct uuid id;
	int32_t status;
	const char *reason;
	int64_t punch_id, received_at;
	int32_t day;
};

struct receipt_list {
	struct receipt *receipts;
	int count;
};

static const struct field receipt_fields[] = {
	F_UUID(struct receipt, id, 0, "The event's id."),
	F_ENUM(struct receipt, status, receipt_status_names, 0, "What became of the event."),
	F_TEXT(struct receipt, reason, 1, 40, OPTIONAL,
		"phone_clock_ahead, too_old or not_in_service."),
	F_ID(struct receipt, punch_id, OPTIONAL, "The punch in the journal; none when rejected."),
	F_INSTANT(struct receipt, received_at, 0, "Server time of its first receipt."),
	F_DAY(struct receipt, day, 0, "The civil day the event claims."),
	F_END,
};
static const struct shape receipt_shape = SHAPE("PunchReceipt", struct receipt, receipt_fields);

static const struct field receipts_fields[] = {
	F_LIST(struct receipt_list, receipts, count, &receipt_shape, 1, EVENTS_MAX, 0,
		"One per event, in order."),
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

static bool is_one_zone(const struct org_tree *tree)
{
	for (int i = 0; i < tree->sites; i++)
		if (tree->site[i].zone != tree->zone)
			return false;
	return true;
}

/* Civil day of an instant where the person works that day; a government within one zone needs no
 * look at the person. */
static enum err load_civil_day(struct tx *tx, const struct org_tree *tree, bool one_zone,
	struct employee_id employee, int64_t at, int32_t *ret_day)
{
	struct employee_row row;
	enum err e;

	*ret_day = instant_day(at, tree->zone);
	if (one_zone)
		return OK;
	e = org_load_employee(tx, employee, *ret_day, &row);
	if (e == OK)
		*ret_day = instant_day(at, attendance_zone(tree, row.unit, *ret_day));
	return e == E_NOT_FOUND ? OK : e;
}

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

static enum err record(
	struct tx *tx, struct employee_id employee, const struct punch *punch, struct receipt *ret)
{
	enum receipt_status status;
	enum err e = attendance_add_punch(tx, employee, punch, &status);

	*ret = (struct receipt){.id = punch->event_id,
		.status = status,
		.received_at = punch->received_at,
		.day = punch->punch_day};
	if (e)
		return e;
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

/* Rare: of an outage it tells when it was felt. */
static enum err note_refusal(struct tx *tx, const struct punch *punch, int32_t status)
{
	int64_t at = attendance_happened_at(punch);

	return status == RECEIPT_ACCEPTED ? attendance_add_refusal(tx, at - at % SLOT_MS) : OK;
}

static enum err post_punches(struct req *rq)
{
	const struct punch_batch *in = rq->input;
	struct receipt_list out = {
		.receipts = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct receipt),
		.count = in->count};
	const struct org_tree *tree;
	bool one_zone;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	one_zone = is_one_zone(tree);
	for (int i = 0; i < in->count && !e; i++) {
		struct punch punch = make_punch(&in->events[i], rq->tx->now_ms);

		punch.punch_id = id_next();
		e = load_civil_day(rq->tx, tree, one_zone, rq->actor.employee,
			attendance_claimed_at(&punch), &punch.punch_day);
		if (!e)
			e = record(rq->tx, rq->actor.employee, &punch, &out.receipts[i]);
		if (!e && in->events[i].refusals > 0)
			e = note_refusal(rq->tx, &punch, out.receipts[i].status);
	}
	return e ? e : reply(rq, 200, &out);
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
