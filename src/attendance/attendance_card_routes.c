/*
 * Cards and PINs over HTTP: an officer prints cards for his people and ends them; everybody sets
 * his own PIN and sees which proofs his office gives.
 *
 * A card's token is in the reply and on the paper and nowhere else: the reply is not stored, hence
 * TX_EVENT; printed again is a new card, and the one before ends. Nobody issues a card to himself.
 */
#include "attendance/attendance_kiosk.h"
#include "attendance/attendance_office_routes.h"

#include "base/put.h"
#include "platform/auth.h"
#include "platform/slice.h"

#include <sodium.h>
#include <string.h>

#define CARDS_MAX   100 /* printed at once */
#define HOLDERS_MAX 500
#define CARD_TEXT   "LW1P."
#define REPLACED    "Diganti kartu baru."

/* ---- who has one ---- */

struct holder_list {
	struct card_holder *items;
	int count;
};
static const struct field holder_fields[] = {
	F_ID(struct card_holder, employee, 0, "Who."),
	F_TEXT(struct card_holder, full_name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct card_holder, unit_name, 0, 200, 0, "His unit."),
	F_INSTANT(struct card_holder, issued_at, OPTIONAL, "Since when he has a card."),
	F_BOOL(struct card_holder, has_pin, 0, "Has set a PIN."),
	F_BOOL(struct card_holder, has_device, 0, "Has an enrolled phone."),
	F_END,
};
static const struct shape holder_shape = SHAPE("CardHolder", struct card_holder, holder_fields);
static const struct field holders_fields[] = {
	F_LIST(struct holder_list, items, count, &holder_shape, 0, HOLDERS_MAX, 0,
		"People of the unit and those below, by name."),
	F_END,
};
const struct shape attendance_cards_shape = SHAPE(
	"CardHolders", struct holder_list, holders_fields);

enum err attendance_get_cards(struct req *rq)
{
	struct holder_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, HOLDERS_MAX, struct card_holder)};
	struct org_scopes scopes;
	enum err e = attendance_load_office_paths(rq, P_CODE_ISSUE, &scopes);

	for (int i = 0; i < scopes.paths && !e; i++) {
		int found = 0;

		e = attendance_list_card_holders(rq->tx, scopes.path[i], req_today(rq),
			out.items + out.count, HOLDERS_MAX - out.count, &found);
		out.count += found;
	}
	for (int i = 0; i < out.count; i++)
		out.items[i].issued_at = out.items[i].issued_at ? out.items[i].issued_at
								: INSTANT_NONE;
	return e ? e : reply(rq, 200, &out);
}

/* ---- printing ---- */

struct cards_input {
	int64_t *employees;
	int count;
};
static const struct field cards_input_fields[] = {
	F_IDS(struct cards_input, employees, count, 1, CARDS_MAX, 0,
		"For whom; a card he has ends with it."),
	F_END,
};
const struct shape attendance_cards_input_shape = SHAPE(
	"CardsInput", struct cards_input, cards_input_fields);

struct made_card {
	struct employee_id employee;
	const char *full_name, *unit_name, *text;
};
struct made_list {
	struct made_card *items;
	int count;
};
static const struct field made_fields[] = {
	F_ID(struct made_card, employee, 0, "Whose."),
	F_TEXT(struct made_card, full_name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct made_card, unit_name, 0, 200, 0, "His unit."),
	F_TEXT(struct made_card, text, 1, 80, 0, "The text of its QR code; shown only here."),
	F_END,
};
static const struct shape made_shape = SHAPE("Card", struct made_card, made_fields);
static const struct field made_list_fields[] = {
	F_LIST(struct made_list, items, count, &made_shape, 1, CARDS_MAX, 0, "In the order asked."),
	F_END,
};
const struct shape attendance_cards_made_shape = SHAPE("Cards", struct made_list, made_list_fields);

static const char *card_text(struct arena *arena, struct employee_id employee, const uint8_t *token)
{
	uint8_t bytes[8 + CARD_TOKEN_BYTES];

	put_bytes(put_number(bytes, employee.v, 8), token, CARD_TOKEN_BYTES);
	return arena_printf(arena, CARD_TEXT "%s", base64url_encode(arena, bytes, sizeof(bytes)));
}

static void add_leaf(struct req *rq, struct employee_id employee, const char *what,
	const struct hash *hash, const char *reason)
{
	char hex[2 * sizeof(hash->b) + 1] = "";
	struct buf fact;

	if (hash)
		hex_encode(hash->b, sizeof(hash->b), hex);
	buf_init(&fact, rq->tx->arena, 256);
	buf_printf(&fact, "card %s employee %lld hash %s by %lld reason %s", what,
		(long long)employee.v, hex, (long long)rq->actor.employee.v, reason);
	trust_add_leaf(rq->tx, LEAF_OFFICE, employee.v, fact.p, fact.n);
}

static enum err make_card(struct req *rq, struct made_card *out)
{
	uint8_t token[CARD_TOKEN_BYTES];
	struct card card = {.employee = out->employee,
		.issued_at = rq->tx->now_ms,
		.issued_by = rq->actor.employee};
	bool had_one;
	enum err e = attendance_end_card(
		rq->tx, out->employee, rq->actor.employee, REPLACED, &had_one);

	randombytes_buf(token, sizeof(token));
	card.hash = attendance_card_hash(token);
	if (!e)
		e = attendance_add_card(rq->tx, &card);
	if (e)
		return e;
	out->text = card_text(rq->tx->arena, out->employee, token);
	add_leaf(rq, out->employee, "issued", &card.hash, "");
	return OK;
}

static bool is_twice(const struct cards_input *in, int i)
{
	for (int k = 0; k < i; k++)
		if (in->employees[k] == in->employees[i])
			return true;
	return false;
}

/* A person of the actor's own units, in service; not he himself. */
static enum err load_owner(
	struct req *rq, const struct org_scopes *scopes, int i, struct made_card *ret)
{
	const struct cards_input *in = rq->input;
	const char *pointer = arena_printf(rq->tx->arena, "/employees/%d", i);
	const struct org_tree *tree;
	const struct org_unit *unit;
	struct employee_row row;
	enum err e = org_load_tree(rq->tx, &tree);

	ret->employee = (struct employee_id){in->employees[i]};
	if (e)
		return e;
	if (ret->employee.v == rq->actor.employee.v)
		return refuse(rq, E_NOT_FOUND, pointer, "no such employee");
	if (is_twice(in, i)) /* the first of two cards would be dead at once */
		return refuse(rq, E_BAD_FIELD, pointer, "stands twice");
	e = org_load_employee(rq->tx, ret->employee, req_today(rq), &row);
	unit = e ? NULL : org_find_unit(tree, row.unit);
	if (e == E_NOT_FOUND || (!e && (!unit || !org_in_scopes(scopes, unit->path))))
		return refuse(rq, E_NOT_FOUND, pointer, "no such employee");
	if (e)
		return e;
	ret->full_name = org_full_name(rq->tx->arena, &row);
	ret->unit_name = unit->name;
	return OK;
}

enum err attendance_post_cards(struct req *rq)
{
	const struct cards_input *in = rq->input;
	struct made_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct made_card)};
	struct org_scopes scopes;
	enum err e = org_load_scopes(rq, P_CODE_ISSUE, &scopes);

	for (int i = 0; i < in->count && !e; i++)
		e = load_owner(rq, &scopes, i, &out.items[i]);
	for (; out.count < in->count && !e; out.count++)
		e = make_card(rq, &out.items[out.count]);
	return e ? e : reply(rq, 200, &out);
}

/* ---- ending ---- */

struct card_end {
	struct employee_id employee;
	const char *reason;
};
static const struct field end_fields[] = {
	F_ID(struct card_end, employee, 0, "Whose card."),
	F_TEXT(struct card_end, reason, REASON_LEAST, LONG_REASON, 0, "Why: lost, left."),
	F_END,
};
const struct shape attendance_card_end_shape = SHAPE("CardEnd", struct card_end, end_fields);

enum err attendance_find_card_owner(struct req *rq, struct object *ret_object)
{
	const struct card_end *in = rq->input;

	ret_object->employee = in->employee;
	return OK;
}

enum err attendance_post_card_end(struct req *rq)
{
	const struct card_end *in = rq->input;
	bool had_one;
	enum err e = attendance_end_card(
		rq->tx, in->employee, rq->actor.employee, in->reason, &had_one);

	if (e)
		return e;
	if (!had_one)
		return refuse(rq, E_CONFLICT, "/employee", "has no card in force");
	add_leaf(rq, in->employee, "ended", NULL, in->reason);
	return reply(rq, 204, NULL);
}

/* ---- one's own ---- */

struct own_proofs {
	int32_t displays, kiosks, duties;
	bool has_pin, has_card;
};
static const struct field own_fields[] = {
	F_INT(struct own_proofs, displays, 0, 100000, 0, "Screens of one's own office in use."),
	F_INT(struct own_proofs, kiosks, 0, 100000, 0, "Kiosks of it."),
	F_INT(struct own_proofs, duties, 0, 100000, 0, "Kiosks at which one is named to stand."),
	F_BOOL(struct own_proofs, has_pin, 0, "One has set a PIN."),
	F_BOOL(struct own_proofs, has_card, 0, "One has a printed card."),
	F_END,
};
const struct shape attendance_own_proofs_shape = SHAPE("OwnProofs", struct own_proofs, own_fields);

static enum err count_own_stations(struct req *rq, struct own_proofs *out)
{
	const struct org_tree *tree;
	const struct org_unit *unit;
	struct employee_row row;
	struct station_count count;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &row);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	if (!(unit = org_find_unit(tree, row.unit)))
		return OK;
	e = attendance_count_stations(rq->tx, unit->path, &count);
	out->displays = count.displays;
	out->kiosks = count.kiosks;
	return e;
}

enum err attendance_get_own_proofs(struct req *rq)
{
	struct own_proofs out = {0};
	const char *phc;
	struct card card;
	enum err e = count_own_stations(rq, &out);

	if (!e)
		e = attendance_load_pin(rq->tx, rq->actor.employee, &phc);
	if (e)
		return e;
	out.has_pin = phc != NULL;
	e = attendance_count_duties(rq->tx, rq->actor.employee, req_today(rq), &out.duties);
	if (e)
		return e;
	e = attendance_load_card_of(rq->tx, rq->actor.employee, &card);
	out.has_card = e == OK;
	return e && e != E_NOT_FOUND ? e : reply(rq, 200, &out);
}

struct pin_input {
	const char *pin;
};
static const struct field pin_input_fields[] = {
	F_TEXT(struct pin_input, pin, 1, 12, 0, "Six digits, not easily guessed."), F_END};
const struct shape attendance_pin_input_shape = SHAPE(
	"KioskPinInput", struct pin_input, pin_input_fields);

struct hashed_pin {
	const char *phc;
};

enum err attendance_prepare_pin(struct req *rq)
{
	const struct pin_input *in = rq->input;
	struct hashed_pin *hashed = rq->prepared = ARENA_NEW(rq->tx->arena, struct hashed_pin);
	struct employee_row row;
	const char *fault;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &row);

	if (e)
		return e;
	fault = attendance_check_pin(in->pin, row.nip);
	if (fault)
		return refuse(rq, E_REFUSED, "/pin", fault);
	return auth_hash_password(rq->tx->arena, in->pin, &hashed->phc);
}

static void add_pin_leaf(struct req *rq, const char *what)
{
	struct buf fact;

	buf_init(&fact, rq->tx->arena, 64);
	buf_printf(&fact, "kiosk pin %s", what);
	trust_add_leaf(rq->tx, LEAF_OFFICE, rq->actor.employee.v, fact.p, fact.n);
}

enum err attendance_put_pin(struct req *rq)
{
	const struct hashed_pin *hashed = rq->prepared;
	enum err e = attendance_set_pin(rq->tx, rq->actor.employee, hashed->phc);

	if (e)
		return e;
	add_pin_leaf(rq, "set");
	return reply(rq, 204, NULL);
}

enum err attendance_delete_pin(struct req *rq)
{
	enum err e = attendance_set_pin(rq->tx, rq->actor.employee, NULL);

	if (e)
		return e;
	add_pin_leaf(rq, "removed");
	return reply(rq, 204, NULL);
}
