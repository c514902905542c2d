/*
 * Corrections over HTTP: a person asks from the phone, also later from the outbox (the event's own
 * id makes a repeat harmless, whatever the time between); the supervisor of that day or his
 * delegate decides, late ones the agency's officer; for many at once see
 * attendance_proposal_routes.c. Nobody decides about himself. A superior may also put a day of his
 * people right of his own accord.
 */
#include "attendance/attendance_confirmation.h"
#include "attendance/attendance_correction_view.h"

#include "org/org_access.h"
#include "platform/clock.h"

#include <stdlib.h>
#include <string.h>

#define UNDECIDED_DAYS 31
#define UNDECIDED_READ 500 /* of them those that he may decide are shown */

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
	struct correction *known = ARENA_ARRAY(tx->arena, CORRECTIONS_PAGE, struct correction);
	int count;
	enum err e = attendance_list_day_corrections(
		tx, c->employee, c->day, known, CORRECTIONS_PAGE, &count);

	*ret = false;
	for (int i = 0; i < count && !e; i++)
		*ret |= known[i].state == CORRECTION_WAITS && known[i].kind == c->kind &&
			(c->kind == CORRECTION_TIME ? known[i].direction == c->direction
						    : known[i].punch_id == c->punch_id);
	return e;
}

/* Past the limit, or in a closed month: then the agency's officer decides. */
static enum err load_is_late(
	struct req *rq, const struct policy_book *book, struct unit_id unit, int32_t day, bool *ret)
{
	bool is_closed;
	int32_t limit;
	enum err e = attendance_load_limit(rq->tx, LIMIT_CORRECTION, day, &limit);

	if (e || (e = attendance_load_is_closed(rq->tx, unit, day, &is_closed)))
		return e;
	*ret = is_closed || req_today(rq) > attendance_add_working_days(book, unit, day, limit);
	return OK;
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
	enum err e = has_same(rq->tx, c, &ask.waits_already);

	if (!e && punch)
		e = attendance_load_is_denied(rq->tx, punch->punch_id, &ask.was_denied);
	if (e)
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
	return load_is_late(rq, view->book, c->unit, c->day, &c->is_late);
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
	enum err e = attendance_show_correction(rq, c, &out);

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
	struct correction *c = ARENA_ARRAY(rq->tx->arena, CORRECTIONS_PAGE, struct correction);
	struct correction_list out = {0};
	int count;
	enum err e = attendance_list_own_corrections(
		rq->tx, rq->actor.employee, in->cursor, c, CORRECTIONS_PAGE, &count);

	if (e || (e = attendance_show_corrections(rq, c, count, &out)))
		return e;
	out.next = count == CORRECTIONS_PAGE ? c[count - 1].id : 0;
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

enum err attendance_load_standing(struct req *rq, struct employee_id employee, int32_t day,
	struct unit_id unit, struct correction_standing *ret, struct employee_id *ret_for)
{
	struct employee_id superior;
	enum err e;

	*ret = (struct correction_standing){.actor = rq->actor.employee};
	if ((e = org_load_authority(
		     rq->tx, rq->actor.employee, employee, day, &ret->is_supervisor, ret_for)) ||
		(e = org_load_superior(rq->tx, employee, RELATION_SUPERVISOR, day, &superior)))
		return e;
	ret->has_supervisor = superior.v != 0;
	if (!ret->is_supervisor)
		ret_for->v = 0;
	return org_is_agency_officer(rq, unit, &ret->is_officer);
}

static enum err load_standing(struct req *rq, const struct correction *c,
	struct correction_standing *ret, struct employee_id *ret_for)
{
	return attendance_load_standing(rq, c->employee, c->day, c->unit, ret, ret_for);
}

enum err attendance_say_refusal(struct req *rq, enum err e, const char *pointer)
{
	if (e == E_REFUSED)
		return refuse(rq, e, pointer, "the agency's officer decides");
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
		return attendance_say_refusal(rq, e, "/correction");
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
		rq->tx->arena, (size_t)CORRECTIONS_PAGE * ROLES_MAX, struct correction);
	struct org_scopes scopes;
	int n = 0;
	enum err e = org_load_scopes(rq, P_CORRECTION_DECIDE, &scopes);

	for (int i = 0; i < scopes.paths && !e; i++) {
		int count;

		e = attendance_list_unit_corrections(
			rq->tx, scopes.path[i], after, c + n, CORRECTIONS_PAGE, &count);
		n += e ? 0 : count;
	}
	qsort(c, (size_t)n, sizeof(*c), by_id);
	*ret_count = n < CORRECTIONS_PAGE ? n : CORRECTIONS_PAGE;
	memcpy(ret, c, (size_t)*ret_count * sizeof(*c));
	return e;
}

static enum err get_waiting(struct req *rq)
{
	const struct waiting_query *in = rq->input;
	struct correction *c = ARENA_ARRAY(rq->tx->arena, CORRECTIONS_PAGE, struct correction);
	struct correction_list out = {0};
	int count;
	enum err e = in->office ? list_office(rq, in->cursor, c, &count)
				: attendance_list_team_corrections(rq->tx, rq->actor.employee,
					  in->cursor, c, CORRECTIONS_PAGE, &count);

	if (e || (e = attendance_show_corrections(rq, c, count, &out)))
		return e;
	for (int i = 0; i < count && !e; i++) {
		struct correction_standing who;
		struct employee_id acts_for;

		e = load_standing(rq, &c[i], &who, &acts_for);
		out.items[i].may_decide = !e && attendance_decide_correction(
							&c[i], &who, c[i].version) == OK;
	}
	out.next = count == CORRECTIONS_PAGE ? c[count - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

struct undecided_view {
	struct employee_id employee;
	const char *name;
	int32_t day;
	bool late_unconfirmed, place_unconfirmed, held, clock_ahead;
};
static const struct field undecided_fields[] = {
	F_ID(struct undecided_view, employee, 0, "Whose day."),
	F_TEXT(struct undecided_view, name, 1, 300, 0, "His name with titles."),
	F_DAY(struct undecided_view, day, 0, "The day."),
	F_BOOL(struct undecided_view, late_unconfirmed, 0,
		"Its lateness is the server's word alone."),
	F_BOOL(struct undecided_view, place_unconfirmed, 0,
		"A place outside the office, or unknown."),
	F_BOOL(struct undecided_view, held, 0, "A punch of it is kept apart."),
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
	F_LIST(struct undecided_list, items, count, &undecided_shape, 0, CORRECTIONS_PAGE, 0,
		"Days of the last month whose time, place or punch waits for the reader's "
		"word; oldest first."),
	F_END,
};
static const struct shape undecided_list_shape = SHAPE(
	"UndecidedDays", struct undecided_list, undecided_list_fields);

/* As his word would be taken, so that nothing is offered that is refused. */
static enum err may_say(
	struct req *rq, const struct policy_book *book, const struct undecided_day *day, bool *ret)
{
	struct correction c = {
		.employee = day->employee, .day = day->day, .unit = day->unit, .version = 1};
	struct correction_standing who;
	struct employee_id acts_for;
	enum err e = load_is_late(rq, book, c.unit, c.day, &c.is_late);

	if (e || (e = load_standing(rq, &c, &who, &acts_for)))
		return e;
	*ret = attendance_decide_correction(&c, &who, 1) == OK;
	return OK;
}

static enum err get_undecided(struct req *rq)
{
	struct undecided_day *day = ARENA_ARRAY(
		rq->tx->arena, UNDECIDED_READ, struct undecided_day);
	const struct policy_book *book;
	struct undecided_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, CORRECTIONS_PAGE, struct undecided_view)};
	int32_t today = req_today(rq);
	int count = 0;
	enum err e = policy_load_book(rq->tx, &book);

	if (!e)
		e = attendance_list_undecided(rq->tx, rq->actor.employee, today - UNDECIDED_DAYS,
			today, day, UNDECIDED_READ, &count);
	for (int i = 0; i < count && out.count < CORRECTIONS_PAGE && !e; i++) {
		const struct undecided_day *d = &day[i];
		bool may = false;

		e = may_say(rq, book, d, &may);
		if (may)
			out.items[out.count++] = (struct undecided_view){d->employee, d->full_name,
				d->day, d->late_unconfirmed, d->place_unconfirmed, d->held,
				d->clock_ahead};
	}
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
		return attendance_say_refusal(rq, e, "/correction");
	if ((e = attendance_ask_correction(rq->tx, &c)) ||
		(e = attendance_settle_correction(
			 rq->tx, &c, true, rq->actor.employee, acts_for, in->reason)))
		return e;
	return reply(rq, 204, NULL);
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
		.output = &correction_view_shape,
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
		.output = &correction_list_shape,
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
		.output = &correction_list_shape,
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
};

const struct slice attendance_corrections_slice = {
	.name = "corrections",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_correction_stmts,
	.stmt_count = CORRECTION_STMTS,
};
