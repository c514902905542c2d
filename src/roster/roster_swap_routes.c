/*
 * Swaps over HTTP: whom I could swap with, asking, the other's answer, and the superior's decision
 * where the procedure asks for one. Each step judges again: the days may have changed meanwhile.
 */
#include "base/str.h"
#include "org/org_access.h"
#include "platform/slice.h"
#include "roster/roster_node.h"
#include "roster/roster_procedure.h"
#include "roster/roster_swap.h"
#include "roster/roster_swap_stmts.h"

#define SWAPS_MAX      100
#define PARTNERS_MAX   60
#define COLLEAGUES_MAX 200
#define AHEAD_DAYS     31
#define OPEN_MAX       5 /* asked at once by one person */
#define PAGES_MAX      20

/* ---- views ---- */

struct swap_view {
	int64_t id, asker, other;
	const char *asker_name, *other_name;
	int32_t asker_day, other_day, state;
	bool is_over, may_answer, may_withdraw, may_decide;
	int64_t asked_at, answered_at, decided_at;
	const char *decided_by_name, *note;
};
static const struct field swap_fields[] = {
	F_ID(struct swap_view, id, 0, "The swap."),
	F_ID(struct swap_view, asker, 0, "Who asks."),
	F_TEXT(struct swap_view, asker_name, 0, 200, 0, "His name."),
	F_ID(struct swap_view, other, 0, "Who is asked."),
	F_TEXT(struct swap_view, other_name, 0, 200, 0, "His name."),
	F_DAY(struct swap_view, asker_day, 0, "The home day the asker gives."),
	F_DAY(struct swap_view, other_day, 0, "The home day he takes."),
	F_ENUM(struct swap_view, state, roster_swap_names, 0, "How far it is."),
	F_BOOL(struct swap_view, is_over, 0, "Not decided before one of the days began."),
	F_BOOL(struct swap_view, may_answer, 0, "The one who asks may answer it."),
	F_BOOL(struct swap_view, may_withdraw, 0, "He may take it back."),
	F_BOOL(struct swap_view, may_decide, 0, "He may decide it."),
	F_INSTANT(struct swap_view, asked_at, 0, "When it was asked."),
	F_INSTANT(struct swap_view, answered_at, OPTIONAL, "When the other answered."),
	F_INSTANT(struct swap_view, decided_at, OPTIONAL, "When it was decided."),
	F_TEXT(struct swap_view, decided_by_name, 0, 200, 0, "By whom."),
	F_TEXT(struct swap_view, note, 0, 300, 0, "A note."),
	F_END,
};
static const struct shape swap_shape = SHAPE("RosterSwap", struct swap_view, swap_fields);

struct swaps_view {
	struct swap_view *items;
	int item_count;
};
static const struct field swaps_fields[] = {
	F_LIST(struct swaps_view, items, item_count, &swap_shape, 0, SWAPS_MAX, 0, "Swaps."),
	F_END,
};
static const struct shape swaps_shape = SHAPE("RosterSwaps", struct swaps_view, swaps_fields);

static struct swap_view show(const struct req *rq, const struct roster_swap *s, bool may_decide)
{
	int32_t first = s->asker_day < s->other_day ? s->asker_day : s->other_day;
	bool is_open = s->state == SWAP_ASKED || s->state == SWAP_ACCEPTED;
	bool is_over = is_open && first <= req_today(rq);
	struct employee_id me = rq->actor.employee;
	return (struct swap_view){.id = s->swap_id,
		.asker = s->asker.v,
		.other = s->other.v,
		.asker_name = s->asker_name,
		.other_name = s->other_name,
		.asker_day = s->asker_day,
		.other_day = s->other_day,
		.state = s->state,
		.is_over = is_over,
		.may_answer = s->state == SWAP_ASKED && !is_over && s->other.v == me.v,
		.may_withdraw = is_open && !is_over && s->asker.v == me.v,
		.may_decide = may_decide && s->state == SWAP_ACCEPTED && !is_over &&
			      s->other.v != me.v,
		.asked_at = s->asked_at,
		.answered_at = s->answered_at ? s->answered_at : INSTANT_NONE,
		.decided_at = s->decided_at ? s->decided_at : INSTANT_NONE,
		.decided_by_name = s->decided_by_name,
		.note = s->note};
}

static enum err get_mine(struct req *rq)
{
	struct roster_swap *row = ARENA_ARRAY(rq->tx->arena, SWAPS_MAX, struct roster_swap);
	struct swaps_view out = {.items = ARENA_ARRAY(rq->tx->arena, SWAPS_MAX, struct swap_view)};
	enum err e = roster_list_swaps(rq->tx, rq->actor.employee, row, SWAPS_MAX, &out.item_count);
	for (int i = 0; i < out.item_count && !e; i++)
		out.items[i] = show(rq, &row[i], false);
	return e ? e : reply(rq, 200, &out);
}

/* ---- partners ---- */

struct partner_view {
	int64_t employee;
	const char *name;
	const char **days;
	int day_count;
};
static const struct field partner_fields[] = {
	F_ID(struct partner_view, employee, 0, "The colleague."),
	F_TEXT(struct partner_view, name, 0, 200, 0, "His name."),
	F_TEXTS(struct partner_view, days, day_count, 0, AHEAD_DAYS, 0,
		"His home days that could be taken for the day given."),
	F_END,
};
static const struct shape partner_shape = SHAPE(
	"RosterSwapPartner", struct partner_view, partner_fields);

struct partners_view {
	struct partner_view *items;
	int item_count;
};
static const struct field partners_fields[] = {
	F_LIST(struct partners_view, items, item_count, &partner_shape, 0, PARTNERS_MAX, 0,
		"By name."),
	F_END,
};
static const struct shape partners_shape = SHAPE(
	"RosterSwapPartners", struct partners_view, partners_fields);

struct partners_query {
	int32_t day;
};
static const struct field partners_query_fields[] = {
	Q_DAY(struct partners_query, day, 0, "One's own home day to give."),
	F_END,
};
static const struct shape partners_query_shape = SHAPE(
	"RosterSwapPartnersQuery", struct partners_query, partners_query_fields);

/* A roster that waits for the board would undo the swap when it holds. */
static enum err find_waiting(struct req *rq, const struct policy_book *book,
	const struct swap_side *side, int32_t day, int32_t other_day, bool *ret)
{
	struct roster_nodes *nodes = ARENA_NEW(rq->tx->arena, struct roster_nodes);
	enum err e = roster_load_nodes(rq->tx, day, nodes);
	const struct org_unit *node = e ? NULL : roster_node_of(book->tree, nodes, side->unit);
	*ret = false;
	return e || !node ? e : roster_find_waiting(rq->tx, node->id, day, other_day, ret);
}

/* Why the two may not swap these days; *ret NULL when they may. */
static enum err judge(struct req *rq, struct employee_id asker, struct employee_id other,
	int32_t asker_day, int32_t other_day, const char **ret)
{
	const struct policy_book *book;
	struct swap_side a, b;
	enum err e = policy_load_book(rq->tx, &book);
	if (e || (e = roster_load_swap_side(rq->tx, book, asker, asker_day, other_day, &a)) ||
		(e = roster_load_swap_side(rq->tx, book, other, other_day, asker_day, &b))) {
		*ret = "not_at_work";
		return e == E_NOT_FOUND ? OK : e;
	}
	bool is_waiting = false;
	*ret = roster_why_no_swap(&a, &b, asker_day, other_day, req_today(rq));
	if (!*ret)
		e = find_waiting(rq, book, &a, asker_day, other_day, &is_waiting);
	*ret = is_waiting ? "roster_waits" : *ret;
	return e;
}

/* His home days ahead that the two could swap, cheap tests first. */
static enum err find_days(
	struct req *rq, struct employee_id other, int32_t given, struct partner_view *ret)
{
	struct person_day facts;
	int32_t today = req_today(rq);
	enum err e = roster_load_person_day(rq->tx, other, given, &facts);
	if (e || facts.letter != 'K')
		return e == E_NOT_FOUND ? OK : e;
	ret->days = ARENA_ARRAY(rq->tx->arena, AHEAD_DAYS, const char *);
	for (int32_t day = today + 1; day <= today + AHEAD_DAYS; day++) {
		const char *why;
		char *text;
		e = roster_load_person_day(rq->tx, other, day, &facts);
		if (e == E_NOT_FOUND || (!e && facts.letter != 'R' && facts.letter != 'A'))
			continue;
		if (e || (e = judge(rq, rq->actor.employee, other, given, day, &why)))
			return e;
		if (why)
			continue;
		text = ARENA_ARRAY(rq->tx->arena, 11, char);
		day_format(day, text);
		ret->days[ret->day_count++] = text;
	}
	return OK;
}

static enum err get_partners(struct req *rq)
{
	const struct partners_query *in = rq->input;
	struct roster_line_row *who = ARENA_ARRAY(
		rq->tx->arena, COLLEAGUES_MAX, struct roster_line_row);
	struct partners_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, PARTNERS_MAX, struct partner_view)};
	int count = 0;
	enum err e = roster_list_colleagues(
		rq->tx, rq->actor.employee, in->day, who, COLLEAGUES_MAX, &count);
	for (int i = 0; i < count && out.item_count < PARTNERS_MAX && !e; i++) {
		struct partner_view v = {.employee = who[i].employee.v, .name = who[i].name};
		e = find_days(rq, who[i].employee, in->day, &v);
		if (v.day_count)
			out.items[out.item_count++] = v;
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- asking ---- */

struct ask_input {
	int64_t other;
	int32_t my_day, other_day;
};
static const struct field ask_fields[] = {
	F_ID(struct ask_input, other, 0, "The colleague."),
	F_DAY(struct ask_input, my_day, 0, "One's own home day to give."),
	F_DAY(struct ask_input, other_day, 0, "His home day to take."),
	F_END,
};
static const struct shape ask_shape = SHAPE("RosterSwapAsk", struct ask_input, ask_fields);

struct swap_key {
	int64_t id;
	int32_t state;
};
static const struct field swap_key_fields[] = {
	F_ID(struct swap_key, id, 0, "The swap."),
	F_ENUM(struct swap_key, state, roster_swap_names, 0, "How far it is now."),
	F_END,
};
static const struct shape swap_key_shape = SHAPE("RosterSwapKey", struct swap_key, swap_key_fields);

static enum err count_open(struct req *rq, int *ret)
{
	struct roster_swap *row = ARENA_ARRAY(rq->tx->arena, SWAPS_MAX, struct roster_swap);
	int count = 0;
	enum err e = roster_list_swaps(rq->tx, rq->actor.employee, row, SWAPS_MAX, &count);
	*ret = 0;
	for (int i = 0; i < count && !e; i++)
		*ret += row[i].asker.v == rq->actor.employee.v &&
			(row[i].state == SWAP_ASKED || row[i].state == SWAP_ACCEPTED) &&
			!show(rq, &row[i], false).is_over;
	return e;
}

static enum err post_ask(struct req *rq)
{
	const struct ask_input *in = rq->input;
	const char *why;
	struct swap_key key = {.state = SWAP_ASKED};
	int open;
	struct employee_id me = rq->actor.employee, other = {in->other};
	int32_t last = req_today(rq) + ROSTER_DAYS_MAX; /* the two days are one version's */
	if (me.v == other.v)
		return refuse(rq, E_SELF, "/other", "oneself");
	if (in->my_day > last || in->other_day > last)
		return refuse(rq, E_BAD_FIELD, in->my_day > last ? "/my_day" : "/other_day",
			"more than 62 days ahead");
	enum err e = judge(rq, me, other, in->my_day, in->other_day, &why);
	if (e || (!why && (e = count_open(rq, &open))))
		return e;
	if (why)
		return refuse(rq, E_REFUSED, "/other_day", why);
	if (open >= OPEN_MAX)
		return refuse(rq, E_REFUSED, "/other", "too_many_open");
	e = roster_add_swap(rq->tx,
		&(struct roster_swap){.asker = me,
			.other = other,
			.asker_day = in->my_day,
			.other_day = in->other_day},
		&key.id);
	return e ? e : reply(rq, 200, &key);
}

/* ---- answering and deciding ---- */

struct swap_input {
	int64_t swap;
	bool accept;
	const char *note;
};
static const struct field answer_fields[] = {
	PATH_ID(struct swap_input, swap, "The swap."),
	F_BOOL(struct swap_input, accept, 0, "Agreed, or not."),
	F_TEXT(struct swap_input, note, 0, 300, OPTIONAL, "A note."),
	F_END,
};
static const struct shape answer_shape = SHAPE(
	"RosterSwapAnswer", struct swap_input, answer_fields);
static const struct field withdraw_fields[] = {
	PATH_ID(struct swap_input, swap, "The swap."), F_END};
static const struct shape withdraw_shape = SHAPE(
	"RosterSwapWithdraw", struct swap_input, withdraw_fields);

static enum err carry_out(struct req *rq, struct roster_swap *s)
{
	const char *why;
	enum err e = judge(rq, s->asker, s->other, s->asker_day, s->other_day, &why);
	if (e)
		return e;
	if (why)
		return refuse(rq, E_REFUSED, "/swap", why);
	s->state = SWAP_DONE;
	s->decided_at = rq->tx->now_ms;
	s->decided_by = rq->actor.employee;
	return roster_do_swap(rq->tx, s, rq->actor.employee, &s->version);
}

static enum err reply_swap(struct req *rq, const struct roster_swap *s)
{
	enum err e = roster_put_swap(rq->tx, s);
	return e ? e : reply(rq, 200, &(struct swap_key){s->swap_id, s->state});
}

/* A swap one has part in, in the state it must be in. */
static enum err load_own(struct req *rq, int64_t id, bool as_asker, struct roster_swap *ret)
{
	enum err e = roster_load_swap(rq->tx, id, ret);
	if (e)
		return e;
	const struct swap_view v = show(rq, ret, false);
	if (as_asker ? !v.may_withdraw : !v.may_answer)
		return refuse(rq, E_CONFLICT, "/swap", "not open any more");
	return OK;
}

static enum err load_swap_procedure(
	struct req *rq, const struct roster_swap *s, struct roster_procedure *ret)
{
	const struct policy_book *book;
	struct person_day facts;
	enum err e = policy_load_book(rq->tx, &book);
	if (e || (e = roster_load_person_day(rq->tx, s->asker, s->asker_day, &facts)))
		return e;
	const struct org_unit *unit = org_find_unit(book->tree, facts.unit);
	return roster_load_procedure(
		rq->tx, unit ? unit->agency : (struct unit_id){0}, req_today(rq), ret);
}

static enum err post_answer(struct req *rq)
{
	const struct swap_input *in = rq->input;
	struct roster_swap s;
	struct roster_procedure procedure;
	enum err e = load_own(rq, in->swap, false, &s);
	if (e || (e = load_swap_procedure(rq, &s, &procedure)))
		return e;
	s.answered_at = rq->tx->now_ms;
	s.note = in->note ? in->note : "";
	if (!in->accept)
		s.state = SWAP_REFUSED;
	else if (procedure.swap_approved)
		s.state = SWAP_ACCEPTED;
	else if ((e = carry_out(rq, &s)))
		return e;
	return reply_swap(rq, &s);
}

static enum err find_asked(struct req *rq, struct object *ret_object)
{
	const struct swap_input *in = rq->input;
	struct roster_swap s;
	enum err e = roster_load_swap(rq->tx, in->swap, &s);
	if (!e)
		ret_object->employee = s.other;
	return e;
}

static enum err post_withdraw(struct req *rq)
{
	const struct swap_input *in = rq->input;
	struct roster_swap s;
	enum err e = load_own(rq, in->swap, true, &s);
	if (e)
		return e;
	s.state = SWAP_WITHDRAWN;
	return reply_swap(rq, &s);
}

/* Whose superior decides: the asker's, but when that is the other himself, the other's. */
static enum err find_subject(struct req *rq, const struct roster_swap *s, struct employee_id *ret)
{
	struct employee_id superior = {0};
	enum err e = org_load_superior(
		rq->tx, s->asker, RELATION_SUPERVISOR, req_today(rq), &superior);
	*ret = superior.v == s->other.v ? s->other : s->asker;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err find_decided(struct req *rq, struct object *ret_object)
{
	const struct swap_input *in = rq->input;
	struct roster_swap s;
	enum err e = roster_load_swap(rq->tx, in->swap, &s);
	return e ? e : find_subject(rq, &s, &ret_object->employee);
}

static enum err find_asker(struct req *rq, struct object *ret_object)
{
	const struct swap_input *in = rq->input;
	struct roster_swap s;
	enum err e = roster_load_swap(rq->tx, in->swap, &s);
	if (!e)
		ret_object->employee = s.asker;
	return e;
}

static enum err post_decide(struct req *rq)
{
	const struct swap_input *in = rq->input;
	struct roster_swap s;
	enum err e = roster_load_swap(rq->tx, in->swap, &s);
	if (e)
		return e;
	if (s.other.v == rq->actor.employee.v || s.asker.v == rq->actor.employee.v)
		return refuse(rq, E_SELF, "/swap", "has part in it");
	if (!show(rq, &s, true).may_decide)
		return refuse(rq, E_CONFLICT, "/swap", "not open any more");
	s.note = in->note ? in->note : "";
	if (!in->accept) {
		s.state = SWAP_REFUSED;
		s.decided_at = rq->tx->now_ms;
		s.decided_by = rq->actor.employee;
	} else if ((e = carry_out(rq, &s))) {
		return e;
	}
	return reply_swap(rq, &s);
}

static enum err take_waiting(struct req *rq, const struct roster_swap *s, struct swaps_view *out)
{
	bool may = false;
	struct employee_id place, subject;
	enum err e = find_subject(rq, s, &subject);
	if (!e)
		e = org_load_authority(
			rq->tx, rq->actor.employee, subject, req_today(rq), &may, &place);
	bool is_part = s->other.v == rq->actor.employee.v;
	if (!e && may && !is_part && out->item_count < SWAPS_MAX)
		out->items[out->item_count++] = show(rq, s, true);
	return e;
}

/* Those waiting that the one who asks decides, page after page of the government's. */
static enum err get_waiting(struct req *rq)
{
	struct roster_swap *row = ARENA_ARRAY(rq->tx->arena, SWAPS_MAX, struct roster_swap);
	struct swaps_view out = {.items = ARENA_ARRAY(rq->tx->arena, SWAPS_MAX, struct swap_view)};
	int64_t after = 0;
	int count = SWAPS_MAX;
	enum err e = OK;
	for (int page = 0; page < PAGES_MAX && count == SWAPS_MAX && !e; page++) {
		e = roster_list_waiting_swaps(rq->tx, req_today(rq), after, row, SWAPS_MAX, &count);
		for (int i = 0; i < count && !e; i++)
			e = take_waiting(rq, &row[i], &out);
		after = count ? row[count - 1].swap_id : after;
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- routes ---- */

#define MINE "/api/v1/me/roster/swaps"

static const struct route routes[] = {
	{GET, MINE, P_SWAP_SELF, TX_READ, NULL, &swaps_shape, get_mine,
		.exports = EXPORT("tukar-hari", "Tukar hari"),
		.summary = "Swaps I asked for or am asked for."},
	{GET, MINE "/partners", P_SWAP_SELF, TX_READ, &partners_query_shape, &partners_shape,
		get_partners, .slow = true,
		.summary = "Colleagues of my unit and post, and their home days I could take.",
		.example_path = MINE "/partners?day=2025-12-02"},
	{POST, MINE, P_SWAP_SELF, TX_WRITE, &ask_shape, &swap_key_shape, post_ask,
		.summary = "Asks a colleague to swap a home day for one of his.",
		.example = "{\"other\":\"{employee}\",\"my_day\":\"2025-12-02\",\"other_day\":"
			   "\"2025-12-03\"}"},
	{POST, MINE "/{swap}/answer", P_SWAP_SELF, TX_WRITE, &answer_shape, &swap_key_shape,
		post_answer, .object = find_asked, .summary = "The colleague agrees or not.",
		.example = "{\"accept\":true}"},
	{POST, MINE "/{swap}/withdraw", P_SWAP_SELF, TX_WRITE, &withdraw_shape, &swap_key_shape,
		post_withdraw, .object = find_asker, .summary = "Takes one's own question back.",
		.example = "{}"},
	{GET, "/api/v1/roster/swaps", P_TEAM_READ, TX_READ, NULL, &swaps_shape, get_waiting,
		.summary = "Swaps of people one answers for that wait for a decision."},
	{POST, "/api/v1/roster/swaps/{swap}/decide", P_SWAP_DECIDE, TX_WRITE, &answer_shape,
		&swap_key_shape, post_decide, .object = find_decided,
		.summary = "The superior approves a swap, which holds at once, or refuses it.",
		.example = "{\"accept\":true}"},
};

const struct slice roster_swap_slice = {
	.name = "roster swap",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = roster_swap_stmts,
	.stmt_count = ROSTER_SWAP_STMTS,
};
