/*
 * "Why am I in the office on Thursday?": a day explained by rule, instrument, article and facts.
 *
 * What was asked of whom: the ruling itself, the facts it used, and every rule that concerned the
 * person with what came of it. A kind of leave is shown to its owner, his supervisor of that day,
 * the officers over his unit and the personnel board; everyone else sees the mode and that
 * something is masked.
 */
#include "roster/roster_explain.h"

#include "base/str.h"
#include "org/org_absence.h"
#include "org/org_access.h"
#include "roster/roster_routes.h"

static const struct field shift_fields[] = {
	F_MINUTE(struct explained_shift, starts, 0, "Work begins."),
	F_MINUTE(struct explained_shift, ends, 0, "Work ends; past 24:00 on the next day."),
	F_MINUTE(struct explained_shift, break_starts, OPTIONAL, "Break begins."),
	F_MINUTE(struct explained_shift, break_ends, OPTIONAL, "Break ends."),
	F_INT(struct explained_shift, asked_minutes, 1, 1440, OPTIONAL,
		"Dynamic hours: so many minutes at any time between start and end."),
	F_INT(struct explained_shift, band_before, 0, 120, OPTIONAL,
		"Who comes so much earlier may leave as much earlier."),
	F_INT(struct explained_shift, band_after, 0, 120, OPTIONAL,
		"Who comes so much later makes it up the same day."),
	F_BOOL(struct explained_shift, is_split, 0, "Two turns with the break between them."),
	F_END,
};
static const struct shape shift_shape = SHAPE("DayShift", struct explained_shift, shift_fields);

static const struct field window_fields[] = {
	F_ENUM(struct explained_window, kind, window_kind_names, 0, "What the window is for."),
	F_MINUTE(struct explained_window, opens, 0, "Opens."),
	F_MINUTE(struct explained_window, closes, 0, "Closes."),
	F_END,
};
static const struct shape window_shape = SHAPE("DayWindow", struct explained_window, window_fields);

static const struct field roster_fields[] = {
	F_TEXT(struct explained_roster, letter, 1, 1, OPTIONAL, "Letter of the published roster."),
	F_ID(struct explained_roster, version, OPTIONAL, "Version of the roster."),
	F_BOOL(struct explained_roster, decides, 0,
		"The rule leaves the mode to a roster or an order."),
	F_END,
};
static const struct shape roster_shape = SHAPE("DayRoster", struct explained_roster, roster_fields);

static const struct field status_fields[] = {
	F_ENUM(struct explained_status, kind, shown_kind_names, 0,
		"Leave, duty or training; sick_or_permit where health is not one's business."),
	F_TEXT(struct explained_status, letter, 0, 120, 0, "Letter it rests on."),
	F_END,
};
static const struct shape status_shape = SHAPE("DayStatus", struct explained_status, status_fields);

static const struct field cover_fields[] = {
	F_ENUM(struct explained_cover, kind, shown_kind_names, 0,
		"Duty or permit; sick_or_permit where health is not one's business."),
	F_MINUTE(struct explained_cover, from, 0, "It begins."),
	F_MINUTE(struct explained_cover, to, 0, "It ends."),
	F_END,
};
const struct shape roster_cover_shape = SHAPE("DayCover", struct explained_cover, cover_fields);

static const struct field step_fields[] = {
	F_ENUM(struct explained_step, rule_kind, rule_kind_names, 0, "What the rule says."),
	F_ENUM(struct explained_step, result, step_result_names, 0, "What came of it, and why."),
	F_ENUM(struct explained_step, rank, instrument_rank_names, 0, "Rank of the instrument."),
	F_TEXT(struct explained_step, number, 0, 120, 0, "Number of the instrument."),
	F_TEXT(struct explained_step, title, 0, 200, 0, "Title of the instrument."),
	F_TEXT(struct explained_step, article, 0, 120, 0, "Article or part."),
	F_DAY(struct explained_step, issued, 0, "Day of issue."),
	F_BOOL(struct explained_step, verified, 0, "Read by somebody; else an example, not law."),
	F_TEXT(struct explained_step, scope, 0, 400, 0,
		"Whom it names: government, or unit:, level:, character:, position:, post:, mode: "
		"parts."),
	F_ENUM(struct explained_step, mode, work_mode_names, OPTIONAL, "Mode it gives."),
	F_INT(struct explained_step, percent, 0, 100, OPTIONAL, "Share."),
	F_ENUM(struct explained_step, bound, share_bound_names, OPTIONAL,
		"How the share is meant."),
	F_ENUM(struct explained_step, base, share_base_names, OPTIONAL, "The share is of whom."),
	F_ENUM(struct explained_step, share_level, share_level_names, OPTIONAL,
		"Where the share is counted."),
	F_INT(struct explained_step, days_per_week, 0, 7, OPTIONAL, "Weekly cap."),
	F_ENUM(struct explained_step, duty, rule_duty_names, OPTIONAL, "Report owed."),
	F_ENUM(struct explained_step, place, place_rule_names, OPTIONAL, "Where presence counts."),
	F_END,
};
static const struct shape step_shape = SHAPE("DayStep", struct explained_step, step_fields);

static const struct field explanation_fields[] = {
	F_ID(struct explanation, employee, 0, "The person."),
	F_TEXT(struct explanation, name, 0, 200, 0, "Name."),
	F_DAY(struct explanation, day, 0, "The day."),
	F_ENUM(struct explanation, mode, work_mode_names, 0, "Where the person works."),
	F_ENUM(struct explanation, source, mode_source_names, 0, "What the mode comes from."),
	F_OBJECT(struct explanation, shift, &shift_shape, OPTIONAL,
		"Working time; none when no work."),
	F_TEXT(struct explanation, zone, 3, 4, 0, "WIB, WITA or WIT."),
	F_TEXT(struct explanation, pattern_name, 0, 200, OPTIONAL, "Work pattern."),
	F_ENUM(struct explanation, regime, regime_names, 0, "Normal or Ramadan hours."),
	F_TEXT(struct explanation, holiday, 0, 200, OPTIONAL, "Holiday of that day."),
	F_TEXT(struct explanation, holiday_source, 0, 200, OPTIONAL, "Decree of the holiday."),
	F_TEXT(struct explanation, legal_basis, 0, 400, OPTIONAL,
		"What the working time rests on."),
	F_TEXT(struct explanation, school_break, 0, 200, OPTIONAL,
		"Break between semesters: neither leave nor absence."),
	F_TEXT(struct explanation, school_break_source, 0, 200, OPTIONAL,
		"Number of the school calendar."),
	F_TEXT(struct explanation, band_basis, 0, 400, OPTIONAL,
		"What lets the start of work float."),
	F_BOOL(struct explanation, is_turn, 0, "The hours are those of a turn."),
	F_OBJECT(struct explanation, was, &shift_shape, OPTIONAL,
		"Hours before the table was changed on a day already begun."),
	F_INSTANT(struct explanation, changed_at, OPTIONAL, "When it was changed."),
	F_ENUM(struct explanation, duty, report_duty_names, 0, "Report owed."),
	F_DAY(struct explanation, week_day, OPTIONAL,
		"The day of that week by which its report is due, where the duty is weekly."),
	F_MINUTE(struct explanation, plan_due, OPTIONAL,
		"Until when on the day before policy asks what is to be done; absent: it does "
		"not."),
	F_TEXT(struct explanation, report_missing, 1, 200, OPTIONAL,
		"What the rule in force says of a missing report."),
	F_ENUM(struct explanation, place, place_rule_names, 0, "Where presence counts."),
	F_LIST(struct explanation, windows, window_count, &window_shape, 0, WINDOWS_MAX, 0,
		"When presence is asked."),
	F_OBJECT(struct explanation, roster, &roster_shape, 0, "What the roster says."),
	F_OBJECT(struct explanation, status, &status_shape, OPTIONAL, "Leave or duty in force."),
	F_LIST(struct explanation, covers, cover_count, &roster_cover_shape, 0, COVERS_MAX, 0,
		"Parts of the day that a letter covers."),
	F_BOOL(struct explanation, masked, 0, "There is a status the reader may not see."),
	F_LIST(struct explanation, steps, step_count, &step_shape, 0, STEPS_MAX, 0,
		"Rules that concern the person, those about the mode first."),
	F_END,
};
const struct shape explanation_shape = SHAPE(
	"DayExplanation", struct explanation, explanation_fields);

static void add_part(struct buf *out, const char *kind, const char *value)
{
	if (out->n)
		buf_str(out, "; ");
	buf_printf(out, "%s:%s", kind, value);
}

/* Whom a rule names, in parts the web app words. */
static const char *show_scope(
	struct arena *arena, const struct policy_book *book, const struct rule *r)
{
	struct unit_id id = r->unit.v ? r->unit : book->instrument[r->instrument].unit;
	const struct org_unit *unit = id.v ? org_find_unit(book->tree, id) : NULL;
	const struct org_post *post = r->post.v ? org_find_post(book->tree, r->post) : NULL;
	struct buf out;
	buf_init(&out, arena, 64);
	if (unit)
		add_part(&out, "unit", unit->name);
	if (r->character >= 0)
		add_part(&out, "character", unit_character_names[r->character]);
	if (r->level >= 0)
		add_part(&out, "level", position_level_names[r->level]);
	if (r->position[0])
		add_part(&out, "position", r->position);
	if (r->post_match != POST_ANY)
		add_part(&out, "post", post ? post->name : post_match_names[r->post_match]);
	if (r->for_mode >= 0)
		add_part(&out, "mode", work_mode_names[r->for_mode]);
	return out.n ? out.p : "government";
}

static struct explained_step show_step(
	struct arena *arena, const struct policy_book *book, const struct policy_step *step)
{
	const struct rule *r = &book->rule[step->rule];
	const struct instrument *in = &book->instrument[r->instrument];
	return (struct explained_step){.rule_kind = (int32_t)r->kind,
		.result = (int32_t)step->result,
		.rank = (int32_t)in->rank,
		.number = in->number,
		.title = in->title,
		.article = r->article,
		.issued = in->issued,
		.verified = in->verified_by[0] != '\0',
		.scope = show_scope(arena, book, r),
		.mode = r->mode,
		.percent = r->percent >= 0 ? r->percent : INT_NONE,
		.bound = r->bound,
		.base = r->base,
		.share_level = r->share_level,
		.days_per_week = r->days_per_week >= 0 ? r->days_per_week : INT_NONE,
		.duty = r->duty,
		.place = r->place};
}

static void show_steps(struct arena *arena, const struct policy_book *book,
	const struct person_day *facts, const struct day_ruling *ruling, struct explanation *ret)
{
	struct policy_step step[STEPS_MAX];
	ret->step_count = policy_explain_day(book, facts, ruling, step, STEPS_MAX);
	ret->steps = ARENA_ARRAY(arena, STEPS_MAX, struct explained_step);
	for (int i = 0; i < ret->step_count; i++)
		ret->steps[i] = show_step(arena, book, &step[i]);
}

static struct explained_shift *show_shift(struct arena *arena, const struct shift *s)
{
	struct explained_shift *shown = ARENA_NEW(arena, struct explained_shift);
	bool floats = s->band_before || s->band_after;
	*shown = (struct explained_shift){s->starts, s->ends, s->break_starts, s->break_ends,
		s->asked_minutes ? s->asked_minutes : INT_NONE, floats ? s->band_before : INT_NONE,
		floats ? s->band_after : INT_NONE, s->is_split != 0};
	return shown;
}

static void show_times(
	struct arena *arena, const struct day_ruling *ruling, struct explanation *ret)
{
	ret->windows = ARENA_ARRAY(arena, WINDOWS_MAX, struct explained_window);
	ret->window_count = ruling->windows;
	for (int i = 0; i < ruling->windows; i++)
		ret->windows[i] = (struct explained_window){(int32_t)ruling->window[i].kind,
			ruling->window[i].opens, ruling->window[i].closes};
	if (ruling->shift.starts != MINUTE_OFF)
		ret->shift = show_shift(arena, &ruling->shift);
	ret->changed_at = INSTANT_NONE;
	if (!ruling->shift_reason.changed_at)
		return;
	ret->changed_at = ruling->shift_reason.changed_at;
	if (ruling->shift_reason.was.starts != MINUTE_OFF)
		ret->was = show_shift(arena, &ruling->shift_reason.was);
}

static struct explanation show_ruling(struct arena *arena, const struct policy_book *book,
	const struct person_day *facts, const struct day_ruling *ruling)
{
	const struct shift_reason *why = &ruling->shift_reason;
	struct explanation out = {.employee = facts->employee.v,
		.day = facts->day,
		.mode = (int32_t)ruling->mode,
		.source = (int32_t)ruling->source,
		.zone = zone_name(book->tree->zone),
		.pattern_name = why->pattern_name,
		.regime = (int32_t)why->regime,
		.holiday = why->holiday,
		.holiday_source = why->holiday_source,
		.legal_basis = why->legal_basis,
		.school_break = why->school_break,
		.school_break_source = why->school_break_source,
		.band_basis = why->band_basis,
		.is_turn = why->is_turn != 0,
		.duty = (int32_t)ruling->duty,
		.week_day = ruling->week_day ? ruling->week_day : DAY_NONE,
		.plan_due = ruling->plan_due,
		.place = (int32_t)ruling->place,
		.report_missing = ruling->missing_rule < 0 ? NULL
							   : book->rule[ruling->missing_rule].words,
		.roster = {.letter = facts->letter ? arena_strndup(arena, &facts->letter, 1) : NULL,
			.version = facts->roster_version,
			.decides = ruling->roster_decides}};
	show_times(arena, ruling, &out);
	show_steps(arena, book, facts, ruling, &out);
	return out;
}

/* Roles whose holders may know a status of the people in their scope. */
static bool is_entrusted(enum role role)
{
	return role == ROLE_AGENCY_OFFICER || role == ROLE_UNIT_OFFICER || role == ROLE_BKD;
}

/* Work is no secret. */
static bool is_plain(enum status_kind kind)
{
	return kind == STATUS_NONE || org_status_is_work(kind);
}

static bool is_plain_day(const struct person_day *facts)
{
	bool is = is_plain(facts->status);
	for (int i = 0; i < facts->covers; i++)
		is &= is_plain(facts->cover[i].kind);
	return is;
}

static enum err may_see_status(
	struct req *rq, const struct org_tree *tree, const struct person_day *facts, bool *ret_may)
{
	struct role_row role[ROLES_MAX];
	struct employee_id acts_for;
	int roles;
	*ret_may = facts->employee.v == rq->actor.employee.v || is_plain_day(facts);
	if (*ret_may)
		return OK;
	enum err e = org_list_roles(rq->tx, rq->actor.employee, req_today(rq), role, &roles);
	for (int i = 0; !e && i < roles; i++)
		*ret_may |= is_entrusted(role[i].role) &&
			    org_is_below(tree, facts->unit, role[i].unit);
	if (e || *ret_may)
		return e;
	return org_load_authority(
		rq->tx, rq->actor.employee, facts->employee, facts->day, ret_may, &acts_for);
}

/* Supervisor and unit officer know that somebody is away, not of his health (principle 10). */
static enum err may_see_health(
	struct req *rq, const struct person_day *facts, enum status_kind kind, bool *ret_may)
{
	const struct object about = {.employee = facts->employee, .day = facts->day};
	enum err e;
	*ret_may = true;
	if (!org_is_private_kind(kind))
		return OK;
	e = org_authorise(rq, P_MEDICAL_READ, &about);
	*ret_may = !e;
	return e == E_NOT_FOUND || e == E_FORBIDDEN ? OK : e;
}

static enum err show_status(
	struct req *rq, const struct person_day *facts, bool may, struct explanation *ret)
{
	bool health;
	enum err e;
	if (facts->status == STATUS_NONE || (!may && !is_plain(facts->status)))
		return OK;
	if ((e = may_see_health(rq, facts, facts->status, &health)))
		return e;
	ret->status = ARENA_NEW(rq->tx->arena, struct explained_status);
	*ret->status = (struct explained_status){
		org_shown_kind(facts->status, health), health ? facts->status_letter : ""};
	return OK;
}

static enum err show_covers(
	struct req *rq, const struct person_day *facts, bool may, struct explanation *ret)
{
	enum err e = OK;
	ret->covers = ARENA_ARRAY(rq->tx->arena, COVERS_MAX, struct explained_cover);
	for (int i = 0; i < facts->covers && !e; i++) {
		const struct day_cover *c = &facts->cover[i];
		bool health;
		if (!may && !is_plain(c->kind))
			continue;
		e = may_see_health(rq, facts, c->kind, &health);
		ret->covers[ret->cover_count++] = (struct explained_cover){
			org_shown_kind(c->kind, !e && health), c->from, c->to};
	}
	return e;
}

enum err roster_explain_day(
	struct req *rq, struct employee_id employee, int32_t day, struct explanation *ret)
{
	const struct policy_book *book;
	struct employee_row row;
	struct person_day facts;
	struct day_ruling ruling;
	bool may;
	enum err e = policy_load_book(rq->tx, &book);
	if (e || (e = roster_load_person_day(rq->tx, employee, day, &facts)) ||
		(e = org_load_employee(rq->tx, employee, day, &row)) ||
		(e = may_see_status(rq, book->tree, &facts, &may)))
		return e;
	policy_decide_day(book, &facts, &ruling);
	if ((e = roster_apply_week(rq->tx, book, &facts, &ruling)))
		return e;
	*ret = show_ruling(rq->tx->arena, book, &facts, &ruling);
	ret->name = org_full_name(rq->tx->arena, &row);
	ret->masked = !may;
	e = show_status(rq, &facts, may, ret);
	return e ? e : show_covers(rq, &facts, may, ret);
}

static const struct field explain_query_fields[] = {
	Q_ID(struct roster_explain_query, employee, 0, "The person."),
	Q_DAY(struct roster_explain_query, day, 0, "The day."),
	F_END,
};
const struct shape roster_explain_query_shape = SHAPE(
	"ExplainQuery", struct roster_explain_query, explain_query_fields);

enum err roster_find_explained(struct req *rq, struct object *ret_object)
{
	const struct roster_explain_query *query = rq->input;
	ret_object->employee.v = query->employee;
	ret_object->day = query->day;
	return OK;
}

enum err roster_get_explain(struct req *rq)
{
	const struct roster_explain_query *query = rq->input;
	struct explanation out;
	enum err e = roster_explain_day(
		rq, (struct employee_id){query->employee}, query->day, &out);
	return e ? e : reply(rq, 200, &out);
}
