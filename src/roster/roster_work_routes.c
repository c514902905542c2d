/*
 * The planner's work over HTTP: a draft with the best roster, its sheet, changes of cells, solving
 * again, and the way from the draft to what holds: set by the head, answered by the board.
 *
 * Whatever looks at every day of every person is prepared on a read snapshot in the pool; the
 * transaction writes only when the draft is still as it was looked at (its revision). A solve that
 * is stopped, or a program that ends, leaves the draft as it was. Publishing takes effect at once:
 * nobody retypes it (product.md principle 8).
 */
#include "base/str.h"
#include "org/org_absence.h"
#include "platform/process.h"
#include "platform/slice.h"
#include "roster/roster_running.h"
#include "roster/roster_sheet_view.h"
#include "roster/roster_version_view.h"

#define CELLS_MAX 20000
#define BODY_MAX  ((size_t)2 << 20)

/* ---- the work that is prepared ---- */

struct work {
	struct roster_version version;
	struct roster_sheet sheet;
};

static int32_t first_open(const struct req *rq)
{
	return req_today(rq) + 1;
}

/* The unit, if it plans for itself in a period that begins on `from`. */
static enum err load_node(
	struct req *rq, struct unit_id unit, int32_t from, const struct org_unit **ret)
{
	const struct org_tree *tree;
	struct roster_nodes nodes;
	enum err e = org_load_tree(rq->tx, &tree);
	if (e || (e = roster_load_nodes(rq->tx, from, &nodes)))
		return e;
	*ret = org_find_unit(tree, unit);
	if (!*ret)
		return refuse(rq, E_BAD_FIELD, "/unit", "unknown");
	if (roster_node_of(tree, &nodes, unit) != *ret)
		return refuse(rq, E_REFUSED, "/unit", "another unit plans for it");
	return OK;
}

static enum err load_sheet(struct req *rq, const struct roster_version *v,
	const struct org_unit *node, const struct roster_settings *settings,
	struct roster_sheet *ret)
{
	enum err e = roster_load_sheet(
		rq->tx, node, v->period_from, v->period_to, first_open(rq), settings, ret);
	if (e == E_REFUSED)
		return refuse(rq, e, "/unit",
			"more than 5000 people take part: let parts plan for themselves");
	return e || !v->version_id ? e : roster_fill_sheet(rq->tx, v->version_id, ret);
}

/* The version with its sheet, under the settings given or its own. */
static enum err load_work(struct req *rq, int64_t version_id,
	const struct roster_settings *settings, struct work *ret)
{
	const struct org_tree *tree;
	struct roster_settings own;
	enum err e = roster_load_version(rq->tx, version_id, &ret->version);
	if (e || (e = org_load_tree(rq->tx, &tree)))
		return e;
	const struct org_unit *node = org_find_unit(tree, ret->version.unit);
	if (!node)
		return E_NOT_FOUND;
	own = roster_read_settings(rq->tx->arena, ret->version.settings);
	return load_sheet(rq, &ret->version, node, settings ? settings : &own, &ret->sheet);
}

static enum err check_draft(struct req *rq, const struct roster_version *v, int32_t revision)
{
	if (v->state != ROSTER_DRAFT)
		return refuse(rq, E_CONFLICT, "/version", "no draft any more");
	return v->revision == revision ? OK : E_STALE;
}

/* A draft as it was seen, of a unit that still plans for itself, with its sheet. */
static enum err load_draft(struct req *rq, int64_t version_id, int32_t revision,
	const struct roster_settings *settings, struct work *ret)
{
	const struct org_unit *node;
	enum err e = roster_load_version(rq->tx, version_id, &ret->version);
	if (e || (e = check_draft(rq, &ret->version, revision)) ||
		(e = load_node(rq, ret->version.unit, ret->version.period_from, &node)))
		return e;
	return load_work(rq, version_id, settings, ret);
}

/* In the transaction: the draft is still as it was prepared. */
static enum err recheck_draft(struct req *rq, const struct work *work)
{
	struct roster_version now;
	enum err e = roster_load_version(rq->tx, work->version.version_id, &now);
	return e ? e : check_draft(rq, &now, work->version.revision);
}

static struct roster_line *make_lines(struct req *rq, const struct roster_sheet *s)
{
	struct roster_line *line = ARENA_ARRAY(
		rq->tx->arena, (size_t)s->people + 1, struct roster_line);
	for (int32_t p = 0; p < s->people; p++)
		line[p] = (struct roster_line){s->person[p].employee, s->person[p].days,
			s->person[p].locked, s->person[p].share};
	return line;
}

static enum err solve(struct req *rq, struct roster_sheet *sheet, bool keeps)
{
	_Atomic bool *flag = roster_begin_solve(rq->tx->government, sheet->node->id);
	if (!flag)
		return E_BUSY;
	enum roster_sides_outcome outcome = roster_solve_sheet(
		sheet, keeps, process_beside("luwes-mip", rq->tx->arena), rq->tx->arena, flag);
	roster_end_solve(flag);
	if (outcome == SIDES_REFUSED)
		return refuse(rq, E_REFUSED, "/settings",
			"side rules need luwes-mip beside the server, and it is not there");
	return outcome == SIDES_STOPPED ? refuse(rq, E_CONFLICT, "", "stopped") : OK;
}

/* ---- periods and settings ---- */

static enum err check_period(struct req *rq, int32_t from, int32_t to)
{
	if (to < from || to - from >= ROSTER_DAYS_MAX)
		return refuse(rq, E_BAD_FIELD, "/period_to", "not 1 to 62 days");
	if (to < first_open(rq))
		return refuse(rq, E_REFUSED, "/period_to", "over: a roster binds days ahead");
	if (from < req_today(rq) - POLICY_REACH_DAYS)
		return refuse(rq, E_REFUSED, "/period_from", "too far back: those days are judged");
	return OK;
}

static bool are_weekdays(const int32_t *weekday, int count)
{
	for (int i = 0; i < count; i++)
		if (weekday[i] < MONDAY || weekday[i] > SUNDAY)
			return false;
	return true;
}

static enum err check_settings(struct req *rq, const struct roster_settings *s)
{
	if (!are_weekdays(s->weekdays, s->weekday_count))
		return refuse(rq, E_BAD_FIELD, "/settings/weekdays", "1 is Monday, 7 is Sunday");
	if (s->least != INT_NONE && s->most != INT_NONE && s->least > s->most)
		return refuse(rq, E_BAD_FIELD, "/settings/least", "above the most");
	for (int i = 0; i < s->office_count; i++)
		if (!are_weekdays(s->office[i].weekdays, s->office[i].weekday_count))
			return refuse(
				rq, E_BAD_FIELD, "/settings/office", "1 is Monday, 7 is Sunday");
	return OK;
}

static enum err check_office(
	struct req *rq, const struct roster_sheet *sheet, const struct roster_settings *s)
{
	for (int i = 0; i < s->office_count; i++)
		if (!org_is_below(sheet->book->tree, (struct unit_id){s->office[i].unit},
			    sheet->node->id))
			return refuse(rq, E_BAD_FIELD,
				arena_printf(rq->tx->arena, "/settings/office/%d/unit", i),
				"not a unit of this node");
	return OK;
}

/* ---- a new draft ---- */

struct create_input {
	int64_t unit;
	int32_t period_from, period_to;
	int32_t *weekdays;
	int weekday_count;
	struct roster_settings *settings;
	bool keeps;
	const char *note;
};
static const struct field create_fields[] = {
	F_ID(struct create_input, unit, 0, "The planning node."),
	F_DAY(struct create_input, period_from, 0, "First day."),
	F_DAY(struct create_input, period_to, 0, "Last day."),
	F_INTS(struct create_input, weekdays, weekday_count, 0, 7, OPTIONAL,
		"Home on these weekdays alone, Monday is 1; short for the setting."),
	F_OBJECT(struct create_input, settings, &roster_settings_shape, OPTIONAL,
		"What the planner sets."),
	F_BOOL(struct create_input, keeps, OPTIONAL,
		"With the fewest changes against what is in force."),
	F_TEXT(struct create_input, note, 0, 500, OPTIONAL, "Note of the planner."),
	F_END,
};
static const struct shape create_shape = SHAPE("RosterCreate", struct create_input, create_fields);

struct draft_key {
	int64_t id;
	int32_t revision;
	struct problem_view *problems;
	int problem_count;
	int32_t problem_total;
};
static const struct field draft_key_fields[] = {
	F_ID(struct draft_key, id, 0, "The version."),
	F_INT(struct draft_key, revision, 0, INT32_MAX, 0, "Its revision now."),
	F_LIST(struct draft_key, problems, problem_count, &roster_problem_shape, 0,
		SHEET_PROBLEMS_MAX, 0, "What is wrong, services first."),
	F_INT(struct draft_key, problem_total, 0, INT32_MAX, 0, "All of them."),
	F_END,
};
static const struct shape draft_key_shape = SHAPE(
	"RosterDraftKey", struct draft_key, draft_key_fields);

static enum err find_created_unit(struct req *rq, struct object *ret_object)
{
	const struct create_input *in = rq->input;
	ret_object->unit.v = in->unit;
	return OK;
}

static struct roster_settings settings_of(struct req *rq, const struct create_input *in)
{
	struct roster_settings s = in->settings ? *in->settings
						: roster_read_settings(rq->tx->arena, "");
	if (in->weekday_count) {
		s.weekdays = in->weekdays;
		s.weekday_count = in->weekday_count;
	}
	return s;
}

static enum err prepare_create(struct req *rq)
{
	const struct create_input *in = rq->input;
	const struct org_unit *node;
	struct work *work = ARENA_NEW(rq->tx->arena, struct work);
	struct roster_settings settings = settings_of(rq, in);
	enum err e = check_period(rq, in->period_from, in->period_to);
	if (e || (e = check_settings(rq, &settings)) ||
		(e = load_node(rq, (struct unit_id){in->unit}, in->period_from, &node)))
		return e;
	work->version = (struct roster_version){
		.period_from = in->period_from, .period_to = in->period_to};
	rq->prepared = work;
	if ((e = load_sheet(rq, &work->version, node, &settings, &work->sheet)) ||
		(e = check_office(rq, &work->sheet, &settings)))
		return e;
	if (work->sheet.people == 0)
		return refuse(
			rq, E_REFUSED, "/unit", "nobody of this node may be home in the period");
	return solve(rq, &work->sheet, in->keeps);
}

static enum err reply_draft(
	struct req *rq, const struct roster_sheet *sheet, int64_t id, int32_t revision)
{
	struct draft_key key = {.id = id, .revision = revision};
	roster_show_problems(
		sheet, rq->tx->arena, &key.problems, &key.problem_count, &key.problem_total);
	return reply(rq, 200, &key);
}

static enum err post_version(struct req *rq)
{
	const struct create_input *in = rq->input;
	const struct work *work = rq->prepared;
	const struct roster_sheet *s = &work->sheet;
	int64_t id;
	enum err e = roster_add_version(rq->tx, s->node->id, s->from, s->to, ROSTER_GENERATED,
		s->instrument, in->note, rq->actor.employee, NULL, 0, &id);
	if (e ||
		(e = roster_write_lines(rq->tx, id, make_lines(rq, s), s->people,
			 roster_write_settings(rq->tx->arena, &s->settings), s->instrument)) ||
		(e = roster_add_step(rq->tx, id, ROSTER_MADE, rq->actor.employee, in->note)))
		return e;
	return reply_draft(rq, s, id, 2);
}

/* ---- the sheet ---- */

struct version_input {
	int64_t version;
};
static const struct field version_fields[] = {
	PATH_ID(struct version_input, version, "The version."),
	F_END,
};
static const struct shape version_shape = SHAPE(
	"RosterVersionPath", struct version_input, version_fields);

static const struct field version_view_fields[] = {VERSION_FIELDS_OF(struct version_view), F_END};
static const struct shape version_view_shape = SHAPE(
	"RosterSheetVersion", struct version_view, version_view_fields);
struct sheet_out {
	struct version_view version;
	struct roster_settings settings;
	struct sheet_view sheet;
};
static const struct field sheet_out_fields[] = {
	F_OBJECT(struct sheet_out, version, &version_view_shape, 0, "The version."),
	F_OBJECT(struct sheet_out, settings, &roster_settings_shape, 0, "What the planner set."),
	F_OBJECT(struct sheet_out, sheet, &roster_sheet_shape, 0, "Its sheet."),
	F_END,
};
static const struct shape sheet_out_shape = SHAPE(
	"RosterSheetReply", struct sheet_out, sheet_out_fields);

static enum err get_sheet(struct req *rq)
{
	const struct version_input *in = rq->input;
	struct work *work = ARENA_NEW(rq->tx->arena, struct work);
	struct roster_reader reader;
	struct sheet_out out;
	enum err e = load_work(rq, in->version, NULL, work);
	if (e || (e = roster_load_reader(rq, &reader)) ||
		(e = roster_show_version(rq, &reader, &work->version, &out.version)))
		return e;
	out.settings = work->sheet.settings;
	out.sheet = roster_show_sheet(&work->sheet, rq->tx->arena);
	return reply(rq, 200, &out);
}

/* ---- solving again ---- */

struct solve_input {
	int64_t version;
	int32_t revision;
	struct roster_settings *settings;
	bool keeps;
};
static const struct field solve_fields[] = {
	PATH_ID(struct solve_input, version, "The draft."),
	F_INT(struct solve_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_OBJECT(struct solve_input, settings, &roster_settings_shape, OPTIONAL,
		"New settings; absent: those of the draft."),
	F_BOOL(struct solve_input, keeps, OPTIONAL,
		"With the fewest changes against what is in force."),
	F_END,
};
static const struct shape solve_shape = SHAPE("RosterSolve", struct solve_input, solve_fields);

static enum err prepare_solve(struct req *rq)
{
	const struct solve_input *in = rq->input;
	struct work *work = ARENA_NEW(rq->tx->arena, struct work);
	enum err e = in->settings ? check_settings(rq, in->settings) : OK;
	if (e || (e = load_draft(rq, in->version, in->revision, in->settings, work)) ||
		(in->settings && (e = check_office(rq, &work->sheet, in->settings))))
		return e;
	rq->prepared = work;
	return solve(rq, &work->sheet, in->keeps);
}

static enum err write_work(struct req *rq, enum roster_step_kind step)
{
	const struct work *work = rq->prepared;
	const struct roster_sheet *s = &work->sheet;
	int64_t id = work->version.version_id;
	enum err e = recheck_draft(rq, work);
	if (!e && step == ROSTER_SOLVED) /* who is no longer on the sheet leaves the draft */
		e = roster_drop_lines(rq->tx, id);
	if (e || (e = roster_write_lines(rq->tx, id, make_lines(rq, s), s->people,
			  roster_write_settings(rq->tx->arena, &s->settings), s->instrument)))
		return e;
	if (step == ROSTER_SOLVED)
		e = roster_add_step(rq->tx, id, step, rq->actor.employee, NULL);
	return e ? e : reply_draft(rq, s, id, work->version.revision + 1);
}

static enum err post_solve(struct req *rq)
{
	return write_work(rq, ROSTER_SOLVED);
}

/* ---- stopping ---- */

struct stop_input {
	int64_t unit;
};
static const struct field stop_fields[] = {
	F_ID(struct stop_input, unit, 0, "The planning node."),
	F_END,
};
static const struct shape stop_shape = SHAPE("RosterStop", struct stop_input, stop_fields);

static enum err find_stopped_unit(struct req *rq, struct object *ret_object)
{
	const struct stop_input *in = rq->input;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);
	ret_object->unit.v = in->unit;
	return e || org_find_unit(tree, ret_object->unit) ? e : E_NOT_FOUND;
}

static enum err post_stop(struct req *rq)
{
	const struct stop_input *in = rq->input;
	roster_stop_solve(rq->tx->government, (struct unit_id){in->unit});
	return reply(rq, 204, NULL);
}

/* ---- cells ---- */

struct cell_input {
	int64_t employee;
	int32_t day;
	const char *letter;
	bool locked;
};
static const struct field cell_fields[] = {
	F_ID(struct cell_input, employee, 0, "The person."),
	F_DAY(struct cell_input, day, 0, "The day."),
	F_TEXT(struct cell_input, letter, 1, 1, 0, "K office, R home, A anywhere."),
	F_BOOL(struct cell_input, locked, OPTIONAL, "The planner keeps it when solving again."),
	F_END,
};
static const struct shape cell_shape = SHAPE("RosterCell", struct cell_input, cell_fields);

struct cells_input {
	int64_t version;
	int32_t revision;
	struct cell_input *cells;
	int cell_count;
};
static const struct field cells_fields[] = {
	PATH_ID(struct cells_input, version, "The draft."),
	F_INT(struct cells_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_LIST(struct cells_input, cells, cell_count, &cell_shape, 1, CELLS_MAX, 0,
		"Cells as they are to be."),
	F_END,
};
static const struct shape cells_shape = SHAPE("RosterCells", struct cells_input, cells_fields);

/* Where a day cannot be decided, a letter that does not hold there may be mended to the office. */
static bool may_put(const struct sheet_person *p, int32_t d, char letter)
{
	bool was_away = policy_is_away(roster_letter_mode(p->days[d]));
	if (!roster_is_open_cell(p->cells[d]))
		return letter == 'K' && p->cells[d] != SHEET_PAST && was_away;
	return letter == 'K' || letter == 'R' || (letter == 'A' && p->may_anywhere);
}

static const char *put_cell(struct roster_sheet *s, const struct cell_input *c)
{
	int32_t p = roster_find_on_sheet(s, (struct employee_id){c->employee}),
		d = c->day - s->from;
	if (p < 0)
		return "employee";
	if (d < 0 || d >= s->days)
		return "day";
	if (!may_put(&s->person[p], d, c->letter[0]))
		return "letter";
	s->person[p].days[d] = c->letter[0];
	s->person[p].locked[d] = c->locked && roster_is_open_cell(s->person[p].cells[d]) ? 'x'
											 : '.';
	return NULL;
}

static const char *why_not(const char *field)
{
	return str_eq(field, "employee") ? "no day of this person can be decided"
	       : str_eq(field, "day")    ? "not within the period"
					 : "K, R or A, where the day can be decided";
}

static enum err prepare_cells(struct req *rq)
{
	const struct cells_input *in = rq->input;
	struct work *work = ARENA_NEW(rq->tx->arena, struct work);
	enum err e = load_draft(rq, in->version, in->revision, NULL, work);
	if (e)
		return e;
	for (int i = 0; i < in->cell_count; i++) {
		const char *field = put_cell(&work->sheet, &in->cells[i]);
		if (field)
			return refuse(rq, E_BAD_FIELD,
				arena_printf(rq->tx->arena, "/cells/%d/%s", i, field),
				why_not(field));
	}
	rq->prepared = work;
	return OK;
}

static enum err post_cells(struct req *rq)
{
	return write_work(rq, ROSTER_STEP_KINDS);
}

/* ---- discarding ---- */

static enum err delete_version(struct req *rq)
{
	const struct version_input *in = rq->input;
	struct roster_version version;
	enum err e = roster_load_version(rq->tx, in->version, &version);
	if (e)
		return e;
	if (version.state != ROSTER_DRAFT)
		return refuse(rq, E_CONFLICT, "/version", "no draft any more");
	e = roster_drop_draft(rq->tx, in->version);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- from the draft to what holds ---- */

struct step_input {
	int64_t version;
	int32_t revision;
	const char *note;
};
static const struct field step_fields[] = {
	PATH_ID(struct step_input, version, "The version."),
	F_INT(struct step_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_TEXT(struct step_input, note, 0, 500, OPTIONAL, "A note."),
	F_END,
};
static const struct shape step_shape = SHAPE("RosterStepInput", struct step_input, step_fields);

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

/* Faults hinder: who sets a roster answers for it, and the checks run by themselves. */
static enum err prepare_set(struct req *rq)
{
	const struct step_input *in = rq->input;
	struct work *work = ARENA_NEW(rq->tx->arena, struct work);
	struct sheet_problem *problem;
	int32_t listed, total, faults = 0, first = -1;
	enum err e = load_draft(rq, in->version, in->revision, NULL, work);
	if (e || (e = check_period(rq, work->version.period_from, work->version.period_to)))
		return e;
	roster_check_sheet(&work->sheet, rq->tx->arena, &problem, &listed, &total);
	for (int32_t i = 0; i < listed; i++) {
		first = first < 0 && problem[i].is_fault ? i : first;
		faults += problem[i].is_fault;
	}
	rq->prepared = work;
	if (work->sheet.lost)
		return refuse(rq, E_REFUSED, "/version",
			arena_printf(rq->tx->arena,
				"%d people on it have no day to decide any more",
				(int)work->sheet.lost));
	return faults ? refuse(rq, E_REFUSED, "/version",
				arena_printf(rq->tx->arena, "%d against a rule, first: %s", faults,
					sheet_problem_names[problem[first].kind]))
		      : OK;
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

static enum err set_version(struct req *rq, int64_t id, struct unit_id unit, const char *note)
{
	struct roster_procedure procedure;
	int64_t due_at;
	enum err e = load_own_procedure(rq, unit, &procedure);
	if (e || (e = find_due(rq, unit, &procedure, &due_at)) ||
		(e = roster_add_step(rq->tx, id, ROSTER_IS_SET, rq->actor.employee, note)))
		return e;
	if (procedure.receipt == RECEIPT_NONE)
		e = publish(rq, id);
	else
		e = roster_set_state(rq->tx, id, ROSTER_SET, due_at);
	return e ? e : reply_state(rq, id);
}

static enum err post_set(struct req *rq)
{
	const struct step_input *in = rq->input;
	const struct work *work = rq->prepared;
	enum err e = recheck_draft(rq, work);
	return e ? e : set_version(rq, in->version, work->version.unit, in->note);
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
	struct work *work = ARENA_NEW(rq->tx->arena, struct work);
	struct roster_settings none = roster_read_settings(rq->tx->arena, "");
	enum err e = check_period(rq, in->period_from, in->period_to);
	if (e || (e = load_node(rq, (struct unit_id){in->unit}, in->period_from, &node)))
		return e;
	work->version = (struct roster_version){
		.period_from = in->period_from, .period_to = in->period_to};
	if ((e = load_sheet(rq, &work->version, node, &none, &work->sheet)))
		return e;
	keep_in_office(&work->sheet);
	rq->prepared = work;
	return OK;
}

static enum err post_office(struct req *rq)
{
	const struct office_input *in = rq->input;
	const struct work *work = rq->prepared;
	const struct roster_sheet *s = &work->sheet;
	int64_t id;
	enum err e = roster_add_version(rq->tx, s->node->id, s->from, s->to, ROSTER_ALL_OFFICE,
		s->instrument, in->note, rq->actor.employee, make_lines(rq, s), s->people, &id);
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
	F_TEXT(struct shown_step, note, 0, 500, 0, "Note or reason."),
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
	{POST, VERSIONS, P_ROSTER_WRITE, TX_WRITE, &create_shape, &draft_key_shape, post_version,
		.object = find_created_unit, .prepare = prepare_create, .slow = true,
		.summary = "Drafts the best roster of a node and period.",
		.example = "{" A_MONTH ",\"weekdays\":[2,4]}"},
	{GET, VERSION "/sheet", P_ROSTER_READ, TX_READ, &version_shape, &sheet_out_shape, get_sheet,
		.object = roster_find_version, .slow = true,
		.summary = "The sheet of a version: people, days, limits and what is wrong."},
	{POST, VERSION "/solve", P_ROSTER_WRITE, TX_WRITE, &solve_shape, &draft_key_shape,
		post_solve, .object = roster_find_version, .prepare = prepare_solve, .slow = true,
		.summary = "Solves a draft again; locked cells stay.",
		.example = "{\"revision\":2}"},
	{POST, "/api/v1/roster/stop", P_ROSTER_WRITE, TX_WRITE, &stop_shape, NULL, post_stop,
		.object = find_stopped_unit,
		.summary = "Stops a solve under way; the draft stays as it was.",
		.example = "{\"unit\":\"{unit:own}\"}"},
	{POST, VERSION "/cells", P_ROSTER_WRITE, TX_WRITE, &cells_shape, &draft_key_shape,
		post_cells, .object = roster_find_version, .prepare = prepare_cells, .slow = true,
		.body_max = BODY_MAX, .summary = "Changes cells of a draft, all or none.",
		.example = "{\"revision\":2,\"cells\":[{\"employee\":\"{employee:self}\",\"day\":"
			   "\"2025-12-02\",\"letter\":\"K\",\"locked\":true}]}"},
	{DELETE_, VERSION, P_ROSTER_WRITE, TX_WRITE, &version_shape, NULL, delete_version,
		.object = roster_find_version, .summary = "Discards a draft.", .example = "{}"},
	{POST, VERSION "/set", P_ROSTER_PUBLISH, TX_WRITE, &step_shape, &step_state_shape, post_set,
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
	{GET, VERSION "/steps", P_ROSTER_READ, TX_READ, &version_shape, &steps_out_shape, get_steps,
		.object = roster_find_version,
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

/* A roster of which no day lies ahead any more goes back to its agency. */
static enum err let_through(struct tx *tx, int64_t version_id)
{
	const struct employee_id program = {0};
	enum err e = roster_add_step(tx, version_id, ROSTER_LET, program, NULL);
	if (e || (e = roster_publish(tx, version_id, program)) != E_CONFLICT)
		return e;
	e = roster_set_state(tx, version_id, ROSTER_DRAFT, 0);
	return e ? e : roster_add_step(tx, version_id, ROSTER_RETURNED, program, "lewat");
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

const struct slice roster_work_slice = {
	.name = "roster work",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
