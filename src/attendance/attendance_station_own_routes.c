/*
 * What a screen or kiosk asks for itself: to be set up with its code, how it stands with it, and
 * whom a kiosk may greet.
 *
 * Nobody is signed in on it: each request is signed with the key made at its set-up, together with
 * the instant, so that a copied request is dead in minutes and a stolen tablet is ended by its
 * officer. Who cannot sign is answered as if there were no such station (UU 27/2022 art. 39).
 */
#include "attendance/attendance_office_routes.h"

#include "base/put.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "platform/throttle.h"

#include <sodium.h>
#include <string.h>

#define CLAIM_PREFIX  "luwes/ks/1\n"
#define PREFIX_BYTES  (sizeof(CLAIM_PREFIX) - 1)
#define THROTTLE_NAME "station" /* in the place of a NIP */

enum err attendance_enter_government(struct req *rq, const char *code)
{
	struct government government;
	enum err e = platform_load_government_by_code(rq->tx, code, &government);

	if (!e)
		rq->actor.government = rq->tx->government = government.id;
	return e;
}

/* ---- the time token ---- */

const struct token_view *attendance_station_token(struct tx *tx, const struct station *s)
{
	struct token_view *token;

	if (s->kind != STATION_KIOSK || s->state != STATION_ACTIVE)
		return NULL;
	token = ARENA_NEW(tx->arena, struct token_view);
	*token = attendance_view_token(tx, s->kiosk_key.p);
	return token;
}

/* ---- who it is ---- */

static const uint8_t *write_claim(
	uint8_t message[PREFIX_BYTES + 16], const struct station_claim *claim)
{
	uint8_t *at = put_bytes(message, CLAIM_PREFIX, PREFIX_BYTES);

	put_number(put_number(at, claim->station, 8), claim->at, 8);
	return message;
}

static bool is_claimed(const struct station *s, const struct station_claim *claim)
{
	uint8_t message[PREFIX_BYTES + 16];

	return s->public_key.n == ES256_KEY_BYTES && claim->proof.n == ES256_SIGNATURE_BYTES &&
	       es256_verify(s->public_key.p, write_claim(message, claim), sizeof(message),
		       claim->proof.p);
}

enum err attendance_enter_station(
	struct req *rq, const struct station_claim *claim, bool with_ended, struct station *ret)
{
	int64_t off = rq->tx->now_ms - claim->at;
	enum err e = attendance_enter_government(rq, claim->government);

	if (!e)
		e = attendance_load_station(rq->tx, claim->station, ret);
	if (e)
		return e;
	if (!is_claimed(ret, claim) || (ret->state == STATION_ENDED && !with_ended))
		return E_NOT_FOUND;
	if (off > STATION_SKEW_MS || off < -STATION_SKEW_MS)
		return refuse(rq, E_STALE, "/at", "too far from the server's time");
	return OK;
}

/* ---- set-up ---- */

struct enrolment {
	const char *government, *code, *label;
	struct bytes public_key;
};
static const struct field enrolment_fields[] = {
	F_TEXT(struct enrolment, government, 1, STATION_GOVERNMENT_MAX, 0,
		"Code of the government."),
	F_TEXT(struct enrolment, code, 1, 32, 0, "The code its officer sees."),
	F_BYTES(struct enrolment, public_key, ES256_KEY_BYTES, ES256_KEY_BYTES, 0,
		"x and y of the key this device made; its private half never leaves it."),
	F_TEXT(struct enrolment, label, 0, STATION_LABEL_MAX, OPTIONAL, "Browser and device."),
	F_END,
};
const struct shape attendance_enrolment_shape = SHAPE(
	"StationEnrolment", struct enrolment, enrolment_fields);

struct enrolled_view {
	int64_t station;
	int32_t kind;
	const char *name, *unit_name, *zone;
	struct bytes display_key, kiosk_key;
	const struct token_view *token;
};
static const struct field enrolled_fields[] = {
	F_ID(struct enrolled_view, station, 0, "The screen or kiosk it is now."),
	F_ENUM(struct enrolled_view, kind, station_kind_names, 0, "Which of the two."),
	F_TEXT(struct enrolled_view, name, 1, STATION_NAME_MAX, 0, "Its name."),
	F_TEXT(struct enrolled_view, unit_name, 1, 200, 0, "Name of its unit."),
	F_TEXT(struct enrolled_view, zone, 3, 4, 0, "WIB, WITA or WIT, where it stands."),
	F_BYTES(struct enrolled_view, display_key, DISPLAY_KEY_BYTES, DISPLAY_KEY_BYTES, OPTIONAL,
		"Of a screen: the key of its codes; given now and not again."),
	F_BYTES(struct enrolled_view, kiosk_key, KIOSK_KEY_BYTES, KIOSK_KEY_BYTES, OPTIONAL,
		"Of a kiosk: what its records name."),
	F_OBJECT(struct enrolled_view, token, &attendance_token_shape, OPTIONAL,
		"Of a kiosk: the first time token."),
	F_END,
};
const struct shape attendance_enrolled_shape = SHAPE(
	"StationEnrolled", struct enrolled_view, enrolled_fields);

/* The station of the code, waiting for it; or set up with it by this very device a moment ago,
 * whose answer was lost. */
static enum err load_waiting(struct req *rq, const struct enrolment *in, struct station *ret)
{
	struct hash hash;
	enum err e = E_NOT_FOUND;

	if (attendance_hash_station_code(rq->tx->government, in->code, &hash))
		e = attendance_load_station_by_code(rq->tx, &hash, ret);
	if (e && e != E_NOT_FOUND)
		return e;
	if (!e && ret->state != STATION_ENDED && ret->code_until > rq->tx->now_ms &&
		(ret->state == STATION_WAITING ||
			memcmp(ret->public_key.p, in->public_key.p, ES256_KEY_BYTES) == 0))
		return OK;
	return refuse(rq, E_BAD_CODE, "/code", "wrong, used or expired");
}

enum err attendance_prepare_enrolment(struct req *rq)
{
	const struct enrolment *in = rq->input;
	struct throttle_try attempt = {THROTTLE_CODE, {0}, THROTTLE_NAME, NULL, rq->client_address};
	struct station s;
	enum err e = attendance_enter_government(rq, in->government);

	if (e)
		return e == E_NOT_FOUND ? refuse(rq, E_BAD_FIELD, "/government", "unknown") : e;
	attempt.government = rq->tx->government;
	if ((e = throttle_take(&attempt, rq->tx->now_ms, &rq->retry_after_seconds)) ||
		(e = load_waiting(rq, in, &s)))
		return e;
	throttle_give_back(&attempt, rq->tx->now_ms);
	return es256_is_key(in->public_key.p) ? OK
					      : refuse(rq, E_BAD_FIELD, "/public_key", "no key");
}

static struct bytes draw(struct arena *arena, size_t n)
{
	uint8_t *p = arena_alloc(arena, n);

	randombytes_buf(p, n);
	return (struct bytes){p, n};
}

/* Gives a waiting station its keys; of a screen `display_key` is the one it will count with. */
static enum err set_up(struct req *rq, struct station *s, struct bytes *display_key)
{
	const struct enrolment *in = rq->input;
	struct arena *arena = rq->tx->arena;
	enum err e;

	s->state = STATION_ACTIVE;
	s->public_key = in->public_key;
	s->label = in->label ? in->label : "";
	s->enrolled_at = rq->tx->now_ms;
	if (s->kind == STATION_KIOSK) {
		s->kiosk_key = draw(arena, KIOSK_KEY_BYTES);
	} else {
		*display_key = draw(arena, DISPLAY_KEY_BYTES);
		s->sealed_key = keys_seal(
			arena, DISPLAY_SEAL, s->id, display_key->p, display_key->n);
	}
	if ((e = attendance_set_station(rq->tx, s)))
		return e;
	attendance_add_station_leaf(rq->tx, s, "enrolled", s->added_by, "");
	return OK;
}

static enum err open_display(struct req *rq, const struct station *s, struct bytes *ret)
{
	uint8_t *key = arena_alloc(rq->tx->arena, DISPLAY_KEY_BYTES);

	if (!keys_unseal(DISPLAY_SEAL, s->id, s->sealed_key, key))
		return E_STORE;
	*ret = (struct bytes){key, DISPLAY_KEY_BYTES};
	return OK;
}

static enum err load_place(
	struct req *rq, const struct station *s, const char **ret_unit, const char **ret_zone)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	*ret_zone = zone_name(attendance_zone(tree, s->unit, req_today(rq)));
	return attendance_load_unit_name(rq->tx, s->unit, ret_unit);
}

enum err attendance_post_enrolment(struct req *rq)
{
	struct enrolled_view out = {0};
	struct station s;
	enum err e = load_waiting(rq, rq->input, &s);

	if (e)
		return e;
	if (s.state == STATION_WAITING)
		e = set_up(rq, &s, &out.display_key);
	else if (s.kind == STATION_DISPLAY)
		e = open_display(rq, &s, &out.display_key);
	if (e || (e = load_place(rq, &s, &out.unit_name, &out.zone)))
		return e;
	out.station = s.id;
	out.kind = (int32_t)s.kind;
	out.name = s.name;
	out.kiosk_key = s.kiosk_key;
	out.token = attendance_station_token(rq->tx, &s);
	return reply(rq, 200, &out);
}

/* ---- how it stands ---- */

struct asked_claim {
	struct station_claim claim;
};
static const struct field claim_fields[] = {
	CLAIM_FIELDS(struct asked_claim, claim, FROM_BODY), F_END};
const struct shape attendance_station_claim_shape = SHAPE(
	"StationClaim", struct asked_claim, claim_fields);

struct duty_view {
	struct employee_id employee;
	const char *initials;
	struct bytes device, public_key;
};
static const struct field duty_fields[] = {
	F_ID(struct duty_view, employee, 0, "Who may stand there."),
	F_TEXT(struct duty_view, initials, 1, 40, 0, "His initials."),
	F_BYTES(struct duty_view, device, DEVICE_ID_BYTES, DEVICE_ID_BYTES, OPTIONAL,
		"His phone; absent: none is enrolled."),
	F_BYTES(struct duty_view, public_key, ES256_KEY_BYTES, ES256_KEY_BYTES, OPTIONAL,
		"Its key, so that his turn can be checked without a connection."),
	F_END,
};
static const struct shape duty_shape = SHAPE("StationDuty", struct duty_view, duty_fields);

struct state_view {
	int32_t state, duty_hours;
	const char *name, *unit_name, *zone;
	struct duty_view *officers;
	int officer_count;
	const struct token_view *token;
};
static const struct field state_fields[] = {
	F_ENUM(struct state_view, state, station_state_names, 0, "Active or ended."),
	F_TEXT(struct state_view, name, 1, STATION_NAME_MAX, 0, "Its name."),
	F_TEXT(struct state_view, unit_name, 1, 200, 0, "Name of its unit."),
	F_TEXT(struct state_view, zone, 3, 4, 0, "WIB, WITA or WIT, where it stands."),
	F_INT(struct state_view, duty_hours, 1, 24, 0, "How long a turn at a kiosk lasts."),
	F_LIST(struct state_view, officers, officer_count, &duty_shape, 0, STATION_OFFICERS_MAX, 0,
		"Of a kiosk: who may stand there today."),
	F_OBJECT(struct state_view, token, &attendance_token_shape, OPTIONAL,
		"Of a kiosk: a time token."),
	F_END,
};
const struct shape attendance_station_state_shape = SHAPE(
	"StationState", struct state_view, state_fields);

enum err attendance_prepare_state(struct req *rq)
{
	struct station *s = rq->prepared = ARENA_NEW(rq->tx->arena, struct station);

	return attendance_enter_station(rq, rq->input, true, s);
}

static enum err show_duty(struct req *rq, const struct station *s, struct state_view *out)
{
	struct station_officer *officer = ARENA_ARRAY(
		rq->tx->arena, STATION_OFFICERS_MAX, struct station_officer);
	enum err e = attendance_list_station_officers(
		rq->tx, s->id, req_today(rq), officer, &out->officer_count);

	out->officers = ARENA_ARRAY(rq->tx->arena, STATION_OFFICERS_MAX, struct duty_view);
	for (int i = 0; i < out->officer_count; i++)
		out->officers[i] = (struct duty_view){officer[i].employee,
			attendance_initials(rq->tx->arena, officer[i].name), officer[i].device,
			officer[i].public_key};
	return e;
}

enum err attendance_post_state(struct req *rq)
{
	const struct station *known = rq->prepared;
	struct state_view out = {0};
	struct parameters numbers;
	struct station s;
	enum err e = attendance_load_station(rq->tx, known->id, &s);

	if (e || (e = attendance_load_parameters(rq->tx, req_today(rq), &numbers)) ||
		(e = load_place(rq, &s, &out.unit_name, &out.zone)))
		return e;
	if (s.state == STATION_ACTIVE && s.kind == STATION_KIOSK && (e = show_duty(rq, &s, &out)))
		return e;
	if (s.state == STATION_ACTIVE && rq->tx->now_ms - s.seen_at >= STATION_SEEN_MS &&
		(e = attendance_set_station_seen(rq->tx, s.id)))
		return e;
	out.state = (int32_t)s.state;
	out.name = s.name;
	out.duty_hours = numbers.of[PARAMETER_DUTY_HOURS];
	out.token = attendance_station_token(rq->tx, &s);
	return reply(rq, 200, &out);
}

/* ---- whom a kiosk may greet ---- */

static const struct field people_query_fields[] = {
	CLAIM_FIELDS(struct asked_claim, claim, FROM_QUERY), F_END};
const struct shape attendance_people_query_shape = SHAPE(
	"StationPeopleQuery", struct asked_claim, people_query_fields);

struct people_list {
	struct kiosk_person *items;
	int count;
};
static const struct field person_fields[] = {
	F_ID(struct kiosk_person, employee, 0, "Who."),
	F_TEXT(struct kiosk_person, initials, 1, 40, 0, "His initials: no name, no photo."),
	F_TEXT(struct kiosk_person, unit_name, 1, 200, 0, "His unit."),
	F_BYTES(struct kiosk_person, card, 32, 32, OPTIONAL, "Hash of his card in force."),
	F_END,
};
static const struct shape person_shape = SHAPE("StationPerson", struct kiosk_person, person_fields);
static const struct field people_fields[] = {
	F_LIST(struct people_list, items, count, &person_shape, 0, KIOSK_PEOPLE_MAX, 0,
		"People of its unit and those below."),
	F_END,
};
const struct shape attendance_people_shape = SHAPE(
	"StationPeople", struct people_list, people_fields);

enum err attendance_prepare_people(struct req *rq)
{
	struct station *s = rq->prepared = ARENA_NEW(rq->tx->arena, struct station);
	enum err e = attendance_enter_station(rq, rq->input, false, s);

	return !e && s->kind != STATION_KIOSK ? E_NOT_FOUND : e;
}

enum err attendance_get_people(struct req *rq)
{
	const struct station *s = rq->prepared;
	struct people_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, KIOSK_PEOPLE_MAX, struct kiosk_person)};
	const struct org_tree *tree;
	const struct org_unit *unit;
	struct hash hash;
	char hex[65];
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	if (!(unit = org_find_unit(tree, s->unit)))
		return E_NOT_FOUND;
	if ((e = attendance_list_kiosk_people(
		     rq->tx, unit->path, req_today(rq), out.items, KIOSK_PEOPLE_MAX, &out.count)) ||
		(e = reply(rq, 200, &out)))
		return e;
	hash = hash_of(rq->body.p, rq->body.n);
	hex_encode(hash.b, sizeof(hash.b), hex);
	rq->etag = arena_printf(rq->tx->arena, "\"%.32s\"", hex);
	return OK;
}
