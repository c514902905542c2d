/*
 * Incidents over HTTP: declared by the operator or proposed by the program, granted by the
 * personnel board. The reply is all that the Berita Acara Gangguan Presensi prints. No personnel
 * data but the names of who declared and who decided; how many days were relieved is a count.
 */
#include "attendance/attendance_incident.h"

#include "org/org_document.h"
#include "platform/clock.h"
#include "platform/document.h"
#include "platform/platform_db.h"

#define PAGE 50

struct incident_view {
	int64_t id, begins_at, ends_at, declared_at, decided_at;
	struct unit_id unit;
	int32_t cause, state, version, relieved_days;
	const char *scope_name, *government, *board_label, *zone, *reason, *file_sha256, *file_name,
		*declared_by, *declared_position, *number, *decided_by, *decided_position,
		*decision;
	bool is_detected, may_decide;
};
static const struct field view_fields[] = {
	F_ID(struct incident_view, id, 0, "The incident."),
	F_ID(struct incident_view, unit, OPTIONAL, "Scope; absent: the whole government."),
	F_TEXT(struct incident_view, scope_name, 1, 200, 0, "Name of the scope."),
	F_TEXT(struct incident_view, government, 1, 200, 0, "For the head of the page."),
	F_TEXT(struct incident_view, board_label, 1, 40, 0, "What the board is called here."),
	F_TEXT(struct incident_view, zone, 3, 4, 0, "WIB, WITA or WIT."),
	F_INSTANT(struct incident_view, begins_at, 0, "Since when the server was not there."),
	F_INSTANT(struct incident_view, ends_at, 0, "Until when."),
	F_ENUM(struct incident_view, cause, incident_cause_names, 0, "What failed."),
	F_TEXT(struct incident_view, reason, 0, LONG_REASON, 0,
		"What happened; of the program's own: server_away, server_busy, refused_uploads."),
	F_TEXT(struct incident_view, file_sha256, 64, 64, OPTIONAL, "Evidence."),
	F_TEXT(struct incident_view, file_name, 1, 100, OPTIONAL, "Its name."),
	F_BOOL(struct incident_view, is_detected, 0, "Proposed by the program itself."),
	F_TEXT(struct incident_view, declared_by, 0, 300, 0,
		"Who declared it; empty: the program."),
	F_TEXT(struct incident_view, declared_position, 0, 120, 0, "His position."),
	F_INSTANT(struct incident_view, declared_at, 0, "When."),
	F_ENUM(struct incident_view, state, incident_state_names, 0, "What became of it."),
	F_INT(struct incident_view, version, 1, INT32_MAX, 0, "To be named when deciding."),
	F_BOOL(struct incident_view, may_decide, 0, "The reader may grant it."),
	F_TEXT(struct incident_view, number, 0, 100, 0, "Number of the Berita Acara."),
	F_TEXT(struct incident_view, decided_by, 0, 300, OPTIONAL, "Who decided last."),
	F_TEXT(struct incident_view, decided_position, 0, 120, OPTIONAL, "His position."),
	F_INSTANT(struct incident_view, decided_at, OPTIONAL, "When."),
	F_TEXT(struct incident_view, decision, 0, LONG_REASON, 0, "Why."),
	F_INT(struct incident_view, relieved_days, 0, INT32_MAX, OPTIONAL,
		"How many days of its scope and dates were relieved."),
	F_END,
};
static const struct shape view_shape = SHAPE("Incident", struct incident_view, view_fields);

static enum err load_position(struct tx *tx, struct employee_id who, const char **ret)
{
	struct employee_row row;
	enum err e = org_load_employee(tx, who, (int32_t)(tx->now_ms / MS_PER_DAY), &row);

	*ret = e ? "" : row.position;
	return e == E_NOT_FOUND ? OK : e;
}

static enum err show_people(struct tx *tx, const struct incident *i, struct incident_view *v)
{
	enum err e;

	if ((e = attendance_load_name(tx, i->declared_by, &v->declared_by)) ||
		(e = load_position(tx, i->declared_by, &v->declared_position)))
		return e;
	v->decided_at = INSTANT_NONE;
	if (i->state == INCIDENT_PROPOSED)
		return OK;
	v->decided_at = i->decided_at;
	if ((e = attendance_load_name(tx, i->decided_by, &v->decided_by)))
		return e;
	return load_position(tx, i->decided_by, &v->decided_position);
}

static enum err show(struct req *rq, const struct incident *i, struct incident_view *v)
{
	struct government g;
	enum err e = platform_load_government(rq->tx, &g);

	if (e)
		return e;
	*v = (struct incident_view){.id = i->id,
		.unit = i->unit,
		.government = g.name,
		.board_label = g.board_label,
		.zone = zone_name(g.zone),
		.begins_at = i->begins_at,
		.ends_at = i->ends_at,
		.cause = (int32_t)i->cause,
		.reason = i->reason,
		.file_sha256 = *i->file_sha256 ? i->file_sha256 : NULL,
		.file_name = *i->file_name ? i->file_name : NULL,
		.is_detected = i->is_detected,
		.declared_at = i->declared_at,
		.state = (int32_t)i->state,
		.version = i->version,
		.number = i->number,
		.decision = i->decision,
		.relieved_days = INT_NONE,
		.may_decide = attendance_decide_incident(
				      i, rq->actor.employee, INCIDENT_ACCEPTED, i->version) == OK};
	e = attendance_load_unit_name(rq->tx, i->unit, &v->scope_name);
	return e ? e : show_people(rq->tx, i, v);
}

static enum err count_relieved(struct req *rq, const struct incident *i, struct incident_view *v)
{
	const struct org_tree *tree;
	const struct org_unit *unit;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	unit = org_find_unit(tree, i->unit);
	return attendance_count_relieved(rq->tx, unit ? unit->path : "/",
		instant_day(i->begins_at, tree->zone) - 1, instant_day(i->ends_at, tree->zone),
		&v->relieved_days);
}

static enum err answer(struct req *rq, const struct incident *i)
{
	struct incident_view out;
	enum err e;

	if ((e = show(rq, i, &out)) || (e = count_relieved(rq, i, &out)))
		return e;
	return reply(rq, 200, &out);
}

/* ---- reading ---- */

struct page_query {
	int64_t cursor;
};
static const struct field page_fields[] = {
	Q_ID(struct page_query, cursor, OPTIONAL, "Where the page before ended."),
	F_END,
};
static const struct shape page_shape = SHAPE("IncidentsPage", struct page_query, page_fields);
struct incident_page {
	struct incident_view *items;
	int count;
	int64_t next;
};
static const struct field list_fields[] = {
	F_LIST(struct incident_page, items, count, &view_shape, 0, PAGE, 0, "Newest first."),
	F_ID(struct incident_page, next, OPTIONAL, "Cursor of the next page; none at the end."),
	F_END,
};
static const struct shape list_shape = SHAPE("Incidents", struct incident_page, list_fields);

static enum err get_incidents(struct req *rq)
{
	const struct page_query *in = rq->input;
	struct incident *i = ARENA_ARRAY(rq->tx->arena, PAGE, struct incident);
	struct incident_page out = {
		.items = ARENA_ARRAY(rq->tx->arena, PAGE, struct incident_view)};
	int count;
	enum err e = attendance_list_incidents(rq->tx, in->cursor, i, PAGE, &count);

	for (int k = 0; k < count && !e; k++)
		e = show(rq, &i[k], &out.items[out.count++]);
	out.next = count == PAGE ? i[count - 1].id : 0;
	return e ? e : reply(rq, 200, &out);
}

struct incident_path {
	int64_t incident;
	int32_t version;
	const char *number, *reason;
	bool wants_signature; /* of the paper that is issued */
};
static const struct field path_fields[] = {
	PATH_ID(struct incident_path, incident, "The incident."),
	F_END,
};
static const struct shape path_shape = SHAPE("IncidentPath", struct incident_path, path_fields);

static enum err get_incident(struct req *rq)
{
	const struct incident_path *in = rq->input;
	struct incident i;
	enum err e = attendance_load_incident(rq->tx, in->incident, &i);

	return e ? e : answer(rq, &i);
}

static enum err make_document(struct req *rq, struct incident *i, struct paper_made *ret)
{
	const struct incident_path *in = rq->input;
	enum err e = attendance_load_incident(rq->tx, in->incident, i);

	return e ? e : attendance_make_incident_document(rq->tx, i, ret);
}

static enum err get_document(struct req *rq)
{
	struct incident i;
	struct paper_made made;
	struct bytes pdf;
	enum err e = make_document(rq, &i, &made);

	if (e || (e = document_finish(made.paper, &pdf)))
		return e;
	rq->disposition = "berita-acara-gangguan.pdf";
	return reply_raw(rq, 200, "application/pdf", (const char *)pdf.p, pdf.n);
}

static const struct field issue_fields[] = {
	PATH_ID(struct incident_path, incident, "The incident."),
	{"signed", FIELD_BOOL, FROM_BODY, OPTIONAL, offsetof(struct incident_path, wants_signature),
		0, 0, 0, NULL, NULL, "With the server's signature in the file."},
	F_END,
};
static const struct shape issue_shape = SHAPE("IncidentIssue", struct incident_path, issue_fields);

static enum err prepare_issue(struct req *rq)
{
	const struct incident_path *in = rq->input;
	struct incident i;
	struct paper_made made;
	enum err e = make_document(rq, &i, &made);

	if (e)
		return e;
	if (i.state != INCIDENT_ACCEPTED)
		return refuse(rq, E_CONFLICT, "/incident", "only what was granted is issued");
	return org_prepare_issue(rq, &made, in->wants_signature);
}

/* ---- declaring ---- */

struct incident_input {
	struct unit_id unit;
	int64_t begins_at, ends_at;
	int32_t cause;
	const char *reason, *file_sha256, *file_name;
};
static const struct field input_fields[] = {
	F_ID(struct incident_input, unit, OPTIONAL,
		"Whom it concerns: this unit and below; absent: everybody."),
	F_INSTANT(struct incident_input, begins_at, 0, "Since when the server was not there."),
	F_INSTANT(struct incident_input, ends_at, 0, "Until when."),
	F_ENUM(struct incident_input, cause, incident_cause_names, 0, "What failed."),
	F_TEXT(struct incident_input, reason, REASON_LEAST, LONG_REASON, 0, "What happened."),
	F_TEXT(struct incident_input, file_sha256, 64, 64, OPTIONAL, "Evidence, uploaded before."),
	F_TEXT(struct incident_input, file_name, 1, 100, OPTIONAL, "Its name."),
	F_END,
};
static const struct shape input_shape = SHAPE("IncidentInput", struct incident_input, input_fields);

static enum err check_scope(struct req *rq, struct unit_id unit)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || unit.v == 0)
		return e;
	return org_find_unit(tree, unit) ? OK : refuse(rq, E_BAD_FIELD, "/unit", "no such unit");
}

static enum err post_incident(struct req *rq)
{
	const struct incident_input *in = rq->input;
	struct incident i = {.unit = in->unit,
		.begins_at = in->begins_at,
		.ends_at = in->ends_at,
		.cause = (enum incident_cause)in->cause,
		.reason = in->reason,
		.file_sha256 = in->file_sha256 ? in->file_sha256 : "",
		.file_name = in->file_name ? in->file_name : "",
		.declared_by = rq->actor.employee};
	struct incident_fault fault = attendance_check_incident(
		i.begins_at, i.ends_at, rq->tx->now_ms);
	enum err e;

	if (fault.pointer)
		return refuse(rq, fault.e, fault.pointer, fault.reason);
	if ((e = check_scope(rq, i.unit)) ||
		(e = attendance_check_file(rq, i.file_sha256, "/file_sha256")) ||
		(e = attendance_declare_incident(rq->tx, &i)))
		return e;
	return answer(rq, &i);
}

/* ---- deciding ---- */

static const struct field accept_fields[] = {
	PATH_ID(struct incident_path, incident, "The incident."),
	F_INT(struct incident_path, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct incident_path, number, 1, 100, 0, "Number of the Berita Acara."),
	F_TEXT(struct incident_path, reason, REASON_LEAST, LONG_REASON, 0, "Why it is granted."),
	F_END,
};
static const struct shape accept_shape = SHAPE(
	"IncidentAccept", struct incident_path, accept_fields);
static const struct field refuse_fields[] = {
	PATH_ID(struct incident_path, incident, "The incident."),
	F_INT(struct incident_path, version, 1, INT32_MAX, 0, "The version that was read."),
	F_TEXT(struct incident_path, reason, REASON_LEAST, LONG_REASON, 0,
		"Why not, or not any more."),
	F_END,
};
static const struct shape refuse_shape = SHAPE(
	"IncidentRefuse", struct incident_path, refuse_fields);

static enum err decide(struct req *rq, enum incident_state state)
{
	const struct incident_path *in = rq->input;
	struct incident i;
	enum err e = attendance_load_incident(rq->tx, in->incident, &i);

	if (e)
		return e;
	e = attendance_decide_incident(&i, rq->actor.employee, state, in->version);
	if (e == E_SELF)
		return refuse(rq, e, "/incident", "who declared it does not grant it");
	if (e)
		return e;
	if (state == INCIDENT_ACCEPTED)
		i.number = in->number;
	e = attendance_settle_incident(rq->tx, &i, state, rq->actor.employee, in->reason);
	return e ? e : answer(rq, &i);
}

static enum err post_accept(struct req *rq)
{
	return decide(rq, INCIDENT_ACCEPTED);
}

static enum err post_refuse(struct req *rq)
{
	return decide(rq, INCIDENT_REFUSED);
}

static enum err post_withdraw(struct req *rq)
{
	return decide(rq, INCIDENT_WITHDRAWN);
}

#define REASON_EXAMPLE "\"reason\":\"Catatan pusat data sesuai dengan laporan pegawai.\""

static const struct route routes[] = {
	{
		.method = GET,
		.path = "/api/v1/attendance/incidents",
		.permission = P_INCIDENT_READ,
		.tx = TX_READ,
		.input = &page_shape,
		.output = &list_shape,
		.handler = get_incidents,
		.exports = EXPORT("gangguan", "Gangguan presensi dan dispensasinya"),
		.summary = "Outages of the server, newest first.",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/incidents",
		.permission = P_INCIDENT_DECLARE,
		.tx = TX_WRITE,
		.input = &input_shape,
		.output = &view_shape,
		.handler = post_incident,
		.summary = "Declares an outage; the personnel board grants it or not.",
		.example = "{\"begins_at\":\"2025-11-11T00:25:00.000Z\",\"ends_at\":"
			   "\"2025-11-11T00:55:00.000Z\",\"cause\":\"network\",\"reason\":"
			   "\"Serat optik ke pusat data putus.\"}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/incidents/{incident}",
		.permission = P_INCIDENT_READ,
		.tx = TX_READ,
		.input = &path_shape,
		.output = &view_shape,
		.handler = get_incident,
		.summary = "One outage, with all that its Berita Acara prints.",
		.example_path = "/api/v1/attendance/incidents/{incident}",
	},
	{
		.method = GET,
		.path = "/api/v1/attendance/incidents/{incident}/document",
		.permission = P_INCIDENT_READ,
		.tx = TX_READ,
		.input = &path_shape,
		.raw_type = "application/pdf",
		.slow = true,
		.handler = get_document,
		.summary = "The Berita Acara Gangguan Presensi as PDF, to be signed.",
		.example_path = "/api/v1/attendance/incidents/{incident}/document",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/incidents/{incident}/document",
		.permission = P_DOCUMENT_ISSUE,
		.tx = TX_WRITE,
		.input = &issue_shape,
		.output = &org_issued_shape,
		.prepare = prepare_issue,
		.slow = true,
		.handler = org_post_issue,
		.summary = "Issues the Berita Acara of a granted incident: code, QR, register.",
		.example = "{}",
		.example_path = "/api/v1/attendance/incidents/{incident}/document",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/incidents/{incident}/accept",
		.permission = P_INCIDENT_DECIDE,
		.tx = TX_WRITE,
		.input = &accept_shape,
		.output = &view_shape,
		.handler = post_accept,
		.summary = "Grants dispensasi gangguan to its scope and interval.",
		.example = "{\"version\":1,\"number\":\"800.1.11/12/BA/2025\"," REASON_EXAMPLE "}",
		.example_path = "/api/v1/attendance/incidents/{incident}/accept",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/incidents/{incident}/refuse",
		.permission = P_INCIDENT_DECIDE,
		.tx = TX_WRITE,
		.input = &refuse_shape,
		.output = &view_shape,
		.handler = post_refuse,
		.summary = "Grants nothing, with the reason.",
		.example = "{\"version\":1," REASON_EXAMPLE "}",
		.example_path = "/api/v1/attendance/incidents/{incident}/refuse",
	},
	{
		.method = POST,
		.path = "/api/v1/attendance/incidents/{incident}/withdraw",
		.permission = P_INCIDENT_DECIDE,
		.tx = TX_WRITE,
		.input = &refuse_shape,
		.output = &view_shape,
		.handler = post_withdraw,
		.summary = "Takes a granted relief back; the days are judged again.",
		.example = "{\"version\":1," REASON_EXAMPLE "}",
		.example_path = "/api/v1/attendance/incidents/{incident}/withdraw",
	},
};

const struct slice attendance_incidents_slice = {
	.name = "incidents",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = attendance_incident_stmts,
	.stmt_count = INCIDENT_STMTS,
};
