/*
 * Paper lists over HTTP: a blank list with the names of the unit, the day's list entered from its
 * photo, the second person's word. Who enters and who confirms is decided by the unit of the list.
 */
#include "attendance/attendance_paper.h"

#include "org/org_access.h"
#include "platform/auth.h"
#include "platform/clock.h"

#include <stdlib.h>

#define PAGE 50

/* ---- what is shown ---- */

struct row_view {
	struct employee_id employee;
	const char *name, *note;
	int32_t in, out;
};
static const struct field row_view_fields[] = {
	F_ID(struct row_view, employee, 0, "Who."),
	F_TEXT(struct row_view, name, 1, 300, 0, "His name with titles."),
	F_MINUTE(struct row_view, in, OPTIONAL, "When he came, as the list says."),
	F_MINUTE(struct row_view, out, OPTIONAL, "When he left; past 24:00 in a night."),
	F_TEXT(struct row_view, note, 0, 200, 0, "What stands beside it."),
	F_END,
};
static const struct shape row_view_shape = SHAPE("PaperRow", struct row_view, row_view_fields);

struct paper_view {
	int64_t id, entered_at, decided_at;
	struct unit_id unit;
	const char *unit_name, *late_reason, *file_sha256, *file_name, *entered_by, *decided_by,
		*decision;
	int32_t day, state, version, people;
	bool is_late, may_confirm, may_withdraw;
	struct row_view *rows;
	int row_count;
};
static const struct field paper_fields[] = {
	F_ID(struct paper_view, id, 0, "The list."),
	F_ID(struct paper_view, unit, 0, "Its unit."),
	F_TEXT(struct paper_view, unit_name, 1, 200, 0, "Name of the unit."),
	F_DAY(struct paper_view, day, 0, "Its day."),
	F_ENUM(struct paper_view, state, paper_state_names, 0, "What became of it."),
	F_INT(struct paper_view, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_BOOL(struct paper_view, is_late, 0, "Past the limit: the agency's officer confirms."),
	F_TEXT(struct paper_view, late_reason, 0, LONG_REASON, 0, "Why it comes late."),
	F_INT(struct paper_view, people, 1, PAPER_PEOPLE_MAX, 0, "How many are on it."),
	F_TEXT(struct paper_view, file_sha256, 64, 64, 0, "Photo of the paper."),
	F_TEXT(struct paper_view, file_name, 1, 100, 0, "Its name."),
	F_TEXT(struct paper_view, entered_by, 0, 300, 0, "Who entered it."),
	F_INSTANT(struct paper_view, entered_at, 0, "When."),
	F_TEXT(struct paper_view, decided_by, 0, 300, OPTIONAL, "Who confirmed or refused it."),
	F_INSTANT(struct paper_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct paper_view, decision, 0, LONG_REASON, 0, "Why."),
	F_BOOL(struct paper_view, may_confirm, 0, "The reader may be the second person."),
	F_BOOL(struct paper_view, may_withdraw, 0, "The reader entered it and may take it back."),
	F_LIST(struct paper_view, rows, row_count, &row_view_shape, 0, PAPER_PEOPLE_MAX, 0,
		"Its people; empty in lists."),
	F_END,
};
static const struct shape paper_shape = SHAPE("Paper", struct paper_view, paper_fields);

static bool is_on(const struct paper_row *row, int count, struct employee_id employee)
{
	for (int i = 0; i < count; i++)
		if (row[i].employee.v == employee.v)
			return true;
	return false;
}

static enum err decide_may(struct req *rq, const struct paper *p, struct paper_view *v)
{
	struct paper_row *row = ARENA_ARRAY(rq->tx->arena, PAPER_PEOPLE_MAX, struct paper_row);
	const struct object about = {.unit = p->unit, .day = DAY_NONE};
	bool is_officer;
	int count;
	enum err e;

	v->may_withdraw = p->state == PAPER_WAITS && p->entered_by.v == rq->actor.employee.v;
	if (p->state != PAPER_WAITS)
		return OK;
	if ((e = attendance_list_paper_rows(rq->tx, p->id, row, PAPER_PEOPLE_MAX, &count)) ||
		(e = org_is_agency_officer(rq, p->unit, &is_officer)))
		return e;
	v->may_confirm = attendance_decide_paper(p, rq->actor.employee,
				 is_on(row, count, rq->actor.employee), is_officer,
				 p->version) == OK &&
			 auth_authorise(rq, P_PAPER_CONFIRM, &about) == OK;
	return OK;
}

static enum err show(struct req *rq, const struct paper *p, struct paper_view *v)
{
	enum err e;

	*v = (struct paper_view){.id = p->id,
		.unit = p->unit,
		.day = p->day,
		.state = (int32_t)p->state,
		.version = p->version,
		.is_late = p->is_late,
		.late_reason = p->late_reason,
		.people = p->people,
		.file_sha256 = p->file_sha256,
		.file_name = p->file_name,
		.entered_at = p->entered_at,
		.decided_at = p->decided_at ? p->decided_at : INSTANT_NONE,
		.decision = p->decision};
	if ((e = attendance_load_unit_name(rq->tx, p->unit, &v->unit_name)) ||
		(e = attendance_load_name(rq->tx, p->entered_by, &v->entered_by)))
		return e;
	if (p->decided_by.v && (e = attendance_load_name(rq->tx, p->decided_by, &v->decided_by)))
		return e;
	return decide_may(rq, p, v);
}

static enum err show_rows(struct req *rq, struct paper_view *v)
{
	struct paper_row *row = ARENA_ARRAY(rq->tx->arena, PAPER_PEOPLE_MAX, struct paper_row);
	enum err e = attendance_list_paper_rows(
		rq->tx, v->id, row, PAPER_PEOPLE_MAX, &v->row_count);

	v->rows = ARENA_ARRAY(rq->tx->arena, PAPER_PEOPLE_MAX, struct row_view);
	for (int i = 0; i < v->row_count && !e; i++)
		v->rows[i] = (struct row_view){row[i].employee, row[i].full_name, row[i].note,
			row[i].in_minute, row[i].out_minute};
	return e;
}

static enum err answer(struct req *rq, const struct paper *p)
{
	struct paper_view out;
	enum err e;

	if ((e = show(rq, p, &out)) || (e = show_rows(rq, &out)))
		return e;
	return reply(rq, 200, &out);
}

/* ---- entering ---- */

struct row_input {
	struct employee_id employee;
	int32_t in, out;
	const char *note;
};
static const struct field row_input_fields[] = {
	F_ID(struct row_input, employee, 0, "Who; each once."),
	F_MINUTE(struct row_input, in, OPTIONAL, "When he came."),
	F_MINUTE(struct row_input, out, OPTIONAL, "When he left; past 24:00 in a night."),
	F_TEXT(struct row_input, note, 0, 200, OPTIONAL, "What stands beside it."),
	F_END,
};
static const struct shape row_input_shape = SHAPE(
	"PaperRowInput", struct row_input, row_input_fields);
struct paper_input {
	struct unit_id unit;
	int32_t day;
	const char *file_sha256, *file_name, *late_reason;
	struct row_input *rows;
	int count;
};
static const struct field input_fields[] = {
	F_ID(struct paper_input, unit, 0, "The unit whose list it is."),
	F_DAY(struct paper_input, day, 0, "Its day."),
	F_TEXT(struct paper_input, file_sha256, 64, 64, 0,
		"Photo or scan of the signed paper, uploaded before."),
	F_TEXT(struct paper_input, file_name, 1, 100, 0, "Its name."),
	F_TEXT(struct paper_input, late_reason, 0, LONG_REASON, OPTIONAL,
		"Past the limit: why it comes late."),
	F_LIST(struct paper_input, rows, count, &row_input_shape, 1, PAPER_PEOPLE_MAX, 0,
		"Who is on it."),
	F_END,
};
static const struct shape input_shape = SHAPE("PaperInput", struct paper_input, input_fields);

static enum err find_input_unit(struct req *rq, struct object *ret_object)
{
	const struct paper_input *in = rq->input;

	ret_object->unit = in->unit;
	return OK;
}

static int64_t instant_or_none(int32_t day, int32_t minute, enum zone zone)
{
	return minute == MINUTE_NONE ? NO_INSTANT : instant_of(day, minute, zone);
}

/* What the store says about the person of row `i`. */
static enum err load_person(struct req *rq, const struct policy_book *book,
	const struct paper_input *in, int i, struct paper_person *ret)
{
	struct day_view *view = ARENA_NEW(rq->tx->arena, struct day_view);
	enum zone zone = attendance_zone(book->tree, in->unit, in->day);
	int32_t lists = 0;
	enum err e = attendance_view_day(rq->tx, in->rows[i].employee, in->day, view);

	*ret = (struct paper_person){.in_at = instant_or_none(in->day, in->rows[i].in, zone),
		.out_at = instant_or_none(in->day, in->rows[i].out, zone)};
	for (int k = 0; k < i; k++)
		ret->is_repeated |= in->rows[k].employee.v == in->rows[i].employee.v;
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	ret->is_of_unit = org_is_below(book->tree, view->facts.unit, in->unit);
	ret->from = view->from;
	ret->to = view->to;
	e = attendance_count_listed(rq->tx, in->rows[i].employee, in->day, &lists);
	ret->is_listed = lists > 0;
	return e;
}

static enum err refuse_row(struct req *rq, int i, struct paper_fault fault)
{
	return refuse(rq, fault.e, arena_printf(rq->tx->arena, "/rows/%d/%s", i, fault.field),
		fault.reason);
}

static enum err check_rows(
	struct req *rq, const struct policy_book *book, const struct paper_input *in)
{
	enum err e = OK;

	for (int i = 0; i < in->count && !e; i++) {
		struct paper_person person;
		struct paper_fault fault;

		if ((e = load_person(rq, book, in, i, &person)))
			return e;
		fault = attendance_check_paper_row(&person, rq->tx->now_ms);
		if (fault.field)
			return refuse_row(rq, i, fault);
	}
	return e;
}

static enum err check_list(struct req *rq, const struct policy_book *book,
	const struct paper_input *in, bool *ret_late)
{
	struct paper_fault fault;
	int32_t limit, today = req_today(rq);
	enum err e = attendance_load_limit(rq->tx, LIMIT_PAPER, in->day, &limit);

	if (e)
		return e;
	*ret_late = today > attendance_add_working_days(book, in->unit, in->day, limit);
	fault = attendance_check_paper(
		in->day, today, *ret_late, in->late_reason ? in->late_reason : "");
	if (fault.field)
		return refuse(
			rq, fault.e, arena_printf(rq->tx->arena, "/%s", fault.field), fault.reason);
	if ((e = attendance_check_open(rq, in->unit, in->day, "/day")))
		return e;
	e = attendance_check_file(rq, in->file_sha256, "/file_sha256");
	return e ? e : check_rows(rq, book, in);
}

static enum err post_paper(struct req *rq)
{
	const struct paper_input *in = rq->input;
	struct paper_row *row = ARENA_ARRAY(rq->tx->arena, (size_t)in->count, struct paper_row);
	struct paper p = {.unit = in->unit,
		.day = in->day,
		.late_reason = in->late_reason ? in->late_reason : "",
		.people = in->count,
		.file_sha256 = in->file_sha256,
		.file_name = in->file_name,
		.entered_by = rq->actor.employee,
		.decision = ""};
	const struct policy_book *book;
	enum err e;

	if ((e = policy_load_book(rq->tx, &book)) || (e = check_list(rq, book, in, &p.is_late)))
		return e;
	for (int i = 0; i < in->count; i++)
		row[i] = (struct paper_row){.employee = in->rows[i].employee,
			.in_minute = in->rows[i].in,
			.out_minute = in->rows[i].out,
			.note = in->rows[i].note ? in->rows[i].note : ""};
	e = attendance_enter_paper(rq->tx, book, &p, row);
	return e ? e : answer(rq, &p);
}

/* ---- reading ---- */

struct list_query {
	struct unit_id unit;
	bool waiting;
	int64_t cursor;
};
static const struct field query_fields[] = {
	Q_ID(struct list_query, unit, OPTIONAL, "Only this unit and those below it."),
	Q_BOOL(struct list_query, waiting, OPTIONAL, "Only what waits for a second person."),
	Q_ID(struct list_query, cursor, OPTIONAL, "Where the page before ended."),
	F_END,
};
static const struct shape query_shape = SHAPE("PapersQuery", struct list_query, query_fields);
struct paper_list {
	struct paper_view *items;
	int count;
	int64_t next;
};
static const struct field list_fields[] = {
	F_LIST(struct paper_list, items, count, &paper_shape, 0, PAGE, 0, "Newest first."),
	F_ID(struct paper_list, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
static const struct shape list_shape = SHAPE("Papers", struct paper_list, list_fields);

static enum err find_query_unit(struct req *rq, struct object *ret_object)
{
	const struct list_query *in = rq->input;

	ret_object->unit = in->unit;
	return OK;
}

static int newest_first(const void *a, const void *b)
{
	const struct paper *x = a, *y = b;

	return (x->id < y->id) - (x->id > y->id);
}

/* Of the unit asked for, else of all one's scopes, which never lie in one another. */
static enum err list_scopes(
	struct req *rq, const struct list_query *in, struct paper *p, int *ret_count)
{
	struct org_scopes scopes = {0};
	const struct org_tree *tree;
	int n = 0;
	enum err e = org_load_tree(rq->tx, &tree);

	if (!e && in->unit.v) {
		const struct org_unit *unit = org_find_unit(tree, in->unit);

		if (!unit)
			return E_NOT_FOUND;
		scopes.paths = 1;
		scopes.path[0] = unit->path;
	} else if (!e) {
		e = org_load_scopes(rq, P_PAPER_READ, &scopes);
	}
	for (int i = 0; i < scopes.paths && !e; i++) {
		int count;

		e = attendance_list_papers(
			rq->tx, scopes.path[i], in->waiting, in->cursor, p + n, PAGE, &count);
		n += e ? 0 : count;
	}
	qsort(p, (size_t)n, sizeof(*p), newest_first);
	*ret_count = n < PAGE ? n : PAGE;
	return e;
}

static enum err get_papers(struct req *rq)
{
	const struct list_query *in = rq->input;
	struct paper *p = ARENA_ARRAY(rq->tx->arena, (size_t)PAGE * ROLES_MAX, struct paper);
	struct paper_list out = {.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct paper_view)};
	int count;
	enum err e = list_scopes(rq, in, p, &count);

	for (int i = 0; i < count && !e; i++)
		e = show(rq, &p[i], &out.items[out.count++]);
	out.next = count == PAGE ? p[count - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

struct paper_path {
	int64_t paper;
	int32_t version;
	const char *reason;
};
static const struct field path_fields[] = {
	PATH_ID(struct paper_path, paper, "The list."),
	F_END,
};
static const struct shape path_shape = SHAPE("PaperPath", struct paper_path, path_fields);

static enum err find_paper(struct req *rq, struct object *ret_object)
{
	const struct paper_path *in = rq->input;
	struct paper p;
	enum err e = attendance_load_paper(rq->tx, in->paper, &p);

	if (!e)
		ret_object->unit = p.unit;
	return e;
}

static enum err get_paper(struct req *rq)
{
	const struct paper_path *in = rq->input;
	struct paper p;
	enum err e = attendance_load_paper(rq->tx, in->paper, &p);

	return e ? e : answer(rq, &p);
}

/* ---- deciding ---- */

static const struct field confirm_fields[] = {
	PATH_ID(struct paper_path, paper, "The list."),
	F_INT(struct paper_path, version, 1, INT32_MAX, 0, "The version that was read."),
	F_END,
};
static const struct shape confirm_shape = SHAPE("PaperConfirm", struct paper_path, confirm_fields);
static const struct field refuse_fields[] = {
	PATH_ID(struct paper_path, paper, "The list."),
	F_INT(struct paper_path, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct paper_path, reason, REASON_LEAST, LONG_REASON, 0, "Why."),
	F_END,
};
static const struct shape refuse_shape = SHAPE("PaperRefuse", struct paper_path, refuse_fields);

static enum err decide(struct req *rq, enum paper_state state, const char *reason)
{
	const struct paper_path *in = rq->input;
	struct paper_row *row = ARENA_ARRAY(rq->tx->arena, PAPER_PEOPLE_MAX, struct paper_row);
	struct paper p;
	bool is_officer;
	int count;
	enum err e;

	if ((e = attendance_load_paper(rq->tx, in->paper, &p)) ||
		(e = attendance_list_paper_rows(rq->tx, p.id, row, PAPER_PEOPLE_MAX, &count)) ||
		(e = org_is_agency_officer(rq, p.unit, &is_officer)))
		return e;
	e = attendance_decide_paper(&p, rq->actor.employee, is_on(row, count, rq->actor.employee),
		is_officer, in->version);
	if (e == E_SELF)
		return refuse(rq, e, "/paper",
			"another person, who is not on it and did not enter it, confirms");
	if (e == E_REFUSED)
		return refuse(rq, e, "/paper", "it came late: the agency's officer confirms");
	if (!e)
		e = attendance_check_open(rq, p.unit, p.day, "/paper");
	if (!e)
		e = attendance_settle_paper(rq->tx, &p, state, rq->actor.employee, reason);
	return e ? e : answer(rq, &p);
}

static enum err post_confirm(struct req *rq)
{
	return decide(rq, PAPER_CONFIRMED, "");
}

static enum err post_refuse(struct req *rq)
{
	const struct paper_path *in = rq->input;

	return decide(rq, PAPER_REFUSED, in->reason);
}

static enum err post_withdraw(struct req *rq)
{
	const struct paper_path *in = rq->input;
	struct paper p;
	enum err e = attendance_load_paper(rq->tx, in->paper, &p);

	if (e)
		return e;
	if (p.version != in->version)
		return E_STALE;
	if (p.state != PAPER_WAITS)
		return E_CONFLICT;
	if (p.entered_by.v != rq->actor.employee.v)
		return refuse(rq, E_REFUSED, "/paper", "who entered it takes it back");
	e = attendance_settle_paper(rq->tx, &p, PAPER_WITHDRAWN, rq->actor.employee, "");
	return e ? e : answer(rq, &p);
}

/* ---- the blank list ---- */

struct sheet_query {
	struct unit_id unit;
	int32_t day;
};
static const struct field sheet_query_fields[] = {
	Q_ID(struct sheet_query, unit, 0, "Which unit, with those below it."),
	Q_DAY(struct sheet_query, day, 0, "Which day."),
	F_END,
};
static const struct shape sheet_query_shape = SHAPE(
	"SheetQuery", struct sheet_query, sheet_query_fields);
struct sheet_row {
	struct employee_id employee;
	const char *name, *nip, *position;
	bool has_phone, is_listed;
	int32_t mode, state;
	int64_t in_at, out_at;
};
static const struct field sheet_row_fields[] = {
	F_ID(struct sheet_row, employee, 0, "Who."),
	F_TEXT(struct sheet_row, name, 1, 300, 0, "His name with titles."),
	F_TEXT(struct sheet_row, nip, 1, 20, 0, "NIP, masked for who may not read it."),
	F_TEXT(struct sheet_row, position, 0, 120, 0, "His position that day."),
	F_BOOL(struct sheet_row, has_phone, 0, "Uses a phone of his own."),
	F_BOOL(struct sheet_row, is_listed, 0, "On a list of that day already."),
	F_ENUM(struct sheet_row, mode, work_mode_names, OPTIONAL, "Where he works that day."),
	F_ENUM(struct sheet_row, state, day_state_names, OPTIONAL, "How his day stands."),
	F_INSTANT(struct sheet_row, in_at, OPTIONAL, "First in as it stands."),
	F_INSTANT(struct sheet_row, out_at, OPTIONAL, "Last out as it stands."),
	F_END,
};
static const struct shape sheet_row_shape = SHAPE("SheetRow", struct sheet_row, sheet_row_fields);
struct sheet_view {
	const char *government, *agency_name, *unit_name;
	int32_t day, last_day;
	bool is_late;
	struct sheet_row *rows;
	int count;
};
static const struct field sheet_fields[] = {
	F_TEXT(struct sheet_view, government, 1, 200, 0, "For the head of the page."),
	F_TEXT(struct sheet_view, agency_name, 1, 200, 0, "For the head of the page."),
	F_TEXT(struct sheet_view, unit_name, 1, 200, 0, "Name of the unit."),
	F_DAY(struct sheet_view, day, 0, "The day."),
	F_DAY(struct sheet_view, last_day, 0, "Until then its list is in time."),
	F_BOOL(struct sheet_view, is_late, 0, "That time has passed."),
	F_LIST(struct sheet_view, rows, count, &sheet_row_shape, 0, PAPER_PEOPLE_MAX, 0,
		"The people of the unit on that day, heads first."),
	F_END,
};
static const struct shape sheet_shape = SHAPE("Sheet", struct sheet_view, sheet_fields);

static enum err find_sheet_unit(struct req *rq, struct object *ret_object)
{
	const struct sheet_query *in = rq->input;

	ret_object->unit = in->unit;
	return OK;
}

static enum err show_sheet_row(struct req *rq, const struct sheet_person *p, int32_t day,
	bool sees_nip, struct sheet_row *ret)
{
	struct attendance_day row;
	int32_t lists;
	enum err e = attendance_count_listed(rq->tx, p->employee, day, &lists);

	if (e)
		return e;
	*ret = (struct sheet_row){.employee = p->employee,
		.name = p->full_name,
		.nip = sees_nip ? p->nip : org_mask_nip(rq->tx->arena, p->nip),
		.position = p->position,
		.has_phone = p->has_phone,
		.is_listed = lists > 0,
		.mode = INT_NONE,
		.state = INT_NONE,
		.in_at = INSTANT_NONE,
		.out_at = INSTANT_NONE};
	e = attendance_load_day(rq->tx, p->employee, day, &row);
	if (!e) {
		ret->mode = (int32_t)row.mode;
		ret->state = (int32_t)row.state;
		ret->in_at = row.in_at;
		ret->out_at = row.out_at;
	}
	return e == E_NOT_FOUND ? OK : e;
}

static enum err head_sheet(struct req *rq, const struct policy_book *book,
	const struct org_unit *unit, struct sheet_view *out)
{
	int32_t limit;
	enum err e = attendance_load_limit(rq->tx, LIMIT_PAPER, out->day, &limit);

	if (e)
		return e;
	out->last_day = attendance_add_working_days(book, unit->id, out->day, limit);
	out->is_late = req_today(rq) > out->last_day;
	out->unit_name = unit->name;
	if ((e = attendance_load_unit_name(rq->tx, unit->agency, &out->agency_name)))
		return e;
	return attendance_load_unit_name(rq->tx, (struct unit_id){0}, &out->government);
}

static enum err get_sheet(struct req *rq)
{
	const struct sheet_query *in = rq->input;
	struct sheet_person *p = ARENA_ARRAY(rq->tx->arena, PAPER_PEOPLE_MAX, struct sheet_person);
	struct sheet_view out = {.day = in->day,
		.rows = ARENA_ARRAY(rq->tx->arena, PAPER_PEOPLE_MAX, struct sheet_row)};
	const struct object about = {.unit = in->unit, .day = DAY_NONE};
	const struct policy_book *book;
	const struct org_unit *unit;
	bool sees_nip = auth_authorise(rq, P_NIP_READ, &about) == OK;
	int count;
	enum err e = policy_load_book(rq->tx, &book);

	if (e)
		return e;
	unit = org_find_unit(book->tree, in->unit);
	if (!unit)
		return E_NOT_FOUND;
	if ((e = head_sheet(rq, book, unit, &out)) ||
		(e = attendance_list_sheet(
			 rq->tx, unit->path, in->day, p, PAPER_PEOPLE_MAX, &count)))
		return e;
	for (int i = 0; i < count && !e; i++)
		e = show_sheet_row(rq, &p[i], in->day, sees_nip, &out.rows[out.count++]);
	return e ? e : reply(rq, 200, &out);
}

/* ---- routes ---- */

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/sheet",
		.permission = P_PAPER_READ,
		.tx = TX_READ,
		.input = &sheet_query_shape,
		.output = &sheet_shape,
		.handler = get_sheet,
		.object = find_sheet_unit,
		.summary = "The people of a unit on a day, for a paper list to be signed and to "
			   "be entered.",
		.example_path = "/api/v1/attendance/sheet?unit={unit}&day=2025-11-12",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/papers",
		.permission = P_PAPER_READ,
		.tx = TX_READ,
		.input = &query_shape,
		.output = &list_shape,
		.handler = get_papers,
		.exports = EXPORT("daftar-hadir", "Daftar hadir kertas"),
		.object = find_query_unit,
		.summary = "Paper lists of a unit, or of all one's units, newest first.",
		.example_path = "/api/v1/attendance/papers?unit={unit}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/papers",
		.permission = P_PAPER_WRITE,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &paper_shape,
		.handler = post_paper,
		.object = find_input_unit,
		.body_max = 256 * 1024,
		.summary = "Enters a unit's paper list of a day; it waits for a second person.",
		.example = "{\"unit\":\"{unit}\",\"day\":\"2025-11-12\",\"file_sha256\":"
			   "\"{sha256}\",\"file_name\":\"daftar-hadir.jpg\",\"rows\":["
			   "{\"employee\":\"{employee}\",\"in\":\"07:20\",\"out\":\"16:05\"}]}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/papers/{paper}",
		.permission = P_PAPER_READ,
		.tx = TX_READ,
		.input = &path_shape,
		.output = &paper_shape,
		.handler = get_paper,
		.object = find_paper,
		.summary = "One paper list with its people.",
		.example_path = "/api/v1/attendance/papers/{paper}",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/papers/{paper}/confirm",
		.permission = P_PAPER_CONFIRM,
		.tx = TX_WRITE,
		.input = &confirm_shape,
		.output = &paper_shape,
		.handler = post_confirm,
		.object = find_paper,
		.summary = "The second person confirms a list: its times count from now on.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/attendance/papers/{paper}/confirm",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/papers/{paper}/refuse",
		.permission = P_PAPER_CONFIRM,
		.tx = TX_WRITE,
		.input = &refuse_shape,
		.output = &paper_shape,
		.handler = post_refuse,
		.object = find_paper,
		.summary = "The second person refuses a list with his reason.",
		.example = "{\"version\":1,\"reason\":\"Jam pulang belum diparaf.\"}",
		.example_path = "/api/v1/attendance/papers/{paper}/refuse",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/papers/{paper}/withdraw",
		.permission = P_PAPER_WRITE,
		.tx = TX_WRITE,
		.input = &confirm_shape,
		.output = &paper_shape,
		.handler = post_withdraw,
		.object = find_paper,
		.summary = "Who entered a list takes it back while it waits.",
		.example = "{\"version\":1}",
		.example_path = "/api/v1/attendance/papers/{paper}/withdraw",
	},
};

const struct slice attendance_papers_slice = {
	.name = "papers",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_paper_stmts,
	.stmt_count = PAPER_STMTS,
};
