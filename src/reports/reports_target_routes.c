/*
 * The dialogue about a plan of results: proposed by its owner, agreed or returned by his superior,
 * revised, closed when its period is over; and the table of the routes of targets.
 *
 * A plan holds once both agreed (PermenPANRB 6/2022). Who agrees is the direct superior of the day
 * he does it, or who stands in his place; a team lead does not. Proposals and verdicts are leaves
 * of the log; a draft is nobody's business.
 */
#include "reports/reports_target_routes.h"

#include "org/org_import.h"
#include "platform/clock.h"
#include "platform/slice.h"

/* ---- both sides agree ---- */

static const struct field plan_move_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_INT(struct plan_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct plan_input, note, 3, 500, OPTIONAL, "What is said with it."),
	F_END,
};
static const struct shape plan_move_shape = SHAPE(
	"TargetPlanMove", struct plan_input, plan_move_fields);
static const struct field plan_return_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_INT(struct plan_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct plan_input, note, 10, 500, 0, "What is to be changed."),
	F_END,
};
static const struct shape plan_return_shape = SHAPE(
	"TargetPlanReturn", struct plan_input, plan_return_fields);
static const struct field plan_close_fields[] = {
	PATH_ID(struct plan_input, plan, "The plan."),
	F_INT(struct plan_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape plan_close_shape = SHAPE(
	"TargetPlanClose", struct plan_input, plan_close_fields);

/* What the log commits to: the plan with its results as they are, and who said what about it. */
struct plan_fact {
	int64_t plan, employee;
	int32_t period, first_day, last_day, revision, state, version;
	int64_t superior, decided_by, decided_for;
	int32_t decided_as;
	const char *note;
	struct target_view *targets;
	int targets_count;
	int64_t closed_by, closed_for;
	int32_t closed_as;
};
static const struct field plan_fact_fields[] = {
	F_ID(struct plan_fact, plan, 0, "Plan."),
	F_ID(struct plan_fact, employee, 0, "Owner."),
	F_ENUM(struct plan_fact, period, report_period_names, 0, "Period."),
	F_DAY(struct plan_fact, first_day, 0, "First day."),
	F_DAY(struct plan_fact, last_day, 0, "Last day."),
	F_INT(struct plan_fact, revision, 1, 1000, 0, "Revision."),
	F_ENUM(struct plan_fact, state, plan_state_names, 0, "State."),
	F_INT(struct plan_fact, version, 1, INT32_MAX, 0, "Version."),
	F_ID(struct plan_fact, superior, 0, "Superior when it was proposed."),
	F_ID(struct plan_fact, decided_by, OPTIONAL, "Who agreed or returned it."),
	F_ID(struct plan_fact, decided_for, OPTIONAL, "In whose place."),
	F_ENUM(struct plan_fact, decided_as, stand_names, 0, "Why he could."),
	F_TEXT(struct plan_fact, note, 0, 500, 0, "What was said."),
	F_LIST(struct plan_fact, targets, targets_count, &reports_target_input_shape, 0,
		TARGETS_MAX, 0, "Results."),
	F_ID(struct plan_fact, closed_by, OPTIONAL, "Who closed it."),
	F_ID(struct plan_fact, closed_for, OPTIONAL, "In whose place."),
	F_ENUM(struct plan_fact, closed_as, stand_names, OPTIONAL, "Why he could."),
	F_END,
};
static const struct shape plan_fact_shape = SHAPE(
	"TargetPlanFact", struct plan_fact, plan_fact_fields);

static void add_leaf(
	struct tx *tx, const struct target_plan *p, const struct target *target, int targets)
{
	struct plan_fact fact = {p->id, p->owner.v, p->period, p->first_day, p->last_day,
		p->revision, p->state, p->version, p->superior.v, p->decided_by.v, p->decided_for.v,
		p->decided_as, p->note, ARENA_ARRAY(tx->arena, (size_t)targets, struct target_view),
		targets, p->closed_by.v, p->closed_for.v, p->closed_by.v ? p->closed_as : INT_NONE};

	for (int i = 0; i < targets; i++)
		fact.targets[i] = (struct target_view){.target = target[i].id,
			.kind = target[i].kind,
			.result = target[i].result,
			.parent = target[i].parent,
			.measures = target[i].measures,
			.measures_count = target[i].measures_count};
	reports_add_leaf(tx, LEAF_TARGET, p->id, &plan_fact_shape, &fact);
}

enum err reports_enter_plan(
	struct tx *tx, const struct target_plan *p, const struct target *target, int targets)
{
	enum err e = reports_add_plan(tx, p);

	if (e || (e = reports_set_targets(tx, p->id, target, targets)))
		return e;
	add_leaf(tx, p, target, targets);
	return p->state == PLAN_AGREED ? reports_count_plan(tx, p, target, targets, 1) : OK;
}

static enum err write_move(struct req *rq, struct target_plan *p)
{
	struct target *target;
	int targets;
	enum err e;

	p->version++;
	if ((e = reports_set_plan(rq->tx, p)) ||
		(e = reports_list_targets(rq->tx, p->id, &target, &targets)))
		return e;
	add_leaf(rq->tx, p, target, targets);
	if (p->state == PLAN_AGREED && (e = reports_count_plan(rq->tx, p, target, targets, 1)))
		return e;
	return reports_reply_plan(rq, p);
}

static enum err post_propose(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	struct target *target;
	int targets;
	enum err e = reports_load_own_plan(rq, in->plan, &p);

	if (e || (e = reports_list_targets(rq->tx, p.id, &target, &targets)) ||
		(e = reports_decide_plan_propose(&p, in->version, target, targets)) ||
		(e = org_load_superior(
			 rq->tx, p.owner, RELATION_SUPERVISOR, req_today(rq), &p.superior)))
		return e;
	if (!p.superior.v)
		return refuse(rq, E_REFUSED, "/plan", "nobody is entered as your superior today");
	p.state = PLAN_PROPOSED;
	p.proposed_at = rq->tx->now_ms;
	p.decided_by = p.decided_for = (struct employee_id){0};
	p.decided_as = STAND_NONE;
	p.decided_at = 0;
	p.note = in->note ? in->note : "";
	return write_move(rq, &p);
}

static enum err replace(struct tx *tx, struct target_plan *p)
{
	struct target *target;
	int targets;
	enum err e;

	p->state = PLAN_REPLACED;
	p->version++;
	if ((e = reports_set_plan(tx, p)) ||
		(e = reports_list_targets(tx, p->id, &target, &targets)))
		return e;
	return reports_count_plan(tx, p, target, targets, -1);
}

/* The plan it takes the place of; what was closed is not taken the place of any more. */
static enum err replace_former(struct req *rq, const struct target_plan *p)
{
	struct target_plan other[PLANS_OF_YEAR_MAX];
	int count;
	enum err e = reports_list_plans(
		rq->tx, p->owner, p->first_day, p->last_day, other, PLANS_OF_YEAR_MAX, &count);

	for (int i = 0; i < count && !e; i++) {
		if (other[i].id == p->id || other[i].period != p->period ||
			other[i].first_day != p->first_day)
			continue;
		if (other[i].state == PLAN_CLOSED)
			return refuse(rq, E_REFUSED, "/plan", "its period was closed");
		if (other[i].state != PLAN_AGREED)
			continue;
		e = replace(rq->tx, &other[i]);
	}
	return e;
}

static enum err decide(struct req *rq, enum plan_state verdict)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	enum stand stand;
	enum err e;

	if ((e = reports_load_plan(rq->tx, in->plan, &p)) ||
		(e = reports_decide_plan_verdict(&p, rq->actor.employee, in->version)) ||
		(e = org_load_stand(rq->tx, rq->actor.employee, p.owner, req_today(rq), &stand,
			 &p.decided_for)))
		return e;
	if (!stand)
		return E_NOT_SUPERVISOR;
	p.state = (int32_t)verdict;
	p.decided_by = rq->actor.employee;
	p.decided_as = (int32_t)stand;
	p.decided_at = rq->tx->now_ms;
	p.note = in->note ? in->note : "";
	if (verdict == PLAN_AGREED && (e = replace_former(rq, &p)))
		return e;
	return write_move(rq, &p);
}

static enum err post_agree(struct req *rq)
{
	return decide(rq, PLAN_AGREED);
}

static enum err post_return(struct req *rq)
{
	return decide(rq, PLAN_RETURNED);
}

/* Its period is over: who agreed to it stays known, and what was brought in the period counts on.
 */
static enum err post_close(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p;
	enum stand stand;
	enum err e;

	if ((e = reports_load_plan(rq->tx, in->plan, &p)) ||
		(e = reports_decide_plan_close(
			 &p, rq->actor.employee, in->version, req_today(rq))) ||
		(e = org_load_stand(rq->tx, rq->actor.employee, p.owner, req_today(rq), &stand,
			 &p.closed_for)))
		return e;
	if (!stand)
		return E_NOT_SUPERVISOR;
	p.state = PLAN_CLOSED;
	p.closed_by = rq->actor.employee;
	p.closed_as = (int32_t)stand;
	p.closed_at = rq->tx->now_ms;
	return write_move(rq, &p);
}

/* The next revision: a draft with the same results under the same ids. */
static enum err post_revise(struct req *rq)
{
	const struct plan_input *in = rq->input;
	struct target_plan p, next;
	struct target *target;
	int32_t newest;
	int targets;
	enum err e = reports_load_own_plan(rq, in->plan, &p);

	if (e || (e = reports_decide_plan_revise(&p)) ||
		(e = reports_load_newest_revision(
			 rq->tx, p.owner, (enum report_period)p.period, p.first_day, &newest)))
		return e;
	if (newest > p.revision)
		return refuse(rq, E_REFUSED, "/plan", "its next revision has been begun");
	if ((e = reports_list_targets(rq->tx, p.id, &target, &targets)))
		return e;
	next = (struct target_plan){.id = id_next(),
		.owner = p.owner,
		.unit = p.unit,
		.period = p.period,
		.first_day = p.first_day,
		.last_day = p.last_day,
		.revision = p.revision + 1,
		.state = PLAN_DRAFT,
		.version = 1,
		.note = ""};
	if ((e = reports_add_plan(rq->tx, &next)) ||
		(e = reports_set_targets(rq->tx, next.id, target, targets)))
		return e;
	return reports_reply_plan(rq, &next);
}

static const struct route routes[] = {
	{GET, "/api/v1/reports/targets", P_REPORT_SELF, TX_READ, &reports_plans_query_shape,
		&reports_plans_shape, reports_get_own_plans,
		.summary = "One's own plans of a year, with what reports brought to them."},
	{PUT, "/api/v1/reports/targets", P_REPORT_SELF, TX_WRITE, &reports_plan_save_shape,
		&reports_plan_saved_shape, reports_put_plan,
		.summary = "Begins a plan of results or changes one that is not agreed yet.",
		.example =
			"{\"version\":0,\"period\":\"annual\",\"day\":\"2025-11-13\",\"targets\":[{"
			"\"kind\":\"main\",\"result\":\"Berkas mutasi terverifikasi tepat waktu\","
			"\"measures\":[{\"aspect\":\"quantity\",\"indicator\":\"Jumlah berkas\","
			"\"amount\":600,\"unit_of_measure\":\"berkas\"}]}]}"},
	{GET, "/api/v1/reports/targets/{plan}", P_REPORT_READ, TX_READ, &reports_plan_path_shape,
		&reports_plan_shape, reports_get_plan, .object = reports_find_plan, .sees = true,
		.summary = "A plan of results, with what reports brought to it.",
		.example_path = "/api/v1/reports/targets/{plan:self}"},
	{POST, "/api/v1/reports/targets/{plan}/propose", P_REPORT_SELF, TX_WRITE, &plan_move_shape,
		&reports_plan_saved_shape, post_propose, .object = reports_find_plan,
		.summary = "The owner agrees and hands it to his superior.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/reports/targets/{plan:self}/propose"},
	{POST, "/api/v1/reports/targets/{plan}/agree", P_REPORT_VERIFY, TX_WRITE, &plan_move_shape,
		&reports_plan_saved_shape, post_agree, .object = reports_find_plan,
		.summary = "The direct superior agrees; the plan is in force.",
		.example = "{\"version\":2}",
		.example_path = "/api/v1/reports/targets/{plan:self}/agree"},
	{POST, "/api/v1/reports/targets/{plan}/return", P_REPORT_VERIFY, TX_WRITE,
		&plan_return_shape, &reports_plan_saved_shape, post_return,
		.object = reports_find_plan,
		.summary = "The direct superior gives it back with what is to be changed.",
		.example = "{\"version\":2,\"note\":\"Target triwulan belum mengikuti sasaran "
			   "dinas\"}",
		.example_path = "/api/v1/reports/targets/{plan:self}/return"},
	{POST, "/api/v1/reports/targets/{plan}/close", P_REPORT_VERIFY, TX_WRITE, &plan_close_shape,
		&reports_plan_saved_shape, post_close, .object = reports_find_plan,
		.summary = "Closes an agreed plan whose period is over; it changes no more.",
		.example = "{\"version\":3}",
		.example_path = "/api/v1/reports/targets/{plan:self}/close"},
	{POST, "/api/v1/reports/targets/{plan}/revise", P_REPORT_SELF, TX_WRITE,
		&reports_plan_path_shape, &reports_plan_saved_shape, post_revise,
		.object = reports_find_plan,
		.summary = "Begins the next revision of an agreed plan.",
		.example_path = "/api/v1/reports/targets/{plan:self}/revise"},
	{GET, "/api/v1/reports/target-parents", P_REPORT_SELF, TX_READ, &reports_plans_query_shape,
		&target_choices_shape, reports_get_target_parents,
		.summary = "Results of one's superior that one's own may be derived from."},
	{GET, "/api/v1/reports/target-team", P_TEAM_READ, TX_READ, &reports_plans_query_shape,
		&target_team_shape, reports_get_target_team,
		.exports = EXPORT("skp-tim", "Sasaran kinerja pegawai tim"),
		.summary = "Plans of the people one supervises; those without one too."},
	{GET, "/api/v1/reports/plan", P_REPORT_SELF, TX_READ, &reports_plans_query_shape,
		&day_plan_shape, reports_get_day_plan, .summary = "What one means to do on a day."},
	{GET, "/api/v1/reports/plan-team", P_TEAM_READ, TX_READ, &reports_plans_query_shape,
		&day_plan_team_shape, reports_get_day_plan_team,
		.exports = EXPORT("rencana-harian-tim", "Rencana kerja harian tim"),
		.summary = "What the people one supervises mean to do on a day, and until when "
			   "policy asks it."},
	{PUT, "/api/v1/reports/plan", P_REPORT_SELF, TX_WRITE, &day_plan_save_shape,
		&day_plan_shape, reports_put_day_plan,
		.summary = "Says what one means to do today or tomorrow.",
		.example = "{\"day\":\"2025-11-14\",\"items\":[{\"description\":\"Memverifikasi "
			   "berkas "
			   "mutasi\",\"volume\":10,\"unit_of_measure\":\"berkas\"}]}"},
};

static void wire(void)
{
	org_import_register(&reports_target_import);
}

const struct slice reports_target_slice = {
	.name = "targets",
	.wire = wire,
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = reports_target_stmts,
	.stmt_count = TARGET_STMTS,
};
