/*
 * Wishes over HTTP: my own of a month, and their replacement, all or nothing.
 *
 * The reply says which days are still open, how many wishes the procedure of the agency lets, and
 * that none of them is a promise.
 */
#include "platform/slice.h"
#include "roster/roster_int.h"
#include "roster/roster_procedure.h"
#include "roster/roster_wish.h"

/* ---- a month ---- */

struct wish_month {
	struct wish_bounds bounds;
	int32_t today;
	const struct policy_book *book;
	struct roster_wish wish[WISH_DAYS_MAX]; /* as they stand */
	int wishes;
};

/* How many days a month the procedure in force for one's agency lets; none when not in service. */
static enum err load_allowed(struct req *rq, const struct wish_month *m, int32_t *ret)
{
	struct person_day facts;
	struct roster_procedure procedure;
	int32_t day = m->bounds.first > m->today ? m->bounds.first : m->today;
	enum err e = roster_load_person_day(rq->tx, rq->actor.employee, day, &facts);
	*ret = 0;
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	const struct org_unit *unit = org_find_unit(m->book->tree, facts.unit);
	e = roster_load_procedure(
		rq->tx, unit ? unit->agency : (struct unit_id){0}, day, &procedure);
	*ret = e ? 0 : procedure.wishes;
	return e;
}

static enum err load_month(struct req *rq, int32_t day, struct wish_month *m)
{
	m->today = req_today(rq);
	day_month_bounds(day, &m->bounds.first, &m->bounds.last);
	enum err e = policy_load_book(rq->tx, &m->book);
	if (e || (e = load_allowed(rq, m, &m->bounds.allowed)) ||
		(e = roster_list_own_wishes(rq->tx, rq->actor.employee, m->today, m->bounds.first,
			 m->bounds.last, m->wish, &m->wishes)))
		return e;
	for (int i = 0; i < m->wishes; i++)
		m->bounds.kept += m->wish[i].is_kept;
	return OK;
}

static enum err load_state(
	struct req *rq, const struct wish_month *m, int32_t day, enum roster_wish_state *ret)
{
	struct person_day facts;
	struct day_ruling ruling = {0};
	enum err e = roster_load_person_day(rq->tx, rq->actor.employee, day, &facts);
	if (e && e != E_NOT_FOUND)
		return e;
	if (!e)
		policy_decide_day(m->book, &facts, &ruling);
	*ret = roster_wish_state(m->today, day, e ? NULL : &facts, &ruling);
	return OK;
}

/* ---- my own ---- */

struct wishes_query {
	int32_t month;
};
static const struct field wishes_query_fields[] = {
	Q_DAY(struct wishes_query, month, 0, "A day of the month."),
	F_END,
};
static const struct shape wishes_query_shape = SHAPE(
	"RosterWishesQuery", struct wishes_query, wishes_query_fields);

struct wish_day_view {
	int32_t day, state, wish;
};
static const struct field wish_day_fields[] = {
	F_DAY(struct wish_day_view, day, 0, "The day."),
	F_ENUM(struct wish_day_view, state, roster_wish_state_names, 0,
		"Open to a wish, or why not: past, roster published, no working day."),
	F_ENUM(struct wish_day_view, wish, roster_wish_names, OPTIONAL, "What I wish."),
	F_END,
};
static const struct shape wish_day_shape = SHAPE(
	"RosterWishDay", struct wish_day_view, wish_day_fields);

struct wishes_view {
	int32_t month, allowed, used;
	bool is_promise;
	struct wish_day_view *days;
	int day_count;
};
#define WISH_SUM_FIELDS                                                                            \
	F_DAY(struct wishes_view, month, 0, "First day of the month."),                            \
		F_INT(struct wishes_view, allowed, 0, WISH_DAYS_MAX, 0,                            \
			"Days a month one may wish for."),                                         \
		F_INT(struct wishes_view, used, 0, WISH_DAYS_MAX, 0, "Days wished for."),          \
		F_BOOL(struct wishes_view, is_promise, 0,                                          \
			"Always false: the roster is made with wishes in mind, and gives no "      \
			"right "                                                                   \
			"to a day.")
static const struct field wishes_fields[] = {
	WISH_SUM_FIELDS,
	F_LIST(struct wishes_view, days, day_count, &wish_day_shape, 28, WISH_DAYS_MAX, 0,
		"Each day of the month."),
	F_END,
};
static const struct shape wishes_shape = SHAPE("RosterWishes", struct wishes_view, wishes_fields);
static const struct field wish_sum_fields[] = {WISH_SUM_FIELDS, F_END};
static const struct shape wish_sum_shape = SHAPE(
	"RosterWishSum", struct wishes_view, wish_sum_fields);

static int32_t wish_of(const struct wish_month *m, int32_t day)
{
	for (int i = 0; i < m->wishes; i++)
		if (m->wish[i].day == day)
			return m->wish[i].kind;
	return INT_NONE;
}

static enum err get_wishes(struct req *rq)
{
	const struct wishes_query *query = rq->input;
	struct wish_month *m = ARENA_NEW(rq->tx->arena, struct wish_month);
	enum roster_wish_state state = WISH_OFF;
	enum err e = load_month(rq, query->month, m);
	struct wishes_view out = {.month = m->bounds.first,
		.allowed = m->bounds.allowed,
		.used = m->wishes,
		.days = ARENA_ARRAY(rq->tx->arena, WISH_DAYS_MAX, struct wish_day_view)};
	for (int32_t day = m->bounds.first; day <= m->bounds.last && !e; day++) {
		e = load_state(rq, m, day, &state);
		out.days[out.day_count++] = (struct wish_day_view){
			day, (int32_t)state, wish_of(m, day)};
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- replacing them ---- */

static const struct field wish_fields[] = {
	F_DAY(struct roster_wish, day, 0, "The day."),
	{"wish", FIELD_ENUM, FROM_BODY, 0, offsetof(struct roster_wish, kind), 0, 0, 0,
		roster_wish_names, NULL, "Where one would like to be."},
	F_END,
};
static const struct shape wish_shape = SHAPE("RosterWish", struct roster_wish, wish_fields);

struct wishes_input {
	int32_t month;
	struct roster_wish *days;
	int day_count;
};
static const struct field wishes_input_fields[] = {
	F_DAY(struct wishes_input, month, 0, "A day of the month."),
	F_LIST(struct wishes_input, days, day_count, &wish_shape, 0, WISH_DAYS_MAX, 0,
		"All wishes for days that are still open."),
	F_END,
};
static const struct shape wishes_input_shape = SHAPE(
	"RosterWishesInput", struct wishes_input, wishes_input_fields);

static enum err check(struct req *rq, const struct wish_month *m)
{
	const struct wishes_input *in = rq->input;
	enum roster_wish_state state[WISH_DAYS_MAX];
	int at = 0;
	enum err e = OK;
	if (m->bounds.first > m->today + WISH_AHEAD_DAYS)
		return refuse(rq, E_REFUSED, "/month", "too far ahead");
	for (int i = 0; i < in->day_count && !e; i++)
		e = load_state(rq, m, in->days[i].day, &state[i]);
	if (e)
		return e;
	const char *why = roster_check_wishes(&m->bounds, in->days, state, in->day_count, &at);
	if (!why)
		return OK;
	return refuse(rq, E_REFUSED,
		at < 0 ? "/days" : arena_printf(rq->tx->arena, "/days/%d/day", at), why);
}

static enum err put_wishes(struct req *rq)
{
	const struct wishes_input *in = rq->input;
	struct wish_month *m = ARENA_NEW(rq->tx->arena, struct wish_month);
	enum err e = load_month(rq, in->month, m);
	if (e || (e = check(rq, m)) ||
		(e = roster_replace_wishes(rq->tx, rq->actor.employee, m->today, m->bounds.first,
			 m->bounds.last, in->days, in->day_count)))
		return e;
	const struct wishes_view out = {.month = m->bounds.first,
		.allowed = m->bounds.allowed,
		.used = m->bounds.kept + in->day_count};
	return reply(rq, 200, &out);
}

static const struct route routes[] = {
	{GET, "/api/v1/me/roster/wishes", P_SIGNED_IN, TX_READ, &wishes_query_shape, &wishes_shape,
		get_wishes, .summary = "My wishes for a month, and the days still open to one.",
		.example_path = "/api/v1/me/roster/wishes?month=2025-12-01"},
	{PUT, "/api/v1/me/roster/wishes", P_SIGNED_IN, TX_WRITE, &wishes_input_shape,
		&wish_sum_shape, put_wishes,
		.summary =
			"Replaces my wishes for the open days of a month; no reason is asked, no "
			"day is promised.",
		.example = "{\"month\":\"2025-12-01\",\"days\":[]}"},
};

const struct slice roster_wish_slice = {
	.name = "roster wishes",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = roster_wish_stmts,
	.stmt_count = ROSTER_WISH_STMTS,
};
