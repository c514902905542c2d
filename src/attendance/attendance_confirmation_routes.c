/*
 * Confirmations over HTTP: what waits for a superior, many confirmed in one gesture, one denied
 * with its reason; one's own, with an explanation.
 *
 * Lists of others do not leave as a table: what was found about a person is for who decides it
 * (UU 27/2022 art. 16), and no list here is ordered by it.
 */
#include "attendance/attendance_confirmation_view.h"

#include "org/org_access.h"
#include "platform/auth.h"

#include <string.h>

#define SHOWN_DAYS 62 /* a day of the month before, until it is closed */
#define OWN_PAGE   50

/* ---- what waits for the reader ---- */

struct waiting_query {
	bool office;
};
static const struct field waiting_fields[] = {
	Q_BOOL(struct waiting_query, office, OPTIONAL,
		"Those that go to the agency's officer; else one's own people's."),
	F_END,
};
static const struct shape waiting_shape = SHAPE(
	"ConfirmationsWaitingQuery", struct waiting_query, waiting_fields);

struct waiting_view {
	struct confirmation_view *items;
	int count;
	bool has_more;
};
static const struct field waiting_view_fields[] = {
	F_LIST(struct waiting_view, items, count, &confirmation_view_shape, 0, CONFIRMATIONS_PAGE,
		0, "By day, then name; those that the reader may decide."),
	F_BOOL(struct waiting_view, has_more, 0, "There are more, once these are decided."),
	F_END,
};
static const struct shape waiting_view_shape = SHAPE(
	"ConfirmationsWaiting", struct waiting_view, waiting_view_fields);

/* Of the scopes of an officer, which never lie in one another. */
static enum err list_office(struct req *rq, int32_t since, struct confirmation *ret, int *ret_count)
{
	struct org_scopes scopes;
	enum err e = org_load_scopes(rq, P_CORRECTION_DECIDE, &scopes);

	*ret_count = 0;
	for (int i = 0; i < scopes.paths && !e && *ret_count < CONFIRMATIONS_PAGE; i++) {
		int count = 0;

		e = attendance_list_office_confirmations(rq->tx, scopes.path[i], since,
			ret + *ret_count, CONFIRMATIONS_PAGE - *ret_count, &count);
		*ret_count += e ? 0 : count;
	}
	return e;
}

static enum err load_decision(
	struct req *rq, const struct confirmation *c, int32_t version, struct employee_id *ret_for)
{
	struct correction_standing who;
	bool is_closed;
	enum err e;

	if ((e = attendance_load_is_closed(rq->tx, c->unit, c->day, &is_closed)) ||
		(e = attendance_load_standing(rq, c->employee, c->day, c->unit, &who, ret_for)))
		return e;
	return attendance_decide_confirmation(c, &who, is_closed, version);
}

static enum err get_waiting(struct req *rq)
{
	const struct waiting_query *in = rq->input;
	struct confirmation *c = ARENA_ARRAY(
		rq->tx->arena, CONFIRMATIONS_PAGE, struct confirmation);
	struct waiting_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, CONFIRMATIONS_PAGE, struct confirmation_view)};
	int32_t since = req_today(rq) - SHOWN_DAYS;
	int count = 0, kept = 0;
	enum err e = in->office ? list_office(rq, since, c, &count)
				: attendance_list_team_confirmations(rq->tx, rq->actor.employee,
					  since, c, CONFIRMATIONS_PAGE, &count);

	for (int i = 0; i < count && !e; i++) {
		struct employee_id acts_for;
		enum err may = load_decision(rq, &c[i], c[i].version, &acts_for);

		e = err_status(may) >= 500 ? may : OK;
		if (may == OK)
			c[kept++] = c[i];
	}
	if (e || (e = attendance_show_confirmations(rq, c, kept, out.items)))
		return e;
	for (int i = 0; i < kept; i++)
		out.items[i].may_decide = true;
	out.count = kept;
	out.has_more = count == CONFIRMATIONS_PAGE;
	return reply(rq, 200, &out);
}

/* ---- confirming ---- */

struct confirm_item {
	int64_t confirmation;
	int32_t version;
};
static const struct field confirm_item_fields[] = {
	F_ID(struct confirm_item, confirmation, 0, "The confirmation."),
	F_INT(struct confirm_item, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape confirm_item_shape = SHAPE(
	"ConfirmationVersion", struct confirm_item, confirm_item_fields);
struct confirm_input {
	struct confirm_item *items;
	int count;
};
static const struct field confirm_fields[] = {
	F_LIST(struct confirm_input, items, count, &confirm_item_shape, 1, CONFIRMATIONS_AT_ONCE, 0,
		"What to confirm; of more than one each must be plain."),
	F_END,
};
static const struct shape confirm_shape = SHAPE(
	"ConfirmationsConfirmed", struct confirm_input, confirm_fields);

enum confirm_status { CONFIRM_DONE, CONFIRM_REFUSED };
static const char *const confirm_status_names[] = {"confirmed", "refused", NULL};
struct confirm_result {
	int64_t confirmation;
	int32_t status;
	const char *code;
};
static const struct field result_fields[] = {
	F_ID(struct confirm_result, confirmation, 0, "The confirmation."),
	F_ENUM(struct confirm_result, status, confirm_status_names, 0, "What became of it."),
	F_TEXT(struct confirm_result, code, 1, 40, OPTIONAL,
		"Why it was refused: a code of the errors."),
	F_END,
};
static const struct shape result_shape = SHAPE(
	"ConfirmationResult", struct confirm_result, result_fields);
struct confirm_view {
	struct confirm_result *results;
	int count;
};
static const struct field confirm_view_fields[] = {
	F_LIST(struct confirm_view, results, count, &result_shape, 1, CONFIRMATIONS_AT_ONCE, 0,
		"In order."),
	F_END,
};
static const struct shape confirm_view_shape = SHAPE(
	"ConfirmationResults", struct confirm_view, confirm_view_fields);

/* As for a single one: what the actor may not decide about is not there for him. */
static enum err authorise(struct req *rq, const struct confirmation *c)
{
	const struct object about = {.employee = c->employee, .day = c->day};

	return c->employee.v == rq->actor.employee.v
		       ? E_SELF
		       : auth_authorise(rq, P_CORRECTION_DECIDE, &about);
}

static enum err load_is_plain(
	struct tx *tx, const struct confirmation *c, struct day_view *view, bool *ret)
{
	enum err e = attendance_view_event_day(tx, c, view);

	*ret = !e &&
	       attendance_is_plain_confirmation(
		       c, attendance_is_place_unsure(attendance_find_event_place(view, c).verdict));
	return e;
}

/* With a view to work in each must be plain: it is one of many. */
static enum err take_item(struct req *rq, const struct confirm_item *in, struct day_view *view,
	struct confirmation *ret, struct employee_id *ret_for)
{
	bool is_plain = true;
	enum err e;

	if ((e = attendance_load_confirmation(rq->tx, in->confirmation, ret)) ||
		(e = authorise(rq, ret)) || (e = load_decision(rq, ret, in->version, ret_for)))
		return e;
	if (view && (e = load_is_plain(rq->tx, ret, view, &is_plain)))
		return e;
	return is_plain ? OK : E_REFUSED;
}

/* Those in the same place, decided in one go: one leaf for each. */
static enum err settle_alike(
	struct req *rq, struct confirmation *c, const struct employee_id *acts_for, int count)
{
	enum err e = OK;

	for (int from = 0, to; from < count && !e; from = to) {
		const struct confirmation_verdict yes = {.confirms = true,
			.reason = "",
			.by = rq->actor.employee,
			.acts_for = acts_for[from]};

		for (to = from + 1; to < count && acts_for[to].v == acts_for[from].v; to++)
			;
		e = attendance_settle_confirmations(rq->tx, c + from, to - from, &yes);
	}
	return e;
}

static bool is_named_before(const struct confirm_input *in, int i)
{
	for (int k = 0; k < i; k++)
		if (in->items[k].confirmation == in->items[i].confirmation)
			return true;
	return false;
}

static enum err post_confirm(struct req *rq)
{
	const struct confirm_input *in = rq->input;
	struct confirmation *c = ARENA_ARRAY(
		rq->tx->arena, CONFIRMATIONS_AT_ONCE, struct confirmation);
	struct employee_id acts_for[CONFIRMATIONS_AT_ONCE];
	struct confirm_view out = {
		.results = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct confirm_result),
		.count = in->count};
	struct day_view *view = in->count > 1 ? ARENA_NEW(rq->tx->arena, struct day_view) : NULL;
	int count = 0;
	enum err e;

	for (int i = 0; i < in->count; i++) {
		e = is_named_before(in, i)
			    ? E_CONFLICT
			    : take_item(rq, &in->items[i], view, &c[count], &acts_for[count]);
		if (err_status(e) >= 500)
			return e;
		out.results[i] = (struct confirm_result){in->items[i].confirmation,
			e ? CONFIRM_REFUSED : CONFIRM_DONE, e ? err_code(e) : NULL};
		count += e == OK;
	}
	e = settle_alike(rq, c, acts_for, count);
	return e ? e : reply(rq, 200, &out);
}

/* ---- denying ---- */

static const char *const denial_names[] = {"receipt", "not_counted", NULL};

struct deny_input {
	int64_t confirmation;
	int32_t version, consequence;
	const char *reason;
};
static const struct field deny_fields[] = {
	PATH_ID(struct deny_input, confirmation, "The confirmation."),
	F_INT(struct deny_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_ENUM(struct deny_input, consequence, denial_names, 0,
		"receipt: counts at the time it arrived; not_counted: does not count."),
	F_TEXT(struct deny_input, reason, REASON_LEAST, LONG_REASON, 0, "Why so."),
	F_END,
};
static const struct shape deny_shape = SHAPE("ConfirmationDenied", struct deny_input, deny_fields);

static enum err find_denied(struct req *rq, struct object *ret_object)
{
	const struct deny_input *in = rq->input;
	struct confirmation c;
	enum err e = attendance_load_confirmation(rq->tx, in->confirmation, &c);

	if (e)
		return e;
	ret_object->employee = c.employee;
	ret_object->day = c.day;
	return OK;
}

static enum err post_deny(struct req *rq)
{
	const struct deny_input *in = rq->input;
	struct confirmation_verdict no = {
		.consequence = in->consequence == 0 ? CONSEQUENCE_RECEIPT : CONSEQUENCE_NOT_COUNTED,
		.reason = in->reason,
		.by = rq->actor.employee};
	struct confirmation c;
	enum err e = attendance_load_confirmation(rq->tx, in->confirmation, &c);

	if (e || (e = load_decision(rq, &c, in->version, &no.acts_for)))
		return attendance_say_refusal(rq, e, "/confirmation");
	e = attendance_settle_confirmations(rq->tx, &c, 1, &no);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- one's own ---- */

struct own_query {
	int64_t cursor;
};
static const struct field own_fields[] = {
	Q_ID(struct own_query, cursor, OPTIONAL, "Where the page before ended."),
	F_END,
};
static const struct shape own_shape = SHAPE("ConfirmationsPage", struct own_query, own_fields);

struct own_view {
	struct confirmation_view *items;
	int count;
	int64_t next;
};
static const struct field own_view_fields[] = {
	F_LIST(struct own_view, items, count, &confirmation_view_shape, 0, OWN_PAGE, 0,
		"Newest first."),
	F_ID(struct own_view, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
static const struct shape own_view_shape = SHAPE("Confirmations", struct own_view, own_view_fields);

static enum err get_own(struct req *rq)
{
	const struct own_query *in = rq->input;
	struct confirmation *c = ARENA_ARRAY(rq->tx->arena, OWN_PAGE, struct confirmation);
	struct own_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, OWN_PAGE, struct confirmation_view)};
	enum err e = attendance_list_own_confirmations(
		rq->tx, rq->actor.employee, in->cursor, c, OWN_PAGE, &out.count);

	if (e || (e = attendance_show_confirmations(rq, c, out.count, out.items)))
		return e;
	out.next = out.count == OWN_PAGE ? c[out.count - 1].id : 0;
	return reply(rq, 200, &out);
}

struct explain_input {
	int64_t confirmation;
	const char *explanation;
};
static const struct field explain_fields[] = {
	PATH_ID(struct explain_input, confirmation, "The confirmation."),
	F_TEXT(struct explain_input, explanation, REASON_LEAST, LONG_REASON, 0,
		"What happened, in one's own words; replaces what was written before."),
	F_END,
};
static const struct shape explain_shape = SHAPE(
	"ConfirmationExplained", struct explain_input, explain_fields);

static enum err find_own(struct req *rq, struct object *ret_object)
{
	const struct explain_input *in = rq->input;
	struct confirmation c;
	enum err e = attendance_load_confirmation(rq->tx, in->confirmation, &c);

	ret_object->employee = e ? (struct employee_id){0} : c.employee;
	return e;
}

static enum err put_explanation(struct req *rq)
{
	const struct explain_input *in = rq->input;
	struct confirmation c;
	enum err e = attendance_load_confirmation(rq->tx, in->confirmation, &c);

	if (e)
		return e;
	if (c.state != CONFIRMATION_WAITS && c.state != DENIED)
		return E_CONFLICT; /* it counts: nothing is left to explain */
	e = attendance_explain_confirmation(rq->tx, &c, in->explanation);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/confirmations/waiting",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_READ,
		.input = &waiting_shape,
		.output = &waiting_view_shape,
		.handler = get_waiting,
		.summary = "Events that the reader is asked to confirm.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/confirmations/confirm",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &confirm_shape,
		.output = &confirm_view_shape,
		.handler = post_confirm,
		.summary = "Confirms one, or many plain ones in one gesture; each is answered for "
			   "itself.",
		.example = "{\"items\":[{\"confirmation\":\"1\",\"version\":1}]}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/confirmations/{confirmation}/deny",
		.permission = P_CORRECTION_DECIDE,
		.tx = TX_WRITE,
		.input = &deny_shape,
		.handler = post_deny,
		.object = find_denied,
		.summary = "Does not confirm an event, with the reason and what follows; its owner "
			   "reads it and may object.",
		.example = "{\"version\":1,\"consequence\":\"receipt\",\"reason\":\"Menurut "
			   "petugas piket ia tiba pukul 08.40.\"}",
		.example_path = "/api/v1/attendance/confirmations/{confirmation}/deny",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/confirmations",
		.permission = P_CORRECTION_SELF,
		.tx = TX_READ,
		.input = &own_shape,
		.output = &own_view_shape,
		.handler = get_own,
		.summary = "One's own events that a superior is or was asked to confirm, newest "
			   "first.",
	},
	{
		.method = PUT,
		.path = "/api/v1/attendance/confirmations/{confirmation}/explanation",
		.permission = P_CORRECTION_SELF,
		.tx = TX_WRITE,
		.input = &explain_shape,
		.handler = put_explanation,
		.object = find_own,
		.summary = "One's own words beside an event, before or after it was denied.",
		.example = "{\"explanation\":\"Sinyal hilang di jalan; saya tiba pukul 07.20 "
			   "bersama Bu Ani.\"}",
		.example_path = "/api/v1/attendance/confirmations/{confirmation}/explanation",
	},
};

const struct slice attendance_confirmations_slice = {
	.name = "confirmations",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_confirmation_stmts,
	.stmt_count = CONFIRMATION_STMTS,
	.jobs = attendance_evidence_jobs,
	.job_count = EVIDENCE_JOBS,
};
