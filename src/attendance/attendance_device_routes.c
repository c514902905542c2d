/*
 * Phones over HTTP: enrolling one's own with the code an officer shows, the phones of a person, the
 * end of one, and the time token of an active one.
 *
 * A wrong code costs a try of the account and says nothing about why. A phone that lost the answer
 * to its enrolment asks again with the same key and gets the same answer.
 */
#include "attendance/attendance_device.h"

#include "attendance/attendance_record.h"
#include "attendance/attendance_stated.h"
#include "base/str.h"
#include "platform/throttle.h"

#include <string.h>

/* ---- ids ---- */

enum err attendance_read_device_id(struct req *rq, const char *text, uint8_t ret[DEVICE_ID_BYTES])
{
	struct bytes bytes;

	if (!base64url_decode(rq->tx->arena, text, &bytes) || bytes.n != DEVICE_ID_BYTES)
		return E_NOT_FOUND;
	memcpy(ret, bytes.p, DEVICE_ID_BYTES);
	return OK;
}

enum err attendance_load_named_device(struct req *rq, const char *text, struct device *ret)
{
	uint8_t id[DEVICE_ID_BYTES];
	enum err e = attendance_read_device_id(rq, text, id);

	return e ? e : attendance_load_device(rq->tx, id, ret);
}

enum err attendance_find_device(struct req *rq, struct object *ret_object)
{
	const struct device_path *in = rq->input;
	struct device d;
	enum err e = attendance_load_named_device(rq, in->device, &d);

	ret_object->employee = d.employee;
	return e;
}

/* ---- what is shown ---- */

struct device_view {
	struct bytes device, credential_id;
	const char *label, *unit_name, *enrolled_by, *ended_by, *end_reason;
	bool is_installed, is_shared, has_passkey;
	int32_t state;
	int64_t enrolled_at, probation_until, passkey_at, ended_at;
};
static const struct field device_fields[] = {
	F_BYTES(struct device_view, device, 16, 16, 0, "Its id."),
	F_TEXT(struct device_view, label, 0, DEVICE_LABEL_MAX, 0, "Browser and kind of phone."),
	F_BOOL(struct device_view, is_installed, 0, "Enrolled within the installed app."),
	F_BOOL(struct device_view, is_shared, 0,
		"Another employee's key lives on the same phone: a note, no fault."),
	F_ENUM(struct device_view, state, device_state_names, 0, "What has become of it."),
	F_INSTANT(struct device_view, enrolled_at, 0, "Since when."),
	F_TEXT(struct device_view, enrolled_by, 0, 300, 0, "The officer who showed the code."),
	F_TEXT(struct device_view, unit_name, 0, 200, 0, "Unit of the employee then."),
	F_INSTANT(struct device_view, probation_until, OPTIONAL, "New until then."),
	F_BOOL(struct device_view, has_passkey, 0, "A passkey stands beside its key."),
	F_INSTANT(struct device_view, passkey_at, OPTIONAL, "Since when."),
	F_BYTES(struct device_view, credential_id, 1, CREDENTIAL_ID_MAX, OPTIONAL,
		"Id of the passkey, for the owner's phone alone."),
	F_INSTANT(struct device_view, ended_at, OPTIONAL, "When it ended."),
	F_TEXT(struct device_view, ended_by, 0, 300, OPTIONAL, "Who ended it."),
	F_TEXT(struct device_view, end_reason, 0, DEVICE_NOTE_MAX, OPTIONAL, "Why."),
	F_END,
};
static const struct shape device_shape = SHAPE("Device", struct device_view, device_fields);

static enum err show_end(struct req *rq, const struct device *d, struct device_view *v)
{
	v->ended_at = INSTANT_NONE;
	if (d->state == DEVICE_ACTIVE)
		return OK;
	v->ended_at = d->ended_at;
	v->end_reason = d->end_reason;
	return attendance_load_name(rq->tx, d->ended_by, &v->ended_by);
}

static enum err show(struct req *rq, const struct device *d, const struct parameters *numbers,
	struct device_view *v)
{
	bool is_own = d->employee.v == rq->actor.employee.v;
	int64_t until = attendance_probation_until(d, numbers);
	struct enrolment enrolment;
	enum err e;

	*v = (struct device_view){.device = arena_bytes(rq->tx->arena, d->id, sizeof d->id),
		.label = d->label,
		.is_installed = d->is_installed,
		.is_shared = d->is_shared,
		.state = (int32_t)d->state,
		.enrolled_at = d->enrolled_at,
		.probation_until = until > rq->tx->now_ms ? until : INSTANT_NONE,
		.has_passkey = d->credential_id.n > 0,
		.passkey_at = INSTANT_NONE};
	if (is_own)
		v->credential_id = d->credential_id;
	if ((e = attendance_load_enrolment(rq->tx, d->id, &enrolment)) ||
		(e = attendance_load_name(rq->tx, d->enrolled_by, &v->enrolled_by)) ||
		(e = attendance_load_unit_name(rq->tx, d->unit, &v->unit_name)))
		return e;
	if (v->has_passkey)
		v->passkey_at = enrolment.credential_at;
	return show_end(rq, d, v);
}

/* ---- the list of a person ---- */

struct devices_query {
	struct employee_id employee;
};
static const struct field query_fields[] = {
	Q_ID(struct devices_query, employee, OPTIONAL, "Whose; one's own when absent."),
	F_END,
};
static const struct shape query_shape = SHAPE("DevicesQuery", struct devices_query, query_fields);
struct code_brief {
	int64_t id, expires_at;
	int32_t state;
	const char *reason, *refusal, *issued_by;
};
static const struct field brief_fields[] = {
	F_ID(struct code_brief, id, 0, "The request."),
	F_ENUM(struct code_brief, state, device_code_state_names, 0, "What has become of it."),
	F_INSTANT(struct code_brief, expires_at, 0, "Until when."),
	F_TEXT(struct code_brief, reason, 0, DEVICE_NOTE_MAX, 0, "Why a change so soon."),
	F_TEXT(struct code_brief, refusal, 0, DEVICE_NOTE_MAX, 0, "Why it was refused."),
	F_TEXT(struct code_brief, issued_by, 0, 300, 0, "Who asked."),
	F_END,
};
static const struct shape brief_shape = SHAPE("DeviceRequest", struct code_brief, brief_fields);
struct device_list {
	struct device_view *items;
	int count;
	struct code_brief *request;
	bool needs_second, may_enrol, may_end;
};
static const struct field list_fields[] = {
	F_LIST(struct device_list, items, count, &device_shape, 0, DEVICES_MAX, 0,
		"The latest first; at most one is active."),
	F_OBJECT(struct device_list, request, &brief_shape, OPTIONAL,
		"Of a change that asks for a second officer: where it stands, while it matters."),
	F_BOOL(struct device_list, needs_second, 0,
		"Another enrolment now comes soon after one: a reason and a second officer."),
	F_BOOL(struct device_list, may_enrol, 0, "The one who asks may show a code."),
	F_BOOL(struct device_list, may_end, 0, "The one who asks may end a phone."),
	F_END,
};
static const struct shape list_shape = SHAPE("Devices", struct device_list, list_fields);

static enum err find_query_employee(struct req *rq, struct object *ret_object)
{
	const struct devices_query *in = rq->input;

	ret_object->employee = in->employee.v ? in->employee : rq->actor.employee;
	return OK;
}

/* A request that waits, was approved, or was refused a short while ago. */
static enum err show_request(struct req *rq, struct employee_id employee, struct device_list *out)
{
	struct device_code c;
	enum device_code_state state;
	enum err e = attendance_load_latest_code(rq->tx, employee, &c);

	if (e || !c.needs_second)
		return e == E_NOT_FOUND ? OK : e;
	state = attendance_device_code_state(&c, rq->tx->now_ms);
	if (state == DEVICE_CODE_USED || state == DEVICE_CODE_EXPIRED ||
		(state == DEVICE_CODE_REFUSED && rq->tx->now_ms - c.decided_at > MS_PER_DAY))
		return OK;
	out->request = ARENA_NEW(rq->tx->arena, struct code_brief);
	*out->request = (struct code_brief){
		c.id, c.expires_at, (int32_t)state, c.reason, c.refusal, ""};
	return attendance_load_name(rq->tx, c.issued_by, &out->request->issued_by);
}

/* What the one who looks may do for the person. */
static enum err show_rights(struct req *rq, struct employee_id employee,
	const struct parameters *numbers, struct device_list *out)
{
	const struct object about = {.employee = employee, .day = DAY_NONE};
	int64_t last_at;
	enum err e = attendance_load_last_enrolled(rq->tx, employee, &last_at);

	out->needs_second = attendance_is_changed_soon(last_at, rq->tx->now_ms, numbers);
	out->may_enrol = auth_authorise(rq, P_DEVICE_ENROL, &about) == OK;
	out->may_end = auth_authorise(rq, P_DEVICE_END, &about) == OK;
	return e ? e : show_request(rq, employee, out);
}

static enum err get_devices(struct req *rq)
{
	struct employee_id employee = rq->object.employee;
	struct device *d = ARENA_ARRAY(rq->tx->arena, DEVICES_MAX, struct device);
	struct device_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, DEVICES_MAX, struct device_view)};
	struct parameters numbers;
	int count;
	enum err e;

	if ((e = attendance_load_parameters(rq->tx, req_today(rq), &numbers)) ||
		(e = attendance_list_devices(rq->tx, employee, d, DEVICES_MAX, &count)))
		return e;
	for (int i = 0; i < count && !e; i++)
		e = show(rq, &d[i], &numbers, &out.items[out.count++]);
	if (!e)
		e = show_rights(rq, employee, &numbers, &out);
	return e ? e : reply(rq, 200, &out);
}

/* ---- enrolling ---- */

struct device_input {
	const char *code, *label;
	struct bytes public_key, proof, install_id;
	bool is_installed;
};
static const struct field input_fields[] = {
	F_TEXT(struct device_input, code, 1, 32, 0, "What the officer's screen shows."),
	F_BYTES(struct device_input, public_key, 64, 64, 0, "P-256, x and y."),
	F_BYTES(struct device_input, proof, 64, 64, 0,
		"Signature of that key over luwes/dev/1 (docs/EVIDENCE.md)."),
	F_BYTES(struct device_input, install_id, 16, 16, 0, "What the phone drew once."),
	F_TEXT(struct device_input, label, 1, DEVICE_LABEL_MAX, 0, "Browser and kind of phone."),
	F_BOOL(struct device_input, is_installed, 0, "Within the installed app."),
	F_END,
};
static const struct shape input_shape = SHAPE("DeviceInput", struct device_input, input_fields);
struct enrolled_view {
	struct bytes device;
	int64_t probation_until;
	bool is_shared;
	struct token_view token;
};
static const struct field enrolled_fields[] = {
	F_BYTES(struct enrolled_view, device, 16, 16, 0, "Id of the phone."),
	F_INSTANT(struct enrolled_view, probation_until, 0, "New until then."),
	F_BOOL(struct enrolled_view, is_shared, 0, "Another employee's key lives on it."),
	F_OBJECT(struct enrolled_view, token, &attendance_token_shape, 0, "Its first time token."),
	F_END,
};
static const struct shape enrolled_shape = SHAPE(
	"DeviceEnrolled", struct enrolled_view, enrolled_fields);

struct enrolling {
	struct hash code;
	bool is_right; /* when it was looked at first; the handler looks again */
};

static struct device make_device(const struct req *rq)
{
	const struct device_input *in = rq->input;
	struct device d = {.employee = rq->actor.employee,
		.label = in->label,
		.is_installed = in->is_installed};

	memcpy(d.public_key, in->public_key.p, sizeof d.public_key);
	memcpy(d.install_id, in->install_id.p, sizeof d.install_id);
	return d;
}

/* Whether the code opens for this person now; or did already, for this key: the answer was lost. */
static enum err load_code(struct req *rq, const struct hash *hash, struct device_code *ret,
	struct device *ret_made, bool *ret_is_right)
{
	const struct device_input *in = rq->input;
	enum device_code_state state;
	enum err e = attendance_load_device_code_by_hash(rq->tx, hash, ret);

	*ret_is_right = false;
	if (e || ret->employee.v != rq->actor.employee.v)
		return e == E_NOT_FOUND ? OK : e;
	state = attendance_device_code_state(ret, rq->tx->now_ms);
	*ret_is_right = state == DEVICE_CODE_OPEN;
	if (state != DEVICE_CODE_USED || ret->device.n != DEVICE_ID_BYTES)
		return OK;
	if ((e = attendance_load_device(rq->tx, ret->device.p, ret_made)))
		return e;
	*ret_is_right = ret_made->state == DEVICE_ACTIVE &&
			memcmp(ret_made->public_key, in->public_key.p, ES256_KEY_BYTES) == 0;
	return OK;
}

static enum err check_proof(struct req *rq, const struct hash *code)
{
	const struct device_input *in = rq->input;
	struct device d = make_device(rq);
	uint8_t message[ENROLMENT_PROOF_BYTES];

	if (!es256_is_key(d.public_key))
		return refuse(rq, E_BAD_FIELD, "/public_key", "not a point of P-256");
	attendance_write_enrolment_proof(rq->tx->government, &d, *code, message);
	if (!es256_verify(d.public_key, message, sizeof message, in->proof.p))
		return refuse(rq, E_BAD_FIELD, "/proof", "not signed by that key");
	return OK;
}

static enum err prepare_device(struct req *rq)
{
	const struct device_input *in = rq->input;
	struct enrolling *prepared = rq->prepared = ARENA_NEW(rq->tx->arena, struct enrolling);
	const struct throttle_try attempt = {THROTTLE_DEVICE, rq->tx->government,
		arena_printf(rq->tx->arena, "%lld", (long long)rq->actor.employee.v), "",
		rq->client_address};
	char letters[AUTH_CODE_LETTERS];
	struct device_code c;
	struct device made;
	enum err e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds);

	if (e || !auth_read_code(in->code, letters))
		return e; /* the handler refuses it */
	prepared->code = hash_of(letters, sizeof letters);
	if ((e = check_proof(rq, &prepared->code)) ||
		(e = load_code(rq, &prepared->code, &c, &made, &prepared->is_right)))
		return e;
	if (prepared->is_right)
		throttle_give_back(&attempt, rq->tx->now_ms);
	return OK;
}

static enum err answer_enrolled(struct req *rq, const struct device *d)
{
	struct enrolled_view out = {.device = arena_bytes(rq->tx->arena, d->id, sizeof d->id),
		.is_shared = d->is_shared,
		.token = attendance_view_token(rq->tx, d->id)};
	struct parameters numbers;
	enum err e = attendance_load_parameters(rq->tx, req_today(rq), &numbers);

	if (e)
		return e;
	out.probation_until = attendance_probation_until(d, &numbers);
	return reply(rq, 200, &out);
}

static enum err post_device(struct req *rq)
{
	const struct enrolling *prepared = rq->prepared;
	struct device d = make_device(rq), made = {0};
	struct device_code c;
	bool is_right = prepared->is_right;
	enum err e = is_right ? load_code(rq, &prepared->code, &c, &made, &is_right) : OK;

	if (e)
		return e;
	if (!is_right)
		return refuse(rq, E_BAD_CODE, "/code", "wrong, used or expired");
	if (c.used_at)
		return answer_enrolled(rq, &made);
	e = attendance_enrol_device(rq->tx, req_today(rq), &c, &d);
	return e ? e : answer_enrolled(rq, &d);
}

/* ---- the end of one ---- */

/* What may be asked for; the state of the same name. */
static const char *const end_names[] = {"replaced", "lost", "revoked", NULL};
_Static_assert(DEVICE_REPLACED == 1 && DEVICE_LOST == 2 && DEVICE_REVOKED == 3,
	"the names of ends follow the states after active");

struct end_input {
	const char *device; /* first: attendance_find_device */
	int32_t reason;
	const char *note;
};
static const struct field end_fields[] = {
	PATH_TEXT(struct end_input, device, 22, 22, "The phone."),
	F_ENUM(struct end_input, reason, end_names, 0,
		"The owner says lost; an officer may also revoke it."),
	F_TEXT(struct end_input, note, 1, DEVICE_NOTE_MAX, OPTIONAL,
		"Why; an officer who revokes says it."),
	F_END,
};
static const struct shape end_shape = SHAPE("DeviceEnd", struct end_input, end_fields);

static enum err check_end(struct req *rq, const struct device *d, enum device_state state)
{
	const struct end_input *in = rq->input;
	bool is_own = d->employee.v == rq->actor.employee.v;

	if (d->state != DEVICE_ACTIVE)
		return refuse(rq, E_CONFLICT, "/device", "has ended already");
	if (is_own && state != DEVICE_LOST)
		return refuse(
			rq, E_REFUSED, "/reason", "of one's own phone one says that it is lost");
	if (state == DEVICE_REVOKED && (!in->note || strlen(in->note) < REASON_LEAST))
		return refuse(rq, E_BAD_FIELD, "/note", "say why, in ten letters or more");
	return OK;
}

static enum err post_end(struct req *rq)
{
	const struct end_input *in = rq->input;
	enum device_state state = (enum device_state)(in->reason + 1);
	struct parameters numbers;
	struct device_view out;
	struct device d;
	enum err e;

	if ((e = attendance_load_named_device(rq, in->device, &d)) ||
		(e = check_end(rq, &d, state)) ||
		(e = attendance_finish_device(
			 rq->tx, &d, state, rq->actor.employee, in->note ? in->note : "")) ||
		(e = attendance_load_parameters(rq->tx, req_today(rq), &numbers)) ||
		(e = show(rq, &d, &numbers, &out)))
		return e;
	return reply(rq, 200, &out);
}

/* ---- the time token ---- */

static const struct field token_query_fields[] = {
	Q_TEXT(struct device_path, device, 22, 22, 0, "The phone that asks."),
	F_END,
};
static const struct shape token_query_shape = SHAPE(
	"TokenQuery", struct device_path, token_query_fields);

static enum err get_token(struct req *rq)
{
	const struct device_path *in = rq->input;
	struct token_view out;
	struct device d;
	enum err e = attendance_load_named_device(rq, in->device, &d);

	if (e)
		return e;
	if (d.state != DEVICE_ACTIVE)
		return refuse(rq, E_CONFLICT, "/device", "has ended");
	out = attendance_view_token(rq->tx, d.id);
	return reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/devices",
		.permission = P_DEVICE_READ,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &list_shape,
		.handler = get_devices,
		.object = find_query_employee,
		.sees = true,
		.summary = "The phones a person signs with, ended ones too.",
		.example_path = "/api/v1/attendance/devices?employee={employee}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/devices",
		.permission = P_PUNCH_SELF,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &enrolled_shape,
		.handler = post_device,
		.prepare = prepare_device,
		.summary =
			"Enrols the phone one holds with the code an officer shows; the former one "
			"is replaced.",
		.example =
			"{\"code\":\"7K2QD-M4XRA\",\"public_key\":"
			"\"axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li_hp_m47n60p8D54WK84zV2sx"
			"Xs7LtkBoN79R9Q\",\"proof\":"
			"\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
			"AAAAAAAAAAAAAA\",\"install_id\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"label\":"
			"\"Chrome di Android\",\"is_installed\":true}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/devices/{device}/end",
		.permission = P_DEVICE_END,
		.tx = TX_WRITE,
		.input = &end_shape,
		.output = &device_shape,
		.handler = post_end,
		.object = attendance_find_device,
		.summary = "Ends a phone: lost, replaced or revoked. What it signed before stays.",
		.example = "{\"reason\":\"lost\",\"note\":\"Tertinggal di angkutan umum.\"}",
		.example_path = "/api/v1/attendance/devices/{device}/end",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/token",
		.permission = P_PUNCH_SELF,
		.tx = TX_READ,
		.input = &token_query_shape,
		.output = &attendance_token_shape,
		.handler = get_token,
		.object = attendance_find_device,
		.summary = "A time token for one's own active phone.",
		.example_path = "/api/v1/attendance/token?device={device}",
	},
};

const struct slice attendance_devices_slice = {
	.name = "devices",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_device_stmts,
	.stmt_count = DEVICE_STMTS,
};
