/*
 * The planner's draft over HTTP: the best roster, its sheet, changes of cells, solving again.
 *
 * Whatever looks at every day of every person is prepared on a read snapshot in the pool; the
 * transaction writes only when the draft is still as it was looked at (its revision). A solve that
 * is stopped, or a program that ends, leaves the draft as it was.
 */
#include "base/str.h"
#include "platform/process.h"
#include "platform/slice.h"
#include "roster/roster_running.h"
#include "roster/roster_sheet_view.h"
#include "roster/roster_work.h"

#define CELLS_MAX 20000
#define BODY_MAX  ((size_t)2 << 20)

/* ---- solving ---- */

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
	if (outcome == SIDES_LIMIT)
		return refuse(rq, E_REFUSED, "", ROSTER_LIMIT_REASON);
	return outcome == SIDES_STOPPED ? refuse(rq, E_CONFLICT, "", "stopped") : OK;
}

/* ---- periods and settings ---- */

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

#define PROOF_SAID                                                                                 \
	"How good the roster was when it was solved; absent once a cell was changed by hand."

struct draft_key {
	int64_t id;
	int32_t revision;
	struct problem_view *problems;
	int problem_count;
	int32_t problem_total, fault_total;
	struct roster_proof *proof;
};
static const struct field draft_key_fields[] = {
	F_ID(struct draft_key, id, 0, "The version."),
	F_INT(struct draft_key, revision, 0, INT32_MAX, 0, "Its revision now."),
	F_LIST(struct draft_key, problems, problem_count, &roster_problem_shape, 0,
		SHEET_PROBLEMS_MAX, 0, "What is wrong, services first."),
	F_INT(struct draft_key, problem_total, 0, INT32_MAX, 0, "All of them, listed or not."),
	F_INT(struct draft_key, fault_total, 0, INT32_MAX, 0, "Of all those that hinder."),
	F_OBJECT(struct draft_key, proof, &roster_proof_shape, OPTIONAL, PROOF_SAID),
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
	struct roster_work *work = ARENA_NEW(rq->tx->arena, struct roster_work);
	struct roster_settings settings = settings_of(rq, in);
	enum err e = roster_check_period(rq, in->period_from, in->period_to);
	if (e || (e = check_settings(rq, &settings)) ||
		(e = roster_load_node(rq, (struct unit_id){in->unit}, in->period_from, &node)))
		return e;
	work->version = (struct roster_version){
		.period_from = in->period_from, .period_to = in->period_to};
	rq->prepared = work;
	if ((e = roster_load_work_sheet(rq, &work->version, node, &settings, &work->sheet)) ||
		(e = check_office(rq, &work->sheet, &settings)))
		return e;
	if (work->sheet.open == 0)
		return refuse(
			rq, E_REFUSED, "/unit", "nobody of this node may be home in the period");
	return solve(rq, &work->sheet, in->keeps);
}

static enum err reply_draft(
	struct req *rq, const struct roster_sheet *sheet, int64_t id, int32_t revision)
{
	struct draft_key key = {.id = id, .revision = revision, .proof = sheet->proof};
	roster_show_problems(sheet, rq->tx->arena, &key.problems, &key.problem_count,
		&key.problem_total, &key.fault_total);
	return reply(rq, 200, &key);
}

static enum err post_version(struct req *rq)
{
	const struct create_input *in = rq->input;
	const struct roster_work *work = rq->prepared;
	const struct roster_sheet *s = &work->sheet;
	int64_t id;
	enum err e = roster_add_version(rq->tx, s->node->id, s->from, s->to, ROSTER_GENERATED,
		s->instrument, in->note, rq->actor.employee, NULL, 0, &id);
	if (e ||
		(e = roster_write_lines(rq->tx, id, roster_make_lines(rq, s), s->people,
			 roster_write_settings(rq->tx->arena, &s->settings, s->proof),
			 s->instrument)) ||
		(e = roster_add_step(rq->tx, id, ROSTER_MADE, rq->actor.employee, in->note)))
		return e;
	return reply_draft(rq, s, id, 2);
}

/* ---- the sheet ---- */

static const struct field version_view_fields[] = {VERSION_FIELDS_OF(struct version_view), F_END};
static const struct shape version_view_shape = SHAPE(
	"RosterSheetVersion", struct version_view, version_view_fields);
struct sheet_out {
	struct version_view version;
	struct roster_settings settings;
	struct sheet_view sheet;
	struct roster_proof *proof;
};
static const struct field sheet_out_fields[] = {
	F_OBJECT(struct sheet_out, version, &version_view_shape, 0, "The version."),
	F_OBJECT(struct sheet_out, settings, &roster_settings_shape, 0, "What the planner set."),
	F_OBJECT(struct sheet_out, sheet, &roster_sheet_shape, 0, "Its sheet."),
	F_OBJECT(struct sheet_out, proof, &roster_proof_shape, OPTIONAL, PROOF_SAID),
	F_END,
};
static const struct shape sheet_out_shape = SHAPE(
	"RosterSheetReply", struct sheet_out, sheet_out_fields);

static enum err get_sheet(struct req *rq)
{
	const struct version_input *in = rq->input;
	struct roster_work *work = ARENA_NEW(rq->tx->arena, struct roster_work);
	struct roster_reader reader;
	struct sheet_out out;
	enum err e = roster_load_work(rq, in->version, NULL, work);
	if (e || (e = roster_load_reader(rq, &reader)) ||
		(e = roster_show_version(rq, &reader, &work->version, &out.version)))
		return e;
	out.settings = work->sheet.settings;
	out.sheet = roster_show_sheet(&work->sheet, rq->tx->arena);
	out.proof = work->sheet.proof;
	return reply(rq, 200, &out);
}

/* ---- solving again ---- */

struct solve_input {
	int64_t version;
	int32_t revision;
	struct roster_settings *settings;
	bool keeps;
	struct roster_lock *unlock;
	int unlock_count;
};
static const struct field solve_fields[] = {
	PATH_ID(struct solve_input, version, "The draft."),
	F_INT(struct solve_input, revision, 0, INT32_MAX, 0, "As it was seen."),
	F_OBJECT(struct solve_input, settings, &roster_settings_shape, OPTIONAL,
		"New settings; absent: those of the draft."),
	F_BOOL(struct solve_input, keeps, OPTIONAL,
		"With the fewest changes against what is in force."),
	F_LIST(struct solve_input, unlock, unlock_count, &roster_lock_shape, 0, SHEET_LOCKS_MAX,
		OPTIONAL, "Locks that are opened first."),
	F_END,
};
static const struct shape solve_shape = SHAPE("RosterSolve", struct solve_input, solve_fields);

static const char *why_not(const char *field)
{
	return str_eq(field, "employee") ? "no day of this person can be decided"
	       : str_eq(field, "day")    ? "not within the period"
					 : "K, R or A, where the day can be decided";
}

static enum err open_locks(struct req *rq, struct roster_sheet *s, const struct solve_input *in)
{
	for (int i = 0; i < in->unlock_count; i++) {
		const struct roster_lock *lock = &in->unlock[i];
		int32_t p = roster_find_on_sheet(s, (struct employee_id){lock->employee}),
			d = lock->day - s->from;
		bool is_within = d >= 0 && d < s->days;
		if (p < 0 || !is_within)
			return refuse(rq, E_BAD_FIELD,
				arena_printf(rq->tx->arena, "/unlock/%d/%s", i,
					p < 0 ? "employee" : "day"),
				why_not(p < 0 ? "employee" : "day"));
		s->person[p].locked[d] = '.';
	}
	return OK;
}

static enum err prepare_solve(struct req *rq)
{
	const struct solve_input *in = rq->input;
	struct roster_work *work = ARENA_NEW(rq->tx->arena, struct roster_work);
	enum err e = in->settings ? check_settings(rq, in->settings) : OK;
	if (e || (e = roster_load_draft(rq, in->version, in->revision, in->settings, work)) ||
		(in->settings && (e = check_office(rq, &work->sheet, in->settings))) ||
		(e = open_locks(rq, &work->sheet, in)))
		return e;
	rq->prepared = work;
	return solve(rq, &work->sheet, in->keeps);
}

static enum err write_work(struct req *rq, enum roster_step_kind step)
{
	const struct roster_work *work = rq->prepared;
	const struct roster_sheet *s = &work->sheet;
	int64_t id = work->version.version_id;
	enum err e = roster_recheck_draft(rq, work);
	if (!e && step == ROSTER_SOLVED) /* who is no longer on the sheet leaves the draft */
		e = roster_drop_lines(rq->tx, id);
	if (e || (e = roster_write_lines(rq->tx, id, roster_make_lines(rq, s), s->people,
			  roster_write_settings(rq->tx->arena, &s->settings, s->proof),
			  s->instrument)))
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
	if (p < 0 || !s->person[p].is_open)
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

static enum err prepare_cells(struct req *rq)
{
	const struct cells_input *in = rq->input;
	struct roster_work *work = ARENA_NEW(rq->tx->arena, struct roster_work);
	enum err e = roster_load_draft(rq, in->version, in->revision, NULL, work);
	if (e)
		return e;
	for (int i = 0; i < in->cell_count; i++) {
		const char *field = put_cell(&work->sheet, &in->cells[i]);
		if (field)
			return refuse(rq, E_BAD_FIELD,
				arena_printf(rq->tx->arena, "/cells/%d/%s", i, field),
				why_not(field));
	}
	work->sheet.proof = NULL; /* it was of the letters as they were */
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
	{GET, VERSION "/sheet", P_ROSTER_READ, TX_READ, &roster_version_shape, &sheet_out_shape,
		get_sheet, .object = roster_find_version, .slow = true,
		.summary = "The sheet of a version: people, days, limits and what is wrong."},
	{POST, VERSION "/solve", P_ROSTER_WRITE, TX_WRITE, &solve_shape, &draft_key_shape,
		post_solve, .object = roster_find_version, .prepare = prepare_solve, .slow = true,
		.body_max = BODY_MAX, .summary = "Solves a draft again; locked cells stay.",
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
	{DELETE_, VERSION, P_ROSTER_WRITE, TX_WRITE, &roster_version_shape, NULL, delete_version,
		.object = roster_find_version, .summary = "Discards a draft.", .example = "{}"},
};

const struct slice roster_work_slice = {
	.name = "roster work",
	.routes = routes,
	.route_count = COUNT_OF(routes),
};
