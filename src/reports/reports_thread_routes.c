/*
 * Writing to each other about a report, and what of it one has not seen. A note is a fact with a
 * leaf; what somebody has seen is none.
 */
#include "reports/reports_lead.h"

#include "platform/clock.h"
#include "platform/slice.h"

struct note_input {
	int64_t report;
	const char *text;
};
static const struct field note_fields[] = {
	PATH_ID(struct note_input, report, "The report."),
	F_TEXT(struct note_input, text, 1, REPORT_NOTE_TEXT_MAX, 0, "What is said; it stays."),
	F_END,
};
const struct shape reports_note_shape = SHAPE("ReportNote", struct note_input, note_fields);

/* What the log commits to. */
struct noted {
	int64_t report, actor;
	const char *text;
};
static const struct field noted_fields[] = {
	F_ID(struct noted, report, 0, "Report."),
	F_ID(struct noted, actor, 0, "Who says it."),
	F_TEXT(struct noted, text, 1, REPORT_NOTE_TEXT_MAX, 0, "What."),
	F_END,
};
static const struct shape noted_shape = SHAPE("ReportNoted", struct noted, noted_fields);

enum err reports_say(
	struct tx *tx, const struct daily_report *r, struct employee_id actor, const char *text)
{
	const struct noted fact = {r->id.v, actor.v, text};
	enum err e = reports_add_note(tx, r, id_next(), actor, text);

	if (e || (e = reports_set_seen(tx, actor, r->id, r->notes + 1)))
		return e;
	reports_add_leaf(tx, LEAF_REPORT, r->id.v, &noted_shape, &fact);
	return OK;
}

enum err reports_post_note(struct req *rq)
{
	const struct note_input *in = rq->input;
	struct daily_report r;
	enum err e = reports_load(rq->tx, (struct report_id){in->report}, &r);

	if (e)
		return e;
	e = reports_decide_note(&r);
	if (e == E_CONFLICT)
		return refuse(rq, e, "/report", "its thread is full: speak to each other");
	if (e || (e = reports_say(rq->tx, &r, rq->actor.employee, in->text)))
		return e;
	return reply(rq, 204, NULL);
}

struct seen_input {
	int64_t report;
	int32_t notes;
};
static const struct field seen_fields[] = {
	PATH_ID(struct seen_input, report, "The report."),
	F_INT(struct seen_input, notes, 1, REPORT_NOTES_MAX, 0, "How many notes one has seen."),
	F_END,
};
const struct shape reports_seen_shape = SHAPE("ReportSeen", struct seen_input, seen_fields);

enum err reports_post_seen(struct req *rq)
{
	const struct seen_input *in = rq->input;
	struct daily_report r;
	enum err e = reports_load(rq->tx, (struct report_id){in->report}, &r);

	if (!e)
		e = reports_set_seen(rq->tx, rq->actor.employee, r.id,
			in->notes < r.notes ? in->notes : r.notes);
	return e ? e : reply(rq, 204, NULL);
}

struct thread_row {
	int64_t report, employee;
	const char *name;
	int32_t day, state, unread;
	bool is_own;
};
static const struct field row_fields[] = {
	F_ID(struct thread_row, report, 0, "The report."),
	F_ID(struct thread_row, employee, 0, "Whose it is."),
	F_TEXT(struct thread_row, name, 1, 300, 0, "His name with titles."),
	F_BOOL(struct thread_row, is_own, 0, "The reader's own."),
	F_DAY(struct thread_row, day, 0, "The day it speaks of."),
	F_ENUM(struct thread_row, state, report_state_names, 0, "How far it is."),
	F_INT(struct thread_row, unread, 1, REPORT_NOTES_MAX, 0, "Notes one has not seen."),
	F_END,
};
static const struct shape row_shape = SHAPE("ReportThread", struct thread_row, row_fields);

struct threads_view {
	struct thread_row *items;
	int count, unread;
};
static const struct field threads_fields[] = {
	F_INT(struct threads_view, unread, 0, THREADS_MAX *REPORT_NOTES_MAX, 0,
		"Notes one has not seen, of all of them."),
	F_LIST(struct threads_view, items, count, &row_shape, 0, THREADS_MAX, 0,
		"The newest day first; 100: there may be more."),
	F_END,
};
const struct shape reports_threads_shape = SHAPE(
	"ReportThreads", struct threads_view, threads_fields);

enum err reports_get_threads(struct req *rq)
{
	const int32_t today = req_today(rq);
	struct unread_report *found = ARENA_ARRAY(rq->tx->arena, THREADS_MAX, struct unread_report);
	struct threads_view out = {
		.items = ARENA_ARRAY(rq->tx->arena, THREADS_MAX, struct thread_row)};
	enum err e = reports_list_unread(
		rq->tx, rq->actor.employee, today, found, THREADS_MAX, &out.count);

	for (int i = 0; i < out.count && !e; i++) {
		const struct unread_report *u = &found[i];

		out.items[i] = (struct thread_row){.report = u->report.v,
			.employee = u->employee.v,
			.name = u->name,
			.is_own = u->employee.v == rq->actor.employee.v,
			.day = u->day,
			.state = u->state,
			.unread = u->notes - u->seen};
		out.unread += out.items[i].unread;
	}
	return e ? e : reply(rq, 200, &out);
}

#define ONE "/api/v1/reports/daily/{report}"

static const struct route routes[] = {
	{POST, ONE "/notes", P_REPORT_NOTE, TX_WRITE, &reports_note_shape, NULL, reports_post_note,
		.object = reports_find_object,
		.summary = "Adds a note to the thread of a report: its writer, who answers for "
			   "him that day, his team lead.",
		.example = "{\"text\":\"Bukti ada di berkas bersama bidang.\"}",
		.example_path = "/api/v1/reports/daily/{report:self}/notes"},
	{POST, ONE "/seen", P_REPORT_NOTE, TX_WRITE, &reports_seen_shape, NULL, reports_post_seen,
		.object = reports_find_object,
		.summary = "One has seen so many notes of its thread.", .example = "{\"notes\":1}",
		.example_path = "/api/v1/reports/daily/{report:self}/seen"},
	{GET, "/api/v1/reports/threads", P_REPORT_SELF, TX_READ, NULL, &reports_threads_shape,
		reports_get_threads,
		.summary = "Reports with notes one has not seen: one's own, and of one's people."},
	{GET, "/api/v1/reports/led", P_REPORT_ADVISE, TX_READ, NULL, &reports_team_shape,
		reports_get_led,
		.summary = "Reports that wait, of the people one leads as team lead."},
	{POST, "/api/v1/reports/recommendations", P_REPORT_ADVISE, TX_WRITE, &reports_advise_shape,
		&reports_advised_shape, reports_post_recommendations,
		.summary = "A team lead advises the superior on many reports; it decides nothing.",
		.example = "{\"items\":[{\"report\":\"{report}\",\"version\":1}],"
			   "\"advice\":\"verify\"}"},
	{GET, "/api/v1/reports/waiting", P_TEAM_READ, TX_READ, NULL, &reports_waiting_shape,
		reports_get_waiting, .exports = EXPORT("laporan-menunggu", "Laporan lama menunggu"),
		.summary = "Superiors below one at whom reports wait longer than the rule says."},
};

const struct slice reports_thread_slice = {
	.name = "reports_thread",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = reports_thread_stmts,
	.stmt_count = THREAD_STMTS,
};
