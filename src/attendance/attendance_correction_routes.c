/*
 * Corrections over HTTP: a person asks from the phone, also later from the outbox (the event's own
 * id makes a repeat harmless, whatever the time between); the supervisor of that day or his
 * delegate decides, late ones the agency's officer; many at once need a second officer. Nobody
 * decides about himself. A superior may also put a day of his people right of his own accord.
 */
#include "attendance/attendance_correction.h"

#include "org/org_access.h"
#include "platform/clock.h"

#include <stdlib.h>
#include <string.h>

#define PAGE           100
#define UNDECIDED_DAYS 31

/* ---- what is shown ---- */

struct correction_view {
	int64_t id, asked_at, at, decided_at;
	struct employee_id employee;
	const char *name, *unit_name, *reason, *file_sha256, *file_name, *decided_by, *decided_for,
		*proposed_by, *decision;
	int32_t day, kind, direction, cause, state, version, day_state, late_minutes;
	int64_t in_at, out_at;
	bool is_late, is_proposed, may_decide;
};

static const struct field view_fields[] = {
	F_ID(struct correction_view, id, 0, "The correction."),
	F_ID(struct correction_view, employee, 0, "Whose day."),
	F_TEXT(struct correction_view, name, 0, 300, 0, "His name with titles."),
	F_TEXT(struct correction_view, unit_name, 0, 200, 0, "His unit of that day."),
	F_DAY(struct correction_view, day, 0, "Which day."),
	F_ENUM(struct correction_view, kind, correction_kind_names, 0, "What is to be put right."),
	F_ENUM(struct correction_view, direction, direction_names, 0, "In or out."),
	F_INSTANT(struct correction_view, at, 0, "The time it states, or the punch claims."),
	F_ENUM(struct correction_view, cause, correction_cause_names, 0, "What happened."),
	F_TEXT(struct correction_view, reason, 0, LONG_REASON, 0, "In his own words."),
	F_TEXT(struct correction_view, file_sha256, 64, 64, OPTIONAL, "Evidence."),
	F_TEXT(struct correction_view, file_name, 1, 100, OPTIONAL, "Its name."),
	F_INSTANT(struct correction_view, asked_at, 0, "When it reached the server."),
	F_BOOL(struct correction_view, is_late, 0, "Past the limit: the agency's officer decides."),
	F_BOOL(struct correction_view, is_proposed, 0, "Waits for the second of two officers."),
	F_ENUM(struct correction_view, state, correction_state_names, 0, "What became of it."),
	F_INT(struct correction_view, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_BOOL(struct correction_view, may_decide, 0, "The reader may decide it alone."),
	F_TEXT(struct correction_view, decided_by, 0, 300, OPTIONAL, "Who decided."),
	F_TEXT(struct correction_view, decided_for, 0, 300, OPTIONAL, "In whose place."),
	F_TEXT(struct correction_view, proposed_by, 0, 300, OPTIONAL,
		"Of many at once: who proposed what a second person then confirmed."),
	F_INSTANT(struct correction_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct correction_view, decision, 0, LONG_REASON, OPTIONAL, "Why."),
	F_ENUM(struct correction_view, day_state, day_state_names, OPTIONAL,
		"How the day stands now."),
	F_INSTANT(struct correction_view, in_at, OPTIONAL, "First in as it stands."),
	F_INSTANT(struct correction_view, out_at, OPTIONAL, "Last out as it stands."),
	F_INT(struct correction_view, late_minutes, 0, 4320, 0, "Late as it stands."),
	F_END,
};
static const struct shape view_shape = SHAPE("Correction", struct correction_view, view_fields);

struct correction_list {
	struct correction_view *items;
	int count;
	int64_t next;
};
static const struct field list_fields[] = {
	F_LIST(struct correction_list, items, count, &view_shape, 0, PAGE, 0, "Corrections."),
	F_ID(struct correction_list, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
static const struct shape list_shape = SHAPE("Corrections", struct correction_list, list_fields);

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

static enum err show_decision(struct tx *tx, const struct correction *c, struct correction_view *v)
{
	struct proposal p;
	enum err e;

	v->decided_at = INSTANT_NONE;
	if (c->state == CORRECTION_WAITS)
		return OK;
	v->decided_at = c->decided_at;
	v->decision = c->decision;
	if ((e = attendance_load_name(tx, c->decided_by, &v->decided_by)))
		return e;
	if (c->decided_for.v && (e = attendance_load_name(tx, c->decided_for, &v->decided_for)))
		return e;
	if (!c->proposal_id || (e = attendance_load_proposal(tx, c->proposal_id, &p)))
		return c->proposal_id ? e : OK;
	return attendance_load_name(tx, p.proposed_by, &v->proposed_by);
}

static enum err show(struct req *rq, const struct correction *c, struct correction_view *v)
{
	struct attendance_day day;
	enum err e;

	*v = (struct correction_view){.id = c->id,
		.employee = c->employee,
		.name = c->full_name ? c->full_name : "",
		.day = c->day,
		.kind = (int32_t)c->kind,
		.direction = (int32_t)c->direction,
		.at = c->stated_at,
		.cause = (int32_t)c->cause,
		.reason = c->reason,
		.file_sha256 = or_null(c->file_sha256),
		.file_name = or_null(c->file_name),
		.asked_at = c->received_at,
		.is_late = c->is_late,
		.is_proposed = c->state == CORRECTION_WAITS && c->proposal_id != 0,
		.state = (int32_t)c->state,
		.version = c->version,
		.day_state = INT_NONE,
		.in_at = INSTANT_NONE,
		.out_at = INSTANT_NONE};
	if ((e = attendance_load_unit_name(rq->tx, c->unit, &v->unit_name)) ||
		(e = show_decision(rq->tx, c, v)))
		return e;
	e = attendance_load_day(rq->tx, c->employee, c->day, &day);
	if (!e) {
		v->day_state = (int32_t)day.state;
		v->in_at = day.in_at;
		v->out_at = day.out_at;
		v->late_minutes = day.late_minutes;
	}
	return e == E_NOT_FOUND ? OK : e;
}

static enum err show_all(
	struct req *rq, const struct correction *c, int count, struct correction_list *out)
{
	enum err e = OK;

	out->items = ARENA_ARRAY(rq->tx->arena, (size_t)count, struct correction_view);
	for (int i = 0; i < count && !e; i++)
		e = show(rq, &c[i], &out->items[out->count++]);
	return e;
}

/* ---- asking ---- */

struct ask_input {
	struct uuid id;
	int32_t day, kind, direction, at, cause;
	int64_t punch;
	const char *reason, *file_sha256, *file_name;
};
static const struct field ask_fields[] = {
	F_UUID(struct ask_input, id, 0, "Made by the phone; sending it again is safe."),
	F_DAY(struct ask_input, day, 0, "Which day of one's own."),
	F_ENUM(struct ask_input, kind, correction_kind_names, 0,
		"A time no phone recorded, or a punch: its time, its place, a mistake."),
	F_ENUM(struct ask_input, direction, direction_names, OPTIONAL, "Of a time: in or out."),
	F_MINUTE(struct ask_input, at, OPTIONAL, "Of a time: when; past 24:00 in a night."),
	F_ID(struct ask_input, punch, OPTIONAL, "The punch it is about."),
	F_ENUM(struct ask_input, cause, correction_cause_names, 0, "What happened."),
	F_TEXT(struct ask_input, reason, REASON_LEAST, LONG_REASON, 0, "In one's own words."),
	F_TEXT(struct ask_input, file_sha256, 64, 64, OPTIONAL, "Evidence, uploaded before."),
	F_TEXT(struct ask_input, file_name, 1, 100, OPTIONAL, "Its name."),
	F_END,
};
static const struct shape ask_shape = SHAPE("CorrectionAsked", struct ask_input, ask_fields);

static const struct punch *find_punch(const struct day_view *view, int64_t id)
{
	for (int i = 0; i < view->punches; i++)
		if (view->punch[i].punch_id == id)
			return &view->punch[i];
	return NULL;
}

static enum err has_same(struct tx *tx, const struct correction *c, bool *ret)
{
	struct correction *known = ARENA_ARRAY(tx->arena, PAGE, struct correction);
	int count;
	enum err e = attendance_list_day_corrections(tx, c->employee, c->day, known, PAGE, &count);

	*ret = false;
	for (int i = 0; i < count && !e; i++)
		*ret |= known[i].state == CORRECTION_WAITS && known[i].kind == c->kind &&
			(c->kind == CORRECTION_TIME ? known[i].direction == c->direction
						    : known[i].punch_id == c->punch_id);
	return e;
}

/* Fills what the day says about the question: unit, journal row, whether it comes late. */
static enum err complete_question(
	struct req *rq, const struct day_view *view, int at, bool is_decider, struct correction *c)
{
	const struct punch *punch = c->punch_id ? find_punch(view, c->punch_id) : NULL;
	struct correction_ask ask = {.kind = c->kind,
		.day = c->day,
		.today = req_today(rq),
		.stated_at = at == MINUTE_NONE ? NO_INSTANT : instant_of(c->day, at, view->zone),
		.from = view->from,
		.to = view->to,
		.now_ms = rq->tx->now_ms,
		.names_punch = c->punch_id != 0,
		.punch = punch,
		.is_decider = is_decider};
	struct stated_fault fault;
	bool is_closed;
	int32_t limit;
	enum err e = has_same(rq->tx, c, &ask.waits_already);

	if (e || (e = attendance_load_limit(rq->tx, LIMIT_CORRECTION, c->day, &limit)))
		return e;
	if (punch)
		ask.marks = attendance_find_marks(view->punch, view->punches, punch);
	fault = attendance_check_correction(&ask);
	if (fault.pointer)
		return refuse(rq, fault.e, fault.pointer, fault.reason);
	c->unit = view->facts.unit;
	c->stated_at = punch ? attendance_happened_at(punch) : ask.stated_at;
	c->punch_day = punch ? punch->punch_day : instant_day(c->stated_at, view->zone);
	c->direction = punch ? punch->direction : c->direction;
	if ((e = attendance_load_is_closed(rq->tx, c->unit, c->day, &is_closed)))
		return e;
	c->is_late = is_closed ||
		     ask.today > attendance_add_working_days(view->book, c->unit, c->day, limit);
	return OK;
}

static enum err prepare_question(struct req *rq, struct correction *c, int at, bool is_decider)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	enum err e = attendance_view_day(rq->tx, c->employee, c->day, view);

	if (e == E_NOT_FOUND)
		return refuse(rq, E_REFUSED, "/day", "not in service on that day");
	return e ? e : complete_question(rq, view, at, is_decider, c);
}

static enum err answer_one(struct req *rq, const struct correction *c)
{
	struct correction_view out;
	enum err e = show(rq, c, &out);

	return e ? e : reply(rq, 200, &out);
}

static enum err post_correction(struct req *rq)
{
	const struct ask_input *in = rq->input;
	struct correction c = {.employee = rq->actor.employee,
		.entered_by = rq->actor.employee,
		.day = in->day,
		.kind = (enum correction_kind)in->kind,
		.direction = in->direction == INT_NONE ? DIRECTION_IN
						       : (enum direction)in->direction,
		.punch_id = in->punch,
		.cause = (enum correction_cause)in->cause,
		.reason = in->reason,
		.file_sha256 = in->file_sha256 ? in->file_sha256 : "",
		.file_name = in->file_name ? in->file_name : "",
		.decision = "",
		.event_id = in->id};
	struct correction known;
	enum err e = attendance_load_correction_event(rq->tx, c.employee, &in->id, &known);

	if (e != E_NOT_FOUND)
		return e ? e : answer_one(rq, &known);
	if (c.kind == CORRECTION_TIME && in->direction == INT_NONE)
		return refuse(rq, E_BAD_FIELD, "/direction", "say whether in or out");
	if ((e = attendance_check_file(rq, c.file_sha256, "/file_sha256")) ||
		(e = prepare_question(rq, &c, in->at, false)) ||
		(e = attendance_ask_correction(rq->tx, &c)))
		return e;
	return answer_one(rq, &c);
}

/* ---- one's own ---- */

struct page_query {
	int64_t cursor;
};
static const struct field page_fields[] = {
	Q_ID(struct page_query, cursor, OPTIONAL, "Where the page before ended."),
	F_END,
};
static const struct shape page_shape = SHAPE("CorrectionsPage", struct page_query, page_fields);

static enum err get_own(struct req *rq)
{
	const struct page_query *in = rq->input;
	struct correction *c = ARENA_ARRAY(rq->tx->arena, PAGE, struct correction);
	struct correction_list out = {0};
	int count;
	enum err e = attendance_list_own_corrections(
		rq->tx, rq->actor.employee, in->cursor, c, PAGE, &count);

	if (e || (e = show_all(rq, c, count, &out)))
		return e;
	out.next = count == PAGE ? c[count - 1].id : 0;
	return reply(rq, 200, &out);
}

struct correction_path {
	int64_t correction;
	int32_t version;
	const char *reason;
};
static const struct field withdraw_fields[] = {
	PATH_ID(struct correction_path, correction, "The correction."),
	F_INT(struct correction_path, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape withdraw_shape = SHAPE(
	"CorrectionWithdrawn", struct correction_path, withdraw_fields);
static const struct field verdict_fields[] = {
	PATH_ID(struct correction_path, correction, "The correction."),
	F_INT(struct correction_path, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct correction_path, reason, REASON_LEAST, LONG_REASON, 0, "Why so."),
	F_END,
};
static const struct shape verdict_shape = SHAPE(
	"CorrectionVerdict", struct correction_path, verdict_fields);

static enum err find_correction(struct req *rq, struct object *ret_object)
{
	const struct correction_path *in = rq->input;
	struct correction c;
	enum err e = attendance_load_correction(rq->tx, in->correction, &c);

	if (e)
		return e;
	ret_object->employee = c.employee;
	ret_object->day = c.day;
	return OK;
}

static enum err post_withdraw(struct req *rq)
{
	const struct correction_path *in = rq->input;
	struct correction c;
	enum err e = attendance_load_correction(rq->tx, in->correction, &c);

	if (e)
		return e;
	if (c.version != in->version)
		return E_STALE;
	if (c.state != CORRECTION_WAITS)
		return E_CONFLICT;
	e = attendance_settle_correction(
		rq->tx, &c, false, rq->actor.employee, (struct employee_id){0}, "");
	return e ? e : reply(rq, 204, NULL);
}

/* ---- deciding one ---- */

static enum err load_standing(struct req *rq, const struct correction *c,
	struct correction_standing *ret, struct employee_id *ret_for)
{
	struct employee_id superior;
	enum err e;

	*ret = (struct correction_standing){.actor = rq->actor.employee};
	if ((e = org_load_authority(rq->tx, rq->actor.employee, c->employee, c->day,
		     &ret->is_supervisor, ret_for)) ||
		(e = org_load_superior(
			 rq->tx, c->employee, RELATION_SUPERVISOR, c->day, &superior)))
		return e;
	ret->has_supervisor = superior.v != 0;
	return org_is_agency_officer(rq, c->unit, &ret->is_officer);
}

static enum err say_refusal(struct req *rq, enum err e)
{
	if (e == E_REFUSED)
		return refuse(rq, e, "/correction", "the agency's officer decides");
	return e;
}

static enum err decide_one(struct req *rq, bool accepts)
{
	const struct correction_path *in = rq->input;
	struct correction c;
	struct correction_standing who;
	struct employee_id acts_for;
	bool is_closed;
	enum err e;

	if ((e = attendance_load_correction(rq->tx, in->correction, &c)) ||
		(e = attendance_load_is_closed(rq->tx, c.unit, c.day, &is_closed)) ||
		(e = attendance_check_open(rq, c.unit, c.day, "/correction")) ||
		(e = load_standing(rq, &c, &who, &acts_for)))
		return e;
	c.is_late |= is_closed; /* whoever was to decide when it was asked */
	if ((e = attendance_decide_correction(&c, &who, in->version)))
		return say_refusal(rq, e);
	if (!who.is_supervisor)
		acts_for.v = 0;
	e = attendance_settle_correction(
		rq->tx, &c, accepts, rq->actor.employee, acts_for, in->reason);
	return e ? e : reply(rq, 204, NULL);
}

static enum err post_accept(struct req *rq)
{
	return decide_one(rq, true);
}

static enum err post_refuse(struct req *rq)
{
	return decide_one(rq, false);
}

/* ---- what waits for the reader ---- */

struct waiting_query {
	int64_t cursor;
	bool office;
};
static const struct field waiting_fields[] = {
	Q_ID(struct waiting_query, cursor, OPTIONAL, "Where the page before ended."),
	Q_BOOL(struct waiting_query, office, OPTIONAL,
		"All of one's agency or government, as its officer; else one's own people's."),
	F_END,
};
static const struct shape waiting_shape = SHAPE(
	"CorrectionsWaitingQuery", struct waiting_query, waiting_fields);

static int by_id(const void *a, const void *b)
{
	const struct correction *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* Of the scopes of an officer, which never lie in one another; oldest first. */
static enum err list_office(struct req *rq, int64_t after, struct correction *ret, int *ret_count)
{
	struct correction *c = ARENA_ARRAY(
		rq->tx->arena, (size_t)PAGE * ROLES_MAX, struct correction);
	struct org_scopes scopes;
	int n = 0;
	enum err e = org_load_scopes(rq, P_CORRECTION_DECIDE, &scopes);

	for (int i = 0; i < scopes.paths && !e; i++) {
		int count;

		e = attendance_list_unit_corrections(
			rq->tx, scopes.path[i], after, c + n, PAGE, &count);
		n += e ? 0 : count;
	}
	qsort(c, (size_t)n, sizeof(*c), by_id);
	*ret_count = n < PAGE ? n : PAGE;
	memcpy(ret, c, (size_t)*ret_count * sizeof(*c));
	return e;
}

static enum err get_waiting(struct req *rq)
{
	const struct waiting_query *in = rq->input;
	struct correction *c = ARENA_ARRAY(rq->tx->arena, PAGE, struct correction);
	struct correction_list out = {0};
	int count;
	enum err e = in->office ? list_office(rq, in->cursor, c, &count)
				: attendance_list_team_corrections(
					  rq->tx, rq->actor.employee, in->cursor, c, PAGE, &count);

	if (e || (e = show_all(rq, c, count, &out)))
		return e;
	for (int i = 0; i < count && !e; i++) {
		struct correction_standing who;
		struct employee_id acts_for;

		e = load_standing(rq, &c[i], &who, &acts_for);
		out.items[i].may_decide = !e && attendance_decide_correction(
							&c[i], &who, c[i].version) == OK;
	}
	out.next = count == PAGE ? c[count - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

struct undecided_view {
	struct employee_id employee;
	const char *name;
	int32_t day;
	bool clock_ahead;
};
static const struct field undecided_fields[] = {
	F_ID(struct undecided_view, employee, 0, "Whose day."),
	F_TEXT(struct undecided_view, name, 1, 300, 0, "His name with titles."),
	F_DAY(struct undecided_view, day, 0, "The day."),
	F_BOOL(struct undecided_view, clock_ahead, 0,
		"A punch of it is kept apart because the phone's clock was far ahead."),
	F_END,
};
static const struct shape undecided_shape = SHAPE(
	"UndecidedDay", struct undecided_view, undecided_fields);
struct undecided_list {
	struct undecided_view *items;
	int count;
};
static const struct field undecided_list_fields[] = {
	F_LIST(struct undecided_list, items, count, &undecided_shape, 0, PAGE, 0,
		"Days of the last month whose time, place or punch waits for a word; oldest "
		"first."),
	F_END,
};
static const struct shape undecided_list_shape = SHAPE(
	"UndecidedDays", struct undecided_list, undecided_list_fields);

static enum err get_undecided(struct req *rq)
{
	struct undecided_day *day = ARENA_ARRAY(rq->tx->arena, PAGE, struct undecided_day);
	struct undecided_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct undecided_view)};
	int32_t today = req_today(rq);
	enum err e = attendance_list_undecided(
		rq->tx, rq->actor.employee, today - UNDECIDED_DAYS, today, day, PAGE, &out.count);

	for (int i = 0; i < out.count && !e; i++)
		out.items[i] = (struct undecided_view){
			day[i].employee, day[i].full_name, day[i].day, day[i].clock_ahead};
	return e ? e : reply(rq, 200, &out);
}

/* ---- a superior's own word about a punch ---- */

struct word_input {
	struct employee_id employee;
	int32_t day, kind;
	int64_t punch;
	const char *reason;
};
static const struct field word_fields[] = {
	PATH_ID(struct word_input, employee, "Whose day."),
	PATH_DAY(struct word_input, day, "Which day."),
	F_ENUM(struct word_input, kind, correction_kind_names, 0,
		"confirm: made when the phone says; receipt: made when it arrived; place: at its "
		"place; void: does not count."),
	F_ID(struct word_input, punch, 0, "The punch."),
	F_TEXT(struct word_input, reason, REASON_LEAST, LONG_REASON, 0, "Why so."),
	F_END,
};
static const struct shape word_shape = SHAPE("DayWord", struct word_input, word_fields);

static enum err find_day(struct req *rq, struct object *ret_object)
{
	const struct word_input *in = rq->input;

	ret_object->employee = in->employee;
	ret_object->day = in->day;
	return OK;
}

static enum err post_word(struct req *rq)
{
	const struct word_input *in = rq->input;
	struct correction c = {.employee = in->employee,
		.entered_by = rq->actor.employee,
		.day = in->day,
		.kind = (enum correction_kind)in->kind,
		.punch_id = in->punch,
		.cause = CAUSE_OTHER,
		.reason = in->reason,
		.file_sha256 = "",
		.file_name = "",
		.decision = "",
		.event_id = attendance_make_event(rq->tx->now_ms, id_next())};
	struct correction_standing who;
	struct employee_id acts_for;
	enum err e;

	if (c.kind == CORRECTION_TIME)
		return refuse(rq, E_BAD_FIELD, "/kind", "a time is asked for by its owner");
	if ((e = prepare_question(rq, &c, MINUTE_NONE, true)) ||
		(e = load_standing(rq, &c, &who, &acts_for)))
		return e;
	c.version = 1;
	if ((e = attendance_decide_correction(&c, &who, 1)))
		return say_refusal(rq, e);
	if (!who.is_supervisor)
		acts_for.v = 0;
	if ((e = attendance_ask_correction(rq->tx, &c)) ||
		(e = attendance_settle_correction(
			 rq->tx, &c, true, rq->actor.employee, acts_for, in->reason)))
		return e;
	return reply(rq, 204, NULL);
}

/* ---- many at once: four eyes ---- */

struct proposal_item {
	int64_t correction;
	int32_t version;
};
static const struct field item_fields[] = {
	F_ID(struct proposal_item, correction, 0, "The correction."),
	F_INT(struct proposal_item, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape item_shape = SHAPE("ProposalItem", struct proposal_item, item_fields);
struct proposal_input {
	struct proposal_item *items;
	int count;
	bool accepts;
	const char *reason;
};
static const struct field proposal_input_fields[] = {
	F_LIST(struct proposal_input, items, count, &item_shape, 1, PROPOSAL_MAX, 0,
		"Which corrections."),
	F_BOOL(struct proposal_input, accepts, 0, "Accept them; false: refuse them."),
	F_TEXT(struct proposal_input, reason, REASON_LEAST, LONG_REASON, 0, "Why so."),
	F_END,
};
static const struct shape proposal_input_shape = SHAPE(
	"ProposalInput", struct proposal_input, proposal_input_fields);

struct proposal_view {
	int64_t id, proposed_at;
	bool accepts, may_confirm;
	const char *reason, *proposed_by;
	struct correction_view *items;
	int count;
};
static const struct field proposal_view_fields[] = {
	F_ID(struct proposal_view, id, 0, "The proposal."),
	F_BOOL(struct proposal_view, accepts, 0, "Accept them; false: refuse them."),
	F_TEXT(struct proposal_view, reason, 0, LONG_REASON, 0, "Why so."),
	F_TEXT(struct proposal_view, proposed_by, 0, 300, 0, "Who proposes it."),
	F_INSTANT(struct proposal_view, proposed_at, 0, "Since when it waits."),
	F_BOOL(struct proposal_view, may_confirm, 0, "The reader may be the second person."),
	F_LIST(struct proposal_view, items, count, &view_shape, 0, PROPOSAL_MAX, 0,
		"What it is about."),
	F_END,
};
static const struct shape proposal_view_shape = SHAPE(
	"Proposal", struct proposal_view, proposal_view_fields);
struct proposal_list {
	struct proposal_view *items;
	int count;
};
static const struct field proposal_list_fields[] = {
	F_LIST(struct proposal_list, items, count, &proposal_view_shape, 0, PAGE, 0,
		"Oldest first."),
	F_END,
};
static const struct shape proposal_list_shape = SHAPE(
	"Proposals", struct proposal_list, proposal_list_fields);

static const char *item_pointer(struct req *rq, int i)
{
	return arena_printf(rq->tx->arena, "/items/%d/correction", i);
}

/* One item as the proposer sees it: within his office, not about himself, still waiting. */
static enum err take_item(struct req *rq, const struct proposal_item *in, int i, int64_t proposal)
{
	struct correction c;
	bool is_officer = false;
	enum err e = attendance_load_correction(rq->tx, in->correction, &c);

	if (!e)
		e = org_is_agency_officer(rq, c.unit, &is_officer);
	if (e == E_NOT_FOUND || (!e && !is_officer))
		return refuse(rq, E_BAD_FIELD, item_pointer(rq, i), "not in your office");
	if (e)
		return e;
	if (c.employee.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, item_pointer(rq, i), "is your own");
	if (c.version != in->version)
		return refuse(rq, E_STALE, item_pointer(rq, i), "was changed meanwhile");
	if (c.state != CORRECTION_WAITS || c.proposal_id)
		return refuse(rq, E_CONFLICT, item_pointer(rq, i), "does not wait any more");
	c.proposal_id = proposal;
	return attendance_set_correction(rq->tx, &c);
}

static enum err show_proposal(
	struct req *rq, const struct proposal *p, struct proposal_view *out, bool *ret_sees)
{
	struct correction *c = ARENA_ARRAY(rq->tx->arena, PROPOSAL_MAX, struct correction);
	struct correction_list list = {0};
	int count;
	enum err e = attendance_list_proposal_items(rq->tx, p->id, c, PROPOSAL_MAX, &count);

	*ret_sees = !e && count > 0;
	for (int i = 0; i < count && !e; i++) {
		bool is_officer;

		e = org_is_agency_officer(rq, c[i].unit, &is_officer);
		*ret_sees &= is_officer;
		if (!e)
			e = attendance_load_name(rq->tx, c[i].employee, &c[i].full_name);
	}
	if (e || !*ret_sees)
		return e;
	*out = (struct proposal_view){.id = p->id,
		.proposed_at = p->proposed_at,
		.accepts = p->accepts,
		.reason = p->reason,
		.may_confirm = attendance_decide_proposal(p, rq->actor.employee, c, count) == OK};
	if ((e = attendance_load_name(rq->tx, p->proposed_by, &out->proposed_by)) ||
		(e = show_all(rq, c, count, &list)))
		return e;
	out->items = list.items;
	out->count = list.count;
	return OK;
}

static enum err post_proposal(struct req *rq)
{
	const struct proposal_input *in = rq->input;
	const struct proposal p = {.id = id_next(),
		.accepts = in->accepts,
		.reason = in->reason,
		.proposed_by = rq->actor.employee,
		.proposed_at = rq->tx->now_ms};
	struct proposal_view out;
	bool sees;
	enum err e = OK;

	for (int i = 0; i < in->count && !e; i++)
		e = take_item(rq, &in->items[i], i, p.id);
	if (e || (e = attendance_add_proposal(rq->tx, &p)))
		return e;
	e = show_proposal(rq, &p, &out, &sees);
	return e ? e : reply(rq, 200, &out);
}

static enum err get_proposals(struct req *rq)
{
	struct proposal *p = ARENA_ARRAY(rq->tx->arena, PAGE, struct proposal);
	struct proposal_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct proposal_view)};
	int count;
	enum err e = attendance_list_proposals(rq->tx, 0, p, PAGE, &count);

	for (int i = 0; i < count && !e; i++) {
		bool sees;

		e = show_proposal(rq, &p[i], &out.items[out.count], &sees);
		out.count += sees;
	}
	return e ? e : reply(rq, 200, &out);
}

struct proposal_path {
	int64_t proposal;
	bool confirms;
};
static const struct field proposal_path_fields[] = {
	PATH_ID(struct proposal_path, proposal, "The proposal."),
	F_BOOL(struct proposal_path, confirms, 0, "The second person agrees; false: he does not."),
	F_END,
};
static const struct shape proposal_path_shape = SHAPE(
	"ProposalVerdict", struct proposal_path, proposal_path_fields);

/* What the first one proposed is done, in the name of the second. */
static enum err settle_item(
	struct req *rq, const struct proposal *p, struct correction *c, bool confirms)
{
	enum err e;

	if (!confirms) {
		c->proposal_id = 0;
		return attendance_set_correction(rq->tx, c);
	}
	if ((e = attendance_check_open(rq, c->unit, c->day, "/proposal")))
		return e;
	return attendance_settle_correction(
		rq->tx, c, p->accepts, rq->actor.employee, (struct employee_id){0}, p->reason);
}

static enum err post_proposal_verdict(struct req *rq)
{
	const struct proposal_path *in = rq->input;
	struct correction *c = ARENA_ARRAY(rq->tx->arena, PROPOSAL_MAX, struct correction);
	struct proposal p;
	struct proposal_view seen;
	bool sees;
	int count;
	enum err e;

	if ((e = attendance_load_proposal(rq->tx, in->proposal, &p)) ||
		(e = show_proposal(rq, &p, &seen, &sees)) ||
		(e = attendance_list_proposal_items(rq->tx, p.id, c, PROPOSAL_MAX, &count)))
		return e;
	if (!sees)
		return refuse(rq, E_CONFLICT, "/proposal", "does not wait, or not for you");
	if ((e = attendance_decide_proposal(&p, rq->actor.employee, c, count)))
		return refuse(rq, e, "/proposal", "another person must confirm it");
	for (int i = 0; i < count && !e; i++)
		e = settle_item(rq, &p, &c[i], in->confirms);
	if (e)
		return e;
	p.state = in->confirms ? PROPOSAL_CONFIRMED : PROPOSAL_REJECTED;
	p.decided_by = rq->actor.employee;
	p.decided_at = rq->tx->now_ms;
	e = attendance_set_proposal(rq->tx, &p);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- routes ---- */

#define REASON_EXAMPLE "\"reason\":\"Sesuai catatan penjaga kantor pada hari itu.\""

static const struct route routes[] = {
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections",
		.permission = P_CORRECTION_SELF,
		.tx = TX_WRITE,
		.input = &ask_shape,
		.output = &view_shape,
		.handler = post_correction,
		.summary = "Asks that a day of one's own be put right; the same event again "
			   "answers with what became of it.",
		.example = "{\"id\":\"019a7ad0-7c00-7000-8000-00000000c0de\",\"day\":"
			   "\"2025-11-12\",\"kind\":\"time\",\"direction\":\"out\",\"at\":"
			   "\"16:05\",\"cause\":\"forgot\",\"reason\":\"Lupa presensi pulang, "
			   "rapat sampai sore.\"}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/corrections",
		.permission = P_CORRECTION_SELF,
		.tx = TX_READ,
		.input = &page_shape,
		.output = &list_shape,
		.handler = get_own,
		.exports = EXPORT("koreksi-saya", "Koreksi saya"),
		.summary = "One's own corrections, newest first.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/{correction}/withdraw",
		.permission = P_CORRECTION_SELF,
		.tx = TX_WRITE,
		.input = &withdraw_shape,
		.handler = post_withdraw,
		.object = find_correction,
		.summary = "Takes one's own correction back while nobody has decided.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/attendance/corrections/{correction}/withdraw",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/{correction}/accept",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &verdict_shape,
		.handler = post_accept,
		.object = find_correction,
		.summary = "Accepts a correction, as the supervisor of that day or, asked late, "
			   "the agency's officer.",
		.example = "{\"version\":1," REASON_EXAMPLE "}",
		.example_path = "/api/v1/attendance/corrections/{correction}/accept",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/{correction}/refuse",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &verdict_shape,
		.handler = post_refuse,
		.object = find_correction,
		.summary = "Refuses a correction with its reason.",
		.example = "{\"version\":1," REASON_EXAMPLE "}",
		.example_path = "/api/v1/attendance/corrections/{correction}/refuse",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/corrections/waiting",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_READ,
		.input = &waiting_shape,
		.output = &list_shape,
		.handler = get_waiting,
		.exports = EXPORT("koreksi", "Koreksi yang menunggu keputusan"),
		.summary = "Corrections that wait: of one's own people, or of one's office.",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/undecided",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_READ,
		.output = &undecided_list_shape,
		.handler = get_undecided,
		.exports = EXPORT("hari-menunggu", "Hari yang menunggu keputusan atasan"),
		.summary = "Days of one's people on which a time, a place or a punch kept apart "
			   "waits for a word.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/days/{employee}/{day}/word",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &word_shape,
		.handler = post_word,
		.object = find_day,
		.summary = "What the superior of that day says about a punch of his people.",
		.example = "{\"kind\":\"confirm\",\"punch\":\"1\"," REASON_EXAMPLE "}",
		.example_path = "/api/v1/attendance/days/{employee}/2025-11-13/word",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/proposals",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &proposal_input_shape,
		.output = &proposal_view_shape,
		.handler = post_proposal,
		.summary = "An officer proposes a verdict on many corrections; a second one "
			   "confirms.",
		.example = "{\"items\":[{\"correction\":\"{correction}\",\"version\":1}],"
			   "\"accepts\":true," REASON_EXAMPLE "}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/corrections/proposals",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_READ,
		.output = &proposal_list_shape,
		.handler = get_proposals,
		.summary = "Proposals of one's office that wait for the second person.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/corrections/proposals/{proposal}/verdict",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &proposal_path_shape,
		.handler = post_proposal_verdict,
		.summary = "The second person confirms or rejects what another proposed.",
		.example = "{\"confirms\":false}",
		.example_path = "/api/v1/attendance/corrections/proposals/{proposal}/verdict",
	},
};

const struct slice attendance_corrections_slice = {
	.name = "corrections",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_correction_stmts,
	.stmt_count = CORRECTION_STMTS,
};
