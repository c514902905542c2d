/*
 * Recording a signed event, in the order docs/EVIDENCE.md gives: whose it is, its signature, its
 * place in the device's chain, its time, what proves presence, what speaks against it, and then the
 * journal, the log and the evidence in one transaction.
 *
 * Nothing is refused for a signal. Two events under one number are both kept and both marked: that
 * is the one thing a copied phone cannot hide.
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_device.h"
#include "attendance/attendance_office.h"
#include "attendance/attendance_record.h"
#include "attendance/attendance_signal.h"
#include "platform/auth.h"
#include "platform/clock.h"
#include "platform/keys.h"

#include <string.h>

#define CHAIN_MAX 8
#define COARSE_CM 20000 /* a fix coarser than 200 m proves no place */
#define STALE_MS  (2 * MS_PER_MINUTE)
#define BIT(mark) (INT64_C(1) << (mark))

const char *const signed_fault_names[] = {"good", "not an event", "of another person",
	"no phone of this person", "signature does not match", NULL};

/* One event on its way. */
struct recording {
	struct tx *tx;
	struct employee_id employee;
	const struct signed_input *in;
	struct parameters numbers;
	struct signed_event event;
	bool is_known;  /* version 1 in all its parts */
	bool is_placed; /* the office itself proved where it was */
	struct device device;
	struct punch punch;
	struct evidence_row row;
	struct time_evidence time;
	struct evidence_row chain[CHAIN_MAX];
	int links;
	int64_t sign_count; /* of the passkey, to be kept; NO_INSTANT: none was used */
};

/* ---- whose, and signed by what ---- */

static enum err check_device(struct recording *r, enum signed_fault *ret)
{
	enum err e = attendance_load_device(r->tx, r->event.device, &r->device);

	if (e == E_NOT_FOUND) {
		*ret = SIGNED_UNKNOWN_DEVICE;
		return OK;
	}
	if (e)
		return e;
	attendance_hold_key(KEY_OF_DEVICE, r->device.id, r->device.public_key);
	if (r->device.credential_key.n)
		attendance_hold_key(KEY_OF_PASSKEY, r->device.id, r->device.credential_key.p);
	if (r->device.employee.v != r->employee.v)
		*ret = SIGNED_NOT_HIS;
	else if (!r->in->early.is_signature_good &&
		 !attendance_is_signed(r->device.public_key, r->in->bytes, r->in->signature.p))
		*ret = SIGNED_BAD_SIGNATURE;
	return OK;
}

static enum err check_identity(struct recording *r, enum signed_fault *ret)
{
	enum event_fault fault = attendance_read_event(r->in->bytes, &r->event);

	*ret = SIGNED_GOOD;
	r->is_known = fault == EVENT_GOOD;
	if (fault == EVENT_MALFORMED || r->in->signature.n != ES256_SIGNATURE_BYTES)
		*ret = SIGNED_MALFORMED;
	else if (r->event.employee != r->employee.v)
		*ret = SIGNED_NOT_HIS;
	return *ret == SIGNED_GOOD ? check_device(r, ret) : OK;
}

/* ---- chain ---- */

static bool is_linked(const struct recording *r)
{
	static const struct hash nothing;

	if (r->event.seq == 1)
		return memcmp(r->event.prev.b, nothing.b, sizeof nothing.b) == 0;
	for (int i = 0; i < r->links; i++)
		if (r->chain[i].seq == r->event.seq - 1 &&
			memcmp(r->chain[i].hash.b, r->event.prev.b, sizeof r->event.prev.b) == 0)
			return true;
	return false;
}

static bool has_number(const struct recording *r, int64_t seq)
{
	for (int i = 0; i < r->links; i++)
		if (r->chain[i].seq == seq)
			return true;
	return false;
}

static enum err find_former(struct recording *r)
{
	struct evidence_row former;
	enum err e;

	r->time.former_at = NO_INSTANT;
	if (r->links && r->chain[0].seq == r->event.seq - 1) {
		r->time.former_at = r->chain[0].claimed_at;
		return OK;
	}
	if (r->event.seq == 1)
		return OK;
	e = attendance_load_former(r->tx, r->event.device, r->event.seq, &former);
	if (!e)
		r->time.former_at = former.claimed_at;
	return e == E_NOT_FOUND ? OK : e;
}

/* What the device sent under its number, the one before and those after. */
static enum err list_chain(struct recording *r)
{
	return attendance_list_chain(
		r->tx, r->event.device, r->event.seq - 1, r->chain, CHAIN_MAX, &r->links);
}

/* Its place among what the device sent before. */
static enum err check_chain(struct recording *r)
{
	enum err e = find_former(r);

	if (e)
		return e;
	if (has_number(r, r->event.seq) || (has_number(r, r->event.seq - 1) && !is_linked(r)))
		r->row.marks |= BIT(MARK_FORK);
	else if (!is_linked(r))
		r->row.marks |= BIT(MARK_SEQ_GAP);
	return OK;
}

/* The other events under its number were alone until now. */
static enum err mark_forked(struct recording *r, struct evidence_row *other)
{
	struct punch punch;
	enum err e;

	other->marks |= BIT(MARK_FORK);
	other->score = attendance_score(other->marks, &r->numbers);
	other->verdict = VERDICT_NEEDS_CONFIRMATION;
	e = attendance_set_evidence(r->tx, other);
	if (!e)
		e = attendance_load_punch(
			r->tx, other->employee, other->punch_day, &other->event_id, &punch);
	return e ? e
		 : attendance_ask_confirmation(
			   r->tx, other->employee, &punch, CONFIRMATION_NEEDED, other->marks);
}

static enum err mark_others(struct recording *r)
{
	enum err e = OK;

	for (int i = 0; i < r->links && !e; i++)
		if (r->chain[i].seq == r->event.seq && !(r->chain[i].marks & BIT(MARK_FORK)))
			e = mark_forked(r, &r->chain[i]);
	return e;
}

/* ---- time ---- */

static void check_token(struct recording *r)
{
	static const uint8_t nothing[TOKEN_ID_BYTES];
	bool has_none = memcmp(r->event.token, nothing, sizeof nothing) == 0;

	r->time.token_at = r->time.not_before = NO_INSTANT;
	if (has_none)
		r->row.marks |= BIT(MARK_TOKEN_MISSING);
	else if (!(r->in->early.is_token_ours ||
			 attendance_is_token_ours(r->tx->government, r->event.device,
				 r->event.token, r->event.token_issued_at)) ||
		 r->event.token_issued_at > r->punch.received_at)
		r->row.marks |= BIT(MARK_TOKEN_FOREIGN);
	else
		r->time.token_at = r->time.not_before = r->event.token_issued_at;
}

static void grade_time(struct recording *r)
{
	const int64_t slack = r->numbers.of[PARAMETER_SKEW_SECONDS] * INT64_C(1000);
	const int64_t skew = r->in->skew_ms;
	const int64_t long_ms = r->numbers.of[PARAMETER_CONSISTENT_MINUTES] * MS_PER_MINUTE;
	const bool is_countersigned = r->in->countersigned_at != NO_INSTANT;

	r->time.claimed_at = r->event.wall_at;
	r->time.received_at = is_countersigned ? r->in->countersigned_at : r->punch.received_at;
	r->time.mono_ms = r->event.bits & EVENT_BIT_SAME_PAGE ? r->event.mono_ms : 0;
	r->time.skew_ms = skew;
	r->punch.time_grade = attendance_grade_time(&r->time, &r->numbers);
	if (is_countersigned && skew == NO_INSTANT) /* an old code read by a kiosk: its time is */
		r->punch.time_grade = TIME_ARRIVAL; /* not known, and nothing speaks against it */
	if (skew != NO_INSTANT && (skew > slack || skew < -slack))
		r->row.marks |= BIT(MARK_TIME_SKEW);
	if (r->time.not_before != NO_INSTANT && r->time.received_at - r->time.not_before > long_ms)
		r->row.marks |= BIT(MARK_OFFLINE_LONG);
}

/* ---- what proves presence ---- */

/* A screen of the person's own office, or of one above it, proves where he is. */
static enum err check_screen(struct recording *r, struct unit_id unit)
{
	const struct org_tree *tree;
	struct employee_row person;
	enum err e = org_load_tree(r->tx, &tree);

	if (!e)
		e = org_load_employee(r->tx, r->employee, r->punch.punch_day, &person);
	if (!e)
		r->is_placed = org_is_below(tree, person.unit, unit);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err check_proof(struct recording *r)
{
	struct office_proof proof;
	enum err e;

	if (!r->is_known || r->event.proof_type == PROOF_NONE)
		return OK;
	e = attendance_load_office_proof(r->tx, &r->event, &proof);
	if (e)
		return e;
	r->row.marks |= proof.marks;
	if (proof.unit.v && (e = check_screen(r, proof.unit)))
		return e;
	if (proof.not_before != NO_INSTANT && proof.not_before > r->time.not_before)
		r->time.not_before = proof.not_before;
	return OK;
}

/* A kiosk that saw the event bounds its time from above. */
static enum err check_kiosk(struct recording *r)
{
	struct kiosk_bound bound = {.at = r->in->countersigned_at};
	enum err e = OK;

	if (bound.at == NO_INSTANT)
		e = attendance_load_kiosk_bound(r->tx, r->row.hash, &bound);
	if (!e && bound.at != NO_INSTANT) {
		r->row.marks |= BIT(MARK_PROOF_KIOSK);
		r->is_placed |= r->in->is_placed;
		if (bound.at < r->time.received_at)
			r->time.received_at = bound.at;
	}
	return e;
}

/* The office's own network says where an event came from, when it came at once. */
static enum err check_network(struct recording *r)
{
	const int64_t slack = r->numbers.of[PARAMETER_SKEW_SECONDS] * INT64_C(1000);
	const struct network_list *list;
	const struct org_tree *tree;
	struct employee_row person;
	struct network_judgement j;
	enum err e = attendance_load_networks(r->tx, &list);

	if (e || !list->networks || !r->in->client_address)
		return e;
	if ((e = org_load_tree(r->tx, &tree)) ||
		(e = org_load_employee(r->tx, r->employee, r->punch.punch_day, &person)))
		return e == E_NOT_FOUND ? OK : e;
	j = attendance_judge_network(tree, list, person.unit, r->punch.punch_day,
		r->in->client_address, r->event.wall_at, r->punch.received_at, slack);
	if (j.match == NETWORK_WITHIN)
		r->row.marks |= BIT(MARK_PROOF_NETWORK);
	else if (j.match == NETWORK_OTHER)
		r->row.marks |= BIT(MARK_NETWORK_MISMATCH);
	return OK;
}

/* The passkey says that somebody who can unlock the phone agreed to this event. */
static void check_assertion(struct recording *r)
{
	struct assertion_expect expect = {.origin = auth_origin,
		.credential_id = r->device.credential_id,
		.key = r->device.credential_key.p,
		.found_good = r->in->early.is_assertion_good ? r->in->early.passkey : NULL,
		.was_backed_up = r->device.is_backed_up,
		.sign_count = r->device.sign_count};
	const char *rp;

	r->sign_count = NO_INSTANT;
	if (!r->device.credential_id.n)
		return;
	if (!r->in->assertion) {
		r->row.marks |= BIT(MARK_NO_USER_VERIFICATION);
		return;
	}
	rp = attendance_rp_id(r->tx->arena, expect.origin);
	expect.rp_id_hash = hash_of(rp ? rp : "", rp ? strlen(rp) : 0);
	attendance_assertion_challenge(r->event.token, r->row.hash, expect.challenge);
	if (attendance_check_assertion(r->tx->arena, r->in->assertion, &expect, &r->row.marks,
		    &r->sign_count) != ASSERTION_GOOD) {
		r->row.marks |= BIT(MARK_NO_USER_VERIFICATION);
		r->sign_count = NO_INSTANT;
	}
}

/* ---- signals ---- */

static void find_place_signals(struct recording *r)
{
	const struct signed_event *e = &r->event;
	const int64_t age = e->wall_at - e->position_at;

	if (e->point.lat_e7 == NO_COORDINATE) {
		if (e->position_error)
			r->row.marks |= BIT(MARK_GEO_NONE);
		return;
	}
	if (e->accuracy_cm > COARSE_CM)
		r->row.marks |= BIT(MARK_GEO_COARSE);
	if (age > STALE_MS || age < -STALE_MS)
		r->row.marks |= BIT(MARK_GEO_STALE);
}

static void find_device_signals(struct recording *r)
{
	const int64_t new_ms = r->numbers.of[PARAMETER_PROBATION_HOURS] * 60 * MS_PER_MINUTE;

	if (r->device.is_shared)
		r->row.marks |= BIT(MARK_DEVICE_SHARED);
	if (r->event.wall_at - r->device.enrolled_at < new_ms)
		r->row.marks |= BIT(MARK_DEVICE_NEW);
	if (r->device.state != DEVICE_ACTIVE)
		r->row.marks |= BIT(MARK_DEVICE_ENDED);
	if (!r->is_known)
		r->row.marks |= BIT(MARK_UNKNOWN_VERSION);
}

/* ---- writing ---- */

static void make_punch(struct recording *r)
{
	const struct signed_event *e = &r->event;
	static const enum direction direction[] = {[EVENT_TYPE_IN] = DIRECTION_IN,
		[EVENT_TYPE_OUT] = DIRECTION_OUT,
		[EVENT_TYPE_CHECK] = DIRECTION_CHECK,
		[EVENT_TYPE_ANSWER] = DIRECTION_CHECK};
	const bool has_type = e->type >= EVENT_TYPE_IN && e->type <= EVENT_TYPE_ANSWER;

	r->row.hash = attendance_event_hash(r->in->bytes);
	r->punch = (struct punch){.event_id = attendance_signed_id(r->row.hash),
		.direction = has_type ? direction[e->type] : DIRECTION_CHECK,
		.received_at = r->tx->now_ms,
		.phone_at = e->wall_at,
		.offset_ms = 0, /* the phone corrected it before it signed */
		.point = r->is_known ? e->point : (struct geo_point){NO_COORDINATE, NO_COORDINATE},
		.accuracy_metres = r->is_known ? (int32_t)((e->accuracy_cm + UINT32_C(99)) / 100)
					       : 0,
		.place_error = (enum place_error)e->position_error,
		.note = r->in->note,
		.source = FROM_PHONE};
}

/* What the journal's row says of itself, from everything found. */
static void flag_punch(struct recording *r)
{
	r->punch.flags = attendance_decide_punch_flags(&r->punch);
	if (r->row.marks & BIT(MARK_TIME_SKEW))
		r->punch.flags |= PUNCH_PHONE_CLOCK_OFF;
	if (r->row.marks & (BIT(MARK_DEVICE_ENDED) | BIT(MARK_UNKNOWN_VERSION)))
		r->punch.flags |= PUNCH_QUARANTINED;
	if (r->is_placed)
		r->punch.flags |= PUNCH_CONFIRMS_PLACE;
}

static enum err add_evidence(struct recording *r)
{
	struct evidence_parts parts = {.bytes = r->in->bytes, .signature = r->in->signature};
	struct bytes run;
	uint8_t payload[PUNCH_LEAF_BYTES];
	struct leaf_place leaf;
	enum err e;

	if (r->in->assertion)
		parts.assertion = *r->in->assertion;
	run = attendance_join_evidence(r->tx->arena, &parts);
	r->row.sealed = keys_seal(r->tx->arena, EVIDENCE_PURPOSE, r->row.punch_id, run.p, run.n);
	e = trust_add_leaf_at(r->tx, LEAF_PUNCH, r->row.punch_id, payload,
		attendance_write_punch_leaf(&r->row, payload), &leaf);
	r->row.leaf_index = leaf.index;
	if (!e)
		e = attendance_add_evidence(r->tx, &r->row);
	if (!e && r->sign_count != NO_INSTANT && r->sign_count > r->device.sign_count)
		e = attendance_set_sign_count(r->tx, r->device.id, r->sign_count);
	return e;
}

static enum err write_all(struct recording *r, enum receipt_status *ret_status)
{
	enum err e = attendance_add_punch_row(r->tx, r->employee, &r->punch, ret_status);

	if (e || (*ret_status != RECEIPT_ACCEPTED && *ret_status != RECEIPT_QUARANTINED))
		return e;
	if ((e = add_evidence(r)) || (e = mark_others(r)))
		return e;
	return attendance_ask_about(r->tx, &r->row, &r->punch);
}

/* Everything that is found about it, before anything is written. */
static enum err examine(struct recording *r)
{
	enum err e = attendance_find_punch_day(
		r->tx, r->employee, r->event.wall_at, &r->punch.punch_day);

	if (!e)
		e = attendance_load_parameters(r->tx, r->punch.punch_day, &r->numbers);
	if (!e)
		e = check_chain(r);
	if (e)
		return e;
	check_token(r);
	r->time.received_at = r->punch.received_at;
	if ((e = check_proof(r)) || (e = check_kiosk(r)) || (e = check_network(r)))
		return e;
	check_assertion(r);
	find_place_signals(r);
	find_device_signals(r);
	grade_time(r);
	flag_punch(r);
	r->punch.punch_id = id_next();
	r->row.employee = r->employee;
	r->row.punch_day = r->punch.punch_day;
	r->row.event_id = r->punch.event_id;
	memcpy(r->row.device, r->event.device, DEVICE_ID_BYTES);
	r->row.seq = r->event.seq;
	r->row.punch_id = r->punch.punch_id;
	r->row.received_at = r->punch.received_at;
	r->row.claimed_at = r->event.wall_at;
	r->row.skew_ms = r->in->skew_ms;
	r->row.verdict = attendance_judge_evidence(&r->row, r->punch.time_grade, &r->numbers);
	return OK;
}

/* Whether the chain has this very event already. */
static struct evidence_row *find_known(struct recording *r)
{
	for (int i = 0; i < r->links; i++)
		if (memcmp(r->chain[i].hash.b, r->row.hash.b, sizeof r->row.hash.b) == 0)
			return &r->chain[i];
	return NULL;
}

/* The receipt of the first time. */
static enum err repeat(struct recording *r, const struct evidence_row *known, struct receipt *ret)
{
	struct punch punch;
	enum err e = attendance_load_punch(
		r->tx, r->employee, known->punch_day, &known->event_id, &punch);

	return e ? e : attendance_make_receipt(r->tx, known, &punch, RECEIPT_DUPLICATE, ret);
}

enum err attendance_record_signed(struct tx *tx, struct employee_id employee,
	const struct signed_input *in, struct receipt *ret, enum signed_fault *ret_fault)
{
	struct recording *r = ARENA_NEW(tx->arena, struct recording);
	const struct evidence_row *known;
	enum receipt_status status;
	enum err e;

	*r = (struct recording){.tx = tx, .employee = employee, .in = in};
	e = check_identity(r, ret_fault);
	if (e || *ret_fault != SIGNED_GOOD)
		return e;
	make_punch(r);
	if ((e = list_chain(r)))
		return e;
	if ((known = find_known(r)))
		return repeat(r, known, ret);
	if ((e = examine(r)) || (e = write_all(r, &status)))
		return e;
	if (status == RECEIPT_REJECTED) {
		*ret = (struct receipt){.id = r->punch.event_id,
			.status = RECEIPT_REJECTED,
			.reason = receipt_reason_names[RECEIPT_NOT_IN_SERVICE],
			.received_at = tx->now_ms,
			.day = r->punch.punch_day,
			.log_index = NO_INSTANT,
			.verdict = INT_NONE,
			.time_grade = INT_NONE};
		return OK;
	}
	return attendance_make_receipt(tx, &r->row, &r->punch, status, ret);
}
