/*
 * Taking back one's own report on the day it was handed in, while nobody decided: it is a draft
 * again, with its text. A fact like the handing in, with a leaf.
 */
#include "reports/reports_routes.h"

#include "platform/changes.h"
#include "platform/clock.h"

static const struct field withdraw_fields[] = {
	PATH_ID(struct report_input, report, "The report."),
	F_INT(struct report_input, version, 1, INT32_MAX, 0, "The version that was handed in."),
	F_END,
};
const struct shape reports_withdraw_shape = SHAPE(
	"ReportWithdraw", struct report_input, withdraw_fields);

/* What the log commits to when a report is taken back: the version that waited. */
struct withdrawal {
	int64_t report, employee;
	int32_t day, version, kind;
};

static const struct field withdrawal_fields[] = {
	F_ID(struct withdrawal, report, 0, "Report."),
	F_ID(struct withdrawal, employee, 0, "Owner."),
	F_DAY(struct withdrawal, day, 0, "Day."),
	F_INT(struct withdrawal, version, 1, INT32_MAX, 0, "Version taken back."),
	F_ENUM(struct withdrawal, kind, report_event_kind_names, 0, "Withdrawn."),
	F_END,
};
static const struct shape withdrawal_shape = SHAPE(
	"ReportWithdrawal", struct withdrawal, withdrawal_fields);

static enum err write_withdrawal(struct tx *tx, struct daily_report *r, enum zone zone)
{
	const struct withdrawal fact = {
		r->id.v, r->employee.v, r->day, r->version, EVENT_WITHDRAWN};
	struct attendance_day day;
	int64_t until;
	enum err e = reports_load_attendance(tx, r->employee, r->day, &day);
	if (e || (e = reports_load_on_time_until(tx, r->day, day.ends, zone, &until)))
		return e;
	reports_apply_withdraw(r, until);
	reports_add_leaf(tx, LEAF_REPORT, r->id.v, &withdrawal_shape, &fact);
	changes_add(tx->changes, CHANGE_REPORT, r->employee.v, r->day);
	if ((e = reports_set(tx, r)))
		return e;
	return reports_add_event(tx, r->id, id_next(), EVENT_WITHDRAWN, r->employee, "");
}

enum err reports_post_withdraw(struct req *rq)
{
	const struct report_input *in = rq->input;
	const struct org_tree *tree;
	struct daily_report r;
	enum err e;
	if ((e = org_load_tree(rq->tx, &tree)) ||
		(e = reports_load(rq->tx, (struct report_id){in->report}, &r)))
		return e;
	e = reports_decide_withdraw(&r, in->version, req_today(rq), tree->zone);
	if (e == E_REFUSED)
		return refuse(rq, e, "/report", "handed in on an earlier day");
	if (e || (e = write_withdrawal(rq->tx, &r, tree->zone)))
		return e;
	return reply(rq, 200, &(struct report_saved){r.id.v, r.version, r.state});
}
