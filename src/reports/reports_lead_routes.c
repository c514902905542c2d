/*
 * Advising on the reports of the people one leads: one or many, each by itself, one leaf of the log
 * for the gesture.
 */
#include "reports/reports_lead.h"

#include "platform/clock.h"

#define TEXT_LEAST 10

static const char *const said_names[] = {"verify", "return", NULL};

struct advise_input {
	struct report_version *items;
	int items_count;
	int32_t advice; /* of said_names */
	const char *text;
};
static const struct field advise_fields[] = {
	F_LIST(struct advise_input, items, items_count, &reports_version_shape, 1,
		REPORTS_AT_ONCE_MAX, 0, "Of what."),
	F_ENUM(struct advise_input, advice, said_names, 0,
		"That they may be verified, or that they are to be mended first."),
	F_TEXT(struct advise_input, text, TEXT_LEAST, 500, OPTIONAL,
		"What is to be mended; with return, and with return only."),
	F_END,
};
const struct shape reports_advise_shape = SHAPE(
	"ReportRecommendations", struct advise_input, advise_fields);

enum advise_status { ADVISE_TAKEN, ADVISE_REFUSED };
static const char *const status_names[] = {"advised", "refused", NULL};

struct advise_result {
	int64_t report;
	int32_t status;
	const char *code;
};
static const struct field result_fields[] = {
	F_ID(struct advise_result, report, 0, "The report."),
	F_ENUM(struct advise_result, status, status_names, 0, "What became of it."),
	F_TEXT(struct advise_result, code, 1, 40, OPTIONAL,
		"Why it was refused: a code of the errors."),
	F_END,
};
static const struct shape result_shape = SHAPE(
	"ReportAdvised", struct advise_result, result_fields);

struct advised_view {
	struct advise_result *results;
	int results_count;
};
static const struct field advised_fields[] = {
	F_LIST(struct advised_view, results, results_count, &result_shape, 1, REPORTS_AT_ONCE_MAX,
		0, "In order."),
	F_END,
};
const struct shape reports_advised_shape = SHAPE(
	"ReportsAdvised", struct advised_view, advised_fields);

/* What the log commits to. */
struct advised {
	int64_t advice, actor; /* id of the event in every thread it touched */
	int32_t kind;
	const char *text;
	struct report_version *reports;
	int reports_count;
};
static const struct field leaf_fields[] = {
	F_ID(struct advised, advice, 0, "Advice."),
	F_ID(struct advised, actor, 0, "Who advised."),
	F_ENUM(struct advised, kind, report_event_kind_names, 0, "What."),
	F_TEXT(struct advised, text, 0, 500, 0, "What is to be mended."),
	F_LIST(struct advised, reports, reports_count, &reports_version_shape, 1,
		REPORTS_AT_ONCE_MAX, 0, "Of what."),
	F_END,
};
static const struct shape leaf_shape = SHAPE("ReportAdvice", struct advised, leaf_fields);

static struct advised new_gesture(
	struct tx *tx, struct employee_id actor, enum report_advice advice, const char *text, int n)
{
	return (struct advised){.advice = id_next(),
		.actor = actor.v,
		.kind = reports_event_of(advice),
		.text = text,
		.reports = ARENA_ARRAY(tx->arena, (size_t)n, struct report_version)};
}

static void add_gesture_leaf(struct tx *tx, const struct advised *gesture)
{
	if (gesture->reports_count > 0)
		reports_add_leaf(tx, LEAF_REPORT, gesture->advice, &leaf_shape, gesture);
}

static enum err add_to_gesture(struct tx *tx, const struct daily_report *r,
	enum report_advice advice, struct advised *gesture)
{
	const struct employee_id actor = {gesture->actor};

	if (reports_advice_of(r) == advice) /* not said twice */
		return OK;
	gesture->reports[gesture->reports_count++] = (struct report_version){r->id.v, r->version};
	return reports_advise(tx, r, gesture->advice, actor, advice, gesture->text);
}

enum err reports_recommend(struct tx *tx, const struct daily_report *r, struct employee_id actor,
	enum report_advice advice, const char *text)
{
	struct advised gesture = new_gesture(tx, actor, advice, text, 1);
	enum err e = reports_decide_advice(r, actor, r->version, advice);

	if (e || (e = add_to_gesture(tx, r, advice, &gesture)))
		return e;
	add_gesture_leaf(tx, &gesture);
	return OK;
}

static enum report_advice advice_of(const struct advise_input *in)
{
	return in->advice == 0 ? ADVICE_VERIFY : ADVICE_RETURN;
}

/* Advises on one report as part of `gesture`, by what the store says now. */
static enum err advise_one(struct req *rq, const struct advise_input *in,
	const struct report_version *item, struct advised *gesture)
{
	const struct report_id id = {item->report};
	struct daily_report r;
	enum err e = reports_authorise(rq, id, P_REPORT_ADVISE);

	if (e || (e = reports_load(rq->tx, id, &r)) ||
		(e = reports_decide_advice(&r, rq->actor.employee, item->version, advice_of(in))))
		return e;
	return add_to_gesture(rq->tx, &r, advice_of(in), gesture);
}

enum err reports_post_recommendations(struct req *rq)
{
	const struct advise_input *in = rq->input;
	struct advised gesture = new_gesture(rq->tx, rq->actor.employee, advice_of(in),
		in->text ? in->text : "", in->items_count);
	struct advised_view out = {.results = ARENA_ARRAY(rq->tx->arena, (size_t)in->items_count,
					   struct advise_result)};

	if ((advice_of(in) == ADVICE_RETURN) != (in->text != NULL))
		return refuse(rq, E_BAD_FIELD, "/text", "said with return, and with return only");
	for (int i = 0; i < in->items_count; i++) {
		const enum err e = advise_one(rq, in, &in->items[i], &gesture);

		if (e && err_status(e) >= 500)
			return e;
		out.results[out.results_count++] = (struct advise_result){in->items[i].report,
			e ? ADVISE_REFUSED : ADVISE_TAKEN, e ? err_code(e) : NULL};
	}
	add_gesture_leaf(rq->tx, &gesture);
	return reply(rq, 200, &out);
}

enum err reports_get_led(struct req *rq)
{
	const int32_t today = req_today(rq);
	struct team_report *report;
	int count;
	const enum err e = reports_list_led(
		rq->tx, rq->actor.employee, DAY_NONE, today, &report, &count);

	return e ? e : reports_reply_team(rq, report, count);
}
