/*
 * Papers and file of a roster over HTTP, and the note that the file left.
 *
 * Who may read a roster may print it; papers have the NIP, as those of the recap do, for they are
 * signed. A file is of a published roster alone. That it was sent is a step like the others, and
 * tells the next file what the old app knows.
 */
#include "org/org_document.h"
#include "platform/document.h"
#include "platform/slice.h"
#include "platform/table.h"
#include "roster/roster_print.h"
#include "roster/roster_version_view.h"

/* clang-format off */
#define LETTER_FIELDS \
	PATH_ID(struct letter_input, version, "The version."), \
	Q_ENUM(struct letter_input, kind, letter_paper_names, 0, \
		"Cover letter with the roster, order to work from home, or the board's return."), \
	Q_ENUM(struct letter_input, paper, paper_names, OPTIONAL, "A4 when absent."), \
	Q_ID(struct letter_input, employee, OPTIONAL, \
		"An order for this person alone; else for all, with a list."), \
	Q_TEXT(struct letter_input, recipient, 1, 160, OPTIONAL, \
		"To whom it is addressed; that of the template when absent."), \
	Q_TEXT(struct letter_input, copies, 0, 600, OPTIONAL, \
		"Who gets a copy, parted by semicolons; that of the template when absent.")
/* clang-format on */

static const struct field letter_fields[] = {LETTER_FIELDS, F_END};
static const struct shape letter_shape = SHAPE(
	"RosterLetterQuery", struct letter_input, letter_fields);

static const struct field issue_fields[] = {
	LETTER_FIELDS,
	{"number", FIELD_TEXT, FROM_BODY, OPTIONAL, offsetof(struct letter_input, number), 0, 1, 60,
		NULL, NULL, "Takes the place of {nomor}; to be written by hand when absent."},
	{"signed", FIELD_BOOL, FROM_BODY, OPTIONAL, offsetof(struct letter_input, wants_signature),
		0, 0, 0, NULL, NULL, "With the server's signature in the file."},
	F_END,
};
static const struct shape issue_shape = SHAPE(
	"RosterLetterIssue", struct letter_input, issue_fields);

static const struct field file_fields[] = {
	PATH_ID(struct file_input, version, "The version."),
	Q_ENUM(struct file_input, format, table_format_names, OPTIONAL, "xlsx when absent."),
	Q_BOOL(struct file_input, changes, OPTIONAL, "Only what differs from what was sent last."),
	F_END,
};
static const struct shape file_shape = SHAPE("RosterFileQuery", struct file_input, file_fields);

/* ---- sent ---- */

struct sent_input {
	int64_t version;
	const char *note;
};
static const struct field sent_fields[] = {
	PATH_ID(struct sent_input, version, "The version."),
	F_TEXT(struct sent_input, note, 0, 500, OPTIONAL, "To whom, by which way."),
	F_END,
};
static const struct shape sent_shape = SHAPE("RosterSent", struct sent_input, sent_fields);

static enum err post_sent(struct req *rq)
{
	const struct sent_input *in = rq->input;
	struct roster_version v;
	enum err e = roster_load_version(rq->tx, in->version, &v);
	if (e)
		return e;
	if (!roster_may_step(v.state, ROSTER_SENT, RECEIPT_NONE))
		return refuse(rq, E_CONFLICT, "/version", "does not hold: only what holds is sent");
	e = roster_add_step(rq->tx, in->version, ROSTER_SENT, rq->actor.employee, in->note);
	return e ? e : reply(rq, 204, NULL);
}

/* ---- routes ---- */

#define VERSION "/api/v1/roster/versions/{version}"

static const struct route routes[] = {
	{GET, VERSION "/letter", P_ROSTER_READ, TX_READ, &letter_shape, NULL, roster_get_letter,
		.object = roster_find_version, .slow = true, .sees = true,
		.raw_type = "application/pdf",
		.summary = "A paper of a version, A4 or F4: cover letter, order, return.",
		.example_path = VERSION "/letter?kind=cover&paper=f4"},
	{POST, VERSION "/letter", P_DOCUMENT_ISSUE, TX_WRITE, &issue_shape, &org_issued_shape,
		org_post_issue, .object = roster_find_version, .prepare = roster_prepare_letter,
		.slow = true,
		.summary = "Issues such a paper: code, QR, register, and a signature when asked.",
		.example = "{}", .example_path = VERSION "/letter?kind=cover&paper=f4"},
	{GET, VERSION "/file", P_ROSTER_READ, TX_READ, &file_shape, NULL, roster_get_file,
		.object = roster_find_version, .slow = true,
		.raw_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		.summary =
			"A published version as the old attendance app takes it, or its changes.",
		.example_path = VERSION "/file?format=csv&changes=true"},
	{POST, VERSION "/sent", P_ROSTER_WRITE, TX_WRITE, &sent_shape, NULL, post_sent,
		.object = roster_find_version,
		.summary = "Notes that the file of a published version left.",
		.example = "{\"note\":\"Dikirim ke pengelola K-Mob\"}"},
};

const struct slice roster_print_slice = {
	.name = "roster print",
	.routes = routes,
	.route_count = COUNT_OF(routes),
	.stmts = roster_print_stmts,
	.stmt_count = ROSTER_PRINT_STMTS,
};
