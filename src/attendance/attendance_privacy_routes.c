/*
 * One's own data over HTTP: what is kept about where one was and for how long, that one was told
 * so, and every punch as the journal has it.
 *
 * UU 27/2022 art. 5-7, 13 (to be told, to have access, to take a copy), art. 20 (2) c and e: the
 * basis is a legal duty and a public task, never consent, so the notice is shown and noted, not
 * agreed to. Coordinates leave the program here alone, to their owner, while they are kept.
 */
#include "attendance/attendance_hold.h"
#include "attendance/attendance_privacy.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_retention.h"
#include "base/str.h"

#define HOLDS_MAX   50
#define MONTH_DAYS  31
#define PUNCHES_MAX (MONTH_DAYS * DAY_PUNCHES_MAX)
#define VERSION_MAX 1000
#define KEPT_MAX    10000 /* days */

/* ---- the notice ---- */

struct privacy {
	int32_t position_days, shown_version;
	int64_t shown_at;
	struct hold_view *holds;
	int hold_count;
};
static const struct field privacy_fields[] = {
	F_INT(struct privacy, position_days, 0, KEPT_MAX, 0,
		"How many days the positions of today are kept."),
	F_INT(struct privacy, shown_version, 1, VERSION_MAX, OPTIONAL,
		"The latest version of the notice that was shown; absent: none was."),
	F_INSTANT(struct privacy, shown_at, OPTIONAL, "When, for the first time."),
	F_LIST(struct privacy, holds, hold_count, &attendance_hold_shape, 0, HOLDS_MAX, 0,
		"Days whose evidence is kept for a case, lifted ones too, newest first."),
	F_END,
};
static const struct shape privacy_shape = SHAPE("OwnPrivacy", struct privacy, privacy_fields);

static enum err load_holds(struct req *rq, struct privacy *out)
{
	struct hold *hold = ARENA_ARRAY(rq->tx->arena, HOLDS_MAX, struct hold);
	enum err e = attendance_list_holds(
		rq->tx, rq->actor.employee, false, 0, hold, HOLDS_MAX, &out->hold_count);

	out->holds = ARENA_ARRAY(rq->tx->arena, HOLDS_MAX, struct hold_view);
	for (int i = 0; i < out->hold_count && !e; i++)
		out->holds[i] = attendance_show_hold(&hold[i]);
	return e;
}

static enum err get_privacy(struct req *rq)
{
	struct privacy out = {.shown_version = INT_NONE, .shown_at = INSTANT_NONE};
	enum err e = attendance_load_position_days(rq->tx, req_today(rq), &out.position_days);

	if (e || (e = load_holds(rq, &out)))
		return e;
	e = attendance_load_shown(rq->tx, rq->actor.employee, &out.shown_version, &out.shown_at);
	return e && e != E_NOT_FOUND ? e : reply(rq, 200, &out);
}

struct shown_input {
	int32_t version;
};
static const struct field shown_fields[] = {
	F_INT(struct shown_input, version, 1, VERSION_MAX, 0, "Version of the text."),
	F_END,
};
static const struct shape shown_shape = SHAPE("NoticeShown", struct shown_input, shown_fields);

static enum err put_shown(struct req *rq)
{
	const struct shown_input *in = rq->input;
	int32_t days;
	enum err e = attendance_load_position_days(rq->tx, req_today(rq), &days);

	if (!e)
		e = attendance_add_shown(rq->tx, rq->actor.employee, in->version, days);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- punches ---- */

struct own_punch {
	int64_t id, received_at, phone_at, position_erased_at, seq, log_index;
	int32_t day, direction, source, time_grade, latitude_e7, longitude_e7, accuracy_metres,
		position_error, verdict;
	const char *device, *hash, *note;
	const char **flags, **marks;
	int flag_count, mark_count;
};
static const struct field punch_fields[] = {
	F_ID(struct own_punch, id, 0, "The punch in the journal."),
	F_DAY(struct own_punch, day, 0, "The civil day it claims."),
	F_ENUM(struct own_punch, direction, direction_names, 0, "Coming, leaving or a check."),
	F_ENUM(struct own_punch, source, punch_source_names, 0, "Who says so."),
	F_INSTANT(struct own_punch, received_at, 0, "Server time."),
	F_INSTANT(struct own_punch, phone_at, OPTIONAL, "The phone's clock, as it stood."),
	F_ENUM(struct own_punch, time_grade, time_grade_names, 0, "How well its time is known."),
	F_INT(struct own_punch, latitude_e7, -900000000, 900000000, OPTIONAL,
		"Degrees times 1e7, while the position is kept."),
	F_INT(struct own_punch, longitude_e7, -1800000000, 1800000000, OPTIONAL,
		"Degrees times 1e7."),
	F_INT(struct own_punch, accuracy_metres, 0, INT32_MAX, OPTIONAL,
		"Radius the phone stated."),
	F_ENUM(struct own_punch, position_error, place_error_names, 0,
		"Why there was no position."),
	F_INSTANT(
		struct own_punch, position_erased_at, OPTIONAL, "When the position was taken out."),
	F_TEXTS(struct own_punch, flags, flag_count, 0, 16, 0, "What the journal notes about it."),
	F_TEXT(struct own_punch, note, 0, 256, 0, "What was added to it."),
	F_TEXT(struct own_punch, device, 32, 32, OPTIONAL, "The phone that signed it."),
	F_INT64(struct own_punch, seq, 1, INT64_MAX, OPTIONAL, "Its number on that phone."),
	F_TEXT(struct own_punch, hash, 64, 64, OPTIONAL, "Hash of the signed event."),
	F_INT64(struct own_punch, log_index, 0, INT64_C(1) << 53, OPTIONAL,
		"Where its leaf lies in the log."),
	F_ENUM(struct own_punch, verdict, evidence_verdict_names, OPTIONAL,
		"Whether a person was asked about it."),
	F_TEXTS(struct own_punch, marks, mark_count, 0, MARK_COUNT, 0,
		"Codes of everything that was found about it."),
	F_END,
};
static const struct shape punch_shape = SHAPE("OwnPunch", struct own_punch, punch_fields);

struct own_punches {
	struct own_punch *items;
	int count;
};
static const struct field punches_fields[] = {
	F_LIST(struct own_punches, items, count, &punch_shape, 0, PUNCHES_MAX, 0, "In day order."),
	F_END,
};
static const struct shape punches_shape = SHAPE("OwnPunches", struct own_punches, punches_fields);

struct month_query {
	int32_t month;
};
static const struct field month_fields[] = {
	Q_DAY(struct month_query, month, OPTIONAL, "Any day of the month; this month when absent."),
	F_END,
};
static const struct shape month_shape = SHAPE("OwnPunchesQuery", struct month_query, month_fields);

static const char **name_bits(
	struct arena *arena, int bits, const char *const *name, int *ret_count)
{
	const char **ret = ARENA_ARRAY(arena, 16, const char *);

	*ret_count = 0;
	for (int i = 0; name[i]; i++)
		if (bits >> i & 1)
			ret[(*ret_count)++] = name[i];
	return ret;
}

static const char *hex(struct arena *arena, const void *p, size_t n)
{
	char *text = arena_alloc(arena, 2 * n + 1);

	hex_encode(p, n, text);
	return text;
}

static struct own_punch show_punch(struct arena *arena, const struct punch *p)
{
	bool has_position = p->point.lat_e7 != NO_COORDINATE;
	struct own_punch own = {
		.id = p->punch_id,
		.day = p->punch_day,
		.direction = (int32_t)p->direction,
		.source = (int32_t)p->source,
		.received_at = p->received_at,
		.phone_at = p->phone_at,
		.time_grade = (int32_t)p->time_grade,
		.latitude_e7 = has_position ? p->point.lat_e7 : INT_NONE,
		.longitude_e7 = has_position ? p->point.lon_e7 : INT_NONE,
		.accuracy_metres = has_position ? p->accuracy_metres : INT_NONE,
		.position_error = (int32_t)p->place_error,
		.position_erased_at = p->kept ? p->kept->erased_at : INSTANT_NONE,
		.note = p->note,
		.seq = NO_INSTANT,
		.log_index = NO_INSTANT,
		.verdict = INT_NONE,
	};

	own.flags = name_bits(arena, p->flags, punch_flag_names, &own.flag_count);
	return own;
}

static void add_evidence(
	struct arena *arena, const struct evidence_row *row, int rows, struct own_punch *own)
{
	for (int i = 0; i < rows; i++) {
		if (row[i].punch_id != own->id)
			continue;
		own->device = hex(arena, row[i].device, sizeof(row[i].device));
		own->seq = row[i].seq;
		own->hash = hex(arena, row[i].hash.b, sizeof(row[i].hash.b));
		own->log_index = row[i].leaf_index;
		own->verdict = (int32_t)row[i].verdict;
		own->marks = attendance_name_marks(arena, row[i].marks, &own->mark_count);
	}
}

static enum err list_day(struct req *rq, int32_t day, struct own_punches *out)
{
	struct arena *arena = rq->tx->arena;
	struct punch *punch = ARENA_ARRAY(arena, DAY_PUNCHES_MAX, struct punch);
	struct evidence_row *row = ARENA_ARRAY(arena, DAY_PUNCHES_MAX, struct evidence_row);
	int punches, rows;
	enum err e = attendance_list_punches(
		rq->tx, rq->actor.employee, day, day, punch, DAY_PUNCHES_MAX, &punches);

	if (!e && punches)
		e = attendance_list_evidence(
			rq->tx, rq->actor.employee, day, row, DAY_PUNCHES_MAX, &rows);
	if (e)
		return e;
	for (int i = 0; i < punches; i++) {
		struct own_punch *own = &out->items[out->count++];

		*own = show_punch(arena, &punch[i]);
		add_evidence(arena, row, rows, own);
	}
	return OK;
}

static enum err get_punches(struct req *rq)
{
	const struct month_query *in = rq->input;
	struct own_punches out = {
		.items = ARENA_ARRAY(rq->tx->arena, PUNCHES_MAX, struct own_punch)};
	int32_t first, last;
	enum err e = OK;

	day_month_bounds(in->month == DAY_NONE ? req_today(rq) : in->month, &first, &last);
	for (int32_t day = first; day <= last && !e; day++)
		e = list_day(rq, day, &out);
	return e ? e : reply(rq, 200, &out);
}

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/me/privacy",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.output = &privacy_shape,
		.handler = get_privacy,
		.summary = "How long one's positions are kept, what keeps them longer, and which "
			   "notice one was shown.",
	},
	{
		.method = PUT,
		.path = "/api/v1/me/privacy/notice",
		.permission = P_PUNCH_SELF,
		.tx = TX_WRITE,
		.input = &shown_shape,
		.handler = put_shown,
		.summary = "Notes that one was shown the notice about positions; it asks for no "
			   "consent.",
		.example = "{\"version\":1}",
	},
	{
		.method = GET,
		.path = "/api/v1/me/punches",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.input = &month_shape,
		.output = &punches_shape,
		.handler = get_punches,
		.exports = EXPORT("presensi-saya", "Presensi saya"),
		.summary = "One's own punches of a month as the journal has them, with positions "
			   "while they are kept and what was found about signed ones.",
		.example_path = "/api/v1/me/punches?month=2025-11-01",
	},
};

const struct slice attendance_privacy_slice = {
	.name = "privacy",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_privacy_stmts,
	.stmt_count = PRIVACY_STMTS,
};
