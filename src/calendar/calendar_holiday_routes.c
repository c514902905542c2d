/*
 * Holidays and joint leave over HTTP: those of a year, one entered by its letter, one withdrawn.
 *
 * The joint decree of three ministers comes as a file; what a region sets itself (libur daerah,
 * cuti bersama daerah, a polling day) is entered here, for everyone or for a unit and those below.
 * One that was entered wrongly is withdrawn with a reason as long as nobody stayed at home because
 * of it, and stays in the list. Days already begun are judged again either way and say so.
 */
#include "calendar/calendar_int.h"

#include "org/org.h"
#include "platform/clock.h"

#define HOLIDAYS_MAX 366

struct holiday_view {
	int64_t id;
	struct unit_id unit;
	const char *unit_name;
	int32_t day, kind, issued;
	const char *name, *source, *issuer, *recorded_by, *withdrawn_by, *withdrawn_why;
	int64_t recorded_at, withdrawn_at;
	bool may_withdraw;
};

#define HOLIDAY_FIELDS                                                                             \
	F_DAY(struct holiday_view, day, 0, "The day nobody of an ordinary pattern works."),        \
		F_ENUM(struct holiday_view, kind, holiday_kind_names, 0,                           \
			"National, joint leave, or local."),                                       \
		F_TEXT(struct holiday_view, name, 1, 200, 0, "Its name."),                         \
		F_TEXT(struct holiday_view, source, 1, 200, 0, "Number of the decree or letter."), \
		F_ID(struct holiday_view, unit, OPTIONAL,                                          \
			"The unit and those below it; none: everyone.")

static const struct field holiday_fields[] = {
	F_ID(struct holiday_view, id, 0, "The holiday."),
	HOLIDAY_FIELDS,
	F_TEXT(struct holiday_view, unit_name, 1, 200, OPTIONAL, "Name of the unit."),
	F_DAY(struct holiday_view, issued, OPTIONAL, "Date of the letter; absent: an import."),
	F_TEXT(struct holiday_view, issuer, 0, 200, 0, "Who set it; empty: an import."),
	F_TEXT(struct holiday_view, recorded_by, 0, 240, 0, "Who entered it; empty: an import."),
	F_INSTANT(struct holiday_view, recorded_at, OPTIONAL, "When."),
	F_INSTANT(struct holiday_view, withdrawn_at, OPTIONAL,
		"Withdrawn then; absent: it is in force."),
	F_TEXT(struct holiday_view, withdrawn_by, 1, 240, OPTIONAL, "By whom."),
	F_TEXT(struct holiday_view, withdrawn_why, 1, 300, OPTIONAL, "Why."),
	F_BOOL(struct holiday_view, may_withdraw, 0,
		"Its day is to come or it was entered today: it can be withdrawn."),
	F_END,
};
static const struct shape holiday_shape = SHAPE("Holiday", struct holiday_view, holiday_fields);

static const struct field holiday_input_fields[] = {
	HOLIDAY_FIELDS,
	F_DAY(struct holiday_view, issued, 0, "Date of the letter."),
	F_TEXT(struct holiday_view, issuer, 3, 200, 0, "Who set it: Gubernur, Bupati, Wali Kota."),
	F_END,
};
const struct shape calendar_holiday_input_shape = SHAPE(
	"HolidayInput", struct holiday_view, holiday_input_fields);

struct holidays_view {
	struct holiday_view *items;
	int items_count;
};

static const struct field holidays_fields[] = {
	F_LIST(struct holidays_view, items, items_count, &holiday_shape, 0, HOLIDAYS_MAX, 0,
		"In day order."),
	F_END,
};
const struct shape calendar_holidays_shape = SHAPE(
	"Holidays", struct holidays_view, holidays_fields);

struct year_query {
	int32_t year;
	bool withdrawn;
};

static const struct field year_query_fields[] = {
	Q_INT(struct year_query, year, 1900, 9999, OPTIONAL, "The year; this year when absent."),
	Q_BOOL(struct year_query, withdrawn, OPTIONAL, "Withdrawn ones too."),
	F_END,
};
const struct shape calendar_year_query_shape = SHAPE(
	"HolidaysQuery", struct year_query, year_query_fields);

/* ---- reading ---- */

static int32_t year_of(int32_t day)
{
	int year, month, day_of_month;
	day_to_civil(day, &year, &month, &day_of_month);
	return year;
}

/* Name with titles of who did it; "" when it came with an import. */
static enum err load_name(struct req *rq, struct employee_id who, const char **ret)
{
	struct employee_row row;
	enum err e = who.v ? org_load_employee(rq->tx, who, req_today(rq), &row) : E_NOT_FOUND;
	*ret = e ? "" : org_full_name(rq->tx->arena, &row);
	return e == E_NOT_FOUND ? OK : e;
}

static bool may_withdraw(struct req *rq, const struct org_tree *tree, const struct holiday *h)
{
	int32_t recorded = h->held.recorded_at ? instant_day(h->held.recorded_at, tree->zone) : 0;
	return !h->held.ended_at && calendar_may_withdraw_holiday(h->day, recorded, req_today(rq));
}

static enum err show_holiday(struct req *rq, const struct org_tree *tree, const struct holiday *h,
	struct holiday_view *ret)
{
	*ret = (struct holiday_view){.id = h->id,
		.unit = h->unit,
		.unit_name = calendar_unit_name(tree, h->unit),
		.day = h->day,
		.kind = h->kind,
		.issued = h->issued ? h->issued : DAY_NONE,
		.name = h->name,
		.source = h->source,
		.issuer = h->issuer,
		.recorded_at = h->held.recorded_at ? h->held.recorded_at : INSTANT_NONE,
		.withdrawn_at = h->held.ended_at ? h->held.ended_at : INSTANT_NONE,
		.withdrawn_why = h->held.ended_at ? h->withdrawn_why : NULL,
		.may_withdraw = may_withdraw(rq, tree, h)};
	enum err e = load_name(rq, h->recorded_by, &ret->recorded_by);
	return e || !h->held.ended_at ? e : load_name(rq, h->withdrawn_by, &ret->withdrawn_by);
}

enum err calendar_get_holidays(struct req *rq)
{
	const struct year_query *query = rq->input;
	int32_t year = query->year == INT_NONE ? year_of(req_today(rq)) : query->year;
	const struct org_tree *tree;
	const struct calendar *c;
	struct holidays_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, HOLIDAYS_MAX, struct holiday_view)};
	enum err e = org_load_tree(rq->tx, &tree);
	if (!e)
		e = calendar_load(rq->tx, rq->tx->arena, &c);
	for (int i = 0; !e && i < c->holidays && out.items_count < HOLIDAYS_MAX; i++) {
		const struct holiday *h = &c->holiday[i];
		if (year_of(h->day) == year && (query->withdrawn || !h->held.ended_at))
			e = show_holiday(rq, tree, h, &out.items[out.items_count++]);
	}
	return e ? e : reply(rq, 200, &out);
}

/* ---- entering ---- */

enum err calendar_find_holiday_unit(struct req *rq, struct object *ret_object)
{
	const struct holiday_view *in = rq->input;
	ret_object->unit = in->unit;
	return OK;
}

static enum err check_holiday(struct req *rq, const struct holiday_view *in)
{
	const struct org_tree *tree;
	const struct calendar *c;
	enum err e = calendar_check_days(rq, in->day, "/day", DAY_NONE, "");
	if (e || (e = org_load_tree(rq->tx, &tree)) ||
		(e = calendar_load(rq->tx, rq->tx->arena, &c)))
		return e;
	if (in->issued > req_today(rq))
		return refuse(rq, E_BAD_FIELD, "/issued", "the letter is of a day to come");
	if (in->kind == HOLIDAY_NATIONAL && in->unit.v)
		return refuse(rq, E_BAD_FIELD, "/unit", "a national holiday is everyone's");
	if (in->unit.v && !org_find_unit(tree, in->unit))
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if (calendar_find_holiday(c, tree, in->unit, in->day))
		return refuse(rq, E_CONFLICT, "/day", "that day is a holiday already");
	return OK;
}

enum err calendar_post_holiday(struct req *rq)
{
	const struct holiday_view *in = rq->input;
	struct calendar_key key;
	enum err e = check_holiday(rq, in);
	if (e)
		return e;
	e = calendar_add_holiday(rq->tx,
		&(struct holiday){.unit = in->unit,
			.day = in->day,
			.kind = in->kind,
			.name = in->name,
			.source = in->source,
			.issued = in->issued,
			.issuer = in->issuer,
			.recorded_by = rq->actor.employee},
		&key.id);
	return e ? e : reply(rq, 200, &key);
}

/* ---- withdrawing ---- */

struct holiday_withdraw {
	int64_t id;
	const char *reason;
};

static const struct field withdraw_fields[] = {
	{"holiday", FIELD_ID, FROM_PATH, 0, offsetof(struct holiday_withdraw, id), 0, 0, 0, NULL,
		NULL, "Which one."},
	F_TEXT(struct holiday_withdraw, reason, 5, 300, 0, "What was wrong with it."),
	F_END,
};
const struct shape calendar_holiday_withdraw_shape = SHAPE(
	"HolidayWithdraw", struct holiday_withdraw, withdraw_fields);

static enum err load_holiday(struct req *rq, const struct holiday **ret)
{
	const struct holiday_withdraw *in = rq->input;
	const struct calendar *c;
	enum err e = calendar_load(rq->tx, rq->tx->arena, &c);
	for (int i = 0; !e && i < c->holidays; i++) {
		*ret = &c->holiday[i];
		if ((*ret)->id == in->id)
			return OK;
	}
	return e ? e : E_NOT_FOUND;
}

enum err calendar_find_holiday_object(struct req *rq, struct object *ret_object)
{
	const struct holiday *h;
	enum err e = load_holiday(rq, &h);
	if (!e)
		ret_object->unit = h->unit;
	return e;
}

enum err calendar_post_holiday_withdraw(struct req *rq)
{
	const struct holiday_withdraw *in = rq->input;
	const struct org_tree *tree;
	const struct holiday *h;
	enum err e = load_holiday(rq, &h);
	if (e || (e = org_load_tree(rq->tx, &tree)))
		return e;
	if (h->held.ended_at)
		return refuse(rq, E_CONFLICT, "/holiday", "is withdrawn already");
	if (!may_withdraw(rq, tree, h))
		return refuse(rq, E_REFUSED, "/holiday",
			"its day has come and people stayed at home: it can no longer be "
			"withdrawn");
	e = calendar_withdraw_holiday(rq->tx, h, rq->actor.employee, in->reason);
	return e ? e : reply(rq, 204, NULL);
}
