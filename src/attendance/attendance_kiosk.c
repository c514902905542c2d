/*
 * Recording what a kiosk signed, in the order of docs/EVIDENCE.md: whose record, its signature, its
 * place in the kiosk's chain, its time, then what it says.
 *
 * Of a phone's event the phone's own sending is equally good: whichever comes first is recorded,
 * the other one finds it. The kiosk confirms the place of the phone's punch; where the phone's time
 * is not known, the time of the kiosk is a row of its own. Of a person without a phone it is the
 * only row.
 */
#include "attendance/attendance_kiosk.h"

#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_signal.h"
#include "base/put.h"
#include "platform/clock.h"

#include <string.h>

#define BIT(mark)      (INT64_C(1) << (mark))
#define TICKET_PURPOSE "kiosk pin"

struct hash attendance_make_ticket(
	const uint8_t kiosk[KIOSK_KEY_BYTES], int64_t employee, const uint8_t token[TOKEN_ID_BYTES])
{
	uint8_t message[KIOSK_KEY_BYTES + 8 + TOKEN_ID_BYTES], *at = message;
	struct hash ticket;

	at = put_bytes(at, kiosk, KIOSK_KEY_BYTES);
	at = put_number(at, employee, 8);
	put_bytes(at, token, TOKEN_ID_BYTES);
	keys_mac(TICKET_PURPOSE, message, sizeof(message), ticket.b);
	return ticket;
}

/* ---- before the writer ---- */

static enum record_fault check_event(struct government_id government, struct record *r)
{
	struct hash hash;

	if (r->in->event_signature.n != ES256_SIGNATURE_BYTES ||
		attendance_read_event(r->in->event, &r->event) == EVENT_MALFORMED)
		return RECORD_EVENT_MISSING;
	hash = attendance_event_hash(r->in->event);
	if (memcmp(hash.b, r->c.subject.b, sizeof(hash.b)) != 0 ||
		r->event.employee != r->c.employee || r->event.type != r->c.type)
		return RECORD_EVENT_MISSING;
	r->event_found = attendance_verify_early(
		NULL, government, r->in->event, r->in->event_signature, NULL);
	return RECORD_GOOD;
}

/* Whether the officer's phone signed for this turn; a wrong one is found later, by its mark. */
static enum err check_duty(struct tx *tx, struct record *r)
{
	struct duty_answer answer;
	struct device device;
	struct hash hash;
	enum err e;

	if (!attendance_read_duty_answer(r->in->duty, &answer)) {
		r->fault = RECORD_ANSWER_MISSING;
		return OK;
	}
	e = attendance_load_device(tx, answer.device, &device);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	hash = attendance_duty_hash(r->in->duty.p);
	r->is_duty_good = memcmp(hash.b, r->c.subject.b, sizeof(hash.b)) == 0 &&
			  device.employee.v == r->c.officer &&
			  (!device.ended_at || r->c.wall_at < device.ended_at) &&
			  attendance_check_duty(&answer, &r->c, device.public_key);
	return OK;
}

static enum record_fault check_record(
	struct government_id government, const struct station *kiosk, struct record *r)
{
	static const enum record_fault of_fault[] = {[EVENT_GOOD] = RECORD_GOOD,
		[EVENT_MALFORMED] = RECORD_MALFORMED,
		[EVENT_UNKNOWN] = RECORD_UNKNOWN_VERSION};
	enum event_fault fault = attendance_read_countersign(r->in->bytes, &r->c);

	if (fault != EVENT_GOOD)
		return of_fault[fault];
	if (memcmp(r->c.kiosk, kiosk->kiosk_key.p, KIOSK_KEY_BYTES) != 0)
		return RECORD_OTHER_KIOSK;
	r->hash = attendance_countersign_hash(r->in->bytes.p);
	if (r->in->signature.n != ES256_SIGNATURE_BYTES ||
		!attendance_is_countersigned(
			kiosk->public_key.p, r->in->bytes.p, r->in->signature.p))
		return RECORD_BAD_SIGNATURE;
	return r->c.kind == COUNTERSIGN_QR ? check_event(government, r) : RECORD_GOOD;
}

enum err attendance_examine_record(struct tx *tx, const struct station *kiosk,
	const struct record_input *in, struct record *ret)
{
	*ret = (struct record){.in = in};
	ret->fault = check_record(tx->government, kiosk, ret);
	if (ret->fault == RECORD_GOOD && ret->c.kind == COUNTERSIGN_OFFICER)
		return check_duty(tx, ret);
	return OK;
}

/* ---- in the writer ---- */

struct recording {
	struct tx *tx;
	struct station *kiosk;
	const struct record *record;
	const struct countersign *c;
	int64_t skew_ms;
	int32_t day;         /* of the kiosk's time, where it stands */
	int64_t event_marks; /* of a phone's event, what its own row of the journal inherits */
	struct parameters numbers;
	struct countersign_row row;
};

static enum err load_former(struct recording *r, struct time_evidence *time)
{
	struct countersign_row head;
	struct hash hash;
	enum err e;

	time->former_at = NO_INSTANT;
	if (r->kiosk->head_hash.n != sizeof(hash.b))
		return OK;
	memcpy(hash.b, r->kiosk->head_hash.p, sizeof(hash.b));
	e = attendance_load_countersign(r->tx, &hash, &head);
	if (!e && head.c.seq < r->c->seq)
		time->former_at = head.c.wall_at;
	return e == E_NOT_FOUND ? OK : e;
}

/* Its place among the kiosk's records. */
static enum err check_chain(struct recording *r)
{
	static const struct hash nothing;
	const struct station *k = r->kiosk;
	const void *head = k->head_hash.n ? k->head_hash.p : nothing.b;
	bool is_linked = r->c->seq == k->head_seq + 1 &&
			 memcmp(head, r->c->prev.b, sizeof(nothing.b)) == 0;
	bool is_taken = false;
	enum err e = OK;

	if (is_linked)
		return OK;
	if (r->c->seq <= k->head_seq)
		e = attendance_load_is_countersign_seq(r->tx, k->id, r->c->seq, &is_taken);
	if (is_taken || (!e && r->c->seq == k->head_seq + 1))
		r->row.marks |= BIT(MARK_FORK);
	else
		r->row.marks |= BIT(MARK_SEQ_GAP);
	return e;
}

static bool is_token_ours(const struct recording *r)
{
	return r->c->token_issued_at <= r->tx->now_ms &&
	       attendance_is_token_ours(
		       r->tx->government, r->c->kiosk, r->c->token, r->c->token_issued_at);
}

static enum err check_time(struct recording *r)
{
	struct time_evidence time = {.claimed_at = r->c->wall_at,
		.received_at = r->tx->now_ms,
		.not_before = NO_INSTANT,
		.token_at = NO_INSTANT,
		.mono_ms = r->c->mono_ms,
		.skew_ms = r->skew_ms};
	enum err e = load_former(r, &time);

	if (is_token_ours(r))
		time.not_before = time.token_at = r->c->token_issued_at;
	else
		r->row.marks |= BIT(MARK_TOKEN_FOREIGN);
	if (!attendance_is_station_at(r->kiosk, r->c->wall_at))
		r->row.marks |= BIT(MARK_DEVICE_ENDED);
	r->row.grade = attendance_grade_time(&time, &r->numbers);
	return e;
}

/* ---- who stands there ---- */

/* A good turn of this officer, not too long ago. */
static enum err check_officer(struct recording *r)
{
	const int64_t turn_ms = r->numbers.of[PARAMETER_DUTY_HOURS] * 60 * MS_PER_MINUTE;
	struct countersign_row turn;
	enum err e = attendance_load_turn(r->tx, r->kiosk->id, r->c->seq, &turn);

	if (e && e != E_NOT_FOUND)
		return e;
	if (e || turn.c.officer != r->c->officer || turn.marks & BIT(MARK_OFFICER_MISSING) ||
		r->c->wall_at < turn.c.wall_at || r->c->wall_at - turn.c.wall_at > turn_ms)
		r->row.marks |= BIT(MARK_OFFICER_MISSING);
	return OK;
}

static enum err check_turn(struct recording *r)
{
	bool is_named = false;
	enum err e = attendance_load_is_station_officer(
		r->tx, r->kiosk->id, (struct employee_id){r->c->officer}, r->day, &is_named);

	if (!r->record->is_duty_good || !is_named)
		r->row.marks |= BIT(MARK_OFFICER_MISSING);
	return e;
}

static enum err check_card(struct recording *r)
{
	struct card card;
	enum err e = attendance_load_card(r->tx, &r->c->subject, &card);

	if (e && e != E_NOT_FOUND)
		return e;
	if (e || card.employee.v != r->c->employee ||
		(card.ended_at && r->c->wall_at >= card.ended_at))
		r->row.marks |= BIT(MARK_CARD_ENDED);
	return check_officer(r);
}

/* The ticket is good for this person, and only while he who typed the PIN still stands there. */
static enum err check_ticket(struct recording *r)
{
	const int64_t valid_ms = r->numbers.of[PARAMETER_PIN_MINUTES] * MS_PER_MINUTE;
	struct hash ticket = attendance_make_ticket(r->c->kiosk, r->c->employee, r->c->token);

	if (!hash_is_same(ticket.b, r->c->subject.b, sizeof(ticket.b)) ||
		r->c->wall_at - r->c->token_issued_at > valid_ms)
		r->row.marks |= BIT(MARK_CARD_ENDED);
	return check_officer(r);
}

static enum err check_kind(struct recording *r)
{
	switch (r->c->kind) {
	case COUNTERSIGN_PIN:
		return check_ticket(r);
	case COUNTERSIGN_CARD:
		return check_card(r);
	case COUNTERSIGN_OFFICER:
		return check_turn(r);
	default:
		return OK;
	}
}

/* ---- the journal ---- */

static enum err make_punch(struct recording *r, struct punch *punch)
{
	static const enum direction direction[] = {[EVENT_TYPE_IN] = DIRECTION_IN,
		[EVENT_TYPE_OUT] = DIRECTION_OUT,
		[EVENT_TYPE_CHECK] = DIRECTION_CHECK,
		[EVENT_TYPE_ANSWER] = DIRECTION_CHECK};
	const struct org_tree *tree;
	enum err e = org_load_tree(r->tx, &tree);

	if (e)
		return e;
	*punch = (struct punch){.event_id = attendance_signed_id(r->row.hash),
		.punch_id = id_next(),
		.direction = direction[r->c->type],
		.received_at = r->tx->now_ms,
		.phone_at = r->c->wall_at,
		.offset_ms = 0, /* the kiosk corrected it before it signed */
		.point = attendance_station_point(tree, r->kiosk, r->day),
		.note = r->kiosk->name,
		.source = FROM_KIOSK,
		.time_grade = r->row.grade};
	return attendance_find_punch_day(
		r->tx, (struct employee_id){r->c->employee}, r->c->wall_at, &punch->punch_day);
}

/* Marks, score and verdict of the kiosk's own row. */
static void judge(struct recording *r, const struct punch *punch, struct evidence_row *ret)
{
	*ret = (struct evidence_row){.employee = {r->c->employee},
		.punch_day = punch->punch_day,
		.event_id = punch->event_id,
		.seq = r->c->seq,
		.hash = r->row.hash,
		.punch_id = punch->punch_id,
		.received_at = punch->received_at,
		.skew_ms = r->skew_ms,
		.marks = r->row.marks | r->event_marks};
	memcpy(ret->device, r->c->kiosk, sizeof(ret->device));
	if (attendance_is_countersign_good(r->row.marks, r->row.grade))
		ret->marks |= BIT(MARK_PROOF_KIOSK);
	ret->score = attendance_score(ret->marks, &r->numbers);
	ret->verdict = attendance_decide_kiosk(
		ret->marks, r->row.grade, attendance_draw_sample(ret), &r->numbers);
}

static enum err add_evidence(
	struct recording *r, const struct punch *punch, struct evidence_row *evidence)
{
	uint8_t payload[PUNCH_LEAF_BYTES];
	struct leaf_place leaf;
	enum err e = trust_add_leaf_at(r->tx, LEAF_PUNCH, punch->punch_id, payload,
		attendance_write_punch_leaf(evidence, payload), &leaf);

	evidence->leaf_index = leaf.index;
	return e ? e : attendance_add_evidence(r->tx, evidence);
}

/* The kiosk says itself that the person was there; not kept when he was not in service. */
static enum err add_own_row(struct recording *r, enum receipt_status *ret_status)
{
	struct evidence_row evidence;
	struct punch punch;
	enum err e = make_punch(r, &punch);

	if (!e)
		e = attendance_add_punch_row(
			r->tx, (struct employee_id){r->c->employee}, &punch, ret_status);
	if (e || *ret_status != RECEIPT_ACCEPTED)
		return e;
	judge(r, &punch, &evidence);
	r->row.punch_day = punch.punch_day;
	r->row.punch_id = punch.punch_id;
	if ((e = add_evidence(r, &punch, &evidence)))
		return e;
	return attendance_ask_about(r->tx, &evidence, &punch);
}

/* ---- a phone's event ---- */

/* The event came by itself before: what was found about it now has the kiosk's word as well. */
static enum err add_proof(struct recording *r, const struct evidence_row *known,
	const struct punch *punch, bool is_own)
{
	const struct journal_row about = {known->employee, known->punch_day, known->punch_id,
		punch->direction, r->c->wall_at};
	struct evidence_row row = *known;
	enum evidence_verdict verdict;
	enum err e;

	if (row.marks & BIT(MARK_PROOF_KIOSK))
		return OK;
	row.marks |= BIT(MARK_PROOF_KIOSK);
	verdict = attendance_judge_evidence(&row, punch->time_grade, &r->numbers);
	if (!(row.marks & BIT(MARK_FORK))) /* that stays a question for a person */
		row.verdict = verdict;
	e = attendance_set_evidence(r->tx, &row);
	return e || !is_own ? e
			    : attendance_mark_row(r->tx, FROM_KIOSK, PUNCH_CONFIRMS_PLACE, &about);
}

/* By the day of its receipt: a late decree may have moved the person into another zone since. */
static enum err load_punch_of(
	struct recording *r, int32_t day, struct evidence_row *ret, struct punch *ret_punch)
{
	const struct employee_id employee = {r->c->employee};
	struct uuid id = attendance_signed_id(r->c->subject);
	enum err e = attendance_load_evidence(r->tx, employee, day, &id, ret);

	return e ? e : attendance_load_punch(r->tx, employee, day, &id, ret_punch);
}

/* How far the phone's clock stood from the kiosk's when its code was read; an old code says
 * nothing.
 */
static int64_t phone_skew(const struct recording *r)
{
	const int64_t slack = r->numbers.of[PARAMETER_SKEW_SECONDS] * INT64_C(1000);
	int64_t skew = r->c->wall_at - r->record->event.wall_at;

	return skew <= slack ? skew : NO_INSTANT;
}

/* Whether the kiosk stands in the person's own office, or in one above it. */
static enum err load_is_own(struct recording *r, bool *ret)
{
	const struct org_tree *tree;
	struct employee_row person;
	enum err e = org_load_tree(r->tx, &tree);

	*ret = false;
	if (!e)
		e = org_load_employee(r->tx, (struct employee_id){r->c->employee}, r->day, &person);
	if (!e)
		*ret = org_is_below(tree, person.unit, r->kiosk->unit);
	return e == E_NOT_FOUND ? OK : e;
}

static enum err record_event(struct recording *r, bool is_good, bool is_own,
	struct record_receipt *ret, int32_t *ret_day)
{
	const struct signed_input in = {.bytes = r->record->in->event,
		.signature = r->record->in->event_signature,
		.note = "",
		.skew_ms = is_good ? phone_skew(r) : NO_INSTANT,
		.countersigned_at = is_good ? r->c->wall_at : NO_INSTANT,
		.is_placed = is_own,
		.early = r->record->event_found};
	enum signed_fault fault;
	struct receipt receipt;
	enum err e = attendance_record_signed(
		r->tx, (struct employee_id){r->c->employee}, &in, &receipt, &fault);

	if (e)
		return e;
	if (fault != SIGNED_GOOD) {
		r->row.marks |= BIT(MARK_PROOF_BAD);
		ret->reason = "event_refused";
		return OK;
	}
	if (receipt.status == RECEIPT_REJECTED)
		ret->reason = receipt.reason;
	*ret_day = receipt.day;
	return OK;
}

/*
 * Where the phone's time is not known the kiosk's is a row of its own, but not for a phone that has
 * ended or an event nobody can read: those wait for a person, and the kiosk's word may not let them
 * pass. Whose key it was is as doubtful there as in the event.
 */
static enum err add_row_of_event(
	struct recording *r, const struct evidence_row *known, const struct punch *punch)
{
	const int64_t kept_apart = BIT(MARK_DEVICE_ENDED) | BIT(MARK_UNKNOWN_VERSION);
	const int64_t of_phone = BIT(MARK_FORK) | BIT(MARK_DEVICE_SHARED) | BIT(MARK_DEVICE_NEW) |
				 BIT(MARK_NO_USER_VERIFICATION);
	enum receipt_status status;

	if (attendance_is_time_known(punch->time_grade) || known->marks & kept_apart)
		return OK;
	r->event_marks = known->marks & of_phone;
	return add_own_row(r, &status);
}

/* The event, recorded as if the phone had sent it, and what the kiosk adds to it. */
static enum err take_event(struct recording *r, struct record_receipt *ret)
{
	bool is_good = attendance_is_countersign_good(r->row.marks, r->row.grade);
	struct evidence_row known;
	struct punch punch;
	int32_t day;
	bool is_own;
	enum err e = load_is_own(r, &is_own);

	if (!e)
		e = record_event(r, is_good, is_own, ret, &day);
	if (e || ret->reason || !is_good)
		return e;
	if ((e = load_punch_of(r, day, &known, &punch)) ||
		(e = add_proof(r, &known, &punch, is_own)))
		return e;
	return add_row_of_event(r, &known, &punch);
}

/* ---- all of it ---- */

static enum err take_kind(struct recording *r, struct record_receipt *ret)
{
	enum receipt_status status = RECEIPT_ACCEPTED;
	enum err e;

	if (r->c->kind == COUNTERSIGN_OFFICER)
		return OK;
	if (r->c->kind == COUNTERSIGN_QR)
		return take_event(r, ret);
	e = add_own_row(r, &status);
	if (!e && status == RECEIPT_REJECTED)
		ret->reason = receipt_reason_names[RECEIPT_NOT_IN_SERVICE];
	return e;
}

/* The record as it is kept: bytes, signature, and of a turn the answer. */
static struct bytes join_record(struct arena *arena, const struct record *record)
{
	const struct record_input *in = record->in;
	bool has_answer = record->c.kind == COUNTERSIGN_OFFICER;
	size_t n = in->bytes.n + in->signature.n;
	uint8_t *p = arena_alloc(arena, n + in->duty.n);

	memcpy(p, in->bytes.p, in->bytes.n);
	memcpy(p + in->bytes.n, in->signature.p, in->signature.n);
	if (has_answer)
		memcpy(p + n, in->duty.p, in->duty.n);
	return (struct bytes){p, has_answer ? n + in->duty.n : n};
}

static enum err keep(struct recording *r)
{
	struct station *k = r->kiosk;
	struct hash *head;
	enum err e;

	r->row.record = join_record(r->tx->arena, r->record);
	trust_add_leaf(r->tx, LEAF_OFFICE, k->id, r->row.hash.b, sizeof(r->row.hash.b));
	e = attendance_add_countersign(r->tx, &r->row);
	if (e || r->c->seq <= k->head_seq)
		return e;
	head = ARENA_NEW(r->tx->arena, struct hash);
	*head = r->row.hash;
	k->head_seq = r->c->seq;
	k->head_hash = (struct bytes){head->b, sizeof(head->b)};
	return attendance_set_station_head(r->tx, k->id, k->head_seq, head);
}

static enum err examine(struct recording *r)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(r->tx, &tree);

	if (e)
		return e;
	r->day = instant_day(r->c->wall_at,
		attendance_zone(tree, r->kiosk->unit, instant_day(r->c->wall_at, tree->zone)));
	if ((e = attendance_load_parameters(r->tx, r->day, &r->numbers)) || (e = check_chain(r)) ||
		(e = check_time(r)))
		return e;
	return check_kind(r);
}

enum err attendance_record_countersign(struct tx *tx, struct station *kiosk,
	const struct record *record, int64_t sent_at, struct record_receipt *ret)
{
	struct recording *r = ARENA_NEW(tx->arena, struct recording);
	struct countersign_row known;
	enum err e;

	*ret = (struct record_receipt){
		.hash = {record->hash.b, sizeof(record->hash.b)}, .status = RECEIPT_ACCEPTED};
	if (record->fault != RECORD_GOOD) {
		ret->status = RECEIPT_REJECTED;
		ret->reason = record_fault_names[record->fault];
		return OK;
	}
	e = attendance_load_countersign(tx, &record->hash, &known);
	if (e != E_NOT_FOUND) {
		ret->status = RECEIPT_DUPLICATE;
		return e;
	}
	*r = (struct recording){.tx = tx,
		.kiosk = kiosk,
		.record = record,
		.c = &record->c,
		.skew_ms = sent_at == NO_INSTANT ? NO_INSTANT : tx->now_ms - sent_at,
		.row = {.hash = record->hash,
			.station = kiosk->id,
			.c = record->c,
			.received_at = tx->now_ms}};
	if ((e = examine(r)) || (e = take_kind(r, ret)))
		return e;
	return keep(r);
}
