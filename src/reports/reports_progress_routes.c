/*
 * "Progres Harian": what was handed in over a period, item by item, so that nobody types it twice
 * into BKN's e-Kinerja. Daily entry there is asked of every ASN from 2026: date and time, what was
 * done, the planned result, evidence. No list of its fields was published; the columns are what is
 * known of it.
 *
 * A draft is not in it. The day of a row is the one on which the work began: the item's own in a
 * report of the week, the day after where a night shift passed midnight; the times are of the
 * clock. A superior gets those whom he answers for on the day of each report, page by page of a
 * day: exactly the sight of his team's list.
 */
#include "reports/reports_routes.h"

#include "base/str.h"
#include "platform/clock.h"
#include "reports/reports_target.h"

#include <stdlib.h>

#define PROGRESS_DAYS_MAX 62
#define WEEK_AHEAD        6 /* the report of a week is of its last day, its items of any */
#define NIGHT_BEHIND      1 /* what began after midnight is of the shift before */
#define PROGRESS_OWN_MAX  ((PROGRESS_DAYS_MAX + WEEK_AHEAD + NIGHT_BEHIND) * REPORT_ITEMS_MAX)
#define PROGRESS_TEAM_MAX (REPORT_TEAM_MAX * REPORT_ITEMS_MAX)
#define DAY_MINUTES       (24 * 60)

struct progress_row {
	const char *name;
	int32_t day, begins, finishes;
	const char *description, *target_result;
	int32_t volume;
	const char *unit_of_measure;
	int32_t effective_minutes;
	const char *evidence;
	int32_t state;
	const char *verified_by;
	int64_t verified_at;
};

#define PROGRESS_FIELDS                                                                            \
	F_DAY(struct progress_row, day, 0, "The day on which this work began."),                   \
		F_MINUTE(struct progress_row, begins, 0, "When, by the clock."),                   \
		F_MINUTE(struct progress_row, finishes, 0,                                         \
			"When it ended, by the clock; before its beginning: on the next day."),    \
		F_TEXT(struct progress_row, description, 1, 500, 0, "What was done."),             \
		F_TEXT(struct progress_row, target_result, 1, 500, OPTIONAL,                       \
			"The planned result it serves, in words."),                                \
		F_INT(struct progress_row, volume, 1, REPORT_VOLUME_MAX, 0, "How much of it."),    \
		F_TEXT(struct progress_row, unit_of_measure, 1, 40, 0, "Of what."),                \
		F_INT(struct progress_row, effective_minutes, 1, DAY_MINUTES, 0,                   \
			"Minutes that went into it."),                                             \
		F_TEXT(struct progress_row, evidence, 1, 1000, OPTIONAL,                           \
			"Reference number, link and name of the file."),                           \
		F_ENUM(struct progress_row, state, report_state_names, 0,                          \
			"Of its report: submitted, verified or returned."),                        \
		F_TEXT(struct progress_row, verified_by, 1, 300, OPTIONAL, "Who verified it."),    \
		F_INSTANT(struct progress_row, verified_at, OPTIONAL, "When.")

static const struct field own_fields[] = {PROGRESS_FIELDS, F_END};
static const struct shape own_shape = SHAPE("ProgressItem", struct progress_row, own_fields);
static const struct field team_fields[] = {
	F_TEXT(struct progress_row, name, 1, 300, 0, "Whose work, with titles."),
	PROGRESS_FIELDS,
	F_END,
};
static const struct shape team_shape = SHAPE("TeamProgressItem", struct progress_row, team_fields);

struct progress_view {
	struct progress_row *items;
	int count;
	const char *next;
};
static const struct field own_view_fields[] = {
	F_LIST(struct progress_view, items, count, &own_shape, 0, PROGRESS_OWN_MAX, 0,
		"By day and time."),
	F_END,
};
const struct shape reports_progress_shape = SHAPE(
	"Progress", struct progress_view, own_view_fields);
static const struct field team_view_fields[] = {
	F_LIST(struct progress_view, items, count, &team_shape, 0, PROGRESS_TEAM_MAX, 0,
		"Of the reports of one day."),
	F_TEXT(struct progress_view, next, 10, 10, OPTIONAL,
		"The next day to ask for; absent after the last."),
	F_END,
};
const struct shape reports_progress_team_shape = SHAPE(
	"TeamProgress", struct progress_view, team_view_fields);

struct progress_query {
	int32_t from, to, cursor;
};
#define PERIOD_FIELDS                                                                              \
	Q_DAY(struct progress_query, from, 0, "First day."),                                       \
		Q_DAY(struct progress_query, to, 0, "Last day: a period of 62 days at most.")
static const struct field own_query_fields[] = {PERIOD_FIELDS, F_END};
const struct shape reports_progress_query_shape = SHAPE(
	"ProgressQuery", struct progress_query, own_query_fields);
static const struct field team_query_fields[] = {
	PERIOD_FIELDS,
	Q_DAY(struct progress_query, cursor, OPTIONAL, "`next` of the page before."),
	F_END,
};
const struct shape reports_progress_team_query_shape = SHAPE(
	"TeamProgressQuery", struct progress_query, team_query_fields);

static enum err check_period(struct req *rq)
{
	const struct progress_query *in = rq->input;

	if (in->to < in->from)
		return refuse(rq, E_BAD_FIELD, "/to", "before the first day");
	if (in->to - in->from >= PROGRESS_DAYS_MAX)
		return refuse(rq, E_BAD_FIELD, "/to", "a period of 62 days at most");
	return OK;
}

/* ---- a row ---- */

/* A number suffices as evidence, so it comes first. */
static const char *join_evidence(struct arena *arena, const struct report_item *item)
{
	const char *part[] = {item->reference, item->evidence_link, item->evidence_name};
	const char *all = NULL;

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		if (!part[i] || !*part[i])
			continue;
		all = all ? arena_printf(arena, "%s; %s", all, part[i]) : part[i];
	}
	return all;
}

static enum err load_result(struct tx *tx, const struct report_item *item, const char **ret)
{
	enum err e = item->target_id ? reports_load_result(tx, item->target_id, ret) : E_NOT_FOUND;

	if (e == E_NOT_FOUND)
		*ret = item->target;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err make_row(struct tx *tx, const struct daily_report *r,
	const struct report_item *item, struct progress_row *row)
{
	const int32_t span = item->ends - item->starts;
	const bool is_whole = item->effective_minutes == INT_NONE || item->effective_minutes == 0;

	row->day = reports_item_day(item, r->day) + item->starts / DAY_MINUTES;
	row->begins = item->starts % DAY_MINUTES;
	row->finishes = item->ends % DAY_MINUTES;
	row->description = item->description;
	row->volume = item->volume;
	row->unit_of_measure = item->unit_of_measure;
	row->effective_minutes = is_whole ? span : item->effective_minutes;
	row->evidence = join_evidence(tx->arena, item);
	return load_result(tx, item, &row->target_result);
}

/* What its items have in common: whose, how far, and who verified it. */
static enum err load_common(
	struct tx *tx, const struct daily_report *r, const char *name, struct progress_row *ret)
{
	struct employee_row verifier;
	enum err e;

	*ret = (struct progress_row){.name = name, .state = r->state, .verified_at = INSTANT_NONE};
	if (r->state != REPORT_VERIFIED)
		return OK;
	if ((e = org_load_employee(tx, r->decided_by, r->day, &verifier)))
		return e;
	ret->verified_by = org_full_name(tx->arena, &verifier);
	ret->verified_at = r->decided_at;
	return OK;
}

/* Adds the items of a report that began within the period. */
static enum err add_report(struct tx *tx, const struct progress_query *in,
	const struct daily_report *r, const char *name, struct progress_view *out)
{
	struct report_item item[REPORT_ITEMS_MAX];
	struct progress_row common;
	int items = 0;
	enum err e = load_common(tx, r, name, &common);

	if (!e)
		e = reports_list_items(tx, r->id, item, &items);
	for (int i = 0; i < items && !e; i++) {
		struct progress_row *row = &out->items[out->count];

		*row = common;
		e = make_row(tx, r, &item[i], row);
		if (!e && row->day >= in->from && row->day <= in->to)
			out->count++;
	}
	return e;
}

/* ---- one's own ---- */

static int compare_rows(const void *a, const void *b)
{
	const struct progress_row *x = a, *y = b;
	int order = (x->day > y->day) - (x->day < y->day);

	if (!order)
		order = (x->begins > y->begins) - (x->begins < y->begins);
	return order ? order : strcmp(x->description, y->description);
}

enum err reports_get_progress(struct req *rq)
{
	const struct progress_query *in = rq->input;
	struct progress_view out = {0};
	struct daily_report r;
	enum err e = check_period(rq);

	if (e)
		return e;
	/* one more than fits: the row being looked at */
	out.items = ARENA_ARRAY(rq->tx->arena, PROGRESS_OWN_MAX + 1, struct progress_row);
	for (int32_t day = in->from - NIGHT_BEHIND; day <= in->to + WEEK_AHEAD && !e; day++) {
		e = reports_load_of_day(rq->tx, rq->actor.employee, day, &r);
		if (e == E_NOT_FOUND)
			e = OK;
		else if (!e && r.state > REPORT_DRAFT)
			e = add_report(rq->tx, in, &r, NULL, &out);
	}
	if (e)
		return e;
	qsort(out.items, (size_t)out.count, sizeof(*out.items), compare_rows);
	return reply(rq, 200, &out);
}

/* ---- those of one's own line ---- */

/* The reports of a day whose owners one answers for on it. */
static enum err add_team_day(struct req *rq, int32_t day, struct progress_view *out)
{
	struct team_report *report;
	int reports = 0;
	enum err e = reports_list_team(rq->tx, rq->actor.employee, day, day, -1, &report, &reports);

	if (!e && reports == REPORT_TEAM_MAX)
		return refuse(rq, E_TOO_LARGE, "/from", "500 reports or more on one day");
	if (!e && reports)
		out->items = ARENA_ARRAY(
			rq->tx->arena, (size_t)reports * REPORT_ITEMS_MAX + 1, struct progress_row);
	for (int i = 0; i < reports && !e; i++)
		e = add_report(rq->tx, rq->input, &report[i].report, report[i].full_name, out);
	return e;
}

enum err reports_get_progress_team(struct req *rq)
{
	const struct progress_query *in = rq->input;
	struct progress_view out = {0};
	const int32_t last = in->to + WEEK_AHEAD;
	int32_t day = in->cursor == DAY_NONE ? in->from - NIGHT_BEHIND : in->cursor;
	enum err e = check_period(rq);

	if (!e && (day < in->from - NIGHT_BEHIND || day > last))
		return refuse(rq, E_BAD_FIELD, "/cursor", "not a day of this list");
	/* days without work are no pages */
	for (; day <= last && !e && !out.count; day++)
		e = add_team_day(rq, day, &out);
	if (e)
		return e;
	if (day <= last) {
		char *next = arena_alloc(rq->tx->arena, 11);

		day_format(day, next);
		out.next = next;
	}
	return reply(rq, 200, &out);
}
