/*
 * The code that enrols a phone, over HTTP: an officer shows it to the person before him, once, for
 * minutes. A change soon after another one waits for a second officer, who sees the reason; only
 * then is a code drawn, and he who approved does not show it.
 */
#include "attendance/attendance_device.h"

#include "attendance/attendance_stated.h"
#include "org/org_access.h"
#include "platform/clock.h"

#include <sodium.h>
#include <string.h>

#define CODES_HOUR_MAX 8 /* of one person: more is no enrolment any more */

/* ---- what is shown ---- */

struct code_view {
	int64_t id, issued_at, expires_at;
	struct employee_id employee;
	const char *full_name, *unit_name, *issued_by, *reason, *refusal, *code;
	bool needs_second, may_decide;
	int32_t state;
};
static const struct field code_fields[] = {
	F_ID(struct code_view, id, 0, "The request."),
	F_ID(struct code_view, employee, 0, "Whose phone."),
	F_TEXT(struct code_view, full_name, 0, 300, 0, "His name with titles."),
	F_TEXT(struct code_view, unit_name, 0, 200, 0, "His unit today."),
	F_ENUM(struct code_view, state, device_code_state_names, 0, "What has become of it."),
	F_BOOL(struct code_view, needs_second, 0, "It asks for a second officer."),
	F_TEXT(struct code_view, reason, 0, DEVICE_NOTE_MAX, 0, "Why a change so soon."),
	F_TEXT(struct code_view, issued_by, 0, 300, 0, "Who asked."),
	F_INSTANT(struct code_view, issued_at, 0, "When."),
	F_INSTANT(struct code_view, expires_at, 0, "Until when."),
	F_TEXT(struct code_view, refusal, 0, DEVICE_NOTE_MAX, 0, "Why it was refused."),
	F_BOOL(struct code_view, may_decide, 0, "The one who asks may be the second officer."),
	F_TEXT(struct code_view, code, 11, 11, OPTIONAL,
		"The code itself: in the answer that draws it, and never again."),
	F_END,
};
static const struct shape code_shape = SHAPE("DeviceCode", struct code_view, code_fields);

static struct code_view view_code(const struct req *rq, const struct device_code *c)
{
	return (struct code_view){.id = c->id,
		.employee = c->employee,
		.full_name = c->full_name ? c->full_name : "",
		.unit_name = c->unit_name ? c->unit_name : "",
		.issued_by = c->issuer_name ? c->issuer_name : "",
		.state = (int32_t)attendance_device_code_state(c, rq->tx->now_ms),
		.needs_second = c->needs_second,
		.reason = c->reason,
		.refusal = c->refusal ? c->refusal : "",
		.issued_at = c->issued_at,
		.expires_at = c->expires_at,
		.may_decide = attendance_decide_second(c, rq->actor.employee, rq->tx->now_ms) ==
			      OK};
}

static enum err answer(struct req *rq, struct device_code *c, const char *code)
{
	struct code_view out;
	struct employee_row row;
	enum err e;

	if ((e = attendance_load_name(rq->tx, c->issued_by, &c->issuer_name)) ||
		(e = org_load_employee(rq->tx, c->employee, req_today(rq), &row)) ||
		(e = attendance_load_unit_name(rq->tx, row.unit, &c->unit_name)))
		return e;
	c->full_name = org_full_name(rq->tx->arena, &row);
	out = view_code(rq, c);
	out.code = code;
	return reply(rq, 200, &out);
}

/* ---- asking for one ---- */

struct code_input {
	struct employee_id employee;
	const char *reason;
};
static const struct field input_fields[] = {
	F_ID(struct code_input, employee, 0, "Who stands before the officer."),
	F_TEXT(struct code_input, reason, 1, DEVICE_NOTE_MAX, OPTIONAL,
		"Why the phone changes again; asked for soon after an enrolment."),
	F_END,
};
static const struct shape input_shape = SHAPE("DeviceCodeInput", struct code_input, input_fields);

static enum err find_input_employee(struct req *rq, struct object *ret_object)
{
	const struct code_input *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

/* Draws the letters and lets them hold from now on; shown to the actor alone. */
static const char *draw_code(
	struct req *rq, const struct parameters *numbers, struct device_code *c)
{
	char code[AUTH_CODE_LETTERS + 2], letters[AUTH_CODE_LETTERS];

	auth_make_code(code);
	auth_read_code(code, letters);
	c->hash = hash_of(letters, sizeof letters);
	c->issued_by = rq->actor.employee;
	c->shown_at = rq->tx->now_ms;
	c->expires_at = rq->tx->now_ms + numbers->of[PARAMETER_CODE_MINUTES] * INT64_C(60000);
	return arena_strdup(rq->tx->arena, code);
}

static enum err show_approved(
	struct req *rq, const struct parameters *numbers, struct device_code *c)
{
	const char *code;
	enum err e;

	if (c->approved_by.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/employee", "who approved does not show the code");
	code = draw_code(rq, numbers, c);
	if ((e = attendance_set_device_code(rq->tx, c)))
		return e;
	attendance_log_code(rq->tx, c, DEVICE_STEP_SHOWN, rq->actor.employee);
	return answer(rq, c, code);
}

static enum err check_rate(struct req *rq, struct employee_id employee)
{
	int32_t count;
	enum err e = attendance_count_codes(
		rq->tx, employee, rq->tx->now_ms - INT64_C(3600000), &count);

	if (e || count < CODES_HOUR_MAX)
		return e;
	rq->retry_after_seconds = 600;
	return E_THROTTLED;
}

static enum err ask(struct req *rq, const struct parameters *numbers)
{
	const struct code_input *in = rq->input;
	struct device_code c = {.id = id_next(),
		.employee = in->employee,
		.issued_by = rq->actor.employee,
		.issued_at = rq->tx->now_ms,
		.reason = in->reason ? in->reason : ""};
	const char *code = NULL;
	int64_t last_at;
	enum err e;

	if ((e = check_rate(rq, in->employee)) ||
		(e = attendance_load_last_enrolled(rq->tx, in->employee, &last_at)))
		return e;
	c.needs_second = attendance_is_changed_soon(last_at, rq->tx->now_ms, numbers);
	if (c.needs_second && strlen(c.reason) < REASON_LEAST)
		return refuse(rq, E_BAD_FIELD, "/reason",
			"a phone was enrolled not long ago: say why, in ten letters or more");
	randombytes_buf(c.hash.b, sizeof c.hash.b);
	c.expires_at = c.issued_at + numbers->of[PARAMETER_APPROVAL_HOURS] * INT64_C(3600000);
	if (!c.needs_second)
		code = draw_code(rq, numbers, &c);
	if ((e = attendance_end_codes(rq->tx, in->employee)) ||
		(e = attendance_add_device_code(rq->tx, &c)))
		return e;
	attendance_log_code(rq->tx, &c, DEVICE_STEP_ASKED, rq->actor.employee);
	return answer(rq, &c, code);
}

static enum err post_code(struct req *rq)
{
	const struct code_input *in = rq->input;
	enum device_code_state state = DEVICE_CODE_EXPIRED;
	struct parameters numbers;
	struct device_code c;
	enum err e = attendance_load_parameters(rq->tx, req_today(rq), &numbers);

	if (e)
		return e;
	e = attendance_load_latest_code(rq->tx, in->employee, &c);
	if (e && e != E_NOT_FOUND)
		return e;
	if (!e)
		state = attendance_device_code_state(&c, rq->tx->now_ms);
	if (state == DEVICE_CODE_WAITS)
		return answer(rq, &c, NULL);
	return state == DEVICE_CODE_APPROVED ? show_approved(rq, &numbers, &c) : ask(rq, &numbers);
}

/* ---- one request: what the dialog that shows its code asks for ---- */

struct code_path {
	int64_t code;
	const char *reason;
};
static const struct field path_fields[] = {
	PATH_ID(struct code_path, code, "The request."),
	F_END,
};
static const struct shape path_shape = SHAPE("DeviceCodePath", struct code_path, path_fields);

static enum err find_code(struct req *rq, struct object *ret_object)
{
	const struct code_path *in = rq->input;
	struct device_code c;
	enum err e = attendance_load_device_code(rq->tx, in->code, &c);

	ret_object->employee = c.employee;
	return e;
}

static enum err get_code(struct req *rq)
{
	const struct code_path *in = rq->input;
	struct device_code c;
	enum err e = attendance_load_device_code(rq->tx, in->code, &c);

	return e ? e : answer(rq, &c, NULL);
}

/* ---- the second officer ---- */

static const struct field refuse_fields[] = {
	PATH_ID(struct code_path, code, "The request."),
	F_TEXT(struct code_path, reason, REASON_LEAST, DEVICE_NOTE_MAX, 0, "Why not."),
	F_END,
};
static const struct shape refuse_shape = SHAPE("DeviceCodeRefuse", struct code_path, refuse_fields);

/* The request, when the actor may decide it now. */
static enum err load_waiting(struct req *rq, struct device_code *ret)
{
	const struct code_path *in = rq->input;
	enum err e = attendance_load_device_code(rq->tx, in->code, ret);

	if (e)
		return e;
	e = attendance_decide_second(ret, rq->actor.employee, rq->tx->now_ms);
	if (e == E_SELF)
		return refuse(rq, e, "/code", "another officer than the one who asked decides");
	if (e == E_CONFLICT)
		return refuse(rq, e, "/code", "does not wait any more");
	return e;
}

static enum err settle(struct req *rq, struct device_code *c, enum device_step_kind kind)
{
	enum err e;

	c->approved_by = rq->actor.employee;
	c->decided_at = rq->tx->now_ms;
	if ((e = attendance_set_device_code(rq->tx, c)))
		return e;
	attendance_log_code(rq->tx, c, kind, rq->actor.employee);
	return answer(rq, c, NULL);
}

static enum err post_approve(struct req *rq)
{
	struct parameters numbers;
	struct device_code c;
	enum err e = load_waiting(rq, &c);

	if (e || (e = attendance_load_parameters(rq->tx, req_today(rq), &numbers)))
		return e;
	c.expires_at = rq->tx->now_ms + numbers.of[PARAMETER_APPROVAL_HOURS] * INT64_C(3600000);
	return settle(rq, &c, DEVICE_STEP_APPROVED);
}

static enum err post_refuse(struct req *rq)
{
	const struct code_path *in = rq->input;
	struct device_code c;
	enum err e = load_waiting(rq, &c);

	if (e)
		return e;
	c.is_refused = true;
	c.refusal = in->reason;
	return settle(rq, &c, DEVICE_STEP_REFUSED);
}

/* ---- those that wait ---- */

struct code_list {
	struct code_view *items;
	int count;
};
static const struct field list_fields[] = {
	F_LIST(struct code_list, items, count, &code_shape, 0, DEVICE_CODES_MAX, 0,
		"Waiting for a second officer, or approved and not yet shown; the oldest first."),
	F_END,
};
static const struct shape list_shape = SHAPE("DeviceCodes", struct code_list, list_fields);

static enum err get_codes(struct req *rq)
{
	struct device_code *c = ARENA_ARRAY(rq->tx->arena, DEVICE_CODES_MAX, struct device_code);
	struct code_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, DEVICE_CODES_MAX, struct code_view)};
	struct org_scopes scopes;
	int count;
	enum err e = org_load_scopes(rq, P_DEVICE_ENROL, &scopes);

	for (int i = 0; i < scopes.paths && !e; i++) {
		e = attendance_list_waiting_codes(rq->tx, scopes.path[i], req_today(rq), c,
			DEVICE_CODES_MAX - out.count, &count);
		for (int k = 0; k < count && !e; k++)
			out.items[out.count++] = view_code(rq, &c[k]);
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/devices/codes",
		.permission = P_DEVICE_ENROL,
		.tx = TX_READ,
		.output = &list_shape,
		.handler = get_codes,
		.summary = "Changes of phones that ask for a second officer, in one's units.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/devices/codes",
		.permission = P_DEVICE_ENROL,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &code_shape,
		.handler = post_code,
		.object = find_input_employee,
		.summary =
			"A code that enrols the phone of the person before the officer; a change "
			"soon after another one waits for a second officer first.",
		.example = "{\"employee\":\"{employee}\",\"reason\":\"Ponsel lama rusak, layar "
			   "pecah.\"}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/devices/codes/{code}",
		.permission = P_DEVICE_ENROL,
		.tx = TX_READ,
		.input = &path_shape,
		.output = &code_shape,
		.handler = get_code,
		.object = find_code,
		.summary = "Where a request stands: waiting, approved, used.",
		.example_path = "/api/v1/attendance/devices/codes/{device_code}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/devices/codes/{code}/approve",
		.permission = P_DEVICE_ENROL,
		.tx = TX_WRITE,
		.input = &path_shape,
		.output = &code_shape,
		.handler = post_approve,
		.object = find_code,
		.summary =
			"The second officer agrees to a change of phone so soon after another one.",
		.example = "{}",
		.example_path = "/api/v1/attendance/devices/codes/{device_code}/approve",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/devices/codes/{code}/refuse",
		.permission = P_DEVICE_ENROL,
		.tx = TX_WRITE,
		.input = &refuse_shape,
		.output = &code_shape,
		.handler = post_refuse,
		.object = find_code,
		.summary = "The second officer refuses it, and says why.",
		.example = "{\"reason\":\"Ponsel lama masih dipakai.\"}",
		.example_path = "/api/v1/attendance/devices/codes/{device_code}/refuse",
	},
};

const struct slice attendance_device_codes_slice = {
	.name = "device_codes",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
