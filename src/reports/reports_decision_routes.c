/*
 * Verifying a daily report, returning it, verifying many at once.
 *
 * Who may decide is the supervisor of the report's day or who stands in his place (org_stand.h):
 * the dispatcher asks with the owner and that day as object, and the handler loads in whose place
 * he decides. A decision names the version it saw and stands in the thread; deciding many is one
 * leaf of the log. Nobody decides about himself.
 */
#include "reports/reports_routes.h"

#include "platform/auth.h"
#include "platform/changes.h"
#include "platform/clock.h"

/* One verdict over one or many reports, as the log commits to it. */
struct decided {
	int64_t report, employee, acts_for;
	int32_t day, version;
};

struct decision {
	int64_t decision; /* id of the event in every thread it touched */
	int64_t actor;
	int32_t kind; /* enum report_event_kind */
	const char *reason;
	struct decided *reports;
	int reports_count;
};

static const struct field decided_fields[] = {
	F_ID(struct decided, report, 0, "Report."),
	F_ID(struct decided, employee, 0, "Owner."),
	F_ID(struct decided, acts_for, OPTIONAL, "In whose place."),
	F_DAY(struct decided, day, 0, "Day."),
	F_INT(struct decided, version, 1, INT32_MAX, 0, "Version decided on."),
	F_END,
};
static const struct shape decided_shape = SHAPE("ReportDecided", struct decided, decided_fields);

static const struct field decision_fields[] = {
	F_ID(struct decision, decision, 0, "Decision."),
	F_ID(struct decision, actor, 0, "Who decided."),
	F_ENUM(struct decision, kind, report_event_kind_names, 0, "Verdict."),
	F_TEXT(struct decision, reason, 0, 500, 0, "Reason."),
	F_LIST(struct decision, reports, reports_count, &decided_shape, 1, REPORTS_AT_ONCE_MAX, 0,
		"Reports."),
	F_END,
};
static const struct shape decision_shape = SHAPE(
	"ReportDecision", struct decision, decision_fields);

static struct decision new_decision(
	struct req *rq, enum report_event_kind kind, const char *reason, int room)
{
	return (struct decision){
		.decision = id_next(),
		.actor = rq->actor.employee.v,
		.kind = (int32_t)kind,
		.reason = reason,
		.reports = ARENA_ARRAY(rq->tx->arena, (size_t)room, struct decided),
	};
}

static void add_decision_leaf(struct tx *tx, const struct decision *d)
{
	reports_add_leaf(tx, LEAF_REPORT_DECISION, d->decision, &decision_shape, d);
}

static enum err write_verdict(struct req *rq, struct decision *d, struct daily_report *r,
	enum stand stand, struct employee_id acts_for)
{
	enum err e;
	d->reports[d->reports_count++] = (struct decided){
		r->id.v, r->employee.v, acts_for.v, r->day, r->version};
	r->version++;
	r->state = d->kind == EVENT_VERIFIED ? REPORT_VERIFIED : REPORT_RETURNED;
	r->decided_by = rq->actor.employee;
	r->decided_for = acts_for;
	r->decided_as = (int32_t)stand;
	r->decided_at = rq->tx->now_ms;
	r->reason = d->reason;
	changes_add(rq->tx->changes, CHANGE_REPORT, r->employee.v, r->day);
	if ((e = reports_set(rq->tx, r)))
		return e;
	return reports_add_event(rq->tx, r->id, d->decision, (enum report_event_kind)d->kind,
		rq->actor.employee, d->reason);
}

/* Decides one report as part of `d`, by what the store says now. */
static enum err decide_report(
	struct req *rq, struct decision *d, struct report_id id, int32_t version)
{
	struct daily_report r;
	struct employee_id acts_for;
	enum stand stand;
	enum err e;
	if ((e = reports_load(rq->tx, id, &r)) ||
		(e = reports_decide_verdict(&r, rq->actor.employee, version)) ||
		(e = org_load_stand(
			 rq->tx, rq->actor.employee, r.employee, r.day, &stand, &acts_for)))
		return e;
	return stand ? write_verdict(rq, d, &r, stand, acts_for) : E_NOT_SUPERVISOR;
}

static enum err decide_one(struct req *rq, enum report_event_kind kind)
{
	const struct report_input *in = rq->input;
	struct decision d = new_decision(rq, kind, in->reason ? in->reason : "", 1);
	enum err e = decide_report(rq, &d, (struct report_id){in->report}, in->version);
	if (e)
		return e;
	add_decision_leaf(rq->tx, &d);
	return reply(rq, 204, NULL);
}

static const struct field verify_fields[] = {
	PATH_ID(struct report_input, report, "The report."),
	F_INT(struct report_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
const struct shape reports_verify_shape = SHAPE("ReportVerify", struct report_input, verify_fields);

enum err reports_post_verify(struct req *rq)
{
	return decide_one(rq, EVENT_VERIFIED);
}

static const struct field return_fields[] = {
	PATH_ID(struct report_input, report, "The report."),
	F_INT(struct report_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct report_input, reason, 10, 500, 0, "What is to be mended."),
	F_END,
};
const struct shape reports_return_shape = SHAPE("ReportReturn", struct report_input, return_fields);

enum err reports_post_return(struct req *rq)
{
	return decide_one(rq, EVENT_RETURNED);
}

static const struct field version_fields[] = {
	F_ID(struct report_version, report, 0, "The report."),
	F_INT(struct report_version, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
const struct shape reports_version_shape = SHAPE(
	"ReportVersion", struct report_version, version_fields);

struct bulk_input {
	struct report_version *items;
	int items_count;
};

static const struct field bulk_fields[] = {
	F_LIST(struct bulk_input, items, items_count, &reports_version_shape, 1,
		REPORTS_AT_ONCE_MAX, 0, "What to verify."),
	F_END,
};
const struct shape reports_bulk_shape = SHAPE(
	"ReportVerifications", struct bulk_input, bulk_fields);

enum bulk_status { BULK_VERIFIED, BULK_REFUSED };
static const char *const bulk_status_names[] = {"verified", "refused", NULL};

struct bulk_result {
	int64_t report;
	int32_t status;
	const char *code;
};

static const struct field bulk_result_fields[] = {
	F_ID(struct bulk_result, report, 0, "The report."),
	F_ENUM(struct bulk_result, status, bulk_status_names, 0, "What became of it."),
	F_TEXT(struct bulk_result, code, 1, 40, OPTIONAL,
		"Why it was refused: a code of the errors."),
	F_END,
};
static const struct shape bulk_result_shape = SHAPE(
	"ReportVerified", struct bulk_result, bulk_result_fields);

struct bulk_view {
	struct bulk_result *results;
	int results_count;
};

static const struct field bulk_view_fields[] = {
	F_LIST(struct bulk_view, results, results_count, &bulk_result_shape, 1, REPORTS_AT_ONCE_MAX,
		0, "In order."),
	F_END,
};
const struct shape reports_bulk_view_shape = SHAPE(
	"ReportsVerified", struct bulk_view, bulk_view_fields);

enum err reports_authorise(struct req *rq, struct report_id id, enum permission permission)
{
	struct daily_report r;
	enum err e = reports_load(rq->tx, id, &r);
	if (e)
		return e;
	if (r.employee.v == rq->actor.employee.v)
		return E_SELF;
	const struct object about = {.employee = r.employee, .day = r.day};
	return auth_authorise(rq, permission, &about);
}

enum err reports_post_verifications(struct req *rq)
{
	const struct bulk_input *in = rq->input;
	struct decision d = new_decision(rq, EVENT_VERIFIED, "", in->items_count);
	struct bulk_view out = {
		.results = ARENA_ARRAY(rq->tx->arena, (size_t)in->items_count, struct bulk_result)};
	for (int i = 0; i < in->items_count; i++) {
		struct report_id id = {in->items[i].report};
		enum err e = reports_authorise(rq, id, P_REPORT_VERIFY);
		if (!e)
			e = decide_report(rq, &d, id, in->items[i].version);
		if (err_status(e) >= 500)
			return e;
		out.results[out.results_count++] = (struct bulk_result){
			id.v, e ? BULK_REFUSED : BULK_VERIFIED, e ? err_code(e) : NULL};
	}
	if (d.reports_count > 0)
		add_decision_leaf(rq->tx, &d);
	return reply(rq, 200, &out);
}

enum err reports_decide_many(struct tx *tx, struct employee_id actor, enum report_event_kind kind,
	const char *reason, const struct report_id *id, int count)
{
	struct req rq = {.tx = tx, .actor = {.government = tx->government, .employee = actor}};
	struct decision d = new_decision(&rq, kind, reason, count);
	enum err e = OK;
	for (int i = 0; i < count && !e; i++)
		e = decide_report(&rq, &d, id[i], 1);
	if (!e)
		add_decision_leaf(tx, &d);
	return e;
}
