/*
 * Acts on a meeting: attended by one tap in its window, somebody named, minutes and decisions
 * written, cancelled; and a decision that becomes a task. A decision that is a task keeps its
 * words.
 */
#include "tasks/tasks_meeting.h"

#include "base/str.h"

#include <string.h>

#define REASON_MIN 5

static const char *const attend_reasons[ATTEND_FAULTS] = {
	[ATTEND_CANCELLED] = "was cancelled",
	[ATTEND_EARLY] = "has not begun: come back shortly before its start",
	[ATTEND_LATE] = "is over: tell its convenor that you were there",
	[ATTEND_NO_PLACE] = "is online alone",
	[ATTEND_NO_LINK] = "is on site alone",
};

/* Its thread takes one more line. */
static enum err load(struct req *rq, int64_t id, struct meeting_row *ret)
{
	int events;
	enum err e = tasks_load_meeting(rq->tx, id, ret);

	if (e || (e = tasks_count_events(rq->tx, id, &events)))
		return e;
	return events < TASK_EVENTS_MAX
		       ? OK
		       : refuse(rq, E_REFUSED, "/meeting", "its thread is full: call a new one");
}

/* ---- attending ---- */

struct attend_input {
	int64_t meeting;
	int32_t way;
};
static const struct field attend_fields[] = {
	PATH_ID(struct attend_input, meeting, "The meeting."),
	F_ENUM(struct attend_input, way, meeting_way_names, 0, "On site or online."),
	F_END,
};
const struct shape tasks_meeting_attend_shape = SHAPE(
	"MeetingAttend", struct attend_input, attend_fields);

/* Said twice it counts once. */
enum err tasks_post_attend(struct req *rq)
{
	const struct attend_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct invited_row *row = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_row), *own;
	struct meeting_window window;
	struct meeting_row m;
	int count;
	enum err e = tasks_load_meeting(rq->tx, in->meeting, &m);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = tasks_list_invited(rq->tx, m.id, req_today(rq), row, &count)) ||
		(e = tasks_load_window(rq, &m, &window)))
		return e;
	own = tasks_find_invitation(row, count, places);
	if (!own)
		return refuse(rq, E_REFUSED, "/meeting", "one is not among those invited");
	if (own->attended.v)
		return tasks_reply_meeting(rq, &m);
	const enum attend_fault fault = tasks_check_attendance(
		&window, (enum meeting_way)in->way, rq->tx->now_ms);
	if (fault)
		return refuse(rq, E_REFUSED, "/way", attend_reasons[fault]);
	own->attended = rq->actor.employee;
	own->attended_at = rq->tx->now_ms;
	own->attended_as = in->way;
	if ((e = tasks_put_invited(rq->tx, m.id, own)))
		return e;
	tasks_add_leaf(rq->tx, m.id,
		arena_printf(rq->tx->arena, "meeting %lld attended %s as invited %d",
			(long long)m.id, meeting_way_names[in->way], own->invited),
		rq->actor.employee, tasks_for(places, own->party), "");
	return tasks_reply_meeting(rq, &m);
}

/* ---- naming ---- */

struct name_input {
	int64_t meeting;
	int32_t invited;
	struct employee_id employee;
};
static const struct field name_fields[] = {
	PATH_ID(struct name_input, meeting, "The meeting."),
	F_INT(struct name_input, invited, 1, INVITED_MAX, 0, "Whose invitation."),
	F_ID(struct name_input, employee, 0,
		"Who comes: along one's lines, or of the units one heads."),
	F_END,
};
const struct shape tasks_meeting_name_shape = SHAPE("MeetingName", struct name_input, name_fields);

enum err tasks_post_name(struct req *rq)
{
	const struct name_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct invited_row *row = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_row);
	struct meeting_row m;
	struct party named;
	struct unit_id unit;
	const char *name;
	int count;
	enum err e = load(rq, in->meeting, &m);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = tasks_list_invited(rq->tx, m.id, req_today(rq), row, &count)))
		return e;
	struct invited_row *own = in->invited <= count ? &row[in->invited - 1] : NULL;
	if (!own || !tasks_find_place(places, own->party))
		return refuse(rq, E_REFUSED, "/invited", "is somebody else's invitation");
	if (m.state != MEETING_CALLED || own->attended.v)
		return refuse(
			rq, E_CONFLICT, "/meeting", "is over, cancelled, or attended already");
	if ((e = tasks_find_near(rq, places, &(struct address){.employee = in->employee}, false,
		     "/employee", &named, &unit)) ||
		(e = tasks_load_name(rq->tx, in->employee, req_today(rq), &name)))
		return e;
	own->named = in->employee;
	if ((e = tasks_put_invited(rq->tx, m.id, own)) ||
		(e = tasks_add_event(rq->tx, m.id, EVENT_NAMED, rq->actor.employee,
			 tasks_for(places, own->party), name)))
		return e;
	tasks_add_leaf(rq->tx, m.id,
		arena_printf(rq->tx->arena, "meeting %lld invited %d named %lld", (long long)m.id,
			own->invited, (long long)in->employee.v),
		rq->actor.employee, tasks_for(places, own->party), name);
	return tasks_reply_meeting(rq, &m);
}

/* ---- what the convenor does ---- */

static enum err load_called(
	struct req *rq, int64_t id, int32_t version, struct places *places, struct meeting_row *ret)
{
	enum err e = load(rq, id, ret);

	if (e || (e = tasks_load_own_places(rq, places)))
		return e;
	if (!tasks_find_place(places, ret->party))
		return refuse(rq, E_REFUSED, "/meeting", "is its convenor's to do");
	if (ret->state == MEETING_CANCELLED)
		return refuse(rq, E_CONFLICT, "/meeting", "was cancelled");
	return version == ret->version ? OK : E_STALE;
}

static enum err put(struct req *rq, struct meeting_row *m, const struct places *places,
	enum task_event event, const char *note)
{
	const struct party for_party = tasks_for(places, m->party);
	enum err e;

	m->version++;
	if ((e = tasks_put_meeting(rq->tx, m)) ||
		(e = tasks_add_event(rq->tx, m->id, event, rq->actor.employee, for_party, note)))
		return e;
	return tasks_reply_meeting(rq, m);
}

struct minutes_decision {
	const char *text;
};
static const struct field minutes_decision_fields[] = {
	F_TEXT(struct minutes_decision, text, 3, DECISION_MAX, 0, "What was decided."),
	F_END,
};
static const struct shape minutes_decision_shape = SHAPE(
	"MeetingDecisionInput", struct minutes_decision, minutes_decision_fields);

struct minutes_input {
	int64_t meeting;
	int32_t version;
	const char *minutes, *note;
	struct minutes_decision *decisions;
	int decision_count;
};
static const struct field minutes_fields[] = {
	PATH_ID(struct minutes_input, meeting, "The meeting."),
	F_INT(struct minutes_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct minutes_input, minutes, 3, MINUTES_MAX, 0, "The minutes."),
	F_LIST(struct minutes_input, decisions, decision_count, &minutes_decision_shape, 0,
		DECISIONS_MAX, 0,
		"All decisions; those that are tasks with their words as they are."),
	F_END,
};
const struct shape tasks_meeting_minutes_shape = SHAPE(
	"MeetingMinutes", struct minutes_input, minutes_fields);

static enum err put_decisions(struct req *rq, const struct minutes_input *in)
{
	struct decision_row *old = ARENA_ARRAY(rq->tx->arena, DECISIONS_MAX, struct decision_row);
	int olds;
	enum err e = tasks_list_decisions(rq->tx, in->meeting, old, &olds);

	for (int i = 0; !e && i < olds; i++)
		if (old[i].task &&
			(i >= in->decision_count || !str_eq(old[i].text, in->decisions[i].text)))
			return refuse(rq, E_CONFLICT, "/decisions",
				"one that is a task already keeps its words and its place");
	for (int i = 0; !e && i < in->decision_count; i++)
		e = tasks_put_decision(rq->tx, in->meeting,
			&(struct decision_row){
				i + 1, in->decisions[i].text, i < olds ? old[i].task : 0});
	return e ? e : tasks_cut_decisions(rq->tx, in->meeting, in->decision_count);
}

/* The words of minutes and decisions are committed to. */
static void seal_minutes(struct req *rq, const struct minutes_input *in, struct party for_party)
{
	struct buf b;

	buf_init(&b, rq->tx->arena, 1024);
	buf_str(&b, in->minutes);
	for (int i = 0; i < in->decision_count; i++)
		buf_printf(&b, "\n%d. %s", i + 1, in->decisions[i].text);
	tasks_add_leaf(rq->tx, in->meeting,
		arena_printf(rq->tx->arena, "meeting %lld minutes version %d",
			(long long)in->meeting, in->version + 1),
		rq->actor.employee, for_party, b.p);
}

enum err tasks_put_minutes(struct req *rq)
{
	const struct minutes_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct meeting_row m;
	enum err e = load_called(rq, in->meeting, in->version, places, &m);

	if (e)
		return e;
	if (rq->tx->now_ms < m.starts_at)
		return refuse(rq, E_REFUSED, "/minutes", "has not begun: minutes follow");
	if ((e = put_decisions(rq, in)))
		return e;
	m.state = MEETING_MINUTED;
	m.minutes = in->minutes;
	m.minutes_by = rq->actor.employee;
	m.minutes_at = rq->tx->now_ms;
	seal_minutes(rq, in, tasks_for(places, m.party));
	return put(rq, &m, places, EVENT_MINUTED, "");
}

static const struct field cancel_fields[] = {
	PATH_ID(struct minutes_input, meeting, "The meeting."),
	F_INT(struct minutes_input, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct minutes_input, note, REASON_MIN, TASK_NOTE_MAX, 0, "Why."),
	F_END,
};
const struct shape tasks_meeting_cancel_shape = SHAPE(
	"MeetingCancel", struct minutes_input, cancel_fields);

enum err tasks_post_cancel(struct req *rq)
{
	const struct minutes_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct meeting_row m;
	enum err e = load_called(rq, in->meeting, in->version, places, &m);

	if (e)
		return e;
	if (m.state != MEETING_CALLED)
		return refuse(rq, E_CONFLICT, "/meeting", "has minutes already");
	m.state = MEETING_CANCELLED;
	tasks_add_leaf(rq->tx, m.id,
		arena_printf(rq->tx->arena, "meeting %lld cancelled", (long long)m.id),
		rq->actor.employee, tasks_for(places, m.party), in->note);
	return put(rq, &m, places, EVENT_CANCELLED, in->note);
}

/* ---- a decision becomes a task ---- */

struct task_of_input {
	int64_t meeting;
	int32_t decision;
	struct address to;
	int32_t due;
};
static const struct field task_fields[] = {
	PATH_ID(struct task_of_input, meeting, "The meeting."),
	F_INT(struct task_of_input, decision, 1, DECISIONS_MAX, 0, "Which decision."),
	{"employee", FIELD_ID, FROM_BODY, OPTIONAL, offsetof(struct task_of_input, to.employee), 0,
		0, 0, NULL, NULL, "Who carries it out."},
	{"unit", FIELD_ID, FROM_BODY, OPTIONAL, offsetof(struct task_of_input, to.unit), 0, 0, 0,
		NULL, NULL, "Or which unit."},
	F_DAY(struct task_of_input, due, OPTIONAL, "Until when."),
	F_END,
};
const struct shape tasks_meeting_task_shape = SHAPE(
	"MeetingTask", struct task_of_input, task_fields);

/* Whom a head only named is not: what his unit has to do goes through him. */
static bool is_invited(const struct invited_row *row, int count, const struct address *to)
{
	for (int i = 0; i < count; i++)
		if (row[i].party.v == (to->unit.v ? -to->unit.v : to->employee.v))
			return true;
	return false;
}

static enum err find_decision(
	struct req *rq, const struct task_of_input *in, struct decision_row *ret)
{
	struct decision_row *row = ARENA_ARRAY(rq->tx->arena, DECISIONS_MAX, struct decision_row);
	int count;
	enum err e = tasks_list_decisions(rq->tx, in->meeting, row, &count);

	if (e)
		return e;
	if (in->decision > count)
		return refuse(rq, E_BAD_FIELD, "/decision", "no such decision");
	*ret = row[in->decision - 1];
	return ret->task ? refuse(rq, E_CONFLICT, "/decision", "is a task already") : OK;
}

/* The subject is the decision as far as it fits; the body has all of it. */
static const char *subject_of(struct arena *arena, const char *text)
{
	size_t n = strlen(text);

	if (n <= TASK_SUBJECT_MAX)
		return text;
	n = TASK_SUBJECT_MAX - 3;
	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--; /* not within a character */
	return arena_printf(arena, "%.*s...", (int)n, text);
}

enum err tasks_post_decision_task(struct req *rq)
{
	const struct task_of_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct invited_row *row = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_row);
	struct sending s = {.kind = TASK_DECISION};
	struct decision_row decision;
	struct meeting_row m;
	struct task_row task;
	int32_t due;
	int count;
	enum err e = load(rq, in->meeting, &m);

	if (e || (e = load_called(rq, in->meeting, m.version, places, &m)) ||
		(e = find_decision(rq, in, &decision)) ||
		(e = tasks_list_invited(rq->tx, m.id, req_today(rq), row, &count)))
		return e;
	s.from = m.party;
	s.is_invited = is_invited(row, count, &in->to);
	if ((e = tasks_find_sending(
		     rq, places, &in->to, in->to.unit.v ? "/unit" : "/employee", &s)) ||
		(e = tasks_find_due(rq, s.to_unit, in->due, 0, &due)))
		return e;
	task = (struct task_row){.kind = TASK_DECISION,
		.subject = subject_of(rq->tx->arena, decision.text),
		.body = arena_printf(rq->tx->arena, "%s\n(%s)", decision.text, m.title),
		.from = m.party,
		.from_id = rq->actor.employee,
		.from_unit = m.unit,
		.to = s.to,
		.to_unit = s.to_unit,
		.sent_day = req_today(rq),
		.due = due,
		.letter_number = "",
		.letter_link = "",
		.meeting = m.id};
	if ((e = tasks_add(rq->tx, &task, rq->actor.employee, s.for_party, "")))
		return e;
	decision.task = task.id;
	if ((e = tasks_put_decision(rq->tx, m.id, &decision)))
		return e;
	return tasks_reply_added(rq, &task);
}
