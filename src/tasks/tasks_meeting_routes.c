/*
 * Meetings over HTTP: calling one across agencies, those one has part in, and one with who is
 * invited, who came, its minutes and decisions. A unit is invited as its head; he comes himself or
 * names somebody.
 */
#include "tasks/tasks_meeting.h"

#include "attendance/attendance_evidence.h"

#include <stdlib.h>

#define MEETINGS_PAGE    30
#define MEETING_DAYS_MAX 366
#define MEETING_HOURS    24

/* ---- shapes ---- */

struct meeting_item {
	int64_t meeting;
	const char *title, *place, *link, *convenor_name, *unit_name, *letter_number;
	int64_t starts_at, ends_at;
	int32_t state, version, invited, attended;
	bool is_convenor;
};
static const struct field item_fields[] = {
	F_ID(struct meeting_item, meeting, 0, "The meeting."),
	F_TEXT(struct meeting_item, title, 1, TASK_SUBJECT_MAX, 0, "What it is about."),
	F_TEXT(struct meeting_item, place, 0, PLACE_MAX, OPTIONAL, "Where; absent: online alone."),
	F_TEXT(struct meeting_item, link, 0, TASK_LINK_MAX, OPTIONAL, "Its address online."),
	F_TEXT(struct meeting_item, convenor_name, 0, 300, 0, "Who called it."),
	F_TEXT(struct meeting_item, unit_name, 0, 200, 0, "For which unit."),
	F_TEXT(struct meeting_item, letter_number, 0, TASK_LETTER_MAX, OPTIONAL,
		"Number of the invitation in the register (SRIKANDI)."),
	F_INSTANT(struct meeting_item, starts_at, 0, "When it starts."),
	F_INSTANT(struct meeting_item, ends_at, 0, "When it is to end."),
	F_ENUM(struct meeting_item, state, meeting_state_names, 0,
		"Called, with minutes, or cancelled."),
	F_INT(struct meeting_item, version, 1, INT32_MAX, 0, "To be named when changing it."),
	F_INT(struct meeting_item, invited, 0, INVITED_MAX, 0, "How many are invited."),
	F_INT(struct meeting_item, attended, 0, INVITED_MAX, 0, "Of these came."),
	F_BOOL(struct meeting_item, is_convenor, 0,
		"The reader calls it, or stands in for who does."),
	F_END,
};
static const struct shape item_shape = SHAPE("Meeting", struct meeting_item, item_fields);

struct meeting_list {
	struct meeting_item *items;
	int count;
	int64_t next;
};
static const struct field list_fields[] = {
	F_LIST(struct meeting_list, items, count, &item_shape, 0, MEETINGS_PAGE, 0,
		"Those to come: the next first; past ones: the latest first."),
	F_ID(struct meeting_list, next, OPTIONAL, "Cursor of the next page."),
	F_END,
};
static const struct shape list_shape = SHAPE("Meetings", struct meeting_list, list_fields);

struct invited_item {
	int32_t invited;
	const char *full_name, *position, *unit_name, *named_name, *attended_name;
	int64_t attended_at;
	int32_t attended_as;
	bool is_office, may_name;
};
static const struct field invited_fields[] = {
	F_INT(struct invited_item, invited, 1, INVITED_MAX, 0, "Its place in the list."),
	F_TEXT(struct invited_item, full_name, 0, 300, OPTIONAL,
		"Who is invited; absent: whoever heads the unit."),
	F_TEXT(struct invited_item, position, 0, 200, OPTIONAL, "His position."),
	F_TEXT(struct invited_item, unit_name, 0, 200, 0, "Of which unit."),
	F_BOOL(struct invited_item, is_office, 0, "The unit is invited, not a person."),
	F_TEXT(struct invited_item, named_name, 0, 300, OPTIONAL, "Whom he sends."),
	F_TEXT(struct invited_item, attended_name, 0, 300, OPTIONAL, "Who came."),
	F_INSTANT(struct invited_item, attended_at, OPTIONAL, "When he said so."),
	F_ENUM(struct invited_item, attended_as, meeting_way_names, OPTIONAL, "On site or online."),
	F_BOOL(struct invited_item, may_name, 0, "The reader may name somebody to come."),
	F_END,
};
static const struct shape invited_shape = SHAPE("Invited", struct invited_item, invited_fields);

struct decision_item {
	int32_t decision;
	const char *text;
	int64_t task;
};
static const struct field decision_fields[] = {
	F_INT(struct decision_item, decision, 1, DECISIONS_MAX, 0, "Its number."),
	F_TEXT(struct decision_item, text, 1, DECISION_MAX, 0, "What was decided."),
	F_ID(struct decision_item, task, OPTIONAL, "The task it became."),
	F_END,
};
static const struct shape decision_shape = SHAPE(
	"MeetingDecision", struct decision_item, decision_fields);

struct meeting_detail {
	struct meeting_item meeting;
	const char *agenda, *minutes, *minutes_by_name;
	int64_t minutes_at, opens_at, closes_at, attended_at;
	int32_t attended_as;
	struct invited_item *invited;
	int invited_count;
	struct decision_item *decisions;
	int decision_count;
	struct event_item *thread;
	int events;
	bool may_attend, may_minute, may_cancel;
};
static const struct field detail_fields[] = {
	F_OBJECT(struct meeting_detail, meeting, &item_shape, 0, "The meeting."),
	F_TEXT(struct meeting_detail, agenda, 0, AGENDA_MAX, 0, "What is on it."),
	F_INSTANT(struct meeting_detail, opens_at, 0, "From when one may say that one is there."),
	F_INSTANT(struct meeting_detail, closes_at, 0, "Until when."),
	F_BOOL(struct meeting_detail, may_attend, 0, "The reader may say so now."),
	F_INSTANT(struct meeting_detail, attended_at, OPTIONAL, "When he did."),
	F_ENUM(struct meeting_detail, attended_as, meeting_way_names, OPTIONAL,
		"And how he was there."),
	F_LIST(struct meeting_detail, invited, invited_count, &invited_shape, 0, INVITED_MAX, 0,
		"Who is invited, and who came."),
	F_TEXT(struct meeting_detail, minutes, 0, MINUTES_MAX, OPTIONAL, "The minutes."),
	F_TEXT(struct meeting_detail, minutes_by_name, 0, 300, OPTIONAL, "Who wrote them."),
	F_INSTANT(struct meeting_detail, minutes_at, OPTIONAL, "When."),
	F_LIST(struct meeting_detail, decisions, decision_count, &decision_shape, 0, DECISIONS_MAX,
		0, "What was decided."),
	F_LIST(struct meeting_detail, thread, events, &tasks_event_shape, 0, TASK_EVENTS_MAX, 0,
		"What happened, in order."),
	F_BOOL(struct meeting_detail, may_minute, 0, "The reader may write minutes and decisions."),
	F_BOOL(struct meeting_detail, may_cancel, 0, "He may cancel it."),
	F_END,
};
static const struct shape detail_shape = SHAPE(
	"MeetingDetail", struct meeting_detail, detail_fields);

struct meeting_key {
	int64_t meeting;
	int32_t state, version;
};
static const struct field key_fields[] = {
	F_ID(struct meeting_key, meeting, 0, "The meeting."),
	F_ENUM(struct meeting_key, state, meeting_state_names, 0, "Its state now."),
	F_INT(struct meeting_key, version, 1, INT32_MAX, 0, "Its version now."),
	F_END,
};
const struct shape tasks_meeting_key_shape = SHAPE("MeetingKey", struct meeting_key, key_fields);

enum err tasks_reply_meeting(struct req *rq, const struct meeting_row *m)
{
	return reply(rq, 200, &(struct meeting_key){m->id, m->state, m->version});
}

static struct meeting_item make_item(
	const struct org_tree *tree, const struct places *places, const struct meeting_row *m)
{
	return (struct meeting_item){.meeting = m->id,
		.title = m->title,
		.place = tasks_optional(m->place),
		.link = tasks_optional(m->link),
		.convenor_name = m->convenor_name,
		.unit_name = tasks_unit_name(tree, m->unit),
		.letter_number = tasks_optional(m->letter_number),
		.starts_at = m->starts_at,
		.ends_at = m->ends_at,
		.state = m->state,
		.version = m->version,
		.invited = m->invited,
		.attended = m->attended,
		.is_convenor = tasks_find_place(places, m->party) != NULL};
}

/* ---- lists ---- */

enum meeting_box { BOX_COMING, BOX_PAST };
static const char *const box_names[] = {"coming", "past", NULL};
struct meetings_query {
	int32_t box;
	int64_t cursor;
};
static const struct field query_fields[] = {
	Q_ENUM(struct meetings_query, box, box_names, OPTIONAL,
		"Those to come, the default, or past."),
	Q_ID(struct meetings_query, cursor, OPTIONAL, "The next of the page before."),
	F_END,
};
static const struct shape query_shape = SHAPE("MeetingsQuery", struct meetings_query, query_fields);

static int by_start(const void *a, const void *b)
{
	const struct meeting_row *x = a, *y = b;

	if (x->starts_at != y->starts_at)
		return x->starts_at < y->starts_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_latest(const void *a, const void *b)
{
	return by_start(b, a);
}

/* What several of one's places have part in comes once. */
static int sort_once(struct meeting_row *row, int rows, bool is_past)
{
	int kept = 0;

	qsort(row, (size_t)rows, sizeof(*row), is_past ? by_latest : by_start);
	for (int i = 0; i < rows; i++)
		if (!kept || row[kept - 1].id != row[i].id)
			row[kept++] = row[i];
	return kept;
}

static enum err find_page(struct req *rq, struct meeting_page *ret)
{
	const struct meetings_query *in = rq->input;
	struct meeting_row row;
	enum err e;

	*ret = (struct meeting_page){
		.is_past = in->box == BOX_PAST, .now = rq->tx->now_ms, .max = MEETINGS_PAGE + 1};
	if (!in->cursor)
		return OK;
	e = tasks_load_meeting(rq->tx, in->cursor, &row);
	if (e)
		return e == E_NOT_FOUND ? refuse(rq, E_BAD_FIELD, "/cursor", "unknown") : e;
	ret->cursor = row.id;
	ret->cursor_at = row.starts_at;
	return OK;
}

static enum err get_meetings(struct req *rq)
{
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct meeting_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, MEETINGS_PAGE, struct meeting_item)};
	struct meeting_page page;
	struct meeting_row *row;
	const struct org_tree *tree;
	int rows = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = find_page(rq, &page)) || (e = tasks_load_own_places(rq, places)))
		return e;
	row = ARENA_ARRAY(rq->tx->arena, (size_t)(places->count * page.max), struct meeting_row);
	for (int i = 0; !e && i < places->count; i++) {
		int count = 0;

		e = tasks_list_meetings(rq->tx, places->place[i].party, &page, row + rows, &count);
		rows += count;
	}
	rows = sort_once(row, rows, page.is_past);
	for (; !e && out.count < rows && out.count < MEETINGS_PAGE; out.count++)
		out.items[out.count] = make_item(tree, places, &row[out.count]);
	out.next = rows > MEETINGS_PAGE ? row[MEETINGS_PAGE - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

/* ---- one ---- */

struct meeting_path {
	int64_t meeting;
};
static const struct field path_fields[] = {
	PATH_ID(struct meeting_path, meeting, "The meeting."),
	F_END,
};
static const struct shape path_shape = SHAPE("MeetingPath", struct meeting_path, path_fields);

struct invited_row *tasks_find_invitation(
	struct invited_row *row, int count, const struct places *places)
{
	struct invited_row *found = NULL;

	for (int i = 0; i < count; i++) {
		if (row[i].named.v == places->actor.v || row[i].party.v == places->actor.v)
			return &row[i];
		if (!found && !row[i].named.v && tasks_find_place(places, row[i].party))
			found = &row[i];
	}
	return found;
}

enum err tasks_find_meeting(struct req *rq, struct object *ret_object)
{
	const int64_t *id = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct invited_row *row = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_row);
	struct meeting_row m;
	int count;
	enum err e = tasks_load_meeting(rq->tx, *id, &m);

	if (e || (e = tasks_load_own_places(rq, places)) ||
		(e = tasks_list_invited(rq->tx, *id, req_today(rq), row, &count)))
		return e;
	ret_object->employee = tasks_find_place(places, m.party) ? rq->actor.employee : m.convenor;
	for (int i = 0; i < count; i++)
		if (row[i].named.v == rq->actor.employee.v ||
			tasks_find_place(places, row[i].party))
			ret_object->employee = rq->actor.employee;
	return OK;
}

enum err tasks_load_window(struct req *rq, const struct meeting_row *m, struct meeting_window *ret)
{
	const struct org_tree *tree;
	struct parameters numbers;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e)
		e = attendance_load_parameters(
			rq->tx, instant_day(m->starts_at, tree->zone), &numbers);
	*ret = (struct meeting_window){.starts_at = m->starts_at,
		.ends_at = m->ends_at,
		.opens_minutes = e ? 0 : numbers.of[PARAMETER_MEETING_OPENS_MINUTES],
		.closes_minutes = e ? 0 : numbers.of[PARAMETER_MEETING_CLOSES_MINUTES],
		.has_place = *m->place != '\0',
		.has_link = *m->link != '\0',
		.is_cancelled = m->state == MEETING_CANCELLED};
	return e;
}

static struct invited_item make_invited(
	const struct org_tree *tree, const struct places *places, const struct invited_row *r)
{
	return (struct invited_item){.invited = r->invited,
		.full_name = r->person_name,
		.position = tasks_optional(r->position),
		.unit_name = tasks_unit_name(tree, r->unit),
		.is_office = r->party.v < 0,
		.named_name = r->named_name,
		.attended_name = r->attended_name,
		.attended_at = r->attended.v ? r->attended_at : INSTANT_NONE,
		.attended_as = r->attended.v ? r->attended_as : INT_NONE,
		.may_name = !r->attended.v && tasks_find_place(places, r->party)};
}

static enum err load_invited(struct req *rq, const struct org_tree *tree,
	const struct places *places, const struct meeting_row *m, struct meeting_detail *d)
{
	struct invited_row *row = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_row);
	const int64_t now = rq->tx->now_ms;
	struct meeting_window window;
	enum err e = tasks_list_invited(rq->tx, m->id, req_today(rq), row, &d->invited_count);

	if (e || (e = tasks_load_window(rq, m, &window)))
		return e;
	d->invited = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_item);
	for (int i = 0; i < d->invited_count; i++) {
		d->invited[i] = make_invited(tree, places, &row[i]);
		d->invited[i].may_name &= m->state == MEETING_CALLED;
	}
	d->opens_at = m->starts_at - window.opens_minutes * MS_PER_MINUTE;
	d->closes_at = m->ends_at + window.closes_minutes * MS_PER_MINUTE;
	const struct invited_row *own = tasks_find_invitation(row, d->invited_count, places);
	d->may_attend = own && !own->attended.v && m->state != MEETING_CANCELLED &&
			now >= d->opens_at && now <= d->closes_at;
	d->attended_at = own && own->attended.v ? own->attended_at : INSTANT_NONE;
	d->attended_as = own && own->attended.v ? own->attended_as : INT_NONE;
	return OK;
}

static enum err load_decisions(struct req *rq, int64_t meeting, struct meeting_detail *d)
{
	struct decision_row *row = ARENA_ARRAY(rq->tx->arena, DECISIONS_MAX, struct decision_row);
	enum err e = tasks_list_decisions(rq->tx, meeting, row, &d->decision_count);

	d->decisions = ARENA_ARRAY(rq->tx->arena, DECISIONS_MAX, struct decision_item);
	for (int i = 0; !e && i < d->decision_count; i++)
		d->decisions[i] = (struct decision_item){row[i].decision, row[i].text, row[i].task};
	return e;
}

static enum err get_meeting(struct req *rq)
{
	const struct meeting_path *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct meeting_detail *d = ARENA_NEW(rq->tx->arena, struct meeting_detail);
	struct meeting_row m;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = tasks_load_meeting(rq->tx, in->meeting, &m)) ||
		(e = tasks_load_own_places(rq, places)) ||
		(e = load_invited(rq, tree, places, &m, d)) || (e = load_decisions(rq, m.id, d)) ||
		(e = tasks_load_thread(rq, m.id, &d->thread, &d->events)))
		return e;
	d->meeting = make_item(tree, places, &m);
	d->agenda = m.agenda;
	d->minutes = tasks_optional(m.minutes);
	d->minutes_by_name = m.minutes_by_name;
	d->minutes_at = m.minutes_at ? m.minutes_at : INSTANT_NONE;
	d->may_minute = d->meeting.is_convenor && m.state != MEETING_CANCELLED &&
			rq->tx->now_ms >= m.starts_at;
	d->may_cancel = d->meeting.is_convenor && m.state == MEETING_CALLED;
	return reply(rq, 200, d);
}

/* ---- the list of attendance ---- */

struct attendance_list {
	struct invited_item *items;
	int count;
};
static const struct field attendance_fields[] = {
	F_LIST(struct attendance_list, items, count, &invited_shape, 0, INVITED_MAX, 0,
		"Who is invited, and who came."),
	F_END,
};
static const struct shape attendance_shape = SHAPE(
	"MeetingAttendance", struct attendance_list, attendance_fields);

static enum err get_attendance(struct req *rq)
{
	const struct meeting_path *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct meeting_detail *d = ARENA_NEW(rq->tx->arena, struct meeting_detail);
	struct meeting_row m;
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || (e = tasks_load_meeting(rq->tx, in->meeting, &m)) ||
		(e = tasks_load_own_places(rq, places)) ||
		(e = load_invited(rq, tree, places, &m, d)))
		return e;
	return reply(rq, 200, &(struct attendance_list){d->invited, d->invited_count});
}

/* ---- calling ---- */

struct meeting_input {
	const char *title, *agenda, *place, *link, *letter_number;
	int64_t starts_at, ends_at;
	int64_t *employees, *units;
	int employee_count, unit_count;
};
static const struct field input_fields[] = {
	F_TEXT(struct meeting_input, title, 3, TASK_SUBJECT_MAX, 0, "What it is about."),
	F_TEXT(struct meeting_input, agenda, 0, AGENDA_MAX, OPTIONAL, "What is on it."),
	F_TEXT(struct meeting_input, place, 0, PLACE_MAX, OPTIONAL, "Where."),
	F_TEXT(struct meeting_input, link, 0, TASK_LINK_MAX, OPTIONAL,
		"Its address online: https."),
	F_TEXT(struct meeting_input, letter_number, 0, TASK_LETTER_MAX, OPTIONAL,
		"Number of the invitation in the register (SRIKANDI)."),
	F_INSTANT(struct meeting_input, starts_at, 0, "When it starts."),
	F_INSTANT(struct meeting_input, ends_at, 0, "When it is to end."),
	F_IDS(struct meeting_input, employees, employee_count, 0, INVITED_MAX, OPTIONAL,
		"People along one's lines, or of the units one heads."),
	F_IDS(struct meeting_input, units, unit_count, 0, INVITED_MAX, OPTIONAL,
		"Units: their heads come, or whom they name."),
	F_END,
};
static const struct shape input_shape = SHAPE("MeetingInput", struct meeting_input, input_fields);

static enum err check_input(struct req *rq, const struct meeting_input *in)
{
	const int64_t now = rq->tx->now_ms;
	const bool is_nowhere = !*tasks_text(in->place) && !*tasks_text(in->link);

	if (is_nowhere)
		return refuse(
			rq, E_BAD_FIELD, "/place", "name a place, an address online, or both");
	if (in->starts_at < now - MS_PER_DAY || in->starts_at > now + MEETING_DAYS_MAX * MS_PER_DAY)
		return refuse(rq, E_BAD_FIELD, "/starts_at",
			"more than a day ago or more than a year ahead");
	if (in->ends_at <= in->starts_at ||
		in->ends_at > in->starts_at + MEETING_HOURS * MS_PER_DAY / 24)
		return refuse(rq, E_BAD_FIELD, "/ends_at", "must follow the start within a day");
	if (in->employee_count + in->unit_count == 0)
		return refuse(rq, E_BAD_FIELD, "/employees", "name who is invited");
	if (in->employee_count + in->unit_count > INVITED_MAX)
		return refuse(rq, E_BAD_FIELD, "/employees", "at most 100 are invited");
	return tasks_check_link(rq, in->link, "/link");
}

static enum err add_invited(struct req *rq, const struct places *places,
	const struct address *address, const char *pointer, struct invited_row *row, int *count)
{
	struct invited_row one = {0};
	enum err e = tasks_find_near(rq, places, address, true, pointer, &one.party, &one.unit);

	for (int i = 0; !e && i < *count; i++)
		if (row[i].party.v == one.party.v)
			return OK; /* named twice */
	if (!e)
		row[(*count)++] = one;
	return e;
}

/* As whom it is called: for the office one holds or stands in for, else oneself. */
static enum err find_convenor(struct req *rq, const struct places *places, struct meeting_row *m)
{
	struct employee_row self;
	enum err e = org_load_employee(rq->tx, rq->actor.employee, req_today(rq), &self);

	m->convenor = rq->actor.employee;
	m->party = party_of_person(rq->actor.employee);
	m->unit = self.unit;
	for (int i = 0; !e && i < places->count; i++)
		if (places->place[i].party.v < 0) {
			m->party = places->place[i].party;
			m->unit = party_office(m->party);
			break;
		}
	return e;
}

static enum err post_meeting(struct req *rq)
{
	const struct meeting_input *in = rq->input;
	struct places *places = ARENA_NEW(rq->tx->arena, struct places);
	struct invited_row *row = ARENA_ARRAY(rq->tx->arena, INVITED_MAX, struct invited_row);
	struct meeting_row m = {.title = in->title,
		.agenda = tasks_text(in->agenda),
		.place = tasks_text(in->place),
		.link = tasks_text(in->link),
		.letter_number = tasks_text(in->letter_number),
		.starts_at = in->starts_at,
		.ends_at = in->ends_at,
		.version = 1};
	int count = 0;
	enum err e = check_input(rq, in);

	if (!e)
		e = tasks_load_own_places(rq, places);
	for (int i = 0; !e && i < in->employee_count; i++)
		e = add_invited(rq, places, &(struct address){.employee = {in->employees[i]}},
			"/employees", row, &count);
	for (int i = 0; !e && i < in->unit_count; i++)
		e = add_invited(rq, places, &(struct address){.unit = {in->units[i]}}, "/units",
			row, &count);
	if (!e)
		e = find_convenor(rq, places, &m);
	if (!e)
		e = tasks_add_meeting(rq->tx, &m, row, count);
	return e ? e : tasks_reply_meeting(rq, &m);
}

/* ---- routes ---- */

#define ALL "/api/v1/meetings"
#define ONE ALL "/{meeting}"

static const struct route routes[] = {
	{GET, ALL, P_TASK_SELF, TX_READ, &query_shape, &list_shape, get_meetings,
		.exports = EXPORT("rapat", "Rapat"),
		.summary = "Meetings one calls, is invited to or is named for.",
		.example_path = ALL "?box=coming"},
	{POST, ALL, P_TASK_SELF, TX_WRITE, &input_shape, &tasks_meeting_key_shape, post_meeting,
		.summary = "Calls a meeting: people along one's lines; other units by who "
			   "heads one.",
		.example = "{\"title\":\"Rapat persiapan\",\"place\":\"Ruang rapat\",\"starts_at\":"
			   "\"2025-11-14T02:00:00.000Z\",\"ends_at\":\"2025-11-14T04:00:00.000Z\","
			   "\"employees\":[\"{colleague}\"]}"},
	{GET, ONE, P_TASK_READ, TX_READ, &path_shape, &detail_shape, get_meeting,
		.object = tasks_find_meeting,
		.summary = "A meeting: who is invited and came, minutes, decisions.",
		.example_path = ONE},
	{GET, ONE "/attendance", P_TASK_READ, TX_READ, &path_shape, &attendance_shape,
		get_attendance, .object = tasks_find_meeting,
		.exports = EXPORT("daftar-hadir-rapat", "Daftar hadir rapat"),
		.summary = "Who is invited to a meeting, and who came, as a list.",
		.example_path = ONE "/attendance"},
	{POST, ONE "/attend", P_TASK_SELF, TX_WRITE, &tasks_meeting_attend_shape,
		&tasks_meeting_key_shape, tasks_post_attend, .object = tasks_find_meeting,
		.summary = "One tap: one is there, on site or online.",
		.example = "{\"way\":\"on_site\"}"},
	{POST, ONE "/name", P_TASK_SELF, TX_WRITE, &tasks_meeting_name_shape,
		&tasks_meeting_key_shape, tasks_post_name, .object = tasks_find_meeting,
		.summary = "Names who comes in one's place.",
		.example = "{\"invited\":1,\"employee\":\"{colleague}\"}"},
	{PUT, ONE "/minutes", P_TASK_SELF, TX_WRITE, &tasks_meeting_minutes_shape,
		&tasks_meeting_key_shape, tasks_put_minutes, .object = tasks_find_meeting,
		.summary = "Minutes and decisions, by the convenor.",
		.example = "{\"version\":1,\"minutes\":\"Rapat dibuka.\",\"decisions\":[]}"},
	{POST, ONE "/cancel", P_TASK_SELF, TX_WRITE, &tasks_meeting_cancel_shape,
		&tasks_meeting_key_shape, tasks_post_cancel, .object = tasks_find_meeting,
		.summary = "Cancels it, with a reason.",
		.example = "{\"version\":1,\"note\":\"Ditunda ke pekan depan.\"}"},
	{POST, ONE "/task", P_TASK_SELF, TX_WRITE, &tasks_meeting_task_shape, &tasks_added_shape,
		tasks_post_decision_task, .object = tasks_find_meeting,
		.summary =
			"Makes a task of a decision, for who was invited or whom one may send to.",
		.example = "{\"decision\":1,\"employee\":\"{colleague}\"}"},
};

const struct slice tasks_meeting_slice = {
	.name = "meetings",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = tasks_meeting_stmts,
	.stmt_count = TASKS_MEETING_STMTS,
};
