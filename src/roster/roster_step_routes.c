/*
 * The way of a roster from the draft to what holds, over HTTP: set by the head, answered by the
 * board or let through by silence; and the one tap that says that everybody is in the office.
 *
 * Publishing takes effect at once: nobody retypes it (product.md principle 8).
 */
#include "org/org_absence.h"
#include "platform/slice.h"
#include "roster/roster_work.h"

/* ---- from the draft to what holds ---- */

struct step_input {
	int64_t version;
	int32_t revision;
	const char *note;
	bool overrides; /* of one that is set */
};
static const struct field step_fields[] = {
	PATH_ID(struct step_input, version, "The version."),
	F_INT(struct step_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_TEXT(struct step_input, note, 0, 500, OPTIONAL, "A note."),
	F_END,
};
static const struct shape step_shape = SHAPE("RosterStepInput", struct step_input, step_fields);

static const struct field set_fields[] = {
	PATH_ID(struct step_input, version, "The version."),
	F_INT(struct step_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_TEXT(struct step_input, note, 0, 500, OPTIONAL, "A note."),
	F_BOOL(struct step_input, overrides, OPTIONAL,
		"Knowing that it undoes letters that came into force after it was made."),
	F_END,
};
static const struct shape set_shape = SHAPE("RosterSet", struct step_input, set_fields);

static const struct field return_fields[] = {
	PATH_ID(struct step_input, version, "The version."),
	F_INT(struct step_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_TEXT(struct step_input, note, 3, 500, 0, "Why; the agency reads it."),
	F_END,
};
static const struct shape return_shape = SHAPE("RosterReturn", struct step_input, return_fields);

struct step_state {
	int32_t state, revision;
	int64_t due_at;
	int32_t bound_from;
};
static const struct field step_state_fields[] = {
	F_ENUM(struct step_state, state, roster_state_names, 0, "How far it is now."),
	F_INT(struct step_state, revision, 0, INT32_MAX, 0, "Its revision now."),
	F_INSTANT(struct step_state, due_at, OPTIONAL, "From then on silence lets it through."),
	F_DAY(struct step_state, bound_from, OPTIONAL, "First day it holds for."),
	F_END,
};
static const struct shape step_state_shape = SHAPE(
	"RosterStepState", struct step_state, step_state_fields);

/* A swap, or a later roster, came into force after the draft was made: it is undone knowingly, or
 * taken over first. */
static enum err check_overtaken(struct req *rq, struct roster_work *work)
{
	const struct step_input *in = rq->input;
	const struct roster_sheet *s = &work->sheet;
	const char *name = NULL;
	char day[11];
	for (int32_t p = 0; p < s->people; p++)
		for (int32_t d = 0; d < s->days; d++) {
			if (!roster_is_overtaken(&s->person[p], d) || work->undone++)
				continue;
			name = s->person[p].name;
			day_format(s->from + d, day);
		}
	if (!work->undone || in->overrides)
		return OK;
	return refuse(rq, E_REFUSED, "/overrides",
		arena_printf(rq->tx->arena,
			"%d letters came into force after it was made, first: %s, %s",
			(int)work->undone, name, day));
}

/* What was undone knowingly stays on record. */
static const char *note_of(struct req *rq, const struct roster_work *work)
{
	const struct step_input *in = rq->input;
	const char *own = in->note && *in->note ? arena_printf(rq->tx->arena, "%s · ", in->note)
						: "";
	return !work->undone
		       ? in->note
		       : arena_printf(rq->tx->arena,
				 "%sMengganti %d isian yang mulai berlaku sesudah draf disusun.",
				 own, (int)work->undone);
}

/* Faults hinder: who sets a roster answers for it, and the checks run by themselves. */
static enum err prepare_set(struct req *rq)
{
	const struct step_input *in = rq->input;
	struct roster_work *work = ARENA_NEW(rq->tx->arena, struct roster_work);
	struct sheet_findings found;
	enum err e = roster_load_draft(rq, in->version, in->revision, NULL, work);
	if (e || (e = roster_check_period(rq, work->version.period_from, work->version.period_to)))
		return e;
	found = roster_check_sheet(&work->sheet, rq->tx->arena);
	rq->prepared = work;
	if (work->sheet.lost)
		return refuse(rq, E_REFUSED, "/version",
			arena_printf(rq->tx->arena,
				"%d people on it have no day to decide any more",
				(int)work->sheet.lost));
	return found.faults
		       ? refuse(rq, E_REFUSED, "/version",
				 arena_printf(rq->tx->arena, "%d against a rule, first: %s",
					 (int)found.faults, sheet_problem_names[found.first_fault]))
		       : check_overtaken(rq, work);
}

static enum err load_own_procedure(
	struct req *rq, struct unit_id unit, struct roster_procedure *ret)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);
	const struct org_unit *node = e ? NULL : org_find_unit(tree, unit);
	return e ? e
		 : roster_load_procedure(
			   rq->tx, node ? node->agency : (struct unit_id){0}, req_today(rq), ret);
}

static enum err publish(struct req *rq, int64_t version_id)
{
	enum err e = roster_publish(rq->tx, version_id, rq->actor.employee);
	return e == E_CONFLICT ? refuse(rq, e, "/version", "no day of it lies ahead") : e;
}

static enum err reply_state(struct req *rq, int64_t version_id)
{
	struct roster_version v;
	enum err e = roster_load_version(rq->tx, version_id, &v);
	return e ? e
		 : reply(rq, 200,
			   &(struct step_state){.state = v.state,
				   .revision = v.revision,
				   .due_at = v.due_at ? v.due_at : INSTANT_NONE,
				   .bound_from = v.bound_from ? v.bound_from : DAY_NONE});
}

/* The last moment of the board's last working day. */
static enum err find_due(
	struct req *rq, struct unit_id unit, const struct roster_procedure *p, int64_t *ret)
{
	const struct org_tree *tree;
	int32_t day = 0;
	enum err e = org_load_tree(rq->tx, &tree);
	*ret = 0;
	if (e || p->receipt != RECEIPT_ACKNOWLEDGE)
		return e;
	e = org_find_working_day(rq->tx, unit, req_today(rq), p->review_days, &day);
	*ret = e ? 0 : instant_of(day + 1, 0, tree->zone) - 1;
	return e;
}

static enum err wait_for_board(struct req *rq, int64_t id, int64_t due_at)
{
	struct roster_version v;
	enum err e = roster_set_state(rq->tx, id, ROSTER_SET, due_at);
	if (e || (e = roster_load_version(rq->tx, id, &v)))
		return e;
	return roster_supersede(rq->tx, &v, rq->actor.employee);
}

static enum err set_version(struct req *rq, int64_t id, struct unit_id unit, const char *note)
{
	struct roster_procedure procedure;
	int64_t due_at;
	enum err e = load_own_procedure(rq, unit, &procedure);
	if (e || (e = find_due(rq, unit, &procedure, &due_at)) ||
		(e = roster_add_step(rq->tx, id, ROSTER_IS_SET, rq->actor.employee, note)))
		return e;
	e = procedure.receipt == RECEIPT_NONE ? publish(rq, id) : wait_for_board(rq, id, due_at);
	return e ? e : reply_state(rq, id);
}

static enum err post_set(struct req *rq)
{
	const struct step_input *in = rq->input;
	const struct roster_work *work = rq->prepared;
	bool is_newer = false;
	enum err e = roster_recheck_draft(rq, work);
	if (!e)
		e = roster_find_newer(rq->tx, &work->version, work->seen_at, &is_newer);
	if (e || is_newer)
		return e ? e : E_STALE;
	return set_version(rq, in->version, work->version.unit, note_of(rq, work));
}

/* Letters it names came into force after it was set. Swaps of its days are refused meanwhile and
 * another roster makes a draft of it, so this is the last guard. */
static enum err find_newer_than_set(struct tx *tx, const struct roster_version *v, bool *ret)
{
	struct roster_step *step = ARENA_ARRAY(tx->arena, ROSTER_STEPS_MAX, struct roster_step);
	int64_t since = v->made_at;
	int count = 0;
	enum err e = roster_list_steps(tx, v->version_id, step, ROSTER_STEPS_MAX, &count);
	for (int i = 0; i < count && !e; i++)
		since = step[i].kind == ROSTER_IS_SET ? step[i].at : since;
	return e ? e : roster_find_newer(tx, v, since, ret);
}

static enum err check_newer(struct req *rq, const struct roster_version *v)
{
	bool is_newer;
	enum err e = find_newer_than_set(rq->tx, v, &is_newer);
	return e || !is_newer ? e
			      : refuse(rq, E_REFUSED, "/version",
					"letters came into force after it was set: return it");
}

/* A step of a set version: by the board, or back by the head. */
static enum err take_step(struct req *rq, enum roster_step_kind step, int state)
{
	const struct step_input *in = rq->input;
	struct roster_version v;
	struct roster_procedure procedure;
	enum err e = roster_load_version(rq->tx, in->version, &v);
	if (e || (e = load_own_procedure(rq, v.unit, &procedure)))
		return e;
	if (step == ROSTER_RECEIVED && procedure.receipt == RECEIPT_APPROVE)
		step = ROSTER_APPROVED;
	if (v.state != ROSTER_SET)
		return refuse(rq, E_CONFLICT, "/version", "not waiting for an answer");
	if (!roster_may_step(v.state, step, (enum roster_receipt)procedure.receipt))
		return refuse(rq, E_REFUSED, "/version", "the procedure does not ask for it");
	if (v.revision != in->revision)
		return E_STALE;
	if (state == ROSTER_ACKNOWLEDGED && (e = check_newer(rq, &v)))
		return e;
	if ((e = roster_add_step(rq->tx, in->version, step, rq->actor.employee, in->note)) ||
		(e = roster_set_state(rq->tx, in->version, state, 0)))
		return e;
	if (state == ROSTER_ACKNOWLEDGED && (e = publish(rq, in->version)))
		return e;
	return reply_state(rq, in->version);
}

static enum err post_acknowledge(struct req *rq)
{
	return take_step(rq, ROSTER_RECEIVED, ROSTER_ACKNOWLEDGED);
}

static enum err post_return(struct req *rq)
{
	return take_step(rq, ROSTER_RETURNED, ROSTER_DRAFT);
}

static enum err post_withdraw(struct req *rq)
{
	return take_step(rq, ROSTER_WITHDRAWN, ROSTER_DRAFT);
}

/* ---- everybody in the office ---- */

struct office_input {
	int64_t unit;
	int32_t period_from, period_to;
	const char *note;
};
static const struct field office_fields[] = {
	F_ID(struct office_input, unit, 0, "The planning node."),
	F_DAY(struct office_input, period_from, 0, "First day."),
	F_DAY(struct office_input, period_to, 0, "Last day."),
	F_TEXT(struct office_input, note, 0, 500, OPTIONAL, "A note."),
	F_END,
};
static const struct shape office_shape = SHAPE(
	"RosterAllOffice", struct office_input, office_fields);

static enum err find_office_unit(struct req *rq, struct object *ret_object)
{
	const struct office_input *in = rq->input;
	ret_object->unit.v = in->unit;
	return OK;
}

static void keep_in_office(struct roster_sheet *s)
{
	for (int32_t p = 0; p < s->people; p++)
		for (int32_t d = 0; d < s->days; d++)
			if (roster_is_open_cell(s->person[p].cells[d]))
				s->person[p].days[d] = 'K';
}

static enum err prepare_office(struct req *rq)
{
	const struct office_input *in = rq->input;
	const struct org_unit *node;
	struct roster_work *work = ARENA_NEW(rq->tx->arena, struct roster_work);
	struct roster_settings none = roster_read_settings(rq->tx->arena, "");
	enum err e = roster_check_period(rq, in->period_from, in->period_to);
	if (e || (e = roster_load_node(rq, (struct unit_id){in->unit}, in->period_from, &node)))
		return e;
	work->version = (struct roster_version){
		.period_from = in->period_from, .period_to = in->period_to};
	if ((e = roster_load_work_sheet(rq, &work->version, node, &none, &work->sheet)))
		return e;
	keep_in_office(&work->sheet);
	rq->prepared = work;
	return OK;
}

static enum err post_office(struct req *rq)
{
	const struct office_input *in = rq->input;
	const struct roster_work *work = rq->prepared;
	const struct roster_sheet *s = &work->sheet;
	int64_t id;
	enum err e = roster_add_version(rq->tx, s->node->id, s->from, s->to, ROSTER_ALL_OFFICE,
		s->instrument, in->note, rq->actor.employee, roster_make_lines(rq, s), s->people,
		&id);
	if (e || (e = roster_add_step(rq->tx, id, ROSTER_MADE, rq->actor.employee, in->note)))
		return e;
	return set_version(rq, id, s->node->id, in->note);
}

/* ---- steps ---- */

struct shown_step {
	int64_t id;
	int32_t kind;
	const char *by_name;
	int64_t at;
	const char *note;
};
static const struct field shown_step_fields[] = {
	F_ID(struct shown_step, id, 0, "The step."),
	F_ENUM(struct shown_step, kind, roster_step_names, 0, "What was done."),
	F_TEXT(struct shown_step, by_name, 0, 200, 0, "By whom; empty: the program."),
	F_INSTANT(struct shown_step, at, 0, "When."),
	F_TEXT(struct shown_step, note, 0, 600, 0, "Note or reason."),
	F_END,
};
static const struct shape shown_step_shape = SHAPE(
	"RosterStep", struct shown_step, shown_step_fields);

struct steps_out {
	struct shown_step *items;
	int item_count;
};
static const struct field steps_out_fields[] = {
	F_LIST(struct steps_out, items, item_count, &shown_step_shape, 0, ROSTER_STEPS_MAX, 0,
		"Oldest first."),
	F_END,
};
static const struct shape steps_out_shape = SHAPE(
	"RosterSteps", struct steps_out, steps_out_fields);

static enum err get_steps(struct req *rq)
{
	const struct version_input *in = rq->input;
	struct roster_step *step = ARENA_ARRAY(rq->tx->arena, ROSTER_STEPS_MAX, struct roster_step);
	struct steps_out out = {
		.items = ARENA_ARRAY(rq->tx->arena, ROSTER_STEPS_MAX, struct shown_step)};
	enum err e = roster_list_steps(
		rq->tx, in->version, step, ROSTER_STEPS_MAX, &out.item_count);
	for (int i = 0; i < out.item_count && !e; i++)
		out.items[i] = (struct shown_step){
			step[i].step_id, step[i].kind, step[i].by_name, step[i].at, step[i].note};
	return e ? e : reply(rq, 200, &out);
}

/* ---- routes ---- */

#define VERSIONS "/api/v1/roster/versions"
#define VERSION  VERSIONS "/{version}"
#define A_MONTH                                                                                    \
	"\"unit\":\"{unit:own}\",\"period_from\":\"2025-12-01\",\"period_to\":\"2025-12-31\""

static const struct route routes[] = {
	{POST, VERSION "/set", P_ROSTER_PUBLISH, TX_WRITE, &set_shape, &step_state_shape, post_set,
		.object = roster_find_version, .prepare = prepare_set, .slow = true,
		.summary = "The head of the agency sets a draft; where nobody is asked it holds at "
			   "once.",
		.example = "{\"revision\":2}"},
	{POST, VERSION "/withdraw", P_ROSTER_PUBLISH, TX_WRITE, &step_shape, &step_state_shape,
		post_withdraw, .object = roster_find_version,
		.summary = "The head takes a set roster back before the board answers.",
		.example = "{\"revision\":2}"},
	{POST, VERSION "/acknowledge", P_ROSTER_ANSWER, TX_WRITE, &step_shape, &step_state_shape,
		post_acknowledge, .object = roster_find_version,
		.summary = "The board acknowledges or approves a set roster: it holds at once.",
		.example = "{\"revision\":2}"},
	{POST, VERSION "/return", P_ROSTER_ANSWER, TX_WRITE, &return_shape, &step_state_shape,
		post_return, .object = roster_find_version,
		.summary = "The board returns a set roster with a reason.",
		.example = "{\"revision\":2,\"note\":\"Loket kosong pada hari Kamis\"}"},
	{GET, VERSION "/steps", P_ROSTER_READ, TX_READ, &roster_version_shape, &steps_out_shape,
		get_steps, .object = roster_find_version,
		.exports = EXPORT("riwayat-jadwal", "Riwayat jadwal"),
		.summary = "What happened to a version: who, when, why."},
	{POST, "/api/v1/roster/office", P_ROSTER_PUBLISH, TX_WRITE, &office_shape,
		&step_state_shape, post_office, .object = find_office_unit,
		.prepare = prepare_office, .slow = true,
		.summary = "The head confirms that everybody of a node is in the office.",
		.example = "{" A_MONTH "}"},
};

/* ---- once a minute ---- */

#define OVERDUE_MAX 20

static enum err give_back(
	struct tx *tx, int64_t version_id, enum roster_step_kind step, const char *note)
{
	enum err e = roster_set_state(tx, version_id, ROSTER_DRAFT, 0);
	return e ? e : roster_add_step(tx, version_id, step, (struct employee_id){0}, note);
}

/* What was decided later stays; a roster of which no day lies ahead any more goes back, too. */
static enum err let_through(struct tx *tx, int64_t version_id)
{
	const struct employee_id program = {0};
	struct roster_version v;
	bool is_newer = false;
	enum err e = roster_load_version(tx, version_id, &v);
	if (e || (e = find_newer_than_set(tx, &v, &is_newer)))
		return e;
	if (v.state != ROSTER_SET) /* superseded by one that was let through just now */
		return OK;
	if (is_newer)
		return give_back(tx, version_id, ROSTER_SUPERSEDED, NULL);
	if ((e = roster_add_step(tx, version_id, ROSTER_LET, program, NULL)) ||
		(e = roster_publish(tx, version_id, program)) != E_CONFLICT)
		return e;
	return give_back(tx, version_id, ROSTER_RETURNED, "lewat");
}

enum err roster_tick(struct tx *tx)
{
	int64_t version[OVERDUE_MAX];
	int count = 0;
	enum err e = roster_list_overdue(tx, tx->now_ms, version, OVERDUE_MAX, &count);
	for (int i = 0; i < count && !e; i++)
		e = let_through(tx, version[i]);
	return e;
}

const struct slice roster_step_slice = {
	.name = "roster steps",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
