/*
 * The passkey beside a phone's key, over HTTP: a challenge, its registration, its end.
 *
 * It is optional, and its absence never weighs more than a note (security 1.2). The challenge is
 * kept with the phone until it is used or minutes have passed, so it can be answered once. Whose
 * phone it is was settled in person; nothing here asks for more.
 */
#include "attendance/attendance_device.h"

#include "attendance/attendance_stated.h"

#include <sodium.h>
#include <string.h>

#define CHALLENGE_MS INT64_C(300000) /* five minutes, as WebAuthn 15.1 recommends */

/* ---- the challenge ---- */

static const struct field path_fields[] = {
	PATH_TEXT(struct device_path, device, 22, 22, "The phone."),
	F_END,
};
static const struct shape path_shape = SHAPE("PasskeyPath", struct device_path, path_fields);
struct challenge_view {
	struct bytes challenge, user;
	const char *rp_id, *name;
	int64_t expires_at;
};
static const struct field challenge_fields[] = {
	F_BYTES(struct challenge_view, challenge, 32, 32, 0, "To be signed, once."),
	F_TEXT(struct challenge_view, rp_id, 1, 253, 0, "Relying party: the host of this server."),
	F_BYTES(struct challenge_view, user, 16, 16, 0, "user.id of the passkey: the phone's id."),
	F_TEXT(struct challenge_view, name, 0, 300, 0, "user.displayName: the employee."),
	F_INSTANT(struct challenge_view, expires_at, 0, "Until when."),
	F_END,
};
static const struct shape challenge_shape = SHAPE(
	"PasskeyChallenge", struct challenge_view, challenge_fields);

/* One's own active phone, and the host passkeys are made for. */
static enum err load_own(
	struct req *rq, const char *text, struct device *ret, const char **ret_rp_id)
{
	enum err e = attendance_load_named_device(rq, text, ret);

	if (e)
		return e;
	if (ret->state != DEVICE_ACTIVE)
		return refuse(rq, E_CONFLICT, "/device", "has ended");
	*ret_rp_id = attendance_rp_id(rq->tx->arena, auth_origin);
	return *ret_rp_id ? OK : E_INTERNAL; /* serve set it */
}

static enum err post_challenge(struct req *rq)
{
	const struct device_path *in = rq->input;
	uint8_t challenge[CHALLENGE_BYTES];
	struct challenge_view out = {.expires_at = rq->tx->now_ms + CHALLENGE_MS};
	struct device d;
	enum err e = load_own(rq, in->device, &d, &out.rp_id);

	if (e)
		return e;
	randombytes_buf(challenge, sizeof challenge);
	if ((e = attendance_set_challenge(rq->tx, d.id, challenge, out.expires_at)) ||
		(e = attendance_load_name(rq->tx, d.employee, &out.name)))
		return e;
	out.challenge = arena_bytes(rq->tx->arena, challenge, sizeof challenge);
	out.user = arena_bytes(rq->tx->arena, d.id, sizeof d.id);
	return reply(rq, 200, &out);
}

/* ---- registration ---- */

struct passkey_input {
	const char *device; /* first: attendance_find_device */
	struct bytes credential_id, authenticator_data, client_data;
};
static const struct field input_fields[] = {
	PATH_TEXT(struct passkey_input, device, 22, 22, "The phone."),
	F_BYTES(struct passkey_input, credential_id, 1, CREDENTIAL_ID_MAX, 0,
		"rawId of what the browser made."),
	F_BYTES(struct passkey_input, authenticator_data, AUTH_DATA_FIXED, AUTH_DATA_MAX, 0,
		"response.getAuthenticatorData()."),
	F_BYTES(struct passkey_input, client_data, 2, CLIENT_DATA_MAX, 0,
		"response.clientDataJSON."),
	F_END,
};
static const struct shape input_shape = SHAPE("PasskeyInput", struct passkey_input, input_fields);
struct passkey_view {
	bool has_passkey, is_backed_up;
};
static const struct field passkey_fields[] = {
	F_BOOL(struct passkey_view, has_passkey, 0, "Whether one stands now."),
	F_BOOL(struct passkey_view, is_backed_up, 0, "It may be copied to another phone: a note."),
	F_END,
};
static const struct shape passkey_shape = SHAPE("Passkey", struct passkey_view, passkey_fields);

/* What the registration must answer; E_CONFLICT when nothing waits, or no longer. */
static enum err load_expected(
	struct req *rq, const struct device *d, const char *rp_id, struct assertion_expect *ret)
{
	struct bytes challenge;
	int64_t until;
	enum err e = attendance_load_challenge(rq->tx, d->id, &challenge, &until);

	if (e)
		return e;
	if (challenge.n != CHALLENGE_BYTES || rq->tx->now_ms >= until)
		return refuse(rq, E_CONFLICT, "/client_data", "no challenge waits: ask for one");
	*ret = (struct assertion_expect){
		.origin = auth_origin, .rp_id_hash = hash_of(rp_id, strlen(rp_id))};
	memcpy(ret->challenge, challenge.p, CHALLENGE_BYTES);
	return OK;
}

static enum err check_passkey(
	struct req *rq, const struct assertion_expect *expect, struct registration *ret)
{
	const struct passkey_input *in = rq->input;
	enum assertion_fault fault = attendance_check_registration(rq->tx->arena, in->credential_id,
		in->authenticator_data, in->client_data, expect, ret);
	bool is_known;
	enum err e;

	if (fault)
		return refuse(rq, E_REFUSED, "/authenticator_data", assertion_fault_names[fault]);
	e = attendance_load_is_credential(rq->tx, ret->credential_id, &is_known);
	if (!e && is_known)
		return refuse(rq, E_REFUSED, "/credential_id", "registered already");
	return e;
}

static enum err post_passkey(struct req *rq)
{
	const struct passkey_input *in = rq->input;
	struct assertion_expect expect;
	struct registration made;
	const char *rp_id;
	struct device d;
	enum err e;

	if ((e = load_own(rq, in->device, &d, &rp_id)) ||
		(e = load_expected(rq, &d, rp_id, &expect)) ||
		(e = check_passkey(rq, &expect, &made)) ||
		(e = attendance_change_passkey(rq->tx, &d, &made, rq->actor.employee)))
		return e;
	return reply(rq, 200, &(struct passkey_view){true, made.is_backed_up});
}

/* ---- its end ---- */

static enum err delete_passkey(struct req *rq)
{
	const struct device_path *in = rq->input;
	struct device d;
	enum err e = attendance_load_named_device(rq, in->device, &d);

	if (e)
		return e;
	if (!d.credential_id.n)
		return refuse(rq, E_CONFLICT, "/device", "has no passkey");
	if ((e = attendance_change_passkey(rq->tx, &d, NULL, rq->actor.employee)))
		return e;
	return reply(rq, 200, &(struct passkey_view){false, false});
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = POST,
		.path = "/api/v1/attendance/devices/{device}/passkey/challenge",
		.permission = P_PUNCH_SELF,
		.tx = TX_WRITE,
		.input = &path_shape,
		.output = &challenge_shape,
		.handler = post_challenge,
		.object = attendance_find_device,
		.summary = "What a passkey of one's own phone is to sign next, once.",
		.example = "{}",
		.example_path = "/api/v1/attendance/devices/{device}/passkey/challenge",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/devices/{device}/passkey",
		.permission = P_PUNCH_SELF,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &passkey_shape,
		.handler = post_passkey,
		.object = attendance_find_device,
		.summary = "Registers the passkey beside the key of one's own phone.",
		.example = "{\"credential_id\":\"AAAA\",\"authenticator_data\":"
			   "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"client_data\":"
			   "\"e30\"}",
		.example_path = "/api/v1/attendance/devices/{device}/passkey",
	},
	{
		.method = DELETE_,
		.path = "/api/v1/attendance/devices/{device}/passkey",
		.permission = P_DEVICE_END,
		.tx = TX_WRITE,
		.input = &path_shape,
		.output = &passkey_shape,
		.handler = delete_passkey,
		.object = attendance_find_device,
		.summary = "Ends the passkey of a phone; its key stays.",
		.example_path = "/api/v1/attendance/devices/{device}/passkey",
	},
};

const struct slice attendance_passkeys_slice = {
	.name = "passkeys",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
